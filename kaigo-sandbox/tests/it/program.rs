//! The program: what it writes, and that nothing answered is lost however it ends.

use std::collections::BTreeMap;
use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc;

use kaigo_core::platform::provisional as wire;
use kaigo_sandbox::{ErrorKind, Sandbox};
use serde_json::Value;

use crate::client::{CARE, Client, HELP, unit};

const PROGRAM: &str = env!("CARGO_BIN_EXE_kaigo-sandbox");

struct Running {
    child: Child,
    url: String,
    said: String,
}

/// Starts the program and waits until it says that it is ready.
fn run(dir: &Path) -> Running {
    let mut child = Command::new(PROGRAM)
        .args(["--listen", "127.0.0.1:0", "--data"])
        .arg(dir)
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut said = String::new();
    for line in BufReader::new(child.stdout.take().unwrap()).lines() {
        let line = line.unwrap();
        said.push_str(&line);
        said.push('\n');
        if line.starts_with("ready") {
            break;
        }
    }
    let url = said.lines().find_map(|line| line.strip_prefix("url       ")).unwrap().to_owned();
    Running { child, url, said }
}

impl Running {
    /// A client made from the files that the program wrote.
    fn client(&self, dir: &Path, number: &str) -> Client {
        let office = dir.join("offices").join(number);
        let account: toml::Table =
            std::fs::read_to_string(office.join("account.toml")).unwrap().parse().unwrap();
        let text = |key: &str| account["account"][key].as_str().unwrap().to_owned();
        let mut client = Client::with(
            &self.url,
            &std::fs::read_to_string(dir.join("ca.pem")).unwrap(),
            &std::fs::read(office.join("client.p12")).unwrap(),
            &text("p12_password"),
            &text("user_id"),
            &text("password"),
        );
        client.login();
        client
    }

    /// `kill -9`.
    fn kill(mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[test]
fn kill_9_loses_nothing_that_was_answered_and_leaves_nothing_half() {
    const SENDERS: u32 = 4;
    const EACH: u32 = 100;
    let dir = tempfile::tempdir().unwrap();
    let running = run(dir.path());
    let care = running.client(dir.path(), CARE);
    let content = |number: u32| vec![(number % 251) as u8; 10_000 + number as usize];

    let (answered, answers) = mpsc::channel::<(u32, Value)>();
    let before: BTreeMap<u32, Value> = std::thread::scope(|scope| {
        for sender in 0..SENDERS {
            let (answered, care) = (answered.clone(), &care);
            scope.spawn(move || {
                for i in 0..EACH {
                    let number = sender * EACH + i;
                    match care.try_send(&format!("key-{number}"), &unit(HELP, number, &content(number))) {
                        Ok(answer) => answered.send((number, answer.result().clone())).unwrap(),
                        Err(_) => return,
                    }
                }
            });
        }
        drop(answered);
        let mut before: BTreeMap<_, _> = answers.iter().take(30).collect();
        running.kill();
        before.extend(answers.iter());
        before
    });
    assert!(before.len() < (SENDERS * EACH) as usize, "the program was killed too late to tell anything");

    let running = run(dir.path());
    let (care, help) = (running.client(dir.path(), CARE), running.client(dir.path(), HELP));
    let received = help.all(wire::RECEIVED, 100);
    for transfer in before.values() {
        assert!(received.contains(transfer), "{transfer} was answered and is lost");
    }
    for transfer in &received {
        let time: u32 = transfer["sequence"].as_str().unwrap()[10..].parse().unwrap();
        let number = time / 100 * 60 + time % 100;
        let answer = help.fetch(transfer["id"].as_str().unwrap());
        assert!(
            answer.result()["files"] == unit(HELP, number, &content(number))["files"],
            "{transfer} is damaged"
        );
    }
    // Sending all again with the same keys completes the set and doubles none.
    for number in 0..SENDERS * EACH / 4 {
        let again = care.send(&format!("key-{number}"), &unit(HELP, number, &content(number)));
        if let Some(transfer) = before.get(&number) {
            assert_eq!(again.result(), transfer);
        }
    }
    let mut sequences: Vec<_> = help.all(wire::RECEIVED, 100).iter().map(|t| t["sequence"].clone()).collect();
    let all = sequences.len();
    sequences.sort_by_key(ToString::to_string);
    sequences.dedup();
    assert_eq!(sequences.len(), all);
}

#[test]
fn a_second_start_keeps_authority_accounts_and_transfers() {
    let dir = tempfile::tempdir().unwrap();
    let files = ["ca.pem", "offices/1371249069/client.p12", "offices/1371249069/account.toml"];
    let read = || files.map(|file| std::fs::read(dir.path().join(file)).unwrap());

    let running = run(dir.path());
    assert!(running.said.contains("provisional"), "{}", running.said);
    let sent = running.client(dir.path(), CARE).send("key", &unit(HELP, 0, b"plan")).result().clone();
    running.kill();
    let before = read();

    let running = run(dir.path());
    assert_eq!(read(), before);
    assert_eq!(running.client(dir.path(), HELP).all(wire::RECEIVED, 100), std::slice::from_ref(&sent));

    // The log is read beside the running program.
    let audit = Command::new(PROGRAM).args(["audit", "--data"]).arg(dir.path()).output().unwrap();
    assert!(audit.status.success());
    let audit = String::from_utf8(audit.stdout).unwrap();
    let line = audit.lines().find(|line| line.contains("\tsend\t")).unwrap();
    let expected = format!("\t{CARE}\tsend\tok\t{}", sent["id"].as_str().unwrap());
    assert!(line.ends_with(&expected), "{line}");
}

#[test]
#[cfg(unix)]
fn what_holds_secrets_is_its_owners_alone() {
    use std::os::unix::fs::PermissionsExt as _;
    let dir = tempfile::tempdir().unwrap();
    let sandbox = Sandbox::builder().data_dir(dir.path()).start().unwrap();
    for file in [
        "sandbox.sqlite3",
        "sandbox.sqlite3-wal",
        "offices/1371249069/client.p12",
        "offices/1371249069/account.toml",
    ] {
        let mode = std::fs::metadata(dir.path().join(file)).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600, "{file}");
    }
    drop(sandbox);
}

#[test]
#[cfg(unix)]
fn an_interrupt_ends_it_in_order() {
    let dir = tempfile::tempdir().unwrap();
    let mut running = run(dir.path());
    running.client(dir.path(), CARE);
    let interrupt = Command::new("kill").args(["-INT", &running.child.id().to_string()]).status().unwrap();
    assert!(interrupt.success());
    assert!(running.child.wait().unwrap().success());
    // SQLite folds the write-ahead log into the file when it is closed.
    assert!(!dir.path().join("sandbox.sqlite3-wal").exists());
    assert_eq!(kaigo_sandbox::read_audit(dir.path()).unwrap().len(), 1);
}

#[test]
fn one_directory_serves_one_sandbox_at_a_time() {
    let dir = tempfile::tempdir().unwrap();
    let start = || Sandbox::builder().data_dir(dir.path()).start();
    let first = start().unwrap();
    let error = start().expect_err("two sandboxes on one directory");
    assert!(matches!(error.kind(), ErrorKind::InUse(_)), "{error}");
    first.stop();
    start().unwrap();
}

#[test]
fn an_office_that_is_added_later_gets_its_account_from_the_same_authority() {
    let dir = tempfile::tempdir().unwrap();
    let ca = Sandbox::builder().data_dir(dir.path()).start().unwrap().ca_pem().to_owned();
    let config = dir.path().join("offices.toml");
    std::fs::write(
        &config,
        "[[office]]\nnumber = \"1370000001\"\nname = \"試験\"\ntype = \"11\"\ncertificate = \"介護DX証明書\"\n",
    )
    .unwrap();
    let offices = kaigo_sandbox::read_offices(&config).unwrap();
    let sandbox = Sandbox::builder().data_dir(dir.path()).offices(offices).start().unwrap();
    assert_eq!(sandbox.ca_pem(), ca);
    for number in [CARE, HELP, "1370000001"] {
        Client::logged_in(&sandbox, number);
    }
}
