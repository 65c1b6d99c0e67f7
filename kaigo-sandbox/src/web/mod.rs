//! The pages: what the WEB service shows, for a browser on this machine.
//!
//! A page makes the calls that the API has, with the session that a login by API opens; it has no other way to the
//! data. There is no script: every page is whole as it comes.

mod exchange;
mod notification;
mod office;
mod role;
mod slip;
mod view;
mod visit;

use std::sync::Arc;

use axum::Router;
use axum::extract::Request;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use axum::routing::MethodFilter;
use axum::routing::{get, on};

use crate::app::App;
use crate::role::Tokens;
use view::{Shown, Templates};
use visit::{Told, Visit};

/// What all pages share.
pub(crate) struct Web {
    app: Arc<App>,
    tokens: Arc<Tokens>,
    templates: Templates,
}

/// A page, or what a form on it asks for.
type Page = fn(&Visit) -> Result<Shown, Told>;

/// Every page: path, what shows it, what its forms do.
const PAGES: &[(&str, Option<Page>, Option<Page>)] = &[
    ("/", Some(office::people), Some(office::register)),
    ("/login", Some(office::login), Some(office::log_in)),
    ("/logout", None, Some(office::log_out)),
    ("/person", Some(office::eligibility), None),
    ("/certification", Some(office::certification), None),
    ("/allowances", Some(office::allowances), None),
    ("/consent", Some(office::consent), Some(office::record_consent)),
    ("/notification", Some(notification::form), Some(notification::file)),
    ("/exchange", Some(exchange::lists), Some(exchange::upload)),
    ("/exchange/file", Some(exchange::download), None),
    ("/slip", Some(slip::calendar), None),
    ("/role", Some(role::login), Some(role::log_in)),
    ("/portal", Some(role::portal), Some(role::apply)),
    ("/own", Some(role::own), Some(role::say)),
    ("/audit", Some(role::audit), None),
];

/// What a page may do in the browser: nothing but show itself and send its own forms.
const POLICY: &str = "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; \
                      frame-ancestors 'none'";

pub(crate) fn router(app: &Arc<App>, tokens: &Arc<Tokens>) -> Router {
    let web = Arc::new(Web { app: Arc::clone(app), tokens: Arc::clone(tokens), templates: Templates::new() });
    let fixed = |kind: &'static str, text: &'static str| {
        get(move || async move { ([(header::CONTENT_TYPE, kind)], text) })
    };
    let mut router = Router::new()
        .route("/style.css", fixed("text/css; charset=utf-8", include_str!("../../pages/style.css")))
        .route("/icon.svg", fixed("image/svg+xml", include_str!("../../pages/icon.svg")));
    for (path, shows, does) in PAGES {
        for (page, method) in [(shows, MethodFilter::GET), (does, MethodFilter::POST)] {
            let Some(page) = *page else { continue };
            let web = Arc::clone(&web);
            router = router.route(path, on(method, move |request: Request| answer(web, page, request)));
        }
    }
    router
}

async fn answer(web: Arc<Web>, page: Page, request: Request) -> Response {
    let visit = Visit::read(web, request).await;
    let answered = tokio::task::spawn_blocking(move || {
        let (visit, shown) = match visit {
            Ok(visit) => {
                let shown = page(&visit);
                (visit, shown)
            }
            Err((visit, told)) => (*visit, Err(told)),
        };
        let response = visit.answer(shown);
        with_headers(response, &visit)
    });
    answered.await.unwrap_or_else(|_| StatusCode::INTERNAL_SERVER_ERROR.into_response())
}

fn with_headers(mut response: Response, visit: &Visit) -> Response {
    let headers = response.headers_mut();
    for (name, value) in [
        (header::CONTENT_SECURITY_POLICY, POLICY),
        (header::CACHE_CONTROL, "no-store"),
        (header::REFERRER_POLICY, "same-origin"),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    ] {
        headers.insert(name, HeaderValue::from_static(value));
    }
    for cookie in visit.new_cookies() {
        if let Ok(cookie) = HeaderValue::from_str(&cookie) {
            headers.append(header::SET_COOKIE, cookie);
        }
    }
    response
}
