//! 区分支給限度基準額 in units a month **\[P\]**. Of the years before October 2019 there is no row.

use crate::benefit::Units;
use crate::calendar::Month;
use crate::eligibility::CertifiedLevel::{
    self, Care1, Care2, Care3, Care4, Care5, ProgramTarget, Support1, Support2,
};

pub(super) const ROWS: &[(Month, &[(CertifiedLevel, Units)])] = &[(
    Month::of::<2019, 10>(),
    &[
        (ProgramTarget, Units::of::<5032>()),
        (Support1, Units::of::<5032>()),
        (Support2, Units::of::<10531>()),
        (Care1, Units::of::<16765>()),
        (Care2, Units::of::<19705>()),
        (Care3, Units::of::<27048>()),
        (Care4, Units::of::<30938>()),
        (Care5, Units::of::<36217>()),
    ],
)];
