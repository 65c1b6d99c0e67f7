//! The doctor's opinion (主治医意見書) **\[P\]**; what its section headings do not name is from general knowledge **\[M\]**.
//!
//! Yes and no are `bool`s here: the doctor's side codes them 1 and 2, municipal data 2 and 1
//! ([`MunicipalYesNo`](super::MunicipalYesNo)).

use super::SpecialTreatments;
use crate::calendar::Date;
use crate::code::{DementiaIndependence, PhysicalIndependence, Sex, codes};
use crate::document::{Line, Phone, Prose, document};
use crate::ident::InsuredNumber;
use crate::record::BirthDate;

codes! {
    /// 症状としての安定性: whether the symptoms are stable.
    Stability = "症状としての安定性", "stability" {
        Stable   = "stable" "安定",
        Unstable = "unstable" "不安定",
        Unknown  = "unknown" "不明",
    }
}

codes! {
    /// 短期記憶: short-term memory.
    ShortTermMemory = "短期記憶", "short-term memory" {
        NoProblem = "no_problem" "問題なし",
        Problem   = "problem" "問題あり",
    }
}

codes! {
    /// 認知能力: deciding on daily matters, as the doctor sees it.
    DecisionAbility = "日常の意思決定を行うための認知能力", "ability to decide" {
        Independent   = "independent" "自立",
        SomeDifficulty = "some_difficulty" "いくらか困難",
        NeedsWatching = "needs_watching" "見守りが必要",
        Unable        = "unable" "判断できない",
    }
}

codes! {
    /// 伝達能力: making oneself understood, as the doctor sees it.
    CommunicationAbility = "自分の意思の伝達能力", "ability to communicate" {
        Able               = "able" "伝えられる",
        SomeDifficulty     = "some_difficulty" "いくらか困難",
        ConcreteDemands    = "concrete_demands" "具体的要求に限られる",
        Unable             = "unable" "伝えられない",
    }
}

codes! {
    /// 程度: how grave a finding of the body is.
    Degree = "程度", "degree" {
        Slight   = "slight" "軽",
        Moderate = "moderate" "中",
        Severe   = "severe" "重",
    }
}

codes! {
    /// 身体の状態: a finding of the body.
    BodyFindingKind = "身体の状態", "body finding" {
        LimbLoss       = "limb_loss" "四肢欠損",
        Paralysis      = "paralysis" "麻痺",
        MuscleWeakness = "muscle_weakness" "筋力の低下",
        Contracture    = "contracture" "関節の拘縮",
        JointPain      = "joint_pain" "関節の痛み",
        Ataxia         = "ataxia" "失調・不随意運動",
        Bedsore        = "bedsore" "褥瘡",
        SkinDisease    = "skin_disease" "その他の皮膚疾患",
    }
}

codes! {
    /// 利き腕: the hand that is used.
    DominantHand = "利き腕", "dominant hand" {
        Right = "right" "右",
        Left  = "left" "左",
    }
}

codes! {
    /// 体重の変化: weight over the last six months.
    WeightChange = "過去６カ月の体重の変化", "weight change" {
        Gained     = "gained" "増加",
        Maintained = "maintained" "維持",
        Lost       = "lost" "減少",
    }
}

codes! {
    /// 屋外歩行: walking outdoors.
    OutdoorWalking = "屋外歩行", "outdoor walking" {
        Independent = "independent" "自立",
        Assisted    = "assisted" "介助があればしている",
        NotDone     = "not_done" "していない",
    }
}

codes! {
    /// 車いすの使用: use of a wheelchair.
    WheelchairUse = "車いすの使用", "wheelchair use" {
        NotUsed     = "not_used" "用いていない",
        SelfDriven  = "self_driven" "主に自分で操作している",
        OtherDriven = "other_driven" "主に他人が操作している",
    }
}

codes! {
    /// 歩行補助具・装具の使用: where walking aids are used.
    WalkingAidUse = "歩行補助具・装具の使用", "walking aid use" {
        NotUsed  = "not_used" "用いていない",
        Outdoors = "outdoors" "屋外で使用",
        Indoors  = "indoors" "屋内で使用",
    }
}

codes! {
    /// 食事行為: eating, as the doctor sees it.
    EatingAbility = "食事行為", "eating" {
        Independent = "independent" "自立ないし何とか自分で食べられる",
        Assisted    = "assisted" "全面介助",
    }
}

codes! {
    /// 現在の栄養状態: state of nutrition.
    NutritionState = "現在の栄養状態", "nutrition" {
        Good = "good" "良好",
        Poor = "poor" "不良",
    }
}

codes! {
    /// 症状・状態の見通し: whether the functions may be kept or improved.
    Outlook = "サービス利用による生活機能の維持・改善の見通し", "outlook" {
        Expected    = "expected" "期待できる",
        NotExpected = "not_expected" "期待できない",
        Unknown     = "unknown" "不明",
    }
}

codes! {
    /// 感染症の有無: infection.
    Infection = "感染症の有無", "infection" {
        Yes     = "yes" "有",
        No      = "no" "無",
        Unknown = "unknown" "不明",
    }
}

document! {
    /// The doctor who wrote it.
    OpinionAuthor = "意見書記入医師" {
        name: one Line = "医師氏名",
        institution: one Line = "医療機関名",
        address: opt Line = "医療機関所在地",
        phone: opt Phone = "電話",
    }

    /// A diagnosis.
    Diagnosis = "診断名" {
        name: one Line = "診断名",
        /// As it was written: many are known by year or decade alone.
        onset: opt Line = "発症年月日",
    }

    /// 1: the illness.
    IllnessOpinion = "傷病に関する意見" {
        /// The first is the cause of what limits the person most.
        diagnoses: many 3 Diagnosis = "診断名",
        stability: one Stability = "症状としての安定性",
        course: opt Prose = "傷病の経過及び治療内容",
    }

    /// 3: symptoms of behaviour.
    BehaviouralSymptoms = "認知症の行動・心理症状" {
        hallucination: one bool = "幻視・幻聴",
        delusion: one bool = "妄想",
        day_night_reversal: one bool = "昼夜逆転",
        abusive_language: one bool = "暴言",
        violence: one bool = "暴行",
        resistance_to_care: one bool = "介護への抵抗",
        wandering: one bool = "徘徊",
        careless_with_fire: one bool = "火の不始末",
        uncleanly: one bool = "不潔行為",
        eating_non_food: one bool = "異食行動",
        sexual: one bool = "性的問題行動",
        other: one bool = "その他",
    }

    /// 3: a finding of the body.
    BodyFinding = "身体の状態" {
        kind: one BodyFindingKind = "種類",
        site: opt Line = "部位",
        degree: opt Degree = "程度",
    }

    /// 3: mind and body.
    MindAndBody = "心身の状態に関する意見" {
        physical_independence: one PhysicalIndependence = "障害高齢者の日常生活自立度",
        dementia_independence: one DementiaIndependence = "認知症高齢者の日常生活自立度",
        short_term_memory: one ShortTermMemory = "短期記憶",
        decision: one DecisionAbility = "日常の意思決定を行うための認知能力",
        communication: one CommunicationAbility = "自分の意思の伝達能力",
        symptoms: one BehaviouralSymptoms = "認知症の行動・心理症状",
        /// Names the symptom; left out where there is none.
        neurological: opt Line = "精神・神経症状",
        dominant_hand: opt DominantHand = "利き腕",
        height_cm: opt u32 = "身長（cm）",
        weight_kg: opt u32 = "体重（kg）",
        weight_change: opt WeightChange = "過去６カ月の体重の変化",
        body: many 40 BodyFinding = "身体の状態",
    }

    /// 4: conditions present or likely.
    LikelyConditions = "現在あるかまたは今後発生の可能性の高い状態" {
        incontinence: one bool = "尿失禁",
        fall_or_fracture: one bool = "転倒・骨折",
        loss_of_mobility: one bool = "移動能力の低下",
        bedsore: one bool = "褥瘡",
        heart_and_lung: one bool = "心肺機能の低下",
        withdrawal: one bool = "閉じこもり",
        loss_of_will: one bool = "意欲低下",
        wandering: one bool = "徘徊",
        undernutrition: one bool = "低栄養",
        eating_and_swallowing: one bool = "摂食・嚥下機能低下",
        dehydration: one bool = "脱水",
        infection: one bool = "易感染性",
        cancer_pain: one bool = "がん等による疼痛",
        other: one bool = "その他",
        policy: opt Prose = "対処方針",
    }

    /// 4: needs of medical management, ten and others.
    MedicalNeeds = "医学的管理の必要性" {
        home_visits: one bool = "訪問診療",
        visiting_nursing: one bool = "訪問看護",
        nurse_consultation: one bool = "看護職員の訪問による相談・支援",
        visiting_rehabilitation: one bool = "訪問リハビリテーション",
        day_rehabilitation: one bool = "通所リハビリテーション",
        short_stay_medical: one bool = "短期入所療養介護",
        visiting_dentistry: one bool = "訪問歯科診療",
        visiting_dental_hygiene: one bool = "訪問歯科衛生指導",
        visiting_pharmacy: one bool = "訪問薬剤管理指導",
        visiting_nutrition: one bool = "訪問栄養食事指導",
        other: opt Line = "その他の医療系サービス",
    }

    /// 4: cautions for services; what is left out is 特になし.
    ServiceCautions = "サービス提供時における医学的観点からの留意事項" {
        blood_pressure: opt Prose = "血圧",
        eating: opt Prose = "摂食",
        swallowing: opt Prose = "嚥下",
        moving: opt Prose = "移動",
        exercise: opt Prose = "運動",
        other: opt Prose = "その他",
    }

    /// 4: functions of life and services.
    LifeAndServices = "生活機能とサービスに関する意見" {
        outdoor_walking: one OutdoorWalking = "屋外歩行",
        wheelchair: one WheelchairUse = "車いすの使用",
        walking_aids: many 2 WalkingAidUse = "歩行補助具・装具の使用",
        eating: one EatingAbility = "食事行為",
        nutrition: one NutritionState = "現在の栄養状態",
        conditions: one LikelyConditions = "現在あるかまたは今後発生の可能性の高い状態",
        outlook: one Outlook = "サービス利用による生活機能の維持・改善の見通し",
        medical_needs: one MedicalNeeds = "医学的管理の必要性",
        cautions: one ServiceCautions = "留意事項",
        infection: one Infection = "感染症の有無",
        infection_details: opt Line = "感染症の内容",
    }

    /// The doctor's opinion.
    DoctorsOpinion = "主治医意見書" {
        insured_number: one InsuredNumber = "被保険者番号",
        name: one Line = "氏名",
        birth_date: one BirthDate = "生年月日",
        sex: one Sex = "性別",
        written_on: one Date = "記入日",
        last_seen_on: opt Date = "最終診察日",
        author: one OpinionAuthor = "意見書記入医師",
        /// On forms before 1 April 2026 alone.
        consents_to_use: opt bool = "介護サービス計画作成等への利用の同意",
        illness: one IllnessOpinion = "1 傷病に関する意見",
        treatment: one SpecialTreatments = "2 特別な医療",
        mind_and_body: one MindAndBody = "3 心身の状態に関する意見",
        life_and_services: one LifeAndServices = "4 生活機能とサービスに関する意見",
        notes: opt Prose = "5 特記すべき事項",
    } => consent_box_gone
}

/// The first day of the form without the consent box.
const NEW_FORM: Date = Date::of::<2026, 4, 1>();

fn consent_box_gone(opinion: &DoctorsOpinion) -> Option<(&'static str, &'static str)> {
    (opinion.consents_to_use.is_some() && opinion.written_on >= NEW_FORM).then_some((
        "2026年4月1日からの様式に同意欄はありません",
        "the form has no consent box from 2026-04-01 on",
    ))
}
