//! Reads records from a stream in constant memory.

use std::io::Read;

use super::read::{MAX_RECORD, PRELUDE, ReadOptions, Rows, Step};
use crate::error::Result;
use crate::record::{AnyRecord, FileKind, Record, RecordVisitor, Records};
use crate::report::Report;

/// Reads the records of one file from a stream, one at a time: memory for one record and a buffer, however long
/// the file is.
///
/// ```
/// use kaigo_core::format::csv::{ReadOptions, StreamReader};
/// use kaigo_core::record::{FileKind, ServiceSlipDeletion};
///
/// # fn main() -> kaigo_core::Result<()> {
/// let file = &b"202407,092015,1234567890,202607\r\n"[..];
/// let mut reader = StreamReader::new(file, &ReadOptions::new(FileKind::DeleteSlipPlan));
/// while let Some(deletion) = reader.next::<ServiceSlipDeletion>()? {
///     assert!(deletion.delete_target_month.get().is_some());
/// }
/// assert!(reader.finish().is_empty());
/// # Ok(())
/// # }
/// ```
pub struct StreamReader<S> {
    source: S,
    buffer: Vec<u8>,
    /// Where the bytes that are not yet read begin and end in the buffer.
    filled: std::ops::Range<usize>,
    whole: bool,
    opened: bool,
    kind: FileKind,
    rows: Rows,
}

impl<S: Read> StreamReader<S> {
    /// Starts reading.
    pub fn new(source: S, options: &ReadOptions) -> Self {
        Self {
            source,
            buffer: vec![0; 2 * PRELUDE],
            filled: 0..0,
            whole: false,
            opened: false,
            kind: options.kind,
            rows: Rows::new(options.clone()),
        }
    }

    /// The number of the record that was read last, from 1.
    pub fn row(&self) -> u64 {
        self.rows.row
    }

    /// The next record; `None` at the end.
    ///
    /// # Errors
    /// When the stream cannot be read.
    pub fn next<'s, R: Record<'s>>(&'s mut self) -> Result<Option<R>> {
        if !self.opened {
            // Beyond what is looked at, to know whether more follows.
            while self.filled.len() <= PRELUDE && !self.whole {
                self.fill()?;
            }
            let mark = self.rows.open(self.buffer.get(self.filled.clone()).unwrap_or_default(), self.whole);
            self.filled.start += mark;
            self.opened = true;
        }
        let row = loop {
            let rest = self.buffer.get(self.filled.clone()).unwrap_or_default();
            if rest.is_empty() {
                if self.whole {
                    return Ok(None);
                }
                self.fill()?;
                continue;
            }
            match self.rows.step(rest, self.whole) {
                Step::Row { length, content } => {
                    let start = self.filled.start;
                    self.filled.start += length;
                    break start..start + content;
                }
                Step::Skip { length } => self.filled.start += length,
                Step::More => self.fill()?,
            }
        };
        Ok(Some(self.rows.record(self.buffer.get(row).unwrap_or_default())))
    }

    /// The next record of the kind that the options say, for whoever learns it only when the program runs; `None` at
    /// the end, and for the image, which has no records. Each record takes an allocation of its own.
    ///
    /// # Errors
    /// When the stream cannot be read.
    pub fn next_record<'s>(&'s mut self) -> Result<Option<Box<dyn AnyRecord + 's>>> {
        struct Next<'s, S>(&'s mut StreamReader<S>);

        impl<'s, S: Read> RecordVisitor<'s> for Next<'s, S> {
            type Output = Result<Option<Box<dyn AnyRecord + 's>>>;

            fn visit<R: Record<'s>>(self, _wrap: fn(Vec<R>) -> Records<'s>) -> Self::Output {
                let record = self.0.next::<R>()?;
                Ok(record.map(|record| Box::new(record) as Box<dyn AnyRecord + 's>))
            }
        }

        self.kind.visit(Next(self)).unwrap_or(Ok(None))
    }

    /// The findings since the last call of this, so that the findings of a long file do not pile up: the limit of the
    /// options holds for each taking.
    pub fn take_report(&mut self) -> Report {
        self.rows.report.take()
    }

    /// The findings so far, those taken aside, with those that only the end can tell.
    pub fn finish(mut self) -> Report {
        self.rows.finish();
        self.rows.report
    }

    /// Reads more behind the bytes that are left, making room first.
    fn fill(&mut self) -> Result<()> {
        if self.filled.start > 0 {
            self.buffer.copy_within(self.filled.clone(), 0);
            self.filled = 0..self.filled.len();
        }
        if self.filled.end == self.buffer.len() {
            let size = (self.buffer.len() * 2).min(MAX_RECORD + 2 * PRELUDE);
            self.buffer.resize(size, 0);
        }
        let room = self.buffer.get_mut(self.filled.end..).unwrap_or_default();
        let count = loop {
            match self.source.read(room) {
                Err(error) if error.kind() == std::io::ErrorKind::Interrupted => {}
                result => break result?,
            }
        };
        self.whole = count == 0;
        self.filled.end += count;
        Ok(())
    }
}
