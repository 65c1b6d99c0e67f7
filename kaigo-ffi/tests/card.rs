//! The Individual Number Card through C: over functions of the caller's, and from a transcript.
#![cfg(feature = "http")]
#![allow(clippy::expect_used, clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use std::ffi::{c_char, c_void};
use std::ptr::{null, null_mut};

use kaigo::calls::*;
use kaigo_core::card::{CardChannel, PinKind};
use kaigo_sandbox::card::{Contents, Traits, VirtualCard};

/// What the functions are handed: the card, how often it was powered down, and a fault to answer with.
struct Reader {
    card: VirtualCard,
    powered_down: u32,
    fault: i64,
}

unsafe extern "C" fn transmit(
    command: *const u8,
    command_len: usize,
    answer: *mut u8,
    capacity: usize,
    user: *mut c_void,
) -> i64 {
    // SAFETY: the test hands a reader that lives longer than the card; the lengths are the library's.
    unsafe {
        let reader = &mut *user.cast::<Reader>();
        if reader.fault != 0 {
            return reader.fault;
        }
        let command = std::slice::from_raw_parts(command, command_len);
        let Ok(bytes) = reader.card.transmit(command) else { return KAIGO_TRANSMIT_REMOVED };
        assert!(bytes.len() <= capacity);
        std::ptr::copy_nonoverlapping(bytes.as_ptr(), answer, bytes.len());
        bytes.len() as i64
    }
}

unsafe extern "C" fn power_down(user: *mut c_void) -> i32 {
    // SAFETY: as above.
    unsafe { (*user.cast::<Reader>()).powered_down += 1 };
    0
}

fn reader() -> Reader {
    let card = VirtualCard::new(Contents::issue().expect("a card"), Traits::default());
    Reader { card, powered_down: 0, fault: 0 }
}

fn open(reader: &mut Reader, flags: u32) -> (i32, *mut kaigo_card) {
    let mut card = null_mut();
    // SAFETY: functions, what they are handed, and a place of our own.
    let status = unsafe {
        let user = (&raw mut *reader).cast();
        kaigo_card_open(Some(transmit), Some(power_down), user, flags, &mut card, null_mut())
    };
    (status, card)
}

fn pin(kind: u32, text: &str) -> (i32, *mut kaigo_pin) {
    let (mut narrow, mut wide) = (null_mut(), null_mut());
    let units: Vec<u16> = text.encode_utf16().collect();
    // SAFETY: texts with their lengths, and places of our own.
    unsafe {
        let status = kaigo_pin_new_utf8(kind, text.as_ptr().cast(), text.len(), &mut narrow, null_mut());
        let same = kaigo_pin_new_utf16(kind, units.as_ptr(), units.len(), &mut wide, null_mut());
        assert_eq!(status, same);
        kaigo_pin_free(wide);
        (status, narrow)
    }
}

fn viewed(view: impl FnOnce(*mut *const c_char, *mut usize) -> i32) -> String {
    let (mut start, mut length) = (null(), 0);
    assert_eq!(view(&mut start, &mut length), KAIGO_OK);
    // SAFETY: a view that was just given.
    let bytes = unsafe { std::slice::from_raw_parts(start.cast::<u8>(), length) };
    String::from_utf8(bytes.to_vec()).expect("UTF-8")
}

fn bytes_of(buffer: *mut kaigo_buffer) -> Vec<u8> {
    let (mut start, mut length) = (null(), 0);
    // SAFETY: a buffer that a call made, and places of our own.
    unsafe {
        assert_eq!(kaigo_buffer_view(buffer, &mut start, &mut length, null_mut()), KAIGO_OK);
        std::slice::from_raw_parts(start, length).to_vec()
    }
}

/// Reads all that there is of a card, and what was told of it.
fn read_all(card: *mut kaigo_card) -> Vec<String> {
    let mut told = Vec::new();
    // SAFETY: a card, structs with their sizes, and places of our own.
    unsafe {
        for what in KAIGO_CARD_KIND..=KAIGO_CARD_LABEL {
            told.push(viewed(|start, length| {
                kaigo_card_text_view_utf8(card, what, start, length, null_mut())
            }));
        }
        let mut common: kaigo_card_common = std::mem::zeroed();
        common.struct_size = size_of::<kaigo_card_common>() as u32;
        assert_eq!(kaigo_card_common_data(card, &mut common, null_mut()), KAIGO_OK);
        told.push(format!("{:05} {}", common.municipality, common.expires));
        let mut tries: kaigo_card_tries = std::mem::zeroed();
        tries.struct_size = size_of::<kaigo_card_tries>() as u32;
        assert_eq!(kaigo_card_tries_left(card, &mut tries, null_mut()), KAIGO_OK);
        told.push(format!(
            "{} {} {} {}",
            tries.user_authentication, tries.signature, tries.text, tries.code_b
        ));
        let (mut user, mut signature) = (9, 9);
        assert_eq!(kaigo_card_certificates(card, &mut user, &mut signature, null_mut()), KAIGO_OK);
        assert_eq!((user, signature), (KAIGO_PRESENCE_PRESENT, KAIGO_PRESENCE_PRESENT));
        let (mut own, mut issuer) = (null_mut(), null_mut());
        assert_eq!(kaigo_card_user_certificate(card, &mut own, null_mut()), KAIGO_OK);
        assert_eq!(kaigo_card_user_certificate_issuer(card, &mut issuer, null_mut()), KAIGO_OK);
        let text = |of, what| {
            viewed(|start, length| kaigo_certificates_text_view_utf8(of, 0, what, start, length, null_mut()))
        };
        assert_eq!(text(own, KAIGO_CERTIFICATE_ISSUER), text(issuer, KAIGO_CERTIFICATE_SUBJECT));
        kaigo_certificates_free(own);
        kaigo_certificates_free(issuer);

        let (_, code) = pin(KAIGO_PIN_TEXT, "１３５７");
        let mut person = null_mut();
        assert_eq!(
            kaigo_card_basic_items(card, code, KAIGO_LAST_TRY_REFUSE, &mut person, null_mut()),
            KAIGO_OK
        );
        for what in KAIGO_PERSON_NAME..=KAIGO_PERSON_SEX {
            told.push(viewed(|start, length| {
                kaigo_person_text_view_utf8(person, what, start, length, null_mut())
            }));
        }
        kaigo_person_free(person);
        kaigo_pin_free(code);

        let (_, code) = pin(KAIGO_PIN_USER_AUTHENTICATION, "2468");
        let (mut signed, mut by, mut algorithm, challenge) = (null_mut(), null_mut(), 0, b"a challenge");
        let status = kaigo_card_sign(
            card,
            code,
            KAIGO_LAST_TRY_REFUSE,
            challenge.as_ptr(),
            challenge.len(),
            &mut signed,
            &mut by,
            &mut algorithm,
            null_mut(),
        );
        assert_eq!((status, algorithm), (KAIGO_OK, KAIGO_ALGORITHM_RSA_PKCS1_SHA256));
        let mut signature = bytes_of(signed);
        let verify = |signature: &[u8]| {
            kaigo_certificates_verify_challenge(
                by,
                0,
                challenge.as_ptr(),
                challenge.len(),
                signature.as_ptr(),
                signature.len(),
                null_mut(),
            )
        };
        assert_eq!(verify(&signature), KAIGO_OK);
        signature[0] ^= 1;
        assert_eq!(verify(&signature), KAIGO_E_CARD_BAD_SIGNATURE);
        kaigo_buffer_free(signed);
        kaigo_certificates_free(by);
        kaigo_pin_free(code);
    }
    told
}

#[test]
fn a_card_is_read_through_functions_of_the_caller_and_again_from_its_transcript() {
    let mut reader = reader();
    let person = reader.card.person();
    let (status, card) = open(&mut reader, KAIGO_CARD_RECORD);
    assert_eq!(status, KAIGO_OK);
    let told = read_all(card);
    let expected = [
        "individual_number_card",
        "マイナンバーカード",
        "Individual Number Card",
        "first",
        "JPKIAPICCTOKEN2",
        &format!("{} {}", person.municipality, person.expires),
        "3 5 3 10",
        &person.name,
        &person.address,
        &person.birth,
        "female",
    ];
    assert_eq!(told, expected);
    let mut transcript = null_mut();
    // SAFETY: handles of calls, a text with its length, and places of our own.
    unsafe {
        assert_eq!(kaigo_card_transcript(card, &mut transcript, null_mut()), KAIGO_OK);
        assert_eq!(kaigo_card_free(card), KAIGO_OK);
        assert_eq!(reader.powered_down, 1, "a PIN was in play");
        let text = String::from_utf8(bytes_of(transcript)).expect("UTF-8");
        kaigo_buffer_free(transcript);
        assert!(text.contains("XXXXXXXX") && !text.contains("31333537"), "no PIN stands in it");
        let mut replayed = null_mut();
        let status = kaigo_card_replay_utf8(text.as_ptr().cast(), text.len(), 0, &mut replayed, null_mut());
        assert_eq!(status, KAIGO_OK);
        assert_eq!(read_all(replayed), expected);
        assert_eq!(kaigo_card_transcript(replayed, &mut transcript, null_mut()), KAIGO_E_NOT_FOUND);
        kaigo_card_free(replayed);
        let bad = "{}";
        assert_eq!(
            kaigo_card_replay_utf8(bad.as_ptr().cast(), bad.len(), 0, &mut replayed, null_mut()),
            KAIGO_E_CARD_TRANSCRIPT
        );
    }
}

#[test]
fn a_wrong_pin_says_what_is_left_and_the_last_try_needs_permission() {
    let mut reader = reader();
    let (_, card) = open(&mut reader, 0);
    let (_, wrong) = pin(KAIGO_PIN_TEXT, "0000");
    let verify = |last_try| {
        let (mut outcome, mut left) = (9, 9);
        // SAFETY: handles of calls, and places of our own.
        let status = unsafe { kaigo_card_verify(card, wrong, last_try, &mut outcome, &mut left, null_mut()) };
        (status, outcome, left)
    };
    assert_eq!(verify(KAIGO_LAST_TRY_REFUSE), (KAIGO_OK, KAIGO_PIN_WRONG, 2));
    let guidance = |lang| {
        let (mut buffer, mut needed) = ([0 as c_char; 400], 0);
        // SAFETY: a buffer with its length, and a place of our own.
        let status = unsafe {
            kaigo_pin_guidance_utf8(
                KAIGO_PIN_TEXT,
                KAIGO_PIN_WRONG,
                2,
                lang,
                buffer.as_mut_ptr(),
                buffer.len(),
                &mut needed,
                null_mut(),
            )
        };
        assert_eq!(status, KAIGO_OK);
        String::from_utf8(buffer[..needed].iter().map(|unit| *unit as u8).collect()).expect("UTF-8")
    };
    assert!(guidance(KAIGO_LANG_JA).contains("残り2回"), "{}", guidance(KAIGO_LANG_JA));
    assert!(guidance(KAIGO_LANG_EN).contains("tries left: 2"));
    assert_eq!(verify(KAIGO_LAST_TRY_REFUSE), (KAIGO_OK, KAIGO_PIN_WRONG, 1));
    assert_eq!(verify(KAIGO_LAST_TRY_REFUSE).0, KAIGO_E_CARD_LAST_TRY);
    assert_eq!(verify(7).0, KAIGO_E_NUMBER);
    assert_eq!(reader.card.tries(PinKind::Text), 1, "nothing was sent");
    assert_eq!(verify(KAIGO_LAST_TRY_SPEND), (KAIGO_OK, KAIGO_PIN_BLOCKED, 0));
    let (mut person, mut error, mut left) = (null_mut(), null_mut(), 9);
    // SAFETY: handles of calls, and places of our own.
    unsafe {
        let status = kaigo_card_basic_items(card, wrong, KAIGO_LAST_TRY_SPEND, &mut person, &mut error);
        assert_eq!((status, person.is_null()), (KAIGO_E_CARD_BLOCKED, true));
        assert_eq!(kaigo_error_number(error, KAIGO_ERROR_TRIES_LEFT, &mut left, null_mut()), KAIGO_OK);
        assert_eq!(left, 0);
        kaigo_error_free(error);
        // The other way in is printed on the card.
        let (mut printed, code, printed_on) = (null_mut(), "9753", reader.card.person());
        let year = printed_on.expires[..4].parse().expect("a year");
        let (text, length) = (code.as_ptr().cast(), code.len());
        let status =
            kaigo_pin_code_b_utf8(KAIGO_ERA_SHOWA, 25, 4, 1, year, text, length, &mut printed, null_mut());
        assert_eq!(status, KAIGO_OK);
        let status = kaigo_card_basic_items(card, printed, KAIGO_LAST_TRY_REFUSE, &mut person, null_mut());
        assert_eq!(status, KAIGO_OK);
        kaigo_person_free(person);
        kaigo_pin_free(printed);
        kaigo_pin_free(wrong);
        kaigo_card_free(card);
    }
    let (status, none) = pin(KAIGO_PIN_TEXT, "12a4");
    assert_eq!((status, none.is_null()), (KAIGO_E_CARD_PIN_FORM, true));
}

#[test]
fn what_the_function_answers_is_told_apart() {
    for (fault, expected) in [
        (KAIGO_TRANSMIT_REMOVED, KAIGO_E_CARD_REMOVED),
        (KAIGO_TRANSMIT_IN_USE, KAIGO_E_CARD_IN_USE),
        (KAIGO_TRANSMIT_NO_SERVICE, KAIGO_E_CARD_NO_SERVICE),
        (KAIGO_TRANSMIT_FAILED, KAIGO_E_CARD_CHANNEL),
        (i64::MIN, KAIGO_E_CARD_CHANNEL),
        (i64::MAX, KAIGO_E_CARD_CHANNEL),
    ] {
        let mut reader = Reader { fault, ..reader() };
        assert_eq!(open(&mut reader, 0).0, expected, "{fault}");
        assert_eq!(reader.powered_down, 0);
    }
    let mut other = reader();
    other.card = VirtualCard::new(Contents::issue().expect("a card"), {
        let mut traits = Traits::default();
        traits.foreign = true;
        traits
    });
    assert_eq!(open(&mut other, 0).0, KAIGO_E_CARD_NOT_THIS_CARD);
    assert_eq!(open(&mut other, 9).0, KAIGO_E_NUMBER);
}

#[test]
fn readers_are_there_as_far_as_the_library_was_built_with_them() {
    let (mut readers, mut features, mut list, mut card) = (null_mut(), 0, null_mut(), null_mut());
    // SAFETY: handles of calls, NULL for no text, and places of our own.
    unsafe {
        kaigo_features(&mut features, null_mut());
        let status = kaigo_card_readers_new(&mut readers, null_mut());
        if cfg!(not(feature = "pcsc")) {
            assert_eq!((status, features & KAIGO_FEATURE_PCSC), (KAIGO_E_NOT_BUILT_IN, 0));
            return;
        }
        assert_eq!((status, features & KAIGO_FEATURE_PCSC), (KAIGO_OK, KAIGO_FEATURE_PCSC));
        let status = kaigo_card_readers_list(readers, &mut list, null_mut());
        assert!(matches!(status, KAIGO_OK | KAIGO_E_CARD_NO_SERVICE), "{status}");
        kaigo_card_readers_cancel(readers, null_mut());
        let status = kaigo_card_readers_find_utf8(readers, null(), 0, 60_000, 0, &mut card, null_mut());
        assert_eq!((status, card.is_null()), (KAIGO_E_CANCELLED, true));
        // One look, and what stands in the way.
        let nowhere = "no reader is called so";
        let status = kaigo_card_readers_find_utf8(
            readers,
            nowhere.as_ptr().cast(),
            nowhere.len(),
            0,
            0,
            &mut card,
            null_mut(),
        );
        assert!(matches!(status, KAIGO_E_CARD_NO_READER | KAIGO_E_CARD_NO_SERVICE), "{status}");
        kaigo_card_reader_list_free(list);
        kaigo_card_readers_free(readers);
    }
}
