//! `kaigo_card`: the Individual Number Card, over a channel of the caller's; `kaigo_pin`, `kaigo_person`.

use std::borrow::Cow;
use std::ffi::{c_char, c_void};
use std::sync::{Arc, Mutex, PoisonError};

use kaigo_core::calendar::Era;
use kaigo_core::card::{
    BasicItems, Card, CardChannel, ChannelError, Generation, LastTry, Pin, PinKind, Presence, PrintedCodes,
    Recorder, Replayer, Sex, SignatureAlgorithm, TokenKind, Transcript, Tries, Verification,
    verify_challenge,
};
use kaigo_core::report::Lang;

use crate::buffer::{Bytes, kaigo_buffer};
use crate::credential::{Certificates, kaigo_certificates};
use crate::error::Fail;
use crate::status::{KAIGO_E_CARD_TRANSCRIPT, KAIGO_E_NOT_FOUND, KAIGO_E_NULL, KAIGO_E_NUMBER};
use crate::table::{callbacks, constants, exports, handles, structs};

type Channel = Box<dyn CardChannel>;

/// What is behind a `kaigo_card`.
pub struct OpenCard {
    card: Card<Channel>,
    recorder: Option<Shared>,
}

/// What is behind a `kaigo_pin`.
pub struct Code(Pin);

/// What is behind a `kaigo_person`.
pub struct Person(BasicItems);

/// A channel that is also asked for what it wrote down.
#[derive(Clone)]
struct Shared(Arc<Mutex<Recorder<Channel>>>);

impl CardChannel for Shared {
    fn transmit(&mut self, command: &[u8]) -> Result<Vec<u8>, ChannelError> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).transmit(command)
    }

    fn power_down(&mut self) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).power_down();
    }
}

impl OpenCard {
    pub(crate) fn open(channel: Channel, flags: u32) -> Result<Self, Fail> {
        let (channel, recorder) = match flags {
            0 => (channel, None),
            KAIGO_CARD_RECORD => {
                let shared = Shared(Arc::new(Mutex::new(Recorder::new(channel))));
                (Box::new(shared.clone()) as Channel, Some(shared))
            }
            _ => return Err(Fail::argument(KAIGO_E_NUMBER, "flags")),
        };
        Ok(Self { card: Card::open(channel)?, recorder })
    }
}

/// A card that the caller's functions reach.
struct CallbackChannel {
    transmit: unsafe extern "C" fn(*const u8, usize, *mut u8, usize, *mut c_void) -> i64,
    power_down: kaigo_power_down_fn,
    user: *mut c_void,
}

// SAFETY: a card is used by one thread at a time; that this may be any thread is what the header says of the functions.
unsafe impl Send for CallbackChannel {}

/// The longest answer of a card, with its status word.
const MAX_ANSWER: usize = (1 << 16) + 2;

impl CardChannel for CallbackChannel {
    fn transmit(&mut self, command: &[u8]) -> Result<Vec<u8>, ChannelError> {
        let mut answer = vec![0; MAX_ANSWER];
        // SAFETY: a function of the caller, given a command and a buffer of ours, each with its length.
        let count = unsafe {
            (self.transmit)(command.as_ptr(), command.len(), answer.as_mut_ptr(), answer.len(), self.user)
        };
        match count {
            KAIGO_TRANSMIT_REMOVED => Err(ChannelError::Removed),
            KAIGO_TRANSMIT_IN_USE => Err(ChannelError::InUse),
            KAIGO_TRANSMIT_NO_SERVICE => Err(ChannelError::NoService),
            count => match usize::try_from(count) {
                Ok(count) if count <= answer.len() => {
                    answer.truncate(count);
                    Ok(answer)
                }
                _ => Err(ChannelError::Failed("the function that transmits failed".to_owned())),
            },
        }
    }

    fn power_down(&mut self) {
        if let Some(function) = self.power_down {
            // SAFETY: a function of the caller.
            unsafe { function(self.user) };
        }
    }
}

callbacks! { CALLBACKS;
    /// Sends a command APDU to a card, once and as it is, and puts the whole answer, its status word at the end, into a
    /// buffer that has room for any answer; returns how many bytes, or one of `KAIGO_TRANSMIT_`. Commands may hold a PIN:
    /// they are neither kept nor logged. Called on the thread of the call; it may be another each time.
    kaigo_transmit_fn = fn(
        command: *const u8, command_len: usize, answer: *mut u8, capacity: usize, user: *mut c_void
    ) -> i64;
    /// Takes the power from a card, so that nobody finds a PIN still verified; returns 0. Called when a card is freed
    /// after a PIN was in play.
    kaigo_power_down_fn = fn(user: *mut c_void) -> i32;
}

structs! { STRUCTS;
    /// What every card tells without a PIN.
    struct kaigo_card_common: 16 {
        /// The size of this struct, set by the caller.
        struct_size: u32,
        /// The municipality that issued the card: five digits, as a number.
        municipality: u32,
        /// The last day that the card is valid, as YYYYMMDD.
        expires: i64,
    }
    /// Tries left of every credential: a number, 0 when it is blocked, `KAIGO_TRIES_ABSENT` or `KAIGO_TRIES_UNKNOWN`.
    struct kaigo_card_tries: 20 {
        /// The size of this struct, set by the caller.
        struct_size: u32,
        /// 利用者証明用電子証明書の暗証番号.
        user_authentication: i32,
        /// 署名用電子証明書の暗証番号.
        signature: i32,
        /// 券面事項入力補助用の暗証番号.
        text: i32,
        /// 照合番号B.
        code_b: i32,
    }
}

handles! { HANDLES;
    /// An Individual Number Card (マイナンバーカード) behind a channel. One thread at a time uses it. Take it, read, and
    /// free it: other programs wait for the card. Freeing it powers the card down after a PIN was in play.
    kaigo_card = OpenCard, 0x4B43_5244, kaigo_card_free;
    /// A PIN of the right form; freeing it wipes it. It does not change; any thread may use it, several at once.
    kaigo_pin = Code, 0x4B50_494E, kaigo_pin_free;
    /// The four basic items (基本4情報) of a person: personal data. They do not change; any thread may use them, several at
    /// once.
    kaigo_person = Person, 0x4B50_4552, kaigo_person_free;
}

constants! { CONSTANTS;
    /// Of a transmission that failed: the card was taken away.
    KAIGO_TRANSMIT_REMOVED: i64 = -1;
    /// Of a transmission that failed: another program holds the card.
    KAIGO_TRANSMIT_IN_USE: i64 = -2;
    /// Of a transmission that failed: the smart card service does not run.
    KAIGO_TRANSMIT_NO_SERVICE: i64 = -3;
    /// Of a transmission that failed: for another reason.
    KAIGO_TRANSMIT_FAILED: i64 = -4;

    /// What goes to the card and comes back is written down, PINs left out.
    KAIGO_CARD_RECORD: u32 = 1;

    /// The PIN of the user-authentication certificate (利用者証明用電子証明書), four digits.
    KAIGO_PIN_USER_AUTHENTICATION: u32 = 1;
    /// The password of the signature certificate (署名用電子証明書), six to sixteen letters and digits.
    KAIGO_PIN_SIGNATURE: u32 = 2;
    /// The PIN of the card-face text (券面事項入力補助用), four digits.
    KAIGO_PIN_TEXT: u32 = 3;
    /// 照合番号B, fourteen digits that are printed on the card.
    KAIGO_PIN_CODE_B: u32 = 4;

    /// With one try left nothing is sent: `KAIGO_E_CARD_LAST_TRY`.
    KAIGO_LAST_TRY_REFUSE: u32 = 0;
    /// The person was told that this is the last try, and wants it.
    KAIGO_LAST_TRY_SPEND: u32 = 1;

    /// The PIN is the right one; all tries are back.
    KAIGO_PIN_VERIFIED: u32 = 1;
    /// The PIN is wrong.
    KAIGO_PIN_WRONG: u32 = 2;
    /// The credential is blocked, by this try or before.
    KAIGO_PIN_BLOCKED: u32 = 3;

    /// The card has no such credential.
    KAIGO_TRIES_ABSENT: i32 = -1;
    /// The card answered in a way that is not known.
    KAIGO_TRIES_UNKNOWN: i32 = -2;

    /// The card does not say whether it holds a certificate.
    KAIGO_PRESENCE_UNKNOWN: u32 = 0;
    /// The card holds the certificate.
    KAIGO_PRESENCE_PRESENT: u32 = 1;
    /// The card does not hold the certificate.
    KAIGO_PRESENCE_ABSENT: u32 = 2;

    /// Of a card: the kind, as its stable name, such as `individual_number_card`.
    KAIGO_CARD_KIND: u32 = 1;
    /// Of a card: the kind in Japanese.
    KAIGO_CARD_KIND_JA: u32 = 2;
    /// Of a card: the kind in English.
    KAIGO_CARD_KIND_EN: u32 = 3;
    /// Of a card: the generation, as its stable name, such as `first`.
    KAIGO_CARD_GENERATION: u32 = 4;
    /// Of a card: the label as it has it.
    KAIGO_CARD_LABEL: u32 = 5;

    /// Of a person: the name, as registered.
    KAIGO_PERSON_NAME: u32 = 1;
    /// Of a person: the address, as registered.
    KAIGO_PERSON_ADDRESS: u32 = 2;
    /// Of a person: the date of birth as the card has it, YYYYMMDD.
    KAIGO_PERSON_BIRTH: u32 = 3;
    /// Of a person: the sex, as its stable name: `male`, `female`, `not_applicable` or `unknown`.
    KAIGO_PERSON_SEX: u32 = 4;

    /// RSA of 2048 bits, PKCS#1 v1.5 with SHA-256.
    KAIGO_ALGORITHM_RSA_PKCS1_SHA256: u32 = 1;
    /// ECDSA on P-384 with SHA-384.
    KAIGO_ALGORITHM_ECDSA_P384_SHA384: u32 = 2;

    /// The era 明治.
    KAIGO_ERA_MEIJI: u32 = 1;
    /// The era 大正.
    KAIGO_ERA_TAISHO: u32 = 2;
    /// The era 昭和.
    KAIGO_ERA_SHOWA: u32 = 3;
    /// The era 平成.
    KAIGO_ERA_HEISEI: u32 = 4;
    /// The era 令和.
    KAIGO_ERA_REIWA: u32 = 5;

    /// A text in Japanese.
    KAIGO_LANG_JA: u32 = 1;
    /// A text in English.
    KAIGO_LANG_EN: u32 = 2;
}

fn pin_kind(number: u32) -> Result<PinKind, Fail> {
    match number {
        KAIGO_PIN_USER_AUTHENTICATION => Ok(PinKind::UserAuthentication),
        KAIGO_PIN_SIGNATURE => Ok(PinKind::Signature),
        KAIGO_PIN_TEXT => Ok(PinKind::Text),
        KAIGO_PIN_CODE_B => Ok(PinKind::CodeB),
        _ => Err(Fail::argument(KAIGO_E_NUMBER, "kind")),
    }
}

pub(crate) fn last_try_of(number: u32) -> Result<LastTry, Fail> {
    match number {
        KAIGO_LAST_TRY_REFUSE => Ok(LastTry::Refuse),
        KAIGO_LAST_TRY_SPEND => Ok(LastTry::Spend),
        _ => Err(Fail::argument(KAIGO_E_NUMBER, "last_try")),
    }
}

fn lang_of(number: u32) -> Result<Lang, Fail> {
    match number {
        KAIGO_LANG_JA => Ok(Lang::Japanese),
        KAIGO_LANG_EN => Ok(Lang::English),
        _ => Err(Fail::argument(KAIGO_E_NUMBER, "lang")),
    }
}

fn presence_number(presence: Presence) -> u32 {
    match presence {
        Presence::Present => KAIGO_PRESENCE_PRESENT,
        Presence::Absent => KAIGO_PRESENCE_ABSENT,
        _ => KAIGO_PRESENCE_UNKNOWN,
    }
}

fn tries_number(tries: Tries) -> i32 {
    match tries {
        Tries::Left(left) => left.into(),
        Tries::Blocked => 0,
        Tries::Absent => KAIGO_TRIES_ABSENT,
        Tries::Unknown(_) => KAIGO_TRIES_UNKNOWN,
    }
}

exports! { EXPORTS;
    /// Takes a card that functions of the caller's reach, and makes sure that it is an Individual Number Card. `power_down`
    /// may be NULL. `flags`: 0, or `KAIGO_CARD_RECORD`. The functions and `user` are used until the card is freed.
    call kaigo_card_open(
        transmit: val kaigo_transmit_fn, power_down: val kaigo_power_down_fn, user: user, flags: val u32,
        card: new kaigo_card
    ) {
        let transmit = transmit.ok_or_else(|| Fail::argument(KAIGO_E_NULL, "transmit"))?;
        card.give(OpenCard::open(Box::new(CallbackChannel { transmit, power_down, user }), flags)?)
    }

    /// Takes a card that is played from a transcript: every command must be the one that was written down, of PINs the
    /// length.
    twin kaigo_card_replay_utf8 / kaigo_card_replay_utf16(
        transcript, transcript_len: str, flags: val u32, card: new kaigo_card
    ) {
        let transcript: Transcript = transcript.parse().map_err(|error: kaigo_core::card::TranscriptError| {
            let text = |lang| error.message(lang);
            Fail::new(KAIGO_E_CARD_TRANSCRIPT, "card.transcript", text(Lang::Japanese), text(Lang::English))
        })?;
        card.give(OpenCard::open(Box::new(Replayer::new(transcript)), flags)?)
    }

    /// What was written down of a card so far, in UTF-8: one JSON object a line. It holds personal data where the card
    /// does, but no PIN. `KAIGO_E_NOT_FOUND` without `KAIGO_CARD_RECORD`.
    call kaigo_card_transcript(card: handle kaigo_card, transcript: new kaigo_buffer) {
        let Shared(recorder) = card.recorder.as_ref().ok_or_else(|| Fail::argument(KAIGO_E_NOT_FOUND, "card"))?;
        let text = recorder.lock().unwrap_or_else(PoisonError::into_inner).transcript().to_string();
        transcript.give(Bytes(text.into_bytes()))
    }

    /// What a card is: one of `KAIGO_CARD_KIND` to `KAIGO_CARD_LABEL`.
    text kaigo_card_text_utf8 / kaigo_card_text_utf16 / kaigo_card_text_view_utf8 / kaigo_card_text_view_utf16
        of card: kaigo_card [what: u32] {
        let token = card.card.token();
        let (kind, generation): (TokenKind, Generation) = (token.kind, token.generation);
        Cow::Borrowed(match what {
            KAIGO_CARD_KIND => kind.name(),
            KAIGO_CARD_KIND_JA => kind.label(Lang::Japanese),
            KAIGO_CARD_KIND_EN => kind.label(Lang::English),
            KAIGO_CARD_GENERATION => generation.name(),
            KAIGO_CARD_LABEL => &token.label,
            _ => return Err(Fail::argument(KAIGO_E_NUMBER, "what")),
        })
    }

    /// End date and municipality. No PIN is needed. `KAIGO_E_CARD_ABSENT` on phones.
    call kaigo_card_common_data(card: alone kaigo_card, common: fill kaigo_card_common) {
        let data = card.card.common()?;
        let expires = data.expires;
        common.set(kaigo_card_common {
            struct_size: 0,
            municipality: data.municipality.as_str().parse().unwrap_or_default(),
            expires: i64::from(expires.year()) * 10_000
                + i64::from(expires.month_of_year()) * 100
                + i64::from(expires.day()),
        })
    }

    /// Which certificates there are: one of `KAIGO_PRESENCE_` each. No PIN is needed.
    call kaigo_card_certificates(card: alone kaigo_card, user_authentication: out u32, signature: out u32) {
        let held = card.card.certificates()?;
        user_authentication.set(presence_number(held.user_authentication))?;
        signature.set(presence_number(held.signature))
    }

    /// Tries left of every credential. Spends none, and needs no PIN.
    call kaigo_card_tries_left(card: alone kaigo_card, tries: fill kaigo_card_tries) {
        let left = card.card.tries_left()?;
        tries.set(kaigo_card_tries {
            struct_size: 0,
            user_authentication: tries_number(left.user_authentication),
            signature: tries_number(left.signature),
            text: tries_number(left.text),
            code_b: tries_number(left.code_b),
        })
    }

    /// The user-authentication certificate (利用者証明用電子証明書), where it is read without a PIN;
    /// `KAIGO_E_CARD_PIN_NEEDED` on phones.
    call kaigo_card_user_certificate(card: alone kaigo_card, certificate: new kaigo_certificates) {
        certificate.give(Certificates(vec![card.card.user_certificate()?]))
    }

    /// The user-authentication certificate of a phone or of a card, after the PIN. `last_try` as for `kaigo_card_verify`.
    call kaigo_card_user_certificate_with_pin(
        card: alone kaigo_card, pin: handle kaigo_pin, last_try: val u32, certificate: new kaigo_certificates
    ) {
        let last_try = last_try_of(last_try)?;
        certificate.give(Certificates(vec![card.card.user_certificate_with_pin(&pin.0, last_try)?]))
    }

    /// The certificate of those who issued the user-authentication certificate.
    call kaigo_card_user_certificate_issuer(card: alone kaigo_card, certificate: new kaigo_certificates) {
        certificate.give(Certificates(vec![card.card.user_certificate_issuer()?]))
    }

    /// A PIN for a credential, one of `KAIGO_PIN_USER_AUTHENTICATION` to `KAIGO_PIN_CODE_B`, in its form; full-width digits
    /// and letters are taken. `KAIGO_E_CARD_PIN_FORM` for any other text. Nothing is sent to any card.
    twin kaigo_pin_new_utf8 / kaigo_pin_new_utf16(kind: val u32, text, text_len: secret, pin: new kaigo_pin) {
        pin.give(Code(Pin::new(pin_kind(kind)?, &text)?))
    }

    /// 照合番号B from what is printed on a card: the date of birth in its era (`KAIGO_ERA_`), the Gregorian year of expiry
    /// and the security code.
    twin kaigo_pin_code_b_utf8 / kaigo_pin_code_b_utf16(
        era: val u32, year: val u32, month: val u32, day: val u32, expiry_year: val u32,
        security_code, security_code_len: secret, pin: new kaigo_pin
    ) {
        let era = match era {
            KAIGO_ERA_MEIJI => Era::Meiji,
            KAIGO_ERA_TAISHO => Era::Taisho,
            KAIGO_ERA_SHOWA => Era::Showa,
            KAIGO_ERA_HEISEI => Era::Heisei,
            KAIGO_ERA_REIWA => Era::Reiwa,
            _ => return Err(Fail::argument(KAIGO_E_NUMBER, "era")),
        };
        let year = i16::try_from(year).map_err(|_| Fail::argument(KAIGO_E_NUMBER, "year"))?;
        let month = i8::try_from(month).map_err(|_| Fail::argument(KAIGO_E_NUMBER, "month"))?;
        let day = i8::try_from(day).map_err(|_| Fail::argument(KAIGO_E_NUMBER, "day"))?;
        let expiry_year = i16::try_from(expiry_year).map_err(|_| Fail::argument(KAIGO_E_NUMBER, "expiry_year"))?;
        let printed = PrintedCodes { era, year, month, day, expiry_year, security_code: &security_code };
        pin.give(Code(Pin::code_b(&printed)?))
    }

    /// Asks the card whether a PIN is right: `outcome` is one of `KAIGO_PIN_VERIFIED`, `_WRONG`, `_BLOCKED`, and `left` the
    /// tries left of a wrong one. The tries left are read first; a blocked credential is not tried, and the last try only
    /// with `last_try` `KAIGO_LAST_TRY_SPEND`, else `KAIGO_E_CARD_LAST_TRY`. The PIN is sent once, whatever happens.
    call kaigo_card_verify(
        card: alone kaigo_card, pin: handle kaigo_pin, last_try: val u32, outcome: out u32, left: out u32
    ) {
        let (number, tries) = match card.card.verify(&pin.0, last_try_of(last_try)?)? {
            Verification::Verified => (KAIGO_PIN_VERIFIED, 0),
            Verification::Wrong { left } => (KAIGO_PIN_WRONG, left.into()),
            Verification::Blocked => (KAIGO_PIN_BLOCKED, 0),
        };
        outcome.set(number)?;
        left.set(tries)
    }

    /// What to tell the person after `kaigo_card_verify`: tries left, and where to unlock. `lang` is one of `KAIGO_LANG_`.
    twin kaigo_pin_guidance_utf8 / kaigo_pin_guidance_utf16(
        kind: val u32, outcome: val u32, left: val u32, lang: val u32, buffer, capacity, needed: copy
    ) {
        let verification = match outcome {
            KAIGO_PIN_VERIFIED => Verification::Verified,
            KAIGO_PIN_WRONG => Verification::Wrong {
                left: u8::try_from(left).map_err(|_| Fail::argument(KAIGO_E_NUMBER, "left"))?,
            },
            KAIGO_PIN_BLOCKED => Verification::Blocked,
            _ => return Err(Fail::argument(KAIGO_E_NUMBER, "outcome")),
        };
        buffer.text(&verification.guidance(pin_kind(kind)?, lang_of(lang)?))
    }

    /// Name, address, date of birth and sex, by the PIN of the card-face text or 照合番号B. `last_try` as for
    /// `kaigo_card_verify`.
    call kaigo_card_basic_items(
        card: alone kaigo_card, pin: handle kaigo_pin, last_try: val u32, person: new kaigo_person
    ) {
        person.give(Person(card.card.basic_items(&pin.0, last_try_of(last_try)?)?))
    }

    /// An item of a person: one of `KAIGO_PERSON_`.
    text kaigo_person_text_utf8 / kaigo_person_text_utf16 / kaigo_person_text_view_utf8 / kaigo_person_text_view_utf16
        of person: kaigo_person [what: u32] {
        let items = &person.0;
        Cow::Borrowed(match what {
            KAIGO_PERSON_NAME => &items.name,
            KAIGO_PERSON_ADDRESS => &items.address,
            KAIGO_PERSON_BIRTH => &items.birth_digits,
            KAIGO_PERSON_SEX => Sex::name(items.sex),
            _ => return Err(Fail::argument(KAIGO_E_NUMBER, "what")),
        })
    }

    /// Signs a challenge with the user-authentication key: the signature, checked against the certificate, which comes with
    /// it, and its `algorithm`, one of `KAIGO_ALGORITHM_`. Make a challenge say what it is for, and sign none whose origin
    /// is not known. `last_try` as for `kaigo_card_verify`.
    call kaigo_card_sign(
        card: alone kaigo_card, pin: handle kaigo_pin, last_try: val u32, challenge, challenge_len: bytes,
        signature: new kaigo_buffer, certificate: new_or_null kaigo_certificates, algorithm: out u32
    ) {
        let signed = card.card.sign(&pin.0, last_try_of(last_try)?, challenge)?;
        algorithm.set(match signed.algorithm {
            SignatureAlgorithm::RsaPkcs1Sha256 => KAIGO_ALGORITHM_RSA_PKCS1_SHA256,
            SignatureAlgorithm::EcdsaP384Sha384 => KAIGO_ALGORITHM_ECDSA_P384_SHA384,
            _ => 0,
        })?;
        certificate.give(Certificates(vec![signed.certificate]))?;
        signature.give(Bytes(signed.signature))
    }

    /// Whether the key of the certificate at an index, from 0, signed a challenge: if not, `KAIGO_E_CARD_BAD_SIGNATURE`. Who
    /// issued the certificate, and whether it is revoked, is not looked at.
    call kaigo_certificates_verify_challenge(
        certificates: handle kaigo_certificates, index: val u64, challenge, challenge_len: bytes,
        signature, signature_len: bytes
    ) {
        Ok(verify_challenge(certificates.get(index)?, challenge, signature)?)
    }
}
