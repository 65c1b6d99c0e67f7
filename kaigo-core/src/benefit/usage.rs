//! Home modification and equipment: what was used of the allowances **\[P\]**.

use super::Yen;
use crate::calendar::Date;
use crate::code::codes;
use crate::document::{Line, document};
use crate::eligibility::{BurdenRatio, CertifiedLevel};
use crate::ident::{InsuredNumber, InsurerNumber, OfficeNumber};

codes! {
    /// 住宅改修の種類: kind of home modification.
    ModificationKind = "住宅改修の種類", "modification kind" {
        Rails            = "1" "手すりの取付け",
        LevelDifferences = "2" "段差の解消",
        Floor            = "3" "床材の変更",
        Doors            = "4" "引き戸等への扉の取替え",
        Toilet           = "5" "便器の取替え",
        Incidental       = "6" "付帯工事",
    }
}

codes! {
    /// 特定福祉用具の種目: kind of equipment that is bought. 1 to 5 have their codes; those of the others are not public,
    /// so theirs are kaigo's own.
    EquipmentKind = "特定福祉用具の種目", "equipment kind" {
        ToiletSeat         = "1" "腰掛便座",
        ExcretionPart      = "2" "自動排泄処理装置の交換可能部品",
        BathingAid         = "3" "入浴補助用具",
        SimpleBathtub      = "4" "簡易浴槽",
        LiftSling          = "5" "移動用リフトのつり具の部分",
        ExcretionPredictor = "excretion_predictor" "排泄予測支援機器",
        FixedSlope         = "fixed_slope" "固定用スロープ",
        Walker             = "walker" "歩行器（歩行車を除く）",
        SinglePointCane    = "single_point_cane" "単点杖",
        MultiPointCane     = "multi_point_cane" "多点杖",
    }
}

codes! {
    /// 再購入の理由: why the same equipment is bought again within its period.
    RepurchaseReason = "再購入の理由", "reason to buy again" {
        Broken       = "broken" "破損",
        NeedsChanged = "needs_changed" "介護の必要の程度が著しく高くなった",
    }
}

document! {
    /// One paid modification of a dwelling.
    HomeModification = "住宅改修" {
        /// Which dwelling: its address, or a name for it. The same text is the same dwelling.
        dwelling: one Line = "改修した住宅",
        started_on: one Date = "着工年月日",
        completed_on: opt Date = "完成年月日",
        /// At the start of works.
        level: one CertifiedLevel = "着工日の要介護状態区分",
        kinds: many 6 ModificationKind = "改修の種類",
        office: opt Line = "施工事業者",
        /// What counts against the allowance, the person's share included.
        cost: one Yen = "支給対象額",
        ratio: one BurdenRatio = "負担割合",
    } => completed_after_start

    /// What a person used of the allowance for home modification, as the platform shows it.
    HomeModificationUse = "住宅改修費の利用状況" {
        insurer_number: one InsurerNumber = "保険者番号",
        insured_number: one InsuredNumber = "被保険者番号",
        as_of: one Date = "基準日",
        works: many 200 HomeModification = "住宅改修",
        /// What the platform says remains.
        remaining: opt Yen = "残額",
    }

    /// One purchase that was paid.
    EquipmentPurchase = "特定福祉用具の購入" {
        kind: one EquipmentKind = "種目",
        product: one Line = "商品名",
        maker: opt Line = "製造事業者",
        seller: opt OfficeNumber = "販売事業所番号",
        bought_on: one Date = "購入年月日",
        /// What counts against the allowance, the person's share included.
        cost: one Yen = "購入金額",
        ratio: one BurdenRatio = "負担割合",
        reason_to_buy_again: opt RepurchaseReason = "再購入の理由",
    }

    /// What a person used of the allowance for equipment, as the platform shows it.
    EquipmentUse = "福祉用具購入費の利用状況" {
        insurer_number: one InsurerNumber = "保険者番号",
        insured_number: one InsuredNumber = "被保険者番号",
        as_of: one Date = "基準日",
        purchases: many 500 EquipmentPurchase = "購入",
        /// What the platform says remains in the fiscal year of `as_of`.
        remaining: opt Yen = "残額",
    }
}

fn completed_after_start(works: &HomeModification) -> Option<(&'static str, &'static str)> {
    works
        .completed_on
        .is_some_and(|completed| completed < works.started_on)
        .then_some(("完成が着工より前です", "is completed before it is started"))
}
