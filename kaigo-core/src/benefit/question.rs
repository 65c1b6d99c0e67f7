//! The rules by name, from a document to a decision in JSON: for programs and languages that know no types of Rust's.

use super::{
    AreaGrade, Decision, EquipmentPurchase, EquipmentUse, Filing, HomeModification, HomeModificationUse,
    KnownOfPerson, LevelPeriod, PlannedUnits, Tables, Units, allocate, burden_ratio_on, card_on,
    check_filing, cost, equipment_purchase, home_modification, monthly_ceiling, short_stay, unit_price,
};
use crate::calendar::{Date, Month};
use crate::care::annex::{AnnexCheckQuestion, AnnexQuestion};
use crate::document::{Part, Period, Tree, document, from_json};
use crate::eligibility::{
    BurdenRatio, BurdenRatioCertificate, CarePlanNotification, CertificationProgress, InsuredCard,
    ServiceCeiling,
};
use crate::error::{ErrorKind, Result};
use crate::ident::ServiceTypeCode;
use crate::record::UnitPrice;

document! {
    /// What [`monthly_ceiling`] asks for.
    MonthlyCeilingQuestion = "区分支給限度基準額の問い" {
        month: one Month = "対象年月",
        levels: many 100 LevelPeriod = "要介護状態区分とその有効期間",
    }

    /// What [`allocate`] asks for.
    AllocationQuestion = "単位数の割振りの問い" {
        ceiling: one Units = "区分支給限度基準額",
        service_ceilings: many 60 ServiceCeiling = "種類支給限度基準額",
        planned: many 1000 PlannedUnits = "計画単位数",
    }

    /// What [`short_stay`] asks for.
    ShortStayQuestion = "短期入所の問い" {
        stays: many 1000 Period = "利用期間",
    }

    /// What [`unit_price`] asks for.
    UnitPriceQuestion = "単位数単価の問い" {
        service_type: one ServiceTypeCode = "サービス種類",
        grade: one AreaGrade = "地域区分",
        month: one Month = "対象年月",
    }

    /// What [`cost`] asks for.
    CostQuestion = "費用の問い" {
        covered: one Units = "給付単位数",
        over: one Units = "限度を超える単位数",
        price: one UnitPrice = "単位数単価",
        ratio: one BurdenRatio = "負担割合",
    }

    /// What [`home_modification`] asks for.
    HomeModificationQuestion = "住宅改修の問い" {
        paid: many 200 HomeModification = "支給済みの住宅改修",
        planned: one HomeModification = "予定の住宅改修",
    }

    /// What [`equipment_purchase`] asks for.
    EquipmentQuestion = "福祉用具購入の問い" {
        paid: many 500 EquipmentPurchase = "支給済みの購入",
        planned: one EquipmentPurchase = "予定の購入",
    }

    /// What [`card_on`] asks for.
    CardQuestion = "資格の問い" {
        card: one InsuredCard = "介護保険被保険者証",
        on: one Date = "年月日",
    }

    /// What [`burden_ratio_on`] asks for.
    BurdenRatioQuestion = "負担割合の問い" {
        certificate: one BurdenRatioCertificate = "負担割合証",
        on: one Date = "年月日",
    }

    /// What [`check_filing`] asks for: one of the three that may be filed.
    FilingQuestion = "届出前の確認の問い" {
        card: one InsuredCard = "介護保険被保険者証",
        ratio: opt BurdenRatioCertificate = "負担割合証",
        progress: opt CertificationProgress = "要介護認定の進捗",
        home: opt HomeModificationUse = "住宅改修費の利用状況",
        equipment: opt EquipmentUse = "福祉用具購入費の利用状況",
        today: one Date = "本日",
        home_modification: opt HomeModification = "住宅改修費の申請",
        equipment_purchase: opt EquipmentPurchase = "福祉用具購入費の申請",
        notification: opt CarePlanNotification = "居宅サービス計画作成依頼届出書",
    } => one_filing
}

fn one_filing(question: &FilingQuestion) -> Option<(&'static str, &'static str)> {
    let filings = [
        question.home_modification.is_some(),
        question.equipment_purchase.is_some(),
        question.notification.is_some(),
    ];
    (filings.iter().filter(|filing| **filing).count() != 1)
        .then_some(("届け出るものが一つではありません", "needs one thing to be filed"))
}

fn one<P: Part>(decision: Decision<P>) -> Decision<Tree> {
    decision.map(|value| value.to_tree())
}

fn optional<P: Part>(decision: Decision<Option<P>>) -> Decision<Tree> {
    decision.map(|value| value.map_or(Tree::Null, |value| value.to_tree()))
}

fn many<P: Part>(decision: Decision<Vec<P>>) -> Decision<Tree> {
    decision.map(|value| Tree::List(value.iter().map(Part::to_tree).collect()))
}

/// Declares the questions: name, document and the rule that answers.
macro_rules! questions {
    ($($name:literal $question:ident => $answer:expr;)*) => {
        /// The names that [`decide`] takes, each with the name of the document that it reads.
        pub const QUESTIONS: &[(&str, &str)] = &[$(($name, stringify!($question))),*];

        /// Reads the document of a question from JSON, and writes the decision as JSON: `value` (`null` where it cannot
        /// be told) and `reasons`. `tables`: those of the caller as JSON, or `None` for
        /// [those that come with this version](Tables::bundled).
        ///
        /// # Errors
        /// [`ErrorKind::NoName`] where there is no such question, and those of reading.
        pub fn decide(name: &str, question: &[u8], tables: Option<&[u8]>) -> Result<Vec<u8>> {
            let own: Option<Tables> = tables.map(from_json).transpose()?;
            let tables = own.as_ref().unwrap_or_else(|| Tables::bundled());
            let decision = match name {
                $( $name => {
                    let answer: fn($question, &Tables) -> Decision<Tree> = $answer;
                    answer(from_json(question)?, tables)
                } )*
                _ => return Err(ErrorKind::no_name(name).into()),
            };
            // Memory takes every byte, and no decision refuses to be written.
            Ok(serde_json::to_vec(&decision).unwrap_or_default())
        }
    };
}

questions! {
    "monthly_ceiling" MonthlyCeilingQuestion => |q, tables| optional(monthly_ceiling(tables, q.month, &q.levels));
    "allocate" AllocationQuestion => |q, _| many(allocate(q.ceiling, &q.service_ceilings, &q.planned));
    "short_stay" ShortStayQuestion => |q, _| many(short_stay(&q.stays));
    "unit_price" UnitPriceQuestion => |q, tables| {
        optional(unit_price(tables, q.service_type, q.grade, q.month))
    };
    "cost" CostQuestion => |q, _| one(cost(q.covered, q.over, q.price, q.ratio));
    "home_modification" HomeModificationQuestion => |q, tables| {
        optional(home_modification(tables, &q.paid, &q.planned))
    };
    "equipment_purchase" EquipmentQuestion => |q, tables| {
        optional(equipment_purchase(tables, &q.paid, &q.planned))
    };
    "annex" AnnexQuestion => |q, tables| many(q.answer(tables));
    "check_annex" AnnexCheckQuestion => |q, tables| many(q.answer(tables));
    "card_on" CardQuestion => |q, _| one(card_on(&q.card, q.on));
    "burden_ratio_on" BurdenRatioQuestion => |q, _| optional(burden_ratio_on(&q.certificate, q.on));
    "check_filing" FilingQuestion => |q, tables| {
        let known = KnownOfPerson {
            card: &q.card,
            ratio: q.ratio.as_ref(),
            progress: q.progress.as_ref(),
            home: q.home.as_ref(),
            equipment: q.equipment.as_ref(),
        };
        let filing = (q.home_modification.as_ref().map(Filing::HomeModification))
            .or(q.equipment_purchase.as_ref().map(Filing::Equipment))
            .or(q.notification.as_ref().map(Filing::Notification));
        match filing {
            Some(filing) => one(check_filing(tables, &known, filing, q.today)),
            // What was read has one.
            None => Decision { value: Tree::Null, reasons: Vec::new() },
        }
    };
}
