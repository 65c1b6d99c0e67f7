"""From a plan to actuals, corrections and deletions."""

import datetime

import pytest
from conftest import OUTBOX

import kaigo

MADE_ON = datetime.date(2026, 8, 3)


@pytest.fixture
def plan():
    units, _ = kaigo.Unit.open_all(OUTBOX)
    return next(unit for unit in units if unit.kind == "Monthly")


@pytest.fixture
def sequences(tmp_path):
    return kaigo.SequenceStore(tmp_path / "sequence")


def test_a_plan_becomes_units_of_actuals_that_conform(plan, sequences):
    draft = kaigo.ActualsDraft(plan, MADE_ON)
    first, second, third = draft.visits[:3]
    assert first.state == "as_planned" and first.rows[0].created_on == MADE_ON
    draft.cancel(first)
    draft.move_to(second, datetime.date(2026, 7, 6), datetime.time(10), datetime.time(10, 30))
    draft.recount(third, third.rows[0].service_code, 2)
    added = draft.add_like(second, datetime.date(2026, 7, 31), datetime.time(9), datetime.time(9, 30))
    assert [visit.state for visit in draft.visits[:3]] == ["cancelled", "changed", "changed"]
    assert draft.visits[added].state == "added"

    units = draft.units(sequences)
    assert {unit.kind for unit in units} == {"Actuals"}
    assert [unit.sender.service_type for unit in units] == sorted({row.service_code[:2] for row in draft.rows})
    assert {unit.receiver for unit in units} == {plan.sender}
    assert len({unit.sequence for unit in units}) == len(units)
    for unit in units:
        assert unit.check() == []
    sent = [row for unit in units for document in unit.documents() for row in document]
    assert len(sent) == len(draft.rows)


def test_a_correction_sends_what_changed_and_deletes_what_is_gone(plan, sequences):
    draft = kaigo.ActualsDraft(plan, MADE_ON)
    sent = draft.rows
    assert draft.corrections(sent, sequences) == ([], [])
    client = sent[0].insured_number
    gone = [v for v in draft.visits if v.rows[0].insured_number == client and v.rows[0].service_code[:2] == "17"]
    for visit in gone:
        draft.cancel(visit)
    draft.cancel(0)
    actuals, deletions = draft.corrections(sent, sequences)
    assert [unit.sender.service_type for unit in actuals] == ["11"]
    assert [unit.kind for unit in deletions] == ["DeleteSlipActuals"]
    draft.restore(0)
    for visit in gone:
        draft.restore(visit)
    assert draft.corrections(sent, sequences) == ([], [])


def test_what_makes_no_sense_is_refused(plan):
    draft = kaigo.ActualsDraft(plan, MADE_ON)
    before = draft.rows
    code = before[0].service_code
    for refused, name in [
        (lambda: draft.cancel(9999), "draft.visit"),
        (lambda: draft.move_to(0, datetime.date(2026, 8, 1), datetime.time(9), datetime.time(10)), "draft.day"),
        (lambda: draft.move_to(0, datetime.date(2026, 7, 1), datetime.time(9)), "draft.times"),
        (lambda: draft.recount(0, code, 100), "draft.count"),
        (lambda: draft.recount(0, "999999", 1), "draft.service"),
        (lambda: draft.add(before[0].replace(target_month=kaigo.Month(2026, 8))), "draft.row"),
    ]:
        with pytest.raises(kaigo.FormatError) as caught:
            refused()
        assert caught.value.code == name
    with pytest.raises(TypeError):
        draft.cancel("first")
    assert draft.rows == before
    with pytest.raises(kaigo.FormatError, match="plan"):
        kaigo.ActualsDraft(kaigo.Unit([(f.name, f.content) for f in plan.files if f.kind != "UPPLAN"]), MADE_ON)


def test_rows_may_come_from_anywhere(plan):
    slips = next(document for document in plan.documents() if document.kind == "UPPLAN")[:]
    draft = kaigo.ActualsDraft.of_plan(
        slips,
        office=plan.receiver.office,
        care_office=plan.sender,
        month=kaigo.Month(2026, 7),
        made_on=MADE_ON,
    )
    assert draft.rows == kaigo.ActualsDraft(plan, MADE_ON).rows
    added = draft.add(draft.rows[0])
    assert draft.visits[added].state == "added"
    assert repr(draft) == f"<ActualsDraft, {len(draft.visits)} visits>"
