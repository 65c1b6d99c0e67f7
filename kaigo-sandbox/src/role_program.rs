//! The roles as commands of the program. They work on the data directory, beside a running sandbox or without one,
//! and print the answer as JSON.

use std::io::Write as _;
use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};
use kaigo_core::ident::{OfficeNumber, ServiceTypeCode};
use kaigo_sandbox::{Call, CertificateKind, call_as_role};
use serde_json::{Value, json};

use crate::Failure;

#[derive(Args)]
pub(crate) struct Portal {
    /// The data directory.
    #[arg(long, value_name = "DIR")]
    data: PathBuf,
    #[command(subcommand)]
    call: PortalCall,
}

#[derive(Subcommand)]
enum PortalCall {
    /// Registers an office.
    Register {
        /// Office number, 10 characters.
        #[arg(long)]
        office: OfficeNumber,
        /// Its name.
        #[arg(long)]
        name: String,
        /// Its service type, such as 43.
        #[arg(long = "type", value_name = "CODE")]
        service_type: ServiceTypeCode,
    },
    /// Lists the registered offices.
    Offices,
    /// Lists from when which municipality answers.
    Readiness,
    /// Applies for the subsidy, and says what is granted and why.
    Subsidy {
        /// Office number, 10 characters.
        #[arg(long)]
        office: OfficeNumber,
        /// How many card readers it bought.
        #[arg(long)]
        readers: u32,
        /// What it spent, in yen.
        #[arg(long)]
        cost: u64,
    },
    /// Lists what was granted.
    Subsidies,
}

impl Portal {
    pub(crate) fn run(self) -> Result<(), Failure> {
        let (call, body) = match self.call {
            PortalCall::Register { office, name, service_type } => {
                (Call::RegisterOffice, json!({ "number": office, "name": name, "type": service_type }))
            }
            PortalCall::Offices => (Call::Offices, Value::Null),
            PortalCall::Readiness => (Call::Readiness, Value::Null),
            PortalCall::Subsidy { office, readers, cost } => {
                (Call::ApplySubsidy, json!({ "office": office, "readers": readers, "cost": cost }))
            }
            PortalCall::Subsidies => (Call::Subsidies, Value::Null),
        };
        print(&call_as_role(&self.data, call, None, &body)?)
    }
}

#[derive(Args)]
pub(crate) struct Claims {
    /// The data directory.
    #[arg(long, value_name = "DIR")]
    data: PathBuf,
    #[command(subcommand)]
    call: ClaimsCall,
}

#[derive(Subcommand)]
enum ClaimsCall {
    /// Gives a registered office its user ID, password and issue password: told once, and written to
    /// offices/<number>/account.toml.
    Account {
        /// Office number, 10 characters.
        #[arg(long)]
        office: OfficeNumber,
    },
    /// Issues an office's first certificate, and writes it to offices/<number>/client.p12.
    Issue(Issue),
    /// Issues a certificate in place of the one that stands, which is revoked.
    Reissue(Issue),
    /// Lists every certificate of an office.
    Certificates {
        /// Office number, 10 characters.
        #[arg(long)]
        office: OfficeNumber,
    },
    /// Lists the certificates that end within 90 days.
    Renewals,
}

#[derive(Args)]
struct Issue {
    /// Office number, 10 characters.
    #[arg(long)]
    office: OfficeNumber,
    /// The issue password; it opens the container, too.
    #[arg(long, value_name = "PASSWORD", env = "KAIGO_ISSUE_PASSWORD", hide_env_values = true)]
    issue_password: String,
    /// The kind of certificate.
    #[arg(long)]
    kind: Kind,
}

#[derive(Clone, Copy, ValueEnum)]
enum Kind {
    /// 介護保険証明書, paid, for offices that file claims electronically.
    #[value(alias = "介護保険証明書")]
    Insurance,
    /// 介護DX証明書, free, for offices that do not.
    #[value(alias = "介護DX証明書")]
    Dx,
}

impl Issue {
    fn body(self) -> Value {
        let kind = match self.kind {
            Kind::Insurance => CertificateKind::Insurance,
            Kind::Dx => CertificateKind::Dx,
        };
        json!({ "office": self.office, "issuePassword": self.issue_password, "kind": kind })
    }
}

impl Claims {
    pub(crate) fn run(self) -> Result<(), Failure> {
        let (call, id, body) = match self.call {
            ClaimsCall::Account { office } => (Call::IssueAccount, None, json!({ "office": office })),
            ClaimsCall::Issue(issue) => (Call::IssueCertificate, None, issue.body()),
            ClaimsCall::Reissue(issue) => (Call::ReissueCertificate, None, issue.body()),
            ClaimsCall::Certificates { office } => (Call::Certificates, Some(office), Value::Null),
            ClaimsCall::Renewals => (Call::Renewals, None, Value::Null),
        };
        print(&call_as_role(&self.data, call, id.as_ref().map(OfficeNumber::as_str), &body)?)
    }
}

/// Prints a result; a business error is the program's.
fn print(answer: &Value) -> Result<(), Failure> {
    if let Some(error) = answer.get("error") {
        let text = |name: &str| error[name].as_str().unwrap_or_default().to_owned();
        return Err(format!("{}: {} / {}", text("code"), text("messageJa"), text("messageEn")).into());
    }
    let mut out = std::io::stdout().lock();
    serde_json::to_writer_pretty(&mut out, &answer["result"])?;
    writeln!(out)?;
    Ok(())
}
