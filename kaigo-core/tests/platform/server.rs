//! A platform for tests: a real TLS handshake on loopback, and answers by script.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

use kaigo_core::credential::{Certificate, Credential};
use kaigo_core::platform::{Builder, Platform, Retry, provisional as wire};
use rcgen::{BasicConstraints, CertificateParams, DnType, ExtendedKeyUsagePurpose, IsCa, Issuer, KeyPair};
use rustls::pki_types::PrivateKeyDer;
use rustls::server::WebPkiClientVerifier;
use rustls::{RootCertStore, ServerConfig, ServerConnection, StreamOwned, SupportedProtocolVersion, version};
use serde_json::{Value, json};

/// An authority that issues certificates for both sides.
pub struct Authority {
    issuer: Issuer<'static, KeyPair>,
    pem: String,
}

impl Authority {
    pub fn new(name: &str) -> Self {
        let mut params = CertificateParams::default();
        params.distinguished_name.push(DnType::CommonName, name);
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        let key = KeyPair::generate().unwrap();
        let certificate = params.self_signed(&key).unwrap();
        Self { pem: certificate.pem(), issuer: Issuer::new(params, key) }
    }

    pub fn roots(&self) -> Vec<Certificate> {
        vec![self.root()]
    }

    pub fn root(&self) -> Certificate {
        Certificate::from_pem(self.pem.as_bytes()).unwrap().remove(0)
    }

    fn issue(&self, name: &str, usage: ExtendedKeyUsagePurpose) -> (rcgen::Certificate, KeyPair) {
        let mut params = CertificateParams::new(vec![name.to_owned()]).unwrap();
        params.distinguished_name.push(DnType::CommonName, name);
        params.extended_key_usages = vec![usage];
        let key = KeyPair::generate().unwrap();
        (params.signed_by(&key, &self.issuer).unwrap(), key)
    }

    pub fn credential(&self) -> Credential {
        let (certificate, key) = self.issue("office", ExtendedKeyUsagePurpose::ClientAuth);
        Credential::from_pem(&[certificate.pem().as_bytes(), key.serialize_pem().as_bytes()], None).unwrap()
    }

    /// A server's setup for `localhost`, which demands a client certificate of a root.
    pub fn server(
        &self,
        clients: &Certificate,
        versions: &[&'static SupportedProtocolVersion],
    ) -> ServerConfig {
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let mut roots = RootCertStore::empty();
        roots.add(clients.as_der().to_vec().into()).unwrap();
        let verifier =
            WebPkiClientVerifier::builder_with_provider(Arc::new(roots), provider.clone()).build().unwrap();
        let (certificate, key) = self.issue("localhost", ExtendedKeyUsagePurpose::ServerAuth);
        ServerConfig::builder_with_provider(provider)
            .with_protocol_versions(versions)
            .unwrap()
            .with_client_cert_verifier(verifier)
            .with_single_cert(
                vec![certificate.der().clone()],
                PrivateKeyDer::Pkcs8(key.serialize_der().into()),
            )
            .unwrap()
    }
}

/// A request as it arrived.
#[derive(Clone, Debug)]
pub struct Seen {
    pub method: String,
    /// With its query.
    pub path: String,
    pub headers: Vec<(String, String)>,
    pub body: Value,
    /// How many requests of this path came before it.
    pub nth: usize,
    pub client_certificate: Option<Vec<u8>>,
}

impl Seen {
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    pub fn token(&self) -> &str {
        self.header("authorization").and_then(|value| value.strip_prefix("Bearer ")).unwrap_or_default()
    }
}

pub enum Answer {
    /// Status, further header lines, body.
    Http(u16, &'static str, String),
    /// Hangs up without an answer.
    Cut,
    /// Promises more than it sends, then hangs up.
    Half,
    /// Says nothing for so long.
    Slow(Duration),
}

pub fn result(value: impl serde::Serialize) -> Answer {
    Answer::Http(200, "", json!({ "result": value }).to_string())
}

pub fn error(code: &str) -> Answer {
    let body = json!({ "error": { "code": code, "messageJa": "山田花子様", "messageEn": "Ms Yamada" } });
    Answer::Http(200, "", body.to_string())
}

pub fn status(status: u16) -> Answer {
    Answer::Http(status, "", "secret stack trace".into())
}

/// Tokens that live as long as the official ones; the access token says which it is.
pub fn tokens(generation: usize) -> Answer {
    result(json!({
        "accessToken": format!("access-{generation}"), "accessExpiresIn": 3600,
        "refreshToken": "refresh-0", "refreshExpiresIn": 28800, "office": "1370000001",
    }))
}

/// Answers login and refresh as a platform does.
pub fn auth(seen: &Seen) -> Option<Answer> {
    match seen.path.as_str() {
        wire::LOGIN => Some(tokens(0)),
        wire::REFRESH => Some(tokens(seen.nth + 1)),
        wire::LOGOUT => Some(result(json!({}))),
        _ => None,
    }
}

pub struct Server {
    pub port: u16,
    pub authority: Authority,
    seen: Arc<Mutex<Vec<Seen>>>,
    connections: Arc<AtomicUsize>,
}

impl Server {
    /// A proper platform: TLS 1.3, both certificates from one authority; `script` answers what is not
    /// login, refresh or logout.
    pub fn start(script: impl Fn(&Seen) -> Answer + Send + Sync + 'static) -> Self {
        Self::start_raw(move |seen| auth(seen).unwrap_or_else(|| script(seen)))
    }

    pub fn start_raw(script: impl Fn(&Seen) -> Answer + Send + Sync + 'static) -> Self {
        let authority = Authority::new("authority");
        let tls = authority.server(&authority.root(), &[&version::TLS13]);
        Self::start_with(authority, tls, script)
    }

    pub fn start_with(
        authority: Authority,
        tls: ServerConfig,
        script: impl Fn(&Seen) -> Answer + Send + Sync + 'static,
    ) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let server = Self {
            port: listener.local_addr().unwrap().port(),
            authority,
            seen: Arc::default(),
            connections: Arc::default(),
        };
        let (seen, connections) = (server.seen.clone(), server.connections.clone());
        let (tls, script) = (Arc::new(tls), Arc::new(script));
        thread::spawn(move || {
            for socket in listener.incoming().flatten() {
                connections.fetch_add(1, Ordering::SeqCst);
                let (tls, script, seen) = (tls.clone(), script.clone(), seen.clone());
                thread::spawn(move || serve(socket, tls, &*script, &seen));
            }
        });
        server
    }

    pub fn url(&self) -> String {
        format!("https://localhost:{}", self.port)
    }

    /// A client that repeats without long pauses.
    pub fn builder(&self) -> Builder {
        Platform::builder(&self.url(), self.authority.credential())
            .roots(self.authority.roots())
            .call_timeout(Duration::from_secs(10))
            .retry(Retry {
                attempts: 3,
                first_pause: Duration::from_millis(5),
                longest_pause: Duration::from_millis(20),
            })
    }

    pub fn platform(&self) -> Platform {
        self.builder().build().unwrap()
    }

    pub fn connections(&self) -> usize {
        self.connections.load(Ordering::SeqCst)
    }

    /// The requests of a path, whatever their query.
    pub fn seen(&self, path: &str) -> Vec<Seen> {
        let seen = self.seen.lock().unwrap();
        seen.iter().filter(|seen| seen.path.split('?').next() == Some(path)).cloned().collect()
    }
}

fn serve(
    socket: TcpStream,
    tls: Arc<ServerConfig>,
    script: &dyn Fn(&Seen) -> Answer,
    all: &Mutex<Vec<Seen>>,
) -> Option<()> {
    let connection = ServerConnection::new(tls).ok()?;
    let mut stream = BufReader::new(StreamOwned::new(connection, socket));
    loop {
        let mut line = String::new();
        stream.read_line(&mut line).ok().filter(|read| *read > 0)?;
        let mut words = line.split_whitespace();
        let (method, path) = (words.next()?.to_owned(), words.next()?.to_owned());
        let mut headers = Vec::new();
        loop {
            let mut line = String::new();
            stream.read_line(&mut line).ok()?;
            let Some((name, value)) = line.trim_end().split_once(": ") else { break };
            headers.push((name.to_ascii_lowercase(), value.to_owned()));
        }
        let length = headers.iter().find(|(name, _)| name == "content-length");
        let mut body = vec![0; length.map_or(0, |(_, value)| value.parse().unwrap())];
        stream.read_exact(&mut body).ok()?;
        let seen = {
            let mut all = all.lock().unwrap();
            let certificates = stream.get_ref().conn.peer_certificates();
            let seen = Seen {
                nth: all.iter().filter(|seen| seen.path == path).count(),
                method,
                path,
                headers,
                body: serde_json::from_slice(&body).unwrap_or_default(),
                client_certificate: certificates.and_then(|all| all.first()).map(|der| der.to_vec()),
            };
            all.push(seen.clone());
            seen
        };
        let (status, more, body) = match script(&seen) {
            Answer::Http(status, more, body) => (status, more, body),
            Answer::Cut => return None,
            Answer::Half => (200, "", "{".to_owned() + &" ".repeat(20)),
            Answer::Slow(pause) => {
                thread::sleep(pause);
                return None;
            }
        };
        let half = body.starts_with("{ ");
        let length = body.len() + if half { 100 } else { 0 };
        let stream = stream.get_mut();
        write!(stream, "HTTP/1.1 {status} X\r\ncontent-length: {length}\r\n{more}\r\n{body}").ok()?;
        stream.flush().ok()?;
        if half {
            return None;
        }
    }
}
