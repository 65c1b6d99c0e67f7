//! Accounts: how they are issued, and how a login is verified.

use std::fmt;
use std::io::Write as _;
use std::num::NonZeroU32;
use std::path::Path;

use base64::Engine as _;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use kaigo_core::eligibility::JobType;
use kaigo_core::ident::{OfficeNumber, ServiceTypeCode};
use ring::{digest, pbkdf2};
use serde::{Deserialize, Serialize};
use zeroize::{Zeroize, ZeroizeOnDrop};

use crate::authority::Authority;
use crate::config::{Office, Staff};
use crate::error::{Error, ErrorKind, Result};
use crate::store::{OfficeRow, StaffRow};

/// Passwords are random and 144 bits strong; the derivation need not make up for weak ones.
const ITERATIONS: NonZeroU32 = NonZeroU32::new(100_000).unwrap();

const HEAD: &str = "\
# An account of the kaigo sandbox. Synthetic; the wire profile is provisional.
# The client certificate and its key are in client.p12 beside this file.
";

/// What an office needs to log in: its client certificate and its account; and the accounts of its staff.
pub struct Account {
    office: Office,
    p12: Vec<u8>,
    secrets: Secrets,
    staff: Vec<StaffAccount>,
}

/// The account of a member of staff, who logs in over the office's certificate.
#[derive(Serialize, Deserialize, Zeroize, ZeroizeOnDrop)]
pub struct StaffAccount {
    name: String,
    #[zeroize(skip)]
    #[serde(with = "crate::config::job_codes")]
    jobs: Vec<JobType>,
    user_id: String,
    password: String,
}

impl StaffAccount {
    /// The synthetic name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The job types.
    pub fn jobs(&self) -> &[JobType] {
        &self.jobs
    }

    /// The user ID, `KJ` and 12 digits.
    pub fn user_id(&self) -> &str {
        &self.user_id
    }

    /// The password.
    pub fn password(&self) -> &str {
        &self.password
    }

    fn issue(staff: &Staff) -> Result<Self> {
        let Staff { name, jobs } = staff.clone();
        Ok(Self { name, jobs, user_id: user_id()?, password: password()? })
    }
}

impl fmt::Debug for StaffAccount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("StaffAccount").field("jobs", &self.jobs).finish_non_exhaustive()
    }
}

/// The contents of `account.toml` that the program reads back.
#[derive(Serialize, Deserialize, Zeroize, ZeroizeOnDrop)]
struct Secrets {
    user_id: String,
    password: String,
    p12_password: String,
}

#[derive(Serialize, Deserialize)]
struct AccountFile {
    office: Office,
    account: Secrets,
    #[serde(default)]
    staff: Vec<StaffAccount>,
}

/// PBKDF2 of a password over a salt and the user ID.
pub(crate) struct Verifier {
    pub(crate) salt: [u8; 16],
    pub(crate) verifier: [u8; 32],
}

impl Verifier {
    fn new(user_id: &str, password: &str) -> Result<Self> {
        let salt = random()?;
        let mut verifier = [0; 32];
        let salted = full_salt(&salt, user_id);
        pbkdf2::derive(pbkdf2::PBKDF2_HMAC_SHA256, ITERATIONS, &salted, password.as_bytes(), &mut verifier);
        Ok(Self { salt, verifier })
    }

    /// Whether user ID and password are its own. One comparison in constant time covers both.
    pub(crate) fn verify(&self, user_id: &str, password: &str) -> bool {
        let salted = full_salt(&self.salt, user_id);
        pbkdf2::verify(pbkdf2::PBKDF2_HMAC_SHA256, ITERATIONS, &salted, password.as_bytes(), &self.verifier)
            .is_ok()
    }
}

fn user_id() -> Result<String> {
    Ok(format!("KJ{:012}", u64::from_ne_bytes(random()?) % 1_000_000_000_000))
}

fn password() -> Result<String> {
    Ok(BASE64_URL_SAFE_NO_PAD.encode(random::<18>()?))
}

impl Account {
    /// The office.
    pub fn office(&self) -> OfficeNumber {
        self.office.number
    }

    /// The service type that the office offers.
    pub fn service_type(&self) -> ServiceTypeCode {
        self.office.service_type
    }

    /// The accounts of its staff.
    pub fn staff(&self) -> &[StaffAccount] {
        &self.staff
    }

    /// The PKCS#12 container with the client certificate, its key and the authority's certificate.
    pub fn p12(&self) -> &[u8] {
        &self.p12
    }

    /// The password of the container.
    pub fn p12_password(&self) -> &str {
        &self.secrets.p12_password
    }

    /// The user ID, `KJ` and 12 digits.
    pub fn user_id(&self) -> &str {
        &self.secrets.user_id
    }

    /// The account's password.
    pub fn password(&self) -> &str {
        &self.secrets.password
    }

    /// Issues certificate and accounts to the office and writes both into its directory.
    pub(crate) fn issue(
        authority: &Authority,
        office: &Office,
        dir: &Path,
        now: i64,
    ) -> Result<(OfficeRow, Vec<StaffRow>)> {
        let secrets = Secrets { user_id: user_id()?, password: password()?, p12_password: password()? };
        let staff = office.staff.iter().map(StaffAccount::issue).collect::<Result<Vec<_>>>()?;
        let issued = authority.issue(office, &secrets.p12_password, now)?;
        let row = OfficeRow {
            number: office.number.to_string(),
            certificate: sha256(&issued.certificate),
            verifier: Verifier::new(&secrets.user_id, &secrets.password)?,
        };
        let staff_rows = staff
            .iter()
            .map(|staff| {
                let verifier = Verifier::new(&staff.user_id, &staff.password)?;
                Ok(StaffRow { verifier, jobs: staff.jobs.clone() })
            })
            .collect::<Result<_>>()?;
        std::fs::create_dir_all(dir).map_err(Error::at(dir))?;
        // The staff stand in the file once, with their accounts.
        let office = Office { staff: Vec::new(), ..office.clone() };
        let file = AccountFile { office, account: secrets, staff };
        let text = toml::to_string(&file).map_err(|e| ErrorKind::Config(e.to_string()))?;
        write_private(&dir.join("client.p12"), &issued.p12)?;
        write_private(&dir.join("account.toml"), format!("{HEAD}\n{text}").as_bytes())?;
        Ok((row, staff_rows))
    }

    /// Reads back what [`Account::issue`] wrote.
    pub(crate) fn read(dir: &Path) -> Result<Self> {
        let (p12, account) = (dir.join("client.p12"), dir.join("account.toml"));
        let text = std::fs::read_to_string(&account).map_err(Error::at(&account))?;
        // The parser's message quotes the line, which may hold a password.
        let file: AccountFile = toml::from_str(&text)
            .map_err(|_| ErrorKind::Config(format!("{} is not an account file", account.display())))?;
        Ok(Self {
            office: file.office,
            p12: std::fs::read(&p12).map_err(Error::at(&p12))?,
            secrets: file.account,
            staff: file.staff,
        })
    }
}

impl fmt::Debug for Account {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Account").field("office", &self.office.number).finish_non_exhaustive()
    }
}

fn full_salt(salt: &[u8; 16], user_id: &str) -> Vec<u8> {
    [salt, user_id.as_bytes()].concat()
}

pub(crate) fn sha256(bytes: &[u8]) -> [u8; 32] {
    let mut out = [0; 32];
    out.copy_from_slice(digest::digest(&digest::SHA256, bytes).as_ref());
    out
}

pub(crate) fn random<const N: usize>() -> Result<[u8; N]> {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes)
        .map_err(|e| ErrorKind::Io { what: "random numbers".into(), source: e.into() })?;
    Ok(bytes)
}

/// Writes a file that only its owner reads, whole or not at all.
pub(crate) fn write_private(path: &Path, bytes: &[u8]) -> Result<()> {
    let dir = path.parent().unwrap_or(Path::new("."));
    let mut file = tempfile::NamedTempFile::new_in(dir).map_err(Error::at(path))?;
    file.write_all(bytes).and_then(|()| file.as_file().sync_all()).map_err(Error::at(path))?;
    file.persist(path).map_err(|e| Error::at(path)(e.error))?;
    Ok(())
}
