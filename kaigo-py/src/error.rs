//! What a call that cannot go on raises: the classes of `kaigo._errors`, and the built-in ones of the operating system.

use kaigo_core::card::{CardError, TranscriptError};
use kaigo_core::credential::CredentialError;
use kaigo_core::platform::{Sent, TransferError};
use kaigo_core::report::{Finding as CoreFinding, Lang, Masking};
use kaigo_core::{Error, ErrorKind};
use pyo3::exceptions::{PyOSError, PyRuntimeError, PyValueError};
use pyo3::prelude::*;
use pyo3::types::{IntoPyDict, PyDict};

use crate::finding::Finding;
use crate::lang;

/// The error as Python raises it.
pub fn raise(error: Error) -> PyErr {
    Python::attach(|py| match error.kind() {
        ErrorKind::Io { path, source } => {
            let path = path.as_ref().map(|path| path.as_os_str().to_owned());
            match source.raw_os_error() {
                // The built-in class follows from the number.
                Some(number) => PyOSError::new_err((number, strip(source), path)),
                None => std::io::Error::new(source.kind(), error.message(lang::current())).into(),
            }
        }
        ErrorKind::Transfer(error) => transfer_in(py, error),
        ErrorKind::Credential(error) => credential_in(py, error),
        ErrorKind::Card(error) => card_in(py, error),
        ErrorKind::Outbox(_) => build(py, "OutboxError", error.code(), |lang| error.message(lang), None),
        ErrorKind::Unwritable { report } => {
            let message = |lang| error.message(lang);
            of_findings(py, "EncodingError", error.code(), message, report.findings())
        }
        ErrorKind::Lossy { report } => {
            of_findings(py, "LossError", error.code(), |lang| error.message(lang), report.findings())
        }
        _ => build(py, "FormatError", error.code(), |lang| error.message(lang), None),
    })
}

/// What `std` says without its own number: Python adds it.
fn strip(error: &std::io::Error) -> String {
    error.to_string().split(" (os error").next().unwrap_or_default().to_owned()
}

/// A call of the platform failed.
pub fn transfer(error: &TransferError) -> PyErr {
    Python::attach(|py| transfer_in(py, error))
}

/// A certificate or key cannot be used.
pub fn credential(error: &CredentialError) -> PyErr {
    Python::attach(|py| credential_in(py, error))
}

fn credential_in(py: Python<'_>, error: &CredentialError) -> PyErr {
    build(py, "CertificateError", error.code(), |lang| error.message(lang), None)
}

/// A card could not be read.
pub fn card(error: &CardError) -> PyErr {
    Python::attach(|py| card_in(py, error))
}

fn card_in(py: Python<'_>, error: &CardError) -> PyErr {
    let (pin_kind, left) = match error {
        CardError::Certificate(error) => return credential_in(py, error),
        CardError::PinForm(error) => (Some(error.kind()), None),
        CardError::WrongPin { kind, left } => (Some(*kind), Some(*left)),
        CardError::Blocked { kind } => (Some(*kind), Some(0)),
        CardError::LastTry { kind } => (Some(*kind), Some(1)),
        CardError::PinOutcomeUnknown { kind, .. } | CardError::WrongPinKind { kind } => (Some(*kind), None),
        _ => (None, None),
    };
    let more = PyDict::new(py);
    let _ = more.set_item("pin_kind", pin_kind.map(kaigo_core::card::PinKind::name));
    let _ = more.set_item("left", left);
    build(py, "CardError", error.code(), |lang| error.message(lang), Some(more))
}

/// A transcript of a card cannot be read.
pub fn transcript(error: &TranscriptError) -> PyErr {
    let message = |lang| error.message(lang);
    Python::attach(|py| build(py, "FormatError", "card.transcript", message, None))
}

fn transfer_in(py: Python<'_>, error: &TransferError) -> PyErr {
    let more = PyDict::new(py);
    let add = |name: &str, value: Bound<'_, PyAny>| more.set_item(name, value);
    let class = match error {
        TransferError::Credential(error) => return credential_in(py, error),
        TransferError::Connection { sent, .. } => {
            let _ = add(
                "carried_out",
                match sent {
                    Sent::No => pyo3::types::PyBool::new(py, false).to_owned().into_any(),
                    Sent::Unknown => py.None().into_bound(py),
                },
            );
            "PlatformConnectionError"
        }
        TransferError::System { status } => {
            let _ = status.into_pyobject(py).map(|status| add("status", status.into_any()));
            "SystemError_"
        }
        TransferError::Business(error) => {
            let texts = [
                ("business_code", &error.code),
                ("platform_message_ja", &error.message_ja),
                ("platform_message_en", &error.message_en),
            ];
            for (name, text) in texts {
                let _ = add(name, pyo3::types::PyString::new(py, text).into_any());
            }
            "BusinessError"
        }
        TransferError::LoginRefused => "LoginRefusedError",
        TransferError::Locked => "LockedError",
        TransferError::SessionExpired => "SessionExpiredError",
        TransferError::DigestMismatch { .. } | TransferError::ContentMismatch => "DamagedTransferError",
        _ => "TransferError",
    };
    build(py, class, error.code(), |lang| error.message(lang), Some(more))
}

/// What does not conform, raised because the caller asked for it.
pub fn conformance(py: Python<'_>, findings: &[CoreFinding]) -> PyErr {
    let errors: Vec<&CoreFinding> =
        findings.iter().filter(|finding| finding.severity == kaigo_core::report::Severity::Error).collect();
    let Some(first) = errors.first() else { return internal() };
    let message = |lang| {
        let line = first.line(lang, Masking::Masked);
        match (errors.len() - 1, lang) {
            (0, _) => line,
            (more, Lang::Japanese) => format!("{line}（ほか{more}件）"),
            (more, Lang::English) => format!("{line} (and {more} more)"),
        }
    };
    of_findings(py, "ConformanceError", first.code.name(), message, findings)
}

/// An error with its findings and the place of the first.
fn of_findings(
    py: Python<'_>,
    class: &str,
    code: &str,
    message: impl Fn(Lang) -> String,
    findings: &[CoreFinding],
) -> PyErr {
    let more = || -> PyResult<Bound<'_, PyDict>> {
        let list: Vec<Finding> = findings.iter().cloned().map(Finding).collect();
        let more = [("findings", list)].into_py_dict(py)?;
        let worst = findings.iter().max_by_key(|finding| finding.severity);
        // Of equals `max_by_key` takes the last; the first is meant.
        let first = findings.iter().find(|f| worst.is_some_and(|worst| f.severity == worst.severity));
        if let Some(place) = first.map(|finding| &finding.place) {
            more.set_item("kind", place.kind.map(kaigo_core::record::FileKind::name))?;
            more.set_item("row", place.row)?;
            more.set_item("field_no", place.field.map(|field| field.no))?;
            more.set_item("byte", place.byte)?;
        }
        Ok(more)
    };
    match more() {
        Ok(more) => build(py, class, code, message, Some(more)),
        Err(error) => error,
    }
}

fn build(
    py: Python<'_>,
    class: &str,
    code: &str,
    message: impl Fn(Lang) -> String,
    more: Option<Bound<'_, PyDict>>,
) -> PyErr {
    let make = || {
        let more = more.unwrap_or_else(|| PyDict::new(py));
        more.set_item("code", code)?;
        let class = py.import("kaigo._errors")?.getattr(class)?;
        class.call((message(lang::current()),), Some(&more))
    };
    match make() {
        Ok(error) => PyErr::from_value(error),
        Err(error) => error,
    }
}

/// A wrong argument, with the stable code of no error of the library.
pub fn value(message: impl Into<String>) -> PyErr {
    PyValueError::new_err(message.into())
}

/// A defect of the library itself. What it was is on standard error; it may hold personal data, so it is not here.
pub fn internal() -> PyErr {
    PyRuntimeError::new_err("kaigo failed inside; this is a defect of kaigo, please report it")
}

/// `?` for what the core returns.
pub trait OrRaise<T> {
    /// The value, or the error as Python raises it.
    fn or_raise(self) -> PyResult<T>;
}

impl<T> OrRaise<T> for Result<T, Error> {
    fn or_raise(self) -> PyResult<T> {
        self.map_err(raise)
    }
}

impl<T> OrRaise<T> for Result<T, TransferError> {
    fn or_raise(self) -> PyResult<T> {
        self.map_err(|error| transfer(&error))
    }
}

impl<T> OrRaise<T> for Result<T, CredentialError> {
    fn or_raise(self) -> PyResult<T> {
        self.map_err(|error| credential(&error))
    }
}

impl<T> OrRaise<T> for Result<T, CardError> {
    fn or_raise(self) -> PyResult<T> {
        self.map_err(|error| card(&error))
    }
}

impl<T> OrRaise<T> for Result<T, kaigo_core::care::DraftError> {
    fn or_raise(self) -> PyResult<T> {
        self.map_err(|error| raise(error.into()))
    }
}

impl<T> OrRaise<T> for Result<T, kaigo_core::ident::IdentError> {
    fn or_raise(self) -> PyResult<T> {
        self.map_err(|error| raise(ErrorKind::Ident(error).into()))
    }
}
