//! The listener on the loopback interface, with the pages and the roles' calls: plain HTTP, for nothing leaves the
//! machine.

use std::net::SocketAddr;

use axum::Router;
use axum::extract::Request;
use axum::http::header;
use axum::middleware::{self, Next};
use axum::response::{IntoResponse as _, Response};
use tokio::net::TcpListener;
use tokio::sync::watch;

use crate::error::{ErrorKind, Result};
use crate::listen;
use crate::refusal::Refusal;

const CONNECTIONS: usize = 64;

/// Refuses addresses that other machines reach.
pub(crate) fn check(address: SocketAddr) -> Result<()> {
    if address.ip().is_loopback() {
        return Ok(());
    }
    Err(ErrorKind::Config(format!("{address} is no loopback address, and nobody else may reach the roles"))
        .into())
}

/// Accepts connections until `stop` changes.
pub(crate) async fn run(router: Router, listener: TcpListener, stop: watch::Receiver<()>) {
    let router = router.layer(middleware::from_fn(loopback_host));
    let connection = |stream, stop| listen::serve(stream, router.clone(), None, stop);
    listen::accept(listener, CONNECTIONS, stop, connection).await;
}

/// A page of another site, opened in a browser on this machine, may make its name mean this address: what it asks
/// for still names that site.
async fn loopback_host(request: Request, next: Next) -> Response {
    let host = request.headers().get(header::HOST).and_then(|host| host.to_str().ok()).unwrap_or_default();
    let host = host
        .rsplit_once(':')
        .filter(|(_, port)| port.bytes().all(|b| b.is_ascii_digit()))
        .map_or(host, |(host, _)| host);
    if !["localhost", "127.0.0.1", "[::1]"].contains(&host) {
        return Refusal::NotFound.into_response();
    }
    next.run(request).await
}
