//! The library's client against the sandbox where things go wrong.

use std::time::{Duration, SystemTime};

use kaigo_core::credential::{Certificate, Credential, KindRule, KindRules, Roots};
use kaigo_core::exchange::Unit;
use kaigo_core::platform::{BusinessKind, Package, Platform, ReceivedFilter, Retry, Session, TransferError};
use kaigo_sandbox::{Call, Clock, Fault, RunningSandbox, Sandbox};

use crate::client::{CARE, HELP, account};

fn platform(sandbox: &RunningSandbox, number: &str) -> Platform {
    let account = account(sandbox, number);
    let credential = Credential::from_pkcs12(account.p12(), account.p12_password()).unwrap();
    let retry = Retry { first_pause: Duration::from_millis(1), ..Retry::default() };
    Platform::builder(sandbox.url(), credential)
        .roots(Certificate::from_pem(sandbox.ca_pem().as_bytes()).unwrap())
        .retry(retry)
        .build()
        .unwrap()
}

fn log_in(sandbox: &RunningSandbox, number: &str) -> Session {
    let account = account(sandbox, number);
    platform(sandbox, number).login(account.user_id(), account.password()).unwrap()
}

fn actuals(receiver: &str) -> Package {
    let name = format!("UPJSK_202607_{CARE}_43_{receiver}_11_20260701090000.CSV");
    Package::try_from(&Unit::new([(name, b"content".to_vec())]).unwrap()).unwrap()
}

#[test]
fn a_unit_cut_off_after_it_was_stored_arrives_once() {
    let sandbox = Sandbox::builder().start().unwrap();
    let (care, help) = (log_in(&sandbox, CARE), log_in(&sandbox, HELP));
    sandbox.faults().add(Call::Send, Fault::CutBeforeCommit, 1);
    sandbox.faults().add(Call::Send, Fault::CutAfterCommit, 1);
    sandbox.faults().add(Call::Send, Fault::Unavailable, 1);
    care.send(&actuals(HELP)).unwrap();
    assert_eq!(help.received(ReceivedFilter::All).count(), 1);
}

#[test]
fn a_full_list_is_read_over_many_pages() {
    let sandbox = Sandbox::builder().start().unwrap();
    let (care, help) = (log_in(&sandbox, CARE), log_in(&sandbox, HELP));
    for _ in 0..101 {
        care.send(&actuals(HELP)).unwrap();
    }
    let mut ids: Vec<_> = help.received(ReceivedFilter::All).map(|transfer| transfer.unwrap().id).collect();
    ids.sort_by(|a, b| a.as_str().cmp(b.as_str()));
    ids.dedup();
    assert_eq!(ids.len(), 101);
}

#[test]
fn a_locked_account_says_so_and_a_session_past_eight_hours_asks_for_a_login() {
    let clock = Clock::stopped_at(SystemTime::now());
    let sandbox = Sandbox::builder().clock(clock.clone()).start().unwrap();
    let session = log_in(&sandbox, CARE);
    clock.advance(Duration::from_secs(8 * 60 * 60 + 1));
    assert_eq!(session.list_sent(None), Err(TransferError::SessionExpired));

    let platform = platform(&sandbox, HELP);
    let account = account(&sandbox, HELP);
    for _ in 0..5 {
        assert!(matches!(platform.login(account.user_id(), "wrong"), Err(TransferError::LoginRefused)));
    }
    assert!(matches!(platform.login(account.user_id(), account.password()), Err(TransferError::Locked)));
    clock.advance(Duration::from_secs(30 * 60 + 1));
    assert!(platform.login(account.user_id(), account.password()).is_ok());
}

#[test]
fn an_office_that_the_platform_does_not_know_is_a_business_error() {
    let sandbox = Sandbox::builder().start().unwrap();
    let care = log_in(&sandbox, CARE);
    match care.send(&actuals("1370000001")) {
        Err(TransferError::Business(error)) => assert_eq!(error.kind, BusinessKind::UnknownOffice),
        other => panic!("{other:?}"),
    }
}

#[test]
fn the_kind_of_an_office_certificate_is_told_by_rules_that_a_caller_extends() {
    let sandbox = Sandbox::builder().start().unwrap();
    let certificate = |number: &str| {
        let account = account(&sandbox, number);
        Credential::from_pkcs12(account.p12(), account.p12_password()).unwrap().certificate().clone()
    };
    let (care, help) = (certificate(CARE), certificate(HELP));
    let mut rules = KindRules::provisional();
    let kinds = |rules: &KindRules| {
        [&care, &help].map(|certificate| rules.kind_of(certificate).map(|rule| rule.name.clone()))
    };
    assert_eq!(kinds(&rules), [Some("insurance".into()), Some("dx".into())]);
    // From a file of the caller's; the first that fits decides, and one without a condition fits nothing.
    let more = r#"[
        { "name": "any", "labelJa": "すべて", "labelEn": "any" },
        { "name": "ours", "labelJa": "試験用", "labelEn": "ours", "issuerHas": "Kaigo Sandbox" }
    ]"#;
    let more: Vec<KindRule> = serde_json::from_str(more).unwrap();
    rules.0.splice(0..0, more);
    assert_eq!(kinds(&rules), [Some("ours".into()), Some("ours".into())]);

    let roots = Roots::new(Certificate::from_pem(sandbox.ca_pem().as_bytes()).unwrap()).unwrap();
    assert_eq!(care.validate(&[], &roots, jiff::Timestamp::now()).unwrap().len(), 2);
}
