//! Who a person is, confirmed for an office: by a card's signature, or by a statement that it was compared.
//!
//! What the platform does here is not public text: all of it is ours, and provisional.

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use jiff::Timestamp;
use kaigo_core::card::verify_challenge;
use kaigo_core::credential::{Certificate, CredentialError, KeyUse, Roots};
use kaigo_core::eligibility::IdentityKind;
use kaigo_core::ident::{InsuredNumber, InsurerNumber, OfficeNumber};
use kaigo_core::platform::provisional::{
    CardConfirmation, Challenge, ConfirmationRoute, IdentityConfirmation, Terminal, VisualConfirmation,
    business_code as code, challenge_message,
};
use kaigo_core::platform::{PersonId, TerminalId};
use rusqlite::{OptionalExtension, Transaction, params};

use crate::account::{random, sha256};
use crate::card::VirtualCard;
use crate::careplan::hex;
use crate::clock::rfc3339;
use crate::error::Result as SandboxResult;
use crate::incoming::{Incoming, result};
use crate::person;
use crate::refusal::Refusal;
use crate::store::{Done, Work};

/// How long a challenge is taken.
const CHALLENGE_MS: i64 = 5 * 60 * 1000;

/// A card that the sandbox knows: its authority, and its holder where that is an insured person.
#[derive(Debug)]
pub(crate) struct KnownCard {
    pub(crate) holder: Option<(InsurerNumber, InsuredNumber)>,
    pub(crate) card: VirtualCard,
}

/// A confirmed identity, as the store keeps it.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct ConfirmedIdentity {
    /// When, by the sandbox's clock, RFC 3339.
    pub time: String,
    /// The office that it was confirmed for.
    pub office: String,
    /// The person's insurer.
    pub insurer: String,
    /// The person's number there.
    pub insured: String,
    /// `card` or `visual`.
    pub route: String,
    /// The terminal.
    pub terminal: String,
    /// Who compared the card, by the route `visual`.
    pub compared_by: Option<String>,
}

/// Trusts the card's authority; the card becomes the one of its holder that counts.
pub(crate) fn insert_card(tx: &Transaction<'_>, known: &KnownCard) -> SandboxResult<()> {
    let (certificate, issuer) = known.card.user_authentication();
    tx.execute("INSERT INTO card_authority (certificate) VALUES (?1) ON CONFLICT DO NOTHING", [issuer])?;
    if let Some((insurer, insured)) = known.holder {
        person::insert(tx, &PersonId { insurer, insured })?;
        tx.execute(
            "INSERT INTO card_holder (insurer, insured, certificate) VALUES (?1, ?2, ?3)
             ON CONFLICT (insurer, insured) DO UPDATE SET certificate = excluded.certificate,
                 revoked = revoked AND certificate = excluded.certificate",
            params![insurer.as_str(), insured.as_str(), sha256(&certificate)],
        )?;
    }
    Ok(())
}

/// Revokes the certificate of a holder's card; whether there is such a holder.
pub(crate) fn revoke(
    tx: &Transaction<'_>,
    insurer: InsurerNumber,
    insured: InsuredNumber,
) -> SandboxResult<bool> {
    let changed = tx.execute(
        "UPDATE card_holder SET revoked = 1 WHERE insurer = ?1 AND insured = ?2",
        params![insurer.as_str(), insured.as_str()],
    )?;
    Ok(changed > 0)
}

/// Every confirmation, oldest first.
pub(crate) fn confirmations(tx: &Transaction<'_>) -> SandboxResult<Vec<ConfirmedIdentity>> {
    let mut statement = tx.prepare(
        "SELECT time, office, insurer, insured, route, terminal, compared_by FROM identity ORDER BY number",
    )?;
    let rows = statement.query_map([], |row| {
        Ok(ConfirmedIdentity {
            time: rfc3339(row.get(0)?),
            office: row.get(1)?,
            insurer: row.get(2)?,
            insured: row.get(3)?,
            route: row.get(4)?,
            terminal: row.get(5)?,
            compared_by: row.get(6)?,
        })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// The body that names a terminal.
fn terminal(incoming: &Incoming) -> Result<Terminal, Refusal> {
    let terminal: Terminal = incoming.json()?;
    match terminal.terminal_id.parse::<TerminalId>() {
        Ok(_) => Ok(terminal),
        Err(_) => Err(Refusal::BadRequest("a terminal ID is 1 to 64 letters, digits, - or _")),
    }
}

fn is_registered(tx: &Transaction<'_>, office: OfficeNumber, terminal_id: &str) -> rusqlite::Result<bool> {
    tx.prepare("SELECT 1 FROM terminal WHERE office = ?1 AND id = ?2")?
        .exists(params![office.as_str(), terminal_id])
}

pub(crate) fn register(incoming: &Incoming) -> Result<Work, Refusal> {
    let terminal = terminal(incoming)?;
    let (office, now) = (incoming.office(), incoming.now);
    Ok(Box::new(move |tx| {
        tx.execute(
            "INSERT INTO terminal (office, id, registered_at) VALUES (?1, ?2, ?3) ON CONFLICT DO NOTHING",
            params![office.as_str(), terminal.terminal_id, now],
        )?;
        Ok(Ok(result(&terminal, None)))
    }))
}

pub(crate) fn challenge(incoming: &Incoming) -> Result<Work, Refusal> {
    let terminal = terminal(incoming)?;
    let id = hex(&random::<16>().map_err(|_| Refusal::Internal)?);
    let nonce = random::<32>().map_err(|_| Refusal::Internal)?;
    let (office, now) = (incoming.office(), incoming.now);
    Ok(Box::new(move |tx| {
        if !is_registered(tx, office, &terminal.terminal_id)? {
            return Ok(Err(Refusal::Business(code::UNKNOWN_TERMINAL)));
        }
        // Those that nobody used; for as long again they are told to have ended.
        tx.execute("DELETE FROM challenge WHERE ends <= ?1", [now - CHALLENGE_MS])?;
        tx.execute(
            "INSERT INTO challenge (id, office, terminal, nonce, ends) VALUES (?1, ?2, ?3, ?4, ?5)",
            params![id, office.as_str(), terminal.terminal_id, nonce, now + CHALLENGE_MS],
        )?;
        let expires_in = u64::try_from(CHALLENGE_MS / 1000).unwrap_or(0);
        Ok(Ok(result(&Challenge { id, nonce_base64: BASE64_STANDARD.encode(nonce), expires_in }, None)))
    }))
}

pub(crate) fn confirm_by_card(incoming: &Incoming) -> Result<Work, Refusal> {
    const NOT_BASE64: Refusal = Refusal::BadRequest("signature and certificate are Base64");
    let CardConfirmation { challenge_id, terminal_id, signature_base64, certificate_base64 } =
        incoming.json()?;
    let signature = BASE64_STANDARD.decode(signature_base64).map_err(|_| NOT_BASE64)?;
    let der = BASE64_STANDARD.decode(certificate_base64).map_err(|_| NOT_BASE64)?;
    let certificate = Certificate::from_der(&der)
        .map_err(|_| Refusal::BadRequest("certificateBase64 is no certificate in DER"))?;
    let confirmation = Confirmation::new(incoming, terminal_id)?;
    Ok(Box::new(move |tx| {
        // Spent by this, whatever comes of it.
        let challenge: Option<([u8; 32], i64)> = tx
            .query_row(
                "DELETE FROM challenge WHERE id = ?1 AND office = ?2 AND terminal = ?3 RETURNING nonce, ends",
                params![challenge_id, confirmation.office.as_str(), confirmation.terminal_id],
                |row| Ok((row.get(0)?, row.get(1)?)),
            )
            .optional()?;
        let Some((nonce, ends)) = challenge else {
            return Ok(Err(Refusal::Business(code::NO_CHALLENGE)));
        };
        if ends <= confirmation.now {
            return Ok(Err(Refusal::Business(code::CHALLENGE_ENDED)));
        }
        if let Err(refusal) = check(&certificate, &authorities(tx)?, confirmation.now) {
            return Ok(Err(refusal));
        }
        let message = challenge_message(confirmation.office, &confirmation.terminal_id, &nonce);
        if verify_challenge(&certificate, &message, &signature).is_err() {
            return Ok(Err(Refusal::Business(code::CARD_SIGNATURE)));
        }
        let holder: Option<(String, String, bool)> = tx
            .query_row(
                "SELECT insurer, insured, revoked FROM card_holder WHERE certificate = ?1",
                [sha256(&der)],
                |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)),
            )
            .optional()?;
        match holder {
            None => Ok(Err(Refusal::Business(code::UNKNOWN_PERSON))),
            Some((_, _, true)) => Ok(Err(Refusal::Business(code::CARD_REVOKED))),
            Some((insurer, insured, false)) => {
                confirmation.keep(tx, &insurer, &insured, ConfirmationRoute::Card, None)
            }
        }
    }))
}

pub(crate) fn confirm_visually(incoming: &Incoming) -> Result<Work, Refusal> {
    let VisualConfirmation { terminal_id, insurer, insured, compared_by } = incoming.json()?;
    if !(1..=64).contains(&compared_by.chars().count()) {
        return Err(Refusal::BadRequest("comparedBy is 1 to 64 characters"));
    }
    let confirmation = Confirmation::new(incoming, terminal_id)?;
    Ok(Box::new(move |tx| {
        if !is_registered(tx, confirmation.office, &confirmation.terminal_id)? {
            return Ok(Err(Refusal::Business(code::UNKNOWN_TERMINAL)));
        }
        if !person::is_known(tx, &PersonId { insurer, insured })? {
            return Ok(Err(Refusal::Business(code::UNKNOWN_PERSON)));
        }
        let route = ConfirmationRoute::Visual;
        confirmation.keep(tx, insurer.as_str(), insured.as_str(), route, Some(&compared_by))
    }))
}

/// Those who issue cards.
fn authorities(tx: &Transaction<'_>) -> rusqlite::Result<Roots> {
    let mut statement = tx.prepare("SELECT certificate FROM card_authority")?;
    let rows = statement.query_map([], |row| row.get::<_, Vec<u8>>(0))?;
    let ders = rows.collect::<rusqlite::Result<Vec<_>>>()?;
    let authorities = ders.iter().filter_map(|der| Certificate::from_der(der).ok());
    // What the sandbox wrote is certificates of authorities; without any nobody is trusted.
    Ok(Roots::new(authorities).unwrap_or_default())
}

/// Whether the certificate is a card's for user authentication, and may be used now.
fn check(certificate: &Certificate, authorities: &Roots, now: i64) -> Result<(), Refusal> {
    let now = Timestamp::from_millisecond(now).map_err(|_| Refusal::Internal)?;
    certificate.validate(&[], authorities, now).map_err(|error| match error {
        CredentialError::Expired { .. } | CredentialError::NotYetValid { .. } => {
            Refusal::Business(code::CARD_ENDED)
        }
        _ => Refusal::Business(code::CARD_UNTRUSTED),
    })?;
    // The signature certificate (署名用) is for something else.
    match certificate.key_uses() {
        Some(uses) if uses.contains(&KeyUse::DigitalSignature) => Ok(()),
        _ => Err(Refusal::Business(code::CARD_UNTRUSTED)),
    }
}

/// A confirmation, before it is known of whom.
struct Confirmation {
    id: String,
    office: OfficeNumber,
    terminal_id: String,
    now: i64,
}

impl Confirmation {
    fn new(incoming: &Incoming, terminal_id: String) -> Result<Self, Refusal> {
        let id = hex(&random::<16>().map_err(|_| Refusal::Internal)?);
        Ok(Self { id, office: incoming.office(), terminal_id, now: incoming.now })
    }

    fn keep(
        self,
        tx: &Transaction<'_>,
        insurer: &str,
        insured: &str,
        route: ConfirmationRoute,
        compared_by: Option<&str>,
    ) -> rusqlite::Result<Result<Done, Refusal>> {
        let (Ok(insurer), Ok(insured)) = (insurer.parse(), insured.parse()) else {
            return Ok(Err(Refusal::Internal));
        };
        let (word, kind) = match route {
            ConfirmationRoute::Card => ("card", IdentityKind::Card),
            ConfirmationRoute::Visual => ("visual", IdentityKind::Visual),
        };
        let person = PersonId { insurer, insured };
        person::open_viewing(tx, self.office, &person, kind, self.now)?;
        let confirmation = IdentityConfirmation {
            id: self.id,
            office: self.office,
            insurer,
            insured,
            route,
            terminal_id: self.terminal_id,
            confirmed_at: rfc3339(self.now),
        };
        tx.execute(
            "INSERT INTO identity (id, time, office, insurer, insured, route, terminal, compared_by)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
            params![
                confirmation.id,
                self.now,
                self.office.as_str(),
                insurer.as_str(),
                insured.as_str(),
                word,
                confirmation.terminal_id,
                compared_by,
            ],
        )?;
        Ok(Ok(Done { person: Some(person), ..result(&confirmation, None) }))
    }
}
