//! Reads one file on several threads, and finds what one thread finds.

use std::io::Result;
use std::sync::atomic::{AtomicBool, Ordering};

use super::read::{ReadOptions, Reader};
use super::split::swallowed_record;
use crate::format::threads::on_threads;
use crate::record::{Record, Value};
use crate::report::Report;
use crate::text::Text;

/// A file below this is read by one thread.
const WORTHWHILE: usize = 2 << 20;
/// How long a block is at least and at most.
const BLOCK: std::ops::RangeInclusive<usize> = 1 << 20..=2 << 20;

/// Reads a file on at most so many threads: `work` takes the records of one block after another with its length in
/// bytes, in any order, and the results are in the order of the file.
///
/// What is found is exactly what one reader finds, for blocks count only when nothing at all was found in any: then
/// each ended where the next began, no quote was open there, and nothing that a reader remembers from row to row can
/// have mattered but the version and month, which are compared. As soon as one block finds anything, the whole file is
/// read anew by one reader, and `work` gets it as a single block.
pub(in crate::format) fn read_parallel<'a, R: Record<'a>, T: Send>(
    bytes: &'a [u8],
    options: &ReadOptions,
    threads: usize,
    work: impl Fn(&mut Reader<'a, R>, usize) -> T + Sync,
) -> (Vec<T>, Report) {
    if threads > 1
        && let Some(blocks) = blocks(bytes, threads)
        && let Ok(Some(results)) = read_each(&blocks, threads, |block| Ok(read_block(block, options, &work)))
    {
        return (results, Report::with_limit(options.finding_limit));
    }
    let mut reader = Reader::new(bytes, options);
    let result = work(&mut reader, bytes.len());
    (vec![result], reader.finish())
}

/// How long a block of a file should be.
pub(super) fn block_size(length: usize, threads: usize) -> usize {
    (length / threads / 4).clamp(*BLOCK.start(), *BLOCK.end())
}

/// Cuts a file before lines that begin like records; `None` where it is too small.
fn blocks(bytes: &[u8], threads: usize) -> Option<Vec<&[u8]>> {
    if bytes.len() < WORTHWHILE {
        return None;
    }
    let size = block_size(bytes.len(), threads);
    let (mut blocks, mut rest) = (Vec::new(), bytes);
    while rest.len() > 2 * size {
        let window = rest.get(size..)?;
        let Some(start) = swallowed_record(window, window.len().min(size)) else { break };
        let (block, after) = rest.split_at(size + start);
        blocks.push(block);
        rest = after;
    }
    blocks.push(rest);
    Some(blocks)
}

/// Does work for each block on at most so many threads, until anything is found; `None` where it was, or where the blocks do
/// not belong together.
///
/// # Errors
/// When the work fails.
pub(super) fn read_each<B: Sync, T: Send>(
    blocks: &[B],
    threads: usize,
    read: impl Fn(&B) -> Result<BlockResult<T>> + Sync,
) -> Result<Option<Vec<T>>> {
    let spoiled = AtomicBool::new(false);
    let read = |block: &B| {
        if spoiled.load(Ordering::Relaxed) {
            return Ok(None);
        }
        let result = read(block)?;
        if result.is_none() {
            spoiled.store(true, Ordering::Relaxed);
        }
        Ok(result)
    };
    let results: Result<Option<Vec<_>>> = on_threads(blocks, threads, read).into_iter().collect();
    let Some(results) = results? else { return Ok(None) };
    let (results, keys): (Vec<T>, Vec<Key>) = results.into_iter().unzip();
    Ok(keys.windows(2).all(|pair| pair[0] == pair[1]).then_some(results))
}

/// What the records of one file share: version and month.
#[derive(PartialEq, Eq)]
pub(in crate::format) struct Key {
    version: Option<Text<'static>>,
    month: Option<Text<'static>>,
}

impl Key {
    /// That of the first record of a block; `None` where there is none.
    pub(super) fn of<'a, R: Record<'a>>(block: &'a [u8], options: &ReadOptions) -> Option<Self> {
        let unchecked = ReadOptions { check: false, ..options.clone() };
        let first = Reader::<R>::new(block, &unchecked).next()?;
        let text = |no| {
            let value = first.value(no).filter(|value| *value != Value::Blank)?;
            Some(Text::from(value).into_owned())
        };
        let month = R::LAYOUT.month().and_then(|field| text(usize::from(field.no)));
        Some(Self { version: text(1), month })
    }
}

/// What became of a block that was read by itself: `None` where anything was found.
pub(in crate::format) type BlockResult<T> = Option<(T, Key)>;

/// Reads a block of a file by itself.
pub(in crate::format) fn read_block<'a, R: Record<'a>, T>(
    block: &'a [u8],
    options: &ReadOptions,
    work: impl FnOnce(&mut Reader<'a, R>, usize) -> T,
) -> BlockResult<T> {
    let mut reader = Reader::new(block, options);
    let result = work(&mut reader, block.len());
    let key = Key::of::<R>(block, options)?;
    reader.finish().is_empty().then_some((result, key))
}
