//! Runs a program that is told secrets, and searches what it left behind: its memory, as a core file would have it, and all
//! that it wrote, with logging at its most talkative.

use std::alloc::System;
use std::fs::File;
use std::io::{BufRead as _, BufReader, Read as _, Seek as _, SeekFrom, Write as _};
use std::process::{Command, Stdio};

/// As the documentation asks of a program that wants the copies wiped which libraries make.
#[global_allocator]
static ALLOCATOR: kaigo_wiping::Wiping<System> = kaigo_wiping::Wiping(System);

/// Kept on purpose: the search must find it.
pub const CANARY: &str = "kept-canary-0123456789";

/// What a program left behind.
pub struct Searched {
    memory: Vec<Vec<u8>>,
    pub output: String,
}

impl Searched {
    pub fn finds(&self, wanted: impl AsRef<[u8]>) -> bool {
        let wanted = wanted.as_ref();
        self.memory.iter().any(|part| part.windows(wanted.len()).any(|bytes| bytes == wanted))
    }
}

/// Runs an ignored test of this program that is told the secrets, and looks at its memory when its flows are done.
pub fn search(test: &str, secrets: &str, environment: &[(&str, &str)]) -> Searched {
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args(["--ignored", "--exact", "--nocapture", test])
        .envs(environment.iter().copied())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut input = child.stdin.take().unwrap();
    input.write_all(secrets.as_bytes()).unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
    let mut output = String::new();
    while !output.contains("flows are done") {
        output.push_str(&lines.next().expect("the program ended before its time").unwrap());
    }
    let memory = memory_of(child.id());
    drop(input);
    for line in lines {
        output.push_str(&line.unwrap());
    }
    child.stderr.take().unwrap().read_to_string(&mut output).unwrap();
    assert!(child.wait().unwrap().success(), "{output}");
    let searched = Searched { memory, output };
    assert!(searched.finds(CANARY), "the search finds nothing at all");
    assert!(searched.output.contains("logged at trace"), "{}", searched.output);
    searched
}

/// All memory of a process that it can write to.
fn memory_of(process: u32) -> Vec<Vec<u8>> {
    let maps = std::fs::read_to_string(format!("/proc/{process}/maps")).unwrap();
    let mut memory = File::open(format!("/proc/{process}/mem")).unwrap();
    let writable =
        maps.lines().filter(|line| line.split(' ').nth(1).is_some_and(|rights| rights.starts_with("rw")));
    writable
        .filter_map(|line| {
            let (from, to) = line.split(' ').next()?.split_once('-')?;
            let (from, to) = (u64::from_str_radix(from, 16).ok()?, u64::from_str_radix(to, 16).ok()?);
            memory.seek(SeekFrom::Start(from)).ok()?;
            let mut bytes = vec![0; (to - from) as usize];
            // Pages that were never touched cannot be read, and hold nothing.
            memory.read_exact(&mut bytes).ok()?;
            Some(bytes)
        })
        .collect()
}

struct ToStandardError;

impl log::Log for ToStandardError {
    /// At this level ureq writes down all that it carries: the client refuses to begin.
    fn enabled(&self, metadata: &log::Metadata<'_>) -> bool {
        !metadata.target().starts_with("ureq_proto")
    }

    fn log(&self, record: &log::Record<'_>) {
        if self.enabled(record.metadata()) {
            eprintln!("{} {}", record.target(), record.args());
        }
    }

    fn flush(&self) {}
}

pub fn log_everything() {
    log::set_logger(&ToStandardError).unwrap();
    log::set_max_level(log::LevelFilter::Trace);
    log::trace!("logged at trace");
}

pub fn wait_to_be_searched(canary: String) {
    println!("flows are done");
    // Until the other side has looked.
    File::open("/proc/self/fd/0").unwrap().read_to_end(&mut Vec::new()).unwrap();
    assert_eq!(canary.len(), CANARY.len());
}
