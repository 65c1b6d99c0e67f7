//! `kaigo_buffer`: bytes that a call made; and the way between Unicode and MS932.

use std::borrow::Cow;
use std::ffi::c_char;

use kaigo_core::text::{Encoding, Text, encode_ms932};

use crate::document::gaiji_of;
use crate::error::Fail;
use crate::status::{KAIGO_E_TEXT, KAIGO_E_UNWRITABLE};
use crate::table::{exports, handles};

/// What is behind a `kaigo_buffer`.
pub struct Bytes(pub(crate) Vec<u8>);

handles! { HANDLES;
    /// Bytes that a call made: a CSV or JSON document. They do not change; any thread may use them, several at once.
    kaigo_buffer = Bytes, 0x4B42_5546, kaigo_buffer_free;
}

exports! { EXPORTS;
    /// A view of the bytes, until the buffer is freed.
    call kaigo_buffer_view(buffer: handle kaigo_buffer, data, data_len: out_bytes) {
        data.elements(&buffer.0)
    }

    /// The bytes as a text, where they are UTF-8 (JSON is).
    text kaigo_buffer_text_utf8 / kaigo_buffer_text_utf16 / kaigo_buffer_text_view_utf8 / kaigo_buffer_text_view_utf16
        of source: kaigo_buffer [] {
        Cow::Borrowed(std::str::from_utf8(&source.0).map_err(|_| Fail::argument(KAIGO_E_TEXT, "source"))?)
    }

    /// The MS932 bytes of a text. `gaiji` is one of `KAIGO_GAIJI_`; under it some characters may not be written as
    /// themselves, and `changed` says how many.
    twin kaigo_ms932_encode_utf8 / kaigo_ms932_encode_utf16(
        text, text_len: str, gaiji: val u32, bytes: new kaigo_buffer, changed: out u64
    ) {
        let (mut out, mut count) = (Vec::new(), 0);
        if encode_ms932(&text, gaiji_of(gaiji)?, &mut out, |_| count += 1) {
            changed.set(count)?;
            return bytes.give(Bytes(out));
        }
        Err(Fail::new(
            KAIGO_E_UNWRITABLE,
            "unwritable",
            format!("Shift_JIS で書けない文字があります（{count}件）"),
            format!("there are characters that Shift_JIS cannot hold ({count})"),
        ))
    }

    /// The text of MS932 bytes; `KAIGO_E_TEXT` when some are no character.
    twin kaigo_ms932_decode_utf8 / kaigo_ms932_decode_utf16(
        data, data_len: bytes, buffer, capacity, needed: copy
    ) {
        let text = Text::from_bytes(data, Encoding::Ms932);
        buffer.text(&text.decode().ok_or_else(|| Fail::argument(KAIGO_E_TEXT, "data"))?)
    }
}
