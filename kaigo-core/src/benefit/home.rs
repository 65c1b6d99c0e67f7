//! The allowance for home modification.

use super::cost::shares;
use super::decision::because;
use super::{Decision, HomeModification, Reason, Tables, Yen};
use crate::calendar::Date;
use crate::document::{Line, document};
use crate::eligibility::{BurdenRatio, CertifiedLevel};

document! {
    /// What of a cost an allowance pays: cost = insurer + person + over.
    Allowance = "支給限度基準額からの支給" {
        limit: one Yen = "支給限度基準額",
        /// Before this.
        used: one Yen = "利用済みの額",
        /// Before this.
        remaining: one Yen = "残額",
        /// What of the cost counts.
        counted: one Yen = "支給対象額",
        insurer: one Yen = "保険給付額",
        /// The person's share of what counts.
        person: one Yen = "利用者負担額",
        /// What the person pays in full.
        over: one Yen = "支給限度基準額を超える額",
    }
}

/// What is left of a dwelling's allowance.
struct Dwelling<'h> {
    name: &'h Line,
    base: CertifiedLevel,
    step: u32,
    used: Yen,
}

/// What the works so far left behind.
#[derive(Default)]
struct Past<'h> {
    dwellings: Vec<Dwelling<'h>>,
    /// The reset comes once for a person.
    reset_on: Option<Date>,
}

impl<'h> Past<'h> {
    /// The dwelling as it stands when works on it start: opened, reset, or as it was. Says why.
    fn start(
        &mut self,
        works: &'h HomeModification,
        step: u32,
        limit: Yen,
        reasons: &mut Vec<Reason>,
    ) -> &mut Dwelling<'h> {
        let (level, on) = (works.level, works.started_on);
        let moved = !self.dwellings.is_empty();
        let found = self.dwellings.iter().position(|dwelling| *dwelling.name == works.dwelling);
        let at = found.unwrap_or_else(|| {
            reasons.push(if moved { because!(HomeMoved, level, on) } else { because!(HomeFirst, level, on) });
            self.dwellings.push(Dwelling { name: &works.dwelling, base: level, step, used: Yen::ZERO });
            self.dwellings.len() - 1
        });
        let dwelling = &mut self.dwellings[at];
        if step >= dwelling.step.saturating_add(STEPS_OF_RESET) {
            if let Some(on) = self.reset_on {
                reasons.push(because!(HomeResetUsed, on));
            } else {
                let (base, steps) = (dwelling.base, step - dwelling.step);
                let lost = limit.saturating_sub(dwelling.used);
                reasons.push(because!(HomeReset, level, base, steps, lost));
                self.reset_on = Some(on);
                (dwelling.base, dwelling.step, dwelling.used) = (level, step, Yen::ZERO);
            }
        }
        dwelling
    }
}

/// So many steps above the base open a new allowance.
const STEPS_OF_RESET: u32 = 3;

/// What the allowance pays for works, after those that were paid. `None` where that cannot be told.
///
/// The base of a dwelling is the level at the start of its first works; works that start three or more steps above it
/// open a new allowance and a new base, once for a person. Another dwelling has an allowance and a base of its own, and
/// keeps them where the person moves back.
#[doc(alias = "住宅改修費")]
pub fn home_modification(
    tables: &Tables,
    paid: &[HomeModification],
    planned: &HomeModification,
) -> Decision<Option<Allowance>> {
    let mut reasons = Vec::new();
    let value = remaining(tables, paid, planned, &mut reasons)
        .map(|(limit, used)| allowance(limit, used, planned.cost, planned.ratio, &mut reasons));
    if let Some(Allowance { remaining, over, .. }) = value {
        if remaining == Yen::ZERO {
            reasons.push(because!(HomeUsedUp));
        } else if over > Yen::ZERO {
            reasons.push(because!(HomeOver, cost = planned.cost, over));
        }
    }
    Decision { value, reasons }
}

/// The limit and what was used of it when the works start.
fn remaining(
    tables: &Tables,
    paid: &[HomeModification],
    planned: &HomeModification,
    reasons: &mut Vec<Reason>,
) -> Option<(Yen, Yen)> {
    let mut in_order: Vec<&HomeModification> = paid.iter().collect();
    in_order.sort_by_key(|works| works.started_on);
    let (mut past, on) = (Past::default(), planned.started_on);
    if in_order.last().is_some_and(|last| last.started_on > on) {
        reasons.push(because!(HomeOrder, on));
        return None;
    }
    for works in in_order {
        // What was paid was paid: at a level without a step it belongs to the lowest one.
        let step = tables.modification_step(works.level, works.started_on).unwrap_or(1);
        let limit = tables.home_allowance(works.started_on).unwrap_or(Yen::MAX);
        let dwelling = past.start(works, step, limit, &mut Vec::new());
        dwelling.used = dwelling.used.saturating_add(works.cost).min(limit);
    }
    let Some(step) = tables.modification_step(planned.level, on) else {
        reasons.push(because!(HomeLevel, level = planned.level));
        return None;
    };
    let Some(limit) = tables.home_allowance(on) else {
        reasons.push(because!(HomeUnknown, on));
        return None;
    };
    let used = past.start(planned, step, limit, reasons).used.min(limit);
    reasons.push(because!(HomeLimit, limit, used, remaining = limit.saturating_sub(used)));
    Some((limit, used))
}

/// What of a cost is paid.
pub(super) fn allowance(
    limit: Yen,
    used: Yen,
    cost: Yen,
    ratio: BurdenRatio,
    reasons: &mut Vec<Reason>,
) -> Allowance {
    let remaining = limit.saturating_sub(used);
    let counted = cost.min(remaining);
    let (insurer, person) = shares(counted, ratio);
    reasons.push(because!(
        AllowanceShares,
        counted,
        percent = u32::from(100 - ratio.percent()),
        insurer,
        person,
    ));
    Allowance { limit, used, remaining, counted, insurer, person, over: cost.saturating_sub(counted) }
}
