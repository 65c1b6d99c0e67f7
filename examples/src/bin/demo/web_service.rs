//! The second act: one person's card, certification, allowance, notification and plan, as the care-management office, the
//! municipality and the person see them.

use jiff::Timestamp;
use jiff::tz::Offset;
use kaigo_core::benefit::{
    Decision, Effect, Filing, HomeModification, KnownOfPerson, ModificationKind, Tables, Yen, card_on,
    check_filing,
};
use kaigo_core::calendar::Date;
use kaigo_core::code::CodeList as _;
use kaigo_core::eligibility::{
    CarePlanNotification, CertificationProgress, Consent, ConsentScope, Filer, InsuredCard, InsuredPerson,
    NotificationKind, NotificationVariant, OfficeContact, PlanAuthor, PlanState,
};
use kaigo_core::exchange::Client;
use kaigo_core::platform::{Agreement, BusinessKind, Package, PersonId, TransferError, VisualStatement};
use kaigo_core::report::Lang;
use kaigo_sandbox::{Call, RunningSandbox, Town, call_as_role};
use serde_json::{Value, json};

use crate::exchange::Played;
use crate::{Result, account, platform};

/// Makes somebody of 要介護４.
const SEED: u64 = 2;

/// Plays the act for the client of the plan that was sent.
pub fn play(sandbox: &RunningSandbox, played: &Played) -> Result<Value> {
    let Client { insurer, insured } = played.client;
    let person = PersonId { insurer, insured };
    let today = today()?;
    let role = |call: Call, body: Value| role(sandbox, call, &body);

    println!("6. The municipality feeds what it knows of the person: their certification is under way.");
    let town = Town::new(insurer, 1, today, SEED);
    let stranger = town.people().next().ok_or("nobody lives in the town")?;
    // The one person of the invented town takes the client's number.
    let feed = town.feed().to_string().replace(stranger.as_str(), insured.as_str());
    let documents = serde_json::from_str::<Value>(&feed)?["documents"].take();
    let documents: Vec<Value> = serde_json::from_value(documents)?;
    let progress = of_type(&documents, "CertificationProgress")?.clone();
    let known = documents.into_iter().filter(|one| one["type"] != "CertificationProgress");
    let known: Vec<Value> = known.chain([under_way(&progress)]).collect();
    role(Call::SetReadiness, json!({ "insurer": insurer, "name": "架空町", "readyOn": today.to_string() }))?;
    let kept = role(Call::Feed, json!({ "insurer": insurer, "documents": known }))?["kept"].clone();
    println!("   {kept} documents");

    println!("7. A care manager of the office logs in, sees the card and confirms who its holder is.");
    let staff = account(sandbox, played.manager)?.staff().first().ok_or("the office has no staff")?;
    let session = platform(sandbox, played.manager)?.login(staff.user_id(), staff.password())?;
    let early = refusal(session.insured_card(&person))?;
    println!("   before: refused, {early:?}");
    let terminal = "demo-desk".parse()?;
    session.register_terminal(&terminal)?;
    session.confirm_visually(&VisualStatement {
        terminal,
        insurer,
        insured,
        compared_by: "架空職員".into(),
    })?;
    let card = session.insured_card(&person)?;
    let state = card_on(&card, today);
    tell(&state);

    println!("8. The certification is in progress, and then decided.");
    println!("   {}", steps(&session.certification_progress(&person)?));
    role(Call::Feed, json!({ "insurer": insurer, "documents": [progress] }))?;
    let decided = session.certification_progress(&person)?;
    let result = session.certification(&person)?.result;
    println!("   {}: {}", steps(&decided), result.level.label());

    println!("9. Home modification: what the allowance pays is checked before anything is filed.");
    let used = session.home_modification_use(&person)?;
    let ratio = session.burden_ratio(&person)?;
    let allowance = KnownOfPerson {
        card: &card,
        ratio: Some(&ratio),
        progress: Some(&decided),
        home: Some(&used),
        equipment: None,
    };
    let next_week = today.plus_days(7).ok_or("the calendar ends")?;
    let level = card.level.ok_or("the card shows no level")?;
    let paid = ratio.rows.first().ok_or("the certificate shows no ratio")?.ratio;
    let works = |on: Date| -> Result<HomeModification> {
        Ok(HomeModification {
            dwelling: "架空県架空町の住宅".parse()?,
            started_on: on,
            completed_on: None,
            level,
            kinds: vec![ModificationKind::Rails],
            office: None,
            cost: Yen::new(150_000).ok_or("too much")?,
            ratio: paid,
        })
    };
    let check = |works: &HomeModification| {
        check_filing(Tables::bundled(), &allowance, Filing::HomeModification(works), today)
    };
    let late = check(&works(today)?);
    println!("   works that have begun:");
    tell(&late);
    let may = check(&works(next_week)?);
    println!("   works of next week:");
    tell(&may);

    println!("10. The notification that a care plan is asked for is filed, and the municipality sees it.");
    let form = notification(&card, played, today)?;
    session.file_notification(&form)?;
    let filed = role(Call::Notifications, json!({ "insurer": insurer }))?["notifications"].clone();
    let filed = filed.as_array().map_or(0, Vec::len);
    println!("   {filed} notification(s) at the municipality");

    println!("11. The plan is put up for the person's agreement, agreed to, and delivered.");
    let files = Package::try_from(&played.plan)?.files;
    let draft = session.register_plan_for_consent(&person, &files)?;
    let about = json!({ "insurer": insurer, "insured": insured, "id": draft.id.as_str(), "agrees": true });
    role(Call::AnswerPlan, about)?;
    let answered = session.plan_state(&person, draft.id.as_str())?;
    println!("   the person's answer: {}", answered.state.label());
    let agreement = Agreement::Registered(draft.id.as_str().to_owned());
    let delivered = session.register_plan_for_delivery(&person, &files, &agreement)?;
    println!("   {}: {} files", delivered.state.label(), delivered.file_names.len());
    session.logout()?;

    println!("12. The person reads who looked, and who was refused.");
    let log = role(Call::OwnLog, json!({ "insurer": insurer, "insured": insured }))?["entries"].clone();
    let log = log.as_array().map_or(0, Vec::len);
    println!("   {log} entries");

    let report = json!({
        "refused_before_identity": early == BusinessKind::IdentityNotConfirmed,
        "card": state.value.code(),
        "certification_ended": decided.is_ended(),
        "late_works_stopped": late.is_stopped(),
        "works_may_be_filed": may.value,
        "notifications_at_municipality": filed,
        "plan_agreed": answered.state == PlanState::Agreed,
        "plan_delivered": delivered.state == PlanState::Delivered,
        "entries_in_persons_log": log,
    });
    Ok(report)
}

/// In Japan.
fn today() -> Result<Date> {
    Ok(Offset::constant(9).to_datetime(Timestamp::now()).date().to_string().parse()?)
}

/// What a role's call answers.
fn role(sandbox: &RunningSandbox, call: Call, body: &Value) -> Result<Value> {
    let mut answer = call_as_role(sandbox.data_dir(), call, None, body)?;
    match answer["result"].take() {
        Value::Null => Err(format!("{}: {}", call.name(), answer["error"]).into()),
        result => Ok(result),
    }
}

fn of_type<'d>(documents: &'d [Value], name: &str) -> Result<&'d Value> {
    Ok(documents.iter().find(|one| one["type"] == name).ok_or("the municipality does not know it")?)
}

/// The same application, not decided yet.
fn under_way(progress: &Value) -> Value {
    let mut progress = progress.clone();
    if let Some(steps) = progress["document"]["steps"].as_array_mut() {
        steps.pop();
    }
    progress
}

fn steps(progress: &CertificationProgress) -> String {
    let steps = progress.steps.iter().map(|step| format!("{} {}", step.on, step.step.label()));
    steps.collect::<Vec<_>>().join(" -> ")
}

/// Why the platform refused.
fn refusal<T>(answer: Result<T, TransferError>) -> Result<BusinessKind> {
    match answer {
        Err(TransferError::Business(error)) => Ok(error.kind),
        Err(error) => Err(error.into()),
        Ok(_) => Err("the platform did not refuse".into()),
    }
}

/// The reasons of a decision, in both languages.
fn tell<T>(decision: &Decision<T>) {
    for reason in &decision.reasons {
        let mark = match reason.rule.effect() {
            Effect::Stops => "×",
            Effect::Warns => "!",
            _ => "-",
        };
        println!("   {mark} {} / {}", reason.text(Lang::Japanese), reason.text(Lang::English));
    }
}

fn notification(card: &InsuredCard, played: &Played, today: Date) -> Result<CarePlanNotification> {
    Ok(CarePlanNotification {
        variant: NotificationVariant::Care,
        kind: NotificationKind::New,
        destination: card.insurer.number,
        person: InsuredPerson {
            insured_number: card.insured_number,
            name: card.name.clone(),
            name_kana: card.name_kana.clone(),
            birth_date: card.birth_date,
            sex: card.sex,
        },
        plan_author: PlanAuthor::DesignatedOffice,
        office: Some(OfficeContact {
            number: played.manager,
            name: "架空居宅介護支援事業所".parse()?,
            address: "架空県架空町".parse()?,
            phone: "03-0000-0000".parse()?,
        }),
        entrusted_office: None,
        uses_other_services: None,
        applies_from: today,
        change: None,
        notified_on: today,
        filed_by: Filer::Office,
        consent: Some(Consent {
            scope: ConsentScope::Notification,
            given: true,
            at: Timestamp::now(),
            valid_until: None,
        }),
    })
}
