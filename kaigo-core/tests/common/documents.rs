//! Documents made from their shapes, filled whole or as little as may be.

use std::borrow::Cow;

use kaigo_core::document::{Content, Form, Leaf, Occurs, Shape, Tree};

/// Calls a function with the type of every document that stands alone.
#[macro_export]
macro_rules! for_each_document {
    ($function:ident) => {{
        struct Call;
        impl kaigo_core::document::DocumentVisitor for Call {
            type Output = ();
            fn visit<D: Document>(self) {
                $function::<D>();
            }
        }
        for shape in kaigo_core::document::ALL {
            kaigo_core::document::visit(shape.name, Call).unwrap_or_else(|e| panic!("{e}"));
        }
    }};
}

/// The leaf's value for these tests.
pub fn leaf(leaf: &Leaf) -> Tree {
    let candidates = [
        "H123456789",
        "03-1234-5678",
        "1234567890",
        "092015",
        "11",
        "KJ123456789012",
        "20260301093000",
        "100-0001",
        "2026-07",
        "2026-03-01",
        "1-3",
        "10.00",
        "09:30",
        "00001-000010",
        "111111",
        "9999999999",
        "1111100000000000000000000000000",
    ];
    match leaf.form {
        // 髙 and 𠮷 break what is careless; ends and inner spaces are kept.
        Form::Text { lines: false, .. } => Tree::Text(" 髙橋 <𠮷子> & \"'] ]>　".into()),
        Form::Text { lines: true, .. } => Tree::Text("一行目\r\n\t二行目\n\r ]]> &amp; ".into()),
        Form::Number { max } => Tree::Number(max.min(120)),
        Form::Boolean => Tree::Boolean(true),
        Form::Date if leaf.personal => Tree::Text("1940-05-03".into()),
        Form::Date => Tree::Text("2026-03-01".into()),
        Form::Month => Tree::Text("2026-07".into()),
        Form::Timestamp => Tree::Text("2026-03-01T09:30:00Z".into()),
        Form::Code(codes) => Tree::Text(codes.last().map(|(code, _)| *code).unwrap_or_default().into()),
        Form::Chars { .. } | Form::Pattern(_) => Tree::Text(
            candidates
                .iter()
                // What names a person stands nowhere else, so that it is found where it should not be.
                .find(|text| (leaf.accepts)(text) && (leaf.personal || !text.starts_with('H')))
                .unwrap_or_else(|| panic!("{leaf:?}"))
                .to_string(),
        ),
    }
}

/// A document with every member, or with those alone that must stand. What contradicts the rest is left out.
pub fn sample(shape: &Shape, whole: bool) -> Tree {
    let contradicts = |name: &str| match (shape.name, whole) {
        ("CarePlanNotification", true) => name == "entrustedOffice",
        ("FilingQuestion", true) => matches!(name, "homeModification" | "notification"),
        ("PriceTerm", true) => name == "grade",
        // Names of items mean something.
        ("StandardProfile", true) => name == "kinds",
        _ => false,
    };
    let needed = |name: &str| match (shape.name, whole) {
        ("CarePlanNotification", false) => matches!(name, "office" | "usesOtherServices"),
        ("CertificationResult", false) => name == "valid",
        ("FilingQuestion", false) => name == "equipmentPurchase",
        ("PriceTerm", false) => name == "price",
        ("Account", false) => matches!(name, "name" | "jobTypes"),
        _ => false,
    };
    let members = shape.members.iter().filter(|member| {
        !contradicts(member.name_json) && (whole || member.occurs == Occurs::Once || needed(member.name_json))
    });
    Tree::Node(
        members
            .map(|member| {
                let value = match member.content {
                    Content::Leaf(form) => leaf(&form),
                    Content::Document(shape) => sample(shape, whole),
                };
                let value = match member.occurs {
                    Occurs::Many(max) => Tree::List(vec![value; max.min(2)]),
                    _ => value,
                };
                (Cow::Borrowed(member.name_json), value)
            })
            .collect(),
    )
}

/// Every leaf below a shape, with its way.
#[allow(dead_code, reason = "not every test that has documents walks over their leaves")]
pub fn leaves(shape: &'static Shape) -> Vec<(String, Leaf)> {
    shape
        .members
        .iter()
        .flat_map(|member| match member.content {
            Content::Leaf(leaf) => vec![(member.name_json.to_owned(), leaf)],
            Content::Document(inner) => leaves(inner)
                .into_iter()
                .map(|(path, leaf)| (format!("{}.{path}", member.name_json), leaf))
                .collect(),
        })
        .collect()
}
