//! A pcscd of our own with the virtual reader of `vsmartcard-vpcd`, in namespaces of its own.
//!
//! vpcd listens on every interface, and pcscd has one place for its socket on a computer: so network and `/run`
//! are private to the tests. Nothing outside is touched.

use std::fs::File;
use std::io::Write as _;
use std::net::SocketAddr;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use kaigo_core::card::{CardChannel, CardError, Readers};
use kaigo_sandbox::card::{DEFAULT_VPCD, Inserted, VirtualCard};
use tempfile::TempDir;

use crate::cases::Desk;

const PCSCD: &str = "/usr/sbin/pcscd";
const DRIVER: &str = "/usr/lib/pcsc/drivers/serial/libifdvpcd.so";
/// Set for the program within the namespaces.
const INSIDE: &str = "KAIGO_CARD_NAMESPACE";

/// Longer than anything here takes on a busy computer.
pub const AMPLE: Duration = Duration::from_secs(60);

/// Runs the ignored tests of this program, those whose name has `tests` in it, in namespaces of their own.
pub fn run_inside(tests: &str) {
    let missing = [PCSCD, DRIVER, "/usr/bin/pkcs15-tool"].iter().find(|path| !Path::new(path).exists());
    if let Some(missing) = missing {
        let skipped = format!(
            "\n*** SKIPPED: tests on card readers, for {missing} is missing; `tools/setup card` installs it ***\n\n"
        );
        // Not `eprintln`, which a passing test keeps to itself.
        std::io::stderr().write_all(skipped.as_bytes()).unwrap();
        return;
    }
    let mut command = Command::new("unshare");
    if !is_root() {
        command.arg("--map-root-user");
    }
    let status = command
        .args(["--net", "--mount", "sh", "-euc"])
        .arg("mount -t tmpfs none /run; mkdir /run/pcscd; ip link set lo up; exec \"$0\" \"$@\"")
        .arg(std::env::current_exe().unwrap())
        .args(["--ignored", "--test-threads=1", "--nocapture", tests])
        .env(INSIDE, "1")
        .stdin(Stdio::null())
        .status()
        .unwrap();
    assert!(status.success(), "tests on card readers failed: see above");
}

fn is_root() -> bool {
    let id = Command::new("id").arg("-u").output().unwrap();
    id.stdout.trim_ascii() == b"0"
}

/// A running pcscd, and a card in one of its two readers.
pub struct Stack {
    pcscd: Option<Child>,
    configuration: TempDir,
    inserted: [Option<Inserted>; 2],
    /// Which reader [`Desk::put`] uses.
    pub slot: usize,
    pub readers: Readers,
}

impl Stack {
    /// With the virtual readers.
    pub fn start() -> Self {
        let stack = Self::prepare(&format!(
            "FRIENDLYNAME \"Virtual PCD\"\nDEVICENAME /dev/null:0x8C7B\nLIBPATH {DRIVER}\nCHANNELID 0x8C7B\n"
        ));
        stack.restarted()
    }

    /// Without any reader.
    pub fn without_readers() -> Self {
        let mut stack = Self::prepare("");
        stack.spawn();
        wait_until("pcscd answers", || stack.readers.list().is_ok());
        stack
    }

    fn prepare(readers: &str) -> Self {
        // Outside of its namespaces it would meddle with the computer's own.
        assert!(std::env::var_os(INSIDE).is_some(), "run by `on_the_real_stack` only");
        let configuration = tempfile::tempdir().unwrap();
        std::fs::write(configuration.path().join("readers"), readers).unwrap();
        Self { pcscd: None, configuration, inserted: [None, None], slot: 0, readers: Readers::new() }
    }

    fn restarted(mut self) -> Self {
        self.spawn();
        // Not by connecting to vpcd: that would be a card.
        wait_until("the readers are there", || self.readers.list().is_ok_and(|list| list.len() == 2));
        self
    }

    fn spawn(&mut self) {
        let log = File::create(self.configuration.path().join("log")).unwrap();
        let help = Command::new(PCSCD).arg("--help").output().unwrap();
        let mut command = Command::new(PCSCD);
        command.args(["--foreground", "--config"]).arg(self.configuration.path());
        // Builds with polkit ask it for everything; builds without do not know the word.
        if String::from_utf8_lossy(&help.stdout).contains("disable-polkit") {
            command.arg("--disable-polkit");
        }
        let errors = log.try_clone().unwrap();
        self.pcscd = Some(command.stdin(Stdio::null()).stdout(log).stderr(errors).spawn().unwrap());
    }

    /// Ends pcscd as if it had crashed.
    pub fn kill(&mut self) {
        if let Some(mut pcscd) = self.pcscd.take() {
            pcscd.kill().unwrap();
            pcscd.wait().unwrap();
        }
    }

    /// A pcscd again, after [`kill`](Self::kill).
    pub fn restart(mut self) -> Self {
        self.kill();
        self.inserted = [None, None];
        self.restarted()
    }

    /// Puts a card into a reader, without waiting for anybody to notice.
    pub fn insert(&mut self, slot: usize, card: &VirtualCard) {
        let address = SocketAddr::new(DEFAULT_VPCD.ip(), DEFAULT_VPCD.port() + slot as u16);
        self.inserted[slot] = Some(card.insert(address).unwrap());
    }

    /// Pulls the card of a reader, without waiting for anybody to notice.
    pub fn pull(&mut self, slot: usize) {
        self.inserted[slot] = None;
    }

    pub fn wait_present(&self, slot: usize, present: bool) {
        let what = if present { "the card is noticed" } else { "the card is missed" };
        wait_until(what, || {
            self.readers.list().unwrap().get(slot).is_some_and(|reader| reader.card_present == present)
        });
    }
}

impl Desk for Stack {
    fn put(&mut self, card: &VirtualCard) {
        let slot = self.slot;
        self.pull(slot);
        self.wait_present(slot, false);
        self.insert(slot, card);
        self.wait_present(slot, true);
        card.faults().clear();
    }

    fn channel(&mut self) -> Result<Box<dyn CardChannel>, CardError> {
        Ok(Box::new(self.readers.find(None, Duration::ZERO)?))
    }
}

impl Drop for Stack {
    fn drop(&mut self) {
        self.kill();
    }
}

pub fn wait_until(what: &str, mut done: impl FnMut() -> bool) {
    let start = Instant::now();
    while !done() {
        assert!(start.elapsed() < AMPLE, "not in time: {what}");
        std::thread::sleep(Duration::from_millis(20));
    }
}
