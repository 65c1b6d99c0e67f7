//! Import units, and know what is current.
//!
//! Units take effect by their sequence number, oldest first, whatever the order in which they arrive. An update needs no
//! deletion before it.
//!
//! ```
//! use kaigo_core::exchange::{CheckOptions, Inbox, SourceLimits, gather, read_source};
//!
//! # fn main() -> kaigo_core::Result<()> {
//! # let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/careplan-4.1/plan");
//! let options = CheckOptions::default();
//! let units = gather(read_source(&folder, SourceLimits::default())?, &options).units;
//! let mut inbox = Inbox::default();
//! let report = inbox.apply_all(&units, &options);
//! assert_eq!(report.errors(), 0);
//! for client in inbox.clients() {
//!     if let Some(plan) = inbox.current_plan(client) {
//!         println!("plan of {:?}", plan.sheet1.care_plan_date.get());
//!     }
//! }
//! # assert_eq!(inbox.clients().len(), 3);
//! # Ok(())
//! # }
//! ```
