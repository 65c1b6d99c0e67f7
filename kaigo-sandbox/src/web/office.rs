//! What an office sees: its people, and of each what the platform shows.

use axum::http::StatusCode;
use kaigo_core::benefit::{
    CardState, Decision, EquipmentKind, EquipmentPurchase, EquipmentUse, HomeModification,
    HomeModificationUse, Reason, Tables, Yen, burden_ratio_on, card_on, equipment_purchase,
    home_modification,
};
use kaigo_core::calendar::Date;
use kaigo_core::code::ServiceType;
use kaigo_core::document::{OpenPeriod, Period, from_json};
use kaigo_core::eligibility::{
    BurdenLimitCertificate, BurdenRatio, BurdenRatioCertificate, Certification, CertificationProgress,
    ConsentScope, InsuredCard, ServiceUser, StepKind,
};
use kaigo_core::ident::{OfficeNumber, ServiceTypeCode};
use serde_json::{Value, json};

use super::view::{Shown, choices, day, label};
use super::visit::{Told, Visit};
use crate::call::Call;
use crate::clock;

/// The terminal that pages make confirmations at.
const TERMINAL: &str = "browser";

impl Visit {
    pub(super) fn today(&self) -> Result<Date, Told> {
        clock::date(self.web.app.clock.milliseconds()).ok_or(Told::FAILED)
    }

    pub(super) fn day(&self, date: Date) -> String {
        day(date, self.lang)
    }

    fn period(&self, period: Period) -> String {
        format!("{} – {}", self.day(period.from()), self.day(period.to()))
    }

    fn open_period(&self, period: OpenPeriod) -> String {
        let to = period.to().map(|to| self.day(to)).unwrap_or_default();
        format!("{} – {to}", self.day(period.from()))
    }

    fn service(&self, code: ServiceTypeCode) -> String {
        match ServiceType::of(code) {
            Some(service) if self.lang == kaigo_core::report::Lang::Japanese => {
                format!("{code} {}", service.name_ja)
            }
            _ => code.to_string(),
        }
    }

    /// Reasons of a decision, each with what it does.
    pub(super) fn reasons(&self, reasons: &[Reason]) -> Value {
        let reason = |reason: &Reason| json!({ "effect": reason.rule.effect().name(), "text": reason.text(self.lang), "rule": reason.rule.name() });
        reasons.iter().map(reason).collect()
    }
}

pub(super) fn login(visit: &Visit) -> Result<Shown, Told> {
    Ok(Shown::Page("login.html", json!({ "next": visit.next() })))
}

pub(super) fn log_in(visit: &Visit) -> Result<Shown, Told> {
    let office = visit.field("office").parse::<OfficeNumber>();
    let wrong = Told::Status(StatusCode::OK, "事業所番号は10桁です", "an office number has 10 characters");
    let done = office
        .map_err(|_| wrong)
        .and_then(|office| visit.log_in(office, visit.field("user_id"), visit.field("password")));
    match done {
        Ok(()) => Ok(Shown::Go(visit.next())),
        Err(told) => {
            Ok(Shown::Page("login.html", json!({ "next": visit.next(), "notice": visit.notice(&told) })))
        }
    }
}

pub(super) fn log_out(visit: &Visit) -> Result<Shown, Told> {
    visit.log_out();
    Ok(Shown::Go("/login".into()))
}

/// The people whom the office serves.
pub(super) fn people(visit: &Visit) -> Result<Shown, Told> {
    show_people(visit, Value::Null)
}

fn show_people(visit: &Visit, notice: Value) -> Result<Shown, Told> {
    let (mut people, mut query) = (Vec::new(), String::new());
    let mut refusal = Value::Null;
    loop {
        let page = match visit.ask(Call::Users, None, &query, None, &Value::Null) {
            Ok(page) => page,
            Err(told @ Told::Business { .. }) => {
                refusal = visit.notice(&told);
                break;
            }
            Err(told) => return Err(told),
        };
        for user in page["users"].as_array().into_iter().flatten() {
            let Ok(user) = from_json::<ServiceUser>(user.to_string().as_bytes()) else { continue };
            people.push(json!({
                "insurer": user.insurer_number.to_string(),
                "insured": user.insured_number.to_string(),
                "name": user.name.map(|name| name.as_str().to_owned()),
                "kana": user.name_kana.map(|name| name.as_str().to_owned()),
                "identity": label(&user.identity, visit.lang),
                "confirmed_on": visit.day(user.identity_confirmed_on),
                "viewing": visit.open_period(user.viewing),
            }));
        }
        match page["nextCursor"].as_str() {
            Some(cursor) => query = format!("cursor={cursor}"),
            None => break,
        }
    }
    Ok(Shown::Page("people.html", json!({ "people": people, "refusal": refusal, "notice": notice })))
}

/// Registers a person, by sight of the card or by four items.
pub(super) fn register(visit: &Visit) -> Result<Shown, Told> {
    let (insurer, insured) = (visit.field("insurer"), visit.field("insured"));
    let done = if visit.field("by") == "sight" {
        let terminal = json!({ "terminalId": TERMINAL });
        visit.call(Call::Terminal, &terminal).and_then(|_| {
            let statement = json!({
                "terminalId": TERMINAL, "insurer": insurer, "insured": insured,
                "comparedBy": visit.field("compared_by"),
            });
            visit.call(Call::ConfirmVisual, &statement)
        })
    } else {
        let items = json!({
            "insurerNumber": insurer, "insuredNumber": insured,
            "nameKana": visit.field("kana"), "birthDate": visit.field("birth_date"),
        });
        visit.call(Call::RegisterPerson, &items)
    };
    match done {
        Ok(_) => Ok(Shown::Go(format!("/person?insurer={insurer}&insured={insured}"))),
        Err(told @ (Told::LogIn | Told::LogInAs(_))) => Err(told),
        Err(told) => show_people(visit, visit.notice(&told)),
    }
}

/// Insured card, burden ratio, ceilings of food and room.
pub(super) fn eligibility(visit: &Visit) -> Result<Shown, Told> {
    let today = visit.today()?;
    let card = visit.document::<InsuredCard>(Call::InsuredCard)?;
    let ratio = visit.document::<BurdenRatioCertificate>(Call::BurdenRatio)?;
    let limit = visit.document::<BurdenLimitCertificate>(Call::BurdenLimit)?;
    let card = match card {
        Ok(card) => show_card(visit, &card, today),
        Err(refusal) => json!({ "refusal": refusal }),
    };
    let ratio = match ratio {
        Ok(ratio) => {
            let now = burden_ratio_on(&ratio, today);
            let row = |row: &kaigo_core::eligibility::BurdenRatioRow| {
                let counts = row.period.contains(today);
                json!({ "ratio": label(&row.ratio, visit.lang), "period": visit.period(row.period), "counts": counts })
            };
            json!({
                "issued_on": visit.day(ratio.issued_on),
                "now": now.value.map(|now| label(&now, visit.lang)),
                "reasons": visit.reasons(&now.reasons),
                "rows": ratio.rows.iter().map(row).collect::<Value>(),
            })
        }
        Err(refusal) => json!({ "refusal": refusal }),
    };
    let limit = match limit {
        Ok(limit) => {
            let yen = |yen: Option<Yen>| yen.map(Yen::get);
            let limits = &limit.limits;
            json!({
                "period": visit.period(limit.period),
                "counts": limit.period.contains(today),
                "food": limits.food.get(),
                "rooms": [
                    { "name": visit.say("ユニット型個室", "unit, private"), "yen": yen(limits.unit_private) },
                    { "name": visit.say("ユニット型個室的多床室", "unit, semi-private"), "yen": yen(limits.unit_semi_private) },
                    { "name": visit.say("従来型個室（特養等）", "private (welfare facility)"), "yen": yen(limits.private_welfare) },
                    { "name": visit.say("従来型個室（老健・医療院等）", "private (health facility)"), "yen": yen(limits.private_health) },
                    { "name": visit.say("多床室", "shared"), "yen": yen(limits.shared) },
                ],
            })
        }
        Err(refusal) => json!({ "refusal": refusal }),
    };
    Ok(Shown::Page("person.html", json!({ "card": card, "ratio": ratio, "limit": limit })))
}

fn show_card(visit: &Visit, card: &InsuredCard, today: Date) -> Value {
    let state: Decision<CardState> = card_on(card, today);
    let office = |office: &kaigo_core::eligibility::CareManagementOffice| {
        json!({
            "number": office.number.map(|number| number.to_string()), "name": office.name.as_str(),
            "notified_on": visit.day(office.notified_on),
        })
    };
    let restriction = |restriction: &kaigo_core::eligibility::BenefitRestriction| json!({ "content": restriction.content.as_str(), "period": visit.open_period(restriction.period) });
    let facility = |stay: &kaigo_core::eligibility::FacilityStay| {
        json!({
            "kind": stay.kind.as_str(), "name": stay.name.as_str(), "period": visit.open_period(stay.period),
        })
    };
    let ceiling = |ceiling: &kaigo_core::eligibility::ServiceCeiling| json!({ "service": visit.service(ceiling.service_type), "units": ceiling.units.get() });
    json!({
        "number": card.insured_number.to_string(),
        "name": card.name.as_str(),
        "kana": card.name_kana.as_str(),
        "birth_date": visit.day(card.birth_date.0),
        "sex": label(&card.sex, visit.lang),
        "address": card.address.as_str(),
        "issued_on": visit.day(card.issued_on),
        "reissued": card.reissued,
        "insurer": card.insurer.number.to_string(),
        "insurer_name": card.insurer.name.as_str(),
        "level": card.level.map(|level| level.name(visit.lang)),
        "certified_on": card.certified_on.map(|on| visit.day(on)),
        "valid": card.valid.map(|valid| visit.period(valid)),
        "ceiling": card.ceiling.map(|ceiling| ceiling.get()),
        "ceiling_period": card.ceiling_period.map(|period| visit.period(period)),
        "service_ceilings": card.service_ceilings.iter().map(ceiling).collect::<Value>(),
        "opinion": card.panels_opinion.as_ref().map(|opinion| opinion.as_str()),
        "services": card.designated_services.iter().map(|code| visit.service(*code)).collect::<Vec<_>>(),
        "restrictions": card.restrictions.iter().map(restriction).collect::<Value>(),
        "offices": card.care_management_offices.iter().map(office).collect::<Value>(),
        "facilities": card.facilities.iter().map(facility).collect::<Value>(),
        "is_valid": matches!(state.value, CardState::Valid | CardState::ProgramTarget),
        "reasons": visit.reasons(&state.reasons),
    })
}

/// The steps that every certification takes, in the order of the public process.
const STEPS: [StepKind; 9] = [
    StepKind::ApplicationReceived,
    StepKind::SurveyRequested,
    StepKind::SurveyDone,
    StepKind::OpinionRequested,
    StepKind::OpinionReceived,
    StepKind::FirstJudgement,
    StepKind::PanelScheduled,
    StepKind::PanelHeld,
    StepKind::ResultNotified,
];

/// How far the certification is, and the one that counts.
pub(super) fn certification(visit: &Visit) -> Result<Shown, Told> {
    let progress = match visit.document::<CertificationProgress>(Call::Progress)? {
        Ok(progress) => show_progress(visit, &progress),
        Err(refusal) => json!({ "refusal": refusal }),
    };
    let certification = match visit.document::<Certification>(Call::Certification)? {
        Ok(Certification { application, result, .. }) => json!({
            "applied_on": visit.day(application.applied_on),
            "kind": label(&application.kind, visit.lang),
            "level": result.level.name(visit.lang),
            "decided_on": visit.day(result.decided_on),
            "valid": result.valid.map(|valid| visit.period(valid)),
            "opinion": result.panels_opinion.as_ref().map(|opinion| opinion.as_str()),
            "services": result.designated_services.iter().map(|code| visit.service(*code)).collect::<Vec<_>>(),
        }),
        Err(refusal) => json!({ "refusal": refusal }),
    };
    Ok(Shown::Page("certification.html", json!({ "progress": progress, "certification": certification })))
}

fn show_progress(visit: &Visit, progress: &CertificationProgress) -> Value {
    let last = progress.steps.len().saturating_sub(1);
    let mut steps: Vec<Value> = (0..)
        .zip(&progress.steps)
        .map(|(i, step)| {
            json!({
                "name": label(&step.step, visit.lang),
                "on": visit.day(step.on),
                "expected_on": step.expected_on.map(|on| visit.day(on)),
                "state": if i == last && !step.step.is_last() { "current" } else { "done" },
            })
        })
        .collect();
    if !progress.is_ended() {
        let to_come = STEPS.iter().filter(|step| progress.steps.iter().all(|taken| taken.step != **step));
        steps.extend(to_come.map(|step| json!({ "name": label(step, visit.lang), "state": "ahead" })));
    }
    json!({
        "kind": label(&progress.application.kind, visit.lang),
        "applied_on": visit.day(progress.application.applied_on),
        "previous": progress.application.previous_level.map(|level| level.name(visit.lang)),
        "ended": progress.is_ended(),
        "steps": steps,
    })
}

/// What is left of the allowances for home modification and equipment.
pub(super) fn allowances(visit: &Visit) -> Result<Shown, Told> {
    let today = visit.today()?;
    let card = visit.document::<InsuredCard>(Call::InsuredCard)?;
    let home = match visit.document::<HomeModificationUse>(Call::HomeModification)? {
        Ok(used) => {
            // As if works began today, at the level of the card, in the dwelling last modified.
            let level = card.as_ref().ok().and_then(|card| card.level);
            let next = used.works.iter().max_by_key(|works| works.started_on).map(|last| HomeModification {
                started_on: today.max(last.started_on),
                completed_on: None,
                level: level.unwrap_or(last.level),
                cost: Yen::ZERO,
                ..last.clone()
            });
            let decision = next.map(|next| home_modification(Tables::bundled(), &used.works, &next));
            let works = |works: &HomeModification| {
                let kinds: Vec<_> = works.kinds.iter().map(|kind| label(kind, visit.lang)).collect();
                json!({
                    "dwelling": works.dwelling.as_str(), "started_on": visit.day(works.started_on),
                    "completed_on": works.completed_on.map(|on| visit.day(on)), "kinds": kinds,
                    "level": works.level.name(visit.lang), "cost": works.cost.get(),
                    "ratio": label(&works.ratio, visit.lang),
                })
            };
            json!({
                "bar": decision.as_ref().and_then(|decision| decision.value.as_ref()).map(|allowance| {
                    bar(allowance.used, allowance.remaining, allowance.limit)
                }),
                "reasons": decision.as_ref().map(|decision| {
                    // Nothing is spent, so nothing is to be shared out.
                    let of_home = decision.reasons.iter().filter(|reason| reason.rule.name().starts_with("home."));
                    visit.reasons(&of_home.cloned().collect::<Vec<_>>())
                }),
                "remaining": used.remaining.map(Yen::get),
                "as_of": visit.day(used.as_of),
                "works": used.works.iter().map(works).collect::<Value>(),
            })
        }
        Err(refusal) => json!({ "refusal": refusal }),
    };
    let equipment = match visit.document::<EquipmentUse>(Call::Equipment)? {
        Ok(used) => {
            let bought = |bought: &EquipmentPurchase| {
                json!({
                    "kind": label(&bought.kind, visit.lang), "product": bought.product.as_str(),
                    "bought_on": visit.day(bought.bought_on), "cost": bought.cost.get(),
                    "ratio": label(&bought.ratio, visit.lang),
                    "counts": bought.bought_on.fiscal_year() == today.fiscal_year(),
                })
            };
            // Nothing is bought: the decision tells what is left of the fiscal year.
            let nothing = "-".parse().ok().map(|product| EquipmentPurchase {
                kind: EquipmentKind::LiftSling,
                product,
                maker: None,
                seller: None,
                bought_on: today,
                cost: Yen::ZERO,
                ratio: BurdenRatio::One,
                reason_to_buy_again: None,
            });
            let left = nothing
                .and_then(|nothing| equipment_purchase(Tables::bundled(), &used.purchases, &nothing).value);
            json!({
                "year": today.fiscal_year(),
                "bar": left.map(|left| bar(left.used, left.remaining, left.limit)),
                "remaining": used.remaining.map(Yen::get),
                "as_of": visit.day(used.as_of),
                "purchases": used.purchases.iter().map(bought).collect::<Value>(),
            })
        }
        Err(refusal) => json!({ "refusal": refusal }),
    };
    let ceiling = card.ok().and_then(|card| card.ceiling).map(|ceiling| ceiling.get());
    Ok(Shown::Page("allowances.html", json!({ "home": home, "equipment": equipment, "ceiling": ceiling })))
}

fn bar(used: Yen, remaining: Yen, limit: Yen) -> Value {
    let percent = (used.get() * 100).checked_div(limit.get()).unwrap_or(100);
    json!({ "used": used.get(), "remaining": remaining.get(), "limit": limit.get(), "percent": percent.min(100) })
}

/// Recording what the person consented to.
pub(super) fn consent(visit: &Visit) -> Result<Shown, Told> {
    show_consent(visit, Value::Null, Value::Null)
}

fn show_consent(visit: &Visit, notice: Value, recorded: Value) -> Result<Shown, Told> {
    if visit.office().is_none() {
        return Err(Told::LogIn);
    }
    let scopes = choices::<ConsentScope>(visit.lang);
    let person = visit.person();
    Ok(Shown::Page(
        "consent.html",
        json!({ "scopes": scopes, "notice": notice, "recorded": recorded, "person": person }),
    ))
}

pub(super) fn record_consent(visit: &Visit) -> Result<Shown, Told> {
    let mut body = visit.person();
    let mut consent = json!({
        "scope": visit.field("scope"),
        "given": visit.field("given") == "yes",
        "at": clock::rfc3339(visit.web.app.clock.milliseconds()),
    });
    if !visit.field("until").is_empty() {
        consent["validUntil"] = json!(format!("{}T23:59:59+09:00", visit.field("until")));
    }
    body["consent"] = consent;
    match visit.call(Call::Consent, &body) {
        Ok(recorded) => show_consent(visit, Value::Null, recorded),
        Err(told @ Told::Business { .. }) => show_consent(visit, visit.notice(&told), Value::Null),
        Err(told) => Err(told),
    }
}
