//! Compute 第7表, and find the yen that is wrong in one that came in.
//!
//! ```
//! use kaigo_core::benefit::Tables;
//! use kaigo_core::care::annex::{AnnexTerms, annex, check_annex};
//! use kaigo_core::exchange::{CheckOptions, Inbox, SourceLimits, gather, read_source};
//! use kaigo_core::record::Field;
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! # let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/careplan-4.1/monthly");
//! let options = CheckOptions::default();
//! let units = gather(read_source(&folder, SourceLimits::default())?, &options).units;
//! let mut inbox = Inbox::default();
//! inbox.apply_all(&units, &options);
//! let client = inbox.clients().into_iter().next().ok_or("nobody")?;
//! let mut month = inbox.current_slip(client).ok_or("no slip")?.clone();
//!
//! // The terms (prices, the person's share …) as the annex tells them; your own say what it should have been.
//! let terms = AnnexTerms::of_received(&month.annex);
//! let computed = annex(&month, &terms, Tables::bundled());
//! assert!(computed.records().eq(&month.annex));
//! for reason in computed.reasons() {
//!     println!("{reason}");
//! }
//!
//! // Somebody rounded up.
//! let claim = month.annex[0].benefit_claim_amount.get().ok_or("no claim")?;
//! month.annex[0].benefit_claim_amount = Field::Value(claim + 1);
//! let differences = check_annex(&month, &terms, Tables::bundled());
//! assert_eq!(differences.len(), 1);
//! assert_eq!(differences[0].field_no, Some(26)); // 保険／事業費請求額
//! assert!(differences[0].because.iter().any(|because| because.rule.as_ref() == "cost.shares"));
//! # Ok(())
//! # }
//! ```
