//! The notification that a care plan is asked for (居宅サービス計画作成依頼届出書), with the check before it is filed.

use kaigo_core::benefit::{Filing, KnownOfPerson, Tables, check_filing};
use kaigo_core::code::CodeList as _;
use kaigo_core::document::from_json;
use kaigo_core::eligibility::{
    CarePlanNotification, CertificationProgress, ConsentScope, Filer, InsuredCard, NotificationKind,
    NotificationVariant, PlanAuthor,
};
use serde_json::{Value, json};

use super::view::{Shown, choices};
use super::visit::{Told, Visit};
use crate::call::Call;
use crate::clock;

pub(super) fn form(visit: &Visit) -> Result<Shown, Told> {
    show(visit, json!({}))
}

fn show(visit: &Visit, mut context: Value) -> Result<Shown, Told> {
    let person = match visit.document::<InsuredCard>(Call::InsuredCard)? {
        Ok(card) => json!({
            "name": card.name.as_str(), "kana": card.name_kana.as_str(), "number": card.insured_number.to_string(),
            "birth_date": card.birth_date.0.to_string(), "insurer": card.insurer.name.as_str(),
            "level": card.level.map(|level| level.name(visit.lang)),
        }),
        Err(refusal) => json!({ "refusal": refusal }),
    };
    for (name, value) in [
        ("person", person),
        ("variants", choices::<NotificationVariant>(visit.lang)),
        ("kinds", choices::<NotificationKind>(visit.lang)),
        ("filers", choices::<Filer>(visit.lang)),
        ("authors", choices::<PlanAuthor>(visit.lang)),
        ("today", json!(visit.today()?.to_string())),
    ] {
        context[name] = value;
    }
    Ok(Shown::Page("notification.html", context))
}

/// Checks the form, and files it where that was asked for and nothing stops it.
pub(super) fn file(visit: &Visit) -> Result<Shown, Told> {
    let card = match visit.document::<InsuredCard>(Call::InsuredCard)? {
        Ok(card) => card,
        Err(_) => return show(visit, json!({})),
    };
    let progress = visit.document::<CertificationProgress>(Call::Progress)?.ok();
    let body = fill(visit, &card);
    let form = match from_json::<CarePlanNotification>(body.to_string().as_bytes()) {
        Ok(form) => form,
        Err(error) => {
            let message = error.message(visit.lang);
            return show(visit, json!({ "faults": message.lines().collect::<Vec<_>>() }));
        }
    };
    let known =
        KnownOfPerson { card: &card, ratio: None, progress: progress.as_ref(), home: None, equipment: None };
    let check = check_filing(Tables::bundled(), &known, Filing::Notification(&form), visit.today()?);
    let checked = json!({ "may": check.value, "reasons": visit.reasons(&check.reasons) });
    if visit.field("do") != "file" {
        return show(visit, json!({ "checked": checked }));
    }
    match visit.call(Call::Notification, &body) {
        Ok(receipt) => show(visit, json!({ "receipt": receipt })),
        Err(told @ Told::Business { .. }) => {
            show(visit, json!({ "checked": checked, "notice": visit.notice(&told) }))
        }
        Err(told) => Err(told),
    }
}

/// The document in its JSON form, from the card and the fields.
fn fill(visit: &Visit, card: &InsuredCard) -> Value {
    let optional = |name: &str| Some(visit.field(name)).filter(|value| !value.is_empty());
    let mut form = json!({
        "variant": visit.field("variant"),
        "kind": visit.field("kind"),
        "destination": card.insurer.number,
        "person": {
            "insuredNumber": card.insured_number, "name": card.name.as_str(), "nameKana": card.name_kana.as_str(),
            "birthDate": card.birth_date.0.to_string(), "sex": card.sex.code(),
        },
        "planAuthor": visit.field("plan_author"),
        "appliesFrom": visit.field("applies_from"),
        "notifiedOn": visit.field("notified_on"),
        "filedBy": visit.field("filed_by"),
    });
    if visit.field("plan_author") != PlanAuthor::Person.code() {
        form["office"] = json!({
            "number": visit.field("office_number"), "name": visit.field("office_name"),
            "address": visit.field("office_address"), "phone": visit.field("office_phone"),
        });
    }
    if visit.field("variant") == NotificationVariant::SmallMultifunctional.code() {
        form["usesOtherServices"] = json!(visit.field("other_services") == "yes");
    }
    if let Some(reason) = optional("change_reason") {
        form["change"] = json!({ "reason": reason, "on": visit.field("change_on") });
    }
    if visit.field("consents") == "yes" {
        form["consent"] = json!({
            "scope": ConsentScope::Notification.code(), "given": true,
            "at": clock::rfc3339(visit.web.app.clock.milliseconds()),
        });
    }
    form
}
