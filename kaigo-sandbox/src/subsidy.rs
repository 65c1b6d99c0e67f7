//! What an office is granted for card readers and for getting connected, and why.
//!
//! Limits and numbers of readers are the ones of fiscal year 2026. Which service type belongs to which group, that
//! amounts add up over a fiscal year, and that readers beyond their number stop an application, is ours:
//! provisional.

use kaigo_core::ident::ServiceTypeCode;
use serde::Serialize;

/// A group of service types, with what each office of it is granted at most in a fiscal year.
struct Group {
    ja: &'static str,
    en: &'static str,
    /// Yen.
    limit: u64,
    readers: u32,
    /// Empty for all that no other group names.
    types: &'static [&'static str],
}

/// The fiscal years with their groups; the last group of each takes what no other does.
const YEARS: &[(i16, [Group; 3])] = &[(
    2026,
    [
        Group {
            ja: "訪問・通所・短期滞在系",
            en: "visiting, day and short-stay services",
            limit: 64_000,
            readers: 3,
            types: &[
                "11", "12", "13", "14", "15", "16", "21", "22", "23", "2A", "31", "71", "72", "73", "76",
                "77", "78", "62", "63", "64", "66", "24", "25", "26", "2B", "34", "74", "75", "A1", "A2",
                "A3", "A4", "A5", "A6", "A7", "A8",
            ],
        },
        Group {
            ja: "居住・入所系",
            en: "residential services and facilities",
            limit: 55_000,
            readers: 2,
            types: &["32", "33", "35", "36", "37", "51", "52", "53", "54", "55"],
        },
        Group { ja: "その他", en: "other services", limit: 42_000, readers: 1, types: &[] },
    ],
)];

/// What was granted before in the fiscal year.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Granted {
    pub(crate) readers: u32,
    pub(crate) yen: u64,
}

/// What is granted, and every rule that took part.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Decision {
    /// Yen; 0 where a reason stops the application, which is then not kept.
    pub(crate) granted: u64,
    pub(crate) reasons: Vec<Reason>,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Reason {
    pub(crate) rule: &'static str,
    /// `explains` or `stops`.
    pub(crate) effect: &'static str,
    message_ja: String,
    message_en: String,
}

impl Reason {
    fn explains(rule: &'static str, message_ja: String, message_en: String) -> Self {
        Self { rule, effect: "explains", message_ja, message_en }
    }

    fn stops(rule: &'static str, message_ja: String, message_en: String) -> Self {
        Self { rule, effect: "stops", message_ja, message_en }
    }
}

/// Decides over an application in a fiscal year.
pub(crate) fn decide(
    service: ServiceTypeCode,
    year: i16,
    before: Granted,
    readers: u32,
    cost: u64,
) -> Decision {
    let Some((_, groups)) = YEARS.iter().find(|(listed, _)| *listed == year) else {
        let reason = Reason::stops(
            "subsidy-year",
            format!("{year}年度の補助の限度額は定められていません"),
            format!("no limits are known for fiscal year {year}"),
        );
        return Decision { granted: 0, reasons: vec![reason] };
    };
    let [.., rest] = groups;
    let group = groups.iter().find(|group| group.types.contains(&service.as_str())).unwrap_or(rest);
    let Group { ja, en, limit, readers: most, .. } = group;
    let mut reasons = vec![Reason::explains(
        "subsidy-group",
        format!(
            "サービス種類{service}は「{ja}」で、{year}年度の限度額は{limit}円、カードリーダーは{most}台までです"
        ),
        format!(
            "service type {service} belongs to {en}: at most {limit} yen and {most} readers in fiscal year {year}"
        ),
    )];
    let all = before.readers.saturating_add(readers);
    if all > *most {
        reasons.push(Reason::stops(
            "subsidy-readers",
            format!("カードリーダーが合わせて{all}台になり、{most}台を超えます"),
            format!("{all} readers in all are more than {most}"),
        ));
        return Decision { granted: 0, reasons };
    }
    let left = limit.saturating_sub(before.yen);
    if before.yen > 0 {
        reasons.push(Reason::explains(
            "subsidy-before",
            format!("この年度に{}円を交付済みのため、残りは{left}円です", before.yen),
            format!("{} yen were granted before in this fiscal year: {left} yen are left", before.yen),
        ));
    }
    let granted = cost.min(left);
    reasons.push(if left == 0 {
        Reason::stops("subsidy-used-up", "限度額は使い切られています".into(), "the limit is used up".into())
    } else if granted < cost {
        Reason::explains(
            "subsidy-limit",
            format!("費用{cost}円のうち、限度額までの{granted}円を交付します"),
            format!("of the cost of {cost} yen, {granted} yen are granted, which is the limit"),
        )
    } else {
        Reason::explains(
            "subsidy-cost",
            format!("費用{cost}円の全額を交付します"),
            format!("the cost of {cost} yen is granted in full"),
        )
    });
    Decision { granted, reasons }
}
