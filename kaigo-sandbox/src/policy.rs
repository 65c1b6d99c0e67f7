//! Who may see and do what: one table, deny by default, and what must hold besides.
//!
//! The platform's own matrix is not public. What is: it depends on service type, job type, consent and viewing period; only
//! offices that confirmed the person's identity and keep serving them look; assessment form and doctor's opinion are for
//! care managers of care-management offices; burden certificates are not for medical institutions that give no care service.
//! The rest of the table is ours and provisional; what it does not name is denied.

use jiff::Timestamp;
use kaigo_core::calendar::Date;
use kaigo_core::code::{CodeList as _, ServiceType};
use kaigo_core::document::from_json;
use kaigo_core::eligibility::{Consent, ConsentScope, IdentityKind, JobType};
use kaigo_core::ident::{InsurerNumber, OfficeNumber, ServiceTypeCode};
use kaigo_core::platform::PersonId;
use kaigo_core::platform::provisional::business_code as code;
use rusqlite::{OptionalExtension as _, Transaction, params};

use crate::refusal::Refusal;
use crate::{clock, portal};

/// What is looked at or done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Item {
    InsuredCard,
    BurdenRatio,
    BurdenLimit,
    Certification,
    Progress,
    Assessment,
    Opinion,
    HomeModification,
    Equipment,
    Life,
    Users,
    Plans,
    PlanRegistration,
    PersonRegistration,
    Filing,
    ConsentRecording,
}

/// Service types that are treated alike.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Group {
    /// 居宅介護支援.
    CareManagement,
    /// 介護予防支援 and 介護予防ケアマネジメント.
    PreventionSupport,
    /// 特養, 老健, 介護医療院.
    Facility,
    /// Every other service that the standard names.
    CareService,
    /// A medical institution that gives no care service.
    Medical,
}

/// The service type under which a medical institution that gives no care service registers. The standard names no such
/// type: it is ours.
pub(crate) const MEDICAL: &str = "MI";

impl Group {
    /// The group of a service type; `None` of one that nobody knows.
    pub(crate) fn of(service_type: ServiceTypeCode) -> Option<Self> {
        match service_type.as_str() {
            MEDICAL => Some(Self::Medical),
            "43" => Some(Self::CareManagement),
            "46" | "AF" => Some(Self::PreventionSupport),
            "51" | "52" | "53" | "54" | "55" => Some(Self::Facility),
            _ => ServiceType::of(service_type).map(|_| Self::CareService),
        }
    }
}

/// Who of an office.
#[derive(Debug, Clone, Copy)]
enum Jobs {
    /// The account of the office, and all staff.
    Anyone,
    /// Staff with any job type.
    Staff,
    Only(&'static [JobType]),
}

/// How the office must know the person. With either, the viewing period must not be over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Identity {
    /// The office need not know the person yet.
    None,
    /// By four items, or better.
    Registered,
    /// By the card or by sight.
    Confirmed,
}

/// A row of the table.
struct Rule {
    items: &'static [Item],
    groups: &'static [Group],
    jobs: Jobs,
    identity: Identity,
    consent: Option<ConsentScope>,
}

const fn rule(
    items: &'static [Item],
    groups: &'static [Group],
    jobs: Jobs,
    identity: Identity,
    consent: Option<ConsentScope>,
) -> Rule {
    Rule { items, groups, jobs, identity, consent }
}

mod rows {
    use super::{Group, Item, JobType};
    use Group::{CareManagement, CareService, Facility, PreventionSupport};

    pub(super) const CARE: &[Group] = &[CareManagement, PreventionSupport, Facility, CareService];
    pub(super) const SERVICES: &[Group] = &[Facility, CareService];
    pub(super) const MANAGERS: &[JobType] = &[JobType::CareManager, JobType::ChiefCareManager];
    pub(super) const SUPPORTERS: &[JobType] =
        &[JobType::CareManager, JobType::ChiefCareManager, JobType::PublicHealthNurse, JobType::SocialWorker];
    pub(super) const ALLOWANCES: &[Item] = &[Item::HomeModification, Item::Equipment];
    pub(super) const PLANNING: &[Item] = &[Item::PlanRegistration, Item::Filing];
}

/// The table. Where no row names item, group and job, it is denied; no two rows name the same.
#[rustfmt::skip]
const RULES: &[Rule] = {
    use rows::{ALLOWANCES, CARE, MANAGERS, PLANNING, SERVICES, SUPPORTERS};
    use ConsentScope as Scope;
    use Group::{CareManagement, CareService, Medical, PreventionSupport};
    use Identity::{Confirmed, Registered};
    use Jobs::{Anyone, Only, Staff};
    &[
        rule(&[Item::InsuredCard], CARE, Anyone, Registered, None),
        rule(&[Item::InsuredCard], &[Medical], Anyone, Confirmed, None),
        rule(&[Item::BurdenRatio, Item::BurdenLimit], CARE, Anyone, Registered, None),
        rule(&[Item::Certification, Item::Progress], &[CareManagement], Only(MANAGERS), Confirmed, None),
        rule(&[Item::Assessment], &[CareManagement], Only(MANAGERS), Confirmed, Some(Scope::Certification)),
        rule(&[Item::Opinion], &[CareManagement], Only(MANAGERS), Confirmed, Some(Scope::DoctorsOpinion)),
        rule(ALLOWANCES, &[CareManagement], Only(MANAGERS), Registered, None),
        rule(ALLOWANCES, &[PreventionSupport], Only(SUPPORTERS), Registered, None),
        rule(ALLOWANCES, &[CareService], Only(&[JobType::EquipmentAdviser]), Registered, None),
        rule(&[Item::Life], &[CareManagement], Only(MANAGERS), Confirmed, Some(Scope::Life)),
        rule(&[Item::Life], SERVICES, Staff, Confirmed, Some(Scope::Life)),
        rule(&[Item::Plans], &[CareManagement], Only(MANAGERS), Confirmed, Some(Scope::CarePlan)),
        rule(&[Item::Plans], &[PreventionSupport], Only(SUPPORTERS), Confirmed, Some(Scope::CarePlan)),
        rule(&[Item::Plans], SERVICES, Staff, Confirmed, Some(Scope::CarePlan)),
        rule(PLANNING, &[CareManagement], Only(MANAGERS), Confirmed, None),
        rule(PLANNING, &[PreventionSupport], Only(SUPPORTERS), Confirmed, None),
        rule(&[Item::ConsentRecording], CARE, Staff, Registered, None),
        rule(&[Item::Users, Item::PersonRegistration], CARE, Anyone, Identity::None, None),
    ]
};

/// Who looks.
#[derive(Debug, Clone)]
pub(crate) struct Viewer {
    pub(crate) office: OfficeNumber,
    /// Of the member of staff; none for the account of the office.
    pub(crate) jobs: Vec<JobType>,
}

/// The row that names item, group and one of the jobs.
fn permitted(item: Item, group: Group, jobs: &[JobType]) -> Option<&'static Rule> {
    RULES.iter().filter(|rule| rule.items.contains(&item) && rule.groups.contains(&group)).find(|rule| {
        match rule.jobs {
            Jobs::Anyone => true,
            Jobs::Staff => !jobs.is_empty(),
            Jobs::Only(only) => jobs.iter().any(|job| only.contains(job)),
        }
    })
}

type Decision = rusqlite::Result<Result<(), Refusal>>;

fn refuse(code: &'static str) -> Decision {
    Ok(Err(Refusal::Business(code)))
}

/// The row that permits it at all, whomever it is about.
fn rule_for(
    tx: &Transaction<'_>,
    viewer: &Viewer,
    item: Item,
) -> rusqlite::Result<Result<&'static Rule, Refusal>> {
    let registration = portal::find(tx, viewer.office)?;
    let group = registration.and_then(|office| Group::of(office.service_type));
    let rule = group.and_then(|group| permitted(item, group, &viewer.jobs));
    Ok(rule.ok_or(Refusal::Business(code::NO_RIGHT)))
}

/// Whether it is permitted at all, whomever it is about.
pub(crate) fn may(tx: &Transaction<'_>, viewer: &Viewer, item: Item) -> Decision {
    Ok(rule_for(tx, viewer, item)?.map(drop))
}

/// Whether this one may look at, or do, that about the person now.
pub(crate) fn admit(
    tx: &Transaction<'_>,
    viewer: &Viewer,
    item: Item,
    person: &PersonId,
    now: i64,
) -> Decision {
    let rule = match rule_for(tx, viewer, item)? {
        Ok(rule) => rule,
        Err(refusal) => return Ok(Err(refusal)),
    };
    let Some(today) = clock::date(now) else { return Ok(Err(Refusal::Internal)) };
    if !is_ready(tx, person.insurer, today)? {
        return refuse(code::NOT_READY);
    }
    if !crate::person::is_known(tx, person)? {
        return refuse(code::UNKNOWN_PERSON);
    }
    if rule.identity != Identity::None {
        let viewing: Option<(String, String)> = tx
            .prepare(
                "SELECT identity, ends_on FROM viewing WHERE office = ?1 AND insurer = ?2 AND insured = ?3",
            )?
            .query_row(
                params![viewer.office.as_str(), person.insurer.as_str(), person.insured.as_str()],
                |row| Ok((row.get(0)?, row.get(1)?)),
            )
            .optional()?;
        let Some((identity, ends_on)) = viewing else {
            return refuse(code::NOT_CONFIRMED);
        };
        let by_items = identity == IdentityKind::FourItems.code();
        if by_items && rule.identity == Identity::Confirmed {
            return refuse(code::NOT_CONFIRMED);
        }
        // What cannot be read ends now.
        if !ends_on.parse::<Date>().is_ok_and(|ends_on| today <= ends_on) {
            return refuse(code::VIEWING_OVER);
        }
    }
    match rule.consent {
        Some(scope) => consents(tx, viewer.office, scope, person, now),
        None => Ok(Ok(())),
    }
}

/// Whether the municipality has begun.
pub(crate) fn is_ready(tx: &Transaction<'_>, insurer: InsurerNumber, today: Date) -> rusqlite::Result<bool> {
    let from: Option<Option<String>> = tx
        .prepare("SELECT ready_from FROM municipality WHERE insurer = ?1")?
        .query_row([insurer.as_str()], |row| row.get(0))
        .optional()?;
    Ok(from.flatten().and_then(|from| from.parse::<Date>().ok()).is_some_and(|from| from <= today))
}

fn consents(
    tx: &Transaction<'_>,
    office: OfficeNumber,
    scope: ConsentScope,
    person: &PersonId,
    now: i64,
) -> Decision {
    let last: Option<Vec<u8>> = tx
        .prepare(
            "SELECT content FROM consent WHERE office = ?1 AND insurer = ?2 AND insured = ?3 AND scope = ?4
             ORDER BY number DESC LIMIT 1",
        )?
        .query_row(
            params![office.as_str(), person.insurer.as_str(), person.insured.as_str(), scope.code()],
            |row| row.get(0),
        )
        .optional()?;
    let now = Timestamp::from_millisecond(now).unwrap_or(Timestamp::MAX);
    match last.and_then(|last| from_json::<Consent>(&last).ok()) {
        Some(consent) if consent.holds_at(now) => Ok(Ok(())),
        Some(consent) if consent.given && consent.at <= now => refuse(code::CONSENT_ENDED),
        _ => refuse(code::NO_CONSENT),
    }
}
