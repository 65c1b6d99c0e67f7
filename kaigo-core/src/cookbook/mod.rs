//! Tasks that care software has, each as a page with a program that is compiled and run by the tests.
//!
//! | task | page |
//! | --- | --- |
//! | Check a file | [`check_a_file`] |
//! | Check a sending unit | [`check_a_unit`] |
//! | Import units and know what is current | [`import_in_order`] |
//! | Write a care plan | [`write_a_plan`] |
//! | Plan a month, with 第7表 | [`plan_a_month`] |
//! | Check a received 第7表 | [`check_an_annex`] |
//! | Make actuals, send corrections | [`make_actuals`] |
//! | Hold actuals against the plan | [`compare_with_the_plan`] |
//! | Carry a file between standards 4.1 and 5.0 | [`carry_between_standards`] |
//! | Write a name that Shift_JIS lacks | [`write_characters`] |
//! | Ask what is left of an allowance | [`ask_a_rule`] |
#![cfg_attr(feature = "credential", doc = "| Open a client certificate | [`open_a_certificate`] |")]
#![cfg_attr(feature = "outbox", doc = "| Send exactly once | [`send_once`] |")]
#![cfg_attr(feature = "credential", doc = "| Read a card | [`read_a_card`] |")]

pub mod ask_a_rule;
pub mod carry_between_standards;
pub mod check_a_file;
pub mod check_a_unit;
pub mod check_an_annex;
pub mod compare_with_the_plan;
pub mod import_in_order;
pub mod make_actuals;
pub mod plan_a_month;
pub mod write_a_plan;
pub mod write_characters;

/// Pages that need the sandbox are run where it is at hand, in the crate of the examples.
macro_rules! pages {
    ($($feature:literal $page:ident;)*) => { $(
        #[cfg(all(feature = $feature, not(doctest)))]
        #[doc = include_str!(concat!(stringify!($page), ".md"))]
        pub mod $page {}
    )* };
}

pages! {
    "credential" open_a_certificate;
    "credential" read_a_card;
    "outbox" send_once;
}
