//! From 4.1 to 5.0 and back: what is not named as lost comes back, and what is lost is named.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod common;

use std::collections::BTreeSet;

use common::rows::file;
use common::{all_samples, sample};
use kaigo_core::ErrorKind;
use kaigo_core::convert::{Conversion, ConvertOptions, Form, LossEffect, LossReport, convert, convert_files};
use kaigo_core::document::{from_json, to_json};
use kaigo_core::exchange::{CheckOptions, Unit};
use kaigo_core::format::csv;
use kaigo_core::format::json::{self, ReadOptions, WriteOptions};
use kaigo_core::record::{FileKind, Records, Type};
use kaigo_core::report::{Code, Lang, Masking};
use kaigo_core::standard::{self, StandardProfile};
use kaigo_core::text::GaijiPolicy;
use proptest::prelude::*;

fn options(kind: FileKind) -> ConvertOptions {
    ConvertOptions { kind: Some(kind), gaiji: GaijiPolicy::MapVariants, ..ConvertOptions::default() }
}

fn document(members: &str) -> Vec<u8> {
    format!(r#"{{"standard":"5.0-provisional","kind":"UP2KYO","records":[{{{members}}}]}}"#).into_bytes()
}

/// A record of 4.1 whose mandatory items stand.
fn plan(members: &str) -> Vec<u8> {
    let keys = r#""csvVersion":"2024-07","insurerNumber":"092015","insuredNumber":"1234567890","createdOn":"2026-06-20","carePlanDate":"2026-06-20""#;
    document(&[keys, members].iter().filter(|part| !part.is_empty()).copied().collect::<Vec<_>>().join(","))
}

fn csv_of(document: &[u8], policy: GaijiPolicy) -> kaigo_core::Result<Conversion> {
    let options = ConvertOptions { gaiji: policy, ..ConvertOptions::default() };
    convert("plan.json", document, Form::Csv, &options)
}

fn losses(conversion: &Conversion) -> Vec<(Code, Option<u64>, Option<&'static str>)> {
    conversion
        .losses
        .iter()
        .map(|loss| {
            let place = &loss.finding.place;
            (loss.finding.code, place.row, place.field.map(|field| field.name))
        })
        .collect()
}

#[test]
fn the_samples_come_back_byte_for_byte_over_json_and_xml() {
    for (kind, bytes) in all_samples() {
        for form in [Form::Json, Form::Xml] {
            let there = convert("", &bytes, form, &options(kind)).unwrap();
            assert!(
                there.losses.iter().all(|loss| loss.effect == LossEffect::Doubtful),
                "{:?}",
                there.losses
            );
            let back = convert("", &there.bytes, Form::Csv, &options(kind)).unwrap();
            assert!(back.bytes == bytes, "{kind:?} over {form:?}");
        }
    }
}

#[test]
fn a_unit_keeps_its_names_and_its_image_and_conforms_again() {
    let files = sample("plan");
    let image = "UPKIHON_IMAGE_1371249069_43_1373350030_11_20260625093735_0001.jpg";
    let all = || {
        files
            .iter()
            .map(|(name, bytes)| (name.as_str(), bytes.as_slice()))
            .chain([(image, &b"\xFF\xD8\xFF"[..])])
    };
    let there = convert_files(all(), Form::Json, &ConvertOptions::default()).unwrap();
    assert!(there.iter().all(|(name, _)| name.ends_with(".json") || name == image));
    let back = there.iter().map(|(name, file)| (name.as_str(), file.bytes.as_slice()));
    let back = convert_files(back, Form::Csv, &ConvertOptions::default()).unwrap();
    let back: Vec<(&str, &[u8])> =
        back.iter().map(|(name, file)| (name.as_str(), file.bytes.as_slice())).collect();
    assert!(back == all().collect::<Vec<_>>());
    let unit = Unit::new(back[..files.len()].iter().map(|(name, bytes)| (name.to_string(), bytes.to_vec())))
        .unwrap();
    let lossless = ConvertOptions { lossless: true, ..ConvertOptions::default() };
    let checked = unit.check(&CheckOptions::default());
    assert_eq!(checked.errors(), 0, "{checked:?}");
    // One file that loses something refuses the unit.
    let lossy = ("plan.json", plan(r#""need":"𠮷""#));
    let error = convert_files([(lossy.0, lossy.1.as_slice())], Form::Csv, &lossless).unwrap_err();
    assert_eq!(error.code(), "lossy");
}

/// A code, the policy under which it is found, what causes it and what does not, the field, and the effect.
type LossCase = (Code, GaijiPolicy, &'static str, &'static str, Option<&'static str>, LossEffect);

/// Every code of a loss: what causes it, what does not, the effect, and the field.
#[test]
fn every_loss_is_named_with_its_place_and_its_neighbour_is_none() {
    use GaijiPolicy::{MapVariants as Map, Reject, Substitute};
    let cases: &[LossCase] = &[
        (Code::LossVariant, Map, r#""need":"𠮷田""#, r#""need":"吉田""#, Some("need"), LossEffect::Changed),
        (Code::LossMeaning, Map, r#""need":"か゚""#, r#""need":"が""#, Some("need"), LossEffect::Changed),
        (
            Code::LossSubstituted,
            Substitute,
            r#""need":"é""#,
            r#""need":"〓""#,
            Some("need"),
            LossEffect::Changed,
        ),
        (Code::LossMember, Reject, r#""remarks":[1.50]"#, "", None, LossEffect::Dropped),
        (Code::LossValue, Reject, r#""need":7"#, r#""need":"7""#, Some("need"), LossEffect::Changed),
        (
            Code::LossCode,
            Reject,
            r#""insuranceCovered":"9""#,
            r#""insuranceCovered":"Y""#,
            Some("insurance_covered"),
            LossEffect::Doubtful,
        ),
        (
            Code::LossLength,
            Reject,
            r#""needNo":100"#,
            r#""needNo":99"#,
            Some("need_no"),
            LossEffect::Doubtful,
        ),
        (
            Code::LossForm,
            Reject,
            r#""needNo":{"raw":"x"}"#,
            r#""needNo":1"#,
            Some("need_no"),
            LossEffect::Doubtful,
        ),
    ];
    let mut seen: BTreeSet<Code> = BTreeSet::new();
    for (code, policy, bad, good, field, effect) in cases {
        let converted = csv_of(&plan(bad), *policy).unwrap();
        assert_eq!(losses(&converted), [(*code, Some(1), *field)], "{bad}");
        assert_eq!(converted.losses.iter().next().unwrap().effect, *effect);
        let good = csv_of(&plan(good), *policy).unwrap();
        assert!(good.losses.is_empty(), "{good:?}");
        seen.insert(*code);
    }
    // A character that cannot be written stops the file.
    let error = csv_of(&plan(r#""need":"𠮷é""#), Reject).unwrap_err();
    let ErrorKind::Unwritable { report } = error.kind() else { panic!("{error}") };
    let notes: Vec<_> = report.findings().iter().map(|f| (f.code, f.note.clone().unwrap())).collect();
    assert_eq!(
        notes,
        [(Code::LossCharacter, "U+20BB7 𠮷 → 吉".into()), (Code::LossCharacter, "U+00E9 é".into())]
    );
    // A mandatory item of 4.1 that is missing.
    let converted = csv_of(&document(r#""need":"x""#), Reject).unwrap();
    assert_eq!(losses(&converted)[0], (Code::LossMandatory, Some(1), Some("csv_version")));
    seen.extend([Code::LossCharacter, Code::LossMandatory]);
    // Towards 5.0.
    let schedule = |text: &[u8], quote: &str| {
        [b"202407,376608,6685370090,20260620,,", quote.as_bytes(), text, quote.as_bytes(), b",\r\n"].concat()
    };
    let to_json = |bytes: &[u8]| convert("", bytes, Form::Json, &options(FileKind::DailySchedule)).unwrap();
    for (code, bad) in [
        (Code::LossOutside, schedule(b"\xFB\xFC", "\"")),
        (Code::LossBytes, schedule(b"\xF0\x40", "\"")),
        (Code::LossFileForm, schedule(b"x", "")),
    ] {
        let converted = to_json(&bad);
        let found: Vec<Code> = losses(&converted).iter().map(|(code, ..)| *code).collect();
        assert_eq!(found, [code]);
        seen.insert(code);
    }
    assert!(to_json(&schedule(b"x", "\"")).losses.is_empty());
    let all = Code::ALL.iter().copied().filter(|code| code.name().starts_with("loss."));
    assert!(seen.into_iter().eq(all));
}

#[test]
fn lossless_refuses_what_loses_anything_and_says_what() {
    let lossless = |document: &[u8], gaiji| {
        convert(
            "plan.json",
            document,
            Form::Csv,
            &ConvertOptions { lossless: true, gaiji, ..ConvertOptions::default() },
        )
    };
    let error = lossless(&plan(r#""need":"〜""#), GaijiPolicy::MapVariants).unwrap_err();
    let ErrorKind::Lossy { report } = error.kind() else { panic!("{error}") };
    assert_eq!(report.findings()[0].code, Code::LossVariant);
    assert!(lossless(&plan(r#""need":"～""#), GaijiPolicy::Reject).is_ok());
}

#[test]
fn the_report_is_a_document_that_holds_no_value() {
    let converted = csv_of(
        &plan(r#""need":"髙橋𠮷子","insuranceCovered":"山田花子","remarks":"山田花子""#),
        GaijiPolicy::MapVariants,
    )
    .unwrap();
    let json = to_json(&converted.losses.to_document());
    let report: LossReport = from_json(&json).unwrap();
    assert_eq!(report, converted.losses.to_document());
    let variant = report.losses.iter().find(|loss| loss.code.as_str() == "loss.variant").unwrap();
    assert_eq!(variant.character.as_ref().map(AsRef::as_ref), Some("U+20BB7"));
    assert_eq!(variant.variant.as_ref().map(AsRef::as_ref), Some("U+5409"));
    let lines: Vec<String> = converted.losses.lines(Lang::Japanese, Masking::Masked).collect();
    let told = String::from_utf8(json).unwrap() + &lines.join("\n");
    assert!(!told.contains("橋") && !told.contains("山田"), "{told}");
}

#[test]
fn members_that_nobody_knows_come_back_to_the_letter() {
    let document = r#"{"standard":"5.0-provisional","kind":"DLTPLAN","records":[{"csvVersion":"2024-07","newItem":{"b":1.50,"a":[ 1 ]},"x":1e2},{"insurerNumber":"092015","x":"é"}],"issuedBy":{"n":12345678901234567890}}"#;
    let (records, extras, report) =
        json::read_with_extras(document.as_bytes(), &ReadOptions::default()).unwrap();
    assert_eq!(report.findings().iter().filter(|f| f.code == Code::JsonMember).count(), 4);
    assert_eq!(
        json::write_with_extras(records.kind(), records.iter(), &extras, &WriteOptions::default()),
        document.as_bytes()
    );
    let mut moved = extras.clone();
    moved.remove(1);
    assert_eq!((moved.of_record(1), moved.of_record(2)), (extras.of_record(2), &[][..]));
    // The records may come before their kind.
    let turned = document.replacen(r#""kind":"DLTPLAN","#, "", 1).replacen(
        r#","issuedBy""#,
        r#","kind":"DLTPLAN","issuedBy""#,
        1,
    );
    assert_eq!(json::read_with_extras(turned.as_bytes(), &ReadOptions::default()).unwrap().1, extras);
    assert!(!format!("{extras:?}").contains("newItem"));
    assert!(
        json::read_with_extras(br#"{"standard":"5.0-provisional","x":[1,}"#, &ReadOptions::default())
            .is_err()
    );
}

#[test]
fn a_vendors_profile_takes_the_place_of_ours() {
    let profile = |item: &str| -> StandardProfile {
        let text = format!(
            r#"{{"name":"official","version":"5.0","revision":3,"characterSet":"jis_x_0213",
               "kinds":[{{"kind":"UP2KYO","mandatory":["needNo"],"additional":[{item}]}}]}}"#
        );
        from_json(text.as_bytes()).unwrap()
    };
    let with = profile(
        r#"{"name":"urgency","form":"code","codes":["1","2"],"mandatory":true},{"name":"seenOn","form":"date","mandatory":false}"#,
    );
    let found = |members: &str| {
        let (_, _, report) = standard::read(&plan(members), &ReadOptions::default(), &with).unwrap();
        report
            .findings()
            .iter()
            .map(|f| (f.code, f.place.field.map(|field| field.name), f.note.clone()))
            .collect::<Vec<_>>()
    };
    assert_eq!(found(r#""needNo":1,"urgency":"1","seenOn":"2026-06-20""#), []);
    assert_eq!(
        found(r#""need":"𠮷","seenOn":"20 June""#),
        [
            (Code::TextOutsideMs932, Some("need"), Some("U+20BB7 𠮷".into())),
            (Code::StandardMandatory, Some("need_no"), None),
            (Code::StandardMandatory, None, Some("urgency".into())),
            (Code::StandardAdditional, None, Some("seenOn".into())),
            (Code::StandardCharacter, Some("need"), Some("U+20BB7 𠮷".into())),
        ]
    );
    // What it demands and 4.1 does not have is named on the way.
    let (_, bytes) = all_samples().into_iter().find(|(kind, _)| *kind == FileKind::CarePlan2).unwrap();
    let options = ConvertOptions { profile: with.into(), ..options(FileKind::CarePlan2) };
    let converted = convert("", &bytes, Form::Json, &options).unwrap();
    assert!(
        losses(&converted).iter().all(|(code, ..)| *code == Code::LossMandatory)
            && !converted.losses.is_empty()
    );
    for bad in [
        r#"{"name":"need","form":"text","mandatory":true}"#,
        r#"{"name":"x","form":"text","mandatory":true},{"name":"x","form":"any","mandatory":true}"#,
    ] {
        let text = format!(
            r#"{{"name":"n","version":"v","revision":1,"characterSet":"unicode","kinds":[{{"kind":"UP2KYO","additional":[{bad}]}}]}}"#
        );
        assert_eq!(
            from_json::<StandardProfile>(text.as_bytes()).unwrap_err().code(),
            "document.inconsistent"
        );
    }
}

#[test]
fn the_form_is_told_by_name_and_by_first_sign() {
    assert_eq!(Form::of(b"\xEF\xBB\xBF \n{"), Form::Json);
    assert_eq!((Form::of(b"<?xml"), Form::of(b"202407"), Form::of(b"")), (Form::Xml, Form::Csv, Form::Csv));
    assert_eq!(Form::Json.name_of("UP1KYO_X.csv"), "UP1KYO_X.json");
    assert_eq!(Form::Csv.name_of("UP1KYO_X.JSON"), "UP1KYO_X.CSV");
    assert_eq!(Form::Csv.name_of("image.jpg"), "image.jpg");
}

/// A document of 5.0 whose texts are any of Unicode's, with members that nobody knows.
fn document_5() -> impl Strategy<Value = (FileKind, Vec<u8>)> {
    let text = prop_oneof![
        "[あ-んァ-ヶ一-鿋 a-z0-9,\"\\n]{1,8}",
        "[𠮷剝塡頰〜−か\u{309A}\u{3099}髙é€\u{1F600}]{1,4}",
        "\\PC{1,6}",
    ];
    let kinds: Vec<FileKind> = FileKind::ALL.iter().copied().filter(|kind| kind.layout().is_some()).collect();
    prop::sample::select(kinds).prop_flat_map(move |kind| {
        let fields = kind.layout().map_or(&[][..], |layout| layout.fields);
        let texts: Vec<_> =
            fields.iter().filter(|field| field.ty == Type::Text).map(|field| field.no).collect();
        let row = prop::collection::vec(prop::option::of(text.clone()), texts.len());
        (prop::collection::vec(row, 1..4), any::<bool>()).prop_map(move |(rows, extra)| {
            let mut records = Records::empty(kind).unwrap();
            let mut extras = json::Extras::default();
            for (row, number) in rows.into_iter().zip(1..) {
                let set = texts.iter().zip(row).filter_map(|(no, text)| Some((usize::from(*no), text?)));
                records.push(set.collect::<Vec<_>>()).unwrap();
                if extra {
                    extras.set(Some(number), "zz", &serde_json::json!({"number": number}));
                }
            }
            (kind, json::write_with_extras(kind, records.iter(), &extras, &WriteOptions::default()))
        })
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, ..ProptestConfig::default() })]

    #[test]
    fn canonical_files_come_back_from_5_0((kind, bytes) in file()) {
        // Any rows, in the canonical form.
        let (records, _) = csv::read(&bytes, &csv::ReadOptions::new(kind)).unwrap();
        let Ok((canonical, _)) = csv::write(kind, records.iter(), &csv::WriteOptions::default()) else { return Ok(()) };
        for form in [Form::Json, Form::Xml] {
            let there = convert("", &canonical, form, &ConvertOptions { from: Some(Form::Csv), ..options(kind) }).unwrap();
            let changed: Vec<_> = there.losses.iter().filter(|loss| loss.effect != LossEffect::Doubtful).collect();
            // Bytes that read as UTF-8, too, are taken for it.
            let back = convert("", &there.bytes, Form::Csv, &options(kind));
            prop_assert_eq!(back.is_ok_and(|back| back.bytes == canonical), changed.is_empty(), "{:?}", changed);
        }
    }

    #[test]
    fn documents_differ_where_a_loss_says_and_nowhere_else((kind, document) in document_5(), substitute: bool) {
        let gaiji = if substitute { GaijiPolicy::Substitute } else { GaijiPolicy::MapVariants };
        let there = match convert("", &document, Form::Csv, &ConvertOptions { gaiji, ..ConvertOptions::default() }) {
            Ok(there) => there,
            Err(error) => {
                // Nothing is given, and each character is named.
                let named = matches!(error.kind(), ErrorKind::Unwritable { report } if report.errors() > 0);
                prop_assert!(named && !substitute);
                return Ok(());
            }
        };
        let back = convert("", &there.bytes, Form::Json, &ConvertOptions { from: Some(Form::Csv), ..options(kind) }).unwrap();
        let lost = |effect: LossEffect| {
            let losses = there.losses.iter().filter(move |loss| loss.effect == effect);
            losses.map(|loss| (loss.finding.place.row, loss.finding.place.field.map(|field| field.no))).collect::<BTreeSet<_>>()
        };
        let (before, extras, _) = json::read_with_extras(&document, &ReadOptions::default()).unwrap();
        let (after, after_extras, _) = json::read_with_extras(&back.bytes, &ReadOptions::default()).unwrap();
        prop_assert!(after_extras.is_empty());
        prop_assert_eq!(extras.iter().count(), lost(LossEffect::Dropped).len());
        prop_assert_eq!(before.len(), after.len());
        let mut differs = BTreeSet::new();
        for (row, (a, b)) in (1..).zip(before.iter().zip(after.iter())) {
            for field in a.layout().fields {
                if a.value(field.no.into()).map(|v| v.to_text()) != b.value(field.no.into()).map(|v| v.to_text()) {
                    differs.insert((Some(row), Some(field.no)));
                }
            }
        }
        prop_assert_eq!(differs, lost(LossEffect::Changed));
        if there.losses.is_empty() {
            prop_assert_eq!(back.bytes, document);
        }
    }
}
