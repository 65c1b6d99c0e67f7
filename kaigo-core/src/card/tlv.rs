//! Tag, length, value (BER-TLV) of one- and two-byte tags, as the card's text files use it.

/// One element.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Tlv<'a> {
    /// The tag; a tag of two bytes has the first in the upper half.
    pub tag: u16,
    /// The value.
    pub value: &'a [u8],
    /// What follows the element.
    pub rest: &'a [u8],
}

impl<'a> Tlv<'a> {
    /// Reads the element that the bytes begin with. `None` when they do not hold a whole one, or its tag or
    /// length is in another form than cards use (more than two bytes of tag, more than two of length).
    pub fn read(bytes: &'a [u8]) -> Option<Self> {
        let (tag, length, header) = header(bytes)?;
        let (value, rest) = bytes.get(header..)?.split_at_checked(length)?;
        Some(Self { tag, value, rest })
    }
}

/// Tag, length of the value, and length of the two together in front of it.
fn header(bytes: &[u8]) -> Option<(u16, usize, usize)> {
    let (tag, tag_length) = match *bytes {
        [first, second, ..] if first & 0x1F == 0x1F => {
            // A third byte of tag would follow.
            if second & 0x80 != 0 {
                return None;
            }
            (u16::from_be_bytes([first, second]), 2)
        }
        [first, ..] if first & 0x1F != 0x1F => (u16::from(first), 1),
        _ => return None,
    };
    let (length, length_length) = match *bytes.get(tag_length..)? {
        [short @ 0..=0x7F, ..] => (usize::from(short), 1),
        [0x81, length, ..] => (usize::from(length), 2),
        [0x82, high, low, ..] => (usize::from(u16::from_be_bytes([high, low])), 3),
        _ => return None,
    };
    Some((tag, length, tag_length + length_length))
}

/// How many bytes the element takes that the bytes begin with, whether or not all of them are there.
pub(super) fn extent(bytes: &[u8]) -> Option<usize> {
    header(bytes).map(|(_, length, header)| header + length)
}

/// Where an element of a tag begins, whether or not its value is there.
fn position(bytes: &[u8], tag: u16) -> Option<usize> {
    (0..bytes.len()).find(|at| bytes.get(*at..).and_then(header).is_some_and(|(found, ..)| found == tag))
}

/// How many bytes are needed for the element of a tag, filler in front of it included.
pub(super) fn extent_of(bytes: &[u8], tag: u16) -> Option<usize> {
    let at = position(bytes, tag)?;
    Some(at + extent(bytes.get(at..)?)?)
}

/// The first element of a tag, wherever it begins: filler may stand before it. `None` also when it is not whole.
pub fn find(bytes: &[u8], tag: u16) -> Option<Tlv<'_>> {
    Tlv::read(bytes.get(position(bytes, tag)?..)?)
}

/// The elements that a value consists of, zeros between them passed over. Ends where nothing readable follows.
pub(super) fn elements(value: &[u8]) -> impl Iterator<Item = Tlv<'_>> {
    let mut rest = value;
    std::iter::from_fn(move || {
        while let [0, after @ ..] = rest {
            rest = after;
        }
        let element = Tlv::read(rest)?;
        rest = element.rest;
        Some(element)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_in_every_form_are_read() {
        assert_eq!(Tlv::read(b"\xDF\x24\x03abcd"), Some(Tlv { tag: 0xDF24, value: b"abc", rest: b"d" }));
        assert_eq!(Tlv::read(b"\x04\x81\x01a"), Some(Tlv { tag: 0x04, value: b"a", rest: b"" }));
        let mut long = b"\xFF\x20\x82\x01\x00".to_vec();
        long.extend([7; 256]);
        assert_eq!(Tlv::read(&long).map(|tlv| tlv.value.len()), Some(256));
        assert_eq!(extent(&long[..5]), Some(261));
        for bad in [
            &b""[..],
            b"\xDF",
            b"\xDF\x24",
            b"\x04\x02a",
            b"\x04\x80a",
            b"\x04\x83\0\0\x01a",
            b"\x1F\x81\x01\x01a",
        ] {
            assert_eq!(Tlv::read(bad), None, "{bad:?}");
        }
    }

    #[test]
    fn a_tag_is_found_behind_filler() {
        let found = find(b"\xFF\xFF\x00\xFF\x20\x02hi\x00", 0xFF20);
        assert_eq!(found.map(|tlv| tlv.value), Some(&b"hi"[..]));
        assert_eq!(extent_of(b"\xFF\xFF\x00\xFF\x20\x02h", 0xFF20), Some(8));
        assert_eq!(find(b"\xFF\x20\x05hi", 0xFF20), None);
    }
}
