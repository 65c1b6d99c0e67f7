//! Ceilings, counters and prices: the rules as pure functions, each answer with its reasons.
//!
//! An answer is a [`Decision`]: its value, and a [`Reason`] for each rule that took part, with a stable code, the days and the
//! amounts that counted, in Japanese and English. Amounts are [`Tables`], data with the day from which they hold; a caller
//! who knows newer ones gives their own.
//!
//! The rules are public, several sources agreeing **\[P\]**; what is marked **\[M\]** is general knowledge, to be confirmed.
//! The insurer decides in the end: what kaigo says is what the rules say of the data that it was given.
//!
//! ```
//! use kaigo_core::benefit::{Tables, Units, cost, unit_price};
//! use kaigo_core::eligibility::BurdenRatio;
//! use kaigo_core::report::Lang;
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! // 通所介護 in an area of grade 3: the price of a unit, in decimal and half up.
//! let price = unit_price(Tables::bundled(), "15".parse()?, kaigo_core::benefit::AreaGrade::Third, "2026-07".parse()?);
//! assert_eq!(price.value.map(|price| price.to_string()).as_deref(), Some("10.68"));
//! assert!(price.text(Lang::English).contains("45 %"));
//!
//! let units = Units::new(658).ok_or("no units")?;
//! let cost = cost(units, Units::ZERO, price.value.ok_or("no price")?, BurdenRatio::One);
//! assert_eq!((cost.value.total.get(), cost.value.insurer.get(), cost.value.person.get()), (7027, 6324, 703));
//! # Ok(())
//! # }
//! ```

mod amount;
mod ceiling;
mod cost;
mod decision;
mod equipment;
mod filing;
mod home;
mod person;
mod price;
mod question;
mod rule;
mod short_stay;
mod table;
mod usage;

pub use amount::{Units, Yen};
pub use ceiling::{Allocation, LevelPeriod, PlannedUnits, allocate, monthly_ceiling};
pub use cost::{Cost, cost};
pub(crate) use decision::because;
pub use decision::{Decision, Fact, Reason};
pub use equipment::equipment_purchase;
pub use filing::{Filing, KnownOfPerson, check_filing};
pub use home::{Allowance, home_modification};
pub use person::{CardState, burden_ratio_on, card_on};
pub use price::unit_price;
pub use question::{
    AllocationQuestion, BurdenRatioQuestion, CardQuestion, CostQuestion, EquipmentQuestion, FilingQuestion,
    HomeModificationQuestion, MonthlyCeilingQuestion, QUESTIONS, ShortStayQuestion, UnitPriceQuestion,
    decide,
};
pub(crate) use rule::markdown;
pub use rule::{Effect, Rule};
pub use short_stay::{StayInARow, short_stay, short_stay_share};
pub use table::{
    AllowanceRow, AreaGrade, AreaUpliftRow, LabourShareRow, ModificationStepRow, Tables, UnitCeilingRow,
};
pub use usage::{
    EquipmentKind, EquipmentPurchase, EquipmentUse, HomeModification, HomeModificationUse, ModificationKind,
    RepurchaseReason,
};
