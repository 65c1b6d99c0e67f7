//! MS932, byte for byte as Windows writes it.
//!
//! `encoding_rs` knows the character set; the tables here are computed from it once. They say which codes
//! Windows writes, which it only reads (the NEC selection of IBM extensions, `EDxx`/`EExx`, and the doubles of
//! NEC row 13), which are user-defined (gaiji, 外字) and which are nothing. Encoding goes by the same tables, so
//! that a character is either written as the one code that reads back as itself, or not at all: no silent
//! `¥` -> `5C`, no `&#12316;`.

use std::sync::LazyLock;

use encoding_rs::SHIFT_JIS;

/// What one code is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum CodeClass {
    /// A character, in the code that Windows writes.
    Canonical,
    /// A character, in a code that Windows reads but never writes.
    Alternate,
    /// User-defined (F040 to F9FC): the sender and the receiver may see different glyphs.
    #[doc(alias = "外字")]
    UserDefined,
    /// A control character other than tab, CR and LF.
    Control,
    /// No character.
    Invalid,
}

/// A code that is not [`CodeClass::Canonical`], and where it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Irregular {
    /// Offset in bytes from the start of the text.
    pub offset: usize,
    /// Its length, 1 or 2 bytes.
    pub len: usize,
    /// What it is.
    pub class: CodeClass,
}

/// Marks of the first byte in [`Tables::single`].
const SINGLE: u8 = 0;
const LEAD: u8 = 1;
const CONTROL: u8 = 2;
const NOTHING: u8 = 3;

struct Tables {
    /// What a byte can be at the start of a character.
    single: [u8; 256],
    /// One bit for each double-byte code that is canonical.
    canonical: Box<[u64; 1024]>,
    /// The class of each double-byte code.
    class: Box<[CodeClass]>,
    /// For each byte the state after it, six bits for each state before it.
    steps: [u64; 256],
    /// The canonical code of each character of the Basic Multilingual Plane; 0 where there is none.
    encode: Box<[u16]>,
}

static TABLES: LazyLock<Tables> = LazyLock::new(Tables::compute);

fn is_lead(byte: u8) -> bool {
    matches!(byte, 0x81..=0x9F | 0xE0..=0xFC)
}

fn decode_one(bytes: &[u8]) -> Option<char> {
    let text = SHIFT_JIS.decode_without_bom_handling_and_without_replacement(bytes)?;
    let mut chars = text.chars();
    chars.next().filter(|_| chars.next().is_none())
}

impl Tables {
    #[inline]
    fn is_canonical(&self, pair: &[u8; 2]) -> bool {
        let code = u16::from_be_bytes(*pair);
        self.canonical[usize::from(code >> 6)] >> (code & 63) & 1 != 0
    }

    fn compute() -> Self {
        let mut tables = Self {
            single: [NOTHING; 256],
            canonical: Box::new([0; 1024]),
            class: vec![CodeClass::Invalid; 1 << 16].into_boxed_slice(),
            encode: vec![0; 1 << 16].into_boxed_slice(),
            steps: [0; 256],
        };
        for byte in 0..=0xFF_u8 {
            tables.single[usize::from(byte)] = match byte {
                b'\t' | b'\n' | b'\r' | b' '..=b'~' | 0xA1..=0xDF => SINGLE,
                0..=0x1F | 0x7F => CONTROL,
                _ if is_lead(byte) => LEAD,
                _ => NOTHING,
            };
            if matches!(tables.single[usize::from(byte)], SINGLE | CONTROL)
                && let Some(c) = decode_one(&[byte])
                && let Some(slot) = tables.encode.get_mut(c as usize)
            {
                *slot = u16::from(byte);
            }
        }
        for code in 0x8140..=0xFCFC_u16 {
            let bytes = code.to_be_bytes();
            if !is_lead(bytes[0]) {
                continue;
            }
            let Some(c) = decode_one(&bytes) else { continue };
            let class = if matches!(c, '\u{E000}'..='\u{F8FF}') {
                CodeClass::UserDefined
            } else if SHIFT_JIS.encode(c.encode_utf8(&mut [0; 4])).0.as_ref() == bytes {
                CodeClass::Canonical
            } else {
                CodeClass::Alternate
            };
            tables.class[usize::from(code)] = class;
            if class == CodeClass::Canonical {
                tables.canonical[usize::from(code >> 6)] |= 1 << (code & 63);
                if let Some(slot) = tables.encode.get_mut(c as usize) {
                    *slot = code;
                }
            }
        }
        for byte in 0..=0xFF_u8 {
            let mut step = 0;
            if tables.single[usize::from(byte)] == SINGLE {
                step |= START << START;
            }
            for (leads, state) in LEADS.iter().zip((2..).map(|nth| nth * START)) {
                if leads.contains(&byte) {
                    step |= state << START;
                }
                if leads.iter().all(|lead| tables.is_canonical(&[*lead, byte])) {
                    step |= START << state;
                }
            }
            tables.steps[usize::from(byte)] = step;
        }
        tables
    }
}

/// The code that Windows writes for a character: one byte below 0x100, two bytes (big-endian) above. `None`
/// where MS932 has no code that reads back as this very character.
#[inline]
pub fn code_of(c: char) -> Option<u16> {
    match TABLES.encode.get(c as usize) {
        Some(0) if c != '\0' => None,
        Some(code) => Some(*code),
        None => None,
    }
}

/// Appends a code from [`code_of`].
#[inline]
pub(crate) fn push_code(code: u16, out: &mut Vec<u8>) {
    match code.to_be_bytes() {
        [0, single] => out.push(single),
        double => out.extend_from_slice(&double),
    }
}

/// The first code of the text that Windows would not write, if any.
#[inline]
pub fn first_irregular(bytes: &[u8]) -> Option<Irregular> {
    let tables = &*TABLES;
    let mut at = 0;
    loop {
        // Texts are runs of double-byte characters, with a few of single bytes between.
        while let Some(pair) = bytes.get(at..).and_then(|rest| rest.first_chunk()) {
            if !tables.is_canonical(pair) {
                break;
            }
            at += 2;
        }
        match bytes.get(at) {
            Some(byte) if tables.single[usize::from(*byte)] == SINGLE => at += 1,
            _ => break,
        }
    }
    (at < bytes.len()).then(|| irregular_at(tables, bytes, at))
}

/// Whether both texts surely hold only codes that Windows writes. `false` says nothing: a few rare rows of the
/// character set are not looked at.
///
/// Where a run of double-byte characters ends nobody can guess, and rows are full of short runs: one step a byte
/// without a branch is faster than [`first_irregular`], the more so for two texts at once.
#[inline]
pub(crate) fn are_regular(one: &[u8], other: &[u8]) -> bool {
    let steps = &TABLES.steps;
    let step = |state: u64, byte: &u8| steps[usize::from(*byte)] >> (state & 63);
    let (mut a, mut b) = (START, START);
    let (mut chunks, mut other_chunks) = (one.chunks_exact(8), other.chunks_exact(8));
    for (xs, ys) in chunks.by_ref().zip(other_chunks.by_ref()) {
        for (x, y) in xs.iter().zip(ys) {
            (a, b) = (step(a, x), step(b, y));
        }
    }
    let done = one.len().min(other.len()) / 8 * 8;
    let rest = |text: &[u8], state| text.iter().skip(done).fold(state, step);
    rest(one, a) & 63 == START && rest(other, b) & 63 == START
}

/// The state between two characters. A state is the place of its six bits in a step.
const START: u64 = 6;

/// The lead bytes that are told apart: those of a state have the same trail bytes. Sixty bits hold ten states; these,
/// [`START`], and 0 for what is not regular.
const LEADS: [&[u8]; 8] = [
    &[
        0x89, 0x8A, 0x8B, 0x8C, 0x8D, 0x8E, 0x8F, 0x90, 0x91, 0x92, 0x93, 0x94, 0x95, 0x96, 0x97, 0x99, 0x9A,
        0x9B, 0x9C, 0x9D, 0x9E, 0x9F, 0xE0, 0xE1, 0xE2, 0xE3, 0xE4, 0xE5, 0xE6, 0xE7, 0xE8, 0xE9, 0xFB,
    ],
    &[0x81],
    &[0x82],
    &[0x83],
    &[0x87],
    &[0x88],
    &[0x98],
    &[0xFA],
];

/// All codes of the text that Windows would not write.
pub fn irregulars(bytes: &[u8]) -> impl Iterator<Item = Irregular> + '_ {
    let mut from = 0;
    std::iter::from_fn(move || {
        let mut found = first_irregular(bytes.get(from..)?)?;
        found.offset += from;
        from = found.offset + found.len;
        Some(found)
    })
}

#[cold]
fn irregular_at(tables: &Tables, bytes: &[u8], offset: usize) -> Irregular {
    let byte = bytes.get(offset).copied().unwrap_or_default();
    let single = |class| Irregular { offset, len: 1, class };
    match (tables.single[usize::from(byte)], bytes.get(offset + 1)) {
        (LEAD, Some(&trail)) => {
            let class = tables.class[usize::from(u16::from_be_bytes([byte, trail]))];
            // A lead byte without a valid trail must not swallow what follows.
            if class == CodeClass::Invalid { single(class) } else { Irregular { offset, len: 2, class } }
        }
        (CONTROL, _) => single(CodeClass::Control),
        _ => single(CodeClass::Invalid),
    }
}

/// Decodes; `None` when a code is no character. Alternate and user-defined codes decode.
pub fn decode(bytes: &[u8]) -> Option<std::borrow::Cow<'_, str>> {
    SHIFT_JIS.decode_without_bom_handling_and_without_replacement(bytes)
}

/// Decodes, with U+FFFD for what is no character.
pub fn decode_lossy(bytes: &[u8]) -> std::borrow::Cow<'_, str> {
    SHIFT_JIS.decode_without_bom_handling(bytes).0
}

#[cfg(test)]
mod tests {
    use super::*;

    fn count(class: CodeClass) -> usize {
        TABLES.class.iter().filter(|c| **c == class).count()
    }

    #[test]
    fn the_tables_have_the_measured_sizes() {
        assert_eq!(count(CodeClass::UserDefined), 1880);
        assert_eq!(count(CodeClass::Alternate), 398);
    }

    #[test]
    fn windows_codes_of_name_variants() {
        // 髙 﨑 栁 in the IBM extension; Ⅰ ① ㈱ in NEC row 13; ∪ ¬ in their first place.
        for (c, code) in [
            ('髙', 0xFBFC),
            ('﨑', 0xFAB1),
            ('栁', 0xFAE5),
            ('Ⅰ', 0x8754),
            ('①', 0x8740),
            ('㈱', 0x878A),
            ('∪', 0x81BE),
            ('￢', 0x81CA),
            ('ソ', 0x835C),
            ('ｱ', 0xB1),
        ] {
            assert_eq!(code_of(c), Some(code), "{c}");
        }
    }

    #[test]
    fn look_alikes_are_not_encoded_in_silence() {
        for c in ['\u{A5}', '\u{203E}', '\u{2212}', '\u{301C}', '\u{2014}', '\u{2016}', '\u{AC}', '\u{20BB7}']
        {
            assert_eq!(code_of(c), None, "U+{:04X}", c as u32);
        }
    }

    #[test]
    fn every_encoded_character_reads_back_as_itself() {
        let mut encodable = 0;
        for c in (0..=0xFFFF_u32).filter_map(char::from_u32) {
            if let Some(code) = code_of(c) {
                let mut bytes = Vec::new();
                push_code(code, &mut bytes);
                assert_eq!(decode_one(&bytes), Some(c), "U+{:04X}", c as u32);
                encodable += 1;
            }
        }
        assert!(encodable > 7000, "{encodable}");
    }

    #[test]
    fn irregular_codes_are_found_where_they_stand() {
        assert_eq!(first_irregular(b"abc\r\n\xB1\x83\x5C"), None);
        let found: Vec<_> = irregulars(b"a\xED\x40b\xF0\x40\x81\x22\x00").collect();
        assert_eq!(
            found,
            [
                Irregular { offset: 1, len: 2, class: CodeClass::Alternate },
                Irregular { offset: 4, len: 2, class: CodeClass::UserDefined },
                Irregular { offset: 6, len: 1, class: CodeClass::Invalid },
                Irregular { offset: 8, len: 1, class: CodeClass::Control },
            ]
        );
        // A lead byte at the end.
        assert_eq!(first_irregular(b"a\x81").map(|i| (i.offset, i.class)), Some((1, CodeClass::Invalid)));
    }

    #[test]
    fn what_is_surely_regular_is_what_windows_writes() {
        let mut sure = 0;
        for code in 0..=u16::MAX {
            let pair = code.to_be_bytes();
            if are_regular(&pair, b"") {
                assert_eq!(first_irregular(&pair), None, "{code:04X}");
                assert!(are_regular(b"\x82\xA0,\"x", &pair), "{code:04X}");
                sure += 1;
            }
            assert_eq!(are_regular(&pair, b""), are_regular(b"", &pair), "{code:04X}");
        }
        let regular = (0..=u16::MAX).filter(|code| first_irregular(&code.to_be_bytes()).is_none()).count();
        assert!(sure * 100 > regular * 98, "{sure} of {regular}");
    }

    #[test]
    fn half_a_character_is_not_regular_whatever_follows_it() {
        for text in [b"a\x82".as_slice(), b"\x82\",", b"\x82\xA0\x82\r\n"] {
            assert!(!are_regular(text, b"\xA0"), "{text:02X?}");
            assert!(!are_regular(b"\xA0", text), "{text:02X?}");
        }
    }
}
