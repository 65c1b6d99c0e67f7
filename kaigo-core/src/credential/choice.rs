//! Which certificate of several is meant, where keys stay in a token or a store.

use super::{Certificate, CredentialError};

/// Which certificate is meant of those that a token or a store holds a private key for.
///
/// From a text: nothing means [`Only`](Self::Only), 40 hexadecimal digits (spaces and colons may stand between) a
/// thumbprint, anything else a part of the subject.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum CertificateChoice {
    /// The only one there is.
    #[default]
    Only,
    /// The one with this thumbprint (拇印), in the form of [`Certificate::thumbprint`].
    Thumbprint(String),
    /// The one whose subject, in the form of [`Certificate::subject`], has this text in it.
    SubjectHas(String),
}

impl From<&str> for CertificateChoice {
    fn from(text: &str) -> Self {
        let digits: String = text.chars().filter(|c| !c.is_whitespace() && *c != ':').collect();
        if digits.is_empty() {
            Self::Only
        } else if digits.len() == 40 && digits.bytes().all(|b| b.is_ascii_hexdigit()) {
            Self::Thumbprint(digits.to_ascii_lowercase())
        } else {
            Self::SubjectHas(text.to_owned())
        }
    }
}

#[cfg_attr(
    not(any(feature = "pkcs11", all(windows, feature = "http"))),
    allow(dead_code, reason = "used where keys can stay elsewhere")
)]
impl CertificateChoice {
    pub(super) fn fits(&self, certificate: &Certificate) -> bool {
        match self {
            Self::Only => true,
            Self::Thumbprint(digits) => certificate.thumbprint() == *digits,
            Self::SubjectHas(text) => certificate.subject().contains(text.as_str()),
        }
    }

    /// The certificate that is meant; of several for one subject, as after a renewal, the one that ends last.
    ///
    /// # Errors
    /// [`CredentialError::NoSuchCertificate`], [`CredentialError::SeveralCertificates`].
    pub(super) fn choose<T>(
        &self,
        candidates: impl IntoIterator<Item = (Certificate, T)>,
    ) -> Result<(Certificate, T), CredentialError> {
        let mut fitting: Vec<_> =
            candidates.into_iter().filter(|(certificate, _)| self.fits(certificate)).collect();
        fitting.sort_by_key(|(certificate, _)| certificate.not_after());
        let count = fitting.len();
        let (certificate, rest) = fitting.pop().ok_or(CredentialError::NoSuchCertificate)?;
        if fitting.iter().all(|(other, _)| other.subject() == certificate.subject()) {
            Ok((certificate, rest))
        } else {
            Err(CredentialError::SeveralCertificates { count })
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_nothing_a_thumbprint_or_part_of_a_subject() {
        assert_eq!(CertificateChoice::from(" "), CertificateChoice::Only);
        let spaced = "AB CD EF 01 23 45 67 89 AB CD EF 01 23 45 67 89 AB CD EF 01";
        let digits = "abcdef0123456789abcdef0123456789abcdef01";
        assert_eq!(CertificateChoice::from(spaced), CertificateChoice::Thumbprint(digits.into()));
        for part in ["OU=介護保険証明書", "1371249069", &digits[1..]] {
            assert_eq!(CertificateChoice::from(part), CertificateChoice::SubjectHas(part.into()));
        }
    }
}
