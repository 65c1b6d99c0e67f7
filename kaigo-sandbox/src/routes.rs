//! From an HTTP request over a known client certificate to its answer.

use std::sync::Arc;
use std::sync::mpsc::Sender;
use std::time::Duration;

use axum::body::Body;
use axum::extract::{FromRequestParts, RawPathParams, Request};
use axum::http::header;
use axum::http::request::Parts;
use axum::response::{IntoResponse, Response};
use axum::routing::on;
use axum::{Router, middleware};
use http_body_util::{BodyExt as _, Limited};
use kaigo_core::ident::OfficeNumber;
use kaigo_core::platform::provisional::{IDEMPOTENCY_HEADER, PROFILE, PROFILE_HEADER, business_code};
use tokio::sync::Notify;
use zeroize::Zeroizing;

use crate::call::Call;
use crate::clock::Clock;
use crate::fault::{Fault, Faults};
use crate::incoming::{Incoming, OfficeState};
use crate::log::Log;
use crate::recorder::{Exchange, record};
use crate::refusal::Refusal;
use crate::store::{self, Caller, Done, Session, Store, Work};
use crate::{auth, careplan, identity, person, switches};

/// The document that the sandbox serves; the committed file is the one source.
pub(crate) const OPENAPI: &str = include_str!("../openapi.json");

/// How long a client may take to send a body.
const BODY_TIMEOUT: Duration = Duration::from_secs(120);

/// What all calls share.
pub(crate) struct App {
    pub(crate) store: Store,
    pub(crate) clock: Clock,
    pub(crate) faults: Faults,
    pub(crate) log: Log,
}

impl App {
    /// Revokes the certificate of an office; whether there is one.
    pub(crate) fn revoke_certificate(&self, office: OfficeNumber) -> crate::error::Result<bool> {
        let now = self.clock.milliseconds();
        self.store.transaction(|tx| {
            let rows = store::offices(tx)?;
            let row = rows.iter().find(|row| row.number == office.as_str());
            row.map(|row| store::revoke(tx, &row.certificate, now)).transpose()?;
            Ok(row.is_some())
        })
    }
}

/// The other end of the connection that a request came over.
#[derive(Clone)]
pub(crate) struct Peer {
    pub(crate) office: Arc<OfficeState>,
    /// When its certificate ends. A connection may outlive it.
    pub(crate) certificate_ends: i64,
    /// Cuts the connection.
    pub(crate) cut: Arc<Notify>,
}

/// The router of the table of calls; with the switches only where they were asked for.
pub(crate) fn router(app: &Arc<App>, with_switches: bool, recorder: Option<Sender<Exchange>>) -> Router {
    let mut router = Router::new();
    for &call in Call::ALL {
        let app = Arc::clone(app);
        let handler = move |request: Request| serve(app, call, request);
        router = router.route(call.path(), on(call.method(), handler));
    }
    if with_switches {
        router = router.merge(switches::router(app));
    }
    let not_found = || async { Refusal::NotFound };
    let router = router.fallback(not_found).method_not_allowed_fallback(not_found);
    match recorder {
        Some(to) => router.layer(middleware::from_fn(move |request, next| record(to.clone(), request, next))),
        None => router,
    }
}

async fn serve(app: Arc<App>, call: Call, request: Request) -> Response {
    let (mut parts, body) = request.into_parts();
    let Some(peer) = parts.extensions.get::<Peer>().cloned() else {
        return Refusal::Internal.into_response();
    };
    let Ok(_slot) = peer.office.calls.acquire().await else {
        return Refusal::Internal.into_response();
    };
    let fault = app.faults.take(call);

    let id = match RawPathParams::from_request_parts(&mut parts, &()).await {
        Ok(params) => params.iter().next().map(|(_, value)| value.to_owned()),
        Err(_) => None,
    };
    let admitted = match fault {
        Some(Fault::Unavailable) => Err(Refusal::Unavailable),
        _ => admit(Arc::clone(&app), call, &peer, &parts).await,
    };
    // Read even when the call is refused: a client that still writes would not see the answer.
    let body = read(body, call.body_limit(), admitted.is_ok()).await;
    if fault == Some(Fault::CutBeforeCommit) {
        return cut(&peer).await;
    }

    let answer = {
        let (app, office) = (Arc::clone(&app), Arc::clone(&peer.office));
        let now = app.clock.milliseconds();
        blocking(move || {
            let jobs = admitted.as_ref().ok().and_then(Option::as_ref).map(|session| session.jobs.clone());
            let mut person = None;
            let work = admitted.and_then(|session| {
                let incoming = Incoming {
                    office: Arc::clone(&office),
                    session,
                    now,
                    id,
                    uri: parts.uri,
                    idempotency_key: text(parts.headers.get(IDEMPOTENCY_HEADER)).map(str::to_owned),
                    body: body?,
                };
                person = person::named(call, &incoming.body);
                prepare(call, &incoming)
            });
            let caller = Caller {
                time: now,
                office: &office.row.number,
                jobs: jobs.as_deref().unwrap_or_default(),
                call: call.name(),
                person,
            };
            app.store.carry_out(&caller, work).unwrap_or_else(|error| {
                app.log.line(format_args!("{}: {error}", call.name()));
                Err(Refusal::Internal)
            })
        })
        .await
    };
    match fault {
        Some(Fault::CutAfterCommit) => return cut(&peer).await,
        Some(Fault::Slow(delay)) => tokio::time::sleep(delay).await,
        _ => {}
    }
    match answer {
        Ok(Done { body, .. }) => ([(header::CONTENT_TYPE, "application/json")], body).into_response(),
        Err(refusal) => refusal.into_response(),
    }
}

/// Checks what can be checked before the body is read: the profile and the access token.
async fn admit(app: Arc<App>, call: Call, peer: &Peer, parts: &Parts) -> Result<Option<Session>, Refusal> {
    if call.needs_profile() && text(parts.headers.get(PROFILE_HEADER)) != Some(PROFILE) {
        return Err(Refusal::BadRequest("the header x-kaigo-wire-profile does not name this profile"));
    }
    if call == Call::OpenApi {
        return Ok(None);
    }
    let office = Arc::clone(&peer.office);
    let now = app.clock.milliseconds();
    let ended = now >= peer.certificate_ends || {
        let (app, certificate) = (Arc::clone(&app), office.row.certificate);
        blocking(move || {
            app.store.is_revoked(&certificate).map_err(|error| {
                app.log.line(format_args!("{}: {error}", call.name()));
                Refusal::Internal
            })
        })
        .await?
    };
    match (ended, call.needs_token()) {
        (true, true) => return Err(Refusal::Unauthorized),
        (true, false) => return Err(Refusal::Business(business_code::CERTIFICATE_ENDED)),
        (false, false) => return Ok(None),
        (false, true) => {}
    }
    let authorization =
        text(parts.headers.get(header::AUTHORIZATION)).and_then(|value| value.split_once(' '));
    let token = match authorization {
        Some((scheme, token)) if scheme.eq_ignore_ascii_case("bearer") => auth::digest(token),
        _ => return Err(Refusal::Unauthorized),
    };
    blocking(move || match app.store.session(&token, &office.row.certificate, now) {
        Ok(Some(session)) => Ok(Some(session)),
        Ok(None) => Err(Refusal::Unauthorized),
        Err(error) => {
            app.log.line(format_args!("{}: {error}", call.name()));
            Err(Refusal::Internal)
        }
    })
    .await
}

/// The part of the call that needs no store: reading, checking, computing.
fn prepare(call: Call, incoming: &Incoming) -> Result<Work, Refusal> {
    match call {
        Call::Login => auth::login(incoming),
        Call::Refresh => auth::refresh(incoming),
        Call::Logout => auth::logout(incoming),
        Call::Sent => careplan::sent(incoming),
        Call::Received => careplan::received(incoming),
        Call::Send => careplan::send(incoming),
        Call::Fetch => careplan::fetch(incoming),
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

/// Reads the body, within its limit and time; what is not kept is still read.
async fn read(body: Body, limit: usize, keep: bool) -> Result<Zeroizing<Vec<u8>>, Refusal> {
    let mut body = Limited::new(body, limit);
    let mut bytes = Zeroizing::new(Vec::new());
    let reading = async {
        while let Some(frame) = body.frame().await {
            let frame = frame.map_err(|_| Refusal::BadRequest("the body is broken or too long"))?;
            if let Some(data) = frame.data_ref().filter(|_| keep) {
                bytes.extend_from_slice(data);
            }
        }
        Ok(())
    };
    match tokio::time::timeout(BODY_TIMEOUT, reading).await {
        Ok(read) => read.map(|()| bytes),
        Err(_) => Err(Refusal::BadRequest("the body took too long")),
    }
}

/// Cuts the connection; what would have been answered never is.
async fn cut(peer: &Peer) -> Response {
    peer.cut.notify_one();
    std::future::pending().await
}

/// Runs work that computes or reads the store where it holds up no connection.
async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, Refusal> + Send + 'static,
) -> Result<T, Refusal> {
    tokio::task::spawn_blocking(work).await.unwrap_or(Err(Refusal::Internal))
}

fn text(value: Option<&header::HeaderValue>) -> Option<&str> {
    value.and_then(|value| value.to_str().ok())
}
