//! What went over the wire, for tests that hold a client against the OpenAPI document.

use std::collections::BTreeMap;
use std::sync::mpsc::Sender;

use axum::body::{Body, to_bytes};
use axum::extract::Request;
use axum::middleware::Next;
use axum::response::Response;
use serde_json::Value;

/// The most of a body that is recorded.
const MAX_BODY: usize = 64 << 20;

/// One request and its answer. It holds what was sent, passwords and tokens included: for tests only.
#[derive(Clone)]
#[non_exhaustive]
pub struct Exchange {
    /// The method, such as `POST`.
    pub method: String,
    /// The path, without the query.
    pub path: String,
    /// The query, decoded by nobody; empty where there is none.
    pub query: String,
    /// The headers of the request, with lower-case names.
    pub headers: BTreeMap<String, String>,
    /// The body of the request; `Null` where it is empty or no JSON.
    pub request: Value,
    /// The HTTP status.
    pub status: u16,
    /// The body of the answer; `Null` where it is empty or no JSON.
    pub answer: Value,
}

/// Records a request and its answer on the way.
pub(crate) async fn record(to: Sender<Exchange>, request: Request, next: Next) -> Response {
    let (parts, body) = request.into_parts();
    // A body that cannot be read whole goes on empty, and is refused as such.
    let body = to_bytes(body, MAX_BODY).await.unwrap_or_default();
    let mut exchange = Exchange {
        method: parts.method.to_string(),
        path: parts.uri.path().to_owned(),
        query: parts.uri.query().unwrap_or_default().to_owned(),
        headers: parts
            .headers
            .iter()
            .map(|(name, value)| (name.to_string(), String::from_utf8_lossy(value.as_bytes()).into_owned()))
            .collect(),
        request: serde_json::from_slice(&body).unwrap_or_default(),
        status: 0,
        answer: Value::Null,
    };
    let response = next.run(Request::from_parts(parts, Body::from(body))).await;
    let (parts, body) = response.into_parts();
    let body = to_bytes(body, MAX_BODY).await.unwrap_or_default();
    exchange.status = parts.status.as_u16();
    exchange.answer = serde_json::from_slice(&body).unwrap_or_default();
    // Nobody may be listening any more.
    let _ = to.send(exchange);
    Response::from_parts(parts, Body::from(body))
}
