//! The XML form, in the namespace [`NAMESPACE`].
//!
//! **Provisional**: XML of standard 4.1 or 5.0 is not public. What is written here carries the records of standard 4.1 and
//! the [`document`](crate::document)s, under the names of the JSON form.
//!
//! ```xml
//! <?xml version="1.0" encoding="UTF-8"?>
//! <DLTPLAN xmlns="urn:kaigo:xml/provisional" standard="5.0-provisional"><record><csvVersion>2024-07</csvVersion></record></DLTPLAN>
//! ```
//!
//! Values look as in [JSON](super::json); a blank is left out, and a value that stands several times is an element each.
//! A value that does not conform is `<serviceDate raw="true">what the file said</serviceDate>`, a text in codes that XML or
//! Unicode would change `<userName bytes="MS932">835C81</userName>`: records come back as they were, whatever they hold.
//! White space in a value is kept; CR is written as `&#13;`.
//!
//! Reading takes elements in any order and under any prefix. A document type and entities of its own are refused, and so is
//! what is over the [`Limits`]. An element that a record does not have is a finding, one that a document does not have a
//! fault, as in JSON.
//!
//! An XSD of each kind and document that stands alone is in `kaigo-core/schema/xml`; [`records_schema`] and
//! [`document_schema`] generate it from the declaration.
//!
//! ```
//! use kaigo_core::format::xml::{self, Limits, ReadOptions};
//!
//! # fn main() -> kaigo_core::Result<()> {
//! let document = br#"<DLTPLAN xmlns="urn:kaigo:xml/provisional" standard="5.0-provisional">
//!   <record><csvVersion>2024-07</csvVersion><insurerNumber>092015</insurerNumber>
//!     <insuredNumber>1234567890</insuredNumber><deleteTargetMonth>2026-07</deleteTargetMonth></record>
//! </DLTPLAN>"#;
//! let (records, report) = xml::read(document, &ReadOptions::default(), &Limits::default())?;
//! assert!(report.is_empty());
//! assert_eq!(records.len(), 1);
//! # Ok(())
//! # }
//! ```

mod cursor;
mod document;
mod error;
mod records;
mod schema;

pub use document::{read_document, write_document};
pub use error::{XmlError, XmlFault};
pub use records::{read, write};
pub use schema::{document_schema, records_schema};

pub use super::json::ReadOptions;

pub(crate) use cursor::Cursor;
pub(crate) use document::{leaf_text, members};

use std::io;

use crate::record::FileKind;
use quick_xml::Writer;
use quick_xml::escape::escape;

use quick_xml::events::{BytesDecl, BytesEnd, BytesStart, BytesText, Event};

/// The namespace of all elements. Provisional.
pub const NAMESPACE: &str = "urn:kaigo:xml/provisional";

/// The XSD of the documents of that name: of a kind of records (`UPPLAN`), or of a document that stands alone.
pub fn schema(name: &str) -> Option<String> {
    let document = || crate::document::ALL.iter().find(|shape| shape.name == name);
    FileKind::from_name(name)
        .and_then(records_schema)
        .or_else(|| document().map(|shape| document_schema(shape)))
}

/// What is read before a document is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// The most bytes, in UTF-8. Default 64 MiB.
    pub bytes: usize,
    /// The most elements in each other. Default 16; ours need no more than 7.
    pub depth: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self { bytes: 64 << 20, depth: 16 }
    }
}

/// The text of a document in UTF-8.
fn utf8(bytes: &[u8]) -> Result<&str, XmlError> {
    let text = std::str::from_utf8(bytes)
        .map_err(|error| XmlError::at(XmlFault::Encoding, bytes, error.valid_up_to()))?;
    let text = text.strip_prefix('\u{FEFF}').unwrap_or(text);
    match declared_encoding(text) {
        Some(name) if !name.eq_ignore_ascii_case("UTF-8") => Err(XmlError::at(XmlFault::Encoding, bytes, 0)),
        _ => Ok(text),
    }
}

/// What the declaration at the beginning says of the encoding.
pub(crate) fn declared_encoding(text: &str) -> Option<String> {
    match quick_xml::Reader::from_str(text).read_event() {
        Ok(Event::Decl(declaration)) => Some(declaration.encoding()?.ok()?.into_owned()),
        _ => None,
    }
}

/// Writes elements. Memory takes every byte, so nothing is refused.
pub(crate) struct Elements(Writer<Vec<u8>>);

impl Elements {
    /// A document of that encoding's name.
    pub(crate) fn new(encoding: &str) -> Self {
        let mut elements = Self(Writer::new(Vec::new()));
        elements.event(Event::Decl(BytesDecl::new("1.0", Some(encoding), None)));
        elements.event(Event::Text(BytesText::from_escaped("\n")));
        elements
    }

    /// The same on lines, for people.
    fn on_lines(encoding: &str) -> Self {
        let mut elements = Self(Writer::new_with_indent(Vec::new(), b' ', 2));
        elements.event(Event::Decl(BytesDecl::new("1.0", Some(encoding), None)));
        elements
    }

    fn event(&mut self, event: Event<'_>) {
        let _: io::Result<()> = self.0.write_event(event);
    }

    pub(crate) fn open(&mut self, name: &str, attributes: &[(&str, &str)]) {
        let start = BytesStart::new(name).with_attributes(attributes.iter().copied());
        self.event(Event::Start(start));
    }

    fn empty(&mut self, name: &str, attributes: &[(&str, &str)]) {
        let start = BytesStart::new(name).with_attributes(attributes.iter().copied());
        self.event(Event::Empty(start));
    }

    /// Readers make LF of a CR that is not escaped.
    pub(crate) fn text(&mut self, text: &str) {
        self.event(Event::Text(BytesText::from_escaped(escape(text).replace('\r', "&#13;"))));
    }

    pub(crate) fn close(&mut self, name: &str) {
        self.event(Event::End(BytesEnd::new(name)));
    }

    pub(crate) fn leaf(&mut self, name: &str, attributes: &[(&str, &str)], text: &str) {
        self.open(name, attributes);
        self.text(text);
        self.close(name);
    }

    pub(crate) fn finish(self) -> Vec<u8> {
        self.0.into_inner()
    }
}

/// A fault of the document as a whole.
pub(crate) fn fault_at_start(fault: XmlFault) -> XmlError {
    XmlError::at(fault, b"", 0)
}
