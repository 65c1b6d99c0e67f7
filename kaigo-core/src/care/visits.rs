//! Planned against actual, visit by visit.

use crate::calendar::{ClockTime, Date};
use crate::ident::{InsuredNumber, InsurerNumber, OfficeNumber, ServiceCode};
use crate::record::ServiceSlip;

/// What became of a visit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum VisitOutcome {
    /// Given as planned.
    AsPlanned,
    /// Planned and not given.
    Cancelled,
    /// Given on the day, at another time.
    Moved,
    /// Given and not planned.
    Added,
    /// Given at the planned time, another number of times.
    Recounted,
}

impl VisitOutcome {
    /// The name in reports.
    pub const fn name(self) -> &'static str {
        match self {
            Self::AsPlanned => "as_planned",
            Self::Cancelled => "cancelled",
            Self::Moved => "moved",
            Self::Added => "added",
            Self::Recounted => "recounted",
        }
    }
}

/// One visit: planned, actual, or both.
#[derive(Debug, Clone, PartialEq)]
pub struct Visit<'s, 'a> {
    /// What became of it.
    pub outcome: VisitOutcome,
    /// The row of the plan.
    pub planned: Option<&'s ServiceSlip<'a>>,
    /// The row of the actuals.
    pub actual: Option<&'s ServiceSlip<'a>>,
}

impl<'s, 'a> Visit<'s, 'a> {
    /// The actual row, or the planned one where there is none.
    pub fn slip(&self) -> Option<&'s ServiceSlip<'a>> {
        self.actual.or(self.planned)
    }
}

/// What must be equal for two rows to be the same visit.
type Key =
    (Option<InsurerNumber>, Option<InsuredNumber>, Option<OfficeNumber>, Option<ServiceCode>, Option<Date>);

fn key(slip: &ServiceSlip<'_>) -> Key {
    (
        slip.insurer_number.get(),
        slip.insured_number.get(),
        slip.office_number.get(),
        slip.service_code.get(),
        slip.service_date.get(),
    )
}

fn times(slip: &ServiceSlip<'_>) -> (Option<ClockTime>, Option<ClockTime>) {
    (slip.service_start_time.get(), slip.service_end_time.get())
}

/// Matches planned with actual visits by client, provider, service and day: first those at the same times, then,
/// where one planned and one actual visit of the day are left, those at other times. Where more are left on both
/// sides, nothing is guessed: they are cancelled and added. A visit on another day is cancelled and added too.
///
/// The result is in the order of client, day, time, service.
#[doc(alias = "予実")]
pub fn compare_visits<'s, 'a>(
    planned: impl IntoIterator<Item = &'s ServiceSlip<'a>>,
    actual: impl IntoIterator<Item = &'s ServiceSlip<'a>>,
) -> Vec<Visit<'s, 'a>> {
    let mut groups: std::collections::BTreeMap<Key, (Vec<&'s ServiceSlip<'a>>, Vec<&'s ServiceSlip<'a>>)> =
        std::collections::BTreeMap::new();
    for slip in planned {
        groups.entry(key(slip)).or_default().0.push(slip);
    }
    for slip in actual {
        groups.entry(key(slip)).or_default().1.push(slip);
    }
    let mut visits = Vec::new();
    for (planned, mut actual) in groups.into_values() {
        let mut left = Vec::new();
        for plan in planned {
            match actual.iter().position(|given| times(given) == times(plan)) {
                Some(index) => {
                    let given = actual.remove(index);
                    let same = given.service_count.get() == plan.service_count.get();
                    let outcome = if same { VisitOutcome::AsPlanned } else { VisitOutcome::Recounted };
                    visits.push(Visit { outcome, planned: Some(plan), actual: Some(given) });
                }
                None => left.push(plan),
            }
        }
        if let ([plan], [given]) = (left.as_slice(), actual.as_slice()) {
            visits.push(Visit { outcome: VisitOutcome::Moved, planned: Some(plan), actual: Some(given) });
            continue;
        }
        let cancelled = left.into_iter().map(|plan| Visit {
            outcome: VisitOutcome::Cancelled,
            planned: Some(plan),
            actual: None,
        });
        let added = actual.into_iter().map(|given| Visit {
            outcome: VisitOutcome::Added,
            planned: None,
            actual: Some(given),
        });
        visits.extend(cancelled.chain(added));
    }
    visits.sort_by_key(|visit| {
        visit.slip().map(|slip| {
            let (insurer, insured, _, service, date) = key(slip);
            (insurer, insured, date, times(slip), service)
        })
    });
    visits
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::{Field, Record};
    use crate::text::Text;

    fn slip(day: &'static str, start: &'static str, end: &'static str) -> ServiceSlip<'static> {
        let mut slip = ServiceSlip::default();
        for (no, text) in [(2, "092015"), (3, "1234567890"), (10, day), (12, start), (13, end), (14, "1")] {
            assert!(slip.set(no, Text::from(text)));
        }
        slip
    }

    fn outcomes(planned: &[ServiceSlip<'_>], actual: &[ServiceSlip<'_>]) -> Vec<VisitOutcome> {
        compare_visits(planned, actual).iter().map(|visit| visit.outcome).collect()
    }

    #[test]
    fn visits_are_kept_moved_cancelled_and_added() {
        let planned = [
            slip("20260701", "0900", "0930"),
            slip("20260702", "0900", "0930"),
            slip("20260703", "0900", "0930"),
        ];
        let actual = [
            slip("20260701", "0900", "0930"),
            slip("20260702", "1000", "1030"),
            slip("20260704", "0900", "0930"),
        ];
        use VisitOutcome::{Added, AsPlanned, Cancelled, Moved};
        assert_eq!(outcomes(&planned, &actual), [AsPlanned, Moved, Cancelled, Added]);
    }

    #[test]
    fn two_candidates_are_not_guessed() {
        let planned = [slip("20260701", "0900", "0930"), slip("20260701", "1300", "1330")];
        let actual = [slip("20260701", "1000", "1030"), slip("20260701", "1400", "1430")];
        use VisitOutcome::{Added, Cancelled};
        let mut found = outcomes(&planned, &actual);
        found.sort_by_key(|outcome| outcome.name());
        assert_eq!(found, [Added, Added, Cancelled, Cancelled]);
    }

    #[test]
    fn another_number_of_times_is_told() {
        let mut twice = slip("20260701", "0900", "0930");
        twice.service_count = Field::Value(2);
        assert_eq!(outcomes(&[slip("20260701", "0900", "0930")], &[twice]), [VisitOutcome::Recounted]);
    }
}
