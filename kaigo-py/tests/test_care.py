"""The care domain: one document of units and inboxes, and units of it."""

import dataclasses
import json
import pathlib

import pytest

import kaigo
from kaigo import care
from kaigo.documents import CareDocument, CareParty

SAMPLES = pathlib.Path(__file__).parents[2] / "kaigo-core/tests/fixtures/careplan-4.1"


@pytest.mark.parametrize("name", ["plan", "monthly", "actuals", "basic", "prevention"])
def test_a_folder_comes_back_file_by_file(name, tmp_path):
    document, findings = care.read(SAMPLES / name)
    assert findings == []
    again = CareDocument.from_json(document.to_json())
    assert again == document
    (unit,), findings = care.write(again)
    assert findings == []
    unit.save(tmp_path / "out")
    files = {path.name: path.read_bytes() for path in (SAMPLES / name).iterdir()}
    assert {path.name: path.read_bytes() for path in (tmp_path / "out").iterdir()} == files


def test_plans_are_frozen_classes_of_needs_and_goals():
    document, _ = care.read(kaigo.Unit.open(SAMPLES / "plan"))
    plan = document.care_plans[0]
    assert [len(need.goals) for need in plan.needs] == [2, 2, 2]
    supports = plan.needs[0].goals[0].short_term_goals[0].supports
    assert [support.support_no for support in supports] == [1, 2, 3]
    assert supports[0].frequency == "週２回"
    assert "masked" in repr(plan)
    with pytest.raises(dataclasses.FrozenInstanceError):
        plan.needs = ()


def test_follow_up_rows_are_written_as_asked():
    document, _ = care.read(SAMPLES / "plan")
    (unit,), _ = care.write(document, follow_up_rows="repeated")
    (sheet,) = [file for file in unit.documents() if file.kind == "UP2KYO"]
    assert all(row.need and row.long_term_goal for row in sheet)
    with pytest.raises(ValueError):
        care.write(document, follow_up_rows="other")


def test_an_inbox_has_what_is_current():
    units, _ = kaigo.Unit.open_all(SAMPLES)
    inbox = kaigo.Inbox()
    inbox.apply_all(units)
    document, findings = care.read(inbox)
    assert findings == []
    # One plan of the samples is deleted again.
    assert len(document.care_plans) == 2
    everything, findings = care.read(units)
    assert len(everything.care_plans) == 3
    assert [finding.code for finding in findings] == ["care.left_out"] * 3


def test_what_cannot_be_written_raises():
    document, _ = care.read(SAMPLES / "plan")
    with pytest.raises(kaigo.FormatError) as caught:
        care.write(dataclasses.replace(document, sender=None))
    assert caught.value.code == "document.missing"
    moved = dataclasses.replace(document, sender=CareParty(office_number="1371249069", service_type="46"))
    (unit,), _ = care.write(moved)
    assert unit.sender == kaigo.Party("1371249069", "46")
    members = json.loads(document.to_json())
    members["carePlans"][0]["outline"]["plannerName"] = "𠮷田"
    outside = CareDocument.from_dict(members)
    with pytest.raises(kaigo.KaigoError) as caught:
        care.write(outside)
    assert caught.value.code == "unwritable"
    _, findings = care.write(outside, gaiji="map")
    assert [finding.code for finding in findings] == ["text.variant_written"]


def test_another_version_is_refused():
    with pytest.raises(kaigo.FormatError, match="version"):
        CareDocument.from_dict({"format": "kaigo-care", "version": 2})
