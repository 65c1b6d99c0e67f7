//! How a client is set up.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;

use super::transport::Http;
use super::{Platform, TransferError, WireProfile};
use crate::credential::{Certificate, Credential};
use crate::progress::Watch;

/// Tells the time: for the validity of certificates and the end of tokens. Tests give one of their own.
pub trait Clock: Send + Sync + fmt::Debug {
    /// The time now.
    fn now(&self) -> Timestamp;
}

/// The clock of the computer.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    fn now(&self) -> Timestamp {
        Timestamp::now()
    }
}

/// How often a call that may be repeated is repeated, and after what pause.
///
/// The pause doubles from `first_pause` to `longest_pause` and is shortened at random by up to half, so that
/// the offices of a whole country do not come back in the same second. Repeating ends with the deadline of
/// the call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Retry {
    /// How often at most the call is made, the first time included. 1 never repeats.
    pub attempts: u32,
    /// The pause after the first attempt.
    pub first_pause: Duration,
    /// The longest pause.
    pub longest_pause: Duration,
}

impl Default for Retry {
    /// 4 attempts, pauses from half a second to 10 seconds.
    fn default() -> Self {
        Self { attempts: 4, first_pause: Duration::from_millis(500), longest_pause: Duration::from_secs(10) }
    }
}

/// No limit is longer: far beyond any use, and what every clock can hold.
const LONGEST: Duration = Duration::from_secs(24 * 60 * 60);

/// Sets a [`Platform`] up. There is no setting that loosens TLS 1.3 or the checks of certificates.
#[derive(Debug)]
#[must_use]
pub struct Builder {
    pub(super) base_url: String,
    pub(super) credential: Arc<Credential>,
    pub(super) roots: Vec<Certificate>,
    pub(super) settings: Settings,
}

/// What has a default.
#[derive(Debug, Clone)]
pub(super) struct Settings {
    pub clock: Arc<dyn Clock>,
    pub connect_timeout: Duration,
    pub call_timeout: Duration,
    pub max_response_bytes: u64,
    pub refresh_early: Duration,
    pub retry: Retry,
    pub watch: Watch,
    pub profile: WireProfile,
}

impl Builder {
    pub(super) fn new(base_url: &str, credential: Arc<Credential>) -> Self {
        Self {
            base_url: base_url.to_owned(),
            credential,
            roots: Vec::new(),
            settings: Settings {
                clock: Arc::new(SystemClock),
                connect_timeout: Duration::from_secs(10),
                call_timeout: Duration::from_secs(60),
                max_response_bytes: 64 * 1024 * 1024,
                refresh_early: Duration::from_secs(120),
                retry: Retry::default(),
                watch: Watch::default(),
                profile: WireProfile::default(),
            },
        }
    }

    /// The certificates of the authorities that the platform's own certificate may come from; at least one.
    /// No others are trusted, those of the operating system neither.
    pub fn roots(mut self, roots: impl IntoIterator<Item = Certificate>) -> Self {
        self.roots.extend(roots);
        self
    }

    /// Another clock than the computer's.
    pub fn clock(mut self, clock: Arc<dyn Clock>) -> Self {
        self.settings.clock = clock;
        self
    }

    /// How long making a connection may take, name lookup and TLS included. Default: 10 seconds; at
    /// most a day.
    pub fn connect_timeout(mut self, limit: Duration) -> Self {
        self.settings.connect_timeout = limit.min(LONGEST);
        self
    }

    /// How long one call may take as a whole, its repetitions and a refresh included. Default: 60
    /// seconds; at most a day.
    pub fn call_timeout(mut self, limit: Duration) -> Self {
        self.settings.call_timeout = limit.min(LONGEST);
        self
    }

    /// The largest answer that is read, in bytes. Default: 64 MiB.
    pub fn max_response_bytes(mut self, limit: u64) -> Self {
        self.settings.max_response_bytes = limit;
        self
    }

    /// How long before its end the access token is renewed, at most a quarter of its life. Default: 2 minutes.
    pub fn refresh_early(mut self, early: Duration) -> Self {
        self.settings.refresh_early = early;
        self
    }

    /// How calls are repeated.
    pub fn retry(mut self, retry: Retry) -> Self {
        self.settings.retry = retry;
        self
    }

    /// Who is told how far each call is, in bytes both ways, and may break it off with
    /// [`TransferError::Cancelled`]: while a connection carries, and while nothing comes, but not while one is made.
    /// Default: nobody.
    pub fn watch(mut self, watch: Watch) -> Self {
        self.settings.watch = watch;
        self
    }

    /// What the platform offers. Default: [`WireProfile::provisional`], everything.
    pub fn profile(mut self, profile: WireProfile) -> Self {
        self.settings.profile = profile;
        self
    }

    /// Makes the client. No connection is made yet.
    ///
    /// # Errors
    /// [`TransferError::Config`]: the address is not `https://host[:port][/path]`, no root was given, a root or
    /// the private key cannot be used.
    pub fn build(self) -> Result<Platform, TransferError> {
        let settings = self.settings.clone();
        Ok(Platform::new(Http::new(self)?, settings))
    }
}
