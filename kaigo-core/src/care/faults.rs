//! What is wrong with a document that somebody writes, by the checks of its records.

use crate::document::{DocumentError, DocumentFault, Fault};
use crate::exchange::{CheckOptions, check_records};
use crate::record::{FieldSpec, Records};
use crate::report::{Code, Lang, Severity};

/// Faults with their places, each once.
#[derive(Default)]
pub(super) struct Faults(Vec<Fault>);

impl Faults {
    pub(super) fn at(&mut self, path: String, fault: DocumentFault) {
        let fault = Fault { path, fault };
        if !self.0.contains(&fault) {
            self.0.push(fault);
        }
    }

    /// What the checks call an error in records; `path` is the member of a field, by the index of the record. Whether
    /// characters can be written is a matter of writing.
    pub(super) fn of_records(
        &mut self,
        records: &Records<'_>,
        path: impl Fn(usize, Option<&FieldSpec>) -> String,
    ) {
        let report = check_records(records, None, &CheckOptions::default());
        for finding in report.findings() {
            let Some(row) = finding.place.row.and_then(|row| usize::try_from(row).ok()) else { continue };
            if finding.severity != Severity::Error || finding.code == Code::TextOutsideMs932 {
                continue;
            }
            let fault = match finding.code {
                Code::FieldRequired => DocumentFault::Missing,
                code => DocumentFault::Inconsistent(code.text(Lang::Japanese), code.text(Lang::English)),
            };
            self.at(path(row.saturating_sub(1), finding.place.field), fault);
        }
    }

    /// Neighbours that say the same, which rows cannot tell apart.
    pub(super) fn of_twins<T>(&mut self, place: &str, siblings: &[T], same: impl Fn(&T, &T) -> bool) {
        for (at, pair) in (1..).zip(siblings.windows(2)) {
            if let [a, b] = pair
                && same(a, b)
            {
                self.at(format!("{place}[{at}]"), DocumentFault::Duplicate);
            }
        }
    }

    pub(super) fn into_result(self, document: &'static str) -> Result<(), DocumentError> {
        if self.0.is_empty() { Ok(()) } else { Err(DocumentError::new(document, self.0)) }
    }
}

/// The place of a field within that of its document.
pub(super) fn member_of(place: &str, field: Option<&FieldSpec>) -> String {
    field.map_or_else(|| place.to_owned(), |field| format!("{place}.{}", field.name_json))
}
