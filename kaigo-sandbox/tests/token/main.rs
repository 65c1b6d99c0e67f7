//! The office's key in a PKCS#11 token (SoftHSM2), as the client certificate of real TLS connections to the sandbox.
#![cfg(all(feature = "pkcs11", target_os = "linux"))]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

#[path = "../searched/mod.rs"]
mod searched;

use std::fs::File;
use std::io::{Read as _, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use kaigo_core::card::LastTry;
use kaigo_core::credential::{Certificate, CertificateChoice, Credential, CredentialError, TokenTries};
use kaigo_core::ident::OfficeNumber;
use kaigo_core::platform::{Platform, ReceivedFilter, TransferError};
use kaigo_sandbox::{Account, CertificateKind, KeyKind, Office, RunningSandbox, Sandbox};
use p12_keystore::{KeyStore, Pkcs12ImportPolicy};
use searched::{CANARY, log_everything, search, wait_to_be_searched};
use zeroize::Zeroizing;

const MODULE: &str = "/usr/lib/softhsm/libsofthsm2.so";
/// Set for the program that has SoftHSM's configuration.
const INSIDE: &str = "KAIGO_TOKEN_DIRECTORY";
/// The test that another one runs as its program.
const SEARCHED: &str = "the_program_that_is_searched";
const PIN: &str = "shared-4821";
const WRONG: &str = "shared-1284";

const P256: &str = "1371249069";
const RSA: &str = "1373350030";

/// SoftHSM reads its configuration from the environment, and sees only tokens that were there when it was loaded: each
/// test runs in a program of its own.
#[test]
fn on_a_real_token() {
    let tools = [MODULE, "/usr/bin/softhsm2-util", "/usr/bin/pkcs11-tool"];
    if let Some(missing) = tools.iter().find(|path| !Path::new(path).exists()) {
        let skipped = format!(
            "\n*** SKIPPED: tests on PKCS#11 tokens, for {missing} is missing; `tools/setup card` installs it ***\n\n"
        );
        // Not `eprintln`, which a passing test keeps to itself.
        std::io::stderr().write_all(skipped.as_bytes()).unwrap();
        return;
    }
    let this = std::env::current_exe().unwrap();
    let listed = Command::new(&this).args(["--ignored", "--list", "--format", "terse"]).output().unwrap();
    let listed = String::from_utf8(listed.stdout).unwrap();
    let tests = listed.lines().filter_map(|line| line.strip_suffix(": test"));
    let tests: Vec<_> = tests.filter(|test| *test != SEARCHED).collect();
    assert!(!tests.is_empty());
    for test in tests {
        let dir = tempfile::tempdir().unwrap();
        let tokens = dir.path().join("tokens");
        std::fs::create_dir(&tokens).unwrap();
        let configuration = dir.path().join("softhsm2.conf");
        let text = format!("directories.tokendir = {}\nobjectstore.backend = file\n", tokens.display());
        std::fs::write(&configuration, text).unwrap();
        let status = Command::new(&this)
            .args(["--ignored", "--exact", test, "--nocapture"])
            .env("SOFTHSM2_CONF", &configuration)
            .env(INSIDE, dir.path())
            .stdin(Stdio::null())
            .status()
            .unwrap();
        assert!(status.success(), "{test} failed: see above");
    }
}

fn dir() -> PathBuf {
    std::env::var_os(INSIDE).expect("run by `on_a_real_token` only").into()
}

fn run(program: &str, arguments: &[&str]) -> String {
    let output = Command::new(program).args(arguments).output().unwrap();
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.success(), "{program} {arguments:?}: {said}");
    String::from_utf8_lossy(&output.stdout).into_owned()
}

/// An office with a key of each kind.
fn sandbox() -> RunningSandbox {
    let office = |number: &str, key| Office {
        number: number.parse().unwrap(),
        name: "架空の事業所".into(),
        service_type: "11".parse().unwrap(),
        certificate: CertificateKind::Insurance,
        key,
        staff: Vec::new(),
    };
    let offices = [office(P256, KeyKind::P256), office(RSA, KeyKind::Rsa2048)];
    Sandbox::builder().offices(offices).start().unwrap()
}

fn account<'a>(sandbox: &'a RunningSandbox, number: &str) -> &'a Account {
    sandbox.office(number.parse::<OfficeNumber>().unwrap()).unwrap()
}

fn new_token(label: &str) {
    run(
        "softhsm2-util",
        &["--init-token", "--free", "--label", label, "--so-pin", "so-pin-77", "--pin", PIN],
    );
}

/// What of an account goes into a token.
#[derive(Clone, Copy, PartialEq)]
enum Import {
    All,
    Certificates,
}

/// Puts key and certificates into a token, with the tools of SoftHSM and OpenSC.
fn import(label: &str, account: &Account, id: &str, what: Import) {
    let store =
        KeyStore::from_pkcs12(account.p12(), account.p12_password(), Pkcs12ImportPolicy::Strict).unwrap();
    let (_, chain) = store.private_key_chain().unwrap();
    let file = |name: &str, bytes: &[u8]| {
        let path = dir().join(format!("{label}-{id}-{name}"));
        std::fs::write(&path, bytes).unwrap();
        path.to_str().unwrap().to_owned()
    };
    if what == Import::All {
        let key = pem_of(chain.key().as_der());
        let key = file("key.pem", key.as_bytes());
        let name = ["--label", "office key", "--id", id];
        run("softhsm2-util", &[&["--import", &key, "--token", label, "--pin", PIN][..], &name].concat());
    }
    for (position, certificate) in chain.certs().iter().enumerate() {
        let path = file(&format!("{position}.der"), certificate.as_der());
        // The authority's has an identity of its own.
        let own = if position == 0 { id.to_owned() } else { format!("{id}F{position}") };
        let token = ["--module", MODULE, "--token-label", label, "--login", "--pin", PIN];
        run(
            "pkcs11-tool",
            &[&token[..], &["--write-object", &path, "--type", "cert", "--id", &own]].concat(),
        );
    }
}

fn pem_of(pkcs8: &[u8]) -> String {
    use base64::Engine as _;
    let text = base64::prelude::BASE64_STANDARD.encode(pkcs8);
    format!("-----BEGIN PRIVATE KEY-----\n{text}\n-----END PRIVATE KEY-----\n")
}

fn load(label: &str, pin: &str, choice: &str, last_try: LastTry) -> Result<Credential, CredentialError> {
    Credential::from_pkcs11(Path::new(MODULE), label, pin, &CertificateChoice::from(choice), last_try)
}

fn platform(sandbox: &RunningSandbox, credential: Credential) -> Platform {
    Platform::builder(sandbox.url(), credential)
        .roots(Certificate::from_pem(sandbox.ca_pem().as_bytes()).unwrap())
        .build()
        .unwrap()
}

/// Logs in over TLS with the key in the token, and lists.
fn log_in_and_list(sandbox: &RunningSandbox, number: &str, label: &str) {
    let account = account(sandbox, number);
    import(label, account, "01", Import::All);
    let credential = load(label, PIN, "", LastTry::Refuse).unwrap();
    assert!(credential.certificate().subject().contains(&format!("CN={number}")));
    // The authority's certificate is in the token too.
    assert_eq!(credential.chain().len(), 2);
    let session = platform(sandbox, credential).login(account.user_id(), account.password()).unwrap();
    assert_eq!(session.office().as_str(), number);
    // Threads share the one key.
    std::thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| assert_eq!(session.received(ReceivedFilter::All).count(), 0));
        }
    });
    session.logout().unwrap();
}

#[test]
#[ignore = "run by on_a_real_token"]
fn a_p256_key_in_a_token_is_the_client_certificate() {
    new_token("p256");
    log_in_and_list(&sandbox(), P256, "p256");
}

#[test]
#[ignore = "run by on_a_real_token"]
fn an_rsa_key_in_a_token_is_the_client_certificate() {
    new_token("rsa");
    log_in_and_list(&sandbox(), RSA, "rsa");
}

#[test]
#[ignore = "run by on_a_real_token"]
fn the_certificate_is_chosen_by_thumbprint_or_subject() {
    let sandbox = sandbox();
    new_token("both");
    import("both", account(&sandbox, P256), "01", Import::All);
    import("both", account(&sandbox, RSA), "02", Import::All);
    assert_eq!(
        load("both", PIN, "", LastTry::Refuse).map(drop),
        Err(CredentialError::SeveralCertificates { count: 2 })
    );
    assert_eq!(
        load("both", PIN, "CN=9999999999", LastTry::Refuse).map(drop),
        Err(CredentialError::NoSuchCertificate)
    );
    let chosen = load("both", PIN, "CN=1373350030", LastTry::Refuse).unwrap();
    let thumbprint = chosen.certificate().thumbprint();
    assert_eq!(thumbprint.len(), 40);
    assert!(chosen.certificate().subject().contains("CN=1373350030"));
    let again = load("both", PIN, &thumbprint.to_uppercase(), LastTry::Refuse).unwrap();
    assert_eq!(again.certificate(), chosen.certificate());
}

#[test]
#[ignore = "run by on_a_real_token"]
fn a_certificate_without_its_key_is_told() {
    let sandbox = sandbox();
    new_token("keyless");
    import("keyless", account(&sandbox, P256), "01", Import::Certificates);
    let error = load("keyless", PIN, "CN=1371249069", LastTry::Refuse).map(drop).unwrap_err();
    assert!(matches!(error, CredentialError::NoKeyForCertificate { .. }), "{error:?}");
    // Another key under the certificate's identity does not sign for it.
    let other = self::sandbox();
    let other = account(&other, P256);
    let store = KeyStore::from_pkcs12(other.p12(), other.p12_password(), Pkcs12ImportPolicy::Strict).unwrap();
    let path = dir().join("other.pem");
    std::fs::write(&path, pem_of(store.private_key_chain().unwrap().1.key().as_der())).unwrap();
    let path = path.to_str().unwrap();
    run(
        "softhsm2-util",
        &["--import", path, "--token", "keyless", "--pin", PIN, "--label", "x", "--id", "01"],
    );
    let error = load("keyless", PIN, "CN=1371249069", LastTry::Refuse).map(drop).unwrap_err();
    assert!(matches!(error, CredentialError::KeyMismatch { .. }), "{error:?}");
}

#[test]
#[ignore = "run by on_a_real_token"]
fn a_wrong_pin_is_told_once_and_the_next_needs_permission() {
    let sandbox = sandbox();
    new_token("pins");
    import("pins", account(&sandbox, P256), "01", Import::All);
    let load = |pin, last_try| load("pins", pin, "", last_try).map(drop);
    // Not of the token's length: never told.
    assert!(matches!(load("1", LastTry::Refuse), Err(CredentialError::PinLength { .. })));
    assert_eq!(load(WRONG, LastTry::Refuse), Err(CredentialError::WrongPin { left: TokenTries::Few }));
    // SoftHSM counts no tries, but tells that a wrong PIN came: the right one, too, is told with permission only.
    let low = Err(CredentialError::PinTriesLow { left: TokenTries::Few });
    assert_eq!(load(WRONG, LastTry::Refuse), low);
    assert_eq!(load(PIN, LastTry::Refuse), low);
    assert_eq!(load(PIN, LastTry::Spend), Ok(()));
    assert_eq!(load(PIN, LastTry::Refuse), Ok(()));
}

#[test]
#[ignore = "run by on_a_real_token"]
fn what_is_missing_is_told() {
    new_token("empty");
    let module = Path::new("/nowhere/libno.so");
    let error = Credential::from_pkcs11(module, "x", PIN, &CertificateChoice::Only, LastTry::Refuse);
    assert!(matches!(error.map(drop), Err(CredentialError::ModuleUnusable { .. })));
    // A library that is no PKCS#11 module.
    let module = Path::new("libc.so.6");
    let error = Credential::from_pkcs11(module, "x", PIN, &CertificateChoice::Only, LastTry::Refuse);
    assert!(matches!(error.map(drop), Err(CredentialError::ModuleUnusable { .. })));
    assert_eq!(
        load("no such token", PIN, "", LastTry::Refuse).map(drop),
        Err(CredentialError::NoToken { label: "no such token".into() })
    );
    assert_eq!(load("empty", PIN, "", LastTry::Refuse).map(drop), Err(CredentialError::NoSuchCertificate));
}

#[test]
#[ignore = "run by on_a_real_token"]
fn of_tokens_with_one_label_the_serial_number_tells() {
    let sandbox = sandbox();
    new_token("twins");
    import("twins", account(&sandbox, P256), "01", Import::All);
    let shown = run("softhsm2-util", &["--show-slots"]);
    let serial = shown.lines().find_map(|line| line.trim().strip_prefix("Serial number:")).unwrap().trim();
    new_token("twins");
    assert_eq!(
        load("twins", PIN, "", LastTry::Refuse).map(drop),
        Err(CredentialError::SeveralTokens { count: 2 })
    );
    let chosen = load(serial, PIN, "", LastTry::Refuse).unwrap();
    assert!(chosen.certificate().subject().contains("CN=1371249069"));
}

#[test]
#[ignore = "run by on_a_real_token"]
fn a_token_that_went_away_is_told_by_the_call_that_needed_it() {
    let sandbox = sandbox();
    new_token("gone");
    let account = account(&sandbox, P256);
    import("gone", account, "01", Import::All);
    let credential = load("gone", PIN, "", LastTry::Refuse).unwrap();
    let platform = platform(&sandbox, credential);
    run("softhsm2-util", &["--delete-token", "--token", "gone"]);
    let error = platform.login(account.user_id(), account.password()).map(drop).unwrap_err();
    assert_eq!(error, TransferError::Credential(CredentialError::TokenRemoved));
    assert_eq!(error.code(), "credential.token-removed");
}

#[test]
#[ignore = "run by on_a_real_token"]
fn no_pin_is_left_in_memory_log_or_output() {
    let sandbox = sandbox();
    new_token("searched");
    let account = account(&sandbox, P256);
    import("searched", account, "01", Import::All);
    let ca = dir().join("ca.pem");
    std::fs::write(&ca, sandbox.ca_pem()).unwrap();
    let environment = [("KAIGO_URL", sandbox.url()), ("KAIGO_CA", ca.to_str().unwrap())];
    let secrets = [PIN, WRONG, CANARY].concat();
    // Ends with an error of the account: its password is none of this.
    let searched = search(SEARCHED, &secrets, &environment);
    assert!(searched.output.contains("LoginRefused"), "{}", searched.output);
    for pin in [PIN, WRONG] {
        assert!(!searched.output.contains(pin), "in the output: {}", searched.output);
        assert!(!searched.finds(pin), "a PIN is left in memory");
    }
}

#[test]
#[ignore = "run by no_pin_is_left_in_memory_log_or_output"]
fn the_program_that_is_searched() {
    log_everything();
    wait_to_be_searched(use_the_token());
}

fn use_the_token() -> String {
    let mut input = Zeroizing::new([0; PIN.len() + WRONG.len() + CANARY.len()]);
    // Standard input of the library has a buffer of its own.
    File::open("/proc/self/fd/0").unwrap().read_exact(&mut *input).unwrap();
    let (pin, rest) = std::str::from_utf8(&*input).unwrap().split_at(PIN.len());
    let (wrong, canary) = rest.split_at(WRONG.len());
    println!("{:?}", load("searched", wrong, "", LastTry::Refuse).unwrap_err());
    let credential = load("searched", pin, "", LastTry::Spend).unwrap();
    println!("{credential:?}");
    let platform = Platform::builder(&std::env::var("KAIGO_URL").unwrap(), credential)
        .roots(Certificate::from_pem(&std::fs::read(std::env::var("KAIGO_CA").unwrap()).unwrap()).unwrap())
        .build()
        .unwrap();
    println!("{:?}", platform.login("KJ000000000000", "nobody's").unwrap_err());
    canary.to_owned()
}
