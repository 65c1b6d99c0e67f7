//! Values between Rust and Python: one table for attributes, dicts and constructors.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use kaigo_core::calendar::{ClockTime, Date, Month as CoreMonth};
use kaigo_core::record::{FieldSpec, Type, Value};
use pyo3::exceptions::{PyTypeError, PyValueError};
use pyo3::prelude::*;
use pyo3::sync::{MutexExt, PyOnceLock};
use pyo3::types::{PyBool, PyDate, PyDateAccess, PyInt, PyString, PyTime, PyTimeAccess, PyType};

/// A month. ``str`` gives it as in JSON, ``2026-07``; months compare in the order of time.
#[pyclass(frozen, eq, ord, hash, from_py_object, module = "kaigo")]
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Month(pub CoreMonth);

#[pymethods]
impl Month {
    #[new]
    fn new(year: i16, month: i8) -> PyResult<Self> {
        CoreMonth::new(year, month)
            .map(Self)
            .ok_or_else(|| PyValueError::new_err("the calendar has no such month"))
    }

    #[classattr]
    fn __match_args__() -> (&'static str, &'static str) {
        ("year", "month")
    }

    /// The month of an ISO text, ``2026-07``.
    #[staticmethod]
    fn parse(text: &str) -> PyResult<Self> {
        text.parse().map(Self).map_err(|_| PyValueError::new_err("not a month as in 2026-07"))
    }

    /// The month that a day lies in.
    #[staticmethod]
    fn of(day: &Bound<'_, PyDate>) -> PyResult<Self> {
        Ok(Self(core_date(day)?.month()))
    }

    /// The year of the Gregorian calendar.
    #[getter]
    fn year(&self) -> i16 {
        self.0.year()
    }

    /// 1 to 12.
    #[getter]
    fn month(&self) -> i8 {
        self.0.month_of_year()
    }

    /// The first day.
    #[getter]
    fn first_day<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDate>> {
        PyDate::new(py, self.0.year().into(), self.0.month_of_year().unsigned_abs(), 1)
    }

    /// The last day.
    #[getter]
    fn last_day<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDate>> {
        let days = self.0.days().unsigned_abs();
        PyDate::new(py, self.0.year().into(), self.0.month_of_year().unsigned_abs(), days)
    }

    fn __str__(&self) -> String {
        self.0.to_string()
    }

    fn __repr__(&self) -> String {
        format!("Month({}, {})", self.0.year(), self.0.month_of_year())
    }

    fn __reduce__<'py>(slf: &Bound<'py, Self>) -> (Bound<'py, PyType>, (i16, i8)) {
        let month = slf.get();
        (slf.get_type(), (month.year(), month.month()))
    }
}

/// A day of Python's calendar, which is the exchange's: years 1 to 9999.
pub fn core_date(day: &Bound<'_, PyDate>) -> PyResult<Date> {
    let year = i16::try_from(day.get_year()).unwrap_or_default();
    Date::new(year, day.get_month() as i8, day.get_day() as i8)
        .ok_or_else(|| PyValueError::new_err("the calendar has no such day"))
}

fn decimal(py: Python<'_>) -> PyResult<&Bound<'_, PyType>> {
    static DECIMAL: PyOnceLock<Py<PyType>> = PyOnceLock::new();
    DECIMAL.import(py, "decimal", "Decimal")
}

/// A day as Python has it. The days of a file are few and stand in many rows, so they are made once.
fn py_date(py: Python<'_>, date: Date) -> PyResult<Bound<'_, PyDate>> {
    /// Beyond any one file; what comes after begins anew.
    const KEPT: usize = 4096;
    static DAYS: Mutex<BTreeMap<Date, Py<PyDate>>> = Mutex::new(BTreeMap::new());
    let lock = || DAYS.lock_py_attached(py).unwrap_or_else(PoisonError::into_inner);
    if let Some(day) = lock().get(&date) {
        return Ok(day.bind(py).clone());
    }
    let (month, day) = (date.month_of_year().unsigned_abs(), date.day().unsigned_abs());
    let made = PyDate::new(py, date.year().into(), month, day)?;
    let mut days = lock();
    if days.len() >= KEPT {
        days.clear();
    }
    days.insert(date, made.clone().unbind());
    Ok(made)
}

/// The value as Python has it: `None` for what is blank, does not apply (`00000000`), is not shown (`9999`) or is no
/// value at all. What the file says in those cases, `text` tells.
pub fn to_python<'py>(py: Python<'py>, value: Value<'_>, spec: &FieldSpec) -> PyResult<Bound<'py, PyAny>> {
    Ok(match value.clear(spec.ty) {
        Value::Blank | Value::Nonconforming(_) | Value::Time(ClockTime::NotShown) => py.None().into_bound(py),
        Value::Text(text) => PyString::new(py, &text.decode_lossy()).into_any(),
        // Zeros stand for a day or month that does not apply.
        Value::Symbol(_) if matches!(spec.ty, Type::Date | Type::Month) => py.None().into_bound(py),
        Value::Symbol(text) => PyString::new(py, text).into_any(),
        Value::Integer(number) => number.into_pyobject(py)?.into_any(),
        Value::UnitPrice(price) => decimal(py)?.call1((price.to_string(),))?,
        Value::Date(date) => py_date(py, date)?.into_any(),
        Value::Month(month) => Bound::new(py, Month(month))?.into_any(),
        Value::Time(ClockTime::At { hour, minute }) => PyTime::new(py, hour, minute, 0, 0, None)?.into_any(),
    })
}

/// The type of the values of a field in Python, for stubs and help.
pub fn python_type(ty: Type) -> &'static str {
    match ty {
        Type::Month => "Month",
        Type::Date => "datetime.date",
        Type::Time => "datetime.time",
        Type::Integer => "int",
        Type::Decimal => "decimal.Decimal",
        Type::Digits
        | Type::Alnum
        | Type::Code
        | Type::Postal
        | Type::DayMap
        | Type::FileName
        | Type::Text => "str",
    }
}

/// The CSV form of a Python value. Text is taken as it is, so that whatever a file may say can be said.
pub fn to_text(value: &Bound<'_, PyAny>, spec: &FieldSpec) -> PyResult<String> {
    let wrong = || {
        let message = format!(
            "No.{} {} takes {} or str, not {}",
            spec.no,
            spec.name,
            python_type(spec.ty),
            value.get_type().name().map(|name| name.to_string()).unwrap_or_default(),
        );
        PyTypeError::new_err(message)
    };
    if value.is_none() {
        return Ok(String::new());
    }
    if let Ok(text) = value.cast::<PyString>() {
        return Ok(text.to_str()?.to_owned());
    }
    match spec.ty {
        Type::Date => {
            // A datetime is a date to Python, but its time of day would be lost.
            let day = value.cast_exact::<PyDate>().map_err(|_| wrong())?;
            Ok(Value::Date(core_date(day)?).to_text())
        }
        Type::Month => match value.cast::<Month>() {
            Ok(month) => Ok(Value::Month(month.get().0).to_text()),
            Err(_) => Err(wrong()),
        },
        Type::Time => {
            let time = value.cast::<PyTime>().map_err(|_| wrong())?;
            if time.get_second() != 0 || time.get_microsecond() != 0 {
                return Err(PyValueError::new_err(format!("No.{} {} has no seconds", spec.no, spec.name)));
            }
            let (hour, minute) = (time.get_hour(), time.get_minute());
            Ok(Value::Time(ClockTime::At { hour, minute }).to_text())
        }
        Type::Integer if value.cast::<PyInt>().is_ok() && value.cast::<PyBool>().is_err() => {
            Ok(value.str()?.to_str()?.to_owned())
        }
        Type::Decimal if value.is_instance(decimal(value.py())?)? => {
            let exact = value.call_method1("quantize", (decimal(value.py())?.call1(("0.01",))?,))?;
            if !exact.eq(value)? {
                let message = format!("No.{} {} has two decimals", spec.no, spec.name);
                return Err(PyValueError::new_err(message));
            }
            Ok(exact.str()?.to_str()?.to_owned())
        }
        _ => Err(wrong()),
    }
}
