//! Write a name that Shift_JIS does not have.
//!
//! Nothing is replaced in silence: by default such a text is refused with its place, and where the caller chooses a variant,
//! each change is reported.
//!
//! ```
//! use kaigo_core::format::csv::{self, WriteOptions};
//! use kaigo_core::record::{AnyRecord, FileKind, Record, ServiceSlip};
//! use kaigo_core::text::GaijiPolicy;
//!
//! # fn main() -> kaigo_core::Result<()> {
//! let mut slip = ServiceSlip::default();
//! slip.set(7, "𠮷田".into()); // プラン担当者名
//! let rows = || std::iter::once(&slip as &dyn AnyRecord);
//!
//! let refused = csv::write(FileKind::SlipPlan, rows(), &WriteOptions::default());
//! assert!(refused.is_err_and(|error| error.code() == "unwritable"));
//!
//! let options = WriteOptions { gaiji: GaijiPolicy::MapVariants, ..WriteOptions::default() };
//! let (bytes, changes) = csv::write(FileKind::SlipPlan, rows(), &options)?;
//! assert_eq!(changes.findings()[0].code.name(), "text.variant_written");
//! # let (text, _) = (String::from_utf8_lossy(&bytes), ());
//! # assert!(!text.contains("𠮷"));
//! # Ok(())
//! # }
//! ```
