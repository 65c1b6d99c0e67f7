//! File names, sequence numbers and sending units.

use std::path::PathBuf;
use std::sync::Arc;

use kaigo_core::exchange::{
    self, FileName as CoreName, Party as CoreParty, Sequence, SequenceStore as CoreStore, SourceLimits,
    Unit as CoreUnit, UnitFile as CoreFile, gather, read_source_watched,
};
use kaigo_core::ident::{OfficeNumber, ServiceTypeCode};
use kaigo_core::record::{FileKind, MonthOrZeros};
use pyo3::prelude::*;
use pyo3::pybacked::PyBackedBytes;
use pyo3::types::PyBytes;

use crate::document::Document;
use crate::error::{self, OrRaise};
use crate::finding::{self, Finding};
use crate::input::check_options;
use crate::rows::{self, Bytes, Reading};
use crate::value::Month;
use crate::{doorway, lang, layout};

/// A sender or receiver: an office under one of its service types.
#[pyclass(frozen, eq, hash, from_py_object, module = "kaigo")]
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Party(pub CoreParty);

#[pymethods]
impl Party {
    #[new]
    #[pyo3(signature = (office, service_type=None))]
    fn new(office: &str, service_type: Option<&str>) -> PyResult<Self> {
        let service_type = service_type.map(str::parse::<ServiceTypeCode>).transpose().or_raise()?;
        Ok(Self(CoreParty { office: office.parse::<OfficeNumber>().or_raise()?, service_type }))
    }

    #[classattr]
    fn __match_args__() -> (&'static str, &'static str) {
        ("office", "service_type")
    }

    /// The office number, 10 characters.
    #[getter]
    fn office(&self) -> &str {
        self.0.office.as_str()
    }

    /// The service type, 2 characters; ``None`` only in file names before 4.1.
    #[getter]
    fn service_type(&self) -> Option<&str> {
        self.0.service_type.as_ref().map(|code| code.as_str())
    }

    fn __repr__(&self) -> String {
        match self.service_type() {
            Some(service_type) => format!("Party('{}', '{service_type}')", self.office()),
            None => format!("Party('{}')", self.office()),
        }
    }
}

/// The name of a file, which tells kind, month, sender, receiver and sequence number. ``str`` gives the canonical name.
#[pyclass(frozen, eq, hash, from_py_object, module = "kaigo")]
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct FileName(CoreName);

#[pymethods]
impl FileName {
    /// The name of a file of records. Without a month, supplementary information (UPHOSOKU) is that of a care plan.
    #[new]
    #[pyo3(signature = (kind, sender, receiver, sequence, *, month=None))]
    fn new(
        kind: &str,
        sender: Party,
        receiver: Party,
        sequence: &str,
        month: Option<Month>,
    ) -> PyResult<Self> {
        let kind = layout::kind(kind)?;
        let sequence = Sequence::parse(sequence)
            .ok_or_else(|| error::value("sequence is a date and time of 14 digits that exists"))?;
        let month = match month {
            Some(month) => Some(MonthOrZeros::Month(month.0)),
            None => (kind == FileKind::Supplement).then_some(MonthOrZeros::Zeros),
        };
        CoreName::new(kind, month, sender.0, receiver.0, sequence)
            .map(Self)
            .ok_or_else(|| error::value(format!("{} is named with a month, or has none", kind.name())))
    }

    /// Reads a name in the form of 4.1, or one that real senders use.
    #[staticmethod]
    fn parse(name: &str) -> PyResult<Self> {
        CoreName::parse_tolerant(name)
            .map(|(name, _)| Self(name))
            .map_err(|error| error::value(error.message(lang::current())))
    }

    /// The kind of file, such as ``UPPLAN``.
    #[getter]
    fn kind(&self) -> &'static str {
        self.0.kind().name()
    }

    /// The month; ``None`` for kinds without one, and for ``000000``.
    #[getter]
    fn month(&self) -> Option<Month> {
        match self.0.month() {
            Some(MonthOrZeros::Month(month)) => Some(Month(month)),
            _ => None,
        }
    }

    /// Who sends.
    #[getter]
    fn sender(&self) -> Party {
        Party(self.0.sender())
    }

    /// Who receives.
    #[getter]
    fn receiver(&self) -> Party {
        Party(self.0.receiver())
    }

    /// The sequence number, 14 digits.
    #[getter]
    fn sequence(&self) -> String {
        self.0.sequence().to_string()
    }

    fn __str__(&self) -> String {
        self.0.to_string()
    }

    fn __repr__(&self) -> String {
        format!("<FileName {}>", self.0)
    }
}

/// Gives out sequence numbers, none of them twice, from a small file that processes may share.
#[pyclass(frozen, module = "kaigo")]
pub struct SequenceStore(pub CoreStore);

#[pymethods]
impl SequenceStore {
    #[new]
    fn new(path: PathBuf) -> Self {
        Self(CoreStore::new(path))
    }

    /// The next sequence number, 14 digits in Japan's time.
    fn next(&self, py: Python<'_>) -> PyResult<String> {
        let store = self.0.clone();
        doorway::run(py, move || Ok(store.next().or_raise()?.to_string()))
    }
}

/// One file of a unit.
#[pyclass(frozen, module = "kaigo")]
pub struct UnitFile {
    unit: Arc<CoreUnit>,
    index: usize,
}

impl UnitFile {
    fn file(&self) -> &CoreFile {
        &self.unit.files()[self.index]
    }
}

#[pymethods]
impl UnitFile {
    /// The name as it was given.
    #[getter]
    fn name(&self) -> &str {
        self.file().name()
    }

    /// What the name says.
    #[getter]
    fn parsed(&self) -> FileName {
        FileName(*self.file().parsed())
    }

    /// The kind of file, such as ``UPPLAN``.
    #[getter]
    fn kind(&self) -> &'static str {
        self.file().parsed().kind().name()
    }

    /// The bytes.
    #[getter]
    fn content<'py>(&self, py: Python<'py>) -> Bound<'py, PyBytes> {
        PyBytes::new(py, self.file().bytes())
    }

    fn __repr__(&self) -> String {
        format!("<UnitFile {}>", self.name())
    }
}

/// A sending unit (送信単位): files that share sender, receiver and sequence number.
#[pyclass(frozen, eq, from_py_object, module = "kaigo")]
#[derive(Clone, PartialEq)]
pub struct Unit(pub Arc<CoreUnit>);

#[pymethods]
impl Unit {
    /// A unit of files: pairs of name and content, where content is bytes or a document.
    #[new]
    fn new(py: Python<'_>, files: Vec<(String, Content)>) -> PyResult<Self> {
        let files = files
            .into_iter()
            .map(|(name, content)| Ok((name, content.bytes(py)?)))
            .collect::<PyResult<Vec<_>>>()?;
        CoreUnit::new(files)
            .map(|unit| Self(Arc::new(unit)))
            .ok_or_else(|| error::value("a unit has files whose names are in the form of the standard"))
    }

    /// Opens the one unit of a folder, a ZIP archive or a file.
    #[staticmethod]
    #[pyo3(signature = (path, *, tolerant=false))]
    fn open(py: Python<'_>, path: PathBuf, tolerant: bool) -> PyResult<Self> {
        let (mut units, findings) = Self::open_all(py, path, tolerant)?;
        if findings.iter().any(|finding| finding.0.severity == kaigo_core::report::Severity::Error) {
            let findings: Vec<_> = findings.into_iter().map(|finding| finding.0).collect();
            return Err(error::conformance(py, &findings));
        }
        match (units.pop(), units.len()) {
            (Some(unit), 0) => Ok(unit),
            (None, _) => Err(error::value("there is no sending unit; Unit.open_all lists what was found")),
            (Some(_), more) => Err(error::value(format!(
                "there are {} sending units; Unit.open_all gives them all",
                more + 1
            ))),
        }
    }

    /// All units below a folder or in a ZIP archive, oldest first, and what is wrong with files that belong to none.
    #[staticmethod]
    #[pyo3(signature = (path, *, tolerant=false))]
    fn open_all(py: Python<'_>, path: PathBuf, tolerant: bool) -> PyResult<(Vec<Self>, Vec<Finding>)> {
        doorway::run(py, move || {
            let files = read_source_watched(&path, SourceLimits::default(), &doorway::watch()).or_raise()?;
            let gathered = gather(files, &check_options(tolerant, None));
            let units = gathered.units.into_iter().map(|unit| Self(Arc::new(unit))).collect();
            Ok((units, finding::list(gathered.report.findings())))
        })
    }

    /// The files.
    #[getter]
    fn files(&self) -> Vec<UnitFile> {
        (0..self.0.files().len()).map(|index| UnitFile { unit: self.0.clone(), index }).collect()
    }

    /// Which of the allowed units this is, such as ``CarePlan`` or ``Monthly``; ``None`` when it is none of them.
    #[getter]
    fn kind(&self) -> Option<String> {
        self.0.kind().map(|kind| format!("{kind:?}"))
    }

    /// The sequence number, 14 digits.
    #[getter]
    fn sequence(&self) -> Option<String> {
        self.0.sequence().map(|sequence| sequence.to_string())
    }

    /// Who sends it.
    #[getter]
    fn sender(&self) -> Option<Party> {
        self.0.sender().map(Party)
    }

    /// Who is to receive it.
    #[getter]
    fn receiver(&self) -> Option<Party> {
        self.0.receiver().map(Party)
    }

    /// The documents, each read and checked by itself; images have none.
    #[pyo3(signature = (*, tolerant=false))]
    fn documents(&self, py: Python<'_>, tolerant: bool) -> PyResult<Vec<Document>> {
        let unit = self.0.clone();
        doorway::run(py, move || {
            let files = unit.files().iter().filter(|file| file.parsed().kind() != FileKind::FamilyImage);
            files
                .map(|file| {
                    let how = Reading {
                        kind: None,
                        name: Some(file.name().to_owned()),
                        options: check_options(tolerant, None),
                        check: true,
                    };
                    let (held, extras, report) = rows::read(Bytes::Owned(file.bytes().to_vec()), &how)?;
                    Ok(Document::new(held, &report).with_extras(extras))
                })
                .collect()
        })
    }

    /// Checks every file, and the files against each other.
    #[pyo3(signature = (*, tolerant=false))]
    fn check(&self, py: Python<'_>, tolerant: bool) -> PyResult<Vec<Finding>> {
        let unit = self.0.clone();
        doorway::run(py, move || {
            let report = unit.check_watched(&check_options(tolerant, None), &doorway::watch()).or_raise()?;
            Ok(finding::list(report.findings()))
        })
    }

    /// Writes the files into a folder, which is made when it is missing, or as a ZIP archive where the path ends in
    /// ``.zip``; all of them or none.
    fn save(&self, py: Python<'_>, path: PathBuf) -> PyResult<()> {
        let unit = self.0.clone();
        doorway::run(py, move || {
            let zip = path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("zip"));
            if zip { unit.write_zip(&path) } else { unit.write_to_watched(&path, &doorway::watch()) }
                .or_raise()
        })
    }

    fn __repr__(&self) -> String {
        format!(
            "<Unit {} {}, {} files>",
            self.kind().unwrap_or_else(|| "incomplete".to_owned()),
            self.sequence().unwrap_or_default(),
            self.0.files().len()
        )
    }
}

/// What a file of a unit holds.
#[derive(FromPyObject)]
pub enum Content {
    /// As it is.
    Bytes(PyBackedBytes),
    /// As CSV in the canonical form.
    Document(Py<Document>),
}

impl Content {
    fn bytes(self, py: Python<'_>) -> PyResult<Vec<u8>> {
        match self {
            Self::Bytes(bytes) => Ok(bytes.to_vec()),
            Self::Document(document) => {
                let held = document.get().held.clone();
                doorway::run(py, move || {
                    let records = held.records();
                    let options = kaigo_core::format::csv::WriteOptions::default();
                    let written = kaigo_core::format::csv::write(records.kind(), records.iter(), &options);
                    Ok(written.or_raise()?.0)
                })
            }
        }
    }
}

/// Writes a file whole or not at all: a reader sees the old file or the new one.
#[pyfunction]
pub fn write_atomically(py: Python<'_>, path: PathBuf, content: PyBackedBytes) -> PyResult<()> {
    doorway::run(py, move || exchange::write_atomically(&path, &content).or_raise())
}

/// Checks everything below paths: files by themselves, folders and ZIP archives as sending units.
#[pyfunction]
#[pyo3(signature = (path, *, tolerant=false))]
pub fn validate(py: Python<'_>, path: PathBuf, tolerant: bool) -> PyResult<Vec<Finding>> {
    doorway::run(py, move || {
        let options = check_options(tolerant, None);
        let files = read_source_watched(&path, SourceLimits::default(), &doorway::watch()).or_raise()?;
        if path.is_file()
            && let [file] = files.as_slice()
            && path.ends_with(&file.name)
        {
            let report = exchange::check_file_in_any_form(&file.name, &file.bytes, &options).or_raise()?;
            return Ok(finding::list(report.findings()));
        }
        let gathered = gather(files, &options);
        let mut report = gathered.report;
        for unit in &gathered.units {
            report.extend(unit.check_watched(&options, &doorway::watch()).or_raise()?);
        }
        Ok(finding::list(report.findings()))
    })
}
