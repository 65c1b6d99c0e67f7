//! The CSV form of standard 4.1.
//!
//! Official: comma-separated values in Shift_JIS (MS932), free text in double quotes with its line breaks and
//! commas kept and `"` written as `""`. Not stated, and so provisional: CR LF after every record, no header, no
//! quotes around anything else or around an empty text.
//!
//! ```
//! use kaigo_core::format::csv::{ReadOptions, Reader};
//! use kaigo_core::record::{CarePlanDeletion, FileKind};
//!
//! let bytes = b"202407,092015,1234567890,20260701\r\n";
//! let mut reader = Reader::<CarePlanDeletion>::new(bytes, &ReadOptions::new(FileKind::DeleteCarePlan));
//! for deletion in reader.by_ref() {
//!     assert_eq!(deletion.care_plan_date.get().map(|d| d.to_string()).as_deref(), Some("2026-07-01"));
//! }
//! assert!(reader.finish().is_empty());
//! ```

#[cfg(all(feature = "arrow", unix))]
mod blocks;
#[cfg(feature = "arrow")]
mod parallel;
mod read;
mod split;
mod stream;
mod write;

#[cfg(all(feature = "arrow", unix))]
pub(super) use blocks::read_file_parallel;
#[cfg(feature = "arrow")]
pub(super) use parallel::read_parallel;
#[cfg(all(feature = "arrow", unix))]
pub(super) use parallel::{BlockResult, read_block};
pub use read::{ReadOptions, Reader, read};
pub use stream::StreamReader;
pub use write::{LineEnd, Quoting, WriteOptions, write, write_record};
