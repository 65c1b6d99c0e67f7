//! The roles as commands of the program. They work on the data directory, beside a running sandbox or without one,
//! and print the answer as JSON.

use std::io::Write as _;
use std::path::{Path, PathBuf};

use clap::{Args, Subcommand, ValueEnum};
use kaigo_core::calendar::Date;
use kaigo_core::ident::{InsuredNumber, InsurerNumber, OfficeNumber, ServiceTypeCode};
use kaigo_sandbox::{Call, CertificateKind, Town, call_as_role, documents_from_csv};
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
    // One in sixty-four begins with a hyphen.
    #[arg(
        long,
        value_name = "PASSWORD",
        env = "KAIGO_ISSUE_PASSWORD",
        hide_env_values = true,
        allow_hyphen_values = true
    )]
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

#[derive(Args)]
pub(crate) struct Municipality {
    /// The data directory.
    #[arg(long, value_name = "DIR")]
    data: PathBuf,
    /// Insurer number, 6 digits.
    #[arg(long)]
    insurer: InsurerNumber,
    #[command(subcommand)]
    call: MunicipalityCall,
}

#[derive(Subcommand)]
enum MunicipalityCall {
    /// Feeds documents; all of them are taken, or none.
    Feed {
        /// JSON as `town` writes it, or CSV with the way to a leaf in each cell of its header.
        file: PathBuf,
        /// The type of the documents in a CSV file, such as BurdenRatioCertificate.
        #[arg(long = "type", value_name = "TYPE")]
        name: Option<String>,
    },
    /// Says from when on it answers.
    Ready {
        /// Its name.
        #[arg(long)]
        name: String,
        /// A day, YYYY-MM-DD; without it, no day is set.
        #[arg(long, value_name = "DAY")]
        on: Option<String>,
    },
    /// Lists the notifications filed with it.
    Notifications,
}

impl Municipality {
    pub(crate) fn run(self) -> Result<(), Failure> {
        let insurer = self.insurer;
        let (call, body) = match self.call {
            MunicipalityCall::Feed { file, name: Some(name) } => {
                let documents = documents_from_csv(&name, &read(&file)?)?;
                let given = |document| json!({ "type": name, "document": document });
                let documents: Vec<Value> = documents.into_iter().map(given).collect();
                (Call::Feed, json!({ "insurer": insurer, "documents": documents }))
            }
            MunicipalityCall::Feed { file, name: None } => {
                let mut feed: Value = serde_json::from_slice(&read(&file)?)?;
                if let Some(feed) = feed.as_object_mut() {
                    feed.insert("insurer".into(), json!(insurer));
                }
                (Call::Feed, feed)
            }
            MunicipalityCall::Ready { name, on } => {
                (Call::SetReadiness, json!({ "insurer": insurer, "name": name, "readyOn": on }))
            }
            MunicipalityCall::Notifications => (Call::Notifications, json!({ "insurer": insurer })),
        };
        fed(&call_as_role(&self.data, call, None, &body)?)
    }
}

#[derive(Args)]
pub(crate) struct Medical {
    /// The data directory.
    #[arg(long, value_name = "DIR")]
    data: PathBuf,
    /// The person's insurer, 6 digits.
    #[arg(long)]
    insurer: InsurerNumber,
    /// JSON: a DoctorsOpinion, or a list of them as `town` writes it.
    opinions: PathBuf,
}

impl Medical {
    pub(crate) fn run(self) -> Result<(), Failure> {
        let opinions = match serde_json::from_slice(&read(&self.opinions)?)? {
            Value::Array(opinions) => opinions,
            opinion => vec![opinion],
        };
        for document in opinions {
            let body = json!({ "insurer": self.insurer, "document": document });
            fed(&call_as_role(&self.data, Call::GiveOpinion, None, &body)?)?;
        }
        Ok(())
    }
}

#[derive(Args)]
pub(crate) struct Person {
    /// The data directory.
    #[arg(long, value_name = "DIR")]
    data: PathBuf,
    /// The person's insurer, 6 digits.
    #[arg(long)]
    insurer: InsurerNumber,
    /// The person's number there, 10 characters.
    #[arg(long)]
    insured: InsuredNumber,
    #[command(subcommand)]
    call: PersonCall,
}

#[derive(Subcommand)]
enum PersonCall {
    /// Lists the person's plans, drafts too.
    Plans,
    /// Shows a plan with its files.
    Plan {
        /// Its id.
        id: String,
    },
    /// Agrees to a plan that waits for it.
    Agree(Answer),
    /// Refuses a plan that waits for an answer.
    Refuse(Answer),
    /// Consents, for an office.
    Consent {
        #[command(flatten)]
        what: Scope,
        /// Until when, RFC 3339; without it, until it is withdrawn.
        #[arg(long, value_name = "TIME")]
        until: Option<String>,
    },
    /// Withdraws a consent.
    Withdraw(Scope),
    /// Lists every consent and withdrawal.
    Consents,
    /// Prints who looked, and who was refused.
    Log,
}

#[derive(Args)]
struct Answer {
    /// The plan's id.
    id: String,
    /// What the person says to it.
    #[arg(long)]
    comment: Option<String>,
}

#[derive(Args)]
struct Scope {
    /// Office number, 10 characters.
    #[arg(long)]
    office: OfficeNumber,
    /// certification, doctors_opinion, care_plan, life or notification.
    #[arg(long)]
    scope: String,
}

impl Person {
    pub(crate) fn run(self) -> Result<(), Failure> {
        let answer = |answer: Answer, agrees: bool| {
            let Answer { id, comment } = answer;
            (Call::AnswerPlan, json!({ "id": id, "agrees": agrees, "comment": comment }))
        };
        let say = |what: Scope, given: bool, until: Option<String>| {
            let Scope { office, scope } = what;
            (
                Call::OwnConsent,
                json!({ "office": office, "scope": scope, "given": given, "validUntil": until }),
            )
        };
        let (call, mut body) = match self.call {
            PersonCall::Plans => (Call::OwnPlans, json!({})),
            PersonCall::Plan { id } => (Call::OwnPlan, json!({ "id": id })),
            PersonCall::Agree(plan) => answer(plan, true),
            PersonCall::Refuse(plan) => answer(plan, false),
            PersonCall::Consent { what, until } => say(what, true, until),
            PersonCall::Withdraw(what) => say(what, false, None),
            PersonCall::Consents => (Call::OwnConsents, json!({})),
            PersonCall::Log => (Call::OwnLog, json!({})),
        };
        (body["insurer"], body["insured"]) = (json!(self.insurer), json!(self.insured));
        print(&call_as_role(&self.data, call, None, &body)?)
    }
}

#[derive(Args)]
pub(crate) struct TownOptions {
    /// Where to write feed.json and opinions.json; made when it is not there.
    #[arg(long, value_name = "DIR")]
    out: PathBuf,
    /// Insurer number, 6 digits.
    #[arg(long)]
    insurer: InsurerNumber,
    /// How many people.
    #[arg(long, default_value_t = 10)]
    people: u32,
    /// The same seed gives the same town.
    #[arg(long, default_value_t = 0)]
    seed: u64,
    /// The day on which the town stands as it is, YYYY-MM-DD.
    #[arg(long, value_name = "DAY")]
    on: Date,
}

impl TownOptions {
    pub(crate) fn run(self) -> Result<(), Failure> {
        let town = Town::new(self.insurer, self.people, self.on, self.seed);
        let opinions: Vec<Value> = town.opinions().map(|mut opinion| opinion["document"].take()).collect();
        std::fs::create_dir_all(&self.out)?;
        std::fs::write(self.out.join("feed.json"), serde_json::to_vec_pretty(&town.feed())?)?;
        std::fs::write(self.out.join("opinions.json"), serde_json::to_vec_pretty(&opinions)?)?;
        Ok(())
    }
}

fn read(path: &Path) -> Result<Vec<u8>, Failure> {
    std::fs::read(path).map_err(|error| format!("{}: {error}", path.display()).into())
}

/// Prints what came of a feed; refused documents are the program's failure.
fn fed(answer: &Value) -> Result<(), Failure> {
    print(answer)?;
    let refused = answer["result"]["refused"].as_array().is_some_and(|refused| !refused.is_empty());
    if refused { Err("nothing was kept".into()) } else { Ok(()) }
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
