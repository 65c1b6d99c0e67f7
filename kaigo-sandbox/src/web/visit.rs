//! One request of a browser: who asks, in which language, with which form.

use std::cell::RefCell;
use std::collections::HashMap;
use std::sync::Arc;

use axum::extract::{FromRequest as _, Multipart, Query, Request};
use axum::http::{Method, StatusCode, Uri, header};
use axum::response::{IntoResponse as _, Redirect, Response};
use axum::{Form, body::Body};
use base64::Engine as _;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use cookie::{Cookie, SameSite};
use http_body_util::Limited;
use kaigo_core::document::{Document, from_json};
use kaigo_core::ident::OfficeNumber;
use kaigo_core::report::Lang;
use serde_json::{Value, json};
use zeroize::Zeroizing;

use super::Web;
use super::view::Shown;
use crate::account::{random, sha256};
use crate::app::Admitted;
use crate::auth;
use crate::call::Call;
use crate::careplan::hex;
use crate::incoming::{Asked, Holder, OfficeState};
use crate::refusal::Refusal;
use crate::role::Role;

/// The session of an office: its number, a dot, the access token.
const SESSION: &str = "kaigo-session";
/// The tokens of roles, one cookie each: this, and the role's name.
const ROLE: &str = "kaigo-role-";
const LANGUAGE: &str = "kaigo-language";
/// Random; forms are bound to it.
const VISIT: &str = "kaigo-visit";

const FORM_LIMIT: usize = 64 << 10;
const UPLOAD_LIMIT: usize = 64 << 20;

/// Why a page is not shown.
#[derive(Debug, Clone)]
pub(super) enum Told {
    /// A business error of a call.
    Business { code: String, ja: String, en: String },
    /// A session of an office is needed.
    LogIn,
    /// The role's token is needed.
    LogInAs(Role),
    /// Anything else, by its HTTP status.
    Status(StatusCode, &'static str, &'static str),
}

impl Told {
    const NOT_A_FORM: Self = Self::Status(
        StatusCode::BAD_REQUEST,
        "入力の形式が正しくありません",
        "what was sent is not of the form that was asked for",
    );
    const EXPIRED: Self = Self::Status(
        StatusCode::FORBIDDEN,
        "このフォームは古いか、別のサイトから送られました。画面を開き直してください",
        "the form is old, or came from another site: open the page again",
    );
    pub(super) const FAILED: Self =
        Self::Status(StatusCode::INTERNAL_SERVER_ERROR, "処理に失敗しました", "the sandbox failed");
}

/// The office that is logged in.
#[derive(Clone)]
struct LoggedIn {
    office: OfficeNumber,
    token: Zeroizing<String>,
}

pub(super) struct Visit {
    pub(super) web: Arc<Web>,
    pub(super) lang: Lang,
    uri: Uri,
    pub(super) query: HashMap<String, String>,
    fields: Vec<(String, String)>,
    /// Name and content of the files that were sent.
    pub(super) files: Vec<(String, Vec<u8>)>,
    secret: String,
    logged_in: Option<LoggedIn>,
    roles: Vec<(Role, Zeroizing<String>)>,
    set: RefCell<Vec<Cookie<'static>>>,
}

impl Visit {
    /// Reads a request. Where that fails, what could be read is there to show the error with.
    pub(super) async fn read(web: Arc<Web>, request: Request) -> Result<Self, (Box<Self>, Told)> {
        let (parts, body) = request.into_parts();
        let header = |name: header::HeaderName| parts.headers.get(name).and_then(|value| value.to_str().ok());
        let cookies: HashMap<String, String> = parts
            .headers
            .get_all(header::COOKIE)
            .iter()
            .filter_map(|value| value.to_str().ok())
            .flat_map(Cookie::split_parse)
            .filter_map(|cookie| cookie.ok())
            .map(|cookie| (cookie.name().to_owned(), cookie.value().to_owned()))
            .collect();
        let query = Query::<HashMap<String, String>>::try_from_uri(&parts.uri)
            .map_or_else(|_| HashMap::new(), |query| query.0);
        let said = query.get("lang").or(cookies.get(LANGUAGE)).map(String::as_str);
        let logged_in =
            cookies.get(SESSION).and_then(|value| value.split_once('.')).and_then(|(office, token)| {
                Some(LoggedIn { office: office.parse().ok()?, token: Zeroizing::new(token.to_owned()) })
            });
        let roles = Role::ALL.into_iter().filter_map(|role| {
            Some((role, Zeroizing::new(cookies.get(&format!("{ROLE}{}", role.name()))?.clone())))
        });
        let mut visit = Self {
            lang: if said == Some("en") { Lang::English } else { Lang::Japanese },
            uri: parts.uri.clone(),
            fields: Vec::new(),
            files: Vec::new(),
            secret: cookies.get(VISIT).cloned().unwrap_or_default(),
            logged_in,
            roles: roles.collect(),
            set: RefCell::default(),
            query,
            web,
        };
        if visit.query.contains_key("lang") {
            visit.keep(LANGUAGE, if visit.lang == Lang::English { "en" } else { "ja" }.to_owned());
        }
        if visit.secret.is_empty() {
            let Ok(bytes) = random::<32>() else { return Err((Box::new(visit), Told::FAILED)) };
            visit.secret = BASE64_URL_SAFE_NO_PAD.encode(bytes);
            visit.keep(VISIT, visit.secret.clone());
        }
        if parts.method == Method::POST {
            // A browser says where a form came from; none of another site is taken.
            let own = header(header::HOST).map(|host| format!("http://{host}"));
            let strange = header(header::ORIGIN).is_some_and(|origin| Some(origin) != own.as_deref());
            let uploads = header(header::CONTENT_TYPE).is_some_and(|kind| kind.starts_with("multipart/"));
            let limit = if uploads { UPLOAD_LIMIT } else { FORM_LIMIT };
            let body = Body::new(Limited::new(body, limit));
            let mut request = Request::from_parts(parts, body);
            axum::extract::DefaultBodyLimit::max(limit).apply(&mut request);
            let read =
                if uploads { visit.read_upload(request).await } else { visit.read_form(request).await };
            if read.is_none() {
                return Err((Box::new(visit), Told::NOT_A_FORM));
            }
            if strange || visit.field("form") != visit.form_token() {
                return Err((Box::new(visit), Told::EXPIRED));
            }
        }
        Ok(visit)
    }

    async fn read_form(&mut self, request: Request) -> Option<()> {
        let Form(fields) = Form::from_request(request, &()).await.ok()?;
        self.fields = fields;
        Some(())
    }

    async fn read_upload(&mut self, request: Request) -> Option<()> {
        let mut upload = Multipart::from_request(request, &()).await.ok()?;
        while let Some(part) = upload.next_field().await.ok()? {
            let (name, file) =
                (part.name().unwrap_or_default().to_owned(), part.file_name().map(str::to_owned));
            let bytes = part.bytes().await.ok()?.to_vec();
            match file {
                // A file field that was left empty.
                Some(file) if file.is_empty() => {}
                Some(file) => self.files.push((file, bytes)),
                None => self.fields.push((name, String::from_utf8(bytes).ok()?)),
            }
        }
        Some(())
    }

    /// What a form of this visit carries, and nobody else knows.
    pub(super) fn form_token(&self) -> String {
        hex(&sha256(format!("form\n{}", self.secret).as_bytes()))
    }

    /// A field of the form; empty where it was left out.
    pub(super) fn field(&self, name: &str) -> &str {
        self.fields.iter().find(|(field, _)| field == name).map_or("", |(_, value)| value.trim())
    }

    /// The fields, to fill the form again; no secrets.
    pub(super) fn fields(&self) -> HashMap<&str, &str> {
        let shown =
            self.fields.iter().filter(|(name, _)| !["form", "password", "token"].contains(&name.as_str()));
        shown.map(|(name, value)| (name.as_str(), value.as_str())).collect()
    }

    pub(super) fn path(&self) -> &str {
        self.uri.path()
    }

    /// The path with its query, without the choice of language.
    pub(super) fn here(&self) -> String {
        let query: Vec<&str> = self.uri.query().unwrap_or_default().split('&').collect();
        let query: Vec<_> =
            query.into_iter().filter(|pair| !pair.is_empty() && !pair.starts_with("lang=")).collect();
        match query.as_slice() {
            [] => self.uri.path().to_owned(),
            query => format!("{}?{}", self.uri.path(), query.join("&")),
        }
    }

    fn keep(&self, name: &str, value: String) {
        let cookie =
            Cookie::build((name.to_owned(), value)).path("/").http_only(true).same_site(SameSite::Strict);
        self.set.borrow_mut().push(cookie.build());
    }

    fn forget(&self, name: &str) {
        let cookie =
            Cookie::build((name.to_owned(), "")).path("/").http_only(true).same_site(SameSite::Strict);
        self.set.borrow_mut().push(cookie.max_age(cookie::time::Duration::ZERO).build());
    }

    pub(super) fn new_cookies(&self) -> Vec<String> {
        self.set.borrow().iter().map(Cookie::to_string).collect()
    }

    /// The office that is logged in.
    pub(super) fn office(&self) -> Option<OfficeNumber> {
        self.logged_in.as_ref().map(|logged_in| logged_in.office)
    }

    /// The holder of the office's certificate that stands: what the browser would show in the handshake.
    fn holder(&self, office: OfficeNumber) -> Result<Option<Holder>, Told> {
        let (store, now) = (&self.web.app.store, self.web.app.clock.milliseconds());
        let Some(certificate) = store.certificate_of(office).map_err(|_| Told::FAILED)? else {
            return Ok(None);
        };
        let row = store.holder(&certificate, now).map_err(|_| Told::FAILED)?;
        Ok(row.map(|row| Holder { office: Arc::new(OfficeState::new(row)), certificate }))
    }

    /// Makes a call: an office's with its session, a role's with its token.
    pub(super) fn call(&self, call: Call, body: &Value) -> Result<Value, Told> {
        self.ask(call, None, "", None, body)
    }

    /// Makes a call that has an id in its path, a query, or a key against doing it twice.
    pub(super) fn ask(
        &self,
        call: Call,
        id: Option<&str>,
        query: &str,
        key: Option<String>,
        body: &Value,
    ) -> Result<Value, Told> {
        let (who, caller) = match call.role() {
            Some(role) => {
                let token = self.roles.iter().find(|(known, _)| *known == role);
                if !token.is_some_and(|(_, token)| self.web.tokens.opens(role, token)) {
                    return Err(Told::LogInAs(role));
                }
                (Admitted::Role(role), role.name().to_owned())
            }
            None => {
                let LoggedIn { office, token } = self.logged_in.as_ref().ok_or(Told::LogIn)?;
                let holder = self.holder(*office)?.ok_or(Told::LogIn)?;
                let now = self.web.app.clock.milliseconds();
                let session = self.web.app.store.session(&auth::digest(token), &holder.certificate, now);
                let session = session.map_err(|_| Told::FAILED)?.ok_or(Told::LogIn)?;
                (Admitted::Office(holder, Some(session)), office.to_string())
            }
        };
        self.perform(call, who, &caller, id, query, key, body)
    }

    #[allow(clippy::too_many_arguments, reason = "what a request over HTTP is made of")]
    fn perform(
        &self,
        call: Call,
        who: Admitted,
        caller: &str,
        id: Option<&str>,
        query: &str,
        key: Option<String>,
        body: &Value,
    ) -> Result<Value, Told> {
        let app = &self.web.app;
        let now = app.clock.milliseconds();
        let asked = Asked {
            app: Arc::clone(app),
            now,
            id: id.map(str::to_owned),
            uri: format!("/?{query}").parse().map_err(|_| Told::NOT_A_FORM)?,
            idempotency_key: key,
            body: Zeroizing::new(body.to_string().into_bytes()),
        };
        let done = app.perform(call, Ok(who), caller, Ok(asked), now).map_err(|refusal| match refusal {
            Refusal::Unauthorized => Told::LogIn,
            Refusal::BadRequest(_) => Told::NOT_A_FORM,
            other => match other.answer() {
                Some(answer) => {
                    let text = |name: &str| answer["error"][name].as_str().unwrap_or_default().to_owned();
                    Told::Business { code: text("code"), ja: text("messageJa"), en: text("messageEn") }
                }
                None => Told::FAILED,
            },
        })?;
        let mut answer: Value = serde_json::from_slice(&done.body).map_err(|_| Told::FAILED)?;
        Ok(answer["result"].take())
    }

    /// Logs an office in, as its certificate and the account do over the API.
    pub(super) fn log_in(&self, office: OfficeNumber, user_id: &str, password: &str) -> Result<(), Told> {
        let Some(holder) = self.holder(office)? else {
            return Err(Told::Status(
                StatusCode::OK,
                "この事業所には有効な証明書がありません",
                "the office has no certificate that stands",
            ));
        };
        let body = json!({ "userId": user_id, "password": password });
        let who = Admitted::Office(holder, None);
        let tokens = self.perform(Call::Login, who, office.as_str(), None, "", None, &body)?;
        let token = tokens["accessToken"].as_str().unwrap_or_default();
        self.keep(SESSION, format!("{office}.{token}"));
        Ok(())
    }

    pub(super) fn log_out(&self) {
        // A session that has ended needs no end.
        let _ = self.call(Call::Logout, &json!({}));
        self.forget(SESSION);
        for (role, _) in &self.roles {
            self.forget(&format!("{ROLE}{}", role.name()));
        }
    }

    /// Keeps a role's token for the calls that follow; `false` where it is another.
    pub(super) fn log_in_as(&self, role: Role, token: &str) -> bool {
        let right = self.web.tokens.opens(role, token);
        if right {
            self.keep(&format!("{ROLE}{}", role.name()), token.to_owned());
        }
        right
    }

    /// The person whom the page is about, as the bodies of calls name them.
    pub(super) fn person(&self) -> Value {
        let of = |name: &str| self.query.get(name).map(String::as_str).unwrap_or_default();
        json!({ "insurer": of("insurer"), "insured": of("insured") })
    }

    /// A document that a call gives; a business error is told in its place.
    pub(super) fn document<D: Document>(&self, call: Call) -> Result<Result<D, Value>, Told> {
        match self.call(call, &self.person()) {
            Ok(value) => {
                let bytes = serde_json::to_vec(&value).map_err(|_| Told::FAILED)?;
                Ok(Ok(from_json(&bytes).map_err(|_| Told::FAILED)?))
            }
            Err(told @ Told::Business { .. }) => Ok(Err(self.notice(&told))),
            Err(told) => Err(told),
        }
    }

    /// What was told, for a page.
    pub(super) fn notice(&self, told: &Told) -> Value {
        let (code, ja, en) = match told {
            Told::Business { code, ja, en } => (code.as_str(), ja.as_str(), en.as_str()),
            Told::Status(_, ja, en) => ("", *ja, *en),
            Told::LogIn | Told::LogInAs(_) => ("", "ログインしてください", "log in"),
        };
        json!({ "code": code, "message": self.say(ja, en) })
    }

    pub(super) fn say<'t>(&self, ja: &'t str, en: &'t str) -> &'t str {
        if self.lang == Lang::Japanese { ja } else { en }
    }

    /// The answer to the browser.
    pub(super) fn answer(&self, shown: Result<Shown, Told>) -> Response {
        let told = match shown {
            Ok(Shown::Page(name, context)) => {
                return self.web.templates.page(self, StatusCode::OK, name, context);
            }
            Ok(Shown::Go(to)) => return Redirect::to(&to).into_response(),
            Ok(Shown::File(name, bytes)) => {
                let disposition = format!("attachment; filename=\"{name}\"");
                let headers = [
                    (header::CONTENT_TYPE, "text/csv".to_owned()),
                    (header::CONTENT_DISPOSITION, disposition),
                ];
                return (headers, bytes).into_response();
            }
            Err(told) => told,
        };
        // What a form was sent to is asked for again; its fields are not.
        let to = |path: &str, query: &[(&str, &str)]| {
            let query = serde_urlencoded::to_string(query).unwrap_or_default();
            Redirect::to(&format!("{path}?{query}")).into_response()
        };
        let here = self.here();
        match told {
            Told::LogIn => to("/login", &[("next", &here)]),
            Told::LogInAs(role) => to("/role", &[("role", role.name()), ("next", &here)]),
            told => {
                let status = if let Told::Status(status, ..) = told { status } else { StatusCode::OK };
                self.web.templates.page(self, status, "error.html", json!({ "notice": self.notice(&told) }))
            }
        }
    }

    /// Where to go after a login: a page of ours, whatever was asked for.
    pub(super) fn next(&self) -> String {
        let next = self.query.get("next").map(String::as_str).unwrap_or_default();
        let ours = next.starts_with('/') && !next.starts_with("//") && !next.contains(['\\', '\r', '\n']);
        if ours { next.to_owned() } else { "/".to_owned() }
    }
}
