//! The annex, computed.

use super::terms::{AnnexTerms, ServiceTerm};
use crate::benefit::{
    Cost, Effect, PlannedUnits, Reason, Rule, Tables, Units, Yen, allocate, because, cost, short_stay,
    unit_price,
};
use crate::calendar::Date;
use crate::code::Applies;
use crate::document::Period;
use crate::eligibility::{BurdenRatio, ServiceCeiling};
use crate::exchange::MonthlySlipRecords;
use crate::ident::{OfficeNumber, ServiceCode, ServiceTypeCode};
use crate::record::{
    ClientSupplement, DayMap, Field, FixedOfficeCode, Integer, SatelliteNumber, ServiceSlip,
    ServiceSlipAnnex, Subtotal, UnitPrice,
};

/// A computed row, with the reasons for its amounts.
#[derive(Debug, Clone, PartialEq)]
pub struct ExplainedRow {
    /// The row, as it is written.
    pub row: ServiceSlipAnnex<'static>,
    /// Why.
    pub reasons: Vec<Reason>,
}

/// A computed annex.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Annex {
    /// The rows in the order of the form: provider by provider as the slip names them, subtotals behind, the total last.
    pub rows: Vec<ExplainedRow>,
    /// What counted for the whole month: the ceilings, and what could not be told.
    pub reasons: Vec<Reason>,
}

impl Annex {
    /// The rows, as they are written.
    pub fn records(&self) -> impl Iterator<Item = &ServiceSlipAnnex<'static>> {
        self.rows.iter().map(|row| &row.row)
    }

    /// All reasons, those of the month first.
    pub fn reasons(&self) -> impl Iterator<Item = &Reason> {
        self.reasons.iter().chain(self.rows.iter().flat_map(|row| &row.reasons))
    }

    /// Whether all was known that the amounts need, and nothing about them is doubtful.
    pub fn is_whole(&self) -> bool {
        !self.reasons().any(|reason| reason.rule.effect() != Effect::Explains)
    }
}

/// Rows of a slip that are one row of the annex.
struct Service<'s> {
    slip: &'s ServiceSlip<'static>,
    code: ServiceCode,
    term: Option<&'s ServiceTerm>,
    /// Of one time, after the discount.
    units: Units,
    count: u32,
    standing: Standing,
    /// The days of a per-diem service that are in the count: its rows repeat them.
    counted_days: Vec<DayMap>,
}

/// How a service stands to the ceilings.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Standing {
    Inside,
    Outside,
    OverThirtyDays,
}

impl Standing {
    const ALL: [Self; 3] = [Self::Inside, Self::Outside, Self::OverThirtyDays];

    fn subtotal(self, service_type: ServiceTypeCode) -> Option<ServiceCode> {
        let item = match self {
            Self::Inside => Subtotal::InsideLimit,
            Self::Outside => Subtotal::OutsideLimit,
            Self::OverThirtyDays => Subtotal::OverThirtyDays,
        };
        item.code(service_type)
    }
}

impl Service<'_> {
    /// Units that are paid.
    fn paid(&self) -> Units {
        times(self.units, self.count)
    }

    /// Units that count against the ceilings.
    fn managed(&self) -> Units {
        times(self.term.and_then(|term| term.managed_units).unwrap_or(self.units), self.count)
    }

    fn reasons(&self) -> Vec<Reason> {
        let (units, count, paid) = (self.units, self.count, self.paid());
        let mut reasons = vec![because!(AnnexUnits, units, count, paid)];
        if let Some((before, rate)) =
            self.term.and_then(|term| term.units_before_discount.zip(term.discounted_rate))
        {
            reasons.push(because!(AnnexDiscount, before, rate, after = units));
            // Half up, in whole numbers.
            let expected = (u64::from(before.get()) * u64::from(rate) + 50) / 100;
            if expected != u64::from(units.get()) {
                let expected = u32::try_from(expected).ok().and_then(Units::new).unwrap_or(Units::MAX);
                reasons.push(because!(AnnexDiscountOdd, before, rate, expected, after = units));
            }
        }
        if units == Units::ZERO {
            reasons.push(because!(AnnexNoUnits));
        }
        match self.standing {
            Standing::Inside if self.managed() != paid => {
                reasons.push(because!(AnnexManaged, managed = self.managed(), paid));
            }
            Standing::Inside => {}
            Standing::Outside => reasons.push(because!(AnnexOutside)),
            Standing::OverThirtyDays => reasons.push(because!(AnnexOverThirtyDays)),
        }
        reasons
    }
}

fn times(units: Units, count: u32) -> Units {
    units.get().checked_mul(count).and_then(Units::new).unwrap_or(Units::MAX)
}

/// The services of one type that one provider (or satellite of it) gives.
struct Provider<'s> {
    office: OfficeNumber,
    satellite: Option<SatelliteNumber>,
    service_type: ServiceTypeCode,
    services: Vec<Service<'s>>,
    over_type: Units,
    over_month: Units,
}

impl<'s> Provider<'s> {
    fn standing(&self, standing: Standing) -> impl Iterator<Item = &Service<'s>> {
        self.services.iter().filter(move |service| service.standing == standing)
    }

    fn managed(&self) -> Units {
        self.standing(Standing::Inside)
            .fold(Units::ZERO, |sum, service| sum.saturating_add(service.managed()))
    }

    fn paid(&self, standing: Standing) -> Units {
        self.standing(standing).fold(Units::ZERO, |sum, service| sum.saturating_add(service.paid()))
    }
}

/// The type under which a service counts against ceilings of single types: medical short stay always as 22.
fn ceiling_type(service_type: ServiceTypeCode) -> ServiceTypeCode {
    match service_type.as_str() {
        "23" | "2A" => ServiceTypeCode::of(b"22"),
        _ => service_type,
    }
}

fn is_short_stay(service_type: ServiceTypeCode) -> bool {
    matches!(service_type.as_str(), "21" | "22" | "23" | "2A" | "24" | "25" | "26" | "2B")
}

/// Groups the rows of the slip; those that say no provider, service, units or count are reported.
fn providers<'s>(
    slips: &'s [ServiceSlip<'static>],
    terms: &'s AnnexTerms,
    reasons: &mut Vec<Reason>,
) -> Vec<Provider<'s>> {
    let mut found: Vec<Provider<'s>> = Vec::new();
    let mut uncounted = 0;
    for slip in slips {
        let (Some(office), Some(code)) = (slip.office_number.get(), slip.service_code.get()) else {
            uncounted += 1;
            continue;
        };
        let count = slip.service_count.get().and_then(|count| u32::try_from(count).ok());
        let (Some(units), Some(count)) = (super::terms::units(&slip.units), count) else {
            uncounted += 1;
            continue;
        };
        let (satellite, service_type) = (slip.satellite_no.get(), code.service_type());
        let term = terms.service(office, code);
        let standing = if slip.over_30_days.get() == Some(Applies::Yes) {
            Standing::OverThirtyDays
        } else if matches!(service_type.as_str(), "31" | "34") || term.is_some_and(|term| term.outside_limit)
        {
            Standing::Outside
        } else {
            Standing::Inside
        };
        let same_provider = |provider: &Provider<'_>| {
            (provider.office, provider.satellite, provider.service_type) == (office, satellite, service_type)
        };
        let at = match found.iter().position(same_provider) {
            Some(at) => at,
            None => {
                found.push(Provider {
                    office,
                    satellite,
                    service_type,
                    services: Vec::new(),
                    over_type: Units::ZERO,
                    over_month: Units::ZERO,
                });
                found.len() - 1
            }
        };
        let services = &mut found[at].services;
        let same = |service: &&mut Service<'_>| {
            (service.code, service.units, service.standing) == (code, units, standing)
                && service.slip.tais_code == slip.tais_code
                && service.slip.equipment_notification_code == slip.equipment_notification_code
        };
        let per_diem = slip.per_diem_days.get();
        let days = per_diem.map(|map| u32::try_from(map.days().count()).unwrap_or(u32::MAX));
        let count = days.unwrap_or(count);
        let at_most = if term.is_some_and(|term| term.once_a_month) { 1 } else { u32::MAX };
        match services.iter_mut().find(same) {
            Some(service) if per_diem.is_some_and(|map| service.counted_days.contains(&map)) => {}
            Some(service) => {
                service.count = service.count.saturating_add(count).min(at_most);
                service.counted_days.extend(per_diem);
            }
            None => services.push(Service {
                slip,
                code,
                term,
                units,
                count: count.min(at_most),
                standing,
                counted_days: per_diem.into_iter().collect(),
            }),
        }
    }
    if uncounted > 0 {
        reasons.push(because!(AnnexUncounted, rows = uncounted));
    }
    found
}

/// The ceiling of the month and those of single types: of the terms, else of the supplement.
fn ceilings(
    supplement: Option<&ClientSupplement<'_>>,
    terms: &AnnexTerms,
) -> (Option<Units>, Vec<ServiceCeiling>) {
    let units = super::terms::units;
    let month = terms.ceiling.or_else(|| units(&supplement?.category_limit_units));
    if !terms.service_ceilings.is_empty() {
        return (month, terms.service_ceilings.clone());
    }
    let Some(s) = supplement else { return (month, Vec::new()) };
    let slots = [
        (&s.slot1_service_type, &s.slot1_limit_units),
        (&s.slot2_service_type, &s.slot2_limit_units),
        (&s.slot3_service_type, &s.slot3_limit_units),
        (&s.slot4_service_type, &s.slot4_limit_units),
        (&s.slot5_service_type, &s.slot5_limit_units),
        (&s.slot6_service_type, &s.slot6_limit_units),
        (&s.slot7_service_type, &s.slot7_limit_units),
        (&s.slot8_service_type, &s.slot8_limit_units),
        (&s.slot9_service_type, &s.slot9_limit_units),
    ];
    let of_slot = |(service_type, limit): (&Field<'_, ServiceTypeCode>, &Field<'_, Integer>)| {
        Some(ServiceCeiling { service_type: service_type.get()?, units: units(limit)? })
    };
    (month, slots.into_iter().filter_map(of_slot).collect())
}

/// Says of each provider what is over the ceilings.
fn share_out(
    providers: &mut [Provider<'_>],
    ceiling: Option<Units>,
    service_ceilings: &[ServiceCeiling],
    terms: &AnnexTerms,
    reasons: &mut Vec<Reason>,
) {
    let planned: Vec<PlannedUnits> = providers
        .iter()
        .map(|provider| PlannedUnits {
            service_type: ceiling_type(provider.service_type),
            units: provider.managed(),
        })
        .collect();
    if ceiling.is_none() {
        reasons.push(because!(AnnexCeilingUnknown));
    }
    let decision = allocate(ceiling.unwrap_or(Units::MAX), service_ceilings, &planned);
    let mut over = Units::ZERO;
    for (provider, share) in providers.iter_mut().zip(&decision.value) {
        provider.over_type = share.over_service;
        provider.over_month = share.over_month;
        over = over.saturating_add(share.over_month);
    }
    reasons.extend(decision.reasons);
    if terms.over.is_empty() {
        return;
    }
    let chosen_of = |provider: &Provider<'_>| {
        terms
            .over
            .iter()
            .find(|term| (term.office_number, term.service_type) == (provider.office, provider.service_type))
            .map_or(Units::ZERO, |term| term.units)
    };
    // A satellite shares the number of its office: the first of them bears what is said of the office.
    let mut taken: Vec<(OfficeNumber, ServiceTypeCode)> = Vec::new();
    let chosen: Vec<Units> = providers
        .iter()
        .map(|provider| {
            let key = (provider.office, provider.service_type);
            if taken.contains(&key) {
                return Units::ZERO;
            }
            taken.push(key);
            chosen_of(provider)
        })
        .collect();
    let sum = chosen.iter().fold(Units::ZERO, |sum, units| sum.saturating_add(*units));
    let fits =
        providers.iter().zip(&chosen).all(|(p, over)| *over <= p.managed().saturating_sub(p.over_type));
    if sum == over && fits {
        for (provider, over) in providers.iter_mut().zip(chosen) {
            provider.over_month = over;
        }
        reasons.push(because!(AnnexOverChosen, over));
    } else {
        reasons.push(because!(AnnexOverChoiceOdd, chosen = sum, over));
    }
}

/// What is common to the rows of an annex.
fn blank_row(slip: &ServiceSlip<'static>) -> ServiceSlipAnnex<'static> {
    ServiceSlipAnnex {
        csv_version: slip.csv_version.clone(),
        insurer_number: slip.insurer_number.clone(),
        insured_number: slip.insured_number.clone(),
        created_on: slip.created_on.clone(),
        target_month: slip.target_month.clone(),
        units: Field::Value(0),
        count_or_days: Field::Value(0),
        over_30_days: Field::Value(Applies::No),
        fixed_office_code: Field::Value(FixedOfficeCode),
        updated_by_office_number: slip.updated_by_office_number.clone(),
        ..ServiceSlipAnnex::default()
    }
}

fn number<'f>(units: Units) -> Field<'f, Integer> {
    Field::Value(i32::try_from(units.get()).unwrap_or(i32::MAX))
}

fn yen<'f>(yen: Yen) -> Field<'f, Integer> {
    Field::Value(i32::try_from(yen.get()).unwrap_or(i32::MAX))
}

/// Blank where there is none, as senders write it.
fn some_number<'f>(units: Units) -> Field<'f, Integer> {
    if units == Units::ZERO { Field::Blank } else { number(units) }
}

fn detail_row(service: &Service<'_>) -> ServiceSlipAnnex<'static> {
    let slip = service.slip;
    let mut row = ServiceSlipAnnex {
        office_name: slip.office_name.clone(),
        office_number: slip.office_number.clone(),
        satellite_no: slip.satellite_no.clone(),
        service_code: Field::Value(service.code),
        tais_code: slip.tais_code.clone(),
        equipment_notification_code: slip.equipment_notification_code.clone(),
        equipment_name: slip.equipment_name.clone(),
        units: number(service.units),
        count_or_days: Field::Value(i32::try_from(service.count).unwrap_or(i32::MAX)),
        service_units_or_amount: number(service.paid()),
        over_30_days: Field::Value(match service.standing {
            Standing::OverThirtyDays => Applies::Yes,
            _ => Applies::No,
        }),
        ..blank_row(slip)
    };
    if let Some((before, rate)) =
        service.term.and_then(|term| term.units_before_discount.zip(term.discounted_rate))
    {
        row.units = number(before);
        row.discounted_rate = Field::Value(i32::try_from(rate).unwrap_or(i32::MAX));
        row.discounted_units = number(service.units);
    }
    if service.standing == Standing::Inside {
        row.benefit_managed_units = number(service.managed());
    }
    row
}

/// What is paid for some units.
struct Priced {
    cost: Cost,
    price: UnitPrice,
}

/// Computes the amounts of the services of one provider that stand alike, into the row that carries them.
struct Totals<'t> {
    terms: &'t AnnexTerms,
    tables: &'t Tables,
    service_ceilings: &'t [ServiceCeiling],
    ceiling_known: bool,
    all: Sums,
}

/// The sums of the grand total.
#[derive(Default)]
struct Sums {
    managed: Units,
    over_type: Units,
    within_type: Units,
    over_month: Units,
    within_month: Units,
    total: Yen,
    insurer: Yen,
    person: Yen,
    in_full: Yen,
    priced: bool,
    shared: bool,
}

impl Totals<'_> {
    fn carry(
        &mut self,
        provider: &Provider<'_>,
        standing: Standing,
        row: &mut ServiceSlipAnnex<'static>,
        reasons: &mut Vec<Reason>,
    ) {
        let paid = provider.paid(standing);
        let (mut covered, mut over) = (paid, Units::ZERO);
        match standing {
            Standing::Outside => {}
            Standing::OverThirtyDays => (covered, over) = (Units::ZERO, paid),
            Standing::Inside => {
                let managed = provider.managed();
                let within_type = managed.saturating_sub(provider.over_type);
                let within = within_type.saturating_sub(provider.over_month);
                let limited = ceiling_type(provider.service_type);
                if self.service_ceilings.iter().any(|ceiling| ceiling.service_type == limited) {
                    row.type_limit_over_units = some_number(provider.over_type);
                    row.type_limit_within_units = number(within_type);
                    self.all.over_type = self.all.over_type.saturating_add(provider.over_type);
                    self.all.within_type = self.all.within_type.saturating_add(within_type);
                }
                if self.ceiling_known {
                    row.category_limit_over_units = some_number(provider.over_month);
                    row.category_limit_within_units = number(within);
                }
                self.all.managed = self.all.managed.saturating_add(managed);
                self.all.over_month = self.all.over_month.saturating_add(provider.over_month);
                self.all.within_month = self.all.within_month.saturating_add(within);
                // Nothing over: what is paid counts, though less or more of it is managed.
                if within < managed {
                    covered = within.min(paid);
                    over = paid.saturating_sub(covered);
                }
            }
        }
        let Some(priced) = self.priced(provider, row, covered, over, reasons) else { return };
        self.write_cost(provider, standing, row, &priced);
    }

    fn priced(
        &self,
        provider: &Provider<'_>,
        row: &ServiceSlipAnnex<'static>,
        covered: Units,
        over: Units,
        reasons: &mut Vec<Reason>,
    ) -> Option<Priced> {
        let term = self.terms.price(provider.office, provider.service_type);
        let by_grade = || {
            let grade = term?.grade?;
            Some(unit_price(self.tables, provider.service_type, grade, row.target_month.get()?))
        };
        let price = match term.and_then(|term| term.price) {
            Some(price) => Some(price),
            None => by_grade().and_then(|decision| {
                reasons.extend(decision.reasons);
                decision.value
            }),
        };
        let Some(price) = price else {
            if !reasons.iter().any(|reason| reason.rule == Rule::PriceUnknown) {
                reasons.push(because!(AnnexPriceUnknown, service = provider.service_type));
            }
            return None;
        };
        if self.terms.burden_ratio.is_none() {
            reasons.push(because!(AnnexRatioUnknown));
        }
        // Without the person's share the total is told all the same.
        let ratio = self.terms.burden_ratio.unwrap_or(BurdenRatio::One);
        let decision = cost(covered, over, price, ratio);
        let known = self.terms.burden_ratio.is_some();
        reasons
            .extend(decision.reasons.into_iter().filter(|reason| known || reason.rule != Rule::CostShares));
        Some(Priced { cost: decision.value, price })
    }

    fn write_cost(
        &mut self,
        provider: &Provider<'_>,
        standing: Standing,
        row: &mut ServiceSlipAnnex<'static>,
        priced: &Priced,
    ) {
        let Priced { cost, price } = priced;
        row.unit_price = Field::Value(*price);
        self.all.priced = true;
        if cost.person_in_full > Yen::ZERO {
            row.user_charge_full = yen(cost.person_in_full);
            self.all.in_full = self.all.in_full.saturating_add(cost.person_in_full);
        }
        if standing == Standing::OverThirtyDays {
            return;
        }
        row.total_cost_covered = yen(cost.total);
        self.all.total = self.all.total.saturating_add(cost.total);
        let Some(ratio) = self.terms.burden_ratio else { return };
        let flat = flat_charge(provider, standing);
        let (insurer, person) = match flat {
            Some((_, person)) => {
                let person = person.min(cost.total);
                (cost.total.saturating_sub(person), person)
            }
            None => (cost.insurer, cost.person),
        };
        if let Some((each, _)) = flat {
            row.flat_user_charge_unit_amount = yen(each);
        } else {
            row.benefit_rate = Field::Value(100 - i32::from(ratio.percent()));
        }
        row.benefit_claim_amount = yen(insurer);
        row.user_charge_covered = yen(person);
        self.all.shared = true;
        self.all.insurer = self.all.insurer.saturating_add(insurer);
        self.all.person = self.all.person.saturating_add(person);
    }

    fn total_row(self, slip: &ServiceSlip<'static>) -> ExplainedRow {
        let all = self.all;
        let mut row = ServiceSlipAnnex {
            office_number: Field::Value(OfficeNumber::TOTAL),
            service_code: Field::Value(ServiceCode::GRAND_TOTAL),
            benefit_managed_units: number(all.managed),
            ..blank_row(slip)
        };
        if self.ceiling_known {
            row.category_limit_over_units = some_number(all.over_month);
            row.category_limit_within_units = number(all.within_month);
        }
        if !self.service_ceilings.is_empty() {
            row.type_limit_over_units = some_number(all.over_type);
            row.type_limit_within_units = some_number(all.within_type);
        }
        if all.priced {
            row.total_cost_covered = yen(all.total);
        }
        if all.shared {
            row.benefit_claim_amount = yen(all.insurer);
            row.user_charge_covered = yen(all.person);
        }
        if all.in_full > Yen::ZERO {
            row.user_charge_full = yen(all.in_full);
        }
        let total = because!(AnnexTotal, managed = all.managed, within = all.within_month, total = all.total);
        ExplainedRow { row, reasons: vec![total] }
    }
}

/// A fixed charge: of one time, and of all times. Only where all services of a kind have the same.
fn flat_charge(provider: &Provider<'_>, standing: Standing) -> Option<(Yen, Yen)> {
    let mut services = provider.standing(standing);
    let each = services.next()?.term?.flat_charge?;
    if !services.all(|service| service.term.and_then(|term| term.flat_charge) == Some(each)) {
        return None;
    }
    let count: u64 = provider.standing(standing).map(|service| u64::from(service.count)).sum();
    Some((each, each.get().checked_mul(count).and_then(Yen::new).unwrap_or(Yen::MAX)))
}

/// The days of short stay with the rows' marks of more than 30 days, in order.
fn stays(slips: &[ServiceSlip<'static>]) -> Vec<(Date, bool)> {
    let mut days: Vec<_> = slips
        .iter()
        .filter(|slip| slip.service_code.get().is_some_and(|code| is_short_stay(code.service_type())))
        .filter_map(|slip| Some((slip.service_date.get()?, slip.over_30_days.get() == Some(Applies::Yes))))
        .collect();
    days.sort_unstable();
    days.dedup();
    days
}

/// Reports the first day whose mark is not what the days in a row say.
fn check_stays(days: &[(Date, bool)], before: Option<Period>, reasons: &mut Vec<Reason>) {
    let periods: Vec<Period> =
        before.into_iter().chain(days.iter().filter_map(|(day, _)| Period::new(*day, *day))).collect();
    let runs = short_stay(&periods).value;
    let is_over = |day: Date| {
        runs.iter().filter_map(|run| run.not_paid).any(|over| over.from() <= day && day <= over.to())
    };
    if let Some((day, _)) = days.iter().find(|(day, marked)| !marked && is_over(*day)) {
        reasons.push(because!(AnnexStayUnmarked, day = *day));
    }
    // A stay that nobody told of may have lasted into the month.
    let unexpected = days.iter().find(|(day, marked)| before.is_some() && *marked && !is_over(*day));
    if let Some((day, _)) = unexpected {
        reasons.push(because!(AnnexStayMarked, day = *day));
    }
}

/// Days of short stay: before the month, in it, together. On the row of the total, for they are the person's.
fn write_stays(
    slips: &[ServiceSlip<'static>],
    days: &[(Date, bool)],
    supplement: Option<&ClientSupplement<'_>>,
    row: &mut ServiceSlipAnnex<'static>,
) {
    let mut days: Vec<Date> = days.iter().map(|(day, _)| *day).collect();
    days.dedup();
    if days.is_empty() {
        return;
    }
    let in_month = i32::try_from(days.len()).unwrap_or(i32::MAX);
    row.short_stay_days_planned_this_month = Field::Value(in_month);
    let before = supplement
        .and_then(|supplement| supplement.short_stay_days_to_prev_month.get())
        .or_else(|| slips.iter().find_map(|slip| slip.short_stay_days_to_prev_month.get()));
    if let Some(before) = before {
        row.short_stay_days_to_prev_month = Field::Value(before);
        row.short_stay_days_cumulative = Field::Value(before.saturating_add(in_month));
    }
}

/// Computes the annex of a client's month: units, what is within and over the ceilings, cost and shares. What cannot be told
/// for want of a price, a share or a ceiling stays blank, and a reason says so.
///
/// Sources: 第7表 (UPSIKYU) No.13 to 33 of standard 4.1; the rules of [`benefit`](crate::benefit).
#[doc(alias = "サービス利用票別表")]
pub fn annex(month: &MonthlySlipRecords, terms: &AnnexTerms, tables: &Tables) -> Annex {
    let Some(first) = month.slips.first() else { return Annex::default() };
    let supplement = month.supplement.as_ref();
    let mut reasons = Vec::new();
    let mut providers = providers(&month.slips, terms, &mut reasons);
    let (ceiling, service_ceilings) = ceilings(supplement, terms);
    share_out(&mut providers, ceiling, &service_ceilings, terms, &mut reasons);

    let code_rows = |service_type: ServiceTypeCode| -> usize {
        providers.iter().filter(|p| p.service_type == service_type).map(|p| p.services.len()).sum()
    };
    let mut totals = Totals {
        terms,
        tables,
        service_ceilings: &service_ceilings,
        ceiling_known: ceiling.is_some(),
        all: Sums::default(),
    };
    // Rows are large, and would be moved as the list grows.
    let most: usize = providers.iter().map(|provider| provider.services.len() + Standing::ALL.len()).sum();
    let mut rows = Vec::with_capacity(most + 1);
    for provider in &providers {
        let alone = code_rows(provider.service_type) == 1;
        for service in &provider.services {
            let (mut row, mut reasons) = (detail_row(service), service.reasons());
            if alone {
                totals.carry(provider, service.standing, &mut row, &mut reasons);
            }
            rows.push(ExplainedRow { row, reasons });
        }
        if alone {
            continue;
        }
        for standing in Standing::ALL {
            let Some(of_it) = provider.standing(standing).next() else { continue };
            let Some(code) = standing.subtotal(provider.service_type) else { continue };
            let paid = provider.paid(standing);
            let mut row = ServiceSlipAnnex {
                office_name: of_it.slip.office_name.clone(),
                office_number: of_it.slip.office_number.clone(),
                satellite_no: of_it.slip.satellite_no.clone(),
                service_code: Field::Value(code),
                service_units_or_amount: number(paid),
                over_30_days: Field::Value(match standing {
                    Standing::OverThirtyDays => Applies::Yes,
                    _ => Applies::No,
                }),
                ..blank_row(of_it.slip)
            };
            if standing == Standing::Inside {
                row.benefit_managed_units = number(provider.managed());
            }
            let mut reasons = vec![because!(AnnexSubtotal, service = provider.service_type, paid)];
            totals.carry(provider, standing, &mut row, &mut reasons);
            rows.push(ExplainedRow { row, reasons });
        }
    }
    let stays = stays(&month.slips);
    check_stays(&stays, terms.stay_before, &mut reasons);
    let mut total = totals.total_row(first);
    write_stays(&month.slips, &stays, supplement, &mut total.row);
    rows.push(total);
    Annex { rows, reasons }
}
