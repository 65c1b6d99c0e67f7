//! What the WEB service shows and takes, with the library's own client over real TLS, and the roles that feed it.

use std::time::{Duration, SystemTime};

use kaigo_core::calendar::Date;
use kaigo_core::code::CodeList as _;
use kaigo_core::credential::{Certificate, Credential};
use kaigo_core::document::{Document, from_json};
use kaigo_core::eligibility::{
    CarePlanNotification, Consent, ConsentScope, FourItems, IdentityKind, InsuredCard, PlanState,
};
use kaigo_core::platform::provisional as wire;
use kaigo_core::platform::{
    Agreement, BusinessKind, Capability, NamedFile, PersonId, Platform, Session, TransferError, View,
    VisualStatement, WireProfile,
};
use kaigo_core::report::Lang;
use kaigo_sandbox::{Builder, Clock, Office, Role, RunningSandbox, Sandbox, Staff, Town};
use serde_json::{Value, json};

use crate::client::{Answer, CARE, Client, HELP, account, file};
use crate::identity;

/// An office of a service type that nobody knows.
const ODD: &str = "1370000007";
const DAY: Duration = Duration::from_secs(24 * 60 * 60);
const NOT_READY: &str = "992024";

/// The default offices, and one more.
pub fn offices() -> Vec<Office> {
    let text = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/offices.toml")).unwrap();
    let path = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(path.path(), text).unwrap();
    let mut offices = kaigo_sandbox::read_offices(path.path()).unwrap();
    let mut odd = offices[0].clone();
    odd.number = ODD.parse().unwrap();
    odd.service_type = "ZZ".parse().unwrap();
    odd.staff =
        vec![Staff { name: "架空".into(), jobs: vec![kaigo_core::eligibility::JobType::CareManager] }];
    offices.push(odd);
    offices
}

pub fn builder() -> Builder {
    identity::with_holders(Sandbox::builder()).offices(offices()).local("127.0.0.1:0".parse().unwrap())
}

fn today(sandbox: &RunningSandbox) -> Date {
    let now = jiff::Timestamp::try_from(sandbox.clock().now()).unwrap();
    now.display_with_offset(jiff::tz::offset(9)).to_string()[..10].parse().unwrap()
}

/// Feeds a town of eight, whose municipality is ready.
pub fn furnish(sandbox: &RunningSandbox) -> Town {
    let town = Town::new(identity::insurer(), 8, today(sandbox), 7);
    let municipality = Client::role(sandbox, Role::Municipality);
    for (insurer, ready_on) in [(identity::insurer().as_str(), json!("2026-04-01")), (NOT_READY, Value::Null)]
    {
        let readiness = json!({ "insurer": insurer, "name": "架空町", "readyOn": ready_on });
        municipality.post("/municipality/v1/readiness", &readiness).result();
    }
    let fed = municipality.post("/municipality/v1/feed", &town.feed());
    assert_eq!(fed.result()["refused"], json!([]));
    assert_eq!(fed.result()["kept"], town.feed()["documents"].as_array().unwrap().len());
    let medical = Client::role(sandbox, Role::Medical);
    for opinion in town.opinions() {
        let kept = medical.post("/medical/v1/opinions", &opinion);
        assert_eq!(kept.result()["kept"], 1, "{kept:?}");
    }
    town
}

/// The insured cards of the town.
fn cards(town: &Town) -> Vec<InsuredCard> {
    let feed = town.feed();
    let documents = feed["documents"].as_array().unwrap().iter();
    let cards = documents.filter(|given| given["type"] == "InsuredCard");
    cards.map(|given| from_json(given["document"].to_string().as_bytes()).unwrap()).collect()
}

/// Somebody of one of 要介護1–5.
fn in_care(town: &Town) -> InsuredCard {
    cards(town).into_iter().find(|card| card.level.unwrap().is_care()).unwrap()
}

fn feedback(card: &InsuredCard) -> Value {
    json!({ "type": "LifeFeedback", "document": {
        "officeNumber": HELP, "serviceType": "11", "insuredNumber": card.insured_number, "month": "2026-10",
        "version": "3.10", "items": [{ "id": "adl_total", "value": "80" }],
    } })
}

fn limit(card: &InsuredCard) -> Value {
    json!({ "type": "BurdenLimitCertificate", "document": {
        "insuredNumber": card.insured_number, "issuedOn": "2026-07-20",
        "period": { "from": "2026-08-01", "to": "2027-07-31" }, "limits": { "food": 650 },
        "insurer": { "number": identity::insurer(), "name": "架空町" },
    } })
}

fn notification(card: &InsuredCard, office: &str, on: Date, kind: &str, at: &str) -> Value {
    json!({
        "variant": "care", "kind": kind, "destination": identity::insurer(),
        "person": {
            "insuredNumber": card.insured_number, "name": card.name.as_str(), "nameKana": card.name_kana.as_str(),
            "birthDate": "1940-05-03", "sex": "2",
        },
        "planAuthor": "1",
        "office": { "number": office, "name": "架空居宅", "address": "架空県架空町", "phone": "03-0000-0000" },
        "appliesFrom": on.to_string(), "notifiedOn": on.to_string(), "filedBy": "office",
        "consent": { "scope": "notification", "given": true, "at": at },
    })
}

/// Calls everything in such a way that it answers all that it can; at last, long afterwards.
pub fn every_answer(sandbox: &RunningSandbox, mut seen: impl FnMut(&str, Option<&Value>, &Answer)) {
    let town = furnish(sandbox);
    let card = in_care(&town);
    let (insurer, insured) = (identity::insurer(), card.insured_number);
    let now = |sandbox: &RunningSandbox| jiff::Timestamp::try_from(sandbox.clock().now()).unwrap();
    let (municipality, medical) =
        (Client::role(sandbox, Role::Municipality), Client::role(sandbox, Role::Medical));
    let own = Client::role(sandbox, Role::Person);
    let manager = || Client::staff(sandbox, CARE, 0);
    let (care, odd) = (manager(), Client::staff(sandbox, ODD, 0));
    // What is described and taken, and what is asked to see the refusal alone.
    let mut good = |client: &Client, id: &str, path: &str, body: Value| {
        let answer = client.post(path, &body);
        seen(id, Some(&body), &answer);
        answer
    };
    let readiness = json!({ "insurer": insurer, "name": "架空町", "readyOn": "2026-04-01" });
    good(&municipality, "setreadiness", "/municipality/v1/readiness", readiness).result();
    let more = json!({
        "insurer": insurer, "documents": [feedback(&card), limit(&card)],
        "served": [{ "office": CARE, "insured": insured, "month": "2026-10" }],
    });
    assert_eq!(good(&municipality, "feed", "/municipality/v1/feed", more).result()["kept"], 2);
    let bad = json!({ "insurer": insurer, "documents": [limit(&card), { "type": "LifeFeedback", "document": {} }] });
    let refused = good(&municipality, "feed", "/municipality/v1/feed", bad);
    assert_eq!((&refused.result()["kept"], &refused.result()["refused"][0]["index"]), (&json!(0), &json!(1)));
    let opinion = town.opinions().next().unwrap();
    good(&medical, "giveopinion", "/medical/v1/opinions", opinion).result();

    // Every call about a person, with a body that is taken.
    let plan = json!([file("plan.csv", b"plan")]);
    let at = now(sandbox).to_string();
    let today = today(sandbox);
    let about = |insurer: &str, insured: &str| json!({ "insurer": insurer, "insured": insured });
    let with = |mut body: Value, name: &str, value: Value| {
        body[name] = value;
        body
    };
    let body = |id: &str, insurer: &str, insured: &str| {
        let who = about(insurer, insured);
        match id {
            "registerperson" => json!({
                "insurerNumber": insurer, "insuredNumber": insured, "nameKana": card.name_kana.as_str(),
                "birthDate": card_json(&card)["birthDate"],
            }),
            "consent" => with(who, "consent", json!({ "scope": "life", "given": true, "at": at })),
            "notification" => {
                let mut form = notification(&card, CARE, today, "new", &at);
                form["destination"] = json!(insurer);
                form["person"]["insuredNumber"] = json!(insured);
                form
            }
            "planforconsent" => with(who, "files", plan.clone()),
            "planfordelivery" => with(with(who, "files", plan.clone()), "agreedOn", json!(today.to_string())),
            "planstate" | "plan" => with(who, "id", json!("nonsense")),
            _ => who,
        }
    };
    let calls = [
        ("insuredcard", wire::INSURED_CARD),
        ("burdenratio", wire::BURDEN_RATIO),
        ("burdenlimit", wire::BURDEN_LIMIT),
        ("certification", wire::CERTIFICATION),
        ("progress", wire::PROGRESS),
        ("assessment", wire::ASSESSMENT),
        ("opinion", wire::OPINION),
        ("homemodification", wire::HOME_MODIFICATION),
        ("equipment", wire::EQUIPMENT),
        ("life", wire::LIFE),
        ("consent", wire::CONSENTS),
        ("notification", wire::NOTIFICATIONS),
        ("planforconsent", wire::PLAN_FOR_CONSENT),
        ("planfordelivery", wire::PLAN_FOR_DELIVERY),
        ("planstate", wire::PLAN_STATE),
        ("plans", wire::PLANS),
        ("plan", wire::PLAN),
        ("registerperson", wire::REGISTER_PERSON),
    ];
    let consent_to = |id: &str| match id {
        "assessment" => Some("certification"),
        "opinion" => Some("doctors_opinion"),
        "life" => Some("life"),
        "plans" | "plan" => Some("care_plan"),
        _ => None,
    };
    let (ready, known, stranger) = (insurer.as_str(), insured.as_str(), "9999999990");
    for (id, path) in calls {
        assert_eq!(good(&odd, id, path, body(id, ready, known)).code(), "B4002", "{id}");
        assert_eq!(good(&care, id, path, body(id, NOT_READY, known)).code(), "B4003", "{id}");
        assert_eq!(good(&care, id, path, body(id, ready, stranger)).code(), "B3008", "{id}");
        if id != "registerperson" {
            assert_eq!(good(&care, id, path, body(id, ready, known)).code(), "B4004", "{id}");
        }
    }
    let users = odd.get(wire::USERS);
    assert_eq!(users.code(), "B4002");

    // By four items, then by sight. One person more is known by their card alone: there is no document of theirs.
    let mut wrong = body("registerperson", ready, known);
    wrong["nameKana"] = json!("チガウ");
    assert_eq!(good(&care, "registerperson", wire::REGISTER_PERSON, wrong).code(), "B3008");
    good(&care, "registerperson", wire::REGISTER_PERSON, body("registerperson", ready, known)).result();
    care.post(wire::TERMINALS, &json!({ "terminalId": "desk" })).result();
    let blank = identity::insured(1);
    for insured in [known, blank.as_str()] {
        let statement =
            json!({ "terminalId": "desk", "insurer": insurer, "insured": insured, "comparedBy": "職員A" });
        care.post(wire::CONFIRM_VISUAL, &statement).result();
    }
    for (id, path) in calls {
        if consent_to(id).is_some() {
            assert_eq!(good(&care, id, path, body(id, ready, known)).code(), "B4006", "{id}");
        }
    }
    let scopes: Vec<_> = ConsentScope::LIST.iter().map(|(scope, _)| *scope).collect();
    let mut say = |scope: &str, insured: &str, until: Option<String>| {
        let mut body = with(about(ready, insured), "office", json!(CARE));
        (body["scope"], body["given"]) = (json!(scope), json!(true));
        if let Some(until) = until {
            body["validUntil"] = json!(until);
        }
        good(&own, "ownconsent", "/person/v1/own/consent", body)
    };
    for scope in &scopes {
        let until = (now(sandbox) + Duration::from_secs(60)).to_string();
        say(scope, known, Some(until)).result();
        say(scope, blank.as_str(), None).result();
    }
    assert_eq!(say("nonsense", known, None).code(), "B4001");
    assert_eq!(say("life", stranger, None).code(), "B3008");
    let unknown_office = json!({
        "insurer": insurer, "insured": insured, "office": "1370000009", "scope": "life", "given": true,
    });
    assert_eq!(good(&own, "ownconsent", "/person/v1/own/consent", unknown_office).code(), "B2001");
    sandbox.clock().advance(Duration::from_secs(61));
    for (id, path) in calls {
        if consent_to(id).is_some() {
            assert_eq!(good(&care, id, path, body(id, ready, known)).code(), "B4007", "{id}");
        }
        if !["consent", "planforconsent", "planfordelivery", "planstate", "plans", "plan", "registerperson"]
            .contains(&id)
        {
            assert_eq!(good(&care, id, path, body(id, ready, blank.as_str())).code(), "B4008", "{id}");
        }
    }
    for scope in &scopes {
        let mut body = with(about(ready, known), "office", json!(CARE));
        (body["scope"], body["given"]) = (json!(scope), json!(true));
        good(&own, "ownconsent", "/person/v1/own/consent", body).result();
    }

    // Now everything is seen and taken.
    for (id, path) in calls {
        let answer = good(&care, id, path, body(id, ready, known));
        match id {
            "planstate" | "plan" => assert_eq!(answer.code(), "B4009", "{id}"),
            _ => drop(answer.result()),
        }
    }
    let users = care.get(&format!("{}?limit=1", wire::USERS));
    assert_eq!(users.result()["users"][0]["identity"], "visual");
    let cursor = users.result()["nextCursor"].as_str().unwrap();
    let rest = care.get(&format!("{}?cursor={cursor}", wire::USERS));
    assert!(!rest.result()["users"].as_array().unwrap().is_empty());
    let nonsense = care.get(&format!("{}?cursor=nonsense", wire::USERS));

    // What contradicts itself, or what is known.
    let mut late = body("consent", ready, known);
    late["consent"]["at"] = json!((now(sandbox) + Duration::from_secs(3600)).to_string());
    assert_eq!(good(&care, "consent", wire::CONSENTS, late).code(), "B4001");
    let other = notification(&card, HELP, today, "new", &at);
    assert_eq!(good(&care, "notification", wire::NOTIFICATIONS, other).code(), "B4001");
    let mistake = notification(&card, CARE, today, "change", &at);
    assert_eq!(good(&care, "notification", wire::NOTIFICATIONS, mistake).code(), "B4011");
    let mut damaged = plan.clone();
    damaged[0]["sha256"] = json!("0".repeat(64));
    for (id, path) in
        [("planforconsent", wire::PLAN_FOR_CONSENT), ("planfordelivery", wire::PLAN_FOR_DELIVERY)]
    {
        let damaged = with(body(id, ready, known), "files", damaged.clone());
        assert_eq!(good(&care, id, path, damaged).code(), "B2005");
    }
    let mut twice = body("planfordelivery", ready, known);
    twice["agreedRegistration"] = json!("nonsense");
    assert_eq!(good(&care, "planfordelivery", wire::PLAN_FOR_DELIVERY, twice.clone()).code(), "B4001");
    twice.as_object_mut().unwrap().remove("agreedOn");
    assert_eq!(good(&care, "planfordelivery", wire::PLAN_FOR_DELIVERY, twice).code(), "B4010");

    // The person's side.
    let plans = good(&own, "ownplans", "/person/v1/own/plans", about(ready, known)).result()["plans"].clone();
    let (draft, delivered) = (&plans[0]["id"], &plans[1]["id"]);
    let named = |id: &Value| with(about(ready, known), "id", id.clone());
    good(&own, "ownplan", "/person/v1/own/plan", named(draft)).result();
    assert_eq!(good(&own, "ownplan", "/person/v1/own/plan", named(&json!("x"))).code(), "B4009");
    let answer =
        |id: &Value, comment: &str| with(with(named(id), "agrees", json!(true)), "comment", json!(comment));
    let mut say = |body: Value| good(&own, "answerplan", "/person/v1/own/answers", body);
    assert_eq!(say(answer(draft, "")).code(), "B4001");
    assert_eq!(say(answer(draft, "よろしく")).result()["state"], "agreed");
    assert_eq!(say(answer(draft, "もう一度")).code(), "B4009");
    good(&care, "planstate", wire::PLAN_STATE, named(draft)).result();
    good(&care, "plan", wire::PLAN, named(delivered)).result();
    good(&own, "ownconsents", "/person/v1/own/consents", about(ready, known)).result();
    good(&own, "ownlog", "/person/v1/own/log", about(ready, known)).result();
    let filed =
        good(&municipality, "notifications", "/municipality/v1/notifications", json!({ "insurer": insurer }));
    assert_eq!(filed.result()["notifications"].as_array().unwrap().len(), 1);

    // What does not conform is no document.
    let no_document = json!({ "insurerNumber": insurer });
    let refused = care.post(wire::REGISTER_PERSON, &no_document);
    assert_eq!(refused.code(), "B4001");
    let empty = care.post(wire::PLAN_FOR_CONSENT, &with(about(ready, known), "files", json!([])));
    assert_eq!(empty.code(), "B4001");
    // Nobody served them for months.
    sandbox.clock().advance(100 * DAY);
    let care = manager();
    let mut over = Vec::new();
    for (id, path) in calls.iter().filter(|(id, _)| *id != "registerperson") {
        over.push((*id, good(&care, id, path, body(id, ready, known))));
    }
    for (id, answer) in over {
        assert_eq!(answer.code(), "B4005", "{id}");
    }
    for (id, answer) in [
        ("users", &users),
        ("users", &rest),
        ("users", &odd_users(&odd, sandbox)),
        ("users", &nonsense),
        ("registerperson", &refused),
        ("planforconsent", &empty),
    ] {
        seen(id, None, answer);
    }
}

/// The access token of the odd office has ended meanwhile.
fn odd_users(_: &Client, sandbox: &RunningSandbox) -> Answer {
    Client::staff(sandbox, ODD, 0).get(wire::USERS)
}

fn card_json(card: &InsuredCard) -> Value {
    serde_json::to_value(card).unwrap()
}

pub fn log_in_staff(sandbox: &RunningSandbox, number: &str, staff: usize, profile: WireProfile) -> Session {
    let account = account(sandbox, number);
    let staff = &account.staff()[staff];
    platform(sandbox, number, profile).login(staff.user_id(), staff.password()).unwrap()
}

fn platform(sandbox: &RunningSandbox, number: &str, profile: WireProfile) -> Platform {
    let account = account(sandbox, number);
    let credential = Credential::from_pkcs12(account.p12(), account.p12_password()).unwrap();
    Platform::builder(sandbox.url(), credential)
        .roots(Certificate::from_pem(sandbox.ca_pem().as_bytes()).unwrap())
        .profile(profile)
        .build()
        .unwrap()
}

fn stopped() -> RunningSandbox {
    let time: jiff::Timestamp = "2026-11-20T09:00:00+09:00".parse().unwrap();
    builder().clock(Clock::stopped_at(SystemTime::from(time))).start().unwrap()
}

fn confirm(session: &Session, person: PersonId) {
    let terminal = "desk".parse().unwrap();
    session.register_terminal(&terminal).unwrap();
    let PersonId { insurer, insured } = person;
    let statement = VisualStatement { terminal, insurer, insured, compared_by: "職員A".into() };
    session.confirm_visually(&statement).unwrap();
}

fn consent(sandbox: &RunningSandbox, scope: ConsentScope, given: bool) -> Consent {
    let at = jiff::Timestamp::try_from(sandbox.clock().now()).unwrap();
    Consent { scope, given, at, valid_until: None }
}

fn refused<T: std::fmt::Debug>(result: Result<T, TransferError>) -> BusinessKind {
    match result {
        Err(TransferError::Business(error)) => error.kind,
        other => panic!("{other:?}"),
    }
}

/// Makes every call of the client, all of them taken.
pub fn call_everything(sandbox: &RunningSandbox) {
    let town = furnish(sandbox);
    let card = in_care(&town);
    let session = log_in_staff(sandbox, CARE, 0, WireProfile::provisional());
    let person = PersonId { insurer: identity::insurer(), insured: card.insured_number };
    let more = json!({ "insurer": person.insurer, "documents": [feedback(&card), limit(&card)] });
    Client::role(sandbox, Role::Municipality).post("/municipality/v1/feed", &more).result();

    let items = FourItems {
        insurer_number: person.insurer,
        insured_number: person.insured,
        name_kana: card.name_kana.clone(),
        birth_date: card.birth_date,
    };
    assert_eq!(session.register_person(&items).unwrap().identity, IdentityKind::FourItems);
    confirm(&session, person);
    for &scope in ConsentScope::ALL {
        let consent = consent(sandbox, scope, true);
        assert_eq!(session.record_consent(&person, &consent).unwrap(), consent);
    }
    assert_eq!(session.insured_card(&person).unwrap(), card);
    for view in View::ALL {
        let document: Value =
            serde_json::from_slice(&session.view_json(view.name(), &person).unwrap()).unwrap();
        assert_eq!(document["insuredNumber"], person.insured.as_str(), "{view:?}");
    }
    assert_eq!(session.view_json("nonsense", &person).unwrap_err().code(), "no_name");
    let users = session.list_users(None).unwrap();
    let user = users.items.iter().find(|user| user.insured_number == person.insured).unwrap();
    assert_eq!((&user.name, user.identity), (&Some(card.name.clone()), IdentityKind::Visual));
    assert_eq!(users.next, None);

    let files = [NamedFile::new("plan.csv", b"plan".to_vec()).unwrap()];
    let draft = session.register_plan_for_consent(&person, &files).unwrap();
    assert_eq!(session.register_plan_for_consent(&person, &files).unwrap(), draft);
    let agreement = Agreement::Registered(draft.id.as_str().to_owned());
    let early = session.register_plan_for_delivery(&person, &files, &agreement);
    assert_eq!(refused(early), BusinessKind::PlanNotAgreed);
    let answer = json!({
        "insurer": person.insurer, "insured": person.insured, "id": draft.id.as_str(), "agrees": true,
    });
    Client::role(sandbox, Role::Person).post("/person/v1/own/answers", &answer).result();
    let answered = session.plan_state(&person, draft.id.as_str()).unwrap();
    assert_eq!(answered.state, PlanState::Agreed);
    assert!(answered.answered_at.is_some());
    let delivered = session.register_plan_for_delivery(&person, &files, &agreement).unwrap();
    assert_eq!(session.registered_plans(&person).unwrap(), std::slice::from_ref(&delivered));
    let (plan, got) = session.registered_plan(&person, delivered.id.as_str()).unwrap();
    assert_eq!((plan, &got[..]), (delivered, &files[..]));

    let at = jiff::Timestamp::try_from(sandbox.clock().now()).unwrap().to_string();
    let form = notification(&card, CARE, today(sandbox), "new", &at);
    let form: CarePlanNotification = from_json(form.to_string().as_bytes()).unwrap();
    let receipt = session.file_notification(&form).unwrap();
    assert_eq!(session.file_notification(&form).unwrap(), receipt);
    session.logout().unwrap();
}

#[test]
fn everything_is_called_and_filed_once() {
    let sandbox = stopped();
    call_everything(&sandbox);
    let filed = Client::role(&sandbox, Role::Municipality)
        .post("/municipality/v1/notifications", &json!({ "insurer": identity::insurer() }));
    assert_eq!(filed.result()["notifications"].as_array().unwrap().len(), 1);
}

#[test]
fn what_a_profile_lacks_makes_no_traffic() {
    let (to, exchanges) = std::sync::mpsc::channel();
    let sandbox = builder().record(to).start().unwrap();
    let session = log_in_staff(&sandbox, CARE, 0, WireProfile::api_1_0());
    assert_eq!(exchanges.iter().next().unwrap().path, wire::LOGIN);
    let person = PersonId { insurer: identity::insurer(), insured: identity::insured(0) };
    let card: InsuredCard = in_care(&Town::new(person.insurer, 8, today(&sandbox), 7));
    let items = FourItems {
        insurer_number: person.insurer,
        insured_number: person.insured,
        name_kana: card.name_kana.clone(),
        birth_date: card.birth_date,
    };
    let form = notification(&card, CARE, today(&sandbox), "new", "2026-11-01T00:00:00Z");
    let form: CarePlanNotification = from_json(form.to_string().as_bytes()).unwrap();
    let consent = consent(&sandbox, ConsentScope::Life, true);
    let errors = [
        session.register_person(&items).unwrap_err(),
        session.file_notification(&form).unwrap_err(),
        session.life_feedback(&person).unwrap_err(),
        session.registered_plans(&person).unwrap_err(),
        session.registered_plan(&person, "x").unwrap_err(),
        session.record_consent(&person, &consent).unwrap_err(),
    ];
    for error in &errors {
        let TransferError::NotOffered { profile: "api-1.0", capability } = error else { panic!("{error:?}") };
        assert!(Capability::BROWSER_ONLY.contains(capability));
        assert_eq!(error.code(), "transfer.not-offered");
        for lang in [Lang::Japanese, Lang::English] {
            assert!(error.message(lang).contains(capability.browser_route(lang)), "{error}");
        }
    }
    let narrow = WireProfile::provisional().without(Capability::Eligibility);
    let other = log_in_staff(&sandbox, CARE, 0, narrow);
    assert_eq!(exchanges.iter().next().unwrap().path, wire::LOGIN);
    let lacks = TransferError::NotOffered { profile: "provisional", capability: Capability::Eligibility };
    assert_eq!(other.insured_card(&person), Err(lacks));
    assert!(exchanges.try_recv().is_err(), "a call was made");
    // What API 1.0 has goes out.
    assert!(session.list_users(None).is_ok());
    assert_eq!(exchanges.iter().next().unwrap().path, wire::USERS);
}

#[test]
fn who_looks_and_who_is_refused_stands_in_the_persons_log_for_ever() {
    let dir = tempfile::tempdir().unwrap();
    let sandbox = builder().data_dir(dir.path()).start().unwrap();
    let town = furnish(&sandbox);
    let person = PersonId { insurer: identity::insurer(), insured: in_care(&town).insured_number };
    let (manager, clerk) = (
        log_in_staff(&sandbox, CARE, 0, WireProfile::provisional()),
        log_in_staff(&sandbox, CARE, 1, WireProfile::provisional()),
    );
    confirm(&clerk, person);
    clerk.insured_card(&person).unwrap();
    assert_eq!(refused(clerk.certification(&person)), BusinessKind::NoRight);
    manager.certification(&person).unwrap();
    assert_eq!(refused(manager.doctors_opinion(&person)), BusinessKind::NoConsent);
    manager.record_consent(&person, &consent(&sandbox, ConsentScope::DoctorsOpinion, true)).unwrap();
    manager.doctors_opinion(&person).unwrap();
    manager.record_consent(&person, &consent(&sandbox, ConsentScope::DoctorsOpinion, false)).unwrap();
    assert_eq!(refused(manager.doctors_opinion(&person)), BusinessKind::NoConsent);

    let own = Client::role(&sandbox, Role::Person);
    let log =
        own.post("/person/v1/own/log", &json!({ "insurer": person.insurer, "insured": person.insured }));
    let entries: Vec<_> = log.result()["entries"]
        .as_array()
        .unwrap()
        .iter()
        .map(|entry| {
            ["office", "jobs", "call", "outcome"].map(|name| entry[name].as_str().unwrap().to_owned())
        })
        .collect();
    let expected = [
        ["clerk", "confirmvisual", "ok"],
        ["clerk", "insuredcard", "ok"],
        ["clerk", "certification", "B4002"],
        ["care_manager", "certification", "ok"],
        ["care_manager", "opinion", "B4006"],
        ["care_manager", "consent", "ok"],
        ["care_manager", "opinion", "ok"],
        ["care_manager", "consent", "ok"],
        ["care_manager", "opinion", "B4006"],
    ];
    assert_eq!(entries, expected.map(|[jobs, call, outcome]| [CARE, jobs, call, outcome].map(str::to_owned)));

    // Even who opens the store cannot take an entry back.
    let store = rusqlite::Connection::open(dir.path().join("sandbox.sqlite3")).unwrap();
    for attempt in ["UPDATE audit SET outcome = 'ok'", "DELETE FROM audit"] {
        let error = store.execute(attempt, []).unwrap_err();
        assert!(error.to_string().contains("append-only"), "{error}");
    }
}

#[test]
fn a_certificate_that_is_revoked_or_ends_ends_the_session() {
    let sandbox = stopped();
    let (care, help) = (
        log_in_staff(&sandbox, CARE, 0, WireProfile::provisional()),
        log_in_staff(&sandbox, HELP, 0, WireProfile::provisional()),
    );
    care.list_users(None).unwrap();
    assert!(sandbox.revoke_certificate(CARE.parse().unwrap()).unwrap());
    assert!(!sandbox.revoke_certificate(CARE.parse().unwrap()).unwrap());
    assert!(matches!(care.list_users(None), Err(TransferError::Connection { .. })));
    help.list_users(None).unwrap();
    sandbox.clock().advance(3 * 366 * DAY);
    assert!(matches!(help.list_users(None), Err(TransferError::Connection { .. })));
}

#[test]
fn nobody_is_asked_before_the_municipality_begins() {
    let sandbox = stopped();
    let town = furnish(&sandbox);
    let person = PersonId { insurer: identity::insurer(), insured: in_care(&town).insured_number };
    let session = log_in_staff(&sandbox, CARE, 0, WireProfile::provisional());
    confirm(&session, person);
    let ready = |on: &str| {
        let readiness = json!({ "insurer": person.insurer, "name": "架空町", "readyOn": on });
        Client::role(&sandbox, Role::Municipality).post("/municipality/v1/readiness", &readiness).result();
    };
    ready("2026-11-21");
    let error = session.insured_card(&person).unwrap_err();
    assert_eq!(error.code(), "platform.not-ready");
    assert!(error.message(Lang::Japanese).contains("市区町村"));
    sandbox.clock().advance(DAY);
    let session = log_in_staff(&sandbox, CARE, 0, WireProfile::provisional());
    session.insured_card(&person).unwrap();
}

#[test]
fn a_town_is_the_same_for_the_same_seed() {
    let town = |seed| Town::new(identity::insurer(), 30, "2026-11-20".parse().unwrap(), seed).feed();
    assert_eq!(town(1), town(1));
    assert_ne!(town(1), town(2));
    assert_eq!(InsuredCard::SHAPE.name, town(1)["documents"][0]["type"]);
}

fn run(arguments: &[&str]) -> Result<Value, String> {
    let program = env!("CARGO_BIN_EXE_kaigo-sandbox");
    let output = std::process::Command::new(program).args(arguments).output().unwrap();
    if !output.status.success() {
        return Err(String::from_utf8_lossy(&output.stderr).into_owned());
    }
    Ok(serde_json::from_slice(&output.stdout).unwrap_or_default())
}

#[test]
fn each_role_is_a_command_beside_a_running_sandbox() {
    let dir = tempfile::tempdir().unwrap();
    let path = |name: &str| dir.path().join(name).to_str().unwrap().to_owned();
    let (data, out) = (path("data"), path("town"));
    let sandbox = builder().data_dir(&data).start().unwrap();
    let day = today(&sandbox).to_string();
    run(&["town", "--out", &out, "--insurer", "992016", "--people", "8", "--seed", "7", "--on", &day])
        .unwrap();
    let municipality = |arguments: &[&str]| {
        let head = ["municipality", "--data", &data, "--insurer", "992016"];
        run(&[&head, arguments].concat())
    };
    municipality(&["ready", "--name", "架空町", "--on", "2026-04-01"]).unwrap();
    let feed = path("town/feed.json");
    assert!(municipality(&["feed", &feed]).unwrap()["kept"].as_u64().unwrap() >= 8 * 7);
    run(&["medical", "--data", &data, "--insurer", "992016", &path("town/opinions.json")]).unwrap();

    let card = in_care(&Town::new(identity::insurer(), 8, today(&sandbox), 7));
    let person = PersonId { insurer: identity::insurer(), insured: card.insured_number };
    let session = log_in_staff(&sandbox, CARE, 0, WireProfile::provisional());
    confirm(&session, person);
    assert_eq!(session.insured_card(&person).unwrap(), card);

    // A ratio of three tenths comes as CSV; a file with a fault is not kept, and says where it is and not what stands there.
    let csv = path("ratios.csv");
    let header = "insuredNumber,issuedOn,insurer.number,insurer.name,rows[0].ratio,rows[0].period.from,rows[0].period.to";
    let row = |ratio: &str| {
        format!("{},2026-07-20,992016,\"架空,町\",{ratio},2026-08-01,2027-07-31", person.insured)
    };
    let feed_ratios = |rows: &str| {
        std::fs::write(&csv, format!("\u{feff}{header}\r\n{rows}\r\n")).unwrap();
        municipality(&["feed", &csv, "--type", "BurdenRatioCertificate"])
    };
    assert_eq!(feed_ratios(&row("3")).unwrap()["kept"], 1);
    let ratio = session.burden_ratio(&person).unwrap();
    assert_eq!((ratio.rows[0].ratio.percent(), ratio.insurer.name.as_str()), (30, "架空,町"));
    let error = feed_ratios(&format!("{}\r\n{}", row("1"), row("9"))).unwrap_err();
    assert!(error.contains("nothing was kept"), "{error}");
    assert_eq!(session.burden_ratio(&person).unwrap(), ratio);
    std::fs::write(&csv, "nonsense\n1\n").unwrap();
    let error = municipality(&["feed", &csv, "--type", "BurdenRatioCertificate"]).unwrap_err();
    assert!(error.contains("the header names no leaf"), "{error}");

    // The person's own commands.
    let own = |arguments: &[&str]| {
        let insured = person.insured;
        let head = ["person", "--data", &data, "--insurer", "992016", "--insured", insured.as_str()];
        run(&[&head, arguments].concat())
    };
    let life = ["--office", CARE, "--scope", "life"];
    own(&[&["consent"], &life[..]].concat()).unwrap();
    assert_eq!(refused(session.life_feedback(&person)), BusinessKind::NoDocument);
    own(&[&["withdraw"], &life[..]].concat()).unwrap();
    assert_eq!(refused(session.life_feedback(&person)), BusinessKind::NoConsent);
    let files = [NamedFile::new("plan.csv", b"plan".to_vec()).unwrap()];
    let draft = session.register_plan_for_consent(&person, &files).unwrap();
    assert_eq!(own(&["plans"]).unwrap()["plans"][0]["state"], "awaiting");
    own(&["refuse", draft.id.as_str(), "--comment", "回数を減らしたい"]).unwrap();
    let answered = session.plan_state(&person, draft.id.as_str()).unwrap();
    assert_eq!(answered.state, PlanState::Refused);
    assert_eq!(answered.comment.as_ref().unwrap().as_str(), "回数を減らしたい");
    // After a refusal the same plan may be put up again.
    assert_ne!(session.register_plan_for_consent(&person, &files).unwrap().id, draft.id);
    let log = own(&["log"]).unwrap();
    assert!(log["entries"].as_array().unwrap().iter().any(|entry| entry["call"] == "answerplan"));
    assert_eq!(municipality(&["notifications"]).unwrap()["notifications"], json!([]));
}

#[test]
fn calls_are_known_by_name() {
    let sandbox = stopped();
    let town = furnish(&sandbox);
    let card = in_care(&town);
    let session = log_in_staff(&sandbox, CARE, 0, WireProfile::provisional());
    let ask = |name: &str, question: Value| -> Result<Value, String> {
        let answer = session.ask_json(name, question.to_string().as_bytes());
        answer.map(|json| serde_json::from_slice(&json).unwrap()).map_err(|error| error.code().to_owned())
    };
    let who = json!({ "insurer": identity::insurer(), "insured": card.insured_number });
    let items = json!({
        "insurerNumber": identity::insurer(), "insuredNumber": card.insured_number,
        "nameKana": card.name_kana.as_str(), "birthDate": card_json(&card)["birthDate"],
    });
    assert_eq!(ask("register_person", json!({ "document": items })).unwrap()["identity"], "four_items");
    assert_eq!(ask("insured_card", who.clone()).unwrap(), card_json(&card));
    assert_eq!(ask("certification", who.clone()).unwrap_err(), "platform.identity-not-confirmed");
    confirm(&session, PersonId { insurer: identity::insurer(), insured: card.insured_number });
    assert_eq!(ask("list_users", json!({})).unwrap()[0]["identity"], "visual");
    let with = |name: &str, value: Value| {
        let mut question = who.clone();
        question[name] = value;
        question
    };
    let consent = json!({ "scope": "care_plan", "given": true, "at": "2026-11-01T00:00:00Z" });
    ask("record_consent", with("document", consent)).unwrap();
    assert_eq!(ask("registered_plans", who.clone()).unwrap(), json!([]));
    assert_eq!(ask("plan_state", with("id", json!("x"))).unwrap_err(), "platform.no-plan");
    let form = notification(&card, CARE, today(&sandbox), "new", "2026-11-01T00:00:00Z");
    assert_eq!(ask("file_notification", json!({ "document": form })).unwrap()["destination"], "992016");
    assert_eq!(ask("insured_card", json!({})).unwrap_err(), "transfer.package");
    assert_eq!(ask("file_notification", json!({})).unwrap_err(), "document.type");
    assert_eq!(ask("nonsense", who).unwrap_err(), "no_name");
    assert!(ask("insured_card", json!({ "nonsense": 1 })).unwrap_err().starts_with("json."));
}
