//! An answer with its reasons.

use std::fmt;

use serde::ser::{Serialize, SerializeMap, Serializer};

use super::{Effect, Rule, Units, Yen};
use crate::calendar::{Date, Month};
use crate::code::{CodeList, ServiceType};
use crate::eligibility::CertifiedLevel;
use crate::ident::ServiceTypeCode;
use crate::record::UnitPrice;
use crate::report::Lang;

/// An answer, and the reasons for it in the order in which they counted.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Decision<T> {
    /// The answer.
    pub value: T,
    /// Why.
    pub reasons: Vec<Reason>,
}

impl<T> Decision<T> {
    /// Whether a reason stops what was asked for.
    pub fn is_stopped(&self) -> bool {
        self.reasons.iter().any(|reason| reason.rule.effect() == Effect::Stops)
    }

    /// The reasons of that effect.
    pub fn reasons_that(&self, effect: Effect) -> impl Iterator<Item = &Reason> {
        self.reasons.iter().filter(move |reason| reason.rule.effect() == effect)
    }

    /// Whether the rule took part.
    pub fn has(&self, rule: Rule) -> bool {
        self.reasons.iter().any(|reason| reason.rule == rule)
    }

    /// All reasons, a line each.
    pub fn text(&self, lang: Lang) -> String {
        let lines: Vec<String> = self.reasons.iter().map(|reason| reason.text(lang)).collect();
        lines.join("\n")
    }

    /// The same reasons for another value.
    pub(super) fn map<U>(self, then: impl FnOnce(T) -> U) -> Decision<U> {
        Decision { value: then(self.value), reasons: self.reasons }
    }
}

/// A rule that took part in a decision, with what counted in it. In JSON `rule`, `effect`, `facts`, `message_ja` and
/// `message_en`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reason {
    /// Which rule.
    pub rule: Rule,
    /// What counted, by the names in the rule's text.
    pub facts: Vec<(&'static str, Fact)>,
}

/// A day, an amount, a level that counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Fact {
    /// A day.
    Date(Date),
    /// A month.
    Month(Month),
    /// A level.
    Level(CertifiedLevel),
    /// A kind of service.
    Service(ServiceTypeCode),
    /// Units.
    Units(Units),
    /// Yen.
    Yen(Yen),
    /// A price of a unit.
    Price(UnitPrice),
    /// Per cent, or any number.
    Number(u32),
    /// A label in Japanese and English.
    Label(&'static str, &'static str),
}

impl Fact {
    /// The fact for people.
    pub fn text(&self, lang: Lang) -> String {
        match self {
            Self::Date(date) => date.to_string(),
            Self::Month(month) => month.to_string(),
            Self::Level(level) => level.name(lang).to_owned(),
            Self::Service(code) => match (ServiceType::of(*code), lang) {
                (Some(service), Lang::Japanese) => format!("{code} {}", service.name_ja),
                _ => code.to_string(),
            },
            Self::Units(units) => units.to_string(),
            Self::Yen(yen) => yen.to_string(),
            Self::Price(price) => price.to_string(),
            Self::Number(number) => number.to_string(),
            Self::Label(ja, en) => (if lang == Lang::Japanese { *ja } else { *en }).to_owned(),
        }
    }
}

impl Serialize for Fact {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Level(level) => serializer.serialize_str(level.code()),
            Self::Service(code) => serializer.serialize_str(code.as_str()),
            Self::Units(units) => serializer.serialize_u32(units.get()),
            Self::Yen(yen) => serializer.serialize_u64(yen.get()),
            Self::Number(number) => serializer.serialize_u32(*number),
            Self::Label(_, en) => serializer.serialize_str(en),
            Self::Date(_) | Self::Month(_) | Self::Price(_) => {
                serializer.collect_str(&self.text(Lang::English))
            }
        }
    }
}

macro_rules! facts {
    ($($variant:ident($ty:ty)),*) => { $(
        impl From<$ty> for Fact {
            fn from(value: $ty) -> Self {
                Self::$variant(value)
            }
        }
    )* };
}

facts! {
    Date(Date), Month(Month), Level(CertifiedLevel), Service(ServiceTypeCode), Units(Units), Yen(Yen),
    Price(UnitPrice), Number(u32)
}

impl Reason {
    pub(crate) fn new<const N: usize>(rule: Rule, facts: [(&'static str, Fact); N]) -> Self {
        Self { rule, facts: facts.into() }
    }

    /// The rule's text with what counted.
    pub fn text(&self, lang: Lang) -> String {
        self.facts.iter().fold(self.rule.text(lang).to_owned(), |text, (name, fact)| {
            text.replace(&format!("{{{name}}}"), &fact.text(lang))
        })
    }
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} [{}]", self.text(Lang::English), self.rule.name())
    }
}

impl Serialize for Reason {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        struct Facts<'r>(&'r Reason);
        impl Serialize for Facts<'_> {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_map(self.0.facts.iter().map(|(name, fact)| (name, fact)))
            }
        }
        let mut map = serializer.serialize_map(Some(5))?;
        map.serialize_entry("rule", self.rule.name())?;
        map.serialize_entry("effect", self.rule.effect().name())?;
        map.serialize_entry("facts", &Facts(self))?;
        map.serialize_entry("message_ja", &self.text(Lang::Japanese))?;
        map.serialize_entry("message_en", &self.text(Lang::English))?;
        map.end()
    }
}

/// A reason: the rule, and facts under the names of variables or of their own.
macro_rules! because {
    ($rule:ident $(, $name:ident $(= $value:expr)?)* $(,)?) => {
        $crate::benefit::Reason::new($crate::benefit::Rule::$rule, [$(
            (stringify!($name), $crate::benefit::Fact::from(
                $crate::benefit::because!(@value $name $($value)?)
            ))
        ),*])
    };
    (@value $name:ident) => { $name };
    (@value $name:ident $value:expr) => { $value };
}

pub(crate) use because;
