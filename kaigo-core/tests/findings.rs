//! Every finding of the catalogue: files that cause it, and close neighbours that do not.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod common;

use std::collections::BTreeSet;
use std::path::Path;

use common::{Csv, Files, bytes_of, check, edit, file_mut, options, sample, sjis, utf8};
use kaigo_core::care::{CareDocument, CarePlan, MonthlySlip};
use kaigo_core::exchange::{Inbox, Unit};
use kaigo_core::format::csv::{self, WriteOptions};
use kaigo_core::record::{CarePlanSheet1, FileKind as K, Record as _, Records, ServiceSlip};
use kaigo_core::report::{Code, Finding, Lang, Level, Masking, Report, Severity, Strictness};
use kaigo_core::text::{Encoding, GaijiPolicy, Text};

type Check = Box<dyn Fn(Strictness) -> Report>;

/// Where a finding is expected to stand: kind, row, official No., offset.
type At = (Option<K>, Option<u64>, Option<u16>, Option<u64>);

struct Case {
    code: Code,
    at: At,
    bad: Check,
    good: Check,
    /// What the same damage causes besides.
    also: &'static [Code],
}

impl Case {
    fn also(mut self, also: &'static [Code]) -> Self {
        self.also = also;
        self
    }
}

fn files(files: Files) -> Check {
    Box::new(move |strictness| check(&files, strictness))
}

/// Two versions of some files.
fn case(code: Code, at: At, bad: Files, good: Files) -> Case {
    Case { code, at, bad: files(bad), good: files(good), also: &[] }
}

/// One field of a sample, wrong and right, as the file says it. `None` for the right one: as in the sample.
fn field<'g>(
    code: Code,
    (unit, kind, row, no): (&str, K, usize, usize),
    bad: &str,
    good: impl Into<Option<&'g str>>,
) -> Case {
    field_bytes(code, (unit, kind, row, no), &sjis(bad), good.into().map(sjis).as_deref())
}

fn field_bytes(
    code: Code,
    (unit, kind, row, no): (&str, K, usize, usize),
    bad: &[u8],
    good: Option<&[u8]>,
) -> Case {
    let mut byte = 0;
    let bad = edit(sample(unit), kind, |csv| {
        byte = csv.set(row, no, bad).field_offset(row, no);
    });
    let good = match good {
        Some(good) => edit(sample(unit), kind, |csv| {
            csv.set(row, no, good);
        }),
        None => sample(unit),
    };
    case(code, (Some(kind), Some(row as u64), Some(no as u16), Some(byte)), bad, good)
}

fn field_at(files: &Files, kind: K, row: usize, no: usize) -> At {
    let byte = Csv::of(bytes_of(files, kind)).field_offset(row, no);
    (Some(kind), Some(row as u64), Some(no as u16), Some(byte))
}

/// A file whose bytes are changed as a whole.
fn whole(code: Code, (unit, kind): (&str, K), row: Option<u64>, byte: u64, bad: Vec<u8>) -> Case {
    let mut files = sample(unit);
    file_mut(&mut files, kind).1 = bad;
    case(code, (Some(kind), row, None, Some(byte)), files, sample(unit))
}

fn renamed(mut files: Files, kind: K, from: &str, to: &str) -> Files {
    let (name, _) = file_mut(&mut files, kind);
    assert!(name.contains(from));
    *name = name.replace(from, to);
    files
}

fn without(files: Files, kind: K) -> Files {
    files.into_iter().filter(|(name, _)| common::kind_of(name) != kind).collect()
}

const IMAGE: &str = "UPKIHON_IMAGE_1309975546_46_1373350030_A2_20260701090000_0001.jpg";
const JPEG: &[u8] = b"\xFF\xD8\xFF\xE0synthetic";

/// The sample of basic information whose first record names an image, which lies beside it or does not.
fn with_image(named: bool, image: Option<&[u8]>) -> Files {
    let mut files = sample("basic");
    if named {
        files = edit(files, K::BasicInformation, |csv| {
            csv.set(1, 62, format!("\"{IMAGE}\""));
        });
    }
    files.extend(image.map(|bytes| (IMAGE.to_owned(), bytes.to_vec())));
    files
}

/// One actual service on a day of June, billed by the day.
fn day_map(last_day: usize) -> Files {
    let mut map = ["0"; 31];
    map[last_day - 1] = "1";
    let files = edit(sample("actuals"), K::SlipActuals, |csv| {
        csv.rows.truncate(1);
        csv.set(1, 5, "202606").set(1, 10, "20260604").set(1, 11, map.concat());
    });
    renamed(files, K::SlipActuals, "202607", "202606")
}

/// What importing units one after the other says.
fn imports(units: Vec<Files>) -> Check {
    Box::new(move |strictness| {
        let (mut inbox, mut report) = (Inbox::default(), Report::default());
        for files in &units {
            report.extend(inbox.apply(&Unit::new(files.clone()).unwrap(), &options(strictness)));
        }
        report
    })
}

/// What writing a name says.
fn writes(policy: GaijiPolicy, name: &'static str) -> Check {
    Box::new(move |_| {
        let sheet = CarePlanSheet1 { planner_name: Text::from(name), ..CarePlanSheet1::default() };
        let options = WriteOptions { gaiji: policy, ..WriteOptions::default() };
        csv::write(K::CarePlan1, [&sheet as _], &options).unwrap().1
    })
}

fn form_cases() -> Vec<Case> {
    let deletion = bytes_of(&sample("delete_plan"), K::DeleteCarePlan).to_vec();
    let schedule = bytes_of(&sample("basic"), K::DailySchedule).to_vec();
    let sub1 = ("basic", K::DailySchedule);
    let dlt1 = ("delete_plan", K::DeleteCarePlan);
    let rows = Csv::of(&schedule);
    let second = rows.row_offset(2);
    let prefixed = |prefix: &[u8]| [prefix, &schedule].concat();
    vec![
        whole(Code::CsvEmpty, dlt1, None, 0, vec![]),
        whole(Code::CsvColumnCount, dlt1, Some(1), 0, b"202407,376608,6685370090,20260304,\r\n".to_vec()),
        field(Code::CsvUnclosedQuote, ("basic", K::DailySchedule, 3, 6), "\"掃除", None)
            .also(&[Code::CsvColumnCount]),
        field(Code::CsvStrayQuote, ("basic", K::DailySchedule, 2, 6), "\"朝\"食\"", "\"朝\"\"食\""),
        whole(Code::CsvTruncated, dlt1, Some(1), 0, b"202407,376608,6685370090".to_vec()),
        {
            let long = |size: usize| {
                edit(sample("basic"), K::DailySchedule, |csv| {
                    csv.set(2, 7, ["\"".into(), "x".repeat(size), "\"".into()].concat());
                })
            };
            // The rest of the record is read as a record of its own.
            case(
                Code::CsvRecordTooLong,
                (Some(K::DailySchedule), Some(2), None, Some(second)),
                long(17 << 20),
                long(1 << 20),
            )
            .also(&[
                Code::CsvUnclosedQuote,
                Code::CsvStrayQuote,
                Code::CsvColumnCount,
                Code::CsvLastLineEnd,
                Code::FieldLength,
                Code::UnitOrphan,
            ])
        },
        {
            let bytes = String::from_utf8_lossy(&deletion).replace("\r\n", "\n").into_bytes();
            whole(Code::CsvLineEnd, dlt1, Some(1), 0, bytes)
        },
        whole(Code::CsvLastLineEnd, dlt1, Some(1), 0, deletion[..deletion.len() - 2].to_vec()),
        {
            let heading = sjis(
                "CSVバージョン,保険者番号,被保険者番号,相談日,時間,本人の生活状況,介護者・家族の生活状況\r\n",
            );
            whole(Code::CsvHeaderRow, sub1, None, 0, prefixed(&heading))
        },
        whole(Code::CsvBom, sub1, None, 0, [b"\xEF\xBB\xBF", &*utf8(&schedule)].concat())
            .also(&[Code::CsvUtf8]),
        whole(Code::CsvUtf8, sub1, None, 0, utf8(&schedule)),
        field(Code::CsvQuotedCode, ("basic", K::DailySchedule, 2, 1), "\"202407\"", None),
        field(Code::CsvUnquotedText, ("basic", K::DailySchedule, 2, 6), "朝食", None),
        field(Code::CsvQuotedBlank, ("basic", K::DailySchedule, 3, 7), "\"\"", None),
        whole(Code::CsvBlankLine, sub1, None, 0, prefixed(b"\r\n")),
    ]
}

fn text_cases() -> Vec<Case> {
    let place = ("basic", K::DailySchedule, 2, 6);
    let at_offset = |mut case: Case, offset: u64| {
        case.at.3 = case.at.3.map(|byte| byte + offset);
        case
    };
    vec![
        // A lead byte in front of the quote: the quote closes all the same.
        at_offset(field_bytes(Code::TextInvalid, place, b"\"ab\x81\"", None), 2),
        at_offset(field_bytes(Code::TextUserDefined, place, b"\"a\xF0\x40\"", Some(b"\"a\x81\xAC\"")), 1),
        at_offset(field_bytes(Code::TextAlternateCode, place, b"\"a\xED\x40\"", Some(b"\"a\xFA\x5C\"")), 1),
        at_offset(field_bytes(Code::TextControl, place, b"\"a\x07\"", Some(b"\"a\t\r\n\"")), 1),
        {
            let with = |text: &str| {
                let mut files = sample("basic");
                let (_, bytes) = file_mut(&mut files, K::DailySchedule);
                let mut csv = Csv::of(&utf8(bytes));
                csv.set(2, 6, text);
                *bytes = csv.bytes();
                files
            };
            let bad = with("\"\u{301C}\"");
            let at = field_at(&bad, K::DailySchedule, 2, 6);
            case(Code::TextOutsideMs932, at, bad, with("\"～\"")).also(&[Code::CsvUtf8])
        },
        Case {
            code: Code::TextVariantWritten,
            at: (Some(K::CarePlan1), Some(1), Some(8), None),
            bad: writes(GaijiPolicy::MapVariants, "𠮷田"),
            good: writes(GaijiPolicy::MapVariants, "吉田"),
            also: &[],
        },
        Case {
            code: Code::TextSubstituted,
            at: (Some(K::CarePlan1), Some(1), Some(8), None),
            bad: writes(GaijiPolicy::Substitute, "\u{1F600}"),
            good: writes(GaijiPolicy::Substitute, "〓"),
            also: &[],
        },
    ]
}

fn field_cases() -> Vec<Case> {
    let plan = |row, no| ("monthly", K::SlipPlan, row, no);
    let sheet1 = |no| ("plan", K::CarePlan1, 1, no);
    vec![
        field(Code::FieldRequired, sheet1(8), "", "\"見本\""),
        field(Code::FieldRequiredDoubtful, plan(1, 8), "", "0"),
        field(Code::FieldLength, sheet1(13), "137124906", None),
        field(
            Code::FieldLengthDoubtful,
            ("monthly", K::Supplement, 1, 12),
            "０３００００００００",
            "03-00000000-000",
        ),
        field(Code::FieldDigits, ("delete_plan", K::DeleteCarePlan, 1, 2), "37660A", None),
        field(Code::FieldAlnum, plan(1, 20), "137335003x", None),
        field(Code::FieldDate, sheet1(18), "20260229", "20240229"),
        field(Code::FieldMonth, ("delete_slip", K::DeleteSlipPlan, 1, 4), "202613", None)
            .also(&[Code::FileMonthName]),
        field(Code::FieldTime, plan(1, 12), "0860", "0859"),
        field(Code::FieldInteger, plan(1, 14), "1x", "99"),
        field(Code::FieldDecimal, ("monthly", K::SlipAnnex, 1, 23), "11.4", "11.40"),
        field(Code::FieldPostal, sheet1(5), "394_1606", "394-1606"),
        field(
            Code::FieldDayMap,
            plan(1, 11),
            "1111100000000000000000000000002",
            "1111100000000000000000000000001",
        ),
        field(Code::FieldCode, sheet1(16), "55", "54"),
        field(Code::FieldZeroPadded, plan(1, 14), "01", "1"),
        field(Code::FieldNegative, plan(1, 8), "-163", "0"),
        field(Code::FieldUnused, sheet1(28), "A", ""),
        field(Code::FieldCheckDigit, sheet1(13), "1371249068", None),
        field(Code::FieldServiceType, ("delete_actuals", K::DeleteSlipActuals, 1, 6), "99", "2A"),
        // Seen in the wild; in no official list.
        field(Code::FieldVersionUnknown, ("delete_plan", K::DeleteCarePlan, 1, 1), "202410", "202407"),
        field(Code::FieldVersionOld, ("delete_plan", K::DeleteCarePlan, 1, 1), "202208", "202407"),
        {
            let bad = edit(sample("basic"), K::BasicInformation, |csv| {
                csv.set(1, 62, "\"family.jpg\"");
            });
            let at = field_at(&bad, K::BasicInformation, 1, 62);
            case(Code::FieldImageName, at, bad, with_image(true, Some(JPEG))).also(&[Code::UnitImageMissing])
        },
    ]
}

fn row_cases() -> Vec<Case> {
    let plan = |row, no| ("monthly", K::SlipPlan, row, no);
    let sheet3 = |row, no| ("plan", K::CarePlan3, row, no);
    let extra = |no| ("monthly", K::Supplement, 1, no);
    // Row 4 of 第7表 is the first client's grand total.
    let annex = |row, no| ("monthly", K::SlipAnnex, row, no);
    let two = |unit, kind, row, (no_a, a): (usize, &str), (no_b, b): (usize, &str)| {
        edit(sample(unit), kind, |csv| {
            csv.set(row, no_a, sjis(a)).set(row, no_b, sjis(b));
        })
    };
    let pair = |code, (unit, kind, row, no), bad: [(usize, &str); 2], good: [(usize, &str); 2]| {
        let bad = two(unit, kind, row, bad[0], bad[1]);
        let at = field_at(&bad, kind, row, no);
        case(code, at, bad, two(unit, kind, row, good[0], good[1]))
    };
    let map_at = |files: &Files| field_at(files, K::SlipActuals, 1, 11);
    vec![
        pair(Code::RowEquipmentCode, plan(19, 16), [(16, ""), (17, "")], [(16, ""), (17, "00001-000010")]),
        pair(
            Code::RowEquipmentCodeBoth,
            plan(19, 17),
            [(16, "00001-000010"), (17, "00001-000010")],
            [(16, "00001-000010"), (17, "")],
        ),
        case(Code::RowDayMapMonth, map_at(&day_map(31)), day_map(31), day_map(30)),
        field(Code::RowDayMapNone, plan(1, 11), &"0".repeat(31), format!("{}1", "0".repeat(30)).as_str()),
        pair(Code::RowTimesPaired, plan(1, 13), [(12, "0900"), (13, "9999")], [(12, "9999"), (13, "9999")]),
        pair(Code::RowTimeNotShown, sheet3(1, 8), [(8, "9999"), (9, "9999")], [(8, "0000"), (9, "2359")]),
        field(Code::RowDateMonth, plan(1, 10), "20260801", "20260731"),
        field(Code::RowOutOfScope, plan(1, 15), "331111", "271111"),
        pair(
            Code::RowCondition,
            ("basic", K::BasicInformation, 1, 9),
            [(8, "03"), (9, "")],
            [(8, "03"), (9, "\"手紙\"")],
        ),
        field(Code::RowPeriod, ("plan", K::CarePlan1, 1, 20), "20260331", "20260401"),
        pair(Code::RowLimitSlotGap, extra(24), [(24, "11"), (25, "1000")], [(20, "11"), (21, "1000")]),
        pair(Code::RowLimitSlotPartial, extra(21), [(20, "11"), (21, "")], [(20, "11"), (21, "1000")]),
        pair(Code::RowLimitSlotShortStay, extra(20), [(20, "23"), (21, "1000")], [(20, "22"), (21, "1000")]),
        field(Code::RowSupplementKeys, extra(4), "20260304", "00000000").with_field(63),
        field(Code::RowWeeklyGroups, sheet3(1, 13), "\"通院\"", "").at_row(),
        field(Code::RowNumberRange, ("plan", K::CarePlan2, 1, 6), "0", "99"),
        field(Code::RowTotalUnits, annex(4, 13), "1", "0"),
        field(Code::RowTotalDiscount, annex(4, 14), "100", ""),
        field(Code::RowTotalOffice, annex(4, 7), "1373350030", "9999999999"),
        field(Code::RowFixedOffice, annex(1, 34), "", "9999999999"),
    ]
}

impl Case {
    /// Says that the finding stands at another field of the row.
    fn with_field(mut self, no: u16) -> Self {
        let files = edit(sample("monthly"), K::Supplement, |csv| {
            csv.set(1, 4, "20260304");
        });
        self.at = field_at(&files, K::Supplement, 1, no.into());
        self
    }

    /// Says that the finding stands at the first row as a whole.
    fn at_row(mut self) -> Self {
        (self.at.2, self.at.3) = (None, Some(0));
        self
    }

    /// Says that the finding has no offset: it comes of several rows or files.
    fn no_byte(mut self) -> Self {
        self.at.3 = None;
        self
    }
}

fn file_cases() -> Vec<Case> {
    let (annex, actuals) = (K::SlipAnnex, K::SlipActuals);
    let dlt1 = || sample("delete_plan");
    let second_code = |subtotal: bool| {
        edit(sample("monthly"), annex, |csv| {
            csv.set(2, 9, "112411");
            if subtotal {
                let mut row = csv.rows[1].clone();
                (row[8], row[12]) = (b"11AAAA".to_vec(), b"0".to_vec());
                csv.rows.insert(2, row);
            }
        })
    };
    let at = |kind, row, no| (Some(kind), Some(row), Some(no), None);
    vec![
        case(
            Code::FileName,
            (None, None, None, None),
            renamed(dlt1(), K::DeleteCarePlan, "_43_", "_4_"),
            dlt1(),
        ),
        case(
            Code::FileNameOld,
            (Some(K::DeleteCarePlan), None, None, None),
            renamed(dlt1(), K::DeleteCarePlan, "_1371249069_43_1373350030_11_", "_1371249069_1373350030_"),
            dlt1(),
        ),
        case(
            Code::FileNameCase,
            (Some(K::DeleteCarePlan), None, None, None),
            renamed(dlt1(), K::DeleteCarePlan, ".CSV", ".csv"),
            dlt1(),
        ),
        field(Code::FileVersions, ("basic", K::DailySchedule, 2, 1), "202208", "202407")
            .also(&[Code::FieldVersionOld]),
        {
            let bad = edit(sample("actuals"), actuals, |csv| {
                csv.set(2, 5, "202608").set(2, 10, "20260803");
            });
            let at = field_at(&bad, actuals, 2, 5);
            case(Code::FileMonths, at, bad, sample("actuals"))
        },
        {
            let bad = renamed(sample("delete_slip"), K::DeleteSlipPlan, "_202607_", "_202608_");
            let at = field_at(&bad, K::DeleteSlipPlan, 1, 4);
            case(Code::FileMonthName, at, bad, sample("delete_slip"))
        },
        case(Code::FileSubtotal, at(annex, 4, 9), second_code(false), second_code(true)),
        case(
            Code::FileGrandTotal,
            at(annex, 3, 9),
            edit(sample("monthly"), annex, |csv| {
                csv.rows.remove(3);
            }),
            sample("monthly"),
        ),
        field(Code::FileDetailNo, ("monthly", K::SlipPlan, 19, 19), "3", "1").no_byte(),
        field(Code::FileActualsOffice, ("actuals", actuals, 3, 20), "1375269253", None).no_byte(),
        field(Code::FileActualsType, ("actuals", actuals, 3, 15), "151341", None).no_byte(),
        {
            let copy = |date: &'static str| {
                edit(sample("delete_plan"), K::DeleteCarePlan, |csv| {
                    csv.rows.push(csv.rows[0].clone());
                    csv.set(2, 4, date);
                })
            };
            let at = (Some(K::DeleteCarePlan), Some(2), None, None);
            case(Code::FileDuplicateKey, at, copy("20260304"), copy("20260305"))
        },
    ]
}

fn unit_cases() -> Vec<Case> {
    let of_file = |kind| (Some(kind), None, None, None);
    let later = ("20260625093735", "20260625093736");
    vec![
        {
            let deletion =
                renamed(sample("delete_plan"), K::DeleteCarePlan, "20260810100000", "20260625093735");
            let apart = [sample("plan"), sample("delete_plan")].concat();
            case(Code::UnitCombination, of_file(K::CarePlan1), [sample("plan"), deletion].concat(), apart)
        },
        case(
            Code::UnitIncomplete,
            of_file(K::CarePlan1),
            without(sample("plan"), K::CarePlan3),
            sample("plan"),
        ),
        case(
            Code::UnitSequence,
            of_file(K::Supplement),
            renamed(sample("plan"), K::Supplement, later.0, later.1),
            sample("plan"),
        ),
        case(
            Code::UnitOffices,
            of_file(K::Supplement),
            renamed(sample("plan"), K::Supplement, "1373350030", "1375269253"),
            sample("plan"),
        ),
        {
            let mut twice = sample("actuals");
            let june = renamed(sample("actuals"), K::SlipActuals, "_202607_", "_202606_");
            twice.extend(june);
            case(Code::UnitDuplicateKind, of_file(K::SlipActuals), twice, sample("actuals"))
                .also(&[Code::FileMonthName])
        },
        field(Code::UnitOrphan, ("plan", K::CarePlan3, 1, 5), "20260305", None).no_field().no_byte(),
        case(
            Code::UnitChildless,
            (Some(K::CarePlan1), Some(1), None, None),
            edit(sample("plan"), K::Supplement, |csv| {
                csv.rows.remove(0);
            }),
            sample("plan"),
        ),
        case(
            Code::UnitImageMissing,
            (Some(K::BasicInformation), Some(1), Some(62), None),
            with_image(true, None),
            with_image(true, Some(JPEG)),
        ),
        case(
            Code::UnitImageUnused,
            of_file(K::FamilyImage),
            with_image(false, Some(JPEG)),
            with_image(true, Some(JPEG)),
        ),
        case(
            Code::UnitImageForm,
            of_file(K::FamilyImage),
            with_image(true, Some(b"\x89PNG\r\n")),
            with_image(true, Some(JPEG)),
        ),
        case(
            Code::UnitUnknownFile,
            (None, None, None, None),
            [sample("delete_plan"), vec![("memo.txt".to_owned(), vec![])]].concat(),
            sample("delete_plan"),
        ),
        case(
            Code::UnitMonths,
            of_file(K::SlipAnnex),
            renamed(sample("monthly"), K::SlipAnnex, "_202607_", "_202608_"),
            sample("monthly"),
        )
        .also(&[Code::FileMonthName]),
    ]
}

impl Case {
    fn no_field(mut self) -> Self {
        self.at.2 = None;
        self
    }
}

fn inbox_cases() -> Vec<Case> {
    let inbox = |code, bad, good| Case {
        code,
        at: (None, None, None, None),
        bad: imports(bad),
        good: imports(good),
        also: &[],
    };
    let (plan, monthly, deletion) = (|| sample("plan"), || sample("monthly"), || sample("delete_plan"));
    vec![
        inbox(Code::InboxOrder, vec![monthly(), plan()], vec![plan(), monthly()]),
        inbox(Code::InboxAgain, vec![plan(), plan()], vec![plan()]),
        inbox(Code::InboxNothingDeleted, vec![deletion()], vec![plan(), deletion()]),
    ]
}

/// Rows of 第1表 in an order, on the way to the care domain.
fn plan_case(code: Code, row: u64, bad: &'static [usize], good: &'static [usize]) -> Case {
    let carried = |order: &'static [usize]| -> Check {
        Box::new(move |_| {
            let bytes = bytes_of(&sample("plan"), K::CarePlan1).to_vec();
            let Some((Records::CarePlan1(rows), _)) = csv::read(&bytes, &csv::ReadOptions::new(K::CarePlan1))
            else {
                panic!("the kind asked for")
            };
            let rows: Vec<_> = order.iter().map(|row| rows[*row].clone()).collect();
            CarePlan::from_rows(&rows, &[], &[], &[]).1
        })
    };
    let at = (Some(K::CarePlan1), Some(row), None, None);
    Case { code, at, bad: carried(bad), good: carried(good), also: &[Code::CareDuplicate] }
}

/// A sample unit, on the way to a care document.
fn care_document(unit: &'static str) -> Check {
    Box::new(move |strictness| {
        let unit = Unit::new(sample(unit)).unwrap();
        CareDocument::from_units([&unit], &options(strictness)).1
    })
}

fn plan_cases() -> Vec<Case> {
    vec![
        plan_case(Code::CareDuplicate, 2, &[0, 0, 1], &[0, 1]),
        plan_case(Code::CareMixed, 3, &[0, 1, 0], &[0, 0, 1]),
        Case {
            code: Code::CareLeftOut,
            at: (Some(K::DeleteCarePlan), None, None, None),
            bad: care_document("delete_plan"),
            good: care_document("plan"),
            also: &[],
        },
    ]
}

/// Two values of a field of the slip in the second row, on the way to the care domain.
fn slip_case(code: Code, no: usize, at: Option<u16>, bad: &[u8], good: &str) -> Case {
    let carried = |value: Vec<u8>| {
        let rows = sample("monthly").into_iter().find(|(name, _)| name.starts_with("UPPLAN_")).unwrap().1;
        Box::new(move |_| {
            let Records::SlipPlan(mut rows) =
                csv::read(&rows, &csv::ReadOptions::new(K::SlipPlan)).unwrap().0.into_owned()
            else {
                panic!("the kind asked for")
            };
            assert!(rows[1].set(no, Text::from_bytes(&value, Encoding::Ms932).into_owned()));
            MonthlySlip::from_rows(&rows, &[], &[]).1
        })
    };
    let at = (Some(K::SlipPlan), Some(2), at, None);
    Case { code, at, bad: carried(bad.to_vec()), good: carried(sjis(good)), also: &[] }
}

fn care_cases() -> Vec<Case> {
    vec![
        slip_case(Code::CareNotCarried, 12, Some(12), b"2500", "2300"),
        slip_case(Code::CareTextChanged, 7, Some(7), b"\x81\xFF", "見本　太郎"),
        // 123456789018 has the right check digit, and is nobody's.
        slip_case(Code::CareIndividualNumber, 7, Some(7), b"123456789018", "123456789019"),
        slip_case(Code::CareUnplaced, 3, None, b"x", "1234567890"),
    ]
}

fn cases() -> Vec<Case> {
    [
        form_cases(),
        text_cases(),
        field_cases(),
        row_cases(),
        file_cases(),
        unit_cases(),
        inbox_cases(),
        plan_cases(),
        care_cases(),
    ]
    .into_iter()
    .flatten()
    .collect()
}

fn place(finding: &Finding) -> At {
    let place = &finding.place;
    (place.kind, place.row, place.field.map(|field| field.no), place.byte)
}

#[test]
fn every_code_is_caused_at_its_place_and_not_by_its_neighbour() {
    for Case { code, at, bad, good, also } in cases() {
        for strictness in [Strictness::Strict, Strictness::Tolerant] {
            let severity = match (code.level(), strictness) {
                (Level::Error, _) | (Level::Tolerated, Strictness::Strict) => Severity::Error,
                (Level::Warning, _) | (Level::Tolerated, Strictness::Tolerant) => Severity::Warning,
            };
            let report = bad(strictness);
            let hit = report.findings().iter().find(|finding| finding.code == code && place(finding) == at);
            let hit = hit.unwrap_or_else(|| panic!("{}: no finding at {at:?}: {report:#?}", code.name()));
            assert_eq!(hit.severity, severity, "{}", code.name());
            let others: BTreeSet<&str> = report
                .findings()
                .iter()
                .filter(|finding| finding.code != code && !also.contains(&finding.code))
                .map(|finding| finding.code.name())
                .collect();
            assert!(others.is_empty(), "{}: besides it {others:?}", code.name());

            let report = good(strictness);
            assert!(
                report.findings().iter().all(|finding| finding.code != code),
                "{}: its neighbour causes it: {report:#?}",
                code.name()
            );
        }
    }
}

/// Codes whose cases stand beside the JSON form and the XML form; those of `convert.rs` are counted there.
fn has_a_case_elsewhere(code: Code) -> bool {
    let in_convert = code.name().starts_with("loss.") || code.name().starts_with("standard.");
    in_convert || matches!(code, Code::JsonMember | Code::JsonValue | Code::XmlMember | Code::XmlValue)
}

#[test]
fn every_code_has_a_case() {
    let covered: Vec<Code> = cases().iter().map(|case| case.code).collect();
    for code in Code::ALL {
        assert!(
            covered.contains(code) || has_a_case_elsewhere(*code),
            "{} has no case: nobody knows whether it is ever reported",
            code.name()
        );
    }
}

#[test]
fn the_page_of_findings_is_that_of_the_catalogue() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/findings.md");
    let page = kaigo_core::report::markdown();
    if std::env::var_os("KAIGO_BLESS").is_some_and(|bless| bless == "1") {
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, &page).unwrap();
    }
    let committed = std::fs::read_to_string(&path).unwrap_or_default().replace("\r\n", "\n");
    assert!(
        committed == page,
        "docs/findings.md is not what the catalogue says; run the test with KAIGO_BLESS=1"
    );
}

/// What the samples say about people: all free text, and numbers, dates and codes that tell who somebody is.
fn personal_values() -> BTreeSet<String> {
    let mut values = BTreeSet::new();
    for (kind, bytes) in common::all_samples() {
        let csv = Csv::of(&bytes);
        for row in 1..=csv.rows.len() {
            for field in kind.layout().unwrap().fields.iter().filter(|field| field.personal) {
                let value = String::from_utf8(utf8(&csv.content(row, field.no.into()))).unwrap();
                if value.chars().count() >= 4 {
                    values.insert(value);
                }
            }
        }
    }
    for known in
        ["館林　朗", "6685370090", "19500401", "394-1606", "03-0000-0000", "東京都架空市見本町１－２－３"]
    {
        assert!(values.contains(known), "{known} is not taken for personal");
    }
    values
}

fn shown(finding: &Finding, masking: Masking) -> Vec<String> {
    let mut shown: Vec<String> = [Lang::Japanese, Lang::English]
        .iter()
        .flat_map(|lang| [finding.line(*lang, masking), finding.message(*lang, masking)])
        .collect();
    let json = serde_json::to_value(finding.to_json(masking)).unwrap();
    shown.extend(["message_ja", "message_en"].map(|member| json[member].as_str().unwrap().to_owned()));
    if masking == Masking::Masked {
        shown.extend([finding.to_string(), format!("{finding:?}"), format!("{finding:#?}")]);
    }
    shown
}

/// Names of files hold office numbers, never what the samples say about people.
fn assert_masked(report: &Report, values: &BTreeSet<String>) {
    for finding in report.findings() {
        for line in shown(finding, Masking::Masked) {
            for value in values {
                assert!(!line.contains(value.as_str()), "{line} shows {value}");
            }
        }
    }
}

#[test]
fn no_message_shows_anything_personal_by_default() {
    let values = personal_values();
    for case in cases().iter().filter(|case| case.code != Code::CsvRecordTooLong) {
        assert_masked(&(case.bad)(Strictness::Strict), &values);
    }
}

/// The values of a row whose columns are shifted stand in fields that are not about people.
#[test]
fn shifted_columns_show_nothing_personal() {
    let values = personal_values();
    for (kind, bytes) in common::all_samples() {
        let columns = kind.layout().unwrap().fields.len();
        for no in 0..columns {
            let options = csv::ReadOptions::new(kind);
            let mut csv = Csv::of(&bytes);
            csv.rows[0].remove(no);
            assert_masked(&csv::read(&csv.bytes(), &options).unwrap().1, &values);
            // The number of columns is right, and their order is not.
            csv.rows[0].push(vec![]);
            let dates_and_postal_codes: BTreeSet<String> =
                values.iter().filter(|value| value.chars().count() > 8).cloned().collect();
            let report = csv::read(&csv.bytes(), &options).unwrap().1;
            for value in &dates_and_postal_codes {
                let fits_elsewhere = value.is_ascii() && value.len() <= 12;
                for finding in report.findings().iter().filter(|_| !fits_elsewhere) {
                    assert!(!finding.to_string().contains(value.as_str()), "{finding} shows {value}");
                }
            }
        }
    }
}

#[test]
fn personal_values_are_shown_to_whoever_asks() {
    for (kind, no, value) in [
        (K::Supplement, 3, "66853700901"),
        (K::Supplement, 8, "19500431"),
        (K::Supplement, 9, "3941606"),
        (K::Supplement, 12, "03-0000-0000-0000"),
        (K::Supplement, 6, "館林\u{7}朗"),
        (K::SlipPlan, 7, "見本\u{7}太郎"),
    ] {
        let unit = sample("monthly");
        let mut csv = Csv::of(bytes_of(&unit, kind));
        csv.set(1, no, sjis(value));
        let bytes = csv.bytes();
        let (_, report) = csv::read(&bytes, &csv::ReadOptions::new(kind)).unwrap();
        let at = |finding: &&Finding| finding.place.field.is_some_and(|field| usize::from(field.no) == no);
        let of_value = |finding: &&Finding| finding.code != Code::CsvUnquotedText;
        let finding = report.findings().iter().filter(of_value).find(at).unwrap_or_else(|| panic!("{value}"));
        for line in shown(finding, Masking::Masked) {
            assert!(!line.contains(value), "{line}");
        }
        for line in shown(finding, Masking::Shown) {
            assert!(line.contains(value), "{line}");
        }
    }
}

#[test]
fn a_value_that_tells_nothing_personal_is_shown() {
    let unit = sample("plan");
    let mut csv = Csv::of(bytes_of(&unit, K::CarePlan1));
    csv.set(1, 16, "55");
    let bytes = csv.bytes();
    let (_, report) = csv::read(&bytes, &csv::ReadOptions::new(K::CarePlan1)).unwrap();
    assert!(report.findings()[0].to_string().contains("「55」"), "{report:?}");
}

/// What is found in one changed sample.
fn found(unit: &str, kind: K, change: impl FnOnce(&mut Csv)) -> Vec<&'static str> {
    let report = check(&edit(sample(unit), kind, change), Strictness::Strict);
    report.findings().iter().map(|finding| finding.code.name()).collect()
}

const NOTHING: [&str; 0] = [];

#[test]
fn an_equipment_add_on_of_prevention_needs_its_code_too() {
    let change = |csv: &mut Csv| {
        csv.set(19, 15, "671007").set(19, 16, "").set(19, 19, "");
    };
    assert!(found("monthly", K::SlipPlan, change).contains(&"row.equipment_code"));
}

#[test]
fn services_that_never_count_against_the_limit_need_no_subtotal() {
    let two = |code_a: &'static str, code_b: &'static str| {
        found("monthly", K::SlipAnnex, |csv| {
            csv.set(1, 9, code_a).set(2, 9, code_b);
        })
    };
    assert_eq!(two("311111", "311114"), NOTHING);
    assert_eq!(two("341111", "341114"), NOTHING);
    assert_eq!(two("111111", "112411"), ["file.subtotal"]);
}

#[test]
fn rows_over_thirty_days_need_no_subtotal_inside_the_limit() {
    let change = |over: &'static str| {
        found("monthly", K::SlipAnnex, |csv| {
            csv.set(1, 9, "211111").set(2, 9, "211112").set(1, 33, over).set(2, 33, over);
        })
    };
    assert_eq!(change("1"), NOTHING);
    assert_eq!(change("0"), ["file.subtotal"]);
}

#[test]
fn subtotals_of_all_forms_are_no_services() {
    for code in ["11AAAA", "11EEEE", "11ZZZZ", "17AAAA"] {
        let change = |csv: &mut Csv| {
            let mut row = csv.rows[0].clone();
            (row[8], row[12]) = (code.as_bytes().to_vec(), b"0".to_vec());
            csv.rows.insert(1, row);
        };
        assert_eq!(found("monthly", K::SlipAnnex, change), NOTHING, "{code}");
    }
}

#[test]
fn a_subtotal_of_a_type_out_of_scope_is_reported() {
    let change = |csv: &mut Csv| {
        let mut row = csv.rows[0].clone();
        (row[8], row[12]) = (b"33AAAA".to_vec(), b"0".to_vec());
        csv.rows.insert(1, row);
    };
    assert_eq!(found("monthly", K::SlipAnnex, change), ["row.out_of_scope"]);
}

#[test]
fn a_wrong_fixed_office_is_not_said_to_be_no_digits() {
    let change = |csv: &mut Csv| {
        csv.set(1, 34, "1373350030");
    };
    assert_eq!(found("monthly", K::SlipAnnex, change), ["row.fixed_office"]);
}

#[test]
fn an_activity_may_start_without_an_end_but_not_end_without_a_start() {
    let times = |start: &'static str, end: &'static str| {
        found("plan", K::CarePlan3, |csv| {
            csv.set(4, 11, start).set(4, 12, end);
        })
    };
    assert_eq!(times("0600", ""), NOTHING);
    assert_eq!(times("0600", "0600"), NOTHING);
    assert_eq!(times("", "0630"), ["row.times_paired"]);
}

#[test]
fn a_missing_time_of_the_slip_is_reported_once() {
    assert_eq!(
        found("monthly", K::SlipPlan, |csv| {
            csv.set(1, 13, "");
        }),
        ["field.required"]
    );
}

#[test]
fn units_in_a_slot_without_its_type_are_reported() {
    assert_eq!(
        found("monthly", K::Supplement, |csv| {
            csv.set(1, 22, "10");
        }),
        ["row.limit_slot_partial"]
    );
}

#[test]
fn detail_numbers_count_over_a_day_or_over_the_month() {
    let change = |days: [&'static str; 2], numbers: [&'static str; 2]| {
        found("monthly", K::SlipPlan, |csv| {
            csv.set(19, 10, days[0]).set(20, 10, days[1]).set(19, 19, numbers[0]).set(20, 19, numbers[1]);
        })
    };
    let (one_day, two_days) = (["20260701", "20260701"], ["20260701", "20260702"]);
    assert_eq!(change(one_day, ["2", "1"]), NOTHING);
    assert_eq!(change(two_days, ["1", "2"]), NOTHING);
    assert_eq!(change(two_days, ["", ""]), NOTHING);
    assert_eq!(change(one_day, ["", ""]), ["file.detail_no"]);
    assert_eq!(change(one_day, ["1", "1"]), ["file.detail_no"]);
    assert_eq!(change(two_days, ["1", "3"]), ["file.detail_no", "file.detail_no"]);
}

#[test]
fn a_detail_number_on_another_service_is_reported() {
    assert_eq!(
        found("monthly", K::SlipPlan, |csv| {
            csv.set(1, 19, "1");
        }),
        ["file.detail_no"]
    );
}

/// A commissioned care-management office passes the provider's actuals on to the community center.
#[test]
fn actuals_that_are_passed_on_do_not_come_from_their_provider() {
    let from = "_1373350030_11_1371249069_43_";
    let passed_on = renamed(sample("actuals"), K::SlipActuals, from, "_1371249069_43_1309975546_46_");
    assert!(check(&passed_on, Strictness::Strict).is_empty());
    let other = renamed(sample("actuals"), K::SlipActuals, from, "_1375269253_11_1371249069_43_");
    let report = check(&other, Strictness::Strict);
    assert_eq!(report.findings()[0].code, Code::FileActualsOffice);
}

#[test]
fn satellites_and_public_assistance_numbers_are_legal() {
    for number in ["1", "12", "A", "A1", ""] {
        assert_eq!(
            found("monthly", K::SlipPlan, |csv| {
                csv.set(1, 22, number);
            }),
            NOTHING,
            "{number}"
        );
    }
    for number in ["a", "123", "１"] {
        let codes = found("monthly", K::SlipPlan, |csv| {
            csv.set(1, 22, sjis(number));
        });
        assert!(matches!(codes[..], ["field.alnum" | "field.length"]), "{number}: {codes:?}");
    }
    let person = |number: &'static str| {
        found("delete_plan", K::DeleteCarePlan, |csv| {
            csv.set(1, 3, number);
        })
    };
    assert_eq!(person("H123456789"), NOTHING);
    for number in ["h123456789", "HH23456789", "1H23456789"] {
        assert_eq!(person(number), ["field.alnum"], "{number}");
    }
}

#[test]
fn needs_repeat_their_texts_or_leave_them_blank() {
    let change = |csv: &mut Csv| {
        let first = csv.rows[0].clone();
        csv.rows[1][6] = first[6].clone();
    };
    assert_eq!(found("plan", K::CarePlan2, change), NOTHING);
}

#[test]
fn the_supplement_of_a_plan_has_zeros_for_its_month_and_the_other_way_round() {
    assert_eq!(found("plan", K::Supplement, |_| ()), NOTHING);
    let zeros = |csv: &mut Csv| {
        csv.set(1, 63, "000000");
    };
    let codes = found("monthly", K::Supplement, zeros);
    assert!(codes.contains(&"row.supplement_keys"), "{codes:?}");
}

#[test]
fn an_old_name_with_three_characters_for_the_service_is_tolerated() {
    let old = renamed(sample("delete_plan"), K::DeleteCarePlan, "_43_1373350030_11_", "_43A_1373350030_11A_");
    let report = check(&old, Strictness::Tolerant);
    assert_eq!((report.errors(), report.warnings()), (0, 1));
    assert_eq!(report.findings()[0].code, Code::FileNameOld);
}

#[test]
fn two_supplements_of_one_client_are_reported() {
    for unit in ["plan", "monthly"] {
        let codes = found(unit, K::Supplement, |csv| csv.rows.push(csv.rows[0].clone()));
        assert_eq!(codes, ["file.duplicate_key"], "{unit}");
    }
}

#[test]
fn a_check_digit_is_reported_once_for_each_number() {
    let change = |csv: &mut Csv| {
        for row in 1..=csv.rows.len() {
            csv.set(row, 24, if row % 2 == 0 { "1371249060" } else { "1371249061" });
        }
    };
    assert_eq!(found("monthly", K::SlipPlan, change), ["field.check_digit", "field.check_digit"]);
}

#[test]
fn no_finding_is_made_up_for_columns_that_a_row_lacks() {
    let cut = |csv: &mut Csv| csv.rows[0].truncate(9);
    assert_eq!(found("monthly", K::SlipPlan, cut), ["csv.column_count"]);
}

#[test]
fn a_report_keeps_so_many_findings_and_counts_the_others() {
    let bytes = "x\r\n".repeat(50).into_bytes();
    let options = csv::ReadOptions { finding_limit: 7, ..csv::ReadOptions::new(K::SlipPlan) };
    let (records, report) = csv::read(&bytes, &options).unwrap();
    assert_eq!((records.len(), report.findings().len()), (50, 7));
    assert_eq!(report.dropped() + 7, report.errors() + report.warnings());
    assert!(matches!(records, kaigo_core::record::Records::SlipPlan(rows) if rows[0] == ServiceSlip {
        csv_version: rows[0].csv_version.clone(),
        ..ServiceSlip::default()
    }));
}
