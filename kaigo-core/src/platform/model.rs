//! What travels, in kaigo's own terms.

use std::fmt;
use std::str::FromStr;

use jiff::Timestamp;

use super::TransferError;
use crate::exchange::{Unit, UnitFile};
use crate::ident::{OfficeNumber, ServiceTypeCode};

/// A file by its name in the exchange standard. `Debug` shows the length, not the content.
#[derive(Clone, PartialEq, Eq)]
pub struct NamedFile {
    name: String,
    bytes: Vec<u8>,
}

impl NamedFile {
    /// A file to send.
    ///
    /// # Errors
    /// [`TransferError::Package`] when the name is not a plain file name of at most 255 bytes: a received name
    /// can never lead out of the directory that it is written to.
    pub fn new(name: impl Into<String>, bytes: Vec<u8>) -> Result<Self, TransferError> {
        let name = name.into();
        let odd = |c: char| c.is_control() || r#"/\:*?"<>|"#.contains(c);
        if name.is_empty() || name.len() > 255 || name.starts_with('.') || name.contains(odd) {
            return Err(TransferError::Package { what: "a file name is not a plain file name" });
        }
        Ok(Self { name, bytes })
    }

    /// The name, without a directory.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The content.
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// The content, without a copy.
    pub fn into_bytes(self) -> Vec<u8> {
        self.bytes
    }

    /// Files as a sending unit; `None` when there is none, or a name is not in the form of the standard.
    pub fn unit(files: &[Self]) -> Option<Unit> {
        Unit::new(files.iter().map(|file| (file.name.clone(), file.bytes.clone())))
    }
}

/// A file of a unit, to send.
///
/// # Errors
/// As [`NamedFile::new`].
impl TryFrom<&UnitFile> for NamedFile {
    type Error = TransferError;

    fn try_from(file: &UnitFile) -> Result<Self, TransferError> {
        Self::new(file.name(), file.bytes().to_vec())
    }
}

impl fmt::Debug for NamedFile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("NamedFile").field("name", &self.name).field("len", &self.bytes.len()).finish()
    }
}

/// One sending unit to one office.
#[doc(alias = "送信単位")]
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Package {
    /// The office that is to receive it.
    #[doc(alias = "送信先事業所番号")]
    pub receiver_office: OfficeNumber,
    /// The service type under which the office receives it.
    pub receiver_type: ServiceTypeCode,
    /// The files of the unit.
    pub files: Vec<NamedFile>,
}

/// The package of a unit as its file names address it.
///
/// # Errors
/// [`TransferError::Package`] when the files make no unit that the standard allows, or the names (before 4.1) do
/// not tell the receiver's service type.
impl TryFrom<&Unit> for Package {
    type Error = TransferError;

    fn try_from(unit: &Unit) -> Result<Self, TransferError> {
        let wrong = |what| TransferError::Package { what };
        if unit.kind().is_none() {
            return Err(wrong("the files are no sending unit that the standard allows"));
        }
        let receiver = unit.receiver().ok_or_else(|| wrong("the unit has no file"))?;
        let receiver_type = receiver
            .service_type
            .ok_or_else(|| wrong("the file names do not tell the receiver's service type"))?;
        let files = unit.files().iter().map(NamedFile::try_from).collect::<Result<_, _>>()?;
        Ok(Self { receiver_office: receiver.office, receiver_type, files })
    }
}

/// Names one sending, so that the platform carries it out once however often it arrives: 32 lower-case
/// hexadecimal digits.
///
/// Keep the key with the package until the answer is there; after a crash, send the same package under the
/// same key.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct IdempotencyKey(String);

impl IdempotencyKey {
    /// A new key of 16 random bytes.
    ///
    /// # Errors
    /// [`TransferError::NoRandomness`].
    pub fn random() -> Result<Self, TransferError> {
        let mut bytes = [0; 16];
        getrandom::fill(&mut bytes).map_err(|_| TransferError::NoRandomness)?;
        Ok(Self(super::wire::hex(&bytes)))
    }

    /// The key as text, to be kept.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for IdempotencyKey {
    type Err = TransferError;
    fn from_str(text: &str) -> Result<Self, TransferError> {
        let lower_hex = |b: u8| matches!(b, b'0'..=b'9' | b'a'..=b'f');
        if text.len() == 32 && text.bytes().all(lower_hex) {
            Ok(Self(text.to_owned()))
        } else {
            Err(TransferError::Package { what: "an idempotency key is 32 lower-case hexadecimal digits" })
        }
    }
}

impl fmt::Display for IdempotencyKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The platform's name for a transfer: 1 to 128 ASCII letters, digits, `-` or `_`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TransferId(String);

impl TransferId {
    /// The name as text, to be kept.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for TransferId {
    type Err = TransferError;
    fn from_str(text: &str) -> Result<Self, TransferError> {
        let plain = |b: u8| b.is_ascii_alphanumeric() || b == b'-' || b == b'_';
        if (1..=128).contains(&text.len()) && text.bytes().all(plain) {
            Ok(Self(text.to_owned()))
        } else {
            Err(TransferError::Malformed { what: "transfer id" })
        }
    }
}

impl fmt::Display for TransferId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// One transfer, without its content.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Transfer {
    /// The platform's name for it.
    pub id: TransferId,
    /// The office that sent it.
    #[doc(alias = "送信元事業所番号")]
    pub sender_office: OfficeNumber,
    /// The service type under which it was sent.
    pub sender_type: ServiceTypeCode,
    /// The office that receives it.
    #[doc(alias = "送信先事業所番号")]
    pub receiver_office: OfficeNumber,
    /// The service type under which it is received.
    pub receiver_type: ServiceTypeCode,
    /// The sequence number of the unit, 14 digits.
    #[doc(alias = "連番")]
    pub sequence: String,
    /// The names of the files.
    pub file_names: Vec<String>,
    /// The sum of the files' lengths in bytes.
    pub bytes: u64,
    /// When the platform accepted it.
    pub accepted_at: Timestamp,
    /// When the receiver marked it imported.
    #[doc(alias = "取込済")]
    pub imported_at: Option<Timestamp>,
}

/// One received transfer with its files, each of them checked against its SHA-256.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Received {
    /// What it is.
    pub transfer: Transfer,
    /// Its files.
    pub files: Vec<NamedFile>,
}

impl Received {
    /// The files as a sending unit; `None` when a name is not in the form of the standard.
    pub fn unit(&self) -> Option<Unit> {
        NamedFile::unit(&self.files)
    }
}

/// Which received transfers to list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum ReceivedFilter {
    /// All of them.
    #[default]
    All,
    /// Those not yet marked imported.
    #[doc(alias = "未取込")]
    NotImported,
    /// Those marked imported.
    Imported,
}

/// One page of a list, oldest first.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Page<T> {
    /// What stands on it.
    pub items: Vec<T>,
    /// Asks for the next page; `None` on the last one.
    pub next: Option<Cursor>,
}

/// Where the next page begins. Only the platform knows what it means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cursor(pub(super) String);
