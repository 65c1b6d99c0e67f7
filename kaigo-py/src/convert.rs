//! Conversion of one file from one form to another, with what is lost.

use std::path::PathBuf;
use std::sync::Arc;

use kaigo_core::code::CodeList as _;
use kaigo_core::convert::{Conversion as CoreConversion, ConvertOptions, Form, convert as convert_file};
use kaigo_core::document::to_json;
use kaigo_core::exchange::write_atomically;
use kaigo_core::report::Finding as CoreFinding;
use kaigo_core::standard::StandardProfile;
use pyo3::prelude::*;
use pyo3::types::PyBytes;

use crate::error::{self, OrRaise};
use crate::finding::{self, Finding};
use crate::input::{self, Source};
use crate::{doorway, layout, web_service};

/// A file in another form, with what was found in it and what was lost. It cannot be changed.
#[pyclass(frozen, module = "kaigo")]
pub struct Conversion {
    converted: CoreConversion,
    to: Form,
}

#[pymethods]
impl Conversion {
    /// The kind of file, such as ``UPPLAN``.
    #[getter]
    fn kind(&self) -> &'static str {
        self.converted.kind.name()
    }

    /// The form that the file had: ``"csv"``, ``"json"`` or ``"xml"``.
    #[getter]
    fn source_form(&self) -> &'static str {
        self.converted.from.code()
    }

    /// The form that it has now.
    #[getter]
    fn form(&self) -> &'static str {
        self.to.code()
    }

    /// The file in its new form.
    #[getter]
    fn data<'py>(&self, py: Python<'py>) -> Bound<'py, PyBytes> {
        PyBytes::new(py, &self.converted.bytes)
    }

    /// What was found in the file that was read. Personal data is masked.
    #[getter]
    fn findings(&self) -> Vec<Finding> {
        finding::list(self.converted.report.findings())
    }

    /// What the new form does not take: findings with codes ``loss.…``, each with its place.
    #[getter]
    fn losses(&self) -> Vec<Finding> {
        let findings: Vec<CoreFinding> =
            self.converted.losses.iter().map(|loss| loss.finding.clone()).collect();
        finding::list(&findings)
    }

    /// The losses as a document, ``kaigo.documents.LossReport``.
    #[getter]
    fn report(&self, py: Python<'_>) -> PyResult<Py<PyAny>> {
        web_service::document(py, "LossReport", &to_json(&self.converted.losses.to_document()))
    }

    fn __repr__(&self) -> String {
        let CoreConversion { kind, bytes, losses, .. } = &self.converted;
        format!(
            "<Conversion {} to {}, {} bytes, {} losses>",
            kind.name(),
            self.to.code(),
            bytes.len(),
            losses.len()
        )
    }
}

/// What an argument `to` says.
pub fn form(name: &str) -> PyResult<Form> {
    Form::from_code(name.as_bytes()).ok_or_else(|| error::value("the form is 'csv', 'json' or 'xml'"))
}

/// How to convert, as arguments say it.
pub fn options(
    kind: Option<&str>,
    tolerant: bool,
    gaiji: &str,
    lossless: bool,
    profile: Option<&Bound<'_, PyAny>>,
) -> PyResult<ConvertOptions> {
    let check = input::check_options(tolerant, None);
    let mut options = ConvertOptions {
        kind: kind.map(layout::kind).transpose()?,
        strictness: check.strictness,
        gaiji: input::gaiji(gaiji)?,
        lossless,
        ..ConvertOptions::default()
    };
    if let Some(profile) = profile {
        options.profile = Arc::new(web_service::read::<StandardProfile>(profile)?);
    }
    Ok(options)
}

/// Turns a file of records from one form into another: ``to`` is ``"csv"`` (standard 4.1), ``"json"``
/// (``5.0-provisional``) or ``"xml"``; without it the extension of ``target`` tells. With a ``target`` the file is written,
/// whole or not at all. What does not conform is carried over as it is.
///
/// ``gaiji`` is as for ``Document.to_csv``. With ``lossless`` a file of which something would be lost raises ``LossError``.
/// ``profile`` is a ``kaigo.documents.StandardProfile``, or what JSON has of one, to use instead of kaigo's own.
#[pyfunction]
#[pyo3(signature = (source, target=None, *, to=None, kind=None, tolerant=false, gaiji="reject", lossless=false, profile=None, name=None))]
#[allow(clippy::too_many_arguments, reason = "keyword arguments of Python")]
pub fn convert(
    py: Python<'_>,
    source: Source,
    target: Option<PathBuf>,
    to: Option<&str>,
    kind: Option<&str>,
    tolerant: bool,
    gaiji: &str,
    lossless: bool,
    profile: Option<Bound<'_, PyAny>>,
    name: Option<String>,
) -> PyResult<Conversion> {
    let options = options(kind, tolerant, gaiji, lossless, profile.as_ref())?;
    let to = match (to, &target) {
        (Some(to), _) => form(to)?,
        (None, Some(target)) => Form::of_name(&target.to_string_lossy()).unwrap_or(Form::Csv),
        (None, None) => return Err(error::value("say the form: to='csv', 'json' or 'xml'")),
    };
    let name = name.or_else(|| source.name()).unwrap_or_default();
    doorway::run(py, move || {
        let converted = convert_file(&name, source.load()?.as_ref(), to, &options).or_raise()?;
        if let Some(target) = target {
            write_atomically(&target, &converted.bytes).or_raise()?;
        }
        Ok(Conversion { converted, to })
    })
}

/// The profile of standard 5.0 that is kaigo's own, provisional: a ``kaigo.documents.StandardProfile``.
#[pyfunction]
pub fn provisional_profile(py: Python<'_>) -> PyResult<Py<PyAny>> {
    web_service::document(py, "StandardProfile", &to_json(&*StandardProfile::provisional()))
}
