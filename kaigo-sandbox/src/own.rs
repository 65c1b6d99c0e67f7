//! What a person sees and says: their plans, their consents, and who looked.
//!
//! How they really do it (マイナポータル) is no interface of ours to know: all of it is ours, and provisional.

use jiff::Timestamp;
use kaigo_core::code::CodeList as _;
use kaigo_core::document::{Part as _, Prose, Tree, from_json};
use kaigo_core::eligibility::{Consent, ConsentScope};
use kaigo_core::ident::{InsuredNumber, InsurerNumber, OfficeNumber};
use kaigo_core::platform::PersonId;
use kaigo_core::platform::provisional::{
    Person, PlanReference, RegisteredPlanContent, RegisteredPlans, business_code as code,
};
use serde::{Deserialize, Serialize};

use crate::incoming::{Asked, result};
use crate::refusal::Refusal;
use crate::store::{self, Work};
use crate::{consent, person, plan};

/// `POST` [`Person`] -> [`RegisteredPlans`]: drafts too.
pub(crate) const PLANS: &str = "/person/v1/own/plans";
/// `POST` [`PlanReference`] -> [`RegisteredPlanContent`].
pub(crate) const PLAN: &str = "/person/v1/own/plan";
/// `POST` [`Answer`] -> `RegisteredPlan`.
pub(crate) const ANSWER: &str = "/person/v1/own/answers";
/// `POST` [`Said`] -> `Consent`.
pub(crate) const CONSENT: &str = "/person/v1/own/consent";
/// `POST` [`Person`] -> [`Consents`].
pub(crate) const CONSENTS: &str = "/person/v1/own/consents";
/// `POST` [`Person`] -> [`Log`].
pub(crate) const LOG: &str = "/person/v1/own/log";

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Answer {
    insurer: InsurerNumber,
    insured: InsuredNumber,
    id: String,
    agrees: bool,
    #[serde(default)]
    comment: Option<String>,
}

/// A consent for an office, or its withdrawal, from now on.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Said {
    insurer: InsurerNumber,
    insured: InsuredNumber,
    office: OfficeNumber,
    /// A code of `ConsentScope`.
    scope: String,
    given: bool,
    /// RFC 3339; without it, until it is withdrawn.
    #[serde(default)]
    valid_until: Option<String>,
}

#[derive(Serialize)]
struct Consents {
    consents: Vec<Recorded>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Recorded {
    office: OfficeNumber,
    /// `office` or `person`.
    recorded_by: String,
    consent: Tree,
}

#[derive(Serialize)]
struct Log {
    entries: Vec<Entry>,
}

/// A view, or its refusal.
#[derive(Serialize)]
struct Entry {
    time: String,
    /// The office, or the role.
    office: String,
    /// Codes of job types, with commas.
    jobs: String,
    call: String,
    outcome: String,
}

pub(crate) fn plans(asked: &Asked) -> Result<Work, Refusal> {
    let Person { insurer, insured } = asked.json()?;
    Ok(Box::new(move |tx| {
        let plans = plan::of_person(tx, &PersonId { insurer, insured })?;
        let plans = plans.iter().map(|plan| plan.to_tree()).collect();
        Ok(Ok(result(&RegisteredPlans { plans }, None)))
    }))
}

pub(crate) fn plan(asked: &Asked) -> Result<Work, Refusal> {
    let PlanReference { insurer, insured, id } = asked.json()?;
    Ok(Box::new(move |tx| {
        let seen = plan::content_for_person(tx, &PersonId { insurer, insured }, &id)?;
        Ok(seen.map(|(plan, files)| result(&RegisteredPlanContent { plan: plan.to_tree(), files }, None)))
    }))
}

pub(crate) fn answer(asked: &Asked) -> Result<Work, Refusal> {
    let Answer { insurer, insured, id, agrees, comment } = asked.json()?;
    let comment = comment.map(|comment| comment.parse::<Prose>()).transpose();
    let comment = comment.map_err(|_| Refusal::Business(code::BAD_INPUT))?;
    let now = asked.now;
    Ok(Box::new(move |tx| {
        let person = PersonId { insurer, insured };
        let done = plan::answer(tx, &person, &id, agrees, comment.as_ref(), now)?;
        Ok(done.map(|plan| result(&plan.to_tree(), None)))
    }))
}

pub(crate) fn say(asked: &Asked) -> Result<Work, Refusal> {
    const BAD_INPUT: Refusal = Refusal::Business(code::BAD_INPUT);
    let Said { insurer, insured, office, scope, given, valid_until } = asked.json()?;
    let consent = Consent {
        scope: ConsentScope::from_code(scope.as_bytes()).ok_or(BAD_INPUT)?,
        given,
        at: Timestamp::from_millisecond(asked.now).map_err(|_| Refusal::Internal)?,
        valid_until: valid_until.map(|until| until.parse()).transpose().map_err(|_| BAD_INPUT)?,
    };
    // Through its form, which knows what a consent must be.
    let consent: Consent = person::read(&consent.to_tree())?;
    Ok(Box::new(move |tx| {
        let person = PersonId { insurer, insured };
        if !person::is_known(tx, &person)? {
            return Ok(Err(Refusal::Business(code::UNKNOWN_PERSON)));
        }
        if store::office(tx, office)?.is_none() {
            return Ok(Err(Refusal::Business(code::UNKNOWN_OFFICE)));
        }
        consent::keep(tx, office, &person, &consent, "person")?;
        Ok(Ok(result(&consent.to_tree(), None)))
    }))
}

pub(crate) fn consents(asked: &Asked) -> Result<Work, Refusal> {
    let Person { insurer, insured } = asked.json()?;
    Ok(Box::new(move |tx| {
        let mut statement = tx.prepare(
            "SELECT office, recorded_by, content FROM consent WHERE insurer = ?1 AND insured = ?2 ORDER BY number",
        )?;
        let rows = statement.query_map([insurer.as_str(), insured.as_str()], |row| {
            let content: Vec<u8> = row.get(2)?;
            // What the sandbox wrote reads back.
            let consent = from_json::<Consent>(&content).map_or(Tree::Null, |consent| consent.to_tree());
            Ok(Recorded { office: store::parsed(row, 0)?, recorded_by: row.get(1)?, consent })
        })?;
        let consents = rows.collect::<rusqlite::Result<_>>()?;
        Ok(Ok(result(&Consents { consents }, None)))
    }))
}

pub(crate) fn log(asked: &Asked) -> Result<Work, Refusal> {
    let Person { insurer, insured } = asked.json()?;
    Ok(Box::new(move |tx| {
        let entries = store::audit_of(tx, &PersonId { insurer, insured })?.into_iter().map(|entry| Entry {
            time: entry.time,
            office: entry.office,
            jobs: entry.jobs,
            call: entry.call,
            outcome: entry.outcome,
        });
        Ok(Ok(result(&Log { entries: entries.collect() }, None)))
    }))
}
