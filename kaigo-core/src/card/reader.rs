//! Card readers over PC/SC (feature `pcsc`): `winscard` on Windows, the system's framework on macOS, `pcscd`
//! elsewhere.

use std::collections::{BTreeMap, VecDeque};
use std::ffi::{CStr, CString};
use std::fmt;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use pcsc::{Context, Disposition, MAX_BUFFER_SIZE, Protocols, Scope, ShareMode, State};
use zeroize::Zeroizing;

use super::channel::{CardChannel, ChannelError};
use super::error::CardError;
use super::session::Card;

/// The longest that is waited at a stretch. In between new readers are looked for, cards that another program
/// held are tried again, and a cancellation is seen that came when nothing was waited for.
const STRETCH: Duration = Duration::from_millis(500);

/// The card readers of the computer. All clones are one: [`cancel`](Self::cancel) of one ends the wait of another.
///
/// A card is always taken exclusively: while a PIN is in play no other program may send commands to it. So take
/// it, read, and let go.
///
/// ```no_run
/// use std::time::Duration;
/// use kaigo_core::card::{Card, CardError, Readers};
///
/// fn main() -> Result<(), CardError> {
///     let readers = Readers::new();
///     let mut card = Card::open(readers.find(None, Duration::from_secs(30))?)?;
///     println!("{}", card.common()?.expires);
///     Ok(())
/// }
/// ```
#[derive(Clone, Default)]
pub struct Readers(Arc<Shared>);

#[derive(Default)]
struct Shared {
    cancelled: AtomicBool,
    /// What somebody waits in.
    waiting: Mutex<Option<Context>>,
}

/// A card reader.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Reader {
    /// Its name, as the operating system has it.
    pub name: String,
    /// Whether there is a card on it, of whatever kind.
    pub card_present: bool,
    /// Whether a program holds its card exclusively.
    pub in_use: bool,
}

/// Something happened at a reader.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum ReaderEvent {
    /// A reader was connected.
    ReaderAdded(String),
    /// A reader was disconnected.
    ReaderRemoved(String),
    /// A card, of whatever kind, was put on a reader.
    CardInserted(String),
    /// A card was taken off a reader.
    CardRemoved(String),
}

impl ReaderEvent {
    /// The stable name: `reader_added`, `reader_removed`, `card_inserted`, `card_removed`.
    pub fn name(&self) -> &'static str {
        match self {
            Self::ReaderAdded(_) => "reader_added",
            Self::ReaderRemoved(_) => "reader_removed",
            Self::CardInserted(_) => "card_inserted",
            Self::CardRemoved(_) => "card_removed",
        }
    }

    /// The reader.
    pub fn reader(&self) -> &str {
        match self {
            Self::ReaderAdded(reader)
            | Self::ReaderRemoved(reader)
            | Self::CardInserted(reader)
            | Self::CardRemoved(reader) => reader,
        }
    }
}

impl Readers {
    /// The readers of the computer. The service is spoken to only when something is asked.
    pub fn new() -> Self {
        Self::default()
    }

    /// The readers that are connected, and whether there are cards on them. Empty when there is none.
    ///
    /// # Errors
    /// [`CardError::NoService`]. Windows starts its service with the first reader, and says the same where none
    /// was ever connected.
    pub fn list(&self) -> Result<Vec<Reader>, CardError> {
        let states = states(&establish()?)?;
        Ok(states
            .iter()
            .map(|state| Reader {
                name: name_of(state.name()),
                card_present: is_present(state),
                in_use: state.event_state().contains(State::EXCLUSIVE),
            })
            .collect())
    }

    /// Waits until there is a card with JPKI (公的個人認証) on a reader, and takes it. Other cards and empty
    /// readers are passed over; what decides is the card's application, not its ATR or the order of readers.
    ///
    /// `reader` restricts the search to readers whose name has this text in it. With a `wait` of zero one look
    /// is taken.
    ///
    /// # Errors
    /// What stood in the way when the time was over: [`CardError::NoService`], [`CardError::NoReader`],
    /// [`CardError::NoCard`], [`CardError::NotThisCard`], [`CardError::InUse`], or what went wrong with a card;
    /// [`CardError::Cancelled`].
    pub fn find(&self, reader: Option<&str>, wait: Duration) -> Result<PcscChannel, CardError> {
        let start = Instant::now();
        let mut refused = BTreeMap::new();
        loop {
            self.ensure_not_cancelled()?;
            let why = match self.look(reader, &mut refused) {
                Ok(channel) => return Ok(channel),
                Err(why) => why,
            };
            let left = wait.saturating_sub(start.elapsed());
            if left.is_zero() {
                return Err(why);
            }
            self.pause(left.min(STRETCH), &refused)?;
        }
    }

    /// One look at all readers.
    fn look(&self, reader: Option<&str>, refused: &mut Refused) -> Result<PcscChannel, CardError> {
        let context = establish().inspect_err(|_| refused.clear())?;
        let mut states = states(&context)?;
        states.retain(|state| reader.is_none_or(|wanted| name_of(state.name()).contains(wanted)));
        if states.is_empty() {
            return Err(CardError::NoReader);
        }
        refused.retain(|name, seen| {
            let current = states.iter().find(|state| state.name() == name.as_c_str());
            current.is_some_and(|state| Seen::of(state) == *seen)
        });
        let mut reason = CardError::NoCard;
        for state in states.iter().filter(|state| is_present(state)) {
            if refused.contains_key(state.name()) {
                reason = CardError::NotThisCard;
                continue;
            }
            // What is not remembered is looked at anew each time.
            match PcscChannel::connect(&context, state.name()) {
                Ok(channel) => return Ok(channel),
                Err(CardError::Removed) => {}
                Err(why) => {
                    if why == CardError::NotThisCard {
                        refused.insert(state.name().to_owned(), Seen::of(state));
                    }
                    reason = why;
                }
            }
        }
        Err(reason)
    }

    /// Waits until something changes at a reader, but no longer than told.
    fn pause(&self, most: Duration, refused: &Refused) -> Result<(), CardError> {
        let idle = |most| {
            // Without a reader or a service there is nothing to wait in.
            std::thread::sleep(most);
            self.ensure_not_cancelled()
        };
        let Ok(context) = establish() else { return idle(most) };
        let Ok(mut states) = states(&context) else { return idle(most) };
        // A card that is there and was not refused, such as one that another program holds: there will be no event.
        let held = |state: &pcsc::ReaderState| is_present(state) && !refused.contains_key(state.name());
        if states.is_empty() || states.iter().any(held) {
            return idle(most.min(STRETCH / 2));
        }
        states.iter_mut().for_each(pcsc::ReaderState::sync_current_state);
        self.wait_in(&context, most, &mut states)
    }

    /// Waits for a change, or the time, or a cancellation.
    fn wait_in(
        &self,
        context: &Context,
        most: Duration,
        states: &mut [pcsc::ReaderState],
    ) -> Result<(), CardError> {
        let waiting = |context| *self.0.waiting.lock().unwrap_or_else(PoisonError::into_inner) = context;
        waiting(Some(context.clone()));
        // Only now: a cancellation from here on finds the context.
        let waited = self.ensure_not_cancelled().map(|()| context.get_status_change(most, states));
        waiting(None);
        // What became of the readers, of a service that went too, is found out by looking anew.
        let _ = waited?;
        self.ensure_not_cancelled()
    }

    /// Ends a wait that is going on, in another thread, with [`CardError::Cancelled`]; or the next one, when
    /// none is going on.
    pub fn cancel(&self) {
        self.0.cancelled.store(true, Ordering::SeqCst);
        if let Some(context) = &*self.0.waiting.lock().unwrap_or_else(PoisonError::into_inner) {
            // Where it fails, the wait ends with its stretch.
            let _ = context.cancel();
        }
    }

    fn ensure_not_cancelled(&self) -> Result<(), CardError> {
        if self.0.cancelled.swap(false, Ordering::SeqCst) { Err(CardError::Cancelled) } else { Ok(()) }
    }

    /// What happens at the readers from now on. Readers and cards that are there already are told first.
    pub fn watch(&self) -> Watch {
        Watch { readers: self.clone(), known: BTreeMap::new(), events: VecDeque::new() }
    }
}

/// Readers with a card that is not the one that is looked for, and the state that it was seen in.
type Refused = BTreeMap<CString, Seen>;

/// Events of readers, in their order.
#[derive(Debug)]
pub struct Watch {
    readers: Readers,
    known: BTreeMap<CString, Seen>,
    events: VecDeque<ReaderEvent>,
}

/// What was last seen of a reader.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Seen {
    present: bool,
    /// How often a card came or went.
    count: u32,
}

impl Seen {
    fn of(state: &pcsc::ReaderState) -> Self {
        Self { present: is_present(state), count: state.event_count() }
    }
}

impl Watch {
    /// The next event; `None` when none came in the time.
    ///
    /// # Errors
    /// [`CardError::NoService`], [`CardError::Cancelled`].
    pub fn next(&mut self, wait: Duration) -> Result<Option<ReaderEvent>, CardError> {
        let start = Instant::now();
        loop {
            self.readers.ensure_not_cancelled()?;
            let context = establish()?;
            let mut states = states(&context)?;
            self.notice(&states);
            if let Some(event) = self.events.pop_front() {
                return Ok(Some(event));
            }
            let left = wait.saturating_sub(start.elapsed());
            if left.is_zero() {
                return Ok(None);
            }
            if states.is_empty() {
                std::thread::sleep(left.min(STRETCH));
            } else {
                states.iter_mut().for_each(pcsc::ReaderState::sync_current_state);
                self.readers.wait_in(&context, left.min(STRETCH), &mut states)?;
            }
        }
    }

    fn notice(&mut self, states: &[pcsc::ReaderState]) {
        let gone: Vec<CString> = self
            .known
            .keys()
            .filter(|name| !states.iter().any(|state| state.name() == name.as_c_str()))
            .cloned()
            .collect();
        for name in gone {
            self.known.remove(&name);
            self.events.push_back(ReaderEvent::ReaderRemoved(name_of(&name)));
        }
        for state in states {
            let name = || name_of(state.name());
            let seen = Seen::of(state);
            let before = self.known.insert(state.name().to_owned(), seen);
            if before.is_none() {
                self.events.push_back(ReaderEvent::ReaderAdded(name()));
            }
            match (before.is_some_and(|before| before.present), seen.present) {
                (false, true) => self.events.push_back(ReaderEvent::CardInserted(name())),
                (true, false) => self.events.push_back(ReaderEvent::CardRemoved(name())),
                // Another card, or the same one again, between two looks.
                (true, true) if before.is_some_and(|before| before.count != seen.count) => {
                    self.events.push_back(ReaderEvent::CardRemoved(name()));
                    self.events.push_back(ReaderEvent::CardInserted(name()));
                }
                _ => {}
            }
        }
    }
}

fn establish() -> Result<Context, CardError> {
    Context::establish(Scope::User).map_err(service_error)
}

/// All readers in their present state.
fn states(context: &Context) -> Result<Vec<pcsc::ReaderState>, CardError> {
    let names = match context.list_readers_owned() {
        Err(pcsc::Error::NoReadersAvailable) => return Ok(Vec::new()),
        names => names.map_err(service_error)?,
    };
    let mut states: Vec<_> =
        names.into_iter().map(|name| pcsc::ReaderState::new(name, State::UNAWARE)).collect();
    if !states.is_empty() {
        match context.get_status_change(Duration::ZERO, &mut states) {
            // A reader went between the two calls: it is not there any more.
            Err(pcsc::Error::UnknownReader | pcsc::Error::ReaderUnavailable) => return Ok(Vec::new()),
            result => result.map_err(service_error)?,
        }
    }
    Ok(states)
}

fn is_present(state: &pcsc::ReaderState) -> bool {
    state.event_state().contains(State::PRESENT)
}

fn name_of(name: &CStr) -> String {
    name.to_string_lossy().into_owned()
}

fn service_error(error: pcsc::Error) -> CardError {
    match error {
        pcsc::Error::Cancelled => CardError::Cancelled,
        other => channel_error(other).into(),
    }
}

fn channel_error(error: pcsc::Error) -> ChannelError {
    match error {
        pcsc::Error::RemovedCard
        | pcsc::Error::NoSmartcard
        | pcsc::Error::UnknownReader
        | pcsc::Error::ReaderUnavailable => ChannelError::Removed,
        pcsc::Error::SharingViolation | pcsc::Error::ResetCard => ChannelError::InUse,
        // The last three are what a client sees whose service went away under it.
        pcsc::Error::NoService
        | pcsc::Error::ServiceStopped
        | pcsc::Error::CommError
        | pcsc::Error::InvalidHandle
        | pcsc::Error::SystemCancelled => ChannelError::NoService,
        other => ChannelError::Failed(other.to_string()),
    }
}

/// A card in a reader, held exclusively. Dropping it lets the card go.
pub struct PcscChannel {
    reader: String,
    /// `None` after the power was taken, or the card removed.
    card: Option<pcsc::Card>,
}

impl PcscChannel {
    /// Takes the card on a reader, and makes sure that it is one with JPKI.
    fn connect(context: &Context, reader: &CStr) -> Result<Self, CardError> {
        let card = context.connect(reader, ShareMode::Exclusive, Protocols::ANY).map_err(channel_error)?;
        let mut channel = Self { reader: name_of(reader), card: Some(card) };
        Card::open(&mut channel)?;
        Ok(channel)
    }

    /// The name of the reader.
    pub fn reader(&self) -> &str {
        &self.reader
    }

    fn disconnect(&mut self, disposition: Disposition) {
        // Where it fails, the card or the service is gone, and there is nothing to let go of.
        if let Some(card) = self.card.take() {
            let _ = card.disconnect(disposition);
        }
    }
}

impl CardChannel for PcscChannel {
    fn transmit(&mut self, command: &[u8]) -> Result<Vec<u8>, ChannelError> {
        let card = self.card.as_ref().ok_or(ChannelError::Removed)?;
        let mut buffer = Zeroizing::new([0; MAX_BUFFER_SIZE]);
        let answer = card.transmit(command, &mut *buffer).map(<[u8]>::to_vec).map_err(channel_error);
        // Some drivers answer a command to a card that has just gone with success and no bytes.
        let removed =
            matches!(&answer, Err(ChannelError::Removed)) || answer.as_ref().is_ok_and(Vec::is_empty);
        if removed {
            // It has no power any more, and what comes next may be another card: nothing more is sent.
            self.disconnect(Disposition::LeaveCard);
            return Err(ChannelError::Removed);
        }
        answer
    }

    fn power_down(&mut self) {
        self.disconnect(Disposition::UnpowerCard);
    }
}

impl Drop for PcscChannel {
    fn drop(&mut self) {
        self.disconnect(Disposition::LeaveCard);
    }
}

impl fmt::Debug for PcscChannel {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PcscChannel").field("reader", &self.reader).finish_non_exhaustive()
    }
}

impl fmt::Debug for Readers {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Readers").finish_non_exhaustive()
    }
}
