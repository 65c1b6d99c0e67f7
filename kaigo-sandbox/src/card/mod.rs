//! A virtual Individual Number Card (マイナンバーカード), so that card flows are tested without a card.
//!
//! It is ours from end to end: an invented person, keys and certificates made at the first start, PINs that are
//! no secret. It behaves as public knowledge says that cards do; **it was never compared with a real card.** It
//! holds no individual number and no face.
//!
//! Inside a Rust test a [`VirtualCard`] is itself a [`CardChannel`]. For everything that speaks PC/SC it is
//! [inserted](VirtualCard::insert) into the virtual reader of `vsmartcard-vpcd`; the program does the same:
//! `kaigo-sandbox card --data DIR`.
//!
//! [`CardChannel`]: kaigo_core::card::CardChannel

mod applet;
mod contents;
mod fault;
mod issue;
mod vpcd;

use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use kaigo_core::card::{CardChannel, ChannelError, PinKind};

use crate::error::{Error, ErrorKind, Result};

pub use applet::Traits;
pub use contents::{Contents, Person, Pins};
pub use fault::{CardFault, CardFaults};
pub use vpcd::{DEFAULT_VPCD, Inserted};

use applet::Applet;

/// A virtual card. All clones are one card.
#[derive(Clone)]
pub struct VirtualCard {
    card: Arc<Mutex<Powered>>,
    faults: CardFaults,
}

struct Powered {
    applet: Applet,
    /// Where the card is kept, if anywhere.
    path: Option<PathBuf>,
    /// Whether the card is out of the reader, by a fault.
    out: bool,
}

/// The name of the file in the data directory.
const FILE: &str = "card.json";

impl VirtualCard {
    /// A card that is kept in memory alone.
    pub fn new(contents: Contents, traits: Traits) -> Self {
        Self::powered(contents, traits, None)
    }

    /// The card that a directory keeps in `card.json`; made when there is none. The tries left are written
    /// before a VERIFY is answered.
    ///
    /// # Errors
    /// When the file cannot be read, made or understood, or keys cannot be made.
    pub fn open(dir: &Path, traits: Traits) -> Result<Self> {
        let path = dir.join(FILE);
        let contents = match std::fs::read(&path) {
            Ok(bytes) => serde_json::from_slice(&bytes)
                .map_err(|error| ErrorKind::Config(format!("{}: {error}", path.display())))?,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                std::fs::create_dir_all(dir).map_err(Error::at(dir))?;
                let contents = Contents::issue()?;
                contents.write(&path)?;
                contents
            }
            Err(error) => return Err(Error::at(&path)(error)),
        };
        Ok(Self::powered(contents, traits, Some(path)))
    }

    fn powered(contents: Contents, traits: Traits, path: Option<PathBuf>) -> Self {
        let powered = Powered { applet: Applet::new(contents, traits), path, out: false };
        Self { card: Arc::new(Mutex::new(powered)), faults: CardFaults::default() }
    }

    /// What goes wrong with the card.
    pub fn faults(&self) -> &CardFaults {
        &self.faults
    }

    /// The person on the card.
    pub fn person(&self) -> Person {
        self.lock().applet.contents().person.clone()
    }

    /// The PINs of the card.
    pub fn pins(&self) -> Pins {
        self.lock().applet.contents().pins.clone()
    }

    /// The user-authentication certificate, and that of its authority, in DER.
    pub(crate) fn user_authentication(&self) -> (Vec<u8>, Vec<u8>) {
        let card = self.lock();
        let entry = &card.applet.contents().user_authentication;
        (entry.certificate.0.clone(), entry.issuer.0.clone())
    }

    /// Tries left of a credential.
    pub fn tries(&self, kind: PinKind) -> u8 {
        self.lock().applet.contents().tries.of(kind)
    }

    /// Sets the tries left of a credential; 0 blocks it.
    ///
    /// # Errors
    /// When the card's file cannot be written.
    pub fn set_tries(&self, kind: PinKind, left: u8) -> Result<()> {
        let mut card = self.lock();
        card.applet.set_tries(kind, left);
        card.keep()
    }

    /// The credentials that whoever speaks to the card next would find verified.
    pub fn verified(&self) -> Vec<PinKind> {
        self.lock().applet.verified()
    }

    /// Whether nothing is selected and nothing verified, as when the card has just got power.
    pub fn is_fresh(&self) -> bool {
        self.lock().applet.is_fresh()
    }

    /// Puts a card that a fault ejected back in, for use as a channel.
    pub fn put_back(&self) {
        let mut card = self.lock();
        card.out = false;
        card.applet.reset();
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Powered> {
        self.card.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Takes the power from the card, or gives it anew: what was selected and verified is forgotten.
    fn reset(&self) {
        self.lock().applet.reset();
    }

    /// One command, with whatever goes wrong. `None`: the card is gone.
    fn answer(&self, command: &[u8]) -> Option<Vec<u8>> {
        let plan = self.faults.next();
        // Without the lock: others may look at the card meanwhile.
        std::thread::sleep(plan.delay);
        let mut card = self.lock();
        if card.out || plan.fault == Some(CardFault::EjectBefore) {
            card.out = true;
            return None;
        }
        if let Some(CardFault::Status(status)) = plan.fault {
            return Some(status.to_be_bytes().to_vec());
        }
        let answer = card.applet.answer(command);
        // A card whose tries cannot be kept gives no answer, for the next start would forget them.
        let kept = !card.applet.take_changed() || card.keep().is_ok();
        if plan.fault == Some(CardFault::EjectAfter) || !kept {
            card.out = true;
            return None;
        }
        Some(answer)
    }
}

impl Powered {
    fn keep(&self) -> Result<()> {
        self.path.as_deref().map_or(Ok(()), |path| self.applet.contents().write(path))
    }
}

impl CardChannel for VirtualCard {
    fn transmit(&mut self, command: &[u8]) -> Result<Vec<u8>, ChannelError> {
        self.answer(command).ok_or(ChannelError::Removed)
    }

    fn power_down(&mut self) {
        self.reset();
    }
}

impl fmt::Debug for VirtualCard {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("VirtualCard").finish_non_exhaustive()
    }
}
