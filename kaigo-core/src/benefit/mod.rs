//! Ceilings, counters and prices.

mod amount;
mod usage;

pub use amount::{Units, Yen};
pub use usage::*;

use crate::document::{Document, Shape};

/// The documents that stand alone.
pub const DOCUMENTS: &[&Shape] = &[HomeModificationUse::SHAPE, EquipmentUse::SHAPE];
