//! Standard 5.0, **provisional**: what it demands beyond the form of its files, as data that can be swapped.
//!
//! Official, in summary: 5.0 is JSON in UTF-8 with the characters of JIS X 0213:2012, goes by API, and has mandatory items
//! that 4.1 lacks. Which these are is not public. So [`StandardProfile::provisional`], our own, demands what 4.1 marks 必須 and
//! has no additional items; whoever holds the official list writes it down as a profile and reads it with
//! [`from_json`](crate::document::from_json). Files are then checked by it, and its items are no unknown members any more.
//!
//! ```
//! use kaigo_core::document::from_json;
//! use kaigo_core::format::json::ReadOptions;
//! use kaigo_core::standard::{StandardProfile, read};
//!
//! # fn main() -> kaigo_core::Result<()> {
//! let profile: StandardProfile = from_json(br#"{
//!     "name": "an example", "version": "5.0-provisional", "revision": 1, "characterSet": "jis_x_0213",
//!     "kinds": [{"kind": "DLTPLAN", "mandatory": ["insuredNumber"],
//!                "additional": [{"name": "reason", "form": "text", "mandatory": true}]}]
//! }"#)?;
//! let document = br#"{"standard":"5.0-provisional","kind":"DLTPLAN","records":[
//!     {"csvVersion":"2024-07","insurerNumber":"092015","deleteTargetMonth":"2026-07","reason":"moved"}]}"#;
//! let (_, extras, report) = read(document, &ReadOptions::default(), &profile)?;
//! assert_eq!(extras.of_record(1)[0].json(), r#""moved""#);
//! // No unknown member, but the insured number is missing: for the profile, and for 4.1.
//! let codes: Vec<&str> = report.findings().iter().map(|finding| finding.code.name()).collect();
//! assert_eq!(codes, ["field.required", "standard.mandatory"]);
//! # Ok(())
//! # }
//! ```

use std::collections::BTreeSet;
use std::sync::{Arc, LazyLock};

use crate::calendar::{Date, Month};
use crate::code::codes;
use crate::document::{Line, document};
use crate::error::Result;
use crate::format::json::{self, Extra, Extras, ReadOptions, STANDARD};
use crate::record::{AnyRecord, FileKind, Records, Required, Value};
use crate::report::{Code, Finding, Place, Report, Strictness, shown_name};
use crate::text::jisx0213;

codes! {
    /// 文字集合: which characters the texts of a standard may hold.
    CharacterSet = "文字集合", "character set" {
        JisX0213 = "jis_x_0213" "JIS X 0213:2012",
        Unicode  = "unicode" "Unicodeのすべて",
    }
}

codes! {
    /// 項目の形: how the value of an additional item looks in JSON.
    ItemForm = "項目の形", "form of an item" {
        Text    = "text" "文字列",
        Number  = "number" "0以上の整数",
        Boolean = "boolean" "真偽",
        Date    = "date" "年月日（YYYY-MM-DD）",
        Month   = "month" "年月（YYYY-MM）",
        Code    = "code" "一覧にあるコード",
        Any     = "any" "何でもよい",
    }
}

document! {
    /// What a standard demands of its files.
    StandardProfile = "標準のプロファイル" {
        name: one Line = "名称",
        /// The value of the member `standard`.
        version: one Line = "版",
        revision: one u32 = "改訂番号",
        character_set: one CharacterSet = "文字集合",
        kinds: many 100 KindProfile = "ファイルの種類ごとの定め",
    } => check_profile

    /// What a standard demands of the records of a kind of file.
    KindProfile = "ファイルの種類の定め" {
        /// Such as `UPPLAN`.
        kind: one FileKind = "ファイルの種類",
        /// Names of JSON: of fields of the record.
        mandatory: many 200 Line = "必須の項目",
        additional: many 200 AdditionalItem = "4.1にない項目",
    }

    /// An item that records of 4.1 do not have.
    AdditionalItem = "4.1にない項目" {
        /// The name in JSON.
        name: one Line = "項目名（JSON）",
        name_ja: opt Line = "項目名",
        form: one ItemForm = "項目の形",
        mandatory: one bool = "必須かどうか",
        /// Of the characters of a text.
        max_length: opt u32 = "最大文字数",
        /// Where the form is `code`.
        codes: many 10000 Line = "コード",
    }
}

fn check_profile(profile: &StandardProfile) -> Option<(&'static str, &'static str)> {
    let mut kinds = BTreeSet::new();
    for of_kind in &profile.kinds {
        let Some(layout) = of_kind.kind.layout() else {
            return Some(("画像には項目がありません", "has items of the image"));
        };
        let is_field = |name: &Line| layout.fields.iter().any(|field| field.name_json == name.as_str());
        let mut names = BTreeSet::new();
        if !kinds.insert(of_kind.kind) {
            return Some(("ファイルの種類が二つあります", "has a kind of file twice"));
        }
        if !of_kind.mandatory.iter().all(is_field) {
            return Some((
                "必須の項目がレコードにありません",
                "has a mandatory item that the record does not have",
            ));
        }
        if of_kind.additional.iter().any(|item| is_field(&item.name) || !names.insert(item.name.as_str())) {
            return Some(("追加の項目名が重複しています", "has an additional item whose name is taken"));
        }
    }
    None
}

static PROVISIONAL: LazyLock<Arc<StandardProfile>> = LazyLock::new(|| {
    let kinds = FileKind::ALL.iter().filter_map(|kind| {
        let required = kind.layout()?.fields.iter().filter(|field| field.required == Required::Yes);
        Some(KindProfile {
            kind: *kind,
            mandatory: required.map(|field| Line::of_ours(field.name_json)).collect(),
            additional: Vec::new(),
        })
    });
    Arc::new(StandardProfile {
        name: Line::of_ours("kaigo"),
        version: Line::of_ours(STANDARD),
        revision: 1,
        character_set: CharacterSet::JisX0213,
        kinds: kinds.collect(),
    })
});

impl StandardProfile {
    /// Our own, revision 1: mandatory is what 4.1 marks 必須, and there are no additional items.
    pub fn provisional() -> Arc<Self> {
        PROVISIONAL.clone()
    }

    /// What it demands of records of a kind.
    pub fn of_kind(&self, kind: FileKind) -> Option<&KindProfile> {
        self.kinds.iter().find(|of_kind| of_kind.kind == kind)
    }

    /// Whether it has an additional item of that name.
    pub(crate) fn has_item(&self, kind: Option<FileKind>, name: &str) -> bool {
        kind.and_then(|kind| self.of_kind(kind)).is_some_and(|of_kind| of_kind.item(name).is_some())
    }

    /// The characters of a text that its character set does not have, each once, in their order.
    pub fn outside(&self, text: &str) -> Vec<char> {
        let mut found = Vec::new();
        if self.character_set == CharacterSet::JisX0213 && !text.is_ascii() {
            // A control character is reported as one.
            for (_, c) in jisx0213::outside(text).filter(|(_, c)| !c.is_control()) {
                if !found.contains(&c) {
                    found.push(c);
                }
            }
        }
        found
    }

    /// What of a record is mandatory and blank: fields as the name in JSON, and additional items.
    pub(crate) fn missing<'p>(
        &'p self,
        kind: FileKind,
        record: &dyn AnyRecord,
        extras: &[Extra],
    ) -> Vec<&'p str> {
        let Some(of_kind) = self.of_kind(kind) else { return Vec::new() };
        let fields = record.layout().fields;
        let is_blank = |name: &Line| {
            let field = fields.iter().find(|field| field.name_json == name.as_str());
            field.and_then(|field| record.value(field.no.into())).is_none_or(|value| value == Value::Blank)
        };
        let stands = |item: &AdditionalItem| {
            extras
                .iter()
                .any(|extra| extra.name() == item.name.as_str() && !matches!(extra.json(), "null" | "\"\""))
        };
        let items = of_kind.additional.iter().filter(|item| item.mandatory && !stands(item));
        let fields = of_kind.mandatory.iter().filter(|name| is_blank(name));
        fields.map(Line::as_str).chain(items.map(|item| item.name.as_str())).collect()
    }
}

impl KindProfile {
    /// The additional item of that name.
    pub fn item(&self, name: &str) -> Option<&AdditionalItem> {
        self.additional.iter().find(|item| item.name.as_str() == name)
    }
}

impl AdditionalItem {
    /// Whether a value in JSON is one of the item. `null` is, for it is a blank.
    pub fn accepts(&self, json: &str) -> bool {
        let Ok(value) = serde_json::from_str::<serde_json::Value>(json) else { return false };
        let text = value.as_str();
        match self.form {
            _ if value.is_null() => true,
            ItemForm::Text => text
                .is_some_and(|text| self.max_length.is_none_or(|max| text.chars().count() <= max as usize)),
            ItemForm::Number => value.is_u64(),
            ItemForm::Boolean => value.is_boolean(),
            ItemForm::Date => text.is_some_and(|text| text.parse::<Date>().is_ok()),
            ItemForm::Month => text.is_some_and(|text| text.parse::<Month>().is_ok()),
            ItemForm::Code => text.is_some_and(|text| self.codes.iter().any(|code| code.as_str() == text)),
            ItemForm::Any => true,
        }
    }
}

/// Reads a JSON file and checks it by a profile, too: as
/// [`read_with_extras`](crate::format::json::read_with_extras), but the profile's additional items are known members.
///
/// # Errors
/// As [`json::read`].
pub fn read(
    bytes: &[u8],
    options: &ReadOptions,
    profile: &StandardProfile,
) -> Result<(Records<'static>, Extras, Report)> {
    let (records, extras, mut report) = json::read_by_profile(bytes, options, profile)?;
    if options.check {
        report.extend(check(&records, &extras, profile, options));
    }
    Ok((records, extras, report))
}

/// Checks records by a profile: mandatory items, additional items, characters.
pub fn check(
    records: &Records<'_>,
    extras: &Extras,
    profile: &StandardProfile,
    options: &ReadOptions,
) -> Report {
    let mut report = Report::with_limit(options.finding_limit);
    let kind = records.kind();
    for (record, row) in records.iter().zip(1..) {
        let mut found = |code, name: Option<&str>, note: Option<String>| {
            let field =
                name.and_then(|name| record.layout().fields.iter().find(|field| field.name_json == name));
            let mut finding = Finding::new(code, Strictness::Strict);
            finding.place =
                Place { file: options.file.clone(), kind: Some(kind), row: Some(row), field, byte: None };
            finding.note = note.or_else(|| name.filter(|_| field.is_none()).map(shown_name));
            report.push(finding);
        };
        let extras = extras.of_record(row);
        for name in profile.missing(kind, record, extras) {
            found(Code::StandardMandatory, Some(name), None);
        }
        for extra in extras {
            let item = profile.of_kind(kind).and_then(|of_kind| of_kind.item(extra.name()));
            if item.is_some_and(|item| !item.accepts(extra.json())) {
                found(Code::StandardAdditional, Some(extra.name()), None);
            }
        }
        for field in record.layout().fields {
            let Some(Value::Text(text) | Value::Nonconforming(text)) = record.value(field.no.into()) else {
                continue;
            };
            for c in text.decode().map(|text| profile.outside(&text)).unwrap_or_default() {
                found(
                    Code::StandardCharacter,
                    Some(field.name_json),
                    Some(format!("U+{:04X} {c}", u32::from(c))),
                );
            }
        }
    }
    report
}
