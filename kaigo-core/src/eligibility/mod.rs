//! What the WEB service (介護保険資格確認等WEBサービス) shows of a person and takes for one, as [`document`](crate::document)s.
//!
//! Sources are marked as in the facts that this is built from: **\[O\]** official text, **\[P\]** public, several sources
//! agree, **\[M\]** general knowledge, to be confirmed. Names in JSON and XML are kaigo's own and *provisional*; so are the
//! codes in words (`renewal`), for the source has none.
//!
//! Nothing here holds the Individual Number (マイナンバー): a text with one is refused.

mod access;
mod assessment;
mod card;
mod certification;
mod level;
mod life;
mod notification;
mod online;
mod opinion;
mod plan;
mod user;

pub use access::{
    Account, AccountKind, AccountStatus, Consent, ConsentScope, JobType, OfficeUserId, ViewingPeriod,
};
pub use assessment::*;
pub use card::{
    BenefitRestriction, BurdenLimitCertificate, BurdenRatio, BurdenRatioCertificate, BurdenRatioRow,
    CareManagementOffice, CertificationBasis, FacilityStay, FoodAndRoomLimits, InsuredCard, Insurer,
    ServiceCeiling,
};
pub use certification::{
    ApplicationKind, Certification, CertificationApplication, CertificationProgress, CertificationResult,
    InsuredKind, ProgressStep, StepKind,
};
pub use level::{
    CertifiedLevel, LifeDementiaIndependence, LifePhysicalIndependence, MunicipalYesNo, NoSuchLevel,
};
pub use life::{LifeFeedback, LifeItem};
pub use notification::{
    CarePlanNotification, Filer, InsuredPerson, NotificationKind, NotificationReceipt, NotificationVariant,
    OfficeChange, OfficeContact, PlanAuthor,
};
pub use online::{
    CharacterCode, CompactTime, MessageBody, MessageHeader, OnlineEligibility, QualificationConfirmation,
    QualificationValidity, ReferenceClassification, ResultList, read_xml_msg, write_xml_msg,
};
pub use opinion::*;
pub use plan::{PlanRegistrationKind, PlanState, RegisteredPlan};
pub use user::{FourItems, IdentityKind, ServiceUser};
