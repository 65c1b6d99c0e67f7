//! Why a call to the platform failed.

use std::fmt;

use super::Capability;
use crate::credential::CredentialError;
use crate::error::codes;
use crate::report::Lang;

/// A call to the platform failed.
///
/// Nothing here holds a token, a password or a body. What the platform wrote for people is in
/// [`BusinessError`]; `Display` and [`message`](Self::message) leave it out, for it may name a person.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum TransferError {
    /// The client is not set up in a way that may be used. Correct the setting that the message names.
    Config {
        /// What is wrong.
        what: &'static str,
    },
    /// The credential cannot be used; no connection was made. See the error within.
    Credential(CredentialError),
    /// What is to be sent, or the key it is to be sent under, is not of the right form; nothing was sent.
    Package {
        /// What is wrong.
        what: &'static str,
    },
    /// The connection failed. With [`Sent::No`] the call may be made anew; with [`Sent::Unknown`] a sending is
    /// repeated under the same [`IdempotencyKey`](super::IdempotencyKey), or the list of what was sent is
    /// looked at first.
    Connection {
        /// In which way.
        fault: Fault,
        /// Whether the request may have been carried out.
        sent: Sent,
        /// What the operating system or TLS said, in English.
        detail: String,
    },
    /// A [`Watch`](crate::Watch) broke the call off. As for [`Connection`](Self::Connection), `sent` says whether it may
    /// have been carried out.
    Cancelled {
        /// Whether the request may have been carried out.
        sent: Sent,
    },
    /// A system error: an HTTP status other than 200. 400: this client speaks another wire profile; 401: the
    /// token was not taken even after a refresh; 403: the account may not do this; 404: no such interface;
    /// 500: report it, and look at what was sent before sending again; 503: try again later.
    System {
        /// The HTTP status.
        status: u16,
    },
    /// The wire profile does not offer that: nothing was sent. It is done in the browser.
    NotOffered {
        /// The profile's name.
        profile: &'static str,
        /// What it lacks.
        capability: Capability,
    },
    /// A business error: the platform understood the call and did not carry it out.
    Business(Box<BusinessError>),
    /// User ID, password and certificate do not belong together. Ask for them again; several failures lock the
    /// account.
    LoginRefused,
    /// The account is locked for a period after several failures. Wait; do not try again at once.
    #[doc(alias = "アカウントロック")]
    Locked,
    /// The session has ended. Log in again.
    SessionExpired,
    /// The answer is not in the form of the wire profile. A sending may have been carried out.
    Malformed {
        /// What could not be read.
        what: &'static str,
    },
    /// The answer is larger than the limit that the client was set up with. A sending may have been carried
    /// out.
    TooLarge {
        /// The limit in bytes.
        limit: u64,
    },
    /// A received file does not have the SHA-256 that it was sent with. Fetch it again; do not import it.
    DigestMismatch {
        /// Which of the files, from 0.
        index: usize,
    },
    /// The received files do not have the names or the length that the platform announced. Fetch them again;
    /// do not import them.
    ContentMismatch,
    /// The operating system gives no random numbers. Nothing was sent.
    NoRandomness,
}

/// In which way a connection failed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Fault {
    /// No connection could be made: name not found, refused, no route.
    Connect,
    /// One of the two sides refused the TLS handshake: version, certificate of the platform, name of the host,
    /// certificate of the client.
    TlsRefused,
    /// The deadline passed.
    Timeout,
    /// The connection ended before the whole answer was there, or the answer is not HTTP.
    Cut,
}

/// Whether a request may have been carried out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Sent {
    /// It certainly was not.
    No,
    /// It may have been.
    Unknown,
}

impl Sent {
    /// What it means for repeating the call.
    fn advice(self, lang: Lang) -> &'static str {
        match (self, lang) {
            (Self::No, Lang::Japanese) => "処理は行われていません。もう一度実行できます",
            (Self::No, Lang::English) => "nothing was carried out, so the call may be repeated",
            (Self::Unknown, Lang::Japanese) => {
                "処理が行われたかどうかは分かりません。送信は同じキーで再実行するか、送信一覧を確かめてください"
            }
            (Self::Unknown, Lang::English) => {
                "it may have been carried out; repeat a sending under the same key, or look at what was sent"
            }
        }
    }
}

/// A business error of the platform.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct BusinessError {
    /// What it means.
    pub kind: BusinessKind,
    /// The platform's own code.
    pub code: String,
    /// What the platform wrote in Japanese. It may hold personal data.
    pub message_ja: String,
    /// What the platform wrote in English. It may hold personal data.
    pub message_en: String,
}

/// Declares what business errors mean: name, stable code, and the message in Japanese and English.
macro_rules! business_kinds {
    ($( $(#[$doc:meta])* $kind:ident = $code:literal, $ja:literal, $en:literal; )*) => {
        /// What a business error means.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum BusinessKind {
            $( $(#[$doc])* $kind, )*
        }

        impl BusinessKind {
            /// Every kind.
            pub const ALL: &'static [Self] = &[$(Self::$kind),*];

            codes! {
                $( Self::$kind => $code, )*
            }

            /// What happened and what to do next.
            pub fn message(self, lang: Lang) -> &'static str {
                match (self, lang) {
                    $(
                        (Self::$kind, Lang::Japanese) => $ja,
                        (Self::$kind, Lang::English) => $en,
                    )*
                }
            }
        }
    };
}

business_kinds! {
    /// The receiving office is not known to the platform.
    UnknownOffice = "transfer.unknown-office",
        "送信先の事業所が登録されていません。事業所番号を確かめてください",
        "the receiving office is not registered; check its number";
    /// The files are not one sending unit from this office to that one.
    NotAUnit = "transfer.not-a-unit",
        "一つの送信単位になっていません。ファイルの組合せを確かめてください",
        "the files are not one sending unit; check their combination";
    /// There is no such transfer for this office.
    NoTransfer = "transfer.no-transfer",
        "該当するデータがありません。受信一覧を取り直してください",
        "there is no such transfer; list what was received again";
    /// The idempotency key was used before with other content.
    KeyReused = "transfer.key-reused",
        "同じキーで別の内容が送信済みです。新しいキーで送信してください",
        "the key was used for other content; send under a new key";
    /// A file arrived at the platform damaged.
    Digest = "transfer.digest-refused",
        "ファイルが壊れて届きました。もう一度送信してください",
        "a file arrived damaged; send again";
    /// The terminal is not registered for this office.
    UnknownTerminal = "identity.unknown-terminal",
        "この端末IDは登録されていません。端末を登録してください",
        "the terminal is not registered; register it";
    /// There is no such challenge for this office and terminal, or it was used. Ask for another.
    NoChallenge = "identity.no-challenge",
        "本人確認の要求が無効か、使用済みです。最初からやり直してください",
        "there is no such challenge, or it was used; start over";
    /// The challenge has ended. Ask for another.
    ChallengeEnded = "identity.challenge-ended",
        "本人確認の要求の有効時間が過ぎました。最初からやり直してください",
        "the challenge has ended; start over";
    /// The signature is not one of the certificate's key over the challenge.
    CardSignature = "identity.card-signature",
        "カードの署名を確認できません。最初からやり直してください",
        "the card's signature does not belong to the challenge; start over";
    /// The certificate does not come from an authority of cards.
    CardUntrusted = "identity.card-untrusted",
        "カードの利用者証明用電子証明書として確認できません。カードを確かめてください",
        "not a user-authentication certificate of a card";
    /// The card's certificate has ended. It is renewed at the municipal office.
    CardEnded = "identity.card-ended",
        "カードの電子証明書が有効期間内ではありません。市区町村の窓口で更新してください",
        "the card's certificate is not valid now; the municipal office renews it";
    /// The card's certificate was revoked.
    CardRevoked = "identity.card-revoked",
        "カードの電子証明書は失効しています。市区町村の窓口で確かめてください",
        "the card's certificate was revoked; ask at the municipal office";
    /// There is no such insured person.
    UnknownPerson = "identity.unknown-person",
        "該当する被保険者がいません。被保険者証の番号を確かめてください",
        "there is no such insured person; check the numbers on the insurance card";
    /// What was sent contradicts itself or what the platform knows.
    BadInput = "platform.bad-input",
        "内容に誤りがあります。入力を確かめてください",
        "what was sent is wrong in itself; check it";
    /// Neither service type nor job type of the one who asks may see or do this.
    NoRight = "platform.no-right",
        "サービス種類または職種により、利用できません",
        "the service type or the job type may not see or do this";
    /// The municipality has not begun yet. Ask it the old way.
    MunicipalityNotReady = "platform.not-ready",
        "この市区町村ではまだ始まっていません。従来の方法で確かめてください",
        "the municipality has not begun yet; ask it the old way";
    /// This office has not confirmed the person's identity.
    IdentityNotConfirmed = "platform.identity-not-confirmed",
        "この利用者の本人確認が済んでいません",
        "the person's identity is not confirmed for this office; confirm it";
    /// The office may no longer look, for it no longer serves the person. Confirm the identity again.
    ViewingPeriodOver = "platform.viewing-period-over",
        "閲覧可能期間が過ぎています。本人確認をやり直してください",
        "the viewing period is over; confirm the identity again";
    /// The person has not consented, or withdrew it.
    NoConsent = "platform.no-consent",
        "本人の同意がありません",
        "the person has not consented";
    /// The person's consent has ended.
    ConsentEnded = "platform.consent-ended",
        "本人の同意の有効期限が過ぎています。同意を取り直してください",
        "the person's consent has ended; ask for it anew";
    /// The platform has no such document of the person.
    NoDocument = "platform.no-document",
        "この利用者の該当する情報は登録されていません",
        "the platform has no such document of the person";
    /// There is no such registered plan of the person.
    NoPlan = "platform.no-plan",
        "登録されたケアプランがありません。一覧を取り直してください",
        "there is no such registered plan; list them again";
    /// The person did not agree to the plan as it is now.
    PlanNotAgreed = "platform.plan-not-agreed",
        "この内容のケアプランに本人が同意していません",
        "the person did not agree to this plan as it is";
    /// The check before filing found a mistake. `check_filing` says which.
    FilingStopped = "platform.filing-stopped",
        "届出前の確認で誤りが見つかりました。届出前の確認の結果を見てください",
        "the check before filing found a mistake; look at its reasons";
    /// A code that this version does not know.
    Other = "transfer.business",
        "業務エラーです。エラーコードの説明を確かめてください",
        "business error; look its code up";
}

impl TransferError {
    codes! {
        Self::Config { .. } => "transfer.config",
        Self::Package { .. } => "transfer.package",
        Self::Connection { fault: Fault::Connect, .. } => "transfer.connect",
        Self::Connection { fault: Fault::TlsRefused, .. } => "transfer.tls-refused",
        Self::Connection { fault: Fault::Timeout, .. } => "transfer.timeout",
        Self::Connection { fault: Fault::Cut, .. } => "transfer.cut",
        Self::System { .. } => "transfer.system",
        Self::NotOffered { .. } => "transfer.not-offered",
        Self::Cancelled { .. } => "transfer.cancelled",
        Self::LoginRefused => "transfer.login-refused",
        Self::Locked => "transfer.locked",
        Self::SessionExpired => "transfer.session-expired",
        Self::Malformed { .. } => "transfer.malformed",
        Self::TooLarge { .. } => "transfer.too-large",
        Self::DigestMismatch { .. } => "transfer.digest-mismatch",
        Self::ContentMismatch => "transfer.content-mismatch",
        Self::NoRandomness => "transfer.no-randomness",
        ;
        Self::Credential(error) => error, CredentialError;
        Self::Business(error) => error.kind, BusinessKind;
    }

    /// What happened and what to do next, in the language asked for.
    pub fn message(&self, lang: Lang) -> String {
        match lang {
            Lang::Japanese => self.japanese(),
            Lang::English => self.english(),
        }
    }

    fn japanese(&self) -> String {
        match self {
            Self::Config { what } => format!("接続の設定を直してください: {what}"),
            Self::Credential(error) => error.message(Lang::Japanese),
            Self::Package { what } => format!("送信する内容を直してください: {what}"),
            Self::Connection { fault, sent, detail } => {
                let fault = match fault {
                    Fault::Connect => "接続できません。ネットワークを確かめてください",
                    Fault::TlsRefused => {
                        "安全な接続（TLS 1.3）を確立できません。接続先と証明書を確かめてください"
                    }
                    Fault::Timeout => "時間内に応答がありません",
                    Fault::Cut => "通信が途中で切れました",
                };
                let sent = sent.advice(Lang::Japanese);
                format!("{fault}。{sent}（{detail}）")
            }
            Self::Cancelled { sent } => format!("中止されました。{}", sent.advice(Lang::Japanese)),
            Self::System { status } => {
                let next = match status {
                    400 => "通信仕様の版を確かめてください",
                    401 => "ログインし直してください",
                    403 => "この利用者の権限を確かめてください",
                    404 => "接続先を確かめてください",
                    503 => "しばらくしてからやり直してください",
                    _ => "続く場合はヘルプデスクに連絡してください",
                };
                format!("システムエラーです（HTTP {status}）。{next}")
            }
            Self::NotOffered { profile, capability } => format!(
                "通信仕様 {profile} では利用できません。送信していません。WEBサービスの画面の「{}」を使ってください",
                capability.browser_route(Lang::Japanese)
            ),
            Self::Business(error) => {
                format!("{}（{}）", error.kind.message(Lang::Japanese), error.code)
            }
            Self::LoginRefused => {
                "ログインできません。利用者ID・パスワード・証明書を確かめてください（続けて誤るとロックされます）".into()
            }
            Self::Locked => {
                "アカウントがロックされています。しばらく待ってからログインしてください".into()
            }
            Self::SessionExpired => "セッションが終了しました。ログインし直してください".into(),
            Self::Malformed { what } => {
                format!("応答を読み取れません（{what}）。送信した場合は送信一覧を確かめてください")
            }
            Self::TooLarge { limit } => format!(
                "応答が上限（{limit}バイト）を超えています。送信した場合は送信一覧を確かめてください"
            ),
            Self::DigestMismatch { index } => format!(
                "受信した{}番目のファイルが壊れています。取り込まずに、もう一度受信してください",
                index + 1
            ),
            Self::ContentMismatch => {
                "受信したファイルの名前または長さが一覧と違います。取り込まずに、もう一度受信してください".into()
            }
            Self::NoRandomness => {
                "乱数を取得できません。送信していません。コンピューターを再起動してください".into()
            }
        }
    }

    fn english(&self) -> String {
        match self {
            Self::Config { what } => format!("correct the setting of the client: {what}"),
            Self::Credential(error) => error.message(Lang::English),
            Self::Package { what } => format!("correct what is to be sent: {what}"),
            Self::Connection { fault, sent, detail } => {
                let fault = match fault {
                    Fault::Connect => "cannot connect; look at the network",
                    Fault::TlsRefused => {
                        "no secure connection (TLS 1.3); look at the address and the certificates"
                    }
                    Fault::Timeout => "no answer in time",
                    Fault::Cut => "the connection was cut",
                };
                let sent = sent.advice(Lang::English);
                format!("{fault}; {sent} ({detail})")
            }
            Self::Cancelled { sent } => format!("cancelled by the caller; {}", sent.advice(Lang::English)),
            Self::System { status } => {
                let next = match status {
                    400 => "check the version of the wire profile",
                    401 => "log in again",
                    403 => "check what this account may do",
                    404 => "check the address",
                    503 => "try again later",
                    _ => "if it goes on, tell the help desk",
                };
                format!("system error (HTTP {status}); {next}")
            }
            Self::NotOffered { profile, capability } => format!(
                "the wire profile {profile} does not offer this; nothing was sent; in the browser look for {}",
                capability.browser_route(Lang::English)
            ),
            Self::Business(error) => {
                format!("{} ({})", error.kind.message(Lang::English), error.code)
            }
            Self::LoginRefused => {
                "login refused; check user ID, password and certificate (repeated failures lock the account)"
                    .into()
            }
            Self::Locked => "the account is locked; wait before logging in".into(),
            Self::SessionExpired => "the session has ended; log in again".into(),
            Self::Malformed { what } => {
                format!("cannot read the answer ({what}); after a sending, look at what was sent")
            }
            Self::TooLarge { limit } => {
                format!("the answer is larger than {limit} bytes; after a sending, look at what was sent")
            }
            Self::DigestMismatch { index } => {
                format!("received file {} is damaged; do not import it, fetch it again", index + 1)
            }
            Self::ContentMismatch => {
                "the received files differ in name or length from the list; do not import them, fetch again"
                    .into()
            }
            Self::NoRandomness => "no random numbers; nothing was sent; restart the computer".into(),
        }
    }
}

impl fmt::Display for TransferError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.english())
    }
}

impl std::error::Error for TransferError {}

impl From<CredentialError> for TransferError {
    fn from(error: CredentialError) -> Self {
        Self::Credential(error)
    }
}

/// Leaves out what the platform wrote for people.
impl fmt::Debug for BusinessError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("BusinessError")
            .field("kind", &self.kind)
            .field("code", &self.code)
            .finish_non_exhaustive()
    }
}
