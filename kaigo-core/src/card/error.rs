//! Why a card could not be read.

use std::fmt;

use super::apdu::StatusWord;
use super::channel::ChannelError;
use super::layout::PinKind;
use super::names::named;
use super::pin::{PinFormError, Verification};
use crate::credential::CredentialError;
use crate::error::codes;
use crate::report::Lang;

named! {
    /// A part of what a card holds.
    Part {
        /// The label of the token.
        Token = "token" "トークン情報" "token label",
        /// End date and municipality.
        Common = "common" "共通情報" "common data",
        /// Which certificates there are.
        CertificateList = "certificate_list" "証明書の有無" "list of certificates",
        /// 利用者証明用電子証明書.
        UserCertificate = "user_certificate" "利用者証明用電子証明書" "user-authentication certificate",
        /// The certificate of those who issued it.
        UserCertificateIssuer = "user_certificate_issuer" "利用者証明用認証局の証明書" "issuer of the user-authentication certificate",
        /// The four items.
        BasicItems = "basic_items" "基本4情報" "four basic items",
        /// A credential's file.
        Pin = "pin" "暗証番号" "PIN",
        /// A signature by the user-authentication key.
        Signature = "signature" "電子署名" "signature",
    }
}

/// A card could not be read. No variant holds a PIN or what stands on a card.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum CardError {
    /// The smart card service of the operating system does not run. Start it (`pcscd` on Linux), or restart the
    /// computer.
    NoService,
    /// No card reader is connected. Connect one, and look at its driver.
    NoReader,
    /// There is no card on any reader. Put one on.
    NoCard,
    /// The card is no Individual Number Card, or its certificates are not there.
    NotThisCard,
    /// Another program holds the card. End what it does, and try again.
    InUse,
    /// The card was taken away in the middle. Put it on and start over; no PIN was lost by it unless
    /// [`PinOutcomeUnknown`](Self::PinOutcomeUnknown) says so.
    Removed,
    /// The caller cancelled.
    Cancelled,
    /// The connection to the card failed otherwise.
    Channel {
        /// In the words of whoever noticed.
        detail: String,
    },
    /// A replayed transcript has another command at this place.
    Mismatch {
        /// Which exchange of the transcript, from 1.
        exchange: usize,
    },
    /// A PIN does not have the form of its credential; nothing was sent.
    PinForm(PinFormError),
    /// The PIN is wrong. Ask the person, never another program, for it again.
    WrongPin {
        /// Which.
        kind: PinKind,
        /// Tries left, at least one.
        left: u8,
    },
    /// The credential is blocked; what was asked for cannot be had with it.
    Blocked {
        /// Which.
        kind: PinKind,
    },
    /// One try is left, and the caller did not allow it to be spent; nothing was sent. Tell the person, and
    /// call again with [`LastTry::Spend`](super::LastTry::Spend) if they want it.
    LastTry {
        /// Which.
        kind: PinKind,
    },
    /// The PIN was sent, and no answer came: the card may have counted a try. Read the tries left before asking
    /// for a PIN again.
    PinOutcomeUnknown {
        /// Which.
        kind: PinKind,
        /// What happened.
        cause: ChannelError,
    },
    /// The PIN is for another credential than the one that this is read with.
    WrongPinKind {
        /// The credential that the PIN is for.
        kind: PinKind,
    },
    /// What was to be read is shown only after a PIN.
    PinNeeded {
        /// What was to be read.
        part: Part,
    },
    /// The card does not hold this.
    Absent {
        /// What was to be read.
        part: Part,
    },
    /// The card answered with a status word that is not known here.
    Status {
        /// What was being done.
        part: Part,
        /// What the card answered.
        status: StatusWord,
    },
    /// What the card holds does not have the known form.
    Malformed {
        /// What was read.
        part: Part,
    },
    /// The certificate's key is of an algorithm for which no command of a card is known.
    UnsupportedKey,
    /// The card's signature does not belong to its certificate.
    BadSignature,
    /// A certificate of the card cannot be used.
    Certificate(CredentialError),
}

impl CardError {
    codes! {
        Self::NoService => "card.no-service",
        Self::NoReader => "card.no-reader",
        Self::NoCard => "card.no-card",
        Self::NotThisCard => "card.not-this-card",
        Self::InUse => "card.in-use",
        Self::Removed => "card.removed",
        Self::Cancelled => "card.cancelled",
        Self::Channel { .. } => "card.channel",
        Self::Mismatch { .. } => "card.mismatch",
        Self::PinForm(_) => "card.pin-form",
        Self::WrongPin { .. } => "card.wrong-pin",
        Self::Blocked { .. } => "card.blocked",
        Self::LastTry { .. } => "card.last-try",
        Self::PinOutcomeUnknown { .. } => "card.pin-outcome-unknown",
        Self::WrongPinKind { .. } => "card.wrong-pin-kind",
        Self::PinNeeded { .. } => "card.pin-needed",
        Self::Absent { .. } => "card.absent",
        Self::Status { .. } => "card.status",
        Self::Malformed { .. } => "card.malformed",
        Self::UnsupportedKey => "card.unsupported-key",
        Self::BadSignature => "card.bad-signature",
        ;
        Self::Certificate(error) => error, CredentialError;
    }

    /// What happened and what to do next, in the language asked for.
    pub fn message(&self, lang: Lang) -> String {
        match lang {
            Lang::Japanese => self.japanese(),
            Lang::English => self.english(),
        }
    }

    fn japanese(&self) -> String {
        let lang = Lang::Japanese;
        match self {
            Self::NoService => {
                "スマートカードのサービスが動いていません。サービス（Linux では pcscd）を起動してください"
                    .into()
            }
            Self::NoReader => "カードリーダーが見つかりません。接続とドライバーを確かめてください".into(),
            Self::NoCard => "カードが置かれていません。カードをリーダーに置いてください".into(),
            Self::NotThisCard => {
                "マイナンバーカードとして読めません。別のカードでないか、カードの向きを確かめてください"
                    .into()
            }
            Self::InUse => {
                "ほかのプログラムがカードを使っています。そのプログラムを終えてからやり直してください".into()
            }
            Self::Removed => {
                "読み取りの途中でカードが離れました。カードを置き直して、最初からやり直してください".into()
            }
            Self::Cancelled => "取り消されました".into(),
            Self::Channel { detail } => {
                format!("カードと通信できません。カードを置き直してください（{detail}）")
            }
            Self::Mismatch { exchange } => format!("記録の{exchange}番目のやり取りと一致しません"),
            Self::PinForm(error) => error.message(lang),
            Self::WrongPin { kind, left } => Verification::Wrong { left: *left }.guidance(*kind, lang),
            Self::Blocked { kind } => Verification::Blocked.guidance(*kind, lang),
            Self::LastTry { kind } => format!(
                "{}は残り1回です。間違えるとロックされ、市区町村の窓口での手続きが必要になります。何も送信していません",
                kind.label(lang)
            ),
            Self::PinOutcomeUnknown { kind, .. } => format!(
                "{}を送った後、カードの応答がありません。1回と数えられたかもしれません。残り回数を確かめてください",
                kind.label(lang)
            ),
            Self::WrongPinKind { kind } => {
                format!("この読み取りには{}は使えません", kind.label(lang))
            }
            Self::PinNeeded { part } => {
                format!("{}を読むには暗証番号が必要です", part.label(lang))
            }
            Self::Absent { part } => format!("カードに{}がありません", part.label(lang)),
            Self::Status { part, status } => {
                format!("カードが想定外の応答をしました（{}、{status}）", part.label(lang))
            }
            Self::Malformed { part } => {
                format!("カードの{}が知られている形式ではありません", part.label(lang))
            }
            Self::UnsupportedKey => "カードの鍵の方式に対応していません".into(),
            Self::BadSignature => "カードの署名が証明書と対応していません".into(),
            Self::Certificate(error) => error.message(lang),
        }
    }

    fn english(&self) -> String {
        let lang = Lang::English;
        match self {
            Self::NoService => "the smart card service does not run; start it (pcscd on Linux)".into(),
            Self::NoReader => "no card reader is found; look at its cable and its driver".into(),
            Self::NoCard => "there is no card; put one on the reader".into(),
            Self::NotThisCard => {
                "not readable as an Individual Number Card; is it another card, or the wrong way round?"
                    .into()
            }
            Self::InUse => "another program uses the card; end that program and try again".into(),
            Self::Removed => "the card was taken away while it was read; put it back and start over".into(),
            Self::Cancelled => "cancelled".into(),
            Self::Channel { detail } => format!("cannot talk to the card; put it on again ({detail})"),
            Self::Mismatch { exchange } => format!("exchange {exchange} is not that of the transcript"),
            Self::PinForm(error) => error.message(lang),
            Self::WrongPin { kind, left } => Verification::Wrong { left: *left }.guidance(*kind, lang),
            Self::Blocked { kind } => Verification::Blocked.guidance(*kind, lang),
            Self::LastTry { kind } => format!(
                "the {} has one try left, after which only the municipal office unlocks it; nothing was sent",
                kind.label(lang)
            ),
            Self::PinOutcomeUnknown { kind, cause } => format!(
                "the {} was sent and no answer came ({cause}); a try may be spent: read the tries left first",
                kind.label(lang)
            ),
            Self::WrongPinKind { kind } => {
                format!("the {} does not open what is to be read", kind.label(lang))
            }
            Self::PinNeeded { part } => format!("the {} is read only after a PIN", part.label(lang)),
            Self::Absent { part } => format!("the card has no {}", part.label(lang)),
            Self::Status { part, status } => {
                format!("the card gave an unknown answer ({}, {status})", part.label(lang))
            }
            Self::Malformed { part } => format!("the {} is not in a known form", part.label(lang)),
            Self::UnsupportedKey => "the algorithm of the card's key is not supported".into(),
            Self::BadSignature => "the card's signature does not belong to its certificate".into(),
            Self::Certificate(error) => error.message(lang),
        }
    }
}

impl fmt::Display for CardError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message(Lang::English))
    }
}

impl std::error::Error for CardError {}

impl From<ChannelError> for CardError {
    fn from(error: ChannelError) -> Self {
        match error {
            ChannelError::Removed => Self::Removed,
            ChannelError::InUse => Self::InUse,
            ChannelError::NoService => Self::NoService,
            ChannelError::Mismatch { exchange } => Self::Mismatch { exchange },
            ChannelError::Failed(detail) => Self::Channel { detail },
        }
    }
}

impl From<PinFormError> for CardError {
    fn from(error: PinFormError) -> Self {
        Self::PinForm(error)
    }
}

impl From<CredentialError> for CardError {
    fn from(error: CredentialError) -> Self {
        Self::Certificate(error)
    }
}
