//! The fault switches do what they say, and what they leave behind is whole.

use std::time::Duration;

use kaigo_core::platform::provisional as wire;
use kaigo_sandbox::{Call, Fault, Sandbox};
use serde_json::json;

use crate::client::{CARE, Client, HELP, start, unit};

#[test]
fn cut_before_commit_stores_nothing_and_after_commit_everything() {
    let sandbox = start();
    let (care, help) = (Client::logged_in(&sandbox, CARE), Client::logged_in(&sandbox, HELP));
    let plan = unit(HELP, 0, b"plan");

    sandbox.faults().add(Call::Send, Fault::CutBeforeCommit, 1);
    care.try_send("key", &plan).expect_err("the connection was not cut");
    assert!(care.all(wire::SENT, 100).is_empty());

    sandbox.faults().add(Call::Send, Fault::CutAfterCommit, 1);
    care.try_send("key", &plan).expect_err("the connection was not cut");
    let stored = care.all(wire::SENT, 100);
    assert_eq!(stored.len(), 1);
    assert_eq!(care.send("key", &plan).result(), &stored[0]);
    assert_eq!(help.all(wire::RECEIVED, 100), stored);
}

#[test]
fn unavailable_happens_so_many_times_to_that_call_alone() {
    let sandbox = start();
    let care = Client::logged_in(&sandbox, CARE);
    sandbox.faults().add(Call::Sent, Fault::Unavailable, 2);
    assert_eq!(care.get(wire::RECEIVED).status, 200);
    assert_eq!(care.get(wire::SENT).status, 503);
    assert_eq!(care.get(wire::SENT).status, 503);
    assert_eq!(care.get(wire::SENT).status, 200);
    sandbox.faults().add(Call::Sent, Fault::Unavailable, 2);
    sandbox.faults().clear();
    assert_eq!(care.get(wire::SENT).status, 200);
}

#[test]
fn a_slow_answer_is_late_and_complete() {
    let sandbox = start();
    let care = Client::logged_in(&sandbox, CARE);
    let delay = Duration::from_millis(300);
    sandbox.faults().add(Call::Send, Fault::Slow(delay), 1);
    let begun = std::time::Instant::now();
    care.send("key", &unit(HELP, 0, b"plan")).result();
    assert!(begun.elapsed() >= delay);
}

#[test]
fn switches_over_http_exist_only_when_asked_for() {
    let fault = json!({ "call": "sent", "fault": "unavailable", "times": 1 });
    let without = start();
    let care = Client::logged_in(&without, CARE);
    assert_eq!(care.post("/sandbox/v1/faults", &fault).status, 404);

    let sandbox = Sandbox::builder().switches(true).start().unwrap();
    let care = Client::logged_in(&sandbox, CARE);
    assert_eq!(care.post("/sandbox/v1/faults", &fault).status, 204);
    assert_eq!(care.get(wire::SENT).status, 503);
    assert_eq!(care.post("/sandbox/v1/faults", &json!({ "call": "sent", "fault": "nonsense" })).status, 400);
    let slow = json!({ "call": "sent", "fault": "slow", "delayMs": 1 });
    assert_eq!(care.post("/sandbox/v1/faults", &slow).status, 204);
    assert_eq!(care.call("DELETE", "/sandbox/v1/faults", &care.headers(), None).unwrap().status, 204);
    assert_eq!(care.get(wire::SENT).status, 200);
    assert_eq!(care.post("/sandbox/v1/clock", &json!({ "advanceSeconds": 3600 })).status, 204);
    assert_eq!(care.get(wire::SENT).status, 401);
}
