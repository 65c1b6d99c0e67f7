//! XSD files, from the declarations.

use std::collections::BTreeSet;

use super::records::RECORD;
use super::{Elements, NAMESPACE};
use crate::document::{Content, Form, Leaf, Occurs, Shape};
use crate::format::json::{Look, STANDARD, accepts, look};
use crate::record::{FieldSpec, FileKind, Length, Required};

/// The XSD of the documents of a kind that conform, as the text of `kaigo-core/schema/xml`; `None` for the image.
///
/// It describes the form of each field, in the official order: what the checks say beyond that is not in it, and values
/// that do not conform (`raw`, `bytes`) are not. Only fields marked 必須 are required, and a length that is hard to read is
/// the longest that the checks accept.
pub fn records_schema(kind: FileKind) -> Option<String> {
    let layout = kind.layout()?;
    let mut xsd = Xsd::new(kind.name_ja());
    xsd.element(kind.name(), (1, Some(1)), None, |xsd| {
        xsd.sequence(|xsd| {
            xsd.element(RECORD, (0, None), None, |xsd| {
                xsd.sequence(|xsd| {
                    for field in layout.fields {
                        let least = usize::from(field.required == Required::Yes);
                        xsd.element(field.name_json, (least, Some(1)), Some(&title(field)), |xsd| {
                            xsd.field(kind, field);
                        });
                    }
                });
            });
        });
        xsd.elements.empty("xs:attribute", &[("name", "standard"), ("use", "required"), ("fixed", STANDARD)]);
    });
    Some(xsd.finish())
}

fn title(field: &FieldSpec) -> String {
    format!("No. {} {}", field.no, field.name_ja)
}

/// The XSD of a document, as the text of `kaigo-core/schema/xml`. What members say together is not in it.
pub fn document_schema(shape: &'static Shape) -> String {
    let mut xsd = Xsd::new(shape.name_ja);
    let ty = type_name(shape);
    xsd.elements.empty("xs:element", &[("name", shape.name), ("type", &ty)]);
    let mut types = BTreeSet::new();
    let mut waiting = vec![shape];
    while let Some(shape) = waiting.pop() {
        if !types.insert(shape.name) {
            continue;
        }
        xsd.elements.open("xs:complexType", &[("name", &type_name(shape))]);
        xsd.documentation(shape.name_ja);
        xsd.elements.open("xs:sequence", &[]);
        for member in shape.members {
            let occurs = match member.occurs {
                Occurs::Once => (1, Some(1)),
                Occurs::Optional => (0, Some(1)),
                Occurs::Many(max) => (0, Some(max)),
            };
            match member.content {
                Content::Leaf(leaf) => {
                    xsd.element(member.name_json, occurs, Some(member.name_ja), |xsd| xsd.leaf(&leaf));
                }
                Content::Document(inner) => {
                    xsd.typed(member.name_json, &type_name(inner), occurs, member.name_ja);
                    waiting.push(inner);
                }
            }
        }
        xsd.elements.close("xs:sequence");
        xsd.elements.close("xs:complexType");
    }
    xsd.finish()
}

/// With the prefix of our namespace where it is referred to: the default one.
fn type_name(shape: &Shape) -> String {
    format!("{}Type", shape.name)
}

/// An anchored regular expression as XSD has it: anchored by itself.
fn pattern(anchored: &str) -> String {
    anchored.trim_start_matches('^').trim_end_matches('$').to_owned()
}

const NOTE: &str = "provisional: under names of kaigo's own. Generated from the declarations of kaigo-core.";
/// What our dates look like beyond what `xs:date` takes: no sign, no time zone.
const DATE: &str = "[0-9]{4}-[0-9]{2}-[0-9]{2}";
/// What our months look like: `xs:gYearMonth` takes a time zone.
const MONTH: &str = "[0-9]{4}-(0[1-9]|1[0-2])";
/// Not blank, and without line breaks and tabs.
const LINE: &str = "[^\\n\\r\\t]*[^\\s\u{3000}][^\\n\\r\\t]*";
const PROSE: &str = "[\\s\\S]*[^\\s\u{3000}][\\s\\S]*";

struct Xsd {
    elements: Elements,
}

impl Xsd {
    fn new(title: &str) -> Self {
        let mut elements = Elements::on_lines("UTF-8");
        elements.open(
            "xs:schema",
            &[
                ("xmlns:xs", "http://www.w3.org/2001/XMLSchema"),
                ("xmlns", NAMESPACE),
                ("targetNamespace", NAMESPACE),
                ("elementFormDefault", "qualified"),
                ("version", STANDARD),
            ],
        );
        let mut xsd = Self { elements };
        xsd.documentation(&format!("{title}: {NOTE}"));
        xsd
    }

    fn finish(mut self) -> String {
        self.elements.close("xs:schema");
        // Names, labels and patterns are text.
        String::from_utf8(self.elements.finish()).unwrap_or_default() + "\n"
    }

    fn documentation(&mut self, text: &str) {
        self.elements.open("xs:annotation", &[]);
        self.elements.leaf("xs:documentation", &[], text);
        self.elements.close("xs:annotation");
    }

    fn sequence(&mut self, then: impl FnOnce(&mut Self)) {
        self.elements.open("xs:sequence", &[]);
        then(self);
        self.elements.close("xs:sequence");
    }

    /// An element whose type stands within it: of other elements, or of text.
    fn element(
        &mut self,
        name: &str,
        (least, most): (usize, Option<usize>),
        title: Option<&str>,
        then: impl FnOnce(&mut Self),
    ) {
        let (least, most) = (least.to_string(), most.map_or("unbounded".to_owned(), |most| most.to_string()));
        let mut attributes = vec![("name", name)];
        // A global element has no occurrences; the root is the one without a title that stands once.
        if title.is_some() || most == "unbounded" {
            attributes.extend([("minOccurs", &*least), ("maxOccurs", &*most)]);
        }
        self.elements.open("xs:element", &attributes);
        if let Some(title) = title {
            self.documentation(title);
            then(self);
        } else {
            self.elements.open("xs:complexType", &[]);
            then(self);
            self.elements.close("xs:complexType");
        }
        self.elements.close("xs:element");
    }

    fn typed(&mut self, name: &str, ty: &str, (least, most): (usize, Option<usize>), title: &str) {
        let (least, most) = (least.to_string(), most.map_or("unbounded".to_owned(), |most| most.to_string()));
        let attributes = [("name", name), ("type", ty), ("minOccurs", &least), ("maxOccurs", &most)];
        self.elements.open("xs:element", &attributes);
        self.documentation(title);
        self.elements.close("xs:element");
    }

    fn restriction(&mut self, base: &str, facets: &[(&str, String)]) {
        self.elements.open("xs:simpleType", &[]);
        self.elements.open("xs:restriction", &[("base", base)]);
        for (facet, value) in facets {
            self.elements.empty(facet, &[("value", value)]);
        }
        self.elements.close("xs:restriction");
        self.elements.close("xs:simpleType");
    }

    fn codes(&mut self, codes: &[(&str, &str)]) {
        self.elements.open("xs:simpleType", &[]);
        self.elements.open("xs:restriction", &[("base", "xs:string")]);
        for (code, label) in codes {
            self.elements.open("xs:enumeration", &[("value", code)]);
            self.documentation(label);
            self.elements.close("xs:enumeration");
        }
        self.elements.close("xs:restriction");
        self.elements.close("xs:simpleType");
    }

    fn field(&mut self, kind: FileKind, field: &'static FieldSpec) {
        if !field.codes.is_empty() {
            return self.codes(field.codes);
        }
        let (least, most) = match field.length {
            Length::Fixed(length) => (length, Some(length)),
            Length::Max(max) | Length::MaxDoubted { accepted: max, .. } => (1, Some(max)),
            Length::Free => (1, None),
        };
        match look(field.ty) {
            Look::Number => {
                let mut facets = vec![("xs:pattern", "0|[1-9][0-9]*".to_owned())];
                if let Some(most) = most {
                    facets.push(("xs:totalDigits", most.to_string()));
                }
                self.restriction("xs:integer", &facets);
            }
            Look::Signs { pattern: form, bare, .. } => {
                let mut form = pattern(form);
                if accepts(kind, field, bare) {
                    form = format!("{form}|{bare}");
                }
                self.restriction("xs:string", &[("xs:pattern", form)]);
            }
            Look::Chars(class) => {
                let count = match most {
                    Some(most) if most == least => format!("{{{most}}}"),
                    Some(most) => format!("{{{least},{most}}}"),
                    None => "+".to_owned(),
                };
                self.restriction("xs:string", &[("xs:pattern", format!("{class}{count}"))]);
            }
            Look::Form(form) => self.restriction("xs:string", &[("xs:pattern", pattern(form))]),
            Look::Text => {
                let mut facets = vec![("xs:minLength", least.to_string())];
                if let Some(most) = most {
                    facets.push(("xs:maxLength", most.to_string()));
                }
                self.restriction("xs:string", &facets);
            }
        }
    }

    fn leaf(&mut self, leaf: &Leaf) {
        let of = |pattern: &str| [("xs:pattern", pattern.to_owned())];
        match leaf.form {
            Form::Text { blank: true, .. } => {
                self.restriction("xs:string", &[("xs:minLength", "1".to_owned())]);
            }
            Form::Text { lines: false, .. } => self.restriction("xs:string", &of(LINE)),
            Form::Text { lines: true, .. } => self.restriction("xs:string", &of(PROSE)),
            Form::Number { max } => {
                self.restriction("xs:nonNegativeInteger", &[("xs:maxInclusive", max.to_string())]);
            }
            Form::Boolean => self.restriction("xs:boolean", &[]),
            Form::Date => self.restriction("xs:date", &of(DATE)),
            Form::Month => self.restriction("xs:string", &of(MONTH)),
            Form::Timestamp => self.restriction("xs:dateTime", &[]),
            Form::Code(codes) => self.codes(codes),
            Form::Chars { class, width } => {
                let count = width.map_or("+".to_owned(), |width| format!("{{{width}}}"));
                self.restriction("xs:string", &of(&format!("{class}{count}")));
            }
            Form::Pattern(form) => self.restriction("xs:string", &of(&pattern(form))),
        }
    }
}
