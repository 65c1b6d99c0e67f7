//! The pages of roles: the portal, and what a person sees and says.

use kaigo_core::code::CodeList as _;
use kaigo_core::document::from_json;
use kaigo_core::eligibility::{ConsentScope, JobType, RegisteredPlan};
use serde_json::{Value, json};

use super::view::{Shown, choices, label};
use super::visit::{Told, Visit};
use crate::call::Call;
use crate::role::Role;

fn asked(visit: &Visit) -> Role {
    let name = visit.query.get("role").map(String::as_str);
    Role::ALL.into_iter().find(|role| Some(role.name()) == name).unwrap_or(Role::Portal)
}

pub(super) fn login(visit: &Visit) -> Result<Shown, Told> {
    Ok(Shown::Page("role.html", json!({ "role": asked(visit).name(), "next": visit.next() })))
}

pub(super) fn log_in(visit: &Visit) -> Result<Shown, Told> {
    let role = asked(visit);
    if visit.log_in_as(role, visit.field("token")) {
        return Ok(Shown::Go(visit.next()));
    }
    Ok(Shown::Page("role.html", json!({ "role": role.name(), "next": visit.next(), "wrong": true })))
}

/// The portal: offices, readiness, subsidies.
pub(super) fn portal(visit: &Visit) -> Result<Shown, Told> {
    show_portal(visit, json!({}))
}

fn show_portal(visit: &Visit, mut context: Value) -> Result<Shown, Told> {
    for (name, call) in
        [("offices", Call::Offices), ("municipalities", Call::Readiness), ("subsidies", Call::Subsidies)]
    {
        context[name] = visit.call(call, &Value::Null)?[name].take();
    }
    Ok(Shown::Page("portal.html", context))
}

/// Registers an office or applies for the subsidy.
pub(super) fn apply(visit: &Visit) -> Result<Shown, Told> {
    let number = |name: &str| visit.field(name).parse::<u64>().unwrap_or_default();
    let done = if visit.field("do") == "register" {
        let office = json!({
            "number": visit.field("number"), "name": visit.field("name"), "type": visit.field("type"),
        });
        visit.call(Call::RegisterOffice, &office).map(|office| json!({ "registered": office }))
    } else {
        let application = json!({
            "office": visit.field("office"), "readers": number("readers"), "cost": number("cost"),
        });
        visit.call(Call::ApplySubsidy, &application).map(|mut decision| {
            for reason in decision["reasons"].as_array_mut().into_iter().flatten() {
                reason["text"] = reason[visit.say("messageJa", "messageEn")].take();
            }
            json!({ "decision": decision })
        })
    };
    match done {
        Ok(context) => show_portal(visit, context),
        Err(told @ (Told::LogIn | Told::LogInAs(_))) => Err(told),
        Err(told) => show_portal(visit, json!({ "notice": visit.notice(&told) })),
    }
}

/// A person's own page: plans to agree to, consents to withdraw.
pub(super) fn own(visit: &Visit) -> Result<Shown, Told> {
    show_own(visit, Value::Null)
}

fn show_own(visit: &Visit, notice: Value) -> Result<Shown, Told> {
    let person = visit.person();
    let plans = visit.call(Call::OwnPlans, &person)?;
    let plans: Vec<_> = plans["plans"].as_array().into_iter().flatten().filter_map(|plan| {
        let plan: RegisteredPlan = from_json(plan.to_string().as_bytes()).ok()?;
        Some(json!({
            "id": plan.id.as_str(), "kind": label(&plan.kind, visit.lang), "state": label(&plan.state, visit.lang),
            "awaiting": plan.state == kaigo_core::eligibility::PlanState::Awaiting,
            "office": plan.office_number.to_string(), "registered_at": plan.registered_at.to_string(),
            "comment": plan.comment.as_ref().map(|comment| comment.as_str()),
            "files": plan.file_names.iter().map(|name| name.as_str().to_owned()).collect::<Vec<_>>(),
        }))
    }).collect();
    let consents = visit.call(Call::OwnConsents, &person)?["consents"].take();
    let context = json!({
        "plans": plans, "consents": consents, "scopes": choices::<ConsentScope>(visit.lang), "notice": notice,
        "person": person,
    });
    Ok(Shown::Page("own.html", context))
}

/// Answers a plan, gives a consent or withdraws it.
pub(super) fn say(visit: &Visit) -> Result<Shown, Told> {
    let mut body = visit.person();
    let said = visit.field("say");
    let call = if visit.field("do") == "answer" {
        body["id"] = json!(visit.field("id"));
        body["agrees"] = json!(said == "yes");
        if !visit.field("comment").is_empty() {
            body["comment"] = json!(visit.field("comment"));
        }
        Call::AnswerPlan
    } else {
        body["office"] = json!(visit.field("office"));
        body["scope"] = json!(visit.field("scope"));
        body["given"] = json!(said == "yes");
        Call::OwnConsent
    };
    match visit.call(call, &body) {
        Ok(_) => Ok(Shown::Go(visit.here())),
        Err(told @ (Told::LogIn | Told::LogInAs(_))) => Err(told),
        Err(told) => show_own(visit, visit.notice(&told)),
    }
}

/// Who looked at what of a person, and what came of it.
pub(super) fn audit(visit: &Visit) -> Result<Shown, Told> {
    let mut entries = visit.call(Call::OwnLog, &visit.person())?["entries"].take();
    if let Some(entries) = entries.as_array_mut() {
        entries.reverse();
        for entry in entries {
            let jobs = entry["jobs"].as_str().unwrap_or_default().split(',');
            let jobs = jobs.filter_map(|job| JobType::from_code(job.as_bytes()));
            entry["jobs"] = jobs.map(|job| label(&job, visit.lang)).collect();
        }
    }
    Ok(Shown::Page("audit.html", json!({ "entries": entries, "person": visit.person() })))
}
