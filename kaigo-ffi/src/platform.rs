//! The transfer client: `kaigo_platform`, `kaigo_session`, `kaigo_transfers`, `kaigo_received`.

use std::borrow::Cow;
use std::ffi::{c_char, c_void};
use std::time::Duration;

use kaigo_core::platform::{
    Cursor, IdempotencyKey, NamedFile, Package, Page, Platform, QUESTIONS, Received, ReceivedFilter, Retry,
    Session, Transfer, TransferError, TransferId, View,
};

use crate::argument::at;
use crate::buffer::{Bytes, kaigo_buffer};
use crate::credential::{kaigo_certificates, kaigo_credential};
use crate::error::{Fail, to_json as listed};
use crate::source::{Progress, kaigo_progress_fn};
use crate::status::{KAIGO_E_BUFFER, KAIGO_E_KIND, KAIGO_E_NOT_FOUND, KAIGO_E_NUMBER};
use crate::table::{constants, exports, handles, structs};
use crate::unit::{SendingUnit, kaigo_unit};

/// What is behind a `kaigo_platform`.
pub struct Client(Platform);

/// What is behind a `kaigo_session`; `None` once it is logged out.
pub struct Login(Option<Session>);

/// What is behind a `kaigo_transfers`.
pub struct Transfers {
    items: Vec<Transfer>,
    next: Option<Cursor>,
}

/// What is behind a `kaigo_received`: what a transfer brought, or without one the files of a plan.
pub struct Fetched {
    transfer: Option<Transfer>,
    files: Vec<NamedFile>,
}

impl Login {
    pub(crate) fn get(&self) -> Result<&Session, Fail> {
        self.0.as_ref().ok_or_else(|| TransferError::SessionExpired.into())
    }
}

impl Transfers {
    fn one(transfer: Transfer) -> Self {
        Self { items: vec![transfer], next: None }
    }

    fn get(&self, index: u64) -> Result<&Transfer, Fail> {
        self.items.get(at(index)).ok_or_else(|| Fail::argument(KAIGO_E_NOT_FOUND, "index"))
    }
}

impl From<Page<Transfer>> for Transfers {
    fn from(page: Page<Transfer>) -> Self {
        Self { items: page.items, next: page.next }
    }
}

impl Fetched {
    /// The files of a plan.
    pub(crate) fn of_plan(files: Vec<NamedFile>) -> Self {
        Self { transfer: None, files }
    }

    fn file(&self, index: u64) -> Result<&NamedFile, Fail> {
        self.files.get(at(index)).ok_or_else(|| Fail::argument(KAIGO_E_NOT_FOUND, "index"))
    }
}

impl From<Received> for Fetched {
    fn from(Received { transfer, files, .. }: Received) -> Self {
        Self { transfer: Some(transfer), files }
    }
}

fn filter_of(number: u32) -> Result<ReceivedFilter, Fail> {
    match number {
        KAIGO_RECEIVED_ALL => Ok(ReceivedFilter::All),
        KAIGO_RECEIVED_NOT_IMPORTED => Ok(ReceivedFilter::NotImported),
        KAIGO_RECEIVED_IMPORTED => Ok(ReceivedFilter::Imported),
        _ => Err(Fail::argument(KAIGO_E_NUMBER, "filter")),
    }
}

/// The place behind a page; fails when it is the last one.
fn behind(page: Option<&Transfers>) -> Result<Option<&Cursor>, Fail> {
    match page {
        None => Ok(None),
        Some(Transfers { next: Some(next), .. }) => Ok(Some(next)),
        Some(_) => Err(Fail::argument(KAIGO_E_NOT_FOUND, "after")),
    }
}

structs! { STRUCTS;
    /// How a client is set up. Zero everywhere but in `struct_size` is the default. Nothing loosens TLS 1.3 or the checks
    /// of certificates.
    struct kaigo_platform_options: 64 {
        /// The size of this struct.
        struct_size: u32,
        /// How often a call that may be repeated is made at most; 0: 4.
        attempts: u32,
        /// The pause after the first attempt in milliseconds, doubled each time; 0: 500.
        first_pause_ms: u64,
        /// The longest pause in milliseconds; 0: 10,000.
        longest_pause_ms: u64,
        /// How long making a connection may take in milliseconds; 0: 10,000.
        connect_timeout_ms: u64,
        /// How long one call may take as a whole in milliseconds; 0: 60,000.
        call_timeout_ms: u64,
        /// The largest answer that is read, in bytes; 0: 64 MiB.
        max_response_bytes: u64,
        /// Told how far each call is, in bytes both ways, of a total that is not known; and asked every tenth of a second
        /// while nothing comes. 600 (`KAIGO_E_CANCELLED`) then says, by `KAIGO_ERROR_SENT`, whether the call may have been
        /// carried out. Several threads call it at once where several make calls; it must be usable until the platform and
        /// all its sessions are freed. May be NULL.
        progress: kaigo_progress_fn,
        /// Handed to `progress`.
        user: *mut c_void,
    }
}

handles! { HANDLES;
    /// The platform, as one office reaches it. It does not change; any thread may use it, several at once.
    kaigo_platform = Client, 0x4B50_4C41, kaigo_platform_free;
    /// A login. Any number of threads may use one at once; it renews its token once for all of them. Logging out, and
    /// freeing it, must be alone with it. Freeing it does not log out.
    kaigo_session = Login, 0x4B53_4553, kaigo_session_free;
    /// Transfers, oldest first: a page of a list, or one. They do not change; any thread may use them, several at once.
    kaigo_transfers = Transfers, 0x4B54_5246, kaigo_transfers_free;
    /// A received transfer, or a registered plan, with its files, each checked against its digest. It does not change; any
    /// thread may use it, several at once.
    kaigo_received = Fetched, 0x4B52_4356, kaigo_received_free;
}

constants! { CONSTANTS;
    /// All received transfers.
    KAIGO_RECEIVED_ALL: u32 = 0;
    /// Received transfers not yet marked imported.
    KAIGO_RECEIVED_NOT_IMPORTED: u32 = 1;
    /// Received transfers marked imported.
    KAIGO_RECEIVED_IMPORTED: u32 = 2;

    /// Of a transfer: the platform's name for it.
    KAIGO_TRANSFER_ID: u32 = 1;
    /// Of a transfer: the office that sent it.
    KAIGO_TRANSFER_SENDER_OFFICE: u32 = 2;
    /// Of a transfer: the service type under which it was sent.
    KAIGO_TRANSFER_SENDER_TYPE: u32 = 3;
    /// Of a transfer: the office that receives it.
    KAIGO_TRANSFER_RECEIVER_OFFICE: u32 = 4;
    /// Of a transfer: the service type under which it is received.
    KAIGO_TRANSFER_RECEIVER_TYPE: u32 = 5;
    /// Of a transfer: the sequence number of the unit.
    KAIGO_TRANSFER_SEQUENCE: u32 = 6;
    /// Of a transfer: the sum of the files' lengths in bytes.
    KAIGO_TRANSFER_BYTES: u32 = 7;
    /// Of a transfer: when the platform accepted it, in seconds since 1970 UTC.
    KAIGO_TRANSFER_ACCEPTED_AT: u32 = 8;
    /// Of a transfer: when the receiver marked it imported, in seconds since 1970 UTC; -1 before.
    KAIGO_TRANSFER_IMPORTED_AT: u32 = 9;
    /// Of a transfer: how many files it has.
    KAIGO_TRANSFER_FILES: u32 = 10;

    /// How many units an idempotency key has as text.
    KAIGO_KEY_LENGTH: u32 = 32;
}

exports! { EXPORTS;
    /// Sets a client up for an address (`https://host[:port][/path]`), the credential of an office, and the certificates
    /// of the authorities that the platform's own may come from. No connection is made yet.
    twin kaigo_platform_new_utf8 / kaigo_platform_new_utf16(
        address, address_len: str, credential: handle kaigo_credential, roots: handle kaigo_certificates,
        options: options kaigo_platform_options, platform: new kaigo_platform
    ) {
        let given = |milliseconds: u64| (milliseconds > 0).then(|| Duration::from_millis(milliseconds));
        let mut retry = Retry::default();
        if options.attempts > 0 {
            retry.attempts = options.attempts;
        }
        retry.first_pause = given(options.first_pause_ms).unwrap_or(retry.first_pause);
        retry.longest_pause = given(options.longest_pause_ms).unwrap_or(retry.longest_pause);
        let mut builder = Platform::builder(&address, credential.0.clone())
            .roots(roots.0.clone())
            .retry(retry)
            .watch(Progress(options.progress, options.user).into());
        if let Some(limit) = given(options.connect_timeout_ms) {
            builder = builder.connect_timeout(limit);
        }
        if let Some(limit) = given(options.call_timeout_ms) {
            builder = builder.call_timeout(limit);
        }
        if options.max_response_bytes > 0 {
            builder = builder.max_response_bytes(options.max_response_bytes);
        }
        platform.give(Client(builder.build()?))
    }

    /// Logs in with the certificate, a user ID and a password. Never repeated by itself: repeated failures lock the
    /// account. The password is not kept.
    twin kaigo_session_login_utf8 / kaigo_session_login_utf16(
        platform: handle kaigo_platform, user_id, user_id_len: str, password, password_len: secret,
        session: new kaigo_session
    ) {
        session.give(Login(Some(platform.0.login(&user_id, &password)?)))
    }

    /// Logs out. The session can only be freed afterwards, whatever the status.
    call kaigo_session_logout(session: alone kaigo_session) {
        match session.0.take() {
            Some(login) => Ok(login.logout()?),
            None => Ok(()),
        }
    }

    /// The office that the account belongs to.
    text kaigo_session_office_utf8 / kaigo_session_office_utf16
        / kaigo_session_office_view_utf8 / kaigo_session_office_view_utf16
        of session: kaigo_session [] {
        Cow::Owned(session.get()?.office().to_string())
    }

    /// A page of what this office sent, oldest first: the first, with `after` NULL, or the one behind the page `after`,
    /// where `kaigo_transfers_more` says that there is one.
    call kaigo_session_sent(
        session: handle kaigo_session, after: handle_or_null kaigo_transfers, page: new kaigo_transfers
    ) {
        page.give(session.get()?.list_sent(behind(after.as_deref())?)?.into())
    }

    /// A page of what this office received, oldest first; `filter` is one of `KAIGO_RECEIVED_`. Pages as for
    /// `kaigo_session_sent`. Marking a transfer imported takes it off a list of those that are not: read the whole list
    /// first.
    call kaigo_session_received(
        session: handle kaigo_session, filter: val u32, after: handle_or_null kaigo_transfers,
        page: new kaigo_transfers
    ) {
        page.give(session.get()?.list_received(filter_of(filter)?, behind(after.as_deref())?)?.into())
    }

    /// Makes a key that names one sending: random, `KAIGO_KEY_LENGTH` units. The buffer must have room for it.
    twin kaigo_key_new_utf8 / kaigo_key_new_utf16(buffer, capacity, needed: copy) {
        if !buffer.has_room(KAIGO_KEY_LENGTH as usize) {
            return Err(Fail::argument(KAIGO_E_BUFFER, "buffer"));
        }
        buffer.text(IdempotencyKey::random()?.as_str())
    }

    /// Sends a unit to the office that its file names say, under a key of `kaigo_key_new_utf8`: however often it is called
    /// with the same key and unit, the platform carries it out once. Keep the key until the answer is there. With an empty
    /// key one is made for this call. `sent` holds the transfer; it may be NULL.
    twin kaigo_session_send_utf8 / kaigo_session_send_utf16(
        session: handle kaigo_session, unit: handle kaigo_unit, key, key_len: str, sent: new_or_null kaigo_transfers
    ) {
        let package = Package::try_from(unit.get()?)?;
        let session = session.get()?;
        sent.give(Transfers::one(match &*key {
            "" => session.send(&package)?,
            key => session.send_with_key(&package, &key.parse()?)?,
        }))
    }

    /// Fetches a received transfer with its files.
    twin kaigo_session_fetch_utf8 / kaigo_session_fetch_utf16(
        session: handle kaigo_session, id, id_len: str, received: new kaigo_received
    ) {
        received.give(session.get()?.fetch(&id.parse::<TransferId>()?)?.into())
    }

    /// Marks a received transfer imported; repeating it changes nothing. `imported` holds the transfer; it may be NULL.
    twin kaigo_session_mark_imported_utf8 / kaigo_session_mark_imported_utf16(
        session: handle kaigo_session, id, id_len: str, imported: new_or_null kaigo_transfers
    ) {
        imported.give(Transfers::one(session.get()?.mark_imported(&id.parse::<TransferId>()?)?))
    }

    /// Asks the WEB service by the name of a call, as `kaigo_session_questions` lists them. The question is a JSON object:
    /// `insurer` and `insured` (but for `list_users`, `register_person` and `file_notification`), `id` for `plan_state`, and
    /// `document` for what is registered, filed or recorded. The answer is a document in its JSON form, or an array of them.
    /// Provisional.
    twin kaigo_session_ask_utf8 / kaigo_session_ask_utf16(
        session: handle kaigo_session, name, name_len: str, question, question_len: bytes, answer: new kaigo_buffer
    ) {
        answer.give(Bytes(session.get()?.ask_json(&name, question)?))
    }

    /// The names that `kaigo_session_ask_utf8` takes, as a JSON array.
    call kaigo_session_questions(json: new kaigo_buffer) {
        let views = View::ALL.iter().map(|view| view.name());
        let names: Vec<&str> = views.chain(QUESTIONS.iter().copied()).collect();
        json.give(Bytes(listed(&names)?))
    }

    /// How many transfers there are.
    call kaigo_transfers_count(transfers: handle kaigo_transfers, count: out u64) {
        count.set(transfers.items.len() as u64)
    }

    /// Whether another page follows: 1 or 0.
    call kaigo_transfers_more(transfers: handle kaigo_transfers, more: out u32) {
        more.set(transfers.next.is_some().into())
    }

    /// A text of the transfer at an index, from 0: `KAIGO_TRANSFER_ID` to `KAIGO_TRANSFER_SEQUENCE`.
    text kaigo_transfers_text_utf8 / kaigo_transfers_text_utf16
        / kaigo_transfers_text_view_utf8 / kaigo_transfers_text_view_utf16
        of transfers: kaigo_transfers [index: u64, what: u32] {
        let transfer = transfers.get(index)?;
        Cow::Borrowed(match what {
            KAIGO_TRANSFER_ID => transfer.id.as_str(),
            KAIGO_TRANSFER_SENDER_OFFICE => transfer.sender_office.as_str(),
            KAIGO_TRANSFER_SENDER_TYPE => transfer.sender_type.as_str(),
            KAIGO_TRANSFER_RECEIVER_OFFICE => transfer.receiver_office.as_str(),
            KAIGO_TRANSFER_RECEIVER_TYPE => transfer.receiver_type.as_str(),
            KAIGO_TRANSFER_SEQUENCE => &transfer.sequence,
            _ => return Err(Fail::argument(KAIGO_E_NUMBER, "what")),
        })
    }

    /// A number of the transfer at an index, from 0: `KAIGO_TRANSFER_BYTES` to `KAIGO_TRANSFER_FILES`.
    call kaigo_transfers_number(transfers: handle kaigo_transfers, index: val u64, what: val u32, value: out i64) {
        let transfer = transfers.get(index)?;
        value.set(match what {
            KAIGO_TRANSFER_BYTES => i64::try_from(transfer.bytes).unwrap_or(i64::MAX),
            KAIGO_TRANSFER_ACCEPTED_AT => transfer.accepted_at.as_second(),
            KAIGO_TRANSFER_IMPORTED_AT => transfer.imported_at.map_or(-1, |at| at.as_second()),
            KAIGO_TRANSFER_FILES => i64::try_from(transfer.file_names.len()).unwrap_or(i64::MAX),
            _ => return Err(Fail::argument(KAIGO_E_NUMBER, "what")),
        })
    }

    /// The name of a file of the transfer at an index, both from 0.
    text kaigo_transfers_file_name_utf8 / kaigo_transfers_file_name_utf16
        / kaigo_transfers_file_name_view_utf8 / kaigo_transfers_file_name_view_utf16
        of transfers: kaigo_transfers [index: u64, file: u64] {
        let names = &transfers.get(index)?.file_names;
        Cow::Borrowed(names.get(at(file)).ok_or_else(|| Fail::argument(KAIGO_E_NOT_FOUND, "file"))?)
    }

    /// What a received transfer is; `KAIGO_E_KIND` for the files of a registered plan.
    call kaigo_received_transfer(received: handle kaigo_received, transfer: new kaigo_transfers) {
        let found = received.transfer.clone().ok_or_else(|| Fail::argument(KAIGO_E_KIND, "received"))?;
        transfer.give(Transfers::one(found))
    }

    /// The files as a unit; `KAIGO_E_KIND` when a name is not in the form of the standard.
    call kaigo_received_unit(received: handle kaigo_received, unit: new kaigo_unit) {
        let found = NamedFile::unit(&received.files).ok_or_else(|| Fail::argument(KAIGO_E_KIND, "received"))?;
        unit.give(SendingUnit(Some(found)))
    }

    /// How many files there are.
    call kaigo_received_files(received: handle kaigo_received, count: out u64) {
        count.set(received.files.len() as u64)
    }

    /// The name of the file at an index, from 0: a plain name, never a path.
    text kaigo_received_file_name_utf8 / kaigo_received_file_name_utf16
        / kaigo_received_file_name_view_utf8 / kaigo_received_file_name_view_utf16
        of received: kaigo_received [index: u64] {
        Cow::Borrowed(received.file(index)?.name())
    }

    /// A view of the bytes of the file at an index, from 0, until the handle is freed.
    call kaigo_received_file_bytes(received: handle kaigo_received, index: val u64, data, data_len: out_bytes) {
        data.elements(received.file(index)?.bytes())
    }
}
