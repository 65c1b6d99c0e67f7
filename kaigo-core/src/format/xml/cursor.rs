//! The steps through an XML document: what may stand in ours, and within the limits.

use std::borrow::Cow;

use quick_xml::NsReader;
use quick_xml::errors::{Error, IllFormedError};
use quick_xml::escape::resolve_predefined_entity;
use quick_xml::events::{BytesStart, Event};
use quick_xml::name::ResolveResult;

use super::{Limits, XmlError, XmlFault};

/// One step.
pub(crate) enum Step<'x> {
    /// An element begins.
    Open(Opened<'x>),
    /// Text: a piece of it, for a reference or a comment parts it.
    Text(Cow<'x, str>),
    /// The element ends.
    Close,
    /// The document ends.
    End,
}

/// An element that begins.
pub(crate) struct Opened<'x> {
    start: BytesStart<'x>,
}

impl Opened<'_> {
    /// Its name, without a prefix.
    pub(crate) fn name(&self) -> String {
        self.start.local_name().as_ref().to_owned()
    }
}

pub(crate) struct Cursor<'x> {
    reader: NsReader<&'x [u8]>,
    document: &'x str,
    namespace: Option<&'static str>,
    max_depth: usize,
    depth: usize,
    /// Whether the root has ended.
    ended: bool,
    started: bool,
}

impl<'x> Cursor<'x> {
    /// Over a document whose elements are all in the namespace, or in none.
    pub(crate) fn new(
        document: &'x str,
        namespace: Option<&'static str>,
        limits: &Limits,
    ) -> Result<Self, XmlError> {
        if document.len() > limits.bytes {
            return Err(XmlError::at(XmlFault::TooLarge, document.as_bytes(), limits.bytes));
        }
        let mut reader = NsReader::from_str(document);
        let config = reader.config_mut();
        config.expand_empty_elements = true;
        config.check_comments = true;
        Ok(Self {
            reader,
            document,
            namespace,
            max_depth: limits.depth,
            depth: 0,
            ended: false,
            started: false,
        })
    }

    /// The fault, here.
    pub(crate) fn fault(&self, fault: XmlFault) -> XmlError {
        let offset = usize::try_from(self.reader.buffer_position()).unwrap_or(usize::MAX);
        XmlError::at(fault, self.document.as_bytes(), offset)
    }

    pub(crate) fn next(&mut self) -> Result<Step<'x>, XmlError> {
        loop {
            let (namespace, event) = match self.reader.read_resolved_event() {
                Ok(resolved) => resolved,
                Err(error) => return Err(self.fault(fault_of(&error))),
            };
            let ours = match (&namespace, self.namespace) {
                (ResolveResult::Bound(found), Some(wanted)) => found.as_ref() == wanted,
                (ResolveResult::Unbound, None) => true,
                _ => false,
            };
            let first = !std::mem::replace(&mut self.started, true);
            match event {
                Event::Decl(declaration) if first && declaration.version().is_ok_and(|v| v == "1.0") => {}
                Event::Decl(_) => return Err(self.fault(XmlFault::Syntax)),
                Event::DocType(_) => return Err(self.fault(XmlFault::Doctype)),
                Event::Comment(_) | Event::PI(_) => {}
                Event::Start(start) => {
                    self.depth += 1;
                    if self.ended {
                        return Err(self.fault(XmlFault::Syntax));
                    } else if self.depth > self.max_depth {
                        return Err(self.fault(XmlFault::TooDeep));
                    } else if !ours {
                        return Err(self.fault(XmlFault::Shape));
                    }
                    return Ok(Step::Open(Opened { start }));
                }
                // Not given where empty elements are expanded.
                Event::Empty(_) => return Err(self.fault(XmlFault::Syntax)),
                Event::End(_) => {
                    self.depth = self.depth.saturating_sub(1);
                    self.ended = self.depth == 0;
                    return Ok(Step::Close);
                }
                Event::CData(_) | Event::GeneralRef(_) if self.depth == 0 => {
                    return Err(self.fault(XmlFault::Syntax));
                }
                Event::Text(text) => {
                    let text = text.xml10_content();
                    if let Some(text) = self.text(text)? {
                        return Ok(Step::Text(text));
                    }
                }
                Event::CData(text) => {
                    let text = text.xml10_content();
                    if let Some(text) = self.text(text)? {
                        return Ok(Step::Text(text));
                    }
                }
                Event::GeneralRef(reference) => {
                    let text = match reference.resolve_char_ref() {
                        Ok(Some(character)) => Cow::Owned(character.to_string()),
                        Ok(None) => match resolve_predefined_entity(&reference) {
                            Some(text) => Cow::Borrowed(text),
                            None => return Err(self.fault(XmlFault::Entity)),
                        },
                        Err(_) => return Err(self.fault(XmlFault::Syntax)),
                    };
                    if let Some(text) = self.text(text)? {
                        return Ok(Step::Text(text));
                    }
                }
                Event::Eof if self.ended => return Ok(Step::End),
                Event::Eof => return Err(self.fault(XmlFault::CutOff)),
            }
        }
    }

    /// A piece of text, where text may stand.
    fn text(&self, text: Cow<'x, str>) -> Result<Option<Cow<'x, str>>, XmlError> {
        if !text.chars().all(is_character) {
            Err(self.fault(XmlFault::Syntax))
        } else if self.depth > 0 {
            Ok(Some(text))
        } else if text.chars().all(is_space) {
            Ok(None)
        } else {
            Err(self.fault(XmlFault::Syntax))
        }
    }

    /// The root, of which nothing but its attributes was read.
    pub(crate) fn root(&mut self) -> Result<Opened<'x>, XmlError> {
        match self.next()? {
            Step::Open(opened) => Ok(opened),
            _ => Err(self.fault(XmlFault::Shape)),
        }
    }

    /// The end of the document, behind the root.
    pub(crate) fn end(&mut self) -> Result<(), XmlError> {
        match self.next()? {
            Step::End => Ok(()),
            _ => Err(self.fault(XmlFault::Syntax)),
        }
    }

    /// What the attributes of these names say. There may be no others, but those that declare namespaces and schemas.
    pub(crate) fn attributes<const N: usize>(
        &self,
        opened: &Opened<'_>,
        names: [&str; N],
    ) -> Result<[Option<String>; N], XmlError> {
        let mut found = [const { None }; N];
        for attribute in opened.start.attributes() {
            let attribute = attribute.map_err(|_| self.fault(XmlFault::Syntax))?;
            let name = attribute.key.as_ref();
            if name == "xmlns" || name.starts_with("xmlns:") || name.starts_with("xsi:") {
                continue;
            }
            let slot = names.iter().position(|wanted| *wanted == name).and_then(|at| found.get_mut(at));
            let value = attribute
                .normalized_value(quick_xml::XmlVersion::Implicit1_0)
                .map_err(|_| self.fault(XmlFault::Entity))?;
            *slot.ok_or_else(|| self.fault(XmlFault::Shape))? = Some(value.into_owned());
        }
        Ok(found)
    }

    /// The text of an element that was opened, up to its end; `None` where elements stand in it, which are passed over.
    pub(crate) fn leaf(&mut self) -> Result<Option<String>, XmlError> {
        let (mut text, mut simple) = (String::new(), true);
        loop {
            match self.next()? {
                Step::Open(_) => {
                    simple = false;
                    self.skip()?;
                }
                Step::Text(piece) => text += &piece,
                Step::Close => return Ok(simple.then_some(text)),
                Step::End => return Err(self.fault(XmlFault::CutOff)),
            }
        }
    }

    /// The next element within the one that is open; `None` at its end. No text stands between them.
    pub(crate) fn child(&mut self) -> Result<Option<Opened<'x>>, XmlError> {
        loop {
            match self.next()? {
                Step::Open(opened) => return Ok(Some(opened)),
                Step::Text(text) if text.chars().all(is_space) => {}
                Step::Text(_) => return Err(self.fault(XmlFault::Shape)),
                Step::Close => return Ok(None),
                Step::End => return Err(self.fault(XmlFault::CutOff)),
            }
        }
    }

    /// Passes over an element that was opened.
    pub(crate) fn skip(&mut self) -> Result<(), XmlError> {
        let outside = self.depth.saturating_sub(1);
        while self.depth > outside {
            self.next()?;
        }
        Ok(())
    }
}

/// What XML 1.0 has as a character.
pub(super) fn is_character(c: char) -> bool {
    matches!(c, '\t' | '\n' | '\r' | ' '..='\u{D7FF}' | '\u{E000}'..='\u{FFFD}' | '\u{10000}'..)
}

pub(crate) fn is_space(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\n' | '\r')
}

fn fault_of(error: &Error) -> XmlFault {
    match error {
        Error::Syntax(_) | Error::IllFormed(IllFormedError::MissingEndTag(_)) => XmlFault::CutOff,
        _ => XmlFault::Syntax,
    }
}
