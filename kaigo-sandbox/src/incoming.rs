//! One request that was admitted, and the result that answers it.

use std::sync::Arc;

use kaigo_core::ident::{OfficeNumber, ServiceTypeCode};
use kaigo_core::platform::provisional::Envelope;
use serde::Serialize;
use serde::de::DeserializeOwned;
use tokio::sync::Semaphore;
use zeroize::Zeroizing;

use crate::account::Account;
use crate::policy::Viewer;
use crate::refusal::Refusal;
use crate::store::{Done, OfficeRow, Session, StaffRow};

/// How many connections one office may hold, and how many calls it may have under way: an office that is slow
/// or greedy waits for itself, not the others for it.
const CONNECTIONS: usize = 64;
const CALLS: usize = 4;

/// An office as the running sandbox knows it.
pub(crate) struct OfficeState {
    pub(crate) number: OfficeNumber,
    pub(crate) service_type: ServiceTypeCode,
    pub(crate) row: OfficeRow,
    pub(crate) staff: Vec<StaffRow>,
    pub(crate) connections: Arc<Semaphore>,
    pub(crate) calls: Semaphore,
}

impl OfficeState {
    pub(crate) fn new(account: &Account, row: OfficeRow, staff: Vec<StaffRow>) -> Self {
        Self {
            number: account.office(),
            service_type: account.service_type(),
            row,
            staff,
            connections: Arc::new(Semaphore::new(CONNECTIONS)),
            calls: Semaphore::new(CALLS),
        }
    }
}

/// A request whose caller is known.
pub(crate) struct Incoming {
    /// The office whose certificate the connection showed.
    pub(crate) office: Arc<OfficeState>,
    /// The session that the access token opened; `None` for calls without one.
    pub(crate) session: Option<Session>,
    /// When the request had been read.
    pub(crate) now: i64,
    /// The `{id}` of the path.
    pub(crate) id: Option<String>,
    pub(crate) uri: axum::http::Uri,
    pub(crate) idempotency_key: Option<String>,
    pub(crate) body: Zeroizing<Vec<u8>>,
}

impl Incoming {
    /// Who looks.
    pub(crate) fn viewer(&self) -> Viewer {
        Viewer {
            office: self.office.number,
            service_type: self.office.service_type,
            jobs: self.session.as_ref().map(|session| session.jobs.clone()).unwrap_or_default(),
        }
    }

    /// Reads the body.
    pub(crate) fn json<T: DeserializeOwned>(&self) -> Result<T, Refusal> {
        serde_json::from_slice(&self.body)
            .map_err(|_| Refusal::BadRequest("the body is not JSON of the described form"))
    }
}

/// A result in its envelope.
pub(crate) fn result<T: Serialize>(value: &T, transfer: Option<String>) -> Done {
    // Serialising the wire's own types into memory has no way to fail.
    let body = serde_json::to_vec(&Envelope::Result(value)).unwrap_or_default();
    Done { body, transfer, person: None }
}
