//! 人件費割合 in per cent, fiscal years 2024 to 2026: the three shares and the services at 10 yen everywhere are public **\[P\]**,
//! which service has which share is general knowledge **\[M\]**. 総合事業 has prices of each municipality's own, and no row.

use crate::calendar::Month;

pub(super) const ROWS: &[(Month, u32, &[&[u8; 2]])] = &[
    (Month::of::<2024, 4>(), 70, &[b"11", b"12", b"13", b"71", b"76", b"62", b"63"]),
    (
        Month::of::<2024, 4>(),
        55,
        &[b"14", b"16", b"21", b"72", b"73", b"68", b"77", b"79", b"64", b"66", b"24", b"74", b"75", b"69"],
    ),
    (
        Month::of::<2024, 4>(),
        45,
        &[
            b"15", b"78", b"22", b"23", b"2A", b"33", b"27", b"36", b"28", b"32", b"38", b"51", b"52", b"54",
            b"25", b"26", b"2B", b"35", b"37", b"39",
        ],
    ),
    // 居宅療養管理指導 and 福祉用具貸与.
    (Month::of::<2024, 4>(), 0, &[b"31", b"34", b"17", b"67"]),
];
