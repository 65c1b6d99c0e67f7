//! Reads records.

use std::borrow::Cow;
use std::fmt;
use std::marker::PhantomData;
use std::sync::Arc;

use serde::de::{Deserialize, DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};

use super::write::UTF_8;
use super::{Extras, JsonError, JsonFault, Look, STANDARD, look, without_signs};
use crate::error::Result;
use crate::record::{CheckContext, FieldSpec, FileKind, Memory, Record, RecordVisitor, Records};
use crate::report::{Code, Report, Strictness, shown_name};
use crate::standard::StandardProfile;
use crate::text::{Encoding, Text};

/// How to read.
#[derive(Debug, Clone)]
pub struct ReadOptions {
    /// The kind that the document must have; `None` takes what it says.
    pub kind: Option<FileKind>,
    /// Whether what real senders do against the standard is an error or a warning. Default strict.
    pub strictness: Strictness,
    /// The file's name for findings.
    pub file: Option<Arc<str>>,
    /// Whether fields and records are checked. Without it only the JSON form is. Default yes.
    pub check: bool,
    /// How many findings are kept.
    pub finding_limit: usize,
}

impl Default for ReadOptions {
    fn default() -> Self {
        Self {
            kind: None,
            strictness: Strictness::Strict,
            file: None,
            check: true,
            finding_limit: Report::DEFAULT_LIMIT,
        }
    }
}

impl ReadOptions {
    /// The same, tolerant of what real senders do.
    pub fn tolerant(mut self) -> Self {
        self.strictness = Strictness::Tolerant;
        self
    }
}

/// Reads a document. Memory grows with the records, not with the document.
///
/// What does not conform is kept and reported: a member that the record does not have as `json.member`, a value
/// that is not in its JSON form as `json.value`, everything else as in CSV. Where such a value has a text (a
/// number for a string, a day as `20260701`), the field holds it as the text in the CSV form, and so a value where
/// it is one; an array or an unknown object leaves the field blank.
///
/// # Errors
/// [`ErrorKind::Json`](crate::ErrorKind::Json) when the document as a whole cannot be read; [`JsonFault`] lists
/// why. No record is given then, for a document that was cut off must not pass for a whole one.
pub fn read(bytes: &[u8], options: &ReadOptions) -> Result<(Records<'static>, Report)> {
    let (records, _, report) = read_all(bytes, options, None, None)?;
    Ok((records, report))
}

/// [`read`], keeping what the records do not have: written with
/// [`write_with_extras`](super::write_with_extras), the document comes back with it. They are findings all the same.
///
/// # Errors
/// As [`read`].
pub fn read_with_extras(bytes: &[u8], options: &ReadOptions) -> Result<(Records<'static>, Extras, Report)> {
    read_all(bytes, options, Some(Extras::default()), None)
}

/// [`read_with_extras`], where the additional items of a profile are known.
pub(crate) fn read_by_profile(
    bytes: &[u8],
    options: &ReadOptions,
    profile: &StandardProfile,
) -> Result<(Records<'static>, Extras, Report)> {
    read_all(bytes, options, Some(Extras::default()), Some(profile))
}

/// `extras`: where members that are not known go, if they are to be kept.
fn read_all(
    bytes: &[u8],
    options: &ReadOptions,
    extras: Option<Extras>,
    profile: Option<&StandardProfile>,
) -> Result<(Records<'static>, Extras, Report)> {
    let text = std::str::from_utf8(bytes)
        .map_err(|error| JsonError::at(JsonFault::NotUtf8, bytes, error.valid_up_to()))?;
    let read_document = |kind, extras| read_document(text, options, kind, extras, profile);
    match read_document(options.kind, extras.clone())? {
        (Content::Records(records), extras, report) => Ok((records, extras, report)),
        // The records came before their kind: once more, knowing it.
        (Content::KindOnly(kind), ..) => match read_document(Some(kind), extras)? {
            (Content::Records(records), extras, report) => Ok((records, extras, report)),
            (Content::KindOnly(_), ..) => {
                Err(JsonError::at(JsonFault::Missing("records"), bytes, bytes.len()).into())
            }
        },
    }
}

fn read_document(
    text: &str,
    options: &ReadOptions,
    kind: Option<FileKind>,
    extras: Option<Extras>,
    profile: Option<&StandardProfile>,
) -> Result<(Content, Extras, Report), JsonError> {
    let mut reading = Reading::new(options, kind, (Code::JsonMember, Code::JsonValue));
    reading.extras = extras;
    reading.profile = profile;
    let mut deserializer = serde_json::Deserializer::from_str(text);
    let content = deserializer
        .deserialize_map(DocumentVisitor(&mut reading))
        .and_then(|content| deserializer.end().map(|()| content));
    match content {
        Ok(content) => Ok((content, reading.extras.unwrap_or_default(), reading.report)),
        Err(error) => Err(JsonError {
            fault: reading.fault.unwrap_or_else(|| fault_of(&error)),
            ..JsonError::of(&error)
        }),
    }
}

/// What serde_json refused. Only the messages about syntax are kept: those about data quote it.
pub(super) fn fault_of(error: &serde_json::Error) -> JsonFault {
    match error.classify() {
        serde_json::error::Category::Eof => JsonFault::CutOff,
        serde_json::error::Category::Syntax => {
            let message = error.to_string();
            JsonFault::Syntax(message.split(" at line ").next().unwrap_or_default().to_owned())
        }
        serde_json::error::Category::Data | serde_json::error::Category::Io => JsonFault::Shape,
    }
}

/// What a document was found to hold.
enum Content {
    Records(Records<'static>),
    /// Records that could not be read before their kind was known.
    KindOnly(FileKind),
}

/// What is known while a document is read.
pub(in crate::format) struct Reading<'o> {
    pub(in crate::format) options: &'o ReadOptions,
    pub(in crate::format) kind: Option<FileKind>,
    /// The record, from 1; 0 outside the records.
    pub(in crate::format) row: u64,
    pub(in crate::format) report: Report,
    memory: Memory,
    /// Where unknown members go, if they are kept.
    extras: Option<Extras>,
    /// Whose additional items are known members.
    profile: Option<&'o StandardProfile>,
    /// What an unknown member and a value in another form are.
    codes: (Code, Code),
    /// Why reading stopped, where it was not serde_json that stopped.
    fault: Option<JsonFault>,
}

impl<'o> Reading<'o> {
    pub(in crate::format) fn new(
        options: &'o ReadOptions,
        kind: Option<FileKind>,
        codes: (Code, Code),
    ) -> Self {
        let report = Report::with_limit(options.finding_limit);
        let memory = Memory::default();
        Self { options, kind, row: 0, report, memory, extras: None, profile: None, codes, fault: None }
    }
}

impl Reading<'_> {
    /// Stops reading; serde_json adds the place.
    fn stop<E: serde::de::Error>(&mut self, fault: JsonFault) -> E {
        self.fault = Some(fault);
        E::custom("")
    }

    pub(in crate::format) fn context(&mut self) -> CheckContext<'_> {
        CheckContext {
            strictness: self.options.strictness,
            file: self.options.file.clone(),
            row: self.row,
            ..CheckContext::new(&mut self.report, &mut self.memory, self.kind)
        }
    }

    #[cold]
    pub(in crate::format) fn unknown_member(&mut self, name: &str) {
        let code = self.codes.0;
        let context = self.context();
        let finding = context.finding(code).with_note(shown_name(name));
        context.report.push(finding);
    }

    /// Reports a member that is not known, whose value comes next, and keeps it where it is to be kept.
    #[cold]
    fn foreign<'de, A: MapAccess<'de>>(&mut self, name: &str, map: &mut A) -> Result<(), A::Error> {
        if !self.profile.is_some_and(|profile| self.row > 0 && profile.has_item(self.kind, name)) {
            self.unknown_member(name);
        }
        match &mut self.extras {
            Some(extras) => extras.keep(self.row, name, map.next_value()?),
            None => drop(map.next_value::<IgnoredAny>()?),
        }
        Ok(())
    }

    /// Reports a value that is not in its JSON form.
    #[cold]
    fn unlike(&mut self, spec: &'static FieldSpec, value: Option<&str>) {
        let expected = match look(spec.ty) {
            Look::Number => "a whole number",
            Look::Signs { template, .. } => template,
            Look::Chars(_) | Look::Form(_) | Look::Text => "a string",
        };
        let code = self.codes.1;
        let context = self.context();
        let mut finding = context.finding_at(code, usize::from(spec.no)).with_note(expected);
        if let Some(value) = value {
            finding = finding.with_value(value);
        }
        context.report.push(finding);
    }

    pub(in crate::format) fn set<R: Record<'static>>(
        &mut self,
        record: &mut R,
        spec: &'static FieldSpec,
        said: Said,
    ) {
        let (text, like) = match (said, look(spec.ty)) {
            (Said::Blank, _) => return,
            (Said::Strange, _) => return self.unlike(spec, None),
            (Said::Verbatim(text), _) => {
                record.set(usize::from(spec.no), text);
                return;
            }
            (Said::Number { text, whole }, Look::Number) => (text, whole),
            (Said::Text(text), Look::Signs { template, bare, .. }) => {
                // `99:99` is neither a time nor the way to say that there is none.
                match without_signs(&text, template).filter(|csv| csv != bare) {
                    Some(csv) => (csv, true),
                    None => {
                        let like = text == bare;
                        (text, like)
                    }
                }
            }
            (Said::Text(text), Look::Chars(_) | Look::Form(_) | Look::Text) => (text, true),
            (Said::Text(text) | Said::Number { text, .. }, _) => (text, false),
            (Said::Bool(value), _) => (value.to_string(), false),
        };
        if !like {
            self.unlike(spec, Some(&text));
        }
        record.set(usize::from(spec.no), Text::from(text));
    }
}

struct DocumentVisitor<'s, 'o>(&'s mut Reading<'o>);

impl<'de> Visitor<'de> for DocumentVisitor<'_, '_> {
    type Value = Content;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Content, A::Error> {
        let reading = self.0;
        let (mut standard, mut kind, mut records, mut skipped) = (false, None, None, false);
        while let Some(name) = map.next_key::<Cow<'de, str>>()? {
            match &*name {
                "standard" if standard => return Err(reading.stop(JsonFault::Duplicate("standard"))),
                "standard" => match map.next_value()? {
                    Said::Text(value) if value == STANDARD => standard = true,
                    _ => return Err(reading.stop(JsonFault::Standard)),
                },
                "kind" if kind.is_some() => return Err(reading.stop(JsonFault::Duplicate("kind"))),
                "kind" => {
                    kind = match map.next_value()? {
                        Said::Text(name) => FileKind::from_name(&name),
                        _ => None,
                    };
                    if kind.and_then(FileKind::layout).is_none()
                        || reading.kind.is_some_and(|k| Some(k) != kind)
                    {
                        return Err(reading.stop(JsonFault::Kind));
                    }
                    reading.kind = kind;
                }
                "records" if records.is_some() || skipped => {
                    return Err(reading.stop(JsonFault::Duplicate("records")));
                }
                "records" => {
                    let read = reading.kind.and_then(|kind| {
                        kind.visit(ReadRecords { map: &mut map, reading, document: PhantomData })
                    });
                    if let Some(read) = read {
                        records = Some(read?);
                    } else {
                        map.next_value::<IgnoredAny>()?;
                        skipped = true;
                    }
                }
                other => reading.foreign(other, &mut map)?,
            }
        }
        match (standard, kind, records) {
            (false, ..) => Err(reading.stop(JsonFault::Missing("standard"))),
            (_, None, _) => Err(reading.stop(JsonFault::Missing("kind"))),
            (true, Some(_), Some(records)) => Ok(Content::Records(records)),
            (true, Some(kind), None) if skipped => Ok(Content::KindOnly(kind)),
            (true, Some(_), None) => Err(reading.stop(JsonFault::Missing("records"))),
        }
    }
}

/// Reads the value that comes next in the document as records of the kind's type.
struct ReadRecords<'de, 's, 'o, A> {
    map: &'s mut A,
    reading: &'s mut Reading<'o>,
    document: PhantomData<&'de str>,
}

impl<'de, A: MapAccess<'de>> RecordVisitor<'static> for ReadRecords<'de, '_, '_, A> {
    type Output = Result<Records<'static>, A::Error>;

    fn visit<R: Record<'static>>(self, wrap: fn(Vec<R>) -> Records<'static>) -> Self::Output {
        let records =
            self.map.next_value_seed(RecordsVisitor { reading: self.reading, record: PhantomData })?;
        self.reading.row = 0;
        Ok(wrap(records))
    }
}

struct RecordsVisitor<'s, 'o, R> {
    reading: &'s mut Reading<'o>,
    record: PhantomData<R>,
}

impl<'de, R: Record<'static>> DeserializeSeed<'de> for RecordsVisitor<'_, '_, R> {
    type Value = Vec<R>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Vec<R>, D::Error> {
        deserializer.deserialize_seq(self)
    }
}

impl<'de, R: Record<'static>> Visitor<'de> for RecordsVisitor<'_, '_, R> {
    type Value = Vec<R>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an array")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Vec<R>, A::Error> {
        let mut records = Vec::new();
        while let Some(record) =
            seq.next_element_seed(RecordSeed { reading: &mut *self.reading, record: PhantomData })?
        {
            records.push(record);
        }
        Ok(records)
    }
}

struct RecordSeed<'s, 'o, R> {
    reading: &'s mut Reading<'o>,
    record: PhantomData<R>,
}

impl<'de, R: Record<'static>> DeserializeSeed<'de> for RecordSeed<'_, '_, R> {
    type Value = R;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<R, D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de, R: Record<'static>> Visitor<'de> for RecordSeed<'_, '_, R> {
    type Value = R;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<R, A::Error> {
        let reading = self.reading;
        reading.row += 1;
        let (mut record, mut seen, mut next) = (R::default(), 0_u128, 0);
        while let Some(name) = map.next_key_seed(NameSeed { fields: R::LAYOUT.fields, next })? {
            let index = match name {
                Name::Field(index) => index,
                Name::Unknown(name) => {
                    reading.foreign(&name, &mut map)?;
                    continue;
                }
            };
            let spec = &R::LAYOUT.fields[index];
            // No layout has 128 fields.
            if seen >> index & 1 == 1 {
                return Err(reading.stop(JsonFault::Duplicate(spec.name_json)));
            }
            seen |= 1 << index;
            next = index + 1;
            reading.set(&mut record, spec, map.next_value()?);
        }
        if reading.options.check {
            record.check(&mut reading.context());
        }
        Ok(record)
    }
}

/// The name of a member of a record.
enum Name {
    /// The index of its field.
    Field(usize),
    Unknown(String),
}

/// Finds the field of a name: nearly always one of those that follow the last.
struct NameSeed {
    fields: &'static [FieldSpec],
    next: usize,
}

impl<'de> DeserializeSeed<'de> for NameSeed {
    type Value = Name;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Name, D::Error> {
        deserializer.deserialize_identifier(self)
    }
}

impl Visitor<'_> for NameSeed {
    type Value = Name;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a name")
    }

    fn visit_str<E>(self, name: &str) -> Result<Name, E> {
        let found = (self.next..self.fields.len())
            .chain(0..self.next)
            .find(|index| self.fields.get(*index).is_some_and(|field| field.name_json == name));
        Ok(found.map_or_else(|| Name::Unknown(name.to_owned()), Name::Field))
    }
}

/// What a member's value said, before anybody asks what it should have been.
pub(in crate::format) enum Said {
    Blank,
    Text(String),
    Number {
        text: String,
        whole: bool,
    },
    Bool(bool),
    /// Of `raw` or `bytes`.
    Verbatim(Text<'static>),
    /// An array, or an object that is neither `raw` nor `bytes`.
    Strange,
}

impl<'de> Deserialize<'de> for Said {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(SaidVisitor)
    }
}

struct SaidVisitor;

/// What serde_json calls the one member of a number when some crate turns its `arbitrary_precision` on.
const NUMBER: &str = "$serde_json::private::Number";

impl<'de> Visitor<'de> for SaidVisitor {
    type Value = Said;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_unit<E>(self) -> Result<Said, E> {
        Ok(Said::Blank)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Said, E> {
        Ok(Said::Bool(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Said, E> {
        Ok(Said::Number { text: value.to_string(), whole: true })
    }

    fn visit_u64<E>(self, value: u64) -> Result<Said, E> {
        Ok(Said::Number { text: value.to_string(), whole: true })
    }

    fn visit_f64<E>(self, value: f64) -> Result<Said, E> {
        // With its point: 7.0 is not to pass for 7.
        Ok(Said::Number { text: format!("{value:?}"), whole: false })
    }

    fn visit_str<E>(self, text: &str) -> Result<Said, E> {
        Ok(if text.is_empty() { Said::Blank } else { Said::Text(text.to_owned()) })
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Said, A::Error> {
        while seq.next_element::<IgnoredAny>()?.is_some() {}
        Ok(Said::Strange)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Said, A::Error> {
        let (mut raw, mut bytes, mut encoding, mut number, mut strange) = (None, None, None, None, false);
        while let Some(name) = map.next_key::<Cow<'de, str>>()? {
            let slot = match &*name {
                "raw" => &mut raw,
                "bytes" => &mut bytes,
                "encoding" => &mut encoding,
                NUMBER => &mut number,
                _ => {
                    strange = true;
                    map.next_value::<IgnoredAny>()?;
                    continue;
                }
            };
            match map.next_value()? {
                Said::Text(text) if slot.is_none() => *slot = Some(text),
                _ => strange = true,
            }
        }
        Ok(match (raw, bytes.as_deref().map(unhex), encoding.as_deref(), number) {
            _ if strange => Said::Strange,
            (Some(raw), None, None, None) => Said::Verbatim(Text::from(raw)),
            (None, Some(Some(bytes)), None, None) => {
                Said::Verbatim(Text::from_bytes(&bytes, Encoding::Ms932).into_owned())
            }
            (None, Some(Some(bytes)), Some(UTF_8), None) => {
                Said::Verbatim(Text::from_bytes(&bytes, Encoding::Utf8).into_owned())
            }
            (None, None, None, Some(text)) => {
                let whole = text.parse::<i64>().is_ok_and(|value| value.to_string() == text);
                Said::Number { text, whole }
            }
            _ => Said::Strange,
        })
    }
}

pub(in crate::format) fn unhex(hex: &str) -> Option<Vec<u8>> {
    let (pairs, []) = hex.as_bytes().as_chunks::<2>() else { return None };
    let digit = |byte: u8| char::from(byte).to_digit(16);
    // Two hexadecimal digits are a byte.
    pairs.iter().map(|[high, low]| Some((digit(*high)? << 4 | digit(*low)?) as u8)).collect()
}

#[cfg(test)]
mod tests {
    use serde::de::value::{Error, MapDeserializer};

    use super::*;

    #[test]
    fn numbers_are_read_whatever_other_crates_ask_of_serde_json() {
        let number = MapDeserializer::<_, Error>::new([(NUMBER, "12")].into_iter());
        assert!(matches!(Said::deserialize(number), Ok(Said::Number { text, whole: true }) if text == "12"));
        let number = MapDeserializer::<_, Error>::new([(NUMBER, "1e2")].into_iter());
        assert!(matches!(Said::deserialize(number), Ok(Said::Number { whole: false, .. })));
    }

    #[test]
    fn hexadecimal_is_read_whole_or_not_at_all() {
        assert_eq!(unhex("00fFA1"), Some(vec![0, 0xFF, 0xA1]));
        for bad in ["0", "0G", "+1", "あ"] {
            assert_eq!(unhex(bad), None, "{bad}");
        }
    }
}
