//! One request that was admitted, and the result that answers it.

use std::path::PathBuf;
use std::sync::Arc;

use kaigo_core::ident::OfficeNumber;
use kaigo_core::platform::provisional::Envelope;
use serde::Serialize;
use serde::de::DeserializeOwned;
use tokio::sync::Semaphore;
use zeroize::Zeroizing;

use crate::app::App;
use crate::policy::Viewer;
use crate::refusal::Refusal;
use crate::store::{Done, OfficeRow, Session};

/// How many connections one office may hold, and how many calls it may have under way: an office that is slow
/// or greedy waits for itself, not the others for it.
const CONNECTIONS: usize = 64;
const CALLS: usize = 4;

/// An office as the running sandbox knows it.
pub(crate) struct OfficeState {
    pub(crate) row: OfficeRow,
    pub(crate) connections: Arc<Semaphore>,
    pub(crate) calls: Semaphore,
}

impl OfficeState {
    pub(crate) fn new(row: OfficeRow) -> Self {
        Self { row, connections: Arc::new(Semaphore::new(CONNECTIONS)), calls: Semaphore::new(CALLS) }
    }
}

/// An office's certificate at the other end of a connection.
#[derive(Clone)]
pub(crate) struct Holder {
    pub(crate) office: Arc<OfficeState>,
    /// The digest of the certificate.
    pub(crate) certificate: [u8; 32],
}

/// What was asked, by whomever.
pub(crate) struct Asked {
    pub(crate) app: Arc<App>,
    /// When the request had been read.
    pub(crate) now: i64,
    /// The `{id}` of the path.
    pub(crate) id: Option<String>,
    pub(crate) uri: axum::http::Uri,
    pub(crate) idempotency_key: Option<String>,
    pub(crate) body: Zeroizing<Vec<u8>>,
}

impl Asked {
    /// Reads the body.
    pub(crate) fn json<T: DeserializeOwned>(&self) -> Result<T, Refusal> {
        serde_json::from_slice(&self.body)
            .map_err(|_| Refusal::BadRequest("the body is not JSON of the described form"))
    }

    /// Where the files of an office's account are.
    pub(crate) fn office_dir(&self, office: OfficeNumber) -> PathBuf {
        self.app.office_dir(office)
    }
}

/// A request of an office.
pub(crate) struct Incoming {
    /// The office whose certificate the connection showed.
    pub(crate) holder: Holder,
    /// The session that the access token opened; `None` for calls without one.
    pub(crate) session: Option<Session>,
    pub(crate) asked: Asked,
}

impl Incoming {
    pub(crate) fn office(&self) -> OfficeNumber {
        self.holder.office.row.number
    }

    /// Who looks.
    pub(crate) fn viewer(&self) -> Viewer {
        let jobs = self.session.as_ref().map(|session| session.jobs.clone()).unwrap_or_default();
        Viewer { office: self.office(), jobs }
    }
}

impl std::ops::Deref for Incoming {
    type Target = Asked;

    fn deref(&self) -> &Asked {
        &self.asked
    }
}

/// A result in its envelope.
pub(crate) fn result<T: Serialize>(value: &T, transfer: Option<String>) -> Done {
    // Serialising the wire's own types into memory has no way to fail.
    let body = serde_json::to_vec(&Envelope::Result(value)).unwrap_or_default();
    Done { body, transfer, person: None }
}
