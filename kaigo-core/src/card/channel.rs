//! How commands reach a card.

use std::fmt;

/// Carries one command to a card and brings its answer back.
///
/// An implementation sends each command once, as it is: whoever repeats a command on its own may lock a card.
/// Commands may hold a PIN: an implementation neither keeps nor logs them.
pub trait CardChannel: Send {
    /// Sends a command APDU and returns the whole answer, the status word at its end. An empty answer is taken
    /// for a card that was removed.
    ///
    /// # Errors
    /// [`ChannelError`]: no answer came. The command may have reached the card all the same.
    fn transmit(&mut self, command: &[u8]) -> Result<Vec<u8>, ChannelError>;

    /// Takes the power from the card, so that no one after us finds a PIN still verified. Called when a card is
    /// let go of after a PIN was in play. Does nothing where a channel has no such means.
    fn power_down(&mut self) {}
}

impl<T: CardChannel + ?Sized> CardChannel for &mut T {
    fn transmit(&mut self, command: &[u8]) -> Result<Vec<u8>, ChannelError> {
        (**self).transmit(command)
    }

    fn power_down(&mut self) {
        (**self).power_down();
    }
}

impl<T: CardChannel + ?Sized> CardChannel for Box<T> {
    fn transmit(&mut self, command: &[u8]) -> Result<Vec<u8>, ChannelError> {
        (**self).transmit(command)
    }

    fn power_down(&mut self) {
        (**self).power_down();
    }
}

/// Why no answer came from a card.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum ChannelError {
    /// The card was taken away.
    Removed,
    /// Another program took hold of the card.
    InUse,
    /// The service of the readers ended.
    NoService,
    /// A [`Replayer`](super::Replayer) was sent another command than its transcript has.
    Mismatch {
        /// Which exchange of the transcript, from 1.
        exchange: usize,
    },
    /// Anything else, in the words of whoever noticed. No part of a command may stand in it.
    Failed(String),
}

impl fmt::Display for ChannelError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Removed => f.write_str("the card was removed"),
            Self::InUse => f.write_str("another program holds the card"),
            Self::NoService => f.write_str("the smart card service ended"),
            Self::Mismatch { exchange } => write!(f, "exchange {exchange} is not that of the transcript"),
            Self::Failed(detail) => f.write_str(detail),
        }
    }
}

impl std::error::Error for ChannelError {}
