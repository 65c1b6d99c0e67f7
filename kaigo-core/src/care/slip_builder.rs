//! Building a month, and what a month must be that somebody writes.

use std::collections::{BTreeMap, BTreeSet};
use std::marker::PhantomData;

use super::slip::OfMonth;
use super::{Actuals, MonthlySlip, SlipDay, SlipLine, Supplement};
use crate::calendar::{ClockTime, Date, Month};
use crate::code::{Applies, ServiceType};
use crate::document::{Document as _, DocumentError, DocumentFault, Fault, FreeText};
use crate::exchange::Client;
use crate::ident::{EquipmentNotificationCode, OfficeNumber, ServiceCode, TaisCode};
use crate::record::{CsvVersion, DayMap, Integer, SatelliteNumber, Subtotal};

/// What a piece of welfare equipment (types 17 and 67) is named by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Equipment {
    /// Its TAIS code.
    #[doc(alias = "TAISコード")]
    Tais(TaisCode),
    /// The code under which it was notified, where it has no TAIS code.
    #[doc(alias = "福祉用具届出コード")]
    Notified(EquipmentNotificationCode),
}

/// A line in the course of being built.
#[derive(Debug, Clone)]
pub struct LineBuilder {
    line: SlipLine,
    days: Vec<(u8, u8)>,
    per_diem: Option<Vec<u8>>,
}

impl LineBuilder {
    /// A service of a provider: `units` are after discount, for one time. Without times of the day until
    /// [`at`](Self::at) gives them.
    pub fn new(office: OfficeNumber, service: ServiceCode, units: u32) -> Self {
        let line = SlipLine {
            // What is too much for the type is too much for the field, and refused with it.
            units: Some(Integer::try_from(units).unwrap_or(Integer::MAX)),
            service_start_time: Some(ClockTime::NotShown),
            service_end_time: Some(ClockTime::NotShown),
            service_code: Some(service),
            office_number: Some(office),
            over_30_days: Some(Applies::No),
            ..SlipLine::default()
        };
        Self { line, days: Vec::new(), per_diem: None }
    }

    /// The name of the provider.
    pub fn office_name(mut self, name: FreeText) -> Self {
        self.line.office_name = Some(name);
        self
    }

    /// The satellite of the provider.
    pub fn satellite(mut self, number: SatelliteNumber) -> Self {
        self.line.satellite_no = Some(number);
        self
    }

    /// From when to when; over midnight where the end is before the start.
    pub fn at(mut self, start: ClockTime, end: ClockTime) -> Self {
        self.line.service_start_time = Some(start);
        self.line.service_end_time = Some(end);
        self
    }

    /// On those days of the month, from 1, so many times each.
    pub fn on(mut self, days: impl IntoIterator<Item = u8>, count: u8) -> Self {
        self.days.extend(days.into_iter().map(|day| (day, count)));
        self
    }

    /// The equipment that is let, and its name.
    pub fn equipment(mut self, equipment: Equipment, name: Option<FreeText>) -> Self {
        (self.line.tais_code, self.line.equipment_notification_code) = match equipment {
            Equipment::Tais(code) => (Some(code), None),
            Equipment::Notified(code) => (None, Some(code)),
        };
        self.line.equipment_name = name;
        self
    }

    /// Billed by the day, on those days of the month, from 1.
    #[doc(alias = "日割対象日")]
    pub fn per_diem(mut self, days: impl IntoIterator<Item = u8>) -> Self {
        self.per_diem = Some(days.into_iter().collect());
        self
    }

    /// Days of a short stay beyond the thirtieth, which the person pays whole.
    #[doc(alias = "３０日超区分")]
    pub fn over_30_days(mut self) -> Self {
        self.line.over_30_days = Some(Applies::Yes);
        self
    }
}

/// A month in the course of being built: of [`MonthlySlip`] or [`Actuals`].
#[derive(Debug, Clone)]
pub struct MonthBuilder<D> {
    client: Client,
    month: Month,
    head: SlipLine,
    supplement: Option<Supplement>,
    lines: Vec<LineBuilder>,
    of: PhantomData<D>,
}

impl<D> MonthBuilder<D> {
    fn new(client: Client, month: Month, created_on: Date, plan_office: OfficeNumber) -> Self {
        let head = SlipLine {
            csv_version: Some(CsvVersion::V4_1),
            created_on: Some(created_on),
            plan_office_number: Some(plan_office),
            ..SlipLine::default()
        };
        Self { client, month, head, supplement: None, lines: Vec::new(), of: PhantomData }
    }

    /// Who made the plan. The mark of its field is hard to read: it is always written.
    pub fn planner_name(mut self, name: FreeText) -> Self {
        self.head.planner_name = Some(name);
        self
    }

    /// The days of short stay up to the month before.
    pub fn short_stay_days_to_prev_month(mut self, days: u16) -> Self {
        self.head.short_stay_days_to_prev_month = Some(days.into());
        self
    }

    /// Adds a line.
    pub fn line(mut self, line: LineBuilder) -> Self {
        self.lines.push(line);
        self
    }

    /// The lines, with what all of them share, or what is wrong with them.
    fn finish(
        &self,
        document: &'static str,
        updated_by: impl Fn(&SlipLine) -> Option<OfficeNumber>,
    ) -> Result<Vec<SlipLine>, DocumentError> {
        let mut faults = Vec::new();
        let mut lines: Vec<SlipLine> = Vec::new();
        for (index, LineBuilder { line, days, per_diem }) in self.lines.iter().enumerate() {
            let mut built = SlipLine {
                csv_version: self.head.csv_version,
                created_on: self.head.created_on,
                plan_office_number: self.head.plan_office_number,
                planner_name: self.head.planner_name.clone(),
                short_stay_days_to_prev_month: self.head.short_stay_days_to_prev_month,
                updated_by_office_number: updated_by(line),
                per_diem_days: per_diem.as_ref().map(|days| DayMap::from_days(days.iter().copied())),
                ..line.clone()
            };
            if per_diem.iter().flatten().any(|day| self.date(*day).is_none()) {
                faults.push(Fault { path: format!("lines[{index}].perDiemDays"), fault: NO_SUCH_DAY });
            }
            for (at, (day, count)) in days.iter().enumerate() {
                let service_date = self.date(*day);
                if service_date.is_none() {
                    let path = format!("lines[{index}].days[{at}].serviceDate");
                    faults.push(Fault { path, fault: NO_SUCH_DAY });
                }
                let service_count = Some((*count).into());
                built.days.push(SlipDay { service_date, service_count, position: None });
            }
            lines.push(built);
        }
        number_details(&mut lines);
        let told: BTreeSet<String> = faults.iter().map(|fault| fault.path.clone()).collect();
        faults.extend(faults_of(self.month, &lines).into_iter().filter(|fault| !told.contains(&fault.path)));
        match faults.as_slice() {
            [] => Ok(lines),
            _ => Err(DocumentError::new(document, faults)),
        }
    }

    fn date(&self, day: u8) -> Option<Date> {
        Date::new(self.month.year(), self.month.month_of_year(), i8::try_from(day).ok()?)
    }
}

impl MonthBuilder<MonthlySlip> {
    /// The supplementary information that goes with the slip.
    pub fn supplement(mut self, supplement: Supplement) -> Self {
        self.supplement = Some(supplement);
        self
    }

    /// The slip, with detail numbers where lines need them.
    ///
    /// # Errors
    /// Everything that [`MonthlySlip::check`] finds, and days that the month does not have.
    pub fn build(self) -> Result<MonthlySlip, DocumentError> {
        let mut slip = MonthlySlip::of(self.client, self.month);
        slip.lines = self.finish(MonthlySlip::SHAPE.name, |_| self.head.plan_office_number)?;
        slip.supplement = self.supplement;
        Ok(slip)
    }
}

impl MonthBuilder<Actuals> {
    /// The actuals, with detail numbers where lines need them.
    ///
    /// # Errors
    /// Everything that [`Actuals::check`] finds, and days that the month does not have.
    pub fn build(self) -> Result<Actuals, DocumentError> {
        let mut actuals = Actuals::of(self.client, self.month);
        actuals.lines = self.finish(Actuals::SHAPE.name, |line| line.office_number)?;
        Ok(actuals)
    }
}

macro_rules! built {
    ($($document:ident)*) => { $(
        impl $document {
            /// Begins one: whose month it is, the day on which it is made, and the care-management office.
            pub fn builder(
                client: Client,
                month: Month,
                created_on: Date,
                plan_office: OfficeNumber,
            ) -> MonthBuilder<Self> {
                MonthBuilder::new(client, month, created_on, plan_office)
            }

            /// Checks what is about to be written: everything that is required stands there, days lie in the month and
            /// none stands twice in a line, counts are 1 to 99, times are pairs or 9999, equipment has one code, detail
            /// numbers stand where they must and nowhere else, services are exchanged at all.
            ///
            /// # Errors
            /// Every fault with its place.
            pub fn check(&self) -> Result<(), DocumentError> {
                match faults_of(self.target_month, &self.lines) {
                    faults if faults.is_empty() => Ok(()),
                    faults => Err(DocumentError::new(Self::SHAPE.name, faults)),
                }
            }
        }
    )* };
}

built! { MonthlySlip Actuals }

const NO_SUCH_DAY: DocumentFault =
    DocumentFault::Inconsistent("その月にない日です", "is no day of the month");

/// Lines of type 17 that differ in nothing else get numbers by which they are told apart.
fn number_details(lines: &mut [SlipLine]) {
    let mut alike: BTreeMap<_, Vec<&mut SlipLine>> = BTreeMap::new();
    for line in lines {
        if let Some(key) = detail_key(line) {
            alike.entry(key).or_default().push(line);
        }
    }
    for lines in alike.into_values().filter(|lines| lines.len() > 1) {
        for (number, line) in (1..).zip(lines) {
            line.detail_no = Some(number);
        }
    }
}

/// What lines have in common that need detail numbers; `None` for lines that never need one.
fn detail_key(line: &SlipLine) -> Option<(Option<OfficeNumber>, ServiceCode, Option<Integer>)> {
    let code = line.service_code.filter(|code| code.service_type().as_str() == "17")?;
    Some((line.office_number, code, line.units))
}

/// What is wrong with lines that somebody writes.
fn faults_of(month: Month, lines: &[SlipLine]) -> Vec<Fault> {
    let mut faults = Faults { path: String::new(), found: Vec::new() };
    if lines.is_empty() {
        faults.found.push(Fault { path: "lines".into(), fault: DocumentFault::Missing });
    }
    for (index, line) in lines.iter().enumerate() {
        faults.path = format!("lines[{index}]");
        faults.of_line(month, line);
    }
    faults.of_details(lines);
    faults.found
}

struct Faults {
    path: String,
    found: Vec<Fault>,
}

impl Faults {
    fn at(&mut self, member: &str, fault: DocumentFault) {
        self.found.push(Fault { path: format!("{}.{member}", self.path), fault });
    }

    fn inconsistent(&mut self, member: &str, ja: &'static str, en: &'static str) {
        self.at(member, DocumentFault::Inconsistent(ja, en));
    }

    fn of_line(&mut self, month: Month, line: &SlipLine) {
        let missing = [
            ("csvVersion", line.csv_version.is_none()),
            ("createdOn", line.created_on.is_none()),
            ("planOfficeNumber", line.plan_office_number.is_none()),
            ("plannerName", line.planner_name.is_none()),
            ("units", line.units.is_none()),
            ("serviceStartTime", line.service_start_time.is_none()),
            ("serviceEndTime", line.service_end_time.is_none()),
            ("serviceCode", line.service_code.is_none()),
            ("officeNumber", line.office_number.is_none()),
            ("over30Days", line.over_30_days.is_none()),
            ("days", line.days.is_empty()),
        ];
        for (member, _) in missing.into_iter().filter(|(_, missing)| *missing) {
            self.at(member, DocumentFault::Missing);
        }
        if line.units.is_some_and(|units| !(0..=999_999).contains(&units)) {
            self.at("units", DocumentFault::Value);
        }
        if line.short_stay_days_to_prev_month.is_some_and(|days| !(0..=99_999).contains(&days)) {
            self.at("shortStayDaysToPrevMonth", DocumentFault::Value);
        }
        if line.office_number == Some(OfficeNumber::TOTAL) {
            self.at("officeNumber", DocumentFault::Value);
        }
        if line.identifier.is_some() {
            self.inconsistent("identifier", "使わない項目です", "is not used");
        }
        if let (Some(start), Some(end)) = (line.service_start_time, line.service_end_time)
            && start.minutes().is_some() != end.minutes().is_some()
        {
            self.inconsistent(
                "serviceEndTime",
                "開始時刻と対になっていません",
                "makes no pair with the start time",
            );
        }
        self.of_service(line);
        if let Some(map) = line.per_diem_days {
            match map.days().last() {
                None => self.inconsistent("perDiemDays", "対象日が一日もありません", "marks no day"),
                Some(last) if i16::from(last) > month.days().into() => self.at("perDiemDays", NO_SUCH_DAY),
                Some(_) => {}
            }
        }
        self.of_days(month, line);
    }

    fn of_service(&mut self, line: &SlipLine) {
        let Some(code) = line.service_code else { return };
        let known = ServiceType::of(code.service_type()).is_some_and(|known| known.in_scope);
        if !known || Subtotal::of(code).is_some() {
            self.inconsistent(
                "serviceCode",
                "データ連携の対象のサービスではありません",
                "is no service that is exchanged",
            );
        }
        let equipment = matches!(code.service_type().as_str(), "17" | "67");
        match (equipment, line.tais_code.is_some(), line.equipment_notification_code.is_some()) {
            (true, false, false) => self.inconsistent(
                "taisCode",
                "種類17・67にはTAISコードか福祉用具届出コードが必要です",
                "or equipmentNotificationCode must stand where the service type is 17 or 67",
            ),
            (true, true, true) => self.inconsistent(
                "equipmentNotificationCode",
                "TAISコードとどちらか一方だけを書きます",
                "stands beside taisCode: one of them is enough",
            ),
            (false, true, _) => self.inconsistent("taisCode", "福祉用具ではありません", "is for equipment"),
            (false, _, true) => {
                self.inconsistent("equipmentNotificationCode", "福祉用具ではありません", "is for equipment");
            }
            _ => {}
        }
    }

    fn of_days(&mut self, month: Month, line: &SlipLine) {
        let mut seen = BTreeSet::new();
        for (index, day) in line.days.iter().enumerate() {
            let date = format!("days[{index}].serviceDate");
            match day.service_date {
                None => self.at(&date, DocumentFault::Missing),
                Some(day) if !month.contains(day) => self.at(&date, NO_SUCH_DAY),
                Some(day) if !seen.insert(day) => {
                    self.inconsistent(
                        &date,
                        "同じ日が二つあります（回数で書きます）",
                        "stands twice: give a count",
                    );
                }
                Some(_) => {}
            }
            let count = format!("days[{index}].serviceCount");
            match day.service_count {
                None => self.at(&count, DocumentFault::Missing),
                Some(1..=99) => {}
                Some(_) => self.at(&count, DocumentFault::Value),
            }
        }
    }

    /// Detail numbers are 1, 2, 3 … over lines of type 17 of one provider, code and units, and such lines have the same
    /// days; no other line has one.
    fn of_details(&mut self, lines: &[SlipLine]) {
        let mut alike: BTreeMap<_, Vec<(usize, &SlipLine)>> = BTreeMap::new();
        for (index, line) in lines.iter().enumerate() {
            match detail_key(line) {
                Some(key) => alike.entry(key).or_default().push((index, line)),
                None if line.detail_no.is_some() => {
                    self.path = format!("lines[{index}]");
                    self.inconsistent("detailNo", "種類17ではありません", "is for service type 17");
                }
                None => {}
            }
        }
        let days = |line: &SlipLine| line.days.iter().map(|day| day.service_date).collect::<BTreeSet<_>>();
        for lines in alike.into_values() {
            let of_first = lines.first().map(|(_, line)| days(line));
            let alone = lines.len() == 1;
            let single = lines.iter().all(|(_, line)| line.days.len() == 1);
            for (number, (index, line)) in (1..).zip(lines) {
                self.path = format!("lines[{index}]");
                if line.detail_no != Some(number).filter(|_| !alone) || number > 99 {
                    self.inconsistent(
                        "detailNo",
                        "種類17で同じコード・単位数の行が複数のときだけ1からの連番です",
                        "is 1, 2, 3 … exactly where type 17 has several lines of one code and units",
                    );
                }
                if !single && Some(days(line)) != of_first {
                    self.inconsistent(
                        "days",
                        "明細判別コードで分ける行は同じ日でなければなりません",
                        "differ from those of the lines that only detail numbers tell apart",
                    );
                }
            }
        }
    }
}
