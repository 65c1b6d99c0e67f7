//! 第7表 computed from the slip: another writer's file, worked examples, and what holds for every month.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod common;

use common::{sample, source};
use kaigo_core::benefit::{AreaGrade, Effect, Rule, Tables, Units, Yen};
use kaigo_core::calendar::Date;
use kaigo_core::care::annex::{
    Annex, AnnexDifferenceKind, AnnexTerms, OverTerm, PriceTerm, ServiceTerm, annex, check_annex,
};
use kaigo_core::document::{Document, Period, from_json, to_json};
use kaigo_core::eligibility::{BurdenRatio, ServiceCeiling};
use kaigo_core::exchange::{CheckOptions, Inbox, MonthlySlipRecords, check_records, gather};
use kaigo_core::record::{AnyRecord, ClientSupplement, Field, Record, Records, ServiceSlip, UnitPrice};
use kaigo_core::report::Lang;
use kaigo_core::text::Text;
use proptest::prelude::*;

fn tables() -> &'static Tables {
    Tables::bundled()
}

fn units(number: u32) -> Units {
    Units::new(number).unwrap()
}

fn day(text: &str) -> Date {
    text.parse().unwrap()
}

/// The months of another writer's file, each with its received annex.
fn received() -> Vec<MonthlySlipRecords> {
    let options = CheckOptions::default();
    let mut inbox = Inbox::default();
    let report = inbox.apply_all(&gather(source(&sample("monthly")), &options).units, &options);
    assert!(report.is_empty(), "{:?}", report.findings());
    inbox.clients().into_iter().filter_map(|client| inbox.current_slip(client).cloned()).collect()
}

/// One row of a slip: provider, service code, units, day.
fn slip(office: &str, code: &str, units: u32, date: &str) -> ServiceSlip<'static> {
    let mut slip = ServiceSlip::default();
    let (units, date) = (units.to_string(), date.to_owned());
    for (no, text) in [
        (1, "202407"),
        (2, "132019"),
        (3, "1234567890"),
        (4, "20260625"),
        (5, "202607"),
        (6, "1370000001"),
        (8, units.as_str()),
        (10, date.as_str()),
        (12, "0900"),
        (13, "1000"),
        (14, "1"),
        (15, code),
        (20, office),
        (23, "0"),
        (24, "1370000001"),
    ] {
        assert!(slip.set(no, Text::from(text.to_owned())), "{no}");
    }
    slip
}

fn month(slips: Vec<ServiceSlip<'static>>, ceiling: u32) -> MonthlySlipRecords {
    let supplement = ClientSupplement {
        category_limit_units: Field::Value(ceiling as i32),
        ..ClientSupplement::default()
    };
    MonthlySlipRecords { slips, annex: Vec::new(), supplement: Some(supplement) }
}

/// So many visits on the first days of the month.
fn visits(office: &str, code: &str, units: u32, count: u32) -> impl Iterator<Item = ServiceSlip<'static>> {
    (1..=count).map(move |day| slip(office, code, units, &format!("202607{day:02}")))
}

fn terms() -> AnnexTerms {
    AnnexTerms {
        burden_ratio: Some(BurdenRatio::One),
        prices: vec![PriceTerm::of_area(AreaGrade::Third)],
        ..AnnexTerms::default()
    }
}

const HELPERS: &str = "1370000019";
const DAY_CARE: &str = "1370000027";

/// Service code, and the amounts No.13 to 29 as they are written.
fn shown(annex: &Annex) -> Vec<String> {
    annex
        .records()
        .map(|row| {
            let amounts: Vec<String> =
                (13..=29).map(|no| row.value(no).map(|value| value.to_text()).unwrap_or_default()).collect();
            let code = row.value(9).map(|value| value.to_text()).unwrap_or_default();
            format!("{code} {}", amounts.join(","))
        })
        .collect()
}

fn rules(annex: &Annex) -> Vec<&'static str> {
    for lang in [Lang::Japanese, Lang::English] {
        assert!(annex.reasons().all(|reason| !reason.text(lang).contains('{')));
    }
    annex.reasons().map(|reason| reason.rule.name()).collect()
}

fn has(annex: &Annex, rule: Rule) -> bool {
    annex.reasons().any(|reason| reason.rule == rule)
}

#[test]
fn the_annex_of_another_writer_is_computed_to_the_last_field() {
    let months = received();
    assert_eq!(months.len(), 3);
    for month in months {
        let terms = AnnexTerms::of_received(&month.annex);
        let computed = annex(&month, &terms, tables());
        let rows: Vec<_> = computed.records().cloned().collect();
        assert_eq!(rows, month.annex);
        assert_eq!(check_annex(&month, &terms, tables()), []);
        assert!(computed.is_whole());
    }
}

#[test]
fn what_is_over_the_ceiling_is_paid_in_full() {
    // 訪問介護 396 × 20 = 7,920 and 通所介護 658 × 20 = 13,160 of 16,765: 4,315 over, at 10.68 yen in an area of grade 3.
    let slips = visits(HELPERS, "111211", 396, 20).chain(visits(DAY_CARE, "151341", 658, 20));
    let annex = annex(&month(slips.collect(), 16765), &terms(), tables());
    assert_eq!(
        shown(&annex),
        [
            "111211 396,,,20,7920,7920,,,,7920,11.05,87516,90,78764,,8752,",
            "151341 658,,,20,13160,13160,,,4315,8845,10.68,94464,90,85017,,9447,46084",
            "999999 0,,,0,,21080,,,4315,16765,,181980,,163781,,18199,46084",
        ]
    );
    assert!(has(&annex, Rule::CeilingMonth) && has(&annex, Rule::CostOver) && annex.is_whole());
}

#[test]
fn the_care_manager_chooses_who_bears_what_is_over() {
    let slips = || visits(HELPERS, "111211", 396, 20).chain(visits(DAY_CARE, "151341", 658, 20)).collect();
    let choose = |units_over: u32| AnnexTerms {
        over: vec![OverTerm {
            office_number: HELPERS.parse().unwrap(),
            service_type: "11".parse().unwrap(),
            units: units(units_over),
        }],
        ..terms()
    };
    let chosen = annex(&month(slips(), 16765), &choose(4315), tables());
    assert_eq!(
        shown(&chosen)[..2],
        [
            "111211 396,,,20,7920,7920,,,4315,3605,11.05,39835,90,35851,,3984,47680",
            "151341 658,,,20,13160,13160,,,,13160,10.68,140548,90,126493,,14055,",
        ]
    );
    assert!(has(&chosen, Rule::AnnexOverChosen));
    let wrong = annex(&month(slips(), 16765), &choose(4000), tables());
    assert!(has(&wrong, Rule::AnnexOverChoiceOdd) && !wrong.is_whole());
    assert_eq!(shown(&wrong), shown(&annex(&month(slips(), 16765), &terms(), tables())));
}

#[test]
fn a_type_with_several_codes_has_subtotals_inside_and_outside_the_ceiling() {
    let mut slips: Vec<_> =
        visits(HELPERS, "111211", 396, 10).chain(visits(HELPERS, "112411", 387, 2)).collect();
    // An add-on by percentage, outside the ceiling.
    slips.push(slip(HELPERS, "116275", 1164, "20260731"));
    let outside = ServiceTerm { outside_limit: true, ..ServiceTerm::of("116275".parse().unwrap()) };
    let terms = AnnexTerms { services: vec![outside], ..terms() };
    let computed = annex(&month(slips.clone(), 16765), &terms, tables());
    assert_eq!(
        shown(&computed),
        [
            "111211 396,,,10,3960,3960,,,,,,,,,,,",
            "112411 387,,,2,774,774,,,,,,,,,,,",
            "116275 1164,,,1,1164,,,,,,,,,,,,",
            "11AAAA 0,,,0,4734,4734,,,,4734,11.05,52310,90,47079,,5231,",
            "11EEEE 0,,,0,1164,,,,,,11.05,12862,90,11575,,1287,",
            "999999 0,,,0,,4734,,,,4734,,65172,,58654,,6518,",
        ]
    );
    // The terms are read off a received annex again.
    let mut received = month(slips, 16765);
    received.annex = computed.records().cloned().collect();
    let read = AnnexTerms::of_received(&received.annex);
    assert_eq!(check_annex(&received, &read, tables()), []);
}

#[test]
fn a_ceiling_of_one_type_comes_before_that_of_the_month() {
    let mut slips: Vec<_> = visits(DAY_CARE, "151341", 658, 10).collect();
    slips.extend(visits(HELPERS, "111211", 396, 10));
    let mut month = month(slips, 10000);
    if let Some(supplement) = &mut month.supplement {
        supplement.slot1_service_type = Field::Value("15".parse().unwrap());
        supplement.slot1_limit_units = Field::Value(6000);
    }
    let computed = annex(&month, &terms(), tables());
    assert_eq!(
        shown(&computed),
        [
            // 580 over the type's own ceiling.
            "151341 658,,,10,6580,6580,580,6000,,6000,10.68,64080,90,57672,,6408,6194",
            "111211 396,,,10,3960,3960,,,,3960,11.05,43758,90,39382,,4376,",
            "999999 0,,,0,,10540,580,6000,,9960,,107838,,97054,,10784,6194",
        ]
    );
    // Medical short stay counts under 22, whatever its own type.
    let stays: Vec<_> = visits(DAY_CARE, "2A1111", 1000, 3).collect();
    let terms = AnnexTerms {
        service_ceilings: vec![ServiceCeiling { service_type: "22".parse().unwrap(), units: units(2500) }],
        ..terms()
    };
    let mut of_stays = self::month(stays, 10000);
    let computed = annex(&of_stays, &terms, tables());
    assert!(
        shown(&computed)[0].starts_with("2A1111 1000,,,3,3000,3000,500,2500,,2500,"),
        "{:?}",
        shown(&computed)
    );
    // Days of short stay stand on the total: before this month, in it, together.
    let days = |annex: &Annex| -> Vec<String> {
        let total = annex.records().last().unwrap();
        (30..=32).map(|no| total.value(no).map(|value| value.to_text()).unwrap_or_default()).collect()
    };
    assert_eq!(days(&computed), ["", "3", ""]);
    if let Some(supplement) = &mut of_stays.supplement {
        supplement.short_stay_days_to_prev_month = Field::Value(27);
    }
    assert_eq!(days(&annex(&of_stays, &terms, tables())), ["27", "3", "30"]);
}

#[test]
fn days_over_thirty_are_the_persons_and_wrong_marks_are_told() {
    let mut slips: Vec<_> = visits(DAY_CARE, "211111", 600, 31).collect();
    let with_mark = |mut slips: Vec<ServiceSlip<'static>>, mark: &'static str, at: usize| {
        assert!(slips[at].set(23, Text::from(mark)));
        slips
    };
    let unmarked = annex(&month(slips.clone(), 27048), &terms(), tables());
    assert!(rules(&unmarked).contains(&"annex.stay_unmarked"), "{:?}", rules(&unmarked));
    slips = with_mark(slips, "1", 30);
    let marked = annex(&month(slips.clone(), 27048), &terms(), tables());
    assert!(marked.is_whole(), "{:?}", rules(&marked));
    assert_eq!(
        shown(&marked),
        [
            "211111 600,,,30,18000,18000,,,,,,,,,,,",
            "211111 600,,,1,600,,,,,,,,,,,,",
            "21AAAA 0,,,0,18000,18000,,,,18000,10.83,194940,90,175446,,19494,",
            "21ZZZZ 0,,,0,600,,,,,,10.83,,,,,,6498",
            "999999 0,,,0,,18000,,,,18000,,194940,,175446,,19494,6498",
        ]
    );
    // A stay that lasted into the month makes the 30 days end sooner.
    let terms = AnnexTerms { stay_before: Period::new(day("2026-06-21"), day("2026-06-30")), ..terms() };
    assert!(rules(&annex(&month(slips, 27048), &terms, tables())).contains(&"annex.stay_unmarked"));
}

#[test]
fn discounts_bundles_managed_units_and_fixed_charges_are_particular_to_a_service() {
    let of = |code: &str| ServiceTerm::of(code.parse().unwrap());
    let slips = visits(HELPERS, "111211", 376, 2)
        .chain(visits(DAY_CARE, "161111", 700, 2))
        .chain(visits(DAY_CARE, "731111", 10458, 5))
        .chain(visits(HELPERS, "A41111", 250, 4));
    let services = vec![
        ServiceTerm { units_before_discount: Some(units(396)), discounted_rate: Some(95), ..of("111211") },
        ServiceTerm { managed_units: Some(units(750)), ..of("161111") },
        ServiceTerm { once_a_month: true, ..of("731111") },
        ServiceTerm { flat_charge: Yen::new(300), ..of("A41111") },
    ];
    let price = PriceTerm {
        office_number: None,
        service_type: Some("A4".parse().unwrap()),
        price: Some(UnitPrice::from_hundredths(1000)),
        grade: None,
    };
    let mut terms = AnnexTerms { services, ..terms() };
    terms.prices.push(price);
    let computed = annex(&month(slips.collect(), 36217), &terms, tables());
    assert_eq!(
        shown(&computed)[..4],
        [
            "111211 396,95,376,2,752,752,,,,752,11.05,8309,90,7478,,831,",
            "161111 700,,,2,1400,1500,,,,1500,10.83,15162,90,13645,,1517,",
            "731111 10458,,,1,10458,10458,,,,10458,10.83,113260,90,101934,,11326,",
            "A41111 250,,,4,1000,1000,,,,1000,10.00,10000,,8800,300,1200,",
        ]
    );
    assert!(computed.is_whole(), "{:?}", rules(&computed));
    if let Some(term) = terms.services.first_mut() {
        term.discounted_rate = Some(90);
    }
    let slips = visits(HELPERS, "111211", 376, 2).collect();
    assert!(has(&annex(&month(slips, 36217), &terms, tables()), Rule::AnnexDiscountOdd));
}

#[test]
fn a_per_diem_service_is_paid_by_its_marked_days_however_many_rows_repeat_them() {
    let mut slips: Vec<_> = visits(DAY_CARE, "731131", 350, 4).collect();
    let map = format!("{}{}", "1".repeat(10), "0".repeat(21));
    for slip in &mut slips {
        assert!(slip.set(11, Text::from(map.clone())));
    }
    let computed = annex(&month(slips, 36217), &terms(), tables());
    assert!(shown(&computed)[0].starts_with("731131 350,,,10,3500,3500,"), "{:?}", shown(&computed));
}

#[test]
fn what_is_not_known_stays_blank_and_is_told() {
    let slips: Vec<_> = visits(HELPERS, "111211", 396, 2).collect();
    let nothing = annex(
        &MonthlySlipRecords { slips: slips.clone(), ..MonthlySlipRecords::default() },
        &AnnexTerms::default(),
        tables(),
    );
    assert_eq!(shown(&nothing)[0], "111211 396,,,2,792,792,,,,,,,,,,,");
    assert_eq!(
        nothing.reasons().filter(|reason| reason.rule.effect() == Effect::Warns).count(),
        2,
        "{:?}",
        rules(&nothing)
    );
    let without_ratio = AnnexTerms { burden_ratio: None, ..terms() };
    let computed = annex(&month(slips.clone(), 16765), &without_ratio, tables());
    assert_eq!(shown(&computed)[0], "111211 396,,,2,792,792,,,,792,11.05,8751,,,,,");
    assert!(has(&computed, Rule::AnnexRatioUnknown) && !has(&computed, Rule::CostShares));
    // A row without units or code is not in the sums, and is told.
    let mut broken = slips;
    assert!(broken[0].set(8, Text::from("１６３")));
    let computed = annex(&month(broken, 16765), &terms(), tables());
    assert!(has(&computed, Rule::AnnexUncounted));
    assert!(annex(&MonthlySlipRecords::default(), &terms(), tables()).rows.is_empty());
}

#[test]
fn differences_of_a_received_annex_are_explained() {
    let mut month = received().remove(0);
    let terms = AnnexTerms::of_received(&month.annex);
    // A yen too much, a count too few, a row that is gone and one that should not be.
    let first = &mut month.annex[0];
    let yen = first.benefit_claim_amount.get().unwrap_or_default();
    first.benefit_claim_amount = Field::Value(yen + 1);
    let second = &mut month.annex[1];
    second.count_or_days = Field::Value(second.count_or_days.get().unwrap_or_default() - 1);
    let gone = month.annex.remove(2);
    let mut extra = gone.clone();
    extra.tais_code = Field::Value("00009-000090".parse().unwrap());
    month.annex.insert(0, extra);
    let found = check_annex(&month, &terms, tables());
    let told: Vec<_> = found.iter().map(|found| (found.kind, found.row, found.field_no)).collect();
    use AnnexDifferenceKind::{Amount, Extra, Missing};
    assert_eq!(
        told,
        [
            (Amount, Some(2), Some(26)),
            (Amount, Some(3), Some(16)),
            (Missing, None, None),
            (Extra, Some(1), None)
        ]
    );
    let claim = &found[0];
    assert_eq!(claim.received.as_ref().map(AsRef::as_ref), Some((yen + 1).to_string().as_str()));
    assert_eq!(claim.computed.as_ref().map(AsRef::as_ref), Some(yen.to_string().as_str()));
    assert!(claim.because.iter().any(|because| because.rule.as_ref() == "cost.shares"));
    assert!(found.iter().all(|found| !found.because.is_empty()));
    // Whether blank or 0 is written makes no difference, nor whether the managed units are.
    let mut month = received().remove(0);
    month.annex[0].type_limit_over_units = Field::Value(0);
    month.annex[0].benefit_managed_units = Field::Blank;
    assert_eq!(check_annex(&month, &terms, tables()), []);
}

#[test]
fn terms_and_differences_are_documents() {
    let terms = AnnexTerms { services: vec![ServiceTerm::of("111211".parse().unwrap())], ..terms() };
    let json = to_json(&terms);
    assert_eq!(from_json::<AnnexTerms>(&json).unwrap(), terms);
    let both = br#"{"prices":[{"price":"10.00","grade":"1"}]}"#;
    assert!(from_json::<AnnexTerms>(both).is_err());
    assert_eq!(AnnexTerms::SHAPE.name_ja, "別表の計算条件");
}

const CODES: [&str; 8] = ["111211", "112411", "116275", "151341", "161111", "211111", "2A1111", "311111"];

prop_compose! {
    fn any_month()(
        rows in proptest::collection::vec((0_usize..3, 0_usize..CODES.len(), 0_u32..500, 1_u32..=31, 1_i32..4, any::<bool>()), 1..60),
        ceiling in 0_u32..40_000,
    ) -> MonthlySlipRecords {
        let offices = [HELPERS, DAY_CARE, "1370000035"];
        let slips = rows.into_iter().map(|(office, code, units, day, count, over)| {
            let code = CODES[code];
            let mut slip = slip(offices[office], code, units, &format!("202607{day:02}"));
            slip.service_count = Field::Value(count);
            if over && code.starts_with('2') {
                assert!(slip.set(23, Text::from("1")));
            }
            slip
        });
        month(slips.collect(), ceiling)
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_unit_and_yen_is_somewhere(mut month in any_month(), ratio in 0_usize..3, outside in any::<bool>()) {
        let ratio = [BurdenRatio::One, BurdenRatio::Two, BurdenRatio::Three][ratio];
        let mut terms = AnnexTerms { burden_ratio: Some(ratio), ..terms() };
        if outside {
            let code = "116275".parse().unwrap();
            terms.services.push(ServiceTerm { outside_limit: true, ..ServiceTerm::of(code) });
        }
        let computed = annex(&month, &terms, tables());
        let number = |row: &dyn AnyRecord, no: usize| -> i64 {
            row.value(no).map(|value| value.to_text()).unwrap_or_default().parse().unwrap_or(0)
        };
        let rows: Vec<_> = computed.records().collect();
        let (total, others) = rows.split_last().unwrap();
        // Units that the slip plans stand on the rows of services.
        let planned: i64 = month.slips.iter().map(|slip| number(slip, 8) * number(slip, 14)).sum();
        let is_detail = |row: &&&_| kaigo_core::record::Subtotal::of(row_code(row)).is_none();
        let paid: i64 = others.iter().filter(is_detail).map(|row| number(*row, 17)).sum();
        prop_assert_eq!(planned, paid);
        // What is managed is within or over, and never more within than the ceiling.
        let (over, within) = (number(*total, 21), number(*total, 22));
        prop_assert_eq!(number(*total, 18), over + within);
        let ceiling = month.supplement.as_ref().and_then(|s| s.category_limit_units.get()).unwrap_or_default();
        prop_assert!(within <= i64::from(ceiling));
        prop_assert!(over == 0 || within == i64::from(ceiling));
        // The insurer's share and the person's are the cost, on each row and together.
        for row in &rows {
            prop_assert_eq!(number(*row, 24), number(*row, 26) + number(*row, 28));
        }
        for no in [21, 22, 24, 26, 28, 29] {
            prop_assert_eq!(number(*total, no), others.iter().map(|row| number(*row, no)).sum::<i64>(), "{}", no);
        }
        // It conforms, and is found right when it comes back.
        month.annex = computed.records().cloned().collect();
        let report = check_records(&Records::SlipAnnex(month.annex.clone()), None, &CheckOptions::default());
        prop_assert_eq!(report.errors(), 0, "{:?}", report.findings());
        prop_assert_eq!(check_annex(&month, &terms, tables()), []);
        prop_assert_eq!(check_annex(&month, &AnnexTerms::of_received(&month.annex), tables()), []);
    }
}

fn row_code(row: &kaigo_core::record::ServiceSlipAnnex<'_>) -> kaigo_core::ident::ServiceCode {
    row.service_code.get().unwrap()
}
