//! The monthly slip (サービス利用票) as the calendar that people know from paper: for each service a row of planned and,
//! below it, one of actual visits, a column a day.

use std::collections::BTreeMap;

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use kaigo_core::calendar::{ClockTime, Month};
use kaigo_core::care::{CalendarRow, ClientReconciliation, Tolerance, VisitOutcome, reconcile};
use kaigo_core::code::CodeList as _;
use kaigo_core::code::ServiceType;
use kaigo_core::exchange::{CheckOptions, Unit};
use kaigo_core::ident::OfficeNumber;
use kaigo_core::platform::provisional::Transfer;
use kaigo_core::record::{Record as _, Records, ServiceSlip};
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

/// The names of providers, by their numbers.
type Names = BTreeMap<OfficeNumber, String>;

/// One table a client, one pair of rows a service and office. Of offices that reported no actuals nothing is said to
/// differ.
fn clients(
    visit: &Visit,
    planned: &[ServiceSlip<'_>],
    given: &[ServiceSlip<'_>],
    reported: &[OfficeNumber],
) -> Value {
    let found = reconcile(planned, given, &Tolerance::default());
    let names = found.providers.iter().filter_map(|provider| {
        Some((provider.office_number, provider.office_name.as_ref()?.as_str().to_owned()))
    });
    let names: Names = names.collect();
    let client = |client: &ClientReconciliation| {
        let rows = client.calendar();
        let rows: Vec<_> = rows.iter().map(|row| shown(visit, row, &names, reported)).collect();
        json!({
            "insurer": client.insurer_number,
            "insured": client.insured_number,
            "month": client.target_month.to_string(),
            "head": head(visit, client.target_month),
            "rows": rows,
        })
    };
    found.clients.iter().map(client).collect()
}

fn shown(visit: &Visit, row: &CalendarRow, names: &Names, reported: &[OfficeNumber]) -> Value {
    let days = row.days.iter().map(|day| {
        let moved_to = day.moved_to.iter().map(|(date, start, end)| format!("{date} {}", times(*start, *end)));
        json!({
            "planned": day.planned,
            "actual": day.actual,
            "outcome": day.outcome.filter(|outcome| *outcome != VisitOutcome::NotReported).map(|outcome| outcome.code()),
            "times": moved_to.collect::<Vec<_>>(),
        })
    });
    json!({
        "time": times(row.start, row.end),
        "code": row.service_code,
        "name": service_name(visit, row),
        "reported": reported.contains(&row.office_number),
        "office": row.office_number,
        "office_name": names.get(&row.office_number),
        "days": days.collect::<Value>(),
        "planned": row.planned(),
        "actual": row.actual(),
    })
}

/// The days of a month with their weekdays.
fn head(visit: &Visit, month: Month) -> Value {
    const JA: [&str; 7] = ["日", "月", "火", "水", "木", "金", "土"];
    const EN: [&str; 7] = ["Su", "Mo", "Tu", "We", "Th", "Fr", "Sa"];
    let names = if visit.lang == Lang::Japanese { JA } else { EN };
    let first = month.first_day();
    let day = |day: i8| {
        let weekday = first.plus_days((day - 1).into()).map_or(0, |date| date.weekday_from_sunday());
        json!({ "day": day, "weekday": names[weekday], "rest": weekday == 0, "saturday": weekday == 6 })
    };
    (1..=month.days()).map(day).collect()
}

fn service_name(visit: &Visit, row: &CalendarRow) -> String {
    let code = row.service_code.service_type();
    match ServiceType::of(code) {
        Some(service) if visit.lang == Lang::Japanese => service.name_ja.to_owned(),
        _ => code.to_string(),
    }
}

/// From when to when; nothing where the service has no time of day.
fn times(start: ClockTime, end: ClockTime) -> String {
    match start {
        ClockTime::At { .. } => format!("{start}–{end}"),
        ClockTime::NotShown => String::new(),
    }
}
