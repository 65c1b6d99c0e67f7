//! What links the records of one file to those of another.

use std::collections::BTreeMap;

use crate::record::{AnyRecord, FileKind, Records};

/// The fields by which the records of a kind are linked to those of other files: insurer, insured person, and the
/// date or month. Official, rules of links.
pub(super) fn link_fields(kind: FileKind, in_plan_unit: bool) -> Option<[usize; 3]> {
    let third = match kind {
        FileKind::Supplement if in_plan_unit => "care_plan_date",
        FileKind::Supplement | FileKind::SlipPlan | FileKind::SlipActuals | FileKind::SlipAnnex => {
            "target_month"
        }
        FileKind::CarePlan1 | FileKind::CarePlan2 | FileKind::CarePlan3 | FileKind::DeleteCarePlan => {
            "care_plan_date"
        }
        FileKind::BasicInformation
        | FileKind::DailySchedule
        | FileKind::MedicalHistory
        | FileKind::DeleteBasicInformation => "consulted_on",
        FileKind::PreventionPlan | FileKind::PreventionSupport | FileKind::DeletePreventionPlan => {
            "preventive_plan_date"
        }
        FileKind::DeleteSlipPlan | FileKind::DeleteSlipActuals => "delete_target_month",
        FileKind::FamilyImage => return None,
    };
    Some([2, 3, usize::from(kind.layout()?.field_named(third)?.no)])
}

/// A link: the texts of its three fields.
pub(super) type Link = [String; 3];

/// The links of a file's records with the first row, from 1, that has each.
pub(super) fn links(records: &Records<'_>, in_plan_unit: bool) -> BTreeMap<Link, u64> {
    let mut found = BTreeMap::new();
    if let Some(fields) = link_fields(records.kind(), in_plan_unit) {
        for (record, row) in records.iter().zip(1..) {
            found.entry(link(record, fields)).or_insert(row);
        }
    }
    found
}

/// The link of one record by those fields.
pub(super) fn link(record: &dyn AnyRecord, fields: [usize; 3]) -> Link {
    fields.map(|no| record.value(no).map(|value| value.to_text()).unwrap_or_default())
}
