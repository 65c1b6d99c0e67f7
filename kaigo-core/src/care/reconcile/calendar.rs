//! The reconciliation as the calendar that people know from paper: for each service a row, a column a day.

use std::collections::BTreeMap;

use super::value::{ClientReconciliation, SlipVisit, VisitOutcome};
use crate::calendar::{ClockTime, Date};
use crate::ident::{OfficeNumber, ServiceCode};
use crate::record::Integer;

/// A row of the calendar: a service of a provider at a time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CalendarRow {
    /// When the visits begin; those that were moved stand in the row of their planned time.
    pub start: ClockTime,
    /// When they end.
    pub end: ClockTime,
    /// The service.
    pub service_code: ServiceCode,
    /// The provider.
    pub office_number: OfficeNumber,
    /// The days of the month, from the first.
    pub days: Vec<CalendarDay>,
}

/// A day of a row.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CalendarDay {
    /// How often it was planned; `None`: not at all.
    pub planned: Option<Integer>,
    /// How often it was given.
    pub actual: Option<Integer>,
    /// What became of the visits; `None`: they are as planned, or there is none.
    pub outcome: Option<VisitOutcome>,
    /// Where a visit that was moved was moved to.
    pub moved_to: Vec<(Date, ClockTime, ClockTime)>,
}

impl CalendarRow {
    /// How often it was planned in the month.
    pub fn planned(&self) -> Integer {
        self.days.iter().filter_map(|day| day.planned).fold(0, Integer::saturating_add)
    }

    /// How often it was given in the month.
    pub fn actual(&self) -> Integer {
        self.days.iter().filter_map(|day| day.actual).fold(0, Integer::saturating_add)
    }
}

/// What rows are told apart by.
type Key = (ClockTime, ClockTime, ServiceCode, OfficeNumber);

fn key(visit: &SlipVisit) -> Key {
    (visit.service_start_time, visit.service_end_time, visit.service_code, visit.office_number)
}

impl ClientReconciliation {
    /// The rows of the client's calendar, by time, service and provider.
    pub fn calendar(&self) -> Vec<CalendarRow> {
        let mut rows: BTreeMap<Key, Vec<CalendarDay>> = BTreeMap::new();
        let days = usize::from(self.target_month.days().unsigned_abs());
        let mut day = |of: Key, date: Date, then: &dyn Fn(&mut CalendarDay)| {
            let row = rows.entry(of).or_insert_with(|| vec![CalendarDay::default(); days]);
            let index = usize::from(date.day().unsigned_abs()).saturating_sub(1);
            // A row that says a day of another month has been reported, and has no column.
            if let Some(day) = row.get_mut(index).filter(|_| self.target_month.contains(date)) {
                then(day);
            }
        };
        for visit in &self.visits {
            let outcome = Some(visit.outcome).filter(|outcome| *outcome != VisitOutcome::AsPlanned);
            if let Some(planned) = &visit.planned {
                day(key(planned), planned.service_date, &|day| {
                    add(&mut day.planned, planned.service_count);
                    day.outcome = day.outcome.or(outcome);
                    if let (Some(VisitOutcome::Moved), Some(to)) = (outcome, &visit.actual) {
                        day.moved_to.push((to.service_date, to.service_start_time, to.service_end_time));
                    }
                });
            }
            if let Some(actual) = &visit.actual {
                let of_planned =
                    visit.planned.as_ref().filter(|_| visit.outcome != VisitOutcome::ChangedCode);
                day(key(of_planned.unwrap_or(actual)), actual.service_date, &|day| {
                    add(&mut day.actual, actual.service_count);
                    day.outcome = day.outcome.or(outcome);
                });
            }
        }
        rows.into_iter()
            .map(|((start, end, service_code, office_number), days)| CalendarRow {
                start,
                end,
                service_code,
                office_number,
                days,
            })
            .collect()
    }
}

fn add(to: &mut Option<Integer>, count: Integer) {
    *to = Some(to.unwrap_or(0).saturating_add(count));
}
