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
use kaigo_core::platform::provisional::{IDEMPOTENCY_HEADER, PROFILE, PROFILE_HEADER};
use tokio::sync::Notify;
use zeroize::Zeroizing;

use crate::app::{Admitted, App};
use crate::call::Call;
use crate::fault::Fault;
use crate::incoming::{Asked, Holder};
use crate::recorder::{Exchange, record};
use crate::refusal::Refusal;
use crate::role::{Role, Tokens};
use crate::store::Done;
use crate::{auth, switches, web};

/// How long a client may take to send a body.
const BODY_TIMEOUT: Duration = Duration::from_secs(120);

/// The other end of the connection that a request came over.
#[derive(Clone)]
pub(crate) struct Peer {
    /// The office whose certificate it showed; `None` on the loopback interface.
    pub(crate) holder: Option<Holder>,
    /// Cuts the connection.
    pub(crate) cut: Arc<Notify>,
}

/// The router of offices' calls; with the switches only where they were asked for.
pub(crate) fn router(app: &Arc<App>, with_switches: bool, recorder: Option<Sender<Exchange>>) -> Router {
    let mut router = calls(app, None, Router::new());
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

/// The router of the loopback interface: the roles' calls, and the pages.
pub(crate) fn local_router(app: &Arc<App>, tokens: &Arc<Tokens>) -> Router {
    let not_found = || async { Refusal::NotFound };
    let router = calls(app, Some(tokens), Router::new()).merge(web::router(app, tokens));
    router.fallback(not_found).method_not_allowed_fallback(not_found)
}

/// The table of calls: the roles' where there are tokens, the offices' where there are none.
fn calls(app: &Arc<App>, tokens: Option<&Arc<Tokens>>, mut router: Router) -> Router {
    for call in Call::ALL.iter().copied().filter(|call| call.role().is_some() == tokens.is_some()) {
        let (app, tokens) = (Arc::clone(app), tokens.cloned());
        let handler = move |request: Request| serve(app, tokens, call, request);
        router = router.route(call.path(), on(call.method(), handler));
    }
    router
}

async fn serve(app: Arc<App>, tokens: Option<Arc<Tokens>>, call: Call, request: Request) -> Response {
    let (mut parts, body) = request.into_parts();
    let Some(peer) = parts.extensions.get::<Peer>().cloned() else {
        return Refusal::Internal.into_response();
    };
    let _slot = match &peer.holder {
        Some(holder) => match holder.office.calls.acquire().await {
            Ok(slot) => Some(slot),
            Err(_) => return Refusal::Internal.into_response(),
        },
        None => None,
    };
    let fault = app.faults.take(call);

    let id = match RawPathParams::from_request_parts(&mut parts, &()).await {
        Ok(params) => params.iter().next().map(|(_, value)| value.to_owned()),
        Err(_) => None,
    };
    let admitted = match fault {
        Some(Fault::Unavailable) => Err(Refusal::Unavailable),
        _ => admit(Arc::clone(&app), tokens, call, &peer, &parts).await,
    };
    // A certificate that ended or was revoked since the handshake ends the connection.
    let Ok(admitted) = admitted.map_or_else(|refusal| Ok(Err(refusal)), |who| who.map(Ok).ok_or(())) else {
        return cut(&peer).await;
    };
    // Read even when the call is refused: a client that still writes would not see the answer.
    let body = read(body, call.body_limit(), admitted.is_ok()).await;
    if fault == Some(Fault::CutBeforeCommit) {
        return cut(&peer).await;
    }

    let answer = {
        let app = Arc::clone(&app);
        let now = app.clock.milliseconds();
        let caller = match (&peer.holder, call.role()) {
            (Some(holder), _) => holder.office.row.number.to_string(),
            (None, role) => role.map_or("", Role::name).to_owned(),
        };
        blocking(move || {
            let asked = body.map(|body| Asked {
                app: Arc::clone(&app),
                now,
                id,
                uri: parts.uri,
                idempotency_key: text(parts.headers.get(IDEMPOTENCY_HEADER)).map(str::to_owned),
                body,
            });
            app.perform(call, admitted, &caller, asked, now)
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

/// Checks what can be checked before the body is read: the certificate, the profile and the token. `None` where the
/// connection's certificate stands no more.
async fn admit(
    app: Arc<App>,
    tokens: Option<Arc<Tokens>>,
    call: Call,
    peer: &Peer,
    parts: &Parts,
) -> Result<Option<Admitted>, Refusal> {
    let has_profile = !call.needs_profile() || text(parts.headers.get(PROFILE_HEADER)) == Some(PROFILE);
    let token = text(parts.headers.get(header::AUTHORIZATION))
        .and_then(|value| value.split_once(' '))
        .filter(|(scheme, _)| scheme.eq_ignore_ascii_case("bearer"))
        .map(|(_, token)| token);
    let profile = || {
        let refusal = Refusal::BadRequest("the header x-kaigo-wire-profile does not name this profile");
        if has_profile { Ok(()) } else { Err(refusal) }
    };
    if let (Some(role), Some(tokens)) = (call.role(), tokens) {
        profile()?;
        let opened = token.is_some_and(|token| tokens.opens(role, token));
        return if opened { Ok(Some(Admitted::Role(role))) } else { Err(Refusal::Unauthorized) };
    }
    let Some(holder) = peer.holder.clone() else { return Err(Refusal::Unauthorized) };
    let token = token.map(auth::digest);
    let now = app.clock.milliseconds();
    let failed = move |app: &App, error| {
        app.log.line(format_args!("{}: {error}", call.name()));
        Refusal::Internal
    };
    let stands = {
        let (app, certificate) = (Arc::clone(&app), holder.certificate);
        blocking(move || app.store.holder(&certificate, now).map_err(|error| failed(&app, error))).await?
    };
    if stands.is_none() {
        return Ok(None);
    }
    profile()?;
    if !call.needs_token() {
        return Ok(Some(Admitted::Office(holder, None)));
    }
    let token = token.ok_or(Refusal::Unauthorized)?;
    blocking(move || match app.store.session(&token, &holder.certificate, now) {
        Ok(Some(session)) => Ok(Some(Admitted::Office(holder, Some(session)))),
        Ok(None) => Err(Refusal::Unauthorized),
        Err(error) => Err(failed(&app, error)),
    })
    .await
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
