//! The catalogue of rules: every code, once.

use crate::report::Lang;

/// What a rule does to what was asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Effect {
    /// It says why the answer is what it is.
    Explains,
    /// Somebody should look before going on.
    Warns,
    /// What was asked for would be a mistake, or cannot be answered.
    Stops,
}

impl Effect {
    /// `explains`, `warns` or `stops`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Explains => "explains",
            Self::Warns => "warns",
            Self::Stops => "stops",
        }
    }
}

/// Declares the rules: number, stable name, effect, text in Japanese and English with the names of facts, source.
macro_rules! rules {
    ($( $variant:ident = $number:literal $name:literal $effect:ident, $ja:literal, $en:literal, $source:literal; )*) => {
        /// A rule of benefit. Names and numbers never change their meaning; retired ones are not used again.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        pub enum Rule {
            $( #[doc = concat!("`", $name, "`: ", $en, " ", $ja, " (", $source, ")")] $variant, )*
        }

        impl Rule {
            /// All rules, in the order of the catalogue.
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];

            /// The stable number.
            pub const fn number(self) -> u16 {
                match self { $( Self::$variant => $number, )* }
            }

            /// The stable name.
            pub const fn name(self) -> &'static str {
                match self { $( Self::$variant => $name, )* }
            }

            /// What it does.
            pub const fn effect(self) -> Effect {
                match self { $( Self::$variant => Effect::$effect, )* }
            }

            /// The text, with the names of facts in braces.
            pub const fn text(self, lang: Lang) -> &'static str {
                match (self, lang) {
                    $( (Self::$variant, Lang::Japanese) => $ja, (Self::$variant, Lang::English) => $en, )*
                }
            }

            /// The source: P public, several sources agree; M general knowledge, to be confirmed.
            pub const fn source(self) -> &'static str {
                match self { $( Self::$variant => $source, )* }
            }
        }
    };
}

rules! {
    // The monthly ceiling.
    CeilingOfLevel = 1001 "ceiling.level" Explains, "{month}の区分支給限度基準額は{level}の{units}単位です（{from}からの額）", "the monthly ceiling of {month} is that of {level}, {units} units (since {from})", "区分支給限度基準額, P";
    CeilingHeavier = 1002 "ceiling.heavier_level" Explains, "月の途中で{lighter}から変わるため、重い方の{level}によります", "the level changes within the month: the heavier one, {level}, counts and not {lighter}", "区分支給限度基準額, P";
    CeilingNone = 1003 "ceiling.not_certified" Stops, "{month}に有効な認定がありません", "there is no certification for {month}", "区分支給限度基準額, P";
    CeilingUnknown = 1004 "ceiling.unknown" Stops, "{month}の{level}の区分支給限度基準額が表にありません", "the tables have no monthly ceiling of {level} for {month}", "kaigo";
    CeilingService = 1005 "ceiling.service" Explains, "{service}の種類支給限度基準額{ceiling}単位を{over}単位超えます", "{over} units of {service} are over its own ceiling of {ceiling}", "種類支給限度基準額, P";
    CeilingMonth = 1006 "ceiling.month" Explains, "合計{planned}単位のうち{over}単位が区分支給限度基準額{ceiling}単位を超えます", "{over} of {planned} units are over the monthly ceiling of {ceiling}", "区分支給限度基準額, P";

    // Short stay.
    StayPaid = 1101 "stay.paid" Explains, "{from}から{to}までの連続{days}日は30日以内です", "the {days} days in a row from {from} to {to} are no more than 30", "30日超, P";
    StayOver = 1102 "stay.over_30_days" Explains, "{from}から連続{days}日のため、31日目の{over_from}から給付されません", "{days} days in a row from {from}: from the 31st, {over_from}, on nothing is paid", "30日超, P";
    StayHalf = 1103 "stay.over_half_of_period" Warns, "短期入所の{days}日は認定の有効期間{period}日のおおむね半数を超えます", "{days} days of short stay are more than about half of the {period} days of the certification", "目安, P";

    // Prices.
    PriceOfArea = 1201 "price.area" Explains, "{grade}の上乗せ{uplift}％と人件費割合{share}％により1単位{price}円です（{from}からの率）", "a unit costs {price} yen in {grade}: uplift {uplift} %, labour share {share} % (since {from})", "単位数単価, P";
    PriceUnknown = 1202 "price.unknown" Stops, "{month}の{service}の単価が表にありません", "the tables have no price of {service} for {month}", "kaigo";
    CostOfUnits = 1203 "cost.units" Explains, "{units}単位×{price}円＝{total}円（1円未満切捨て）", "{units} units at {price} yen are {total} yen, rounded down", "費用総額, P";
    CostShares = 1204 "cost.shares" Explains, "{percent}％の{insurer}円を保険者が（1円未満切捨て）、残りの{person}円を本人が負担します", "the insurer pays {percent} %, {insurer} yen rounded down, the person the rest, {person} yen", "費用総額, P";
    CostOver = 1205 "cost.over" Explains, "限度を超える分の{over}円は全額本人の負担です", "the person pays all of the {over} yen over the ceiling", "費用総額, P";

    // The annex of the month's slip.
    AnnexUnits = 1801 "annex.units" Explains, "{units}単位×{count}回＝{paid}単位です", "{units} units {count} times are {paid} units", "第7表 No.13, 16, 17";
    AnnexDiscount = 1802 "annex.discount" Explains, "{before}単位の{rate}％で、割引後は{after}単位です", "of {before} units {rate} % are left after the discount, {after} units", "第7表 No.13 to 15";
    AnnexDiscountOdd = 1803 "annex.discount_differs" Warns, "{before}単位の{rate}％は四捨五入で{expected}単位ですが、利用票は{after}単位です", "{rate} % of {before} units are {expected} rounded half up, and the slip says {after}", "第7表 No.13 to 15, M";
    AnnexNoUnits = 1804 "annex.no_units" Explains, "単位数が0のサービスです（率で決まる加算など）", "a service of 0 units, such as an add-on by percentage", "第6表 No.8";
    AnnexManaged = 1805 "annex.managed" Explains, "給付管理の対象は{managed}単位、算定は{paid}単位です", "{managed} units count against the ceiling, {paid} are paid", "第7表 No.18";
    AnnexOutside = 1806 "annex.outside_ceiling" Explains, "区分支給限度基準額の対象外のサービスです", "a service that counts against no ceiling", "第7表 No.18";
    AnnexOverThirtyDays = 1807 "annex.over_30_days" Explains, "30日を超える短期入所のため、全額本人の負担です", "short stay of more than 30 days: the person pays all of it", "第7表 No.29, 33, P";
    AnnexUncounted = 1808 "annex.uncounted" Warns, "事業所・サービスコード・単位数・回数のない利用票の行が{rows}行あり、計算に入れていません", "{rows} rows of the slip have no provider, service code, units or count, and are not in the sums", "kaigo";
    AnnexCeilingUnknown = 1809 "annex.ceiling_unknown" Warns, "区分支給限度基準額が分からないため、超過を決められません", "the monthly ceiling is not known, so what is over it cannot be told", "kaigo";
    AnnexOverChosen = 1810 "annex.over_chosen" Explains, "超過{over}単位は、計画作成者の割り振りによります", "who bears the {over} units over the ceiling is the care manager's choice", "第7表 No.21";
    AnnexOverChoiceOdd = 1811 "annex.over_choice_differs" Warns, "割り振られた超過{chosen}単位は、計算した{over}単位と合わないため使いません", "the {chosen} units over that were shared out are not the {over} that there are, and are not used", "第7表 No.21";
    AnnexPriceUnknown = 1812 "annex.price_unknown" Warns, "{service}の単位数単価が分からないため、費用を決められません", "the price of a unit of {service} is not known, so the cost cannot be told", "kaigo";
    AnnexRatioUnknown = 1813 "annex.ratio_unknown" Warns, "負担割合が分からないため、保険請求額と利用者負担を決められません", "the burden ratio is not known, so who pays cannot be told", "kaigo";
    AnnexSubtotal = 1814 "annex.subtotal" Explains, "{service}の小計は{paid}単位です", "the subtotal of {service} is {paid} units", "第7表 No.9";
    AnnexTotal = 1815 "annex.total" Explains, "合計は給付管理{managed}単位、限度内{within}単位、費用{total}円です", "in total {managed} units are managed, {within} are within the ceiling, and cost {total} yen", "第7表 No.9";
    AnnexRowMissing = 1816 "annex.row_missing" Warns, "利用票にあるサービスの行が別表にありません", "the annex has no row of a service that the slip has", "第7表";
    AnnexRowExtra = 1817 "annex.row_extra" Warns, "利用票にないサービスの行が別表にあります", "the annex has a row of a service that the slip has not", "第7表";

    AnnexStayUnmarked = 1818 "annex.stay_unmarked" Warns, "{day}は30日を超えていますが、30日超区分が非該当です", "{day} is over 30 days in a row, and is not marked so", "第6表 No.23, P";
    AnnexStayMarked = 1819 "annex.stay_marked" Warns, "{day}は分かるかぎり30日以内ですが、30日超区分が該当です", "{day} is within 30 days in a row as far as is known, and is marked as over", "第6表 No.23, P";

    // Home modification.
    HomeLimit = 1301 "home.limit" Explains, "この住宅の支給限度基準額は{limit}円、利用済み{used}円、残り{remaining}円です", "of the {limit} yen for this dwelling {used} are used and {remaining} remain", "住宅改修費, P";
    HomeFirst = 1302 "home.first" Explains, "この住宅で初めての改修です（基準は{level}、{on}着工）", "the first modification of this dwelling: the base is {level} on {on}", "住宅改修費, P";
    HomeMoved = 1303 "home.moved" Explains, "転居後の住宅のため、新たに支給限度基準額が設けられます（基準は{level}、{on}着工）", "after moving house a new allowance opens: the base is {level} on {on}", "住宅改修費、転居, P";
    HomeReset = 1304 "home.three_steps" Explains, "着工日の{level}は基準の{base}より{steps}段階重いため、新たに支給限度基準額が設けられ、以前の残り{lost}円はなくなります", "{level} at the start of works is {steps} steps above the base, {base}: a new allowance opens, and the {lost} yen left of the old one are lost", "住宅改修費、3段階リセット, P";
    HomeResetUsed = 1305 "home.three_steps_used" Explains, "3段階以上重くなりましたが、リセットは{on}に一度行われています", "the level is three or more steps higher, but the one reset was used on {on}", "住宅改修費、3段階リセット, P";
    HomeOver = 1306 "home.over" Warns, "{cost}円のうち{over}円は残りを超えるため、全額本人の負担です", "{over} of the {cost} yen are over what remains: the person pays all of that", "住宅改修費, P";
    HomeUsedUp = 1307 "home.used_up" Stops, "支給限度基準額を使い切っています", "the allowance is used up", "住宅改修費, P";
    HomeLevel = 1308 "home.level" Stops, "着工日の{level}は住宅改修費の対象ではありません", "nothing is paid at {level} on the day of the start of works", "住宅改修費, P";
    HomeOrder = 1309 "home.order" Stops, "{on}より後に着工した改修が支給済みのため、残りを決められません", "works started after {on} are paid already: what remains cannot be told", "kaigo";
    HomeUnknown = 1310 "home.unknown" Stops, "{on}の住宅改修費の支給限度基準額が表にありません", "the tables have no allowance for home modification on {on}", "kaigo";

    // Equipment.
    EquipmentLimit = 1401 "equipment.limit" Explains, "{year}年度の支給限度基準額は{limit}円、利用済み{used}円、残り{remaining}円です", "of the {limit} yen of fiscal year {year} {used} are used and {remaining} remain", "特定福祉用具購入費, P";
    EquipmentOver = 1402 "equipment.over" Warns, "{cost}円のうち{over}円は残りを超えるため、全額本人の負担です", "{over} of the {cost} yen are over what remains: the person pays all of that", "特定福祉用具購入費, P";
    EquipmentUsedUp = 1403 "equipment.used_up" Stops, "{year}年度の支給限度基準額を使い切っています", "the allowance of fiscal year {year} is used up", "特定福祉用具購入費, P";
    EquipmentSame = 1404 "equipment.same_item" Stops, "同じ{kind}を同じ年度の{on}に購入済みです", "the same {kind} was bought in the same fiscal year, on {on}", "特定福祉用具購入費, P";
    EquipmentSameKind = 1405 "equipment.same_kind" Warns, "同じ種目の{kind}を同じ年度の{on}に購入済みです（用途や機能が違うか確かめてください）", "another {kind} was bought in the same fiscal year, on {on}: see that its use differs", "特定福祉用具購入費, P";
    EquipmentAgain = 1406 "equipment.again" Explains, "{kind}は{on}に購入済みですが、{reason}のため再び購入できます", "{kind} was bought on {on}, and may be bought again: {reason}", "特定福祉用具購入費, P";
    EquipmentUnknown = 1407 "equipment.unknown" Stops, "{on}の特定福祉用具購入費の支給限度基準額が表にありません", "the tables have no allowance for equipment on {on}", "kaigo";

    // Shares of what is paid of an allowance.
    AllowanceShares = 1501 "allowance.shares" Explains, "支給対象{counted}円の{percent}％、{insurer}円を保険者が、残りの{person}円を本人が負担します", "of the {counted} yen that count the insurer pays {percent} %, {insurer} yen, and the person {person} yen", "償還払い, P";

    // Card and ratio.
    CardValid = 1601 "card.valid" Explains, "{on}は{level}の認定の有効期間（{from}から{to}）の中です", "{on} lies in the period of {level}, {from} to {to}", "被保険者証, P";
    CardProgram = 1602 "card.program_target" Explains, "{on}は事業対象者です（基本チェックリスト{since}）", "on {on} the person is a program target by the basic checklist of {since}", "被保険者証, P";
    CardNoLevel = 1603 "card.not_certified" Stops, "被保険者証に要介護・要支援の認定がありません", "the card shows no certification", "被保険者証, P";
    CardNotYet = 1604 "card.not_yet" Stops, "{on}は認定の有効期間が始まる{from}より前です", "{on} is before {from}, when the certification begins", "被保険者証, P";
    CardExpired = 1605 "card.expired" Stops, "{on}は認定の有効期間が終わった{to}より後です", "{on} is after {to}, when the certification ended", "被保険者証, P";
    CardRestricted = 1606 "card.restricted" Warns, "{on}は給付制限の期間（{from}から）の中です", "{on} lies in a period of restricted benefits that began on {from}", "被保険者証、給付制限, P";
    RatioOfDay = 1607 "ratio.day" Explains, "{on}の負担割合は{tenths}割です（{from}から{to}）", "on {on} the person pays {tenths} tenths ({from} to {to})", "負担割合証, P";
    RatioNone = 1608 "ratio.none" Stops, "{on}を含む負担割合証の行がありません", "no row of the burden ratio certificate has {on}", "負担割合証, P";
    RatioAmbiguous = 1609 "ratio.ambiguous" Stops, "{on}の負担割合が一つに決まりません", "the rows of the burden ratio certificate contradict each other on {on}", "負担割合証, P";

    // Before filing.
    FilingPerson = 1701 "filing.person" Stops, "被保険者番号または保険者番号が被保険者証と違います", "the insured number or the insurer is not that of the card", "届出前の確認";
    FilingNoUse = 1702 "filing.use_unknown" Stops, "これまでの利用状況が分からないため、残りを確かめられません", "what was used so far is not known, so what remains cannot be told", "届出前の確認";
    FilingRemaining = 1703 "filing.remaining_differs" Warns, "残りは計算では{computed}円、基盤の表示では{shown}円です", "by the rules {computed} yen remain, by the platform {shown}", "届出前の確認";
    FilingStarted = 1704 "filing.works_started" Stops, "{on}に着工しています（住宅改修は着工前の申請が必要です）", "works started on {on}: home modification is applied for before they start", "住宅改修費、事前申請, P";
    FilingNoKind = 1705 "filing.no_kind" Stops, "改修の種類がありません", "no kind of modification is given", "住宅改修費, P";
    FilingRatio = 1706 "filing.ratio" Stops, "負担割合が{on}の負担割合証（{tenths}割）と違います", "the burden ratio is not the {tenths} tenths of the certificate on {on}", "負担割合証, P";
    FilingFuture = 1707 "filing.future_purchase" Stops, "購入日の{on}がまだ来ていません", "the day of purchase, {on}, is yet to come", "特定福祉用具購入費, P";
    FilingTooLate = 1708 "filing.time_limit" Stops, "購入日の{on}から2年を過ぎています", "more than two years have passed since the purchase on {on}", "時効, M";
    FilingVariant = 1709 "filing.variant" Stops, "{level}の人の届出書の種類が違います", "the form is not the one for {level}", "居宅サービス計画作成依頼届出書, P";
    FilingSameOffice = 1710 "filing.same_office" Stops, "この事業所は{on}に届出済みです", "this office was notified on {on}", "居宅サービス計画作成依頼届出書, P";
    FilingNotNew = 1711 "filing.not_new" Stops, "別の事業所が{on}に届出済みのため、新規ではなく変更です", "another office was notified on {on}: this is a change, not a new one", "居宅サービス計画作成依頼届出書, P";
    FilingNoChange = 1712 "filing.change_without_reason" Stops, "変更の届出に変更する理由と年月日がありません", "a change needs its reason and day", "居宅サービス計画作成依頼届出書, P";
    FilingLate = 1713 "filing.late" Warns, "適用年月日{from}より後の{on}の届出のため、それまでの計画は自己作成の扱いになることがあります", "notified on {on}, after {from}, from when it applies: until then the plan may count as self-made", "居宅サービス計画作成依頼届出書, P";
    FilingConsent = 1714 "filing.consent" Stops, "届出を代行することへの本人の同意がありません", "the person has not consented to the office filing for them", "居宅サービス計画作成依頼届出書, P";
    FilingProvisional = 1715 "filing.provisional" Stops, "認定の申請中のため、暫定の届出です", "a certification is applied for: the notification is provisional", "居宅サービス計画作成依頼届出書, P";
}

impl Rule {
    /// The rule of that name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|rule| rule.name() == name)
    }
}

/// The catalogue as a part of the page `docs/findings.md`.
pub(crate) fn markdown() -> String {
    let mut out = String::from(
        "\n# Rules of benefit\n\n\
         Generated from the catalogue in `kaigo-core/src/benefit/rule.rs`. Each decision names the rules that took part; in\n\
         braces stand the days and amounts that counted. A rule that `stops` says why an application would be a mistake.\n\n\
         | No. | rule | effect | 日本語 | English | source |\n| ---: | --- | --- | --- | --- | --- |\n",
    );
    for rule in Rule::ALL {
        out += &format!(
            "| {} | `{}` | {} | {} | {} | {} |\n",
            rule.number(),
            rule.name(),
            rule.effect().name(),
            rule.text(Lang::Japanese),
            rule.text(Lang::English),
            rule.source()
        );
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The names in braces.
    fn names(text: &str) -> Vec<&str> {
        let mut names: Vec<&str> =
            text.split('{').skip(1).filter_map(|rest| rest.split('}').next()).collect();
        names.sort_unstable();
        names
    }

    #[test]
    fn names_and_numbers_are_unique_and_both_languages_tell_the_same_facts() {
        for (i, a) in Rule::ALL.iter().enumerate() {
            for b in &Rule::ALL[i + 1..] {
                assert!(a.name() != b.name() && a.number() != b.number(), "{}", a.name());
            }
            assert_eq!(Rule::from_name(a.name()), Some(*a));
            assert_eq!(names(a.text(Lang::Japanese)), names(a.text(Lang::English)), "{}", a.name());
        }
    }
}
