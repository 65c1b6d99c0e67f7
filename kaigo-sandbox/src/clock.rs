//! The platform's clock, which a test moves.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::{Duration, SystemTime};

use jiff::{Timestamp, tz};
use kaigo_core::calendar::Date;
use rustls::pki_types::UnixTime;

/// The clock goes no further than the year 9000, so that the ends reckoned from it are still times.
const LATEST: i64 = 221_845_392_000_000;

/// The clock by which tokens, locks and client certificates end. All clones are one clock.
#[derive(Debug, Clone)]
pub struct Clock(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    /// The millisecond at which the clock stands still; `None` follows the system.
    stopped_at: Option<i64>,
    /// How far the clock was moved forward.
    ahead: AtomicI64,
}

impl Clock {
    /// A clock that follows the system's.
    pub fn system() -> Self {
        Self(Arc::new(Inner { stopped_at: None, ahead: AtomicI64::new(0) }))
    }

    /// A clock that stands still until it is moved.
    pub fn stopped_at(time: SystemTime) -> Self {
        Self(Arc::new(Inner { stopped_at: Some(milliseconds(time)), ahead: AtomicI64::new(0) }))
    }

    /// Moves the clock forward.
    pub fn advance(&self, by: Duration) {
        let by = i64::try_from(by.as_millis()).unwrap_or(i64::MAX);
        // The closure never declines, so there is no error to see.
        let _ = self
            .0
            .ahead
            .fetch_update(Ordering::Relaxed, Ordering::Relaxed, |ahead| Some(ahead.saturating_add(by)));
    }

    /// The time that the clock shows.
    pub fn now(&self) -> SystemTime {
        SystemTime::UNIX_EPOCH + Duration::from_millis(u64::try_from(self.milliseconds()).unwrap_or(0))
    }

    /// Milliseconds since 1970, as the store keeps times.
    pub(crate) fn milliseconds(&self) -> i64 {
        let base = self.0.stopped_at.unwrap_or_else(|| milliseconds(SystemTime::now()));
        base.saturating_add(self.0.ahead.load(Ordering::Relaxed)).min(LATEST)
    }
}

impl Default for Clock {
    fn default() -> Self {
        Self::system()
    }
}

/// Client certificates end by this clock.
impl rustls::time_provider::TimeProvider for Clock {
    fn current_time(&self) -> Option<UnixTime> {
        let since_1970 = u64::try_from(self.milliseconds()).ok()?;
        Some(UnixTime::since_unix_epoch(Duration::from_millis(since_1970)))
    }
}

fn milliseconds(time: SystemTime) -> i64 {
    Timestamp::try_from(time).map_or(0, |time| time.as_millisecond())
}

/// The day in Japan. The clock's range lies within the calendar's.
pub(crate) fn date(milliseconds: i64) -> Option<Date> {
    const JAPAN: i64 = 9 * 60 * 60 * 1000;
    let days = milliseconds.saturating_add(JAPAN).div_euclid(24 * 60 * 60 * 1000);
    i32::try_from(days).ok().and_then(Date::from_epoch_day)
}

/// RFC 3339 in Japan's offset.
pub(crate) fn rfc3339(milliseconds: i64) -> String {
    let time = Timestamp::from_millisecond(milliseconds).unwrap_or(Timestamp::UNIX_EPOCH);
    time.display_with_offset(tz::offset(9)).to_string()
}
