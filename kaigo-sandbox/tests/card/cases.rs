//! What must hold of every card flow, on whatever brings the commands to the card.

use std::sync::OnceLock;
use std::time::{Duration, Instant};

use jiff::Timestamp;
use kaigo_core::card::{
    Card, CardChannel, CardError, ChannelError, Generation, LastTry, Part, Pin, PinKind, Presence, Recorder,
    Sex, TokenKind, Transcript, Tries, Verification, verify_challenge,
};
use kaigo_core::credential::{KeyUse, Roots};
use kaigo_core::report::Lang;
use kaigo_sandbox::card::{CardFault, Contents, Traits, VirtualCard};

/// Puts a virtual card somewhere and takes hold of it.
pub trait Desk {
    /// Takes away the card that is there, and puts this one.
    fn put(&mut self, card: &VirtualCard);

    /// Takes hold of the card that is there.
    fn channel(&mut self) -> Result<Box<dyn CardChannel>, CardError>;

    /// A new card of that kind, put there.
    fn card(&mut self, traits: Traits) -> VirtualCard {
        let card = VirtualCard::new(contents(), traits);
        self.put(&card);
        card
    }

    fn open(&mut self) -> Card<Box<dyn CardChannel>> {
        Card::open(self.channel().unwrap()).unwrap()
    }
}

/// Making keys takes seconds: all cards of the tests have the same.
pub fn contents() -> Contents {
    static CONTENTS: OnceLock<Contents> = OnceLock::new();
    CONTENTS.get_or_init(|| Contents::issue().unwrap()).clone()
}

pub fn traits(change: impl FnOnce(&mut Traits)) -> Traits {
    let mut traits = Traits::default();
    change(&mut traits);
    traits
}

pub fn wrong(kind: PinKind) -> Pin {
    let text = match kind {
        PinKind::Signature => "WRONG999",
        PinKind::CodeB => "01010120990000",
        _ => "0000",
    };
    Pin::new(kind, text).unwrap()
}

pub type Case = fn(&mut dyn Desk);

/// Every case, with its name.
macro_rules! cases {
    ($( $name:ident, )*) => {
        pub const ALL: &[(&str, Case)] = &[$((stringify!($name), $name)),*];
    };
}

cases! {
    everything_that_needs_no_pin_is_read,
    basic_items_by_pin_and_by_printed_code,
    a_wrong_pin_counts_and_the_right_one_gives_all_tries_back,
    each_credential_is_told_when_it_is_locked,
    the_last_try_is_spent_only_with_permission,
    code_b_opens_the_basic_items_only,
    a_challenge_is_signed_by_the_card,
    nothing_stays_verified_for_whoever_comes_next,
    a_foreign_card_is_told,
    the_first_command_after_power_up_may_fail_once,
    an_unknown_answer_is_an_error_and_spends_no_try,
    long_addresses_and_filler_are_read,
    a_card_without_signature_certificate,
    ended_certificates_are_seen,
    old_cards_are_told,
    phones_show_their_certificate_after_the_pin,
}

fn everything_that_needs_no_pin_is_read(desk: &mut dyn Desk) {
    let virtual_card = desk.card(Traits::default());
    let person = virtual_card.person();
    let mut card = desk.open();
    assert_eq!(card.token().kind, TokenKind::IndividualNumberCard);
    assert_eq!(card.token().generation, Generation::First);
    assert_eq!(card.token().label, "JPKIAPICCTOKEN2");
    let common = card.common().unwrap();
    assert_eq!(common.expires.to_string().replace('-', ""), person.expires);
    assert_eq!(common.municipality.as_str(), person.municipality);
    let certificates = card.certificates().unwrap();
    assert_eq!(
        (certificates.user_authentication, certificates.signature),
        (Presence::Present, Presence::Present)
    );
    for _ in 0..2 {
        let tries = card.tries_left().unwrap();
        for kind in PinKind::ALL {
            assert_eq!(tries.of(*kind), Tries::Left(kind.most_tries()), "{kind:?}");
        }
    }
    let certificate = card.user_certificate().unwrap();
    certificate.ensure_valid_at(Timestamp::now()).unwrap();
    let issuer = card.user_certificate_issuer().unwrap();
    assert_eq!(certificate.key_uses(), Some([KeyUse::DigitalSignature].as_slice()));
    // Of the card's own word for its issuer a caller makes nothing; here it stands for one that is known.
    let roots = Roots::new([issuer.clone()]).unwrap();
    assert_eq!(certificate.validate(&[], &roots, Timestamp::now()), Ok(vec![certificate.clone(), issuer]));
}

fn basic_items_by_pin_and_by_printed_code(desk: &mut dyn Desk) {
    let virtual_card = desk.card(Traits::default());
    let person = virtual_card.person();
    let by_pin = virtual_card.pins().pin(PinKind::Text).unwrap();
    let by_code = Pin::code_b(&person.printed().unwrap()).unwrap();
    for pin in [by_pin, by_code] {
        let items = desk.open().basic_items(&pin, LastTry::Refuse).unwrap();
        assert_eq!((&items.name, &items.address), (&person.name, &person.address));
        assert_eq!((items.birth_digits.as_str(), items.sex), (person.birth.as_str(), Sex::Female));
        assert_eq!(items.birth_date.map(|date| date.to_string()).as_deref(), Some("1950-04-01"));
        assert!(!format!("{items:?}").contains(&person.name));
    }
}

fn a_wrong_pin_counts_and_the_right_one_gives_all_tries_back(desk: &mut dyn Desk) {
    let virtual_card = desk.card(Traits::default());
    for kind in PinKind::ALL.iter().copied() {
        let mut card = desk.open();
        let left = kind.most_tries() - 1;
        let said = card.verify(&wrong(kind), LastTry::Refuse).unwrap();
        assert_eq!(said, Verification::Wrong { left });
        for (lang, word) in [(Lang::Japanese, "残り"), (Lang::English, "tries left")] {
            let guidance = said.guidance(kind, lang);
            assert!(guidance.contains(word) && guidance.contains(&left.to_string()), "{guidance}");
        }
        assert_eq!(card.tries_left().unwrap().of(kind), Tries::Left(left));
        let right = virtual_card.pins().pin(kind).unwrap();
        assert_eq!(card.verify(&right, LastTry::Refuse).unwrap(), Verification::Verified);
        assert_eq!(card.tries_left().unwrap().of(kind), Tries::Left(kind.most_tries()));
    }
}

fn each_credential_is_told_when_it_is_locked(desk: &mut dyn Desk) {
    let virtual_card = desk.card(Traits::default());
    for kind in PinKind::ALL.iter().copied() {
        virtual_card.set_tries(kind, 0).unwrap();
        let mut card = desk.open();
        assert_eq!(card.tries_left().unwrap().of(kind), Tries::Blocked);
        let right = virtual_card.pins().pin(kind).unwrap();
        let said = card.verify(&right, LastTry::Spend).unwrap();
        assert_eq!(said, Verification::Blocked);
        let (ja, en) = (said.guidance(kind, Lang::Japanese), said.guidance(kind, Lang::English));
        assert!(ja.contains("市区町村の窓口") && en.contains("municipality"), "{ja} {en}");
    }
    let pins = virtual_card.pins();
    let mut card = desk.open();
    let blocked = |kind| Some(CardError::Blocked { kind });
    let text = card.basic_items(&pins.pin(PinKind::Text).unwrap(), LastTry::Spend);
    assert_eq!(text.err(), blocked(PinKind::Text));
    let signed = card.sign(&pins.pin(PinKind::UserAuthentication).unwrap(), LastTry::Spend, b"challenge");
    assert_eq!(signed.err(), blocked(PinKind::UserAuthentication));
}

fn the_last_try_is_spent_only_with_permission(desk: &mut dyn Desk) {
    let virtual_card = desk.card(Traits::default());
    for kind in PinKind::ALL.iter().copied() {
        virtual_card.set_tries(kind, 1).unwrap();
        let mut card = desk.open();
        let right = virtual_card.pins().pin(kind).unwrap();
        assert_eq!(card.verify(&right, LastTry::Refuse), Err(CardError::LastTry { kind }));
        assert_eq!(virtual_card.tries(kind), 1);
        assert_eq!(card.verify(&right, LastTry::Spend), Ok(Verification::Verified));
        virtual_card.set_tries(kind, 1).unwrap();
        assert_eq!(card.verify(&wrong(kind), LastTry::Spend), Ok(Verification::Blocked));
        assert_eq!(virtual_card.tries(kind), 0);
    }
}

fn code_b_opens_the_basic_items_only(desk: &mut dyn Desk) {
    let virtual_card = desk.card(Traits::default());
    let code_b = virtual_card.pins().pin(PinKind::CodeB).unwrap();
    let mut card = desk.open();
    let refused = Some(CardError::WrongPinKind { kind: PinKind::CodeB });
    assert_eq!(card.sign(&code_b, LastTry::Refuse, b"challenge").err(), refused);
    assert_eq!(card.user_certificate_with_pin(&code_b, LastTry::Refuse).err(), refused);
    assert!(card.basic_items(&code_b, LastTry::Refuse).is_ok());
    let other = virtual_card.pins().pin(PinKind::UserAuthentication).unwrap();
    let refused = Some(CardError::WrongPinKind { kind: PinKind::UserAuthentication });
    assert_eq!(card.basic_items(&other, LastTry::Refuse).err(), refused);
}

fn a_challenge_is_signed_by_the_card(desk: &mut dyn Desk) {
    let virtual_card = desk.card(Traits::default());
    let pin = virtual_card.pins().pin(PinKind::UserAuthentication).unwrap();
    let mut card = desk.open();
    let signed = card.sign(&pin, LastTry::Refuse, b"login 2026-07-01").unwrap();
    assert_eq!(signed.certificate, card.user_certificate().unwrap());
    verify_challenge(&signed.certificate, b"login 2026-07-01", &signed.signature).unwrap();
    let other = verify_challenge(&signed.certificate, b"login 2026-07-02", &signed.signature);
    assert_eq!(other, Err(CardError::BadSignature));
    let wrong = card.sign(&wrong(PinKind::UserAuthentication), LastTry::Refuse, b"login");
    assert_eq!(wrong.err(), Some(CardError::WrongPin { kind: PinKind::UserAuthentication, left: 2 }));
}

fn nothing_stays_verified_for_whoever_comes_next(desk: &mut dyn Desk) {
    let virtual_card = desk.card(Traits::default());
    let pins = virtual_card.pins();
    let mut card = desk.open();
    for kind in PinKind::ALL {
        let _ = card.verify(&pins.pin(*kind).unwrap(), LastTry::Refuse).unwrap();
        assert_eq!(virtual_card.verified(), []);
    }
    card.basic_items(&pins.pin(PinKind::Text).unwrap(), LastTry::Refuse).unwrap();
    card.sign(&pins.pin(PinKind::UserAuthentication).unwrap(), LastTry::Refuse, b"login").unwrap();
    assert_eq!(virtual_card.verified(), []);
    // Let go of, the card loses its power. A reader does so when it gets to it.
    assert!(!virtual_card.is_fresh());
    drop(card);
    let start = Instant::now();
    while !virtual_card.is_fresh() {
        assert!(start.elapsed() < Duration::from_secs(60), "the card keeps its power");
        std::thread::yield_now();
    }
}

fn a_foreign_card_is_told(desk: &mut dyn Desk) {
    desk.card(traits(|t| t.foreign = true));
    let opened = desk.channel().and_then(|channel| Card::open(channel).map(drop));
    assert_eq!(opened, Err(CardError::NotThisCard));
}

fn the_first_command_after_power_up_may_fail_once(desk: &mut dyn Desk) {
    let virtual_card = desk.card(Traits::default());
    virtual_card.faults().at(1, CardFault::Status(0x6F00));
    desk.open().common().unwrap();
}

fn an_unknown_answer_is_an_error_and_spends_no_try(desk: &mut dyn Desk) {
    let virtual_card = desk.card(Traits::default());
    let pin = virtual_card.pins().pin(PinKind::Text).unwrap();
    let mut card = desk.open();
    // Select the application, the PIN, ask for the tries left, VERIFY.
    virtual_card.faults().at(3, CardFault::Status(0x6F00));
    let refused = card.basic_items(&pin, LastTry::Refuse).err();
    assert!(matches!(refused, Some(CardError::Status { part: Part::Pin, .. })), "{refused:?}");
    virtual_card.faults().clear();
    virtual_card.faults().at(4, CardFault::Status(0x6F00));
    let refused = card.basic_items(&pin, LastTry::Refuse).err();
    assert!(matches!(refused, Some(CardError::Status { part: Part::Pin, .. })), "{refused:?}");
    // VERIFY was not repeated: the next command was the one that leaves the application.
    assert_eq!(virtual_card.faults().commands(), 5);
    assert_eq!(virtual_card.tries(PinKind::Text), 3);
}

fn long_addresses_and_filler_are_read(desk: &mut dyn Desk) {
    for (long, filler) in [(true, false), (false, true), (true, true)] {
        let virtual_card = desk.card(traits(|t| (t.long_address, t.filler) = (long, filler)));
        let pin = virtual_card.pins().pin(PinKind::Text).unwrap();
        let items = desk.open().basic_items(&pin, LastTry::Refuse).unwrap();
        assert_eq!(items.name, virtual_card.person().name);
        assert_eq!(items.address.len() > 127, long, "{}", items.address);
        assert!(items.address.starts_with("架空県"));
    }
}

fn a_card_without_signature_certificate(desk: &mut dyn Desk) {
    desk.card(traits(|t| t.no_signature_certificate = true));
    let mut card = desk.open();
    let certificates = card.certificates().unwrap();
    assert_eq!(
        (certificates.user_authentication, certificates.signature),
        (Presence::Present, Presence::Absent)
    );
    assert_eq!(card.tries_left().unwrap().signature, Tries::Absent);
    let verified = card.verify(&wrong(PinKind::Signature), LastTry::Spend);
    assert_eq!(verified, Err(CardError::Absent { part: Part::Pin }));
    card.user_certificate().unwrap();
}

fn ended_certificates_are_seen(desk: &mut dyn Desk) {
    desk.card(traits(|t| t.expired_certificates = true));
    let certificate = desk.open().user_certificate().unwrap();
    assert!(certificate.days_left(Timestamp::now()) < 0);
    assert!(certificate.ensure_valid_at(Timestamp::now()).is_err());
}

fn old_cards_are_told(desk: &mut dyn Desk) {
    desk.card(traits(|t| t.token = TokenKind::ResidentRegisterCard));
    let token = desk.open().token().clone();
    assert_eq!(
        (token.kind, token.generation),
        (TokenKind::ResidentRegisterCard, Generation::ResidentRegister)
    );
    desk.card(traits(|t| t.token = TokenKind::Unknown));
    let token = desk.open().token().clone();
    assert_eq!((token.kind, token.label.as_str()), (TokenKind::Unknown, "SOMETHINGELSE"));
}

fn phones_show_their_certificate_after_the_pin(desk: &mut dyn Desk) {
    for kind in [TokenKind::AndroidPhone, TokenKind::Iphone] {
        let virtual_card = desk.card(traits(|t| t.token = kind));
        let pin = virtual_card.pins().pin(PinKind::UserAuthentication).unwrap();
        let mut card = desk.open();
        assert_eq!((card.token().kind, card.token().generation), (kind, Generation::Phone));
        assert_eq!(card.common(), Err(CardError::Absent { part: Part::Common }));
        assert_eq!(card.tries_left().unwrap().text, Tries::Absent);
        let refused = Some(CardError::PinNeeded { part: Part::UserCertificate });
        assert_eq!(card.user_certificate().err(), refused);
        let certificate = card.user_certificate_with_pin(&pin, LastTry::Refuse).unwrap();
        let signed = card.sign(&pin, LastTry::Refuse, b"login").unwrap();
        assert_eq!(signed.certificate, certificate);
    }
}

/// A whole flow over a channel.
pub type Flow = fn(&mut dyn CardChannel, &Pins) -> Result<(), CardError>;

/// The PINs that flows use, made before.
pub struct Pins {
    pub text: Pin,
    pub code_b: Pin,
    pub user_authentication: Pin,
}

impl Pins {
    pub fn of(card: &VirtualCard) -> Self {
        let pin = |kind| card.pins().pin(kind).unwrap();
        Self {
            text: pin(PinKind::Text),
            code_b: pin(PinKind::CodeB),
            user_authentication: pin(PinKind::UserAuthentication),
        }
    }
}

pub const FLOWS: &[(&str, Flow)] = &[
    ("overview", |channel, _| {
        let mut card = Card::open(channel)?;
        card.common()?;
        card.certificates()?;
        card.tries_left()?;
        card.user_certificate()?;
        card.user_certificate_issuer().map(drop)
    }),
    ("basic-items-by-pin", |channel, pins| {
        Card::open(channel)?.basic_items(&pins.text, LastTry::Refuse).map(drop)
    }),
    ("basic-items-by-code-b", |channel, pins| {
        Card::open(channel)?.basic_items(&pins.code_b, LastTry::Refuse).map(drop)
    }),
    ("sign", |channel, pins| {
        Card::open(channel)?.sign(&pins.user_authentication, LastTry::Refuse, b"login").map(drop)
    }),
    ("verify", |channel, pins| Card::open(channel)?.verify(&pins.text, LastTry::Refuse).map(drop)),
];

/// Counts what matters when a card is pulled.
struct Counting<C> {
    channel: C,
    verifies: u32,
}

impl<C: CardChannel> CardChannel for Counting<C> {
    fn transmit(&mut self, command: &[u8]) -> Result<Vec<u8>, ChannelError> {
        self.verifies += u32::from(command.len() > 5 && command[1] == 0x20);
        self.channel.transmit(command)
    }

    fn power_down(&mut self) {
        self.channel.power_down();
    }
}

/// Pulls the card at every command of every flow.
pub fn a_card_pulled_at_any_command_is_told(desk: &mut dyn Desk, faults: &[CardFault]) {
    let card = VirtualCard::new(contents(), Traits::default());
    let pins = Pins::of(&card);
    for (name, flow) in FLOWS {
        desk.put(&card);
        let mut recorder = Recorder::new(desk.channel().unwrap());
        flow(&mut recorder, &pins).unwrap();
        let commands = recorder.transcript().len() as u32;
        drop(recorder);
        for fault in faults.iter().copied() {
            for command in 1..=commands {
                desk.put(&card);
                let mut channel = Counting { channel: desk.channel().unwrap(), verifies: 0 };
                card.faults().at(command, fault);
                let result = flow(&mut channel, &pins);
                let place = format!("{name}, {fault:?} {command} of {commands}");
                match result {
                    Err(CardError::Removed) => {}
                    Err(CardError::PinOutcomeUnknown { cause: ChannelError::Removed, .. }) => {
                        assert_eq!(channel.verifies, 1, "{place}");
                    }
                    // By then all is read: the last command leaves the application.
                    Ok(()) => assert!(command == commands && channel.verifies == 1, "{place}"),
                    other => panic!("{place}: {other:?}"),
                }
                // Never twice by itself.
                assert!(channel.verifies <= 1, "{place}");
                // The right PIN gave all tries back, or never reached the card.
                for kind in PinKind::ALL {
                    assert_eq!(card.tries(*kind), kind.most_tries(), "{place}");
                }
            }
        }
    }
}

/// What a flow says to a card.
pub fn record(card: &VirtualCard, flow: Flow) -> Transcript {
    let mut recorder = Recorder::new(card.clone());
    // What came of it is in the transcript.
    let _ = flow(&mut recorder, &Pins::of(card));
    recorder.into_parts().0
}
