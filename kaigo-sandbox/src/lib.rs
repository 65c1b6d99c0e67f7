//! **kaigo-sandbox**: the platform's side of the care-plan data exchange, for tests and demonstrations.
//!
//! It speaks the wire profile `provisional` of [`kaigo_core::platform::provisional`], which is kaigo's own: the
//! platform's paths, JSON names and error codes are not public text. All data in it are synthetic.
//!
//! Inside a test it is started with [`Sandbox::builder`]; as a program it serves tests in other languages. The
//! README shows both.
#![forbid(unsafe_code)]

mod account;
mod audit;
mod auth;
mod authority;
mod call;
pub mod card;
mod careplan;
mod clock;
mod config;
mod consent;
mod error;
mod fault;
mod filing;
mod identity;
mod incoming;
mod log;
mod person;
mod plan;
mod policy;
mod recorder;
mod refusal;
mod routes;
mod sandbox;
mod server;
mod store;
mod switches;
mod unit;

pub use account::{Account, StaffAccount};
pub use audit::AuditEntry;
pub use call::Call;
pub use clock::Clock;
pub use config::{CertificateKind, KeyKind, Office, Staff, read_offices};
pub use error::{Error, ErrorKind, Result};
pub use fault::{Fault, Faults};
pub use identity::ConfirmedIdentity;
pub use recorder::Exchange;
pub use sandbox::{Builder, RunningSandbox, Sandbox, read_audit};

/// Runs what the README shows.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
