//! Check a file, and tell what is wrong where.
//!
//! A finding has a place (file, row, official No. and name of the field, byte), a stable code, and a message in Japanese and
//! English. What conforms is read all the same. Values about a person are masked unless asked for.
//!
//! ```
//! use kaigo_core::exchange::{CheckOptions, check_file};
//! use kaigo_core::report::{Lang, Masking};
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let name = "DLT1KYO_1371249069_43_1373350030_11_20260810100000.CSV";
//! let file = b"202407,376608,6685370090,20260631\r\n"; // June has 30 days.
//! let checked = check_file(name, file, &CheckOptions::default());
//! let lines: Vec<String> =
//!     checked.report.findings().iter().map(|found| found.line(Lang::English, Masking::Masked)).collect();
//! assert!(lines[0].contains("field.date"), "{lines:?}");
//! let place = &checked.report.findings()[0].place;
//! assert_eq!((place.row, place.field.map(|field| field.no)), (Some(1), Some(4)));
//! assert_eq!(checked.records.map(|records| records.len()), Some(1));
//! # Ok(())
//! # }
//! ```
//!
//! What real senders do all the same (a BOM, UTF-8, LF, a header row) is an error, or a warning with
//! [`CheckOptions::tolerant`](crate::exchange::CheckOptions::tolerant). All codes stand in `docs/findings.md`.
