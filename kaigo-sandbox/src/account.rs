//! Accounts: how they are issued, and how a login is verified.

use std::fmt;
use std::io::Write as _;
use std::num::NonZeroU32;
use std::path::Path;

use base64::Engine as _;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use kaigo_core::eligibility::JobType;
use kaigo_core::ident::OfficeNumber;
use ring::{digest, pbkdf2};
use serde::{Deserialize, Serialize};
use zeroize::{Zeroize, ZeroizeOnDrop, Zeroizing};

use crate::config::Staff;
use crate::error::{Error, ErrorKind, Result};
use crate::portal::Registration;
use crate::store::{OfficeRow, StaffRow};

/// Passwords are random and 144 bits strong; the derivation need not make up for weak ones.
const ITERATIONS: NonZeroU32 = NonZeroU32::new(100_000).unwrap();

/// The files in an office's directory.
const ACCOUNT: &str = "account.toml";
const CONTAINER: &str = "client.p12";

const HEAD: &str = "\
# An account of the kaigo sandbox. Synthetic; the wire profile is provisional.
# The client certificate and its key are in client.p12 beside this file.
";

/// What an office needs to log in: its client certificate and its account; and the accounts of its staff.
pub struct Account {
    office: OfficeNumber,
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

/// The contents of `account.toml` that the program reads back.
#[derive(Serialize, Deserialize, Zeroize, ZeroizeOnDrop)]
pub(crate) struct Secrets {
    pub(crate) user_id: String,
    pub(crate) password: String,
    /// The issue password (証明書発行用パスワード): it is asked for at each issue, and opens the container.
    pub(crate) p12_password: String,
}

#[derive(Serialize, Deserialize)]
struct AccountFile {
    office: Registration,
    account: Secrets,
    #[serde(default)]
    staff: Vec<StaffAccount>,
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

    /// A new account.
    pub(crate) fn new(staff: &Staff) -> Result<Self> {
        let Staff { name, jobs } = staff.clone();
        Ok(Self { name, jobs, user_id: user_id()?, password: password()? })
    }

    /// What the store keeps of it.
    pub(crate) fn row(&self) -> Result<StaffRow> {
        let salt = random()?;
        let verifier = derive(&full_salt(&salt, &self.user_id), &self.password);
        Ok(StaffRow { salt, verifier, jobs: self.jobs.clone() })
    }
}

impl fmt::Debug for StaffAccount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("StaffAccount").field("jobs", &self.jobs).finish_non_exhaustive()
    }
}

impl Account {
    /// The office.
    pub fn office(&self) -> OfficeNumber {
        self.office
    }

    /// The accounts of its staff.
    pub fn staff(&self) -> &[StaffAccount] {
        &self.staff
    }

    /// The PKCS#12 container with the client certificate, its key and the authority's certificate.
    pub fn p12(&self) -> &[u8] {
        &self.p12
    }

    /// The password of the container, which is also asked for when its certificate is issued again.
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

    /// Reads back what [`Secrets::write`] and [`write_container`] wrote.
    /// `None` where no certificate was issued yet, or both went to another place.
    pub(crate) fn read(dir: &Path) -> Result<Option<Self>> {
        let (p12, account) = (dir.join(CONTAINER), dir.join(ACCOUNT));
        if !p12.exists() || !account.exists() {
            return Ok(None);
        }
        let text = std::fs::read_to_string(&account).map_err(Error::at(&account))?;
        // The parser's message quotes the line, which may hold a password.
        let file: AccountFile = toml::from_str(&text)
            .map_err(|_| ErrorKind::Config(format!("{} is not an account file", account.display())))?;
        Ok(Some(Self {
            office: file.office.number,
            p12: std::fs::read(&p12).map_err(Error::at(&p12))?,
            secrets: file.account,
            staff: file.staff,
        }))
    }
}

impl fmt::Debug for Account {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Account").field("office", &self.office).finish_non_exhaustive()
    }
}

impl Secrets {
    /// A new account.
    pub(crate) fn new() -> Result<Self> {
        Ok(Self { user_id: user_id()?, password: password()?, p12_password: password()? })
    }

    /// What the store keeps of it.
    pub(crate) fn row(&self, office: OfficeNumber, staff: &[StaffAccount]) -> Result<OfficeRow> {
        let salt = random()?;
        let verifier = derive(&full_salt(&salt, &self.user_id), &self.password);
        let issue = derive(&salt, &self.p12_password);
        let staff = staff.iter().map(StaffAccount::row).collect::<Result<_>>()?;
        Ok(OfficeRow { number: office, salt, verifier, issue, staff })
    }

    /// Writes the account's file into the office's directory.
    pub(crate) fn write(self, office: Registration, staff: Vec<StaffAccount>, dir: &Path) -> Result<()> {
        std::fs::create_dir_all(dir).map_err(Error::at(dir))?;
        let file = AccountFile { office, account: self, staff };
        let text = Zeroizing::new(toml::to_string(&file).map_err(|e| ErrorKind::Config(e.to_string()))?);
        let text = Zeroizing::new(format!("{HEAD}\n{}", *text));
        write_private(&dir.join(ACCOUNT), text.as_bytes())
    }
}

/// Writes the container with the office's certificate into its directory.
pub(crate) fn write_container(dir: &Path, p12: &[u8]) -> Result<()> {
    std::fs::create_dir_all(dir).map_err(Error::at(dir))?;
    write_private(&dir.join(CONTAINER), p12)
}

impl OfficeRow {
    /// Whether user ID and password are this office's. One comparison in constant time covers both.
    pub(crate) fn verify(&self, user_id: &str, password: &str) -> bool {
        is_derived(&full_salt(&self.salt, user_id), password, &self.verifier)
    }

    /// Whether the issue password is this office's.
    pub(crate) fn may_issue(&self, issue_password: &str) -> bool {
        is_derived(&self.salt, issue_password, &self.issue)
    }
}

impl StaffRow {
    /// Whether user ID and password are this one's.
    pub(crate) fn verify(&self, user_id: &str, password: &str) -> bool {
        is_derived(&full_salt(&self.salt, user_id), password, &self.verifier)
    }
}

fn user_id() -> Result<String> {
    Ok(format!("KJ{:012}", u64::from_ne_bytes(random()?) % 1_000_000_000_000))
}

fn password() -> Result<String> {
    Ok(BASE64_URL_SAFE_NO_PAD.encode(random::<18>()?))
}

fn full_salt(salt: &[u8; 16], user_id: &str) -> Vec<u8> {
    [salt, user_id.as_bytes()].concat()
}

fn derive(salt: &[u8], password: &str) -> [u8; 32] {
    let mut verifier = [0; 32];
    pbkdf2::derive(pbkdf2::PBKDF2_HMAC_SHA256, ITERATIONS, salt, password.as_bytes(), &mut verifier);
    verifier
}

fn is_derived(salt: &[u8], password: &str, verifier: &[u8; 32]) -> bool {
    pbkdf2::verify(pbkdf2::PBKDF2_HMAC_SHA256, ITERATIONS, salt, password.as_bytes(), verifier).is_ok()
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
