"""Card flows on the transcripts of a virtual card, and over channels that are Python objects."""

import _thread
import datetime
import importlib.util
import os
import pickle
import signal
import subprocess
import sys
import threading

import pytest
from conftest import ROOT

import kaigo
from kaigo import card as cards

TRANSCRIPTS = ROOT / "kaigo-core/tests/fixtures/card"


def replayer(name):
    return cards.Replayer((TRANSCRIPTS / f"{name}.jsonl").read_text(encoding="utf-8"))


class Channel:
    """A channel of the host's own, as one over another library for readers would be."""

    def __init__(self, inner, fail_at=None, error=None):
        self.inner, self.fail_at, self.error = inner, fail_at, error
        self.commands, self.powered_down = [], 0

    def transmit(self, command):
        assert type(command) is bytes
        self.commands.append(command)
        # What went away stays away.
        if self.fail_at and len(self.commands) >= self.fail_at:
            if self.error is None:
                return b""
            raise self.error
        return self.inner.transmit(command)

    def power_down(self):
        self.powered_down += 1


# Of a PIN a transcript knows the length alone.
def text_pin():
    return cards.Pin.text("0000")


@pytest.mark.parametrize("wrapped", [lambda channel: channel, Channel, cards.Recorder])
def test_a_whole_card_is_read(wrapped):
    played = replayer("overview")
    with cards.Card.open(wrapped(played)) as card:
        assert (card.token.kind, card.token.kind_ja) == ("individual_number_card", "マイナンバーカード")
        common = card.common()
        assert (common.expires.isoformat(), common.municipality) == ("2035-12-31", "99201")
        held = card.certificates()
        assert (held.user_authentication, held.signature) == ("present", "present")
        tries = card.tries_left()
        assert [t.left for t in (tries.user_authentication, tries.signature, tries.text, tries.code_b)] == [3, 5, 3, 10]
        certificate = card.user_certificate()
        assert certificate.issuer == card.user_certificate_issuer().subject
    assert played.left == 0
    with pytest.raises(ValueError, match="let go"):
        card.common()


def test_basic_items_are_read_and_shown_in_no_repr():
    printed = cards.Pin.code_b(era="昭和", year=25, month=4, day=1, expiry_year=2035, security_code="９７５３")
    for name, pin in [
        ("basic-items-by-pin", text_pin()),
        ("basic-items-by-code-b", printed),
        ("long-address-and-filler", cards.Pin("text", "００００")),
    ]:
        channel = Channel(replayer(name))
        with cards.Card.open(channel) as card:
            items = card.basic_items(pin)
        assert (items.name, items.sex, items.birth_date.isoformat()) == ("架空　花子", "female", "1950-04-01")
        assert items.birth_digits == "19500401" and items.address.startswith("架空県架空市")
        assert "花子" not in repr(items) + str(items)
        assert channel.inner.left == 0 and channel.powered_down == 1
        assert repr(pin) == f"<Pin {pin.kind}>"


def test_a_card_without_a_signature_certificate_has_no_tries_for_it():
    with cards.Card.open(replayer("no-signature-certificate")) as card:
        card.common()
        assert card.certificates().signature == "absent"
        signature = card.tries_left().signature
        assert (signature.state, signature.left) == ("absent", None)


@pytest.mark.parametrize("name", ["sign", "phone-sign"])
def test_a_signature_holds_and_an_altered_one_does_not(name):
    pin = cards.Pin.user_authentication("0000")
    with cards.Card.open(replayer(name)) as card:
        signed = card.sign(pin, b"login")
    assert signed.algorithm == "rsa_pkcs1_sha256" and len(signed.signature) == 256
    cards.verify_challenge(signed.certificate, b"login", signed.signature)
    for challenge, signature in [(b"log in", signed.signature), (b"login", bytes(256))]:
        with pytest.raises(kaigo.CardError) as caught:
            cards.verify_challenge(signed.certificate, challenge, signature)
        assert caught.value.code == "card.bad-signature"
    with cards.Card.open(replayer(name)) as card, pytest.raises(kaigo.CardError) as caught:
        card.sign(pin, b"another challenge")
    assert caught.value.code == "card.mismatch"


def test_phones_show_their_certificate_after_a_pin_only():
    with cards.Card.open(replayer("phone-sign")) as card, pytest.raises(kaigo.CardError) as caught:
        card.user_certificate()
    assert caught.value.code == "card.pin-needed"


def answering(*answers):
    """A card that gives these answers after it was opened, whatever it is asked."""
    opening = replayer("verify")
    rest = iter(answers)

    class Scripted:
        def __init__(self):
            self.sent = []

        def transmit(self, command):
            self.sent.append(command)
            return opening.transmit(command) if len(self.sent) <= 3 else bytes.fromhex(next(rest, "6D00"))

        def pins(self):
            return [command for command in self.sent if command[1] == 0x20 and len(command) > 5]

    return Scripted()


@pytest.mark.parametrize(
    ("tries", "answer", "outcome", "left", "english", "japanese"),
    [
        ("63C3", "9000", "verified", None, "is right", "確認しました"),
        ("63C3", "63C2", "wrong", 2, "tries left: 2", "残り2回"),
        ("63C2", "63C0", "blocked", 0, "office of the municipality", "市区町村の窓口"),
    ],
)
def test_a_verification_says_what_to_tell_the_person(tries, answer, outcome, left, english, japanese):
    channel = answering("9000", "9000", tries, answer, "9000")
    with cards.Card.open(channel) as card:
        said = card.verify(text_pin())
    assert (said.outcome, said.left, bool(said)) == (outcome, left, outcome == "verified")
    assert english in said.guidance("en") and japanese in said.guidance("ja")
    assert said.guidance() == said.guidance("en")
    assert len(channel.pins()) == 1


def test_the_last_try_is_spent_only_when_asked_for():
    channel = answering("9000", "9000", "63C1", "9000")
    with cards.Card.open(channel) as card, pytest.raises(kaigo.CardError) as caught:
        card.basic_items(text_pin())
    error = caught.value
    assert (error.code, error.pin_kind, error.left) == ("card.last-try", "text", 1)
    assert channel.pins() == []
    channel = answering("9000", "9000", "63C1", "9000", "9000")
    with cards.Card.open(channel) as card:
        assert card.verify(text_pin(), spend_last_try=True)
    assert len(channel.pins()) == 1


def test_a_wrong_pin_is_an_error_with_guidance_in_the_language_that_was_set():
    kaigo.set_language("ja")
    with cards.Card.open(answering("9000", "9000", "63C3", "63C2")) as card:
        with pytest.raises(kaigo.CardError, match="残り2回") as caught:
            card.basic_items(text_pin())
    assert (caught.value.code, caught.value.pin_kind, caught.value.left) == ("card.wrong-pin", "text", 2)


def test_a_pin_exists_only_in_its_form_and_no_error_shows_it():
    for make in [
        lambda: cards.Pin.text("73910"),
        lambda: cards.Pin.user_authentication("739a"),
        lambda: cards.Pin.signature("7391739"),
        lambda: cards.Pin("code_b", "7391"),
        lambda: cards.Pin.code_b(era="昭和", year=25, month=2, day=30, expiry_year=2031, security_code="7391"),
    ]:
        with pytest.raises(kaigo.CardError) as caught:
            make()
        assert caught.value.code == "card.pin-form" and "739" not in str(caught.value)
    with pytest.raises(ValueError, match="era"):
        cards.Pin.code_b(era="showa", year=25, month=2, day=3, expiry_year=2031, security_code="7391")
    with pytest.raises(ValueError, match="kind"):
        cards.Pin("number", "7391")
    pin = cards.Pin.signature("abc123")
    assert "abc" not in repr(pin).lower() and pin.kind == "signature"
    with pytest.raises(TypeError):
        pickle.dumps(pin)


def test_a_foreign_card_is_told():
    with pytest.raises(kaigo.CardError, match="another card") as caught:
        cards.Card.open(replayer("foreign-card"))
    assert caught.value.code == "card.not-this-card" and isinstance(caught.value, kaigo.KaigoError)


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (None, "card.removed"),
        (kaigo.CardError(code="card.removed"), "card.removed"),
        (kaigo.CardError(code="card.in-use"), "card.in-use"),
        (kaigo.CardError(code="card.no-service"), "card.no-service"),
        (OSError(5, "secret 0020"), "card.channel"),
    ],
)
def test_what_a_channel_raises_is_told_before_every_command(error, code):
    commands = len((TRANSCRIPTS / "basic-items-by-pin.jsonl").read_text().splitlines())
    for at in range(1, commands):
        channel = Channel(replayer("basic-items-by-pin"), at, error)
        with pytest.raises(kaigo.CardError) as caught, cards.Card.open(channel) as card:
            card.basic_items(text_pin())
        sent = channel.commands[at - 1]
        asked = sent[1] == 0x20 and len(sent) > 5
        assert caught.value.code == ("card.pin-outcome-unknown" if asked else code), at
        assert caught.value.__cause__ is error and "secret" not in str(caught.value)


def test_what_leaving_a_card_runs_into_is_no_cause_of_a_wrong_pin():
    channel = Channel(answering("9000", "9000", "63C3", "63C2"), 8, OSError("gone"))
    with cards.Card.open(channel) as card, pytest.raises(kaigo.CardError) as caught:
        card.basic_items(text_pin())
    assert len(channel.commands) == 8 and caught.value.code == "card.wrong-pin"
    assert caught.value.__cause__ is None


def test_answers_of_another_type_are_errors_of_the_channel():
    class Odd:
        def transmit(self, command):
            return "9000"

    with pytest.raises(kaigo.CardError) as caught:
        cards.Card.open(Odd())
    assert caught.value.code == "card.channel" and isinstance(caught.value.__cause__, TypeError)
    for channel in [None, object(), b"9000"]:
        with pytest.raises(TypeError, match="transmit"):
            cards.Card.open(channel)
    with pytest.raises(SystemExit):
        cards.Card.open(Channel(None, 1, SystemExit(3)))


def test_a_recorder_writes_what_a_replayer_plays_and_no_pin():
    recorder = cards.Recorder(Channel(replayer("verify")))
    with cards.Card.open(recorder) as card:
        assert card.verify(cards.Pin.text("7391"))
    written = recorder.transcript
    assert written == (TRANSCRIPTS / "verify.jsonl").read_text(encoding="utf-8")
    assert "37333931" not in written and "0020008004XXXXXXXX" in written
    with cards.Card.open(cards.Replayer(written)) as card:
        assert card.verify(text_pin())
    with pytest.raises(kaigo.FormatError, match="line 2") as caught:
        cards.Replayer("\nnothing\n")
    assert caught.value.code == "card.transcript"


def test_one_call_at_a_time_uses_a_card_and_none_waits_for_itself():
    seen = []

    class Nosy(Channel):
        def transmit(self, command):
            if len(self.commands) == 4:
                with pytest.raises(RuntimeError, match="one at a time"):
                    card.tries_left()
                with pytest.raises(RuntimeError, match="one at a time"):
                    recorder.transcript  # noqa: B018
                card.close()
                seen.append(True)
            return super().transmit(command)

    channel = Nosy(replayer("verify"))
    recorder = cards.Recorder(channel)
    card = cards.Card.open(recorder)
    assert card.verify(text_pin()) and seen == [True]
    # It was closed meanwhile, and let go of in the end.
    assert channel.powered_down == 1
    with pytest.raises(ValueError, match="let go"):
        card.common()


def test_ctrl_c_ends_the_wait_for_a_channel_that_does_not_answer(request):
    # A job in the background is started with SIGINT ignored.
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    request.addfinalizer(lambda: signal.signal(signal.SIGINT, before))
    go_on, ended = threading.Event(), threading.Event()
    answered = []

    class Stuck(Channel):
        def transmit(self, command):
            _thread.interrupt_main()
            answered.append(go_on.wait(60))
            ended.set()
            return b""

    with pytest.raises(KeyboardInterrupt):
        cards.Card.open(Stuck(None))
    assert answered == []
    go_on.set()
    assert ended.wait(60) and answered == [True]


def test_a_card_that_is_dropped_while_an_exception_passes_leaves_it_as_it_is():
    channel = Channel(replayer("verify"))

    def fails():
        card = cards.Card.open(channel)
        assert card.verify(text_pin())
        raise LookupError("passing")

    with pytest.raises(LookupError, match="passing"):
        fails()


def test_certificates_tell_their_chain_kind_and_renewal():
    with cards.Card.open(replayer("overview")) as card:
        card.common(), card.certificates(), card.tries_left()
        certificate, issuer = card.user_certificate(), card.user_certificate_issuer()
    at = certificate.not_before + datetime.timedelta(days=1)
    assert certificate.validate([issuer], now=at) == [certificate, issuer]
    with pytest.raises(kaigo.CertificateError) as caught:
        certificate.validate([], now=at)
    assert caught.value.code == "credential.untrusted"
    with pytest.raises(kaigo.CertificateError):
        certificate.validate([issuer], now=certificate.not_after + datetime.timedelta(days=1))

    assert certificate.kind() is None
    rule = kaigo.KindRule("user", label_ja="利用者", label_en="user", issuer_has=certificate.issuer)
    assert certificate.kind([rule]) == rule and rule.label("ja") == "利用者"

    renewals = [certificate.renewal(certificate.not_after - datetime.timedelta(days=days)) for days in (91, 90, -1)]
    assert [renewal.state for renewal in renewals] == ["not_yet", "advised", "ended"]
    assert renewals[0].message() is None and "90" in renewals[1].message("ja")
    assert "keyCertSign" in issuer.key_uses


def test_the_package_loads_without_the_card_and_without_pcsc():
    code = "import sys, kaigo; assert 'kaigo.card' not in sys.modules; import kaigo.card; print(open('/proc/self/maps').read())"
    if sys.platform != "linux":
        code = code.split("; print")[0]
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert "pcsclite" not in done.stdout
    if importlib.util.find_spec("kaigo._kaigo_readers") is None:
        with pytest.raises(kaigo.CardError, match="without card readers") as caught:
            cards.Readers
        assert caught.value.code == "not-built-in"
        return
    # Asked for, they are there, whether or not a service runs.
    assert cards.Readers() is not None
    assert not hasattr(cards, "NoSuchThing")


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere PC/SC is part of the system")
def test_a_computer_without_pcsc_is_told_when_readers_are_asked_for():
    module = importlib.util.find_spec("kaigo._kaigo_readers")
    if module is None:
        pytest.skip("*** NOT TESTED: a computer without PC/SC; the package was built without readers ***")
    linked = subprocess.run(["ldd", module.origin], capture_output=True, text=True, check=True).stdout
    library = next(line.split()[2] for line in linked.splitlines() if "libpcsclite" in line)
    code = (
        "import kaigo.card\n"
        "for lang in ('en', 'ja'):\n"
        "    kaigo.set_language(lang)\n"
        "    try: kaigo.card.Readers()\n"
        "    except kaigo.CardError as error: print(error.code, error)\n"
    )
    # In a namespace where the library is an empty file.
    hide = f"mount --bind /dev/null {library}; exec \"$0\" \"$@\""
    root = [] if os.geteuid() == 0 else ["--map-root-user"]
    done = subprocess.run(
        ["unshare", *root, "--mount", "sh", "-euc", hide, sys.executable, "-X", "utf8", "-c", code],
        capture_output=True,
        encoding="utf-8",
    )
    english, japanese = done.stdout.splitlines() or pytest.fail(done.stderr)
    assert english.startswith("card.no-service this computer has no PC/SC"), done
    assert japanese.startswith("card.no-service このコンピューターに PC/SC がありません"), done

