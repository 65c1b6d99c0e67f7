//! Sending, listing, fetching, marking imported.

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use kaigo_core::platform::provisional::{self as wire, business_code as code};
use kaigo_sandbox::{CertificateKind, KeyKind, Office, Sandbox};
use serde_json::{Value, json};

use crate::client::{CARE, Client, HELP, file, start, unit};

/// A third office, beside the two of the default configuration.
const OTHER: &str = "1370000001";

fn office(number: &str, service_type: &str) -> Office {
    Office {
        number: number.parse().unwrap(),
        name: "試験事業所".into(),
        service_type: service_type.parse().unwrap(),
        certificate: CertificateKind::Dx,
        key: KeyKind::default(),
        staff: Vec::new(),
    }
}

fn ids(transfers: &[Value]) -> Vec<&str> {
    transfers.iter().map(|t| t["id"].as_str().unwrap()).collect()
}

#[test]
fn what_was_sent_arrives_byte_for_byte() {
    let sandbox = start();
    let (care, help) = (Client::logged_in(&sandbox, CARE), Client::logged_in(&sandbox, HELP));
    // Every byte value, past the default size of buffers.
    let content: Vec<u8> = (0..200_000u32).map(|i| (i % 256) as u8 ^ (i / 256) as u8).collect();
    let unit = unit(HELP, 0, &content);
    let sent = care.send("key", &unit).result().clone();
    assert_eq!(sent["senderOffice"], CARE);
    assert_eq!(sent["senderType"], "43");
    assert_eq!(sent["receiverOffice"], HELP);
    assert_eq!(sent["sequence"], "20260701090000");
    assert_eq!(sent["bytes"], content.len());
    assert_eq!(sent.get("importedAt"), None);
    assert_eq!(care.all(wire::SENT, 100), std::slice::from_ref(&sent));
    assert_eq!(help.all(wire::RECEIVED, 100), std::slice::from_ref(&sent));

    let answer = help.fetch(sent["id"].as_str().unwrap());
    let fetched = answer.result();
    assert_eq!(fetched["transfer"], sent);
    assert_eq!(fetched["files"], unit["files"]);
    let bytes = BASE64_STANDARD.decode(fetched["files"][0]["contentBase64"].as_str().unwrap()).unwrap();
    assert!(bytes == content);

    let audit = sandbox.audit().unwrap();
    let calls: Vec<_> = audit.iter().map(|e| (e.call.as_str(), e.transfer.as_deref())).collect();
    let id = sent["id"].as_str();
    assert_eq!(calls[2..], [("send", id), ("sent", None), ("received", None), ("fetch", id)]);
}

#[test]
fn a_unit_of_many_megabytes_passes_and_one_over_the_limit_does_not() {
    let sandbox = start();
    let (care, help) = (Client::logged_in(&sandbox, CARE), Client::logged_in(&sandbox, HELP));
    let content = vec![b'x'; 40 << 20];
    let sent = care.send("large", &unit(HELP, 0, &content)).result().clone();
    let answer = help.fetch(sent["id"].as_str().unwrap());
    assert_eq!(answer.result()["files"][0]["sha256"], crate::client::hex_sha256(&content));

    let over = unit(HELP, 1, &vec![b'x'; 50 << 20]);
    match care.try_send("over", &over) {
        Ok(answer) => assert_eq!(answer.status, 400),
        // The answer comes before the body is read to its end; a client that still writes may not see it.
        Err(error) => assert!(matches!(error, ureq::Error::Io(_) | ureq::Error::Protocol(_)), "{error}"),
    }
    assert_eq!(care.all(wire::SENT, 100).len(), 1);
}

#[test]
fn pages_are_oldest_first_and_a_mark_is_kept() {
    let sandbox = start();
    let (care, help) = (Client::logged_in(&sandbox, CARE), Client::logged_in(&sandbox, HELP));
    let sent: Vec<Value> =
        (0..7).map(|i| care.send(&format!("key-{i}"), &unit(HELP, i, &[i as u8])).result().clone()).collect();
    for limit in [1, 2, 3, 7, 100, 100_000] {
        assert_eq!(care.all(wire::SENT, limit), sent, "{limit}");
        assert_eq!(ids(&help.all(wire::RECEIVED, limit)), ids(&sent), "{limit}");
    }
    // A full last page leads to no other.
    assert_eq!(care.get("/careplan/v1/sent?limit=7").result().get("nextCursor"), None);
    assert_eq!(help.get("/careplan/v1/received?limit=0").result()["transfers"].as_array().unwrap().len(), 1);

    let third = sent[2]["id"].as_str().unwrap();
    let first_mark = help.imported(third).result().clone();
    assert!(first_mark["importedAt"].is_string());
    sandbox.clock().advance(std::time::Duration::from_secs(60));
    assert_eq!(help.imported(third).result(), &first_mark);

    let imported = help.get("/careplan/v1/received?imported=true").result().clone();
    assert_eq!(imported["transfers"], json!([first_mark]));
    let open = help.get("/careplan/v1/received?imported=false&limit=3").result().clone();
    assert_eq!(
        ids(open["transfers"].as_array().unwrap()),
        [&sent[0], &sent[1], &sent[3]].map(|t| t["id"].as_str().unwrap())
    );
    // The sender sees that it was imported, and its list knows no filter.
    assert_eq!(care.all(wire::SENT, 100)[2], first_mark);
    for query in ["cursor=nonsense", "limit=many", "limit=-1", "imported=maybe"] {
        assert_eq!(help.get(&format!("/careplan/v1/received?{query}")).status, 400, "{query}");
    }
}

#[test]
fn a_page_never_holds_more_than_a_hundred() {
    let sandbox = start();
    let care = Client::logged_in(&sandbox, CARE);
    for i in 0..101 {
        care.send(&format!("key-{i}"), &unit(HELP, i, b"")).result();
    }
    let page = care.get("/careplan/v1/sent?limit=500").result().clone();
    assert_eq!(page["transfers"].as_array().unwrap().len(), 100);
    assert_eq!(care.all(wire::SENT, 500).len(), 101);
}

#[test]
fn a_repeated_key_gives_the_same_transfer_and_only_for_the_same_content() {
    let sandbox = start();
    let (care, help) = (Client::logged_in(&sandbox, CARE), Client::logged_in(&sandbox, HELP));
    let plan = unit(HELP, 0, b"plan");
    let first = care.send("key", &plan);
    assert_eq!(care.send("key", &plan), first);
    assert_eq!(care.send("key", &unit(HELP, 0, b"other")).code(), code::KEY_REUSED);
    assert_eq!(care.send("key", &unit(HELP, 1, b"plan")).code(), code::KEY_REUSED);
    // Another key is another transfer, and another office's keys are its own.
    assert_ne!(care.send("other", &plan).result()["id"], first.result()["id"]);
    let name = format!("UPJSK_202607_{HELP}_11_{CARE}_43_20260701090000.CSV");
    let actuals = json!({ "receiverOffice": CARE, "receiverType": "43", "files": [file(&name, b"plan")] });
    help.send("key", &actuals).result();
    assert_eq!(care.all(wire::SENT, 100).len(), 2);

    for key in ["", " ", &"k".repeat(129), "日本"] {
        let mut headers = care.headers();
        headers.push((wire::IDEMPOTENCY_HEADER, key.to_owned()));
        assert_eq!(
            care.call("POST", wire::SEND, &headers, Some(plan.to_string())).unwrap().status,
            400,
            "{key}"
        );
    }
    assert_eq!(care.post(wire::SEND, &plan).status, 400);
}

#[test]
fn the_same_key_side_by_side_is_carried_out_once() {
    let sandbox = start();
    let care = Client::logged_in(&sandbox, CARE);
    let plan = unit(HELP, 0, b"plan");
    let answers: Vec<_> = std::thread::scope(|scope| {
        let sends: Vec<_> = (0..8).map(|_| scope.spawn(|| care.send("key", &plan))).collect();
        sends.into_iter().map(|send| send.join().unwrap()).collect()
    });
    assert!(answers.iter().all(|answer| answer.result() == answers[0].result()));
    assert_eq!(care.all(wire::SENT, 100).len(), 1);
}

#[test]
fn only_a_unit_of_this_office_to_that_one_is_taken() {
    let sandbox = start();
    let care = Client::logged_in(&sandbox, CARE);
    let name = |sender: &str, receiver: &str, sequence: &str| {
        format!("UPJSK_202607_{sender}_43_{receiver}_11_{sequence}.CSV")
    };
    let request = |names: &[String]| {
        let files: Vec<_> = names.iter().map(|name| file(name, b"x")).collect();
        json!({ "receiverOffice": HELP, "receiverType": "11", "files": files })
    };
    let good = name(CARE, HELP, "20260701090000");
    let not_units = [
        request(&[]),
        request(&["plan.csv".into()]),
        request(&[good.clone(), good.clone()]),
        request(&[name(HELP, HELP, "20260701090000")]),
        request(&[name(CARE, CARE, "20260701090000")]),
        request(&[good.clone(), name(CARE, HELP, "20260701090001").replace("UPJSK", "DLTJSK")]),
        request(&[good.replace("_11_", "_15_")]),
        request(&[format!("../{good}")]),
    ];
    for not_a_unit in &not_units {
        assert_eq!(care.send("key", not_a_unit).code(), code::NOT_A_UNIT, "{not_a_unit}");
    }
    assert_eq!(care.send("key", &unit(OTHER, 0, b"x")).code(), code::UNKNOWN_OFFICE);
    let mut damaged = request(&[good]);
    damaged["files"][0]["contentBase64"] = json!(BASE64_STANDARD.encode(b"y"));
    assert_eq!(care.send("key", &damaged).code(), code::DIGEST);
    damaged["files"][0]["contentBase64"] = json!("not Base64");
    assert_eq!(care.send("key", &damaged).status, 400);
    assert!(care.all(wire::SENT, 100).is_empty());
    // No refusal used up the key.
    care.send("key", &unit(HELP, 0, b"x")).result();
}

#[test]
fn an_office_sees_what_it_sent_and_received_and_no_more() {
    let sandbox = Sandbox::builder()
        .offices([office(CARE, "43"), office(HELP, "11"), office(OTHER, "11")])
        .start()
        .unwrap();
    let care = Client::logged_in(&sandbox, CARE);
    let (help, other) = (Client::logged_in(&sandbox, HELP), Client::logged_in(&sandbox, OTHER));
    let to_help = care.send("a", &unit(HELP, 0, b"for help")).result().clone();
    let to_other = care.send("b", &unit(OTHER, 0, b"for other")).result().clone();

    assert_eq!(help.all(wire::RECEIVED, 100), std::slice::from_ref(&to_help));
    assert_eq!(other.all(wire::RECEIVED, 100), std::slice::from_ref(&to_other));
    assert!(help.all(wire::SENT, 100).is_empty());
    assert!(care.all(wire::RECEIVED, 100).is_empty());
    let id = to_help["id"].as_str().unwrap();
    // Neither a third office nor the sender fetches or marks what another received.
    for stranger in [&other, &care] {
        assert_eq!(stranger.fetch(id).code(), code::NO_TRANSFER);
        assert_eq!(stranger.imported(id).code(), code::NO_TRANSFER);
        assert_eq!(stranger.fetch("nonsense").code(), code::NO_TRANSFER);
        assert_eq!(stranger.get(&format!("/careplan/v1/received?cursor={id}")).status, 400);
    }
    assert_eq!(help.all(wire::RECEIVED, 100)[0].get("importedAt"), None);
}
