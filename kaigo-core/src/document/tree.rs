//! A document without its types: what JSON and XML are read into and written from.

use std::borrow::Cow;
use std::fmt;

use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use serde::ser::{Serialize, Serializer};

impl Tree {
    /// What stands at a place as [`Fault::path`](super::Fault::path) writes it: `steps[2].on`; all of it at the empty one.
    pub fn at(&self, path: &str) -> Option<&Self> {
        path.split('.').filter(|_| !path.is_empty()).try_fold(self, |tree, part| {
            let (name, indexes) = part.split_at(part.find('[').unwrap_or(part.len()));
            let Self::Node(members) = tree else { return None };
            let member = members.iter().find(|(member, _)| member == name).map(|(_, tree)| tree)?;
            match indexes.strip_prefix('[') {
                None => Some(member),
                Some(index) => match member {
                    Self::List(items) => items.get(index.strip_suffix(']')?.parse::<usize>().ok()?),
                    _ => None,
                },
            }
        })
    }
}

/// A value without its type. It may be about a person, so `Debug` shows no leaf.
#[derive(Clone, PartialEq)]
pub enum Tree {
    /// No value: `null`.
    Null,
    /// A text.
    Text(String),
    /// A whole number from 0.
    Number(u64),
    /// Yes or no.
    Boolean(bool),
    /// A number that is no whole number from 0, which no leaf holds.
    Odd,
    /// Values in order.
    List(Vec<Tree>),
    /// Members in order.
    Node(Vec<(Cow<'static, str>, Tree)>),
}

impl fmt::Debug for Tree {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::List(items) => f.debug_list().entries(items).finish(),
            Self::Node(members) => {
                f.debug_map().entries(members.iter().map(|(name, tree)| (name, tree))).finish()
            }
            _ => f.write_str("masked"),
        }
    }
}

impl Serialize for Tree {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Null | Self::Odd => serializer.serialize_unit(),
            Self::Text(text) => serializer.serialize_str(text),
            Self::Number(number) => serializer.serialize_u64(*number),
            Self::Boolean(value) => serializer.serialize_bool(*value),
            Self::List(items) => serializer.collect_seq(items),
            Self::Node(members) => {
                serializer.collect_map(members.iter().map(|(name, tree)| (name.as_ref(), tree)))
            }
        }
    }
}

impl<'de> Deserialize<'de> for Tree {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(TreeVisitor)
    }
}

struct TreeVisitor;

impl<'de> Visitor<'de> for TreeVisitor {
    type Value = Tree;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_unit<E>(self) -> Result<Tree, E> {
        Ok(Tree::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Tree, E> {
        Ok(Tree::Boolean(value))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Tree, E> {
        Ok(Tree::Number(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Tree, E> {
        Ok(u64::try_from(value).map_or(Tree::Odd, Tree::Number))
    }

    fn visit_f64<E>(self, _value: f64) -> Result<Tree, E> {
        Ok(Tree::Odd)
    }

    fn visit_str<E>(self, text: &str) -> Result<Tree, E> {
        Ok(Tree::Text(text.to_owned()))
    }

    fn visit_string<E>(self, text: String) -> Result<Tree, E> {
        Ok(Tree::Text(text))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Tree, A::Error> {
        let mut items = Vec::new();
        while let Some(item) = seq.next_element()? {
            items.push(item);
        }
        Ok(Tree::List(items))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Tree, A::Error> {
        let mut members = Vec::new();
        while let Some((name, value)) = map.next_entry::<String, Tree>()? {
            members.push((Cow::Owned(name), value));
        }
        Ok(Tree::Node(members))
    }
}
