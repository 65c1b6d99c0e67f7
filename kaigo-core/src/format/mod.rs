//! The forms in which records travel. Each is generic over the record: none knows one by name.

pub mod csv;
pub mod json;
