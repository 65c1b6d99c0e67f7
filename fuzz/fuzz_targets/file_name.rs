//! A name that is read is printed as it was, or as the canonical name of the same file.
#![no_main]

use kaigo_core::exchange::FileName;
use kaigo_core::record::FileKind;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    let Ok(name) = std::str::from_utf8(data) else { return };
    let Ok((parsed, tolerated)) = FileName::parse_tolerant(name) else {
        assert!(FileName::parse(name).is_err(), "strict takes what tolerant refuses");
        return;
    };
    let printed = parsed.to_string();
    assert_eq!(FileName::parse(name).ok(), tolerated.is_none().then_some(parsed));
    // Both .jpg and .JPG are official.
    match parsed.kind() {
        FileKind::FamilyImage if tolerated.is_none() => assert!(printed.eq_ignore_ascii_case(name)),
        _ if tolerated.is_none() => assert_eq!(printed, name),
        _ => {}
    }
    assert_eq!(FileName::parse_tolerant(&printed).map(|(again, _)| again), Ok(parsed), "{printed}");
});
