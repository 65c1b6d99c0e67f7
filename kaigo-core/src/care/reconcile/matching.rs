//! Which planned and which actual row are one visit.
//!
//! Rows are looked at from what tells most to what tells least: the same day, service and times; times that differ within
//! the tolerance; another time on the day, or another service at the time; another day. A row that may be one of several
//! that differ is ambiguous, and so are those. Rows that differ in nothing stand for one another.

use std::cmp::Ordering;
use std::collections::BTreeMap;

use super::value::{PlanOrActual, UncomparedRow, VisitOutcome};
use crate::calendar::{ClockTime, Date, Month};
use crate::code::Applies;
use crate::exchange::Client;
use crate::ident::{EquipmentNotificationCode, OfficeNumber, ServiceCode, TaisCode};
use crate::record::{DayMap, Integer, SatelliteNumber, ServiceSlip};

/// The client and month of rows.
pub(super) type ClientMonth = (Client, Month);
/// What a service is: its code, and for equipment which piece.
type Service = (ServiceCode, Option<TaisCode>, Option<EquipmentNotificationCode>);

/// A row that can be compared.
#[derive(Debug, Clone)]
pub(super) struct Item<'r, 'a> {
    pub(super) slip: &'r ServiceSlip<'a>,
    /// From 1, of its side.
    pub(super) row: u32,
    pub(super) actual: bool,
    pub(super) date: Date,
    pub(super) start: ClockTime,
    pub(super) end: ClockTime,
    pub(super) count: Integer,
    pub(super) rest: Rest,
    /// Ranks: they order as what they stand for.
    pub(super) client: u32,
    pub(super) office: u32,
    pub(super) service: u32,
}

/// What else of a row counts. Rows lie far apart in memory, and are looked at once.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Rest {
    pub(super) per_diem_days: Option<DayMap>,
    pub(super) units: Option<Integer>,
    pub(super) detail_no: Option<Integer>,
    pub(super) satellite_no: Option<SatelliteNumber>,
    over_30_days: Option<Applies>,
}

/// A visit: items, by their index.
#[derive(Debug)]
pub(super) struct Match {
    pub(super) outcome: VisitOutcome,
    pub(super) planned: Option<usize>,
    pub(super) actual: Option<usize>,
    pub(super) candidates: Vec<usize>,
}

impl Match {
    /// The planned row, or the actual one where there is none.
    pub(super) fn first(&self) -> Option<usize> {
        self.planned.or(self.actual)
    }
}

/// The rows in the order of client, day, provider, service and time, and what they are of.
#[derive(Debug)]
pub(super) struct Items<'r, 'a> {
    pub(super) items: Vec<Item<'r, 'a>>,
    pub(super) clients: Vec<ClientMonth>,
    pub(super) offices: Vec<OfficeNumber>,
    pub(super) services: Vec<Service>,
    pub(super) uncompared: Vec<UncomparedRow>,
}

/// Values in order, with the rank of each row's.
struct Ranks<K>(Vec<K>, Vec<u32>);

impl<K: Ord + Copy> Ranks<K> {
    fn of(keys: &[K]) -> Self {
        let mut seen: BTreeMap<K, u32> = BTreeMap::new();
        let mut last: Option<(K, u32)> = None;
        // First the order of appearance: rows that follow one another are mostly of one client and provider.
        let first: Vec<u32> = keys
            .iter()
            .map(|key| match last {
                Some((known, number)) if known == *key => number,
                _ => {
                    let next = u32::try_from(seen.len()).unwrap_or(u32::MAX);
                    let number = *seen.entry(*key).or_insert(next);
                    last = Some((*key, number));
                    number
                }
            })
            .collect();
        let mut ranks = vec![0; seen.len()];
        for (rank, number) in (0..).zip(seen.values()) {
            if let Some(slot) = ranks.get_mut(*number as usize) {
                *slot = rank;
            }
        }
        let of = first.into_iter().map(|number| ranks.get(number as usize).copied().unwrap_or(0)).collect();
        Self(seen.into_keys().collect(), of)
    }
}

/// What a row must say to be compared.
struct Said {
    client: ClientMonth,
    office: OfficeNumber,
    service: Service,
    date: Date,
    start: ClockTime,
    end: ClockTime,
    count: Integer,
    rest: Rest,
}

fn said(slip: &ServiceSlip<'_>) -> Option<Said> {
    let client = Client { insurer: slip.insurer_number.get()?, insured: slip.insured_number.get()? };
    Some(Said {
        client: (client, slip.target_month.get()?),
        office: slip.office_number.get()?,
        service: (slip.service_code.get()?, slip.tais_code.get(), slip.equipment_notification_code.get()),
        date: slip.service_date.get()?,
        start: slip.service_start_time.get()?,
        end: slip.service_end_time.get()?,
        count: slip.service_count.get()?,
        rest: Rest {
            per_diem_days: slip.per_diem_days.get(),
            units: slip.units.get(),
            detail_no: slip.detail_no.get(),
            satellite_no: slip.satellite_no.get(),
            over_30_days: slip.over_30_days.get(),
        },
    })
}

impl<'r, 'a> Items<'r, 'a> {
    pub(super) fn of(
        planned: impl IntoIterator<Item = &'r ServiceSlip<'a>>,
        actual: impl IntoIterator<Item = &'r ServiceSlip<'a>>,
    ) -> Self {
        let mut uncompared = Vec::new();
        let rows = (1_u32..).zip(planned).map(|(row, slip)| (row, slip, false));
        let rows = rows.chain((1_u32..).zip(actual).map(|(row, slip)| (row, slip, true)));
        let (mut items, mut clients) = (Vec::new(), Vec::new());
        let (mut offices, mut services) = (Vec::new(), Vec::new());
        for (row, slip, actual) in rows {
            match said(slip) {
                Some(Said { client, office, service, date, start, end, count, rest }) => {
                    clients.push(client);
                    offices.push(office);
                    services.push(service);
                    // Ranks are known once all rows are.
                    let (client, office, service) = (0, 0, 0);
                    items.push(Item {
                        slip,
                        row,
                        actual,
                        date,
                        start,
                        end,
                        count,
                        rest,
                        client,
                        office,
                        service,
                    });
                }
                None => {
                    let side = if actual { PlanOrActual::Actual } else { PlanOrActual::Planned };
                    uncompared.push(UncomparedRow { side, row });
                }
            }
        }
        let (clients, offices, services) = (Ranks::of(&clients), Ranks::of(&offices), Ranks::of(&services));
        let ranks = clients.1.into_iter().zip(offices.1).zip(services.1);
        for (item, ((client, office), service)) in items.iter_mut().zip(ranks) {
            (item.client, item.office, item.service) = (client, office, service);
        }
        Self {
            items: in_order(&items),
            clients: clients.0,
            offices: offices.0,
            services: services.0,
            uncompared,
        }
    }
}

/// Items by their places, and at one place by what else tells them apart; else they keep their order.
fn in_order<'r, 'a>(items: &[Item<'r, 'a>]) -> Vec<Item<'r, 'a>> {
    // Numbers are sorted many times faster than rows, of which each is in memory of its own.
    let mut order: Vec<(u128, usize)> = items.iter().map(Item::place_number).zip(0..).collect();
    order.sort_unstable_by(|(number, a), (other, b)| {
        number.cmp(other).then_with(|| items[*a].place().cmp(&items[*b].place())).then(a.cmp(b))
    });
    let mut sorted: Vec<_> = order.into_iter().map(|(_, index)| items[index].clone()).collect();
    for run in sorted.chunk_by_mut(|a, b| a.place() == b.place()).filter(|run| run.len() > 1) {
        run.sort_by(Item::order_at_place);
    }
    sorted
}

/// Indexes of equal neighbours, group by group.
fn groups<'i, 'r, 'a>(
    items: &'i [Item<'r, 'a>],
    same: impl Fn(&Item<'r, 'a>, &Item<'r, 'a>) -> bool,
) -> impl Iterator<Item = std::ops::Range<usize>> {
    let mut start = 0;
    items.chunk_by(move |a, b| same(a, b)).map(move |group| {
        let range = start..start + group.len();
        start = range.end;
        range
    })
}

impl Item<'_, '_> {
    fn place(&self) -> (u32, Date, u32, u32, ClockTime, ClockTime) {
        (self.client, self.date, self.office, self.service, self.start, self.end)
    }

    /// A number that orders as the place; beyond what any file holds, places may share one.
    fn place_number(&self) -> u128 {
        let month = u128::from(self.date.year().unsigned_abs()) * 12
            + u128::from(self.date.month_of_year().unsigned_abs());
        let day = month * 32 + u128::from(self.date.day().unsigned_abs());
        let time = |time: ClockTime| u128::from(time.minutes().unwrap_or(24 * 60));
        let parts = [
            (u128::from(self.client), 28),
            (day, 22),
            (u128::from(self.office), 24),
            (u128::from(self.service), 24),
            (time(self.start), 11),
            (time(self.end), 11),
        ];
        parts.into_iter().fold(0, |number, (part, bits)| number << bits | part.min((1 << bits) - 1))
    }

    /// By what of a row tells it from another at its place.
    fn order_at_place(&self, other: &Self) -> Ordering {
        (self.count, self.rest).cmp(&(other.count, other.rest))
    }

    fn is_like(&self, other: &Self) -> bool {
        self.place() == other.place() && self.order_at_place(other) == Ordering::Equal
    }

    /// As often, and on as many days.
    fn is_as_often(&self, other: &Self) -> bool {
        self.count == other.count && self.rest.per_diem_days == other.rest.per_diem_days
    }

    /// Whether the times are shown and differ by no more.
    fn is_within(&self, other: &Self, minutes: u16) -> bool {
        let differ = |a: ClockTime, b: ClockTime| a.minutes().zip(b.minutes()).map(|(a, b)| a.abs_diff(b));
        // An end may lie behind midnight.
        let end =
            differ(self.end, other.end).map(|minutes| minutes.min((24 * 60_u16).saturating_sub(minutes)));
        differ(self.start, other.start).zip(end).is_some_and(|(start, end)| start.max(end) <= minutes)
    }
}

/// Rows of one provider and day whose every pair is not looked at: nobody has so many, and they would take for ever.
const MOST_PAIRS: usize = 1_000_000;
/// How many candidates are named.
const MOST_CANDIDATES: usize = 99;

pub(super) fn match_items(items: &[Item<'_, '_>], minutes: u16) -> Vec<Match> {
    let mut matching = Matching { items, minutes, found: Vec::with_capacity(items.len() / 2) };
    // What is left of each client, provider and service, over the days, and whether any of it is ambiguous.
    let mut left: BTreeMap<(u32, u32), Left> = BTreeMap::new();
    for client in groups(items, |a, b| a.client == b.client) {
        let of_client = items.get(client.clone()).unwrap_or_default();
        for day in groups(of_client, |a, b| (a.date, a.office) == (b.date, b.office)) {
            matching.match_day(client.start + day.start..client.start + day.end, &mut left);
        }
        for group in std::mem::take(&mut left).into_values() {
            matching.match_other_days(group);
        }
    }
    matching.found
}

/// Rows of one client, provider and service that nothing on their days matches.
#[derive(Default)]
struct Left {
    planned: Vec<usize>,
    actual: Vec<usize>,
    ambiguous: bool,
}

struct Matching<'i, 'r, 'a> {
    items: &'i [Item<'r, 'a>],
    minutes: u16,
    found: Vec<Match>,
}

impl<'i, 'r, 'a> Matching<'i, 'r, 'a> {
    fn item(&self, index: usize) -> &'i Item<'r, 'a> {
        &self.items[index]
    }

    fn pair(&mut self, outcome: VisitOutcome, planned: usize, actual: usize) {
        self.found.push(Match {
            outcome,
            planned: Some(planned),
            actual: Some(actual),
            candidates: Vec::new(),
        });
    }

    /// A pair of the same service at its time.
    fn pair_in_time(&mut self, planned: usize, actual: usize) {
        let as_often = self.item(planned).is_as_often(self.item(actual));
        let outcome = if as_often { VisitOutcome::AsPlanned } else { VisitOutcome::ChangedCount };
        self.pair(outcome, planned, actual);
    }

    fn match_day(&mut self, day: std::ops::Range<usize>, over_days: &mut BTreeMap<(u32, u32), Left>) {
        let (mut planned, mut actual, mut ambiguous) = (Vec::new(), Vec::new(), Vec::new());
        let of_day = self.items.get(day.clone()).unwrap_or_default();
        for run in groups(of_day, |a, b| a.place() == b.place()) {
            let run = day.start + run.start..day.start + run.end;
            self.match_run(run, &mut planned, &mut actual, &mut ambiguous);
        }
        if self.minutes > 0 {
            let in_time = |a: &Item<'_, '_>, b: &Item<'_, '_>, minutes| {
                a.service == b.service && a.is_within(b, minutes)
            };
            self.match_pairs(&mut planned, &mut actual, &mut ambiguous, in_time, Self::pair_in_time);
        }
        let on_day =
            |a: &Item<'_, '_>, b: &Item<'_, '_>, minutes| a.service == b.service || a.is_within(b, minutes);
        self.match_pairs(&mut planned, &mut actual, &mut ambiguous, on_day, |matching, planned, actual| {
            let same = matching.item(planned).service == matching.item(actual).service;
            let outcome = if same { VisitOutcome::Moved } else { VisitOutcome::ChangedCode };
            matching.pair(outcome, planned, actual);
        });
        for index in ambiguous {
            let item = self.item(index);
            over_days.entry((item.office, item.service)).or_default().ambiguous = true;
        }
        for index in planned {
            let item = self.item(index);
            over_days.entry((item.office, item.service)).or_default().planned.push(index);
        }
        for index in actual {
            let item = self.item(index);
            over_days.entry((item.office, item.service)).or_default().actual.push(index);
        }
    }

    /// Rows of one service at one time on one day.
    fn match_run(
        &mut self,
        run: std::ops::Range<usize>,
        left_planned: &mut Vec<usize>,
        left_actual: &mut Vec<usize>,
        ambiguous: &mut Vec<usize>,
    ) {
        let (mut planned, mut actual) = (Vec::new(), Vec::new());
        let of_run = self.items.get(run.clone()).unwrap_or_default();
        for alike in groups(of_run, Item::is_like) {
            let alike = run.start + alike.start..run.start + alike.end;
            // Within rows that are alike, the planned ones come first.
            let border = alike.clone().find(|index| self.item(*index).actual).unwrap_or(alike.end);
            let pairs = (border - alike.start).min(alike.end - border);
            for step in 0..pairs {
                self.pair(VisitOutcome::AsPlanned, alike.start + step, border + step);
            }
            planned.extend(alike.start + pairs..border);
            actual.extend(border + pairs..alike.end);
        }
        // Where as many are left and all are as often, whichever is whose: all are as planned.
        let all_as_often = planned.len() == actual.len()
            && planned.iter().chain(&actual).all(|index| self.item(*index).is_as_often(self.item(run.start)));
        if all_as_often {
            for (planned, actual) in planned.into_iter().zip(actual) {
                self.pair(VisitOutcome::AsPlanned, planned, actual);
            }
            return;
        }
        let with = |side: &[usize], candidates: &[usize]| -> Candidates {
            side.iter().map(|index| (*index, candidates.to_vec())).collect()
        };
        let named = |side: &[usize]| side.iter().copied().take(MOST_CANDIDATES).collect::<Vec<_>>();
        let component = (with(&planned, &named(&actual)), with(&actual, &named(&planned)));
        self.match_component(
            component.0,
            component.1,
            left_planned,
            left_actual,
            ambiguous,
            &Self::pair_in_time,
        );
    }

    /// Rows that hang together: pairs where those of each side are alike, else nobody knows.
    fn match_component(
        &mut self,
        planned: Candidates,
        actual: Candidates,
        left_planned: &mut Vec<usize>,
        left_actual: &mut Vec<usize>,
        ambiguous: &mut Vec<usize>,
        pair: &impl Fn(&mut Self, usize, usize),
    ) {
        let alike = |side: &Candidates| {
            side.split_first().is_none_or(|((first, _), others)| {
                others.iter().all(|(other, _)| self.item(*first).is_like(self.item(*other)))
            })
        };
        if planned.is_empty() || actual.is_empty() || (alike(&planned) && alike(&actual)) {
            let pairs = planned.len().min(actual.len());
            for ((planned, _), (actual, _)) in planned.iter().zip(&actual) {
                pair(self, *planned, *actual);
            }
            left_planned.extend(planned.into_iter().skip(pairs).map(|(index, _)| index));
            left_actual.extend(actual.into_iter().skip(pairs).map(|(index, _)| index));
            return;
        }
        for (index, mut candidates) in planned.into_iter().chain(actual) {
            let actual = self.item(index).actual;
            candidates.truncate(MOST_CANDIDATES);
            ambiguous.push(index);
            self.found.push(Match {
                outcome: VisitOutcome::Ambiguous,
                planned: (!actual).then_some(index),
                actual: actual.then_some(index),
                candidates,
            });
        }
    }

    /// Pairs what `may` be one visit; what is left stays.
    fn match_pairs(
        &mut self,
        planned: &mut Vec<usize>,
        actual: &mut Vec<usize>,
        ambiguous: &mut Vec<usize>,
        may: impl Fn(&Item<'_, '_>, &Item<'_, '_>, u16) -> bool,
        pair: impl Fn(&mut Self, usize, usize),
    ) {
        if planned.is_empty() || actual.is_empty() || planned.len().saturating_mul(actual.len()) > MOST_PAIRS
        {
            return;
        }
        let (all_planned, all_actual) = (std::mem::take(planned), std::mem::take(actual));
        let mut of_planned = vec![Vec::new(); all_planned.len()];
        let mut of_actual = vec![Vec::new(); all_actual.len()];
        for (a, candidates) in of_planned.iter_mut().enumerate() {
            for (b, others) in of_actual.iter_mut().enumerate() {
                if may(self.item(all_planned[a]), self.item(all_actual[b]), self.minutes) {
                    candidates.push(all_actual[b]);
                    others.push(all_planned[a]);
                }
            }
        }
        let mut edges: BTreeMap<usize, Vec<usize>> = all_planned.into_iter().zip(of_planned).collect();
        edges.extend(all_actual.into_iter().zip(of_actual));
        while let Some((first, _)) = edges.first_key_value() {
            let component = take_component(*first, &mut edges);
            let (of_actual, of_planned): (Vec<_>, Vec<_>) =
                component.into_iter().partition(|(index, _)| self.item(*index).actual);
            self.match_component(of_planned, of_actual, planned, actual, ambiguous, &pair);
        }
        planned.sort_unstable();
        actual.sort_unstable();
    }

    /// What is left of a client's service once every day was looked at.
    fn match_other_days(&mut self, left: Left) {
        if let (false, [planned], [actual]) =
            (left.ambiguous, left.planned.as_slice(), left.actual.as_slice())
        {
            return self.pair(VisitOutcome::Moved, *planned, *actual);
        }
        let alone = |outcome, planned, actual| Match { outcome, planned, actual, candidates: Vec::new() };
        let cancelled =
            left.planned.into_iter().map(|index| alone(VisitOutcome::Cancelled, Some(index), None));
        self.found.extend(cancelled);
        let added = left.actual.into_iter().map(|index| alone(VisitOutcome::Added, None, Some(index)));
        self.found.extend(added);
    }
}

/// Rows with the rows of the other side that each may be.
type Candidates = Vec<(usize, Vec<usize>)>;

/// All that hang together with a row.
fn take_component(first: usize, edges: &mut BTreeMap<usize, Vec<usize>>) -> Candidates {
    let (mut found, mut open) = (Vec::new(), vec![first]);
    while let Some(index) = open.pop() {
        if let Some(candidates) = edges.remove(&index) {
            open.extend(&candidates);
            found.push((index, candidates));
        }
    }
    found.sort_unstable_by_key(|(index, _)| *index);
    found
}
