//! Confirming who a person is, for an office: `kaigo_challenge`, `kaigo_identity`. Provisional.

use std::borrow::Cow;
use std::ffi::c_char;

use kaigo_core::platform::{IdentityChallenge, IdentityConfirmation, TerminalId, VisualStatement};

use crate::credential::kaigo_certificates;
use crate::error::Fail;
use crate::platform::kaigo_session;
use crate::status::KAIGO_E_NUMBER;
use crate::table::{constants, exports, handles};

/// What is behind a `kaigo_challenge`.
pub struct Challenge(IdentityChallenge);

/// What is behind a `kaigo_identity`.
pub struct Identity(IdentityConfirmation);

handles! { HANDLES;
    /// What a person's card is to sign, for one confirmation at one terminal. It does not change; any thread may use it, several
    /// at once.
    kaigo_challenge = Challenge, 0x4B43_484C, kaigo_challenge_free;
    /// A person's identity, confirmed for an office: personal data. It does not change; any thread may use it, several at
    /// once.
    kaigo_identity = Identity, 0x4B49_444E, kaigo_identity_free;
}

constants! { CONSTANTS;
    /// Of a confirmed identity: the platform's name for the confirmation.
    KAIGO_IDENTITY_ID: u32 = 1;
    /// Of a confirmed identity: the office that it was confirmed for.
    KAIGO_IDENTITY_OFFICE: u32 = 2;
    /// Of a confirmed identity: the person's insurer.
    KAIGO_IDENTITY_INSURER: u32 = 3;
    /// Of a confirmed identity: the person's number at the insurer.
    KAIGO_IDENTITY_INSURED: u32 = 4;
    /// Of a confirmed identity: how it was confirmed, `card` or `visual`.
    KAIGO_IDENTITY_ROUTE: u32 = 5;
    /// Of a confirmed identity: the terminal.
    KAIGO_IDENTITY_TERMINAL: u32 = 6;
}

exports! { EXPORTS;
    /// Registers a terminal of this office (端末ID): 1 to 64 letters, digits, `-` or `_`. Repeating it changes nothing.
    /// Confirming identities is provisional.
    twin kaigo_session_register_terminal_utf8 / kaigo_session_register_terminal_utf16(
        session: handle kaigo_session, terminal, terminal_len: str
    ) {
        Ok(session.get()?.register_terminal(&terminal.parse()?)?)
    }

    /// Asks for what a person's card is to sign at a terminal. Sign `kaigo_challenge_message` with `kaigo_card_sign`.
    twin kaigo_session_challenge_utf8 / kaigo_session_challenge_utf16(
        session: handle kaigo_session, terminal, terminal_len: str, challenge: new kaigo_challenge
    ) {
        challenge.give(Challenge(session.get()?.identity_challenge(&terminal.parse()?)?))
    }

    /// A view of what a card is to sign, until the handle is freed.
    call kaigo_challenge_message(challenge: handle kaigo_challenge, data, data_len: out_bytes) {
        data.elements(challenge.0.message())
    }

    /// How many seconds from its answer on the platform takes a challenge.
    call kaigo_challenge_expires_in(challenge: handle kaigo_challenge, seconds: out u64) {
        seconds.set(challenge.0.expires_in().as_secs())
    }

    /// Confirms the identity of the person whose card signed a challenge: signature and certificate (at an index, from 0) as
    /// `kaigo_card_sign` gives them. The challenge is spent by it, whatever the status; with another one it may be done anew.
    call kaigo_session_confirm_by_card(
        session: handle kaigo_session, challenge: handle kaigo_challenge, signature, signature_len: bytes,
        certificates: handle kaigo_certificates, index: val u64, identity: new kaigo_identity
    ) {
        let certificate = certificates.get(index)?;
        identity.give(Identity(session.get()?.confirm_by_card(challenge.0.clone(), signature, certificate)?))
    }

    /// States that a member of staff (`compared_by`, 1 to 64 characters) compared the card with the person of that insurer and
    /// number.
    twin kaigo_session_confirm_visually_utf8 / kaigo_session_confirm_visually_utf16(
        session: handle kaigo_session, terminal, terminal_len: str, insurer, insurer_len: str,
        insured, insured_len: str, compared_by, compared_by_len: str, identity: new kaigo_identity
    ) {
        let statement = VisualStatement {
            terminal: terminal.parse::<TerminalId>()?,
            insurer: insurer.parse()?,
            insured: insured.parse()?,
            compared_by: compared_by.to_string(),
        };
        identity.give(Identity(session.get()?.confirm_visually(&statement)?))
    }

    /// What a confirmed identity says: one of `KAIGO_IDENTITY_`.
    text kaigo_identity_text_utf8 / kaigo_identity_text_utf16
        / kaigo_identity_text_view_utf8 / kaigo_identity_text_view_utf16
        of identity: kaigo_identity [what: u32] {
        let confirmed = &identity.0;
        Cow::Borrowed(match what {
            KAIGO_IDENTITY_ID => &confirmed.id,
            KAIGO_IDENTITY_OFFICE => confirmed.office.as_str(),
            KAIGO_IDENTITY_INSURER => confirmed.insurer.as_str(),
            KAIGO_IDENTITY_INSURED => confirmed.insured.as_str(),
            KAIGO_IDENTITY_ROUTE => confirmed.route.name(),
            KAIGO_IDENTITY_TERMINAL => confirmed.terminal.as_str(),
            _ => return Err(Fail::argument(KAIGO_E_NUMBER, "what")),
        })
    }

    /// When an identity was confirmed, in seconds since 1970 UTC.
    call kaigo_identity_confirmed_at(identity: handle kaigo_identity, seconds: out i64) {
        seconds.set(identity.0.confirmed_at.as_second())
    }
}
