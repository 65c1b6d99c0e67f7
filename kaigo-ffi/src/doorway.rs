//! The one way in and out: no panic passes it, and every failure becomes a status and an error.

use std::panic::{AssertUnwindSafe, catch_unwind};

use crate::error::{Fail, kaigo_error};
use crate::status::{KAIGO_E_INTERNAL, KAIGO_E_MISALIGNED, KAIGO_OK};

#[cfg(panic = "abort")]
compile_error!("a panic must be caught before it reaches C: build with panic = \"unwind\"");

/// Runs a call.
#[inline]
pub(crate) fn enter(err: *mut *mut kaigo_error, call: impl FnOnce() -> Result<(), Fail>) -> i32 {
    if !err.is_aligned() {
        return KAIGO_E_MISALIGNED;
    }
    if !err.is_null() {
        // SAFETY: the caller's place for an error, not NULL and aligned.
        unsafe { err.write(std::ptr::null_mut()) };
    }
    let fail = match catch_unwind(AssertUnwindSafe(call)) {
        Ok(Ok(())) => return KAIGO_OK,
        Ok(Err(fail)) => fail,
        Err(payload) => {
            // Dropping a payload may panic again; one that was thrown here is a text.
            std::mem::forget(payload);
            Fail::new(KAIGO_E_INTERNAL, "internal", "内部エラーです", "an internal error")
        }
    };
    let status = fail.status();
    // The code alone: a message may hold a path, and a path a name.
    log::debug!(target: "kaigo", "status {status}: {}", fail.code());
    if !err.is_null() {
        // SAFETY: as above.
        unsafe { err.write(fail.into_handle()) };
    }
    status
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::kaigo_error_free;

    #[test]
    fn a_panic_is_a_status() {
        let mut error = std::ptr::null_mut();
        assert_eq!(enter(&mut error, || panic!("for the test")), KAIGO_E_INTERNAL);
        assert!(!error.is_null());
        // SAFETY: an error that was just given.
        assert_eq!(unsafe { kaigo_error_free(error) }, KAIGO_OK);
    }
}
