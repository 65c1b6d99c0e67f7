//! The monthly slip and the actuals: from rows and back without loss, and what a builder refuses.
#![allow(clippy::panic, reason = "a test fails by it")]

mod common;

use kaigo_core::calendar::{ClockTime, Date, Month};
use kaigo_core::care::{Actuals, Equipment, LineBuilder, MonthlyRows, MonthlySlip};
use kaigo_core::document::{self, DocumentError, Fault, FreeText};
use kaigo_core::exchange::{CheckOptions, Client, Inbox, Unit};
use kaigo_core::format::csv::{self, ReadOptions, WriteOptions};
use kaigo_core::ident::{OfficeNumber, ServiceCode};
use kaigo_core::record::{
    AnyRecord, ClientSupplement, FileKind, Record as _, Records, ServiceSlip, ServiceSlipAnnex,
};
use kaigo_core::report::{Lang, Report};
use kaigo_core::text::Text;
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;

fn sample(kind: FileKind) -> Vec<u8> {
    let unit = if kind == FileKind::SlipActuals { "actuals" } else { "monthly" };
    let file = common::sample(unit).into_iter().find(|(name, _)| common::kind_of(name) == kind);
    file.unwrap_or_else(|| panic!("no sample of {}", kind.name())).1
}

fn read(kind: FileKind, bytes: &[u8]) -> Records<'_> {
    csv::read(bytes, &ReadOptions::new(kind)).unwrap_or_else(|| panic!("an image")).0
}

fn written(kind: FileKind, rows: &[impl AnyRecord]) -> Vec<u8> {
    let rows = rows.iter().map(|row| row as &dyn AnyRecord);
    let (bytes, report) = csv::write(kind, rows, &WriteOptions::default()).unwrap_or_else(|e| panic!("{e}"));
    assert!(report.is_empty(), "{:?}", report.findings());
    bytes
}

fn monthly() -> (Vec<MonthlySlip>, Report, [Vec<u8>; 3]) {
    let kinds = [FileKind::SlipPlan, FileKind::SlipAnnex, FileKind::Supplement];
    let bytes = kinds.map(sample);
    let [plan, annex, supplements] = &bytes;
    let Records::SlipPlan(plan) = read(kinds[0], plan) else { panic!("UPPLAN") };
    let Records::SlipAnnex(annex) = read(kinds[1], annex) else { panic!("UPSIKYU") };
    let Records::Supplement(supplements) = read(kinds[2], supplements) else { panic!("UPHOSOKU") };
    let (slips, report) = MonthlySlip::from_rows(&plan, &annex, &supplements);
    (slips, report, bytes)
}

#[test]
fn the_samples_come_back_byte_for_byte() {
    let (slips, report, [plan, annex, supplements]) = monthly();
    assert!(report.is_empty(), "{:?}", report.findings());
    assert_eq!(slips.len(), 3);
    let positions = slips.iter().flat_map(|slip| &slip.lines).flat_map(|line| &line.days);
    assert!(positions.into_iter().all(|day| day.position.is_none()), "the samples are in the order of lines");
    let rows = MonthlySlip::to_rows(&slips);
    assert_eq!(written(FileKind::SlipPlan, &rows.slips), plan);
    assert_eq!(written(FileKind::SlipAnnex, &rows.annex), annex);
    assert_eq!(written(FileKind::Supplement, &rows.supplements), supplements);

    let bytes = sample(FileKind::SlipActuals);
    let Records::SlipActuals(rows) = read(FileKind::SlipActuals, &bytes) else { panic!("UPJSK") };
    let (actuals, report) = Actuals::from_rows(&rows);
    assert!(report.is_empty());
    assert_eq!(written(FileKind::SlipActuals, &Actuals::to_rows(&actuals)), bytes);
}

#[test]
fn the_inbox_holds_what_becomes_a_slip_and_back() {
    let (_, _, [plan, annex, supplements]) = monthly();
    let name = |kind: &str| format!("{kind}_202607_1371249069_43_1373350030_11_20260625093835.CSV");
    let files = [(name("UPPLAN"), plan), (name("UPSIKYU"), annex), (name("UPHOSOKU"), supplements)];
    let unit = Unit::new(files).unwrap_or_else(|| panic!("a unit"));
    let mut inbox = Inbox::default();
    assert!(inbox.apply(&unit, &CheckOptions::tolerant()).errors() == 0);
    for client in inbox.clients() {
        let records = inbox.current_slip(client).unwrap_or_else(|| panic!("a slip"));
        let (slip, report) = MonthlySlip::from_records(records);
        assert!(report.is_empty());
        assert_eq!(slip.map(|slip| slip.to_records()).as_ref(), Some(records));
    }
}

#[test]
fn a_line_is_a_service_of_a_provider_at_a_time_with_its_days() {
    let (slips, ..) = monthly();
    let slip = &slips[0];
    let lines: Vec<_> = slip
        .lines
        .iter()
        .map(|line| (line.service_code.map(|code| code.as_str().to_owned()), line.detail_no, line.days.len()))
        .collect();
    let code = |text: &str| Some(text.to_owned());
    assert_eq!(
        lines,
        [
            (code("111111"), None, 9),
            (code("151341"), None, 9),
            (code("171007"), Some(1), 1),
            (code("171007"), Some(2), 1)
        ]
    );
    let grid = slip.lines[0].grid(slip.target_month);
    let days: Vec<usize> = (1..).zip(grid).filter(|(_, count)| *count > 0).map(|(day, _)| day).collect();
    assert_eq!(days, [1, 5, 8, 12, 15, 19, 22, 26, 29]);
    assert_eq!(slip.lines[0].grid(Month::new(2026, 8).unwrap_or_else(|| panic!("August"))), [0; 31]);
    assert_eq!(slip.annex.len(), 4);
}

#[test]
fn two_rows_of_a_line_and_day_stay_two() {
    let bytes = sample(FileKind::SlipPlan);
    let Records::SlipPlan(mut rows) = read(FileKind::SlipPlan, &bytes) else { panic!("UPPLAN") };
    rows.truncate(1);
    rows.push(rows[0].clone());
    let (slips, report) = MonthlySlip::from_rows(&rows, &[], &[]);
    assert!(report.is_empty());
    assert_eq!(slips[0].lines.len(), 1);
    assert_eq!(slips[0].lines[0].days.len(), 2);
    assert_eq!(slips[0].lines[0].grid(slips[0].target_month)[0], 2);
    assert_eq!(MonthlySlip::to_rows(&slips).slips, rows);
}

#[test]
fn what_a_slip_cannot_hold_is_told_with_its_place() {
    let bytes = sample(FileKind::SlipPlan);
    let Records::SlipPlan(mut rows) = read(FileKind::SlipPlan, &bytes) else { panic!("UPPLAN") };
    assert!(rows[1].set(3, Text::from("x")) && rows[2].set(12, Text::from("25時")));
    let (slips, report) = MonthlySlip::from_rows(&rows, &[], &[]);
    let found: Vec<_> = report
        .findings()
        .iter()
        .map(|finding| (finding.code.name(), finding.place.row, finding.place.field.map(|field| field.no)))
        .collect();
    assert_eq!(found, [("care.unplaced", Some(2), None), ("care.not_carried", Some(3), Some(12))]);
    let carried: usize = slips.iter().flat_map(|slip| &slip.lines).map(|line| line.days.len()).sum();
    assert_eq!(carried, rows.len() - 1, "the row with a time that is none is carried without it");
}

/// A row of one of two clients, with fields out of few values, so that rows share lines and days.
fn row() -> impl Strategy<Value = ServiceSlip<'static>> {
    let texts = |no: usize, values: &'static [&'static str]| select(values).prop_map(move |text| (no, text));
    let fields: Vec<BoxedStrategy<(usize, &'static str)>> = vec![
        texts(1, &["202407"]).boxed(),
        texts(2, &["376608", "092015"]).boxed(),
        texts(3, &["6685370090", "H123456789"]).boxed(),
        texts(4, &["20260601", "20260602"]).boxed(),
        texts(5, &["202607", "202606"]).boxed(),
        texts(6, &["", "1371249069"]).boxed(),
        texts(7, &["", "見本　太郎", "髙橋\r\n\"一\""]).boxed(),
        texts(8, &["0", "163", "999999"]).boxed(),
        texts(9, &["", "12"]).boxed(),
        texts(10, &["20260701", "20260702", "20260630"]).boxed(),
        texts(11, &["", "1111100000000000000000000000000"]).boxed(),
        texts(12, &["0900", "9999"]).boxed(),
        texts(13, &["1000", "9999"]).boxed(),
        texts(14, &["1", "2", "99"]).boxed(),
        texts(15, &["111111", "171007"]).boxed(),
        texts(16, &["", "00001-000010"]).boxed(),
        texts(17, &["", "A0001-000010"]).boxed(),
        texts(18, &["", "手すり"]).boxed(),
        texts(19, &["", "1"]).boxed(),
        texts(20, &["1373350030"]).boxed(),
        texts(21, &["", "訪問介護ステーション山﨑"]).boxed(),
        texts(22, &["", "1", "A"]).boxed(),
        texts(23, &["0", "1"]).boxed(),
        texts(24, &["", "1371249069"]).boxed(),
        texts(25, &["", "x"]).boxed(),
    ];
    fields.prop_map(|fields| {
        let mut row = ServiceSlip::default();
        for (no, text) in fields {
            assert!(row.set(no, Text::from(text)));
        }
        row
    })
}

fn fewer_fields(row: ServiceSlip<'static>) -> ServiceSlip<'static> {
    // Rows that differ in few fields share lines.
    let mut shared = row;
    for (no, text) in [
        (7, ""),
        (8, "163"),
        (9, ""),
        (11, ""),
        (16, ""),
        (17, ""),
        (18, ""),
        (19, ""),
        (22, ""),
        (24, ""),
        (25, ""),
    ] {
        assert!(shared.set(no, Text::from(text)));
    }
    shared
}

fn annex_and_supplement(
    row: &ServiceSlip<'static>,
) -> (ServiceSlipAnnex<'static>, ClientSupplement<'static>) {
    let (mut annex, mut supplement) = (ServiceSlipAnnex::default(), ClientSupplement::default());
    for no in 1..=5 {
        let text = || row.value(no).map(Text::from).unwrap_or_default();
        assert!(annex.set(no, text()));
        if no != 4 && no != 5 {
            assert!(supplement.set(no, text()));
        }
    }
    assert!(
        annex.set(9, Text::from("11AAAA"))
            && annex.set(23, Text::from("11.40"))
            && annex.set(34, Text::from("9999999999"))
    );
    let month = row.value(5).map(Text::from).unwrap_or_default();
    assert!(supplement.set(4, Text::from("00000000")) && supplement.set(63, month));
    (annex, supplement)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn rows_come_back_in_whatever_order_they_stand(rows in vec(row(), 0..40), few in any::<bool>()) {
        let rows: Vec<_> = if few { rows.into_iter().map(fewer_fields).collect() } else { rows };
        let (annex, mut supplements): (Vec<_>, Vec<_>) = rows.iter().map(annex_and_supplement).unzip();
        let mut seen = Vec::new();
        supplements.retain(|supplement| {
            let key = [2, 3, 63].map(|no| supplement.value(no).map(|value| value.to_text()));
            let new = !seen.contains(&key);
            seen.push(key);
            new
        });
        supplements.reverse();
        let (slips, report) = MonthlySlip::from_rows(&rows, &annex, &supplements);
        prop_assert!(report.is_empty(), "{:?}", report.findings());
        let back = MonthlySlip::to_rows(&slips);
        prop_assert_eq!(&back, &MonthlyRows { slips: rows.clone(), annex, supplements });
        // And through JSON.
        for slip in &slips {
            let json = document::to_json(slip);
            prop_assert_eq!(&document::from_json::<MonthlySlip>(&json).unwrap_or_else(|e| panic!("{e}")), slip);
        }
        let (actuals, report) = Actuals::from_rows(&rows);
        prop_assert!(report.is_empty());
        prop_assert_eq!(Actuals::to_rows(&actuals), rows);
    }

    #[test]
    fn what_is_built_passes_the_checks(
        lines in vec((0_usize..6, vec((1_u8..=31, 1_u8..=99), 1..8), 0_u32..1_000_000, 0_u8..24, 0_u8..60), 1..8),
    ) {
        let mut builder = MonthlySlip::builder(client(), july(), created(), office("1371249069"))
            .planner_name(text("見本　太郎"));
        for (service, mut days, units, hour, minute) in lines {
            days.sort_unstable();
            days.dedup_by_key(|(day, _)| *day);
            let code = ["111111", "151341", "171007", "671001", "221111", "A21111"][service];
            let mut line = LineBuilder::new(office("1373350030"), service_code(code), units);
            if matches!(service, 2 | 3) {
                // One piece of equipment a month: several of one code and units are numbered.
                days.truncate(1);
                line = line.equipment(tais(), Some(text("手すり（据置型）ソ")));
            } else {
                line = line.at(ClockTime::At { hour, minute }, ClockTime::At { hour: 23 - hour, minute });
            }
            for (day, count) in days {
                line = line.on([day], count);
            }
            builder = builder.line(line);
        }
        let slip = builder.build().unwrap_or_else(|e| panic!("{e}"));
        prop_assert!(slip.check().is_ok());
        let name = "UPPLAN_202607_1371249069_43_1373350030_11_20260625093835.CSV";
        let bytes = written(FileKind::SlipPlan, &slip.to_records().slips);
        let checked = kaigo_core::exchange::check_file(name, &bytes, &CheckOptions::default());
        prop_assert!(checked.report.is_empty(), "{:?}", checked.report.findings());
    }
}

fn client() -> Client {
    let number = |text: &str| text.parse().unwrap_or_else(|e| panic!("{e}"));
    Client { insurer: number("092015"), insured: "1234567890".parse().unwrap_or_else(|e| panic!("{e}")) }
}

fn july() -> Month {
    Month::new(2026, 7).unwrap_or_else(|| panic!("July"))
}

fn created() -> Date {
    Date::new(2026, 6, 25).unwrap_or_else(|| panic!("a day"))
}

fn office(text: &str) -> OfficeNumber {
    text.parse().unwrap_or_else(|e| panic!("{e}"))
}

fn service_code(text: &str) -> ServiceCode {
    text.parse().unwrap_or_else(|e| panic!("{e}"))
}

fn text(text: &str) -> FreeText {
    text.parse().unwrap_or_else(|e| panic!("{e}"))
}

fn tais() -> Equipment {
    Equipment::Tais("00001-000010".parse().unwrap_or_else(|e| panic!("{e}")))
}

fn at(hour: u8, minute: u8) -> ClockTime {
    ClockTime::At { hour, minute }
}

fn visit() -> LineBuilder {
    LineBuilder::new(office("1373350030"), service_code("111111"), 163).at(at(9, 0), at(9, 30)).on([1, 8], 1)
}

fn refused(lines: impl IntoIterator<Item = LineBuilder>) -> Vec<(String, &'static str)> {
    let mut builder = MonthlySlip::builder(client(), july(), created(), office("1371249069"))
        .planner_name(text("見本　太郎"));
    for line in lines {
        builder = builder.line(line);
    }
    let error: DocumentError = match builder.build() {
        Ok(_) => panic!("built all the same"),
        Err(error) => error,
    };
    for fault in error.faults() {
        assert_ne!(fault.message(Lang::Japanese), fault.message(Lang::English));
    }
    error.faults().iter().map(|Fault { path, fault }| (path.clone(), fault.code())).collect()
}

#[test]
fn a_builder_builds_no_nonsense() {
    let rail = || LineBuilder::new(office("1373350030"), service_code("171007"), 300).on([1], 1);
    let wrong = |path: &str, code: &'static str| vec![(path.to_owned(), code)];
    const ODD: &str = "document.inconsistent";
    assert_eq!(refused([]), wrong("lines", "document.missing"));
    let nothing = LineBuilder::new(office("1373350030"), service_code("111111"), 163);
    assert_eq!(refused([visit(), nothing]), wrong("lines[1].days", "document.missing"));
    assert_eq!(refused([visit().on([32], 1)]), wrong("lines[0].days[2].serviceDate", ODD));
    assert_eq!(refused([visit().on([0], 1)]), wrong("lines[0].days[2].serviceDate", ODD));
    assert_eq!(refused([visit().on([8], 1)]), wrong("lines[0].days[2].serviceDate", ODD));
    assert_eq!(refused([visit().on([9], 0)]), wrong("lines[0].days[2].serviceCount", "document.value"));
    assert_eq!(refused([visit().on([9], 100)]), wrong("lines[0].days[2].serviceCount", "document.value"));
    assert_eq!(refused([visit().at(at(9, 0), ClockTime::NotShown)]), wrong("lines[0].serviceEndTime", ODD));
    assert_eq!(refused([visit().per_diem([])]), wrong("lines[0].perDiemDays", ODD));
    assert_eq!(refused([visit().per_diem([1, 40])]), wrong("lines[0].perDiemDays", ODD));
    assert_eq!(refused([visit().equipment(tais(), None)]), wrong("lines[0].taisCode", ODD));
    assert_eq!(refused([rail()]), wrong("lines[0].taisCode", ODD));
    let units = LineBuilder::new(office("1373350030"), service_code("111111"), 1_000_000).on([1], 1);
    assert_eq!(refused([units]), wrong("lines[0].units", "document.value"));
    for code in ["431111", "ZZ1111", "11AAAA"] {
        let line = LineBuilder::new(office("1373350030"), service_code(code), 100).on([1], 1);
        assert_eq!(refused([line]), wrong("lines[0].serviceCode", ODD), "{code}");
    }
    let total = LineBuilder::new(OfficeNumber::TOTAL, service_code("111111"), 100).on([1], 1);
    assert_eq!(refused([total]), wrong("lines[0].officeNumber", "document.value"));
    let several = rail().on([2], 1);
    assert_eq!(
        refused([rail(), several].map(|line| line.equipment(tais(), None))),
        wrong("lines[1].days", ODD)
    );
}

#[test]
fn lines_that_only_a_number_tells_apart_get_one() {
    let rail = |units| {
        LineBuilder::new(office("1373350030"), service_code("171007"), units)
            .on([1], 1)
            .equipment(tais(), None)
    };
    let slip = MonthlySlip::builder(client(), july(), created(), office("1371249069"))
        .planner_name(text("見本　太郎"))
        .line(rail(300))
        .line(rail(200))
        .line(rail(300))
        .line(visit())
        .build()
        .unwrap_or_else(|e| panic!("{e}"));
    let numbers: Vec<_> = slip.lines.iter().map(|line| line.detail_no).collect();
    assert_eq!(numbers, [Some(1), None, Some(2), None]);
    let mut wrong = slip.clone();
    wrong.lines[3].detail_no = Some(1);
    wrong.lines[2].detail_no = Some(3);
    let faults = wrong.check().expect_err("numbers that do not follow");
    let paths: Vec<_> = faults.faults().iter().map(|fault| fault.path.as_str()).collect();
    assert_eq!(paths, ["lines[3].detailNo", "lines[2].detailNo"]);
}

#[test]
fn actuals_are_updated_by_their_provider() {
    let actuals = Actuals::builder(client(), july(), created(), office("1371249069"))
        .planner_name(text("見本　太郎"))
        .line(visit())
        .build()
        .unwrap_or_else(|e| panic!("{e}"));
    assert_eq!(actuals.lines[0].updated_by_office_number, Some(office("1373350030")));
    let rows = Actuals::to_rows([&actuals]);
    assert_eq!(rows.len(), 2);
    assert_eq!(rows[0].plan_office_number.get(), Some(office("1371249069")));
    let name = "UPJSK_202607_1373350030_11_1371249069_43_20260803103829.CSV";
    let bytes = written(FileKind::SlipActuals, &rows);
    let report = kaigo_core::exchange::check_file(name, &bytes, &CheckOptions::default()).report;
    assert!(report.is_empty(), "{:?}", report.findings());
}
