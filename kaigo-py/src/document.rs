//! The records of one file with what its check found.

use std::path::PathBuf;
use std::sync::Arc;

use kaigo_core::convert::Form;
use kaigo_core::exchange::{CheckOptions, FileName, check_records, write_atomically};
use kaigo_core::format::{csv, json, xml};
use kaigo_core::record::FileKind;
use kaigo_core::report::{Finding as CoreFinding, Report};
use kaigo_core::text::Encoding;
use pyo3::exceptions::{PyIndexError, PyTypeError};
use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyCapsule, PyDict, PyList, PySlice, PyType};

use crate::error::{self, OrRaise};
use crate::finding::{self, Finding};
use crate::input::{self, Source};
use crate::record::{self, Record};
use crate::rows::{self, Bytes, Held, Reading, Rows};
use crate::table::{self, Table};
use crate::{doorway, layout};

/// The records of one file, with what its check found. A sequence of records; it cannot be changed.
#[pyclass(frozen, sequence, module = "kaigo", weakref)]
pub struct Document {
    pub held: Arc<Held>,
    /// Members of its JSON that the records do not have.
    extras: Arc<json::Extras>,
    findings: Arc<[CoreFinding]>,
    errors: u64,
    warnings: u64,
}

impl Document {
    pub fn new(held: Arc<Held>, report: &Report) -> Self {
        Self {
            held,
            extras: Arc::default(),
            findings: report.findings().into(),
            errors: report.errors(),
            warnings: report.warnings(),
        }
    }

    /// The same, with members of its JSON that the records do not have.
    pub fn with_extras(self, extras: json::Extras) -> Self {
        Self { extras: extras.into(), ..self }
    }

    fn core_kind(&self) -> FileKind {
        self.held.records().kind()
    }
}

#[pymethods]
impl Document {
    /// A document of records of one kind, checked. ``tolerant`` as in ``read``.
    #[new]
    #[pyo3(signature = (kind, records, *, tolerant=false, name=None))]
    fn py_new(
        py: Python<'_>,
        kind: &str,
        records: &Bound<'_, PyAny>,
        tolerant: bool,
        name: Option<&str>,
    ) -> PyResult<Self> {
        let kind = layout::kind(kind)?;
        let table = kind.layout().map(|layout| layout.name);
        let name = name
            .map(|name| {
                FileName::parse(name).map_err(|error| error::value(error.message(crate::lang::current())))
            })
            .transpose()?;
        let mut sources: Vec<(Arc<Held>, usize)> = Vec::new();
        for record in records.try_iter()? {
            let record = record?;
            let record = record.cast::<Record>()?.get();
            let (held, index) = record.source();
            if held.records().kind().layout().map(|layout| layout.name) != table {
                let class = record::class_for(py, kind)?.name()?;
                return Err(PyTypeError::new_err(format!("{} holds records of {class}", kind.name())));
            }
            sources.push((held.clone(), index));
        }
        doorway::run(py, move || {
            let mut records = rows::empty(kind).or_raise()?;
            for (held, index) in sources {
                rows::append(&mut records, held.records(), index).or_raise()?;
            }
            let options = input::check_options(tolerant, None);
            let report = check_records(&records, name.as_ref(), &options);
            Ok(Self::new(Held::owned(records), &report))
        })
    }

    /// The kind of file, such as ``UPPLAN``.
    #[getter]
    fn kind(&self) -> &'static str {
        self.core_kind().name()
    }

    /// The official name of the kind.
    #[getter]
    fn kind_ja(&self) -> &'static str {
        self.core_kind().name_ja()
    }

    /// The class of the records.
    #[getter]
    fn record_class<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyType>> {
        record::class_for(py, self.core_kind()).cloned()
    }

    /// What the check found, in the order of the file. Personal data is masked.
    #[getter]
    fn findings(&self) -> Vec<Finding> {
        finding::list(&self.findings)
    }

    /// How many errors were found, also those beyond the limit of findings.
    #[getter]
    fn errors(&self) -> u64 {
        self.errors
    }

    /// How many warnings were found, also those beyond the limit of findings.
    #[getter]
    fn warnings(&self) -> u64 {
        self.warnings
    }

    /// Raises ``ConformanceError`` when the check found an error; gives the document itself otherwise.
    fn raise_for_errors<'py>(slf: &Bound<'py, Self>) -> PyResult<Bound<'py, Self>> {
        match slf.get().errors {
            0 => Ok(slf.clone()),
            _ => Err(error::conformance(slf.py(), &slf.get().findings)),
        }
    }

    /// The document itself, whose records are of that class: for readers and type checkers. ``TypeError`` where they
    /// are of another.
    fn of<'py>(slf: &Bound<'py, Self>, record_class: &Bound<'py, PyType>) -> PyResult<Bound<'py, Self>> {
        let own = slf.get().record_class(slf.py())?;
        if own.is(record_class) {
            return Ok(slf.clone());
        }
        let (own, asked) = (own.name()?, record_class.name()?);
        Err(PyTypeError::new_err(format!("{} has records of {own}, not of {asked}", slf.get().kind())))
    }

    /// ``Document[ServiceSlip]``, for annotations.
    #[classmethod]
    fn __class_getitem__<'py>(
        cls: &Bound<'py, PyType>,
        record_class: &Bound<'py, PyAny>,
    ) -> PyResult<Bound<'py, PyAny>> {
        cls.py().import("types")?.getattr("GenericAlias")?.call1((cls, record_class))
    }

    fn __len__(&self) -> usize {
        self.held.records().len()
    }

    fn __getitem__<'py>(&self, key: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
        let py = key.py();
        let length = self.__len__();
        let rows = Bound::new(py, Rows(self.held.clone()))?;
        if let Ok(slice) = key.cast::<PySlice>() {
            let range = slice.indices(length as isize)?;
            let list = PyList::empty(py);
            let mut at = range.start;
            for _ in 0..range.slicelength {
                list.append(record::make(py, &rows, at as usize)?)?;
                at += range.step;
            }
            return Ok(list.into_any());
        }
        let index: isize = key.extract()?;
        let index = if index < 0 { index + length as isize } else { index };
        match usize::try_from(index) {
            Ok(index) if index < length => record::make(py, &rows, index),
            _ => Err(PyIndexError::new_err("there is no such record")),
        }
    }

    fn __iter__(&self, py: Python<'_>) -> PyResult<RecordIterator> {
        Ok(RecordIterator {
            class: record::class_for(py, self.core_kind())?.clone().unbind(),
            rows: Py::new(py, Rows(self.held.clone()))?,
            at: 0,
            end: self.__len__(),
        })
    }

    fn __repr__(&self) -> String {
        format!(
            "<Document {}, {} records, {} errors, {} warnings>",
            self.kind(),
            self.__len__(),
            self.errors,
            self.warnings
        )
    }

    /// Whether kind and all values are equal; what was found does not count.
    fn __eq__(&self, other: &Bound<'_, PyAny>) -> bool {
        other.cast::<Self>().is_ok_and(|other| self.held.records() == other.get().held.records())
    }

    fn __hash__(&self) -> u64 {
        self.__len__() as u64
    }

    /// The records as dicts: field names English (``"en"``) or official (``"ja"``), values as the attributes have them.
    #[pyo3(signature = (lang="en"))]
    fn to_dicts<'py>(slf: &Bound<'py, Self>, lang: &str) -> PyResult<Vec<Bound<'py, PyDict>>> {
        let py = slf.py();
        let held = &slf.get().held;
        (0..held.records().len()).map(|index| Record::at_index(held, index).to_dict(py, lang)).collect()
    }

    /// The document as JSON, ``5.0-provisional``: bytes in UTF-8. Members that it was read with and that the records do not
    /// have stand there again. ``pretty``: indented, for people.
    #[pyo3(signature = (*, pretty=false))]
    fn to_json<'py>(&self, py: Python<'py>, pretty: bool) -> PyResult<Bound<'py, PyBytes>> {
        let (held, extras) = (self.held.clone(), self.extras.clone());
        let bytes = doorway::run(py, move || {
            let (records, options) = (held.records(), json::WriteOptions { pretty });
            Ok(json::write_with_extras(records.kind(), records.iter(), &extras, &options))
        })?;
        Ok(PyBytes::new(py, &bytes))
    }

    /// The document as CSV, standard 4.1, in Shift_JIS as Windows has it, or in UTF-8 with ``encoding="utf-8"``.
    ///
    /// ``gaiji`` says what becomes of characters that Shift_JIS does not have: ``"reject"`` raises
    /// ``EncodingError``, ``"map"`` writes known variants and rejects others, ``"substitute"`` writes 〓 for those.
    #[pyo3(signature = (*, gaiji="reject", encoding="cp932", quoting="canonical", line_end="\r\n"))]
    fn to_csv<'py>(
        &self,
        py: Python<'py>,
        gaiji: &str,
        encoding: &str,
        quoting: &str,
        line_end: &str,
    ) -> PyResult<Bound<'py, PyBytes>> {
        let options = csv::WriteOptions {
            gaiji: input::gaiji(gaiji)?,
            encoding: match encoding {
                "cp932" => Encoding::Ms932,
                "utf-8" => Encoding::Utf8,
                _ => return Err(error::value("encoding is 'cp932' or 'utf-8'")),
            },
            quoting: match quoting {
                "canonical" => csv::Quoting::Canonical,
                "text" => csv::Quoting::FreeText,
                "all" => csv::Quoting::All,
                "minimal" => csv::Quoting::Minimal,
                _ => return Err(error::value("quoting is 'canonical', 'text', 'all' or 'minimal'")),
            },
            line_end: match line_end {
                "\r\n" => csv::LineEnd::CrLf,
                "\n" => csv::LineEnd::Lf,
                _ => return Err(error::value("line_end is '\\r\\n' or '\\n'")),
            },
        };
        let held = self.held.clone();
        let bytes = doorway::run(py, move || {
            let records = held.records();
            Ok(csv::write(records.kind(), records.iter(), &options).or_raise()?.0)
        })?;
        Ok(PyBytes::new(py, &bytes))
    }

    /// The records as typed columns, named in English (``"en"``) or officially (``"ja"``).
    #[pyo3(signature = (lang="en", *, batch_rows=table::BATCH_ROWS, threads=None))]
    fn to_arrow(
        &self,
        py: Python<'_>,
        lang: &str,
        batch_rows: usize,
        threads: Option<usize>,
    ) -> PyResult<Table> {
        table::table(py, &self.held, lang, batch_rows, threads)
    }

    #[pyo3(signature = (requested_schema=None))]
    fn __arrow_c_stream__<'py>(
        &self,
        py: Python<'py>,
        requested_schema: Option<Bound<'py, PyAny>>,
    ) -> PyResult<Bound<'py, PyCapsule>> {
        self.to_arrow(py, "en", table::BATCH_ROWS, None)?.__arrow_c_stream__(py, requested_schema)
    }

    /// As ``pickle`` keeps it: the bytes of its JSON form, which hold every value, checked anew when it comes back.
    fn __reduce__<'py>(slf: &Bound<'py, Self>) -> PyResult<(Bound<'py, PyAny>, (Bound<'py, PyBytes>,))> {
        let read = slf.py().import("kaigo")?.getattr("read")?;
        Ok((read, (slf.get().to_json(slf.py(), false)?,)))
    }
}

/// Goes over the records of a document.
#[pyclass(module = "kaigo")]
pub struct RecordIterator {
    class: Py<PyType>,
    rows: Py<Rows>,
    at: usize,
    end: usize,
}

#[pymethods]
impl RecordIterator {
    fn __iter__(slf: PyRef<'_, Self>) -> PyRef<'_, Self> {
        slf
    }

    fn __next__<'py>(&mut self, py: Python<'py>) -> PyResult<Option<Bound<'py, PyAny>>> {
        if self.at == self.end {
            return Ok(None);
        }
        let record = self.class.bind(py).call1((&self.rows, self.at))?;
        self.at += 1;
        Ok(Some(record))
    }

    fn __length_hint__(&self) -> usize {
        self.end - self.at
    }
}

/// Reads a path, bytes or an open binary file: Shift_JIS CSV of standard 4.1, or JSON ``5.0-provisional``.
///
/// ``kind`` (such as ``UPPLAN``) is needed where no file name tells it. With ``tolerant``, what real senders do
/// against the standard is a warning rather than an error. Without ``check``, only the form of the file is looked at.
#[pyfunction]
#[pyo3(signature = (source, *, kind=None, tolerant=false, check=true, finding_limit=None, name=None))]
pub fn read(
    py: Python<'_>,
    source: Source,
    kind: Option<&str>,
    tolerant: bool,
    check: bool,
    finding_limit: Option<usize>,
    name: Option<String>,
) -> PyResult<Document> {
    let how = Reading {
        kind: kind.map(layout::kind).transpose()?,
        name: name.or_else(|| source.name()),
        options: input::check_options(tolerant, finding_limit),
        check,
    };
    doorway::run(py, move || {
        let (held, extras, report) = rows::read(source.load()?, &how)?;
        Ok(Document::new(held, &report).with_extras(extras))
    })
}

/// Writes a document, as JSON or XML where the path ends in ``.json`` or ``.xml`` and as CSV elsewhere; whole or not at all.
#[pyfunction]
#[pyo3(signature = (document, path, *, gaiji="reject"))]
pub fn write(py: Python<'_>, document: &Document, path: PathBuf, gaiji: &str) -> PyResult<()> {
    let (held, extras, gaiji) = (document.held.clone(), document.extras.clone(), input::gaiji(gaiji)?);
    doorway::run(py, move || {
        let (records, kind) = (held.records(), held.records().kind());
        let bytes = match Form::of_name(&path.to_string_lossy()) {
            Some(Form::Json) => {
                json::write_with_extras(kind, records.iter(), &extras, &json::WriteOptions::default())
            }
            Some(Form::Xml) => xml::write(kind, records.iter()),
            _ => {
                let options = csv::WriteOptions { gaiji, ..csv::WriteOptions::default() };
                csv::write(kind, records.iter(), &options).or_raise()?.0
            }
        };
        write_atomically(&path, &bytes).or_raise()
    })
}

/// Checks the records of a document again: strictly or tolerantly, and against each other when the name of their file
/// is given.
#[pyfunction]
#[pyo3(signature = (document, *, tolerant=false, name=None))]
pub fn check(
    py: Python<'_>,
    document: &Document,
    tolerant: bool,
    name: Option<String>,
) -> PyResult<Vec<Finding>> {
    let held = document.held.clone();
    let options: CheckOptions = input::check_options(tolerant, None);
    doorway::run(py, move || {
        let name = name.as_deref().and_then(|name| FileName::parse_tolerant(name).ok()).map(|(name, _)| name);
        Ok(finding::list(check_records(held.records(), name.as_ref(), &options).findings()))
    })
}

impl From<Bytes> for Vec<u8> {
    fn from(bytes: Bytes) -> Self {
        match bytes {
            Bytes::Owned(bytes) => bytes,
            Bytes::Shared(bytes) => bytes.to_vec(),
        }
    }
}
