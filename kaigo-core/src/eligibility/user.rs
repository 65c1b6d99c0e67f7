//! The people whom an office serves, as the platform lists them (利用者一覧, `WEB_IF_KST_01`).

use crate::calendar::Date;
use crate::code::codes;
use crate::document::{Line, OpenPeriod, document};
use crate::ident::{InsuredNumber, InsurerNumber};
use crate::record::BirthDate;

codes! {
    /// 本人確認の方法: how the office knows who the person is.
    IdentityKind = "本人確認の方法", "identity kind" {
        FourItems = "four_items" "４情報による登録",
        Card      = "card" "マイナンバーカード",
        Visual    = "visual" "目視確認",
    }
}

document! {
    /// One person of an office's list.
    ServiceUser = "利用者" {
        insurer_number: one InsurerNumber = "保険者番号",
        insured_number: one InsuredNumber = "被保険者番号",
        /// Left out until the municipality gives the insured card.
        name: opt Line = "氏名",
        name_kana: opt Line = "フリガナ",
        birth_date: opt BirthDate = "生年月日",
        identity: one IdentityKind = "本人確認の方法",
        identity_confirmed_on: one Date = "本人確認日",
        /// As long as the office may look.
        viewing: one OpenPeriod = "閲覧可能期間",
    }

    /// What registers a person without their card. Which four the platform wants is not public: these are kaigo's own.
    FourItems = "４情報" {
        insurer_number: one InsurerNumber = "保険者番号",
        insured_number: one InsuredNumber = "被保険者番号",
        name_kana: one Line = "フリガナ",
        birth_date: one BirthDate = "生年月日",
    }
}
