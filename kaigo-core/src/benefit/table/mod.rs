//! The amounts, dated. One file a table.

mod area_uplifts;
mod equipment_allowances;
mod home_allowances;
mod labour_shares;
mod modification_steps;
mod unit_ceilings;

use std::sync::LazyLock;

use super::{Units, Yen};
use crate::calendar::{Date, Month};
use crate::code::codes;
use crate::document::document;
use crate::eligibility::CertifiedLevel;
use crate::ident::ServiceTypeCode;

codes! {
    /// 地域区分: grade of an area by its wages.
    AreaGrade = "地域区分", "area grade" {
        First   = "1" "１級地",
        Second  = "2" "２級地",
        Third   = "3" "３級地",
        Fourth  = "4" "４級地",
        Fifth   = "5" "５級地",
        Sixth   = "6" "６級地",
        Seventh = "7" "７級地",
        Other   = "other" "その他",
    }
}

document! {
    /// A monthly unit ceiling, from a month on.
    UnitCeilingRow = "区分支給限度基準額" {
        from: one Month = "適用開始年月",
        level: one CertifiedLevel = "要介護状態区分",
        units: one Units = "単位数",
    }

    /// By how much a grade of area is dearer, in per cent.
    AreaUpliftRow = "地域区分の上乗せ割合" {
        from: one Month = "適用開始年月",
        grade: one AreaGrade = "地域区分",
        percent: one u32 = "上乗せ割合（％）",
    }

    /// Which share of a service's cost is wages, in per cent; 0 where a unit costs 10 yen everywhere.
    LabourShareRow = "人件費割合" {
        from: one Month = "適用開始年月",
        service_type: one ServiceTypeCode = "サービス種類",
        percent: one u32 = "人件費割合（％）",
    }

    /// An allowance, from a day on.
    AllowanceRow = "支給限度基準額" {
        from: one Date = "適用開始年月日",
        amount: one Yen = "金額",
    }

    /// The step of a level for the reset of home modification.
    ModificationStepRow = "介護の必要の程度の段階" {
        from: one Date = "適用開始年月日",
        level: one CertifiedLevel = "要介護状態区分",
        step: one u32 = "段階",
    }

    /// Every table. Of the rows for one thing, that which holds from the latest day that is not after the one asked for
    /// counts, and of several from the same day the last.
    Tables = "給付の額の表" {
        unit_ceilings: many 10000 UnitCeilingRow = "区分支給限度基準額",
        area_uplifts: many 10000 AreaUpliftRow = "地域区分の上乗せ割合",
        labour_shares: many 10000 LabourShareRow = "人件費割合",
        home_allowances: many 1000 AllowanceRow = "住宅改修費支給限度基準額",
        modification_steps: many 1000 ModificationStepRow = "介護の必要の程度の段階",
        equipment_allowances: many 1000 AllowanceRow = "福祉用具購入費支給限度基準額",
    }
}

/// The row that holds at a time, of those that are for the thing asked for.
fn dated<R, T: Ord>(rows: &[R], at: T, from: fn(&R) -> T, is_for: impl Fn(&R) -> bool) -> Option<&R> {
    rows.iter().filter(|row| is_for(row) && from(row) <= at).max_by_key(|row| from(row))
}

static BUNDLED: LazyLock<Tables> = LazyLock::new(|| Tables {
    unit_ceilings: unit_ceilings::ROWS
        .iter()
        .flat_map(|(from, rows)| {
            rows.iter().map(|(level, units)| UnitCeilingRow { from: *from, level: *level, units: *units })
        })
        .collect(),
    area_uplifts: area_uplifts::ROWS
        .iter()
        .flat_map(|(from, rows)| {
            rows.iter().map(|(grade, percent)| AreaUpliftRow {
                from: *from,
                grade: *grade,
                percent: *percent,
            })
        })
        .collect(),
    labour_shares: labour_shares::ROWS
        .iter()
        .flat_map(|(from, percent, services)| {
            services.iter().map(|code| LabourShareRow {
                from: *from,
                service_type: ServiceTypeCode::of(code),
                percent: *percent,
            })
        })
        .collect(),
    home_allowances: home_allowances::ROWS
        .iter()
        .map(|(from, amount)| AllowanceRow { from: *from, amount: *amount })
        .collect(),
    modification_steps: modification_steps::ROWS
        .iter()
        .flat_map(|(from, rows)| {
            rows.iter().map(|(level, step)| ModificationStepRow { from: *from, level: *level, step: *step })
        })
        .collect(),
    equipment_allowances: equipment_allowances::ROWS
        .iter()
        .map(|(from, amount)| AllowanceRow { from: *from, amount: *amount })
        .collect(),
});

impl Tables {
    /// The tables that come with this version.
    pub fn bundled() -> &'static Self {
        &BUNDLED
    }

    pub(super) fn unit_ceiling(&self, level: CertifiedLevel, month: Month) -> Option<&UnitCeilingRow> {
        dated(&self.unit_ceilings, month, |row| row.from, |row| row.level == level)
    }

    pub(super) fn area_uplift(&self, grade: AreaGrade, month: Month) -> Option<&AreaUpliftRow> {
        dated(&self.area_uplifts, month, |row| row.from, |row| row.grade == grade)
    }

    pub(super) fn labour_share(&self, service: ServiceTypeCode, month: Month) -> Option<&LabourShareRow> {
        dated(&self.labour_shares, month, |row| row.from, |row| row.service_type == service)
    }

    pub(super) fn home_allowance(&self, day: Date) -> Option<Yen> {
        dated(&self.home_allowances, day, |row| row.from, |_| true).map(|row| row.amount)
    }

    pub(super) fn modification_step(&self, level: CertifiedLevel, day: Date) -> Option<u32> {
        dated(&self.modification_steps, day, |row| row.from, |row| row.level == level).map(|row| row.step)
    }

    pub(super) fn equipment_allowance(&self, day: Date) -> Option<Yen> {
        dated(&self.equipment_allowances, day, |row| row.from, |_| true).map(|row| row.amount)
    }
}
