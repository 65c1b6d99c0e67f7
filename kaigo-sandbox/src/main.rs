//! The sandbox as a program.
#![forbid(unsafe_code)]

mod card_program;
mod role_program;

use std::io::Write as _;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, Parser, Subcommand};
use kaigo_sandbox::card::{Traits, VirtualCard};
use kaigo_sandbox::{RunningSandbox, Sandbox, read_audit, read_offices};

/// The platform's side of the care-plan data exchange, for tests. Its wire profile is provisional.
#[derive(Parser)]
#[command(version, args_conflicts_with_subcommands = true, subcommand_negates_reqs = true)]
struct Cli {
    #[command(flatten)]
    serve: Option<Serve>,
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Args)]
struct Serve {
    /// Where everything is kept; made on the first start.
    #[arg(long, value_name = "DIR")]
    data: PathBuf,
    /// Where to listen.
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1:8443")]
    listen: SocketAddr,
    /// Where the pages and the roles' calls are served over plain HTTP, such as 127.0.0.1:8480: a loopback address.
    #[arg(long, value_name = "ADDRESS")]
    local: Option<SocketAddr>,
    /// The offices, as TOML. Without it, two invented ones.
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
    /// The directory of a virtual card (`card --data DIR`), made when there is none: its holder becomes an insured person.
    #[arg(long, value_name = "DIR")]
    card: Option<PathBuf>,
    /// Serves the fault switches and the clock under /sandbox/v1.
    #[arg(long)]
    faults: bool,
}

#[derive(Subcommand)]
enum Command {
    /// Prints the audit log: time, office, call, outcome, transfer.
    Audit {
        /// The data directory.
        #[arg(long, value_name = "DIR")]
        data: PathBuf,
    },
    /// Plays the portal: registers offices, lists readiness, decides over the subsidy.
    Portal(role_program::Portal),
    /// Plays the electronic claims system: issues accounts and client certificates.
    Claims(role_program::Claims),
    /// Plays a municipality: feeds documents of persons, says from when on it answers, sees what was filed.
    Municipality(role_program::Municipality),
    /// Plays a medical institution: gives a doctor's opinion.
    Medical(role_program::Medical),
    /// Plays the insured person: sees plans, agrees or refuses, consents, reads who looked.
    Person(role_program::Person),
    /// Writes the documents of an invented town into files that the roles feed.
    Town(role_program::TownOptions),
    /// Puts a virtual Individual Number Card into the virtual reader of vsmartcard-vpcd. All on it is invented.
    Card(card_program::Options),
}

/// Insurer and number of the invented person who holds the card.
const CARD_HOLDER: (&str, &str) = ("992016", "0000000010");

type Failure = Box<dyn std::error::Error>;

fn main() -> ExitCode {
    let cli = Cli::parse();
    let done = match (cli.command, cli.serve) {
        (Some(Command::Audit { data }), _) => audit(data),
        (Some(Command::Portal(portal)), _) => portal.run(),
        (Some(Command::Claims(claims)), _) => claims.run(),
        (Some(Command::Municipality(options)), _) => options.run(),
        (Some(Command::Medical(options)), _) => options.run(),
        (Some(Command::Person(options)), _) => options.run(),
        (Some(Command::Town(options)), _) => options.run(),
        (Some(Command::Card(options)), _) => card_program::run(options),
        (None, Some(options)) => serve(options),
        (None, None) => Err("--data is missing".into()),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            let _ = writeln!(std::io::stderr(), "kaigo-sandbox: {error}");
            ExitCode::FAILURE
        }
    }
}

fn audit(data: PathBuf) -> Result<(), Failure> {
    let mut out = std::io::stdout().lock();
    for entry in read_audit(&data)? {
        writeln!(out, "{entry}")?;
    }
    Ok(())
}

fn serve(options: Serve) -> Result<(), Failure> {
    let mut builder = Sandbox::builder()
        .data_dir(&options.data)
        .listen(options.listen)
        .switches(options.faults)
        .log_to_stderr(true);
    if let Some(address) = options.local {
        builder = builder.local(address);
    }
    if let Some(config) = &options.config {
        builder = builder.offices(read_offices(config)?);
    }
    if let Some(dir) = &options.card {
        let card = VirtualCard::open(dir, Traits::default())?;
        let (insurer, insured) = CARD_HOLDER;
        builder = builder.card_holder(insurer.parse()?, insured.parse()?, &card);
    }
    let signals = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let sandbox = builder.start()?;
    signals.block_on(async {
        // From here on a signal ends the program in order.
        let end = ended()?;
        introduce(&sandbox, &options)?;
        end.await;
        Ok::<_, Failure>(())
    })?;
    sandbox.stop();
    Ok(())
}

/// Ctrl-C, or being told to end. The handlers stand when this returns.
#[cfg(unix)]
fn ended() -> std::io::Result<impl Future<Output = ()>> {
    use tokio::signal::unix::{SignalKind, signal};
    let (mut interrupt, mut terminate) = (signal(SignalKind::interrupt())?, signal(SignalKind::terminate())?);
    Ok(async move {
        tokio::select! {
            _ = interrupt.recv() => {}
            _ = terminate.recv() => {}
        }
    })
}

#[cfg(not(unix))]
fn ended() -> std::io::Result<impl Future<Output = ()>> {
    Ok(async {
        let _ = tokio::signal::ctrl_c().await;
    })
}

fn introduce(sandbox: &RunningSandbox, options: &Serve) -> std::io::Result<()> {
    let mut out = std::io::stdout().lock();
    writeln!(
        out,
        "kaigo-sandbox: synthetic data, and a wire profile that is provisional: kaigo's own, not the platform's"
    )?;
    writeln!(out, "url       {}", sandbox.url())?;
    writeln!(out, "openapi   {}/openapi.json", sandbox.url())?;
    writeln!(out, "ca        {}", sandbox.data_dir().join("ca.pem").display())?;
    for account in sandbox.accounts() {
        let dir = sandbox.data_dir().join("offices").join(account.office().as_str());
        writeln!(out, "account   {}", dir.join("account.toml").display())?;
    }
    if let Some(url) = sandbox.local_url() {
        writeln!(out, "pages     {url}")?;
        writeln!(out, "roles     {url}, tokens in {}", sandbox.data_dir().join("roles").display())?;
    }
    if options.card.is_some() {
        let (insurer, insured) = CARD_HOLDER;
        writeln!(out, "insured   {insurer} {insured}, who holds the card")?;
    }
    if options.faults {
        writeln!(out, "switches  {}/sandbox/v1", sandbox.url())?;
    }
    writeln!(out, "ready; Ctrl-C ends it")?;
    out.flush()
}
