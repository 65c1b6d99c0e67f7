//! One row as it was split, and the context in which a record is checked.

use std::collections::HashSet;
use std::sync::Arc;

use super::{FieldSpec, FileKind, Layout};
use crate::report::{Code, Finding, Place, Report, Strictness};
use crate::text::{Encoding, Text};

/// Where a field stands in its row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Span {
    /// The first byte of the content (behind the opening quote), from the start of the row.
    pub start: u32,
    /// Behind the last byte of the content.
    pub end: u32,
    /// Whether it was quoted.
    pub quoted: bool,
    /// Whether each `""` in it stands for one `"`.
    pub doubled: bool,
}

/// A row that was split into fields and not yet decoded.
#[derive(Debug, Clone, Copy)]
pub struct RawRow<'s, 'a> {
    /// The row's bytes, without its line end.
    pub bytes: &'a [u8],
    /// Its fields.
    pub spans: &'s [Span],
    /// The file's encoding.
    pub encoding: Encoding,
    /// The offset of the row in the file.
    pub offset: u64,
}

impl<'a> RawRow<'_, 'a> {
    /// The bytes of the field of that No., without quotes around it.
    #[inline]
    pub fn bytes(&self, no: usize) -> Option<&'a [u8]> {
        let span = self.spans.get(no.wrapping_sub(1))?;
        self.bytes.get(span.start as usize..span.end as usize)
    }

    /// The text of the field of that No.
    #[inline]
    pub fn text(&self, no: usize) -> Text<'a> {
        let Some(span) = self.spans.get(no.wrapping_sub(1)) else { return Text::default() };
        let bytes = self.bytes.get(span.start as usize..span.end as usize).unwrap_or_default();
        Text::from_file(bytes, self.encoding, span.doubled)
    }
}

/// What is known of the file while its records are checked, and the report that findings go to.
pub struct CheckContext<'r> {
    /// The report.
    pub report: &'r mut Report,
    /// Strict or tolerant.
    pub strictness: Strictness,
    /// The file's name.
    pub file: Option<Arc<str>>,
    /// The kind of file.
    pub kind: Option<FileKind>,
    /// The record, from 1.
    pub row: u64,
    pub(crate) layout: Option<&'static Layout>,
    pub(crate) origin: Option<RawRow<'r, 'r>>,
    pub(crate) memory: &'r mut Memory,
}

/// What a check remembers from row to row, so that one cause is reported once and a number is computed once.
#[derive(Debug, Default)]
pub struct Memory {
    reported: Vec<Code>,
    mismatches: HashSet<(u16, [u8; 10])>,
    checked: Vec<[u8; 10]>,
}

impl Memory {
    /// Whether the code was not asked for before.
    pub(crate) fn first(&mut self, code: Code) -> bool {
        let first = !self.reported.contains(&code);
        if first {
            self.reported.push(code);
        }
        first
    }
}

impl<'r> CheckContext<'r> {
    /// A context for records that do not come from a file.
    pub fn new(report: &'r mut Report, memory: &'r mut Memory, kind: Option<FileKind>) -> Self {
        Self {
            report,
            strictness: Strictness::Strict,
            file: None,
            kind,
            row: 0,
            layout: kind.and_then(FileKind::layout),
            origin: None,
            memory,
        }
    }

    /// The number of fields that the row has, or all where the record does not come from a row.
    #[inline]
    pub(crate) fn columns(&self) -> usize {
        self.origin.map_or(usize::MAX, |row| row.spans.len())
    }

    /// A finding at the row.
    pub(crate) fn finding(&self, code: Code) -> Finding {
        let mut finding = Finding::new(code, self.strictness);
        finding.place = Place {
            file: self.file.clone(),
            kind: self.kind,
            row: (self.row > 0).then_some(self.row),
            field: None,
            byte: self.origin.map(|row| row.offset),
        };
        finding
    }

    /// A finding at the field of that No., with the value that the file holds there.
    pub(crate) fn finding_at(&self, code: Code, no: usize) -> Finding {
        let mut finding = self.finding(code);
        finding.place.field = self.layout.and_then(|layout| layout.field(no));
        if let Some(row) = &self.origin {
            // A field that the row lacks would stand at its end.
            let start =
                row.spans.get(no.wrapping_sub(1)).map_or(row.bytes.len() as u64, |span| span.start.into());
            finding.place.byte = Some(row.offset + start);
            let text = row.text(no);
            if !text.is_empty() {
                finding = finding.with_value(text.decode_lossy().into_owned());
            }
            if self.layout.is_some_and(|layout| layout.fields.len() != row.spans.len()) {
                finding = finding.in_shifted_row();
            }
        }
        finding
    }

    /// Reports at the row.
    #[cold]
    pub(crate) fn report(&mut self, code: Code) {
        let finding = self.finding(code);
        self.report.push(finding);
    }

    /// Reports at the field of that No.
    #[cold]
    pub(crate) fn report_at(&mut self, code: Code, no: usize) {
        let finding = self.finding_at(code, no);
        self.report.push(finding);
    }

    /// Reports at the field, but each code once a file: for habits of a sender that stand in every row.
    #[cold]
    pub(crate) fn report_habit(&mut self, code: Code, no: usize) {
        if self.memory.first(code) {
            self.report_at(code, no);
        }
    }

    /// Reports a number whose check digit does not match, each number once a file. `matches` is asked only for
    /// a number that was not the field's last one.
    #[inline]
    pub(crate) fn check_digit<const N: usize>(
        &mut self,
        spec: &'static FieldSpec,
        number: &[u8; N],
        matches: impl Fn() -> bool,
    ) {
        const { assert!(N <= 10) };
        let mut key = [0; 10];
        key[..N].copy_from_slice(number);
        let slot = usize::from(spec.no);
        if self.memory.checked.get(slot) != Some(&key) {
            self.check_new_digit(spec, key, matches());
        }
    }

    #[cold]
    fn check_new_digit(&mut self, spec: &'static FieldSpec, key: [u8; 10], matches: bool) {
        let slot = usize::from(spec.no);
        if self.memory.checked.len() <= slot {
            self.memory.checked.resize(slot + 1, [0; 10]);
        }
        self.memory.checked[slot] = key;
        if !matches && self.memory.mismatches.insert((spec.no, key)) {
            self.report_at(Code::FieldCheckDigit, slot);
        }
    }
}
