//! Splits bytes into rows and fields, before anything is decoded.
//!
//! No double-byte code of MS932 has `"`, `,`, CR or LF as its second byte, so the structure is plain in the raw
//! bytes; and a lead byte in front of a delimiter cannot swallow it.

use std::ops::Deref;

use wide::u8x16;

/// How a row ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum End {
    CrLf,
    Lf,
    Cr,
    /// The bytes end first.
    Bytes,
}

impl End {
    fn at(bytes: &[u8], place: usize) -> Self {
        match (bytes.get(place), bytes.get(place + 1)) {
            (None, _) => Self::Bytes,
            (Some(b'\r'), Some(b'\n')) => Self::CrLf,
            (Some(b'\r'), _) => Self::Cr,
            (Some(_), _) => Self::Lf,
        }
    }
}

/// What is wrong with the quotes of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fault {
    /// A quote was opened and not closed, at this field (index from 0).
    Unclosed(usize),
    /// A quote stands inside this field without being doubled.
    Stray(usize),
}

/// A row as it was split.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Split {
    /// The row's length without its line end.
    pub content: usize,
    /// How it ends.
    pub end: End,
    /// How many fields are quoted.
    pub quoted: usize,
    /// The first fault.
    pub fault: Option<Fault>,
}

impl Split {
    /// The row's length with its line end.
    pub(super) fn length(&self) -> usize {
        self.content
            + match self.end {
                End::CrLf => 2,
                End::Lf | End::Cr => 1,
                End::Bytes => 0,
            }
    }
}

/// Where the fields of a row end. The slots stay when the next row is split: a row usually has as many fields.
#[derive(Default)]
pub(super) struct Ends {
    slots: Vec<u32>,
    count: usize,
}

impl Deref for Ends {
    type Target = [u32];

    #[inline]
    fn deref(&self) -> &[u32] {
        self.slots.get(..self.count).unwrap_or_default()
    }
}

/// Splits the row at the start of `bytes`; the ends of its fields replace those in `ends`.
pub(super) fn split_row(bytes: &[u8], ends: &mut Ends) -> Split {
    split_sound(bytes, ends).unwrap_or_else(|| split_any(bytes, ends))
}

/// Splits a row whose quotes stand where they should, 64 bytes at once; `None` for any other.
///
/// Fields are so short that a search for each would mostly begin and end: all signs of a block are marked, one bit
/// each, and what lies between quotes is masked out.
fn split_sound(bytes: &[u8], ends: &mut Ends) -> Option<Split> {
    let mut row = SoundRow { count: 0, quoted: 0, inside: 0, closed: 0, ended: 1 };
    for base in (0..).step_by(64) {
        let rest = bytes.get(base..)?;
        let (signs, length) = match rest.first_chunk() {
            Some(block) => (Signs::of(block), 64),
            None => (Signs::of_last(rest), rest.len()),
        };
        let within = prefix_xor(signs.quotes) ^ row.inside;
        let line_ends = signs.line_ends & !within;
        if line_ends == 0 && length == 64 {
            row.take(base, &signs, within, 0, u64::MAX, ends)?;
            continue;
        }
        // The row ends with its line or with the bytes.
        let end = if line_ends == 0 { length as u32 } else { line_ends.trailing_zeros() };
        row.take(base, &signs, within, 1 << end, u64::MAX >> (63 - end), ends)?;
        if within >> end & 1 != 0 {
            return None;
        }
        ends.count = row.count;
        let content = base + end as usize;
        return Some(Split { content, end: End::at(bytes, content), quoted: row.quoted, fault: None });
    }
    None
}

/// What is known of a row up to the end of a block.
struct SoundRow {
    /// How many fields there are, and how many of them are in quotes.
    count: usize,
    quoted: usize,
    /// Of the last byte: whether it lies in quotes (all bits), closes quotes, ends a field.
    inside: u64,
    closed: u64,
    ended: u64,
}

impl SoundRow {
    /// Takes the fields that end in a block: at a comma, or at `end`, one bit or none. `row` holds a bit for each byte
    /// of the row and its end. `None` where a quote stands where it should not.
    #[inline(always)]
    fn take(
        &mut self,
        base: usize,
        signs: &Signs,
        within: u64,
        end: u64,
        row: u64,
        ends: &mut Ends,
    ) -> Option<()> {
        let mut field_ends = signs.commas & !within & row | end;
        let quotes = signs.quotes & row;
        if quotes | self.closed | self.inside != 0 {
            let (opening, closing) = (quotes & within, quotes & !within);
            // Quotes open at the start of a field, or again directly behind closing ones: two that stand for one.
            let (first, again) = (field_ends << 1 | self.ended, closing << 1 | self.closed);
            if opening & !(first | again) | again & row & !(field_ends | opening) != 0 {
                return None;
            }
            self.quoted += (opening & first).count_ones() as usize;
            self.closed = closing >> 63;
        }
        self.inside = ((within as i64) >> 63) as u64;
        self.ended = field_ends >> 63;
        if ends.slots.len() < self.count + 64 {
            ends.slots.resize(self.count + 64, 0);
        }
        for slot in ends.slots.get_mut(self.count..)? {
            if field_ends == 0 {
                break;
            }
            // Rows are far below 4 GiB: the readers bound them.
            *slot = base as u32 + field_ends.trailing_zeros();
            field_ends &= field_ends - 1;
            self.count += 1;
        }
        Some(())
    }
}

/// One bit for each byte of a block that is a sign, the first byte's the lowest.
struct Signs {
    commas: u64,
    quotes: u64,
    line_ends: u64,
}

impl Signs {
    #[inline]
    fn of(block: &[u8; 64]) -> Self {
        let (chunks, _) = block.as_chunks::<16>();
        let mut signs = Self { commas: 0, quotes: 0, line_ends: 0 };
        for chunk in chunks.iter().rev() {
            let bytes = u8x16::new(*chunk);
            let mark = |sign: u8| bytes.simd_eq(u8x16::splat(sign));
            let bits = |marks: u8x16| u64::from(marks.to_bitmask());
            signs.commas = signs.commas << 16 | bits(mark(b','));
            signs.quotes = signs.quotes << 16 | bits(mark(b'"'));
            signs.line_ends = signs.line_ends << 16 | bits(mark(b'\r') | mark(b'\n'));
        }
        signs
    }

    /// Of the last bytes, fewer than a block.
    #[cold]
    fn of_last(rest: &[u8]) -> Self {
        let mut block = [0; 64];
        block[..rest.len()].copy_from_slice(rest);
        Self::of(&block)
    }
}

/// Each bit tells whether an odd number of bits is set up to it.
#[inline]
fn prefix_xor(bits: u64) -> u64 {
    [1, 2, 4, 8, 16, 32].into_iter().fold(bits, |bits, shift| bits ^ bits << shift)
}

/// Splits any row, field by field.
#[cold]
fn split_any(bytes: &[u8], ends: &mut Ends) -> Split {
    ends.slots.clear();
    let (mut start, mut quoted, mut fault) = (0, 0, None);
    loop {
        let field = match bytes.get(start..) {
            Some([b'"', ..]) => {
                quoted += 1;
                quoted_field(bytes, start)
            }
            _ => plain_field(bytes, start),
        };
        fault = fault.or(field.fault.map(|fault| fault(ends.slots.len())));
        ends.slots.push(field.end as u32);
        if bytes.get(field.end) != Some(&b',') {
            ends.count = ends.slots.len();
            return Split { content: field.end, end: End::at(bytes, field.end), quoted, fault };
        }
        start = field.end + 1;
    }
}

/// Where a field ends, with its closing quote, and what is wrong with its quotes.
struct FieldEnd {
    end: usize,
    fault: Option<fn(usize) -> Fault>,
}

fn plain_field(bytes: &[u8], start: usize) -> FieldEnd {
    let rest = bytes.get(start..).unwrap_or_default();
    let field =
        memchr::memchr3(b',', b'\r', b'\n', rest).and_then(|length| rest.get(..length)).unwrap_or(rest);
    let fault: Option<fn(usize) -> Fault> = field.contains(&b'"').then_some(Fault::Stray);
    FieldEnd { end: start + field.len(), fault }
}

fn quoted_field(bytes: &[u8], start: usize) -> FieldEnd {
    let mut fault: Option<fn(usize) -> Fault> = None;
    let (mut from, mut checked) = (start + 1, start + 1);
    loop {
        let Some(at) = bytes.get(from..).and_then(|rest| memchr::memchr(b'"', rest)).map(|at| from + at)
        else {
            return FieldEnd { end: bytes.len(), fault: fault.or(Some(Fault::Unclosed)) };
        };
        from = at + 1;
        match bytes.get(from) {
            Some(b'"') => from += 1,
            None | Some(b',' | b'\r' | b'\n') => return FieldEnd { end: from, fault },
            // Only a quote in front of a delimiter closes: this one belongs to the text. Or to a later record,
            // where the field was not closed: then every such row would be searched to the end of the file.
            Some(_) => {
                fault = fault.or(Some(Fault::Stray));
                if record_line(bytes, checked, from).is_some() {
                    return FieldEnd { end: from, fault };
                }
                checked = at;
            }
        }
    }
}

/// Where, inside the row that is so long, a line begins like a record. A quote that was not closed swallowed it.
pub(super) fn swallowed_record(bytes: &[u8], row: usize) -> Option<usize> {
    record_line(bytes, 0, row)
}

/// Where a line that ends the line before it in `bytes[from..to]` begins like a record: six digits (CSV version),
/// six digits (insurer).
fn record_line(bytes: &[u8], from: usize, to: usize) -> Option<usize> {
    memchr::memchr_iter(b'\n', bytes.get(from..to)?)
        .map(|at| from + at + 1)
        .find(|&start| bytes.get(start..).and_then(after_six_digits).and_then(after_six_digits).is_some())
}

/// What follows a field of six digits, quoted or not.
fn after_six_digits(bytes: &[u8]) -> Option<&[u8]> {
    let (field, quoted) = match bytes.strip_prefix(b"\"") {
        Some(field) => (field, true),
        None => (bytes, false),
    };
    let (digits, rest) = field.split_at_checked(6)?;
    let rest = if quoted { rest.strip_prefix(b"\"")? } else { rest };
    rest.strip_prefix(b",").filter(|_| digits.iter().all(u8::is_ascii_digit))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::RawRow;
    use crate::text::Encoding;

    fn fields(bytes: &[u8]) -> (Vec<&[u8]>, Split) {
        let mut ends = Ends::default();
        let split = split_row(bytes, &mut ends);
        let row = RawRow { bytes, ends: &ends, encoding: Encoding::Ms932, offset: 0 };
        ((1..=row.columns()).filter_map(|no| row.bytes(no)).collect(), split)
    }

    #[test]
    fn quoted_commas_and_line_breaks_belong_to_the_text() {
        let (found, split) = fields(b"a,\"b,\r\n\"\"c\"\"\",,\"\"\r\nnext");
        assert_eq!(found, [b"a".as_slice(), b"b,\r\n\"\"c\"\"", b"", b""]);
        assert_eq!((split.end, split.length(), split.fault), (End::CrLf, 19, None));
        assert_eq!(split.quoted, 2);
    }

    #[test]
    fn a_lead_byte_does_not_swallow_a_delimiter() {
        let (found, split) = fields(b"\x81,\"\x81\",x\x81\r\n");
        assert_eq!(found, [b"\x81".as_slice(), b"\x81", b"x\x81"]);
        assert_eq!(split.fault, None);
    }

    #[test]
    fn an_inner_quote_that_is_not_doubled_is_kept() {
        let (found, split) = fields(b"\"a \"b\" c\",d");
        assert_eq!(found, [b"a \"b\" c".as_slice(), b"d"]);
        assert_eq!((split.fault, split.end), (Some(Fault::Stray(0)), End::Bytes));
    }

    #[test]
    fn a_quote_that_is_not_closed_does_not_search_the_whole_file() {
        let rows = b"202407,092015,\"open\r\n".repeat(1000);
        let (_, split) = fields(&rows);
        assert!(split.content < 100 && split.fault == Some(Fault::Stray(2)), "{split:?}");
    }

    #[test]
    fn a_swallowed_record_is_found_at_its_line() {
        let row = b"202407,092015,\"open\r\nfree 202407,092015,\r\n202407,092015,x";
        assert_eq!(swallowed_record(row, row.len()), Some(42));
        assert_eq!(swallowed_record(b"202407,092015,x", 15), None);
    }

    proptest::proptest! {
        #[test]
        fn blocks_and_single_fields_are_split_alike(
            pieces in proptest::collection::vec(proptest::sample::select(PIECES), 0..90),
        ) {
            let bytes: Vec<u8> = pieces.concat();
            let (mut blocks, mut single) = (Ends::default(), Ends::default());
            if let Some(split) = split_sound(&bytes, &mut blocks) {
                proptest::prop_assert_eq!(split, split_any(&bytes, &mut single));
                proptest::prop_assert_eq!(&*blocks, &*single);
            } else {
                proptest::prop_assert!(split_any(&bytes, &mut single).fault.is_some());
            }
        }
    }

    const PIECES: &[&[u8]] =
        &[b",", b"\"", b",\"", b"\",", b"\"\"", b"\r\n", b"\n", b"\r", b"a", b"12345678", b"\x83\x5C", b" "];
}
