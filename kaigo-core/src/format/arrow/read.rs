//! Makes records of columns.

use std::collections::BTreeSet;

use arrow_array::cast::AsArray;
use arrow_array::types::{Date32Type, Decimal128Type, Int32Type, Time64NanosecondType};
use arrow_array::{Array, ArrayRef, RecordBatch, StringArray};
use arrow_cast::{CastOptions, cast_with_options};
use arrow_schema::{ArrowError, DataType, Schema, TimeUnit};

use super::schema::{SOURCE_FILE, SOURCE_ROW, VERBATIM, data_type};
use super::{TableError, TableFault};
use crate::calendar::{ClockTime, Date};
use crate::error::Result;
use crate::format::json;
use crate::record::{FieldSpec, FileKind, Layout, Records, Type, Value};
use crate::text::Text;

/// Makes records of batches as [`write`](super::write()) makes them, or as other programs do: columns are known by
/// their English, JSON or official names, in any order; those that are missing are blank. A column of text is taken as
/// the CSV has it; other types are turned into the field's where nothing is lost. The records are not checked.
///
/// `kind` is needed where the schema's metadata do not tell it.
///
/// # Errors
/// [`TableError`]: the first column, row or value that cannot be taken.
pub fn read(
    schema: &Schema,
    batches: impl IntoIterator<Item = Result<RecordBatch, ArrowError>>,
    kind: Option<FileKind>,
) -> Result<Records<'static>> {
    let said = schema.metadata().get("kaigo:kind").and_then(|name| FileKind::from_name(name));
    let kind = kind.or(said).ok_or_else(|| TableError::new(TableFault::Kind, ""))?;
    let layout = kind.layout().ok_or_else(|| TableError::new(TableFault::Kind, kind.name()))?;
    let mut records = Records::empty(kind).ok_or_else(|| TableError::new(TableFault::Kind, kind.name()))?;
    let columns = columns_of(schema, layout)?;
    for batch in batches {
        let batch = batch.map_err(|_| TableError::new(TableFault::Stream, ""))?;
        read_batch(&batch, &columns, kind, &mut records)?;
    }
    Ok(records)
}

/// What a column holds.
enum Meaning {
    Field(&'static FieldSpec),
    Verbatim,
    Source,
}

fn columns_of(schema: &Schema, layout: &'static Layout) -> Result<Vec<Meaning>, TableError> {
    let mut seen = BTreeSet::new();
    let mut columns = Vec::new();
    for column in schema.fields() {
        let name = column.name().as_str();
        let unique = || layout.fields.iter().find(|spec| layout.unique_name_ja(spec) == name);
        let english = |spec: &&FieldSpec| spec.name == name || spec.name_json == name;
        columns.push(match layout.fields.iter().find(english).or_else(unique) {
            Some(spec) if seen.insert(spec.no) => Meaning::Field(spec),
            None if name == VERBATIM => Meaning::Verbatim,
            None if name == SOURCE_FILE || name == SOURCE_ROW => Meaning::Source,
            _ => return Err(TableError::new(TableFault::Column, name)),
        });
    }
    Ok(columns)
}

/// The cells of a column as texts in the CSV form.
enum Cells {
    Text(StringArray),
    Integer(arrow_array::Int32Array),
    Price(arrow_array::Decimal128Array),
    Day(arrow_array::Date32Array),
    Month(arrow_array::Date32Array),
    Time(arrow_array::Time64NanosecondArray),
}

impl Cells {
    fn of(column: &ArrayRef, spec: &FieldSpec) -> Result<Self, TableError> {
        let wrong = || TableError::new(TableFault::Type, spec.name);
        let is_text = |ty: &DataType| matches!(ty, DataType::Utf8 | DataType::LargeUtf8 | DataType::Utf8View);
        let text = match column.data_type() {
            DataType::Null => true,
            DataType::Dictionary(_, values) => is_text(values),
            ty => is_text(ty),
        };
        let target = match data_type(spec.ty) {
            _ if text => DataType::Utf8,
            // Seconds would hide what is finer.
            DataType::Time32(_) => DataType::Time64(TimeUnit::Nanosecond),
            target => target,
        };
        // Text of a number in a column of text would be a guess: 7 or 007.
        if target == DataType::Utf8 && !text {
            return Err(wrong());
        }
        let options = CastOptions { safe: false, ..CastOptions::default() };
        let cells = cast_with_options(column, &target, &options).map_err(|_| wrong())?;
        // A fraction or a time of day that was cut off does not come back.
        if column.data_type() != &target && !text {
            let back = cast_with_options(&cells, column.data_type(), &options).map_err(|_| wrong())?;
            if back.to_data() != column.to_data() && back.as_ref() != column.as_ref() {
                return Err(TableError::new(TableFault::Value, spec.name));
            }
        }
        Ok(match target {
            DataType::Int32 => Self::Integer(cells.as_primitive::<Int32Type>().clone()),
            DataType::Decimal128(..) => Self::Price(cells.as_primitive::<Decimal128Type>().clone()),
            DataType::Date32 if spec.ty == Type::Month => {
                Self::Month(cells.as_primitive::<Date32Type>().clone())
            }
            DataType::Date32 => Self::Day(cells.as_primitive::<Date32Type>().clone()),
            DataType::Time64(_) => Self::Time(cells.as_primitive::<Time64NanosecondType>().clone()),
            _ => Self::Text(cells.as_string::<i32>().clone()),
        })
    }

    /// The cell in the CSV form, `None` for null; an error where the field cannot say it.
    fn text(&self, index: usize) -> Result<Option<Text<'static>>, TableFault> {
        let null = match self {
            Self::Text(cells) => cells.is_null(index),
            Self::Integer(cells) => cells.is_null(index),
            Self::Price(cells) => cells.is_null(index),
            Self::Day(cells) | Self::Month(cells) => cells.is_null(index),
            Self::Time(cells) => cells.is_null(index),
        };
        if null {
            return Ok(None);
        }
        let day = |days| Date::from_epoch_day(days).ok_or(TableFault::Value);
        let text: Text<'static> = match self {
            Self::Text(cells) => cells.value(index).to_owned().into(),
            Self::Integer(cells) => cells.value(index).to_string().into(),
            Self::Price(cells) => {
                let hundredths = u16::try_from(cells.value(index)).map_err(|_| TableFault::Value)?;
                Value::UnitPrice(crate::record::UnitPrice::from_hundredths(hundredths)).into()
            }
            Self::Day(cells) => Value::Date(day(cells.value(index))?).into(),
            Self::Month(cells) => {
                let day = day(cells.value(index))?;
                if day.day() != 1 {
                    return Err(TableFault::Value);
                }
                Value::Month(day.month()).into()
            }
            Self::Time(cells) => {
                const MINUTE: i64 = 60_000_000_000;
                let minutes = cells.value(index) / MINUTE;
                let time = match (u8::try_from(minutes / 60), u8::try_from(minutes % 60)) {
                    (Ok(hour @ 0..24), Ok(minute)) if cells.value(index) % MINUTE == 0 => {
                        ClockTime::At { hour, minute }
                    }
                    _ => return Err(TableFault::Value),
                };
                Value::Time(time).into()
            }
        };
        Ok(Some(text))
    }
}

fn read_batch(
    batch: &RecordBatch,
    columns: &[Meaning],
    kind: FileKind,
    records: &mut Records<'static>,
) -> Result<()> {
    let mut cells = Vec::new();
    let mut verbatim = None;
    for (column, meaning) in batch.columns().iter().zip(columns) {
        match meaning {
            Meaning::Field(spec) => cells.push((*spec, Cells::of(column, spec)?)),
            Meaning::Verbatim => {
                verbatim = cast_with_options(column, &DataType::Utf8, &CastOptions::default())
                    .ok()
                    .map(|cells| cells.as_string::<i32>().clone());
            }
            Meaning::Source => {}
        }
    }
    for index in 0..batch.num_rows() {
        let said = verbatim.as_ref().filter(|cells| !cells.is_null(index)).map(|cells| cells.value(index));
        let said = said.map(|json| record_of(json, kind)).transpose()?;
        let mut fields = Vec::with_capacity(cells.len());
        for (spec, column) in &cells {
            let no = usize::from(spec.no);
            let text = column.text(index).map_err(|fault| {
                let row = Some(records.len() as u64 + 1);
                TableError { row, ..TableError::new(fault, spec.name) }
            })?;
            let verbatim =
                said.as_ref().and_then(|said| said.get(0)?.value(no)).filter(|v| *v != Value::Blank);
            match (verbatim, text) {
                (Some(verbatim), text)
                    if cell_of(verbatim, spec) == text.as_ref().map(|t| t.decode_lossy().into()) =>
                {
                    fields.push((no, verbatim.into()));
                }
                (_, Some(text)) => fields.push((no, text)),
                (_, None) => {}
            }
        }
        records.push(fields)?;
    }
    Ok(())
}

/// The fields that a cell of `verbatim` holds, as one record.
fn record_of(json: &str, kind: FileKind) -> Result<Records<'static>> {
    let document =
        format!(r#"{{"standard":"{}","kind":"{}","records":[{json}]}}"#, json::STANDARD, kind.name());
    let options = json::ReadOptions { check: false, ..json::ReadOptions::default() };
    Ok(json::read(document.as_bytes(), &options).map_err(|_| TableError::new(TableFault::Value, VERBATIM))?.0)
}

/// What the typed cell of a value says, as text.
fn cell_of(value: Value<'_>, spec: &FieldSpec) -> Option<String> {
    match value.clear(spec.ty) {
        Value::Text(text) => Some(text.decode_lossy().into_owned()),
        Value::Blank | Value::Nonconforming(_) | Value::Time(ClockTime::NotShown) => None,
        Value::Symbol(_) if data_type(spec.ty) != DataType::Utf8 => None,
        value => Some(value.to_text()),
    }
}
