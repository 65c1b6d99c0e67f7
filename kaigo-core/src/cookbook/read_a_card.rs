//! Read name and address from an Individual Number Card (マイナンバーカード), without ever locking it.
//!
//! A [`Readers`](crate::card::Readers) (feature `pcsc`) gives the channel of a reader; here a virtual card stands in.
//!
//! ```
//! use kaigo_core::card::{Card, LastTry, Pin};
//! # use kaigo_core::card::PinKind;
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! # use kaigo_sandbox::card::{Contents, Traits, VirtualCard};
//! # let virtual_card = VirtualCard::new(Contents::issue()?, Traits::default());
//! # let typed = virtual_card.pins().text(PinKind::Text).to_owned();
//! # let mut channel = virtual_card;
//! let mut card = Card::open(&mut channel)?;
//! let pin = Pin::text(&typed)?; // What does not look like this PIN never reaches the card.
//! let items = card.basic_items(&pin, LastTry::Refuse)?; // The last try is never spent unasked.
//! println!("{} characters of a name", items.name.chars().count());
//! # Ok(())
//! # }
//! ```
