//! The outbox against the sandbox: what it loses, doubles or turns around, with processes that are killed.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod file;
mod kill;
mod states;

use std::path::{Path, PathBuf};
use std::time::Duration;

use kaigo_core::credential::{Certificate, Credential};
use kaigo_core::exchange::Sequence;
use kaigo_core::outbox::{Entry, Outbox, OutboxFault, State};
use kaigo_core::platform::{NamedFile, Package, Platform, Received, ReceivedFilter, Retry, Session};
use kaigo_core::{Error, ErrorKind};
use kaigo_sandbox::{Builder, RunningSandbox, Sandbox};

/// The office that sends.
const CARE: &str = "1371249069";
/// Offices that receive.
const HELP: &str = "1373350030";
const DAY: &str = "1370000001";
/// An office that the platform does not know.
const NOBODY: &str = "1370000009";

/// A sandbox with the offices of these tests.
fn sandbox() -> Builder {
    let folder = tempfile::tempdir().unwrap();
    let config = folder.path().join("offices.toml");
    let office = |number: &str, service_type: &str| {
        format!(
            "[[office]]\nnumber = \"{number}\"\nname = \"試験\"\ntype = \"{service_type}\"\ncertificate = \"介護DX証明書\"\n"
        )
    };
    std::fs::write(&config, [office(CARE, "43"), office(HELP, "11"), office(DAY, "15")].concat()).unwrap();
    Sandbox::builder().offices(kaigo_sandbox::read_offices(&config).unwrap())
}

/// What an office needs to reach a sandbox, from the files that it wrote.
fn platform(url: &str, data: &Path, office: &str) -> (Platform, String, String) {
    let folder = data.join("offices").join(office);
    let account: toml::Table = std::fs::read_to_string(folder.join("account.toml")).unwrap().parse().unwrap();
    let text = |key: &str| account["account"][key].as_str().unwrap().to_owned();
    let p12 = std::fs::read(folder.join("client.p12")).unwrap();
    let platform = Platform::builder(url, Credential::from_pkcs12(&p12, &text("p12_password")).unwrap())
        .roots(Certificate::from_pem(&std::fs::read(data.join("ca.pem")).unwrap()).unwrap())
        .retry(Retry { attempts: 2, first_pause: Duration::from_millis(1), ..Retry::default() })
        .build()
        .unwrap();
    (platform, text("user_id"), text("password"))
}

fn log_in(sandbox: &RunningSandbox, office: &str) -> Session {
    let (platform, user, password) = platform(sandbox.url(), sandbox.data_dir(), office);
    platform.login(&user, &password).unwrap()
}

/// The unit of a number, to a destination, with a content of its own.
fn unit(number: u32, (office, service_type): (&str, &str), content: &[u8]) -> Package {
    let first: jiff::Timestamp = "2026-07-01T00:00:00+09:00".parse().unwrap();
    let sequence = Sequence::at(first + jiff::SignedDuration::from_secs(number.into()));
    let name = format!("UPJSK_202607_{CARE}_43_{office}_{service_type}_{sequence}.CSV");
    Package {
        receiver_office: office.parse().unwrap(),
        receiver_type: service_type.parse().unwrap(),
        files: vec![NamedFile::new(name, content.to_vec()).unwrap()],
    }
}

/// All that an office received, in the order in which the platform took it.
fn received(sandbox: &RunningSandbox, office: &str) -> Vec<Received> {
    let session = log_in(sandbox, office);
    let all: Vec<_> = session.received(ReceivedFilter::All).collect::<Result<_, _>>().unwrap();
    all.iter().map(|transfer| session.fetch(&transfer.id).unwrap()).collect()
}

/// The contents of what an office received.
fn contents(sandbox: &RunningSandbox, office: &str) -> Vec<Vec<u8>> {
    received(sandbox, office).into_iter().map(|received| received.files[0].bytes().to_vec()).collect()
}

/// An outbox in a folder of its own.
fn outbox() -> (tempfile::TempDir, PathBuf, Outbox) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("outbox.sqlite3");
    let outbox = Outbox::open(&path).unwrap();
    (folder, path, outbox)
}

fn states(outbox: &Outbox) -> Vec<State> {
    outbox.entries().unwrap().iter().map(|entry| entry.state).collect()
}

fn reason(entry: &Entry) -> &str {
    &entry.reason.as_ref().unwrap().code
}

fn fault(error: &Error) -> &OutboxFault {
    match error.kind() {
        ErrorKind::Outbox(error) => error.fault(),
        other => panic!("{other:?}"),
    }
}
