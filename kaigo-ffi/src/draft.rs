//! `kaigo_draft`: actuals in the making.

use std::ffi::c_char;

use kaigo_core::calendar::{ClockTime, Date};
use kaigo_core::care::{ActualsDraft, DraftError, VisitId, VisitState};
use kaigo_core::exchange::{Gathered, SequenceStore, Unit};
use kaigo_core::ident::ServiceCode;
use kaigo_core::record::{Record as _, Records, ServiceSlip};
use kaigo_core::report::Report;

use crate::argument::at;
use crate::document::{Document, kaigo_document};
use crate::error::Fail;
use crate::inbox::slips;
use crate::status::{KAIGO_E_NOT_FOUND, KAIGO_E_NUMBER};
use crate::table::{constants, exports, handles};
use crate::unit::{Units, kaigo_unit, kaigo_units};

/// What is behind a `kaigo_draft`.
pub struct Draft(ActualsDraft);

handles! { HANDLES;
    /// The actuals of an office for the clients of one care-management office in a month, in the making. Any number of threads
    /// may read one at once; a call that changes it must be alone with it.
    kaigo_draft = Draft, 0x4B44_5246, kaigo_draft_free;
}

constants! { CONSTANTS;
    /// A visit of a draft is given as planned.
    KAIGO_DRAFT_AS_PLANNED: u32 = 1;
    /// A visit of a draft is given otherwise than planned.
    KAIGO_DRAFT_CHANGED: u32 = 2;
    /// A visit of a draft is not given.
    KAIGO_DRAFT_CANCELLED: u32 = 3;
    /// A visit of a draft is given and was not planned.
    KAIGO_DRAFT_ADDED: u32 = 4;
}

impl Draft {
    /// A day of the draft's month.
    fn day(&self, day: u32) -> Result<Date, DraftError> {
        let month = self.0.month();
        let day = i8::try_from(day).map_err(|_| DraftError::Day)?;
        Date::new(month.year(), month.month_of_year(), day).ok_or(DraftError::Day)
    }
}

fn id(visit: u64) -> VisitId {
    VisitId(at(visit))
}

/// A time as HHMM, or 9999.
fn time(number: u32, name: &'static str) -> Result<ClockTime, Fail> {
    let text = format!("{number:04}");
    ClockTime::from_ascii(text.as_bytes()).map_err(|_| Fail::argument(KAIGO_E_NUMBER, name))
}

fn code(text: &str) -> Result<ServiceCode, Fail> {
    Ok(text.parse()?)
}

fn rows(rows: Vec<ServiceSlip<'static>>) -> Document {
    Document::owned(Records::SlipActuals(rows), Report::default())
}

fn units(units: Vec<Unit>) -> Units {
    Units(Gathered { units, report: Report::default() })
}

exports! { EXPORTS;
    /// The draft of a plan as it came (a unit with UPPLAN): for the office that received it, to the one that sent it, as if all
    /// had been given as planned. `made_on` as YYYYMMDD.
    call kaigo_draft_of_unit(unit: handle kaigo_unit, made_on: val u32, draft: new kaigo_draft) {
        let made_on = Date::from_ascii(format!("{made_on:08}").as_bytes())
            .map_err(|_| Fail::argument(KAIGO_E_NUMBER, "made_on"))?;
        draft.give(Draft(ActualsDraft::of_unit(unit.get()?, made_on)?))
    }

    /// How many visits there are, the cancelled ones among them. A visit keeps its index, from 0.
    call kaigo_draft_visits(draft: handle kaigo_draft, count: out u64) {
        count.set(draft.0.visits().count() as u64)
    }

    /// The visit at an index: its state, one of `KAIGO_DRAFT_`, and its rows, a service with its add-ons.
    call kaigo_draft_visit(
        draft: handle kaigo_draft, visit: val u64, state: out u32, document: new kaigo_document
    ) {
        let (_, found) =
            draft.0.visits().nth(at(visit)).ok_or_else(|| Fail::argument(KAIGO_E_NOT_FOUND, "visit"))?;
        state.set(match found.state() {
            VisitState::AsPlanned => KAIGO_DRAFT_AS_PLANNED,
            VisitState::Changed => KAIGO_DRAFT_CHANGED,
            VisitState::Cancelled => KAIGO_DRAFT_CANCELLED,
            VisitState::Added => KAIGO_DRAFT_ADDED,
        })?;
        document.give(rows(found.rows().to_vec()))
    }

    /// What will be sent: the rows of all visits but the cancelled ones.
    call kaigo_draft_rows(draft: handle kaigo_draft, document: new kaigo_document) {
        document.give(rows(draft.0.rows().cloned().collect()))
    }

    /// The visit was not given.
    call kaigo_draft_cancel(draft: alone kaigo_draft, visit: val u64) {
        Ok(draft.0.cancel(id(visit))?)
    }

    /// The visit was given after all, as its rows stand.
    call kaigo_draft_restore(draft: alone kaigo_draft, visit: val u64) {
        Ok(draft.0.restore(id(visit))?)
    }

    /// The visit was given on that day of the month at those times, its add-ons with it. Times as HHMM, or both 9999.
    call kaigo_draft_move(
        draft: alone kaigo_draft, visit: val u64, day: val u32, start: val u32, end: val u32
    ) {
        let day = draft.day(day)?;
        Ok(draft.0.move_to(id(visit), day, time(start, "start")?, time(end, "end")?)?)
    }

    /// A service of the visit was given so many times, 1 to 99.
    twin kaigo_draft_recount_utf8 / kaigo_draft_recount_utf16(
        draft: alone kaigo_draft, visit: val u64, service_code, service_code_len: str, count: val u32
    ) {
        let count = i32::try_from(count).map_err(|_| DraftError::Count)?;
        Ok(draft.0.recount(id(visit), code(&service_code)?, count)?)
    }

    /// Another service was given in place of one, at so many units a time after discount.
    twin kaigo_draft_recode_utf8 / kaigo_draft_recode_utf16(
        draft: alone kaigo_draft, visit: val u64, service_code, service_code_len: str, given, given_len: str,
        units: val u32
    ) {
        let units = i32::try_from(units).map_err(|_| DraftError::Units)?;
        Ok(draft.0.recode(id(visit), code(&service_code)?, code(&given)?, units)?)
    }

    /// A visit that was not planned, like another one, on that day of the month at those times; `added` is its index.
    call kaigo_draft_add_like(
        draft: alone kaigo_draft, visit: val u64, day: val u32, start: val u32, end: val u32, added: out u64
    ) {
        let day = draft.day(day)?;
        added.set(draft.0.add_like(id(visit), day, time(start, "start")?, time(end, "end")?)?.0 as u64)
    }

    /// A visit that was not planned: a row, from 1, of a document of 第6表, of this office and month; `added` is its index.
    call kaigo_draft_add(
        draft: alone kaigo_draft, document: handle kaigo_document, row: val u64, added: out u64
    ) {
        let found = row.checked_sub(1).and_then(|index| slips(&document, "document").ok()?.get(at(index)));
        let found = found.ok_or_else(|| Fail::argument(KAIGO_E_NOT_FOUND, "row"))?;
        added.set(draft.0.add(found.clone().into_owned())?.0 as u64)
    }

    /// All of it, as units: one for each service type, each with a sequence number from the store at that path.
    twin kaigo_draft_units_utf8 / kaigo_draft_units_utf16(
        draft: handle kaigo_draft, store, store_len: str, made: new kaigo_units
    ) {
        let store = SequenceStore::new(&*store);
        made.give(units(draft.0.to_units(&mut || store.next())?))
    }

    /// What must be sent so that a receiver of the rows of `sent` holds this draft: actuals, for each client and service type
    /// with a change everything of it; and deletions, where nothing of it is left.
    twin kaigo_draft_corrections_utf8 / kaigo_draft_corrections_utf16(
        draft: handle kaigo_draft, sent: handle kaigo_document, store, store_len: str, actuals: new kaigo_units,
        deletions: new kaigo_units
    ) {
        let store = SequenceStore::new(&*store);
        let found = draft.0.corrections(slips(&sent, "sent")?, &mut || store.next())?;
        actuals.give(units(found.actuals))?;
        deletions.give(units(found.deletions))
    }
}
