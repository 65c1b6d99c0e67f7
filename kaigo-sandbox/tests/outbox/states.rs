//! What becomes of a unit, and who is told.

use std::cell::Cell;
use std::ops::ControlFlow;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, SystemTime};

use kaigo_core::outbox::{OutboxFault, State, UnitId};
use kaigo_core::platform::{Session, TransferError};
use kaigo_core::{ErrorKind, Watch};
use kaigo_sandbox::{Call, Clock, Fault, RunningSandbox};

use crate::{
    CARE, DAY, HELP, NOBODY, contents, fault, log_in, outbox, platform, reason, sandbox, states, unit,
};

const HOME_HELP: (&str, &str) = (HELP, "11");
const DAY_CARE: (&str, &str) = (DAY, "15");

fn nobody() -> Result<Session, TransferError> {
    panic!("nobody needs a session")
}

fn calls(sandbox: &RunningSandbox) -> usize {
    sandbox.audit().unwrap().len()
}

#[test]
fn what_is_queued_is_sent_in_order_and_told() {
    let sandbox = sandbox().start().unwrap();
    let (_folder, path, outbox) = outbox();
    // Nothing is due: nobody logs in.
    outbox.send_due(nobody, &Watch::default()).unwrap();

    let ids: Vec<_> =
        (0..3).map(|number| outbox.enqueue(&unit(number, HOME_HELP, &[number as u8; 9])).unwrap()).collect();
    assert_eq!(states(&outbox), [State::Queued; 3]);
    let session = log_in(&sandbox, CARE);
    let run = outbox.send_due(|| Ok(&session), &Watch::default()).unwrap();
    assert_eq!((run.sent, run.refused, run.again), (3, 0, 0));
    assert_eq!(contents(&sandbox, HELP), [[0; 9], [1; 9], [2; 9]]);

    // A program that starts anew finds it all.
    drop(outbox);
    let outbox = kaigo_core::outbox::Outbox::open(&path).unwrap();
    let sent: Vec<_> = session.sent().map(Result::unwrap).collect();
    for ((entry, transfer), id) in outbox.entries().unwrap().iter().zip(&sent).zip(&ids) {
        assert_eq!((entry.id, entry.state, entry.attempts, entry.bytes), (*id, State::Sent, 1, 9));
        assert_eq!(entry.transfer.as_ref(), Some(&transfer.id));
        assert_eq!(entry.accepted_at, Some(transfer.accepted_at));
        assert_eq!(entry.file_names, transfer.file_names);
        assert_eq!(
            (entry.receiver_office, entry.receiver_type),
            (HELP.parse().unwrap(), "11".parse().unwrap())
        );
        assert!(entry.reason.is_none() && entry.tried_at.is_some());
    }
    outbox.send_due(nobody, &Watch::default()).unwrap();

    outbox.forget(ids[1]).unwrap();
    let left: Vec<_> = outbox.entries().unwrap().iter().map(|entry| entry.id).collect();
    assert_eq!(left, [ids[0], ids[2]]);
    let after = outbox.enqueue(&unit(3, HOME_HELP, b"x")).unwrap();
    assert!(after > ids[2], "an id was given twice");
}

#[test]
fn a_refused_unit_holds_up_its_destination_until_it_is_given_up() {
    let sandbox = sandbox().start().unwrap();
    let (_folder, _, outbox) = outbox();
    // The names say another receiver than the package.
    let mut wrong = unit(0, DAY_CARE, b"wrong");
    (wrong.receiver_office, wrong.receiver_type) = (HELP.parse().unwrap(), "11".parse().unwrap());
    let refused = outbox.enqueue(&wrong).unwrap();
    outbox.enqueue(&unit(1, HOME_HELP, b"behind it")).unwrap();
    outbox.enqueue(&unit(2, DAY_CARE, b"elsewhere")).unwrap();

    let session = log_in(&sandbox, CARE);
    let run = outbox.send_due(|| Ok(&session), &Watch::default()).unwrap();
    assert_eq!((run.sent, run.refused, run.again), (1, 1, 0));
    assert_eq!(states(&outbox), [State::Refused, State::Queued, State::Sent]);
    let entry = outbox.entry(refused).unwrap();
    assert_eq!(reason(&entry), "transfer.not-a-unit");
    let said = entry.reason.unwrap();
    assert!(said.message_ja.contains("送信単位") && said.message_en.contains("sending unit"), "{said:?}");

    // It is not tried again by itself.
    let before = calls(&sandbox);
    outbox.send_due(nobody, &Watch::default()).unwrap();
    assert_eq!(calls(&sandbox), before);

    outbox.give_up(refused).unwrap();
    assert_eq!(outbox.send_due(|| Ok(&session), &Watch::default()).unwrap().sent, 1);
    assert_eq!(contents(&sandbox, HELP), [b"behind it"]);
    assert_eq!(states(&outbox)[0], State::GivenUp);
    for again in [outbox.give_up(refused), outbox.requeue(refused)] {
        assert_eq!(*fault(&again.unwrap_err()), OutboxFault::WrongState(refused, State::GivenUp));
    }
}

#[test]
fn a_refused_unit_that_is_queued_again_keeps_its_place_and_gets_another_key() {
    let data = tempfile::tempdir().unwrap();
    let (_folder, _, outbox) = outbox();
    let first = outbox.enqueue(&unit(0, (NOBODY, "11"), b"first")).unwrap();
    outbox.enqueue(&unit(1, (NOBODY, "11"), b"second")).unwrap();
    {
        let sandbox = sandbox().data_dir(data.path()).start().unwrap();
        let session = log_in(&sandbox, CARE);
        outbox.send_due(|| Ok(&session), &Watch::default()).unwrap();
    }
    let refused = outbox.entry(first).unwrap();
    assert_eq!((refused.state, reason(&refused)), (State::Refused, "transfer.unknown-office"));

    // The office joins the platform.
    let config = data.path().join("more.toml");
    let office = format!(
        "[[office]]\nnumber = \"{NOBODY}\"\nname = \"試験\"\ntype = \"11\"\ncertificate = \"介護DX証明書\"\n"
    );
    std::fs::write(&config, office).unwrap();
    let offices = kaigo_sandbox::read_offices(&config).unwrap();
    let sandbox = kaigo_sandbox::Sandbox::builder().data_dir(data.path()).offices(offices).start().unwrap();
    outbox.requeue(first).unwrap();
    let session = log_in(&sandbox, CARE);
    assert_eq!(outbox.send_due(|| Ok(&session), &Watch::default()).unwrap().sent, 2);
    let contents = contents(&sandbox, NOBODY);
    assert_eq!(contents, [b"first".to_vec(), b"second".to_vec()]);
    assert_ne!(outbox.entry(first).unwrap().key, refused.key);
}

#[test]
fn a_unit_without_an_answer_is_unknown_and_repeated_under_its_key() {
    let sandbox = sandbox().start().unwrap();
    let (_folder, _, outbox) = outbox();
    let id = outbox.enqueue(&unit(0, HOME_HELP, b"first")).unwrap();
    outbox.enqueue(&unit(1, HOME_HELP, b"second")).unwrap();
    outbox.enqueue(&unit(2, DAY_CARE, b"elsewhere")).unwrap();
    let session = log_in(&sandbox, CARE);
    // Both attempts of the call.
    sandbox.faults().add(Call::Send, Fault::CutAfterCommit, 2);
    let run = outbox.send_due(|| Ok(&session), &Watch::default()).unwrap();
    assert_eq!((run.sent, run.refused, run.again), (1, 0, 1));
    assert_eq!(states(&outbox), [State::Unknown, State::Queued, State::Sent]);
    let unknown = outbox.entry(id).unwrap();
    assert_eq!(reason(&unknown), "transfer.cut");

    // What is known to have failed later does not make it certain.
    sandbox.faults().add(Call::Send, Fault::Unavailable, 2);
    outbox.send_due(|| Ok(&session), &Watch::default()).unwrap_err();
    assert_eq!(states(&outbox)[0], State::Unknown);

    assert_eq!(outbox.send_due(|| Ok(&session), &Watch::default()).unwrap().sent, 2);
    let sent = outbox.entry(id).unwrap();
    assert_eq!((sent.state, &sent.key, sent.attempts), (State::Sent, &unknown.key, 3));
    assert_eq!(contents(&sandbox, HELP), [b"first".to_vec(), b"second".to_vec()]);
}

#[test]
fn a_unit_that_is_never_answered_does_not_starve_the_others() {
    let sandbox = sandbox().start().unwrap();
    let (_folder, _, outbox) = outbox();
    let session = log_in(&sandbox, CARE);
    outbox.enqueue(&unit(0, HOME_HELP, b"never")).unwrap();
    outbox.enqueue(&unit(1, DAY_CARE, b"elsewhere")).unwrap();
    // 503 concerns all, so each of these ends the call; the second begins with who was not tried yet.
    sandbox.faults().add(Call::Send, Fault::Unavailable, 2);
    let error = outbox.send_due(|| Ok(&session), &Watch::default()).unwrap_err();
    assert_eq!(error.code(), "transfer.system");
    assert_eq!(states(&outbox), [State::Queued; 2]);
    let attempts = |outbox: &kaigo_core::outbox::Outbox| -> Vec<u64> {
        outbox.entries().unwrap().iter().map(|entry| entry.attempts).collect()
    };
    assert_eq!(attempts(&outbox), [1, 0]);
    sandbox.faults().add(Call::Send, Fault::Unavailable, 2);
    outbox.send_due(|| Ok(&session), &Watch::default()).unwrap_err();
    assert_eq!(attempts(&outbox), [1, 1]);
}

#[test]
fn an_unknown_unit_is_given_up_only_when_somebody_says_so() {
    let sandbox = sandbox().start().unwrap();
    let (_folder, _, outbox) = outbox();
    let id = outbox.enqueue(&unit(0, HOME_HELP, b"first")).unwrap();
    outbox.enqueue(&unit(1, HOME_HELP, b"second")).unwrap();
    let session = log_in(&sandbox, CARE);
    for _ in 0..5 {
        sandbox.faults().add(Call::Send, Fault::CutBeforeCommit, 2);
        assert_eq!(outbox.send_due(|| Ok(&session), &Watch::default()).unwrap().again, 1);
    }
    assert_eq!(states(&outbox), [State::Unknown, State::Queued]);
    assert_eq!(*fault(&outbox.forget(id).unwrap_err()), OutboxFault::WrongState(id, State::Unknown));
    outbox.give_up(id).unwrap();
    assert_eq!(outbox.send_due(|| Ok(&session), &Watch::default()).unwrap().sent, 1);
    assert_eq!(contents(&sandbox, HELP), [b"second"]);
}

#[test]
fn a_session_that_ends_midway_is_followed_by_another() {
    let clock = Clock::stopped_at(SystemTime::now());
    let sandbox = sandbox().clock(clock.clone()).start().unwrap();
    let (_folder, _, outbox) = outbox();
    for number in 0..3 {
        outbox.enqueue(&unit(number, HOME_HELP, &[number as u8])).unwrap();
    }
    // Eight hours and a second pass between the first unit and the second.
    let watch = {
        let clock = clock.clone();
        Watch::new(move |progress| {
            assert_eq!(progress.total, Some(3));
            if progress.done == 1 {
                clock.advance(Duration::from_secs(8 * 60 * 60 + 1));
            }
            ControlFlow::Continue(())
        })
    };
    let logins = Cell::new(0);
    let log_in = || {
        logins.set(logins.get() + 1);
        Ok(log_in(&sandbox, CARE))
    };
    assert_eq!(outbox.send_due(log_in, &watch).unwrap().sent, 3);
    assert_eq!(logins.get(), 2);
    assert_eq!(contents(&sandbox, HELP), [[0], [1], [2]]);

    // One that has ended already says so, and the next call goes on with another.
    let ended = crate::log_in(&sandbox, CARE);
    clock.advance(Duration::from_secs(8 * 60 * 60 + 1));
    let id = outbox.enqueue(&unit(3, HOME_HELP, b"later")).unwrap();
    let error = outbox.send_due(|| Ok(&ended), &Watch::default()).unwrap_err();
    assert!(matches!(error.kind(), ErrorKind::Transfer(TransferError::SessionExpired)), "{error}");
    assert_eq!(outbox.entry(id).unwrap().state, State::Queued);
    assert_eq!(outbox.send_due(log_in, &Watch::default()).unwrap().sent, 1);
}

#[test]
fn a_refused_login_is_not_repeated() {
    let sandbox = sandbox().start().unwrap();
    let (_folder, _, outbox) = outbox();
    outbox.enqueue(&unit(0, HOME_HELP, b"a")).unwrap();
    outbox.enqueue(&unit(1, DAY_CARE, b"b")).unwrap();
    let (platform, user, _) = platform(sandbox.url(), sandbox.data_dir(), CARE);
    let error = outbox.send_due(|| platform.login(&user, "wrong"), &Watch::default()).unwrap_err();
    assert_eq!(error.code(), "transfer.login-refused");
    assert_eq!(calls(&sandbox), 1);
    assert_eq!(states(&outbox), [State::Queued; 2]);
}

#[test]
fn an_outbox_sends_for_the_office_that_it_belongs_to() {
    let sandbox = sandbox().start().unwrap();
    let (_folder, _, outbox) = outbox();
    outbox.enqueue(&unit(0, HOME_HELP, b"a")).unwrap();
    outbox.send_due(|| Ok(log_in(&sandbox, CARE)), &Watch::default()).unwrap();
    let id = outbox.enqueue(&unit(1, HOME_HELP, b"b")).unwrap();
    let other = log_in(&sandbox, DAY);
    let before = calls(&sandbox);
    let error = outbox.send_due(|| Ok(&other), &Watch::default()).unwrap_err();
    assert_eq!(*fault(&error), OutboxFault::OtherOffice);
    assert_eq!(calls(&sandbox), before);
    assert_eq!(outbox.entry(id).unwrap().attempts, 0);
}

#[test]
fn whoever_watches_breaks_it_off_between_two_units() {
    let sandbox = sandbox().start().unwrap();
    let (_folder, _, outbox) = outbox();
    for number in 0..3 {
        outbox.enqueue(&unit(number, HOME_HELP, b"x")).unwrap();
    }
    let seen = Arc::new(AtomicU64::new(0));
    let watch = {
        let seen = seen.clone();
        Watch::new(move |progress| {
            seen.store(progress.done, Ordering::Relaxed);
            if progress.done < 2 { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
        })
    };
    let session = log_in(&sandbox, CARE);
    let error = outbox.send_due(|| Ok(&session), &watch).unwrap_err();
    assert!(matches!(error.kind(), ErrorKind::Cancelled), "{error}");
    assert_eq!(seen.load(Ordering::Relaxed), 2);
    assert_eq!(states(&outbox), [State::Sent, State::Sent, State::Queued]);
}

#[test]
fn what_is_not_there_or_holds_nothing_is_refused() {
    let (_folder, path, outbox) = outbox();
    let id = UnitId::new(7);
    for missing in [outbox.give_up(id), outbox.requeue(id), outbox.forget(id)] {
        assert_eq!(*fault(&missing.unwrap_err()), OutboxFault::NoUnit(id));
    }
    let mut empty = unit(0, HOME_HELP, b"");
    empty.files.clear();
    assert_eq!(outbox.enqueue(&empty).unwrap_err().code(), "transfer.package");
    assert!(outbox.entries().unwrap().is_empty());
    let message = outbox.give_up(id).unwrap_err().message(kaigo_core::report::Lang::Japanese);
    assert!(message.contains("7 番") && message.contains(path.to_str().unwrap()), "{message}");
}
