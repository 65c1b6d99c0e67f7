//! How records travel: file names, sending units, sequence numbers, the order of import.
//!
//! Source: ケアプランデータ連携標準仕様 4.1, body and CSV layout definition. What that text leaves open and kaigo
//! decides is marked *provisional* where it stands.

mod check;
mod file_name;
mod file_rules;
mod inbox;
mod links;
mod sequence;
mod source;
mod unit;

pub use check::{CheckOptions, CheckedFile, check_file, check_records};
pub use file_name::{FileName, FileNameError, Party};
pub use inbox::{
    BasicInformationRecords, CarePlanRecords, Client, Inbox, MonthlySlipRecords, PreventionPlanRecords,
};
pub use sequence::{Sequence, SequenceStore};
pub use source::{
    SourceFile, SourceLimits, read_source, read_source_watched, write_atomically, write_files,
    write_files_as_zip, write_files_watched,
};
pub use unit::{Gathered, Unit, UnitFile, UnitKind, check_file_in_any_form, gather};

pub(crate) use file_name::is_image_name;
pub(crate) use unit::check_unit_in_any_form;
