//! Sequence numbers: the 14-digit date and time that all files of a sending unit share.

use std::fmt;
use std::fs::File;
use std::path::{Path, PathBuf};
use std::str::FromStr;

use jiff::civil::DateTime;
use jiff::{Timestamp, ToSpan, tz};

use super::source::write_atomically;
use crate::document::{Content, DocumentFault, Form, Leaf, Part, Reading, Tree};
use crate::error::{Error, ErrorKind, Result};

/// A sequence number (シーケンス番号), `YYYYMMDDHHMMSS` in Japan's time. Units are imported in its order.
#[doc(alias = "シーケンス番号")]
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Sequence(DateTime);

impl Sequence {
    /// Reads the 14 digits of a date and time that exists.
    pub fn parse(text: &str) -> Option<Self> {
        if text.len() != 14 || !text.bytes().all(|b| b.is_ascii_digit()) {
            return None;
        }
        let number = |range: std::ops::Range<usize>| text.get(range)?.parse::<i16>().ok();
        let part = |range: std::ops::Range<usize>| i8::try_from(number(range)?).ok();
        let (month, day) = (part(4..6)?, part(6..8)?);
        let (hour, minute, second) = (part(8..10)?, part(10..12)?, part(12..14)?);
        DateTime::new(number(0..4)?, month, day, hour, minute, second, 0).ok().map(Self)
    }

    /// The sequence number of a moment, in Japan's time.
    pub fn at(moment: Timestamp) -> Self {
        // Japan has one offset, nine hours, all year.
        let time = tz::Offset::constant(9).to_datetime(moment);
        Self(time.with().subsec_nanosecond(0).build().unwrap_or(time))
    }

    /// The next second.
    pub(crate) fn next(self) -> Result<Self> {
        self.0.checked_add(1.second()).map(Self).map_err(|_| ErrorKind::SequenceStore.into())
    }
}

impl fmt::Display for Sequence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let t = self.0;
        write!(
            f,
            "{:04}{:02}{:02}{:02}{:02}{:02}",
            t.year(),
            t.month(),
            t.day(),
            t.hour(),
            t.minute(),
            t.second()
        )
    }
}

impl fmt::Debug for Sequence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl Part for Sequence {
    const CONTENT: Content = Content::Leaf(Leaf {
        form: Form::Chars { class: "[0-9]", width: Some(14) },
        personal: false,
        accepts: |text| Self::parse(text).is_some(),
    });

    fn to_tree(&self) -> Tree {
        Tree::Text(self.to_string())
    }

    fn from_tree(tree: &Tree, reading: &mut Reading) -> Option<Self> {
        let found = Self::parse(reading.text(tree)?);
        if found.is_none() {
            reading.fault(DocumentFault::Value);
        }
        found
    }
}

impl FromStr for Sequence {
    type Err = Error;
    fn from_str(text: &str) -> Result<Self> {
        Self::parse(text).ok_or_else(|| ErrorKind::SequenceStore.into())
    }
}

/// Gives out sequence numbers, none of them twice: neither to two calls in one second nor to two processes that
/// use the same store.
///
/// The store is a small file that holds the number given last; a lock file beside it keeps others out meanwhile.
/// When the clock stands at or before the last number (two calls in one second, a clock set back), the number
/// given is the second after it.
#[derive(Debug, Clone)]
pub struct SequenceStore {
    path: PathBuf,
}

impl SequenceStore {
    /// A store in that file; it need not exist yet.
    pub fn new(path: impl Into<PathBuf>) -> Self {
        Self { path: path.into() }
    }

    /// The file.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The next sequence number, by the system's clock.
    ///
    /// # Errors
    /// When the store cannot be read or written, or holds something else than a number.
    pub fn next(&self) -> Result<Sequence> {
        self.next_at(Timestamp::now())
    }

    /// The next sequence number at a given moment.
    ///
    /// # Errors
    /// As [`next`](Self::next).
    pub fn next_at(&self, moment: Timestamp) -> Result<Sequence> {
        let mut lock_path = self.path.clone().into_os_string();
        lock_path.push(".lock");
        let lock = File::options()
            .create(true)
            .write(true)
            .truncate(false)
            .open(&lock_path)
            .and_then(|file| file.lock().map(|()| file))
            .map_err(|e| Error::io(&lock_path, e))?;
        let last = match std::fs::read_to_string(&self.path) {
            Ok(text) => Some(text.trim_end().parse::<Sequence>()?),
            Err(e) if e.kind() == std::io::ErrorKind::NotFound => None,
            Err(e) => return Err(Error::io(&self.path, e)),
        };
        let now = Sequence::at(moment);
        let next = match last {
            Some(last) if last >= now => last.next()?,
            _ => now,
        };
        write_atomically(&self.path, next.to_string().as_bytes())?;
        drop(lock);
        Ok(next)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn moment() -> Timestamp {
        "2026-06-25T00:37:35Z".parse().unwrap_or_else(|e| panic!("{e}"))
    }

    #[test]
    fn numbers_are_japans_time() {
        assert_eq!(Sequence::at(moment()).to_string(), "20260625093735");
        for bad in ["20260231000000", "2026062509373", "202606250937350", "2026062524000a", "20260625240000"]
        {
            assert_eq!(Sequence::parse(bad), None, "{bad}");
        }
    }

    #[test]
    fn no_number_is_given_twice_in_one_second_or_when_the_clock_goes_back() {
        let dir = tempfile::tempdir().unwrap_or_else(|e| panic!("{e}"));
        let store = SequenceStore::new(dir.path().join("sequence"));
        let given = |store: &SequenceStore, at| store.next_at(at).map(|s| s.to_string()).unwrap_or_default();
        assert_eq!(given(&store, moment()), "20260625093735");
        assert_eq!(given(&store, moment()), "20260625093736");
        let earlier = moment() - jiff::SignedDuration::from_hours(5);
        assert_eq!(given(&store, earlier), "20260625093737");
        let again = SequenceStore::new(store.path());
        assert_eq!(given(&again, moment()), "20260625093738");
    }

    #[test]
    fn a_store_that_holds_something_else_is_an_error_and_is_left_alone() {
        let dir = tempfile::tempdir().unwrap_or_else(|e| panic!("{e}"));
        let path = dir.path().join("sequence");
        std::fs::write(&path, "mine").unwrap_or_else(|e| panic!("{e}"));
        assert_eq!(SequenceStore::new(&path).next().map_err(|e| e.code()), Err("sequence_store"));
        assert_eq!(std::fs::read_to_string(&path).unwrap_or_default(), "mine");
    }
}
