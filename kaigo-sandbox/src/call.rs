//! The table of calls: every route of the platform's side stands here once.

use axum::routing::MethodFilter;
use kaigo_core::platform::provisional as wire;
use serde::{Deserialize, Serialize};

use crate::role::Role;
use crate::{claims, municipality, own, portal};

/// Declares the calls: variant, name, method, path and the role that makes it.
macro_rules! calls {
    ($( #[doc = $doc:literal] $call:ident = $name:literal, $method:ident $path:expr, $role:expr; )*) => {
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

            /// The role that makes the call over the loopback interface; `None` for the calls of offices.
            pub fn role(self) -> Option<Role> {
                match self { $( Self::$call => $role, )* }
            }
        }
    };
}

calls! {
    /// Log in.
    Login = "login", POST wire::LOGIN, None;
    /// Renew the access token.
    Refresh = "refresh", POST wire::REFRESH, None;
    /// End both tokens.
    Logout = "logout", POST wire::LOGOUT, None;
    /// List what was sent.
    Sent = "sent", GET wire::SENT, None;
    /// List what was received.
    Received = "received", GET wire::RECEIVED, None;
    /// Send one unit.
    Send = "send", POST wire::SEND, None;
    /// Fetch one received transfer.
    Fetch = "fetch", GET wire::FETCH, None;
    /// Fetch one sent transfer.
    FetchSent = "fetchsent", GET wire::FETCH_SENT, None;
    /// Mark a received transfer imported.
    Imported = "imported", POST wire::IMPORTED, None;
    /// Register a terminal.
    Terminal = "terminal", POST wire::TERMINALS, None;
    /// Ask for what a card is to sign.
    Challenge = "challenge", POST wire::CHALLENGES, None;
    /// Confirm an identity by a card's signature.
    ConfirmCard = "confirmcard", POST wire::CONFIRM_CARD, None;
    /// Confirm an identity by a statement that the card was compared.
    ConfirmVisual = "confirmvisual", POST wire::CONFIRM_VISUAL, None;
    /// View the insured card.
    InsuredCard = "insuredcard", POST wire::INSURED_CARD, None;
    /// View the burden ratio certificate.
    BurdenRatio = "burdenratio", POST wire::BURDEN_RATIO, None;
    /// View the ceiling certificate.
    BurdenLimit = "burdenlimit", POST wire::BURDEN_LIMIT, None;
    /// View the certification.
    Certification = "certification", POST wire::CERTIFICATION, None;
    /// View how far the certification is.
    Progress = "progress", POST wire::PROGRESS, None;
    /// View the assessment form.
    Assessment = "assessment", POST wire::ASSESSMENT, None;
    /// View the doctor's opinion.
    Opinion = "opinion", POST wire::OPINION, None;
    /// View the use of home modification.
    HomeModification = "homemodification", POST wire::HOME_MODIFICATION, None;
    /// View the use of equipment.
    Equipment = "equipment", POST wire::EQUIPMENT, None;
    /// View the feedback of LIFE.
    Life = "life", POST wire::LIFE, None;
    /// List the people whom the office serves.
    Users = "users", GET wire::USERS, None;
    /// Register a person by four items.
    RegisterPerson = "registerperson", POST wire::REGISTER_PERSON, None;
    /// Record a consent.
    Consent = "consent", POST wire::CONSENTS, None;
    /// File a notification.
    Notification = "notification", POST wire::NOTIFICATIONS, None;
    /// Put a plan up for the person's agreement.
    PlanForConsent = "planforconsent", POST wire::PLAN_FOR_CONSENT, None;
    /// Deliver a plan.
    PlanForDelivery = "planfordelivery", POST wire::PLAN_FOR_DELIVERY, None;
    /// Ask what became of a plan.
    PlanState = "planstate", POST wire::PLAN_STATE, None;
    /// List the plans delivered for a person.
    Plans = "plans", POST wire::PLANS, None;
    /// View a plan with its files.
    Plan = "plan", POST wire::PLAN, None;
    /// Portal: register an office.
    RegisterOffice = "registeroffice", POST portal::OFFICES, Some(Role::Portal);
    /// Portal: list the registered offices.
    Offices = "offices", GET portal::OFFICES, Some(Role::Portal);
    /// Portal: list from when which municipality answers.
    Readiness = "readiness", GET portal::READINESS, Some(Role::Portal);
    /// Portal: apply for the subsidy.
    ApplySubsidy = "applysubsidy", POST portal::SUBSIDIES, Some(Role::Portal);
    /// Portal: list what was granted.
    Subsidies = "subsidies", GET portal::SUBSIDIES, Some(Role::Portal);
    /// Electronic claims: give an office its account.
    IssueAccount = "issueaccount", POST claims::ACCOUNTS, Some(Role::Claims);
    /// Electronic claims: issue an office's certificate.
    IssueCertificate = "issuecertificate", POST claims::CERTIFICATES, Some(Role::Claims);
    /// Electronic claims: issue another certificate in place of the one that stands.
    ReissueCertificate = "reissuecertificate", POST claims::REISSUE, Some(Role::Claims);
    /// Electronic claims: list every certificate of an office.
    Certificates = "certificates", GET claims::CERTIFICATES_OF, Some(Role::Claims);
    /// Electronic claims: list the certificates to be renewed.
    Renewals = "renewals", GET claims::RENEWALS, Some(Role::Claims);
    /// Municipality: give documents of persons.
    Feed = "feed", POST municipality::FEED, Some(Role::Municipality);
    /// Municipality: say from when on it answers.
    SetReadiness = "setreadiness", POST municipality::READINESS, Some(Role::Municipality);
    /// Municipality: list the notifications filed.
    Notifications = "notifications", POST municipality::NOTIFICATIONS, Some(Role::Municipality);
    /// Medical institution: give a doctor's opinion.
    GiveOpinion = "giveopinion", POST municipality::OPINION, Some(Role::Medical);
    /// Person: list one's plans.
    OwnPlans = "ownplans", POST own::PLANS, Some(Role::Person);
    /// Person: see a plan with its files.
    OwnPlan = "ownplan", POST own::PLAN, Some(Role::Person);
    /// Person: agree to a plan, or refuse it.
    AnswerPlan = "answerplan", POST own::ANSWER, Some(Role::Person);
    /// Person: consent, or withdraw it.
    OwnConsent = "ownconsent", POST own::CONSENT, Some(Role::Person);
    /// Person: list one's consents.
    OwnConsents = "ownconsents", POST own::CONSENTS, Some(Role::Person);
    /// Person: read who looked.
    OwnLog = "ownlog", POST own::LOG, Some(Role::Person);
    /// Read the OpenAPI document.
    OpenApi = "openapi", GET "/openapi.json", None;
}

impl Call {
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
            Self::Send | Self::PlanForConsent | Self::PlanForDelivery | Self::Feed => 64 << 20,
            _ => 64 << 10,
        }
    }
}
