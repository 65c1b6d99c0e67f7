//! From a plan to actuals, corrections and deletions, as a service office does it.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod common;

use std::sync::LazyLock;

use common::{sample, source};
use kaigo_core::calendar::{ClockTime, Date, Month};
use kaigo_core::care::{Actuals, ActualsDraft, DraftError, MonthlySlip, VisitId, VisitState};
use kaigo_core::exchange::{CheckOptions, Client, Inbox, Party, Sequence, Unit, UnitKind, gather};
use kaigo_core::record::{FileKind, Record, Records, ServiceSlip};
use kaigo_core::text::Text;
use proptest::prelude::*;

static JULY: LazyLock<Month> = LazyLock::new(|| Month::new(2026, 7).unwrap());

fn day(day: i8) -> Date {
    Date::new(2026, 7, day).unwrap()
}

fn at(hour: u8, minute: u8) -> ClockTime {
    ClockTime::At { hour, minute }
}

fn care_office() -> Party {
    Party { office: "1371249069".parse().unwrap(), service_type: Some("43".parse().unwrap()) }
}

/// The rows of another writer's plan.
fn plan() -> Vec<ServiceSlip<'static>> {
    let options = CheckOptions::default();
    let units = gather(source(&sample("monthly")), &options).units;
    let file =
        units[0].read(&options).into_iter().find(|file| file.kind() == Some(FileKind::SlipPlan)).unwrap();
    match file.records.unwrap().into_owned() {
        Records::SlipPlan(slips) => slips,
        other => panic!("{:?}", other.kind()),
    }
}

fn draft_of(plan: &[ServiceSlip<'static>]) -> ActualsDraft {
    ActualsDraft::of_plan(
        plan,
        "1373350030".parse().unwrap(),
        care_office(),
        *JULY,
        Date::new(2026, 8, 3).unwrap(),
    )
}

/// Sequence numbers from that second on.
fn from(second: i64) -> impl FnMut() -> kaigo_core::Result<Sequence> {
    let start: jiff::Timestamp = "2026-08-03T00:00:00Z".parse().unwrap();
    let mut next = start + jiff::SignedDuration::from_secs(second);
    move || {
        next += jiff::SignedDuration::from_secs(1);
        Ok(Sequence::at(next))
    }
}

fn names(units: &[Unit]) -> Vec<&str> {
    units.iter().flat_map(|unit| unit.files()).map(|file| file.name()).collect()
}

#[track_caller]
fn conforms(units: &[Unit]) {
    for unit in units {
        let report = unit.check(&CheckOptions::default());
        assert!(report.is_empty(), "{:?}", report.findings());
    }
}

#[test]
fn a_plan_becomes_one_file_for_each_service_type() {
    let draft = draft_of(&plan());
    assert!(draft.visits().all(|(_, visit)| visit.state() == VisitState::AsPlanned));
    let units = draft.to_units(&mut from(0)).unwrap();
    assert_eq!(
        names(&units),
        [
            "UPJSK_202607_1373350030_11_1371249069_43_20260803090001.CSV",
            "UPJSK_202607_1373350030_17_1371249069_43_20260803090002.CSV",
        ]
    );
    assert!(units.iter().all(|unit| unit.kind() == Some(UnitKind::Actuals)));
    conforms(&units);
    // Who made the rows, and when, is the office.
    let first = draft.rows().next().unwrap();
    assert_eq!(first.created_on.get(), Date::new(2026, 8, 3));
    assert_eq!(first.updated_by_office_number, first.office_number);
    // As the unit came, it says by itself from whom to whom.
    let options = CheckOptions::default();
    let plan_unit = &gather(source(&sample("monthly")), &options).units[0];
    assert_eq!(ActualsDraft::of_unit(plan_unit, Date::new(2026, 8, 3).unwrap()).unwrap(), draft);
    assert_eq!(ActualsDraft::of_unit(&units[0], day(1)), Err(DraftError::Plan));
    // Slips of the software's own make the same draft, and the draft months of actuals.
    let (slips, _) = MonthlySlip::from_rows(&plan(), &[], &[]);
    let (office, made_on) = ("1373350030".parse().unwrap(), Date::new(2026, 8, 3).unwrap());
    assert_eq!(ActualsDraft::of_slips(&slips, office, care_office(), *JULY, made_on), draft);
    let actuals = draft.actuals();
    assert_eq!(actuals.len(), 3);
    assert!(Actuals::to_rows(&actuals).iter().eq(draft.rows()));
    // Other providers of the plan are not the office's to report.
    assert!(draft.rows().all(|row| row.office_number == first.office_number));
}

#[test]
fn visits_are_moved_cancelled_recounted_recoded_and_added() {
    let mut draft = draft_of(&plan());
    let code = "111111".parse().unwrap();
    draft.cancel(VisitId(0)).unwrap();
    draft.move_to(VisitId(1), day(6), at(10, 0), at(10, 30)).unwrap();
    draft.recount(VisitId(2), code, 2).unwrap();
    draft.recode(VisitId(3), code, "112411".parse().unwrap(), 387).unwrap();
    let added = draft.add_like(VisitId(4), day(31), at(9, 0), at(9, 30)).unwrap();
    let states: Vec<_> = draft.visits().map(|(_, visit)| visit.state()).collect();
    assert_eq!(
        states[..5],
        [
            VisitState::Cancelled,
            VisitState::Changed,
            VisitState::Changed,
            VisitState::Changed,
            VisitState::AsPlanned
        ]
    );
    assert_eq!(
        draft.visits().last().map(|(id, visit)| (id, visit.state())),
        Some((added, VisitState::Added))
    );
    let rows: Vec<_> = draft.rows().collect();
    assert_eq!(rows[0].service_date.get(), Some(day(6)));
    assert_eq!(rows[1].service_count.get(), Some(2));
    assert_eq!((rows[2].service_code.get(), rows[2].units.get()), ("112411".parse().ok(), Some(387)));
    conforms(&draft.to_units(&mut from(0)).unwrap());
    draft.restore(VisitId(0)).unwrap();
    assert_eq!(draft.rows().next().unwrap().service_date.get(), Some(day(1)));
}

#[test]
fn add_ons_move_and_go_with_their_service() {
    let mut plan = plan();
    let mut add_on = plan[0].clone();
    assert!(add_on.set(15, Text::from("114000")) && add_on.set(8, Text::from("100")));
    // By lines of the form, the add-on stands far from its service.
    plan.push(add_on);
    let mut draft = draft_of(&plan);
    let (id, visit) = draft.visits().next().unwrap();
    assert_eq!(visit.rows().len(), 2);
    draft.move_to(id, day(2), at(4, 0), at(4, 30)).unwrap();
    let moved = draft.rows().filter(|row| row.service_start_time.get() == Some(at(4, 0))).count();
    assert_eq!(moved, 2);
    draft.cancel(id).unwrap();
    assert!(draft.rows().all(|row| row.service_start_time.get() != Some(at(4, 0))));
    conforms(&draft.to_units(&mut from(0)).unwrap());
}

#[test]
fn what_makes_no_sense_is_refused_and_changes_nothing() {
    let mut draft = draft_of(&plan());
    let before = draft.clone();
    let (code, other) = ("111111".parse().unwrap(), "151341".parse().unwrap());
    let august = Date::new(2026, 8, 1).unwrap();
    let refused = [
        draft.cancel(VisitId(9999)),
        draft.move_to(VisitId(0), august, at(9, 0), at(9, 30)),
        draft.move_to(VisitId(0), day(1), at(9, 0), ClockTime::NotShown),
        draft.recount(VisitId(0), code, 0),
        draft.recount(VisitId(0), code, 100),
        draft.recount(VisitId(0), other, 1),
        draft.recode(VisitId(0), code, other, 1_000_000),
        draft.add_like(VisitId(0), august, at(9, 0), at(9, 30)).map(drop),
        draft.add(ServiceSlip::default()).map(drop),
    ];
    use DraftError::{Count, Day, NoService, NoVisit, Row, Times, Units};
    let expected = [NoVisit, Day, Times, Count, Count, NoService, Units, Day, Row].map(Err);
    assert_eq!(refused, expected);
    assert_eq!(draft, before);
    let error = kaigo_core::Error::from(NoVisit);
    assert_eq!(error.code(), "draft.visit");
}

#[test]
fn a_correction_resends_all_sites_of_the_client_and_deletes_what_is_gone() {
    let mut plan = plan();
    // The first client is also visited by a satellite.
    let mut satellite = plan[0].clone();
    assert!(satellite.set(22, Text::from("1")) && satellite.set(10, Text::from("20260702")));
    plan.push(satellite);
    let mut draft = draft_of(&plan);
    let sent: Vec<_> = draft.rows().cloned().collect();
    // The same says nothing new.
    let nothing = draft.corrections(&sent, &mut from(0)).unwrap();
    assert!(nothing.actuals.is_empty() && nothing.deletions.is_empty());
    // Nor do rows of another month that the receiver holds.
    let mut of_august = sent.clone();
    for row in &mut of_august {
        assert!(row.set(5, Text::from("202608")));
    }
    let both: Vec<_> = sent.iter().chain(&of_august).cloned().collect();
    let nothing = draft.corrections(&both, &mut from(0)).unwrap();
    assert!(nothing.actuals.is_empty() && nothing.deletions.is_empty());
    // One visit of the first client, and all equipment of the second, are gone.
    draft.cancel(VisitId(0)).unwrap();
    let second = plan
        .iter()
        .find(|slip| slip.insured_number != plan[0].insured_number)
        .unwrap()
        .insured_number
        .clone();
    let equipment: Vec<VisitId> = draft
        .visits()
        .filter(|(_, visit)| {
            let row = &visit.rows()[0];
            row.insured_number == second && row.service_code.get().unwrap().service_type().as_str() == "17"
        })
        .map(|(id, _)| id)
        .collect();
    assert_eq!(equipment.len(), 2);
    for id in equipment {
        draft.cancel(id).unwrap();
    }
    let corrections = draft.corrections(&sent, &mut from(0)).unwrap();
    assert_eq!(names(&corrections.actuals), ["UPJSK_202607_1373350030_11_1371249069_43_20260803090001.CSV"]);
    assert_eq!(
        names(&corrections.deletions),
        ["DLTJSK_202607_1373350030_17_1371249069_43_20260803090002.CSV"]
    );
    conforms(&corrections.actuals);
    conforms(&corrections.deletions);
    let options = CheckOptions::default();
    let files = corrections.actuals[0].read(&options);
    let Some(Records::SlipActuals(rows)) = &files[0].records else { panic!("no actuals") };
    assert!(rows.iter().all(|row| row.insured_number == plan[0].insured_number));
    assert!(rows.iter().any(|row| !row.satellite_no.is_blank()));
    let own = sent.iter().filter(|row| row.insured_number == plan[0].insured_number);
    let own = own.filter(|row| row.service_code.get().unwrap().service_type().as_str() == "11").count();
    assert_eq!(rows.len(), own - 1);
}

/// What the care-management office holds of a client, in an order of its own.
fn held(inbox: &Inbox, client: Client) -> Vec<Vec<String>> {
    let mut rows: Vec<_> = inbox.actuals(client, *JULY).map(|row| common::row_texts(row)).collect();
    rows.sort();
    rows
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn after_the_corrections_the_receiver_holds_the_draft(
        edits in proptest::collection::vec((0_usize..60, 0_u8..5, 1_i8..=31), 0..80)
    ) {
        let options = CheckOptions::default();
        let mut draft = draft_of(&plan());
        let mut inbox = Inbox::default();
        inbox.apply_all(&draft.to_units(&mut from(0)).unwrap(), &options);
        let sent: Vec<_> = draft.rows().cloned().collect();
        for (visit, edit, on) in edits {
            let id = VisitId(visit);
            // What there is no such visit for is refused, and changes nothing.
            let _ = match edit {
                0 => draft.cancel(id),
                1 => draft.restore(id),
                2 => draft.move_to(id, day(on), at(9, 0), at(9, 30)),
                3 => draft.add_like(id, day(on), at(14, 0), at(14, 30)).map(drop),
                _ => draft.recount(id, "111111".parse().unwrap(), i32::from(on)),
            };
        }
        let corrections = draft.corrections(&sent, &mut from(3600)).unwrap();
        let units: Vec<_> = corrections.actuals.iter().chain(&corrections.deletions).collect();
        let report = inbox.apply_all(units, &options);
        prop_assert!(report.is_empty(), "{:?}", report.findings());
        for row in &plan() {
            let client = Client { insurer: row.insurer_number.get().unwrap(), insured: row.insured_number.get().unwrap() };
            let mut expected: Vec<_> = draft
                .rows()
                .filter(|own| own.insured_number == row.insured_number)
                .map(|own| common::row_texts(own))
                .collect();
            expected.sort();
            prop_assert_eq!(held(&inbox, client), expected);
        }
    }
}
