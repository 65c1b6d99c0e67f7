//! Registered care plans: put up for the person's agreement, answered, delivered.

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use jiff::Timestamp;
use kaigo_core::calendar::Date;
use kaigo_core::code::CodeList as _;
use kaigo_core::document::{Document, Part as _, Prose, Tree};
use kaigo_core::eligibility::{PlanRegistrationKind, PlanState, RegisteredPlan};
use kaigo_core::platform::provisional::{
    File, Person, PlanDelivery, PlanDraft, PlanReference, RegisteredPlanContent, RegisteredPlans,
    business_code as code,
};
use kaigo_core::platform::{NamedFile, PersonId};
use rusqlite::{OptionalExtension as _, Row, Transaction, params};

use crate::account::{random, sha256};
use crate::careplan::hex;
use crate::incoming::{Incoming, result};
use crate::person::Looked;
use crate::policy::{self, Item, Viewer};
use crate::refusal::Refusal;
use crate::store::Work;
use crate::{clock, portal};

const NO_PLAN: Refusal = Refusal::Business(code::NO_PLAN);
const NOT_AGREED: Refusal = Refusal::Business(code::PLAN_NOT_AGREED);
const BAD_INPUT: Refusal = Refusal::Business(code::BAD_INPUT);

/// A name for a plan or a notification: 26 letters, so that it holds no number that means something.
pub(crate) fn new_id() -> Result<String, Refusal> {
    let bytes = random::<13>().map_err(|_| Refusal::Internal)?;
    Ok(bytes.iter().flat_map(|byte| [byte >> 4, byte & 15]).map(|half| char::from(b'a' + half)).collect())
}

/// The files of a plan, checked, with their digest as a whole.
pub(crate) struct Files {
    files: Vec<(NamedFile, String)>,
    digest: [u8; 32],
}

impl Files {
    fn check(files: Vec<File>) -> Result<Self, Refusal> {
        if files.is_empty() || files.len() > 200 {
            return Err(BAD_INPUT);
        }
        let mut all = Vec::new();
        let mut checked = Vec::new();
        for File { name, content_base64, sha256: digest } in files {
            let bytes = BASE64_STANDARD.decode(content_base64).map_err(|_| BAD_INPUT)?;
            if hex(&sha256(&bytes)) != digest {
                return Err(Refusal::Business(code::DIGEST));
            }
            all.extend_from_slice(format!("{name}\n{digest}\n").as_bytes());
            checked.push((NamedFile::new(name, bytes).map_err(|_| BAD_INPUT)?, digest));
        }
        Ok(Self { files: checked, digest: sha256(&all) })
    }
}

/// How the person agreed to what is delivered.
pub(crate) enum Agreement {
    Registered(String),
    OnPaper(Date),
}

/// Registers a plan; the same one is taken once, until the person refuses it.
pub(crate) fn register(
    tx: &Transaction<'_>,
    viewer: &Viewer,
    person: &PersonId,
    files: &Files,
    agreement: Option<&Agreement>,
    id: &str,
    now: i64,
) -> Looked<RegisteredPlan> {
    if let Err(refusal) = policy::admit(tx, viewer, Item::PlanRegistration, person, now)? {
        return Ok(Err(refusal));
    }
    let Some(office) = portal::find(tx, viewer.office)? else { return Ok(Err(Refusal::Internal)) };
    let (kind, state, agreed_on) = match agreement {
        None => (PlanRegistrationKind::Consent, PlanState::Awaiting, None),
        Some(Agreement::OnPaper(day)) if clock::date(now).is_none_or(|today| *day > today) => {
            return Ok(Err(BAD_INPUT));
        }
        Some(Agreement::OnPaper(day)) => {
            (PlanRegistrationKind::Delivery, PlanState::Delivered, Some(day.to_string()))
        }
        Some(Agreement::Registered(draft)) => {
            let agreed = tx
                .prepare(
                    "SELECT 1 FROM plan WHERE id = ?1 AND office = ?2 AND insurer = ?3 AND insured = ?4
                     AND content = ?5 AND state = ?6",
                )?
                .exists(params![
                    draft,
                    viewer.office.as_str(),
                    person.insurer.as_str(),
                    person.insured.as_str(),
                    files.digest,
                    PlanState::Agreed.code(),
                ])?;
            if !agreed {
                return Ok(Err(NOT_AGREED));
            }
            (PlanRegistrationKind::Delivery, PlanState::Delivered, None)
        }
    };
    let before: Option<String> = tx
        .prepare(
            "SELECT id FROM plan WHERE office = ?1 AND insurer = ?2 AND insured = ?3 AND kind = ?4 AND content = ?5
             AND state <> ?6 ORDER BY number DESC LIMIT 1",
        )?
        .query_row(
            params![
                viewer.office.as_str(),
                person.insurer.as_str(),
                person.insured.as_str(),
                kind.code(),
                files.digest,
                PlanState::Refused.code()
            ],
            |row| row.get(0),
        )
        .optional()?;
    let id = match before {
        Some(before) => before,
        None => {
            tx.execute(
                "INSERT INTO plan (id, kind, state, insurer, insured, office, service_type, registered_at, content,
                     agreed_on)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
                params![
                    id,
                    kind.code(),
                    state.code(),
                    person.insurer.as_str(),
                    person.insured.as_str(),
                    viewer.office.as_str(),
                    office.service_type.as_str(),
                    now,
                    files.digest,
                    agreed_on,
                ],
            )?;
            let number = tx.last_insert_rowid();
            let mut insert = tx.prepare("INSERT INTO plan_file VALUES (?1, ?2, ?3, ?4, ?5)")?;
            for (position, (file, digest)) in (0_i64..).zip(&files.files) {
                insert.execute(params![number, position, file.name(), digest, file.bytes()])?;
            }
            id.to_owned()
        }
    };
    Ok(find(tx, person, &id)?.map(|(_, plan)| plan).ok_or(Refusal::Internal))
}

/// What became of a plan that this office registered.
pub(crate) fn state(
    tx: &Transaction<'_>,
    viewer: &Viewer,
    person: &PersonId,
    id: &str,
    now: i64,
) -> Looked<RegisteredPlan> {
    if let Err(refusal) = policy::admit(tx, viewer, Item::PlanRegistration, person, now)? {
        return Ok(Err(refusal));
    }
    let plan = find(tx, person, id)?.map(|(_, plan)| plan);
    Ok(plan.filter(|plan| plan.office_number == viewer.office).ok_or(NO_PLAN))
}

/// The plans delivered for a person, whichever office did.
pub(crate) fn delivered(
    tx: &Transaction<'_>,
    viewer: &Viewer,
    person: &PersonId,
    now: i64,
) -> Looked<Vec<RegisteredPlan>> {
    if let Err(refusal) = policy::admit(tx, viewer, Item::Plans, person, now)? {
        return Ok(Err(refusal));
    }
    let mut plans = of_person(tx, person)?;
    plans.retain(|plan| plan.state == PlanState::Delivered);
    Ok(Ok(plans))
}

/// A plan delivered for a person, with its files.
pub(crate) fn content(
    tx: &Transaction<'_>,
    viewer: &Viewer,
    person: &PersonId,
    id: &str,
    now: i64,
) -> Looked<(RegisteredPlan, Vec<File>)> {
    if let Err(refusal) = policy::admit(tx, viewer, Item::Plans, person, now)? {
        return Ok(Err(refusal));
    }
    match find(tx, person, id)?.filter(|(_, plan)| plan.state == PlanState::Delivered) {
        Some((number, plan)) => Ok(Ok((plan, files(tx, number)?))),
        None => Ok(Err(NO_PLAN)),
    }
}

/// What the person sees: every plan, drafts too, oldest first.
pub(crate) fn of_person(tx: &Transaction<'_>, person: &PersonId) -> rusqlite::Result<Vec<RegisteredPlan>> {
    let ids = {
        let mut statement =
            tx.prepare("SELECT id FROM plan WHERE insurer = ?1 AND insured = ?2 ORDER BY number")?;
        let ids = statement
            .query_map([person.insurer.as_str(), person.insured.as_str()], |row| row.get::<_, String>(0))?;
        ids.collect::<rusqlite::Result<Vec<_>>>()?
    };
    let mut plans = Vec::new();
    for id in ids {
        plans.extend(find(tx, person, &id)?.map(|(_, plan)| plan));
    }
    Ok(plans)
}

/// A plan with its files, as the person sees it.
pub(crate) fn content_for_person(
    tx: &Transaction<'_>,
    person: &PersonId,
    id: &str,
) -> Looked<(RegisteredPlan, Vec<File>)> {
    match find(tx, person, id)? {
        Some((number, plan)) => Ok(Ok((plan, files(tx, number)?))),
        None => Ok(Err(NO_PLAN)),
    }
}

/// The person agrees to a draft, or refuses it, once.
pub(crate) fn answer(
    tx: &Transaction<'_>,
    person: &PersonId,
    id: &str,
    agrees: bool,
    comment: Option<&Prose>,
    now: i64,
) -> Looked<RegisteredPlan> {
    let state = if agrees { PlanState::Agreed } else { PlanState::Refused };
    let changed = tx.execute(
        "UPDATE plan SET state = ?4, answered_at = ?5, comment = ?6
         WHERE insurer = ?1 AND insured = ?2 AND id = ?3 AND state = ?7",
        params![
            person.insurer.as_str(),
            person.insured.as_str(),
            id,
            state.code(),
            now,
            comment.map(Prose::as_str),
            PlanState::Awaiting.code()
        ],
    )?;
    match find(tx, person, id)? {
        Some((_, plan)) if changed > 0 => Ok(Ok(plan)),
        _ => Ok(Err(NO_PLAN)),
    }
}

/// The plan of that name of a person.
fn find(
    tx: &Transaction<'_>,
    person: &PersonId,
    id: &str,
) -> rusqlite::Result<Option<(i64, RegisteredPlan)>> {
    let found = tx
        .prepare(
            "SELECT number, kind, state, office, service_type, registered_at, answered_at, comment, agreed_on
             FROM plan WHERE insurer = ?1 AND insured = ?2 AND id = ?3",
        )?
        .query_row([person.insurer.as_str(), person.insured.as_str(), id], |row| {
            Ok((row.get::<_, i64>(0)?, members(row)?))
        })
        .optional()?;
    let Some((number, mut members)) = found else { return Ok(None) };
    let names = {
        let mut statement = tx.prepare("SELECT name FROM plan_file WHERE plan = ?1 ORDER BY position")?;
        statement.query_map([number], |row| Ok(Tree::Text(row.get(0)?)))?.collect::<rusqlite::Result<_>>()?
    };
    members.push(("id", Tree::Text(id.to_owned())));
    members.push(("insurerNumber", person.insurer.to_tree()));
    members.push(("insuredNumber", person.insured.to_tree()));
    members.push(("fileNames", Tree::List(names)));
    let tree = Tree::Node(members.into_iter().map(|(name, value)| (name.into(), value)).collect());
    // What the sandbox wrote reads back.
    Ok(RegisteredPlan::read(&tree).ok().map(|plan| (number, plan)))
}

fn members(row: &Row<'_>) -> rusqlite::Result<Vec<(&'static str, Tree)>> {
    let text = |column| {
        Ok::<_, rusqlite::Error>(row.get::<_, Option<String>>(column)?.map_or(Tree::Null, Tree::Text))
    };
    let time = |column| {
        let time = row.get::<_, Option<i64>>(column)?.and_then(|time| Timestamp::from_millisecond(time).ok());
        Ok::<_, rusqlite::Error>(time.map_or(Tree::Null, |time| Tree::Text(time.to_string())))
    };
    Ok(vec![
        ("kind", text(1)?),
        ("state", text(2)?),
        ("officeNumber", text(3)?),
        ("serviceType", text(4)?),
        ("registeredAt", time(5)?),
        ("answeredAt", time(6)?),
        ("comment", text(7)?),
        ("agreedOn", text(8)?),
    ])
}

fn files(tx: &Transaction<'_>, number: i64) -> rusqlite::Result<Vec<File>> {
    let mut statement =
        tx.prepare("SELECT name, sha256, content FROM plan_file WHERE plan = ?1 ORDER BY position")?;
    let files = statement.query_map([number], |row| {
        let content_base64 = BASE64_STANDARD.encode(row.get_ref(2)?.as_blob()?);
        Ok(File { name: row.get(0)?, sha256: row.get(1)?, content_base64 })
    })?;
    files.collect()
}

pub(crate) fn answer_consent(incoming: &Incoming) -> Result<Work, Refusal> {
    let PlanDraft { insurer, insured, files } = incoming.json()?;
    answer_registration(incoming, PersonId { insurer, insured }, files, None)
}

pub(crate) fn answer_delivery(incoming: &Incoming) -> Result<Work, Refusal> {
    let PlanDelivery { insurer, insured, files, agreed_registration, agreed_on } = incoming.json()?;
    let agreement = match (agreed_registration, agreed_on) {
        (Some(id), None) => Agreement::Registered(id),
        (None, Some(day)) => Agreement::OnPaper(day.parse().map_err(|_| BAD_INPUT)?),
        _ => return Err(BAD_INPUT),
    };
    answer_registration(incoming, PersonId { insurer, insured }, files, Some(agreement))
}

fn answer_registration(
    incoming: &Incoming,
    person: PersonId,
    files: Vec<File>,
    agreement: Option<Agreement>,
) -> Result<Work, Refusal> {
    let (files, id) = (Files::check(files)?, new_id()?);
    let (viewer, now) = (incoming.viewer(), incoming.now);
    Ok(Box::new(move |tx| {
        let done = register(tx, &viewer, &person, &files, agreement.as_ref(), &id, now)?;
        Ok(done.map(|plan| result(&plan.to_tree(), None)))
    }))
}

pub(crate) fn answer_state(incoming: &Incoming) -> Result<Work, Refusal> {
    let PlanReference { insurer, insured, id } = incoming.json()?;
    let (viewer, now) = (incoming.viewer(), incoming.now);
    Ok(Box::new(move |tx| {
        let seen = state(tx, &viewer, &PersonId { insurer, insured }, &id, now)?;
        Ok(seen.map(|plan| result(&plan.to_tree(), None)))
    }))
}

pub(crate) fn answer_list(incoming: &Incoming) -> Result<Work, Refusal> {
    let Person { insurer, insured } = incoming.json()?;
    let (viewer, now) = (incoming.viewer(), incoming.now);
    Ok(Box::new(move |tx| {
        let seen = delivered(tx, &viewer, &PersonId { insurer, insured }, now)?;
        Ok(seen.map(|plans| {
            let plans = plans.iter().map(|plan| plan.to_tree()).collect();
            result(&RegisteredPlans { plans }, None)
        }))
    }))
}

pub(crate) fn answer_content(incoming: &Incoming) -> Result<Work, Refusal> {
    let PlanReference { insurer, insured, id } = incoming.json()?;
    let (viewer, now) = (incoming.viewer(), incoming.now);
    Ok(Box::new(move |tx| {
        let seen = content(tx, &viewer, &PersonId { insurer, insured }, &id, now)?;
        Ok(seen.map(|(plan, files)| result(&RegisteredPlanContent { plan: plan.to_tree(), files }, None)))
    }))
}
