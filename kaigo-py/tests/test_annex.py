"""第7表: computed, and a received one checked."""

import dataclasses
import datetime

from kaigo import benefit
from kaigo.documents import AnnexTerms, MonthlySlip, PriceTerm, SlipDay, SlipLine, Supplement

import kaigo


def slip(annex=()):
    days = tuple(SlipDay(service_date=datetime.date(2026, 7, day), service_count=1) for day in (1, 8))
    line = SlipLine(
        csv_version=kaigo.Month(2024, 7),
        created_on=datetime.date(2026, 6, 25),
        units=60,
        service_start_time="09:00",
        service_end_time="09:30",
        service_code="111111",
        office_number="1370000019",
        over_30_days="0",
        days=days,
    )
    return MonthlySlip(
        insurer_number="092015",
        insured_number="1234567890",
        target_month=kaigo.Month(2026, 7),
        lines=(line,),
        annex=annex,
        supplement=Supplement(category_limit_units=100),
    )


TERMS = AnnexTerms(burden_ratio="1", prices=(PriceTerm(grade="3"),))


def test_the_annex_is_computed_with_its_reasons():
    annex = benefit.annex(slip(), TERMS)
    row, total = annex.value
    assert (row.service_units_or_amount, row.category_limit_over_units) == (120, 20)
    assert (row.total_cost_covered, row.benefit_claim_amount, row.user_charge_full) == (1105, 994, 221)
    assert total.service_code == "999999"
    assert "ceiling.month" in {reason.rule for reason in annex.reasons}
    assert not any(reason.effect == "warns" for reason in annex.reasons)
    unpriced = benefit.annex(slip(), {})
    assert unpriced.value[0].total_cost_covered is None
    assert "annex.price_unknown" in {reason.rule for reason in unpriced.reasons if reason.effect == "warns"}


def test_a_received_annex_is_checked_and_each_difference_explained():
    row, total = benefit.annex(slip(), TERMS).value
    assert benefit.check_annex(slip((row, total))) == ()
    wrong = dataclasses.replace(row, benefit_claim_amount=row.benefit_claim_amount + 1)
    (difference,) = benefit.check_annex(slip((wrong, total)))
    assert (difference.field_no, difference.received, difference.computed) == (26, "995", "994")
    assert "cost.shares" in {because.rule for because in difference.because}
    assert {found.kind for found in benefit.check_annex(slip((total,)), TERMS)} == {"missing"}
