//! Consents for an office: given or withdrawn, through the office or by the person.

use kaigo_core::code::CodeList as _;
use kaigo_core::document::{Part as _, to_json};
use kaigo_core::eligibility::Consent;
use kaigo_core::ident::OfficeNumber;
use kaigo_core::platform::PersonId;
use kaigo_core::platform::provisional::{ConsentRecord, business_code as code};
use rusqlite::{Transaction, params};

use crate::incoming::{Incoming, result};
use crate::person::{self, Looked};
use crate::policy::{self, Item, Viewer};
use crate::refusal::Refusal;
use crate::store::Work;

/// Keeps a consent or its withdrawal. What was there before stays, and counts no more.
pub(crate) fn keep(
    tx: &Transaction<'_>,
    office: OfficeNumber,
    person: &PersonId,
    consent: &Consent,
    recorded_by: &str,
) -> rusqlite::Result<()> {
    tx.execute(
        "INSERT INTO consent (office, insurer, insured, scope, recorded_by, content)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        params![
            office.as_str(),
            person.insurer.as_str(),
            person.insured.as_str(),
            consent.scope.code(),
            recorded_by,
            to_json(consent),
        ],
    )?;
    Ok(())
}

/// Records for the office what the person said to it. Nobody consents in the future.
pub(crate) fn record(
    tx: &Transaction<'_>,
    viewer: &Viewer,
    person: &PersonId,
    consent: &Consent,
    now: i64,
) -> Looked<()> {
    if let Err(refusal) = policy::admit(tx, viewer, Item::ConsentRecording, person, now)? {
        return Ok(Err(refusal));
    }
    if consent.at.as_millisecond() > now {
        return Ok(Err(Refusal::Business(code::BAD_INPUT)));
    }
    keep(tx, viewer.office, person, consent, "office")?;
    Ok(Ok(()))
}

pub(crate) fn answer(incoming: &Incoming) -> Result<Work, Refusal> {
    let ConsentRecord { insurer, insured, consent } = incoming.json()?;
    let consent: Consent = person::read(&consent)?;
    let (viewer, now) = (incoming.viewer(), incoming.now);
    Ok(Box::new(move |tx| {
        let done = record(tx, &viewer, &PersonId { insurer, insured }, &consent, now)?;
        Ok(done.map(|()| result(&consent.to_tree(), None)))
    }))
}
