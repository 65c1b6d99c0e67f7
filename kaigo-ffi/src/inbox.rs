//! `kaigo_inbox`: what a receiver holds; and planned against actual.

use std::borrow::Cow;
use std::ffi::c_char;

use kaigo_core::calendar::Month;
use kaigo_core::care::{Prices, Reconciliation, Tolerance, reconcile_priced};
use kaigo_core::document::to_json;
use kaigo_core::exchange::{Client, Inbox, MonthlySlipRecords};
use kaigo_core::record::{FileKind, Records, ServiceSlip};
use kaigo_core::report::Report;

use crate::argument::at;
use crate::buffer::{Bytes, kaigo_buffer};
use crate::document::{Document, kaigo_document, kind_of};
use crate::domain::{Domain, kaigo_domain};
use crate::error::Fail;
use crate::report::{Findings, kaigo_report};
use crate::status::{KAIGO_E_KIND, KAIGO_E_NOT_FOUND, KAIGO_E_NUMBER};
use crate::table::{constants, exports, handles};
use crate::unit::{check_options, kaigo_check_options, kaigo_unit};

/// What is behind a `kaigo_inbox`.
#[derive(Default)]
pub struct Held {
    inbox: Inbox,
    /// Everybody in it, in order.
    clients: Vec<Client>,
}

impl Held {
    fn client(&self, index: u64) -> Result<Client, Fail> {
        self.clients.get(at(index)).copied().ok_or_else(|| Fail::argument(KAIGO_E_NOT_FOUND, "client"))
    }

    /// The records of a kind that are held of a client; none where there are none.
    fn records(&self, client: Client, kind: FileKind, month: Option<Month>) -> Option<Records<'static>> {
        let inbox = &self.inbox;
        let plan = || inbox.current_plan(client);
        let slips = || -> Vec<&MonthlySlipRecords> {
            match month {
                Some(month) => inbox.slips(client, month).map(|(_, slip)| slip).collect(),
                None => inbox.current_slip(client).into_iter().collect(),
            }
        };
        let basics = || inbox.current_basic_information(client);
        let prevention = || inbox.current_prevention_plan(client);
        Some(match kind {
            FileKind::CarePlan1 => {
                Records::CarePlan1(plan().map(|plan| plan.sheet1.clone()).into_iter().collect())
            }
            FileKind::CarePlan2 => {
                Records::CarePlan2(plan().map(|plan| plan.sheet2.clone()).unwrap_or_default())
            }
            FileKind::CarePlan3 => {
                Records::CarePlan3(plan().map(|plan| plan.sheet3.clone()).unwrap_or_default())
            }
            FileKind::Supplement if month.is_none() => {
                Records::Supplement(plan().and_then(|plan| plan.supplement.clone()).into_iter().collect())
            }
            FileKind::Supplement => {
                Records::Supplement(slips().into_iter().filter_map(|slip| slip.supplement.clone()).collect())
            }
            FileKind::SlipPlan => {
                Records::SlipPlan(slips().into_iter().flat_map(|slip| slip.slips.clone()).collect())
            }
            FileKind::SlipAnnex => {
                Records::SlipAnnex(slips().into_iter().flat_map(|slip| slip.annex.clone()).collect())
            }
            FileKind::SlipActuals => Records::SlipActuals(inbox.actuals(client, month?).cloned().collect()),
            FileKind::BasicInformation => {
                Records::BasicInformation(basics().map(|found| found.basic.clone()).into_iter().collect())
            }
            FileKind::DailySchedule => {
                Records::DailySchedule(basics().map(|found| found.schedules.clone()).unwrap_or_default())
            }
            FileKind::MedicalHistory => {
                Records::MedicalHistory(basics().map(|found| found.histories.clone()).unwrap_or_default())
            }
            FileKind::PreventionPlan => {
                Records::PreventionPlan(prevention().map(|care| care.plan.clone()).into_iter().collect())
            }
            FileKind::PreventionSupport => {
                Records::PreventionSupport(prevention().map(|care| care.supports.clone()).unwrap_or_default())
            }
            _ => return None,
        })
    }
}

/// The rows of 第6表.
fn slips<'d>(document: &'d Document, name: &'static str) -> Result<&'d [ServiceSlip<'d>], Fail> {
    match document.records()? {
        Records::SlipPlan(slips) | Records::SlipActuals(slips) => Ok(slips),
        _ => Err(Fail::argument(KAIGO_E_KIND, name)),
    }
}

fn reconciled(
    planned: &Document,
    actual: &Document,
    annex: Option<&Document>,
    minutes: u32,
) -> Result<Reconciliation, Fail> {
    let minutes = u16::try_from(minutes).map_err(|_| Fail::argument(KAIGO_E_NUMBER, "minutes"))?;
    let prices = match annex.map(Document::records).transpose()? {
        None => Prices::default(),
        Some(Records::SlipAnnex(rows)) => Prices::of_annex(rows),
        Some(_) => return Err(Fail::argument(KAIGO_E_KIND, "annex")),
    };
    let (planned, actual) = (slips(planned, "planned")?, slips(actual, "actual")?);
    Ok(reconcile_priced(planned, actual, &Tolerance { minutes }, &prices))
}

handles! { HANDLES;
    /// What a receiver holds after putting units in. Any number of threads may read one at once; `kaigo_inbox_apply` must
    /// be alone with it.
    kaigo_inbox = Held, 0x4B49_4E42, kaigo_inbox_free;
}

constants! { CONSTANTS;
    /// Of a client: the number of the insurer.
    KAIGO_CLIENT_INSURER: u32 = 1;
    /// Of a client: the number of the insured person.
    KAIGO_CLIENT_INSURED: u32 = 2;
}

exports! { EXPORTS;
    /// Makes an empty inbox.
    call kaigo_inbox_new(inbox: new kaigo_inbox) {
        inbox.give(Held::default())
    }

    /// Puts a unit in. `report` holds what its check found and what putting it in did; it may be NULL. Ends all views of
    /// the inbox.
    call kaigo_inbox_apply(
        inbox: alone kaigo_inbox, unit: handle kaigo_unit, options: options kaigo_check_options,
        report: new_or_null kaigo_report
    ) {
        let found: Report = inbox.inbox.apply(unit.get()?, &check_options(&options)?);
        inbox.clients = inbox.inbox.clients().into_iter().collect();
        report.give(Findings::new(found, 0)?)
    }

    /// How many people there is something of.
    call kaigo_inbox_clients(inbox: handle kaigo_inbox, count: out u64) {
        count.set(inbox.clients.len() as u64)
    }

    /// A number of the person at an index, from 0: one of `KAIGO_CLIENT_`.
    text kaigo_inbox_client_utf8 / kaigo_inbox_client_utf16
        / kaigo_inbox_client_view_utf8 / kaigo_inbox_client_view_utf16
        of inbox: kaigo_inbox [index: u64, what: u32] {
        let client = inbox.client(index)?;
        Cow::Owned(match what {
            KAIGO_CLIENT_INSURER => client.insurer.to_string(),
            KAIGO_CLIENT_INSURED => client.insured.to_string(),
            _ => return Err(Fail::argument(KAIGO_E_NUMBER, "what")),
        })
    }

    /// What is current of the person at an index, from 0: the rows of a kind, one of `KAIGO_KIND_`. `month` as YYYYMM
    /// chooses the month of slips, annexes and actuals, and the supplementary information that came with it; 0 is the
    /// latest month of slips and annexes, and the supplementary information of the care plan. Actuals need a month.
    /// Where nothing is held the document has no rows.
    call kaigo_inbox_document(
        inbox: handle kaigo_inbox, index: val u64, kind: val u32, month: val u32, document: new kaigo_document
    ) {
        let client = inbox.client(index)?;
        let month = match month {
            0 => None,
            number => Some(Month::from_ascii(format!("{number:06}").as_bytes())?),
        };
        let records = inbox
            .records(client, kind_of(kind)?, month)
            .ok_or_else(|| Fail::argument(KAIGO_E_KIND, "kind"))?;
        document.give(Document::owned(records, Report::default()))
    }

    /// Holds planned against actual visits: both documents hold 第6表. `minutes`: by how much the start and the end of a
    /// visit may each differ. `annex`: 第7表 with the prices of units; NULL: amounts in yen are left out. The result is read by
    /// name, as a document `Reconciliation`: `clients[0].visits[0].outcome`; rows in it are those of the documents, from 1.
    call kaigo_reconcile(
        planned: handle kaigo_document, actual: handle kaigo_document, annex: handle_or_null kaigo_document,
        minutes: val u32, reconciliation: new kaigo_domain
    ) {
        reconciliation.give(Domain::of(&reconciled(&planned, &actual, annex.as_deref(), minutes)?))
    }

    /// The same as JSON.
    call kaigo_reconcile_json(
        planned: handle kaigo_document, actual: handle kaigo_document, annex: handle_or_null kaigo_document,
        minutes: val u32, json: new kaigo_buffer
    ) {
        json.give(Bytes(to_json(&reconciled(&planned, &actual, annex.as_deref(), minutes)?)))
    }
}
