//! Sending units: gathered, checked, imported.
#![allow(clippy::panic, reason = "a test fails by it")]

mod common;

use std::path::Path;

use kaigo_core::exchange::{CheckOptions, Gathered, SourceLimits, Unit, UnitKind, gather, read_source};

use common::fixtures;

fn gathered(path: &Path) -> Gathered {
    let files = read_source(path, SourceLimits::default()).unwrap_or_else(|e| panic!("{e}"));
    gather(files, &CheckOptions::default())
}

#[test]
fn a_directory_of_units_is_gathered_in_the_order_of_import() {
    let Gathered { units, report } = gathered(&fixtures());
    assert!(report.is_empty());
    let kinds: Vec<_> = units.iter().map(Unit::kind).collect();
    assert_eq!(
        kinds,
        [
            Some(UnitKind::CarePlan),
            Some(UnitKind::Monthly),
            Some(UnitKind::BasicInformation),
            Some(UnitKind::PreventionPlan),
            Some(UnitKind::Actuals),
            Some(UnitKind::DeleteCarePlan),
            Some(UnitKind::DeleteSlipPlan),
            Some(UnitKind::DeleteSlipActuals),
        ]
    );
    for unit in &units {
        let report = unit.check(&CheckOptions::default());
        assert!(report.is_empty(), "{:#?}", report.findings());
    }
}
