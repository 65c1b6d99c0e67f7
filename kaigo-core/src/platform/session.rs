//! Login, and tokens that many threads share.

use std::fmt;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Instant;

use jiff::{SignedDuration, Timestamp};
use kaigo_wiping::Carrying;
use zeroize::Zeroizing;

use super::config::Settings;
use super::retry::{self, Repeat};
use super::transport::{Http, Request, out_of_time};
use super::{Builder, TransferError, WireProfile, wire};
use crate::credential::Credential;
use crate::ident::OfficeNumber;

/// The platform, as one office reaches it. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Platform(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    http: Http,
    settings: Settings,
}

impl Platform {
    /// Sets a client up for an address (`https://host[:port][/path]`) and the credential of an office.
    pub fn builder(base_url: &str, credential: impl Into<Arc<Credential>>) -> Builder {
        Builder::new(base_url, credential.into())
    }

    pub(super) fn new(http: Http, settings: Settings) -> Self {
        Self(Arc::new(Inner { http, settings }))
    }

    /// Logs in with the certificate, a user ID and a password. Never repeated by itself: repeated failures
    /// lock the account.
    ///
    /// # Errors
    /// [`TransferError::LoginRefused`], [`TransferError::Locked`], and whatever any call may answer.
    #[doc(alias = "ログイン")]
    pub fn login(&self, user_id: &str, password: &str) -> Result<Session, TransferError> {
        let _wiped = Carrying::begin();
        let request = wire::login(user_id, password)?;
        let asked_at = self.0.settings.clock.now();
        let body = self.0.http.exchange(&request, None, self.0.deadline())?;
        let tokens = wire::tokens(&body)?;
        log::info!("office {} logged in", tokens.office);
        Ok(Session {
            office: tokens.office,
            platform: self.0.clone(),
            state: Mutex::new(State {
                tokens: Some(Live::new(tokens, asked_at, &self.0.settings)),
                generation: 0,
                refresh: Refresh::Idle,
            }),
            refreshed: Condvar::new(),
        })
    }
}

impl Inner {
    fn deadline(&self) -> Instant {
        Instant::now() + self.settings.call_timeout
    }
}

/// A login. Shared by reference among any number of threads; renews itself before its access token ends, once
/// for all of them. The tokens are wiped when it is dropped.
pub struct Session {
    platform: Arc<Inner>,
    office: OfficeNumber,
    state: Mutex<State>,
    refreshed: Condvar,
}

struct State {
    /// `None` once the refresh token has ended.
    tokens: Option<Live>,
    /// Counts the access tokens, so that a thread can say which one was not taken.
    generation: u64,
    refresh: Refresh,
}

enum Refresh {
    Idle,
    /// One thread asks; the others wait for it.
    UnderWay,
    /// The last one failed. Those who waited for it fail with it; who comes later asks anew.
    Failed(TransferError),
}

/// Tokens and when they end.
struct Live {
    access: Zeroizing<String>,
    refresh_at: Timestamp,
    refresh: Zeroizing<String>,
    refresh_ends: Timestamp,
}

impl Live {
    fn new(tokens: wire::Tokens, asked_at: Timestamp, settings: &Settings) -> Self {
        let after = |seconds: u64| {
            let span = SignedDuration::from_secs(i64::try_from(seconds).unwrap_or(i64::MAX));
            asked_at.checked_add(span).unwrap_or(Timestamp::MAX)
        };
        let early = settings.refresh_early.as_secs().min(tokens.access_life / 4);
        Self {
            refresh_at: after(tokens.access_life - early),
            refresh_ends: after(tokens.refresh_life),
            access: tokens.access,
            refresh: tokens.refresh,
        }
    }
}

impl Session {
    /// The office that the account belongs to.
    pub fn office(&self) -> OfficeNumber {
        self.office
    }

    /// What the platform offers, as the client was set up.
    pub fn profile(&self) -> WireProfile {
        self.platform.settings.profile
    }

    /// Logs out: the platform ends both tokens, and they are wiped here, whatever it answers. A session that
    /// has already ended is logged out.
    ///
    /// # Errors
    /// When the platform was not told: the tokens live on there until they end by themselves.
    #[doc(alias = "ログアウト")]
    pub fn logout(self) -> Result<(), TransferError> {
        let request = wire::logout()?;
        let deadline = self.platform.deadline();
        // An access token that has ended would leave the refresh token alive at the platform.
        let token = match self.token(None, deadline) {
            Err(TransferError::SessionExpired) => return Ok(()),
            other => other?.0,
        };
        match self.platform.http.exchange(&request, Some(&token), deadline) {
            Ok(body) => wire::nothing(&body),
            Err(TransferError::System { status: 401 }) => Ok(()),
            Err(error) => Err(error),
        }
    }

    /// The body of the answer to a request under the session's token.
    pub(super) fn call(
        &self,
        request: &Request,
        repeat: Repeat,
    ) -> Result<Zeroizing<Vec<u8>>, TransferError> {
        let http = &self.platform.http;
        let deadline = self.platform.deadline();
        let Settings { retry, watch, .. } = &self.platform.settings;
        retry::run(*retry, deadline, repeat, watch, || {
            let (token, generation) = self.token(None, deadline)?;
            match http.exchange(request, Some(&token), deadline) {
                Err(TransferError::System { status: 401 }) => {
                    let (token, _) = self.token(Some(generation), deadline)?;
                    Ok(http.exchange(request, Some(&token), deadline))
                }
                answer => Ok(answer),
            }
        })
    }

    /// An access token that is not about to end and not of the `refused` generation.
    fn token(
        &self,
        refused: Option<u64>,
        deadline: Instant,
    ) -> Result<(Zeroizing<String>, u64), TransferError> {
        let mut state = self.lock();
        loop {
            let now = self.platform.settings.clock.now();
            let generation = state.generation;
            let tokens = state.tokens.as_ref().ok_or(TransferError::SessionExpired)?;
            if now < tokens.refresh_at && refused != Some(generation) {
                return Ok((tokens.access.clone(), generation));
            }
            if now >= tokens.refresh_ends {
                state.tokens = None;
                return Err(TransferError::SessionExpired);
            }
            if !matches!(state.refresh, Refresh::UnderWay) {
                return self.refresh(state, now, deadline);
            }
            let remaining = deadline.saturating_duration_since(Instant::now());
            let (woken, waited) =
                self.refreshed.wait_timeout(state, remaining).unwrap_or_else(PoisonError::into_inner);
            state = woken;
            match &state.refresh {
                Refresh::Failed(error) => return Err(error.clone()),
                Refresh::UnderWay if waited.timed_out() => return Err(out_of_time()),
                _ => {}
            }
        }
    }

    fn refresh(
        &self,
        mut state: MutexGuard<'_, State>,
        now: Timestamp,
        deadline: Instant,
    ) -> Result<(Zeroizing<String>, u64), TransferError> {
        let _wiped = Carrying::begin();
        let token = state.tokens.as_ref().map(|tokens| tokens.refresh.clone()).unwrap_or_default();
        state.refresh = Refresh::UnderWay;
        drop(state);

        let platform = &self.platform;
        let answer = wire::refresh(&token).and_then(|request| {
            let Settings { retry, watch, .. } = &platform.settings;
            retry::run(*retry, deadline, Repeat::IfNotSent, watch, || {
                Ok(platform.http.exchange(&request, None, deadline))
            })
        });
        let renewed = match answer.and_then(|body| wire::tokens(&body)) {
            Err(TransferError::System { status: 401 }) => Err(TransferError::SessionExpired),
            other => other,
        };

        let mut state = self.lock();
        let result = match renewed {
            Ok(tokens) => {
                log::info!("the session of office {} was renewed", self.office);
                let live = Live::new(tokens, now, &platform.settings);
                let access = live.access.clone();
                state.tokens = Some(live);
                state.generation += 1;
                state.refresh = Refresh::Idle;
                Ok((access, state.generation))
            }
            Err(error) => {
                if error == TransferError::SessionExpired {
                    state.tokens = None;
                }
                state.refresh = Refresh::Failed(error.clone());
                Err(error)
            }
        };
        self.refreshed.notify_all();
        result
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl fmt::Debug for Session {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Session").field("office", &self.office).finish_non_exhaustive()
    }
}
