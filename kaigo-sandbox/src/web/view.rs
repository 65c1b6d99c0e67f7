//! Showing a page: templates, languages, and the names of codes.

use axum::http::StatusCode;
use axum::response::{Html, IntoResponse as _, Response};
use jiff::tz;
use kaigo_core::calendar::Date;
use kaigo_core::code::CodeList;
use kaigo_core::report::Lang;
use minijinja::value::Serde;
use minijinja::{Environment, State};
use serde_json::{Value, json};

use super::visit::Visit;

/// What a page answers.
pub(super) enum Shown {
    /// A template, and what it shows.
    Page(&'static str, Value),
    /// Another page.
    Go(String),
    /// A file to keep: its name in the standard, which holds letters, digits, `_` and `.` alone.
    File(String, Vec<u8>),
}

/// The templates, which escape everything they show.
pub(super) struct Templates(Environment<'static>);

macro_rules! templates {
    ($($name:literal),* $(,)?) => {
        [$(($name, include_str!(concat!("../../pages/", $name)))),*]
    };
}

impl Templates {
    pub(super) fn new() -> Self {
        let mut environment = Environment::new();
        environment.set_undefined_behavior(minijinja::UndefinedBehavior::Chainable);
        environment.add_function("t", |state: &State<'_, '_>, ja: String, en: String| {
            let lang = state.lookup("lang");
            if lang.is_some_and(|lang| lang.as_str() == Some("en")) { en } else { ja }
        });
        environment.add_filter("thousands", thousands);
        environment.add_filter("time", |time: String| in_japan(&time, "%Y-%m-%d %H:%M"));
        environment.add_filter("day", |time: String| in_japan(&time, "%Y-%m-%d"));
        for (name, text) in templates![
            "base.html",
            "macros.html",
            "person_base.html",
            "error.html",
            "login.html",
            "people.html",
            "person.html",
            "certification.html",
            "allowances.html",
            "consent.html",
            "notification.html",
            "exchange.html",
            "slip.html",
            "role.html",
            "portal.html",
            "own.html",
            "audit.html",
        ] {
            // The templates are part of the program; the tests show each of them.
            let added = environment.add_template(name, text);
            debug_assert!(added.is_ok(), "{name}: {added:?}");
        }
        Self(environment)
    }

    pub(super) fn page(&self, visit: &Visit, status: StatusCode, name: &str, mut context: Value) -> Response {
        let japanese = visit.lang == Lang::Japanese;
        let here = visit.here();
        let join = if here.contains('?') { '&' } else { '?' };
        for (name, value) in [
            ("lang", json!(if japanese { "ja" } else { "en" })),
            ("other_language", json!(format!("{here}{join}lang={}", if japanese { "en" } else { "ja" }))),
            ("form_token", json!(visit.form_token())),
            ("office", json!(visit.office().map(|office| office.to_string()))),
            ("now", json!(crate::clock::rfc3339(visit.web.app.clock.milliseconds()))),
            ("self_path", json!(visit.path())),
            ("query", json!(visit.query)),
            ("fields", json!(visit.fields())),
        ] {
            context[name] = value;
        }
        match self.0.get_template(name).and_then(|template| template.render(Serde(&context))) {
            Ok(page) => (status, Html(page)).into_response(),
            Err(error) => {
                visit.web.app.log.line(format_args!("{name}: {error}"));
                StatusCode::INTERNAL_SERVER_ERROR.into_response()
            }
        }
    }
}

/// A time on the wire, as a clock in Japan shows it.
fn in_japan(time: &str, form: &str) -> String {
    let time = time
        .parse::<jiff::Timestamp>()
        .map(|time| tz::offset(9).to_datetime(time).strftime(form).to_string());
    time.unwrap_or_default()
}

/// 1234567 as 1,234,567.
fn thousands(number: u64) -> String {
    let digits = number.to_string();
    let mut out = String::new();
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// The name of a code. The lists have Japanese labels; in English it is the name in words.
pub(super) fn label<C: CodeList>(code: &C, lang: Lang) -> String {
    if lang == Lang::Japanese {
        return code.label().to_owned();
    }
    let mut words = String::new();
    for (i, letter) in format!("{code:?}").chars().enumerate() {
        if letter.is_uppercase() && i > 0 {
            words.push(' ');
            words.extend(letter.to_lowercase());
        } else {
            words.push(letter);
        }
    }
    words
}

/// Every code of a list with its name, to choose from.
pub(super) fn choices<C: CodeList>(lang: Lang) -> Value {
    let codes = C::LIST.iter().filter_map(|(code, _)| C::from_code(code.as_bytes()));
    codes.map(|code| json!({ "code": code.code(), "label": label(&code, lang) })).collect()
}

/// A day as it is written: in Japanese with the era as well.
pub(super) fn day(date: Date, lang: Lang) -> String {
    match (lang, date.era()) {
        (Lang::Japanese, Some((era, year))) => {
            let (month, day) = (date.month_of_year(), date.day());
            let year = if year == 1 { "元".to_owned() } else { year.to_string() };
            format!("{}{year}年{month}月{day}日", era.name())
        }
        _ => date.to_string(),
    }
}
