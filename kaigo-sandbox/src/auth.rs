//! Login, refresh and logout.

use base64::Engine as _;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use kaigo_core::ident::OfficeNumber;
use kaigo_core::platform::provisional::{Empty, LoginRequest, RefreshRequest, Tokens, business_code};
use rusqlite::{OptionalExtension, Transaction, params};
use zeroize::Zeroizing;

use crate::account::{random, sha256};
use crate::incoming::{Incoming, result};
use crate::refusal::Refusal;
use crate::store::{Work, codes};

const ACCESS_MS: i64 = 60 * 60 * 1000;
const REFRESH_MS: i64 = 8 * 60 * 60 * 1000;
const LOCK_MS: i64 = 30 * 60 * 1000;
/// The failure that locks the account.
const FAILURES: i64 = 5;

/// The certificate's account is the one that locks, so nobody can lock another office's.
pub(crate) fn login(incoming: &Incoming) -> Result<Work, Refusal> {
    let LoginRequest { user_id, password } = incoming.json()?;
    let password = Zeroizing::new(password);
    // Verified before the transaction, and even while locked: neither the store nor the time taken depends on it.
    // Every account is tried, so that the time taken does not tell whose it is.
    let row = &incoming.holder.office.row;
    let office = row.verify(&user_id, &password);
    let staff = row.staff.iter().fold(None, |found, staff| {
        if staff.verify(&user_id, &password) { Some(codes(&staff.jobs)) } else { found }
    });
    let (right, jobs) = (office || staff.is_some(), staff.unwrap_or_default());
    let (access, refresh) = (token()?, token()?);
    let (office, certificate, now) = (incoming.office(), incoming.holder.certificate, incoming.now);

    Ok(Box::new(move |tx| {
        match attempt(tx, office, right, now)? {
            Attempt::Right => {}
            Attempt::Wrong => return Ok(Err(Refusal::Business(business_code::BAD_LOGIN))),
            Attempt::Locked => return Ok(Err(Refusal::Business(business_code::LOCKED))),
        }
        tx.execute("DELETE FROM session WHERE refresh_ends <= ?1", [now])?;
        let (access_ends, refresh_ends) = (now + ACCESS_MS, now + REFRESH_MS);
        tx.execute(
            "INSERT INTO session (certificate, access, access_ends, refresh, refresh_ends, jobs)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
            params![certificate, digest(&access), access_ends, digest(&refresh), refresh_ends, jobs],
        )?;
        Ok(Ok(result(&tokens(office, access, access_ends, refresh, refresh_ends, now), None)))
    }))
}

/// What became of a password.
pub(crate) enum Attempt {
    Right,
    Wrong,
    Locked,
}

/// Counts a right or wrong password of the office's account: repeated failures lock it for a period.
pub(crate) fn attempt(
    tx: &Transaction<'_>,
    office: OfficeNumber,
    right: bool,
    now: i64,
) -> rusqlite::Result<Attempt> {
    let (failures, locked_until): (i64, i64) = tx.query_row(
        "SELECT failures, locked_until FROM office WHERE number = ?1",
        [office.as_str()],
        |row| Ok((row.get(0)?, row.get(1)?)),
    )?;
    if now < locked_until {
        return Ok(Attempt::Locked);
    }
    let (failures, locked_until) = match failures + 1 {
        _ if right => (0, 0),
        FAILURES.. => (0, now + LOCK_MS),
        failures => (failures, 0),
    };
    tx.execute(
        "UPDATE office SET failures = ?2, locked_until = ?3 WHERE number = ?1",
        params![office.as_str(), failures, locked_until],
    )?;
    Ok(if right { Attempt::Right } else { Attempt::Wrong })
}

/// Gives a new access token in place of the old one. The refresh token and its end stay, and no access token
/// outlives it.
pub(crate) fn refresh(incoming: &Incoming) -> Result<Work, Refusal> {
    let RefreshRequest { refresh_token: refresh } = incoming.json()?;
    let refresh = Zeroizing::new(refresh);
    let access = token()?;
    let (office, certificate, now) = (incoming.office(), incoming.holder.certificate, incoming.now);

    Ok(Box::new(move |tx| {
        let session: Option<(i64, i64)> = tx
            .query_row(
                "SELECT id, refresh_ends FROM session
                 WHERE refresh = ?1 AND certificate = ?2 AND refresh_ends > ?3",
                params![digest(&refresh), certificate, now],
                |row| Ok((row.get(0)?, row.get(1)?)),
            )
            .optional()?;
        let Some((session, refresh_ends)) = session else {
            return Ok(Err(Refusal::Business(business_code::REFRESH_ENDED)));
        };
        let access_ends = refresh_ends.min(now + ACCESS_MS);
        tx.execute(
            "UPDATE session SET access = ?2, access_ends = ?3 WHERE id = ?1",
            params![session, digest(&access), access_ends],
        )?;
        Ok(Ok(result(&tokens(office, access, access_ends, refresh, refresh_ends, now), None)))
    }))
}

pub(crate) fn logout(incoming: &Incoming) -> Result<Work, Refusal> {
    let Empty {} = incoming.json()?;
    let session = incoming.session.as_ref().map(|session| session.id);
    Ok(Box::new(move |tx| {
        tx.execute("DELETE FROM session WHERE id = ?1", [session])?;
        Ok(Ok(result(&Empty {}, None)))
    }))
}

/// What the store keeps of a token.
pub(crate) fn digest(token: &str) -> [u8; 32] {
    sha256(token.as_bytes())
}

fn token() -> Result<Zeroizing<String>, Refusal> {
    let bytes = Zeroizing::new(random::<32>().map_err(|_| Refusal::Internal)?);
    Ok(Zeroizing::new(BASE64_URL_SAFE_NO_PAD.encode(bytes)))
}

fn tokens(
    office: OfficeNumber,
    access: Zeroizing<String>,
    access_ends: i64,
    refresh: Zeroizing<String>,
    refresh_ends: i64,
    now: i64,
) -> Tokens {
    // Rounded down: a client never believes that a token lives longer than it does.
    let seconds = |end: i64| u64::try_from((end - now) / 1000).unwrap_or(0);
    Tokens {
        access_token: access.to_string(),
        access_expires_in: seconds(access_ends),
        refresh_token: refresh.to_string(),
        refresh_expires_in: seconds(refresh_ends),
        office,
    }
}
