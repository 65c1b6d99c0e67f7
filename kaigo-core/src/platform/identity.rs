//! Confirming who a person is, for this office: by the card (マイナンバーカード) or by sight.
//!
//! *Provisional*, as a whole: what the platform wants of a card-reading terminal is not public text.

use std::fmt;
use std::str::FromStr;
use std::time::Duration;

use jiff::Timestamp;

use super::retry::Repeat;
use super::{Session, TransferError, wire};
use crate::credential::Certificate;
use crate::ident::{InsuredNumber, InsurerNumber, OfficeNumber};

/// A terminal ID (端末ID), as the card-reading application has one: 1 to 64 ASCII letters, digits, `-` or `_`.
#[doc(alias = "端末ID")]
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct TerminalId(String);

impl TerminalId {
    /// The ID as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for TerminalId {
    type Err = TransferError;
    fn from_str(text: &str) -> Result<Self, TransferError> {
        let plain = |b: u8| b.is_ascii_alphanumeric() || b == b'-' || b == b'_';
        if (1..=64).contains(&text.len()) && text.bytes().all(plain) {
            Ok(Self(text.to_owned()))
        } else {
            Err(TransferError::Package { what: "a terminal ID is 1 to 64 letters, digits, - or _" })
        }
    }
}

impl fmt::Display for TerminalId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// What a person's card is to sign. It is for one confirmation, at one terminal of this office.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IdentityChallenge {
    pub(super) id: String,
    pub(super) terminal: TerminalId,
    pub(super) message: Vec<u8>,
    pub(super) expires_in: Duration,
}

impl IdentityChallenge {
    /// What [`Card::sign`](crate::card::Card::sign) is given. It says what it is for, and names office and terminal: the
    /// platform chooses the random part only.
    pub fn message(&self) -> &[u8] {
        &self.message
    }

    /// How long from its answer on the platform takes it.
    pub fn expires_in(&self) -> Duration {
        self.expires_in
    }
}

/// A statement that a member of staff compared the card with the person.
#[doc(alias = "目視確認")]
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VisualStatement {
    /// Where it is stated.
    pub terminal: TerminalId,
    /// The person's insurer.
    pub insurer: InsurerNumber,
    /// The person's number there.
    pub insured: InsuredNumber,
    /// Who compared: 1 to 64 characters.
    pub compared_by: String,
}

/// How an identity was confirmed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ConfirmationRoute {
    /// The person's card signed.
    Card,
    /// A member of staff compared the card with the person.
    Visual,
}

impl ConfirmationRoute {
    /// The stable name: `card`, `visual`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Card => "card",
            Self::Visual => "visual",
        }
    }
}

/// A person's identity, confirmed for this office.
#[doc(alias = "本人確認")]
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct IdentityConfirmation {
    /// The platform's name for it.
    pub id: String,
    /// The office.
    pub office: OfficeNumber,
    /// The person's insurer.
    pub insurer: InsurerNumber,
    /// The person's number there.
    pub insured: InsuredNumber,
    /// How it was confirmed.
    pub route: ConfirmationRoute,
    /// The terminal.
    pub terminal: TerminalId,
    /// When.
    pub confirmed_at: Timestamp,
}

/// Confirming identities; *provisional*.
///
/// ```no_run
/// # use kaigo_core::card::{Card, CardChannel, LastTry, Pin};
/// # use kaigo_core::platform::{IdentityConfirmation, Session, TerminalId};
/// # fn confirm(session: &Session, channel: impl CardChannel, pin: &Pin) -> kaigo_core::Result<IdentityConfirmation> {
/// let terminal: TerminalId = "front-desk-1".parse()?;
/// session.register_terminal(&terminal)?;
/// let challenge = session.identity_challenge(&terminal)?;
/// let signed = Card::open(channel)?.sign(pin, LastTry::Refuse, challenge.message())?;
/// let confirmed = session.confirm_by_card(challenge, &signed.signature, &signed.certificate)?;
/// # Ok(confirmed)
/// # }
/// ```
impl Session {
    /// Registers a terminal of this office. Repeating it changes nothing.
    ///
    /// # Errors
    /// As any call.
    pub fn register_terminal(&self, terminal: &TerminalId) -> Result<(), TransferError> {
        wire::registered(&self.call(&wire::register_terminal(terminal)?, Repeat::Always)?, terminal)
    }

    /// Asks for what a person's card is to sign at a terminal.
    ///
    /// # Errors
    /// Of the kind [`UnknownTerminal`](super::BusinessKind::UnknownTerminal); and as any call.
    pub fn identity_challenge(&self, terminal: &TerminalId) -> Result<IdentityChallenge, TransferError> {
        let answer = self.call(&wire::challenge(terminal)?, Repeat::Always)?;
        wire::identity_challenge(&answer, self.office(), terminal)
    }

    /// Confirms the identity of the person whose card signed the challenge. The challenge is spent by it, whatever the
    /// answer; it is repeated by itself only when it certainly did not arrive.
    ///
    /// # Errors
    /// Of the kinds [`NoChallenge`](super::BusinessKind::NoChallenge),
    /// [`ChallengeEnded`](super::BusinessKind::ChallengeEnded), [`CardSignature`](super::BusinessKind::CardSignature),
    /// [`CardUntrusted`](super::BusinessKind::CardUntrusted), [`CardEnded`](super::BusinessKind::CardEnded),
    /// [`CardRevoked`](super::BusinessKind::CardRevoked), [`UnknownPerson`](super::BusinessKind::UnknownPerson); and as
    /// any call. With [`Sent::Unknown`](super::Sent::Unknown) start over with another challenge: confirming twice does no
    /// harm.
    pub fn confirm_by_card(
        &self,
        challenge: IdentityChallenge,
        signature: &[u8],
        certificate: &Certificate,
    ) -> Result<IdentityConfirmation, TransferError> {
        let request = wire::confirm_by_card(&challenge, signature, certificate)?;
        wire::identity_confirmation(&self.call(&request, Repeat::IfNotSent)?)
    }

    /// States that a member of staff compared the card with the person.
    ///
    /// # Errors
    /// [`TransferError::Package`] when it is not said who compared; of the kinds
    /// [`UnknownTerminal`](super::BusinessKind::UnknownTerminal) and
    /// [`UnknownPerson`](super::BusinessKind::UnknownPerson); and as any call.
    pub fn confirm_visually(
        &self,
        statement: &VisualStatement,
    ) -> Result<IdentityConfirmation, TransferError> {
        let request = wire::confirm_visually(statement)?;
        wire::identity_confirmation(&self.call(&request, Repeat::IfNotSent)?)
    }
}
