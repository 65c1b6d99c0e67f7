//! The rules of benefit: worked examples, and what holds for every amount.

#![allow(clippy::panic, reason = "a test fails by it")]

use kaigo_core::benefit::{
    Allowance, AreaGrade, CardState, Decision, Effect, EquipmentPurchase, Filing, HomeModification,
    KnownOfPerson, LevelPeriod, PlannedUnits, Rule, Tables, UnitCeilingRow, Units, Yen, allocate,
    burden_ratio_on, card_on, check_filing, cost, equipment_purchase, home_modification, monthly_ceiling,
    short_stay, short_stay_share, unit_price,
};
use kaigo_core::calendar::{Date, Month};
use kaigo_core::code::CodeList;
use kaigo_core::document::{Document, Period};
use kaigo_core::eligibility::{
    BurdenRatio, BurdenRatioCertificate, CarePlanNotification, CertificationProgress, CertifiedLevel,
    InsuredCard, ServiceCeiling,
};
use kaigo_core::record::UnitPrice;
use kaigo_core::report::Lang;
use proptest::prelude::*;
use serde_json::{Value as Json, json};

fn day(text: &str) -> Date {
    text.parse().unwrap_or_else(|e| panic!("{text}: {e}"))
}

fn month(text: &str) -> Month {
    text.parse().unwrap_or_else(|e| panic!("{text}: {e}"))
}

fn period(from: &str, to: &str) -> Period {
    Period::new(day(from), day(to)).unwrap_or_else(|| panic!("{from} to {to}"))
}

fn units(number: u32) -> Units {
    Units::new(number).unwrap_or_else(|| panic!("{number}"))
}

fn yen(number: u64) -> Yen {
    Yen::new(number).unwrap_or_else(|| panic!("{number}"))
}

fn document<D: Document>(json: Json) -> D {
    kaigo_core::document::from_json(json.to_string().as_bytes()).unwrap_or_else(|e| panic!("{e}"))
}

fn tables() -> &'static Tables {
    Tables::bundled()
}

/// The rules that took part. Every text must be filled in.
#[track_caller]
fn rules<T>(decision: &Decision<T>) -> Vec<&'static str> {
    for lang in [Lang::Japanese, Lang::English] {
        let text = decision.text(lang);
        assert!(!text.contains('{') && !text.contains('}'), "{text}");
    }
    decision.reasons.iter().map(|reason| reason.rule.name()).collect()
}

fn ceiling(levels: &[(CertifiedLevel, &str, &str)], at: &str) -> Decision<Option<Units>> {
    let levels: Vec<LevelPeriod> = levels
        .iter()
        .map(|(level, from, to)| LevelPeriod { level: *level, period: period(from, to) })
        .collect();
    monthly_ceiling(tables(), month(at), &levels)
}

#[test]
fn the_monthly_ceiling_is_that_of_the_level() {
    let ceilings = [5032, 5032, 10531, 16765, 19705, 27048, 30938, 36217];
    let levels = ["06", "12", "13", "21", "22", "23", "24", "25"];
    for (code, expected) in levels.iter().zip(ceilings) {
        let level = CertifiedLevel::from_code(code.as_bytes()).unwrap_or_else(|| panic!("{code}"));
        let decision = ceiling(&[(level, "2026-04-01", "2027-03-31")], "2026-07");
        assert_eq!(decision.value, Some(units(expected)), "{code}");
        assert_eq!(rules(&decision), ["ceiling.level"]);
    }
}

#[test]
fn the_heavier_level_of_the_month_counts() {
    let levels = [
        (CertifiedLevel::Care2, "2026-04-01", "2026-07-30"),
        (CertifiedLevel::Care4, "2026-07-31", "2027-03-31"),
    ];
    let july = ceiling(&levels, "2026-07");
    assert_eq!(july.value, Some(units(30938)));
    assert_eq!(rules(&july), ["ceiling.heavier_level", "ceiling.level"]);
    assert_eq!(
        july.text(Lang::Japanese),
        "月の途中で要介護２から変わるため、重い方の要介護４によります\n\
         2026-07の区分支給限度基準額は要介護４の30938単位です（2019-10からの額）"
    );
    assert_eq!(ceiling(&levels, "2026-06").value, Some(units(19705)));
    assert_eq!(ceiling(&levels, "2026-08").value, Some(units(30938)));
    // A lighter level later in the month changes nothing.
    let lighter = [levels[1], (CertifiedLevel::Support1, "2026-07-01", "2026-07-30")];
    assert_eq!(ceiling(&lighter, "2026-07").value, Some(units(30938)));
}

#[test]
fn a_month_without_certification_or_table_is_said_and_not_guessed() {
    let none = ceiling(&[(CertifiedLevel::Care1, "2026-04-01", "2026-06-30")], "2026-07");
    assert_eq!((none.value, rules(&none)), (None, vec!["ceiling.not_certified"]));
    let refused = ceiling(&[(CertifiedLevel::NotEligible, "2026-04-01", "2026-07-30")], "2026-07");
    assert_eq!((refused.value, refused.is_stopped()), (None, true));
    let old = ceiling(&[(CertifiedLevel::Care1, "2019-04-01", "2019-10-31")], "2019-09");
    assert_eq!((old.value, rules(&old)), (None, vec!["ceiling.unknown"]));
    let transitional = ceiling(&[(CertifiedLevel::Transitional, "2026-04-01", "2026-10-31")], "2026-07");
    assert_eq!(rules(&transitional), ["ceiling.unknown"]);
}

#[test]
fn a_caller_who_knows_newer_amounts_gives_their_own() {
    let mut newer = tables().clone();
    newer.unit_ceilings.push(UnitCeilingRow {
        from: month("2027-04"),
        level: CertifiedLevel::Care1,
        units: units(17000),
    });
    let level = [LevelPeriod { level: CertifiedLevel::Care1, period: period("2026-10-01", "2027-09-30") }];
    assert_eq!(monthly_ceiling(&newer, month("2027-03"), &level).value, Some(units(16765)));
    assert_eq!(monthly_ceiling(&newer, month("2027-04"), &level).value, Some(units(17000)));
    // As a file of the caller's.
    let json = kaigo_core::document::to_json(&newer);
    let read: Tables = kaigo_core::document::from_json(&json).unwrap_or_else(|e| panic!("{e}"));
    assert_eq!(read, newer);
}

fn planned(rows: &[(&str, u32)]) -> Vec<PlannedUnits> {
    rows.iter()
        .map(|(code, number)| PlannedUnits {
            service_type: code.parse().unwrap_or_else(|e| panic!("{e}")),
            units: units(*number),
        })
        .collect()
}

fn service_ceilings(rows: &[(&str, u32)]) -> Vec<ServiceCeiling> {
    planned(rows)
        .into_iter()
        .map(|row| ServiceCeiling { service_type: row.service_type, units: row.units })
        .collect()
}

#[test]
fn ceilings_of_services_come_before_that_of_the_month() {
    let decision = allocate(
        units(16765),
        &service_ceilings(&[("15", 8000)]),
        &planned(&[("11", 9000), ("15", 5000), ("15", 4000), ("21", 1000)]),
    );
    let rows: Vec<[u32; 4]> = decision
        .value
        .iter()
        .map(|row| [row.planned, row.over_service, row.over_month, row.covered].map(Units::get))
        .collect();
    assert_eq!(rows, [[9000, 0, 0, 9000], [5000, 0, 0, 5000], [4000, 1000, 235, 2765], [1000, 0, 1000, 0]]);
    assert_eq!(rules(&decision), ["ceiling.service", "ceiling.month"]);
    assert!(allocate(units(5032), &[], &planned(&[("62", 5032)])).reasons.is_empty());
}

#[test]
fn day_31_and_later_in_a_row_is_not_paid() {
    let decision = short_stay(&[
        // Out of order, touching, overlapping: one stay of 40 days.
        period("2026-07-20", "2026-08-09"),
        period("2026-07-01", "2026-07-19"),
        period("2026-07-10", "2026-07-12"),
        // A day at home between, so this begins anew.
        period("2026-08-11", "2026-09-09"),
    ]);
    let runs: Vec<_> = decision.value.iter().map(|run| (run.stay, run.not_paid)).collect();
    assert_eq!(
        runs,
        [
            (period("2026-07-01", "2026-08-09"), Some(period("2026-07-31", "2026-08-09"))),
            (period("2026-08-11", "2026-09-09"), None),
        ]
    );
    assert_eq!(rules(&decision), ["stay.over_30_days", "stay.paid"]);

    let half_year = period("2026-04-01", "2026-09-30");
    assert!(!short_stay_share(91, half_year).value);
    let over = short_stay_share(92, half_year);
    assert_eq!(
        (over.value, rules(&over), over.is_stopped()),
        (true, vec!["stay.over_half_of_period"], false)
    );
}

#[test]
fn unit_prices_are_those_of_the_official_table() {
    // 70 %, 55 %, 45 %, and 10 yen everywhere.
    let rows = [
        ("11", ["11.40", "11.12", "11.05", "10.84", "10.70", "10.42", "10.21", "10.00"]),
        ("21", ["11.10", "10.88", "10.83", "10.66", "10.55", "10.33", "10.17", "10.00"]),
        ("15", ["10.90", "10.72", "10.68", "10.54", "10.45", "10.27", "10.14", "10.00"]),
        ("31", ["10.00"; 8]),
        ("17", ["10.00"; 8]),
    ];
    for (service, prices) in rows {
        let service = service.parse().unwrap_or_else(|e| panic!("{e}"));
        for (grade, expected) in AreaGrade::ALL.iter().zip(prices) {
            let price = unit_price(tables(), service, *grade, month("2026-07"));
            assert_eq!(
                price.value.map(|price| price.to_string()).as_deref(),
                Some(expected),
                "{service} {grade:?}"
            );
            assert_eq!(rules(&price), ["price.area"]);
        }
        let before = unit_price(tables(), service, AreaGrade::First, month("2024-03"));
        assert_eq!((before.value, rules(&before)), (None, vec!["price.unknown"]));
    }
}

#[test]
fn cost_is_rounded_down_and_the_person_pays_the_rest() {
    let price = UnitPrice::from_hundredths(1083);
    let decision = cost(units(1234), units(100), price, BurdenRatio::Two);
    let value = &decision.value;
    // 1234 × 10.83 = 13364.22; 80 % of 13364 = 10691.2; 100 × 10.83 = 1083.
    assert_eq!(
        [value.total, value.insurer, value.person, value.person_in_full].map(Yen::get),
        [13364, 10691, 2673, 1083]
    );
    assert_eq!(rules(&decision), ["cost.units", "cost.shares", "cost.over"]);
}

fn works(dwelling: &str, on: &str, level: CertifiedLevel, amount: u64) -> HomeModification {
    HomeModification {
        dwelling: dwelling.parse().unwrap_or_else(|e| panic!("{e:?}")),
        started_on: day(on),
        completed_on: None,
        level,
        kinds: vec![kaigo_core::benefit::ModificationKind::Rails],
        office: None,
        cost: yen(amount),
        ratio: BurdenRatio::One,
    }
}

/// Remaining before, counted, insurer, person, over.
fn amounts(decision: &Decision<Option<Allowance>>) -> [u64; 5] {
    let Some(value) = &decision.value else { panic!("{}", decision.text(Lang::English)) };
    [value.remaining, value.counted, value.insurer, value.person, value.over].map(Yen::get)
}

#[test]
fn home_modification_counts_against_one_allowance() {
    use CertifiedLevel::{Care1, Care2};
    let first = works("家", "2025-05-01", Care1, 150_000);
    let decision = home_modification(tables(), &[], &first);
    assert_eq!(amounts(&decision), [200_000, 150_000, 135_000, 15_000, 0]);
    assert_eq!(rules(&decision), ["home.first", "home.limit", "allowance.shares"]);

    let second = works("家", "2026-05-01", Care2, 80_000);
    let decision = home_modification(tables(), std::slice::from_ref(&first), &second);
    assert_eq!(amounts(&decision), [50_000, 50_000, 45_000, 5_000, 30_000]);
    assert_eq!(rules(&decision), ["home.limit", "allowance.shares", "home.over"]);
    assert!(!decision.is_stopped());

    let third = home_modification(tables(), &[first, second], &works("家", "2026-06-01", Care2, 10_000));
    assert_eq!(amounts(&third), [0, 0, 0, 0, 10_000]);
    assert!(third.is_stopped() && third.has(Rule::HomeUsedUp));
}

#[test]
fn three_steps_open_a_new_allowance_once() {
    use CertifiedLevel::{Care1, Care2, Care3, Care4, Care5, Support1, Support2};
    // Base and the level that is three steps above it.
    for (base, reset, not_yet) in
        [(Support1, Care3, Care2), (Support2, Care4, Care3), (Care1, Care4, Care3), (Care2, Care5, Care4)]
    {
        let paid = [works("家", "2025-05-01", base, 200_000)];
        let decision = home_modification(tables(), &paid, &works("家", "2026-05-01", not_yet, 1));
        assert!(decision.has(Rule::HomeUsedUp) && !decision.has(Rule::HomeReset), "{base:?} {not_yet:?}");
        let decision = home_modification(tables(), &paid, &works("家", "2026-05-01", reset, 90_000));
        assert!(decision.has(Rule::HomeReset), "{base:?} {reset:?}");
        assert_eq!(amounts(&decision)[..2], [200_000, 90_000]);
    }

    // What was left is lost; the base is that of the first works, not of the later ones.
    let mut paid =
        vec![works("家", "2024-05-01", Support1, 50_000), works("家", "2024-09-01", Care2, 10_000)];
    let decision = home_modification(tables(), &paid, &works("家", "2026-05-01", Care3, 200_000));
    assert_eq!(amounts(&decision)[..2], [200_000, 200_000]);
    assert!(decision.text(Lang::English).contains("the 140000 yen left of the old one are lost"));

    // After getting better and worse again there is no second one, nor in another dwelling.
    paid.push(works("家", "2026-05-01", Care3, 200_000));
    let again = home_modification(tables(), &paid, &works("家", "2028-05-01", Care5, 1));
    assert!(again.is_stopped() && !again.has(Rule::HomeReset));
    paid.push(works("新居", "2028-05-01", Support1, 200_000));
    let elsewhere = home_modification(tables(), &paid, &works("新居", "2029-05-01", Care5, 1));
    assert_eq!(
        rules(&elsewhere),
        ["home.three_steps_used", "home.limit", "allowance.shares", "home.used_up"]
    );
}

#[test]
fn moving_house_opens_a_new_allowance_and_moving_back_restores_the_old_one() {
    use CertifiedLevel::{Care1, Care3, Care4};
    let mut paid = vec![works("家", "2024-05-01", Care1, 120_000)];
    let moved = works("新居", "2025-05-01", Care3, 200_000);
    let decision = home_modification(tables(), &paid, &moved);
    assert_eq!(amounts(&decision)[..2], [200_000, 200_000]);
    assert_eq!(rules(&decision), ["home.moved", "home.limit", "allowance.shares"]);
    paid.push(moved);

    let back = home_modification(tables(), &paid, &works("家", "2026-05-01", Care3, 100_000));
    assert_eq!(amounts(&back), [80_000, 80_000, 72_000, 8_000, 20_000]);
    // The old base is restored as well: 要介護1 to 要介護4 are three steps.
    let back = home_modification(tables(), &paid, &works("家", "2026-05-01", Care4, 100_000));
    assert!(back.has(Rule::HomeReset));
    // In the new house 要介護3 is the base.
    let there = home_modification(tables(), &paid, &works("新居", "2026-05-01", Care4, 1));
    assert!(there.has(Rule::HomeUsedUp) && !there.has(Rule::HomeReset));
}

#[test]
fn what_cannot_be_told_of_home_modification_is_said() {
    let paid = [works("家", "2026-05-01", CertifiedLevel::Care1, 1)];
    let earlier = home_modification(tables(), &paid, &works("家", "2026-04-30", CertifiedLevel::Care1, 1));
    assert_eq!((earlier.value.is_none(), rules(&earlier)), (true, vec!["home.order"]));
    let level =
        home_modification(tables(), &[], &works("家", "2026-04-30", CertifiedLevel::ProgramTarget, 1));
    assert_eq!((level.value.is_none(), rules(&level)), (true, vec!["home.level"]));
    let early = home_modification(tables(), &[], &works("家", "2000-03-31", CertifiedLevel::Care1, 1));
    assert!(early.value.is_none() && early.is_stopped());
}

fn purchase(kind: &str, product: &str, on: &str, amount: u64) -> EquipmentPurchase {
    document(json!({"kind": kind, "product": product, "boughtOn": on, "cost": amount, "ratio": "2"}))
}

#[test]
fn equipment_counts_by_fiscal_year_and_item() {
    let paid = [purchase("3", "手すり", "2026-03-31", 60_000), purchase("1", "便座A", "2026-04-01", 70_000)];
    let decision = equipment_purchase(tables(), &paid, &purchase("3", "手すり", "2026-05-10", 50_000));
    // The rail of March is of the year before.
    assert_eq!(amounts(&decision), [30_000, 30_000, 24_000, 6_000, 20_000]);
    assert_eq!(rules(&decision), ["equipment.limit", "allowance.shares", "equipment.over"]);
    let earlier = equipment_purchase(tables(), &paid, &purchase("1", "便座A", "2026-03-01", 50_000));
    assert_eq!(amounts(&earlier)[..2], [40_000, 40_000]);

    let same = equipment_purchase(tables(), &paid, &purchase("1", "便座A", "2027-03-31", 10_000));
    assert!(same.is_stopped() && rules(&same).contains(&"equipment.same_item"));
    let other = equipment_purchase(tables(), &paid, &purchase("1", "便座B", "2027-03-31", 10_000));
    assert!(!other.is_stopped() && rules(&other).contains(&"equipment.same_kind"));
    let mut broken = purchase("1", "便座A", "2027-03-31", 10_000);
    broken.reason_to_buy_again = Some(kaigo_core::benefit::RepurchaseReason::Broken);
    let broken = equipment_purchase(tables(), &paid, &broken);
    assert!(!broken.is_stopped() && broken.has(Rule::EquipmentAgain));
    assert!(
        equipment_purchase(tables(), &paid, &purchase("1", "便座A", "2027-04-01", 1))
            .has(Rule::EquipmentLimit)
    );
    let full = equipment_purchase(tables(), &[purchase("4", "浴槽", "2026-04-01", 120_000)], &paid[1]);
    assert!(full.has(Rule::EquipmentUsedUp));
    let early = equipment_purchase(tables(), &[], &purchase("4", "浴槽", "2000-03-31", 1));
    assert_eq!((early.value.is_none(), rules(&early)), (true, vec!["equipment.unknown"]));
}

fn card() -> Json {
    json!({
        "insuredNumber": "1234567890", "name": "試験 花子", "nameKana": "シケン ハナコ", "birthDate": "1940-05-03",
        "sex": "2", "address": "試験市一丁目", "issuedOn": "2026-03-20", "reissued": false,
        "insurer": {"number": "092015", "name": "試験市"},
        "level": "22", "certifiedOn": "2026-03-20", "valid": {"from": "2026-04-01", "to": "2027-03-31"},
        "restrictions": [{"content": "支払方法の変更", "period": {"from": "2026-06-01", "to": "2026-06-30"}}],
        "careManagementOffices": [{"number": "0970000001", "name": "甲", "notifiedOn": "2026-04-01"}],
    })
}

fn ratio() -> BurdenRatioCertificate {
    document(json!({
        "insuredNumber": "1234567890", "issuedOn": "2026-07-20", "insurer": {"number": "092015", "name": "試験市"},
        "rows": [
            {"ratio": "1", "period": {"from": "2026-08-01", "to": "2026-10-31"}},
            {"ratio": "2", "period": {"from": "2026-11-01", "to": "2027-07-31"}},
        ],
    }))
}

#[test]
fn card_and_ratio_are_told_for_a_day() {
    let mut json = card();
    let valid: InsuredCard = document(json.clone());
    for (on, state, rule) in [
        ("2026-03-31", CardState::NotYet, "card.not_yet"),
        ("2026-04-01", CardState::Valid, "card.valid"),
        ("2027-03-31", CardState::Valid, "card.valid"),
        ("2027-04-01", CardState::Expired, "card.expired"),
    ] {
        let decision = card_on(&valid, day(on));
        assert_eq!((decision.value, rules(&decision)), (state, vec![rule]), "{on}");
    }
    assert_eq!(rules(&card_on(&valid, day("2026-06-15"))), ["card.valid", "card.restricted"]);

    json["level"] = json!("06");
    json["valid"] = Json::Null;
    let target: InsuredCard = document(json.clone());
    assert_eq!(card_on(&target, day("2026-03-20")).value, CardState::ProgramTarget);
    assert_eq!(card_on(&target, day("2026-03-19")).value, CardState::NotYet);
    json["level"] = Json::Null;
    let none = card_on(&document(json), day("2026-04-01"));
    assert_eq!((none.value, rules(&none)), (CardState::NotCertified, vec!["card.not_certified"]));

    let mut certificate = ratio();
    let of = |certificate: &BurdenRatioCertificate, on: &str| burden_ratio_on(certificate, day(on));
    assert_eq!(of(&certificate, "2026-10-31").value, Some(BurdenRatio::One));
    assert_eq!(of(&certificate, "2026-11-01").value, Some(BurdenRatio::Two));
    assert_eq!(rules(&of(&certificate, "2026-07-31")), ["ratio.none"]);
    certificate.rows[0].period = period("2026-08-01", "2026-11-15");
    assert_eq!(rules(&of(&certificate, "2026-11-10")), ["ratio.ambiguous"]);
}

fn known<'k>(card: &'k InsuredCard, ratio: &'k BurdenRatioCertificate) -> KnownOfPerson<'k> {
    KnownOfPerson { card, ratio: Some(ratio), progress: None, home: None, equipment: None }
}

/// The names of the rules that stop, and of those that warn.
#[track_caller]
fn stops_and_warnings(decision: &Decision<bool>) -> (Vec<&'static str>, Vec<&'static str>) {
    rules(decision);
    let of = |effect| decision.reasons_that(effect).map(|reason| reason.rule.name()).collect::<Vec<_>>();
    let (stops, warnings) = (of(Effect::Stops), of(Effect::Warns));
    assert_eq!(decision.value, stops.is_empty());
    (stops, warnings)
}

#[test]
fn a_mistaken_application_for_home_modification_is_stopped() {
    let (card, ratio): (InsuredCard, _) = (document(card()), ratio());
    let used = document(json!({
        "insurerNumber": "092015", "insuredNumber": "1234567890", "asOf": "2026-08-20", "remaining": 120_000,
        "works": [{"dwelling": "家", "startedOn": "2025-05-01", "level": "21", "kinds": ["1"], "cost": 80_000, "ratio": "1"}],
    }));
    let mut known = known(&card, &ratio);
    known.home = Some(&used);
    let check = |known: &KnownOfPerson<'_>, works: &HomeModification| {
        stops_and_warnings(&check_filing(tables(), known, Filing::HomeModification(works), day("2026-09-01")))
    };
    let good = works("家", "2026-09-10", CertifiedLevel::Care2, 100_000);
    assert_eq!(check(&known, &good), (vec![], vec![]));
    assert_eq!(
        check(&known, &HomeModification { cost: yen(150_000), ..good.clone() }),
        (vec![], vec!["home.over"])
    );
    let started = HomeModification { started_on: day("2026-09-01"), kinds: vec![], ..good.clone() };
    assert_eq!(check(&known, &started).0, ["filing.works_started", "filing.no_kind"]);
    let ratio_wrong = HomeModification { ratio: BurdenRatio::Three, ..good.clone() };
    assert_eq!(check(&known, &ratio_wrong).0, ["filing.ratio"]);
    let late = HomeModification { started_on: day("2027-04-10"), ratio: BurdenRatio::Two, ..good.clone() };
    assert_eq!(check(&known, &late).0, ["card.expired"]);
    known.home = None;
    assert_eq!(check(&known, &good).0, ["filing.use_unknown"]);
    let mut other = used.clone();
    other.remaining = Some(yen(100_000));
    other.insured_number = "H123456789".parse().unwrap_or_else(|e| panic!("{e}"));
    known.home = Some(&other);
    assert_eq!(check(&known, &good), (vec!["filing.person"], vec!["filing.remaining_differs"]));
}

#[test]
fn a_mistaken_application_for_equipment_is_stopped() {
    let (mut json, ratio) = (card(), ratio());
    json["valid"] = json!({"from": "2023-04-01", "to": "2027-03-31"});
    let card: InsuredCard = document(json);
    let used = document(json!({
        "insurerNumber": "092015", "insuredNumber": "1234567890", "asOf": "2026-12-01", "remaining": 60_000,
        "purchases": [{"kind": "5", "product": "つり具", "boughtOn": "2026-08-01", "cost": 40_000, "ratio": "1"}],
    }));
    let known = KnownOfPerson { equipment: Some(&used), ..known(&card, &ratio) };
    let check = |bought: &EquipmentPurchase, known: &KnownOfPerson<'_>, today: &str| {
        stops_and_warnings(&check_filing(tables(), known, Filing::Equipment(bought), day(today)))
    };
    let good = purchase("1", "便座", "2026-11-20", 60_000);
    assert_eq!(check(&good, &known, "2026-12-01"), (vec![], vec![]));
    assert_eq!(check(&good, &known, "2026-11-19").0, ["filing.future_purchase"]);
    let again = purchase("5", "つり具", "2026-11-20", 10_000);
    assert_eq!(check(&again, &known, "2026-12-01").0, ["equipment.same_item"]);
    let no_ratio = KnownOfPerson { ratio: None, ..known };
    let old = purchase("1", "便座", "2024-02-29", 10_000);
    assert_eq!(check(&old, &no_ratio, "2026-03-01"), (vec![], vec![]));
    assert_eq!(check(&old, &no_ratio, "2026-03-02").0, ["filing.time_limit"]);
}

fn notification() -> Json {
    json!({
        "variant": "care", "kind": "change", "destination": "092015",
        "person": {
            "insuredNumber": "1234567890", "name": "試験 花子", "nameKana": "シケン ハナコ",
            "birthDate": "1940-05-03", "sex": "2",
        },
        "planAuthor": "1",
        "office": {"number": "0970000002", "name": "乙", "address": "試験市二丁目", "phone": "0283-00-0000"},
        "appliesFrom": "2026-10-01", "notifiedOn": "2026-09-20", "filedBy": "office",
        "change": {"reason": "転居のため", "on": "2026-10-01"},
        "consent": {"scope": "notification", "given": true, "at": "2026-09-19T01:00:00Z"},
    })
}

#[test]
fn a_mistaken_notification_is_stopped() {
    let (card_json, ratio) = (card(), ratio());
    let card: InsuredCard = document(card_json.clone());
    let check = |form: Json, known: &KnownOfPerson<'_>| {
        let form: CarePlanNotification = document(form);
        stops_and_warnings(&check_filing(tables(), known, Filing::Notification(&form), day("2026-09-20")))
    };
    let with = |changes: Json| {
        let mut form = notification();
        for (name, value) in changes.as_object().into_iter().flatten() {
            form[name] = value.clone();
        }
        form
    };
    let known = known(&card, &ratio);
    assert_eq!(check(notification(), &known), (vec![], vec![]));
    assert_eq!(check(with(json!({"destination": "092023"})), &known).0, ["filing.person"]);
    assert_eq!(check(with(json!({"variant": "prevention"})), &known).0, ["filing.variant"]);
    assert_eq!(check(with(json!({"kind": "new"})), &known).0, ["filing.not_new"]);
    assert_eq!(check(with(json!({"change": null})), &known).0, ["filing.change_without_reason"]);
    assert_eq!(check(with(json!({"consent": null})), &known).0, ["filing.consent"]);
    assert_eq!(check(with(json!({"consent": null, "filedBy": "family"})), &known).0, Vec::<&str>::new());
    assert_eq!(check(with(json!({"appliesFrom": "2026-09-10"})), &known).1, ["filing.late"]);
    assert_eq!(check(with(json!({"appliesFrom": "2027-04-01"})), &known).0, ["card.expired"]);
    let mut office = notification()["office"].clone();
    office["number"] = json!("0970000001");
    assert_eq!(check(with(json!({"office": office})), &known).0, ["filing.same_office"]);

    // While a certification is applied for, the notification is provisional.
    let progress: CertificationProgress = document(json!({
        "insuredNumber": "1234567890", "insurer": {"number": "092015", "name": "試験市"},
        "application": {"kind": "renewal", "insuredKind": "first", "appliedOn": "2027-02-10"},
        "steps": [{"step": "application_received", "on": "2027-02-10"}],
    }));
    let applied = KnownOfPerson { progress: Some(&progress), ..known };
    let later = json!({"appliesFrom": "2027-04-01"});
    assert_eq!(check(with(later), &applied).0, ["filing.provisional"]);
    let provisional = json!({"appliesFrom": "2027-04-01", "kind": "provisional"});
    assert_eq!(check(with(provisional), &applied).0, Vec::<&str>::new());
}

#[test]
fn a_decision_is_told_as_json() {
    let decision = home_modification(tables(), &[], &works("家", "2026-05-01", CertifiedLevel::Care1, 1_000));
    let json = serde_json::to_value(&decision).unwrap_or_default();
    assert_eq!(json["value"]["insurer"], 900);
    assert_eq!(
        json["reasons"][0],
        json!({
            "rule": "home.first", "effect": "explains", "facts": {"level": "21", "on": "2026-05-01"},
            "message_ja": "この住宅で初めての改修です（基準は要介護１、2026-05-01着工）",
            "message_en": "the first modification of this dwelling: the base is care level 1 on 2026-05-01",
        })
    );
}

/// A month of one line: 60 units twice, 20 of them over a ceiling of 100.
fn slip(annex: Option<Json>) -> Json {
    let days = json!([
        {"serviceDate": "2026-07-01", "serviceCount": 1}, {"serviceDate": "2026-07-08", "serviceCount": 1}
    ]);
    let line = json!({
        "csvVersion": "2024-07", "createdOn": "2026-06-25", "units": 60, "serviceStartTime": "09:00",
        "serviceEndTime": "09:30", "serviceCode": "111111", "officeNumber": "1370000019", "over30Days": "0",
        "days": days,
    });
    let mut slip = json!({
        "insurerNumber": "092015", "insuredNumber": "1234567890", "targetMonth": "2026-07", "lines": [line],
        "supplement": {"categoryLimitUnits": 100},
    });
    if let Some(annex) = annex {
        slip["annex"] = annex;
    }
    slip
}

/// Its annex at 11.05 yen.
fn annex() -> Json {
    let common = json!({"csvVersion": "2024-07", "createdOn": "2026-06-25", "over30Days": "0"});
    let of = |own: Json| {
        let mut row = own;
        for (name, value) in common.as_object().into_iter().flatten() {
            row[name] = value.clone();
        }
        row["fixedOfficeCode"] = json!("9999999999");
        row["benefitManagedUnits"] = json!(120);
        row["categoryLimitOverUnits"] = json!(20);
        row["categoryLimitWithinUnits"] = json!(100);
        row["totalCostCovered"] = json!(1105);
        row["benefitClaimAmount"] = json!(994);
        row["userChargeCovered"] = json!(111);
        row["userChargeFull"] = json!(221);
        row
    };
    json!([
        of(json!({
            "officeNumber": "1370000019", "serviceCode": "111111", "units": 60, "countOrDays": 2,
            "serviceUnitsOrAmount": 120, "unitPrice": "11.05", "benefitRate": 90,
        })),
        of(json!({"officeNumber": "9999999999", "serviceCode": "999999", "units": 0, "countOrDays": 0})),
    ])
}

#[test]
fn rules_answer_by_name_in_json() {
    let ask = |name: &str, question: Json, tables: Option<&[u8]>| {
        let answer = kaigo_core::benefit::decide(name, question.to_string().as_bytes(), tables);
        answer.map(|json| serde_json::from_slice::<Json>(&json).unwrap_or_default())
    };
    let (from, to) = ("2026-04-01", "2027-03-31");
    let level = json!({"level": "22", "period": {"from": from, "to": to}});
    let works = json!({
        "dwelling": "家", "startedOn": "2026-10-01", "level": "22", "kinds": ["1"], "cost": 90_000, "ratio": "1",
    });
    let bought =
        json!({"kind": "1", "product": "便座", "boughtOn": "2026-08-20", "cost": 50_000, "ratio": "1"});
    let use_of =
        |of: &str| json!({"insurerNumber": "092015", "insuredNumber": "1234567890", "asOf": from, of: []});
    let filing = |what: &str, value: &Json| {
        json!({
            "card": card(), "ratio": ratio(), "home": use_of("works"), "equipment": use_of("purchases"),
            "today": "2026-09-01", what: value,
        })
    };
    let questions = [
        ("monthly_ceiling", json!({"month": "2026-07", "levels": [level]}), json!(19705)),
        (
            "allocate",
            json!({"ceiling": 100, "planned": [{"serviceType": "11", "units": 120}]}),
            json!([{"serviceType": "11", "planned": 120, "overService": 0, "overMonth": 20, "covered": 100}]),
        ),
        (
            "short_stay",
            json!({"stays": [{"from": "2026-04-01", "to": "2026-05-01"}]}),
            json!([{
                "stay": {"from": "2026-04-01", "to": "2026-05-01"},
                "notPaid": {"from": "2026-05-01", "to": "2026-05-01"},
            }]),
        ),
        ("unit_price", json!({"serviceType": "21", "grade": "3", "month": "2026-07"}), json!("10.83")),
        (
            "cost",
            json!({"covered": 100, "over": 1, "price": "10.83", "ratio": "1"}),
            json!({"total": 1083, "insurer": 974, "person": 109, "personInFull": 10}),
        ),
        (
            "home_modification",
            json!({"planned": works}),
            json!({
                "limit": 200_000, "used": 0, "remaining": 200_000, "counted": 90_000, "insurer": 81_000,
                "person": 9_000, "over": 0,
            }),
        ),
        (
            "equipment_purchase",
            json!({"paid": [], "planned": bought}),
            json!({
                "limit": 100_000, "used": 0, "remaining": 100_000, "counted": 50_000, "insurer": 45_000,
                "person": 5_000, "over": 0,
            }),
        ),
        (
            "annex",
            json!({"slip": slip(None), "terms": {"ceiling": 100, "burdenRatio": "1", "prices": [{"grade": "3"}]}}),
            annex(),
        ),
        ("check_annex", json!({"slip": slip(Some(annex()))}), json!([])),
        ("card_on", json!({"card": card(), "on": from}), json!("valid")),
        ("burden_ratio_on", json!({"certificate": ratio(), "on": from}), Json::Null),
        ("check_filing", filing("homeModification", &works), json!(true)),
    ];
    assert_eq!(questions.len(), kaigo_core::benefit::QUESTIONS.len());
    for (name, question, value) in questions {
        let answer = ask(name, question, None).unwrap_or_else(|e| panic!("{name}: {e}"));
        assert_eq!(answer["value"], value, "{name}: {answer}");
        assert!(answer["reasons"].as_array().is_some_and(|reasons| !reasons.is_empty()), "{name}");
        assert_eq!(answer["value"].is_null(), answer["reasons"][0]["effect"] == "stops", "{name}");
    }
    assert_eq!(
        ask("check_filing", filing("equipmentPurchase", &bought), None)
            .map(|answer| answer["value"].clone())
            .ok(),
        Some(json!(true))
    );
    assert_eq!(
        ask("check_filing", filing("notification", &notification()), None)
            .map(|answer| answer["value"].clone())
            .ok(),
        Some(json!(true))
    );

    // Tables of the caller's.
    let own = br#"{"unitCeilings":[{"from":"2026-01","level":"22","units":20000}]}"#;
    let month = json!({"month": "2026-07", "levels": [level]});
    assert_eq!(ask("monthly_ceiling", month, Some(own)).map(|a| a["value"].clone()).ok(), Some(json!(20000)));

    let code =
        |name: &str, question: Json| ask(name, question, None).map_err(|error| error.code().to_owned());
    assert_eq!(code("ceiling", json!({})), Err("no_name".to_owned()));
    assert_eq!(code("cost", json!({"covered": 1})), Err("document.missing".to_owned()));
    assert_eq!(code("check_filing", filing("other", &Json::Null)), Err("document.unknown".to_owned()));
    assert_eq!(
        code("check_filing", filing("progress", &Json::Null)),
        Err("document.inconsistent".to_owned())
    );
}

prop_compose! {
    fn any_ratio()(index in 0..3_usize) -> BurdenRatio {
        BurdenRatio::ALL[index]
    }
}

proptest! {
    #[test]
    fn money_neither_appears_nor_vanishes_in_a_cost(
        covered in 0..=Units::MAX.get(), over in 0..=Units::MAX.get(), price: u16, ratio in any_ratio(),
    ) {
        let value = cost(units(covered), units(over), UnitPrice::from_hundredths(price), ratio).value;
        prop_assert_eq!(value.insurer.get() + value.person.get(), value.total.get());
        let exact = |units: u32| u64::from(units) * u64::from(price) / 100;
        prop_assert_eq!(value.total.get(), exact(covered));
        prop_assert_eq!(value.person_in_full.get(), exact(over));
        // The person pays their share and less than a yen more.
        let share = value.total.get() * u64::from(ratio.percent());
        prop_assert!(value.person.get() * 100 >= share && value.person.get() * 100 < share + 100);
    }

    #[test]
    fn units_neither_appear_nor_vanish_in_an_allocation(
        ceiling in 0..40_000_u32,
        services in prop::collection::vec((0..4_usize, 0..20_000_u32), 0..4),
        plans in prop::collection::vec((0..4_usize, 0..20_000_u32), 0..12),
    ) {
        let codes = ["11", "15", "21", "A2"];
        let named = |rows: &[(usize, u32)]| rows.iter().map(|(at, number)| (codes[*at], *number)).collect::<Vec<_>>();
        let decision = allocate(units(ceiling), &service_ceilings(&named(&services)), &planned(&named(&plans)));
        let mut covered = 0;
        for (row, (_, planned)) in decision.value.iter().zip(&plans) {
            prop_assert_eq!(row.over_service.get() + row.over_month.get() + row.covered.get(), *planned);
            covered += row.covered.get();
        }
        prop_assert_eq!(decision.value.len(), plans.len());
        prop_assert!(covered <= ceiling);
        for (at, most) in &services {
            let of_service = decision.value.iter().filter(|row| row.service_type.as_str() == codes[*at]);
            prop_assert!(of_service.map(|row| row.covered.get()).sum::<u32>() <= *most);
        }
    }

    #[test]
    fn allowances_never_pay_more_than_there_is_and_a_reset_happens_at_most_once(
        all in prop::collection::vec((0..3_usize, 0..400_i32, 0..10_usize, 0..300_000_u64, any_ratio()), 1..24),
    ) {
        let (mut paid, mut on, mut resets) = (Vec::new(), day("2024-04-01"), 0);
        let mut counted = [0; 3];
        for (dwelling, days, level, amount, ratio) in all {
            on = on.plus_days(days).unwrap_or(on);
            let mut next = works(["甲", "乙", "丙"][dwelling], "2024-04-01", CertifiedLevel::ALL[level], amount);
            (next.started_on, next.ratio) = (on, ratio);
            let decision = home_modification(tables(), &paid, &next);
            resets += usize::from(decision.has(Rule::HomeReset));
            let Some(value) = decision.value else {
                prop_assert!(decision.is_stopped());
                continue;
            };
            prop_assert_eq!(value.insurer.get() + value.person.get() + value.over.get(), amount);
            prop_assert_eq!(value.used.get() + value.remaining.get(), value.limit.get());
            prop_assert!(value.counted <= value.remaining);
            counted[dwelling] += value.counted.get();
            // What counts is what was paid.
            next.cost = value.counted;
            paid.push(next);
        }
        prop_assert!(resets <= 1);
        prop_assert!(counted.iter().sum::<u64>() <= 200_000 * (3 + resets as u64));
        let over_one_allowance = counted.iter().filter(|counted| **counted > 200_000).count();
        prop_assert!(over_one_allowance <= resets);
    }

    #[test]
    fn equipment_pays_no_more_than_the_allowance_of_a_fiscal_year(
        all in prop::collection::vec((0..1200_i32, 0..10_usize, 0..150_000_u64, any_ratio()), 1..24),
    ) {
        let (mut paid, mut by_year) = (Vec::new(), std::collections::BTreeMap::new());
        for (days, kind, amount, ratio) in all {
            let kind = kaigo_core::benefit::EquipmentKind::ALL[kind];
            let mut next = purchase(kind.code(), "品", "2024-04-01", amount);
            next.ratio = ratio;
            next.bought_on = next.bought_on.plus_days(days).unwrap_or(next.bought_on);
            let Some(value) = equipment_purchase(tables(), &paid, &next).value else { panic!("a table") };
            prop_assert_eq!(value.insurer.get() + value.person.get() + value.over.get(), amount);
            *by_year.entry(next.bought_on.fiscal_year()).or_insert(0) += value.counted.get();
            next.cost = value.counted;
            paid.push(next);
        }
        prop_assert!(by_year.values().all(|counted| *counted <= 100_000));
    }

    #[test]
    fn every_day_of_short_stay_is_paid_or_not_and_none_twice(
        stays in prop::collection::vec((0..300_i32, 0..50_i32), 1..12),
    ) {
        let start = day("2026-04-01");
        let stays: Vec<Period> = stays
            .iter()
            .filter_map(|(from, days)| Period::new(start.plus_days(*from)?, start.plus_days(from + days)?))
            .collect();
        let runs = short_stay(&stays).value;
        for offset in 0..360 {
            let on = start.plus_days(offset).unwrap_or(start);
            let stayed = stays.iter().any(|stay| stay.contains(on));
            let of_runs = runs.iter().filter(|run| run.stay.contains(on)).count();
            prop_assert_eq!(of_runs, usize::from(stayed));
        }
        for run in &runs {
            let not_paid = run.not_paid.map_or(0, Period::days);
            prop_assert_eq!(run.stay.days().saturating_sub(30), not_paid);
        }
    }

    #[test]
    fn a_ceiling_is_never_less_than_that_of_any_level_of_the_month(
        levels in prop::collection::vec((0..10_usize, 0..400_i32, 0..200_i32), 0..6),
    ) {
        let start = day("2026-01-01");
        // The tables have no ceiling of 経過的要介護.
        let levels: Vec<LevelPeriod> = levels
            .iter()
            .filter(|(level, ..)| CertifiedLevel::ALL[*level] != CertifiedLevel::Transitional)
            .filter_map(|(level, from, days)| Some(LevelPeriod {
                level: CertifiedLevel::ALL[*level],
                period: Period::new(start.plus_days(*from)?, start.plus_days(from + days)?)?,
            }))
            .collect();
        let july = month("2026-07");
        let whole = monthly_ceiling(tables(), july, &levels).value;
        for level in levels {
            let one = monthly_ceiling(tables(), july, &[level]).value;
            prop_assert!(one.is_none() || one <= whole);
        }
    }
}
