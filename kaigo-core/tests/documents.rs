//! Documents: read or refused as a whole, every fault with its place, nothing about a person in a message.

#![allow(clippy::panic, reason = "a test fails by it")]

#[path = "common/documents.rs"]
mod documents;

use kaigo_core::ErrorKind;
use kaigo_core::code::{
    CareLevel, CodeList, DementiaIndependence, PhysicalIndependence, SupportLevel, YesNo,
};
use kaigo_core::document::{self, Document, DocumentFault, Period, Tree};
use kaigo_core::eligibility::{
    AssessmentForm, CertificationProgress, CertifiedLevel, Consent, InsuredCard, LifeDementiaIndependence,
    LifePhysicalIndependence, MunicipalYesNo, NoteKey,
};
use kaigo_core::report::Lang;
use serde_json::{Value as Json, json};

use documents::{leaves, sample};

fn read<D: Document>(json: &Json) -> D {
    document::from_json(json.to_string().as_bytes()).unwrap_or_else(|e| panic!("{e}"))
}

/// The places and codes of what is wrong.
fn refused<D: Document>(json: &Json) -> Vec<(String, &'static str)> {
    let Err(error) = document::from_json::<D>(json.to_string().as_bytes()) else {
        panic!("read all the same")
    };
    let ErrorKind::Document(document) = error.kind() else { panic!("{error}") };
    assert!(kaigo_core::Error::codes().contains(&error.code()));
    document.faults().iter().map(|fault| (fault.path.clone(), fault.fault.code())).collect()
}

fn card() -> Json {
    json!({
        "insuredNumber": "1234567890", "name": "試験 花子", "nameKana": "シケン ハナコ", "birthDate": "1940-05-03",
        "sex": "2", "address": "試験市一丁目", "issuedOn": "2026-03-20", "reissued": false,
        "insurer": {"number": "092015", "name": "試験市"},
        "level": "22", "certifiedOn": "2026-03-20", "valid": {"from": "2026-04-01", "to": "2027-03-31"},
        "ceiling": 19705, "serviceCeilings": [{"serviceType": "15", "units": 8000}],
    })
}

#[test]
fn every_document_comes_back_from_json_whole_and_sparse() {
    fn check<D: Document>() {
        for whole in [true, false] {
            let tree = sample(D::SHAPE, whole);
            let document = D::read(&tree).unwrap_or_else(|e| panic!("{e}"));
            assert_eq!(document.to_tree(), tree, "{}", D::SHAPE.name);
            let json = document::to_json(&document);
            let back: D = document::from_json(&json).unwrap_or_else(|e| panic!("{e}"));
            assert_eq!(back, document);
            assert_eq!(document::to_json(&back), json);
        }
    }
    for_each_document!(check);
}

#[test]
fn serde_reads_and_writes_the_same_json() {
    let read: InsuredCard = serde_json::from_value(card()).unwrap_or_else(|e| panic!("{e}"));
    assert_eq!(serde_json::to_value(&read).unwrap_or_default(), card());
    let mut unknown = card();
    unknown["name"] = json!(["試験 花子"]);
    let error = serde_json::from_value::<InsuredCard>(unknown).expect_err("a list is no name");
    assert_eq!(error.to_string(), "cannot read InsuredCard: name is of another type");
}

/// 123456789018 has the right check digit, and is nobody's.
#[test]
fn nothing_holds_an_individual_number() {
    let forms =
        ["123456789018", "1234-5678-9018", "1234 5678 9018", "１２３４５６７８９０１８", " 123456789018\n"];
    let mut checked = 0;
    for (path, leaf) in document::ALL.iter().flat_map(|shape| leaves(shape)) {
        for form in forms {
            assert!(!(leaf.accepts)(form), "{path} takes {form}");
            checked += 1;
        }
    }
    assert!(checked > 1000, "{checked}");

    let mut with_number = card();
    with_number["insuredNumber"] = json!("123456789018");
    with_number["address"] = json!("試験市 1234-5678-9018");
    assert_eq!(
        refused::<InsuredCard>(&with_number),
        [
            ("insuredNumber".to_owned(), "document.value"),
            ("address".to_owned(), "document.individual_number"),
        ]
    );
}

#[test]
fn every_fault_is_found_at_its_place_and_no_value_is_told() {
    let mut bad = card();
    bad["name"] = Json::Null;
    bad["sex"] = json!(2);
    bad["birthDate"] = json!("1940-02-30");
    bad["ceiling"] = json!(-1);
    bad["valid"] = json!({"from": "2027-04-01", "to": "2026-03-31"});
    bad["serviceCeilings"] = json!([{"serviceType": "15", "units": 1}, {"units": "8000"}]);
    bad["restrictions"] = json!([{}, {}, {}, {}]);
    bad["insurer"] = json!("試験市");
    bad["nickname"] = json!("ハナちゃん");
    bad["0312345678"] = json!(1);
    let mut found = refused::<InsuredCard>(&bad);
    found.sort();
    let expected = [
        ("", "document.unknown"),
        ("", "document.unknown"),
        ("birthDate", "document.value"),
        ("ceiling", "document.value"),
        ("insurer", "document.type"),
        ("name", "document.missing"),
        ("restrictions", "document.too_many"),
        ("serviceCeilings[1].serviceType", "document.missing"),
        ("serviceCeilings[1].units", "document.type"),
        ("sex", "document.type"),
        ("valid", "document.inconsistent"),
    ];
    assert_eq!(found, expected.map(|(path, code)| (path.to_owned(), code)));

    let error = document::from_json::<InsuredCard>(bad.to_string().as_bytes()).expect_err("refused");
    for lang in [Lang::Japanese, Lang::English] {
        let message = error.message(lang);
        assert!(message.contains("nickname") && message.contains("serviceCeilings[1].units"), "{message}");
        for told in ["花子", "ハナちゃん", "1940", "0312345678", "8000"] {
            assert!(!message.contains(told) && !format!("{error:?}").contains(told), "{message}");
        }
    }

    let twice = br#"{"scope":"life","given":true,"given":false,"at":"2026-04-01T00:00:00Z"}"#;
    let error = document::from_json::<Consent>(twice).expect_err("twice");
    assert_eq!(error.code(), "document.duplicate");
    assert_eq!(document::from_json::<Consent>(b"{\"scope\":").expect_err("cut off").code(), "json.cut_off");
    assert_eq!(document::from_json::<Consent>(b"[]").expect_err("a list").code(), "document.type");
    let deep = "[".repeat(10_000);
    assert_eq!(document::from_json::<Consent>(deep.as_bytes()).expect_err("too deep").code(), "json.syntax");
}

#[test]
fn debug_shows_nothing_about_a_person() {
    fn check<D: Document>() {
        let tree = sample(D::SHAPE, true);
        let shown = format!("{:?} {tree:?}", D::read(&tree).unwrap_or_else(|e| panic!("{e}")));
        for (path, leaf) in leaves(D::SHAPE).into_iter().filter(|(_, leaf)| leaf.personal) {
            if let Tree::Text(text) = documents::leaf(&leaf) {
                assert!(!shown.contains(text.trim()), "{path} of {}: {shown}", D::SHAPE.name);
            }
        }
        assert!(!shown.contains("髙") && !shown.contains("一行目") && !shown.contains("\"1234567890"));
    }
    for_each_document!(check);
    let shown = format!("{:?}", read::<InsuredCard>(&card()));
    assert!(!shown.contains("1940") && !shown.contains("1234567890") && shown.contains("Care2"), "{shown}");
}

#[test]
fn two_codings_of_a_grade_are_converted_by_name() {
    for grade in PhysicalIndependence::ALL {
        let life = LifePhysicalIndependence::from(*grade);
        assert_eq!((life.label(), PhysicalIndependence::from(life)), (grade.label(), *grade));
    }
    for grade in DementiaIndependence::ALL {
        let life = LifeDementiaIndependence::from(*grade);
        assert_eq!((life.label(), DementiaIndependence::from(life)), (grade.label(), *grade));
    }
    assert_eq!(LifePhysicalIndependence::from(PhysicalIndependence::B2).code(), "7");
    assert_eq!(LifeDementiaIndependence::from(DementiaIndependence::IIIb).code(), "6");
    // The same number means the opposite on the other side.
    for answer in YesNo::ALL {
        let municipal = MunicipalYesNo::from(*answer);
        assert!(municipal.label() == answer.label() && municipal.code() != answer.code());
    }
    assert_eq!(CertifiedLevel::from(SupportLevel::CommunityProgram), CertifiedLevel::ProgramTarget);
    assert!(SupportLevel::try_from(CertifiedLevel::Care1).is_err());
    assert!(CareLevel::try_from(CertifiedLevel::Transitional).is_err());
    for level in CareLevel::ALL {
        assert_eq!(CareLevel::try_from(CertifiedLevel::from(*level)), Ok(*level));
    }
}

#[test]
fn the_assessment_form_has_74_items_under_their_numbers() {
    let tree = sample(AssessmentForm::SHAPE, true);
    let form = AssessmentForm::read(&tree).unwrap_or_else(|e| panic!("{e}"));
    let items = form.items();
    assert_eq!(items.len(), 74);
    let groups: Vec<usize> = ["body", "life", "cognition", "behaviour", "social", "treatment"]
        .iter()
        .map(|group| {
            let member = AssessmentForm::SHAPE.member(group).unwrap_or_else(|| panic!("{group}"));
            let kaigo_core::document::Content::Document(shape) = member.content else { panic!("{group}") };
            shape.members.len()
        })
        .collect();
    assert_eq!(groups, [13, 12, 9, 15, 6, 12]);
    assert_eq!(items[0], ("左上肢", "1".to_owned()));
    assert!(
        items.contains(&("1-12 視力", "5".to_owned())) && items.contains(&("カテーテル", "1".to_owned()))
    );

    for key in ["1-1", "1-13", "4-15", "7-2"] {
        assert_eq!(key.parse::<NoteKey>().map(|key| key.to_string()).as_deref(), Ok(key));
    }
    for key in ["1-0", "1-14", "8-1", "7-3", "01-1", "1-+1", "1", "", "1-1 "] {
        assert_eq!(key.parse::<NoteKey>(), Err(DocumentFault::Value), "{key}");
    }
}

#[test]
fn members_that_contradict_each_other_are_refused() {
    let mut no_period = card();
    no_period["valid"] = Json::Null;
    assert_eq!(refused::<InsuredCard>(&no_period), [(String::new(), "document.inconsistent")]);

    let step = |step: &str, on: &str| json!({"step": step, "on": on});
    let progress = |steps: Json| {
        json!({
            "insuredNumber": "H123456789", "insurer": {"number": "092015", "name": "試験市"},
            "application": {"kind": "renewal", "insuredKind": "first", "appliedOn": "2026-02-02"}, "steps": steps,
        })
    };
    let received = step("application_received", "2026-02-02");
    let in_order = progress(json!([
        received,
        step("opinion_requested", "2026-02-03"),
        step("survey_requested", "2026-02-03"),
        step("panel_scheduled", "2026-03-10"),
        step("first_judgement", "2026-03-05"),
        {"step": "postponed", "on": "2026-03-06", "expectedOn": "2026-03-25"},
        step("result_notified", "2026-03-24"),
    ]));
    let progress_read: CertificationProgress = read(&in_order);
    assert!(progress_read.is_ended());
    for bad in [
        json!([received, step("survey_done", "2026-02-01")]),
        json!([received, step("withdrawn", "2026-02-03"), step("panel_held", "2026-02-04")]),
    ] {
        assert_eq!(
            refused::<CertificationProgress>(&progress(bad)),
            [(String::new(), "document.inconsistent")]
        );
    }
    assert_eq!(
        refused::<CertificationProgress>(&progress(json!([step("postponed", "2026-02-03")]))),
        [("steps[0]".to_owned(), "document.inconsistent")]
    );
}

#[test]
fn periods_include_their_ends() {
    let day = |text: &str| text.parse().unwrap_or_else(|e| panic!("{e}"));
    let period = Period::new(day("2026-04-01"), day("2026-04-30")).unwrap_or_else(|| panic!("a period"));
    assert_eq!(period.days(), 30);
    assert!(period.contains(day("2026-04-01")) && period.contains(day("2026-04-30")));
    assert!(!period.contains(day("2026-05-01")) && !period.contains(day("2026-03-31")));
    assert_eq!(Period::new(day("2026-04-02"), day("2026-04-01")), None);
}

/// Set `KAIGO_BLESS=1` to write them anew.
#[test]
fn the_schemas_are_those_of_the_declarations_and_take_what_is_written() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("schema");
    for shape in document::ALL {
        let schema = document::schema(shape.name).unwrap_or_else(|| panic!("{}", shape.name));
        let path = folder.join(format!("{}.schema.json", shape.name));
        if std::env::var_os("KAIGO_BLESS").is_some_and(|bless| bless == "1") {
            std::fs::write(&path, &schema).unwrap_or_else(|e| panic!("{e}"));
        }
        let committed = std::fs::read_to_string(&path).unwrap_or_default();
        assert_eq!(committed, schema, "{} is stale: run with KAIGO_BLESS=1", path.display());
        let schema: Json = serde_json::from_str(&schema).unwrap_or_else(|e| panic!("{e}"));
        let validator = jsonschema::options().should_validate_formats(true).build(&schema);
        let validator = validator.unwrap_or_else(|e| panic!("{}: {e}", shape.name));
        for whole in [true, false] {
            let json = serde_json::to_value(sample(shape, whole)).unwrap_or_else(|e| panic!("{e}"));
            let errors: Vec<_> =
                validator.iter_errors(&json).map(|e| format!("{}: {e}", e.instance_path())).collect();
            assert!(errors.is_empty(), "{}: {errors:#?}", shape.name);
        }
        let mut unknown = serde_json::to_value(sample(shape, false)).unwrap_or_else(|e| panic!("{e}"));
        unknown["thereIsNone"] = json!(1);
        assert!(!validator.is_valid(&unknown), "{}", shape.name);
    }
    assert_eq!(document::schema("Nothing"), None);
}
