//! Plans with their files that the WEB service takes and shows (同意・確認用登録, 交付用登録). Provisional.

use std::ffi::c_char;

use kaigo_core::document::to_json;
use kaigo_core::platform::{Agreement, NamedFile, PersonId};

use crate::buffer::{Bytes, kaigo_buffer};
use crate::error::Fail;
use crate::platform::{Fetched, kaigo_received, kaigo_session};
use crate::status::KAIGO_E_NUMBER;
use crate::table::{constants, exports};
use crate::unit::{SendingUnit, kaigo_unit};

constants! { CONSTANTS;
    /// The person agreed by their answer to a plan registered for consent; its `id` says which.
    KAIGO_AGREED_REGISTERED: u32 = 1;
    /// The person agreed on paper; the day, `YYYY-MM-DD`, says when.
    KAIGO_AGREED_ON_PAPER: u32 = 2;
}

fn person(insurer: &str, insured: &str) -> Result<PersonId, Fail> {
    Ok(PersonId { insurer: insurer.parse()?, insured: insured.parse()? })
}

fn files(unit: &SendingUnit) -> Result<Vec<NamedFile>, Fail> {
    Ok(unit.get()?.files().iter().map(NamedFile::try_from).collect::<Result<_, _>>()?)
}

fn agreement(how: u32, by: &str) -> Result<Agreement, Fail> {
    match how {
        KAIGO_AGREED_REGISTERED => Ok(Agreement::Registered(by.to_owned())),
        KAIGO_AGREED_ON_PAPER => Ok(Agreement::OnPaper(by.parse()?)),
        _ => Err(Fail::argument(KAIGO_E_NUMBER, "how")),
    }
}

exports! { EXPORTS;
    /// Puts the files of a unit up as a plan for the agreement of the person of that insurer and number (同意・確認用登録).
    /// `plan` holds a document `RegisteredPlan` in its JSON form; `plan_state` of `kaigo_session_ask_utf8` says later what the
    /// person answered. Repeating it changes nothing. Provisional.
    twin kaigo_session_register_plan_for_consent_utf8 / kaigo_session_register_plan_for_consent_utf16(
        session: handle kaigo_session, insurer, insurer_len: str, insured, insured_len: str, unit: handle kaigo_unit,
        plan: new kaigo_buffer
    ) {
        let (person, files) = (person(&insurer, &insured)?, files(&unit)?);
        plan.give(Bytes(to_json(&session.get()?.register_plan_for_consent(&person, &files)?)))
    }

    /// Delivers the files of a unit as a finished plan (交付用登録): from then on it is shown to the person, and to the offices
    /// that may see it. `how`, one of `KAIGO_AGREED_`, and `by` say how the person agreed to these very files. `plan` holds a
    /// document `RegisteredPlan` in its JSON form. Repeating it changes nothing. Provisional.
    twin kaigo_session_register_plan_for_delivery_utf8 / kaigo_session_register_plan_for_delivery_utf16(
        session: handle kaigo_session, insurer, insurer_len: str, insured, insured_len: str, unit: handle kaigo_unit,
        how: val u32, by, by_len: str, plan: new kaigo_buffer
    ) {
        let (person, files) = (person(&insurer, &insured)?, files(&unit)?);
        let agreement = agreement(how, &by)?;
        plan.give(Bytes(to_json(&session.get()?.register_plan_for_delivery(&person, &files, &agreement)?)))
    }

    /// Fetches a plan delivered for a person, whichever office did, by the `id` that `registered_plans` of
    /// `kaigo_session_ask_utf8` lists. `plan` holds a document `RegisteredPlan` in its JSON form, `received` the files.
    /// Provisional.
    twin kaigo_session_registered_plan_utf8 / kaigo_session_registered_plan_utf16(
        session: handle kaigo_session, insurer, insurer_len: str, insured, insured_len: str, id, id_len: str,
        plan: new kaigo_buffer, received: new kaigo_received
    ) {
        let person = person(&insurer, &insured)?;
        let (found, files) = session.get()?.registered_plan(&person, &id)?;
        plan.give(Bytes(to_json(&found)))?;
        received.give(Fetched::of_plan(files))
    }
}
