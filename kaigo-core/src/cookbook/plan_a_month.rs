//! Plan a month of services, and write it as a sending unit.
//!
//! The builder refuses what makes no sense: a day that the month does not have, a start without an end, equipment without its
//! code. The annex (第7表) is computed.
//!
//! ```
//! use kaigo_core::benefit::{AreaGrade, Tables};
//! use kaigo_core::care::annex::{AnnexTerms, PriceTerm};
//! use kaigo_core::care::{LineBuilder, MonthlySlip};
//! use kaigo_core::eligibility::BurdenRatio;
//! use kaigo_core::exchange::Client;
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let client = Client { insurer: "131359".parse()?, insured: "1234567890".parse()? };
//! let visits = LineBuilder::new("1370000019".parse()?, "111211".parse()?, 396)
//!     .at("09:00".parse()?, "10:00".parse()?)
//!     .on([1, 8, 15, 22, 29], 1);
//! let slip = MonthlySlip::builder(client, "2026-07".parse()?, "2026-06-25".parse()?, "1370000001".parse()?)
//!     .planner_name("見本　太郎".parse()?)
//!     .line(visits)
//!     .build()?;
//! assert_eq!(slip.lines[0].grid(slip.target_month).iter().sum::<u32>(), 5);
//!
//! let terms = AnnexTerms {
//!     ceiling: kaigo_core::benefit::Units::new(16_765),
//!     burden_ratio: Some(BurdenRatio::One),
//!     prices: vec![PriceTerm::of_area(AreaGrade::Third)],
//!     ..AnnexTerms::default()
//! };
//! let annex = slip.computed_annex(&terms, Tables::bundled());
//! assert!(annex.is_whole()); // Nothing that the amounts need was missing.
//! let slip = MonthlySlip { annex: annex.to_rows(), ..slip };
//! assert_eq!(slip.annex[0].total_cost_covered, Some(21_879)); // 1,980 units at 11.05 yen
//! let rows = slip.to_records(); // 第6表 and 第7表, as `format::csv::write` takes them.
//! # assert_eq!((rows.slips.len(), rows.annex.len()), (5, 2));
//! # Ok(())
//! # }
//! ```
