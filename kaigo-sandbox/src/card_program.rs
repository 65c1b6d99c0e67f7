//! `kaigo-sandbox card`: the virtual card as a program.

use std::io::Write as _;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::time::Duration;

use clap::{Args, ValueEnum};
use kaigo_core::card::{PinKind, TokenKind};
use kaigo_sandbox::card::{CardFault, DEFAULT_VPCD, Traits, VirtualCard};

#[derive(Args)]
pub(crate) struct Options {
    /// Where the card is kept; made on the first start.
    #[arg(long, value_name = "DIR")]
    data: PathBuf,
    /// Where vpcd listens; its second reader is on the next port.
    #[arg(long, value_name = "ADDRESS", default_value_t = DEFAULT_VPCD)]
    reader: SocketAddr,
    /// What the card says that it is.
    #[arg(long, value_enum, default_value_t = Token::Card)]
    token: Token,
    /// Some other card: no application of the Individual Number Card is there.
    #[arg(long)]
    foreign: bool,
    /// An address of more than 127 bytes.
    #[arg(long)]
    long_address: bool,
    /// No signature certificate, as on children's cards.
    #[arg(long)]
    no_signature_certificate: bool,
    /// Certificates that have ended.
    #[arg(long)]
    expired_certificates: bool,
    /// Filler around the four basic items.
    #[arg(long)]
    filler: bool,
    /// Answers every command so many milliseconds later.
    #[arg(long, value_name = "MS", default_value_t = 0)]
    delay: u64,
    /// Pulls the card before the N-th command reaches it.
    #[arg(long, value_name = "N")]
    eject_before: Vec<u32>,
    /// Pulls the card when it has carried out the N-th command, before it answers.
    #[arg(long, value_name = "N")]
    eject_after: Vec<u32>,
    /// Answers the N-th command with a status word, such as 3=6F00.
    #[arg(long, value_name = "N=SW", value_parser = parse_status)]
    status: Vec<(u32, u16)>,
    /// Gives all tries back before it starts.
    #[arg(long)]
    unlock: bool,
}

#[derive(Clone, Copy, ValueEnum)]
enum Token {
    /// マイナンバーカード.
    Card,
    /// 住民基本台帳カード.
    Old,
    /// An Android phone.
    Android,
    /// An iPhone.
    Iphone,
    /// A label that nobody knows.
    Unknown,
}

fn parse_status(text: &str) -> Result<(u32, u16), String> {
    let parse = || {
        let (command, status) = text.split_once('=')?;
        Some((command.parse().ok()?, u16::from_str_radix(status, 16).ok()?))
    };
    parse().ok_or_else(|| "N=SW, such as 3=6F00".into())
}

pub(crate) fn run(options: Options) -> Result<(), super::Failure> {
    let mut traits = Traits::default();
    traits.token = match options.token {
        Token::Card => TokenKind::IndividualNumberCard,
        Token::Old => TokenKind::ResidentRegisterCard,
        Token::Android => TokenKind::AndroidPhone,
        Token::Iphone => TokenKind::Iphone,
        Token::Unknown => TokenKind::Unknown,
    };
    traits.foreign = options.foreign;
    traits.long_address = options.long_address;
    traits.no_signature_certificate = options.no_signature_certificate;
    traits.expired_certificates = options.expired_certificates;
    traits.filler = options.filler;

    let card = VirtualCard::open(&options.data, traits)?;
    if options.unlock {
        for kind in PinKind::ALL {
            card.set_tries(*kind, kind.most_tries())?;
        }
    }
    card.faults().delay(Duration::from_millis(options.delay));
    let ejections =
        [(options.eject_before, CardFault::EjectBefore), (options.eject_after, CardFault::EjectAfter)];
    for (commands, fault) in ejections {
        commands.into_iter().for_each(|command| card.faults().at(command, fault));
    }
    for (command, status) in options.status {
        card.faults().at(command, CardFault::Status(status));
    }
    let inserted = card.insert(options.reader).map_err(|error| {
        format!(
            "{error}; is pcscd running, with vsmartcard-vpcd? A card that is in the reader is in the way, too"
        )
    })?;
    introduce(&card, options.reader)?;
    inserted.wait()?;
    writeln!(std::io::stdout(), "out of the reader")?;
    Ok(())
}

fn introduce(card: &VirtualCard, reader: SocketAddr) -> std::io::Result<()> {
    let (person, pins) = (card.person(), card.pins());
    let mut out = std::io::stdout().lock();
    writeln!(out, "kaigo-sandbox card: an invented person; never compared with a real card")?;
    writeln!(out, "name      {}", person.name)?;
    writeln!(out, "expires   {}", person.expires)?;
    for kind in PinKind::ALL {
        writeln!(out, "{:<20} {:<16} tries left: {}", kind.name(), pins.text(*kind), card.tries(*kind))?;
    }
    writeln!(out, "in the reader at {reader}; Ctrl-C pulls the card")?;
    out.flush()
}
