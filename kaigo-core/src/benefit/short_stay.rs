//! Short stay of more than thirty days.

use super::Decision;
use super::decision::because;
use crate::document::{Period, document};

/// So many days in a row are paid.
const PAID_DAYS: u32 = 30;

document! {
    /// Days of short stay in a row.
    StayInARow = "連続した短期入所" {
        stay: one Period = "利用期間",
        /// From the 31st day on; left out where there are no more than 30.
        not_paid: opt Period = "30日を超えて給付されない期間",
    }
}

/// The stays in a row that the given ones make, and what of each is not paid: day 31 and later. One that begins on the
/// day after another ends, or before, goes on with it.
#[doc(alias = "30日超")]
pub fn short_stay(stays: &[Period]) -> Decision<Vec<StayInARow>> {
    let mut sorted = stays.to_vec();
    sorted.sort_unstable();
    let mut runs: Vec<Period> = Vec::new();
    for stay in sorted {
        let joined = runs
            .last()
            .filter(|run| run.to().days_until(stay.from()) <= 1)
            .and_then(|run| Period::new(run.from(), run.to().max(stay.to())));
        match (joined, runs.last_mut()) {
            (Some(joined), Some(last)) => *last = joined,
            _ => runs.push(stay),
        }
    }
    let mut reasons = Vec::new();
    let value = runs
        .into_iter()
        .map(|run| {
            let (from, days) = (run.from(), run.days());
            // As many days as are paid lie before the first that is not.
            let over_from = from.plus_days(PAID_DAYS as i32).filter(|_| days > PAID_DAYS);
            reasons.push(match over_from {
                Some(over_from) => because!(StayOver, from, days, over_from),
                None => because!(StayPaid, from, to = run.to(), days),
            });
            StayInARow { stay: run, not_paid: over_from.and_then(|first| Period::new(first, run.to())) }
        })
        .collect();
    Decision { value, reasons }
}

/// Whether all days of short stay are more than about half of the certification's period: a guide, not a limit.
pub fn short_stay_share(days: u32, certification: Period) -> Decision<bool> {
    let period = certification.days();
    let over = u64::from(days) * 2 > u64::from(period);
    Decision { value: over, reasons: if over { vec![because!(StayHalf, days, period)] } else { Vec::new() } }
}
