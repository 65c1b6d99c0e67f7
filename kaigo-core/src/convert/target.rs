//! What a target does not take.

use super::{ConvertOptions, Form, Loss, LossEffect, Losses};
use crate::document::is_writable;
use crate::format::json::{Extras, plain};
use crate::record::{FieldSpec, Length, Records, Required, Type, Value};
use crate::report::{Code, shown_name};
use crate::text::{Encoding, GETA, GaijiPolicy, Likeness, Text, encode_ms932, variant_of};

/// To CSV in MS932, standard 4.1.
pub(super) fn to_csv(records: &Records<'_>, extras: &Extras, options: &ConvertOptions, losses: &mut Losses) {
    lose_members(extras, losses);
    let mut scratch = Vec::new();
    for (record, row) in records.iter().zip(1..) {
        for field in record.layout().fields {
            let at = |losses: &mut Losses, loss| losses.add(loss, Some(row), Some(field));
            match record.value(field.no.into()).unwrap_or(Value::Blank) {
                Value::Blank if field.required == Required::Yes => {
                    at(losses, Loss::new(Code::LossMandatory, LossEffect::Doubtful));
                }
                Value::Text(text) => {
                    lose_characters(text, options.gaiji, &mut scratch, |loss| at(losses, loss));
                    if is_too_long(field, &text.decode_lossy()) {
                        at(losses, Loss::new(Code::LossLength, LossEffect::Doubtful));
                    }
                }
                Value::Nonconforming(text) => {
                    lose_characters(text, options.gaiji, &mut scratch, |loss| at(losses, loss));
                    at(losses, nonconforming(field, text));
                }
                number @ Value::Integer(_) if is_too_long(field, &number.to_text()) => {
                    at(losses, Loss::new(Code::LossLength, LossEffect::Doubtful));
                }
                _ => {}
            }
        }
    }
}

/// To JSON, standard 5.0, or to XML.
pub(super) fn to_unicode(
    records: &Records<'_>,
    extras: &Extras,
    to: Form,
    options: &ConvertOptions,
    losses: &mut Losses,
) {
    if to == Form::Xml {
        lose_members(extras, losses);
    }
    for (record, row) in records.iter().zip(1..) {
        if to == Form::Json {
            for name in options.profile.missing(records.kind(), record, extras.of_record(row)) {
                let field = record.layout().fields.iter().find(|field| field.name_json == name);
                let member = field.is_none().then(|| shown_name(name));
                let loss = Loss { member, ..Loss::new(Code::LossMandatory, LossEffect::Doubtful) };
                losses.add(loss, Some(row), field);
            }
        }
        for field in record.layout().fields {
            let at = |losses: &mut Losses, loss| losses.add(loss, Some(row), Some(field));
            let (text, conforms) = match record.value(field.no.into()) {
                Some(Value::Text(text)) => (text, true),
                Some(Value::Nonconforming(text)) => (text, false),
                _ => continue,
            };
            if !conforms {
                at(losses, nonconforming(field, text));
            }
            match plain(text) {
                None => at(losses, Loss::new(Code::LossBytes, LossEffect::Doubtful)),
                Some(unicode) if to == Form::Xml && !unicode.chars().all(is_writable) => {
                    at(losses, Loss::new(Code::LossBytes, LossEffect::Doubtful));
                }
                Some(unicode) if to == Form::Json => {
                    for c in options.profile.outside(&unicode) {
                        let variant = variant_of(c);
                        let loss = Loss::new(Code::LossOutside, LossEffect::Doubtful);
                        at(losses, Loss { character: Some(c), variant, ..loss });
                    }
                }
                Some(_) => {}
            }
        }
    }
}

fn lose_members(extras: &Extras, losses: &mut Losses) {
    for (row, extra) in extras.iter() {
        let loss = Loss::new(Code::LossMember, LossEffect::Dropped);
        losses.add(Loss { member: Some(shown_name(extra.name())), ..loss }, row, None);
    }
}

/// The characters of a text that MS932 does not have, and what the policy makes of them.
fn lose_characters(text: &Text<'_>, policy: GaijiPolicy, scratch: &mut Vec<u8>, mut lost: impl FnMut(Loss)) {
    let (bytes, encoding) = text.to_bytes();
    // What came from MS932 is written as it was.
    if encoding == Encoding::Ms932 || bytes.is_ascii() {
        return;
    }
    let Ok(text) = std::str::from_utf8(&bytes) else {
        return lost(Loss::new(Code::LossCharacter, LossEffect::Dropped));
    };
    scratch.clear();
    encode_ms932(text, policy, scratch, |change| {
        let (code, effect) = match (change.to, change.variant) {
            (None, _) => (Code::LossCharacter, LossEffect::Dropped),
            (Some(Some(GETA)), None) => (Code::LossSubstituted, LossEffect::Changed),
            (Some(_), Some(variant)) if variant.likeness == Likeness::Use => {
                (Code::LossMeaning, LossEffect::Changed)
            }
            (Some(_), _) => (Code::LossVariant, LossEffect::Changed),
        };
        let loss = Loss { character: Some(change.from), variant: change.variant, ..Loss::new(code, effect) };
        lost(loss);
    });
}

/// A value that is none of the field's: in which way.
fn nonconforming(field: &FieldSpec, text: &Text<'_>) -> Loss {
    let value = text.decode_lossy();
    let code = if field.ty == Type::Code || !field.codes.is_empty() {
        Code::LossCode
    } else if is_too_long(field, &value) {
        Code::LossLength
    } else {
        Code::LossForm
    };
    let mut loss = Loss::new(code, LossEffect::Doubtful);
    loss.finding = loss.finding.with_value(value.into_owned());
    loss
}

/// Longer than the table says, in characters, and not only by a cell that is hard to read.
fn is_too_long(field: &FieldSpec, text: &str) -> bool {
    match field.length {
        Length::Fixed(max) | Length::Max(max) | Length::MaxDoubted { accepted: max, .. } => {
            text.chars().count() > usize::from(max)
        }
        Length::Free => false,
    }
}
