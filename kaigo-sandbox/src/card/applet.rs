//! The commands that a virtual card understands, and what it answers.

use std::collections::BTreeSet;

use kaigo_core::card::{Application, PinKind, TokenKind};
use rsa::pkcs8::DecodePrivateKey as _;
use rsa::{Pkcs1v15Sign, RsaPrivateKey};

use super::contents::{Contents, Entry};

/// What kind of card a virtual card is.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Traits {
    /// What the token's label says; on phones the certificate needs the PIN.
    pub token: TokenKind,
    /// Some other card: every application is absent.
    pub foreign: bool,
    /// An address of more than 127 bytes.
    pub long_address: bool,
    /// There is no signature certificate, as on cards of children and 顔認証マイナンバーカード.
    pub no_signature_certificate: bool,
    /// The certificates have ended.
    pub expired_certificates: bool,
    /// Filler around what the text file holds.
    pub filler: bool,
}

impl Default for Traits {
    fn default() -> Self {
        Self {
            token: TokenKind::IndividualNumberCard,
            foreign: false,
            long_address: false,
            no_signature_certificate: false,
            expired_certificates: false,
            filler: false,
        }
    }
}

const OK: u16 = 0x9000;
const BLOCKED: u16 = 0x6984;
const WRONG_KIND: u16 = 0x6981;
const NOT_VERIFIED: u16 = 0x6982;
const NO_FILE_SELECTED: u16 = 0x6986;
const WRONG_DATA: u16 = 0x6A80;
const ABSENT: u16 = 0x6A82;
const NO_SUCH_RECORD: u16 = 0x6A83;
const WRONG_PARAMETERS: u16 = 0x6A86;
const WRONG_LENGTH: u16 = 0x6700;
const WRONG_OFFSET: u16 = 0x6B00;
const UNKNOWN_INSTRUCTION: u16 = 0x6D00;
const UNKNOWN_CLASS: u16 = 0x6E00;
const FAILED: u16 = 0x6F00;

/// An address of many characters, each of three bytes.
const LONG_ADDRESS: &str = "架空県架空市架空町一丁目２番３号架空住宅団地第１２棟架空記念集会所前架空マンション別館１２３４号室介護方";

/// What a file is.
enum File<'c> {
    /// Bytes, and what opens them: any one of these, or nothing at all.
    Bytes(Vec<u8>, &'static [PinKind]),
    Pin(PinKind),
    Key(&'c Entry, PinKind),
}

/// The card's working memory, lost with the power, and what it holds.
pub(super) struct Applet {
    contents: Contents,
    traits: Traits,
    application: Option<Application>,
    file: Option<u16>,
    verified: BTreeSet<PinKind>,
    changed: bool,
}

/// A command in its parts. Only the short form is understood.
struct Parsed<'a> {
    data: Option<&'a [u8]>,
    le: Option<usize>,
}

fn parse(body: &[u8]) -> Option<Parsed<'_>> {
    let expected = |byte: u8| Some(if byte == 0 { 256 } else { usize::from(byte) });
    match *body {
        [] => Some(Parsed { data: None, le: None }),
        [le] => Some(Parsed { data: None, le: expected(le) }),
        [lc, ref rest @ ..] => match rest.split_at_checked(lc.into())? {
            (data, []) => Some(Parsed { data: Some(data), le: None }),
            (data, [le]) => Some(Parsed { data: Some(data), le: expected(*le) }),
            _ => None,
        },
    }
}

impl Applet {
    pub(super) fn new(contents: Contents, traits: Traits) -> Self {
        Self { contents, traits, application: None, file: None, verified: BTreeSet::new(), changed: false }
    }

    pub(super) fn contents(&self) -> &Contents {
        &self.contents
    }

    pub(super) fn set_tries(&mut self, kind: PinKind, left: u8) {
        self.contents.tries.set(kind, left);
    }

    /// Whether the tries left changed since this was last asked.
    pub(super) fn take_changed(&mut self) -> bool {
        std::mem::take(&mut self.changed)
    }

    /// The power was taken away.
    pub(super) fn reset(&mut self) {
        self.application = None;
        self.file = None;
        self.verified.clear();
    }

    pub(super) fn verified(&self) -> Vec<PinKind> {
        self.verified.iter().copied().collect()
    }

    pub(super) fn is_fresh(&self) -> bool {
        self.application.is_none() && self.verified.is_empty()
    }

    /// The whole answer, status word included.
    pub(super) fn answer(&mut self, command: &[u8]) -> Vec<u8> {
        let (mut data, status) = match self.carry_out(command) {
            Ok(data) => (data, OK),
            Err(status) => (Vec::new(), status),
        };
        data.extend(status.to_be_bytes());
        data
    }

    fn carry_out(&mut self, command: &[u8]) -> Result<Vec<u8>, u16> {
        let Some((&[class, instruction, p1, p2], body)) = command.split_first_chunk() else {
            return Err(WRONG_LENGTH);
        };
        let Parsed { data, le } = parse(body).ok_or(WRONG_LENGTH)?;
        match (class, instruction, p1, p2) {
            (0x00, 0xA4, 0x04, _) => self.select_application(data.unwrap_or_default()),
            (0x00, 0xA4, 0x02, _) => self.select_file(data.unwrap_or_default()),
            (0x00, 0xA4, ..) => Err(WRONG_PARAMETERS),
            (0x00, 0xB0, 0x00..=0x7F, _) => {
                self.read_binary(usize::from(u16::from_be_bytes([p1, p2])), le.ok_or(WRONG_LENGTH)?)
            }
            (0x00, 0xB2, _, 0x0C) => self.read_record(p1, le.ok_or(WRONG_LENGTH)?),
            (0x00, 0x20, 0x00, 0x80) => self.verify(data),
            (0x80, 0x2A, 0x00, 0x80) => self.sign(data.ok_or(WRONG_LENGTH)?),
            (0x00, 0xB0 | 0xB2 | 0x20, ..) | (0x80, 0x2A, ..) => Err(WRONG_PARAMETERS),
            (0x00 | 0x80, ..) => Err(UNKNOWN_INSTRUCTION),
            _ => Err(UNKNOWN_CLASS),
        }
    }

    fn select_application(&mut self, aid: &[u8]) -> Result<Vec<u8>, u16> {
        let phone = matches!(self.traits.token, TokenKind::AndroidPhone | TokenKind::Iphone);
        let found = Application::ALL
            .iter()
            .filter(|application| !phone || **application == Application::Jpki)
            .find(|application| application.aid() == aid && !self.traits.foreign);
        let application = *found.ok_or(ABSENT)?;
        // Another application knows nothing of what was verified in this one.
        self.reset();
        self.application = Some(application);
        Ok(Vec::new())
    }

    fn select_file(&mut self, id: &[u8]) -> Result<Vec<u8>, u16> {
        let id = u16::from_be_bytes(id.try_into().map_err(|_| WRONG_DATA)?);
        self.find(id)?;
        self.file = Some(id);
        Ok(Vec::new())
    }

    fn selected(&self) -> Result<File<'_>, u16> {
        self.find(self.file.ok_or(NO_FILE_SELECTED)?)
    }

    fn find(&self, id: u16) -> Result<File<'_>, u16> {
        let Contents { user_authentication, signature, .. } = &self.contents;
        let no_signature = self.traits.no_signature_certificate;
        let certificate = |entry: &Entry| match self.traits.expired_certificates {
            true => entry.expired_certificate.0.clone(),
            false => entry.certificate.0.clone(),
        };
        let on_phone: &[PinKind] = match self.traits.token {
            TokenKind::AndroidPhone | TokenKind::Iphone => &[PinKind::UserAuthentication],
            _ => &[],
        };
        Ok(match (self.application.ok_or(ABSENT)?, id) {
            (Application::Jpki, 0x0001) if !no_signature => {
                File::Bytes(certificate(signature), &[PinKind::Signature])
            }
            (Application::Jpki, 0x0002) => File::Bytes(signature.issuer.0.clone(), &[]),
            (Application::Jpki, 0x0006) => File::Bytes(self.label(), &[]),
            (Application::Jpki, 0x0008) => {
                File::Bytes(vec![if no_signature { 0x00 } else { 0x8F }, 0x8F, 0x00], &[])
            }
            (Application::Jpki, 0x000A) => File::Bytes(certificate(user_authentication), on_phone),
            (Application::Jpki, 0x000B) => File::Bytes(user_authentication.issuer.0.clone(), &[]),
            (Application::Jpki, 0x0017) => File::Key(user_authentication, PinKind::UserAuthentication),
            (Application::Jpki, 0x0018) => File::Pin(PinKind::UserAuthentication),
            (Application::Jpki, 0x001A) if !no_signature => File::Key(signature, PinKind::Signature),
            (Application::Jpki, 0x001B) if !no_signature => File::Pin(PinKind::Signature),
            (Application::Text, 0x0002) => File::Bytes(self.text(), &[PinKind::Text, PinKind::CodeB]),
            (Application::Text, 0x0011) => File::Pin(PinKind::Text),
            (Application::Text, 0x0015) => File::Pin(PinKind::CodeB),
            _ => return Err(ABSENT),
        })
    }

    /// The token's label, filled up with zeros as the file is larger.
    fn label(&self) -> Vec<u8> {
        let label = match self.traits.token {
            TokenKind::ResidentRegisterCard => "JPKIAPICCTOKEN",
            TokenKind::AndroidPhone => "JPKIAPGPSETOKEN",
            TokenKind::Iphone => "JPKIAPIOSTOKEN",
            TokenKind::Unknown => "SOMETHINGELSE",
            _ => "JPKIAPICCTOKEN2",
        };
        let mut file = label.as_bytes().to_vec();
        file.resize(64, 0);
        file
    }

    /// The four items.
    fn text(&self) -> Vec<u8> {
        let person = &self.contents.person;
        let address = if self.traits.long_address { LONG_ADDRESS } else { &person.address };
        let fields = [(0x22, &*person.name), (0x23, address), (0x24, &*person.birth), (0x25, &*person.sex)];
        // Where each field begins, from the start of the file.
        let (mut offsets, mut body) = (Vec::new(), Vec::new());
        let header = 5 + 3 + 2 * fields.len();
        for (tag, value) in fields {
            offsets.extend(((header + body.len()) as u16).to_be_bytes());
            body.extend(tlv(0xDF, tag, value.as_bytes()));
        }
        let mut file = tlv(0xFF, 0x20, &[tlv(0xDF, 0x21, &offsets), body].concat());
        if self.traits.filler {
            file.splice(0..0, [0xFF, 0xFF, 0x00]);
            file.extend([0xFF; 300]);
        }
        file
    }

    fn read_binary(&self, offset: usize, le: usize) -> Result<Vec<u8>, u16> {
        let File::Bytes(bytes, opened_by) = self.selected()? else { return Err(WRONG_KIND) };
        if !opened_by.is_empty() && !opened_by.iter().any(|kind| self.verified.contains(kind)) {
            return Err(NOT_VERIFIED);
        }
        let rest = bytes.get(offset..).filter(|rest| !rest.is_empty()).ok_or(WRONG_OFFSET)?;
        Ok(rest.get(..le).unwrap_or(rest).to_vec())
    }

    fn read_record(&self, number: u8, le: usize) -> Result<Vec<u8>, u16> {
        if self.application != Some(Application::Common) {
            return Err(WRONG_KIND);
        }
        if number != 1 {
            return Err(NO_SUCH_RECORD);
        }
        let person = &self.contents.person;
        let record = format!("\x01\x1C{:015}{}{}", 0, person.municipality, person.expires);
        Ok(record.as_bytes().get(..le).unwrap_or(record.as_bytes()).to_vec())
    }

    fn verify(&mut self, pin: Option<&[u8]>) -> Result<Vec<u8>, u16> {
        let File::Pin(kind) = self.selected()? else { return Err(WRONG_KIND) };
        let left = self.contents.tries.of(kind);
        let Some(pin) = pin else {
            return Err(if left == 0 { BLOCKED } else { 0x63C0 | u16::from(left) });
        };
        if left == 0 {
            return Err(BLOCKED);
        }
        self.changed = true;
        if pin == self.contents.pins.text(kind).as_bytes() {
            self.contents.tries.set(kind, kind.most_tries());
            self.verified.insert(kind);
            Ok(Vec::new())
        } else {
            self.contents.tries.set(kind, left - 1);
            self.verified.remove(&kind);
            Err(0x63C0 | u16::from(left - 1))
        }
    }

    fn sign(&self, input: &[u8]) -> Result<Vec<u8>, u16> {
        let File::Key(entry, opened_by) = self.selected()? else { return Err(WRONG_KIND) };
        if !self.verified.contains(&opened_by) {
            return Err(NOT_VERIFIED);
        }
        let key = RsaPrivateKey::from_pkcs8_der(&entry.key.0).map_err(|_| FAILED)?;
        key.sign(Pkcs1v15Sign::new_unprefixed(), input).map_err(|_| WRONG_DATA)
    }
}

/// An element with a tag of two bytes. Every value here is shorter than 64 KiB.
fn tlv(first: u8, second: u8, value: &[u8]) -> Vec<u8> {
    let mut element = vec![first, second];
    match value.len() {
        short @ 0..=0x7F => element.push(short as u8),
        long => {
            element.push(0x82);
            element.extend((long as u16).to_be_bytes());
        }
    }
    element.extend(value);
    element
}
