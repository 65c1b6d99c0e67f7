//! The flows over one card.

use std::fmt;

use super::apdu::{Command, StatusWord};
use super::basic_items::BasicItems;
use super::channel::CardChannel;
use super::error::{CardError, Part};
use super::layout::{
    Application, BASIC_ITEMS, COMMON_EXPIRY, COMMON_MUNICIPALITY, COMMON_PREFIX, COMMON_SERIAL, Generation,
    PRESENCE, PROFILES, PinKind, TOKEN_INFO, TokenKind, USER_CERTIFICATE, USER_ISSUER, USER_KEY,
};
use super::names::named;
use super::pin::{LastTry, Pin, Tries, Verification};
use super::read;
use super::signing::{ChallengeSignature, SignatureAlgorithm, verify_challenge};
use crate::calendar::Date;
use crate::credential::Certificate;

/// What a card's certificates are kept by.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Token {
    /// The kind.
    pub kind: TokenKind,
    /// The generation of the card.
    pub generation: Generation,
    /// The label as the card has it; empty when it has none.
    pub label: String,
}

/// What every card tells without a PIN. The card's serial number, which stands beside it, is not kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct CommonData {
    /// The municipality that issued the card: five digits, as in 全国地方公共団体コード without its check digit.
    #[doc(alias = "市区町村コード")]
    pub municipality: Municipality,
    /// The last day that the card is valid.
    #[doc(alias = "有効期限")]
    pub expires: Date,
}

crate::ident::ident! {
    /// A municipality (市区町村) in five digits: two of the prefecture, three of the municipality.
    Municipality[5] = "市区町村コード", "a municipality code", "5 digits", |b| b.iter().all(u8::is_ascii_digit), plain
}

named! {
    /// Whether the card holds a certificate.
    Presence {
        /// It is there.
        Present = "present" "あり" "present",
        /// It is not: under 15 years of age, never issued, or revoked (signature certificate).
        Absent = "absent" "なし" "absent",
        /// The card does not say.
        Unknown = "unknown" "不明" "unknown",
    }
}

/// Which certificates a card holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct CardCertificates {
    /// 利用者証明用電子証明書.
    pub user_authentication: Presence,
    /// 署名用電子証明書.
    pub signature: Presence,
}

/// Tries left of every credential.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct TriesLeft {
    /// 利用者証明用電子証明書の暗証番号.
    pub user_authentication: Tries,
    /// 署名用電子証明書の暗証番号.
    pub signature: Tries,
    /// 券面事項入力補助用の暗証番号.
    pub text: Tries,
    /// 照合番号B.
    pub code_b: Tries,
}

impl TriesLeft {
    /// Those of one credential.
    pub fn of(&self, kind: PinKind) -> Tries {
        match kind {
            PinKind::UserAuthentication => self.user_authentication,
            PinKind::Signature => self.signature,
            PinKind::Text => self.text,
            PinKind::CodeB => self.code_b,
        }
    }
}

/// An Individual Number Card behind a channel.
///
/// Every call selects what it needs, so calls may stand in any order. After a PIN was in play the application
/// is left at the end of the call, and the card powered down when this is dropped.
///
/// Take the card, read, and let go: other programs wait for it.
#[doc(alias = "マイナンバーカード")]
pub struct Card<C: CardChannel> {
    channel: C,
    token: Token,
    certificate_needs_pin: bool,
    pin_was_in_play: bool,
}

impl<C: CardChannel> Card<C> {
    /// Makes sure that the card behind the channel is one with JPKI (公的個人認証), and reads its label.
    ///
    /// # Errors
    /// [`CardError::NotThisCard`] for any other card; [`CardError::Removed`] and others of the channel.
    pub fn open(mut channel: C) -> Result<Self, CardError> {
        let mut status = read::select_application(&mut channel, Application::Jpki)?;
        // Some cards answer the first command after they got power so, and the next well.
        if status == StatusWord::NO_DIAGNOSIS {
            status = read::select_application(&mut channel, Application::Jpki)?;
        }
        if status != StatusWord::OK {
            return Err(CardError::NotThisCard);
        }
        let label = match read::read_file(&mut channel, &TOKEN_INFO) {
            Ok(label) => String::from_utf8_lossy(&label).trim_matches(['\0', ' ']).to_owned(),
            Err(CardError::Absent { .. }) => String::new(),
            Err(error) => return Err(error),
        };
        let profile = PROFILES.iter().find(|profile| profile.label == label);
        let (kind, generation) = profile
            .map_or((TokenKind::Unknown, Generation::Unknown), |profile| (profile.kind, profile.generation));
        Ok(Self {
            channel,
            token: Token { kind, generation, label },
            certificate_needs_pin: profile.is_some_and(|profile| profile.certificate_needs_pin),
            pin_was_in_play: false,
        })
    }

    /// What the certificates are kept by.
    pub fn token(&self) -> &Token {
        &self.token
    }

    /// The card's end date and municipality. No PIN is needed.
    ///
    /// # Errors
    /// [`CardError::Absent`] on phones and cards without the common application; [`CardError::Malformed`].
    pub fn common(&mut self) -> Result<CommonData, CardError> {
        self.select(Application::Common, Part::Common)?;
        let record = read::read_record(&mut self.channel, Part::Common, 1)?;
        let parse = || {
            let (_, rest) = record.strip_prefix(&COMMON_PREFIX)?.split_at_checked(COMMON_SERIAL)?;
            let (municipality, rest) = rest.split_at_checked(COMMON_MUNICIPALITY)?;
            Some(CommonData {
                municipality: Municipality::from_ascii(municipality).ok()?,
                expires: Date::from_ascii(rest.get(..COMMON_EXPIRY)?).ok()?,
            })
        };
        parse().ok_or(CardError::Malformed { part: Part::Common })
    }

    /// Which certificates there are. No PIN is needed.
    ///
    /// # Errors
    /// Those of the channel; a card that does not say is no error but [`Presence::Unknown`].
    pub fn certificates(&mut self) -> Result<CardCertificates, CardError> {
        self.select(Application::Jpki, Part::CertificateList)?;
        let file = match read::read_file(&mut self.channel, &PRESENCE) {
            Ok(file) => file,
            Err(CardError::Absent { .. } | CardError::PinNeeded { .. } | CardError::Status { .. }) => {
                Default::default()
            }
            Err(error) => return Err(error),
        };
        let presence = |byte: Option<&u8>| match byte {
            Some(0x8F) => Presence::Present,
            Some(0x00) => Presence::Absent,
            _ => Presence::Unknown,
        };
        Ok(CardCertificates { signature: presence(file.first()), user_authentication: presence(file.get(1)) })
    }

    /// Tries left of every credential. Spends none, and needs no PIN.
    ///
    /// # Errors
    /// Those of the channel; a credential that the card does not have is no error but [`Tries::Absent`].
    pub fn tries_left(&mut self) -> Result<TriesLeft, CardError> {
        Ok(TriesLeft {
            user_authentication: self.tries(PinKind::UserAuthentication)?,
            signature: self.tries(PinKind::Signature)?,
            text: self.tries(PinKind::Text)?,
            code_b: self.tries(PinKind::CodeB)?,
        })
    }

    fn tries(&mut self, kind: PinKind) -> Result<Tries, CardError> {
        match self.select(kind.application(), Part::Pin) {
            Ok(()) => read::tries(&mut self.channel, kind),
            Err(CardError::Absent { .. }) => Ok(Tries::Absent),
            Err(CardError::Status { status, .. }) => Ok(Tries::Unknown(status)),
            Err(error) => Err(error),
        }
    }

    /// The user-authentication certificate (利用者証明用電子証明書), where it is read without a PIN.
    ///
    /// # Errors
    /// [`CardError::PinNeeded`] on phones, before anything is sent: see
    /// [`user_certificate_with_pin`](Self::user_certificate_with_pin). [`CardError::Absent`] when there is none.
    pub fn user_certificate(&mut self) -> Result<Certificate, CardError> {
        if self.certificate_needs_pin {
            return Err(CardError::PinNeeded { part: Part::UserCertificate });
        }
        self.select(Application::Jpki, Part::UserCertificate)?;
        read_user_certificate(&mut self.channel)
    }

    /// The user-authentication certificate of a phone or of a card, after the PIN.
    ///
    /// # Errors
    /// As [`user_certificate`](Self::user_certificate), and those of [`sign`](Self::sign) about the PIN.
    pub fn user_certificate_with_pin(
        &mut self,
        pin: &Pin,
        last_try: LastTry,
    ) -> Result<Certificate, CardError> {
        self.unlocked(pin, last_try, &[PinKind::UserAuthentication], read_user_certificate)
    }

    /// The certificate of those who issued the user-authentication certificate.
    ///
    /// # Errors
    /// [`CardError::Absent`], [`CardError::PinNeeded`], and those of the channel.
    pub fn user_certificate_issuer(&mut self) -> Result<Certificate, CardError> {
        self.select(Application::Jpki, Part::UserCertificateIssuer)?;
        Ok(Certificate::from_der(&read::read_file(&mut self.channel, &USER_ISSUER)?)?)
    }

    /// Name, address, date of birth and sex, by the PIN of the card-face text or verification code B.
    ///
    /// # Errors
    /// [`CardError::WrongPin`], [`CardError::Blocked`], [`CardError::LastTry`],
    /// [`CardError::PinOutcomeUnknown`]: see [`verify`](Self::verify). [`CardError::Malformed`].
    #[doc(alias = "基本4情報")]
    pub fn basic_items(&mut self, pin: &Pin, last_try: LastTry) -> Result<BasicItems, CardError> {
        self.unlocked(pin, last_try, &[PinKind::Text, PinKind::CodeB], |channel| {
            BasicItems::parse(&read::read_file(channel, &BASIC_ITEMS)?)
        })
    }

    /// Signs a challenge with the user-authentication key, and checks the signature against the certificate.
    ///
    /// The card is given the digest of the challenge. Whoever asks for a signature chooses the challenge: make
    /// it say what it is for, and never sign one whose origin is not known.
    ///
    /// # Errors
    /// [`CardError::WrongPin`], [`CardError::Blocked`], [`CardError::LastTry`],
    /// [`CardError::PinOutcomeUnknown`]: see [`verify`](Self::verify). [`CardError::UnsupportedKey`], before the
    /// PIN is sent where the certificate is read without it. [`CardError::BadSignature`].
    pub fn sign(
        &mut self,
        pin: &Pin,
        last_try: LastTry,
        challenge: &[u8],
    ) -> Result<ChallengeSignature, CardError> {
        // What needs no PIN comes first: an unsupported key spends no try.
        let free = match self.user_certificate() {
            Ok(certificate) => {
                SignatureAlgorithm::of(&certificate)?.input(challenge)?;
                Some(certificate)
            }
            Err(CardError::PinNeeded { .. }) => None,
            Err(error) => return Err(error),
        };
        let signed = self.unlocked(pin, last_try, &[PinKind::UserAuthentication], |channel| {
            let certificate = match free {
                Some(certificate) => certificate,
                None => read_user_certificate(channel)?,
            };
            let algorithm = SignatureAlgorithm::of(&certificate)?;
            let input = algorithm.input(challenge)?;
            match read::select_file(channel, USER_KEY)? {
                StatusWord::OK => {}
                status => return Err(read::refused(Part::Signature, status)),
            }
            let command = Command::with_data([0x80, 0x2A, 0x00, 0x80], &input).expecting(0);
            let answer = read::ask(channel, &command)?;
            match answer.status {
                StatusWord::OK => {
                    Ok(ChallengeSignature { algorithm, signature: answer.data.to_vec(), certificate })
                }
                status => Err(read::refused(Part::Signature, status)),
            }
        })?;
        verify_challenge(&signed.certificate, challenge, &signed.signature)?;
        Ok(signed)
    }

    /// Asks the card whether a PIN is right, and nothing else: the application is left again.
    ///
    /// The tries left are read first. A blocked credential is not tried, the last try only with
    /// [`LastTry::Spend`]. The PIN is sent once and never again by the library, whatever happens.
    ///
    /// # Errors
    /// [`CardError::LastTry`]; [`CardError::Absent`] when the card has no such credential;
    /// [`CardError::Status`] when the card does not tell the tries left (nothing was sent then) or gives an
    /// unknown answer; [`CardError::PinOutcomeUnknown`] when no answer came.
    pub fn verify(&mut self, pin: &Pin, last_try: LastTry) -> Result<Verification, CardError> {
        self.with_pin(pin, last_try, |_, verification| Ok(verification))
    }

    fn unlocked<T>(
        &mut self,
        pin: &Pin,
        last_try: LastTry,
        opened_by: &[PinKind],
        work: impl FnOnce(&mut C) -> Result<T, CardError>,
    ) -> Result<T, CardError> {
        let kind = pin.kind();
        if !opened_by.contains(&kind) {
            return Err(CardError::WrongPinKind { kind });
        }
        self.with_pin(pin, last_try, |channel, verification| match verification {
            Verification::Verified => work(channel),
            Verification::Wrong { left } => Err(CardError::WrongPin { kind, left }),
            Verification::Blocked => Err(CardError::Blocked { kind }),
        })
    }

    fn with_pin<T>(
        &mut self,
        pin: &Pin,
        last_try: LastTry,
        work: impl FnOnce(&mut C, Verification) -> Result<T, CardError>,
    ) -> Result<T, CardError> {
        self.select(pin.kind().application(), Part::Pin)?;
        self.pin_was_in_play = true;
        let result = read::verify(&mut self.channel, pin, last_try)
            .and_then(|verification| work(&mut self.channel, verification));
        // Another application takes the verified state away. Where it cannot be selected, the power is taken.
        let _ = read::select_application(&mut self.channel, Application::Common);
        result
    }

    fn select(&mut self, application: Application, part: Part) -> Result<(), CardError> {
        match read::select_application(&mut self.channel, application)? {
            StatusWord::OK => Ok(()),
            status => Err(read::refused(part, status)),
        }
    }
}

fn read_user_certificate(channel: &mut impl CardChannel) -> Result<Certificate, CardError> {
    Ok(Certificate::from_der(&read::read_file(channel, &USER_CERTIFICATE)?)?)
}

impl<C: CardChannel> Drop for Card<C> {
    fn drop(&mut self) {
        if self.pin_was_in_play {
            self.channel.power_down();
        }
    }
}

impl<C: CardChannel> fmt::Debug for Card<C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Card").field("token", &self.token).finish_non_exhaustive()
    }
}
