"""Types: generated where they follow from declarations, and held against the module."""

import os
import pathlib
import subprocess
import sys

import stub
from conftest import ROOT

HERE = pathlib.Path(__file__).parent
CONFIG = HERE.parent / "pyproject.toml"


def run(*arguments, cwd):
    done = subprocess.run([sys.executable, "-m", *arguments], cwd=cwd, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_stubs_of_records_follow_the_declarations():
    if os.environ.get("KAIGO_BLESS"):
        stub.PATH.write_text(stub.text(), encoding="utf-8")
    assert stub.PATH.read_text(encoding="utf-8") == stub.text(), "KAIGO_BLESS=1 writes it anew"


def test_the_classes_of_documents_follow_the_declarations():
    if os.environ.get("KAIGO_BLESS"):
        stub.DOCUMENTS.write_text(stub.documents(), encoding="utf-8")
    assert stub.DOCUMENTS.read_text(encoding="utf-8") == stub.documents(), "KAIGO_BLESS=1 writes it anew"


def test_stubtest_finds_no_difference(tmp_path):
    allow = HERE / "stubtest-allow.txt"
    run("mypy.stubtest", "--allowlist", str(allow), "--mypy-config-file", str(CONFIG), "kaigo", cwd=tmp_path)


def test_package_and_examples_are_strictly_typed(tmp_path):
    run("mypy", "--config-file", str(CONFIG), "-p", "kaigo", cwd=tmp_path)
    run("mypy", "--config-file", str(CONFIG), str(ROOT / "examples/python"), cwd=tmp_path)


def test_types_tell_what_a_field_holds(tmp_path):
    (tmp_path / "user.py").write_text(
        "import datetime\nimport decimal\n\nimport kaigo\n\n"
        "slip = kaigo.ServiceSlip(units=5)\n"
        "units: int | None = slip.units\n"
        "date: datetime.date | None = slip.service_date\n"
        "price: decimal.Decimal | None = kaigo.ServiceSlipAnnex().unit_price\n"
        "no: int = kaigo.ServiceSlip.units.no\n"
        "slip.units = 5  # type: ignore[assignment]\n"
        "wrong: str | None = slip.units  # type: ignore[assignment]\n"
        "kaigo.ServiceSlip(nothing=1)  # type: ignore[call-arg]\n"
        "def minutes(plan: kaigo.Document[kaigo.ServiceSlip]) -> list[int | None]:\n"
        "    return [row.units for row in plan[1:]] + [plan[0].units]\n"
        "minutes(kaigo.read('UPPLAN.CSV').of(kaigo.ServiceSlip))\n"
        "minutes(kaigo.read('UP1KYO.CSV').of(kaigo.CarePlanSheet1))  # type: ignore[arg-type]\n"
        "minutes(kaigo.Document('UPPLAN', [slip]))\n"
        "kaigo.Document('UPPLAN', [slip])[0].nothing  # type: ignore[attr-defined]\n"
    )
    run("mypy", "--strict", "--warn-unused-ignores", "user.py", cwd=tmp_path)
