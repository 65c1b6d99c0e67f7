//! Certificates and keys (feature `credential`).

/// A certificate or key cannot be used.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum CredentialError {}

impl CredentialError {
    pub(crate) fn code(&self) -> &'static str {
        match *self {}
    }

    pub(crate) fn message(&self, _lang: crate::report::Lang) -> String {
        match *self {}
    }
}
