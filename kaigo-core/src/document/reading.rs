//! What is known while a document is read: where one is, and what was found wrong.

use std::borrow::Cow;

use super::{DocumentError, DocumentFault, Fault, Part, Shape, Tree};
use crate::report::shown_name;

/// A document in the course of being read.
#[derive(Debug, Default)]
pub struct Reading {
    path: String,
    faults: Vec<Fault>,
}

/// More faults than anybody looks at are not kept.
const MAX_FAULTS: usize = 100;

impl Reading {
    pub(super) fn is_faultless(&self) -> bool {
        self.faults.is_empty()
    }

    pub(super) fn into_error(mut self, document: &'static str) -> DocumentError {
        if self.faults.is_empty() {
            // Nothing is refused without a fault; should it be, it is no value.
            self.fault(DocumentFault::Value);
        }
        DocumentError::new(document, self.faults)
    }

    /// Reports a fault at the place where one is.
    pub(crate) fn fault(&mut self, fault: DocumentFault) {
        if self.faults.len() < MAX_FAULTS {
            self.faults.push(Fault { path: self.path.clone(), fault });
        }
    }

    /// Does something at a member, or (with a number) at one of its values.
    fn within<T>(&mut self, name: &str, index: Option<usize>, then: impl FnOnce(&mut Self) -> T) -> T {
        let length = self.path.len();
        match index {
            Some(index) => self.path += &format!("[{index}]"),
            None if length == 0 => self.path += name,
            None => self.path += &format!(".{name}"),
        }
        let result = then(self);
        self.path.truncate(length);
        result
    }

    /// The members of a document, in the order of its shape. Reports those that it does not have.
    pub(crate) fn members<'t>(&mut self, shape: &Shape, tree: &'t Tree) -> Option<Members<'t>> {
        let Tree::Node(members) = tree else {
            self.fault(DocumentFault::Type);
            return None;
        };
        for (name, _) in members {
            if shape.member(name).is_none() {
                self.fault(DocumentFault::Unknown(shown_name(name)));
            }
        }
        Some(Members { members })
    }

    pub(crate) fn once<P: Part>(&mut self, members: &Members<'_>, name: &str) -> Option<P> {
        let found = self.optional(members, name)?;
        if found.is_none() {
            self.within(name, None, |reading| reading.fault(DocumentFault::Missing));
        }
        found
    }

    /// `None` for a fault; `Some(None)` where the member does not stand.
    pub(crate) fn optional<P: Part>(&mut self, members: &Members<'_>, name: &str) -> Option<Option<P>> {
        self.within(name, None, |reading| match members.one(name) {
            Ok(None) => Some(None),
            Ok(Some(tree)) => P::from_tree(tree, reading).map(Some),
            Err(fault) => {
                reading.fault(fault);
                None
            }
        })
    }

    pub(crate) fn many<P: Part>(&mut self, members: &Members<'_>, name: &str, max: usize) -> Option<Vec<P>> {
        self.within(name, None, |reading| match members.one(name) {
            Ok(None) => Some(Vec::new()),
            Ok(Some(Tree::List(items))) if items.len() > max => {
                reading.fault(DocumentFault::TooMany);
                None
            }
            Ok(Some(Tree::List(items))) => {
                let read = items.iter().enumerate().map(|(index, item)| {
                    reading.within(name, Some(index), |reading| P::from_tree(item, reading))
                });
                // Every item is read, so that every fault is found.
                let read: Vec<Option<P>> = read.collect();
                read.into_iter().collect()
            }
            Ok(Some(_)) => {
                reading.fault(DocumentFault::Type);
                None
            }
            Err(fault) => {
                reading.fault(fault);
                None
            }
        })
    }
}

/// The members of one document.
pub(crate) struct Members<'t> {
    members: &'t [(Cow<'static, str>, Tree)],
}

impl<'t> Members<'t> {
    fn one(&self, name: &str) -> Result<Option<&'t Tree>, DocumentFault> {
        let mut found = self.members.iter().filter(|(member, _)| member == name).map(|(_, tree)| tree);
        match (found.next(), found.next()) {
            (_, Some(_)) => Err(DocumentFault::Duplicate),
            (None | Some(Tree::Null), None) => Ok(None),
            (Some(tree), None) => Ok(Some(tree)),
        }
    }
}
