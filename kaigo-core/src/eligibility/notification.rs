//! The notification that a care plan is asked for (居宅サービス計画作成依頼（変更）届出書) **\[P\]**.

use jiff::Timestamp;

use super::Consent;
use crate::calendar::Date;
use crate::code::{Sex, codes};
use crate::document::{Line, Phone, Prose, document};
use crate::ident::{InsuredNumber, InsurerNumber, OfficeNumber};
use crate::record::BirthDate;

codes! {
    /// 届出の区分: kind of notification.
    NotificationKind = "届出の区分", "notification kind" {
        New         = "new" "新規",
        Change      = "change" "変更",
        Provisional = "provisional" "暫定",
    }
}

codes! {
    /// 届出書の種類: which form.
    NotificationVariant = "届出書の種類", "notification variant" {
        Care                = "care" "居宅サービス計画作成依頼（変更）届出書",
        Prevention          = "prevention" "介護予防サービス計画作成・介護予防ケアマネジメント依頼（変更）届出書",
        SmallMultifunctional = "small_multifunctional" "小規模多機能型居宅介護等の届出書",
    }
}

codes! {
    /// 届出人: who files.
    Filer = "届出人", "filer" {
        Person = "person" "本人",
        Family = "family" "家族",
        Office = "office" "事業者（代行）",
    }
}

codes! {
    /// 居宅サービス計画作成区分: who makes the plan.
    PlanAuthor = "居宅サービス計画作成区分", "plan author" {
        DesignatedOffice  = "1" "指定居宅介護支援事業者",
        EquivalentOffice  = "2" "基準該当居宅介護支援事業者",
        Person            = "3" "自己作成",
        PreventionSupport = "4" "介護予防支援事業者・地域包括支援センター",
    }
}

document! {
    /// The person as the form names them.
    InsuredPerson = "被保険者" {
        insured_number: one InsuredNumber = "被保険者番号",
        name: one Line = "氏名",
        name_kana: one Line = "フリガナ",
        birth_date: one BirthDate = "生年月日",
        sex: one Sex = "性別",
    }

    /// An office as the form names it.
    OfficeContact = "事業所" {
        number: one OfficeNumber = "事業所番号",
        name: one Line = "事業所名",
        address: one Line = "所在地",
        phone: one Phone = "電話番号",
    }

    /// Why and when the office changed.
    OfficeChange = "事業所の変更" {
        reason: one Prose = "変更する理由",
        on: one Date = "変更年月日",
    }

    /// The notification.
    CarePlanNotification = "居宅サービス計画作成依頼（変更）届出書" {
        variant: one NotificationVariant = "届出書の種類",
        kind: one NotificationKind = "届出の区分",
        destination: one InsurerNumber = "届出先の保険者番号",
        person: one InsuredPerson = "被保険者",
        plan_author: one PlanAuthor = "居宅サービス計画作成区分",
        /// The care-management office; on a form of prevention, the community comprehensive support centre
        /// (地域包括支援センター). Left out where the person makes the plan.
        office: opt OfficeContact = "居宅介護支援事業所",
        /// On a form of prevention alone: the care-management office that the centre entrusts.
        entrusted_office: opt OfficeContact = "委託を受ける居宅介護支援事業所",
        /// On the form of small-scale multifunctional care alone: whether other services are used in that month.
        uses_other_services: opt bool = "利用開始月における他の居宅サービスの利用の有無",
        applies_from: one Date = "適用年月日",
        change: opt OfficeChange = "事業所の変更",
        notified_on: one Date = "届出年月日",
        filed_by: one Filer = "届出人",
        consent: opt Consent = "情報提供の同意",
    } => parts_of_the_variant

    /// That the platform took a notification.
    NotificationReceipt = "届出の受付" {
        /// The platform's name for it.
        id: one Line = "受付番号",
        destination: one InsurerNumber = "届出先の保険者番号",
        insured_number: one InsuredNumber = "被保険者番号",
        filed_at: one Timestamp = "受付日時",
    }
}

fn parts_of_the_variant(form: &CarePlanNotification) -> Option<(&'static str, &'static str)> {
    use NotificationVariant::{Prevention, SmallMultifunctional};
    if form.entrusted_office.is_some() && form.variant != Prevention {
        Some(("委託先は介護予防の届出書にだけあります", "names an entrusted office on a form that has none"))
    } else if form.uses_other_services.is_some() != (form.variant == SmallMultifunctional) {
        Some((
            "他のサービスの利用の有無は小規模多機能の届出書にだけあります",
            "other services are on, and only on, the form of small-scale multifunctional care",
        ))
    } else if form.office.is_some() == (form.plan_author == PlanAuthor::Person) {
        Some((
            "自己作成には事業所がなく、他には必要です",
            "needs an office, unless the person makes the plan",
        ))
    } else {
        None
    }
}
