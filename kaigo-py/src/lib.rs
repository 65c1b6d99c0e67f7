//! Python package over kaigo-core: a private module that `kaigo/__init__.py` dresses. It translates and decides
//! nothing.
#![deny(unsafe_code)]

mod batch;
mod capsule;
mod card;
mod care;
mod convert;
mod credential;
mod document;
mod domain;
mod doorway;
mod draft;
mod error;
mod finding;
mod inbox;
mod input;
mod lang;
mod layout;
mod outbox;
mod reconcile;
mod record;
mod rows;
mod session;
mod table;
mod unit;
mod value;
mod web_service;

use kaigo_wiping::Wiping;
use mimalloc::MiMalloc;
use pyo3::prelude::*;

/// Columns are megabytes that come and go: an allocator that keeps them saves the operating system from clearing every page
/// anew, in which several threads would wait for each other. What it gets back while passwords and tokens are carried is
/// wiped.
#[global_allocator]
static ALLOCATOR: Wiping<MiMalloc> = Wiping(MiMalloc);

#[pymodule(gil_used = false)]
mod _kaigo {
    use pyo3::prelude::*;
    use pyo3::types::PyDict;

    #[pymodule_export]
    use super::batch::{BatchFile, BatchSummary, BatchUnit, convert_all, validate_all};
    #[pymodule_export]
    use super::card::{
        BasicItems, Card, CardCertificates, ChallengeSignature, CommonData, Pin, Recorder, Replayer, Token,
        Tries, TriesLeft, Verification, verify_challenge,
    };
    #[pymodule_export]
    use super::care::{care_of_inbox, care_of_units, care_units};
    #[pymodule_export]
    use super::convert::{Conversion, convert, provisional_profile};
    #[pymodule_export]
    use super::credential::{Certificate, Credential, KindRule, Renewal};
    #[pymodule_export]
    use super::document::{Document, RecordIterator, check, read, write};
    #[pymodule_export]
    use super::domain::{
        benefit_questions, decide, domain_json_schema, domain_names, domain_schema, domain_shapes,
        read_xml_msg, rewrite, write_xml_msg,
    };
    #[pymodule_export]
    use super::draft::{ActualsDraft, DraftVisit};
    #[pymodule_export]
    use super::finding::Finding;
    #[pymodule_export]
    use super::inbox::{
        BasicInformationRecords, CarePlanRecords, Client, Inbox, MonthlySlipRecords, PreventionPlanRecords,
    };
    #[pymodule_export]
    use super::lang::{get_language, set_language};
    #[pymodule_export]
    use super::layout::Field;
    #[pymodule_export]
    use super::outbox::{Outbox, OutboxEntry, OutboxReason, OutboxRun};
    #[pymodule_export]
    use super::reconcile::{months_of_units, reconcile_rows, reconciliation_text, rows_of_month};
    #[pymodule_export]
    use super::record::Record;
    #[pymodule_export]
    use super::session::{
        IdentityChallenge, IdentityConfirmation, Received, Session, Transfer, TransferIterator,
        idempotency_key,
    };
    #[pymodule_export]
    use super::table::{Scan, Table, TableIterator, findings_table, from_arrow, read_table, scan};
    #[pymodule_export]
    use super::unit::{FileName, Party, SequenceStore, Unit, UnitFile, validate, write_atomically};
    #[pymodule_export]
    use super::value::Month;

    #[pymodule_export]
    #[allow(non_upper_case_globals)]
    const __version__: &str = env!("CARGO_PKG_VERSION");

    #[pymodule_init]
    fn init(module: &Bound<'_, PyModule>) -> PyResult<()> {
        let classes = PyDict::new(module.py());
        for (class, layout) in super::record::classes(module.py())?.iter().zip(super::layout::all()) {
            classes.set_item(layout.record, class)?;
        }
        module.add("record_classes", classes)
    }
}
