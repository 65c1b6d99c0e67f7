//! When a certificate is to be renewed.

use jiff::Timestamp;

use super::Certificate;
use crate::report::Lang;

/// Days before its end from which renewal is advised.
const ADVISED_DAYS: i64 = 90;

/// Whether a certificate is to be renewed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Renewal {
    /// More than 90 days are left.
    NotYet,
    /// 90 days or fewer are left.
    #[doc(alias = "更新")]
    Advised {
        /// Whole days of 24 hours left.
        days_left: i64,
    },
    /// It has ended.
    Ended,
}

impl Renewal {
    /// The stable name: `not_yet`, `advised`, `ended`.
    pub fn name(self) -> &'static str {
        match self {
            Self::NotYet => "not_yet",
            Self::Advised { .. } => "advised",
            Self::Ended => "ended",
        }
    }

    /// What to tell the person, in the language asked for; `None` while nothing is to be done.
    pub fn message(self, lang: Lang) -> Option<String> {
        match (self, lang) {
            (Self::NotYet, _) => None,
            (Self::Advised { days_left }, Lang::Japanese) => {
                Some(format!("証明書の有効期限まであと{days_left}日です。更新してください"))
            }
            (Self::Advised { days_left }, Lang::English) => {
                Some(format!("days until the certificate ends: {days_left}; have it renewed"))
            }
            (Self::Ended, Lang::Japanese) => {
                Some("証明書の有効期限が切れています。新しい証明書の発行を受けてください".into())
            }
            (Self::Ended, Lang::English) => Some("the certificate has ended; have a new one issued".into()),
        }
    }
}

impl Certificate {
    /// Whether the certificate is to be renewed.
    pub fn renewal(&self, now: Timestamp) -> Renewal {
        match self.days_left(now) {
            ..0 => Renewal::Ended,
            days_left @ 0..=ADVISED_DAYS => Renewal::Advised { days_left },
            _ => Renewal::NotYet,
        }
    }
}
