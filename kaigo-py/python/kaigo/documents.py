# Generated from the declarations in kaigo-core: KAIGO_BLESS=1 writes it anew.
"""Documents of eligibility, benefit and care, one frozen class each, as `kaigo_core::eligibility`, `kaigo_core::benefit` and
`kaigo_core::care` declare them. Names, and codes in words, are provisional. ``import kaigo`` does not load this module.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from ._document import Document, Part
from ._kaigo import Month

__all__ = [
    "Account",
    "Actuals",
    "AdditionalItem",
    "AllocationQuestion",
    "AllowanceRow",
    "AnnexCheckQuestion",
    "AnnexDifference",
    "AnnexQuestion",
    "AnnexRow",
    "AnnexTerms",
    "AreaUpliftRow",
    "AssessmentForm",
    "AssessmentNote",
    "Balance",
    "BasicInformation",
    "BasicOutline",
    "BehaviouralSymptoms",
    "Behaviours",
    "BenefitRestriction",
    "BodyFinding",
    "BodyFunctions",
    "BurdenLimitCertificate",
    "BurdenRatioCertificate",
    "BurdenRatioQuestion",
    "BurdenRatioRow",
    "CardQuestion",
    "CareDocument",
    "CareManagementOffice",
    "CareParty",
    "CarePlan",
    "CarePlanNeed",
    "CarePlanNotification",
    "CarePlanOutline",
    "CarePlanSupport",
    "Certification",
    "CertificationApplication",
    "CertificationProgress",
    "CertificationResult",
    "ClientReconciliation",
    "CognitiveFunctions",
    "Consent",
    "Contracture",
    "CostQuestion",
    "DailyActivity",
    "Diagnosis",
    "DoctorsOpinion",
    "EquipmentPurchase",
    "EquipmentQuestion",
    "EquipmentUse",
    "Explanation",
    "FacilityStay",
    "FilingQuestion",
    "FoodAndRoomLimits",
    "FourItems",
    "HomeModification",
    "HomeModificationQuestion",
    "HomeModificationUse",
    "IllnessEntry",
    "IllnessOpinion",
    "InsuredCard",
    "InsuredPerson",
    "Insurer",
    "KindProfile",
    "LabourShareRow",
    "LevelPeriod",
    "LifeAndServices",
    "LifeFeedback",
    "LifeFunctions",
    "LifeItem",
    "LikelyConditions",
    "LongTermGoal",
    "LossItem",
    "LossReport",
    "MedicalNeeds",
    "MessageBody",
    "MessageHeader",
    "MindAndBody",
    "ModificationStepRow",
    "MonthlyCeilingQuestion",
    "MonthlySlip",
    "NeedsHead",
    "NonWeeklyService",
    "NotificationReceipt",
    "OfficeChange",
    "OfficeContact",
    "OnlineEligibility",
    "OpenPeriod",
    "OpinionAuthor",
    "OutcomeTotal",
    "OverTerm",
    "Paralysis",
    "Period",
    "PlannedUnits",
    "PreventionHead",
    "PreventionNeed",
    "PreventionOutline",
    "PreventionPlan",
    "PreventionService",
    "PreventionSupportPlan",
    "PriceTerm",
    "ProgressStep",
    "ProviderBalance",
    "QualificationConfirmation",
    "Reconciliation",
    "RegisteredPlan",
    "ResultList",
    "ScheduleEntry",
    "ServiceBalance",
    "ServiceCautions",
    "ServiceCeiling",
    "ServiceTerm",
    "ServiceTypeBalance",
    "ServiceUser",
    "ShortStayQuestion",
    "ShortTermGoal",
    "SlipDay",
    "SlipLine",
    "SlipVisit",
    "SocialLife",
    "SpecialTreatments",
    "StandardProfile",
    "Supplement",
    "Tables",
    "UncomparedRow",
    "UnitCeilingRow",
    "UnitPriceQuestion",
    "ViewingPeriod",
    "VisitComparison",
    "WeekHead",
    "WeeklyService",
]


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Insurer(Part):
    """保険者."""

    number: str
    """保険者番号."""
    name: str
    """保険者名."""
    phone: str | None = None
    """電話番号."""


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Period(Part):
    """期間."""

    from_: datetime.date
    """開始年月日."""
    to: datetime.date
    """終了年月日."""


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class ServiceCeiling(Part):
    """種類支給限度基準額."""

    service_type: str
    """サービス種類."""
    units: int
    """単位数."""


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class OpenPeriod(Part):
    """期間（終わりなし可）."""

    from_: datetime.date
    """開始年月日."""
    to: datetime.date | None = None
    """終了年月日."""


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class BenefitRestriction(Part):
    """給付制限."""

    content: str
    """内容."""
    period: OpenPeriod
    """期間."""


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class CareManagementOffice(Part):
    """居宅介護支援事業者等."""

    number: str | None = None
    """事業所番号."""
    name: str
    """事業者名."""
    notified_on: datetime.date
    """届出年月日."""


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class FacilityStay(Part):
    """介護保険施設等."""

    kind: str
    """種類."""
    name: str
    """名称."""
    period: OpenPeriod
    """入所・退所年月日."""


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class InsuredCard(Document):
    """介護保険被保険者証."""

    insured_number: str
    """被保険者番号."""
    name: str
    """氏名."""
    name_kana: str
    """フリガナ."""
    birth_date: datetime.date
    """生年月日."""
    sex: str
    """性別: 1 男性, 2 女性."""
    postal_code: str | None = None
    """郵便番号."""
    address: str
    """住所."""
    issued_on: datetime.date
    """交付年月日."""
    reissued: bool
    """再交付."""
    insurer: Insurer
    """保険者."""
    level: str | None = None
    """要介護状態区分等: 01 非該当, 06 事業対象者, 11 経過的要介護, 12 要支援１, 13 要支援２, 21 要介護１, 22 要介護２, 23 要介護３, 24 要介護４, 25 要介護５."""
    basis: str | None = None
    """認定の根拠: certification 要介護認定, basic_checklist 基本チェックリスト."""
    certified_on: datetime.date | None = None
    """認定年月日."""
    valid: Period | None = None
    """認定の有効期間."""
    ceiling: int | None = None
    """区分支給限度基準額."""
    ceiling_period: Period | None = None
    """区分支給限度基準額の適用期間."""
    service_ceilings: tuple[ServiceCeiling, ...] = ()
    """種類支給限度基準額."""
    panels_opinion: str | None = None
    """認定審査会の意見及びサービスの種類の指定."""
    designated_services: tuple[str, ...] = ()
    """指定されたサービスの種類."""
    restrictions: tuple[BenefitRestriction, ...] = ()
    """給付制限."""
    care_management_offices: tuple[CareManagementOffice, ...] = ()
    """居宅介護支援事業者等."""
    facilities: tuple[FacilityStay, ...] = ()
    """介護保険施設等."""


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class BurdenRatioRow(Part):
    """負担割合の行."""

    ratio: str
    """利用者負担の割合: 1 １割, 2 ２割, 3 ３割."""
    period: Period
    """適用期間."""


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class BurdenRatioCertificate(Document):
    """負担割合証."""

    insured_number: str
    """被保険者番号."""
    issued_on: datetime.date
    """交付年月日."""
    rows: tuple[BurdenRatioRow, ...] = ()
    """負担割合."""
    insurer: Insurer
    """保険者."""


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class FoodAndRoomLimits(Part):
    """負担限度額."""

    food: int
    """食費の負担限度額."""
    unit_private: int | None = None
    """ユニット型個室."""
    unit_semi_private: int | None = None
    """ユニット型個室的多床室."""
    private_welfare: int | None = None
    """従来型個室（特養等）."""
    private_health: int | None = None
    """従来型個室（老健・医療院等）."""
    shared: int | None = None
    """多床室."""


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class BurdenLimitCertificate(Document):
    """負担限度額認定証."""

    insured_number: str
    """被保険者番号."""
    issued_on: datetime.date
    """交付年月日."""
    period: Period
    """適用年月日・有効期限."""
    limits: FoodAndRoomLimits
    """負担限度額."""
    insurer: Insurer
    """保険者."""


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class CertificationApplication(Part):
    """要介護認定申請."""

    kind: str
    """申請区分: new 新規, renewal 更新, change_of_level 区分変更, ex_officio 職権, moved_in 転入."""
    insured_kind: str
    """被保険者区分: first 第１号被保険者, second 第２号被保険者, public_assistance 生活保護."""
    applied_on: datetime.date
    """申請年月日."""
    previous_level: str | None = None
    """前回の要介護状態区分等: 01 非該当, 06 事業対象者, 11 経過的要介護, 12 要支援１, 13 要支援２, 21 要介護１, 22 要介護２, 23 要介護３, 24 要介護４, 25 要介護５."""


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class CertificationResult(Part):
    """要介護認定の結果."""

    level: str
    """二次判定の要介護状態区分等: 01 非該当, 06 事業対象者, 11 経過的要介護, 12 要支援１, 13 要支援２, 21 要介護１, 22 要介護２, 23 要介護３, 24 要介護４, 25 要介護５."""
    decided_on: datetime.date
    """認定年月日."""
    valid: Period | None = None
    """有効期間."""
    panels_opinion: str | None = None
    """認定審査会の意見."""
    designated_services: tuple[str, ...] = ()
    """指定されたサービスの種類."""


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Certification(Document):
    """要介護認定."""

    insured_number: str
    """被保険者番号."""
    insurer: Insurer
    """保険者."""
    application: CertificationApplication
    """申請."""
    result: CertificationResult
    """結果."""


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class ProgressStep(Part):
    """進捗."""

    step: str
    """段階: application_received 申請受付, survey_requested 認定調査依頼, survey_done 認定調査実施, opinion_requested 主治医意見書依頼, opinion_received 主治医意見書受領, first_judgement 一次判定, panel_scheduled 認定審査会予定, panel_held 認定審査会開催, result_notified 結果通知, withdrawn 取下げ, rejected 却下, postponed 延期."""
    on: datetime.date
    """年月日."""
    expected_on: datetime.date | None = None
    """見込み年月日."""


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class CertificationProgress(Document):
    """要介護認定の進捗."""

    insured_number: str
    """被保険者番号."""
    insurer: Insurer
    """保険者."""
    application: CertificationApplication
    """申請."""
    steps: tuple[ProgressStep, ...] = ()
    """進捗."""


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Paralysis(Part):
    """1-1 麻痺等の有無."""

    left_arm: bool
    """左上肢."""
    right_arm: bool
    """右上肢."""
    left_leg: bool
    """左下肢."""
    right_leg: bool
    """右下肢."""
    other: bool
    """その他（四肢の欠損）."""


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Contracture(Part):
    """1-2 拘縮の有無."""

    shoulder: bool
    """肩関節."""
    hip: bool
    """股関節."""
    knee: bool
    """膝関節."""
    other: bool
    """その他（四肢の欠損）."""


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class BodyFunctions(Part):
    """第1群 身体機能・起居動作."""

    paralysis: Paralysis
    """1-1 麻痺等の有無."""
    contracture: Contracture
    """1-2 拘縮の有無."""
    turning_over: str
    """1-3 寝返り: 1 つかまらないでできる, 2 何かにつかまればできる, 3 できない."""
    sitting_up: str
    """1-4 起き上がり: 1 つかまらないでできる, 2 何かにつかまればできる, 3 できない."""
    sitting: str
    """1-5 座位保持: 1 できる, 2 自分の手で支えればできる, 3 支えてもらえればできる, 4 できない."""
    standing_on_both_legs: str
    """1-6 両足での立位保持: 1 支えなしでできる, 2 何か支えがあればできる, 3 できない."""
    walking: str
    """1-7 歩行: 1 つかまらないでできる, 2 何かにつかまればできる, 3 できない."""
    standing_up: str
    """1-8 立ち上がり: 1 つかまらないでできる, 2 何かにつかまればできる, 3 できない."""
    standing_on_one_leg: str
    """1-9 片足での立位: 1 支えなしでできる, 2 何か支えがあればできる, 3 できない."""
    bathing: str
    """1-10 洗身: 1 介助されていない, 2 一部介助, 3 全介助, 4 行っていない."""
    nail_cutting: str
    """1-11 つめ切り: 1 介助されていない, 2 一部介助, 3 全介助."""
    sight: str
    """1-12 視力: 1 普通, 2 約１ｍ離れた視力確認表の図が見える, 3 目の前に置いた視力確認表の図が見える, 4 ほとんど見えない, 5 見えているのか判断不能."""
    hearing: str
    """1-13 聴力: 1 普通, 2 普通の声がやっと聞き取れる, 3 かなり大きな声なら何とか聞き取れる, 4 ほとんど聞えない, 5 聞えているのか判断不能."""


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class LifeFunctions(Part):
    """第2群 生活機能."""

    transfer: str
    """2-1 移乗: 1 介助されていない, 2 見守り等, 3 一部介助, 4 全介助."""
    moving: str
    """2-2 移動: 1 介助されていない, 2 見守り等, 3 一部介助, 4 全介助."""
    swallowing: str
    """2-3 えん下: 1 できる, 2 見守り等, 3 できない."""
    eating: str
    """2-4 食事摂取: 1 介助されていない, 2 見守り等, 3 一部介助, 4 全介助."""
    urination: str
    """2-5 排尿: 1 介助されていない, 2 見守り等, 3 一部介助, 4 全介助."""
    defecation: str
    """2-6 排便: 1 介助されていない, 2 見守り等, 3 一部介助, 4 全介助."""
    mouth_care: str
    """2-7 口腔清潔: 1 介助されていない, 2 一部介助, 3 全介助."""
    face_washing: str
    """2-8 洗顔: 1 介助されていない, 2 一部介助, 3 全介助."""
    hair_care: str
    """2-9 整髪: 1 介助されていない, 2 一部介助, 3 全介助."""
    upper_dressing: str
    """2-10 上衣の着脱: 1 介助されていない, 2 見守り等, 3 一部介助, 4 全介助."""
    lower_dressing: str
    """2-11 ズボン等の着脱: 1 介助されていない, 2 見守り等, 3 一部介助, 4 全介助."""
    outings: str
    """2-12 外出頻度: 1 週１回以上, 2 月１回以上, 3 月１回未満."""


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class CognitiveFunctions(Part):
    """第3群 認知機能."""

    expression: str
    """3-1 意思の伝達: 1 できる, 2 ときどきできる, 3 ほとんどできない, 4 できない."""
    daily_routine: str
    """3-2 毎日の日課を理解: 1 できる, 2 できない."""
    birth_date: str
    """3-3 生年月日や年齢を言う: 1 できる, 2 できない."""
    short_term_memory: str
    """3-4 短期記憶: 1 できる, 2 できない."""
    own_name: str
    """3-5 自分の名前を言う: 1 できる, 2 できない."""
    season: str
    """3-6 今の季節を理解: 1 できる, 2 できない."""
    place: str
    """3-7 場所の理解: 1 できる, 2 できない."""
    wandering: str
    """3-8 徘徊: 1 ない, 2 ときどきある, 3 ある."""
    getting_lost: str
    """3-9 外出すると戻れない: 1 ない, 2 ときどきある, 3 ある."""


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Behaviours(Part):
    """第4群 精神・行動障害."""

    persecution: str
    """4-1 被害的: 1 ない, 2 ときどきある, 3 ある."""
    confabulation: str
    """4-2 作話: 1 ない, 2 ときどきある, 3 ある."""
    unstable_emotions: str
    """4-3 感情が不安定: 1 ない, 2 ときどきある, 3 ある."""
    day_night_reversal: str
    """4-4 昼夜逆転: 1 ない, 2 ときどきある, 3 ある."""
    repeated_talk: str
    """4-5 同じ話をする: 1 ない, 2 ときどきある, 3 ある."""
    loud_voice: str
    """4-6 大声を出す: 1 ない, 2 ときどきある, 3 ある."""
    resistance_to_care: str
    """4-7 介護に抵抗: 1 ない, 2 ときどきある, 3 ある."""
    restlessness: str
    """4-8 落ち着きなし: 1 ない, 2 ときどきある, 3 ある."""
    going_out_alone: str
    """4-9 一人で出たがる: 1 ない, 2 ときどきある, 3 ある."""
    hoarding: str
    """4-10 収集癖: 1 ない, 2 ときどきある, 3 ある."""
    breaking_things: str
    """4-11 物や衣類を壊す: 1 ない, 2 ときどきある, 3 ある."""
    severe_forgetfulness: str
    """4-12 ひどい物忘れ: 1 ない, 2 ときどきある, 3 ある."""
    talking_to_oneself: str
    """4-13 独り言・独り笑い: 1 ない, 2 ときどきある, 3 ある."""
    acting_selfishly: str
    """4-14 自分勝手に行動する: 1 ない, 2 ときどきある, 3 ある."""
    incoherent_talk: str
    """4-15 話がまとまらない: 1 ない, 2 ときどきある, 3 ある."""


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class SocialLife(Part):
    """第5群 社会生活への適応."""

    medication: str
    """5-1 薬の内服: 1 介助されていない, 2 一部介助, 3 全介助."""
    money: str
    """5-2 金銭の管理: 1 介助されていない, 2 一部介助, 3 全介助."""
    decisions: str
    """5-3 日常の意思決定: 1 できる, 2 特別な場合を除いてできる, 3 日常的に困難, 4 できない."""
    poor_adaptation: str
    """5-4 集団への不適応: 1 ない, 2 ときどきある, 3 ある."""
    shopping: str
    """5-5 買い物: 1 介助されていない, 2 見守り等, 3 一部介助, 4 全介助."""
    simple_cooking: str
    """5-6 簡単な調理: 1 介助されていない, 2 見守り等, 3 一部介助, 4 全介助."""


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class SpecialTreatments(Part):
    """特別な医療."""

    drip: bool
    """点滴の管理."""
    central_venous_nutrition: bool
    """中心静脈栄養."""
    dialysis: bool
    """透析."""
    stoma: bool
    """ストーマ（人工肛門）の処置."""
    oxygen: bool
    """酸素療法."""
    respirator: bool
    """レスピレーター（人工呼吸器）."""
    tracheotomy: bool
    """気管切開の処置."""
    pain_nursing: bool
    """疼痛の看護."""
    tube_feeding: bool
    """経管栄養."""
    monitoring: bool
    """モニター測定."""
    bedsore: bool
    """じょくそうの処置."""
    catheter: bool
    """カテーテル."""


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class AssessmentNote(Part):
    """特記事項."""

    item: str
    """項目番号."""
    text: str
    """内容."""


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class AssessmentForm(Document):
    """認定調査票."""

    insured_number: str
    """被保険者番号."""
    surveyed_on: datetime.date
    """調査実施日."""
    body: BodyFunctions
    """第1群 身体機能・起居動作."""
    life: LifeFunctions
    """第2群 生活機能."""
    cognition: CognitiveFunctions
    """第3群 認知機能."""
    behaviour: Behaviours
    """第4群 精神・行動障害."""
    social: SocialLife
    """第5群 社会生活への適応."""
    treatment: SpecialTreatments
    """特別な医療."""
    physical_independence: str
    """7-1 障害高齢者の日常生活自立度: 01 自立, 11 J1, 12 J2, 21 A1, 22 A2, 31 B1, 32 B2, 41 C1, 42 C2."""
    dementia_independence: str
    """7-2 認知症高齢者の日常生活自立度: 01 自立, 02 Ⅰ, 03 Ⅱａ, 04 Ⅱｂ, 05 Ⅲａ, 06 Ⅲｂ, 07 Ⅳ, 08 Ｍ."""
    notes: tuple[AssessmentNote, ...] = ()
    """特記事項."""


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class OpinionAuthor(Part):
    """意見書記入医師."""

    name: str
    """医師氏名."""
    institution: str
    """医療機関名."""
    address: str | None = None
    """医療機関所在地."""
    phone: str | None = None
    """電話."""


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Diagnosis(Part):
    """診断名."""

    name: str
    """診断名."""
    onset: str | None = None
    """発症年月日."""


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class IllnessOpinion(Part):
    """傷病に関する意見."""

    diagnoses: tuple[Diagnosis, ...] = ()
    """診断名."""
    stability: str
    """症状としての安定性: stable 安定, unstable 不安定, unknown 不明."""
    course: str | None = None
    """傷病の経過及び治療内容."""


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class BehaviouralSymptoms(Part):
    """認知症の行動・心理症状."""

    hallucination: bool
    """幻視・幻聴."""
    delusion: bool
    """妄想."""
    day_night_reversal: bool
    """昼夜逆転."""
    abusive_language: bool
    """暴言."""
    violence: bool
    """暴行."""
    resistance_to_care: bool
    """介護への抵抗."""
    wandering: bool
    """徘徊."""
    careless_with_fire: bool
    """火の不始末."""
    uncleanly: bool
    """不潔行為."""
    eating_non_food: bool
    """異食行動."""
    sexual: bool
    """性的問題行動."""
    other: bool
    """その他."""


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class BodyFinding(Part):
    """身体の状態."""

    kind: str
    """種類: limb_loss 四肢欠損, paralysis 麻痺, muscle_weakness 筋力の低下, contracture 関節の拘縮, joint_pain 関節の痛み, ataxia 失調・不随意運動, bedsore 褥瘡, skin_disease その他の皮膚疾患."""
    site: str | None = None
    """部位."""
    degree: str | None = None
    """程度: slight 軽, moderate 中, severe 重."""


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class MindAndBody(Part):
    """心身の状態に関する意見."""

    physical_independence: str
    """障害高齢者の日常生活自立度: 01 自立, 11 J1, 12 J2, 21 A1, 22 A2, 31 B1, 32 B2, 41 C1, 42 C2."""
    dementia_independence: str
    """認知症高齢者の日常生活自立度: 01 自立, 02 Ⅰ, 03 Ⅱａ, 04 Ⅱｂ, 05 Ⅲａ, 06 Ⅲｂ, 07 Ⅳ, 08 Ｍ."""
    short_term_memory: str
    """短期記憶: no_problem 問題なし, problem 問題あり."""
    decision: str
    """日常の意思決定を行うための認知能力: independent 自立, some_difficulty いくらか困難, needs_watching 見守りが必要, unable 判断できない."""
    communication: str
    """自分の意思の伝達能力: able 伝えられる, some_difficulty いくらか困難, concrete_demands 具体的要求に限られる, unable 伝えられない."""
    symptoms: BehaviouralSymptoms
    """認知症の行動・心理症状."""
    neurological: str | None = None
    """精神・神経症状."""
    dominant_hand: str | None = None
    """利き腕: right 右, left 左."""
    height_cm: int | None = None
    """身長（cm）."""
    weight_kg: int | None = None
    """体重（kg）."""
    weight_change: str | None = None
    """過去６カ月の体重の変化: gained 増加, maintained 維持, lost 減少."""
    body: tuple[BodyFinding, ...] = ()
    """身体の状態."""


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class LikelyConditions(Part):
    """現在あるかまたは今後発生の可能性の高い状態."""

    incontinence: bool
    """尿失禁."""
    fall_or_fracture: bool
    """転倒・骨折."""
    loss_of_mobility: bool
    """移動能力の低下."""
    bedsore: bool
    """褥瘡."""
    heart_and_lung: bool
    """心肺機能の低下."""
    withdrawal: bool
    """閉じこもり."""
    loss_of_will: bool
    """意欲低下."""
    wandering: bool
    """徘徊."""
    undernutrition: bool
    """低栄養."""
    eating_and_swallowing: bool
    """摂食・嚥下機能低下."""
    dehydration: bool
    """脱水."""
    infection: bool
    """易感染性."""
    cancer_pain: bool
    """がん等による疼痛."""
    other: bool
    """その他."""
    policy: str | None = None
    """対処方針."""


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class MedicalNeeds(Part):
    """医学的管理の必要性."""

    home_visits: bool
    """訪問診療."""
    visiting_nursing: bool
    """訪問看護."""
    nurse_consultation: bool
    """看護職員の訪問による相談・支援."""
    visiting_rehabilitation: bool
    """訪問リハビリテーション."""
    day_rehabilitation: bool
    """通所リハビリテーション."""
    short_stay_medical: bool
    """短期入所療養介護."""
    visiting_dentistry: bool
    """訪問歯科診療."""
    visiting_dental_hygiene: bool
    """訪問歯科衛生指導."""
    visiting_pharmacy: bool
    """訪問薬剤管理指導."""
    visiting_nutrition: bool
    """訪問栄養食事指導."""
    other: str | None = None
    """その他の医療系サービス."""


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class ServiceCautions(Part):
    """サービス提供時における医学的観点からの留意事項."""

    blood_pressure: str | None = None
    """血圧."""
    eating: str | None = None
    """摂食."""
    swallowing: str | None = None
    """嚥下."""
    moving: str | None = None
    """移動."""
    exercise: str | None = None
    """運動."""
    other: str | None = None
    """その他."""


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class LifeAndServices(Part):
    """生活機能とサービスに関する意見."""

    outdoor_walking: str
    """屋外歩行: independent 自立, assisted 介助があればしている, not_done していない."""
    wheelchair: str
    """車いすの使用: not_used 用いていない, self_driven 主に自分で操作している, other_driven 主に他人が操作している."""
    walking_aids: tuple[str, ...] = ()
    """歩行補助具・装具の使用: not_used 用いていない, outdoors 屋外で使用, indoors 屋内で使用."""
    eating: str
    """食事行為: independent 自立ないし何とか自分で食べられる, assisted 全面介助."""
    nutrition: str
    """現在の栄養状態: good 良好, poor 不良."""
    conditions: LikelyConditions
    """現在あるかまたは今後発生の可能性の高い状態."""
    outlook: str
    """サービス利用による生活機能の維持・改善の見通し: expected 期待できる, not_expected 期待できない, unknown 不明."""
    medical_needs: MedicalNeeds
    """医学的管理の必要性."""
    cautions: ServiceCautions
    """留意事項."""
    infection: str
    """感染症の有無: yes 有, no 無, unknown 不明."""
    infection_details: str | None = None
    """感染症の内容."""


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class DoctorsOpinion(Document):
    """主治医意見書."""

    insured_number: str
    """被保険者番号."""
    name: str
    """氏名."""
    birth_date: datetime.date
    """生年月日."""
    sex: str
    """性別: 1 男性, 2 女性."""
    written_on: datetime.date
    """記入日."""
    last_seen_on: datetime.date | None = None
    """最終診察日."""
    author: OpinionAuthor
    """意見書記入医師."""
    consents_to_use: bool | None = None
    """介護サービス計画作成等への利用の同意."""
    illness: IllnessOpinion
    """1 傷病に関する意見."""
    treatment: SpecialTreatments
    """2 特別な医療."""
    mind_and_body: MindAndBody
    """3 心身の状態に関する意見."""
    life_and_services: LifeAndServices
    """4 生活機能とサービスに関する意見."""
    notes: str | None = None
    """5 特記すべき事項."""


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class InsuredPerson(Part):
    """被保険者."""

    insured_number: str
    """被保険者番号."""
    name: str
    """氏名."""
    name_kana: str
    """フリガナ."""
    birth_date: datetime.date
    """生年月日."""
    sex: str
    """性別: 1 男性, 2 女性."""


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class OfficeContact(Part):
    """事業所."""

    number: str
    """事業所番号."""
    name: str
    """事業所名."""
    address: str
    """所在地."""
    phone: str
    """電話番号."""


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class OfficeChange(Part):
    """事業所の変更."""

    reason: str
    """変更する理由."""
    on: datetime.date
    """変更年月日."""


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Consent(Document):
    """同意."""

    scope: str
    """同意の対象: certification 要介護認定情報, doctors_opinion 主治医意見書, care_plan ケアプラン, life LIFE情報, notification 届出の代行."""
    given: bool
    """同意の有無."""
    at: datetime.datetime
    """同意日時."""
    valid_until: datetime.datetime | None = None
    """同意の有効期限."""


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class CarePlanNotification(Document):
    """居宅サービス計画作成依頼（変更）届出書."""

    variant: str
    """届出書の種類: care 居宅サービス計画作成依頼（変更）届出書, prevention 介護予防サービス計画作成・介護予防ケアマネジメント依頼（変更）届出書, small_multifunctional 小規模多機能型居宅介護等の届出書."""
    kind: str
    """届出の区分: new 新規, change 変更, provisional 暫定."""
    destination: str
    """届出先の保険者番号."""
    person: InsuredPerson
    """被保険者."""
    plan_author: str
    """居宅サービス計画作成区分: 1 指定居宅介護支援事業者, 2 基準該当居宅介護支援事業者, 3 自己作成, 4 介護予防支援事業者・地域包括支援センター."""
    office: OfficeContact | None = None
    """居宅介護支援事業所."""
    entrusted_office: OfficeContact | None = None
    """委託を受ける居宅介護支援事業所."""
    uses_other_services: bool | None = None
    """利用開始月における他の居宅サービスの利用の有無."""
    applies_from: datetime.date
    """適用年月日."""
    change: OfficeChange | None = None
    """事業所の変更."""
    notified_on: datetime.date
    """届出年月日."""
    filed_by: str
    """届出人: person 本人, family 家族, office 事業者（代行）."""
    consent: Consent | None = None
    """情報提供の同意."""


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class NotificationReceipt(Document):
    """届出の受付."""

    id: str
    """受付番号."""
    destination: str
    """届出先の保険者番号."""
    insured_number: str
    """被保険者番号."""
    filed_at: datetime.datetime
    """受付日時."""


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class LifeItem(Part):
    """LIFE の項目."""

    id: str
    """項目ID."""
    name: str | None = None
    """項目名."""
    value: str | None = None
    """値."""
    comparison: str | None = None
    """比較."""


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class LifeFeedback(Document):
    """科学的介護推進 フィードバック票."""

    office_number: str
    """事業所番号."""
    service_type: str
    """サービス種類."""
    insured_number: str
    """被保険者番号."""
    month: Month
    """対象年月."""
    version: str
    """版."""
    items: tuple[LifeItem, ...] = ()
    """項目."""


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class MessageHeader(Part):
    """オンライン資格確認 ヘッダー."""

    process_execution_time: str | None = None
    """処理実行日時."""
    qualification_confirmation_date: datetime.date | None = None
    """資格確認日."""
    medical_institution_code: str | None = None
    """医療機関コード."""
    arbitrary_file_identifier: str | None = None
    """任意のファイル識別子."""
    reference_classification: str | None = None
    """照会区分: 1 マイナンバーカード, 2 保険証の情報."""
    segment_of_result: str | None = None
    """処理結果区分."""
    error_code: str | None = None
    """エラーコード."""
    error_message: str | None = None
    """エラーメッセージ."""
    character_code_identifier: str | None = None
    """文字コード識別: 0 UTF-8, 1 SHIFT_JIS."""


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class QualificationConfirmation(Part):
    """資格確認結果."""

    insurer_number: str | None = None
    """保険者番号."""
    insured_card_symbol: str | None = None
    """被保険者証記号."""
    insured_identification_number: str | None = None
    """被保険者証番号."""
    insured_branch_number: str | None = None
    """被保険者証枝番."""
    name: str | None = None
    """氏名."""
    name_kana: str | None = None
    """氏名カナ."""
    sex1: str | None = None
    """性別１: 1 男性, 2 女性."""
    birthdate: datetime.date | None = None
    """生年月日."""
    address: str | None = None
    """住所."""
    post_number: str | None = None
    """郵便番号."""
    insurer_name: str | None = None
    """保険者名称."""
    qualification_date: datetime.date | None = None
    """資格取得年月日."""
    disqualification_date: datetime.date | None = None
    """資格喪失年月日."""
    insured_card_valid_date: datetime.date | None = None
    """被保険者証有効開始年月日."""
    insured_card_expiration_date: datetime.date | None = None
    """被保険者証有効終了年月日."""
    insured_partial_contribution_ratio: str | None = None
    """被保険者証一部負担金割合."""


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class ResultList(Part):
    """資格確認結果の一覧."""

    result_of_qualification_confirmation: tuple[QualificationConfirmation, ...] = ()
    """資格確認結果."""


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class MessageBody(Part):
    """オンライン資格確認 本体."""

    processing_result_status: str | None = None
    """処理結果状況."""
    processing_result_code: str | None = None
    """処理結果コード."""
    processing_result_message: str | None = None
    """処理結果メッセージ."""
    qualification_validity: str | None = None
    """資格有効性: 1 有効, 2 無効, 3 無効（新しい資格あり）, 4 該当資格なし, 5 複数該当."""
    result_list: ResultList | None = None
    """資格確認結果リスト."""


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class OnlineEligibility(Document):
    """オンライン資格確認."""

    message_header: MessageHeader
    """ヘッダー."""
    message_body: MessageBody
    """本体."""


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class ViewingPeriod(Document):
    """閲覧可能期間."""

    office_number: str
    """事業所番号."""
    service_type: str
    """サービス種類."""
    insurer_number: str
    """保険者番号."""
    insured_number: str
    """被保険者番号."""
    identity_confirmed_on: datetime.date
    """本人確認日."""
    period: OpenPeriod
    """閲覧可能期間."""


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Account(Document):
    """アカウント."""

    id: str
    """利用者ID."""
    kind: str
    """アカウント種別: office 事業所利用者, administrator 管理者, staff 職員."""
    status: str
    """アカウントの状態: active 有効, locked ロック中, ended 廃止."""
    office_number: str
    """事業所番号."""
    service_types: tuple[str, ...] = ()
    """サービス種類."""
    name: str | None = None
    """氏名."""
    job_types: tuple[str, ...] = ()
    """職種: care_manager 介護支援専門員, chief_care_manager 主任介護支援専門員, manager 管理者, service_coordinator サービス提供責任者, home_helper 訪問介護員, care_worker 介護職員, counsellor 生活相談員, public_health_nurse 保健師, nurse 看護職員, therapist 理学療法士・作業療法士・言語聴覚士, dietitian 管理栄養士, social_worker 社会福祉士, doctor 医師, dentist 歯科医師, pharmacist 薬剤師, equipment_adviser 福祉用具専門相談員, clerk 事務職員, other その他."""


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class ServiceUser(Document):
    """利用者."""

    insurer_number: str
    """保険者番号."""
    insured_number: str
    """被保険者番号."""
    name: str | None = None
    """氏名."""
    name_kana: str | None = None
    """フリガナ."""
    birth_date: datetime.date | None = None
    """生年月日."""
    identity: str
    """本人確認の方法: four_items ４情報による登録, card マイナンバーカード, visual 目視確認."""
    identity_confirmed_on: datetime.date
    """本人確認日."""
    viewing: OpenPeriod
    """閲覧可能期間."""


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class FourItems(Document):
    """４情報."""

    insurer_number: str
    """保険者番号."""
    insured_number: str
    """被保険者番号."""
    name_kana: str
    """フリガナ."""
    birth_date: datetime.date
    """生年月日."""


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class RegisteredPlan(Document):
    """登録されたケアプラン."""

    id: str
    """登録番号."""
    kind: str
    """登録の種類: consent 同意・確認用, delivery 交付用."""
    state: str
    """計画の状態: awaiting 回答待ち, agreed 同意, refused 不同意, delivered 交付済."""
    insurer_number: str
    """保険者番号."""
    insured_number: str
    """被保険者番号."""
    office_number: str
    """事業所番号."""
    service_type: str
    """サービス種類."""
    registered_at: datetime.datetime
    """登録日時."""
    file_names: tuple[str, ...] = ()
    """ファイル名."""
    answered_at: datetime.datetime | None = None
    """回答日時."""
    comment: str | None = None
    """本人の意見."""
    agreed_on: datetime.date | None = None
    """書面による同意年月日."""


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class HomeModification(Part):
    """住宅改修."""

    dwelling: str
    """改修した住宅."""
    started_on: datetime.date
    """着工年月日."""
    completed_on: datetime.date | None = None
    """完成年月日."""
    level: str
    """着工日の要介護状態区分: 01 非該当, 06 事業対象者, 11 経過的要介護, 12 要支援１, 13 要支援２, 21 要介護１, 22 要介護２, 23 要介護３, 24 要介護４, 25 要介護５."""
    kinds: tuple[str, ...] = ()
    """改修の種類: 1 手すりの取付け, 2 段差の解消, 3 床材の変更, 4 引き戸等への扉の取替え, 5 便器の取替え, 6 付帯工事."""
    office: str | None = None
    """施工事業者."""
    cost: int
    """支給対象額."""
    ratio: str
    """負担割合: 1 １割, 2 ２割, 3 ３割."""


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class HomeModificationUse(Document):
    """住宅改修費の利用状況."""

    insurer_number: str
    """保険者番号."""
    insured_number: str
    """被保険者番号."""
    as_of: datetime.date
    """基準日."""
    works: tuple[HomeModification, ...] = ()
    """住宅改修."""
    remaining: int | None = None
    """残額."""


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class EquipmentPurchase(Part):
    """特定福祉用具の購入."""

    kind: str
    """種目: 1 腰掛便座, 2 自動排泄処理装置の交換可能部品, 3 入浴補助用具, 4 簡易浴槽, 5 移動用リフトのつり具の部分, excretion_predictor 排泄予測支援機器, fixed_slope 固定用スロープ, walker 歩行器（歩行車を除く）, single_point_cane 単点杖, multi_point_cane 多点杖."""
    product: str
    """商品名."""
    maker: str | None = None
    """製造事業者."""
    seller: str | None = None
    """販売事業所番号."""
    bought_on: datetime.date
    """購入年月日."""
    cost: int
    """購入金額."""
    ratio: str
    """負担割合: 1 １割, 2 ２割, 3 ３割."""
    reason_to_buy_again: str | None = None
    """再購入の理由: broken 破損, needs_changed 介護の必要の程度が著しく高くなった."""


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class EquipmentUse(Document):
    """福祉用具購入費の利用状況."""

    insurer_number: str
    """保険者番号."""
    insured_number: str
    """被保険者番号."""
    as_of: datetime.date
    """基準日."""
    purchases: tuple[EquipmentPurchase, ...] = ()
    """購入."""
    remaining: int | None = None
    """残額."""


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class UnitCeilingRow(Part):
    """区分支給限度基準額."""

    from_: Month
    """適用開始年月."""
    level: str
    """要介護状態区分: 01 非該当, 06 事業対象者, 11 経過的要介護, 12 要支援１, 13 要支援２, 21 要介護１, 22 要介護２, 23 要介護３, 24 要介護４, 25 要介護５."""
    units: int
    """単位数."""


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class AreaUpliftRow(Part):
    """地域区分の上乗せ割合."""

    from_: Month
    """適用開始年月."""
    grade: str
    """地域区分: 1 １級地, 2 ２級地, 3 ３級地, 4 ４級地, 5 ５級地, 6 ６級地, 7 ７級地, other その他."""
    percent: int
    """上乗せ割合（％）."""


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class LabourShareRow(Part):
    """人件費割合."""

    from_: Month
    """適用開始年月."""
    service_type: str
    """サービス種類."""
    percent: int
    """人件費割合（％）."""


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class AllowanceRow(Part):
    """支給限度基準額."""

    from_: datetime.date
    """適用開始年月日."""
    amount: int
    """金額."""


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class ModificationStepRow(Part):
    """介護の必要の程度の段階."""

    from_: datetime.date
    """適用開始年月日."""
    level: str
    """要介護状態区分: 01 非該当, 06 事業対象者, 11 経過的要介護, 12 要支援１, 13 要支援２, 21 要介護１, 22 要介護２, 23 要介護３, 24 要介護４, 25 要介護５."""
    step: int
    """段階."""


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Tables(Document):
    """給付の額の表."""

    unit_ceilings: tuple[UnitCeilingRow, ...] = ()
    """区分支給限度基準額."""
    area_uplifts: tuple[AreaUpliftRow, ...] = ()
    """地域区分の上乗せ割合."""
    labour_shares: tuple[LabourShareRow, ...] = ()
    """人件費割合."""
    home_allowances: tuple[AllowanceRow, ...] = ()
    """住宅改修費支給限度基準額."""
    modification_steps: tuple[ModificationStepRow, ...] = ()
    """介護の必要の程度の段階."""
    equipment_allowances: tuple[AllowanceRow, ...] = ()
    """福祉用具購入費支給限度基準額."""


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class SlipDay(Part):
    """サービス利用日."""

    service_date: datetime.date | None = None
    """サービス利用日."""
    service_count: int | None = None
    """サービス回数."""
    position: int | None = None
    """行の位置."""


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class SlipLine(Part):
    """サービス利用票の行."""

    csv_version: Month | None = None
    """CSVバージョン."""
    created_on: datetime.date | None = None
    """作成年月日."""
    plan_office_number: str | None = None
    """プラン担当業者コード."""
    planner_name: str | None = None
    """プラン担当者名."""
    units: int | None = None
    """単位数."""
    short_stay_days_to_prev_month: int | None = None
    """前月までの短期入所利用日数."""
    per_diem_days: str | None = None
    """日割対象日."""
    service_start_time: str | None = None
    """サービス開始時刻."""
    service_end_time: str | None = None
    """サービス終了時刻."""
    service_code: str | None = None
    """サービスコード."""
    tais_code: str | None = None
    """TAISコード."""
    equipment_notification_code: str | None = None
    """福祉用具届出コード."""
    equipment_name: str | None = None
    """用具名称（機種名）."""
    detail_no: int | None = None
    """明細判別コード."""
    office_number: str | None = None
    """サービス事業者コード."""
    office_name: str | None = None
    """サービス事業所名."""
    satellite_no: str | None = None
    """サテライト枝番."""
    over_30_days: str | None = None
    """３０日超区分: 1 該当, 0 非該当."""
    updated_by_office_number: str | None = None
    """更新業者コード."""
    identifier: str | None = None
    """識別子."""
    days: tuple[SlipDay, ...] = ()
    """利用日."""


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class AnnexRow(Part):
    """サービス利用票別表の行."""

    csv_version: Month | None = None
    """CSVバージョン."""
    created_on: datetime.date | None = None
    """作成年月日."""
    office_name: str | None = None
    """サービス事業所名."""
    office_number: str | None = None
    """サービス事業所コード."""
    satellite_no: str | None = None
    """サテライト枝番."""
    service_code: str | None = None
    """サービスコード."""
    tais_code: str | None = None
    """TAISコード."""
    equipment_notification_code: str | None = None
    """福祉用具届出コード."""
    equipment_name: str | None = None
    """用具名称（機種名）."""
    units: int | None = None
    """単位数."""
    discounted_rate: int | None = None
    """割引後率."""
    discounted_units: int | None = None
    """割引後単位数."""
    count_or_days: int | None = None
    """回数／日数."""
    service_units_or_amount: int | None = None
    """サービス単位金額."""
    benefit_managed_units: int | None = None
    """給付管理単位数."""
    type_limit_over_units: int | None = None
    """種類支給限度基準超単位数."""
    type_limit_within_units: int | None = None
    """種類支給限度基準内単位数."""
    category_limit_over_units: int | None = None
    """区分支給限度基準超単位数."""
    category_limit_within_units: int | None = None
    """区分支給限度基準内単位数."""
    unit_price: str | None = None
    """単位数単価."""
    total_cost_covered: int | None = None
    """費用総額保険／事業対象分."""
    benefit_rate: int | None = None
    """給付率."""
    benefit_claim_amount: int | None = None
    """保険／事業費請求額."""
    flat_user_charge_unit_amount: int | None = None
    """定額利用者負担単価金額."""
    user_charge_covered: int | None = None
    """利用者負担保険／事業対象分."""
    user_charge_full: int | None = None
    """利用者負担（全額負担分）."""
    short_stay_days_to_prev_month: int | None = None
    """前月までの利用日数."""
    short_stay_days_planned_this_month: int | None = None
    """当月の計画利用日数."""
    short_stay_days_cumulative: int | None = None
    """累積利用日数."""
    over_30_days: str | None = None
    """３０日超区分: 1 該当, 0 非該当."""
    fixed_office_code: str | None = None
    """事業所コード."""
    entered_by_code: str | None = None
    """入力者コード."""
    updated_by_office_number: str | None = None
    """更新業者コード."""
    identifier: str | None = None
    """識別子."""
    position: int | None = None
    """行の位置."""


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Supplement(Part):
    """利用者補足情報."""

    csv_version: Month | None = None
    """CSVバージョン."""
    care_plan_date: str | None = None
    """居宅サービス計画作成（変更）日."""
    user_name_kana: str | None = None
    """利用者氏名フリガナ."""
    user_name: str | None = None
    """利用者氏名."""
    user_sex: str | None = None
    """利用者性別: 1 男性, 2 女性."""
    user_birth_date: datetime.date | None = None
    """利用者生年月日."""
    user_postal_code: str | None = None
    """利用者郵便番号."""
    user_address1: str | None = None
    """利用者住所１."""
    user_address2: str | None = None
    """利用者住所２."""
    user_phone: str | None = None
    """利用者電話番号."""
    certified_on: datetime.date | None = None
    """認定日."""
    limit_valid_from: datetime.date | None = None
    """限度額適用開始年月日."""
    limit_valid_to: datetime.date | None = None
    """限度額適用終了年月日."""
    certification_status: str | None = None
    """認定状況区分: 1 申請中, 2 認定済."""
    care_level_changed_on: datetime.date | None = None
    """要介護状態変更日."""
    care_level: str | None = None
    """要介護状態区分: 06 事業対象者, 12 要支援１, 13 要支援２, 21 要介護１, 22 要介護２, 23 要介護３, 24 要介護４, 25 要介護５."""
    category_limit_units: int | None = None
    """区分支給限度基準額."""
    slot1_service_type: str | None = None
    """１サービス種類コード."""
    slot1_limit_units: int | None = None
    """１支給限度基準額."""
    slot1_total_units: int | None = None
    """１合計単位数."""
    slot1_over_units: int | None = None
    """１限度超単位数."""
    slot2_service_type: str | None = None
    """２サービス種類コード."""
    slot2_limit_units: int | None = None
    """２支給限度基準額."""
    slot2_total_units: int | None = None
    """２合計単位数."""
    slot2_over_units: int | None = None
    """２限度超単位数."""
    slot3_service_type: str | None = None
    """３サービス種類コード."""
    slot3_limit_units: int | None = None
    """３支給限度基準額."""
    slot3_total_units: int | None = None
    """３合計単位数."""
    slot3_over_units: int | None = None
    """３限度超単位数."""
    slot4_service_type: str | None = None
    """４サービス種類コード."""
    slot4_limit_units: int | None = None
    """４支給限度基準額."""
    slot4_total_units: int | None = None
    """４合計単位数."""
    slot4_over_units: int | None = None
    """４限度超単位数."""
    slot5_service_type: str | None = None
    """５サービス種類コード."""
    slot5_limit_units: int | None = None
    """５支給限度基準額."""
    slot5_total_units: int | None = None
    """５合計単位数."""
    slot5_over_units: int | None = None
    """５限度超単位数."""
    slot6_service_type: str | None = None
    """６サービス種類コード."""
    slot6_limit_units: int | None = None
    """６支給限度基準額."""
    slot6_total_units: int | None = None
    """６合計単位数."""
    slot6_over_units: int | None = None
    """６限度超単位数."""
    slot7_service_type: str | None = None
    """７サービス種類コード."""
    slot7_limit_units: int | None = None
    """７支給限度基準額."""
    slot7_total_units: int | None = None
    """７合計単位数."""
    slot7_over_units: int | None = None
    """７限度超単位数."""
    slot8_service_type: str | None = None
    """８サービス種類コード."""
    slot8_limit_units: int | None = None
    """８支給限度基準額."""
    slot8_total_units: int | None = None
    """８合計単位数."""
    slot8_over_units: int | None = None
    """８限度超単位数."""
    slot9_service_type: str | None = None
    """９サービス種類コード."""
    slot9_limit_units: int | None = None
    """９支給限度基準額."""
    slot9_total_units: int | None = None
    """９合計単位数."""
    slot9_over_units: int | None = None
    """９限度超単位数."""
    total_over_units: int | None = None
    """合計限度超単位数."""
    short_stay_days_to_prev_month: int | None = None
    """入所前月迄利用日数."""
    short_stay_days_cumulative: int | None = None
    """入所累積利用日数."""
    previous_care_level: str | None = None
    """前回要介護状態区分: 06 事業対象者, 12 要支援１, 13 要支援２, 21 要介護１, 22 要介護２, 23 要介護３, 24 要介護４, 25 要介護５."""
    consent_office_number: str | None = None
    """同意書受付業者."""
    updated_by_office_number: str | None = None
    """更新業者コード."""
    identifier: str | None = None
    """識別子."""
    target_month: str | None = None
    """対象年月."""


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class MonthlySlip(Document):
    """サービス利用票."""

    insurer_number: str
    """保険者番号."""
    insured_number: str
    """被保険者番号."""
    target_month: Month
    """対象年月."""
    lines: tuple[SlipLine, ...] = ()
    """サービス利用票の行."""
    annex: tuple[AnnexRow, ...] = ()
    """サービス利用票別表."""
    supplement: Supplement | None = None
    """利用者補足情報."""
    supplement_position: int | None = None
    """利用者補足情報の行の位置."""


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class PriceTerm(Part):
    """単位数単価の条件."""

    office_number: str | None = None
    """サービス事業所コード."""
    service_type: str | None = None
    """サービス種類."""
    price: str | None = None
    """単位数単価."""
    grade: str | None = None
    """地域区分: 1 １級地, 2 ２級地, 3 ３級地, 4 ４級地, 5 ５級地, 6 ６級地, 7 ７級地, other その他."""


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class ServiceTerm(Part):
    """サービスコードの条件."""

    office_number: str | None = None
    """サービス事業所コード."""
    service_code: str
    """サービスコード."""
    outside_limit: bool
    """区分支給限度基準額の対象外."""
    once_a_month: bool
    """月単位の包括報酬."""
    units_before_discount: int | None = None
    """割引前の単位数."""
    discounted_rate: int | None = None
    """割引後率."""
    managed_units: int | None = None
    """給付管理単位数（1回）."""
    flat_charge: int | None = None
    """定額利用者負担単価金額."""


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class OverTerm(Part):
    """区分支給限度基準を超える単位数の割り振り."""

    office_number: str
    """サービス事業所コード."""
    service_type: str
    """サービス種類."""
    units: int
    """区分支給限度基準超単位数."""


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class AnnexTerms(Part):
    """別表の計算条件."""

    ceiling: int | None = None
    """区分支給限度基準額."""
    service_ceilings: tuple[ServiceCeiling, ...] = ()
    """種類支給限度基準額."""
    burden_ratio: str | None = None
    """負担割合: 1 １割, 2 ２割, 3 ３割."""
    prices: tuple[PriceTerm, ...] = ()
    """単位数単価."""
    services: tuple[ServiceTerm, ...] = ()
    """サービスコード."""
    over: tuple[OverTerm, ...] = ()
    """超過の割り振り."""
    stay_before: Period | None = None
    """前月から続く短期入所."""


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class AnnexQuestion(Document):
    """別表の問い."""

    slip: MonthlySlip
    """サービス利用票."""
    terms: AnnexTerms
    """計算条件."""


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class AnnexCheckQuestion(Document):
    """別表の検算の問い."""

    slip: MonthlySlip
    """サービス利用票."""
    terms: AnnexTerms | None = None
    """計算条件."""


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Explanation(Part):
    """計算の理由."""

    rule: str
    """規則."""
    ja: str
    """説明（日本語）."""
    en: str
    """説明（英語）."""


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class AnnexDifference(Document):
    """別表の相違."""

    kind: str
    """種類: amount 金額・単位数が違う, missing 行がない, extra 行が余分."""
    row: int | None = None
    """行."""
    office_number: str | None = None
    """サービス事業所コード."""
    service_code: str | None = None
    """サービスコード."""
    field_no: int | None = None
    """項目番号."""
    field: str | None = None
    """項目名."""
    received: str | None = None
    """受け取った値."""
    computed: str | None = None
    """計算した値."""
    because: tuple[Explanation, ...] = ()
    """計算の理由."""


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class LevelPeriod(Part):
    """要介護状態区分とその有効期間."""

    level: str
    """要介護状態区分: 01 非該当, 06 事業対象者, 11 経過的要介護, 12 要支援１, 13 要支援２, 21 要介護１, 22 要介護２, 23 要介護３, 24 要介護４, 25 要介護５."""
    period: Period
    """有効期間."""


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class MonthlyCeilingQuestion(Document):
    """区分支給限度基準額の問い."""

    month: Month
    """対象年月."""
    levels: tuple[LevelPeriod, ...] = ()
    """要介護状態区分とその有効期間."""


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class PlannedUnits(Part):
    """計画単位数."""

    service_type: str
    """サービス種類."""
    units: int
    """単位数."""


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class AllocationQuestion(Document):
    """単位数の割振りの問い."""

    ceiling: int
    """区分支給限度基準額."""
    service_ceilings: tuple[ServiceCeiling, ...] = ()
    """種類支給限度基準額."""
    planned: tuple[PlannedUnits, ...] = ()
    """計画単位数."""


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class ShortStayQuestion(Document):
    """短期入所の問い."""

    stays: tuple[Period, ...] = ()
    """利用期間."""


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class UnitPriceQuestion(Document):
    """単位数単価の問い."""

    service_type: str
    """サービス種類."""
    grade: str
    """地域区分: 1 １級地, 2 ２級地, 3 ３級地, 4 ４級地, 5 ５級地, 6 ６級地, 7 ７級地, other その他."""
    month: Month
    """対象年月."""


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class CostQuestion(Document):
    """費用の問い."""

    covered: int
    """給付単位数."""
    over: int
    """限度を超える単位数."""
    price: str
    """単位数単価."""
    ratio: str
    """負担割合: 1 １割, 2 ２割, 3 ３割."""


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class HomeModificationQuestion(Document):
    """住宅改修の問い."""

    paid: tuple[HomeModification, ...] = ()
    """支給済みの住宅改修."""
    planned: HomeModification
    """予定の住宅改修."""


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class EquipmentQuestion(Document):
    """福祉用具購入の問い."""

    paid: tuple[EquipmentPurchase, ...] = ()
    """支給済みの購入."""
    planned: EquipmentPurchase
    """予定の購入."""


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class CardQuestion(Document):
    """資格の問い."""

    card: InsuredCard
    """介護保険被保険者証."""
    on: datetime.date
    """年月日."""


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class BurdenRatioQuestion(Document):
    """負担割合の問い."""

    certificate: BurdenRatioCertificate
    """負担割合証."""
    on: datetime.date
    """年月日."""


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class FilingQuestion(Document):
    """届出前の確認の問い."""

    card: InsuredCard
    """介護保険被保険者証."""
    ratio: BurdenRatioCertificate | None = None
    """負担割合証."""
    progress: CertificationProgress | None = None
    """要介護認定の進捗."""
    home: HomeModificationUse | None = None
    """住宅改修費の利用状況."""
    equipment: EquipmentUse | None = None
    """福祉用具購入費の利用状況."""
    today: datetime.date
    """本日."""
    home_modification: HomeModification | None = None
    """住宅改修費の申請."""
    equipment_purchase: EquipmentPurchase | None = None
    """福祉用具購入費の申請."""
    notification: CarePlanNotification | None = None
    """居宅サービス計画作成依頼届出書."""


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class CarePlanOutline(Part):
    """居宅サービス計画1表."""

    csv_version: Month | None = None
    """CSVバージョン."""
    created_on: datetime.date | None = None
    """作成年月日."""
    user_postal_code: str | None = None
    """利用者郵便番号."""
    user_address1: str | None = None
    """利用者住所１."""
    user_address2: str | None = None
    """利用者住所２."""
    planner_name: str | None = None
    """居宅サービス計画作成者氏名."""
    plan_office_name: str | None = None
    """介護支援事業者名."""
    plan_office_postal_code: str | None = None
    """介護支援事業者郵便番号."""
    plan_office_address1: str | None = None
    """介護支援事業者住所１."""
    plan_office_address2: str | None = None
    """介護支援事業者住所２."""
    plan_office_number: str | None = None
    """介護支援事業者コード."""
    first_care_plan_date: datetime.date | None = None
    """初回居宅サービス計画作成日."""
    plan_category: str | None = None
    """計画書区分: 11 初回, 12 紹介, 21 継続, 51 初回＆紹介, 52 初回＆継続, 53 紹介＆継続, 54 初回＆紹介＆継続."""
    certification_status: str | None = None
    """認定状況区分: 1 申請中, 2 認定済."""
    certified_on: datetime.date | None = None
    """認定日."""
    certification_valid_from: datetime.date | None = None
    """認定有効期間開始日."""
    certification_valid_to: datetime.date | None = None
    """認定有効期間終了日."""
    care_level: str | None = None
    """要介護状態区分: 06 事業対象者, 12 要支援１, 13 要支援２, 21 要介護１, 22 要介護２, 23 要介護３, 24 要介護４, 25 要介護５."""
    needs_analysis_result: str | None = None
    """利用者及び家族の生活に対する意向を踏まえた課題分析の結果."""
    review_board_opinion: str | None = None
    """介護認定審査会の意見及びサービスの種類の指定."""
    overall_support_policy: str | None = None
    """総合的な援助の方針."""
    domestic_help_reason: str | None = None
    """生活援助中心型の算定理由: 1 一人暮らし, 2 家族等が障害、疾病等, 3 その他."""
    domestic_help_other_reason: str | None = None
    """その他理由."""
    updated_by_office_number: str | None = None
    """更新業者コード."""
    identifier: str | None = None
    """識別子."""


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class NeedsHead(Part):
    """居宅サービス計画2表の共通項目."""

    csv_version: Month | None = None
    """CSVバージョン."""
    created_on: datetime.date | None = None
    """居宅計画書作成年月日."""
    updated_by_office_number: str | None = None
    """更新業者コード."""
    identifier: str | None = None
    """識別子."""


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class CarePlanSupport(Part):
    """援助内容."""

    support_no: int | None = None
    """援助内容ＮＯ."""
    service_content: str | None = None
    """サービス内容."""
    insurance_covered: str | None = None
    """保険対象区分: Y 対象, N 対象外."""
    service_kind: str | None = None
    """サービス種別."""
    office_number: str | None = None
    """サービス事業者コード."""
    office_name: str | None = None
    """サービス事業所名."""
    frequency: str | None = None
    """頻度."""
    support_period: str | None = None
    """実施期間."""
    head: NeedsHead | None = None
    """居宅サービス計画2表の共通項目."""
    printed_otherwise: tuple[str, ...] = ()
    """記載の異なる項目: needNo 課題ＮＯ, need 課題, goalNo 援助目標ＮＯ, longTermGoal 長期目標, shortTermGoal 短期目標, longTermPeriod 長期期間, shortTermPeriod 短期期間."""


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class ShortTermGoal(Part):
    """短期目標."""

    short_term_goal: str | None = None
    """短期目標."""
    short_term_period: str | None = None
    """短期期間."""
    supports: tuple[CarePlanSupport, ...] = ()
    """援助内容."""


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class LongTermGoal(Part):
    """長期目標."""

    goal_no: int | None = None
    """援助目標ＮＯ."""
    long_term_goal: str | None = None
    """長期目標."""
    long_term_period: str | None = None
    """長期期間."""
    short_term_goals: tuple[ShortTermGoal, ...] = ()
    """短期目標."""


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class CarePlanNeed(Part):
    """課題."""

    need_no: int | None = None
    """課題ＮＯ."""
    need: str | None = None
    """課題."""
    goals: tuple[LongTermGoal, ...] = ()
    """長期目標."""


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class WeekHead(Part):
    """居宅サービス計画３表の共通項目."""

    csv_version: Month | None = None
    """CSVバージョン."""
    created_on: datetime.date | None = None
    """週間サービス計画表作成年月日."""


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class WeeklyService(Part):
    """介護サービス内容."""

    care_service_content: str | None = None
    """介護サービス内容."""
    weekday: str | None = None
    """曜日: 1 月曜日, 2 火曜日, 3 水曜日, 4 木曜日, 5 金曜日, 6 土曜日, 7 日曜日."""
    service_start_time: str | None = None
    """開始時間."""
    service_end_time: str | None = None
    """終了時間."""
    row: int | None = None
    """行."""
    head: WeekHead | None = None
    """居宅サービス計画３表の共通項目."""


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class DailyActivity(Part):
    """主な日常生活上の活動."""

    daily_activity: str | None = None
    """主な日常生活上の活動."""
    activity_start_time: str | None = None
    """開始時間."""
    activity_end_time: str | None = None
    """終了時間."""
    row: int | None = None
    """行."""
    head: WeekHead | None = None
    """居宅サービス計画３表の共通項目."""


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class NonWeeklyService(Part):
    """週単位以外のサービス."""

    non_weekly_service: str | None = None
    """週単位以外のサービス."""
    row: int | None = None
    """行."""
    head: WeekHead | None = None
    """居宅サービス計画３表の共通項目."""


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class CarePlan(Document):
    """居宅サービス計画."""

    insurer_number: str
    """保険者番号."""
    insured_number: str
    """被保険者番号."""
    care_plan_date: datetime.date
    """居宅サービス計画作成（変更）日."""
    outline: CarePlanOutline | None = None
    """居宅サービス計画1表."""
    needs_head: NeedsHead | None = None
    """居宅サービス計画2表の共通項目."""
    follow_up_rows: str | None = None
    """後続行の記載: blank 空欄, repeated 再掲."""
    needs: tuple[CarePlanNeed, ...] = ()
    """課題."""
    week_head: WeekHead | None = None
    """居宅サービス計画３表の共通項目."""
    weekly_services: tuple[WeeklyService, ...] = ()
    """介護サービス内容."""
    daily_activities: tuple[DailyActivity, ...] = ()
    """主な日常生活上の活動."""
    non_weekly_services: tuple[NonWeeklyService, ...] = ()
    """週単位以外のサービス."""
    supplement: Supplement | None = None
    """利用者補足情報."""


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Actuals(Document):
    """サービス利用実績."""

    insurer_number: str
    """保険者番号."""
    insured_number: str
    """被保険者番号."""
    target_month: Month
    """対象年月."""
    lines: tuple[SlipLine, ...] = ()
    """サービス利用実績の行."""


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class PreventionOutline(Part):
    """介護予防サービス・支援計画書."""

    csv_version: Month | None = None
    """CSVバージョン."""
    plan_kind: str | None = None
    """計画種類: 1 介護予防支援, 2 介護予防ケアマネジメント."""
    outsourcing: str | None = None
    """委託の有無: 1 自前, 2 委託."""
    reference_number: str | None = None
    """整理番号."""
    user_name: str | None = None
    """利用者名."""
    certified_on: datetime.date | None = None
    """認定年月日."""
    certification_valid_from: datetime.date | None = None
    """認定有効期間開始日."""
    certification_valid_to: datetime.date | None = None
    """認定有効期間終了日."""
    plan_category: str | None = None
    """計画書区分: 11 初回, 12 紹介, 21 継続, 51 初回＆紹介, 52 初回＆継続, 53 紹介＆継続, 54 初回＆紹介＆継続."""
    certification_status: str | None = None
    """認定状況区分: 1 申請中, 2 認定済."""
    support_level: str | None = None
    """要支援状態区分: 1 要支援１, 2 要支援２, 3 地域支援事業."""
    planner_name_community_center: str | None = None
    """計画作成者氏名（地域包括支援センター担当者名）."""
    planner_name_care_manager: str | None = None
    """計画作成者氏名（担当介護支援専門員名）."""
    plan_office_name: str | None = None
    """計画作成者事業者・事業所名."""
    plan_office_address: str | None = None
    """計画作成者事業者・事業所住所."""
    plan_office_phone: str | None = None
    """計画作成者事業者・事業所電話番号."""
    first_plan_date: datetime.date | None = None
    """初回作成日."""
    community_center_name: str | None = None
    """担当地域包括支援センター."""
    goal_one_day: str | None = None
    """目標とする生活(1日)."""
    goal_one_year: str | None = None
    """目標とする生活(1年)."""
    mobility_current: str | None = None
    """【運動・移動】現在の状況."""
    mobility_wishes: str | None = None
    """【運動・移動】本人・家族の意欲・意向."""
    mobility_issue: str | None = None
    """【運動・移動】領域における課題の有無: 1 有, 2 無."""
    mobility_issue_background: str | None = None
    """【運動・移動】領域における課題（背景・原因）."""
    home_life_current: str | None = None
    """【日常生活(家庭生活)】現在の状況."""
    home_life_wishes: str | None = None
    """【日常生活(家庭生活)】本人・家族の意欲・意向."""
    home_life_issue: str | None = None
    """【日常生活(家庭生活)】領域における課題の有無: 1 有, 2 無."""
    home_life_issue_background: str | None = None
    """【日常生活(家庭生活)】領域における課題（背景・原因）."""
    social_current: str | None = None
    """【社会参加、対人関係・コミュニケーション】現在の状況."""
    social_wishes: str | None = None
    """【社会参加、対人関係・コミュニケーション】本人・家族の意欲・意向."""
    social_issue: str | None = None
    """【社会参加、対人関係・コミュニケーション】領域における課題の有無: 1 有, 2 無."""
    social_issue_background: str | None = None
    """【社会参加、対人関係・コミュニケーション】領域における課題（背景・原因）."""
    health_current: str | None = None
    """【健康管理】現在の状況."""
    health_wishes: str | None = None
    """【健康管理】本人・家族の意欲・意向."""
    health_issue: str | None = None
    """【健康管理】領域における課題の有無: 1 有, 2 無."""
    health_issue_background: str | None = None
    """【健康管理】領域における課題（背景・原因）."""
    health_notes: str | None = None
    """健康状態の留意点."""
    appropriate_support_policy: str | None = None
    """妥当な支援の実施に向けた方針."""
    overall_support_policy: str | None = None
    """総合的な方針."""
    checklist_count_exercise: int | None = None
    """基本チェックリストの該当数(運動不足)."""
    checklist_count_nutrition: int | None = None
    """基本チェックリストの該当数(栄養改善)."""
    checklist_count_oral: int | None = None
    """基本チェックリストの該当数(口腔内ケア)."""
    checklist_count_homebound: int | None = None
    """基本チェックリストの該当数(閉じこもり予防)."""
    checklist_count_memory: int | None = None
    """基本チェックリストの該当数(物忘れ予防)."""
    checklist_count_depression: int | None = None
    """基本チェックリストの該当数(うつ予防)."""
    program_need_exercise: str | None = None
    """事業プログラムの要否(運動不足): 1 要, 2 否."""
    program_need_nutrition: str | None = None
    """事業プログラムの要否(栄養改善): 1 要, 2 否."""
    program_need_oral: str | None = None
    """事業プログラムの要否(口腔内ケア): 1 要, 2 否."""
    program_need_homebound: str | None = None
    """事業プログラムの要否(閉じこもり予防): 1 要, 2 否."""
    program_need_memory: str | None = None
    """事業プログラムの要否(物忘れ予防): 1 要, 2 否."""
    program_need_depression: str | None = None
    """事業プログラムの要否(うつ予防): 1 要, 2 否."""
    community_center_opinion: str | None = None
    """地域包括支援センター意見."""
    consented_on: datetime.date | None = None
    """同意日."""
    consenter_name: str | None = None
    """同意者氏名."""


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class PreventionHead(Part):
    """支援計画の共通項目."""

    csv_version: Month | None = None
    """CSVバージョン."""


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class PreventionService(Part):
    """利用サービス."""

    used_service_no: int | None = None
    """利用サービスＮＯ."""
    used_service_kind: str | None = None
    """【利用サービス】サービス種別."""
    used_service_office: str | None = None
    """【利用サービス】事業所(利用先)."""
    used_service_period: str | None = None
    """【利用サービス】期間."""
    head: PreventionHead | None = None
    """支援計画の共通項目."""
    printed_otherwise: tuple[str, ...] = ()
    """記載の異なる項目: needNo 課題ＮＯ, overallNeed 総合的課題, goalAndMeasuresProposal 課題に対する目標と具体策の提案, wishesOnMeasures 具体策についての意向本人・家族, goal 目標, supportPlanNo 支援計画ＮＯ, supportPoints 【支援計画】目標についての支援のポイント, supportSelfFamilyInformal 【支援計画】本人等のセルフケアや家族の支援、インフォーマルサービス（民間サービス）, supportInsuredOrCommunity 【支援計画】介護保険サービス又は地域支援事業（総合事業のサービス）."""


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class PreventionSupportPlan(Part):
    """支援計画."""

    support_plan_no: int | None = None
    """支援計画ＮＯ."""
    support_points: str | None = None
    """【支援計画】目標についての支援のポイント."""
    support_self_family_informal: str | None = None
    """【支援計画】本人等のセルフケアや家族の支援、インフォーマルサービス（民間サービス）."""
    support_insured_or_community: str | None = None
    """【支援計画】介護保険サービス又は地域支援事業（総合事業のサービス）."""
    services: tuple[PreventionService, ...] = ()
    """利用サービス."""


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class PreventionNeed(Part):
    """総合的課題."""

    need_no: int | None = None
    """課題ＮＯ."""
    overall_need: str | None = None
    """総合的課題."""
    goal_and_measures_proposal: str | None = None
    """課題に対する目標と具体策の提案."""
    wishes_on_measures: str | None = None
    """具体策についての意向本人・家族."""
    goal: str | None = None
    """目標."""
    support_plans: tuple[PreventionSupportPlan, ...] = ()
    """支援計画."""


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class PreventionPlan(Document):
    """介護予防サービス・支援計画書."""

    insurer_number: str
    """保険者番号."""
    insured_number: str
    """被保険者番号."""
    preventive_plan_date: datetime.date
    """計画作成(変更)日."""
    outline: PreventionOutline | None = None
    """介護予防サービス・支援計画書."""
    needs_head: PreventionHead | None = None
    """支援計画の共通項目."""
    follow_up_rows: str | None = None
    """後続行の記載: blank 空欄, repeated 再掲."""
    needs: tuple[PreventionNeed, ...] = ()
    """総合的課題."""


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class BasicOutline(Part):
    """利用者基本情報."""

    csv_version: Month | None = None
    """CSVバージョン."""
    plan_kind: str | None = None
    """計画種類: 1 介護予防支援, 2 介護予防ケアマネジメント."""
    outsourcing: str | None = None
    """委託の有無: 1 自前, 2 委託."""
    prepared_by: str | None = None
    """作成担当者."""
    consultation_method: str | None = None
    """相談方法: 01 来所, 02 電話, 03 その他."""
    consultation_method_other: str | None = None
    """相談方法(その他の内容)."""
    consultation_visit_kind: str | None = None
    """相談回数: 01 初回, 02 再来."""
    previous_consulted_on: datetime.date | None = None
    """前回相談日."""
    user_situation: str | None = None
    """利用者の現況: 01 在宅, 02 入院又は入所中."""
    user_situation_note: str | None = None
    """利用者の現況(状況補足)."""
    user_name_kana: str | None = None
    """利用者氏名ﾌﾘｶﾞﾅ."""
    user_name: str | None = None
    """利用者氏名."""
    user_sex: str | None = None
    """利用者性別: 1 男性, 2 女性."""
    user_birth_date: datetime.date | None = None
    """利用者生年月日."""
    user_address: str | None = None
    """利用者住所."""
    user_phone: str | None = None
    """利用者電話番号."""
    user_fax: str | None = None
    """利用者Fax番号."""
    independence_physical: str | None = None
    """障害高齢者の日常生活自立度: 01 自立, 11 J1, 12 J2, 21 A1, 22 A2, 31 B1, 32 B2, 41 C1, 42 C2."""
    independence_dementia: str | None = None
    """認知症高齢者の日常生活自立度: 01 自立, 02 Ⅰ, 03 Ⅱａ, 04 Ⅱｂ, 05 Ⅲａ, 06 Ⅲｂ, 07 Ⅳ, 08 Ｍ."""
    care_level: str | None = None
    """要介護状態区分: 01 非該当, 12 要支援１, 13 要支援２, 21 要介護１, 22 要介護２, 23 要介護３, 24 要介護４, 25 要介護５."""
    certification_valid_from: datetime.date | None = None
    """認定有効期限開始日."""
    certification_valid_to: datetime.date | None = None
    """認定有効期間終了日."""
    previous_care_level: str | None = None
    """前回の介護度: 01 非該当, 12 要支援１, 13 要支援２, 21 要介護１, 22 要介護２, 23 要介護３, 24 要介護４, 25 要介護５."""
    checklist_result: str | None = None
    """基本チェックリスト記入結果: 1 事業対象者の該当あり, 2 事業対象者の該当なし."""
    checklist_on: datetime.date | None = None
    """基本チェックリスト記入日."""
    disability_physical: str | None = None
    """障害等認定(身障): 1 該当, 0 非該当."""
    disability_intellectual: str | None = None
    """障害等認定(療育): 1 該当, 0 非該当."""
    disability_mental: str | None = None
    """障害等認定(精神): 1 該当, 0 非該当."""
    disability_intractable: str | None = None
    """障害等認定(難病): 1 該当, 0 非該当."""
    disability_note: str | None = None
    """障害等認定特記事項."""
    dwelling_type: str | None = None
    """居住形態: 01 自宅, 02 借家, 03 一戸建て, 04 集合住宅, 05 自宅・一戸建て, 06 自宅・集合住宅, 07 借家・一戸建て, 08 借家・集合住宅."""
    own_room_floor: str | None = None
    """自室の階数."""
    home_modification: str | None = None
    """住宅改修の有無: 1 有, 2 無."""
    income_national_pension: str | None = None
    """経済状況(国民年金): 1 該当, 0 非該当."""
    income_employees_pension: str | None = None
    """経済状況(厚生年金): 1 該当, 0 非該当."""
    income_disability_pension: str | None = None
    """経済状況(障害年金): 1 該当, 0 非該当."""
    income_public_assistance: str | None = None
    """経済状況(生活保護): 1 該当, 0 非該当."""
    income_note: str | None = None
    """経済状況詳細."""
    visitor_name: str | None = None
    """来所者(相談者)氏名."""
    visitor_address: str | None = None
    """来所者(相談者)住所."""
    visitor_phone: str | None = None
    """来所者(相談者)電話番号."""
    visitor_relationship: str | None = None
    """来所者(相談者)続柄."""
    emergency1_name: str | None = None
    """1 緊急連絡先(氏名)."""
    emergency1_relationship: str | None = None
    """1 緊急連絡先(続柄)."""
    emergency1_address: str | None = None
    """1 緊急連絡先(住所)."""
    emergency1_phone: str | None = None
    """1 緊急連絡先(電話番号)."""
    emergency2_name: str | None = None
    """2 緊急連絡先(氏名)."""
    emergency2_relationship: str | None = None
    """2 緊急連絡先(続柄)."""
    emergency2_address: str | None = None
    """2 緊急連絡先(住所)."""
    emergency2_phone: str | None = None
    """2 緊急連絡先(電話番号)."""
    emergency3_name: str | None = None
    """3 緊急連絡先(氏名)."""
    emergency3_relationship: str | None = None
    """3 緊急連絡先(続柄)."""
    emergency3_address: str | None = None
    """3 緊急連絡先(住所)."""
    emergency3_phone: str | None = None
    """3 緊急連絡先(電話番号)."""
    emergency4_name: str | None = None
    """4 緊急連絡先(氏名)."""
    emergency4_relationship: str | None = None
    """4 緊急連絡先(続柄)."""
    emergency4_address: str | None = None
    """4 緊急連絡先(住所)."""
    emergency4_phone: str | None = None
    """4 緊急連絡先(電話番号)."""
    family_image_filename: str | None = None
    """家族構成 画像ファイル名."""
    family_relations_note: str | None = None
    """家族関係等の状況."""
    life_history: str | None = None
    """今までの生活."""
    daily_life_general: str | None = None
    """１日の生活・すごし方(生活全般)."""
    hobbies_skills: str | None = None
    """趣味・楽しみ・特技."""
    community_relations: str | None = None
    """友人・地域との関係."""
    formal_services_in_use: str | None = None
    """現在利用している公的サービス."""
    informal_services_in_use: str | None = None
    """現在利用している非公的サービス."""
    consented_on: datetime.date | None = None
    """同意日."""
    consenter_name: str | None = None
    """同意者氏名."""


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class ScheduleEntry(Part):
    """１日の生活・すごし方(タイムスケジュール)."""

    csv_version: Month | None = None
    """CSVバージョン."""
    time_of_day: str | None = None
    """時間."""
    user_life_situation: str | None = None
    """本人の生活状況."""
    caregiver_life_situation: str | None = None
    """介護者・家族の生活状況."""


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class IllnessEntry(Part):
    """現病歴・既往歴."""

    csv_version: Month | None = None
    """CSVバージョン."""
    event_date_text: str | None = None
    """年月日."""
    disease_name: str | None = None
    """病名."""
    medical_institution_doctor: str | None = None
    """医療機関・医師名."""
    attending_doctor_flag: str | None = None
    """主治医・意見作成者フラグ: 1 主治医, 2 それ以外."""
    medical_institution_phone: str | None = None
    """医療機関・医師電話番号."""
    progress: str | None = None
    """経過: 01 治療中, 02 経過観察中, 03 その他."""
    treatment_detail: str | None = None
    """治療中の内容."""


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class BasicInformation(Document):
    """利用者基本情報."""

    insurer_number: str
    """保険者番号."""
    insured_number: str
    """被保険者番号."""
    consulted_on: datetime.date
    """相談日."""
    outline: BasicOutline | None = None
    """利用者基本情報."""
    schedule: tuple[ScheduleEntry, ...] = ()
    """１日の生活・すごし方(タイムスケジュール)."""
    illnesses: tuple[IllnessEntry, ...] = ()
    """現病歴・既往歴."""


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class CareParty(Part):
    """送受信者."""

    office_number: str
    """事業所番号."""
    service_type: str | None = None
    """サービス種類コード."""


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class CareDocument(Document):
    """介護ドメイン文書."""

    format: str
    """形式: kaigo-care kaigo の介護ドメイン文書."""
    version: int
    """版."""
    sender: CareParty | None = None
    """送信者."""
    receiver: CareParty | None = None
    """受信者."""
    sequence: str | None = None
    """シーケンス番号."""
    care_plans: tuple[CarePlan, ...] = ()
    """居宅サービス計画."""
    monthly_slips: tuple[MonthlySlip, ...] = ()
    """サービス利用票."""
    actuals: tuple[Actuals, ...] = ()
    """サービス利用実績."""
    prevention_plans: tuple[PreventionPlan, ...] = ()
    """介護予防サービス・支援計画書."""
    basic_information: tuple[BasicInformation, ...] = ()
    """利用者基本情報."""


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class SlipVisit(Part):
    """予定または実績の一行."""

    row: int
    """行."""
    office_number: str
    """サービス事業者コード."""
    satellite_no: str | None = None
    """サテライト枝番."""
    service_code: str
    """サービスコード."""
    tais_code: str | None = None
    """TAISコード."""
    equipment_notification_code: str | None = None
    """福祉用具届出コード."""
    detail_no: int | None = None
    """明細判別コード."""
    service_date: datetime.date
    """サービス利用日."""
    service_start_time: str
    """サービス開始時刻."""
    service_end_time: str
    """サービス終了時刻."""
    service_count: int
    """サービス回数."""
    per_diem_days: str | None = None
    """日割対象日."""
    units: int
    """単位数（回数・日数分）."""


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class VisitComparison(Part):
    """予実の対比."""

    outcome: str
    """区分: as_planned 予定どおり, cancelled 中止, moved 日時変更, added 追加, changed_code サービス変更, changed_count 回数変更, ambiguous 対応不明, not_reported 実績未着."""
    planned: SlipVisit | None = None
    """予定."""
    actual: SlipVisit | None = None
    """実績."""
    candidates: tuple[SlipVisit, ...] = ()
    """候補."""


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Balance(Part):
    """予定と実績の合計."""

    planned_units: int
    """予定単位数."""
    actual_units: int
    """実績単位数."""
    more_units: int | None = None
    """増加単位数."""
    fewer_units: int | None = None
    """減少単位数."""
    planned_yen: int | None = None
    """予定費用総額."""
    actual_yen: int | None = None
    """実績費用総額."""
    more_yen: int | None = None
    """増加額."""
    fewer_yen: int | None = None
    """減少額."""
    yen_left_out: str | None = None
    """金額を出さない理由: no_price 単位数単価が分かりません, prices_differ 単位数単価が一つに決まりません, partly 一部の単位数単価が分かりません."""


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class ServiceBalance(Part):
    """事業所・サービス種類別の合計."""

    office_number: str
    """サービス事業者コード."""
    service_type: str
    """サービス種類."""
    balance: Balance
    """合計."""


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class ClientReconciliation(Part):
    """利用者別の予実."""

    insurer_number: str
    """保険者番号."""
    insured_number: str
    """被保険者番号."""
    target_month: Month
    """対象年月."""
    visits: tuple[VisitComparison, ...] = ()
    """予実の対比."""
    services: tuple[ServiceBalance, ...] = ()
    """事業所・サービス種類別."""
    balance: Balance
    """利用者合計."""


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class ProviderBalance(Part):
    """事業所別の合計."""

    office_number: str
    """サービス事業者コード."""
    office_name: str | None = None
    """サービス事業所名."""
    balance: Balance
    """合計."""


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class ServiceTypeBalance(Part):
    """サービス種類別の合計."""

    service_type: str
    """サービス種類."""
    balance: Balance
    """合計."""


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class OutcomeTotal(Part):
    """区分別の合計."""

    outcome: str
    """区分: as_planned 予定どおり, cancelled 中止, moved 日時変更, added 追加, changed_code サービス変更, changed_count 回数変更, ambiguous 対応不明, not_reported 実績未着."""
    visits: int
    """件数."""
    planned_units: int
    """予定単位数."""
    actual_units: int
    """実績単位数."""


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class UncomparedRow(Part):
    """対比できない行."""

    side: str
    """予定・実績: planned 予定, actual 実績."""
    row: int
    """行."""


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Reconciliation(Document):
    """予実突合結果."""

    tolerance_minutes: int
    """許容する時刻の差（分）."""
    clients: tuple[ClientReconciliation, ...] = ()
    """利用者別."""
    providers: tuple[ProviderBalance, ...] = ()
    """事業所別."""
    service_types: tuple[ServiceTypeBalance, ...] = ()
    """サービス種類別."""
    outcomes: tuple[OutcomeTotal, ...] = ()
    """区分別."""
    balance: Balance
    """総合計."""
    uncompared: tuple[UncomparedRow, ...] = ()
    """対比できない行."""


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class AdditionalItem(Part):
    """4.1にない項目."""

    name: str
    """項目名（JSON）."""
    name_ja: str | None = None
    """項目名."""
    form: str
    """項目の形: text 文字列, number 0以上の整数, boolean 真偽, date 年月日（YYYY-MM-DD）, month 年月（YYYY-MM）, code 一覧にあるコード, any 何でもよい."""
    mandatory: bool
    """必須かどうか."""
    max_length: int | None = None
    """最大文字数."""
    codes: tuple[str, ...] = ()
    """コード."""


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class KindProfile(Part):
    """ファイルの種類の定め."""

    kind: str
    """ファイルの種類: UP1KYO 居宅サービス計画1表, UP2KYO 居宅サービス計画2表, UP3KYO 居宅サービス計画３表, UPHOSOKU 利用者補足情報, UPPLAN 第6表（サービス利用票）予定, UPJSK 第6表 実績情報, UPSIKYU 第7表（サービス利用票別表）, UPKIHON 利用者基本情報, UPKIHON_SUB1 利用者基本情報（別表1）１日の生活・すごし方(タイムスケジュール), UPKIHON_SUB2 利用者基本情報（別表2）現病歴・既往歴, UPYOBO 介護予防サービス・支援計画書, UPYOBO_SUB 介護予防サービス・支援計画書（別表）支援計画, DLT1KYO 居宅サービス計画1表_削除, DLTPLAN 第6表（サービス利用票）予定_削除, DLTJSK 第6表 実績情報_削除, DLTKIHON 利用者基本情報_削除, DLTYOBO 介護予防サービス・支援計画書_削除, UPKIHON_IMAGE 家族構成 画像ファイル."""
    mandatory: tuple[str, ...] = ()
    """必須の項目."""
    additional: tuple[AdditionalItem, ...] = ()
    """4.1にない項目."""


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class StandardProfile(Document):
    """標準のプロファイル."""

    name: str
    """名称."""
    version: str
    """版."""
    revision: int
    """改訂番号."""
    character_set: str
    """文字集合: jis_x_0213 JIS X 0213:2012, unicode Unicodeのすべて."""
    kinds: tuple[KindProfile, ...] = ()
    """ファイルの種類ごとの定め."""


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class LossItem(Part):
    """損失."""

    code: str
    """コード."""
    effect: str
    """内容: changed 値が変わる, dropped 値が落ちる, doubtful 値はそのままだが、変換先の標準に合わない."""
    row: int | None = None
    """レコード."""
    field_no: int | None = None
    """項目番号."""
    field: str | None = None
    """項目名（JSON）."""
    field_ja: str | None = None
    """項目名."""
    member: str | None = None
    """知らない項目名."""
    character: str | None = None
    """文字."""
    variant: str | None = None
    """代わりの文字."""
    message_ja: str
    """説明."""
    message_en: str
    """説明（英語）."""


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class LossReport(Document):
    """変換損失報告."""

    file: str | None = None
    """ファイル名."""
    kind: str
    """ファイルの種類: UP1KYO 居宅サービス計画1表, UP2KYO 居宅サービス計画2表, UP3KYO 居宅サービス計画３表, UPHOSOKU 利用者補足情報, UPPLAN 第6表（サービス利用票）予定, UPJSK 第6表 実績情報, UPSIKYU 第7表（サービス利用票別表）, UPKIHON 利用者基本情報, UPKIHON_SUB1 利用者基本情報（別表1）１日の生活・すごし方(タイムスケジュール), UPKIHON_SUB2 利用者基本情報（別表2）現病歴・既往歴, UPYOBO 介護予防サービス・支援計画書, UPYOBO_SUB 介護予防サービス・支援計画書（別表）支援計画, DLT1KYO 居宅サービス計画1表_削除, DLTPLAN 第6表（サービス利用票）予定_削除, DLTJSK 第6表 実績情報_削除, DLTKIHON 利用者基本情報_削除, DLTYOBO 介護予防サービス・支援計画書_削除, UPKIHON_IMAGE 家族構成 画像ファイル."""
    from_: str
    """変換元の形式: csv CSV（標準仕様4.1）, json JSON（5.0-provisional）, xml XML（provisional）."""
    to: str
    """変換先の形式: csv CSV（標準仕様4.1）, json JSON（5.0-provisional）, xml XML（provisional）."""
    profile: str
    """標準のプロファイル."""
    losses: tuple[LossItem, ...] = ()
    """損失."""
    not_listed: int | None = None
    """一覧にない損失の件数."""
