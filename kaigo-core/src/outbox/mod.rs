//! A durable outbox (feature `outbox`): units that are queued once, survive crash and power cut, and are sent exactly once
//! as far as the receiver can see.
//!
//! ```no_run
//! use kaigo_core::Watch;
//! use kaigo_core::outbox::{Outbox, State};
//! use kaigo_core::platform::{Package, Platform};
//!
//! # fn main() -> kaigo_core::Result<()> {
//! # let (platform, package, password): (Platform, Package, String) = unimplemented!();
//! let outbox = Outbox::open("outbox.sqlite3".as_ref())?;
//! outbox.enqueue(&package)?; // Stored when this returns; no connection is needed.
//!
//! // Now and then, in one place: whatever is due.
//! outbox.send_due(|| platform.login("KJ137000000101", &password), &Watch::default())?;
//! for entry in outbox.entries()? {
//!     if entry.state == State::Refused {
//!         println!("{}: {}", entry.id, entry.reason.map(|reason| reason.message_en).unwrap_or_default());
//!     }
//! }
//! # Ok(())
//! # }
//! ```
//!
//! **Exactly once.** Each unit has an [`IdempotencyKey`] of its own, stored with it before it is first sent, and is always
//! repeated under that key. How long the platform remembers keys is not public: that it does so for as long as a unit stays
//! [`Unknown`](State::Unknown) is *provisional*. Compare a unit that was unknown for days with
//! [`Session::sent`](crate::platform::Session::sent) before it is sent again.
//!
//! **Order.** A destination is a receiving office with its service type. A unit never overtakes an earlier one to the same
//! destination, be that queued, on its way, unknown or refused: what follows may rest on it. Destinations do not wait for
//! each other.
//!
//! **Who may do what when.** Any number of threads and processes may open one outbox, queue and look; one at a time sends.
//! The file and its companions (`-wal`, `-shm`, `-lock`) belong on a local disk. An outbox holds the units of one office.
//!
//! **Personal data.** The files of a unit lie in the outbox, not encrypted, until it is sent or given up; then they are
//! overwritten. The file is readable by its owner alone where the system knows such; keep it in a place of the office's own.

mod error;
mod model;
mod store;

use std::borrow::Borrow;
use std::collections::HashSet;
use std::fmt;
use std::path::Path;

pub use error::{OutboxError, OutboxFault};
pub use model::{Entry, Reason, Run, State, UnitId};

use self::store::Store;
use crate::error::{Error, ErrorKind, Result};
use crate::platform::{BusinessKind, IdempotencyKey, Package, Sent, Session, TransferError};
use crate::progress::Watch;
use crate::report::Lang;

/// Units of one office on their way, in one file. Threads may share it.
///
/// Every call may fail with [`ErrorKind::Outbox`] when the file cannot be used, and leaves everything as it was then.
#[doc(alias = "送信箱")]
pub struct Outbox(Store);

impl Outbox {
    /// Opens the outbox in a file, and makes it when there is none. The folder must be there.
    ///
    /// # Errors
    /// [`OutboxFault::Foreign`], [`OutboxFault::NewerVersion`], [`OutboxFault::Damaged`]: the file stays as it is.
    /// [`ErrorKind::Io`] when it cannot be made.
    pub fn open(path: &Path) -> Result<Self> {
        Store::open(path).map(Self)
    }

    /// The file.
    pub fn path(&self) -> &Path {
        self.0.path()
    }

    /// Queues a unit behind all others to the same destination. When this returns it is stored: neither the end of the
    /// process nor of the power loses it.
    ///
    /// # Errors
    /// [`TransferError::Package`] for one without files, [`TransferError::NoRandomness`]; nothing is stored then.
    pub fn enqueue(&self, package: &Package) -> Result<UnitId> {
        if package.files.is_empty() {
            return Err(ErrorKind::from(TransferError::Package { what: "the unit has no file" }).into());
        }
        let key = IdempotencyKey::random().map_err(ErrorKind::from)?;
        self.0.enqueue(package, &key)
    }

    /// Every unit in it, in the order in which they were queued.
    ///
    /// # Errors
    /// When the file cannot be used.
    pub fn entries(&self) -> Result<Vec<Entry>> {
        self.0.entries(None)
    }

    /// One unit.
    ///
    /// # Errors
    /// [`OutboxFault::NoUnit`].
    pub fn entry(&self, id: UnitId) -> Result<Entry> {
        let found = self.0.entries(Some(id))?.pop();
        found.ok_or_else(|| self.0.error(OutboxFault::NoUnit(id)))
    }

    /// Sends all that is due: of each destination the first unit, then the next, until one fails. What fails is tried again
    /// by the next call, not by this one; call it every few minutes. Units that are queued meanwhile are sent, too.
    ///
    /// `login` is asked for a session when there is something to send, and again when that session has ended; it may log in,
    /// or give one that lives already (`|| Ok(&session)`). Its error ends the call and nothing is tried again by itself:
    /// repeated failures lock an account. A session that has ended before it carried anything ends the call, too. Sessions
    /// are not logged out here.
    ///
    /// `watch` is told before each unit how many are done, of how many; what the session's own watch is told are bytes.
    ///
    /// # Errors
    /// [`OutboxFault::InUse`] while another thread or process sends; [`OutboxFault::OtherOffice`]; the error of `login`; what
    /// concerns all units and not one, such as no connection, HTTP 503 or an account without the right;
    /// [`ErrorKind::Cancelled`]. What was sent until then is stored, and the rest still waits.
    pub fn send_due<S: Borrow<Session>>(
        &self,
        mut login: impl FnMut() -> Result<S, TransferError>,
        watch: &Watch,
    ) -> Result<Run> {
        let lock = self.0.lock()?;
        self.0.recover(&lock)?;
        let mut login = || -> Result<S> {
            let session = login().map_err(ErrorKind::from)?;
            self.0.belongs_to(session.borrow().office())?;
            Ok(session)
        };
        let sent = self.send_each(&mut login, watch);
        self.0.tidy();
        sent
    }

    fn send_each<S: Borrow<Session>>(
        &self,
        login: &mut impl FnMut() -> Result<S>,
        watch: &Watch,
    ) -> Result<Run> {
        let mut run = Run::default();
        // Each is tried once: what failed stays the first of its destination, and holds it up.
        let mut tried = HashSet::new();
        let mut session: Option<S> = None;
        let mut damaged = None;
        // Whether the session carried something: only then a new one is asked for in its place.
        let mut carried = false;
        loop {
            let done = run.sent + run.refused + run.again;
            if !watch.goes_on(done, Some(run.sent + run.refused + self.0.waiting()?)) {
                return Err(ErrorKind::Cancelled.into());
            }
            let Some(id) = self.0.due()?.into_iter().find(|id| !tried.contains(id)) else {
                return damaged.map_or(Ok(run), Err);
            };
            let current = match &session {
                Some(session) => session,
                None => session.insert(login()?),
            };
            let begun = match self.0.begin(id) {
                Ok(Some(begun)) => begun,
                Ok(None) => continue,
                // It holds up its destination; the others go on.
                Err(error) if is_damaged_unit(&error) => {
                    tried.insert(id);
                    damaged.get_or_insert(error);
                    continue;
                }
                Err(error) => return Err(error),
            };
            let error = match current.borrow().send_with_key(&begun.package, &begun.key) {
                Ok(transfer) => {
                    self.0.sent(id, &transfer)?;
                    log::info!("outbox: unit {id} was sent");
                    (run.sent, carried) = (run.sent + 1, true);
                    continue;
                }
                Err(error) => error,
            };
            let state = match Outcome::of(&error) {
                Outcome::Refused => State::Refused,
                Outcome::NotCarriedOut => begun.before,
                Outcome::Unknown => State::Unknown,
            };
            self.0.failed(id, state, &reason(&error))?;
            log::warn!("outbox: unit {id} is {}: {}", state.name(), error.code());
            match scope(&error) {
                Scope::Session if carried => {
                    (session, carried) = (None, false);
                    continue;
                }
                Scope::Session | Scope::All => return Err(ErrorKind::from(error).into()),
                Scope::Unit => {}
            }
            carried |= matches!(error, TransferError::Business(_));
            tried.insert(id);
            match state {
                State::Refused => run.refused += 1,
                _ => run.again += 1,
            }
        }
    }

    /// Says that a unit is not to be sent, be it queued, refused or unknown, and wipes its files. What is behind it goes on.
    /// One that is [`Unknown`](State::Unknown) may have arrived.
    ///
    /// # Errors
    /// [`OutboxFault::NoUnit`]; [`OutboxFault::WrongState`] while it is on its way, and when it was sent or given up.
    pub fn give_up(&self, id: UnitId) -> Result<()> {
        // Where nobody sends, what is said to be on its way was cut off.
        if self.0.state(id)? == State::Sending
            && let Ok(lock) = self.0.lock()
        {
            self.0.recover(&lock)?;
        }
        self.0.give_up(id)?;
        self.0.tidy();
        Ok(())
    }

    /// Queues a refused unit again, as it is and in its old place, under a new key: when the reason is out of the world.
    ///
    /// # Errors
    /// [`OutboxFault::NoUnit`]; [`OutboxFault::WrongState`] when it is not refused; [`TransferError::NoRandomness`].
    pub fn requeue(&self, id: UnitId) -> Result<()> {
        let key = IdempotencyKey::random().map_err(ErrorKind::from)?;
        self.0.requeue(id, &key)
    }

    /// Takes a unit that was sent or given up off the list, and every trace of it out of the file.
    ///
    /// # Errors
    /// [`OutboxFault::NoUnit`]; [`OutboxFault::WrongState`] when it is neither.
    pub fn forget(&self, id: UnitId) -> Result<()> {
        self.0.forget(id)?;
        self.0.tidy();
        Ok(())
    }
}

impl fmt::Debug for Outbox {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Outbox").field("path", &self.path()).finish_non_exhaustive()
    }
}

fn is_damaged_unit(error: &Error) -> bool {
    matches!(error.kind(), ErrorKind::Outbox(error) if matches!(error.fault(), OutboxFault::Damaged(Some(_))))
}

/// What an attempt that failed did.
enum Outcome {
    /// The platform understood it, and did not take it.
    Refused,
    /// It certainly was not carried out.
    NotCarriedOut,
    /// It may have been carried out.
    Unknown,
}

impl Outcome {
    fn of(error: &TransferError) -> Self {
        use TransferError as E;
        match error {
            // It was damaged on its way, not here: here it has its digest.
            E::Business(error) if error.kind == BusinessKind::Digest => Self::NotCarriedOut,
            E::Business(_) | E::Package { .. } => Self::Refused,
            E::Connection { sent: Sent::No, .. }
            | E::Cancelled { sent: Sent::No }
            | E::System { status: 400 | 401 | 403 | 404 | 503 }
            | E::SessionExpired
            | E::LoginRefused
            | E::Locked
            | E::Config { .. }
            | E::Credential(_)
            | E::NotOffered { .. }
            | E::NoRandomness => Self::NotCarriedOut,
            _ => Self::Unknown,
        }
    }
}

/// What an attempt that failed says of the others.
enum Scope {
    /// Nothing.
    Unit,
    /// They need another session.
    Session,
    /// They would fail, too.
    All,
}

fn scope(error: &TransferError) -> Scope {
    use TransferError as E;
    match error {
        E::SessionExpired | E::System { status: 401 } => Scope::Session,
        E::Connection { sent: Sent::No, .. }
        | E::Cancelled { .. }
        | E::System { status: 403 | 404 | 503 }
        | E::LoginRefused
        | E::Locked
        | E::Config { .. }
        | E::Credential(_)
        | E::NotOffered { .. }
        | E::NoRandomness => Scope::All,
        _ => Scope::Unit,
    }
}

fn reason(error: &TransferError) -> Reason {
    Reason {
        code: error.code().to_owned(),
        message_ja: error.message(Lang::Japanese),
        message_en: error.message(Lang::English),
    }
}
