"""Planned against actual visits, from whatever holds them."""

import datetime

import pytest
from conftest import PLAN

import kaigo
from kaigo.documents import Actuals, MonthlySlip, Reconciliation, SlipDay, SlipLine

ACTUALS = PLAN.name.replace("UPPLAN", "UPJSK")


@pytest.fixture
def plan():
    return kaigo.read(PLAN)


@pytest.fixture
def actuals(plan):
    start = datetime.time(9, 10)
    moved = plan[0].replace(service_start_time=start, service_end_time=datetime.time(9, 40))
    return kaigo.Document("UPJSK", [moved, *plan[2:]])


def outcomes(found):
    return {total.outcome: total.visits for total in found.outcomes}


def test_documents_records_units_and_paths_say_the_same(plan, actuals, tmp_path):
    found = kaigo.reconcile(plan, actuals)
    assert isinstance(found, Reconciliation)
    assert outcomes(found) == {"as_planned": len(plan) - 2, "moved": 1, "cancelled": 1}
    assert kaigo.reconcile(plan[:], actuals[:]) == found
    unit = kaigo.Unit([(ACTUALS, actuals)])
    whole = kaigo.Unit.open(PLAN.parent)
    priced = kaigo.reconcile(whole, unit)
    assert priced.balance.planned_units == found.balance.planned_units
    assert found.balance.planned_yen is None and found.balance.yen_left_out == "no_price"
    assert priced.balance.planned_yen == 87272 + 85414 + 105843
    unit.save(tmp_path / "actuals")
    assert kaigo.reconcile(PLAN.parent, tmp_path / "actuals") == priced
    assert kaigo.reconcile([str(PLAN.parent)], [unit]) == priced


def test_a_tolerance_is_minutes_or_a_timedelta(plan, actuals):
    within = kaigo.reconcile(plan, actuals, tolerance=10)
    assert "moved" not in outcomes(within) and within.tolerance_minutes == 10
    assert kaigo.reconcile(plan, actuals, tolerance=datetime.timedelta(minutes=10)) == within
    assert outcomes(kaigo.reconcile(plan, actuals, tolerance=9))["moved"] == 1
    with pytest.raises(ValueError, match="1440"):
        kaigo.reconcile(plan, actuals, tolerance=-1)


def test_months_of_the_care_domain_are_taken():
    line = {
        "csv_version": kaigo.Month(2024, 7), "created_on": datetime.date(2026, 6, 25), "units": 163,
        "service_start_time": "09:00", "service_end_time": "09:30", "service_code": "111111",
        "office_number": "1373350030", "over_30_days": "0",
    }
    client = {"insurer_number": "092015", "insured_number": "1234567890", "target_month": kaigo.Month(2026, 7)}
    days = [SlipDay(service_date=datetime.date(2026, 7, day), service_count=1) for day in (1, 8)]
    slip = MonthlySlip(**client, lines=(SlipLine(**line, days=tuple(days)),))
    given = Actuals(**client, lines=(SlipLine(**line, days=tuple(days[:1])),))
    found = kaigo.reconcile(slip, [given])
    assert outcomes(found) == {"as_planned": 1, "cancelled": 1}
    assert (found.balance.planned_units, found.balance.fewer_units) == (326, 163)
    (visit,) = (visit for visit in found.clients[0].visits if visit.outcome == "cancelled")
    assert visit.planned.service_date == datetime.date(2026, 7, 8) and visit.actual is None
    assert "1234567890" not in repr(found)
    text = kaigo.reconciliation_text(found, lang="ja")
    assert "中止" in text and "1234567890" not in text
    assert "1234567890" in kaigo.reconciliation_text(found, masked=False)


def test_what_holds_no_visits_is_refused(plan):
    with pytest.raises(TypeError, match="UPPLAN and UPJSK"):
        kaigo.reconcile(plan, kaigo.read(next(PLAN.parents[1].glob("plan/UP1KYO*"))))
    with pytest.raises(TypeError, match="holds no visits"):
        kaigo.reconcile(plan, 5)
