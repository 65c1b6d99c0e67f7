//! The SQLite file behind an outbox. Each change is one transaction in a write-ahead log that is synced before the call
//! returns.

use std::ffi::OsString;
use std::fs::{File, OpenOptions, TryLockError};
use std::io::ErrorKind as IoErrorKind;
use std::path::{Path, PathBuf};
use std::str::FromStr;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use jiff::Timestamp;
use ring::digest::{SHA256, digest};
use rusqlite::{Connection, OptionalExtension, Row, Transaction, TransactionBehavior, named_params, params};

use super::error::{OutboxError, OutboxFault};
use super::model::{Entry, Reason, State, UnitId};
use crate::error::{Error, Result};
use crate::ident::OfficeNumber;
use crate::platform::{IdempotencyKey, NamedFile, Package, Transfer};

const SCHEMA: &str = include_str!("schema.sql");
const SCHEMA_VERSION: i64 = 1;
/// Tells an outbox from other files of SQLite: `kgob`.
const APPLICATION_ID: i64 = 0x6B67_6F62;

/// How long one waits for another who is making the outbox before looking again.
const PATIENCE: Duration = Duration::from_millis(5);

/// What stays inside a transaction.
type Inner<T> = Result<T, OutboxFault>;

pub(super) struct Store {
    path: PathBuf,
    connection: Mutex<Connection>,
}

/// Keeps others from sending. It goes with the process, however that ends.
pub(super) struct Lock(#[allow(dead_code, reason = "held, not read")] File);

/// A unit on its way.
pub(super) struct Begun {
    pub(super) package: Package,
    pub(super) key: IdempotencyKey,
    /// What it was before: one that may have arrived is not made certain by an attempt that surely failed.
    pub(super) before: State,
}

impl Store {
    pub(super) fn open(path: &Path) -> Result<Self> {
        create_private(path).map_err(|error| Error::io(path, error))?;
        let at = |fault| Error::from(OutboxError::new(path, fault));
        let mut connection = connect(path).map_err(at)?;
        // Nothing is written to a file that is not ours. Of several who find a new one, one makes it an outbox: SQLite
        // lets nobody wait while the log is set up.
        while found(&mut connection).map_err(at)? == 0 {
            match lock(path)? {
                Some(_lock) => make(&mut connection).map_err(at)?,
                None => std::thread::sleep(PATIENCE),
            }
        }
        Ok(Self { path: path.to_owned(), connection: Mutex::new(connection) })
    }

    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    pub(super) fn error(&self, fault: OutboxFault) -> Error {
        OutboxError::new(&self.path, fault).into()
    }

    /// The right to send.
    pub(super) fn lock(&self) -> Result<Lock> {
        lock(&self.path)?.ok_or_else(|| self.error(OutboxFault::InUse))
    }

    fn change<T>(&self, work: impl FnOnce(&Transaction<'_>) -> Inner<T>) -> Result<T> {
        let mut connection = self.connection.lock().unwrap_or_else(PoisonError::into_inner);
        let change = || -> Inner<T> {
            let tx = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
            let done = work(&tx)?;
            tx.commit()?;
            Ok(done)
        };
        change().map_err(|fault| self.error(fault))
    }

    pub(super) fn enqueue(&self, package: &Package, key: &IdempotencyKey) -> Result<UnitId> {
        self.change(|tx| {
            tx.execute(
                "INSERT INTO unit (receiver_office, receiver_type, idempotency_key, state, queued_at)
                 VALUES (?1, ?2, ?3, ?4, ?5)",
                params![
                    package.receiver_office.as_str(),
                    package.receiver_type.as_str(),
                    key.as_str(),
                    State::Queued.name(),
                    now(),
                ],
            )?;
            let id = tx.last_insert_rowid();
            let mut insert = tx.prepare(
                "INSERT INTO file (unit, position, name, bytes, sha256, content)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
            )?;
            for (position, file) in (0_i64..).zip(&package.files) {
                let bytes = file.bytes();
                insert.execute(params![id, position, file.name(), length(bytes), sha256(bytes), bytes])?;
            }
            Ok(UnitId(id))
        })
    }

    /// Whoever holds the lock knows that nothing is on its way: what says so was cut off.
    pub(super) fn recover(&self, _lock: &Lock) -> Result<()> {
        self.change(|tx| {
            let (sending, unknown) = (State::Sending.name(), State::Unknown.name());
            tx.execute("UPDATE unit SET state = ?2 WHERE state = ?1", [sending, unknown])?;
            Ok(())
        })
    }

    /// The units whose turn it is, the first of each destination; those tried least often before the others, so that no
    /// destination starves.
    pub(super) fn due(&self) -> Result<Vec<UnitId>> {
        self.change(|tx| {
            let mut statement = tx.prepare(
                "SELECT id FROM unit JOIN (
                     SELECT min(id) AS first FROM unit WHERE state NOT IN ('sent', 'given-up')
                     GROUP BY receiver_office, receiver_type
                 ) ON id = first
                 WHERE state IN ('queued', 'unknown') ORDER BY attempts, id",
            )?;
            let due = statement.query_map([], |row| row.get(0).map(UnitId))?;
            Ok(due.collect::<rusqlite::Result<_>>()?)
        })
    }

    /// How many units wait for their turn or for an answer.
    pub(super) fn waiting(&self) -> Result<u64> {
        self.change(|tx| {
            let sql = "SELECT count(*) FROM unit WHERE state IN ('queued', 'unknown')";
            let count: i64 = tx.prepare(sql)?.query_row([], |row| row.get(0))?;
            Ok(count.unsigned_abs())
        })
    }

    /// The outbox is that of the first session's office from then on.
    pub(super) fn belongs_to(&self, office: OfficeNumber) -> Result<()> {
        self.change(|tx| {
            tx.execute("INSERT OR IGNORE INTO office (only_one, number) VALUES (1, ?1)", [office.as_str()])?;
            let number: String = tx.query_row("SELECT number FROM office", [], |row| row.get(0))?;
            if number == office.as_str() { Ok(()) } else { Err(OutboxFault::OtherOffice) }
        })
    }

    /// Puts a unit on its way; `None` when it no longer waits, for somebody gave it up meanwhile.
    pub(super) fn begin(&self, id: UnitId) -> Result<Option<Begun>> {
        self.change(|tx| {
            let before = match state(tx, id) {
                Ok(state @ (State::Queued | State::Unknown)) => state,
                Ok(_) | Err(OutboxFault::NoUnit(_)) => return Ok(None),
                Err(fault) => return Err(fault),
            };
            tx.execute(
                "UPDATE unit SET state = ?2, attempts = attempts + 1, tried_at = ?3 WHERE id = ?1",
                params![id.0, State::Sending.name(), now()],
            )?;
            let (package, key) = package(tx, id)?;
            Ok(Some(Begun { package, key, before }))
        })
    }

    /// The platform took it.
    pub(super) fn sent(&self, id: UnitId, transfer: &Transfer) -> Result<()> {
        self.change(|tx| {
            tx.execute(
                "UPDATE unit SET state = ?2, transfer = ?3, accepted_at = ?4,
                     reason_code = NULL, reason_ja = NULL, reason_en = NULL
                 WHERE id = ?1",
                params![
                    id.0,
                    State::Sent.name(),
                    transfer.id.as_str(),
                    transfer.accepted_at.as_millisecond()
                ],
            )?;
            wipe(tx, id)
        })
    }

    /// The platform did not take it, or nobody knows.
    pub(super) fn failed(&self, id: UnitId, state: State, reason: &Reason) -> Result<()> {
        self.change(|tx| {
            tx.execute(
                "UPDATE unit SET state = ?2, reason_code = ?3, reason_ja = ?4, reason_en = ?5 WHERE id = ?1",
                params![id.0, state.name(), reason.code, reason.message_ja, reason.message_en],
            )?;
            Ok(())
        })
    }

    /// Not to be sent; its content goes.
    pub(super) fn give_up(&self, id: UnitId) -> Result<()> {
        self.change(|tx| {
            of_state(tx, id, &[State::Queued, State::Refused, State::Unknown])?;
            tx.execute("UPDATE unit SET state = ?2 WHERE id = ?1", params![id.0, State::GivenUp.name()])?;
            wipe(tx, id)
        })
    }

    /// In its place again, under another key.
    pub(super) fn requeue(&self, id: UnitId, key: &IdempotencyKey) -> Result<()> {
        self.change(|tx| {
            of_state(tx, id, &[State::Refused])?;
            tx.execute(
                "UPDATE unit SET state = ?2, idempotency_key = ?3 WHERE id = ?1",
                params![id.0, State::Queued.name(), key.as_str()],
            )?;
            Ok(())
        })
    }

    /// Nothing of it stays.
    pub(super) fn forget(&self, id: UnitId) -> Result<()> {
        self.change(|tx| {
            of_state(tx, id, &[State::Sent, State::GivenUp])?;
            tx.execute("DELETE FROM unit WHERE id = ?1", [id.0])?;
            Ok(())
        })
    }

    pub(super) fn state(&self, id: UnitId) -> Result<State> {
        self.change(|tx| state(tx, id))
    }

    /// Those of a number, or all, in their order.
    pub(super) fn entries(&self, id: Option<UnitId>) -> Result<Vec<Entry>> {
        let mut connection = self.connection.lock().unwrap_or_else(PoisonError::into_inner);
        let mut read = || -> Inner<Vec<Entry>> {
            // One moment for both tables; nobody who writes waits for it.
            let tx = connection.transaction()?;
            let mut units = tx.prepare(
                "SELECT id, receiver_office, receiver_type, idempotency_key, state, attempts, queued_at,
                        tried_at, transfer, accepted_at, reason_code, reason_ja, reason_en
                 FROM unit WHERE :id IS NULL OR id = :id ORDER BY id",
            )?;
            let mut files = tx.prepare("SELECT name, bytes FROM file WHERE unit = ?1 ORDER BY position")?;
            let mut rows = units.query(named_params! { ":id": id.map(|id| id.0) })?;
            let mut entries = Vec::new();
            while let Some(row) = rows.next()? {
                let mut entry = entry(row)?;
                let names = files.query_map([entry.id.0], |row| Ok((row.get(0)?, row.get::<_, i64>(1)?)))?;
                for name in names {
                    let (name, bytes) = name?;
                    entry.file_names.push(name);
                    entry.bytes += bytes.unsigned_abs();
                }
                entries.push(entry);
            }
            Ok(entries)
        };
        read().map_err(|fault| self.error(fault))
    }

    /// Folds the log into the file, so that what was wiped does not stay in the log either. Where somebody reads just now,
    /// the next one does it.
    pub(super) fn tidy(&self) {
        let connection = self.connection.lock().unwrap_or_else(PoisonError::into_inner);
        if let Err(error) = connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(())) {
            log::debug!("the log of the outbox was not folded in: {error}");
        }
    }
}

fn connect(path: &Path) -> Inner<Connection> {
    let connection = Connection::open(path)?;
    connection.pragma_update(None, "synchronous", "FULL")?;
    // What macOS needs for the same; the others do not know it.
    connection.pragma_update(None, "fullfsync", true)?;
    connection.pragma_update(None, "foreign_keys", true)?;
    // What is deleted is overwritten: it is about people.
    connection.pragma_update(None, "secure_delete", true)?;
    Ok(connection)
}

/// The version of the form that a file has now.
fn found(connection: &mut Connection) -> Inner<i64> {
    version(&connection.transaction()?)
}

/// The version of the form; 0 for a file that is still empty. All of it is of one moment.
fn version(tx: &Transaction<'_>) -> Inner<i64> {
    let number = |name| tx.pragma_query_value(None, name, |row| row.get::<_, i64>(0));
    match (number("application_id")?, number("user_version")?) {
        (APPLICATION_ID, version @ 1..=SCHEMA_VERSION) => Ok(version),
        (APPLICATION_ID, newer) => Err(OutboxFault::NewerVersion(newer)),
        (0, 0) => {
            let tables: i64 = tx.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0))?;
            if tables == 0 { Ok(0) } else { Err(OutboxFault::Foreign) }
        }
        _ => Err(OutboxFault::Foreign),
    }
}

/// Makes an empty file an outbox, for whoever holds the lock.
fn make(connection: &mut Connection) -> Inner<()> {
    connection.pragma_update(None, "journal_mode", "WAL")?;
    let tx = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    // Somebody else may have had the lock before.
    if version(&tx)? == 0 {
        tx.execute_batch(SCHEMA)?;
        tx.pragma_update(None, "application_id", APPLICATION_ID)?;
        tx.pragma_update(None, "user_version", SCHEMA_VERSION)?;
    }
    Ok(tx.commit()?)
}

/// The lock beside an outbox; `None` while another thread or process holds it.
fn lock(outbox: &Path) -> Result<Option<Lock>> {
    let mut name = OsString::from(outbox);
    name.push("-lock");
    let path = PathBuf::from(name);
    let mut options = OpenOptions::new();
    options.write(true).create(true);
    private(&mut options);
    let file = options.open(&path).map_err(|error| Error::io(&path, error))?;
    match file.try_lock() {
        Ok(()) => Ok(Some(Lock(file))),
        Err(TryLockError::WouldBlock) => Ok(None),
        Err(TryLockError::Error(error)) => Err(Error::io(&path, error)),
    }
}

fn state(tx: &Transaction<'_>, id: UnitId) -> Inner<State> {
    let name: Option<String> =
        tx.prepare("SELECT state FROM unit WHERE id = ?1")?.query_row([id.0], |row| row.get(0)).optional()?;
    let name = name.ok_or(OutboxFault::NoUnit(id))?;
    State::from_name(&name).ok_or(OutboxFault::Damaged(Some(id)))
}

fn of_state(tx: &Transaction<'_>, id: UnitId, allowed: &[State]) -> Inner<()> {
    let state = state(tx, id)?;
    if allowed.contains(&state) { Ok(()) } else { Err(OutboxFault::WrongState(id, state)) }
}

fn wipe(tx: &Transaction<'_>, id: UnitId) -> Inner<()> {
    tx.execute("UPDATE file SET content = NULL WHERE unit = ?1", [id.0])?;
    Ok(())
}

/// What is to be sent, as it was queued to the byte.
fn package(tx: &Transaction<'_>, id: UnitId) -> Inner<(Package, IdempotencyKey)> {
    let damaged = || OutboxFault::Damaged(Some(id));
    let (office, service_type, key) = tx
        .prepare("SELECT receiver_office, receiver_type, idempotency_key FROM unit WHERE id = ?1")?
        .query_row([id.0], |row| Ok((text(row, 0)?, text(row, 1)?, text(row, 2)?)))?;
    let mut statement =
        tx.prepare("SELECT name, sha256, content FROM file WHERE unit = ?1 ORDER BY position")?;
    let mut rows = statement.query([id.0])?;
    let mut files = Vec::new();
    while let Some(row) = rows.next()? {
        let (name, known): (String, Vec<u8>) = (row.get(0)?, row.get(1)?);
        let content: Vec<u8> = row.get::<_, Option<_>>(2)?.ok_or_else(damaged)?;
        if sha256(&content) != known {
            return Err(damaged());
        }
        files.push(NamedFile::new(name, content).map_err(|_| damaged())?);
    }
    let package =
        Package { receiver_office: parsed(&office, id)?, receiver_type: parsed(&service_type, id)?, files };
    if package.files.is_empty() {
        return Err(damaged());
    }
    Ok((package, parsed(&key, id)?))
}

/// An entry without its files.
fn entry(row: &Row<'_>) -> Inner<Entry> {
    let id = UnitId(row.get(0)?);
    let damaged = || OutboxFault::Damaged(Some(id));
    let time = |column: usize| -> Inner<Option<Timestamp>> {
        let milliseconds: Option<i64> = row.get(column)?;
        milliseconds.map(|at| Timestamp::from_millisecond(at).map_err(|_| damaged())).transpose()
    };
    let reason = match row.get::<_, Option<String>>(10)? {
        Some(code) => Some(Reason { code, message_ja: text(row, 11)?, message_en: text(row, 12)? }),
        None => None,
    };
    let transfer: Option<String> = row.get(8)?;
    Ok(Entry {
        id,
        receiver_office: parsed(&text(row, 1)?, id)?,
        receiver_type: parsed(&text(row, 2)?, id)?,
        file_names: Vec::new(),
        bytes: 0,
        key: parsed(&text(row, 3)?, id)?,
        state: State::from_name(&text(row, 4)?).ok_or_else(damaged)?,
        attempts: row.get::<_, i64>(5)?.unsigned_abs(),
        queued_at: time(6)?.ok_or_else(damaged)?,
        tried_at: time(7)?,
        transfer: transfer.map(|transfer| parsed(&transfer, id)).transpose()?,
        accepted_at: time(9)?,
        reason,
    })
}

fn text(row: &Row<'_>, column: usize) -> rusqlite::Result<String> {
    row.get(column)
}

fn parsed<T: FromStr>(text: &str, id: UnitId) -> Inner<T> {
    text.parse().map_err(|_| OutboxFault::Damaged(Some(id)))
}

fn now() -> i64 {
    Timestamp::now().as_millisecond()
}

fn length(bytes: &[u8]) -> i64 {
    i64::try_from(bytes.len()).unwrap_or(i64::MAX)
}

fn sha256(bytes: &[u8]) -> Vec<u8> {
    digest(&SHA256, bytes).as_ref().to_vec()
}

/// Makes the file, where there is none, readable by its owner alone; SQLite gives its companions the same mode. A file
/// that is there is not opened: closing it would end the locks that SQLite holds on it in this process.
fn create_private(path: &Path) -> std::io::Result<()> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    private(&mut options);
    match options.open(path) {
        Ok(file) => file.sync_all(),
        Err(error) if error.kind() == IoErrorKind::AlreadyExists => return Ok(()),
        Err(error) => Err(error),
    }?;
    // The name of the file is to survive a power cut, too.
    #[cfg(unix)]
    if let Some(folder) = path.parent() {
        let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
        File::open(folder)?.sync_all()?;
    }
    Ok(())
}

/// Readable by its owner alone, where the system knows such.
fn private(options: &mut OpenOptions) {
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(options, 0o600);
    #[cfg(not(unix))]
    let _ = options;
}
