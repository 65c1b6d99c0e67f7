//! What the libraries underneath write to the log of an application. Alone in its program, for there is one
//! logger to a program.
#![cfg(feature = "http")]
#![allow(clippy::unwrap_used, clippy::panic)]

#[allow(dead_code)]
#[path = "platform/server.rs"]
mod server;

use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};

use kaigo_core::platform::{TransferError, provisional as wire};
use server::{Server, result};

/// Writes down everything, as a support technician would have it.
struct Everything {
    with_ureq_proto: AtomicBool,
    lines: Mutex<Vec<String>>,
}

impl log::Log for Everything {
    fn enabled(&self, metadata: &log::Metadata<'_>) -> bool {
        self.with_ureq_proto.load(Ordering::SeqCst) || !metadata.target().starts_with("ureq_proto")
    }

    fn log(&self, record: &log::Record<'_>) {
        if self.enabled(record.metadata()) {
            self.lines.lock().unwrap().push(record.args().to_string());
        }
    }

    fn flush(&self) {}
}

static LOG: Everything = Everything { with_ureq_proto: AtomicBool::new(true), lines: Mutex::new(Vec::new()) };

#[test]
fn no_log_level_writes_a_secret() {
    log::set_logger(&LOG).unwrap();
    log::set_max_level(log::LevelFilter::Trace);
    let server = Server::start(|_| result(serde_json::json!({ "transfers": [] })));

    let refused = server.platform().login("KJ137000000101", "Sesame9").unwrap_err();
    assert!(matches!(refused, TransferError::Config { .. }), "{refused:?}");
    assert_eq!(server.connections(), 0);

    LOG.with_ureq_proto.store(false, Ordering::SeqCst);
    let session = server.platform().login("KJ137000000101", "Sesame9").unwrap();
    session.list_sent(None).unwrap();
    assert_eq!(server.seen(wire::SENT).len(), 1);

    let lines = LOG.lines.lock().unwrap().concat();
    assert!(!lines.is_empty());
    for secret in ["Sesame9", "access-0", "refresh-0"] {
        assert!(!lines.contains(secret), "{secret}");
    }
}
