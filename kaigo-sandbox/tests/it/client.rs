//! A small client that knows the wire and nothing of the sandbox's inside.

use std::sync::Arc;
use std::time::Duration;

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use kaigo_core::platform::provisional as wire;
use kaigo_sandbox::{Account, Role, RunningSandbox, Sandbox};
use p12_keystore::{KeyStore, Pkcs12ImportPolicy};
use serde_json::{Value, json};
use ureq::tls::{Certificate, ClientCert, PrivateKey, RootCerts, TlsConfig, parse_pem};

/// The care-management office.
pub const CARE: &str = "1371249069";
/// The home-help service office.
pub const HELP: &str = "1373350030";

pub fn start() -> RunningSandbox {
    Sandbox::builder().start().unwrap()
}

pub fn account<'a>(sandbox: &'a RunningSandbox, number: &str) -> &'a Account {
    sandbox.office(number.parse().unwrap()).unwrap()
}

/// The certificate chain and the PKCS#8 key in a container.
pub fn open_p12(p12: &[u8], password: &str) -> (Vec<Vec<u8>>, Vec<u8>) {
    let store = KeyStore::from_pkcs12(p12, password, Pkcs12ImportPolicy::Strict).unwrap();
    let (_, chain) = store.private_key_chain().unwrap();
    (chain.certs().iter().map(|c| c.as_der().to_vec()).collect(), chain.key().as_der().to_vec())
}

pub struct Client {
    agent: ureq::Agent,
    url: String,
    user_id: String,
    password: String,
    pub token: Option<String>,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Answer {
    pub status: u16,
    pub media_type: String,
    pub challenge: Option<String>,
    pub body: Value,
}

impl Answer {
    pub fn result(&self) -> &Value {
        assert_eq!(self.status, 200, "{self:?}");
        self.body.get("result").unwrap_or_else(|| panic!("{self:?}"))
    }

    pub fn code(&self) -> &str {
        assert_eq!(self.status, 200, "{self:?}");
        self.body["error"]["code"].as_str().unwrap_or_else(|| panic!("{self:?}"))
    }
}

impl Client {
    /// Not logged in.
    pub fn new(sandbox: &RunningSandbox, number: &str) -> Self {
        let account = account(sandbox, number);
        Self::with(
            sandbox.url(),
            sandbox.ca_pem(),
            account.p12(),
            account.p12_password(),
            account.user_id(),
            account.password(),
        )
    }

    /// A role's, over the loopback interface.
    pub fn role(sandbox: &RunningSandbox, role: Role) -> Self {
        let config =
            ureq::Agent::config_builder().http_status_as_error(false).max_idle_connections(0).build();
        Self {
            agent: config.into(),
            url: sandbox.local_url().unwrap().into(),
            user_id: String::new(),
            password: String::new(),
            token: Some(sandbox.role_token(role).unwrap().into()),
        }
    }

    /// A member of staff's, logged in.
    pub fn staff(sandbox: &RunningSandbox, number: &str, staff: usize) -> Self {
        let mut client = Self::new(sandbox, number);
        let staff = &account(sandbox, number).staff()[staff];
        (client.user_id, client.password) = (staff.user_id().into(), staff.password().into());
        client.login();
        client
    }

    pub fn logged_in(sandbox: &RunningSandbox, number: &str) -> Self {
        let mut client = Self::new(sandbox, number);
        client.login();
        client
    }

    pub fn with(url: &str, ca: &str, p12: &[u8], p12_password: &str, user_id: &str, password: &str) -> Self {
        let (certs, key) = open_p12(p12, p12_password);
        let certs: Vec<_> = certs.iter().map(|der| Certificate::from_der(der).to_owned()).collect();
        // ureq takes keys as PEM only: it keeps its name for PKCS#8 to itself.
        let key = rcgen::KeyPair::from_pkcs8_der_and_sign_algo(&key.into(), &rcgen::PKCS_ECDSA_P256_SHA256);
        let key = PrivateKey::from_pem(key.unwrap().serialize_pem().as_bytes()).unwrap();
        let roots = parse_pem(ca.as_bytes()).filter_map(|item| match item.unwrap() {
            ureq::tls::PemItem::Certificate(certificate) => Some(certificate),
            _ => None,
        });
        let tls = TlsConfig::builder()
            .root_certs(RootCerts::Specific(Arc::new(roots.collect())))
            .client_cert(Some(ClientCert::new_with_certs(&certs, key)))
            .unversioned_rustls_crypto_provider(Arc::new(rustls::crypto::ring::default_provider()))
            .build();
        let config = ureq::Agent::config_builder()
            .tls_config(tls)
            .http_status_as_error(false)
            // A connection that was cut is then never one that lay in a pool.
            .max_idle_connections(0)
            .timeout_global(Some(Duration::from_secs(60)))
            .build();
        Self {
            agent: config.into(),
            url: url.into(),
            user_id: user_id.into(),
            password: password.into(),
            token: None,
        }
    }

    pub fn login_request(&self) -> Value {
        json!({ "userId": self.user_id, "password": self.password })
    }

    pub fn try_login(&self) -> Answer {
        self.post(wire::LOGIN, &self.login_request())
    }

    /// Logs in, and gives the tokens.
    pub fn login(&mut self) -> Value {
        let tokens = self.try_login().result().clone();
        self.token = Some(tokens["accessToken"].as_str().unwrap().to_owned());
        tokens
    }

    pub fn get(&self, path: &str) -> Answer {
        self.call("GET", path, &self.headers(), None).unwrap()
    }

    pub fn post(&self, path: &str, body: &Value) -> Answer {
        self.call("POST", path, &self.headers(), Some(body.to_string())).unwrap()
    }

    pub fn send(&self, key: &str, unit: &Value) -> Answer {
        self.try_send(key, unit).unwrap()
    }

    pub fn try_send(&self, key: &str, unit: &Value) -> Result<Answer, ureq::Error> {
        let mut headers = self.headers();
        headers.push((wire::IDEMPOTENCY_HEADER, key.to_owned()));
        self.call("POST", wire::SEND, &headers, Some(unit.to_string()))
    }

    pub fn fetch(&self, id: &str) -> Answer {
        self.get(&wire::FETCH.replace("{id}", id))
    }

    pub fn imported(&self, id: &str) -> Answer {
        self.post(&wire::IMPORTED.replace("{id}", id), &json!({}))
    }

    /// Every transfer of a list, page by page.
    pub fn all(&self, list: &str, limit: u32) -> Vec<Value> {
        let mut all = Vec::new();
        let mut query = format!("limit={limit}");
        loop {
            let answer = self.get(&format!("{list}?{query}"));
            let page = answer.result();
            all.extend(page["transfers"].as_array().unwrap().iter().cloned());
            match page.get("nextCursor") {
                Some(cursor) => query = format!("limit={limit}&cursor={}", cursor.as_str().unwrap()),
                None => return all,
            }
        }
    }

    pub fn headers(&self) -> Vec<(&'static str, String)> {
        let mut headers = vec![(wire::PROFILE_HEADER, wire::PROFILE.to_owned())];
        if let Some(token) = &self.token {
            headers.push(("authorization", format!("Bearer {token}")));
        }
        headers
    }

    pub fn call(
        &self,
        method: &str,
        path: &str,
        headers: &[(&str, String)],
        body: Option<String>,
    ) -> Result<Answer, ureq::Error> {
        let mut request = ureq::http::Request::builder().method(method).uri(format!("{}{path}", self.url));
        for (name, value) in headers {
            request = request.header(*name, value);
        }
        let mut response = match body {
            Some(body) => {
                let request = request.header("content-type", "application/json").body(body).unwrap();
                self.agent.run(request)?
            }
            None => self.agent.run(request.body(()).unwrap())?,
        };
        let header = |name: &str| response.headers().get(name).map(|v| v.to_str().unwrap().to_owned());
        let (media_type, challenge) =
            (header("content-type").unwrap_or_default(), header("www-authenticate"));
        let text = response.body_mut().with_config().limit(200 << 20).read_to_string()?;
        let body = serde_json::from_str(&text).unwrap_or(Value::Null);
        Ok(Answer { status: response.status().as_u16(), media_type, challenge, body })
    }
}

pub fn hex_sha256(bytes: &[u8]) -> String {
    let digest = ring::digest::digest(&ring::digest::SHA256, bytes);
    digest.as_ref().iter().map(|b| format!("{b:02x}")).collect()
}

pub fn file(name: &str, content: &[u8]) -> Value {
    json!({ "name": name, "contentBase64": BASE64_STANDARD.encode(content), "sha256": hex_sha256(content) })
}

/// A monthly unit from the care-management office to another, `number` seconds after nine o'clock.
pub fn unit(to: &str, number: u32, content: &[u8]) -> Value {
    let rest = format!("{CARE}_43_{to}_11_2026070109{:02}{:02}.CSV", number / 60, number % 60);
    let named = |kind: &str| format!("{kind}_202607_{rest}");
    json!({
        "receiverOffice": to,
        "receiverType": "11",
        "files": [
            file(&named("UPPLAN"), content),
            file(&named("UPSIKYU"), b""),
            file(&named("UPHOSOKU"), b""),
        ],
    })
}
