//! The language of messages, for the whole process.

use std::sync::atomic::{AtomicBool, Ordering};

use kaigo_core::report::Lang;
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;

static JAPANESE: AtomicBool = AtomicBool::new(false);

/// The language that messages are in.
pub fn current() -> Lang {
    if JAPANESE.load(Ordering::Relaxed) { Lang::Japanese } else { Lang::English }
}

/// The language of an argument `lang`, or the current one.
pub fn parse(lang: Option<&str>) -> PyResult<Lang> {
    match lang {
        None => Ok(current()),
        Some("ja") => Ok(Lang::Japanese),
        Some("en") => Ok(Lang::English),
        Some(_) => Err(PyValueError::new_err("lang is 'ja' or 'en'")),
    }
}

/// Sets the language of messages, ``"ja"`` or ``"en"`` (the default), for the whole process.
#[pyfunction]
pub fn set_language(lang: &str) -> PyResult<()> {
    JAPANESE.store(parse(Some(lang))? == Lang::Japanese, Ordering::Relaxed);
    Ok(())
}

/// The language of messages.
#[pyfunction]
pub fn get_language() -> &'static str {
    match current() {
        Lang::Japanese => "ja",
        Lang::English => "en",
    }
}
