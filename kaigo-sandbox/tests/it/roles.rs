//! The roles portal and electronic claims, over the loopback interface and as commands.

use std::process::Command;
use std::time::{Duration, SystemTime};

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use kaigo_core::credential::{Certificate, Credential};
use kaigo_core::platform::{Platform, ReceivedFilter, Session, TransferError};
use kaigo_sandbox::{Clock, Role, RunningSandbox, Sandbox};
use serde_json::{Value, json};

use crate::client::{Answer, CARE, Client};

/// An office that no sandbox knows from the start.
const NEW: &str = "1374500003";
const DAY: Duration = Duration::from_secs(24 * 60 * 60);
const PAID: &str = "介護保険証明書";
const FREE: &str = "介護DX証明書";

const OFFICES: &str = "/portal/v1/offices";
const READINESS: &str = "/portal/v1/readiness";
const SUBSIDIES: &str = "/portal/v1/subsidies";
const ACCOUNTS: &str = "/claims/v1/accounts";
const CERTIFICATES: &str = "/claims/v1/certificates";
const REISSUE: &str = "/claims/v1/certificates/reissue";
const RENEWALS: &str = "/claims/v1/renewals";

fn certificates_of(office: &str) -> String {
    format!("/claims/v1/offices/{office}/certificates")
}

fn office(number: &str, service_type: &str) -> Value {
    json!({ "number": number, "name": "試験事業所", "type": service_type })
}

/// A sandbox in fiscal year 2026 whose clock only moves when told.
fn stopped() -> RunningSandbox {
    let time: jiff::Timestamp = "2026-07-01T09:00:00+09:00".parse().unwrap();
    let clock = Clock::stopped_at(SystemTime::from(time));
    Sandbox::builder().clock(clock).local("127.0.0.1:0".parse().unwrap()).start().unwrap()
}

/// Calls everything in such a way that it answers all that it can.
pub fn every_answer(sandbox: &RunningSandbox, mut seen: impl FnMut(&str, Option<&Value>, &Answer)) {
    let (portal, claims) = (Client::role(sandbox, Role::Portal), Client::role(sandbox, Role::Claims));
    let mut post = |client: &Client, id: &str, path: &str, body: Value| {
        let answer = client.post(path, &body);
        seen(id, Some(&body), &answer);
        answer
    };
    let account = |post: &mut dyn FnMut(&Client, &str, &str, Value) -> Answer, number: &str| {
        post(&claims, "issueaccount", ACCOUNTS, json!({ "office": number }))
    };
    assert_eq!(account(&mut post, NEW).code(), "B8002");
    assert_eq!(
        post(&portal, "applysubsidy", SUBSIDIES, json!({ "office": NEW, "readers": 1, "cost": 1 })).code(),
        "B8002"
    );
    post(&portal, "registeroffice", OFFICES, office(NEW, "43")).result();
    assert_eq!(post(&portal, "registeroffice", OFFICES, office(NEW, "43")).code(), "B8001");
    post(&portal, "applysubsidy", SUBSIDIES, json!({ "office": NEW, "readers": 1, "cost": 100 })).result();
    post(&portal, "applysubsidy", SUBSIDIES, json!({ "office": NEW, "readers": 4, "cost": 100 })).result();

    let request = |password: &str| json!({ "office": NEW, "issuePassword": password, "kind": FREE });
    for (id, path) in [("issuecertificate", CERTIFICATES), ("reissuecertificate", REISSUE)] {
        assert_eq!(post(&claims, id, path, request("x")).code(), "B9002");
    }
    let given = account(&mut post, NEW);
    let password = given.result()["issuePassword"].as_str().unwrap().to_owned();
    assert_eq!(account(&mut post, NEW).code(), "B9001");
    assert_eq!(post(&claims, "reissuecertificate", REISSUE, request(&password)).code(), "B9005");
    post(&claims, "issuecertificate", CERTIFICATES, request(&password)).result();
    assert_eq!(post(&claims, "issuecertificate", CERTIFICATES, request(&password)).code(), "B9004");
    post(&claims, "reissuecertificate", REISSUE, request(&password)).result();
    for _ in 0..3 {
        assert_eq!(post(&claims, "reissuecertificate", REISSUE, request("wrong")).code(), "B9003");
    }
    for _ in 0..2 {
        assert_eq!(post(&claims, "issuecertificate", CERTIFICATES, request("wrong")).code(), "B9003");
    }
    for (id, path) in [("issuecertificate", CERTIFICATES), ("reissuecertificate", REISSUE)] {
        assert_eq!(post(&claims, id, path, request(&password)).code(), "B1002");
    }
    let certificates = certificates_of(NEW);
    let unknown = certificates_of("1370000002");
    for (client, id, path) in [
        (&portal, "offices", OFFICES),
        (&portal, "readiness", READINESS),
        (&portal, "subsidies", SUBSIDIES),
        (&claims, "certificates", certificates.as_str()),
        (&claims, "renewals", RENEWALS),
    ] {
        let answer = client.get(path);
        answer.result();
        seen(id, None, &answer);
    }
    seen("certificates", None, &claims.get(&unknown));
}

fn platform(sandbox: &RunningSandbox, p12: &[u8], password: &str) -> Platform {
    Platform::builder(sandbox.url(), Credential::from_pkcs12(p12, password).unwrap())
        .roots(Certificate::from_pem(sandbox.ca_pem().as_bytes()).unwrap())
        .build()
        .unwrap()
}

/// An account and how to get certificates for it.
struct Issuer<'s> {
    sandbox: &'s RunningSandbox,
    claims: Client,
    account: Value,
}

impl<'s> Issuer<'s> {
    fn new(sandbox: &'s RunningSandbox) -> Self {
        Client::role(sandbox, Role::Portal).post(OFFICES, &office(NEW, "11")).result();
        let claims = Client::role(sandbox, Role::Claims);
        let account = claims.post(ACCOUNTS, &json!({ "office": NEW })).result().clone();
        Self { sandbox, claims, account }
    }

    fn text(&self, name: &str) -> &str {
        self.account[name].as_str().unwrap()
    }

    fn platform(&self, path: &str, kind: &str) -> Platform {
        let body = json!({ "office": NEW, "issuePassword": self.text("issuePassword"), "kind": kind });
        let answer = self.claims.post(path, &body);
        let p12 = BASE64_STANDARD.decode(answer.result()["p12Base64"].as_str().unwrap()).unwrap();
        platform(self.sandbox, &p12, self.text("issuePassword"))
    }

    fn log_in(&self, platform: &Platform) -> Result<Session, TransferError> {
        platform.login(self.text("userId"), self.text("password"))
    }

    fn certificates(&self) -> Vec<Value> {
        self.claims.get(&certificates_of(NEW)).result()["certificates"].as_array().unwrap().clone()
    }
}

#[test]
fn an_office_registered_while_the_sandbox_runs_logs_in_over_mutual_tls() {
    let sandbox = stopped();
    let issuer = Issuer::new(&sandbox);
    let session = issuer.log_in(&issuer.platform(CERTIFICATES, FREE)).unwrap();
    assert_eq!(session.office().as_str(), NEW);
    assert_eq!(session.received(ReceivedFilter::All).count(), 0);
    let audit = sandbox.audit().unwrap();
    assert!(audit.iter().any(|entry| entry.office == "claims" && entry.call == "issuecertificate"));
}

#[test]
fn a_reissued_certificate_works_and_the_old_one_is_refused() {
    let sandbox = stopped();
    let issuer = Issuer::new(&sandbox);
    let old = issuer.platform(CERTIFICATES, PAID);
    // Its connection stays open over the re-issue.
    let old_session = issuer.log_in(&old).unwrap();
    let new = issuer.platform(REISSUE, FREE);
    assert!(old_session.list_sent(None).is_err(), "a session outlived its certificate");
    assert!(issuer.log_in(&old).is_err(), "the old certificate was let in");
    issuer.log_in(&new).unwrap().list_sent(None).unwrap();

    let states: Vec<_> = issuer
        .certificates()
        .iter()
        .map(|certificate| (certificate["kind"].clone(), certificate["state"].clone()))
        .collect();
    assert_eq!(states, [(json!(PAID), json!("revoked")), (json!(FREE), json!("valid"))]);
}

#[test]
fn renewal_is_told_from_ninety_days_before_the_end() {
    let sandbox = stopped();
    let issuer = Issuer::new(&sandbox);
    issuer.platform(CERTIFICATES, FREE);
    let due = || {
        let answer = issuer.claims.get(RENEWALS);
        let all = answer.result()["certificates"].as_array().unwrap().clone();
        all.into_iter().find(|certificate| certificate["office"] == NEW)
    };
    // Issued in the morning of the first day; it ends with a UTC day, three years later.
    sandbox.clock().advance(DAY * (3 * 365 - 91));
    assert_eq!(due(), None);
    sandbox.clock().advance(DAY);
    let told = due().unwrap();
    assert_eq!((&told["state"], &told["renewal"]["daysLeft"]), (&json!("valid"), &json!(90)));
    assert!(told["renewal"]["messageJa"].as_str().unwrap().contains("あと90日"));
    sandbox.clock().advance(DAY * 91);
    assert_eq!(due().unwrap()["state"], "ended");
    // What has ended need not be revoked: another is issued.
    issuer.platform(CERTIFICATES, PAID);
    assert_eq!(due(), None);
    assert_eq!(issuer.certificates().last().unwrap()["state"], "valid");
}

#[test]
fn the_subsidy_follows_service_type_readers_and_what_was_granted_before() {
    let sandbox = stopped();
    let portal = Client::role(&sandbox, Role::Portal);
    let apply = |number: &str, readers: u32, cost: u64| {
        let body = json!({ "office": number, "readers": readers, "cost": cost });
        let decision = portal.post(SUBSIDIES, &body).result().clone();
        let rule = decision["reasons"].as_array().unwrap().last().unwrap()["rule"].clone();
        (decision["granted"].as_u64().unwrap(), rule.as_str().unwrap().to_owned())
    };
    for (number, service_type, limit, readers) in
        [("1374500011", "11", 64_000, 3), ("1374500029", "51", 55_000, 2), ("1374500037", "43", 42_000, 1)]
    {
        portal.post(OFFICES, &office(number, service_type)).result();
        let granted = |yen: u64, rule: &str| (yen, rule.to_owned());
        assert_eq!(apply(number, readers + 1, 10_000), granted(0, "subsidy-readers"));
        assert_eq!(apply(number, readers, 30_000), granted(30_000, "subsidy-cost"));
        assert_eq!(apply(number, 1, 10_000), granted(0, "subsidy-readers"));
        assert_eq!(apply(number, 0, 100_000), granted(limit - 30_000, "subsidy-limit"));
        assert_eq!(apply(number, 0, 1), granted(0, "subsidy-used-up"));
    }
    let answer = portal.get(SUBSIDIES);
    assert_eq!(answer.result()["subsidies"].as_array().unwrap().len(), 6);
    sandbox.clock().advance(DAY * 365);
    assert_eq!(apply("1374500011", 1, 1), (0, "subsidy-year".to_owned()));
}

#[test]
fn a_role_has_its_own_token_and_only_its_own_calls() {
    let sandbox = stopped();
    let mut portal = Client::role(&sandbox, Role::Portal);
    assert_eq!(portal.get(RENEWALS).status, 401);
    portal.token = None;
    assert_eq!(portal.get(OFFICES).status, 401);
    // An office's token is none of a role's, and its calls are not served there.
    let care = Client::logged_in(&sandbox, CARE);
    portal.token = care.token.clone();
    assert_eq!(portal.get(OFFICES).status, 401);
    assert_eq!(portal.get("/careplan/v1/sent").status, 404);
    assert_eq!(care.get(OFFICES).status, 404);
}

#[test]
fn the_roles_are_reached_from_this_machine_alone() {
    let error =
        Sandbox::builder().local("0.0.0.0:0".parse().unwrap()).start().expect_err("served to everybody");
    assert!(error.to_string().contains("loopback"), "{error}");
    // A name that another site made mean this address.
    let sandbox = stopped();
    let portal = Client::role(&sandbox, Role::Portal);
    let mut headers = portal.headers();
    headers.push(("host", "example.com".into()));
    assert_eq!(portal.call("GET", OFFICES, &headers, None).unwrap().status, 404);
}

#[test]
fn commands_register_and_equip_an_office_beside_a_running_sandbox() {
    let dir = tempfile::tempdir().unwrap();
    let sandbox = Sandbox::builder().data_dir(dir.path()).start().unwrap();
    let run = |role: &str, arguments: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_kaigo-sandbox"));
        command.args([role, "--data"]).arg(dir.path()).args(arguments).output().unwrap()
    };
    let told = |role: &str, arguments: &[&str]| -> Value {
        let output = run(role, arguments);
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        serde_json::from_slice(&output.stdout).unwrap()
    };
    told("portal", &["register", "--office", NEW, "--name", "試験事業所", "--type", "43"]);
    let account = told("claims", &["account", "--office", NEW]);
    let password = account["issuePassword"].as_str().unwrap();
    // A password that begins with a hyphen is a password, not an option.
    let mistyped = run("claims", &["issue", "--office", NEW, "--issue-password", "-Z", "--kind", "dx"]);
    let said = String::from_utf8_lossy(&mistyped.stderr).into_owned();
    assert!(!mistyped.status.success() && said.contains("B"), "{said}");

    let issue = ["issue", "--office", NEW, "--issue-password", password, "--kind", "dx"];
    told("claims", &issue);
    let again = run("claims", &issue);
    assert!(!again.status.success());
    let said = String::from_utf8_lossy(&again.stderr).into_owned();
    assert!(said.contains("B9004") && said.contains("証明書は一事業所に一つ"), "{said}");

    let p12 = std::fs::read(dir.path().join("offices").join(NEW).join("client.p12")).unwrap();
    let text = |name: &str| account[name].as_str().unwrap();
    platform(&sandbox, &p12, password).login(text("userId"), text("password")).unwrap();
    // The next start knows the account from its files.
    drop(sandbox);
    let sandbox = Sandbox::builder().data_dir(dir.path()).start().unwrap();
    Client::logged_in(&sandbox, NEW);
}
