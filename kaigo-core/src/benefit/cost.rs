//! The cost of units, and who pays it.

use super::decision::because;
use super::{Decision, Units, Yen};
use crate::document::document;
use crate::eligibility::BurdenRatio;
use crate::record::UnitPrice;

document! {
    /// The cost of a service and who pays it: total = insurer + person, cost = total + person in full.
    Cost = "費用と負担" {
        /// Of the units within the ceilings.
        total: one Yen = "費用総額",
        insurer: one Yen = "保険給付額",
        person: one Yen = "利用者負担額（保険対象分）",
        /// Of the units over the ceilings.
        person_in_full: one Yen = "利用者負担額（全額負担分）",
    }
}

/// Units at a price, rounded down.
fn price_of(units: Units, price: UnitPrice) -> Yen {
    let hundredths = u64::from(units.get()) * u64::from(price.hundredths().unsigned_abs());
    // Seven digits of units at three digits of yen are ten digits.
    Yen::new(hundredths / 100).unwrap_or(Yen::MAX)
}

/// What the insurer pays of an amount, rounded down, and what the person pays: the rest.
pub(super) fn shares(amount: Yen, ratio: BurdenRatio) -> (Yen, Yen) {
    let percent = u64::from(100 - ratio.percent());
    let insurer = Yen::new(amount.get() * percent / 100).unwrap_or(amount);
    (insurer, amount.saturating_sub(insurer))
}

/// The cost of units: of those covered by the insurance, and of those over a ceiling, which the person pays in full.
#[doc(alias = "費用総額")]
pub fn cost(covered: Units, over: Units, price: UnitPrice, ratio: BurdenRatio) -> Decision<Cost> {
    let total = price_of(covered, price);
    let (insurer, person) = shares(total, ratio);
    let person_in_full = price_of(over, price);
    let percent = u32::from(100 - ratio.percent());
    let mut reasons = vec![
        because!(CostOfUnits, units = covered, price, total),
        because!(CostShares, percent, insurer, person),
    ];
    if person_in_full > Yen::ZERO {
        reasons.push(because!(CostOver, over = person_in_full));
    }
    Decision { value: Cost { total, insurer, person, person_in_full }, reasons }
}
