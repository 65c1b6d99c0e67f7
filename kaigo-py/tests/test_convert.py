"""Conversion with its losses, and batches."""

import json
import pathlib
import shutil
import subprocess
import sys

import kaigo
import pytest
from conftest import OUTBOX, PLAN
from kaigo._cli import main
from kaigo.documents import LossReport, StandardProfile

RECORD = {
    "csvVersion": "2024-07",
    "insurerNumber": "092015",
    "insuredNumber": "1234567890",
    "consultedOn": "2026-07-01",
}


def document(**members) -> bytes:
    whole = {"standard": "5.0-provisional", "kind": "UPKIHON_SUB1", "records": [RECORD | members]}
    return json.dumps(whole, ensure_ascii=False).encode()


def test_every_form_comes_back_from_bytes_alone():
    data = PLAN.read_bytes()
    for form in ("json", "xml"):
        there = kaigo.convert(data, to=form, kind="UPPLAN")
        assert (there.kind, there.source_form, there.form) == ("UPPLAN", "csv", form)
        back = kaigo.convert(there.data, to="csv")
        assert back.data == data and back.losses == []
    with pytest.raises(ValueError, match="to="):
        kaigo.convert(data)


def test_what_is_lost_is_a_finding_and_a_document():
    done = kaigo.convert(document(timeOfDay="𠮷〜", remark=[1]), to="csv", gaiji="map")
    assert [loss.code for loss in done.losses] == ["loss.member", "loss.variant", "loss.variant"]
    assert done.losses[1].field == "time_of_day" and "吉" in done.losses[1].message
    report = done.report
    assert isinstance(report, LossReport)
    assert [(item.character, item.variant) for item in report.losses[1:]] == [("U+20BB7", "U+5409"), ("U+301C", "U+FF5E")]
    assert LossReport.from_json(report.to_json()) == report
    with pytest.raises(AttributeError):
        done.form = "xml"
    with pytest.raises(kaigo.LossError) as caught:
        kaigo.convert(document(timeOfDay="〜"), to="csv", gaiji="map", lossless=True)
    assert caught.value.code == "lossy" and caught.value.findings[0].code == "loss.variant"


def test_a_profile_of_the_vendor_takes_the_place_of_ours():
    ours = kaigo.provisional_profile()
    assert isinstance(ours, StandardProfile) and ours.version == "5.0-provisional"
    item = {"name": "urgency", "form": "text", "mandatory": True}
    profile = StandardProfile.from_dict(
        {
            "name": "official",
            "version": "5.0",
            "revision": 1,
            "characterSet": "jis_x_0213",
            "kinds": [{"kind": "UPPLAN", "additional": [item]}],
        }
    )
    done = kaigo.convert(PLAN, to="json", profile=profile)
    assert {loss.code for loss in done.losses} == {"loss.mandatory"}


def test_unknown_members_stay_in_a_document():
    data = document(newItem={"a": 1.50}).replace(b'"newItem": {"a": 1.5}', b'"newItem":{"a":1.50}')
    assert b'"newItem":{"a":1.50}' in kaigo.read(data).to_json()


def test_a_file_of_json_is_checked_alone(tmp_path):
    path = tmp_path / (PLAN.stem + ".json")
    kaigo.convert(PLAN, path)
    assert kaigo.validate(path) == []
    path.write_bytes(path.read_bytes().replace(b'"insurerNumber"', b'"insurer"'))
    assert {"field.required", "standard.mandatory"} <= {finding.code for finding in kaigo.validate(path)}


@pytest.fixture
def inbox(tmp_path) -> pathlib.Path:
    for number in range(6):
        shutil.copytree(OUTBOX, tmp_path / "in" / str(number))
    return tmp_path / "in"


def test_batches_tell_each_unit_in_order_and_resume(inbox, tmp_path):
    manifest, told, seen = tmp_path / "manifest.jsonl", [], []
    summary = kaigo.convert_all(
        inbox, tmp_path / "out", to="json", jobs=2, manifest=manifest, each=told.append,
        progress=lambda done, total: seen.append((done, total)),
    )
    assert summary.files == sum(len(unit.files) for unit in told) == seen[-1][0] == seen[-1][1]
    paths = [unit.files[0].path for unit in told]
    one = []
    kaigo.validate_all(inbox, jobs=1, each=lambda unit: one.append(unit.files[0].path))
    assert paths == one
    assert all((tmp_path / "out" / file.output).exists() for unit in told for file in unit.files)
    again = kaigo.convert_all(inbox, tmp_path / "out", to="json", manifest=manifest)
    assert again.skipped == again.files == summary.files
    back = kaigo.convert_all(tmp_path / "out", tmp_path / "back", to="csv")
    assert back.losses == 0
    for path in inbox.rglob("*.CSV"):
        assert (tmp_path / "back" / path.relative_to(inbox)).read_bytes() == path.read_bytes()


def test_what_a_function_raises_breaks_the_batch_off(inbox):
    def stop(unit):
        raise KeyError("enough")

    with pytest.raises(KeyError, match="enough"):
        kaigo.validate_all(inbox, each=stop)


def test_the_shell_converts_folders(inbox, tmp_path, capsys):
    manifest = str(tmp_path / "m.jsonl")
    assert main(["convert", "--to", "xml", "--manifest", manifest, "--jobs", "2", str(inbox), str(tmp_path / "xml")]) == 0
    assert main(["validate", str(tmp_path / "xml")]) == 0
    assert "files" in capsys.readouterr().err
    lossy = tmp_path / "lossy.json"
    lossy.write_bytes(document(timeOfDay="〜"))
    done = subprocess.run(
        [sys.executable, "-m", "kaigo", "convert", "--gaiji", "map", "--lossless", lossy, tmp_path / "x.CSV"],
        capture_output=True, text=True,
    )
    assert done.returncode == 1 and "loss.variant" in done.stdout and not (tmp_path / "x.CSV").exists()
