//! 介護の必要の程度の段階, by which home modification is reset **\[P\]**; 経過的要介護 of old data is on the first step **\[M\]**.

use crate::calendar::Date;
use crate::eligibility::CertifiedLevel::{
    self, Care1, Care2, Care3, Care4, Care5, Support1, Support2, Transitional,
};

pub(super) const ROWS: &[(Date, &[(CertifiedLevel, u32)])] = &[(
    Date::of::<2000, 4, 1>(),
    &[
        (Transitional, 1),
        (Support1, 1),
        (Support2, 2),
        (Care1, 2),
        (Care2, 3),
        (Care3, 4),
        (Care4, 5),
        (Care5, 6),
    ],
)];
