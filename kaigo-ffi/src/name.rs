//! File names and sequence numbers.

use std::borrow::Cow;
use std::ffi::c_char;
use std::path::Path;

use kaigo_core::calendar::Month;
use kaigo_core::exchange::{FileName, FileNameError, Party, Sequence, SequenceStore};
use kaigo_core::record::{FileKind, MonthOrZeros};
use kaigo_core::report::Lang;

use crate::document::{kind_number, kind_of};
use crate::error::Fail;
use crate::status::{KAIGO_E_FILE_NAME, KAIGO_E_INTERNAL, KAIGO_E_NUMBER};
use crate::table::{constants, exports, handles};

/// What is behind a `kaigo_file_name`.
pub struct Name {
    name: FileName,
    tolerated: &'static str,
}

pub(crate) fn bad_name(error: FileNameError) -> Fail {
    Fail::new(KAIGO_E_FILE_NAME, "file_name", error.message(Lang::Japanese), error.message(Lang::English))
}

fn month_text(month: MonthOrZeros) -> String {
    match month {
        MonthOrZeros::Zeros => "000000".to_owned(),
        MonthOrZeros::Month(month) => String::from_utf8_lossy(&month.to_ascii()).into_owned(),
    }
}

fn party(office: &str, service_type: &str) -> Result<Party, Fail> {
    Ok(Party { office: office.parse()?, service_type: Some(service_type.parse()?) })
}

fn sequence(number: u64) -> Result<Sequence, Fail> {
    Sequence::parse(&format!("{number:014}")).ok_or_else(|| Fail::argument(KAIGO_E_NUMBER, "sequence"))
}

/// The month part of a name: nothing for kinds without one, zeros for 0.
fn month(kind: FileKind, number: u32) -> Result<Option<MonthOrZeros>, Fail> {
    match (kind.has_month(), number) {
        (false, 0) => Ok(None),
        (true, 0) => Ok(Some(MonthOrZeros::Zeros)),
        _ => Month::from_ascii(format!("{number:06}").as_bytes())
            .map(|month| Some(MonthOrZeros::Month(month)))
            .map_err(|_| Fail::argument(KAIGO_E_NUMBER, "month")),
    }
}

handles! { HANDLES;
    /// A file name that was read. It does not change; any thread may use it, several at once.
    kaigo_file_name = Name, 0x4B4E_414D, kaigo_file_name_free;
}

constants! { CONSTANTS;
    /// Of a file name: the kind, such as `UPPLAN`.
    KAIGO_NAME_KIND: u32 = 1;
    /// Of a file name: the month, YYYYMM; empty where it has none.
    KAIGO_NAME_MONTH: u32 = 2;
    /// Of a file name: the number of the office that sends.
    KAIGO_NAME_SENDER_OFFICE: u32 = 3;
    /// Of a file name: the service type under which it sends.
    KAIGO_NAME_SENDER_TYPE: u32 = 4;
    /// Of a file name: the number of the office that receives.
    KAIGO_NAME_RECEIVER_OFFICE: u32 = 5;
    /// Of a file name: the service type under which it receives.
    KAIGO_NAME_RECEIVER_TYPE: u32 = 6;
    /// Of a file name: the sequence number.
    KAIGO_NAME_SEQUENCE: u32 = 7;
    /// Of a file name: the branch number of an image, 4 digits; else empty.
    KAIGO_NAME_BRANCH: u32 = 8;
    /// Of a file name: the canonical name.
    KAIGO_NAME_CANONICAL: u32 = 9;
    /// Of a file name: the code of the finding where it is one that real senders use against the standard; else empty.
    KAIGO_NAME_TOLERATED: u32 = 10;
}

exports! { EXPORTS;
    /// Reads a file name in the form of 4.1, or one that real senders use.
    twin kaigo_file_name_parse_utf8 / kaigo_file_name_parse_utf16(
        name, name_len: str, file_name: new kaigo_file_name
    ) {
        let (name, tolerated) = FileName::parse_tolerant(&name).map_err(bad_name)?;
        file_name.give(Name { name, tolerated: tolerated.map_or("", |code| code.name()) })
    }

    /// The kind of file, one of `KAIGO_KIND_`.
    call kaigo_file_name_kind(file_name: handle kaigo_file_name, kind: out u32) {
        kind.set(kind_number(file_name.name.kind()))
    }

    /// A part of a file name: one of `KAIGO_NAME_`.
    text kaigo_file_name_text_utf8 / kaigo_file_name_text_utf16
        / kaigo_file_name_text_view_utf8 / kaigo_file_name_text_view_utf16
        of file_name: kaigo_file_name [what: u32] {
        let name = &file_name.name;
        let service_type = |party: Party| party.service_type.map(|code| code.to_string()).unwrap_or_default();
        Cow::Owned(match what {
            KAIGO_NAME_KIND => name.kind().name().to_owned(),
            KAIGO_NAME_MONTH => name.month().map(month_text).unwrap_or_default(),
            KAIGO_NAME_SENDER_OFFICE => name.sender().office.to_string(),
            KAIGO_NAME_SENDER_TYPE => service_type(name.sender()),
            KAIGO_NAME_RECEIVER_OFFICE => name.receiver().office.to_string(),
            KAIGO_NAME_RECEIVER_TYPE => service_type(name.receiver()),
            KAIGO_NAME_SEQUENCE => name.sequence().to_string(),
            KAIGO_NAME_BRANCH => name.branch().map(|branch| format!("{branch:04}")).unwrap_or_default(),
            KAIGO_NAME_CANONICAL => name.to_string(),
            KAIGO_NAME_TOLERATED => file_name.tolerated.to_owned(),
            _ => return Err(Fail::argument(KAIGO_E_NUMBER, "what")),
        })
    }

    /// The name of a file. `month` as YYYYMM: 0 for kinds without a month, and for 000000. `sequence` as YYYYMMDDHHMMSS.
    /// `branch` is the branch number of an image, from 0; it is ignored for every other kind.
    twin kaigo_file_name_build_utf8 / kaigo_file_name_build_utf16(
        kind: val u32, month_number: val u32,
        sender_office, sender_office_len: str, sender_type, sender_type_len: str,
        receiver_office, receiver_office_len: str, receiver_type, receiver_type_len: str,
        sequence_number: val u64, branch: val u16, buffer, capacity, needed: copy
    ) {
        let kind = kind_of(kind)?;
        let (sender, receiver) = (party(&sender_office, &sender_type)?, party(&receiver_office, &receiver_type)?);
        let sequence = sequence(sequence_number)?;
        let name = match kind {
            FileKind::FamilyImage => FileName::image(sender, receiver, sequence, branch),
            _ => FileName::new(kind, month(kind, month_number)?, sender, receiver, sequence),
        };
        buffer.text(&name.ok_or_else(|| Fail::argument(KAIGO_E_NUMBER, "month_number"))?.to_string())
    }

    /// The next sequence number of a store, YYYYMMDDHHMMSS: never one that it gave before, to whatever process. The store
    /// is a small file, which need not exist yet.
    twin kaigo_sequence_next_utf8 / kaigo_sequence_next_utf16(path, path_len: str, number: out u64) {
        let next = SequenceStore::new(Path::new(&*path)).next()?.to_string();
        number.set(next.parse().map_err(|_| Fail::argument(KAIGO_E_INTERNAL, "sequence"))?)
    }
}
