//! Confirming identities with the library's own client, over real TLS, with virtual cards.

use std::sync::OnceLock;
use std::time::{Duration, SystemTime};

use kaigo_core::card::{Card, ChallengeSignature, LastTry, PinKind};
use kaigo_core::credential::{Certificate, Credential};
use kaigo_core::ident::{InsuredNumber, InsurerNumber};
use kaigo_core::platform::{
    BusinessKind, ConfirmationRoute, IdentityChallenge, Platform, Session, TerminalId, TransferError,
    VisualStatement,
};
use kaigo_core::report::Lang;
use kaigo_sandbox::card::{Contents, Traits, VirtualCard};
use kaigo_sandbox::{Builder, Call, Clock, Fault, RunningSandbox, Sandbox};

use crate::client::{CARE, HELP, account};

/// Making keys takes seconds: all tests have the same three cards.
fn contents_of(number: usize) -> Contents {
    static CONTENTS: OnceLock<[Contents; 3]> = OnceLock::new();
    let contents = CONTENTS.get_or_init(|| [(); 3].map(|()| Contents::issue().unwrap()));
    contents[number].clone()
}

pub fn card(number: usize) -> VirtualCard {
    VirtualCard::new(contents_of(number), Traits::default())
}

/// The first card, with certificates that have ended.
pub fn ended_card() -> VirtualCard {
    let mut traits = Traits::default();
    traits.expired_certificates = true;
    VirtualCard::new(contents_of(0), traits)
}

pub fn insurer() -> InsurerNumber {
    "992016".parse().unwrap()
}

pub fn insured(number: usize) -> InsuredNumber {
    format!("000000001{number}").parse().unwrap()
}

/// With the holders of the first two cards, and the authority of the third.
pub fn with_holders(builder: Builder) -> Builder {
    let builder = builder.card_authority(&card(2));
    (0..2).fold(builder, |builder, number| builder.card_holder(insurer(), insured(number), &card(number)))
}

fn start() -> RunningSandbox {
    with_holders(Sandbox::builder().clock(Clock::stopped_at(SystemTime::now()))).start().unwrap()
}

fn log_in(sandbox: &RunningSandbox, number: &str) -> Session {
    let account = account(sandbox, number);
    let credential = Credential::from_pkcs12(account.p12(), account.p12_password()).unwrap();
    Platform::builder(sandbox.url(), credential)
        .roots(Certificate::from_pem(sandbox.ca_pem().as_bytes()).unwrap())
        .build()
        .unwrap()
        .login(account.user_id(), account.password())
        .unwrap()
}

fn terminal(session: &Session) -> TerminalId {
    let terminal = "front-desk_1".parse().unwrap();
    session.register_terminal(&terminal).unwrap();
    terminal
}

fn sign(card: VirtualCard, message: &[u8]) -> ChallengeSignature {
    let pin = card.pins().pin(PinKind::UserAuthentication).unwrap();
    Card::open(card).unwrap().sign(&pin, LastTry::Refuse, message).unwrap()
}

fn confirm(
    session: &Session,
    challenge: IdentityChallenge,
    signed: &ChallengeSignature,
) -> Result<(), TransferError> {
    session.confirm_by_card(challenge, &signed.signature, &signed.certificate).map(drop)
}

fn refused(result: Result<(), TransferError>) -> BusinessKind {
    match result {
        Err(TransferError::Business(error)) => error.kind,
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_card_confirms_who_its_holder_is_for_this_office() {
    let sandbox = start();
    let session = log_in(&sandbox, CARE);
    let terminal = terminal(&session);
    // Registering again changes nothing.
    session.register_terminal(&terminal).unwrap();
    let challenge = session.identity_challenge(&terminal).unwrap();
    let said = String::from_utf8_lossy(challenge.message()).into_owned();
    assert!(said.contains(CARE) && said.contains(terminal.as_str()), "{said}");
    assert_eq!(challenge.expires_in(), Duration::from_secs(300));
    let signed = sign(card(1), challenge.message());
    let confirmed = session.confirm_by_card(challenge, &signed.signature, &signed.certificate).unwrap();
    assert_eq!((confirmed.insurer, confirmed.insured), (insurer(), insured(1)));
    assert_eq!((confirmed.office.as_str(), confirmed.route), (CARE, ConfirmationRoute::Card));

    let [kept] = &sandbox.confirmed_identities().unwrap()[..] else { panic!("one is kept") };
    assert_eq!((kept.office.as_str(), kept.insured.as_str()), (CARE, insured(1).as_str()));
    assert_eq!((kept.route.as_str(), kept.terminal.as_str()), ("card", terminal.as_str()));
    assert_eq!(kept.time.parse::<jiff::Timestamp>().unwrap(), confirmed.confirmed_at);
}

#[test]
fn what_staff_state_is_the_other_route() {
    let sandbox = start();
    let session = log_in(&sandbox, CARE);
    let mut statement = VisualStatement {
        terminal: "front-desk_1".parse().unwrap(),
        insurer: insurer(),
        insured: insured(0),
        compared_by: "職員A".into(),
    };
    assert_eq!(refused(session.confirm_visually(&statement).map(drop)), BusinessKind::UnknownTerminal);
    terminal(&session);
    let confirmed = session.confirm_visually(&statement).unwrap();
    assert_eq!((confirmed.insured, confirmed.route), (insured(0), ConfirmationRoute::Visual));
    let kept = sandbox.confirmed_identities().unwrap();
    assert_eq!((kept[0].route.as_str(), kept[0].compared_by.as_deref()), ("visual", Some("職員A")));
    statement.insured = insured(9);
    assert_eq!(refused(session.confirm_visually(&statement).map(drop)), BusinessKind::UnknownPerson);
    statement.compared_by = String::new();
    assert!(matches!(session.confirm_visually(&statement), Err(TransferError::Package { .. })));
    assert_eq!(sandbox.confirmed_identities().unwrap().len(), 1);
}

#[test]
fn a_challenge_is_for_one_use_at_one_terminal_of_one_office_and_for_a_while() {
    let sandbox = start();
    let (care, help) = (log_in(&sandbox, CARE), log_in(&sandbox, HELP));
    let elsewhere: TerminalId = "nowhere".parse().unwrap();
    assert_eq!(refused(care.identity_challenge(&elsewhere).map(drop)), BusinessKind::UnknownTerminal);
    let terminal = terminal(&care);

    // Replayed, whether it was good or bad the first time.
    let challenge = care.identity_challenge(&terminal).unwrap();
    let signed = sign(card(0), challenge.message());
    confirm(&care, challenge.clone(), &signed).unwrap();
    assert_eq!(refused(confirm(&care, challenge, &signed)), BusinessKind::NoChallenge);
    let challenge = care.identity_challenge(&terminal).unwrap();
    assert_eq!(refused(confirm(&care, challenge.clone(), &signed)), BusinessKind::CardSignature);
    let signed = sign(card(0), challenge.message());
    assert_eq!(refused(confirm(&care, challenge, &signed)), BusinessKind::NoChallenge);

    // Another office's, though it has a terminal of the same name.
    help.register_terminal(&terminal).unwrap();
    let challenge = care.identity_challenge(&terminal).unwrap();
    let signed = sign(card(0), challenge.message());
    assert_eq!(refused(confirm(&help, challenge.clone(), &signed)), BusinessKind::NoChallenge);
    // That did not spend it for the office that it is of.
    confirm(&care, challenge, &signed).unwrap();

    let challenge = care.identity_challenge(&terminal).unwrap();
    let signed = sign(card(0), challenge.message());
    sandbox.clock().advance(challenge.expires_in());
    assert_eq!(refused(confirm(&care, challenge, &signed)), BusinessKind::ChallengeEnded);
    assert_eq!(sandbox.confirmed_identities().unwrap().len(), 2);
}

#[test]
fn what_was_signed_and_by_whom_is_looked_at() {
    let sandbox = start();
    let session = log_in(&sandbox, CARE);
    let terminal = terminal(&session);
    let challenge = || session.identity_challenge(&terminal).unwrap();

    // Another message; another person's certificate beside one's own signature.
    let signed = sign(card(0), b"something else");
    assert_eq!(refused(confirm(&session, challenge(), &signed)), BusinessKind::CardSignature);
    let asked = challenge();
    let mut signed = sign(card(0), asked.message());
    signed.certificate = sign(card(1), b"x").certificate;
    assert_eq!(refused(confirm(&session, asked, &signed)), BusinessKind::CardSignature);

    // A card of nobody who is insured, an office's certificate.
    let asked = challenge();
    let signed = sign(card(2), asked.message());
    assert_eq!(refused(confirm(&session, asked, &signed)), BusinessKind::UnknownPerson);
    let office = account(&sandbox, CARE);
    let office = Credential::from_pkcs12(office.p12(), office.p12_password()).unwrap();
    let answer = session.confirm_by_card(challenge(), b"x", office.certificate()).map(drop);
    assert_eq!(refused(answer), BusinessKind::CardUntrusted);

    // Revoked.
    assert!(sandbox.revoke_card(insurer(), insured(0)).unwrap());
    assert!(!sandbox.revoke_card(insurer(), insured(9)).unwrap());
    let asked = challenge();
    let signed = sign(card(0), asked.message());
    let answer = confirm(&session, asked, &signed);
    assert!(answer.as_ref().is_err_and(|error| error.code() == "identity.card-revoked"));
    assert!(answer.is_err_and(|error| error.message(Lang::Japanese).contains("失効")));

    assert_eq!(sandbox.confirmed_identities().unwrap(), []);
}

#[test]
fn a_card_of_another_authority_confirms_nothing() {
    let builder = Sandbox::builder().card_holder(insurer(), insured(1), &card(1));
    let sandbox = builder.start().unwrap();
    let session = log_in(&sandbox, CARE);
    let terminal = terminal(&session);
    let challenge = session.identity_challenge(&terminal).unwrap();
    let signed = sign(card(0), challenge.message());
    assert_eq!(refused(confirm(&session, challenge, &signed)), BusinessKind::CardUntrusted);
    assert_eq!(sandbox.confirmed_identities().unwrap(), []);
}

#[test]
fn a_card_whose_certificate_has_ended_confirms_nothing() {
    let sandbox = start();
    let session = log_in(&sandbox, CARE);
    let terminal = terminal(&session);
    let challenge = session.identity_challenge(&terminal).unwrap();
    let signed = sign(ended_card(), challenge.message());
    assert_eq!(refused(confirm(&session, challenge, &signed)), BusinessKind::CardEnded);
    assert_eq!(sandbox.confirmed_identities().unwrap(), []);
}

#[test]
fn a_revoked_card_stays_so_until_its_holder_has_another() {
    let dir = tempfile::tempdir().unwrap();
    let start = |number: usize| {
        let builder = Sandbox::builder().data_dir(dir.path());
        builder.card_holder(insurer(), insured(0), &card(number)).start().unwrap()
    };
    let sandbox = start(0);
    sandbox.revoke_card(insurer(), insured(0)).unwrap();
    sandbox.stop();
    let confirm_with = |sandbox: &RunningSandbox, number: usize| {
        let session = log_in(sandbox, CARE);
        let challenge = session.identity_challenge(&terminal(&session)).unwrap();
        let signed = sign(card(number), challenge.message());
        confirm(&session, challenge, &signed)
    };
    let sandbox = start(0);
    assert_eq!(refused(confirm_with(&sandbox, 0)), BusinessKind::CardRevoked);
    sandbox.stop();
    let sandbox = start(1);
    confirm_with(&sandbox, 1).unwrap();
    // The old card is nobody's any more.
    assert_eq!(refused(confirm_with(&sandbox, 0)), BusinessKind::UnknownPerson);
}

#[test]
fn a_confirmation_that_may_have_arrived_is_not_repeated_by_itself() {
    let sandbox = start();
    let session = log_in(&sandbox, CARE);
    let terminal = terminal(&session);
    let challenge = session.identity_challenge(&terminal).unwrap();
    let signed = sign(card(0), challenge.message());
    sandbox.faults().add(Call::ConfirmCard, Fault::CutAfterCommit, 1);
    let answer = confirm(&session, challenge, &signed);
    assert!(matches!(answer, Err(TransferError::Connection { .. })), "{answer:?}");
    // It did arrive, and starting over does no harm.
    assert_eq!(sandbox.confirmed_identities().unwrap().len(), 1);
    let challenge = session.identity_challenge(&terminal).unwrap();
    let signed = sign(card(0), challenge.message());
    confirm(&session, challenge, &signed).unwrap();
}
