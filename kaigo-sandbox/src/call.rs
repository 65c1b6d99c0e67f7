//! The table of calls: every route of the platform's side stands here once.

use axum::routing::MethodFilter;
use kaigo_core::platform::provisional as wire;
use serde::{Deserialize, Serialize};

use crate::role::Role;
use crate::{claims, portal};

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
    /// Portal: register an office.
    RegisterOffice,
    /// Portal: list the registered offices.
    Offices,
    /// Portal: list from when which municipality answers.
    Readiness,
    /// Portal: apply for the subsidy.
    ApplySubsidy,
    /// Portal: list what was granted.
    Subsidies,
    /// Electronic claims: give an office its account.
    IssueAccount,
    /// Electronic claims: issue an office's certificate.
    IssueCertificate,
    /// Electronic claims: issue another certificate in place of the one that stands.
    ReissueCertificate,
    /// Electronic claims: list every certificate of an office.
    Certificates,
    /// Electronic claims: list the certificates to be renewed.
    Renewals,
    /// Read the OpenAPI document.
    OpenApi,
}

impl Call {
    /// Every call.
    pub const ALL: [Self; 23] = [
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
        Self::RegisterOffice,
        Self::Offices,
        Self::Readiness,
        Self::ApplySubsidy,
        Self::Subsidies,
        Self::IssueAccount,
        Self::IssueCertificate,
        Self::ReissueCertificate,
        Self::Certificates,
        Self::Renewals,
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
            Self::RegisterOffice => "registeroffice",
            Self::Offices => "offices",
            Self::Readiness => "readiness",
            Self::ApplySubsidy => "applysubsidy",
            Self::Subsidies => "subsidies",
            Self::IssueAccount => "issueaccount",
            Self::IssueCertificate => "issuecertificate",
            Self::ReissueCertificate => "reissuecertificate",
            Self::Certificates => "certificates",
            Self::Renewals => "renewals",
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
            Self::RegisterOffice => portal::OFFICES,
            Self::Offices => portal::OFFICES,
            Self::Readiness => portal::READINESS,
            Self::ApplySubsidy => portal::SUBSIDIES,
            Self::Subsidies => portal::SUBSIDIES,
            Self::IssueAccount => claims::ACCOUNTS,
            Self::IssueCertificate => claims::CERTIFICATES,
            Self::ReissueCertificate => claims::REISSUE,
            Self::Certificates => claims::CERTIFICATES_OF,
            Self::Renewals => claims::RENEWALS,
            Self::OpenApi => "/openapi.json",
        }
    }

    pub(crate) fn method(self) -> MethodFilter {
        match self {
            Self::Sent
            | Self::Received
            | Self::Fetch
            | Self::Offices
            | Self::Readiness
            | Self::Subsidies
            | Self::Certificates
            | Self::Renewals
            | Self::OpenApi => MethodFilter::GET,
            _ => MethodFilter::POST,
        }
    }

    /// The role that makes the call over the loopback interface; `None` for the calls of offices.
    pub fn role(self) -> Option<Role> {
        match self {
            Self::RegisterOffice | Self::Offices | Self::Readiness | Self::ApplySubsidy | Self::Subsidies => {
                Some(Role::Portal)
            }
            Self::IssueAccount
            | Self::IssueCertificate
            | Self::ReissueCertificate
            | Self::Certificates
            | Self::Renewals => Some(Role::Claims),
            _ => None,
        }
    }

    /// Whether an office's call needs an access token besides the client certificate.
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
