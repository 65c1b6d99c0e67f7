//! Why a document is refused.

use std::fmt;

use crate::error::codes;
use crate::report::Lang;

/// A document that does not conform, with every fault. It holds none of the document's values.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DocumentError {
    pub(super) document: &'static str,
    pub(super) faults: Vec<Fault>,
}

/// One fault and its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// The way to the member from the document, in names of JSON and indexes from 0: `steps[2].on`. Empty: the document
    /// itself.
    pub path: String,
    /// What is wrong there.
    pub fault: DocumentFault,
}

/// What is wrong with a member of a document.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum DocumentFault {
    /// `document.missing`: a member that must stand there does not.
    Missing,
    /// `document.unknown`: there is no such member. Its name is shown where it surely is one.
    Unknown(String),
    /// `document.duplicate`: the member stands twice, and nobody can say which is meant.
    Duplicate,
    /// `document.type`: it is of another type: a text for a number, a value for a document.
    Type,
    /// `document.value`: it is no value of its member.
    Value,
    /// `document.too_many`: it stands more often than the document has room for.
    TooMany,
    /// `document.individual_number`: the text holds an Individual Number (マイナンバー), which nothing of kaigo's takes.
    IndividualNumber,
    /// `document.inconsistent`: members contradict each other, in Japanese and English.
    Inconsistent(&'static str, &'static str),
}

impl DocumentFault {
    codes! {
        Self::Missing => "document.missing",
        Self::Unknown(_) => "document.unknown",
        Self::Duplicate => "document.duplicate",
        Self::Type => "document.type",
        Self::Value => "document.value",
        Self::TooMany => "document.too_many",
        Self::IndividualNumber => "document.individual_number",
        Self::Inconsistent(..) => "document.inconsistent",
    }

    /// What is wrong, in the language asked for.
    pub fn message(&self, lang: Lang) -> String {
        let (ja, en) = match self {
            Self::Missing => ("項目がありません", "is missing"),
            Self::Unknown(name) => {
                return match lang {
                    Lang::Japanese => format!("知らない項目です（{name}）"),
                    Lang::English => format!("has an unknown member ({name})"),
                };
            }
            Self::Duplicate => ("項目が二つあります", "stands twice"),
            Self::Type => ("値の型が違います", "is of another type"),
            Self::Value => ("項目の値ではありません", "is no value of the member"),
            Self::TooMany => ("繰り返しが多すぎます", "stands too often"),
            Self::IndividualNumber => {
                ("マイナンバー（個人番号）を含んでいます", "holds an Individual Number (My Number)")
            }
            Self::Inconsistent(ja, en) => (*ja, *en),
        };
        match lang {
            Lang::Japanese => ja.to_owned(),
            Lang::English => en.to_owned(),
        }
    }
}

impl Fault {
    /// What is wrong and where, in the language asked for.
    pub fn message(&self, lang: Lang) -> String {
        let place = match (self.path.as_str(), lang) {
            ("", Lang::Japanese) => "全体",
            ("", Lang::English) => "the document",
            (path, _) => path,
        };
        match lang {
            Lang::Japanese => format!("{place}: {}", self.fault.message(lang)),
            Lang::English => format!("{place} {}", self.fault.message(lang)),
        }
    }
}

impl DocumentError {
    /// Of a document that is refused for those faults, of which there is at least one.
    pub(crate) fn new(document: &'static str, faults: Vec<Fault>) -> Self {
        Self { document, faults }
    }

    /// The name of the document's type.
    pub fn document(&self) -> &'static str {
        self.document
    }

    /// Every fault, at least one, up to a hundred.
    pub fn faults(&self) -> &[Fault] {
        &self.faults
    }

    pub(crate) fn code(&self) -> &'static str {
        self.faults.first().map_or("document.value", |fault| fault.fault.code())
    }

    pub(crate) fn message(&self, lang: Lang) -> String {
        let faults: Vec<String> = self.faults.iter().map(|fault| fault.message(lang)).collect();
        match lang {
            Lang::Japanese => format!("{} を読めません: {}", self.document, faults.join("、")),
            Lang::English => format!("cannot read {}: {}", self.document, faults.join("; ")),
        }
    }
}

/// Of a text that was read by itself.
impl fmt::Display for DocumentFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the text {}", self.message(Lang::English))
    }
}

impl std::error::Error for DocumentFault {}

impl fmt::Display for DocumentError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message(Lang::English))
    }
}

impl std::error::Error for DocumentError {}
