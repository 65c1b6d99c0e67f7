//! **kaigo-sandbox**: the platform's side of the care-plan data exchange, for tests and demonstrations.
//!
//! It speaks the wire profile `provisional` of [`kaigo_core::platform::provisional`], which is kaigo's own: the
//! platform's paths, JSON names and error codes are not public text. All data in it are synthetic.
//!
//! ```
//! use kaigo_sandbox::Sandbox;
//!
//! # fn main() -> kaigo_sandbox::Result<()> {
//! let sandbox = Sandbox::builder().start()?;
//! for account in sandbox.accounts() {
//!     println!("{} logs in at {} as {}", account.office(), sandbox.url(), account.user_id());
//! }
//! sandbox.stop();
//! # Ok(())
//! # }
//! ```
#![forbid(unsafe_code)]

mod account;
mod audit;
mod auth;
mod authority;
mod call;
mod careplan;
mod clock;
mod config;
mod error;
mod fault;
mod incoming;
mod log;
mod refusal;
mod routes;
mod sandbox;
mod server;
mod store;
mod switches;
mod unit;

pub use account::Account;
pub use audit::AuditEntry;
pub use call::Call;
pub use clock::Clock;
pub use config::{CertificateKind, Office, read_offices};
pub use error::{Error, ErrorKind, Result};
pub use fault::{Fault, Faults};
pub use sandbox::{Builder, RunningSandbox, Sandbox, read_audit};
