//! Levels and grades that two systems code in different ways. They are converted by name, never by number.

use std::fmt;

use crate::code::{
    BasicCareLevel, CareLevel, CodeList, DementiaIndependence, PhysicalIndependence, SupportLevel, YesNo,
    codes,
};

codes! {
    /// 要介護状態区分等: level of a certification, with every code that any list has **\[O\]**.
    CertifiedLevel = "要介護状態区分等", "certified level" {
        NotEligible   = "01" "非該当",
        ProgramTarget = "06" "事業対象者",
        Transitional  = "11" "経過的要介護",
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
    /// 障害高齢者の日常生活自立度: independence grade as LIFE codes it **\[O\]**.
    LifePhysicalIndependence = "障害高齢者の日常生活自立度（LIFE）", "independence of the disabled aged (LIFE)" {
        Independent = "1" "自立",
        J1          = "2" "J1",
        J2          = "3" "J2",
        A1          = "4" "A1",
        A2          = "5" "A2",
        B1          = "6" "B1",
        B2          = "7" "B2",
        C1          = "8" "C1",
        C2          = "9" "C2",
    }
}

codes! {
    /// 認知症高齢者の日常生活自立度: independence grade as LIFE codes it **\[O\]**.
    LifeDementiaIndependence = "認知症高齢者の日常生活自立度（LIFE）", "independence of the aged with dementia (LIFE)" {
        Independent = "1" "自立",
        I           = "2" "Ⅰ",
        IIa         = "3" "Ⅱａ",
        IIb         = "4" "Ⅱｂ",
        IIIa        = "5" "Ⅲａ",
        IIIb        = "6" "Ⅲｂ",
        IV          = "7" "Ⅳ",
        M           = "8" "Ｍ",
    }
}

codes! {
    /// 有無: as municipalities code it; the doctor's side ([`YesNo`]) has the numbers the other way round **\[P\]**.
    MunicipalYesNo = "有無（市町村）", "yes or no (municipal)" {
        No  = "1" "無",
        Yes = "2" "有",
    }
}

/// The two lists do not share this level.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NoSuchLevel;

impl fmt::Display for NoSuchLevel {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the other code list has no such level")
    }
}

impl std::error::Error for NoSuchLevel {}

/// Lists with the same names.
macro_rules! same {
    ($($a:ident, $b:ident: $($variant:ident)+;)*) => { $(
        impl From<$a> for $b {
            fn from(value: $a) -> Self {
                match value { $( $a::$variant => Self::$variant, )+ }
            }
        }

        impl From<$b> for $a {
            fn from(value: $b) -> Self {
                match value { $( $b::$variant => Self::$variant, )+ }
            }
        }
    )* };
}

same! {
    PhysicalIndependence, LifePhysicalIndependence: Independent J1 J2 A1 A2 B1 B2 C1 C2;
    DementiaIndependence, LifeDementiaIndependence: Independent I IIa IIb IIIa IIIb IV M;
    YesNo, MunicipalYesNo: Yes No;
}

/// Lists of which [`CertifiedLevel`] has every name.
macro_rules! part {
    ($($list:ident: $($variant:ident)+;)*) => { $(
        impl From<$list> for CertifiedLevel {
            fn from(level: $list) -> Self {
                match level { $( $list::$variant => Self::$variant, )+ }
            }
        }

        impl TryFrom<CertifiedLevel> for $list {
            type Error = NoSuchLevel;

            fn try_from(level: CertifiedLevel) -> Result<Self, NoSuchLevel> {
                match level {
                    $( CertifiedLevel::$variant => Ok(Self::$variant), )+
                    _ => Err(NoSuchLevel),
                }
            }
        }
    )* };
}

part! {
    CareLevel: ProgramTarget Support1 Support2 Care1 Care2 Care3 Care4 Care5;
    BasicCareLevel: NotEligible Support1 Support2 Care1 Care2 Care3 Care4 Care5;
}

/// The community program (地域支援事業) is for [`CertifiedLevel::ProgramTarget`]s.
impl From<SupportLevel> for CertifiedLevel {
    fn from(level: SupportLevel) -> Self {
        match level {
            SupportLevel::Support1 => Self::Support1,
            SupportLevel::Support2 => Self::Support2,
            SupportLevel::CommunityProgram => Self::ProgramTarget,
        }
    }
}

impl TryFrom<CertifiedLevel> for SupportLevel {
    type Error = NoSuchLevel;

    fn try_from(level: CertifiedLevel) -> Result<Self, NoSuchLevel> {
        match level {
            CertifiedLevel::Support1 => Ok(Self::Support1),
            CertifiedLevel::Support2 => Ok(Self::Support2),
            CertifiedLevel::ProgramTarget => Ok(Self::CommunityProgram),
            _ => Err(NoSuchLevel),
        }
    }
}

impl CertifiedLevel {
    /// Whether it is one of 要介護1–5, whose services are 介護給付.
    #[doc(alias = "要介護")]
    pub fn is_care(self) -> bool {
        self >= Self::Care1
    }

    /// Whether it is 要支援1 or 2, or 事業対象者: plans are those of prevention.
    #[doc(alias = "要支援")]
    pub fn is_support(self) -> bool {
        matches!(self, Self::Support1 | Self::Support2 | Self::ProgramTarget)
    }

    /// The name for people: the official one, and in English.
    pub fn name(self, lang: crate::report::Lang) -> &'static str {
        match (lang, self) {
            (crate::report::Lang::Japanese, _) => CodeList::label(&self),
            (_, Self::NotEligible) => "not eligible",
            (_, Self::ProgramTarget) => "program target",
            (_, Self::Transitional) => "transitional care level",
            (_, Self::Support1) => "support level 1",
            (_, Self::Support2) => "support level 2",
            (_, Self::Care1) => "care level 1",
            (_, Self::Care2) => "care level 2",
            (_, Self::Care3) => "care level 3",
            (_, Self::Care4) => "care level 4",
            (_, Self::Care5) => "care level 5",
        }
    }
}
