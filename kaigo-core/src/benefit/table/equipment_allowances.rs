//! 福祉用具購入費支給限度基準額 in yen for a fiscal year **\[P\]**; from the beginning of the insurance.

use crate::benefit::Yen;
use crate::calendar::Date;

pub(super) const ROWS: &[(Date, Yen)] = &[(Date::of::<2000, 4, 1>(), Yen::of::<100_000>())];
