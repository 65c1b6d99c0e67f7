//! How a call is refused: a business error inside a 200, or a system error as HTTP status.

use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use kaigo_core::platform::provisional::{BusinessError, Envelope, business_code as code};
use serde_json::json;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Refusal {
    /// One of [`business_code`](code).
    Business(&'static str),
    /// HTTP 400, with what is wrong.
    BadRequest(&'static str),
    /// HTTP 401.
    Unauthorized,
    /// HTTP 404.
    NotFound,
    /// HTTP 500.
    Internal,
    /// HTTP 503.
    Unavailable,
}

/// The business error codes of the roles' calls, which no client of the library makes.
pub(crate) mod role_code {
    /// The office is registered already.
    pub(crate) const REGISTERED: &str = "B8001";
    /// The office is not registered at the portal.
    pub(crate) const NOT_REGISTERED: &str = "B8002";
    /// The office has an account already.
    pub(crate) const HAS_ACCOUNT: &str = "B9001";
    /// The office has no account.
    pub(crate) const NO_ACCOUNT: &str = "B9002";
    /// The issue password is not the office's.
    pub(crate) const BAD_ISSUE_PASSWORD: &str = "B9003";
    /// The office has a certificate that stands.
    pub(crate) const HAS_CERTIFICATE: &str = "B9004";
    /// The office has no certificate to put another in place of.
    pub(crate) const NO_CERTIFICATE: &str = "B9005";
}

impl Refusal {
    /// A business error as HTTP answers it; `None` for the others.
    pub(crate) fn answer(self) -> Option<serde_json::Value> {
        match self {
            Self::Business(code) => Some(json!(Envelope::<()>::Error(business_error(code)))),
            _ => None,
        }
    }

    /// The word in the audit log.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Business(code) => code,
            Self::BadRequest(_) => "400",
            Self::Unauthorized => "401",
            Self::NotFound => "404",
            Self::Internal => "500",
            Self::Unavailable => "503",
        }
    }
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        let (status, detail) = match self {
            Self::Business(code) => return business(code),
            Self::BadRequest(detail) => (StatusCode::BAD_REQUEST, detail),
            Self::Unauthorized => (
                StatusCode::UNAUTHORIZED,
                "no access token, or one that has ended or is not this certificate's",
            ),
            Self::NotFound => (StatusCode::NOT_FOUND, "no such path and method"),
            Self::Internal => (StatusCode::INTERNAL_SERVER_ERROR, "the sandbox failed"),
            Self::Unavailable => (StatusCode::SERVICE_UNAVAILABLE, "try again later"),
        };
        let problem = json!({
            "status": status.as_u16(),
            "title": status.canonical_reason(),
            "detail": detail,
        });
        let media_type = [(header::CONTENT_TYPE, "application/problem+json")];
        let mut response = (status, media_type, problem.to_string()).into_response();
        if self == Self::Unauthorized {
            response
                .headers_mut()
                .insert(header::WWW_AUTHENTICATE, header::HeaderValue::from_static("Bearer"));
        }
        response
    }
}

fn business(code: &'static str) -> Response {
    let envelope = json!(Envelope::<()>::Error(business_error(code)));
    ([(header::CONTENT_TYPE, "application/json")], envelope.to_string()).into_response()
}

fn business_error(code: &'static str) -> BusinessError {
    let (ja, en) = match code {
        code::BAD_LOGIN => (
            "ユーザID、パスワード、クライアント証明書の組合せが正しくありません",
            "user ID, password and client certificate do not belong together",
        ),
        code::LOCKED => (
            "ログインの失敗が続いたため、アカウントは一定時間使えません",
            "the account is locked for a period after repeated failures",
        ),
        code::REFRESH_ENDED => (
            "リフレッシュトークンは無効です。ログインし直してください",
            "the refresh token has ended: log in again",
        ),
        code::UNKNOWN_OFFICE => ("送信先の事業所は登録されていません", "the receiving office is not known"),
        code::NOT_A_UNIT => (
            "ファイルがこの事業所から送信先への一つの送信単位になっていません",
            "the files are not one sending unit from this office to that one",
        ),
        code::NO_TRANSFER => {
            ("この事業所が受け取ったそのような送信はありません", "there is no such transfer for this office")
        }
        code::KEY_REUSED => {
            ("この冪等キーは別の内容で使用済みです", "the idempotency key was used before with other content")
        }
        code::DIGEST => (
            "ファイルの内容がハッシュ値と一致しません",
            "a file's content does not have the digest it was sent with",
        ),
        code::UNKNOWN_TERMINAL => {
            ("この事業所の端末として登録されていません", "the terminal is not registered for this office")
        }
        code::NO_CHALLENGE => (
            "そのような本人確認の要求はないか、使用済みです",
            "there is no such challenge for this office and terminal, or it was used",
        ),
        code::CHALLENGE_ENDED => ("本人確認の要求の有効時間が過ぎました", "the challenge has ended"),
        code::CARD_SIGNATURE => (
            "署名が証明書と要求に対応していません",
            "the signature is not one of the certificate's key over the challenge",
        ),
        code::CARD_UNTRUSTED => (
            "カードの利用者証明用電子証明書ではありません",
            "the certificate is none that an authority of cards issued for user authentication",
        ),
        code::CARD_ENDED => ("電子証明書が有効期間内ではありません", "the certificate is not valid now"),
        code::CARD_REVOKED => ("電子証明書は失効しています", "the certificate was revoked"),
        role_code::REGISTERED => ("この事業所は登録済みです", "the office is registered already"),
        role_code::NOT_REGISTERED => {
            ("この事業所はポータルに登録されていません", "the office is not registered at the portal")
        }
        role_code::HAS_ACCOUNT => {
            ("この事業所には発行済みのIDがあります", "the office has an account already")
        }
        role_code::NO_ACCOUNT => ("この事業所にはIDが発行されていません", "the office has no account"),
        role_code::BAD_ISSUE_PASSWORD => {
            ("証明書発行用パスワードが正しくありません", "the issue password is not the office's")
        }
        role_code::HAS_CERTIFICATE => (
            "有効な証明書があります。証明書は一事業所に一つです。再発行してください",
            "the office has a certificate that stands, and one is all it may have: issue it again",
        ),
        role_code::NO_CERTIFICATE => {
            ("再発行する証明書がありません", "the office has no certificate to be issued again")
        }
        code::UNKNOWN_PERSON => ("該当する被保険者はいません", "there is no such insured person"),
        code::BAD_INPUT => ("内容に誤りがあります", "what was sent contradicts itself or what is known"),
        code::NO_RIGHT => (
            "サービス種類または職種により、利用できません",
            "the service type or the job type may not see or do this",
        ),
        code::NOT_READY => ("この市区町村ではまだ始まっていません", "the municipality has not begun yet"),
        code::NOT_CONFIRMED => {
            ("この利用者の本人確認が済んでいません", "the person's identity is not confirmed for this office")
        }
        code::VIEWING_OVER => ("閲覧可能期間が過ぎています", "the viewing period is over"),
        code::NO_CONSENT => ("本人の同意がありません", "the person has not consented"),
        code::CONSENT_ENDED => ("本人の同意の有効期限が過ぎています", "the person's consent has ended"),
        code::NO_DOCUMENT => ("該当する情報は登録されていません", "there is no such document of the person"),
        code::NO_PLAN => {
            ("登録されたケアプランがありません", "there is no such registered plan of the person")
        }
        code::PLAN_NOT_AGREED => {
            ("この内容のケアプランに本人が同意していません", "the person did not agree to this plan as it is")
        }
        code::FILING_STOPPED => {
            ("届出前の確認で誤りが見つかりました", "the check before filing found a mistake")
        }
        _ => ("処理できません", "the call cannot be carried out"),
    };
    BusinessError { code: code.into(), message_ja: ja.into(), message_en: en.into() }
}
