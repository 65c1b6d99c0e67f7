//! The reconciliation as text for people.

use std::fmt::Write as _;

use super::value::{Balance, PlanOrActual, Reconciliation, SlipVisit, VisitComparison, VisitOutcome};
use crate::code::CodeList as _;
use crate::report::{Lang, Masking};

/// Japanese, English.
fn in_lang(lang: Lang, ja: &'static str, en: &'static str) -> &'static str {
    match lang {
        Lang::Japanese => ja,
        Lang::English => en,
    }
}

impl VisitOutcome {
    /// What it is called, in the language asked for.
    pub fn name_in(self, lang: Lang) -> &'static str {
        in_lang(lang, self.label(), self.english())
    }
}

impl Reconciliation {
    /// A text for people: for each client what is not as planned, and the amounts; then those of providers, types and all.
    /// Clients are numbered, and named by their insured numbers only where these are asked for.
    pub fn text(&self, lang: Lang, masking: Masking) -> String {
        let mut out = String::new();
        for (number, client) in (1..).zip(&self.clients) {
            let name = match masking {
                Masking::Shown => format!("{} {}", client.insurer_number, client.insured_number.as_str()),
                Masking::Masked => format!("{} {number}", in_lang(lang, "利用者", "client")),
            };
            line(
                &mut out,
                format_args!("{name} {}: {}", client.target_month, amounts(&client.balance, lang)),
            );
            for visit in client.visits.iter().filter(|visit| visit.outcome != VisitOutcome::AsPlanned) {
                line(&mut out, format_args!("  {}", difference(visit, lang)));
            }
        }
        for provider in &self.providers {
            // The name of an office is free text, and may name a person.
            let name = provider.office_name.as_ref().filter(|_| masking == Masking::Shown);
            let name =
                name.map(|name| format!(" {}", name.as_str().replace(['\r', '\n'], " "))).unwrap_or_default();
            let of = in_lang(lang, "事業所", "provider");
            line(
                &mut out,
                format_args!("{of} {}{name}: {}", provider.office_number, amounts(&provider.balance, lang)),
            );
        }
        for of_type in &self.service_types {
            let of = in_lang(lang, "サービス種類", "service type");
            line(
                &mut out,
                format_args!("{of} {}: {}", of_type.service_type, amounts(&of_type.balance, lang)),
            );
        }
        for total in &self.outcomes {
            let count = in_lang(lang, "件", "visits");
            let (planned, actual) = (total.planned_units, total.actual_units);
            let name = total.outcome.name_in(lang);
            line(&mut out, format_args!("{name}: {} {count}, {planned} → {actual}", total.visits));
        }
        for uncompared in &self.uncompared {
            let side = match uncompared.side {
                PlanOrActual::Planned => in_lang(lang, "予定", "planned"),
                PlanOrActual::Actual => in_lang(lang, "実績", "actual"),
            };
            let why = in_lang(lang, "行目は対比できません", "is a row that cannot be compared");
            line(&mut out, format_args!("{side} {} {why}", uncompared.row));
        }
        let all = in_lang(lang, "合計", "total");
        line(&mut out, format_args!("{all}: {}", amounts(&self.balance, lang)));
        out
    }
}

fn line(out: &mut String, text: std::fmt::Arguments<'_>) {
    // A string takes everything.
    let _ = writeln!(out, "{text}");
}

fn difference(visit: &VisitComparison, lang: Lang) -> String {
    let mut text = visit.outcome.name_in(lang).to_owned();
    let sides = [
        (in_lang(lang, "予定", "planned"), &visit.planned),
        (in_lang(lang, "実績", "actual"), &visit.actual),
    ];
    for (side, visit) in sides {
        if let Some(visit) = visit {
            let _ = write!(text, " | {side} {}", of_visit(visit));
        }
    }
    if !visit.candidates.is_empty() {
        let candidates: Vec<String> = visit.candidates.iter().map(of_visit).collect();
        let _ = write!(text, " | {} {}", in_lang(lang, "候補", "candidates"), candidates.join(", "));
    }
    text
}

fn of_visit(visit: &SlipVisit) -> String {
    let SlipVisit { service_date, service_code, office_number, service_count, units, .. } = visit;
    let times = match (visit.service_start_time.minutes(), visit.service_end_time.minutes()) {
        (None, None) => String::new(),
        _ => format!(" {}–{}", visit.service_start_time, visit.service_end_time),
    };
    format!("{service_date}{times} {service_code} {office_number} ×{service_count} ({units})")
}

fn amounts(balance: &Balance, lang: Lang) -> String {
    let signed = |more: Option<u64>, fewer: Option<u64>| match (more, fewer) {
        (Some(more), _) => format!("+{more}"),
        (_, Some(fewer)) => format!("-{fewer}"),
        _ => "0".to_owned(),
    };
    let units = in_lang(lang, "単位", "units");
    let difference =
        signed(balance.more_units.map(|units| units.get()), balance.fewer_units.map(|units| units.get()));
    let mut text = format!("{} → {} {units} ({difference})", balance.planned_units, balance.actual_units);
    if let Some((planned, actual)) = balance.planned_yen.zip(balance.actual_yen) {
        let difference =
            signed(balance.more_yen.map(|yen| yen.get()), balance.fewer_yen.map(|yen| yen.get()));
        let _ = write!(text, ", {planned} → {actual} {} ({difference})", in_lang(lang, "円", "yen"));
    }
    if let Some(reason) = balance.yen_left_out {
        let _ = write!(text, ", {}", in_lang(lang, reason.label(), reason.english()));
    }
    text
}
