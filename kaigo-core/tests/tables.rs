//! Every declaration against the official table that it came from (`tests/data/careplan-4.1`, the tables as data).
#![allow(clippy::panic, reason = "a test fails by it")]

use std::path::{Path, PathBuf};

use kaigo_core::code::{ServiceGroup, ServiceType};
use kaigo_core::record::{FieldSpec, FileKind, Layout, Length, Required, Type};

fn table(name: &str) -> Vec<Vec<String>> {
    let path: PathBuf = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/careplan-4.1").join(name);
    let text = std::fs::read_to_string(&path).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
    text.lines().skip(1).map(|line| line.split('\t').map(str::to_owned).collect()).collect()
}

fn layouts() -> Vec<&'static Layout> {
    let mut layouts: Vec<&'static Layout> = FileKind::ALL.iter().filter_map(|kind| kind.layout()).collect();
    layouts.dedup_by_key(|layout| layout.name);
    layouts
}

/// The row of the official table that a declaration says: No., names, length, its kind, the two marks, type.
fn as_official(field: &FieldSpec, two_marks: bool) -> Vec<String> {
    let (length, kind) = match field.length {
        Length::Fixed(n) => (n.to_string(), "fixed"),
        Length::Max(n) => (n.to_string(), "max"),
        Length::MaxDoubted { max, .. } => (format!("{max}?"), "max"),
        Length::Free => (String::new(), "free"),
    };
    let required = match field.required {
        Required::Yes => "yes",
        Required::No | Required::Wanted => "no",
        Required::Conditional => "cond",
        Required::YesDoubted => "yes?",
        Required::NoDoubted => "no?",
    };
    let wanted = match field.required {
        _ if !two_marks => "",
        Required::Yes | Required::Wanted => "yes",
        _ => "no",
    };
    let ty = match field.ty {
        Type::Month => "month",
        Type::Date => "date",
        Type::Time => "time",
        Type::Digits => "digits",
        Type::Alnum => "alnum",
        Type::Code => "code",
        Type::Postal => "postal",
        Type::Integer => "integer",
        Type::Decimal => "decimal",
        Type::DayMap => "bitmap31",
        Type::FileName => "filename",
        Type::Text => "text",
    };
    [&field.no.to_string(), field.name_ja, field.name, &length, kind, required, wanted, ty]
        .map(str::to_owned)
        .to_vec()
}

#[test]
fn sixteen_layouts_serve_eighteen_kinds() {
    assert_eq!(layouts().len(), 16);
    let kinds: Vec<String> = table("files.tsv").into_iter().map(|row| row[0].clone()).collect();
    assert_eq!(kinds.len(), 18);
    for kind in FileKind::ALL {
        assert!(kinds.iter().any(|name| name == kind.name()), "{} is not an official kind", kind.name());
    }
    assert_eq!(FileKind::ALL.len(), kinds.len());
}

#[test]
fn every_declaration_says_what_its_table_says() {
    for layout in layouts() {
        let official = table(&format!("{}.tsv", layout.name));
        assert_eq!(layout.fields.len(), official.len(), "{}", layout.name);
        let two_marks = official.iter().any(|row| !row[6].is_empty());
        for (field, row) in layout.fields.iter().zip(&official) {
            assert_eq!(as_official(field, two_marks), row[..8], "{} No.{}", layout.name, field.no);
        }
    }
}

#[test]
fn every_code_list_is_the_one_beside_its_field() {
    for layout in layouts() {
        for (field, row) in layout.fields.iter().zip(table(&format!("{}.tsv", layout.name))) {
            let listed = row.get(8).map(String::as_str).unwrap_or_default();
            let declared: Vec<String> =
                field.codes.iter().map(|(code, label)| format!("{code}={label}")).collect();
            match listed {
                "" | "see service_types.tsv" => {
                    assert!(declared.is_empty(), "{} No.{}", layout.name, field.no)
                }
                _ => assert_eq!(declared.join(";"), listed, "{} No.{}", layout.name, field.no),
            }
        }
    }
}

#[test]
fn official_file_names_are_those_of_the_kinds() {
    for row in table("files.tsv") {
        let kind = FileKind::from_name(&row[0]).unwrap_or_else(|| panic!("{}", row[0]));
        if kind != FileKind::FamilyImage {
            assert_eq!(kind.name_ja(), row[1], "{}", row[0]);
        }
    }
}

#[test]
fn service_types_are_the_official_table() {
    let official: Vec<Vec<String>> =
        table("service_types.tsv").into_iter().filter(|row| row[2] != "n/a").collect();
    assert_eq!(ServiceType::ALL.len(), official.len());
    for (known, row) in ServiceType::ALL.iter().zip(&official) {
        let group = match known.group {
            ServiceGroup::Care => "介護給付",
            ServiceGroup::Prevention => "予防給付",
            ServiceGroup::Community => "介護予防・日常生活支援総合事業",
        };
        let scope = if known.in_scope { "yes" } else { "no" };
        assert_eq!([known.code, known.name_ja, scope, group], row[..], "{}", known.code);
    }
}

#[test]
fn json_names_are_camel_case_and_unique() {
    let layout = FileKind::Supplement.layout().unwrap_or_else(|| panic!("no layout"));
    let names: Vec<&str> = layout.fields.iter().map(|field| field.name_json).collect();
    assert_eq!(names[4], "userNameKana");
    assert_eq!(names[19], "slot1ServiceType");
    for layout in layouts() {
        let mut names: Vec<&str> = layout.fields.iter().map(|field| field.name_json).collect();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), layout.fields.len(), "{}", layout.name);
    }
}
