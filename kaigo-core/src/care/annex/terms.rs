//! What the annex depends on and the slip does not say.

use crate::benefit::{AreaGrade, Units, Yen};
use crate::code::Applies;
use crate::document::{Period, document};
use crate::eligibility::{BurdenRatio, ServiceCeiling};
use crate::ident::{OfficeNumber, ServiceCode, ServiceTypeCode};
use crate::record::{Field, Integer, ServiceSlipAnnex, Subtotal, UnitPrice};

document! {
    /// The price of a unit: of one provider or of all, of one type or of all.
    PriceTerm = "単位数単価の条件" {
        office_number: opt OfficeNumber = "サービス事業所コード",
        service_type: opt ServiceTypeCode = "サービス種類",
        /// The price; else the area's grade says it.
        price: opt UnitPrice = "単位数単価",
        grade: opt AreaGrade = "地域区分",
    } => one_price

    /// What is particular to a service, of one provider or of all.
    ServiceTerm = "サービスコードの条件" {
        office_number: opt OfficeNumber = "サービス事業所コード",
        service_code: one ServiceCode = "サービスコード",
        /// Counts against no ceiling, as percentage add-ons do; 31 and 34 never count.
        outside_limit: one bool = "区分支給限度基準額の対象外",
        /// Paid once a month, whatever the number of visits.
        once_a_month: one bool = "月単位の包括報酬",
        /// Units of one time before the discount.
        units_before_discount: opt Units = "割引前の単位数",
        /// What is left after the discount, in per cent.
        discounted_rate: opt u32 = "割引後率",
        /// Units of one time that count against the ceiling, where they are not those that are paid.
        managed_units: opt Units = "給付管理単位数（1回）",
        /// What the person pays each time, where it is a fixed amount of yen.
        flat_charge: opt Yen = "定額利用者負担単価金額",
    }

    /// Units over the ceiling of the month that a provider's type bears: the care manager's choice.
    OverTerm = "区分支給限度基準を超える単位数の割り振り" {
        office_number: one OfficeNumber = "サービス事業所コード",
        service_type: one ServiceTypeCode = "サービス種類",
        units: one Units = "区分支給限度基準超単位数",
    }

    /// What the annex depends on and the slip does not say. The more particular term counts, and of equals the first.
    AnnexTerms = "別表の計算条件" {
        /// Else the supplement says it (No.19).
        ceiling: opt Units = "区分支給限度基準額",
        /// Else the supplement says them (No.20 to 55).
        service_ceilings: many 60 ServiceCeiling = "種類支給限度基準額",
        burden_ratio: opt BurdenRatio = "負担割合",
        prices: many 1000 PriceTerm = "単位数単価",
        services: many 1000 ServiceTerm = "サービスコード",
        /// Empty: the last services of the slip bear it.
        over: many 1000 OverTerm = "超過の割り振り",
        /// Short stay that lasted into this month.
        stay_before: opt Period = "前月から続く短期入所",
    }
}

fn one_price(term: &PriceTerm) -> Option<(&'static str, &'static str)> {
    (term.price.is_some() == term.grade.is_some())
        .then_some(("単価と地域区分のどちらか一方が必要です", "needs a price or an area's grade, not both"))
}

impl PriceTerm {
    /// The prices of an area, of all providers and types.
    pub fn of_area(grade: AreaGrade) -> Self {
        Self { office_number: None, service_type: None, price: None, grade: Some(grade) }
    }
}

impl ServiceTerm {
    /// A service of which nothing is particular.
    pub fn of(service_code: ServiceCode) -> Self {
        Self {
            office_number: None,
            service_code,
            outside_limit: false,
            once_a_month: false,
            units_before_discount: None,
            discounted_rate: None,
            managed_units: None,
            flat_charge: None,
        }
    }
}

impl Default for AnnexTerms {
    /// Nothing known but the slip.
    fn default() -> Self {
        Self {
            ceiling: None,
            service_ceilings: Vec::new(),
            burden_ratio: None,
            prices: Vec::new(),
            services: Vec::new(),
            over: Vec::new(),
            stay_before: None,
        }
    }
}

/// Whether the services of a type are paid by the month: 小規模多機能, 定期巡回, 看護小規模多機能.
fn is_bundled(service_type: ServiceTypeCode) -> bool {
    matches!(service_type.as_str(), "73" | "75" | "76" | "77")
}

/// A number of an annex as units; blank, negative or too many is none.
pub(super) fn units(field: &Field<'_, Integer>) -> Option<Units> {
    u32::try_from(field.get()?).ok().and_then(Units::new)
}

impl AnnexTerms {
    /// The terms under which a received annex was computed, as far as its rows tell: prices, the person's share, services
    /// outside the ceiling, discounts, who bears what is over.
    pub fn of_received(rows: &[ServiceSlipAnnex<'_>]) -> Self {
        let mut terms = Self::default();
        for row in rows {
            let (Some(office), Some(code)) = (row.office_number.get(), row.service_code.get()) else {
                continue;
            };
            let service_type = code.service_type();
            let subtotal = Subtotal::of(code);
            if subtotal == Some(Subtotal::GrandTotal) {
                continue;
            }
            if let Some(price) = row.unit_price.get() {
                terms.prices.push(PriceTerm {
                    office_number: Some(office),
                    service_type: Some(service_type),
                    price: Some(price),
                    grade: None,
                });
            }
            terms.burden_ratio = terms.burden_ratio.or_else(|| match row.benefit_rate.get()? {
                90 => Some(BurdenRatio::One),
                80 => Some(BurdenRatio::Two),
                70 => Some(BurdenRatio::Three),
                _ => None,
            });
            if let Some(over) = units(&row.category_limit_over_units).filter(|over| *over > Units::ZERO) {
                terms.over.push(OverTerm { office_number: office, service_type, units: over });
            }
            if subtotal.is_none() {
                terms.services.push(Self::service_of(row, code, Self::is_outside(row, rows)));
            }
        }
        terms
    }

    fn service_of(row: &ServiceSlipAnnex<'_>, code: ServiceCode, outside_limit: bool) -> ServiceTerm {
        let rate = row.discounted_rate.get().and_then(|rate| u32::try_from(rate).ok());
        let paid = units(&row.discounted_units).or_else(|| units(&row.units));
        let count = row.count_or_days.get().and_then(|count| u32::try_from(count).ok()).filter(|n| *n > 0);
        let managed = units(&row.benefit_managed_units).zip(count).and_then(|(all, count)| {
            (all.get() % count == 0).then(|| Units::new(all.get() / count)).flatten()
        });
        ServiceTerm {
            office_number: row.office_number.get(),
            outside_limit,
            // Elsewhere one time is a count like any other, and may be wrong.
            once_a_month: count == Some(1) && is_bundled(code.service_type()),
            units_before_discount: rate.and_then(|_| units(&row.units)),
            discounted_rate: rate,
            managed_units: managed.filter(|managed| Some(*managed) != paid && *managed > Units::ZERO),
            flat_charge: row
                .flat_user_charge_unit_amount
                .get()
                .and_then(|yen| u64::try_from(yen).ok())
                .filter(|yen| *yen > 0)
                .and_then(Yen::new),
            ..ServiceTerm::of(code)
        }
    }

    /// Whether a row of a service counts against no ceiling: nothing of it is managed, though others of its provider and
    /// type are, or nothing at all is said of the ceiling where the row stands alone. The sender may leave No.18 empty.
    fn is_outside(row: &ServiceSlipAnnex<'_>, rows: &[ServiceSlipAnnex<'_>]) -> bool {
        let of_type = |code: ServiceCode| {
            row.service_code.get().is_some_and(|own| own.service_type() == code.service_type())
        };
        let siblings = || {
            rows.iter().filter(|other| {
                other.office_number == row.office_number && other.service_code.get().is_some_and(of_type)
            })
        };
        let is = |wanted: Subtotal| {
            siblings().any(|other| other.service_code.get().and_then(Subtotal::of) == Some(wanted))
        };
        let (inside, outside) = (is(Subtotal::InsideLimit), is(Subtotal::OutsideLimit));
        // Days over thirty are not managed either, whatever their service.
        if !row.benefit_managed_units.is_blank() || row.over_30_days.get() == Some(Applies::Yes) {
            return false;
        }
        match (inside, outside) {
            (false, true) => true,
            (true, _) => siblings().any(|other| {
                other.service_code.get().is_some_and(|code| Subtotal::of(code).is_none())
                    && !other.benefit_managed_units.is_blank()
            }),
            (false, false) => {
                row.category_limit_within_units.is_blank() && row.category_limit_over_units.is_blank()
            }
        }
    }

    /// What is particular to a service of a provider.
    pub(super) fn service(&self, office: OfficeNumber, code: ServiceCode) -> Option<&ServiceTerm> {
        let mut of_code = self.services.iter().filter(|term| term.service_code == code);
        let of_office = of_code.clone().find(|term| term.office_number == Some(office));
        of_office.or_else(|| of_code.find(|term| term.office_number.is_none()))
    }

    /// The price term of a provider's type: the most particular.
    pub(super) fn price(&self, office: OfficeNumber, service_type: ServiceTypeCode) -> Option<&PriceTerm> {
        self.prices
            .iter()
            .filter(|term| {
                term.office_number.is_none_or(|of| of == office)
                    && term.service_type.is_none_or(|of| of == service_type)
            })
            .rev()
            .max_by_key(|term| (term.office_number.is_some(), term.service_type.is_some()))
    }
}
