//! Conversion from one form to another with what is lost, and batches over folders.

use std::ffi::{c_char, c_void};
use std::path::{Path, PathBuf};

use kaigo_core::batch::{self, BatchOptions, Summary};
use kaigo_core::convert::{ConvertOptions, Form, convert};
use kaigo_core::document::{from_json, to_json};
use kaigo_core::exchange::CheckOptions;
use kaigo_core::standard::StandardProfile;

use crate::argument::at;
use crate::buffer::{Bytes, kaigo_buffer};
use crate::document::{
    Flags, KAIGO_FORM_CSV, KAIGO_FORM_JSON, KAIGO_FORM_XML, KAIGO_TOLERANT, gaiji_of, kind_of,
};
use crate::error::Fail;
use crate::report::{Findings, kaigo_report};
use crate::source::{Progress, kaigo_progress_fn};
use crate::status::KAIGO_E_NUMBER;
use crate::table::{constants, exports, structs};

constants! { CONSTANTS;
    /// Flag of a conversion: a file of which something would be lost is refused with `KAIGO_E_LOSSY`.
    KAIGO_LOSSLESS: u32 = 4;
}

structs! { STRUCTS;
    /// How to convert, and how a batch is run. Zero everywhere but in `struct_size` is the default.
    struct kaigo_convert_options: 48 {
        /// The size of this struct.
        struct_size: u32,
        /// 0, or `KAIGO_TOLERANT` and `KAIGO_LOSSLESS`, added.
        flags: u32,
        /// One of `KAIGO_GAIJI_`.
        gaiji: u32,
        /// The kind of the file, one of `KAIGO_KIND_`; 0 where its name or its content tells.
        kind: u32,
        /// How many findings and losses are kept for a file; 0: 10,000.
        finding_limit: u64,
        /// How many threads a batch has; 0: one a core.
        jobs: u64,
        /// Told of files that a batch has done; may be NULL.
        progress: kaigo_progress_fn,
        /// Handed to `progress`.
        user: *mut c_void,
    }
}

fn form_of(number: u32) -> Result<Form, Fail> {
    match number {
        KAIGO_FORM_CSV => Ok(Form::Csv),
        KAIGO_FORM_JSON => Ok(Form::Json),
        KAIGO_FORM_XML => Ok(Form::Xml),
        _ => Err(Fail::argument(KAIGO_E_NUMBER, "to")),
    }
}

impl kaigo_convert_options {
    fn conversion(&self, profile: &[u8]) -> Result<ConvertOptions, Fail> {
        if self.flags & !(KAIGO_TOLERANT | KAIGO_LOSSLESS) != 0 {
            return Err(Fail::argument(KAIGO_E_NUMBER, "flags"));
        }
        let flags = Flags::new(self.flags & KAIGO_TOLERANT)?;
        let mut options = ConvertOptions {
            kind: if self.kind == 0 { None } else { Some(kind_of(self.kind)?) },
            strictness: flags.strictness,
            gaiji: gaiji_of(self.gaiji)?,
            lossless: self.flags & KAIGO_LOSSLESS != 0,
            finding_limit: flags.finding_limit(self.finding_limit),
            ..ConvertOptions::default()
        };
        if !profile.is_empty() {
            options.profile = from_json::<StandardProfile>(profile)?.into();
        }
        Ok(options)
    }

    fn batch(&self, manifest: &str) -> BatchOptions {
        BatchOptions {
            jobs: at(self.jobs),
            manifest: Some(manifest).filter(|path| !path.is_empty()).map(PathBuf::from),
            watch: Progress(self.progress, self.user).into(),
            ..BatchOptions::default()
        }
    }
}

fn summed(summary: Summary) -> Bytes {
    let Summary { files, skipped, unreadable, refused, failed, errors, warnings, losses } = summary;
    let members = serde_json::json!({
        "files": files, "skipped": skipped, "unreadable": unreadable, "refused": refused, "failed": failed,
        "errors": errors, "warnings": warnings, "losses": losses,
    });
    Bytes(members.to_string().into_bytes())
}

exports! { EXPORTS;
    /// Converts a file of records into one of `KAIGO_FORM_`; its own form is told by its first sign, its kind by its name or
    /// the options. `profile`: a JSON document `StandardProfile` to use instead of the library's, or a length of 0.
    ///
    /// `found` is what was found in the file, `losses` what the new form does not take (codes `loss.…`), and `loss_report` the
    /// same as a JSON document `LossReport`; each may be NULL. `KAIGO_E_UNWRITABLE` and `KAIGO_E_LOSSY` give nothing, and their
    /// errors have the losses.
    twin kaigo_convert_utf8 / kaigo_convert_utf16(
        name, name_len: str, data, data_len: bytes, to: val u32, options: options kaigo_convert_options,
        profile, profile_len: bytes, converted: new kaigo_buffer, found: new_or_null kaigo_report,
        losses: new_or_null kaigo_report, loss_report: new_or_null kaigo_buffer
    ) {
        let done = convert(&name, data, form_of(to)?, &options.conversion(profile)?)?;
        found.give(Findings::new(done.report, 0)?)?;
        losses.give(Findings::new(done.losses.report(), 0)?)?;
        loss_report.give(Bytes(to_json(&done.losses.to_document())))?;
        converted.give(Bytes(done.bytes))
    }

    /// Checks every file below a folder, or in an archive, on several threads. `manifest` is the path of a file that
    /// remembers what is finished, a line of JSON a file, or a text of length 0; what is finished and unchanged is skipped.
    /// `summary`: `files`, `skipped`, `unreadable`, `refused`, `failed`, `errors`, `warnings` and `losses` as a JSON object.
    twin kaigo_batch_validate_utf8 / kaigo_batch_validate_utf16(
        path, path_len: str, manifest, manifest_len: str, options: options kaigo_convert_options,
        summary: new kaigo_buffer
    ) {
        let how = options.conversion(&[])?;
        let check = CheckOptions { strictness: how.strictness, finding_limit: how.finding_limit };
        let done = batch::validate(Path::new(&*path), &check, &options.batch(&manifest), drop)?;
        summary.give(summed(done))
    }

    /// Converts every file below a folder, or in an archive, into a folder of the same shape; the files of a sending unit
    /// all or none. The rest is as in `kaigo_batch_validate_utf8` and `kaigo_convert_utf8`.
    twin kaigo_batch_convert_utf8 / kaigo_batch_convert_utf16(
        path, path_len: str, into, into_len: str, manifest, manifest_len: str, to: val u32,
        options: options kaigo_convert_options, profile, profile_len: bytes, summary: new kaigo_buffer
    ) {
        let how = options.conversion(profile)?;
        let (path, into, to) = (Path::new(&*path), Path::new(&*into), form_of(to)?);
        let done = batch::convert(path, into, to, &how, &options.batch(&manifest), drop)?;
        summary.give(summed(done))
    }
}
