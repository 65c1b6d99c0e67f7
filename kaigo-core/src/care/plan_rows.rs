//! The way between care plans and the rows of 第1表 to 第3表 and of the supplementary information.

use super::Supplement;
use super::collect::{Collection, HasKey, Key, keys};
use super::plan::{
    CarePlan, CarePlanNeed, CarePlanOutline, CarePlanSupport, DailyActivity, FollowUpRows, LongTermGoal,
    NeedsHead, NonWeeklyService, Repeats, Sheet2Column, ShortTermGoal, WeekHead, WeeklyService,
};
use super::printed_once::{self, Form, Groups, child_of, or_blank};
use super::sheet::Carrier;
use crate::code::CodeList;
use crate::exchange::{CarePlanRecords, Client};
use crate::record::{
    CarePlanSheet1, CarePlanSheet2, CarePlanSheet3, ClientSupplement, DateOrZeros, Field, FileKind, Record,
};
use crate::report::Report;

/// The rows of the files of care plans, of any number of clients.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct CarePlanRows {
    /// The rows of UP1KYO.
    pub sheet1: Vec<CarePlanSheet1<'static>>,
    /// The rows of UP2KYO.
    pub sheet2: Vec<CarePlanSheet2<'static>>,
    /// The rows of UP3KYO.
    pub sheet3: Vec<CarePlanSheet3<'static>>,
    /// The rows of UPHOSOKU.
    pub supplements: Vec<ClientSupplement<'static>>,
}

/// The columns of 第2表 that hold for several rows: those of needs, and those of goals.
pub(super) const GROUPS: Groups = &[&[6, 7], &[8, 9, 10, 11, 12]];

keys! { CarePlanSheet1.care_plan_date CarePlanSheet2.care_plan_date CarePlanSheet3.care_plan_date }

/// Beside a care plan, where its month does not count.
impl HasKey for ClientSupplement<'_> {
    fn key(&self) -> Option<Key> {
        let (insurer, insured) = self.insurer_number.get().zip(self.insured_number.get())?;
        match self.care_plan_date.get()? {
            DateOrZeros::Date(date) => Some((Client { insurer, insured }, date)),
            DateOrZeros::Zeros => None,
        }
    }
}

/// Sets the key of a record.
macro_rules! set_key {
    ($plan:ident, $record:ident, $date:expr) => {
        $record.insurer_number = Field::Value($plan.insurer_number);
        $record.insured_number = Field::Value($plan.insured_number);
        $record.care_plan_date = Field::Value($date);
    };
}

impl CarePlan {
    /// The plans in the rows of files, in the order of 第1表, and what they cannot hold. Rows are those of the findings.
    pub fn from_rows(
        sheet1: &[CarePlanSheet1<'_>],
        sheet2: &[CarePlanSheet2<'_>],
        sheet3: &[CarePlanSheet3<'_>],
        supplements: &[ClientSupplement<'_>],
    ) -> (Vec<Self>, Report) {
        Self::collect(false, sheet1, sheet2, sheet3, supplements)
    }

    /// The plan in the records of one client; `None` where no record tells whose they are.
    pub fn from_records(records: &CarePlanRecords) -> (Option<Self>, Report) {
        let CarePlanRecords { sheet1, sheet2, sheet3, supplement } = records;
        let (plans, report) =
            Self::collect(true, std::slice::from_ref(sheet1), sheet2, sheet3, supplement.as_slice());
        (plans.into_iter().next(), report)
    }

    fn collect(
        one: bool,
        sheet1: &[CarePlanSheet1<'_>],
        sheet2: &[CarePlanSheet2<'_>],
        sheet3: &[CarePlanSheet3<'_>],
        supplements: &[ClientSupplement<'_>],
    ) -> (Vec<Self>, Report) {
        let mut plans = Collection::new(Self::new, one);
        plans.take_one(FileKind::CarePlan1, sheet1, |plan, record, carrier| {
            plan.outline = Some(CarePlanOutline::of_record(record, carrier));
        });
        plans.take(FileKind::CarePlan2, sheet2, Self::read_needs);
        plans.take(FileKind::CarePlan3, sheet3, Self::read_week);
        plans.take_one(FileKind::Supplement, supplements, |plan, record, carrier| {
            plan.supplement = Some(Supplement::of_record(record, carrier));
        });
        plans.finish()
    }

    fn read_needs(&mut self, rows: &[(u64, &CarePlanSheet2<'_>)], carrier: &mut Carrier) {
        let (mut heads, mut filled) = (Vec::new(), Vec::new());
        for (row, record) in rows {
            carrier.row(*row);
            heads.push(NeedsHead::of_record(record, carrier));
            let mut held = CarePlanSheet2::default();
            CarePlanNeed::of_record(record, carrier).fill(&mut held);
            LongTermGoal::of_record(record, carrier).fill(&mut held);
            ShortTermGoal::of_record(record, carrier).fill(&mut held);
            CarePlanSupport::of_record(record, carrier).fill(&mut held);
            filled.push(held);
        }
        let (form, differing) = printed_once::fill_down(&mut filled, GROUPS);
        self.follow_up_rows = (form == Form::Repeated).then_some(FollowUpRows::Repeated);
        self.needs_head = heads.first().cloned();
        // What a member cannot hold was reported, and is not in the filled rows.
        let mut quiet = Carrier::new(FileKind::CarePlan2, None);
        for ((row, head), differing) in filled.iter().zip(heads).zip(differing) {
            let need = CarePlanNeed::of_record(row, &mut quiet);
            let goal = LongTermGoal::of_record(row, &mut quiet);
            let short = ShortTermGoal::of_record(row, &mut quiet);
            let support = CarePlanSupport {
                head: (Some(&head) != self.needs_head.as_ref()).then_some(head),
                printed_otherwise: differing.into_iter().filter_map(Sheet2Column::of_no).collect(),
                ..CarePlanSupport::of_record(row, &mut quiet)
            };
            let place = child_of(&mut self.needs, need, CarePlanNeed::is_same)
                .and_then(|need| child_of(&mut need.goals, goal, LongTermGoal::is_same))
                .and_then(|goal| child_of(&mut goal.short_term_goals, short, ShortTermGoal::is_same));
            if let Some(short) = place {
                short.supports.push(support);
            }
        }
        for goal in self.needs.iter_mut().flat_map(|need| &mut need.goals) {
            for short in &mut goal.short_term_goals {
                printed_once::drop_blank(&mut short.supports);
            }
            printed_once::drop_blank(&mut goal.short_term_goals);
        }
        for need in &mut self.needs {
            printed_once::drop_blank(&mut need.goals);
        }
    }

    fn read_week(&mut self, rows: &[(u64, &CarePlanSheet3<'_>)], carrier: &mut Carrier) {
        for ((number, record), row) in rows.iter().zip(1..) {
            carrier.row(*number);
            let head = WeekHead::of_record(record, carrier);
            let of_plan = self.week_head.get_or_insert_with(|| head.clone());
            let (row, head) = (Some(row), (head != *of_plan).then_some(head));
            let service = WeeklyService::of_record(record, carrier);
            let activity = DailyActivity::of_record(record, carrier);
            let other = NonWeeklyService::of_record(record, carrier);
            let (has_activity, has_other) =
                (activity != DailyActivity::default(), other != NonWeeklyService::default());
            if service != WeeklyService::default() || !(has_activity || has_other) {
                self.weekly_services.push(WeeklyService { row, head: head.clone(), ..service });
            }
            if has_activity {
                self.daily_activities.push(DailyActivity { row, head: head.clone(), ..activity });
            }
            if has_other {
                self.non_weekly_services.push(NonWeeklyService { row, head, ..other });
            }
        }
        let rows: Vec<&mut Option<u32>> = self
            .weekly_services
            .iter_mut()
            .map(|service| &mut service.row)
            .chain(self.daily_activities.iter_mut().map(|activity| &mut activity.row))
            .chain(self.non_weekly_services.iter_mut().map(|other| &mut other.row))
            .collect();
        // The order in which they are written without rows.
        if rows.is_sorted_by(|a, b| a < b) {
            rows.into_iter().for_each(|row| *row = None);
        }
    }

    /// The rows of plans for the files of one unit. A plan without 第1表 or supplementary information has no row of it.
    pub fn to_rows<'p>(plans: impl IntoIterator<Item = &'p Self>, repeats: Repeats) -> CarePlanRows {
        let mut rows = CarePlanRows::default();
        for plan in plans {
            let CarePlanRecords { sheet1, sheet2, sheet3, supplement } = plan.to_records(repeats);
            rows.sheet1.extend(plan.outline.is_some().then_some(sheet1));
            rows.sheet2.extend(sheet2);
            rows.sheet3.extend(sheet3);
            rows.supplements.extend(supplement);
        }
        rows
    }

    /// The records of the plan.
    pub fn to_records(&self, repeats: Repeats) -> CarePlanRecords {
        let mut sheet1 = CarePlanSheet1::default();
        if let Some(outline) = &self.outline {
            outline.fill(&mut sheet1);
        }
        set_key!(self, sheet1, self.care_plan_date);
        let (mut sheet2, differing) = self.filled_needs();
        let (form, as_read) = repeats.form(self.follow_up_rows);
        printed_once::print(&mut sheet2, GROUPS, form, if as_read { &differing } else { &[] });
        let supplement = self.supplement.as_ref().map(|supplement| {
            let mut record = ClientSupplement::default();
            supplement.fill(&mut record);
            set_key!(self, record, DateOrZeros::Date(self.care_plan_date));
            record
        });
        CarePlanRecords { sheet1, sheet2, sheet3: self.week(), supplement }
    }

    /// The rows of 第2表 with everything on each, and what each prints otherwise.
    pub(super) fn filled_needs(&self) -> (Vec<CarePlanSheet2<'static>>, Vec<Vec<u16>>) {
        let (mut rows, mut differing) = (Vec::new(), Vec::new());
        let (no_goal, no_short, no_support) = Default::default();
        for need in &self.needs {
            for goal in or_blank(&need.goals, &no_goal) {
                for short in or_blank(&goal.short_term_goals, &no_short) {
                    for support in or_blank(&short.supports, &no_support) {
                        let mut record = CarePlanSheet2::default();
                        if let Some(head) = support.head.as_ref().or(self.needs_head.as_ref()) {
                            head.fill(&mut record);
                        }
                        need.fill(&mut record);
                        goal.fill(&mut record);
                        short.fill(&mut record);
                        support.fill(&mut record);
                        set_key!(self, record, self.care_plan_date);
                        rows.push(record);
                        differing.push(support.printed_otherwise.iter().map(|column| column.no()).collect());
                    }
                }
            }
        }
        (rows, differing)
    }

    fn week(&self) -> Vec<CarePlanSheet3<'static>> {
        let services = self.weekly_services.iter().map(Entry::Service);
        let activities = self.daily_activities.iter().map(Entry::Activity);
        let others = self.non_weekly_services.iter().map(Entry::Other);
        let mut last = 0;
        let mut entries: Vec<(u32, Entry<'_>)> = services
            .chain(activities)
            .chain(others)
            .map(|entry| {
                // One that has no row stays behind the one before it.
                last = entry.place().0.unwrap_or(last);
                (last, entry)
            })
            .collect();
        entries.sort_by_key(|(row, _)| *row);
        let mut rows: Vec<CarePlanSheet3<'static>> = Vec::new();
        let mut before = None;
        for (_, entry) in entries {
            let (row, group, head) = entry.place();
            // A row holds one of each group.
            let shares = before.is_some_and(|(of, last)| row == Some(of) && group > last);
            before = row.map(|row| (row, group));
            if !shares {
                let mut record = CarePlanSheet3::default();
                if let Some(head) = head.or(self.week_head.as_ref()) {
                    head.fill(&mut record);
                }
                set_key!(self, record, self.care_plan_date);
                rows.push(record);
            }
            match (entry, rows.last_mut()) {
                (Entry::Service(service), Some(record)) => service.fill(record),
                (Entry::Activity(activity), Some(record)) => activity.fill(record),
                (Entry::Other(other), Some(record)) => other.fill(record),
                (_, None) => {}
            }
        }
        rows
    }
}

/// What a row of 第3表 carries.
enum Entry<'p> {
    Service(&'p WeeklyService),
    Activity(&'p DailyActivity),
    Other(&'p NonWeeklyService),
}

impl<'p> Entry<'p> {
    /// The row, the place of the group in it, and what else the row says.
    fn place(&self) -> (Option<u32>, u8, Option<&'p WeekHead>) {
        match self {
            Self::Service(service) => (service.row, 0, service.head.as_ref()),
            Self::Activity(activity) => (activity.row, 1, activity.head.as_ref()),
            Self::Other(other) => (other.row, 2, other.head.as_ref()),
        }
    }
}

impl Sheet2Column {
    fn of_no(no: u16) -> Option<Self> {
        let spec = CarePlanSheet2::LAYOUT.field(no.into())?;
        Self::from_code(spec.name_json.as_bytes())
    }

    fn no(self) -> u16 {
        CarePlanSheet2::LAYOUT.field_named(self.code()).map_or(0, |spec| spec.no)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::care::sheet::tests::assert_whole;

    #[test]
    fn every_field_is_carried_exactly_once() {
        let key = ["insurer_number", "insured_number", "care_plan_date"];
        assert_whole::<CarePlanSheet1<'_>>(CarePlanOutline::carried(), &key);
        let needs = [
            NeedsHead::carried(),
            CarePlanNeed::carried(),
            LongTermGoal::carried(),
            ShortTermGoal::carried(),
            CarePlanSupport::carried(),
        ];
        assert_whole::<CarePlanSheet2<'_>>(needs.concat(), &key);
        let week = [
            WeekHead::carried(),
            WeeklyService::carried(),
            DailyActivity::carried(),
            NonWeeklyService::carried(),
        ];
        assert_whole::<CarePlanSheet3<'_>>(week.concat(), &key);
        assert_whole::<ClientSupplement<'_>>(Supplement::carried(), &key[..2]);
    }

    #[test]
    fn columns_have_the_names_of_their_fields() {
        for column in Sheet2Column::ALL {
            assert_eq!(Sheet2Column::of_no(column.no()), Some(*column));
        }
        assert_eq!(Sheet2Column::ALL.iter().map(|column| column.no()).collect::<Vec<_>>(), GROUPS.concat());
    }
}
