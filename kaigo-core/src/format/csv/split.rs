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

/// A row as it was split. Bit `i` of a mask is the field with index `i`.
#[derive(Debug, Clone, Copy)]
pub(super) struct Split {
    /// The row's length without its line end.
    pub content: usize,
    /// How it ends.
    pub end: End,
    /// The fields that are quoted.
    pub quoted: u128,
    /// The fields that are not empty.
    pub filled: u128,
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
    spans.clear();
    let (mut at, mut quoted_mask, mut filled_mask, mut fault) = (0, 0_u128, 0_u128, None);
    loop {
        let index = spans.len();
        let (start, end, quoted, doubled);
        if bytes.get(at) == Some(&b'"') {
            (start, quoted) = (at + 1, true);
            let mut has_doubled = false;
            let (mut from, mut searched) = (start, start);
            let fault_before = fault;
            loop {
                let Some(found) = memchr::memchr(b'"', bytes.get(from..).unwrap_or_default()) else {
                    fault = fault_before.or(Some(Fault::Unclosed(index)));
                    (end, at) = (bytes.len(), bytes.len());
                    break;
                };
                let quote = from + found;
                match bytes.get(quote + 1) {
                    Some(b'"') => {
                        has_doubled = true;
                        from = quote + 2;
                    }
                    None | Some(b',' | b'\r' | b'\n') => {
                        (end, at) = (quote, quote + 1);
                        break;
                    }
                    // Only a quote in front of a delimiter closes: this one belongs to the text.
                    Some(_) => {
                        // It may also open a text of a later record, when this one was never closed. To go on
                        // would read the rest of the file again for every such record.
                        if let Some(record) = record_line(bytes, searched, quote + 1) {
                            fault = fault_before.or(Some(Fault::Unclosed(index)));
                            let cr = record >= start + 2 && bytes.get(record - 2) == Some(&b'\r');
                            end = record - if cr { 2 } else { 1 };
                            at = end;
                            break;
                        }
                        fault = fault.or(Some(Fault::Stray(index)));
                        searched = quote;
                        from = quote + 1;
                    }
                }
            }
            doubled = has_doubled;
        } else {
            (start, quoted, doubled) = (at, false, false);
            loop {
                let rest = bytes.get(at..).unwrap_or_default();
                at +=
                    rest.iter().position(|b| matches!(b, b',' | b'\r' | b'\n' | b'"')).unwrap_or(rest.len());
                if bytes.get(at) != Some(&b'"') {
                    break;
                }
                fault = fault.or(Some(Fault::Stray(index)));
                at += 1;
            }
            end = at;
        }
        if index < 128 {
            quoted_mask |= u128::from(quoted) << index;
            filled_mask |= u128::from(end > start) << index;
        }
        // Rows are far below 4 GiB: the readers bound them.
        spans.push(Span { start: start as u32, end: end as u32, quoted, doubled });
        let end = match bytes.get(at) {
            Some(b',') => {
                at += 1;
                continue;
            }
            Some(b'\r') if bytes.get(at + 1) == Some(&b'\n') => End::CrLf,
            Some(b'\r') => End::Cr,
            Some(_) => End::Lf,
            None => End::Bytes,
        };
        return Split { content: at, end, quoted: quoted_mask, filled: filled_mask, fault };
    }
}

/// Where, inside a row, a line begins like a record. A quote that was not closed has swallowed that record.
pub(super) fn swallowed_record(row: &[u8]) -> Option<usize> {
    record_line(row, 0, row.len())
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
        assert_eq!((split.quoted, split.filled), (0b1010, 0b0011));
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
    fn a_swallowed_record_is_found_at_its_line() {
        let row = b"202407,092015,\"open\r\nfree 202407,092015,\r\n202407,092015,x";
        assert_eq!(swallowed_record(row), Some(42));
        assert_eq!(swallowed_record(b"202407,092015,x"), None);
    }
}
