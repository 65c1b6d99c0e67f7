//! The numbers of statuses. They are frozen: a number that is retired is never used again.

use crate::table::constants;

/// Declares the statuses that stand for an error of the core, beside its code.
macro_rules! statuses {
    ($list:ident, $of:ident; $( $(#[doc = $doc:literal])+ $name:ident: i32 = $number:literal $($code:literal)*; )*) => {
        constants! { $list; $( $(#[doc = $doc])+ $name: i32 = $number; )* }

        /// The status of an error code of the core. A code without a number of its own has that of its group.
        pub(crate) fn $of(code: &str) -> i32 {
            match code {
                $( $($code => $name,)* )*
                _ if code.starts_with("json.") => KAIGO_E_JSON,
                _ if code.starts_with("table.") => KAIGO_E_TABLE,
                _ if code.starts_with("credential.") => KAIGO_E_CREDENTIAL,
                _ if code.starts_with("transfer.") => KAIGO_E_TRANSFER,
                _ if code.starts_with("card.") => KAIGO_E_CARD,
                _ if code.starts_with("outbox.") => KAIGO_E_OUTBOX,
                _ => KAIGO_E_OTHER,
            }
        }
    };
}

statuses! { STATUSES, of_code;
    /// Done.
    KAIGO_OK: i32 = 0;

    /// A pointer that is needed is NULL.
    KAIGO_E_NULL: i32 = 100;
    /// A pointer is not aligned as its type needs.
    KAIGO_E_MISALIGNED: i32 = 101;
    /// A length is greater than any object can be, or a text longer than 2^28 units.
    KAIGO_E_LENGTH: i32 = 102;
    /// A handle is of another type, or was freed (certain in debug builds only: never use a handle after freeing it).
    KAIGO_E_HANDLE: i32 = 103;
    /// A text is not valid UTF-8 or UTF-16.
    KAIGO_E_TEXT: i32 = 104;
    /// A number is none of those that the parameter takes.
    KAIGO_E_NUMBER: i32 = 105;
    /// An options struct has an impossible `struct_size`, or members that this library does not know are not zero.
    KAIGO_E_OPTIONS: i32 = 106;
    /// The buffer is too small; `needed` says how much is needed.
    KAIGO_E_BUFFER: i32 = 107;
    /// Another thread uses the handle in a way that excludes this call.
    KAIGO_E_BUSY: i32 = 108;
    /// There is no such row, field, file, finding or other element.
    KAIGO_E_NOT_FOUND: i32 = 109 "no_field" "no_row" "no_name" "outbox.no-unit"
        "draft.visit" "draft.service";
    /// The value, or the document, is not of the kind that the call is for.
    KAIGO_E_KIND: i32 = 110 "unknown_kind";
    /// The library was built without what the call is for; see `kaigo_features`.
    KAIGO_E_NOT_BUILT_IN: i32 = 111;

    /// A file or stream cannot be read or written.
    KAIGO_E_IO: i32 = 200 "io";
    /// A text is not in the form of the number or code that it should be.
    KAIGO_E_IDENT: i32 = 201 "ident";
    /// Characters cannot be written under the policy chosen; `kaigo_error_report` lists them.
    KAIGO_E_UNWRITABLE: i32 = 202 "unwritable";
    /// A ZIP archive is damaged, encrypted, or of a kind that is not read.
    KAIGO_E_ZIP: i32 = 203 "zip";
    /// There are more files or bytes than the limits allow.
    KAIGO_E_TOO_LARGE: i32 = 204 "too_large";
    /// A file name would leave its folder, or stands twice.
    KAIGO_E_UNSAFE_NAME: i32 = 205 "unsafe_name";
    /// A sequence store holds something else than a sequence number.
    KAIGO_E_SEQUENCE_STORE: i32 = 206 "sequence_store";
    /// A file name is not in the form of the standard.
    KAIGO_E_FILE_NAME: i32 = 207;
    /// The conversion would lose something, and was not to; `kaigo_error_report` lists each loss.
    KAIGO_E_LOSSY: i32 = 208 "lossy";
    /// The manifest of a batch is of other work.
    KAIGO_E_OTHER_MANIFEST: i32 = 209 "other_manifest";
    /// An error of the core that this header has no number for; see its code.
    KAIGO_E_OTHER: i32 = 299;

    /// A JSON document cannot be read, for a reason that this header has no number for.
    KAIGO_E_JSON: i32 = 300;
    /// A JSON document is not UTF-8.
    KAIGO_E_JSON_UTF8: i32 = 301 "json.utf8";
    /// A document is not JSON.
    KAIGO_E_JSON_SYNTAX: i32 = 302 "json.syntax";
    /// A JSON document ends too early.
    KAIGO_E_JSON_CUT_OFF: i32 = 303 "json.cut_off";
    /// A JSON document is not made of records.
    KAIGO_E_JSON_SHAPE: i32 = 304 "json.shape";
    /// A JSON document is of another standard.
    KAIGO_E_JSON_STANDARD: i32 = 305 "json.standard";
    /// A JSON document is of no kind, or of another than asked for.
    KAIGO_E_JSON_KIND: i32 = 306 "json.kind";
    /// A JSON document lacks a member.
    KAIGO_E_JSON_MISSING: i32 = 307 "json.missing";
    /// A member of a JSON document is given twice.
    KAIGO_E_JSON_DUPLICATE: i32 = 308 "json.duplicate";

    /// A table cannot be made into records, for a reason that this header has no number for.
    KAIGO_E_TABLE: i32 = 350;
    /// The kind of a table's records is neither said nor in its schema.
    KAIGO_E_TABLE_KIND: i32 = 351 "table.kind";
    /// The records have no field of a column's name, or the column stands twice.
    KAIGO_E_TABLE_COLUMN: i32 = 352 "table.column";
    /// A column's type cannot be made into the field's.
    KAIGO_E_TABLE_TYPE: i32 = 353 "table.type";
    /// A value of a table cannot be written in its field.
    KAIGO_E_TABLE_VALUE: i32 = 354 "table.value";
    /// A stream of batches ended in an error, or the batches do not fit together.
    KAIGO_E_TABLE_STREAM: i32 = 355 "table.stream";

    /// A certificate or key cannot be used, for a reason that this header has no number for.
    KAIGO_E_CREDENTIAL: i32 = 400;
    /// The password does not open the file.
    KAIGO_E_PASSWORD: i32 = 401 "credential.wrong-password";
    /// A certificate or key is damaged.
    KAIGO_E_CREDENTIAL_DAMAGED: i32 = 402 "credential.damaged";
    /// A certificate or key is written in a way that is not read.
    KAIGO_E_CREDENTIAL_UNSUPPORTED: i32 = 403 "credential.unsupported";
    /// There is no private key.
    KAIGO_E_NO_KEY: i32 = 404 "credential.no-key";
    /// There is no certificate.
    KAIGO_E_NO_CERTIFICATE: i32 = 405 "credential.no-certificate";
    /// There are several private keys.
    KAIGO_E_SEVERAL_KEYS: i32 = 406 "credential.several-keys";
    /// The private key belongs to none of the certificates.
    KAIGO_E_KEY_MISMATCH: i32 = 407 "credential.key-mismatch";
    /// The certificate cannot be used yet.
    KAIGO_E_NOT_YET_VALID: i32 = 408 "credential.not-yet-valid";
    /// The certificate has ended.
    KAIGO_E_EXPIRED: i32 = 409 "credential.expired";
    /// The certificate does not come from an authority that the caller trusts.
    KAIGO_E_UNTRUSTED: i32 = 410 "credential.untrusted";
    /// The certificate is not issued for this use.
    KAIGO_E_WRONG_USE: i32 = 411 "credential.wrong-use";
    /// The PKCS#11 module cannot be loaded.
    KAIGO_E_MODULE_UNUSABLE: i32 = 412 "credential.module-unusable";
    /// There is no token of this label or serial number.
    KAIGO_E_NO_TOKEN: i32 = 413 "credential.no-token";
    /// No certificate in the token or store is the one asked for.
    KAIGO_E_NO_SUCH_CERTIFICATE: i32 = 414 "credential.no-such-certificate";
    /// Several certificates in the token or store are what was asked for.
    KAIGO_E_SEVERAL_CERTIFICATES: i32 = 415 "credential.several-certificates";
    /// The token or store holds no private key for the certificate.
    KAIGO_E_NO_KEY_FOR_CERTIFICATE: i32 = 416 "credential.no-key-for-certificate";
    /// The PIN does not have a length that the token takes. It was not told.
    KAIGO_E_TOKEN_PIN_LENGTH: i32 = 417 "credential.pin-length";
    /// Few tries are left for the token's PIN, and the caller did not allow one to be spent. It was not told.
    KAIGO_E_TOKEN_TRIES_LOW: i32 = 418 "credential.pin-tries-low";
    /// The token's PIN is wrong. Ask the person again.
    KAIGO_E_TOKEN_WRONG_PIN: i32 = 419 "credential.wrong-pin";
    /// The token's PIN is locked.
    KAIGO_E_TOKEN_PIN_LOCKED: i32 = 420 "credential.pin-locked";
    /// The token was taken away, or lost its key. Load the credential anew.
    KAIGO_E_TOKEN_REMOVED: i32 = 421 "credential.token-removed";
    /// What holds the key failed otherwise.
    KAIGO_E_KEY_STORE_FAILED: i32 = 422 "credential.key-store-failed";
    /// Several tokens have this label.
    KAIGO_E_SEVERAL_TOKENS: i32 = 423 "credential.several-tokens";

    /// A call to the platform failed, for a reason that this header has no number for.
    KAIGO_E_TRANSFER: i32 = 500;
    /// The client is not set up in a way that may be used.
    KAIGO_E_CONFIG: i32 = 501 "transfer.config";
    /// What is to be sent is not of the right form; nothing was sent.
    KAIGO_E_PACKAGE: i32 = 502 "transfer.package";
    /// No connection could be made.
    KAIGO_E_CONNECT: i32 = 503 "transfer.connect";
    /// One of the two sides refused the TLS handshake.
    KAIGO_E_TLS_REFUSED: i32 = 504 "transfer.tls-refused";
    /// The deadline passed. See `KAIGO_ERROR_SENT`.
    KAIGO_E_TIMEOUT: i32 = 505 "transfer.timeout";
    /// The connection ended too early. See `KAIGO_ERROR_SENT`.
    KAIGO_E_CUT: i32 = 506 "transfer.cut";
    /// A system error of the platform: an HTTP status other than 200.
    KAIGO_E_SYSTEM: i32 = 507 "transfer.system";
    /// The receiving office is not known to the platform.
    KAIGO_E_UNKNOWN_OFFICE: i32 = 508 "transfer.unknown-office";
    /// The files are not one sending unit from this office to that one.
    KAIGO_E_NOT_A_UNIT: i32 = 509 "transfer.not-a-unit";
    /// There is no such transfer for this office.
    KAIGO_E_NO_TRANSFER: i32 = 510 "transfer.no-transfer";
    /// The key of a sending was used before with other content.
    KAIGO_E_KEY_REUSED: i32 = 511 "transfer.key-reused";
    /// A file arrived at the platform damaged.
    KAIGO_E_DIGEST_REFUSED: i32 = 512 "transfer.digest-refused";
    /// A business error of a code that this version does not know.
    KAIGO_E_BUSINESS: i32 = 513 "transfer.business";
    /// User ID, password and certificate do not belong together. Several failures lock the account.
    KAIGO_E_LOGIN_REFUSED: i32 = 514 "transfer.login-refused";
    /// The account is locked for a period. Do not try again at once.
    KAIGO_E_LOCKED: i32 = 515 "transfer.locked";
    /// The session has ended, or was logged out. Log in again.
    KAIGO_E_SESSION_EXPIRED: i32 = 516 "transfer.session-expired";
    /// The answer of the platform is not in the form of the wire profile.
    KAIGO_E_MALFORMED: i32 = 517 "transfer.malformed";
    /// The answer of the platform is larger than the limit.
    KAIGO_E_ANSWER_TOO_LARGE: i32 = 518 "transfer.too-large";
    /// A received file does not have the digest that it was sent with. Do not import it.
    KAIGO_E_DIGEST_MISMATCH: i32 = 519 "transfer.digest-mismatch";
    /// The received files are not those that the platform announced. Do not import them.
    KAIGO_E_CONTENT_MISMATCH: i32 = 520 "transfer.content-mismatch";
    /// The operating system gives no random numbers. Nothing was sent.
    KAIGO_E_NO_RANDOMNESS: i32 = 521 "transfer.no-randomness";
    /// The terminal is not registered for this office.
    KAIGO_E_UNKNOWN_TERMINAL: i32 = 522 "identity.unknown-terminal";
    /// There is no such challenge for this office and terminal, or it was used.
    KAIGO_E_NO_CHALLENGE: i32 = 523 "identity.no-challenge";
    /// The challenge has ended.
    KAIGO_E_CHALLENGE_ENDED: i32 = 524 "identity.challenge-ended";
    /// The signature is not one of the certificate's key over the challenge.
    KAIGO_E_IDENTITY_SIGNATURE: i32 = 525 "identity.card-signature";
    /// The certificate does not come from an authority of cards.
    KAIGO_E_IDENTITY_UNTRUSTED: i32 = 526 "identity.card-untrusted";
    /// The card's certificate has ended.
    KAIGO_E_IDENTITY_ENDED: i32 = 527 "identity.card-ended";
    /// The card's certificate was revoked.
    KAIGO_E_IDENTITY_REVOKED: i32 = 528 "identity.card-revoked";
    /// There is no such insured person.
    KAIGO_E_UNKNOWN_PERSON: i32 = 529 "identity.unknown-person";
    /// The wire profile does not offer that; it is done in the browser.
    KAIGO_E_NOT_OFFERED: i32 = 530 "transfer.not-offered";
    /// What was sent contradicts itself or what the platform knows.
    KAIGO_E_BAD_INPUT: i32 = 531 "platform.bad-input";
    /// The service type or the job type may not see or do this.
    KAIGO_E_NO_RIGHT: i32 = 532 "platform.no-right";
    /// The municipality has not begun yet.
    KAIGO_E_MUNICIPALITY_NOT_READY: i32 = 533 "platform.not-ready";
    /// The person's identity is not confirmed for this office.
    KAIGO_E_IDENTITY_NOT_CONFIRMED: i32 = 534 "platform.identity-not-confirmed";
    /// The viewing period is over.
    KAIGO_E_VIEWING_PERIOD_OVER: i32 = 535 "platform.viewing-period-over";
    /// The person has not consented.
    KAIGO_E_NO_CONSENT: i32 = 536 "platform.no-consent";
    /// The person's consent has ended.
    KAIGO_E_CONSENT_ENDED: i32 = 537 "platform.consent-ended";
    /// The platform has no such document of the person.
    KAIGO_E_NO_SUCH_DOCUMENT: i32 = 538 "platform.no-document";
    /// There is no such registered plan of the person.
    KAIGO_E_NO_PLAN: i32 = 539 "platform.no-plan";
    /// The person did not agree to the plan as it is.
    KAIGO_E_PLAN_NOT_AGREED: i32 = 540 "platform.plan-not-agreed";
    /// The check before filing found a mistake.
    KAIGO_E_FILING_STOPPED: i32 = 541 "platform.filing-stopped";

    /// A function of the caller asked to end the call.
    KAIGO_E_CANCELLED: i32 = 600 "cancelled" "card.cancelled" "transfer.cancelled";
    /// A function of the caller that gives bytes reported a failure, or more bytes than there was room for.
    KAIGO_E_CALLBACK: i32 = 601;

    /// A card could not be read, for a reason that this header has no number for.
    KAIGO_E_CARD: i32 = 700;
    /// The smart card service of the operating system does not run.
    KAIGO_E_CARD_NO_SERVICE: i32 = 701 "card.no-service";
    /// No card reader is connected.
    KAIGO_E_CARD_NO_READER: i32 = 702 "card.no-reader";
    /// There is no card on any reader.
    KAIGO_E_CARD_NO_CARD: i32 = 703 "card.no-card";
    /// The card is no Individual Number Card, or its certificates are not there.
    KAIGO_E_CARD_NOT_THIS_CARD: i32 = 704 "card.not-this-card";
    /// Another program holds the card.
    KAIGO_E_CARD_IN_USE: i32 = 705 "card.in-use";
    /// The card was taken away in the middle.
    KAIGO_E_CARD_REMOVED: i32 = 706 "card.removed";
    /// The connection to the card failed otherwise.
    KAIGO_E_CARD_CHANNEL: i32 = 707 "card.channel";
    /// A replayed transcript has another command at this place.
    KAIGO_E_CARD_MISMATCH: i32 = 708 "card.mismatch";
    /// A PIN does not have the form of its credential. Nothing was sent.
    KAIGO_E_CARD_PIN_FORM: i32 = 709 "card.pin-form";
    /// The PIN is wrong; `KAIGO_ERROR_TRIES_LEFT` says how many tries are left. Ask the person again.
    KAIGO_E_CARD_WRONG_PIN: i32 = 710 "card.wrong-pin";
    /// The credential is blocked.
    KAIGO_E_CARD_BLOCKED: i32 = 711 "card.blocked";
    /// One try is left, and the caller did not allow it to be spent. Nothing was sent.
    KAIGO_E_CARD_LAST_TRY: i32 = 712 "card.last-try";
    /// The PIN was sent, and no answer came. Read the tries left before asking for a PIN again.
    KAIGO_E_CARD_PIN_OUTCOME_UNKNOWN: i32 = 713 "card.pin-outcome-unknown";
    /// The PIN is for another credential than the one that this is read with.
    KAIGO_E_CARD_WRONG_PIN_KIND: i32 = 714 "card.wrong-pin-kind";
    /// What was to be read is shown only after a PIN.
    KAIGO_E_CARD_PIN_NEEDED: i32 = 715 "card.pin-needed";
    /// The card does not hold this.
    KAIGO_E_CARD_ABSENT: i32 = 716 "card.absent";
    /// The card answered with a status word that is not known; see `KAIGO_ERROR_CARD_STATUS`.
    KAIGO_E_CARD_STATUS: i32 = 717 "card.status";
    /// What the card holds does not have the known form.
    KAIGO_E_CARD_MALFORMED: i32 = 718 "card.malformed";
    /// The certificate's key is of an algorithm for which no command of a card is known.
    KAIGO_E_CARD_UNSUPPORTED_KEY: i32 = 719 "card.unsupported-key";
    /// A signature does not belong to the certificate.
    KAIGO_E_CARD_BAD_SIGNATURE: i32 = 720 "card.bad-signature";
    /// A line is not in the form of a transcript.
    KAIGO_E_CARD_TRANSCRIPT: i32 = 721;

    /// A document does not conform: a member is missing, unknown, given twice or too often, of another type or no value,
    /// or members contradict each other.
    KAIGO_E_DOCUMENT: i32 = 800 "document.missing" "document.unknown" "document.duplicate" "document.type"
        "document.value" "document.too_many" "document.inconsistent";
    /// A text of a document holds an Individual Number (My Number).
    KAIGO_E_INDIVIDUAL_NUMBER: i32 = 801 "document.individual_number";

    /// An XML document cannot be read, or is of another kind than asked for.
    KAIGO_E_XML: i32 = 820 "xml.encoding" "xml.syntax" "xml.cut_off" "xml.shape" "xml.duplicate";
    /// An XML document has a document type or an entity of its own, which are refused.
    KAIGO_E_XML_DOCTYPE: i32 = 821 "xml.doctype" "xml.entity";
    /// An XML document is larger or nested more deeply than the limits allow.
    KAIGO_E_XML_LIMIT: i32 = 822 "xml.too_deep" "xml.too_large";

    /// An outbox cannot be used, for a reason that this header has no number for.
    KAIGO_E_OUTBOX: i32 = 850;
    /// Another program or thread is sending from the outbox.
    KAIGO_E_OUTBOX_IN_USE: i32 = 851 "outbox.in-use";
    /// The file is no outbox.
    KAIGO_E_OUTBOX_FOREIGN: i32 = 852 "outbox.foreign";
    /// A newer version of this library wrote the outbox.
    KAIGO_E_OUTBOX_NEWER: i32 = 853 "outbox.newer-version";
    /// The outbox, or a unit in it, is damaged.
    KAIGO_E_OUTBOX_DAMAGED: i32 = 854 "outbox.damaged";
    /// The disk is full. Nothing was stored.
    KAIGO_E_OUTBOX_FULL: i32 = 855 "outbox.full";
    /// The outbox cannot be read or written otherwise.
    KAIGO_E_OUTBOX_STORAGE: i32 = 856 "outbox.storage";
    /// The unit is in a state in which this cannot be done.
    KAIGO_E_OUTBOX_STATE: i32 = 857 "outbox.wrong-state";
    /// The outbox is that of another office. Nothing was sent.
    KAIGO_E_OUTBOX_OFFICE: i32 = 858 "outbox.other-office";

    /// A draft of actuals cannot be changed so: a day outside the month, times that are no pair, a count or units beyond what
    /// the standard has room for, a row of another office or month, a unit without a plan.
    KAIGO_E_DRAFT: i32 = 870 "draft.day" "draft.times" "draft.count" "draft.units" "draft.row" "draft.plan";

    /// An internal error: please report it. The call was given up; the handles that it changed may be freed only.
    KAIGO_E_INTERNAL: i32 = 900;
}
