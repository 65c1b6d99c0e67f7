//! What is known of the card, as data: applications, files, credentials, tokens.
//!
//! Public knowledge from open implementations, not an official specification.

use super::error::Part;
use super::names::named;

named! {
    /// An application of the card that is used here.
    Application {
        /// Certificates and keys.
        Jpki = "jpki" "公的個人認証" "public certificates (JPKI)",
        /// The four basic items as text.
        Text = "text" "券面事項入力補助" "text of the card face",
        /// What every card tells without a PIN.
        Common = "common" "共通" "common data",
    }
}

impl Application {
    /// The name that the application is selected by.
    pub const fn aid(self) -> [u8; 10] {
        match self {
            Self::Jpki => [0xD3, 0x92, 0xF0, 0x00, 0x26, 0x01, 0x00, 0x00, 0x00, 0x01],
            Self::Text => [0xD3, 0x92, 0x10, 0x00, 0x31, 0x00, 0x01, 0x01, 0x04, 0x08],
            Self::Common => [0xD3, 0x92, 0x10, 0x00, 0x31, 0x00, 0x01, 0x01, 0x01, 0x00],
        }
    }
}

named! {
    /// What a person proves to the card that they know.
    PinKind {
        /// Four digits, three tries.
        UserAuthentication = "user_authentication" "利用者証明用電子証明書の暗証番号" "PIN of the user-authentication certificate",
        /// Six to sixteen letters and digits, five tries.
        Signature = "signature" "署名用電子証明書の暗証番号" "password of the signature certificate",
        /// Four digits, three tries.
        Text = "text" "券面事項入力補助用の暗証番号" "PIN of the card-face text",
        /// 照合番号B: fourteen digits that are printed on the card, ten tries.
        CodeB = "code_b" "照合番号B" "verification code B",
    }
}

/// How a PIN is written.
pub(super) enum Form {
    Digits(usize),
    /// Letters and digits, at least one of each.
    Password {
        min: usize,
        max: usize,
    },
}

impl PinKind {
    /// The application that the credential belongs to.
    pub const fn application(self) -> Application {
        match self {
            Self::UserAuthentication | Self::Signature => Application::Jpki,
            Self::Text | Self::CodeB => Application::Text,
        }
    }

    /// The tries that a card allows in a row.
    pub const fn most_tries(self) -> u8 {
        match self {
            Self::UserAuthentication | Self::Text => 3,
            Self::Signature => 5,
            Self::CodeB => 10,
        }
    }

    pub(super) const fn file(self) -> u16 {
        match self {
            Self::UserAuthentication => 0x0018,
            Self::Signature => 0x001B,
            Self::Text => 0x0011,
            Self::CodeB => 0x0015,
        }
    }

    pub(super) const fn form(self) -> Form {
        match self {
            Self::UserAuthentication | Self::Text => Form::Digits(4),
            Self::Signature => Form::Password { min: 6, max: 16 },
            Self::CodeB => Form::Digits(14),
        }
    }
}

/// A transparent file and how its end is known.
pub(super) struct File {
    pub(super) part: Part,
    pub(super) id: u16,
    pub(super) extent: Extent,
}

pub(super) enum Extent {
    /// The first bytes, or as many as there are.
    Bytes(usize),
    /// One DER structure from the start.
    Der,
    /// One structure of this tag, wherever it begins.
    Tag(u16),
}

pub(super) const TOKEN_INFO: File = File { part: Part::Token, id: 0x0006, extent: Extent::Bytes(32) };
pub(super) const PRESENCE: File = File { part: Part::CertificateList, id: 0x0008, extent: Extent::Bytes(3) };
pub(super) const USER_CERTIFICATE: File =
    File { part: Part::UserCertificate, id: 0x000A, extent: Extent::Der };
pub(super) const USER_ISSUER: File =
    File { part: Part::UserCertificateIssuer, id: 0x000B, extent: Extent::Der };
pub(super) const BASIC_ITEMS: File =
    File { part: Part::BasicItems, id: 0x0002, extent: Extent::Tag(BASIC_ITEMS_TAG) };

/// The private key of the user-authentication certificate.
pub(super) const USER_KEY: u16 = 0x0017;

pub(super) const BASIC_ITEMS_TAG: u16 = 0xFF20;
pub(super) const NAME_TAG: u16 = 0xDF22;
pub(super) const ADDRESS_TAG: u16 = 0xDF23;
pub(super) const BIRTH_TAG: u16 = 0xDF24;
pub(super) const SEX_TAG: u16 = 0xDF25;

/// What stands before the digits of the common record.
pub(super) const COMMON_PREFIX: [u8; 2] = [0x01, 0x1C];
/// Digits of the common record: serial number (not read here), municipality, end date.
pub(super) const COMMON_SERIAL: usize = 15;
pub(super) const COMMON_MUNICIPALITY: usize = 5;
pub(super) const COMMON_EXPIRY: usize = 8;

named! {
    /// What the certificates are kept by.
    TokenKind {
        /// マイナンバーカード.
        IndividualNumberCard = "individual_number_card" "マイナンバーカード" "Individual Number Card",
        /// 住民基本台帳カード, the card before it; none is valid any more.
        ResidentRegisterCard = "resident_register_card" "住民基本台帳カード" "Basic Resident Register Card",
        /// The certificates on an Android phone.
        AndroidPhone = "android_phone" "スマートフォン（Android）" "Android phone",
        /// The certificates on an iPhone.
        Iphone = "iphone" "スマートフォン（iPhone）" "iPhone",
        /// A label that this version does not know.
        Unknown = "unknown" "不明" "unknown",
    }
}

named! {
    /// The generation of a card.
    Generation {
        /// The card issued from 2003 to 2015.
        ResidentRegister = "resident_register" "住民基本台帳カード" "Basic Resident Register Card",
        /// The card issued since 2016.
        First = "first" "現行のマイナンバーカード" "the current Individual Number Card",
        /// Not a card but a phone.
        Phone = "phone" "スマートフォン" "phone",
        /// A generation that this version does not know, such as the card expected around 2028.
        Unknown = "unknown" "不明" "unknown",
    }
}

/// How a token of a kind differs.
pub(super) struct Profile {
    pub(super) label: &'static str,
    pub(super) kind: TokenKind,
    pub(super) generation: Generation,
    /// Whether the user-authentication certificate itself is read only after its PIN.
    pub(super) certificate_needs_pin: bool,
}

pub(super) const PROFILES: [Profile; 4] = [
    Profile {
        label: "JPKIAPICCTOKEN2",
        kind: TokenKind::IndividualNumberCard,
        generation: Generation::First,
        certificate_needs_pin: false,
    },
    Profile {
        label: "JPKIAPICCTOKEN",
        kind: TokenKind::ResidentRegisterCard,
        generation: Generation::ResidentRegister,
        certificate_needs_pin: false,
    },
    Profile {
        label: "JPKIAPGPSETOKEN",
        kind: TokenKind::AndroidPhone,
        generation: Generation::Phone,
        certificate_needs_pin: true,
    },
    Profile {
        label: "JPKIAPIOSTOKEN",
        kind: TokenKind::Iphone,
        generation: Generation::Phone,
        certificate_needs_pin: true,
    },
];
