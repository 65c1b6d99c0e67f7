//! What the sandbox says on standard error: little, and nothing personal.

use std::fmt;
use std::io::Write as _;

#[derive(Debug, Clone, Copy)]
pub(crate) struct Log {
    pub(crate) on: bool,
}

impl Log {
    pub(crate) fn line(self, line: fmt::Arguments<'_>) {
        if self.on {
            // Nobody can be told that standard error is closed.
            let _ = writeln!(std::io::stderr().lock(), "kaigo-sandbox: {line}");
        }
    }
}
