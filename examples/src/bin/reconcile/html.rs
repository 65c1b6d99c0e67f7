//! The calendar sheet that people know from paper: 第6表 with planned above actual, a column a day.

use kaigo_core::calendar::{ClockTime, Month};
use kaigo_core::care::{Balance, CalendarRow, ClientReconciliation, Reconciliation, VisitOutcome};
use kaigo_core::code::{CodeList as _, ServiceType};
use kaigo_core::report::{Lang, Masking};
use minijinja::value::Serde;
use minijinja::{AutoEscape, Environment};
use serde_json::{Value, json};

/// One page with all clients, which needs nothing but itself.
pub fn page(found: &Reconciliation, lang: Lang, masking: Masking) -> Result<String, minijinja::Error> {
    let mut templates = Environment::new();
    templates.set_auto_escape_callback(|_| AutoEscape::Html);
    templates.add_template("calendar.html", include_str!("calendar.html"))?;
    let ja = lang == Lang::Japanese;
    templates.add_function("t", move |japanese: String, english: String| if ja { japanese } else { english });
    templates.get_template("calendar.html")?.render(Serde(context(found, lang, masking)))
}

fn context(found: &Reconciliation, lang: Lang, masking: Masking) -> Value {
    let client = |(number, client): (usize, &ClientReconciliation)| {
        json!({
            "number": number,
            "insured": (masking == Masking::Shown).then(|| client.insured_number.as_str()),
            "insurer": client.insurer_number,
            "month": client.target_month.to_string(),
            "head": head(client.target_month, lang),
            "rows": client.calendar().iter().map(|calendar| row(found, calendar, lang, masking)).collect::<Value>(),
            "balance": balance(&client.balance, lang),
        })
    };
    let legend: Value = VisitOutcome::ALL
        .iter()
        .filter(|outcome| **outcome != VisitOutcome::AsPlanned)
        .map(|outcome| json!({ "code": outcome.code(), "name": outcome.name_in(lang), "mark": mark(*outcome) }))
        .collect();
    let outcomes: Value = found
        .outcomes
        .iter()
        .map(|total| json!({ "name": total.outcome.name_in(lang), "visits": total.visits }))
        .collect();
    json!({
        "lang": if lang == Lang::Japanese { "ja" } else { "en" },
        "tolerance": found.tolerance_minutes,
        "clients": (1..).zip(&found.clients).map(client).collect::<Value>(),
        "legend": legend,
        "outcomes": outcomes,
        "balance": balance(&found.balance, lang),
        "uncompared": found.uncompared.len(),
    })
}

/// A sign beside the colour, which not everybody sees and no black-and-white printer prints.
fn mark(outcome: VisitOutcome) -> &'static str {
    match outcome {
        VisitOutcome::AsPlanned => "",
        VisitOutcome::Cancelled => "×",
        VisitOutcome::Moved => "→",
        VisitOutcome::Added => "＋",
        VisitOutcome::ChangedCode => "換",
        VisitOutcome::ChangedCount => "≠",
        VisitOutcome::Ambiguous => "?",
        VisitOutcome::NotReported => "…",
    }
}

fn row(found: &Reconciliation, row: &CalendarRow, lang: Lang, masking: Masking) -> Value {
    let provider = found.providers.iter().find(|provider| provider.office_number == row.office_number);
    let office_name = provider.and_then(|provider| provider.office_name.as_ref());
    let service = ServiceType::of(row.service_code.service_type());
    let days = row.days.iter().map(|day| {
        let moved_to: Vec<_> =
            day.moved_to.iter().map(|(date, start, end)| format!("{date} {}", times(*start, *end))).collect();
        let title = day.outcome.map(|outcome| format!("{} {}", outcome.name_in(lang), moved_to.join(" ")));
        json!({
            "planned": day.planned,
            "actual": day.actual,
            "outcome": day.outcome.map(|outcome| outcome.code()),
            "mark": day.outcome.map(mark),
            "title": title.map(|title| title.trim_end().to_owned()),
        })
    });
    json!({
        "time": times(row.start, row.end),
        "code": row.service_code,
        "name": service.filter(|_| lang == Lang::Japanese).map(|service| service.name_ja),
        "office": row.office_number,
        "office_name": office_name.filter(|_| masking == Masking::Shown).map(|name| name.as_str()),
        "days": days.collect::<Value>(),
        "planned": row.planned(),
        "actual": row.actual(),
    })
}

fn times(start: ClockTime, end: ClockTime) -> String {
    match start {
        ClockTime::At { .. } => format!("{start}–{end}"),
        ClockTime::NotShown => String::new(),
    }
}

/// The days of a month with their weekdays.
fn head(month: Month, lang: Lang) -> Value {
    const JA: [&str; 7] = ["日", "月", "火", "水", "木", "金", "土"];
    const EN: [&str; 7] = ["Su", "Mo", "Tu", "We", "Th", "Fr", "Sa"];
    let names = if lang == Lang::Japanese { JA } else { EN };
    let first = month.first_day();
    (1..=month.days())
        .map(|day| {
            let weekday = first.plus_days((day - 1).into()).map_or(0, |date| date.weekday_from_sunday());
            let class = ["rest", "", "", "", "", "", "saturday"][weekday];
            json!({ "day": day, "weekday": names[weekday], "class": class })
        })
        .collect()
}

fn balance(balance: &Balance, lang: Lang) -> Value {
    let left_out = balance
        .yen_left_out
        .map(|reason| if lang == Lang::Japanese { reason.label() } else { reason.english() });
    let signed = |more: Option<u64>, fewer: Option<u64>| match (more, fewer) {
        (Some(more), _) => format!("+{more}"),
        (_, Some(fewer)) => format!("−{fewer}"),
        _ => "±0".to_owned(),
    };
    json!({
        "planned_units": balance.planned_units.get(),
        "actual_units": balance.actual_units.get(),
        "units": signed(balance.more_units.map(|units| units.get()), balance.fewer_units.map(|units| units.get())),
        "planned_yen": balance.planned_yen.map(|yen| yen.get()),
        "actual_yen": balance.actual_yen.map(|yen| yen.get()),
        "yen": signed(balance.more_yen.map(|yen| yen.get()), balance.fewer_yen.map(|yen| yen.get())),
        "left_out": left_out,
    })
}
