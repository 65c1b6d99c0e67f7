//! The Individual Number Card (マイナンバーカード): what is useful is read, and no card is ever locked by it.
//!
//! **Nothing here was tried on a real card.** No official specification of the card is public; what is known is
//! public knowledge from open implementations. File numbers, lengths and labels are therefore data (in
//! `layout`), and the code is tolerant where cards may differ.
//!
//! No function reads the 12-digit individual number, the face or the images.
//!
//! A [`CardChannel`] carries commands to a card: a reader (`Readers`, feature `pcsc`), the host's own, or a
//! [`Replayer`].
//! [`Card::open`] makes sure that the right card is there; every flow then selects what it needs, reads, and
//! leaves the application again if a PIN was in play.
//!
//! ```
//! use kaigo_core::card::{Card, CardChannel, CardError, LastTry, Pin};
//!
//! fn name_of(channel: &mut dyn CardChannel, code: &str) -> Result<String, CardError> {
//!     let pin = Pin::text(code)?;
//!     let mut card = Card::open(channel)?;
//!     // Refuses to spend the last try, and never sends a PIN twice.
//!     Ok(card.basic_items(&pin, LastTry::Refuse)?.name)
//! }
//! # let _ = name_of;
//! ```

mod apdu;
mod basic_items;
mod channel;
mod error;
mod layout;
mod names;
mod pin;
mod read;
#[cfg(feature = "pcsc")]
mod reader;
mod session;
mod signing;
mod tlv;
mod transcript;

pub use apdu::StatusWord;
pub use basic_items::{BasicItems, Sex};
pub use channel::{CardChannel, ChannelError};
pub use error::{CardError, Part};
pub use layout::{Application, Generation, PinKind, TokenKind};
pub use pin::{LastTry, Pin, PinFormError, PrintedCodes, Tries, Verification};
#[cfg(feature = "pcsc")]
pub use reader::{PcscChannel, Reader, ReaderEvent, Readers, Watch};
pub use session::{Card, CardCertificates, CommonData, Municipality, Presence, Token, TriesLeft};
pub use signing::{ChallengeSignature, SignatureAlgorithm, verify_challenge};
pub use tlv::{Tlv, find as find_tlv};
pub use transcript::{Recorder, Replayer, Transcript, TranscriptError};
