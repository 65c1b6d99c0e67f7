//! **kaigo**: the exchange formats, checks, certificates and transfer of Japan's long-term care.
//!
//! Bytes become records, records become a checked sending unit, a unit travels:
//!
//! ```text
//! bytes -> format -> record -> exchange -> care, platform
//! ```
//!
//! * [`record`] declares every record of the care-plan exchange standard 4.1 (ケアプランデータ連携標準仕様),
//!   once, in the order and with the names of the official tables.
//! * [`mod@format`] reads and writes any record as Shift_JIS CSV (4.1) or JSON (`5.0-provisional`).
//! * [`report`] is what every check speaks: a [`report::Finding`] has a place and a stable code.
//! * [`standard`] says what standard 5.0 (*provisional*) demands, and [`convert`] goes from 4.1 to it and back, telling
//!   what is lost.
//! * [`batch`] checks and converts thousands of files, and goes on where a run was cut off.
//! * [`exchange`] knows file names, sending units, sequence numbers and the order of import.
//! * [`care`] is what the software works with: care plans as needs and goals, months as lines with days, actuals in the making,
//!   planned against actual, 第7表.
//! * [`eligibility`] holds the insured card, certification, assessment and notification as [`document`]s, and
//!   [`benefit`] what is left of the allowances and why.
//! * `credential` (feature, on by default) holds certificates and keys; those in PKCS#11 tokens with `pkcs11`.
//! * `card` (feature `credential`; readers with `pcsc`) reads the Individual Number Card (マイナンバーカード).
//! * `platform` (feature `http`) transfers, over TLS 1.3, in a wire profile that is *provisional*.
//! * `outbox` (feature `outbox`) keeps units until they are sent, and sends each exactly once.
//!
//! The [`cookbook`] shows tasks from beginning to end.
//!
//! What is official, what is provisional and what is ours is said at each item.
#![forbid(unsafe_code)]
#![cfg_attr(docsrs, feature(doc_cfg))]

pub mod batch;
pub mod benefit;
pub mod calendar;
pub mod care;
pub mod code;
pub mod convert;
pub mod cookbook;
pub mod document;
pub mod eligibility;
pub mod exchange;
pub mod format;
pub mod ident;
pub mod record;
pub mod report;
pub mod standard;
pub mod text;

#[cfg(feature = "credential")]
pub mod card;
#[cfg(feature = "credential")]
pub mod credential;
#[cfg(feature = "outbox")]
pub mod outbox;
#[cfg(feature = "http")]
pub mod platform;

mod error;
mod progress;

pub use error::{Error, ErrorKind, Result};
pub use progress::{Progress, Watch};
