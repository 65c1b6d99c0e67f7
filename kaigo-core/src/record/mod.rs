//! The records of the care-plan exchange standard 4.1 (ケアプランデータ連携標準仕様 第4.1版, October 2024).
//!
//! Each record is declared once, in the order, with the numbers and under the names of the official table. The
//! CSV reader and writer, the JSON form, its schema and the checks all follow from that declaration; none of
//! them knows a record by name.
//!
//! A field that conforms holds its typed value; one that does not keeps what the file said
//! ([`Field::Nonconforming`]). A record read from bytes borrows its texts from them; `into_owned` keeps it.

mod care_plan;
mod declare;
mod deletion;
mod field;
mod kind;
mod prevention;
mod row;
mod rows;
mod rules;
mod scalar;
mod service_slip;
mod text_field;
mod value;

pub use care_plan::{CarePlanSheet1, CarePlanSheet2, CarePlanSheet3, ClientSupplement};
pub use deletion::{
    ActualsDeletion, BasicInformationDeletion, CarePlanDeletion, PreventionPlanDeletion, ServiceSlipDeletion,
};
pub use field::{Field, Scalar};
pub use kind::{FileKind, RecordVisitor, Records};
pub use prevention::{BasicInformation, DailySchedule, MedicalHistory, PreventionPlan, PreventionSupport};
pub(crate) use row::unquoted;
pub use row::{CheckContext, Memory, RawRow};
pub use scalar::{
    BirthDate, CsvVersion, DateOrZeros, DayMap, EnteredByCode, FixedOfficeCode, Integer, MonthOrZeros,
    SatelliteNumber, UnitPrice,
};
pub use service_slip::{ServiceSlip, ServiceSlipAnnex, Subtotal};
pub use value::Value;

pub(crate) use declare::record;

use std::borrow::Cow;

use crate::text::Text;

/// What the official table says of one field.
#[derive(Debug, PartialEq, Eq)]
pub struct FieldSpec {
    /// The official No., from 1.
    pub no: u16,
    /// The English name, as in Rust.
    pub name: &'static str,
    /// The English name, as in JSON (camelCase).
    pub name_json: &'static str,
    /// The official name.
    pub name_ja: &'static str,
    /// The length.
    pub length: Length,
    /// Whether it must be filled.
    pub required: Required,
    /// The type of its values.
    pub ty: Type,
    /// The closed list of its codes with their official labels; empty where there is none.
    pub codes: &'static [(&'static str, &'static str)],
    /// Whether its value is about a person and masked in messages.
    pub personal: bool,
}

impl FieldSpec {
    /// Whether a value looks like one of this field, and the field is not about a person.
    pub(crate) fn may_hold(&self, value: &str) -> bool {
        let fits = match self.length {
            Length::Fixed(max) | Length::Max(max) | Length::MaxDoubted { accepted: max, .. } => {
                value.len() <= usize::from(max)
            }
            Length::Free => true,
        };
        !self.personal && value.is_ascii() && fits
    }
}

/// The length that a table gives. The standard does not say whether bytes or characters are counted; for all
/// fields but free text the two are the same, except the telephone numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Length {
    /// Exactly so many.
    Fixed(u16),
    /// At most so many.
    Max(u16),
    /// At most so many, by a cell that is hard to read; `accepted` is what another source says.
    MaxDoubted {
        /// As printed, or by a third party.
        max: u16,
        /// The most that is accepted, with a warning above `max`.
        accepted: u16,
    },
    /// Free text (―), without a stated limit. Written in quotes when not empty.
    Free,
}

/// Whether a field must be filled.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Required {
    /// Marked 必須.
    Yes,
    /// Not marked.
    No,
    /// Not marked, but the text states a condition.
    Conditional,
    /// Marked 必要 only, a mark that the standard does not explain.
    #[doc(alias = "必要")]
    Wanted,
    /// Likely marked; the cell is hard to read. Empty is a warning.
    YesDoubted,
    /// Likely not marked; the cell is hard to read. Empty is a warning.
    NoDoubted,
}

/// The type of a field's values, as the tables class them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Type {
    /// `YYYYMM`.
    Month,
    /// `YYYYMMDD`.
    Date,
    /// `HHMM`, or `9999`.
    Time,
    /// Digits only.
    Digits,
    /// Digits and capital letters.
    Alnum,
    /// A code of a list.
    Code,
    /// `NNN-NNNN`.
    Postal,
    /// A whole number.
    Integer,
    /// `99.99`.
    Decimal,
    /// 31 characters `0` or `1`, one a day.
    DayMap,
    /// The name of an image file.
    FileName,
    /// Text.
    Text,
}

/// What one record is made of.
#[derive(Debug)]
pub struct Layout {
    /// The name of the record's table (`UP1KYO`; `UPPLAN_UPJSK` serves two kinds).
    pub name: &'static str,
    /// The name of the record's type (`ServiceSlip`).
    pub record: &'static str,
    /// What the record is: its documentation in Rust, whose first line has the official name.
    pub description: &'static str,
    /// The fields, in official order: `fields[0]` is No. 1.
    pub fields: &'static [FieldSpec],
}

impl Layout {
    /// The field of that official No.
    pub fn field(&self, no: usize) -> Option<&'static FieldSpec> {
        self.fields.get(no.checked_sub(1)?)
    }

    /// The service month that all records of a file share, where they have one.
    pub(crate) fn month(&self) -> Option<&'static FieldSpec> {
        self.fields.iter().find(|field| matches!(field.name, "target_month" | "delete_target_month"))
    }

    /// The field of that name: English, English as in JSON, or official.
    pub fn field_named(&self, name: &str) -> Option<&'static FieldSpec> {
        self.fields.iter().find(|f| f.name == name || f.name_ja == name || f.name_json == name)
    }

    /// The official name of a field of this layout, made different from all others: two tables have a name twice
    /// (第3表 開始時間), which then ends in the No. (`開始時間（No.8）`).
    pub fn unique_name_ja(&self, field: &FieldSpec) -> Cow<'static, str> {
        if self.fields.iter().filter(|other| other.name_ja == field.name_ja).count() > 1 {
            Cow::Owned(format!("{}（No.{}）", field.name_ja, field.no))
        } else {
            Cow::Borrowed(field.name_ja)
        }
    }
}

/// A record, whatever its kind: fields by their official No.
pub trait AnyRecord {
    /// What it is made of.
    fn layout(&self) -> &'static Layout;

    /// The value of the field of that No.; `None` when there is no such field.
    fn value(&self, no: usize) -> Option<Value<'_>>;

    /// Checks every field, and the fields against each other.
    fn check(&self, context: &mut CheckContext<'_>);
}

/// Takes the values of records field by field. Where the type of the records is known, so is which values come, and an
/// implementation that is inlined knows it, too.
pub trait TakeField {
    /// Takes the values of the next field, one for each record.
    fn take<'v>(&mut self, values: impl Iterator<Item = Value<'v>>);
}

/// A record of a known kind.
pub trait Record<'a>: AnyRecord + Default + Clone + PartialEq + std::fmt::Debug + Sized + 'a {
    /// What it is made of.
    const LAYOUT: &'static Layout;

    /// The record that borrows nothing.
    type Owned: Record<'static>;

    /// Reads a row. Columns that the row lacks are blank; columns that the layout lacks are left.
    fn read(row: &RawRow<'_, 'a>) -> Self;

    /// Hands the values of every field on, in official order: what [`value`](AnyRecord::value) gives one by one.
    fn for_each_field(records: &[Self], to: &mut impl TakeField);

    /// Sets a field from its text in the CSV form (dates as `YYYYMMDD`). Whether there is such a field.
    fn set(&mut self, no: usize, text: Text<'a>) -> bool;

    /// Keeps the record beyond the life of the bytes that it was read from.
    fn into_owned(self) -> Self::Owned;
}
