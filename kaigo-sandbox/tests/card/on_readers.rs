//! The library against the virtual card, over a real pcscd; and OpenSC against it, which knows nothing of us.

use std::process::{Command, Output, Stdio};
use std::time::Duration;

use kaigo_core::card::{
    Card, CardError, ChannelError, LastTry, PinKind, ReaderEvent, Readers, TokenKind, Tries, Verification,
    verify_challenge,
};
use kaigo_core::credential::{Certificate, Credential};
use kaigo_core::platform::Platform;
use kaigo_sandbox::Sandbox;
use kaigo_sandbox::card::{CardFault, Traits, VirtualCard};

use crate::cases::{self, Desk as _, contents, traits};
use crate::stack::{AMPLE, Stack, run_inside, wait_until};

#[test]
fn on_the_real_stack() {
    run_inside("on_readers::");
}

#[test]
#[ignore = "run by on_the_real_stack"]
fn every_case_holds() {
    let mut stack = Stack::start();
    for (name, case) in cases::ALL {
        println!("{name}");
        case(&mut stack);
    }
}

#[test]
#[ignore = "run by on_the_real_stack"]
fn a_card_pulled_at_any_command_is_told() {
    cases::a_card_pulled_at_any_command_is_told(&mut Stack::start(), &[CardFault::EjectBefore]);
}

#[test]
#[ignore = "run by on_the_real_stack"]
fn a_card_pulled_while_it_answers_leaves_the_outcome_of_a_pin_open() {
    let mut stack = Stack::start();
    let virtual_card = stack.card(Traits::default());
    let mut card = stack.open();
    // Select the application, the PIN, ask for the tries left, VERIFY.
    virtual_card.faults().clear();
    virtual_card.faults().at(4, CardFault::EjectAfter);
    let said = card.verify(&cases::wrong(PinKind::Text), LastTry::Refuse);
    assert_eq!(said, Err(CardError::PinOutcomeUnknown { kind: PinKind::Text, cause: ChannelError::Removed }));
    // The card did count it.
    assert_eq!(virtual_card.tries(PinKind::Text), 2);
}

#[test]
#[ignore = "run by on_the_real_stack"]
fn a_card_that_does_not_leave_its_application_loses_its_power() {
    let mut stack = Stack::start();
    let virtual_card = stack.card(Traits::default());
    let pin = virtual_card.pins().pin(PinKind::Text).unwrap();
    let mut card = stack.open();
    // The fifth command would leave the application.
    virtual_card.faults().clear();
    virtual_card.faults().at(5, CardFault::Status(0x6F00));
    assert_eq!(card.verify(&pin, LastTry::Refuse), Ok(Verification::Verified));
    assert_eq!(virtual_card.verified(), [PinKind::Text]);
    drop(card);
    // Whoever comes next, before pcscd takes the power from an idle card by itself; what they select does not count.
    virtual_card.faults().clear();
    virtual_card.faults().at(1, CardFault::Status(0x6F00));
    virtual_card.faults().at(2, CardFault::Status(0x6F00));
    assert_eq!(stack.readers.find(None, Duration::ZERO).map(drop), Err(CardError::NotThisCard));
    assert_eq!(virtual_card.verified(), []);
}

#[test]
#[ignore = "run by on_the_real_stack"]
fn each_state_of_the_set_up_is_told() {
    let find = |readers: &Readers| readers.find(None, Duration::ZERO).map(drop);
    assert_eq!(find(&Readers::new()), Err(CardError::NoService));
    assert_eq!(Readers::new().list(), Err(CardError::NoService));

    let stack = Stack::without_readers();
    assert_eq!(stack.readers.list(), Ok(vec![]));
    assert_eq!(find(&stack.readers), Err(CardError::NoReader));
    drop(stack);

    let mut stack = Stack::start();
    assert_eq!(find(&stack.readers), Err(CardError::NoCard));
    stack.card(traits(|t| t.foreign = true));
    assert_eq!(find(&stack.readers), Err(CardError::NotThisCard));
    stack.card(Traits::default());
    assert_eq!(find(&stack.readers), Ok(()));
    let elsewhere = stack.readers.find(Some("no reader of this name"), Duration::ZERO);
    assert_eq!(elsewhere.map(drop), Err(CardError::NoReader));
    stack.pull(0);
    stack.wait_present(0, false);
    assert_eq!(find(&stack.readers), Err(CardError::NoCard));
}

#[test]
#[ignore = "run by on_the_real_stack"]
fn the_card_is_found_in_the_second_reader_beside_a_foreign_one() {
    let mut stack = Stack::start();
    stack.card(traits(|t| t.foreign = true));
    stack.slot = 1;
    stack.card(Traits::default());
    let names: Vec<_> = stack.readers.list().unwrap().into_iter().map(|reader| reader.name).collect();
    let channel = stack.readers.find(None, Duration::ZERO).unwrap();
    assert_eq!(channel.reader(), names[1]);
    drop(channel);
    let first = stack.readers.find(Some(&names[0]), Duration::ZERO).map(drop);
    assert_eq!(first, Err(CardError::NotThisCard));
    assert!(stack.readers.find(Some(&names[1]), Duration::ZERO).is_ok());
}

#[test]
#[ignore = "run by on_the_real_stack"]
fn a_card_is_waited_for() {
    let mut stack = Stack::start();
    let readers = stack.readers.clone();
    let waiting =
        std::thread::spawn(move || readers.find(None, AMPLE).map(|channel| channel.reader().to_owned()));
    // A foreign card does not end the wait.
    stack.card(traits(|t| t.foreign = true));
    stack.slot = 1;
    stack.card(Traits::default());
    let found = waiting.join().unwrap().unwrap();
    assert_eq!(found, stack.readers.list().unwrap()[1].name);
}

#[test]
#[ignore = "run by on_the_real_stack"]
fn a_wait_is_cancelled() {
    let stack = Stack::start();
    let readers = stack.readers.clone();
    let waiting = std::thread::spawn(move || readers.find(None, AMPLE).map(drop));
    // Somewhere in its wait.
    std::thread::sleep(Duration::from_millis(700));
    stack.readers.cancel();
    assert_eq!(waiting.join().unwrap(), Err(CardError::Cancelled));
    // A cancellation is for one wait.
    assert_eq!(stack.readers.find(None, Duration::ZERO).map(drop), Err(CardError::NoCard));
    stack.readers.cancel();
    assert_eq!(stack.readers.find(None, AMPLE).map(drop), Err(CardError::Cancelled));
}

#[test]
#[ignore = "run by on_the_real_stack"]
fn a_card_that_another_program_holds_is_told_and_waited_for() {
    let mut stack = Stack::start();
    stack.card(Traits::default());
    let held = stack.readers.find(None, Duration::ZERO).unwrap();
    let other = Readers::new();
    assert_eq!(other.find(None, Duration::ZERO).map(drop), Err(CardError::InUse));
    assert!(stack.readers.list().unwrap()[0].in_use);
    let waiting = std::thread::spawn(move || other.find(None, AMPLE).map(drop));
    std::thread::sleep(Duration::from_millis(700));
    drop(held);
    // Let go at once: the other one gets it.
    assert_eq!(waiting.join().unwrap(), Ok(()));
}

#[test]
#[ignore = "run by on_the_real_stack"]
fn readers_and_cards_that_come_and_go_are_events() {
    let mut stack = Stack::start();
    let card = VirtualCard::new(contents(), Traits::default());
    let names: Vec<_> = stack.readers.list().unwrap().into_iter().map(|reader| reader.name).collect();
    let mut watch = stack.readers.watch();
    let mut next = || watch.next(AMPLE).unwrap().unwrap();
    assert_eq!([next(), next()], [&names[0], &names[1]].map(|name| ReaderEvent::ReaderAdded(name.clone())));
    stack.insert(1, &card);
    assert_eq!(next(), ReaderEvent::CardInserted(names[1].clone()));
    stack.pull(1);
    assert_eq!(next(), ReaderEvent::CardRemoved(names[1].clone()));
    assert_eq!(watch.next(Duration::ZERO), Ok(None));
}

#[test]
#[ignore = "run by on_the_real_stack"]
fn a_service_that_restarts_is_told_and_found_again() {
    let mut stack = Stack::start();
    let virtual_card = stack.card(Traits::default());
    let mut card = stack.open();
    stack.kill();
    assert_eq!(card.common(), Err(CardError::NoService));
    assert_eq!(stack.readers.find(None, Duration::ZERO).map(drop), Err(CardError::NoService));
    // Before the service is back somebody waits already.
    let readers = stack.readers.clone();
    let waiting = std::thread::spawn(move || {
        let mut card = Card::open(readers.find(None, AMPLE)?)?;
        card.common()
    });
    let mut stack = stack.restart();
    stack.insert(0, &virtual_card);
    assert!(waiting.join().unwrap().is_ok());
}

#[test]
#[ignore = "run by on_the_real_stack"]
fn a_slow_card_is_waited_for() {
    let mut stack = Stack::start();
    let virtual_card = stack.card(Traits::default());
    virtual_card.faults().delay(Duration::from_millis(300));
    let pin = virtual_card.pins().pin(PinKind::Text).unwrap();
    assert_eq!(stack.open().basic_items(&pin, LastTry::Refuse).unwrap().name, virtual_card.person().name);
}

#[test]
#[ignore = "run by on_the_real_stack"]
fn a_card_in_a_reader_confirms_who_its_holder_is() {
    let mut stack = Stack::start();
    let virtual_card = stack.card(Traits::default());
    let (insurer, insured) = ("992016".parse().unwrap(), "0000000010".parse().unwrap());
    let sandbox = Sandbox::builder().card_holder(insurer, insured, &virtual_card).start().unwrap();
    let account = &sandbox.accounts()[0];
    let credential = Credential::from_pkcs12(account.p12(), account.p12_password()).unwrap();
    let session = Platform::builder(sandbox.url(), credential)
        .roots(Certificate::from_pem(sandbox.ca_pem().as_bytes()).unwrap())
        .build()
        .unwrap()
        .login(account.user_id(), account.password())
        .unwrap();
    let terminal = "desk-1".parse().unwrap();
    session.register_terminal(&terminal).unwrap();
    let challenge = session.identity_challenge(&terminal).unwrap();
    let pin = virtual_card.pins().pin(PinKind::UserAuthentication).unwrap();
    let signed = stack.open().sign(&pin, LastTry::Refuse, challenge.message()).unwrap();
    let confirmed = session.confirm_by_card(challenge, &signed.signature, &signed.certificate).unwrap();
    assert_eq!((confirmed.insurer, confirmed.insured), (insurer, insured));
    assert_eq!(sandbox.confirmed_identities().unwrap().len(), 1);
}

fn run(program: &str, arguments: &[&str]) -> Output {
    let output = Command::new(program).args(arguments).output().unwrap();
    assert!(output.status.success(), "{program} {arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    output
}

fn text(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}

#[test]
#[ignore = "run by on_the_real_stack"]
fn opensc_reads_the_virtual_card_as_we_do() {
    let mut stack = Stack::start();
    let virtual_card = stack.card(Traits::default());
    let pins = virtual_card.pins();
    let ours = stack.open().user_certificate().unwrap();

    let listed = text(&run("pkcs15-tool", &["--list-certificates"]));
    assert!(listed.contains("User Authentication Certificate"), "{listed}");
    assert!(listed.contains("Digital Signature Certificate"), "{listed}");
    let read = run("pkcs15-tool", &["--read-certificate", "01"]);
    let theirs = Certificate::from_pem(&read.stdout).unwrap();
    assert_eq!(theirs.as_slice(), std::slice::from_ref(&ours));

    virtual_card.set_tries(PinKind::UserAuthentication, 2).unwrap();
    let listed = text(&run("pkcs15-tool", &["--list-pins"]));
    let tries = listed.lines().find(|line| line.contains("Tries left")).unwrap();
    assert!(tries.contains('2'), "{listed}");

    let dir = tempfile::tempdir().unwrap();
    let path = |name: &str| dir.path().join(name).to_str().unwrap().to_owned();
    std::fs::write(path("challenge"), b"a challenge").unwrap();
    run(
        "pkcs11-tool",
        &[
            "--module",
            "opensc-pkcs11.so",
            "--sign",
            "--mechanism",
            "SHA256-RSA-PKCS",
            "--id",
            "01",
            "--pin",
            pins.text(PinKind::UserAuthentication),
            "--input-file",
            &path("challenge"),
            "--output-file",
            &path("signature"),
        ],
    );
    let theirs = std::fs::read(path("signature")).unwrap();
    verify_challenge(&ours, b"a challenge", &theirs).unwrap();
    // PKCS#1 v1.5 has one signature to a message: what the library has signed is the same.
    let signed = stack
        .open()
        .sign(&pins.pin(PinKind::UserAuthentication).unwrap(), LastTry::Refuse, b"a challenge")
        .unwrap();
    assert_eq!(signed.signature, theirs);

    // With the password the signature certificate, which the library leaves alone.
    let read = Command::new("pkcs15-tool")
        .args(["--read-certificate", "02", "--verify-pin", "--auth-id", "02", "--pin"])
        .arg(pins.text(PinKind::Signature))
        .output()
        .unwrap();
    assert!(read.status.success(), "{}", String::from_utf8_lossy(&read.stderr));
    wait_until("the card is free again", || stack.channel().is_ok());
}

#[test]
#[ignore = "run by on_the_real_stack"]
fn the_program_puts_its_card_into_the_reader_and_keeps_it() {
    let stack = Stack::start();
    let dir = tempfile::tempdir().unwrap();
    let program = |options: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_kaigo-sandbox"));
        command.arg("card").arg("--data").arg(dir.path()).args(options).stdout(Stdio::piped());
        command.spawn().unwrap()
    };
    let wrong = |tries: u8| {
        let mut card = Card::open(stack.readers.find(None, AMPLE).unwrap()).unwrap();
        assert_eq!(card.tries_left().unwrap().text, Tries::Left(tries));
        let said = card.verify(&cases::wrong(PinKind::Text), LastTry::Refuse);
        assert_eq!(said, Ok(Verification::Wrong { left: tries - 1 }));
        card.token().kind
    };

    let mut first = program(&[]);
    assert_eq!(wrong(3), TokenKind::IndividualNumberCard);
    // However it ends, what was counted stays counted.
    first.kill().unwrap();
    first.wait().unwrap();
    stack.wait_present(0, false);
    // Three commands to look whether it is the right card, and three more to open it.
    let second = program(&["--token", "old", "--eject-before", "7"]);
    let channel = stack.readers.find(None, AMPLE).unwrap();
    let mut card = Card::open(channel).unwrap();
    assert_eq!(card.token().kind, TokenKind::ResidentRegisterCard);
    assert_eq!(card.tries_left(), Err(CardError::Removed));
    let output = second.wait_with_output().unwrap();
    let said = text(&output);
    assert!(output.status.success() && said.contains("out of the reader"), "{said}");
    assert!(said.lines().any(|line| line.starts_with("text") && line.ends_with("tries left: 2")), "{said}");
    drop(card);

    stack.wait_present(0, false);
    let mut third = program(&["--unlock"]);
    wrong(3);
    third.kill().unwrap();
    third.wait().unwrap();
}
