//! Accepting connections: TLS 1.3 with a client certificate, limits, and an orderly end.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use axum::{Extension, Router};
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::service::TowerToHyperService;
use kaigo_core::ident::OfficeNumber;
use rustls::pki_types::CertificateDer;
use rustls::server::{NoServerSessionStorage, WebPkiClientVerifier};
use rustls::{RootCertStore, ServerConfig};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{Notify, Semaphore, watch};
use tokio::task::JoinSet;
use tokio_rustls::TlsAcceptor;

use crate::account::sha256;
use crate::app::App;
use crate::authority::Authority;
use crate::clock::Clock;
use crate::error::{Error, Result};
use crate::incoming::{Holder, OfficeState};
use crate::routes::Peer;
use crate::store::OfficeRow;

/// Connections of all offices together, those that still shake hands included.
const CONNECTIONS: usize = 512;
const HANDSHAKE_TIMEOUT: Duration = Duration::from_secs(10);
/// From the start of the connection, or the end of the answer before, to the end of a request's header.
pub(crate) const HEADER_TIMEOUT: Duration = Duration::from_secs(30);
/// A connection older than this ends after the call that it carries…
const MAX_AGE: Duration = Duration::from_secs(300);
/// …and is cut when that takes longer than this, so that a client that never reads holds nothing for ever.
const MAX_LAST_CALL: Duration = Duration::from_secs(180);
/// How long running calls may take when the sandbox stops.
pub(crate) const STOP_TIMEOUT: Duration = Duration::from_secs(5);

/// Everything that the accepting side needs.
pub(crate) struct Server {
    pub(crate) tls: Arc<ServerConfig>,
    pub(crate) app: Arc<App>,
    pub(crate) router: Router,
    pub(crate) offices: Offices,
}

/// The offices that connected.
#[derive(Default)]
pub(crate) struct Offices(Mutex<HashMap<OfficeNumber, Arc<OfficeState>>>);

impl Offices {
    fn state(&self, row: OfficeRow) -> Arc<OfficeState> {
        let mut offices = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        Arc::clone(offices.entry(row.number).or_insert_with(|| Arc::new(OfficeState::new(row))))
    }
}

/// TLS 1.3 only, and only for those who hold a certificate of this authority that has not ended by the clock.
pub(crate) fn tls(authority: &Authority, clock: &Clock) -> Result<Arc<ServerConfig>> {
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let mut roots = RootCertStore::empty();
    roots.add(CertificateDer::from(authority.ca.as_slice())).map_err(Error::certificate)?;
    let verifier = WebPkiClientVerifier::builder_with_provider(Arc::new(roots), Arc::clone(&provider))
        .build()
        .map_err(Error::certificate)?;
    let (certificate, key) = authority.server()?;
    let mut config = ServerConfig::builder_with_details(provider, Arc::new(clock.clone()))
        .with_protocol_versions(&[&rustls::version::TLS13])
        .map_err(Error::certificate)?
        .with_client_cert_verifier(verifier)
        .with_single_cert(vec![certificate], key.into())
        .map_err(Error::certificate)?;
    // Without resumption each connection shows its certificate anew.
    config.session_storage = Arc::new(NoServerSessionStorage {});
    config.send_tls13_tickets = 0;
    config.alpn_protocols = vec![b"http/1.1".to_vec()];
    Ok(Arc::new(config))
}

/// Accepts connections until `stop` changes, then lets running calls end.
pub(crate) async fn run(server: Server, listener: TcpListener, mut stop: watch::Receiver<()>) {
    let server = Arc::new(server);
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
                let (server, stop) = (Arc::clone(&server), stop.clone());
                connections.spawn(async move {
                    let _slot = slot;
                    connection(&server, stream, stop).await;
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

async fn connection(server: &Server, stream: TcpStream, mut stop: watch::Receiver<()>) {
    // Answers are written whole; waiting to fill packets only delays them.
    let _ = stream.set_nodelay(true);
    let handshake = TlsAcceptor::from(Arc::clone(&server.tls)).accept(stream);
    let stream = match tokio::time::timeout(HANDSHAKE_TIMEOUT, handshake).await {
        Ok(Ok(stream)) => stream,
        Ok(Err(error)) => return server.app.log.line(format_args!("handshake refused: {error}")),
        Err(_) => return server.app.log.line(format_args!("handshake took too long")),
    };
    let certificate = stream.get_ref().1.peer_certificates().and_then(<[_]>::first);
    let Some(holder) = holder(server, certificate.map(|der| sha256(der))).await else {
        return server.app.log.line(format_args!("certificate belongs to no office, or stands no more"));
    };
    let Ok(_slot) = Arc::clone(&holder.office.connections).try_acquire_owned() else {
        return server
            .app
            .log
            .line(format_args!("too many connections of office {}", holder.office.row.number));
    };

    let cut = Arc::new(Notify::new());
    let peer = Peer { holder: Some(holder), cut: Arc::clone(&cut) };
    let service = TowerToHyperService::new(server.router.clone().layer(Extension(peer)));
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

/// The office whose certificate it is. The store is asked each time, so that what was issued or revoked since the
/// start counts.
async fn holder(server: &Server, certificate: Option<[u8; 32]>) -> Option<Holder> {
    let certificate = certificate?;
    let app = Arc::clone(&server.app);
    let found = tokio::task::spawn_blocking(move || {
        let found = app.store.holder(&certificate, app.clock.milliseconds());
        found.unwrap_or_else(|error| {
            app.log.line(format_args!("{error}"));
            None
        })
    });
    let row = found.await.ok()??;
    Some(Holder { office: server.offices.state(row), certificate })
}
