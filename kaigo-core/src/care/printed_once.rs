//! Sheets on which a text that holds for several rows is printed once.
//!
//! Rows hang in groups, each with a number and texts. While the number stays the same, a blank says what the row above it
//! says: senders leave it blank, or print it again, or do both on one sheet.

use crate::record::{Record, Value};
use crate::text::Text;

/// How rows after the first of a group are printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    /// Numbers on every row, texts where they change.
    Once,
    /// Everything on every row.
    Repeated,
}

/// The official Nos. of a group's columns, the number first; the outer group first.
pub(super) type Groups = &'static [&'static [u16]];

fn text_of<'r, R: Record<'r>>(record: &R, no: u16) -> String {
    record.value(no.into()).map(|value| value.to_text()).unwrap_or_default()
}

fn is_blank<'r, R: Record<'r>>(record: &R, no: u16) -> bool {
    matches!(record.value(no.into()), None | Some(Value::Blank))
}

/// What is known of one column of a row, both forms compared.
struct Column {
    row: usize,
    no: u16,
    /// Whether the row says what the one above it does, so that it may be blank.
    as_above: bool,
    /// Whether it would be read as what the one above it says, which it does not.
    hidden: bool,
    /// Whether the form [`Form::Once`] prints it.
    once: bool,
}

/// Every column of the groups that has a value on a row, or would be read as if it had.
fn columns<R: Record<'static>>(rows: &[R], groups: Groups) -> Vec<Column> {
    let mut columns = Vec::new();
    for (index, row) in rows.iter().enumerate() {
        let above = index.checked_sub(1).and_then(|above| rows.get(above));
        let mut together = above.is_some();
        for group in groups {
            for (place, no) in group.iter().enumerate() {
                let (value, above) =
                    (text_of(row, *no), above.map(|above| text_of(above, *no)).unwrap_or_default());
                if place == 0 {
                    together &= value.is_empty() || value == above;
                }
                let as_above = together && value == above;
                let hidden = together && value.is_empty() && !above.is_empty();
                if !value.is_empty() || hidden {
                    columns.push(Column {
                        row: index,
                        no: *no,
                        as_above,
                        hidden,
                        once: place == 0 || !as_above,
                    });
                }
            }
        }
    }
    columns
}

/// Fills the blanks down. Gives the form that the sender used, and for each row the columns that stand in the other.
pub(super) fn fill_down<R: Record<'static>>(rows: &mut [R], groups: Groups) -> (Form, Vec<Vec<u16>>) {
    let printed: Vec<Vec<u16>> = rows
        .iter()
        .map(|row| groups.concat().into_iter().filter(|no| !is_blank(row, *no)).collect())
        .collect();
    for index in 1..rows.len() {
        let (above, below) = rows.split_at_mut(index);
        let (Some(above), Some(row)) = (above.last(), below.first_mut()) else { continue };
        let mut together = true;
        for group in groups {
            for (place, no) in group.iter().enumerate() {
                if place == 0 {
                    together &= is_blank(row, *no) || text_of(row, *no) == text_of(above, *no);
                }
                if together && is_blank(row, *no) {
                    row.set((*no).into(), Text::from(text_of(above, *no)));
                }
            }
        }
    }
    let (mut not_once, mut not_repeated) = (vec![Vec::new(); rows.len()], vec![Vec::new(); rows.len()]);
    for column in columns(rows, groups) {
        let is_printed = printed.get(column.row).is_some_and(|printed| printed.contains(&column.no));
        let differs = |from: &mut Vec<Vec<u16>>| {
            if let Some(row) = from.get_mut(column.row) {
                row.push(column.no);
            }
        };
        if is_printed != column.once {
            differs(&mut not_once);
        }
        if !is_printed {
            differs(&mut not_repeated);
        }
    }
    let count = |differing: &[Vec<u16>]| differing.iter().map(Vec::len).sum::<usize>();
    if count(&not_repeated) < count(&not_once) {
        (Form::Repeated, not_repeated)
    } else {
        (Form::Once, not_once)
    }
}

/// Blanks what the form leaves out, in rows that are filled; `differing` are the columns of a row that stand in the other
/// form. What a blank would not be read as is printed all the same.
pub(super) fn print<R: Record<'static>>(rows: &mut [R], groups: Groups, form: Form, differing: &[Vec<u16>]) {
    for column in columns(rows, groups) {
        let by_form = form == Form::Repeated || column.once;
        let differs = differing.get(column.row).is_some_and(|row| row.contains(&column.no));
        if column.as_above
            && by_form == differs
            && let Some(row) = rows.get_mut(column.row)
        {
            row.set(column.no.into(), Text::from(""));
        }
    }
}

/// Whether filled rows are read back as they are: none has a blank where the one above it has a value that a blank stands
/// for.
pub(super) fn is_clear<R: Record<'static>>(rows: &[R], groups: Groups) -> bool {
    columns(rows, groups).iter().all(|column| !column.hidden)
}

/// The last of the siblings where it is the same, else the next, which is added to them.
pub(super) fn child_of<T>(siblings: &mut Vec<T>, next: T, same: impl Fn(&T, &T) -> bool) -> Option<&mut T> {
    if !siblings.last().is_some_and(|last| same(last, &next)) {
        siblings.push(next);
    }
    siblings.last_mut()
}

/// One that says nothing, alone, is none: its parent has a row all the same.
pub(super) fn drop_blank<T: Default + PartialEq>(children: &mut Vec<T>) {
    if let [only] = children.as_slice()
        && *only == T::default()
    {
        children.clear();
    }
}

/// The children, or the one that says nothing.
pub(super) fn or_blank<'c, T>(children: &'c [T], blank: &'c T) -> &'c [T] {
    if children.is_empty() { std::slice::from_ref(blank) } else { children }
}
