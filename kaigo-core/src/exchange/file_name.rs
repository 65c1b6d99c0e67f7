//! The names of files.

use std::fmt;

use super::Sequence;
use crate::calendar::Month;
use crate::ident::{OfficeNumber, ServiceTypeCode};
use crate::record::{FileKind, MonthOrZeros};
use crate::report::{Code, Lang};

/// A sender or receiver: an office under one of its service types.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Party {
    /// The office.
    pub office: OfficeNumber,
    /// The service type; `None` only in names before 4.1, which do not tell.
    pub service_type: Option<ServiceTypeCode>,
}

/// The name of a file:
/// `KIND[_YYYYMM]_office(10)_type(2)_office(10)_type(2)_YYYYMMDDHHMMSS.CSV`, sender first; an image ends in
/// `_NNNN.jpg` instead.
///
/// `Display` gives the canonical name.
#[doc(alias = "ファイル名")]
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FileName {
    kind: FileKind,
    month: Option<MonthOrZeros>,
    sender: Party,
    receiver: Party,
    sequence: Sequence,
    branch: Option<u16>,
}

/// A name that is not in the form of the standard.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FileNameError {
    part: Part,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    Kind,
    Extension,
    Month,
    Office,
    ServiceType,
    Sequence,
    Branch,
    Count,
}

impl FileNameError {
    /// What was wrong, in the language asked for.
    pub fn message(&self, lang: Lang) -> &'static str {
        match (self.part, lang) {
            (Part::Kind, Lang::Japanese) => "ファイルの種類がわかりません",
            (Part::Kind, Lang::English) => "the kind of file is not known",
            (Part::Extension, Lang::Japanese) => "拡張子が違います",
            (Part::Extension, Lang::English) => "the extension is wrong",
            (Part::Month, Lang::Japanese) => "対象年月（6桁）がありません",
            (Part::Month, Lang::English) => "the service month (6 digits) is missing",
            (Part::Office, Lang::Japanese) => "事業所番号（10桁）ではありません",
            (Part::Office, Lang::English) => "not an office number (10 characters)",
            (Part::ServiceType, Lang::Japanese) => "サービス種類コード（2桁）ではありません",
            (Part::ServiceType, Lang::English) => "not a service type code (2 characters)",
            (Part::Sequence, Lang::Japanese) => "シーケンス番号（年月日時分秒14桁）ではありません",
            (Part::Sequence, Lang::English) => "not a sequence number (date and time, 14 digits)",
            (Part::Branch, Lang::Japanese) => "画像の枝番（4桁）ではありません",
            (Part::Branch, Lang::English) => "not the branch number of an image (4 digits)",
            (Part::Count, Lang::Japanese) => "区切られた部分の数が違います",
            (Part::Count, Lang::English) => "the number of parts is wrong",
        }
    }
}

impl fmt::Display for FileNameError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.message(Lang::English))
    }
}

impl std::error::Error for FileNameError {}

const fn wrong<T>(part: Part) -> Result<T, FileNameError> {
    Err(FileNameError { part })
}

impl FileName {
    /// The name of a file of records. `None` when the kind has a month part and `month` is missing, or the other
    /// way round, or the kind is the image.
    pub fn new(
        kind: FileKind,
        month: Option<MonthOrZeros>,
        sender: Party,
        receiver: Party,
        sequence: Sequence,
    ) -> Option<Self> {
        let month_fits = match month {
            None => !kind.has_month(),
            Some(MonthOrZeros::Zeros) => kind == FileKind::Supplement,
            Some(MonthOrZeros::Month(_)) => kind.has_month(),
        };
        (month_fits && kind != FileKind::FamilyImage).then_some(Self {
            kind,
            month,
            sender,
            receiver,
            sequence,
            branch: None,
        })
    }

    /// The name of the image with that branch number (0 to 9999) beside a file of basic information.
    pub fn image(sender: Party, receiver: Party, sequence: Sequence, branch: u16) -> Option<Self> {
        let kind = FileKind::FamilyImage;
        (branch <= 9999).then_some(Self {
            kind,
            month: None,
            sender,
            receiver,
            sequence,
            branch: Some(branch),
        })
    }

    /// Reads a name in the form of 4.1.
    ///
    /// # Errors
    /// When it is in any other form; the error says which part is wrong.
    pub fn parse(name: &str) -> Result<Self, FileNameError> {
        match Self::parse_tolerant(name)? {
            (parsed, None) => Ok(parsed),
            (_, Some(Code::FileNameCase)) => wrong(Part::Extension),
            (_, Some(_)) => wrong(Part::ServiceType),
        }
    }

    /// Reads a name in the form of 4.1, or one that real senders use: with lower-case letters, or of the forms
    /// before 4.1 (without service types, or with three characters in their place). The code says which.
    ///
    /// # Errors
    /// When it is in neither form.
    pub fn parse_tolerant(name: &str) -> Result<(Self, Option<Code>), FileNameError> {
        let Some((stem, extension)) = name.rsplit_once('.') else { return wrong(Part::Extension) };
        let upper = stem.to_ascii_uppercase();
        // The kind's own name may hold underscores: the longest one that fits is meant.
        let kind = FileKind::ALL
            .iter()
            .copied()
            .filter(|kind| upper.strip_prefix(kind.name()).is_some_and(|rest| rest.starts_with('_')))
            .max_by_key(|kind| kind.name().len());
        let Some(kind) = kind else { return wrong(Part::Kind) };
        let is_image = kind == FileKind::FamilyImage;
        let lower_extension = match (is_image, extension) {
            // The layout writes .jpg, the standard's sample .JPG.
            (true, "jpg" | "JPG") | (false, "CSV") => false,
            _ if extension.eq_ignore_ascii_case(if is_image { "jpg" } else { "CSV" }) => true,
            _ => return wrong(Part::Extension),
        };
        let mut tolerated = (lower_extension || upper != stem).then_some(Code::FileNameCase);

        let mut parts = upper.get(kind.name().len() + 1..).unwrap_or_default().split('_');
        let mut next = || parts.next().unwrap_or_default();
        let month = if kind.has_month() {
            match next() {
                "000000" if kind == FileKind::Supplement => Some(MonthOrZeros::Zeros),
                text => match Month::from_ascii(text.as_bytes()) {
                    Ok(month) => Some(MonthOrZeros::Month(month)),
                    Err(_) => return wrong(Part::Month),
                },
            }
        } else {
            None
        };
        let rest: Vec<&str> = parts.collect();
        let (rest, branch) = match (is_image, rest.as_slice()) {
            (true, [rest @ .., branch]) => match branch.parse::<u16>() {
                Ok(number) if branch.len() == 4 && branch.bytes().all(|b| b.is_ascii_digit()) => {
                    (rest, Some(number))
                }
                _ => return wrong(Part::Branch),
            },
            (_, rest) => (rest, None),
        };
        let (sender, sender_type, receiver, receiver_type, sequence) = match *rest {
            [sender, sender_type, receiver, receiver_type, sequence] => {
                (sender, Some(sender_type), receiver, Some(receiver_type), sequence)
            }
            [sender, receiver, sequence] => (sender, None, receiver, None, sequence),
            _ => return wrong(Part::Count),
        };
        let party = |office: &str, service_type: Option<&str>| {
            let Ok(office) = office.parse() else { return wrong(Part::Office) };
            let service_type = match service_type {
                None => None,
                Some(code) if code.len() == 3 && code.bytes().all(|b| b.is_ascii_alphanumeric()) => None,
                Some(code) => match code.parse() {
                    Ok(code) => Some(code),
                    Err(_) => return wrong(Part::ServiceType),
                },
            };
            Ok(Party { office, service_type })
        };
        let sender = party(sender, sender_type)?;
        let receiver = party(receiver, receiver_type)?;
        match (sender.service_type, receiver.service_type) {
            (Some(_), Some(_)) => {}
            (None, None) => tolerated = Some(Code::FileNameOld),
            // No edition writes the two in different forms.
            _ => return wrong(Part::ServiceType),
        }
        let Some(sequence) = Sequence::parse(sequence) else { return wrong(Part::Sequence) };
        Ok((Self { kind, month, sender, receiver, sequence, branch }, tolerated))
    }

    /// The kind of file.
    pub fn kind(&self) -> FileKind {
        self.kind
    }

    /// The month part, for kinds that have one; zeros beside a care plan.
    pub fn month(&self) -> Option<MonthOrZeros> {
        self.month
    }

    /// Who sends.
    pub fn sender(&self) -> Party {
        self.sender
    }

    /// Who receives.
    pub fn receiver(&self) -> Party {
        self.receiver
    }

    /// The sequence number, the same for all files of a sending unit.
    pub fn sequence(&self) -> Sequence {
        self.sequence
    }

    /// The branch number of an image.
    pub fn branch(&self) -> Option<u16> {
        self.branch
    }
}

impl fmt::Display for FileName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.kind.name())?;
        match self.month {
            None => {}
            Some(MonthOrZeros::Zeros) => f.write_str("_000000")?,
            Some(MonthOrZeros::Month(month)) => {
                write!(f, "_{:04}{:02}", month.year(), month.month_of_year())?
            }
        }
        for party in [self.sender, self.receiver] {
            write!(f, "_{}", party.office)?;
            if let Some(service_type) = party.service_type {
                write!(f, "_{service_type}")?;
            }
        }
        write!(f, "_{}", self.sequence)?;
        match self.branch {
            Some(branch) => write!(f, "_{branch:04}.jpg"),
            None => f.write_str(".CSV"),
        }
    }
}

/// Whether the name has the form of an image's.
pub(crate) fn is_image_name(name: &str) -> bool {
    FileName::parse_tolerant(name).is_ok_and(|(name, _)| name.kind == FileKind::FamilyImage)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_every_form_read_and_write_back() {
        for name in [
            "UP1KYO_1371249069_43_1373350030_11_20260625093735.CSV",
            "UPHOSOKU_000000_1371249069_43_1373350030_11_20260625093735.CSV",
            "UPPLAN_202607_1371249069_43_1373350030_11_20260625093835.CSV",
            "UPKIHON_SUB1_1309975546_46_1373350030_A2_20260701090000.CSV",
            "UPKIHON_IMAGE_1309975546_46_1373350030_A2_20260701090000_0001.jpg",
        ] {
            assert_eq!(FileName::parse(name).map(|parsed| parsed.to_string()).as_deref(), Ok(name));
        }
    }

    #[test]
    fn habits_of_senders_are_told_apart() {
        for (name, code) in [
            ("UPPLAN_201912_0300000100_0300000005_20191025200201.CSV", Code::FileNameOld),
            ("UPPLAN_201912_0300000100_43A_0300000005_11A_20191025200201.CSV", Code::FileNameOld),
            ("UPPLAN_202607_1371249069_43_1373350030_11_20260625093835.csv", Code::FileNameCase),
            ("upplan_202607_1371249069_43_1373350030_11_20260625093835.CSV", Code::FileNameCase),
        ] {
            assert_eq!(FileName::parse_tolerant(name).map(|(_, code)| code), Ok(Some(code)), "{name}");
            assert!(FileName::parse(name).is_err(), "{name}");
        }
    }

    #[test]
    fn names_that_are_none_say_which_part_is_wrong() {
        for (name, part) in [
            ("UPFOO_1371249069_43_1373350030_11_20260625093735.CSV", Part::Kind),
            ("UP1KYO_1371249069_43_1373350030_11_20260625093735.TXT", Part::Extension),
            ("UPPLAN_1371249069_43_1373350030_11_20260625093735.CSV", Part::Month),
            ("UPPLAN_000000_1371249069_43_1373350030_11_20260625093735.CSV", Part::Month),
            ("UP1KYO_137124906_43_1373350030_11_20260625093735.CSV", Part::Office),
            ("UP1KYO_1371249069_4_1373350030_11_20260625093735.CSV", Part::ServiceType),
            ("UP1KYO_1371249069_43A_1373350030_11_20260625093735.CSV", Part::ServiceType),
            ("UP1KYO_1371249069_43_1373350030_11_201911110102233.CSV", Part::Sequence),
            ("UP1KYO_1371249069_43_1373350030_11_20261325093735.CSV", Part::Sequence),
            ("UPKIHON_IMAGE_1309975546_46_1373350030_A2_20260701090000_1.jpg", Part::Branch),
            ("UPKIHON_000000_1371249069_43_1373350030_11_20260625093735.CSV", Part::Count),
        ] {
            assert_eq!(FileName::parse(name), wrong(part), "{name}");
        }
    }
}
