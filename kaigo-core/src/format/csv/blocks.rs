//! Reads one file block by block on several threads, so that it never lies in memory as a whole.

use std::io::Result;
use std::ops::Range;
use std::sync::{Mutex, PoisonError};

use super::parallel::{BlockResult, block_size, read_each};
use super::split::swallowed_record;

/// How far behind the place where a block should end its end is looked for.
const WINDOW: usize = 64 << 10;
/// How much of a line must be seen to tell that it begins like a record.
const RECORD_START: usize = 32;

/// Reads a file of a length, of which `read_at` fills a buffer from a place: each thread reads the blocks that it works on,
/// so that the file never lies in memory as a whole. `work` does as [`read_block`](super::parallel::read_block). `None` where
/// it is too small, or anything was found, or the blocks do not belong together: then one reader must read all of it.
///
/// # Errors
/// When the file cannot be read.
pub(in crate::format) fn read_file_parallel<T: Send>(
    length: usize,
    read_at: impl Fn(&mut [u8], usize) -> Result<()> + Sync,
    threads: usize,
    work: impl Fn(&[u8]) -> BlockResult<T> + Sync,
) -> Result<Option<Vec<T>>> {
    let size = block_size(length, threads);
    let count = length / size;
    if threads < 2 || count < 2 {
        return Ok(None);
    }
    let starts: Vec<usize> = (0..count).map(|block| block * size).collect();
    let buffers: Mutex<Vec<Vec<u8>>> = Mutex::default();
    read_each(&starts, threads, |start| {
        let end = if *start == starts[count - 1] { length } else { start + size };
        let seen = length.min(end + WINDOW);
        let mut buffer = buffers.lock().unwrap_or_else(PoisonError::into_inner).pop().unwrap_or_default();
        buffer.resize(seen - start, 0);
        read_at(&mut buffer, *start)?;
        let result = cut(&buffer, *start, end, length).and_then(|range| work(buffer.get(range)?));
        buffers.lock().unwrap_or_else(PoisonError::into_inner).push(buffer);
        Ok(result)
    })
}

/// Where in a buffer, which holds a file from `start` to a window behind `end`, the block lies: from the first line behind
/// `start` that begins like a record to the first one behind `end`. Whoever reads the next block sees the same there.
fn cut(buffer: &[u8], start: usize, end: usize, length: usize) -> Option<Range<usize>> {
    let line = |at: usize| {
        let window = buffer.get(at..)?;
        let window = window.get(..WINDOW).unwrap_or(window);
        swallowed_record(window, window.len().saturating_sub(RECORD_START)).map(|line| at + line)
    };
    let first = if start == 0 { 0 } else { line(0)? };
    let last = if end == length { buffer.len() } else { line(end - start)? };
    (first < last).then_some(first..last)
}
