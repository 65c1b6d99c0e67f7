//! What is done with the files of a unit.

use std::path::{Path, PathBuf};

use super::Done;
use super::manifest::{Brief, Known, ManifestLine, Outcome};
use super::walk::Found;
use crate::convert::{Conversion, ConvertOptions, Form, convert, convert_files};
use crate::document::Line;
use crate::error::{Error, ErrorKind, Result};
use crate::exchange::{CheckOptions, SourceFile, check_unit_in_any_form, gather, write_files};
use crate::record::FileKind;
use crate::report::{Lang, Report, Severity};

/// What a batch does.
pub(super) enum Job {
    Validate(CheckOptions),
    Convert { into: PathBuf, to: Form, options: ConvertOptions },
}

impl Job {
    /// What another run must ask for, too, to go on with a manifest.
    pub(super) fn settings(&self) -> String {
        let version = env!("CARGO_PKG_VERSION");
        match self {
            Self::Validate(CheckOptions { strictness, finding_limit }) => {
                format!("kaigo {version} validate {strictness:?} {finding_limit}")
            }
            Self::Convert { to, options, .. } => {
                let ConvertOptions { from, kind, strictness, gaiji, lossless, profile, finding_limit } =
                    options;
                let profile = (profile.name.as_str(), profile.version.as_str(), profile.revision);
                format!(
                    "kaigo {version} convert {to:?} {from:?} {kind:?} {strictness:?} {gaiji:?} {lossless} {profile:?} \
                     {finding_limit}"
                )
            }
        }
    }
}

/// Files that are worked on together.
pub(super) enum Task {
    /// The files of a unit.
    Unit(Vec<Found>),
    /// A file whose name is none of the standard's.
    Lone(Found),
    /// A folder or archive that could not be listed, from the root.
    Unusable(PathBuf, Error),
}

impl Task {
    fn files(&self) -> &[Found] {
        match self {
            Self::Unit(files) => files,
            Self::Lone(file) => std::slice::from_ref(file),
            Self::Unusable(..) => &[],
        }
    }

    pub(super) fn len(&self) -> usize {
        self.files().len().max(usize::from(matches!(self, Self::Unusable(..))))
    }

    /// Does it, unless it was done before.
    pub(super) fn run(self, job: &Job, known: &Known, unit_bytes: u64) -> Done {
        if let Self::Unusable(folder, error) = &self {
            let mut line = line("", 0, "", 1);
            let parts: Vec<_> = folder.iter().map(|part| part.to_string_lossy()).collect();
            line.path = Line::of_ours(if parts.is_empty() { ".".to_owned() } else { parts.join("/") });
            return failed(vec![line], error, Outcome::Unreadable);
        }
        let files = self.files();
        let of = files.len();
        let briefs: Vec<Option<Brief>> =
            files.iter().map(|file| known.get(&file.path(), file.size, &file.stamp)).collect();
        let lines =
            files.iter().map(|file| line(&file.path(), file.size, &file.stamp, of)).collect::<Vec<_>>();
        let was_done = |(file, brief): (&Found, &Option<Brief>)| {
            brief.is_some_and(|brief| brief.of as usize == of && job.output_stands(file, brief.outcome))
        };
        if files.iter().zip(&briefs).all(was_done) {
            return skipped(lines, &briefs);
        }
        match self.work(job, unit_bytes, lines.clone()) {
            Ok(done) => done,
            Err(error) => {
                let refused = matches!(error.kind(), ErrorKind::Unwritable { .. } | ErrorKind::Lossy { .. });
                failed(lines, &error, if refused { Outcome::Refused } else { Outcome::Unreadable })
            }
        }
    }

    fn read(&self, unit_bytes: u64) -> Result<Vec<SourceFile>> {
        let mut left = unit_bytes;
        let read = |file: &Found| {
            let bytes = file.read(left)?;
            left -= bytes.len() as u64;
            Ok(SourceFile { folder: PathBuf::new(), name: file.name.clone(), bytes })
        };
        self.files().iter().map(read).collect()
    }

    fn work(&self, job: &Job, unit_bytes: u64, lines: Vec<ManifestLine>) -> Result<Done> {
        match (job, self) {
            (Job::Validate(check), Self::Lone(file)) => {
                let name = SourceFile { folder: PathBuf::new(), name: file.name.clone(), bytes: Vec::new() };
                Ok(checked(lines, self.files(), gather(vec![name], check).report))
            }
            (Job::Validate(check), _) => {
                let files = self.read(unit_bytes)?;
                let report =
                    check_unit_in_any_form(files.iter().map(|file| (&*file.name, &*file.bytes)), check)?;
                Ok(checked(lines, self.files(), report))
            }
            (Job::Convert { .. }, Self::Lone(file)) if Form::of_name(&file.name).is_none() => {
                Ok(Done { files: with_outcome(lines, Outcome::LeftOut), ..Done::empty() })
            }
            (Job::Convert { into, to, options }, _) => {
                if self.files().iter().any(|file| file.taken) {
                    return Ok(failed(lines, &ErrorKind::UnsafeName.into(), Outcome::Refused));
                }
                let files = self.read(unit_bytes)?;
                let converted = match (files.as_slice(), self) {
                    ([file], Self::Lone(_)) => {
                        vec![(to.name_of(&file.name), convert(&file.name, &file.bytes, *to, options)?)]
                    }
                    _ => convert_files(files.iter().map(|file| (&*file.name, &*file.bytes)), *to, options)?,
                };
                let folder = self.files().first().map(|file| file.folder.as_path()).unwrap_or(Path::new(""));
                let written = converted.iter().map(|(name, file)| (name.as_str(), file.bytes.as_slice()));
                write_files(&into.join(folder), written)?;
                Ok(done(lines, folder, converted, options.finding_limit))
            }
        }
    }
}

impl Job {
    /// Whether what was made of a file is there.
    fn output_stands(&self, file: &Found, outcome: Outcome) -> bool {
        match (self, outcome) {
            (Self::Convert { into, to, .. }, Outcome::Converted | Outcome::Copied) => {
                into.join(&file.folder).join(to.name_of(&file.name)).is_file()
            }
            _ => true,
        }
    }
}

impl Done {
    fn empty() -> Self {
        let report = Report::default();
        Self { files: Vec::new(), skipped: false, report, losses: Vec::new(), error: None }
    }
}

fn line(path: &str, size: u64, stamp: &str, of: usize) -> ManifestLine {
    ManifestLine {
        path: Line::of_ours(path),
        size: size.try_into().unwrap_or(u32::MAX),
        stamp: Line::of_ours(stamp),
        of: of.try_into().unwrap_or(u32::MAX),
        outcome: Outcome::Unreadable,
        error: None,
        errors: 0,
        warnings: 0,
        losses: 0,
        output: None,
    }
}

fn with_outcome(mut lines: Vec<ManifestLine>, outcome: Outcome) -> Vec<ManifestLine> {
    lines.iter_mut().for_each(|line| line.outcome = outcome);
    lines
}

fn skipped(mut lines: Vec<ManifestLine>, briefs: &[Option<Brief>]) -> Done {
    for (line, brief) in lines.iter_mut().zip(briefs.iter().flatten()) {
        line.outcome = brief.outcome;
        [line.errors, line.warnings, line.losses] = brief.counts;
    }
    Done { files: lines, skipped: true, ..Done::empty() }
}

/// The work on the files was stopped by an error, which may bring findings.
fn failed(lines: Vec<ManifestLine>, error: &Error, outcome: Outcome) -> Done {
    let mut lines = with_outcome(lines, outcome);
    lines.iter_mut().for_each(|line| line.error = Some(Line::of_ours(error.code())));
    let report = match error.kind() {
        ErrorKind::Unwritable { report } | ErrorKind::Lossy { report } => report.clone(),
        _ => Report::default(),
    };
    let message = |lang| error.message(lang);
    let error = Some((message(Lang::Japanese), message(Lang::English)));
    Done { files: lines, report, error, ..Done::empty() }
}

/// The findings of a unit, counted for the file that they stand in, and for the first where they stand in none.
fn checked(lines: Vec<ManifestLine>, files: &[Found], report: Report) -> Done {
    let mut lines = with_outcome(lines, Outcome::Checked);
    let (mut errors, mut warnings) = (report.errors(), report.warnings());
    for finding in report.findings() {
        let in_file = |file: &Found| Some(file.name.as_str()) == finding.place.file.as_deref();
        let Some(line) = files.iter().position(in_file).and_then(|at| lines.get_mut(at)) else { continue };
        let (count, left) = match finding.severity {
            Severity::Error => (&mut line.errors, &mut errors),
            Severity::Warning => (&mut line.warnings, &mut warnings),
        };
        *count += 1;
        *left -= 1;
    }
    if let Some(first) = lines.first_mut() {
        first.errors += clamp(errors);
        first.warnings += clamp(warnings);
    }
    Done { files: lines, report, ..Done::empty() }
}

fn done(
    mut lines: Vec<ManifestLine>,
    folder: &Path,
    converted: Vec<(String, Conversion)>,
    limit: usize,
) -> Done {
    let mut done = Done { report: Report::with_limit(limit), ..Done::empty() };
    for (line, (name, file)) in lines.iter_mut().zip(converted) {
        line.outcome = if file.kind == FileKind::FamilyImage { Outcome::Copied } else { Outcome::Converted };
        line.errors = clamp(file.report.errors());
        line.warnings = clamp(file.report.warnings());
        line.losses = clamp(file.losses.len());
        let parts = folder.iter().map(|part| part.to_string_lossy().into_owned());
        line.output = Some(Line::of_ours(parts.chain([name]).collect::<Vec<_>>().join("/")));
        done.report.extend(file.report);
        done.losses.push(file.losses);
    }
    done.files = lines;
    done
}

fn clamp(count: u64) -> u32 {
    count.try_into().unwrap_or(u32::MAX)
}
