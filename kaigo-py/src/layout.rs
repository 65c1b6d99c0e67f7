//! The official tables, as Python sees them.

use std::collections::HashMap;
use std::sync::OnceLock;

use kaigo_core::record::{FieldSpec, FileKind, Layout, Length, Required};
use pyo3::exceptions::PyAttributeError;
use pyo3::prelude::*;

use crate::error;
use crate::record::Record;
use crate::value;

/// All layouts, each once, in the order of the kinds.
pub fn all() -> &'static [&'static Layout] {
    static ALL: OnceLock<Vec<&'static Layout>> = OnceLock::new();
    ALL.get_or_init(|| {
        let mut layouts: Vec<&'static Layout> = Vec::new();
        for layout in FileKind::ALL.iter().filter_map(|kind| kind.layout()) {
            if layouts.iter().all(|other| other.name != layout.name) {
                layouts.push(layout);
            }
        }
        layouts
    })
}

/// The kinds of file whose records have the layout.
pub fn kinds(layout: &'static Layout) -> impl Iterator<Item = FileKind> {
    FileKind::ALL.iter().copied().filter(|kind| kind.layout().is_some_and(|of| of.name == layout.name))
}

/// The field of that name: English, as in JSON, or official; `None` also for a name that stands twice in the table.
pub fn field(layout: &'static Layout, name: &str) -> Option<&'static FieldSpec> {
    type Names = HashMap<(&'static str, String), &'static FieldSpec>;
    static NAMES: OnceLock<Names> = OnceLock::new();
    let names = NAMES.get_or_init(|| {
        let mut names = Names::new();
        for layout in all() {
            for field in layout.fields {
                let ja = layout.unique_name_ja(field).into_owned();
                for name in [field.name.to_owned(), field.name_json.to_owned(), ja] {
                    names.insert((layout.name, name), field);
                }
            }
        }
        names
    });
    names.get(&(layout.name, name.to_owned())).copied()
}

/// What an argument `kind` names.
pub fn kind(name: &str) -> PyResult<FileKind> {
    FileKind::from_name(name).ok_or_else(|| {
        let known: Vec<&str> = FileKind::ALL.iter().map(|kind| kind.name()).collect();
        error::value(format!("kind is one of {}", known.join(", ")))
    })
}

/// One field of a record: on the class, what the official table says of it; on a record, its value.
#[pyclass(frozen, module = "kaigo")]
pub struct Field {
    pub spec: &'static FieldSpec,
    /// The official name, different from those of all other fields of the record.
    pub name_ja: String,
}

#[pymethods]
impl Field {
    fn __get__<'py>(
        slf: &Bound<'py, Self>,
        record: Option<&Bound<'py, PyAny>>,
        _class: Option<&Bound<'py, PyAny>>,
    ) -> PyResult<Bound<'py, PyAny>> {
        match record {
            None => Ok(slf.clone().into_any()),
            Some(record) => record.cast::<Record>()?.get().value(slf.py(), slf.get().spec),
        }
    }

    fn __set__(&self, _record: &Bound<'_, PyAny>, _value: &Bound<'_, PyAny>) -> PyResult<()> {
        let message = format!("records cannot be changed; use record.replace({}=…)", self.spec.name);
        Err(PyAttributeError::new_err(message))
    }

    /// The official No., from 1.
    #[getter]
    fn no(&self) -> u16 {
        self.spec.no
    }

    /// The English name.
    #[getter]
    fn name(&self) -> &'static str {
        self.spec.name
    }

    /// The official name; where the table has it twice, with the No. behind it.
    #[getter]
    fn name_ja(&self) -> &str {
        &self.name_ja
    }

    /// The name in JSON.
    #[getter]
    fn name_json(&self) -> &'static str {
        self.spec.name_json
    }

    /// The type as the tables class it, such as ``Date``.
    #[getter]
    fn r#type(&self) -> String {
        format!("{:?}", self.spec.ty)
    }

    /// The length in the words of the table: ``6``, ``up to 10``, ``free``.
    #[getter]
    fn length(&self) -> String {
        match self.spec.length {
            Length::Fixed(length) => length.to_string(),
            Length::Max(length) => format!("up to {length}"),
            Length::MaxDoubted { max, .. } => format!("up to {max} (hard to read)"),
            Length::Free => "free".to_owned(),
        }
    }

    /// Whether it must be filled: ``yes``, ``no``, ``conditional``, ``wanted``, ``yes (hard to read)``,
    /// ``no (hard to read)``.
    #[getter]
    fn required(&self) -> &'static str {
        match self.spec.required {
            Required::Yes => "yes",
            Required::No => "no",
            Required::Conditional => "conditional",
            Required::Wanted => "wanted",
            Required::YesDoubted => "yes (hard to read)",
            Required::NoDoubted => "no (hard to read)",
        }
    }

    /// The closed list of codes with their official labels; empty where there is none.
    #[getter]
    fn codes(&self) -> HashMap<&'static str, &'static str> {
        self.spec.codes.iter().copied().collect()
    }

    /// Whether its value is about a person, and masked in ``repr`` and messages.
    #[getter]
    fn personal(&self) -> bool {
        self.spec.personal
    }

    /// The type of its values in Python.
    #[getter]
    fn python_type(&self) -> &'static str {
        value::python_type(self.spec.ty)
    }

    /// The line of the official table, in words.
    #[getter]
    fn description(&self) -> String {
        describe(self.spec)
    }

    fn __repr__(&self) -> String {
        format!("<Field No.{} {} {}>", self.spec.no, self.spec.name, self.name_ja)
    }
}

/// One line of the official table, in words.
pub fn describe(spec: &'static FieldSpec) -> String {
    let field = Field { spec, name_ja: spec.name_ja.to_owned() };
    let mut line = format!(
        "No. {} {}: {:?}, length {}, required {}.",
        spec.no,
        spec.name_ja,
        spec.ty,
        field.length(),
        field.required()
    );
    let unit = match spec.ty {
        kaigo_core::record::Type::Decimal => Some("yen, two decimals"),
        kaigo_core::record::Type::Integer if spec.name.ends_with("units") => Some("units (単位)"),
        kaigo_core::record::Type::Integer if spec.name_ja.contains("日数") => Some("days"),
        kaigo_core::record::Type::DayMap => Some("31 characters 0 or 1, one a day"),
        _ => None,
    };
    if let Some(unit) = unit {
        line += &format!(" In {unit}.");
    }
    if !spec.codes.is_empty() {
        let codes: Vec<String> = spec.codes.iter().map(|(code, label)| format!("{code} {label}")).collect();
        line += &format!(" Codes: {}.", codes.join(", "));
    }
    line
}
