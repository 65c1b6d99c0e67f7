//! A headless Chromium, driven by the WebDriver protocol: it clicks and types as people do.

use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use serde_json::{Value, json};

/// The key by which WebDriver names an element.
const ELEMENT: &str = "element-6066-11e4-a52e-4f735466cecf";
pub const TAB: &str = "\u{E004}";
const ENTER: &str = "\u{E007}";
pub const SPACE: &str = " ";

pub struct Browser {
    driver: Child,
    agent: ureq::Agent,
    session: String,
    profile: tempfile::TempDir,
    screenshots: PathBuf,
}

/// An element of the page.
#[derive(Debug, Clone, PartialEq)]
pub struct Element(String);

impl Browser {
    /// Starts Chromium; `None`, and a loud word, where it is not installed. In CI it has to be.
    pub fn start() -> Option<Self> {
        let mut driver = match Command::new("chromedriver").arg("--port=0").stdout(Stdio::piped()).spawn() {
            Ok(driver) => driver,
            Err(error) => {
                let word =
                    format!("*** chromedriver: {error}: THE PAGES ARE NOT TESTED (tools/setup web) ***");
                assert!(std::env::var_os("CI").is_none(), "{word}");
                eprintln!("{word}");
                return None;
            }
        };
        let mut said = BufReader::new(driver.stdout.take().unwrap()).lines();
        let port = said
            .by_ref()
            .map_while(Result::ok)
            .filter_map(|line| line.split("on port ").nth(1)?.trim_end_matches('.').parse::<u16>().ok())
            .find(|port| *port != 0)
            .expect("chromedriver says its port");
        let config = ureq::Agent::config_builder()
            .http_status_as_error(false)
            .timeout_global(Some(Duration::from_secs(120)))
            .build();
        let agent = ureq::Agent::from(config);
        let profile = tempfile::tempdir().unwrap();
        // Its own sandbox needs rights that containers do not give; it is shown nothing but our own pages.
        let arguments = [
            "--headless=new".to_owned(),
            "--no-sandbox".to_owned(),
            "--disable-gpu".to_owned(),
            "--disable-dev-shm-usage".to_owned(),
            "--hide-scrollbars".to_owned(),
            "--window-size=1280,900".to_owned(),
            format!("--user-data-dir={}", profile.path().join("profile").display()),
        ];
        let downloads = json!({ "download.default_directory": profile.path().join("downloads") });
        let wanted = json!({ "capabilities": { "alwaysMatch": {
            "browserName": "chrome",
            "goog:chromeOptions": { "args": arguments, "prefs": downloads },
            "goog:loggingPrefs": { "browser": "ALL" },
        }}});
        let url = format!("http://127.0.0.1:{port}/session");
        let answer: Value = agent.post(&url).send_json(&wanted).unwrap().body_mut().read_json().unwrap();
        let id = answer["value"]["sessionId"].as_str().unwrap_or_else(|| panic!("{answer}"));
        let session = format!("{url}/{id}");
        let screenshots = Path::new(env!("CARGO_TARGET_TMPDIR")).parent().unwrap().join("screenshots");
        std::fs::create_dir_all(&screenshots).unwrap();
        let browser = Self { driver, agent, session, profile, screenshots };
        // A page takes its time; what is looked for may come with the next one.
        browser.post("timeouts", &json!({ "implicit": 5000 }));
        Some(browser)
    }

    fn try_post(&self, path: &str, body: &Value) -> Result<Value, Value> {
        let mut answer = self.agent.post(format!("{}/{path}", self.session)).send_json(body).unwrap();
        let mut answer: Value = answer.body_mut().with_config().limit(50 << 20).read_json().unwrap();
        if answer["value"]["error"].is_null() { Ok(answer["value"].take()) } else { Err(answer) }
    }

    fn post(&self, path: &str, body: &Value) -> Value {
        self.try_post(path, body).unwrap_or_else(|error| panic!("{path} {body}: {error}"))
    }

    fn get(&self, path: &str) -> Value {
        let mut answer = self.agent.get(format!("{}/{path}", self.session)).call().unwrap();
        let mut answer: Value = answer.body_mut().with_config().limit(50 << 20).read_json().unwrap();
        assert!(answer["value"]["error"].is_null(), "{path}: {answer}");
        answer["value"].take()
    }

    pub fn go(&self, url: &str) {
        self.post("url", &json!({ "url": url }));
    }

    pub fn url(&self) -> String {
        self.get("url").as_str().unwrap().to_owned()
    }

    pub fn all(&self, css: &str) -> Vec<Element> {
        let found = self.post("elements", &json!({ "using": "css selector", "value": css }));
        found.as_array().unwrap().iter().map(|it| Element(it[ELEMENT].as_str().unwrap().to_owned())).collect()
    }

    /// The only element of that kind.
    pub fn one(&self, css: &str) -> Element {
        let mut all = self.all(css);
        assert_eq!(
            all.len(),
            1,
            "{css} on {}:\n{}",
            self.url(),
            self.evaluate("document.querySelector('main').innerHTML")
        );
        all.remove(0)
    }

    pub fn text(&self, css: &str) -> String {
        let element = self.one(css);
        self.get(&format!("element/{}/text", element.0)).as_str().unwrap().to_owned()
    }

    /// The name by which assistive technology knows the element.
    pub fn name(&self, element: &Element) -> String {
        self.get(&format!("element/{}/computedlabel", element.0)).as_str().unwrap().to_owned()
    }

    /// Clicks what leads to another page, and waits for it.
    pub fn click(&self, css: &str) {
        self.turn(|| self.touch(css));
    }

    /// Clicks what leads nowhere else.
    pub fn touch(&self, css: &str) {
        let element = self.one(css);
        self.post(&format!("element/{}/click", element.0), &json!({}));
    }

    /// Does what leads to another page, and waits for it.
    fn turn(&self, act: impl FnOnce()) {
        let script = json!({ "script": "return performance.timeOrigin;", "args": [] });
        let before = self.post("execute/sync", &script);
        act();
        for _ in 0..200 {
            // Between two pages there may be none to ask.
            if self.try_post("execute/sync", &script).is_ok_and(|now| now != before) {
                return;
            }
            std::thread::sleep(Duration::from_millis(50));
        }
        panic!("no other page came on {}", self.url());
    }

    /// Types into a field; for a file field, the paths, a line each.
    pub fn fill(&self, css: &str, text: &str) {
        let element = self.one(css);
        self.post(&format!("element/{}/value", element.0), &json!({ "text": text }));
    }

    /// Chooses an option of a list by its value.
    pub fn choose(&self, list: &str, value: &str) {
        self.touch(&format!("{list} option[value='{value}']"));
    }

    /// Presses keys wherever the focus is.
    pub fn press(&self, keys: &str) {
        let actions: Vec<_> = keys
            .chars()
            .flat_map(|key| {
                ["keyDown", "keyUp"].map(|kind| json!({ "type": kind, "value": key.to_string() }))
            })
            .collect();
        self.post("actions", &json!({ "actions": [{ "type": "key", "id": "keys", "actions": actions }] }));
    }

    /// Presses Enter where it sends a form, and waits for the page that answers.
    pub fn enter(&self) {
        self.turn(|| self.press(ENTER));
    }

    pub fn focused(&self) -> Element {
        Element(self.get("element/active")[ELEMENT].as_str().unwrap().to_owned())
    }

    /// The value of an expression, to look at the page with.
    pub fn evaluate(&self, script: &str) -> Value {
        self.post("execute/sync", &json!({ "script": format!("return {script};"), "args": [] }))
    }

    /// Keeps a picture of the whole page, and holds what every page has to keep to.
    pub fn keep(&self, name: &str) {
        // As narrow as a browser gets, then as wide as a desk's.
        for width in [500, 1280] {
            self.post("window/rect", &json!({ "width": width, "height": 900 }));
            let wider = self.evaluate("Math.max(0, document.documentElement.scrollWidth - innerWidth)");
            assert_eq!(wider, json!(0), "something wider than {width} on {}", self.url());
        }
        for (what, script) in [
            (
                "a field without a label",
                "[...document.querySelectorAll('input:not([type=hidden]), select')].filter(it => !it.labels.length).length",
            ),
            (
                "a label's id twice",
                "document.querySelectorAll('[id]').length - new Set([...document.querySelectorAll('[id]')].map(it => it.id)).size",
            ),
            (
                "a form without its token",
                "[...document.querySelectorAll('form[method=post]')].filter(it => !it.elements.form.value).length",
            ),
            ("script, or style in the page", "document.querySelectorAll('script, style, [style]').length"),
            ("no single heading", "document.querySelectorAll('h1').length - 1"),
        ] {
            assert_eq!(self.evaluate(script), json!(0), "{what} on {}", self.url());
        }
        let complaints = self.post("se/log", &json!({ "type": "browser" }));
        assert_eq!(complaints, json!([]), "{}", self.url());
        let height =
            self.evaluate("document.documentElement.scrollHeight").as_u64().unwrap().clamp(600, 4000);
        self.post("window/rect", &json!({ "width": 1280, "height": height + 150 }));
        let picture = BASE64_STANDARD.decode(self.get("screenshot").as_str().unwrap()).unwrap();
        std::fs::write(self.screenshots.join(format!("{name}.png")), picture).unwrap();
        self.post("window/rect", &json!({ "width": 1280, "height": 900 }));
    }

    /// Where downloads go.
    pub fn downloads(&self) -> PathBuf {
        self.profile.path().join("downloads")
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        let _ = self.agent.delete(&self.session).call();
        let _ = self.driver.kill();
        let _ = self.driver.wait();
    }
}
