//! The forms in which records travel. Each is generic over the record: none knows one by name.

#[cfg(feature = "arrow")]
pub mod arrow;
pub mod csv;
pub mod json;

#[cfg(feature = "arrow")]
mod threads;
