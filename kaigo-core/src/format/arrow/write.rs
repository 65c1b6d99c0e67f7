//! Makes columns of records.

use std::io::Write;
use std::ops::Range;
use std::sync::Arc;

use arrow_array::builder::{
    Date32Builder, Decimal128Builder, Int32Builder, Int64Builder, StringBuilder, Time32SecondBuilder,
};
use arrow_array::{ArrayRef, RecordBatch};
use arrow_schema::{DataType, Field, Schema, SchemaRef};

use super::schema::{Naming, data_type, schema};
use crate::calendar::{ClockTime, Date, Month};
use crate::format::json::FieldJson;
use crate::format::threads::on_threads;
use crate::record::{
    AnyRecord, FieldSpec, FileKind, Layout, Length, Record, Records, TakeField, Type, Value,
};
use crate::report::{Finding, Lang, Masking};
use crate::text::ms932::{self, CodeClass};
use crate::text::{Encoding, Text};

/// One column in the making.
enum Column {
    Text(TextColumn),
    Integer(Int32Builder),
    Price(Decimal128Builder),
    Day(DayColumn),
    Time(Time32SecondBuilder),
}

/// Texts; the one before is kept, for names stand in many rows one after the other.
struct TextColumn {
    cells: StringBuilder,
    last: Vec<u8>,
    decoded: String,
    /// Whether the last text comes back from Unicode as it was.
    plain: bool,
}

/// Days; the month of the one before is kept with its first day, for the days of a file lie in few months.
struct DayColumn {
    cells: Date32Builder,
    last: Option<(Month, i32)>,
}

impl DayColumn {
    #[inline]
    fn push(&mut self, month: Month, day: i8) {
        let first = match self.last {
            Some((last, first)) if last == month => first,
            _ => match Date::new(month.year(), month.month_of_year(), 1) {
                Some(first) => first.to_epoch_day(),
                None => return self.cells.append_null(),
            },
        };
        self.last = Some((month, first));
        self.cells.append_value(first + i32::from(day) - 1);
    }
}

impl TextColumn {
    /// Appends a text; whether `verbatim` must say more of it.
    fn push(&mut self, text: &Text<'_>) -> bool {
        match text.file_bytes() {
            // Quotes may stand doubled in the bytes: those texts go the long way.
            Some((bytes, Encoding::Ms932)) if !bytes.contains(&b'"') => {
                if bytes.is_ascii() && bytes.iter().all(|byte| *byte >= b' ') {
                    self.cells.append_value(std::str::from_utf8(bytes).unwrap_or_default());
                    return true;
                }
                if self.last != bytes {
                    self.decoded.clear();
                    self.decoded.push_str(&text.decode_lossy());
                    self.plain = comes_back(bytes);
                    self.last.clear();
                    self.last.extend_from_slice(bytes);
                }
                self.cells.append_value(&self.decoded);
                self.plain
            }
            Some((bytes, Encoding::Ms932)) => {
                self.cells.append_value(text.decode_lossy());
                comes_back(bytes)
            }
            _ => {
                self.cells.append_value(text.decode_lossy());
                text.decode().is_some()
            }
        }
    }
}

/// Whether MS932 bytes come back from Unicode as they were.
fn comes_back(bytes: &[u8]) -> bool {
    ms932::irregulars(bytes).all(|irregular| irregular.class == CodeClass::Control)
}

impl Column {
    fn of(spec: &FieldSpec, rows: usize) -> Self {
        // About how many bytes a text has.
        let length = match spec.length {
            Length::Fixed(length) => usize::from(length),
            Length::Max(length) => usize::from(length).min(16),
            _ => 16,
        };
        match data_type(spec.ty) {
            DataType::Int32 => Self::Integer(Int32Builder::with_capacity(rows)),
            DataType::Decimal128(precision, scale) => Self::Price(
                Decimal128Builder::with_capacity(rows).with_data_type(DataType::Decimal128(precision, scale)),
            ),
            DataType::Date32 => {
                Self::Day(DayColumn { cells: Date32Builder::with_capacity(rows), last: None })
            }
            DataType::Time32(_) => Self::Time(Time32SecondBuilder::with_capacity(rows)),
            _ => Self::Text(TextColumn {
                cells: StringBuilder::with_capacity(rows, rows * length),
                last: Vec::new(),
                decoded: String::new(),
                plain: true,
            }),
        }
    }

    /// Appends a value; whether the cell says all of it. Where a record's type is known, so is which value comes.
    #[inline(always)]
    fn push(&mut self, value: Value<'_>) -> bool {
        match (self, value) {
            (Self::Text(column), Value::Symbol(text)) => column.cells.append_value(text),
            (Self::Text(column), Value::Text(text)) => return column.push(text),
            (Self::Integer(column), Value::Integer(number)) => column.append_value(number),
            (Self::Day(column), Value::Date(date)) => column.push(date.month(), date.day()),
            (Self::Day(column), Value::Month(month)) => column.push(month, 1),
            (Self::Time(column), Value::Time(ClockTime::At { hour, minute })) => {
                column.append_value(i32::from(hour) * 3600 + i32::from(minute) * 60);
            }
            (Self::Price(column), Value::UnitPrice(price)) => column.append_value(price.hundredths().into()),
            (column, Value::Blank) => column.push_null(),
            (column, value) => return column.push_other(value),
        }
        true
    }

    /// A value that is none of the column's type.
    #[cold]
    fn push_other(&mut self, value: Value<'_>) -> bool {
        // Clear, though not written in its one way.
        if let (Self::Integer(column), Value::Nonconforming(_)) = (&mut *self, value)
            && let Value::Integer(number) = value.clear(Type::Integer)
        {
            column.append_value(number);
        } else {
            self.push_null();
        }
        false
    }

    fn push_null(&mut self) {
        match self {
            Self::Text(column) => column.cells.append_null(),
            Self::Integer(column) => column.append_null(),
            Self::Price(column) => column.append_null(),
            Self::Day(column) => column.cells.append_null(),
            Self::Time(column) => column.append_null(),
        }
    }

    fn finish(&mut self) -> ArrayRef {
        match self {
            Self::Text(column) => Arc::new(column.cells.finish()),
            Self::Integer(column) => Arc::new(column.finish()),
            Self::Price(column) => Arc::new(column.finish()),
            Self::Day(column) => Arc::new(column.cells.finish()),
            Self::Time(column) => Arc::new(column.finish()),
        }
    }
}

/// How many records become columns at a time, field by field: some thirty columns that grow by a cell each in turn would push
/// each other out of the cache, for all of them begin at the same place of a page.
pub(super) const CHUNK: usize = 128;

/// The columns that are left for the fields of records.
struct Cells<'c> {
    columns: std::slice::IterMut<'c, Column>,
    /// Whether the cells say all of each record.
    whole: [bool; CHUNK],
}

impl TakeField for Cells<'_> {
    #[inline(always)]
    fn take<'v>(&mut self, values: impl Iterator<Item = Value<'v>>) {
        let Some(column) = self.columns.next() else { return };
        for (value, whole) in values.zip(&mut self.whole) {
            *whole &= column.push(value);
        }
    }
}

/// A batch in the making.
pub(super) struct Batch {
    layout: &'static Layout,
    schema: SchemaRef,
    columns: Vec<Column>,
    verbatim: StringBuilder,
    rows: usize,
}

impl Batch {
    /// An empty batch for about so many rows; `None` for the image.
    pub(super) fn new(kind: FileKind, naming: Naming, rows: usize) -> Option<Self> {
        let layout = kind.layout()?;
        Some(Self {
            layout,
            schema: schema(kind, naming, false)?,
            columns: layout.fields.iter().map(|spec| Column::of(spec, rows)).collect(),
            verbatim: StringBuilder::new(),
            rows: 0,
        })
    }

    pub(super) fn rows(&self) -> usize {
        self.rows
    }

    /// Appends records, of which there may be any number.
    pub(super) fn push<'a, R: Record<'a>>(&mut self, records: &[R]) {
        for chunk in records.chunks(CHUNK) {
            let mut cells = Cells { columns: self.columns.iter_mut(), whole: [true; CHUNK] };
            R::for_each_field(chunk, &mut cells);
            let whole = cells.whole;
            chunk.iter().zip(whole).for_each(|(record, whole)| self.end_row(record, whole));
        }
    }

    /// Appends the records of a range, of a type that is known only when the program runs.
    fn push_any(&mut self, records: &Records<'_>, range: Range<usize>) {
        for start in range.clone().step_by(CHUNK) {
            let chunk = || (start..range.end.min(start + CHUNK)).filter_map(|index| records.get(index));
            let mut whole = [true; CHUNK];
            for (column, no) in self.columns.iter_mut().zip(1..) {
                for (record, whole) in chunk().zip(&mut whole) {
                    *whole &= column.push(record.value(no).unwrap_or(Value::Blank));
                }
            }
            chunk().zip(whole).for_each(|(record, whole)| self.end_row(record, whole));
        }
    }

    #[inline]
    fn end_row(&mut self, record: &dyn AnyRecord, whole: bool) {
        if whole {
            self.verbatim.append_null();
        } else {
            self.push_verbatim(record);
        }
        self.rows += 1;
    }

    #[cold]
    fn push_verbatim(&mut self, record: &dyn AnyRecord) {
        let mut json = Vec::from(b"{");
        for spec in self.layout.fields {
            let value = record.value(usize::from(spec.no)).unwrap_or(Value::Blank);
            if is_whole(value, spec) {
                continue;
            }
            if json.len() > 1 {
                json.push(b',');
            }
            // Memory takes every byte, and no value refuses to be written.
            let _ = write!(json, "\"{}\":", spec.name_json);
            let _ = serde_json::to_writer(&mut json, &FieldJson { spec, value });
        }
        json.push(b'}');
        self.verbatim.append_value(String::from_utf8(json).unwrap_or_default());
    }

    /// The batch; the next one begins empty.
    pub(super) fn finish(&mut self) -> Option<RecordBatch> {
        let mut columns: Vec<ArrayRef> = self.columns.iter_mut().map(Column::finish).collect();
        columns.push(Arc::new(self.verbatim.finish()));
        self.rows = 0;
        RecordBatch::try_new(self.schema.clone(), columns).ok()
    }
}

/// Whether a cell says all of a value.
fn is_whole(value: Value<'_>, spec: &FieldSpec) -> bool {
    match value {
        Value::Nonconforming(_) | Value::Time(ClockTime::NotShown) => false,
        Value::Symbol(_) => data_type(spec.ty) == DataType::Utf8,
        Value::Text(text) => match text.file_bytes() {
            Some((bytes, Encoding::Ms932)) => comes_back(bytes),
            _ => text.decode().is_some(),
        },
        _ => true,
    }
}

/// Makes columns of records that lie in memory, in batches of so many rows, on all of `threads`. Empty for no records.
pub fn write(records: &Records<'_>, naming: Naming, batch_rows: usize, threads: usize) -> Vec<RecordBatch> {
    let batch_rows = batch_rows.max(1);
    let starts: Vec<usize> = (0..records.len()).step_by(batch_rows).collect();
    let batch = |start: usize| {
        let end = records.len().min(start + batch_rows);
        let mut batch = Batch::new(records.kind(), naming, end - start)?;
        batch.push_any(records, start..end);
        batch.finish()
    };
    on_threads(&starts, threads, |start| batch(*start)).into_iter().flatten().collect()
}

/// The columns of findings: those of a finding's JSON form.
pub fn findings_schema() -> SchemaRef {
    let text = |name, nullable| Field::new(name, DataType::Utf8, nullable);
    let number = |name| Field::new(name, DataType::Int64, true);
    Arc::new(Schema::new(vec![
        text("code", false),
        text("severity", false),
        text("file", true),
        text("kind", true),
        number("row"),
        number("field_no"),
        text("field", true),
        number("byte"),
        text("message_ja", false),
        text("message_en", false),
    ]))
}

/// Findings as a table, personal data masked.
pub fn findings<'f>(findings: impl IntoIterator<Item = &'f Finding>) -> Option<RecordBatch> {
    let mut texts: [StringBuilder; 7] = Default::default();
    let mut numbers: [Int64Builder; 3] = Default::default();
    for finding in findings {
        let place = &finding.place;
        let [code, severity, file, kind, field, message_ja, message_en] = &mut texts;
        code.append_value(finding.code.name());
        severity.append_value(finding.severity.name());
        file.append_option(place.file.as_deref());
        kind.append_option(place.kind.map(FileKind::name));
        field.append_option(place.field.map(|field| field.name));
        message_ja.append_value(finding.message(Lang::Japanese, Masking::Masked));
        message_en.append_value(finding.message(Lang::English, Masking::Masked));
        let [row, no, byte] = &mut numbers;
        let number = |number: Option<u64>| number.and_then(|number| i64::try_from(number).ok());
        row.append_option(number(place.row));
        no.append_option(place.field.map(|field| i64::from(field.no)));
        byte.append_option(number(place.byte));
    }
    let [code, severity, file, kind, field, message_ja, message_en] = texts.map(|mut text| text.finish());
    let [row, no, byte] = numbers.map(|mut number| number.finish());
    let columns: Vec<ArrayRef> = vec![
        Arc::new(code),
        Arc::new(severity),
        Arc::new(file),
        Arc::new(kind),
        Arc::new(row),
        Arc::new(no),
        Arc::new(field),
        Arc::new(byte),
        Arc::new(message_ja),
        Arc::new(message_en),
    ];
    RecordBatch::try_new(findings_schema(), columns).ok()
}
