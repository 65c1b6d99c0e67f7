//! Who may look, how long, and with whose consent **\[O in part\]**.

use jiff::Timestamp;

use crate::calendar::Date;
use crate::code::codes;
use crate::document::{Line, OpenPeriod, document};
use crate::ident::{InsuredNumber, InsurerNumber, OfficeNumber, ServiceTypeCode, ident};
use crate::record::Scalar;
use crate::record::{Type, Value};

codes! {
    /// 同意の対象: what the consent is for.
    ConsentScope = "同意の対象", "consent scope" {
        Certification    = "certification" "要介護認定情報",
        DoctorsOpinion   = "doctors_opinion" "主治医意見書",
        CarePlan         = "care_plan" "ケアプラン",
        Life             = "life" "LIFE情報",
        Notification     = "notification" "届出の代行",
    }
}

codes! {
    /// アカウント種別: kind of account.
    AccountKind = "アカウント種別", "account kind" {
        Office        = "office" "事業所利用者",
        Administrator = "administrator" "管理者",
        Staff         = "staff" "職員",
    }
}

codes! {
    /// アカウントの状態: whether an account may be used.
    AccountStatus = "アカウントの状態", "account status" {
        Active  = "active" "有効",
        Locked  = "locked" "ロック中",
        Ended   = "ended" "廃止",
    }
}

codes! {
    /// 職種: job type. The list is kaigo's own; the official one is not public.
    JobType = "職種", "job type" {
        CareManager         = "care_manager" "介護支援専門員",
        ChiefCareManager    = "chief_care_manager" "主任介護支援専門員",
        Manager             = "manager" "管理者",
        ServiceCoordinator  = "service_coordinator" "サービス提供責任者",
        HomeHelper          = "home_helper" "訪問介護員",
        CareWorker          = "care_worker" "介護職員",
        Counsellor          = "counsellor" "生活相談員",
        PublicHealthNurse   = "public_health_nurse" "保健師",
        Nurse               = "nurse" "看護職員",
        Therapist           = "therapist" "理学療法士・作業療法士・言語聴覚士",
        Dietitian           = "dietitian" "管理栄養士",
        SocialWorker        = "social_worker" "社会福祉士",
        Doctor              = "doctor" "医師",
        Dentist             = "dentist" "歯科医師",
        Pharmacist          = "pharmacist" "薬剤師",
        EquipmentAdviser    = "equipment_adviser" "福祉用具専門相談員",
        Clerk               = "clerk" "事務職員",
        Other               = "other" "その他",
    }
}

fn user_id(bytes: &[u8; 14]) -> bool {
    bytes.starts_with(b"KJ") && bytes[2..].iter().all(u8::is_ascii_digit)
}

ident! {
    /// User ID of an office: `KJ` and 12 digits, given by the platform (one source). Not about a person.
    OfficeUserId[14] = "利用者ID", "a user ID", "KJ and 12 digits", user_id, plain
}

impl Scalar for OfficeUserId {
    const TYPE: Type = Type::Alnum;
    const WIDTH: Option<usize> = Some(size_of::<Self>());

    fn parse(bytes: &[u8]) -> Option<Self> {
        Self::from_ascii(bytes).ok()
    }

    fn value(&self) -> Value<'_> {
        Value::Symbol(self.as_str())
    }
}

document! {
    /// A consent or its refusal: whether, when, and until when it holds.
    Consent = "同意" {
        scope: one ConsentScope = "同意の対象",
        given: one bool = "同意の有無",
        at: one Timestamp = "同意日時",
        /// Left out where it holds until it is withdrawn.
        valid_until: opt Timestamp = "同意の有効期限",
    } => ends_after_it_was_given

    /// The time in which an office may look: it confirmed the person's identity, and keeps serving them.
    ViewingPeriod = "閲覧可能期間" {
        office_number: one OfficeNumber = "事業所番号",
        service_type: one ServiceTypeCode = "サービス種類",
        insurer_number: one InsurerNumber = "保険者番号",
        insured_number: one InsuredNumber = "被保険者番号",
        identity_confirmed_on: one Date = "本人確認日",
        period: one OpenPeriod = "閲覧可能期間",
    } => confirmed_before

    /// An account of the WEB service. One ID a person.
    Account = "アカウント" {
        id: one OfficeUserId = "利用者ID",
        kind: one AccountKind = "アカウント種別",
        status: one AccountStatus = "アカウントの状態",
        office_number: one OfficeNumber = "事業所番号",
        service_types: many 60 ServiceTypeCode = "サービス種類",
        /// Left out of the account of an office, which names nobody.
        name: opt Line = "氏名",
        job_types: many 18 JobType = "職種",
    } => staff_has_a_job
}

impl Consent {
    /// Whether it holds at that time.
    pub fn holds_at(&self, time: Timestamp) -> bool {
        self.given && self.at <= time && self.valid_until.is_none_or(|until| time <= until)
    }
}

fn ends_after_it_was_given(consent: &Consent) -> Option<(&'static str, &'static str)> {
    consent
        .valid_until
        .is_some_and(|until| until < consent.at)
        .then_some(("有効期限が同意日時より前です", "ends before it was given"))
}

fn confirmed_before(viewing: &ViewingPeriod) -> Option<(&'static str, &'static str)> {
    (viewing.period.from() < viewing.identity_confirmed_on)
        .then_some(("本人確認より前から閲覧できます", "begins before the identity was confirmed"))
}

fn staff_has_a_job(account: &Account) -> Option<(&'static str, &'static str)> {
    let staff = account.kind == AccountKind::Staff;
    (staff && (account.job_types.is_empty() || account.name.is_none()))
        .then_some(("職員には氏名と職種が必要です", "an account of staff needs a name and a job type"))
}
