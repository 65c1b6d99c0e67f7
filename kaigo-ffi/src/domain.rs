//! Documents of eligibility and benefit by the names of their types, the rules of benefit, and the message of online
//! eligibility: JSON and XML in and out.

use std::ffi::c_char;

use kaigo_core::benefit::{QUESTIONS, decide};
use kaigo_core::calendar::Date;
use kaigo_core::document::{
    ALL, Markup, Part, Tree, from_json, read_tree, rewrite, schema as json_schema, to_json,
};
use kaigo_core::eligibility::{CharacterCode, read_xml_msg, write_xml_msg};
use kaigo_core::format::xml::{Limits, schema};

use crate::buffer::{Bytes, kaigo_buffer};
use crate::document::{KAIGO_ENCODING_MS932, KAIGO_ENCODING_UTF8};
use crate::error::{Fail, to_json as listed};
use crate::status::{KAIGO_E_KIND, KAIGO_E_NOT_FOUND, KAIGO_E_NUMBER};
use crate::table::{constants, exports, handles};

constants! { CONSTANTS;
    /// JSON in UTF-8.
    KAIGO_MARKUP_JSON: u32 = 0;
    /// XML in UTF-8, in the namespace `urn:kaigo:xml/provisional`.
    KAIGO_MARKUP_XML: u32 = 1;
}

/// What is behind a `kaigo_domain`.
pub struct Domain(Tree);

handles! { HANDLES;
    /// A document of the care domain, eligibility or benefit: it conforms, and does not change. Any thread may use it, several at
    /// once.
    kaigo_domain = Domain, 0x4B44_4F4D, kaigo_domain_free;
}

impl Domain {
    /// A document that was made here.
    pub(crate) fn of(document: &impl Part) -> Self {
        Self(document.to_tree())
    }

    fn at(&self, path: &str) -> Result<&Tree, Fail> {
        self.0.at(path).ok_or_else(|| Fail::argument(KAIGO_E_NOT_FOUND, "path"))
    }
}

fn other_type() -> Fail {
    Fail::argument(KAIGO_E_KIND, "path")
}

fn markup(number: u32, name: &'static str) -> Result<Markup, Fail> {
    match number {
        KAIGO_MARKUP_JSON => Ok(Markup::Json),
        KAIGO_MARKUP_XML => Ok(Markup::Xml),
        _ => Err(Fail::argument(KAIGO_E_NUMBER, name)),
    }
}

exports! { EXPORTS;
    /// The names of the types of documents (`InsuredCard`, `AssessmentForm` …), as a JSON array. Provisional.
    call kaigo_domain_names(json: new kaigo_buffer) {
        let names: Vec<&str> = ALL.iter().map(|shape| shape.name).collect();
        json.give(Bytes(listed(&names)?))
    }

    /// Reads a document of the type of that name and writes it as it is written, from and to one of `KAIGO_MARKUP_`: the
    /// same one checks it. What does not conform is refused, and the message of the error names every fault and its place.
    twin kaigo_domain_rewrite_utf8 / kaigo_domain_rewrite_utf16(
        name, name_len: str, data, data_len: bytes, from: val u32, to: val u32, document: new kaigo_buffer
    ) {
        let (from, to) = (markup(from, "from")?, markup(to, "to")?);
        document.give(Bytes(rewrite(&name, data, from, to, &Limits::default())?))
    }

    /// Reads a document of the type of that name, from one of `KAIGO_MARKUP_`, for the calls below. Their `path` is the way
    /// to a member in names of JSON and indexes from 0, `steps[2].on`, as messages of errors write it. `KAIGO_E_NOT_FOUND`
    /// where nothing stands there, `KAIGO_E_KIND` where the member is of another type.
    twin kaigo_domain_open_utf8 / kaigo_domain_open_utf16(
        name, name_len: str, data, data_len: bytes, from: val u32, domain: new kaigo_domain
    ) {
        domain.give(Domain(read_tree(&name, data, markup(from, "from")?, &Limits::default())?))
    }

    /// How often a member stands: 0 where it does not, 1 or the items of a list.
    twin kaigo_domain_count_utf8 / kaigo_domain_count_utf16(
        domain: handle kaigo_domain, path, path_len: str, count: out u64
    ) {
        count.set(match domain.0.at(&path) {
            None => 0,
            Some(Tree::List(items)) => items.len() as u64,
            Some(_) => 1,
        })
    }

    /// A text, a code, a day (`YYYY-MM-DD`), a month (`YYYY-MM`) or a point in time (RFC 3339).
    twin kaigo_domain_text_utf8 / kaigo_domain_text_utf16(
        domain: handle kaigo_domain, path, path_len: str, buffer, capacity, needed: copy
    ) {
        match domain.at(&path)? {
            Tree::Text(text) => buffer.text(text),
            _ => Err(other_type()),
        }
    }

    /// A whole number from 0: units, yen.
    twin kaigo_domain_number_utf8 / kaigo_domain_number_utf16(
        domain: handle kaigo_domain, path, path_len: str, number: out u64
    ) {
        match domain.at(&path)? {
            Tree::Number(value) => number.set(*value),
            _ => Err(other_type()),
        }
    }

    /// Yes (1) or no (0).
    twin kaigo_domain_flag_utf8 / kaigo_domain_flag_utf16(
        domain: handle kaigo_domain, path, path_len: str, flag: out u32
    ) {
        match domain.at(&path)? {
            Tree::Boolean(value) => flag.set(u32::from(*value)),
            _ => Err(other_type()),
        }
    }

    /// A day as year, month and day.
    twin kaigo_domain_day_utf8 / kaigo_domain_day_utf16(
        domain: handle kaigo_domain, path, path_len: str, year: out u32, month: out u32, day: out u32
    ) {
        let Tree::Text(text) = domain.at(&path)? else { return Err(other_type()) };
        let date: Date = text.parse().map_err(|_| other_type())?;
        year.set(u32::from(date.year().unsigned_abs()))?;
        month.set(u32::from(date.month_of_year().unsigned_abs()))?;
        day.set(u32::from(date.day().unsigned_abs()))
    }

    /// The XSD of the documents of that name, or of the records of a kind of file (`UPPLAN`).
    twin kaigo_domain_schema_utf8 / kaigo_domain_schema_utf16(name, name_len: str, xsd: new kaigo_buffer) {
        let found = schema(&name).ok_or_else(|| Fail::argument(KAIGO_E_NOT_FOUND, "name"))?;
        xsd.give(Bytes(found.into_bytes()))
    }

    /// The JSON Schema (2020-12) of the documents of that name.
    twin kaigo_domain_json_schema_utf8 / kaigo_domain_json_schema_utf16(
        name, name_len: str, schema: new kaigo_buffer
    ) {
        let found = json_schema(&name).ok_or_else(|| Fail::argument(KAIGO_E_NOT_FOUND, "name"))?;
        schema.give(Bytes(found.into_bytes()))
    }

    /// The rules of benefit by name, each with the type of the document that it asks for, as a JSON array of
    /// `{"question","document"}`.
    call kaigo_benefit_questions(json: new kaigo_buffer) {
        let questions: Vec<_> = QUESTIONS
            .iter()
            .map(|(name, document)| serde_json::json!({ "question": name, "document": document }))
            .collect();
        json.give(Bytes(listed(&questions)?))
    }

    /// Asks the rule of that name. The question is JSON, and so is the decision: `value` (`null` where it cannot be told)
    /// and `reasons`, each with `rule`, `effect` (`explains`, `warns`, `stops`), `facts`, `message_ja` and `message_en`.
    /// `tables`: amounts of the caller's as a JSON document `Tables`; with a length of 0 those that come with the library.
    twin kaigo_benefit_decide_utf8 / kaigo_benefit_decide_utf16(
        name, name_len: str, question, question_len: bytes, tables, tables_len: bytes, decision: new kaigo_buffer
    ) {
        let tables = Some(tables).filter(|tables| !tables.is_empty());
        decision.give(Bytes(decide(&name, question, tables)?))
    }

    /// Reads the message of online eligibility (`XmlMsg`, in UTF-8 or Shift_JIS as it says) as a JSON document
    /// `OnlineEligibility`. `unknown`: the names of elements that were not read, as a JSON array; it may be NULL.
    call kaigo_xml_msg_read(
        data, data_len: bytes, json: new kaigo_buffer, unknown: new_or_null kaigo_buffer
    ) {
        let (message, names) = read_xml_msg(data, &Limits::default())?;
        unknown.give(Bytes(listed(&names)?))?;
        json.give(Bytes(to_json(&message)))
    }

    /// Writes the message of online eligibility from a JSON document `OnlineEligibility`, in one of `KAIGO_ENCODING_`.
    call kaigo_xml_msg_write(data, data_len: bytes, encoding: val u32, xml: new kaigo_buffer) {
        let code = match encoding {
            KAIGO_ENCODING_MS932 => CharacterCode::ShiftJis,
            KAIGO_ENCODING_UTF8 => CharacterCode::Utf8,
            _ => return Err(Fail::argument(KAIGO_E_NUMBER, "encoding")),
        };
        xml.give(Bytes(write_xml_msg(&from_json(data)?, code)))
    }
}
