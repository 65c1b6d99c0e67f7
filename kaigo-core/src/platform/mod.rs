//! The platform's client (feature `http`), over TLS 1.3 with the office's certificate: one plan to one office, and what the
//! WEB service shows of a person and takes for one.
//!
//! ```no_run
//! use kaigo_core::credential::{Certificate, Credential};
//! use kaigo_core::platform::{Platform, ReceivedFilter};
//!
//! # fn main() -> kaigo_core::Result<()> {
//! # let (p12, roots, password) = (vec![], vec![], String::new());
//! let credential = Credential::from_pkcs12(&p12, &password)?;
//! let platform = Platform::builder("https://platform.example", credential)
//!     .roots(Certificate::from_pem(&roots)?)
//!     .build()?;
//! let session = platform.login("KJ137000000101", &password)?;
//! // The whole list first: marking a transfer imported takes it off the list.
//! let waiting: Vec<_> = session.received(ReceivedFilter::NotImported).collect::<Result<_, _>>()?;
//! for transfer in waiting {
//!     let received = session.fetch(&transfer.id)?;
//!     // … import received.files …
//!     session.mark_imported(&received.transfer.id)?;
//! }
//! session.logout()?;
//! # Ok(())
//! # }
//! ```
//!
//! Blocking, without an async runtime. No proxy of the environment is used, no redirect followed, no
//! authority trusted but those given. A certificate that has ended is refused before any connection is made.
//!
//! The wire is [`provisional`]: the official paths and names are not public. What a [`WireProfile`] does not offer is
//! refused with [`TransferError::NotOffered`] before any traffic.

mod calls;
mod config;
mod error;
mod identity;
mod model;
mod profile;
pub mod provisional;
mod retry;
mod session;
mod transport;
mod web_service;
mod wire;

pub use config::{Builder, Clock, Retry, SystemClock};
pub use error::{BusinessError, BusinessKind, Fault, Sent, TransferError};
pub use identity::{ConfirmationRoute, IdentityChallenge, IdentityConfirmation, TerminalId, VisualStatement};
pub use model::{
    Cursor, IdempotencyKey, NamedFile, Package, Page, Received, ReceivedFilter, Transfer, TransferId,
};
pub use profile::{Capability, WireProfile};
pub use session::{Platform, Session};
pub use web_service::{Agreement, PersonId, QUESTIONS, View};
