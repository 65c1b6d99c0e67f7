//! A care plan (居宅サービス計画) as people read it: 第1表, 第2表 as needs, goals and supports, 第3表 as a week.

use super::Supplement;
use super::printed_once::{self, Form};
use super::sheet::sheet;
use crate::calendar::{ClockTime, Date};
use crate::code::{
    CareLevel, CertificationStatus, DomesticHelpReason, InsuranceCoverage, PlanCategory, Weekday, codes,
};
use crate::document::{FreeText, document};
use crate::exchange::Client;
use crate::ident::{InsuredNumber, InsurerNumber, OfficeNumber, PostalCode};
use crate::record::{CsvVersion, Integer};

codes! {
    /// 後続行の記載: how the rows after the first of a need or goal are printed. Codes are kaigo's own.
    FollowUpRows = "後続行の記載", "way to print follow-up rows" {
        Blank    = "blank"    "空欄",
        Repeated = "repeated" "再掲",
    }
}

codes! {
    /// 第2表の項目: the columns of 第2表 that hold for several rows. Codes are kaigo's own, their names in JSON.
    Sheet2Column = "第2表の項目", "column that holds for several rows" {
        NeedNo          = "needNo"         "課題ＮＯ",
        Need            = "need"           "課題",
        GoalNo          = "goalNo"         "援助目標ＮＯ",
        LongTermGoal    = "longTermGoal"   "長期目標",
        ShortTermGoal   = "shortTermGoal"  "短期目標",
        LongTermPeriod  = "longTermPeriod" "長期期間",
        ShortTermPeriod = "shortTermPeriod" "短期期間",
    }
}

sheet! {
    /// 第1表 (UP1KYO) without the numbers of the client and the date of the plan.
    CarePlanOutline of CarePlanSheet1 = "居宅サービス計画1表" {
        csv_version: CsvVersion = "CSVバージョン",
        created_on: Date = "作成年月日",
        user_postal_code: PostalCode = "利用者郵便番号",
        user_address1: FreeText = "利用者住所１",
        user_address2: FreeText = "利用者住所２",
        planner_name: FreeText = "居宅サービス計画作成者氏名",
        plan_office_name: FreeText = "介護支援事業者名",
        plan_office_postal_code: PostalCode = "介護支援事業者郵便番号",
        plan_office_address1: FreeText = "介護支援事業者住所１",
        plan_office_address2: FreeText = "介護支援事業者住所２",
        plan_office_number: OfficeNumber = "介護支援事業者コード",
        first_care_plan_date: Date = "初回居宅サービス計画作成日",
        plan_category: PlanCategory = "計画書区分",
        certification_status: CertificationStatus = "認定状況区分",
        certified_on: Date = "認定日",
        certification_valid_from: Date = "認定有効期間開始日",
        certification_valid_to: Date = "認定有効期間終了日",
        care_level: CareLevel = "要介護状態区分",
        needs_analysis_result: FreeText = "利用者及び家族の生活に対する意向を踏まえた課題分析の結果",
        review_board_opinion: FreeText = "介護認定審査会の意見及びサービスの種類の指定",
        overall_support_policy: FreeText = "総合的な援助の方針",
        domestic_help_reason: DomesticHelpReason = "生活援助中心型の算定理由",
        domestic_help_other_reason: FreeText = "その他理由",
        updated_by_office_number: OfficeNumber = "更新業者コード",
        identifier: FreeText = "識別子",
    }

    /// What every row of 第2表 says.
    NeedsHead of CarePlanSheet2 = "居宅サービス計画2表の共通項目" {
        csv_version: CsvVersion = "CSVバージョン",
        created_on: Date = "居宅計画書作成年月日",
        updated_by_office_number: OfficeNumber = "更新業者コード",
        identifier: FreeText = "識別子",
    }

    /// A need (生活全般の解決すべき課題) and what is to come of it.
    CarePlanNeed of CarePlanSheet2 = "課題" {
        need_no: Integer = "課題ＮＯ",
        need: FreeText = "課題",
    } + {
        goals: many 9999 LongTermGoal = "長期目標",
    }

    /// A long-term goal (長期目標).
    LongTermGoal of CarePlanSheet2 = "長期目標" {
        goal_no: Integer = "援助目標ＮＯ",
        long_term_goal: FreeText = "長期目標",
        long_term_period: FreeText = "長期期間",
    } + {
        short_term_goals: many 9999 ShortTermGoal = "短期目標",
    }

    /// A short-term goal (短期目標) on the way to a long-term one. It has no number of its own.
    ShortTermGoal of CarePlanSheet2 = "短期目標" {
        short_term_goal: FreeText = "短期目標",
        short_term_period: FreeText = "短期期間",
    } + {
        supports: many 9999 CarePlanSupport = "援助内容",
    }

    /// A support (援助内容): one row of 第2表.
    CarePlanSupport of CarePlanSheet2 = "援助内容" {
        /// Counted within the long-term goal.
        support_no: Integer = "援助内容ＮＯ",
        service_content: FreeText = "サービス内容",
        insurance_covered: InsuranceCoverage = "保険対象区分",
        service_kind: FreeText = "サービス種別",
        office_number: OfficeNumber = "サービス事業者コード",
        office_name: FreeText = "サービス事業所名",
        frequency: FreeText = "頻度",
        support_period: FreeText = "実施期間",
    } + {
        /// Where the row says something else than the plan's.
        head: opt NeedsHead = "居宅サービス計画2表の共通項目",
        /// The columns that the row prints in the other way than the plan says.
        printed_otherwise: many 7 Sheet2Column = "記載の異なる項目",
    }

    /// What every row of 第3表 says.
    WeekHead of CarePlanSheet3 = "居宅サービス計画３表の共通項目" {
        csv_version: CsvVersion = "CSVバージョン",
        created_on: Date = "週間サービス計画表作成年月日",
    }

    /// A service of the week (介護サービス): one on one weekday.
    WeeklyService of CarePlanSheet3 = "介護サービス内容" {
        care_service_content: FreeText = "介護サービス内容",
        weekday: Weekday = "曜日",
        service_start_time: ClockTime = "開始時間",
        service_end_time: ClockTime = "終了時間",
    } + {
        /// The row, from 1: where rows do not stand in the order services, activities, others, each with one of them.
        row: opt u32 = "行",
        /// Where the row says something else than the plan's.
        head: opt WeekHead = "居宅サービス計画３表の共通項目",
    }

    /// What the person mostly does in a day (主な日常生活上の活動).
    DailyActivity of CarePlanSheet3 = "主な日常生活上の活動" {
        daily_activity: FreeText = "主な日常生活上の活動",
        activity_start_time: ClockTime = "開始時間",
        activity_end_time: ClockTime = "終了時間",
    } + {
        /// As of a [`WeeklyService`].
        row: opt u32 = "行",
        /// Where the row says something else than the plan's.
        head: opt WeekHead = "居宅サービス計画３表の共通項目",
    }

    /// A service that is not weekly (週単位以外のサービス).
    NonWeeklyService of CarePlanSheet3 = "週単位以外のサービス" {
        non_weekly_service: FreeText = "週単位以外のサービス",
    } + {
        /// As of a [`WeeklyService`].
        row: opt u32 = "行",
        /// Where the row says something else than the plan's.
        head: opt WeekHead = "居宅サービス計画３表の共通項目",
    }
}

document! {
    /// A care plan of one client. Everything stands in the printed order.
    CarePlan = "居宅サービス計画" {
        insurer_number: one InsurerNumber = "保険者番号",
        insured_number: one InsuredNumber = "被保険者番号",
        care_plan_date: one Date = "居宅サービス計画作成（変更）日",
        outline: opt CarePlanOutline = "居宅サービス計画1表",
        needs_head: opt NeedsHead = "居宅サービス計画2表の共通項目",
        /// How 第2表 prints what holds for several rows; blank where it does not stand here.
        follow_up_rows: opt FollowUpRows = "後続行の記載",
        needs: many 9999 CarePlanNeed = "課題",
        week_head: opt WeekHead = "居宅サービス計画３表の共通項目",
        weekly_services: many 9999 WeeklyService = "介護サービス内容",
        daily_activities: many 9999 DailyActivity = "主な日常生活上の活動",
        non_weekly_services: many 9999 NonWeeklyService = "週単位以外のサービス",
        supplement: opt Supplement = "利用者補足情報",
    } => unclear
}

pub(super) fn unclear(plan: &CarePlan) -> Option<(&'static str, &'static str)> {
    let (rows, _) = plan.filled_needs();
    (!printed_once::is_clear(&rows, super::plan_rows::GROUPS)).then_some((
        "番号の同じ課題・目標の空欄が、前の値と区別できません",
        "has a need or goal with a blank that cannot be told from the value above it under the same number",
    ))
}

/// How [`CarePlan::to_records`] prints what holds for several rows of 第2表, and [`PreventionPlan`](super::PreventionPlan)
/// of its annex.
#[doc(alias = "後続行の記載")]
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Repeats {
    /// As the sender did; of a plan that was built, blank on follow-up rows.
    #[default]
    AsRead,
    /// Texts once, blank on follow-up rows; numbers on every row.
    Blank,
    /// Everything on every row.
    Repeated,
}

impl Repeats {
    /// The form, and whether what rows print otherwise counts.
    pub(super) fn form(self, as_read: Option<FollowUpRows>) -> (Form, bool) {
        match (self, as_read) {
            (Self::AsRead, Some(FollowUpRows::Repeated)) => (Form::Repeated, true),
            (Self::AsRead, _) => (Form::Once, true),
            (Self::Blank, _) => (Form::Once, false),
            (Self::Repeated, _) => (Form::Repeated, false),
        }
    }
}

impl CarePlan {
    /// A plan that says nothing yet.
    pub(super) fn new(client: Client, care_plan_date: Date) -> Self {
        Self {
            insurer_number: client.insurer,
            insured_number: client.insured,
            care_plan_date,
            outline: None,
            needs_head: None,
            follow_up_rows: None,
            needs: Vec::new(),
            week_head: None,
            weekly_services: Vec::new(),
            daily_activities: Vec::new(),
            non_weekly_services: Vec::new(),
            supplement: None,
        }
    }

    /// Whose plan it is.
    pub fn client(&self) -> Client {
        Client { insurer: self.insurer_number, insured: self.insured_number }
    }

    /// Every support with the need and the goals that it serves, in the printed order.
    pub fn supports(
        &self,
    ) -> impl Iterator<Item = (&CarePlanNeed, &LongTermGoal, &ShortTermGoal, &CarePlanSupport)> {
        self.needs.iter().flat_map(|need| {
            need.goals.iter().flat_map(move |goal| {
                goal.short_term_goals.iter().flat_map(move |short| {
                    short.supports.iter().map(move |support| (need, goal, short, support))
                })
            })
        })
    }
}
