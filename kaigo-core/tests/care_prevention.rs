//! Prevention plans and basic information: from rows and back without loss, and what their builders refuse.
#![allow(clippy::panic, reason = "a test fails by it")]

mod common;

use kaigo_core::calendar::Date;
use kaigo_core::care::{
    BasicInformation, BasicInformationRows, BasicOutline, FollowUpRows, IllnessEntry, PreventionNeed,
    PreventionOutline, PreventionPlan, PreventionPlanRows, PreventionService, PreventionSupportPlan, Repeats,
    ScheduleEntry,
};
use kaigo_core::code::{ConsultationMethod, PlanKind, Sex};
use kaigo_core::document::{self, Document, DocumentError, FreeText};
use kaigo_core::exchange::{CheckOptions, Client, Inbox, Unit};
use kaigo_core::format::csv::{self, ReadOptions, WriteOptions};
use kaigo_core::record::{
    BirthDate, FileKind, PreventionPlan as PreventionSheet, PreventionSupport, Record as _, Records,
};
use kaigo_core::text::Text;
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;

fn records(unit: &str, kind: FileKind) -> Records<'static> {
    let bytes = common::bytes_of(&common::sample(unit), kind).to_vec();
    csv::read(&bytes, &ReadOptions::new(kind)).unwrap_or_else(|| panic!("an image")).0.into_owned()
}

fn written(records: &Records<'_>) -> Vec<u8> {
    let (bytes, report) = csv::write(records.kind(), records.iter(), &WriteOptions::default())
        .unwrap_or_else(|e| panic!("{e}"));
    assert!(report.is_empty(), "{:?}", report.findings());
    bytes
}

fn prevention_rows() -> PreventionPlanRows {
    let Records::PreventionPlan(plans) = records("prevention", FileKind::PreventionPlan) else {
        panic!("UPYOBO")
    };
    let Records::PreventionSupport(supports) = records("prevention", FileKind::PreventionSupport) else {
        panic!("UPYOBO_SUB")
    };
    PreventionPlanRows { plans, supports }
}

fn basic_rows() -> BasicInformationRows {
    let Records::BasicInformation(basics) = records("basic", FileKind::BasicInformation) else {
        panic!("UPKIHON")
    };
    let Records::DailySchedule(schedules) = records("basic", FileKind::DailySchedule) else { panic!("SUB1") };
    let Records::MedicalHistory(histories) = records("basic", FileKind::MedicalHistory) else {
        panic!("SUB2")
    };
    BasicInformationRows { basics, schedules, histories }
}

fn comes_back_as_json<D: Document>(documents: &[D]) {
    for document in documents {
        let again: D = document::from_json(&document::to_json(document)).unwrap_or_else(|e| panic!("{e}"));
        assert_eq!(again, *document);
    }
}

#[test]
fn the_samples_come_back_byte_for_byte() {
    let rows = prevention_rows();
    let (plans, report) = PreventionPlan::from_rows(&rows.plans, &rows.supports);
    assert!(report.is_empty(), "{:?}", report.findings());
    assert_eq!((plans.len(), plans[0].services().count()), (2, 1));
    comes_back_as_json(&plans);
    let back = PreventionPlan::to_rows(&plans, Repeats::AsRead);
    let files = common::sample("prevention");
    assert_eq!(
        written(&Records::PreventionPlan(back.plans)),
        common::bytes_of(&files, FileKind::PreventionPlan)
    );
    let supports = written(&Records::PreventionSupport(back.supports));
    assert_eq!(supports, common::bytes_of(&files, FileKind::PreventionSupport));

    let rows = basic_rows();
    let (basics, report) = BasicInformation::from_rows(&rows.basics, &rows.schedules, &rows.histories);
    assert!(report.is_empty(), "{:?}", report.findings());
    assert_eq!((basics.len(), basics[0].schedule.len(), basics[0].illnesses.len()), (2, 3, 1));
    comes_back_as_json(&basics);
    let back = BasicInformation::to_rows(&basics);
    let files = common::sample("basic");
    assert_eq!(
        written(&Records::BasicInformation(back.basics)),
        common::bytes_of(&files, FileKind::BasicInformation)
    );
    assert_eq!(
        written(&Records::DailySchedule(back.schedules)),
        common::bytes_of(&files, FileKind::DailySchedule)
    );
    assert_eq!(
        written(&Records::MedicalHistory(back.histories)),
        common::bytes_of(&files, FileKind::MedicalHistory)
    );
}

#[test]
fn the_inbox_holds_what_becomes_documents_and_back() {
    let mut inbox = Inbox::default();
    for unit in ["basic", "prevention"] {
        let unit = Unit::new(common::sample(unit)).unwrap_or_else(|| panic!("a unit"));
        inbox.apply(&unit, &CheckOptions::default());
    }
    assert_eq!(inbox.clients().len(), 2);
    for client in inbox.clients() {
        let records = inbox.current_prevention_plan(client).unwrap_or_else(|| panic!("a plan"));
        let (plan, report) = PreventionPlan::from_records(records);
        assert!(report.is_empty());
        assert_eq!(plan.map(|plan| plan.to_records(Repeats::AsRead)).as_ref(), Some(records));
        let records = inbox.current_basic_information(client).unwrap_or_else(|| panic!("basic information"));
        let (basic, report) = BasicInformation::from_records(records);
        assert!(report.is_empty());
        assert_eq!(basic.map(|basic| basic.to_records()).as_ref(), Some(records));
    }
}

#[test]
fn what_cannot_be_held_is_told_with_its_place() {
    let (mut prevention, mut basic) = (prevention_rows(), basic_rows());
    assert!(prevention.plans[1].set(14, Text::from("9")) && prevention.supports[1].set(5, Text::from("-1")));
    assert!(basic.basics[0].set(16, Text::from("x")) && basic.schedules[4].set(4, Text::from("20260231")));
    assert!(basic.histories[1].set(8, Text::from("7")));
    let (plans, mut report) = PreventionPlan::from_rows(&prevention.plans, &prevention.supports);
    let (basics, more) = BasicInformation::from_rows(&basic.basics, &basic.schedules, &basic.histories);
    report.extend(more);
    let found: Vec<_> = report
        .findings()
        .iter()
        .map(|f| {
            (
                f.code.name(),
                f.place.kind.map(FileKind::name),
                f.place.row,
                f.place.field.map(|field| field.no),
            )
        })
        .collect();
    assert_eq!(
        found,
        [
            ("care.not_carried", Some("UPYOBO"), Some(2), Some(14)),
            ("care.not_carried", Some("UPYOBO_SUB"), Some(2), Some(5)),
            ("care.not_carried", Some("UPKIHON"), Some(1), Some(16)),
            ("care.unplaced", Some("UPKIHON_SUB1"), Some(5), None),
            ("care.not_carried", Some("UPKIHON_SUB2"), Some(2), Some(8)),
        ]
    );
    assert_eq!((plans.len(), basics.len(), basics[1].schedule.len()), (2, 2, 2));
}

fn annex_row() -> impl Strategy<Value = PreventionSupport<'static>> {
    let cell = |values: &'static [&'static str]| select(values);
    let need = (
        cell(&["1", "1", "2", ""]),
        cell(&["", "", "歩行"]),
        cell(&["", "提案"]),
        cell(&["", "意向甲", "意向乙"]),
    );
    let plan = (cell(&["1", "1", "2", ""]), cell(&["", "", "要点甲", "要点乙"]), cell(&["", "家族"]));
    let service = (cell(&["1", "2", ""]), cell(&["", "通所"]), cell(&["", "半年"]));
    (cell(&["202407", "202407", ""]), need, plan, service).prop_map(|(version, need, plan, service)| {
        let mut row = PreventionSupport::default();
        let fields = [
            (1, version),
            (2, "376608"),
            (3, "6685370090"),
            (4, "20260625"),
            (5, need.0),
            (6, need.1),
            (7, need.2),
            (8, need.3),
            (10, plan.0),
            (11, plan.1),
            (12, plan.2),
            (14, service.0),
            (15, service.1),
            (17, service.2),
        ];
        for (no, text) in fields {
            assert!(row.set(no, Text::from(text)));
        }
        row
    })
}

proptest! {
    #[test]
    fn any_annex_comes_back_as_it_was(supports in vec(annex_row(), 0..12)) {
        let mut sheet = PreventionSheet::default();
        for (no, text) in [(2, "376608"), (3, "6685370090"), (4, "20260625")] {
            prop_assert!(sheet.set(no, Text::from(text)));
        }
        let rows = PreventionPlanRows { plans: vec![sheet], supports };
        let (plans, report) = PreventionPlan::from_rows(&rows.plans, &rows.supports);
        prop_assert!(report.is_empty());
        prop_assert_eq!(&PreventionPlan::to_rows(&plans, Repeats::AsRead), &rows);
        comes_back_as_json(&plans);
        let repeated = PreventionPlan::to_rows(&plans, Repeats::Repeated);
        let (again, _) = PreventionPlan::from_rows(&repeated.plans, &repeated.supports);
        prop_assert_eq!(PreventionPlan::to_rows(&again, Repeats::Repeated), repeated);
    }
}

fn text(text: &str) -> FreeText {
    text.parse().unwrap_or_else(|e| panic!("{text}: {e}"))
}

fn date(text: &str) -> Date {
    text.parse().unwrap_or_else(|e| panic!("{text}: {e}"))
}

fn client() -> Client {
    Client {
        insurer: "376608".parse().unwrap_or_else(|e| panic!("{e}")),
        insured: "6685370090".parse().unwrap_or_else(|e| panic!("{e}")),
    }
}

fn prevention_outline() -> PreventionOutline {
    PreventionOutline {
        plan_kind: Some(PlanKind::PreventiveSupport),
        user_name: Some(text("館林　朗")),
        ..PreventionOutline::default()
    }
}

fn need(name: &str) -> PreventionNeed {
    let service =
        |kind: &str| PreventionService { used_service_kind: Some(text(kind)), ..Default::default() };
    PreventionNeed::new(text(name))
        .support_plan(
            PreventionSupportPlan::new(text("歩行の支援")).service(service("通所")).service(service("訪問")),
        )
        .support_plan(PreventionSupportPlan::new(text("見守り")))
}

fn basic_outline() -> BasicOutline {
    BasicOutline {
        plan_kind: Some(PlanKind::PreventiveSupport),
        user_name_kana: Some(text("タテバヤシ　ホガラ")),
        user_name: Some(text("館林　朗")),
        user_sex: Some(Sex::Female),
        user_birth_date: Some(BirthDate(date("1950-04-01"))),
        ..BasicOutline::default()
    }
}

fn assert_passes(files: Vec<Records<'_>>) {
    let name = |kind: FileKind| format!("{}_1309975546_46_1373350030_A2_20260701090500.CSV", kind.name());
    let files = files.iter().map(|records| (name(records.kind()), written(records)));
    let unit = Unit::new(files).unwrap_or_else(|| panic!("a unit"));
    let report = unit.check(&CheckOptions::default());
    assert_eq!(report.errors(), 0, "{:?}", report.findings());
}

#[test]
fn what_is_built_passes_the_check_of_its_unit_and_comes_back() {
    let plan = PreventionPlan::builder(client(), date("2026-06-25"), prevention_outline())
        .need(need("歩行"))
        .need(need("食事"))
        .build()
        .unwrap_or_else(|e| panic!("{e}"));
    for repeats in [Repeats::AsRead, Repeats::Repeated] {
        let rows = PreventionPlan::to_rows([&plan], repeats);
        assert_eq!(rows.supports.len(), 6);
        let (again, report) = PreventionPlan::from_rows(&rows.plans, &rows.supports);
        assert!(report.is_empty());
        let follow_up_rows = (repeats == Repeats::Repeated).then_some(FollowUpRows::Repeated);
        assert_eq!(again, [PreventionPlan { follow_up_rows, ..plan.clone() }]);
        assert_passes(vec![Records::PreventionPlan(rows.plans), Records::PreventionSupport(rows.supports)]);
    }

    let basic = BasicInformation::builder(client(), date("2026-06-20"), basic_outline())
        .schedule(ScheduleEntry { time_of_day: Some(text("6:00")), ..Default::default() })
        .illness(IllnessEntry { disease_name: Some(text("高血圧")), ..Default::default() })
        .build()
        .unwrap_or_else(|e| panic!("{e}"));
    let rows = BasicInformation::to_rows([&basic]);
    let (again, _) = BasicInformation::from_rows(&rows.basics, &rows.schedules, &rows.histories);
    assert_eq!(again, [basic]);
    assert_passes(vec![
        Records::BasicInformation(rows.basics),
        Records::DailySchedule(rows.schedules),
        Records::MedicalHistory(rows.histories),
    ]);
}

/// The places and codes of what is wrong.
fn refused<D>(result: Result<D, DocumentError>) -> Vec<(String, &'static str)> {
    let error = result.err().unwrap_or_else(|| panic!("it was built"));
    error.faults().iter().map(|fault| (fault.path.clone(), fault.fault.code())).collect()
}

#[test]
fn builders_refuse_nonsense_with_its_place() {
    let fault = |path: &str, code| vec![(path.to_owned(), code)];
    let plan = |outline| PreventionPlan::builder(client(), date("2026-06-25"), outline);
    let nameless = PreventionOutline { user_name: None, ..prevention_outline() };
    assert_eq!(refused(plan(nameless).build()), fault("outline.userName", "document.missing"));
    let phone = Some(text("03-0000-0000、03-0000-0001"));
    let long = PreventionOutline { plan_office_phone: phone, ..prevention_outline() };
    assert_eq!(refused(plan(long).build()), fault("outline.planOfficePhone", "document.inconsistent"));
    let many =
        (0..100).fold(plan(prevention_outline()), |plan, _| plan.need(PreventionNeed::new(text("歩行"))));
    assert_eq!(refused(many.build()), fault("needs[99].needNo", "document.inconsistent"));

    let basic = |outline| BasicInformation::builder(client(), date("2026-06-20"), outline);
    let method = Some(ConsultationMethod::Other);
    let unsaid = BasicOutline { consultation_method: method, ..basic_outline() };
    assert_eq!(
        refused(basic(unsaid).build()),
        fault("outline.consultationMethodOther", "document.inconsistent")
    );
    let image = BasicOutline { family_image_filename: Some(text("family.png")), ..basic_outline() };
    assert_eq!(refused(basic(image).build()), fault("outline.familyImageFilename", "document.inconsistent"));
    let phone = Some(text("1234567890123456"));
    let illness = IllnessEntry { medical_institution_phone: phone, ..Default::default() };
    assert_eq!(
        refused(basic(basic_outline()).illness(illness).build()),
        fault("illnesses[0].medicalInstitutionPhone", "document.inconsistent")
    );
}
