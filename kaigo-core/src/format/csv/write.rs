//! Writes records, in the canonical form or with the habits of other importers.

use std::borrow::Cow;

use crate::error::{ErrorKind, Result};
use crate::record::{AnyRecord, FileKind, Length, Value};
use crate::report::{Code, Finding, Place, Report, Strictness};
use crate::text::{Encoding, GaijiPolicy, Text, encode_ms932};

/// Which fields are put in quotes. What must be quoted to be read back always is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Quoting {
    /// Free text that is not empty: the canonical form.
    #[default]
    Canonical,
    /// Free text, also when it is empty.
    FreeText,
    /// Every field.
    All,
    /// Only what must be.
    Minimal,
}

/// What stands behind each record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum LineEnd {
    /// CR LF: the canonical form.
    #[default]
    CrLf,
    /// LF.
    Lf,
}

/// How to write. The default is the canonical form.
#[derive(Debug, Clone, Default)]
pub struct WriteOptions {
    /// Which fields are quoted.
    pub quoting: Quoting,
    /// What stands behind each record.
    pub line_end: LineEnd,
    /// MS932, or UTF-8 for importers that want it.
    pub encoding: Encoding,
    /// What becomes of characters that MS932 does not have.
    pub gaiji: GaijiPolicy,
}

/// Writes records as a file. The report holds every character that was not written as itself.
///
/// # Errors
/// [`ErrorKind::Unwritable`] with its report, when a character cannot be written under the policy; then nothing is
/// written at all. The caller corrects the text or chooses another [`GaijiPolicy`].
pub fn write<'r, I>(kind: FileKind, records: I, options: &WriteOptions) -> Result<(Vec<u8>, Report)>
where
    I: IntoIterator<Item = &'r dyn AnyRecord>,
{
    let (mut out, mut report) = (Vec::new(), Report::default());
    for (record, row) in records.into_iter().zip(1..) {
        write_record(record, options, &mut out, |mut finding| {
            finding.place.kind = Some(kind);
            finding.place.row = Some(row);
            report.push(finding);
        });
    }
    if report.errors() > 0 {
        return Err(ErrorKind::Unwritable { report }.into());
    }
    Ok((out, report))
}

/// Appends one record with its line end. Each character that is not, or cannot be, written as itself is handed to
/// `found`; a text with a character that cannot be written under the policy is left empty, and the finding is an
/// error.
pub fn write_record(
    record: &dyn AnyRecord,
    options: &WriteOptions,
    out: &mut Vec<u8>,
    mut found: impl FnMut(Finding),
) {
    for field in record.layout().fields {
        if field.no > 1 {
            out.push(b',');
        }
        let free = field.length == Length::Free;
        let value = record.value(usize::from(field.no)).unwrap_or(Value::Blank);
        let by_habit = match options.quoting {
            Quoting::Canonical => free && value != Value::Blank,
            Quoting::FreeText => free,
            Quoting::All => true,
            Quoting::Minimal => false,
        };
        match value {
            Value::Text(text) | Value::Nonconforming(text) => {
                let bytes = encode(text, options, |code, note| {
                    let mut finding = Finding::new(code, Strictness::Strict).with_note(note);
                    finding.place = Place { field: Some(field), ..Place::default() };
                    found(finding);
                });
                let must = memchr::memchr3(b',', b'\r', b'\n', &bytes).is_some() || bytes.contains(&b'"');
                write_text(&bytes, by_habit || must, out);
            }
            scalar => {
                if by_habit {
                    out.push(b'"');
                }
                scalar.write(out);
                if by_habit {
                    out.push(b'"');
                }
            }
        }
    }
    out.extend_from_slice(match options.line_end {
        LineEnd::CrLf => b"\r\n",
        LineEnd::Lf => b"\n",
    });
}

fn write_text(bytes: &[u8], quoted: bool, out: &mut Vec<u8>) {
    if !quoted {
        return out.extend_from_slice(bytes);
    }
    out.push(b'"');
    let mut rest = bytes;
    while let Some(at) = memchr::memchr(b'"', rest) {
        out.extend_from_slice(&rest[..=at]);
        out.push(b'"');
        rest = &rest[at + 1..];
    }
    out.extend_from_slice(rest);
    out.push(b'"');
}

/// The text's bytes in the encoding asked for. Bytes that came from a file in this encoding are written as they
/// were read.
fn encode<'t>(
    text: &'t Text<'_>,
    options: &WriteOptions,
    mut found: impl FnMut(Code, String),
) -> Cow<'t, [u8]> {
    let (bytes, encoding) = text.to_bytes();
    if encoding == options.encoding {
        return bytes;
    }
    let Some(unicode) = text.decode() else {
        found(Code::TextInvalid, "U+FFFD".to_owned());
        return Cow::Borrowed(&[]);
    };
    if options.encoding == Encoding::Utf8 {
        return Cow::Owned(unicode.into_owned().into_bytes());
    }
    let mut out = Vec::with_capacity(unicode.len());
    encode_ms932(&unicode, options.gaiji, &mut out, |change| {
        let from = format!("U+{:04X} {}", u32::from(change.from), change.from);
        match change.to {
            None => match change.variant.and_then(|variant| variant.to) {
                Some(variant) => found(Code::TextOutsideMs932, format!("{from} ≈ {variant}")),
                None => found(Code::TextOutsideMs932, from),
            },
            Some(Some(crate::text::GETA)) => found(Code::TextSubstituted, format!("{from} → 〓")),
            Some(Some(to)) => found(Code::TextVariantWritten, format!("{from} → {to}")),
            Some(None) => found(Code::TextVariantWritten, format!("U+{:04X} →", u32::from(change.from))),
        }
    });
    Cow::Owned(out)
}
