//! The forms in which records travel. Each is generic over the record: none knows one by name.

#[cfg(feature = "arrow")]
pub mod arrow;
pub mod csv;
pub mod json;
pub mod xml;

#[cfg(feature = "arrow")]
mod threads;

/// The line of an offset, from 1, and its column, from 1 in bytes.
fn place(document: &[u8], offset: usize) -> (usize, usize) {
    let before = document.get(..offset).unwrap_or(document);
    let line = memchr::memchr_iter(b'\n', before).count() + 1;
    (line, before.len() - memchr::memrchr(b'\n', before).map_or(0, |at| at + 1) + 1)
}
