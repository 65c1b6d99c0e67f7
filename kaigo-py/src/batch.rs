//! Thousands of files, on all cores.

use std::ops::ControlFlow;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};

use kaigo_core::Watch;
use kaigo_core::batch::{self, BatchOptions, Done, ManifestLine, Summary};
use kaigo_core::code::CodeList;
use kaigo_core::report::{Finding as CoreFinding, Lang};
use pyo3::prelude::*;

use crate::error::OrRaise;
use crate::finding::{self, Finding};
use crate::{convert, doorway, input, lang};

/// One file of a batch, as the manifest has it.
#[pyclass(frozen, module = "kaigo")]
pub struct BatchFile(ManifestLine);

#[pymethods]
impl BatchFile {
    /// From the root, with ``/`` between its parts; an archive is a folder.
    #[getter]
    fn path(&self) -> &str {
        self.0.path.as_str()
    }

    /// ``checked``, ``converted``, ``copied``, ``left_out``, ``refused`` or ``unreadable``.
    #[getter]
    fn outcome(&self) -> &'static str {
        self.0.outcome.code()
    }

    /// The code of the error that stopped the work on it.
    #[getter]
    fn error(&self) -> Option<&str> {
        self.0.error.as_ref().map(|code| code.as_str())
    }

    /// How many errors were found in it.
    #[getter]
    fn errors(&self) -> u32 {
        self.0.errors
    }

    /// How many warnings were found in it.
    #[getter]
    fn warnings(&self) -> u32 {
        self.0.warnings
    }

    /// How much of it was lost.
    #[getter]
    fn losses(&self) -> u32 {
        self.0.losses
    }

    /// What was written, from the folder that the batch writes into.
    #[getter]
    fn output(&self) -> Option<&str> {
        self.0.output.as_ref().map(|path| path.as_str())
    }

    fn __repr__(&self) -> String {
        format!("<BatchFile {} {}>", self.outcome(), self.path())
    }
}

/// What was done with the files of one sending unit.
#[pyclass(frozen, module = "kaigo")]
pub struct BatchUnit(Done);

#[pymethods]
impl BatchUnit {
    /// Its files.
    #[getter]
    fn files(&self) -> Vec<BatchFile> {
        self.0.files.iter().cloned().map(BatchFile).collect()
    }

    /// Whether nothing was done, for the manifest says that it was before.
    #[getter]
    fn skipped(&self) -> bool {
        self.0.skipped
    }

    /// What was found in the files and between them. Personal data is masked.
    #[getter]
    fn findings(&self) -> Vec<Finding> {
        finding::list(self.0.report.findings())
    }

    /// What conversion lost: findings with codes ``loss.…``.
    #[getter]
    fn losses(&self) -> Vec<Finding> {
        let losses = self.0.losses.iter().flat_map(|losses| losses.iter());
        finding::list(&losses.map(|loss| loss.finding.clone()).collect::<Vec<CoreFinding>>())
    }

    /// What stopped the work on them, in the language of ``set_language``.
    #[getter]
    fn error(&self) -> Option<&str> {
        self.0.error.as_ref().map(|(ja, en)| match lang::current() {
            Lang::Japanese => ja.as_str(),
            Lang::English => en.as_str(),
        })
    }

    fn __repr__(&self) -> String {
        format!("<BatchUnit {} files>", self.0.files.len())
    }
}

/// What came of a batch, with what earlier runs did by the manifest.
#[pyclass(frozen, eq, get_all, module = "kaigo")]
#[derive(PartialEq)]
pub struct BatchSummary {
    /// All files.
    files: u64,
    /// Those that were skipped, for they were finished before.
    skipped: u64,
    /// Those that could not be read or written.
    unreadable: u64,
    /// Those that were refused, for something cannot be written or would be lost.
    refused: u64,
    /// Those with an error among their findings, or refused.
    failed: u64,
    /// Errors found.
    errors: u64,
    /// Warnings found.
    warnings: u64,
    /// Losses of conversion.
    losses: u64,
}

#[pymethods]
impl BatchSummary {
    fn __repr__(&self) -> String {
        let Self { files, skipped, unreadable, refused, errors, warnings, losses, .. } = self;
        format!(
            "<BatchSummary {files} files, {skipped} skipped, {unreadable} unreadable, {refused} refused, {errors} errors, \
             {warnings} warnings, {losses} losses>"
        )
    }
}

impl From<Summary> for BatchSummary {
    fn from(summary: Summary) -> Self {
        let Summary { files, skipped, unreadable, refused, failed, errors, warnings, losses } = summary;
        Self { files, skipped, unreadable, refused, failed, errors, warnings, losses }
    }
}

/// Functions of Python's that are told of the work; the first that raises breaks it off.
#[derive(Clone)]
struct Callbacks {
    each: Option<Arc<Py<PyAny>>>,
    progress: Option<Arc<Py<PyAny>>>,
    raised: Arc<Mutex<Option<PyErr>>>,
}

impl Callbacks {
    fn new(each: Option<Py<PyAny>>, progress: Option<Py<PyAny>>) -> Self {
        Self { each: each.map(Arc::new), progress: progress.map(Arc::new), raised: Arc::default() }
    }

    fn raised(&self) -> std::sync::MutexGuard<'_, Option<PyErr>> {
        self.raised.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn done(&self, done: Done) {
        let Some(each) = self.each.as_ref().filter(|_| self.raised().is_none()) else { return };
        let called = Python::attach(|py| each.call1(py, (BatchUnit(done),)).map(drop));
        *self.raised() = called.err();
    }

    fn watch(&self) -> Watch {
        let this = self.clone();
        Watch::new(move |progress| {
            if let Some(told) = this.progress.as_ref().filter(|_| this.raised().is_none()) {
                let called = Python::attach(|py| told.call1(py, (progress.done, progress.total)).map(drop));
                *this.raised() = called.err();
            }
            match this.raised().is_none() && doorway::is_waited_for() {
                true => ControlFlow::Continue(()),
                false => ControlFlow::Break(()),
            }
        })
    }

    /// What a function raised, or else the result.
    fn answer(&self, result: kaigo_core::Result<Summary>) -> PyResult<BatchSummary> {
        match self.raised().take() {
            Some(error) => Err(error),
            None => result.map(BatchSummary::from).or_raise(),
        }
    }
}

fn batch_options(jobs: Option<usize>, manifest: Option<PathBuf>, callbacks: &Callbacks) -> BatchOptions {
    BatchOptions { jobs: jobs.unwrap_or(0), manifest, watch: callbacks.watch(), ..BatchOptions::default() }
}

/// Checks every file below a folder, or in an archive, on so many threads (one a core unless told), in constant memory.
///
/// ``each`` is called with a ``BatchUnit`` after each sending unit, in an order that does not depend on the threads;
/// ``progress`` with the number of files done and of all. What either raises breaks the work off. ``manifest`` names a file
/// that remembers what is finished; what is and has not changed is skipped by the next run.
#[pyfunction]
#[pyo3(signature = (path, *, tolerant=false, jobs=None, manifest=None, finding_limit=None, each=None, progress=None))]
#[allow(clippy::too_many_arguments, reason = "keyword arguments of Python")]
pub fn validate_all(
    py: Python<'_>,
    path: PathBuf,
    tolerant: bool,
    jobs: Option<usize>,
    manifest: Option<PathBuf>,
    finding_limit: Option<usize>,
    each: Option<Py<PyAny>>,
    progress: Option<Py<PyAny>>,
) -> PyResult<BatchSummary> {
    let check = input::check_options(tolerant, finding_limit);
    let callbacks = Callbacks::new(each, progress);
    let options = batch_options(jobs, manifest, &callbacks);
    doorway::run(py, move || {
        callbacks.answer(batch::validate(&path, &check, &options, |done| callbacks.done(done)))
    })
}

/// Converts every file below a folder, or in an archive, into a folder of the same shape. Files are written whole or not at
/// all, those of a sending unit all or none. The arguments are those of ``convert`` and ``validate_all``.
#[pyfunction]
#[pyo3(signature = (source, target, *, to, tolerant=false, gaiji="reject", lossless=false, profile=None, jobs=None, manifest=None, each=None, progress=None))]
#[allow(clippy::too_many_arguments, reason = "keyword arguments of Python")]
pub fn convert_all(
    py: Python<'_>,
    source: PathBuf,
    target: PathBuf,
    to: &str,
    tolerant: bool,
    gaiji: &str,
    lossless: bool,
    profile: Option<Bound<'_, PyAny>>,
    jobs: Option<usize>,
    manifest: Option<PathBuf>,
    each: Option<Py<PyAny>>,
    progress: Option<Py<PyAny>>,
) -> PyResult<BatchSummary> {
    let how = convert::options(None, tolerant, gaiji, lossless, profile.as_ref())?;
    let to = convert::form(to)?;
    let callbacks = Callbacks::new(each, progress);
    let options = batch_options(jobs, manifest, &callbacks);
    doorway::run(py, move || {
        let each = |done| callbacks.done(done);
        callbacks.answer(batch::convert(&source, &target, to, &how, &options, each))
    })
}
