//! `kaigo_report`: what a check found.

use std::borrow::Cow;
use std::ffi::c_char;

use kaigo_core::report::{Code, Finding, Lang, Level, Masking, Report, Severity};

use crate::argument::at;
use crate::buffer::{Bytes, kaigo_buffer};
use crate::document::kind_number;
use crate::error::{Fail, number, to_json};
use crate::status::{KAIGO_E_NOT_FOUND, KAIGO_E_NUMBER};
use crate::table::{constants, exports, handles};

/// What is behind a `kaigo_report`.
pub struct Findings {
    report: Report,
    masking: Masking,
}

impl Findings {
    /// The findings of a report, shown as the flags say.
    pub(crate) fn new(report: Report, flags: u32) -> Result<Self, Fail> {
        let masking = match flags {
            0 => Masking::Masked,
            KAIGO_SHOW_PERSONAL => Masking::Shown,
            _ => return Err(Fail::argument(KAIGO_E_NUMBER, "flags")),
        };
        Ok(Self { report, masking })
    }

    /// The findings as columns.
    #[cfg(feature = "arrow")]
    pub(crate) fn columns(&self) -> Option<arrow_array::RecordBatch> {
        kaigo_core::format::arrow::findings(self.report.findings())
    }

    fn finding(&self, index: u64) -> Result<&Finding, Fail> {
        self.report.findings().get(at(index)).ok_or_else(|| Fail::argument(KAIGO_E_NOT_FOUND, "index"))
    }
}

handles! { HANDLES;
    /// What a check found. It does not change; any thread may use it, several at once.
    kaigo_report = Findings, 0x4B52_4550, kaigo_report_free;
}

constants! { CONSTANTS;
    /// Shows values that are about a person in the texts of a report. Without it they are masked; with it the caller
    /// answers for where the texts go.
    KAIGO_SHOW_PERSONAL: u32 = 1;

    /// How many findings a report keeps.
    KAIGO_REPORT_COUNT: u32 = 1;
    /// How many errors were found, kept or not.
    KAIGO_REPORT_ERRORS: u32 = 2;
    /// How many warnings were found, kept or not.
    KAIGO_REPORT_WARNINGS: u32 = 3;
    /// How many findings were counted but not kept.
    KAIGO_REPORT_DROPPED: u32 = 4;

    /// Of a finding: its stable code, as its name (text) or its number.
    KAIGO_FINDING_CODE: u32 = 1;
    /// Of a finding: `error` or `warning` (text), 2 or 1 (number).
    KAIGO_FINDING_SEVERITY: u32 = 2;
    /// Of a finding: the file; empty where there is none.
    KAIGO_FINDING_FILE: u32 = 3;
    /// Of a finding: the kind of file, as its name (text) or its `KAIGO_KIND_` (number, 0 where there is none).
    KAIGO_FINDING_KIND: u32 = 4;
    /// Of a finding: the row, from 1.
    KAIGO_FINDING_ROW: u32 = 5;
    /// Of a finding: the official No. of the field.
    KAIGO_FINDING_FIELD_NO: u32 = 6;
    /// Of a finding: the offset in the file, in bytes from 0.
    KAIGO_FINDING_BYTE: u32 = 7;
    /// Of a finding: the English name of the field.
    KAIGO_FINDING_FIELD: u32 = 8;
    /// Of a finding: the official name of the field.
    KAIGO_FINDING_FIELD_JA: u32 = 9;
    /// Of a finding: the value that the file holds there; empty where it is masked or not known.
    KAIGO_FINDING_VALUE: u32 = 10;
    /// Of a finding: the message in Japanese.
    KAIGO_FINDING_MESSAGE_JA: u32 = 11;
    /// Of a finding: the message in English.
    KAIGO_FINDING_MESSAGE_EN: u32 = 12;
    /// Of a finding: severity, place, message and code in one line of Japanese.
    KAIGO_FINDING_LINE_JA: u32 = 13;
    /// Of a finding: severity, place, message and code in one line of English.
    KAIGO_FINDING_LINE_EN: u32 = 14;
}

exports! { EXPORTS;
    /// How many findings there are: one of `KAIGO_REPORT_`.
    call kaigo_report_number(report: handle kaigo_report, what: val u32, value: out u64) {
        value.set(match what {
            KAIGO_REPORT_COUNT => report.report.findings().len() as u64,
            KAIGO_REPORT_ERRORS => report.report.errors(),
            KAIGO_REPORT_WARNINGS => report.report.warnings(),
            KAIGO_REPORT_DROPPED => report.report.dropped(),
            _ => return Err(Fail::argument(KAIGO_E_NUMBER, "what")),
        })
    }

    /// A number of the finding at an index, from 0: one of `KAIGO_FINDING_CODE` to `KAIGO_FINDING_BYTE` but the file;
    /// -1 where it does not apply.
    call kaigo_report_finding_number(report: handle kaigo_report, index: val u64, what: val u32, value: out i64) {
        let finding = report.finding(index)?;
        let place = &finding.place;
        value.set(match what {
            KAIGO_FINDING_CODE => finding.code.number().into(),
            KAIGO_FINDING_SEVERITY => if finding.severity == Severity::Error { 2 } else { 1 },
            KAIGO_FINDING_KIND => place.kind.map_or(0, kind_number).into(),
            KAIGO_FINDING_ROW => number(place.row),
            KAIGO_FINDING_FIELD_NO => place.field.map_or(-1, |field| field.no.into()),
            KAIGO_FINDING_BYTE => number(place.byte),
            _ => return Err(Fail::argument(KAIGO_E_NUMBER, "what")),
        })
    }

    /// A text of the finding at an index, from 0: one of `KAIGO_FINDING_` but row, field No. and byte.
    text kaigo_report_finding_text_utf8 / kaigo_report_finding_text_utf16
        / kaigo_report_finding_text_view_utf8 / kaigo_report_finding_text_view_utf16
        of report: kaigo_report [index: u64, what: u32] {
        let finding = report.finding(index)?;
        let (place, masking) = (&finding.place, report.masking);
        match what {
            KAIGO_FINDING_CODE => finding.code.name().into(),
            KAIGO_FINDING_SEVERITY => finding.severity.name().into(),
            KAIGO_FINDING_FILE => place.file.as_deref().unwrap_or_default().into(),
            KAIGO_FINDING_KIND => place.kind.map_or("", |kind| kind.name()).into(),
            KAIGO_FINDING_FIELD => place.field.map_or("", |field| field.name).into(),
            KAIGO_FINDING_FIELD_JA => place.field.map_or("", |field| field.name_ja).into(),
            KAIGO_FINDING_VALUE => finding.value(masking).unwrap_or_default().into(),
            KAIGO_FINDING_MESSAGE_JA => Cow::Owned(finding.message(Lang::Japanese, masking)),
            KAIGO_FINDING_MESSAGE_EN => Cow::Owned(finding.message(Lang::English, masking)),
            KAIGO_FINDING_LINE_JA => Cow::Owned(finding.line(Lang::Japanese, masking)),
            KAIGO_FINDING_LINE_EN => Cow::Owned(finding.line(Lang::English, masking)),
            _ => return Err(Fail::argument(KAIGO_E_NUMBER, "what")),
        }
    }

    /// All findings that were kept as one JSON array, in UTF-8; see `docs/findings.md` for the codes.
    call kaigo_report_json(report: handle kaigo_report, json: new kaigo_buffer) {
        let findings: Vec<_> = report.report.findings().iter().map(|f| f.to_json(report.masking)).collect();
        json.give(Bytes(to_json(&findings)?))
    }

    /// Every code that a finding may have, as one JSON array in UTF-8 of objects with `code`, `number`, `level` (`error`,
    /// `warning`, or `tolerated`: an error, or a warning under `KAIGO_TOLERANT`), `message_ja`, `message_en` and `source`.
    call kaigo_finding_codes(json: new kaigo_buffer) {
        let codes: Vec<_> = Code::ALL
            .iter()
            .map(|code| {
                let level = match code.level() {
                    Level::Error => "error",
                    Level::Warning => "warning",
                    Level::Tolerated => "tolerated",
                };
                serde_json::json!({
                    "code": code.name(), "number": code.number(), "level": level,
                    "message_ja": code.text(Lang::Japanese), "message_en": code.text(Lang::English),
                    "source": code.source(),
                })
            })
            .collect();
        json.give(Bytes(to_json(&codes)?))
    }
}
