//! The file behind an outbox: what is done with one that is not right, and what lies in it.

use std::path::Path;
use std::process::Command;

use kaigo_core::Watch;
use kaigo_core::outbox::{Outbox, OutboxFault, State};
use rusqlite::Connection;

use crate::{CARE, DAY, HELP, contents, fault, log_in, outbox, sandbox, states, unit};

/// Stands in files and nowhere else.
const MARK: &[u8] = b"a name that only this unit has";

fn holds(folder: &Path, wanted: &[u8]) -> bool {
    std::fs::read_dir(folder).unwrap().any(|file| {
        let bytes = std::fs::read(file.unwrap().path()).unwrap();
        bytes.windows(wanted.len()).any(|window| window == wanted)
    })
}

fn holds_mark(folder: &Path) -> bool {
    holds(folder, MARK)
}

/// A unit of many pages, with the mark at its end.
fn marked() -> Vec<u8> {
    [vec![b'.'; 50_000], MARK.to_vec()].concat()
}

#[test]
fn what_is_no_outbox_is_refused_and_stays_as_it_is() {
    let folder = tempfile::tempdir().unwrap();
    let refused = |name: &str, expected: OutboxFault| {
        let path = folder.path().join(name);
        let before = std::fs::read(&path).unwrap();
        assert_eq!(*fault(&Outbox::open(&path).unwrap_err()), expected, "{name}");
        assert!(std::fs::read(&path).unwrap() == before, "{name} was changed");
    };
    std::fs::write(folder.path().join("text"), "Dear Sir or Madam, this is a letter. ".repeat(100)).unwrap();
    refused("text", OutboxFault::Foreign);
    std::fs::write(folder.path().join("short"), "letter").unwrap();
    refused("short", OutboxFault::Foreign);
    Connection::open(folder.path().join("other")).unwrap().execute_batch("CREATE TABLE letter (a)").unwrap();
    refused("other", OutboxFault::Foreign);

    drop(Outbox::open(&folder.path().join("newer")).unwrap());
    let newer = Connection::open(folder.path().join("newer")).unwrap();
    newer.pragma_update(None, "user_version", 99).unwrap();
    newer.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(())).unwrap();
    drop(newer);
    refused("newer", OutboxFault::NewerVersion(99));

    let missing = Outbox::open(&folder.path().join("no such folder").join("outbox")).unwrap_err();
    assert_eq!(missing.code(), "io");
}

#[test]
fn a_file_that_a_crash_left_empty_becomes_an_outbox() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("outbox");
    std::fs::write(&path, "").unwrap();
    Outbox::open(&path).unwrap().enqueue(&unit(0, (HELP, "11"), b"x")).unwrap();
    assert_eq!(states(&Outbox::open(&path).unwrap()), [State::Queued]);
}

#[test]
fn a_damaged_unit_is_not_sent_and_holds_up_nobody_else() {
    let sandbox = sandbox().start().unwrap();
    let (_folder, path, outbox) = outbox();
    let id = outbox.enqueue(&unit(0, (HELP, "11"), &marked())).unwrap();
    outbox.enqueue(&unit(1, (DAY, "15"), b"elsewhere")).unwrap();
    drop(outbox);
    // One bit on the disk.
    let mut bytes = std::fs::read(&path).unwrap();
    let at = bytes.windows(MARK.len()).position(|window| window == MARK).unwrap();
    bytes[at] ^= 1;
    std::fs::write(&path, bytes).unwrap();

    let outbox = Outbox::open(&path).unwrap();
    let session = log_in(&sandbox, CARE);
    let error = outbox.send_due(|| Ok(&session), &Watch::default()).unwrap_err();
    assert_eq!(*fault(&error), OutboxFault::Damaged(Some(id)));
    assert_eq!(states(&outbox), [State::Queued, State::Sent]);
    assert_eq!(contents(&sandbox, DAY), [b"elsewhere"]);
    outbox.give_up(id).unwrap();
    assert_eq!(outbox.send_due(|| Ok(&session), &Watch::default()).unwrap().sent, 0);
    assert!(contents(&sandbox, HELP).is_empty());
}

#[test]
fn a_file_whose_pages_are_damaged_says_so() {
    let (_folder, path, outbox) = outbox();
    for number in 0..50 {
        outbox.enqueue(&unit(number, (HELP, "11"), b"content")).unwrap();
    }
    drop(outbox);
    let mut bytes = std::fs::read(&path).unwrap();
    // All but the head of the first page.
    bytes[100..].fill(0xA5);
    std::fs::write(&path, bytes).unwrap();
    let error = Outbox::open(&path).and_then(|outbox| outbox.entries()).unwrap_err();
    assert_eq!(*fault(&error), OutboxFault::Damaged(None));
}

#[test]
fn what_was_sent_given_up_or_forgotten_does_not_stay_in_the_file() {
    let sandbox = sandbox().start().unwrap();
    let (folder, _, outbox) = outbox();
    let session = log_in(&sandbox, CARE);
    outbox.enqueue(&unit(0, (HELP, "11"), &marked())).unwrap();
    assert!(holds_mark(folder.path()));
    outbox.send_due(|| Ok(&session), &Watch::default()).unwrap();
    assert!(!holds_mark(folder.path()), "it was sent, and lies there still");

    let id = outbox.enqueue(&unit(1, (HELP, "11"), MARK)).unwrap();
    assert!(holds_mark(folder.path()));
    outbox.give_up(id).unwrap();
    assert!(!holds_mark(folder.path()), "it was given up, and lies there still");

    let name = outbox.entry(id).unwrap().file_names[0].clone();
    assert!(holds(folder.path(), name.as_bytes()));
    outbox.forget(id).unwrap();
    assert!(!holds(folder.path(), name.as_bytes()), "it was forgotten, and its name lies there still");
}

#[test]
fn many_open_a_new_outbox_at_once() {
    let folder = tempfile::tempdir().unwrap();
    for round in 0..20 {
        let path = folder.path().join(round.to_string());
        let start = std::sync::Barrier::new(8);
        std::thread::scope(|scope| {
            for number in 0..8 {
                let (path, start) = (&path, &start);
                scope.spawn(move || {
                    start.wait();
                    Outbox::open(path).unwrap().enqueue(&unit(number, (HELP, "11"), b"x")).unwrap();
                });
            }
        });
        assert_eq!(states(&Outbox::open(&path).unwrap()), [State::Queued; 8]);
    }
}

#[test]
#[cfg(unix)]
fn the_file_is_its_owners_alone() {
    use std::os::unix::fs::PermissionsExt as _;
    let (folder, _, outbox) = outbox();
    outbox.enqueue(&unit(0, (HELP, "11"), b"x")).unwrap();
    // Nothing can be sent without a session; the lock was made nevertheless.
    let login = || Err::<kaigo_core::platform::Session, _>(kaigo_core::platform::TransferError::LoginRefused);
    outbox.send_due(login, &Watch::default()).unwrap_err();
    outbox.entries().unwrap();
    let mut names = Vec::new();
    for file in std::fs::read_dir(folder.path()).unwrap() {
        let file = file.unwrap();
        names.push(file.file_name().into_string().unwrap());
        assert_eq!(file.metadata().unwrap().permissions().mode() & 0o777, 0o600, "{names:?}");
    }
    names.sort();
    let expected = ["outbox.sqlite3", "outbox.sqlite3-lock", "outbox.sqlite3-shm", "outbox.sqlite3-wal"];
    assert_eq!(names, expected);
}

/// Queues until there is no room, and says how many are stored.
#[test]
#[ignore = "a process of the test beside it"]
fn the_process_that_fills_the_disk() {
    let outbox =
        Outbox::open(std::env::var("OUTBOX").expect("another test starts this one").as_ref()).unwrap();
    for number in 0.. {
        if let Err(error) = outbox.enqueue(&unit(number, (HELP, "11"), &[b'x'; 10_000])) {
            println!("stored {number} {}", error.code());
            return;
        }
    }
}

#[test]
#[cfg(unix)]
fn without_room_a_unit_is_not_stored_and_the_others_stand() {
    let (_folder, path, outbox) = outbox();
    // No file may grow beyond this; the signal that says so is turned into an error.
    let output = Command::new("sh")
        .args(["-c", r#"trap '' XFSZ; ulimit -f 1000; exec "$@""#, "sh"])
        .arg(std::env::current_exe().unwrap())
        .args(["--ignored", "--exact", "--nocapture", "file::the_process_that_fills_the_disk"])
        .env("OUTBOX", &path)
        .output()
        .unwrap();
    let said = String::from_utf8(output.stdout).unwrap();
    let line = said.lines().find_map(|line| line.strip_prefix("stored ")).expect(&said);
    let (stored, code) = line.split_once(' ').unwrap();
    assert!(["outbox.full", "outbox.storage"].contains(&code), "{code}");
    let stored: usize = stored.parse().unwrap();
    assert!(stored > 0);
    assert_eq!(states(&outbox), vec![State::Queued; stored]);
}
