//! Long work: how far it is, and whether it goes on.

use std::fmt;
use std::ops::ControlFlow;
use std::sync::Arc;
use std::time::{Duration, Instant};

/// How far a piece of work is, in the units that the call says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    /// What is done.
    pub done: u64,
    /// All of it; `None` where it is not known.
    pub total: Option<u64>,
}

/// Told how far long work is, and asked whether it goes on: a function of the caller's, or nobody.
///
/// It is called on the thread of the call, several at once where several threads work. A call that it breaks off ends
/// with [`ErrorKind::Cancelled`](crate::ErrorKind::Cancelled), and nothing half-done stays behind.
///
/// ```
/// use std::ops::ControlFlow;
/// use kaigo_core::exchange::{SourceLimits, read_source_watched};
/// use kaigo_core::Watch;
///
/// let watch = Watch::new(|progress| {
///     eprintln!("{} bytes", progress.done);
///     ControlFlow::Continue(())
/// });
/// let files = read_source_watched("outbox".as_ref(), SourceLimits::default(), &watch);
/// # let _ = files;
/// ```
#[derive(Clone, Default)]
pub struct Watch(Option<Arc<Watcher>>);

type Watcher = dyn Fn(Progress) -> ControlFlow<()> + Send + Sync;

/// How often a watcher is asked while nothing but time passes.
const BEAT: Duration = Duration::from_millis(100);

impl Watch {
    /// A watch by that function.
    pub fn new(watcher: impl Fn(Progress) -> ControlFlow<()> + Send + Sync + 'static) -> Self {
        Self(Some(Arc::new(watcher)))
    }

    /// Whether somebody watches.
    pub(crate) fn is_somebody(&self) -> bool {
        self.0.is_some()
    }

    /// Tells how far the work is; whether it goes on.
    pub(crate) fn goes_on(&self, done: u64, total: Option<u64>) -> bool {
        self.0.as_ref().is_none_or(|watcher| watcher(Progress { done, total }).is_continue())
    }

    /// The next stretch of a wait that may take so long: all of it where nobody watches.
    #[cfg_attr(not(feature = "http"), allow(dead_code, reason = "only transfer waits"))]
    pub(crate) fn stretch(&self, left: Duration) -> Duration {
        if self.0.is_some() { left.min(BEAT) } else { left }
    }

    /// Waits; whether the work goes on after it.
    #[cfg_attr(not(feature = "http"), allow(dead_code, reason = "only transfer waits"))]
    pub(crate) fn wait(&self, time: Duration) -> bool {
        let start = Instant::now();
        loop {
            let left = time.saturating_sub(start.elapsed());
            if left.is_zero() {
                return true;
            }
            std::thread::sleep(self.stretch(left));
            if !self.goes_on(0, None) {
                return false;
            }
        }
    }
}

impl fmt::Debug for Watch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if self.0.is_some() { "Watch(by a function)" } else { "Watch(by nobody)" })
    }
}
