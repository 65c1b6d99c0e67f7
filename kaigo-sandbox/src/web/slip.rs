//! The monthly slip (サービス利用票) as the calendar that people know from paper: for each service a row of planned and,
//! below it, one of actual visits, a column a day.

use std::collections::BTreeMap;

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use kaigo_core::calendar::{ClockTime, Month};
use kaigo_core::care::{Visit as Compared, VisitOutcome, compare_visits};
use kaigo_core::code::ServiceType;
use kaigo_core::exchange::{CheckOptions, Unit};
use kaigo_core::ident::OfficeNumber;
use kaigo_core::platform::provisional::Transfer;
use kaigo_core::record::{AnyRecord as _, Record as _, Records, ServiceSlip};
use kaigo_core::report::Lang;
use serde_json::{Value, json};

use super::exchange::{all, content};
use super::view::Shown;
use super::visit::{Told, Visit};
use crate::call::Call;

const PLAN: &str = "UPPLAN_";
const ACTUALS: &str = "UPJSK_";

/// A transfer that may be looked at, and where it is fetched.
struct Candidate {
    transfer: Transfer,
    from: Call,
}

impl Candidate {
    /// The month in the name of its file of that kind; `None` where it has none.
    fn month(&self, kind: &str) -> Option<&str> {
        self.transfer.file_names.iter().find_map(|name| name.strip_prefix(kind)?.split('_').next())
    }
}

pub(super) fn calendar(visit: &Visit) -> Result<Shown, Told> {
    let mut candidates = Vec::new();
    for (list, from) in [(Call::Received, Call::Fetch), (Call::Sent, Call::FetchSent)] {
        candidates.extend(all(visit, list)?.into_iter().map(|transfer| Candidate { transfer, from }));
    }
    candidates.sort_by(|a, b| b.transfer.accepted_at.cmp(&a.transfer.accepted_at));
    let plans: Vec<_> = candidates.iter().filter(|candidate| candidate.month(PLAN).is_some()).collect();
    let asked = visit.query.get("plan").map(String::as_str);
    let plan = plans.iter().copied().find(|plan| asked.is_none_or(|id| plan.transfer.id == id));
    let month = plan.and_then(|plan| plan.month(PLAN));

    // Of the month the last word of each office.
    let mut actuals: Vec<&Candidate> = Vec::new();
    for candidate in
        candidates.iter().filter(|candidate| month.is_some() && candidate.month(ACTUALS) == month)
    {
        if actuals.iter().all(|newer| newer.transfer.sender_office != candidate.transfer.sender_office) {
            actuals.push(candidate);
        }
    }
    let (mut planned, mut given) = (Vec::new(), Vec::new());
    if let Some(plan) = plan {
        planned = slips(visit, plan)?;
    }
    for actual in &actuals {
        given.extend(slips(visit, actual)?);
    }
    let reported: Vec<_> = actuals.iter().map(|actual| actual.transfer.sender_office).collect();
    let option = |candidate: &&Candidate| {
        let Transfer { id, sender_office, receiver_office, accepted_at, .. } = &candidate.transfer;
        json!({
            "id": id, "chosen": plan.is_some_and(|plan| plan.transfer.id == *id),
            "label": format!("{} {sender_office} → {receiver_office}", candidate.month(PLAN).unwrap_or_default()),
            "at": accepted_at,
        })
    };
    let actual = |actual: &&Candidate| {
        let Transfer { sender_office, accepted_at, .. } = &actual.transfer;
        json!({ "office": sender_office, "at": accepted_at })
    };
    let context = json!({
        "plans": plans.iter().map(option).collect::<Value>(),
        "actuals": actuals.iter().map(actual).collect::<Value>(),
        "clients": clients(visit, &planned, &given, &reported),
    });
    Ok(Shown::Page("slip.html", context))
}

fn slips(visit: &Visit, candidate: &Candidate) -> Result<Vec<ServiceSlip<'static>>, Told> {
    let content = content(visit, candidate.from, &candidate.transfer.id)?;
    let files = content.files.into_iter().filter_map(|file| {
        let wanted = file.name.starts_with(PLAN) || file.name.starts_with(ACTUALS);
        Some((file.name, BASE64_STANDARD.decode(file.content_base64).ok()?)).filter(|_| wanted)
    });
    let Some(unit) = Unit::new(files) else { return Ok(Vec::new()) };
    let mut slips = Vec::new();
    // What does not conform was told at the upload; what can be read is shown.
    for file in unit.read(&CheckOptions::tolerant()) {
        if let Some(Records::SlipPlan(rows) | Records::SlipActuals(rows)) = file.records {
            slips.extend(rows.into_iter().map(ServiceSlip::into_owned));
        }
    }
    Ok(slips)
}

/// A client's month: insurer, insured person, month.
type Client = (String, String, Option<Month>);
/// A row of a slip: time, service code, office.
type Service = (String, String, String);

/// The fields of a slip, by their official numbers.
const INSURER: usize = 2;
const INSURED: usize = 3;
const SERVICE_CODE: usize = 15;
const OFFICE: usize = 20;
const OFFICE_NAME: usize = 21;

fn text(slip: &ServiceSlip<'_>, no: usize) -> String {
    slip.value(no).map(|value| value.to_text()).unwrap_or_default()
}

/// One table a client, one pair of rows a service and office. Of offices that reported no actuals nothing is said to
/// differ.
fn clients(
    visit: &Visit,
    planned: &[ServiceSlip<'_>],
    given: &[ServiceSlip<'_>],
    reported: &[OfficeNumber],
) -> Value {
    let mut clients: BTreeMap<Client, BTreeMap<Service, Vec<Compared<'_, '_>>>> = BTreeMap::new();
    for compared in compare_visits(planned, given) {
        let Some(slip) = compared.slip() else { continue };
        let client = (text(slip, INSURER), text(slip, INSURED), slip.target_month.get());
        // A visit that was moved stays in the row of the time at which it was planned.
        let time = times(compared.planned.unwrap_or(slip));
        let service = (time, text(slip, SERVICE_CODE), text(slip, OFFICE));
        clients.entry(client).or_default().entry(service).or_default().push(compared);
    }
    let client =
        |((insurer, insured, month), services): (Client, BTreeMap<Service, Vec<Compared<'_, '_>>>)| {
            let month = month?;
            let rows: Vec<_> = services
                .into_iter()
                .map(|(service, visits)| row(visit, month, service, &visits, reported))
                .collect();
            let (head, month) = (head(visit, month), month.to_string());
            Some(
                json!({ "insurer": insurer, "insured": insured, "month": month, "head": head, "rows": rows }),
            )
        };
    clients.into_iter().filter_map(client).collect()
}

fn row(
    visit: &Visit,
    month: Month,
    (time, code, office): Service,
    visits: &[Compared<'_, '_>],
    reported: &[OfficeNumber],
) -> Value {
    let slip = visits.iter().find_map(Compared::slip);
    json!({
        "time": time,
        "code": code,
        "name": slip.map(|slip| service_name(visit, slip)),
        "reported": reported.iter().any(|known| known.as_str() == office),
        "office": office,
        "office_name": slip.map(|slip| text(slip, OFFICE_NAME)),
        "days": days(month, visits),
        "planned": count(visits.iter().filter_map(|visit| visit.planned)),
        "actual": count(visits.iter().filter_map(|visit| visit.actual)),
    })
}

/// The days of a month with their weekdays.
fn head(visit: &Visit, month: Month) -> Value {
    const JA: [&str; 7] = ["日", "月", "火", "水", "木", "金", "土"];
    const EN: [&str; 7] = ["Su", "Mo", "Tu", "We", "Th", "Fr", "Sa"];
    let names = if visit.lang == Lang::Japanese { JA } else { EN };
    let first = month.first_day().to_epoch_day();
    let day = |day: i8| {
        // 1 January 1970 was a Thursday.
        let weekday = (first + i32::from(day) + 3).rem_euclid(7) as usize;
        json!({ "day": day, "weekday": names[weekday], "rest": weekday == 0, "saturday": weekday == 6 })
    };
    (1..=month.days()).map(day).collect()
}

fn service_name(visit: &Visit, slip: &ServiceSlip<'_>) -> String {
    let service = slip.service_code.get().and_then(|code| ServiceType::of(code.service_type()));
    match service {
        Some(service) if visit.lang == Lang::Japanese => service.name_ja.to_owned(),
        _ => slip.service_code.get().map(|code| code.service_type().to_string()).unwrap_or_default(),
    }
}

/// From when to when; nothing where the service has no time of day.
fn times(slip: &ServiceSlip<'_>) -> String {
    match (slip.service_start_time.get(), slip.service_end_time.get()) {
        (Some(from @ ClockTime::At { .. }), Some(to)) => format!("{from}–{to}"),
        _ => String::new(),
    }
}

/// How often all in all.
fn count<'s, 'a: 's>(slips: impl Iterator<Item = &'s ServiceSlip<'a>>) -> i32 {
    slips.map(|slip| slip.service_count.get().unwrap_or(1)).sum()
}

/// What stands in the columns of a month's days: how often it was planned and given, and what became of it.
fn days(month: Month, visits: &[Compared<'_, '_>]) -> Value {
    let cell = |day: i8| {
        let is_of_day = |slip: &ServiceSlip<'_>| {
            slip.service_date.get().is_some_and(|date| month.contains(date) && date.day() == day)
        };
        let of_day: Vec<_> = visits.iter().filter(|visit| visit.slip().is_some_and(is_of_day)).collect();
        let planned: Vec<_> = of_day.iter().filter_map(|visit| visit.planned).collect();
        let actual: Vec<_> = of_day.iter().filter_map(|visit| visit.actual).collect();
        let differs = |visit: &&&Compared<'_, '_>| visit.outcome != VisitOutcome::AsPlanned;
        let moved = of_day.iter().filter(|visit| visit.outcome == VisitOutcome::Moved);
        json!({
            "planned": (!planned.is_empty()).then(|| count(planned.into_iter())),
            "actual": (!actual.is_empty()).then(|| count(actual.into_iter())),
            "outcome": of_day.iter().find(differs).map(|visit| visit.outcome.name()),
            "times": moved.filter_map(|visit| visit.actual).map(times).collect::<Vec<_>>(),
        })
    };
    (1..=month.days()).map(cell).collect()
}
