//! The monthly ceiling and those of single services.

use super::decision::because;
use super::{Decision, Tables, Units};
use crate::calendar::Month;
use crate::document::{Period, document};
use crate::eligibility::{CertifiedLevel, ServiceCeiling};
use crate::ident::ServiceTypeCode;

document! {
    /// A level and the period for which it is certified.
    LevelPeriod = "要介護状態区分とその有効期間" {
        level: one CertifiedLevel = "要介護状態区分",
        period: one Period = "有効期間",
    }

    /// What is planned of a service in a month. Only what counts against the ceiling is planned here.
    PlannedUnits = "計画単位数" {
        service_type: one ServiceTypeCode = "サービス種類",
        units: one Units = "単位数",
    }

    /// What of it is covered: planned = over the service's ceiling + over the month's + covered.
    Allocation = "単位数の割振り" {
        service_type: one ServiceTypeCode = "サービス種類",
        planned: one Units = "計画単位数",
        over_service: one Units = "種類支給限度基準を超える単位数",
        over_month: one Units = "区分支給限度基準を超える単位数",
        covered: one Units = "給付単位数",
    }
}

/// The ceiling of a month: that of the heaviest level of which a day lies in it.
#[doc(alias = "区分支給限度基準額")]
pub fn monthly_ceiling(tables: &Tables, month: Month, levels: &[LevelPeriod]) -> Decision<Option<Units>> {
    let in_month = |period: Period| period.from() <= month.last_day() && month.first_day() <= period.to();
    let found = || {
        levels
            .iter()
            .filter(|level| in_month(level.period) && level.level != CertifiedLevel::NotEligible)
            .map(|level| level.level)
    };
    let Some(level) = found().max() else {
        return Decision { value: None, reasons: vec![because!(CeilingNone, month)] };
    };
    let mut reasons = Vec::new();
    if let Some(lighter) = found().filter(|other| *other != level).max() {
        reasons.push(because!(CeilingHeavier, level, lighter));
    }
    let row = tables.unit_ceiling(level, month);
    reasons.push(match row {
        Some(row) => because!(CeilingOfLevel, month, level, units = row.units, from = row.from),
        None => because!(CeilingUnknown, month, level),
    });
    Decision { value: row.map(|row| row.units), reasons }
}

/// What of the planned units is covered, in the order given: what is over the ceiling of a service first, then what is
/// over that of the month, which the last services bear. In which order that is is the care manager's choice.
#[doc(alias = "種類支給限度基準額")]
pub fn allocate(
    ceiling: Units,
    service_ceilings: &[ServiceCeiling],
    planned: &[PlannedUnits],
) -> Decision<Vec<Allocation>> {
    let mut reasons = Vec::new();
    let mut of_services: Vec<(&ServiceCeiling, Units)> =
        service_ceilings.iter().map(|service| (service, service.units)).collect();
    let mut left = ceiling;
    let (mut total, mut total_over) = (Units::ZERO, Units::ZERO);
    let value = planned
        .iter()
        .map(|plan| {
            let mut within = plan.units;
            for (service, left) in &mut of_services {
                if service.service_type == plan.service_type {
                    let over = within.saturating_sub(*left);
                    if over > Units::ZERO {
                        reasons.push(because!(
                            CeilingService,
                            service = plan.service_type,
                            ceiling = service.units,
                            over,
                        ));
                    }
                    within = within.min(*left);
                    *left = left.saturating_sub(within);
                }
            }
            let covered = within.min(left);
            left = left.saturating_sub(covered);
            total = total.saturating_add(within);
            let over_month = within.saturating_sub(covered);
            total_over = total_over.saturating_add(over_month);
            Allocation {
                service_type: plan.service_type,
                planned: plan.units,
                over_service: plan.units.saturating_sub(within),
                over_month,
                covered,
            }
        })
        .collect();
    if total_over > Units::ZERO {
        reasons.push(because!(CeilingMonth, planned = total, over = total_over, ceiling));
    }
    Decision { value, reasons }
}
