//! Certification (要介護認定): application, progress and result.

use super::{CertifiedLevel, Insurer};
use crate::calendar::Date;
use crate::code::codes;
use crate::document::{Period, Prose, document};
use crate::ident::{InsuredNumber, ServiceTypeCode};

codes! {
    /// 申請区分: why a certification is applied for.
    ApplicationKind = "申請区分", "application kind" {
        New           = "new" "新規",
        Renewal       = "renewal" "更新",
        ChangeOfLevel = "change_of_level" "区分変更",
        ExOfficio     = "ex_officio" "職権",
        MovedIn       = "moved_in" "転入",
    }
}

codes! {
    /// 被保険者区分: as what the person is insured.
    InsuredKind = "被保険者区分", "insured kind" {
        First            = "first" "第１号被保険者",
        Second           = "second" "第２号被保険者",
        PublicAssistance = "public_assistance" "生活保護",
    }
}

codes! {
    /// 進捗: a step of the public process **\[P\]**, in its order; the last four end it or put it off.
    StepKind = "進捗の段階", "step of a certification" {
        ApplicationReceived = "application_received" "申請受付",
        SurveyRequested     = "survey_requested" "認定調査依頼",
        SurveyDone          = "survey_done" "認定調査実施",
        OpinionRequested    = "opinion_requested" "主治医意見書依頼",
        OpinionReceived     = "opinion_received" "主治医意見書受領",
        FirstJudgement      = "first_judgement" "一次判定",
        PanelScheduled      = "panel_scheduled" "認定審査会予定",
        PanelHeld           = "panel_held" "認定審査会開催",
        ResultNotified      = "result_notified" "結果通知",
        Withdrawn           = "withdrawn" "取下げ",
        Rejected            = "rejected" "却下",
        Postponed           = "postponed" "延期",
    }
}

impl StepKind {
    /// Whether nothing follows: notified, withdrawn or rejected.
    pub fn is_last(self) -> bool {
        matches!(self, Self::ResultNotified | Self::Withdrawn | Self::Rejected)
    }
}

document! {
    /// An application for certification.
    CertificationApplication = "要介護認定申請" {
        kind: one ApplicationKind = "申請区分",
        insured_kind: one InsuredKind = "被保険者区分",
        applied_on: one Date = "申請年月日",
        /// The level at the time of the application, where there was one.
        previous_level: opt CertifiedLevel = "前回の要介護状態区分等",
    }

    /// A step that was taken, or for which a day is set.
    ProgressStep = "進捗" {
        step: one StepKind = "段階",
        /// The day of the step; of a panel that is scheduled, the day set.
        on: one Date = "年月日",
        /// Of an application put off: the day on which the result is expected.
        expected_on: opt Date = "見込み年月日",
    } => postponed_to

    /// How far an application is: its steps in the order in which they were taken.
    CertificationProgress = "要介護認定の進捗" {
        insured_number: one InsuredNumber = "被保険者番号",
        insurer: one Insurer = "保険者",
        application: one CertificationApplication = "申請",
        steps: many 24 ProgressStep = "進捗",
    } => in_order

    /// What the panel decided.
    CertificationResult = "要介護認定の結果" {
        level: one CertifiedLevel = "二次判定の要介護状態区分等",
        decided_on: one Date = "認定年月日",
        /// Left out of a decision that the person is not eligible.
        valid: opt Period = "有効期間",
        panels_opinion: opt Prose = "認定審査会の意見",
        designated_services: many 20 ServiceTypeCode = "指定されたサービスの種類",
    } => level_without_period

    /// A certification with its result.
    Certification = "要介護認定" {
        insured_number: one InsuredNumber = "被保険者番号",
        insurer: one Insurer = "保険者",
        application: one CertificationApplication = "申請",
        result: one CertificationResult = "結果",
    }
}

impl CertificationProgress {
    /// The last step taken.
    pub fn last(&self) -> Option<&ProgressStep> {
        self.steps.last()
    }

    /// Whether the application ended: notified, withdrawn or rejected.
    pub fn is_ended(&self) -> bool {
        self.last().is_some_and(|last| last.step.is_last())
    }
}

fn postponed_to(step: &ProgressStep) -> Option<(&'static str, &'static str)> {
    (step.expected_on.is_some() != (step.step == StepKind::Postponed)).then_some((
        "見込み年月日は延期にだけあります",
        "only what is put off has, and needs, an expected day",
    ))
}

fn in_order(progress: &CertificationProgress) -> Option<(&'static str, &'static str)> {
    let steps = &progress.steps;
    // Survey and opinion run beside each other, so the days are in order, the kinds need not be.
    let backwards = steps
        .iter()
        .zip(steps.iter().skip(1))
        .any(|(one, next)| one.step.is_last() || (next.on < one.on && one.step != StepKind::PanelScheduled));
    backwards.then_some(("段階の順序が正しくありません", "its steps are not in order"))
}

fn level_without_period(result: &CertificationResult) -> Option<(&'static str, &'static str)> {
    ((result.level == CertifiedLevel::NotEligible) == result.valid.is_some())
        .then_some(("有効期間は非該当以外の結果にだけあります", "a period is had by, and only by, a level"))
}
