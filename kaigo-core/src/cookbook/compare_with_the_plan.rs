//! Hold the actuals of a month against its plan (予実突合), before the claim.
//!
//! ```
//! use kaigo_core::care::{ActualsDraft, Tolerance, VisitOutcome, reconcile};
//! use kaigo_core::exchange::{CheckOptions, SourceLimits, gather, read_source};
//! use kaigo_core::record::{FileKind, Records};
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! # let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/careplan-4.1/monthly");
//! let options = CheckOptions::default();
//! let unit = gather(read_source(&folder, SourceLimits::default())?, &options).units.remove(0);
//! let files = unit.read(&options);
//! let planned = files.iter().find(|file| file.kind() == Some(FileKind::SlipPlan)).and_then(|file| file.records.as_ref());
//! let Some(Records::SlipPlan(planned)) = planned else { return Err("no plan".into()) };
//! # // What the office of the plan did: one visit later, one not at all.
//! # let mut draft = ActualsDraft::of_unit(&unit, "2026-08-03".parse()?)?;
//! # let ids: Vec<_> = draft.visits().map(|(id, _)| id).collect();
//! # draft.move_to(ids[0], "2026-07-01".parse()?, "13:00".parse()?, "13:30".parse()?)?;
//! # draft.cancel(ids[1])?;
//! # let actual: Vec<_> = draft.rows().cloned().collect();
//!
//! let found = reconcile(planned, &actual, &Tolerance { minutes: 10 });
//! assert!(found.differs());
//! let count = |outcome| found.visits().filter(|(_, visit)| visit.outcome == outcome).count();
//! assert_eq!((count(VisitOutcome::Moved), count(VisitOutcome::Cancelled)), (1, 1));
//! // A provider that has sent nothing yet did not cancel; a visit that matches two is told with both, never guessed.
//! assert!(count(VisitOutcome::NotReported) > 0 && count(VisitOutcome::Ambiguous) == 0);
//! println!("{}", String::from_utf8_lossy(&kaigo_core::document::to_json(&found)));
//! # Ok(())
//! # }
//! ```
//!
//! As lines for people, and as the calendar sheet: `cargo run -p kaigo-examples --bin reconcile -- --format html PLAN ACTUALS`.
