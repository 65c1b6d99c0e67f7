//! What a conversion loses.

use std::sync::Arc;

use super::{ConvertOptions, Form};
use crate::code::codes;
use crate::document::{Line, document};
use crate::record::{FieldSpec, FileKind};
use crate::report::{Code, Finding, Lang, Masking, Place, Report, Severity, Strictness};
use crate::text::Variant;

codes! {
    /// 損失の内容: what a loss does to the value.
    LossEffect = "損失の内容", "effect of a loss" {
        Changed  = "changed" "値が変わる",
        Dropped  = "dropped" "値が落ちる",
        Doubtful = "doubtful" "値はそのままだが、変換先の標準に合わない",
    }
}

document! {
    /// What is lost on the way from one form of a file to another.
    LossReport = "変換損失報告" {
        file: opt Line = "ファイル名",
        /// Such as `UPPLAN`.
        kind: one FileKind = "ファイルの種類",
        from: one Form = "変換元の形式",
        to: one Form = "変換先の形式",
        /// Name, version and revision of the profile of 5.0.
        profile: one Line = "標準のプロファイル",
        losses: many 10000000 LossItem = "損失",
        /// How many are not listed, where there are too many.
        not_listed: opt u32 = "一覧にない損失の件数",
    }

    /// One loss and its place. It holds no value, and so nothing about a person but the character that is not carried.
    LossItem = "損失" {
        /// Such as `loss.variant`.
        code: one Line = "コード",
        effect: one LossEffect = "内容",
        /// The record, from 1.
        row: opt u32 = "レコード",
        field_no: opt u32 = "項目番号",
        /// The name of the field in JSON.
        field: opt Line = "項目名（JSON）",
        field_ja: opt Line = "項目名",
        /// The name of a member that the records do not have.
        member: opt Line = "知らない項目名",
        /// Its number in Unicode: `U+20BB7`.
        character: opt Line = "文字",
        /// What is, or may be, written for it: `U+5409`.
        variant: opt Line = "代わりの文字",
        message_ja: one Line = "説明",
        message_en: one Line = "説明（英語）",
    }
}

/// One loss.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Loss {
    /// Code, place and message.
    pub finding: Finding,
    /// What becomes of the value.
    pub effect: LossEffect,
    /// The character, where it is one of a text.
    pub character: Option<char>,
    /// What is, or may be, written for it.
    pub variant: Option<Variant>,
    /// The name of a member that the records do not have.
    pub member: Option<String>,
}

impl Loss {
    pub(super) fn new(code: Code, effect: LossEffect) -> Self {
        let finding = Finding::new(code, Strictness::Strict);
        Self { finding, effect, character: None, variant: None, member: None }
    }
}

/// What a conversion lost, up to the limit of findings.
#[derive(Debug, Clone)]
pub struct Losses {
    file: Arc<str>,
    kind: FileKind,
    from: Form,
    to: Form,
    profile: String,
    limit: usize,
    losses: Vec<Loss>,
    errors: u64,
    warnings: u64,
}

impl Losses {
    pub(super) fn new(
        file: Arc<str>,
        kind: FileKind,
        from: Form,
        to: Form,
        options: &ConvertOptions,
    ) -> Self {
        let profile = &options.profile;
        Self {
            file,
            kind,
            from,
            to,
            profile: format!("{} {} {}", profile.name.as_str(), profile.version.as_str(), profile.revision),
            limit: options.finding_limit,
            losses: Vec::new(),
            errors: 0,
            warnings: 0,
        }
    }

    /// Adds a loss at a place of the file.
    pub(super) fn add(&mut self, mut loss: Loss, row: Option<u64>, field: Option<&'static FieldSpec>) {
        match loss.finding.severity {
            Severity::Error => self.errors += 1,
            Severity::Warning => self.warnings += 1,
        }
        if self.losses.len() == self.limit {
            return;
        }
        loss.finding.place =
            Place { file: Some(self.file.clone()), kind: Some(self.kind), row, field, byte: None };
        let shown = |c: char| format!("U+{:04X} {c}", u32::from(c));
        loss.finding.note = match (loss.character, loss.variant, &loss.member) {
            (Some(c), Some(Variant { to: Some(to), .. }), _) => Some(format!("{} → {to}", shown(c))),
            (Some(c), Some(Variant { to: None, .. }), _) => Some(format!("U+{:04X} →", u32::from(c))),
            (Some(c), None, _) => Some(shown(c)),
            (None, _, Some(member)) => Some(member.clone()),
            (None, _, None) => loss.finding.note,
        };
        self.losses.push(loss);
    }

    /// Whether nothing is lost.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// How many there are, kept or not.
    pub fn len(&self) -> u64 {
        self.errors + self.warnings
    }

    /// Those that were kept, in the order of the file.
    pub fn iter(&self) -> impl Iterator<Item = &Loss> {
        self.losses.iter()
    }

    /// The losses as findings.
    pub fn report(&self) -> Report {
        self.clone().into_report()
    }

    pub(super) fn into_report(self) -> Report {
        let dropped = (self.errors, self.warnings);
        let mut report = Report::with_limit(self.limit);
        self.losses.into_iter().for_each(|loss| report.push(loss.finding));
        report.count_as(dropped.0, dropped.1);
        report
    }

    /// The losses as a document.
    pub fn to_document(&self) -> LossReport {
        // A name that comes from outside and is no line of text is left out.
        let line = |text: &str| text.parse().ok();
        let number = |c: char| Line::of_ours(format!("U+{:04X}", u32::from(c)));
        let item = |loss: &Loss| {
            let Place { row, field, .. } = loss.finding.place;
            LossItem {
                code: Line::of_ours(loss.finding.code.name()),
                effect: loss.effect,
                row: row.and_then(|row| row.try_into().ok()),
                field_no: field.map(|field| field.no.into()),
                field: field.map(|field| Line::of_ours(field.name_json)),
                field_ja: field.map(|field| Line::of_ours(field.name_ja)),
                member: loss.member.as_deref().and_then(line),
                character: loss.character.map(number),
                variant: loss.variant.and_then(|variant| variant.to).map(number),
                message_ja: Line::of_ours(loss.finding.code.text(Lang::Japanese)),
                message_en: Line::of_ours(loss.finding.code.text(Lang::English)),
            }
        };
        LossReport {
            file: line(&self.file),
            kind: self.kind,
            from: self.from,
            to: self.to,
            profile: Line::of_ours(self.profile.clone()),
            losses: self.losses.iter().map(item).collect(),
            not_listed: (self.len() - self.losses.len() as u64).try_into().ok().filter(|count| *count > 0),
        }
    }

    /// Lines for people.
    pub fn lines(&self, lang: Lang, masking: Masking) -> impl Iterator<Item = String> {
        self.losses.iter().map(move |loss| loss.finding.line(lang, masking))
    }
}
