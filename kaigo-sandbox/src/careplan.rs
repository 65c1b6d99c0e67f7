//! The care-plan group: send, list, fetch, mark imported.

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use kaigo_core::exchange::Party;
use kaigo_core::ident::{OfficeNumber, ServiceTypeCode};
use kaigo_core::platform::provisional::{
    Empty, File, MAX_PAGE, SendRequest, Transfer, TransferContent, TransferPage, business_code,
};
use rusqlite::{OptionalExtension, Row, Transaction, params};
use serde::Deserialize;

use crate::account::{random, sha256};
use crate::clock::rfc3339;
use crate::incoming::{Incoming, result};
use crate::refusal::Refusal;
use crate::store::{Work, parsed};
use crate::unit::{Route, common_route};

const NO_TRANSFER: Refusal = Refusal::Business(business_code::NO_TRANSFER);

/// The columns that [`transfer`] reads.
macro_rules! columns {
    () => {
        "number, id, sender_office, sender_type, receiver_office, receiver_type, sequence, bytes, accepted_at,
         imported_at"
    };
}

/// Which end of its transfers an office asks for; the names of the columns.
const SENT: &str = "sender_office";
const RECEIVED: &str = "receiver_office";

#[derive(Deserialize)]
struct PageQuery {
    cursor: Option<String>,
    limit: Option<u32>,
    imported: Option<bool>,
}

pub(crate) fn sent(incoming: &Incoming) -> Result<Work, Refusal> {
    page(incoming, SENT)
}

pub(crate) fn received(incoming: &Incoming) -> Result<Work, Refusal> {
    page(incoming, RECEIVED)
}

/// A page follows the transfer that its cursor names. The cursor is a transfer's own id, so it tells nothing of
/// other offices' traffic.
fn page(incoming: &Incoming, end: &'static str) -> Result<Work, Refusal> {
    let axum::extract::Query(query) = axum::extract::Query::<PageQuery>::try_from_uri(&incoming.uri)
        .map_err(|_| Refusal::BadRequest("the query is not of the described form"))?;
    let limit = query.limit.unwrap_or(MAX_PAGE).clamp(1, MAX_PAGE);
    // What was sent has no such filter.
    let imported = query.imported.filter(|_| end == RECEIVED);
    let office = incoming.office();

    Ok(Box::new(move |tx| {
        let after = match &query.cursor {
            None => 0,
            Some(cursor) => {
                let number = tx
                    .query_row(
                        &format!("SELECT number FROM transfer WHERE id = ?1 AND {end} = ?2"),
                        params![cursor, office.as_str()],
                        |row| row.get::<_, i64>(0),
                    )
                    .optional()?;
                match number {
                    Some(number) => number,
                    None => return Ok(Err(Refusal::BadRequest("the cursor is not one that was given out"))),
                }
            }
        };
        let mut statement = tx.prepare(&format!(
            concat!(
                "SELECT ",
                columns!(),
                " FROM transfer WHERE {} = ?1 AND number > ?2
                  AND (?3 IS NULL OR (imported_at IS NOT NULL) = ?3) ORDER BY number LIMIT ?4"
            ),
            end
        ))?;
        // One more than asked for tells whether another page follows.
        let rows = statement.query_map(params![office.as_str(), after, imported, limit + 1], transfer)?;
        let mut transfers = rows.collect::<rusqlite::Result<Vec<_>>>()?;
        let more = transfers.len() > limit as usize;
        transfers.truncate(limit as usize);
        for (number, transfer) in &mut transfers {
            transfer.file_names = file_names(tx, *number)?;
        }
        let transfers: Vec<_> = transfers.into_iter().map(|(_, transfer)| transfer).collect();
        let next_cursor = transfers.last().filter(|_| more).map(|transfer| transfer.id.clone());
        Ok(Ok(result(&TransferPage { transfers, next_cursor }, None)))
    }))
}

pub(crate) fn send(incoming: &Incoming) -> Result<Work, Refusal> {
    let key = incoming
        .idempotency_key
        .clone()
        .filter(|key| (1..=128).contains(&key.len()) && key.bytes().all(|b| b.is_ascii_graphic()))
        .ok_or(Refusal::BadRequest(
            "the header idempotency-key is missing or not 1 to 128 visible characters",
        ))?;
    let unit = Unit::check(incoming.office(), incoming.json()?)?;
    let id = hex(&random::<16>().map_err(|_| Refusal::Internal)?);
    let now = incoming.now;

    Ok(Box::new(move |tx| {
        let before: Option<(String, [u8; 32])> = tx
            .query_row(
                "SELECT id, content FROM transfer WHERE sender_office = ?1 AND idempotency_key = ?2",
                params![unit.sender.as_str(), key],
                |row| Ok((row.get(0)?, row.get(1)?)),
            )
            .optional()?;
        let id = match before {
            Some((id, content)) if content == unit.content => id,
            Some(_) => return Ok(Err(Refusal::Business(business_code::KEY_REUSED))),
            None => {
                let known: bool = tx.query_row(
                    "SELECT EXISTS (SELECT 1 FROM office WHERE number = ?1)",
                    [unit.receiver.as_str()],
                    |row| row.get(0),
                )?;
                if !known {
                    return Ok(Err(Refusal::Business(business_code::UNKNOWN_OFFICE)));
                }
                unit.insert(tx, &id, &key, now)?;
                id
            }
        };
        Ok(match find(tx, &id, SENT, unit.sender)? {
            Some((_, transfer)) => Ok(result(&transfer, Some(id))),
            None => Err(NO_TRANSFER),
        })
    }))
}

/// A sending unit that was checked.
struct Unit {
    sender: OfficeNumber,
    sender_type: ServiceTypeCode,
    receiver: OfficeNumber,
    receiver_type: ServiceTypeCode,
    sequence: String,
    /// Name, digest, bytes.
    files: Vec<(String, String, Vec<u8>)>,
    /// Digest of receiver and files.
    content: [u8; 32],
}

impl Unit {
    /// The offices in the files' names have to be the caller and the receiver. Their service types are held
    /// against the request, not against the offices: the standard's own samples of actuals keep the types of
    /// the plan that they answer.
    fn check(sender: OfficeNumber, request: SendRequest) -> Result<Self, Refusal> {
        let SendRequest { receiver_office: receiver, receiver_type, files: sent } = request;
        let mut files = Vec::with_capacity(sent.len());
        let mut content = format!("{receiver}\n{receiver_type}\n");
        for File { name, content_base64, sha256: stated } in sent {
            let bytes = BASE64_STANDARD
                .decode(content_base64)
                .map_err(|_| Refusal::BadRequest("a file's content is not Base64 with padding"))?;
            if stated != hex(&sha256(&bytes)) {
                return Err(Refusal::Business(business_code::DIGEST));
            }
            content.push_str(&format!("{name}\n{stated}\n"));
            files.push((name, stated, bytes));
        }
        let content = sha256(content.as_bytes());
        match common_route(files.iter().map(|(name, ..)| name.as_str())) {
            // Only names before 4.1 lack the types, and those are not taken.
            Some(Route {
                sender: Party { office, service_type: Some(sender_type) },
                receiver: to,
                sequence,
            }) if office == sender
                && to == (Party { office: receiver, service_type: Some(receiver_type) }) =>
            {
                let sequence = sequence.to_string();
                Ok(Self { sender, sender_type, receiver, receiver_type, sequence, files, content })
            }
            _ => Err(Refusal::Business(business_code::NOT_A_UNIT)),
        }
    }

    fn insert(&self, tx: &Transaction<'_>, id: &str, key: &str, now: i64) -> rusqlite::Result<()> {
        let bytes: usize = self.files.iter().map(|(.., bytes)| bytes.len()).sum();
        tx.execute(
            "INSERT INTO transfer (id, sender_office, sender_type, receiver_office, receiver_type, sequence,
                                   bytes, accepted_at, idempotency_key, content)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
            params![
                id,
                self.sender.as_str(),
                self.sender_type.as_str(),
                self.receiver.as_str(),
                self.receiver_type.as_str(),
                self.sequence,
                i64::try_from(bytes).unwrap_or(i64::MAX),
                now,
                key,
                self.content,
            ],
        )?;
        let number = tx.last_insert_rowid();
        let mut insert = tx.prepare(
            "INSERT INTO file (transfer, position, name, sha256, content) VALUES (?1, ?2, ?3, ?4, ?5)",
        )?;
        for (position, (name, sha256, bytes)) in (0_i64..).zip(&self.files) {
            insert.execute(params![number, position, name, sha256, bytes])?;
        }
        Ok(())
    }
}

pub(crate) fn fetch(incoming: &Incoming) -> Result<Work, Refusal> {
    content(incoming, RECEIVED)
}

pub(crate) fn fetch_sent(incoming: &Incoming) -> Result<Work, Refusal> {
    content(incoming, SENT)
}

fn content(incoming: &Incoming, end: &'static str) -> Result<Work, Refusal> {
    let (id, office) = (incoming.id.clone().unwrap_or_default(), incoming.office());
    Ok(Box::new(move |tx| {
        let Some((number, transfer)) = find(tx, &id, end, office)? else {
            return Ok(Err(NO_TRANSFER));
        };
        let mut statement =
            tx.prepare("SELECT name, sha256, content FROM file WHERE transfer = ?1 ORDER BY position")?;
        let files = statement.query_map([number], |row| {
            let content = row.get_ref(2)?.as_blob()?;
            Ok(File {
                name: row.get(0)?,
                sha256: row.get(1)?,
                content_base64: BASE64_STANDARD.encode(content),
            })
        })?;
        let files = files.collect::<rusqlite::Result<_>>()?;
        Ok(Ok(result(&TransferContent { transfer, files }, Some(id))))
    }))
}

/// The first mark stays; repeating it changes nothing.
pub(crate) fn imported(incoming: &Incoming) -> Result<Work, Refusal> {
    let Empty {} = incoming.json()?;
    let (id, office, now) = (incoming.id.clone().unwrap_or_default(), incoming.office(), incoming.now);
    Ok(Box::new(move |tx| {
        tx.execute(
            "UPDATE transfer SET imported_at = ?3
             WHERE id = ?1 AND receiver_office = ?2 AND imported_at IS NULL",
            params![id, office.as_str(), now],
        )?;
        Ok(match find(tx, &id, RECEIVED, office)? {
            Some((_, transfer)) => Ok(result(&transfer, Some(id))),
            None => Err(NO_TRANSFER),
        })
    }))
}

/// The transfer of that id, if the office stands at that end of it.
fn find(
    tx: &Transaction<'_>,
    id: &str,
    end: &'static str,
    office: OfficeNumber,
) -> rusqlite::Result<Option<(i64, Transfer)>> {
    let mut statement = tx
        .prepare(&format!(concat!("SELECT ", columns!(), " FROM transfer WHERE id = ?1 AND {} = ?2"), end))?;
    let Some((number, mut transfer)) = statement.query_row([id, office.as_str()], transfer).optional()?
    else {
        return Ok(None);
    };
    transfer.file_names = file_names(tx, number)?;
    Ok(Some((number, transfer)))
}

/// A row without the names of its files.
fn transfer(row: &Row<'_>) -> rusqlite::Result<(i64, Transfer)> {
    let transfer = Transfer {
        id: row.get(1)?,
        sender_office: parsed(row, 2)?,
        sender_type: parsed(row, 3)?,
        receiver_office: parsed(row, 4)?,
        receiver_type: parsed(row, 5)?,
        sequence: row.get(6)?,
        file_names: Vec::new(),
        bytes: row.get::<_, i64>(7)?.unsigned_abs(),
        accepted_at: rfc3339(row.get(8)?),
        imported_at: row.get::<_, Option<i64>>(9)?.map(rfc3339),
    };
    Ok((row.get(0)?, transfer))
}

fn file_names(tx: &Transaction<'_>, number: i64) -> rusqlite::Result<Vec<String>> {
    let mut statement = tx.prepare("SELECT name FROM file WHERE transfer = ?1 ORDER BY position")?;
    statement.query_map([number], |row| row.get(0))?.collect()
}

pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
