//! The records of one file with the bytes that their texts borrow from, shared by all that came of it.

use std::sync::Arc;

use kaigo_core::exchange::{CheckOptions, FileName, check_file};
use kaigo_core::format::{csv, json};
use kaigo_core::record::{Records, Value};
use kaigo_core::report::Report;
use kaigo_core::text::Text;
use kaigo_core::{Error, record::FileKind};
use pyo3::prelude::*;
use pyo3::pybacked::PyBackedBytes;

use crate::error;

/// The bytes of a file: Python's own, or read by us.
pub enum Bytes {
    /// Python's.
    Shared(PyBackedBytes),
    /// Ours.
    Owned(Vec<u8>),
}

impl AsRef<[u8]> for Bytes {
    fn as_ref(&self) -> &[u8] {
        match self {
            Self::Shared(bytes) => bytes,
            Self::Owned(bytes) => bytes,
        }
    }
}

self_cell::self_cell!(
    /// Records that borrow their texts from the bytes beside them.
    pub struct Held {
        owner: Bytes,
        #[covariant]
        dependent: Records,
    }
);

/// The records that `Record` objects look into.
#[pyclass(frozen, module = "kaigo")]
#[derive(Clone)]
pub struct Rows(pub Arc<Held>);

impl Held {
    /// Records that borrow from nothing.
    pub fn owned(records: Records<'static>) -> Arc<Self> {
        Arc::new(Self::new(Bytes::Owned(Vec::new()), |_| records))
    }

    /// The records.
    pub fn records(&self) -> &Records<'_> {
        self.borrow_dependent()
    }

    /// Some of the records anew, each with those texts set.
    pub fn copy(
        &self,
        indices: impl IntoIterator<Item = usize>,
        texts: Vec<(usize, String)>,
    ) -> Result<Records<'static>, Error> {
        let mut records = empty(self.records().kind())?;
        for index in indices {
            append(&mut records, self.records(), index)?;
            for (no, text) in &texts {
                records.set(records.len() - 1, *no, text.clone())?;
            }
        }
        Ok(records)
    }
}

/// No records of a kind; the image has none.
pub fn empty(kind: FileKind) -> Result<Records<'static>, Error> {
    Records::empty(kind).ok_or_else(|| kaigo_core::ErrorKind::NoField { kind, no: 1 }.into())
}

/// Adds a copy of a record of the same layout.
pub fn append(to: &mut Records<'static>, from: &Records<'_>, index: usize) -> Result<(), Error> {
    let Some(record) = from.get(index) else {
        return Err(kaigo_core::ErrorKind::NoRow { kind: from.kind(), row: index as u64 + 1 }.into());
    };
    let fields = record.layout().fields.iter().filter_map(|spec| {
        let value = record.value(usize::from(spec.no)).filter(|value| *value != Value::Blank)?;
        Some((usize::from(spec.no), Text::<'static>::from(value)))
    });
    to.push(fields)
}

/// How a file is read.
pub struct Reading {
    /// The kind, where the caller says it.
    pub kind: Option<FileKind>,
    /// The file's name, where there is one.
    pub name: Option<String>,
    /// Strictness and limit.
    pub options: CheckOptions,
    /// Whether fields and records are checked.
    pub check: bool,
}

/// Reads JSON where the bytes begin with a brace, and CSV elsewhere.
pub fn read(bytes: Bytes, how: &Reading) -> PyResult<(Arc<Held>, json::Extras, Report)> {
    let Reading { kind, name, options, check } = how;
    let file = name.as_deref().map(Into::into);
    if bytes.as_ref().starts_with(b"{") {
        let options = json::ReadOptions {
            kind: *kind,
            strictness: options.strictness,
            file,
            check: *check,
            finding_limit: options.finding_limit,
        };
        let (records, extras, report) =
            json::read_with_extras(bytes.as_ref(), &options).map_err(error::raise)?;
        return Ok((Held::owned(records), extras, report));
    }
    let named = name.as_deref().and_then(|name| FileName::parse_tolerant(name).ok()).map(|(name, _)| name);
    let kind = kind.or(named.map(|name| name.kind())).filter(|kind| kind.layout().is_some());
    let kind = kind.ok_or_else(|| error::value("the name does not tell the kind of file; pass kind="))?;
    let mut found = Report::default();
    let held = Held::try_new(bytes, |bytes| {
        let bytes = bytes.as_ref();
        let read = match name {
            // A file under its own name is held against that, too.
            Some(name) if *check && named.is_some_and(|name| name.kind() == kind) => {
                let checked = check_file(name, bytes, options);
                checked.records.map(|records| (records, checked.report))
            }
            _ => {
                let options = csv::ReadOptions {
                    strictness: options.strictness,
                    file,
                    check: *check,
                    finding_limit: options.finding_limit,
                    ..csv::ReadOptions::new(kind)
                };
                csv::read(bytes, &options)
            }
        };
        let (records, report) = read.ok_or_else(error::internal)?;
        found = report;
        Ok::<_, PyErr>(records)
    })?;
    Ok((Arc::new(held), json::Extras::default(), found))
}
