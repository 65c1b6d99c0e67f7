//! Who gets through the handshake.

use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::sync::Arc;
use std::time::Duration;

use kaigo_sandbox::RunningSandbox;
use rustls::pki_types::pem::PemObject as _;
use rustls::pki_types::{CertificateDer, PrivateKeyDer, PrivatePkcs8KeyDer};
use rustls::{ClientConfig, ClientConnection, RootCertStore, StreamOwned, SupportedProtocolVersion};

use crate::client::{CARE, Client, HELP, account, open_p12, start};

const DAY: Duration = Duration::from_secs(24 * 60 * 60);

pub type Stream = StreamOwned<ClientConnection, TcpStream>;

/// Connects with this office's certificate of `holder`, or none.
pub fn connect(
    sandbox: &RunningSandbox,
    holder: Option<(&RunningSandbox, &str)>,
    version: &'static SupportedProtocolVersion,
) -> Stream {
    let mut roots = RootCertStore::empty();
    roots.add(CertificateDer::from_pem_slice(sandbox.ca_pem().as_bytes()).unwrap()).unwrap();
    let config = ClientConfig::builder_with_provider(Arc::new(rustls::crypto::ring::default_provider()))
        .with_protocol_versions(&[version])
        .unwrap()
        .with_root_certificates(roots);
    let config = match holder {
        None => config.with_no_client_auth(),
        Some((holder, number)) => {
            let account = account(holder, number);
            let (certs, key) = open_p12(account.p12(), account.p12_password());
            let certs = certs.into_iter().map(CertificateDer::from).collect();
            config.with_client_auth_cert(certs, PrivateKeyDer::from(PrivatePkcs8KeyDer::from(key))).unwrap()
        }
    };
    let tcp = TcpStream::connect(sandbox.url().strip_prefix("https://").unwrap()).unwrap();
    tcp.set_read_timeout(Some(Duration::from_secs(30))).unwrap();
    let connection = ClientConnection::new(Arc::new(config), "localhost".try_into().unwrap()).unwrap();
    StreamOwned::new(connection, tcp)
}

/// What the server says to a request over the connection; in TLS 1.3 a client learns only then that its
/// certificate was refused.
fn ask(mut stream: Stream) -> std::io::Result<String> {
    stream.write_all(b"GET /openapi.json HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n")?;
    let mut first_line = [0; 15];
    stream.read_exact(&mut first_line)?;
    Ok(String::from_utf8_lossy(&first_line).into_owned())
}

fn refused(stream: Stream, alert: &str) {
    let error = ask(stream).expect_err("the handshake was not refused");
    assert!(error.to_string().contains(alert), "{error}");
}

#[test]
fn a_client_certificate_of_the_authority_is_let_in_over_tls_1_3() {
    let sandbox = start();
    let stream = connect(&sandbox, Some((&sandbox, CARE)), &rustls::version::TLS13);
    assert_eq!(ask(stream).unwrap(), "HTTP/1.1 200 OK");
}

#[test]
fn no_client_certificate_is_refused() {
    let sandbox = start();
    refused(connect(&sandbox, None, &rustls::version::TLS13), "CertificateRequired");
}

#[test]
fn tls_1_2_is_refused() {
    let sandbox = start();
    refused(connect(&sandbox, Some((&sandbox, CARE)), &rustls::version::TLS12), "ProtocolVersion");
}

#[test]
fn a_certificate_of_another_authority_is_refused() {
    let (sandbox, other) = (start(), start());
    refused(connect(&sandbox, Some((&other, CARE)), &rustls::version::TLS13), "received fatal alert");
}

#[test]
fn a_client_certificate_ends_after_three_years() {
    let sandbox = start();
    sandbox.clock().advance(DAY * 1094);
    let stream = connect(&sandbox, Some((&sandbox, CARE)), &rustls::version::TLS13);
    assert_eq!(ask(stream).unwrap(), "HTTP/1.1 200 OK");
    sandbox.clock().advance(DAY * 4);
    refused(connect(&sandbox, Some((&sandbox, CARE)), &rustls::version::TLS13), "CertificateExpired");
}

#[test]
fn slow_clients_do_not_hold_up_others() {
    let sandbox = start();
    let address = sandbox.url().strip_prefix("https://").unwrap();
    // Some never shake hands.
    let silent: Vec<_> = (0..100).map(|_| TcpStream::connect(address).unwrap()).collect();
    // More of one office than it may have calls under way stop in the middle of a body.
    let halves: Vec<_> = (0..20)
        .map(|_| {
            let mut stream = connect(&sandbox, Some((&sandbox, HELP)), &rustls::version::TLS13);
            let head = "POST /auth/v1/login HTTP/1.1\r\nhost: localhost\r\n\
                        x-kaigo-wire-profile: provisional\r\ncontent-length: 100\r\n\r\n{";
            stream.write_all(head.as_bytes()).unwrap();
            stream.flush().unwrap();
            stream
        })
        .collect();
    let care = Client::logged_in(&sandbox, CARE);
    assert_eq!(care.get("/careplan/v1/sent").status, 200);
    drop((silent, halves));
}
