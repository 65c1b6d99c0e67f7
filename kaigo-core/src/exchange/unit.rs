//! Sending units: the files that travel together under one sequence number.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::check::{CheckOptions, CheckedFile, check_file, check_together};
use super::links::links;
use super::source::{SourceFile, write_files_as_zip, write_files_watched};
use super::{FileName, Party, Sequence};
use crate::convert::{Form, read_document};
use crate::error::{ErrorKind, Result};
use crate::format::json::ReadOptions;
use crate::progress::Watch;
use crate::record::{FileKind, MonthOrZeros, Records};
use crate::report::{Code, Finding, Report};
use crate::standard::StandardProfile;

/// The sending units that the standard allows.
#[doc(alias = "送信単位")]
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum UnitKind {
    /// 第1表 + 第2表 + 第3表 + 利用者補足情報.
    CarePlan,
    /// 第6表 予定 + 第7表 + 利用者補足情報.
    Monthly,
    /// 第6表 実績.
    Actuals,
    /// 利用者基本情報, with its annexes and images.
    BasicInformation,
    /// 介護予防サービス・支援計画書 with its annex, and 利用者基本情報 where it is sent along.
    PreventionPlan,
    /// 第1表 削除.
    DeleteCarePlan,
    /// 第6表 予定 削除.
    DeleteSlipPlan,
    /// 第6表 実績 削除.
    DeleteSlipActuals,
    /// 利用者基本情報 削除.
    DeleteBasicInformation,
    /// 介護予防サービス・支援計画書 削除.
    DeletePreventionPlan,
}

/// A kind of unit: the kinds of file that it must hold and those that it may.
struct Combination {
    unit: UnitKind,
    required: &'static [FileKind],
    optional: &'static [FileKind],
}

/// Official, sending units. The order matters where one combination holds another: the smaller comes first.
const COMBINATIONS: &[Combination] = {
    use FileKind as F;
    const fn alone(unit: UnitKind, required: &'static [FileKind]) -> Combination {
        Combination { unit, required, optional: &[] }
    }
    &[
        alone(UnitKind::CarePlan, &[F::CarePlan1, F::CarePlan2, F::CarePlan3, F::Supplement]),
        alone(UnitKind::Monthly, &[F::SlipPlan, F::SlipAnnex, F::Supplement]),
        alone(UnitKind::Actuals, &[F::SlipActuals]),
        Combination {
            unit: UnitKind::BasicInformation,
            required: &[F::BasicInformation],
            optional: &[F::DailySchedule, F::MedicalHistory, F::FamilyImage],
        },
        Combination {
            unit: UnitKind::PreventionPlan,
            required: &[F::PreventionPlan],
            optional: &[F::PreventionSupport],
        },
        Combination {
            unit: UnitKind::PreventionPlan,
            required: &[F::PreventionPlan, F::BasicInformation],
            optional: &[F::PreventionSupport, F::DailySchedule, F::MedicalHistory, F::FamilyImage],
        },
        alone(UnitKind::DeleteCarePlan, &[F::DeleteCarePlan]),
        alone(UnitKind::DeleteSlipPlan, &[F::DeleteSlipPlan]),
        alone(UnitKind::DeleteSlipActuals, &[F::DeleteSlipActuals]),
        alone(UnitKind::DeleteBasicInformation, &[F::DeleteBasicInformation]),
        alone(UnitKind::DeletePreventionPlan, &[F::DeletePreventionPlan]),
    ]
};

impl UnitKind {
    /// The unit that files of those kinds make; `None` when the standard allows no such combination.
    pub fn of(kinds: impl IntoIterator<Item = FileKind>) -> Option<Self> {
        let kinds: BTreeSet<FileKind> = kinds.into_iter().collect();
        COMBINATIONS
            .iter()
            .find(|combination| combination.is_met_by(&kinds))
            .map(|combination| combination.unit)
    }
}

impl Combination {
    /// Whether all the kinds may be in the unit.
    fn admits(&self, kinds: &BTreeSet<FileKind>) -> bool {
        kinds.iter().all(|kind| self.required.contains(kind) || self.optional.contains(kind))
    }

    fn is_met_by(&self, kinds: &BTreeSet<FileKind>) -> bool {
        self.admits(kinds) && self.required.iter().all(|kind| kinds.contains(kind))
    }
}

/// Kinds whose records hang on those of another kind.
const PARENTS: &[(FileKind, FileKind)] = &[
    (FileKind::CarePlan2, FileKind::CarePlan1),
    (FileKind::CarePlan3, FileKind::CarePlan1),
    (FileKind::Supplement, FileKind::CarePlan1),
    (FileKind::Supplement, FileKind::SlipPlan),
    (FileKind::SlipAnnex, FileKind::SlipPlan),
    (FileKind::DailySchedule, FileKind::BasicInformation),
    (FileKind::MedicalHistory, FileKind::BasicInformation),
    (FileKind::PreventionSupport, FileKind::PreventionPlan),
];

/// Kinds that every parent record is followed by (the others are sent "in principle").
const EXPECTED_CHILDREN: &[FileKind] = &[FileKind::CarePlan2, FileKind::Supplement, FileKind::SlipAnnex];

/// One file of a unit.
#[derive(Clone, PartialEq, Eq)]
pub struct UnitFile {
    name: Arc<str>,
    parsed: FileName,
    bytes: Vec<u8>,
}

impl UnitFile {
    /// The name as it was given.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// What the name says.
    pub fn parsed(&self) -> &FileName {
        &self.parsed
    }

    /// The bytes.
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }
}

impl std::fmt::Debug for UnitFile {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} ({} bytes)", self.name, self.bytes.len())
    }
}

/// A sending unit: files that share sender, receiver and sequence number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unit {
    files: Vec<UnitFile>,
}

/// What was found when units were gathered.
#[derive(Debug)]
pub struct Gathered {
    /// The units, oldest first: the order of import.
    pub units: Vec<Unit>,
    /// What is wrong with files that belong to no unit.
    pub report: Report,
}

/// Puts files together into units: those that lie in one folder and share sender, receiver and sequence number.
/// Parts of one unit that differ in just one of these (a common mistake) are kept together, and
/// [`Unit::check`] reports it.
pub fn gather(files: impl IntoIterator<Item = SourceFile>, options: &CheckOptions) -> Gathered {
    let mut report = Report::with_limit(options.finding_limit);
    let mut groups: BTreeMap<(PathBuf, Sequence, Party, Party), Vec<UnitFile>> = BTreeMap::new();
    for SourceFile { folder, name, bytes } in files {
        match FileName::parse_tolerant(&name) {
            Ok((parsed, _)) => groups
                .entry((folder, parsed.sequence(), parsed.sender(), parsed.receiver()))
                .or_default()
                .push(UnitFile { name: name.into(), parsed, bytes }),
            Err(error) => {
                let upper = name.to_ascii_uppercase();
                let of_exchange = upper.ends_with(".CSV")
                    || FileKind::ALL.iter().any(|kind| upper.starts_with(&format!("{}_", kind.name())));
                let code = if of_exchange { Code::FileName } else { Code::UnitUnknownFile };
                let mut finding = Finding::new(code, options.strictness);
                if of_exchange {
                    finding = finding.with_note(error.to_string());
                }
                finding.place.file = Some(name.into());
                report.push(finding);
            }
        }
    }
    let (whole, mut parts): (Vec<_>, Vec<_>) = groups
        .into_iter()
        .map(|(key, files)| (key, Unit { files }))
        .partition(|(_, unit)| unit.kind().is_some());
    let mut units: Vec<Unit> = whole.into_iter().map(|(_, unit)| unit).collect();
    // The largest part leads: its sequence number is the unit's, and the few that differ are reported.
    parts.sort_by_key(|(_, unit)| unit.files.len());
    while let Some((key, mut unit)) = parts.pop() {
        while let Some(index) = parts.iter().position(|(other, part)| {
            let same = [other.1 == key.1, (other.2, other.3) == (key.2, key.3)];
            other.0 == key.0 && same.contains(&true) && unit.completed_by(part)
        }) {
            unit.files.extend(parts.remove(index).1.files);
        }
        units.push(unit);
    }
    units.sort_by_key(|unit| (unit.sequence(), unit.sender(), unit.receiver()));
    Gathered { units, report }
}

/// Checks the files of a unit, whose names are those of 4.1 with the end of their form: CSV, JSON or XML.
pub(crate) fn check_unit_in_any_form<'f>(
    files: impl IntoIterator<Item = (&'f str, &'f [u8])>,
    options: &CheckOptions,
) -> Result<Report> {
    let (mut unit, mut checked) = (Unit { files: Vec::new() }, Vec::new());
    for (name, bytes) in files {
        let file = check_any(name, bytes, options)?;
        let Some(parsed) = file.parsed else { continue };
        unit.files.push(UnitFile { name: name.into(), parsed, bytes: Vec::new() });
        checked.push(file);
    }
    Ok(unit.check_files(&mut checked, options))
}

/// [`check_file`] of CSV, JSON or XML, as the end of the name tells: JSON by the provisional profile of standard 5.0, too.
///
/// # Errors
/// When a file of JSON or XML cannot be read at all.
pub fn check_file_in_any_form(name: &str, bytes: &[u8], options: &CheckOptions) -> Result<Report> {
    check_any(name, bytes, options).map(|file| file.report)
}

fn check_any<'a>(name: &str, bytes: &'a [u8], options: &CheckOptions) -> Result<CheckedFile<'a>> {
    match Form::of_name(name) {
        Some(form @ (Form::Json | Form::Xml)) => check_document(name, bytes, form, options),
        _ => Ok(check_file(name, bytes, options)),
    }
}

fn check_document<'a>(
    name: &str,
    bytes: &[u8],
    form: Form,
    options: &CheckOptions,
) -> Result<CheckedFile<'a>> {
    let parsed = FileName::parse_tolerant(&Form::Csv.name_of(name)).ok().map(|(parsed, _)| parsed);
    let reading = ReadOptions {
        kind: parsed.map(|parsed| parsed.kind()),
        strictness: options.strictness,
        file: Some(name.into()),
        finding_limit: options.finding_limit,
        ..ReadOptions::default()
    };
    let (records, _, report) = read_document(bytes, form, &reading, &StandardProfile::provisional())?;
    let mut file = CheckedFile { name: name.into(), parsed, records: None, report };
    if let Some(parsed) = &parsed {
        check_together(&records, &file.name, parsed, options, &mut file.report);
    }
    file.records = Some(records);
    Ok(file)
}

impl Unit {
    /// A unit of those files. `None` when there is none, or a name is not in a form that tells what the file is.
    pub fn new(files: impl IntoIterator<Item = (String, Vec<u8>)>) -> Option<Self> {
        let files = files
            .into_iter()
            .map(|(name, bytes)| {
                let (parsed, _) = FileName::parse_tolerant(&name).ok()?;
                Some(UnitFile { name: name.into(), parsed, bytes })
            })
            .collect::<Option<Vec<_>>>()?;
        (!files.is_empty()).then_some(Self { files })
    }

    /// The files.
    pub fn files(&self) -> &[UnitFile] {
        &self.files
    }

    /// The first file of that kind.
    pub fn file(&self, kind: FileKind) -> Option<&UnitFile> {
        self.files.iter().find(|file| file.parsed.kind() == kind)
    }

    /// Which of the allowed units this is; `None` when it is none of them.
    pub fn kind(&self) -> Option<UnitKind> {
        UnitKind::of(self.kinds())
    }

    /// The sequence number, of the first file where they differ.
    pub fn sequence(&self) -> Option<Sequence> {
        self.files.first().map(|file| file.parsed.sequence())
    }

    /// Who sends it.
    pub fn sender(&self) -> Option<Party> {
        self.files.first().map(|file| file.parsed.sender())
    }

    /// Who is to receive it.
    pub fn receiver(&self) -> Option<Party> {
        self.files.first().map(|file| file.parsed.receiver())
    }

    fn kinds(&self) -> BTreeSet<FileKind> {
        self.files.iter().map(|file| file.parsed.kind()).collect()
    }

    /// Whether the two together hold no kind twice and come nearer to a unit that is allowed.
    fn completed_by(&self, other: &Self) -> bool {
        let (mine, theirs) = (self.kinds(), other.kinds());
        let both = mine.union(&theirs).copied().collect();
        mine.is_disjoint(&theirs) && COMBINATIONS.iter().any(|combination| combination.admits(&both))
    }

    /// Reads and checks every file by itself, in the order of the unit.
    pub fn read(&self, options: &CheckOptions) -> Vec<CheckedFile<'_>> {
        self.files.iter().map(|file| check_file(&file.name, &file.bytes, options)).collect()
    }

    /// Checks every file, and the files against each other.
    pub fn check(&self, options: &CheckOptions) -> Report {
        self.check_files(&mut self.read(options), options)
    }

    /// [`check`](Self::check), watched: progress in files that were checked by themselves.
    ///
    /// # Errors
    /// [`ErrorKind::Cancelled`].
    pub fn check_watched(&self, options: &CheckOptions, watch: &Watch) -> Result<Report> {
        let total = self.files.len() as u64;
        let mut files = Vec::with_capacity(self.files.len());
        for (file, done) in self.files.iter().zip(0..) {
            if !watch.goes_on(done, Some(total)) {
                return Err(ErrorKind::Cancelled.into());
            }
            files.push(check_file(&file.name, &file.bytes, options));
        }
        Ok(self.check_files(&mut files, options))
    }

    /// Checks files that were read against each other; their own findings move into the report.
    pub(crate) fn check_files(&self, files: &mut [CheckedFile<'_>], options: &CheckOptions) -> Report {
        let mut report = Report::with_limit(options.finding_limit);
        for file in files.iter_mut() {
            report.extend(std::mem::take(&mut file.report));
        }
        self.check_names(files, options, &mut report);
        self.check_links(files, options, &mut report);
        check_images(files, options, &mut report);
        report
    }

    /// Combination, and agreement of the names.
    fn check_names(&self, files: &[CheckedFile<'_>], options: &CheckOptions, report: &mut Report) {
        let Some(first) = files.first() else { return };
        let kinds = self.kinds();
        if self.kind().is_none() {
            // The unit that the files come nearest to: the one that holds them all and lacks the least.
            let missing = COMBINATIONS
                .iter()
                .filter(|c| c.admits(&kinds))
                .map(|c| c.required.iter().filter(|kind| !kinds.contains(kind)).collect::<Vec<_>>())
                .min_by_key(Vec::len);
            let finding = match missing {
                Some(missing) => {
                    let names: Vec<&str> = missing.iter().map(|kind| kind.name()).collect();
                    first.finding(Code::UnitIncomplete, options.strictness).with_note(names.join(", "))
                }
                None => {
                    let names: Vec<&str> = kinds.iter().map(|kind| kind.name()).collect();
                    first.finding(Code::UnitCombination, options.strictness).with_note(names.join(" + "))
                }
            };
            report.push(finding);
        }
        let plan_unit = kinds.contains(&FileKind::CarePlan1);
        let month = self.file(FileKind::SlipPlan).and_then(|file| file.parsed.month());
        let mut seen = BTreeSet::new();
        for (file, checked) in self.files.iter().zip(files) {
            let mut found = |code| report.push(checked.finding(code, options.strictness));
            if Some(file.parsed.sequence()) != self.sequence() {
                found(Code::UnitSequence);
            }
            if (Some(file.parsed.sender()), Some(file.parsed.receiver())) != (self.sender(), self.receiver())
            {
                found(Code::UnitOffices);
            }
            let kind = file.parsed.kind();
            if kind != FileKind::FamilyImage && !seen.insert(kind) {
                found(Code::UnitDuplicateKind);
            }
            let expected = match kind {
                FileKind::Supplement if plan_unit => Some(MonthOrZeros::Zeros),
                FileKind::Supplement | FileKind::SlipAnnex => month,
                _ => None,
            };
            if expected.is_some() && file.parsed.month() != expected {
                found(Code::UnitMonths);
            }
        }
    }

    /// Every record hangs on a parent, and every parent has the parts that the unit should hold.
    fn check_links(&self, files: &[CheckedFile<'_>], options: &CheckOptions, report: &mut Report) {
        let plan_unit = self.kinds().contains(&FileKind::CarePlan1);
        let of_kind = |kind| files.iter().find(|file| file.kind() == Some(kind));
        for (child_kind, parent_kind) in PARENTS {
            let (Some(child), Some(parent)) = (of_kind(*child_kind), of_kind(*parent_kind)) else { continue };
            let (Some(child_records), Some(parent_records)) = (&child.records, &parent.records) else {
                continue;
            };
            let (children, parents) = (links(child_records, plan_unit), links(parent_records, plan_unit));
            let mut found = |code, file: &CheckedFile<'_>, row, note: String| {
                let mut finding = file.finding(code, options.strictness).with_note(note);
                finding.place.row = Some(row);
                report.push(finding);
            };
            for (link, row) in &children {
                if !parents.contains_key(link) {
                    found(Code::UnitOrphan, child, *row, parent_kind.name().to_owned());
                }
            }
            if EXPECTED_CHILDREN.contains(child_kind) {
                for (link, row) in &parents {
                    if !children.contains_key(link) {
                        found(Code::UnitChildless, parent, *row, child_kind.name().to_owned());
                    }
                }
            }
        }
    }

    /// Writes the files into a folder; all of them or none.
    ///
    /// # Errors
    /// As [`write_files`](super::write_files).
    pub fn write_to(&self, folder: &Path) -> Result<()> {
        self.write_to_watched(folder, &Watch::default())
    }

    /// [`write_to`](Self::write_to), watched: progress in files.
    ///
    /// # Errors
    /// As [`write_to`](Self::write_to); [`ErrorKind::Cancelled`], and then nothing is written.
    pub fn write_to_watched(&self, folder: &Path, watch: &Watch) -> Result<()> {
        write_files_watched(folder, self.files.iter().map(|file| (file.name(), file.bytes())), watch)
    }

    /// Writes the files as a ZIP archive, whole or not at all.
    ///
    /// # Errors
    /// As [`write_files_as_zip`].
    pub fn write_zip(&self, path: &Path) -> Result<()> {
        write_files_as_zip(path, self.files.iter().map(|file| (file.name(), file.bytes())))
    }
}

/// The images that the basic information names are there, and no others.
fn check_images(files: &[CheckedFile<'_>], options: &CheckOptions, report: &mut Report) {
    let mut named = BTreeSet::new();
    for file in files {
        let Some(Records::BasicInformation(rows)) = &file.records else { continue };
        for (record, row) in rows.iter().zip(1..) {
            let name = record.family_image_filename.decode_lossy();
            if name.is_empty() {
                continue;
            }
            // The layout writes .jpg and the sample .JPG: one file all the same.
            let name = name.to_ascii_lowercase();
            if !files.iter().any(|other| other.name.to_ascii_lowercase() == name) {
                let mut finding = file.finding(Code::UnitImageMissing, options.strictness);
                finding.place.row = Some(row);
                finding.place.field = FileKind::BasicInformation.layout().and_then(|layout| layout.field(62));
                report.push(finding);
            }
            named.insert(name);
        }
    }
    for file in files {
        if file.kind() == Some(FileKind::FamilyImage) && !named.contains(&file.name.to_ascii_lowercase()) {
            report.push(file.finding(Code::UnitImageUnused, options.strictness));
        }
    }
}
