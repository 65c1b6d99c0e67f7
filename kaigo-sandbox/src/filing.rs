//! Filing the notification that a care plan is asked for, with the check against mistakes before it.

use jiff::Timestamp;
use kaigo_core::benefit::{Filing, KnownOfPerson, Tables, check_filing};
use kaigo_core::document::{Part as _, from_json, to_json};
use kaigo_core::eligibility::{CarePlanNotification, InsuredCard, NotificationReceipt};
use kaigo_core::ident::InsurerNumber;
use kaigo_core::platform::PersonId;
use kaigo_core::platform::provisional::business_code as code;
use rusqlite::{OptionalExtension as _, Transaction, params};
use serde::Deserialize;

use crate::account::sha256;
use crate::clock;
use crate::incoming::{Incoming, result};
use crate::person::{self, Looked};
use crate::plan::new_id;
use crate::policy::{self, Item, Viewer};
use crate::refusal::Refusal;
use crate::store::Work;

/// The person of a notification, where it names one.
pub(crate) fn named(body: &[u8]) -> Option<PersonId> {
    #[derive(Deserialize)]
    struct Form {
        destination: InsurerNumber,
        person: Person,
    }
    #[derive(Deserialize)]
    #[serde(rename_all = "camelCase")]
    struct Person {
        insured_number: kaigo_core::ident::InsuredNumber,
    }
    let Form { destination, person } = serde_json::from_slice(body).ok()?;
    Some(PersonId { insurer: destination, insured: person.insured_number })
}

/// Files a notification; the same one is taken once.
pub(crate) fn file(
    tx: &Transaction<'_>,
    viewer: &Viewer,
    form: &CarePlanNotification,
    id: &str,
    now: i64,
) -> Looked<NotificationReceipt> {
    let person = PersonId { insurer: form.destination, insured: form.person.insured_number };
    if let Err(refusal) = policy::admit(tx, viewer, Item::Filing, &person, now)? {
        return Ok(Err(refusal));
    }
    // An office files for itself alone.
    let own = |office: &kaigo_core::eligibility::OfficeContact| office.number == viewer.office;
    if !form.office.as_ref().is_some_and(own) && !form.entrusted_office.as_ref().is_some_and(own) {
        return Ok(Err(Refusal::Business(code::BAD_INPUT)));
    }
    let content = to_json(form);
    let digest = sha256(&content);
    let before: Option<(String, i64)> = tx
        .prepare("SELECT id, filed_at FROM notification WHERE office = ?1 AND digest = ?2")?
        .query_row(params![viewer.office.as_str(), digest], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    let (id, filed_at) = match before {
        Some(before) => before,
        None => {
            let Some(card) = person::document::<InsuredCard>(tx, &person)? else {
                return Ok(Err(Refusal::Business(code::NO_DOCUMENT)));
            };
            let progress = person::document(tx, &person)?;
            let known = KnownOfPerson {
                card: &card,
                ratio: None,
                progress: progress.as_ref(),
                home: None,
                equipment: None,
            };
            let Some(today) = clock::date(now) else { return Ok(Err(Refusal::Internal)) };
            if !check_filing(Tables::bundled(), &known, Filing::Notification(form), today).value {
                return Ok(Err(Refusal::Business(code::FILING_STOPPED)));
            }
            tx.execute(
                "INSERT INTO notification (id, office, insurer, insured, filed_at, digest, content)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
                params![
                    id,
                    viewer.office.as_str(),
                    person.insurer.as_str(),
                    person.insured.as_str(),
                    now,
                    digest,
                    content
                ],
            )?;
            (id.to_owned(), now)
        }
    };
    Ok(receipt(&id, &person, filed_at).ok_or(Refusal::Internal))
}

fn receipt(id: &str, person: &PersonId, filed_at: i64) -> Option<NotificationReceipt> {
    Some(NotificationReceipt {
        id: id.parse().ok()?,
        destination: person.insurer,
        insured_number: person.insured,
        filed_at: Timestamp::from_millisecond(filed_at).ok()?,
    })
}

/// The notifications that a municipality sees, oldest first.
pub(crate) fn of_municipality(
    tx: &Transaction<'_>,
    insurer: InsurerNumber,
) -> rusqlite::Result<Vec<(NotificationReceipt, CarePlanNotification)>> {
    let mut statement =
        tx.prepare("SELECT id, filed_at, content FROM notification WHERE insurer = ?1 ORDER BY number")?;
    let rows = statement.query_map([insurer.as_str()], |row| {
        Ok((row.get::<_, String>(0)?, row.get::<_, i64>(1)?, row.get::<_, Vec<u8>>(2)?))
    })?;
    let mut filed = Vec::new();
    for row in rows {
        let (id, filed_at, content) = row?;
        // What the sandbox wrote reads back.
        let Ok(form) = from_json::<CarePlanNotification>(&content) else { continue };
        let person = PersonId { insurer, insured: form.person.insured_number };
        filed.extend(receipt(&id, &person, filed_at).map(|receipt| (receipt, form)));
    }
    Ok(filed)
}

pub(crate) fn answer(incoming: &Incoming) -> Result<Work, Refusal> {
    let form: CarePlanNotification = person::read(&incoming.json()?)?;
    let (viewer, now, id) = (incoming.viewer(), incoming.now, new_id()?);
    Ok(Box::new(move |tx| {
        let done = file(tx, &viewer, &form, &id, now)?;
        Ok(done.map(|receipt| result(&receipt.to_tree(), None)))
    }))
}
