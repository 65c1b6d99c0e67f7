//! The portal (介護情報基盤ポータル): offices, the municipalities' readiness, the subsidy.
//!
//! How the portal really does it is no public interface: all of it is ours, and provisional.

use kaigo_core::calendar::Date;
use kaigo_core::ident::{InsurerNumber, OfficeNumber, ServiceTypeCode};
use rusqlite::{OptionalExtension, Transaction, params};
use serde::{Deserialize, Serialize};

use crate::clock::{date, rfc3339};
use crate::incoming::{Asked, result};
use crate::refusal::{Refusal, role_code as code};
use crate::store::{Work, parsed};
use crate::subsidy::{self, Decision, Granted};

/// `POST` [`Registration`] -> [`Registered`]; `GET` -> [`Offices`].
pub(crate) const OFFICES: &str = "/portal/v1/offices";
/// `GET` -> [`ReadinessList`].
pub(crate) const READINESS: &str = "/portal/v1/readiness";
/// `POST` [`Application`] -> [`Decision`]; `GET` -> [`Subsidies`].
pub(crate) const SUBSIDIES: &str = "/portal/v1/subsidies";

const NAME: std::ops::RangeInclusive<usize> = 1..=100;
/// More than any office spends, and little enough to reckon with.
const MAX_COST: u64 = 100_000_000;

/// An office, as it registers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Registration {
    pub(crate) number: OfficeNumber,
    /// 1 to 100 characters.
    pub(crate) name: String,
    #[serde(rename = "type")]
    pub(crate) service_type: ServiceTypeCode,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Registered {
    #[serde(flatten)]
    office: Registration,
    registered_at: String,
}

#[derive(Serialize)]
struct Offices {
    offices: Vec<Registered>,
}

/// A municipality, and from when on it answers.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Readiness {
    insurer: InsurerNumber,
    name: String,
    /// A day, `YYYY-MM-DD`.
    ready_on: Option<String>,
    /// Whether it answers today.
    ready: bool,
}

#[derive(Serialize)]
struct ReadinessList {
    municipalities: Vec<Readiness>,
}

/// What an office spent.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Application {
    office: OfficeNumber,
    /// How many card readers it bought.
    readers: u32,
    /// Yen, for the readers and for having them and the certificate set up.
    cost: u64,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Subsidy {
    office: OfficeNumber,
    fiscal_year: i16,
    readers: u32,
    cost: u64,
    granted: u64,
    applied_at: String,
}

#[derive(Serialize)]
struct Subsidies {
    subsidies: Vec<Subsidy>,
}

pub(crate) fn register(asked: &Asked) -> Result<Work, Refusal> {
    let office: Registration = asked.json()?;
    if !NAME.contains(&office.name.chars().count()) {
        return Err(Refusal::BadRequest("a name is 1 to 100 characters"));
    }
    let now = asked.now;
    Ok(Box::new(move |tx| {
        if find(tx, office.number)?.is_some() {
            return Ok(Err(Refusal::Business(code::REGISTERED)));
        }
        insert(tx, &office, now)?;
        Ok(Ok(result(&Registered { office, registered_at: rfc3339(now) }, None)))
    }))
}

pub(crate) fn offices(_: &Asked) -> Result<Work, Refusal> {
    Ok(Box::new(|tx| {
        let mut statement =
            tx.prepare("SELECT office, name, service_type, registered_at FROM registration ORDER BY office")?;
        let rows = statement.query_map([], |row| {
            let office =
                Registration { number: parsed(row, 0)?, name: row.get(1)?, service_type: parsed(row, 2)? };
            Ok(Registered { office, registered_at: rfc3339(row.get(3)?) })
        })?;
        let offices = rows.collect::<rusqlite::Result<_>>()?;
        Ok(Ok(result(&Offices { offices }, None)))
    }))
}

pub(crate) fn readiness(asked: &Asked) -> Result<Work, Refusal> {
    let today = date(asked.now).ok_or(Refusal::Internal)?;
    Ok(Box::new(move |tx| {
        let municipalities = municipalities(tx, today)?;
        Ok(Ok(result(&ReadinessList { municipalities }, None)))
    }))
}

/// Every municipality that is known.
fn municipalities(tx: &Transaction<'_>, today: Date) -> rusqlite::Result<Vec<Readiness>> {
    let mut statement = tx.prepare("SELECT insurer, name, ready_from FROM municipality ORDER BY insurer")?;
    let rows = statement.query_map([], |row| {
        let ready_on: Option<String> = row.get(2)?;
        let ready =
            ready_on.as_deref().and_then(|day| day.parse::<Date>().ok()).is_some_and(|day| day <= today);
        Ok(Readiness { insurer: parsed(row, 0)?, name: row.get(1)?, ready_on, ready })
    })?;
    rows.collect()
}

pub(crate) fn apply(asked: &Asked) -> Result<Work, Refusal> {
    let Application { office, readers, cost } = asked.json()?;
    if !(1..=MAX_COST).contains(&cost) {
        return Err(Refusal::BadRequest("cost is 1 to 100000000 yen"));
    }
    let now = asked.now;
    let year = date(now).ok_or(Refusal::Internal)?.fiscal_year();
    Ok(Box::new(move |tx| {
        let Some(registered) = find(tx, office)? else {
            return Ok(Err(Refusal::Business(code::NOT_REGISTERED)));
        };
        let before = tx.query_row(
            "SELECT COALESCE(SUM(readers), 0), COALESCE(SUM(granted), 0) FROM subsidy
             WHERE office = ?1 AND fiscal_year = ?2",
            params![office.as_str(), year],
            |row| Ok(Granted { readers: row.get(0)?, yen: row.get::<_, i64>(1)?.unsigned_abs() }),
        )?;
        let decision: Decision = subsidy::decide(registered.service_type, year, before, readers, cost);
        if decision.granted > 0 {
            let yen = |yen: u64| i64::try_from(yen).unwrap_or(i64::MAX);
            tx.execute(
                "INSERT INTO subsidy (office, fiscal_year, readers, cost, granted, applied_at)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
                params![office.as_str(), year, readers, yen(cost), yen(decision.granted), now],
            )?;
        }
        Ok(Ok(result(&decision, None)))
    }))
}

pub(crate) fn subsidies(_: &Asked) -> Result<Work, Refusal> {
    Ok(Box::new(|tx| {
        let mut statement = tx.prepare(
            "SELECT office, fiscal_year, readers, cost, granted, applied_at FROM subsidy ORDER BY number",
        )?;
        let rows = statement.query_map([], |row| {
            Ok(Subsidy {
                office: parsed(row, 0)?,
                fiscal_year: row.get(1)?,
                readers: row.get(2)?,
                cost: row.get::<_, i64>(3)?.unsigned_abs(),
                granted: row.get::<_, i64>(4)?.unsigned_abs(),
                applied_at: rfc3339(row.get(5)?),
            })
        })?;
        let subsidies = rows.collect::<rusqlite::Result<_>>()?;
        Ok(Ok(result(&Subsidies { subsidies }, None)))
    }))
}

/// The office, if it is registered.
pub(crate) fn find(tx: &Transaction<'_>, office: OfficeNumber) -> rusqlite::Result<Option<Registration>> {
    tx.query_row("SELECT name, service_type FROM registration WHERE office = ?1", [office.as_str()], |row| {
        Ok(Registration { number: office, name: row.get(0)?, service_type: parsed(row, 1)? })
    })
    .optional()
}

pub(crate) fn insert(tx: &Transaction<'_>, office: &Registration, now: i64) -> rusqlite::Result<()> {
    tx.execute(
        "INSERT INTO registration (office, name, service_type, registered_at) VALUES (?1, ?2, ?3, ?4)",
        params![office.number.as_str(), office.name, office.service_type.as_str(), now],
    )?;
    Ok(())
}
