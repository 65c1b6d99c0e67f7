//! The assessment form (認定調査票): 74 items of the basic survey, the two independence grades and the notes.
//!
//! Groups, items and options are those of the ministry's textbook for assessors, April 2024 **\[O\]**. Paralysis has five
//! items, contracture four; with the 53 other questions and the 12 special treatments that makes 74.

use std::fmt;
use std::str::FromStr;

use crate::calendar::Date;
use crate::code::{DementiaIndependence, PhysicalIndependence, codes};
use crate::document::{
    Content, Document, DocumentFault, Form, Leaf, Member, Part, Prose, Reading, Tree, document,
};
use crate::ident::InsuredNumber;

codes! {
    /// 1-3, 1-4, 1-7, 1-8: with what a movement can be done.
    Holding = "つかまれば", "movement" {
        WithoutHolding = "1" "つかまらないでできる",
        Holding        = "2" "何かにつかまればできる",
        Unable         = "3" "できない",
    }
}

codes! {
    /// 1-5: sitting.
    Sitting = "座位保持", "sitting" {
        Able             = "1" "できる",
        WithOwnHands     = "2" "自分の手で支えればできる",
        WhenSupported    = "3" "支えてもらえればできる",
        Unable           = "4" "できない",
    }
}

codes! {
    /// 1-6, 1-9: standing.
    Standing = "立位保持", "standing" {
        WithoutSupport = "1" "支えなしでできる",
        WithSupport    = "2" "何か支えがあればできる",
        Unable         = "3" "できない",
    }
}

codes! {
    /// 1-10: washing the body.
    Bathing = "洗身", "bathing" {
        Unassisted = "1" "介助されていない",
        Partly     = "2" "一部介助",
        Fully      = "3" "全介助",
        NotDone    = "4" "行っていない",
    }
}

codes! {
    /// 1-11, 2-7 to 2-9, 5-1, 5-2: assistance in three grades.
    Assistance = "介助", "assistance" {
        Unassisted = "1" "介助されていない",
        Partly     = "2" "一部介助",
        Fully      = "3" "全介助",
    }
}

codes! {
    /// 2-1, 2-2, 2-4 to 2-6, 2-10, 2-11, 5-5, 5-6: assistance in four grades.
    AssistanceOrWatching = "介助（見守り等を含む）", "assistance or watching" {
        Unassisted = "1" "介助されていない",
        Watched    = "2" "見守り等",
        Partly     = "3" "一部介助",
        Fully      = "4" "全介助",
    }
}

codes! {
    /// 1-12: sight.
    Sight = "視力", "sight" {
        Normal       = "1" "普通",
        ChartAt1m    = "2" "約１ｍ離れた視力確認表の図が見える",
        ChartInFront = "3" "目の前に置いた視力確認表の図が見える",
        HardlySees   = "4" "ほとんど見えない",
        CannotTell   = "5" "見えているのか判断不能",
    }
}

codes! {
    /// 1-13: hearing.
    Hearing = "聴力", "hearing" {
        Normal      = "1" "普通",
        SoftBarely  = "2" "普通の声がやっと聞き取れる",
        LoudOnly    = "3" "かなり大きな声なら何とか聞き取れる",
        HardlyHears = "4" "ほとんど聞えない",
        CannotTell  = "5" "聞えているのか判断不能",
    }
}

codes! {
    /// 2-3: swallowing.
    Swallowing = "えん下", "swallowing" {
        Able    = "1" "できる",
        Watched = "2" "見守り等",
        Unable  = "3" "できない",
    }
}

codes! {
    /// 2-12: how often the person goes out.
    Outings = "外出頻度", "outings" {
        Weekly  = "1" "週１回以上",
        Monthly = "2" "月１回以上",
        Rarely  = "3" "月１回未満",
    }
}

codes! {
    /// 3-1: making oneself understood.
    Expression = "意思の伝達", "expression" {
        Able         = "1" "できる",
        Sometimes    = "2" "ときどきできる",
        HardlyEver   = "3" "ほとんどできない",
        Unable       = "4" "できない",
    }
}

codes! {
    /// 3-2 to 3-7: able or not.
    Ability = "できる", "ability" {
        Able   = "1" "できる",
        Unable = "2" "できない",
    }
}

codes! {
    /// 3-8, 3-9, group 4, 5-4: how often a behaviour is seen.
    Frequency = "頻度", "frequency" {
        Never     = "1" "ない",
        Sometimes = "2" "ときどきある",
        Often     = "3" "ある",
    }
}

codes! {
    /// 5-3: deciding on daily matters.
    Decisions = "日常の意思決定", "decisions" {
        Able             = "1" "できる",
        ExceptSpecial    = "2" "特別な場合を除いてできる",
        HardInDailyLife  = "3" "日常的に困難",
        Unable           = "4" "できない",
    }
}

document! {
    /// 1-1: which parts are paralysed; none of them: ない.
    Paralysis = "1-1 麻痺等の有無" {
        left_arm: one bool = "左上肢",
        right_arm: one bool = "右上肢",
        left_leg: one bool = "左下肢",
        right_leg: one bool = "右下肢",
        other: one bool = "その他（四肢の欠損）",
    }

    /// 1-2: which joints are contracted; none of them: ない.
    Contracture = "1-2 拘縮の有無" {
        shoulder: one bool = "肩関節",
        hip: one bool = "股関節",
        knee: one bool = "膝関節",
        other: one bool = "その他（四肢の欠損）",
    }

    /// Group 1: functions of the body and rising.
    BodyFunctions = "第1群 身体機能・起居動作" {
        paralysis: one Paralysis = "1-1 麻痺等の有無",
        contracture: one Contracture = "1-2 拘縮の有無",
        turning_over: one Holding = "1-3 寝返り",
        sitting_up: one Holding = "1-4 起き上がり",
        sitting: one Sitting = "1-5 座位保持",
        standing_on_both_legs: one Standing = "1-6 両足での立位保持",
        walking: one Holding = "1-7 歩行",
        standing_up: one Holding = "1-8 立ち上がり",
        standing_on_one_leg: one Standing = "1-9 片足での立位",
        bathing: one Bathing = "1-10 洗身",
        nail_cutting: one Assistance = "1-11 つめ切り",
        sight: one Sight = "1-12 視力",
        hearing: one Hearing = "1-13 聴力",
    }

    /// Group 2: functions of daily life.
    LifeFunctions = "第2群 生活機能" {
        transfer: one AssistanceOrWatching = "2-1 移乗",
        moving: one AssistanceOrWatching = "2-2 移動",
        swallowing: one Swallowing = "2-3 えん下",
        eating: one AssistanceOrWatching = "2-4 食事摂取",
        urination: one AssistanceOrWatching = "2-5 排尿",
        defecation: one AssistanceOrWatching = "2-6 排便",
        mouth_care: one Assistance = "2-7 口腔清潔",
        face_washing: one Assistance = "2-8 洗顔",
        hair_care: one Assistance = "2-9 整髪",
        upper_dressing: one AssistanceOrWatching = "2-10 上衣の着脱",
        lower_dressing: one AssistanceOrWatching = "2-11 ズボン等の着脱",
        outings: one Outings = "2-12 外出頻度",
    }

    /// Group 3: functions of the mind.
    CognitiveFunctions = "第3群 認知機能" {
        expression: one Expression = "3-1 意思の伝達",
        daily_routine: one Ability = "3-2 毎日の日課を理解",
        birth_date: one Ability = "3-3 生年月日や年齢を言う",
        short_term_memory: one Ability = "3-4 短期記憶",
        own_name: one Ability = "3-5 自分の名前を言う",
        season: one Ability = "3-6 今の季節を理解",
        place: one Ability = "3-7 場所の理解",
        wandering: one Frequency = "3-8 徘徊",
        getting_lost: one Frequency = "3-9 外出すると戻れない",
    }

    /// Group 4: mind and behaviour.
    Behaviours = "第4群 精神・行動障害" {
        persecution: one Frequency = "4-1 被害的",
        confabulation: one Frequency = "4-2 作話",
        unstable_emotions: one Frequency = "4-3 感情が不安定",
        day_night_reversal: one Frequency = "4-4 昼夜逆転",
        repeated_talk: one Frequency = "4-5 同じ話をする",
        loud_voice: one Frequency = "4-6 大声を出す",
        resistance_to_care: one Frequency = "4-7 介護に抵抗",
        restlessness: one Frequency = "4-8 落ち着きなし",
        going_out_alone: one Frequency = "4-9 一人で出たがる",
        hoarding: one Frequency = "4-10 収集癖",
        breaking_things: one Frequency = "4-11 物や衣類を壊す",
        severe_forgetfulness: one Frequency = "4-12 ひどい物忘れ",
        talking_to_oneself: one Frequency = "4-13 独り言・独り笑い",
        acting_selfishly: one Frequency = "4-14 自分勝手に行動する",
        incoherent_talk: one Frequency = "4-15 話がまとまらない",
    }

    /// Group 5: adapting to social life.
    SocialLife = "第5群 社会生活への適応" {
        medication: one Assistance = "5-1 薬の内服",
        money: one Assistance = "5-2 金銭の管理",
        decisions: one Decisions = "5-3 日常の意思決定",
        poor_adaptation: one Frequency = "5-4 集団への不適応",
        shopping: one AssistanceOrWatching = "5-5 買い物",
        simple_cooking: one AssistanceOrWatching = "5-6 簡単な調理",
    }

    /// Special medical treatment in the last 14 days.
    SpecialTreatments = "特別な医療" {
        drip: one bool = "点滴の管理",
        central_venous_nutrition: one bool = "中心静脈栄養",
        dialysis: one bool = "透析",
        stoma: one bool = "ストーマ（人工肛門）の処置",
        oxygen: one bool = "酸素療法",
        respirator: one bool = "レスピレーター（人工呼吸器）",
        tracheotomy: one bool = "気管切開の処置",
        pain_nursing: one bool = "疼痛の看護",
        tube_feeding: one bool = "経管栄養",
        monitoring: one bool = "モニター測定",
        bedsore: one bool = "じょくそうの処置",
        catheter: one bool = "カテーテル",
    }

    /// A note on an item.
    AssessmentNote = "特記事項" {
        item: one NoteKey = "項目番号",
        text: one Prose = "内容",
    }

    /// The assessment form.
    AssessmentForm = "認定調査票" {
        insured_number: one InsuredNumber = "被保険者番号",
        surveyed_on: one Date = "調査実施日",
        body: one BodyFunctions = "第1群 身体機能・起居動作",
        life: one LifeFunctions = "第2群 生活機能",
        cognition: one CognitiveFunctions = "第3群 認知機能",
        behaviour: one Behaviours = "第4群 精神・行動障害",
        social: one SocialLife = "第5群 社会生活への適応",
        treatment: one SpecialTreatments = "特別な医療",
        physical_independence: one PhysicalIndependence = "7-1 障害高齢者の日常生活自立度",
        dementia_independence: one DementiaIndependence = "7-2 認知症高齢者の日常生活自立度",
        notes: many 200 AssessmentNote = "特記事項",
    }
}

/// What a note is on: `group-item`, 1-1 to 7-2. The items of group 6 are the special treatments in the form's order
/// (provisional: the source numbers none of them).
#[doc(alias = "特記事項の項目番号")]
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NoteKey {
    group: u8,
    item: u8,
}

impl NoteKey {
    /// How many items each group has, from group 1.
    const ITEMS: [u8; 7] = [13, 12, 9, 15, 6, 12, 2];

    /// The key, if the form has such an item.
    pub fn new(group: u8, item: u8) -> Option<Self> {
        let items = *Self::ITEMS.get(usize::from(group).checked_sub(1)?)?;
        (1..=items).contains(&item).then_some(Self { group, item })
    }

    /// 1 to 7.
    pub fn group(self) -> u8 {
        self.group
    }

    /// From 1.
    pub fn item(self) -> u8 {
        self.item
    }
}

impl fmt::Display for NoteKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{}", self.group, self.item)
    }
}

impl FromStr for NoteKey {
    type Err = DocumentFault;

    fn from_str(text: &str) -> Result<Self, DocumentFault> {
        let key =
            text.split_once('-').and_then(|(group, item)| Self::new(group.parse().ok()?, item.parse().ok()?));
        // One way to write it: no `+1-01`.
        key.filter(|key| key.to_string() == text).ok_or(DocumentFault::Value)
    }
}

impl Part for NoteKey {
    const CONTENT: Content = Content::Leaf(Leaf {
        form: Form::Pattern("^[1-7]-([1-9]|1[0-5])$"),
        personal: false,
        accepts: |text| text.parse::<Self>().is_ok(),
    });

    fn to_tree(&self) -> Tree {
        Tree::Text(self.to_string())
    }

    fn from_tree(tree: &Tree, reading: &mut Reading) -> Option<Self> {
        reading.parse(tree)
    }
}

impl AssessmentForm {
    /// The 74 items in the form's order: the official name (`左上肢`, `1-3 寝返り`) and the option's number, or for a part
    /// that is flagged `1` and for one that is not `0`.
    pub fn items(&self) -> Vec<(&'static str, String)> {
        let mut items = Vec::new();
        collect(&self.body, &mut items);
        collect(&self.life, &mut items);
        collect(&self.cognition, &mut items);
        collect(&self.behaviour, &mut items);
        collect(&self.social, &mut items);
        collect(&self.treatment, &mut items);
        items
    }
}

fn collect<D: Document>(group: &D, items: &mut Vec<(&'static str, String)>) {
    walk(D::SHAPE.members, &group.to_tree(), items);
}

fn walk(members: &'static [Member], tree: &Tree, items: &mut Vec<(&'static str, String)>) {
    let Tree::Node(values) = tree else { return };
    for (member, (_, value)) in members.iter().zip(values) {
        match (member.content, value) {
            (Content::Document(shape), value) => walk(shape.members, value, items),
            (_, Tree::Text(text)) => items.push((member.name_ja, text.clone())),
            (_, Tree::Boolean(flag)) => items.push((member.name_ja, u8::from(*flag).to_string())),
            _ => {}
        }
    }
}
