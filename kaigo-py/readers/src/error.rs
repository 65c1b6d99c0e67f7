//! Errors as `kaigo` raises them.

use kaigo_core::card::CardError;
use kaigo_core::report::Lang;
use pyo3::exceptions::PyRuntimeError;
use pyo3::prelude::*;
use pyo3::pybacked::PyBackedStr;
use pyo3::types::IntoPyDict;

/// A card or reader failed: `kaigo.CardError`, in the language that `kaigo` has.
pub fn raise(error: CardError) -> PyErr {
    Python::attach(|py| {
        let make = || {
            let lang: PyBackedStr = py.import("kaigo._kaigo")?.call_method0("get_language")?.extract()?;
            let lang = if &*lang == "ja" { Lang::Japanese } else { Lang::English };
            let more = [("code", error.code())].into_py_dict(py)?;
            py.import("kaigo._errors")?.getattr("CardError")?.call((error.message(lang),), Some(&more))
        };
        make().map_or_else(|failed| failed, PyErr::from_value)
    })
}

/// A defect of the library itself, which is on standard error.
pub fn internal() -> PyErr {
    PyRuntimeError::new_err("kaigo failed inside; this is a defect of kaigo, please report it")
}
