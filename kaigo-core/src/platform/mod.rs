//! The transfer client (feature `http`).

pub mod provisional;

/// A call to the platform failed.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum TransferError {}

impl TransferError {
    pub(crate) fn code(&self) -> &'static str {
        match *self {}
    }

    pub(crate) fn message(&self, _lang: crate::report::Lang) -> String {
        match *self {}
    }
}
