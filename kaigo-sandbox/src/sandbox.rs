//! Starting and stopping a sandbox inside another program.

use std::collections::HashMap;
use std::fs::{File, TryLockError};
use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::Sender;
use std::thread::JoinHandle;

use kaigo_core::ident::{InsuredNumber, InsurerNumber, OfficeNumber};
use tokio::sync::watch;

use crate::account::Account;
use crate::audit::AuditEntry;
use crate::authority::Authority;
use crate::card::VirtualCard;
use crate::clock::Clock;
use crate::config::{self, Office};
use crate::error::{Error, ErrorKind, Result};
use crate::fault::Faults;
use crate::identity::{self, ConfirmedIdentity, KnownCard, insert_card};
use crate::incoming::OfficeState;
use crate::log::Log;
use crate::recorder::Exchange;
use crate::routes::{App, router};
use crate::server::{self, Server};
use crate::store::{self, Store};

/// The way to a [`RunningSandbox`].
#[derive(Debug)]
pub struct Sandbox;

impl Sandbox {
    /// A sandbox in a temporary directory, with two invented offices, on a free port of 127.0.0.1.
    pub fn builder() -> Builder {
        Builder {
            data_dir: None,
            offices: None,
            cards: Vec::new(),
            clock: Clock::system(),
            listen: SocketAddr::from((Ipv4Addr::LOCALHOST, 0)),
            switches: false,
            recorder: None,
            log: false,
        }
    }
}

/// What a sandbox is started with.
#[derive(Debug)]
#[must_use]
pub struct Builder {
    data_dir: Option<PathBuf>,
    offices: Option<Vec<Office>>,
    cards: Vec<KnownCard>,
    clock: Clock,
    listen: SocketAddr,
    switches: bool,
    recorder: Option<Sender<Exchange>>,
    log: bool,
}

impl Builder {
    /// Keeps everything in this directory, which is made when it is not there. Without it the sandbox lives in
    /// a temporary one that goes with it.
    pub fn data_dir(mut self, dir: impl Into<PathBuf>) -> Self {
        self.data_dir = Some(dir.into());
        self
    }

    /// The offices to issue accounts to. Offices that the data directory already knows keep theirs.
    pub fn offices(mut self, offices: impl Into<Vec<Office>>) -> Self {
        self.offices = Some(offices.into());
        self
    }

    /// An insured person, with the card that confirms who they are. Its authority is trusted from then on.
    pub fn card_holder(mut self, insurer: InsurerNumber, insured: InsuredNumber, card: &VirtualCard) -> Self {
        self.cards.push(KnownCard { holder: Some((insurer, insured)), card: card.clone() });
        self
    }

    /// Trusts the authority of a card whose holder is no insured person here.
    pub fn card_authority(mut self, card: &VirtualCard) -> Self {
        self.cards.push(KnownCard { holder: None, card: card.clone() });
        self
    }

    /// The clock by which tokens, locks and client certificates end.
    pub fn clock(mut self, clock: Clock) -> Self {
        self.clock = clock;
        self
    }

    /// Where to listen. The server's certificate names `localhost`, `127.0.0.1` and `::1`.
    pub fn listen(mut self, address: SocketAddr) -> Self {
        self.listen = address;
        self
    }

    /// Hands every request with its answer to a test. The content is not masked.
    pub fn record(mut self, to: Sender<Exchange>) -> Self {
        self.recorder = Some(to);
        self
    }

    /// Serves the fault switches and the clock over HTTP as well, under `/sandbox/v1`.
    pub fn switches(mut self, on: bool) -> Self {
        self.switches = on;
        self
    }

    /// Says on standard error what went wrong; nothing personal.
    pub fn log_to_stderr(mut self, on: bool) -> Self {
        self.log = on;
        self
    }

    /// Starts the sandbox on threads of its own. When this returns, it accepts connections.
    ///
    /// # Errors
    /// When the directory, the store or the address cannot be used, or another sandbox holds the directory.
    pub fn start(self) -> Result<RunningSandbox> {
        let (dir, temporary) = match self.data_dir {
            Some(dir) => (dir, None),
            None => {
                let temporary = tempfile::tempdir().map_err(Error::at(&std::env::temp_dir()))?;
                (temporary.path().to_owned(), Some(temporary))
            }
        };
        let offices = match self.offices {
            Some(offices) => offices,
            None => config::default_offices()?,
        };
        config::check(&offices)?;

        std::fs::create_dir_all(&dir).map_err(Error::at(&dir))?;
        let lock = lock(&dir)?;
        let store = Store::open(&dir)?;
        let (authority, rows) = store.transaction(|tx| furnish(tx, &dir, &offices, &self.clock))?;
        store.transaction(|tx| self.cards.iter().try_for_each(|known| insert_card(tx, known)))?;
        let ca = dir.join("ca.pem");
        std::fs::write(&ca, &authority.ca_pem).map_err(Error::at(&ca))?;
        let accounts = rows
            .iter()
            .map(|(_, row)| Account::read(&office_dir(&dir, &row.number)))
            .collect::<Result<Vec<_>>>()?;
        let known = rows
            .into_iter()
            .zip(&accounts)
            .map(|((staff, row), account)| (row.certificate, Arc::new(OfficeState::new(account, row, staff))))
            .collect::<HashMap<_, _>>();

        let log = Log { on: self.log };
        let faults = Faults::default();
        let app = Arc::new(App { store, clock: self.clock.clone(), faults: faults.clone(), log });
        let server = Server {
            tls: server::tls(&authority, &self.clock)?,
            offices: known,
            router: router(&app, self.switches, self.recorder),
            log,
        };

        let address_error = |source| ErrorKind::Io { what: self.listen.to_string(), source };
        let listener = TcpListener::bind(self.listen).map_err(address_error)?;
        listener.set_nonblocking(true).map_err(address_error)?;
        let address = listener.local_addr().map_err(address_error)?;
        let thread_error = |source| ErrorKind::Io { what: "threads".into(), source };
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(2)
            .thread_name("kaigo-sandbox")
            .enable_all()
            .build()
            .map_err(thread_error)?;
        let listener = {
            let _inside = runtime.enter();
            tokio::net::TcpListener::from_std(listener).map_err(address_error)?
        };
        let (stop, stopped) = watch::channel(());
        let thread = std::thread::Builder::new()
            .name("kaigo-sandbox".into())
            .spawn(move || {
                runtime.block_on(server::run(server, listener, stopped));
                // The directory is free for the next sandbox only when nothing runs here any more.
                drop(runtime);
                drop(lock);
            })
            .map_err(thread_error)?;

        Ok(RunningSandbox {
            url: format!("https://{address}"),
            ca_pem: authority.ca_pem,
            dir,
            accounts,
            clock: self.clock,
            faults,
            app,
            stop,
            thread: Some(thread),
            _temporary: temporary,
        })
    }
}

/// Makes what the store lacks: the authority, and accounts of offices that have none. An account's files are
/// written before its row is committed, so a row never stands without them.
fn furnish(
    tx: &rusqlite::Transaction<'_>,
    dir: &Path,
    offices: &[Office],
    clock: &Clock,
) -> Result<(Authority, Vec<(Vec<store::StaffRow>, store::OfficeRow)>)> {
    let authority = match store::authority(tx)? {
        Some(authority) => authority,
        None => {
            let authority = Authority::generate()?;
            store::insert_authority(tx, &authority)?;
            authority
        }
    };
    let mut rows = store::offices(tx)?;
    for office in offices {
        if rows.iter().all(|row| row.number != office.number.as_str()) {
            let dir = office_dir(dir, office.number.as_str());
            let (row, staff) = Account::issue(&authority, office, &dir, clock.milliseconds())?;
            store::insert_office(tx, &row, &staff)?;
            rows.push(row);
        }
    }
    let rows = rows.into_iter().map(|row| Ok((store::staff(tx, &row.number)?, row)));
    Ok((authority, rows.collect::<Result<_>>()?))
}

fn office_dir(dir: &Path, number: &str) -> PathBuf {
    dir.join("offices").join(number)
}

/// Holds the directory for one sandbox at a time. The lock goes with the process, however it ends.
fn lock(dir: &Path) -> Result<File> {
    let path = dir.join("lock");
    let file = File::create(&path).map_err(Error::at(&path))?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => Err(ErrorKind::InUse(dir.to_owned()).into()),
        Err(TryLockError::Error(source)) => Err(Error::at(&path)(source)),
    }
}

/// A sandbox that accepts connections until it is stopped or dropped.
pub struct RunningSandbox {
    url: String,
    ca_pem: String,
    dir: PathBuf,
    accounts: Vec<Account>,
    clock: Clock,
    faults: Faults,
    app: Arc<App>,
    stop: watch::Sender<()>,
    thread: Option<JoinHandle<()>>,
    // Last, so that the directory goes when nothing uses it any more.
    _temporary: Option<tempfile::TempDir>,
}

impl RunningSandbox {
    /// The base of every URL, without a slash at its end.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// The certificate of the sandbox's authority, which a client has to trust.
    pub fn ca_pem(&self) -> &str {
        &self.ca_pem
    }

    /// Where everything is kept.
    pub fn data_dir(&self) -> &Path {
        &self.dir
    }

    /// Certificate and account of an office; `None` for an office without.
    pub fn office(&self, number: OfficeNumber) -> Option<&Account> {
        self.accounts.iter().find(|account| account.office() == number)
    }

    /// Every account.
    pub fn accounts(&self) -> &[Account] {
        &self.accounts
    }

    /// The clock, to move.
    pub fn clock(&self) -> &Clock {
        &self.clock
    }

    /// The fault switches.
    pub fn faults(&self) -> &Faults {
        &self.faults
    }

    /// The audit log, oldest first.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn audit(&self) -> Result<Vec<AuditEntry>> {
        self.app.store.audit()
    }

    /// Every identity that was confirmed, oldest first.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn confirmed_identities(&self) -> Result<Vec<ConfirmedIdentity>> {
        self.app.store.transaction(identity::confirmations)
    }

    /// Revokes the certificate of an insured person's card; `false` when there is no such person.
    ///
    /// # Errors
    /// When the store cannot be written.
    pub fn revoke_card(&self, insurer: InsurerNumber, insured: InsuredNumber) -> Result<bool> {
        self.app.store.transaction(|tx| identity::revoke(tx, insurer, insured))
    }

    /// Revokes an office's certificate: its sessions end, and it logs in no more; `false` when there is no such office.
    ///
    /// # Errors
    /// When the store cannot be written.
    pub fn revoke_certificate(&self, office: OfficeNumber) -> Result<bool> {
        self.app.revoke_certificate(office)
    }

    /// Stops the sandbox: calls under way may end, everything is stored. Dropping does the same.
    pub fn stop(self) {}
}

impl std::fmt::Debug for RunningSandbox {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("RunningSandbox")
            .field("url", &self.url)
            .field("dir", &self.dir)
            .finish_non_exhaustive()
    }
}

impl Drop for RunningSandbox {
    fn drop(&mut self) {
        // An error means that the thread has ended already.
        let _ = self.stop.send(());
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

/// Reads the audit log of a data directory, oldest first, beside a running sandbox or without one.
///
/// # Errors
/// When there is no store in the directory, or it cannot be read.
pub fn read_audit(dir: &Path) -> Result<Vec<AuditEntry>> {
    store::read_audit(dir)
}
