"""``python -m kaigo`` at a terminal and in pipes."""

import json
import os
import subprocess
import sys

import pytest
from conftest import OUTBOX, PLAN

from kaigo._cli import main

WRONG = b"202407,092015,12345678X0,20260230\r\n"
NAME = "DLT1KYO_1371249069_43_1373350030_11_20260625093735.CSV"


@pytest.fixture
def wrong(tmp_path):
    (tmp_path / NAME).write_bytes(WRONG)
    return tmp_path / NAME


def test_a_pipe_gets_json_and_the_status_tells(wrong):
    done = subprocess.run([sys.executable, "-m", "kaigo", "validate", wrong], capture_output=True, text=True)
    assert done.returncode == 1
    findings = [json.loads(line) for line in done.stdout.splitlines()]
    assert [(finding["code"], finding["row"]) for finding in findings] == [("field.alnum", 1), ("field.date", 1)]
    assert "12345678X0" not in done.stdout


def test_people_get_lines_in_their_language(wrong, capsys):
    assert main(["validate", "--format", "text", "--lang", "ja", str(wrong)]) == 1
    out = capsys.readouterr()
    assert "1行目" in out.out and "被保険者番号" in out.out and "2 errors" in out.err
    assert main(["validate", str(OUTBOX)]) == 0
    assert main(["validate", str(wrong.parent / "nowhere")]) == 2
    assert "nowhere" in capsys.readouterr().err


def test_convert_and_back(tmp_path, capsys):
    assert main(["convert", str(PLAN), str(tmp_path / "plan.json")]) == 0
    assert main(["convert", str(tmp_path / "plan.json"), str(tmp_path / "plan.CSV")]) == 0
    assert (tmp_path / "plan.CSV").read_bytes() == PLAN.read_bytes()
    assert main(["convert", str(tmp_path / "plan.CSV"), str(tmp_path / "x.json")]) == 2
    assert "kind" in capsys.readouterr().err


def test_a_folder_becomes_one_care_document_and_its_files_again(tmp_path, capsys):
    folder, document, back = PLAN.parent, tmp_path / "care.json", tmp_path / "back"
    assert main(["convert", "--to", "care-json", str(folder), str(document)]) == 0
    assert json.loads(document.read_bytes())["format"] == "kaigo-care"
    assert main(["convert", "--to", "csv", str(document), str(back)]) == 0
    assert {p.name: p.read_bytes() for p in back.iterdir()} == {p.name: p.read_bytes() for p in folder.iterdir()}
    document.write_bytes(document.read_bytes().replace(b'"version":1', b'"version":2', 1))
    assert main(["convert", "--to", "csv", str(document), str(tmp_path / "none")]) == 2
    assert "version" in capsys.readouterr().err


def test_show_masks_people_and_names_fields(capsys):
    assert main(["show", "--rows", "2", str(PLAN)]) == 0
    rows = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert len(rows) == 2 and rows[0]["units"] == "163" and rows[0]["planner_name"] == "(masked)"
    assert main(["show", "--rows", "1", "--fields", "単位数,7", "--lang", "ja", "--show-personal-data", str(PLAN)]) == 0
    assert json.loads(capsys.readouterr().out) == {"単位数": "163", "プラン担当者名": "見本　太郎"}
    assert main(["show", "--fields", "nothing", str(PLAN)]) == 2


def test_show_draws_a_table(capsys):
    assert main(["show", "--format", "text", "--rows", "3", "--fields", "units,over_30_days", str(PLAN)]) == 0
    out = capsys.readouterr().out
    assert "units" in out and "163" in out and "非該当" in out and "more (--rows 0)" in out


def test_show_works_without_rich(capsys, monkeypatch):
    monkeypatch.setitem(sys.modules, "rich.console", None)
    assert main(["show", "--format", "text", "--rows", "1", "--fields", "units", str(PLAN)]) == 0
    assert capsys.readouterr().out.splitlines()[1:3] == ["units", "163"]


def test_diff_tells_fields_rows_and_visits(tmp_path, capsys):
    lines = PLAN.read_bytes().splitlines(keepends=True)
    changed = [lines[0].replace(b",163,", b",200,"), *lines[2:]]
    (tmp_path / "new.CSV").write_bytes(b"".join(changed))
    assert main(["diff", "--kind", "UPPLAN", str(PLAN), str(PLAN)]) == 0
    assert main(["diff", "--kind", "UPPLAN", str(PLAN), str(tmp_path / "new.CSV")]) == 1
    changes = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert {"change": "changed", "old_row": 1, "new_row": 1, "field": "units", "old": "163", "new": "200"} in changes
    assert {"change": "removed", "old_row": 2} in changes
    actual = tmp_path / PLAN.name.replace("UPPLAN", "UPJSK")
    actual.write_bytes(b"".join(lines[1:]))
    assert main(["diff", "--format", "text", str(PLAN), str(actual)]) == 1
    assert "cancelled" in capsys.readouterr().out
    assert main(["diff", str(PLAN), str(next(OUTBOX.glob("plan/UP1KYO*")))]) == 2


def test_a_reader_that_went_away_is_no_traceback(wrong):
    read, write = os.pipe()
    os.close(read)
    with os.fdopen(write, "wb") as pipe:
        done = subprocess.run([sys.executable, "-m", "kaigo", "show", PLAN], stdout=pipe, stderr=subprocess.PIPE)
    assert b"Traceback" not in done.stderr


def _actuals(folder, change=lambda lines: lines):
    lines = change(PLAN.read_bytes().splitlines(keepends=True))
    folder.mkdir(exist_ok=True)
    path = folder / "UPJSK_202607_1373350030_11_1371249069_43_20260803103829.CSV"
    path.write_bytes(b"".join(lines))
    return path


def test_reconcile_tells_visits_and_amounts(tmp_path, capsys):
    same = _actuals(tmp_path / "same")
    plan = str(PLAN.parent)
    assert main(["reconcile", plan, str(same.parent)]) == 0
    changed = _actuals(
        tmp_path / "changed", lambda lines: [lines[0].replace(b"0900,0930", b"0910,0940"), *lines[2:]]
    )
    capsys.readouterr()
    assert main(["reconcile", "--format", "json", plan, str(changed.parent)]) == 1
    found = json.loads(capsys.readouterr().out)
    outcomes = {total["outcome"]: total["visits"] for total in found["outcomes"]}
    assert (outcomes["moved"], outcomes["cancelled"]) == (1, 1) and found["balance"]["fewerYen"] > 0
    assert {client["insuredNumber"] for client in found["clients"]} == {"(masked)"}
    assert main(["reconcile", "--format", "text", "--lang", "ja", "--tolerance", "10", plan, str(changed.parent)]) == 1
    out = capsys.readouterr().out
    assert "中止" in out and "日時変更" not in out and "6685370090" not in out
    assert main(["reconcile", plan, str(tmp_path / "nothing")]) == 2
