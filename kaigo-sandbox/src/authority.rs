//! The sandbox's own certification authority: it signs the server's certificate and the offices'.

use p12_keystore::{Certificate, KeyStore, KeyStoreEntry, PrivateKey, PrivateKeyChain};
use rcgen::{
    BasicConstraints, CertificateParams, DnType, ExtendedKeyUsagePurpose, IsCa, Issuer, KeyPair,
    KeyUsagePurpose, date_time_ymd,
};
use rustls::pki_types::{CertificateDer, PrivatePkcs8KeyDer};
use zeroize::Zeroizing;

use crate::config::Office;
use crate::error::{Error, Result};

const ORGANIZATION: &str = "Kaigo Sandbox (provisional)";

/// Client certificates are valid for three years, as 介護保険証明書 are.
const CLIENT_YEARS: i16 = 3;

/// The authority and the server's certificate, as the store keeps them.
pub(crate) struct Authority {
    pub(crate) ca_pem: String,
    pub(crate) ca: Vec<u8>,
    pub(crate) ca_key: Zeroizing<Vec<u8>>,
    pub(crate) server: Vec<u8>,
    pub(crate) server_key: Zeroizing<Vec<u8>>,
}

/// A client certificate with its key in a PKCS#12 container.
pub(crate) struct Issued {
    pub(crate) certificate: CertificateDer<'static>,
    pub(crate) p12: Vec<u8>,
}

fn params(common_name: &str) -> CertificateParams {
    let mut params = CertificateParams::default();
    params.distinguished_name = rcgen::DistinguishedName::new();
    params.distinguished_name.push(DnType::CountryName, "JP");
    params.distinguished_name.push(DnType::OrganizationName, ORGANIZATION);
    params.distinguished_name.push(DnType::CommonName, common_name);
    params.use_authority_key_identifier_extension = true;
    // The authority and the server outlive any clock that a test may move to.
    params.not_before = date_time_ymd(2020, 1, 1);
    params.not_after = date_time_ymd(2120, 1, 1);
    params
}

fn ca_params() -> CertificateParams {
    let mut params = params("Kaigo Sandbox CA");
    params.use_authority_key_identifier_extension = false;
    params.is_ca = IsCa::Ca(BasicConstraints::Constrained(0));
    params.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::CrlSign];
    params
}

impl Authority {
    /// Makes a new authority and a server certificate for this machine's loopback names.
    pub(crate) fn generate() -> Result<Self> {
        let ca_key = KeyPair::generate().map_err(Error::certificate)?;
        let ca = ca_params().self_signed(&ca_key).map_err(Error::certificate)?;
        let ca_key_der = Zeroizing::new(ca_key.serialize_der());

        let mut server = params("localhost");
        for name in ["localhost", "127.0.0.1", "::1"] {
            let name = match name.parse() {
                Ok(address) => rcgen::SanType::IpAddress(address),
                Err(_) => rcgen::SanType::DnsName(name.try_into().map_err(Error::certificate)?),
            };
            server.subject_alt_names.push(name);
        }
        server.key_usages = vec![KeyUsagePurpose::DigitalSignature];
        server.extended_key_usages = vec![ExtendedKeyUsagePurpose::ServerAuth];
        let server_key = KeyPair::generate().map_err(Error::certificate)?;
        let issuer = Issuer::new(ca_params(), ca_key);
        let server = server.signed_by(&server_key, &issuer).map_err(Error::certificate)?;

        Ok(Self {
            ca_pem: ca.pem(),
            ca: ca.der().to_vec(),
            ca_key: ca_key_der,
            server: server.der().to_vec(),
            server_key: Zeroizing::new(server_key.serialize_der()),
        })
    }

    /// Issues a client certificate to the office, valid from the day before `now`.
    pub(crate) fn issue(&self, office: &Office, p12_password: &str, now: i64) -> Result<Issued> {
        let today = jiff::Timestamp::from_millisecond(now)
            .map(|time| jiff::tz::offset(9).to_datetime(time).date())
            .map_err(Error::certificate)?;
        let from = today.yesterday().map_err(Error::certificate)?;
        let until = today.checked_add(jiff::Span::new().years(CLIENT_YEARS)).map_err(Error::certificate)?;
        let day = |d: jiff::civil::Date| date_time_ymd(d.year().into(), d.month() as u8, d.day() as u8);

        let mut client = params(office.number.as_str());
        client.distinguished_name.push(DnType::OrganizationalUnitName, office.certificate.name());
        client.not_before = day(from);
        client.not_after = day(until);
        client.key_usages = vec![KeyUsagePurpose::DigitalSignature];
        client.extended_key_usages = vec![ExtendedKeyUsagePurpose::ClientAuth];

        let key = KeyPair::generate().map_err(Error::certificate)?;
        let ca_key = KeyPair::from_pkcs8_der_and_sign_algo(
            &PrivatePkcs8KeyDer::from(self.ca_key.as_slice()),
            &rcgen::PKCS_ECDSA_P256_SHA256,
        )
        .map_err(Error::certificate)?;
        let issuer = Issuer::new(ca_params(), ca_key);
        let certificate = client.signed_by(&key, &issuer).map_err(Error::certificate)?.der().clone();

        let chain = [certificate.as_ref(), &self.ca].map(Certificate::from_der);
        let chain = chain.into_iter().collect::<Result<Vec<_>, _>>().map_err(Error::certificate)?;
        let key = PrivateKey::from_der(&Zeroizing::new(key.serialize_der())).map_err(Error::certificate)?;
        let mut container = KeyStore::new();
        container.add_entry(
            office.number.as_str(),
            KeyStoreEntry::PrivateKeyChain(PrivateKeyChain::new(office.number.as_str(), key, chain)),
        );
        // The container's default encryption is PBES2 with AES-256, its MAC HMAC-SHA-256.
        let p12 = container.writer(p12_password).write().map_err(Error::certificate)?;
        Ok(Issued { certificate, p12 })
    }
}
