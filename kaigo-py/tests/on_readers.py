"""Run by ``test_readers.py``, in namespaces of their own."""

import contextlib
import json
import os
import subprocess
import sys
import threading
import time

import pytest
from conftest import CARE, ROOT, running_sandbox
from test_transfer import log_in

import kaigo
from kaigo.card import Card, Pin, Readers

AMPLE = 60.0
READERS = """FRIENDLYNAME "Virtual PCD"
DEVICENAME /dev/null:0x8C7B
LIBPATH /usr/lib/pcsc/drivers/serial/libifdvpcd.so
CHANNELID 0x8C7B
"""


@pytest.fixture(scope="module", autouse=True)
def pcscd(tmp_path_factory):
    # Outside of its namespaces it would meddle with the computer's own.
    assert os.environ.get("KAIGO_CARD_NAMESPACE"), "run by test_readers.py only"
    with pytest.raises(kaigo.CardError) as caught:
        Readers().find()
    assert caught.value.code == "card.no-service"
    configuration = tmp_path_factory.mktemp("readers")
    (configuration / "readers").write_text(READERS)
    program = ["/usr/sbin/pcscd", "--foreground", "--config", str(configuration)]
    told = subprocess.run([program[0], "--help"], capture_output=True, text=True).stdout
    # Builds with polkit ask it for everything; builds without do not know the word.
    program += ["--disable-polkit"] if "disable-polkit" in told else []
    process = subprocess.Popen(program, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    def listed():
        try:
            return len(Readers().list()) == 2
        except kaigo.CardError:
            return False

    wait_until(listed)
    yield
    process.kill()
    process.wait()


def wait_until(done):
    end = time.monotonic() + AMPLE
    while not done():
        assert time.monotonic() < end, "not in time"
        time.sleep(0.02)


@contextlib.contextmanager
def inserted(data, *options):
    """The virtual card as a program, in the first reader."""
    program = [os.environ["KAIGO_SANDBOX"], "card", "--data", str(data), "--unlock", *options]
    process = subprocess.Popen(program, stdout=subprocess.DEVNULL)
    try:
        wait_until(lambda: Readers().list()[0].card_present)
        yield
    finally:
        process.terminate()
        process.wait()
        wait_until(lambda: not Readers().list()[0].card_present)


@pytest.fixture(scope="module")
def data(tmp_path_factory):
    return tmp_path_factory.mktemp("card")


def test_a_card_is_waited_for_read_and_let_go_of(data):
    readers = Readers()
    found = []
    waiting = threading.Thread(target=lambda: found.append(readers.find(wait=AMPLE)))
    waiting.start()
    with inserted(data):
        waiting.join()
        channel = found.pop()
        assert channel.reader == readers.list()[0].name
        # Taken exclusively.
        with pytest.raises(kaigo.CardError) as caught:
            readers.find()
        assert caught.value.code == "card.in-use" and readers.list()[0].in_use
        person = json.loads((data / "card.json").read_text())["person"]
        with Card.open(channel) as card:
            del channel
            assert card.token.kind == "individual_number_card"
            assert card.basic_items(Pin.text("1357")).name == person["name"]
        # Let go of with the card.
        readers.find().close()


def test_the_example_reads_the_card(data):
    with inserted(data):
        example = [sys.executable, str(ROOT / "examples/python/read_card.py"), str(AMPLE)]
        done = subprocess.run(example, capture_output=True, text=True, check=True)
        assert done.stdout.startswith("card until ") and "tries left: text 3" in done.stdout, done.stdout
    done = subprocess.run([*example[:2], "0"], capture_output=True, text=True)
    assert done.returncode == 1 and "card.no-card" in done.stderr


def test_states_and_events_are_told(data):
    readers = Readers()
    with pytest.raises(kaigo.CardError) as caught:
        readers.find()
    assert caught.value.code == "card.no-card"
    with pytest.raises(kaigo.CardError) as caught:
        readers.find("no reader of this name")
    assert caught.value.code == "card.no-reader"
    kaigo.set_language("ja")
    with pytest.raises(kaigo.CardError, match="カードが置かれていません"):
        readers.find()
    kaigo.set_language("en")
    first, second = (reader.name for reader in readers.list())
    watch = readers.watch()
    assert [(event.kind, event.reader) for event in (watch.next(), watch.next())] == [
        ("reader_added", first),
        ("reader_added", second),
    ]
    assert watch.next() is None
    with inserted(data, "--foreign"):
        event = watch.next(wait=AMPLE)
        assert (event.kind, event.reader) == ("card_inserted", first)
        with pytest.raises(kaigo.CardError) as caught:
            readers.find()
        assert caught.value.code == "card.not-this-card"
    assert watch.next(wait=AMPLE).kind == "card_removed"
    threading.Timer(0.7, readers.cancel).start()
    with pytest.raises(kaigo.CardError) as caught:
        readers.find(wait=AMPLE)
    assert caught.value.code == "card.cancelled"
    with pytest.raises(ValueError):
        readers.find(wait=-1)


def test_a_card_pulled_in_the_middle_is_told(data):
    with inserted(data, "--eject-before", "8"):
        card = Card.open(Readers().find(wait=AMPLE))
        with pytest.raises(kaigo.CardError) as caught:
            for _ in range(9):
                card.common()
        assert caught.value.code == "card.removed"


def test_a_card_in_a_reader_confirms_an_identity(data, tmp_path):
    with inserted(data), running_sandbox(tmp_path, "--card", str(data)) as sandbox, log_in(sandbox, CARE) as session:
        session.register_terminal("desk-1")
        challenge = session.identity_challenge("desk-1")
        assert challenge.expires_in == 300 and CARE.encode() in challenge.message
        with Card.open(Readers().find(wait=AMPLE)) as card:
            signed = card.sign(Pin.user_authentication("2468"), challenge.message)
        confirmed = session.confirm_by_card(challenge, signed)
        assert (confirmed.office, confirmed.route, confirmed.terminal) == (CARE, "card", "desk-1")
        assert confirmed.confirmed_at.tzinfo is not None and confirmed.insured not in repr(confirmed)
        with pytest.raises(kaigo.BusinessError) as caught:
            session.confirm_by_card(challenge, signed)
        assert caught.value.code == "identity.no-challenge"
        person = {"insurer": confirmed.insurer, "insured": confirmed.insured}
        assert session.confirm_visually("desk-1", **person, compared_by="職員A").route == "visual"
        with pytest.raises(kaigo.BusinessError) as caught:
            session.confirm_visually("desk-1", insurer="992016", insured="0000000099", compared_by="職員A")
        assert caught.value.code == "identity.unknown-person"
        with pytest.raises(kaigo.TransferError):
            session.register_terminal("desk 1")
