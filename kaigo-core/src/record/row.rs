//! One row as it was split, and the context in which a record is checked.

use std::collections::HashSet;
use std::sync::Arc;

use super::{FieldSpec, FileKind, Layout};
use crate::report::{Code, Finding, Place, Report, Strictness};
use crate::text::{Encoding, Text};

/// A row that was split into fields and not yet decoded.
#[derive(Debug, Clone, Copy)]
pub struct RawRow<'s, 'a> {
    /// The row's bytes, without its line end.
    pub bytes: &'a [u8],
    /// Where each field ends in them: at a comma, the last one at the end.
    pub ends: &'s [u32],
    /// The file's encoding.
    pub encoding: Encoding,
    /// The offset of the row in the file.
    pub offset: u64,
}

impl<'a> RawRow<'_, 'a> {
    /// How many fields the row has.
    #[inline]
    pub fn columns(&self) -> usize {
        self.ends.len()
    }

    /// Where the field of that No. begins in the row, with its opening quote.
    #[inline(always)]
    pub fn start(&self, no: usize) -> Option<usize> {
        match no {
            0 => None,
            1 => Some(0),
            _ => self.ends.get(no - 2).map(|end| *end as usize + 1),
        }
    }

    /// Where the content of the field of that No. begins, behind an opening quote.
    pub(crate) fn content_start(&self, no: usize) -> Option<usize> {
        Some(self.start(no)? + usize::from(unquoted(self.raw(no)?).is_some()))
    }

    /// The field of that No. with the quotes around it.
    #[inline(always)]
    pub fn raw(&self, no: usize) -> Option<&'a [u8]> {
        let end = *self.ends.get(no.wrapping_sub(1))?;
        self.bytes.get(self.start(no)?..end as usize)
    }

    /// The bytes of the field of that No., without quotes around it.
    #[inline]
    pub fn bytes(&self, no: usize) -> Option<&'a [u8]> {
        self.raw(no).map(|raw| unquoted(raw).unwrap_or(raw))
    }

    /// The text of the field of that No.
    #[inline(always)]
    pub fn text(&self, no: usize) -> Text<'a> {
        let raw = self.raw(no).unwrap_or_default();
        match unquoted(raw) {
            Some(text) => Text::from_file(text, self.encoding, true),
            None => Text::from_file(raw, self.encoding, false),
        }
    }
}

/// What stands between the quotes of a field; `None` of a field that has none.
///
/// Of the quotes at its end two stand for one, as everywhere; one that is left over closes the field. There is none
/// where the bytes ended in the text.
#[inline]
pub(crate) fn unquoted(raw: &[u8]) -> Option<&[u8]> {
    let inner = raw.strip_prefix(b"\"")?;
    let quotes = inner.iter().rev().take_while(|byte| **byte == b'"').count();
    inner.get(..inner.len() - quotes % 2)
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
    /// Whether the free texts of the row are known to hold only codes that Windows writes.
    pub(crate) regular: bool,
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
            regular: false,
            memory,
        }
    }

    /// The number of fields that the row has, or all where the record does not come from a row.
    #[inline]
    pub(crate) fn columns(&self) -> usize {
        self.origin.map_or(usize::MAX, |row| row.columns())
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
            let start = row.content_start(no).unwrap_or(row.bytes.len());
            finding.place.byte = Some(row.offset + start as u64);
            let text = row.text(no);
            if !text.is_empty() {
                finding = finding.with_value(text.decode_lossy().into_owned());
            }
            if self.layout.is_some_and(|layout| layout.fields.len() != row.columns()) {
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
