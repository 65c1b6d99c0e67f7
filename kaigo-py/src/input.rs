//! Where files come from in Python: a path, bytes, or an open file.

use std::path::PathBuf;

use kaigo_core::exchange::CheckOptions;
use kaigo_core::report::Strictness;
use kaigo_core::{Error, text::GaijiPolicy};
use pyo3::exceptions::PyTypeError;
use pyo3::prelude::*;
use pyo3::pybacked::PyBackedBytes;

use crate::error::{self, OrRaise};
use crate::rows::Bytes;

/// A path, bytes, or what an open file held.
pub enum Source {
    /// Read when the work begins.
    Path(PathBuf),
    /// In memory.
    Bytes(Bytes),
}

impl<'py> FromPyObject<'_, 'py> for Source {
    type Error = PyErr;

    fn extract(object: Borrowed<'_, 'py, PyAny>) -> PyResult<Self> {
        if let Ok(bytes) = object.extract::<PyBackedBytes>() {
            return Ok(Self::Bytes(Bytes::Shared(bytes)));
        }
        if let Ok(path) = object.extract::<PathBuf>() {
            return Ok(Self::Path(path));
        }
        if object.hasattr("read")? {
            let content = object.call_method0("read")?;
            return match content.extract::<PyBackedBytes>() {
                Ok(bytes) => Ok(Self::Bytes(Bytes::Shared(bytes))),
                Err(_) => Err(PyTypeError::new_err("open the file in binary mode: open(path, 'rb')")),
            };
        }
        Err(PyTypeError::new_err("a path, bytes or a file opened in binary mode"))
    }
}

impl Source {
    /// The file's name, where it is a path.
    pub fn name(&self) -> Option<String> {
        match self {
            Self::Path(path) => path.file_name().map(|name| name.to_string_lossy().into_owned()),
            Self::Bytes(_) => None,
        }
    }

    /// The bytes.
    pub fn load(self) -> PyResult<Bytes> {
        match self {
            Self::Path(path) => {
                let bytes = std::fs::read(&path).map_err(|error| Error::io(&path, error)).or_raise()?;
                Ok(Bytes::Owned(bytes))
            }
            Self::Bytes(bytes) => Ok(bytes),
        }
    }
}

/// Strict or tolerant, with a limit of findings.
pub fn check_options(tolerant: bool, finding_limit: Option<usize>) -> CheckOptions {
    let mut options = CheckOptions::default();
    if tolerant {
        options.strictness = Strictness::Tolerant;
    }
    if let Some(limit) = finding_limit {
        options.finding_limit = limit;
    }
    options
}

/// What an argument `gaiji` says.
pub fn gaiji(policy: &str) -> PyResult<GaijiPolicy> {
    match policy {
        "reject" => Ok(GaijiPolicy::Reject),
        "map" => Ok(GaijiPolicy::MapVariants),
        "substitute" => Ok(GaijiPolicy::Substitute),
        _ => Err(error::value("gaiji is 'reject', 'map' or 'substitute'")),
    }
}
