"""Card readers: a real pcscd with the virtual card, in namespaces of its own, where ``on_readers.py`` runs."""

import importlib.util
import os
import pathlib
import subprocess
import sys

import pytest

NEEDED = ["/usr/sbin/pcscd", "/usr/lib/pcsc/drivers/serial/libifdvpcd.so"]


def test_on_the_real_stack():
    if importlib.util.find_spec("kaigo._kaigo_readers") is None:
        pytest.skip("*** NOT TESTED: card readers; the package was built without them ***")
    for path in NEEDED:
        if not pathlib.Path(path).exists():
            pytest.skip(f"*** NOT TESTED: card readers, for {path} is missing; `tools/setup card` installs it ***")
    inside = "mount -t tmpfs none /run; mkdir /run/pcscd; ip link set lo up; exec \"$0\" \"$@\""
    command = ["unshare", *([] if os.geteuid() == 0 else ["--map-root-user"]), "--net", "--mount", "sh", "-euc", inside]
    tests = pathlib.Path(__file__).with_name("on_readers.py")
    done = subprocess.run(
        [*command, sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", str(tests)],
        env={**os.environ, "KAIGO_CARD_NAMESPACE": "1"},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stdout + done.stderr
