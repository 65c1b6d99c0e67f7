//! `kaigo_inbox`: what a receiver holds; and planned against actual, whole and as `kaigo_visits`.

use std::borrow::Cow;
use std::ffi::c_char;

use kaigo_core::calendar::Month;
use kaigo_core::care::{Prices, Reconciliation, SlipVisit, Tolerance, VisitOutcome, reconcile_priced};
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
    pub(crate) inbox: Inbox,
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
pub(crate) fn slips<'d>(document: &'d Document, name: &'static str) -> Result<&'d [ServiceSlip<'d>], Fail> {
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

/// What is behind a `kaigo_visits`: outcome, planned row, actual row.
pub struct Visits(Vec<(VisitOutcome, u64, u64)>);

handles! { HANDLES;
    /// What a receiver holds after putting units in. Any number of threads may read one at once; `kaigo_inbox_apply` must
    /// be alone with it.
    kaigo_inbox = Held, 0x4B49_4E42, kaigo_inbox_free;
    /// Planned against actual visits. It does not change; any thread may use it, several at once.
    kaigo_visits = Visits, 0x4B56_4953, kaigo_visits_free;
}

constants! { CONSTANTS;
    /// Of a client: the number of the insurer.
    KAIGO_CLIENT_INSURER: u32 = 1;
    /// Of a client: the number of the insured person.
    KAIGO_CLIENT_INSURED: u32 = 2;

    /// A visit was given as planned.
    KAIGO_VISIT_AS_PLANNED: u32 = 1;
    /// A visit was planned and not given.
    KAIGO_VISIT_CANCELLED: u32 = 2;
    /// A visit was given at another time, or on another day.
    KAIGO_VISIT_MOVED: u32 = 3;
    /// A visit was given and not planned.
    KAIGO_VISIT_ADDED: u32 = 4;
    /// A visit was given at the planned time, another number of times.
    KAIGO_VISIT_RECOUNTED: u32 = 5;
    /// Another service was given at the planned time.
    KAIGO_VISIT_CHANGED_CODE: u32 = 6;
    /// A row may be one of several of the other side: `kaigo_reconcile` names them.
    KAIGO_VISIT_AMBIGUOUS: u32 = 7;
    /// A visit was planned with a provider from which there are no actuals of the service type and month.
    KAIGO_VISIT_NOT_REPORTED: u32 = 8;
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

    /// Matches planned with actual visits as `kaigo_reconcile` does, to the minute: outcomes and rows alone, in its order.
    call kaigo_visits_compare(planned: handle kaigo_document, actual: handle kaigo_document, visits: new kaigo_visits) {
        let found = reconciled(&planned, &actual, None, 0)?;
        let row = |visit: &Option<SlipVisit>| visit.as_ref().map_or(0, |visit| visit.row.into());
        let rows = found.visits().map(|(_, visit)| (visit.outcome, row(&visit.planned), row(&visit.actual)));
        visits.give(Visits(rows.collect()))
    }

    /// How many visits there are.
    call kaigo_visits_count(visits: handle kaigo_visits, count: out u64) {
        count.set(visits.0.len() as u64)
    }

    /// The visit at an index, from 0: one of `KAIGO_VISIT_`, and its rows in the documents compared, 0 where it has none.
    call kaigo_visits_get(
        visits: handle kaigo_visits, index: val u64, outcome: out u32, planned_row: out u64, actual_row: out u64
    ) {
        let (found, planned, actual) =
            *visits.0.get(at(index)).ok_or_else(|| Fail::argument(KAIGO_E_NOT_FOUND, "index"))?;
        planned_row.set(planned)?;
        actual_row.set(actual)?;
        outcome.set(match found {
            VisitOutcome::AsPlanned => KAIGO_VISIT_AS_PLANNED,
            VisitOutcome::Cancelled => KAIGO_VISIT_CANCELLED,
            VisitOutcome::Moved => KAIGO_VISIT_MOVED,
            VisitOutcome::Added => KAIGO_VISIT_ADDED,
            VisitOutcome::ChangedCount => KAIGO_VISIT_RECOUNTED,
            VisitOutcome::ChangedCode => KAIGO_VISIT_CHANGED_CODE,
            VisitOutcome::Ambiguous => KAIGO_VISIT_AMBIGUOUS,
            VisitOutcome::NotReported => KAIGO_VISIT_NOT_REPORTED,
        })
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
