//! What both listeners have in common: accepting connections up to a limit, serving HTTP on one, and an orderly end.

use std::sync::Arc;
use std::time::Duration;

use axum::{Extension, Router};
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::service::TowerToHyperService;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{Notify, Semaphore, watch};
use tokio::task::JoinSet;

use crate::incoming::Holder;
use crate::routes::Peer;

/// From the start of the connection, or the end of the answer before, to the end of a request's header.
const HEADER_TIMEOUT: Duration = Duration::from_secs(30);
/// A connection older than this ends after the call that it carries…
const MAX_AGE: Duration = Duration::from_secs(300);
/// …and is cut when that takes longer than this, so that a client that never reads holds nothing for ever.
const MAX_LAST_CALL: Duration = Duration::from_secs(180);
/// How long running calls may take when the sandbox stops.
const STOP_TIMEOUT: Duration = Duration::from_secs(5);

/// Accepts connections, so many at once, until `stop` changes, then lets running calls end.
pub(crate) async fn accept<C>(
    listener: TcpListener,
    at_once: usize,
    mut stop: watch::Receiver<()>,
    connection: impl Fn(TcpStream, watch::Receiver<()>) -> C,
) where
    C: Future<Output = ()> + Send + 'static,
{
    let slots = Arc::new(Semaphore::new(at_once));
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
                // Answers are written whole; waiting to fill packets only delays them.
                let _ = stream.set_nodelay(true);
                let connection = connection(stream, stop.clone());
                connections.spawn(async move {
                    let _slot = slot;
                    connection.await;
                });
            }
            // Out of descriptors, most likely: give connections time to end.
            Err(_) => tokio::time::sleep(Duration::from_millis(100)).await,
        }
    }
    drop(listener);
    let all_ended = async { while connections.join_next().await.is_some() {} };
    let _ = tokio::time::timeout(STOP_TIMEOUT, all_ended).await;
}

/// Serves HTTP on a connection, until either side or its age ends it.
pub(crate) async fn serve<S>(stream: S, router: Router, holder: Option<Holder>, mut stop: watch::Receiver<()>)
where
    S: AsyncRead + AsyncWrite + Unpin + 'static,
{
    let cut = Arc::new(Notify::new());
    let peer = Peer { holder, cut: Arc::clone(&cut) };
    let service = TowerToHyperService::new(router.layer(Extension(peer)));
    let http = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(HEADER_TIMEOUT)
        .serve_connection(TokioIo::new(stream), service);
    tokio::pin!(http);
    tokio::select! {
        // What ends a connection early is the client's affair.
        _ = http.as_mut() => return,
        () = cut.notified() => return,
        _ = stop.changed() => {}
        () = tokio::time::sleep(MAX_AGE) => {}
    }
    http.as_mut().graceful_shutdown();
    tokio::select! {
        _ = http => {}
        () = cut.notified() => {}
        () = tokio::time::sleep(MAX_LAST_CALL) => {}
    }
}
