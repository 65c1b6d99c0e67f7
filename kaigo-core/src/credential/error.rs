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
