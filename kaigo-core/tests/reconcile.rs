//! Planned against actual: every class, what is never guessed, and sums that add up.
#![allow(clippy::panic, clippy::unwrap_used, reason = "a test fails by it")]

mod common;

use kaigo_core::benefit::{AreaGrade, Tables};
use kaigo_core::calendar::{Date, Month};
use kaigo_core::care::{
    Actuals, MonthlySlip, PlanOrActual, Prices, Reconciliation, Tolerance, VisitOutcome, YenLeftOut,
    reconcile, reconcile_months, reconcile_priced,
};
use kaigo_core::code::CodeList as _;
use kaigo_core::document;
use kaigo_core::format::csv::{self, ReadOptions};
use kaigo_core::record::{FileKind, Record as _, Records, ServiceSlip, ServiceSlipAnnex};
use kaigo_core::report::{Lang, Masking};
use kaigo_core::text::Text;
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::{Index, select};

use VisitOutcome::{Added, Ambiguous, AsPlanned, Cancelled, ChangedCode, ChangedCount, Moved, NotReported};

type Row = ServiceSlip<'static>;

fn row(day: u8, start: &'static str, end: &'static str) -> Row {
    let mut row = ServiceSlip::default();
    let fields = [
        (2, "092015"),
        (3, "1234567890"),
        (5, "202607"),
        (8, "163"),
        (12, start),
        (13, end),
        (14, "1"),
        (15, "111111"),
        (20, "1373350030"),
        (23, "0"),
    ];
    for (no, text) in fields {
        assert!(row.set(no, Text::from(text)));
    }
    assert!(row.set(10, Text::from(format!("202607{day:02}"))));
    row
}

fn with(mut row: Row, no: usize, text: &'static str) -> Row {
    assert!(row.set(no, Text::from(text)));
    row
}

fn within(planned: &[Row], actual: &[Row], minutes: u16) -> Reconciliation {
    reconcile(planned, actual, &Tolerance { minutes })
}

/// Outcomes with the rows on both sides, 0 for none.
fn outcomes(found: &Reconciliation) -> Vec<(VisitOutcome, u32, u32)> {
    found
        .visits()
        .map(|(_, visit)| {
            let row =
                |visit: &Option<kaigo_core::care::SlipVisit>| visit.as_ref().map_or(0, |visit| visit.row);
            (visit.outcome, row(&visit.planned), row(&visit.actual))
        })
        .collect()
}

#[test]
fn every_class_is_told() {
    let planned = [
        row(1, "0900", "0930"),
        row(2, "0900", "0930"),
        row(3, "0900", "0930"),
        row(4, "0900", "0930"),
        row(5, "0900", "0930"),
        with(row(5, "1300", "1400"), 15, "112411"),
        with(row(7, "1300", "1400"), 15, "112411"),
    ];
    let actual = [
        row(1, "0900", "0930"),
        row(2, "1000", "1030"),
        with(row(3, "0900", "0930"), 15, "112411"),
        with(row(4, "0900", "0930"), 14, "2"),
        with(row(5, "1300", "1400"), 15, "112411"),
        with(row(7, "1300", "1400"), 15, "112411"),
        with(row(8, "1300", "1400"), 15, "131111"),
    ];
    let found = within(&planned, &actual, 0);
    assert_eq!(
        outcomes(&found),
        [
            (AsPlanned, 1, 1),
            (Moved, 2, 2),
            (ChangedCode, 3, 3),
            (ChangedCount, 4, 4),
            (Cancelled, 5, 0),
            (AsPlanned, 6, 5),
            (AsPlanned, 7, 6),
            (Added, 0, 7),
        ]
    );
    assert!(found.differs());
    assert!(!within(&planned, &planned, 0).differs());
}

#[test]
fn a_tolerance_counts_at_both_ends_and_to_the_minute() {
    let planned = [row(1, "0900", "0930")];
    let moved_by = |start, end, minutes| outcomes(&within(&planned, &[row(1, start, end)], minutes))[0].0;
    assert_eq!(moved_by("0915", "0945", 15), AsPlanned);
    assert_eq!(moved_by("0845", "0915", 15), AsPlanned);
    assert_eq!(moved_by("0915", "0945", 14), Moved);
    assert_eq!(moved_by("0900", "0946", 15), Moved);
    assert_eq!(moved_by("0900", "0931", 0), Moved);
    // An end behind midnight is near one before it.
    let late = [row(1, "2330", "2355")];
    assert_eq!(outcomes(&within(&late, &[row(1, "2330", "0005")], 10)), [(AsPlanned, 1, 1)]);
    assert_eq!(outcomes(&within(&late, &[row(1, "2330", "0006")], 10)), [(Moved, 1, 1)]);
}

#[test]
fn what_matches_two_is_ambiguous_with_its_candidates() {
    let planned = [row(1, "0900", "0930"), row(1, "1300", "1330")];
    let actual = [row(1, "1000", "1030")];
    let found = within(&planned, &actual, 0);
    assert_eq!(outcomes(&found), [(Ambiguous, 1, 0), (Ambiguous, 0, 1), (Ambiguous, 2, 0)]);
    let candidates: Vec<Vec<u32>> = found
        .visits()
        .map(|(_, visit)| visit.candidates.iter().map(|candidate| candidate.row).collect())
        .collect();
    assert_eq!(candidates, [vec![1], vec![1, 2], vec![1]]);
    // With a tolerance one of the two is in time.
    assert_eq!(
        outcomes(&within(&planned, &[row(1, "0910", "0940")], 10)),
        [(AsPlanned, 1, 1), (Cancelled, 2, 0)]
    );
    // Both are.
    let near = [row(1, "0900", "0930"), row(1, "0920", "0950")];
    let found = within(&near, &[row(1, "0910", "0940")], 10);
    assert_eq!(outcomes(&found), [(Ambiguous, 1, 0), (Ambiguous, 0, 1), (Ambiguous, 2, 0)]);
    // Exact times tell more than near ones.
    assert_eq!(
        outcomes(&within(&near, &[row(1, "0900", "0930")], 20)),
        [(AsPlanned, 1, 1), (Cancelled, 2, 0)]
    );
    // Moved, or another service at the time: nobody knows.
    let found = within(
        &[row(1, "0900", "0930")],
        &[row(1, "1400", "1430"), with(row(1, "0900", "0930"), 15, "112411")],
        0,
    );
    assert_eq!(outcomes(&found).iter().filter(|(outcome, ..)| *outcome == Ambiguous).count(), 3);
}

#[test]
fn rows_that_differ_in_nothing_stand_for_one_another() {
    let planned = [row(1, "0900", "0930"), row(1, "0900", "0930")];
    assert_eq!(outcomes(&within(&planned, &planned[..1], 0)), [(AsPlanned, 1, 1), (Cancelled, 2, 0)]);
    // Counts tell them apart: which of the two was given three times?
    let counted = [row(1, "0900", "0930"), with(row(1, "0900", "0930"), 14, "2")];
    let found = within(&counted, &[with(row(1, "0900", "0930"), 14, "3")], 0);
    assert!(outcomes(&found).iter().all(|(outcome, ..)| *outcome == Ambiguous));
    // Detail numbers do not, where all were given as often.
    let rail =
        |detail| with(with(with(row(1, "9999", "9999"), 15, "171007"), 16, "00001-000010"), 19, detail);
    let found = within(&[rail("1"), rail("2")], &[rail(""), rail("")], 0);
    assert!(outcomes(&found).iter().all(|(outcome, ..)| *outcome == AsPlanned));
}

#[test]
fn another_day_is_told_only_where_it_can_be_no_other() {
    let planned = [row(1, "0900", "0930"), row(2, "0900", "0930"), row(3, "0900", "0930")];
    let actual = [row(1, "0900", "0930"), row(3, "0900", "0930"), row(4, "1400", "1430")];
    assert_eq!(
        outcomes(&within(&planned, &actual, 0)),
        [(AsPlanned, 1, 1), (Moved, 2, 3), (AsPlanned, 3, 2)]
    );
    // Two days are left on one side: they are cancelled, and the new one was added.
    assert_eq!(
        outcomes(&within(&planned, &actual[1..], 0)),
        [(Cancelled, 1, 0), (Cancelled, 2, 0), (AsPlanned, 3, 2), (Added, 0, 3)]
            .map(|(outcome, planned, actual): (_, u32, u32)| (outcome, planned, actual.saturating_sub(1)))
    );
    // Another month is another slip.
    let august = with(with(row(2, "0900", "0930"), 5, "202608"), 10, "20260802");
    assert_eq!(outcomes(&within(&planned[1..2], &[august], 0)), [(NotReported, 1, 0), (Added, 0, 1)]);
}

#[test]
fn services_without_times_are_matched_by_day_and_never_change_into_each_other() {
    let untimed = |day, code| with(with(row(day, "9999", "9999"), 15, code), 16, "00001-000010");
    let found = within(&[untimed(1, "171007")], &[untimed(1, "171007")], 0);
    assert_eq!(outcomes(&found), [(AsPlanned, 1, 1)]);
    let found = within(&[untimed(1, "171007")], &[untimed(1, "171001")], 60);
    assert_eq!(
        outcomes(&found).iter().map(|found| found.0).collect::<Vec<_>>(),
        [Cancelled, Added].into_iter().rev().collect::<Vec<_>>()
    );
    // A piece of equipment is a service of its own.
    let other = with(untimed(1, "171007"), 16, "00002-000020");
    assert!(
        outcomes(&within(&[untimed(1, "171007")], &[other], 0))
            .iter()
            .all(|(outcome, ..)| *outcome != AsPlanned)
    );
    // Planned without a time and given at one.
    assert_eq!(outcomes(&within(&[row(1, "9999", "9999")], &[row(1, "0900", "0930")], 0)), [(Moved, 1, 1)]);
}

#[test]
fn per_diem_units_are_those_of_the_days_marked_and_counted_once() {
    let of = |day, map| with(with(row(day, "9999", "9999"), 11, map), 8, "100");
    const FIVE: &str = "1111100000000000000000000000000";
    const SIX: &str = "1111110000000000000000000000000";
    let found = within(&[of(1, FIVE), of(3, FIVE)], &[of(1, FIVE), of(3, FIVE)], 0);
    assert!(!found.differs());
    assert_eq!((found.balance.planned_units.get(), found.balance.actual_units.get()), (500, 500));
    let found = within(&[of(1, FIVE)], &[of(1, SIX)], 0);
    assert_eq!(outcomes(&found), [(ChangedCount, 1, 1)]);
    assert_eq!(found.balance.more_units.map(|units| units.get()), Some(100));
}

#[test]
fn a_provider_without_actuals_has_not_reported() {
    let other = |day| with(with(row(day, "0930", "1640"), 15, "151341"), 20, "1375269253");
    let planned = [row(1, "0900", "0930"), row(2, "0900", "0930"), other(1)];
    let found = within(&planned, &planned[..1], 0);
    assert_eq!(outcomes(&found), [(AsPlanned, 1, 1), (NotReported, 3, 0), (Cancelled, 2, 0)]);
    // Once it has reported for anybody, what it does not report was cancelled.
    let of_other_client = with(other(1), 3, "H123456789");
    let found = within(&planned, &[planned[0].clone(), of_other_client], 0);
    assert!(outcomes(&found).contains(&(Cancelled, 3, 0)));
}

#[test]
fn a_row_that_does_not_say_enough_is_told_and_takes_no_part() {
    let planned = [row(1, "0900", "0930"), with(row(2, "0900", "0930"), 12, "2500")];
    let found = within(&planned, &planned[..1], 0);
    assert_eq!(outcomes(&found), [(AsPlanned, 1, 1)]);
    let uncompared: Vec<_> = found.uncompared.iter().map(|row| (row.side, row.row)).collect();
    assert_eq!(uncompared, [(PlanOrActual::Planned, 2)]);
    assert!(found.differs());
}

fn read(unit: &str, kind: FileKind) -> Records<'static> {
    let (_, bytes) =
        common::sample(unit).into_iter().find(|(name, _)| common::kind_of(name) == kind).unwrap();
    csv::read(&bytes, &ReadOptions::new(kind)).unwrap().0.into_owned()
}

fn samples() -> (Vec<Row>, Vec<ServiceSlipAnnex<'static>>, Vec<Row>) {
    let (Records::SlipPlan(planned), Records::SlipAnnex(annex), Records::SlipActuals(actual)) = (
        read("monthly", FileKind::SlipPlan),
        read("monthly", FileKind::SlipAnnex),
        read("actuals", FileKind::SlipActuals),
    ) else {
        panic!("the kinds asked for")
    };
    (planned, annex, actual)
}

#[test]
fn yen_come_from_the_annex_else_from_the_area_else_are_left_out_with_a_reason() {
    let (planned, annex, actual) = samples();
    let found = reconcile_priced(&planned, &actual, &Tolerance::default(), &Prices::of_annex(&annex));
    // The annex has 16723 yen for the visits of the first client, and 87272 in all.
    let client = found.clients.iter().find(|client| client.insured_number.as_str() == "6685370090").unwrap();
    let visits = client.services.iter().find(|service| service.service_type.as_str() == "11").unwrap();
    assert_eq!(visits.balance.planned_yen.map(|yen| yen.get()), Some(16723));
    assert_eq!(visits.balance.actual_yen.map(|yen| yen.get()), Some(14865));
    assert_eq!(visits.balance.fewer_yen.map(|yen| yen.get()), Some(16723 - 14865));
    assert_eq!(client.balance.planned_yen.map(|yen| yen.get()), Some(87272));

    let found = reconcile(&planned, &actual, &Tolerance::default());
    assert_eq!(found.balance.planned_yen, None);
    assert_eq!(found.balance.yen_left_out, Some(YenLeftOut::NoPrice));
    let some: Vec<_> = annex.iter().filter(|row| row.unit_price.get().is_some()).take(1).cloned().collect();
    let found = reconcile_priced(&planned, &actual, &Tolerance::default(), &Prices::of_annex(&some));
    assert_eq!(found.balance.yen_left_out, Some(YenLeftOut::Partly));

    let area = Prices::default().in_area(Tables::bundled().clone(), AreaGrade::First);
    let found = reconcile_priced(&planned, &actual, &Tolerance::default(), &area);
    assert!(found.balance.planned_yen.is_some());
    let mut contrary = annex;
    contrary[4].set(23, Text::from("10.00"));
    let found = reconcile_priced(&planned, &actual, &Tolerance::default(), &Prices::of_annex(&contrary));
    let provider =
        found.providers.iter().find(|provider| provider.office_number.as_str() == "1373350030").unwrap();
    assert_eq!(provider.balance.planned_yen, None);
}

#[test]
fn slips_and_actuals_reconcile_as_their_rows_do() {
    let (planned, annex, actual) = samples();
    let (slips, _) = MonthlySlip::from_rows(&planned, &annex, &[]);
    let (given, _) = Actuals::from_rows(&actual);
    let of_rows = reconcile_priced(&planned, &actual, &Tolerance::default(), &Prices::of_annex(&annex));
    assert_eq!(reconcile_months(&slips, &given, &Tolerance::default(), &Prices::default()), of_rows);
    let json = document::to_json(&of_rows);
    assert_eq!(document::from_json::<Reconciliation>(&json).unwrap(), of_rows);
}

#[test]
fn the_text_names_nobody_unless_asked() {
    let (planned, annex, actual) = samples();
    let found = reconcile_priced(&planned, &actual, &Tolerance::default(), &Prices::of_annex(&annex));
    for lang in [Lang::Japanese, Lang::English] {
        let (masked, shown) = (found.text(lang, Masking::Masked), found.text(lang, Masking::Shown));
        assert!(!masked.contains("6685370090") && !masked.contains("デイサービス表十"));
        assert!(shown.contains("6685370090") && shown.contains("デイサービス表十"), "{shown}");
        assert!(masked.contains("09:00–09:30") && masked.contains("87272"));
    }
    assert!(found.text(Lang::Japanese, Masking::Masked).contains("中止"));
    assert!(found.text(Lang::English, Masking::Masked).contains("cancelled"));
}

#[test]
fn the_calendar_shows_planned_above_actual() {
    let planned = [row(1, "0900", "0930"), row(2, "0900", "0930"), row(3, "0900", "0930")];
    let actual = [row(1, "0900", "0930"), row(2, "1000", "1030")];
    let found = within(&planned, &actual, 0);
    let rows = found.clients[0].calendar();
    assert_eq!(rows.len(), 1, "a visit that was moved stays in the row of its planned time");
    assert_eq!(rows[0].days.len(), 31);
    assert_eq!((rows[0].planned(), rows[0].actual()), (3, 2));
    let days: Vec<_> = rows[0].days[..3].iter().map(|day| (day.planned, day.actual, day.outcome)).collect();
    assert_eq!(
        days,
        [(Some(1), Some(1), None), (Some(1), Some(1), Some(Moved)), (Some(1), None, Some(Cancelled))]
    );
    assert_eq!(rows[0].days[1].moved_to[0].0, Date::new(2026, 7, 2).unwrap());
    assert!(Month::new(2026, 7).is_some());
}

/// Few days, times, services and counts, so that rows meet.
fn any_row() -> impl Strategy<Value = Row> {
    let services = select(vec![("111111", ""), ("112411", ""), ("171007", "00001-000010")]);
    let times = select(vec![
        ("0900", "0930"),
        ("0905", "0935"),
        ("0910", "0940"),
        ("1300", "1400"),
        ("9999", "9999"),
    ]);
    let rest = (
        select(vec!["1", "2"]),
        select(vec!["163", "300"]),
        select(vec!["", "1110000000000000000000000000000"]),
    );
    let who = (select(vec!["1234567890", "H123456789"]), select(vec!["1373350030", "1375269253"]));
    (1_u8..4, services, times, rest, who).prop_map(
        |(day, (code, tais), (start, end), (count, units, map), (insured, office))| {
            let row = row(day, start, end);
            [(15, code), (16, tais), (14, count), (8, units), (11, map), (3, insured), (20, office)]
                .into_iter()
                .fold(row, |row, (no, text)| with(row, no, text))
        },
    )
}

fn shuffled(rows: &[Row], order: &[Index]) -> Vec<Row> {
    let mut rows = rows.to_vec();
    for (at, index) in order.iter().enumerate().take(rows.len()) {
        let other = index.index(rows.len());
        rows.swap(at, other);
    }
    rows
}

/// The reconciliation without the places of rows.
fn placeless(mut found: Reconciliation) -> Reconciliation {
    for visit in found.clients.iter_mut().flat_map(|client| &mut client.visits) {
        let rows = visit.planned.iter_mut().chain(&mut visit.actual).chain(&mut visit.candidates);
        rows.for_each(|row| row.row = 0);
    }
    found
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn the_order_of_rows_changes_nothing(
        planned in vec(any_row(), 0..14), actual in vec(any_row(), 0..14), order in vec(any::<Index>(), 14), minutes in 0_u16..12,
    ) {
        let found = within(&planned, &actual, minutes);
        let again = within(&shuffled(&planned, &order), &shuffled(&actual, &order), minutes);
        prop_assert_eq!(placeless(found), placeless(again));
    }

    #[test]
    fn every_row_stands_once_and_sums_add_up(
        planned in vec(any_row(), 0..14), actual in vec(any_row(), 0..14), minutes in 0_u16..12,
    ) {
        let found = within(&planned, &actual, minutes);
        let mut rows = [Vec::new(), Vec::new()];
        for (_, visit) in found.visits() {
            rows[0].extend(visit.planned.iter().map(|row| row.row));
            rows[1].extend(visit.actual.iter().map(|row| row.row));
            let sides = u8::from(visit.planned.is_some()) + u8::from(visit.actual.is_some());
            let expected = if matches!(visit.outcome, Cancelled | NotReported | Added | Ambiguous) { 1 } else { 2 };
            prop_assert_eq!(sides, expected);
            prop_assert_eq!(visit.outcome == Ambiguous, !visit.candidates.is_empty());
        }
        for (rows, given) in rows.iter_mut().zip([&planned, &actual]) {
            rows.sort_unstable();
            prop_assert_eq!(&*rows, &(1..=given.len() as u32).collect::<Vec<_>>());
        }
        let sums = |balance: &kaigo_core::care::Balance| (balance.planned_units.get(), balance.actual_units.get());
        let total = |balances: &mut dyn Iterator<Item = (u64, u64)>| {
            balances.fold((0, 0), |sum, balance| (sum.0 + balance.0, sum.1 + balance.1))
        };
        let all = sums(&found.balance);
        prop_assert_eq!(total(&mut found.clients.iter().map(|client| sums(&client.balance))), all);
        prop_assert_eq!(total(&mut found.clients.iter().flat_map(|client| &client.services).map(|of| sums(&of.balance))), all);
        prop_assert_eq!(total(&mut found.providers.iter().map(|of| sums(&of.balance))), all);
        prop_assert_eq!(total(&mut found.service_types.iter().map(|of| sums(&of.balance))), all);
        let outcomes = found.outcomes.iter().map(|of| (of.planned_units.get(), of.actual_units.get()));
        prop_assert_eq!(total(&mut outcomes.into_iter()), all);
        let visits: u32 = found.outcomes.iter().map(|of| of.visits).sum();
        prop_assert_eq!(visits as usize, found.visits().count());
        // Without per-diem rows the units are those of the rows.
        if planned.iter().all(|row| row.per_diem_days.is_blank()) {
            let units: i32 = planned.iter().map(|row| row.units.get().unwrap() * row.service_count.get().unwrap()).sum();
            prop_assert_eq!(all.0, units as u64);
        }
    }

    #[test]
    fn what_is_held_against_itself_is_as_planned(planned in vec(any_row(), 0..20), minutes in 0_u16..12) {
        let found = within(&planned, &planned, minutes);
        prop_assert!(!found.differs(), "{}", found.text(Lang::English, Masking::Masked));
    }
}

#[test]
fn outcomes_have_names_in_both_languages() {
    for outcome in VisitOutcome::ALL {
        assert_ne!(outcome.name_in(Lang::Japanese), outcome.name_in(Lang::English));
        assert_eq!(outcome.name_in(Lang::Japanese), outcome.label());
    }
}
