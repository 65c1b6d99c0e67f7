//! Planned against actual (予実突合): what became of each visit, and what it adds up to.

mod balance;
mod calendar;
mod matching;
mod price;
mod text;
mod value;

use std::collections::{BTreeMap, BTreeSet};

pub use calendar::{CalendarDay, CalendarRow};
pub use price::Prices;
pub use value::{
    Balance, ClientReconciliation, OutcomeTotal, PlanOrActual, ProviderBalance, Reconciliation,
    ServiceBalance, ServiceTypeBalance, SlipVisit, TotalUnits, UncomparedRow, VisitComparison, VisitOutcome,
    YenLeftOut,
};

use super::{Actuals, MonthlySlip};
use crate::document::FreeText;
use crate::ident::ServiceTypeCode;
use crate::record::ServiceSlip;
use balance::{Amounts, Sum, units};
use matching::{Items, Match, match_items};

/// What still counts as planned.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Tolerance {
    /// By how many minutes the start and the end of a visit may each differ from the planned ones. Default 0.
    pub minutes: u16,
}

/// Holds planned against actual rows of any number of clients and months. Rows stand for each other by client, month,
/// provider, service (and piece of equipment), day and times; what matches two that differ is
/// [`Ambiguous`](VisitOutcome::Ambiguous) with its candidates, and nothing is guessed. What was planned with a provider
/// from which there are no actuals of the service type and month is [`NotReported`](VisitOutcome::NotReported). No text is
/// copied but the names of providers, and the order of rows does not matter.
///
/// ```
/// use kaigo_core::care::{Tolerance, VisitOutcome, reconcile};
/// use kaigo_core::record::{Record, ServiceSlip};
///
/// let visit = |start: &'static str, end: &'static str| {
///     let mut slip = ServiceSlip::default();
///     let fields = [(2, "092015"), (3, "1234567890"), (5, "202607"), (8, "163"), (10, "20260701"), (12, start), (13, end),
///         (14, "1"), (15, "111111"), (20, "1373350030")];
///     for (no, text) in fields {
///         slip.set(no, text.into());
///     }
///     slip
/// };
/// let found = reconcile(&[visit("0900", "0930")], &[visit("0915", "0945")], &Tolerance::default());
/// let outcomes: Vec<_> = found.visits().map(|(_, visit)| visit.outcome).collect();
/// assert_eq!(outcomes, [VisitOutcome::Moved]);
/// assert!(!reconcile(&[visit("0900", "0930")], &[visit("0915", "0945")], &Tolerance { minutes: 15 }).differs());
/// ```
#[doc(alias = "予実")]
pub fn reconcile<'s, 'a: 's>(
    planned: impl IntoIterator<Item = &'s ServiceSlip<'a>>,
    actual: impl IntoIterator<Item = &'s ServiceSlip<'a>>,
    tolerance: &Tolerance,
) -> Reconciliation {
    reconcile_priced(planned, actual, tolerance, &Prices::default())
}

/// [`reconcile`], with amounts in yen where the price of a unit is known.
pub fn reconcile_priced<'s, 'a: 's>(
    planned: impl IntoIterator<Item = &'s ServiceSlip<'a>>,
    actual: impl IntoIterator<Item = &'s ServiceSlip<'a>>,
    tolerance: &Tolerance,
    prices: &Prices,
) -> Reconciliation {
    let items = Items::of(planned, actual);
    let mut matches = match_items(&items.items, tolerance.minutes);
    tell_unreported(&items, &mut matches);
    Summary { prices, units: units_of(&items), items }.reconciliation(matches, tolerance)
}

/// A provider from which there are no actuals of the type and month at all did not cancel: it has not reported.
fn tell_unreported(items: &Items<'_, '_>, matches: &mut [Match]) {
    let of = |item: &matching::Item<'_, '_>| {
        let month = items.clients.get(item.client as usize).map(|(_, month)| *month);
        let service_type = items.services.get(item.service as usize).map(|(code, ..)| code.service_type());
        (month, item.office, service_type)
    };
    let reported: BTreeSet<_> = items.items.iter().filter(|item| item.actual).map(of).collect();
    for found in matches.iter_mut().filter(|found| found.outcome == VisitOutcome::Cancelled) {
        let planned = found.planned.and_then(|index| items.items.get(index));
        if planned.is_some_and(|planned| !reported.contains(&of(planned))) {
            found.outcome = VisitOutcome::NotReported;
        }
    }
}

/// [`reconcile`] over slips and actuals, with the prices that the slips' 第7表 tells and, where it tells none, `prices`.
/// Rows are counted line by line, slip by slip.
pub fn reconcile_months(
    planned: &[MonthlySlip],
    actual: &[Actuals],
    tolerance: &Tolerance,
    prices: &Prices,
) -> Reconciliation {
    let rows = MonthlySlip::to_rows(planned);
    let known = Prices::of_annex(&rows.annex).or(prices);
    reconcile_priced(&rows.slips, &Actuals::to_rows(actual), tolerance, &known)
}

/// The units of each row, of all its times. Rows of a per-diem service repeat the days of the month: the first has the
/// units of all of them, the others none.
fn units_of(items: &Items<'_, '_>) -> Vec<u64> {
    let mut billed = BTreeSet::new();
    items
        .items
        .iter()
        .map(|item| {
            let units = u64::try_from(item.rest.units.unwrap_or(0)).unwrap_or(0);
            let Some(map) = item.rest.per_diem_days else {
                return units.saturating_mul(u64::try_from(item.count).unwrap_or(0));
            };
            let satellite = item.rest.satellite_no;
            let first =
                billed.insert((item.actual, item.client, item.office, satellite, item.service, units, map));
            if first { units.saturating_mul(map.days().count() as u64) } else { 0 }
        })
        .collect()
}

struct Summary<'p, 'r, 'a> {
    prices: &'p Prices,
    items: Items<'r, 'a>,
    units: Vec<u64>,
}

/// What a client's services of one provider and type come to: they have one price.
type ServiceSums = Vec<((u32, ServiceTypeCode), Sum)>;

impl Summary<'_, '_, '_> {
    fn reconciliation(self, matches: Vec<Match>, tolerance: &Tolerance) -> Reconciliation {
        let mut providers = vec![None; self.items.offices.len()];
        let mut types: BTreeMap<ServiceTypeCode, Amounts> = BTreeMap::new();
        let mut outcomes: BTreeMap<VisitOutcome, (u32, Sum)> = BTreeMap::new();
        let mut total = Amounts::default();
        let mut clients = Vec::with_capacity(self.items.clients.len());
        // Matches come client by client.
        for of_client in matches.chunk_by(|a, b| self.client(a) == self.client(b)) {
            let Some((client, month)) =
                of_client.first().and_then(|found| self.items.clients.get(self.client(found)? as usize))
            else {
                continue;
            };
            let (mut amounts, mut services) = (Amounts::default(), Vec::new());
            for ((office, service_type), sum) in self.sums(of_client, &mut outcomes) {
                let Some(number) = self.items.offices.get(office as usize) else { continue };
                let of_service = Amounts::of(sum, self.prices.of(*number, service_type, *month));
                amounts.add(&of_service);
                total.add(&of_service);
                if let Some(provider) = providers.get_mut(office as usize) {
                    provider.get_or_insert_with(Amounts::default).add(&of_service);
                }
                types.entry(service_type).or_default().add(&of_service);
                services.push(ServiceBalance {
                    office_number: *number,
                    service_type,
                    balance: of_service.balance(),
                });
            }
            clients.push(ClientReconciliation {
                insurer_number: client.insurer,
                insured_number: client.insured,
                target_month: *month,
                visits: self.visits(of_client),
                services,
                balance: amounts.balance(),
            });
        }
        Reconciliation {
            tolerance_minutes: tolerance.minutes.into(),
            clients,
            providers: self.providers(&providers),
            service_types: types
                .into_iter()
                .map(|(service_type, amounts)| ServiceTypeBalance {
                    service_type,
                    balance: amounts.balance(),
                })
                .collect(),
            outcomes: outcomes
                .into_iter()
                .map(|(outcome, (visits, sum))| OutcomeTotal {
                    outcome,
                    visits,
                    planned_units: units(sum.planned),
                    actual_units: units(sum.actual),
                })
                .collect(),
            balance: total.balance(),
            uncompared: self.items.uncompared,
        }
    }

    fn client(&self, found: &Match) -> Option<u32> {
        Some(self.items.items.get(found.first()?)?.client)
    }

    /// What the matches of a client come to, in the order of providers and types, and by their outcomes.
    fn sums(&self, of_client: &[Match], outcomes: &mut BTreeMap<VisitOutcome, (u32, Sum)>) -> ServiceSums {
        let mut services = ServiceSums::new();
        for found in of_client {
            let outcome = outcomes.entry(found.outcome).or_default();
            outcome.0 = outcome.0.saturating_add(1);
            for index in found.planned.iter().chain(&found.actual) {
                let Some((item, units)) = self.items.items.get(*index).zip(self.units.get(*index)) else {
                    continue;
                };
                let (planned, actual) = if item.actual { (0, *units) } else { (*units, 0) };
                outcome.1.add(planned, actual);
                // A client has few, and the rows of one follow one another.
                let key = (item.office, self.service_type(item.service));
                match services.iter_mut().rev().find(|(known, _)| *known == key) {
                    Some((_, sum)) => sum.add(planned, actual),
                    None => services.push((key, Sum { planned, actual })),
                }
            }
        }
        services.sort_unstable_by_key(|(key, _)| *key);
        services
    }

    /// The visits of a client in the order of day and times.
    fn visits(&self, of_client: &[Match]) -> Vec<VisitComparison> {
        let mut order: Vec<_> = of_client
            .iter()
            .filter_map(|found| {
                let index = found.first()?;
                let item = self.items.items.get(index)?;
                Some(((item.date, item.start, item.end, index), found))
            })
            .collect();
        order.sort_unstable_by_key(|(place, _)| *place);
        order
            .into_iter()
            .map(|(_, found)| VisitComparison {
                outcome: found.outcome,
                planned: found.planned.and_then(|index| self.visit(index)),
                actual: found.actual.and_then(|index| self.visit(index)),
                candidates: found.candidates.iter().filter_map(|index| self.visit(*index)).collect(),
            })
            .collect()
    }

    /// What providers come to, with their names: as the first row that has one gives it.
    fn providers(&self, amounts: &[Option<Amounts>]) -> Vec<ProviderBalance> {
        let mut names: Vec<Option<FreeText>> = vec![None; self.items.offices.len()];
        for item in &self.items.items {
            if let Some(name @ None) = names.get_mut(item.office as usize) {
                *name = item.slip.office_name.decode_lossy().parse().ok();
            }
        }
        let of = self.items.offices.iter().zip(amounts).zip(names);
        of.filter_map(|((office_number, amounts), office_name)| {
            let balance = amounts.as_ref()?.balance();
            Some(ProviderBalance { office_number: *office_number, office_name, balance })
        })
        .collect()
    }

    fn service_type(&self, service: u32) -> ServiceTypeCode {
        let service = self.items.services.get(service as usize);
        service.map_or(ServiceTypeCode::of(b"00"), |(code, ..)| code.service_type())
    }

    fn visit(&self, index: usize) -> Option<SlipVisit> {
        let item = self.items.items.get(index)?;
        let (service_code, tais_code, equipment_notification_code) =
            *self.items.services.get(item.service as usize)?;
        Some(SlipVisit {
            row: item.row,
            office_number: *self.items.offices.get(item.office as usize)?,
            satellite_no: item.rest.satellite_no,
            service_code,
            tais_code,
            equipment_notification_code,
            detail_no: item.rest.detail_no,
            service_date: item.date,
            service_start_time: item.start,
            service_end_time: item.end,
            service_count: item.count,
            per_diem_days: item.rest.per_diem_days,
            units: units(self.units.get(index).copied().unwrap_or(0)),
        })
    }
}
