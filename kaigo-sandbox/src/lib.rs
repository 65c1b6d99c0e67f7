//! The platform's side, for tests and demonstrations.
#![forbid(unsafe_code)]
