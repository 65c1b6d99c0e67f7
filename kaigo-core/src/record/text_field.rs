//! A text as a field of a record: reading and checking it.

use super::field::check_blank;
use super::row::{CheckContext, RawRow};
use super::{FieldSpec, Length, Type, Value};
use crate::report::Code;
use crate::text::ms932::{self, CodeClass};
use crate::text::{Encoding, Text};

impl<'a> Text<'a> {
    #[inline(always)]
    pub(crate) fn read(row: &RawRow<'_, 'a>, no: usize) -> Self {
        row.text(no)
    }

    pub(crate) fn from_text(text: Self) -> Self {
        text
    }

    #[inline]
    pub(crate) fn value(&self) -> Value<'_> {
        if self.is_empty() { Value::Blank } else { Value::Text(self) }
    }

    #[inline(always)]
    pub(crate) fn check(&self, spec: &'static FieldSpec, context: &mut CheckContext<'_>) {
        if self.is_empty() {
            return check_blank(spec, context);
        }
        if !(context.regular && spec.length == Length::Free && spec.ty == Type::Text) {
            self.check_filled(spec, context);
        }
    }

    fn check_filled(&self, spec: &'static FieldSpec, context: &mut CheckContext<'_>) {
        match self.file_bytes() {
            _ if context.regular && spec.length == Length::Free => {}
            Some((bytes, Encoding::Ms932)) => {
                if ms932::first_irregular(bytes).is_some() {
                    check_ms932(bytes, spec, context);
                }
            }
            Some((bytes, Encoding::Utf8)) => check_utf8(bytes, spec, context),
            None => check_utf8(&self.to_bytes().0, spec, context),
        }
        match spec.length {
            Length::Free if spec.ty == Type::FileName => {
                if !self.decode().is_some_and(|name| crate::exchange::is_image_name(&name)) {
                    context.report_at(Code::FieldImageName, usize::from(spec.no));
                }
            }
            Length::Free => {}
            Length::Fixed(max) | Length::Max(max) | Length::MaxDoubted { max, .. } => {
                self.check_length(usize::from(max), spec, context);
            }
        }
    }

    fn check_length(&self, max: usize, spec: &'static FieldSpec, context: &mut CheckContext<'_>) {
        let no = usize::from(spec.no);
        if spec.name == "identifier" {
            context.report_at(Code::FieldUnused, no);
        }
        // Whether bytes or characters count is not stated: what fits in bytes fits in either.
        if self.to_bytes().0.len() <= max {
            return;
        }
        let longer = self.decode_lossy().chars().count() > max;
        context.report_at(if longer { Code::FieldLength } else { Code::FieldLengthDoubtful }, no);
    }
}

/// Each class of irregular code once a field.
#[cold]
fn check_ms932(bytes: &[u8], spec: &'static FieldSpec, context: &mut CheckContext<'_>) {
    let mut seen: [Option<CodeClass>; 4] = [None; 4];
    for irregular in ms932::irregulars(bytes) {
        let Some(slot) = seen.iter_mut().find(|slot| slot.is_none_or(|class| class == irregular.class))
        else {
            return;
        };
        if slot.replace(irregular.class).is_some() {
            continue;
        }
        let code = match irregular.class {
            CodeClass::Canonical => continue,
            CodeClass::Alternate => Code::TextAlternateCode,
            CodeClass::UserDefined => Code::TextUserDefined,
            CodeClass::Control => Code::TextControl,
            CodeClass::Invalid => Code::TextInvalid,
        };
        let mut finding = context.finding_at(code, usize::from(spec.no));
        finding.place.byte = finding.place.byte.map(|byte| byte + irregular.offset as u64);
        let shown: String = bytes
            .get(irregular.offset..irregular.offset + irregular.len)
            .unwrap_or_default()
            .iter()
            .map(|byte| format!("{byte:02X}"))
            .collect();
        context.report.push(finding.with_note(shown));
    }
}

fn check_utf8(bytes: &[u8], spec: &'static FieldSpec, context: &mut CheckContext<'_>) {
    let no = usize::from(spec.no);
    let Ok(text) = std::str::from_utf8(bytes) else {
        return context.report_at(Code::TextInvalid, no);
    };
    if let Some(c) = text.chars().find(|c| c.is_control() && !matches!(c, '\t' | '\r' | '\n')) {
        let finding = context.finding_at(Code::TextControl, no).with_note(format!("U+{:04X}", c as u32));
        context.report.push(finding);
    }
    if let Some(c) = text.chars().find(|c| !c.is_control() && ms932::code_of(*c).is_none()) {
        let finding =
            context.finding_at(Code::TextOutsideMs932, no).with_note(format!("U+{:04X} {c}", c as u32));
        context.report.push(finding);
    }
}
