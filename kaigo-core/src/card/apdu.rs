//! Commands, answers and status words (ISO/IEC 7816-4, short form).

use std::fmt;

use zeroize::Zeroizing;

/// The two bytes at the end of every answer.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct StatusWord(pub u16);

impl StatusWord {
    pub(super) const OK: Self = Self(0x9000);
    pub(super) const END_OF_FILE: Self = Self(0x6282);
    pub(super) const NOT_VERIFIED: Self = Self(0x6982);
    pub(super) const ABSENT: Self = Self(0x6A82);
    pub(super) const NO_SUCH_RECORD: Self = Self(0x6A83);
    pub(super) const WRONG_OFFSET: Self = Self(0x6B00);
    pub(super) const NO_DIAGNOSIS: Self = Self(0x6F00);

    /// Tries left, when the status word tells them.
    pub(super) const fn tries(self) -> Option<u8> {
        if self.0 & 0xFFF0 == 0x63C0 { Some((self.0 & 0x0F) as u8) } else { None }
    }

    /// Whether the status word says that the credential is blocked.
    pub(super) const fn is_blocked(self) -> bool {
        matches!(self.0, 0x6984 | 0x6983)
    }
}

impl fmt::Display for StatusWord {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04X}", self.0)
    }
}

impl fmt::Debug for StatusWord {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "StatusWord({self})")
    }
}

/// A command, wiped when dropped, for it may hold a PIN.
pub(super) struct Command(Zeroizing<Vec<u8>>);

impl Command {
    /// A header alone.
    pub(super) fn header(header: [u8; 4]) -> Self {
        Self(Zeroizing::new(header.to_vec()))
    }

    /// A header and data, of which every caller here has fewer than 256 bytes.
    pub(super) fn with_data(header: [u8; 4], data: &[u8]) -> Self {
        // As large as it will ever be: growing would leave a copy of the data behind. One more for Le.
        let mut bytes = Zeroizing::new(Vec::with_capacity(header.len() + 1 + data.len() + 1));
        bytes.extend_from_slice(&header);
        bytes.push(data.len() as u8);
        bytes.extend_from_slice(data);
        Self(bytes)
    }

    /// A command that asks for that many bytes of answer; 0 means 256.
    pub(super) fn expecting(mut self, le: u8) -> Self {
        self.0.push(le);
        self
    }

    /// The command with another expected length in place of its last byte.
    pub(super) fn expecting_instead(&self, le: u8) -> Self {
        let mut bytes = self.0.clone();
        if let Some(last) = bytes.last_mut() {
            *last = le;
        }
        Self(bytes)
    }

    pub(super) fn as_bytes(&self) -> &[u8] {
        &self.0
    }
}

/// The data of an answer, wiped when dropped, and its status word.
pub(super) struct Answer {
    pub(super) data: Zeroizing<Vec<u8>>,
    pub(super) status: StatusWord,
}

impl Answer {
    /// `None` when there is no status word.
    pub(super) fn parse(bytes: Vec<u8>) -> Option<Self> {
        let mut data = Zeroizing::new(bytes);
        let &[.., high, low] = data.as_slice() else { return None };
        let length = data.len() - 2;
        data.truncate(length);
        Some(Self { data, status: StatusWord(u16::from_be_bytes([high, low])) })
    }
}
