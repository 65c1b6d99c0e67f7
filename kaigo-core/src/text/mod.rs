//! Text of the exchange: MS932 bytes or Unicode, and the way between them.

pub mod jisx0213;
pub mod ms932;
mod variant;

use std::borrow::Cow;
use std::fmt;

use unicode_normalization::char::compose;

pub use variant::{Likeness, Variant, variant_of};

/// The encoding of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Encoding {
    /// Shift_JIS as Windows has it, code page 932; what the standard demands.
    #[default]
    Ms932,
    /// UTF-8; what some senders write all the same.
    Utf8,
}

/// The text of one field: free text, or what the file said where a value does not conform.
///
/// A text read from a file keeps the file's bytes and is decoded only when somebody looks at it; a text made by
/// a program is a `str`. It may be about a person, so `Debug` never shows it.
#[derive(Clone, Default)]
pub struct Text<'a>(Repr<'a>);

#[derive(Clone)]
enum Repr<'a> {
    /// As in the file, without the enclosing quotes; `quoted`: each `""` stands for one `"`.
    File {
        bytes: &'a [u8],
        encoding: Encoding,
        quoted: bool,
    },
    OwnedFile {
        bytes: Box<[u8]>,
        encoding: Encoding,
        quoted: bool,
    },
    Str(&'a str),
    OwnedStr(Box<str>),
}

impl Default for Repr<'_> {
    fn default() -> Self {
        Self::Str("")
    }
}

impl<'a> Text<'a> {
    /// A text as it stands in a file.
    #[inline]
    pub(crate) fn from_file(bytes: &'a [u8], encoding: Encoding, quoted: bool) -> Self {
        Self(Repr::File { bytes, encoding, quoted })
    }

    /// Text in bytes of a given encoding, without quotes around it. Bytes that are no character are kept.
    pub fn from_bytes(bytes: &'a [u8], encoding: Encoding) -> Self {
        Self::from_file(bytes, encoding, false)
    }

    /// Whether there is no text.
    #[inline]
    pub fn is_empty(&self) -> bool {
        match &self.0 {
            Repr::File { bytes, .. } => bytes.is_empty(),
            Repr::OwnedFile { bytes, .. } => bytes.is_empty(),
            Repr::Str(text) => text.is_empty(),
            Repr::OwnedStr(text) => text.is_empty(),
        }
    }

    /// The file's bytes, with quotes doubled as they are there, and its encoding; `None` for a text that a program
    /// made.
    #[inline]
    pub(crate) fn file_bytes(&self) -> Option<(&[u8], Encoding)> {
        match &self.0 {
            Repr::File { bytes, encoding, .. } => Some((bytes, *encoding)),
            Repr::OwnedFile { bytes, encoding, .. } => Some((bytes, *encoding)),
            Repr::Str(_) | Repr::OwnedStr(_) => None,
        }
    }

    /// The bytes in the file's encoding with doubled quotes made single, or the UTF-8 of a program's text.
    pub fn to_bytes(&self) -> (Cow<'_, [u8]>, Encoding) {
        match &self.0 {
            Repr::Str(text) => (Cow::Borrowed(text.as_bytes()), Encoding::Utf8),
            Repr::OwnedStr(text) => (Cow::Borrowed(text.as_bytes()), Encoding::Utf8),
            Repr::File { bytes, encoding, quoted } => (undouble(bytes, *quoted), *encoding),
            Repr::OwnedFile { bytes, encoding, quoted } => (undouble(bytes, *quoted), *encoding),
        }
    }

    /// The text; `None` when it holds bytes that are no character in the file's encoding.
    pub fn decode(&self) -> Option<Cow<'_, str>> {
        match self.to_bytes() {
            (bytes, Encoding::Utf8) => match bytes {
                Cow::Borrowed(bytes) => std::str::from_utf8(bytes).ok().map(Cow::Borrowed),
                Cow::Owned(bytes) => String::from_utf8(bytes).ok().map(Cow::Owned),
            },
            (Cow::Borrowed(bytes), Encoding::Ms932) => ms932::decode(bytes),
            (Cow::Owned(bytes), Encoding::Ms932) => {
                ms932::decode(&bytes).map(|text| Cow::Owned(text.into_owned()))
            }
        }
    }

    /// The text, with U+FFFD for bytes that are no character.
    pub fn decode_lossy(&self) -> Cow<'_, str> {
        match self.decode() {
            Some(text) => text,
            None => match self.to_bytes() {
                (bytes, Encoding::Utf8) => Cow::Owned(String::from_utf8_lossy(&bytes).into_owned()),
                (bytes, Encoding::Ms932) => Cow::Owned(ms932::decode_lossy(&bytes).into_owned()),
            },
        }
    }

    /// Keeps the text beyond the life of the file's bytes; copies these as they are.
    pub fn into_owned(self) -> Text<'static> {
        Text(match self.0 {
            Repr::File { bytes, encoding, quoted } => {
                Repr::OwnedFile { bytes: bytes.into(), encoding, quoted }
            }
            Repr::OwnedFile { bytes, encoding, quoted } => Repr::OwnedFile { bytes, encoding, quoted },
            Repr::Str(text) => Repr::OwnedStr(text.into()),
            Repr::OwnedStr(text) => Repr::OwnedStr(text),
        })
    }
}

fn undouble(bytes: &[u8], quoted: bool) -> Cow<'_, [u8]> {
    // No trail byte of MS932 is a quote, so a quote is always a character of its own.
    let Some(first) = Some(bytes).filter(|_| quoted).and_then(|bytes| memchr::memchr(b'"', bytes)) else {
        return Cow::Borrowed(bytes);
    };
    let mut out = Vec::with_capacity(bytes.len());
    let (start, mut rest) = bytes.split_at(first);
    out.extend_from_slice(start);
    while let Some(at) = memchr::memchr(b'"', rest) {
        out.extend_from_slice(&rest[..=at]);
        rest = &rest[at + 1..];
        if rest.first() == Some(&b'"') {
            rest = &rest[1..];
        }
    }
    out.extend_from_slice(rest);
    Cow::Owned(out)
}

impl<'a> From<&'a str> for Text<'a> {
    fn from(text: &'a str) -> Self {
        Self(Repr::Str(text))
    }
}

impl From<String> for Text<'_> {
    fn from(text: String) -> Self {
        Self(Repr::OwnedStr(text.into()))
    }
}

/// Two texts are equal when they are the same characters, in whatever bytes.
impl PartialEq for Text<'_> {
    fn eq(&self, other: &Self) -> bool {
        match (self.decode(), other.decode()) {
            (Some(a), Some(b)) => a == b,
            (None, None) => self.to_bytes() == other.to_bytes(),
            _ => false,
        }
    }
}

impl Eq for Text<'_> {}

impl fmt::Debug for Text<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.to_bytes().0.len() {
            0 => f.write_str("Text(empty)"),
            bytes => write!(f, "Text({bytes} bytes, masked)"),
        }
    }
}

/// What to do with a character that MS932 does not have. The standard forbids gaiji and asks that characters
/// outside MS932 be turned into valid ones; into which is not stated, so the caller chooses. Every change is
/// reported.
#[doc(alias = "外字")]
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum GaijiPolicy {
    /// Write nothing and report the characters.
    #[default]
    Reject,
    /// Write the known variant ([`variant_of`]) where MS932 has it; reject a character that has none.
    MapVariants,
    /// Write the known variant, or 〓 where there is none.
    Substitute,
}

/// The sign for a character that cannot be written, 〓.
pub const GETA: char = '〓';

/// A character that was, or could not be, written as itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Change {
    /// The place in the text, counted in characters from 0.
    pub index: usize,
    /// What the text says.
    pub from: char,
    /// What was written: `Some(None)` where the character was left out, `None` where the policy wrote nothing.
    pub to: Option<Option<char>>,
    /// What may stand for it in MS932, whatever the policy.
    pub variant: Option<Variant>,
}

/// Appends `text` in MS932. Every character that is not written as itself goes to `changed`; the result says
/// whether the whole text was written, and when it was not, `out` is as before.
///
/// A mark behind the character that it is put on (か and U+3099) is written as the one character that Unicode holds to be
/// the same (が), where the policy writes variants; the change is told at the mark.
pub fn encode_ms932(
    text: &str,
    policy: GaijiPolicy,
    out: &mut Vec<u8>,
    mut changed: impl FnMut(Change),
) -> bool {
    let start = out.len();
    let (mut whole, mut before) = (true, None);
    for (index, c) in text.chars().enumerate() {
        let base = before.replace((c, out.len()));
        if let Some(code) = ms932::code_of(c) {
            ms932::push_code(code, out);
            continue;
        }
        let composed = base.and_then(|(base, at)| {
            compose(base, c).and_then(ms932::code_of).map(|code| (compose(base, c), code, at))
        });
        let variant = match composed {
            Some((to, ..)) => Some(Variant { to, likeness: Likeness::Same }),
            None => variant_of(c).filter(|variant| variant.to.is_none_or(|to| ms932::code_of(to).is_some())),
        };
        let to = match (policy, variant) {
            (GaijiPolicy::Reject, _) | (GaijiPolicy::MapVariants, None) => None,
            (GaijiPolicy::MapVariants | GaijiPolicy::Substitute, Some(variant)) => Some(variant.to),
            (GaijiPolicy::Substitute, None) => Some(Some(GETA)),
        };
        match (to, composed) {
            (Some(_), Some((_, code, at))) => {
                out.truncate(at);
                ms932::push_code(code, out);
            }
            (Some(Some(variant)), None) => {
                if let Some(code) = ms932::code_of(variant) {
                    ms932::push_code(code, out);
                }
            }
            (Some(None), None) => {}
            (None, _) => whole = false,
        }
        changed(Change { index, from: c, to, variant });
    }
    if !whole {
        out.truncate(start);
    }
    whole
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn doubled_quotes_read_as_one() {
        let text = Text::from_file(b"a\"\"b\"\"\"\"", Encoding::Ms932, true);
        assert_eq!(text.decode().as_deref(), Some("a\"b\"\""));
        assert_eq!(text, Text::from("a\"b\"\""));
    }

    #[test]
    fn owned_text_keeps_bytes_that_are_no_character() {
        let text = Text::from_bytes(b"\x81\xFFa", Encoding::Ms932).into_owned();
        assert_eq!(text.decode(), None);
        assert_eq!(text.to_bytes().0.as_ref(), b"\x81\xFFa");
        assert!(text.decode_lossy().contains('\u{FFFD}'));
    }

    #[test]
    fn a_mark_is_written_with_the_character_that_it_is_put_on() {
        let run = |text: &str, policy| {
            let (mut out, mut changes) = (Vec::new(), Vec::new());
            encode_ms932(text, policy, &mut out, |change| changes.push((change.index, change.to)));
            (ms932::decode_lossy(&out).into_owned(), changes)
        };
        let map = GaijiPolicy::MapVariants;
        assert_eq!(run("か\u{3099}き", map), ("がき".into(), vec![(1, Some(Some('が')))]));
        // No one character is か゚.
        assert_eq!(run("か\u{309A}", map), ("か゜".into(), vec![(1, Some(Some('゜')))]));
        assert_eq!(run("か\u{3099}き", GaijiPolicy::Reject), (String::new(), vec![(1, None)]));
    }

    #[test]
    fn policies_reject_map_and_substitute_and_report_each_change() {
        let text = "𠮷田〜\u{1F600}";
        let run = |policy| {
            let (mut out, mut changes) = (b"x".to_vec(), Vec::new());
            let whole =
                encode_ms932(text, policy, &mut out, |change| changes.push((change.index, change.to)));
            (whole, ms932::decode_lossy(&out).into_owned(), changes)
        };
        assert_eq!(run(GaijiPolicy::Reject), (false, "x".into(), vec![(0, None), (2, None), (3, None)]));
        assert_eq!(
            run(GaijiPolicy::MapVariants),
            (false, "x".into(), vec![(0, Some(Some('吉'))), (2, Some(Some('～'))), (3, None)])
        );
        assert_eq!(
            run(GaijiPolicy::Substitute),
            (
                true,
                "x吉田～〓".into(),
                vec![(0, Some(Some('吉'))), (2, Some(Some('～'))), (3, Some(Some('〓')))]
            )
        );
    }

    #[test]
    fn debug_never_shows_the_text() {
        assert!(!format!("{:?}", Text::from("山田")).contains("山田"));
    }
}
