//! `read_card` against the virtual card, over a real pcscd in namespaces of its own.
#![cfg(all(feature = "pcsc", target_os = "linux"))]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

#[allow(dead_code)]
#[path = "../../kaigo-sandbox/tests/card/cases.rs"]
mod cases;
#[allow(dead_code)]
#[path = "../../kaigo-sandbox/tests/card/stack.rs"]
mod stack;

use std::process::Command;

use cases::{Desk as _, traits};
use kaigo_core::card::PinKind;
use kaigo_sandbox::card::Traits;
use serde_json::{Value, json};
use stack::{Stack, run_inside};

#[test]
fn on_the_real_stack() {
    run_inside("read_card_");
}

/// Exit status, standard output, standard error.
fn read_card(arguments: &[&str]) -> (i32, String, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_read_card")).args(arguments).output().unwrap();
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
    (output.status.code().unwrap(), text(&output.stdout), text(&output.stderr))
}

fn json_of(arguments: &[&str]) -> (i32, Value) {
    let (status, out, _) = read_card(&[&["--format", "json"], arguments].concat());
    (status, serde_json::from_str(&out).unwrap())
}

#[test]
#[ignore = "run by on_the_real_stack"]
fn read_card_tells_what_a_card_tells() {
    let mut stack = Stack::start();
    let card = stack.card(Traits::default());
    let person = card.person();
    let (status, read) = json_of(&[]);
    assert_eq!(status, 0, "{read}");
    assert_eq!((&read["generation"], &read["municipality"]), (&json!("first"), &json!(person.municipality)));
    assert_eq!(read["expiry"].as_str().unwrap().replace('-', ""), person.expires);
    assert_eq!(read["advice"], json!([]));
    let tries: Vec<_> =
        read["credentials"].as_array().unwrap().iter().map(|c| c["triesLeft"].clone()).collect();
    assert_eq!(tries, [3, 5, 3, 10]);
    assert!(read["certificates"][0]["notAfter"].is_string(), "{read}");
    // Nothing of the person is on the card without a PIN.
    let (_, text, _) = read_card(&["--lang", "ja", "--diagnose"]);
    assert!(
        text.contains("Virtual PCD") && text.contains("残り3回") && text.contains("問題は見つかりません"),
        "{text}"
    );
    assert!(!text.contains(&person.name));
}

#[test]
#[ignore = "run by on_the_real_stack"]
fn read_card_tells_what_needs_care() {
    let mut stack = Stack::start();
    let card = stack.card(traits(|t| (t.expired_certificates, t.no_signature_certificate) = (true, true)));
    card.set_tries(PinKind::Text, 0).unwrap();
    card.set_tries(PinKind::UserAuthentication, 1).unwrap();
    let (status, text, _) = read_card(&["--lang", "en"]);
    assert_eq!(status, 1);
    for wanted in ["is locked", "one try left", "has ended", "signature certificate", "absent"] {
        assert!(text.contains(wanted), "{wanted}: {text}");
    }
    let (status, read) = json_of(&[]);
    assert_eq!((status, read["advice"].as_array().unwrap().len()), (1, 3));
    assert_eq!(read["credentials"][1], json!({ "name": "signature", "state": "absent", "triesLeft": null }));
}

#[test]
#[ignore = "run by on_the_real_stack"]
fn read_card_explains_the_set_up() {
    let without_service = json_of(&[]);
    assert_eq!((without_service.0, &without_service.1["error"]["code"]), (2, &json!("card.no-service")));
    let stack = Stack::without_readers();
    let (status, _, why) = read_card(&["--diagnose"]);
    assert!(status == 2 && why.contains("カードリーダーが見つかりません"), "{why}");
    drop(stack);
    let mut stack = Stack::start();
    let (_, out, why) = read_card(&["--diagnose", "--lang", "en"]);
    assert!(
        out.contains("Virtual PCD 00 01: no card") && why.contains("put one on the reader"),
        "{out}{why}"
    );
    stack.card(traits(|t| t.foreign = true));
    let (_, read) = json_of(&["--wait", "1"]);
    assert_eq!(read["error"]["code"], "card.not-this-card");
}
