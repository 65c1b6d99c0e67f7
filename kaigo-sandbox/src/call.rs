//! The table of calls: every route of the platform's side stands here once.

use axum::routing::MethodFilter;
use kaigo_core::platform::provisional as wire;
use serde::{Deserialize, Serialize};

/// Declares the calls: variant, name, method and path.
macro_rules! calls {
    ($( #[doc = $doc:literal] $call:ident = $name:literal, $method:ident $path:expr; )*) => {
        /// A call that the sandbox answers.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
        #[serde(rename_all = "lowercase")]
        #[non_exhaustive]
        pub enum Call {
            $( #[doc = $doc] $call, )*
        }

        impl Call {
            /// Every call.
            pub const ALL: &'static [Self] = &[$(Self::$call),*];

            /// The name in the audit log and the fault switches; also the document's `operationId`.
            pub fn name(self) -> &'static str {
                match self { $( Self::$call => $name, )* }
            }

            /// The path template.
            pub fn path(self) -> &'static str {
                match self { $( Self::$call => $path, )* }
            }

            pub(crate) fn method(self) -> MethodFilter {
                match self { $( Self::$call => MethodFilter::$method, )* }
            }
        }
    };
}

calls! {
    /// Log in.
    Login = "login", POST wire::LOGIN;
    /// Renew the access token.
    Refresh = "refresh", POST wire::REFRESH;
    /// End both tokens.
    Logout = "logout", POST wire::LOGOUT;
    /// List what was sent.
    Sent = "sent", GET wire::SENT;
    /// List what was received.
    Received = "received", GET wire::RECEIVED;
    /// Send one unit.
    Send = "send", POST wire::SEND;
    /// Fetch one received transfer.
    Fetch = "fetch", GET wire::FETCH;
    /// Mark a received transfer imported.
    Imported = "imported", POST wire::IMPORTED;
    /// Register a terminal.
    Terminal = "terminal", POST wire::TERMINALS;
    /// Ask for what a card is to sign.
    Challenge = "challenge", POST wire::CHALLENGES;
    /// Confirm an identity by a card's signature.
    ConfirmCard = "confirmcard", POST wire::CONFIRM_CARD;
    /// Confirm an identity by a statement that the card was compared.
    ConfirmVisual = "confirmvisual", POST wire::CONFIRM_VISUAL;
    /// View the insured card.
    InsuredCard = "insuredcard", POST wire::INSURED_CARD;
    /// View the burden ratio certificate.
    BurdenRatio = "burdenratio", POST wire::BURDEN_RATIO;
    /// View the ceiling certificate.
    BurdenLimit = "burdenlimit", POST wire::BURDEN_LIMIT;
    /// View the certification.
    Certification = "certification", POST wire::CERTIFICATION;
    /// View how far the certification is.
    Progress = "progress", POST wire::PROGRESS;
    /// View the assessment form.
    Assessment = "assessment", POST wire::ASSESSMENT;
    /// View the doctor's opinion.
    Opinion = "opinion", POST wire::OPINION;
    /// View the use of home modification.
    HomeModification = "homemodification", POST wire::HOME_MODIFICATION;
    /// View the use of equipment.
    Equipment = "equipment", POST wire::EQUIPMENT;
    /// View the feedback of LIFE.
    Life = "life", POST wire::LIFE;
    /// List the people whom the office serves.
    Users = "users", GET wire::USERS;
    /// Register a person by four items.
    RegisterPerson = "registerperson", POST wire::REGISTER_PERSON;
    /// Record a consent.
    Consent = "consent", POST wire::CONSENTS;
    /// File a notification.
    Notification = "notification", POST wire::NOTIFICATIONS;
    /// Put a plan up for the person's agreement.
    PlanForConsent = "planforconsent", POST wire::PLAN_FOR_CONSENT;
    /// Deliver a plan.
    PlanForDelivery = "planfordelivery", POST wire::PLAN_FOR_DELIVERY;
    /// Ask what became of a plan.
    PlanState = "planstate", POST wire::PLAN_STATE;
    /// List the plans delivered for a person.
    Plans = "plans", POST wire::PLANS;
    /// View a plan with its files.
    Plan = "plan", POST wire::PLAN;
    /// Read the OpenAPI document.
    OpenApi = "openapi", GET "/openapi.json";
}

impl Call {
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
            Self::Send | Self::PlanForConsent | Self::PlanForDelivery => 64 << 20,
            _ => 64 << 10,
        }
    }
}
