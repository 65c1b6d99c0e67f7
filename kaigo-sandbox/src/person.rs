//! Insured persons: their documents, who serves them, and the views.

use kaigo_core::calendar::{Date, Month};
use kaigo_core::code::CodeList as _;
use kaigo_core::document::{Document, OpenPeriod, Part as _, from_json, to_json};
use kaigo_core::eligibility::{FourItems, IdentityKind, InsuredCard, ServiceUser};
use kaigo_core::ident::OfficeNumber;
use kaigo_core::platform::PersonId;
use kaigo_core::platform::provisional::{MAX_PAGE, Person, UserPage, business_code as code};
use rusqlite::{OptionalExtension as _, Transaction, params};
use serde::Deserialize;

use crate::call::Call;
use crate::clock;
use crate::incoming::{Incoming, result};
use crate::policy::{self, Item, Viewer};
use crate::refusal::Refusal;
use crate::store::Work;
use crate::{consent, filing, plan};

/// How many months after the one in which the office last confirmed the identity, or served the person, it may look.
const VIEWING_MONTHS: i32 = 2;

/// What a look at the store gives: the thing, or why not.
pub(crate) type Looked<T> = rusqlite::Result<Result<T, Refusal>>;

pub(crate) fn insert(tx: &Transaction<'_>, person: &PersonId) -> rusqlite::Result<()> {
    tx.execute(
        "INSERT INTO person (insurer, insured) VALUES (?1, ?2) ON CONFLICT DO NOTHING",
        [person.insurer.as_str(), person.insured.as_str()],
    )?;
    Ok(())
}

pub(crate) fn is_known(tx: &Transaction<'_>, person: &PersonId) -> rusqlite::Result<bool> {
    tx.prepare("SELECT 1 FROM person WHERE insurer = ?1 AND insured = ?2")?
        .exists([person.insurer.as_str(), person.insured.as_str()])
}

/// Keeps a document of a person. What was there before stays, and counts no more.
pub(crate) fn keep<D: Document>(
    tx: &Transaction<'_>,
    person: &PersonId,
    document: &D,
    now: i64,
) -> rusqlite::Result<()> {
    insert(tx, person)?;
    tx.execute(
        "INSERT INTO document (insurer, insured, type, given_at, content) VALUES (?1, ?2, ?3, ?4, ?5)",
        params![person.insurer.as_str(), person.insured.as_str(), D::SHAPE.name, now, to_json(document)],
    )?;
    Ok(())
}

/// The document of that type that counts.
pub(crate) fn document<D: Document>(tx: &Transaction<'_>, person: &PersonId) -> rusqlite::Result<Option<D>> {
    let content: Option<Vec<u8>> = tx
        .prepare(
            "SELECT content FROM document WHERE insurer = ?1 AND insured = ?2 AND type = ?3
             ORDER BY number DESC LIMIT 1",
        )?
        .query_row([person.insurer.as_str(), person.insured.as_str(), D::SHAPE.name], |row| row.get(0))
        .optional()?;
    // What the sandbox wrote reads back.
    Ok(content.and_then(|content| from_json(&content).ok()))
}

/// A document of a person, as this one may see it.
pub(crate) fn view<D: Document>(
    tx: &Transaction<'_>,
    viewer: &Viewer,
    item: Item,
    person: &PersonId,
    now: i64,
) -> Looked<D> {
    if let Err(refusal) = policy::admit(tx, viewer, item, person, now)? {
        return Ok(Err(refusal));
    }
    Ok(document(tx, person)?.ok_or(Refusal::Business(code::NO_DOCUMENT)))
}

/// From now on the office may look; what it knew of the person by better means stays.
pub(crate) fn open_viewing(
    tx: &Transaction<'_>,
    office: OfficeNumber,
    person: &PersonId,
    identity: IdentityKind,
    now: i64,
) -> rusqlite::Result<()> {
    // The clock's range lies within the calendar's.
    let Some(today) = clock::date(now) else { return Ok(()) };
    tx.execute(
        "INSERT INTO viewing (office, insurer, insured, identity, confirmed_on, ends_on)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6)
         ON CONFLICT (office, insurer, insured) DO UPDATE SET
             identity = CASE WHEN excluded.identity = ?7 THEN identity ELSE excluded.identity END,
             confirmed_on = excluded.confirmed_on,
             ends_on = max(ends_on, excluded.ends_on)",
        params![
            office.as_str(),
            person.insurer.as_str(),
            person.insured.as_str(),
            identity.code(),
            today.to_string(),
            viewing_ends(today.month()).to_string(),
            IdentityKind::FourItems.code(),
        ],
    )?;
    Ok(())
}

/// The office served the person in that month: it may look on. Nothing where it does not know them.
pub(crate) fn extend_viewing(
    tx: &Transaction<'_>,
    office: OfficeNumber,
    person: &PersonId,
    month: Month,
) -> rusqlite::Result<bool> {
    let changed = tx.execute(
        "UPDATE viewing SET ends_on = max(ends_on, ?4) WHERE office = ?1 AND insurer = ?2 AND insured = ?3",
        params![
            office.as_str(),
            person.insurer.as_str(),
            person.insured.as_str(),
            viewing_ends(month).to_string()
        ],
    )?;
    Ok(changed > 0)
}

fn viewing_ends(month: Month) -> Date {
    let last =
        (0..VIEWING_MONTHS).try_fold(month.last_day(), |last, _| Some(last.plus_days(1)?.month().last_day()));
    last.unwrap_or_else(|| month.last_day())
}

/// The people whom an office serves, after the one with that number; with each the number.
pub(crate) fn users(
    tx: &Transaction<'_>,
    viewer: &Viewer,
    after: i64,
    limit: u32,
) -> Looked<Vec<(i64, ServiceUser)>> {
    if let Err(refusal) = policy::may(tx, viewer, Item::Users)? {
        return Ok(Err(refusal));
    }
    let mut statement = tx.prepare(
        "SELECT number, insurer, insured, identity, confirmed_on, ends_on FROM viewing
         WHERE office = ?1 AND number > ?2 ORDER BY number LIMIT ?3",
    )?;
    let rows = statement.query_map(params![viewer.office.as_str(), after, limit], |row| {
        Ok((row.get::<_, i64>(0)?, [1, 2, 3, 4, 5].map(|column| row.get::<_, String>(column))))
    })?;
    let mut users = Vec::new();
    for row in rows {
        let (number, [insurer, insured, identity, confirmed_on, ends_on]) = row?;
        let found = (|| {
            let insurer = insurer.ok()?.parse().ok()?;
            let person = PersonId { insurer, insured: insured.ok()?.parse().ok()? };
            let confirmed_on = confirmed_on.ok()?.parse().ok()?;
            let viewing = OpenPeriod::new(confirmed_on, Some(ends_on.ok()?.parse().ok()?))?;
            Some((person, IdentityKind::from_code(identity.ok()?.as_bytes())?, confirmed_on, viewing))
        })();
        // What the sandbox wrote reads back.
        let Some((person, identity, identity_confirmed_on, viewing)) = found else { continue };
        let card: Option<InsuredCard> = document(tx, &person)?;
        let (name, name_kana, birth_date) = match card {
            Some(card) => (Some(card.name), Some(card.name_kana), Some(card.birth_date)),
            None => (None, None, None),
        };
        let PersonId { insurer: insurer_number, insured: insured_number } = person;
        users.push((
            number,
            ServiceUser {
                insurer_number,
                insured_number,
                name,
                name_kana,
                birth_date,
                identity,
                identity_confirmed_on,
                viewing,
            },
        ));
    }
    Ok(Ok(users))
}

/// Registers a person by what the insured card says of them.
pub(crate) fn register(
    tx: &Transaction<'_>,
    viewer: &Viewer,
    items: &FourItems,
    now: i64,
) -> Looked<ServiceUser> {
    let person = PersonId { insurer: items.insurer_number, insured: items.insured_number };
    if let Err(refusal) = policy::admit(tx, viewer, Item::PersonRegistration, &person, now)? {
        return Ok(Err(refusal));
    }
    let card: Option<InsuredCard> = document(tx, &person)?;
    // Which of the four is wrong is not told.
    let fits = |card: InsuredCard| card.name_kana == items.name_kana && card.birth_date == items.birth_date;
    if !card.is_some_and(fits) {
        return Ok(Err(Refusal::Business(code::UNKNOWN_PERSON)));
    }
    open_viewing(tx, viewer.office, &person, IdentityKind::FourItems, now)?;
    let users = users(tx, viewer, 0, u32::MAX)?;
    Ok(users.and_then(|users| {
        let is_person = |user: &ServiceUser| {
            user.insurer_number == person.insurer && user.insured_number == person.insured
        };
        users.into_iter().map(|(_, user)| user).find(is_person).ok_or(Refusal::Internal)
    }))
}

/// The person whom a request is about, where it names one.
pub(crate) fn named(call: Call, body: &[u8]) -> Option<PersonId> {
    #[derive(Deserialize)]
    #[serde(rename_all = "camelCase")]
    struct Items {
        insurer_number: kaigo_core::ident::InsurerNumber,
        insured_number: kaigo_core::ident::InsuredNumber,
    }
    match call {
        Call::RegisterPerson => {
            let items: Items = serde_json::from_slice(body).ok()?;
            Some(PersonId { insurer: items.insurer_number, insured: items.insured_number })
        }
        Call::Notification => filing::named(body),
        _ => {
            let Person { insurer, insured } = serde_json::from_slice(body).ok()?;
            Some(PersonId { insurer, insured })
        }
    }
}

/// A document that a body holds; what does not conform is a business error.
pub(crate) fn read<D: Document>(tree: &kaigo_core::document::Tree) -> Result<D, Refusal> {
    D::read(tree).map_err(|_| Refusal::Business(code::BAD_INPUT))
}

fn answer_view<D: Document>(incoming: &Incoming, item: Item) -> Result<Work, Refusal> {
    let Person { insurer, insured } = incoming.json()?;
    let (viewer, now) = (incoming.viewer(), incoming.now);
    Ok(Box::new(move |tx| {
        let seen = view::<D>(tx, &viewer, item, &PersonId { insurer, insured }, now)?;
        Ok(seen.map(|document| result(&document.to_tree(), None)))
    }))
}

#[derive(Deserialize)]
struct PageQuery {
    cursor: Option<String>,
    limit: Option<u32>,
}

fn answer_users(incoming: &Incoming) -> Result<Work, Refusal> {
    let axum::extract::Query(query) = axum::extract::Query::<PageQuery>::try_from_uri(&incoming.uri)
        .map_err(|_| Refusal::BadRequest("the query is not of the described form"))?;
    let limit = query.limit.unwrap_or(MAX_PAGE).clamp(1, MAX_PAGE);
    let after = query.cursor.as_deref().map_or(Ok(0), str::parse::<i64>);
    let after = after.map_err(|_| Refusal::BadRequest("the cursor is not one that was given out"))?;
    let viewer = incoming.viewer();
    Ok(Box::new(move |tx| {
        let seen = users(tx, &viewer, after, limit + 1)?;
        Ok(seen.map(|mut users| {
            let more = users.len() > limit as usize;
            users.truncate(limit as usize);
            let next_cursor = users.last().filter(|_| more).map(|(number, _)| number.to_string());
            let users = users.iter().map(|(_, user)| user.to_tree()).collect();
            result(&UserPage { users, next_cursor }, None)
        }))
    }))
}

fn answer_registration(incoming: &Incoming) -> Result<Work, Refusal> {
    let items: FourItems = read(&incoming.json()?)?;
    let (viewer, now) = (incoming.viewer(), incoming.now);
    Ok(Box::new(move |tx| {
        let done = register(tx, &viewer, &items, now)?;
        Ok(done.map(|user| result(&user.to_tree(), None)))
    }))
}

/// The calls about persons.
pub(crate) fn prepare(call: Call, incoming: &Incoming) -> Result<Work, Refusal> {
    use kaigo_core::benefit::{EquipmentUse, HomeModificationUse};
    use kaigo_core::eligibility::*;
    match call {
        Call::InsuredCard => answer_view::<InsuredCard>(incoming, Item::InsuredCard),
        Call::BurdenRatio => answer_view::<BurdenRatioCertificate>(incoming, Item::BurdenRatio),
        Call::BurdenLimit => answer_view::<BurdenLimitCertificate>(incoming, Item::BurdenLimit),
        Call::Certification => answer_view::<Certification>(incoming, Item::Certification),
        Call::Progress => answer_view::<CertificationProgress>(incoming, Item::Progress),
        Call::Assessment => answer_view::<AssessmentForm>(incoming, Item::Assessment),
        Call::Opinion => answer_view::<DoctorsOpinion>(incoming, Item::Opinion),
        Call::HomeModification => answer_view::<HomeModificationUse>(incoming, Item::HomeModification),
        Call::Equipment => answer_view::<EquipmentUse>(incoming, Item::Equipment),
        Call::Life => answer_view::<LifeFeedback>(incoming, Item::Life),
        Call::Users => answer_users(incoming),
        Call::RegisterPerson => answer_registration(incoming),
        Call::Consent => consent::answer(incoming),
        Call::Notification => filing::answer(incoming),
        Call::PlanForConsent => plan::answer_consent(incoming),
        Call::PlanForDelivery => plan::answer_delivery(incoming),
        Call::PlanState => plan::answer_state(incoming),
        Call::Plans => plan::answer_list(incoming),
        Call::Plan => plan::answer_content(incoming),
        _ => Err(Refusal::Internal),
    }
}
