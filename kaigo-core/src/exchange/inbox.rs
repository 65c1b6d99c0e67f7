//! What a receiver holds after importing units: the current plan, slip and actuals of each client.

use std::collections::{BTreeMap, BTreeSet};

use super::check::CheckOptions;
use super::{Party, Sequence, Unit};
use crate::calendar::{Date, Month};
use crate::ident::{InsuredNumber, InsurerNumber, OfficeNumber, ServiceTypeCode};
use crate::record::{
    BasicInformation, CarePlanSheet1, CarePlanSheet2, CarePlanSheet3, ClientSupplement, DailySchedule,
    DateOrZeros, Field, MedicalHistory, MonthOrZeros, PreventionPlan, PreventionSupport, Records,
    ServiceSlip, ServiceSlipAnnex,
};
use crate::report::{Code, Finding, Report};

/// A person as the exchange names one: by insurer and insured number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Client {
    /// The insurer.
    pub insurer: InsurerNumber,
    /// The insured person's number.
    pub insured: InsuredNumber,
}

/// A care plan of one client: sheets 1 to 3 and the supplementary information.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct CarePlanRecords {
    /// Sheet 1.
    pub sheet1: CarePlanSheet1<'static>,
    /// The rows of sheet 2, in the order of the file.
    pub sheet2: Vec<CarePlanSheet2<'static>>,
    /// The rows of sheet 3, in the order of the file.
    pub sheet3: Vec<CarePlanSheet3<'static>>,
    /// The supplementary information.
    pub supplement: Option<ClientSupplement<'static>>,
}

/// The planned month of one client: sheets 6 and 7 and the supplementary information.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct MonthlySlipRecords {
    /// The rows of sheet 6, in the order of the file.
    pub slips: Vec<ServiceSlip<'static>>,
    /// The rows of sheet 7, in the order of the file.
    pub annex: Vec<ServiceSlipAnnex<'static>>,
    /// The supplementary information.
    pub supplement: Option<ClientSupplement<'static>>,
}

/// A prevention plan of one client with its annex.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct PreventionPlanRecords {
    /// The plan.
    pub plan: PreventionPlan<'static>,
    /// The rows of its annex, in the order of the file.
    pub supports: Vec<PreventionSupport<'static>>,
}

/// Basic information of one client with its annexes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct BasicInformationRecords {
    /// The basic information.
    pub basic: BasicInformation<'static>,
    /// The rows of its first annex, in the order of the file.
    pub schedules: Vec<DailySchedule<'static>>,
    /// The rows of its second annex, in the order of the file.
    pub histories: Vec<MedicalHistory<'static>>,
}

/// When a unit takes effect. Two senders may use the same sequence number: the sender decides then, so that it is
/// not the order of arrival that does.
type Stamp = (Sequence, Option<Party>);

/// Values with the stamp of the unit that last wrote or deleted (`None`) each. A write that is older than what
/// stands changes nothing, so the order in which units arrive does not matter.
#[derive(Debug, Clone)]
struct Ledger<K, V>(BTreeMap<K, (Stamp, Option<V>)>);

impl<K, V> Default for Ledger<K, V> {
    fn default() -> Self {
        Self(BTreeMap::new())
    }
}

impl<K: Ord, V> Ledger<K, V> {
    /// Writes or deletes; whether a value stood there.
    fn set(&mut self, key: K, stamp: Stamp, value: Option<V>) -> bool {
        match self.0.get_mut(&key) {
            Some((written, _)) if *written > stamp => true,
            Some(slot) => std::mem::replace(slot, (stamp, value)).1.is_some(),
            None => {
                self.0.insert(key, (stamp, value));
                false
            }
        }
    }

    fn iter(&self) -> impl DoubleEndedIterator<Item = (&K, &V)> {
        self.0.iter().filter_map(|(key, (_, value))| Some((key, value.as_ref()?)))
    }

    fn get(&self, key: &K) -> Option<&V> {
        self.0.get(key)?.1.as_ref()
    }
}

/// Imports units and answers what is current.
///
/// Units take effect by their sequence number (official: oldest first, whatever the mix); a unit that arrives
/// late never overrides a newer one. An update replaces what has the same key, without a deletion before it.
/// Deleting a plan deletes its sheets 2 and 3; deleting a planned slip, its sheet 7. *Provisional:* the
/// supplementary information goes with what it came with, for the standard does not say what becomes of it.
#[derive(Debug, Clone, Default)]
pub struct Inbox {
    imported: BTreeSet<(Option<Sequence>, Option<Party>, Option<Party>)>,
    newest: BTreeMap<Option<Party>, Sequence>,
    plans: Ledger<(Client, Date), CarePlanRecords>,
    slips: Ledger<(Client, Month, OfficeNumber), MonthlySlipRecords>,
    actuals: Ledger<(Client, Month, OfficeNumber, ServiceTypeCode), Vec<ServiceSlip<'static>>>,
    basics: Ledger<(Client, Date), BasicInformationRecords>,
    preventions: Ledger<(Client, Date), PreventionPlanRecords>,
}

/// The client of a record, when both numbers conform.
macro_rules! client {
    ($record:expr) => {
        match (&$record.insurer_number, &$record.insured_number) {
            (Field::Value(insurer), Field::Value(insured)) => {
                Some(Client { insurer: *insurer, insured: *insured })
            }
            _ => None,
        }
    };
}

/// Puts records that have a client and a value in `field` into groups of those, keeping their order.
macro_rules! grouped {
    ($records:expr, $field:ident) => {{
        let mut groups: BTreeMap<_, Vec<_>> = BTreeMap::new();
        for record in $records {
            if let (Some(client), Some(key)) = (client!(record), record.$field.get()) {
                groups.entry((client, key)).or_default().push(record);
            }
        }
        groups
    }};
}

/// The records of a unit, by kind.
#[derive(Default)]
struct Contents {
    plan1: Vec<CarePlanSheet1<'static>>,
    plan2: Vec<CarePlanSheet2<'static>>,
    plan3: Vec<CarePlanSheet3<'static>>,
    supplements: Vec<ClientSupplement<'static>>,
    annex: Vec<ServiceSlipAnnex<'static>>,
    schedules: Vec<DailySchedule<'static>>,
    histories: Vec<MedicalHistory<'static>>,
    supports: Vec<PreventionSupport<'static>>,
}

impl Inbox {
    /// Imports a unit. The report holds what its check found, and what importing it did.
    ///
    /// A record whose key does not conform cannot be filed; the check has reported it.
    pub fn apply(&mut self, unit: &Unit, options: &CheckOptions) -> Report {
        let mut files = unit.read(options);
        let mut report = unit.check_files(&mut files, options);
        let mut found = |code| {
            let mut finding = Finding::new(code, options.strictness);
            finding.place.file = unit.files().first().map(|file| file.name().into());
            report.push(finding);
        };
        let Some(sequence) = unit.sequence() else { return report };
        if !self.imported.insert((unit.sequence(), unit.sender(), unit.receiver())) {
            found(Code::InboxAgain);
            return report;
        }
        let newest = self.newest.entry(unit.sender()).or_insert(sequence);
        if sequence < *newest {
            found(Code::InboxOrder);
        }
        *newest = sequence.max(*newest);

        let (mut contents, mut roots) = (Contents::default(), Vec::new());
        for records in files.into_iter().filter_map(|file| file.records) {
            match records.into_owned() {
                Records::CarePlan1(records) => contents.plan1.extend(records),
                Records::CarePlan2(records) => contents.plan2.extend(records),
                Records::CarePlan3(records) => contents.plan3.extend(records),
                Records::Supplement(records) => contents.supplements.extend(records),
                Records::SlipAnnex(records) => contents.annex.extend(records),
                Records::DailySchedule(records) => contents.schedules.extend(records),
                Records::MedicalHistory(records) => contents.histories.extend(records),
                Records::PreventionSupport(records) => contents.supports.extend(records),
                root => roots.push(root),
            }
        }
        let stamp = (sequence, unit.sender());
        self.import_plans(&mut contents, stamp);
        let mut nothing_deleted = false;
        for root in roots {
            nothing_deleted |= !self.import_root(root, &mut contents, unit, stamp);
        }
        if nothing_deleted {
            found(Code::InboxNothingDeleted);
        }
        report
    }

    /// Imports units, oldest first.
    pub fn apply_all<'u>(
        &mut self,
        units: impl IntoIterator<Item = &'u Unit>,
        options: &CheckOptions,
    ) -> Report {
        let mut units: Vec<&Unit> = units.into_iter().collect();
        units.sort_by_key(|unit| unit.sequence());
        let mut report = Report::with_limit(options.finding_limit);
        for unit in units {
            report.extend(self.apply(unit, options));
        }
        report
    }

    fn import_plans(&mut self, contents: &mut Contents, stamp: Stamp) {
        if contents.plan1.is_empty() {
            return;
        }
        let mut sheet2 = grouped!(contents.plan2.drain(..), care_plan_date);
        let mut sheet3 = grouped!(contents.plan3.drain(..), care_plan_date);
        let mut supplements = BTreeMap::new();
        for supplement in contents.supplements.drain(..) {
            if let (Some(client), Some(DateOrZeros::Date(date))) =
                (client!(supplement), supplement.care_plan_date.get())
            {
                supplements.insert((client, date), supplement);
            }
        }
        for sheet1 in contents.plan1.drain(..) {
            let (Some(client), Some(date)) = (client!(sheet1), sheet1.care_plan_date.get()) else { continue };
            let key = (client, date);
            let plan = CarePlanRecords {
                sheet1,
                sheet2: sheet2.remove(&key).unwrap_or_default(),
                sheet3: sheet3.remove(&key).unwrap_or_default(),
                supplement: supplements.remove(&key),
            };
            self.plans.set(key, stamp, Some(plan));
        }
    }

    /// Imports the records of a root or a deletion; whether a deletion found what it deletes.
    fn import_root(
        &mut self,
        root: Records<'static>,
        contents: &mut Contents,
        unit: &Unit,
        stamp: Stamp,
    ) -> bool {
        let mut all_found = true;
        match root {
            Records::SlipPlan(slips) => {
                let Some(sender) = unit.sender() else { return true };
                let mut annex = grouped!(contents.annex.drain(..), target_month);
                let mut supplements = BTreeMap::new();
                for supplement in contents.supplements.drain(..) {
                    if let (Some(client), Some(MonthOrZeros::Month(month))) =
                        (client!(supplement), supplement.target_month.get())
                    {
                        supplements.insert((client, month), supplement);
                    }
                }
                for (key, slips) in grouped!(slips, target_month) {
                    let slip = MonthlySlipRecords {
                        slips,
                        annex: annex.remove(&key).unwrap_or_default(),
                        supplement: supplements.remove(&key),
                    };
                    self.slips.set((key.0, key.1, sender.office), stamp, Some(slip));
                }
            }
            Records::SlipActuals(slips) => {
                let mut groups: BTreeMap<_, Vec<_>> = BTreeMap::new();
                for slip in slips {
                    if let (Some(client), Some(month), Some(office), Some(code)) = (
                        client!(slip),
                        slip.target_month.get(),
                        slip.office_number.get(),
                        slip.service_code.get(),
                    ) {
                        groups.entry((client, month, office, code.service_type())).or_default().push(slip);
                    }
                }
                for (key, slips) in groups {
                    self.actuals.set(key, stamp, Some(slips));
                }
            }
            Records::BasicInformation(records) => {
                let mut schedules = grouped!(contents.schedules.drain(..), consulted_on);
                let mut histories = grouped!(contents.histories.drain(..), consulted_on);
                for basic in records {
                    let (Some(client), Some(date)) = (client!(basic), basic.consulted_on.get()) else {
                        continue;
                    };
                    let key = (client, date);
                    let schedules = schedules.remove(&key).unwrap_or_default();
                    let histories = histories.remove(&key).unwrap_or_default();
                    self.basics.set(
                        key,
                        stamp,
                        Some(BasicInformationRecords { basic, schedules, histories }),
                    );
                }
            }
            Records::PreventionPlan(records) => {
                let mut supports = grouped!(contents.supports.drain(..), preventive_plan_date);
                for plan in records {
                    let Some(date) = plan.preventive_plan_date.get() else { continue };
                    let Some(client) = client!(plan) else { continue };
                    let supports = supports.remove(&(client, date)).unwrap_or_default();
                    self.preventions.set(
                        (client, date),
                        stamp,
                        Some(PreventionPlanRecords { plan, supports }),
                    );
                }
            }
            Records::DeleteCarePlan(records) => {
                for record in records {
                    if let (Some(client), Some(date)) = (client!(record), record.care_plan_date.get()) {
                        all_found &= self.plans.set((client, date), stamp, None);
                    }
                }
            }
            Records::DeleteSlipPlan(records) => {
                let Some(sender) = unit.sender() else { return true };
                for record in records {
                    if let (Some(client), Some(month)) = (client!(record), record.delete_target_month.get()) {
                        all_found &= self.slips.set((client, month, sender.office), stamp, None);
                    }
                }
            }
            Records::DeleteSlipActuals(records) => {
                for record in records {
                    if let (Some(client), Some(month), Some(office), Some(service_type)) = (
                        client!(record),
                        record.delete_target_month.get(),
                        record.office_number.get(),
                        record.service_type_code.get(),
                    ) {
                        all_found &= self.actuals.set((client, month, office, service_type), stamp, None);
                    }
                }
            }
            Records::DeleteBasicInformation(records) => {
                for record in records {
                    if let (Some(client), Some(date)) = (client!(record), record.consulted_on.get()) {
                        all_found &= self.basics.set((client, date), stamp, None);
                    }
                }
            }
            Records::DeletePreventionPlan(records) => {
                for record in records {
                    if let (Some(client), Some(date)) = (client!(record), record.preventive_plan_date.get()) {
                        all_found &= self.preventions.set((client, date), stamp, None);
                    }
                }
            }
            _ => {}
        }
        all_found
    }

    /// Every care plan, by client and date.
    pub fn every_plan(&self) -> impl Iterator<Item = &CarePlanRecords> {
        self.plans.iter().map(|(_, plan)| plan)
    }

    /// Every planned slip, by client, month and care-management office.
    pub fn every_slip(&self) -> impl Iterator<Item = &MonthlySlipRecords> {
        self.slips.iter().map(|(_, slip)| slip)
    }

    /// Every row of actuals, by client, month, office and service type.
    pub fn every_actual(&self) -> impl Iterator<Item = &ServiceSlip<'static>> {
        self.actuals.iter().flat_map(|(_, slips)| slips)
    }

    /// Every basic information, by client and consultation.
    pub fn every_basic_information(&self) -> impl Iterator<Item = &BasicInformationRecords> {
        self.basics.iter().map(|(_, basic)| basic)
    }

    /// Every prevention plan, by client and date.
    pub fn every_prevention_plan(&self) -> impl Iterator<Item = &PreventionPlanRecords> {
        self.preventions.iter().map(|(_, plan)| plan)
    }

    /// Everybody of whom there is something.
    pub fn clients(&self) -> BTreeSet<Client> {
        let plans = self.plans.iter().map(|((client, _), _)| *client);
        let slips = self.slips.iter().map(|((client, ..), _)| *client);
        let actuals = self.actuals.iter().map(|((client, ..), _)| *client);
        let basics = self.basics.iter().map(|((client, _), _)| *client);
        let preventions = self.preventions.iter().map(|((client, _), _)| *client);
        plans.chain(slips).chain(actuals).chain(basics).chain(preventions).collect()
    }

    /// The client's current care plan: the one of the latest plan date.
    pub fn current_plan(&self, client: Client) -> Option<&CarePlanRecords> {
        self.plans.iter().rev().find(|((of, _), _)| *of == client).map(|(_, plan)| plan)
    }

    /// The client's care plan of that date.
    pub fn plan(&self, client: Client, date: Date) -> Option<&CarePlanRecords> {
        self.plans.get(&(client, date))
    }

    /// The client's planned slips of that month, one for each care-management office that sent one.
    pub fn slips(
        &self,
        client: Client,
        month: Month,
    ) -> impl Iterator<Item = (OfficeNumber, &MonthlySlipRecords)> {
        self.slips
            .iter()
            .filter(move |((of, in_month, _), _)| (*of, *in_month) == (client, month))
            .map(|((.., office), slip)| (*office, slip))
    }

    /// The client's current planned slip: of the latest month.
    pub fn current_slip(&self, client: Client) -> Option<&MonthlySlipRecords> {
        self.slips.iter().rev().find(|((of, ..), _)| *of == client).map(|(_, slip)| slip)
    }

    /// The client's actuals of that month, from all offices and service types.
    pub fn actuals(&self, client: Client, month: Month) -> impl Iterator<Item = &ServiceSlip<'static>> {
        self.actuals
            .iter()
            .filter(move |((of, in_month, ..), _)| (*of, *in_month) == (client, month))
            .flat_map(|(_, slips)| slips)
    }

    /// The client's current basic information, with its schedule and illnesses: of the latest consultation.
    pub fn current_basic_information(&self, client: Client) -> Option<&BasicInformationRecords> {
        self.basics.iter().rev().find(|((of, _), _)| *of == client).map(|(_, found)| found)
    }

    /// The client's current prevention plan: the one of the latest plan date.
    pub fn current_prevention_plan(&self, client: Client) -> Option<&PreventionPlanRecords> {
        self.preventions.iter().rev().find(|((of, _), _)| *of == client).map(|(_, plan)| plan)
    }
}
