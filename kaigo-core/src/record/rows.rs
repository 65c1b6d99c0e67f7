//! Rows of a kind that is known only when the program runs: made, filled, changed.

use super::{Records, Value};
use crate::error::{ErrorKind, Result};
use crate::text::Text;

impl<'a> Records<'a> {
    /// Sets the field of the record at an index, from 0, by its official No., from its text in the CSV form (dates as
    /// `YYYYMMDD`) or from a [`Value`]. What does not conform is kept as it is, and found by a check
    /// ([`check_records`](crate::exchange::check_records)).
    ///
    /// # Errors
    /// [`ErrorKind::NoRow`] and [`ErrorKind::NoField`]; nothing is changed then.
    pub fn set(&mut self, index: usize, no: usize, text: impl Into<Text<'a>>) -> Result<()> {
        let kind = self.kind();
        match self.set_field(index, no, text.into()) {
            Some(true) => Ok(()),
            Some(false) => Err(ErrorKind::NoField { kind, no }.into()),
            None => Err(ErrorKind::NoRow { kind, row: index as u64 + 1 }.into()),
        }
    }

    /// Adds a record behind the others, with the fields given as for [`set`](Self::set); those that are not given stay
    /// blank.
    ///
    /// ```
    /// use kaigo_core::record::{FileKind, Records};
    ///
    /// # fn main() -> kaigo_core::Result<()> {
    /// let mut rows = Records::empty(FileKind::DeleteSlipPlan).unwrap_or_else(|| unreachable!());
    /// rows.push([(1, "202407"), (2, "092015"), (3, "1234567890"), (4, "202607")])?;
    /// assert_eq!(rows.get(0).and_then(|row| row.value(4)).map(|month| month.to_text()).as_deref(), Some("202607"));
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    /// [`ErrorKind::NoField`]; no record is added then.
    pub fn push<T: Into<Text<'a>>>(&mut self, fields: impl IntoIterator<Item = (usize, T)>) -> Result<()> {
        let index = self.len();
        self.push_blank();
        let filled = fields.into_iter().try_for_each(|(no, text)| self.set(index, no, text));
        if filled.is_err() {
            self.remove(index);
        }
        filled
    }
}

/// The value in the CSV form. A text keeps the bytes that it has in its file.
impl From<Value<'_>> for Text<'_> {
    fn from(value: Value<'_>) -> Self {
        match value {
            Value::Text(text) | Value::Nonconforming(text) => text.clone().into_owned(),
            other => other.to_text().into(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::calendar::Month;
    use crate::record::FileKind;

    fn texts(rows: &Records<'_>, index: usize) -> Vec<String> {
        let record = rows.get(index).expect("there is a row");
        (1..=record.layout().fields.len()).map(|no| record.value(no).expect("a field").to_text()).collect()
    }

    #[test]
    fn rows_of_every_kind_are_made_and_filled_by_number() {
        for kind in FileKind::ALL {
            let Some(mut rows) = Records::empty(*kind) else {
                assert_eq!(*kind, FileKind::FamilyImage);
                continue;
            };
            assert_eq!((rows.kind(), rows.len()), (*kind, 0));
            let fields = kind.layout().map_or(0, |layout| layout.fields.len());
            rows.push((1..=fields).map(|no| (no, format!("x{no}")))).expect("every No. is known");
            let expected: Vec<String> = (1..=fields).map(|no| format!("x{no}")).collect();
            assert_eq!(texts(&rows, 0), expected, "{kind:?}");
        }
    }

    #[test]
    fn a_row_with_a_field_that_is_not_there_is_not_added() {
        let mut rows = Records::empty(FileKind::DeleteSlipPlan).expect("a kind of records");
        let error = rows.push([(1, "202407"), (5, "x")]).expect_err("No. 5 is not there");
        assert_eq!(error.code(), "no_field");
        assert!(rows.is_empty());
        assert_eq!(rows.set(0, 1, "202407").expect_err("no row").code(), "no_row");
        rows.push([(1, "202407")]).expect("No. 1 is there");
        assert_eq!(rows.set(0, 0, "x").expect_err("No. 0").code(), "no_field");
        assert!(!rows.remove(1) && rows.remove(0) && rows.is_empty());
    }

    #[test]
    fn a_typed_value_is_set_as_it_is_written() {
        let mut rows = Records::empty(FileKind::DeleteSlipPlan).expect("a kind of records");
        let month = Month::new(2026, 7).expect("a month");
        rows.push([(4, Value::Month(month)), (3, Value::Symbol("1234567890"))]).expect("fields");
        assert_eq!(texts(&rows, 0), ["", "", "1234567890", "202607"]);
        let Records::DeleteSlipPlan(rows) = &rows else { panic!("the kind asked for") };
        assert_eq!(rows[0].delete_target_month.get(), Some(month));
    }
}
