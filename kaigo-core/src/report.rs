//! What every check speaks.

/// The language of messages.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Lang {
    /// 日本語.
    Japanese,
    /// English.
    #[default]
    English,
}
