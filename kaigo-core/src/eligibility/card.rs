//! The insured card and the certificates that people carry beside it, as they are printed **\[P\]**. Dates are printed in
//! Japanese eras; [`Era::date`](crate::calendar::Era::date) reads such a date.

use super::CertifiedLevel;
use crate::benefit::{Units, Yen};
use crate::calendar::Date;
use crate::code::{Sex, codes};
use crate::document::{Line, OpenPeriod, Period, Phone, Prose, document};
use crate::ident::{InsuredNumber, InsurerNumber, OfficeNumber, PostalCode, ServiceTypeCode};
use crate::record::BirthDate;

codes! {
    /// 認定の根拠: what the level rests on.
    CertificationBasis = "認定年月日の種別", "basis of a certification" {
        Certification  = "certification" "要介護認定",
        BasicChecklist = "basic_checklist" "基本チェックリスト",
    }
}

codes! {
    /// 利用者負担の割合: share of the cost that the person pays, in tenths **\[P\]**.
    BurdenRatio = "負担割合", "burden ratio" {
        One   = "1" "１割",
        Two   = "2" "２割",
        Three = "3" "３割",
    }
}

impl BurdenRatio {
    /// The person's share in per cent: 10, 20 or 30.
    pub const fn percent(self) -> u8 {
        match self {
            Self::One => 10,
            Self::Two => 20,
            Self::Three => 30,
        }
    }
}

document! {
    /// The insurer as it is printed.
    Insurer = "保険者" {
        number: one InsurerNumber = "保険者番号",
        name: one Line = "保険者名",
        phone: opt Phone = "電話番号",
    }

    /// A ceiling that the insurer sets for one kind of service, in units a month.
    ServiceCeiling = "種類支給限度基準額" {
        service_type: one ServiceTypeCode = "サービス種類",
        units: one Units = "単位数",
    }

    /// A restriction of benefits, for premiums unpaid.
    BenefitRestriction = "給付制限" {
        content: one Prose = "内容",
        period: one OpenPeriod = "期間",
    }

    /// Who makes the care plan.
    CareManagementOffice = "居宅介護支援事業者等" {
        /// Left out where the person makes the plan (自己作成).
        number: opt OfficeNumber = "事業所番号",
        /// `自己作成` where the person makes the plan.
        name: one Line = "事業者名",
        notified_on: one Date = "届出年月日",
    }

    /// A stay in a facility.
    FacilityStay = "介護保険施設等" {
        kind: one Line = "種類",
        name: one Line = "名称",
        period: one OpenPeriod = "入所・退所年月日",
    }

    /// The insured card (介護保険被保険者証).
    InsuredCard = "介護保険被保険者証" {
        insured_number: one InsuredNumber = "被保険者番号",
        name: one Line = "氏名",
        name_kana: one Line = "フリガナ",
        birth_date: one BirthDate = "生年月日",
        sex: one Sex = "性別",
        postal_code: opt PostalCode = "郵便番号",
        address: one Line = "住所",
        issued_on: one Date = "交付年月日",
        reissued: one bool = "再交付",
        insurer: one Insurer = "保険者",
        /// Left out of a card without a certification.
        level: opt CertifiedLevel = "要介護状態区分等",
        basis: opt CertificationBasis = "認定の根拠",
        /// The day of certification, or of the basic checklist.
        certified_on: opt Date = "認定年月日",
        valid: opt Period = "認定の有効期間",
        ceiling: opt Units = "区分支給限度基準額",
        ceiling_period: opt Period = "区分支給限度基準額の適用期間",
        service_ceilings: many 6 ServiceCeiling = "種類支給限度基準額",
        panels_opinion: opt Prose = "認定審査会の意見及びサービスの種類の指定",
        designated_services: many 20 ServiceTypeCode = "指定されたサービスの種類",
        restrictions: many 3 BenefitRestriction = "給付制限",
        care_management_offices: many 3 CareManagementOffice = "居宅介護支援事業者等",
        facilities: many 3 FacilityStay = "介護保険施設等",
    } => level_without_period

    /// One row of the burden ratio certificate.
    BurdenRatioRow = "負担割合の行" {
        ratio: one BurdenRatio = "利用者負担の割合",
        period: one Period = "適用期間",
    }

    /// The burden ratio certificate (負担割合証). It runs from 1 August to 31 July **\[M\]**.
    BurdenRatioCertificate = "負担割合証" {
        insured_number: one InsuredNumber = "被保険者番号",
        issued_on: one Date = "交付年月日",
        rows: many 2 BurdenRatioRow = "負担割合",
        insurer: one Insurer = "保険者",
    }

    /// Ceilings of food and room, in yen a day.
    FoodAndRoomLimits = "負担限度額" {
        food: one Yen = "食費の負担限度額",
        unit_private: opt Yen = "ユニット型個室",
        unit_semi_private: opt Yen = "ユニット型個室的多床室",
        private_welfare: opt Yen = "従来型個室（特養等）",
        private_health: opt Yen = "従来型個室（老健・医療院等）",
        shared: opt Yen = "多床室",
    }

    /// The ceiling certificate (負担限度額認定証).
    BurdenLimitCertificate = "負担限度額認定証" {
        insured_number: one InsuredNumber = "被保険者番号",
        issued_on: one Date = "交付年月日",
        /// From the day that it applies from to the day that it is valid to.
        period: one Period = "適用年月日・有効期限",
        limits: one FoodAndRoomLimits = "負担限度額",
        insurer: one Insurer = "保険者",
    }
}

fn level_without_period(card: &InsuredCard) -> Option<(&'static str, &'static str)> {
    // 事業対象者 have no period of their own.
    let needs = card
        .level
        .is_some_and(|level| !matches!(level, CertifiedLevel::ProgramTarget | CertifiedLevel::NotEligible));
    (needs && card.valid.is_none()).then_some((
        "要介護状態区分があるのに有効期間がありません",
        "has a level without the period that it is valid for",
    ))
}
