//! One document for everything that sending units or an inbox hold: care-json.

use std::collections::BTreeMap;

use super::{Actuals, BasicInformation, CarePlan, MonthlySlip, PreventionPlan, Repeats};
use crate::calendar::Month;
use crate::code::codes;
use crate::document::{
    Content, Document as _, DocumentError, DocumentFault, Fault, Form, Leaf, Part, Reading, Tree, document,
};
use crate::error::{ErrorKind, Result};
use crate::exchange::{CheckOptions, FileName, Inbox, Party, Sequence, Unit};
use crate::format::csv::{self, WriteOptions};
use crate::ident::{OfficeNumber, ServiceTypeCode};
use crate::record::{FileKind, MonthOrZeros, Records};
use crate::report::{Code, Finding, Place, Report};

codes! {
    /// 形式: that a document is care-json, kaigo's own form, and no standard's.
    CareFormat = "形式", "form" {
        KaigoCare = "kaigo-care" "kaigo の介護ドメイン文書",
    }
}

/// The version of care-json, 1. A document of another one is refused, for nobody knows what it means.
#[doc(alias = "版")]
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct CareVersion;

impl CareVersion {
    const NUMBER: u64 = 1;
}

impl Part for CareVersion {
    const CONTENT: Content = Content::Leaf(Leaf {
        form: Form::Number { max: Self::NUMBER },
        personal: false,
        accepts: |text| text.parse() == Ok(Self::NUMBER),
    });

    fn to_tree(&self) -> Tree {
        Tree::Number(Self::NUMBER)
    }

    fn from_tree(tree: &Tree, reading: &mut Reading) -> Option<Self> {
        if reading.number(tree, u64::MAX)? == Self::NUMBER {
            return Some(Self);
        }
        reading.fault(DocumentFault::Inconsistent(
            "この版の kaigo-care は読めません（読めるのは1）",
            "is another version of kaigo-care than the one that is read here, 1",
        ));
        None
    }
}

document! {
    /// A sender or receiver.
    CareParty = "送受信者" {
        office_number: one OfficeNumber = "事業所番号",
        service_type: opt ServiceTypeCode = "サービス種類コード",
    }

    /// What units or an inbox hold: kaigo's own form, versioned. It is not standard 5.0, whose names are not public.
    CareDocument = "介護ドメイン文書" {
        /// `kaigo-care`.
        format: one CareFormat = "形式",
        version: one CareVersion = "版",
        /// Of the units that were read, where all have the same. Needed to write files.
        sender: opt CareParty = "送信者",
        receiver: opt CareParty = "受信者",
        /// Of the first unit that was read.
        sequence: opt Sequence = "シーケンス番号",
        care_plans: many 99999 CarePlan = "居宅サービス計画",
        monthly_slips: many 99999 MonthlySlip = "サービス利用票",
        actuals: many 99999 Actuals = "サービス利用実績",
        prevention_plans: many 99999 PreventionPlan = "介護予防サービス・支援計画書",
        basic_information: many 99999 BasicInformation = "利用者基本情報",
    }
}

/// Nothing of anybody.
impl Default for CareDocument {
    fn default() -> Self {
        Self {
            format: CareFormat::KaigoCare,
            version: CareVersion,
            sender: None,
            receiver: None,
            sequence: None,
            care_plans: Vec::new(),
            monthly_slips: Vec::new(),
            actuals: Vec::new(),
            prevention_plans: Vec::new(),
            basic_information: Vec::new(),
        }
    }
}

impl From<Party> for CareParty {
    fn from(party: Party) -> Self {
        Self { office_number: party.office, service_type: party.service_type }
    }
}

impl From<&CareParty> for Party {
    fn from(party: &CareParty) -> Self {
        Self { office: party.office_number, service_type: party.service_type }
    }
}

/// The records of the files of a unit, by kind.
macro_rules! rows {
    ($files:ident, $kind:ident) => {
        $files
            .iter()
            .find_map(|file| match &file.records {
                Some(Records::$kind(rows)) => Some(rows.as_slice()),
                _ => None,
            })
            .unwrap_or_default()
    };
}

impl CareDocument {
    /// What units hold, one after another, as their files say it: an update stands beside what it updates
    /// ([`from_inbox`](Self::from_inbox) has what is current). The report holds what the check of the units finds, and what
    /// the document cannot hold: deletions and images, among others.
    pub fn from_units<'u>(
        units: impl IntoIterator<Item = &'u Unit>,
        options: &CheckOptions,
    ) -> (Self, Report) {
        let mut document = Self::default();
        let mut report = Report::with_limit(options.finding_limit);
        let mut parties: Option<[Option<Party>; 2]> = None;
        for unit in units {
            let of_unit = [unit.sender(), unit.receiver()];
            let same = *parties.get_or_insert(of_unit) == of_unit;
            if document.sequence.is_none() {
                document.sequence = unit.sequence();
            }
            if !same {
                parties = Some([None, None]);
            }
            document.add(unit, options, &mut report);
        }
        let [sender, receiver] = parties.unwrap_or_default();
        document.sender = sender.map(CareParty::from);
        document.receiver = receiver.map(CareParty::from);
        (document, report)
    }

    fn add(&mut self, unit: &Unit, options: &CheckOptions, report: &mut Report) {
        let mut files = unit.read(options);
        report.extend(unit.check_files(&mut files, options));
        let mut take = |found: Report| {
            for finding in found.findings() {
                let mut finding = finding.clone();
                let file = finding.place.kind.and_then(|kind| unit.file(kind));
                finding.place.file = file.map(|file| file.name().into());
                report.push(finding);
            }
        };
        let in_plan = unit.file(FileKind::CarePlan1).is_some();
        if in_plan || unit.file(FileKind::CarePlan2).is_some() || unit.file(FileKind::CarePlan3).is_some() {
            let (plans, found) = CarePlan::from_rows(
                rows!(files, CarePlan1),
                rows!(files, CarePlan2),
                rows!(files, CarePlan3),
                rows!(files, Supplement),
            );
            self.care_plans.extend(plans);
            take(found);
        } else {
            let (slips, found) = MonthlySlip::from_rows(
                rows!(files, SlipPlan),
                rows!(files, SlipAnnex),
                rows!(files, Supplement),
            );
            self.monthly_slips.extend(slips);
            take(found);
        }
        let (actuals, found) = Actuals::from_rows(rows!(files, SlipActuals));
        self.actuals.extend(actuals);
        take(found);
        let (plans, found) =
            PreventionPlan::from_rows(rows!(files, PreventionPlan), rows!(files, PreventionSupport));
        self.prevention_plans.extend(plans);
        take(found);
        let (basics, found) = BasicInformation::from_rows(
            rows!(files, BasicInformation),
            rows!(files, DailySchedule),
            rows!(files, MedicalHistory),
        );
        self.basic_information.extend(basics);
        take(found);
        for file in unit.files() {
            let kind = file.parsed().kind();
            if matches!(
                kind,
                FileKind::DeleteCarePlan
                    | FileKind::DeleteSlipPlan
                    | FileKind::DeleteSlipActuals
                    | FileKind::DeleteBasicInformation
                    | FileKind::DeletePreventionPlan
                    | FileKind::FamilyImage
            ) {
                let mut finding = Finding::new(Code::CareLeftOut, options.strictness);
                finding.place =
                    Place { file: Some(file.name().into()), kind: Some(kind), ..Place::default() };
                report.push(finding);
            }
        }
    }

    /// What is current in an inbox, and what the document cannot hold of it.
    pub fn from_inbox(inbox: &Inbox) -> (Self, Report) {
        let (mut document, mut report) = (Self::default(), Report::default());
        macro_rules! take {
            ($member:ident, $records:expr, $document:ident) => {
                for records in $records {
                    let (found, more) = $document::from_records(records);
                    document.$member.extend(found);
                    report.extend(more);
                }
            };
        }
        take!(care_plans, inbox.every_plan(), CarePlan);
        take!(monthly_slips, inbox.every_slip(), MonthlySlip);
        take!(prevention_plans, inbox.every_prevention_plan(), PreventionPlan);
        take!(basic_information, inbox.every_basic_information(), BasicInformation);
        let rows: Vec<_> = inbox.every_actual().cloned().collect();
        let (actuals, more) = Actuals::from_rows(&rows);
        document.actuals = actuals;
        report.extend(more);
        (document, report)
    }

    /// The units that carry the document: care plans; slips, one unit a month; actuals, one unit a month; prevention plans with
    /// basic information. The first has the sequence number of the document, each of the others the second after the one
    /// before. The report holds every character that was not written as itself.
    ///
    /// # Errors
    /// [`ErrorKind::Document`] where sender, receiver or sequence number do not stand, and those of [`csv::write`].
    pub fn to_units(&self, repeats: Repeats, options: &WriteOptions) -> Result<(Vec<Unit>, Report)> {
        let missing = [
            ("sender", self.sender.is_none()),
            ("receiver", self.receiver.is_none()),
            ("sequence", self.sequence.is_none()),
        ];
        let (Some(sender), Some(receiver), Some(sequence)) = (&self.sender, &self.receiver, self.sequence)
        else {
            let faults = missing
                .into_iter()
                .filter(|(_, missing)| *missing)
                .map(|(path, _)| Fault { path: path.to_owned(), fault: DocumentFault::Missing });
            return Err(ErrorKind::Document(DocumentError::new(Self::SHAPE.name, faults.collect())).into());
        };
        let mut writing = Writing {
            parties: [sender.into(), receiver.into()],
            sequence,
            options,
            units: Vec::new(),
            report: Report::default(),
        };
        for (month, files) in self.files(repeats) {
            writing.unit(month, files)?;
        }
        Ok((writing.units, writing.report))
    }

    /// The files of each unit, with the month of its names.
    fn files(&self, repeats: Repeats) -> Vec<(MonthOrZeros, Vec<Records<'static>>)> {
        let mut units = Vec::new();
        if !self.care_plans.is_empty() {
            let rows = CarePlan::to_rows(&self.care_plans, repeats);
            let files = vec![
                Records::CarePlan1(rows.sheet1),
                Records::CarePlan2(rows.sheet2),
                Records::CarePlan3(rows.sheet3),
                Records::Supplement(rows.supplements),
            ];
            units.push((MonthOrZeros::Zeros, files));
        }
        for (month, slips) in by_month(&self.monthly_slips, |slip| slip.target_month) {
            let rows = MonthlySlip::to_rows(slips);
            let files = vec![
                Records::SlipPlan(rows.slips),
                Records::SlipAnnex(rows.annex),
                Records::Supplement(rows.supplements),
            ];
            units.push((MonthOrZeros::Month(month), files));
        }
        for (month, actuals) in by_month(&self.actuals, |actuals| actuals.target_month) {
            let files = vec![Records::SlipActuals(Actuals::to_rows(actuals))];
            units.push((MonthOrZeros::Month(month), files));
        }
        let prevention = PreventionPlan::to_rows(&self.prevention_plans, repeats);
        let basic = BasicInformation::to_rows(&self.basic_information);
        let files: Vec<_> = [
            Records::PreventionPlan(prevention.plans),
            Records::PreventionSupport(prevention.supports),
            Records::BasicInformation(basic.basics),
            Records::DailySchedule(basic.schedules),
            Records::MedicalHistory(basic.histories),
        ]
        .into_iter()
        .filter(|records| !records.is_empty())
        .collect();
        if !files.is_empty() {
            units.push((MonthOrZeros::Zeros, files));
        }
        units
    }
}

fn by_month<D>(documents: &[D], month: impl Fn(&D) -> Month) -> BTreeMap<Month, Vec<&D>> {
    let mut months: BTreeMap<Month, Vec<&D>> = BTreeMap::new();
    for document in documents {
        months.entry(month(document)).or_default().push(document);
    }
    months
}

/// Units in the course of being written.
struct Writing<'w> {
    parties: [Party; 2],
    sequence: Sequence,
    options: &'w WriteOptions,
    units: Vec<Unit>,
    report: Report,
}

impl Writing<'_> {
    fn unit(&mut self, month: MonthOrZeros, files: Vec<Records<'static>>) -> Result<()> {
        if !self.units.is_empty() {
            self.sequence = self.sequence.next()?;
        }
        let [sender, receiver] = self.parties;
        let mut written = Vec::new();
        for records in files {
            let kind = records.kind();
            let month = kind.has_month().then_some(month);
            let Some(name) = FileName::new(kind, month, sender, receiver, self.sequence) else { continue };
            let (bytes, report) = csv::write(kind, records.iter(), self.options)?;
            self.report.extend(report);
            written.push((name.to_string(), bytes));
        }
        self.units.extend(Unit::new(written));
        Ok(())
    }
}
