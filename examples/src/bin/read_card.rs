//! Shows what an Individual Number Card (マイナンバーカード) tells without a PIN. Never tried on a real card.
#![forbid(unsafe_code)]

use std::process::ExitCode;
use std::time::Duration;

use clap::Parser;
use comfy_table::Table;
use comfy_table::presets::UTF8_BORDERS_ONLY;
use jiff::{Timestamp, tz};
use kaigo_core::calendar::Date;
use kaigo_core::card::{
    Card, CardCertificates, CardError, CommonData, PinKind, Presence, Readers, Token, Tries, TriesLeft,
    Verification,
};
use kaigo_core::credential::Certificate;
use kaigo_core::report::Lang;
use kaigo_examples::{Format, Language};
use serde_json::{Value, json};

/// Days before its end from which a card is told to end soon; certificates have a rule of their own.
const SOON_DAYS: i64 = 90;

/// Shows what an Individual Number Card tells without a PIN: end dates, certificates, tries left. No PIN is asked
/// for, and no try is spent.
///
/// Exit status: 0 all is well, 1 something needs care (locked, ended, soon to end), 2 no card could be read.
#[derive(Parser)]
#[command(version)]
struct Arguments {
    /// Lines for people, or one JSON object.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    /// The language of lines for people.
    #[arg(long, value_enum, default_value_t = Language::Ja)]
    lang: Language,
    /// Only readers whose name has this in it.
    #[arg(long, value_name = "NAME")]
    reader: Option<String>,
    /// Waits so many seconds for a card.
    #[arg(long, value_name = "SECONDS", default_value_t = 0)]
    wait: u64,
    /// Tells in plain words what is there, what is wrong with it, and what to do.
    #[arg(long)]
    diagnose: bool,
}

/// What a card tells.
struct Overview {
    reader: String,
    token: Token,
    common: Option<CommonData>,
    tries: TriesLeft,
    presence: CardCertificates,
    /// `None` where the card has none, or shows it only after a PIN.
    certificate: Option<Certificate>,
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let lang = Lang::from(arguments.lang);
    let readers = Readers::new();
    let read = read(&readers, &arguments);
    let advice = match &read {
        Ok(overview) => advice(overview, lang),
        Err(error) => vec![error.message(lang)],
    };
    match arguments.format {
        Format::Json => println!("{}", as_json(&read, &advice)),
        Format::Text => {
            if arguments.diagnose {
                print_readers(&readers, lang);
            }
            if let Ok(overview) = &read {
                print(overview, lang);
            }
            let fine = say(lang, "問題は見つかりませんでした", "nothing is wrong");
            let spoken = advice
                .iter()
                .map(String::as_str)
                .chain((arguments.diagnose && advice.is_empty()).then_some(fine));
            spoken.for_each(|line| if read.is_ok() { println!("{line}") } else { eprintln!("{line}") });
        }
    }
    match read {
        Ok(_) if advice.is_empty() => ExitCode::SUCCESS,
        Ok(_) => ExitCode::FAILURE,
        Err(_) => ExitCode::from(2),
    }
}

fn say<'a>(lang: Lang, ja: &'a str, en: &'a str) -> &'a str {
    match lang {
        Lang::Japanese => ja,
        Lang::English => en,
    }
}

fn read(readers: &Readers, arguments: &Arguments) -> Result<Overview, CardError> {
    let channel = readers.find(arguments.reader.as_deref(), Duration::from_secs(arguments.wait))?;
    let reader = channel.reader().to_owned();
    let mut card = Card::open(channel)?;
    Ok(Overview {
        reader,
        token: card.token().clone(),
        common: optional(card.common())?,
        tries: card.tries_left()?,
        presence: card.certificates()?,
        certificate: optional(card.user_certificate())?,
    })
}

/// `None` for what a phone does not have, or shows only after a PIN.
fn optional<T>(result: Result<T, CardError>) -> Result<Option<T>, CardError> {
    match result {
        Err(CardError::Absent { .. } | CardError::PinNeeded { .. }) => Ok(None),
        result => result.map(Some),
    }
}

/// The day in Japan.
fn in_japan(time: Timestamp) -> jiff::civil::Date {
    tz::offset(9).to_datetime(time).date()
}

/// What a person has to know, and where to go.
fn advice(overview: &Overview, lang: Lang) -> Vec<String> {
    let mut advice = Vec::new();
    for kind in PinKind::ALL.iter().copied() {
        match overview.tries.of(kind) {
            Tries::Blocked => advice.push(Verification::Blocked.guidance(kind, lang)),
            Tries::Left(1) => advice.push(CardError::LastTry { kind }.message(lang)),
            _ => {}
        }
    }
    if let Some(certificate) = &overview.certificate
        && let Some(renewal) = certificate.renewal(Timestamp::now()).message(lang)
    {
        let label = say(lang, "利用者証明用電子証明書", "user-authentication certificate");
        advice.push(format!("{label} ({}): {renewal}", in_japan(certificate.not_after())));
    }
    let today = in_japan(Timestamp::now());
    let today = Date::new(today.year(), today.month(), today.day());
    if let (Some(common), Some(today)) = (overview.common, today) {
        let days = today.days_until(common.expires);
        if i64::from(days) <= SOON_DAYS {
            let text = if days < 0 {
                say(lang, "カードの有効期限が切れています", "the card has ended")
            } else {
                say(lang, "カードの有効期限が近づいています", "the card ends soon")
            };
            advice.push(format!("{text} ({})", common.expires));
        }
    }
    advice
}

fn as_json(read: &Result<Overview, CardError>, advice: &[String]) -> Value {
    let overview = match read {
        Ok(overview) => overview,
        Err(error) => {
            return json!({ "error": {
                "code": error.code(),
                "messageJa": error.message(Lang::Japanese),
                "messageEn": error.message(Lang::English),
            }});
        }
    };
    let credentials: Vec<Value> = PinKind::ALL
        .iter()
        .map(|kind| {
            let tries = overview.tries.of(*kind);
            json!({ "name": kind.name(), "state": tries.name(), "triesLeft": tries.left() })
        })
        .collect();
    let certificate = |name: &str, presence: Presence, certificate: Option<&Certificate>| {
        json!({
            "name": name,
            "presence": presence.name(),
            "notAfter": certificate.map(|certificate| certificate.not_after().to_string()),
            "daysLeft": certificate.map(|certificate| certificate.days_left(Timestamp::now())),
        })
    };
    json!({
        "reader": overview.reader,
        "token": overview.token.kind.name(),
        "generation": overview.token.generation.name(),
        "expiry": overview.common.map(|common| common.expires.to_string()),
        "municipality": overview.common.map(|common| common.municipality.to_string()),
        "credentials": credentials,
        "certificates": [
            certificate(
                "user_authentication",
                overview.presence.user_authentication,
                overview.certificate.as_ref(),
            ),
            // Its end stands in a file that only its password opens.
            certificate("signature", overview.presence.signature, None),
        ],
        "advice": advice,
    })
}

fn print_readers(readers: &Readers, lang: Lang) {
    match readers.list() {
        Err(error) => eprintln!("{}", error.message(lang)),
        Ok(list) => {
            for reader in list {
                let state = match (reader.card_present, reader.in_use) {
                    (false, _) => say(lang, "カードなし", "no card"),
                    (true, false) => say(lang, "カードあり", "a card"),
                    (true, true) => say(lang, "カードあり（使用中）", "a card, in use"),
                };
                println!("{}: {state}", reader.name);
            }
        }
    }
}

fn print(overview: &Overview, lang: Lang) {
    let mut table = Table::new();
    table.load_style(UTF8_BORDERS_ONLY);
    let unknown = || say(lang, "不明", "unknown").to_owned();
    table.add_row([say(lang, "リーダー", "reader"), overview.reader.as_str()]);
    table.add_row([say(lang, "種類", "kind"), overview.token.kind.label(lang)]);
    table.add_row([say(lang, "世代", "generation"), overview.token.generation.label(lang)]);
    let common = |show: fn(&CommonData) -> String| overview.common.as_ref().map_or_else(unknown, show);
    table.add_row([
        say(lang, "カードの有効期限", "card valid to").to_owned(),
        common(|c| c.expires.to_string()),
    ]);
    table.add_row([
        say(lang, "市区町村コード", "municipality").to_owned(),
        common(|c| c.municipality.to_string()),
    ]);
    let user = match &overview.certificate {
        Some(certificate) => in_japan(certificate.not_after()).to_string(),
        None => overview.presence.user_authentication.label(lang).to_owned(),
    };
    table.add_row([say(lang, "利用者証明用電子証明書", "user-authentication certificate").to_owned(), user]);
    table.add_row([
        say(lang, "署名用電子証明書", "signature certificate"),
        overview.presence.signature.label(lang),
    ]);
    for kind in PinKind::ALL {
        let tries = overview.tries.of(*kind);
        let left = match (tries, lang) {
            (Tries::Left(left), Lang::Japanese) => format!("残り{left}回"),
            (Tries::Left(left), Lang::English) => format!("tries left: {left}"),
            (Tries::Blocked, _) => say(lang, "ロックされています", "locked").to_owned(),
            (Tries::Absent, _) => say(lang, "なし", "none").to_owned(),
            (Tries::Unknown(_), _) => unknown(),
        };
        table.add_row([kind.label(lang).to_owned(), left]);
    }
    println!("{table}");
}
