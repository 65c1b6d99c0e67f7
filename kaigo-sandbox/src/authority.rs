//! The sandbox's own certification authority: it signs the server's certificate and the offices'.

use std::net::{Ipv4Addr, Ipv6Addr};

use jiff::{Span, Timestamp, tz};
use kaigo_core::ident::OfficeNumber;
use p12_keystore::{Certificate, KeyStore, KeyStoreEntry, PrivateKey, PrivateKeyChain};
use rcgen::{
    BasicConstraints, CertificateParams, DnType, ExtendedKeyUsagePurpose, IsCa, Issuer, KeyPair,
    KeyUsagePurpose, PKCS_ECDSA_P256_SHA256, PKCS_RSA_SHA256, SanType, date_time_ymd,
};
use rsa::RsaPrivateKey;
use rsa::pkcs8::EncodePrivateKey as _;
use rustls::pki_types::{CertificateDer, PrivatePkcs8KeyDer};
use zeroize::Zeroizing;

use crate::config::{CertificateKind, KeyKind};
use crate::error::{Error, Result};

const ORGANIZATION: &str = "Kaigo Sandbox (provisional)";

/// Client certificates are valid for three years, as 介護保険証明書 are.
const CLIENT_DAYS: i64 = 3 * 365;
/// Some systems refuse servers whose certificate is valid for more than 825 days.
const SERVER_DAYS: i64 = 800;

/// The authority, as the store keeps it.
pub(crate) struct Authority {
    pub(crate) ca_pem: String,
    pub(crate) ca: Vec<u8>,
    pub(crate) ca_key: Zeroizing<Vec<u8>>,
}

/// A client certificate with its key in a PKCS#12 container.
pub(crate) struct Issued {
    pub(crate) certificate: CertificateDer<'static>,
    /// When the certificate ends.
    pub(crate) ends_at: i64,
    pub(crate) p12: Vec<u8>,
}

fn params(common_name: &str) -> CertificateParams {
    let mut params = CertificateParams::default();
    params.distinguished_name = rcgen::DistinguishedName::new();
    params.distinguished_name.push(DnType::CountryName, "JP");
    params.distinguished_name.push(DnType::OrganizationName, ORGANIZATION);
    params.distinguished_name.push(DnType::CommonName, common_name);
    params
}

fn ca_params() -> CertificateParams {
    let mut params = params("Kaigo Sandbox CA");
    // The authority outlives any clock that a test may move to.
    params.not_before = date_time_ymd(2020, 1, 1);
    params.not_after = date_time_ymd(2120, 1, 1);
    params.is_ca = IsCa::Ca(BasicConstraints::Constrained(0));
    params.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::CrlSign];
    params
}

impl Authority {
    /// Makes a new authority.
    pub(crate) fn generate() -> Result<Self> {
        let key = KeyPair::generate_for(&PKCS_ECDSA_P256_SHA256).map_err(Error::certificate)?;
        let ca = ca_params().self_signed(&key).map_err(Error::certificate)?;
        Ok(Self { ca_pem: ca.pem(), ca: ca.der().to_vec(), ca_key: Zeroizing::new(key.serialize_der()) })
    }

    /// A server certificate for this machine's loopback names, with its key. Each start makes a new one: clients
    /// trust the authority.
    pub(crate) fn server(&self) -> Result<(CertificateDer<'static>, PrivatePkcs8KeyDer<'static>)> {
        let mut server = params("localhost");
        let name = "localhost".try_into().map_err(Error::certificate)?;
        server.subject_alt_names = vec![
            SanType::DnsName(name),
            SanType::IpAddress(Ipv4Addr::LOCALHOST.into()),
            SanType::IpAddress(Ipv6Addr::LOCALHOST.into()),
        ];
        server.extended_key_usages = vec![ExtendedKeyUsagePurpose::ServerAuth];
        // Clients reckon by the system's clock, wherever the sandbox's stands.
        let key = new_key(KeyKind::P256)?;
        let (certificate, _) = self.sign(server, &key, Timestamp::now(), SERVER_DAYS)?;
        Ok((certificate, PrivatePkcs8KeyDer::from(key.serialize_der())))
    }

    /// Issues a client certificate to the office.
    pub(crate) fn issue(
        &self,
        office: OfficeNumber,
        kind: CertificateKind,
        key: KeyKind,
        p12_password: &str,
        now: i64,
    ) -> Result<Issued> {
        let mut client = params(office.as_str());
        client.distinguished_name.push(DnType::OrganizationalUnitName, kind.name());
        client.extended_key_usages = vec![ExtendedKeyUsagePurpose::ClientAuth];
        let now = Timestamp::from_millisecond(now).map_err(Error::certificate)?;
        let key = new_key(key)?;
        let (certificate, ends_at) = self.sign(client, &key, now, CLIENT_DAYS)?;

        let chain = [certificate.as_ref(), &self.ca].map(Certificate::from_der);
        let chain = chain.into_iter().collect::<Result<Vec<_>, _>>().map_err(Error::certificate)?;
        let key = PrivateKey::from_der(&Zeroizing::new(key.serialize_der())).map_err(Error::certificate)?;
        let mut container = KeyStore::new();
        container.add_entry(
            office.as_str(),
            KeyStoreEntry::PrivateKeyChain(PrivateKeyChain::new(office.as_str(), key, chain)),
        );
        // The container's default encryption is PBES2 with AES-256, its MAC HMAC-SHA-256.
        let p12 = container.writer(p12_password).write().map_err(Error::certificate)?;
        Ok(Issued { certificate, ends_at, p12 })
    }

    /// Signs a certificate over a key, valid in whole days from the day before, and says when it ends.
    fn sign(
        &self,
        mut params: CertificateParams,
        key: &KeyPair,
        now: Timestamp,
        days: i64,
    ) -> Result<(CertificateDer<'static>, i64)> {
        let today = tz::Offset::UTC.to_datetime(now).date();
        let day =
            |date: jiff::civil::Date| date_time_ymd(date.year().into(), date.month() as u8, date.day() as u8);
        params.not_before = day(today.yesterday().map_err(Error::certificate)?);
        let last = today.checked_add(Span::new().days(days)).map_err(Error::certificate)?;
        params.not_after = day(last);
        let ends_at = tz::Offset::UTC.to_timestamp(last.into()).map_err(Error::certificate)?.as_millisecond();
        params.key_usages = vec![KeyUsagePurpose::DigitalSignature];
        params.use_authority_key_identifier_extension = true;

        let ca_key = PrivatePkcs8KeyDer::from(self.ca_key.as_slice());
        let ca_key = KeyPair::from_pkcs8_der_and_sign_algo(&ca_key, &PKCS_ECDSA_P256_SHA256);
        let issuer = Issuer::new(ca_params(), ca_key.map_err(Error::certificate)?);
        let certificate = params.signed_by(key, &issuer).map_err(Error::certificate)?.der().clone();
        Ok((certificate, ends_at))
    }
}

fn new_key(kind: KeyKind) -> Result<KeyPair> {
    match kind {
        KeyKind::P256 => KeyPair::generate_for(&PKCS_ECDSA_P256_SHA256).map_err(Error::certificate),
        KeyKind::Rsa2048 => {
            let key = PrivatePkcs8KeyDer::from(rsa_key()?);
            KeyPair::from_pkcs8_der_and_sign_algo(&key, &PKCS_RSA_SHA256).map_err(Error::certificate)
        }
    }
}

/// A new RSA key of 2048 bits in PKCS#8.
pub(crate) fn rsa_key() -> Result<Vec<u8>> {
    let key = RsaPrivateKey::new(&mut rsa::rand_core::OsRng, 2048).map_err(Error::certificate)?;
    Ok(key.to_pkcs8_der().map_err(Error::certificate)?.as_bytes().to_vec())
}
