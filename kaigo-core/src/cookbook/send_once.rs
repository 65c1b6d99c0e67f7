//! Send a unit exactly once, through crash and power cut.
//!
//! ```
//! use kaigo_core::Watch;
//! use kaigo_core::credential::{Certificate, Credential};
//! use kaigo_core::exchange::{CheckOptions, SourceLimits, gather, read_source};
//! use kaigo_core::outbox::{Outbox, State};
//! use kaigo_core::platform::{Package, Platform};
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! # let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/careplan-4.1/monthly");
//! # let own = tempfile::tempdir()?;
//! # let sandbox = kaigo_sandbox::Sandbox::builder().start()?;
//! # let unit = gather(read_source(&folder, SourceLimits::default())?, &CheckOptions::default()).units.remove(0);
//! # let office = unit.sender().ok_or("no sender")?.office;
//! # let account = sandbox.office(office).ok_or("no account")?;
//! let credential = Credential::from_pkcs12(account.p12(), account.p12_password())?;
//! let platform = Platform::builder(sandbox.url(), credential)
//!     .roots(Certificate::from_pem(sandbox.ca_pem().as_bytes())?)
//!     .build()?;
//!
//! let outbox = Outbox::open(&own.path().join("outbox.sqlite3"))?;
//! let id = outbox.enqueue(&Package::try_from(&unit)?)?; // Stored when this returns; no connection is needed.
//!
//! // Now and then, in one place: whatever is due. A unit is always repeated under its own key.
//! outbox.send_due(|| platform.login(account.user_id(), account.password()), &Watch::default())?;
//! let entry = outbox.entries()?.into_iter().find(|entry| entry.id == id).ok_or("no entry")?;
//! assert_eq!(entry.state, State::Sent);
//! # Ok(())
//! # }
//! ```
