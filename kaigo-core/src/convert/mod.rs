//! From standard 4.1 (CSV) to 5.0 (JSON, *provisional*), to XML, and back, with a report of what is lost.
//!
//! [`convert`] is a pure function of a file's bytes. What was found in the file as it is read is one report, as ever; what the
//! target cannot take is another, the [`Losses`]: each is a [`Finding`](crate::report::Finding) with its place and a code
//! `loss.…`, and all of them a document, [`LossReport`], for programs. With [`ConvertOptions::lossless`] nothing is lost: a
//! file of which something would be is refused.
//!
//! * 4.1 → 5.0 → 4.1 gives the bytes of every file that is in the canonical form, and of every other after
//!   `loss.file_form`.
//! * 5.0 → 4.1 → 5.0 gives the document, but at the places that losses with the effect [`Changed`](LossEffect::Changed) or
//!   [`Dropped`](LossEffect::Dropped) name.
//!
//! ```
//! use kaigo_core::convert::{ConvertOptions, Form, convert};
//! use kaigo_core::text::GaijiPolicy;
//!
//! # fn main() -> kaigo_core::Result<()> {
//! let document = r#"{"standard":"5.0-provisional","kind":"UP1KYO","records":[{"plannerName":"𠮷田"}]}"#;
//! let options = ConvertOptions { gaiji: GaijiPolicy::MapVariants, ..ConvertOptions::default() };
//! let converted = convert("plan.json", document.as_bytes(), Form::Csv, &options)?;
//! let variant = converted.losses.iter().find(|loss| loss.variant.is_some()).expect("𠮷 is not in MS932");
//! assert_eq!(variant.variant.and_then(|variant| variant.to), Some('吉'));
//! # Ok(())
//! # }
//! ```

mod loss;
mod target;

use std::path::Path;
use std::sync::Arc;

pub use loss::{Loss, LossEffect, LossItem, LossReport, Losses};

use crate::code::codes;
use crate::error::{ErrorKind, Result};
use crate::exchange::{CheckOptions, FileName, check_file};
use crate::format::json::{Extras, ReadOptions};
use crate::format::{csv, json, xml};
use crate::record::{FileKind, Records};
use crate::report::{Code, Report, Strictness};
use crate::standard::StandardProfile;
use crate::text::GaijiPolicy;

codes! {
    /// ファイルの形式: the forms in which records travel.
    Form = "ファイルの形式", "form of a file" {
        Csv  = "csv" "CSV（標準仕様4.1）",
        Json = "json" "JSON（5.0-provisional）",
        Xml  = "xml" "XML（provisional）",
    }
}

impl Form {
    /// The form that the first sign of a file tells.
    pub fn of(bytes: &[u8]) -> Self {
        let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
        match bytes.trim_ascii_start().first() {
            Some(b'{') => Self::Json,
            Some(b'<') => Self::Xml,
            _ => Self::Csv,
        }
    }

    /// The form that the end of a name tells.
    pub fn of_name(name: &str) -> Option<Self> {
        let extension = Path::new(name).extension()?;
        Self::ALL.iter().copied().find(|form| extension.eq_ignore_ascii_case(form.extension()))
    }

    /// The end of names of files in the form: `CSV` is official, the others are kaigo's own.
    pub fn extension(self) -> &'static str {
        match self {
            Self::Csv => "CSV",
            Self::Json => "json",
            Self::Xml => "xml",
        }
    }

    /// The name of a file in this form: that of 4.1 with another end. An image keeps its name.
    pub fn name_of(self, name: &str) -> String {
        match (Self::of_name(name), name.rsplit_once('.')) {
            (Some(_), Some((stem, _))) => format!("{stem}.{}", self.extension()),
            _ => name.to_owned(),
        }
    }
}

/// How to convert.
#[derive(Debug, Clone)]
pub struct ConvertOptions {
    /// The form of the file; `None` looks at its first sign.
    pub from: Option<Form>,
    /// The kind of the file; `None` goes by its name, or by what it says.
    pub kind: Option<FileKind>,
    /// Whether what real senders do against the standard is an error or a warning. Default strict.
    pub strictness: Strictness,
    /// What becomes of characters that MS932 does not have.
    pub gaiji: GaijiPolicy,
    /// Whether a file of which something would be lost is refused. Default no.
    pub lossless: bool,
    /// What standard 5.0 demands.
    pub profile: Arc<StandardProfile>,
    /// How many findings and losses are kept.
    pub finding_limit: usize,
}

impl Default for ConvertOptions {
    fn default() -> Self {
        Self {
            from: None,
            kind: None,
            strictness: Strictness::Strict,
            gaiji: GaijiPolicy::default(),
            lossless: false,
            profile: StandardProfile::provisional(),
            finding_limit: Report::DEFAULT_LIMIT,
        }
    }
}

/// A file that was converted. `Debug` does not show it.
#[derive(Clone)]
pub struct Conversion {
    /// The kind of its records.
    pub kind: FileKind,
    /// The form that it had.
    pub from: Form,
    /// The file in the other form.
    pub bytes: Vec<u8>,
    /// What was found in the file that was read.
    pub report: Report,
    /// What the other form does not take.
    pub losses: Losses,
}

impl std::fmt::Debug for Conversion {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self { kind, from, bytes, report, losses } = self;
        write!(f, "{} from {from:?}, {} bytes, {report:?}, {losses:?}", kind.name(), bytes.len())
    }
}

/// Converts one file. The name may be any; one in the form of 4.1, with any extension, tells the kind and the month.
///
/// An image is given as it is.
///
/// # Errors
/// [`ErrorKind::UnknownKind`] where neither name nor options tell the kind of a CSV file; those of reading JSON and XML;
/// [`ErrorKind::Unwritable`] for characters that the policy does not let be written, with each as a loss;
/// [`ErrorKind::Lossy`] where something would be lost and must not be.
pub fn convert(name: &str, bytes: &[u8], to: Form, options: &ConvertOptions) -> Result<Conversion> {
    let parsed = FileName::parse_tolerant(&Form::Csv.name_of(name)).ok().map(|(parsed, _)| parsed);
    let known = options.kind.or(parsed.map(|parsed| parsed.kind()));
    let from = options.from.unwrap_or_else(|| Form::of(bytes));
    let limit = options.finding_limit;
    let file: Arc<str> = name.into();
    if known == Some(FileKind::FamilyImage) {
        return Ok(Conversion {
            kind: FileKind::FamilyImage,
            from,
            bytes: bytes.to_vec(),
            report: Report::with_limit(limit),
            losses: Losses::new(file, FileKind::FamilyImage, from, to, options),
        });
    }
    let reading = ReadOptions {
        kind: known,
        strictness: options.strictness,
        file: Some(file.clone()),
        finding_limit: limit,
        ..ReadOptions::default()
    };
    let (records, extras, report) = match from {
        Form::Csv => {
            let (records, report) = read_csv(name, bytes, known.ok_or(ErrorKind::UnknownKind)?, options)?;
            (records, Extras::default(), report)
        }
        Form::Json | Form::Xml => read_document(bytes, from, &reading, &options.profile)?,
    };
    let kind = records.kind();
    let mut losses = Losses::new(file, kind, from, to, options);
    losses.of_reading(&report);
    if to == Form::Csv {
        target::to_csv(&records, &extras, options, &mut losses);
    } else {
        target::to_unicode(&records, &extras, to, options, &mut losses);
    }
    if from == Form::Csv && to != Form::Csv && !is_canonical(&records, bytes) {
        losses.file_form();
    }
    if options.lossless && !losses.is_empty() {
        return Err(ErrorKind::Lossy { report: losses.into_report() }.into());
    }
    let bytes = match to {
        Form::Csv => {
            let options = csv::WriteOptions { gaiji: options.gaiji, ..csv::WriteOptions::default() };
            match csv::write(kind, records.iter(), &options) {
                Ok((bytes, _)) => bytes,
                Err(error) if matches!(error.kind(), ErrorKind::Unwritable { .. }) => {
                    return Err(ErrorKind::Unwritable { report: losses.into_report() }.into());
                }
                Err(error) => return Err(error),
            }
        }
        Form::Json => json::write_with_extras(kind, records.iter(), &extras, &json::WriteOptions::default()),
        Form::Xml => xml::write(kind, records.iter()),
    };
    Ok(Conversion { kind, from, bytes, report, losses })
}

/// Converts the files of a sending unit, all of them or none: each with its new name. Names of 4.1 stay but for their end.
///
/// # Errors
/// The first of [`convert`].
pub fn convert_files<'f>(
    files: impl IntoIterator<Item = (&'f str, &'f [u8])>,
    to: Form,
    options: &ConvertOptions,
) -> Result<Vec<(String, Conversion)>> {
    let convert = |(name, bytes)| Ok((to.name_of(name), convert(name, bytes, to, options)?));
    files.into_iter().map(convert).collect()
}

/// Reads JSON, which is checked by the profile, or XML.
pub(crate) fn read_document(
    bytes: &[u8],
    form: Form,
    options: &ReadOptions,
    profile: &StandardProfile,
) -> Result<(Records<'static>, Extras, Report)> {
    if form != Form::Xml {
        return crate::standard::read(bytes, options, profile);
    }
    let (records, report) = xml::read(bytes, options, &xml::Limits::default())?;
    Ok((records, Extras::default(), report))
}

fn read_csv<'a>(
    name: &str,
    bytes: &'a [u8],
    kind: FileKind,
    options: &ConvertOptions,
) -> Result<(Records<'a>, Report)> {
    let check = CheckOptions { strictness: options.strictness, finding_limit: options.finding_limit };
    if options.kind.is_none() {
        let checked = check_file(name, bytes, &check);
        if let Some(records) = checked.records {
            return Ok((records, checked.report));
        }
    }
    let options = csv::ReadOptions {
        strictness: options.strictness,
        file: Some(name.into()),
        finding_limit: options.finding_limit,
        ..csv::ReadOptions::new(kind)
    };
    csv::read(bytes, &options).ok_or_else(|| ErrorKind::UnknownKind.into())
}

/// Whether the records, written, are the file.
fn is_canonical(records: &Records<'_>, bytes: &[u8]) -> bool {
    let written = csv::write(records.kind(), records.iter(), &csv::WriteOptions::default());
    written.is_ok_and(|(written, _)| written == bytes)
}

impl Losses {
    /// What reading found that the records do not hold.
    fn of_reading(&mut self, report: &Report) {
        for finding in report.findings() {
            match finding.code {
                Code::XmlMember => self.add(
                    Loss { member: finding.note.clone(), ..Loss::new(Code::LossMember, LossEffect::Dropped) },
                    finding.place.row,
                    None,
                ),
                Code::JsonValue | Code::XmlValue => self.add(
                    Loss::new(Code::LossValue, LossEffect::Changed),
                    finding.place.row,
                    finding.place.field,
                ),
                _ => {}
            }
        }
    }

    fn file_form(&mut self) {
        self.add(Loss::new(Code::LossFileForm, LossEffect::Changed), None, None);
    }
}
