import contextlib
import os
import pathlib
import subprocess

import pytest

import kaigo

ROOT = pathlib.Path(__file__).parents[2]
OUTBOX = ROOT / "examples/data/outbox"
FILES = sorted(OUTBOX.glob("*/*.CSV"))
PLAN = next(path for path in FILES if path.name.startswith("UPPLAN"))

CARE, HELP = "1371249069", "1373350030"


@pytest.fixture(autouse=True)
def english():
    yield
    kaigo.set_language("en")


@contextlib.contextmanager
def running_sandbox(data, *options):
    """A running kaigo-sandbox: its address and its data. Real TLS on loopback."""
    program = os.environ.get("KAIGO_SANDBOX") or pytest.fail("tools/test-python sets KAIGO_SANDBOX")
    arguments = [program, "--listen", "127.0.0.1:0", "--data", str(data), *options]
    with subprocess.Popen(arguments, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as process:
        url = None
        for line in process.stdout:
            if line.startswith("url"):
                url = line.split()[1]
            if line.startswith("ready"):
                break
        yield url, data
        process.terminate()


@pytest.fixture(scope="session")
def sandbox(tmp_path_factory):
    with running_sandbox(tmp_path_factory.mktemp("sandbox")) as running:
        yield running


@pytest.fixture
def own_sandbox(tmp_path):
    with running_sandbox(tmp_path / "sandbox") as running:
        yield running
