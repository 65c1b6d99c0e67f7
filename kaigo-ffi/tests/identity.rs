//! A person through C, over real TLS: their identity confirmed by the card's signature and by sight, and their plan
//! registered, agreed to, delivered and fetched.
#![cfg(feature = "http")]
#![allow(clippy::expect_used, clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use std::ffi::{c_char, c_void};
use std::ptr::{null, null_mut};

use kaigo::calls::*;
use kaigo_core::card::{CardChannel, PinKind};
use kaigo_sandbox::card::{Contents, Traits, VirtualCard};
use kaigo_sandbox::{Call, RunningSandbox, Sandbox, Town, call_as_role};
use serde_json::{Value, json};

const INSURER: &str = "992016";
const INSURED: &str = "0000000010";

unsafe extern "C" fn transmit(
    command: *const u8,
    command_len: usize,
    answer: *mut u8,
    capacity: usize,
    user: *mut c_void,
) -> i64 {
    // SAFETY: the test hands a card that lives longer than its handle; the lengths are the library's.
    unsafe {
        let card = &mut *user.cast::<VirtualCard>();
        let Ok(bytes) = card.transmit(std::slice::from_raw_parts(command, command_len)) else {
            return KAIGO_TRANSMIT_REMOVED;
        };
        assert!(bytes.len() <= capacity);
        std::ptr::copy_nonoverlapping(bytes.as_ptr(), answer, bytes.len());
        bytes.len() as i64
    }
}

fn utf8(text: &str) -> (*const c_char, usize) {
    (text.as_ptr().cast(), text.len())
}

fn said(identity: *const kaigo_identity, what: u32) -> String {
    let (mut start, mut length) = (null(), 0);
    // SAFETY: a handle of a call, and places of our own.
    unsafe {
        let status = kaigo_identity_text_view_utf8(identity, what, &mut start, &mut length, null_mut());
        assert_eq!(status, KAIGO_OK);
        String::from_utf8(std::slice::from_raw_parts(start.cast::<u8>(), length).to_vec()).expect("UTF-8")
    }
}

/// A login and what it stands on.
struct Opened {
    session: *mut kaigo_session,
    platform: *mut kaigo_platform,
    roots: *mut kaigo_certificates,
    credential: *mut kaigo_credential,
}

impl Opened {
    /// Logs in over the certificate of the first office.
    fn new(sandbox: &RunningSandbox, user_id: &str, password: &str) -> Self {
        let account = &sandbox.accounts()[0];
        let (p12, ca) = (account.p12(), sandbox.ca_pem().as_bytes());
        let (mut credential, mut roots, mut platform, mut session) =
            (null_mut(), null_mut(), null_mut(), null_mut());
        // SAFETY: texts and bytes with their lengths, handles of calls, places of our own.
        unsafe {
            let ((data, length), (word, word_len)) =
                ((p12.as_ptr(), p12.len()), utf8(account.p12_password()));
            kaigo_credential_from_pkcs12_utf8(data, length, word, word_len, &mut credential, null_mut());
            kaigo_certificates_from_pem(ca.as_ptr(), ca.len(), &mut roots, null_mut());
            let (address, length) = utf8(sandbox.url());
            kaigo_platform_new_utf8(address, length, credential, roots, null(), &mut platform, null_mut());
            let ((id, id_len), (word, word_len)) = (utf8(user_id), utf8(password));
            let status =
                kaigo_session_login_utf8(platform, id, id_len, word, word_len, &mut session, null_mut());
            assert_eq!(status, KAIGO_OK);
        }
        Self { session, platform, roots, credential }
    }
}

impl Drop for Opened {
    fn drop(&mut self) {
        // SAFETY: handles of calls, freed once.
        unsafe {
            kaigo_session_free(self.session);
            kaigo_platform_free(self.platform);
            kaigo_certificates_free(self.roots);
            kaigo_credential_free(self.credential);
        }
    }
}

#[test]
fn a_card_and_a_statement_confirm_who_somebody_is() {
    let mut card = VirtualCard::new(Contents::issue().expect("a card"), Traits::default());
    let sandbox = Sandbox::builder()
        .card_holder(INSURER.parse().unwrap(), INSURED.parse().unwrap(), &card)
        .start()
        .expect("the sandbox starts");
    let account = &sandbox.accounts()[0];
    let opened = Opened::new(&sandbox, account.user_id(), account.password());
    let session = opened.session;
    // SAFETY: texts and bytes with their lengths, handles of calls, a card that outlives its handle, places of our own.
    unsafe {
        // The WEB service by names: nobody is served yet, and what is no question is refused.
        let (name, name_len) = utf8("list_users");
        let mut answer = null_mut();
        let mut ask_by_name = |question: &[u8]| {
            let (data, length) = (question.as_ptr(), question.len());
            kaigo_session_ask_utf8(session, name, name_len, data, length, &mut answer, null_mut())
        };
        assert_eq!(ask_by_name(b"{"), KAIGO_E_JSON_CUT_OFF);
        assert_eq!(ask_by_name(b"{}"), KAIGO_OK);
        let (mut data, mut length) = (null(), 0);
        kaigo_buffer_view(answer, &mut data, &mut length, null_mut());
        assert_eq!(std::slice::from_raw_parts(data, length), b"[]");
        kaigo_buffer_free(answer);
        let (name, name_len) = utf8("certification");
        let question = format!("{{\"insurer\":\"{INSURER}\",\"insured\":\"{INSURED}\"}}");
        let (data, length) = (question.as_ptr(), question.len());
        let mut nothing = null_mut();
        let status = kaigo_session_ask_utf8(session, name, name_len, data, length, &mut nothing, null_mut());
        // The account of the office has no job type.
        assert_eq!((status, nothing.is_null()), (KAIGO_E_NO_RIGHT, true));

        let (terminal, terminal_len) = utf8("desk-1");
        let mut challenge = null_mut();
        let ask =
            |challenge| kaigo_session_challenge_utf8(session, terminal, terminal_len, challenge, null_mut());
        assert_eq!(ask(&mut challenge), KAIGO_E_UNKNOWN_TERMINAL);
        let (odd, odd_len) = utf8("desk 1");
        let status = kaigo_session_register_terminal_utf8(session, odd, odd_len, null_mut());
        assert_eq!(status, KAIGO_E_PACKAGE);
        let status = kaigo_session_register_terminal_utf8(session, terminal, terminal_len, null_mut());
        assert_eq!(status, KAIGO_OK);
        assert_eq!(ask(&mut challenge), KAIGO_OK);

        let (mut message, mut message_len, mut seconds) = (null(), 0, 0);
        kaigo_challenge_message(challenge, &mut message, &mut message_len, null_mut());
        kaigo_challenge_expires_in(challenge, &mut seconds, null_mut());
        assert_eq!(seconds, 300);
        let (mut opened, mut pin) = (null_mut(), null_mut());
        let user = (&raw mut card).cast();
        assert_eq!(kaigo_card_open(Some(transmit), None, user, 0, &mut opened, null_mut()), KAIGO_OK);
        let pins = card.pins();
        let (digits, digits_len) = utf8(pins.text(PinKind::UserAuthentication));
        kaigo_pin_new_utf8(KAIGO_PIN_USER_AUTHENTICATION, digits, digits_len, &mut pin, null_mut());
        let (mut signature, mut certificate, mut algorithm) = (null_mut(), null_mut(), 0);
        let status = kaigo_card_sign(
            opened,
            pin,
            KAIGO_LAST_TRY_REFUSE,
            message,
            message_len,
            &mut signature,
            &mut certificate,
            &mut algorithm,
            null_mut(),
        );
        assert_eq!(status, KAIGO_OK);
        let (mut signed, mut signed_len, mut identity) = (null(), 0, null_mut());
        kaigo_buffer_view(signature, &mut signed, &mut signed_len, null_mut());
        let confirm = |identity| {
            kaigo_session_confirm_by_card(
                session,
                challenge,
                signed,
                signed_len,
                certificate,
                0,
                identity,
                null_mut(),
            )
        };
        assert_eq!(confirm(&mut identity), KAIGO_OK);
        let mut at = 0;
        kaigo_identity_confirmed_at(identity, &mut at, null_mut());
        assert!(at > 1_700_000_000, "{at}");
        assert_eq!(said(identity, KAIGO_IDENTITY_OFFICE), account.office().as_str());
        assert_eq!(said(identity, KAIGO_IDENTITY_INSURER), INSURER);
        assert_eq!(said(identity, KAIGO_IDENTITY_INSURED), INSURED);
        assert_eq!(said(identity, KAIGO_IDENTITY_ROUTE), "card");
        assert_eq!(said(identity, KAIGO_IDENTITY_TERMINAL), "desk-1");
        assert!(!said(identity, KAIGO_IDENTITY_ID).is_empty());
        kaigo_identity_free(identity);
        assert_eq!(confirm(&mut identity), KAIGO_E_NO_CHALLENGE);
        assert!(identity.is_null());

        let state = |insured: &str, identity| {
            let ((insurer, insurer_len), (insured, insured_len)) = (utf8(INSURER), utf8(insured));
            let (by, by_len) = utf8("職員A");
            kaigo_session_confirm_visually_utf8(
                session,
                terminal,
                terminal_len,
                insurer,
                insurer_len,
                insured,
                insured_len,
                by,
                by_len,
                identity,
                null_mut(),
            )
        };
        assert_eq!(state("0000000019", &mut identity), KAIGO_E_UNKNOWN_PERSON);
        assert_eq!(state("19", &mut identity), KAIGO_E_IDENT);
        assert_eq!(state(INSURED, &mut identity), KAIGO_OK);
        assert_eq!(said(identity, KAIGO_IDENTITY_ROUTE), "visual");

        kaigo_identity_free(identity);
        kaigo_buffer_free(signature);
        kaigo_certificates_free(certificate);
        kaigo_pin_free(pin);
        kaigo_card_free(opened);
        kaigo_challenge_free(challenge);
    }
    let routes: Vec<_> = sandbox.confirmed_identities().unwrap().into_iter().map(|kept| kept.route).collect();
    assert_eq!(routes, ["card", "visual"]);
}

/// The document in a buffer, which is freed.
fn taken(buffer: *mut kaigo_buffer) -> Value {
    let (mut data, mut length) = (null(), 0);
    // SAFETY: a handle of a call, freed once, and places of our own.
    unsafe {
        assert_eq!(kaigo_buffer_view(buffer, &mut data, &mut length, null_mut()), KAIGO_OK);
        let document = serde_json::from_slice(std::slice::from_raw_parts(data, length)).expect("JSON");
        kaigo_buffer_free(buffer);
        document
    }
}

/// What a call that gives a document answers.
fn answered(call: impl FnOnce(*mut *mut kaigo_buffer) -> i32) -> Result<Value, i32> {
    let mut document = null_mut();
    match call(&mut document) {
        KAIGO_OK => Ok(taken(document)),
        status => {
            assert!(document.is_null());
            Err(status)
        }
    }
}

/// Asks the WEB service by the name of a call.
fn ask(session: *const kaigo_session, name: &str, question: &Value) -> Value {
    let ((name, name_len), question) = (utf8(name), question.to_string());
    let (data, length) = (question.as_ptr(), question.len());
    // SAFETY: texts and bytes with their lengths, a handle of a call, and a place.
    let call =
        |answer| unsafe { kaigo_session_ask_utf8(session, name, name_len, data, length, answer, null_mut()) };
    answered(call).expect("an answer")
}

/// The names and contents of the files of a unit or of a received handle, by its three calls.
macro_rules! files_of {
    ($handle:expr, $count:ident, $name:ident, $bytes:ident) => {{
        let mut count = 0;
        // SAFETY: a handle of a call, and places of our own.
        assert_eq!(unsafe { $count($handle, &mut count, null_mut()) }, KAIGO_OK);
        let file = |index| {
            let ((mut name, mut name_len), (mut data, mut length)) = ((null(), 0), (null(), 0));
            // SAFETY: as above.
            unsafe {
                assert_eq!($name($handle, index, &mut name, &mut name_len, null_mut()), KAIGO_OK);
                assert_eq!($bytes($handle, index, &mut data, &mut length, null_mut()), KAIGO_OK);
                let name = std::slice::from_raw_parts(name.cast::<u8>(), name_len).to_vec();
                (String::from_utf8(name).expect("UTF-8"), std::slice::from_raw_parts(data, length).to_vec())
            }
        };
        (0..count).map(file).collect::<Vec<_>>()
    }};
}

#[test]
fn a_plan_is_agreed_to_delivered_and_fetched_byte_for_byte() {
    let sandbox = Sandbox::builder().start().expect("the sandbox starts");
    let now = jiff::Timestamp::now();
    let today = now.to_zoned(jiff::tz::TimeZone::fixed(jiff::tz::offset(9))).date().to_string();
    let town = Town::new(INSURER.parse().unwrap(), 1, today.parse().unwrap(), 7);
    let insured = town.people().next().expect("somebody").to_string();
    let role = |call, body: &Value| {
        let answer = call_as_role(sandbox.data_dir(), call, None, body).expect("the role's call");
        assert!(answer.get("error").is_none(), "{answer}");
    };
    role(Call::SetReadiness, &json!({ "insurer": INSURER, "name": "架空町", "readyOn": today }));
    role(Call::Feed, &town.feed());

    // The first of the staff is the care manager.
    let manager = &sandbox.accounts()[0].staff()[0];
    let opened = Opened::new(&sandbox, manager.user_id(), manager.password());
    let session = opened.session;
    let ((insurer, insurer_len), (person, person_len)) = (utf8(INSURER), utf8(&insured));
    let who = |more: Value| {
        let mut question = json!({ "insurer": INSURER, "insured": insured });
        question.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        question
    };
    let (mut identity, mut units, mut unit) = (null_mut(), null_mut(), null_mut());
    // SAFETY: texts with their lengths, handles of calls, places of our own.
    unsafe {
        let ((desk, desk_len), (by, by_len)) = (utf8("desk"), utf8("職員A"));
        kaigo_session_register_terminal_utf8(session, desk, desk_len, null_mut());
        let status = kaigo_session_confirm_visually_utf8(
            session,
            desk,
            desk_len,
            insurer,
            insurer_len,
            person,
            person_len,
            by,
            by_len,
            &mut identity,
            null_mut(),
        );
        assert_eq!(status, KAIGO_OK);
        kaigo_identity_free(identity);
        let (path, length) = utf8(concat!(env!("CARGO_MANIFEST_DIR"), "/../examples/data/outbox/plan"));
        assert_eq!(kaigo_units_open_utf8(path, length, null(), &mut units, null_mut()), KAIGO_OK);
        assert_eq!(kaigo_units_get(units, 0, &mut unit, null_mut()), KAIGO_OK);
        kaigo_units_free(units);
    }
    let consent = json!({ "scope": "care_plan", "given": true, "at": now.to_string() });
    ask(session, "record_consent", &who(json!({ "document": consent })));
    let files = files_of!(unit, kaigo_unit_files, kaigo_unit_file_name_view_utf8, kaigo_unit_file_bytes);
    assert_eq!(files.len(), 4);

    // SAFETY of each call: texts with their lengths, handles of calls, places that the calls are given.
    let put_up = |person: *const c_char, person_len, unit| {
        answered(|plan| unsafe {
            kaigo_session_register_plan_for_consent_utf8(
                session,
                insurer,
                insurer_len,
                person,
                person_len,
                unit,
                plan,
                null_mut(),
            )
        })
    };
    let deliver = |unit, how, by: &str| {
        let (by, by_len) = utf8(by);
        // SAFETY: as above.
        answered(|plan| unsafe {
            kaigo_session_register_plan_for_delivery_utf8(
                session,
                insurer,
                insurer_len,
                person,
                person_len,
                unit,
                how,
                by,
                by_len,
                plan,
                null_mut(),
            )
        })
    };
    let mut small = null_mut();
    // SAFETY: as above.
    unsafe { kaigo_unit_new(&mut small, null_mut()) };
    assert_eq!(put_up(person, person_len, small), Err(KAIGO_E_KIND));
    assert_eq!(put_up(person, 3, unit), Err(KAIGO_E_IDENT));
    let draft = put_up(person, person_len, unit).expect("it is put up");
    assert_eq!((&draft["state"], &draft["insuredNumber"]), (&json!("awaiting"), &json!(insured)));
    let names: Vec<_> = files.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(draft["fileNames"], json!(names));
    let id = draft["id"].as_str().expect("a name");

    assert_eq!(deliver(unit, 0, id), Err(KAIGO_E_NUMBER));
    assert_eq!(deliver(unit, KAIGO_AGREED_ON_PAPER, "2026-13-01"), Err(KAIGO_E_IDENT));
    assert_eq!(deliver(unit, KAIGO_AGREED_REGISTERED, id), Err(KAIGO_E_PLAN_NOT_AGREED));
    role(Call::AnswerPlan, &who(json!({ "id": id, "agrees": true })));
    assert_eq!(ask(session, "plan_state", &who(json!({ "id": id })))["state"], "agreed");
    let delivered = deliver(unit, KAIGO_AGREED_REGISTERED, id).expect("it is delivered");
    assert_eq!(ask(session, "registered_plans", &who(json!({}))), json!([delivered]));

    // Another plan, agreed to on paper.
    let ((name, name_len), bytes) = (utf8(&files[0].0), &files[0].1);
    // SAFETY: as above.
    let status =
        unsafe { kaigo_unit_add_utf8(small, name, name_len, bytes.as_ptr(), bytes.len(), null_mut()) };
    assert_eq!(status, KAIGO_OK);
    let on_paper = deliver(small, KAIGO_AGREED_ON_PAPER, &today).expect("it is delivered");
    assert_eq!((&on_paper["state"], &on_paper["agreedOn"]), (&json!("delivered"), &json!(today)));

    // In UTF-16, for the twin.
    let utf16 = |text: &str| text.encode_utf16().collect::<Vec<_>>();
    let (insurer, person) = (utf16(INSURER), utf16(&insured));
    let fetch = |id: &str, plan, received| {
        let id = utf16(id);
        // SAFETY: as above.
        unsafe {
            kaigo_session_registered_plan_utf16(
                session,
                insurer.as_ptr(),
                insurer.len(),
                person.as_ptr(),
                person.len(),
                id.as_ptr(),
                id.len(),
                plan,
                received,
                null_mut(),
            )
        }
    };
    let (mut plan, mut received) = (null_mut(), null_mut());
    assert_eq!(fetch("nonsense", &mut plan, &mut received), KAIGO_E_NO_PLAN);
    assert!(plan.is_null() && received.is_null());
    let status = fetch(delivered["id"].as_str().expect("a name"), &mut plan, &mut received);
    assert_eq!(status, KAIGO_OK);
    assert_eq!(taken(plan), delivered);
    let got = files_of!(
        received,
        kaigo_received_files,
        kaigo_received_file_name_view_utf8,
        kaigo_received_file_bytes
    );
    assert_eq!(got, files);
    let (mut again, mut kind, mut transfer) = (null_mut(), 0, null_mut());
    // SAFETY: as above; each handle is freed once.
    unsafe {
        assert_eq!(kaigo_received_unit(received, &mut again, null_mut()), KAIGO_OK);
        kaigo_unit_kind(again, &mut kind, null_mut());
        assert_eq!(kind, KAIGO_UNIT_CARE_PLAN);
        // It came by no transfer.
        assert_eq!(kaigo_received_transfer(received, &mut transfer, null_mut()), KAIGO_E_KIND);
        kaigo_received_free(received);
        for unit in [again, unit, small] {
            kaigo_unit_free(unit);
        }
    }
}
