//! What kind of office certificate one is, by rules that the caller can extend.

use serde::{Deserialize, Serialize};

use super::Certificate;
use crate::report::Lang;

/// A rule that tells one kind of certificate.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct KindRule {
    /// The stable name of the kind.
    pub name: String,
    /// The kind in Japanese.
    pub label_ja: String,
    /// The kind in English.
    pub label_en: String,
    /// Text that the subject has in it, in the form of [`Certificate::subject`]; empty: any.
    #[serde(default)]
    pub subject_has: String,
    /// Text that the issuer has in it, in the form of [`Certificate::issuer`]; empty: any.
    #[serde(default)]
    pub issuer_has: String,
}

impl KindRule {
    /// The kind in words, in the language asked for.
    pub fn label(&self, lang: Lang) -> &str {
        match lang {
            Lang::Japanese => &self.label_ja,
            Lang::English => &self.label_en,
        }
    }

    fn fits(&self, certificate: &Certificate) -> bool {
        // A rule without any condition would fit all.
        !(self.subject_has.is_empty() && self.issuer_has.is_empty())
            && certificate.subject().contains(&self.subject_has)
            && certificate.issuer().contains(&self.issuer_has)
    }
}

/// Rules for the kinds of certificates, the first that fits deciding. Data, for callers to read from a file: what
/// real certificates have in their names is not public text.
///
/// A kind is what a certificate calls itself. It proves nothing: see [`Certificate::validate`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct KindRules(pub Vec<KindRule>);

impl KindRules {
    /// The rules for the certificates that the sandbox issues: *provisional*, and kaigo's own.
    pub fn provisional() -> Self {
        let rule = |name: &str, label_ja: &str, label_en: &str| KindRule {
            name: name.into(),
            label_ja: label_ja.into(),
            label_en: label_en.into(),
            subject_has: format!("OU={label_ja}"),
            issuer_has: String::new(),
        };
        Self(vec![
            rule("insurance", "介護保険証明書", "long-term-care insurance certificate"),
            rule("dx", "介護DX証明書", "long-term-care DX certificate"),
        ])
    }

    /// The kind of a certificate; `None` when no rule fits.
    pub fn kind_of(&self, certificate: &Certificate) -> Option<&KindRule> {
        self.0.iter().find(|rule| rule.fits(certificate))
    }
}
