//! What a receiver holds after units came in, in whatever order.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod common;

use std::sync::LazyLock;

use common::{Csv, Files, edit, row_texts, sample};
use kaigo_core::calendar::{Date, Month};
use kaigo_core::exchange::{BasicInformationRecords, CheckOptions, Client, Inbox, Unit};
use kaigo_core::record::{AnyRecord, FileKind as K};
use kaigo_core::report::Code;
use proptest::prelude::*;

static JULY: LazyLock<Month> = LazyLock::new(|| Month::new(2026, 7).unwrap());

fn client(insurer: &str, insured: &str) -> Client {
    Client { insurer: insurer.parse().unwrap(), insured: insured.parse().unwrap() }
}

/// The client whom the deletions of the samples are about, and another.
fn clients() -> [Client; 2] {
    [client("376608", "6685370090"), client("444216", "7237784674")]
}

fn at(files: Files, sequence: &str) -> Files {
    let rename = |name: String| {
        let old = name.rsplit_once('_').unwrap().1.strip_suffix(".CSV").unwrap().to_owned();
        name.replace(&old, sequence)
    };
    files.into_iter().map(|(name, bytes)| (rename(name), bytes)).collect()
}

/// Sets a field on every row.
fn on_all(csv: &mut Csv, no: usize, value: &str) {
    for row in 1..=csv.rows.len() {
        csv.set(row, no, value);
    }
}

/// A plan of all clients made in October.
fn october_plan() -> Files {
    let kinds = [(K::CarePlan1, 14), (K::CarePlan2, 5), (K::CarePlan3, 5), (K::Supplement, 4)];
    let files = kinds
        .iter()
        .fold(sample("plan"), |files, (kind, no)| edit(files, *kind, |csv| on_all(csv, *no, "20261001")));
    at(files, "20260930120000")
}

/// The deletion of that plan, for the first client.
fn october_deletion() -> Files {
    let files = edit(sample("delete_plan"), K::DeleteCarePlan, |csv| on_all(csv, 4, "20261001"));
    at(files, "20261002120000")
}

/// July's slip again, with other units.
fn later_slip() -> Files {
    at(edit(sample("monthly"), K::SlipPlan, |csv| on_all(csv, 8, "100")), "20260701090000")
}

/// Actuals of the same office for another type of service.
fn equipment_actuals() -> Files {
    let files = edit(sample("actuals"), K::SlipActuals, |csv| {
        csv.rows.truncate(1);
        csv.set(1, 15, "171007").set(1, 16, "00001-000010");
    });
    at(
        files.into_iter().map(|(name, bytes)| (name.replace("_11_", "_17_"), bytes)).collect(),
        "20260804090000",
    )
}

fn prevention_deletion(kind: K, date: &str) -> Files {
    let name = format!("{}_1309975546_46_1373350030_A2_20260901090000.CSV", kind.name());
    vec![(name, format!("202407,376608,6685370090,{date}\r\n").into_bytes())]
}

static UNITS: LazyLock<Vec<Unit>> = LazyLock::new(|| {
    let samples = common::UNITS.iter().map(|unit| sample(unit));
    let more = [
        october_plan(),
        october_deletion(),
        later_slip(),
        equipment_actuals(),
        prevention_deletion(K::DeletePreventionPlan, "20260625"),
    ];
    samples.chain(more).map(|files| Unit::new(files).unwrap()).collect()
});

fn apply(inbox: &mut Inbox, files: &Files) -> Vec<Code> {
    let report = inbox.apply(&Unit::new(files.clone()).unwrap(), &CheckOptions::default());
    report.findings().iter().map(|finding| finding.code).collect()
}

fn inbox_of(units: &[Files]) -> Inbox {
    let mut inbox = Inbox::default();
    for unit in units {
        apply(&mut inbox, unit);
    }
    inbox
}

/// Everything that the inbox says of everybody.
fn state(inbox: &Inbox) -> Vec<Vec<String>> {
    let mut state = Vec::new();
    for client in inbox.clients() {
        let mut say = |record: &dyn AnyRecord| state.push(row_texts(record));
        if let Some(plan) = inbox.current_plan(client) {
            say(&plan.sheet1);
            plan.sheet2.iter().for_each(|row| say(row));
            plan.sheet3.iter().for_each(|row| say(row));
            plan.supplement.iter().for_each(|row| say(row));
        }
        for (_, slip) in inbox.slips(client, *JULY) {
            slip.slips.iter().for_each(|row| say(row));
            slip.annex.iter().for_each(|row| say(row));
            slip.supplement.iter().for_each(|row| say(row));
        }
        inbox.actuals(client, *JULY).for_each(|row| say(row));
        if let Some(BasicInformationRecords { basic, schedules, histories }) =
            inbox.current_basic_information(client)
        {
            say(basic);
            schedules.iter().for_each(|row| say(row));
            histories.iter().for_each(|row| say(row));
        }
        if let Some(plan) = inbox.current_prevention_plan(client) {
            say(&plan.plan);
            plan.supports.iter().for_each(|row| say(row));
        }
    }
    state
}

static IN_ORDER: LazyLock<Vec<Vec<String>>> = LazyLock::new(|| {
    let mut inbox = Inbox::default();
    inbox.apply_all(UNITS.iter(), &CheckOptions::default());
    state(&inbox)
});

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_order_of_arrival_does_not_matter(order in Just((0..UNITS.len()).collect::<Vec<_>>()).prop_shuffle()) {
        let mut inbox = Inbox::default();
        for index in order {
            inbox.apply(&UNITS[index], &CheckOptions::default());
        }
        prop_assert!(!IN_ORDER.is_empty());
        prop_assert_eq!(state(&inbox), IN_ORDER.clone());
    }
}

#[test]
fn units_are_imported_with_their_parts() {
    let inbox = inbox_of(&common::UNITS[..5].iter().map(|unit| sample(unit)).collect::<Vec<_>>());
    let [first, second] = clients();
    assert_eq!(inbox.clients().len(), 3);
    let plan = inbox.current_plan(first).unwrap();
    assert!(!plan.sheet2.is_empty() && plan.sheet3.len() == 5 && plan.supplement.is_some());
    let (_, slip) = inbox.slips(first, *JULY).next().unwrap();
    assert_eq!((slip.slips.len(), slip.annex.len(), slip.supplement.is_some()), (20, 4, true));
    assert_eq!(inbox.current_slip(first), Some(slip));
    assert!(inbox.actuals(second, *JULY).count() > 0);
    let BasicInformationRecords { schedules, histories, .. } =
        inbox.current_basic_information(first).unwrap();
    assert_eq!((schedules.len(), histories.len()), (3, 1));
    assert_eq!(inbox.current_prevention_plan(second).unwrap().supports.len(), 1);
}

#[test]
fn deleting_a_plan_takes_its_sheets_and_leaves_the_other_clients() {
    let mut inbox = inbox_of(&[sample("plan")]);
    let [first, second] = clients();
    assert_eq!(apply(&mut inbox, &sample("delete_plan")), []);
    let date = Date::new(2026, 3, 4).unwrap();
    assert!(inbox.current_plan(first).is_none() && inbox.plan(first, date).is_none());
    let plan = inbox.current_plan(second).unwrap();
    assert!(!plan.sheet2.is_empty() && !plan.sheet3.is_empty() && plan.supplement.is_some());
}

#[test]
fn deleting_a_slip_takes_its_annex_and_leaves_the_other_clients() {
    let mut inbox = inbox_of(&[sample("monthly")]);
    let [first, second] = clients();
    assert_eq!(apply(&mut inbox, &sample("delete_slip")), []);
    assert_eq!(inbox.slips(first, *JULY).count(), 0);
    assert!(inbox.current_slip(first).is_none());
    assert_eq!(inbox.slips(second, *JULY).count(), 1);
}

#[test]
fn deleting_actuals_takes_one_type_of_one_office() {
    let mut inbox = inbox_of(&[sample("actuals"), equipment_actuals()]);
    let [first, second] = clients();
    assert_eq!(apply(&mut inbox, &sample("delete_actuals")), []);
    let left: Vec<String> =
        inbox.actuals(first, *JULY).map(|slip| slip.service_code.get().unwrap().to_string()).collect();
    assert_eq!(left, ["171007"]);
    assert!(inbox.actuals(second, *JULY).count() > 0);
}

#[test]
fn deleting_the_sheets_of_prevention_takes_their_annexes() {
    let mut inbox = inbox_of(&[sample("basic"), sample("prevention")]);
    let [first, second] = clients();
    assert_eq!(apply(&mut inbox, &prevention_deletion(K::DeletePreventionPlan, "20260625")), []);
    assert_eq!(
        apply(&mut inbox, &at(prevention_deletion(K::DeleteBasicInformation, "20260620"), "20260901090001")),
        []
    );
    assert!(
        inbox.current_basic_information(first).is_none() && inbox.current_prevention_plan(first).is_none()
    );
    assert!(
        inbox.current_basic_information(second).is_some() && inbox.current_prevention_plan(second).is_some()
    );
}

#[test]
fn importing_again_warns_and_changes_nothing() {
    let mut inbox = inbox_of(&[sample("plan"), later_slip()]);
    let before = state(&inbox);
    assert_eq!(apply(&mut inbox, &sample("plan")), [Code::InboxAgain]);
    assert_eq!(apply(&mut inbox, &later_slip()), [Code::InboxAgain]);
    assert_eq!(state(&inbox), before);
}

#[test]
fn a_deleted_plan_does_not_come_back_by_importing_again() {
    let mut inbox = inbox_of(&[sample("plan"), sample("delete_plan")]);
    assert_eq!(apply(&mut inbox, &sample("plan")), [Code::InboxAgain]);
    assert!(inbox.current_plan(clients()[0]).is_none());
}

#[test]
fn an_update_replaces_without_a_deletion() {
    let mut inbox = inbox_of(&[sample("monthly")]);
    assert_eq!(apply(&mut inbox, &later_slip()), []);
    let slips: Vec<_> = inbox.slips(clients()[0], *JULY).collect();
    assert_eq!(slips.len(), 1);
    assert!(slips[0].1.slips.iter().all(|slip| slip.units.get() == Some(100)));
}

#[test]
fn one_number_of_two_senders_takes_effect_in_one_way() {
    let change = |need: &str| {
        edit(sample("prevention"), K::PreventionPlan, |csv| {
            csv.set(1, 42, format!("\"{need}\""));
        })
    };
    let renamed = |(name, bytes): (String, Vec<u8>)| (name.replace("_1309975546_", "_1371249069_"), bytes);
    let (one, other) = (change("one"), change("other").into_iter().map(renamed).collect());
    let policy = |units: [&Files; 2]| {
        let inbox = inbox_of(&units.map(Clone::clone));
        inbox
            .current_prevention_plan(clients()[0])
            .unwrap()
            .plan
            .overall_support_policy
            .decode_lossy()
            .into_owned()
    };
    assert_eq!(policy([&one, &other]), policy([&other, &one]));
}

#[test]
fn an_older_unit_warns_and_overrides_nothing() {
    let mut inbox = inbox_of(&[later_slip()]);
    let before = state(&inbox);
    assert_eq!(apply(&mut inbox, &sample("monthly")), [Code::InboxOrder]);
    assert_eq!(state(&inbox), before);
}

#[test]
fn another_senders_numbers_are_not_out_of_order() {
    let mut inbox = inbox_of(&[sample("actuals")]);
    assert_eq!(apply(&mut inbox, &sample("plan")), []);
}

#[test]
fn deleting_nothing_warns() {
    let mut inbox = Inbox::default();
    for unit in ["delete_plan", "delete_slip", "delete_actuals"] {
        assert_eq!(apply(&mut inbox, &sample(unit)), [Code::InboxNothingDeleted], "{unit}");
    }
    let prevention = prevention_deletion(K::DeletePreventionPlan, "20260625");
    assert_eq!(apply(&mut inbox, &prevention), [Code::InboxNothingDeleted]);
    let basic = at(prevention_deletion(K::DeleteBasicInformation, "20260620"), "20260901090001");
    assert_eq!(apply(&mut inbox, &basic), [Code::InboxNothingDeleted]);
    assert!(inbox.clients().is_empty());
}

#[test]
fn the_earlier_plan_is_current_again_when_the_later_one_is_deleted() {
    let mut inbox = inbox_of(&[sample("plan"), october_plan()]);
    let [first, second] = clients();
    let date = |client| inbox.current_plan(client).unwrap().sheet1.care_plan_date.get().unwrap().to_string();
    assert_eq!((date(first), date(second)), ("2026-10-01".into(), "2026-10-01".into()));
    assert_eq!(apply(&mut inbox, &october_deletion()), []);
    let date = |client| inbox.current_plan(client).unwrap().sheet1.care_plan_date.get().unwrap().to_string();
    assert_eq!((date(first), date(second)), ("2026-03-04".into(), "2026-10-01".into()));
}

/// Two offices send actuals for one client; each deletes only its own.
#[test]
fn slips_of_two_offices_stand_side_by_side() {
    let files = edit(sample("monthly"), K::SlipPlan, |_| ());
    let other: Files = files
        .into_iter()
        .map(|(name, bytes)| (name.replace("_1371249069_43_", "_1309975546_46_"), bytes))
        .collect();
    let mut inbox = inbox_of(&[sample("monthly"), other]);
    let first = clients()[0];
    assert_eq!(inbox.slips(first, *JULY).count(), 2);
    apply(&mut inbox, &sample("delete_slip"));
    let left: Vec<String> = inbox.slips(first, *JULY).map(|(office, _)| office.to_string()).collect();
    assert_eq!(left, ["1309975546"]);
}
