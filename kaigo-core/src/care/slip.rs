//! The monthly slip (サービス利用票, 第6表 and 第7表) and the actuals of a month, as lines with a grid of days.
//!
//! A line is what its rows share; a day of it is one row, and no two rows are ever made one. What comes from conforming
//! rows goes back to the same rows, in the same order: where rows do not stand client by client and line by line, each
//! keeps its [`position`](SlipDay::position).

use std::collections::BTreeMap;

use super::Supplement;
use super::sheet::{Carrier, sheet};
use crate::calendar::{ClockTime, Date, Month};
use crate::code::Applies;
use crate::document::{FreeText, document};
use crate::exchange::{Client, MonthlySlipRecords};
use crate::ident::{
    EquipmentNotificationCode, InsuredNumber, InsurerNumber, OfficeNumber, ServiceCode, TaisCode,
};
use crate::record::{
    ClientSupplement, CsvVersion, DayMap, EnteredByCode, Field, FileKind, FixedOfficeCode, Integer,
    MonthOrZeros, SatelliteNumber, ServiceSlip, ServiceSlipAnnex, UnitPrice,
};
use crate::report::{Code, Report};

sheet! {
    /// One row of a line: a day and how often.
    SlipDay of ServiceSlip = "サービス利用日" {
        service_date: Date = "サービス利用日",
        service_count: Integer = "サービス回数",
    } + {
        /// Where the row stands in its file, from 1. Only where rows do not stand client by client and line by line.
        position: opt u32 = "行の位置",
    }

    /// A line of 第6表: a service of a provider at a time, a piece of equipment, or a stay, with its days.
    ///
    /// Rows that differ in anything but day and count are rows of different lines.
    SlipLine of ServiceSlip = "サービス利用票の行" {
        csv_version: CsvVersion = "CSVバージョン",
        created_on: Date = "作成年月日",
        plan_office_number: OfficeNumber = "プラン担当業者コード",
        planner_name: FreeText = "プラン担当者名",
        /// After discount, for one time.
        units: Integer = "単位数",
        short_stay_days_to_prev_month: Integer = "前月までの短期入所利用日数",
        per_diem_days: DayMap = "日割対象日",
        service_start_time: ClockTime = "サービス開始時刻",
        service_end_time: ClockTime = "サービス終了時刻",
        service_code: ServiceCode = "サービスコード",
        tais_code: TaisCode = "TAISコード",
        equipment_notification_code: EquipmentNotificationCode = "福祉用具届出コード",
        equipment_name: FreeText = "用具名称（機種名）",
        detail_no: Integer = "明細判別コード",
        office_number: OfficeNumber = "サービス事業者コード",
        office_name: FreeText = "サービス事業所名",
        satellite_no: SatelliteNumber = "サテライト枝番",
        over_30_days: Applies = "３０日超区分",
        updated_by_office_number: OfficeNumber = "更新業者コード",
        identifier: FreeText = "識別子",
    } + {
        /// In the order of the rows.
        days: many 9999 SlipDay = "利用日",
    }

    /// One row of 第7表: a service, a subtotal or the grand total, which
    /// [`Subtotal::of`](crate::record::Subtotal::of) its service code tells.
    AnnexRow of ServiceSlipAnnex = "サービス利用票別表の行" {
        csv_version: CsvVersion = "CSVバージョン",
        created_on: Date = "作成年月日",
        office_name: FreeText = "サービス事業所名",
        office_number: OfficeNumber = "サービス事業所コード",
        satellite_no: SatelliteNumber = "サテライト枝番",
        service_code: ServiceCode = "サービスコード",
        tais_code: TaisCode = "TAISコード",
        equipment_notification_code: EquipmentNotificationCode = "福祉用具届出コード",
        equipment_name: FreeText = "用具名称（機種名）",
        units: Integer = "単位数",
        discounted_rate: Integer = "割引後率",
        discounted_units: Integer = "割引後単位数",
        count_or_days: Integer = "回数／日数",
        service_units_or_amount: Integer = "サービス単位金額",
        benefit_managed_units: Integer = "給付管理単位数",
        type_limit_over_units: Integer = "種類支給限度基準超単位数",
        type_limit_within_units: Integer = "種類支給限度基準内単位数",
        category_limit_over_units: Integer = "区分支給限度基準超単位数",
        category_limit_within_units: Integer = "区分支給限度基準内単位数",
        unit_price: UnitPrice = "単位数単価",
        total_cost_covered: Integer = "費用総額保険／事業対象分",
        benefit_rate: Integer = "給付率",
        benefit_claim_amount: Integer = "保険／事業費請求額",
        flat_user_charge_unit_amount: Integer = "定額利用者負担単価金額",
        user_charge_covered: Integer = "利用者負担保険／事業対象分",
        user_charge_full: Integer = "利用者負担（全額負担分）",
        short_stay_days_to_prev_month: Integer = "前月までの利用日数",
        short_stay_days_planned_this_month: Integer = "当月の計画利用日数",
        short_stay_days_cumulative: Integer = "累積利用日数",
        over_30_days: Applies = "３０日超区分",
        fixed_office_code: FixedOfficeCode = "事業所コード",
        entered_by_code: EnteredByCode = "入力者コード",
        updated_by_office_number: OfficeNumber = "更新業者コード",
        identifier: FreeText = "識別子",
    } + {
        /// Where the row stands in its file, from 1. Only where rows do not stand client by client.
        position: opt u32 = "行の位置",
    }
}

document! {
    /// The planned month of one client: 第6表 as lines, 第7表 and the supplementary information.
    MonthlySlip = "サービス利用票" {
        insurer_number: one InsurerNumber = "保険者番号",
        insured_number: one InsuredNumber = "被保険者番号",
        target_month: one Month = "対象年月",
        /// In the order of their first rows.
        lines: many 9999 SlipLine = "サービス利用票の行",
        /// In the order of the file: as it came, or as it was computed.
        annex: many 9999 AnnexRow = "サービス利用票別表",
        supplement: opt Supplement = "利用者補足情報",
        /// Where its row stands in its file, from 1. Only where rows do not stand in the order of clients.
        supplement_position: opt u32 = "利用者補足情報の行の位置",
    }

    /// What one client was given in a month: 第6表 実績 (UPJSK) as lines, of one provider or of several.
    Actuals = "サービス利用実績" {
        insurer_number: one InsurerNumber = "保険者番号",
        insured_number: one InsuredNumber = "被保険者番号",
        target_month: one Month = "対象年月",
        /// In the order of their first rows.
        lines: many 9999 SlipLine = "サービス利用実績の行",
    }
}

/// The rows of the files of monthly slips, of any number of clients and months.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct MonthlyRows {
    /// The rows of UPPLAN.
    pub slips: Vec<ServiceSlip<'static>>,
    /// The rows of UPSIKYU.
    pub annex: Vec<ServiceSlipAnnex<'static>>,
    /// The rows of UPHOSOKU.
    pub supplements: Vec<ClientSupplement<'static>>,
}

/// The client and month of a record.
macro_rules! key {
    ($record:ident, $month:expr) => {
        $record
            .insurer_number
            .get()
            .zip($record.insured_number.get())
            .zip($month)
            .map(|((insurer, insured), month)| (Client { insurer, insured }, month))
    };
}

/// Sets the client and month of a record.
macro_rules! set_key {
    ($slip:ident, $record:ident, $month:expr) => {
        $record.insurer_number = Field::Value($slip.insurer_number);
        $record.insured_number = Field::Value($slip.insured_number);
        $record.target_month = Field::Value($month);
    };
}

impl MonthlySlip {
    /// The slips in the rows of files, one for each client and month, and what they cannot hold.
    pub fn from_rows(
        slips: &[ServiceSlip<'_>],
        annex: &[ServiceSlipAnnex<'_>],
        supplements: &[ClientSupplement<'_>],
    ) -> (Vec<Self>, Report) {
        let mut months = Months::<Self>::default();
        months.take_lines(FileKind::SlipPlan, slips);
        let mut carrier = Carrier::new(FileKind::SlipAnnex, None);
        for (row, record) in (1_u32..).zip(annex) {
            let key = key!(record, record.target_month.get());
            if let Some(slip) = months.at(key, row, &mut carrier) {
                let mut line = AnnexRow::of_record(record, &mut carrier);
                line.position = Some(row);
                slip.annex.push(line);
            }
        }
        months.report.extend(carrier.into_report());
        let mut carrier = Carrier::new(FileKind::Supplement, None);
        for (row, record) in (1_u32..).zip(supplements) {
            let month = record.target_month.get().and_then(|month| match month {
                MonthOrZeros::Month(month) => Some(month),
                MonthOrZeros::Zeros => None,
            });
            if let Some(slip) = months.at(key!(record, month), row, &mut carrier) {
                if slip.supplement.is_some() {
                    carrier.found(Code::CareUnplaced, None);
                    continue;
                }
                slip.supplement = Some(Supplement::of_record(record, &mut carrier));
                slip.supplement_position = Some(row);
            }
        }
        months.report.extend(carrier.into_report());
        let mut found = months.found;
        drop_derivable(found.iter_mut().flat_map(|slip| &mut slip.annex).map(|row| &mut row.position));
        drop_derivable(
            found
                .iter_mut()
                .filter(|slip| slip.supplement.is_some())
                .map(|slip| &mut slip.supplement_position),
        );
        (found, months.report)
    }

    /// The slip in the records of one client and month; `None` where no record tells whose they are.
    pub fn from_records(records: &MonthlySlipRecords) -> (Option<Self>, Report) {
        let (slips, report) = Self::from_rows(&records.slips, &records.annex, records.supplement.as_slice());
        (slips.into_iter().next(), report)
    }

    /// The rows of slips for the files of one unit: in the order that they came in, else client by client and line by
    /// line.
    pub fn to_rows<'s>(slips: impl IntoIterator<Item = &'s Self>) -> MonthlyRows {
        let (mut rows, mut annex, mut supplements) = (Vec::new(), Vec::new(), Vec::new());
        for slip in slips {
            rows.extend(slip.rows());
            annex.extend(slip.annex.iter().map(|row| {
                let mut record = ServiceSlipAnnex::default();
                row.fill(&mut record);
                set_key!(slip, record, slip.target_month);
                (row.position, record)
            }));
            supplements.extend(slip.supplement.iter().map(|supplement| {
                let mut record = ClientSupplement::default();
                supplement.fill(&mut record);
                set_key!(slip, record, MonthOrZeros::Month(slip.target_month));
                (slip.supplement_position, record)
            }));
        }
        MonthlyRows { slips: in_order(rows), annex: in_order(annex), supplements: in_order(supplements) }
    }

    /// The records of the slip.
    pub fn to_records(&self) -> MonthlySlipRecords {
        let MonthlyRows { slips, annex, supplements } = Self::to_rows([self]);
        MonthlySlipRecords { slips, annex, supplement: supplements.into_iter().next() }
    }
}

impl AnnexRow {
    /// A row that was computed, of which there is nothing that cannot be held.
    pub(super) fn of_computed(record: &ServiceSlipAnnex<'_>) -> Self {
        Self::of_record(record, &mut Carrier::new(FileKind::SlipAnnex, None))
    }
}

impl Actuals {
    /// The actuals in the rows of files, one for each client and month, and what they cannot hold.
    pub fn from_rows(rows: &[ServiceSlip<'_>]) -> (Vec<Self>, Report) {
        let mut months = Months::<Self>::default();
        months.take_lines(FileKind::SlipActuals, rows);
        (months.found, months.report)
    }

    /// The rows of actuals for one file: in the order that they came in, else client by client and line by line.
    pub fn to_rows<'s>(actuals: impl IntoIterator<Item = &'s Self>) -> Vec<ServiceSlip<'static>> {
        in_order(actuals.into_iter().flat_map(Self::rows).collect())
    }
}

impl SlipLine {
    /// Whether rows of the other are rows of this one.
    fn is_same_line(&mut self, other: &Self) -> bool {
        // All but the days is compared, whatever members there are.
        let days = std::mem::take(&mut self.days);
        let same = self == other;
        self.days = days;
        same
    }

    /// How often on each day of the month, from the first; days of other months are not in it.
    pub fn grid(&self, month: Month) -> [u32; 31] {
        let mut grid = [0_u32; 31];
        for day in &self.days {
            let Some(date) = day.service_date.filter(|date| month.contains(*date)) else { continue };
            let index = usize::from(date.day().unsigned_abs()).saturating_sub(1);
            if let Some(slot) = grid.get_mut(index) {
                let count = day.service_count.and_then(|count| u32::try_from(count).ok()).unwrap_or(0);
                *slot = slot.saturating_add(count);
            }
        }
        grid
    }
}

/// A document of one client and month that has lines.
pub(super) trait OfMonth {
    fn of(client: Client, month: Month) -> Self;

    fn lines_mut(&mut self) -> &mut Vec<SlipLine>;
}

macro_rules! of_month {
    ($($document:ident { $($member:ident),* })*) => { $(
        impl OfMonth for $document {
            fn of(client: Client, target_month: Month) -> Self {
                let Client { insurer: insurer_number, insured: insured_number } = client;
                let lines = Vec::new();
                Self { insurer_number, insured_number, target_month, lines, $($member: Default::default()),* }
            }

            fn lines_mut(&mut self) -> &mut Vec<SlipLine> {
                &mut self.lines
            }
        }

        impl $document {
            /// Whose month it is.
            pub fn client(&self) -> Client {
                Client { insurer: self.insurer_number, insured: self.insured_number }
            }

            /// The rows of 第6表, line by line, with the positions that they had.
            fn rows(&self) -> impl Iterator<Item = (Option<u32>, ServiceSlip<'static>)> {
                self.lines.iter().flat_map(move |line| {
                    let mut record = ServiceSlip::default();
                    line.fill(&mut record);
                    set_key!(self, record, self.target_month);
                    line.days.iter().map(move |day| {
                        let mut record = record.clone();
                        day.fill(&mut record);
                        (day.position, record)
                    })
                })
            }
        }
    )* };
}

of_month! { MonthlySlip { annex, supplement, supplement_position } Actuals {} }

/// Months in the course of being read.
struct Months<D> {
    found: Vec<D>,
    index: BTreeMap<(Client, Month), usize>,
    report: Report,
}

impl<D> Default for Months<D> {
    fn default() -> Self {
        Self { found: Vec::new(), index: BTreeMap::new(), report: Report::default() }
    }
}

impl<D: OfMonth> Months<D> {
    /// The month of a row, which is reported where it does not tell.
    fn at(&mut self, key: Option<(Client, Month)>, row: u32, carrier: &mut Carrier) -> Option<&mut D> {
        carrier.row(row.into());
        let Some((client, month)) = key else {
            carrier.found(Code::CareUnplaced, None);
            return None;
        };
        let index = *self.index.entry((client, month)).or_insert_with(|| {
            self.found.push(D::of(client, month));
            self.found.len() - 1
        });
        self.found.get_mut(index)
    }

    fn take_lines(&mut self, kind: FileKind, rows: &[ServiceSlip<'_>]) {
        let mut carrier = Carrier::new(kind, None);
        for (row, record) in (1_u32..).zip(rows) {
            let key = key!(record, record.target_month.get());
            let Some(month) = self.at(key, row, &mut carrier) else { continue };
            let line = SlipLine::of_record(record, &mut carrier);
            let mut day = SlipDay::of_record(record, &mut carrier);
            day.position = Some(row);
            let lines = month.lines_mut();
            // Rows of one line mostly follow one another.
            let known = (0..lines.len())
                .rev()
                .find(|index| lines.get_mut(*index).is_some_and(|known| known.is_same_line(&line)));
            match known.and_then(|index| lines.get_mut(index)) {
                Some(known) => known.days.push(day),
                None => lines.push(SlipLine { days: vec![day], ..line }),
            }
        }
        self.report.extend(carrier.into_report());
        let days = self.found.iter_mut().flat_map(|month| month.lines_mut()).flat_map(|line| &mut line.days);
        drop_derivable(days.map(|day| &mut day.position));
    }
}

/// Positions that follow from the order in which the rows are written are not kept.
fn drop_derivable<'p>(positions: impl Iterator<Item = &'p mut Option<u32>>) {
    let positions: Vec<_> = positions.collect();
    if positions.is_sorted() {
        positions.into_iter().for_each(|position| *position = None);
    }
}

/// Rows by their positions; one that has none stays behind the one before it.
fn in_order<R>(rows: Vec<(Option<u32>, R)>) -> Vec<R> {
    let mut last = 0;
    let mut rows: Vec<(u32, R)> = rows
        .into_iter()
        .map(|(position, row)| {
            last = position.unwrap_or(last);
            (last, row)
        })
        .collect();
    rows.sort_by_key(|(position, _)| *position);
    rows.into_iter().map(|(_, row)| row).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::care::sheet::tests::assert_whole;

    const KEYS: [&str; 3] = ["insurer_number", "insured_number", "target_month"];

    #[test]
    fn every_field_is_carried_exactly_once() {
        let slip = [SlipLine::carried(), SlipDay::carried()].concat();
        assert_whole::<ServiceSlip<'_>>(slip, &KEYS);
        assert_whole::<ServiceSlipAnnex<'_>>(AnnexRow::carried(), &KEYS);
        assert_whole::<ClientSupplement<'_>>(Supplement::carried(), &KEYS[..2]);
    }
}
