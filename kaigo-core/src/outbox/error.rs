//! Why an outbox cannot be used.

use std::fmt;
use std::path::{Path, PathBuf};

use rusqlite::ErrorCode;

use super::model::{State, UnitId};
use crate::error::codes;
use crate::report::Lang;

/// An outbox that cannot be used, or cannot do what was asked; and which. It holds nothing of what is sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OutboxError {
    path: PathBuf,
    fault: OutboxFault,
}

/// What is wrong with an outbox, or with what was asked of it.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum OutboxFault {
    /// `outbox.in-use`: another process or thread is sending from it. Try again when that is done.
    InUse,
    /// `outbox.foreign`: the file is no outbox. Look at the path.
    Foreign,
    /// `outbox.newer-version`: a newer version of kaigo wrote it, in a form of this number. Update kaigo.
    NewerVersion(i64),
    /// `outbox.damaged`: the file is damaged; with the unit, where it is one. Compare with what was sent, then queue what is
    /// missing in a new outbox, or give that unit up.
    Damaged(Option<UnitId>),
    /// `outbox.full`: there is no room left on the disk. What was being stored is not; all else stands.
    Full,
    /// `outbox.storage`: the file cannot be read or written otherwise; with what SQLite said, in English.
    Storage(String),
    /// `outbox.no-unit`: there is no such unit in it.
    NoUnit(UnitId),
    /// `outbox.wrong-state`: a unit in this state cannot be given up, queued again, or forgotten.
    WrongState(UnitId, State),
    /// `outbox.other-office`: it holds the units of another office than the session's. Nothing was sent.
    OtherOffice,
}

impl OutboxFault {
    codes! {
        Self::InUse => "outbox.in-use",
        Self::Foreign => "outbox.foreign",
        Self::NewerVersion(_) => "outbox.newer-version",
        Self::Damaged(_) => "outbox.damaged",
        Self::Full => "outbox.full",
        Self::Storage(_) => "outbox.storage",
        Self::NoUnit(_) => "outbox.no-unit",
        Self::WrongState(..) => "outbox.wrong-state",
        Self::OtherOffice => "outbox.other-office",
    }

    fn japanese(&self) -> String {
        match self {
            Self::InUse => "ほかのプログラムまたはスレッドがこの送信箱から送信中です".into(),
            Self::Foreign => "送信箱のファイルではありません。場所を確かめてください".into(),
            Self::NewerVersion(version) => {
                format!("新しい版の kaigo が書いた送信箱です（形式 {version}）。kaigo を更新してください")
            }
            Self::Damaged(None) => {
                "送信箱のファイルが壊れています。送信一覧と照らし合わせ、足りないものを新しい送信箱に入れてください".into()
            }
            Self::Damaged(Some(unit)) => {
                format!("送信箱のなかの {unit} 番が壊れています。送信せずに取りやめ、入れ直してください")
            }
            Self::Full => "ディスクに空きがありません。保存していません".into(),
            Self::Storage(detail) => format!("送信箱を読み書きできません（{detail}）"),
            Self::NoUnit(unit) => format!("送信箱に {unit} 番はありません"),
            Self::WrongState(unit, state) => {
                format!("送信箱の {unit} 番は{}のため、できません", state.japanese())
            }
            Self::OtherOffice => {
                "この送信箱は別の事業所のものです。送信していません。事業所ごとに送信箱を分けてください".into()
            }
        }
    }

    fn english(&self) -> String {
        match self {
            Self::InUse => "another program or thread is sending from this outbox".into(),
            Self::Foreign => "the file is no outbox; look at the path".into(),
            Self::NewerVersion(version) => {
                format!("a newer version of kaigo wrote this outbox (form {version}); update kaigo")
            }
            Self::Damaged(None) => {
                "the outbox is damaged; compare with what was sent, and queue what is missing in a new one"
                    .into()
            }
            Self::Damaged(Some(unit)) => {
                format!("unit {unit} in the outbox is damaged; it was not sent; give it up and queue it anew")
            }
            Self::Full => "the disk is full; nothing was stored".into(),
            Self::Storage(detail) => format!("the outbox cannot be read or written ({detail})"),
            Self::NoUnit(unit) => format!("there is no unit {unit} in the outbox"),
            Self::WrongState(unit, state) => {
                format!("unit {unit} in the outbox is {}, so this cannot be done", state.name())
            }
            Self::OtherOffice => {
                "this outbox is that of another office; nothing was sent; keep one outbox for each office"
                    .into()
            }
        }
    }
}

impl OutboxError {
    pub(super) fn new(path: &Path, fault: OutboxFault) -> Self {
        Self { path: path.to_owned(), fault }
    }

    /// The file.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// What is wrong.
    pub fn fault(&self) -> &OutboxFault {
        &self.fault
    }

    pub(crate) fn code(&self) -> &'static str {
        self.fault.code()
    }

    pub(crate) fn message(&self, lang: Lang) -> String {
        let path = self.path.display();
        match lang {
            Lang::Japanese => format!("{path}: {}", self.fault.japanese()),
            Lang::English => format!("{path}: {}", self.fault.english()),
        }
    }
}

impl fmt::Display for OutboxError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message(Lang::English))
    }
}

impl std::error::Error for OutboxError {}

/// `?` on what SQLite answers: its errors hold names of tables and columns, and nothing of what stands in them.
impl From<rusqlite::Error> for OutboxFault {
    fn from(error: rusqlite::Error) -> Self {
        use rusqlite::Error as E;
        match error.sqlite_error_code() {
            Some(ErrorCode::NotADatabase) => return Self::Foreign,
            Some(ErrorCode::DatabaseCorrupt) => return Self::Damaged(None),
            Some(ErrorCode::DiskFull) => return Self::Full,
            _ => {}
        }
        match error {
            E::FromSqlConversionFailure(..)
            | E::IntegralValueOutOfRange(..)
            | E::InvalidColumnType(..)
            | E::Utf8Error(..) => Self::Damaged(None),
            other => Self::Storage(other.to_string()),
        }
    }
}
