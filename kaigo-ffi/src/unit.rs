//! `kaigo_unit` and `kaigo_units`: the files that travel together.

use std::borrow::Cow;
use std::ffi::{c_char, c_void};
use std::path::Path;
use std::sync::Arc;

use kaigo_core::Watch;
use kaigo_core::exchange::{
    CheckOptions, FileName, Gathered, Party, SourceLimits, Unit, UnitFile, UnitKind, gather,
    read_source_watched,
};

use crate::argument::at;
use crate::document::{Document, Flags, kaigo_document, kind_number};
use crate::error::Fail;
use crate::name::bad_name;
use crate::report::{Findings, kaigo_report};
use crate::source::{Progress, kaigo_progress_fn};
use crate::status::{KAIGO_E_KIND, KAIGO_E_NOT_FOUND, KAIGO_E_NUMBER};
use crate::table::{constants, exports, handles, structs};

/// What is behind a `kaigo_unit`; `None` before its first file.
pub struct SendingUnit(pub(crate) Option<Unit>);

/// What is behind a `kaigo_units`.
pub struct Units(pub(crate) Gathered);

impl SendingUnit {
    /// The unit, which has a file.
    pub(crate) fn get(&self) -> Result<&Unit, Fail> {
        self.0.as_ref().ok_or_else(|| Fail::argument(KAIGO_E_KIND, "unit"))
    }

    fn files(&self) -> &[UnitFile] {
        self.0.as_ref().map_or(&[], Unit::files)
    }

    fn file(&self, index: u64) -> Result<&UnitFile, Fail> {
        self.files().get(at(index)).ok_or_else(|| Fail::argument(KAIGO_E_NOT_FOUND, "index"))
    }
}

/// How a caller checks.
pub(crate) fn check_options(options: &kaigo_check_options) -> Result<CheckOptions, Fail> {
    let flags = Flags::new(options.flags)?;
    Ok(CheckOptions {
        strictness: flags.strictness,
        finding_limit: flags.finding_limit(options.finding_limit),
    })
}

impl kaigo_check_options {
    fn watch(&self) -> Watch {
        Progress(self.progress, self.user).into()
    }
}

structs! { STRUCTS;
    /// How to open and check units. Zero everywhere but in `struct_size` is the default.
    struct kaigo_check_options: 48 {
        /// The size of this struct.
        struct_size: u32,
        /// 0, or `KAIGO_TOLERANT`.
        flags: u32,
        /// How many findings are kept for each file or unit; 0: 10,000.
        finding_limit: u64,
        /// How many files are opened at most; 0: 100,000.
        max_files: u64,
        /// How many bytes, unpacked, are read at most; 0: 4 GiB.
        max_bytes: u64,
        /// Told how far a call is that says so; may be NULL.
        progress: kaigo_progress_fn,
        /// Handed to `progress`.
        user: *mut c_void,
    }
}

handles! { HANDLES;
    /// The files that travel together under one sequence number. Any number of threads may read one at once.
    kaigo_unit = SendingUnit, 0x4B55_4E54, kaigo_unit_free;
    /// The units that were found in a folder or a ZIP archive, oldest first: the order of import. It does not change; any
    /// thread may use it, several at once.
    kaigo_units = Units, 0x4B55_4E53, kaigo_units_free;
}

/// Declares the numbers of the kinds of unit.
macro_rules! unit_kinds {
    ($( $(#[doc = $doc:literal])+ $name:ident = $number:literal $kind:ident; )*) => {
        constants! { KINDS; $( $(#[doc = $doc])+ $name: u32 = $number; )* }

        fn unit_kind_number(kind: UnitKind) -> u32 {
            match kind { $( UnitKind::$kind => $name, )* }
        }
    };
}

unit_kinds! {
    /// 第1表, 第2表, 第3表 and 利用者補足情報.
    KAIGO_UNIT_CARE_PLAN = 1 CarePlan;
    /// 第6表 予定, 第7表 and 利用者補足情報.
    KAIGO_UNIT_MONTHLY = 2 Monthly;
    /// 第6表 実績.
    KAIGO_UNIT_ACTUALS = 3 Actuals;
    /// 利用者基本情報 with its annexes and images.
    KAIGO_UNIT_BASIC_INFORMATION = 4 BasicInformation;
    /// 介護予防サービス・支援計画書 with its annex.
    KAIGO_UNIT_PREVENTION_PLAN = 5 PreventionPlan;
    /// 第1表 削除.
    KAIGO_UNIT_DELETE_CARE_PLAN = 6 DeleteCarePlan;
    /// 第6表 予定 削除.
    KAIGO_UNIT_DELETE_SLIP_PLAN = 7 DeleteSlipPlan;
    /// 第6表 実績 削除.
    KAIGO_UNIT_DELETE_SLIP_ACTUALS = 8 DeleteSlipActuals;
    /// 利用者基本情報 削除.
    KAIGO_UNIT_DELETE_BASIC_INFORMATION = 9 DeleteBasicInformation;
    /// 介護予防サービス・支援計画書 削除.
    KAIGO_UNIT_DELETE_PREVENTION_PLAN = 10 DeletePreventionPlan;
}

constants! { CONSTANTS;
    /// Of a unit: its sequence number.
    KAIGO_UNIT_TEXT_SEQUENCE: u32 = 1;
    /// Of a unit: the number of the office that sends it.
    KAIGO_UNIT_TEXT_SENDER_OFFICE: u32 = 2;
    /// Of a unit: the service type under which it is sent; empty in names before 4.1.
    KAIGO_UNIT_TEXT_SENDER_TYPE: u32 = 3;
    /// Of a unit: the number of the office that receives it.
    KAIGO_UNIT_TEXT_RECEIVER_OFFICE: u32 = 4;
    /// Of a unit: the service type under which it is received; empty in names before 4.1.
    KAIGO_UNIT_TEXT_RECEIVER_TYPE: u32 = 5;
}

/// The office or the service type of a party.
fn party(party: Option<Party>, office: bool) -> String {
    match party {
        Some(party) if office => party.office.to_string(),
        Some(Party { service_type: Some(service_type), .. }) => service_type.to_string(),
        _ => String::new(),
    }
}

exports! { EXPORTS;
    /// Reads a folder with all below it, a ZIP archive, or a file, and puts the files together into units. Progress is told
    /// in bytes, of a total that is not known.
    twin kaigo_units_open_utf8 / kaigo_units_open_utf16(
        path, path_len: str, options: options kaigo_check_options, units: new kaigo_units
    ) {
        let mut limits = SourceLimits::default();
        if options.max_files > 0 {
            limits.files = at(options.max_files);
        }
        if options.max_bytes > 0 {
            limits.bytes = options.max_bytes;
        }
        let files = read_source_watched(Path::new(&*path), limits, &options.watch())?;
        units.give(Units(gather(files, &check_options(&options)?)))
    }

    /// How many units there are.
    call kaigo_units_count(units: handle kaigo_units, count: out u64) {
        count.set(units.0.units.len() as u64)
    }

    /// What is wrong with files that belong to no unit. `flags`: 0, or `KAIGO_SHOW_PERSONAL`.
    call kaigo_units_report(units: handle kaigo_units, flags: val u32, report: new kaigo_report) {
        report.give(Findings::new(units.0.report.clone(), flags)?)
    }

    /// A copy of the unit at an index, from 0.
    call kaigo_units_get(units: handle kaigo_units, index: val u64, unit: new kaigo_unit) {
        let found = units.0.units.get(at(index)).ok_or_else(|| Fail::argument(KAIGO_E_NOT_FOUND, "index"))?;
        unit.give(SendingUnit(Some(found.clone())))
    }

    /// Makes a unit without files.
    call kaigo_unit_new(unit: new kaigo_unit) {
        unit.give(SendingUnit(None))
    }

    /// Adds a file, whose name must tell what it is. The bytes are copied. Ends all views of the unit.
    twin kaigo_unit_add_utf8 / kaigo_unit_add_utf16(
        unit: alone kaigo_unit, name, name_len: str, data, data_len: bytes
    ) {
        FileName::parse_tolerant(&name).map_err(bad_name)?;
        let old = unit.files().iter().map(|file| (file.name().to_owned(), file.bytes().to_vec()));
        let files: Vec<_> = old.chain([(name.into_owned(), data.to_vec())]).collect();
        unit.0 = Unit::new(files);
        Ok(())
    }

    /// Which of the allowed units it is, one of `KAIGO_UNIT_`; 0 when it is none of them.
    call kaigo_unit_kind(unit: handle kaigo_unit, kind: out u32) {
        kind.set(unit.0.as_ref().and_then(Unit::kind).map_or(0, unit_kind_number))
    }

    /// A text of a unit: one of `KAIGO_UNIT_TEXT_`; empty before its first file.
    text kaigo_unit_text_utf8 / kaigo_unit_text_utf16 / kaigo_unit_text_view_utf8 / kaigo_unit_text_view_utf16
        of unit: kaigo_unit [what: u32] {
        let of = unit.0.as_ref();
        Cow::Owned(match what {
            KAIGO_UNIT_TEXT_SEQUENCE => {
                of.and_then(Unit::sequence).map(|sequence| sequence.to_string()).unwrap_or_default()
            }
            KAIGO_UNIT_TEXT_SENDER_OFFICE => party(of.and_then(Unit::sender), true),
            KAIGO_UNIT_TEXT_SENDER_TYPE => party(of.and_then(Unit::sender), false),
            KAIGO_UNIT_TEXT_RECEIVER_OFFICE => party(of.and_then(Unit::receiver), true),
            KAIGO_UNIT_TEXT_RECEIVER_TYPE => party(of.and_then(Unit::receiver), false),
            _ => return Err(Fail::argument(KAIGO_E_NUMBER, "what")),
        })
    }

    /// How many files there are.
    call kaigo_unit_files(unit: handle kaigo_unit, count: out u64) {
        count.set(unit.files().len() as u64)
    }

    /// The name of the file at an index, from 0.
    text kaigo_unit_file_name_utf8 / kaigo_unit_file_name_utf16
        / kaigo_unit_file_name_view_utf8 / kaigo_unit_file_name_view_utf16
        of unit: kaigo_unit [index: u64] {
        Cow::Borrowed(unit.file(index)?.name())
    }

    /// The kind of the file at an index, from 0: one of `KAIGO_KIND_`.
    call kaigo_unit_file_kind(unit: handle kaigo_unit, index: val u64, kind: out u32) {
        kind.set(kind_number(unit.file(index)?.parsed().kind()))
    }

    /// A view of the bytes of the file at an index, from 0, until the unit is changed or freed.
    call kaigo_unit_file_bytes(unit: handle kaigo_unit, index: val u64, data, data_len: out_bytes) {
        data.elements(unit.file(index)?.bytes())
    }

    /// The records of the file at an index, from 0, read and checked by itself.
    call kaigo_unit_document(
        unit: handle kaigo_unit, index: val u64, options: options kaigo_check_options, document: new kaigo_document
    ) {
        let (file, options) = (unit.file(index)?, check_options(&options)?);
        document.give(Document::of_file(file.name(), Arc::new(file.bytes().to_vec()), &options))
    }

    /// Checks every file, and the files against each other. Progress is told in files. `flags`: 0, or `KAIGO_SHOW_PERSONAL`.
    call kaigo_unit_check(
        unit: handle kaigo_unit, options: options kaigo_check_options, flags: val u32, report: new kaigo_report
    ) {
        let found = unit.get()?.check_watched(&check_options(&options)?, &options.watch())?;
        report.give(Findings::new(found, flags)?)
    }

    /// Writes the files into a folder, which is made when it is missing; all of them or none. Progress, told to a function
    /// that may be NULL, is in files.
    twin kaigo_unit_write_utf8 / kaigo_unit_write_utf16(
        unit: handle kaigo_unit, folder, folder_len: str, progress: val kaigo_progress_fn, user: user
    ) {
        Ok(unit.get()?.write_to_watched(Path::new(&*folder), &Progress(progress, user).into())?)
    }
}
