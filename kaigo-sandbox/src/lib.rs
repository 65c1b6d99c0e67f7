//! **kaigo-sandbox**: the platform's side of the care-plan data exchange, for tests and demonstrations.
//!
//! It speaks the wire profile `provisional` of [`kaigo_core::platform::provisional`], which is kaigo's own: the
//! platform's paths, JSON names and error codes are not public text. All data in it are synthetic.
//!
//! Inside a test it is started with [`Sandbox::builder`]; as a program it serves tests in other languages. The
//! README shows both.
#![forbid(unsafe_code)]

mod account;
mod app;
mod audit;
mod auth;
mod authority;
mod call;
pub mod card;
mod careplan;
mod claims;
mod clock;
mod config;
mod consent;
mod error;
mod fault;
mod filing;
mod flat;
mod identity;
mod incoming;
mod listen;
mod local;
mod log;
mod municipality;
mod own;
mod person;
mod plan;
mod policy;
mod portal;
mod recorder;
mod refusal;
mod role;
mod routes;
mod sandbox;
mod server;
mod store;
mod subsidy;
mod switches;
mod town;
mod unit;
mod web;

pub use account::{Account, StaffAccount};
pub use app::call_as_role;
pub use audit::AuditEntry;
pub use call::Call;
pub use clock::Clock;
pub use config::{CertificateKind, KeyKind, Office, Staff, read_offices};
pub use error::{Error, ErrorKind, Result};
pub use fault::{Fault, Faults};
pub use flat::documents_from_csv;
pub use identity::ConfirmedIdentity;
pub use recorder::Exchange;
pub use role::Role;
pub use sandbox::{Builder, RunningSandbox, Sandbox, read_audit};
pub use town::Town;

/// Runs what the README shows.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
