//! Closed lists whose members have a stable name, as bindings and JSON show it, and words for people.

macro_rules! named {
    (
        $(#[$meta:meta])*
        $list:ident { $( $(#[$variant_meta:meta])* $variant:ident = $name:literal $ja:literal $en:literal, )* }
    ) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        pub enum $list {
            $( $(#[$variant_meta])* #[doc(alias = $ja)] $variant, )*
        }

        impl $list {
            /// Every member.
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];

            /// The stable name, as JSON and the bindings show it.
            pub const fn name(self) -> &'static str {
                match self { $( Self::$variant => $name, )* }
            }

            /// The member of that name.
            pub fn from_name(name: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|member| member.name() == name)
            }

            /// The words for people, in the language asked for.
            pub const fn label(self, lang: $crate::report::Lang) -> &'static str {
                match (self, lang) {
                    $(
                        (Self::$variant, $crate::report::Lang::Japanese) => $ja,
                        (Self::$variant, $crate::report::Lang::English) => $en,
                    )*
                }
            }
        }
    };
}

pub(super) use named;
