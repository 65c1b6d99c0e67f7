//! The calls of a session.

use super::retry::Repeat;
use super::{
    Cursor, IdempotencyKey, Package, Page, Received, ReceivedFilter, Session, Transfer, TransferError,
    TransferId, wire,
};

/// Every call fails with whatever [`TransferError`] says of the connection, the session and the answer; only
/// what is particular to a call is said at the call. Each is repeated by itself, within its deadline, when the
/// connection fails or the platform answers 503.
impl Session {
    /// A page of what this office sent, oldest first; the first page, or the one that a page before it names.
    ///
    /// # Errors
    /// As any call.
    #[doc(alias = "送信一覧")]
    pub fn list_sent(&self, after: Option<&Cursor>) -> Result<Page<Transfer>, TransferError> {
        wire::page(&self.call(&wire::list_sent(after), Repeat::Always)?)
    }

    /// A page of what this office received, oldest first.
    ///
    /// # Errors
    /// As any call.
    #[doc(alias = "受信一覧")]
    pub fn list_received(
        &self,
        filter: ReceivedFilter,
        after: Option<&Cursor>,
    ) -> Result<Page<Transfer>, TransferError> {
        wire::page(&self.call(&wire::list_received(filter, after), Repeat::Always)?)
    }

    /// All that this office sent, oldest first, asking for page after page. Ends after an error.
    pub fn sent(&self) -> impl Iterator<Item = Result<Transfer, TransferError>> + '_ {
        Pages::new(|after| self.list_sent(after)).flatten()
    }

    /// All that this office received, oldest first, asking for page after page. Ends after an error.
    pub fn received(
        &self,
        filter: ReceivedFilter,
    ) -> impl Iterator<Item = Result<Transfer, TransferError>> + '_ {
        Pages::new(move |after| self.list_received(filter, after)).flatten()
    }

    /// Sends a unit to one office, under a new key that all its repetitions within this call share.
    ///
    /// To be able to repeat a sending after a crash or an error with [`Sent::Unknown`](super::Sent::Unknown),
    /// make a key first, keep it, and use [`send_with_key`](Self::send_with_key).
    ///
    /// # Errors
    /// [`TransferError::Package`] when nothing was sent; [`TransferError::Business`] when the platform does not
    /// take it; and as any call.
    pub fn send(&self, package: &Package) -> Result<Transfer, TransferError> {
        self.send_with_key(package, &IdempotencyKey::random()?)
    }

    /// Sends a unit to one office under a key of the caller's: however often it is called with the same key
    /// and package, the platform carries it out once.
    ///
    /// # Errors
    /// As [`send`](Self::send); of the kind [`KeyReused`](super::BusinessKind::KeyReused) when the key was used
    /// for another package.
    pub fn send_with_key(&self, package: &Package, key: &IdempotencyKey) -> Result<Transfer, TransferError> {
        wire::transfer(&self.call(&wire::send(package, key)?, Repeat::Always)?)
    }

    /// One received transfer with its files. Their names, their length and the SHA-256 of each are checked.
    ///
    /// # Errors
    /// [`TransferError::DigestMismatch`], [`TransferError::ContentMismatch`]; of the kind
    /// [`NoTransfer`](super::BusinessKind::NoTransfer) when this office received no such transfer; and as any
    /// call.
    pub fn fetch(&self, id: &TransferId) -> Result<Received, TransferError> {
        let received = wire::received(&self.call(&wire::fetch(id), Repeat::Always)?)?;
        if received.transfer.id == *id { Ok(received) } else { Err(TransferError::ContentMismatch) }
    }

    /// Marks a received transfer imported. Repeating it changes nothing.
    ///
    /// # Errors
    /// As [`fetch`](Self::fetch), without those of the files.
    #[doc(alias = "取込済")]
    pub fn mark_imported(&self, id: &TransferId) -> Result<Transfer, TransferError> {
        wire::transfer(&self.call(&wire::mark_imported(id)?, Repeat::Always)?)
    }
}

/// Asks for page after page. Each item is the items of a page, or the error that ends it all.
struct Pages<F> {
    list: F,
    after: Option<Cursor>,
    done: bool,
}

impl<F: FnMut(Option<&Cursor>) -> Result<Page<Transfer>, TransferError>> Pages<F> {
    fn new(list: F) -> Self {
        Self { list, after: None, done: false }
    }
}

impl<F: FnMut(Option<&Cursor>) -> Result<Page<Transfer>, TransferError>> Iterator for Pages<F> {
    type Item = Vec<Result<Transfer, TransferError>>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.done {
            return None;
        }
        let page = match (self.list)(self.after.as_ref()) {
            // A page that names itself as the next would never end.
            Ok(page) if page.next.is_some() && page.next == self.after => {
                Err(TransferError::Malformed { what: "cursor of a page" })
            }
            other => other,
        };
        Some(match page {
            Ok(page) => {
                self.done = page.next.is_none();
                self.after = page.next;
                page.items.into_iter().map(Ok).collect()
            }
            Err(error) => {
                self.done = true;
                vec![Err(error)]
            }
        })
    }
}
