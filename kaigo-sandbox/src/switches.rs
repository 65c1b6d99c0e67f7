//! The fault switches and the clock over HTTP, for tests in other languages. No part of the platform.

use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::Bytes;
use axum::http::StatusCode;
use axum::routing::post;
use kaigo_core::ident::OfficeNumber;
use serde::Deserialize;
use serde::de::DeserializeOwned;

use crate::app::App;
use crate::call::Call;
use crate::claims;
use crate::fault::Fault;
use crate::refusal::Refusal;

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct FaultRequest {
    call: Call,
    fault: FaultName,
    #[serde(default = "once")]
    times: u16,
    /// For `slow`.
    #[serde(default)]
    delay_ms: u32,
}

fn once() -> u16 {
    1
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
enum FaultName {
    Unavailable,
    Slow,
    CutBeforeCommit,
    CutAfterCommit,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct ClockRequest {
    advance_seconds: u32,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct RevokeRequest {
    office: OfficeNumber,
}

pub(crate) fn router(app: &Arc<App>) -> Router {
    let (add, clear, clock) = (app.faults.clone(), app.faults.clone(), app.clock.clone());
    let add = move |body: Bytes| async move {
        let FaultRequest { call, fault, times, delay_ms } = json(&body)?;
        let fault = match fault {
            FaultName::Unavailable => Fault::Unavailable,
            FaultName::Slow => Fault::Slow(Duration::from_millis(delay_ms.into())),
            FaultName::CutBeforeCommit => Fault::CutBeforeCommit,
            FaultName::CutAfterCommit => Fault::CutAfterCommit,
        };
        add.add(call, fault, times);
        Ok::<_, Refusal>(StatusCode::NO_CONTENT)
    };
    let clear = move || async move {
        clear.clear();
        StatusCode::NO_CONTENT
    };
    let advance = move |body: Bytes| async move {
        let ClockRequest { advance_seconds } = json(&body)?;
        clock.advance(Duration::from_secs(advance_seconds.into()));
        Ok::<_, Refusal>(StatusCode::NO_CONTENT)
    };
    let app = Arc::clone(app);
    let revoke = move |body: Bytes| async move {
        let RevokeRequest { office } = json(&body)?;
        let now = app.clock.milliseconds();
        match app.store.transaction(|tx| Ok(claims::revoke(tx, office, now)?)) {
            Ok(true) => Ok(StatusCode::NO_CONTENT),
            Ok(false) => Err(Refusal::BadRequest("there is no such office")),
            Err(_) => Err(Refusal::Internal),
        }
    };
    Router::new()
        .route("/sandbox/v1/revocations", post(revoke))
        .route("/sandbox/v1/faults", post(add).delete(clear))
        .route("/sandbox/v1/clock", post(advance))
}

fn json<T: DeserializeOwned>(body: &[u8]) -> Result<T, Refusal> {
    serde_json::from_slice(body)
        .map_err(|_| Refusal::BadRequest("the body is not JSON of the described form"))
}
