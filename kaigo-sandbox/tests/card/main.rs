//! The virtual card: read by the library in memory, and through real readers (feature `pcsc`).
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod cases;
mod in_memory;
#[cfg(all(feature = "pcsc", target_os = "linux"))]
mod on_readers;
#[cfg(all(feature = "pcsc", target_os = "linux"))]
#[path = "../searched/mod.rs"]
mod searched;
#[cfg(all(feature = "pcsc", target_os = "linux"))]
mod secrets;
#[cfg(all(feature = "pcsc", target_os = "linux"))]
mod stack;
mod transcripts;
