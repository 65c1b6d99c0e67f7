//! The OpenAPI document against what the server really does.

use std::collections::{BTreeMap, BTreeSet};

use kaigo_core::platform::provisional as wire;
use kaigo_sandbox::{Call, Fault, RunningSandbox};
use serde_json::{Value, json};

use crate::client::{Answer, CARE, Client, HELP, start, unit};

struct Document {
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

impl Document {
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

    /// Holds the body of a request that the server takes against the operation's.
    fn check_request(&self, id: &str, body: &Value) {
        let content = &self.operations()[id].value["requestBody"]["content"]["application/json"];
        self.validate(&content["schema"], body);
    }
}

/// Calls the operation as the document describes it, and without a token or the profile, and unavailable.
fn refusals(document: &mut Document, sandbox: &RunningSandbox, client: &Client, id: &str) {
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
    if operation.value["security"][0].get("accessToken").is_some() {
        answers.push(ask(&[(wire::PROFILE_HEADER, wire::PROFILE.to_owned())]));
    }
    let statuses: Vec<_> = answers.iter().map(|answer| answer.status).collect();
    assert_eq!(statuses, [503, 400, 401][..answers.len()], "{id}");
    for answer in &answers {
        document.check(id, answer);
    }
}

#[test]
fn the_server_does_what_its_document_says_and_nothing_else() {
    let sandbox = start();
    let (mut care, mut help) = (Client::new(&sandbox, CARE), Client::new(&sandbox, HELP));

    let committed = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/openapi.json")).unwrap();
    let mut document = Document::new(serde_json::from_str(&committed).unwrap());
    let served = care.call("GET", "/openapi.json", &[], None).unwrap();
    assert_eq!(served.body, serde_json::from_str::<Value>(&committed).unwrap());
    assert!(served.body["info"]["title"].as_str().unwrap().contains("provisional"));
    document.check("openapi", &served);

    let routes: BTreeMap<_, _> =
        Call::ALL.iter().map(|c| (c.name().to_owned(), c.path().to_owned())).collect();
    let described: BTreeMap<_, _> = document.operations().into_iter().map(|(id, o)| (id, o.path)).collect();
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
    document.check("send", &care.send("unknown", &unit("1370000001", 0, b"plan")));
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
    for query in ["", "?limit=1", "?imported=true", "?imported=false"] {
        document.check("received", &help.get(&format!("{}{query}", wire::RECEIVED)));
        document.check("sent", &care.get(&format!("{}{query}", wire::SENT)));
    }
    document.check("sent", &care.get("/careplan/v1/sent?cursor=nonsense"));

    for id in document.operations().keys() {
        refusals(&mut document, &sandbox, &care, id);
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
