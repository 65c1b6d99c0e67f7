//! What the rows of one file must say together.

use std::collections::BTreeMap;

use super::FileName;
use super::links::{link, link_fields};
use crate::code::Applies;
use crate::ident::{OfficeNumber, ServiceCode, ServiceTypeCode};
use crate::record::{FileKind, Integer, MonthOrZeros, Records, ServiceSlip, ServiceSlipAnnex, Subtotal};
use crate::report::Code;

/// Reports: the code, the row, the official No. of the field, and a note.
type Report<'r> = dyn FnMut(Code, Option<u64>, Option<usize>, Option<String>) + 'r;

/// Checks the rows of a file against each other and against its name.
pub(super) fn check(
    records: &Records<'_>,
    name: &FileName,
    mut report: impl FnMut(Code, Option<u64>, Option<usize>, Option<String>),
) {
    match records {
        Records::SlipAnnex(rows) => check_totals(rows, &mut report),
        Records::SlipPlan(rows) => check_detail_numbers(rows, &mut report),
        Records::SlipActuals(rows) => {
            check_detail_numbers(rows, &mut report);
            check_actuals(rows, name, &mut report);
        }
        _ => {}
    }
    check_keys(records, name, &mut report);
}

/// Kinds whose records are told apart by their link alone: two with the same one contradict each other.
fn check_keys(records: &Records<'_>, name: &FileName, report: &mut Report<'_>) {
    let alone = matches!(
        records.kind(),
        FileKind::CarePlan1
            | FileKind::Supplement
            | FileKind::BasicInformation
            | FileKind::PreventionPlan
            | FileKind::DeleteCarePlan
            | FileKind::DeleteSlipPlan
            | FileKind::DeleteBasicInformation
            | FileKind::DeletePreventionPlan
    );
    let of_plan = name.month() == Some(MonthOrZeros::Zeros);
    let Some(fields) = link_fields(records.kind(), of_plan).filter(|_| alone) else { return };
    let mut seen = BTreeMap::new();
    for (record, row) in records.iter().zip(1_u64..) {
        if let Some(first) = seen.insert(link(record, fields), row) {
            report(Code::FileDuplicateKey, Some(row), None, Some(format!("{first}, {row}")));
        }
    }
}

/// 第7表, for each client: a subtotal for each type with several code rows, and one grand total.
fn check_totals(rows: &[ServiceSlipAnnex<'_>], report: &mut Report<'_>) {
    #[derive(Default)]
    struct Client {
        last_row: u64,
        grand_totals: u32,
        types: BTreeMap<ServiceTypeCode, Rows>,
    }

    #[derive(Default)]
    struct Rows {
        codes: u32,
        subtotal: bool,
        /// Whether any of them counts against the category limit.
        inside_limit: bool,
    }

    let mut clients: BTreeMap<[String; 2], Client> = BTreeMap::new();
    for (annex, row) in rows.iter().zip(1..) {
        let key = [annex.insurer_number.value().to_text(), annex.insured_number.value().to_text()];
        let client = clients.entry(key).or_default();
        client.last_row = row;
        let Some(code) = annex.service_code.get() else { continue };
        let of_type = client.types.entry(code.service_type());
        match Subtotal::of(code) {
            Some(Subtotal::GrandTotal) => client.grand_totals += 1,
            Some(Subtotal::InsideLimit) => of_type.or_default().subtotal = true,
            Some(Subtotal::OutsideLimit | Subtotal::OverThirtyDays) => {}
            None => {
                let over_30_days = annex.over_30_days.get() == Some(Applies::Yes);
                let rows = of_type.or_default();
                rows.codes += 1;
                rows.inside_limit |= !over_30_days && !never_limited(code.service_type());
            }
        }
    }
    for client in clients.values() {
        for (service_type, rows) in &client.types {
            if rows.codes > 1 && rows.inside_limit && !rows.subtotal {
                let note = Some(service_type.to_string());
                report(Code::FileSubtotal, Some(client.last_row), Some(9), note);
            }
        }
        if client.grand_totals != 1 {
            let note = Some(client.grand_totals.to_string());
            report(Code::FileGrandTotal, Some(client.last_row), Some(9), note);
        }
    }
}

/// Whether services of the type (居宅療養管理指導, also the preventive one) never count against the category limit.
fn never_limited(service_type: ServiceTypeCode) -> bool {
    matches!(service_type.as_str(), "31" | "34")
}

/// Detail numbers are 1, 2, 3 … where type 17 has several lines of one code and units, and empty elsewhere.
/// (Provisional: the standard does not say over what they are counted, so the lines of one day or those of the
/// month may be.)
fn check_detail_numbers(rows: &[ServiceSlip<'_>], report: &mut Report<'_>) {
    type Lines = (String, String, Option<OfficeNumber>, ServiceCode, Option<Integer>);
    type Numbers = Vec<(u64, Option<Integer>)>;
    let mut groups: BTreeMap<Lines, BTreeMap<String, Numbers>> = BTreeMap::new();
    for (slip, row) in rows.iter().zip(1..) {
        let Some(code) = slip.service_code.get() else { continue };
        if code.service_type().as_str() != "17" {
            if !slip.detail_no.is_blank() {
                report(Code::FileDetailNo, Some(row), Some(19), None);
            }
            continue;
        }
        let key = (
            slip.insurer_number.value().to_text(),
            slip.insured_number.value().to_text(),
            slip.office_number.get(),
            code,
            slip.units.get(),
        );
        let days = groups.entry(key).or_default();
        days.entry(slip.service_date.value().to_text()).or_default().push((row, slip.detail_no.get()));
    }
    let fits = |lines: &mut dyn Iterator<Item = &(u64, Option<Integer>)>| {
        let mut numbers: Vec<_> = lines.map(|(_, number)| *number).collect();
        numbers.sort_unstable();
        match numbers.as_slice() {
            [only] => only.is_none(),
            numbers => numbers.iter().zip(1..).all(|(number, expected)| *number == Some(expected)),
        }
    };
    for days in groups.values() {
        if fits(&mut days.values().flatten()) {
            continue;
        }
        for lines in days.values() {
            if let Some((row, _)) = lines.first().filter(|_| !fits(&mut lines.iter())) {
                report(Code::FileDetailNo, Some(*row), Some(19), None);
            }
        }
    }
}

/// Actuals come from their provider, grouped by service type; each once a file. A commissioned care-management
/// office passes on those of the providers, and is named by its own type.
fn check_actuals(rows: &[ServiceSlip<'_>], name: &FileName, report: &mut Report<'_>) {
    let sender = name.sender();
    if sender.service_type.is_some_and(|sent| matches!(sent.as_str(), "43" | "46")) {
        return;
    }
    let mut rows = rows.iter().zip(1_u64..);
    if let Some((_, row)) =
        rows.clone().find(|(slip, _)| slip.office_number.get().is_some_and(|office| office != sender.office))
    {
        report(Code::FileActualsOffice, Some(row), Some(20), None);
    }
    let Some(sent_type) = sender.service_type else { return };
    if let Some((_, row)) =
        rows.find(|(slip, _)| slip.service_code.get().is_some_and(|code| code.service_type() != sent_type))
    {
        report(Code::FileActualsType, Some(row), Some(15), None);
    }
}
