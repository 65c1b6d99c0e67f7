//! The one error of the crate: the call cannot go on.

use std::path::PathBuf;

use crate::record::FileKind;
use crate::report::Lang;

/// Declares the codes of an error beside what has each, and what has the code of an error within it.
macro_rules! codes {
    ($( $pattern:pat => $code:literal, )* $(; $( $(#[$meta:meta])* $within:pat => $error:expr, $type:ty; )* )?) => {
        /// Every code that [`code`](Self::code) may give, each once.
        pub fn codes() -> Vec<&'static str> {
            #[allow(unused_mut, reason = "not every error has others within it")]
            let mut codes = vec![$($code),*];
            $( $( $(#[$meta])* codes.extend(<$type>::codes()); )* )?
            codes.sort_unstable();
            codes.dedup();
            codes
        }

        /// The stable code of the error; it never changes its meaning.
        pub fn code(&self) -> &'static str {
            match self {
                $( $pattern => $code, )*
                $( $( $(#[$meta])* $within => $error.code(), )* )?
            }
        }
    };
}

pub(crate) use codes;

/// What kaigo's calls return.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// Why a call could not go on.
///
/// What merely does not conform is not an error but a [`Finding`](crate::report::Finding): the rest of the
/// input is still read.
#[derive(thiserror::Error)]
#[error("{}", .0.message(Lang::English))]
pub struct Error(#[source] Box<ErrorKind>);

/// The kinds of [`Error`].
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ErrorKind {
    /// A file or stream could not be read or written. The caller looks at the path and its permissions.
    #[error("{source}")]
    Io {
        /// The path, where there is one.
        path: Option<PathBuf>,
        /// What the operating system said.
        source: std::io::Error,
    },
    /// A value does not have the form that its type demands.
    #[error(transparent)]
    Ident(#[from] crate::ident::IdentError),
    /// Records hold characters that cannot be written under the policy chosen. Nothing was written. The caller
    /// corrects the texts or chooses another [`GaijiPolicy`](crate::text::GaijiPolicy).
    #[error("characters cannot be written")]
    Unwritable {
        /// Each character with its place.
        report: crate::report::Report,
    },
    /// The conversion would lose something, and was not to. Nothing was written. The caller looks at each loss, and
    /// converts without [`lossless`](crate::convert::ConvertOptions::lossless) where they may be lost.
    #[error("something would be lost")]
    Lossy {
        /// Each loss with its place.
        report: crate::report::Report,
    },
    /// Neither its name nor the caller says which kind of records a file holds.
    #[error("unknown kind")]
    UnknownKind,
    /// A manifest is none, or belongs to a batch with other settings. Nothing was done. The caller takes another file, or the
    /// settings of that batch.
    #[error("other manifest")]
    OtherManifest {
        /// The manifest.
        path: PathBuf,
    },
    /// A ZIP archive is damaged, encrypted or of a kind that is not read.
    #[error("{source}")]
    Zip {
        /// The archive.
        path: PathBuf,
        /// What is wrong with it.
        source: zip::result::ZipError,
    },
    /// A source holds more than the limits allow. The caller raises them when the source is trusted.
    #[error("too large")]
    TooLarge,
    /// A file name would leave the folder that it is to be written to, or stands twice.
    #[error("unsafe file name")]
    UnsafeName,
    /// A sequence store holds something else than a sequence number, or has given out the last. The caller looks
    /// whether the path is the right one.
    #[error("sequence store")]
    SequenceStore,
    /// A [`Watch`](crate::Watch) broke the call off.
    #[error("cancelled")]
    Cancelled,
    /// There is no field of that No. in records of that kind. The caller looks at the
    /// [`Layout`](crate::record::Layout).
    #[error("no such field")]
    NoField {
        /// The kind of the records.
        kind: FileKind,
        /// The No. asked for.
        no: usize,
    },
    /// There is no such record.
    #[error("no such record")]
    NoRow {
        /// The kind of the records.
        kind: FileKind,
        /// The record asked for, from 1.
        row: u64,
    },
    /// Nothing has that name. The caller looks at the list of names.
    #[error("no such name")]
    NoName {
        /// The name asked for, where it surely is a name.
        name: String,
    },
    /// A JSON document cannot be read at all. The caller looks at [`JsonFault`](crate::format::json::JsonFault).
    #[error(transparent)]
    Json(#[from] crate::format::json::JsonError),
    /// An XML document cannot be read at all. The caller looks at [`XmlFault`](crate::format::xml::XmlFault).
    #[error(transparent)]
    Xml(#[from] crate::format::xml::XmlError),
    /// A document does not conform. The caller looks at its [`faults`](crate::document::DocumentError::faults).
    #[error(transparent)]
    Document(#[from] crate::document::DocumentError),
    /// A draft of actuals cannot be changed so. The caller looks at [`DraftError`](crate::care::DraftError).
    #[error(transparent)]
    Draft(#[from] crate::care::DraftError),
    /// A table cannot be made into records. The caller looks at [`TableFault`](crate::format::arrow::TableFault).
    #[cfg(feature = "arrow")]
    #[error(transparent)]
    Table(#[from] crate::format::arrow::TableError),
    /// A certificate or key cannot be used.
    #[cfg(feature = "credential")]
    #[error(transparent)]
    Credential(#[from] crate::credential::CredentialError),
    /// A card could not be read.
    #[cfg(feature = "credential")]
    #[error(transparent)]
    Card(#[from] crate::card::CardError),
    /// A call to the platform failed.
    #[cfg(feature = "http")]
    #[error(transparent)]
    Transfer(#[from] crate::platform::TransferError),
    /// An outbox cannot be used. The caller looks at [`OutboxFault`](crate::outbox::OutboxFault).
    #[cfg(feature = "outbox")]
    #[error(transparent)]
    Outbox(#[from] crate::outbox::OutboxError),
}

impl Error {
    /// The kind, to match on.
    pub fn kind(&self) -> &ErrorKind {
        &self.0
    }

    /// The kind, to take apart.
    pub fn into_kind(self) -> ErrorKind {
        *self.0
    }

    /// An I/O error with the path that it happened at.
    pub fn io(path: impl Into<PathBuf>, source: std::io::Error) -> Self {
        ErrorKind::Io { path: Some(path.into()), source }.into()
    }

    /// Every code that [`code`](Self::code) may give, each once.
    pub fn codes() -> Vec<&'static str> {
        ErrorKind::codes()
    }

    /// The stable code of the error; it never changes its meaning.
    pub fn code(&self) -> &'static str {
        self.0.code()
    }

    /// The message, in the language asked for. It holds no personal data and no secret.
    pub fn message(&self, lang: Lang) -> String {
        self.0.message(lang)
    }
}

impl ErrorKind {
    codes! {
        Self::Io { .. } => "io",
        Self::Ident(_) => "ident",
        Self::Unwritable { .. } => "unwritable",
        Self::Lossy { .. } => "lossy",
        Self::UnknownKind => "unknown_kind",
        Self::OtherManifest { .. } => "other_manifest",
        Self::Zip { .. } => "zip",
        Self::TooLarge => "too_large",
        Self::UnsafeName => "unsafe_name",
        Self::SequenceStore => "sequence_store",
        Self::Cancelled => "cancelled",
        Self::NoField { .. } => "no_field",
        Self::NoRow { .. } => "no_row",
        Self::NoName { .. } => "no_name",
        ;
        Self::Json(e) => e, crate::format::json::JsonFault;
        Self::Xml(e) => e, crate::format::xml::XmlFault;
        Self::Document(e) => e, crate::document::DocumentFault;
        Self::Draft(e) => e, crate::care::DraftError;
        #[cfg(feature = "arrow")]
        Self::Table(e) => e, crate::format::arrow::TableError;
        #[cfg(feature = "credential")]
        Self::Credential(e) => e, crate::credential::CredentialError;
        #[cfg(feature = "credential")]
        Self::Card(e) => e, crate::card::CardError;
        #[cfg(feature = "http")]
        Self::Transfer(e) => e, crate::platform::TransferError;
        #[cfg(feature = "outbox")]
        Self::Outbox(e) => e, crate::outbox::OutboxFault;
    }

    pub(crate) fn no_name(name: &str) -> Self {
        Self::NoName { name: crate::report::shown_name(name) }
    }

    fn message(&self, lang: Lang) -> String {
        match self {
            Self::Io { path, source } => {
                let path = path.as_deref().map(|p| p.display().to_string()).unwrap_or_default();
                match lang {
                    Lang::Japanese => format!("読み書きできません: {path}: {source}"),
                    Lang::English => format!("cannot read or write: {path}: {source}"),
                }
            }
            Self::Ident(e) => e.message(lang),
            Self::Zip { path, source } => match lang {
                Lang::Japanese => format!("ZIP を読めません: {}: {source}", path.display()),
                Lang::English => format!("cannot read the ZIP archive: {}: {source}", path.display()),
            },
            Self::TooLarge => match lang {
                Lang::Japanese => "ファイルの数または大きさが上限を超えています".to_owned(),
                Lang::English => "there are more files or bytes than the limits allow".to_owned(),
            },
            Self::UnsafeName => match lang {
                Lang::Japanese => "ファイル名がフォルダーの外を指すか、重複しています".to_owned(),
                Lang::English => "a file name leaves its folder, or stands twice".to_owned(),
            },
            Self::SequenceStore => match lang {
                Lang::Japanese => "シーケンス番号の保存ファイルの中身が番号ではありません".to_owned(),
                Lang::English => "the sequence store does not hold a sequence number".to_owned(),
            },
            Self::Cancelled => match lang {
                Lang::Japanese => "中止されました".to_owned(),
                Lang::English => "cancelled by the caller".to_owned(),
            },
            Self::NoField { kind, no } => match lang {
                Lang::Japanese => format!("{} に項目 No.{no} はありません", kind.name()),
                Lang::English => format!("{} has no field No.{no}", kind.name()),
            },
            Self::NoRow { kind, row } => match lang {
                Lang::Japanese => format!("{} の{row}行目はありません", kind.name()),
                Lang::English => format!("there is no row {row} of {}", kind.name()),
            },
            Self::NoName { name } => match lang {
                Lang::Japanese => format!("{name} という名前のものはありません"),
                Lang::English => format!("nothing has the name {name}"),
            },
            Self::Unwritable { report } => match lang {
                Lang::Japanese => format!("Shift_JIS で書けない文字があります（{}件）", report.errors()),
                Lang::English => {
                    format!("there are characters that Shift_JIS cannot hold ({} findings)", report.errors())
                }
            },
            Self::Lossy { report } => {
                let count = report.errors() + report.warnings();
                match lang {
                    Lang::Japanese => format!("変換で失われるものがあります（{count}件）"),
                    Lang::English => format!("the conversion would lose something ({count} losses)"),
                }
            }
            Self::UnknownKind => match lang {
                Lang::Japanese => "ファイルの種類がわかりません".to_owned(),
                Lang::English => "the kind of the file is not known".to_owned(),
            },
            Self::OtherManifest { path } => match lang {
                Lang::Japanese => format!("別の処理のマニフェストです: {}", path.display()),
                Lang::English => format!("the manifest is that of another batch: {}", path.display()),
            },
            Self::Json(e) => e.message(lang),
            Self::Xml(e) => e.message(lang),
            Self::Document(e) => e.message(lang),
            Self::Draft(e) => e.message(lang).to_owned(),
            #[cfg(feature = "arrow")]
            Self::Table(e) => e.message(lang),
            #[cfg(feature = "credential")]
            Self::Credential(e) => e.message(lang),
            #[cfg(feature = "credential")]
            Self::Card(e) => e.message(lang),
            #[cfg(feature = "http")]
            Self::Transfer(e) => e.message(lang),
            #[cfg(feature = "outbox")]
            Self::Outbox(e) => e.message(lang),
        }
    }
}

impl std::fmt::Debug for Error {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(f)
    }
}

impl<K: Into<ErrorKind>> From<K> for Error {
    fn from(kind: K) -> Self {
        Self(Box::new(kind.into()))
    }
}

impl From<std::io::Error> for ErrorKind {
    fn from(source: std::io::Error) -> Self {
        Self::Io { path: None, source }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_is_listed_once_and_an_error_has_one_of_them() {
        let codes = Error::codes();
        assert!(codes.is_sorted_by(|a, b| a < b), "{codes:?}");
        for kind in [
            ErrorKind::TooLarge,
            ErrorKind::from(std::io::Error::other("x")),
            ErrorKind::NoRow { kind: FileKind::SlipPlan, row: 1 },
        ] {
            assert!(codes.contains(&kind.code()));
        }
        assert!(codes.contains(&"json.utf8"));
        #[cfg(feature = "credential")]
        assert!(codes.contains(&"credential.expired"));
        #[cfg(feature = "http")]
        assert!(codes.contains(&"transfer.unknown-office"));
    }
}
