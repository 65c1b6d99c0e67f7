//! Units and yen.

use crate::document::amount;

amount! {
    /// Units of benefit (単位), whole: up to seven digits, as in 第7表.
    Units(u32) = "単位数", max 9_999_999;
    /// Yen, whole. So many units at any price make no more than the highest.
    Yen(u64) = "円", max 99_999_999_999;
}
