//! Between kaigo's own terms and the wire profile. No other file sees a path or a JSON name.

use std::time::Duration;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use jiff::Timestamp;
use serde::Serialize;
use serde::de::DeserializeOwned;
use zeroize::{Zeroize, Zeroizing};

use super::provisional::{self as wire, business_code};
use super::transport::Request;
use super::{
    Agreement, BusinessError, BusinessKind, ConfirmationRoute, Cursor, IdempotencyKey, IdentityChallenge,
    IdentityConfirmation, NamedFile, Package, Page, PersonId, Received, ReceivedFilter, TerminalId, Transfer,
    TransferError, TransferId, View, VisualStatement,
};
use crate::credential::Certificate;
use crate::document::{Document, Part as _, Tree};
use crate::eligibility::{CarePlanNotification, Consent, FourItems, RegisteredPlan, ServiceUser};
use crate::ident::OfficeNumber;

type Result<T> = std::result::Result<T, TransferError>;

/// What login and refresh give. The tokens are wiped on drop.
pub(super) struct Tokens {
    pub access: Zeroizing<String>,
    /// Seconds.
    pub access_life: u64,
    pub refresh: Zeroizing<String>,
    /// Seconds.
    pub refresh_life: u64,
    pub office: OfficeNumber,
}

pub(super) fn login(user_id: &str, password: &str) -> Result<Request> {
    let mut body = wire::LoginRequest { user_id: user_id.to_owned(), password: password.to_owned() };
    let request = post(wire::LOGIN.to_owned(), &body, 256 + 2 * (user_id.len() + password.len()));
    body.password.zeroize();
    request
}

pub(super) fn refresh(token: &str) -> Result<Request> {
    let mut body = wire::RefreshRequest { refresh_token: token.to_owned() };
    let request = post(wire::REFRESH.to_owned(), &body, 256 + 2 * token.len());
    body.refresh_token.zeroize();
    request
}

pub(super) fn logout() -> Result<Request> {
    post(wire::LOGOUT.to_owned(), &wire::Empty {}, 16)
}

pub(super) fn list_sent(after: Option<&Cursor>) -> Request {
    list(wire::SENT, after)
}

pub(super) fn list_received(filter: ReceivedFilter, after: Option<&Cursor>) -> Request {
    let mut request = list(wire::RECEIVED, after);
    let imported = match filter {
        ReceivedFilter::All => return request,
        ReceivedFilter::NotImported => "false",
        ReceivedFilter::Imported => "true",
    };
    request.query.push(("imported", imported.to_owned()));
    request
}

pub(super) fn send(package: &Package, key: &IdempotencyKey) -> Result<Request> {
    let body = wire::SendRequest {
        receiver_office: package.receiver_office,
        receiver_type: package.receiver_type,
        files: encode_files(&package.files)?,
    };
    let mut request = post(wire::SEND.to_owned(), &body, length_of(&body.files))?;
    request.headers.push((wire::IDEMPOTENCY_HEADER, key.to_string()));
    Ok(request)
}

pub(super) fn fetch(id: &TransferId) -> Request {
    get(wire::FETCH.replace("{id}", id.as_str()))
}

pub(super) fn mark_imported(id: &TransferId) -> Result<Request> {
    post(wire::IMPORTED.replace("{id}", id.as_str()), &wire::Empty {}, 16)
}

pub(super) fn register_terminal(terminal: &TerminalId) -> Result<Request> {
    post(wire::TERMINALS.to_owned(), &wire_terminal(terminal), 128)
}

pub(super) fn challenge(terminal: &TerminalId) -> Result<Request> {
    post(wire::CHALLENGES.to_owned(), &wire_terminal(terminal), 128)
}

fn wire_terminal(terminal: &TerminalId) -> wire::Terminal {
    wire::Terminal { terminal_id: terminal.to_string() }
}

pub(super) fn confirm_by_card(
    challenge: &IdentityChallenge,
    signature: &[u8],
    certificate: &Certificate,
) -> Result<Request> {
    let body = wire::CardConfirmation {
        challenge_id: challenge.id.clone(),
        terminal_id: challenge.terminal.to_string(),
        signature_base64: STANDARD.encode(signature),
        certificate_base64: STANDARD.encode(certificate.as_der()),
    };
    post(wire::CONFIRM_CARD.to_owned(), &body, 512)
}

pub(super) fn confirm_visually(statement: &VisualStatement) -> Result<Request> {
    let body = wire::VisualConfirmation {
        terminal_id: statement.terminal.to_string(),
        insurer: statement.insurer,
        insured: statement.insured,
        compared_by: statement.compared_by.clone(),
    };
    if !(1..=64).contains(&body.compared_by.chars().count()) {
        return Err(TransferError::Package { what: "who compared the card is 1 to 64 characters" });
    }
    post(wire::CONFIRM_VISUAL.to_owned(), &body, 512)
}

pub(super) fn view(view: View, person: &PersonId) -> Result<Request> {
    let path = match view {
        View::InsuredCard => wire::INSURED_CARD,
        View::BurdenRatio => wire::BURDEN_RATIO,
        View::BurdenLimit => wire::BURDEN_LIMIT,
        View::Certification => wire::CERTIFICATION,
        View::Progress => wire::PROGRESS,
        View::Assessment => wire::ASSESSMENT,
        View::Opinion => wire::OPINION,
        View::HomeModification => wire::HOME_MODIFICATION,
        View::Equipment => wire::EQUIPMENT,
        View::Life => wire::LIFE,
    };
    about(path, person)
}

pub(super) fn list_registered_plans(person: &PersonId) -> Result<Request> {
    about(wire::PLANS, person)
}

fn about(path: &str, &PersonId { insurer, insured }: &PersonId) -> Result<Request> {
    post(path.to_owned(), &wire::Person { insurer, insured }, 64)
}

pub(super) fn list_users(after: Option<&Cursor>) -> Request {
    list(wire::USERS, after)
}

pub(super) fn plan_for_consent(person: &PersonId, files: &[NamedFile]) -> Result<Request> {
    let &PersonId { insurer, insured } = person;
    let body = wire::PlanDraft { insurer, insured, files: encode_files(files)? };
    post(wire::PLAN_FOR_CONSENT.to_owned(), &body, length_of(&body.files))
}

pub(super) fn plan_for_delivery(
    person: &PersonId,
    files: &[NamedFile],
    agreement: &Agreement,
) -> Result<Request> {
    let &PersonId { insurer, insured } = person;
    let (agreed_registration, agreed_on) = match agreement {
        Agreement::Registered(id) => (Some(id.clone()), None),
        Agreement::OnPaper(day) => (None, Some(day.to_string())),
    };
    let files = encode_files(files)?;
    let body = wire::PlanDelivery { insurer, insured, files, agreed_registration, agreed_on };
    post(wire::PLAN_FOR_DELIVERY.to_owned(), &body, length_of(&body.files))
}

pub(super) fn plan_state(person: &PersonId, id: &str) -> Result<Request> {
    plan_of(wire::PLAN_STATE, person, id)
}

pub(super) fn fetch_registered_plan(person: &PersonId, id: &str) -> Result<Request> {
    plan_of(wire::PLAN, person, id)
}

fn plan_of(path: &str, &PersonId { insurer, insured }: &PersonId, id: &str) -> Result<Request> {
    let body = wire::PlanReference { insurer, insured, id: id.to_owned() };
    post(path.to_owned(), &body, 128 + id.len())
}

pub(super) fn register_person(items: &FourItems) -> Result<Request> {
    post(wire::REGISTER_PERSON.to_owned(), items, 256)
}

pub(super) fn file_notification(notification: &CarePlanNotification) -> Result<Request> {
    post(wire::NOTIFICATIONS.to_owned(), notification, 2048)
}

pub(super) fn record_consent(
    &PersonId { insurer, insured }: &PersonId,
    consent: &Consent,
) -> Result<Request> {
    let body = wire::ConsentRecord { insurer, insured, consent: consent.to_tree() };
    post(wire::CONSENTS.to_owned(), &body, 256)
}

fn encode_files(files: &[NamedFile]) -> Result<Vec<wire::File>> {
    if files.is_empty() {
        return Err(TransferError::Package { what: "there is no file" });
    }
    Ok(files.iter().map(encode_file).collect())
}

fn length_of(files: &[wire::File]) -> usize {
    files.iter().map(|file| file.content_base64.len() + 512).sum()
}

fn get(path: String) -> Request {
    Request { path, query: Vec::new(), headers: profile(), body: None }
}

fn list(path: &str, after: Option<&Cursor>) -> Request {
    let mut request = get(path.to_owned());
    request.query.push(("limit", wire::MAX_PAGE.to_string()));
    request.query.extend(after.map(|cursor| ("cursor", cursor.0.clone())));
    request
}

/// The capacity is given so that a body with a secret is not left behind by a buffer that grows.
fn post(path: String, body: &impl Serialize, capacity: usize) -> Result<Request> {
    let mut bytes = Zeroizing::new(Vec::with_capacity(capacity));
    serde_json::to_writer(&mut *bytes, body).map_err(|_| TransferError::Package { what: "not JSON" })?;
    Ok(Request { path, query: Vec::new(), headers: profile(), body: Some(bytes) })
}

fn profile() -> Vec<(&'static str, String)> {
    vec![(wire::PROFILE_HEADER, wire::PROFILE.to_owned())]
}

/// The result in the body of an HTTP 200, or the business error in it.
fn open<T: DeserializeOwned>(body: &[u8], what: &'static str) -> Result<T> {
    match serde_json::from_slice(body).map_err(|_| TransferError::Malformed { what })? {
        wire::Envelope::Result(result) => Ok(result),
        wire::Envelope::Error(error) => Err(business(error)),
    }
}

fn business(error: wire::BusinessError) -> TransferError {
    let kind = match error.code.as_str() {
        business_code::BAD_LOGIN => return TransferError::LoginRefused,
        business_code::LOCKED => return TransferError::Locked,
        business_code::REFRESH_ENDED => return TransferError::SessionExpired,
        business_code::UNKNOWN_OFFICE => BusinessKind::UnknownOffice,
        business_code::NOT_A_UNIT => BusinessKind::NotAUnit,
        business_code::NO_TRANSFER => BusinessKind::NoTransfer,
        business_code::KEY_REUSED => BusinessKind::KeyReused,
        business_code::DIGEST => BusinessKind::Digest,
        business_code::UNKNOWN_TERMINAL => BusinessKind::UnknownTerminal,
        business_code::NO_CHALLENGE => BusinessKind::NoChallenge,
        business_code::CHALLENGE_ENDED => BusinessKind::ChallengeEnded,
        business_code::CARD_SIGNATURE => BusinessKind::CardSignature,
        business_code::CARD_UNTRUSTED => BusinessKind::CardUntrusted,
        business_code::CARD_ENDED => BusinessKind::CardEnded,
        business_code::CARD_REVOKED => BusinessKind::CardRevoked,
        business_code::UNKNOWN_PERSON => BusinessKind::UnknownPerson,
        business_code::BAD_INPUT => BusinessKind::BadInput,
        business_code::NO_RIGHT => BusinessKind::NoRight,
        business_code::NOT_READY => BusinessKind::MunicipalityNotReady,
        business_code::NOT_CONFIRMED => BusinessKind::IdentityNotConfirmed,
        business_code::VIEWING_OVER => BusinessKind::ViewingPeriodOver,
        business_code::NO_CONSENT => BusinessKind::NoConsent,
        business_code::CONSENT_ENDED => BusinessKind::ConsentEnded,
        business_code::NO_DOCUMENT => BusinessKind::NoDocument,
        business_code::NO_PLAN => BusinessKind::NoPlan,
        business_code::PLAN_NOT_AGREED => BusinessKind::PlanNotAgreed,
        business_code::FILING_STOPPED => BusinessKind::FilingStopped,
        _ => BusinessKind::Other,
    };
    // The code is printed in messages: only what looks like one.
    let code = error.code.chars().filter(char::is_ascii_alphanumeric).take(16).collect();
    let wire::BusinessError { message_ja, message_en, .. } = error;
    TransferError::Business(Box::new(BusinessError { kind, code, message_ja, message_en }))
}

pub(super) fn tokens(body: &[u8]) -> Result<Tokens> {
    const WHAT: &str = "tokens";
    let tokens: wire::Tokens = open(body, WHAT)?;
    let tokens = Tokens {
        access: tokens.access_token.into(),
        access_life: tokens.access_expires_in,
        refresh: tokens.refresh_token.into(),
        refresh_life: tokens.refresh_expires_in,
        office: tokens.office,
    };
    if tokens.access.is_empty() || !tokens.access.bytes().all(|b| b.is_ascii_graphic()) {
        return Err(TransferError::Malformed { what: WHAT });
    }
    Ok(tokens)
}

pub(super) fn nothing(body: &[u8]) -> Result<()> {
    open(body, "empty answer").map(|wire::Empty {}| ())
}

pub(super) fn transfer(body: &[u8]) -> Result<Transfer> {
    decode_transfer(open(body, "transfer")?)
}

pub(super) fn page(body: &[u8]) -> Result<Page<Transfer>> {
    let page: wire::TransferPage = open(body, "page of transfers")?;
    Ok(Page {
        items: page.transfers.into_iter().map(decode_transfer).collect::<Result<_>>()?,
        next: page.next_cursor.map(Cursor),
    })
}

pub(super) fn received(body: &[u8]) -> Result<Received> {
    let content: wire::TransferContent = open(body, "received transfer")?;
    let transfer = decode_transfer(content.transfer)?;
    let files = content.files.into_iter().enumerate().map(decode_file).collect::<Result<Vec<NamedFile>>>()?;
    let bytes: u64 = files.iter().map(|file| file.bytes().len() as u64).sum();
    let mut announced: Vec<&str> = transfer.file_names.iter().map(String::as_str).collect();
    let mut arrived: Vec<&str> = files.iter().map(NamedFile::name).collect();
    announced.sort_unstable();
    arrived.sort_unstable();
    if bytes != transfer.bytes || arrived != announced {
        return Err(TransferError::ContentMismatch);
    }
    Ok(Received { transfer, files })
}

pub(super) fn registered(body: &[u8], terminal: &TerminalId) -> Result<()> {
    const WHAT: &str = "registered terminal";
    let registered: wire::Terminal = open(body, WHAT)?;
    if registered.terminal_id == terminal.as_str() {
        Ok(())
    } else {
        Err(TransferError::Malformed { what: WHAT })
    }
}

pub(super) fn identity_challenge(
    body: &[u8],
    office: OfficeNumber,
    terminal: &TerminalId,
) -> Result<IdentityChallenge> {
    const WHAT: TransferError = TransferError::Malformed { what: "challenge" };
    let challenge: wire::Challenge = open(body, "challenge")?;
    let nonce = STANDARD.decode(&challenge.nonce_base64).map_err(|_| WHAT)?;
    if nonce.len() != 32 {
        return Err(WHAT);
    }
    Ok(IdentityChallenge {
        id: challenge.id,
        terminal: terminal.clone(),
        message: wire::challenge_message(office, terminal.as_str(), &nonce),
        expires_in: Duration::from_secs(challenge.expires_in),
    })
}

pub(super) fn identity_confirmation(body: &[u8]) -> Result<IdentityConfirmation> {
    const WHAT: &str = "confirmation of an identity";
    let confirmed: wire::IdentityConfirmation = open(body, WHAT)?;
    let malformed = TransferError::Malformed { what: WHAT };
    Ok(IdentityConfirmation {
        id: confirmed.id,
        office: confirmed.office,
        insurer: confirmed.insurer,
        insured: confirmed.insured,
        route: match confirmed.route {
            wire::ConfirmationRoute::Card => ConfirmationRoute::Card,
            wire::ConfirmationRoute::Visual => ConfirmationRoute::Visual,
        },
        terminal: confirmed.terminal_id.parse().map_err(|_| malformed.clone())?,
        confirmed_at: confirmed.confirmed_at.parse().map_err(|_| malformed)?,
    })
}

/// A document of the type that `what` names.
pub(super) fn document<D: Document>(body: &[u8], what: &'static str) -> Result<D> {
    read_document(&open(body, what)?, what)
}

/// What the platform shows is refused as a whole where it does not conform: nobody should decide on a part of it.
fn read_document<D: Document>(tree: &Tree, what: &'static str) -> Result<D> {
    D::read(tree).map_err(|_| TransferError::Malformed { what })
}

pub(super) fn users(body: &[u8]) -> Result<Page<ServiceUser>> {
    let page: wire::UserPage = open(body, "page of users")?;
    Ok(Page {
        items: page.users.iter().map(|user| read_document(user, "user")).collect::<Result<_>>()?,
        next: page.next_cursor.map(Cursor),
    })
}

pub(super) fn registered_plans(body: &[u8]) -> Result<Vec<RegisteredPlan>> {
    let plans: wire::RegisteredPlans = open(body, "registered plans")?;
    plans.plans.iter().map(|plan| read_document(plan, "registered plan")).collect()
}

pub(super) fn registered_plan(body: &[u8]) -> Result<(RegisteredPlan, Vec<NamedFile>)> {
    let content: wire::RegisteredPlanContent = open(body, "registered plan")?;
    let plan: RegisteredPlan = read_document(&content.plan, "registered plan")?;
    let files = content.files.into_iter().enumerate().map(decode_file).collect::<Result<Vec<_>>>()?;
    let announced = plan.file_names.iter().map(|name| name.as_str());
    if !announced.eq(files.iter().map(NamedFile::name)) {
        return Err(TransferError::ContentMismatch);
    }
    Ok((plan, files))
}

fn encode_file(file: &NamedFile) -> wire::File {
    wire::File {
        name: file.name().to_owned(),
        content_base64: STANDARD.encode(file.bytes()),
        sha256: sha256(file.bytes()),
    }
}

fn decode_file((index, file): (usize, wire::File)) -> Result<NamedFile> {
    let bytes = STANDARD
        .decode(&file.content_base64)
        .map_err(|_| TransferError::Malformed { what: "content of a file" })?;
    if sha256(&bytes) != file.sha256 {
        return Err(TransferError::DigestMismatch { index });
    }
    NamedFile::new(file.name, bytes).map_err(|_| TransferError::Malformed { what: "file name" })
}

fn decode_transfer(transfer: wire::Transfer) -> Result<Transfer> {
    let time = |text: &str| {
        text.parse::<Timestamp>().map_err(|_| TransferError::Malformed { what: "time of a transfer" })
    };
    if transfer.sequence.len() != 14 || !transfer.sequence.bytes().all(|b| b.is_ascii_digit()) {
        return Err(TransferError::Malformed { what: "sequence number of a transfer" });
    }
    Ok(Transfer {
        id: transfer.id.parse()?,
        sender_office: transfer.sender_office,
        sender_type: transfer.sender_type,
        receiver_office: transfer.receiver_office,
        receiver_type: transfer.receiver_type,
        sequence: transfer.sequence,
        file_names: transfer.file_names,
        bytes: transfer.bytes,
        accepted_at: time(&transfer.accepted_at)?,
        imported_at: transfer.imported_at.as_deref().map(time).transpose()?,
    })
}

fn sha256(bytes: &[u8]) -> String {
    hex(ring::digest::digest(&ring::digest::SHA256, bytes).as_ref())
}

/// Lower-case hexadecimal.
pub(super) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
