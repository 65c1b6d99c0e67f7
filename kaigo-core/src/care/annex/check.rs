//! A received annex, held against the computed one.

use super::compute::{Annex, ExplainedRow, annex};
use super::terms::AnnexTerms;
use crate::benefit::{Reason, Rule, Tables, because};
use crate::code::codes;
use crate::document::{Line, Prose, document};
use crate::exchange::MonthlySlipRecords;
use crate::ident::{OfficeNumber, ServiceCode};
use crate::record::{AnyRecord, FieldSpec, Record, ServiceSlipAnnex, Subtotal, Value};
use crate::report::Lang;

codes! {
    /// How a received annex differs.
    AnnexDifferenceKind = "別表の相違の種類", "kind of difference" {
        Amount  = "amount" "金額・単位数が違う",
        Missing = "missing" "行がない",
        Extra   = "extra" "行が余分",
    }
}

document! {
    /// A rule that took part in the computed amount.
    Explanation = "計算の理由" {
        rule: one Line = "規則",
        ja: one Prose = "説明（日本語）",
        en: one Prose = "説明（英語）",
    }

    /// One place where a received annex is not what the slip makes of it.
    AnnexDifference = "別表の相違" {
        kind: one AnnexDifferenceKind = "種類",
        /// The row of the received annex, from 1; left out where it lacks the row.
        row: opt u32 = "行",
        office_number: opt OfficeNumber = "サービス事業所コード",
        service_code: opt ServiceCode = "サービスコード",
        /// The official No. of the field; left out where the whole row differs.
        field_no: opt u32 = "項目番号",
        field: opt Line = "項目名",
        received: opt Line = "受け取った値",
        computed: opt Line = "計算した値",
        because: many 100 Explanation = "計算の理由",
    }
}

/// The amounts of a row: units, counts, ceilings, costs.
const AMOUNTS: std::ops::RangeInclusive<usize> = 13..=29;
/// Where a subtotal's count and units stand is not stated, so what stands there is no difference.
const NOT_STATED_ON_SUBTOTALS: [usize; 2] = [16, 17];
/// The sender may leave it empty.
const MANAGED: usize = 18;
const COSTS: std::ops::RangeInclusive<usize> = 23..=29;
const CEILINGS: std::ops::RangeInclusive<usize> = 19..=22;

/// Where the received annex of a month is not what its slip makes of it under these terms
/// ([`AnnexTerms::of_received`] reads them off the annex itself). What cannot be told for want of a term is no difference;
/// blank and 0 are the same.
#[doc(alias = "別表の検算")]
pub fn check_annex(month: &MonthlySlipRecords, terms: &AnnexTerms, tables: &Tables) -> Vec<AnnexDifference> {
    differences(month, &annex(month, terms, tables))
}

/// Where the received annex of a month is not the computed one.
pub(super) fn differences(month: &MonthlySlipRecords, computed: &Annex) -> Vec<AnnexDifference> {
    let mut left: Vec<(u32, &ServiceSlipAnnex<'_>)> = (1..).zip(&month.annex).collect();
    let mut differences = Vec::new();
    for row in &computed.rows {
        match left.iter().position(|(_, received)| is_same_service(received, &row.row)) {
            Some(at) => {
                let (no, received) = left.remove(at);
                compare(computed, row, received, no, &mut differences);
            }
            // The standard lets these be left out.
            None if is_optional(&row.row) => {}
            None => {
                let mut missing = difference(AnnexDifferenceKind::Missing, None, &row.row);
                missing.because = explain([&because!(AnnexRowMissing)].into_iter().chain(&row.reasons));
                differences.push(missing);
            }
        }
    }
    for (no, received) in left {
        if !is_optional(received) {
            let mut extra = difference(AnnexDifferenceKind::Extra, Some(no), received);
            extra.because = explain([&because!(AnnexRowExtra)]);
            differences.push(extra);
        }
    }
    differences
}

fn is_same_service(a: &ServiceSlipAnnex<'_>, b: &ServiceSlipAnnex<'_>) -> bool {
    a.office_number == b.office_number
        && a.service_code == b.service_code
        && a.satellite_no == b.satellite_no
        && a.tais_code == b.tais_code
        && a.equipment_notification_code == b.equipment_notification_code
        && (a.over_30_days == b.over_30_days || subtotal(a).is_some())
}

fn subtotal(row: &ServiceSlipAnnex<'_>) -> Option<Subtotal> {
    row.service_code.get().and_then(Subtotal::of)
}

fn is_optional(row: &ServiceSlipAnnex<'_>) -> bool {
    matches!(subtotal(row), Some(Subtotal::OutsideLimit | Subtotal::OverThirtyDays))
}

fn difference(kind: AnnexDifferenceKind, row: Option<u32>, of: &ServiceSlipAnnex<'_>) -> AnnexDifference {
    AnnexDifference {
        kind,
        row,
        office_number: of.office_number.get(),
        service_code: of.service_code.get(),
        field_no: None,
        field: None,
        received: None,
        computed: None,
        because: Vec::new(),
    }
}

fn explain<'r>(reasons: impl IntoIterator<Item = &'r Reason>) -> Vec<Explanation> {
    let of = |reason: &Reason| {
        Some(Explanation {
            rule: reason.rule.name().parse().ok()?,
            ja: reason.text(Lang::Japanese).parse().ok()?,
            en: reason.text(Lang::English).parse().ok()?,
        })
    };
    reasons.into_iter().filter_map(of).collect()
}

fn compare(
    annex: &Annex,
    computed: &ExplainedRow,
    received: &ServiceSlipAnnex<'_>,
    no: u32,
    differences: &mut Vec<AnnexDifference>,
) {
    for spec in ServiceSlipAnnex::LAYOUT.fields.iter().filter(|spec| AMOUNTS.contains(&usize::from(spec.no)))
    {
        let field = usize::from(spec.no);
        let (theirs, ours) = (amount(received, spec), amount(&computed.row, spec));
        if theirs == ours || is_open(annex, computed, field, theirs.is_none(), ours.is_none()) {
            continue;
        }
        let mut found = difference(AnnexDifferenceKind::Amount, Some(no), received);
        found.field_no = Some(spec.no.into());
        found.field = spec.name_ja.parse().ok();
        found.received = theirs.as_deref().and_then(|text| text.parse().ok());
        found.computed = ours.as_deref().and_then(|text| text.parse().ok());
        let of_month = CEILINGS.contains(&field) || COSTS.contains(&field);
        found.because = explain(computed.reasons.iter().chain(annex.reasons.iter().filter(|_| of_month)));
        differences.push(found);
    }
}

/// Whether two amounts may differ.
fn is_open(annex: &Annex, computed: &ExplainedRow, field: usize, no_theirs: bool, no_ours: bool) -> bool {
    let unknown = |rules: &[Rule]| {
        annex.reasons.iter().chain(&computed.reasons).any(|reason| rules.contains(&reason.rule))
    };
    let is_sum = subtotal(&computed.row).is_some();
    let any_unknown = |rules: &[Rule]| annex.reasons().any(|reason| rules.contains(&reason.rule));
    match field {
        field if is_sum && NOT_STATED_ON_SUBTOTALS.contains(&field) => true,
        MANAGED => no_theirs,
        field if CEILINGS.contains(&field) && no_ours => unknown(&[Rule::AnnexCeilingUnknown]),
        field if COSTS.contains(&field) => {
            let price = [Rule::AnnexPriceUnknown, Rule::PriceUnknown];
            // The sum lacks what one row lacks.
            if is_sum && any_unknown(&price) || unknown(&price) {
                return true;
            }
            let shares = matches!(field, 25..=28);
            shares
                && (is_sum && any_unknown(&[Rule::AnnexRatioUnknown]) || unknown(&[Rule::AnnexRatioUnknown]))
        }
        _ => false,
    }
}

/// The text of an amount; nothing for blank and 0.
fn amount(row: &ServiceSlipAnnex<'_>, spec: &FieldSpec) -> Option<String> {
    match row.value(usize::from(spec.no))?.clear(spec.ty) {
        Value::Blank | Value::Integer(0) => None,
        value => Some(value.to_text()),
    }
}
