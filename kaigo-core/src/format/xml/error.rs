//! Why an XML document could not be read at all.

use std::fmt;

use crate::error::codes;
use crate::report::Lang;

/// An XML document that cannot be read, and where reading stopped. It holds nothing of the document's values.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct XmlError {
    pub(super) fault: XmlFault,
    pub(super) line: usize,
    pub(super) column: usize,
}

/// What is wrong with an XML document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum XmlFault {
    /// `xml.encoding`: it is not in the encoding that it must be in, or that it says.
    Encoding,
    /// `xml.syntax`: it is not well-formed.
    Syntax,
    /// `xml.cut_off`: it ends too early. The transfer may have been cut off.
    CutOff,
    /// `xml.doctype`: it has a document type, which is refused: nothing outside the document takes part in it.
    Doctype,
    /// `xml.entity`: it refers to an entity that XML itself does not have.
    Entity,
    /// `xml.too_deep`: elements stand deeper in each other than the limit.
    TooDeep,
    /// `xml.too_large`: it has more bytes than the limit.
    TooLarge,
    /// `xml.shape`: it is another document, in another namespace, or has text or attributes where none stand.
    Shape,
    /// `xml.duplicate`: this element of a record is given twice, and nobody can say which is meant.
    Duplicate(&'static str),
}

impl XmlFault {
    codes! {
        Self::Encoding => "xml.encoding",
        Self::Syntax => "xml.syntax",
        Self::CutOff => "xml.cut_off",
        Self::Doctype => "xml.doctype",
        Self::Entity => "xml.entity",
        Self::TooDeep => "xml.too_deep",
        Self::TooLarge => "xml.too_large",
        Self::Shape => "xml.shape",
        Self::Duplicate(_) => "xml.duplicate",
    }
}

impl XmlError {
    /// At an offset of the document.
    pub(super) fn at(fault: XmlFault, document: &[u8], offset: usize) -> Self {
        let (line, column) = crate::format::place(document, offset);
        Self { fault, line, column }
    }

    /// What is wrong.
    pub fn fault(&self) -> XmlFault {
        self.fault
    }

    /// The line where reading stopped, from 1.
    pub fn line(&self) -> usize {
        self.line
    }

    /// The column where reading stopped, from 1, in bytes of UTF-8.
    pub fn column(&self) -> usize {
        self.column
    }

    pub(crate) fn code(&self) -> &'static str {
        self.fault.code()
    }

    pub(crate) fn message(&self, lang: Lang) -> String {
        let (ja, en) = match self.fault {
            XmlFault::Encoding => ("文字コードが違います", "not in the encoding that it should be in"),
            XmlFault::Syntax => ("XML として読めません", "not well-formed XML"),
            XmlFault::CutOff => ("XML が途中で切れています", "the XML is cut off"),
            XmlFault::Doctype => ("文書型宣言（DOCTYPE）は受け付けません", "a document type is refused"),
            XmlFault::Entity => ("実体参照は受け付けません", "an entity is refused"),
            XmlFault::TooDeep => ("要素の入れ子が深すぎます", "elements are nested too deeply"),
            XmlFault::TooLarge => ("文書が大きすぎます", "the document is too large"),
            XmlFault::Shape => {
                ("求める文書の形ではありません", "not in the shape of the document that is wanted")
            }
            XmlFault::Duplicate(name) => {
                return match lang {
                    Lang::Japanese => {
                        format!("{name} が二つあります: {}行 {}バイト目", self.line, self.column)
                    }
                    Lang::English => {
                        format!("`{name}` is given twice at line {}, column {}", self.line, self.column)
                    }
                };
            }
        };
        match lang {
            Lang::Japanese => format!("{ja}: {}行 {}バイト目", self.line, self.column),
            Lang::English => format!("{en} at line {}, column {}", self.line, self.column),
        }
    }
}

impl fmt::Display for XmlError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message(Lang::English))
    }
}

impl std::error::Error for XmlError {}
