//! 地域区分の上乗せ割合 in per cent, fiscal years 2024 to 2026 **\[P\]**.

use crate::benefit::AreaGrade::{self, Fifth, First, Fourth, Other, Second, Seventh, Sixth, Third};
use crate::calendar::Month;

pub(super) const ROWS: &[(Month, &[(AreaGrade, u32)])] = &[(
    Month::of::<2024, 4>(),
    &[
        (First, 20),
        (Second, 16),
        (Third, 15),
        (Fourth, 12),
        (Fifth, 10),
        (Sixth, 6),
        (Seventh, 3),
        (Other, 0),
    ],
)];
