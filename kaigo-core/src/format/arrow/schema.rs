//! The columns that follow from a declaration.

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::Arc;

use arrow_schema::{DataType, Field, Schema, SchemaRef, TimeUnit};

use crate::record::{FieldSpec, FileKind, Layout, Type};

/// How columns are named.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Naming {
    /// The English names, as in Rust.
    #[default]
    English,
    /// The official names; one that stands twice in its table ends in the No.
    Official,
}

/// The column of what no typed cell can say.
pub const VERBATIM: &str = "verbatim";
/// The column of the file that a row comes from, in tables of several files.
pub const SOURCE_FILE: &str = "source_file";
/// The column of the row in its file, from 1, in tables of several files.
pub const SOURCE_ROW: &str = "source_row";

impl Naming {
    pub(super) fn name(self, layout: &Layout, field: &FieldSpec) -> Cow<'static, str> {
        match self {
            Self::English => field.name.into(),
            Self::Official => layout.unique_name_ja(field),
        }
    }
}

/// The type of a field's column.
pub(super) const fn data_type(ty: Type) -> DataType {
    match ty {
        Type::Date | Type::Month => DataType::Date32,
        Type::Time => DataType::Time32(TimeUnit::Second),
        Type::Integer => DataType::Int32,
        Type::Decimal => DataType::Decimal128(5, 2),
        Type::Digits
        | Type::Alnum
        | Type::Code
        | Type::Postal
        | Type::DayMap
        | Type::FileName
        | Type::Text => DataType::Utf8,
    }
}

/// The columns of a kind of file; with those of the source where rows come from several files. `None` for the image,
/// which has no records.
pub fn schema(kind: FileKind, naming: Naming, source: bool) -> Option<SchemaRef> {
    let layout = kind.layout()?;
    let mut fields: Vec<Field> = layout
        .fields
        .iter()
        .map(|spec| {
            let metadata = [
                ("kaigo:no", spec.no.to_string()),
                ("kaigo:name", spec.name.to_owned()),
                ("kaigo:name_ja", spec.name_ja.to_owned()),
                ("kaigo:type", format!("{:?}", spec.ty)),
            ];
            Field::new(naming.name(layout, spec), data_type(spec.ty), true)
                .with_metadata(HashMap::from(metadata.map(|(key, value)| (key.to_owned(), value))))
        })
        .collect();
    fields.push(Field::new(VERBATIM, DataType::Utf8, true));
    if source {
        fields.push(Field::new(SOURCE_FILE, DataType::Utf8, false));
        fields.push(Field::new(SOURCE_ROW, DataType::Int64, false));
    }
    let metadata: HashMap<String, String> =
        [("kaigo:kind", kind.name()), ("kaigo:kind_ja", kind.name_ja()), ("kaigo:standard", "4.1")]
            .map(|(key, value)| (key.to_owned(), value.to_owned()))
            .into();
    Some(Arc::new(Schema::new(fields).with_metadata(metadata)))
}
