//! The table of declarations: each call, struct and constant is written once, and becomes the exported symbol, the
//! line that the header is generated from, and the list that tests compare with.
//!
//! A call is declared as its mode, its names and its parameters:
//!
//! | mode | what comes of it |
//! | --- | --- |
//! | `call name (…) {…}` | one export |
//! | `twin name_utf8 / name_utf16 (…) {…}` | two exports, for text in UTF-8 and in UTF-16 |
//! | `text a_utf8 / a_utf16 / a_view_utf8 / a_view_utf16 of handle: type [keys] {…}` | four exports: a text copied out, and a view of it |
//! | `field …` | the same for a field of a row |
//!
//! | parameter | in C | in the body |
//! | --- | --- | --- |
//! | `x: val u32` | `uint32_t x` | `u32` |
//! | `x: user` | `void *x` | the pointer that goes back to a function of the caller |
//! | `x: handle T` | `const T *x` | the value, shared with other threads |
//! | `x: handle_or_null T` | `const T *x` | the same, or `None` |
//! | `x: alone T` | `T *x` | the value, exclusively |
//! | `x, n: str` | `const char/char16 *x, size_t n` | `Cow<str>` |
//! | `x, n: secret` | as `str` | `Zeroizing<String>` |
//! | `x, n, c: strs` | `const char/char16 *const *x, const size_t *n, size_t c` | `Vec<Cow<str>>` |
//! | `x, n: bytes` | `const uint8_t *x, size_t n` | `&[u8]` |
//! | `x: options T` | `const T *x`, may be NULL | `T` |
//! | `x: new T`, `x: new_or_null T` | `T **x` | a place to put a new value |
//! | `x: out u32` | `uint32_t *x` | a place to put a number |
//! | `x: fill T` | `T *x` with its `struct_size` | a place to put a struct |
//! | `x, n: fill_all T` | `T *x, size_t n`, the first with its `struct_size` | the same for many |
//! | `x: give_stream` | `ArrowArrayStream *x` | a place to put a stream of batches |
//! | `x: take_stream` | `ArrowArrayStream *x` | a stream of batches, taken over |
//! | `x, n: out_bytes` | `const uint8_t **x, size_t *n` | a place to put a borrowed view |
//! | `x, n, needed: copy` | `char *x, size_t n, size_t *needed` | a place to copy a text to |

/// Declares calls; see the module.
macro_rules! exports {
    ($list:ident; $( $(#[doc = $doc:literal])+ $mode:ident $name:ident $(/ $more:ident)*
        $( ( $($params:tt)* ) )? $( of $handle:ident : $type:ident [ $($keys:tt)* ] )? $body:block )*) => {
        $( exports! { @$mode [$($doc)+] [$name $($more)*] $([$($params)*])? $([$handle $type [$($keys)*]])? $body } )*
        /// What the header says of these calls.
        pub(crate) const $list: &[&str] = &[$( $name::DECLARATION, $($more::DECLARATION,)* )*];
    };

    (@call $docs:tt [$name:ident] [$($params:tt)*] $body:block) => {
        exports! { @fn $docs $name c_char [] [] [] [$($params)*] $body }
    };
    (@twin $docs:tt [$utf8:ident $utf16:ident] [$($params:tt)*] $body:block) => {
        exports! { @fn $docs $utf8 c_char [] [] [] [$($params)*] $body }
        exports! { @fn $docs $utf16 u16 [] [] [] [$($params)*] $body }
    };
    (@text $docs:tt [$utf8:ident $utf16:ident $view_utf8:ident $view_utf16:ident]
        [$handle:ident $type:ident [$($key:ident : $key_type:ident),*]] $body:block) => {
        exports! { @copy $docs $utf8 c_char $handle $type [$($key $key_type)*] $body }
        exports! { @copy $docs $utf16 u16 $handle $type [$($key $key_type)*] $body }
        exports! { @view $docs $view_utf8 c_char $handle $type [$($key $key_type)*] $body }
        exports! { @view $docs $view_utf16 u16 $handle $type [$($key $key_type)*] $body }
    };
    (@copy $docs:tt $name:ident $char:ident $handle:ident $type:ident [$($key:ident $key_type:ident)*] $body:block) => {
        exports! { @fn $docs $name $char [] [] []
            [$handle: handle $type, $($key: val $key_type,)* buffer, capacity, needed: copy] {
                let text: std::borrow::Cow<'_, str> = $body;
                buffer.text(&text)
            }
        }
    };
    (@view $docs:tt $name:ident $char:ident $handle:ident $type:ident [$($key:ident $key_type:ident)*] $body:block) => {
        exports! { @fn $docs $name $char [] [] []
            [$handle: handle $type, $($key: val $key_type,)* text, text_len: view] {
                let found: std::borrow::Cow<'_, str> = $body;
                let mut key = [stringify!($name).as_ptr().addr() as u64, 0, 0];
                for (place, part) in key[1..].iter_mut().zip([$(u64::from($key)),*]) {
                    *place = part;
                }
                text.show($handle.views(), key, found)
            }
        }
    };

    (@field $docs:tt [$utf8:ident $utf16:ident $view_utf8:ident $view_utf16:ident]
        [$handle:ident $type:ident [$($key:ident : $key_type:ident),*]] $body:block) => {
        exports! { @fields $docs $utf8 $view_utf8 c_char $handle $type [$($key $key_type)*] $body }
        exports! { @fields $docs $utf16 $view_utf16 u16 $handle $type [$($key $key_type)*] $body }
    };
    (@fields $docs:tt $copy:ident $view:ident $char:ident $handle:ident $type:ident [$($key:ident $key_type:ident)*]
        $body:block) => {
        exports! { @fn $docs $copy $char [] [] []
            [$handle: handle $type, $($key: val $key_type,)* buffer, capacity, needed: copy] {
                let spot: $crate::value::Spot<'_> = $body;
                buffer.text(&$crate::value::text_of(spot.value()?))
            }
        }
        exports! { @fn $docs $view $char [] [] []
            [$handle: handle $type, $($key: val $key_type,)* text, text_len: view] {
                let spot: $crate::value::Spot<'_> = $body;
                text.elements(spot.show()?)
            }
        }
    };

    // One parameter after the other: [signature] [outputs] [inputs] [what is left]. Outputs come first in the body,
    // so that they are cleared whatever else is wrong.
    // SAFETY of each block below: every pointer is passed once to the conversion of its kind, which refuses NULL, wrong
    // alignment and impossible lengths; that the rest is as the header says is the caller's part.
    (@fn $d:tt $f:ident $c:ident [$($sig:tt)*] [$($outs:tt)*] [$($ins:tt)*] [$n:ident: user $(, $($rest:tt)*)?] $body:block) => {
        exports! { @fn $d $f $c [$($sig)* $n: *mut c_void,] [$($outs)*] [$($ins)*] [$($($rest)*)?] $body }
    };
    (@fn $d:tt $f:ident $c:ident [$($sig:tt)*] [$($outs:tt)*] [$($ins:tt)*] [$n:ident: val $t:ident $(, $($rest:tt)*)?] $body:block) => {
        exports! { @fn $d $f $c [$($sig)* $n: $t,] [$($outs)*] [$($ins)*] [$($($rest)*)?] $body }
    };
    (@fn $d:tt $f:ident $c:ident [$($sig:tt)*] [$($outs:tt)*] [$($ins:tt)*] [$n:ident: handle $t:ident $(, $($rest:tt)*)?] $body:block) => {
        exports! { @fn $d $f $c [$($sig)* $n: *const $t,] [$($outs)*]
            [$($ins)* let $n = unsafe { $crate::handle::shared($n, stringify!($n))? };] [$($($rest)*)?] $body }
    };
    (@fn $d:tt $f:ident $c:ident [$($sig:tt)*] [$($outs:tt)*] [$($ins:tt)*] [$n:ident: handle_or_null $t:ident $(, $($rest:tt)*)?] $body:block) => {
        exports! { @fn $d $f $c [$($sig)* $n: *const $t,] [$($outs)*]
            [$($ins)* let $n = unsafe { $crate::handle::shared_or_null($n, stringify!($n))? };] [$($($rest)*)?] $body }
    };
    (@fn $d:tt $f:ident $c:ident [$($sig:tt)*] [$($outs:tt)*] [$($ins:tt)*] [$n:ident: alone $t:ident $(, $($rest:tt)*)?] $body:block) => {
        exports! { @fn $d $f $c [$($sig)* $n: *mut $t,] [$($outs)*]
            [$($ins)* let mut $n = unsafe { $crate::handle::alone($n, stringify!($n))? };] [$($($rest)*)?] $body }
    };
    (@fn $d:tt $f:ident $c:ident [$($sig:tt)*] [$($outs:tt)*] [$($ins:tt)*] [$n:ident, $l:ident: str $(, $($rest:tt)*)?] $body:block) => {
        exports! { @fn $d $f $c [$($sig)* $n: *const $c, $l: usize,] [$($outs)*]
            [$($ins)* let $n = unsafe { $crate::argument::text($n, $l, stringify!($n))? };] [$($($rest)*)?] $body }
    };
    (@fn $d:tt $f:ident $c:ident [$($sig:tt)*] [$($outs:tt)*] [$($ins:tt)*] [$n:ident, $l:ident: secret $(, $($rest:tt)*)?] $body:block) => {
        exports! { @fn $d $f $c [$($sig)* $n: *const $c, $l: usize,] [$($outs)*]
            [$($ins)* let $n = unsafe { $crate::argument::secret($n, $l, stringify!($n))? };] [$($($rest)*)?] $body }
    };
    (@fn $d:tt $f:ident $c:ident [$($sig:tt)*] [$($outs:tt)*] [$($ins:tt)*] [$n:ident, $l:ident, $m:ident: strs $(, $($rest:tt)*)?] $body:block) => {
        exports! { @fn $d $f $c [$($sig)* $n: *const *const $c, $l: *const usize, $m: usize,] [$($outs)*]
            [$($ins)* let $n = unsafe { $crate::argument::texts($n, $l, $m, stringify!($n))? };] [$($($rest)*)?] $body }
    };
    (@fn $d:tt $f:ident $c:ident [$($sig:tt)*] [$($outs:tt)*] [$($ins:tt)*] [$n:ident, $l:ident: bytes $(, $($rest:tt)*)?] $body:block) => {
        exports! { @fn $d $f $c [$($sig)* $n: *const u8, $l: usize,] [$($outs)*]
            [$($ins)* let $n = unsafe { $crate::argument::slice($n, $l, stringify!($n))? };] [$($($rest)*)?] $body }
    };
    (@fn $d:tt $f:ident $c:ident [$($sig:tt)*] [$($outs:tt)*] [$($ins:tt)*] [$n:ident: options $t:ident $(, $($rest:tt)*)?] $body:block) => {
        exports! { @fn $d $f $c [$($sig)* $n: *const $t,] [$($outs)*]
            [$($ins)* let $n = unsafe { $crate::argument::options($n, stringify!($n))? };] [$($($rest)*)?] $body }
    };
    (@fn $d:tt $f:ident $c:ident [$($sig:tt)*] [$($outs:tt)*] [$($ins:tt)*] [$n:ident: new $t:ident $(, $($rest:tt)*)?] $body:block) => {
        exports! { @fn $d $f $c [$($sig)* $n: *mut *mut $t,]
            [$($outs)* let $n = unsafe { $crate::argument::New::required($n, stringify!($n))? };] [$($ins)*] [$($($rest)*)?] $body }
    };
    (@fn $d:tt $f:ident $c:ident [$($sig:tt)*] [$($outs:tt)*] [$($ins:tt)*] [$n:ident: new_or_null $t:ident $(, $($rest:tt)*)?] $body:block) => {
        exports! { @fn $d $f $c [$($sig)* $n: *mut *mut $t,]
            [$($outs)* let $n = unsafe { $crate::argument::New::optional($n, stringify!($n))? };] [$($ins)*] [$($($rest)*)?] $body }
    };
    (@fn $d:tt $f:ident $c:ident [$($sig:tt)*] [$($outs:tt)*] [$($ins:tt)*] [$n:ident: out $t:ident $(, $($rest:tt)*)?] $body:block) => {
        exports! { @fn $d $f $c [$($sig)* $n: *mut $t,]
            [$($outs)* let $n = unsafe { $crate::argument::Out::new($n, stringify!($n))? };] [$($ins)*] [$($($rest)*)?] $body }
    };
    (@fn $d:tt $f:ident $c:ident [$($sig:tt)*] [$($outs:tt)*] [$($ins:tt)*] [$n:ident: fill $t:ident $(, $($rest:tt)*)?] $body:block) => {
        exports! { @fn $d $f $c [$($sig)* $n: *mut $t,]
            [$($outs)* let $n = unsafe { $crate::argument::Fill::new($n, stringify!($n))? };] [$($ins)*] [$($($rest)*)?] $body }
    };
    (@fn $d:tt $f:ident $c:ident [$($sig:tt)*] [$($outs:tt)*] [$($ins:tt)*] [$n:ident, $l:ident: fill_all $t:ident $(, $($rest:tt)*)?] $body:block) => {
        exports! { @fn $d $f $c [$($sig)* $n: *mut $t, $l: usize,]
            [$($outs)* let $n = unsafe { $crate::argument::FillAll::new($n, $l, stringify!($n))? };] [$($ins)*] [$($($rest)*)?] $body }
    };
    (@fn $d:tt $f:ident $c:ident [$($sig:tt)*] [$($outs:tt)*] [$($ins:tt)*] [$n:ident: give_stream $(, $($rest:tt)*)?] $body:block) => {
        exports! { @fn $d $f $c [$($sig)* $n: *mut ArrowArrayStream,]
            [$($outs)* let $n = unsafe { $crate::stream::Give::new($n, stringify!($n))? };] [$($ins)*] [$($($rest)*)?] $body }
    };
    (@fn $d:tt $f:ident $c:ident [$($sig:tt)*] [$($outs:tt)*] [$($ins:tt)*] [$n:ident: take_stream $(, $($rest:tt)*)?] $body:block) => {
        exports! { @fn $d $f $c [$($sig)* $n: *mut ArrowArrayStream,]
            [$($outs)* let $n = unsafe { $crate::stream::Take::new($n, stringify!($n))? };] [$($ins)*] [$($($rest)*)?] $body }
    };
    (@fn $d:tt $f:ident $c:ident [$($sig:tt)*] [$($outs:tt)*] [$($ins:tt)*] [$n:ident, $l:ident: out_bytes $(, $($rest:tt)*)?] $body:block) => {
        exports! { @fn $d $f $c [$($sig)* $n: *mut *const u8, $l: *mut usize,]
            [$($outs)* let $n = unsafe { $crate::argument::View::new($n, $l, stringify!($n))? };] [$($ins)*] [$($($rest)*)?] $body }
    };
    (@fn $d:tt $f:ident $c:ident [$($sig:tt)*] [$($outs:tt)*] [$($ins:tt)*] [$n:ident, $l:ident: view $(, $($rest:tt)*)?] $body:block) => {
        exports! { @fn $d $f $c [$($sig)* $n: *mut *const $c, $l: *mut usize,]
            [$($outs)* let $n = unsafe { $crate::argument::View::new($n, $l, stringify!($n))? };] [$($ins)*] [$($($rest)*)?] $body }
    };
    (@fn $d:tt $f:ident $c:ident [$($sig:tt)*] [$($outs:tt)*] [$($ins:tt)*] [$n:ident, $l:ident, $m:ident: copy $(, $($rest:tt)*)?] $body:block) => {
        exports! { @fn $d $f $c [$($sig)* $n: *mut $c, $l: usize, $m: *mut usize,]
            [$($outs)* let $n = unsafe { $crate::argument::Copy::new($n, $l, $m, stringify!($n))? };] [$($ins)*] [$($($rest)*)?] $body }
    };
    (@fn [$($doc:literal)+] $f:ident $c:ident [$($sig:tt)*] [$($outs:tt)*] [$($ins:tt)*] [] $body:block) => {
        $(#[doc = $doc])+
        ///
        /// # Safety
        /// Pointers are NULL or point to what the header says; the header says how long each must live.
        #[unsafe(no_mangle)]
        pub unsafe extern "C" fn $f($($sig)* err: *mut *mut $crate::error::kaigo_error) -> i32 {
            $crate::doorway::enter(err, || { $($outs)* $($ins)* $body })
        }
        /// The declaration of the call of that name.
        pub(crate) mod $f {
            pub(crate) const DECLARATION: &str = concat!(
                $("///", $doc, "\n",)+
                "#[no_mangle] pub unsafe extern \"C\" fn ", stringify!($f), "(", stringify!($($sig)*),
                " err: *mut *mut kaigo_error) -> i32 {}\n"
            );
        }
    };
}

/// Declares opaque types: the C name, what is behind it, its tag, and the call that frees it.
macro_rules! handles {
    ($list:ident; $( $(#[doc = $doc:literal])+ $name:ident = $inner:ty, $tag:literal, $free:ident; )*) => {
        $(
            $(#[doc = $doc])+
            pub type $name = $crate::handle::Handle<$inner>;
            impl $crate::handle::Tagged for $inner {
                const TAG: u32 = $tag;
            }
            /// Frees the handle; NULL is allowed.
            ///
            /// # Safety
            /// The handle is NULL, or one that was given out and not freed.
            #[unsafe(no_mangle)]
            pub unsafe extern "C" fn $free(handle: *mut $name) -> i32 {
                // SAFETY: as the header says; in debug builds the registry refuses any other handle.
                $crate::doorway::enter(std::ptr::null_mut(), || unsafe { $crate::handle::free(handle) })
            }
        )*
        /// What the header says of these types.
        pub(crate) const $list: &[&str] = &[$( concat!(
            $("///", $doc, "\n",)+ "pub struct ", stringify!($name), ";\n",
            "/// Frees a `", stringify!($name), "`; NULL is allowed and does nothing. While another thread uses the handle\n",
            "/// nothing is freed and the status is `KAIGO_E_BUSY`.\n",
            "#[no_mangle] pub unsafe extern \"C\" fn ", stringify!($free), "(handle: *mut ", stringify!($name), ") -> i32 {}\n"
        ), )*];
    };
}

/// Declares numbers.
macro_rules! constants {
    ($list:ident; $( $(#[doc = $doc:literal])+ $name:ident: $type:ident = $value:expr; )*) => {
        $( $(#[doc = $doc])+ pub const $name: $type = $value; )*
        /// What the header says of these numbers.
        pub(crate) const $list: &[&str] = &[$( concat!(
            $("///", $doc, "\n",)+ "pub const ", stringify!($name), ": ", stringify!($type), " = ", stringify!($value), ";\n"
        ), )*];
    };
}

/// Declares structs, with their size where pointers have 64 bits, and callbacks.
macro_rules! structs {
    ($list:ident; $( $(#[doc = $doc:literal])+ struct $name:ident : $size:literal {
        $( $(#[doc = $field_doc:literal])+ $field:ident: $type:ty, )*
    } )*) => {
        $(
            $(#[doc = $doc])+
            #[repr(C)]
            #[derive(Clone, Copy)]
            pub struct $name { $( $(#[doc = $field_doc])+ pub $field: $type, )* }
            #[cfg(target_pointer_width = "64")]
            const _: () = assert!(size_of::<$name>() == $size);
            // SAFETY: integers, pointers and functions that may be NULL; it begins with its size.
            unsafe impl $crate::argument::Sized32 for $name {}
        )*
        /// What the header says of these structs.
        pub(crate) const $list: &[&str] = &[$( concat!(
            $("///", $doc, "\n",)+ "#[repr(C)] pub struct ", stringify!($name), " {\n",
            $( $("///", $field_doc, "\n",)+ "pub ", stringify!($field), ": ", stringify!($type), ",\n", )* "}\n",
            "// size ", stringify!($name), " ", $size, "\n"
        ), )*];
    };
}

/// Declares functions of the caller.
macro_rules! callbacks {
    ($list:ident; $( $(#[doc = $doc:literal])+ $name:ident = fn( $($arg:ident: $type:ty),* ) -> $ret:ident; )*) => {
        $( $(#[doc = $doc])+ pub type $name = Option<unsafe extern "C" fn( $($arg: $type),* ) -> $ret>; )*
        /// What the header says of these functions.
        pub(crate) const $list: &[&str] = &[$( concat!(
            $("///", $doc, "\n",)+ "pub type ", stringify!($name), " = Option<unsafe extern \"C\" fn(",
            stringify!($($arg: $type),*), ") -> ", stringify!($ret), ">;\n"
        ), )*];
    };
}

pub(crate) use {callbacks, constants, exports, handles, structs};
