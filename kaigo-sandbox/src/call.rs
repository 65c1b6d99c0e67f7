//! The table of calls: every route of the platform's side stands here once.

use axum::routing::MethodFilter;
use kaigo_core::platform::provisional as wire;
use serde::{Deserialize, Serialize};

/// A call that the sandbox answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum Call {
    /// Log in.
    Login,
    /// Renew the access token.
    Refresh,
    /// End both tokens.
    Logout,
    /// List what was sent.
    Sent,
    /// List what was received.
    Received,
    /// Send one unit.
    Send,
    /// Fetch one received transfer.
    Fetch,
    /// Mark a received transfer imported.
    Imported,
    /// Register a terminal.
    Terminal,
    /// Ask for what a card is to sign.
    Challenge,
    /// Confirm an identity by a card's signature.
    ConfirmCard,
    /// Confirm an identity by a statement that the card was compared.
    ConfirmVisual,
    /// Read the OpenAPI document.
    OpenApi,
}

impl Call {
    /// Every call.
    pub const ALL: [Self; 13] = [
        Self::Login,
        Self::Refresh,
        Self::Logout,
        Self::Sent,
        Self::Received,
        Self::Send,
        Self::Fetch,
        Self::Imported,
        Self::Terminal,
        Self::Challenge,
        Self::ConfirmCard,
        Self::ConfirmVisual,
        Self::OpenApi,
    ];

    /// The name in the audit log and the fault switches; also the document's `operationId`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Login => "login",
            Self::Refresh => "refresh",
            Self::Logout => "logout",
            Self::Sent => "sent",
            Self::Received => "received",
            Self::Send => "send",
            Self::Fetch => "fetch",
            Self::Imported => "imported",
            Self::Terminal => "terminal",
            Self::Challenge => "challenge",
            Self::ConfirmCard => "confirmcard",
            Self::ConfirmVisual => "confirmvisual",
            Self::OpenApi => "openapi",
        }
    }

    /// The path template.
    pub fn path(self) -> &'static str {
        match self {
            Self::Login => wire::LOGIN,
            Self::Refresh => wire::REFRESH,
            Self::Logout => wire::LOGOUT,
            Self::Sent => wire::SENT,
            Self::Received => wire::RECEIVED,
            Self::Send => wire::SEND,
            Self::Fetch => wire::FETCH,
            Self::Imported => wire::IMPORTED,
            Self::Terminal => wire::TERMINALS,
            Self::Challenge => wire::CHALLENGES,
            Self::ConfirmCard => wire::CONFIRM_CARD,
            Self::ConfirmVisual => wire::CONFIRM_VISUAL,
            Self::OpenApi => "/openapi.json",
        }
    }

    pub(crate) fn method(self) -> MethodFilter {
        match self {
            Self::Sent | Self::Received | Self::Fetch | Self::OpenApi => MethodFilter::GET,
            _ => MethodFilter::POST,
        }
    }

    /// Whether the call needs an access token besides the client certificate.
    pub(crate) fn needs_token(self) -> bool {
        !matches!(self, Self::Login | Self::Refresh | Self::OpenApi)
    }

    /// Whether the request must name the wire profile. The document is for people and tools that do not know
    /// the profile yet.
    pub(crate) fn needs_profile(self) -> bool {
        self != Self::OpenApi
    }

    /// The most bytes that the request's body may have.
    pub(crate) fn body_limit(self) -> usize {
        match self {
            Self::Send => 64 << 20,
            _ => 64 << 10,
        }
    }
}
