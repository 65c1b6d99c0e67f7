//! Drafts of actuals through the C interface: edits, refusals, corrections and deletions.
#![allow(clippy::expect_used, clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use std::ptr::{null, null_mut};

use kaigo::calls::*;

const PLAN: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../examples/data/outbox/monthly");

/// The draft of the sample plan.
fn draft() -> *mut kaigo_draft {
    let (mut units, mut unit, mut draft) = (null_mut(), null_mut(), null_mut());
    // SAFETY: a path with its length, handles that were just made, and places of our own.
    unsafe {
        let opened = kaigo_units_open_utf8(PLAN.as_ptr().cast(), PLAN.len(), null(), &mut units, null_mut());
        assert_eq!(opened, KAIGO_OK);
        assert_eq!(kaigo_units_get(units, 0, &mut unit, null_mut()), KAIGO_OK);
        assert_eq!(kaigo_draft_of_unit(unit, 20_261_303, &mut draft, null_mut()), KAIGO_E_NUMBER);
        assert_eq!(kaigo_draft_of_unit(unit, 20_260_803, &mut draft, null_mut()), KAIGO_OK);
        kaigo_unit_free(unit);
        kaigo_units_free(units);
    }
    draft
}

#[test]
fn a_draft_is_edited_by_visit_and_refuses_what_makes_no_sense() {
    let draft = draft();
    let code = "111111";
    let (text, length) = (code.as_ptr().cast(), code.len());
    // SAFETY: a handle that was just made, a text with its length, and places of our own.
    unsafe {
        let (mut visits, mut state, mut added, mut rows) = (0, 0, 0, null_mut());
        assert_eq!(kaigo_draft_visits(draft, &mut visits, null_mut()), KAIGO_OK);
        assert!(visits > 3);
        assert_eq!(kaigo_draft_cancel(draft, visits, null_mut()), KAIGO_E_NOT_FOUND);
        for day in [0, 32, 4_000_000_000] {
            assert_eq!(kaigo_draft_move(draft, 0, day, 900, 1000, null_mut()), KAIGO_E_DRAFT);
        }
        assert_eq!(kaigo_draft_move(draft, 0, 1, 900, 9999, null_mut()), KAIGO_E_DRAFT);
        assert_eq!(kaigo_draft_move(draft, 0, 1, 900, 2460, null_mut()), KAIGO_E_NUMBER);
        assert_eq!(kaigo_draft_recount_utf8(draft, 0, text, length, 100, null_mut()), KAIGO_E_DRAFT);
        assert_eq!(kaigo_draft_recount_utf8(draft, 0, text, 5, 1, null_mut()), KAIGO_E_IDENT);
        assert_eq!(kaigo_draft_recount_utf8(draft, 0, text, length, 2, null_mut()), KAIGO_OK);
        let recoded =
            kaigo_draft_recode_utf8(draft, 0, text, length, "112411".as_ptr().cast(), 6, 387, null_mut());
        assert_eq!(recoded, KAIGO_OK);
        assert_eq!(kaigo_draft_recount_utf8(draft, 0, text, length, 2, null_mut()), KAIGO_E_NOT_FOUND);
        assert_eq!(kaigo_draft_add_like(draft, 0, 31, 1300, 1330, &mut added, null_mut()), KAIGO_OK);
        assert_eq!(added, visits);
        for (visit, expected) in
            [(0, KAIGO_DRAFT_CHANGED), (1, KAIGO_DRAFT_AS_PLANNED), (added, KAIGO_DRAFT_ADDED)]
        {
            assert_eq!(kaigo_draft_visit(draft, visit, &mut state, &mut rows, null_mut()), KAIGO_OK);
            assert_eq!(state, expected);
            kaigo_document_free(rows);
        }
        assert_eq!(kaigo_draft_cancel(draft, 1, null_mut()), KAIGO_OK);
        assert_eq!(kaigo_draft_rows(draft, &mut rows, null_mut()), KAIGO_OK);
        // A row of it may be added as a visit of its own.
        assert_eq!(kaigo_draft_add(draft, rows, 0, &mut added, null_mut()), KAIGO_E_NOT_FOUND);
        assert_eq!(kaigo_draft_add(draft, rows, 1, &mut added, null_mut()), KAIGO_OK);
        assert_eq!(added, visits + 1);
        kaigo_document_free(rows);
        assert_eq!(kaigo_draft_restore(draft, 1, null_mut()), KAIGO_OK);
        kaigo_draft_free(draft);
    }
}

#[test]
fn corrections_hold_what_changed_and_deletions_what_is_gone() {
    let draft = draft();
    let folder = tempfile::tempdir().expect("a temporary folder");
    let store = folder.path().join("sequence").to_str().expect("a path in UTF-8").to_owned();
    // SAFETY: handles that were just made, a path with its length, and places of our own.
    unsafe {
        let (mut sent, mut visits) = (null_mut(), 0);
        kaigo_draft_rows(draft, &mut sent, null_mut());
        let counts = |draft: *mut kaigo_draft| {
            let (mut actuals, mut deletions, mut resent, mut deleted) = (null_mut(), null_mut(), 9, 9);
            let status = kaigo_draft_corrections_utf8(
                draft,
                sent,
                store.as_ptr().cast(),
                store.len(),
                &mut actuals,
                &mut deletions,
                null_mut(),
            );
            assert_eq!(status, KAIGO_OK);
            kaigo_units_count(actuals, &mut resent, null_mut());
            kaigo_units_count(deletions, &mut deleted, null_mut());
            kaigo_units_free(actuals);
            kaigo_units_free(deletions);
            (resent, deleted)
        };
        assert_eq!(counts(draft), (0, 0));
        assert_eq!(kaigo_draft_move(draft, 0, 2, 1300, 1330, null_mut()), KAIGO_OK);
        assert_eq!(counts(draft), (1, 0));
        kaigo_draft_visits(draft, &mut visits, null_mut());
        for visit in 0..visits {
            assert_eq!(kaigo_draft_cancel(draft, visit, null_mut()), KAIGO_OK);
        }
        // One deletion for each service type.
        assert_eq!(counts(draft), (0, 2));
        kaigo_document_free(sent);
        kaigo_draft_free(draft);
    }
}
