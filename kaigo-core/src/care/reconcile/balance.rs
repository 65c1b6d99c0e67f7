//! Units and yen, planned and actual.

use super::value::{Balance, TotalUnits, YenLeftOut};
use crate::benefit::Yen;
use crate::record::UnitPrice;

/// Amounts in the course of being added up.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Sum {
    pub(super) planned: u64,
    pub(super) actual: u64,
}

/// Amounts in yen of what has a price, and why others have none.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Amounts {
    units: Sum,
    yen: Sum,
    priced: bool,
    left_out: Option<YenLeftOut>,
}

impl Sum {
    pub(super) fn add(&mut self, planned: u64, actual: u64) {
        self.planned = self.planned.saturating_add(planned);
        self.actual = self.actual.saturating_add(actual);
    }
}

/// Rounded down, as the cost of services is.
fn yen(units: u64, price: UnitPrice) -> u64 {
    let hundredths = u128::from(units) * u128::from(price.hundredths().unsigned_abs());
    u64::try_from(hundredths / 100).unwrap_or(u64::MAX)
}

impl Amounts {
    /// The amounts of a provider's services of one type for one client.
    pub(super) fn of(units: Sum, price: Result<UnitPrice, YenLeftOut>) -> Self {
        match price {
            Ok(price) => Self {
                units,
                yen: Sum { planned: yen(units.planned, price), actual: yen(units.actual, price) },
                priced: true,
                left_out: None,
            },
            Err(reason) => Self { units, left_out: Some(reason), ..Self::default() },
        }
    }

    /// Adds what has been rounded.
    pub(super) fn add(&mut self, other: &Self) {
        self.units.add(other.units.planned, other.units.actual);
        self.yen.add(other.yen.planned, other.yen.actual);
        self.left_out = match (self.left_out, other.left_out) {
            (None, None) => None,
            (Some(reason), None) | (None, Some(reason)) => Some(reason),
            (Some(reason), Some(other)) => Some(if reason == other { reason } else { YenLeftOut::Partly }),
        };
        self.priced |= other.priced;
    }

    pub(super) fn balance(&self) -> Balance {
        let (more_units, fewer_units) = differences(self.units, units);
        // An amount without a part of it would look like the whole.
        let yen = (self.left_out.is_none() && self.priced).then_some(self.yen);
        let (more_yen, fewer_yen) = yen.map_or((None, None), |yen| differences(yen, in_yen));
        Balance {
            planned_units: units(self.units.planned),
            actual_units: units(self.units.actual),
            more_units,
            fewer_units,
            planned_yen: yen.map(|yen| in_yen(yen.planned)),
            actual_yen: yen.map(|yen| in_yen(yen.actual)),
            more_yen,
            fewer_yen,
            yen_left_out: self.left_out.map(|reason| if self.priced { YenLeftOut::Partly } else { reason }),
        }
    }
}

pub(super) fn units(amount: u64) -> TotalUnits {
    TotalUnits::new(amount).unwrap_or(TotalUnits::MAX)
}

fn in_yen(amount: u64) -> Yen {
    Yen::new(amount).unwrap_or(Yen::MAX)
}

/// What is actual beyond the plan, and what is planned beyond the actual.
fn differences<T>(sum: Sum, amount: impl Fn(u64) -> T) -> (Option<T>, Option<T>) {
    let over = |a: u64, b: u64| Some(a.saturating_sub(b)).filter(|over| *over > 0).map(&amount);
    (over(sum.actual, sum.planned), over(sum.planned, sum.actual))
}
