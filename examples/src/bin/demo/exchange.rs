//! The first act: a care-management office sends plans, a service office returns actuals.

use std::collections::BTreeMap;
use std::path::Path;

use comfy_table::{Table, presets};
use kaigo_core::calendar::{ClockTime, Date};
use kaigo_core::care::{
    ClientReconciliation, SlipVisit, Tolerance, VisitComparison, VisitOutcome, reconcile,
};
use kaigo_core::code::CodeList as _;
use kaigo_core::exchange::{
    CheckOptions, Client, FileName, Inbox, Party, SequenceStore, SourceLimits, Unit, UnitKind, gather,
    read_source,
};
use kaigo_core::format::csv::{self, WriteOptions};
use kaigo_core::ident::OfficeNumber;
use kaigo_core::platform::{Package, ReceivedFilter, Session};
use kaigo_core::record::{AnyRecord, Field, FileKind, MonthOrZeros, Records, ServiceSlip};
use kaigo_core::report::{Masking, Report};
use kaigo_sandbox::RunningSandbox;
use serde_json::{Value, json};

use crate::{Result, log_in};

/// What the demonstration counts.
#[derive(Default)]
struct Tally {
    sent: usize,
    received: usize,
    findings: Report,
}

/// What the second act goes on with.
pub struct Played {
    pub report: Value,
    /// Somebody whom a plan is for, and the plan.
    pub client: Client,
    pub plan: Unit,
    pub manager: OfficeNumber,
}

/// Plays the act on files of the care-management office; what it receives stays in a folder.
pub fn play(sandbox: &RunningSandbox, outbox: &Path, out: &Path) -> Result<Played> {
    let mut tally = Tally::default();

    println!("1. The care-management office reads and checks its files.");
    let options = CheckOptions::default();
    let gathered = gather(read_source(outbox, SourceLimits::default())?, &options);
    tally.findings.extend(gathered.report);
    for unit in &gathered.units {
        let report = unit.check(&options);
        println!("   {}: {} files, {} findings", name(unit), unit.files().len(), report.findings().len());
        tally.findings.extend(report);
    }
    if tally.findings.errors() > 0 {
        for finding in tally.findings.findings() {
            eprintln!("   {finding}");
        }
        return Err("the files have errors; nothing was sent".into());
    }
    let parties = gathered.units.first().and_then(|unit| Some((unit.sender()?, unit.receiver()?)));
    let (manager, provider) = parties.ok_or("there is nothing to send")?;

    println!("2. Office {} logs in with its certificate and sends.", manager.office);
    let session = log_in(sandbox, manager.office)?;
    for unit in &gathered.units {
        let transfer = session.send(&Package::try_from(unit)?)?;
        println!("   {} accepted as {}", name(unit), transfer.id);
        tally.sent += 1;
    }

    println!("3. Office {} lists what arrived and fetches it.", provider.office);
    let service = log_in(sandbox, provider.office)?;
    let arrived = receive(&service, &out.join("service-office"), &mut tally)?;
    if arrived != gathered.units {
        return Err("what arrived is not what was sent".into());
    }
    println!("   {} units, every file byte for byte as it was sent", arrived.len());

    println!("4. It returns the actuals: some visits were cancelled, moved or added.");
    let sequences = SequenceStore::new(out.join("sequence"));
    let actuals = actuals_of(&arrived, provider, manager, &sequences)?;
    tally.findings.extend(actuals.check(&options));
    actuals.write_to(&out.join("service-office/sent"))?;
    service.send(&Package::try_from(&actuals)?)?;
    tally.sent += 1;
    println!("   {}", name(&actuals));

    println!("5. Office {} fetches them and sees planned against actual.", manager.office);
    let returned = receive(&session, &out.join("care-management-office"), &mut tally)?;
    session.logout()?;
    service.logout()?;

    let mut inbox = Inbox::default();
    let imported = inbox.apply_all(gathered.units.iter().chain(&returned), &options);
    if imported.errors() > 0 {
        return Err("the actuals have errors".into());
    }
    let comparison = Comparison::of(&inbox, provider);
    println!("{}", comparison.table());

    let report = json!({
        "bundles_sent": tally.sent,
        "bundles_received": tally.received,
        "rows_planned": comparison.planned,
        "rows_actual": comparison.actual,
        "differences": comparison.differences,
        "findings": tally.findings.findings().iter()
            .map(|finding| serde_json::to_value(finding.to_json(Masking::Masked)))
            .collect::<Result<Vec<_>, _>>()?,
    });
    println!("   {} differences", comparison.differences.len());
    let plan = gathered.units.iter().find(|unit| unit.kind() == Some(UnitKind::CarePlan));
    let plan = plan.ok_or("there is no care plan")?.clone();
    let mut of_plan = Inbox::default();
    of_plan.apply_all([&plan], &options);
    let client = of_plan.clients().first().copied().ok_or("the care plan is for nobody")?;
    Ok(Played { report, client, plan, manager: manager.office })
}

/// What people call a unit: its kind and sequence number.
fn name(unit: &Unit) -> String {
    let kind = unit.kind().map(|kind| format!("{kind:?}")).unwrap_or_default();
    let sequence = unit.sequence().map(|sequence| sequence.to_string()).unwrap_or_default();
    format!("{kind} {sequence}")
}

/// Fetches everything that is not yet imported, keeps it in a folder each, and marks it.
fn receive(session: &Session, folder: &Path, tally: &mut Tally) -> Result<Vec<Unit>> {
    let waiting: Vec<_> = session.received(ReceivedFilter::NotImported).collect::<Result<_, _>>()?;
    let mut units = Vec::new();
    for transfer in waiting {
        let received = session.fetch(&transfer.id)?;
        let unit = received.unit().ok_or("a file name is not in the form of the standard")?;
        unit.write_to(&folder.join("received").join(&transfer.sequence))?;
        session.mark_imported(&transfer.id)?;
        tally.received += 1;
        units.push(unit);
    }
    Ok(units)
}

/// The rows of planned slips that are the provider's to carry out.
fn is_for(slip: &ServiceSlip<'_>, provider: Party) -> bool {
    slip.office_number.get() == Some(provider.office)
        && slip.service_code.get().map(|code| code.service_type()) == provider.service_type
}

/// What the service office did in the month: as planned, but for one visit of each client.
fn actuals_of(arrived: &[Unit], provider: Party, manager: Party, sequences: &SequenceStore) -> Result<Unit> {
    let mut by_client: BTreeMap<String, Vec<ServiceSlip<'static>>> = BTreeMap::new();
    let mut month = None;
    for file in arrived.iter().flat_map(|unit| unit.read(&CheckOptions::default())) {
        let Some(Records::SlipPlan(slips)) = file.records else { continue };
        for slip in slips.into_iter().filter(|slip| is_for(slip, provider)) {
            month = month.or(slip.target_month.get());
            let client = slip.value(3).map(|value| value.to_text()).unwrap_or_default();
            by_client.entry(client).or_default().push(kaigo_core::record::Record::into_owned(slip));
        }
    }
    let month = month.ok_or("no planned visit arrived")?;
    let mut actuals = Vec::new();
    for (index, mut visits) in by_client.into_values().enumerate() {
        match (index % 3, visits.len() / 2) {
            (0, middle) => {
                visits.remove(middle);
            }
            (1, middle) => {
                let moved = &mut visits[middle];
                moved.service_start_time = later(&moved.service_start_time);
                moved.service_end_time = later(&moved.service_end_time);
            }
            (_, middle) => {
                let mut added = visits[middle].clone();
                let days = 1..=month.days();
                let free = days
                    .filter_map(|day| Date::new(month.year(), month.month_of_year(), day))
                    .find(|day| visits.iter().all(|visit| visit.service_date.get() != Some(*day)));
                added.service_date = free.map_or(Field::Blank, Field::Value);
                visits.push(added);
            }
        }
        actuals.extend(visits);
    }
    for slip in &mut actuals {
        slip.updated_by_office_number = Field::Value(provider.office);
    }
    let kind = FileKind::SlipActuals;
    let file_name =
        FileName::new(kind, Some(MonthOrZeros::Month(month)), provider, manager, sequences.next()?)
            .ok_or("actuals are named by their month")?;
    let (bytes, _) =
        csv::write(kind, actuals.iter().map(|slip| slip as &dyn AnyRecord), &WriteOptions::default())?;
    Unit::new([(file_name.to_string(), bytes)]).ok_or_else(|| "the unit is empty".into())
}

/// Half an hour later on the same day.
fn later(time: &Field<'static, ClockTime>) -> Field<'static, ClockTime> {
    match time.get() {
        Some(ClockTime::At { hour, minute: 0..30 }) => {
            let minute = time.get().and_then(ClockTime::minutes).unwrap_or_default() % 60 + 30;
            Field::Value(ClockTime::At { hour, minute: minute as u8 })
        }
        Some(ClockTime::At { hour: hour @ 0..23, minute }) => {
            Field::Value(ClockTime::At { hour: hour + 1, minute: minute - 30 })
        }
        _ => time.clone(),
    }
}

/// Planned against actual of all clients.
struct Comparison {
    planned: usize,
    actual: usize,
    rows: Vec<[String; 6]>,
    differences: Vec<serde_json::Value>,
}

impl Comparison {
    fn of(inbox: &Inbox, provider: Party) -> Self {
        let mut comparison = Self { planned: 0, actual: 0, rows: Vec::new(), differences: Vec::new() };
        for client in inbox.clients() {
            let Some(month) =
                inbox.current_slip(client).and_then(|slip| slip.slips.first()?.target_month.get())
            else {
                continue;
            };
            let planned: Vec<_> = inbox
                .slips(client, month)
                .flat_map(|(_, slip)| &slip.slips)
                .filter(|s| is_for(s, provider))
                .collect();
            let actual: Vec<_> = inbox.actuals(client, month).filter(|s| is_for(s, provider)).collect();
            comparison.planned += planned.len();
            comparison.actual += actual.len();
            let found = reconcile(planned, actual, &Tolerance::default());
            for (client, visit) in found.visits() {
                comparison.add(client, visit);
            }
        }
        comparison
    }

    fn add(&mut self, client: &ClientReconciliation, visit: &VisitComparison) {
        let Some(either) = visit.either() else { return };
        let times = |visit: &Option<SlipVisit>| {
            visit.as_ref().map(|visit| format!("{}–{}", visit.service_start_time, visit.service_end_time))
        };
        // The last digits are enough to tell the clients of a demonstration apart.
        let insured = format!("******{}", client.insured_number.as_str().get(6..).unwrap_or_default());
        let (date, service) = (either.service_date.to_string(), either.service_code.to_string());
        let (planned, actual) = (times(&visit.planned), times(&visit.actual));
        let code = visit.outcome.code();
        let mut outcome = format!("{} {}", visit.outcome.english(), visit.outcome.label());
        if visit.outcome != VisitOutcome::AsPlanned {
            self.differences.push(json!({
                "insured_number": insured, "date": date, "service_code": service,
                "planned": planned, "actual": actual, "outcome": code,
            }));
            outcome = outcome.to_uppercase();
        }
        let cell = |times: Option<String>| times.unwrap_or_else(|| "—".to_owned());
        self.rows.push([insured, date, service, cell(planned), cell(actual), outcome]);
    }

    fn table(&self) -> Table {
        let mut table = Table::new();
        table.load_style(presets::UTF8_FULL_CONDENSED);
        table.set_header(["Client 利用者", "Day 日", "Service", "Planned 予定", "Actual 実績", "Outcome"]);
        table.add_rows(&self.rows);
        table
    }
}
