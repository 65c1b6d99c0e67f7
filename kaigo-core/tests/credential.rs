//! Certificates and keys, read from files that OpenSSL wrote (`tests/fixtures/credential`).
#![cfg(feature = "credential")]
#![allow(clippy::unwrap_used, clippy::panic)]

use jiff::Timestamp;
use kaigo_core::credential::{Certificate, Credential, CredentialError, Renewal, Roots};
use kaigo_core::report::Lang;

const PASSWORD: &str = "kaigo-test";

fn file(name: &str) -> Vec<u8> {
    std::fs::read(format!("{}/tests/fixtures/credential/{name}", env!("CARGO_MANIFEST_DIR"))).unwrap()
}

fn time(text: &str) -> Timestamp {
    text.parse().unwrap()
}

fn pem(inputs: &[&str], password: Option<&str>) -> Result<Credential, CredentialError> {
    let files: Vec<Vec<u8>> = inputs.iter().map(|name| file(name)).collect();
    Credential::from_pem(&files.iter().map(Vec::as_slice).collect::<Vec<_>>(), password)
}

fn chain_names(credential: &Credential) -> Vec<&str> {
    credential.chain().iter().filter_map(Certificate::common_name).collect()
}

#[test]
fn pkcs12_of_every_age_opens() {
    for name in [
        "modern-aes256.p12",
        "legacy-rc2-40.p12",
        "legacy-3des.p12",
        "pbes2-3des.p12",
        "several-certificates.p12",
    ] {
        let credential =
            Credential::from_pkcs12(&file(name), PASSWORD).unwrap_or_else(|e| panic!("{name}: {e}"));
        assert_eq!(chain_names(&credential), ["KJ137000000101", "Test Issuing", "Test Root"], "{name}");
    }
    let alone = Credential::from_pkcs12(&file("no-mac.p12"), PASSWORD).unwrap();
    assert_eq!(chain_names(&alone), ["KJ137000000101"]);
}

#[test]
fn a_certificate_tells_whom_it_names() {
    let credential = Credential::from_pkcs12(&file("modern-aes256.p12"), PASSWORD).unwrap();
    let office = credential.certificate();
    assert_eq!(office.organization(), Some("架空居宅介護支援事業所"));
    assert_eq!(office.organizational_unit(), Some("1370000001"));
    assert_eq!(office.subject(), "CN=KJ137000000101,OU=1370000001,O=架空居宅介護支援事業所,C=JP");
    assert_eq!(office.issuer(), "CN=Test Issuing,O=Kaigo Test,C=JP");
    assert_eq!(office.not_before(), time("2020-01-01T00:00:00Z"));
    assert_eq!(office.not_after(), time("2099-12-31T23:59:59Z"));
    assert!(office.serial().len() >= 16 && office.serial().bytes().all(|b| b.is_ascii_hexdigit()));
    assert_eq!(office.days_left(time("2099-12-31T00:00:00Z")), 0);
    assert_eq!(office.days_left(time("2099-12-30T23:59:59Z")), 1);
    assert_eq!(office.days_left(time("2100-01-01T00:00:00Z")), -1);
}

#[test]
fn a_wrong_password_is_told_from_a_damaged_file() {
    for name in ["modern-aes256.p12", "legacy-rc2-40.p12", "legacy-3des.p12", "no-mac.p12"] {
        assert_eq!(
            Credential::from_pkcs12(&file(name), "wrong").err(),
            Some(CredentialError::WrongPassword),
            "{name}"
        );
        let bytes = file(name);
        let cut = Credential::from_pkcs12(&bytes[..bytes.len() / 2], PASSWORD);
        assert!(matches!(cut, Err(CredentialError::Damaged { .. })), "{name}: {cut:?}");
    }
    let page = Credential::from_pkcs12(b"<html>not a certificate</html>", PASSWORD);
    assert!(matches!(page, Err(CredentialError::Damaged { .. })));
    let ber = Credential::from_pkcs12(&[0x30, 0x80, 0x02, 0x01, 0x03], PASSWORD);
    assert!(matches!(ber, Err(CredentialError::Unsupported { .. })));
}

#[test]
fn half_a_credential_is_refused() {
    let p12 = |name| Credential::from_pkcs12(&file(name), PASSWORD).err();
    assert_eq!(p12("no-key.p12"), Some(CredentialError::NoKey));
    assert_eq!(p12("no-certificate.p12"), Some(CredentialError::NoCertificate));
    assert_eq!(pem(&["office-chain.pem"], None).err(), Some(CredentialError::NoKey));
    assert_eq!(pem(&["office-pkcs8.pem"], None).err(), Some(CredentialError::NoCertificate));
    assert_eq!(Certificate::from_pem(b"").err(), Some(CredentialError::NoCertificate));
}

#[test]
fn pem_of_every_key_form_loads() {
    for (inputs, password, name) in [
        (&["office-chain.pem", "office-pkcs8.pem"], None, "KJ137000000101"),
        (&["office-pkcs1.pem", "office-chain.pem"], None, "KJ137000000101"),
        (&["office-chain.pem", "office-encrypted.pem"], Some(PASSWORD), "KJ137000000101"),
        (&["office-chain.pem", "office-encrypted-sha1.pem"], Some(PASSWORD), "KJ137000000101"),
        (&["ec.pem", "ec-sec1.pem"], None, "EC Office"),
        (&["ed25519.pem", "ed25519-pkcs8.pem"], None, "Ed Office"),
    ] {
        let credential = pem(inputs, password).unwrap_or_else(|e| panic!("{inputs:?}: {e}"));
        assert_eq!(credential.certificate().common_name(), Some(name));
    }
    let one_text = [file("office-pkcs8.pem"), file("office-chain.pem")].concat();
    assert_eq!(chain_names(&Credential::from_pem(&[&one_text], None).unwrap()).len(), 3);
}

#[test]
fn encrypted_pem_asks_for_the_right_password() {
    let inputs = ["office-chain.pem", "office-encrypted.pem"];
    assert_eq!(pem(&inputs, None).err(), Some(CredentialError::WrongPassword));
    assert_eq!(pem(&inputs, Some("wrong")).err(), Some(CredentialError::WrongPassword));
    for old in ["office-old-encrypted.pem", "office-encrypted-pbes1.pem"] {
        let old = pem(&["office-chain.pem", old], Some(PASSWORD));
        assert!(matches!(old, Err(CredentialError::Unsupported { .. })), "{old:?}");
    }
}

#[test]
fn a_key_of_another_certificate_is_refused_by_name() {
    for (certificate, key) in
        [("office-chain.pem", "other-key.pem"), ("ec.pem", "other-key.pem"), ("ec.pem", "office-pkcs8.pem")]
    {
        match pem(&[certificate, key], None) {
            Err(CredentialError::KeyMismatch { certificate: named }) => {
                assert!(["KJ137000000101", "EC Office"].contains(&named.common_name.as_str()));
            }
            other => panic!("{certificate} with {key}: {other:?}"),
        }
    }
    let two = pem(&["office-chain.pem", "office-pkcs8.pem", "other-key.pem"], None);
    assert_eq!(two.err(), Some(CredentialError::SeveralKeys { count: 2 }));
}

#[test]
fn a_key_too_weak_to_sign_is_told_from_a_mismatch() {
    let weak = pem(&["weak-rsa-1024.pem"], None);
    assert!(matches!(weak, Err(CredentialError::Unsupported { .. })), "{weak:?}");
}

#[test]
fn validity_is_judged_at_the_time_given() {
    let expired = Credential::from_pkcs12(&file("expired.p12"), PASSWORD).unwrap();
    assert_eq!(expired.ensure_valid_at(time("2023-01-01T00:00:00.999Z")), Ok(()));
    let error = expired.ensure_valid_at(time("2023-01-01T00:00:01Z")).unwrap_err();
    let CredentialError::Expired { certificate, since } = &error else { panic!("{error:?}") };
    assert_eq!((certificate.common_name.as_str(), *since), ("Expired Office", time("2023-01-01T00:00:00Z")));
    assert!(error.message(Lang::Japanese).contains("有効期限が切れています"));

    let future = Credential::from_pkcs12(&file("not-yet-valid.p12"), PASSWORD).unwrap();
    assert!(matches!(
        future.ensure_valid_at(time("2089-12-31T23:59:59Z")),
        Err(CredentialError::NotYetValid { from, .. }) if from == time("2090-01-01T00:00:00Z")
    ));
    assert_eq!(future.ensure_valid_at(time("2090-01-01T00:00:00Z")), Ok(()));
}

#[test]
fn nothing_secret_is_printed() {
    let credential = pem(&["ec.pem", "ec-sec1.pem"], None).unwrap();
    assert!(!format!("{credential:?}").contains("key"));
    let error = Credential::from_pkcs12(&file("modern-aes256.p12"), "a secret word").unwrap_err();
    assert!(!format!("{error:?} {error}").contains("a secret word"));
}

/// Files come from mail, sticks and downloads: whatever stands in them, the answer is an error.
#[test]
fn damaged_bytes_never_panic() {
    for name in ["no-mac.p12", "modern-aes256.p12", "legacy-3des.p12"] {
        let whole = file(name);
        for at in (0..whole.len()).step_by(29).chain(0..60) {
            let mut bytes = whole.clone();
            bytes[at] ^= 0x41;
            let _ = Credential::from_pkcs12(&bytes, PASSWORD);
            let _ = Credential::from_pkcs12(&whole[..at], PASSWORD);
        }
    }
    let whole = [file("ec.pem"), file("ec-sec1.pem"), file("office-encrypted.pem")].concat();
    for at in (0..whole.len()).step_by(31) {
        let mut bytes = whole.clone();
        bytes[at] ^= 0x05;
        let _ = Credential::from_pem(&[&bytes], Some(PASSWORD));
    }
}

/// An authority, one below it, and a leaf, valid in the years given.
struct Chain {
    root: Certificate,
    between: Certificate,
    leaf: Certificate,
}

fn chain(between_until: i32, leaf_use: rcgen::ExtendedKeyUsagePurpose) -> Chain {
    use rcgen::{BasicConstraints, CertificateParams, DnType, IsCa, Issuer, KeyPair, date_time_ymd};
    let params = |name: &str, authority: bool, until| {
        let mut params = CertificateParams::default();
        params.distinguished_name = rcgen::DistinguishedName::new();
        params.distinguished_name.push(DnType::CommonName, name);
        params.not_before = date_time_ymd(2020, 1, 1);
        params.not_after = date_time_ymd(until, 1, 1);
        if authority {
            params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        }
        params
    };
    let read = |certificate: &rcgen::Certificate| Certificate::from_der(certificate.der()).unwrap();
    let (root_key, between_key, leaf_key) =
        (KeyPair::generate().unwrap(), KeyPair::generate().unwrap(), KeyPair::generate().unwrap());
    let root = params("Root", true, 2100);
    let root_certificate = root.self_signed(&root_key).unwrap();
    let root_issuer = Issuer::new(root, root_key);
    let between = params("Between", true, between_until);
    let between_certificate = between.signed_by(&between_key, &root_issuer).unwrap();
    let between_issuer = Issuer::new(between, between_key);
    let mut leaf = params("Leaf", false, 2030);
    leaf.extended_key_usages = vec![leaf_use];
    let leaf = leaf.signed_by(&leaf_key, &between_issuer).unwrap();
    Chain { root: read(&root_certificate), between: read(&between_certificate), leaf: read(&leaf) }
}

#[test]
fn a_chain_is_built_to_the_roots_that_the_caller_trusts() {
    use rcgen::ExtendedKeyUsagePurpose::{ClientAuth, EmailProtection};
    let now = time("2026-07-01T00:00:00Z");
    let good = chain(2100, ClientAuth);
    let other = chain(2100, ClientAuth);
    let roots = Roots::new([other.root.clone(), good.root.clone()]).unwrap();
    // What has no part in the chain is left out, in whatever order it comes.
    let between = [other.between.clone(), good.between.clone()];
    let built = good.leaf.validate(&between, &roots, now).unwrap();
    assert_eq!(built, [good.leaf.clone(), good.between.clone(), good.root.clone()]);

    let untrusted = |result: Result<Vec<Certificate>, CredentialError>| {
        assert!(
            matches!(&result, Err(CredentialError::Untrusted { certificate }) if certificate.common_name == "Leaf")
        );
    };
    untrusted(good.leaf.validate(&[], &roots, now));
    untrusted(good.leaf.validate(&between, &Roots::default(), now));
    untrusted(good.leaf.validate(&between, &Roots::new([other.root]).unwrap(), now));

    let late = good.leaf.validate(&between, &roots, time("2030-01-02T00:00:00Z"));
    assert!(
        matches!(&late, Err(CredentialError::Expired { certificate, .. }) if certificate.common_name == "Leaf")
    );
    let ended = chain(2025, ClientAuth);
    let roots = Roots::new([ended.root]).unwrap();
    let result = ended.leaf.validate(&[ended.between], &roots, now);
    assert!(
        matches!(&result, Err(CredentialError::Expired { certificate, .. }) if certificate.common_name == "Between")
    );

    let mail = chain(2100, EmailProtection);
    let result = mail.leaf.validate(&[mail.between], &Roots::new([mail.root]).unwrap(), now);
    assert!(matches!(result, Err(CredentialError::WrongUse { .. })), "{result:?}");
}

#[test]
fn renewal_is_advised_from_ninety_days() {
    let credential = Credential::from_pkcs12(&file("modern-aes256.p12"), PASSWORD).unwrap();
    let office = credential.certificate();
    // It ends on 2099-12-31 at 23:59:59.
    for (now, expected) in [
        ("2026-01-01T00:00:00Z", Renewal::NotYet),
        ("2099-10-01T23:59:59Z", Renewal::NotYet),
        ("2099-10-02T23:59:59Z", Renewal::Advised { days_left: 90 }),
        ("2099-12-31T23:59:59Z", Renewal::Advised { days_left: 0 }),
        ("2100-01-01T00:00:00Z", Renewal::Ended),
    ] {
        let renewal = office.renewal(time(now));
        assert_eq!(renewal, expected, "{now}");
        assert_eq!(renewal.message(Lang::Japanese).is_none(), renewal == Renewal::NotYet);
        assert_eq!(renewal.message(Lang::English).is_none(), renewal == Renewal::NotYet);
    }
}
