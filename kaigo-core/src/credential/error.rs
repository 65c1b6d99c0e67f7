//! Why a certificate or key cannot be used.

use std::fmt;

use jiff::Timestamp;

use crate::error::codes;
use crate::report::Lang;

/// A certificate or key cannot be used. No variant holds a password or a part of a key.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum CredentialError {
    /// The password does not open the file. Ask for it again; the file itself is whole as far as can be seen.
    WrongPassword,
    /// The bytes are not what they should be. Get the file anew from where it was issued.
    Damaged {
        /// What could not be read.
        what: &'static str,
    },
    /// The file is written in a way that this library does not read. Export it anew in the form that the
    /// message names.
    Unsupported {
        /// What is not supported.
        what: &'static str,
    },
    /// There is no private key. Export the certificate together with its key.
    NoKey,
    /// There is no certificate. Export the key together with its certificate.
    NoCertificate,
    /// There are several private keys, and which one is meant would be a guess. Export one alone.
    SeveralKeys {
        /// How many.
        count: usize,
    },
    /// The private key belongs to none of the certificates. Pair the files that were issued together.
    KeyMismatch {
        /// The first certificate given.
        certificate: CertificateName,
    },
    /// The certificate cannot be used yet. Wait, or look at the clock of the computer.
    NotYetValid {
        /// The certificate.
        certificate: CertificateName,
        /// Valid from this second on.
        from: Timestamp,
    },
    /// The certificate has ended. Have a new one issued and load it.
    Expired {
        /// The certificate.
        certificate: CertificateName,
        /// The last second of its validity.
        since: Timestamp,
    },
    /// No chain leads from the certificate to an authority that the caller trusts. Give the certificates between,
    /// or look whether it comes from whom it should.
    Untrusted {
        /// The certificate.
        certificate: CertificateName,
    },
    /// The certificate says that it is for something else than proving who one is.
    WrongUse {
        /// The certificate.
        certificate: CertificateName,
    },
    /// The PKCS#11 module cannot be loaded. Give the library that came with the token, for the processor of this
    /// program.
    ModuleUnusable {
        /// What the operating system or the module said.
        detail: String,
    },
    /// There is no token of this label or serial number. Put it in, and look at the label.
    NoToken {
        /// What was asked for.
        label: String,
    },
    /// Several tokens have this label. Name the serial number instead.
    SeveralTokens {
        /// How many.
        count: usize,
    },
    /// No certificate in the token or store is the one asked for.
    NoSuchCertificate,
    /// Several certificates are what was asked for, and which one is meant would be a guess. Name its thumbprint.
    SeveralCertificates {
        /// How many.
        count: usize,
    },
    /// The token holds the certificate, but no private key for it.
    NoKeyForCertificate {
        /// The certificate.
        certificate: CertificateName,
    },
    /// The PIN does not have a length that the token takes; it was not told.
    PinLength {
        /// The shortest, in bytes.
        min: usize,
        /// The longest, in bytes.
        max: usize,
    },
    /// The token says that few tries are left for its PIN, and the caller did not allow one to be spent: the PIN was not
    /// told. Tell the person, and call again with [`LastTry::Spend`](crate::card::LastTry::Spend) if they want it.
    PinTriesLow {
        /// What the token says of the tries left.
        left: TokenTries,
    },
    /// The PIN of the token is wrong. Ask the person for it again.
    WrongPin {
        /// What the token says of the tries left.
        left: TokenTries,
    },
    /// The PIN of the token is locked. Whoever issued the token unlocks it.
    PinLocked,
    /// The token was taken away, or lost its key. Put it in, and load the certificate anew.
    TokenRemoved,
    /// What holds the key failed otherwise.
    KeyStoreFailed {
        /// In its own words.
        detail: String,
    },
}

/// What a token says of the tries left for its PIN. A number is not told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum TokenTries {
    /// Nothing: enough, or the token does not tell.
    Untold,
    /// A wrong PIN was told before; few are left, perhaps one.
    Few,
    /// One.
    Last,
    /// None: it is locked.
    None,
}

impl TokenTries {
    /// The stable name: `untold`, `few`, `last`, `none`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Untold => "untold",
            Self::Few => "few",
            Self::Last => "last",
            Self::None => "none",
        }
    }

    fn label(self, lang: Lang) -> &'static str {
        match (self, lang) {
            (Self::Untold, Lang::Japanese) => "残り回数は不明です",
            (Self::Untold, Lang::English) => "tries left are not told",
            (Self::Few, Lang::Japanese) => "残り回数はわずかです",
            (Self::Few, Lang::English) => "few tries are left",
            (Self::Last, Lang::Japanese) => "残り1回です",
            (Self::Last, Lang::English) => "one try is left",
            (Self::None, Lang::Japanese) => "ロックされました",
            (Self::None, Lang::English) => "it is locked now",
        }
    }
}

/// What names one certificate to people: enough to find it, nothing secret.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CertificateName {
    /// The common name of the subject, or the whole subject where it has none.
    pub common_name: String,
    /// The serial number in lower-case hexadecimal.
    pub serial: String,
}

impl fmt::Display for CertificateName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} (serial {})", self.common_name, self.serial)
    }
}

impl CredentialError {
    codes! {
        Self::WrongPassword => "credential.wrong-password",
        Self::Damaged { .. } => "credential.damaged",
        Self::Unsupported { .. } => "credential.unsupported",
        Self::NoKey => "credential.no-key",
        Self::NoCertificate => "credential.no-certificate",
        Self::SeveralKeys { .. } => "credential.several-keys",
        Self::KeyMismatch { .. } => "credential.key-mismatch",
        Self::NotYetValid { .. } => "credential.not-yet-valid",
        Self::Expired { .. } => "credential.expired",
        Self::Untrusted { .. } => "credential.untrusted",
        Self::WrongUse { .. } => "credential.wrong-use",
        Self::ModuleUnusable { .. } => "credential.module-unusable",
        Self::NoToken { .. } => "credential.no-token",
        Self::SeveralTokens { .. } => "credential.several-tokens",
        Self::NoSuchCertificate => "credential.no-such-certificate",
        Self::SeveralCertificates { .. } => "credential.several-certificates",
        Self::NoKeyForCertificate { .. } => "credential.no-key-for-certificate",
        Self::PinLength { .. } => "credential.pin-length",
        Self::PinTriesLow { .. } => "credential.pin-tries-low",
        Self::WrongPin { .. } => "credential.wrong-pin",
        Self::PinLocked => "credential.pin-locked",
        Self::TokenRemoved => "credential.token-removed",
        Self::KeyStoreFailed { .. } => "credential.key-store-failed",
    }

    /// What happened and what to do next, in the language asked for.
    pub fn message(&self, lang: Lang) -> String {
        match lang {
            Lang::Japanese => match self {
                Self::WrongPassword => "パスワードが違います。もう一度入力してください".into(),
                Self::Damaged { what } => {
                    format!("{what} を読み取れません。発行元からファイルを取り直してください")
                }
                Self::Unsupported { what } => format!("対応していない形式です: {what}"),
                Self::NoKey => "秘密鍵がありません。証明書を秘密鍵と一緒に書き出してください".into(),
                Self::NoCertificate => "証明書がありません。秘密鍵を証明書と一緒に書き出してください".into(),
                Self::SeveralKeys { count } => {
                    format!("秘密鍵が{count}個あり、どれを使うか決められません。1個だけ書き出してください")
                }
                Self::KeyMismatch { certificate } => format!(
                    "秘密鍵が証明書と対応していません: {certificate}。一緒に発行されたものを指定してください"
                ),
                Self::NotYetValid { certificate, from } => format!(
                    "証明書はまだ有効ではありません（{from} から）: {certificate}。コンピューターの時計も確かめてください"
                ),
                Self::Expired { certificate, since } => format!(
                    "証明書の有効期限が切れています（{since} まで）: {certificate}。新しい証明書の発行を受けてください"
                ),
                Self::Untrusted { certificate } => format!(
                    "証明書が信頼する認証局につながりません: {certificate}。発行元と中間証明書を確かめてください"
                ),
                Self::WrongUse { certificate } => {
                    format!("証明書は認証に使うものではありません: {certificate}")
                }
                Self::ModuleUnusable { detail } => format!(
                    "PKCS#11 モジュールを読み込めません。トークンに付属のライブラリーを指定してください（{detail}）"
                ),
                Self::NoToken { label } => {
                    format!(
                        "トークン「{label}」がありません。挿入されているか、ラベルが正しいかを確かめてください"
                    )
                }
                Self::SeveralTokens { count } => {
                    format!("同じラベルのトークンが{count}個あります。シリアル番号で指定してください")
                }
                Self::NoSuchCertificate => {
                    "指定に合う証明書がありません。拇印または件名の指定を確かめてください".into()
                }
                Self::SeveralCertificates { count } => {
                    format!(
                        "指定に合う証明書が{count}個あり、どれを使うか決められません。拇印で指定してください"
                    )
                }
                Self::NoKeyForCertificate { certificate } => {
                    format!("トークンに証明書の秘密鍵がありません: {certificate}")
                }
                Self::PinLength { min, max } => {
                    format!("トークンの PIN は{min}～{max}文字です。何も送信していません")
                }
                Self::PinTriesLow { left } => format!(
                    "トークンの PIN の{}。間違えるとロックされるおそれがあります。何も送信していません",
                    left.label(lang)
                ),
                Self::WrongPin { left } => {
                    format!(
                        "トークンの PIN が違います。{}。確かでないときは入力をやめてください",
                        left.label(lang)
                    )
                }
                Self::PinLocked => {
                    "トークンの PIN はロックされています。トークンの発行元に相談してください".into()
                }
                Self::TokenRemoved => {
                    "トークンが外されたか、鍵がなくなりました。挿入して、証明書を読み込み直してください"
                        .into()
                }
                Self::KeyStoreFailed { detail } => format!("鍵の保管先で失敗しました（{detail}）"),
            },
            Lang::English => match self {
                Self::WrongPassword => "the password does not open the file; ask for it again".into(),
                Self::Damaged { what } => format!("cannot read {what}; get the file anew from its issuer"),
                Self::Unsupported { what } => format!("not supported: {what}"),
                Self::NoKey => "no private key; export the certificate together with its key".into(),
                Self::NoCertificate => "no certificate; export the key together with its certificate".into(),
                Self::SeveralKeys { count } => {
                    format!("{count} private keys, and which is meant is not clear; export one alone")
                }
                Self::KeyMismatch { certificate } => format!(
                    "the private key does not belong to {certificate}; pair the files that were issued together"
                ),
                Self::NotYetValid { certificate, from } => {
                    format!("{certificate} is valid only from {from}; wait, or look at the computer's clock")
                }
                Self::Expired { certificate, since } => {
                    format!("{certificate} ended at {since}; have a new certificate issued")
                }
                Self::Untrusted { certificate } => format!(
                    "{certificate} does not lead to a trusted authority; look at its issuer and the certificates between"
                ),
                Self::WrongUse { certificate } => {
                    format!("{certificate} is not meant for proving who one is")
                }
                Self::ModuleUnusable { detail } => format!(
                    "cannot load the PKCS#11 module; give the library that came with the token ({detail})"
                ),
                Self::NoToken { label } => {
                    format!("there is no token {label}; put it in, and look at its label")
                }
                Self::SeveralTokens { count } => {
                    format!("{count} tokens have this label; name the serial number instead")
                }
                Self::NoSuchCertificate => {
                    "no certificate is the one asked for; look at the thumbprint or the text of the subject"
                        .into()
                }
                Self::SeveralCertificates { count } => {
                    format!("{count} certificates, and which is meant is not clear; name its thumbprint")
                }
                Self::NoKeyForCertificate { certificate } => {
                    format!("the token has no private key for {certificate}")
                }
                Self::PinLength { min, max } => {
                    format!("the token's PIN has {min} to {max} bytes; nothing was told to the token")
                }
                Self::PinTriesLow { left } => format!(
                    "of the token's PIN {}, and a wrong one may lock it; nothing was told to the token",
                    left.label(lang)
                ),
                Self::WrongPin { left } => {
                    format!("the token's PIN is wrong; {}. Stop when not sure", left.label(lang))
                }
                Self::PinLocked => "the token's PIN is locked; ask whoever issued the token".into(),
                Self::TokenRemoved => {
                    "the token was taken away, or lost its key; put it in and load the certificate anew"
                        .into()
                }
                Self::KeyStoreFailed { detail } => format!("what holds the key failed ({detail})"),
            },
        }
    }
}

impl fmt::Display for CredentialError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message(Lang::English))
    }
}

impl std::error::Error for CredentialError {}
