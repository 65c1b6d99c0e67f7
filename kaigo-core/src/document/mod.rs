//! Documents: nested values that are declared once, as a record is.
//!
//! A document is made of members, each of them a leaf (a number, a day, a code, a text) or a document. From the one
//! declaration follow the Rust type, reading and writing as JSON and XML, the JSON Schema and the XSD file, and the walk that
//! the tests take over every leaf. [`eligibility`](crate::eligibility), [`benefit`](crate::benefit) and
//! [`care`](crate::care) hold the documents.
//!
//! **Provisional**: the names of members and, where the source has no code, of codes are kaigo's own.
//!
//! Reading is parsing: what was read is valid, and what does not conform is refused with every fault, each at its place,
//! without the value that stood there. Texts are not shown by `Debug`, and none holds an Individual Number
//! (マイナンバー, 12 digits): [`DocumentFault::IndividualNumber`].

mod catalogue;
mod declare;
mod error;
mod json;
mod leaf;
mod period;
mod reading;
mod schema;
mod tree;

pub use catalogue::{ALL, DocumentVisitor, Markup, read_tree, rewrite, visit};
pub use error::{DocumentError, DocumentFault, Fault};
pub use json::{from_json, to_json};
pub use leaf::{FreeText, Line, Phone, Prose};
pub use period::{OpenPeriod, Period};
pub use reading::Reading;
pub use schema::{schema, schemas_of};
pub use tree::Tree;

pub(crate) use declare::document;
pub(crate) use leaf::{amount, is_writable};

/// What a document is made of.
#[derive(Debug)]
pub struct Shape {
    /// The name of the Rust type, and of the XML element of a document that stands alone.
    pub name: &'static str,
    /// The official name.
    pub name_ja: &'static str,
    /// The members, in order.
    pub members: &'static [Member],
}

impl Shape {
    /// The member of that name in JSON and XML.
    pub fn member(&self, name: &str) -> Option<&'static Member> {
        self.members.iter().find(|member| member.name_json == name)
    }
}

/// One member of a document.
#[derive(Debug)]
pub struct Member {
    /// The name in Rust.
    pub name: &'static str,
    /// The name in JSON and XML (camelCase).
    pub name_json: &'static str,
    /// The official name.
    pub name_ja: &'static str,
    /// How often it stands.
    pub occurs: Occurs,
    /// What stands there.
    pub content: Content,
}

/// How often a member stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Occurs {
    /// Once.
    Once,
    /// Once or not at all.
    Optional,
    /// Up to so many times.
    Many(usize),
}

/// What stands in a member.
#[derive(Debug, Clone, Copy)]
pub enum Content {
    /// One value.
    Leaf(Leaf),
    /// A document.
    Document(&'static Shape),
}

/// One value.
#[derive(Debug, Clone, Copy)]
pub struct Leaf {
    /// The form of its text.
    pub form: Form,
    /// Whether it is about a person, and masked.
    pub personal: bool,
    /// Whether a text in its JSON form is a value of it.
    pub accepts: fn(&str) -> bool,
}

/// The form of the text of a leaf.
#[derive(Debug, Clone, Copy)]
pub enum Form {
    /// Any text without control characters that is not empty.
    Text {
        /// Whether it may have line breaks and tabs.
        lines: bool,
        /// Whether it may be blank: nothing but spaces.
        blank: bool,
    },
    /// A whole number from 0, a number in JSON.
    Number {
        /// The highest.
        max: u64,
    },
    /// `true` or `false`.
    Boolean,
    /// A day, `YYYY-MM-DD`.
    Date,
    /// A month, `YYYY-MM`.
    Month,
    /// A point in time, RFC 3339 in UTC.
    Timestamp,
    /// A code of the list, with its label.
    Code(&'static [(&'static str, &'static str)]),
    /// Characters of a class (of a regular expression), as many as the width where it is fixed.
    Chars {
        /// The class, in brackets.
        class: &'static str,
        /// How many.
        width: Option<usize>,
    },
    /// A text that this regular expression, anchored with `^` and `$`, describes.
    Pattern(&'static str),
}

/// A value that can stand in a document.
pub trait Part: Sized {
    /// What it is.
    const CONTENT: Content;

    /// The value without its type.
    fn to_tree(&self) -> Tree;

    /// Reads the value; `None` where a fault was reported.
    fn from_tree(tree: &Tree, reading: &mut Reading) -> Option<Self>;
}

/// A document.
pub trait Document: Part + Clone + PartialEq + std::fmt::Debug {
    /// What it is made of.
    const SHAPE: &'static Shape;

    /// Reads the document.
    ///
    /// # Errors
    /// With every fault that was found.
    fn read(tree: &Tree) -> Result<Self, DocumentError> {
        let mut reading = Reading::default();
        match Self::from_tree(tree, &mut reading) {
            Some(document) if reading.is_faultless() => Ok(document),
            _ => Err(reading.into_error(Self::SHAPE.name)),
        }
    }
}
