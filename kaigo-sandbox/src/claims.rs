//! The electronic claims system (電子請求受付システム): accounts and client certificates of offices.
//!
//! How that system really does it is no public interface: all of it is ours, and provisional.

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use kaigo_core::ident::OfficeNumber;
use kaigo_core::platform::provisional::business_code;
use rusqlite::types::Type;
use rusqlite::{Row, Transaction, params};
use serde::{Deserialize, Serialize};

use crate::account::{Secrets, sha256, write_container};
use crate::auth::{self, Attempt};
use crate::authority::Issued;
use crate::config::{CertificateKind, KeyKind};
use crate::incoming::{Asked, result};
use crate::refusal::{Refusal, role_code as code};
use crate::store::{self, Work, parsed};
use crate::{clock::rfc3339, portal};

/// `POST` [`AccountRequest`] -> [`AccountIssued`].
pub(crate) const ACCOUNTS: &str = "/claims/v1/accounts";
/// `POST` [`CertificateRequest`] -> [`CertificateIssued`].
pub(crate) const CERTIFICATES: &str = "/claims/v1/certificates";
/// `POST` [`CertificateRequest`] -> [`CertificateIssued`].
pub(crate) const REISSUE: &str = "/claims/v1/certificates/reissue";
/// `GET` -> [`History`]. `{id}` is the office's number.
pub(crate) const CERTIFICATES_OF: &str = "/claims/v1/offices/{id}/certificates";
/// `GET` -> [`Renewals`].
pub(crate) const RENEWALS: &str = "/claims/v1/renewals";

/// From how long before the end of a certificate its office is told to renew it.
const NOTICE_MS: i64 = 90 * DAY_MS;
const DAY_MS: i64 = 24 * 60 * 60 * 1000;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct AccountRequest {
    office: OfficeNumber,
}

/// Told once: the store keeps no password.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct AccountIssued<'s> {
    office: OfficeNumber,
    user_id: &'s str,
    password: &'s str,
    issue_password: &'s str,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct CertificateRequest {
    office: OfficeNumber,
    issue_password: String,
    kind: CertificateKind,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct CertificateIssued {
    certificate: Certificate,
    /// PKCS#12; the issue password opens it.
    p12_base64: String,
}

/// One certificate that was issued.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Certificate {
    office: OfficeNumber,
    number: i64,
    kind: CertificateKind,
    state: State,
    issued_at: String,
    ends_at: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    revoked_at: Option<String>,
    /// Only while it stands and is to be renewed.
    #[serde(skip_serializing_if = "Option::is_none")]
    renewal: Option<Renewal>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
enum State {
    Valid,
    Ended,
    Revoked,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Renewal {
    /// Whole days until its end; 0 from the last day on.
    days_left: i64,
    message_ja: String,
    message_en: String,
}

#[derive(Serialize)]
struct Certificates {
    certificates: Vec<Certificate>,
}

/// Gives a registered office its user ID, its password and its issue password.
pub(crate) fn issue_account(asked: &Asked) -> Result<Work, Refusal> {
    let AccountRequest { office } = asked.json()?;
    let secrets = Secrets::new().map_err(|_| Refusal::Internal)?;
    let row = secrets.row(office, &[]).map_err(|_| Refusal::Internal)?;
    let dir = asked.office_dir(office);
    Ok(Box::new(move |tx| {
        let Some(registration) = portal::find(tx, office)? else {
            return Ok(Err(Refusal::Business(code::NOT_REGISTERED)));
        };
        if store::office(tx, office)?.is_some() {
            return Ok(Err(Refusal::Business(code::HAS_ACCOUNT)));
        }
        let done = result(
            &AccountIssued {
                office,
                user_id: &secrets.user_id,
                password: &secrets.password,
                issue_password: &secrets.p12_password,
            },
            None,
        );
        // First the file: a row never stands without it.
        if secrets.write(registration, Vec::new(), &dir).is_err() {
            return Ok(Err(Refusal::Internal));
        }
        store::insert_office(tx, &row)?;
        Ok(Ok(done))
    }))
}

/// The office's first certificate, or another when the last one has ended.
pub(crate) fn issue_certificate(asked: &Asked) -> Result<Work, Refusal> {
    issue(asked, |standing, now| match standing {
        Some(certificate) if certificate.ends_at > now => Err(Refusal::Business(code::HAS_CERTIFICATE)),
        _ => Ok(()),
    })
}

/// Another certificate in place of the one that stands, which is revoked. Its sessions end.
pub(crate) fn reissue_certificate(asked: &Asked) -> Result<Work, Refusal> {
    issue(asked, |standing, _| match standing {
        Some(_) => Ok(()),
        None => Err(Refusal::Business(code::NO_CERTIFICATE)),
    })
}

fn issue(
    asked: &Asked,
    allowed: impl FnOnce(Option<&CertificateRow>, i64) -> Result<(), Refusal> + Send + 'static,
) -> Result<Work, Refusal> {
    let CertificateRequest { office, issue_password, kind } = asked.json()?;
    let now = asked.now;
    let issued = asked
        .app
        .authority
        .issue(office, kind, KeyKind::P256, &issue_password, now)
        .map_err(|_| Refusal::Internal)?;
    let dir = asked.office_dir(office);
    Ok(Box::new(move |tx| {
        let Some(row) = store::office(tx, office)? else {
            return Ok(Err(Refusal::Business(code::NO_ACCOUNT)));
        };
        match auth::attempt(tx, office, row.may_issue(&issue_password), now)? {
            Attempt::Right => {}
            Attempt::Wrong => return Ok(Err(Refusal::Business(code::BAD_ISSUE_PASSWORD))),
            Attempt::Locked => return Ok(Err(Refusal::Business(business_code::LOCKED))),
        }
        if let Err(refusal) = allowed(standing(tx, office)?.as_ref(), now) {
            return Ok(Err(refusal));
        }
        // First the file, as with accounts. Should the rest fail, issuing again puts all right.
        if write_container(&dir, &issued.p12).is_err() {
            return Ok(Err(Refusal::Internal));
        }
        let number = keep(tx, office, kind, &issued, now)?;
        let row = CertificateRow {
            number,
            office,
            kind,
            issued_at: now,
            ends_at: issued.ends_at,
            revoked_at: None,
        };
        let done = CertificateIssued {
            certificate: row.shown(now),
            p12_base64: BASE64_STANDARD.encode(&issued.p12),
        };
        Ok(Ok(result(&done, None)))
    }))
}

/// Revokes the certificate of an office that stands; whether there is one.
pub(crate) fn revoke(tx: &Transaction<'_>, office: OfficeNumber, now: i64) -> rusqlite::Result<bool> {
    tx.execute(
        "DELETE FROM session WHERE certificate IN (SELECT digest FROM certificate WHERE office = ?1)",
        [office.as_str()],
    )?;
    let changed = tx.execute(
        "UPDATE certificate SET revoked_at = ?2 WHERE office = ?1 AND revoked_at IS NULL",
        params![office.as_str(), now],
    )?;
    Ok(changed > 0)
}

/// Makes the certificate the one that stands.
pub(crate) fn keep(
    tx: &Transaction<'_>,
    office: OfficeNumber,
    kind: CertificateKind,
    issued: &Issued,
    now: i64,
) -> rusqlite::Result<i64> {
    revoke(tx, office, now)?;
    tx.execute(
        "INSERT INTO certificate (digest, office, kind, issued_at, ends_at) VALUES (?1, ?2, ?3, ?4, ?5)",
        params![sha256(&issued.certificate), office.as_str(), kind.name(), now, issued.ends_at],
    )?;
    Ok(tx.last_insert_rowid())
}

/// Every certificate of an office, oldest first.
pub(crate) fn certificates(asked: &Asked) -> Result<Work, Refusal> {
    let office: OfficeNumber = asked
        .id
        .as_deref()
        .and_then(|id| id.parse().ok())
        .ok_or(Refusal::BadRequest("the path names no office number"))?;
    let now = asked.now;
    Ok(Box::new(move |tx| {
        if store::office(tx, office)?.is_none() {
            return Ok(Err(Refusal::Business(code::NO_ACCOUNT)));
        }
        let certificates = rows(tx, "office = ?1", [office.as_str()])?;
        let certificates = certificates.into_iter().map(|row| row.shown(now)).collect();
        Ok(Ok(result(&Certificates { certificates }, None)))
    }))
}

/// The certificates that stand and whose offices are told to renew them, the most pressing first.
pub(crate) fn renewals(asked: &Asked) -> Result<Work, Refusal> {
    let now = asked.now;
    Ok(Box::new(move |tx| {
        let mut due = rows(tx, "revoked_at IS NULL AND ends_at <= ?1", [now + NOTICE_MS])?;
        due.sort_by_key(|row| row.ends_at);
        let certificates = due.into_iter().map(|row| row.shown(now)).collect();
        Ok(Ok(result(&Certificates { certificates }, None)))
    }))
}

/// A certificate's row.
struct CertificateRow {
    number: i64,
    office: OfficeNumber,
    kind: CertificateKind,
    issued_at: i64,
    ends_at: i64,
    revoked_at: Option<i64>,
}

impl CertificateRow {
    fn read(row: &Row<'_>) -> rusqlite::Result<Self> {
        let kind: String = row.get(2)?;
        let kind = CertificateKind::named(&kind)
            .ok_or_else(|| rusqlite::Error::InvalidColumnType(2, kind, Type::Text))?;
        Ok(Self {
            number: row.get(0)?,
            office: parsed(row, 1)?,
            kind,
            issued_at: row.get(3)?,
            ends_at: row.get(4)?,
            revoked_at: row.get(5)?,
        })
    }

    fn shown(self, now: i64) -> Certificate {
        let left = self.ends_at - now;
        let state = match self.revoked_at {
            Some(_) => State::Revoked,
            None if left <= 0 => State::Ended,
            None => State::Valid,
        };
        let renewal = (state != State::Revoked && left <= NOTICE_MS).then(|| {
            let days_left = (left / DAY_MS).max(0);
            Renewal {
                days_left,
                message_ja: match state {
                    State::Ended => format!("{}の有効期間は終了しました", self.kind.name()),
                    _ => format!("{}の有効期間はあと{days_left}日です。更新してください", self.kind.name()),
                },
                message_en: match state {
                    State::Ended => "the certificate has ended".into(),
                    _ => format!("the certificate ends in {days_left} days: renew it"),
                },
            }
        });
        Certificate {
            office: self.office,
            number: self.number,
            kind: self.kind,
            state,
            issued_at: rfc3339(self.issued_at),
            ends_at: rfc3339(self.ends_at),
            revoked_at: self.revoked_at.map(rfc3339),
            renewal,
        }
    }
}

/// The certificate of an office that was not revoked.
fn standing(tx: &Transaction<'_>, office: OfficeNumber) -> rusqlite::Result<Option<CertificateRow>> {
    Ok(rows(tx, "office = ?1 AND revoked_at IS NULL", [office.as_str()])?.pop())
}

fn rows(
    tx: &Transaction<'_>,
    condition: &'static str,
    of: impl rusqlite::Params,
) -> rusqlite::Result<Vec<CertificateRow>> {
    let mut statement = tx.prepare(&format!(
        "SELECT number, office, kind, issued_at, ends_at, revoked_at FROM certificate
         WHERE {condition} ORDER BY number"
    ))?;
    statement.query_map(of, CertificateRow::read)?.collect()
}
