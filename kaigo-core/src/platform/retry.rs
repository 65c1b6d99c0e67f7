//! Repeats what may be repeated.

use std::time::{Duration, Instant};

use super::{Fault, Retry, Sent, TransferError};
use crate::progress::Watch;

/// When a request may be made again.
#[derive(Clone, Copy)]
pub(super) enum Repeat {
    /// When it certainly was not carried out.
    IfNotSent,
    /// Always: carrying it out twice does no harm.
    Always,
}

impl Repeat {
    fn allows(self, error: &TransferError) -> bool {
        match (self, error) {
            (_, TransferError::Connection { fault: Fault::TlsRefused, .. }) => false,
            (Self::IfNotSent, TransferError::Connection { sent, .. }) => *sent == Sent::No,
            (Self::Always, TransferError::Connection { .. } | TransferError::System { status: 503 }) => true,
            _ => false,
        }
    }
}

/// Makes attempts until one succeeds, may not be repeated, or no time is left. An outer error of an attempt
/// ends the call at once.
pub(super) fn run<T>(
    policy: Retry,
    deadline: Instant,
    repeat: Repeat,
    watch: &Watch,
    mut attempt: impl FnMut() -> Result<Result<T, TransferError>, TransferError>,
) -> Result<T, TransferError> {
    let mut made = 1;
    loop {
        let error = match attempt()? {
            Ok(done) => return Ok(done),
            Err(error) => error,
        };
        let pause = pause(policy, made);
        let remaining = deadline.saturating_duration_since(Instant::now());
        if !repeat.allows(&error) || made >= policy.attempts || pause >= remaining {
            return Err(error);
        }
        log::warn!(
            "{}: again in {} ms, attempt {} of {}",
            error.code(),
            pause.as_millis(),
            made + 1,
            policy.attempts
        );
        if !watch.wait(pause) {
            let sent = match error {
                TransferError::Connection { sent, .. } => sent,
                _ => Sent::Unknown,
            };
            return Err(TransferError::Cancelled { sent });
        }
        made += 1;
    }
}

/// The pause after the attempt of this number, from 1.
fn pause(policy: Retry, made: u32) -> Duration {
    let doubled = policy.first_pause.saturating_mul(1 << (made - 1).min(20)).min(policy.longest_pause);
    // Without random numbers the pause is merely not spread.
    let random = getrandom::u32().unwrap_or(u32::MAX);
    doubled / 2 + (doubled / 2).mul_f64(f64::from(random) / f64::from(u32::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pauses_double_up_to_the_longest_and_are_spread() {
        let policy = Retry::default();
        for (made, full) in [(1, 500), (2, 1000), (3, 2000), (6, 10_000), (40, 10_000)] {
            let pause = pause(policy, made);
            let full = Duration::from_millis(full);
            assert!(full / 2 <= pause && pause <= full, "{made}: {pause:?}");
        }
    }
}
