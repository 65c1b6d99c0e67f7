//! The answer of online eligibility (オンライン資格確認), the XML `XmlMsg` in Shift_JIS or UTF-8 **\[P\]**. Offices that also give
//! medical care have it, and the app of card readers writes it.
//!
//! What each element holds is from general knowledge **\[M\]**; days are `YYYYMMDD` there and [`Date`]s here. The list of
//! elements is open: those that are not known here are told by their names and not read.

use std::borrow::Cow;

use crate::calendar::Date;
use crate::code::{Sex, codes};
use crate::document::{Content, Document, Form, Line, Part, Prose, Shape, Tree, document};
use crate::error::Result;
use crate::format::xml::{
    Cursor, Elements, Limits, XmlError, XmlFault, declared_encoding, fault_at_start, leaf_text, members,
};
use crate::ident::ident;
use crate::record::{BirthDate, Scalar, Type, Value};
use crate::text::{Encoding, ms932};

codes! {
    /// 文字コード識別: the encoding of the message.
    CharacterCode = "文字コード識別", "character code" {
        Utf8     = "0" "UTF-8",
        ShiftJis = "1" "SHIFT_JIS",
    }
}

codes! {
    /// 照会区分: by what the person was looked up.
    ReferenceClassification = "照会区分", "reference classification" {
        Card          = "1" "マイナンバーカード",
        InsuranceData = "2" "保険証の情報",
    }
}

codes! {
    /// 資格有効性: whether the person is insured; 2 and 3 are from general knowledge.
    QualificationValidity = "資格有効性", "validity of a qualification" {
        Valid      = "1" "有効",
        Invalid    = "2" "無効",
        InvalidNew = "3" "無効（新しい資格あり）",
        None       = "4" "該当資格なし",
        Several    = "5" "複数該当",
    }
}

ident! {
    /// A time as the message has it, `YYYYMMDDhhmmss`, local time.
    CompactTime[14] = "日時（YYYYMMDDhhmmss）", "a time", "14 digits",
    |b| {
        let two = |at: usize| (b[at] - b'0') * 10 + (b[at + 1] - b'0');
        b.iter().all(u8::is_ascii_digit)
            && Date::from_ascii(&b[..8]).is_ok()
            && two(8) < 24 && two(10) < 60 && two(12) < 60
    },
    plain
}

impl Scalar for CompactTime {
    const TYPE: Type = Type::Digits;
    const WIDTH: Option<usize> = Some(size_of::<Self>());

    fn parse(bytes: &[u8]) -> Option<Self> {
        Self::from_ascii(bytes).ok()
    }

    fn value(&self) -> Value<'_> {
        Value::Symbol(self.as_str())
    }
}

document! {
    /// What the message says of itself.
    MessageHeader = "オンライン資格確認 ヘッダー" {
        process_execution_time: opt CompactTime = "処理実行日時",
        qualification_confirmation_date: opt Date = "資格確認日",
        medical_institution_code: opt Line = "医療機関コード",
        arbitrary_file_identifier: opt Line = "任意のファイル識別子",
        reference_classification: opt ReferenceClassification = "照会区分",
        segment_of_result: opt Line = "処理結果区分",
        error_code: opt Line = "エラーコード",
        error_message: opt Prose = "エラーメッセージ",
        /// As it was read; it is written as it is encoded.
        character_code_identifier: opt CharacterCode = "文字コード識別",
    }

    /// One qualification of the person.
    QualificationConfirmation = "資格確認結果" {
        insurer_number: opt Line = "保険者番号",
        insured_card_symbol: opt Line = "被保険者証記号",
        insured_identification_number: opt Line = "被保険者証番号",
        insured_branch_number: opt Line = "被保険者証枝番",
        name: opt Line = "氏名",
        name_kana: opt Line = "氏名カナ",
        sex1: opt Sex = "性別１",
        birthdate: opt BirthDate = "生年月日",
        address: opt Line = "住所",
        post_number: opt Line = "郵便番号",
        insurer_name: opt Line = "保険者名称",
        qualification_date: opt Date = "資格取得年月日",
        disqualification_date: opt Date = "資格喪失年月日",
        insured_card_valid_date: opt Date = "被保険者証有効開始年月日",
        insured_card_expiration_date: opt Date = "被保険者証有効終了年月日",
        insured_partial_contribution_ratio: opt Line = "被保険者証一部負担金割合",
    }

    /// The qualifications found.
    ResultList = "資格確認結果の一覧" {
        result_of_qualification_confirmation: many 100 QualificationConfirmation = "資格確認結果",
    }

    /// The answer.
    MessageBody = "オンライン資格確認 本体" {
        processing_result_status: opt Line = "処理結果状況",
        processing_result_code: opt Line = "処理結果コード",
        processing_result_message: opt Prose = "処理結果メッセージ",
        qualification_validity: opt QualificationValidity = "資格有効性",
        result_list: opt ResultList = "資格確認結果リスト",
    }

    /// The answer of online eligibility, `XmlMsg`.
    OnlineEligibility = "オンライン資格確認" {
        message_header: one MessageHeader = "ヘッダー",
        message_body: one MessageBody = "本体",
    }
}

const ROOT: &str = "XmlMsg";

/// Reads an `XmlMsg` in the encoding that its declaration names: UTF-8, or Shift_JIS as Windows has it. With it come the
/// names of elements that are not known and were not read.
///
/// # Errors
/// [`ErrorKind::Xml`](crate::ErrorKind::Xml) for what is no XML of this form, is not in its encoding or is over a limit,
/// [`ErrorKind::Document`](crate::ErrorKind::Document) with every fault for values that are none.
pub fn read_xml_msg(bytes: &[u8], limits: &Limits) -> Result<(OnlineEligibility, Vec<String>)> {
    let (text, encoding) = decode(bytes)?;
    let mut cursor = Cursor::new(text.strip_prefix('\u{FEFF}').unwrap_or(&text), None, limits)?;
    let root = cursor.root()?;
    if root.name() != ROOT {
        return Err(cursor.fault(XmlFault::Shape).into());
    }
    cursor.attributes(&root, [])?;
    let tree = members(&mut cursor, OnlineEligibility::SHAPE, &lower_first)?;
    cursor.end()?;

    let mut unknown = Vec::new();
    let message = OnlineEligibility::read(&from_message(OnlineEligibility::SHAPE, tree, &mut unknown))?;
    match (message.message_header.character_code_identifier, encoding) {
        (Some(CharacterCode::Utf8), Encoding::Ms932) | (Some(CharacterCode::ShiftJis), Encoding::Utf8) => {
            Err(fault_at_start(XmlFault::Encoding).into())
        }
        _ => Ok((message, unknown)),
    }
}

/// Writes an `XmlMsg`. A character that Shift_JIS does not have is written as a reference to it, which XML reads back.
pub fn write_xml_msg(message: &OnlineEligibility, code: CharacterCode) -> Vec<u8> {
    let mut message = message.clone();
    message.message_header.character_code_identifier = Some(code);
    let mut elements = Elements::new(match code {
        CharacterCode::Utf8 => "UTF-8",
        CharacterCode::ShiftJis => "Shift_JIS",
    });
    write(&mut elements, ROOT, Some(Content::Document(OnlineEligibility::SHAPE)), &message.to_tree());
    let utf8 = elements.finish();
    match code {
        CharacterCode::Utf8 => utf8,
        CharacterCode::ShiftJis => {
            let mut out = Vec::with_capacity(utf8.len());
            for character in String::from_utf8_lossy(&utf8).chars() {
                match ms932::code_of(character) {
                    Some(code) => ms932::push_code(code, &mut out),
                    None => out.extend_from_slice(format!("&#{};", character as u32).as_bytes()),
                }
            }
            out
        }
    }
}

fn decode(bytes: &[u8]) -> Result<(Cow<'_, str>, Encoding), XmlError> {
    // The declaration is ASCII in either encoding.
    let end = bytes.iter().position(|byte| *byte == b'>').map_or(0, |at| at + 1);
    let declared = std::str::from_utf8(bytes.get(..end).unwrap_or_default())
        .ok()
        .and_then(|declaration| declared_encoding(declaration.trim_start_matches('\u{FEFF}')));
    let shift_jis = ["Shift_JIS", "Windows-31J", "MS932", "CP932", "x-sjis"];
    let (text, encoding) = match declared {
        Some(name) if shift_jis.iter().any(|known| name.eq_ignore_ascii_case(known)) => {
            (ms932::decode(bytes), Encoding::Ms932)
        }
        Some(name) if !name.eq_ignore_ascii_case("UTF-8") => (None, Encoding::Utf8),
        _ => (std::str::from_utf8(bytes).ok().map(Cow::Borrowed), Encoding::Utf8),
    };
    Ok((text.ok_or_else(|| fault_at_start(XmlFault::Encoding))?, encoding))
}

/// `MessageHeader` -> `messageHeader`.
fn lower_first(name: String) -> String {
    with_first(&name, char::to_ascii_lowercase)
}

fn with_first(name: &str, change: fn(&char) -> char) -> String {
    let mut characters = name.chars();
    characters.next().iter().map(change).chain(characters).collect()
}

/// The message as a document: unknown elements told, empty ones left out, days in the form of documents.
fn from_message(shape: &'static Shape, tree: Tree, unknown: &mut Vec<String>) -> Tree {
    let Tree::Node(members) = tree else { return tree };
    let read = members.into_iter().filter_map(|(name, value)| {
        let Some(member) = shape.member(&name) else {
            unknown.push(crate::report::shown_name(&with_first(&name, char::to_ascii_uppercase)));
            return None;
        };
        let value = match (member.content, value) {
            (_, Tree::Text(text)) if text.trim().is_empty() => return None,
            (Content::Leaf(leaf), Tree::Text(text)) => Tree::Text(match leaf.form {
                Form::Date => Date::from_ascii(text.as_bytes()).map_or(text, |date| date.to_string()),
                _ => text,
            }),
            (Content::Document(shape), Tree::List(items)) => {
                Tree::List(items.into_iter().map(|item| from_message(shape, item, unknown)).collect())
            }
            (Content::Document(shape), value) => from_message(shape, value, unknown),
            (_, value) => value,
        };
        Some((name, value))
    });
    Tree::Node(read.collect())
}

fn write(elements: &mut Elements, name: &str, content: Option<Content>, tree: &Tree) {
    match (tree, content) {
        (Tree::Node(members), Some(Content::Document(shape))) => {
            elements.open(name, &[]);
            for (name, value) in members {
                let content = shape.member(name).map(|member| member.content);
                write(elements, &with_first(name, char::to_ascii_uppercase), content, value);
            }
            elements.close(name);
        }
        (Tree::List(items), content) => {
            for item in items {
                write(elements, name, content, item);
            }
        }
        (Tree::Text(text), Some(Content::Leaf(leaf))) if matches!(leaf.form, Form::Date) => {
            elements.leaf(name, &[], &text.replace('-', ""));
        }
        (tree, _) => elements.leaf(name, &[], &leaf_text(tree)),
    }
}
