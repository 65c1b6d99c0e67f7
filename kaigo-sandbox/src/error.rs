//! The one error of the crate: the sandbox cannot start, or its store cannot be read.

use std::path::PathBuf;

/// What the sandbox's own calls return.
pub type Result<T, E = Error> = std::result::Result<T, E>;

type Cause = Box<dyn std::error::Error + Send + Sync>;

/// Why the sandbox could not go on.
#[derive(Debug, thiserror::Error)]
#[error(transparent)]
pub struct Error(Box<ErrorKind>);

/// The kinds of [`Error`].
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ErrorKind {
    /// A file, directory or socket could not be used. The caller looks at what is named and its permissions.
    #[error("{what}: {source}")]
    Io {
        /// The path or address.
        what: String,
        /// What the operating system said.
        source: std::io::Error,
    },
    /// The configuration does not have the described form. The caller mends it.
    #[error("configuration: {0}")]
    Config(String),
    /// Another sandbox runs on the same data directory. The caller stops it or names another directory.
    #[error("{} is in use by another sandbox", .0.display())]
    InUse(PathBuf),
    /// The store could not be opened, read or written.
    #[error("store: {0}")]
    Store(#[source] Cause),
    /// A key or certificate could not be made or used.
    #[error("certificate: {0}")]
    Certificate(#[source] Cause),
}

impl Error {
    /// The kind, to match on.
    pub fn kind(&self) -> &ErrorKind {
        &self.0
    }

    pub(crate) fn certificate(cause: impl Into<Cause>) -> Self {
        ErrorKind::Certificate(cause.into()).into()
    }

    /// For `map_err`: an I/O error with the path that it happened at.
    pub(crate) fn at(path: &std::path::Path) -> impl FnOnce(std::io::Error) -> Self {
        move |source| ErrorKind::Io { what: path.display().to_string(), source }.into()
    }
}

impl From<ErrorKind> for Error {
    fn from(kind: ErrorKind) -> Self {
        Self(Box::new(kind))
    }
}

impl From<rusqlite::Error> for Error {
    fn from(error: rusqlite::Error) -> Self {
        ErrorKind::Store(error.into()).into()
    }
}
