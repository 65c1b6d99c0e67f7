//! The wire profile `provisional`: every path and every JSON name that travels.
//!
//! The WEB service's paths, methods, JSON names and error codes are not public text. What stands here is
//! kaigo's own and is replaced as a whole when the official text is in a vendor's hands. Known of API 1.0 and
//! kept: REST, JSON both ways in UTF-8, TLS 1.3, a client certificate together with user ID and password at
//! login, an access token of 60 minutes and a refresh token of 8 hours, system errors as HTTP status, business
//! errors inside a 200, the care-plan interface version in the URL.
//!
//! Only [`platform`](crate::platform) and the sandbox read this module; the rest of the library never sees a
//! path or a JSON key.

use serde::{Deserialize, Serialize};

use crate::document::Tree;
use crate::ident::{InsuredNumber, InsurerNumber, OfficeNumber, ServiceTypeCode};

/// The profile's name, which every request carries in the header [`PROFILE_HEADER`].
pub const PROFILE: &str = "provisional";
/// The header that names the wire profile.
pub const PROFILE_HEADER: &str = "x-kaigo-wire-profile";
/// The header of a request that may be repeated: the same key is carried out once.
pub const IDEMPOTENCY_HEADER: &str = "idempotency-key";

/// `POST` [`LoginRequest`] -> [`Tokens`]. Needs the client certificate, no token.
pub const LOGIN: &str = "/auth/v1/login";
/// `POST` [`RefreshRequest`] -> [`Tokens`].
pub const REFRESH: &str = "/auth/v1/refresh";
/// `POST` [`Empty`] -> [`Empty`]. Ends both tokens.
pub const LOGOUT: &str = "/auth/v1/logout";
/// `GET` -> [`TransferPage`]: what this office sent. Query: `cursor`, `limit`.
pub const SENT: &str = "/careplan/v1/sent";
/// `GET` -> [`TransferPage`]: what this office received. Query: `cursor`, `limit`, `imported` (`true`/`false`).
pub const RECEIVED: &str = "/careplan/v1/received";
/// `POST` [`SendRequest`] -> [`Transfer`]. Carries the header [`IDEMPOTENCY_HEADER`].
pub const SEND: &str = "/careplan/v1/transfers";
/// `GET` -> [`TransferContent`]: one received transfer with its files. `{id}` = [`Transfer::id`].
pub const FETCH: &str = "/careplan/v1/received/{id}";
/// `GET` -> [`TransferContent`]: one sent transfer with its files, for the sandbox's pages. `{id}` = [`Transfer::id`].
pub const FETCH_SENT: &str = "/careplan/v1/sent/{id}";
/// `POST` [`Empty`] -> [`Transfer`]: marks a received transfer imported; repeating it changes nothing.
pub const IMPORTED: &str = "/careplan/v1/received/{id}/imported";
/// `POST` [`Terminal`] -> [`Terminal`]: registers a terminal of this office; repeating it changes nothing.
pub const TERMINALS: &str = "/identity/v1/terminals";
/// `POST` [`Terminal`] -> [`Challenge`]: what a person's card is to sign, once and soon.
pub const CHALLENGES: &str = "/identity/v1/challenges";
/// `POST` [`CardConfirmation`] -> [`IdentityConfirmation`]: the card signed.
pub const CONFIRM_CARD: &str = "/identity/v1/confirmations/card";
/// `POST` [`VisualConfirmation`] -> [`IdentityConfirmation`]: a member of staff compared the card.
pub const CONFIRM_VISUAL: &str = "/identity/v1/confirmations/visual";
/// `POST` [`Person`] -> `InsuredCard`. Numbers of persons never stand in a path.
pub const INSURED_CARD: &str = "/person/v1/insured-card";
/// `POST` [`Person`] -> `BurdenRatioCertificate`.
pub const BURDEN_RATIO: &str = "/person/v1/burden-ratio";
/// `POST` [`Person`] -> `BurdenLimitCertificate`.
pub const BURDEN_LIMIT: &str = "/person/v1/burden-limit";
/// `POST` [`Person`] -> `Certification`.
pub const CERTIFICATION: &str = "/person/v1/certification";
/// `POST` [`Person`] -> `CertificationProgress`.
pub const PROGRESS: &str = "/person/v1/certification-progress";
/// `POST` [`Person`] -> `AssessmentForm`.
pub const ASSESSMENT: &str = "/person/v1/assessment-form";
/// `POST` [`Person`] -> `DoctorsOpinion`.
pub const OPINION: &str = "/person/v1/doctors-opinion";
/// `POST` [`Person`] -> `HomeModificationUse`.
pub const HOME_MODIFICATION: &str = "/person/v1/home-modification-use";
/// `POST` [`Person`] -> `EquipmentUse`.
pub const EQUIPMENT: &str = "/person/v1/equipment-use";
/// `POST` [`Person`] -> `LifeFeedback`.
pub const LIFE: &str = "/person/v1/life-feedback";
/// `GET` -> [`UserPage`]: the people whom the office serves (`WEB_IF_KST_01`). Query: `cursor`, `limit`.
pub const USERS: &str = "/person/v1/users";
/// `POST` `FourItems` -> `ServiceUser`.
pub const REGISTER_PERSON: &str = "/person/v1/registrations";
/// `POST` [`ConsentRecord`] -> `Consent`: for this office.
pub const CONSENTS: &str = "/person/v1/consents";
/// `POST` `CarePlanNotification` -> `NotificationReceipt`; the same one is taken once.
pub const NOTIFICATIONS: &str = "/person/v1/notifications";
/// `POST` [`PlanDraft`] -> `RegisteredPlan`: for the person's agreement; the same one is taken once.
pub const PLAN_FOR_CONSENT: &str = "/careplan/v1/registrations/consent";
/// `POST` [`PlanDelivery`] -> `RegisteredPlan`; the same one is taken once.
pub const PLAN_FOR_DELIVERY: &str = "/careplan/v1/registrations/delivery";
/// `POST` [`PlanReference`] -> `RegisteredPlan`: what became of a plan that this office registered.
pub const PLAN_STATE: &str = "/careplan/v1/registrations/state";
/// `POST` [`Person`] -> [`RegisteredPlans`]: what was delivered, whichever office did.
pub const PLANS: &str = "/person/v1/plans";
/// `POST` [`PlanReference`] -> [`RegisteredPlanContent`].
pub const PLAN: &str = "/person/v1/plan";

/// The most transfers that one page holds.
pub const MAX_PAGE: u32 = 100;

/// The body of every HTTP 200: a result, or a business error.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Envelope<T> {
    /// The call did what it was asked.
    Result(T),
    /// A business error.
    Error(BusinessError),
}

/// A business error.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct BusinessError {
    /// One of [`business_code`], or a code that this version does not know.
    pub code: String,
    /// The message for people, in Japanese.
    pub message_ja: String,
    /// The message for people, in English.
    pub message_en: String,
}

/// The business error codes of the profile.
pub mod business_code {
    /// User ID, password and client certificate do not belong together.
    pub const BAD_LOGIN: &str = "B1001";
    /// The account is locked for a period after repeated failures.
    pub const LOCKED: &str = "B1002";
    /// The refresh token has ended: log in again.
    pub const REFRESH_ENDED: &str = "B1003";
    /// The receiving office is not known to the platform.
    pub const UNKNOWN_OFFICE: &str = "B2001";
    /// The files are not one sending unit from this office to that one.
    pub const NOT_A_UNIT: &str = "B2002";
    /// There is no such transfer for this office.
    pub const NO_TRANSFER: &str = "B2003";
    /// The idempotency key was used before with other content.
    pub const KEY_REUSED: &str = "B2004";
    /// A file's content does not have the digest that it was sent with.
    pub const DIGEST: &str = "B2005";
    /// The terminal is not registered for this office.
    pub const UNKNOWN_TERMINAL: &str = "B3001";
    /// There is no such challenge for this office and terminal, or it was used.
    pub const NO_CHALLENGE: &str = "B3002";
    /// The challenge has ended.
    pub const CHALLENGE_ENDED: &str = "B3003";
    /// The signature is not one of the certificate's key over the challenge.
    pub const CARD_SIGNATURE: &str = "B3004";
    /// The certificate is none that an authority of cards issued for user authentication.
    pub const CARD_UNTRUSTED: &str = "B3005";
    /// The certificate has ended, or is not valid yet.
    pub const CARD_ENDED: &str = "B3006";
    /// The certificate was revoked.
    pub const CARD_REVOKED: &str = "B3007";
    /// There is no such insured person.
    pub const UNKNOWN_PERSON: &str = "B3008";
    /// What was sent contradicts itself or what the platform knows.
    pub const BAD_INPUT: &str = "B4001";
    /// Neither service type nor job type may see or do this.
    pub const NO_RIGHT: &str = "B4002";
    /// The municipality has not begun yet.
    pub const NOT_READY: &str = "B4003";
    /// The person's identity is not confirmed for the office.
    pub const NOT_CONFIRMED: &str = "B4004";
    /// The viewing period is over.
    pub const VIEWING_OVER: &str = "B4005";
    /// The person has not consented.
    pub const NO_CONSENT: &str = "B4006";
    /// The person's consent has ended.
    pub const CONSENT_ENDED: &str = "B4007";
    /// There is no such document of the person.
    pub const NO_DOCUMENT: &str = "B4008";
    /// There is no such registered plan of the person.
    pub const NO_PLAN: &str = "B4009";
    /// The person did not agree to the plan as it is.
    pub const PLAN_NOT_AGREED: &str = "B4010";
    /// The check before filing found a mistake.
    pub const FILING_STOPPED: &str = "B4011";
}

/// A body without content.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Empty {}

/// The body of [`LOGIN`].
#[derive(Clone, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct LoginRequest {
    /// User ID, `KJ` and 12 digits.
    pub user_id: String,
    /// Password.
    pub password: String,
}

/// The body of [`REFRESH`].
#[derive(Clone, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct RefreshRequest {
    /// The refresh token of the login.
    pub refresh_token: String,
}

/// What login and refresh give. A refresh keeps the refresh token and its end.
#[derive(Clone, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Tokens {
    /// Goes into `Authorization: Bearer`.
    pub access_token: String,
    /// Seconds from now until the access token ends.
    pub access_expires_in: u64,
    /// Renews the access token.
    pub refresh_token: String,
    /// Seconds from now until the refresh token ends.
    pub refresh_expires_in: u64,
    /// The office that the account belongs to.
    pub office: OfficeNumber,
}

/// The body of [`SEND`]: one sending unit to one office.
#[derive(Clone, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct SendRequest {
    /// The office that is to receive it.
    pub receiver_office: OfficeNumber,
    /// The service type under which the office receives it.
    pub receiver_type: ServiceTypeCode,
    /// The files of the unit.
    pub files: Vec<File>,
}

/// One file on the wire.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct File {
    /// The file's name in the exchange standard.
    pub name: String,
    /// The bytes, in Base64 with padding.
    pub content_base64: String,
    /// SHA-256 of the bytes, 64 lower-case hexadecimal digits.
    pub sha256: String,
}

/// One transfer, without its content.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Transfer {
    /// The platform's name for the transfer.
    pub id: String,
    /// The office that sent it.
    pub sender_office: OfficeNumber,
    /// The service type under which it was sent.
    pub sender_type: ServiceTypeCode,
    /// The office that receives it.
    pub receiver_office: OfficeNumber,
    /// The service type under which it is received.
    pub receiver_type: ServiceTypeCode,
    /// The 14-digit sequence number of the unit.
    pub sequence: String,
    /// The names of the files.
    pub file_names: Vec<String>,
    /// The sum of the files' lengths in bytes.
    pub bytes: u64,
    /// When the platform accepted it, RFC 3339 with offset.
    pub accepted_at: String,
    /// When the receiver marked it imported, RFC 3339 with offset; absent before.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub imported_at: Option<String>,
}

/// One page of transfers, oldest first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct TransferPage {
    /// The transfers.
    pub transfers: Vec<Transfer>,
    /// Asks for the next page; absent on the last one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next_cursor: Option<String>,
}

/// One received transfer with its files.
#[derive(Clone, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct TransferContent {
    /// What it is.
    pub transfer: Transfer,
    /// Its files.
    pub files: Vec<File>,
}

/// The body of [`TERMINALS`] and [`CHALLENGES`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Terminal {
    /// The terminal ID (端末ID): 1 to 64 ASCII letters, digits, `-` or `_`.
    pub terminal_id: String,
}

/// What a card is to sign: [`challenge_message`] of it, which binds it to the office and the terminal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Challenge {
    /// The platform's name for the challenge.
    pub id: String,
    /// 32 random bytes, in Base64 with padding.
    pub nonce_base64: String,
    /// Seconds from now until the challenge ends.
    pub expires_in: u64,
}

/// What a card signs for an office and a terminal. The office makes it itself: a card never signs what somebody else
/// chose as a whole.
pub fn challenge_message(office: OfficeNumber, terminal_id: &str, nonce: &[u8]) -> Vec<u8> {
    let head = format!("kaigo provisional: confirm identity\noffice {office}\nterminal {terminal_id}\n");
    [head.as_bytes(), nonce].concat()
}

/// The body of [`CONFIRM_CARD`].
#[derive(Clone, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct CardConfirmation {
    /// [`Challenge::id`].
    pub challenge_id: String,
    /// The terminal that asked for the challenge.
    pub terminal_id: String,
    /// The signature over [`challenge_message`], in Base64 with padding.
    pub signature_base64: String,
    /// The card's user-authentication certificate in DER, in Base64 with padding.
    pub certificate_base64: String,
}

/// The body of [`CONFIRM_VISUAL`].
#[derive(Clone, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct VisualConfirmation {
    /// The terminal that it is stated at.
    pub terminal_id: String,
    /// The person's insurer.
    pub insurer: InsurerNumber,
    /// The person's number there.
    pub insured: InsuredNumber,
    /// The member of staff who compared the card with the person: 1 to 64 characters.
    pub compared_by: String,
}

/// How an identity was confirmed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum ConfirmationRoute {
    /// The person's card signed.
    Card,
    /// A member of staff compared the card with the person.
    Visual,
}

/// A person's identity, confirmed for an office.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct IdentityConfirmation {
    /// The platform's name for it.
    pub id: String,
    /// The office that it was confirmed for.
    pub office: OfficeNumber,
    /// The person's insurer.
    pub insurer: InsurerNumber,
    /// The person's number there.
    pub insured: InsuredNumber,
    /// How it was confirmed.
    pub route: ConfirmationRoute,
    /// The terminal.
    pub terminal_id: String,
    /// When, RFC 3339 with offset.
    pub confirmed_at: String,
}

/// Who is asked about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Person {
    /// The person's insurer.
    pub insurer: InsurerNumber,
    /// The person's number there.
    pub insured: InsuredNumber,
}

/// One page of the people whom an office serves. Documents travel in their JSON form, and are read as their types by who
/// takes them.
#[derive(Clone, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct UserPage {
    /// Documents `ServiceUser`.
    pub users: Vec<Tree>,
    /// Asks for the next page; absent on the last one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next_cursor: Option<String>,
}

/// The body of [`CONSENTS`].
#[derive(Clone, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ConsentRecord {
    /// The person's insurer.
    pub insurer: InsurerNumber,
    /// The person's number there.
    pub insured: InsuredNumber,
    /// The document `Consent`.
    pub consent: Tree,
}

/// The body of [`PLAN_FOR_CONSENT`].
#[derive(Clone, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct PlanDraft {
    /// The person's insurer.
    pub insurer: InsurerNumber,
    /// The person's number there.
    pub insured: InsuredNumber,
    /// The files of the plan.
    pub files: Vec<File>,
}

/// The body of [`PLAN_FOR_DELIVERY`]: with one of the two that say how the person agreed.
#[derive(Clone, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct PlanDelivery {
    /// The person's insurer.
    pub insurer: InsurerNumber,
    /// The person's number there.
    pub insured: InsuredNumber,
    /// The files of the plan.
    pub files: Vec<File>,
    /// The registration of the same files that the person agreed to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub agreed_registration: Option<String>,
    /// The day on which the person agreed on paper, `YYYY-MM-DD`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub agreed_on: Option<String>,
}

/// Names a registered plan of a person.
#[derive(Clone, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct PlanReference {
    /// The person's insurer.
    pub insurer: InsurerNumber,
    /// The person's number there.
    pub insured: InsuredNumber,
    /// The platform's name for the plan.
    pub id: String,
}

/// The plans delivered for a person, oldest first.
#[derive(Clone, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct RegisteredPlans {
    /// Documents `RegisteredPlan`.
    pub plans: Vec<Tree>,
}

/// A registered plan with its files.
#[derive(Clone, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct RegisteredPlanContent {
    /// The document `RegisteredPlan`.
    pub plan: Tree,
    /// Its files.
    pub files: Vec<File>,
}
