//! Records as XML.

use super::cursor::{is_character, is_space};
use super::{Cursor, Elements, Limits, NAMESPACE, ReadOptions, XmlError, XmlFault, utf8};
use crate::error::Result;
use crate::format::json::{Look, Reading, STANDARD, Said, UTF_8, Written, hex, look, unhex, written};
use crate::record::{AnyRecord, FieldSpec, FileKind, Record, RecordVisitor, Records};
use crate::report::{Code, Report};
use crate::text::{Encoding, Text};

/// The attribute of a value that does not conform.
const RAW: &str = "raw";
/// The attribute of a value that is given as bytes: the name of their encoding.
const BYTES: &str = "bytes";
const MS932: &str = "MS932";
/// The element of a record.
pub(super) const RECORD: &str = "record";

/// Reads a document of records. What does not conform is kept and reported as in
/// [JSON](crate::format::json::read), an unknown element as `xml.member`, a value in another form as `xml.value`.
///
/// # Errors
/// [`ErrorKind::Xml`](crate::ErrorKind::Xml) when the document as a whole cannot be read, or is over a limit. No record is
/// given then, for a document that was cut off must not pass for a whole one.
pub fn read(bytes: &[u8], options: &ReadOptions, limits: &Limits) -> Result<(Records<'static>, Report)> {
    let mut cursor = Cursor::new(utf8(bytes)?, Some(NAMESPACE), limits)?;
    let root = cursor.root()?;
    let kind = FileKind::from_name(&root.name())
        .filter(|kind| options.kind.is_none_or(|wanted| wanted == *kind))
        .ok_or_else(|| cursor.fault(XmlFault::Shape))?;
    let [standard] = cursor.attributes(&root, ["standard"])?;
    if standard.as_deref() != Some(STANDARD) {
        return Err(cursor.fault(XmlFault::Shape).into());
    }
    let mut reading = Reading::new(options, Some(kind), (Code::XmlMember, Code::XmlValue));
    let records = kind
        .visit(ReadRecords { cursor: &mut cursor, reading: &mut reading })
        .unwrap_or_else(|| Err(XmlError::at(XmlFault::Shape, bytes, 0)))?;
    cursor.end()?;
    Ok((records, reading.report))
}

struct ReadRecords<'r, 'x, 'o> {
    cursor: &'r mut Cursor<'x>,
    reading: &'r mut Reading<'o>,
}

impl RecordVisitor<'static> for ReadRecords<'_, '_, '_> {
    type Output = Result<Records<'static>, XmlError>;

    fn visit<R: Record<'static>>(self, wrap: fn(Vec<R>) -> Records<'static>) -> Self::Output {
        let mut records = Vec::new();
        while let Some(opened) = self.cursor.child()? {
            self.cursor.attributes(&opened, [])?;
            if opened.name() == RECORD {
                records.push(read_record(self.cursor, self.reading)?);
            } else {
                self.reading.row = 0;
                self.reading.unknown_member(&opened.name());
                self.cursor.skip()?;
            }
        }
        Ok(wrap(records))
    }
}

fn read_record<R: Record<'static>>(
    cursor: &mut Cursor<'_>,
    reading: &mut Reading<'_>,
) -> Result<R, XmlError> {
    let (mut record, mut seen) = (R::default(), 0_u128);
    reading.row += 1;
    while let Some(opened) = cursor.child()? {
        let name = opened.name();
        let Some(index) = R::LAYOUT.fields.iter().position(|field| field.name_json == name) else {
            reading.unknown_member(&name);
            cursor.skip()?;
            continue;
        };
        let spec = &R::LAYOUT.fields[index];
        // No layout has 128 fields.
        if seen >> index & 1 == 1 {
            return Err(cursor.fault(XmlFault::Duplicate(spec.name_json)));
        }
        seen |= 1 << index;
        let [raw, bytes] = cursor.attributes(&opened, [RAW, BYTES])?;
        let said = match (cursor.leaf()?, raw.as_deref(), bytes.as_deref()) {
            (Some(text), None, None) => said(spec, text),
            (Some(text), Some("true"), None) => Said::Verbatim(Text::from(text)),
            (Some(text), None, Some(encoding)) => from_hex(&text, encoding),
            _ => Said::Strange,
        };
        reading.set(&mut record, spec, said);
    }
    if reading.options.check {
        record.check(&mut reading.context());
    }
    Ok(record)
}

/// What a text in XML says: the type of the field tells whether it is a number.
fn said(spec: &'static FieldSpec, text: String) -> Said {
    if text.is_empty() {
        return Said::Blank;
    }
    match look(spec.ty) {
        Look::Text => Said::Text(text),
        // Where the schema collapses white space, it is none of the value.
        Look::Number => {
            let text = text.trim_matches(is_space).to_owned();
            match text.parse::<i64>() {
                Ok(number) if number.to_string() == text => Said::Number { text, whole: true },
                _ => Said::Text(text),
            }
        }
        _ => Said::Text(text),
    }
}

fn from_hex(text: &str, encoding: &str) -> Said {
    let encoding = match encoding {
        MS932 => Encoding::Ms932,
        UTF_8 => Encoding::Utf8,
        _ => return Said::Strange,
    };
    unhex(text).map_or(Said::Strange, |bytes| Said::Verbatim(Text::from_bytes(&bytes, encoding).into_owned()))
}

/// Writes records as a document. Every text and every value of a record can be written, conforming or not. The records
/// are those of the kind; the image has none, and a document of its kind is not read.
pub fn write<'r, I>(kind: FileKind, records: I) -> Vec<u8>
where
    I: IntoIterator<Item = &'r dyn AnyRecord>,
{
    let mut elements = Elements::new("UTF-8");
    elements.open(kind.name(), &[("xmlns", NAMESPACE), ("standard", STANDARD)]);
    for record in records {
        elements.open(RECORD, &[]);
        for spec in record.layout().fields {
            if let Some(value) = record.value(usize::from(spec.no)) {
                write_field(&mut elements, spec.name_json, written(spec, value));
            }
        }
        elements.close(RECORD);
    }
    elements.close(kind.name());
    elements.finish()
}

fn write_field(elements: &mut Elements, name: &str, written: Written<'_>) {
    match written {
        Written::Blank => {}
        Written::Number(number) => elements.leaf(name, &[], &number.to_string()),
        Written::Text(text) | Written::Raw(text) if !text.chars().all(is_character) => {
            elements.leaf(name, &[(BYTES, UTF_8)], &hex(text.as_bytes()));
        }
        Written::Text(text) => elements.leaf(name, &[], &text),
        Written::Raw(text) => elements.leaf(name, &[(RAW, "true")], &text),
        Written::Bytes(hex, encoding) => {
            let encoding = match encoding {
                Encoding::Ms932 => MS932,
                Encoding::Utf8 => UTF_8,
            };
            elements.leaf(name, &[(BYTES, encoding)], &hex);
        }
    }
}
