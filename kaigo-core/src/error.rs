//! The one error of the crate: the call cannot go on.

use std::path::PathBuf;

use crate::report::Lang;

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
    /// A JSON document cannot be read at all. The caller looks at [`JsonFault`](crate::format::json::JsonFault).
    #[error(transparent)]
    Json(#[from] crate::format::json::JsonError),
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
}

impl Error {
    /// The kind, to match on.
    pub fn kind(&self) -> &ErrorKind {
        &self.0
    }

    /// An I/O error with the path that it happened at.
    pub fn io(path: impl Into<PathBuf>, source: std::io::Error) -> Self {
        ErrorKind::Io { path: Some(path.into()), source }.into()
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
    fn code(&self) -> &'static str {
        match self {
            Self::Io { .. } => "io",
            Self::Ident(_) => "ident",
            Self::Unwritable { .. } => "unwritable",
            Self::Zip { .. } => "zip",
            Self::TooLarge => "too_large",
            Self::UnsafeName => "unsafe_name",
            Self::SequenceStore => "sequence_store",
            Self::Json(e) => e.code(),
            #[cfg(feature = "credential")]
            Self::Credential(e) => e.code(),
            #[cfg(feature = "credential")]
            Self::Card(e) => e.code(),
            #[cfg(feature = "http")]
            Self::Transfer(e) => e.code(),
        }
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
            Self::Unwritable { report } => match lang {
                Lang::Japanese => format!("Shift_JIS で書けない文字があります（{}件）", report.errors()),
                Lang::English => {
                    format!("there are characters that Shift_JIS cannot hold ({} findings)", report.errors())
                }
            },
            Self::Json(e) => e.message(lang),
            #[cfg(feature = "credential")]
            Self::Credential(e) => e.message(lang),
            #[cfg(feature = "credential")]
            Self::Card(e) => e.message(lang),
            #[cfg(feature = "http")]
            Self::Transfer(e) => e.message(lang),
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
