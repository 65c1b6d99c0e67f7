//! The audit log, as it is read.

use std::fmt;

/// One call in the audit log. It holds no names, passwords, tokens or contents; persons stand there by their numbers.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct AuditEntry {
    /// When, by the sandbox's clock, RFC 3339.
    pub time: String,
    /// The office whose client certificate the connection showed, or the role.
    pub office: String,
    /// The codes of the job types of the member of staff, with commas; empty for the office's own account.
    pub jobs: String,
    /// The [name](crate::Call::name) of the call.
    pub call: String,
    /// `ok`, a business code or an HTTP status.
    pub outcome: String,
    /// The transfer that the call was about.
    pub transfer: Option<String>,
    /// Insurer and number of the person whom it was about.
    pub person: Option<(String, String)>,
}

/// Tab-separated, `-` where there is no transfer. Persons are left to [`person`](AuditEntry::person).
impl fmt::Display for AuditEntry {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { time, office, call, outcome, transfer, .. } = self;
        write!(f, "{time}\t{office}\t{call}\t{outcome}\t{}", transfer.as_deref().unwrap_or("-"))
    }
}
