//! The transcripts that are checked in (`kaigo-core/tests/fixtures/card`): today's library says to today's card
//! what they say. `KAIGO_BLESS=1` writes them anew.

use std::path::Path;

use kaigo_core::card::{Replayer, TokenKind, Transcript};
use kaigo_sandbox::card::{Contents, Traits, VirtualCard};

use crate::cases::{self, Flow, Pins, traits};

/// A card whose dates do not move, and which no one else has.
fn card(traits: Traits) -> VirtualCard {
    let mut json = serde_json::to_value(cases::contents()).unwrap();
    json["person"]["expires"] = "20351231".into();
    json["pins"]["code_b"] = "25040120359753".into();
    VirtualCard::new(serde_json::from_value::<Contents>(json).unwrap(), traits)
}

fn all() -> Vec<(String, Traits, Flow)> {
    let flow = |name: &str| cases::FLOWS.iter().find(|(known, _)| *known == name).unwrap().1;
    let mut all: Vec<_> =
        cases::FLOWS.iter().map(|(name, flow)| (name.to_string(), Traits::default(), *flow)).collect();
    for (name, traits, flow) in [
        (
            "long-address-and-filler",
            traits(|t| (t.long_address, t.filler) = (true, true)),
            flow("basic-items-by-pin"),
        ),
        ("no-signature-certificate", traits(|t| t.no_signature_certificate = true), flow("overview")),
        ("foreign-card", traits(|t| t.foreign = true), flow("overview")),
        ("phone-sign", traits(|t| t.token = TokenKind::AndroidPhone), flow("sign")),
    ] {
        all.push((name.to_owned(), traits, flow));
    }
    all
}

#[test]
fn the_transcripts_are_what_the_library_says() {
    let dir = Path::new(env!("CARGO_MANIFEST_DIR")).join("../kaigo-core/tests/fixtures/card");
    for (name, traits, flow) in all() {
        let path = dir.join(format!("{name}.jsonl"));
        let card = card(traits);
        if std::env::var_os("KAIGO_BLESS").is_some() {
            std::fs::create_dir_all(&dir).unwrap();
            std::fs::write(&path, cases::record(&card, flow).to_string()).unwrap();
        }
        let transcript: Transcript = std::fs::read_to_string(&path).unwrap().parse().unwrap();
        // The card's keys are others than those of the transcript; the commands are the same.
        let now = cases::record(&card, flow);
        assert_eq!(commands(&now), commands(&transcript), "{name}");
        let mut replayer = Replayer::new(transcript);
        let replayed = flow(&mut replayer, &Pins::of(&card));
        assert_eq!(replayed.is_err(), name == "foreign-card", "{name}: {replayed:?}");
        assert_eq!(replayer.left(), 0, "{name}");
    }
}

/// The commands of a transcript, but how many bytes of a certificate are asked for: that varies with its keys.
fn commands(transcript: &Transcript) -> Vec<String> {
    transcript
        .to_string()
        .lines()
        .map(|line| {
            serde_json::from_str::<serde_json::Value>(line).unwrap()["command"].as_str().unwrap().to_owned()
        })
        .map(|command| if command.starts_with("00B0") { command[..8].to_owned() } else { command })
        .collect()
}
