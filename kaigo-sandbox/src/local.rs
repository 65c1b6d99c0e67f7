//! The listener on the loopback interface, with the pages and the roles' calls: plain HTTP, for nothing leaves the
//! machine.

use std::net::SocketAddr;
use std::sync::Arc;

use axum::extract::Request;
use axum::http::header;
use axum::middleware::{self, Next};
use axum::response::{IntoResponse as _, Response};
use axum::{Extension, Router};
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::service::TowerToHyperService;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{Notify, Semaphore, watch};
use tokio::task::JoinSet;

use crate::error::{ErrorKind, Result};
use crate::refusal::Refusal;
use crate::routes::Peer;
use crate::server::{HEADER_TIMEOUT, STOP_TIMEOUT};

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
pub(crate) async fn run(router: Router, listener: TcpListener, mut stop: watch::Receiver<()>) {
    let router = router.layer(middleware::from_fn(loopback_host));
    let slots = Arc::new(Semaphore::new(CONNECTIONS));
    let mut connections = JoinSet::new();
    loop {
        let accepted = async {
            let slot = Arc::clone(&slots).acquire_owned().await;
            (slot, listener.accept().await)
        };
        let (slot, stream) = tokio::select! {
            _ = stop.changed() => break,
            (slot, stream) = accepted => (slot, stream),
        };
        while connections.try_join_next().is_some() {}
        match stream {
            Ok((stream, _)) => {
                let (router, stop) = (router.clone(), stop.clone());
                connections.spawn(async move {
                    let _slot = slot;
                    connection(router, stream, stop).await;
                });
            }
            Err(_) => tokio::time::sleep(std::time::Duration::from_millis(100)).await,
        }
    }
    let all_ended = async { while connections.join_next().await.is_some() {} };
    let _ = tokio::time::timeout(STOP_TIMEOUT, all_ended).await;
}

async fn connection(router: Router, stream: TcpStream, mut stop: watch::Receiver<()>) {
    let _ = stream.set_nodelay(true);
    let cut = Arc::new(Notify::new());
    let peer = Peer { holder: None, cut: Arc::clone(&cut) };
    let service = TowerToHyperService::new(router.layer(Extension(peer)));
    let http = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(HEADER_TIMEOUT)
        .serve_connection(TokioIo::new(stream), service);
    tokio::pin!(http);
    tokio::select! {
        _ = http.as_mut() => return,
        () = cut.notified() => return,
        _ = stop.changed() => {}
    }
    http.as_mut().graceful_shutdown();
    tokio::select! {
        _ = http => {}
        () = cut.notified() => {}
    }
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
