//! Login, lock-out, and the life of tokens.

use std::time::{Duration, SystemTime};

use kaigo_core::platform::provisional::{self as wire, business_code as code};
use kaigo_sandbox::{Clock, RunningSandbox, Sandbox};
use serde_json::{Value, json};

use crate::client::{Answer, CARE, Client, HELP, account};

const MINUTE: Duration = Duration::from_secs(60);
const SECOND: Duration = Duration::from_secs(1);

/// A sandbox whose clock only moves when told.
fn stopped() -> RunningSandbox {
    Sandbox::builder().clock(Clock::stopped_at(SystemTime::now())).start().unwrap()
}

fn wrong(client: &Client) -> Answer {
    let mut request = client.login_request();
    request["password"] = json!("wrong");
    client.post(wire::LOGIN, &request)
}

fn status(client: &Client) -> u16 {
    client.get(wire::SENT).status
}

fn refresh(client: &Client, token: &Value) -> Answer {
    client.post(wire::REFRESH, &json!({ "refreshToken": token }))
}

#[test]
fn certificate_user_id_and_password_belong_together() {
    let sandbox = stopped();
    let (care, help) = (Client::new(&sandbox, CARE), Client::new(&sandbox, HELP));
    let tokens = care.try_login().result().clone();
    assert_eq!(tokens["office"], CARE);
    assert_eq!((&tokens["accessExpiresIn"], &tokens["refreshExpiresIn"]), (&json!(3600), &json!(28800)));

    // All of the other office's account over this certificate, and each half of it.
    assert_eq!(help.post(wire::LOGIN, &care.login_request()).code(), code::BAD_LOGIN);
    assert_eq!(wrong(&care).code(), code::BAD_LOGIN);
    let mut request = care.login_request();
    request["userId"] = help.login_request()["userId"].clone();
    assert_eq!(care.post(wire::LOGIN, &request).code(), code::BAD_LOGIN);
}

#[test]
fn five_failures_lock_for_thirty_minutes_even_across_a_restart() {
    let dir = tempfile::tempdir().unwrap();
    let clock = Clock::stopped_at(SystemTime::now());
    let start = || Sandbox::builder().data_dir(dir.path()).clock(clock.clone()).start().unwrap();

    let sandbox = start();
    let care = Client::new(&sandbox, CARE);
    for _ in 0..4 {
        assert_eq!(wrong(&care).code(), code::BAD_LOGIN);
    }
    sandbox.stop();

    let sandbox = start();
    let care = Client::new(&sandbox, CARE);
    assert_eq!(wrong(&care).code(), code::BAD_LOGIN);
    assert_eq!(care.try_login().code(), code::LOCKED);
    // Nobody else's account is locked.
    Client::new(&sandbox, HELP).try_login().result();

    clock.advance(30 * MINUTE - SECOND);
    assert_eq!(care.try_login().code(), code::LOCKED);
    clock.advance(SECOND);
    care.try_login().result();
}

#[test]
fn a_good_login_forgets_failures_and_anothers_guesses_do_not_count() {
    let sandbox = stopped();
    let (care, help) = (Client::new(&sandbox, CARE), Client::new(&sandbox, HELP));
    for _ in 0..4 {
        assert_eq!(wrong(&care).code(), code::BAD_LOGIN);
        assert_eq!(help.post(wire::LOGIN, &care.login_request()).code(), code::BAD_LOGIN);
    }
    care.try_login().result();
    for _ in 0..4 {
        assert_eq!(wrong(&care).code(), code::BAD_LOGIN);
    }
    care.try_login().result();
}

#[test]
fn guesses_side_by_side_do_not_get_past_the_lock() {
    let sandbox = stopped();
    let codes: Vec<String> = std::thread::scope(|scope| {
        let guesses: Vec<_> =
            (0..12).map(|_| scope.spawn(|| wrong(&Client::new(&sandbox, CARE)).code().to_owned())).collect();
        guesses.into_iter().map(|guess| guess.join().unwrap()).collect()
    });
    assert_eq!(codes.iter().filter(|c| *c == code::BAD_LOGIN).count(), 5);
    assert_eq!(codes.iter().filter(|c| *c == code::LOCKED).count(), 7);
}

#[test]
fn access_ends_after_an_hour_and_refresh_after_eight() {
    let sandbox = stopped();
    let mut care = Client::new(&sandbox, CARE);
    let tokens = care.login();
    let token = &tokens["refreshToken"];

    sandbox.clock().advance(60 * MINUTE - SECOND);
    assert_eq!(status(&care), 200);
    sandbox.clock().advance(SECOND);
    assert_eq!(status(&care), 401);

    let renewed = refresh(&care, token).result().clone();
    assert_eq!(renewed["refreshToken"], *token);
    assert_eq!(renewed["refreshExpiresIn"], 7 * 3600);
    let old = care.token.replace(renewed["accessToken"].as_str().unwrap().to_owned());
    assert_eq!(status(&care), 200);
    assert_ne!(old, care.token);

    // Half an hour before the end, access is renewed for that half hour only.
    sandbox.clock().advance(390 * MINUTE);
    let renewed = refresh(&care, token).result().clone();
    assert_eq!((&renewed["accessExpiresIn"], &renewed["refreshExpiresIn"]), (&json!(1800), &json!(1800)));
    care.token = Some(renewed["accessToken"].as_str().unwrap().to_owned());
    sandbox.clock().advance(30 * MINUTE);
    assert_eq!(status(&care), 401);
    assert_eq!(refresh(&care, token).code(), code::REFRESH_ENDED);
}

#[test]
fn a_refresh_ends_the_access_token_before_it() {
    let sandbox = stopped();
    let mut care = Client::new(&sandbox, CARE);
    let tokens = care.login();
    refresh(&care, &tokens["refreshToken"]).result();
    assert_eq!(status(&care), 401);
}

#[test]
fn logout_ends_both_tokens_of_its_session_only() {
    let sandbox = stopped();
    let (mut care, other_session) = (Client::new(&sandbox, CARE), Client::logged_in(&sandbox, CARE));
    let tokens = care.login();
    care.post(wire::LOGOUT, &json!({})).result();
    assert_eq!(status(&care), 401);
    assert_eq!(refresh(&care, &tokens["refreshToken"]).code(), code::REFRESH_ENDED);
    assert_eq!(status(&other_session), 200);
}

#[test]
fn a_token_is_worth_nothing_over_another_certificate() {
    let sandbox = stopped();
    let mut care = Client::new(&sandbox, CARE);
    let tokens = care.login();
    let mut help = Client::new(&sandbox, HELP);
    help.token = care.token.clone();
    assert_eq!(status(&help), 401);
    assert_eq!(refresh(&help, &tokens["refreshToken"]).code(), code::REFRESH_ENDED);
    // Neither attempt did the owner any harm.
    assert_eq!(status(&care), 200);
}

#[test]
fn without_a_token_or_with_nonsense_it_is_401() {
    let sandbox = stopped();
    let mut care = Client::new(&sandbox, CARE);
    assert_eq!(status(&care), 401);
    care.token = Some("nonsense".into());
    assert_eq!(status(&care), 401);
}

#[test]
fn neither_store_nor_audit_log_holds_a_secret() {
    let dir = tempfile::tempdir().unwrap();
    let sandbox = Sandbox::builder().data_dir(dir.path()).start().unwrap();
    let mut care = Client::new(&sandbox, CARE);
    let tokens = care.login();
    let secrets = [
        account(&sandbox, CARE).password().to_owned(),
        account(&sandbox, CARE).p12_password().to_owned(),
        tokens["accessToken"].as_str().unwrap().to_owned(),
        tokens["refreshToken"].as_str().unwrap().to_owned(),
    ];
    for entry in std::fs::read_dir(dir.path()).unwrap() {
        let path = entry.unwrap().path();
        if path.is_file() {
            let bytes = std::fs::read(&path).unwrap();
            for secret in &secrets {
                assert!(!bytes.windows(secret.len()).any(|w| w == secret.as_bytes()), "{}", path.display());
            }
        }
    }
    let audit = sandbox.audit().unwrap();
    let last = audit.last().unwrap();
    assert_eq!((last.office.as_str(), last.call.as_str(), last.outcome.as_str()), (CARE, "login", "ok"));
    assert_eq!(format!("{:?}", account(&sandbox, CARE)), "Account { office: OfficeNumber(1371249069), .. }");
}
