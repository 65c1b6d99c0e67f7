//! No secret is left behind: a program runs every flow over a real reader and a real connection, with logging at its most
//! talkative; then its memory, as a core file would have it, and all that it wrote are searched for the PINs, the passwords
//! and the tokens.

use std::fs::File;
use std::io::Read as _;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use kaigo_core::card::{Card, LastTry, Pin, PinKind, Readers};
use kaigo_core::credential::{Certificate, Credential};
use kaigo_core::platform::{Clock, Platform, provisional as wire};
use kaigo_sandbox::Sandbox;
use kaigo_sandbox::card::{Contents, Traits, VirtualCard};
use p12_keystore::Pkcs12Archive;
use zeroize::Zeroizing;

use crate::cases::{Desk as _, contents};
use crate::searched::{CANARY, log_everything, search, wait_to_be_searched};
use crate::stack::{Stack, run_inside};

// What goes to the program, one after the other.
const TEXT: &str = "5831";
const USER_AUTHENTICATION: &str = "7294";
const SIGNATURE: &str = "QZ7XK9WJ4VHT2YBN";
const CODE_B: &str = "31415926535897";
const LENGTHS: [usize; 5] = [4, 4, 16, 14, 22];

#[test]
fn on_the_real_stack() {
    run_inside("secrets::no_pin_is_left");
}

#[test]
#[ignore = "run by on_the_real_stack"]
fn no_pin_is_left_in_memory_log_or_output() {
    let mut json = serde_json::to_value(contents()).unwrap();
    json["pins"] = serde_json::json!({
        "text": TEXT, "user_authentication": USER_AUTHENTICATION, "signature": SIGNATURE, "code_b": CODE_B,
    });
    let card = VirtualCard::new(serde_json::from_value::<Contents>(json).unwrap(), Traits::default());
    let mut stack = Stack::start();
    stack.put(&card);
    let secrets = [TEXT, USER_AUTHENTICATION, SIGNATURE, CODE_B, CANARY].concat();
    let searched = search("secrets::the_program_that_is_searched", &secrets, &[]);
    let output = &searched.output;
    for secret in [TEXT, USER_AUTHENTICATION, SIGNATURE, CODE_B] {
        assert!(!output.contains(secret), "in the output: {output}");
        // Four digits stand in memory by chance; as a command that tells them to the card they do not.
        let command = [b"\x00\x20\x00\x80", &[secret.len() as u8][..], secret.as_bytes()].concat();
        assert!(!searched.finds(&command), "a command is left in memory");
        assert!(secret.len() == 4 || !searched.finds(secret), "a PIN is left in memory");
    }
}

#[test]
fn no_password_key_or_token_is_left_in_memory_log_or_output() {
    let (to, exchanges) = std::sync::mpsc::channel();
    let sandbox = Sandbox::builder().record(to).start().unwrap();
    let account = &sandbox.accounts()[0];
    let folder = sandbox.data_dir().join("offices").join(account.office().as_str());
    let (p12, ca) = (folder.join("client.p12"), sandbox.data_dir().join("ca.pem"));
    let passwords = [account.password(), account.p12_password()];
    let environment = [
        ("KAIGO_URL", sandbox.url()),
        ("KAIGO_USER", account.user_id()),
        ("KAIGO_P12", p12.to_str().unwrap()),
        ("KAIGO_CA", ca.to_str().unwrap()),
    ];
    let secrets = [passwords[0], passwords[1], CANARY].concat();
    let searched = search("secrets::the_client_that_is_searched", &secrets, &environment);
    let answers: Vec<_> = exchanges
        .try_iter()
        .filter(|exchange| [wire::LOGIN, wire::REFRESH].contains(&&*exchange.path))
        .map(|exchange| exchange.answer)
        .collect();
    let tokens: Vec<_> = answers
        .iter()
        .flat_map(|answer| {
            ["accessToken", "refreshToken"].map(|name| answer["result"][name].as_str().unwrap())
        })
        .collect();
    assert_eq!(tokens.len(), 4, "a login and a refresh");
    for secret in passwords.into_iter().chain(tokens) {
        assert!(secret.len() > 20 && !searched.output.contains(secret), "in the output");
        assert!(!searched.finds(secret), "a password or a token is left in memory");
    }
    let keys = Pkcs12Archive::from_pkcs12(account.p12(), account.p12_password()).unwrap().keys;
    let key = keys[0].key.as_der();
    assert!(key.len() > 100 && !searched.finds(key), "the key is left in memory");
}

#[test]
#[ignore = "run by no_pin_is_left_in_memory_log_or_output"]
fn the_program_that_is_searched() {
    log_everything();
    wait_to_be_searched(run_every_flow());
}

#[test]
#[ignore = "run by no_password_key_or_token_is_left_in_memory_log_or_output"]
fn the_client_that_is_searched() {
    log_everything();
    wait_to_be_searched(run_a_session());
}

/// The time of this computer, and so many seconds later.
#[derive(Debug, Default)]
struct Later(AtomicI64);

impl Clock for Later {
    fn now(&self) -> Timestamp {
        Timestamp::now() + SignedDuration::from_secs(self.0.load(Ordering::SeqCst))
    }
}

fn run_a_session() -> String {
    let given = |name: &str| std::env::var(name).unwrap();
    let mut input = Zeroizing::new([0; 24 + 24 + CANARY.len()]);
    File::open("/proc/self/fd/0").unwrap().read_exact(&mut *input).unwrap();
    let text = std::str::from_utf8(&*input).unwrap();
    let credential =
        Credential::from_pkcs12(&std::fs::read(given("KAIGO_P12")).unwrap(), &text[24..48]).unwrap();
    let later = Arc::new(Later::default());
    let platform = Platform::builder(&given("KAIGO_URL"), credential)
        .roots(Certificate::from_pem(&std::fs::read(given("KAIGO_CA")).unwrap()).unwrap())
        .clock(later.clone())
        .build()
        .unwrap();
    let session = platform.login(&given("KAIGO_USER"), &text[..24]).unwrap();
    println!("{session:?} {:?}", session.list_sent(None).unwrap());
    // The access token is about to end.
    later.0.store(58 * 60, Ordering::SeqCst);
    println!("{:?}", session.list_sent(None).unwrap());
    text[48..].to_owned()
}

fn run_every_flow() -> String {
    let mut input = Zeroizing::new([0; LENGTHS[0] + LENGTHS[1] + LENGTHS[2] + LENGTHS[3] + LENGTHS[4]]);
    // Standard input of the library has a buffer of its own.
    File::open("/proc/self/fd/0").unwrap().read_exact(&mut *input).unwrap();
    let mut rest = std::str::from_utf8(&*input).unwrap();
    let [text, user, signature, code_b, canary] = LENGTHS.map(|length| {
        let (part, after) = rest.split_at(length);
        rest = after;
        part
    });
    let pin = |kind, text| Pin::new(kind, text).unwrap();
    let (text, code_b) = (pin(PinKind::Text, text), pin(PinKind::CodeB, code_b));
    let (user, signature) = (pin(PinKind::UserAuthentication, user), pin(PinKind::Signature, signature));

    let mut card = Card::open(Readers::new().find(None, Duration::ZERO).unwrap()).unwrap();
    println!("{:?} {:?} {text:?} {card:?}", card.common().unwrap(), card.tries_left().unwrap());
    // Not with its serial number, in which four digits stand by chance.
    println!("{}", card.user_certificate().unwrap().subject());
    for pin in [&text, &code_b, &user, &signature] {
        println!("{:?}", card.verify(pin, LastTry::Refuse).unwrap());
    }
    // In the wrong place, and wrong.
    println!("{:?}", card.sign(&text, LastTry::Refuse, b"login").unwrap_err());
    println!("{:?}", card.verify(&Pin::text("0000").unwrap(), LastTry::Refuse).unwrap());
    println!("{:?}", card.basic_items(&text, LastTry::Refuse).unwrap());
    println!("{:?}", card.basic_items(&code_b, LastTry::Refuse).unwrap());
    println!("{:?}", card.sign(&user, LastTry::Refuse, b"login").unwrap().algorithm);
    canary.to_owned()
}
