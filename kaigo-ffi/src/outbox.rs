//! `kaigo_outbox`: units that are queued once and sent exactly once; and `kaigo_outbox_entries`.

use std::borrow::Cow;
use std::ffi::{c_char, c_void};
use std::path::Path;

use kaigo_core::outbox::{Entry, Outbox as CoreOutbox, State, UnitId};
use kaigo_core::platform::Package;

use crate::argument::at;
use crate::error::Fail;
use crate::platform::kaigo_session;
use crate::source::{Progress, kaigo_progress_fn};
use crate::status::{KAIGO_E_NOT_FOUND, KAIGO_E_NUMBER};
use crate::table::{constants, exports, handles};
use crate::unit::kaigo_unit;

/// What is behind a `kaigo_outbox`.
pub struct Outbox(CoreOutbox);

/// What is behind a `kaigo_outbox_entries`.
pub struct Entries(Vec<Entry>);

impl Entries {
    fn get(&self, index: u64) -> Result<&Entry, Fail> {
        self.0.get(at(index)).ok_or_else(|| Fail::argument(KAIGO_E_NOT_FOUND, "index"))
    }
}

fn state_number(state: State) -> u32 {
    match state {
        State::Queued => KAIGO_OUTBOX_QUEUED,
        State::Sending => KAIGO_OUTBOX_SENDING,
        State::Sent => KAIGO_OUTBOX_SENT,
        State::Refused => KAIGO_OUTBOX_REFUSED,
        State::Unknown => KAIGO_OUTBOX_UNKNOWN,
        State::GivenUp => KAIGO_OUTBOX_GIVEN_UP,
    }
}

fn number(count: u64) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}

handles! { HANDLES;
    /// An outbox in a file: units of one office on their way. Any number of threads may use one at once, and any number of
    /// programs may open one file.
    kaigo_outbox = Outbox, 0x4B4F_5442, kaigo_outbox_free;
    /// What stood in an outbox at one moment, in the order in which it was queued. It does not change; any thread may use
    /// it, several at once.
    kaigo_outbox_entries = Entries, 0x4B4F_454E, kaigo_outbox_entries_free;
}

constants! { CONSTANTS;
    /// A unit in an outbox waits for its turn; the platform certainly has not taken it.
    KAIGO_OUTBOX_QUEUED: u32 = 1;
    /// A unit in an outbox is on its way; where the program that was sending ended, until somebody sends again.
    KAIGO_OUTBOX_SENDING: u32 = 2;
    /// The platform took a unit of an outbox, whose files are no longer kept.
    KAIGO_OUTBOX_SENT: u32 = 3;
    /// The platform did not take a unit of an outbox. What is behind it for the same destination waits until it is queued
    /// again or given up.
    KAIGO_OUTBOX_REFUSED: u32 = 4;
    /// No answer came, so the platform may have taken a unit of an outbox. It is sent again under the same key.
    KAIGO_OUTBOX_UNKNOWN: u32 = 5;
    /// Somebody said that a unit of an outbox is not to be sent. Its files are no longer kept.
    KAIGO_OUTBOX_GIVEN_UP: u32 = 6;

    /// Of an entry: the name of its state, such as `queued`.
    KAIGO_ENTRY_STATE_NAME: u32 = 1;
    /// Of an entry: the office that is to receive it.
    KAIGO_ENTRY_RECEIVER_OFFICE: u32 = 2;
    /// Of an entry: the service type under which it is received.
    KAIGO_ENTRY_RECEIVER_TYPE: u32 = 3;
    /// Of an entry: the key that it travels under.
    KAIGO_ENTRY_KEY: u32 = 4;
    /// Of an entry: the platform's name for the transfer; empty before it is sent.
    KAIGO_ENTRY_TRANSFER: u32 = 5;
    /// Of an entry: the stable code of what the last attempt said that failed; empty where there is none.
    KAIGO_ENTRY_REASON_CODE: u32 = 6;
    /// Of an entry: the same as a message in Japanese.
    KAIGO_ENTRY_REASON_JA: u32 = 7;
    /// Of an entry: the same as a message in English.
    KAIGO_ENTRY_REASON_EN: u32 = 8;
    /// Of an entry: its number in the outbox.
    KAIGO_ENTRY_ID: u32 = 9;
    /// Of an entry: what has become of it, one of `KAIGO_OUTBOX_`.
    KAIGO_ENTRY_STATE: u32 = 10;
    /// Of an entry: how often it was tried.
    KAIGO_ENTRY_ATTEMPTS: u32 = 11;
    /// Of an entry: the sum of the files' lengths in bytes.
    KAIGO_ENTRY_BYTES: u32 = 12;
    /// Of an entry: how many files it has.
    KAIGO_ENTRY_FILES: u32 = 13;
    /// Of an entry: when it was queued, in seconds since 1970 UTC.
    KAIGO_ENTRY_QUEUED_AT: u32 = 14;
    /// Of an entry: when it was tried last, in seconds since 1970 UTC; -1 before.
    KAIGO_ENTRY_TRIED_AT: u32 = 15;
    /// Of an entry: when the platform accepted it, in seconds since 1970 UTC; -1 before.
    KAIGO_ENTRY_ACCEPTED_AT: u32 = 16;
}

exports! { EXPORTS;
    /// Opens the outbox in a file of a local disk, and makes it when there is none; the folder must be there. The file holds
    /// what is to be sent, not encrypted, and is its owner's alone where the system knows such. Nothing else may open it.
    twin kaigo_outbox_open_utf8 / kaigo_outbox_open_utf16(path, path_len: str, outbox: new kaigo_outbox) {
        outbox.give(Outbox(CoreOutbox::open(Path::new(&*path))?))
    }

    /// Queues a unit for the office that its file names say, behind all others to the same office and service type. When the
    /// call returns it is stored: neither the end of the program nor of the power loses it. `id` names it from then on.
    call kaigo_outbox_enqueue(outbox: handle kaigo_outbox, unit: handle kaigo_unit, id: out u64) {
        let package = Package::try_from(unit.get()?)?;
        id.set(outbox.0.enqueue(&package)?.number())
    }

    /// Sends all that is due: of each destination the first unit, then the next, until one fails; each exactly once as far as
    /// the receiver can see. What fails is tried again by the next call; call it every few minutes, from one place:
    /// `KAIGO_E_OUTBOX_IN_USE` while another thread or program sends. After `KAIGO_E_SESSION_EXPIRED` log in, and call it
    /// again. Whatever the status, what was sent is stored and the rest still waits. `sent`, `refused` and `again` are how many
    /// units the platform took, how many it refused, and how many the next call tries again; 0 when the call fails. Progress,
    /// told to a function that may be NULL, is in units.
    call kaigo_outbox_send_due(
        outbox: handle kaigo_outbox, session: handle kaigo_session, progress: val kaigo_progress_fn, user: user,
        sent: out u64, refused: out u64, again: out u64
    ) {
        let session = session.get()?;
        let run = outbox.0.send_due(|| Ok(session), &Progress(progress, user).into())?;
        sent.set(run.sent)?;
        refused.set(run.refused)?;
        again.set(run.again)
    }

    /// Says that a unit is not to be sent, be it queued, refused or unknown, and wipes its files. One that is unknown may have
    /// arrived. `KAIGO_E_OUTBOX_STATE` while it is on its way, and when it was sent or given up.
    call kaigo_outbox_give_up(outbox: handle kaigo_outbox, id: val u64) {
        Ok(outbox.0.give_up(UnitId::new(id))?)
    }

    /// Queues a refused unit again, as it is and in its old place, under a new key. `KAIGO_E_OUTBOX_STATE` when it is not
    /// refused.
    call kaigo_outbox_requeue(outbox: handle kaigo_outbox, id: val u64) {
        Ok(outbox.0.requeue(UnitId::new(id))?)
    }

    /// Takes a unit that was sent or given up off the list. `KAIGO_E_OUTBOX_STATE` when it is neither.
    call kaigo_outbox_forget(outbox: handle kaigo_outbox, id: val u64) {
        Ok(outbox.0.forget(UnitId::new(id))?)
    }

    /// All that stands in an outbox now.
    call kaigo_outbox_list(outbox: handle kaigo_outbox, entries: new kaigo_outbox_entries) {
        entries.give(Entries(outbox.0.entries()?))
    }

    /// How many entries there are.
    call kaigo_outbox_entries_count(entries: handle kaigo_outbox_entries, count: out u64) {
        count.set(entries.0.len() as u64)
    }

    /// A text of the entry at an index, from 0: `KAIGO_ENTRY_STATE_NAME` to `KAIGO_ENTRY_REASON_EN`.
    text kaigo_outbox_entries_text_utf8 / kaigo_outbox_entries_text_utf16
        / kaigo_outbox_entries_text_view_utf8 / kaigo_outbox_entries_text_view_utf16
        of entries: kaigo_outbox_entries [index: u64, what: u32] {
        let entry = entries.get(index)?;
        let reason = entry.reason.as_ref();
        Cow::Borrowed(match what {
            KAIGO_ENTRY_STATE_NAME => entry.state.name(),
            KAIGO_ENTRY_RECEIVER_OFFICE => entry.receiver_office.as_str(),
            KAIGO_ENTRY_RECEIVER_TYPE => entry.receiver_type.as_str(),
            KAIGO_ENTRY_KEY => entry.key.as_str(),
            KAIGO_ENTRY_TRANSFER => entry.transfer.as_ref().map_or("", |transfer| transfer.as_str()),
            KAIGO_ENTRY_REASON_CODE => reason.map_or("", |reason| &reason.code),
            KAIGO_ENTRY_REASON_JA => reason.map_or("", |reason| &reason.message_ja),
            KAIGO_ENTRY_REASON_EN => reason.map_or("", |reason| &reason.message_en),
            _ => return Err(Fail::argument(KAIGO_E_NUMBER, "what")),
        })
    }

    /// A number of the entry at an index, from 0: `KAIGO_ENTRY_ID` to `KAIGO_ENTRY_ACCEPTED_AT`.
    call kaigo_outbox_entries_number(
        entries: handle kaigo_outbox_entries, index: val u64, what: val u32, value: out i64
    ) {
        let entry = entries.get(index)?;
        value.set(match what {
            KAIGO_ENTRY_ID => number(entry.id.number()),
            KAIGO_ENTRY_STATE => state_number(entry.state).into(),
            KAIGO_ENTRY_ATTEMPTS => number(entry.attempts),
            KAIGO_ENTRY_BYTES => number(entry.bytes),
            KAIGO_ENTRY_FILES => number(entry.file_names.len() as u64),
            KAIGO_ENTRY_QUEUED_AT => entry.queued_at.as_second(),
            KAIGO_ENTRY_TRIED_AT => entry.tried_at.map_or(-1, |at| at.as_second()),
            KAIGO_ENTRY_ACCEPTED_AT => entry.accepted_at.map_or(-1, |at| at.as_second()),
            _ => return Err(Fail::argument(KAIGO_E_NUMBER, "what")),
        })
    }

    /// The name of a file of the entry at an index, both from 0.
    text kaigo_outbox_entries_file_name_utf8 / kaigo_outbox_entries_file_name_utf16
        / kaigo_outbox_entries_file_name_view_utf8 / kaigo_outbox_entries_file_name_view_utf16
        of entries: kaigo_outbox_entries [index: u64, file: u64] {
        let names = &entries.get(index)?.file_names;
        Cow::Borrowed(names.get(at(file)).ok_or_else(|| Fail::argument(KAIGO_E_NOT_FOUND, "file"))?)
    }
}
