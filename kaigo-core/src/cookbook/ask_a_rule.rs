//! Ask what is left of an allowance before anybody applies for it, and why.
//!
//! ```
//! use kaigo_core::benefit::{HomeModification, Tables, home_modification};
//! use kaigo_core::document::from_json;
//! use kaigo_core::report::Lang;
//!
//! # fn main() -> kaigo_core::Result<()> {
//! let works: HomeModification = from_json(
//!     br#"{"dwelling":"home","startedOn":"2026-10-01","level":"22","kinds":["1"],"cost":250000,"ratio":"1"}"#,
//! )?;
//! let decision = home_modification(Tables::bundled(), &[], &works);
//! let allowance = decision.value.as_ref().map(|allowance| (allowance.insurer.get(), allowance.over.get()));
//! assert_eq!(allowance, Some((180_000, 50_000)));
//! println!("{}", decision.text(Lang::Japanese));
//! # Ok(())
//! # }
//! ```
