//! Check a sending unit: the files of a folder or a ZIP archive against each other.
//!
//! ```
//! use kaigo_core::exchange::{CheckOptions, SourceLimits, UnitKind, gather, read_source};
//!
//! # fn main() -> kaigo_core::Result<()> {
//! # let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/careplan-4.1/monthly");
//! let options = CheckOptions::default();
//! let gathered = gather(read_source(&folder, SourceLimits::default())?, &options);
//! assert!(gathered.report.is_empty()); // Files that belong to no unit would be told here.
//! for unit in &gathered.units {
//!     assert_eq!(unit.kind(), Some(UnitKind::Monthly));
//!     let report = unit.check(&options);
//!     assert_eq!(report.errors(), 0, "{:?}", report.findings());
//! }
//! # Ok(())
//! # }
//! ```
//!
//! A unit is what one sender sends one receiver under one sequence number; which combinations there are, the standard says
//! ([`UnitKind`](crate::exchange::UnitKind)).
