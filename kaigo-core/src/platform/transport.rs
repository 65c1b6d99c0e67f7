//! One request, one answer, over TLS 1.3 with the client's certificate.

use std::fmt;
use std::io::{self, Read, Write};
use std::sync::Arc;
use std::time::Instant;

use kaigo_wiping::Carrying;
use rustls::client::Resumption;
use rustls::crypto::ring::default_provider;
use rustls::pki_types::{ServerName, UnixTime};
use rustls::sign::{CertifiedKey, SingleCertAndKey};
use rustls::time_provider::TimeProvider;
use rustls::{AlertDescription, ClientConfig, ClientConnection, RootCertStore, StreamOwned, version};
use ureq::http::Uri;
use ureq::unversioned::resolver::DefaultResolver;
use ureq::unversioned::transport::{
    Buffers, ConnectionDetails, Connector, LazyBuffers, NextTimeout, TcpConnector, Transport,
    TransportAdapter, time,
};
use ureq::{Agent, Error, Timeout};
use zeroize::{Zeroize, Zeroizing};

use super::config::{Builder, Clock};
use super::{Fault, Sent, TransferError};
use crate::credential::{Credential, CredentialError};
use crate::progress::Watch;

/// A request, without its token.
pub(super) struct Request {
    pub path: String,
    pub query: Vec<(&'static str, String)>,
    pub headers: Vec<(&'static str, String)>,
    /// With a body it is a `POST`, without a `GET`.
    pub body: Option<Zeroizing<Vec<u8>>>,
}

/// Makes requests of one platform with one credential.
pub(super) struct Http {
    agent: Agent,
    base_url: String,
    credential: Arc<Credential>,
    clock: Arc<dyn Clock>,
    max_response_bytes: u64,
    watch: Watch,
}

impl Http {
    pub(super) fn new(builder: Builder) -> Result<Self, TransferError> {
        let Builder { base_url, credential, roots, settings } = builder;
        let host = host(&base_url)?;
        let mut store = RootCertStore::empty();
        for root in &roots {
            store
                .add(root.to_rustls())
                .map_err(|_| TransferError::Config { what: "a root certificate cannot be used" })?;
        }
        if store.is_empty() {
            return Err(TransferError::Config { what: "no root certificate is given" });
        }
        let key = credential
            .signing_key()
            .map_err(|_| TransferError::Config { what: "the private key cannot sign" })?;
        let chain = credential.chain().iter().map(|certificate| certificate.to_rustls()).collect();
        let mut tls = ClientConfig::builder_with_details(
            Arc::new(default_provider()),
            Arc::new(TlsTime(settings.clock.clone())),
        )
        .with_protocol_versions(&[&version::TLS13])
        .map_err(|_| TransferError::Config { what: "TLS 1.3 is not available" })?
        .with_root_certificates(store)
        .with_client_cert_resolver(Arc::new(SingleCertAndKey::from(CertifiedKey::new(chain, key))));
        tls.alpn_protocols = vec![b"http/1.1".to_vec()];
        // Every connection checks the certificates of both sides anew.
        tls.resumption = Resumption::disabled();

        let config = Agent::config_builder()
            .https_only(true)
            .http_status_as_error(false)
            .max_redirects(0)
            .max_redirects_will_error(false)
            .proxy(None)
            .user_agent(concat!("kaigo/", env!("CARGO_PKG_VERSION")))
            .accept("application/json")
            .timeout_connect(Some(settings.connect_timeout))
            .timeout_resolve(Some(settings.connect_timeout))
            .build();
        let watch = settings.watch;
        let connector =
            TlsConnector { tcp: TcpConnector::default(), tls: Arc::new(tls), host, watch: watch.clone() };
        Ok(Self {
            agent: Agent::with_parts(config, connector, DefaultResolver::default()),
            base_url: base_url.trim_end_matches('/').to_owned(),
            credential,
            clock: settings.clock,
            max_response_bytes: settings.max_response_bytes,
            watch,
        })
    }

    /// The body of the answer, when its status is 200. The log is told what was asked and what came of it: nothing that
    /// was carried.
    pub(super) fn exchange(
        &self,
        request: &Request,
        token: Option<&str>,
        deadline: Instant,
    ) -> Result<Zeroizing<Vec<u8>>, TransferError> {
        let _wiped = Carrying::begin();
        let started = Instant::now();
        let answer = self.ask(request, token, deadline);
        let method = if request.body.is_some() { "POST" } else { "GET" };
        let (path, took) = (&request.path, started.elapsed().as_millis());
        match &answer {
            Ok(body) => log::debug!("{method} {path}: {} bytes in {took} ms", body.len()),
            Err(TransferError::System { status }) => {
                log::debug!("{method} {path}: HTTP {status} in {took} ms")
            }
            Err(error) => log::debug!("{method} {path}: {} in {took} ms", error.code()),
        }
        answer
    }

    fn ask(
        &self,
        request: &Request,
        token: Option<&str>,
        deadline: Instant,
    ) -> Result<Zeroizing<Vec<u8>>, TransferError> {
        self.credential.ensure_valid_at(self.clock.now())?;
        // At this level ureq writes every byte of requests and answers to the log, passwords and tokens too.
        if log::log_enabled!(target: "ureq_proto::util", log::Level::Trace) {
            return Err(TransferError::Config {
                what: "the log level `trace` of `ureq_proto` would write passwords and tokens; lower it",
            });
        }
        let remaining = deadline.saturating_duration_since(Instant::now());
        if remaining.is_zero() {
            return Err(out_of_time());
        }
        if !self.watch.goes_on(0, None) {
            return Err(TransferError::Cancelled { sent: Sent::No });
        }
        let url = format!("{}{}", self.base_url, request.path);
        let bearer = token.map(|token| Zeroizing::new(format!("Bearer {token}")));
        let headers = request.headers.iter().map(|(name, value)| (*name, value.as_str()));
        let headers = headers.chain(bearer.as_ref().map(|value| ("authorization", value.as_str())));
        let answer = match &request.body {
            Some(body) => {
                let mut call = self.agent.post(url).content_type("application/json");
                for (name, value) in headers {
                    call = call.header(name, value);
                }
                call.config().timeout_global(Some(remaining)).build().send(body.as_slice())
            }
            None => {
                let mut call =
                    self.agent.get(url).query_pairs(request.query.iter().map(|(k, v)| (*k, v.as_str())));
                for (name, value) in headers {
                    call = call.header(name, value);
                }
                call.config().timeout_global(Some(remaining)).build().call()
            }
        };
        let mut answer = answer.map_err(|error| self.why(error))?;
        let status = answer.status().as_u16();
        if status != 200 {
            return Err(TransferError::System { status });
        }
        let body = answer.body_mut().with_config().limit(self.max_response_bytes).read_to_vec();
        body.map(Zeroizing::new).map_err(|error| self.why(error))
    }

    fn why(&self, error: Error) -> TransferError {
        let (error, connected) = match error {
            Error::Other(other) => match other.downcast::<NotConnected>() {
                Ok(not_connected) => (not_connected.0, false),
                Err(other) if other.is::<BrokenOff>() => {
                    return TransferError::Cancelled { sent: Sent::Unknown };
                }
                Err(other) => (Error::Other(other), true),
            },
            before @ (Error::HostNotFound | Error::Timeout(Timeout::Resolve | Timeout::Connect)) => {
                (before, false)
            }
            other => (other, true),
        };
        let tls = match &error {
            Error::Io(io) => io.get_ref().and_then(|inner| inner.downcast_ref::<rustls::Error>()),
            _ => None,
        };
        // A key that is held elsewhere did not sign.
        if let Some(rustls::Error::Other(other)) = tls
            && let Some(error) = other.0.downcast_ref::<CredentialError>()
        {
            return TransferError::Credential(error.clone());
        }
        let fault = match &error {
            Error::BodyExceedsLimit(limit) => return TransferError::TooLarge { limit: *limit },
            Error::Timeout(_) => Fault::Timeout,
            _ if tls.is_some() => Fault::TlsRefused,
            _ if connected => Fault::Cut,
            _ => Fault::Connect,
        };
        let sent = if connected && !tls.is_some_and(refuses_certificate) { Sent::Unknown } else { Sent::No };
        let detail = tls.map_or_else(|| error.to_string(), ToString::to_string);
        TransferError::Connection { fault, sent, detail }
    }
}

impl Drop for Http {
    /// The connections that were kept hold what came over them.
    fn drop(&mut self) {
        let _wiped = Carrying::begin();
        self.agent = Agent::new_with_defaults();
    }
}

impl fmt::Debug for Http {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Http")
            .field("base_url", &self.base_url)
            .field("credential", &self.credential)
            .finish_non_exhaustive()
    }
}

/// The deadline passed before anything was sent.
pub(super) fn out_of_time() -> TransferError {
    TransferError::Connection { fault: Fault::Timeout, sent: Sent::No, detail: "deadline".into() }
}

fn host(base_url: &str) -> Result<ServerName<'static>, TransferError> {
    const WHAT: TransferError =
        TransferError::Config { what: "the address must be https://host[:port][/path]" };
    let uri: Uri = base_url.parse().map_err(|_| WHAT)?;
    let authority = uri.authority().ok_or(WHAT)?;
    if uri.scheme_str() != Some("https") || authority.as_str().contains('@') || uri.query().is_some() {
        return Err(WHAT);
    }
    let host = authority.host();
    let host = host.strip_prefix('[').and_then(|host| host.strip_suffix(']')).unwrap_or(host);
    ServerName::try_from(host.to_owned()).map_err(|_| WHAT)
}

/// Whether the other side refused the client's certificate. TLS 1.3 tells so only after the first request was
/// written, but the request is never read.
fn refuses_certificate(error: &rustls::Error) -> bool {
    use AlertDescription as A;
    matches!(
        error,
        rustls::Error::AlertReceived(
            A::BadCertificate
                | A::UnsupportedCertificate
                | A::CertificateRevoked
                | A::CertificateExpired
                | A::CertificateUnknown
                | A::UnknownCA
                | A::AccessDenied
                | A::CertificateRequired
                | A::HandshakeFailure
        )
    )
}

/// The clock of the client, as TLS asks for it.
#[derive(Debug)]
struct TlsTime(Arc<dyn Clock>);

impl TimeProvider for TlsTime {
    fn current_time(&self) -> Option<UnixTime> {
        let seconds = u64::try_from(self.0.now().as_second()).ok()?;
        Some(UnixTime::since_unix_epoch(std::time::Duration::from_secs(seconds)))
    }
}

/// Marks what failed before a request could be written.
#[derive(Debug)]
struct NotConnected(Error);

impl fmt::Display for NotConnected {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl std::error::Error for NotConnected {}

/// Marks what the caller broke off.
#[derive(Debug)]
struct BrokenOff;

impl fmt::Display for BrokenOff {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("broken off by the caller")
    }
}

impl std::error::Error for BrokenOff {}

struct TlsConnector {
    tcp: TcpConnector,
    tls: Arc<ClientConfig>,
    host: ServerName<'static>,
    watch: Watch,
}

impl TlsConnector {
    fn open(&self, details: &ConnectionDetails<'_>) -> Result<TlsTransport, Error> {
        let started = Instant::now();
        let tcp = Connector::<()>::connect(&self.tcp, details, None)?.ok_or(Error::ConnectionFailed)?;
        let mut socket = TransportAdapter::new(tcp.boxed(), details.current_time.clone());
        // What TCP took is no longer there for the handshake.
        let mut timeout = details.timeout;
        if let time::Duration::Exact(limit) = &mut timeout.after {
            *limit = limit.saturating_sub(started.elapsed());
        }
        socket.set_timeout(timeout);
        let mut connection = ClientConnection::new(self.tls.clone(), self.host.clone())
            .map_err(|error| Error::Io(io::Error::other(error)))?;
        connection.complete_io(&mut socket)?;
        let config = details.config;
        Ok(TlsTransport {
            buffers: LazyBuffers::new(config.input_buffer_size(), config.output_buffer_size()),
            stream: StreamOwned::new(connection, socket),
            watch: self.watch.clone(),
            carried: 0,
            answering: false,
        })
    }
}

impl Connector for TlsConnector {
    type Out = TlsTransport;

    fn connect(&self, details: &ConnectionDetails<'_>, _: Option<()>) -> Result<Option<TlsTransport>, Error> {
        self.open(details).map(Some).map_err(|error| Error::Other(Box::new(NotConnected(error))))
    }
}

impl fmt::Debug for TlsConnector {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("TlsConnector")
    }
}

struct TlsTransport {
    buffers: LazyBuffers,
    stream: StreamOwned<ClientConnection, TransportAdapter>,
    watch: Watch,
    /// Bytes of this request and its answer.
    carried: u64,
    /// Whether the answer has begun: what is sent next is another request.
    answering: bool,
}

impl TlsTransport {
    fn carry(&mut self, amount: usize) -> Result<(), Error> {
        self.carried += amount as u64;
        if self.watch.goes_on(self.carried, None) { Ok(()) } else { Err(Error::Other(Box::new(BrokenOff))) }
    }

    /// Where the other side hung up, the reason that it gave may still wait to be read.
    fn reason(&mut self, error: io::Error) -> Error {
        if matches!(
            error.kind(),
            io::ErrorKind::BrokenPipe | io::ErrorKind::ConnectionReset | io::ErrorKind::ConnectionAborted
        ) {
            while self.stream.conn.read_tls(&mut self.stream.sock).is_ok_and(|amount| amount > 0) {
                if let Err(reason) = self.stream.conn.process_new_packets() {
                    return Error::Io(io::Error::other(reason));
                }
            }
        }
        error.into()
    }
}

fn is_timeout(error: &io::Error) -> bool {
    error
        .get_ref()
        .and_then(|inner| inner.downcast_ref())
        .is_some_and(|inner| matches!(inner, Error::Timeout(_)))
}

impl Transport for TlsTransport {
    fn buffers(&mut self) -> &mut dyn Buffers {
        &mut self.buffers
    }

    fn transmit_output(&mut self, amount: usize, timeout: NextTimeout) -> Result<(), Error> {
        if std::mem::take(&mut self.answering) {
            self.carried = 0;
        }
        self.stream.sock.set_timeout(timeout);
        let written = self.stream.write_all(&self.buffers.output()[..amount]);
        written.map_err(|error| self.reason(error))?;
        self.carry(amount)
    }

    fn await_input(&mut self, timeout: NextTimeout) -> Result<bool, Error> {
        self.answering = true;
        let mut left = timeout;
        let started = Instant::now();
        let amount = loop {
            // While nothing comes, whoever watches is asked now and then.
            let mut stretch = left;
            if let time::Duration::Exact(limit) = &mut stretch.after {
                *limit = self.watch.stretch(*limit);
            }
            self.stream.sock.set_timeout(stretch);
            let error = match self.stream.read(self.buffers.input_append_buf()) {
                Ok(amount) => break amount,
                Err(error) => error,
            };
            if let (time::Duration::Exact(all), time::Duration::Exact(rest)) =
                (timeout.after, &mut left.after)
            {
                *rest = all.saturating_sub(started.elapsed());
                if is_timeout(&error) && !rest.is_zero() {
                    self.carry(0)?;
                    continue;
                }
            }
            return Err(self.reason(error));
        };
        self.buffers.input_appended(amount);
        self.carry(amount)?;
        Ok(amount > 0)
    }

    fn is_open(&mut self) -> bool {
        self.stream.sock.get_mut().is_open()
    }

    fn is_tls(&self) -> bool {
        true
    }
}

impl Drop for TlsTransport {
    /// Passwords and tokens went through the buffers.
    fn drop(&mut self) {
        self.buffers.output().zeroize();
        let left = self.buffers.input().len();
        self.buffers.input_consume(left);
        self.buffers.input_append_buf().zeroize();
    }
}

impl fmt::Debug for TlsTransport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("TlsTransport")
    }
}
