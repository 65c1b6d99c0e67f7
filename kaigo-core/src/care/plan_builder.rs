//! Building a care plan, and what a plan must be that somebody writes.

use super::Supplement;
use super::faults::{Faults, member_of};
use super::plan::{
    CarePlan, CarePlanNeed, CarePlanOutline, CarePlanSupport, DailyActivity, LongTermGoal, NeedsHead,
    NonWeeklyService, Repeats, ShortTermGoal, WeekHead, WeeklyService, unclear,
};
use crate::calendar::{ClockTime, Date};
use crate::code::Weekday;
use crate::document::{Document as _, DocumentError, DocumentFault, FreeText};
use crate::exchange::Client;
use crate::ident::OfficeNumber;
use crate::record::{CsvVersion, DateOrZeros, FieldSpec, Integer, MonthOrZeros, Records};

/// A care plan in the course of being built.
#[derive(Debug, Clone)]
pub struct CarePlanBuilder {
    plan: CarePlan,
    office: OfficeNumber,
    outline: CarePlanOutline,
    supplement: Supplement,
}

impl CarePlanNeed {
    /// A need. [`CarePlanBuilder::need`] numbers it.
    pub fn new(need: FreeText) -> Self {
        Self { need: Some(need), ..Self::default() }
    }

    /// Adds a goal.
    pub fn goal(mut self, goal: LongTermGoal) -> Self {
        self.goals.push(goal);
        self
    }
}

impl LongTermGoal {
    /// A goal and the time that it is set for.
    pub fn new(goal: FreeText, period: FreeText) -> Self {
        Self { long_term_goal: Some(goal), long_term_period: Some(period), ..Self::default() }
    }

    /// Adds a goal on the way.
    pub fn short_term(mut self, goal: ShortTermGoal) -> Self {
        self.short_term_goals.push(goal);
        self
    }
}

impl ShortTermGoal {
    /// A goal and the time that it is set for.
    pub fn new(goal: FreeText, period: FreeText) -> Self {
        Self { short_term_goal: Some(goal), short_term_period: Some(period), ..Self::default() }
    }

    /// Adds a support: its content and whatever else is known of it.
    ///
    /// ```
    /// # use kaigo_core::care::{CarePlanSupport, ShortTermGoal};
    /// # fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// let goal = ShortTermGoal::new("手すりで歩く".parse()?, "R8.7～R8.12".parse()?).support(CarePlanSupport {
    ///     service_content: Some("歩行訓練".parse()?),
    ///     service_kind: Some("訪問リハビリ".parse()?),
    ///     frequency: Some("週２回".parse()?),
    ///     ..Default::default()
    /// });
    /// # assert_eq!(goal.supports.len(), 1);
    /// # Ok(())
    /// # }
    /// ```
    pub fn support(mut self, support: CarePlanSupport) -> Self {
        self.supports.push(support);
        self
    }
}

impl CarePlanBuilder {
    /// What 第1表 says. The CSV version, the day on which it is made (that of the plan) and the office are filled in.
    pub fn outline(mut self, outline: CarePlanOutline) -> Self {
        self.outline = outline;
        self
    }

    /// The supplementary information, which goes with every plan.
    pub fn supplement(mut self, supplement: Supplement) -> Self {
        self.supplement = supplement;
        self
    }

    /// Adds a need. It and all within it are numbered, whatever numbers they have.
    pub fn need(mut self, need: CarePlanNeed) -> Self {
        self.plan.needs.push(need);
        self
    }

    /// Adds a service of the week: on those weekdays, at one time.
    pub fn weekly(
        mut self,
        content: FreeText,
        weekdays: impl IntoIterator<Item = Weekday>,
        start: ClockTime,
        end: ClockTime,
    ) -> Self {
        self.plan.weekly_services.extend(weekdays.into_iter().map(|weekday| WeeklyService {
            care_service_content: Some(content.clone()),
            weekday: Some(weekday),
            service_start_time: Some(start),
            service_end_time: Some(end),
            ..WeeklyService::default()
        }));
        self
    }

    /// Adds what the person does in a day, from a time and, where it is known, to one.
    pub fn daily(mut self, activity: FreeText, start: ClockTime, end: Option<ClockTime>) -> Self {
        self.plan.daily_activities.push(DailyActivity {
            daily_activity: Some(activity),
            activity_start_time: Some(start),
            activity_end_time: end,
            ..DailyActivity::default()
        });
        self
    }

    /// Adds what is not weekly.
    pub fn non_weekly(mut self, service: FreeText) -> Self {
        self.plan
            .non_weekly_services
            .push(NonWeeklyService { non_weekly_service: Some(service), ..NonWeeklyService::default() });
        self
    }

    /// The plan, numbered.
    ///
    /// # Errors
    /// Everything that [`CarePlan::check`] finds.
    pub fn build(self) -> Result<CarePlan, DocumentError> {
        let Self { mut plan, office, mut outline, mut supplement } = self;
        let version = Some(CsvVersion::V4_1);
        let created_on = outline.created_on.unwrap_or(plan.care_plan_date);
        outline.csv_version = version;
        outline.created_on = Some(created_on);
        outline.plan_office_number = Some(office);
        outline.updated_by_office_number = Some(office);
        supplement.csv_version = version;
        supplement.care_plan_date = Some(DateOrZeros::Date(plan.care_plan_date));
        supplement.target_month = Some(MonthOrZeros::Zeros);
        supplement.updated_by_office_number = Some(office);
        plan.outline = Some(outline);
        plan.supplement = Some(supplement);
        plan.needs_head = Some(NeedsHead {
            csv_version: version,
            created_on: Some(created_on),
            updated_by_office_number: Some(office),
            identifier: None,
        });
        plan.week_head = Some(WeekHead { csv_version: version, created_on: Some(created_on) })
            .filter(|_| !plan.week_is_empty());
        number(&mut plan.needs);
        plan.check()?;
        Ok(plan)
    }
}

fn number(needs: &mut [CarePlanNeed]) {
    for (need_no, need) in (1 as Integer..).zip(needs) {
        need.need_no = Some(need_no);
        for (goal_no, goal) in (1 as Integer..).zip(&mut need.goals) {
            goal.goal_no = Some(goal_no);
            let supports = goal.short_term_goals.iter_mut().flat_map(|short| &mut short.supports);
            for (support_no, support) in (1 as Integer..).zip(supports) {
                support.support_no = Some(support_no);
                support.head = None;
                support.printed_otherwise = Vec::new();
            }
        }
    }
}

impl CarePlan {
    /// Begins a plan: whose it is, its date, and the office that makes it.
    pub fn builder(client: Client, care_plan_date: Date, plan_office: OfficeNumber) -> CarePlanBuilder {
        CarePlanBuilder {
            plan: Self::new(client, care_plan_date),
            office: plan_office,
            outline: CarePlanOutline::default(),
            supplement: Supplement::default(),
        }
    }

    fn week_is_empty(&self) -> bool {
        self.weekly_services.is_empty()
            && self.daily_activities.is_empty()
            && self.non_weekly_services.is_empty()
    }

    /// Checks what is about to be written: everything that is required stands there, numbers are 1 to 99, times are pairs,
    /// nothing is too long, and the rows will be read as the same plan. Whether characters can be written in MS932 is
    /// told by writing.
    ///
    /// # Errors
    /// Every fault with its place.
    pub fn check(&self) -> Result<(), DocumentError> {
        let mut faults = Faults::default();
        for (member, missing) in [
            ("outline", self.outline.is_none()),
            ("needs", self.needs.is_empty()),
            ("supplement", self.supplement.is_none()),
        ] {
            if missing {
                faults.at(member.into(), DocumentFault::Missing);
            }
        }
        if let Some((ja, en)) = unclear(self) {
            faults.at("needs".into(), DocumentFault::Inconsistent(ja, en));
        }
        self.check_twins(&mut faults);
        let records = self.to_records(Repeats::Blank);
        if self.outline.is_some() {
            faults.of_records(&Records::CarePlan1(vec![records.sheet1]), |_, field| {
                member_of("outline", field)
            });
        }
        faults.of_records(&Records::Supplement(records.supplement.into_iter().collect()), |_, field| {
            member_of("supplement", field)
        });
        let places = self.places();
        faults.of_records(&Records::CarePlan2(records.sheet2), |row, field| {
            member_of(&place_of(places.get(row), field), field)
        });
        self.check_week(&mut faults);
        faults.into_result(Self::SHAPE.name)
    }

    /// Neighbours that say the same would be read as one.
    fn check_twins(&self, faults: &mut Faults) {
        faults.of_twins("needs", &self.needs, CarePlanNeed::is_same);
        for (need, CarePlanNeed { goals, .. }) in self.needs.iter().enumerate() {
            let place = format!("needs[{need}].goals");
            faults.of_twins(&place, goals, LongTermGoal::is_same);
            for (goal, LongTermGoal { short_term_goals, .. }) in goals.iter().enumerate() {
                let place = format!("{place}[{goal}].shortTermGoals");
                faults.of_twins(&place, short_term_goals, ShortTermGoal::is_same);
            }
        }
    }

    /// Each entry of the week as a row of its own.
    fn check_week(&self, faults: &mut Faults) {
        let mut places = Vec::new();
        for (member, entries) in [
            ("weeklyServices", self.weekly_services.len()),
            ("dailyActivities", self.daily_activities.len()),
            ("nonWeeklyServices", self.non_weekly_services.len()),
        ] {
            places.extend((0..entries).map(|at| format!("{member}[{at}]")));
        }
        let mut apart = Self::new(self.client(), self.care_plan_date);
        apart.week_head.clone_from(&self.week_head);
        let row = None;
        apart.weekly_services =
            self.weekly_services.iter().map(|entry| WeeklyService { row, ..entry.clone() }).collect();
        apart.daily_activities =
            self.daily_activities.iter().map(|entry| DailyActivity { row, ..entry.clone() }).collect();
        apart.non_weekly_services =
            self.non_weekly_services.iter().map(|entry| NonWeeklyService { row, ..entry.clone() }).collect();
        let rows = apart.to_records(Repeats::Blank).sheet3;
        faults.of_records(&Records::CarePlan3(rows), |row, field| {
            let of_all = field.is_some_and(|field| field.no < 6);
            let place = places.get(row).filter(|_| !of_all).map_or("weekHead", String::as_str);
            member_of(place, field)
        });
    }

    /// The need, goal, short-term goal and support of each row of 第2表.
    fn places(&self) -> Vec<[usize; 4]> {
        let mut places = Vec::new();
        for (need, CarePlanNeed { goals, .. }) in self.needs.iter().enumerate() {
            for goal in 0..goals.len().max(1) {
                let shorts = goals.get(goal).map_or(&[][..], |goal| &goal.short_term_goals);
                for short in 0..shorts.len().max(1) {
                    let supports = shorts.get(short).map_or(0, |short| short.supports.len());
                    places.extend((0..supports.max(1)).map(|support| [need, goal, short, support]));
                }
            }
        }
        places
    }
}

fn place_of(place: Option<&[usize; 4]>, field: Option<&FieldSpec>) -> String {
    let Some([need, goal, short, support]) = place else { return "needs".to_owned() };
    let of_goal = format!("needs[{need}].goals[{goal}]");
    match field.map(|field| field.no) {
        Some(1 | 4 | 21 | 22) => "needsHead".to_owned(),
        Some(6 | 7) => format!("needs[{need}]"),
        Some(8 | 9 | 11) => of_goal,
        Some(10 | 12) => format!("{of_goal}.shortTermGoals[{short}]"),
        _ => format!("{of_goal}.shortTermGoals[{short}].supports[{support}]"),
    }
}
