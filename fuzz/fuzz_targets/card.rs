//! Whatever a card answers, every flow ends, sends a PIN at most once, and can be written down and played again.
#![no_main]

use kaigo_core::card::{
    Card, CardChannel, CardError, ChannelError, LastTry, Pin, Recorder, Replayer, Transcript,
};
use libfuzzer_sys::fuzz_target;

/// A card that answers with what the fuzzer thought of: a length of two bytes, then so many bytes.
struct Answers<'a> {
    rest: &'a [u8],
    commands: usize,
    verifies: usize,
}

impl CardChannel for Answers<'_> {
    fn transmit(&mut self, command: &[u8]) -> Result<Vec<u8>, ChannelError> {
        self.commands += 1;
        self.verifies += usize::from(command.len() > 5 && command[1] == 0x20);
        assert!(self.commands < 10_000, "no end");
        let Some((length, rest)) = self.rest.split_first_chunk() else { return Err(ChannelError::Removed) };
        // A little more than the longest answer that a card gives.
        let length = usize::from(u16::from_be_bytes(*length)) % 260;
        let (answer, rest) = rest.split_at_checked(length).unwrap_or((rest, &[]));
        self.rest = rest;
        Ok(answer.to_vec())
    }
}

fn flow(channel: &mut dyn CardChannel, which: u8) -> Result<String, CardError> {
    let four = |new: fn(&str) -> Result<Pin, _>| new("1234").map_err(CardError::from);
    let mut card = Card::open(channel)?;
    Ok(match which % 5 {
        0 => {
            let all = (card.common(), card.certificates(), card.tries_left(), card.user_certificate());
            format!("{all:?} {:?}", card.user_certificate_issuer())
        }
        1 => format!("{:?}", card.basic_items(&four(Pin::text)?, LastTry::Refuse)?),
        2 => format!("{:?}", card.sign(&four(Pin::user_authentication)?, LastTry::Refuse, b"login")?),
        3 => format!("{:?}", card.verify(&four(Pin::text)?, LastTry::Spend)?),
        _ => {
            format!("{:?}", card.user_certificate_with_pin(&four(Pin::user_authentication)?, LastTry::Spend)?)
        }
    })
}

fuzz_target!(|data: &[u8]| {
    let Some((&which, answers)) = data.split_first() else { return };
    let mut recorder = Recorder::new(Answers { rest: answers, commands: 0, verifies: 0 });
    let result = flow(&mut recorder, which);
    let (transcript, answers) = recorder.into_parts();
    assert!(answers.verifies <= 1, "a PIN was sent twice");
    let Ok(read) = transcript.to_string().parse::<Transcript>() else { panic!("a transcript is not read") };
    assert!(read == transcript, "another transcript");
    let mut replayer = Replayer::new(read);
    assert!(flow(&mut replayer, which) == result, "another result");
    assert_eq!(replayer.left(), 0);
});
