//! Findings, as Python sees them.

use kaigo_core::record::FileKind;
use kaigo_core::report::{Finding as CoreFinding, Lang, Masking};
use pyo3::prelude::*;

use crate::lang;

/// Something that does not conform, or is doubtful. Personal data is masked.
#[pyclass(frozen, eq, module = "kaigo")]
#[derive(PartialEq, Clone)]
pub struct Finding(pub CoreFinding);

#[pymethods]
impl Finding {
    /// The stable code, such as ``field.required``. ``docs/findings.md`` lists them all.
    #[getter]
    fn code(&self) -> &'static str {
        self.0.code.name()
    }

    /// ``"error"`` or ``"warning"``.
    #[getter]
    fn severity(&self) -> &'static str {
        self.0.severity.name()
    }

    /// The file's name.
    #[getter]
    fn file(&self) -> Option<&str> {
        self.0.place.file.as_deref()
    }

    /// The kind of file, such as ``UPPLAN``.
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

    /// The English name of the field.
    #[getter]
    fn field(&self) -> Option<&'static str> {
        self.0.place.field.map(|field| field.name)
    }

    /// The offset in the file, in bytes from 0.
    #[getter]
    fn byte(&self) -> Option<u64> {
        self.0.place.byte
    }

    /// The message in the language of ``set_language``.
    #[getter]
    fn message(&self) -> String {
        self.0.message(lang::current(), Masking::Masked)
    }

    /// The message in English.
    #[getter]
    fn message_en(&self) -> String {
        self.0.message(Lang::English, Masking::Masked)
    }

    /// The message in Japanese.
    #[getter]
    fn message_ja(&self) -> String {
        self.0.message(Lang::Japanese, Masking::Masked)
    }

    /// A line for people: severity, place, message and code. With ``show_personal_data`` values about a person stand
    /// in it; the caller answers for where it goes.
    #[pyo3(signature = (lang=None, *, show_personal_data=false))]
    fn line(&self, lang: Option<&str>, show_personal_data: bool) -> PyResult<String> {
        let masking = if show_personal_data { Masking::Shown } else { Masking::Masked };
        Ok(self.0.line(lang::parse(lang)?, masking))
    }

    fn __str__(&self) -> String {
        self.0.line(lang::current(), Masking::Masked)
    }

    fn __repr__(&self) -> String {
        format!("<Finding {}>", self.__str__())
    }
}

/// A list of findings for Python.
pub fn list(findings: &[CoreFinding]) -> Vec<Finding> {
    findings.iter().cloned().map(Finding).collect()
}
