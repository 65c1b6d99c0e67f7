//! Records as columns.

use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};

use arrow_array::{RecordBatch, RecordBatchIterator, RecordBatchReader};
use arrow_schema::SchemaRef;
use kaigo_core::exchange::{FileName, check_records};
use kaigo_core::format::arrow::{self, Naming, ScanOptions, ScanReader};
use kaigo_core::report::{Lang, Report};
use pyo3::prelude::*;
use pyo3::types::PyCapsule;

use crate::document::Document;
use crate::error::{self, OrRaise};
use crate::finding::{self, Finding};
use crate::input::check_options;
use crate::rows::Held;
use crate::{capsule, doorway, lang, layout};

/// How many rows a batch has unless told otherwise.
pub const BATCH_ROWS: usize = 1 << 16;

/// Typed columns, which anything with the Arrow PyCapsule protocol takes in one call: ``polars.DataFrame(table)``,
/// ``pyarrow.table(table)``, ``pandas.DataFrame.from_arrow(table)``, DuckDB by the name of the variable.
#[pyclass(frozen, module = "kaigo")]
pub struct Table {
    schema: SchemaRef,
    batches: Vec<RecordBatch>,
}

#[pymethods]
impl Table {
    /// The names of the columns, in official order.
    #[getter]
    fn column_names(&self) -> Vec<String> {
        self.schema.fields().iter().map(|field| field.name().clone()).collect()
    }

    fn __len__(&self) -> usize {
        self.batches.iter().map(RecordBatch::num_rows).sum()
    }

    fn __arrow_c_schema__<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyCapsule>> {
        capsule::give_schema(py, &self.schema)
    }

    #[pyo3(signature = (requested_schema=None))]
    pub fn __arrow_c_stream__<'py>(
        &self,
        py: Python<'py>,
        requested_schema: Option<Bound<'py, PyAny>>,
    ) -> PyResult<Bound<'py, PyCapsule>> {
        // A producer may leave the request to the consumer.
        drop(requested_schema);
        let batches = self.batches.clone().into_iter().map(Ok);
        capsule::give_stream(py, Box::new(RecordBatchIterator::new(batches, self.schema.clone())))
    }

    fn __repr__(&self) -> String {
        format!("<Table, {} rows, {} columns>", self.__len__(), self.schema.fields().len())
    }
}

/// How columns are named in a language.
fn naming(lang: &str) -> PyResult<Naming> {
    Ok(match lang::parse(Some(lang))? {
        Lang::Japanese => Naming::Official,
        Lang::English => Naming::English,
    })
}

fn threads(threads: Option<usize>) -> usize {
    threads.unwrap_or_else(|| std::thread::available_parallelism().map_or(1, Into::into)).max(1)
}

/// Columns of the records of a document.
pub fn table(
    py: Python<'_>,
    held: &Arc<Held>,
    lang: &str,
    batch_rows: usize,
    count: Option<usize>,
) -> PyResult<Table> {
    let (held, naming, threads) = (held.clone(), naming(lang)?, threads(count));
    doorway::run(py, move || {
        let records = held.records();
        let schema = arrow::schema(records.kind(), naming, false).ok_or_else(error::internal)?;
        Ok(Table { schema, batches: arrow::write(records, naming, batch_rows, threads) })
    })
}

/// Makes a document of a table: of anything with the Arrow PyCapsule protocol, such as what ``to_arrow`` gave and
/// another library changed. Columns are known by their names, in any order; those that are missing are blank.
///
/// ``kind`` is needed where the schema does not tell it.
#[pyfunction]
#[pyo3(signature = (table, *, kind=None, tolerant=false, name=None))]
pub fn from_arrow(
    py: Python<'_>,
    table: &Bound<'_, PyAny>,
    kind: Option<&str>,
    tolerant: bool,
    name: Option<&str>,
) -> PyResult<Document> {
    let kind = kind.map(layout::kind).transpose()?;
    let name = name.and_then(|name| FileName::parse_tolerant(name).ok()).map(|(name, _)| name);
    let stream = capsule::take_stream(table)?;
    doorway::run(py, move || {
        let schema = stream.schema();
        let records = arrow::read(&schema, stream, kind).or_raise()?;
        let report = check_records(&records, name.as_ref(), &check_options(tolerant, None));
        Ok(Document::new(Held::owned(records), &report))
    })
}

/// Findings as columns, as their JSON form has them.
#[pyfunction]
pub fn findings_table(findings: Vec<Bound<'_, Finding>>) -> PyResult<Table> {
    let batch =
        arrow::findings(findings.iter().map(|finding| &finding.get().0)).ok_or_else(error::internal)?;
    Ok(Table { schema: arrow::findings_schema(), batches: vec![batch] })
}

/// Many files as one stream of batches, read and checked on all cores while it is used. It has the Arrow PyCapsule
/// protocol; each use reads the files anew. ``findings`` has what was found in the files that were used last.
#[pyclass(frozen, module = "kaigo")]
pub struct Scan {
    paths: Vec<PathBuf>,
    options: ScanOptions,
    schema: SchemaRef,
    found: Arc<Mutex<Report>>,
}

impl Scan {
    fn batches(&self) -> PyResult<ScanReader> {
        let report = Report::with_limit(usize::MAX);
        *self.found.lock().unwrap_or_else(PoisonError::into_inner) = report;
        ScanReader::new(self.paths.clone(), &self.options, self.found.clone(), lang::current())
            .ok_or_else(error::internal)
    }
}

#[pymethods]
impl Scan {
    /// The names of the columns, in official order, with ``verbatim`` and those of the source.
    #[getter]
    fn column_names(&self) -> Vec<String> {
        self.schema.fields().iter().map(|field| field.name().clone()).collect()
    }

    /// The kind of the files, such as ``UPPLAN``.
    #[getter]
    fn kind(&self) -> &'static str {
        self.options.kind.name()
    }

    /// The files.
    #[getter]
    fn paths(&self) -> Vec<PathBuf> {
        self.paths.clone()
    }

    /// What was found in the files that were used last.
    #[getter]
    fn findings(&self) -> Vec<Finding> {
        finding::list(self.found.lock().unwrap_or_else(PoisonError::into_inner).findings())
    }

    fn __arrow_c_schema__<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyCapsule>> {
        capsule::give_schema(py, &self.schema)
    }

    #[pyo3(signature = (requested_schema=None))]
    fn __arrow_c_stream__<'py>(
        &self,
        py: Python<'py>,
        requested_schema: Option<Bound<'py, PyAny>>,
    ) -> PyResult<Bound<'py, PyCapsule>> {
        drop(requested_schema);
        capsule::give_stream(py, Box::new(self.batches()?))
    }

    /// The batches one by one, each a ``Table``.
    fn __iter__(&self) -> PyResult<TableIterator> {
        Ok(TableIterator(Arc::new(Mutex::new(self.batches()?))))
    }

    fn __repr__(&self) -> String {
        format!("<Scan of {} files of {}>", self.paths.len(), self.kind())
    }
}

/// Goes over the batches of a scan.
#[pyclass(frozen, module = "kaigo")]
pub struct TableIterator(Arc<Mutex<ScanReader>>);

#[pymethods]
impl TableIterator {
    fn __iter__(slf: Py<Self>) -> Py<Self> {
        slf
    }

    fn __next__(&self, py: Python<'_>) -> PyResult<Option<Table>> {
        let batches = self.0.clone();
        doorway::run(py, move || {
            let mut batches = batches.lock().unwrap_or_else(PoisonError::into_inner);
            let batch = batches.next_batch().transpose().or_raise()?;
            Ok(batch.map(|batch| Table { schema: batch.schema(), batches: vec![batch] }))
        })
    }
}

/// What ``scan`` takes: one path or several.
#[derive(FromPyObject)]
pub enum Paths {
    /// One.
    One(PathBuf),
    /// Several.
    Many(Vec<PathBuf>),
}

/// Reads and checks files of one kind as one stream of columns, on all cores: thousands of files, or one large one.
///
/// Of a folder, all files below it whose names tell the kind are read. ``kind`` is needed where the names tell none,
/// or several. With ``source`` (the default) the columns ``source_file`` and ``source_row`` tell where a row stands.
#[pyfunction]
#[pyo3(signature = (
    paths, *, kind=None, tolerant=false, lang="en", source=true, batch_rows=BATCH_ROWS, threads=None,
    finding_limit=None
))]
#[allow(clippy::too_many_arguments, reason = "Python names them")]
pub fn scan(
    py: Python<'_>,
    paths: Paths,
    kind: Option<&str>,
    tolerant: bool,
    lang: &str,
    source: bool,
    batch_rows: usize,
    threads: Option<usize>,
    finding_limit: Option<usize>,
) -> PyResult<Scan> {
    let kind = kind.map(layout::kind).transpose()?;
    let (naming, threads) = (naming(lang)?, self::threads(threads));
    let check = check_options(tolerant, finding_limit);
    let paths = match paths {
        Paths::One(path) => vec![path],
        Paths::Many(paths) => paths,
    };
    doorway::run(py, move || {
        let paths = arrow::files_below(&paths, kind).or_raise()?;
        let kind = kind.map_or_else(|| arrow::one_kind(&paths), Ok).map_err(|kinds| {
            let names: Vec<&str> = kinds.iter().map(|kind| kind.name()).collect();
            error::value(match names.as_slice() {
                [] => "no name tells the kind of file; pass kind=".to_owned(),
                several => format!("there are files of {}; pass kind=", several.join(", ")),
            })
        })?;
        let options = ScanOptions { check, naming, source, batch_rows, threads, ..ScanOptions::new(kind) };
        let schema = options.schema().ok_or_else(|| error::value("an image has no records"))?;
        Ok(Scan { paths, options, schema, found: Arc::default() })
    })
}

/// Reads and checks one file from memory as columns: the table, and what was found. For engines that bring the bytes.
#[pyfunction]
#[pyo3(signature = (content, name, *, kind, tolerant=false, lang="en", source=true, batch_rows=BATCH_ROWS))]
#[allow(clippy::too_many_arguments, reason = "Python names them")]
pub fn read_table(
    py: Python<'_>,
    content: pyo3::pybacked::PyBackedBytes,
    name: String,
    kind: &str,
    tolerant: bool,
    lang: &str,
    source: bool,
    batch_rows: usize,
) -> PyResult<(Table, Vec<Finding>)> {
    let (kind, naming) = (layout::kind(kind)?, naming(lang)?);
    let check = check_options(tolerant, None);
    doorway::run(py, move || {
        let options = ScanOptions { check, naming, source, batch_rows, threads: 1, ..ScanOptions::new(kind) };
        let schema = options.schema().ok_or_else(|| error::value("an image has no records"))?;
        let scanned = options.read(&name, &content).or_raise()?;
        Ok((Table { schema, batches: scanned.batches }, finding::list(scanned.report.findings())))
    })
}
