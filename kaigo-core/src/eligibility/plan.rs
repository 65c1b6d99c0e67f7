//! Care plans that are registered at the platform: put up for the person's agreement, or delivered.

use jiff::Timestamp;

use crate::calendar::Date;
use crate::code::codes;
use crate::document::{Line, Prose, document};
use crate::ident::{InsuredNumber, InsurerNumber, OfficeNumber, ServiceTypeCode};

codes! {
    /// 登録の種類: what a plan is registered for **\[O\]**.
    PlanRegistrationKind = "登録の種類", "plan registration kind" {
        Consent  = "consent" "同意・確認用",
        Delivery = "delivery" "交付用",
    }
}

codes! {
    /// 計画の状態: what became of a registered plan.
    PlanState = "計画の状態", "plan state" {
        Awaiting  = "awaiting" "回答待ち",
        Agreed    = "agreed" "同意",
        Refused   = "refused" "不同意",
        Delivered = "delivered" "交付済",
    }
}

document! {
    /// A registered plan, without its files.
    RegisteredPlan = "登録されたケアプラン" {
        /// The platform's name for it.
        id: one Line = "登録番号",
        kind: one PlanRegistrationKind = "登録の種類",
        state: one PlanState = "計画の状態",
        insurer_number: one InsurerNumber = "保険者番号",
        insured_number: one InsuredNumber = "被保険者番号",
        /// Who registered it.
        office_number: one OfficeNumber = "事業所番号",
        service_type: one ServiceTypeCode = "サービス種類",
        registered_at: one Timestamp = "登録日時",
        file_names: many 200 Line = "ファイル名",
        /// When the person agreed or refused.
        answered_at: opt Timestamp = "回答日時",
        /// What the person wrote.
        comment: opt Prose = "本人の意見",
        /// Of a plan delivered that the person agreed to on paper.
        agreed_on: opt Date = "書面による同意年月日",
    } => answered
}

fn answered(plan: &RegisteredPlan) -> Option<(&'static str, &'static str)> {
    let answered = matches!(plan.state, PlanState::Agreed | PlanState::Refused);
    (answered && plan.answered_at.is_none())
        .then_some(("回答日時がありません", "is answered, but does not say when"))
}
