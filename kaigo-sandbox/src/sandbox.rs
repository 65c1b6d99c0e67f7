//! Starting and stopping a sandbox inside another program.

use std::fs::{File, TryLockError};
use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::Sender;
use std::thread::JoinHandle;

use kaigo_core::ident::{InsuredNumber, InsurerNumber, OfficeNumber};
use tokio::sync::watch;

use crate::account::{Account, Secrets, StaffAccount, write_container};
use crate::app::App;
use crate::audit::AuditEntry;
use crate::card::VirtualCard;
use crate::clock::Clock;
use crate::config::{self, Office};
use crate::error::{Error, ErrorKind, Result};
use crate::fault::Faults;
use crate::identity::{self, ConfirmedIdentity, KnownCard, insert_card};
use crate::log::Log;
use crate::portal::{self, Registration};
use crate::recorder::Exchange;
use crate::role::{Role, Tokens};
use crate::routes::{local_router, router};
use crate::server::{self, Offices, Server};
use crate::{claims, local, store};

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
            local: None,
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
    local: Option<SocketAddr>,
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

    /// Where the pages and the roles' calls are served, over plain HTTP: a loopback address.
    pub fn local(mut self, address: SocketAddr) -> Self {
        self.local = Some(address);
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

        if let Some(address) = self.local {
            local::check(address)?;
        }

        std::fs::create_dir_all(&dir).map_err(Error::at(&dir))?;
        let lock = lock(&dir)?;
        let app = Arc::new(App::open(&dir, self.clock.clone(), Log { on: self.log })?);
        let tokens = Arc::new(Tokens::furnish(&dir)?);
        let numbers = app.store.transaction(|tx| furnish(tx, &app, &offices))?;
        app.store.transaction(|tx| self.cards.iter().try_for_each(|known| insert_card(tx, known)))?;
        let ca = dir.join("ca.pem");
        std::fs::write(&ca, &app.authority.ca_pem).map_err(Error::at(&ca))?;
        let accounts = numbers
            .into_iter()
            .filter_map(|number| Account::read(&app.office_dir(number)).transpose())
            .collect::<Result<Vec<_>>>()?;
        let server = Server {
            tls: server::tls(&app.authority, &self.clock)?,
            app: Arc::clone(&app),
            router: router(&app, self.switches, self.recorder),
            offices: Offices::default(),
        };

        let (listener, address) = listen(self.listen)?;
        let local = self.local.map(listen).transpose()?;
        let thread_error = |source| ErrorKind::Io { what: "threads".into(), source };
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(2)
            .thread_name("kaigo-sandbox")
            .enable_all()
            .build()
            .map_err(thread_error)?;
        let inside = runtime.enter();
        let listener = tokio::net::TcpListener::from_std(listener).map_err(thread_error)?;
        let (stop, stopped) = watch::channel(());
        let local_url = match local {
            Some((listener, address)) => {
                let listener = tokio::net::TcpListener::from_std(listener).map_err(thread_error)?;
                runtime.spawn(local::run(local_router(&app, &tokens), listener, stopped.clone()));
                Some(format!("http://{address}"))
            }
            None => None,
        };
        drop(inside);
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
            local_url,
            dir,
            accounts,
            app,
            tokens,
            stop,
            thread: Some(thread),
            _temporary: temporary,
        })
    }
}

/// Listens there, and says where that is.
fn listen(address: SocketAddr) -> Result<(TcpListener, SocketAddr)> {
    let bound = TcpListener::bind(address).and_then(|listener| {
        listener.set_nonblocking(true)?;
        let address = listener.local_addr()?;
        Ok((listener, address))
    });
    bound.map_err(|source| ErrorKind::Io { what: address.to_string(), source }.into())
}

/// Registers the offices that have no account, and issues account and certificate to them. Their files are written
/// before the rows are committed, so a row never stands without them. Gives every office with an account.
fn furnish(tx: &rusqlite::Transaction<'_>, app: &App, offices: &[Office]) -> Result<Vec<OfficeNumber>> {
    let now = app.clock.milliseconds();
    for office in offices {
        if store::office(tx, office.number)?.is_some() {
            continue;
        }
        let (secrets, dir) = (Secrets::new()?, app.office_dir(office.number));
        let issued =
            app.authority.issue(office.number, office.certificate, office.key, &secrets.p12_password, now)?;
        let registration = match portal::find(tx, office.number)? {
            Some(registration) => registration,
            None => {
                let Office { number, name, service_type, .. } = office.clone();
                let registration = Registration { number, name, service_type };
                portal::insert(tx, &registration, now)?;
                registration
            }
        };
        let staff = office.staff.iter().map(StaffAccount::new).collect::<Result<Vec<_>>>()?;
        let row = secrets.row(office.number, &staff)?;
        write_container(&dir, &issued.p12)?;
        secrets.write(registration, staff, &dir)?;
        store::insert_office(tx, &row)?;
        claims::keep(tx, office.number, office.certificate, &issued, now)?;
    }
    Ok(store::offices(tx)?)
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
    local_url: Option<String>,
    dir: PathBuf,
    accounts: Vec<Account>,
    app: Arc<App>,
    tokens: Arc<Tokens>,
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

    /// The base of the URLs of the pages and the roles' calls; `None` unless it was asked for.
    pub fn local_url(&self) -> Option<&str> {
        self.local_url.as_deref()
    }

    /// The token with which the role makes its calls.
    pub fn role_token(&self, role: Role) -> Option<&str> {
        self.tokens.get(role)
    }

    /// The certificate of the sandbox's authority, which a client has to trust.
    pub fn ca_pem(&self) -> &str {
        &self.app.authority.ca_pem
    }

    /// Where everything is kept.
    pub fn data_dir(&self) -> &Path {
        &self.dir
    }

    /// Certificate and account of an office, as its files had them when the sandbox started; `None` for an office
    /// without.
    pub fn office(&self, number: OfficeNumber) -> Option<&Account> {
        self.accounts.iter().find(|account| account.office() == number)
    }

    /// Every account that had a certificate when the sandbox started.
    pub fn accounts(&self) -> &[Account] {
        &self.accounts
    }

    /// The clock, to move.
    pub fn clock(&self) -> &Clock {
        &self.app.clock
    }

    /// The fault switches.
    pub fn faults(&self) -> &Faults {
        &self.app.faults
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

    /// Revokes the certificate of an office that stands: its sessions end, and it connects no more; `false` when there is
    /// none.
    ///
    /// # Errors
    /// When the store cannot be written.
    pub fn revoke_certificate(&self, office: OfficeNumber) -> Result<bool> {
        let now = self.app.clock.milliseconds();
        self.app.store.transaction(|tx| Ok(claims::revoke(tx, office, now)?))
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
