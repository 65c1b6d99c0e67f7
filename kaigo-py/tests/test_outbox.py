"""The outbox against a running sandbox: what becomes of units, across calls, sessions and programs."""

import datetime
import json
import pathlib
import signal
import ssl
import subprocess
import sys
import threading
import time
import urllib.request

import pytest
from conftest import CARE, HELP, OUTBOX, running_sandbox
from test_transfer import credential_of, log_in

import kaigo

PLAN, MONTHLY = kaigo.Unit.open(OUTBOX / "plan"), kaigo.Unit.open(OUTBOX / "monthly")


@pytest.fixture
def switched(tmp_path):
    with running_sandbox(tmp_path / "sandbox", "--faults") as running:
        yield running


@pytest.fixture
def outbox(tmp_path):
    with kaigo.Outbox(tmp_path / "outbox.sqlite3") as outbox:
        yield outbox


def switch(sandbox, name, tmp_path, **what):
    """Turns a switch of the sandbox: a fault, or its clock."""
    url, data = sandbox
    credential, account = credential_of(data, CARE)
    office = data / "offices" / CARE
    pem = tmp_path / "client.pem"
    source = ["-in", str(office / "client.p12"), "-passin", f"pass:{account['p12_password']}"]
    subprocess.run(["openssl", "pkcs12", *source, "-nodes", "-out", str(pem)], check=True, capture_output=True)
    context = ssl.create_default_context(cafile=str(data / "ca.pem"))
    context.load_cert_chain(str(pem))
    request = urllib.request.Request(f"{url}/sandbox/v1/{name}", json.dumps(what).encode(), method="POST")
    with urllib.request.urlopen(request, context=context) as answer:
        assert answer.status == 204


def states(outbox):
    return [entry.state for entry in outbox.entries()]


def received(sandbox):
    with log_in(sandbox, HELP) as session:
        return [session.fetch(transfer).unit for transfer in list(session.received())]


def test_units_are_queued_and_sent_in_order(own_sandbox, outbox):
    assert outbox.send_due(lambda: pytest.fail("nothing is due")) == outbox.send_due(lambda: None)
    ids = [outbox.enqueue(unit) for unit in (PLAN, MONTHLY)]
    assert states(outbox) == ["queued", "queued"]
    with log_in(own_sandbox, CARE) as session:
        run = outbox.send_due(session)
        assert (run.sent, run.refused, run.again) == (2, 0, 0)
        transfers = list(session.sent())
    assert received(own_sandbox) == [PLAN, MONTHLY]
    for entry, number, unit, transfer in zip(outbox.entries(), ids, (PLAN, MONTHLY), transfers, strict=True):
        assert (entry.id, entry.state, entry.attempts, entry.reason) == (number, "sent", 1, None)
        assert (entry.transfer, entry.accepted_at) == (transfer.id, transfer.accepted_at)
        assert entry.receiver == unit.receiver and entry.file_names == [file.name for file in unit.files]
        assert entry.size == sum(len(file.content) for file in unit.files) and len(entry.key) == 32
        assert isinstance(entry.queued_at, datetime.datetime) and entry.queued_at.tzinfo is not None
        assert entry.tried_at is not None
        assert outbox.entry(number) == entry and str(number) in repr(entry)
    outbox.forget(ids[0])
    assert [entry.id for entry in outbox.entries()] == ids[1:]


def test_a_closed_outbox_keeps_its_units(tmp_path, own_sandbox):
    path = tmp_path / "outbox.sqlite3"
    with kaigo.Outbox(str(path)) as outbox:
        number = outbox.enqueue(PLAN)
        assert str(path) in repr(outbox)
    with pytest.raises(ValueError, match="closed"):
        outbox.entries()
    outbox.close()
    with kaigo.Outbox(path) as outbox, log_in(own_sandbox, CARE) as session:
        assert outbox.send_due(session).sent == 1
        assert outbox.entry(number).state == "sent"


def test_a_refused_unit_tells_its_reason_and_holds_up_its_destination(own_sandbox, outbox):
    # Of another office than the one that logs in.
    files = [(file.name.replace(CARE, "1370000009"), file.content) for file in PLAN.files]
    refused = outbox.enqueue(kaigo.Unit(files))
    behind = outbox.enqueue(MONTHLY)
    with log_in(own_sandbox, CARE) as session:
        assert outbox.send_due(session).refused == 1
        assert states(outbox) == ["refused", "queued"]
        reason = outbox.entry(refused).reason
        assert reason.code == "transfer.not-a-unit" and reason.message == reason.message_en
        kaigo.set_language("ja")
        assert reason.message == reason.message_ja != reason.message_en
        key = outbox.entry(refused).key
        outbox.requeue(refused)
        assert outbox.entry(refused).key != key
        assert outbox.send_due(session).refused == 1
        outbox.give_up(refused)
        assert outbox.send_due(session).sent == 1
    assert states(outbox) == ["given-up", "sent"]
    assert outbox.entry(behind).transfer


def test_a_login_that_fails_is_raised_as_it_is_and_not_repeated(own_sandbox, outbox):
    outbox.enqueue(PLAN)
    calls = []

    def wrong():
        calls.append(1)
        return log_in(own_sandbox, CARE, password="wrong")

    with pytest.raises(kaigo.LoginRefusedError):
        outbox.send_due(wrong)
    with pytest.raises(ZeroDivisionError):
        outbox.send_due(lambda: 1 / 0)
    with pytest.raises(TypeError, match="Session"):
        outbox.send_due(lambda: 5)
    with pytest.raises(TypeError, match="Session"):
        outbox.send_due(5)
    assert len(calls) == 1 and states(outbox) == ["queued"] and outbox.entries()[0].attempts == 0


def test_a_session_that_has_ended_is_followed_by_another(switched, outbox, tmp_path):
    ended = log_in(switched, CARE)
    switch(switched, "clock", tmp_path, advanceSeconds=8 * 60 * 60 + 1)
    outbox.enqueue(PLAN)
    with pytest.raises(kaigo.SessionExpiredError):
        outbox.send_due(ended)
    entry = outbox.entries()[0]
    assert entry.state == "queued" and entry.reason.code == "transfer.session-expired"
    sessions = []

    def login():
        sessions.append(log_in(switched, CARE))
        return sessions[-1]

    assert outbox.send_due(login).sent == 1
    for session in sessions:
        session.logout()
    assert len(sessions) == 1 and received(switched) == [PLAN]


def test_a_unit_without_an_answer_is_unknown_and_arrives_once(switched, outbox, tmp_path):
    number = outbox.enqueue(PLAN)
    with log_in(switched, CARE, attempts=1) as session:
        switch(switched, "faults", tmp_path, call="send", fault="cutAfterCommit")
        assert outbox.send_due(session).again == 1
        entry = outbox.entry(number)
        assert entry.state == "unknown" and entry.reason.code == "transfer.cut"
        assert outbox.send_due(session).sent == 1
    assert outbox.entry(number).key == entry.key and received(switched) == [PLAN]


PROGRAM = """
import sys
sys.path.insert(0, sys.argv[1])
import pathlib
from test_transfer import log_in
import kaigo
with kaigo.Outbox(sys.argv[4]) as outbox, log_in((sys.argv[2], pathlib.Path(sys.argv[3])), "1371249069") as session:
    outbox.send_due(session)
"""


def test_another_program_sees_the_states_and_finishes_after_a_kill(switched, outbox, tmp_path):
    number = outbox.enqueue(PLAN)
    switch(switched, "faults", tmp_path, call="send", fault="slow", delayMs=60_000)
    here = pathlib.Path(__file__).parent
    arguments = [here, switched[0], switched[1], tmp_path / "outbox.sqlite3"]
    with subprocess.Popen([sys.executable, "-c", PROGRAM, *map(str, arguments)]) as process:
        while states(outbox) != ["sending"]:
            assert process.poll() is None
            time.sleep(0.01)
        with log_in(switched, CARE) as session:
            with pytest.raises(kaigo.OutboxError) as caught:
                outbox.send_due(session)
            assert caught.value.code == "outbox.in-use"
            with pytest.raises(kaigo.OutboxError) as caught:
                outbox.give_up(number)
            assert caught.value.code == "outbox.wrong-state"
            process.send_signal(signal.SIGKILL)
            process.wait()
            assert outbox.send_due(session).sent == 1
    assert received(switched) == [PLAN]


def test_threads_queue_while_one_sends(own_sandbox, outbox):
    """Each queues and looks while another sends: were the interpreter held, nothing would go on."""
    def queue():
        for _ in range(5):
            outbox.enqueue(PLAN)
            outbox.entries()

    threads = [threading.Thread(target=queue) for _ in range(4)]
    for thread in threads:
        thread.start()
    with log_in(own_sandbox, CARE) as session:
        while any(thread.is_alive() for thread in threads):
            outbox.send_due(session)
        outbox.send_due(session)
    assert states(outbox) == ["sent"] * 20 and len(received(own_sandbox)) == 20


def test_files_that_are_no_outbox_are_errors_by_class(tmp_path):
    letter = tmp_path / "letter"
    letter.write_text("Dear Sir or Madam, this is a letter. " * 100)
    with pytest.raises(kaigo.OutboxError) as caught:
        kaigo.Outbox(letter)
    error = caught.value
    assert error.code == "outbox.foreign" and isinstance(error, kaigo.KaigoError) and str(letter) in str(error)
    with pytest.raises(FileNotFoundError):
        kaigo.Outbox(tmp_path / "nowhere" / "outbox")
    with kaigo.Outbox(tmp_path / "outbox") as outbox:
        for call in (outbox.entry, outbox.give_up, outbox.requeue, outbox.forget):
            with pytest.raises(kaigo.OutboxError) as caught:
                call(7)
            assert caught.value.code == "outbox.no-unit"
