//! What stands in an outbox.

use std::fmt;

use jiff::Timestamp;

use crate::ident::{OfficeNumber, ServiceTypeCode};
use crate::platform::{IdempotencyKey, TransferId};

/// Names a unit within one outbox, from 1 in the order in which they were queued. Never given twice.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct UnitId(pub(super) i64);

impl UnitId {
    /// The unit of that number, whether there is one or not.
    pub fn new(number: u64) -> Self {
        Self(i64::try_from(number).unwrap_or(i64::MAX))
    }

    /// The number, to be kept.
    pub fn number(self) -> u64 {
        self.0.unsigned_abs()
    }
}

impl fmt::Display for UnitId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

macro_rules! states {
    ($( $(#[doc = $doc:literal])+ $name:ident = $text:literal $japanese:literal; )*) => {
        /// What has become of a unit.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum State {
            $( $(#[doc = $doc])+ #[doc(alias = $japanese)] $name, )*
        }

        impl State {
            /// Every state.
            pub const ALL: &[Self] = &[$( Self::$name, )*];

            /// The name, as the bindings and the file have it.
            pub fn name(self) -> &'static str {
                match self { $( Self::$name => $text, )* }
            }

            /// The name for people, in Japanese.
            pub fn japanese(self) -> &'static str {
                match self { $( Self::$name => $japanese, )* }
            }
        }
    };
}

states! {
    /// It waits for its turn; the platform certainly has not taken it.
    Queued = "queued" "送信待ち";
    /// It is on its way. Where the process that was sending ended, it stands so until somebody sends again.
    Sending = "sending" "送信中";
    /// The platform took it. Its files are no longer kept.
    Sent = "sent" "送信済";
    /// The platform did not take it, and says why. What is behind it for the same destination waits.
    Refused = "refused" "受付不可";
    /// No answer came, so the platform may have taken it. It is sent again under the same key; what is behind it for the
    /// same destination waits.
    Unknown = "unknown" "結果不明";
    /// Somebody said that it is not to be sent. Its files are no longer kept.
    GivenUp = "given-up" "取りやめ";
}

impl State {
    pub(super) fn from_name(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|state| state.name() == name)
    }
}

/// Why an attempt failed. Nothing in it is about a person.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Reason {
    /// The stable code, one of [`TransferError::codes`](crate::platform::TransferError::codes).
    pub code: String,
    /// What happened and what to do next, in Japanese.
    pub message_ja: String,
    /// The same in English.
    pub message_en: String,
}

/// A unit in an outbox, without its content.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Entry {
    /// Its name here.
    pub id: UnitId,
    /// The office that is to receive it.
    #[doc(alias = "送信先事業所番号")]
    pub receiver_office: OfficeNumber,
    /// The service type under which the office receives it.
    pub receiver_type: ServiceTypeCode,
    /// The names of the files.
    pub file_names: Vec<String>,
    /// The sum of the files' lengths in bytes.
    pub bytes: u64,
    /// The key that it travels under.
    pub key: IdempotencyKey,
    /// What has become of it.
    pub state: State,
    /// How often it was tried.
    pub attempts: u64,
    /// When it was queued.
    pub queued_at: Timestamp,
    /// When it was tried last.
    pub tried_at: Option<Timestamp>,
    /// The platform's name for the transfer, once it is sent.
    pub transfer: Option<TransferId>,
    /// When the platform accepted it, by its own clock, once it is sent.
    pub accepted_at: Option<Timestamp>,
    /// What the last attempt said that failed; none when there was no such attempt, or one after it succeeded.
    pub reason: Option<Reason>,
}

/// What sending did.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub struct Run {
    /// How many units the platform took.
    pub sent: u64,
    /// How many it refused.
    pub refused: u64,
    /// How many are tried again the next time: nothing is known of them, or the platform could not take them just now.
    pub again: u64,
}
