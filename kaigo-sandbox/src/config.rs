//! The offices that the sandbox knows.

use std::path::Path;

use kaigo_core::eligibility::JobType;
use kaigo_core::ident::{OfficeNumber, ServiceTypeCode};
use serde::{Deserialize, Serialize};

use crate::error::{Error, ErrorKind, Result};

/// The kind of an office's client certificate. It stands in the certificate's organisational unit, a place of
/// our own choosing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum CertificateKind {
    /// 介護保険証明書: offices that file claims electronically.
    #[serde(rename = "介護保険証明書")]
    Insurance,
    /// 介護DX証明書: offices that do not.
    #[serde(rename = "介護DX証明書")]
    Dx,
}

impl CertificateKind {
    /// The Japanese name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Insurance => "介護保険証明書",
            Self::Dx => "介護DX証明書",
        }
    }

    /// The kind of that Japanese name.
    pub fn named(name: &str) -> Option<Self> {
        [Self::Insurance, Self::Dx].into_iter().find(|kind| kind.name() == name)
    }
}

/// The kind of an office's key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[non_exhaustive]
pub enum KeyKind {
    /// ECDSA on P-256.
    #[default]
    #[serde(rename = "p-256")]
    P256,
    /// RSA of 2048 bits. Making one takes a moment.
    #[serde(rename = "rsa-2048")]
    Rsa2048,
}

/// One office that holds an account.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Office {
    /// Office number.
    pub number: OfficeNumber,
    /// A synthetic name, for people.
    pub name: String,
    /// The service type that the office offers.
    #[serde(rename = "type")]
    pub service_type: ServiceTypeCode,
    /// The kind of certificate that it holds.
    pub certificate: CertificateKind,
    /// The kind of its key; P-256 where nothing is said.
    #[serde(default)]
    pub key: KeyKind,
    /// Members of its staff, each with an account of their own. What the account of the office, which has no job type, may
    /// see is less.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub staff: Vec<Staff>,
}

/// One member of an office's staff.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Staff {
    /// A synthetic name, for people.
    pub name: String,
    /// The job types.
    #[serde(with = "job_codes")]
    pub jobs: Vec<JobType>,
}

/// Job types by their codes.
pub(crate) mod job_codes {
    use kaigo_core::code::CodeList as _;
    use kaigo_core::eligibility::JobType;
    use serde::de::Error;
    use serde::{Deserialize, Deserializer, Serializer};

    pub(crate) fn serialize<S: Serializer>(jobs: &[JobType], serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(jobs.iter().map(|job| job.code()))
    }

    pub(crate) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<JobType>, D::Error> {
        let codes = Vec::<String>::deserialize(deserializer)?;
        let job = |code: &String| {
            JobType::from_code(code.as_bytes()).ok_or_else(|| Error::custom("not a job type"))
        };
        codes.iter().map(job).collect()
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Config {
    #[serde(rename = "office")]
    offices: Vec<Office>,
}

/// What [`default_offices`] reads; also the pattern for a configuration of one's own.
const DEFAULT: &str = include_str!("../offices.toml");

/// A care-management office and a home-help service office, both invented.
pub(crate) fn default_offices() -> Result<Vec<Office>> {
    parse(DEFAULT)
}

/// Reads the offices from a TOML file with one `[[office]]` table each.
///
/// # Errors
/// When the file cannot be read, is not of that form, or names an office twice.
pub fn read_offices(path: &Path) -> Result<Vec<Office>> {
    parse(&std::fs::read_to_string(path).map_err(Error::at(path))?)
}

fn parse(text: &str) -> Result<Vec<Office>> {
    let config: Config = toml::from_str(text).map_err(|e| ErrorKind::Config(e.to_string()))?;
    check(&config.offices)?;
    Ok(config.offices)
}

/// Refuses a list that names an office twice.
pub(crate) fn check(offices: &[Office]) -> Result<()> {
    for (i, office) in offices.iter().enumerate() {
        if offices[..i].iter().any(|other| other.number == office.number) {
            return Err(ErrorKind::Config(format!("office {} stands twice", office.number)).into());
        }
    }
    Ok(())
}
