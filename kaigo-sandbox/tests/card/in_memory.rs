//! Every case with the virtual card itself as the channel; and that the card keeps what it must.

use kaigo_core::card::{Card, CardChannel, CardError, LastTry, PinKind, Verification};
use kaigo_sandbox::card::{CardFault, Traits, VirtualCard};

use crate::cases::{self, Desk};

#[derive(Default)]
struct Hand(Option<VirtualCard>);

impl Desk for Hand {
    fn put(&mut self, card: &VirtualCard) {
        card.put_back();
        self.0 = Some(card.clone());
    }

    fn channel(&mut self) -> Result<Box<dyn CardChannel>, CardError> {
        Ok(Box::new(self.0.clone().unwrap()))
    }
}

#[test]
fn every_case_holds() {
    for (name, case) in cases::ALL {
        println!("{name}");
        case(&mut Hand::default());
    }
}

#[test]
fn a_card_pulled_at_any_command_is_told() {
    // The card does not get the command; or it carries it out, and its answer does not come.
    let faults = [CardFault::EjectBefore, CardFault::EjectAfter];
    cases::a_card_pulled_at_any_command_is_told(&mut Hand::default(), &faults);
}

#[test]
fn tries_survive_the_end_of_the_program() {
    let dir = tempfile::tempdir().unwrap();
    let card = VirtualCard::open(dir.path(), Traits::default()).unwrap();
    let person = card.person();
    let said = Card::open(card).unwrap().verify(&cases::wrong(PinKind::Text), LastTry::Refuse);
    assert_eq!(said, Ok(Verification::Wrong { left: 2 }));

    let again = VirtualCard::open(dir.path(), Traits::default()).unwrap();
    assert_eq!(again.tries(PinKind::Text), 2);
    assert_eq!(again.person(), person);
    let kept: Vec<_> =
        std::fs::read_dir(dir.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(kept, ["card.json"]);

    std::fs::write(dir.path().join("card.json"), "{").unwrap();
    let damaged = VirtualCard::open(dir.path(), Traits::default()).unwrap_err();
    assert!(damaged.to_string().contains("card.json"), "{damaged}");
}
