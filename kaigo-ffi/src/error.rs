//! `kaigo_error`: why a call failed.

use std::borrow::Cow;
use std::ffi::c_char;

use kaigo_core::ErrorKind;
use kaigo_core::card::{CardError, PinFormError};
#[cfg(feature = "http")]
use kaigo_core::platform::{Sent, TransferError};
use kaigo_core::report::{Lang, Report};
use serde::Serialize;

use crate::buffer::{Bytes, kaigo_buffer};
use crate::document::kind_number;
use crate::handle::make;
use crate::report::{Findings, kaigo_report};
use crate::status::{
    self, KAIGO_E_BUFFER, KAIGO_E_BUSY, KAIGO_E_HANDLE, KAIGO_E_KIND, KAIGO_E_LENGTH, KAIGO_E_MISALIGNED,
    KAIGO_E_NOT_FOUND, KAIGO_E_NULL, KAIGO_E_NUMBER, KAIGO_E_OPTIONS, KAIGO_E_TEXT,
};
use crate::table::{constants, exports, handles};

/// What failed, before it is handed to C.
pub(crate) struct Fail(Box<Failure>);

/// What is behind a `kaigo_error`. Nothing in it is about a person.
#[derive(Default)]
pub struct Failure {
    status: i32,
    code: Cow<'static, str>,
    ja: String,
    en: String,
    file: Option<String>,
    /// Row, field, byte and so on, by the number that asks for each.
    numbers: Vec<(u32, i64)>,
    kind: &'static str,
    field: &'static str,
    report: Option<Report>,
}

impl Fail {
    /// A failure that only this interface knows.
    pub(crate) fn new(status: i32, code: &'static str, ja: impl Into<String>, en: impl Into<String>) -> Self {
        Self(Box::new(Failure {
            status,
            code: code.into(),
            ja: ja.into(),
            en: en.into(),
            ..Failure::default()
        }))
    }

    /// A wrong argument, by its name in the header.
    #[cold]
    pub(crate) fn argument(status: i32, name: &'static str) -> Self {
        let (code, ja, en) = match status {
            KAIGO_E_NULL => ("argument.null", "NULL です", "is NULL"),
            KAIGO_E_MISALIGNED => ("argument.misaligned", "アドレスの境界が合っていません", "is not aligned"),
            KAIGO_E_LENGTH => ("argument.length", "長さが大きすぎます", "is too long"),
            KAIGO_E_HANDLE => {
                ("argument.handle", "別の種類のハンドルか、解放済みです", "is another handle, or was freed")
            }
            KAIGO_E_TEXT => {
                ("argument.text", "正しい UTF-8 / UTF-16 ではありません", "is not valid UTF-8 or UTF-16")
            }
            KAIGO_E_NUMBER => {
                ("argument.number", "決められた値ではありません", "is none of the numbers allowed")
            }
            KAIGO_E_OPTIONS => (
                "argument.options",
                "struct_size か中身が正しくありません",
                "has a wrong struct_size, or members that are not known",
            ),
            KAIGO_E_BUFFER => ("argument.buffer", "が小さすぎます", "is too small"),
            KAIGO_E_BUSY => ("argument.busy", "ほかのスレッドが使用中です", "is in use by another thread"),
            KAIGO_E_NOT_FOUND => {
                ("argument.not-found", "に当たるものがありません", "names nothing that is there")
            }
            KAIGO_E_KIND => (
                "argument.kind",
                "この呼び出しの対象の種類ではありません",
                "is not of the kind that the call is for",
            ),
            _ => ("argument", "正しくありません", "is wrong"),
        };
        Self::new(status, code, format!("{name}: {ja}"), format!("{name} {en}"))
    }

    /// The status that the call returns.
    pub(crate) fn status(&self) -> i32 {
        self.0.status
    }

    /// The stable code.
    pub(crate) fn code(&self) -> &str {
        &self.0.code
    }

    /// The handle that the caller gets.
    pub(crate) fn into_handle(self) -> *mut kaigo_error {
        make(*self.0)
    }
}

impl From<kaigo_core::Error> for Fail {
    fn from(error: kaigo_core::Error) -> Self {
        let mut failure = Failure {
            status: status::of_code(error.code()),
            code: error.code().into(),
            ja: error.message(Lang::Japanese),
            en: error.message(Lang::English),
            ..Failure::default()
        };
        match error.kind() {
            ErrorKind::Io { path: Some(path), .. } | ErrorKind::Zip { path, .. } => {
                failure.file = Some(path.to_string_lossy().into_owned());
            }
            ErrorKind::Unwritable { report } | ErrorKind::Lossy { report } => {
                if let Some(first) = report.findings().first() {
                    let place = &first.place;
                    failure.file = place.file.as_deref().map(str::to_owned);
                    failure.kind = place.kind.map_or("", |kind| kind.name());
                    failure.field = place.field.map_or("", |field| field.name);
                    failure.numbers.extend([
                        (KAIGO_ERROR_KIND, i64::from(place.kind.map_or(0, kind_number))),
                        (KAIGO_ERROR_ROW, number(place.row)),
                        (KAIGO_ERROR_FIELD_NO, place.field.map_or(-1, |field| i64::from(field.no))),
                        (KAIGO_ERROR_BYTE, number(place.byte)),
                    ]);
                }
                failure.report = Some(report.clone());
            }
            ErrorKind::NoField { kind, no } => {
                failure.kind = kind.name();
                failure.numbers.extend([
                    (KAIGO_ERROR_KIND, i64::from(kind_number(*kind))),
                    (KAIGO_ERROR_FIELD_NO, number(u64::try_from(*no).ok())),
                ]);
            }
            ErrorKind::NoRow { kind, row } => {
                failure.kind = kind.name();
                failure.numbers.extend([
                    (KAIGO_ERROR_KIND, i64::from(kind_number(*kind))),
                    (KAIGO_ERROR_ROW, number(Some(*row))),
                ]);
            }
            ErrorKind::Json(error) => failure.numbers.extend([
                (KAIGO_ERROR_LINE, number(u64::try_from(error.line()).ok())),
                (KAIGO_ERROR_COLUMN, number(u64::try_from(error.column()).ok())),
            ]),
            ErrorKind::Card(error) => failure.numbers.extend(match error {
                CardError::WrongPin { left, .. } => Some((KAIGO_ERROR_TRIES_LEFT, i64::from(*left))),
                CardError::LastTry { .. } => Some((KAIGO_ERROR_TRIES_LEFT, 1)),
                CardError::Blocked { .. } => Some((KAIGO_ERROR_TRIES_LEFT, 0)),
                CardError::Status { status, .. } => Some((KAIGO_ERROR_CARD_STATUS, i64::from(status.0))),
                _ => None,
            }),
            #[cfg(feature = "http")]
            ErrorKind::Outbox(error) => failure.file = Some(error.path().to_string_lossy().into_owned()),
            #[cfg(feature = "http")]
            ErrorKind::Transfer(error) => failure.numbers.extend(match error {
                TransferError::System { status } => vec![(KAIGO_ERROR_HTTP_STATUS, i64::from(*status))],
                TransferError::Connection { sent, .. } | TransferError::Cancelled { sent } => {
                    vec![(KAIGO_ERROR_SENT, if *sent == Sent::No { 0 } else { 1 })]
                }
                _ => vec![],
            }),
            _ => {}
        }
        Self(Box::new(failure))
    }
}

impl From<ErrorKind> for Fail {
    fn from(kind: ErrorKind) -> Self {
        kaigo_core::Error::from(kind).into()
    }
}

impl From<CardError> for Fail {
    fn from(error: CardError) -> Self {
        ErrorKind::from(error).into()
    }
}

impl From<PinFormError> for Fail {
    fn from(error: PinFormError) -> Self {
        CardError::from(error).into()
    }
}

impl From<kaigo_core::credential::CredentialError> for Fail {
    fn from(error: kaigo_core::credential::CredentialError) -> Self {
        ErrorKind::from(error).into()
    }
}

#[cfg(feature = "http")]
impl From<TransferError> for Fail {
    fn from(error: TransferError) -> Self {
        ErrorKind::from(error).into()
    }
}

impl From<kaigo_core::care::DraftError> for Fail {
    fn from(error: kaigo_core::care::DraftError) -> Self {
        ErrorKind::from(error).into()
    }
}

impl From<kaigo_core::ident::IdentError> for Fail {
    fn from(error: kaigo_core::ident::IdentError) -> Self {
        ErrorKind::from(error).into()
    }
}

/// A list as JSON.
pub(crate) fn to_json(list: &[impl Serialize]) -> Result<Vec<u8>, Fail> {
    serde_json::to_vec(list)
        .map_err(|e| Fail::new(status::KAIGO_E_INTERNAL, "internal", e.to_string(), e.to_string()))
}

/// A place as C has it: -1 where it is not known.
pub(crate) fn number(place: Option<u64>) -> i64 {
    place.and_then(|place| i64::try_from(place).ok()).unwrap_or(-1)
}

handles! { HANDLES;
    /// Why a call failed. Each call that takes `kaigo_error **err` sets it to NULL when it succeeds and to a new error
    /// when it fails; `err` itself may be NULL. An error never holds personal data. Any thread may use it, several at
    /// once.
    kaigo_error = Failure, 0x4B45_5252, kaigo_error_free;
}

constants! { CONSTANTS;
    /// Of an error: its stable code, such as `credential.expired`.
    KAIGO_ERROR_CODE: u32 = 1;
    /// Of an error: the message in Japanese.
    KAIGO_ERROR_MESSAGE_JA: u32 = 2;
    /// Of an error: the message in English.
    KAIGO_ERROR_MESSAGE_EN: u32 = 3;
    /// Of an error: the file; empty where there is none.
    KAIGO_ERROR_FILE: u32 = 4;
    /// Of an error: the kind of file, as its name (text) or its `KAIGO_KIND_` (number).
    KAIGO_ERROR_KIND: u32 = 5;
    /// Of an error: the English name of the field.
    KAIGO_ERROR_FIELD: u32 = 6;
    /// Of an error: the row, from 1.
    KAIGO_ERROR_ROW: u32 = 7;
    /// Of an error: the official No. of the field.
    KAIGO_ERROR_FIELD_NO: u32 = 8;
    /// Of an error: the offset in the file, in bytes from 0.
    KAIGO_ERROR_BYTE: u32 = 9;
    /// Of an error: the line of a JSON document, from 1.
    KAIGO_ERROR_LINE: u32 = 10;
    /// Of an error: the column of a JSON document, in bytes.
    KAIGO_ERROR_COLUMN: u32 = 11;
    /// Of an error: the HTTP status that the platform answered.
    KAIGO_ERROR_HTTP_STATUS: u32 = 12;
    /// Of an error: 0 when the request certainly was not carried out, 1 when it may have been. A sending is then
    /// repeated under the same key.
    KAIGO_ERROR_SENT: u32 = 13;
    /// Of an error: its status.
    KAIGO_ERROR_STATUS: u32 = 14;
    /// Of an error: the tries left of a credential of a card.
    KAIGO_ERROR_TRIES_LEFT: u32 = 15;
    /// Of an error: the status word that a card answered.
    KAIGO_ERROR_CARD_STATUS: u32 = 16;
}

exports! { EXPORTS;
    /// A text of an error: one of `KAIGO_ERROR_CODE` to `KAIGO_ERROR_FIELD`.
    text kaigo_error_text_utf8 / kaigo_error_text_utf16 / kaigo_error_text_view_utf8 / kaigo_error_text_view_utf16
        of error: kaigo_error [what: u32] {
        Cow::Borrowed(match what {
            KAIGO_ERROR_CODE => &error.code,
            KAIGO_ERROR_MESSAGE_JA => &error.ja,
            KAIGO_ERROR_MESSAGE_EN => &error.en,
            KAIGO_ERROR_FILE => error.file.as_deref().unwrap_or_default(),
            KAIGO_ERROR_KIND => error.kind,
            KAIGO_ERROR_FIELD => error.field,
            _ => return Err(Fail::argument(KAIGO_E_NUMBER, "what")),
        })
    }

    /// A number of an error: one of `KAIGO_ERROR_KIND` to `KAIGO_ERROR_CARD_STATUS`; -1 where it does not apply.
    call kaigo_error_number(error: handle kaigo_error, what: val u32, value: out i64) {
        value.set(match what {
            KAIGO_ERROR_STATUS => error.status.into(),
            KAIGO_ERROR_KIND..=KAIGO_ERROR_CARD_STATUS if what != KAIGO_ERROR_FIELD => {
                error.numbers.iter().find(|(of, _)| *of == what).map_or(-1, |(_, value)| *value)
            }
            _ => return Err(Fail::argument(KAIGO_E_NUMBER, "what")),
        })
    }

    /// Every code that an error of the core may have, with its status, as one JSON array of `{"code","status"}` in UTF-8.
    /// Wrong arguments have codes of this interface, which begin with `argument.`.
    call kaigo_error_codes(json: new kaigo_buffer) {
        let codes: Vec<_> = kaigo_core::Error::codes()
            .into_iter()
            .map(|code| serde_json::json!({ "code": code, "status": status::of_code(code) }))
            .collect();
        json.give(Bytes(to_json(&codes)?))
    }

    /// The findings of an error of the status `KAIGO_E_UNWRITABLE`; `KAIGO_E_NOT_FOUND` where there are none. `flags`
    /// as for `kaigo_document_report`.
    call kaigo_error_report(error: handle kaigo_error, flags: val u32, report: new kaigo_report) {
        match &error.report {
            Some(found) => report.give(Findings::new(found.clone(), flags)?),
            None => Err(Fail::argument(KAIGO_E_NOT_FOUND, "error")),
        }
    }
}
