//! The declaration of a document.

/// Declares a document from its members: name, how often, type and official name.
///
/// How often: `one`, `opt` or `many N`. Behind `=>` stands a function that says what the members contradict
/// each other in.
macro_rules! document {
    ($(
        $(#[doc = $doc:literal])*
        $document:ident = $ja:literal {
            $(
                $(#[doc = $member_doc:literal])*
                $name:ident: $occurs:ident $($max:literal)? $ty:ident = $member_ja:literal,
            )*
        } $(=> $check:path)?
    )*) => { $(
        $(#[doc = $doc])*
        #[doc(alias = $ja)]
        #[derive(Debug, Clone, PartialEq, Eq)]
        pub struct $document {
            $(
                #[doc = concat!($member_ja, ".")]
                #[doc = ""]
                $(#[doc = $member_doc])*
                #[doc(alias = $member_ja)]
                pub $name: $crate::document::document!(@type $occurs $ty),
            )*
        }

        impl $crate::document::Document for $document {
            const SHAPE: &'static $crate::document::Shape = &$crate::document::Shape {
                name: stringify!($document),
                name_ja: $ja,
                members: &[$(
                    $crate::document::Member {
                        name: stringify!($name),
                        name_json: $crate::record::camel_case!($name),
                        name_ja: $member_ja,
                        occurs: $crate::document::document!(@occurs $occurs $($max)?),
                        content: <$ty as $crate::document::Part>::CONTENT,
                    },
                )*],
            };
        }

        impl $crate::document::Part for $document {
            const CONTENT: $crate::document::Content =
                $crate::document::Content::Document(<Self as $crate::document::Document>::SHAPE);

            fn to_tree(&self) -> $crate::document::Tree {
                let mut members = Vec::new();
                $(
                    let name = $crate::record::camel_case!($name);
                    $crate::document::document!(@write $occurs (&self.$name) name members);
                )*
                $crate::document::Tree::Node(members)
            }

            fn from_tree(
                tree: &$crate::document::Tree,
                reading: &mut $crate::document::Reading,
            ) -> Option<Self> {
                let members = reading.members(<Self as $crate::document::Document>::SHAPE, tree)?;
                // Every member is read before the first fault counts, so that every fault is found.
                $(
                    let $name = $crate::document::document!(
                        @read $occurs reading members ($crate::record::camel_case!($name)) $($max)?
                    );
                )*
                let document = Self { $( $name: $name?, )* };
                $(
                    let check: fn(&Self) -> Option<(&'static str, &'static str)> = $check;
                    if let Some((ja, en)) = check(&document) {
                        reading.fault($crate::document::DocumentFault::Inconsistent(ja, en));
                        return None;
                    }
                )?
                Some(document)
            }
        }

        $crate::document::document!(@serde $document);
    )* };

    (@serde $document:ident) => {
        impl serde::Serialize for $document {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                $crate::document::Part::to_tree(self).serialize(serializer)
            }
        }

        impl<'de> serde::Deserialize<'de> for $document {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let tree = $crate::document::Tree::deserialize(deserializer)?;
                <Self as $crate::document::Document>::read(&tree).map_err(serde::de::Error::custom)
            }
        }
    };

    (@type one $ty:ident) => { $ty };
    (@type opt $ty:ident) => { Option<$ty> };
    (@type many $ty:ident) => { Vec<$ty> };

    (@occurs one) => { $crate::document::Occurs::Once };
    (@occurs opt) => { $crate::document::Occurs::Optional };
    (@occurs many $max:literal) => { $crate::document::Occurs::Many($max) };

    (@write one ($member:expr) $name:ident $members:ident) => {
        $members.push((std::borrow::Cow::Borrowed($name), $crate::document::Part::to_tree($member)));
    };
    (@write opt ($member:expr) $name:ident $members:ident) => {
        if let Some(member) = $member {
            $crate::document::document!(@write one (member) $name $members);
        }
    };
    (@write many ($member:expr) $name:ident $members:ident) => {
        if !$member.is_empty() {
            let items = $member.iter().map($crate::document::Part::to_tree).collect();
            $members.push((std::borrow::Cow::Borrowed($name), $crate::document::Tree::List(items)));
        }
    };

    (@read one $reading:ident $members:ident ($name:expr)) => { $reading.once(&$members, $name) };
    (@read opt $reading:ident $members:ident ($name:expr)) => { $reading.optional(&$members, $name) };
    (@read many $reading:ident $members:ident ($name:expr) $max:literal) => {
        $reading.many(&$members, $name, $max)
    };
}

pub(crate) use document;
