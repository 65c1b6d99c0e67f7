//! The characters of JIS X 0213, held against Python's codecs, and what becomes of them in MS932.
#![allow(clippy::unwrap_used, clippy::panic)]

use std::collections::BTreeMap;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};

use kaigo_core::text::{Likeness, jisx0213, ms932, variant_of};

/// What Python says of every character of the first three planes: a line a character of the set.
const ORACLE: &str = r#"
import sys
singles = [chr(c) for c in range(0x30000) if not 0xD800 <= c < 0xE000]
def has(text):
    try:
        return text.encode("shift_jis_2004").decode("shift_jis_2004") == text
    except UnicodeError:
        return False
pairs = [base + mark for base in map(chr, [*range(0x2B0, 0x300), *range(0xE0, 0xF0), *range(0x250, 0x2B0), *range(0x3041, 0x3100), *range(0x31F0, 0x3200)]) for mark in "\u309a\u0300\u0301\u02e5\u02e9"]
sys.stdout.reconfigure(encoding="utf-8", newline="\n")
for text in singles + pairs:
    if has(text) and (len(text) == 1 or not (has(text[0]) and has(text[1]))):
        print(*(f"{ord(c):X}" for c in text))
"#;

fn of_python() -> Vec<String> {
    let mut python =
        Command::new("python3").arg("-").stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
    python.stdin.take().unwrap().write_all(ORACLE.as_bytes()).unwrap();
    let output = python.wait_with_output().unwrap();
    assert!(output.status.success());
    let text = String::from_utf8(output.stdout).unwrap();
    let char_of = |hex: &str| char::from_u32(u32::from_str_radix(hex, 16).unwrap()).unwrap();
    text.lines().map(|line| line.split(' ').map(char_of).collect()).collect()
}

#[test]
fn the_set_is_that_of_pythons_codec() {
    let outside = |text: &str| jisx0213::outside(text).next().is_some();
    let of_python = of_python();
    // ¥ and ‾ are where Shift_JIS-2004 has \ and ~; ～ and ＼ are in the EUC form alone. ￠ ￡ ￢ ￤ are how Windows reads.
    let differs = |c: char| "\\~¥‾～＼￠￡￢￤\t\r\n".contains(c);
    let singles: Vec<char> =
        of_python.iter().filter(|t| t.chars().count() == 1).flat_map(|t| t.chars()).collect();
    assert!(singles.len() > 11_000);
    for c in ('\0'..'\u{30000}').filter(|c| !differs(*c) && !c.is_ascii_control()) {
        assert_eq!(jisx0213::contains(c), singles.binary_search(&c).is_ok(), "U+{:04X}", c as u32);
    }
    let pairs: Vec<&String> = of_python.iter().filter(|text| text.chars().count() == 2).collect();
    assert_eq!(pairs.len(), 14, "{pairs:?}");
    for pair in pairs {
        assert!(!outside(&format!("あ{pair}い{pair}")), "{pair}");
    }
    assert!(!outside("か\u{309A}き\u{309A}ﾊﾝｶｸ ～～￢\r\n"));
    for bad in
        ["\u{309A}", "あ\u{309A}", "か\u{309A}\u{309A}", "が\u{3099}", "𠮷", "髙", "\u{1F600}", "\u{FE00}"]
    {
        assert!(outside(bad), "{bad}");
    }
    assert_eq!(jisx0213::outside("髙いか\u{309A}い𠮷").collect::<Vec<_>>(), [(0, '髙'), (5, '𠮷')]);
}

#[test]
fn every_variant_is_another_character() {
    for c in ('\0'..=char::MAX).filter(|c| variant_of(*c).is_some()) {
        assert_ne!(variant_of(c).unwrap().to, Some(c));
    }
    for (c, to, likeness) in [
        ('𠮷', '吉', Likeness::Form),
        ('〜', '～', Likeness::Same),
        ('剝', '剥', Likeness::Form),
        ('\u{FA30}', '侮', Likeness::Form),
        ('髙', '高', Likeness::Form),
        ('\u{309A}', '゜', Likeness::Use),
    ] {
        let variant = variant_of(c).unwrap();
        assert_eq!((variant.to, variant.likeness), (Some(to), likeness));
    }
    // What Unicode calls compatible is other text.
    for c in ['²', 'ⓐ', '½', 'Ⅻ', 'ヿ', 'é'] {
        assert_eq!(variant_of(c), None, "{c}");
    }
}

/// The page that says what becomes of each. Set `KAIGO_BLESS=1` to write it anew.
#[test]
fn the_page_of_characters_says_what_becomes_of_each() {
    let mut of = BTreeMap::<&str, Vec<String>>::new();
    let mut total = 0;
    for text in jisx0213::characters() {
        total += 1;
        let mut marks = text.chars();
        let (c, mark) = (marks.next().unwrap(), marks.next());
        let fits = |c: char| ms932::code_of(c).is_some();
        let variant = |c| variant_of(c).filter(|variant| variant.to.is_none_or(fits));
        let (group, shown) = match (fits(c), mark, variant(mark.unwrap_or(c))) {
            (true, None, _) => ("in", text.to_owned()),
            (false, Some(_), _) => ("none", text.to_owned()),
            (_, _, Some(variant)) => {
                let group = match variant.likeness {
                    Likeness::Same => "same",
                    Likeness::Form => "form",
                    Likeness::Use => "use",
                };
                let base = mark.map(|_| c).into_iter();
                (group, format!("{text}{}", base.chain(variant.to).collect::<String>()))
            }
            (_, _, None) => ("none", text.to_owned()),
        };
        of.entry(group).or_default().push(shown);
    }
    let count = |group: &str| of.get(group).map_or(0, Vec::len);
    assert_eq!(total, 11_233);
    assert_eq!(["in", "same", "form", "use", "none"].map(count).iter().sum::<usize>(), total);
    // The one space among them would not be seen.
    let list = |group: &str, between: &str| {
        of.get(group)
            .map(|texts| texts.join(between).replace('\u{A0}', "U+00A0 ").replace('\u{AD}', "U+00AD "))
            .unwrap_or_default()
    };
    let page = format!(
        "# Characters on the way from JIS X 0213 to MS932\n\n\
         Generated from the tables in `kaigo-core/src/text`. Of the {total} characters of JIS X 0213:2012\n\n\
         | | |\n| ---: | --- |\n\
         | {} | are in MS932 |\n| {} | are another code or spelling of one that is |\n| {} | have another form that is |\n\
         | {} | have one that is used in their place, and may mean something else |\n| {} | have nothing: rejected, or 〓 |\n\n\
         Other code or spelling: {}\n\nOther form: {}\n\nUsed in their place: {}\n\nNothing: {}\n",
        count("in"),
        count("same"),
        count("form"),
        count("use"),
        count("none"),
        list("same", " "),
        list("form", " "),
        list("use", " "),
        list("none", ""),
    );
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/characters.md");
    if std::env::var_os("KAIGO_BLESS").is_some_and(|bless| bless == "1") {
        std::fs::write(&path, &page).unwrap();
    }
    let committed = std::fs::read_to_string(&path).unwrap_or_default().replace("\r\n", "\n");
    assert!(committed == page, "docs/characters.md is stale: run the test with KAIGO_BLESS=1");
}
