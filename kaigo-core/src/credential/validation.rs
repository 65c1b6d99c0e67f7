//! Whether a certificate leads to an authority that the caller trusts.

use std::time::Duration;

use jiff::Timestamp;
use rustls_pki_types::{CertificateDer, TrustAnchor, UnixTime};
use webpki::{ALL_VERIFICATION_ALGS, EndEntityCert, Error, KeyUsage, anchor_from_trusted_cert};

use super::{Certificate, CredentialError};

/// The authorities that a caller trusts. There are no others: neither the operating system's nor any built in.
#[derive(Debug, Clone, Default)]
pub struct Roots(Vec<(TrustAnchor<'static>, Certificate)>);

impl Roots {
    /// Trusts these authorities.
    ///
    /// # Errors
    /// [`CredentialError::Damaged`] when one is no certificate of an authority that can be used.
    pub fn new(authorities: impl IntoIterator<Item = Certificate>) -> Result<Self, CredentialError> {
        let anchor = |authority: Certificate| {
            let der = CertificateDer::from(authority.as_der());
            let anchor = anchor_from_trusted_cert(&der).map(|anchor| anchor.to_owned());
            Ok((anchor.map_err(|_| CredentialError::Damaged { what: "root certificate" })?, authority))
        };
        authorities.into_iter().map(anchor).collect::<Result<_, _>>().map(Self)
    }
}

impl Certificate {
    /// Builds the chain from this certificate to one of the roots, and checks it at a time: signatures, validity,
    /// constraints of authorities, and, where the certificate limits its use, that it is for client
    /// authentication. Others than those given are not looked for, and revocation is not looked up.
    ///
    /// Returns the chain: this certificate first, the root last.
    ///
    /// # Errors
    /// [`CredentialError::Expired`] and [`CredentialError::NotYetValid`], naming the certificate;
    /// [`CredentialError::Untrusted`] when no chain leads to a root; [`CredentialError::WrongUse`].
    pub fn validate(
        &self,
        intermediates: &[Self],
        roots: &Roots,
        at: Timestamp,
    ) -> Result<Vec<Self>, CredentialError> {
        self.ensure_valid_at(at)?;
        let untrusted = || CredentialError::Untrusted { certificate: self.name() };
        let since_1970 = u64::try_from(at.as_second()).map_err(|_| untrusted())?;
        let der = CertificateDer::from(self.as_der());
        let leaf = EndEntityCert::try_from(&der).map_err(|_| untrusted())?;
        let anchors: Vec<_> = roots.0.iter().map(|(anchor, _)| anchor.clone()).collect();
        let others: Vec<_> = intermediates.iter().map(|other| CertificateDer::from(other.as_der())).collect();
        let path = leaf
            .verify_for_usage(
                ALL_VERIFICATION_ALGS,
                &anchors,
                &others,
                UnixTime::since_unix_epoch(Duration::from_secs(since_1970)),
                KeyUsage::client_auth(),
                None,
                None,
            )
            .map_err(|error| match error {
                Error::RequiredEkuNotFoundContext(_) => {
                    CredentialError::WrongUse { certificate: self.name() }
                }
                // Not this certificate, which was looked at before, but one of those between.
                Error::CertExpired { .. } | Error::CertNotValidYet { .. } => intermediates
                    .iter()
                    .find_map(|other| other.ensure_valid_at(at).err())
                    .unwrap_or_else(untrusted),
                _ => untrusted(),
            })?;
        let between = path
            .intermediate_certificates()
            .filter_map(|used| intermediates.iter().find(|other| other.as_der() == &*used.der()).cloned());
        let root = roots.0.iter().find(|(anchor, _)| anchor == path.anchor()).map(|(_, root)| root.clone());
        Ok(std::iter::once(self.clone()).chain(between).chain(root).collect())
    }
}
