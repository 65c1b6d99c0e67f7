//! Files of any kind with any rows: what conforms, what nearly does, and any bytes.
#![allow(clippy::panic)]

use kaigo_core::record::{FileKind, Type};
use kaigo_core::text::GaijiPolicy;
use proptest::prelude::*;

/// A text in MS932, where every character is one of its.
pub fn encode(text: &str) -> Vec<u8> {
    let mut out = Vec::new();
    assert!(kaigo_core::text::encode_ms932(text, GaijiPolicy::Reject, &mut out, |_| {}));
    out
}

/// A field as a file might have it: a value of the type, something near it, or any bytes.
fn field(ty: Type) -> BoxedStrategy<Vec<u8>> {
    let value: &'static str = match ty {
        Type::Month => "20[0-9]{2}(0[1-9]|1[0-3])|000000",
        Type::Date => "20[0-9]{2}[01][0-9][0-3][0-9]|00000000",
        Type::Time => "[0-2][0-9][0-6][0-9]|9999|99:99",
        Type::Integer => "-?[0-9]{1,11}",
        Type::Decimal => "[0-9]{1,3}\\.[0-9]{1,3}",
        Type::Postal => "[0-9]{3}-[0-9]{4}",
        Type::DayMap => "[01]{30,32}",
        Type::Code => "[0-9]{1,2}",
        Type::Digits | Type::Alnum | Type::FileName => "[0-9A-Z-]{1,12}",
        Type::Text => "[あ-ん、髙﨑①\"\\\\,\\r\\n\\t\u{1}\u{7F} a-z]{0,12}",
    };
    let near = prop::collection::vec(
        prop::sample::select(vec![
            &b"\x81"[..],
            b"\xED\x40",
            b"\xF0\x40",
            b"\x87\x90",
            b"\xFA\x54",
            b"\x80",
            b"\xA0",
            b"\xFF",
            b"\0",
            b"\"",
            b"2026",
            b"\x83\x5C",
            b"\xE3\x81\x82",
            b"\r\n",
            b",",
            b"\xB1",
            b"\xEF\xBB\xBF",
        ]),
        0..6,
    );
    prop_oneof![
        2 => Just(Vec::new()),
        4 => value.prop_map(|text: String| encode(&text)),
        2 => near.prop_map(|parts| parts.concat()),
        1 => prop::collection::vec(any::<u8>(), 0..20),
        1 => "\\PC{0,8}".prop_map(|text: String| text.into_bytes()),
    ]
    .boxed()
}

/// A file of any kind, each field in quotes.
pub fn file() -> impl Strategy<Value = (FileKind, Vec<u8>)> {
    let kinds: Vec<FileKind> = FileKind::ALL.iter().copied().filter(|kind| kind.layout().is_some()).collect();
    prop::sample::select(kinds).prop_flat_map(|kind| {
        let fields = kind.layout().map_or(&[][..], |layout| layout.fields);
        let row: Vec<_> = fields.iter().map(|spec| field(spec.ty)).collect();
        prop::collection::vec(row, 1..4).prop_map(move |rows| {
            let mut out = Vec::new();
            for row in rows {
                for (index, value) in row.iter().enumerate() {
                    out.extend_from_slice(if index > 0 { b",\"" } else { b"\"" });
                    for byte in value {
                        out.extend_from_slice(if *byte == b'"' {
                            b"\"\""
                        } else {
                            std::slice::from_ref(byte)
                        });
                    }
                    out.push(b'"');
                }
                out.extend_from_slice(b"\r\n");
            }
            (kind, out)
        })
    })
}
