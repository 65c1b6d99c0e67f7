//! A process that queues and sends is killed at random moments, while the platform cuts its connections.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc;
use std::time::Duration;

use fastrand::Rng;
use kaigo_core::outbox::{Outbox, State};
use kaigo_core::platform::Package;
use kaigo_core::{ErrorKind, Watch};
use kaigo_sandbox::{Call, Fault, RunningSandbox};

use crate::{CARE, DAY, HELP, fault, log_in, outbox, platform, received, sandbox, states, unit};

const KILLS: u32 = 200;
/// Units that a process queues at most.
const EACH: u32 = 5;
/// Three destinations, two of them the service types of one office.
const DESTINATIONS: [(&str, &str); 3] = [(HELP, "11"), (HELP, "15"), (DAY, "15")];
/// Makes a run with the same choices, where it is set.
const SEED: &str = "KAIGO_TEST_SEED";

/// Says the seed when the test fails.
struct Seed(u64);

impl Drop for Seed {
    fn drop(&mut self) {
        if std::thread::panicking() {
            eprintln!("again with {SEED}={}", self.0);
        }
    }
}

/// What the unit of that number is, wherever it is made.
fn package(seed: u64, number: u32) -> Package {
    let mut random = Rng::with_seed(seed ^ u64::from(number) << 32);
    let destination = DESTINATIONS[random.usize(..3)];
    let length = random.usize(..20_000);
    let content: Vec<u8> = (0..length).map(|_| random.u8(..)).collect();
    unit(number, destination, &content)
}

/// The process that is killed. It does not end by itself.
#[test]
#[ignore = "a process of the tests beside it"]
fn the_process_that_is_killed() {
    let given = |name: &str| std::env::var(name).expect("another test starts this one");
    let number = |name: &str| given(name).parse::<u64>().unwrap();
    let outbox = Outbox::open(given("OUTBOX").as_ref()).unwrap();
    let (platform, user, password) = platform(&given("URL"), given("DATA").as_ref(), CARE);
    let session = platform.login(&user, &password).unwrap();
    println!("sending");
    std::thread::scope(|scope| {
        scope.spawn(|| {
            for number in (number("FIRST")..).take(number("COUNT") as usize) {
                let number = u32::try_from(number).unwrap();
                outbox.enqueue(&package(self::number("SEED"), number)).unwrap();
                println!("queued {number}");
            }
        });
        loop {
            match outbox.send_due(|| Ok(&session), &Watch::default()) {
                Ok(_) => {}
                Err(error) if matches!(error.kind(), ErrorKind::Transfer(_)) => {}
                Err(error) => panic!("{error}"),
            }
            std::thread::sleep(Duration::from_millis(1));
        }
    });
}

fn number(name: &str) -> u64 {
    std::env::var(name).unwrap().parse().unwrap()
}

struct Sender {
    process: Child,
    lines: mpsc::Receiver<String>,
}

impl Sender {
    fn start(sandbox: &RunningSandbox, outbox: &Path, seed: u64, first: u32, count: u32) -> Self {
        let mut process = Command::new(std::env::current_exe().unwrap())
            .args(["--ignored", "--exact", "--nocapture", "kill::the_process_that_is_killed"])
            .env("URL", sandbox.url())
            .env("DATA", sandbox.data_dir())
            .env("OUTBOX", outbox)
            .env("SEED", seed.to_string())
            .env("FIRST", first.to_string())
            .env("COUNT", count.to_string())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let (said, lines) = mpsc::channel();
        let output = BufReader::new(process.stdout.take().unwrap());
        std::thread::spawn(move || output.lines().try_for_each(|line| said.send(line.unwrap())));
        Self { process, lines }
    }

    fn wait_until_it_sends(&self) {
        while self.lines.recv().expect("it ended before it sent") != "sending" {}
    }

    /// Starts one whose only unit is on its way, to an answer that is long in coming.
    fn on_its_way(sandbox: &RunningSandbox, path: &Path, outbox: &Outbox) -> Self {
        sandbox.faults().add(Call::Send, Fault::Slow(Duration::from_secs(30)), 1);
        let sender = Self::start(sandbox, path, 0, 0, 1);
        sender.wait_until_it_sends();
        while states(outbox) != [State::Sending] {
            std::thread::sleep(Duration::from_millis(5));
        }
        sender
    }

    /// `kill -9`; gives the numbers of the units that it was told are stored.
    fn kill(mut self) -> Vec<u32> {
        self.process.kill().unwrap();
        let status = self.process.wait().unwrap();
        assert!(!status.success() && status.code().is_none(), "it ended by itself: {status}");
        self.lines.iter().filter_map(|line| line.strip_prefix("queued ")?.parse().ok()).collect()
    }
}

#[test]
fn kill_9_loses_nothing_doubles_nothing_and_turns_nothing_around() {
    let seed = match std::env::var(SEED) {
        Ok(seed) => seed.parse().unwrap(),
        Err(_) => u64::from(std::process::id()) << 32 ^ jiff::Timestamp::now().as_nanosecond() as u64,
    };
    let _said = Seed(seed);
    let mut random = Rng::with_seed(seed);
    let sandbox = sandbox().start().unwrap();
    let (_folder, path, outbox) = outbox();
    let (mut stored, mut next, mut cut_off) = (BTreeSet::new(), 0, 0);
    for round in 0..KILLS {
        sandbox.faults().clear();
        for _ in 0..random.u32(..6) {
            let fault = [Fault::CutBeforeCommit, Fault::CutAfterCommit, Fault::Unavailable];
            sandbox.faults().add(Call::Send, fault[random.usize(..3)], random.u16(1..=2));
        }
        let sender = Sender::start(&sandbox, &path, seed, next, EACH);
        next += EACH;
        // Some are killed while they start.
        if round % 5 > 0 {
            sender.wait_until_it_sends();
        }
        std::thread::sleep(Duration::from_micros(random.u64(..100_000)));
        stored.extend(sender.kill());
        cut_off += u32::from(states(&outbox).contains(&State::Sending));
    }
    assert!(cut_off > 0, "nothing was ever on its way when the process was killed");

    sandbox.faults().clear();
    let session = log_in(&sandbox, CARE);
    outbox.send_due(|| Ok(&session), &Watch::default()).unwrap();

    // What was queued, by its name; a process may be killed after it stored a unit and before it said so.
    let packages: BTreeMap<String, (u32, Package)> = (0..next)
        .map(|number| (number, package(seed, number)))
        .map(|(number, package)| (package.files[0].name().to_owned(), (number, package)))
        .collect();
    let entries = outbox.entries().unwrap();
    assert_eq!(entries.iter().find(|entry| entry.state != State::Sent), None);
    let queued: BTreeSet<u32> = entries.iter().map(|entry| packages[&entry.file_names[0]].0).collect();
    assert_eq!(queued.len(), entries.len(), "a unit was queued twice");
    assert!(queued.is_superset(&stored), "lost: {:?}", stored.difference(&queued));

    let mut arrived = BTreeSet::new();
    for office in [HELP, DAY] {
        let mut last = BTreeMap::new();
        for received in received(&sandbox, office) {
            let (number, package) = &packages[received.files[0].name()];
            assert!(arrived.insert(*number), "unit {number} arrived twice");
            assert_eq!(received.files, package.files, "unit {number} is not what was queued");
            let before = last.insert(received.transfer.receiver_type, *number);
            assert!(before < Some(*number), "unit {number} arrived after {before:?}");
        }
    }
    assert_eq!(arrived, queued);
    println!("{} units, {cut_off} of {KILLS} kills with one on its way", arrived.len());
}

#[test]
fn another_process_sees_what_is_on_its_way_and_finishes_it_when_the_first_is_killed() {
    let sandbox = sandbox().start().unwrap();
    let (_folder, path, outbox) = outbox();
    let sender = Sender::on_its_way(&sandbox, &path, &outbox);
    let session = log_in(&sandbox, CARE);
    let entry = &outbox.entries().unwrap()[0];
    let send = || outbox.send_due(|| Ok(&session), &Watch::default());
    assert_eq!(send().unwrap_err().code(), "outbox.in-use");
    assert_eq!(outbox.give_up(entry.id).unwrap_err().code(), "outbox.wrong-state");
    // Whoever does not send may queue.
    outbox.enqueue(&package(0, 1)).unwrap();
    assert_eq!(states(&outbox), [State::Sending, State::Queued]);

    sender.kill();
    assert_eq!(states(&outbox)[0], State::Sending);
    assert_eq!(send().unwrap().sent, 2);
    let again = outbox.entry(entry.id).unwrap();
    assert_eq!((again.state, &again.key, again.attempts), (State::Sent, &entry.key, 2));
    assert_eq!(received(&sandbox, HELP).len() + received(&sandbox, DAY).len(), 2);
}

#[test]
fn what_a_killed_process_was_sending_can_be_given_up() {
    let sandbox = sandbox().start().unwrap();
    let (_folder, path, outbox) = outbox();
    let sender = Sender::on_its_way(&sandbox, &path, &outbox);
    sender.kill();
    let id = outbox.entries().unwrap()[0].id;
    outbox.give_up(id).unwrap();
    assert_eq!(states(&outbox), [State::GivenUp]);
    outbox.forget(id).unwrap();
    assert!(outbox.entries().unwrap().is_empty());
    assert!(matches!(fault(&outbox.entry(id).unwrap_err()), kaigo_core::outbox::OutboxFault::NoUnit(_)));
}
