//! Versions, and the log.

use std::ffi::{c_char, c_void};
use std::sync::{Once, PoisonError, RwLock};

use crate::error::Fail;
use crate::status::KAIGO_E_NUMBER;
use crate::table::{callbacks, constants, exports};

constants! { CONSTANTS;
    /// The version of the binary interface that this header is of. Within one version calls, constants and struct members
    /// are only added; `kaigo_abi_version` tells that of the library, and the SONAME is `libkaigo.so.` and this number.
    KAIGO_ABI_VERSION: u32 = 1;

    /// `kaigo_features`: certificates and keys.
    KAIGO_FEATURE_CREDENTIAL: u64 = 1;
    /// `kaigo_features`: the transfer client, and the outbox.
    KAIGO_FEATURE_TRANSFER: u64 = 2;
    /// `kaigo_features`: the Individual Number Card, over a channel of the caller's.
    KAIGO_FEATURE_CARD: u64 = 4;
    /// `kaigo_features`: card readers over PC/SC.
    KAIGO_FEATURE_PCSC: u64 = 8;
    /// `kaigo_features`: columns over the Arrow C stream interface.
    KAIGO_FEATURE_ARROW: u64 = 16;

    /// A log message of an error.
    KAIGO_LOG_ERROR: u32 = 1;
    /// A log message of a warning.
    KAIGO_LOG_WARN: u32 = 2;
    /// A log message of what was done.
    KAIGO_LOG_INFO: u32 = 3;
    /// A log message for who looks for a mistake.
    KAIGO_LOG_DEBUG: u32 = 4;
}

callbacks! { CALLBACKS;
    /// Told a log message, UTF-8 of a length, which lives only as long as the call of the function: calls that failed, by
    /// their codes; requests to the platform; logins. It holds no secret, no personal data and nothing that was carried.
    /// Called on the thread of the call that it is about, several at once; it makes no call of this library.
    kaigo_log_fn = fn(level: u32, text: *const c_char, text_len: usize, user: *mut c_void) -> i32;
}

/// Where messages go.
struct Sink(unsafe extern "C" fn(u32, *const c_char, usize, *mut c_void) -> i32, *mut c_void);

// SAFETY: the header demands a function and a pointer that any thread may use.
unsafe impl Send for Sink {}
// SAFETY: as above.
unsafe impl Sync for Sink {}

static SINK: RwLock<Option<Sink>> = RwLock::new(None);

struct Logger;

impl log::Log for Logger {
    fn enabled(&self, metadata: &log::Metadata<'_>) -> bool {
        metadata.level() <= log::max_level()
    }

    fn log(&self, record: &log::Record<'_>) {
        // Only what this library says: those underneath may log what should not leave.
        if !record.target().starts_with("kaigo") {
            return;
        }
        let sink = SINK.read().unwrap_or_else(PoisonError::into_inner);
        if let Some(Sink(function, user)) = &*sink {
            let text = record.args().to_string();
            // SAFETY: a function of the caller, given a text that lives through its call.
            unsafe { function(record.level() as u32, text.as_ptr().cast(), text.len(), *user) };
        }
    }

    fn flush(&self) {}
}

fn built_with() -> u64 {
    let transfer = if cfg!(feature = "http") { KAIGO_FEATURE_TRANSFER } else { 0 };
    let readers = if cfg!(feature = "pcsc") { KAIGO_FEATURE_PCSC } else { 0 };
    let columns = if cfg!(feature = "arrow") { KAIGO_FEATURE_ARROW } else { 0 };
    KAIGO_FEATURE_CREDENTIAL | KAIGO_FEATURE_CARD | transfer | readers | columns
}

exports! { EXPORTS;
    /// The version of the library, such as `0.1.0`.
    twin kaigo_version_utf8 / kaigo_version_utf16(buffer, capacity, needed: copy) {
        buffer.text(env!("CARGO_PKG_VERSION"))
    }

    /// The version of the binary interface of the library: a program built with another `KAIGO_ABI_VERSION` must not go
    /// on.
    call kaigo_abi_version(version: out u32) {
        version.set(KAIGO_ABI_VERSION)
    }

    /// What the library was built with: `KAIGO_FEATURE_`, added.
    call kaigo_features(features: out u64) {
        features.set(built_with())
    }

    /// Sends log messages up to a level, one of `KAIGO_LOG_`, to a function; NULL ends that. When the call returns, the
    /// function given before is not called any more. Not to be called from that function. One for the whole process.
    call kaigo_log_to(function: val kaigo_log_fn, level: val u32, user: user) {
        let filter = match (function, level) {
            (None, _) => log::LevelFilter::Off,
            (_, KAIGO_LOG_ERROR) => log::LevelFilter::Error,
            (_, KAIGO_LOG_WARN) => log::LevelFilter::Warn,
            (_, KAIGO_LOG_INFO) => log::LevelFilter::Info,
            (_, KAIGO_LOG_DEBUG) => log::LevelFilter::Debug,
            _ => return Err(Fail::argument(KAIGO_E_NUMBER, "level")),
        };
        static ONCE: Once = Once::new();
        // A program in Rust that has a logger of its own keeps it.
        ONCE.call_once(|| drop(log::set_logger(&Logger)));
        *SINK.write().unwrap_or_else(PoisonError::into_inner) = function.map(|function| Sink(function, user));
        log::set_max_level(filter);
        Ok(())
    }
}
