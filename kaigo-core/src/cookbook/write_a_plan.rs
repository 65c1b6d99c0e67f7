//! Write a care plan (第1表 to 第3表) as a sending unit.
//!
//! The builder numbers needs, goals and supports, and refuses what the item tables refuse. Whether texts that stay the same are
//! repeated on follow-up rows of 第2表 is the writer's choice.
//!
//! ```
//! use kaigo_core::care::{
//!     CareDocument, CarePlan, CarePlanNeed, CarePlanOutline, CarePlanSupport, LongTermGoal, Repeats, ShortTermGoal,
//!     Supplement,
//! };
//! use kaigo_core::code::{Sex, Weekday};
//! use kaigo_core::exchange::{CheckOptions, Client, Party};
//! use kaigo_core::record::BirthDate;
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let client = Client { insurer: "131359".parse()?, insured: "1234567890".parse()? };
//! let office = "1371249069".parse()?;
//! let walking = ShortTermGoal::new("手すりで歩く".parse()?, "R8.4～R8.9".parse()?).support(CarePlanSupport {
//!     service_content: Some("歩行訓練".parse()?),
//!     service_kind: Some("訪問リハビリテーション".parse()?),
//!     frequency: Some("週２回".parse()?),
//!     ..CarePlanSupport::default()
//! });
//! let goal = LongTermGoal::new("買い物に行く".parse()?, "R8.4～R9.3".parse()?).short_term(walking);
//! let plan = CarePlan::builder(client, "2026-03-25".parse()?, office)
//!     .outline(CarePlanOutline {
//!         planner_name: Some("見本　太郎".parse()?),
//!         plan_office_name: Some("見本居宅介護支援事業所".parse()?),
//!         first_care_plan_date: Some("2026-03-25".parse()?),
//!         ..CarePlanOutline::default()
//!     })
//!     .supplement(Supplement {
//!         user_name_kana: Some("ミホン　ハナコ".parse()?),
//!         user_name: Some("見本　花子".parse()?),
//!         user_sex: Some(Sex::Female),
//!         user_birth_date: Some(BirthDate("1940-05-03".parse()?)),
//!         ..Supplement::default()
//!     })
//!     .need(CarePlanNeed::new("歩けるようになりたい".parse()?).goal(goal))
//!     .weekly("訪問リハビリテーション".parse()?, [Weekday::Monday, Weekday::Thursday], "10:00".parse()?, "10:40".parse()?)
//!     .build()?;
//!
//! let party = |office: &str, service_type: &str| -> Result<Party, kaigo_core::ident::IdentError> {
//!     Ok(Party { office: office.parse()?, service_type: Some(service_type.parse()?) })
//! };
//! let document = CareDocument {
//!     sender: Some(party("1371249069", "43")?.into()),
//!     receiver: Some(party("1373350030", "14")?.into()),
//!     sequence: kaigo_core::exchange::Sequence::parse("20260325093735"), // A `SequenceStore` gives them.
//!     care_plans: vec![plan],
//!     ..CareDocument::default()
//! };
//! let (units, _) = document.to_units(Repeats::Blank, &Default::default())?;
//! assert_eq!(units[0].files().len(), 4); // 第1表, 第2表, 第3表, 利用者補足情報
//! assert_eq!(units[0].check(&CheckOptions::default()).errors(), 0);
//! # Ok(())
//! # }
//! ```
