//! 住宅改修費支給限度基準額 in yen for a dwelling, for life **\[P\]**; from the beginning of the insurance.

use crate::benefit::Yen;
use crate::calendar::Date;

pub(super) const ROWS: &[(Date, Yen)] = &[(Date::of::<2000, 4, 1>(), Yen::of::<200_000>())];
