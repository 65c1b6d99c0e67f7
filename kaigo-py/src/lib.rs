//! Python package over kaigo-core: a private module that `kaigo/__init__.py` dresses. It translates and decides
//! nothing.

use kaigo_core::exchange::{FileName, write_atomically};
use kaigo_core::format::{csv, json};
use kaigo_core::record::{FileKind, Records};
use kaigo_core::report::{Finding as CoreFinding, Lang, Masking, Strictness};
use pyo3::create_exception;
use pyo3::exceptions::{PyException, PyValueError};
use pyo3::prelude::*;

create_exception!(
    _kaigo,
    KaigoError,
    PyException,
    "A call cannot go on. `args` are the message and its stable code."
);

fn error(error: kaigo_core::Error) -> PyErr {
    match error.kind() {
        kaigo_core::ErrorKind::Io { source, .. } => std::io::Error::from(source.kind()).into(),
        _ => KaigoError::new_err((error.message(Lang::English), error.code())),
    }
}

/// Something that does not conform, or is doubtful. Personal data is masked.
#[pyclass(frozen, module = "kaigo")]
struct Finding(CoreFinding);

#[pymethods]
impl Finding {
    /// The stable code, such as `field.required`.
    #[getter]
    fn code(&self) -> &'static str {
        self.0.code.name()
    }

    /// `error` or `warning`.
    #[getter]
    fn severity(&self) -> &'static str {
        self.0.severity.name()
    }

    /// The kind of file, such as `UPPLAN`.
    #[getter]
    fn kind(&self) -> Option<&'static str> {
        self.0.place.kind.map(FileKind::name)
    }

    /// The record, from 1.
    #[getter]
    fn row(&self) -> Option<u64> {
        self.0.place.row
    }

    /// The official No. of the field, from 1.
    #[getter]
    fn field_no(&self) -> Option<u16> {
        self.0.place.field.map(|field| field.no)
    }

    /// The offset in the file, in bytes from 0.
    #[getter]
    fn byte(&self) -> Option<u64> {
        self.0.place.byte
    }

    /// The message in English.
    #[getter]
    fn message(&self) -> String {
        self.0.message(Lang::English, Masking::Masked)
    }

    /// The message in Japanese.
    #[getter]
    fn message_ja(&self) -> String {
        self.0.message(Lang::Japanese, Masking::Masked)
    }

    fn __repr__(&self) -> String {
        self.0.to_string()
    }
}

/// The records of one file with what its check found.
#[pyclass(frozen, module = "kaigo")]
struct Document {
    records: Records<'static>,
    findings: Vec<CoreFinding>,
}

#[pymethods]
impl Document {
    /// The kind of file, such as `UPPLAN`.
    #[getter]
    fn kind(&self) -> &'static str {
        self.records.kind().name()
    }

    /// What the check found, in the order of the file.
    #[getter]
    fn findings(&self) -> Vec<Finding> {
        self.findings.iter().cloned().map(Finding).collect()
    }

    fn __len__(&self) -> usize {
        self.records.len()
    }

    fn __repr__(&self) -> String {
        format!(
            "<Document {}, {} records, {} findings>",
            self.kind(),
            self.records.len(),
            self.findings.len()
        )
    }

    /// The document as JSON, `5.0-provisional`.
    fn to_json(&self, py: Python<'_>) -> Vec<u8> {
        py.detach(|| json::write(self.records.kind(), self.records.iter(), &json::WriteOptions::default()))
    }

    /// The document as Shift_JIS CSV, standard 4.1.
    fn to_csv(&self, py: Python<'_>) -> PyResult<Vec<u8>> {
        py.detach(|| csv::write(self.records.kind(), self.records.iter(), &csv::WriteOptions::default()))
            .map(|(bytes, _)| bytes)
            .map_err(error)
    }
}

/// Reads bytes of CSV, or of JSON when they begin with a brace.
#[pyfunction]
fn read(
    py: Python<'_>,
    bytes: Vec<u8>,
    kind: Option<&str>,
    name: Option<&str>,
    tolerant: bool,
) -> PyResult<Document> {
    let known = kind
        .map(|kind| FileKind::from_name(kind).ok_or_else(|| PyValueError::new_err("unknown kind of file")))
        .transpose()?;
    let named = name.and_then(|name| FileName::parse_tolerant(name).ok()).map(|(name, _)| name.kind());
    let strictness = if tolerant { Strictness::Tolerant } else { Strictness::Strict };
    let file = name.map(Into::into);
    py.detach(|| {
        let (records, report) = if bytes.starts_with(b"{") {
            let options = json::ReadOptions { kind: known, strictness, file, ..json::ReadOptions::default() };
            json::read(&bytes, &options).map_err(error)?
        } else {
            let kind = known.or(named).filter(|kind| kind.layout().is_some());
            let kind =
                kind.ok_or_else(|| PyValueError::new_err("the name does not tell the kind; pass kind="))?;
            let options = csv::ReadOptions { strictness, file, ..csv::ReadOptions::new(kind) };
            let (records, report) = csv::read(&bytes, &options)
                .ok_or_else(|| PyValueError::new_err("an image has no records"))?;
            (records.into_owned(), report)
        };
        Ok(Document { records, findings: report.findings().to_vec() })
    })
}

/// Writes a file whole or not at all.
#[pyfunction]
fn write(py: Python<'_>, path: std::path::PathBuf, bytes: Vec<u8>) -> PyResult<()> {
    py.detach(|| write_atomically(&path, &bytes)).map_err(error)
}

#[pymodule(gil_used = false)]
mod _kaigo {
    #[pymodule_export]
    use super::{Document, Finding, KaigoError, read, write};

    #[pymodule_export]
    #[allow(non_upper_case_globals)]
    const __version__: &str = env!("CARGO_PKG_VERSION");
}
