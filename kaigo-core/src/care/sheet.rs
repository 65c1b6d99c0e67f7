//! How the fields of records become members of care documents, and back.

use std::sync::Arc;

use crate::document::{DocumentFault, FreeText, is_writable};
use crate::record::{Field, FieldSpec, FileKind, Scalar, Value};
use crate::report::{Code, Finding, Place, Report, Strictness};
use crate::text::Text;

/// Takes the fields of records, and reports what a care document cannot hold.
#[derive(Debug)]
pub(crate) struct Carrier {
    report: Report,
    place: Place,
}

impl Carrier {
    /// Of the records of a kind; `file` is the name in findings.
    pub(crate) fn new(kind: FileKind, file: Option<Arc<str>>) -> Self {
        Self { report: Report::default(), place: Place { file, kind: Some(kind), ..Place::default() } }
    }

    /// From here on the fields of that row, from 1.
    pub(crate) fn row(&mut self, row: u64) {
        self.place.row = Some(row);
    }

    /// Reports something of the row, or of a field of it.
    pub(crate) fn found(&mut self, code: Code, field: Option<&'static FieldSpec>) {
        let mut finding = Finding::new(code, Strictness::Strict);
        finding.place = Place { field, ..self.place.clone() };
        self.report.push(finding);
    }

    /// What was found.
    pub(crate) fn into_report(self) -> Report {
        self.report
    }
}

/// A field of a record that a member of a care document stands for.
pub(crate) trait Carried<M> {
    /// The member; `None` for a blank field, and for one whose value it cannot hold, which is reported.
    fn carry(&self, spec: &'static FieldSpec, carrier: &mut Carrier) -> Option<M>;

    /// The field of a member.
    fn of_member(member: Option<&M>) -> Self;
}

impl<T: Scalar> Carried<T> for Field<'_, T> {
    fn carry(&self, spec: &'static FieldSpec, carrier: &mut Carrier) -> Option<T> {
        // A number below zero is clear, and no value of a member all the same.
        let value = self.get().filter(|value| !matches!(value.value(), Value::Integer(number) if number < 0));
        if value.is_none() && !self.is_blank() {
            carrier.found(Code::CareNotCarried, Some(spec));
        }
        value
    }

    fn of_member(member: Option<&T>) -> Self {
        member.map_or(Self::Blank, |value| Self::Value(*value))
    }
}

impl Carried<FreeText> for Text<'_> {
    fn carry(&self, spec: &'static FieldSpec, carrier: &mut Carrier) -> Option<FreeText> {
        if self.is_empty() {
            return None;
        }
        let text = self.decode_lossy();
        match text.parse() {
            Ok(member) => {
                if self.decode().is_none() {
                    carrier.found(Code::CareTextChanged, Some(spec));
                }
                Some(member)
            }
            Err(DocumentFault::IndividualNumber) => {
                carrier.found(Code::CareIndividualNumber, Some(spec));
                None
            }
            Err(_) => {
                carrier.found(Code::CareTextChanged, Some(spec));
                let sign = |c| if is_writable(c) { c } else { char::REPLACEMENT_CHARACTER };
                text.chars().map(sign).collect::<String>().parse().ok()
            }
        }
    }

    fn of_member(member: Option<&FreeText>) -> Self {
        member.map_or_else(Self::default, |text| text.as_str().to_owned().into())
    }
}

/// Declares care documents whose members are fields of a record, under the record's names: each member stands once or not
/// at all, and is of the field's type (`FreeText` for text). Behind `+` stand members, `opt` or `many N`, that are no
/// fields: a record leaves them empty. Gives the documents `of_record` and `fill`.
macro_rules! sheet {
    ($(
        $(#[doc = $doc:literal])*
        $document:ident of $record:ident = $ja:literal {
            $( $(#[doc = $member_doc:literal])* $name:ident: $ty:ident = $member_ja:literal, )*
        } $(+ {
            $(
                $(#[doc = $other_doc:literal])*
                $other:ident: $occurs:ident $($max:literal)? $other_ty:ident = $other_ja:literal,
            )*
        })?
    )*) => { $(
        $crate::document::document! {
            $(#[doc = $doc])*
            $document = $ja {
                $( $(#[doc = $member_doc])* $name: opt $ty = $member_ja, )*
                $($( $(#[doc = $other_doc])* $other: $occurs $($max)? $other_ty = $other_ja, )*)?
            }
        }

        /// Nothing stands in it.
        impl Default for $document {
            fn default() -> Self {
                Self { $( $name: None, )* $($( $other: Default::default(), )*)? }
            }
        }

        impl $document {
            /// The members that stand in the fields of a record.
            pub(crate) fn of_record(
                record: &$crate::record::$record<'_>,
                carrier: &mut $crate::care::sheet::Carrier,
            ) -> Self {
                Self { $(
                    $name: $crate::care::sheet::Carried::carry(
                        &record.$name,
                        const { $crate::care::sheet::spec::<$crate::record::$record<'static>>(stringify!($name)) },
                        carrier,
                    ),
                )* $($( $other: Default::default(), )*)? }
            }

            /// Sets the fields of a record to the members.
            pub(crate) fn fill(&self, record: &mut $crate::record::$record<'static>) {
                $( record.$name = $crate::care::sheet::Carried::of_member(self.$name.as_ref()); )*
            }

            /// Whether the two say the same in the fields of their records.
            #[allow(dead_code, reason = "not every document has others within it that do not count")]
            pub(crate) fn is_same(&self, other: &Self) -> bool {
                true $( && self.$name == other.$name )*
            }

            /// The fields that the members stand for, each with the name that the member has in the declaration.
            #[cfg(test)]
            pub(crate) fn carried() -> Vec<(&'static $crate::record::FieldSpec, &'static str)> {
                vec![$( (
                    const { $crate::care::sheet::spec::<$crate::record::$record<'static>>(stringify!($name)) },
                    $member_ja,
                ) ),*]
            }
        }
    )* };
}

pub(crate) use sheet;

/// The field of that name. Asked for while the program is compiled, which fails where the record has none.
pub(crate) const fn spec<R: crate::record::Record<'static>>(name: &str) -> &'static FieldSpec {
    let fields = R::LAYOUT.fields;
    let mut at = 0;
    while !is_same(fields[at].name.as_bytes(), name.as_bytes()) {
        at += 1;
        assert!(at < fields.len(), "the record has no field of that name");
    }
    &fields[at]
}

const fn is_same(a: &[u8], b: &[u8]) -> bool {
    let mut at = 0;
    while at < a.len() && at < b.len() && a[at] == b[at] {
        at += 1;
    }
    at == a.len() && at == b.len()
}

#[cfg(test)]
pub(crate) mod tests {
    use crate::record::{FieldSpec, Record};

    /// Every field of the record is a member, once and under its official name, or a part of the key.
    pub(crate) fn assert_whole<R: Record<'static>>(
        carried: Vec<(&'static FieldSpec, &'static str)>,
        key: &[&str],
    ) {
        let layout = R::LAYOUT;
        let mut names: Vec<&str> = carried.iter().map(|(field, _)| field.name).collect();
        names.extend(key);
        names.sort_unstable();
        let mut expected: Vec<&str> = layout.fields.iter().map(|field| field.name).collect();
        expected.sort_unstable();
        assert_eq!(names, expected, "{}", layout.name);
        for (field, official) in carried {
            assert_eq!(field.name_ja, official, "{}", layout.name);
        }
    }
}
