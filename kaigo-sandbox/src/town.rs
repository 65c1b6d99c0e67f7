//! An invented town, the same one for the same seed: its people's documents, in the form that the roles' calls take.

use fastrand::Rng;
use kaigo_core::calendar::Date;
use kaigo_core::document::{Content, Document as _, Form, Member, Occurs, Shape};
use kaigo_core::eligibility::{AssessmentForm, DoctorsOpinion};
use kaigo_core::ident::{InsuredNumber, InsurerNumber};
use serde_json::{Map, Value, json};

/// Level and monthly ceiling in units.
const LEVELS: &[(&str, u32)] =
    &[("12", 5032), ("13", 10531), ("21", 16765), ("22", 19705), ("23", 27048), ("24", 30938), ("25", 36217)];
const FAMILY: &[(&str, &str)] = &[
    ("架空", "カクウ"),
    ("見本", "ミホン"),
    ("例示", "レイジ"),
    ("試髙", "シダカ"),
    ("仮﨑", "カリサキ"),
    ("𠮷例", "ヨシレイ"),
];
const GIVEN: &[(&str, &str, &str)] = &[
    ("一郎", "イチロウ", "1"),
    ("二郎", "ジロウ", "1"),
    ("春子", "ハルコ", "2"),
    ("夏子", "ナツコ", "2"),
    ("秋子", "アキコ", "2"),
    ("冬男", "フユオ", "1"),
];

/// An invented town.
#[derive(Debug, Clone)]
pub struct Town {
    insurer: InsurerNumber,
    people: Vec<Person>,
}

#[derive(Debug, Clone)]
struct Person {
    insured: InsuredNumber,
    documents: Vec<(&'static str, Value)>,
    opinion: Value,
}

impl Town {
    /// A town of so many people (at most a million) as it stands on a day. The same seed gives the same town.
    pub fn new(insurer: InsurerNumber, people: u32, today: Date, seed: u64) -> Self {
        let mut rng = Rng::with_seed(seed);
        let people = (0..people.min(1_000_000)).filter_map(|index| person(&mut rng, insurer, index, today));
        Self { insurer, people: people.collect() }
    }

    /// Everybody's numbers.
    pub fn people(&self) -> impl Iterator<Item = InsuredNumber> + '_ {
        self.people.iter().map(|person| person.insured)
    }

    /// What the municipality feeds: the body of its call.
    pub fn feed(&self) -> Value {
        let documents = self.people.iter().flat_map(|person| &person.documents);
        let documents: Vec<Value> =
            documents.map(|(name, document)| json!({ "type": name, "document": document })).collect();
        json!({ "insurer": self.insurer, "documents": documents })
    }

    /// What the medical institution gives: the bodies of its calls, one a person.
    pub fn opinions(&self) -> impl Iterator<Item = Value> + '_ {
        self.people.iter().map(|person| json!({ "insurer": self.insurer, "document": person.opinion }))
    }
}

/// `None` never: every number and day that is made up is one.
fn person(rng: &mut Rng, insurer: InsurerNumber, index: u32, today: Date) -> Option<Person> {
    let insured: InsuredNumber = format!("{:010}", 9_000_000_000_u64 + u64::from(index)).parse().ok()?;
    let (family, family_kana) = FAMILY[rng.usize(..FAMILY.len())];
    let (given, given_kana, sex) = GIVEN[rng.usize(..GIVEN.len())];
    let (level, units) = LEVELS[rng.usize(..LEVELS.len())];
    let ratio = ["1", "1", "1", "2", "3"][rng.usize(..5)];
    let born = Date::new(rng.i16(1930..1956), rng.i8(1..=12), rng.i8(1..=28))?;
    // Certified some months ago, until a month's end.
    let applied = today.plus_days(-rng.i32(70..150))?;
    let decided = applied.plus_days(28)?;
    let until = decided.plus_days(365)?.month().last_day();
    // The certificate of a burden ratio runs from August to July.
    let year = if today.month_of_year() >= 8 { today.year() } else { today.year() - 1 };
    let ratios = json!({ "from": format!("{year}-08-01"), "to": format!("{}-07-31", year + 1) });
    let printed = json!({ "number": insurer, "name": "架空町", "phone": "03-0000-0000" });
    let name = format!("{family}　{given}");
    let (applied, decided, until) = (applied.to_string(), decided.to_string(), until.to_string());
    let valid = json!({ "from": applied, "to": until });
    let application = json!({ "kind": "renewal", "insuredKind": "first", "appliedOn": applied });

    let mut documents = vec![
        (
            "InsuredCard",
            json!({
                "insuredNumber": insured, "name": name, "nameKana": format!("{family_kana}　{given_kana}"),
                "birthDate": born.to_string(), "sex": sex, "postalCode": "000-0000",
                "address": format!("架空県架空町{}丁目{}番", rng.u8(1..9), rng.u8(1..30)),
                "issuedOn": decided, "reissued": false, "insurer": printed, "level": level,
                "basis": "certification", "certifiedOn": decided, "valid": valid, "ceiling": units,
                "ceilingPeriod": valid,
            }),
        ),
        (
            "BurdenRatioCertificate",
            json!({
                "insuredNumber": insured, "issuedOn": format!("{year}-07-20"),
                "rows": [{ "ratio": ratio, "period": ratios }], "insurer": printed,
            }),
        ),
        (
            "Certification",
            json!({
                "insuredNumber": insured, "insurer": printed, "application": application,
                "result": { "level": level, "decidedOn": decided, "valid": valid },
            }),
        ),
        (
            "CertificationProgress",
            json!({
                "insuredNumber": insured, "insurer": printed, "application": application,
                "steps": [
                    { "step": "application_received", "on": applied },
                    { "step": "result_notified", "on": decided },
                ],
            }),
        ),
        ("AssessmentForm", form(rng, AssessmentForm::SHAPE, insured, &name, born, &applied)),
        (
            "HomeModificationUse",
            json!({
                "insurerNumber": insurer, "insuredNumber": insured, "asOf": today.to_string(),
                "works": works(rng, level, ratio, &applied), "remaining": null,
            }),
        ),
        (
            "EquipmentUse",
            json!({ "insurerNumber": insurer, "insuredNumber": insured, "asOf": today.to_string() }),
        ),
    ];
    // One in three has a low income.
    if rng.u8(..3) == 0 {
        let limits = json!({ "food": 650, "unitPrivate": 1370, "shared": 430 });
        documents.push((
            "BurdenLimitCertificate",
            json!({
                "insuredNumber": insured, "issuedOn": format!("{year}-07-20"), "period": ratios,
                "limits": limits, "insurer": printed,
            }),
        ));
    }
    let opinion = form(rng, DoctorsOpinion::SHAPE, insured, &name, born, &applied);
    Some(Person { insured, documents, opinion })
}

fn works(rng: &mut Rng, level: &str, ratio: &str, on: &str) -> Value {
    if rng.bool() {
        return json!([]);
    }
    json!([{
        "dwelling": "架空県架空町の住宅", "startedOn": on, "level": level, "kinds": ["1"],
        "cost": rng.u32(2..18) * 10_000, "ratio": ratio,
    }])
}

/// A form filled at random, as far as it must be.
fn form(rng: &mut Rng, shape: &Shape, insured: InsuredNumber, name: &str, born: Date, on: &str) -> Value {
    let mut value = |member: &Member| match member.content {
        Content::Document(inner) => form(rng, inner, insured, name, born, on),
        Content::Leaf(leaf) => match (member.name_json, leaf.form) {
            ("insuredNumber", _) => json!(insured),
            ("name", _) => json!(name),
            ("birthDate", Form::Date) => json!(born.to_string()),
            (_, Form::Code(codes)) => json!(codes[rng.usize(..codes.len())].0),
            (_, Form::Boolean) => json!(rng.u8(..8) == 0),
            (_, Form::Date) => json!(on),
            _ => json!("架空の記載"),
        },
    };
    let needed = shape.members.iter().filter(|member| member.occurs == Occurs::Once);
    let members: Map<String, Value> =
        needed.map(|member| (member.name_json.to_owned(), value(member))).collect();
    Value::Object(members)
}
