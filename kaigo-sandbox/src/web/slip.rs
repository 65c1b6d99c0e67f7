//! The monthly slip (サービス利用票) as the calendar that people know from paper: for each service a row of planned and,
//! below it, one of actual visits, a column a day.

use std::collections::BTreeMap;

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use kaigo_core::calendar::{ClockTime, Month};
use kaigo_core::care::{Visit as Compared, VisitOutcome, compare_visits};
use kaigo_core::exchange::{CheckOptions, Unit};
use kaigo_core::ident::OfficeNumber;
use kaigo_core::platform::provisional::Transfer;
use kaigo_core::record::{AnyRecord as _, Record as _, Records, ServiceSlip};
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
    let actual = |actual: &&Candidate| json!({ "office": actual.transfer.sender_office, "at": actual.transfer.accepted_at });
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

/// One table a client, one pair of rows a service and office. Of offices that reported no actuals nothing is said to
/// differ.
fn clients(
    visit: &Visit,
    planned: &[ServiceSlip<'_>],
    given: &[ServiceSlip<'_>],
    reported: &[OfficeNumber],
) -> Value {
    type Client = (String, String, Option<Month>);
    let mut clients: BTreeMap<Client, BTreeMap<(String, String, String), Vec<Compared<'_, '_>>>> =
        BTreeMap::new();
    for compared in compare_visits(planned, given) {
        let Some(slip) = compared.slip() else { continue };
        let text = |no: usize| slip.value(no).map(|value| value.to_text()).unwrap_or_default();
        let client = (text(2), text(3), slip.target_month.get());
        // A visit that was moved stays in the row of the time at which it was planned.
        let time = times(compared.planned.unwrap_or(slip));
        let service = (time, text(SERVICE_CODE), text(OFFICE));
        clients.entry(client).or_default().entry(service).or_default().push(compared);
    }
    clients
        .into_iter()
        .filter_map(|((insurer, insured, month), services)| {
            let month = month?;
            let rows: Vec<_> = services.into_iter().map(|((time, code, office), visits)| {
                let slip = visits.iter().find_map(Compared::slip);
                let name = slip.map(|slip| service_name(visit, slip));
                let office_name = slip.and_then(|slip| slip.value(OFFICE_NAME)).map(|name| name.to_text());
                json!({ "time": time, "code": code, "office": office, "office_name": office_name, "name": name, "reported": reported.iter().any(|known| known.as_str() == office), "days": days(month, &visits),
                    "planned": count(&visits, |v| v.planned), "actual": count(&visits, |v| v.actual) })
            }).collect();
            let head: Vec<_> = (1..=month.days()).filter_map(|day| {
                let date = kaigo_core::calendar::Date::new(month.year(), month.month_of_year(), day)?;
                // 1 January 1970 was a Thursday.
                let weekday = (date.to_epoch_day() + 4).rem_euclid(7) as usize;
                let name = if visit.lang == kaigo_core::report::Lang::Japanese {
                    ["日", "月", "火", "水", "木", "金", "土"][weekday]
                } else {
                    ["Su", "Mo", "Tu", "We", "Th", "Fr", "Sa"][weekday]
                };
                Some(json!({ "day": day, "weekday": name, "rest": weekday == 0, "saturday": weekday == 6 }))
            }).collect();
            Some(json!({ "insurer": insurer, "insured": insured, "month": month.to_string(), "head": head, "rows": rows }))
        })
        .collect()
}

/// The fields of a slip, by their official numbers.
const OFFICE: usize = 20;
const SERVICE_CODE: usize = 15;
const OFFICE_NAME: usize = 21;

fn service_name(visit: &Visit, slip: &ServiceSlip<'_>) -> String {
    let service =
        slip.service_code.get().and_then(|code| kaigo_core::code::ServiceType::of(code.service_type()));
    match service {
        Some(service) if visit.lang == kaigo_core::report::Lang::Japanese => service.name_ja.to_owned(),
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

fn count<'v>(
    visits: &[Compared<'v, 'v>],
    of: impl Fn(&Compared<'v, 'v>) -> Option<&'v ServiceSlip<'v>>,
) -> i32 {
    visits.iter().filter_map(of).map(|slip| slip.service_count.get().unwrap_or(1)).sum()
}

/// What stands in the columns of a month's days: how often it was planned and given, and what became of it.
fn days(month: Month, visits: &[Compared<'_, '_>]) -> Value {
    let cell = |day: i8| {
        let of_day: Vec<_> = visits
            .iter()
            .filter(|visit| {
                let date = visit.slip().and_then(|slip| slip.service_date.get());
                date.is_some_and(|date| month.contains(date) && date.day() == day)
            })
            .collect();
        let times_of = |of: fn(&&Compared<'_, '_>) -> Option<i32>| -> Option<i32> {
            let counts: Vec<_> = of_day.iter().filter_map(|visit| of(visit)).collect();
            (!counts.is_empty()).then(|| counts.iter().sum())
        };
        let outcome =
            of_day.iter().map(|visit| visit.outcome).find(|outcome| *outcome != VisitOutcome::AsPlanned);
        json!({
            "planned": times_of(|visit| visit.planned.map(|slip| slip.service_count.get().unwrap_or(1))),
            "actual": times_of(|visit| visit.actual.map(|slip| slip.service_count.get().unwrap_or(1))),
            "outcome": outcome.map(VisitOutcome::name),
            "times": of_day.iter().filter(|visit| visit.outcome == VisitOutcome::Moved)
                .filter_map(|visit| visit.actual).map(times).collect::<Vec<_>>(),
        })
    };
    (1..=month.days()).map(cell).collect()
}
