//! The transfer client against a real TLS server on loopback.
#![cfg(feature = "http")]
#![allow(clippy::unwrap_used, clippy::panic)]

mod server;

use std::ops::ControlFlow;
use std::sync::{Arc, Barrier, Mutex};
use std::thread;
use std::time::{Duration, Instant};

use jiff::{SignedDuration, Timestamp};
use kaigo_core::Watch;
use kaigo_core::credential::{Credential, CredentialError};
use kaigo_core::platform::{
    BusinessKind, Clock, Fault, IdempotencyKey, NamedFile, Package, Platform, ReceivedFilter, Retry, Sent,
    Session, TransferError, TransferId, provisional as wire,
};
use kaigo_core::report::Lang;
use rustls::version;
use serde_json::{Value, json};
use server::{Answer, Authority, Seen, Server, auth, error, result, status};

fn login(platform: &Platform) -> Session {
    platform.login("KJ137000000101", "correct horse").unwrap()
}

fn package() -> Package {
    Package {
        receiver_office: "1370000002".parse().unwrap(),
        receiver_type: "15".parse().unwrap(),
        files: vec![NamedFile::new("UPPLAN_1.csv", b"1,2,3\r\n".to_vec()).unwrap()],
    }
}

fn transfer(id: &str) -> Value {
    json!({
        "id": id, "senderOffice": "1370000001", "senderType": "43", "receiverOffice": "1370000002",
        "receiverType": "15", "sequence": "20260701000001", "fileNames": ["UPPLAN_1.csv"], "bytes": 7,
        "acceptedAt": "2026-07-01T09:00:00+09:00",
    })
}

fn empty_page(_: &Seen) -> Answer {
    result(json!({ "transfers": [] }))
}

fn pkcs12(name: &str) -> Credential {
    let path = format!("{}/tests/fixtures/credential/{name}", env!("CARGO_MANIFEST_DIR"));
    Credential::from_pkcs12(&std::fs::read(path).unwrap(), "kaigo-test").unwrap()
}

fn connection(error: TransferError) -> (Fault, Sent, String) {
    match error {
        TransferError::Connection { fault, sent, detail } => (fault, sent, detail),
        other => panic!("{other:?}"),
    }
}

/// A clock that the test moves.
#[derive(Debug)]
struct Hand(Mutex<Timestamp>);

impl Hand {
    fn new() -> Arc<Self> {
        Arc::new(Self(Mutex::new(Timestamp::now())))
    }

    fn advance(&self, minutes: i64) {
        let mut now = self.0.lock().unwrap();
        *now += SignedDuration::from_mins(minutes);
    }
}

impl Clock for Hand {
    fn now(&self) -> Timestamp {
        *self.0.lock().unwrap()
    }
}

// ---- TLS

#[test]
fn the_client_certificate_and_the_profile_reach_the_platform() {
    let server = Server::start(empty_page);
    let credential = Arc::new(server.authority.credential());
    let platform =
        Platform::builder(&server.url(), credential.clone()).roots(server.authority.roots()).build().unwrap();
    let session = login(&platform);
    assert_eq!(session.office().as_str(), "1370000001");

    let seen = server.seen(wire::LOGIN).remove(0);
    assert_eq!(seen.client_certificate.as_deref(), Some(credential.certificate().as_der()));
    assert_eq!(seen.method, "POST");
    assert_eq!(seen.body, json!({ "userId": "KJ137000000101", "password": "correct horse" }));
    assert_eq!(seen.header(wire::PROFILE_HEADER), Some("provisional"));
    assert_eq!(seen.header("authorization"), None);
}

#[test]
fn an_rsa_key_from_pkcs12_proves_the_office_through_an_intermediate() {
    let credential = Arc::new(pkcs12("legacy-rc2-40.p12"));
    let authority = Authority::new("authority");
    let tls = authority.server(credential.chain().last().unwrap(), &[&version::TLS13]);
    let server = Server::start_with(authority, tls, |seen| auth(seen).unwrap());
    let platform =
        Platform::builder(&server.url(), credential.clone()).roots(server.authority.roots()).build().unwrap();
    login(&platform);
    let seen = server.seen(wire::LOGIN).remove(0);
    assert_eq!(seen.client_certificate.as_deref(), Some(credential.certificate().as_der()));
}

#[test]
fn a_platform_that_knows_only_tls_1_2_is_refused() {
    let authority = Authority::new("authority");
    let tls = authority.server(&authority.root(), &[&version::TLS12]);
    let server = Server::start_with(authority, tls, empty_page);
    let (fault, sent, _) = connection(server.platform().login("KJ", "p").unwrap_err());
    assert_eq!((fault, sent), (Fault::TlsRefused, Sent::No));
    assert!(server.seen(wire::LOGIN).is_empty());
}

#[test]
fn a_platform_of_another_authority_is_refused() {
    let server = Server::start(empty_page);
    let stranger = Authority::new("stranger");
    let platform = Platform::builder(&server.url(), server.authority.credential())
        .roots(stranger.roots())
        .build()
        .unwrap();
    let (fault, sent, detail) = connection(platform.login("KJ", "p").unwrap_err());
    assert_eq!((fault, sent), (Fault::TlsRefused, Sent::No));
    assert!(detail.contains("UnknownIssuer"), "{detail}");
    assert!(server.seen(wire::LOGIN).is_empty());
}

#[test]
fn a_platform_under_another_name_is_refused() {
    let server = Server::start(empty_page);
    let url = format!("https://127.0.0.1:{}", server.port);
    let platform = Platform::builder(&url, server.authority.credential())
        .roots(server.authority.roots())
        .build()
        .unwrap();
    let (fault, sent, _) = connection(platform.login("KJ", "p").unwrap_err());
    assert_eq!((fault, sent), (Fault::TlsRefused, Sent::No));
}

#[test]
fn a_certificate_that_the_platform_does_not_know_is_told_as_such() {
    let authority = Authority::new("authority");
    let others = Authority::new("others");
    let tls = authority.server(&others.root(), &[&version::TLS13]);
    let server = Server::start_with(authority, tls, |seen| auth(seen).unwrap());
    let (fault, sent, detail) = connection(server.platform().login("KJ", "p").unwrap_err());
    assert_eq!((fault, sent), (Fault::TlsRefused, Sent::No), "{detail}");
    assert!(server.seen(wire::LOGIN).is_empty());
}

#[test]
fn an_expired_certificate_is_refused_before_any_connection() {
    let server = Server::start(empty_page);
    let p12 = std::fs::read(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/credential/expired.p12"));
    let expired = Credential::from_pkcs12(&p12.unwrap(), "kaigo-test").unwrap();
    let platform = Platform::builder(&server.url(), expired).roots(server.authority.roots()).build().unwrap();
    let error = platform.login("KJ", "p").unwrap_err();
    assert!(matches!(error, TransferError::Credential(CredentialError::Expired { .. })), "{error:?}");
    assert_eq!(error.code(), "credential.expired");
    // A connection, had one been made, would stand in the queue before this one.
    let _ = login(&server.platform());
    assert_eq!(server.connections(), 1);
}

#[test]
fn only_a_proper_address_and_a_root_are_taken() {
    let authority = Authority::new("authority");
    let credential = Arc::new(authority.credential());
    for bad in ["http://localhost", "localhost", "https://user@localhost", "https://", "https://h/?q=1"] {
        let built = Platform::builder(bad, credential.clone()).roots(authority.roots()).build();
        assert!(matches!(built, Err(TransferError::Config { .. })), "{bad}");
    }
    let rootless = Platform::builder("https://localhost", credential.clone()).build();
    assert!(matches!(rootless, Err(TransferError::Config { .. })));
    assert!(
        Platform::builder("https://[::1]:8443/api/", credential).roots(authority.roots()).build().is_ok()
    );
}

#[test]
fn nobody_listening_is_a_connection_that_was_not_made() {
    let server = Server::start(empty_page);
    let platform = Platform::builder("https://localhost:1", server.authority.credential())
        .roots(server.authority.roots())
        .build()
        .unwrap();
    let (fault, sent, _) = connection(platform.login("KJ", "p").unwrap_err());
    assert_eq!((fault, sent), (Fault::Connect, Sent::No));
}

#[test]
fn a_redirect_is_not_followed() {
    let server = Server::start(|seen| match seen.path.as_str() {
        "/stolen" => empty_page(seen),
        _ => Answer::Http(302, "location: /stolen\r\n", String::new()),
    });
    let session = login(&server.platform());
    assert_eq!(session.list_sent(None).unwrap_err(), TransferError::System { status: 302 });
    assert!(server.seen("/stolen").is_empty());
}

#[test]
fn a_proxy_of_the_environment_is_not_used() {
    // The variables belong to the whole process, so another one runs a test under them.
    let mut other = std::process::Command::new(std::env::current_exe().unwrap());
    for name in ["HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy", "HTTP_PROXY"] {
        other.env(name, "http://127.0.0.1:1");
    }
    let name = "the_client_certificate_and_the_profile_reach_the_platform";
    let output = other.args(["--exact", name]).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stdout));
    assert!(String::from_utf8_lossy(&output.stdout).contains("1 passed"));
}

// ---- login

#[test]
fn login_is_never_repeated_and_its_refusals_are_told_apart() {
    type Case = (fn() -> Answer, fn(&TransferError) -> bool);
    let cases: [Case; 5] = [
        (|| error("B1001"), |e| *e == TransferError::LoginRefused),
        (|| error("B1002"), |e| *e == TransferError::Locked),
        (|| status(503), |e| *e == TransferError::System { status: 503 }),
        (|| Answer::Cut, |e| matches!(e, TransferError::Connection { sent: Sent::Unknown, .. })),
        (|| result(json!({ "accessToken": 1 })), |e| matches!(e, TransferError::Malformed { .. })),
    ];
    for (answer, expected) in cases {
        let server = Server::start_raw(move |_| answer());
        let error = server.platform().login("KJ137000000101", "correct horse").unwrap_err();
        assert!(expected(&error), "{error:?}");
        assert_eq!(server.seen(wire::LOGIN).len(), 1);
        let printed = format!("{error:?} {error} {}", error.message(Lang::Japanese));
        for secret in ["correct horse", "山田", "Yamada", "stack trace"] {
            assert!(!printed.contains(secret), "{printed}");
        }
    }
}

#[test]
fn logout_ends_the_session_at_the_platform() {
    let server = Server::start(empty_page);
    login(&server.platform()).logout().unwrap();
    assert_eq!(server.seen(wire::LOGOUT)[0].token(), "access-0");

    let clock = Hand::new();
    let session = login(&server.builder().clock(clock.clone()).build().unwrap());
    clock.advance(61);
    session.logout().unwrap();
    assert_eq!(server.seen(wire::LOGOUT)[1].token(), "access-1", "an ended token would end nothing");

    let session = login(&server.builder().clock(clock.clone()).build().unwrap());
    clock.advance(9 * 60);
    session.logout().unwrap();
    assert_eq!(server.seen(wire::LOGOUT).len(), 2, "what has ended by itself needs no call");
}

#[test]
fn debug_shows_no_token() {
    let server = Server::start(empty_page);
    let platform = server.platform();
    let session = login(&platform);
    let printed = format!("{session:?} {platform:?}");
    assert!(!printed.contains("access-0") && !printed.contains("refresh-0"), "{printed}");
}

// ---- tokens

#[test]
fn sixteen_threads_share_one_refresh() {
    let server = Server::start_raw(|seen| {
        if seen.path == wire::REFRESH {
            // Long enough that all threads come to wait for it.
            thread::sleep(Duration::from_millis(300));
        }
        auth(seen).unwrap_or_else(|| empty_page(seen))
    });
    let clock = Hand::new();
    let session = login(&server.builder().clock(clock.clone()).build().unwrap());
    clock.advance(61);
    let barrier = Barrier::new(16);
    thread::scope(|scope| {
        for _ in 0..16 {
            scope.spawn(|| {
                barrier.wait();
                session.list_sent(None).unwrap();
            });
        }
    });
    assert_eq!(server.seen(wire::REFRESH).len(), 1);
    let calls = server.seen(wire::SENT);
    assert_eq!(calls.len(), 16);
    assert!(calls.iter().all(|call| call.token() == "access-1"));
}

#[test]
fn a_token_refused_to_sixteen_threads_is_renewed_once() {
    let barrier = Arc::new(Barrier::new(16));
    let all_here = barrier.clone();
    let server = Server::start(move |seen| {
        if seen.token() == "access-0" {
            // All sixteen hold the same token before the first of them learns that it is refused.
            all_here.wait();
            status(401)
        } else {
            empty_page(seen)
        }
    });
    let session = login(&server.platform());
    thread::scope(|scope| {
        for _ in 0..16 {
            scope.spawn(|| session.list_sent(None).unwrap());
        }
    });
    assert_eq!(server.seen(wire::REFRESH).len(), 1);
    assert_eq!(server.seen(wire::SENT).len(), 32);
}

#[test]
fn a_failed_refresh_is_made_once_for_all_who_wait() {
    let server = Server::start_raw(|seen| match seen.path.as_str() {
        wire::REFRESH => {
            thread::sleep(Duration::from_millis(300));
            status(500)
        }
        _ => auth(seen).unwrap_or_else(|| empty_page(seen)),
    });
    let clock = Hand::new();
    let session = login(&server.builder().clock(clock.clone()).build().unwrap());
    clock.advance(61);
    let barrier = Barrier::new(8);
    thread::scope(|scope| {
        for _ in 0..8 {
            scope.spawn(|| {
                barrier.wait();
                assert_eq!(session.list_sent(None).unwrap_err(), TransferError::System { status: 500 });
            });
        }
    });
    assert_eq!(server.seen(wire::REFRESH).len(), 1);
    // The session itself is not lost: the next call asks anew.
    assert_eq!(session.list_sent(None).unwrap_err(), TransferError::System { status: 500 });
    assert_eq!(server.seen(wire::REFRESH).len(), 2);
}

#[test]
fn a_refresh_that_may_have_arrived_is_not_repeated() {
    let server = Server::start_raw(|seen| match seen.path.as_str() {
        wire::REFRESH => Answer::Cut,
        wire::LOGIN => auth(seen).unwrap(),
        _ => status(401),
    });
    let (fault, sent, _) = connection(login(&server.platform()).list_sent(None).unwrap_err());
    assert_eq!((fault, sent), (Fault::Cut, Sent::Unknown));
    assert_eq!((server.seen(wire::REFRESH).len(), server.seen(wire::SENT).len()), (1, 1));
}

#[test]
fn a_token_is_renewed_shortly_before_its_end() {
    let server = Server::start(empty_page);
    let clock = Hand::new();
    let session = login(&server.builder().clock(clock.clone()).build().unwrap());
    clock.advance(57);
    session.list_sent(None).unwrap();
    assert_eq!(server.seen(wire::REFRESH).len(), 0);
    clock.advance(2);
    session.list_sent(None).unwrap();
    let refresh = server.seen(wire::REFRESH);
    assert_eq!(refresh.len(), 1);
    assert_eq!(refresh[0].body, json!({ "refreshToken": "refresh-0" }));
    assert_eq!(server.seen(wire::SENT)[1].token(), "access-1");
}

#[test]
fn a_401_renews_the_token_and_repeats_once() {
    let server =
        Server::start(|seen| if seen.token() == "access-0" { status(401) } else { empty_page(seen) });
    let session = login(&server.platform());
    session.list_sent(None).unwrap();
    assert_eq!(server.seen(wire::REFRESH).len(), 1);

    let deaf = Server::start(|_| status(401));
    let session = login(&deaf.platform());
    assert_eq!(session.list_sent(None).unwrap_err(), TransferError::System { status: 401 });
    assert_eq!((deaf.seen(wire::SENT).len(), deaf.seen(wire::REFRESH).len()), (2, 1));
}

#[test]
fn an_ended_refresh_token_asks_for_a_new_login() {
    let server = Server::start(empty_page);
    let clock = Hand::new();
    let session = login(&server.builder().clock(clock.clone()).build().unwrap());
    clock.advance(8 * 60 + 1);
    assert_eq!(session.list_sent(None).unwrap_err(), TransferError::SessionExpired);
    assert!(server.seen(wire::REFRESH).is_empty());

    let server = Server::start_raw(|seen| match seen.path.as_str() {
        wire::REFRESH => error("B1003"),
        wire::LOGIN => auth(seen).unwrap(),
        _ => status(401),
    });
    let session = login(&server.platform());
    for _ in 0..2 {
        assert_eq!(session.list_sent(None).unwrap_err(), TransferError::SessionExpired);
    }
    assert_eq!(server.seen(wire::REFRESH).len(), 1);
    assert!(TransferError::SessionExpired.message(Lang::Japanese).contains("ログインし直して"));
    session.logout().unwrap();
}

// ---- sending

#[test]
fn a_package_travels_with_its_digest() {
    let server = Server::start(|_| result(transfer("T1")));
    let sent = login(&server.platform()).send(&package()).unwrap();
    assert_eq!((sent.id.as_str(), sent.bytes, sent.imported_at), ("T1", 7, None));
    assert_eq!(sent.accepted_at, "2026-07-01T00:00:00Z".parse().unwrap());
    let seen = server.seen(wire::SEND).remove(0);
    assert_eq!(
        seen.body,
        json!({
            "receiverOffice": "1370000002", "receiverType": "15",
            "files": [{
                "name": "UPPLAN_1.csv", "contentBase64": "MSwyLDMNCg==",
                "sha256": "f49e91d6d04065c3041f62ab3a50771eb2105ee99d8048c23ef7303ddb51a9fe",
            }],
        })
    );
}

#[test]
fn a_sending_is_repeated_under_the_same_key() {
    for (name, first) in [
        ("503", (|| status(503)) as fn() -> Answer),
        ("cut", || Answer::Cut),
        ("half an answer", || Answer::Half),
    ] {
        let server = Server::start(move |seen| if seen.nth == 0 { first() } else { result(transfer("T1")) });
        let session = login(&server.platform());
        assert_eq!(session.send(&package()).unwrap().id.as_str(), "T1", "{name}");
        session.send(&package()).unwrap();
        let keys: Vec<_> = server
            .seen(wire::SEND)
            .iter()
            .map(|seen| seen.header(wire::IDEMPOTENCY_HEADER).unwrap().to_owned())
            .collect();
        assert_eq!(keys.len(), 3, "{name}");
        assert_eq!(keys[0], keys[1], "{name}: a repetition has the key of the first attempt");
        assert_ne!(keys[1], keys[2], "{name}: another sending has another key");
        assert!(keys[0].parse::<IdempotencyKey>().is_ok());
    }
}

#[test]
fn the_callers_own_key_is_used() {
    let server = Server::start(|_| result(transfer("T1")));
    let key: IdempotencyKey = "00112233445566778899aabbccddeeff".parse().unwrap();
    login(&server.platform()).send_with_key(&package(), &key).unwrap();
    assert_eq!(server.seen(wire::SEND)[0].header(wire::IDEMPOTENCY_HEADER), Some(key.as_str()));
    assert!("short".parse::<IdempotencyKey>().is_err());
}

#[test]
fn repeating_ends_and_says_what_is_not_known() {
    let server = Server::start(|_| Answer::Cut);
    let error = login(&server.platform()).send(&package()).unwrap_err();
    assert_eq!(server.seen(wire::SEND).len(), 3);
    let (fault, sent, _) = connection(error);
    assert_eq!((fault, sent), (Fault::Cut, Sent::Unknown));
}

#[test]
fn no_pause_outlasts_the_deadline() {
    let server = Server::start(|_| status(503));
    let long = Duration::from_secs(60);
    let retry = Retry { attempts: 9, first_pause: long, longest_pause: long };
    let session = login(&server.builder().retry(retry).build().unwrap());
    let begun = Instant::now();
    assert_eq!(session.send(&package()).unwrap_err(), TransferError::System { status: 503 });
    assert!(begun.elapsed() < Duration::from_secs(5), "{:?}", begun.elapsed());
    assert_eq!(server.seen(wire::SEND).len(), 1);
}

#[test]
fn what_the_platform_refuses_is_not_repeated() {
    for (code, kind) in [
        ("B2001", BusinessKind::UnknownOffice),
        ("B2002", BusinessKind::NotAUnit),
        ("B2004", BusinessKind::KeyReused),
        ("B9999", BusinessKind::Other),
    ] {
        let server = Server::start(move |_| error(code));
        let error = login(&server.platform()).send(&package()).unwrap_err();
        let TransferError::Business(business) = &error else { panic!("{error:?}") };
        assert_eq!((business.kind, business.code.as_str()), (kind, code));
        assert_eq!((business.message_ja.as_str(), business.message_en.as_str()), ("山田花子様", "Ms Yamada"));
        assert!(!format!("{error:?} {error}").contains("Yamada"));
        assert_eq!(server.seen(wire::SEND).len(), 1);
    }
    for code in [400, 403, 404, 500] {
        let server = Server::start(move |_| status(code));
        let error = login(&server.platform()).send(&package()).unwrap_err();
        assert_eq!(error, TransferError::System { status: code });
        assert_eq!(server.seen(wire::SEND).len(), 1);
    }
}

#[test]
fn a_silent_platform_is_left_at_the_deadline() {
    let server = Server::start(|_| Answer::Slow(Duration::from_secs(30)));
    let session = login(&server.builder().call_timeout(Duration::from_millis(400)).build().unwrap());
    let begun = Instant::now();
    let (fault, sent, _) = connection(session.send(&package()).unwrap_err());
    assert_eq!((fault, sent), (Fault::Timeout, Sent::Unknown));
    assert!(begun.elapsed() < Duration::from_secs(5), "{:?}", begun.elapsed());
}

#[test]
fn a_platform_that_accepts_and_says_nothing_is_left_at_the_connect_timeout() {
    let authority = Authority::new("authority");
    let silent = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("https://localhost:{}", silent.local_addr().unwrap().port());
    let platform = Platform::builder(&url, authority.credential())
        .roots(authority.roots())
        .connect_timeout(Duration::from_millis(400))
        .build()
        .unwrap();
    let begun = Instant::now();
    let (fault, sent, _) = connection(platform.login("KJ", "p").unwrap_err());
    assert_eq!((fault, sent), (Fault::Timeout, Sent::No));
    assert!(begun.elapsed() < Duration::from_secs(5), "{:?}", begun.elapsed());
}

// ---- watching

#[test]
fn whoever_watches_is_told_the_bytes_of_each_call() {
    let told: Arc<Mutex<Vec<u64>>> = Arc::default();
    let seen = told.clone();
    let watch = Watch::new(move |progress| {
        seen.lock().unwrap().push(progress.done);
        ControlFlow::Continue(())
    });
    let server = Server::start(|seen| if seen.nth == 0 { status(503) } else { result(transfer("T1")) });
    let session = login(&server.builder().watch(watch).build().unwrap());
    told.lock().unwrap().clear();
    let files = vec![NamedFile::new("UPPLAN_1.csv", vec![b'1'; 1_000_000]).unwrap()];
    session.send(&Package { files, ..package() }).unwrap();
    let told = told.lock().unwrap();
    // Twice: the first attempt was not taken.
    let attempts: Vec<&[u64]> = told.split(|done| *done == 0).filter(|part| !part.is_empty()).collect();
    assert_eq!(attempts.len(), 2, "{told:?}");
    for attempt in attempts {
        assert!(attempt.is_sorted() && attempt.len() > 4, "{attempt:?}");
        assert!(
            (1_300_000..1_400_000).contains(attempt.last().unwrap()),
            "base64, heads and answer: {attempt:?}"
        );
    }
}

#[test]
fn a_call_is_broken_off_while_it_waits_while_it_carries_and_between_attempts() {
    let long = Duration::from_secs(30);
    let patient = Retry { attempts: 3, first_pause: long, longest_pause: long };
    type Script = fn() -> Answer;
    let cases: [(&str, Script, usize); 3] = [
        ("it waits", || Answer::Slow(Duration::from_secs(30)), 7),
        ("it carries", || result(transfer("T1")), 1_000_000),
        ("between attempts", || status(503), 7),
    ];
    for (name, answer, size) in cases {
        let server = Server::start(move |_| answer());
        let armed: Arc<Mutex<Option<Instant>>> = Arc::default();
        let start = armed.clone();
        let watch = Watch::new(move |progress| match *start.lock().unwrap() {
            Some(start) if start.elapsed() > Duration::from_millis(300) || progress.done > 500_000 => {
                ControlFlow::Break(())
            }
            _ => ControlFlow::Continue(()),
        });
        let builder = server.builder().call_timeout(Duration::from_secs(100)).retry(patient).watch(watch);
        let session = login(&builder.build().unwrap());
        *armed.lock().unwrap() = Some(Instant::now());
        let files = vec![NamedFile::new("UPPLAN_1.csv", vec![b'1'; size]).unwrap()];
        let error = session.send(&Package { files, ..package() }).unwrap_err();
        assert_eq!(error, TransferError::Cancelled { sent: Sent::Unknown }, "{name}");
        assert_eq!(error.code(), "transfer.cancelled");
        assert!(armed.lock().unwrap().unwrap().elapsed() < Duration::from_secs(5), "{name}");
        // Broken off before it begins, nothing is sent.
        let before = server.seen(wire::SEND).len();
        thread::sleep(Duration::from_millis(300));
        let error = session.send(&package()).unwrap_err();
        assert_eq!(error, TransferError::Cancelled { sent: Sent::No }, "{name}");
        assert_eq!(server.seen(wire::SEND).len(), before, "{name}");
    }
}

// ---- lists and receiving

#[test]
fn lists_run_over_all_pages() {
    let server = Server::start(|seen| match seen.path.as_str() {
        "/careplan/v1/received?limit=100&imported=false" => {
            result(json!({ "transfers": [transfer("T1"), transfer("T2")], "nextCursor": "a/b&c" }))
        }
        "/careplan/v1/received?limit=100&cursor=a%2Fb%26c&imported=false" => {
            result(json!({ "transfers": [transfer("T3")] }))
        }
        _ => status(404),
    });
    let session = login(&server.platform());
    let ids: Vec<_> = session.received(ReceivedFilter::NotImported).map(|t| t.unwrap().id).collect();
    assert_eq!(ids.iter().map(TransferId::as_str).collect::<Vec<_>>(), ["T1", "T2", "T3"]);
}

#[test]
fn a_list_ends_with_its_first_error() {
    let server = Server::start(|_| result(json!({ "transfers": [transfer("T1")], "nextCursor": "again" })));
    let items: Vec<_> = login(&server.platform()).sent().collect();
    assert_eq!(items.len(), 2);
    assert!(matches!(items[1], Err(TransferError::Malformed { .. })));
}

fn content(change: impl Fn(&mut Value) + Send + Sync + 'static) -> Server {
    Server::start(move |_| {
        let mut content = json!({
            "transfer": transfer("T1"),
            "files": [{
                "name": "UPPLAN_1.csv", "contentBase64": "MSwyLDMNCg==",
                "sha256": "f49e91d6d04065c3041f62ab3a50771eb2105ee99d8048c23ef7303ddb51a9fe",
            }],
        });
        change(&mut content);
        result(content)
    })
}

#[test]
fn received_files_are_whole_or_refused() {
    let id: TransferId = "T1".parse().unwrap();
    let received = login(&content(|_| {}).platform()).fetch(&id).unwrap();
    assert_eq!((received.files[0].name(), received.files[0].bytes()), ("UPPLAN_1.csv", &b"1,2,3\r\n"[..]));

    let fetch = |server: Server| login(&server.platform()).fetch(&id).unwrap_err();
    let changed = fetch(content(|c| c["files"][0]["contentBase64"] = json!("MSwyLDQNCg==")));
    assert_eq!(changed, TransferError::DigestMismatch { index: 0 });
    let longer = fetch(content(|c| c["transfer"]["bytes"] = json!(8)));
    assert_eq!(longer, TransferError::ContentMismatch);
    let missing = fetch(content(|c| c["transfer"]["fileNames"] = json!(["UPPLAN_1.csv", "UPPLAN_2.csv"])));
    assert_eq!(missing, TransferError::ContentMismatch);
    let other = fetch(content(|c| c["transfer"]["id"] = json!("T2")));
    assert_eq!(other, TransferError::ContentMismatch);
    for name in ["../../etc/passwd", "C:\\x.csv", "", "..", "a\nb"] {
        let escaping = fetch(content(move |c| {
            c["files"][0]["name"] = json!(name);
            c["transfer"]["fileNames"] = json!([name]);
        }));
        assert!(matches!(escaping, TransferError::Malformed { .. }), "{name:?}: {escaping:?}");
    }
}

#[test]
fn megabytes_come_back_as_they_were_sent() {
    let store = Mutex::new(Value::Null);
    let bytes: Vec<u8> = (0..3_000_000_u32).map(|i| (i ^ (i >> 8)) as u8).collect();
    let server = Server::start(move |seen| {
        let mut announced = transfer("T1");
        announced["bytes"] = json!(3_000_000);
        if seen.path == wire::SEND {
            *store.lock().unwrap() = seen.body["files"].clone();
            return result(announced);
        }
        result(json!({ "transfer": announced, "files": *store.lock().unwrap() }))
    });
    let session = login(&server.platform());
    let files = vec![NamedFile::new("UPPLAN_1.csv", bytes.clone()).unwrap()];
    let sent = session.send(&Package { files, ..package() }).unwrap();
    let mut received = session.fetch(&sent.id).unwrap();
    assert!(received.files.remove(0).into_bytes() == bytes);
}

#[test]
fn marking_imported_survives_a_cut() {
    let server = Server::start(|seen| {
        if seen.nth == 0 {
            return Answer::Cut;
        }
        let mut done = transfer("T1");
        done["importedAt"] = json!("2026-07-02T00:00:00Z");
        result(done)
    });
    let done = login(&server.platform()).mark_imported(&"T1".parse().unwrap()).unwrap();
    assert_eq!(done.imported_at, Some("2026-07-02T00:00:00Z".parse().unwrap()));
    assert_eq!(server.seen("/careplan/v1/received/T1/imported").len(), 2);
    assert!("../sent".parse::<TransferId>().is_err());
}

#[test]
fn answers_that_are_not_the_profile_are_malformed() {
    let bodies = ["", "<html>", "{}", r#"{"result":{}}"#, r#"{"result":{"transfers":[{"id":"x"}]}}"#];
    for body in bodies {
        let server = Server::start(move |_| Answer::Http(200, "", body.into()));
        let error = login(&server.platform()).list_sent(None).unwrap_err();
        assert!(matches!(error, TransferError::Malformed { .. }), "{body}: {error:?}");
        assert_eq!(server.seen(wire::SENT).len(), 1);
    }
}

#[test]
fn an_answer_over_the_limit_is_not_read() {
    let server = Server::start(|_| Answer::Http(200, "", " ".repeat(5000)));
    let session = login(&server.builder().max_response_bytes(4096).build().unwrap());
    assert_eq!(session.list_sent(None).unwrap_err(), TransferError::TooLarge { limit: 4096 });
}

#[test]
fn sessions_may_be_shared_among_threads() {
    fn shared<T: Send + Sync>() {}
    shared::<Session>();
    shared::<Platform>();
    shared::<Credential>();
}

/// The page of business errors. Set `KAIGO_BLESS=1` to write it anew.
#[test]
fn business_errors_are_listed() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/business-errors.md");
    let mut page = String::from(
        "# Business errors of the platform\n\nGenerated from `kaigo-core/src/platform/error.rs`. What each means is ours and provisional: \
         the platform's own codes are not public.\n\n| code | 日本語 | English |\n| --- | --- | --- |\n",
    );
    for kind in BusinessKind::ALL {
        let message = |lang| kind.message(lang);
        page +=
            &format!("| `{}` | {} | {} |\n", kind.code(), message(Lang::Japanese), message(Lang::English));
    }
    if std::env::var_os("KAIGO_BLESS").is_some_and(|bless| bless == "1") {
        std::fs::write(path, &page).unwrap();
    }
    assert_eq!(std::fs::read_to_string(path).unwrap(), page, "run with KAIGO_BLESS=1");
}
