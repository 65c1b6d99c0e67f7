//! What the software works with: a care plan as needs, goals and supports, planned visits against actual ones.

mod collect;
mod faults;
mod plan;
mod plan_builder;
mod plan_rows;
mod printed_once;
mod sheet;
mod supplement;
mod visits;

pub use plan::{
    CarePlan, CarePlanNeed, CarePlanOutline, CarePlanSupport, DailyActivity, FollowUpRows, LongTermGoal,
    NeedsHead, NonWeeklyService, Repeats, Sheet2Column, ShortTermGoal, WeekHead, WeeklyService,
};
pub use plan_builder::CarePlanBuilder;
pub use plan_rows::CarePlanRows;
pub use supplement::Supplement;
pub use visits::{Visit, VisitOutcome, compare_visits};
