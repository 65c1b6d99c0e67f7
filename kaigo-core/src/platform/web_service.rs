//! What the WEB service (介護保険資格確認等WEBサービス) shows of a person and takes for one. *Provisional*: which of it
//! API 1.0 offers is a [`WireProfile`](super::WireProfile)'s to say.

use serde::Deserialize;

use super::retry::Repeat;
use super::transport::Request;
use super::{Capability, Cursor, NamedFile, Page, Session, TransferError, wire};
use crate::benefit::{EquipmentUse, HomeModificationUse};
use crate::calendar::Date;
use crate::document::{Document, Part, Tree, to_json};
use crate::eligibility::{
    AssessmentForm, BurdenLimitCertificate, BurdenRatioCertificate, CarePlanNotification, Certification,
    CertificationProgress, Consent, DoctorsOpinion, FourItems, InsuredCard, LifeFeedback,
    NotificationReceipt, RegisteredPlan, ServiceUser,
};
use crate::error::ErrorKind;
use crate::format::json::JsonError;
use crate::ident::{InsuredNumber, InsurerNumber};

/// Who is asked about: the person's insurer, and their number there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct PersonId {
    /// The person's insurer (保険者番号).
    pub insurer: InsurerNumber,
    /// The person's number there (被保険者番号).
    pub insured: InsuredNumber,
}

/// How the person agreed to a plan that is delivered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Agreement {
    /// By their answer to the [consent registration](Session::register_plan_for_consent) of the same files:
    /// [`RegisteredPlan::id`].
    Registered(String),
    /// On paper, on that day.
    OnPaper(Date),
}

/// Declares the documents that are viewed: call, variant, document and capability.
macro_rules! views {
    ($( $(#[$doc:meta])* $call:ident = $view:ident $document:ident, $capability:ident; )*) => {
        /// A document of a person that the WEB service shows.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum View {
            $( $(#[$doc])* $view, )*
        }

        impl View {
            /// Every view.
            pub const ALL: &'static [Self] = &[$(Self::$view),*];

            /// Its name: that of the call of a [`Session`].
            pub fn name(self) -> &'static str {
                match self { $( Self::$view => stringify!($call), )* }
            }

            /// The name of the type of its [document](crate::document).
            pub fn document(self) -> &'static str {
                match self { $( Self::$view => $document::SHAPE.name, )* }
            }

            /// What a wire profile must offer for it.
            pub fn capability(self) -> Capability {
                match self { $( Self::$view => Capability::$capability, )* }
            }
        }

        /// What the platform shows of a person; *provisional*. Each view fails as any call does, with
        /// [`TransferError::NotOffered`] before any traffic where the wire profile lacks it, and, where the platform does
        /// not show it, of the kinds [`NoRight`](super::BusinessKind::NoRight),
        /// [`MunicipalityNotReady`](super::BusinessKind::MunicipalityNotReady),
        /// [`UnknownPerson`](super::BusinessKind::UnknownPerson),
        /// [`IdentityNotConfirmed`](super::BusinessKind::IdentityNotConfirmed),
        /// [`ViewingPeriodOver`](super::BusinessKind::ViewingPeriodOver), [`NoConsent`](super::BusinessKind::NoConsent),
        /// [`ConsentEnded`](super::BusinessKind::ConsentEnded) and [`NoDocument`](super::BusinessKind::NoDocument).
        impl Session {
            $(
                $(#[$doc])*
                ///
                /// # Errors
                /// As every view.
                pub fn $call(&self, person: &PersonId) -> Result<$document, TransferError> {
                    self.read(View::$view, person)
                }
            )*

            /// A view by its [name](View::name), as the [JSON](crate::document::to_json) of its document: for programs that
            /// know views by name.
            ///
            /// # Errors
            /// [`ErrorKind::NoName`] where there is no such view; and as every view.
            pub fn view_json(&self, name: &str, person: &PersonId) -> crate::Result<Vec<u8>> {
                match name {
                    $( stringify!($call) => Ok(to_json(&self.$call(person)?)), )*
                    _ => Err(ErrorKind::no_name(name).into()),
                }
            }
        }
    };
}

views! {
    /// The insured card (介護保険被保険者証).
    insured_card = InsuredCard InsuredCard, Eligibility;
    /// The burden ratio certificate (負担割合証).
    burden_ratio = BurdenRatio BurdenRatioCertificate, Eligibility;
    /// The ceiling certificate (負担限度額認定証).
    burden_limit = BurdenLimit BurdenLimitCertificate, Eligibility;
    /// The certification with its result (要介護認定).
    certification = Certification Certification, Certification;
    /// How far the certification is, with its dated steps (認定の進捗).
    certification_progress = Progress CertificationProgress, Certification;
    /// The assessment form (認定調査票).
    assessment_form = Assessment AssessmentForm, Certification;
    /// The doctor's opinion (主治医意見書).
    doctors_opinion = Opinion DoctorsOpinion, Certification;
    /// What was used of the allowance for home modification (住宅改修費の利用状況).
    home_modification_use = HomeModification HomeModificationUse, Allowances;
    /// What was used of the allowance for equipment (福祉用具購入費の利用状況).
    equipment_use = Equipment EquipmentUse, Allowances;
    /// Feedback of LIFE (科学的介護推進 フィードバック票); in the browser only by API 1.0.
    life_feedback = Life LifeFeedback, Life;
}

/// What an office files and registers; *provisional*. Each call may be repeated: the same thing is taken once. They fail as
/// views do, and of the kind [`BadInput`](super::BusinessKind::BadInput) where what was sent contradicts itself.
impl Session {
    fn read<D: Document>(&self, view: View, person: &PersonId) -> Result<D, TransferError> {
        let answer = self.offered(view.capability(), || wire::view(view, person))?;
        wire::document(&answer, D::SHAPE.name)
    }

    /// The answer to a call, unless the wire profile lacks it.
    fn offered(
        &self,
        capability: Capability,
        request: impl FnOnce() -> Result<Request, TransferError>,
    ) -> Result<zeroize::Zeroizing<Vec<u8>>, TransferError> {
        let profile = self.profile();
        if !profile.offers(capability) {
            return Err(TransferError::NotOffered { profile: profile.name(), capability });
        }
        self.call(&request()?, Repeat::Always)
    }

    /// A page of the people whom this office serves.
    ///
    /// # Errors
    /// As any call, and [`TransferError::NotOffered`].
    #[doc(alias = "利用者一覧")]
    pub fn list_users(&self, after: Option<&Cursor>) -> Result<Page<ServiceUser>, TransferError> {
        wire::users(&self.offered(Capability::Users, || Ok(wire::list_users(after)))?)
    }

    /// Puts a plan up for the person's agreement (同意・確認用登録): a draft.
    ///
    /// # Errors
    /// As every view.
    #[doc(alias = "同意・確認用登録")]
    pub fn register_plan_for_consent(
        &self,
        person: &PersonId,
        files: &[NamedFile],
    ) -> Result<RegisteredPlan, TransferError> {
        let answer = self.offered(Capability::PlanRegistration, || wire::plan_for_consent(person, files))?;
        wire::document(&answer, RegisteredPlan::SHAPE.name)
    }

    /// Delivers a finished plan (交付用登録): from then on it is shown to the person, and to the offices that may see it.
    ///
    /// # Errors
    /// Of the kind [`PlanNotAgreed`](super::BusinessKind::PlanNotAgreed) where the person did not agree to these very files;
    /// and as every view.
    #[doc(alias = "交付用登録")]
    pub fn register_plan_for_delivery(
        &self,
        person: &PersonId,
        files: &[NamedFile],
        agreement: &Agreement,
    ) -> Result<RegisteredPlan, TransferError> {
        let answer =
            self.offered(Capability::PlanRegistration, || wire::plan_for_delivery(person, files, agreement))?;
        wire::document(&answer, RegisteredPlan::SHAPE.name)
    }

    /// What became of a plan that this office registered: the person's agreement or refusal.
    ///
    /// # Errors
    /// Of the kind [`NoPlan`](super::BusinessKind::NoPlan); and as every view.
    pub fn plan_state(&self, person: &PersonId, id: &str) -> Result<RegisteredPlan, TransferError> {
        let answer = self.offered(Capability::PlanRegistration, || wire::plan_state(person, id))?;
        wire::document(&answer, RegisteredPlan::SHAPE.name)
    }

    /// The plans delivered for a person, whichever office did; in the browser only by API 1.0.
    ///
    /// # Errors
    /// As every view.
    pub fn registered_plans(&self, person: &PersonId) -> Result<Vec<RegisteredPlan>, TransferError> {
        wire::registered_plans(
            &self.offered(Capability::RegisteredPlans, || wire::list_registered_plans(person))?,
        )
    }

    /// A plan delivered for a person, with its files, each checked against its SHA-256; in the browser only by API 1.0.
    ///
    /// # Errors
    /// As [`fetch`](Session::fetch), of the kind [`NoPlan`](super::BusinessKind::NoPlan), and as every view.
    pub fn registered_plan(
        &self,
        person: &PersonId,
        id: &str,
    ) -> Result<(RegisteredPlan, Vec<NamedFile>), TransferError> {
        wire::registered_plan(
            &self.offered(Capability::RegisteredPlans, || wire::fetch_registered_plan(person, id))?,
        )
    }

    /// Registers a person without their card; in the browser only by API 1.0.
    ///
    /// # Errors
    /// Of the kind [`UnknownPerson`](super::BusinessKind::UnknownPerson) where the four do not belong together; and as every
    /// view.
    #[doc(alias = "４情報")]
    pub fn register_person(&self, items: &FourItems) -> Result<ServiceUser, TransferError> {
        let answer = self.offered(Capability::PersonRegistration, || wire::register_person(items))?;
        wire::document(&answer, ServiceUser::SHAPE.name)
    }

    /// Files the notification that a care plan is asked for; in the browser only by API 1.0. Ask
    /// [`check_filing`](crate::benefit::check_filing) before: the platform does.
    ///
    /// # Errors
    /// Of the kind [`FilingStopped`](super::BusinessKind::FilingStopped) where it would be a mistake; and as every view.
    #[doc(alias = "居宅サービス計画作成依頼届出書")]
    pub fn file_notification(
        &self,
        notification: &CarePlanNotification,
    ) -> Result<NotificationReceipt, TransferError> {
        let answer = self.offered(Capability::Filing, || wire::file_notification(notification))?;
        wire::document(&answer, NotificationReceipt::SHAPE.name)
    }

    /// Records that the person consents, or withdraws it, for this office; in the browser only by API 1.0.
    ///
    /// # Errors
    /// As every view.
    #[doc(alias = "同意の登録")]
    pub fn record_consent(&self, person: &PersonId, consent: &Consent) -> Result<Consent, TransferError> {
        let answer = self.offered(Capability::ConsentRecording, || wire::record_consent(person, consent))?;
        wire::document(&answer, Consent::SHAPE.name)
    }
}

/// What [`Session::ask_json`] is asked with.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Question {
    insurer: Option<InsurerNumber>,
    insured: Option<InsuredNumber>,
    id: Option<String>,
    document: Option<Tree>,
}

impl Question {
    fn person(&self) -> Result<PersonId, TransferError> {
        let missing = TransferError::Package { what: "the person's insurer and number are missing" };
        let (insurer, insured) = self.insurer.zip(self.insured).ok_or(missing)?;
        Ok(PersonId { insurer, insured })
    }

    fn document<D: Document>(&self) -> crate::Result<D> {
        Ok(D::read(self.document.as_ref().unwrap_or(&Tree::Null))?)
    }
}

/// The names that [`Session::ask_json`] takes besides those of views.
pub const QUESTIONS: &[&str] = &[
    "list_users",
    "plan_state",
    "registered_plans",
    "register_person",
    "file_notification",
    "record_consent",
];

/// The calls by name, for programs and languages that know no types of Rust's.
impl Session {
    /// A [view](View::name), or one of [`QUESTIONS`], by its name. The question is a JSON object: `insurer` and `insured` (not
    /// for `list_users`, `register_person` and `file_notification`), `id` for `plan_state`, and `document` for what is
    /// registered, filed or recorded. The answer is a document as JSON, or an array of documents.
    ///
    /// # Errors
    /// [`ErrorKind::NoName`] where there is no such call; those of reading the question; and as the call.
    pub fn ask_json(&self, name: &str, question: &[u8]) -> crate::Result<Vec<u8>> {
        let question: Question = serde_json::from_slice(question).map_err(|error| JsonError::of(&error))?;
        Ok(match name {
            "list_users" => {
                let (mut users, mut after) = (Vec::new(), None);
                loop {
                    let page = self.list_users(after.as_ref())?;
                    users.extend(page.items.iter().map(Part::to_tree));
                    match page.next {
                        Some(next) if after.as_ref() != Some(&next) => after = Some(next),
                        _ => break list(users),
                    }
                }
            }
            "plan_state" => {
                let id = question.id.as_deref().unwrap_or_default();
                to_json(&self.plan_state(&question.person()?, id)?)
            }
            "registered_plans" => {
                let plans = self.registered_plans(&question.person()?)?;
                list(plans.iter().map(Part::to_tree).collect())
            }
            "register_person" => to_json(&self.register_person(&question.document()?)?),
            "file_notification" => to_json(&self.file_notification(&question.document()?)?),
            "record_consent" => to_json(&self.record_consent(&question.person()?, &question.document()?)?),
            view => {
                if !View::ALL.iter().any(|known| known.name() == view) {
                    return Err(ErrorKind::no_name(view).into());
                }
                self.view_json(view, &question.person()?)?
            }
        })
    }
}

fn list(items: Vec<Tree>) -> Vec<u8> {
    // Memory takes every byte, and no tree refuses to be written.
    serde_json::to_vec(&Tree::List(items)).unwrap_or_default()
}
