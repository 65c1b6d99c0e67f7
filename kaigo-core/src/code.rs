//! The closed code lists of the standard, and its table of service types.
//!
//! Source: ケアプランデータ連携標準仕様 4.1, code tables and layout texts.

use crate::ident::ServiceTypeCode;

/// A closed list of codes.
pub trait CodeList: Copy + PartialEq + std::fmt::Debug + 'static {
    /// The codes with their official labels, in official order.
    const LIST: &'static [(&'static str, &'static str)];

    /// The value of that code; `None` when the list does not have it.
    fn from_code(code: &[u8]) -> Option<Self>;

    /// The code as it is written.
    fn code(&self) -> &'static str;

    /// The official label.
    fn label(&self) -> &'static str {
        let code = self.code();
        Self::LIST.iter().find(|(listed, _)| *listed == code).map_or("", |(_, label)| label)
    }
}

/// Declares a code list: variant, code and official label.
macro_rules! codes {
    (
        $(#[$meta:meta])*
        $name:ident = $ja:literal, $en:literal { $( $variant:ident = $code:literal $label:literal, )* }
    ) => {
        $(#[$meta])*
        #[doc(alias = $ja)]
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name {
            $( #[doc = concat!("`", $code, "` ", $label, ".")] $variant, )*
        }

        impl $name {
            #[doc = concat!("Every ", $en, ", in official order.")]
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];
        }

        impl $crate::code::CodeList for $name {
            const LIST: &'static [(&'static str, &'static str)] = &[$(($code, $label)),*];

            #[inline]
            fn from_code(code: &[u8]) -> Option<Self> {
                $( if code == $code.as_bytes() { return Some(Self::$variant); } )*
                None
            }

            #[inline]
            fn code(&self) -> &'static str {
                match self { $( Self::$variant => $code, )* }
            }
        }
    };
}

pub(crate) use codes;

codes! {
    /// 計画書区分: kind of care plan.
    PlanCategory = "計画書区分", "plan category" {
        First                     = "11" "初回",
        Referral                  = "12" "紹介",
        Continued                 = "21" "継続",
        FirstAndReferral          = "51" "初回＆紹介",
        FirstAndContinued         = "52" "初回＆継続",
        ReferralAndContinued      = "53" "紹介＆継続",
        FirstReferralAndContinued = "54" "初回＆紹介＆継続",
    }
}

codes! {
    /// 認定状況区分: whether the certification is applied for or done.
    CertificationStatus = "認定状況区分", "certification status" {
        Applied   = "1" "申請中",
        Certified = "2" "認定済",
    }
}

codes! {
    /// 要介護状態区分: care level of 居宅サービス計画 and 利用者補足情報.
    CareLevel = "要介護状態区分", "care level" {
        ProgramTarget = "06" "事業対象者",
        Support1      = "12" "要支援１",
        Support2      = "13" "要支援２",
        Care1         = "21" "要介護１",
        Care2         = "22" "要介護２",
        Care3         = "23" "要介護３",
        Care4         = "24" "要介護４",
        Care5         = "25" "要介護５",
    }
}

codes! {
    /// 要介護状態区分: care level of 利用者基本情報, whose list has 01 非該当 where the common one has 06.
    BasicCareLevel = "要介護状態区分", "care level (basic information)" {
        NotEligible = "01" "非該当",
        Support1    = "12" "要支援１",
        Support2    = "13" "要支援２",
        Care1       = "21" "要介護１",
        Care2       = "22" "要介護２",
        Care3       = "23" "要介護３",
        Care4       = "24" "要介護４",
        Care5       = "25" "要介護５",
    }
}

codes! {
    /// 要支援状態区分: support level of 介護予防サービス・支援計画書, a one-digit list of its own.
    SupportLevel = "要支援状態区分", "support level" {
        Support1         = "1" "要支援１",
        Support2         = "2" "要支援２",
        CommunityProgram = "3" "地域支援事業",
    }
}

codes! {
    /// 生活援助中心型の算定理由: why domestic help is the main service.
    DomesticHelpReason = "生活援助中心型の算定理由", "reason for domestic help" {
        LivesAlone   = "1" "一人暮らし",
        FamilyUnable = "2" "家族等が障害、疾病等",
        Other        = "3" "その他",
    }
}

codes! {
    /// 保険対象区分: whether the insurance covers the service.
    InsuranceCoverage = "保険対象区分", "insurance coverage" {
        Covered    = "Y" "対象",
        NotCovered = "N" "対象外",
    }
}

codes! {
    /// 性別: sex as registered.
    Sex = "性別", "sex" {
        Male   = "1" "男性",
        Female = "2" "女性",
    }
}

codes! {
    /// 曜日: day of the week.
    Weekday = "曜日", "weekday" {
        Monday    = "1" "月曜日",
        Tuesday   = "2" "火曜日",
        Wednesday = "3" "水曜日",
        Thursday  = "4" "木曜日",
        Friday    = "5" "金曜日",
        Saturday  = "6" "土曜日",
        Sunday    = "7" "日曜日",
    }
}

codes! {
    /// 該当: whether something applies.
    Applies = "該当", "applies" {
        Yes = "1" "該当",
        No  = "0" "非該当",
    }
}

codes! {
    /// 計画種類: kind of prevention plan.
    PlanKind = "計画種類", "plan kind" {
        PreventiveSupport    = "1" "介護予防支援",
        PreventiveManagement = "2" "介護予防ケアマネジメント",
    }
}

codes! {
    /// 委託の有無: who makes the plan.
    Outsourcing = "委託の有無", "outsourcing" {
        InHouse      = "1" "自前",
        Commissioned = "2" "委託",
    }
}

codes! {
    /// 相談方法: how the person came to talk.
    ConsultationMethod = "相談方法", "consultation method" {
        Visit = "01" "来所",
        Phone = "02" "電話",
        Other = "03" "その他",
    }
}

codes! {
    /// 相談回数: first or return.
    ConsultationVisit = "相談回数", "consultation visit" {
        First  = "01" "初回",
        Return = "02" "再来",
    }
}

codes! {
    /// 利用者の現況: where the person is.
    LivingSituation = "利用者の現況", "living situation" {
        AtHome     = "01" "在宅",
        InFacility = "02" "入院又は入所中",
    }
}

codes! {
    /// 障害高齢者の日常生活自立度: independence grade of the exchange (障害高齢者).
    PhysicalIndependence = "障害高齢者の日常生活自立度", "independence of the disabled aged" {
        Independent = "01" "自立",
        J1          = "11" "J1",
        J2          = "12" "J2",
        A1          = "21" "A1",
        A2          = "22" "A2",
        B1          = "31" "B1",
        B2          = "32" "B2",
        C1          = "41" "C1",
        C2          = "42" "C2",
    }
}

codes! {
    /// 認知症高齢者の日常生活自立度: independence grade of the exchange (認知症高齢者).
    DementiaIndependence = "認知症高齢者の日常生活自立度", "independence of the aged with dementia" {
        Independent = "01" "自立",
        I           = "02" "Ⅰ",
        IIa         = "03" "Ⅱａ",
        IIb         = "04" "Ⅱｂ",
        IIIa        = "05" "Ⅲａ",
        IIIb        = "06" "Ⅲｂ",
        IV          = "07" "Ⅳ",
        M           = "08" "Ｍ",
    }
}

codes! {
    /// 基本チェックリスト記入結果: result of the basic checklist.
    ChecklistResult = "基本チェックリスト記入結果", "basic checklist result" {
        Qualifies      = "1" "事業対象者の該当あり",
        DoesNotQualify = "2" "事業対象者の該当なし",
    }
}

codes! {
    /// 居住形態: kind of dwelling.
    DwellingType = "居住形態", "dwelling type" {
        Owned           = "01" "自宅",
        Rented          = "02" "借家",
        Detached        = "03" "一戸建て",
        Apartment       = "04" "集合住宅",
        OwnedDetached   = "05" "自宅・一戸建て",
        OwnedApartment  = "06" "自宅・集合住宅",
        RentedDetached  = "07" "借家・一戸建て",
        RentedApartment = "08" "借家・集合住宅",
    }
}

codes! {
    /// 有無: whether there is any.
    YesNo = "有無", "yes or no" {
        Yes = "1" "有",
        No  = "2" "無",
    }
}

codes! {
    /// 事業プログラムの要否: whether a program is needed.
    ProgramNeed = "事業プログラムの要否", "program need" {
        Needed    = "1" "要",
        NotNeeded = "2" "否",
    }
}

codes! {
    /// 主治医・意見作成者フラグ: whether this is the attending doctor.
    DoctorRole = "主治医・意見作成者フラグ", "doctor role" {
        Attending = "1" "主治医",
        Other     = "2" "それ以外",
    }
}

codes! {
    /// 経過: state of the treatment.
    TreatmentProgress = "経過", "treatment progress" {
        UnderTreatment   = "01" "治療中",
        UnderObservation = "02" "経過観察中",
        Other            = "03" "その他",
    }
}

/// Which law a service type belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ServiceGroup {
    /// 介護給付.
    #[doc(alias = "介護給付")]
    Care,
    /// 予防給付.
    #[doc(alias = "予防給付")]
    Prevention,
    /// 介護予防・日常生活支援総合事業.
    #[doc(alias = "総合事業")]
    Community,
}

use ServiceGroup::{Care, Community, Prevention};

/// A service type of the standard's table.
#[doc(alias = "サービス種類")]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ServiceType {
    /// Its code, two characters.
    pub code: &'static str,
    /// Its official name.
    pub name_ja: &'static str,
    /// Which law it belongs to; 59 and 81 belong to two.
    pub group: ServiceGroup,
    /// Whether its records are exchanged.
    pub in_scope: bool,
}

impl ServiceType {
    /// The official table, in official order.
    pub const ALL: &'static [Self] = SERVICE_TYPES;

    /// The type of that code; `None` when the table does not name it.
    #[inline]
    pub fn of(code: ServiceTypeCode) -> Option<&'static Self> {
        let place = PLACES.get(place_of(code.as_bytes()))?;
        SERVICE_TYPES.get(usize::from(*place))
    }
}

/// The number of a code of two digits or capital letters, in base 36.
const fn place_of(code: &[u8]) -> usize {
    const fn digit(byte: u8) -> usize {
        if byte <= b'9' { byte.wrapping_sub(b'0') as usize } else { byte.wrapping_sub(b'A') as usize + 10 }
    }
    digit(code[0]) * 36 + digit(code[1])
}

/// Where each code first stands in the table, for every row of a file asks.
static PLACES: [u8; 36 * 36] = {
    let mut places = [u8::MAX; 36 * 36];
    let mut index = SERVICE_TYPES.len();
    while index > 0 {
        index -= 1;
        places[place_of(SERVICE_TYPES[index].code.as_bytes())] = index as u8;
    }
    places
};

const fn service_type(
    code: &'static str,
    name_ja: &'static str,
    group: ServiceGroup,
    in_scope: bool,
) -> ServiceType {
    ServiceType { code, name_ja, group, in_scope }
}

#[rustfmt::skip]
const SERVICE_TYPES: &[ServiceType] = &[
    service_type("11", "訪問介護", Care, true),
    service_type("12", "訪問入浴介護", Care, true),
    service_type("13", "訪問看護", Care, true),
    service_type("14", "訪問リハビリテーション", Care, true),
    service_type("15", "通所介護", Care, true),
    service_type("16", "通所リハビリテーション", Care, true),
    service_type("17", "福祉用具貸与", Care, true),
    service_type("21", "短期入所生活介護", Care, true),
    service_type("22", "短期入所療養介護（介護老人保健施設）", Care, true),
    service_type("23", "短期入所療養介護（介護療養型医療施設等）", Care, true),
    service_type("2A", "短期入所療養介護（介護医療院）", Care, true),
    service_type("31", "居宅療養管理指導", Care, true),
    service_type("71", "夜間対応型訪問介護", Care, true),
    service_type("76", "定期巡回・随時対応型訪問介護看護", Care, true),
    service_type("72", "認知症対応型通所介護", Care, true),
    service_type("78", "地域密着型通所介護", Care, true),
    service_type("73", "小規模多機能型居宅介護", Care, true),
    service_type("68", "小規模多機能型居宅介護（短期利用）", Care, true),
    service_type("77", "看護小規模多機能型居宅介護", Care, true),
    service_type("79", "看護小規模多機能型居宅介護（短期利用）", Care, true),
    service_type("33", "特定施設入居者生活介護", Care, false),
    service_type("27", "特定施設入居者生活介護（短期利用）", Care, true),
    service_type("36", "地域密着型特定施設入居者生活介護", Care, false),
    service_type("28", "地域密着型特定施設入居者生活介護（短期利用）", Care, true),
    service_type("32", "認知症対応型共同生活介護（短期利用以外）", Care, false),
    service_type("38", "認知症対応型共同生活介護（短期利用）", Care, true),
    service_type("41", "特定福祉用具販売", Care, false),
    service_type("42", "住宅改修", Care, false),
    service_type("51", "介護福祉施設サービス", Care, false),
    service_type("52", "介護保健施設サービス", Care, false),
    service_type("53", "介護療養施設サービス", Care, false),
    service_type("54", "地域密着型介護老人福祉施設入所者生活介護", Care, false),
    service_type("59", "特定介護サービス等", Care, false),
    service_type("81", "市町村特別給付", Care, false),
    service_type("62", "介護予防訪問入浴介護", Prevention, true),
    service_type("63", "介護予防訪問看護", Prevention, true),
    service_type("64", "介護予防訪問リハビリテーション", Prevention, true),
    service_type("66", "介護予防通所リハビリテーション", Prevention, true),
    service_type("67", "介護予防福祉用具貸与", Prevention, true),
    service_type("24", "介護予防短期入所生活介護", Prevention, true),
    service_type("25", "介護予防短期入所療養介護（介護老人保健施設）", Prevention, true),
    service_type("26", "介護予防短期入所療養介護（介護療養型医療施設等）", Prevention, true),
    service_type("2B", "介護予防短期入所療養介護（介護医療院）", Prevention, true),
    service_type("34", "介護予防居宅療養管理指導", Prevention, true),
    service_type("74", "介護予防認知症対応型通所介護", Prevention, true),
    service_type("75", "介護予防小規模多機能型居宅介護", Prevention, true),
    service_type("69", "介護予防小規模多機能型居宅介護（短期利用）", Prevention, true),
    service_type("35", "介護予防特定施設入居者生活介護", Prevention, false),
    service_type("37", "介護予防認知症対応型共同生活介護（短期利用以外）", Prevention, false),
    service_type("39", "介護予防認知症対応型共同生活介護（短期利用）", Prevention, true),
    service_type("44", "特定介護予防福祉用具販売", Prevention, false),
    service_type("45", "介護予防住宅改修", Prevention, false),
    service_type("59", "特定介護サービス等", Prevention, false),
    service_type("81", "市町村特別給付", Prevention, false),
    service_type("A1", "訪問型サービス（みなし）", Community, true),
    service_type("A2", "訪問型サービス（独自）", Community, true),
    service_type("A3", "訪問型サービス（独自／定率）", Community, true),
    service_type("A4", "訪問型サービス（独自／定額）", Community, true),
    service_type("A5", "通所型サービス（みなし）", Community, true),
    service_type("A6", "通所型サービス（独自）", Community, true),
    service_type("A7", "通所型サービス（独自／定率）", Community, true),
    service_type("A8", "通所型サービス（独自／定額）", Community, true),
];
