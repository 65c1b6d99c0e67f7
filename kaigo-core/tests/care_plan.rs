//! Care plans: from rows and back without loss, and what a builder refuses.
#![allow(clippy::panic, reason = "a test fails by it")]

mod common;

use kaigo_core::calendar::{ClockTime, Date};
use kaigo_core::care::{
    CarePlan, CarePlanBuilder, CarePlanNeed, CarePlanOutline, CarePlanRows, CarePlanSupport, FollowUpRows,
    LongTermGoal, Repeats, ShortTermGoal, Supplement,
};
use kaigo_core::code::{InsuranceCoverage, Sex, Weekday};
use kaigo_core::document::{self, DocumentError, FreeText, Markup};
use kaigo_core::exchange::{CheckOptions, Client, Inbox, Unit};
use kaigo_core::format::csv::{self, ReadOptions, WriteOptions};
use kaigo_core::format::xml::Limits;
use kaigo_core::record::{
    AnyRecord, BirthDate, CarePlanSheet1, CarePlanSheet2, CarePlanSheet3, FileKind, Record as _, Records,
};
use kaigo_core::report::{Lang, Report};
use kaigo_core::text::{GaijiPolicy, Text};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;

const KINDS: [FileKind; 4] =
    [FileKind::CarePlan1, FileKind::CarePlan2, FileKind::CarePlan3, FileKind::Supplement];

fn sample_bytes() -> [Vec<u8>; 4] {
    let files = common::sample("plan");
    KINDS.map(|kind| common::bytes_of(&files, kind).to_vec())
}

fn rows_of(bytes: &[Vec<u8>; 4]) -> CarePlanRows {
    let mut rows = CarePlanRows::default();
    for (kind, bytes) in KINDS.iter().zip(bytes) {
        let read = csv::read(bytes, &ReadOptions::new(*kind)).unwrap_or_else(|| panic!("an image"));
        match read.0.into_owned() {
            Records::CarePlan1(records) => rows.sheet1 = records,
            Records::CarePlan2(records) => rows.sheet2 = records,
            Records::CarePlan3(records) => rows.sheet3 = records,
            Records::Supplement(records) => rows.supplements = records,
            other => panic!("{:?}", other.kind()),
        }
    }
    rows
}

fn plans_of(rows: &CarePlanRows) -> (Vec<CarePlan>, Report) {
    CarePlan::from_rows(&rows.sheet1, &rows.sheet2, &rows.sheet3, &rows.supplements)
}

fn written(rows: CarePlanRows) -> [Vec<u8>; 4] {
    [
        Records::CarePlan1(rows.sheet1),
        Records::CarePlan2(rows.sheet2),
        Records::CarePlan3(rows.sheet3),
        Records::Supplement(rows.supplements),
    ]
    .map(|records| {
        let (bytes, report) = csv::write(records.kind(), records.iter(), &WriteOptions::default())
            .unwrap_or_else(|e| panic!("{e}"));
        assert!(report.is_empty(), "{:?}", report.findings());
        bytes
    })
}

fn found(report: &Report) -> Vec<(&'static str, &'static str, Option<u64>, Option<u16>)> {
    let kind = |kind: Option<FileKind>| kind.map_or("", FileKind::name);
    report
        .findings()
        .iter()
        .map(|f| (f.code.name(), kind(f.place.kind), f.place.row, f.place.field.map(|field| field.no)))
        .collect()
}

#[test]
fn the_samples_come_back_byte_for_byte() {
    let bytes = sample_bytes();
    let (plans, report) = plans_of(&rows_of(&bytes));
    assert!(report.is_empty(), "{:?}", report.findings());
    assert_eq!(plans.len(), 3);
    assert!(plans.iter().all(|plan| plan.follow_up_rows.is_none()), "the samples leave follow-up rows blank");
    assert_eq!(written(CarePlan::to_rows(&plans, Repeats::AsRead)), bytes);
    assert_eq!(written(CarePlan::to_rows(&plans, Repeats::Blank)), bytes);
    for plan in &plans {
        let json = document::to_json(plan);
        assert_eq!(document::from_json::<CarePlan>(&json).unwrap_or_else(|e| panic!("{e}")), *plan);
        let xml = document::rewrite("CarePlan", &json, Markup::Json, Markup::Xml, &Limits::default());
        let xml = xml.unwrap_or_else(|e| panic!("{e}"));
        let back = document::rewrite("CarePlan", &xml, Markup::Xml, Markup::Json, &Limits::default());
        assert_eq!(back.unwrap_or_else(|e| panic!("{e}")), json);
    }
}

#[test]
fn follow_up_rows_are_filled_down_and_written_as_asked() {
    let (plans, _) = plans_of(&rows_of(&sample_bytes()));
    let first = &plans[0];
    let shape: Vec<Vec<usize>> = first
        .needs
        .iter()
        .map(|need| {
            need.goals.iter().flat_map(|goal| &goal.short_term_goals).map(|g| g.supports.len()).collect()
        })
        .collect();
    assert_eq!(shape, [vec![3, 2], vec![1, 2], vec![3, 2]]);
    assert_eq!(first.supports().count(), 13);

    let repeated = CarePlan::to_rows(&plans, Repeats::Repeated);
    for row in &repeated.sheet2 {
        for no in [7, 9, 10, 11, 12] {
            assert!(row.value(no).is_some_and(|value| !value.to_text().is_empty()), "No. {no} is blank");
        }
    }
    let (again, report) = plans_of(&repeated);
    assert!(report.is_empty());
    assert!(again.iter().all(|plan| plan.follow_up_rows == Some(FollowUpRows::Repeated)));
    assert!(again.iter().flat_map(|plan| plan.supports()).all(|(.., s)| s.printed_otherwise.is_empty()));
    assert_eq!(CarePlan::to_rows(&again, Repeats::AsRead), repeated);
    assert_eq!(written(CarePlan::to_rows(&again, Repeats::Blank)), sample_bytes());
}

#[test]
fn the_inbox_holds_what_becomes_a_plan_and_back() {
    let unit = Unit::new(common::sample("plan")).unwrap_or_else(|| panic!("a unit"));
    let mut inbox = Inbox::default();
    inbox.apply(&unit, &CheckOptions::default());
    assert_eq!(inbox.clients().len(), 3);
    for client in inbox.clients() {
        let records = inbox.current_plan(client).unwrap_or_else(|| panic!("a plan"));
        let (plan, report) = CarePlan::from_records(records);
        assert!(report.is_empty());
        let plan = plan.unwrap_or_else(|| panic!("a plan"));
        assert_eq!(plan.client(), client);
        assert_eq!(plan.to_records(Repeats::AsRead), *records);
    }
}

#[test]
fn what_a_plan_cannot_hold_is_told_with_its_place() {
    let mut rows = rows_of(&sample_bytes());
    let broken = Text::from_bytes(b"\x81\xFF", Default::default()).into_owned();
    assert!(rows.sheet1[1].set(21, Text::from("99")));
    assert!(rows.sheet2[2].set(13, Text::from("-3")) && rows.sheet2[4].set(14, broken));
    assert!(rows.sheet2[6].set(3, Text::from("x")));
    assert!(rows.sheet3[5].set(6, Text::from("個人番号 1234-5678-9018")));
    rows.sheet1.push(rows.sheet1[0].clone());
    rows.sheet3.rotate_left(1);
    rows.supplements.swap(0, 1);
    let (plans, report) = plans_of(&rows);
    assert_eq!(
        found(&report),
        [
            ("care.mixed", "UP1KYO", Some(4), None),
            ("care.duplicate", "UP1KYO", Some(4), None),
            ("care.not_carried", "UP1KYO", Some(2), Some(21)),
            ("care.unplaced", "UP2KYO", Some(7), None),
            ("care.not_carried", "UP2KYO", Some(3), Some(13)),
            ("care.text_changed", "UP2KYO", Some(5), Some(14)),
            ("care.mixed", "UP3KYO", Some(15), None),
            ("care.individual_number", "UP3KYO", Some(5), Some(6)),
            ("care.mixed", "UPHOSOKU", Some(2), None),
        ]
    );
    assert_eq!(plans.iter().map(|plan| plan.supports().count()).sum::<usize>(), rows.sheet2.len() - 1);
    let content = plans[0].supports().nth(4).and_then(|(.., support)| support.service_content.clone());
    assert_eq!(content.as_ref().map(FreeText::as_str), Some("\u{FFFD}"));
}

#[test]
fn rows_without_sheet_1_are_a_plan_all_the_same() {
    let mut rows = rows_of(&sample_bytes());
    rows.sheet1.remove(0);
    let (plans, _) = plans_of(&rows);
    assert_eq!(plans.len(), 3);
    let headless = plans.iter().find(|plan| plan.outline.is_none()).unwrap_or_else(|| panic!("a plan"));
    assert_eq!(headless.supports().count(), 13);
    let back = CarePlan::to_rows(&plans, Repeats::AsRead);
    assert_eq!((back.sheet1.len(), back.sheet2.len()), (2, rows.sheet2.len()));
}

#[test]
fn a_week_whose_rows_mix_groups_keeps_them() {
    let mut rows = rows_of(&sample_bytes());
    rows.sheet3.truncate(5);
    // One row says all three, one nothing; the others stand in another order.
    rows.sheet3.swap(0, 4);
    for (no, text) in [(10, "昼食"), (11, "1200"), (13, "通院")] {
        assert!(rows.sheet3[1].set(no, Text::from(text)));
    }
    for no in 6..=13 {
        assert!(rows.sheet3[2].set(no, Text::from("")));
    }
    assert!(rows.sheet3[3].set(4, Text::from("20260101")));
    let (plans, report) = plans_of(&rows);
    assert!(report.is_empty(), "{:?}", report.findings());
    assert_eq!(CarePlan::to_rows(&plans[..1], Repeats::AsRead).sheet3, rows.sheet3);
    let plan = &plans[0];
    let rows_of = |rows: &mut dyn Iterator<Item = Option<u32>>| rows.flatten().collect::<Vec<_>>();
    assert_eq!(rows_of(&mut plan.weekly_services.iter().map(|s| s.row)), [2, 3, 5]);
    assert_eq!(rows_of(&mut plan.daily_activities.iter().map(|a| a.row)), [2, 4]);
    assert_eq!(rows_of(&mut plan.non_weekly_services.iter().map(|o| o.row)), [1, 2]);
}

#[test]
fn a_short_term_goal_may_change_under_one_goal_number() {
    let mut rows = rows_of(&sample_bytes());
    rows.sheet2.truncate(3);
    assert!(rows.sheet2[2].set(10, Text::from("別の短期目標")));
    let (plans, _) = plans_of(&rows);
    let goal = &plans[0].needs[0].goals[0];
    assert_eq!(goal.short_term_goals.len(), 2);
    let [first, second] = goal.short_term_goals.as_slice() else { panic!("two goals") };
    assert_eq!((first.supports.len(), second.supports.len()), (2, 1));
    assert_eq!(second.short_term_period, first.short_term_period, "a blank period is the one above");
    assert_eq!(CarePlan::to_rows(&plans[..1], Repeats::AsRead).sheet2, rows.sheet2);
}

#[test]
fn a_blank_that_cannot_be_told_from_the_value_above_is_refused() {
    let json = |second: &str| {
        format!(
            r#"{{"insurerNumber":"376608","insuredNumber":"6685370090","carePlanDate":"2026-03-04",
                "needs":[{{"needNo":1,"need":"歩きたい"}},{second}]}}"#
        )
    };
    let read = |json: String| document::from_json::<CarePlan>(json.as_bytes());
    assert_eq!(read(json(r#"{"needNo":1}"#)).map_err(|e| e.code()), Err("document.inconsistent"));
    for second in
        [r#"{"needNo":2}"#, r#"{"needNo":1,"need":"食べたい"}"#, r#"{"needNo":2,"need":"歩きたい"}"#]
    {
        let plan = read(json(second)).unwrap_or_else(|e| panic!("{second}: {e}"));
        for repeats in [Repeats::AsRead, Repeats::Blank, Repeats::Repeated] {
            let rows = CarePlan::to_rows([&plan], repeats);
            let (again, _) = plans_of(&rows);
            assert_eq!(again[0].needs, plan.needs, "{second}");
        }
    }
}

/// A field out of few values: blank, so that rows repeat, continue and contradict one another.
fn cell(values: &'static [&'static str]) -> impl Strategy<Value = &'static str> {
    select(values)
}

fn sheet2_row() -> impl Strategy<Value = CarePlanSheet2<'static>> {
    let head = (cell(&["202407", "202407", "202504", ""]), cell(&["20260304", "20260304", "20260305", ""]));
    let need = (cell(&["1", "1", "2", "99", ""]), cell(&["", "", "歩きたい", "食べたい"]));
    let long = (cell(&["1", "1", "2", ""]), cell(&["", "目標甲", "目標乙"]), cell(&["", "半年", "一年"]));
    let short = (cell(&["", "短期甲", "短期乙"]), cell(&["", "三月", "半年"]));
    let support = (cell(&["1", "2", "3", ""]), cell(&["", "訪問", "改行\r\nあり"]), cell(&["", "Y", "N"]));
    let last = (cell(&["", "1373350030"]), cell(&["", "週２回", " 　"]), cell(&["", "1"]));
    (head, need, long, short, support, last).prop_map(|(head, need, long, short, support, last)| {
        let mut row = CarePlanSheet2::default();
        let fields = [
            (1, head.0),
            (2, "376608"),
            (3, "6685370090"),
            (4, head.1),
            (5, "20260304"),
            (6, need.0),
            (7, need.1),
            (8, long.0),
            (9, long.1),
            (10, short.0),
            (11, long.2),
            (12, short.1),
            (13, support.0),
            (14, support.1),
            (15, support.2),
            (17, last.0),
            (19, last.1),
            (22, last.2),
        ];
        for (no, text) in fields {
            assert!(row.set(no, Text::from(text)));
        }
        row
    })
}

fn sheet3_row() -> impl Strategy<Value = CarePlanSheet3<'static>> {
    let service = (cell(&["", "", "訪問介護"]), cell(&["", "1", "7"]), cell(&["", "0900", "9999"]));
    let activity = (cell(&["", "", "起床"]), cell(&["", "0600"]));
    (cell(&["20260304", "20260304", ""]), service, activity, cell(&["", "", "通院"])).prop_map(
        |(created, service, activity, other)| {
            let mut row = CarePlanSheet3::default();
            let fields = [
                (1, "202407"),
                (2, "376608"),
                (3, "6685370090"),
                (4, created),
                (5, "20260304"),
                (6, service.0),
                (7, service.1),
                (8, service.2),
                (10, activity.0),
                (11, activity.1),
                (13, other),
            ];
            for (no, text) in fields {
                assert!(row.set(no, Text::from(text)));
            }
            row
        },
    )
}

proptest! {
    #[test]
    fn any_rows_come_back_as_they_were(
        sheet2 in vec(sheet2_row(), 0..12),
        sheet3 in vec(sheet3_row(), 0..8),
    ) {
        let mut sheet1 = CarePlanSheet1::default();
        for (no, text) in [(2, "376608"), (3, "6685370090"), (14, "20260304")] {
            prop_assert!(sheet1.set(no, Text::from(text)));
        }
        let rows = CarePlanRows { sheet1: vec![sheet1], sheet2, sheet3, supplements: Vec::new() };
        let (plans, report) = plans_of(&rows);
        prop_assert!(report.is_empty(), "{:?}", report.findings());
        prop_assert_eq!(&CarePlan::to_rows(&plans, Repeats::AsRead), &rows);
        // What was read is a document, and its JSON is read back as it.
        let json = document::to_json(&plans[0]);
        let again: CarePlan = document::from_json(&json).unwrap_or_else(|e| panic!("{e}"));
        prop_assert_eq!(&again, &plans[0]);
        // The other forms of follow-up rows say the same.
        for repeats in [Repeats::Blank, Repeats::Repeated] {
            let (others, report) = plans_of(&CarePlan::to_rows(&plans, repeats));
            prop_assert!(report.is_empty());
            let texts = |plan: &CarePlan| CarePlan::to_rows([plan], Repeats::Repeated).sheet2;
            prop_assert_eq!(texts(&others[0]), texts(&plans[0]));
        }
    }
}

fn text(text: &str) -> FreeText {
    text.parse().unwrap_or_else(|e| panic!("{text}: {e}"))
}

fn date(text: &str) -> Date {
    text.parse().unwrap_or_else(|e| panic!("{text}: {e}"))
}

fn at(hour: u8) -> ClockTime {
    ClockTime::At { hour, minute: 0 }
}

fn client() -> Client {
    Client {
        insurer: "376608".parse().unwrap_or_else(|e| panic!("{e}")),
        insured: "6685370090".parse().unwrap_or_else(|e| panic!("{e}")),
    }
}

fn outline() -> CarePlanOutline {
    CarePlanOutline {
        planner_name: Some(text("見本　花子")),
        plan_office_name: Some(text("見本居宅")),
        first_care_plan_date: Some(date("2025-04-01")),
        ..CarePlanOutline::default()
    }
}

fn supplement() -> Supplement {
    Supplement {
        user_name_kana: Some(text("タテバヤシ　ホガラ")),
        user_name: Some(text("館林　朗")),
        user_sex: Some(Sex::Female),
        user_birth_date: Some(BirthDate(date("1950-04-01"))),
        ..Supplement::default()
    }
}

fn support(content: &str) -> CarePlanSupport {
    CarePlanSupport {
        service_content: Some(text(content)),
        insurance_covered: Some(InsuranceCoverage::Covered),
        ..CarePlanSupport::default()
    }
}

fn goal(number: usize) -> LongTermGoal {
    let short = |name: &str| ShortTermGoal::new(text(&format!("短期{number}{name}")), text("R8.7～R8.12"));
    LongTermGoal::new(text(&format!("長期{number}")), text("R8.7～R9.6"))
        .short_term(short("甲").support(support("訪問")).support(support("訪問")))
        .short_term(short("乙").support(support("通所")))
}

fn builder() -> CarePlanBuilder {
    let office = "1371249069".parse().unwrap_or_else(|e| panic!("{e}"));
    CarePlan::builder(client(), date("2026-03-04"), office).outline(outline()).supplement(supplement())
}

fn week(builder: CarePlanBuilder) -> CarePlanBuilder {
    builder
        .weekly(text("訪問介護"), [Weekday::Monday, Weekday::Thursday], at(9), at(10))
        .daily(text("起床"), at(6), None)
        .non_weekly(text("福祉用具貸与"))
}

#[test]
fn a_built_plan_passes_the_check_of_its_unit_and_comes_back() {
    let plan = week(builder())
        .need(CarePlanNeed::new(text("歩きたい")).goal(goal(1)).goal(goal(2)))
        .need(CarePlanNeed::new(text("食べたい")))
        .build()
        .unwrap_or_else(|e| panic!("{e}"));
    let numbers: Vec<_> = plan
        .supports()
        .map(|(need, goal, _, support)| (need.need_no, goal.goal_no, support.support_no))
        .collect();
    let numbered = |goal, support| (Some(1), Some(goal), Some(support));
    assert_eq!(
        numbers,
        [numbered(1, 1), numbered(1, 2), numbered(1, 3), numbered(2, 1), numbered(2, 2), numbered(2, 3)]
    );
    for repeats in [Repeats::AsRead, Repeats::Repeated] {
        let rows = CarePlan::to_rows([&plan], repeats);
        let (again, report) = plans_of(&rows);
        assert!(report.is_empty());
        let follow_up_rows = again[0].follow_up_rows;
        assert_eq!(again[0], CarePlan { follow_up_rows, ..plan.clone() });
        let name = |kind: FileKind, month: &str| {
            format!("{}_{month}1371249069_43_1373350030_11_20260304093735.CSV", kind.name())
        };
        let names = KINDS.map(|kind| name(kind, if kind.has_month() { "000000_" } else { "" }));
        let unit = Unit::new(names.into_iter().zip(written(rows))).unwrap_or_else(|| panic!("a unit"));
        let report = unit.check(&CheckOptions::default());
        assert_eq!(report.errors(), 0, "{:?}", report.findings());
    }
}

#[test]
fn characters_outside_ms932_are_for_writing() {
    let plan = builder().need(CarePlanNeed::new(text("𠮷田"))).build().unwrap_or_else(|e| panic!("{e}"));
    let records = Records::CarePlan2(CarePlan::to_rows([&plan], Repeats::AsRead).sheet2);
    let write = |gaiji| {
        csv::write(records.kind(), records.iter(), &WriteOptions { gaiji, ..WriteOptions::default() })
            .map_err(|e| e.code())
            .map(|(_, report)| report.warnings())
    };
    assert_eq!(write(GaijiPolicy::Reject), Err("unwritable"));
    assert_eq!(write(GaijiPolicy::MapVariants), Ok(1));
}

/// The places and codes of what is wrong.
fn refused(result: Result<CarePlan, DocumentError>) -> Vec<(String, &'static str)> {
    let error = result.err().unwrap_or_else(|| panic!("it was built"));
    assert!(!error.faults().iter().any(|fault| fault.message(Lang::Japanese).is_empty()));
    error.faults().iter().map(|fault| (fault.path.clone(), fault.fault.code())).collect()
}

#[test]
fn a_builder_refuses_nonsense_with_its_place() {
    let need = || CarePlanNeed::new(text("歩きたい"));
    let fault = |path: &str, code| vec![(path.to_owned(), code)];
    assert_eq!(refused(builder().build()), fault("needs", "document.missing"));
    let nameless = CarePlanOutline { planner_name: None, ..outline() };
    assert_eq!(
        refused(builder().outline(nameless).need(need()).build()),
        fault("outline.plannerName", "document.missing")
    );
    let nobody = Supplement { user_sex: None, ..supplement() };
    assert_eq!(
        refused(builder().supplement(nobody).need(need()).build()),
        fault("supplement.userSex", "document.missing")
    );
    let backwards = CarePlanOutline {
        certification_valid_from: Some(date("2026-04-01")),
        certification_valid_to: Some(date("2026-03-31")),
        ..outline()
    };
    assert_eq!(
        refused(builder().outline(backwards).need(need()).build()),
        fault("outline.certificationValidTo", "document.inconsistent")
    );
    let unpaired = week(builder()).weekly(text("通所"), [Weekday::Friday], at(9), ClockTime::NotShown);
    assert_eq!(
        refused(unpaired.need(need()).build())[0],
        ("weeklyServices[2].serviceEndTime".to_owned(), "document.inconsistent")
    );
    let many = (1..=100).fold(need(), |need, number| need.goal(goal(number)));
    assert_eq!(
        refused(builder().need(many).build()),
        fault("needs[0].goals[99].goalNo", "document.inconsistent")
    );
    let short = || ShortTermGoal::new(text("短期"), text("半年")).support(support("訪問"));
    let twins = LongTermGoal::new(text("長期"), text("一年")).short_term(short()).short_term(short());
    assert_eq!(
        refused(builder().need(need().goal(twins)).build()),
        fault("needs[0].goals[0].shortTermGoals[1]", "document.duplicate")
    );
    let unclear = LongTermGoal::new(text("長期"), text("一年"))
        .short_term(short())
        .short_term(ShortTermGoal::default());
    assert_eq!(
        refused(builder().need(need().goal(unclear)).build()),
        fault("needs", "document.inconsistent")
    );
}
