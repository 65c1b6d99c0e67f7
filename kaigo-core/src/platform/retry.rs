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
    // An attempt that may have been carried out.
    let mut doubt = None;
    loop {
        let error = match attempt() {
            Ok(Ok(done)) => return Ok(done),
            Ok(Err(error)) => error,
            Err(error) => return Err(in_doubt(error, doubt)),
        };
        let pause = pause(policy, made);
        let remaining = deadline.saturating_duration_since(Instant::now());
        if !repeat.allows(&error) || made >= policy.attempts || pause >= remaining {
            return Err(in_doubt(error, doubt));
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
                TransferError::Connection { sent, .. } if doubt.is_none() => sent,
                _ => Sent::Unknown,
            };
            return Err(TransferError::Cancelled { sent });
        }
        if matches!(error, TransferError::Connection { sent: Sent::Unknown, .. }) {
            doubt = Some(error);
        }
        made += 1;
    }
}

/// The error of the last attempt, where an attempt before it may have been carried out: it may say how the call failed, but
/// never that nothing happened.
fn in_doubt(error: TransferError, doubt: Option<TransferError>) -> TransferError {
    use TransferError as E;
    match (error, doubt) {
        (E::Connection { fault, detail, .. }, Some(_)) => {
            E::Connection { fault, sent: Sent::Unknown, detail }
        }
        (E::Cancelled { .. }, Some(_)) => E::Cancelled { sent: Sent::Unknown },
        // The platform looked at this very call, or its answer is in doubt itself.
        (error @ (E::Business(_) | E::Malformed { .. } | E::TooLarge { .. }), _) => error,
        (_, Some(doubt)) => doubt,
        (error, None) => error,
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

    fn connection(sent: Sent) -> TransferError {
        TransferError::Connection { fault: Fault::Cut, sent, detail: "test".into() }
    }

    /// A call whose attempts fail with these errors, one after the other.
    fn call(errors: &[TransferError]) -> TransferError {
        let policy = Retry { first_pause: Duration::ZERO, longest_pause: Duration::ZERO, ..Retry::default() };
        let deadline = Instant::now() + Duration::from_secs(60);
        let mut errors = errors.iter().cloned();
        let attempt = || match errors.next().unwrap() {
            // It comes from getting a token.
            ended @ TransferError::SessionExpired => Err(ended),
            error => Ok(Err::<(), _>(error)),
        };
        run(policy, deadline, Repeat::Always, &Watch::default(), attempt).unwrap_err()
    }

    #[test]
    fn a_call_that_may_have_been_carried_out_does_not_say_that_it_was_not() {
        let (no, unknown) = (connection(Sent::No), connection(Sent::Unknown));
        let unavailable = TransferError::System { status: 503 };
        for last in [&no, &TransferError::SessionExpired, &TransferError::System { status: 404 }] {
            assert_eq!(
                call(&[unavailable.clone(), unknown.clone(), last.clone(), last.clone(), last.clone()]),
                unknown
            );
            assert_eq!(call(&[unavailable.clone(), last.clone(), last.clone(), last.clone()]), *last);
        }
        assert_eq!(call(&[unknown.clone(), unavailable.clone(), unavailable.clone(), unavailable]), unknown);
        let malformed = TransferError::Malformed { what: "test" };
        assert_eq!(call(&[unknown, malformed.clone()]), malformed);
    }

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
