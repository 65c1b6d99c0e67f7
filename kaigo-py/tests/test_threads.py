"""Real work gives the interpreter back, and Ctrl-C ends the wait for it."""

import os
import pathlib
import signal
import subprocess
import sys
import threading

import pytest
from conftest import PLAN, running_sandbox
from test_outbox import switch

import kaigo

pytestmark = pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs pipes with a name")


def test_threads_read_at_the_same_time(tmp_path):
    """Each read waits for its pipe: were the interpreter held, nobody could ever write into one."""
    content = PLAN.read_bytes()
    pipes = [tmp_path / f"pipe{number}" for number in range(8)]
    documents = {}
    threads = []
    for pipe in pipes:
        os.mkfifo(pipe)
        thread = threading.Thread(target=lambda pipe=pipe: documents.update({pipe: kaigo.read(pipe, kind="UPPLAN")}))
        thread.start()
        threads.append(thread)
    # Opening waits until the reader has opened its end: all eight are in the middle of reading afterwards.
    files = [open(pipe, "wb") for pipe in pipes]
    for file in reversed(files):
        with file:
            file.write(content)
    for thread in threads:
        thread.join()
    assert list(documents.values()) == [kaigo.read(PLAN)] * 8


def test_ctrl_c_interrupts(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    program = "\n".join([
        "import kaigo, sys",
        "try:",
        "    kaigo.read(sys.argv[1], kind='UPPLAN')",
        "except KeyboardInterrupt:",
        "    print('interrupted')",
    ])
    with subprocess.Popen([sys.executable, "-c", program, tmp_path / "pipe"], stdout=subprocess.PIPE) as process:
        # Once this end is open the program reads, and waits for ever.
        with open(tmp_path / "pipe", "wb"):
            process.send_signal(signal.SIGINT)
            assert process.stdout.read() == b"interrupted\n"
        assert process.wait() == 0


def working(process="self"):
    """Whether a thread of the library's is at work in a process."""
    for task in pathlib.Path(f"/proc/{process}/task").iterdir():
        try:
            if (task / "comm").read_text() == "kaigo\n":
                return True
        except OSError:
            pass  # it has just ended
    return False


INTERRUPTED = """
import pathlib, signal, sys, time
sys.path.insert(0, sys.argv[1])
from test_threads import working
# A job in the background is started with SIGINT ignored.
signal.signal(signal.SIGINT, signal.default_int_handler)
from test_transfer import log_in
session = log_in((sys.argv[2], pathlib.Path(sys.argv[3])), "1371249069")
while working():
    time.sleep(0.01)
print("asks", flush=True)
try:
    list(session.sent())
except KeyboardInterrupt:
    # The sandbox answers in a minute; the work that nobody waits for ends long before.
    ends = time.monotonic() + 30
    while working() and time.monotonic() < ends:
        time.sleep(0.05)
    print("works on" if working() else "ended", flush=True)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="looks at threads in /proc")
def test_ctrl_c_breaks_a_call_off(tmp_path):
    with running_sandbox(tmp_path / "sandbox", "--faults") as sandbox:
        switch(sandbox, "faults", tmp_path, call="sent", fault="slow", delayMs=60_000)
        arguments = [pathlib.Path(__file__).parent, sandbox[0], sandbox[1]]
        program = [sys.executable, "-c", INTERRUPTED, *map(str, arguments)]
        with subprocess.Popen(program, stdout=subprocess.PIPE, text=True) as process:
            assert process.stdout.readline() == "asks\n"
            # The thread of the call is there before the call goes out.
            while not working(process.pid):
                assert process.poll() is None
            process.send_signal(signal.SIGINT)
            assert process.stdout.read() == "ended\n"


def test_one_document_is_used_by_many_threads():
    document = kaigo.read(PLAN)
    expected = (document.to_csv(), [repr(record) for record in document])
    results = []

    def work():
        for _ in range(5):
            results.append((document.to_csv(), [repr(record) for record in document]))

    threads = [threading.Thread(target=work) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(results) == 40 and all(result == expected for result in results)
