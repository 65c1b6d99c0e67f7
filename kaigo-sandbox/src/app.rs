//! What all calls share, with a server in front of it or without.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use kaigo_core::ident::OfficeNumber;
use rusqlite::Transaction;
use serde_json::Value;
use zeroize::Zeroizing;

use crate::authority::Authority;
use crate::call::Call;
use crate::clock::Clock;
use crate::error::{Error, Result};
use crate::fault::Faults;
use crate::incoming::{Asked, Holder, Incoming};
use crate::log::Log;
use crate::refusal::Refusal;
use crate::role::Role;
use crate::store::{self, Caller, Done, Session, Store, Work};
use crate::{auth, careplan, claims, identity, municipality, own, person, portal};

/// The document that the sandbox serves; the committed file is the one source.
pub(crate) const OPENAPI: &str = include_str!("../openapi.json");

pub(crate) struct App {
    pub(crate) store: Store,
    pub(crate) authority: Authority,
    pub(crate) dir: PathBuf,
    pub(crate) clock: Clock,
    pub(crate) faults: Faults,
    pub(crate) log: Log,
}

/// Who makes a call, when it was admitted.
pub(crate) enum Admitted {
    /// An office, with the session that its token opened.
    Office(Holder, Option<Session>),
    Role(Role),
}

impl App {
    /// Opens the store in the data directory, and makes what is not there.
    pub(crate) fn open(dir: &Path, clock: Clock, log: Log) -> Result<Self> {
        std::fs::create_dir_all(dir).map_err(Error::at(dir))?;
        let store = Store::open(dir)?;
        let authority = store.transaction(authority)?;
        Ok(Self { store, authority, dir: dir.to_owned(), clock, faults: Faults::default(), log })
    }

    pub(crate) fn office_dir(&self, office: OfficeNumber) -> PathBuf {
        self.dir.join("offices").join(office.as_str())
    }

    /// Carries out a call and puts its line into the audit log: the one way to the data, for requests over HTTP, for
    /// the program's commands and for the pages.
    pub(crate) fn perform(
        &self,
        call: Call,
        who: Result<Admitted, Refusal>,
        caller: &str,
        asked: Result<Asked, Refusal>,
        now: i64,
    ) -> Result<Done, Refusal> {
        let jobs = match &who {
            Ok(Admitted::Office(_, Some(session))) => session.jobs.clone(),
            _ => Vec::new(),
        };
        let person = asked.as_ref().ok().and_then(|asked| person::named(call, &asked.body));
        let work = who.and_then(|who| prepare(call, who, asked?));
        let caller = Caller { time: now, office: caller, jobs: &jobs, call: call.name(), person };
        self.store.carry_out(&caller, work).unwrap_or_else(|error| {
            self.log.line(format_args!("{}: {error}", call.name()));
            Err(Refusal::Internal)
        })
    }
}

/// The part of the call that needs no store: reading, checking, computing.
fn prepare(call: Call, who: Admitted, asked: Asked) -> Result<Work, Refusal> {
    let (holder, session) = match who {
        Admitted::Role(role) if call.role() == Some(role) => return prepare_for_role(call, &asked),
        Admitted::Office(holder, session) if call.role().is_none() => (holder, session),
        _ => return Err(Refusal::Unauthorized),
    };
    let incoming = &Incoming { holder, session, asked };
    match call {
        Call::Login => auth::login(incoming),
        Call::Refresh => auth::refresh(incoming),
        Call::Logout => auth::logout(incoming),
        Call::Sent => careplan::sent(incoming),
        Call::Received => careplan::received(incoming),
        Call::Send => careplan::send(incoming),
        Call::Fetch => careplan::fetch(incoming),
        Call::FetchSent => careplan::fetch_sent(incoming),
        Call::Imported => careplan::imported(incoming),
        Call::Terminal => identity::register(incoming),
        Call::Challenge => identity::challenge(incoming),
        Call::ConfirmCard => identity::confirm_by_card(incoming),
        Call::ConfirmVisual => identity::confirm_visually(incoming),
        Call::OpenApi => {
            Ok(Box::new(|_| Ok(Ok(Done { body: OPENAPI.into(), transfer: None, person: None }))))
        }
        _ => person::prepare(call, incoming),
    }
}

fn prepare_for_role(call: Call, asked: &Asked) -> Result<Work, Refusal> {
    match call {
        Call::RegisterOffice => portal::register(asked),
        Call::Offices => portal::offices(asked),
        Call::Readiness => portal::readiness(asked),
        Call::ApplySubsidy => portal::apply(asked),
        Call::Subsidies => portal::subsidies(asked),
        Call::IssueAccount => claims::issue_account(asked),
        Call::IssueCertificate => claims::issue_certificate(asked),
        Call::ReissueCertificate => claims::reissue_certificate(asked),
        Call::Certificates => claims::certificates(asked),
        Call::Renewals => claims::renewals(asked),
        Call::Feed => municipality::feed(asked),
        Call::SetReadiness => municipality::set_readiness(asked),
        Call::Notifications => municipality::notifications(asked),
        Call::GiveOpinion => municipality::opinion(asked),
        Call::OwnPlans => own::plans(asked),
        Call::OwnPlan => own::plan(asked),
        Call::AnswerPlan => own::answer(asked),
        Call::OwnConsent => own::say(asked),
        Call::OwnConsents => own::consents(asked),
        Call::OwnLog => own::log(asked),
        _ => Err(Refusal::Internal),
    }
}

/// The authority of the store, made when there is none.
fn authority(tx: &Transaction<'_>) -> Result<Authority> {
    if let Some(authority) = store::authority(tx)? {
        return Ok(authority);
    }
    let authority = Authority::generate()?;
    store::insert_authority(tx, &authority)?;
    Ok(authority)
}

/// Makes a role's call on a data directory, beside a running sandbox or without one, by the machine's clock. The
/// answer is the one that HTTP gives: `result` or `error`.
///
/// # Errors
/// When the store cannot be used; when the call is no role's, or its body is not of the described form.
pub fn call_as_role(dir: &Path, call: Call, id: Option<&str>, body: &Value) -> Result<Value> {
    let clock = Clock::system();
    let app = Arc::new(App::open(dir, clock, Log { on: true })?);
    let role = call.role().ok_or_else(|| crate::ErrorKind::Config("no role makes this call".into()))?;
    let now = app.clock.milliseconds();
    let asked = Asked {
        app: Arc::clone(&app),
        now,
        id: id.map(str::to_owned),
        uri: axum::http::Uri::from_static("/"),
        idempotency_key: None,
        body: Zeroizing::new(body.to_string().into_bytes()),
    };
    let done = app.perform(call, Ok(Admitted::Role(role)), role.name(), Ok(asked), now);
    match done.map_err(Refusal::answer) {
        Ok(Done { body, .. }) => {
            serde_json::from_slice(&body).map_err(|e| crate::ErrorKind::Store(e.into()).into())
        }
        Err(Some(answer)) => Ok(answer),
        Err(None) => Err(crate::ErrorKind::Config("the call was refused as malformed".into()).into()),
    }
}
