//! What may stand in place of a character that a character set does not have.
//!
//! Three sources, each chosen: how Windows reads a code that JIS reads otherwise; Unicode's canonical equivalence, from
//! `unicode-normalization`; and a table of kaigo's own of other forms of the same kanji and of characters used in each other's
//! place. Compatibility equivalence (`NFKC`) is none of them: it makes 9 of ⑨ and 2 of ², which is other text.

use unicode_normalization::char::decompose_canonical;

/// How near a variant is to the character that it stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Likeness {
    /// The same character: another code of it, a spelling of it, or a sign that only says which glyph is meant.
    Same,
    /// Another form of the same character, which people accept: 吉 for 𠮷.
    Form,
    /// A character used in its place, which may mean something else: ゜ for a mark that makes か゚.
    Use,
}

/// What may stand for a character.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Variant {
    /// What is written; `None` where the character is left out.
    pub to: Option<char>,
    /// How near it is.
    pub likeness: Likeness,
}

/// One code that JIS X 0208 and Windows read as different characters of Unicode.
const CODES: &str = "〜～ −－ ‖∥ —― ¥￥ ‾￣ ¬￢ ¦￤ ¢￠ £￡";

/// Other forms of the same kanji. Sources: the forms that JIS X 0213 added in 2004 (the first ten) and in 2000 to those that
/// JIS X 0208 had simplified in 1983; the forms of the Kangxi dictionary that 常用漢字表 gives beside its own; forms used in
/// names of people and places. Where the two are one by Unicode's canonical equivalence they are not listed.
const FORMS: &str = "\
    俱倶 剝剥 𠮟叱 吞呑 噓嘘 姸妍 屛屏 幷并 瘦痩 繫繋 \
    俠侠 啞唖 嚙噛 囊嚢 塡填 屢屡 搔掻 摑掴 攢攅 潑溌 瀆涜 焰焔 禱祷 簞箪 繡繍 萊莱 蔣蒋 蟬蝉 蠟蝋 軀躯 醬醤 醱醗 頰頬 顚顛 驒騨 鷗鴎 鹼鹸 麴麹 \
    溫温 歷歴 緣縁 淚涙 錄録 曆暦 步歩 每毎 渴渇 硏研 卽即 揭掲 旣既 黃黄 擊撃 狀状 稅税 說説 絕絶 悅悦 虛虚 內内 靑青 戶戸 晚晩 揷挿 巢巣 敎教 產産 徵徴 \
    戱戯 查査 涉渉 鍊錬 銳鋭 閱閲 麵麺 倂併 彥彦 槪概 淸清 尙尚 壳殻 蔥葱 脫脱 閒間 吳呉 娛娯 喻喩 雞鶏 \
    髙高 𠮷吉 𠀋丈 㐂喜 𡈽土 冈岡 㟢崎 㠀島 𣘺橋 槗橋 𤍠熱 兾冀 詧察 俞兪 勻匀 殁歿 毗毘 沉沈 灾災 煑煮 猨猿 羗羌 聦聡 覔覓 豔艶 貓猫 躳躬 輭軟 鍫鍬 鎋轄 鏁鎖 \
    鏽錆 阬坑 陁陀 隄堤 隽雋 鞾靴 韌靭 鶽隼 槩概 凢凡 勌倦 盌碗 隖塢 鬭闘 强強";

/// Characters used in each other's place.
const USES: &str = "–－ •・ ◦・ 〻々 ゕヵ ゖヶ \u{3099}゛ \u{309A}゜ ∑Σ";

/// The first of the pairs that begins with the character.
fn listed(pairs: &str, c: char) -> Option<char> {
    pairs.split(' ').find_map(|pair| pair.strip_prefix(c)).and_then(|to| to.chars().next())
}

/// What may stand for a character where it cannot; `None` where nothing is known. Whether the variant itself can stand there
/// is not asked.
pub fn variant_of(c: char) -> Option<Variant> {
    let variant = |to, likeness| Some(Variant { to: Some(to), likeness });
    match c {
        '\u{FE00}'..='\u{FE0F}' | '\u{E0100}'..='\u{E01EF}' => {
            return Some(Variant { to: None, likeness: Likeness::Same });
        }
        '\u{A0}' => return variant(' ', Likeness::Same),
        _ => {}
    }
    if let Some(to) = listed(CODES, c) {
        return variant(to, Likeness::Same);
    }
    if let Some(to) = single_equivalent(c).or_else(|| listed(FORMS, c)) {
        return variant(to, Likeness::Form);
    }
    listed(USES, c).and_then(|to| variant(to, Likeness::Use))
}

/// The one character that is canonically the same: those of CJK Compatibility Ideographs are other forms of theirs.
fn single_equivalent(c: char) -> Option<char> {
    let (mut first, mut count) = (None, 0);
    decompose_canonical(c, |part| {
        first = first.or(Some(part));
        count += 1;
    });
    first.filter(|to| count == 1 && *to != c)
}
