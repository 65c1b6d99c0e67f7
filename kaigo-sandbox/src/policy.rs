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

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

    use super::*;
    use crate::person;
    use crate::store::Store;

    /// One service type of each group, and one that nobody knows.
    const TYPES: [&str; 6] = ["43", "46", "51", "11", MEDICAL, "ZZ"];

    /// What each group of [`TYPES`] may, said once more and in another way: `*` whoever is of the office, `s` all staff, `m`
    /// care managers, `p` those and public health nurses and social workers, `e` equipment advisers, `-` nobody. Then
    /// what must hold: `r` registered, `c` confirmed; and the consent.
    #[rustfmt::skip]
    const EXPECTED: &[(Item, [char; 6], char, Option<ConsentScope>)] = &[
        (Item::InsuredCard,        ['*', '*', '*', '*', '*', '-'], 'r', None),
        (Item::BurdenRatio,        ['*', '*', '*', '*', '-', '-'], 'r', None),
        (Item::BurdenLimit,        ['*', '*', '*', '*', '-', '-'], 'r', None),
        (Item::Certification,      ['m', '-', '-', '-', '-', '-'], 'c', None),
        (Item::Progress,           ['m', '-', '-', '-', '-', '-'], 'c', None),
        (Item::Assessment,         ['m', '-', '-', '-', '-', '-'], 'c', Some(ConsentScope::Certification)),
        (Item::Opinion,            ['m', '-', '-', '-', '-', '-'], 'c', Some(ConsentScope::DoctorsOpinion)),
        (Item::HomeModification,   ['m', 'p', '-', 'e', '-', '-'], 'r', None),
        (Item::Equipment,          ['m', 'p', '-', 'e', '-', '-'], 'r', None),
        (Item::Life,               ['m', '-', 's', 's', '-', '-'], 'c', Some(ConsentScope::Life)),
        (Item::Users,              ['*', '*', '*', '*', '-', '-'], '-', None),
        (Item::Plans,              ['m', 'p', 's', 's', '-', '-'], 'c', Some(ConsentScope::CarePlan)),
        (Item::PlanRegistration,   ['m', 'p', '-', '-', '-', '-'], 'c', None),
        (Item::PersonRegistration, ['*', '*', '*', '*', '-', '-'], '-', None),
        (Item::Filing,             ['m', 'p', '-', '-', '-', '-'], 'c', None),
        (Item::ConsentRecording,   ['s', 's', 's', 's', '-', '-'], 'r', None),
    ];

    fn expected(who: char, job: Option<JobType>) -> bool {
        use JobType::{CareManager, ChiefCareManager, EquipmentAdviser, PublicHealthNurse, SocialWorker};
        match (who, job) {
            ('*', _) | ('s', Some(_)) => true,
            ('m', Some(job)) => [CareManager, ChiefCareManager].contains(&job),
            ('p', Some(job)) => {
                [CareManager, ChiefCareManager, PublicHealthNurse, SocialWorker].contains(&job)
            }
            ('e', Some(job)) => job == EquipmentAdviser,
            _ => false,
        }
    }

    const DAY: i64 = 24 * 60 * 60 * 1000;
    /// 2026-11-20.
    const NOW: i64 = 1_795_132_800_000;

    struct Scene {
        person: PersonId,
        unready: PersonId,
        unknown: PersonId,
        offices: Vec<OfficeNumber>,
    }

    /// An office of each service type, a person, a municipality that is ready and one that is not.
    fn scene(tx: &Transaction<'_>) -> Scene {
        let id = |insurer: &str, insured: &str| PersonId {
            insurer: insurer.parse().unwrap(),
            insured: insured.parse().unwrap(),
        };
        let scene = Scene {
            person: id("992016", "9000000001"),
            unready: id("992024", "9000000001"),
            unknown: id("992016", "9000000002"),
            offices: (0..TYPES.len()).map(|i| format!("137000000{i}").parse().unwrap()).collect(),
        };
        tx.execute_batch(
            "INSERT INTO municipality VALUES ('992016', '架空町', '2026-11-20'), ('992024', '架空村', '2026-11-21')",
        )
        .unwrap();
        person::insert(tx, &scene.person).unwrap();
        person::insert(tx, &scene.unready).unwrap();
        for (number, service_type) in scene.offices.iter().zip(TYPES) {
            tx.execute(
                "INSERT INTO registration VALUES (?1, '架空', ?2, 0)",
                [number.as_str(), service_type],
            )
            .unwrap();
            tx.execute(
                "INSERT INTO office (number, salt, verifier, issue) VALUES (?1, x'', x'', x'')",
                [number.as_str()],
            )
            .unwrap();
        }
        scene
    }

    fn says(scope: ConsentScope, given: bool, at: i64, until: Option<i64>) -> Consent {
        let time = |milliseconds| Timestamp::from_millisecond(milliseconds).unwrap();
        Consent { scope, given, at: time(at), valid_until: until.map(time) }
    }

    fn code_of(decision: Decision) -> Option<&'static str> {
        match decision.unwrap() {
            Ok(()) => None,
            Err(Refusal::Business(code)) => Some(code),
            Err(other) => panic!("{other:?}"),
        }
    }

    #[test]
    fn every_cell_of_the_table_and_everything_that_must_hold_besides() {
        let dir = tempfile::tempdir().unwrap();
        let store = Store::open(dir.path()).unwrap();
        let mut cells = 0;
        store
            .transaction(|tx| {
                let scene = scene(tx);
                let jobs: Vec<Option<JobType>> =
                    std::iter::once(None).chain(JobType::ALL.iter().copied().map(Some)).collect();
                for (item, groups, identity, scope) in EXPECTED {
                    for ((office, who), service_type) in scene.offices.iter().zip(groups).zip(TYPES) {
                        for job in &jobs {
                            cells += 1;
                            let cell = format!("{item:?} {service_type} {job:?}");
                            let viewer = Viewer { office: *office, jobs: job.iter().copied().collect() };
                            let allowed = expected(*who, *job);
                            tx.execute_batch("SAVEPOINT cell")?;
                            // A medical institution must have confirmed who it is.
                            let identity = if service_type == MEDICAL { 'c' } else { *identity };
                            check(tx, &scene, &viewer, *item, allowed, identity, *scope, &cell);
                            tx.execute_batch("ROLLBACK TO cell; RELEASE cell")?;
                        }
                    }
                }
                Ok(())
            })
            .unwrap();
        assert_eq!(cells, 16 * 6 * 19);
    }

    #[allow(clippy::too_many_arguments, reason = "a cell has that many sides")]
    fn check(
        tx: &Transaction<'_>,
        scene: &Scene,
        viewer: &Viewer,
        item: Item,
        allowed: bool,
        identity: char,
        scope: Option<ConsentScope>,
        cell: &str,
    ) {
        let ask = |person: &PersonId, now: i64| code_of(admit(tx, viewer, item, person, now));
        let person = &scene.person;
        if !allowed {
            // Whatever else holds.
            person::open_viewing(tx, viewer.office, person, IdentityKind::Card, NOW).unwrap();
            for &scope in ConsentScope::ALL {
                crate::consent::keep(tx, viewer.office, person, &says(scope, true, NOW, None), "person")
                    .unwrap();
            }
            assert_eq!(ask(person, NOW), Some(code::NO_RIGHT), "{cell}");
            assert_eq!(code_of(may(tx, viewer, item)), Some(code::NO_RIGHT), "{cell}");
            return;
        }
        assert_eq!(code_of(may(tx, viewer, item)), None, "{cell}");
        assert_eq!(ask(&scene.unready, NOW), Some(code::NOT_READY), "{cell}");
        assert_eq!(ask(&scene.unknown, NOW), Some(code::UNKNOWN_PERSON), "{cell}");
        if identity == '-' {
            assert_eq!(ask(person, NOW), None, "{cell}");
            return;
        }
        assert_eq!(ask(person, NOW), Some(code::NOT_CONFIRMED), "{cell}");
        person::open_viewing(tx, viewer.office, person, IdentityKind::FourItems, NOW).unwrap();
        let by_items = ask(person, NOW);
        assert_eq!(by_items == Some(code::NOT_CONFIRMED), identity == 'c', "{cell}");
        person::open_viewing(tx, viewer.office, person, IdentityKind::Visual, NOW).unwrap();
        // Four items do not take back what was confirmed.
        person::open_viewing(tx, viewer.office, person, IdentityKind::FourItems, NOW).unwrap();
        // To the end of January.
        assert_eq!(ask(person, NOW + 73 * DAY), Some(code::VIEWING_OVER), "{cell}");
        assert_ne!(ask(person, NOW + 72 * DAY), Some(code::VIEWING_OVER), "{cell}");
        person::extend_viewing(tx, viewer.office, person, "2027-01".parse().unwrap()).unwrap();
        assert_ne!(ask(person, NOW + 73 * DAY), Some(code::VIEWING_OVER), "{cell}");
        let Some(scope) = scope else {
            assert_eq!(ask(person, NOW), None, "{cell}");
            return;
        };
        let keep = |office, consent: &Consent| {
            crate::consent::keep(tx, office, person, consent, "person").unwrap();
        };
        assert_eq!(ask(person, NOW), Some(code::NO_CONSENT), "{cell}");
        // Another scope's, another office's, and one that is yet to come, are none.
        for &other in ConsentScope::ALL.iter().filter(|other| **other != scope) {
            keep(viewer.office, &says(other, true, NOW, None));
        }
        let other = scene.offices.iter().find(|office| **office != viewer.office).unwrap();
        keep(*other, &says(scope, true, NOW, None));
        keep(viewer.office, &says(scope, true, NOW + DAY, None));
        assert_eq!(ask(person, NOW), Some(code::NO_CONSENT), "{cell}");
        keep(viewer.office, &says(scope, true, NOW - DAY, Some(NOW)));
        assert_eq!(ask(person, NOW), None, "{cell}");
        assert_eq!(ask(person, NOW + 1), Some(code::CONSENT_ENDED), "{cell}");
        keep(viewer.office, &says(scope, true, NOW, None));
        assert_eq!(ask(person, NOW + 1), None, "{cell}");
        keep(viewer.office, &says(scope, false, NOW, None));
        assert_eq!(ask(person, NOW + 1), Some(code::NO_CONSENT), "{cell}");
    }

    #[test]
    fn no_two_rows_name_the_same() {
        for (item, ..) in EXPECTED {
            for group in [
                Group::CareManagement,
                Group::PreventionSupport,
                Group::Facility,
                Group::CareService,
                Group::Medical,
            ] {
                let rows =
                    RULES.iter().filter(|rule| rule.items.contains(item) && rule.groups.contains(&group));
                assert!(rows.count() <= 1, "{item:?} {group:?}");
            }
        }
    }
}
