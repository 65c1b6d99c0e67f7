//! The main job, end to end, in two acts: offices exchange plans and actuals; and what else the WEB service shows and takes.
//!
//! The platform is the embedded sandbox on loopback: no account, no network. What is sent travels through a real
//! TLS handshake with each office's own certificate. Files and `report.json` stay in the directory given.
#![forbid(unsafe_code)]

mod exchange;
mod web_service;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Parser;
use kaigo_core::credential::{Certificate, Credential};
use kaigo_core::exchange::write_atomically;
use kaigo_core::ident::OfficeNumber;
use kaigo_core::platform::{Platform, Session};
use kaigo_sandbox::{Account, RunningSandbox, Sandbox};

type Result<T, E = Box<dyn std::error::Error>> = std::result::Result<T, E>;

/// Sends care plans to a service office and gets its actuals back; then asks, files and registers what the WEB service has
/// for one person. All of it over the embedded sandbox.
#[derive(Parser)]
#[command(version)]
struct Arguments {
    /// The care-management office's files.
    #[arg(long, default_value = "examples/data/outbox")]
    outbox: PathBuf,
    /// Where files and report.json are left.
    #[arg(long, default_value = "target/demo")]
    out: PathBuf,
}

fn main() -> ExitCode {
    match run(&Arguments::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("demo: {error}");
            ExitCode::FAILURE
        }
    }
}

fn run(Arguments { outbox, out }: &Arguments) -> Result<()> {
    // Only what an earlier demonstration left is cleared away.
    if out.join("sandbox/sandbox.sqlite3").is_file() {
        std::fs::remove_dir_all(out)?;
    }
    std::fs::create_dir_all(out)?;
    let sandbox = Sandbox::builder().data_dir(out.join("sandbox")).start()?;
    println!("The sandbox of the platform is on loopback: {}", sandbox.url());

    println!("\nACT ONE: care plans go out, actuals come back (ケアプランデータ連携)");
    let played = exchange::play(&sandbox, outbox, out)?;
    println!("\nACT TWO: what the WEB service shows and takes (介護保険資格確認等WEBサービス), provisional");
    let mut report = played.report.clone();
    report["web_service"] = web_service::play(&sandbox, &played)?;

    write_atomically(&out.join("report.json"), serde_json::to_string_pretty(&report)?.as_bytes())?;
    println!("\nFiles and report in {}", out.display());
    sandbox.stop();
    Ok(())
}

fn account(sandbox: &RunningSandbox, office: OfficeNumber) -> Result<&Account> {
    Ok(sandbox.office(office).ok_or("the sandbox does not know this office")?)
}

fn platform(sandbox: &RunningSandbox, office: OfficeNumber) -> Result<Platform> {
    let account = account(sandbox, office)?;
    let credential = Credential::from_pkcs12(account.p12(), account.p12_password())?;
    Ok(Platform::builder(sandbox.url(), credential)
        .roots(Certificate::from_pem(sandbox.ca_pem().as_bytes())?)
        .build()?)
}

fn log_in(sandbox: &RunningSandbox, office: OfficeNumber) -> Result<Session> {
    let account = account(sandbox, office)?;
    Ok(platform(sandbox, office)?.login(account.user_id(), account.password())?)
}
