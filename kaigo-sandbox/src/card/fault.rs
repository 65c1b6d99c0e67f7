//! Faults of a virtual card on demand.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

/// What goes wrong at one command.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum CardFault {
    /// The card is pulled before it gets the command.
    EjectBefore,
    /// The card carries the command out and is pulled before it answers.
    EjectAfter,
    /// The card answers with this status word and does nothing.
    Status(u16),
}

/// The faults of a card. All clones are one set.
#[derive(Debug, Clone, Default)]
pub struct CardFaults(Arc<Mutex<Plan>>);

#[derive(Debug, Default)]
struct Plan {
    delay: Duration,
    /// By the number of the command, counted from 1 when the card was made or `clear` called.
    at: BTreeMap<u32, CardFault>,
    count: u32,
}

/// What goes wrong now.
pub(super) struct Now {
    pub(super) delay: Duration,
    pub(super) fault: Option<CardFault>,
}

impl CardFaults {
    /// Lets the fault happen once, at the `command`-th command from now; 1 is the next.
    pub fn at(&self, command: u32, fault: CardFault) {
        let mut plan = self.lock();
        let at = plan.count.saturating_add(command);
        plan.at.insert(at, fault);
    }

    /// Answers every command so much later.
    pub fn delay(&self, delay: Duration) {
        self.lock().delay = delay;
    }

    /// Takes back every fault that has not happened yet.
    pub fn clear(&self) {
        *self.lock() = Plan::default();
    }

    /// How many commands reached the card since it was made or [cleared](Self::clear).
    pub fn commands(&self) -> u32 {
        self.lock().count
    }

    pub(super) fn next(&self) -> Now {
        let mut plan = self.lock();
        plan.count = plan.count.saturating_add(1);
        let count = plan.count;
        Now { delay: plan.delay, fault: plan.at.remove(&count) }
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Plan> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
