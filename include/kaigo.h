#ifndef KAIGO_H
#define KAIGO_H

#include <stddef.h>
#include <stdint.h>

/*
 * kaigo: the exchange formats, checks, certificates and transfer of Japan's long-term care.
 *
 * Generated from kaigo-ffi/src; do not edit.
 *
 * Statuses. Every call returns one: 0 is success, any other is one of KAIGO_E_. A number never changes its meaning, and
 * one that is retired is never used again. Calls also take `kaigo_error **err`, which may be NULL: it is set to NULL on
 * success and to an error, which the caller frees, on failure. Whatever was there before is not freed. What a call gives
 * out means something only when it returned 0; a handle that was asked for and not made is NULL.
 *
 * Handles. A call that gives out a handle gives it to the caller, who frees it with the function of its type. NULL may be
 * freed. Using a handle after freeing it is a mistake that debug builds answer with KAIGO_E_HANDLE.
 *
 * Text goes in and comes out as a pointer and a length in units, not ended by NUL: `..._utf8` takes and gives UTF-8 in
 * `char`, `..._utf16` UTF-16 in `uint16_t`. A call that copies a text out takes a buffer and its capacity and always sets
 * `needed`; with NULL and 0 it only does that, and where the buffer is too small it returns KAIGO_E_BUFFER. A call with
 * `view` in its name lends a text instead: it stays where it is until the handle is changed or freed.
 *
 * Structs begin with `struct_size`, which the caller sets to the size that he knows. Options may be NULL.
 *
 * Functions of the caller are called on the thread of the call that takes them, or of the call that they are about. None may
 * throw or jump out, and none may change or free a handle that is in use. What they point to must live as long as their call,
 * or as long as the handle that they were given for.
 *
 * Columns go out and come in over the Arrow C stream interface. `ArrowArrayStream` is declared by whoever uses it, as that
 * interface says; this header only names it.
 *
 * Threads. Any number of threads may use one handle at once in calls that take it as `const`. A call that takes it without
 * `const` must be alone with it: whichever comes second gets KAIGO_E_BUSY. Freeing it is such a call.
 */

/* A stream of batches of the Arrow C stream interface. */
typedef struct ArrowArrayStream ArrowArrayStream;


/**
 * The version of the binary interface that this header is of. Within one version calls, constants and struct members
 * are only added; `kaigo_abi_version` tells that of the library, and the SONAME is `libkaigo.so.` and this number.
 */
#define KAIGO_ABI_VERSION 1

/**
 * `kaigo_features`: certificates and keys.
 */
#define KAIGO_FEATURE_CREDENTIAL 1

/**
 * `kaigo_features`: the transfer client, and the outbox.
 */
#define KAIGO_FEATURE_TRANSFER 2

/**
 * `kaigo_features`: the Individual Number Card, over a channel of the caller's.
 */
#define KAIGO_FEATURE_CARD 4

/**
 * `kaigo_features`: card readers over PC/SC.
 */
#define KAIGO_FEATURE_PCSC 8

/**
 * `kaigo_features`: columns over the Arrow C stream interface.
 */
#define KAIGO_FEATURE_ARROW 16

/**
 * A log message of an error.
 */
#define KAIGO_LOG_ERROR 1

/**
 * A log message of a warning.
 */
#define KAIGO_LOG_WARN 2

/**
 * A log message of what was done.
 */
#define KAIGO_LOG_INFO 3

/**
 * A log message for who looks for a mistake.
 */
#define KAIGO_LOG_DEBUG 4

/**
 * Done.
 */
#define KAIGO_OK 0

/**
 * A pointer that is needed is NULL.
 */
#define KAIGO_E_NULL 100

/**
 * A pointer is not aligned as its type needs.
 */
#define KAIGO_E_MISALIGNED 101

/**
 * A length is greater than any object can be, or a text longer than 2^28 units.
 */
#define KAIGO_E_LENGTH 102

/**
 * A handle is of another type, or was freed (certain in debug builds only: never use a handle after freeing it).
 */
#define KAIGO_E_HANDLE 103

/**
 * A text is not valid UTF-8 or UTF-16.
 */
#define KAIGO_E_TEXT 104

/**
 * A number is none of those that the parameter takes.
 */
#define KAIGO_E_NUMBER 105

/**
 * An options struct has an impossible `struct_size`, or members that this library does not know are not zero.
 */
#define KAIGO_E_OPTIONS 106

/**
 * The buffer is too small; `needed` says how much is needed.
 */
#define KAIGO_E_BUFFER 107

/**
 * Another thread uses the handle in a way that excludes this call.
 */
#define KAIGO_E_BUSY 108

/**
 * There is no such row, field, file, finding or other element.
 */
#define KAIGO_E_NOT_FOUND 109

/**
 * The value, or the document, is not of the kind that the call is for.
 */
#define KAIGO_E_KIND 110

/**
 * The library was built without what the call is for; see `kaigo_features`.
 */
#define KAIGO_E_NOT_BUILT_IN 111

/**
 * A file or stream cannot be read or written.
 */
#define KAIGO_E_IO 200

/**
 * A text is not in the form of the number or code that it should be.
 */
#define KAIGO_E_IDENT 201

/**
 * Characters cannot be written under the policy chosen; `kaigo_error_report` lists them.
 */
#define KAIGO_E_UNWRITABLE 202

/**
 * A ZIP archive is damaged, encrypted, or of a kind that is not read.
 */
#define KAIGO_E_ZIP 203

/**
 * There are more files or bytes than the limits allow.
 */
#define KAIGO_E_TOO_LARGE 204

/**
 * A file name would leave its folder, or stands twice.
 */
#define KAIGO_E_UNSAFE_NAME 205

/**
 * A sequence store holds something else than a sequence number.
 */
#define KAIGO_E_SEQUENCE_STORE 206

/**
 * A file name is not in the form of the standard.
 */
#define KAIGO_E_FILE_NAME 207

/**
 * The conversion would lose something, and was not to; `kaigo_error_report` lists each loss.
 */
#define KAIGO_E_LOSSY 208

/**
 * The manifest of a batch is of other work.
 */
#define KAIGO_E_OTHER_MANIFEST 209

/**
 * An error of the core that this header has no number for; see its code.
 */
#define KAIGO_E_OTHER 299

/**
 * A JSON document cannot be read, for a reason that this header has no number for.
 */
#define KAIGO_E_JSON 300

/**
 * A JSON document is not UTF-8.
 */
#define KAIGO_E_JSON_UTF8 301

/**
 * A document is not JSON.
 */
#define KAIGO_E_JSON_SYNTAX 302

/**
 * A JSON document ends too early.
 */
#define KAIGO_E_JSON_CUT_OFF 303

/**
 * A JSON document is not made of records.
 */
#define KAIGO_E_JSON_SHAPE 304

/**
 * A JSON document is of another standard.
 */
#define KAIGO_E_JSON_STANDARD 305

/**
 * A JSON document is of no kind, or of another than asked for.
 */
#define KAIGO_E_JSON_KIND 306

/**
 * A JSON document lacks a member.
 */
#define KAIGO_E_JSON_MISSING 307

/**
 * A member of a JSON document is given twice.
 */
#define KAIGO_E_JSON_DUPLICATE 308

/**
 * A table cannot be made into records, for a reason that this header has no number for.
 */
#define KAIGO_E_TABLE 350

/**
 * The kind of a table's records is neither said nor in its schema.
 */
#define KAIGO_E_TABLE_KIND 351

/**
 * The records have no field of a column's name, or the column stands twice.
 */
#define KAIGO_E_TABLE_COLUMN 352

/**
 * A column's type cannot be made into the field's.
 */
#define KAIGO_E_TABLE_TYPE 353

/**
 * A value of a table cannot be written in its field.
 */
#define KAIGO_E_TABLE_VALUE 354

/**
 * A stream of batches ended in an error, or the batches do not fit together.
 */
#define KAIGO_E_TABLE_STREAM 355

/**
 * A certificate or key cannot be used, for a reason that this header has no number for.
 */
#define KAIGO_E_CREDENTIAL 400

/**
 * The password does not open the file.
 */
#define KAIGO_E_PASSWORD 401

/**
 * A certificate or key is damaged.
 */
#define KAIGO_E_CREDENTIAL_DAMAGED 402

/**
 * A certificate or key is written in a way that is not read.
 */
#define KAIGO_E_CREDENTIAL_UNSUPPORTED 403

/**
 * There is no private key.
 */
#define KAIGO_E_NO_KEY 404

/**
 * There is no certificate.
 */
#define KAIGO_E_NO_CERTIFICATE 405

/**
 * There are several private keys.
 */
#define KAIGO_E_SEVERAL_KEYS 406

/**
 * The private key belongs to none of the certificates.
 */
#define KAIGO_E_KEY_MISMATCH 407

/**
 * The certificate cannot be used yet.
 */
#define KAIGO_E_NOT_YET_VALID 408

/**
 * The certificate has ended.
 */
#define KAIGO_E_EXPIRED 409

/**
 * The certificate does not come from an authority that the caller trusts.
 */
#define KAIGO_E_UNTRUSTED 410

/**
 * The certificate is not issued for this use.
 */
#define KAIGO_E_WRONG_USE 411

/**
 * The PKCS#11 module cannot be loaded.
 */
#define KAIGO_E_MODULE_UNUSABLE 412

/**
 * There is no token of this label or serial number.
 */
#define KAIGO_E_NO_TOKEN 413

/**
 * No certificate in the token or store is the one asked for.
 */
#define KAIGO_E_NO_SUCH_CERTIFICATE 414

/**
 * Several certificates in the token or store are what was asked for.
 */
#define KAIGO_E_SEVERAL_CERTIFICATES 415

/**
 * The token or store holds no private key for the certificate.
 */
#define KAIGO_E_NO_KEY_FOR_CERTIFICATE 416

/**
 * The PIN does not have a length that the token takes. It was not told.
 */
#define KAIGO_E_TOKEN_PIN_LENGTH 417

/**
 * Few tries are left for the token's PIN, and the caller did not allow one to be spent. It was not told.
 */
#define KAIGO_E_TOKEN_TRIES_LOW 418

/**
 * The token's PIN is wrong. Ask the person again.
 */
#define KAIGO_E_TOKEN_WRONG_PIN 419

/**
 * The token's PIN is locked.
 */
#define KAIGO_E_TOKEN_PIN_LOCKED 420

/**
 * The token was taken away, or lost its key. Load the credential anew.
 */
#define KAIGO_E_TOKEN_REMOVED 421

/**
 * What holds the key failed otherwise.
 */
#define KAIGO_E_KEY_STORE_FAILED 422

/**
 * Several tokens have this label.
 */
#define KAIGO_E_SEVERAL_TOKENS 423

/**
 * A call to the platform failed, for a reason that this header has no number for.
 */
#define KAIGO_E_TRANSFER 500

/**
 * The client is not set up in a way that may be used.
 */
#define KAIGO_E_CONFIG 501

/**
 * What is to be sent is not of the right form; nothing was sent.
 */
#define KAIGO_E_PACKAGE 502

/**
 * No connection could be made.
 */
#define KAIGO_E_CONNECT 503

/**
 * One of the two sides refused the TLS handshake.
 */
#define KAIGO_E_TLS_REFUSED 504

/**
 * The deadline passed. See `KAIGO_ERROR_SENT`.
 */
#define KAIGO_E_TIMEOUT 505

/**
 * The connection ended too early. See `KAIGO_ERROR_SENT`.
 */
#define KAIGO_E_CUT 506

/**
 * A system error of the platform: an HTTP status other than 200.
 */
#define KAIGO_E_SYSTEM 507

/**
 * The receiving office is not known to the platform.
 */
#define KAIGO_E_UNKNOWN_OFFICE 508

/**
 * The files are not one sending unit from this office to that one.
 */
#define KAIGO_E_NOT_A_UNIT 509

/**
 * There is no such transfer for this office.
 */
#define KAIGO_E_NO_TRANSFER 510

/**
 * The key of a sending was used before with other content.
 */
#define KAIGO_E_KEY_REUSED 511

/**
 * A file arrived at the platform damaged.
 */
#define KAIGO_E_DIGEST_REFUSED 512

/**
 * A business error of a code that this version does not know.
 */
#define KAIGO_E_BUSINESS 513

/**
 * User ID, password and certificate do not belong together. Several failures lock the account.
 */
#define KAIGO_E_LOGIN_REFUSED 514

/**
 * The account is locked for a period. Do not try again at once.
 */
#define KAIGO_E_LOCKED 515

/**
 * The session has ended, or was logged out. Log in again.
 */
#define KAIGO_E_SESSION_EXPIRED 516

/**
 * The answer of the platform is not in the form of the wire profile.
 */
#define KAIGO_E_MALFORMED 517

/**
 * The answer of the platform is larger than the limit.
 */
#define KAIGO_E_ANSWER_TOO_LARGE 518

/**
 * A received file does not have the digest that it was sent with. Do not import it.
 */
#define KAIGO_E_DIGEST_MISMATCH 519

/**
 * The received files are not those that the platform announced. Do not import them.
 */
#define KAIGO_E_CONTENT_MISMATCH 520

/**
 * The operating system gives no random numbers. Nothing was sent.
 */
#define KAIGO_E_NO_RANDOMNESS 521

/**
 * The terminal is not registered for this office.
 */
#define KAIGO_E_UNKNOWN_TERMINAL 522

/**
 * There is no such challenge for this office and terminal, or it was used.
 */
#define KAIGO_E_NO_CHALLENGE 523

/**
 * The challenge has ended.
 */
#define KAIGO_E_CHALLENGE_ENDED 524

/**
 * The signature is not one of the certificate's key over the challenge.
 */
#define KAIGO_E_IDENTITY_SIGNATURE 525

/**
 * The certificate does not come from an authority of cards.
 */
#define KAIGO_E_IDENTITY_UNTRUSTED 526

/**
 * The card's certificate has ended.
 */
#define KAIGO_E_IDENTITY_ENDED 527

/**
 * The card's certificate was revoked.
 */
#define KAIGO_E_IDENTITY_REVOKED 528

/**
 * There is no such insured person.
 */
#define KAIGO_E_UNKNOWN_PERSON 529

/**
 * The wire profile does not offer that; it is done in the browser.
 */
#define KAIGO_E_NOT_OFFERED 530

/**
 * What was sent contradicts itself or what the platform knows.
 */
#define KAIGO_E_BAD_INPUT 531

/**
 * The service type or the job type may not see or do this.
 */
#define KAIGO_E_NO_RIGHT 532

/**
 * The municipality has not begun yet.
 */
#define KAIGO_E_MUNICIPALITY_NOT_READY 533

/**
 * The person's identity is not confirmed for this office.
 */
#define KAIGO_E_IDENTITY_NOT_CONFIRMED 534

/**
 * The viewing period is over.
 */
#define KAIGO_E_VIEWING_PERIOD_OVER 535

/**
 * The person has not consented.
 */
#define KAIGO_E_NO_CONSENT 536

/**
 * The person's consent has ended.
 */
#define KAIGO_E_CONSENT_ENDED 537

/**
 * The platform has no such document of the person.
 */
#define KAIGO_E_NO_SUCH_DOCUMENT 538

/**
 * There is no such registered plan of the person.
 */
#define KAIGO_E_NO_PLAN 539

/**
 * The person did not agree to the plan as it is.
 */
#define KAIGO_E_PLAN_NOT_AGREED 540

/**
 * The check before filing found a mistake.
 */
#define KAIGO_E_FILING_STOPPED 541

/**
 * A function of the caller asked to end the call.
 */
#define KAIGO_E_CANCELLED 600

/**
 * A function of the caller that gives bytes reported a failure, or more bytes than there was room for.
 */
#define KAIGO_E_CALLBACK 601

/**
 * A card could not be read, for a reason that this header has no number for.
 */
#define KAIGO_E_CARD 700

/**
 * The smart card service of the operating system does not run.
 */
#define KAIGO_E_CARD_NO_SERVICE 701

/**
 * No card reader is connected.
 */
#define KAIGO_E_CARD_NO_READER 702

/**
 * There is no card on any reader.
 */
#define KAIGO_E_CARD_NO_CARD 703

/**
 * The card is no Individual Number Card, or its certificates are not there.
 */
#define KAIGO_E_CARD_NOT_THIS_CARD 704

/**
 * Another program holds the card.
 */
#define KAIGO_E_CARD_IN_USE 705

/**
 * The card was taken away in the middle.
 */
#define KAIGO_E_CARD_REMOVED 706

/**
 * The connection to the card failed otherwise.
 */
#define KAIGO_E_CARD_CHANNEL 707

/**
 * A replayed transcript has another command at this place.
 */
#define KAIGO_E_CARD_MISMATCH 708

/**
 * A PIN does not have the form of its credential. Nothing was sent.
 */
#define KAIGO_E_CARD_PIN_FORM 709

/**
 * The PIN is wrong; `KAIGO_ERROR_TRIES_LEFT` says how many tries are left. Ask the person again.
 */
#define KAIGO_E_CARD_WRONG_PIN 710

/**
 * The credential is blocked.
 */
#define KAIGO_E_CARD_BLOCKED 711

/**
 * One try is left, and the caller did not allow it to be spent. Nothing was sent.
 */
#define KAIGO_E_CARD_LAST_TRY 712

/**
 * The PIN was sent, and no answer came. Read the tries left before asking for a PIN again.
 */
#define KAIGO_E_CARD_PIN_OUTCOME_UNKNOWN 713

/**
 * The PIN is for another credential than the one that this is read with.
 */
#define KAIGO_E_CARD_WRONG_PIN_KIND 714

/**
 * What was to be read is shown only after a PIN.
 */
#define KAIGO_E_CARD_PIN_NEEDED 715

/**
 * The card does not hold this.
 */
#define KAIGO_E_CARD_ABSENT 716

/**
 * The card answered with a status word that is not known; see `KAIGO_ERROR_CARD_STATUS`.
 */
#define KAIGO_E_CARD_STATUS 717

/**
 * What the card holds does not have the known form.
 */
#define KAIGO_E_CARD_MALFORMED 718

/**
 * The certificate's key is of an algorithm for which no command of a card is known.
 */
#define KAIGO_E_CARD_UNSUPPORTED_KEY 719

/**
 * A signature does not belong to the certificate.
 */
#define KAIGO_E_CARD_BAD_SIGNATURE 720

/**
 * A line is not in the form of a transcript.
 */
#define KAIGO_E_CARD_TRANSCRIPT 721

/**
 * A document does not conform: a member is missing, unknown, given twice or too often, of another type or no value,
 * or members contradict each other.
 */
#define KAIGO_E_DOCUMENT 800

/**
 * A text of a document holds an Individual Number (My Number).
 */
#define KAIGO_E_INDIVIDUAL_NUMBER 801

/**
 * An XML document cannot be read, or is of another kind than asked for.
 */
#define KAIGO_E_XML 820

/**
 * An XML document has a document type or an entity of its own, which are refused.
 */
#define KAIGO_E_XML_DOCTYPE 821

/**
 * An XML document is larger or nested more deeply than the limits allow.
 */
#define KAIGO_E_XML_LIMIT 822

/**
 * An outbox cannot be used, for a reason that this header has no number for.
 */
#define KAIGO_E_OUTBOX 850

/**
 * Another program or thread is sending from the outbox.
 */
#define KAIGO_E_OUTBOX_IN_USE 851

/**
 * The file is no outbox.
 */
#define KAIGO_E_OUTBOX_FOREIGN 852

/**
 * A newer version of this library wrote the outbox.
 */
#define KAIGO_E_OUTBOX_NEWER 853

/**
 * The outbox, or a unit in it, is damaged.
 */
#define KAIGO_E_OUTBOX_DAMAGED 854

/**
 * The disk is full. Nothing was stored.
 */
#define KAIGO_E_OUTBOX_FULL 855

/**
 * The outbox cannot be read or written otherwise.
 */
#define KAIGO_E_OUTBOX_STORAGE 856

/**
 * The unit is in a state in which this cannot be done.
 */
#define KAIGO_E_OUTBOX_STATE 857

/**
 * The outbox is that of another office. Nothing was sent.
 */
#define KAIGO_E_OUTBOX_OFFICE 858

/**
 * A draft of actuals cannot be changed so: a day outside the month, times that are no pair, a count or units beyond what
 * the standard has room for, a row of another office or month, a unit without a plan.
 */
#define KAIGO_E_DRAFT 870

/**
 * An internal error: please report it. The call was given up; the handles that it changed may be freed only.
 */
#define KAIGO_E_INTERNAL 900

/**
 * 居宅サービス計画1表.
 */
#define KAIGO_KIND_UP1KYO 1

/**
 * 居宅サービス計画2表.
 */
#define KAIGO_KIND_UP2KYO 2

/**
 * 居宅サービス計画3表.
 */
#define KAIGO_KIND_UP3KYO 3

/**
 * 利用者補足情報.
 */
#define KAIGO_KIND_UPHOSOKU 4

/**
 * 第6表（サービス利用票）予定.
 */
#define KAIGO_KIND_UPPLAN 5

/**
 * 第6表 実績情報.
 */
#define KAIGO_KIND_UPJSK 6

/**
 * 第7表（サービス利用票別表）.
 */
#define KAIGO_KIND_UPSIKYU 7

/**
 * 利用者基本情報.
 */
#define KAIGO_KIND_UPKIHON 8

/**
 * 利用者基本情報（別表1）.
 */
#define KAIGO_KIND_UPKIHON_SUB1 9

/**
 * 利用者基本情報（別表2）.
 */
#define KAIGO_KIND_UPKIHON_SUB2 10

/**
 * 介護予防サービス・支援計画書.
 */
#define KAIGO_KIND_UPYOBO 11

/**
 * 介護予防サービス・支援計画書（別表）.
 */
#define KAIGO_KIND_UPYOBO_SUB 12

/**
 * 居宅サービス計画1表_削除.
 */
#define KAIGO_KIND_DLT1KYO 13

/**
 * 第6表（サービス利用票）予定_削除.
 */
#define KAIGO_KIND_DLTPLAN 14

/**
 * 第6表 実績情報_削除.
 */
#define KAIGO_KIND_DLTJSK 15

/**
 * 利用者基本情報_削除.
 */
#define KAIGO_KIND_DLTKIHON 16

/**
 * 介護予防サービス・支援計画書_削除.
 */
#define KAIGO_KIND_DLTYOBO 17

/**
 * 家族構成 画像ファイル, a JPEG: a document of it has no rows.
 */
#define KAIGO_KIND_UPKIHON_IMAGE 18

/**
 * Shift_JIS CSV, standard 4.1.
 */
#define KAIGO_FORM_CSV 0

/**
 * JSON in UTF-8, `5.0-provisional`.
 */
#define KAIGO_FORM_JSON 1

/**
 * XML in UTF-8, in the namespace `urn:kaigo:xml/provisional`.
 */
#define KAIGO_FORM_XML 2

/**
 * What real senders do against the standard is a warning, not an error.
 */
#define KAIGO_TOLERANT 1

/**
 * Only the form of the file is checked, not its fields and records. Ignored where the kind comes from the name.
 */
#define KAIGO_SKIP_CHECK 2

/**
 * JSON on lines, for people.
 */
#define KAIGO_PRETTY 1

/**
 * MS932, Windows' Shift_JIS.
 */
#define KAIGO_ENCODING_MS932 0

/**
 * UTF-8.
 */
#define KAIGO_ENCODING_UTF8 1

/**
 * Writes nothing and reports characters that MS932 does not have.
 */
#define KAIGO_GAIJI_REJECT 0

/**
 * Writes the known variant; rejects a character that has none.
 */
#define KAIGO_GAIJI_MAP_VARIANTS 1

/**
 * Writes the known variant, or 〓 where there is none.
 */
#define KAIGO_GAIJI_SUBSTITUTE 2

/**
 * Free text that is not empty is quoted: the canonical form.
 */
#define KAIGO_QUOTE_CANONICAL 0

/**
 * Free text is quoted, also when it is empty.
 */
#define KAIGO_QUOTE_FREE_TEXT 1

/**
 * Every field is quoted.
 */
#define KAIGO_QUOTE_ALL 2

/**
 * Only what must be is quoted.
 */
#define KAIGO_QUOTE_MINIMAL 3

/**
 * CR LF behind each record: the canonical form.
 */
#define KAIGO_LINE_CRLF 0

/**
 * LF behind each record.
 */
#define KAIGO_LINE_LF 1

/**
 * Of a field's declaration: the English name.
 */
#define KAIGO_FIELD_NAME 1

/**
 * Of a field's declaration: the official name.
 */
#define KAIGO_FIELD_NAME_JA 2

/**
 * Of a field's declaration: the name in JSON.
 */
#define KAIGO_FIELD_NAME_JSON 3

/**
 * JSON in UTF-8.
 */
#define KAIGO_MARKUP_JSON 0

/**
 * XML in UTF-8, in the namespace `urn:kaigo:xml/provisional`.
 */
#define KAIGO_MARKUP_XML 1

/**
 * A field is empty.
 */
#define KAIGO_VALUE_BLANK 0

/**
 * A field holds free text.
 */
#define KAIGO_VALUE_TEXT 1

/**
 * A field holds digits, letters or a code, as they are written.
 */
#define KAIGO_VALUE_SYMBOL 2

/**
 * A field holds a whole number.
 */
#define KAIGO_VALUE_INTEGER 3

/**
 * A field holds a unit price; `number` in hundredths of a yen.
 */
#define KAIGO_VALUE_UNIT_PRICE 4

/**
 * A field holds a day; `number` as YYYYMMDD.
 */
#define KAIGO_VALUE_DATE 5

/**
 * A field holds a month; `number` as YYYYMM.
 */
#define KAIGO_VALUE_MONTH 6

/**
 * A field holds a time; `number` as HHMM, 9999 where the service is shown without times.
 */
#define KAIGO_VALUE_TIME 7

/**
 * A field holds something that does not conform: only its text can be had.
 */
#define KAIGO_VALUE_NONCONFORMING 8

/**
 * Shows values that are about a person in the texts of a report. Without it they are masked; with it the caller
 * answers for where the texts go.
 */
#define KAIGO_SHOW_PERSONAL 1

/**
 * How many findings a report keeps.
 */
#define KAIGO_REPORT_COUNT 1

/**
 * How many errors were found, kept or not.
 */
#define KAIGO_REPORT_ERRORS 2

/**
 * How many warnings were found, kept or not.
 */
#define KAIGO_REPORT_WARNINGS 3

/**
 * How many findings were counted but not kept.
 */
#define KAIGO_REPORT_DROPPED 4

/**
 * Of a finding: its stable code, as its name (text) or its number.
 */
#define KAIGO_FINDING_CODE 1

/**
 * Of a finding: `error` or `warning` (text), 2 or 1 (number).
 */
#define KAIGO_FINDING_SEVERITY 2

/**
 * Of a finding: the file; empty where there is none.
 */
#define KAIGO_FINDING_FILE 3

/**
 * Of a finding: the kind of file, as its name (text) or its `KAIGO_KIND_` (number, 0 where there is none).
 */
#define KAIGO_FINDING_KIND 4

/**
 * Of a finding: the row, from 1.
 */
#define KAIGO_FINDING_ROW 5

/**
 * Of a finding: the official No. of the field.
 */
#define KAIGO_FINDING_FIELD_NO 6

/**
 * Of a finding: the offset in the file, in bytes from 0.
 */
#define KAIGO_FINDING_BYTE 7

/**
 * Of a finding: the English name of the field.
 */
#define KAIGO_FINDING_FIELD 8

/**
 * Of a finding: the official name of the field.
 */
#define KAIGO_FINDING_FIELD_JA 9

/**
 * Of a finding: the value that the file holds there; empty where it is masked or not known.
 */
#define KAIGO_FINDING_VALUE 10

/**
 * Of a finding: the message in Japanese.
 */
#define KAIGO_FINDING_MESSAGE_JA 11

/**
 * Of a finding: the message in English.
 */
#define KAIGO_FINDING_MESSAGE_EN 12

/**
 * Of a finding: severity, place, message and code in one line of Japanese.
 */
#define KAIGO_FINDING_LINE_JA 13

/**
 * Of a finding: severity, place, message and code in one line of English.
 */
#define KAIGO_FINDING_LINE_EN 14

/**
 * 第1表, 第2表, 第3表 and 利用者補足情報.
 */
#define KAIGO_UNIT_CARE_PLAN 1

/**
 * 第6表 予定, 第7表 and 利用者補足情報.
 */
#define KAIGO_UNIT_MONTHLY 2

/**
 * 第6表 実績.
 */
#define KAIGO_UNIT_ACTUALS 3

/**
 * 利用者基本情報 with its annexes and images.
 */
#define KAIGO_UNIT_BASIC_INFORMATION 4

/**
 * 介護予防サービス・支援計画書 with its annex.
 */
#define KAIGO_UNIT_PREVENTION_PLAN 5

/**
 * 第1表 削除.
 */
#define KAIGO_UNIT_DELETE_CARE_PLAN 6

/**
 * 第6表 予定 削除.
 */
#define KAIGO_UNIT_DELETE_SLIP_PLAN 7

/**
 * 第6表 実績 削除.
 */
#define KAIGO_UNIT_DELETE_SLIP_ACTUALS 8

/**
 * 利用者基本情報 削除.
 */
#define KAIGO_UNIT_DELETE_BASIC_INFORMATION 9

/**
 * 介護予防サービス・支援計画書 削除.
 */
#define KAIGO_UNIT_DELETE_PREVENTION_PLAN 10

/**
 * Of a unit: its sequence number.
 */
#define KAIGO_UNIT_TEXT_SEQUENCE 1

/**
 * Of a unit: the number of the office that sends it.
 */
#define KAIGO_UNIT_TEXT_SENDER_OFFICE 2

/**
 * Of a unit: the service type under which it is sent; empty in names before 4.1.
 */
#define KAIGO_UNIT_TEXT_SENDER_TYPE 3

/**
 * Of a unit: the number of the office that receives it.
 */
#define KAIGO_UNIT_TEXT_RECEIVER_OFFICE 4

/**
 * Of a unit: the service type under which it is received; empty in names before 4.1.
 */
#define KAIGO_UNIT_TEXT_RECEIVER_TYPE 5

/**
 * Of a file name: the kind, such as `UPPLAN`.
 */
#define KAIGO_NAME_KIND 1

/**
 * Of a file name: the month, YYYYMM; empty where it has none.
 */
#define KAIGO_NAME_MONTH 2

/**
 * Of a file name: the number of the office that sends.
 */
#define KAIGO_NAME_SENDER_OFFICE 3

/**
 * Of a file name: the service type under which it sends.
 */
#define KAIGO_NAME_SENDER_TYPE 4

/**
 * Of a file name: the number of the office that receives.
 */
#define KAIGO_NAME_RECEIVER_OFFICE 5

/**
 * Of a file name: the service type under which it receives.
 */
#define KAIGO_NAME_RECEIVER_TYPE 6

/**
 * Of a file name: the sequence number.
 */
#define KAIGO_NAME_SEQUENCE 7

/**
 * Of a file name: the branch number of an image, 4 digits; else empty.
 */
#define KAIGO_NAME_BRANCH 8

/**
 * Of a file name: the canonical name.
 */
#define KAIGO_NAME_CANONICAL 9

/**
 * Of a file name: the code of the finding where it is one that real senders use against the standard; else empty.
 */
#define KAIGO_NAME_TOLERATED 10

/**
 * Of a client: the number of the insurer.
 */
#define KAIGO_CLIENT_INSURER 1

/**
 * Of a client: the number of the insured person.
 */
#define KAIGO_CLIENT_INSURED 2

/**
 * A visit was given as planned.
 */
#define KAIGO_VISIT_AS_PLANNED 1

/**
 * A visit was planned and not given.
 */
#define KAIGO_VISIT_CANCELLED 2

/**
 * A visit was given at another time, or on another day.
 */
#define KAIGO_VISIT_MOVED 3

/**
 * A visit was given and not planned.
 */
#define KAIGO_VISIT_ADDED 4

/**
 * A visit was given at the planned time, another number of times.
 */
#define KAIGO_VISIT_RECOUNTED 5

/**
 * Another service was given at the planned time.
 */
#define KAIGO_VISIT_CHANGED_CODE 6

/**
 * A row may be one of several of the other side: `kaigo_reconcile` names them.
 */
#define KAIGO_VISIT_AMBIGUOUS 7

/**
 * A visit was planned with a provider from which there are no actuals of the service type and month.
 */
#define KAIGO_VISIT_NOT_REPORTED 8

/**
 * Follow-up rows of 第2表 and of the annex of a prevention plan as the sender printed them.
 */
#define KAIGO_REPEATS_AS_READ 0

/**
 * Follow-up rows blank where they say what the row above says.
 */
#define KAIGO_REPEATS_BLANK 1

/**
 * Follow-up rows with everything on each.
 */
#define KAIGO_REPEATS_REPEATED 2

/**
 * Flag of a conversion: a file of which something would be lost is refused with `KAIGO_E_LOSSY`.
 */
#define KAIGO_LOSSLESS 4

/**
 * A visit of a draft is given as planned.
 */
#define KAIGO_DRAFT_AS_PLANNED 1

/**
 * A visit of a draft is given otherwise than planned.
 */
#define KAIGO_DRAFT_CHANGED 2

/**
 * A visit of a draft is not given.
 */
#define KAIGO_DRAFT_CANCELLED 3

/**
 * A visit of a draft is given and was not planned.
 */
#define KAIGO_DRAFT_ADDED 4

/**
 * As a moment: now, by the clock of the computer.
 */
#define KAIGO_NOW -9223372036854775807

/**
 * Of a certificate: whom it names, in the form of RFC 4514.
 */
#define KAIGO_CERTIFICATE_SUBJECT 1

/**
 * Of a certificate: the common name; empty where it has none.
 */
#define KAIGO_CERTIFICATE_COMMON_NAME 2

/**
 * Of a certificate: the organisation; empty where it has none.
 */
#define KAIGO_CERTIFICATE_ORGANIZATION 3

/**
 * Of a certificate: the organisational unit; empty where it has none.
 */
#define KAIGO_CERTIFICATE_ORGANIZATIONAL_UNIT 4

/**
 * Of a certificate: who issued it, in the form of RFC 4514.
 */
#define KAIGO_CERTIFICATE_ISSUER 5

/**
 * Of a certificate: the serial number in lower-case hexadecimal.
 */
#define KAIGO_CERTIFICATE_SERIAL 6

/**
 * Of a certificate: what its key may be used for, by the names of RFC 5280 with spaces between; empty where it does not
 * say.
 */
#define KAIGO_CERTIFICATE_KEY_USES 7

/**
 * Of a certificate: the SHA-1 thumbprint in lower-case hexadecimal, by which Windows names it.
 */
#define KAIGO_CERTIFICATE_THUMBPRINT 8

/**
 * A certificate need not be renewed yet.
 */
#define KAIGO_RENEWAL_NOT_YET 0

/**
 * A certificate ends within 90 days: have it renewed.
 */
#define KAIGO_RENEWAL_ADVISED 1

/**
 * A certificate has ended: have a new one issued.
 */
#define KAIGO_RENEWAL_ENDED 2

/**
 * Of a transmission that failed: the card was taken away.
 */
#define KAIGO_TRANSMIT_REMOVED -1

/**
 * Of a transmission that failed: another program holds the card.
 */
#define KAIGO_TRANSMIT_IN_USE -2

/**
 * Of a transmission that failed: the smart card service does not run.
 */
#define KAIGO_TRANSMIT_NO_SERVICE -3

/**
 * Of a transmission that failed: for another reason.
 */
#define KAIGO_TRANSMIT_FAILED -4

/**
 * What goes to the card and comes back is written down, PINs left out.
 */
#define KAIGO_CARD_RECORD 1

/**
 * The PIN of the user-authentication certificate (利用者証明用電子証明書), four digits.
 */
#define KAIGO_PIN_USER_AUTHENTICATION 1

/**
 * The password of the signature certificate (署名用電子証明書), six to sixteen letters and digits.
 */
#define KAIGO_PIN_SIGNATURE 2

/**
 * The PIN of the card-face text (券面事項入力補助用), four digits.
 */
#define KAIGO_PIN_TEXT 3

/**
 * 照合番号B, fourteen digits that are printed on the card.
 */
#define KAIGO_PIN_CODE_B 4

/**
 * With one try left nothing is sent: `KAIGO_E_CARD_LAST_TRY`.
 */
#define KAIGO_LAST_TRY_REFUSE 0

/**
 * The person was told that this is the last try, and wants it.
 */
#define KAIGO_LAST_TRY_SPEND 1

/**
 * The PIN is the right one; all tries are back.
 */
#define KAIGO_PIN_VERIFIED 1

/**
 * The PIN is wrong.
 */
#define KAIGO_PIN_WRONG 2

/**
 * The credential is blocked, by this try or before.
 */
#define KAIGO_PIN_BLOCKED 3

/**
 * The card has no such credential.
 */
#define KAIGO_TRIES_ABSENT -1

/**
 * The card answered in a way that is not known.
 */
#define KAIGO_TRIES_UNKNOWN -2

/**
 * The card does not say whether it holds a certificate.
 */
#define KAIGO_PRESENCE_UNKNOWN 0

/**
 * The card holds the certificate.
 */
#define KAIGO_PRESENCE_PRESENT 1

/**
 * The card does not hold the certificate.
 */
#define KAIGO_PRESENCE_ABSENT 2

/**
 * Of a card: the kind, as its stable name, such as `individual_number_card`.
 */
#define KAIGO_CARD_KIND 1

/**
 * Of a card: the kind in Japanese.
 */
#define KAIGO_CARD_KIND_JA 2

/**
 * Of a card: the kind in English.
 */
#define KAIGO_CARD_KIND_EN 3

/**
 * Of a card: the generation, as its stable name, such as `first`.
 */
#define KAIGO_CARD_GENERATION 4

/**
 * Of a card: the label as it has it.
 */
#define KAIGO_CARD_LABEL 5

/**
 * Of a person: the name, as registered.
 */
#define KAIGO_PERSON_NAME 1

/**
 * Of a person: the address, as registered.
 */
#define KAIGO_PERSON_ADDRESS 2

/**
 * Of a person: the date of birth as the card has it, YYYYMMDD.
 */
#define KAIGO_PERSON_BIRTH 3

/**
 * Of a person: the sex, as its stable name: `male`, `female`, `not_applicable` or `unknown`.
 */
#define KAIGO_PERSON_SEX 4

/**
 * RSA of 2048 bits, PKCS#1 v1.5 with SHA-256.
 */
#define KAIGO_ALGORITHM_RSA_PKCS1_SHA256 1

/**
 * ECDSA on P-384 with SHA-384.
 */
#define KAIGO_ALGORITHM_ECDSA_P384_SHA384 2

/**
 * The era 明治.
 */
#define KAIGO_ERA_MEIJI 1

/**
 * The era 大正.
 */
#define KAIGO_ERA_TAISHO 2

/**
 * The era 昭和.
 */
#define KAIGO_ERA_SHOWA 3

/**
 * The era 平成.
 */
#define KAIGO_ERA_HEISEI 4

/**
 * The era 令和.
 */
#define KAIGO_ERA_REIWA 5

/**
 * A text in Japanese.
 */
#define KAIGO_LANG_JA 1

/**
 * A text in English.
 */
#define KAIGO_LANG_EN 2

/**
 * Nothing happened in the time.
 */
#define KAIGO_EVENT_NONE 0

/**
 * A reader was connected.
 */
#define KAIGO_EVENT_READER_ADDED 1

/**
 * A reader was disconnected.
 */
#define KAIGO_EVENT_READER_REMOVED 2

/**
 * A card, of whatever kind, was put on a reader.
 */
#define KAIGO_EVENT_CARD_INSERTED 3

/**
 * A card was taken off a reader.
 */
#define KAIGO_EVENT_CARD_REMOVED 4

/**
 * Columns have the English names of the fields.
 */
#define KAIGO_NAMES_ENGLISH 0

/**
 * Columns have the official names of the fields.
 */
#define KAIGO_NAMES_OFFICIAL 1

/**
 * A scan adds no columns that tell the file and the row.
 */
#define KAIGO_WITHOUT_SOURCE 4

/**
 * All received transfers.
 */
#define KAIGO_RECEIVED_ALL 0

/**
 * Received transfers not yet marked imported.
 */
#define KAIGO_RECEIVED_NOT_IMPORTED 1

/**
 * Received transfers marked imported.
 */
#define KAIGO_RECEIVED_IMPORTED 2

/**
 * Of a transfer: the platform's name for it.
 */
#define KAIGO_TRANSFER_ID 1

/**
 * Of a transfer: the office that sent it.
 */
#define KAIGO_TRANSFER_SENDER_OFFICE 2

/**
 * Of a transfer: the service type under which it was sent.
 */
#define KAIGO_TRANSFER_SENDER_TYPE 3

/**
 * Of a transfer: the office that receives it.
 */
#define KAIGO_TRANSFER_RECEIVER_OFFICE 4

/**
 * Of a transfer: the service type under which it is received.
 */
#define KAIGO_TRANSFER_RECEIVER_TYPE 5

/**
 * Of a transfer: the sequence number of the unit.
 */
#define KAIGO_TRANSFER_SEQUENCE 6

/**
 * Of a transfer: the sum of the files' lengths in bytes.
 */
#define KAIGO_TRANSFER_BYTES 7

/**
 * Of a transfer: when the platform accepted it, in seconds since 1970 UTC.
 */
#define KAIGO_TRANSFER_ACCEPTED_AT 8

/**
 * Of a transfer: when the receiver marked it imported, in seconds since 1970 UTC; -1 before.
 */
#define KAIGO_TRANSFER_IMPORTED_AT 9

/**
 * Of a transfer: how many files it has.
 */
#define KAIGO_TRANSFER_FILES 10

/**
 * How many units an idempotency key has as text.
 */
#define KAIGO_KEY_LENGTH 32

/**
 * The person agreed by their answer to a plan registered for consent; its `id` says which.
 */
#define KAIGO_AGREED_REGISTERED 1

/**
 * The person agreed on paper; the day, `YYYY-MM-DD`, says when.
 */
#define KAIGO_AGREED_ON_PAPER 2

/**
 * Of a confirmed identity: the platform's name for the confirmation.
 */
#define KAIGO_IDENTITY_ID 1

/**
 * Of a confirmed identity: the office that it was confirmed for.
 */
#define KAIGO_IDENTITY_OFFICE 2

/**
 * Of a confirmed identity: the person's insurer.
 */
#define KAIGO_IDENTITY_INSURER 3

/**
 * Of a confirmed identity: the person's number at the insurer.
 */
#define KAIGO_IDENTITY_INSURED 4

/**
 * Of a confirmed identity: how it was confirmed, `card` or `visual`.
 */
#define KAIGO_IDENTITY_ROUTE 5

/**
 * Of a confirmed identity: the terminal.
 */
#define KAIGO_IDENTITY_TERMINAL 6

/**
 * A unit in an outbox waits for its turn; the platform certainly has not taken it.
 */
#define KAIGO_OUTBOX_QUEUED 1

/**
 * A unit in an outbox is on its way; where the program that was sending ended, until somebody sends again.
 */
#define KAIGO_OUTBOX_SENDING 2

/**
 * The platform took a unit of an outbox, whose files are no longer kept.
 */
#define KAIGO_OUTBOX_SENT 3

/**
 * The platform did not take a unit of an outbox. What is behind it for the same destination waits until it is queued
 * again or given up.
 */
#define KAIGO_OUTBOX_REFUSED 4

/**
 * No answer came, so the platform may have taken a unit of an outbox. It is sent again under the same key.
 */
#define KAIGO_OUTBOX_UNKNOWN 5

/**
 * Somebody said that a unit of an outbox is not to be sent. Its files are no longer kept.
 */
#define KAIGO_OUTBOX_GIVEN_UP 6

/**
 * Of an entry: the name of its state, such as `queued`.
 */
#define KAIGO_ENTRY_STATE_NAME 1

/**
 * Of an entry: the office that is to receive it.
 */
#define KAIGO_ENTRY_RECEIVER_OFFICE 2

/**
 * Of an entry: the service type under which it is received.
 */
#define KAIGO_ENTRY_RECEIVER_TYPE 3

/**
 * Of an entry: the key that it travels under.
 */
#define KAIGO_ENTRY_KEY 4

/**
 * Of an entry: the platform's name for the transfer; empty before it is sent.
 */
#define KAIGO_ENTRY_TRANSFER 5

/**
 * Of an entry: the stable code of what the last attempt said that failed; empty where there is none.
 */
#define KAIGO_ENTRY_REASON_CODE 6

/**
 * Of an entry: the same as a message in Japanese.
 */
#define KAIGO_ENTRY_REASON_JA 7

/**
 * Of an entry: the same as a message in English.
 */
#define KAIGO_ENTRY_REASON_EN 8

/**
 * Of an entry: its number in the outbox.
 */
#define KAIGO_ENTRY_ID 9

/**
 * Of an entry: what has become of it, one of `KAIGO_OUTBOX_`.
 */
#define KAIGO_ENTRY_STATE 10

/**
 * Of an entry: how often it was tried.
 */
#define KAIGO_ENTRY_ATTEMPTS 11

/**
 * Of an entry: the sum of the files' lengths in bytes.
 */
#define KAIGO_ENTRY_BYTES 12

/**
 * Of an entry: how many files it has.
 */
#define KAIGO_ENTRY_FILES 13

/**
 * Of an entry: when it was queued, in seconds since 1970 UTC.
 */
#define KAIGO_ENTRY_QUEUED_AT 14

/**
 * Of an entry: when it was tried last, in seconds since 1970 UTC; -1 before.
 */
#define KAIGO_ENTRY_TRIED_AT 15

/**
 * Of an entry: when the platform accepted it, in seconds since 1970 UTC; -1 before.
 */
#define KAIGO_ENTRY_ACCEPTED_AT 16

/**
 * Of an error: its stable code, such as `credential.expired`.
 */
#define KAIGO_ERROR_CODE 1

/**
 * Of an error: the message in Japanese.
 */
#define KAIGO_ERROR_MESSAGE_JA 2

/**
 * Of an error: the message in English.
 */
#define KAIGO_ERROR_MESSAGE_EN 3

/**
 * Of an error: the file; empty where there is none.
 */
#define KAIGO_ERROR_FILE 4

/**
 * Of an error: the kind of file, as its name (text) or its `KAIGO_KIND_` (number).
 */
#define KAIGO_ERROR_KIND 5

/**
 * Of an error: the English name of the field.
 */
#define KAIGO_ERROR_FIELD 6

/**
 * Of an error: the row, from 1.
 */
#define KAIGO_ERROR_ROW 7

/**
 * Of an error: the official No. of the field.
 */
#define KAIGO_ERROR_FIELD_NO 8

/**
 * Of an error: the offset in the file, in bytes from 0.
 */
#define KAIGO_ERROR_BYTE 9

/**
 * Of an error: the line of a JSON document, from 1.
 */
#define KAIGO_ERROR_LINE 10

/**
 * Of an error: the column of a JSON document, in bytes.
 */
#define KAIGO_ERROR_COLUMN 11

/**
 * Of an error: the HTTP status that the platform answered.
 */
#define KAIGO_ERROR_HTTP_STATUS 12

/**
 * Of an error: 0 when the request certainly was not carried out, 1 when it may have been. A sending is then
 * repeated under the same key.
 */
#define KAIGO_ERROR_SENT 13

/**
 * Of an error: its status.
 */
#define KAIGO_ERROR_STATUS 14

/**
 * Of an error: the tries left of a credential of a card.
 */
#define KAIGO_ERROR_TRIES_LEFT 15

/**
 * Of an error: the status word that a card answered.
 */
#define KAIGO_ERROR_CARD_STATUS 16

/**
 * Bytes that a call made: a CSV or JSON document. They do not change; any thread may use them, several at once.
 */
typedef struct kaigo_buffer kaigo_buffer;

/**
 * An Individual Number Card (マイナンバーカード) behind a channel. One thread at a time uses it. Take it, read, and
 * free it: other programs wait for the card. Freeing it powers the card down after a PIN was in play.
 */
typedef struct kaigo_card kaigo_card;

/**
 * The readers that were connected at a moment. It does not change; any thread may use it, several at once.
 */
typedef struct kaigo_card_reader_list kaigo_card_reader_list;

/**
 * The card readers of the computer, over PC/SC. Any thread may use them, several at once.
 */
typedef struct kaigo_card_readers kaigo_card_readers;

/**
 * What happens at the readers. One thread at a time uses it.
 */
typedef struct kaigo_card_watch kaigo_card_watch;

/**
 * Certificates. They do not change; any thread may use them, several at once.
 */
typedef struct kaigo_certificates kaigo_certificates;

/**
 * What a person's card is to sign, for one confirmation at one terminal. It does not change; any thread may use it, several
 * at once.
 */
typedef struct kaigo_challenge kaigo_challenge;

/**
 * A certificate, those that issued it, and the private key. The key is wiped when the last handle that uses it is
 * freed. It does not change; any thread may use it, several at once.
 */
typedef struct kaigo_credential kaigo_credential;

/**
 * The records of one file. Any number of threads may read one at once; a call that changes it must be alone, and one
 * that is not gets `KAIGO_E_BUSY`. Rows and field Nos. count from 1, as in findings; indexes of lists from 0.
 */
typedef struct kaigo_document kaigo_document;

/**
 * A document of the care domain, eligibility or benefit: it conforms, and does not change. Any thread may use it, several at
 * once.
 */
typedef struct kaigo_domain kaigo_domain;

/**
 * The actuals of an office for the clients of one care-management office in a month, in the making. Any number of threads
 * may read one at once; a call that changes it must be alone with it.
 */
typedef struct kaigo_draft kaigo_draft;

/**
 * Why a call failed. Each call that takes `kaigo_error **err` sets it to NULL when it succeeds and to a new error
 * when it fails; `err` itself may be NULL. An error never holds personal data. Any thread may use it, several at
 * once.
 */
typedef struct kaigo_error kaigo_error;

/**
 * A file name that was read. It does not change; any thread may use it, several at once.
 */
typedef struct kaigo_file_name kaigo_file_name;

/**
 * A person's identity, confirmed for an office: personal data. It does not change; any thread may use it, several at
 * once.
 */
typedef struct kaigo_identity kaigo_identity;

/**
 * What a receiver holds after putting units in. Any number of threads may read one at once; `kaigo_inbox_apply` must
 * be alone with it.
 */
typedef struct kaigo_inbox kaigo_inbox;

/**
 * An outbox in a file: units of one office on their way. Any number of threads may use one at once, and any number of
 * programs may open one file.
 */
typedef struct kaigo_outbox kaigo_outbox;

/**
 * What stood in an outbox at one moment, in the order in which it was queued. It does not change; any thread may use
 * it, several at once.
 */
typedef struct kaigo_outbox_entries kaigo_outbox_entries;

/**
 * The four basic items (基本4情報) of a person: personal data. They do not change; any thread may use them, several at
 * once.
 */
typedef struct kaigo_person kaigo_person;

/**
 * A PIN of the right form; freeing it wipes it. It does not change; any thread may use it, several at once.
 */
typedef struct kaigo_pin kaigo_pin;

/**
 * The platform, as one office reaches it. It does not change; any thread may use it, several at once.
 */
typedef struct kaigo_platform kaigo_platform;

/**
 * The rows of a CSV file, one at a time: memory for one row and a buffer, however long the file is. The row that was
 * read last is looked at like one of a document. Its calls follow the rules of a document; `kaigo_reader_next` ends
 * the row and all its views.
 */
typedef struct kaigo_reader kaigo_reader;

/**
 * A received transfer, or a registered plan, with its files, each checked against its digest. It does not change; any
 * thread may use it, several at once.
 */
typedef struct kaigo_received kaigo_received;

/**
 * What a check found. It does not change; any thread may use it, several at once.
 */
typedef struct kaigo_report kaigo_report;

/**
 * Many files that are read and checked as one stream of columns. Any thread may use it, several at once.
 */
typedef struct kaigo_scan kaigo_scan;

/**
 * A login. Any number of threads may use one at once; it renews its token once for all of them. Logging out, and
 * freeing it, must be alone with it. Freeing it does not log out.
 */
typedef struct kaigo_session kaigo_session;

/**
 * Transfers, oldest first: a page of a list, or one. They do not change; any thread may use them, several at once.
 */
typedef struct kaigo_transfers kaigo_transfers;

/**
 * The files that travel together under one sequence number. Any number of threads may read one at once.
 */
typedef struct kaigo_unit kaigo_unit;

/**
 * The units that were found in a folder or a ZIP archive, oldest first: the order of import. It does not change; any
 * thread may use it, several at once.
 */
typedef struct kaigo_units kaigo_units;

/**
 * Planned against actual visits. It does not change; any thread may use it, several at once.
 */
typedef struct kaigo_visits kaigo_visits;

/**
 * Told a log message, UTF-8 of a length, which lives only as long as the call of the function: calls that failed, by
 * their codes; requests to the platform; logins. It holds no secret, no personal data and nothing that was carried.
 * Called on the thread of the call that it is about, several at once; it makes no call of this library.
 */
typedef int32_t (*kaigo_log_fn)(uint32_t level, const char *text, size_t text_len, void *user);

/**
 * Told how far a call is, in the units that the call says; `total` is 0 where it is not known. Returns 0 to go on;
 * anything else ends the call with `KAIGO_E_CANCELLED`. Called on the thread of the call. No callback may throw,
 * jump out, or change or free a handle that the call was given.
 */
typedef int32_t (*kaigo_progress_fn)(uint64_t done, uint64_t total, void *user);

/**
 * How to read. Zero everywhere but in `struct_size` is the default.
 */
typedef struct {
  /**
   * The size of this struct.
   */
  uint32_t struct_size;
  /**
   * The kind of file, one of `KAIGO_KIND_`; 0 takes it from the file name, and from the document for JSON and XML. With 0
   * the name is checked, too, and the records against it.
   */
  uint32_t kind;
  /**
   * `KAIGO_FORM_CSV`, `KAIGO_FORM_JSON` or `KAIGO_FORM_XML`.
   */
  uint32_t form;
  /**
   * `KAIGO_TOLERANT`, `KAIGO_SKIP_CHECK`, added.
   */
  uint32_t flags;
  /**
   * How many findings are kept; 0: 10,000.
   */
  uint64_t finding_limit;
  /**
   * How many bytes are read at most; 0: no limit.
   */
  uint64_t max_bytes;
  /**
   * Told the bytes read, between pieces of a MiB; may be NULL.
   */
  kaigo_progress_fn progress;
  /**
   * Handed to `progress`.
   */
  void *user;
} kaigo_read_options;

/**
 * Fills a buffer with the next bytes of a stream; returns how many, 0 at the end, or a negative number when it
 * failed. Called on the thread of the call.
 */
typedef int64_t (*kaigo_read_fn)(uint8_t *buffer, size_t capacity, void *user);

/**
 * The value of a field, typed. Members that the type does not have are 0.
 */
typedef struct {
  /**
   * The size of this struct, set by the caller.
   */
  uint32_t struct_size;
  /**
   * One of `KAIGO_VALUE_`.
   */
  uint32_t value_type;
  /**
   * The number: see the type.
   */
  int64_t number;
  /**
   * Of a day or month.
   */
  int32_t year;
  /**
   * Of a day or month, 1 to 12.
   */
  int32_t month;
  /**
   * Of a day, 1 to 31.
   */
  int32_t day;
  /**
   * Of a time, 0 to 23; 99 where the service is shown without times.
   */
  int32_t hour;
  /**
   * Of a time, 0 to 59; 99 where the service is shown without times.
   */
  int32_t minute;
  /**
   * 0.
   */
  int32_t reserved;
} kaigo_value;

/**
 * How to write CSV. Zero everywhere but in `struct_size` is the canonical form.
 */
typedef struct {
  /**
   * The size of this struct.
   */
  uint32_t struct_size;
  /**
   * One of `KAIGO_QUOTE_`.
   */
  uint32_t quoting;
  /**
   * One of `KAIGO_LINE_`.
   */
  uint32_t line_end;
  /**
   * One of `KAIGO_ENCODING_`.
   */
  uint32_t encoding;
  /**
   * One of `KAIGO_GAIJI_`.
   */
  uint32_t gaiji;
} kaigo_write_options;

/**
 * What the official table says of a field.
 */
typedef struct {
  /**
   * The size of this struct, set by the caller.
   */
  uint32_t struct_size;
  /**
   * The official No.
   */
  uint32_t no;
  /**
   * Exactly so many characters; 0 where the length is not fixed.
   */
  uint32_t fixed_length;
  /**
   * At most so many characters; 0 for free text.
   */
  uint32_t max_length;
  /**
   * 1 where it must be filled, 2 where a condition is stated, 3 where the mark is 必要 only, 4 and 5 where the
   * printed mark is hard to read (likely yes, likely no); else 0.
   */
  uint32_t required;
  /**
   * The type of its values: 0 month, 1 date, 2 time, 3 digits, 4 digits and capitals, 5 code, 6 postal code,
   * 7 whole number, 8 decimal, 9 days of a month, 10 file name, 11 text.
   */
  uint32_t value_type;
  /**
   * 1 where its value is about a person.
   */
  uint32_t personal;
  /**
   * How many codes its closed list has; 0 where there is none.
   */
  uint32_t codes;
  /**
   * 0.
   */
  uint32_t reserved;
} kaigo_field;

/**
 * How to open and check units. Zero everywhere but in `struct_size` is the default.
 */
typedef struct {
  /**
   * The size of this struct.
   */
  uint32_t struct_size;
  /**
   * 0, or `KAIGO_TOLERANT`.
   */
  uint32_t flags;
  /**
   * How many findings are kept for each file or unit; 0: 10,000.
   */
  uint64_t finding_limit;
  /**
   * How many files are opened at most; 0: 100,000.
   */
  uint64_t max_files;
  /**
   * How many bytes, unpacked, are read at most; 0: 4 GiB.
   */
  uint64_t max_bytes;
  /**
   * Told how far a call is that says so; may be NULL.
   */
  kaigo_progress_fn progress;
  /**
   * Handed to `progress`.
   */
  void *user;
} kaigo_check_options;

/**
 * How to convert, and how a batch is run. Zero everywhere but in `struct_size` is the default.
 */
typedef struct {
  /**
   * The size of this struct.
   */
  uint32_t struct_size;
  /**
   * 0, or `KAIGO_TOLERANT` and `KAIGO_LOSSLESS`, added.
   */
  uint32_t flags;
  /**
   * One of `KAIGO_GAIJI_`.
   */
  uint32_t gaiji;
  /**
   * The kind of the file, one of `KAIGO_KIND_`; 0 where its name or its content tells.
   */
  uint32_t kind;
  /**
   * How many findings and losses are kept for a file; 0: 10,000.
   */
  uint64_t finding_limit;
  /**
   * How many threads a batch has; 0: one a core.
   */
  uint64_t jobs;
  /**
   * Told of files that a batch has done; may be NULL.
   */
  kaigo_progress_fn progress;
  /**
   * Handed to `progress`.
   */
  void *user;
} kaigo_convert_options;

/**
 * Sends a command APDU to a card, once and as it is, and puts the whole answer, its status word at the end, into a
 * buffer that has room for any answer; returns how many bytes, or one of `KAIGO_TRANSMIT_`. Commands may hold a PIN:
 * they are neither kept nor logged. Called on the thread of the call; it may be another each time.
 */
typedef int64_t (*kaigo_transmit_fn)(const uint8_t *command,
                                     size_t command_len,
                                     uint8_t *answer,
                                     size_t capacity,
                                     void *user);

/**
 * Takes the power from a card, so that nobody finds a PIN still verified; returns 0. Called when a card is freed
 * after a PIN was in play.
 */
typedef int32_t (*kaigo_power_down_fn)(void *user);

/**
 * What every card tells without a PIN.
 */
typedef struct {
  /**
   * The size of this struct, set by the caller.
   */
  uint32_t struct_size;
  /**
   * The municipality that issued the card: five digits, as a number.
   */
  uint32_t municipality;
  /**
   * The last day that the card is valid, as YYYYMMDD.
   */
  int64_t expires;
} kaigo_card_common;

/**
 * Tries left of every credential: a number, 0 when it is blocked, `KAIGO_TRIES_ABSENT` or `KAIGO_TRIES_UNKNOWN`.
 */
typedef struct {
  /**
   * The size of this struct, set by the caller.
   */
  uint32_t struct_size;
  /**
   * 利用者証明用電子証明書の暗証番号.
   */
  int32_t user_authentication;
  /**
   * 署名用電子証明書の暗証番号.
   */
  int32_t signature;
  /**
   * 券面事項入力補助用の暗証番号.
   */
  int32_t text;
  /**
   * 照合番号B.
   */
  int32_t code_b;
} kaigo_card_tries;

/**
 * How columns are made. Zero everywhere but in `struct_size` is the default.
 */
typedef struct {
  /**
   * The size of this struct.
   */
  uint32_t struct_size;
  /**
   * One of `KAIGO_NAMES_`.
   */
  uint32_t naming;
  /**
   * How many threads work; 0: as many as the machine has cores.
   */
  uint32_t threads;
  /**
   * Of a scan: the kind of the files, one of `KAIGO_KIND_`; 0 takes it from their names.
   */
  uint32_t kind;
  /**
   * Of a scan: `KAIGO_TOLERANT`, `KAIGO_WITHOUT_SOURCE`, added.
   */
  uint32_t flags;
  /**
   * 0.
   */
  uint32_t reserved;
  /**
   * How many rows a batch has at most; 0: 65,536.
   */
  uint64_t batch_rows;
  /**
   * Of a scan: how many findings are kept of each file; 0: 10,000.
   */
  uint64_t finding_limit;
} kaigo_arrow_options;

/**
 * How a client is set up. Zero everywhere but in `struct_size` is the default. Nothing loosens TLS 1.3 or the checks
 * of certificates.
 */
typedef struct {
  /**
   * The size of this struct.
   */
  uint32_t struct_size;
  /**
   * How often a call that may be repeated is made at most; 0: 4.
   */
  uint32_t attempts;
  /**
   * The pause after the first attempt in milliseconds, doubled each time; 0: 500.
   */
  uint64_t first_pause_ms;
  /**
   * The longest pause in milliseconds; 0: 10,000.
   */
  uint64_t longest_pause_ms;
  /**
   * How long making a connection may take in milliseconds; 0: 10,000.
   */
  uint64_t connect_timeout_ms;
  /**
   * How long one call may take as a whole in milliseconds; 0: 60,000.
   */
  uint64_t call_timeout_ms;
  /**
   * The largest answer that is read, in bytes; 0: 64 MiB.
   */
  uint64_t max_response_bytes;
  /**
   * Told how far each call is, in bytes both ways, of a total that is not known; and asked every tenth of a second
   * while nothing comes. 600 (`KAIGO_E_CANCELLED`) then says, by `KAIGO_ERROR_SENT`, whether the call may have been
   * carried out. Several threads call it at once where several make calls; it must be usable until the platform and
   * all its sessions are freed. May be NULL.
   */
  kaigo_progress_fn progress;
  /**
   * Handed to `progress`.
   */
  void *user;
} kaigo_platform_options;

#ifdef __cplusplus
extern "C" {
#endif // __cplusplus

/**
 * Frees a `kaigo_error`; NULL is allowed and does nothing. While another thread uses the handle
 * nothing is freed and the status is `KAIGO_E_BUSY`.
 */
int32_t kaigo_error_free(kaigo_error *handle);

/**
 * Frees a `kaigo_report`; NULL is allowed and does nothing. While another thread uses the handle
 * nothing is freed and the status is `KAIGO_E_BUSY`.
 */
int32_t kaigo_report_free(kaigo_report *handle);

/**
 * Frees a `kaigo_buffer`; NULL is allowed and does nothing. While another thread uses the handle
 * nothing is freed and the status is `KAIGO_E_BUSY`.
 */
int32_t kaigo_buffer_free(kaigo_buffer *handle);

/**
 * Frees a `kaigo_document`; NULL is allowed and does nothing. While another thread uses the handle
 * nothing is freed and the status is `KAIGO_E_BUSY`.
 */
int32_t kaigo_document_free(kaigo_document *handle);

/**
 * Frees a `kaigo_reader`; NULL is allowed and does nothing. While another thread uses the handle
 * nothing is freed and the status is `KAIGO_E_BUSY`.
 */
int32_t kaigo_reader_free(kaigo_reader *handle);

/**
 * Frees a `kaigo_unit`; NULL is allowed and does nothing. While another thread uses the handle
 * nothing is freed and the status is `KAIGO_E_BUSY`.
 */
int32_t kaigo_unit_free(kaigo_unit *handle);

/**
 * Frees a `kaigo_units`; NULL is allowed and does nothing. While another thread uses the handle
 * nothing is freed and the status is `KAIGO_E_BUSY`.
 */
int32_t kaigo_units_free(kaigo_units *handle);

/**
 * Frees a `kaigo_file_name`; NULL is allowed and does nothing. While another thread uses the handle
 * nothing is freed and the status is `KAIGO_E_BUSY`.
 */
int32_t kaigo_file_name_free(kaigo_file_name *handle);

/**
 * Frees a `kaigo_inbox`; NULL is allowed and does nothing. While another thread uses the handle
 * nothing is freed and the status is `KAIGO_E_BUSY`.
 */
int32_t kaigo_inbox_free(kaigo_inbox *handle);

/**
 * Frees a `kaigo_visits`; NULL is allowed and does nothing. While another thread uses the handle
 * nothing is freed and the status is `KAIGO_E_BUSY`.
 */
int32_t kaigo_visits_free(kaigo_visits *handle);

/**
 * Frees a `kaigo_draft`; NULL is allowed and does nothing. While another thread uses the handle
 * nothing is freed and the status is `KAIGO_E_BUSY`.
 */
int32_t kaigo_draft_free(kaigo_draft *handle);

/**
 * Frees a `kaigo_domain`; NULL is allowed and does nothing. While another thread uses the handle
 * nothing is freed and the status is `KAIGO_E_BUSY`.
 */
int32_t kaigo_domain_free(kaigo_domain *handle);

/**
 * Frees a `kaigo_credential`; NULL is allowed and does nothing. While another thread uses the handle
 * nothing is freed and the status is `KAIGO_E_BUSY`.
 */
int32_t kaigo_credential_free(kaigo_credential *handle);

/**
 * Frees a `kaigo_certificates`; NULL is allowed and does nothing. While another thread uses the handle
 * nothing is freed and the status is `KAIGO_E_BUSY`.
 */
int32_t kaigo_certificates_free(kaigo_certificates *handle);

/**
 * Frees a `kaigo_card`; NULL is allowed and does nothing. While another thread uses the handle
 * nothing is freed and the status is `KAIGO_E_BUSY`.
 */
int32_t kaigo_card_free(kaigo_card *handle);

/**
 * Frees a `kaigo_pin`; NULL is allowed and does nothing. While another thread uses the handle
 * nothing is freed and the status is `KAIGO_E_BUSY`.
 */
int32_t kaigo_pin_free(kaigo_pin *handle);

/**
 * Frees a `kaigo_person`; NULL is allowed and does nothing. While another thread uses the handle
 * nothing is freed and the status is `KAIGO_E_BUSY`.
 */
int32_t kaigo_person_free(kaigo_person *handle);

/**
 * Frees a `kaigo_card_readers`; NULL is allowed and does nothing. While another thread uses the handle
 * nothing is freed and the status is `KAIGO_E_BUSY`.
 */
int32_t kaigo_card_readers_free(kaigo_card_readers *handle);

/**
 * Frees a `kaigo_card_reader_list`; NULL is allowed and does nothing. While another thread uses the handle
 * nothing is freed and the status is `KAIGO_E_BUSY`.
 */
int32_t kaigo_card_reader_list_free(kaigo_card_reader_list *handle);

/**
 * Frees a `kaigo_card_watch`; NULL is allowed and does nothing. While another thread uses the handle
 * nothing is freed and the status is `KAIGO_E_BUSY`.
 */
int32_t kaigo_card_watch_free(kaigo_card_watch *handle);

/**
 * Frees a `kaigo_scan`; NULL is allowed and does nothing. While another thread uses the handle
 * nothing is freed and the status is `KAIGO_E_BUSY`.
 */
int32_t kaigo_scan_free(kaigo_scan *handle);

/**
 * Frees a `kaigo_platform`; NULL is allowed and does nothing. While another thread uses the handle
 * nothing is freed and the status is `KAIGO_E_BUSY`.
 */
int32_t kaigo_platform_free(kaigo_platform *handle);

/**
 * Frees a `kaigo_session`; NULL is allowed and does nothing. While another thread uses the handle
 * nothing is freed and the status is `KAIGO_E_BUSY`.
 */
int32_t kaigo_session_free(kaigo_session *handle);

/**
 * Frees a `kaigo_transfers`; NULL is allowed and does nothing. While another thread uses the handle
 * nothing is freed and the status is `KAIGO_E_BUSY`.
 */
int32_t kaigo_transfers_free(kaigo_transfers *handle);

/**
 * Frees a `kaigo_received`; NULL is allowed and does nothing. While another thread uses the handle
 * nothing is freed and the status is `KAIGO_E_BUSY`.
 */
int32_t kaigo_received_free(kaigo_received *handle);

/**
 * Frees a `kaigo_challenge`; NULL is allowed and does nothing. While another thread uses the handle
 * nothing is freed and the status is `KAIGO_E_BUSY`.
 */
int32_t kaigo_challenge_free(kaigo_challenge *handle);

/**
 * Frees a `kaigo_identity`; NULL is allowed and does nothing. While another thread uses the handle
 * nothing is freed and the status is `KAIGO_E_BUSY`.
 */
int32_t kaigo_identity_free(kaigo_identity *handle);

/**
 * Frees a `kaigo_outbox`; NULL is allowed and does nothing. While another thread uses the handle
 * nothing is freed and the status is `KAIGO_E_BUSY`.
 */
int32_t kaigo_outbox_free(kaigo_outbox *handle);

/**
 * Frees a `kaigo_outbox_entries`; NULL is allowed and does nothing. While another thread uses the handle
 * nothing is freed and the status is `KAIGO_E_BUSY`.
 */
int32_t kaigo_outbox_entries_free(kaigo_outbox_entries *handle);

/**
 * The version of the library, such as `0.1.0`.
 */
int32_t kaigo_version_utf8(char *buffer, size_t capacity, size_t *needed, kaigo_error **err);

/**
 * The version of the library, such as `0.1.0`.
 */
int32_t kaigo_version_utf16(uint16_t *buffer, size_t capacity, size_t *needed, kaigo_error **err);

/**
 * The version of the binary interface of the library: a program built with another `KAIGO_ABI_VERSION` must not go
 * on.
 */
int32_t kaigo_abi_version(uint32_t *version,
                          kaigo_error **err);

/**
 * What the library was built with: `KAIGO_FEATURE_`, added.
 */
int32_t kaigo_features(uint64_t *features, kaigo_error **err);

/**
 * Sends log messages up to a level, one of `KAIGO_LOG_`, to a function; NULL ends that. When the call returns, the
 * function given before is not called any more. Not to be called from that function. One for the whole process.
 */
int32_t kaigo_log_to(kaigo_log_fn function,
                     uint32_t level,
                     void *user,
                     kaigo_error **err);

/**
 * A text of an error: one of `KAIGO_ERROR_CODE` to `KAIGO_ERROR_FIELD`.
 */
int32_t kaigo_error_text_utf8(const kaigo_error *error,
                              uint32_t what,
                              char *buffer,
                              size_t capacity,
                              size_t *needed,
                              kaigo_error **err);

/**
 * A text of an error: one of `KAIGO_ERROR_CODE` to `KAIGO_ERROR_FIELD`.
 */
int32_t kaigo_error_text_utf16(const kaigo_error *error,
                               uint32_t what,
                               uint16_t *buffer,
                               size_t capacity,
                               size_t *needed,
                               kaigo_error **err);

/**
 * A text of an error: one of `KAIGO_ERROR_CODE` to `KAIGO_ERROR_FIELD`.
 */
int32_t kaigo_error_text_view_utf8(const kaigo_error *error,
                                   uint32_t what,
                                   const char **text,
                                   size_t *text_len,
                                   kaigo_error **err);

/**
 * A text of an error: one of `KAIGO_ERROR_CODE` to `KAIGO_ERROR_FIELD`.
 */
int32_t kaigo_error_text_view_utf16(const kaigo_error *error,
                                    uint32_t what,
                                    const uint16_t **text,
                                    size_t *text_len,
                                    kaigo_error **err);

/**
 * A number of an error: one of `KAIGO_ERROR_KIND` to `KAIGO_ERROR_CARD_STATUS`; -1 where it does not apply.
 */
int32_t kaigo_error_number(const kaigo_error *error, uint32_t what, int64_t *value, kaigo_error **err);

/**
 * Every code that an error of the core may have, with its status, as one JSON array of `{"code","status"}` in UTF-8.
 * Wrong arguments have codes of this interface, which begin with `argument.`.
 */
int32_t kaigo_error_codes(kaigo_buffer **json,
                          kaigo_error **err);

/**
 * The findings of an error of the status `KAIGO_E_UNWRITABLE`; `KAIGO_E_NOT_FOUND` where there are none. `flags`
 * as for `kaigo_document_report`.
 */
int32_t kaigo_error_report(const kaigo_error *error,
                           uint32_t flags,
                           kaigo_report **report,
                           kaigo_error **err);

/**
 * How many findings there are: one of `KAIGO_REPORT_`.
 */
int32_t kaigo_report_number(const kaigo_report *report, uint32_t what, uint64_t *value, kaigo_error **err);

/**
 * A number of the finding at an index, from 0: one of `KAIGO_FINDING_CODE` to `KAIGO_FINDING_BYTE` but the file;
 * -1 where it does not apply.
 */
int32_t kaigo_report_finding_number(const kaigo_report *report,
                                    uint64_t index,
                                    uint32_t what,
                                    int64_t *value,
                                    kaigo_error **err);

/**
 * A text of the finding at an index, from 0: one of `KAIGO_FINDING_` but row, field No. and byte.
 */
int32_t kaigo_report_finding_text_utf8(const kaigo_report *report,
                                       uint64_t index,
                                       uint32_t what,
                                       char *buffer,
                                       size_t capacity,
                                       size_t *needed,
                                       kaigo_error **err);

/**
 * A text of the finding at an index, from 0: one of `KAIGO_FINDING_` but row, field No. and byte.
 */
int32_t kaigo_report_finding_text_utf16(const kaigo_report *report,
                                        uint64_t index,
                                        uint32_t what,
                                        uint16_t *buffer,
                                        size_t capacity,
                                        size_t *needed,
                                        kaigo_error **err);

/**
 * A text of the finding at an index, from 0: one of `KAIGO_FINDING_` but row, field No. and byte.
 */
int32_t kaigo_report_finding_text_view_utf8(const kaigo_report *report,
                                            uint64_t index,
                                            uint32_t what,
                                            const char **text,
                                            size_t *text_len,
                                            kaigo_error **err);

/**
 * A text of the finding at an index, from 0: one of `KAIGO_FINDING_` but row, field No. and byte.
 */
int32_t kaigo_report_finding_text_view_utf16(const kaigo_report *report,
                                             uint64_t index,
                                             uint32_t what,
                                             const uint16_t **text,
                                             size_t *text_len,
                                             kaigo_error **err);

/**
 * All findings that were kept as one JSON array, in UTF-8; see `docs/findings.md` for the codes.
 */
int32_t kaigo_report_json(const kaigo_report *report, kaigo_buffer **json, kaigo_error **err);

/**
 * Every code that a finding may have, as one JSON array in UTF-8 of objects with `code`, `number`, `level` (`error`,
 * `warning`, or `tolerated`: an error, or a warning under `KAIGO_TOLERANT`), `message_ja`, `message_en` and `source`.
 */
int32_t kaigo_finding_codes(kaigo_buffer **json,
                            kaigo_error **err);

/**
 * A view of the bytes, until the buffer is freed.
 */
int32_t kaigo_buffer_view(const kaigo_buffer *buffer,
                          const uint8_t **data,
                          size_t *data_len,
                          kaigo_error **err);

/**
 * The bytes as a text, where they are UTF-8 (JSON is).
 */
int32_t kaigo_buffer_text_utf8(const kaigo_buffer *source,
                               char *buffer,
                               size_t capacity,
                               size_t *needed,
                               kaigo_error **err);

/**
 * The bytes as a text, where they are UTF-8 (JSON is).
 */
int32_t kaigo_buffer_text_utf16(const kaigo_buffer *source,
                                uint16_t *buffer,
                                size_t capacity,
                                size_t *needed,
                                kaigo_error **err);

/**
 * The bytes as a text, where they are UTF-8 (JSON is).
 */
int32_t kaigo_buffer_text_view_utf8(const kaigo_buffer *source,
                                    const char **text,
                                    size_t *text_len,
                                    kaigo_error **err);

/**
 * The bytes as a text, where they are UTF-8 (JSON is).
 */
int32_t kaigo_buffer_text_view_utf16(const kaigo_buffer *source,
                                     const uint16_t **text,
                                     size_t *text_len,
                                     kaigo_error **err);

/**
 * The MS932 bytes of a text. `gaiji` is one of `KAIGO_GAIJI_`; under it some characters may not be written as
 * themselves, and `changed` says how many.
 */
int32_t kaigo_ms932_encode_utf8(const char *text,
                                size_t text_len,
                                uint32_t gaiji,
                                kaigo_buffer **bytes,
                                uint64_t *changed,
                                kaigo_error **err);

/**
 * The MS932 bytes of a text. `gaiji` is one of `KAIGO_GAIJI_`; under it some characters may not be written as
 * themselves, and `changed` says how many.
 */
int32_t kaigo_ms932_encode_utf16(const uint16_t *text,
                                 size_t text_len,
                                 uint32_t gaiji,
                                 kaigo_buffer **bytes,
                                 uint64_t *changed,
                                 kaigo_error **err);

/**
 * The text of MS932 bytes; `KAIGO_E_TEXT` when some are no character.
 */
int32_t kaigo_ms932_decode_utf8(const uint8_t *data,
                                size_t data_len,
                                char *buffer,
                                size_t capacity,
                                size_t *needed,
                                kaigo_error **err);

/**
 * The text of MS932 bytes; `KAIGO_E_TEXT` when some are no character.
 */
int32_t kaigo_ms932_decode_utf16(const uint8_t *data,
                                 size_t data_len,
                                 uint16_t *buffer,
                                 size_t capacity,
                                 size_t *needed,
                                 kaigo_error **err);

/**
 * Reads a file. What does not conform is no failure but stands in the document's report.
 */
int32_t kaigo_document_open_utf8(const char *path,
                                 size_t path_len,
                                 const kaigo_read_options *options,
                                 kaigo_document **document,
                                 kaigo_error **err);

/**
 * Reads a file. What does not conform is no failure but stands in the document's report.
 */
int32_t kaigo_document_open_utf16(const uint16_t *path,
                                  size_t path_len,
                                  const kaigo_read_options *options,
                                  kaigo_document **document,
                                  kaigo_error **err);

/**
 * Reads bytes. `name` is the file name, for the kind and for findings; it may be empty where the options say the
 * kind, and for JSON. The bytes are copied.
 */
int32_t kaigo_document_read_utf8(const uint8_t *data,
                                 size_t data_len,
                                 const char *name,
                                 size_t name_len,
                                 const kaigo_read_options *options,
                                 kaigo_document **document,
                                 kaigo_error **err);

/**
 * Reads bytes. `name` is the file name, for the kind and for findings; it may be empty where the options say the
 * kind, and for JSON. The bytes are copied.
 */
int32_t kaigo_document_read_utf16(const uint8_t *data,
                                  size_t data_len,
                                  const uint16_t *name,
                                  size_t name_len,
                                  const kaigo_read_options *options,
                                  kaigo_document **document,
                                  kaigo_error **err);

/**
 * Reads a stream, pulled through a function of the caller's until it is at its end; else as `kaigo_document_read_utf8`.
 */
int32_t kaigo_document_read_stream_utf8(kaigo_read_fn read,
                                        void *user,
                                        const char *name,
                                        size_t name_len,
                                        const kaigo_read_options *options,
                                        kaigo_document **document,
                                        kaigo_error **err);

/**
 * Reads a stream, pulled through a function of the caller's until it is at its end; else as `kaigo_document_read_utf8`.
 */
int32_t kaigo_document_read_stream_utf16(kaigo_read_fn read,
                                         void *user,
                                         const uint16_t *name,
                                         size_t name_len,
                                         const kaigo_read_options *options,
                                         kaigo_document **document,
                                         kaigo_error **err);

/**
 * Makes a document without rows.
 */
int32_t kaigo_document_new(uint32_t kind, kaigo_document **document, kaigo_error **err);

/**
 * The kind, one of `KAIGO_KIND_`; 0 where the file name did not tell.
 */
int32_t kaigo_document_kind(const kaigo_document *document, uint32_t *kind, kaigo_error **err);

/**
 * How many rows there are.
 */
int32_t kaigo_document_rows(const kaigo_document *document, uint64_t *rows, kaigo_error **err);

/**
 * How many fields a row has.
 */
int32_t kaigo_document_fields(const kaigo_document *document, uint32_t *fields, kaigo_error **err);

/**
 * The findings of reading. `flags`: 0, or `KAIGO_SHOW_PERSONAL`.
 */
int32_t kaigo_document_report(const kaigo_document *document,
                              uint32_t flags,
                              kaigo_report **report,
                              kaigo_error **err);

/**
 * Checks the rows as they are now, without what only a file can tell. `check_flags`: 0, or `KAIGO_TOLERANT`;
 * `flags`: 0, or `KAIGO_SHOW_PERSONAL`.
 */
int32_t kaigo_document_check(const kaigo_document *document,
                             uint32_t check_flags,
                             uint32_t flags,
                             kaigo_report **report,
                             kaigo_error **err);

/**
 * Checks the rows as they are now as those of a file of that name: each by itself, against each other and against
 * the name. Else as `kaigo_document_check`. `KAIGO_E_FILE_NAME` when the name is not in the form of the standard,
 * `KAIGO_E_KIND` when it is that of another kind.
 */
int32_t kaigo_document_check_named_utf8(const kaigo_document *document,
                                        const char *name,
                                        size_t name_len,
                                        uint32_t check_flags,
                                        uint32_t flags,
                                        kaigo_report **report,
                                        kaigo_error **err);

/**
 * Checks the rows as they are now as those of a file of that name: each by itself, against each other and against
 * the name. Else as `kaigo_document_check`. `KAIGO_E_FILE_NAME` when the name is not in the form of the standard,
 * `KAIGO_E_KIND` when it is that of another kind.
 */
int32_t kaigo_document_check_named_utf16(const kaigo_document *document,
                                         const uint16_t *name,
                                         size_t name_len,
                                         uint32_t check_flags,
                                         uint32_t flags,
                                         kaigo_report **report,
                                         kaigo_error **err);

/**
 * A field as text in the CSV form (dates as YYYYMMDD), decoded; U+FFFD stands for bytes that are no character. Of a
 * row of which a field was viewed, the document keeps all texts until it is changed or freed.
 */
int32_t kaigo_document_text_utf8(const kaigo_document *document,
                                 uint64_t row,
                                 uint32_t no,
                                 char *buffer,
                                 size_t capacity,
                                 size_t *needed,
                                 kaigo_error **err);

/**
 * A field as text in the CSV form (dates as YYYYMMDD), decoded; U+FFFD stands for bytes that are no character. Of a
 * row of which a field was viewed, the document keeps all texts until it is changed or freed.
 */
int32_t kaigo_document_text_utf16(const kaigo_document *document,
                                  uint64_t row,
                                  uint32_t no,
                                  uint16_t *buffer,
                                  size_t capacity,
                                  size_t *needed,
                                  kaigo_error **err);

/**
 * A field as text in the CSV form (dates as YYYYMMDD), decoded; U+FFFD stands for bytes that are no character. Of a
 * row of which a field was viewed, the document keeps all texts until it is changed or freed.
 */
int32_t kaigo_document_text_view_utf8(const kaigo_document *document,
                                      uint64_t row,
                                      uint32_t no,
                                      const char **text,
                                      size_t *text_len,
                                      kaigo_error **err);

/**
 * A field as text in the CSV form (dates as YYYYMMDD), decoded; U+FFFD stands for bytes that are no character. Of a
 * row of which a field was viewed, the document keeps all texts until it is changed or freed.
 */
int32_t kaigo_document_text_view_utf16(const kaigo_document *document,
                                       uint64_t row,
                                       uint32_t no,
                                       const uint16_t **text,
                                       size_t *text_len,
                                       kaigo_error **err);

/**
 * A field by its name: English, English as in JSON, or official. Else as `kaigo_document_text_utf8`.
 */
int32_t kaigo_document_text_named_utf8(const kaigo_document *document,
                                       uint64_t row,
                                       const char *name,
                                       size_t name_len,
                                       char *buffer,
                                       size_t capacity,
                                       size_t *needed,
                                       kaigo_error **err);

/**
 * A field by its name: English, English as in JSON, or official. Else as `kaigo_document_text_utf8`.
 */
int32_t kaigo_document_text_named_utf16(const kaigo_document *document,
                                        uint64_t row,
                                        const uint16_t *name,
                                        size_t name_len,
                                        uint16_t *buffer,
                                        size_t capacity,
                                        size_t *needed,
                                        kaigo_error **err);

/**
 * A field, typed.
 */
int32_t kaigo_document_value(const kaigo_document *document,
                             uint64_t row,
                             uint32_t no,
                             kaigo_value *value,
                             kaigo_error **err);

/**
 * The fields of a row, typed, in official order, into an array whose first element has its `struct_size` set; as many
 * as there is room for. `fields` says how many the row has. Quicker than field by field.
 */
int32_t kaigo_document_row(const kaigo_document *document,
                           uint64_t row,
                           kaigo_value *values,
                           size_t values_count,
                           uint32_t *fields,
                           kaigo_error **err);

/**
 * A view of the bytes of a text as they stand in the file, with doubled quotes made single, until the document is
 * changed or freed; `encoding` says in which encoding. `KAIGO_E_KIND` where the field holds no text of a file, or
 * the quotes in it are doubled: such a text is had by the other calls.
 */
int32_t kaigo_document_bytes(const kaigo_document *document,
                             uint64_t row,
                             uint32_t no,
                             const uint8_t **data,
                             size_t *data_len,
                             uint32_t *encoding,
                             kaigo_error **err);

/**
 * The No. of a field by its name: English, English as in JSON, or official.
 */
int32_t kaigo_document_field_no_utf8(const kaigo_document *document,
                                     const char *name,
                                     size_t name_len,
                                     uint32_t *no,
                                     kaigo_error **err);

/**
 * The No. of a field by its name: English, English as in JSON, or official.
 */
int32_t kaigo_document_field_no_utf16(const kaigo_document *document,
                                      const uint16_t *name,
                                      size_t name_len,
                                      uint32_t *no,
                                      kaigo_error **err);

/**
 * Sets a field from its text in the CSV form. A text that does not conform is kept, and found by a check. Ends all
 * views of the document.
 */
int32_t kaigo_document_set_utf8(kaigo_document *document,
                                uint64_t row,
                                uint32_t no,
                                const char *text,
                                size_t text_len,
                                kaigo_error **err);

/**
 * Sets a field from its text in the CSV form. A text that does not conform is kept, and found by a check. Ends all
 * views of the document.
 */
int32_t kaigo_document_set_utf16(kaigo_document *document,
                                 uint64_t row,
                                 uint32_t no,
                                 const uint16_t *text,
                                 size_t text_len,
                                 kaigo_error **err);

/**
 * Sets a field by its name; else as `kaigo_document_set_utf8`.
 */
int32_t kaigo_document_set_named_utf8(kaigo_document *document,
                                      uint64_t row,
                                      const char *name,
                                      size_t name_len,
                                      const char *text,
                                      size_t text_len,
                                      kaigo_error **err);

/**
 * Sets a field by its name; else as `kaigo_document_set_utf8`.
 */
int32_t kaigo_document_set_named_utf16(kaigo_document *document,
                                       uint64_t row,
                                       const uint16_t *name,
                                       size_t name_len,
                                       const uint16_t *text,
                                       size_t text_len,
                                       kaigo_error **err);

/**
 * Sets a field from bytes of an encoding, one of `KAIGO_ENCODING_`. Bytes that are no character are kept.
 */
int32_t kaigo_document_set_bytes(kaigo_document *document,
                                 uint64_t row,
                                 uint32_t no,
                                 const uint8_t *data,
                                 size_t data_len,
                                 uint32_t encoding,
                                 kaigo_error **err);

/**
 * Sets a field from a typed value: `value_type` says what it is (not a text), `number` what it holds, as for
 * `kaigo_document_value`; the other members are not looked at.
 */
int32_t kaigo_document_set_value(kaigo_document *document,
                                 uint64_t row,
                                 uint32_t no,
                                 const kaigo_value *value,
                                 kaigo_error **err);

/**
 * Adds a row without values behind the others; `row` is its number.
 */
int32_t kaigo_document_add_row(kaigo_document *document, uint64_t *row, kaigo_error **err);

/**
 * Adds a row behind the others with its fields as texts in the CSV form, from No. 1 on: arrays of pointers and of
 * lengths; NULL with a length of 0 leaves a field blank, as do fields beyond the count. `row` is its number.
 */
int32_t kaigo_document_push_utf8(kaigo_document *document,
                                 const char *const *texts,
                                 const size_t *texts_len,
                                 size_t texts_count,
                                 uint64_t *row,
                                 kaigo_error **err);

/**
 * Adds a row behind the others with its fields as texts in the CSV form, from No. 1 on: arrays of pointers and of
 * lengths; NULL with a length of 0 leaves a field blank, as do fields beyond the count. `row` is its number.
 */
int32_t kaigo_document_push_utf16(kaigo_document *document,
                                  const uint16_t *const *texts,
                                  const size_t *texts_len,
                                  size_t texts_count,
                                  uint64_t *row,
                                  kaigo_error **err);

/**
 * Takes a row out; those behind it move up.
 */
int32_t kaigo_document_remove_row(kaigo_document *document, uint64_t row, kaigo_error **err);

/**
 * Writes the rows as a CSV file. `report` holds every character that was not written as itself; it may be NULL.
 */
int32_t kaigo_document_csv(const kaigo_document *document,
                           const kaigo_write_options *options,
                           kaigo_buffer **csv,
                           kaigo_report **report,
                           kaigo_error **err);

/**
 * Writes the rows as JSON in UTF-8. `flags`: 0, or `KAIGO_PRETTY`.
 */
int32_t kaigo_document_json(const kaigo_document *document,
                            uint32_t flags,
                            kaigo_buffer **json,
                            kaigo_error **err);

/**
 * Writes the rows as XML in UTF-8.
 */
int32_t kaigo_document_xml(const kaigo_document *document, kaigo_buffer **xml, kaigo_error **err);

/**
 * From a CSV file to JSON in one call; the parameters as for `kaigo_document_read_utf8`, the findings in `report`,
 * which may be NULL.
 */
int32_t kaigo_csv_to_json_utf8(const uint8_t *data,
                               size_t data_len,
                               const char *name,
                               size_t name_len,
                               const kaigo_read_options *options,
                               kaigo_buffer **json,
                               kaigo_report **report,
                               kaigo_error **err);

/**
 * From a CSV file to JSON in one call; the parameters as for `kaigo_document_read_utf8`, the findings in `report`,
 * which may be NULL.
 */
int32_t kaigo_csv_to_json_utf16(const uint8_t *data,
                                size_t data_len,
                                const uint16_t *name,
                                size_t name_len,
                                const kaigo_read_options *options,
                                kaigo_buffer **json,
                                kaigo_report **report,
                                kaigo_error **err);

/**
 * From JSON to a CSV file in one call. `report` holds the findings of reading and every character that was not
 * written as itself; it may be NULL.
 */
int32_t kaigo_json_to_csv(const uint8_t *data,
                          size_t data_len,
                          const kaigo_read_options *read_options,
                          const kaigo_write_options *options,
                          kaigo_buffer **csv,
                          kaigo_report **report,
                          kaigo_error **err);

/**
 * The name of a kind in file names, such as `UPPLAN`.
 */
int32_t kaigo_kind_name_utf8(uint32_t kind, char *buffer, size_t capacity, size_t *needed, kaigo_error **err);

/**
 * The name of a kind in file names, such as `UPPLAN`.
 */
int32_t kaigo_kind_name_utf16(uint32_t kind,
                              uint16_t *buffer,
                              size_t capacity,
                              size_t *needed,
                              kaigo_error **err);

/**
 * The official name of a kind.
 */
int32_t kaigo_kind_name_ja_utf8(uint32_t kind,
                                char *buffer,
                                size_t capacity,
                                size_t *needed,
                                kaigo_error **err);

/**
 * The official name of a kind.
 */
int32_t kaigo_kind_name_ja_utf16(uint32_t kind,
                                 uint16_t *buffer,
                                 size_t capacity,
                                 size_t *needed,
                                 kaigo_error **err);

/**
 * The kind of a name in file names.
 */
int32_t kaigo_kind_from_name_utf8(const char *name, size_t name_len, uint32_t *kind, kaigo_error **err);

/**
 * The kind of a name in file names.
 */
int32_t kaigo_kind_from_name_utf16(const uint16_t *name, size_t name_len, uint32_t *kind, kaigo_error **err);

/**
 * What the official table says of a field; `KAIGO_E_NOT_FOUND` behind the last.
 */
int32_t kaigo_kind_field(uint32_t kind, uint32_t no, kaigo_field *field, kaigo_error **err);

/**
 * A name of a field: one of `KAIGO_FIELD_`.
 */
int32_t kaigo_kind_field_name_utf8(uint32_t kind,
                                   uint32_t no,
                                   uint32_t what,
                                   char *buffer,
                                   size_t capacity,
                                   size_t *needed,
                                   kaigo_error **err);

/**
 * A name of a field: one of `KAIGO_FIELD_`.
 */
int32_t kaigo_kind_field_name_utf16(uint32_t kind,
                                    uint32_t no,
                                    uint32_t what,
                                    uint16_t *buffer,
                                    size_t capacity,
                                    size_t *needed,
                                    kaigo_error **err);

/**
 * A code of the closed list of a field, by its index from 0. Its official label is had with `label` 1.
 */
int32_t kaigo_kind_field_code_utf8(uint32_t kind,
                                   uint32_t no,
                                   uint32_t index,
                                   uint32_t label,
                                   char *buffer,
                                   size_t capacity,
                                   size_t *needed,
                                   kaigo_error **err);

/**
 * A code of the closed list of a field, by its index from 0. Its official label is had with `label` 1.
 */
int32_t kaigo_kind_field_code_utf16(uint32_t kind,
                                    uint32_t no,
                                    uint32_t index,
                                    uint32_t label,
                                    uint16_t *buffer,
                                    size_t capacity,
                                    size_t *needed,
                                    kaigo_error **err);

/**
 * The JSON Schema of the documents of a kind, in UTF-8.
 */
int32_t kaigo_kind_schema(uint32_t kind, kaigo_buffer **schema, kaigo_error **err);

/**
 * The names of the types of documents (`InsuredCard`, `AssessmentForm` …), as a JSON array. Provisional.
 */
int32_t kaigo_domain_names(kaigo_buffer **json, kaigo_error **err);

/**
 * Reads a document of the type of that name and writes it as it is written, from and to one of `KAIGO_MARKUP_`: the
 * same one checks it. What does not conform is refused, and the message of the error names every fault and its place.
 */
int32_t kaigo_domain_rewrite_utf8(const char *name,
                                  size_t name_len,
                                  const uint8_t *data,
                                  size_t data_len,
                                  uint32_t from,
                                  uint32_t to,
                                  kaigo_buffer **document,
                                  kaigo_error **err);

/**
 * Reads a document of the type of that name and writes it as it is written, from and to one of `KAIGO_MARKUP_`: the
 * same one checks it. What does not conform is refused, and the message of the error names every fault and its place.
 */
int32_t kaigo_domain_rewrite_utf16(const uint16_t *name,
                                   size_t name_len,
                                   const uint8_t *data,
                                   size_t data_len,
                                   uint32_t from,
                                   uint32_t to,
                                   kaigo_buffer **document,
                                   kaigo_error **err);

/**
 * Reads a document of the type of that name, from one of `KAIGO_MARKUP_`, for the calls below. Their `path` is the way
 * to a member in names of JSON and indexes from 0, `steps[2].on`, as messages of errors write it. `KAIGO_E_NOT_FOUND`
 * where nothing stands there, `KAIGO_E_KIND` where the member is of another type.
 */
int32_t kaigo_domain_open_utf8(const char *name,
                               size_t name_len,
                               const uint8_t *data,
                               size_t data_len,
                               uint32_t from,
                               kaigo_domain **domain,
                               kaigo_error **err);

/**
 * Reads a document of the type of that name, from one of `KAIGO_MARKUP_`, for the calls below. Their `path` is the way
 * to a member in names of JSON and indexes from 0, `steps[2].on`, as messages of errors write it. `KAIGO_E_NOT_FOUND`
 * where nothing stands there, `KAIGO_E_KIND` where the member is of another type.
 */
int32_t kaigo_domain_open_utf16(const uint16_t *name,
                                size_t name_len,
                                const uint8_t *data,
                                size_t data_len,
                                uint32_t from,
                                kaigo_domain **domain,
                                kaigo_error **err);

/**
 * How often a member stands: 0 where it does not, 1 or the items of a list.
 */
int32_t kaigo_domain_count_utf8(const kaigo_domain *domain,
                                const char *path,
                                size_t path_len,
                                uint64_t *count,
                                kaigo_error **err);

/**
 * How often a member stands: 0 where it does not, 1 or the items of a list.
 */
int32_t kaigo_domain_count_utf16(const kaigo_domain *domain,
                                 const uint16_t *path,
                                 size_t path_len,
                                 uint64_t *count,
                                 kaigo_error **err);

/**
 * A text, a code, a day (`YYYY-MM-DD`), a month (`YYYY-MM`) or a point in time (RFC 3339).
 */
int32_t kaigo_domain_text_utf8(const kaigo_domain *domain,
                               const char *path,
                               size_t path_len,
                               char *buffer,
                               size_t capacity,
                               size_t *needed,
                               kaigo_error **err);

/**
 * A text, a code, a day (`YYYY-MM-DD`), a month (`YYYY-MM`) or a point in time (RFC 3339).
 */
int32_t kaigo_domain_text_utf16(const kaigo_domain *domain,
                                const uint16_t *path,
                                size_t path_len,
                                uint16_t *buffer,
                                size_t capacity,
                                size_t *needed,
                                kaigo_error **err);

/**
 * A whole number from 0: units, yen.
 */
int32_t kaigo_domain_number_utf8(const kaigo_domain *domain,
                                 const char *path,
                                 size_t path_len,
                                 uint64_t *number,
                                 kaigo_error **err);

/**
 * A whole number from 0: units, yen.
 */
int32_t kaigo_domain_number_utf16(const kaigo_domain *domain,
                                  const uint16_t *path,
                                  size_t path_len,
                                  uint64_t *number,
                                  kaigo_error **err);

/**
 * Yes (1) or no (0).
 */
int32_t kaigo_domain_flag_utf8(const kaigo_domain *domain,
                               const char *path,
                               size_t path_len,
                               uint32_t *flag,
                               kaigo_error **err);

/**
 * Yes (1) or no (0).
 */
int32_t kaigo_domain_flag_utf16(const kaigo_domain *domain,
                                const uint16_t *path,
                                size_t path_len,
                                uint32_t *flag,
                                kaigo_error **err);

/**
 * A day as year, month and day.
 */
int32_t kaigo_domain_day_utf8(const kaigo_domain *domain,
                              const char *path,
                              size_t path_len,
                              uint32_t *year,
                              uint32_t *month,
                              uint32_t *day,
                              kaigo_error **err);

/**
 * A day as year, month and day.
 */
int32_t kaigo_domain_day_utf16(const kaigo_domain *domain,
                               const uint16_t *path,
                               size_t path_len,
                               uint32_t *year,
                               uint32_t *month,
                               uint32_t *day,
                               kaigo_error **err);

/**
 * The XSD of the documents of that name, or of the records of a kind of file (`UPPLAN`).
 */
int32_t kaigo_domain_schema_utf8(const char *name, size_t name_len, kaigo_buffer **xsd, kaigo_error **err);

/**
 * The XSD of the documents of that name, or of the records of a kind of file (`UPPLAN`).
 */
int32_t kaigo_domain_schema_utf16(const uint16_t *name,
                                  size_t name_len,
                                  kaigo_buffer **xsd,
                                  kaigo_error **err);

/**
 * The JSON Schema (2020-12) of the documents of that name.
 */
int32_t kaigo_domain_json_schema_utf8(const char *name,
                                      size_t name_len,
                                      kaigo_buffer **schema,
                                      kaigo_error **err);

/**
 * The JSON Schema (2020-12) of the documents of that name.
 */
int32_t kaigo_domain_json_schema_utf16(const uint16_t *name,
                                       size_t name_len,
                                       kaigo_buffer **schema,
                                       kaigo_error **err);

/**
 * The rules of benefit by name, each with the type of the document that it asks for, as a JSON array of
 * `{"question","document"}`.
 */
int32_t kaigo_benefit_questions(kaigo_buffer **json, kaigo_error **err);

/**
 * Asks the rule of that name. The question is JSON, and so is the decision: `value` (`null` where it cannot be told)
 * and `reasons`, each with `rule`, `effect` (`explains`, `warns`, `stops`), `facts`, `message_ja` and `message_en`.
 * `tables`: amounts of the caller's as a JSON document `Tables`; with a length of 0 those that come with the library.
 */
int32_t kaigo_benefit_decide_utf8(const char *name,
                                  size_t name_len,
                                  const uint8_t *question,
                                  size_t question_len,
                                  const uint8_t *tables,
                                  size_t tables_len,
                                  kaigo_buffer **decision,
                                  kaigo_error **err);

/**
 * Asks the rule of that name. The question is JSON, and so is the decision: `value` (`null` where it cannot be told)
 * and `reasons`, each with `rule`, `effect` (`explains`, `warns`, `stops`), `facts`, `message_ja` and `message_en`.
 * `tables`: amounts of the caller's as a JSON document `Tables`; with a length of 0 those that come with the library.
 */
int32_t kaigo_benefit_decide_utf16(const uint16_t *name,
                                   size_t name_len,
                                   const uint8_t *question,
                                   size_t question_len,
                                   const uint8_t *tables,
                                   size_t tables_len,
                                   kaigo_buffer **decision,
                                   kaigo_error **err);

/**
 * Reads the message of online eligibility (`XmlMsg`, in UTF-8 or Shift_JIS as it says) as a JSON document
 * `OnlineEligibility`. `unknown`: the names of elements that were not read, as a JSON array; it may be NULL.
 */
int32_t kaigo_xml_msg_read(const uint8_t *data,
                           size_t data_len,
                           kaigo_buffer **json,
                           kaigo_buffer **unknown,
                           kaigo_error **err);

/**
 * Writes the message of online eligibility from a JSON document `OnlineEligibility`, in one of `KAIGO_ENCODING_`.
 */
int32_t kaigo_xml_msg_write(const uint8_t *data,
                            size_t data_len,
                            uint32_t encoding,
                            kaigo_buffer **xml,
                            kaigo_error **err);

/**
 * Opens a CSV file to read it row by row. Progress in bytes is told by the calls of `kaigo_reader_next`, with the `user`
 * given here. With `kind` 0 the file name tells the kind, and the month that the rows must have.
 */
int32_t kaigo_reader_open_utf8(const char *path,
                               size_t path_len,
                               const kaigo_read_options *options,
                               kaigo_reader **reader,
                               kaigo_error **err);

/**
 * Opens a CSV file to read it row by row. Progress in bytes is told by the calls of `kaigo_reader_next`, with the `user`
 * given here. With `kind` 0 the file name tells the kind, and the month that the rows must have.
 */
int32_t kaigo_reader_open_utf16(const uint16_t *path,
                                size_t path_len,
                                const kaigo_read_options *options,
                                kaigo_reader **reader,
                                kaigo_error **err);

/**
 * Reads a stream of CSV row by row, pulled through a function of the caller's by the calls of `kaigo_reader_next`. `name`
 * is the file name, for the kind and for findings; it may be empty where the options say the kind.
 */
int32_t kaigo_reader_new_utf8(kaigo_read_fn read,
                              void *user,
                              const char *name,
                              size_t name_len,
                              const kaigo_read_options *options,
                              kaigo_reader **reader,
                              kaigo_error **err);

/**
 * Reads a stream of CSV row by row, pulled through a function of the caller's by the calls of `kaigo_reader_next`. `name`
 * is the file name, for the kind and for findings; it may be empty where the options say the kind.
 */
int32_t kaigo_reader_new_utf16(kaigo_read_fn read,
                               void *user,
                               const uint16_t *name,
                               size_t name_len,
                               const kaigo_read_options *options,
                               kaigo_reader **reader,
                               kaigo_error **err);

/**
 * Goes to the next row; `row` is its number, from 1, and 0 behind the last. After a failure there is no next row.
 */
int32_t kaigo_reader_next(kaigo_reader *reader,
                          uint64_t *row,
                          kaigo_error **err);

/**
 * The kind, one of `KAIGO_KIND_`.
 */
int32_t kaigo_reader_kind(const kaigo_reader *reader, uint32_t *kind, kaigo_error **err);

/**
 * A field of the row as text; as `kaigo_document_text_utf8`. `KAIGO_E_NOT_FOUND` where there is no row.
 */
int32_t kaigo_reader_text_utf8(const kaigo_reader *reader,
                               uint32_t no,
                               char *buffer,
                               size_t capacity,
                               size_t *needed,
                               kaigo_error **err);

/**
 * A field of the row as text; as `kaigo_document_text_utf8`. `KAIGO_E_NOT_FOUND` where there is no row.
 */
int32_t kaigo_reader_text_utf16(const kaigo_reader *reader,
                                uint32_t no,
                                uint16_t *buffer,
                                size_t capacity,
                                size_t *needed,
                                kaigo_error **err);

/**
 * A field of the row as text; as `kaigo_document_text_utf8`. `KAIGO_E_NOT_FOUND` where there is no row.
 */
int32_t kaigo_reader_text_view_utf8(const kaigo_reader *reader,
                                    uint32_t no,
                                    const char **text,
                                    size_t *text_len,
                                    kaigo_error **err);

/**
 * A field of the row as text; as `kaigo_document_text_utf8`. `KAIGO_E_NOT_FOUND` where there is no row.
 */
int32_t kaigo_reader_text_view_utf16(const kaigo_reader *reader,
                                     uint32_t no,
                                     const uint16_t **text,
                                     size_t *text_len,
                                     kaigo_error **err);

/**
 * A field of the row, typed.
 */
int32_t kaigo_reader_value(const kaigo_reader *reader, uint32_t no, kaigo_value *value, kaigo_error **err);

/**
 * The fields of the row, typed; as `kaigo_document_row`.
 */
int32_t kaigo_reader_row(const kaigo_reader *reader,
                         kaigo_value *values,
                         size_t values_count,
                         uint32_t *fields,
                         kaigo_error **err);

/**
 * A view of the bytes of a text of the row; as `kaigo_document_bytes`.
 */
int32_t kaigo_reader_bytes(const kaigo_reader *reader,
                           uint32_t no,
                           const uint8_t **data,
                           size_t *data_len,
                           uint32_t *encoding,
                           kaigo_error **err);

/**
 * What was found since this was last called; behind the last row, with what only the end tells. Each report keeps as
 * many findings as the options say, so that those of a long file do not pile up. `flags`: 0, or
 * `KAIGO_SHOW_PERSONAL`. Ends the views of the row.
 */
int32_t kaigo_reader_report(kaigo_reader *reader,
                            uint32_t flags,
                            kaigo_report **report,
                            kaigo_error **err);

/**
 * Reads a folder with all below it, a ZIP archive, or a file, and puts the files together into units. Progress is told
 * in bytes, of a total that is not known.
 */
int32_t kaigo_units_open_utf8(const char *path,
                              size_t path_len,
                              const kaigo_check_options *options,
                              kaigo_units **units,
                              kaigo_error **err);

/**
 * Reads a folder with all below it, a ZIP archive, or a file, and puts the files together into units. Progress is told
 * in bytes, of a total that is not known.
 */
int32_t kaigo_units_open_utf16(const uint16_t *path,
                               size_t path_len,
                               const kaigo_check_options *options,
                               kaigo_units **units,
                               kaigo_error **err);

/**
 * How many units there are.
 */
int32_t kaigo_units_count(const kaigo_units *units, uint64_t *count, kaigo_error **err);

/**
 * What is wrong with files that belong to no unit. `flags`: 0, or `KAIGO_SHOW_PERSONAL`.
 */
int32_t kaigo_units_report(const kaigo_units *units,
                           uint32_t flags,
                           kaigo_report **report,
                           kaigo_error **err);

/**
 * A copy of the unit at an index, from 0.
 */
int32_t kaigo_units_get(const kaigo_units *units, uint64_t index, kaigo_unit **unit, kaigo_error **err);

/**
 * Makes a unit without files.
 */
int32_t kaigo_unit_new(kaigo_unit **unit, kaigo_error **err);

/**
 * Adds a file, whose name must tell what it is. The bytes are copied. Ends all views of the unit.
 */
int32_t kaigo_unit_add_utf8(kaigo_unit *unit,
                            const char *name,
                            size_t name_len,
                            const uint8_t *data,
                            size_t data_len,
                            kaigo_error **err);

/**
 * Adds a file, whose name must tell what it is. The bytes are copied. Ends all views of the unit.
 */
int32_t kaigo_unit_add_utf16(kaigo_unit *unit,
                             const uint16_t *name,
                             size_t name_len,
                             const uint8_t *data,
                             size_t data_len,
                             kaigo_error **err);

/**
 * Which of the allowed units it is, one of `KAIGO_UNIT_`; 0 when it is none of them.
 */
int32_t kaigo_unit_kind(const kaigo_unit *unit, uint32_t *kind, kaigo_error **err);

/**
 * A text of a unit: one of `KAIGO_UNIT_TEXT_`; empty before its first file.
 */
int32_t kaigo_unit_text_utf8(const kaigo_unit *unit,
                             uint32_t what,
                             char *buffer,
                             size_t capacity,
                             size_t *needed,
                             kaigo_error **err);

/**
 * A text of a unit: one of `KAIGO_UNIT_TEXT_`; empty before its first file.
 */
int32_t kaigo_unit_text_utf16(const kaigo_unit *unit,
                              uint32_t what,
                              uint16_t *buffer,
                              size_t capacity,
                              size_t *needed,
                              kaigo_error **err);

/**
 * A text of a unit: one of `KAIGO_UNIT_TEXT_`; empty before its first file.
 */
int32_t kaigo_unit_text_view_utf8(const kaigo_unit *unit,
                                  uint32_t what,
                                  const char **text,
                                  size_t *text_len,
                                  kaigo_error **err);

/**
 * A text of a unit: one of `KAIGO_UNIT_TEXT_`; empty before its first file.
 */
int32_t kaigo_unit_text_view_utf16(const kaigo_unit *unit,
                                   uint32_t what,
                                   const uint16_t **text,
                                   size_t *text_len,
                                   kaigo_error **err);

/**
 * How many files there are.
 */
int32_t kaigo_unit_files(const kaigo_unit *unit, uint64_t *count, kaigo_error **err);

/**
 * The name of the file at an index, from 0.
 */
int32_t kaigo_unit_file_name_utf8(const kaigo_unit *unit,
                                  uint64_t index,
                                  char *buffer,
                                  size_t capacity,
                                  size_t *needed,
                                  kaigo_error **err);

/**
 * The name of the file at an index, from 0.
 */
int32_t kaigo_unit_file_name_utf16(const kaigo_unit *unit,
                                   uint64_t index,
                                   uint16_t *buffer,
                                   size_t capacity,
                                   size_t *needed,
                                   kaigo_error **err);

/**
 * The name of the file at an index, from 0.
 */
int32_t kaigo_unit_file_name_view_utf8(const kaigo_unit *unit,
                                       uint64_t index,
                                       const char **text,
                                       size_t *text_len,
                                       kaigo_error **err);

/**
 * The name of the file at an index, from 0.
 */
int32_t kaigo_unit_file_name_view_utf16(const kaigo_unit *unit,
                                        uint64_t index,
                                        const uint16_t **text,
                                        size_t *text_len,
                                        kaigo_error **err);

/**
 * The kind of the file at an index, from 0: one of `KAIGO_KIND_`.
 */
int32_t kaigo_unit_file_kind(const kaigo_unit *unit, uint64_t index, uint32_t *kind, kaigo_error **err);

/**
 * A view of the bytes of the file at an index, from 0, until the unit is changed or freed.
 */
int32_t kaigo_unit_file_bytes(const kaigo_unit *unit,
                              uint64_t index,
                              const uint8_t **data,
                              size_t *data_len,
                              kaigo_error **err);

/**
 * The records of the file at an index, from 0, read and checked by itself.
 */
int32_t kaigo_unit_document(const kaigo_unit *unit,
                            uint64_t index,
                            const kaigo_check_options *options,
                            kaigo_document **document,
                            kaigo_error **err);

/**
 * Checks every file, and the files against each other. Progress is told in files. `flags`: 0, or `KAIGO_SHOW_PERSONAL`.
 */
int32_t kaigo_unit_check(const kaigo_unit *unit,
                         const kaigo_check_options *options,
                         uint32_t flags,
                         kaigo_report **report,
                         kaigo_error **err);

/**
 * Writes the files into a folder, which is made when it is missing; all of them or none. Progress, told to a function
 * that may be NULL, is in files.
 */
int32_t kaigo_unit_write_utf8(const kaigo_unit *unit,
                              const char *folder,
                              size_t folder_len,
                              kaigo_progress_fn progress,
                              void *user,
                              kaigo_error **err);

/**
 * Writes the files into a folder, which is made when it is missing; all of them or none. Progress, told to a function
 * that may be NULL, is in files.
 */
int32_t kaigo_unit_write_utf16(const kaigo_unit *unit,
                               const uint16_t *folder,
                               size_t folder_len,
                               kaigo_progress_fn progress,
                               void *user,
                               kaigo_error **err);

/**
 * Reads a file name in the form of 4.1, or one that real senders use.
 */
int32_t kaigo_file_name_parse_utf8(const char *name,
                                   size_t name_len,
                                   kaigo_file_name **file_name,
                                   kaigo_error **err);

/**
 * Reads a file name in the form of 4.1, or one that real senders use.
 */
int32_t kaigo_file_name_parse_utf16(const uint16_t *name,
                                    size_t name_len,
                                    kaigo_file_name **file_name,
                                    kaigo_error **err);

/**
 * The kind of file, one of `KAIGO_KIND_`.
 */
int32_t kaigo_file_name_kind(const kaigo_file_name *file_name, uint32_t *kind, kaigo_error **err);

/**
 * A part of a file name: one of `KAIGO_NAME_`.
 */
int32_t kaigo_file_name_text_utf8(const kaigo_file_name *file_name,
                                  uint32_t what,
                                  char *buffer,
                                  size_t capacity,
                                  size_t *needed,
                                  kaigo_error **err);

/**
 * A part of a file name: one of `KAIGO_NAME_`.
 */
int32_t kaigo_file_name_text_utf16(const kaigo_file_name *file_name,
                                   uint32_t what,
                                   uint16_t *buffer,
                                   size_t capacity,
                                   size_t *needed,
                                   kaigo_error **err);

/**
 * A part of a file name: one of `KAIGO_NAME_`.
 */
int32_t kaigo_file_name_text_view_utf8(const kaigo_file_name *file_name,
                                       uint32_t what,
                                       const char **text,
                                       size_t *text_len,
                                       kaigo_error **err);

/**
 * A part of a file name: one of `KAIGO_NAME_`.
 */
int32_t kaigo_file_name_text_view_utf16(const kaigo_file_name *file_name,
                                        uint32_t what,
                                        const uint16_t **text,
                                        size_t *text_len,
                                        kaigo_error **err);

/**
 * The name of a file. `month` as YYYYMM: 0 for kinds without a month, and for 000000. `sequence` as YYYYMMDDHHMMSS.
 * `branch` is the branch number of an image, from 0; it is ignored for every other kind.
 */
int32_t kaigo_file_name_build_utf8(uint32_t kind,
                                   uint32_t month_number,
                                   const char *sender_office,
                                   size_t sender_office_len,
                                   const char *sender_type,
                                   size_t sender_type_len,
                                   const char *receiver_office,
                                   size_t receiver_office_len,
                                   const char *receiver_type,
                                   size_t receiver_type_len,
                                   uint64_t sequence_number,
                                   uint16_t branch,
                                   char *buffer,
                                   size_t capacity,
                                   size_t *needed,
                                   kaigo_error **err);

/**
 * The name of a file. `month` as YYYYMM: 0 for kinds without a month, and for 000000. `sequence` as YYYYMMDDHHMMSS.
 * `branch` is the branch number of an image, from 0; it is ignored for every other kind.
 */
int32_t kaigo_file_name_build_utf16(uint32_t kind,
                                    uint32_t month_number,
                                    const uint16_t *sender_office,
                                    size_t sender_office_len,
                                    const uint16_t *sender_type,
                                    size_t sender_type_len,
                                    const uint16_t *receiver_office,
                                    size_t receiver_office_len,
                                    const uint16_t *receiver_type,
                                    size_t receiver_type_len,
                                    uint64_t sequence_number,
                                    uint16_t branch,
                                    uint16_t *buffer,
                                    size_t capacity,
                                    size_t *needed,
                                    kaigo_error **err);

/**
 * The next sequence number of a store, YYYYMMDDHHMMSS: never one that it gave before, to whatever process. The store
 * is a small file, which need not exist yet.
 */
int32_t kaigo_sequence_next_utf8(const char *path,
                                 size_t path_len,
                                 uint64_t *number,
                                 kaigo_error **err);

/**
 * The next sequence number of a store, YYYYMMDDHHMMSS: never one that it gave before, to whatever process. The store
 * is a small file, which need not exist yet.
 */
int32_t kaigo_sequence_next_utf16(const uint16_t *path,
                                  size_t path_len,
                                  uint64_t *number,
                                  kaigo_error **err);

/**
 * Makes an empty inbox.
 */
int32_t kaigo_inbox_new(kaigo_inbox **inbox, kaigo_error **err);

/**
 * Puts a unit in. `report` holds what its check found and what putting it in did; it may be NULL. Ends all views of
 * the inbox.
 */
int32_t kaigo_inbox_apply(kaigo_inbox *inbox,
                          const kaigo_unit *unit,
                          const kaigo_check_options *options,
                          kaigo_report **report,
                          kaigo_error **err);

/**
 * How many people there is something of.
 */
int32_t kaigo_inbox_clients(const kaigo_inbox *inbox, uint64_t *count, kaigo_error **err);

/**
 * A number of the person at an index, from 0: one of `KAIGO_CLIENT_`.
 */
int32_t kaigo_inbox_client_utf8(const kaigo_inbox *inbox,
                                uint64_t index,
                                uint32_t what,
                                char *buffer,
                                size_t capacity,
                                size_t *needed,
                                kaigo_error **err);

/**
 * A number of the person at an index, from 0: one of `KAIGO_CLIENT_`.
 */
int32_t kaigo_inbox_client_utf16(const kaigo_inbox *inbox,
                                 uint64_t index,
                                 uint32_t what,
                                 uint16_t *buffer,
                                 size_t capacity,
                                 size_t *needed,
                                 kaigo_error **err);

/**
 * A number of the person at an index, from 0: one of `KAIGO_CLIENT_`.
 */
int32_t kaigo_inbox_client_view_utf8(const kaigo_inbox *inbox,
                                     uint64_t index,
                                     uint32_t what,
                                     const char **text,
                                     size_t *text_len,
                                     kaigo_error **err);

/**
 * A number of the person at an index, from 0: one of `KAIGO_CLIENT_`.
 */
int32_t kaigo_inbox_client_view_utf16(const kaigo_inbox *inbox,
                                      uint64_t index,
                                      uint32_t what,
                                      const uint16_t **text,
                                      size_t *text_len,
                                      kaigo_error **err);

/**
 * What is current of the person at an index, from 0: the rows of a kind, one of `KAIGO_KIND_`. `month` as YYYYMM
 * chooses the month of slips, annexes and actuals, and the supplementary information that came with it; 0 is the
 * latest month of slips and annexes, and the supplementary information of the care plan. Actuals need a month.
 * Where nothing is held the document has no rows.
 */
int32_t kaigo_inbox_document(const kaigo_inbox *inbox,
                             uint64_t index,
                             uint32_t kind,
                             uint32_t month,
                             kaigo_document **document,
                             kaigo_error **err);

/**
 * Matches planned with actual visits as `kaigo_reconcile` does, to the minute: outcomes and rows alone, in its order.
 */
int32_t kaigo_visits_compare(const kaigo_document *planned,
                             const kaigo_document *actual,
                             kaigo_visits **visits,
                             kaigo_error **err);

/**
 * How many visits there are.
 */
int32_t kaigo_visits_count(const kaigo_visits *visits, uint64_t *count, kaigo_error **err);

/**
 * The visit at an index, from 0: one of `KAIGO_VISIT_`, and its rows in the documents compared, 0 where it has none.
 */
int32_t kaigo_visits_get(const kaigo_visits *visits,
                         uint64_t index,
                         uint32_t *outcome,
                         uint64_t *planned_row,
                         uint64_t *actual_row,
                         kaigo_error **err);

/**
 * Holds planned against actual visits: both documents hold 第6表. `minutes`: by how much the start and the end of a
 * visit may each differ. `annex`: 第7表 with the prices of units; NULL: amounts in yen are left out. The result is read by
 * name, as a document `Reconciliation`: `clients[0].visits[0].outcome`; rows in it are those of the documents, from 1.
 */
int32_t kaigo_reconcile(const kaigo_document *planned,
                        const kaigo_document *actual,
                        const kaigo_document *annex,
                        uint32_t minutes,
                        kaigo_domain **reconciliation,
                        kaigo_error **err);

/**
 * The same as JSON.
 */
int32_t kaigo_reconcile_json(const kaigo_document *planned,
                             const kaigo_document *actual,
                             const kaigo_document *annex,
                             uint32_t minutes,
                             kaigo_buffer **json,
                             kaigo_error **err);

/**
 * What units hold, as a JSON document `CareDocument` (`kaigo_domain_open_utf8` takes it): care plans as needs, goals and
 * supports, slips and actuals as lines, prevention plans, basic information. `report` holds what the check of the units
 * finds and what the document cannot hold; it may be NULL. `flags`: 0, or `KAIGO_SHOW_PERSONAL`.
 */
int32_t kaigo_care_read(const kaigo_units *units,
                        const kaigo_check_options *options,
                        uint32_t flags,
                        kaigo_buffer **json,
                        kaigo_report **report,
                        kaigo_error **err);

/**
 * What is current in an inbox, as `kaigo_care_read` gives it.
 */
int32_t kaigo_care_read_inbox(const kaigo_inbox *inbox,
                              uint32_t flags,
                              kaigo_buffer **json,
                              kaigo_report **report,
                              kaigo_error **err);

/**
 * The units that carry a JSON document `CareDocument`, in which `sender`, `receiver` and `sequence` must stand: the first
 * unit has that sequence number, each of the others the second after the one before. `repeats` is one of
 * `KAIGO_REPEATS_`, `gaiji` one of `KAIGO_GAIJI_`. `report` holds every character that was not written as itself; it may
 * be NULL. `kaigo_unit_write_utf8` writes the files of a unit.
 */
int32_t kaigo_care_write(const uint8_t *data,
                         size_t data_len,
                         uint32_t repeats,
                         uint32_t gaiji,
                         kaigo_units **units,
                         kaigo_report **report,
                         kaigo_error **err);

/**
 * Converts a file of records into one of `KAIGO_FORM_`; its own form is told by its first sign, its kind by its name or
 * the options. `profile`: a JSON document `StandardProfile` to use instead of the library's, or a length of 0.
 *
 * `found` is what was found in the file, `losses` what the new form does not take (codes `loss.…`), and `loss_report` the
 * same as a JSON document `LossReport`; each may be NULL. `KAIGO_E_UNWRITABLE` and `KAIGO_E_LOSSY` give nothing, and their
 * errors have the losses.
 */
int32_t kaigo_convert_utf8(const char *name,
                           size_t name_len,
                           const uint8_t *data,
                           size_t data_len,
                           uint32_t to,
                           const kaigo_convert_options *options,
                           const uint8_t *profile,
                           size_t profile_len,
                           kaigo_buffer **converted,
                           kaigo_report **found,
                           kaigo_report **losses,
                           kaigo_buffer **loss_report,
                           kaigo_error **err);

/**
 * Converts a file of records into one of `KAIGO_FORM_`; its own form is told by its first sign, its kind by its name or
 * the options. `profile`: a JSON document `StandardProfile` to use instead of the library's, or a length of 0.
 *
 * `found` is what was found in the file, `losses` what the new form does not take (codes `loss.…`), and `loss_report` the
 * same as a JSON document `LossReport`; each may be NULL. `KAIGO_E_UNWRITABLE` and `KAIGO_E_LOSSY` give nothing, and their
 * errors have the losses.
 */
int32_t kaigo_convert_utf16(const uint16_t *name,
                            size_t name_len,
                            const uint8_t *data,
                            size_t data_len,
                            uint32_t to,
                            const kaigo_convert_options *options,
                            const uint8_t *profile,
                            size_t profile_len,
                            kaigo_buffer **converted,
                            kaigo_report **found,
                            kaigo_report **losses,
                            kaigo_buffer **loss_report,
                            kaigo_error **err);

/**
 * Checks every file below a folder, or in an archive, on several threads. `manifest` is the path of a file that
 * remembers what is finished, a line of JSON a file, or a text of length 0; what is finished and unchanged is skipped.
 * `summary`: `files`, `skipped`, `unreadable`, `refused`, `failed`, `errors`, `warnings` and `losses` as a JSON object.
 */
int32_t kaigo_batch_validate_utf8(const char *path,
                                  size_t path_len,
                                  const char *manifest,
                                  size_t manifest_len,
                                  const kaigo_convert_options *options,
                                  kaigo_buffer **summary,
                                  kaigo_error **err);

/**
 * Checks every file below a folder, or in an archive, on several threads. `manifest` is the path of a file that
 * remembers what is finished, a line of JSON a file, or a text of length 0; what is finished and unchanged is skipped.
 * `summary`: `files`, `skipped`, `unreadable`, `refused`, `failed`, `errors`, `warnings` and `losses` as a JSON object.
 */
int32_t kaigo_batch_validate_utf16(const uint16_t *path,
                                   size_t path_len,
                                   const uint16_t *manifest,
                                   size_t manifest_len,
                                   const kaigo_convert_options *options,
                                   kaigo_buffer **summary,
                                   kaigo_error **err);

/**
 * Converts every file below a folder, or in an archive, into a folder of the same shape; the files of a sending unit
 * all or none. The rest is as in `kaigo_batch_validate_utf8` and `kaigo_convert_utf8`.
 */
int32_t kaigo_batch_convert_utf8(const char *path,
                                 size_t path_len,
                                 const char *into,
                                 size_t into_len,
                                 const char *manifest,
                                 size_t manifest_len,
                                 uint32_t to,
                                 const kaigo_convert_options *options,
                                 const uint8_t *profile,
                                 size_t profile_len,
                                 kaigo_buffer **summary,
                                 kaigo_error **err);

/**
 * Converts every file below a folder, or in an archive, into a folder of the same shape; the files of a sending unit
 * all or none. The rest is as in `kaigo_batch_validate_utf8` and `kaigo_convert_utf8`.
 */
int32_t kaigo_batch_convert_utf16(const uint16_t *path,
                                  size_t path_len,
                                  const uint16_t *into,
                                  size_t into_len,
                                  const uint16_t *manifest,
                                  size_t manifest_len,
                                  uint32_t to,
                                  const kaigo_convert_options *options,
                                  const uint8_t *profile,
                                  size_t profile_len,
                                  kaigo_buffer **summary,
                                  kaigo_error **err);

/**
 * The draft of a plan as it came (a unit with UPPLAN): for the office that received it, to the one that sent it, as if all
 * had been given as planned. `made_on` as YYYYMMDD.
 */
int32_t kaigo_draft_of_unit(const kaigo_unit *unit,
                            uint32_t made_on,
                            kaigo_draft **draft,
                            kaigo_error **err);

/**
 * How many visits there are, the cancelled ones among them. A visit keeps its index, from 0.
 */
int32_t kaigo_draft_visits(const kaigo_draft *draft, uint64_t *count, kaigo_error **err);

/**
 * The visit at an index: its state, one of `KAIGO_DRAFT_`, and its rows, a service with its add-ons.
 */
int32_t kaigo_draft_visit(const kaigo_draft *draft,
                          uint64_t visit,
                          uint32_t *state,
                          kaigo_document **document,
                          kaigo_error **err);

/**
 * What will be sent: the rows of all visits but the cancelled ones.
 */
int32_t kaigo_draft_rows(const kaigo_draft *draft, kaigo_document **document, kaigo_error **err);

/**
 * The visit was not given.
 */
int32_t kaigo_draft_cancel(kaigo_draft *draft, uint64_t visit, kaigo_error **err);

/**
 * The visit was given after all, as its rows stand.
 */
int32_t kaigo_draft_restore(kaigo_draft *draft, uint64_t visit, kaigo_error **err);

/**
 * The visit was given on that day of the month at those times, its add-ons with it. Times as HHMM, or both 9999.
 */
int32_t kaigo_draft_move(kaigo_draft *draft,
                         uint64_t visit,
                         uint32_t day,
                         uint32_t start,
                         uint32_t end,
                         kaigo_error **err);

/**
 * A service of the visit was given so many times, 1 to 99.
 */
int32_t kaigo_draft_recount_utf8(kaigo_draft *draft,
                                 uint64_t visit,
                                 const char *service_code,
                                 size_t service_code_len,
                                 uint32_t count,
                                 kaigo_error **err);

/**
 * A service of the visit was given so many times, 1 to 99.
 */
int32_t kaigo_draft_recount_utf16(kaigo_draft *draft,
                                  uint64_t visit,
                                  const uint16_t *service_code,
                                  size_t service_code_len,
                                  uint32_t count,
                                  kaigo_error **err);

/**
 * Another service was given in place of one, at so many units a time after discount.
 */
int32_t kaigo_draft_recode_utf8(kaigo_draft *draft,
                                uint64_t visit,
                                const char *service_code,
                                size_t service_code_len,
                                const char *given,
                                size_t given_len,
                                uint32_t units,
                                kaigo_error **err);

/**
 * Another service was given in place of one, at so many units a time after discount.
 */
int32_t kaigo_draft_recode_utf16(kaigo_draft *draft,
                                 uint64_t visit,
                                 const uint16_t *service_code,
                                 size_t service_code_len,
                                 const uint16_t *given,
                                 size_t given_len,
                                 uint32_t units,
                                 kaigo_error **err);

/**
 * A visit that was not planned, like another one, on that day of the month at those times; `added` is its index.
 */
int32_t kaigo_draft_add_like(kaigo_draft *draft,
                             uint64_t visit,
                             uint32_t day,
                             uint32_t start,
                             uint32_t end,
                             uint64_t *added,
                             kaigo_error **err);

/**
 * A visit that was not planned: a row, from 1, of a document of 第6表, of this office and month; `added` is its index.
 */
int32_t kaigo_draft_add(kaigo_draft *draft,
                        const kaigo_document *document,
                        uint64_t row,
                        uint64_t *added,
                        kaigo_error **err);

/**
 * All of it, as units: one for each service type, each with a sequence number from the store at that path.
 */
int32_t kaigo_draft_units_utf8(const kaigo_draft *draft,
                               const char *store,
                               size_t store_len,
                               kaigo_units **made,
                               kaigo_error **err);

/**
 * All of it, as units: one for each service type, each with a sequence number from the store at that path.
 */
int32_t kaigo_draft_units_utf16(const kaigo_draft *draft,
                                const uint16_t *store,
                                size_t store_len,
                                kaigo_units **made,
                                kaigo_error **err);

/**
 * What must be sent so that a receiver of the rows of `sent` holds this draft: actuals, for each client and service type
 * with a change everything of it; and deletions, where nothing of it is left.
 */
int32_t kaigo_draft_corrections_utf8(const kaigo_draft *draft,
                                     const kaigo_document *sent,
                                     const char *store,
                                     size_t store_len,
                                     kaigo_units **actuals,
                                     kaigo_units **deletions,
                                     kaigo_error **err);

/**
 * What must be sent so that a receiver of the rows of `sent` holds this draft: actuals, for each client and service type
 * with a change everything of it; and deletions, where nothing of it is left.
 */
int32_t kaigo_draft_corrections_utf16(const kaigo_draft *draft,
                                      const kaigo_document *sent,
                                      const uint16_t *store,
                                      size_t store_len,
                                      kaigo_units **actuals,
                                      kaigo_units **deletions,
                                      kaigo_error **err);

/**
 * Reads a PKCS#12 file (`.p12`, `.pfx`). Validity is not looked at. The password is not kept.
 */
int32_t kaigo_credential_from_pkcs12_utf8(const uint8_t *data,
                                          size_t data_len,
                                          const char *password,
                                          size_t password_len,
                                          kaigo_credential **credential,
                                          kaigo_error **err);

/**
 * Reads a PKCS#12 file (`.p12`, `.pfx`). Validity is not looked at. The password is not kept.
 */
int32_t kaigo_credential_from_pkcs12_utf16(const uint8_t *data,
                                           size_t data_len,
                                           const uint16_t *password,
                                           size_t password_len,
                                           kaigo_credential **credential,
                                           kaigo_error **err);

/**
 * Reads a PEM text that holds the certificates and one private key, in any order. The password is for an encrypted
 * key; with NULL there is none.
 */
int32_t kaigo_credential_from_pem_utf8(const uint8_t *data,
                                       size_t data_len,
                                       const char *password,
                                       size_t password_len,
                                       kaigo_credential **credential,
                                       kaigo_error **err);

/**
 * Reads a PEM text that holds the certificates and one private key, in any order. The password is for an encrypted
 * key; with NULL there is none.
 */
int32_t kaigo_credential_from_pem_utf16(const uint8_t *data,
                                        size_t data_len,
                                        const uint16_t *password,
                                        size_t password_len,
                                        kaigo_credential **credential,
                                        kaigo_error **err);

/**
 * The certificates of a credential, the office's own first, each followed by the one that issued it.
 */
int32_t kaigo_credential_chain(const kaigo_credential *credential,
                               kaigo_certificates **certificates,
                               kaigo_error **err);

/**
 * Whether every certificate of the chain may be used at a moment, in seconds since 1970 UTC or `KAIGO_NOW`: if not,
 * `KAIGO_E_NOT_YET_VALID` or `KAIGO_E_EXPIRED`.
 */
int32_t kaigo_credential_ensure_valid(const kaigo_credential *credential,
                                      int64_t at,
                                      kaigo_error **err);

/**
 * Reads all certificates of a PEM text, in their order.
 */
int32_t kaigo_certificates_from_pem(const uint8_t *data,
                                    size_t data_len,
                                    kaigo_certificates **certificates,
                                    kaigo_error **err);

/**
 * Reads one certificate in DER.
 */
int32_t kaigo_certificates_from_der(const uint8_t *data,
                                    size_t data_len,
                                    kaigo_certificates **certificates,
                                    kaigo_error **err);

/**
 * How many there are.
 */
int32_t kaigo_certificates_count(const kaigo_certificates *certificates, uint64_t *count, kaigo_error **err);

/**
 * What the certificate at an index, from 0, says: one of `KAIGO_CERTIFICATE_`.
 */
int32_t kaigo_certificates_text_utf8(const kaigo_certificates *certificates,
                                     uint64_t index,
                                     uint32_t what,
                                     char *buffer,
                                     size_t capacity,
                                     size_t *needed,
                                     kaigo_error **err);

/**
 * What the certificate at an index, from 0, says: one of `KAIGO_CERTIFICATE_`.
 */
int32_t kaigo_certificates_text_utf16(const kaigo_certificates *certificates,
                                      uint64_t index,
                                      uint32_t what,
                                      uint16_t *buffer,
                                      size_t capacity,
                                      size_t *needed,
                                      kaigo_error **err);

/**
 * What the certificate at an index, from 0, says: one of `KAIGO_CERTIFICATE_`.
 */
int32_t kaigo_certificates_text_view_utf8(const kaigo_certificates *certificates,
                                          uint64_t index,
                                          uint32_t what,
                                          const char **text,
                                          size_t *text_len,
                                          kaigo_error **err);

/**
 * What the certificate at an index, from 0, says: one of `KAIGO_CERTIFICATE_`.
 */
int32_t kaigo_certificates_text_view_utf16(const kaigo_certificates *certificates,
                                           uint64_t index,
                                           uint32_t what,
                                           const uint16_t **text,
                                           size_t *text_len,
                                           kaigo_error **err);

/**
 * A view of the certificate at an index, from 0, in DER, until the handle is freed.
 */
int32_t kaigo_certificates_der(const kaigo_certificates *certificates,
                               uint64_t index,
                               const uint8_t **data,
                               size_t *data_len,
                               kaigo_error **err);

/**
 * The first and the last second of the validity of the certificate at an index, from 0, since 1970 UTC.
 */
int32_t kaigo_certificates_validity(const kaigo_certificates *certificates,
                                    uint64_t index,
                                    int64_t *not_before,
                                    int64_t *not_after,
                                    kaigo_error **err);

/**
 * Whole days left at a moment, in seconds since 1970 UTC or `KAIGO_NOW`: 0 on the last day, negative after it.
 */
int32_t kaigo_certificates_days_left(const kaigo_certificates *certificates,
                                     uint64_t index,
                                     int64_t at,
                                     int64_t *days,
                                     kaigo_error **err);

/**
 * Whether the certificate at an index, from 0, is to be renewed at a moment, as for `kaigo_certificates_days_left`: one of
 * `KAIGO_RENEWAL_`.
 */
int32_t kaigo_certificates_renewal(const kaigo_certificates *certificates,
                                   uint64_t index,
                                   int64_t at,
                                   uint32_t *renewal,
                                   kaigo_error **err);

/**
 * Builds the chain from the certificate at an index, from 0, over others of its handle to one of the roots, and checks it
 * at a moment: signatures, validity, and that it is for proving who one is. `KAIGO_E_UNTRUSTED`, `KAIGO_E_WRONG_USE`,
 * `KAIGO_E_EXPIRED` and others. Revocation is not looked up. `chain`, which may be NULL, is the chain, the root last.
 */
int32_t kaigo_certificates_validate(const kaigo_certificates *certificates,
                                    uint64_t index,
                                    const kaigo_certificates *roots,
                                    int64_t at,
                                    kaigo_certificates **chain,
                                    kaigo_error **err);

/**
 * The stable name of the kind of office certificate that the one at an index, from 0, calls itself, which proves nothing;
 * empty where no rule fits. `rules` is a JSON array of objects with `name`, `labelJa`, `labelEn`, `subjectHas` and
 * `issuerHas`; with no length the rules for the sandbox's certificates are taken, which are provisional.
 */
int32_t kaigo_certificates_kind_utf8(const kaigo_certificates *certificates,
                                     uint64_t index,
                                     const char *rules,
                                     size_t rules_len,
                                     char *buffer,
                                     size_t capacity,
                                     size_t *needed,
                                     kaigo_error **err);

/**
 * The stable name of the kind of office certificate that the one at an index, from 0, calls itself, which proves nothing;
 * empty where no rule fits. `rules` is a JSON array of objects with `name`, `labelJa`, `labelEn`, `subjectHas` and
 * `issuerHas`; with no length the rules for the sandbox's certificates are taken, which are provisional.
 */
int32_t kaigo_certificates_kind_utf16(const kaigo_certificates *certificates,
                                      uint64_t index,
                                      const uint16_t *rules,
                                      size_t rules_len,
                                      uint16_t *buffer,
                                      size_t capacity,
                                      size_t *needed,
                                      kaigo_error **err);

/**
 * The certificate and key of a PKCS#11 token; the key signs in the token. `module` is the path of the library that came
 * with the token: it is loaded into the process, and stays loaded. `token` is the token's label or serial number;
 * `certificate` says which of its certificates: 40 hexadecimal digits of the SHA-1 thumbprint, or a text that the subject
 * has in it; empty where there is one only. The PIN is told to the token once; where the token says that few tries are
 * left, only with `last_try` `KAIGO_LAST_TRY_SPEND`: else `KAIGO_E_TOKEN_TRIES_LOW`. An empty PIN leaves it to the
 * token's own keypad.
 */
int32_t kaigo_credential_from_pkcs11_utf8(const char *module,
                                          size_t module_len,
                                          const char *token,
                                          size_t token_len,
                                          const char *pin,
                                          size_t pin_len,
                                          const char *certificate,
                                          size_t certificate_len,
                                          uint32_t last_try,
                                          kaigo_credential **credential,
                                          kaigo_error **err);

/**
 * The certificate and key of a PKCS#11 token; the key signs in the token. `module` is the path of the library that came
 * with the token: it is loaded into the process, and stays loaded. `token` is the token's label or serial number;
 * `certificate` says which of its certificates: 40 hexadecimal digits of the SHA-1 thumbprint, or a text that the subject
 * has in it; empty where there is one only. The PIN is told to the token once; where the token says that few tries are
 * left, only with `last_try` `KAIGO_LAST_TRY_SPEND`: else `KAIGO_E_TOKEN_TRIES_LOW`. An empty PIN leaves it to the
 * token's own keypad.
 */
int32_t kaigo_credential_from_pkcs11_utf16(const uint16_t *module,
                                           size_t module_len,
                                           const uint16_t *token,
                                           size_t token_len,
                                           const uint16_t *pin,
                                           size_t pin_len,
                                           const uint16_t *certificate,
                                           size_t certificate_len,
                                           uint32_t last_try,
                                           kaigo_credential **credential,
                                           kaigo_error **err);

/**
 * A certificate of the signed-in user's personal store (`CurrentUser\My`) and its key, on Windows; `certificate` as for
 * `kaigo_credential_from_pkcs11_utf8`. Windows may ask for a PIN or a permission of its own.
 * `KAIGO_E_CREDENTIAL_UNSUPPORTED` elsewhere.
 */
int32_t kaigo_credential_from_windows_store_utf8(const char *certificate,
                                                 size_t certificate_len,
                                                 kaigo_credential **credential,
                                                 kaigo_error **err);

/**
 * A certificate of the signed-in user's personal store (`CurrentUser\My`) and its key, on Windows; `certificate` as for
 * `kaigo_credential_from_pkcs11_utf8`. Windows may ask for a PIN or a permission of its own.
 * `KAIGO_E_CREDENTIAL_UNSUPPORTED` elsewhere.
 */
int32_t kaigo_credential_from_windows_store_utf16(const uint16_t *certificate,
                                                  size_t certificate_len,
                                                  kaigo_credential **credential,
                                                  kaigo_error **err);

/**
 * Takes a card that functions of the caller's reach, and makes sure that it is an Individual Number Card. `power_down`
 * may be NULL. `flags`: 0, or `KAIGO_CARD_RECORD`. The functions and `user` are used until the card is freed.
 */
int32_t kaigo_card_open(kaigo_transmit_fn transmit,
                        kaigo_power_down_fn power_down,
                        void *user,
                        uint32_t flags,
                        kaigo_card **card,
                        kaigo_error **err);

/**
 * Takes a card that is played from a transcript: every command must be the one that was written down, of PINs the
 * length.
 */
int32_t kaigo_card_replay_utf8(const char *transcript,
                               size_t transcript_len,
                               uint32_t flags,
                               kaigo_card **card,
                               kaigo_error **err);

/**
 * Takes a card that is played from a transcript: every command must be the one that was written down, of PINs the
 * length.
 */
int32_t kaigo_card_replay_utf16(const uint16_t *transcript,
                                size_t transcript_len,
                                uint32_t flags,
                                kaigo_card **card,
                                kaigo_error **err);

/**
 * What was written down of a card so far, in UTF-8: one JSON object a line. It holds personal data where the card
 * does, but no PIN. `KAIGO_E_NOT_FOUND` without `KAIGO_CARD_RECORD`.
 */
int32_t kaigo_card_transcript(const kaigo_card *card,
                              kaigo_buffer **transcript,
                              kaigo_error **err);

/**
 * What a card is: one of `KAIGO_CARD_KIND` to `KAIGO_CARD_LABEL`.
 */
int32_t kaigo_card_text_utf8(const kaigo_card *card,
                             uint32_t what,
                             char *buffer,
                             size_t capacity,
                             size_t *needed,
                             kaigo_error **err);

/**
 * What a card is: one of `KAIGO_CARD_KIND` to `KAIGO_CARD_LABEL`.
 */
int32_t kaigo_card_text_utf16(const kaigo_card *card,
                              uint32_t what,
                              uint16_t *buffer,
                              size_t capacity,
                              size_t *needed,
                              kaigo_error **err);

/**
 * What a card is: one of `KAIGO_CARD_KIND` to `KAIGO_CARD_LABEL`.
 */
int32_t kaigo_card_text_view_utf8(const kaigo_card *card,
                                  uint32_t what,
                                  const char **text,
                                  size_t *text_len,
                                  kaigo_error **err);

/**
 * What a card is: one of `KAIGO_CARD_KIND` to `KAIGO_CARD_LABEL`.
 */
int32_t kaigo_card_text_view_utf16(const kaigo_card *card,
                                   uint32_t what,
                                   const uint16_t **text,
                                   size_t *text_len,
                                   kaigo_error **err);

/**
 * End date and municipality. No PIN is needed. `KAIGO_E_CARD_ABSENT` on phones.
 */
int32_t kaigo_card_common_data(kaigo_card *card, kaigo_card_common *common, kaigo_error **err);

/**
 * Which certificates there are: one of `KAIGO_PRESENCE_` each. No PIN is needed.
 */
int32_t kaigo_card_certificates(kaigo_card *card,
                                uint32_t *user_authentication,
                                uint32_t *signature,
                                kaigo_error **err);

/**
 * Tries left of every credential. Spends none, and needs no PIN.
 */
int32_t kaigo_card_tries_left(kaigo_card *card, kaigo_card_tries *tries, kaigo_error **err);

/**
 * The user-authentication certificate (利用者証明用電子証明書), where it is read without a PIN;
 * `KAIGO_E_CARD_PIN_NEEDED` on phones.
 */
int32_t kaigo_card_user_certificate(kaigo_card *card, kaigo_certificates **certificate, kaigo_error **err);

/**
 * The user-authentication certificate of a phone or of a card, after the PIN. `last_try` as for `kaigo_card_verify`.
 */
int32_t kaigo_card_user_certificate_with_pin(kaigo_card *card,
                                             const kaigo_pin *pin,
                                             uint32_t last_try,
                                             kaigo_certificates **certificate,
                                             kaigo_error **err);

/**
 * The certificate of those who issued the user-authentication certificate.
 */
int32_t kaigo_card_user_certificate_issuer(kaigo_card *card,
                                           kaigo_certificates **certificate,
                                           kaigo_error **err);

/**
 * A PIN for a credential, one of `KAIGO_PIN_USER_AUTHENTICATION` to `KAIGO_PIN_CODE_B`, in its form; full-width digits
 * and letters are taken. `KAIGO_E_CARD_PIN_FORM` for any other text. Nothing is sent to any card.
 */
int32_t kaigo_pin_new_utf8(uint32_t kind,
                           const char *text,
                           size_t text_len,
                           kaigo_pin **pin,
                           kaigo_error **err);

/**
 * A PIN for a credential, one of `KAIGO_PIN_USER_AUTHENTICATION` to `KAIGO_PIN_CODE_B`, in its form; full-width digits
 * and letters are taken. `KAIGO_E_CARD_PIN_FORM` for any other text. Nothing is sent to any card.
 */
int32_t kaigo_pin_new_utf16(uint32_t kind,
                            const uint16_t *text,
                            size_t text_len,
                            kaigo_pin **pin,
                            kaigo_error **err);

/**
 * 照合番号B from what is printed on a card: the date of birth in its era (`KAIGO_ERA_`), the Gregorian year of expiry
 * and the security code.
 */
int32_t kaigo_pin_code_b_utf8(uint32_t era,
                              uint32_t year,
                              uint32_t month,
                              uint32_t day,
                              uint32_t expiry_year,
                              const char *security_code,
                              size_t security_code_len,
                              kaigo_pin **pin,
                              kaigo_error **err);

/**
 * 照合番号B from what is printed on a card: the date of birth in its era (`KAIGO_ERA_`), the Gregorian year of expiry
 * and the security code.
 */
int32_t kaigo_pin_code_b_utf16(uint32_t era,
                               uint32_t year,
                               uint32_t month,
                               uint32_t day,
                               uint32_t expiry_year,
                               const uint16_t *security_code,
                               size_t security_code_len,
                               kaigo_pin **pin,
                               kaigo_error **err);

/**
 * Asks the card whether a PIN is right: `outcome` is one of `KAIGO_PIN_VERIFIED`, `_WRONG`, `_BLOCKED`, and `left` the
 * tries left of a wrong one. The tries left are read first; a blocked credential is not tried, and the last try only
 * with `last_try` `KAIGO_LAST_TRY_SPEND`, else `KAIGO_E_CARD_LAST_TRY`. The PIN is sent once, whatever happens.
 */
int32_t kaigo_card_verify(kaigo_card *card,
                          const kaigo_pin *pin,
                          uint32_t last_try,
                          uint32_t *outcome,
                          uint32_t *left,
                          kaigo_error **err);

/**
 * What to tell the person after `kaigo_card_verify`: tries left, and where to unlock. `lang` is one of `KAIGO_LANG_`.
 */
int32_t kaigo_pin_guidance_utf8(uint32_t kind,
                                uint32_t outcome,
                                uint32_t left,
                                uint32_t lang,
                                char *buffer,
                                size_t capacity,
                                size_t *needed,
                                kaigo_error **err);

/**
 * What to tell the person after `kaigo_card_verify`: tries left, and where to unlock. `lang` is one of `KAIGO_LANG_`.
 */
int32_t kaigo_pin_guidance_utf16(uint32_t kind,
                                 uint32_t outcome,
                                 uint32_t left,
                                 uint32_t lang,
                                 uint16_t *buffer,
                                 size_t capacity,
                                 size_t *needed,
                                 kaigo_error **err);

/**
 * Name, address, date of birth and sex, by the PIN of the card-face text or 照合番号B. `last_try` as for
 * `kaigo_card_verify`.
 */
int32_t kaigo_card_basic_items(kaigo_card *card,
                               const kaigo_pin *pin,
                               uint32_t last_try,
                               kaigo_person **person,
                               kaigo_error **err);

/**
 * An item of a person: one of `KAIGO_PERSON_`.
 */
int32_t kaigo_person_text_utf8(const kaigo_person *person,
                               uint32_t what,
                               char *buffer,
                               size_t capacity,
                               size_t *needed,
                               kaigo_error **err);

/**
 * An item of a person: one of `KAIGO_PERSON_`.
 */
int32_t kaigo_person_text_utf16(const kaigo_person *person,
                                uint32_t what,
                                uint16_t *buffer,
                                size_t capacity,
                                size_t *needed,
                                kaigo_error **err);

/**
 * An item of a person: one of `KAIGO_PERSON_`.
 */
int32_t kaigo_person_text_view_utf8(const kaigo_person *person,
                                    uint32_t what,
                                    const char **text,
                                    size_t *text_len,
                                    kaigo_error **err);

/**
 * An item of a person: one of `KAIGO_PERSON_`.
 */
int32_t kaigo_person_text_view_utf16(const kaigo_person *person,
                                     uint32_t what,
                                     const uint16_t **text,
                                     size_t *text_len,
                                     kaigo_error **err);

/**
 * Signs a challenge with the user-authentication key: the signature, checked against the certificate, which comes with
 * it, and its `algorithm`, one of `KAIGO_ALGORITHM_`. Make a challenge say what it is for, and sign none whose origin
 * is not known. `last_try` as for `kaigo_card_verify`.
 */
int32_t kaigo_card_sign(kaigo_card *card,
                        const kaigo_pin *pin,
                        uint32_t last_try,
                        const uint8_t *challenge,
                        size_t challenge_len,
                        kaigo_buffer **signature,
                        kaigo_certificates **certificate,
                        uint32_t *algorithm,
                        kaigo_error **err);

/**
 * Whether the key of the certificate at an index, from 0, signed a challenge: if not, `KAIGO_E_CARD_BAD_SIGNATURE`. Who
 * issued the certificate, and whether it is revoked, is not looked at.
 */
int32_t kaigo_certificates_verify_challenge(const kaigo_certificates *certificates,
                                            uint64_t index,
                                            const uint8_t *challenge,
                                            size_t challenge_len,
                                            const uint8_t *signature,
                                            size_t signature_len,
                                            kaigo_error **err);

/**
 * The card readers of the computer. `KAIGO_E_NOT_BUILT_IN` where `kaigo_features` does not tell `KAIGO_FEATURE_PCSC`.
 */
int32_t kaigo_card_readers_new(kaigo_card_readers **readers,
                               kaigo_error **err);

/**
 * The readers that are connected; none is no failure.
 */
int32_t kaigo_card_readers_list(const kaigo_card_readers *readers,
                                kaigo_card_reader_list **list,
                                kaigo_error **err);

/**
 * How many readers there are.
 */
int32_t kaigo_card_reader_list_count(const kaigo_card_reader_list *list, uint64_t *count, kaigo_error **err);

/**
 * The name of the reader at an index, from 0, as the operating system has it.
 */
int32_t kaigo_card_reader_list_name_utf8(const kaigo_card_reader_list *list,
                                         uint64_t index,
                                         char *buffer,
                                         size_t capacity,
                                         size_t *needed,
                                         kaigo_error **err);

/**
 * The name of the reader at an index, from 0, as the operating system has it.
 */
int32_t kaigo_card_reader_list_name_utf16(const kaigo_card_reader_list *list,
                                          uint64_t index,
                                          uint16_t *buffer,
                                          size_t capacity,
                                          size_t *needed,
                                          kaigo_error **err);

/**
 * The name of the reader at an index, from 0, as the operating system has it.
 */
int32_t kaigo_card_reader_list_name_view_utf8(const kaigo_card_reader_list *list,
                                              uint64_t index,
                                              const char **text,
                                              size_t *text_len,
                                              kaigo_error **err);

/**
 * The name of the reader at an index, from 0, as the operating system has it.
 */
int32_t kaigo_card_reader_list_name_view_utf16(const kaigo_card_reader_list *list,
                                               uint64_t index,
                                               const uint16_t **text,
                                               size_t *text_len,
                                               kaigo_error **err);

/**
 * Whether there is a card, of whatever kind, on the reader at an index, from 0, and whether a program holds it: 1 or 0.
 */
int32_t kaigo_card_reader_list_state(const kaigo_card_reader_list *list,
                                     uint64_t index,
                                     uint32_t *card_present,
                                     uint32_t *in_use,
                                     kaigo_error **err);

/**
 * Waits until there is an Individual Number Card on a reader, whose name has the text `reader` in it where that is not
 * empty, and takes it; `wait_ms` 0 takes one look. `flags` as for `kaigo_card_open`. When the time is over, what stood
 * in the way: `KAIGO_E_CARD_NO_READER`, `_NO_CARD`, `_NOT_THIS_CARD`, `_IN_USE` and others.
 */
int32_t kaigo_card_readers_find_utf8(const kaigo_card_readers *readers,
                                     const char *reader,
                                     size_t reader_len,
                                     uint64_t wait_ms,
                                     uint32_t flags,
                                     kaigo_card **card,
                                     kaigo_error **err);

/**
 * Waits until there is an Individual Number Card on a reader, whose name has the text `reader` in it where that is not
 * empty, and takes it; `wait_ms` 0 takes one look. `flags` as for `kaigo_card_open`. When the time is over, what stood
 * in the way: `KAIGO_E_CARD_NO_READER`, `_NO_CARD`, `_NOT_THIS_CARD`, `_IN_USE` and others.
 */
int32_t kaigo_card_readers_find_utf16(const kaigo_card_readers *readers,
                                      const uint16_t *reader,
                                      size_t reader_len,
                                      uint64_t wait_ms,
                                      uint32_t flags,
                                      kaigo_card **card,
                                      kaigo_error **err);

/**
 * Ends a wait for a card or an event that goes on in another thread with `KAIGO_E_CANCELLED`; or the next one, when none
 * is going on.
 */
int32_t kaigo_card_readers_cancel(const kaigo_card_readers *readers,
                                  kaigo_error **err);

/**
 * What happens at the readers from now on. Readers and cards that are there already are told first.
 */
int32_t kaigo_card_readers_watch(const kaigo_card_readers *readers,
                                 kaigo_card_watch **watch,
                                 kaigo_error **err);

/**
 * The next event, one of `KAIGO_EVENT_`, waited for as long as told; `kaigo_card_watch_reader_utf8` says at which reader.
 */
int32_t kaigo_card_watch_next(kaigo_card_watch *watch,
                              uint64_t wait_ms,
                              uint32_t *event,
                              kaigo_error **err);

/**
 * The reader of the last event; empty where there was none.
 */
int32_t kaigo_card_watch_reader_utf8(const kaigo_card_watch *watch,
                                     char *buffer,
                                     size_t capacity,
                                     size_t *needed,
                                     kaigo_error **err);

/**
 * The reader of the last event; empty where there was none.
 */
int32_t kaigo_card_watch_reader_utf16(const kaigo_card_watch *watch,
                                      uint16_t *buffer,
                                      size_t capacity,
                                      size_t *needed,
                                      kaigo_error **err);

/**
 * The reader of the last event; empty where there was none.
 */
int32_t kaigo_card_watch_reader_view_utf8(const kaigo_card_watch *watch,
                                          const char **text,
                                          size_t *text_len,
                                          kaigo_error **err);

/**
 * The reader of the last event; empty where there was none.
 */
int32_t kaigo_card_watch_reader_view_utf16(const kaigo_card_watch *watch,
                                           const uint16_t **text,
                                           size_t *text_len,
                                           kaigo_error **err);

/**
 * Puts the rows as typed columns into a stream of the caller's, which may be uninitialised and is then his to
 * release; it needs the document no more. One column for each field in official order, and `verbatim`, which keeps
 * what the typed columns cannot say, so that `kaigo_document_from_arrow_utf8` gives the same file, byte for byte. Of
 * the options only `naming`, `threads` and `batch_rows` are looked at.
 */
int32_t kaigo_document_arrow(const kaigo_document *document,
                             const kaigo_arrow_options *options,
                             ArrowArrayStream *stream,
                             kaigo_error **err);

/**
 * Makes a document of a stream of columns. The call takes the stream over and releases it; one whose `release` is
 * still set behind the call was not taken. Columns are known by their names, in any order; those that are missing are
 * blank. `name` is that of the file for the check, or empty. Of the options `kind`, needed where the schema does not
 * tell it, `flags` and `finding_limit` are looked at.
 */
int32_t kaigo_document_from_arrow_utf8(ArrowArrayStream *stream,
                                       const char *name,
                                       size_t name_len,
                                       const kaigo_read_options *options,
                                       kaigo_document **document,
                                       kaigo_error **err);

/**
 * Makes a document of a stream of columns. The call takes the stream over and releases it; one whose `release` is
 * still set behind the call was not taken. Columns are known by their names, in any order; those that are missing are
 * blank. `name` is that of the file for the check, or empty. Of the options `kind`, needed where the schema does not
 * tell it, `flags` and `finding_limit` are looked at.
 */
int32_t kaigo_document_from_arrow_utf16(ArrowArrayStream *stream,
                                        const uint16_t *name,
                                        size_t name_len,
                                        const kaigo_read_options *options,
                                        kaigo_document **document,
                                        kaigo_error **err);

/**
 * Puts the findings as columns into a stream of the caller's, which may be uninitialised and is then his to release.
 * Personal data is masked.
 */
int32_t kaigo_report_arrow(const kaigo_report *report,
                           ArrowArrayStream *stream,
                           kaigo_error **err);

/**
 * Makes a scan of files: paths, of which a folder stands for all files below it whose names tell the kind. Nothing is
 * read yet but folders. `KAIGO_E_KIND` where the options say no kind and the names tell none, or several.
 */
int32_t kaigo_scan_new_utf8(const char *const *paths,
                            const size_t *path_lens,
                            size_t paths_count,
                            const kaigo_arrow_options *options,
                            kaigo_scan **scan,
                            kaigo_error **err);

/**
 * Makes a scan of files: paths, of which a folder stands for all files below it whose names tell the kind. Nothing is
 * read yet but folders. `KAIGO_E_KIND` where the options say no kind and the names tell none, or several.
 */
int32_t kaigo_scan_new_utf16(const uint16_t *const *paths,
                             const size_t *path_lens,
                             size_t paths_count,
                             const kaigo_arrow_options *options,
                             kaigo_scan **scan,
                             kaigo_error **err);

/**
 * The kind of the files, one of `KAIGO_KIND_`.
 */
int32_t kaigo_scan_kind(const kaigo_scan *scan, uint32_t *kind, kaigo_error **err);

/**
 * How many files there are.
 */
int32_t kaigo_scan_files(const kaigo_scan *scan, uint64_t *files, kaigo_error **err);

/**
 * The path of a file.
 */
int32_t kaigo_scan_path_utf8(const kaigo_scan *scan,
                             uint64_t index,
                             char *buffer,
                             size_t capacity,
                             size_t *needed,
                             kaigo_error **err);

/**
 * The path of a file.
 */
int32_t kaigo_scan_path_utf16(const kaigo_scan *scan,
                              uint64_t index,
                              uint16_t *buffer,
                              size_t capacity,
                              size_t *needed,
                              kaigo_error **err);

/**
 * The path of a file.
 */
int32_t kaigo_scan_path_view_utf8(const kaigo_scan *scan,
                                  uint64_t index,
                                  const char **text,
                                  size_t *text_len,
                                  kaigo_error **err);

/**
 * The path of a file.
 */
int32_t kaigo_scan_path_view_utf16(const kaigo_scan *scan,
                                   uint64_t index,
                                   const uint16_t **text,
                                   size_t *text_len,
                                   kaigo_error **err);

/**
 * Starts to read and check the files on all threads, and puts their rows as columns into a stream of the caller's,
 * which may be uninitialised and is then his to release; it needs the scan no more. The next files are read while the
 * caller uses one; memory holds a few at a time. A file that cannot be read is an error of the stream in its place,
 * with a message in English; the files behind it can still be had. Releasing the stream ends the work.
 */
int32_t kaigo_scan_arrow(const kaigo_scan *scan,
                         ArrowArrayStream *stream,
                         kaigo_error **err);

/**
 * What was found so far in the files of the stream that was asked for last. `flags`: 0, or `KAIGO_SHOW_PERSONAL`.
 */
int32_t kaigo_scan_report(const kaigo_scan *scan,
                          uint32_t flags,
                          kaigo_report **report,
                          kaigo_error **err);

/**
 * Sets a client up for an address (`https://host[:port][/path]`), the credential of an office, and the certificates
 * of the authorities that the platform's own may come from. No connection is made yet.
 */
int32_t kaigo_platform_new_utf8(const char *address,
                                size_t address_len,
                                const kaigo_credential *credential,
                                const kaigo_certificates *roots,
                                const kaigo_platform_options *options,
                                kaigo_platform **platform,
                                kaigo_error **err);

/**
 * Sets a client up for an address (`https://host[:port][/path]`), the credential of an office, and the certificates
 * of the authorities that the platform's own may come from. No connection is made yet.
 */
int32_t kaigo_platform_new_utf16(const uint16_t *address,
                                 size_t address_len,
                                 const kaigo_credential *credential,
                                 const kaigo_certificates *roots,
                                 const kaigo_platform_options *options,
                                 kaigo_platform **platform,
                                 kaigo_error **err);

/**
 * Logs in with the certificate, a user ID and a password. Never repeated by itself: repeated failures lock the
 * account. The password is not kept.
 */
int32_t kaigo_session_login_utf8(const kaigo_platform *platform,
                                 const char *user_id,
                                 size_t user_id_len,
                                 const char *password,
                                 size_t password_len,
                                 kaigo_session **session,
                                 kaigo_error **err);

/**
 * Logs in with the certificate, a user ID and a password. Never repeated by itself: repeated failures lock the
 * account. The password is not kept.
 */
int32_t kaigo_session_login_utf16(const kaigo_platform *platform,
                                  const uint16_t *user_id,
                                  size_t user_id_len,
                                  const uint16_t *password,
                                  size_t password_len,
                                  kaigo_session **session,
                                  kaigo_error **err);

/**
 * Logs out. The session can only be freed afterwards, whatever the status.
 */
int32_t kaigo_session_logout(kaigo_session *session, kaigo_error **err);

/**
 * The office that the account belongs to.
 */
int32_t kaigo_session_office_utf8(const kaigo_session *session,
                                  char *buffer,
                                  size_t capacity,
                                  size_t *needed,
                                  kaigo_error **err);

/**
 * The office that the account belongs to.
 */
int32_t kaigo_session_office_utf16(const kaigo_session *session,
                                   uint16_t *buffer,
                                   size_t capacity,
                                   size_t *needed,
                                   kaigo_error **err);

/**
 * The office that the account belongs to.
 */
int32_t kaigo_session_office_view_utf8(const kaigo_session *session,
                                       const char **text,
                                       size_t *text_len,
                                       kaigo_error **err);

/**
 * The office that the account belongs to.
 */
int32_t kaigo_session_office_view_utf16(const kaigo_session *session,
                                        const uint16_t **text,
                                        size_t *text_len,
                                        kaigo_error **err);

/**
 * A page of what this office sent, oldest first: the first, with `after` NULL, or the one behind the page `after`,
 * where `kaigo_transfers_more` says that there is one.
 */
int32_t kaigo_session_sent(const kaigo_session *session,
                           const kaigo_transfers *after,
                           kaigo_transfers **page,
                           kaigo_error **err);

/**
 * A page of what this office received, oldest first; `filter` is one of `KAIGO_RECEIVED_`. Pages as for
 * `kaigo_session_sent`. Marking a transfer imported takes it off a list of those that are not: read the whole list
 * first.
 */
int32_t kaigo_session_received(const kaigo_session *session,
                               uint32_t filter,
                               const kaigo_transfers *after,
                               kaigo_transfers **page,
                               kaigo_error **err);

/**
 * Makes a key that names one sending: random, `KAIGO_KEY_LENGTH` units. The buffer must have room for it.
 */
int32_t kaigo_key_new_utf8(char *buffer, size_t capacity, size_t *needed, kaigo_error **err);

/**
 * Makes a key that names one sending: random, `KAIGO_KEY_LENGTH` units. The buffer must have room for it.
 */
int32_t kaigo_key_new_utf16(uint16_t *buffer, size_t capacity, size_t *needed, kaigo_error **err);

/**
 * Sends a unit to the office that its file names say, under a key of `kaigo_key_new_utf8`: however often it is called
 * with the same key and unit, the platform carries it out once. Keep the key until the answer is there. With an empty
 * key one is made for this call. `sent` holds the transfer; it may be NULL.
 */
int32_t kaigo_session_send_utf8(const kaigo_session *session,
                                const kaigo_unit *unit,
                                const char *key,
                                size_t key_len,
                                kaigo_transfers **sent,
                                kaigo_error **err);

/**
 * Sends a unit to the office that its file names say, under a key of `kaigo_key_new_utf8`: however often it is called
 * with the same key and unit, the platform carries it out once. Keep the key until the answer is there. With an empty
 * key one is made for this call. `sent` holds the transfer; it may be NULL.
 */
int32_t kaigo_session_send_utf16(const kaigo_session *session,
                                 const kaigo_unit *unit,
                                 const uint16_t *key,
                                 size_t key_len,
                                 kaigo_transfers **sent,
                                 kaigo_error **err);

/**
 * Fetches a received transfer with its files.
 */
int32_t kaigo_session_fetch_utf8(const kaigo_session *session,
                                 const char *id,
                                 size_t id_len,
                                 kaigo_received **received,
                                 kaigo_error **err);

/**
 * Fetches a received transfer with its files.
 */
int32_t kaigo_session_fetch_utf16(const kaigo_session *session,
                                  const uint16_t *id,
                                  size_t id_len,
                                  kaigo_received **received,
                                  kaigo_error **err);

/**
 * Marks a received transfer imported; repeating it changes nothing. `imported` holds the transfer; it may be NULL.
 */
int32_t kaigo_session_mark_imported_utf8(const kaigo_session *session,
                                         const char *id,
                                         size_t id_len,
                                         kaigo_transfers **imported,
                                         kaigo_error **err);

/**
 * Marks a received transfer imported; repeating it changes nothing. `imported` holds the transfer; it may be NULL.
 */
int32_t kaigo_session_mark_imported_utf16(const kaigo_session *session,
                                          const uint16_t *id,
                                          size_t id_len,
                                          kaigo_transfers **imported,
                                          kaigo_error **err);

/**
 * Asks the WEB service by the name of a call, as `kaigo_session_questions` lists them. The question is a JSON object:
 * `insurer` and `insured` (but for `list_users`, `register_person` and `file_notification`), `id` for `plan_state`, and
 * `document` for what is registered, filed or recorded. The answer is a document in its JSON form, or an array of them.
 * Provisional.
 */
int32_t kaigo_session_ask_utf8(const kaigo_session *session,
                               const char *name,
                               size_t name_len,
                               const uint8_t *question,
                               size_t question_len,
                               kaigo_buffer **answer,
                               kaigo_error **err);

/**
 * Asks the WEB service by the name of a call, as `kaigo_session_questions` lists them. The question is a JSON object:
 * `insurer` and `insured` (but for `list_users`, `register_person` and `file_notification`), `id` for `plan_state`, and
 * `document` for what is registered, filed or recorded. The answer is a document in its JSON form, or an array of them.
 * Provisional.
 */
int32_t kaigo_session_ask_utf16(const kaigo_session *session,
                                const uint16_t *name,
                                size_t name_len,
                                const uint8_t *question,
                                size_t question_len,
                                kaigo_buffer **answer,
                                kaigo_error **err);

/**
 * The names that `kaigo_session_ask_utf8` takes, as a JSON array.
 */
int32_t kaigo_session_questions(kaigo_buffer **json, kaigo_error **err);

/**
 * How many transfers there are.
 */
int32_t kaigo_transfers_count(const kaigo_transfers *transfers, uint64_t *count, kaigo_error **err);

/**
 * Whether another page follows: 1 or 0.
 */
int32_t kaigo_transfers_more(const kaigo_transfers *transfers, uint32_t *more, kaigo_error **err);

/**
 * A text of the transfer at an index, from 0: `KAIGO_TRANSFER_ID` to `KAIGO_TRANSFER_SEQUENCE`.
 */
int32_t kaigo_transfers_text_utf8(const kaigo_transfers *transfers,
                                  uint64_t index,
                                  uint32_t what,
                                  char *buffer,
                                  size_t capacity,
                                  size_t *needed,
                                  kaigo_error **err);

/**
 * A text of the transfer at an index, from 0: `KAIGO_TRANSFER_ID` to `KAIGO_TRANSFER_SEQUENCE`.
 */
int32_t kaigo_transfers_text_utf16(const kaigo_transfers *transfers,
                                   uint64_t index,
                                   uint32_t what,
                                   uint16_t *buffer,
                                   size_t capacity,
                                   size_t *needed,
                                   kaigo_error **err);

/**
 * A text of the transfer at an index, from 0: `KAIGO_TRANSFER_ID` to `KAIGO_TRANSFER_SEQUENCE`.
 */
int32_t kaigo_transfers_text_view_utf8(const kaigo_transfers *transfers,
                                       uint64_t index,
                                       uint32_t what,
                                       const char **text,
                                       size_t *text_len,
                                       kaigo_error **err);

/**
 * A text of the transfer at an index, from 0: `KAIGO_TRANSFER_ID` to `KAIGO_TRANSFER_SEQUENCE`.
 */
int32_t kaigo_transfers_text_view_utf16(const kaigo_transfers *transfers,
                                        uint64_t index,
                                        uint32_t what,
                                        const uint16_t **text,
                                        size_t *text_len,
                                        kaigo_error **err);

/**
 * A number of the transfer at an index, from 0: `KAIGO_TRANSFER_BYTES` to `KAIGO_TRANSFER_FILES`.
 */
int32_t kaigo_transfers_number(const kaigo_transfers *transfers,
                               uint64_t index,
                               uint32_t what,
                               int64_t *value,
                               kaigo_error **err);

/**
 * The name of a file of the transfer at an index, both from 0.
 */
int32_t kaigo_transfers_file_name_utf8(const kaigo_transfers *transfers,
                                       uint64_t index,
                                       uint64_t file,
                                       char *buffer,
                                       size_t capacity,
                                       size_t *needed,
                                       kaigo_error **err);

/**
 * The name of a file of the transfer at an index, both from 0.
 */
int32_t kaigo_transfers_file_name_utf16(const kaigo_transfers *transfers,
                                        uint64_t index,
                                        uint64_t file,
                                        uint16_t *buffer,
                                        size_t capacity,
                                        size_t *needed,
                                        kaigo_error **err);

/**
 * The name of a file of the transfer at an index, both from 0.
 */
int32_t kaigo_transfers_file_name_view_utf8(const kaigo_transfers *transfers,
                                            uint64_t index,
                                            uint64_t file,
                                            const char **text,
                                            size_t *text_len,
                                            kaigo_error **err);

/**
 * The name of a file of the transfer at an index, both from 0.
 */
int32_t kaigo_transfers_file_name_view_utf16(const kaigo_transfers *transfers,
                                             uint64_t index,
                                             uint64_t file,
                                             const uint16_t **text,
                                             size_t *text_len,
                                             kaigo_error **err);

/**
 * What a received transfer is; `KAIGO_E_KIND` for the files of a registered plan.
 */
int32_t kaigo_received_transfer(const kaigo_received *received,
                                kaigo_transfers **transfer,
                                kaigo_error **err);

/**
 * The files as a unit; `KAIGO_E_KIND` when a name is not in the form of the standard.
 */
int32_t kaigo_received_unit(const kaigo_received *received, kaigo_unit **unit, kaigo_error **err);

/**
 * How many files there are.
 */
int32_t kaigo_received_files(const kaigo_received *received, uint64_t *count, kaigo_error **err);

/**
 * The name of the file at an index, from 0: a plain name, never a path.
 */
int32_t kaigo_received_file_name_utf8(const kaigo_received *received,
                                      uint64_t index,
                                      char *buffer,
                                      size_t capacity,
                                      size_t *needed,
                                      kaigo_error **err);

/**
 * The name of the file at an index, from 0: a plain name, never a path.
 */
int32_t kaigo_received_file_name_utf16(const kaigo_received *received,
                                       uint64_t index,
                                       uint16_t *buffer,
                                       size_t capacity,
                                       size_t *needed,
                                       kaigo_error **err);

/**
 * The name of the file at an index, from 0: a plain name, never a path.
 */
int32_t kaigo_received_file_name_view_utf8(const kaigo_received *received,
                                           uint64_t index,
                                           const char **text,
                                           size_t *text_len,
                                           kaigo_error **err);

/**
 * The name of the file at an index, from 0: a plain name, never a path.
 */
int32_t kaigo_received_file_name_view_utf16(const kaigo_received *received,
                                            uint64_t index,
                                            const uint16_t **text,
                                            size_t *text_len,
                                            kaigo_error **err);

/**
 * A view of the bytes of the file at an index, from 0, until the handle is freed.
 */
int32_t kaigo_received_file_bytes(const kaigo_received *received,
                                  uint64_t index,
                                  const uint8_t **data,
                                  size_t *data_len,
                                  kaigo_error **err);

/**
 * Puts the files of a unit up as a plan for the agreement of the person of that insurer and number (同意・確認用登録).
 * `plan` holds a document `RegisteredPlan` in its JSON form; `plan_state` of `kaigo_session_ask_utf8` says later what the
 * person answered. Repeating it changes nothing. Provisional.
 */
int32_t kaigo_session_register_plan_for_consent_utf8(const kaigo_session *session,
                                                     const char *insurer,
                                                     size_t insurer_len,
                                                     const char *insured,
                                                     size_t insured_len,
                                                     const kaigo_unit *unit,
                                                     kaigo_buffer **plan,
                                                     kaigo_error **err);

/**
 * Puts the files of a unit up as a plan for the agreement of the person of that insurer and number (同意・確認用登録).
 * `plan` holds a document `RegisteredPlan` in its JSON form; `plan_state` of `kaigo_session_ask_utf8` says later what the
 * person answered. Repeating it changes nothing. Provisional.
 */
int32_t kaigo_session_register_plan_for_consent_utf16(const kaigo_session *session,
                                                      const uint16_t *insurer,
                                                      size_t insurer_len,
                                                      const uint16_t *insured,
                                                      size_t insured_len,
                                                      const kaigo_unit *unit,
                                                      kaigo_buffer **plan,
                                                      kaigo_error **err);

/**
 * Delivers the files of a unit as a finished plan (交付用登録): from then on it is shown to the person, and to the offices
 * that may see it. `how`, one of `KAIGO_AGREED_`, and `by` say how the person agreed to these very files. `plan` holds a
 * document `RegisteredPlan` in its JSON form. Repeating it changes nothing. Provisional.
 */
int32_t kaigo_session_register_plan_for_delivery_utf8(const kaigo_session *session,
                                                      const char *insurer,
                                                      size_t insurer_len,
                                                      const char *insured,
                                                      size_t insured_len,
                                                      const kaigo_unit *unit,
                                                      uint32_t how,
                                                      const char *by,
                                                      size_t by_len,
                                                      kaigo_buffer **plan,
                                                      kaigo_error **err);

/**
 * Delivers the files of a unit as a finished plan (交付用登録): from then on it is shown to the person, and to the offices
 * that may see it. `how`, one of `KAIGO_AGREED_`, and `by` say how the person agreed to these very files. `plan` holds a
 * document `RegisteredPlan` in its JSON form. Repeating it changes nothing. Provisional.
 */
int32_t kaigo_session_register_plan_for_delivery_utf16(const kaigo_session *session,
                                                       const uint16_t *insurer,
                                                       size_t insurer_len,
                                                       const uint16_t *insured,
                                                       size_t insured_len,
                                                       const kaigo_unit *unit,
                                                       uint32_t how,
                                                       const uint16_t *by,
                                                       size_t by_len,
                                                       kaigo_buffer **plan,
                                                       kaigo_error **err);

/**
 * Fetches a plan delivered for a person, whichever office did, by the `id` that `registered_plans` of
 * `kaigo_session_ask_utf8` lists. `plan` holds a document `RegisteredPlan` in its JSON form, `received` the files.
 * Provisional.
 */
int32_t kaigo_session_registered_plan_utf8(const kaigo_session *session,
                                           const char *insurer,
                                           size_t insurer_len,
                                           const char *insured,
                                           size_t insured_len,
                                           const char *id,
                                           size_t id_len,
                                           kaigo_buffer **plan,
                                           kaigo_received **received,
                                           kaigo_error **err);

/**
 * Fetches a plan delivered for a person, whichever office did, by the `id` that `registered_plans` of
 * `kaigo_session_ask_utf8` lists. `plan` holds a document `RegisteredPlan` in its JSON form, `received` the files.
 * Provisional.
 */
int32_t kaigo_session_registered_plan_utf16(const kaigo_session *session,
                                            const uint16_t *insurer,
                                            size_t insurer_len,
                                            const uint16_t *insured,
                                            size_t insured_len,
                                            const uint16_t *id,
                                            size_t id_len,
                                            kaigo_buffer **plan,
                                            kaigo_received **received,
                                            kaigo_error **err);

/**
 * Registers a terminal of this office (端末ID): 1 to 64 letters, digits, `-` or `_`. Repeating it changes nothing.
 * Confirming identities is provisional.
 */
int32_t kaigo_session_register_terminal_utf8(const kaigo_session *session,
                                             const char *terminal,
                                             size_t terminal_len,
                                             kaigo_error **err);

/**
 * Registers a terminal of this office (端末ID): 1 to 64 letters, digits, `-` or `_`. Repeating it changes nothing.
 * Confirming identities is provisional.
 */
int32_t kaigo_session_register_terminal_utf16(const kaigo_session *session,
                                              const uint16_t *terminal,
                                              size_t terminal_len,
                                              kaigo_error **err);

/**
 * Asks for what a person's card is to sign at a terminal. Sign `kaigo_challenge_message` with `kaigo_card_sign`.
 */
int32_t kaigo_session_challenge_utf8(const kaigo_session *session,
                                     const char *terminal,
                                     size_t terminal_len,
                                     kaigo_challenge **challenge,
                                     kaigo_error **err);

/**
 * Asks for what a person's card is to sign at a terminal. Sign `kaigo_challenge_message` with `kaigo_card_sign`.
 */
int32_t kaigo_session_challenge_utf16(const kaigo_session *session,
                                      const uint16_t *terminal,
                                      size_t terminal_len,
                                      kaigo_challenge **challenge,
                                      kaigo_error **err);

/**
 * A view of what a card is to sign, until the handle is freed.
 */
int32_t kaigo_challenge_message(const kaigo_challenge *challenge,
                                const uint8_t **data,
                                size_t *data_len,
                                kaigo_error **err);

/**
 * How many seconds from its answer on the platform takes a challenge.
 */
int32_t kaigo_challenge_expires_in(const kaigo_challenge *challenge, uint64_t *seconds, kaigo_error **err);

/**
 * Confirms the identity of the person whose card signed a challenge: signature and certificate (at an index, from 0) as
 * `kaigo_card_sign` gives them. The challenge is spent by it, whatever the status; with another one it may be done anew.
 */
int32_t kaigo_session_confirm_by_card(const kaigo_session *session,
                                      const kaigo_challenge *challenge,
                                      const uint8_t *signature,
                                      size_t signature_len,
                                      const kaigo_certificates *certificates,
                                      uint64_t index,
                                      kaigo_identity **identity,
                                      kaigo_error **err);

/**
 * States that a member of staff (`compared_by`, 1 to 64 characters) compared the card with the person of that insurer and
 * number.
 */
int32_t kaigo_session_confirm_visually_utf8(const kaigo_session *session,
                                            const char *terminal,
                                            size_t terminal_len,
                                            const char *insurer,
                                            size_t insurer_len,
                                            const char *insured,
                                            size_t insured_len,
                                            const char *compared_by,
                                            size_t compared_by_len,
                                            kaigo_identity **identity,
                                            kaigo_error **err);

/**
 * States that a member of staff (`compared_by`, 1 to 64 characters) compared the card with the person of that insurer and
 * number.
 */
int32_t kaigo_session_confirm_visually_utf16(const kaigo_session *session,
                                             const uint16_t *terminal,
                                             size_t terminal_len,
                                             const uint16_t *insurer,
                                             size_t insurer_len,
                                             const uint16_t *insured,
                                             size_t insured_len,
                                             const uint16_t *compared_by,
                                             size_t compared_by_len,
                                             kaigo_identity **identity,
                                             kaigo_error **err);

/**
 * What a confirmed identity says: one of `KAIGO_IDENTITY_`.
 */
int32_t kaigo_identity_text_utf8(const kaigo_identity *identity,
                                 uint32_t what,
                                 char *buffer,
                                 size_t capacity,
                                 size_t *needed,
                                 kaigo_error **err);

/**
 * What a confirmed identity says: one of `KAIGO_IDENTITY_`.
 */
int32_t kaigo_identity_text_utf16(const kaigo_identity *identity,
                                  uint32_t what,
                                  uint16_t *buffer,
                                  size_t capacity,
                                  size_t *needed,
                                  kaigo_error **err);

/**
 * What a confirmed identity says: one of `KAIGO_IDENTITY_`.
 */
int32_t kaigo_identity_text_view_utf8(const kaigo_identity *identity,
                                      uint32_t what,
                                      const char **text,
                                      size_t *text_len,
                                      kaigo_error **err);

/**
 * What a confirmed identity says: one of `KAIGO_IDENTITY_`.
 */
int32_t kaigo_identity_text_view_utf16(const kaigo_identity *identity,
                                       uint32_t what,
                                       const uint16_t **text,
                                       size_t *text_len,
                                       kaigo_error **err);

/**
 * When an identity was confirmed, in seconds since 1970 UTC.
 */
int32_t kaigo_identity_confirmed_at(const kaigo_identity *identity, int64_t *seconds, kaigo_error **err);

/**
 * Opens the outbox in a file of a local disk, and makes it when there is none; the folder must be there. The file holds
 * what is to be sent, not encrypted, and is its owner's alone where the system knows such. Nothing else may open it.
 */
int32_t kaigo_outbox_open_utf8(const char *path,
                               size_t path_len,
                               kaigo_outbox **outbox,
                               kaigo_error **err);

/**
 * Opens the outbox in a file of a local disk, and makes it when there is none; the folder must be there. The file holds
 * what is to be sent, not encrypted, and is its owner's alone where the system knows such. Nothing else may open it.
 */
int32_t kaigo_outbox_open_utf16(const uint16_t *path,
                                size_t path_len,
                                kaigo_outbox **outbox,
                                kaigo_error **err);

/**
 * Queues a unit for the office that its file names say, behind all others to the same office and service type. When the
 * call returns it is stored: neither the end of the program nor of the power loses it. `id` names it from then on.
 */
int32_t kaigo_outbox_enqueue(const kaigo_outbox *outbox,
                             const kaigo_unit *unit,
                             uint64_t *id,
                             kaigo_error **err);

/**
 * Sends all that is due: of each destination the first unit, then the next, until one fails; each exactly once as far as
 * the receiver can see. What fails is tried again by the next call; call it every few minutes, from one place:
 * `KAIGO_E_OUTBOX_IN_USE` while another thread or program sends. After `KAIGO_E_SESSION_EXPIRED` log in, and call it
 * again. Whatever the status, what was sent is stored and the rest still waits. `sent`, `refused` and `again` are how many
 * units the platform took, how many it refused, and how many the next call tries again; 0 when the call fails. Progress,
 * told to a function that may be NULL, is in units.
 */
int32_t kaigo_outbox_send_due(const kaigo_outbox *outbox,
                              const kaigo_session *session,
                              kaigo_progress_fn progress,
                              void *user,
                              uint64_t *sent,
                              uint64_t *refused,
                              uint64_t *again,
                              kaigo_error **err);

/**
 * Says that a unit is not to be sent, be it queued, refused or unknown, and wipes its files. One that is unknown may have
 * arrived. `KAIGO_E_OUTBOX_STATE` while it is on its way, and when it was sent or given up.
 */
int32_t kaigo_outbox_give_up(const kaigo_outbox *outbox,
                             uint64_t id,
                             kaigo_error **err);

/**
 * Queues a refused unit again, as it is and in its old place, under a new key. `KAIGO_E_OUTBOX_STATE` when it is not
 * refused.
 */
int32_t kaigo_outbox_requeue(const kaigo_outbox *outbox,
                             uint64_t id,
                             kaigo_error **err);

/**
 * Takes a unit that was sent or given up off the list. `KAIGO_E_OUTBOX_STATE` when it is neither.
 */
int32_t kaigo_outbox_forget(const kaigo_outbox *outbox, uint64_t id, kaigo_error **err);

/**
 * All that stands in an outbox now.
 */
int32_t kaigo_outbox_list(const kaigo_outbox *outbox, kaigo_outbox_entries **entries, kaigo_error **err);

/**
 * How many entries there are.
 */
int32_t kaigo_outbox_entries_count(const kaigo_outbox_entries *entries, uint64_t *count, kaigo_error **err);

/**
 * A text of the entry at an index, from 0: `KAIGO_ENTRY_STATE_NAME` to `KAIGO_ENTRY_REASON_EN`.
 */
int32_t kaigo_outbox_entries_text_utf8(const kaigo_outbox_entries *entries,
                                       uint64_t index,
                                       uint32_t what,
                                       char *buffer,
                                       size_t capacity,
                                       size_t *needed,
                                       kaigo_error **err);

/**
 * A text of the entry at an index, from 0: `KAIGO_ENTRY_STATE_NAME` to `KAIGO_ENTRY_REASON_EN`.
 */
int32_t kaigo_outbox_entries_text_utf16(const kaigo_outbox_entries *entries,
                                        uint64_t index,
                                        uint32_t what,
                                        uint16_t *buffer,
                                        size_t capacity,
                                        size_t *needed,
                                        kaigo_error **err);

/**
 * A text of the entry at an index, from 0: `KAIGO_ENTRY_STATE_NAME` to `KAIGO_ENTRY_REASON_EN`.
 */
int32_t kaigo_outbox_entries_text_view_utf8(const kaigo_outbox_entries *entries,
                                            uint64_t index,
                                            uint32_t what,
                                            const char **text,
                                            size_t *text_len,
                                            kaigo_error **err);

/**
 * A text of the entry at an index, from 0: `KAIGO_ENTRY_STATE_NAME` to `KAIGO_ENTRY_REASON_EN`.
 */
int32_t kaigo_outbox_entries_text_view_utf16(const kaigo_outbox_entries *entries,
                                             uint64_t index,
                                             uint32_t what,
                                             const uint16_t **text,
                                             size_t *text_len,
                                             kaigo_error **err);

/**
 * A number of the entry at an index, from 0: `KAIGO_ENTRY_ID` to `KAIGO_ENTRY_ACCEPTED_AT`.
 */
int32_t kaigo_outbox_entries_number(const kaigo_outbox_entries *entries,
                                    uint64_t index,
                                    uint32_t what,
                                    int64_t *value,
                                    kaigo_error **err);

/**
 * The name of a file of the entry at an index, both from 0.
 */
int32_t kaigo_outbox_entries_file_name_utf8(const kaigo_outbox_entries *entries,
                                            uint64_t index,
                                            uint64_t file,
                                            char *buffer,
                                            size_t capacity,
                                            size_t *needed,
                                            kaigo_error **err);

/**
 * The name of a file of the entry at an index, both from 0.
 */
int32_t kaigo_outbox_entries_file_name_utf16(const kaigo_outbox_entries *entries,
                                             uint64_t index,
                                             uint64_t file,
                                             uint16_t *buffer,
                                             size_t capacity,
                                             size_t *needed,
                                             kaigo_error **err);

/**
 * The name of a file of the entry at an index, both from 0.
 */
int32_t kaigo_outbox_entries_file_name_view_utf8(const kaigo_outbox_entries *entries,
                                                 uint64_t index,
                                                 uint64_t file,
                                                 const char **text,
                                                 size_t *text_len,
                                                 kaigo_error **err);

/**
 * The name of a file of the entry at an index, both from 0.
 */
int32_t kaigo_outbox_entries_file_name_view_utf16(const kaigo_outbox_entries *entries,
                                                  uint64_t index,
                                                  uint64_t file,
                                                  const uint16_t **text,
                                                  size_t *text_len,
                                                  kaigo_error **err);

#ifdef __cplusplus
}  // extern "C"
#endif  // __cplusplus

#endif  /* KAIGO_H */

#if UINTPTR_MAX == UINT64_MAX
#ifdef __cplusplus
#define KAIGO_ASSERT static_assert
#else
#define KAIGO_ASSERT _Static_assert
#endif
KAIGO_ASSERT(sizeof(kaigo_read_options) == 48, "kaigo_read_options");
KAIGO_ASSERT(sizeof(kaigo_write_options) == 20, "kaigo_write_options");
KAIGO_ASSERT(sizeof(kaigo_field) == 36, "kaigo_field");
KAIGO_ASSERT(sizeof(kaigo_value) == 40, "kaigo_value");
KAIGO_ASSERT(sizeof(kaigo_check_options) == 48, "kaigo_check_options");
KAIGO_ASSERT(sizeof(kaigo_convert_options) == 48, "kaigo_convert_options");
KAIGO_ASSERT(sizeof(kaigo_card_common) == 16, "kaigo_card_common");
KAIGO_ASSERT(sizeof(kaigo_card_tries) == 20, "kaigo_card_tries");
KAIGO_ASSERT(sizeof(kaigo_arrow_options) == 40, "kaigo_arrow_options");
KAIGO_ASSERT(sizeof(kaigo_platform_options) == 64, "kaigo_platform_options");
#undef KAIGO_ASSERT
#endif
