//! The one SQLite file that holds everything. It survives `kill -9`: each change is one transaction in a
//! write-ahead log that is synced before the change is answered.

use std::path::Path;
use std::sync::{Mutex, PoisonError};

use kaigo_core::code::CodeList;
use kaigo_core::eligibility::JobType;
use kaigo_core::ident::OfficeNumber;
use kaigo_core::platform::PersonId;
use rusqlite::types::Type;
use rusqlite::{Connection, OpenFlags, OptionalExtension, Row, Transaction, TransactionBehavior, params};
use zeroize::Zeroizing;

use crate::audit::AuditEntry;
use crate::authority::Authority;
use crate::error::{Error, Result};
use crate::refusal::Refusal;

/// The file's name in the data directory.
const FILE: &str = "sandbox.sqlite3";
/// One file for each topic.
const SCHEMA: &[&str] = &[include_str!("schema.sql"), include_str!("schema_person.sql")];
const SCHEMA_VERSION: i64 = 3;

/// What a call leaves behind when it is done.
pub(crate) struct Done {
    /// The body of the answer.
    pub(crate) body: Vec<u8>,
    /// The transfer that the call was about.
    pub(crate) transfer: Option<String>,
    /// The person whom it was about, where that is known only now.
    pub(crate) person: Option<PersonId>,
}

/// A login.
#[derive(Clone)]
pub(crate) struct Session {
    pub(crate) id: i64,
    /// The job types of the member of staff; none for the account of the office.
    pub(crate) jobs: Vec<JobType>,
}

/// The part of a call that reads or changes the store.
pub(crate) type Work = Box<dyn FnOnce(&Transaction<'_>) -> rusqlite::Result<Result<Done, Refusal>> + Send>;

/// What the audit log says of a call before it is carried out.
pub(crate) struct Caller<'a> {
    pub(crate) time: i64,
    /// The office, or the role.
    pub(crate) office: &'a str,
    pub(crate) jobs: &'a [JobType],
    pub(crate) call: &'static str,
    /// The person whom it is about.
    pub(crate) person: Option<PersonId>,
}

/// One office's row.
pub(crate) struct OfficeRow {
    pub(crate) number: OfficeNumber,
    pub(crate) salt: [u8; 16],
    pub(crate) verifier: [u8; 32],
    pub(crate) issue: [u8; 32],
    pub(crate) staff: Vec<StaffRow>,
}

/// One member of an office's staff.
pub(crate) struct StaffRow {
    pub(crate) salt: [u8; 16],
    pub(crate) verifier: [u8; 32],
    pub(crate) jobs: Vec<JobType>,
}

pub(crate) struct Store(Mutex<Connection>);

impl Store {
    /// Opens the store in the directory, and makes it when it is not there.
    pub(crate) fn open(dir: &Path) -> Result<Self> {
        let path = dir.join(FILE);
        create_private(&path).map_err(Error::at(&path))?;
        let mut connection = Connection::open(&path)?;
        connection.pragma_update(None, "journal_mode", "WAL")?;
        connection.pragma_update(None, "synchronous", "FULL")?;
        connection.pragma_update(None, "foreign_keys", true)?;
        let tx = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        match version(&tx)? {
            0 => {
                for topic in SCHEMA {
                    tx.execute_batch(topic)?;
                }
                tx.pragma_update(None, "user_version", SCHEMA_VERSION)?;
            }
            SCHEMA_VERSION => {}
            other => return Err(unknown_version(other)),
        }
        tx.commit()?;
        Ok(Self(Mutex::new(connection)))
    }

    /// One transaction outside of any call.
    pub(crate) fn transaction<T>(&self, work: impl FnOnce(&Transaction<'_>) -> Result<T>) -> Result<T> {
        let mut connection = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let tx = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let done = work(&tx)?;
        tx.commit()?;
        Ok(done)
    }

    /// Carries out a call in one transaction: what it changes and its line in the audit log stand or fall
    /// together. A refusal is committed too, for it may count a failed login.
    pub(crate) fn carry_out(
        &self,
        caller: &Caller<'_>,
        work: Result<Work, Refusal>,
    ) -> Result<Result<Done, Refusal>> {
        self.transaction(|tx| {
            let outcome = match work {
                Ok(work) => work(tx)?,
                Err(refusal) => Err(refusal),
            };
            let (word, transfer, found) = match &outcome {
                Ok(done) => ("ok", done.transfer.as_deref(), done.person),
                Err(refusal) => (refusal.word(), None, None),
            };
            let person = found.or(caller.person);
            tx.execute(
                "INSERT INTO audit (time, office, jobs, call, outcome, transfer, insurer, insured)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
                params![
                    caller.time,
                    caller.office,
                    codes(caller.jobs),
                    caller.call,
                    word,
                    transfer,
                    person.as_ref().map(|person| person.insurer.as_str()),
                    person.as_ref().map(|person| person.insured.as_str()),
                ],
            )?;
            Ok(outcome)
        })
    }

    /// The session that a token opens over a connection with this certificate.
    pub(crate) fn session(
        &self,
        access: &[u8; 32],
        certificate: &[u8; 32],
        now: i64,
    ) -> Result<Option<Session>> {
        let connection = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let session = connection
            .prepare(
                "SELECT id, jobs FROM session WHERE access = ?1 AND certificate = ?2 AND access_ends > ?3",
            )?
            .query_row(params![access, certificate, now], |row| {
                Ok(Session { id: row.get(0)?, jobs: jobs(&row.get::<_, String>(1)?) })
            })
            .optional()?;
        Ok(session)
    }

    /// The certificate of an office that was not revoked.
    pub(crate) fn certificate_of(&self, office: OfficeNumber) -> Result<Option<[u8; 32]>> {
        let connection = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let certificate = connection
            .prepare("SELECT digest FROM certificate WHERE office = ?1 AND revoked_at IS NULL")?
            .query_row([office.as_str()], |row| row.get(0))
            .optional()?;
        Ok(certificate)
    }

    /// The office that holds a certificate which stands: one that was issued, not revoked, and has not ended.
    pub(crate) fn holder(&self, certificate: &[u8; 32], now: i64) -> Result<Option<OfficeRow>> {
        let connection = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let number = connection
            .prepare(
                "SELECT office FROM certificate WHERE digest = ?1 AND revoked_at IS NULL AND ends_at > ?2",
            )?
            .query_row(params![certificate, now], |row| parsed(row, 0))
            .optional()?;
        match number {
            Some(number) => Ok(office(&connection, number)?),
            None => Ok(None),
        }
    }

    /// The audit log, oldest first.
    pub(crate) fn audit(&self) -> Result<Vec<AuditEntry>> {
        audit(&self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

/// Reads the audit log of a data directory, beside a running sandbox or without one.
pub(crate) fn read_audit(dir: &Path) -> Result<Vec<AuditEntry>> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(dir.join(FILE), flags)?;
    match version(&connection)? {
        SCHEMA_VERSION => audit(&connection),
        other => Err(unknown_version(other)),
    }
}

fn audit(connection: &Connection) -> Result<Vec<AuditEntry>> {
    Ok(audit_where(connection, "true", params![])?)
}

/// The audit log of one person, oldest first.
pub(crate) fn audit_of(tx: &Transaction<'_>, person: &PersonId) -> rusqlite::Result<Vec<AuditEntry>> {
    let PersonId { insurer, insured } = person;
    audit_where(tx, "insurer = ?1 AND insured = ?2", params![insurer.as_str(), insured.as_str()])
}

fn audit_where(
    connection: &Connection,
    condition: &'static str,
    params: &[&dyn rusqlite::ToSql],
) -> rusqlite::Result<Vec<AuditEntry>> {
    let mut statement = connection.prepare(&format!(
        "SELECT time, office, jobs, call, outcome, transfer, insurer, insured FROM audit
         WHERE {condition} ORDER BY number"
    ))?;
    let rows = statement.query_map(params, |row| {
        let (insurer, insured): (Option<String>, Option<String>) = (row.get(6)?, row.get(7)?);
        Ok(AuditEntry {
            time: crate::clock::rfc3339(row.get(0)?),
            office: row.get(1)?,
            jobs: row.get(2)?,
            call: row.get(3)?,
            outcome: row.get(4)?,
            transfer: row.get(5)?,
            person: insurer.zip(insured),
        })
    })?;
    rows.collect()
}

/// Job types as the store keeps them.
pub(crate) fn codes(jobs: &[JobType]) -> String {
    jobs.iter().map(CodeList::code).collect::<Vec<_>>().join(",")
}

/// What [`codes`] wrote.
fn jobs(codes: &str) -> Vec<JobType> {
    codes.split(',').filter_map(|code| JobType::from_code(code.as_bytes())).collect()
}

/// The authority, if the store has one.
pub(crate) fn authority(tx: &Transaction<'_>) -> Result<Option<Authority>> {
    let row = tx.query_row("SELECT ca_pem, ca, ca_key FROM authority", [], |row| {
        Ok(Authority { ca_pem: row.get(0)?, ca: row.get(1)?, ca_key: Zeroizing::new(row.get(2)?) })
    });
    Ok(row.optional()?)
}

pub(crate) fn insert_authority(tx: &Transaction<'_>, authority: &Authority) -> Result<()> {
    let Authority { ca_pem, ca, ca_key } = authority;
    tx.execute(
        "INSERT INTO authority (only, ca_pem, ca, ca_key) VALUES (1, ?1, ?2, ?3)",
        params![ca_pem, ca, **ca_key],
    )?;
    Ok(())
}

/// An office that holds an account.
pub(crate) fn office(tx: &Connection, number: OfficeNumber) -> rusqlite::Result<Option<OfficeRow>> {
    let row = tx.query_row(
        "SELECT number, salt, verifier, issue FROM office WHERE number = ?1",
        [number.as_str()],
        office_row,
    );
    let Some(mut row) = row.optional()? else { return Ok(None) };
    row.staff = tx
        .prepare("SELECT salt, verifier, jobs FROM staff WHERE office = ?1 ORDER BY number")?
        .query_map([number.as_str()], |row| {
            let jobs = jobs(&row.get::<_, String>(2)?);
            Ok(StaffRow { salt: row.get(0)?, verifier: row.get(1)?, jobs })
        })?
        .collect::<rusqlite::Result<_>>()?;
    Ok(Some(row))
}

/// The number of every office that holds an account.
pub(crate) fn offices(tx: &Transaction<'_>) -> rusqlite::Result<Vec<OfficeNumber>> {
    tx.prepare("SELECT number FROM office ORDER BY number")?.query_map([], |row| parsed(row, 0))?.collect()
}

fn office_row(row: &Row<'_>) -> rusqlite::Result<OfficeRow> {
    Ok(OfficeRow {
        number: parsed(row, 0)?,
        salt: row.get(1)?,
        verifier: row.get(2)?,
        issue: row.get(3)?,
        staff: Vec::new(),
    })
}

pub(crate) fn insert_office(tx: &Transaction<'_>, office: &OfficeRow) -> rusqlite::Result<()> {
    tx.execute(
        "INSERT INTO office (number, salt, verifier, issue) VALUES (?1, ?2, ?3, ?4)",
        params![office.number.as_str(), office.salt, office.verifier, office.issue],
    )?;
    for (number, staff) in (1_i64..).zip(&office.staff) {
        tx.execute(
            "INSERT INTO staff (office, number, salt, verifier, jobs) VALUES (?1, ?2, ?3, ?4, ?5)",
            params![office.number.as_str(), number, staff.salt, staff.verifier, codes(&staff.jobs)],
        )?;
    }
    Ok(())
}

/// Reads text that the sandbox wrote as a value of its own.
pub(crate) fn parsed<T>(row: &Row<'_>, column: usize) -> rusqlite::Result<T>
where
    T: std::str::FromStr<Err: std::error::Error + Send + Sync + 'static>,
{
    let text: String = row.get(column)?;
    text.parse()
        .map_err(|e: T::Err| rusqlite::Error::FromSqlConversionFailure(column, Type::Text, Box::new(e)))
}

fn version(connection: &Connection) -> rusqlite::Result<i64> {
    connection.pragma_query_value(None, "user_version", |row| row.get(0))
}

fn unknown_version(version: i64) -> Error {
    crate::error::ErrorKind::Store(format!("written by another version of the sandbox ({version})").into())
        .into()
}

/// Makes the file readable by its owner alone, for it holds keys. SQLite gives its companions the same mode.
fn create_private(path: &Path) -> std::io::Result<()> {
    let mut options = std::fs::OpenOptions::new();
    options.append(true).create(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path).map(drop)
}
