//! The allowance for equipment that is bought.

use super::decision::{Fact, because};
use super::home::allowance;
use super::{Allowance, Decision, EquipmentKind, EquipmentPurchase, RepurchaseReason, Tables, Yen};
use crate::code::CodeList;

/// What the allowance of the fiscal year pays for a purchase, after those that were paid. `None` where that cannot be told.
///
/// The same product, of the same kind, is bought once in a fiscal year unless it broke or needs changed.
#[doc(alias = "特定福祉用具購入費")]
pub fn equipment_purchase(
    tables: &Tables,
    paid: &[EquipmentPurchase],
    planned: &EquipmentPurchase,
) -> Decision<Option<Allowance>> {
    let (mut reasons, on) = (Vec::new(), planned.bought_on);
    let year = on.fiscal_year();
    let of_year = || paid.iter().filter(|bought| bought.bought_on.fiscal_year() == year);

    let same_kind = of_year().filter(|bought| bought.kind == planned.kind);
    // The same product tells most.
    if let Some(bought) = same_kind.max_by_key(|bought| (bought.product == planned.product, bought.bought_on))
    {
        let kind = Fact::Label(planned.kind.label(), english(planned.kind));
        let on = bought.bought_on;
        reasons.push(match planned.reason_to_buy_again {
            Some(reason) => {
                let reason = Fact::Label(reason.label(), english_reason(reason));
                because!(EquipmentAgain, kind, on, reason)
            }
            None if bought.product == planned.product => because!(EquipmentSame, kind, on),
            None => because!(EquipmentSameKind, kind, on),
        });
    }

    let Some(limit) = tables.equipment_allowance(on) else {
        reasons.push(because!(EquipmentUnknown, on));
        return Decision { value: None, reasons };
    };
    let used = of_year().fold(Yen::ZERO, |used, bought| used.saturating_add(bought.cost)).min(limit);
    // A fiscal year is never negative.
    let year = u32::from(year.unsigned_abs());
    reasons.push(because!(EquipmentLimit, year, limit, used, remaining = limit.saturating_sub(used)));
    let value = allowance(limit, used, planned.cost, planned.ratio, &mut reasons);
    if value.remaining == Yen::ZERO {
        reasons.push(because!(EquipmentUsedUp, year));
    } else if value.over > Yen::ZERO {
        reasons.push(because!(EquipmentOver, cost = planned.cost, over = value.over));
    }
    Decision { value: Some(value), reasons }
}

fn english(kind: EquipmentKind) -> &'static str {
    match kind {
        EquipmentKind::ToiletSeat => "toilet seat",
        EquipmentKind::ExcretionPart => "exchangeable part of an excretion device",
        EquipmentKind::BathingAid => "bathing aid",
        EquipmentKind::SimpleBathtub => "simple bathtub",
        EquipmentKind::LiftSling => "sling of a lift",
        EquipmentKind::ExcretionPredictor => "excretion predictor",
        EquipmentKind::FixedSlope => "fixed slope",
        EquipmentKind::Walker => "walker",
        EquipmentKind::SinglePointCane => "single-point cane",
        EquipmentKind::MultiPointCane => "multi-point cane",
    }
}

fn english_reason(reason: RepurchaseReason) -> &'static str {
    match reason {
        RepurchaseReason::Broken => "it broke",
        RepurchaseReason::NeedsChanged => "needs changed",
    }
}
