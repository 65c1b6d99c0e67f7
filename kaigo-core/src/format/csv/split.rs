//! Splits bytes into rows and fields, before anything is decoded.
//!
//! No double-byte code of MS932 has `"`, `,`, CR or LF as its second byte, so the structure is plain in the raw
//! bytes; and a lead byte in front of a delimiter cannot swallow it.

use crate::record::Span;

/// How a row ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum End {
    CrLf,
    Lf,
    Cr,
    /// The bytes end first.
    Bytes,
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
#[derive(Debug, Clone, Copy)]
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

/// Splits the row at the start of `bytes`; its fields replace those in `spans`.
pub(super) fn split_row(bytes: &[u8], spans: &mut Vec<Span>) -> Split {
    let mut signs = Signs::of(bytes);
    // The spans of the row before are written over: a row usually has as many.
    let mut slots = spans.as_mut_slice();
    let (mut start, mut count, mut quoted, mut fault) = (0, 0, 0, None);
    let (content, end) = loop {
        let mut at = signs.next();
        let mut sign = bytes.get(at).copied();
        // Rows are far below 4 GiB: the readers bound them.
        let mut span = Span { start: start as u32, end: at as u32, quoted: false, doubled: false };
        if sign == Some(b'"') {
            if at > start {
                fault = fault.or(Some(Fault::Stray(count)));
                continue;
            }
            let field = signs.quoted_field(bytes, at + 1);
            fault = fault.or(field.fault.map(|fault| fault(count)));
            quoted += 1;
            span = Span { start: at as u32 + 1, end: field.end as u32, quoted: true, doubled: field.doubled };
            at = signs.next();
            sign = bytes.get(at).copied();
        } else if !matches!(sign, None | Some(b',' | b'\r' | b'\n')) {
            continue;
        }
        if count == slots.len() {
            spans.resize(count + 1, span);
            slots = spans.as_mut_slice();
        }
        slots[count] = span;
        count += 1;
        if sign != Some(b',') {
            let end = match sign {
                Some(b'\r') if bytes.get(at + 1) == Some(&b'\n') => End::CrLf,
                Some(b'\r') => End::Cr,
                Some(_) => End::Lf,
                None => End::Bytes,
            };
            break (at, end);
        }
        start = at + 1;
    };
    spans.truncate(count);
    Split { content, end, quoted, fault }
}

/// A field in quotes: where the closing quote stands, or the end of the bytes.
struct Quoted {
    end: usize,
    doubled: bool,
    fault: Option<fn(usize) -> Fault>,
}

/// The places of `,`, `"`, CR and LF, in order, with those of a few other signs that are rare in these files.
///
/// Fields are so short that a search for each would mostly begin and end: 64 bytes are marked at once, and one place
/// after the other is taken from the marks.
struct Signs<'a> {
    /// What is not yet marked.
    rest: &'a [u8],
    /// Where that begins, 64 bytes behind the first marked one.
    base: usize,
    end: usize,
    /// One bit for each marked byte that is a sign and was not yet taken.
    marks: u64,
}

impl<'a> Signs<'a> {
    fn of(bytes: &'a [u8]) -> Self {
        Self { rest: bytes, base: 0, end: bytes.len(), marks: 0 }
    }

    /// The next place, or the end.
    #[inline]
    fn next(&mut self) -> usize {
        while self.marks == 0 {
            self.marks = match self.rest.split_first_chunk() {
                Some((block, rest)) => {
                    self.rest = rest;
                    marks(block)
                }
                None if self.rest.is_empty() => return self.end,
                None => self.last_marks(),
            };
            self.base += 64;
        }
        let place = self.marks.trailing_zeros();
        self.marks &= self.marks - 1;
        self.base - 64 + place as usize
    }

    /// The marks of the last bytes, fewer than 64.
    #[cold]
    fn last_marks(&mut self) -> u64 {
        let mut block = [0xFF; 64];
        block[..self.rest.len()].copy_from_slice(self.rest);
        self.rest = &[];
        marks(&block)
    }

    /// Takes what is left of a field whose opening quote stands before `start`, with its closing quote.
    #[inline]
    fn quoted_field(&mut self, bytes: &[u8], start: usize) -> Quoted {
        let mut field = Quoted { end: bytes.len(), doubled: false, fault: None };
        let mut checked = start;
        loop {
            let at = self.next();
            match bytes.get(at) {
                Some(b'"') => {}
                Some(_) => continue,
                None => {
                    field.fault = field.fault.or(Some(Fault::Unclosed));
                    return field;
                }
            }
            match bytes.get(at + 1) {
                Some(b'"') => {
                    field.doubled = true;
                    self.next();
                }
                None | Some(b',' | b'\r' | b'\n') => {
                    field.end = at;
                    return field;
                }
                // Only a quote in front of a delimiter closes: this one belongs to the text. Or to a later record,
                // where the field was not closed: then every such row would be searched to the end of the file.
                Some(_) => {
                    field.fault = field.fault.or(Some(Fault::Stray));
                    if record_line(bytes, checked, at + 1).is_some() {
                        field.end = at;
                        return field;
                    }
                    checked = at;
                }
            }
        }
    }
}

/// Marks the bytes below `-`, the first one in the lowest bit.
#[inline]
fn marks(block: &[u8; 64]) -> u64 {
    const ONES: u64 = u64::MAX / 255;
    const HIGH: u64 = ONES << 7;
    let (words, _) = block.as_chunks();
    words.iter().rev().fold(0, |marks, word| {
        let word = u64::from_le_bytes(*word);
        // A byte from `-` to 7F carries into its high bit, one from 80 has it: the others are below.
        let below = !(((word & !HIGH) + ONES * (0x80 - b'-' as u64)) | word) & HIGH;
        // Gathers the eight high bits in the highest byte.
        (marks << 8) | (below.wrapping_mul(0x0002_0408_1020_4081) >> 56)
    })
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

    fn fields(bytes: &[u8]) -> (Vec<&[u8]>, Split) {
        let mut spans = Vec::new();
        let split = split_row(bytes, &mut spans);
        (spans.iter().map(|s| &bytes[s.start as usize..s.end as usize]).collect(), split)
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
}
