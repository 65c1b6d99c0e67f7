//! What a wire profile offers.

use crate::report::Lang;

/// A part of the WEB service that a wire profile may lack.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Capability {
    /// Insured card, burden ratio and ceiling certificates.
    Eligibility,
    /// Certification, its progress, assessment form and doctor's opinion.
    Certification,
    /// Use of home modification and equipment.
    Allowances,
    /// The list of users (`WEB_IF_KST_01`).
    Users,
    /// Registering plans for delivery and for consent, and what became of them.
    PlanRegistration,
    /// Registering a person without a card by four items.
    PersonRegistration,
    /// Filing the 居宅サービス計画作成依頼（変更）届出書.
    Filing,
    /// Viewing LIFE.
    Life,
    /// Viewing registered plans.
    RegisteredPlans,
    /// Recording consent.
    ConsentRecording,
}

impl Capability {
    /// Every capability.
    pub const ALL: [Self; 10] = [
        Self::Eligibility,
        Self::Certification,
        Self::Allowances,
        Self::Users,
        Self::PlanRegistration,
        Self::PersonRegistration,
        Self::Filing,
        Self::Life,
        Self::RegisteredPlans,
        Self::ConsentRecording,
    ];

    /// Those that API 1.0 leaves to the browser **\[O\]**.
    pub const BROWSER_ONLY: [Self; 5] =
        [Self::PersonRegistration, Self::Filing, Self::Life, Self::RegisteredPlans, Self::ConsentRecording];

    /// What to look for in the browser. What the menus of the WEB service are called is not public.
    pub fn browser_route(self, lang: Lang) -> &'static str {
        let (ja, en) = match self {
            Self::Eligibility => ("資格情報", "eligibility"),
            Self::Certification => ("要介護認定情報", "certification"),
            Self::Allowances => {
                ("住宅改修費・福祉用具購入費の利用状況", "use of home modification and equipment")
            }
            Self::Users => ("利用者一覧", "the list of users"),
            Self::PlanRegistration => ("ケアプランの登録", "registration of care plans"),
            Self::PersonRegistration => ("利用者の登録（４情報）", "registration of a person by four items"),
            Self::Filing => {
                ("居宅サービス計画作成依頼（変更）届出書", "the notification that a care plan is asked for")
            }
            Self::Life => ("LIFE情報の閲覧", "LIFE"),
            Self::RegisteredPlans => ("登録されたケアプランの閲覧", "registered care plans"),
            Self::ConsentRecording => ("同意の登録", "recording of consent"),
        };
        match lang {
            Lang::Japanese => ja,
            Lang::English => en,
        }
    }

    fn bit(self) -> u16 {
        1 << Self::ALL.iter().position(|one| *one == self).unwrap_or(15)
    }
}

/// A wire profile: its name, and what it offers. Paths and names are those of [`provisional`](super::provisional) in
/// every profile there is so far.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WireProfile {
    name: &'static str,
    lacks: u16,
}

impl WireProfile {
    /// What the sandbox speaks: everything.
    pub const fn provisional() -> Self {
        Self { name: super::provisional::PROFILE, lacks: 0 }
    }

    /// What is published of API 1.0: without what it [leaves to the browser](Capability::BROWSER_ONLY).
    pub fn api_1_0() -> Self {
        let profile = Self { name: "api-1.0", ..Self::provisional() };
        Capability::BROWSER_ONLY.into_iter().fold(profile, Self::without)
    }

    /// The same without a capability.
    #[must_use]
    pub fn without(self, capability: Capability) -> Self {
        Self { lacks: self.lacks | capability.bit(), ..self }
    }

    /// The profile's name.
    pub fn name(self) -> &'static str {
        self.name
    }

    /// Whether it offers that.
    pub fn offers(self, capability: Capability) -> bool {
        self.lacks & capability.bit() == 0
    }
}

impl Default for WireProfile {
    fn default() -> Self {
        Self::provisional()
    }
}
