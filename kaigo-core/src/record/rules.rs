//! Rules between the fields of one record.

use super::{
    ActualsDeletion, AnyRecord, BasicInformation, BasicInformationDeletion, CarePlanDeletion, CarePlanSheet1,
    CarePlanSheet2, CarePlanSheet3, CheckContext, ClientSupplement, DailySchedule, DateOrZeros, Field,
    Integer, MedicalHistory, MonthOrZeros, PreventionPlan, PreventionPlanDeletion, PreventionSupport,
    ServiceSlip, ServiceSlipAnnex, ServiceSlipDeletion, Subtotal, Value,
};
use crate::calendar::{ClockTime, Date};
use crate::code::{ConsultationMethod, LivingSituation, ServiceType};
use crate::ident::{EquipmentNotificationCode, OfficeNumber, ServiceCode, ServiceTypeCode, TaisCode};
use crate::report::Code;

/// Checks the fields of a record against each other. A field that does not conform has been reported and takes
/// no part.
pub(super) trait RowRules {
    fn check_row(&self, _context: &mut CheckContext<'_>) {}
}

impl RowRules for DailySchedule<'_> {}
impl RowRules for MedicalHistory<'_> {}
impl RowRules for PreventionSupport<'_> {}
impl RowRules for CarePlanDeletion<'_> {}
impl RowRules for ServiceSlipDeletion<'_> {}
impl RowRules for ActualsDeletion<'_> {}
impl RowRules for BasicInformationDeletion<'_> {}
impl RowRules for PreventionPlanDeletion<'_> {}

/// A period whose end, at No. `to_no`, lies before its start.
fn check_period(from: &Field<'_, Date>, to: &Field<'_, Date>, to_no: usize, context: &mut CheckContext<'_>) {
    if let (Field::Value(from), Field::Value(to)) = (from, to)
        && to < from
    {
        context.report_at(Code::RowPeriod, to_no);
    }
}

/// Two times, of which both or neither are given, and both or neither say that no time is shown.
#[inline]
fn check_times(
    start: &Field<'_, ClockTime>,
    end: &Field<'_, ClockTime>,
    end_no: usize,
    context: &mut CheckContext<'_>,
) {
    let paired = match (start, end) {
        (Field::Value(start), Field::Value(end)) => start.minutes().is_some() == end.minutes().is_some(),
        (Field::Value(_), Field::Blank) | (Field::Blank, Field::Value(_)) => false,
        _ => true,
    };
    if !paired {
        context.report_at(Code::RowTimesPaired, end_no);
    }
}

/// Welfare equipment (types 17 and 67) is named by its TAIS code or its notification code, at No. `tais_no` and
/// the next.
#[inline]
fn check_equipment(
    code: &Field<'_, ServiceCode>,
    tais: &Field<'_, TaisCode>,
    notification: &Field<'_, EquipmentNotificationCode>,
    tais_no: usize,
    context: &mut CheckContext<'_>,
) {
    let Field::Value(code) = code else { return };
    if !matches!(code.service_type().as_bytes(), b"17" | b"67") || Subtotal::of(*code).is_some() {
        return;
    }
    match (tais.is_blank(), notification.is_blank()) {
        (true, true) => context.report_at(Code::RowEquipmentCode, tais_no),
        (false, false) => context.report_at(Code::RowEquipmentCodeBoth, tais_no + 1),
        _ => {}
    }
}

impl RowRules for CarePlanSheet1<'_> {
    fn check_row(&self, context: &mut CheckContext<'_>) {
        check_period(&self.certification_valid_from, &self.certification_valid_to, 20, context);
    }
}

impl RowRules for CarePlanSheet2<'_> {
    fn check_row(&self, context: &mut CheckContext<'_>) {
        for (no, number) in [(6, &self.need_no), (8, &self.goal_no), (13, &self.support_no)] {
            if number.get() == Some(0) {
                context.report_at(Code::RowNumberRange, no);
            }
        }
    }
}

impl RowRules for CarePlanSheet3<'_> {
    fn check_row(&self, context: &mut CheckContext<'_>) {
        check_times(&self.service_start_time, &self.service_end_time, 9, context);
        // An activity may have a start alone: nothing says that it must end.
        if !self.activity_end_time.is_blank() {
            check_times(&self.activity_start_time, &self.activity_end_time, 12, context);
        }
        let times = [
            (8, &self.service_start_time),
            (9, &self.service_end_time),
            (11, &self.activity_start_time),
            (12, &self.activity_end_time),
        ];
        for (no, time) in times {
            if time.get() == Some(ClockTime::NotShown) {
                context.report_at(Code::RowTimeNotShown, no);
            }
        }
        let service = !self.care_service_content.is_empty()
            || !self.weekday.is_blank()
            || !self.service_start_time.is_blank()
            || !self.service_end_time.is_blank();
        let activity = !self.daily_activity.is_empty()
            || !self.activity_start_time.is_blank()
            || !self.activity_end_time.is_blank();
        let other = !self.non_weekly_service.is_empty();
        // A row that was cut off has been reported.
        if context.columns() >= 13 && u8::from(service) + u8::from(activity) + u8::from(other) != 1 {
            context.report(Code::RowWeeklyGroups);
        }
    }
}

/// Medical short stay in its forms other than 22, which stands for all of them among the service-type limits.
fn is_other_medical_short_stay(code: ServiceTypeCode) -> bool {
    matches!(code.as_str(), "23" | "2A")
}

impl RowRules for ClientSupplement<'_> {
    fn check_row(&self, context: &mut CheckContext<'_>) {
        check_period(&self.limit_valid_from, &self.limit_valid_to, 15, context);
        let zeros = (
            self.care_plan_date.get().map(|date| date == DateOrZeros::Zeros),
            self.target_month.get().map(|month| month == MonthOrZeros::Zeros),
        );
        if let (Some(plan), Some(month)) = zeros
            && plan == month
        {
            context.report_at(Code::RowSupplementKeys, 63);
        }
        let slots = [
            (20, &self.slot1_service_type, &self.slot1_limit_units),
            (24, &self.slot2_service_type, &self.slot2_limit_units),
            (28, &self.slot3_service_type, &self.slot3_limit_units),
            (32, &self.slot4_service_type, &self.slot4_limit_units),
            (36, &self.slot5_service_type, &self.slot5_limit_units),
            (40, &self.slot6_service_type, &self.slot6_limit_units),
            (44, &self.slot7_service_type, &self.slot7_limit_units),
            (48, &self.slot8_service_type, &self.slot8_limit_units),
            (52, &self.slot9_service_type, &self.slot9_limit_units),
        ];
        let filled = |no| self.value(no) != Some(Value::Blank);
        let mut gap = false;
        for (no, ty, limit) in slots {
            match (ty.is_blank(), limit.is_blank()) {
                (true, true) if filled(no + 2) || filled(no + 3) => {
                    context.report_at(Code::RowLimitSlotPartial, no);
                }
                (true, true) => gap = true,
                (false, false) if gap => context.report_at(Code::RowLimitSlotGap, no),
                (false, false) => {}
                (true, false) => context.report_at(Code::RowLimitSlotPartial, no),
                (false, true) => context.report_at(Code::RowLimitSlotPartial, no + 1),
            }
            if ty.get().is_some_and(is_other_medical_short_stay) {
                context.report_at(Code::RowLimitSlotShortStay, no);
            }
        }
    }
}

impl RowRules for ServiceSlip<'_> {
    #[inline]
    fn check_row(&self, context: &mut CheckContext<'_>) {
        // Both are required: a blank one has been reported.
        if !self.service_start_time.is_blank() && !self.service_end_time.is_blank() {
            check_times(&self.service_start_time, &self.service_end_time, 13, context);
        }
        check_equipment(&self.service_code, &self.tais_code, &self.equipment_notification_code, 16, context);
        if let (Field::Value(month), Field::Value(date)) = (&self.target_month, &self.service_date)
            && !month.contains(*date)
        {
            context.report_at(Code::RowDateMonth, 10);
        }
        if let (Field::Value(map), Field::Value(month)) = (&self.per_diem_days, &self.target_month) {
            match map.days().last() {
                None => context.report_at(Code::RowDayMapNone, 11),
                Some(last) if i8::try_from(last).is_ok_and(|last| last > month.days()) => {
                    context.report_at(Code::RowDayMapMonth, 11);
                }
                Some(_) => {}
            }
        }
        check_scope(&self.service_code, 15, context);
    }
}

/// Whether the standard exchanges services of this type at all.
#[inline]
fn check_scope(code: &Field<'_, ServiceCode>, no: usize, context: &mut CheckContext<'_>) {
    let Field::Value(code) = code else { return };
    match ServiceType::of(code.service_type()) {
        Some(known) if known.in_scope => {}
        Some(_) => context.report_at(Code::RowOutOfScope, no),
        None => context.report_at(Code::FieldServiceType, no),
    }
}

impl RowRules for ServiceSlipAnnex<'_> {
    fn check_row(&self, context: &mut CheckContext<'_>) {
        if context.columns() >= 34 && self.fixed_office_code.is_blank() {
            context.report_at(Code::RowFixedOffice, 34);
        }
        let Field::Value(code) = &self.service_code else { return };
        let sum = Subtotal::of(*code);
        if let Field::Value(office) = &self.office_number
            && (*office == OfficeNumber::TOTAL) != (sum == Some(Subtotal::GrandTotal))
        {
            context.report_at(Code::RowTotalOffice, 7);
        }
        if sum.is_none() {
            check_equipment(
                &self.service_code,
                &self.tais_code,
                &self.equipment_notification_code,
                10,
                context,
            );
        }
        if sum != Some(Subtotal::GrandTotal) {
            check_scope(&self.service_code, 9, context);
        }
        if sum.is_none() {
            return;
        }
        if self.units.get().is_some_and(|units: Integer| units != 0) {
            context.report_at(Code::RowTotalUnits, 13);
        }
        for (no, field) in [(14, &self.discounted_rate), (15, &self.discounted_units)] {
            if !field.is_blank() {
                context.report_at(Code::RowTotalDiscount, no);
            }
        }
    }
}

impl RowRules for BasicInformation<'_> {
    fn check_row(&self, context: &mut CheckContext<'_>) {
        check_period(&self.certification_valid_from, &self.certification_valid_to, 25, context);
        if self.consultation_method.get() == Some(ConsultationMethod::Other)
            && self.consultation_method_other.is_empty()
        {
            context.report_at(Code::RowCondition, 9);
        }
        if self.user_situation.get() == Some(LivingSituation::InFacility)
            && self.user_situation_note.is_empty()
        {
            context.report_at(Code::RowCondition, 13);
        }
    }
}

impl RowRules for PreventionPlan<'_> {
    fn check_row(&self, context: &mut CheckContext<'_>) {
        check_period(&self.certification_valid_from, &self.certification_valid_to, 11, context);
    }
}
