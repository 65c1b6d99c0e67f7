//! A sandbox with an invented person, whose documents a municipality gave.

use std::path::Path;
use std::time::SystemTime;

use kaigo_core::credential::{Certificate, Credential};
use kaigo_core::platform::{NamedFile, PersonId, Platform, WireProfile, provisional as wire};
use kaigo_sandbox::{Clock, Role, RunningSandbox, Sandbox};
use serde_json::{Value, json};

pub const CARE: &str = "1371249069";
pub const HELP: &str = "1373350030";
pub const INSURER: &str = "992016";
pub const INSURED: &str = "0000000010";

fn agent() -> ureq::Agent {
    ureq::Agent::config_builder().http_status_as_error(false).build().into()
}

fn call(sandbox: &RunningSandbox, role: Role, path: &str, body: &Value) -> Value {
    let mut answer = agent()
        .post(format!("{}{path}", sandbox.local_url().unwrap()))
        .header(wire::PROFILE_HEADER, wire::PROFILE)
        .header("authorization", format!("Bearer {}", sandbox.role_token(role).unwrap()))
        .send_json(body)
        .unwrap();
    let answer: Value = answer.body_mut().read_json().unwrap();
    assert!(answer["result"].is_object(), "{path}: {answer}");
    answer["result"].clone()
}

/// On 15 July 2026, with a person in the middle of a renewal.
pub fn start() -> RunningSandbox {
    let time: jiff::Timestamp = "2026-07-15T10:00:00+09:00".parse().unwrap();
    let sandbox = Sandbox::builder()
        .clock(Clock::stopped_at(SystemTime::from(time)))
        .local("127.0.0.1:0".parse().unwrap())
        .start()
        .unwrap();
    let ready = json!({ "insurer": INSURER, "name": "架空市", "readyOn": "2026-04-01" });
    call(&sandbox, Role::Municipality, "/municipality/v1/readiness", &ready);
    let insurer = json!({ "number": INSURER, "name": "架空市" });
    let given = |name: &str, document: Value| json!({ "type": name, "document": document });
    let year = json!({ "from": "2026-04-01", "to": "2027-03-31" });
    let application = json!({ "kind": "renewal", "insuredKind": "first", "appliedOn": "2026-07-01", "previousLevel": "22" });
    let documents = [
        given(
            "InsuredCard",
            json!({
                "insuredNumber": INSURED, "name": "架空 花子", "nameKana": "カクウ ハナコ", "birthDate": "1940-05-03",
                "sex": "2", "address": "架空市一丁目２番３号", "issuedOn": "2026-03-20", "reissued": false,
                "insurer": insurer, "level": "22", "basis": "certification", "certifiedOn": "2026-03-20",
                "valid": year, "ceiling": 19705, "ceilingPeriod": year,
                "careManagementOffices": [{ "number": "1370000001", "name": "架空の別の居宅介護支援事業所", "notifiedOn": "2026-04-01" }],
            }),
        ),
        given(
            "BurdenRatioCertificate",
            json!({
                "insuredNumber": INSURED, "issuedOn": "2025-07-20", "insurer": insurer,
                "rows": [{ "ratio": "1", "period": { "from": "2025-08-01", "to": "2026-07-31" } },
                    { "ratio": "2", "period": { "from": "2026-08-01", "to": "2027-07-31" } }],
            }),
        ),
        given(
            "BurdenLimitCertificate",
            json!({
                "insuredNumber": INSURED, "issuedOn": "2025-07-20", "insurer": insurer,
                "period": { "from": "2025-08-01", "to": "2026-07-31" },
                "limits": { "food": 650, "unitPrivate": 1370, "shared": 430 },
            }),
        ),
        given(
            "CertificationProgress",
            json!({
                "insuredNumber": INSURED, "insurer": insurer, "application": application,
                "steps": [
                    { "step": "application_received", "on": "2026-07-01" },
                    { "step": "survey_requested", "on": "2026-07-03" },
                    { "step": "survey_done", "on": "2026-07-10" },
                    { "step": "opinion_requested", "on": "2026-07-13" },
                ],
            }),
        ),
        given(
            "Certification",
            json!({
                "insuredNumber": INSURED, "insurer": insurer,
                "application": { "kind": "new", "insuredKind": "first", "appliedOn": "2026-02-20" },
                "result": { "level": "22", "decidedOn": "2026-03-20", "valid": year, "panelsOpinion": "特になし" },
            }),
        ),
        given(
            "HomeModificationUse",
            json!({
                "insurerNumber": INSURER, "insuredNumber": INSURED, "asOf": "2026-07-14", "remaining": 80000,
                "works": [{
                    "dwelling": "架空市一丁目２番３号", "startedOn": "2026-05-10", "completedOn": "2026-05-12", "level": "22",
                    "kinds": ["1", "2"], "office": "架空工務店", "cost": 120_000, "ratio": "1",
                }],
            }),
        ),
        given(
            "EquipmentUse",
            json!({
                "insurerNumber": INSURER, "insuredNumber": INSURED, "asOf": "2026-07-14", "remaining": 70000,
                "purchases": [
                    { "kind": "3", "product": "架空のシャワーいす", "boughtOn": "2026-06-01", "cost": 30_000, "ratio": "1" },
                    { "kind": "1", "product": "架空のポータブルトイレ", "boughtOn": "2025-11-01", "cost": 45_000, "ratio": "1" },
                ],
            }),
        ),
    ];
    let fed = call(
        &sandbox,
        Role::Municipality,
        "/municipality/v1/feed",
        &json!({ "insurer": INSURER, "documents": documents }),
    );
    assert_eq!(fed["kept"], documents.len(), "{fed}");
    sandbox
}

/// How many notifications the municipality sees.
pub fn notifications(sandbox: &RunningSandbox) -> usize {
    let seen =
        call(sandbox, Role::Municipality, "/municipality/v1/notifications", &json!({ "insurer": INSURER }));
    seen["notifications"].as_array().unwrap().len()
}

/// Issues the office's certificate again.
pub fn reissue(sandbox: &RunningSandbox, office: &str) {
    let issue_password = sandbox.office(office.parse().unwrap()).unwrap().p12_password();
    let request = json!({ "office": office, "issuePassword": issue_password, "kind": "介護DX証明書" });
    call(sandbox, Role::Claims, "/claims/v1/certificates/reissue", &request);
}

/// The care manager puts a plan up for the person's agreement, over the API.
pub fn put_up_a_plan(sandbox: &RunningSandbox) {
    let account = sandbox.office(CARE.parse().unwrap()).unwrap();
    let credential = Credential::from_pkcs12(account.p12(), account.p12_password()).unwrap();
    // What API 1.0 does not offer is a capability of this profile.
    let session = Platform::builder(sandbox.url(), credential)
        .roots(Certificate::from_pem(sandbox.ca_pem().as_bytes()).unwrap())
        .profile(WireProfile::provisional())
        .build()
        .unwrap()
        .login(account.staff()[0].user_id(), account.staff()[0].password())
        .unwrap();
    let person = PersonId { insurer: INSURER.parse().unwrap(), insured: INSURED.parse().unwrap() };
    let files = [NamedFile::new("plan.csv", b"plan".to_vec()).unwrap()];
    session.register_plan_for_consent(&person, &files).unwrap();
}

/// What became of the person's only plan.
pub fn plan_state(sandbox: &RunningSandbox) -> String {
    let person = json!({ "insurer": INSURER, "insured": INSURED });
    let plans = call(sandbox, Role::Person, "/person/v1/own/plans", &person);
    plans["plans"][0]["state"].as_str().unwrap().to_owned()
}

/// The bytes with the day of the first service made that text.
pub fn with_day(csv: &[u8], day: &[u8; 8]) -> Option<Vec<u8>> {
    let mark = b",,20260701,,";
    let at = csv.windows(mark.len()).position(|window| window == mark)? + 2;
    let mut csv = csv.to_vec();
    csv[at..at + 8].copy_from_slice(day);
    Some(csv)
}

/// Actuals of the home-help office: its first visit was cancelled, the second at another time, one was added.
pub fn write_actuals(plan: &[u8], folder: &Path) {
    let column = |row: &[u8], no: usize| row.split(|byte| *byte == b',').nth(no - 1).unwrap().to_vec();
    let replace = |row: &[u8], from: &[u8], to: &[u8]| {
        let at = row.windows(from.len()).position(|window| window == from).unwrap();
        [&row[..at], to, &row[at + from.len()..]].concat()
    };
    let rows = plan.split_inclusive(|byte| *byte == b'\n').map(<[u8]>::to_vec);
    let of_office = rows.filter(|row| column(row, 20) == HELP.as_bytes());
    // It lends equipment, too.
    let (mut visits, equipment): (Vec<_>, Vec<_>) =
        of_office.partition(|row| column(row, 15).starts_with(b"11"));

    visits.remove(0);
    let times = [column(&visits[0], 12), column(&visits[0], 13)].join(&b',');
    visits[0] = replace(&visits[0], &times, b"1700,1730");
    let last = visits.last().unwrap().clone();
    visits.push(replace(&last, &[b",", column(&last, 10).as_slice(), b","].concat(), b",20260731,"));
    let name = format!("UPJSK_202607_{HELP}_11_{CARE}_43_20260801090000.CSV");
    std::fs::write(folder.join(name), [visits.concat(), equipment.concat()].concat()).unwrap();
}

/// A form without this visit's token, and one that another site sent.
pub fn forged_forms_are_refused(login: &str) {
    let agent = agent();
    let mut page = agent.get(login).call().unwrap();
    let header = |name: &str| page.headers().get(name).unwrap().to_str().unwrap().to_owned();
    let cookie = header("set-cookie");
    assert!(cookie.contains("HttpOnly") && cookie.contains("SameSite=Strict"), "{cookie}");
    assert!(header("content-security-policy").contains("default-src 'none'"));
    let cookie = cookie.split(';').next().unwrap().to_owned();
    let text = page.body_mut().read_to_string().unwrap();
    let token = text.split("name=\"form\" value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();

    let post = |token: &str, cookie: &str, origin: Option<&str>| {
        let mut request = agent.post(login).header("cookie", cookie);
        if let Some(origin) = origin {
            request = request.header("origin", origin);
        }
        let form = [("form", token), ("office", CARE), ("user_id", "KJ000000000000"), ("password", "x")];
        request.send_form(form).unwrap().status().as_u16()
    };
    assert_eq!(post(&token, &cookie, None), 200);
    assert_eq!(post("", &cookie, None), 403);
    assert_eq!(post(&token, "kaigo-visit=another", None), 403);
    assert_eq!(post(&token, &cookie, Some("http://example.com")), 403);
}
