//! Documents as JSON, provisional.

use super::{Document, Tree};
use crate::error::Result;
use crate::format::json::JsonError;

/// Reads a document from JSON. A member that is `null` does not stand; one that the document does not have is refused.
///
/// # Errors
/// [`ErrorKind::Json`](crate::ErrorKind::Json) for what is no JSON, [`ErrorKind::Document`](crate::ErrorKind::Document)
/// for what is not this document, with every fault.
pub fn from_json<D: Document>(bytes: &[u8]) -> Result<D> {
    let tree: Tree = serde_json::from_slice(bytes).map_err(|error| JsonError::of(&error))?;
    Ok(D::read(&tree)?)
}

/// Writes a document as JSON: members in the order of the declaration, what does not stand left out, no white space.
pub fn to_json<D: Document>(document: &D) -> Vec<u8> {
    // Memory takes every byte, and no tree refuses to be written.
    serde_json::to_vec(&document.to_tree()).unwrap_or_default()
}
