//! The OpenAPI document against what the server really does.

use std::collections::{BTreeMap, BTreeSet};
use std::time::{Duration, SystemTime};

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use kaigo_core::benefit::{EquipmentUse, HomeModificationUse};
use kaigo_core::card::{Card, ChallengeSignature, LastTry, PinKind};
use kaigo_core::credential::{Certificate, Credential};
use kaigo_core::document::{Document as _, Shape, schemas_of};
use kaigo_core::eligibility::{
    AssessmentForm, BurdenLimitCertificate, BurdenRatioCertificate, CarePlanNotification, Certification,
    CertificationProgress, Consent, DoctorsOpinion, FourItems, InsuredCard, LifeFeedback,
    NotificationReceipt, RegisteredPlan, ServiceUser,
};
use kaigo_core::exchange::Unit;
use kaigo_core::platform::{Package, Platform, ReceivedFilter, VisualStatement, provisional as wire};
use kaigo_sandbox::card::VirtualCard;
use kaigo_sandbox::{Call, Clock, Exchange, Fault, RunningSandbox};
use serde_json::{Value, json};

use crate::client::{Answer, CARE, Client, HELP, account, start, unit};
use crate::{identity, roles, web_service};

struct Described {
    /// With every object schema closed, so that a member that the document does not describe fails.
    doc: Value,
    /// Statuses and business codes that were seen, by operation.
    seen: BTreeMap<String, BTreeSet<String>>,
}

struct Operation {
    path: String,
    method: String,
    value: Value,
}

fn close(value: &mut Value) {
    match value {
        Value::Object(map) => {
            if map.get("type") == Some(&json!("object")) && map.contains_key("properties") {
                map.insert("additionalProperties".into(), json!(false));
            }
            map.values_mut().for_each(close);
        }
        Value::Array(items) => items.iter_mut().for_each(close),
        _ => {}
    }
}

impl Described {
    fn new(mut doc: Value) -> Self {
        close(&mut doc);
        Self { doc, seen: BTreeMap::new() }
    }

    fn operations(&self) -> BTreeMap<String, Operation> {
        let mut operations = BTreeMap::new();
        for (path, methods) in self.doc["paths"].as_object().unwrap() {
            for (method, value) in methods.as_object().unwrap() {
                let id = value["operationId"].as_str().unwrap().to_owned();
                let method = method.to_uppercase();
                let operation = Operation { path: path.clone(), method, value: value.clone() };
                assert!(operations.insert(id, operation).is_none());
            }
        }
        operations
    }

    fn resolve<'a>(&'a self, value: &'a Value) -> &'a Value {
        match value.get("$ref") {
            Some(reference) => {
                self.doc.pointer(reference.as_str().unwrap().strip_prefix('#').unwrap()).unwrap()
            }
            None => value,
        }
    }

    fn validate(&self, schema: &Value, instance: &Value) {
        let mut schema = schema.clone();
        schema["components"] = self.doc["components"].clone();
        let validator = jsonschema::options().should_validate_formats(true).build(&schema).unwrap();
        let errors: Vec<_> =
            validator.iter_errors(instance).map(|e| format!("{}: {e}", e.instance_path())).collect();
        assert!(errors.is_empty(), "{errors:#?} in {instance:#}");
    }

    /// Holds an answer against the operation's responses.
    fn check(&mut self, id: &str, answer: &Answer) {
        let operation = &self.operations()[id];
        let response = &operation.value["responses"][answer.status.to_string()];
        assert!(!response.is_null(), "{id} does not describe {answer:?}");
        let response = self.resolve(response);
        let content = &response["content"][&answer.media_type];
        assert!(!content.is_null(), "{id} does not describe the media type of {answer:?}");
        self.validate(&content["schema"], &answer.body);
        if let Some(header) = response["headers"].get("WWW-Authenticate") {
            self.validate(&header["schema"], &json!(answer.challenge));
        }
        let seen = self.seen.entry(id.into()).or_default();
        seen.insert(answer.status.to_string());
        if let Some(code) = answer.body["error"]["code"].as_str() {
            seen.insert(code.into());
        }
    }

    /// Holds what a client really sent, and was answered, against the operation that it called.
    fn check_exchange(&mut self, exchange: &Exchange) -> String {
        let operations = self.operations();
        let fits = |template: &str| {
            let (a, b) = (template.split('/'), exchange.path.split('/'));
            a.clone().count() == b.clone().count() && a.zip(b).all(|(a, b)| a == b || a == "{id}")
        };
        let (id, operation) = operations
            .iter()
            .find(|(_, operation)| operation.method == exchange.method && fits(&operation.path))
            .unwrap_or_else(|| panic!("{} {} is not described", exchange.method, exchange.path));
        let mut queries: BTreeMap<&str, &str> =
            exchange.query.split('&').filter_map(|pair| pair.split_once('=')).collect();
        for parameter in operation.value["parameters"].as_array().unwrap() {
            let parameter = self.resolve(parameter);
            let name = parameter["name"].as_str().unwrap();
            let value = match parameter["in"].as_str().unwrap() {
                "header" => exchange.headers.get(&name.to_lowercase()).map(String::as_str),
                "query" => queries.remove(name),
                _ => continue,
            };
            let Some(value) = value else {
                assert_ne!(parameter["required"], json!(true), "{id} lacks {name}");
                continue;
            };
            let text = json!(value);
            let typed = serde_json::from_str(value).unwrap_or(text.clone());
            let schema = &parameter["schema"];
            self.validate(schema, if schema["type"] == json!("string") { &text } else { &typed });
        }
        assert!(queries.is_empty(), "{id} does not describe {queries:?}");
        let needs_token = operation.value["security"][0].get("accessToken").is_some();
        assert_eq!(exchange.headers.contains_key("authorization"), needs_token, "{id}");
        if operation.value.get("requestBody").is_some() {
            assert_eq!(exchange.headers["content-type"], "application/json", "{id}");
            self.check_request(id, &exchange.request);
        } else {
            assert!(exchange.request.is_null(), "{id}");
        }
        let id = id.clone();
        let answer = Answer {
            status: exchange.status,
            media_type: "application/json".into(),
            challenge: None,
            body: exchange.answer.clone(),
        };
        self.check(&id, &answer);
        id
    }

    /// Holds the body of a request that the server takes against the operation's.
    fn check_request(&self, id: &str, body: &Value) {
        let content = &self.operations()[id].value["requestBody"]["content"]["application/json"];
        self.validate(&content["schema"], body);
    }
}

/// Calls the operation as the document describes it, and without a token or the profile, and unavailable.
fn refusals(document: &mut Described, sandbox: &RunningSandbox, client: &Client, id: &str) {
    let call = *Call::ALL.iter().find(|call| call.name() == id).unwrap();
    let operation = &document.operations()[id];
    let path = operation.path.replace("{id}", "nonsense");
    let body = operation.value.get("requestBody").map(|_| "{}".to_owned());
    let ask =
        |headers: &[(&str, String)]| client.call(&operation.method, &path, headers, body.clone()).unwrap();

    sandbox.faults().add(call, Fault::Unavailable, 1);
    let mut answers = vec![ask(&client.headers())];
    if call != Call::OpenApi {
        answers.push(ask(&[]));
    }
    if call.role().is_some() || operation.value["security"][0].get("accessToken").is_some() {
        answers.push(ask(&[(wire::PROFILE_HEADER, wire::PROFILE.to_owned())]));
    }
    let statuses: Vec<_> = answers.iter().map(|answer| answer.status).collect();
    assert_eq!(statuses, [503, 400, 401][..answers.len()], "{id}");
    for answer in &answers {
        document.check(id, answer);
    }
}

/// Confirms identities in every way that the document describes.
fn identities(document: &mut Described, sandbox: &RunningSandbox, care: &Client) {
    let terminal = json!({ "terminalId": "desk" });
    document.check("challenge", &care.post(wire::CHALLENGES, &terminal));
    document.check_request("terminal", &terminal);
    document.check("terminal", &care.post(wire::TERMINALS, &terminal));
    let challenge = |document: &mut Described| {
        let answer = care.post(wire::CHALLENGES, &terminal);
        document.check("challenge", &answer);
        answer.result().clone()
    };
    let confirm = |document: &mut Described, challenge: &Value, signed: &ChallengeSignature| {
        let body = json!({
            "challengeId": challenge["id"],
            "terminalId": "desk",
            "signatureBase64": BASE64_STANDARD.encode(&signed.signature),
            "certificateBase64": BASE64_STANDARD.encode(signed.certificate.as_der()),
        });
        document.check_request("confirmcard", &body);
        let answer = care.post(wire::CONFIRM_CARD, &body);
        document.check("confirmcard", &answer);
        answer
    };
    let sign = |card: VirtualCard, challenge: &Value| {
        let nonce = BASE64_STANDARD.decode(challenge["nonceBase64"].as_str().unwrap()).unwrap();
        let message = wire::challenge_message(CARE.parse().unwrap(), "desk", &nonce);
        let pin = card.pins().pin(PinKind::UserAuthentication).unwrap();
        Card::open(card).unwrap().sign(&pin, LastTry::Refuse, &message).unwrap()
    };
    let asked = challenge(document);
    let signed = sign(identity::card(0), &asked);
    assert_eq!(confirm(document, &asked, &signed).result()["route"], "card");
    assert_eq!(confirm(document, &asked, &signed).code(), "B3002");
    let asked = challenge(document);
    assert_eq!(confirm(document, &asked, &signed).code(), "B3004");
    let asked = challenge(document);
    let mut of_an_office = signed.clone();
    let office = account(sandbox, CARE);
    let office = Credential::from_pkcs12(office.p12(), office.p12_password()).unwrap();
    of_an_office.certificate = office.certificate().clone();
    assert_eq!(confirm(document, &asked, &of_an_office).code(), "B3005");
    let asked = challenge(document);
    assert_eq!(confirm(document, &asked, &sign(identity::ended_card(), &asked)).code(), "B3006");
    let asked = challenge(document);
    assert_eq!(confirm(document, &asked, &sign(identity::card(2), &asked)).code(), "B3008");
    sandbox.revoke_card(identity::insurer(), identity::insured(0)).unwrap();
    let asked = challenge(document);
    assert_eq!(confirm(document, &asked, &sign(identity::card(0), &asked)).code(), "B3007");
    let asked = challenge(document);
    let signed = sign(identity::card(0), &asked);
    sandbox.clock().advance(Duration::from_secs(300));
    assert_eq!(confirm(document, &asked, &signed).code(), "B3003");

    for (terminal, insured, answer) in
        [("desk", 0, None), ("desk", 9, Some("B3008")), ("nowhere", 0, Some("B3001"))]
    {
        let body = json!({
            "terminalId": terminal,
            "insurer": identity::insurer(),
            "insured": identity::insured(insured),
            "comparedBy": "職員A",
        });
        document.check_request("confirmvisual", &body);
        let given = care.post(wire::CONFIRM_VISUAL, &body);
        document.check("confirmvisual", &given);
        match answer {
            None => assert_eq!(given.result()["route"], "visual"),
            Some(code) => assert_eq!(given.code(), code),
        }
    }
}

/// Every document that travels.
const DOCUMENTS: &[&Shape] = &[
    InsuredCard::SHAPE,
    BurdenRatioCertificate::SHAPE,
    BurdenLimitCertificate::SHAPE,
    Certification::SHAPE,
    CertificationProgress::SHAPE,
    AssessmentForm::SHAPE,
    DoctorsOpinion::SHAPE,
    HomeModificationUse::SHAPE,
    EquipmentUse::SHAPE,
    LifeFeedback::SHAPE,
    ServiceUser::SHAPE,
    FourItems::SHAPE,
    Consent::SHAPE,
    CarePlanNotification::SHAPE,
    NotificationReceipt::SHAPE,
    RegisteredPlan::SHAPE,
];

/// Set `KAIGO_BLESS=1` to write them anew.
#[test]
fn the_schemas_of_documents_follow_from_their_declarations() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/openapi.json");
    let mut committed = std::fs::read_to_string(path).unwrap();
    let mut schemas = BTreeMap::new();
    DOCUMENTS.iter().for_each(|shape| schemas_of(shape, "#/components/schemas/", &mut schemas));
    if std::env::var_os("KAIGO_BLESS").is_some_and(|bless| bless == "1") {
        let begins = |text: &str, name: &str| {
            let schemas = text.find("\n    \"schemas\": {").unwrap();
            text[schemas..].find(&format!("\n      \"{name}\": {{")).map(|place| schemas + place + 1)
        };
        for (name, schema) in &schemas {
            if let Some(begin) = begins(&committed, name) {
                let end = begin + committed[begin..].find("\n      },\n").unwrap() + "\n      },\n".len();
                committed.replace_range(begin..end, "");
            }
            let schema = serde_json::to_string_pretty(schema).unwrap().replace('\n', "\n      ");
            let place = begins(&committed, "BusinessErrorCode").unwrap();
            committed.insert_str(place, &format!("      \"{name}\": {schema},\n"));
        }
        std::fs::write(path, &committed).unwrap();
    }
    let document: Value = serde_json::from_str(&committed).unwrap();
    for (name, schema) in schemas {
        assert_eq!(
            document["components"]["schemas"][name], schema,
            "{name} is stale: run with KAIGO_BLESS=1"
        );
    }
}

#[test]
fn the_server_does_what_its_document_says_and_nothing_else() {
    let sandbox = web_service::builder().start().unwrap();
    let (mut care, mut help) = (Client::new(&sandbox, CARE), Client::new(&sandbox, HELP));

    let committed = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/openapi.json")).unwrap();
    let mut document = Described::new(serde_json::from_str(&committed).unwrap());
    let served = care.call("GET", "/openapi.json", &[], None).unwrap();
    assert_eq!(served.body, serde_json::from_str::<Value>(&committed).unwrap());
    assert!(served.body["info"]["title"].as_str().unwrap().contains("provisional"));
    document.check("openapi", &served);

    let routes: BTreeMap<_, _> = Call::ALL
        .iter()
        .map(|call| (call.name().to_owned(), (call.path().to_owned(), call.role().is_some())))
        .collect();
    let described: BTreeMap<_, _> = document
        .operations()
        .into_iter()
        .map(|(id, o)| (id, (o.path, o.value["security"][0].get("roleToken").is_some())))
        .collect();
    assert_eq!(described, routes);

    // login, refresh
    document.check_request("login", &care.login_request());
    let wrong = json!({ "userId": "KJ000000000000", "password": "wrong" });
    for client in [&care, &help] {
        document.check("login", &client.try_login());
        document.check("login", &client.post(wire::LOGIN, &wrong));
    }
    let tokens = care.login();
    help.login();
    let refresh = json!({ "refreshToken": tokens["refreshToken"] });
    document.check_request("refresh", &refresh);
    let renewed = care.post(wire::REFRESH, &refresh);
    document.check("refresh", &renewed);
    care.token = Some(renewed.result()["accessToken"].as_str().unwrap().to_owned());
    document.check("refresh", &care.post(wire::REFRESH, &json!({ "refreshToken": "nonsense" })));

    // send
    let plan = unit(HELP, 0, b"plan");
    document.check_request("send", &plan);
    let sent = care.send("key", &plan);
    document.check("send", &sent);
    document.check("send", &care.send("key", &unit(HELP, 1, b"plan")));
    document.check("send", &care.send("unknown", &unit("1370000002", 0, b"plan")));
    document.check(
        "send",
        &care.send("empty", &json!({ "receiverOffice": HELP, "receiverType": "11", "files": [] })),
    );
    let mut damaged = plan.clone();
    damaged["files"][0]["sha256"] = json!("0".repeat(64));
    document.check("send", &care.send("damaged", &damaged));

    // lists, with and without a next page, with and without a mark
    care.send("second", &unit(HELP, 2, b"plan")).result();
    let id = sent.result()["id"].as_str().unwrap();
    document.check_request("imported", &json!({}));
    document.check("imported", &help.imported(id));
    document.check("imported", &help.imported("nonsense"));
    document.check("fetch", &help.fetch(id));
    document.check("fetch", &help.fetch("nonsense"));
    for (client, id) in [(&care, id), (&care, "nonsense"), (&help, id)] {
        document.check("fetchsent", &client.get(&wire::FETCH_SENT.replace("{id}", id)));
    }
    for query in ["", "?limit=1", "?imported=true", "?imported=false"] {
        document.check("received", &help.get(&format!("{}{query}", wire::RECEIVED)));
        document.check("sent", &care.get(&format!("{}{query}", wire::SENT)));
    }
    document.check("sent", &care.get("/careplan/v1/sent?cursor=nonsense"));

    identities(&mut document, &sandbox, &care);
    let mut seen = |id: &str, request: Option<&Value>, answer: &Answer| {
        if let Some(request) = request {
            document.check_request(id, request);
        }
        document.check(id, answer);
    };
    roles::every_answer(&sandbox, &mut seen);
    web_service::every_answer(&sandbox, &mut seen);
    // The tokens have ended meanwhile.
    care.login();
    help.login();

    for call in Call::ALL {
        let role = call.role().map(|role| Client::role(&sandbox, role));
        refusals(&mut document, &sandbox, role.as_ref().unwrap_or(&care), call.name());
    }
    document.check("logout", &care.post(wire::LOGOUT, &json!({})));
    for _ in 0..6 {
        document.check("login", &help.post(wire::LOGIN, &wrong));
    }

    // Everything that the document describes was seen, save the failure that nobody can ask for.
    for (id, operation) in document.operations() {
        let mut described: BTreeSet<String> = operation.value["responses"]
            .as_object()
            .unwrap()
            .keys()
            .filter(|s| *s != "500")
            .cloned()
            .collect();
        if let Some(codes) = operation.value["description"].as_str() {
            let codes = codes.strip_prefix("Business errors: ").unwrap().strip_suffix('.').unwrap();
            described.extend(codes.split(", ").map(str::to_owned));
        }
        assert_eq!(document.seen[&id], described, "{id}");
    }

    // Other paths and methods.
    for (method, path) in [("GET", "/"), ("GET", "/careplan/v1/transfers"), ("DELETE", "/careplan/v1/sent")] {
        let answer = help.call(method, path, &help.headers(), None).unwrap();
        assert_eq!((answer.status, answer.media_type.as_str()), (404, "application/problem+json"));
        document.validate(&json!({ "$ref": "#/components/schemas/Problem" }), &answer.body);
    }
}

#[test]
fn the_librarys_own_client_does_what_the_document_says() {
    let (to, exchanges) = std::sync::mpsc::channel();
    let clock = Clock::stopped_at(SystemTime::now());
    let sandbox = web_service::builder().clock(clock.clone()).record(to).start().unwrap();
    let log_in = |number: &str| {
        let account = account(&sandbox, number);
        let credential = Credential::from_pkcs12(account.p12(), account.p12_password()).unwrap();
        Platform::builder(sandbox.url(), credential)
            .roots(Certificate::from_pem(sandbox.ca_pem().as_bytes()).unwrap())
            .build()
            .unwrap()
            .login(account.user_id(), account.password())
            .unwrap()
    };
    let (care, help) = (log_in(CARE), log_in(HELP));
    let name = |kind: &str| format!("{kind}_202607_{CARE}_43_{HELP}_11_20260701090000.CSV");
    let files = ["UPPLAN", "UPSIKYU", "UPHOSOKU"].map(|kind| (name(kind), kind.as_bytes().to_vec()));
    let unit = Unit::new(files.clone()).unwrap();

    let sent = care.send(&Package::try_from(&unit).unwrap()).unwrap();
    assert_eq!(care.sent().collect::<Result<Vec<_>, _>>().unwrap(), std::slice::from_ref(&sent));
    for filter in [ReceivedFilter::All, ReceivedFilter::NotImported, ReceivedFilter::Imported] {
        assert_eq!(help.received(filter).count(), usize::from(filter != ReceivedFilter::Imported));
    }
    assert_eq!(help.fetch(&sent.id).unwrap().unit(), Some(unit));
    assert!(help.mark_imported(&sent.id).unwrap().imported_at.is_some());
    let terminal = "desk".parse().unwrap();
    care.register_terminal(&terminal).unwrap();
    let challenge = care.identity_challenge(&terminal).unwrap();
    let card = identity::card(0);
    let pin = card.pins().pin(PinKind::UserAuthentication).unwrap();
    let signed = Card::open(card).unwrap().sign(&pin, LastTry::Refuse, challenge.message()).unwrap();
    care.confirm_by_card(challenge, &signed.signature, &signed.certificate).unwrap();
    let (insurer, insured) = (identity::insurer(), identity::insured(1));
    care.confirm_visually(&VisualStatement { terminal, insurer, insured, compared_by: "職員A".into() })
        .unwrap();
    web_service::call_everything(&sandbox);
    // The access token ends; the next call renews it.
    clock.advance(Duration::from_secs(61 * 60));
    assert!(care.list_sent(None).is_ok());
    care.logout().unwrap();
    drop(sandbox);

    let committed = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/openapi.json")).unwrap();
    let mut document = Described::new(serde_json::from_str(&committed).unwrap());
    let called: BTreeSet<String> = exchanges
        .iter()
        // The call with the ended token is answered as a problem, which another test looks at.
        .filter(|exchange| exchange.status != 401)
        .map(|exchange| document.check_exchange(&exchange))
        .collect();
    let all: BTreeSet<String> = Call::ALL
        .iter()
        // What was sent is fetched by the pages alone.
        .filter(|call| !matches!(call, Call::OpenApi | Call::FetchSent) && call.role().is_none())
        .map(|call| call.name().to_owned())
        .collect();
    assert_eq!(called, all);
}

#[test]
fn malformed_bodies_are_400() {
    let sandbox = start();
    let care = Client::logged_in(&sandbox, CARE);
    for body in ["", "nonsense", "{", "[]", "{\"userId\":1,\"password\":\"x\"}", "{\"userId\":\"x\"}"] {
        let answer = care.call("POST", wire::LOGIN, &care.headers(), Some(body.into())).unwrap();
        assert_eq!(answer.status, 400, "{body}");
    }
    let long = format!("{{\"userId\":\"x\",\"password\":\"{}\"}}", "x".repeat(100_000));
    assert_eq!(care.call("POST", wire::LOGIN, &care.headers(), Some(long)).unwrap().status, 400);
}
