//! The catalogue of findings: every code, once.

use super::{Lang, Severity};

/// How grave a finding of a code is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Level {
    /// Against the standard.
    Error,
    /// Doubtful, or against a rule that the standard itself does not keep.
    Warning,
    /// What real senders do all the same: an error, or a warning when the caller chose to tolerate.
    Tolerated,
}

/// Declares the catalogue: number, stable name, level, Japanese and English message, source.
macro_rules! catalogue {
    ($( $variant:ident = $number:literal $name:literal $level:ident, $ja:literal, $en:literal, $source:literal; )*) => {
        /// A kind of finding. Names and numbers never change their meaning; retired ones are not used again.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        pub enum Code {
            $( #[doc = concat!("`", $name, "`: ", $en, " ", $ja, " (", $source, ")")] $variant, )*
        }

        impl Code {
            /// All codes, in the order of the catalogue.
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];

            /// The stable number.
            pub const fn number(self) -> u16 {
                match self { $( Self::$variant => $number, )* }
            }

            /// The stable name.
            pub const fn name(self) -> &'static str {
                match self { $( Self::$variant => $name, )* }
            }

            /// How grave it is.
            pub const fn level(self) -> Level {
                match self { $( Self::$variant => Level::$level, )* }
            }

            /// The message, without the place and the value.
            pub const fn text(self, lang: Lang) -> &'static str {
                match (self, lang) {
                    $( (Self::$variant, Lang::Japanese) => $ja, (Self::$variant, Lang::English) => $en, )*
                }
            }

            /// The official source, or what stands in its place.
            pub const fn source(self) -> &'static str {
                match self { $( Self::$variant => $source, )* }
            }
        }
    };
}

catalogue! {
    // The form of the file.
    CsvEmpty = 101 "csv.empty" Error, "レコードがありません", "the file has no record", "4.1 CSV";
    CsvColumnCount = 102 "csv.column_count" Error, "項目数が違います", "the number of fields is wrong", "4.1 layout tables";
    CsvUnclosedQuote = 103 "csv.unclosed_quote" Error, "引用符が閉じていません", "a quote is not closed", "4.1 CSV";
    CsvStrayQuote = 104 "csv.stray_quote" Error, "引用符が二重になっていません", "a quote stands inside a field without being doubled", "4.1 CSV";
    CsvTruncated = 105 "csv.truncated" Error, "最後のレコードが途中で切れています", "the last record is cut off", "4.1 CSV";
    CsvRecordTooLong = 106 "csv.record_too_long" Error, "レコードが長すぎます", "a record is longer than the reader accepts", "kaigo";
    CsvLineEnd = 107 "csv.line_end" Tolerated, "レコードの終わりが CRLF ではありません", "a record does not end with CR LF", "provisional: not stated; CR LF is what is written";
    CsvLastLineEnd = 108 "csv.last_line_end" Tolerated, "最後のレコードの後に改行がありません", "no line end follows the last record", "provisional: not stated";
    CsvHeaderRow = 109 "csv.header_row" Tolerated, "見出し行があります", "the file begins with a header row", "provisional: not stated; data records only";
    CsvBom = 110 "csv.bom" Tolerated, "BOM があります", "the file begins with a byte order mark", "4.1 CSV: Shift_JIS";
    CsvUtf8 = 111 "csv.utf8" Tolerated, "Shift_JIS ではなく UTF-8 です", "the file is UTF-8, not Shift_JIS", "4.1 CSV: Shift_JIS";
    CsvQuotedCode = 112 "csv.quoted_code" Warning, "文字列でない項目が引用符で囲まれています", "a field that is not free text is quoted", "provisional: not stated";
    CsvUnquotedText = 113 "csv.unquoted_text" Warning, "文字列が引用符で囲まれていません", "free text is not quoted", "4.1 CSV";
    CsvQuotedBlank = 114 "csv.quoted_blank" Warning, "空の項目が引用符で囲まれています", "an empty field is quoted", "provisional: not stated";
    CsvBlankLine = 115 "csv.blank_line" Tolerated, "空行があります", "there is a blank line", "4.1 CSV";

    // Characters.
    TextInvalid = 201 "text.invalid" Error, "文字として読めないバイトがあります", "there are bytes that are no character", "4.1 CSV: Shift_JIS (MS932)";
    TextUserDefined = 202 "text.user_defined" Error, "外字があります", "there is a user-defined character (gaiji)", "4.1 CSV: no gaiji";
    TextAlternateCode = 203 "text.alternate_code" Warning, "Windows が書かない符号の文字があります（NEC選定IBM拡張文字など）", "a character is in a code that Windows does not write (NEC selection of IBM extensions)", "MS932";
    TextControl = 204 "text.control" Warning, "制御文字があります", "there is a control character", "4.1 CSV";
    TextOutsideMs932 = 205 "text.outside_ms932" Error, "Shift_JIS（MS932）にない文字があります", "there is a character outside Shift_JIS (MS932)", "4.1 CSV: no gaiji";
    TextVariantWritten = 206 "text.variant_written" Warning, "Shift_JIS（MS932）にない文字を代わりの文字にしました", "a character outside Shift_JIS (MS932) was written as its variant", "4.1 CSV: no gaiji";
    TextSubstituted = 207 "text.substituted" Warning, "Shift_JIS（MS932）にない文字を〓にしました", "a character outside Shift_JIS (MS932) was written as 〓", "4.1 CSV: no gaiji";

    // One field.
    FieldRequired = 301 "field.required" Error, "必須の項目が空です", "a required field is empty", "4.1 layout tables";
    FieldRequiredDoubtful = 302 "field.required_doubtful" Warning, "必須と思われる項目が空です", "a field that may be required is empty", "4.1 layout tables, a cell that is hard to read";
    FieldLength = 303 "field.length" Error, "長さが違います", "the length is wrong", "4.1 layout tables";
    FieldLengthDoubtful = 304 "field.length_doubtful" Warning, "長さが違うかもしれません", "the length may be wrong", "4.1 layout tables, a cell that is hard to read, or bytes against characters";
    FieldDigits = 305 "field.digits" Error, "数字の並びではありません", "not all digits", "4.1 layout tables";
    FieldAlnum = 306 "field.alnum" Error, "番号の形式ではありません", "not in the form of this number", "4.1 layout tables";
    FieldDate = 307 "field.date" Error, "日付ではありません", "no such date", "4.1 layout tables";
    FieldMonth = 308 "field.month" Error, "年月ではありません", "no such month", "4.1 layout tables";
    FieldTime = 309 "field.time" Error, "時刻ではありません", "no such time", "4.1 layout tables";
    FieldInteger = 310 "field.integer" Error, "整数ではありません", "not a whole number", "4.1 layout tables";
    FieldDecimal = 311 "field.decimal" Error, "99.99 の形式ではありません", "not in the form 99.99", "4.1 layout tables";
    FieldPostal = 312 "field.postal" Error, "郵便番号（NNN-NNNN）ではありません", "not a postal code (NNN-NNNN)", "4.1 layout tables";
    FieldDayMap = 313 "field.day_map" Error, "31個の0と1ではありません", "not 31 characters 0 and 1", "4.1 layout tables";
    FieldCode = 314 "field.code" Error, "コード表にない値です", "not in the code list", "4.1 code tables";
    FieldZeroPadded = 315 "field.zero_padded" Warning, "数値に前ゼロがあります", "a number has leading zeros", "provisional: not stated";
    FieldNegative = 316 "field.negative" Warning, "数値が負です", "a number is negative", "provisional: not stated";
    FieldUnused = 317 "field.unused" Warning, "使わない項目に値があります", "a field that is not used has a value", "4.1 layout tables";
    FieldCheckDigit = 318 "field.check_digit" Warning, "検査数字が合いません", "the check digit does not match", "public rule; the standard's own samples do not keep it";
    FieldServiceType = 319 "field.service_type" Warning, "サービス種類の表にない値です", "not in the table of service types", "4.1 service types";
    FieldVersionUnknown = 320 "field.version_unknown" Error, "CSVバージョンの表にない値です", "not in the list of CSV versions", "4.1 CSV versions";
    FieldVersionOld = 321 "field.version_old" Tolerated, "CSVバージョンが4.1版（202407）ではありません", "the CSV version is not that of 4.1 (202407)", "4.1 CSV versions";
    FieldImageName = 322 "field.image_name" Error, "画像ファイルの名前ではありません", "not the name of an image file", "4.1 file names";

    // One row.
    RowEquipmentCode = 401 "row.equipment_code" Error, "種類17・67にTAISコードも福祉用具届出コードもありません", "service type 17 or 67 has neither TAIS code nor notification code", "4.1 UPPLAN No.16, 17; UPSIKYU No.10, 11";
    RowEquipmentCodeBoth = 402 "row.equipment_code_both" Warning, "TAISコードと福祉用具届出コードの両方があります", "both TAIS code and notification code are filled", "4.1 UPPLAN No.16, 17; UPSIKYU No.10, 11";
    RowDayMapMonth = 403 "row.day_map_month" Error, "日割対象日がその月にない日を指しています", "the per-diem map marks a day that the month does not have", "4.1 UPPLAN No.11";
    RowDayMapNone = 404 "row.day_map_none" Warning, "日割対象日に対象日が一日もありません", "the per-diem map marks no day", "4.1 UPPLAN No.11";
    RowTimesPaired = 405 "row.times_paired" Error, "開始時刻と終了時刻が対になっていません", "start and end time are not a pair", "4.1 UPPLAN No.12, 13; UP3KYO No.8, 9, 11, 12";
    RowTimeNotShown = 406 "row.time_not_shown" Warning, "第3表の時刻に9999は定められていません", "9999 is not provided for in the weekly table", "4.1 UP3KYO No.8, 9, 11, 12";
    RowDateMonth = 407 "row.date_month" Error, "サービス利用日が対象年月の外です", "the service date lies outside the service month", "4.1 UPPLAN No.5, 10";
    RowOutOfScope = 408 "row.out_of_scope" Warning, "データ連携の対象でないサービスです", "the service is outside the scope of the exchange", "4.1 service types";
    RowCondition = 409 "row.condition" Error, "他の項目の値により必要な項目が空です", "a field that another field's value asks for is empty", "4.1 UPKIHON No.8, 9, 12, 13";
    RowPeriod = 410 "row.period" Error, "期間の終わりが始まりより前です", "a period ends before it starts", "kaigo";
    RowLimitSlotGap = 411 "row.limit_slot_gap" Error, "種類支給限度の欄が前から詰められていません", "the slots of service-type limits are not filled from the first", "4.1 UPHOSOKU No.20 to 55";
    RowLimitSlotPartial = 412 "row.limit_slot_partial" Warning, "種類支給限度の欄が一部しか埋まっていません", "a slot of a service-type limit is filled in part", "4.1 UPHOSOKU No.20 to 55";
    RowLimitSlotShortStay = 413 "row.limit_slot_short_stay" Error, "短期入所療養介護の種類支給限度は22で書きます", "medical short stay is written as 22 among the service-type limits", "4.1 UPHOSOKU No.20";
    RowSupplementKeys = 414 "row.supplement_keys" Error, "計画作成日と対象年月のどちらか一方だけをゼロにします", "exactly one of plan date and service month must be zeros", "4.1 UPHOSOKU No.4, 63";
    RowWeeklyGroups = 415 "row.weekly_groups" Warning, "第3表の行は、サービス・日常生活・週単位以外のどれか一つです", "a row of the weekly table carries one of service, daily activity and non-weekly service", "4.1 UP3KYO";
    RowNumberRange = 416 "row.number_range" Error, "番号は1から99です", "a running number is 1 to 99", "4.1 UP2KYO No.6, 8, 13";
    RowTotalUnits = 417 "row.total_units" Error, "小計・合計行の単位数は0です", "units are 0 on subtotal and total rows", "4.1 UPSIKYU No.13";
    RowTotalDiscount = 418 "row.total_discount" Error, "小計・合計行の割引後率・割引後単位数は空です", "discounted rate and units are empty on subtotal and total rows", "4.1 UPSIKYU No.14, 15";
    RowTotalOffice = 419 "row.total_office" Error, "事業所コード9999999999とサービスコード999999は、全合計行でだけ、ともに使います", "office 9999999999 and service code 999999 belong together, on the grand-total row alone", "4.1 UPSIKYU No.7, 9";
    RowFixedOffice = 420 "row.fixed_office" Warning, "事業所コード（No.34）は常に9999999999です", "field No.34 is always 9999999999", "4.1 UPSIKYU No.34";

    // One file.
    FileName = 501 "file.name" Error, "ファイル名の形式ではありません", "the file name is not in the form of the standard", "4.1 file names";
    FileNameOld = 502 "file.name_old" Tolerated, "ファイル名が4.1版より前の形式です", "the file name is in a form before 4.1", "4.1 file names";
    FileNameCase = 503 "file.name_case" Tolerated, "ファイル名に小文字があります", "the file name has lower-case letters", "4.1 file names";
    FileVersions = 504 "file.versions" Error, "一つのファイルに複数のCSVバージョンがあります", "one file mixes CSV versions", "4.1 CSV versions";
    FileMonths = 505 "file.months" Error, "一つのファイルに複数の対象年月があります", "one file mixes service months", "4.1 grouping of files";
    FileMonthName = 506 "file.month_name" Error, "対象年月がファイル名と違います", "the service month differs from the file name", "4.1 file names";
    FileSubtotal = 507 "file.subtotal" Error, "コードが複数あるサービス種類に小計行（CD＋AAAA）がありません", "a service type with several code rows has no subtotal row (CD+AAAA)", "4.1 UPSIKYU No.9";
    FileGrandTotal = 508 "file.grand_total" Error, "全合計行（999999）がちょうど一行ありません", "there is not exactly one grand-total row (999999)", "4.1 UPSIKYU No.9";
    FileDetailNo = 509 "file.detail_no" Warning, "明細判別コードが1からの連番ではありません（種類17で同じコード・単位数が複数のときだけ）", "detail numbers are not 1, 2, 3 … exactly where type 17 has several lines of one code and units", "4.1 UPPLAN No.19, a cell that is hard to read";
    FileActualsOffice = 510 "file.actuals_office" Warning, "実績のサービス事業者が送信元と違います", "the provider of the actuals is not the sender", "4.1 grouping of files";
    FileActualsType = 511 "file.actuals_type" Warning, "実績のサービス種類がファイル名と違います", "the service type of the actuals is not that of the file name", "4.1 grouping of files; the standard's own sample mixes them";
    FileDuplicateKey = 512 "file.duplicate_key" Warning, "同じキーのレコードが二つあります", "two records have the same key", "4.1 links";

    // One sending unit.
    UnitCombination = 601 "unit.combination" Error, "送信単位として認められない組み合わせです", "the files are no combination that the standard allows", "4.1 sending units";
    UnitIncomplete = 602 "unit.incomplete" Error, "送信単位に足りないファイルがあります", "a file of the sending unit is missing", "4.1 sending units";
    UnitSequence = 603 "unit.sequence" Error, "一つの送信単位に複数のシーケンス番号があります", "the files do not share one sequence number", "4.1 sending units";
    UnitOffices = 604 "unit.offices" Error, "一つの送信単位で送信元・送信先が違います", "the files do not agree on sender and receiver", "4.1 sending units";
    UnitDuplicateKind = 605 "unit.duplicate_kind" Error, "同じ種類のファイルが二つあります", "a kind of file occurs twice", "4.1 sending units";
    UnitOrphan = 606 "unit.orphan" Error, "親のレコードがありません", "a record has no parent record in the unit", "4.1 links";
    UnitChildless = 607 "unit.childless" Warning, "親のレコードに続くレコードがありません", "a record lacks a part that the unit should hold", "4.1 links";
    UnitImageMissing = 608 "unit.image_missing" Error, "画像ファイルがありません", "an image file is missing", "4.1 UPKIHON No.62";
    UnitImageUnused = 609 "unit.image_unused" Warning, "どのレコードも指さない画像ファイルがあります", "no record names this image file", "4.1 UPKIHON No.62";
    UnitImageForm = 610 "unit.image_form" Error, "JPEG ではありません", "the image is not a JPEG", "4.1 file names";
    UnitUnknownFile = 611 "unit.unknown_file" Warning, "送信単位に属さないファイルです", "the file does not belong to a sending unit", "4.1 file names";
    UnitMonths = 612 "unit.months" Error, "一つの送信単位に複数の対象年月があります", "the files do not agree on the service month", "4.1 file names";

    // The inbox.
    InboxOrder = 701 "inbox.order" Warning, "先に取り込んだものより古い送信単位です", "the unit is older than one that was imported before", "4.1 import order";
    InboxAgain = 702 "inbox.again" Warning, "取り込み済みの送信単位です", "the unit was imported before", "4.1 import order";
    InboxNothingDeleted = 703 "inbox.nothing_deleted" Warning, "削除の対象がありません", "there is nothing to delete", "4.1 deletion";

    // The way between records and the care domain.
    CareNotCarried = 751 "care.not_carried" Error, "項目の値が書式に合わず、取り込めません", "a field does not conform, and its value was left out", "kaigo";
    CareTextChanged = 752 "care.text_changed" Error, "文字列に読めない文字があり、U+FFFDに置き換えました", "a text has what is no character, read as U+FFFD", "kaigo";
    CareIndividualNumber = 753 "care.individual_number" Error, "文字列に個人番号と思われる数字があり、取り込みません", "a text looks like it holds an Individual Number, and was left out", "Number Act";
    CareUnplaced = 754 "care.unplaced" Error, "どの計画・月に属するか分からない行です", "the row does not tell which plan or month it belongs to", "4.1 links";
    CareDuplicate = 755 "care.duplicate" Error, "同じキーの行が二つあり、後のものを取り込みません", "the same client and date stand twice, and the later was left out", "4.1 links";
    CareMixed = 756 "care.mixed" Warning, "行が利用者・計画の順に並んでいません（計画ごとに書き出します）", "rows do not stand plan by plan, as they will be written", "kaigo";
    CareLeftOut = 757 "care.left_out" Warning, "介護ドメイン文書に入らないファイルです（削除、画像）", "a care document has no place for the file: a deletion, or an image", "kaigo";

    // JSON.
    JsonMember = 801 "json.member" Warning, "知らない項目です", "an unknown member", "5.0-provisional";
    JsonValue = 802 "json.value" Error, "項目の値の型が違います", "a member has a value of the wrong JSON type", "5.0-provisional";

    // XML.
    XmlMember = 851 "xml.member" Warning, "知らない要素です", "an unknown element", "5.0-provisional";
    XmlValue = 852 "xml.value" Error, "要素の値の形が違います", "an element has a value in another form", "5.0-provisional";

    // What is lost on the way from one form or standard to another.
    LossCharacter = 901 "loss.character" Error, "変換先の文字集合にない文字があり、書けません", "a character that the target's character set does not have cannot be written", "kaigo";
    LossVariant = 902 "loss.variant" Warning, "変換先の文字集合にない文字を代わりの字形で書きました", "a character that the target's character set does not have was written as a form of it", "kaigo";
    LossMeaning = 903 "loss.meaning" Warning, "変換先の文字集合にない文字を、意味の異なりうる別の文字で書きました", "a character that the target's character set does not have was written as one that may mean something else", "kaigo";
    LossSubstituted = 904 "loss.substituted" Warning, "変換先の文字集合にない文字を〓にしました", "a character that the target's character set does not have was written as 〓", "kaigo";
    LossOutside = 905 "loss.outside" Warning, "変換先の標準の文字集合にない文字です（そのまま書きました）", "the target's standard does not have this character; it was written as it is", "official in summary: JIS X 0213:2012";
    LossBytes = 906 "loss.bytes" Warning, "文字として読めないバイトまたは外字です（kaigoだけが読める形で書きました）", "bytes that are no character, or gaiji: written in a form that only kaigo reads", "kaigo";
    LossForm = 907 "loss.form" Warning, "値が変換先の書式に合いません（そのまま書きました）", "the value is not in the target's form; it was written as it is", "kaigo";
    LossLength = 908 "loss.length" Warning, "値が変換先の長さを超えています（そのまま書きました）", "the value is longer than the target's field; it was written as it is", "kaigo";
    LossCode = 909 "loss.code" Warning, "変換先のコード表にない値です（そのまま書きました）", "the target's code list does not have this value; it was written as it is", "kaigo";
    LossMandatory = 910 "loss.mandatory" Error, "変換先で必須の項目が空です", "an item that the target demands is blank", "kaigo";
    LossMember = 911 "loss.member" Warning, "変換先に置き場所のない項目を落としました", "a member for which the target has no place was left out", "kaigo";
    LossValue = 912 "loss.value" Warning, "値の型が違い、文字列にしたか落としました", "a value of another type was made a text, or left out", "kaigo";
    LossFileForm = 913 "loss.file_form" Warning, "ファイルの書き方（引用符、改行、見出し行など）は変換先に残りません", "how the file was written (quotes, line ends, a header row …) does not come over", "kaigo";

    // What a profile of a standard demands.
    StandardMandatory = 921 "standard.mandatory" Error, "標準のプロファイルで必須の項目がありません", "an item that the profile of the standard demands is missing", "the profile in use";
    StandardCharacter = 922 "standard.character" Error, "標準の文字集合にない文字があります", "a character is outside the character set of the standard", "the profile in use";
    StandardAdditional = 923 "standard.additional" Error, "標準のプロファイルが定める項目の形ではありません", "an additional item is not in the form that the profile says", "the profile in use";
}

impl Code {
    /// How grave a finding of this code is, given what the caller tolerates.
    pub const fn severity(self, strictness: super::Strictness) -> Severity {
        match (self.level(), strictness) {
            (Level::Error, _) | (Level::Tolerated, super::Strictness::Strict) => Severity::Error,
            (Level::Warning, _) | (Level::Tolerated, super::Strictness::Tolerant) => Severity::Warning,
        }
    }

    /// The code of that name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|code| code.name() == name)
    }
}

/// The catalogue, and that of the rules of benefit, as the page `docs/findings.md`.
pub fn markdown() -> String {
    let mut out = String::from(
        "# Findings\n\n\
         Generated from the catalogue in `kaigo-core/src/report/catalogue.rs`. Names and numbers never change their\n\
         meaning; retired ones are not used again. `tolerated`: an error, and a warning in tolerant mode.\n\n\
         | No. | code | level | 日本語 | English | source |\n| ---: | --- | --- | --- | --- | --- |\n",
    );
    for code in Code::ALL {
        let level = match code.level() {
            Level::Error => "error",
            Level::Warning => "warning",
            Level::Tolerated => "tolerated",
        };
        out += &format!(
            "| {} | `{}` | {level} | {} | {} | {} |\n",
            code.number(),
            code.name(),
            code.text(Lang::Japanese),
            code.text(Lang::English),
            code.source()
        );
    }
    out + &crate::benefit::markdown()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_numbers_are_unique() {
        for (i, a) in Code::ALL.iter().enumerate() {
            for b in &Code::ALL[i + 1..] {
                assert_ne!(a.name(), b.name());
                assert_ne!(a.number(), b.number());
            }
            assert_eq!(Code::from_name(a.name()), Some(*a));
        }
    }
}
