//! Actuals in the making: from the planned month to the files that go back.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use super::{Actuals, MonthlySlip};
use crate::calendar::{ClockTime, Date, Month};
use crate::error::{ErrorKind, Result, codes};
use crate::exchange::{CheckOptions, Client, FileName, Party, Sequence, Unit, check_file};
use crate::format::csv;
use crate::ident::{OfficeNumber, ServiceCode, ServiceTypeCode};
use crate::record::{
    ActualsDeletion, AnyRecord, CsvVersion, Field, FileKind, Integer, MonthOrZeros, Record, Records,
    SatelliteNumber, ServiceSlip,
};
use crate::report::Lang;

/// What cannot be done to a draft.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum DraftError {
    /// The draft has no such visit.
    NoVisit,
    /// The visit has no service of that code.
    NoService,
    /// The day lies outside the draft's month.
    Day,
    /// One of the times is shown and the other is not.
    Times,
    /// A count is 1 to 99; what was not given is cancelled.
    Count,
    /// Units are 0 to 999999.
    Units,
    /// The row is not of this office and month, or does not name its client, day and service.
    Row,
    /// The unit holds no plan of a month, or does not say from whom to whom.
    Plan,
}

impl DraftError {
    codes! {
        Self::NoVisit => "draft.visit",
        Self::NoService => "draft.service",
        Self::Day => "draft.day",
        Self::Times => "draft.times",
        Self::Count => "draft.count",
        Self::Units => "draft.units",
        Self::Row => "draft.row",
        Self::Plan => "draft.plan",
    }

    /// What is wrong.
    pub const fn message(self, lang: Lang) -> &'static str {
        match (self, lang) {
            (Self::NoVisit, Lang::Japanese) => "そのような訪問はありません",
            (Self::NoVisit, Lang::English) => "there is no such visit",
            (Self::NoService, Lang::Japanese) => "その訪問にこのサービスコードはありません",
            (Self::NoService, Lang::English) => "the visit has no service of that code",
            (Self::Day, Lang::Japanese) => "対象年月の日ではありません",
            (Self::Day, Lang::English) => "the day lies outside the month",
            (Self::Times, Lang::Japanese) => "開始時刻と終了時刻が対になっていません",
            (Self::Times, Lang::English) => "start and end time are not a pair",
            (Self::Count, Lang::Japanese) => "回数は1から99です（提供しなかったものは取り消します）",
            (Self::Count, Lang::English) => "a count is 1 to 99; what was not given is cancelled",
            (Self::Units, Lang::Japanese) => "単位数は6桁までです",
            (Self::Units, Lang::English) => "units have up to six digits",
            (Self::Plan, Lang::Japanese) => "送信単位に利用票（予定）がないか、送信元・送信先が分かりません",
            (Self::Plan, Lang::English) => {
                "the unit holds no plan of a month, or does not say from whom to whom"
            }
            (Self::Row, Lang::Japanese) => {
                "この事業所と対象年月の行ではないか、利用者・日・サービスが分かりません"
            }
            (Self::Row, Lang::English) => {
                "the row is not of this office and month, or does not name client, day and service"
            }
        }
    }
}

impl fmt::Display for DraftError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.message(Lang::English))
    }
}

impl std::error::Error for DraftError {}

/// A visit of a draft, by its number: it stays the same whatever is done to others.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct VisitId(pub usize);

/// What became of a visit of the plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum VisitState {
    /// Given as planned.
    AsPlanned,
    /// Given at another time, with another code or another number of times.
    Changed,
    /// Not given.
    Cancelled,
    /// Given and not planned.
    Added,
}

impl VisitState {
    /// `as_planned`, `changed`, `cancelled` or `added`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::AsPlanned => "as_planned",
            Self::Changed => "changed",
            Self::Cancelled => "cancelled",
            Self::Added => "added",
        }
    }
}

/// One visit: a service with the add-ons that share its client, day and times; or one service without times.
#[derive(Debug, Clone, PartialEq)]
pub struct DraftVisit {
    state: VisitState,
    rows: Vec<ServiceSlip<'static>>,
}

impl DraftVisit {
    /// What became of it.
    pub fn state(&self) -> VisitState {
        self.state
    }

    /// Its rows as they will be sent; of a cancelled visit, as they were.
    pub fn rows(&self) -> &[ServiceSlip<'static>] {
        &self.rows
    }

    fn service(&mut self, code: ServiceCode) -> Result<&mut ServiceSlip<'static>, DraftError> {
        self.rows.iter_mut().find(|row| row.service_code.get() == Some(code)).ok_or(DraftError::NoService)
    }

    fn change(&mut self) {
        if self.state == VisitState::AsPlanned {
            self.state = VisitState::Changed;
        }
    }
}

/// The actuals of an office for the clients of one care-management office in a month, in the making.
///
/// It begins with the plan, as if all had been given so; each visit is then moved, cancelled, recounted, or others are
/// added. The files are one for each service type, with all sites (サテライト) of the office, in the form of UPJSK.
///
/// ```
/// use kaigo_core::care::{ActualsDraft, VisitId};
/// use kaigo_core::record::ServiceSlip;
///
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// # use kaigo_core::{exchange::Party, record::{Record, Field}};
/// # let mut slip = ServiceSlip::default();
/// # for (no, text) in [(1, "202407"), (2, "132019"), (3, "1234567890"), (5, "202607"), (8, "396"), (10, "20260701"),
/// #     (12, "0900"), (13, "1000"), (14, "1"), (15, "111211"), (20, "1370000019"), (23, "0")] {
/// #     slip.set(no, text.into());
/// # }
/// # let plan = [slip];
/// let office = "1370000019".parse()?;
/// let care_office = Party { office: "1370000001".parse()?, service_type: Some("43".parse()?) };
/// let mut draft = ActualsDraft::of_plan(&plan, office, care_office, "2026-07".parse()?, "2026-08-03".parse()?);
/// draft.move_to(VisitId(0), "2026-07-02".parse()?, "10:00".parse()?, "11:00".parse()?)?;
/// let sequences = kaigo_core::exchange::SequenceStore::new(std::env::temp_dir().join("kaigo-draft-sequence"));
/// let units = draft.to_units(&mut || sequences.next())?;
/// assert_eq!(units.len(), 1);
/// # Ok(())
/// # }
/// ```
#[doc(alias = "実績")]
#[derive(Debug, Clone, PartialEq)]
pub struct ActualsDraft {
    office: OfficeNumber,
    care_office: Party,
    month: Month,
    made_on: Date,
    visits: Vec<DraftVisit>,
}

/// What must be sent after a correction.
#[derive(Debug, Default)]
pub struct Corrections {
    /// Actuals of whoever has a change, whole: every site and visit of the client's service type.
    pub actuals: Vec<Unit>,
    /// Deletions by service type, of clients who have no visit of it any more.
    pub deletions: Vec<Unit>,
}

/// What one resending replaces: a client's services of one type.
type Key = (Client, ServiceTypeCode);

fn key(row: &ServiceSlip<'_>) -> Option<Key> {
    let client = Client { insurer: row.insurer_number.get()?, insured: row.insured_number.get()? };
    Some((client, row.service_code.get()?.service_type()))
}

/// What the rows of one visit share: a service and its add-ons repeat the same times.
type Shared = (Key, Option<SatelliteNumber>, Date, ClockTime, ClockTime);

/// `None` for a service without times, which is a visit of its own.
fn shared(row: &ServiceSlip<'_>) -> Option<Shared> {
    let (start, end) = (row.service_start_time.get()?, row.service_end_time.get()?);
    (start != ClockTime::NotShown).then_some(())?;
    Some((key(row)?, row.satellite_no.get(), row.service_date.get()?, start, end))
}

/// Whether two sendings say the same, in whatever order.
fn is_same_content(sent: &[ServiceSlip<'static>], rows: &[&ServiceSlip<'static>]) -> bool {
    let mut left: Vec<_> = sent.iter().collect();
    sent.len() == rows.len()
        && rows
            .iter()
            .all(|row| left.iter().position(|other| other == row).map(|at| left.swap_remove(at)).is_some())
}

impl ActualsDraft {
    /// The draft of a plan: of its rows, those of the office and month, each given as planned. `care_office` made the plan and
    /// receives the actuals.
    pub fn of_plan<'s, 'a: 's>(
        plan: impl IntoIterator<Item = &'s ServiceSlip<'a>>,
        office: OfficeNumber,
        care_office: Party,
        month: Month,
        made_on: Date,
    ) -> Self {
        let mut draft = Self { office, care_office, month, made_on, visits: Vec::new() };
        let mut known: BTreeMap<Shared, usize> = BTreeMap::new();
        for row in plan {
            let of_office = row.office_number.get() == Some(office);
            if !of_office || row.target_month.get() != Some(month) || key(row).is_none() {
                continue;
            }
            let row = draft.own(row.clone().into_owned());
            let shared = shared(&row);
            let visit = shared.and_then(|shared| known.get(&shared)).and_then(|at| draft.visits.get_mut(*at));
            match visit {
                Some(visit) => visit.rows.push(row),
                None => {
                    known.extend(shared.map(|shared| (shared, draft.visits.len())));
                    draft.visits.push(DraftVisit { state: VisitState::AsPlanned, rows: vec![row] });
                }
            }
        }
        draft
    }

    /// The draft of slips of the software's own: of their lines, those of the office, in the month.
    pub fn of_slips(
        slips: &[MonthlySlip],
        office: OfficeNumber,
        care_office: Party,
        month: Month,
        made_on: Date,
    ) -> Self {
        Self::of_plan(&MonthlySlip::to_rows(slips).slips, office, care_office, month, made_on)
    }

    /// The draft of a plan as it came: for the office that received it, to the one that sent it.
    ///
    /// # Errors
    /// [`DraftError::Plan`].
    pub fn of_unit(unit: &Unit, made_on: Date) -> Result<Self, DraftError> {
        let plan = unit.file(FileKind::SlipPlan).ok_or(DraftError::Plan)?;
        let (Some(MonthOrZeros::Month(month)), Some(sender), Some(receiver)) =
            (plan.parsed().month(), unit.sender(), unit.receiver())
        else {
            return Err(DraftError::Plan);
        };
        match check_file(plan.name(), plan.bytes(), &CheckOptions::default()).records {
            Some(Records::SlipPlan(rows)) => {
                Ok(Self::of_plan(&rows, receiver.office, sender, month, made_on))
            }
            _ => Err(DraftError::Plan),
        }
    }

    /// A row as this office sends it.
    fn own(&self, mut row: ServiceSlip<'static>) -> ServiceSlip<'static> {
        row.created_on = Field::Value(self.made_on);
        row.updated_by_office_number = Field::Value(self.office);
        row
    }

    /// The month.
    pub fn month(&self) -> Month {
        self.month
    }

    /// The visits, in the order of the plan, those that were added behind.
    pub fn visits(&self) -> impl Iterator<Item = (VisitId, &DraftVisit)> {
        self.visits.iter().enumerate().map(|(index, visit)| (VisitId(index), visit))
    }

    /// What will be sent: the rows of all visits but the cancelled ones.
    pub fn rows(&self) -> impl Iterator<Item = &ServiceSlip<'static>> {
        let given = self.visits.iter().filter(|visit| visit.state != VisitState::Cancelled);
        given.flat_map(|visit| &visit.rows)
    }

    /// What will be sent, as the software works with it: the month of each client.
    pub fn actuals(&self) -> Vec<Actuals> {
        let rows: Vec<_> = self.rows().cloned().collect();
        // What cannot be held is in the rows, and told when they are checked.
        Actuals::from_rows(&rows).0
    }

    fn visit(&mut self, id: VisitId) -> Result<&mut DraftVisit, DraftError> {
        self.visits.get_mut(id.0).ok_or(DraftError::NoVisit)
    }

    fn when(&self, day: Date, start: ClockTime, end: ClockTime) -> Result<(), DraftError> {
        if day.month() != self.month {
            return Err(DraftError::Day);
        }
        let shown = |time| matches!(time, ClockTime::At { .. });
        if shown(start) != shown(end) {
            return Err(DraftError::Times);
        }
        Ok(())
    }

    /// The visit was not given. [`restore`](Self::restore) takes that back.
    ///
    /// # Errors
    /// [`DraftError::NoVisit`].
    pub fn cancel(&mut self, id: VisitId) -> Result<(), DraftError> {
        self.visit(id)?.state = VisitState::Cancelled;
        self.number_equipment(id);
        Ok(())
    }

    /// The visit was given after all, as its rows stand.
    ///
    /// # Errors
    /// [`DraftError::NoVisit`].
    pub fn restore(&mut self, id: VisitId) -> Result<(), DraftError> {
        let visit = self.visit(id)?;
        if visit.state == VisitState::Cancelled {
            visit.state = VisitState::Changed;
        }
        self.number_equipment(id);
        Ok(())
    }

    /// The visit was given on that day at those times, its add-ons with it.
    ///
    /// # Errors
    /// [`DraftError::NoVisit`], [`DraftError::Day`], [`DraftError::Times`].
    pub fn move_to(
        &mut self,
        id: VisitId,
        day: Date,
        start: ClockTime,
        end: ClockTime,
    ) -> Result<(), DraftError> {
        self.when(day, start, end)?;
        let visit = self.visit(id)?;
        for row in &mut visit.rows {
            row.service_date = Field::Value(day);
            row.service_start_time = Field::Value(start);
            row.service_end_time = Field::Value(end);
        }
        visit.change();
        Ok(())
    }

    /// A service of the visit was given so many times.
    ///
    /// # Errors
    /// [`DraftError::NoVisit`], [`DraftError::NoService`], [`DraftError::Count`].
    pub fn recount(&mut self, id: VisitId, code: ServiceCode, count: Integer) -> Result<(), DraftError> {
        if !(1..=99).contains(&count) {
            return Err(DraftError::Count);
        }
        let visit = self.visit(id)?;
        visit.service(code)?.service_count = Field::Value(count);
        visit.change();
        Ok(())
    }

    /// Another service was given in place of one, at so many units a time after discount.
    ///
    /// # Errors
    /// [`DraftError::NoVisit`], [`DraftError::NoService`], [`DraftError::Units`].
    pub fn recode(
        &mut self,
        id: VisitId,
        code: ServiceCode,
        given: ServiceCode,
        units: Integer,
    ) -> Result<(), DraftError> {
        if !(0..=999_999).contains(&units) {
            return Err(DraftError::Units);
        }
        let visit = self.visit(id)?;
        let row = visit.service(code)?;
        row.service_code = Field::Value(given);
        row.units = Field::Value(units);
        row.detail_no = Field::Blank;
        visit.change();
        self.number_equipment(id);
        Ok(())
    }

    /// A visit that was not planned, like another one, on that day at those times.
    ///
    /// # Errors
    /// As [`move_to`](Self::move_to).
    pub fn add_like(
        &mut self,
        id: VisitId,
        day: Date,
        start: ClockTime,
        end: ClockTime,
    ) -> Result<VisitId, DraftError> {
        self.when(day, start, end)?;
        let rows = self.visit(id)?.rows.clone();
        self.visits.push(DraftVisit { state: VisitState::Added, rows });
        let added = VisitId(self.visits.len() - 1);
        self.move_to(added, day, start, end)?;
        self.number_equipment(added);
        Ok(added)
    }

    /// A visit that was not planned: one row, of this office and month.
    ///
    /// # Errors
    /// [`DraftError::Row`], [`DraftError::Day`].
    pub fn add(&mut self, row: ServiceSlip<'static>) -> Result<VisitId, DraftError> {
        let of_office = row.office_number.get() == Some(self.office);
        let day = row.service_date.get().ok_or(DraftError::Row)?;
        if !of_office || row.target_month.get() != Some(self.month) || key(&row).is_none() {
            return Err(DraftError::Row);
        }
        if day.month() != self.month {
            return Err(DraftError::Day);
        }
        let row = self.own(row);
        self.visits.push(DraftVisit { state: VisitState::Added, rows: vec![row] });
        let added = VisitId(self.visits.len() - 1);
        self.number_equipment(added);
        Ok(added)
    }

    /// Gives the lines of equipment (種類17) of a visit's client their numbers (明細判別コード): 1, 2, 3 … where several have one
    /// code and units, and none where one is left.
    fn number_equipment(&mut self, id: VisitId) {
        let Some(client) = self.visits.get(id.0).and_then(|visit| key(visit.rows.first()?)).map(|key| key.0)
        else {
            return;
        };
        let mut lines: BTreeMap<_, Vec<&mut ServiceSlip<'static>>> = BTreeMap::new();
        let given = self.visits.iter_mut().filter(|visit| visit.state != VisitState::Cancelled);
        for row in given.flat_map(|visit| &mut visit.rows) {
            if key(row).is_some_and(|(of, service_type)| of == client && service_type.as_str() == "17") {
                lines.entry((row.service_code.get(), row.units.get())).or_default().push(row);
            }
        }
        for rows in lines.into_values() {
            let alone = rows.len() == 1;
            for (row, number) in rows.into_iter().zip(1..) {
                row.detail_no = if alone { Field::Blank } else { Field::Value(number) };
            }
        }
    }

    /// All of it, as sending units: one for each service type, with a sequence number of its own.
    ///
    /// # Errors
    /// Of `next`, and [`ErrorKind::Unwritable`] where a text has a character that MS932 lacks.
    pub fn to_units(&self, next: &mut dyn FnMut() -> Result<Sequence>) -> Result<Vec<Unit>> {
        self.units_of(|_| true, next)
    }

    /// What must be sent so that a receiver of the `sent` rows holds this draft: for each client and service type with a
    /// change everything of it, all sites together; a deletion where nothing of it is left. Rows of other offices and months
    /// are passed over.
    ///
    /// # Errors
    /// As [`to_units`](Self::to_units).
    pub fn corrections<'s, 'a: 's>(
        &self,
        sent: impl IntoIterator<Item = &'s ServiceSlip<'a>>,
        next: &mut dyn FnMut() -> Result<Sequence>,
    ) -> Result<Corrections> {
        let mut before: BTreeMap<Key, Vec<ServiceSlip<'static>>> = BTreeMap::new();
        for row in sent {
            let of_draft =
                row.office_number.get() == Some(self.office) && row.target_month.get() == Some(self.month);
            if let (Some(key), true) = (key(row), of_draft) {
                before.entry(key).or_default().push(self.own(row.clone().into_owned()));
            }
        }
        let mut now: BTreeMap<Key, Vec<&ServiceSlip<'static>>> = BTreeMap::new();
        for (key, row) in self.rows().filter_map(|row| Some((key(row)?, row))) {
            now.entry(key).or_default().push(row);
        }
        let changed: BTreeSet<Key> = now
            .iter()
            .filter(|(key, rows)| !before.get(key).is_some_and(|sent| is_same_content(sent, rows)))
            .map(|(key, _)| *key)
            .collect();
        let mut gone: BTreeMap<ServiceTypeCode, Vec<Client>> = BTreeMap::new();
        for (client, service_type) in before.keys().filter(|key| !now.contains_key(key)) {
            gone.entry(*service_type).or_default().push(*client);
        }
        let actuals = self.units_of(|key| changed.contains(key), next)?;
        let deletions = gone
            .into_iter()
            .map(|(service_type, clients)| {
                let records: Vec<_> =
                    clients.into_iter().map(|client| self.deletion(client, service_type)).collect();
                let records = records.iter().map(|record| record as &dyn AnyRecord);
                self.unit(FileKind::DeleteSlipActuals, service_type, records, next()?)
            })
            .collect::<Result<_>>()?;
        Ok(Corrections { actuals, deletions })
    }

    fn deletion(&self, client: Client, service_type: ServiceTypeCode) -> ActualsDeletion<'static> {
        ActualsDeletion {
            csv_version: Field::Value(CsvVersion::V4_1),
            insurer_number: Field::Value(client.insurer),
            insured_number: Field::Value(client.insured),
            delete_target_month: Field::Value(self.month),
            office_number: Field::Value(self.office),
            service_type_code: Field::Value(service_type),
        }
    }

    fn units_of(
        &self,
        wanted: impl Fn(&Key) -> bool,
        next: &mut dyn FnMut() -> Result<Sequence>,
    ) -> Result<Vec<Unit>> {
        let mut types: BTreeMap<ServiceTypeCode, Vec<&dyn AnyRecord>> = BTreeMap::new();
        for row in self.rows() {
            if let Some(key) = key(row).filter(&wanted) {
                types.entry(key.1).or_default().push(row);
            }
        }
        types
            .into_iter()
            .map(|(service_type, rows)| {
                self.unit(FileKind::SlipActuals, service_type, rows.into_iter(), next()?)
            })
            .collect()
    }

    fn unit<'r>(
        &self,
        kind: FileKind,
        service_type: ServiceTypeCode,
        records: impl Iterator<Item = &'r dyn AnyRecord>,
        sequence: Sequence,
    ) -> Result<Unit> {
        let sender = Party { office: self.office, service_type: Some(service_type) };
        let month = Some(MonthOrZeros::Month(self.month));
        let name = FileName::new(kind, month, sender, self.care_office, sequence);
        let (bytes, _) = csv::write(kind, records, &csv::WriteOptions::default())?;
        name.and_then(|name| Unit::new([(name.to_string(), bytes)]))
            .ok_or_else(|| ErrorKind::no_name(kind.name()).into())
    }
}
