//! Make actuals from a plan, send them, and correct them later.
//!
//! ```
//! use kaigo_core::care::{ActualsDraft, VisitState};
//! use kaigo_core::exchange::{CheckOptions, SequenceStore, SourceLimits, gather, read_source};
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! # let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/careplan-4.1/monthly");
//! # let own = tempfile::tempdir()?;
//! let options = CheckOptions::default();
//! let plan = gather(read_source(&folder, SourceLimits::default())?, &options).units.remove(0);
//!
//! // All given as planned, but the first visit at another time and the second not at all.
//! let mut draft = ActualsDraft::of_unit(&plan, "2026-08-03".parse()?)?;
//! let ids: Vec<_> = draft.visits().map(|(id, _)| id).collect();
//! draft.move_to(ids[0], "2026-07-02".parse()?, "13:00".parse()?, "13:30".parse()?)?;
//! draft.cancel(ids[1])?;
//!
//! let sequences = SequenceStore::new(own.path().join("sequence"));
//! let units = draft.to_units(&mut || sequences.next())?;
//! assert!(units.iter().all(|unit| unit.check(&options).is_empty())); // One unit for each service type.
//!
//! // Later: the second visit was given after all. Everything of that client and service type goes again.
//! let sent: Vec<_> = draft.rows().cloned().collect();
//! draft.restore(ids[1])?;
//! let corrections = draft.corrections(&sent, &mut || sequences.next())?;
//! assert_eq!((corrections.actuals.len(), corrections.deletions.len()), (1, 0));
//! # assert!(draft.visits().all(|(_, visit)| visit.state() != VisitState::Cancelled));
//! # Ok(())
//! # }
//! ```
