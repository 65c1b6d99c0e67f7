//! care-json: what units or an inbox hold as one document, and back to units.

use kaigo_core::care::{CareDocument, Repeats};
use kaigo_core::document::{from_json, to_json};
use kaigo_core::exchange::Gathered;
use kaigo_core::format::csv::WriteOptions;
use kaigo_core::report::Report;

use crate::buffer::{Bytes, kaigo_buffer};
use crate::document::gaiji_of;
use crate::error::Fail;
use crate::inbox::kaigo_inbox;
use crate::report::{Findings, kaigo_report};
use crate::status::KAIGO_E_NUMBER;
use crate::table::{constants, exports};
use crate::unit::{Units, check_options, kaigo_check_options, kaigo_units};

constants! { CONSTANTS;
    /// Follow-up rows of 第2表 and of the annex of a prevention plan as the sender printed them.
    KAIGO_REPEATS_AS_READ: u32 = 0;
    /// Follow-up rows blank where they say what the row above says.
    KAIGO_REPEATS_BLANK: u32 = 1;
    /// Follow-up rows with everything on each.
    KAIGO_REPEATS_REPEATED: u32 = 2;
}

fn repeats_of(number: u32) -> Result<Repeats, Fail> {
    match number {
        KAIGO_REPEATS_AS_READ => Ok(Repeats::AsRead),
        KAIGO_REPEATS_BLANK => Ok(Repeats::Blank),
        KAIGO_REPEATS_REPEATED => Ok(Repeats::Repeated),
        _ => Err(Fail::argument(KAIGO_E_NUMBER, "repeats")),
    }
}

exports! { EXPORTS;
    /// What units hold, as a JSON document `CareDocument` (`kaigo_domain_open_utf8` takes it): care plans as needs, goals and
    /// supports, slips and actuals as lines, prevention plans, basic information. `report` holds what the check of the units
    /// finds and what the document cannot hold; it may be NULL. `flags`: 0, or `KAIGO_SHOW_PERSONAL`.
    call kaigo_care_read(
        units: handle kaigo_units, options: options kaigo_check_options, flags: val u32, json: new kaigo_buffer,
        report: new_or_null kaigo_report
    ) {
        let (document, found) = CareDocument::from_units(&units.0.units, &check_options(&options)?);
        report.give(Findings::new(found, flags)?)?;
        json.give(Bytes(to_json(&document)))
    }

    /// What is current in an inbox, as `kaigo_care_read` gives it.
    call kaigo_care_read_inbox(
        inbox: handle kaigo_inbox, flags: val u32, json: new kaigo_buffer, report: new_or_null kaigo_report
    ) {
        let (document, found) = CareDocument::from_inbox(&inbox.inbox);
        report.give(Findings::new(found, flags)?)?;
        json.give(Bytes(to_json(&document)))
    }

    /// The units that carry a JSON document `CareDocument`, in which `sender`, `receiver` and `sequence` must stand: the first
    /// unit has that sequence number, each of the others the second after the one before. `repeats` is one of
    /// `KAIGO_REPEATS_`, `gaiji` one of `KAIGO_GAIJI_`. `report` holds every character that was not written as itself; it may
    /// be NULL. `kaigo_unit_write_utf8` writes the files of a unit.
    call kaigo_care_write(
        data, data_len: bytes, repeats: val u32, gaiji: val u32, units: new kaigo_units,
        report: new_or_null kaigo_report
    ) {
        let options = WriteOptions { gaiji: gaiji_of(gaiji)?, ..WriteOptions::default() };
        let document: CareDocument = from_json(data)?;
        let (written, found) = document.to_units(repeats_of(repeats)?, &options)?;
        report.give(Findings::new(found, 0)?)?;
        units.give(Units(Gathered { units: written, report: Report::default() }))
    }
}
