//! Members that the records do not have.

use std::collections::BTreeMap;
use std::fmt;

use serde_json::value::RawValue;

/// The members of a document that kaigo does not know, kept as they stand there, so that they can be written back: those
/// of the document itself, and those of each record.
///
/// They may be about a person, so `Debug` shows only how many there are.
#[derive(Clone, Default)]
pub struct Extras {
    document: Vec<Extra>,
    records: BTreeMap<u64, Vec<Extra>>,
}

/// One such member: its name and its JSON, to the letter.
#[derive(Clone)]
pub struct Extra {
    name: String,
    value: Box<RawValue>,
}

impl Extra {
    /// The name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The value, in JSON as it stands in the document.
    pub fn json(&self) -> &str {
        self.value.get()
    }

    pub(super) fn raw(&self) -> &RawValue {
        &self.value
    }
}

impl Extras {
    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.document.is_empty() && self.records.is_empty()
    }

    /// The members of the document.
    pub fn of_document(&self) -> &[Extra] {
        &self.document
    }

    /// The members of a record, counted from 1.
    pub fn of_record(&self, row: u64) -> &[Extra] {
        self.records.get(&row).map_or(&[], Vec::as_slice)
    }

    /// All of them: the record, from 1, where it is one of a record, and the member.
    pub fn iter(&self) -> impl Iterator<Item = (Option<u64>, &Extra)> {
        let of_records = self.records.iter().flat_map(|(row, extras)| extras.iter().map(|e| (Some(*row), e)));
        self.document.iter().map(|extra| (None, extra)).chain(of_records)
    }

    /// Sets a member of a record, counted from 1, or of the document: an additional item that a
    /// [profile](crate::standard::StandardProfile) has. A name that is one of kaigo's own is not written.
    pub fn set(&mut self, row: Option<u64>, name: &str, value: &serde_json::Value) {
        // A value that was made by a program is JSON.
        let Ok(value) = serde_json::value::to_raw_value(value) else { return };
        let extras = match row {
            None => &mut self.document,
            Some(row) => self.records.entry(row).or_default(),
        };
        match extras.iter_mut().find(|extra| extra.name == name) {
            Some(extra) => extra.value = value,
            None => extras.push(Extra { name: name.to_owned(), value }),
        }
    }

    /// Takes the members of a record that is taken out, counted from 1; those behind it move up.
    pub fn remove(&mut self, row: u64) {
        self.records.remove(&row);
        let behind = self.records.split_off(&row);
        self.records.extend(behind.into_iter().map(|(row, extras)| (row - 1, extras)));
    }

    /// Keeps a member of a record, or of the document where the row is 0.
    pub(super) fn keep(&mut self, row: u64, name: &str, value: Box<RawValue>) {
        let extras = if row == 0 { &mut self.document } else { self.records.entry(row).or_default() };
        extras.push(Extra { name: name.to_owned(), value });
    }
}

impl PartialEq for Extra {
    fn eq(&self, other: &Self) -> bool {
        (self.name(), self.json()) == (other.name(), other.json())
    }
}

impl PartialEq for Extras {
    fn eq(&self, other: &Self) -> bool {
        self.document == other.document && self.records == other.records
    }
}

impl fmt::Debug for Extras {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Extras({} members, masked)", self.iter().count())
    }
}

impl fmt::Debug for Extra {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Extra(masked)")
    }
}
