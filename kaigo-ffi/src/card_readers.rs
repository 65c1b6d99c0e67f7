//! `kaigo_card_readers`: card readers over PC/SC. The calls are there in every build, so that a program links with any; in
//! one without the feature `pcsc` the first of them says that it is not there, and the others can have no handle.

use std::borrow::Cow;
use std::ffi::c_char;
use std::time::Duration;

use crate::argument::at;
use crate::card::{OpenCard, kaigo_card};
use crate::error::Fail;
use crate::status::KAIGO_E_NOT_FOUND;
use crate::table::{constants, exports, handles};

#[cfg(feature = "pcsc")]
use kaigo_core::card::{Reader, ReaderEvent, Readers, Watch};
#[cfg(not(feature = "pcsc"))]
use without::{Reader, ReaderEvent, Readers, Watch};

/// What stands for PC/SC where it is not built in: types that have no values.
#[cfg(not(feature = "pcsc"))]
mod without {
    use std::time::Duration;

    use kaigo_core::card::{CardChannel, CardError};

    pub enum Readers {}
    pub enum Watch {}
    pub enum ReaderEvent {
        #[allow(dead_code, reason = "nothing happens where there are no readers")]
        Never(std::convert::Infallible),
    }
    pub struct Reader {
        pub name: String,
        pub card_present: bool,
        pub in_use: bool,
    }

    impl Readers {
        pub fn list(&self) -> Result<Vec<Reader>, CardError> {
            match *self {}
        }
        pub fn find(&self, _: Option<&str>, _: Duration) -> Result<Box<dyn CardChannel>, CardError> {
            match *self {}
        }
        pub fn watch(&self) -> Watch {
            match *self {}
        }
        pub fn cancel(&self) {
            match *self {}
        }
    }

    impl Watch {
        pub fn next(&mut self, _: Duration) -> Result<Option<ReaderEvent>, CardError> {
            match *self {}
        }
    }
}

/// What is behind a `kaigo_card_readers`.
pub struct AllReaders(Readers);

/// What is behind a `kaigo_card_reader_list`.
pub struct ReaderList(Vec<Reader>);

/// What is behind a `kaigo_card_watch`: events, and the reader of the last.
pub struct Events {
    watch: Watch,
    reader: String,
}

impl ReaderList {
    fn get(&self, index: u64) -> Result<&Reader, Fail> {
        self.0.get(at(index)).ok_or_else(|| Fail::argument(KAIGO_E_NOT_FOUND, "index"))
    }
}

#[cfg(feature = "pcsc")]
fn open_readers() -> Result<Readers, Fail> {
    Ok(Readers::new())
}

#[cfg(not(feature = "pcsc"))]
fn open_readers() -> Result<Readers, Fail> {
    Err(Fail::new(
        crate::status::KAIGO_E_NOT_BUILT_IN,
        "not-built-in",
        "このライブラリにはカードリーダーの機能が含まれていません",
        "this library was built without card readers",
    ))
}

#[cfg(feature = "pcsc")]
fn event_of(event: ReaderEvent) -> (u32, String) {
    let number = match event {
        ReaderEvent::ReaderAdded(_) => KAIGO_EVENT_READER_ADDED,
        ReaderEvent::ReaderRemoved(_) => KAIGO_EVENT_READER_REMOVED,
        ReaderEvent::CardInserted(_) => KAIGO_EVENT_CARD_INSERTED,
        ReaderEvent::CardRemoved(_) => KAIGO_EVENT_CARD_REMOVED,
        _ => KAIGO_EVENT_NONE,
    };
    (number, event.reader().to_owned())
}

#[cfg(not(feature = "pcsc"))]
fn event_of(event: ReaderEvent) -> (u32, String) {
    match event {
        ReaderEvent::Never(never) => match never {},
    }
}

constants! { CONSTANTS;
    /// Nothing happened in the time.
    KAIGO_EVENT_NONE: u32 = 0;
    /// A reader was connected.
    KAIGO_EVENT_READER_ADDED: u32 = 1;
    /// A reader was disconnected.
    KAIGO_EVENT_READER_REMOVED: u32 = 2;
    /// A card, of whatever kind, was put on a reader.
    KAIGO_EVENT_CARD_INSERTED: u32 = 3;
    /// A card was taken off a reader.
    KAIGO_EVENT_CARD_REMOVED: u32 = 4;
}

handles! { HANDLES;
    /// The card readers of the computer, over PC/SC. Any thread may use them, several at once.
    kaigo_card_readers = AllReaders, 0x4B50_4353, kaigo_card_readers_free;
    /// The readers that were connected at a moment. It does not change; any thread may use it, several at once.
    kaigo_card_reader_list = ReaderList, 0x4B52_4C53, kaigo_card_reader_list_free;
    /// What happens at the readers. One thread at a time uses it.
    kaigo_card_watch = Events, 0x4B57_4154, kaigo_card_watch_free;
}

exports! { EXPORTS;
    /// The card readers of the computer. `KAIGO_E_NOT_BUILT_IN` where `kaigo_features` does not tell `KAIGO_FEATURE_PCSC`.
    call kaigo_card_readers_new(readers: new kaigo_card_readers) {
        readers.give(AllReaders(open_readers()?))
    }

    /// The readers that are connected; none is no failure.
    call kaigo_card_readers_list(readers: handle kaigo_card_readers, list: new kaigo_card_reader_list) {
        list.give(ReaderList(readers.0.list()?))
    }

    /// How many readers there are.
    call kaigo_card_reader_list_count(list: handle kaigo_card_reader_list, count: out u64) {
        count.set(list.0.len() as u64)
    }

    /// The name of the reader at an index, from 0, as the operating system has it.
    text kaigo_card_reader_list_name_utf8 / kaigo_card_reader_list_name_utf16
        / kaigo_card_reader_list_name_view_utf8 / kaigo_card_reader_list_name_view_utf16
        of list: kaigo_card_reader_list [index: u64] {
        Cow::Borrowed(&list.get(index)?.name)
    }

    /// Whether there is a card, of whatever kind, on the reader at an index, from 0, and whether a program holds it: 1 or 0.
    call kaigo_card_reader_list_state(
        list: handle kaigo_card_reader_list, index: val u64, card_present: out u32, in_use: out u32
    ) {
        let reader = list.get(index)?;
        card_present.set(reader.card_present.into())?;
        in_use.set(reader.in_use.into())
    }

    /// Waits until there is an Individual Number Card on a reader, whose name has the text `reader` in it where that is not
    /// empty, and takes it; `wait_ms` 0 takes one look. `flags` as for `kaigo_card_open`. When the time is over, what stood
    /// in the way: `KAIGO_E_CARD_NO_READER`, `_NO_CARD`, `_NOT_THIS_CARD`, `_IN_USE` and others.
    twin kaigo_card_readers_find_utf8 / kaigo_card_readers_find_utf16(
        readers: handle kaigo_card_readers, reader, reader_len: str, wait_ms: val u64, flags: val u32,
        card: new kaigo_card
    ) {
        let wanted = (!reader.is_empty()).then_some(&*reader);
        let channel = readers.0.find(wanted, Duration::from_millis(wait_ms))?;
        card.give(OpenCard::open(Box::new(channel), flags)?)
    }

    /// Ends a wait for a card or an event that goes on in another thread with `KAIGO_E_CANCELLED`; or the next one, when none
    /// is going on.
    call kaigo_card_readers_cancel(readers: handle kaigo_card_readers) {
        readers.0.cancel();
        Ok(())
    }

    /// What happens at the readers from now on. Readers and cards that are there already are told first.
    call kaigo_card_readers_watch(readers: handle kaigo_card_readers, watch: new kaigo_card_watch) {
        watch.give(Events { watch: readers.0.watch(), reader: String::new() })
    }

    /// The next event, one of `KAIGO_EVENT_`, waited for as long as told; `kaigo_card_watch_reader_utf8` says at which reader.
    call kaigo_card_watch_next(watch: alone kaigo_card_watch, wait_ms: val u64, event: out u32) {
        let found = watch.watch.next(Duration::from_millis(wait_ms))?;
        let (number, reader) = found.map_or((KAIGO_EVENT_NONE, String::new()), event_of);
        watch.reader = reader;
        event.set(number)
    }

    /// The reader of the last event; empty where there was none.
    text kaigo_card_watch_reader_utf8 / kaigo_card_watch_reader_utf16
        / kaigo_card_watch_reader_view_utf8 / kaigo_card_watch_reader_view_utf16
        of watch: kaigo_card_watch [] {
        Cow::Borrowed(&watch.reader)
    }
}
