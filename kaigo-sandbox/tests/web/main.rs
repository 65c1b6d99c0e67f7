//! The pages in a real browser. Pictures of them are kept under `target/screenshots`.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod browser;
mod town;

use std::path::{Path, PathBuf};

use browser::{Browser, SPACE, TAB};
use kaigo_sandbox::{Role, RunningSandbox};
use town::{CARE, HELP, INSURED, INSURER};

fn page(sandbox: &RunningSandbox, path: &str) -> String {
    format!("{}{path}", sandbox.local_url().unwrap())
}

fn of_person(path: &str) -> String {
    format!("{path}?insurer={INSURER}&insured={INSURED}")
}

/// Logs in as the first member of the office's staff.
fn log_in(browser: &Browser, sandbox: &RunningSandbox, number: &str) {
    browser.go(&page(sandbox, "/login"));
    let staff = &sandbox.office(number.parse().unwrap()).unwrap().staff()[0];
    browser.fill("#office", number);
    browser.fill("#user_id", staff.user_id());
    browser.fill("#password", staff.password());
    browser.enter();
    assert_eq!(browser.url(), page(sandbox, "/"));
}

fn log_in_as(browser: &Browser, sandbox: &RunningSandbox, role: Role, at: &str) {
    browser.go(&page(sandbox, at));
    assert!(browser.url().contains(&format!("/role?role={}", role.name())), "{}", browser.url());
    browser.fill("#token", "wrong");
    browser.enter();
    assert!(browser.text("main").contains("トークンが正しくありません"));
    browser.fill("#token", sandbox.role_token(role).unwrap());
    browser.enter();
    assert_eq!(browser.url(), page(sandbox, at));
}

/// Registers the person at the office by sight of the card.
fn register(browser: &Browser) {
    browser.fill("#s-insurer", INSURER);
    browser.fill("#s-insured", INSURED);
    browser.fill("#s-by", "職員A");
    browser.enter();
}

#[test]
fn the_login_is_used_by_keyboard_alone_and_refuses_a_wrong_password() {
    let Some(browser) = Browser::start() else { return };
    let sandbox = town::start();
    browser.go(&page(&sandbox, "/exchange"));
    assert!(browser.url().contains("/login?next=%2Fexchange"), "{}", browser.url());
    browser.keep("login");

    // From the top: the way past the menu, the menu, then the fields in their order, each with its name.
    let mut names = Vec::new();
    for _ in 0..11 {
        browser.press(TAB);
        names.push(browser.name(&browser.focused()));
    }
    let expected = [
        "本文へ移動",
        "介護保険資格確認等WEBサービスkaigo-sandbox",
        "English",
        "利用者",
        "ケアプラン連携",
        "サービス利用票",
        "ポータル",
        "事業所番号",
        "ユーザID",
        "パスワード",
        "ログイン",
    ];
    let plain = |name: &String| name.replace(' ', "");
    assert_eq!(names.iter().map(plain).collect::<Vec<_>>(), expected);

    let staff = &sandbox.office(CARE.parse().unwrap()).unwrap().staff()[0];
    browser.fill("#office", CARE);
    browser.press(&format!("{TAB}{}{TAB}wrong", staff.user_id()));
    browser.enter();
    assert!(browser.text("[role=alert]").contains("B1001"));
    browser.fill("#password", staff.password());
    browser.enter();
    // The page that was asked for.
    assert_eq!(browser.url(), page(&sandbox, "/exchange"));
    browser.click("header form button");
    assert!(browser.url().ends_with("/login"));
    browser.go(&page(&sandbox, "/exchange"));
    assert!(browser.url().contains("/login"), "the session outlived the logout");
}

#[test]
fn what_the_platform_shows_of_a_person_is_there_to_see() {
    let Some(browser) = Browser::start() else { return };
    let sandbox = town::start();
    log_in(&browser, &sandbox, CARE);
    // Nobody before the identity was confirmed.
    browser.go(&page(&sandbox, &of_person("/person")));
    assert!(browser.text("main").contains("B4004"), "{}", browser.text("main"));
    browser.go(&page(&sandbox, "/"));
    register(&browser);
    assert_eq!(browser.url(), page(&sandbox, &of_person("/person")));
    let shown = browser.text("main");
    for what in ["架空 花子", "要介護２", "19,705", "本日有効", "令和8年4月1日", "本日 １割", "650"]
    {
        assert!(shown.contains(what), "{what}: {shown}");
    }
    browser.keep("eligibility");

    browser.go(&page(&sandbox, &of_person("/certification")));
    assert!(browser.text(".timeline [aria-current=step]").contains("主治医意見書依頼"));
    assert_eq!((browser.all(".timeline .done").len(), browser.all(".timeline .ahead").len()), (3, 5));
    browser.keep("certification");

    browser.go(&page(&sandbox, &of_person("/allowances")));
    let shown = browser.text("main");
    // 200,000 less 120,000 for the home; 100,000 less 30,000 for equipment of this fiscal year.
    for what in ["80,000円", "70,000円"] {
        assert!(shown.contains(what), "{what}: {shown}");
    }
    // The bars are as long as the amounts say.
    assert_eq!(
        browser.evaluate("[...document.querySelectorAll('.bar .used')].map(it => it.getAttribute('width'))"),
        serde_json::json!(["600", "300"])
    );
    browser.keep("allowances");

    browser.go(&page(&sandbox, "/"));
    assert!(browser.text("main table").contains("架空 花子"));
    browser.keep("people");

    browser.click("a.language");
    assert!(browser.text("h1").contains("People whom the office serves"));
    browser.go(&page(&sandbox, &of_person("/certification")));
    assert!(browser.text(".timeline [aria-current=step]").contains("Opinion requested"));
    assert_eq!(browser.evaluate("document.documentElement.lang"), "en");
    browser.keep("certification-english");
}

#[test]
fn a_service_office_is_told_that_it_may_not_see_the_certification() {
    let Some(browser) = Browser::start() else { return };
    let sandbox = town::start();
    log_in(&browser, &sandbox, HELP);
    register(&browser);
    assert!(browser.text("main").contains("要介護２"));
    browser.go(&page(&sandbox, &of_person("/certification")));
    let shown = browser.text("main");
    assert!(shown.contains("B4002") && !shown.contains("主治医意見書依頼"), "{shown}");
}

#[test]
fn a_notification_is_checked_mended_and_filed() {
    let Some(browser) = Browser::start() else { return };
    let sandbox = town::start();
    log_in(&browser, &sandbox, CARE);
    register(&browser);
    browser.go(&page(&sandbox, &of_person("/notification")));
    browser.choose("#kind", "new");
    browser.fill("#office_name", "サンドボックス居宅介護支援事業所");
    browser.fill("#office_address", "架空市一丁目1番1号");
    browser.fill("#office_phone", "03-0000-0000");
    browser.click("button[value=check]");
    // Another office stands on the card, and nobody consented.
    assert!(browser.text(".may-not").contains("届け出できません"));
    assert!(browser.all(".reasons .stops").len() >= 2, "{}", browser.text("main"));
    browser.keep("notification-stopped");
    browser.click("button[value=file]");
    assert!(browser.text("[role=alert]").contains("B4011"));

    browser.choose("#kind", "change");
    browser.fill("#change_reason", "転居のため");
    browser.evaluate("document.querySelector('#change_on').value = '2026-07-15'");
    // The box is ticked as by keyboard.
    browser.evaluate("document.querySelector('[name=consents]').focus()");
    browser.press(SPACE);
    browser.click("button[value=check]");
    assert!(browser.text(".may").contains("届け出できます"), "{}", browser.text("main"));
    browser.keep("notification");
    browser.click("button[value=file]");
    assert!(browser.text("[role=status]").contains("届け出ました"), "{}", browser.text("main"));
    assert_eq!(town::notifications(&sandbox), 1);
}

/// The files of a folder, as a file field takes them.
fn paths(folder: &Path) -> String {
    let mut paths: Vec<_> =
        std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path().display().to_string()).collect();
    paths.sort();
    paths.join("\n")
}

#[test]
fn a_unit_is_checked_and_sent_and_the_slip_shows_planned_above_actual() {
    let Some(browser) = Browser::start() else { return };
    let sandbox = town::start();
    let monthly =
        Path::new(env!("CARGO_MANIFEST_DIR")).join("../examples/data/outbox/monthly").canonicalize().unwrap();

    // A file with a fault is told with its place, and not sent.
    log_in(&browser, &sandbox, CARE);
    let (faulty, actuals) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    for entry in std::fs::read_dir(&monthly).unwrap() {
        let path = entry.unwrap().path();
        let mut bytes = std::fs::read(&path).unwrap();
        if path.file_name().unwrap().to_str().unwrap().starts_with("UPPLAN") {
            bytes = town::with_day(&bytes, b"20260799").unwrap();
        }
        std::fs::write(faulty.path().join(path.file_name().unwrap()), bytes).unwrap();
    }
    browser.go(&page(&sandbox, "/exchange"));
    browser.fill("#files", &paths(faulty.path()));
    browser.click("button[value=send]");
    let told = browser.text(".may-not");
    assert!(told.contains("UPPLAN") && !told.contains("送信しました"), "{told}");
    assert!(!browser.all(".findings .error").is_empty());
    browser.keep("exchange-findings");

    browser.fill("#files", &paths(&monthly));
    browser.click("button[value=send]");
    assert!(browser.text("[role=status]").contains("送信しました"), "{}", browser.text("main"));
    browser.keep("exchange");
    browser.go(&page(&sandbox, "/slip"));
    browser.keep("slip-planned");

    // The service office takes its plan down, byte for byte, and sends what it did.
    log_in(&browser, &sandbox, HELP);
    browser.go(&page(&sandbox, "/exchange"));
    browser.touch("a[href*='UPPLAN']");
    let name = "UPPLAN_202607_1371249069_43_1373350030_11_20260625093835.CSV";
    let downloaded = wait_for(browser.downloads().join(name));
    assert_eq!(downloaded, std::fs::read(monthly.join(name)).unwrap());
    town::write_actuals(&downloaded, actuals.path());
    browser.fill("#files", &paths(actuals.path()));
    browser.click("button[value=send]");
    assert!(browser.text("[role=status]").contains("送信しました"), "{}", browser.text("main"));

    log_in(&browser, &sandbox, CARE);
    browser.go(&page(&sandbox, "/slip"));
    for (outcome, count) in [("cancelled", 1), ("moved", 1), ("added", 1)] {
        assert_eq!(browser.all(&format!(".actual td.{outcome}")).len(), count, "{outcome}");
    }
    // A column for each day of July.
    assert_eq!(browser.all("section:first-of-type thead tr:first-child .day").len(), 31);
    browser.keep("slip");
}

/// What is in a file, when it is there: the browser holds its name with an empty one until then.
fn wait_for(path: PathBuf) -> Vec<u8> {
    for _ in 0..200 {
        if let Some(bytes) = std::fs::read(&path).ok().filter(|bytes| !bytes.is_empty()) {
            return bytes;
        }
        std::thread::sleep(std::time::Duration::from_millis(50));
    }
    panic!("{} did not arrive", path.display());
}

#[test]
fn a_consent_is_recorded_and_the_person_withdraws_it_and_sees_who_looked() {
    let Some(browser) = Browser::start() else { return };
    let sandbox = town::start();
    log_in(&browser, &sandbox, CARE);
    register(&browser);
    browser.go(&page(&sandbox, &of_person("/consent")));
    browser.choose("#scope", "care_plan");
    browser.click("form.box button");
    assert!(browser.text("[role=status]").contains("ケアプラン – 同意"));
    browser.keep("consent");

    let own = of_person("/own");
    log_in_as(&browser, &sandbox, Role::Person, &own);
    browser.fill("#office", CARE);
    browser.choose("#scope", "care_plan");
    browser.click("button[value=no]");
    let rows = browser.text("main table");
    assert!(rows.contains("撤回") && rows.lines().count() == 3, "{rows}");
    browser.keep("own");

    // A plan that the office put up is agreed to.
    town::put_up_a_plan(&sandbox);
    browser.go(&page(&sandbox, &own));
    assert!(browser.text("main").contains("回答待ち"));
    browser.fill("#comment-1", "よろしくお願いします");
    browser.click("form:has([name=id]) button[value=yes]");
    assert!(!browser.text("main").contains("回答待ち"));
    assert_eq!(town::plan_state(&sandbox), "agreed");
    browser.keep("own-agreed");

    browser.go(&page(&sandbox, &of_person("/audit")));
    let log = browser.text("main table");
    for call in ["insuredcard", "burdenratio", "consent", "confirmvisual"] {
        assert!(log.contains(call), "{call}: {log}");
    }
    browser.keep("audit");
}

#[test]
fn the_portal_registers_an_office_and_explains_the_subsidy() {
    let Some(browser) = Browser::start() else { return };
    let sandbox = town::start();
    log_in_as(&browser, &sandbox, Role::Portal, "/portal");
    browser.fill("#number", "1374500003");
    // Whatever stands in a name is shown as text.
    browser.fill("#name", "<b>試験</b>&事業所");
    browser.fill("#type", "43");
    browser.enter();
    assert!(browser.text("[role=status]").contains("<b>試験</b>&事業所"));
    let ready = browser.text("main");
    assert!(ready.contains("架空市") && ready.contains("開始済み"), "{ready}");
    browser.choose("#office", "1374500003");
    browser.fill("#cost", "50000");
    browser.enter();
    let decision = browser.text("[role=status]");
    assert!(decision.contains("42,000円") && decision.contains("その他"), "{decision}");
    browser.keep("portal");
}

#[test]
fn a_session_ends_with_its_hour_and_with_its_certificate() {
    let Some(browser) = Browser::start() else { return };
    let sandbox = town::start();
    log_in(&browser, &sandbox, CARE);
    sandbox.clock().advance(std::time::Duration::from_secs(61 * 60));
    // The form was open meanwhile: sending it leads to the login, and from there back.
    browser.fill("#s-insurer", INSURER);
    browser.fill("#s-insured", INSURED);
    browser.fill("#s-by", "職員A");
    browser.enter();
    assert_eq!(browser.url(), page(&sandbox, "/login?next=%2F"));
    log_in(&browser, &sandbox, CARE);
    town::reissue(&sandbox, CARE);
    browser.go(&page(&sandbox, "/exchange"));
    assert!(browser.url().contains("/login"), "the session outlived its certificate");
    // The new certificate stands.
    log_in(&browser, &sandbox, CARE);
}

#[test]
fn forms_of_other_sites_are_refused() {
    let sandbox = town::start();
    town::forged_forms_are_refused(&page(&sandbox, "/login"));
}
