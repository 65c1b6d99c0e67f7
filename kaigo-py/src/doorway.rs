//! The one doorway to real work: it gives the interpreter back meanwhile, lets Ctrl-C through, and turns a panic into
//! an error.

use std::cell::RefCell;
use std::ops::ControlFlow;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{RecvTimeoutError, sync_channel};
use std::time::Duration;

use kaigo_core::Watch;
use pyo3::prelude::*;

use crate::error;

/// How long Ctrl-C waits at most.
const PATIENCE: Duration = Duration::from_millis(50);

thread_local! {
    /// Whether anybody still waits for the work of this thread.
    static WAITED_FOR: RefCell<Option<Arc<AtomicBool>>> = const { RefCell::new(None) };
}

/// Breaks work off once Ctrl-C ended the wait for it.
#[allow(dead_code, reason = "the module of card readers has no such work")]
pub fn watch() -> Watch {
    Watch::new(|_| if is_waited_for() { ControlFlow::Continue(()) } else { ControlFlow::Break(()) })
}

/// Whether anybody still waits for the work of this thread.
pub fn is_waited_for() -> bool {
    let goes_on = |waited: &Arc<AtomicBool>| waited.load(Ordering::Relaxed);
    WAITED_FOR.with_borrow(|waited| waited.as_ref().is_none_or(goes_on))
}

/// Does work without holding the interpreter.
///
/// Python runs signal handlers on its main thread only. There the work gets a thread of its own, so that Ctrl-C is
/// answered while it goes on; work with the [`watch`] is then broken off, other work ends by itself, and nothing is half
/// written.
pub fn run<T, W>(py: Python<'_>, work: W) -> PyResult<T>
where
    T: Send + 'static,
    W: FnOnce() -> PyResult<T> + Send + 'static,
{
    let guarded = move || catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|_| Err(error::internal()));
    if !on_main_thread(py)? {
        return py.detach(guarded);
    }
    let (sender, mut answer) = sync_channel(1);
    let waited = Arc::new(AtomicBool::new(true));
    let asked = waited.clone();
    std::thread::Builder::new().name("kaigo".to_owned()).spawn(move || {
        WAITED_FOR.set(Some(asked));
        // Nobody waits any more after Ctrl-C.
        let _ = sender.send(guarded());
    })?;
    loop {
        let (receiver, received) = py.detach(move || {
            let received = answer.recv_timeout(PATIENCE);
            (answer, received)
        });
        match received {
            Ok(result) => return result,
            Err(RecvTimeoutError::Timeout) => {
                py.check_signals().inspect_err(|_| waited.store(false, Ordering::Relaxed))?;
            }
            Err(RecvTimeoutError::Disconnected) => return Err(error::internal()),
        }
        answer = receiver;
    }
}

fn on_main_thread(py: Python<'_>) -> PyResult<bool> {
    let threading = py.import("threading")?;
    Ok(threading.call_method0("current_thread")?.is(&threading.call_method0("main_thread")?))
}
