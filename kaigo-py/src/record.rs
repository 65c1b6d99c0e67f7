//! Records, as Python sees them: one class a layout, made from its declaration.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::Arc;

use kaigo_core::record::{AnyRecord, FieldSpec, FileKind, Layout, Value};
use pyo3::exceptions::{PyKeyError, PyTypeError};
use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::{PyDict, PyString, PyTuple, PyType};

use crate::error::OrRaise;
use crate::layout::{self, Field};
use crate::rows::{self, Held, Rows};
use crate::value;

/// One record of a file. It cannot be changed; ``replace`` makes another.
#[pyclass(frozen, subclass, module = "kaigo")]
pub struct Record {
    rows: Arc<Held>,
    index: usize,
}

impl Record {
    fn any(&self) -> Option<&dyn AnyRecord> {
        self.rows.records().get(self.index)
    }

    fn layout(&self) -> &'static Layout {
        self.any().map_or(layout::all()[0], AnyRecord::layout)
    }

    fn at(&self, spec: &FieldSpec) -> Value<'_> {
        self.any().and_then(|record| record.value(usize::from(spec.no))).unwrap_or(Value::Blank)
    }

    /// The record at that index, without a class of its own.
    pub fn at_index(rows: &Arc<Held>, index: usize) -> Self {
        Self { rows: rows.clone(), index }
    }

    /// The value of a field of the record's own class.
    pub fn value<'py>(&self, py: Python<'py>, spec: &'static FieldSpec) -> PyResult<Bound<'py, PyAny>> {
        value::to_python(py, self.at(spec), spec)
    }

    /// The record with its kind and rows, for whoever collects records.
    pub fn source(&self) -> (&Arc<Held>, usize) {
        (&self.rows, self.index)
    }

    /// The field that a key names: English name, JSON name, official name or No.
    fn field(&self, key: &Bound<'_, PyAny>) -> PyResult<&'static FieldSpec> {
        let layout = self.layout();
        let found = match key.cast::<PyString>() {
            Ok(name) => layout::field(layout, name.to_str()?),
            Err(_) => layout.field(key.extract()?),
        };
        found.ok_or_else(|| PyKeyError::new_err(format!("{} has no such field, or two", layout.record)))
    }
}

#[pymethods]
impl Record {
    /// The fields of the class, in official order.
    #[classattr]
    fn fields(py: Python<'_>) -> Bound<'_, PyTuple> {
        PyTuple::empty(py)
    }

    /// The kinds of file that hold records of the class.
    #[classattr]
    fn kinds(py: Python<'_>) -> Bound<'_, PyTuple> {
        PyTuple::empty(py)
    }

    #[new]
    #[classmethod]
    #[pyo3(signature = (rows=None, index=0, /, **fields))]
    fn new(
        class: &Bound<'_, PyType>,
        rows: Option<&Bound<'_, Rows>>,
        index: usize,
        fields: Option<&Bound<'_, PyDict>>,
    ) -> PyResult<Self> {
        if let Some(rows) = rows {
            return Ok(Self { rows: rows.get().0.clone(), index });
        }
        let layout = class_layout(class)?;
        let texts = texts_of(layout, fields)?;
        let kind = layout::kinds(layout).next().unwrap_or(FileKind::FamilyImage);
        let mut records = rows::empty(kind).or_raise()?;
        records.push(texts).or_raise()?;
        Ok(Self { rows: Held::owned(records), index: 0 })
    }

    /// The value of a field by its English name, its name in JSON, its official name or its No.
    fn __getitem__<'py>(&self, key: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
        self.value(key.py(), self.field(key)?)
    }

    /// What the file says in a field, in the form of the CSV, conforming or not; ``""`` where it is blank.
    fn text(&self, key: &Bound<'_, PyAny>) -> PyResult<String> {
        Ok(self.at(self.field(key)?).to_text())
    }

    /// The official label of the code in a field; ``None`` where the field has no list of codes, or no code of it.
    fn label(&self, key: &Bound<'_, PyAny>) -> PyResult<Option<&'static str>> {
        let spec = self.field(key)?;
        let Value::Symbol(code) = self.at(spec) else { return Ok(None) };
        Ok(spec.codes.iter().find(|(of, _)| *of == code).map(|(_, label)| *label))
    }

    /// The same record with other values in some fields.
    #[pyo3(signature = (**fields))]
    fn replace<'py>(
        slf: &Bound<'py, Self>,
        fields: Option<&Bound<'py, PyDict>>,
    ) -> PyResult<Bound<'py, PyAny>> {
        let record = slf.get();
        let texts = texts_of(record.layout(), fields)?;
        let records = record.rows.copy([record.index], texts).or_raise()?;
        make(slf.py(), &Bound::new(slf.py(), Rows(Held::owned(records)))?, 0)
    }

    #[pyo3(signature = (**fields))]
    fn __replace__<'py>(
        slf: &Bound<'py, Self>,
        fields: Option<&Bound<'py, PyDict>>,
    ) -> PyResult<Bound<'py, PyAny>> {
        Self::replace(slf, fields)
    }

    /// The fields by name, English (``"en"``) or official (``"ja"``), in official order; blank ones are ``None``.
    #[pyo3(signature = (lang="en"))]
    pub fn to_dict<'py>(&self, py: Python<'py>, lang: &str) -> PyResult<Bound<'py, PyDict>> {
        let japanese = crate::lang::parse(Some(lang))? == kaigo_core::report::Lang::Japanese;
        let layout = self.layout();
        let dict = PyDict::new(py);
        for spec in layout.fields {
            let value = self.value(py, spec)?;
            if japanese {
                dict.set_item(layout.unique_name_ja(spec), value)?;
            } else {
                dict.set_item(spec.name, value)?;
            }
        }
        Ok(dict)
    }

    fn __eq__(&self, other: &Bound<'_, PyAny>) -> bool {
        let Ok(other) = other.cast::<Record>() else { return false };
        let other = other.get();
        let layout = self.layout();
        layout.name == other.layout().name && layout.fields.iter().all(|spec| self.at(spec) == other.at(spec))
    }

    fn __hash__(&self) -> u64 {
        let mut hasher = DefaultHasher::new();
        for spec in self.layout().fields {
            self.at(spec).to_text().hash(&mut hasher);
        }
        hasher.finish()
    }

    /// The fields that are filled; what is about a person is masked.
    fn __repr__(slf: &Bound<'_, Self>) -> PyResult<String> {
        let record = slf.get();
        let mut parts = Vec::new();
        for spec in record.layout().fields {
            let value = record.at(spec);
            if value == Value::Blank {
                continue;
            }
            let shown = match value {
                _ if spec.personal => "<masked>".to_owned(),
                // What stands in the wrong field may be anything.
                Value::Nonconforming(_) => "<nonconforming>".to_owned(),
                value => value::to_python(slf.py(), value, spec)?.repr()?.to_string(),
            };
            parts.push(format!("{}={shown}", spec.name));
        }
        Ok(format!("{}({})", slf.get_type().name()?, parts.join(", ")))
    }

    fn __copy__<'py>(slf: &Bound<'py, Self>) -> Bound<'py, Self> {
        slf.clone()
    }

    fn __deepcopy__<'py>(slf: &Bound<'py, Self>, _memo: &Bound<'py, PyAny>) -> Bound<'py, Self> {
        slf.clone()
    }
}

/// The fields that keyword arguments give, in the CSV form.
fn texts_of(layout: &'static Layout, fields: Option<&Bound<'_, PyDict>>) -> PyResult<Vec<(usize, String)>> {
    let mut texts = Vec::new();
    for (name, value) in fields.into_iter().flatten() {
        let name = name.cast_into::<PyString>()?;
        let spec = layout::field(layout, name.to_str()?)
            .ok_or_else(|| PyTypeError::new_err(format!("{} has no field {name}", layout.record)))?;
        texts.push((usize::from(spec.no), value::to_text(&value, spec)?));
    }
    Ok(texts)
}

/// The classes by the names of their layouts, in the order of `layout::all`.
static CLASSES: PyOnceLock<Vec<Py<PyType>>> = PyOnceLock::new();

fn class_layout(class: &Bound<'_, PyType>) -> PyResult<&'static Layout> {
    let py = class.py();
    for (made, layout) in classes(py)?.iter().zip(layout::all()) {
        if class.is_subclass(made.bind(py))? {
            return Ok(layout);
        }
    }
    Err(PyTypeError::new_err("make a record of one of the classes of records, such as ServiceSlip"))
}

/// The classes of records, one a layout.
pub fn classes(py: Python<'_>) -> PyResult<&Vec<Py<PyType>>> {
    CLASSES.get_or_try_init(py, || layout::all().iter().map(|layout| class_of(py, layout)).collect())
}

fn class_of(py: Python<'_>, layout: &'static Layout) -> PyResult<Py<PyType>> {
    let members = PyDict::new(py);
    let fields = layout
        .fields
        .iter()
        .map(|spec| Py::new(py, Field { spec, name_ja: layout.unique_name_ja(spec).into_owned() }))
        .collect::<PyResult<Vec<_>>>()?;
    for (spec, field) in layout.fields.iter().zip(&fields) {
        members.set_item(spec.name, field)?;
    }
    members.set_item("__module__", "kaigo")?;
    members.set_item("__slots__", PyTuple::empty(py))?;
    members.set_item("__match_args__", PyTuple::new(py, layout.fields.iter().map(|spec| spec.name))?)?;
    members.set_item("__doc__", table(layout))?;
    members.set_item("fields", PyTuple::new(py, fields)?)?;
    let kinds: Vec<&str> = layout::kinds(layout).map(FileKind::name).collect();
    members.set_item("kinds", PyTuple::new(py, kinds)?)?;
    let bases = (py.get_type::<Record>(),);
    let class = py.get_type::<PyType>().call1((layout.record, bases, members))?;
    Ok(class.cast_into::<PyType>()?.unbind())
}

/// What `help` shows: the official table.
pub fn table(layout: &'static Layout) -> String {
    let kinds: Vec<&str> = layout::kinds(layout).map(FileKind::name).collect();
    let description: Vec<&str> = layout.description.trim().lines().map(str::trim).collect();
    let mut table = format!(
        "{}\n\nKind of file: {}. Official source: ケアプランデータ連携標準仕様 4.1, CSV layout of {}.\n\n",
        description.join("\n"),
        kinds.join(", "),
        layout.name
    );
    let width = layout.fields.iter().map(|spec| spec.name.len()).max().unwrap_or_default();
    for spec in layout.fields {
        let (no, official) = describe_parts(spec);
        table += &format!("{no:>4}  {:width$}  {official}\n", spec.name);
    }
    table
}

fn describe_parts(spec: &'static FieldSpec) -> (u16, String) {
    let line = layout::describe(spec);
    let official =
        line.split_once(' ').and_then(|(_, rest)| rest.split_once(' ')).map_or("", |(_, rest)| rest);
    (spec.no, format!("{} -> {} | None", official.trim_end_matches('.'), value::python_type(spec.ty)))
}

/// The record at that index as an object of its class.
pub fn make<'py>(py: Python<'py>, rows: &Bound<'py, Rows>, index: usize) -> PyResult<Bound<'py, PyAny>> {
    class_for(py, rows.get().0.records().kind())?.call1((rows, index))
}

/// The class of the records of a kind.
pub fn class_for(py: Python<'_>, kind: FileKind) -> PyResult<&Bound<'_, PyType>> {
    let name = kind.layout().map(|layout| layout.name);
    let index = layout::all().iter().position(|layout| Some(layout.name) == name);
    index
        .and_then(|index| classes(py).ok()?.get(index))
        .map(|class| class.bind(py))
        .ok_or_else(|| PyTypeError::new_err("an image has no records"))
}
