//! Synthetic files to measure with: conforming, of any size, the same for the same seed.

pub mod measure;

use std::io::Write;

use kaigo_core::text::{GaijiPolicy, encode_ms932};

/// A small generator of numbers (splitmix64): the same file on every machine and every day.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    fn below(&mut self, end: u64) -> u64 {
        self.next() % end
    }

    fn one_in(&mut self, count: u64) -> bool {
        self.below(count) == 0
    }

    fn pick<'t, T: ?Sized>(&mut self, from: &[&'t T]) -> &'t T {
        from[self.below(from.len() as u64) as usize]
    }

    /// Digits with the check digit that insurer and office numbers share.
    fn number(&mut self, prefix: &str, length: usize) -> String {
        let mut number = prefix.to_owned();
        while number.len() + 1 < length {
            number.push(char::from(b'0' + self.below(10) as u8));
        }
        let sum: u32 = number
            .bytes()
            .rev()
            .zip([2, 1].into_iter().cycle())
            .map(|(digit, weight)| u32::from(digit - b'0') * weight)
            .map(|product| product / 10 + product % 10)
            .sum();
        number.push(char::from(b'0' + ((10 - sum % 10) % 10) as u8));
        number
    }
}

const SURNAMES: &[&str] = &["見本", "架空", "山﨑", "髙橋", "仮名川", "例田", "渡邊", "長谷部"];
const GIVEN_NAMES: &[&str] = &["太郎", "花子", "一", "さくら", "健二郎", "ミツヱ"];
const OFFICES: &[&str] = &[
    "訪問介護ステーション山﨑",
    "デイサービス　見本",
    "㈱見本福祉用具",
    "ショートステイ例の里",
    "ｹｱｾﾝﾀｰ みほん",
    "小規模多機能ホーム　かくうの家　北館",
];
const EQUIPMENT: &[&str] =
    &["電動ベッド　ＫＳ－１００", "車いす（自走用）ＡＢ－２２", "歩行器 Ｗ型", "手すり　据置型　ﾛﾝｸﾞ"];
const PHRASES: &[&str] = &[
    "自宅で安心して暮らしたい。",
    "認定の有効期間は２４か月。",
    "医師の指示のもと、服薬・栄養管理（塩分６ｇ～７ｇ／日）を継続",
    "ｱｾｽﾒﾝﾄ結果より、閉じこもり予防が必要",
    "㈱見本福祉サービスの№３担当者へ連絡",
    "①入浴は週２回,見守りのもとで行う\r\n②浴槽のまたぎは手すりを使用する",
    "本人：「家に帰りたい」\r\n家族：\"無理のない範囲で\" 支えたい",
    "転倒に注意し、室内を歩行器で移動できるようになる。",
    "能力に応じて、ソファからの立ち上がりを練習する。",
    "体重 48.5kg、BMI 19.8 を保つ。",
    "食事の前に口腔体操を行い、むせなく食べることができる",
];
const FREQUENCIES: &[&str] = &["週２回", "毎日", "月１回（第２水曜日）", "随時", "週3回"];
const SERVICES: &[&str] = &["訪問介護", "通所介護", "福祉用具貸与", "短期入所生活介護", "家族"];
/// Service types with a time of day.
const SERVICE_TYPES: &[&str] = &["11", "12", "13", "15", "16", "78", "A2", "A6", "62", "2A"];

/// One row in the making.
struct Row<'o> {
    out: &'o mut Vec<u8>,
    first: bool,
}

impl Row<'_> {
    fn plain(&mut self, field: impl std::fmt::Display) -> &mut Self {
        if !std::mem::take(&mut self.first) {
            self.out.push(b',');
        }
        // Writing to memory does not fail.
        let _ = write!(self.out, "{field}");
        self
    }

    fn text(&mut self, text: &str) -> &mut Self {
        self.plain("");
        if !text.is_empty() {
            self.out.push(b'"');
            encode_ms932(&text.replace('"', "\"\""), GaijiPolicy::Reject, self.out, |_| {});
            self.out.push(b'"');
        }
        self
    }
}

/// A file in the making, and how many rows it has.
fn file(size: usize, mut group: impl FnMut(&mut Vec<u8>) -> u64) -> (Vec<u8>, u64) {
    let (mut out, mut rows) = (Vec::with_capacity(size + (64 << 10)), 0);
    while out.len() < size {
        rows += group(&mut out);
    }
    (out, rows)
}

/// Service slips (第6表, UPPLAN): mostly numbers. Some `size` bytes in MS932, and the number of rows.
pub fn service_slips(seed: u64, size: usize) -> (Vec<u8>, u64) {
    let random = &mut Random(seed);
    // One file holds one month.
    let (year, month) = (2025 + random.below(3), 1 + random.below(12));
    file(size, |out| {
        // One person, under one planner.
        let insurer = random.number("99", 6);
        let insured = format!("{:010}", random.below(10_000_000_000));
        let plan_office = random.number("99", 10);
        let planner = format!("{}　{}", random.pick(SURNAMES), random.pick(GIVEN_NAMES));
        let mut rows = 0;
        for _ in 0..1 + random.below(5) {
            let office = random.number("99", 10);
            let office_name = random.pick(OFFICES);
            let equipment = random.one_in(5);
            let code = match equipment {
                true => format!("17{:04}", random.below(10_000)),
                false => format!("{}{:04}", random.pick(SERVICE_TYPES), random.below(10_000)),
            };
            let units = 50 + random.below(20_000);
            let start = 60 * (7 + random.below(11)) + 15 * random.below(4);
            let end = start + 15 * (2 + random.below(20));
            let step = 1 + random.below(7);
            let mut day = 1 + random.below(7);
            while day <= 28 {
                let mut row = Row { out, first: true };
                row.plain("202407").plain(&insurer).plain(&insured);
                row.plain(format_args!("{year}{month:02}{:02}", 1 + random.below(28)));
                row.plain(format_args!("{year}{month:02}")).plain(&plan_office).text(&planner).plain(units);
                match random.one_in(4) {
                    true => row.plain(random.below(60)),
                    false => row.plain(""),
                };
                row.plain(format_args!("{year}{month:02}{day:02}"));
                if equipment {
                    let days: String =
                        (1..=31).map(|d| if d >= day && d <= 28 { '1' } else { '0' }).collect();
                    row.plain(days).plain("9999").plain("9999").plain(1).plain(&code);
                    row.plain(format_args!("{:05}-{:06}", random.below(2000), random.below(1_000_000)));
                    row.plain("").text(random.pick(EQUIPMENT)).plain(1 + random.below(20));
                } else {
                    row.plain("").plain(format_args!("{:02}{:02}", start / 60, start % 60));
                    row.plain(format_args!("{:02}{:02}", end / 60, end % 60)).plain(1).plain(&code);
                    row.plain("").plain("").text("").plain("");
                }
                row.plain(&office).text(office_name).plain("");
                row.plain(u8::from(random.one_in(20))).plain(&plan_office).plain("");
                out.extend_from_slice(b"\r\n");
                rows += 1;
                day += if equipment { 28 } else { step };
            }
        }
        rows
    })
}

/// Care plan, sheet 2 (UP2KYO): mostly text. Some `size` bytes in MS932, and the number of rows.
pub fn care_plan_rows(seed: u64, size: usize) -> (Vec<u8>, u64) {
    let random = &mut Random(seed);
    file(size, |out| {
        let insurer = random.number("99", 6);
        let insured = format!("{:010}", random.below(10_000_000_000));
        let plan_office = random.number("99", 10);
        let date =
            format!("{}{:02}{:02}", 2025 + random.below(3), 1 + random.below(12), 1 + random.below(28));
        let supports = 1 + random.below(6);
        for support in 1..=supports {
            let first = support == 1;
            let text = |random: &mut Random, phrases: u64| {
                (0..phrases).map(|_| random.pick(PHRASES)).collect::<String>()
            };
            let mut row = Row { out, first: true };
            row.plain("202407").plain(&insurer).plain(&insured).plain(&date).plain(&date).plain(1);
            let long = 1 + random.below(4);
            row.text(if first { text(random, long) } else { String::new() }.as_str()).plain(1);
            for _ in 0..2 {
                row.text(if first { text(random, 1) } else { String::new() }.as_str());
            }
            let months = (1 + random.below(12), 1 + random.below(12));
            row.text(&if first { format!("R8.{}～R9.{}", months.0, months.1) } else { String::new() });
            row.text(&if first { format!("R8.{}～R8.{}", months.0, months.1) } else { String::new() });
            let phrases = 1 + random.below(3);
            row.plain(support).text(&text(random, phrases)).plain(if random.one_in(4) { 'N' } else { 'Y' });
            row.text(random.pick(SERVICES));
            match random.one_in(6) {
                true => row.plain("").text("本人・家族"),
                false => row.plain(random.number("99", 10)).text(random.pick(OFFICES)),
            };
            row.text(random.pick(FREQUENCIES)).text(&format!("R8.{}～R9.{}", months.0, months.1));
            row.plain(&plan_office).plain("");
            out.extend_from_slice(b"\r\n");
        }
        supports
    })
}
