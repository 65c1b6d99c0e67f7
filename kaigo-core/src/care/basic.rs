//! The basic information on a client (利用者基本情報): its sheet, the time schedule of a day, the illnesses.

use super::collect::{Collection, keys};
use super::faults::{Faults, member_of};
use super::sheet::sheet;
use crate::calendar::Date;
use crate::code::{
    Applies, BasicCareLevel, ChecklistResult, ConsultationMethod, ConsultationVisit, DementiaIndependence,
    DoctorRole, DwellingType, LivingSituation, Outsourcing, PhysicalIndependence, PlanKind, Sex,
    TreatmentProgress, YesNo,
};
use crate::document::{Document as _, DocumentError, DocumentFault, FreeText, document};
use crate::exchange::{BasicInformationRecords, Client};
use crate::ident::{InsuredNumber, InsurerNumber};
use crate::record::{
    BasicInformation as Sheet, BirthDate, CsvVersion, DailySchedule, Field, FileKind, MedicalHistory, Records,
};
use crate::report::Report;

sheet! {
    /// UPKIHON without the numbers of the client and the day of the consultation.
    BasicOutline of BasicInformation = "利用者基本情報" {
        csv_version: CsvVersion = "CSVバージョン",
        plan_kind: PlanKind = "計画種類",
        outsourcing: Outsourcing = "委託の有無",
        prepared_by: FreeText = "作成担当者",
        consultation_method: ConsultationMethod = "相談方法",
        consultation_method_other: FreeText = "相談方法(その他の内容)",
        consultation_visit_kind: ConsultationVisit = "相談回数",
        previous_consulted_on: Date = "前回相談日",
        user_situation: LivingSituation = "利用者の現況",
        user_situation_note: FreeText = "利用者の現況(状況補足)",
        user_name_kana: FreeText = "利用者氏名ﾌﾘｶﾞﾅ",
        user_name: FreeText = "利用者氏名",
        user_sex: Sex = "利用者性別",
        user_birth_date: BirthDate = "利用者生年月日",
        user_address: FreeText = "利用者住所",
        user_phone: FreeText = "利用者電話番号",
        user_fax: FreeText = "利用者Fax番号",
        independence_physical: PhysicalIndependence = "障害高齢者の日常生活自立度",
        independence_dementia: DementiaIndependence = "認知症高齢者の日常生活自立度",
        care_level: BasicCareLevel = "要介護状態区分",
        certification_valid_from: Date = "認定有効期限開始日",
        certification_valid_to: Date = "認定有効期間終了日",
        previous_care_level: BasicCareLevel = "前回の介護度",
        checklist_result: ChecklistResult = "基本チェックリスト記入結果",
        checklist_on: Date = "基本チェックリスト記入日",
        disability_physical: Applies = "障害等認定(身障)",
        disability_intellectual: Applies = "障害等認定(療育)",
        disability_mental: Applies = "障害等認定(精神)",
        disability_intractable: Applies = "障害等認定(難病)",
        disability_note: FreeText = "障害等認定特記事項",
        dwelling_type: DwellingType = "居住形態",
        own_room_floor: FreeText = "自室の階数",
        home_modification: YesNo = "住宅改修の有無",
        income_national_pension: Applies = "経済状況(国民年金)",
        income_employees_pension: Applies = "経済状況(厚生年金)",
        income_disability_pension: Applies = "経済状況(障害年金)",
        income_public_assistance: Applies = "経済状況(生活保護)",
        income_note: FreeText = "経済状況詳細",
        visitor_name: FreeText = "来所者(相談者)氏名",
        /// Some senders put other facts here, and in the addresses of those to be told in an emergency.
        visitor_address: FreeText = "来所者(相談者)住所",
        visitor_phone: FreeText = "来所者(相談者)電話番号",
        visitor_relationship: FreeText = "来所者(相談者)続柄",
        emergency1_name: FreeText = "1 緊急連絡先(氏名)",
        emergency1_relationship: FreeText = "1 緊急連絡先(続柄)",
        emergency1_address: FreeText = "1 緊急連絡先(住所)",
        emergency1_phone: FreeText = "1 緊急連絡先(電話番号)",
        emergency2_name: FreeText = "2 緊急連絡先(氏名)",
        emergency2_relationship: FreeText = "2 緊急連絡先(続柄)",
        emergency2_address: FreeText = "2 緊急連絡先(住所)",
        emergency2_phone: FreeText = "2 緊急連絡先(電話番号)",
        emergency3_name: FreeText = "3 緊急連絡先(氏名)",
        emergency3_relationship: FreeText = "3 緊急連絡先(続柄)",
        emergency3_address: FreeText = "3 緊急連絡先(住所)",
        emergency3_phone: FreeText = "3 緊急連絡先(電話番号)",
        emergency4_name: FreeText = "4 緊急連絡先(氏名)",
        emergency4_relationship: FreeText = "4 緊急連絡先(続柄)",
        emergency4_address: FreeText = "4 緊急連絡先(住所)",
        emergency4_phone: FreeText = "4 緊急連絡先(電話番号)",
        /// The JPEG that travels beside the file.
        family_image_filename: FreeText = "家族構成 画像ファイル名",
        family_relations_note: FreeText = "家族関係等の状況",
        life_history: FreeText = "今までの生活",
        daily_life_general: FreeText = "１日の生活・すごし方(生活全般)",
        hobbies_skills: FreeText = "趣味・楽しみ・特技",
        community_relations: FreeText = "友人・地域との関係",
        formal_services_in_use: FreeText = "現在利用している公的サービス",
        informal_services_in_use: FreeText = "現在利用している非公的サービス",
        consented_on: Date = "同意日",
        consenter_name: FreeText = "同意者氏名",
    }

    /// A time of the day (UPKIHON_SUB1) and what happens then.
    ScheduleEntry of DailySchedule = "１日の生活・すごし方(タイムスケジュール)" {
        csv_version: CsvVersion = "CSVバージョン",
        time_of_day: FreeText = "時間",
        user_life_situation: FreeText = "本人の生活状況",
        caregiver_life_situation: FreeText = "介護者・家族の生活状況",
    }

    /// A present or past illness (UPKIHON_SUB2).
    IllnessEntry of MedicalHistory = "現病歴・既往歴" {
        csv_version: CsvVersion = "CSVバージョン",
        event_date_text: FreeText = "年月日",
        disease_name: FreeText = "病名",
        medical_institution_doctor: FreeText = "医療機関・医師名",
        attending_doctor_flag: DoctorRole = "主治医・意見作成者フラグ",
        medical_institution_phone: FreeText = "医療機関・医師電話番号",
        progress: TreatmentProgress = "経過",
        treatment_detail: FreeText = "治療中の内容",
    }
}

document! {
    /// The basic information on one client, of one consultation. Everything stands in the printed order.
    BasicInformation = "利用者基本情報" {
        insurer_number: one InsurerNumber = "保険者番号",
        insured_number: one InsuredNumber = "被保険者番号",
        consulted_on: one Date = "相談日",
        outline: opt BasicOutline = "利用者基本情報",
        schedule: many 9999 ScheduleEntry = "１日の生活・すごし方(タイムスケジュール)",
        illnesses: many 9999 IllnessEntry = "現病歴・既往歴",
    }
}

/// The rows of the files of basic information, of any number of clients.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct BasicInformationRows {
    /// The rows of UPKIHON.
    pub basics: Vec<Sheet<'static>>,
    /// The rows of UPKIHON_SUB1.
    pub schedules: Vec<DailySchedule<'static>>,
    /// The rows of UPKIHON_SUB2.
    pub histories: Vec<MedicalHistory<'static>>,
}

keys! { BasicInformation.consulted_on DailySchedule.consulted_on MedicalHistory.consulted_on }

/// A record of the document with the values of an entry.
macro_rules! record_of {
    ($document:ident, $entry:expr) => {{
        let mut record = Default::default();
        if let Some(entry) = $entry {
            entry.fill(&mut record);
        }
        record.insurer_number = Field::Value($document.insurer_number);
        record.insured_number = Field::Value($document.insured_number);
        record.consulted_on = Field::Value($document.consulted_on);
        record
    }};
}

impl BasicInformation {
    fn new(client: Client, consulted_on: Date) -> Self {
        Self {
            insurer_number: client.insurer,
            insured_number: client.insured,
            consulted_on,
            outline: None,
            schedule: Vec::new(),
            illnesses: Vec::new(),
        }
    }

    /// Whom it is about.
    pub fn client(&self) -> Client {
        Client { insurer: self.insurer_number, insured: self.insured_number }
    }

    /// What stands in the rows of files, in the order of UPKIHON, and what cannot be held. Rows are those of the findings.
    pub fn from_rows(
        basics: &[Sheet<'_>],
        schedules: &[DailySchedule<'_>],
        histories: &[MedicalHistory<'_>],
    ) -> (Vec<Self>, Report) {
        Self::collect(false, basics, schedules, histories)
    }

    /// What stands in the records of one client; `None` where no record tells whose they are.
    pub fn from_records(records: &BasicInformationRecords) -> (Option<Self>, Report) {
        let BasicInformationRecords { basic, schedules, histories } = records;
        let (found, report) = Self::collect(true, std::slice::from_ref(basic), schedules, histories);
        (found.into_iter().next(), report)
    }

    fn collect(
        one: bool,
        basics: &[Sheet<'_>],
        schedules: &[DailySchedule<'_>],
        histories: &[MedicalHistory<'_>],
    ) -> (Vec<Self>, Report) {
        let mut found = Collection::new(Self::new, one);
        found.take_one(FileKind::BasicInformation, basics, |basic, record, carrier| {
            basic.outline = Some(BasicOutline::of_record(record, carrier));
        });
        found.take(FileKind::DailySchedule, schedules, |basic, rows, carrier| {
            for (row, record) in rows {
                carrier.row(*row);
                basic.schedule.push(ScheduleEntry::of_record(record, carrier));
            }
        });
        found.take(FileKind::MedicalHistory, histories, |basic, rows, carrier| {
            for (row, record) in rows {
                carrier.row(*row);
                basic.illnesses.push(IllnessEntry::of_record(record, carrier));
            }
        });
        found.finish()
    }

    /// The rows for the files of one unit. What has no sheet has no row of it.
    pub fn to_rows<'b>(basics: impl IntoIterator<Item = &'b Self>) -> BasicInformationRows {
        let mut rows = BasicInformationRows::default();
        for basic in basics {
            let BasicInformationRecords { basic: sheet, schedules, histories } = basic.to_records();
            rows.basics.extend(basic.outline.is_some().then_some(sheet));
            rows.schedules.extend(schedules);
            rows.histories.extend(histories);
        }
        rows
    }

    /// The records of it.
    pub fn to_records(&self) -> BasicInformationRecords {
        BasicInformationRecords {
            basic: record_of!(self, self.outline.as_ref()),
            schedules: self.schedule.iter().map(|entry| record_of!(self, Some(entry))).collect(),
            histories: self.illnesses.iter().map(|entry| record_of!(self, Some(entry))).collect(),
        }
    }

    /// Begins one: whom it is about, the day of the consultation, and what its sheet says.
    pub fn builder(client: Client, consulted_on: Date, outline: BasicOutline) -> BasicInformationBuilder {
        BasicInformationBuilder(Self { outline: Some(outline), ..Self::new(client, consulted_on) })
    }

    /// Checks what is about to be written: everything that is required stands there, nothing is too long, and the image has
    /// the name of one. Whether characters can be written in MS932 is told by writing.
    ///
    /// # Errors
    /// Every fault with its place.
    pub fn check(&self) -> Result<(), DocumentError> {
        let mut faults = Faults::default();
        let records = self.to_records();
        if self.outline.is_some() {
            faults.of_records(&Records::BasicInformation(vec![records.basic]), |_, field| {
                member_of("outline", field)
            });
        } else {
            faults.at("outline".into(), DocumentFault::Missing);
        }
        faults.of_records(&Records::DailySchedule(records.schedules), |row, field| {
            member_of(&format!("schedule[{row}]"), field)
        });
        faults.of_records(&Records::MedicalHistory(records.histories), |row, field| {
            member_of(&format!("illnesses[{row}]"), field)
        });
        faults.into_result(Self::SHAPE.name)
    }
}

/// Basic information in the course of being built.
#[derive(Debug, Clone)]
pub struct BasicInformationBuilder(BasicInformation);

impl BasicInformationBuilder {
    /// Adds a time of the day.
    pub fn schedule(mut self, entry: ScheduleEntry) -> Self {
        self.0.schedule.push(entry);
        self
    }

    /// Adds an illness.
    pub fn illness(mut self, entry: IllnessEntry) -> Self {
        self.0.illnesses.push(entry);
        self
    }

    /// The basic information, with the CSV version filled in.
    ///
    /// # Errors
    /// Everything that [`BasicInformation::check`] finds.
    pub fn build(self) -> Result<BasicInformation, DocumentError> {
        let Self(mut basic) = self;
        let version = Some(CsvVersion::V4_1);
        basic.outline.iter_mut().for_each(|outline| outline.csv_version = version);
        basic.schedule.iter_mut().for_each(|entry| entry.csv_version = version);
        basic.illnesses.iter_mut().for_each(|entry| entry.csv_version = version);
        basic.check()?;
        Ok(basic)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::care::sheet::tests::assert_whole;

    #[test]
    fn every_field_is_carried_exactly_once() {
        let key = ["insurer_number", "insured_number", "consulted_on"];
        assert_whole::<Sheet<'_>>(BasicOutline::carried(), &key);
        assert_whole::<DailySchedule<'_>>(ScheduleEntry::carried(), &key);
        assert_whole::<MedicalHistory<'_>>(IllnessEntry::carried(), &key);
    }
}
