//! Where bytes come from: a file, memory, or a function of the caller's; counted, limited, and given up when he says so.

use std::ffi::c_void;
use std::io::{Error, Read, Result};
use std::ops::ControlFlow;
use std::path::Path;

use kaigo_core::Watch;

use crate::argument::at;
use crate::error::Fail;
use crate::status::KAIGO_E_CALLBACK;
use crate::table::callbacks;

callbacks! { CALLBACKS;
    /// Told how far a call is, in the units that the call says; `total` is 0 where it is not known. Returns 0 to go on;
    /// anything else ends the call with `KAIGO_E_CANCELLED`. Called on the thread of the call. No callback may throw,
    /// jump out, or change or free a handle that the call was given.
    kaigo_progress_fn = fn(done: u64, total: u64, user: *mut c_void) -> i32;
    /// Fills a buffer with the next bytes of a stream; returns how many, 0 at the end, or a negative number when it
    /// failed. Called on the thread of the call.
    kaigo_read_fn = fn(buffer: *mut u8, capacity: usize, user: *mut c_void) -> i64;
}

/// The function of the caller that is told how far a call is.
#[derive(Clone, Copy)]
pub(crate) struct Progress(pub(crate) kaigo_progress_fn, pub(crate) *mut c_void);

impl Progress {
    /// Tells it; whether the call goes on.
    pub(crate) fn tell(self, done: u64, total: u64) -> bool {
        // SAFETY: a function of the caller, called on his thread while his call lasts.
        self.0.is_none_or(|function| unsafe { function(done, total, self.1) } == 0)
    }
}

// SAFETY: whoever watches by it says in the header on which threads the function is called.
unsafe impl Send for Progress {}
// SAFETY: as above.
unsafe impl Sync for Progress {}

impl From<Progress> for Watch {
    fn from(progress: Progress) -> Self {
        if progress.0.is_none() {
            return Self::default();
        }
        Self::new(move |at| {
            let goes_on = progress.tell(at.done, at.total.unwrap_or(0));
            if goes_on { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
        })
    }
}

/// Why a source stopped, carried through the readers of the core as an I/O error.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stop {
    Cancelled,
    TooLarge,
    Callback,
}

impl std::fmt::Display for Stop {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Cancelled => "cancelled by the caller",
            Self::TooLarge => "more bytes than the limit allows",
            Self::Callback => "the function that reads failed",
        })
    }
}

impl std::error::Error for Stop {}

/// Why reading failed.
pub(crate) fn failed(error: Error, path: Option<&Path>) -> Fail {
    match error.get_ref().and_then(|inner| inner.downcast_ref::<Stop>()) {
        Some(Stop::Cancelled) => kaigo_core::ErrorKind::Cancelled.into(),
        Some(Stop::TooLarge) => kaigo_core::ErrorKind::TooLarge.into(),
        Some(Stop::Callback) => Fail::new(
            KAIGO_E_CALLBACK,
            "callback",
            "読み取り関数が失敗しました",
            "the function that reads failed",
        ),
        None => match path {
            Some(path) => kaigo_core::Error::io(path, error).into(),
            None => kaigo_core::Error::from(error).into(),
        },
    }
}

/// How many bytes are read between two tellings.
const STEP: usize = 1 << 20;

/// Bytes that are counted, limited and told of.
pub(crate) struct Source<R> {
    inner: R,
    progress: Progress,
    total: u64,
    limit: u64,
    done: u64,
    /// What was read since the caller was told; at first as if he had to be.
    untold: usize,
}

impl<R: Read> Source<R> {
    /// `total` is how many bytes are to come, 0 where it is not known; `limit` how many are read at most, 0 for no limit.
    pub(crate) fn new(inner: R, total: u64, limit: u64, progress: Progress) -> Self {
        let limit = if limit == 0 { u64::MAX } else { limit };
        Self { inner, progress, total, limit, done: 0, untold: STEP }
    }

    /// All of it.
    pub(crate) fn pull(mut self, path: Option<&Path>) -> std::result::Result<Vec<u8>, Fail> {
        // What is said to come is believed so far.
        const RESERVE: u64 = 1 << 28;
        // One more than is said to come, so that the end is seen without growing.
        let mut bytes = Vec::with_capacity(at(self.total.min(self.limit).min(RESERVE)) + 1);
        loop {
            let stop = match bytes.len() as u64 {
                done if done > self.limit => Some(Stop::TooLarge),
                done if !self.progress.tell(done, self.total) => Some(Stop::Cancelled),
                _ => None,
            };
            if let Some(stop) = stop {
                return Err(failed(Error::other(stop), path));
            }
            let piece = self.inner.by_ref().take(STEP as u64).read_to_end(&mut bytes);
            if piece.map_err(|error| failed(error, path))? == 0 {
                return Ok(bytes);
            }
        }
    }
}

impl<R: Read> Read for Source<R> {
    fn read(&mut self, buffer: &mut [u8]) -> Result<usize> {
        if self.untold >= STEP {
            self.untold = 0;
            if !self.progress.tell(self.done, self.total) {
                return Err(Error::other(Stop::Cancelled));
            }
        }
        let room = buffer.len().min(STEP - self.untold);
        let count = self.inner.read(buffer.get_mut(..room).unwrap_or_default())?;
        self.done += count as u64;
        self.untold += count;
        if self.done > self.limit {
            return Err(Error::other(Stop::TooLarge));
        }
        if count == 0 && !buffer.is_empty() && !self.progress.tell(self.done, self.total) {
            return Err(Error::other(Stop::Cancelled));
        }
        Ok(count)
    }
}

/// A stream that the caller's function fills.
pub(crate) struct CallbackStream(
    pub(crate) unsafe extern "C" fn(*mut u8, usize, *mut c_void) -> i64,
    pub(crate) *mut c_void,
);

impl Read for CallbackStream {
    fn read(&mut self, buffer: &mut [u8]) -> Result<usize> {
        // SAFETY: a function of the caller, given a buffer of ours with its length.
        let count = unsafe { (self.0)(buffer.as_mut_ptr(), buffer.len(), self.1) };
        usize::try_from(count)
            .ok()
            .filter(|count| *count <= buffer.len())
            .ok_or_else(|| Error::other(Stop::Callback))
    }
}
