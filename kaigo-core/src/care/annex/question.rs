//! The annex by documents: for programs and languages that know no types of Rust's.

use super::check::differences;
use super::{Annex, AnnexDifference, AnnexTerms, annex};
use crate::benefit::{Decision, Tables};
use crate::care::{AnnexRow, MonthlySlip};
use crate::document::document;
use crate::exchange::MonthlySlipRecords;

document! {
    /// What [`MonthlySlip::computed_annex`] asks for.
    AnnexQuestion = "別表の問い" {
        slip: one MonthlySlip = "サービス利用票",
        terms: one AnnexTerms = "計算条件",
    }

    /// What [`MonthlySlip::check_annex`] asks for.
    AnnexCheckQuestion = "別表の検算の問い" {
        /// With its annex.
        slip: one MonthlySlip = "サービス利用票",
        /// Left out: as the annex itself tells them.
        terms: opt AnnexTerms = "計算条件",
    }
}

impl Annex {
    /// The rows as a slip holds them.
    pub fn to_rows(&self) -> Vec<AnnexRow> {
        self.records().map(AnnexRow::of_computed).collect()
    }
}

impl MonthlySlip {
    /// The annex that follows from the lines ([`annex`]).
    pub fn computed_annex(&self, terms: &AnnexTerms, tables: &Tables) -> Annex {
        annex(&self.to_records(), terms, tables)
    }

    /// Where the slip's annex is not what follows from its lines ([`check_annex`](super::check_annex)); without terms, under those that it tells
    /// itself ([`AnnexTerms::of_received`]).
    pub fn check_annex(&self, terms: Option<&AnnexTerms>, tables: &Tables) -> Vec<AnnexDifference> {
        let (month, computed) = self.with_computed_annex(terms, tables);
        differences(&month, &computed)
    }

    /// The records of the slip, and the annex that follows from its lines under the terms, or those that its own tells.
    fn with_computed_annex(
        &self,
        terms: Option<&AnnexTerms>,
        tables: &Tables,
    ) -> (MonthlySlipRecords, Annex) {
        let month = self.to_records();
        let computed = match terms {
            Some(terms) => annex(&month, terms, tables),
            None => annex(&month, &AnnexTerms::of_received(&month.annex), tables),
        };
        (month, computed)
    }
}

impl AnnexQuestion {
    /// The rows, with all their reasons.
    pub(crate) fn answer(&self, tables: &Tables) -> Decision<Vec<AnnexRow>> {
        let computed = self.slip.computed_annex(&self.terms, tables);
        Decision { value: computed.to_rows(), reasons: computed.reasons().cloned().collect() }
    }
}

impl AnnexCheckQuestion {
    /// The differences, each with its own reasons, and those of the annex that they were found against.
    pub(crate) fn answer(&self, tables: &Tables) -> Decision<Vec<AnnexDifference>> {
        let (month, computed) = self.slip.with_computed_annex(self.terms.as_ref(), tables);
        Decision { value: differences(&month, &computed), reasons: computed.reasons().cloned().collect() }
    }
}
