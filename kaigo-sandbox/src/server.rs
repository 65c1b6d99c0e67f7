//! Accepting connections: TLS 1.3 with a client certificate, limits, and an orderly end.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use axum::Router;
use kaigo_core::ident::OfficeNumber;
use rustls::pki_types::CertificateDer;
use rustls::server::{NoServerSessionStorage, WebPkiClientVerifier};
use rustls::{RootCertStore, ServerConfig};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio_rustls::TlsAcceptor;

use crate::account::sha256;
use crate::app::App;
use crate::authority::Authority;
use crate::clock::Clock;
use crate::error::{Error, Result};
use crate::incoming::{Holder, OfficeState};
use crate::listen;
use crate::store::OfficeRow;

/// Connections of all offices together, those that still shake hands included.
const CONNECTIONS: usize = 512;
const HANDSHAKE_TIMEOUT: Duration = Duration::from_secs(10);

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
pub(crate) async fn run(server: Server, listener: TcpListener, stop: watch::Receiver<()>) {
    let server = Arc::new(server);
    listen::accept(listener, CONNECTIONS, stop, |stream, stop| connection(Arc::clone(&server), stream, stop))
        .await;
}

async fn connection(server: Arc<Server>, stream: TcpStream, stop: watch::Receiver<()>) {
    let handshake = TlsAcceptor::from(Arc::clone(&server.tls)).accept(stream);
    let stream = match tokio::time::timeout(HANDSHAKE_TIMEOUT, handshake).await {
        Ok(Ok(stream)) => stream,
        Ok(Err(error)) => return server.app.log.line(format_args!("handshake refused: {error}")),
        Err(_) => return server.app.log.line(format_args!("handshake took too long")),
    };
    let certificate = stream.get_ref().1.peer_certificates().and_then(<[_]>::first);
    let Some(holder) = holder(&server, certificate.map(|der| sha256(der))).await else {
        return server.app.log.line(format_args!("certificate belongs to no office, or stands no more"));
    };
    let Ok(_slot) = Arc::clone(&holder.office.connections).try_acquire_owned() else {
        return server
            .app
            .log
            .line(format_args!("too many connections of office {}", holder.office.row.number));
    };
    listen::serve(stream, server.router.clone(), Some(holder), stop).await;
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
