//! Documents of a client and a date, gathered from the rows of files.

use std::collections::BTreeMap;

use super::sheet::Carrier;
use crate::calendar::Date;
use crate::exchange::Client;
use crate::record::FileKind;
use crate::report::{Code, Report};

/// The client and the date that tell documents of a kind apart.
pub(super) type Key = (Client, Date);

/// A record that has such a key, where its fields conform.
pub(super) trait HasKey {
    fn key(&self) -> Option<Key>;
}

/// Declares the keys of records: the member with their date.
macro_rules! keys {
    ($($record:ident . $date:ident)*) => { $(
        impl $crate::care::collect::HasKey for $crate::record::$record<'_> {
            fn key(&self) -> Option<$crate::care::collect::Key> {
                let (insurer, insured) = self.insurer_number.get().zip(self.insured_number.get())?;
                Some(($crate::exchange::Client { insurer, insured }, self.$date.get()?))
            }
        }
    )* };
}

pub(super) use keys;

/// Documents in the course of being read, in the order in which rows named them first.
pub(super) struct Collection<D> {
    new: fn(Client, Date) -> D,
    /// Whether all rows are to be of the first document.
    one: bool,
    documents: Vec<D>,
    index: BTreeMap<Key, usize>,
    report: Report,
}

impl<D> Collection<D> {
    /// Of any number of documents, or of one.
    pub(super) fn new(new: fn(Client, Date) -> D, one: bool) -> Self {
        Self { new, one, documents: Vec::new(), index: BTreeMap::new(), report: Report::default() }
    }

    fn at(&mut self, key: Key) -> Option<usize> {
        if self.one && !self.documents.is_empty() && !self.index.contains_key(&key) {
            return None;
        }
        Some(*self.index.entry(key).or_insert_with(|| {
            self.documents.push((self.new)(key.0, key.1));
            self.documents.len() - 1
        }))
    }

    /// Hands the rows of a file to their documents, with their numbers from 1. Rows without a document are reported, and
    /// so is an order that is not that of the documents.
    pub(super) fn take<R: HasKey>(
        &mut self,
        kind: FileKind,
        rows: &[R],
        then: impl Fn(&mut D, &[(u64, &R)], &mut Carrier),
    ) {
        let mut carrier = Carrier::new(kind, None);
        let mut taken: BTreeMap<usize, Vec<(u64, &R)>> = BTreeMap::new();
        let (mut last, mut in_order) = (0, true);
        for (row, record) in (1..).zip(rows) {
            carrier.row(row);
            let Some(at) = record.key().and_then(|key| self.at(key)) else {
                carrier.found(Code::CareUnplaced, None);
                continue;
            };
            if at < last && in_order {
                in_order = false;
                carrier.found(Code::CareMixed, None);
            }
            last = at;
            taken.entry(at).or_default().push((row, record));
        }
        for (at, rows) in taken {
            if let Some(document) = self.documents.get_mut(at) {
                then(document, &rows, &mut carrier);
            }
        }
        self.report.extend(carrier.into_report());
    }

    /// [`take`](Self::take) for rows of which each document has one; more are reported.
    pub(super) fn take_one<R: HasKey>(
        &mut self,
        kind: FileKind,
        rows: &[R],
        then: impl Fn(&mut D, &R, &mut Carrier),
    ) {
        self.take(kind, rows, |document, rows, carrier| {
            if let Some(((row, record), others)) = rows.split_first() {
                carrier.row(*row);
                then(document, record, carrier);
                for (row, _) in others {
                    carrier.row(*row);
                    carrier.found(Code::CareDuplicate, None);
                }
            }
        });
    }

    /// The documents, and what they cannot hold.
    pub(super) fn finish(self) -> (Vec<D>, Report) {
        (self.documents, self.report)
    }
}
