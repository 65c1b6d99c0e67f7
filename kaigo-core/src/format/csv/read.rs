//! Reads records from bytes that lie in memory, without copying them.

use std::marker::PhantomData;
use std::sync::Arc;

use super::split::{End, Ends, Fault, Split, split_row, swallowed_record};
use crate::calendar::Month;
use crate::record::{
    CheckContext, FileKind, Layout, Length, Memory, RawRow, Record, RecordVisitor, Records, unquoted,
};
use crate::report::{Code, Report, Strictness};
use crate::text::Encoding;
use crate::text::ms932::are_regular;

/// How to read.
#[derive(Debug, Clone)]
pub struct ReadOptions {
    /// The kind of file, which findings name.
    pub kind: FileKind,
    /// Whether what real senders do against the standard is an error or a warning. Default strict.
    pub strictness: Strictness,
    /// The file's name for findings.
    pub file: Option<Arc<str>>,
    /// The service month of the file name, which the records must have; `None` where it has none.
    pub month: Option<[u8; 6]>,
    /// Whether fields and records are checked. Without it only the form of the CSV is. Default yes.
    pub check: bool,
    /// How many findings are kept.
    pub finding_limit: usize,
}

impl ReadOptions {
    /// Strict, checking reading of a kind of file.
    pub fn new(kind: FileKind) -> Self {
        Self {
            kind,
            strictness: Strictness::Strict,
            file: None,
            month: None,
            check: true,
            finding_limit: Report::DEFAULT_LIMIT,
        }
    }

    /// The same, tolerant of what real senders do.
    pub fn tolerant(mut self) -> Self {
        self.strictness = Strictness::Tolerant;
        self
    }

    /// The month that the file name carries.
    pub fn with_month(mut self, month: Month) -> Self {
        self.month = Some(month.to_ascii());
        self
    }
}

/// The longest record that is read as one. A sheet full of free text is some 100 KiB.
pub(super) const MAX_RECORD: usize = 16 << 20;

/// How much of the start is looked at to tell UTF-8 from MS932.
pub(super) const PRELUDE: usize = 64 << 10;

/// What a file is read with, row by row: shared by the reader over memory and the one over a stream.
pub(super) struct Rows {
    options: ReadOptions,
    layout: Option<&'static Layout>,
    /// The fields that are free text, by index.
    free: Vec<usize>,
    month_no: Option<usize>,
    encoding: Encoding,
    pub(super) report: Report,
    memory: Memory,
    ends: Ends,
    /// The record, from 1.
    pub(super) row: u64,
    /// The offset of the row that was looked at last, and its length.
    offset: u64,
    length: usize,
    version: Option<[u8; 6]>,
    month: Option<[u8; 6]>,
    first: bool,
}

/// What came of looking for a row.
pub(super) enum Step {
    /// A row of so many bytes, of which so many are content.
    Row { length: usize, content: usize },
    /// So many bytes that hold no record: a header row, a blank line.
    Skip { length: usize },
    /// The row does not end within the bytes.
    More,
}

impl Rows {
    pub(super) fn new(options: ReadOptions) -> Self {
        let layout = options.kind.layout();
        let fields = layout.map_or(&[][..], |layout| layout.fields);
        let free = (0..fields.len()).filter(|index| fields[*index].length == Length::Free).collect();
        let month_no = layout.and_then(Layout::month).map(|field| usize::from(field.no));
        Self {
            report: Report::with_limit(options.finding_limit),
            options,
            layout,
            free,
            month_no,
            encoding: Encoding::Ms932,
            memory: Memory::default(),
            ends: Ends::default(),
            row: 0,
            offset: 0,
            length: 0,
            version: None,
            month: None,
            first: true,
        }
    }

    /// Looks at the first bytes of the file: a byte order mark, the encoding. Returns the length of the mark.
    pub(super) fn open(&mut self, start: &[u8], whole: bool) -> usize {
        let (mark, rest) = match start.strip_prefix(b"\xEF\xBB\xBF") {
            Some(rest) => (3, rest),
            None => (0, start),
        };
        if mark > 0 {
            self.structure(Code::CsvBom, None);
        }
        if mark > 0 || looks_like_utf8(rest, whole) {
            self.encoding = Encoding::Utf8;
            self.structure(Code::CsvUtf8, None);
        }
        self.offset = mark as u64;
        mark
    }

    /// Finds the row at the start of `bytes`, reports what is wrong with its form, and leaves where its fields end in
    /// `ends`. `whole`: no bytes follow these.
    pub(super) fn step(&mut self, bytes: &[u8], whole: bool) -> Step {
        self.offset += std::mem::take(&mut self.length) as u64;
        let window = bytes.get(..MAX_RECORD).unwrap_or(bytes);
        let mut split = split_row(window, &mut self.ends);
        let too_long = split.end == End::Bytes && window.len() == MAX_RECORD;
        // A CR at the very end may be half of a line end.
        let open = split.end == End::Bytes || (split.end == End::Cr && split.length() == bytes.len());
        if open && !whole && !too_long {
            return Step::More;
        }
        let columns = self.layout.map_or(0, |layout| layout.fields.len());
        if split.fault.is_some() || self.ends.len() != columns {
            split = self.recover(window, split);
        }
        let length = split.length();
        self.length = length;
        if split.content == 0 {
            self.structure(Code::CsvBlankLine, None);
            return Step::Skip { length };
        }
        if std::mem::take(&mut self.first) && self.is_header(&self.raw(window, split.content)) {
            self.structure(Code::CsvHeaderRow, None);
            return Step::Skip { length };
        }
        self.row += 1;
        if too_long && length == window.len() {
            self.structure(Code::CsvRecordTooLong, None);
        }
        if split.fault.is_some()
            || self.ends.len() != columns
            || split.end != End::CrLf
            || !self.quotes_conform(window, &split)
        {
            self.report_form(window, &split, columns, whole && length == bytes.len());
        }
        Step::Row { length, content: split.content }
    }

    /// Whether the fields in quotes are those that are free text and filled.
    #[inline]
    fn quotes_conform(&self, window: &[u8], split: &Split) -> bool {
        let row = self.raw(window, split.content);
        let mut filled = 0;
        let texts = self.free.iter().all(|index| match row.raw(index + 1) {
            None | Some([]) => true,
            Some(text) => {
                filled += 1;
                text.len() > 2 && text[0] == b'"'
            }
        });
        texts && filled == split.quoted
    }

    /// The row at the start of the bytes.
    #[inline]
    fn raw<'a>(&self, bytes: &'a [u8], content: usize) -> RawRow<'_, 'a> {
        RawRow {
            bytes: bytes.get(..content).unwrap_or_default(),
            ends: &self.ends,
            encoding: self.encoding,
            offset: self.offset,
        }
    }

    /// Splits a damaged row again, up to the record that an open quote swallowed.
    #[cold]
    fn recover(&mut self, window: &[u8], split: Split) -> Split {
        let Some(start) = swallowed_record(window, split.content) else {
            return split;
        };
        let Some(line) = window.get(..start) else { return split };
        let ending: &[u8] = if line.ends_with(b"\r\n") { b"\r\n" } else { b"\n" };
        let content = line.len() - ending.len();
        let mut bounded = split_row(line.get(..content).unwrap_or_default(), &mut self.ends);
        if bounded.end == End::Bytes {
            bounded.end = if ending.len() == 2 { End::CrLf } else { End::Lf };
        }
        bounded
    }

    fn is_header(&self, row: &RawRow<'_, '_>) -> bool {
        (1..=2).all(|no| {
            let name = row.text(no);
            // Full-width digits make a number that is wrong, not a heading.
            !name.is_empty() && !name.decode_lossy().chars().any(char::is_numeric)
        })
    }

    #[cold]
    fn report_form(&mut self, window: &[u8], split: &Split, columns: usize, last: bool) {
        let ends = std::mem::take(&mut self.ends);
        let row = RawRow { ends: &ends, ..self.raw(window, split.content) };
        let found = row.columns();
        let cut_off = last && split.end == End::Bytes && found < columns;
        match split.fault {
            Some(Fault::Unclosed(index)) => self.form(Code::CsvUnclosedQuote, &row, index + 1),
            Some(Fault::Stray(index)) => self.form(Code::CsvStrayQuote, &row, index + 1),
            None => {}
        }
        if found != columns {
            let code = if cut_off { Code::CsvTruncated } else { Code::CsvColumnCount };
            self.structure(code, Some(format!("{found} / {columns}")));
        }
        match split.end {
            End::CrLf => {}
            End::Bytes if cut_off => {}
            End::Bytes => self.structure(Code::CsvLastLineEnd, None),
            End::Lf | End::Cr => {
                if self.memory.first(Code::CsvLineEnd) {
                    self.structure(Code::CsvLineEnd, None);
                }
            }
        }
        let habits = [Code::CsvQuotedBlank, Code::CsvQuotedCode, Code::CsvUnquotedText];
        for habit in habits {
            let first = (1..=found).find(|no| {
                let raw = row.raw(*no).unwrap_or_default();
                let free = self.free.contains(&(no - 1));
                let found = match (unquoted(raw), raw.is_empty()) {
                    (Some([]), _) => Code::CsvQuotedBlank,
                    (Some(_), _) if !free => Code::CsvQuotedCode,
                    (None, false) if free => Code::CsvUnquotedText,
                    _ => return false,
                };
                found == habit
            });
            if let Some(no) = first
                && self.memory.first(habit)
            {
                self.form(habit, &row, no);
            }
        }
        self.ends = ends;
    }

    /// Reports the form of the row that comes next.
    fn structure(&mut self, code: Code, note: Option<String>) {
        let (row, offset) = (self.row, self.offset);
        let mut finding = self.context(None).finding(code);
        finding.place.row = (row > 0).then_some(row);
        finding.place.byte = Some(offset);
        finding.note = note;
        self.report.push(finding);
    }

    /// Reports the form of a field.
    fn form(&mut self, code: Code, row: &RawRow<'_, '_>, no: usize) {
        let mut finding = self.context(None).finding(code);
        finding.place.byte = row.content_start(no).map(|start| row.offset + start as u64);
        finding.place.field = self.layout.and_then(|layout| layout.field(no));
        self.report.push(finding);
    }

    fn context<'r>(&'r mut self, origin: Option<RawRow<'r, 'r>>) -> CheckContext<'r> {
        CheckContext {
            strictness: self.options.strictness,
            file: self.options.file.clone(),
            row: self.row,
            origin,
            ..CheckContext::new(&mut self.report, &mut self.memory, Some(self.options.kind))
        }
    }

    /// Reads and checks the row that the last step found in `bytes`.
    #[inline]
    pub(super) fn record<'a, R: Record<'a>>(&mut self, bytes: &'a [u8]) -> R {
        let ends = std::mem::take(&mut self.ends);
        let row = RawRow { bytes, ends: &ends, encoding: self.encoding, offset: self.offset };
        let record = R::read(&row);
        if self.options.check {
            self.check_file(&row);
            let regular = self.is_regular(&row);
            let mut context = CheckContext {
                report: &mut self.report,
                strictness: self.options.strictness,
                // Lent for the check: a clone would count references in every row.
                file: self.options.file.take(),
                kind: Some(self.options.kind),
                row: self.row,
                layout: self.layout,
                origin: Some(row),
                regular,
                memory: &mut self.memory,
            };
            record.check(&mut context);
            self.options.file = context.file;
        }
        self.ends = ends;
        record
    }

    /// Whether the free texts of the row surely hold only codes that Windows writes.
    #[inline]
    fn is_regular(&self, row: &RawRow<'_, '_>) -> bool {
        let raw = self.free.iter().filter_map(|index| row.raw(index + 1));
        let mut texts = raw.filter(|text| !text.is_empty());
        while let Some(text) = texts.next() {
            if !are_regular(text, texts.next().unwrap_or_default()) {
                return false;
            }
        }
        self.encoding == Encoding::Ms932
    }

    /// One version and one month a file, the month of the file name.
    #[inline(always)]
    fn check_file(&mut self, row: &RawRow<'_, '_>) {
        let key = |no| row.bytes(no).and_then(|bytes| <[u8; 6]>::try_from(bytes).ok());
        if let Some(version) = key(1)
            && *self.version.get_or_insert(version) != version
        {
            self.report_once(Code::FileVersions, 1, row);
        }
        if let Some(no) = self.month_no
            && let Some(month) = key(no)
        {
            if *self.month.get_or_insert(month) != month {
                self.report_once(Code::FileMonths, no, row);
            } else if self.options.month.is_some_and(|named| named != month) {
                self.report_once(Code::FileMonthName, no, row);
            }
        }
    }

    #[cold]
    fn report_once(&mut self, code: Code, no: usize, row: &RawRow<'_, '_>) {
        self.context(Some(*row)).report_habit(code, no);
    }

    /// What the end of the file says.
    pub(super) fn finish(&mut self) {
        if self.row == 0 {
            self.structure(Code::CsvEmpty, None);
        }
    }
}

/// Whether bytes are UTF-8 text rather than MS932. Every non-ASCII character of a Japanese file has three bytes
/// in UTF-8; MS932 text that happens to be valid UTF-8 (pairs of half-width kana) has none of three.
fn looks_like_utf8(bytes: &[u8], whole: bool) -> bool {
    let sample = bytes.get(..PRELUDE).unwrap_or(bytes);
    let cut = !whole || sample.len() < bytes.len();
    let text = match std::str::from_utf8(sample) {
        Ok(text) => text,
        Err(error) if cut && error.error_len().is_none() => {
            std::str::from_utf8(sample.get(..error.valid_up_to()).unwrap_or_default()).unwrap_or_default()
        }
        Err(_) => return false,
    };
    text.chars().any(|c| c.len_utf8() >= 3)
}

/// Reads the records of one file from memory; their texts borrow from it.
///
/// The reader goes over every row whatever stands in it: a row that does not conform is reported and read all the
/// same, and a row whose quotes are damaged does not hide the next.
pub struct Reader<'a, R> {
    bytes: &'a [u8],
    at: usize,
    rows: Rows,
    record: PhantomData<R>,
}

impl<'a, R: Record<'a>> Reader<'a, R> {
    /// Starts reading.
    pub fn new(bytes: &'a [u8], options: &ReadOptions) -> Self {
        let mut rows = Rows::new(options.clone());
        let at = rows.open(bytes, true);
        Self { bytes, at, rows, record: PhantomData }
    }

    /// The number of the record that was read last, from 1.
    pub fn row(&self) -> u64 {
        self.rows.row
    }

    /// Reads what is left and gives all findings.
    pub fn finish(mut self) -> Report {
        self.by_ref().for_each(drop);
        self.rows.finish();
        self.rows.report
    }
}

impl<'a, R: Record<'a>> Iterator for Reader<'a, R> {
    type Item = R;

    #[inline]
    fn next(&mut self) -> Option<R> {
        loop {
            let rest = self.bytes.get(self.at..).filter(|rest| !rest.is_empty())?;
            match self.rows.step(rest, true) {
                Step::Row { length, content } => {
                    self.at += length;
                    return Some(self.rows.record(rest.get(..content).unwrap_or_default()));
                }
                Step::Skip { length } => self.at += length,
                Step::More => return None,
            }
        }
    }
}

/// Reads all records of a file from memory. `None` for the image, which has no records.
pub fn read<'a>(bytes: &'a [u8], options: &ReadOptions) -> Option<(Records<'a>, Report)> {
    struct ReadAll<'a, 'o>(&'a [u8], &'o ReadOptions);

    impl<'a> RecordVisitor<'a> for ReadAll<'a, '_> {
        type Output = (Records<'a>, Report);

        fn visit<R: Record<'a>>(self, wrap: fn(Vec<R>) -> Records<'a>) -> Self::Output {
            let mut reader = Reader::<R>::new(self.0, self.1);
            let records = reader.by_ref().collect();
            (wrap(records), reader.finish())
        }
    }

    options.kind.visit(ReadAll(bytes, options))
}
