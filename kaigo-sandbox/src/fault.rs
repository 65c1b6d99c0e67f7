//! Fault switches: what a test makes the sandbox do wrong.

use std::collections::{HashMap, VecDeque};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use crate::call::Call;

/// What goes wrong in one call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Fault {
    /// The call is answered with HTTP 503 and nothing is done.
    Unavailable,
    /// The call is carried out and its answer held back for a while.
    Slow(Duration),
    /// The connection is cut when the request has been read, before anything is stored.
    CutBeforeCommit,
    /// The call is carried out and stored, and the connection cut without an answer.
    CutAfterCommit,
}

/// The switches. All clones are one set.
#[derive(Debug, Clone, Default)]
pub struct Faults(Arc<Mutex<HashMap<Call, VecDeque<Fault>>>>);

impl Faults {
    /// Lets the fault happen in the next `times` calls of that name, after the faults set before.
    pub fn add(&self, call: Call, fault: Fault, times: u16) {
        let mut faults = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        faults.entry(call).or_default().extend(std::iter::repeat_n(fault, times.into()));
    }

    /// Takes back every fault that has not happened yet.
    pub fn clear(&self) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clear();
    }

    pub(crate) fn take(&self, call: Call) -> Option<Fault> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).get_mut(&call)?.pop_front()
    }
}
