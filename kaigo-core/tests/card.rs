//! Card flows on transcripts (`tests/fixtures/card`, of a virtual card) and on cards that answer in odd ways.
#![cfg(feature = "credential")]
#![allow(clippy::unwrap_used, clippy::panic)]

use std::collections::VecDeque;

use kaigo_core::card::{
    Card, CardChannel, CardError, ChannelError, LastTry, Part, Pin, PinKind, Presence, Replayer, Sex,
    TokenKind, Tries, Verification, verify_challenge,
};
use kaigo_core::report::Lang;

fn replay(name: &str) -> Replayer {
    let path = format!("{}/tests/fixtures/card/{name}.jsonl", env!("CARGO_MANIFEST_DIR"));
    Replayer::new(std::fs::read_to_string(path).unwrap().parse().unwrap())
}

// Of a PIN a transcript knows the length alone.
fn text_pin() -> Pin {
    Pin::text("0000").unwrap()
}

#[test]
fn a_whole_card_is_read_from_a_transcript() {
    let mut replayer = replay("overview");
    let mut card = Card::open(&mut replayer).unwrap();
    assert_eq!(card.token().kind, TokenKind::IndividualNumberCard);
    let common = card.common().unwrap();
    assert_eq!((common.expires.to_string().as_str(), common.municipality.as_str()), ("2035-12-31", "99201"));
    assert_eq!(card.certificates().unwrap().signature, Presence::Present);
    assert_eq!(card.tries_left().unwrap().of(PinKind::CodeB), Tries::Left(10));
    let certificate = card.user_certificate().unwrap();
    assert_eq!(certificate.issuer(), card.user_certificate_issuer().unwrap().subject());
    drop(card);
    assert_eq!(replayer.left(), 0);
}

#[test]
fn basic_items_are_read_from_a_transcript() {
    for (name, pin) in [
        ("basic-items-by-pin", text_pin()),
        ("basic-items-by-code-b", Pin::new(PinKind::CodeB, "00000000000000").unwrap()),
        ("long-address-and-filler", text_pin()),
    ] {
        let mut replayer = replay(name);
        let items = Card::open(&mut replayer).unwrap().basic_items(&pin, LastTry::Refuse).unwrap();
        assert_eq!((items.name.as_str(), items.sex), ("架空　花子", Sex::Female), "{name}");
        assert!(items.address.starts_with("架空県架空市"), "{name}");
        assert_eq!(items.birth_date.unwrap().to_string(), "1950-04-01");
        assert_eq!(replayer.left(), 0, "{name}");
    }
}

#[test]
fn a_signature_of_a_transcript_holds() {
    for (name, kind) in [("sign", TokenKind::IndividualNumberCard), ("phone-sign", TokenKind::AndroidPhone)] {
        let mut replayer = replay(name);
        let mut card = Card::open(&mut replayer).unwrap();
        assert_eq!(card.token().kind, kind);
        let pin = Pin::user_authentication("0000").unwrap();
        let signed = card.sign(&pin, LastTry::Refuse, b"login").unwrap();
        assert_eq!(verify_challenge(&signed.certificate, b"login", &signed.signature), Ok(()));
        let mut altered = signed.signature.clone();
        altered[0] ^= 1;
        assert_eq!(verify_challenge(&signed.certificate, b"login", &altered), Err(CardError::BadSignature));
    }
    // Another challenge is another command.
    let mut card = Card::open(replay("sign")).unwrap();
    let pin = Pin::user_authentication("0000").unwrap();
    let other = card.sign(&pin, LastTry::Refuse, b"log in");
    assert!(matches!(other, Err(CardError::Mismatch { .. })), "{other:?}");
}

#[test]
fn a_foreign_card_of_a_transcript_is_told() {
    assert_eq!(Card::open(replay("foreign-card")).map(drop), Err(CardError::NotThisCard));
}

/// A card that gives these answers, one after the other, whatever it is asked.
#[derive(Default)]
struct Scripted {
    answers: VecDeque<Result<Vec<u8>, ChannelError>>,
    commands: Vec<Vec<u8>>,
    powered_down: bool,
}

impl CardChannel for Scripted {
    fn transmit(&mut self, command: &[u8]) -> Result<Vec<u8>, ChannelError> {
        self.commands.push(command.to_vec());
        self.answers.pop_front().unwrap_or(Ok(vec![0x6D, 0x00]))
    }

    fn power_down(&mut self) {
        self.powered_down = true;
    }
}

const OK: &[u8] = &[0x90, 0x00];

impl Scripted {
    /// After an application and a token label that are as they should be.
    fn after_opening(answers: &[&[u8]]) -> Self {
        let mut label = b"JPKIAPICCTOKEN2".to_vec();
        label.resize(32, 0);
        label.extend(OK);
        let opening: [&[u8]; 3] = [OK, OK, &label];
        let answers = opening.iter().chain(answers).map(|answer| Ok(answer.to_vec())).collect();
        Self { answers, ..Self::default() }
    }

    fn verifies(&self) -> usize {
        self.commands.iter().filter(|command| command.len() > 5 && command[1] == 0x20).count()
    }
}

const COMMON: &[u8] = b"\x01\x1C0000000000000009920120351231\x90\x00";

#[test]
fn a_card_may_ask_for_another_length_or_give_its_answer_in_pieces() {
    let mut wrong_length = Scripted::after_opening(&[OK, b"\x6C\x1E", COMMON]);
    let read = Card::open(&mut wrong_length).unwrap().common().unwrap();
    assert_eq!(read.expires.to_string(), "2035-12-31");
    assert_eq!(wrong_length.commands.last().unwrap(), b"\x00\xB2\x01\x0C\x1E");

    let mut first = COMMON[..10].to_vec();
    first.extend(b"\x61\x14");
    let mut pieces = Scripted::after_opening(&[OK, &first, &COMMON[10..]]);
    let read = Card::open(&mut pieces).unwrap().common().unwrap();
    assert_eq!(read.municipality.as_str(), "99201");
    assert_eq!(pieces.commands.last().unwrap(), b"\x00\xC0\x00\x00\x14");
}

#[test]
fn a_card_that_promises_more_without_end_is_not_followed() {
    let mut card = Scripted::after_opening(&[OK]);
    let more = [[0x41; 200].as_slice(), b"\x61\xC8"].concat();
    card.answers.extend(std::iter::repeat_n(Ok(more), 1000));
    let read = Card::open(&mut card).unwrap().common();
    assert!(matches!(read, Err(CardError::Status { part: Part::Common, .. })), "{read:?}");
    assert!(card.commands.len() < 200, "{}", card.commands.len());

    let nothing: Vec<&[u8]> = std::iter::once(OK).chain([b"\x61\x10".as_slice(); 50]).collect();
    let read = Card::open(Scripted::after_opening(&nothing)).unwrap().common();
    assert!(read.is_err());
}

/// The four items, opened by a PIN that is taken at once, in answers that end in a way of their own.
fn items_in(answers: &[&[u8]]) -> Result<String, CardError> {
    let opened: [&[u8]; 5] = [OK, OK, b"\x63\xC3", OK, OK];
    let answers: Vec<&[u8]> = opened.iter().chain(answers).copied().collect();
    let mut card = Card::open(Scripted::after_opening(&answers)).unwrap();
    card.basic_items(&text_pin(), LastTry::Refuse).map(|items| items.name)
}

#[test]
fn a_file_ends_in_every_way_that_cards_know() {
    let mut file = b"\xFF\x20\x82\x00\x1C\xDF\x22\x03\xE8\x8A\xB1".to_vec();
    file.extend(b"\xDF\x23\x04town\xDF\x24\x0819500401\xDF\x25\x019");
    let ended = |ending: &[u8]| [file.as_slice(), ending].concat();
    assert_eq!(items_in(&[&ended(OK)]).unwrap(), "花");
    assert_eq!(items_in(&[&ended(b"\x62\x82")]).unwrap(), "花");
    // Filler up to the last byte of a chunk, then nothing more.
    let mut filled = file.clone();
    filled.resize(256, 0xFF);
    filled.extend(OK);
    assert_eq!(items_in(&[&filled]).unwrap(), "花");
    // The tag behind a whole chunk of filler; the end of the file as an error.
    let filler = [[0; 256].as_slice(), OK].concat();
    assert_eq!(items_in(&[&filler, &ended(OK)]).unwrap(), "花");
    let malformed = Err(CardError::Malformed { part: Part::BasicItems });
    assert_eq!(items_in(&[&filler, b"\x6B\x00"]), malformed);
    assert_eq!(items_in(&[&[&file[..20], OK].concat()]), malformed);
    assert_eq!(items_in(&[OK]), malformed);
    let not_a_text =
        ended(OK).iter().map(|byte| if *byte == 0xE8 { 0xFF } else { *byte }).collect::<Vec<_>>();
    assert_eq!(items_in(&[&not_a_text]), malformed);
    assert_eq!(items_in(&[b"\x69\x82"]), Err(CardError::PinNeeded { part: Part::BasicItems }));
}

#[test]
fn a_pin_is_sent_once_whatever_the_card_says_and_never_blindly() {
    let verify = |answers: &[&[u8]]| {
        let mut channel = Scripted::after_opening(answers);
        let said = Card::open(&mut channel).unwrap().verify(&text_pin(), LastTry::Spend);
        assert!(channel.powered_down);
        // The application was left.
        assert_eq!(channel.commands.last().unwrap()[..5], *b"\x00\xA4\x04\x0C\x0A");
        (said, channel.verifies())
    };
    let left = |count: u8| vec![0x63, 0xC0 | count];
    for (tries, answer, said) in [
        (left(3), OK.to_vec(), Ok(Verification::Verified)),
        (left(3), left(2), Ok(Verification::Wrong { left: 2 })),
        (left(1), left(0), Ok(Verification::Blocked)),
        (left(1), vec![0x69, 0x84], Ok(Verification::Blocked)),
        (left(1), vec![0x69, 0x83], Ok(Verification::Blocked)),
        (left(2), vec![], Err(ChannelError::Removed)),
    ] {
        let expected = said.map_err(|cause| CardError::PinOutcomeUnknown { kind: PinKind::Text, cause });
        assert_eq!(verify(&[OK, OK, &tries, &answer]), (expected, 1), "{tries:?} {answer:?}");
    }
    // What another command would be repeated for.
    for odd in [b"\x6C\x04", b"\x61\x04", b"\x6F\x00", b"\x67\x00"] {
        let (said, sent) = verify(&[OK, OK, b"\x63\xC3", odd]);
        assert!(matches!(said, Err(CardError::Status { part: Part::Pin, .. })), "{said:?}");
        assert_eq!(sent, 1, "{odd:?}");
    }
    // Blocked, or with a counter that is not told: nothing is sent.
    for blocked in [b"\x63\xC0", b"\x69\x84", b"\x69\x83"] {
        assert_eq!(verify(&[OK, OK, blocked, OK]), (Ok(Verification::Blocked), 0));
    }
    for untold in [b"\x90\x00", b"\x6C\x04", b"\x61\x04", b"\x6D\x00", b"\x67\x00"] {
        let (said, sent) = verify(&[OK, OK, untold, OK]);
        assert!(said.is_err() && sent == 0, "{untold:?} {said:?}");
    }
}

#[test]
fn a_card_that_no_pin_was_told_keeps_its_power() {
    let mut channel = Scripted::after_opening(&[OK, COMMON]);
    Card::open(&mut channel).unwrap().common().unwrap();
    assert!(!channel.powered_down);
}

#[test]
fn every_error_says_what_to_do_in_both_languages_and_has_a_code_of_its_own() {
    let kind = PinKind::Text;
    let all = [
        CardError::NoService,
        CardError::NoReader,
        CardError::NoCard,
        CardError::NotThisCard,
        CardError::InUse,
        CardError::Removed,
        CardError::Cancelled,
        CardError::Channel { detail: "detail".into() },
        CardError::Mismatch { exchange: 1 },
        CardError::PinForm(Pin::text("1").unwrap_err()),
        CardError::WrongPin { kind, left: 1 },
        CardError::Blocked { kind },
        CardError::LastTry { kind },
        CardError::PinOutcomeUnknown { kind, cause: ChannelError::Removed },
        CardError::WrongPinKind { kind },
        CardError::PinNeeded { part: Part::UserCertificate },
        CardError::Absent { part: Part::Common },
        CardError::Malformed { part: Part::Common },
        CardError::UnsupportedKey,
        CardError::BadSignature,
    ];
    let mut codes: Vec<_> = all.iter().map(CardError::code).collect();
    codes.dedup();
    assert_eq!(codes.len(), all.len());
    for error in all {
        assert!(error.code().starts_with("card."), "{error:?}");
        assert!(!error.message(Lang::Japanese).is_ascii(), "{error:?}");
        assert!(error.message(Lang::English).is_ascii(), "{error:?}");
        assert_eq!(kaigo_core::Error::from(error.clone()).code(), error.code());
    }
}
