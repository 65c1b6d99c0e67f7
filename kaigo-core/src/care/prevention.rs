//! A prevention plan (介護予防サービス・支援計画書) as people read it: its sheet, and needs with support plans and services.

use super::collect::{Collection, keys};
use super::plan::{FollowUpRows, Repeats};
use super::printed_once::{self, Form, Groups, child_of, or_blank};
use super::sheet::{Carrier, sheet};
use crate::calendar::Date;
use crate::code::{
    CertificationStatus, CodeList, Outsourcing, PlanCategory, PlanKind, ProgramNeed, SupportLevel, YesNo,
    codes,
};
use crate::document::{FreeText, document};
use crate::exchange::{Client, PreventionPlanRecords};
use crate::ident::{InsuredNumber, InsurerNumber};
use crate::record::{
    CsvVersion, Field, FileKind, Integer, PreventionPlan as Sheet, PreventionSupport, Record,
};
use crate::report::Report;

codes! {
    /// 支援計画の項目: the columns of the annex that hold for several rows. Codes are kaigo's own, their names in JSON.
    PreventionColumn = "支援計画の項目", "column that holds for several rows" {
        NeedNo                    = "needNo"                    "課題ＮＯ",
        OverallNeed               = "overallNeed"               "総合的課題",
        GoalAndMeasuresProposal   = "goalAndMeasuresProposal"   "課題に対する目標と具体策の提案",
        WishesOnMeasures          = "wishesOnMeasures"          "具体策についての意向本人・家族",
        Goal                      = "goal"                      "目標",
        SupportPlanNo             = "supportPlanNo"             "支援計画ＮＯ",
        SupportPoints             = "supportPoints"             "【支援計画】目標についての支援のポイント",
        SupportSelfFamilyInformal = "supportSelfFamilyInformal" "【支援計画】本人等のセルフケアや家族の支援、インフォーマルサービス（民間サービス）",
        SupportInsuredOrCommunity = "supportInsuredOrCommunity" "【支援計画】介護保険サービス又は地域支援事業（総合事業のサービス）",
    }
}

sheet! {
    /// UPYOBO without the numbers of the client and the date of the plan.
    PreventionOutline of PreventionPlan = "介護予防サービス・支援計画書" {
        csv_version: CsvVersion = "CSVバージョン",
        plan_kind: PlanKind = "計画種類",
        outsourcing: Outsourcing = "委託の有無",
        reference_number: FreeText = "整理番号",
        user_name: FreeText = "利用者名",
        certified_on: Date = "認定年月日",
        certification_valid_from: Date = "認定有効期間開始日",
        certification_valid_to: Date = "認定有効期間終了日",
        plan_category: PlanCategory = "計画書区分",
        certification_status: CertificationStatus = "認定状況区分",
        support_level: SupportLevel = "要支援状態区分",
        planner_name_community_center: FreeText = "計画作成者氏名（地域包括支援センター担当者名）",
        planner_name_care_manager: FreeText = "計画作成者氏名（担当介護支援専門員名）",
        /// Some senders put other facts here.
        plan_office_name: FreeText = "計画作成者事業者・事業所名",
        plan_office_address: FreeText = "計画作成者事業者・事業所住所",
        plan_office_phone: FreeText = "計画作成者事業者・事業所電話番号",
        first_plan_date: Date = "初回作成日",
        community_center_name: FreeText = "担当地域包括支援センター",
        goal_one_day: FreeText = "目標とする生活(1日)",
        goal_one_year: FreeText = "目標とする生活(1年)",
        mobility_current: FreeText = "【運動・移動】現在の状況",
        mobility_wishes: FreeText = "【運動・移動】本人・家族の意欲・意向",
        mobility_issue: YesNo = "【運動・移動】領域における課題の有無",
        mobility_issue_background: FreeText = "【運動・移動】領域における課題（背景・原因）",
        home_life_current: FreeText = "【日常生活(家庭生活)】現在の状況",
        home_life_wishes: FreeText = "【日常生活(家庭生活)】本人・家族の意欲・意向",
        home_life_issue: YesNo = "【日常生活(家庭生活)】領域における課題の有無",
        home_life_issue_background: FreeText = "【日常生活(家庭生活)】領域における課題（背景・原因）",
        social_current: FreeText = "【社会参加、対人関係・コミュニケーション】現在の状況",
        social_wishes: FreeText = "【社会参加、対人関係・コミュニケーション】本人・家族の意欲・意向",
        social_issue: YesNo = "【社会参加、対人関係・コミュニケーション】領域における課題の有無",
        social_issue_background: FreeText = "【社会参加、対人関係・コミュニケーション】領域における課題（背景・原因）",
        health_current: FreeText = "【健康管理】現在の状況",
        health_wishes: FreeText = "【健康管理】本人・家族の意欲・意向",
        health_issue: YesNo = "【健康管理】領域における課題の有無",
        health_issue_background: FreeText = "【健康管理】領域における課題（背景・原因）",
        health_notes: FreeText = "健康状態の留意点",
        appropriate_support_policy: FreeText = "妥当な支援の実施に向けた方針",
        overall_support_policy: FreeText = "総合的な方針",
        checklist_count_exercise: Integer = "基本チェックリストの該当数(運動不足)",
        checklist_count_nutrition: Integer = "基本チェックリストの該当数(栄養改善)",
        checklist_count_oral: Integer = "基本チェックリストの該当数(口腔内ケア)",
        checklist_count_homebound: Integer = "基本チェックリストの該当数(閉じこもり予防)",
        checklist_count_memory: Integer = "基本チェックリストの該当数(物忘れ予防)",
        checklist_count_depression: Integer = "基本チェックリストの該当数(うつ予防)",
        program_need_exercise: ProgramNeed = "事業プログラムの要否(運動不足)",
        program_need_nutrition: ProgramNeed = "事業プログラムの要否(栄養改善)",
        program_need_oral: ProgramNeed = "事業プログラムの要否(口腔内ケア)",
        program_need_homebound: ProgramNeed = "事業プログラムの要否(閉じこもり予防)",
        program_need_memory: ProgramNeed = "事業プログラムの要否(物忘れ予防)",
        program_need_depression: ProgramNeed = "事業プログラムの要否(うつ予防)",
        community_center_opinion: FreeText = "地域包括支援センター意見",
        consented_on: Date = "同意日",
        consenter_name: FreeText = "同意者氏名",
    }

    /// What every row of UPYOBO_SUB says.
    PreventionHead of PreventionSupport = "支援計画の共通項目" {
        csv_version: CsvVersion = "CSVバージョン",
    }

    /// A need (総合的課題) and what is to come of it.
    PreventionNeed of PreventionSupport = "総合的課題" {
        need_no: Integer = "課題ＮＯ",
        overall_need: FreeText = "総合的課題",
        goal_and_measures_proposal: FreeText = "課題に対する目標と具体策の提案",
        wishes_on_measures: FreeText = "具体策についての意向本人・家族",
        goal: FreeText = "目標",
    } + {
        support_plans: many 9999 PreventionSupportPlan = "支援計画",
    }

    /// A support plan (支援計画) of a need.
    PreventionSupportPlan of PreventionSupport = "支援計画" {
        support_plan_no: Integer = "支援計画ＮＯ",
        support_points: FreeText = "【支援計画】目標についての支援のポイント",
        support_self_family_informal: FreeText =
            "【支援計画】本人等のセルフケアや家族の支援、インフォーマルサービス（民間サービス）",
        support_insured_or_community: FreeText = "【支援計画】介護保険サービス又は地域支援事業（総合事業のサービス）",
    } + {
        services: many 9999 PreventionService = "利用サービス",
    }

    /// A service that is used (利用サービス): one row of UPYOBO_SUB.
    PreventionService of PreventionSupport = "利用サービス" {
        used_service_no: Integer = "利用サービスＮＯ",
        used_service_kind: FreeText = "【利用サービス】サービス種別",
        used_service_office: FreeText = "【利用サービス】事業所(利用先)",
        used_service_period: FreeText = "【利用サービス】期間",
    } + {
        /// Where the row says something else than the plan's.
        head: opt PreventionHead = "支援計画の共通項目",
        /// The columns that the row prints in the other way than the plan says.
        printed_otherwise: many 9 PreventionColumn = "記載の異なる項目",
    }
}

document! {
    /// A prevention plan of one client. Everything stands in the printed order.
    PreventionPlan = "介護予防サービス・支援計画書" {
        insurer_number: one InsurerNumber = "保険者番号",
        insured_number: one InsuredNumber = "被保険者番号",
        preventive_plan_date: one Date = "計画作成(変更)日",
        outline: opt PreventionOutline = "介護予防サービス・支援計画書",
        needs_head: opt PreventionHead = "支援計画の共通項目",
        /// How the annex prints what holds for several rows; blank, as the standard says, where it does not stand here.
        follow_up_rows: opt FollowUpRows = "後続行の記載",
        needs: many 9999 PreventionNeed = "総合的課題",
    } => unclear
}

pub(super) fn unclear(plan: &PreventionPlan) -> Option<(&'static str, &'static str)> {
    (!printed_once::is_clear(&plan.filled_needs().0, GROUPS)).then_some((
        "番号の同じ課題・支援計画の空欄が、前の値と区別できません",
        "has a need or support plan with a blank that cannot be told from the value above it under the same number",
    ))
}

/// The rows of the files of prevention plans, of any number of clients.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct PreventionPlanRows {
    /// The rows of UPYOBO.
    pub plans: Vec<Sheet<'static>>,
    /// The rows of UPYOBO_SUB.
    pub supports: Vec<PreventionSupport<'static>>,
}

/// The columns of UPYOBO_SUB that hold for several rows: those of needs, and those of support plans.
const GROUPS: Groups = &[&[5, 6, 7, 8, 9], &[10, 11, 12, 13]];

keys! { PreventionPlan.preventive_plan_date PreventionSupport.preventive_plan_date }

/// Sets the key of a record.
macro_rules! set_key {
    ($plan:ident, $record:ident) => {
        $record.insurer_number = Field::Value($plan.insurer_number);
        $record.insured_number = Field::Value($plan.insured_number);
        $record.preventive_plan_date = Field::Value($plan.preventive_plan_date);
    };
}

impl PreventionPlan {
    pub(super) fn new(client: Client, preventive_plan_date: Date) -> Self {
        Self {
            insurer_number: client.insurer,
            insured_number: client.insured,
            preventive_plan_date,
            outline: None,
            needs_head: None,
            follow_up_rows: None,
            needs: Vec::new(),
        }
    }

    /// Whose plan it is.
    pub fn client(&self) -> Client {
        Client { insurer: self.insurer_number, insured: self.insured_number }
    }

    /// Every service that is used, with the need and the support plan that it serves, in the printed order.
    pub fn services(
        &self,
    ) -> impl Iterator<Item = (&PreventionNeed, &PreventionSupportPlan, &PreventionService)> {
        self.needs.iter().flat_map(|need| {
            need.support_plans
                .iter()
                .flat_map(move |plan| plan.services.iter().map(move |service| (need, plan, service)))
        })
    }

    /// The plans in the rows of files, in the order of UPYOBO, and what they cannot hold. Rows are those of the findings.
    pub fn from_rows(plans: &[Sheet<'_>], supports: &[PreventionSupport<'_>]) -> (Vec<Self>, Report) {
        Self::collect(false, plans, supports)
    }

    /// The plan in the records of one client; `None` where no record tells whose they are.
    pub fn from_records(records: &PreventionPlanRecords) -> (Option<Self>, Report) {
        let PreventionPlanRecords { plan, supports } = records;
        let (plans, report) = Self::collect(true, std::slice::from_ref(plan), supports);
        (plans.into_iter().next(), report)
    }

    fn collect(one: bool, sheets: &[Sheet<'_>], supports: &[PreventionSupport<'_>]) -> (Vec<Self>, Report) {
        let mut plans = Collection::new(Self::new, one);
        plans.take_one(FileKind::PreventionPlan, sheets, |plan, record, carrier| {
            plan.outline = Some(PreventionOutline::of_record(record, carrier));
        });
        plans.take(FileKind::PreventionSupport, supports, Self::read_needs);
        plans.finish()
    }

    fn read_needs(&mut self, rows: &[(u64, &PreventionSupport<'_>)], carrier: &mut Carrier) {
        let (mut heads, mut filled) = (Vec::new(), Vec::new());
        for (row, record) in rows {
            carrier.row(*row);
            heads.push(PreventionHead::of_record(record, carrier));
            let mut held = PreventionSupport::default();
            PreventionNeed::of_record(record, carrier).fill(&mut held);
            PreventionSupportPlan::of_record(record, carrier).fill(&mut held);
            PreventionService::of_record(record, carrier).fill(&mut held);
            filled.push(held);
        }
        let (form, differing) = printed_once::fill_down(&mut filled, GROUPS);
        self.follow_up_rows = (form == Form::Repeated).then_some(FollowUpRows::Repeated);
        self.needs_head = heads.first().cloned();
        // What a member cannot hold was reported, and is not in the filled rows.
        let mut quiet = Carrier::new(FileKind::PreventionSupport, None);
        for ((row, head), differing) in filled.iter().zip(heads).zip(differing) {
            let need = PreventionNeed::of_record(row, &mut quiet);
            let plan = PreventionSupportPlan::of_record(row, &mut quiet);
            let service = PreventionService {
                head: (Some(&head) != self.needs_head.as_ref()).then_some(head),
                printed_otherwise: differing.into_iter().filter_map(PreventionColumn::of_no).collect(),
                ..PreventionService::of_record(row, &mut quiet)
            };
            let place = child_of(&mut self.needs, need, PreventionNeed::is_same)
                .and_then(|need| child_of(&mut need.support_plans, plan, PreventionSupportPlan::is_same));
            if let Some(plan) = place {
                plan.services.push(service);
            }
        }
        for need in &mut self.needs {
            for plan in &mut need.support_plans {
                printed_once::drop_blank(&mut plan.services);
            }
            printed_once::drop_blank(&mut need.support_plans);
        }
    }

    /// The rows of plans for the files of one unit. A plan without its sheet has no row of it.
    pub fn to_rows<'p>(plans: impl IntoIterator<Item = &'p Self>, repeats: Repeats) -> PreventionPlanRows {
        let mut rows = PreventionPlanRows::default();
        for plan in plans {
            let PreventionPlanRecords { plan: sheet, supports } = plan.to_records(repeats);
            rows.plans.extend(plan.outline.is_some().then_some(sheet));
            rows.supports.extend(supports);
        }
        rows
    }

    /// The records of the plan.
    pub fn to_records(&self, repeats: Repeats) -> PreventionPlanRecords {
        let mut plan = Sheet::default();
        if let Some(outline) = &self.outline {
            outline.fill(&mut plan);
        }
        set_key!(self, plan);
        let (mut supports, differing) = self.filled_needs();
        let (form, as_read) = repeats.form(self.follow_up_rows);
        printed_once::print(&mut supports, GROUPS, form, if as_read { &differing } else { &[] });
        PreventionPlanRecords { plan, supports }
    }

    /// The rows of the annex with everything on each, and what each prints otherwise.
    fn filled_needs(&self) -> (Vec<PreventionSupport<'static>>, Vec<Vec<u16>>) {
        let (mut rows, mut differing) = (Vec::new(), Vec::new());
        let (no_plan, no_service) = Default::default();
        for need in &self.needs {
            for plan in or_blank(&need.support_plans, &no_plan) {
                for service in or_blank(&plan.services, &no_service) {
                    let mut record = PreventionSupport::default();
                    if let Some(head) = service.head.as_ref().or(self.needs_head.as_ref()) {
                        head.fill(&mut record);
                    }
                    need.fill(&mut record);
                    plan.fill(&mut record);
                    service.fill(&mut record);
                    set_key!(self, record);
                    rows.push(record);
                    differing.push(service.printed_otherwise.iter().map(|column| column.no()).collect());
                }
            }
        }
        (rows, differing)
    }
}

impl PreventionColumn {
    fn of_no(no: u16) -> Option<Self> {
        let spec = PreventionSupport::LAYOUT.field(no.into())?;
        Self::from_code(spec.name_json.as_bytes())
    }

    fn no(self) -> u16 {
        PreventionSupport::LAYOUT.field_named(self.code()).map_or(0, |spec| spec.no)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::care::sheet::tests::assert_whole;

    #[test]
    fn every_field_is_carried_exactly_once() {
        let key = ["insurer_number", "insured_number", "preventive_plan_date"];
        assert_whole::<Sheet<'_>>(PreventionOutline::carried(), &key);
        let needs = [
            PreventionHead::carried(),
            PreventionNeed::carried(),
            PreventionSupportPlan::carried(),
            PreventionService::carried(),
        ];
        assert_whole::<PreventionSupport<'_>>(needs.concat(), &key);
    }

    #[test]
    fn columns_have_the_names_of_their_fields() {
        assert_eq!(
            PreventionColumn::ALL.iter().map(|column| column.no()).collect::<Vec<_>>(),
            GROUPS.concat()
        );
        for column in PreventionColumn::ALL {
            assert_eq!(PreventionColumn::of_no(column.no()), Some(*column));
        }
    }
}
