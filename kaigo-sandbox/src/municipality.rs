//! What municipalities and medical institutions give: documents of persons, and from when on a municipality answers.
//!
//! How they really do it is no public interface: all of it is ours, and provisional.

use kaigo_core::calendar::{Date, Month};
use kaigo_core::document::{Document, DocumentVisitor, Part as _, Tree, visit};
use kaigo_core::eligibility::DoctorsOpinion;
use kaigo_core::ident::{InsuredNumber, InsurerNumber, OfficeNumber};
use kaigo_core::platform::PersonId;
use kaigo_core::report::Lang;
use rusqlite::{Transaction, params};
use serde::{Deserialize, Serialize};

use crate::incoming::{Asked, result};
use crate::refusal::Refusal;
use crate::store::Work;
use crate::{filing, person};

/// `POST` [`Feed`] -> [`Fed`].
pub(crate) const FEED: &str = "/municipality/v1/feed";
/// `POST` [`Readiness`] -> [`Readiness`].
pub(crate) const READINESS: &str = "/municipality/v1/readiness";
/// `POST` [`Municipality`] -> [`Notifications`].
pub(crate) const NOTIFICATIONS: &str = "/municipality/v1/notifications";
/// `POST` [`Opinion`] -> [`Fed`].
pub(crate) const OPINION: &str = "/medical/v1/opinions";

/// The documents that come from municipalities. LIFE is here for want of another who gives it.
const TYPES: &[&str] = &[
    "InsuredCard",
    "BurdenRatioCertificate",
    "BurdenLimitCertificate",
    "Certification",
    "CertificationProgress",
    "AssessmentForm",
    "HomeModificationUse",
    "EquipmentUse",
    "LifeFeedback",
];

/// A municipality's documents, and which offices served whom. All is taken, or nothing.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Feed {
    insurer: InsurerNumber,
    #[serde(default)]
    documents: Vec<Given>,
    #[serde(default)]
    served: Vec<Served>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Given {
    /// The name of its type.
    #[serde(rename = "type")]
    name: String,
    document: Tree,
}

/// An office served a person in a month, as its claim says.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Served {
    office: OfficeNumber,
    insured: InsuredNumber,
    /// `YYYY-MM`.
    month: String,
}

/// How many documents were kept, and why none were.
#[derive(Default, Serialize)]
struct Fed {
    kept: usize,
    refused: Vec<Refused>,
}

/// A document that does not conform: its place in the feed, from 0, and every fault without its value.
#[derive(Serialize)]
struct Refused {
    index: usize,
    message: String,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Readiness {
    insurer: InsurerNumber,
    name: String,
    /// A day, `YYYY-MM-DD`; without one, no day is set.
    #[serde(default)]
    ready_on: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Municipality {
    insurer: InsurerNumber,
}

#[derive(Serialize)]
struct Notifications {
    notifications: Vec<Filed>,
}

#[derive(Serialize)]
struct Filed {
    receipt: Tree,
    notification: Tree,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Opinion {
    insurer: InsurerNumber,
    document: Tree,
}

fn text<'t>(tree: &'t Tree, path: &[&str]) -> Option<&'t str> {
    match (tree, path) {
        (Tree::Text(text), []) => Some(text),
        (Tree::Node(members), [name, rest @ ..]) => {
            members.iter().find(|(member, _)| member == name).and_then(|(_, tree)| text(tree, rest))
        }
        _ => None,
    }
}

/// Reads a document and keeps it.
struct Keep<'k> {
    tx: &'k Transaction<'k>,
    insurer: InsurerNumber,
    tree: &'k Tree,
    now: i64,
}

impl DocumentVisitor for Keep<'_> {
    type Output = rusqlite::Result<Result<(), String>>;

    fn visit<D: Document>(self) -> Self::Output {
        let document = match D::read(self.tree) {
            Ok(document) => document,
            Err(error) => return Ok(Err(kaigo_core::Error::from(error).message(Lang::English))),
        };
        let named = text(self.tree, &["insurer", "number"]).or_else(|| text(self.tree, &["insurerNumber"]));
        if named.is_some_and(|named| named != self.insurer.as_str()) {
            return Ok(Err("another insurer's document".into()));
        }
        let insured = text(self.tree, &["insuredNumber"]).and_then(|insured| insured.parse().ok());
        let Some(insured) = insured else { return Ok(Err("no person's document".into())) };
        person::keep(self.tx, &PersonId { insurer: self.insurer, insured }, &document, self.now)?;
        Ok(Ok(()))
    }
}

fn keep_all(
    tx: &Transaction<'_>,
    insurer: InsurerNumber,
    documents: &[Given],
    types: &[&str],
    now: i64,
) -> rusqlite::Result<Fed> {
    tx.execute_batch("SAVEPOINT feed")?;
    let mut fed = Fed::default();
    for (index, given) in documents.iter().enumerate() {
        let kept = if types.contains(&given.name.as_str()) {
            let keep = Keep { tx, insurer, tree: &given.document, now };
            visit(&given.name, keep).unwrap_or_else(|error| Ok(Err(error.message(Lang::English))))?
        } else {
            Err("not a type of document that comes from here".into())
        };
        match kept {
            Ok(()) => fed.kept += 1,
            Err(message) => fed.refused.push(Refused { index, message }),
        }
    }
    if fed.refused.is_empty() {
        tx.execute_batch("RELEASE feed")?;
    } else {
        fed.kept = 0;
        tx.execute_batch("ROLLBACK TO feed; RELEASE feed")?;
    }
    Ok(fed)
}

pub(crate) fn feed(asked: &Asked) -> Result<Work, Refusal> {
    let Feed { insurer, documents, served } = asked.json()?;
    let served = served
        .into_iter()
        .map(|Served { office, insured, month }| Ok((office, insured, month.parse::<Month>()?)))
        .collect::<Result<Vec<_>, kaigo_core::ident::IdentError>>()
        .map_err(|_| Refusal::BadRequest("a month is YYYY-MM"))?;
    let now = asked.now;
    Ok(Box::new(move |tx| {
        let fed = keep_all(tx, insurer, &documents, TYPES, now)?;
        if fed.refused.is_empty() {
            for (office, insured, month) in served {
                person::extend_viewing(tx, office, &PersonId { insurer, insured }, month)?;
            }
        }
        Ok(Ok(result(&fed, None)))
    }))
}

pub(crate) fn opinion(asked: &Asked) -> Result<Work, Refusal> {
    let Opinion { insurer, document } = asked.json()?;
    let name = DoctorsOpinion::SHAPE.name;
    let (given, now) = (Given { name: name.to_owned(), document }, asked.now);
    Ok(Box::new(move |tx| Ok(Ok(result(&keep_all(tx, insurer, &[given], &[name], now)?, None)))))
}

pub(crate) fn set_readiness(asked: &Asked) -> Result<Work, Refusal> {
    let readiness: Readiness = asked.json()?;
    if readiness.ready_on.as_deref().is_some_and(|day| day.parse::<Date>().is_err()) {
        return Err(Refusal::BadRequest("readyOn is a day, YYYY-MM-DD"));
    }
    Ok(Box::new(move |tx| {
        let Readiness { insurer, name, ready_on } = &readiness;
        tx.execute(
            "INSERT INTO municipality (insurer, name, ready_from) VALUES (?1, ?2, ?3)
             ON CONFLICT (insurer) DO UPDATE SET name = excluded.name, ready_from = excluded.ready_from",
            params![insurer.as_str(), name, ready_on],
        )?;
        Ok(Ok(result(&readiness, None)))
    }))
}

pub(crate) fn notifications(asked: &Asked) -> Result<Work, Refusal> {
    let Municipality { insurer } = asked.json()?;
    Ok(Box::new(move |tx| {
        let filed = filing::of_municipality(tx, insurer)?;
        let filed = filed
            .iter()
            .map(|(receipt, form)| Filed { receipt: receipt.to_tree(), notification: form.to_tree() });
        Ok(Ok(result(&Notifications { notifications: filed.collect() }, None)))
    }))
}
