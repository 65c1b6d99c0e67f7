//! Selecting, reading and verifying: the commands in the order that a card wants them.

use zeroize::Zeroizing;

use super::apdu::{Answer, Command, StatusWord};
use super::channel::{CardChannel, ChannelError};
use super::error::{CardError, Part};
use super::layout::{Application, Extent, File, PinKind};
use super::pin::{LastTry, Pin, Tries, Verification};
use super::tlv;

/// The furthest that READ BINARY reaches with a fifteen-bit offset.
const LONGEST_FILE: usize = 0x8000;
/// The longest answer that is put together from GET RESPONSE.
const LONGEST_ANSWER: usize = 0x8000;

fn exchange(channel: &mut impl CardChannel, command: &Command) -> Result<Answer, ChannelError> {
    // Some drivers answer a command to a card that has just gone with success and no bytes.
    Answer::parse(channel.transmit(command.as_bytes())?).ok_or(ChannelError::Removed)
}

/// Sends a command that may be repeated, with what a card asks for to give its whole answer.
pub(super) fn ask(channel: &mut impl CardChannel, command: &Command) -> Result<Answer, ChannelError> {
    let mut answer = exchange(channel, command)?;
    if let [0x6C, le] = answer.status.0.to_be_bytes() {
        answer = exchange(channel, &command.expecting_instead(le))?;
    }
    while let [0x61, le] = answer.status.0.to_be_bytes() {
        let more = exchange(channel, &Command::header([0x00, 0xC0, 0x00, 0x00]).expecting(le))?;
        // A card that promises more without end gives nothing, or too much.
        if more.data.is_empty() || answer.data.len() + more.data.len() > LONGEST_ANSWER {
            answer.status = StatusWord::NO_DIAGNOSIS;
            break;
        }
        let mut data = Zeroizing::new(Vec::with_capacity(answer.data.len() + more.data.len()));
        data.extend_from_slice(&answer.data);
        data.extend_from_slice(&more.data);
        answer = Answer { data, status: more.status };
    }
    Ok(answer)
}

/// Whether the card has the application, which is then the selected one.
pub(super) fn select_application(
    channel: &mut impl CardChannel,
    application: Application,
) -> Result<StatusWord, ChannelError> {
    Ok(ask(channel, &Command::with_data([0x00, 0xA4, 0x04, 0x0C], &application.aid()))?.status)
}

pub(super) fn select_file(channel: &mut impl CardChannel, id: u16) -> Result<StatusWord, ChannelError> {
    Ok(ask(channel, &Command::with_data([0x00, 0xA4, 0x02, 0x0C], &id.to_be_bytes()))?.status)
}

/// What a status word other than success means for a part.
pub(super) fn refused(part: Part, status: StatusWord) -> CardError {
    match status {
        StatusWord::ABSENT | StatusWord::NO_SUCH_RECORD => CardError::Absent { part },
        StatusWord::NOT_VERIFIED => CardError::PinNeeded { part },
        status => CardError::Status { part, status },
    }
}

/// Reads a file of the selected application.
pub(super) fn read_file(
    channel: &mut impl CardChannel,
    file: &File,
) -> Result<Zeroizing<Vec<u8>>, CardError> {
    match select_file(channel, file.id)? {
        StatusWord::OK => read_binary(channel, file),
        status => Err(refused(file.part, status)),
    }
}

fn read_binary(channel: &mut impl CardChannel, file: &File) -> Result<Zeroizing<Vec<u8>>, CardError> {
    let needed = |data: &[u8]| match file.extent {
        Extent::Bytes(count) => Some(count),
        Extent::Der => tlv::extent(data),
        Extent::Tag(tag) => tlv::extent_of(data, tag),
    };
    let mut data = Zeroizing::new(Vec::new());
    loop {
        let missing = needed(&data).map_or(256, |needed| needed.saturating_sub(data.len()));
        if missing == 0 || data.len() >= LONGEST_FILE {
            break;
        }
        let offset = (data.len() as u16).to_be_bytes();
        // 256 is written as 0.
        let le = missing.min(256);
        let command = Command::header([0x00, 0xB0, offset[0], offset[1]]).expecting((le % 256) as u8);
        let answer = ask(channel, &command)?;
        let short = answer.data.len() < le;
        match answer.status {
            StatusWord::OK | StatusWord::END_OF_FILE => extend(&mut data, &answer.data),
            StatusWord::WRONG_OFFSET if !data.is_empty() => break,
            status => return Err(refused(file.part, status)),
        }
        if short || answer.status == StatusWord::END_OF_FILE {
            break;
        }
    }
    match needed(&data) {
        Some(needed) => {
            data.truncate(needed);
            Ok(data)
        }
        None => Err(CardError::Malformed { part: file.part }),
    }
}

/// Adds to a buffer that is wiped, without leaving a copy behind where it grows.
fn extend(data: &mut Zeroizing<Vec<u8>>, more: &[u8]) {
    let mut grown = Zeroizing::new(Vec::with_capacity(data.len() + more.len()));
    grown.extend_from_slice(data);
    grown.extend_from_slice(more);
    *data = grown;
}

/// Reads a record of the file that is selected when an application is.
pub(super) fn read_record(
    channel: &mut impl CardChannel,
    part: Part,
    number: u8,
) -> Result<Zeroizing<Vec<u8>>, CardError> {
    let answer = ask(channel, &Command::header([0x00, 0xB2, number, 0x0C]).expecting(0))?;
    match answer.status {
        StatusWord::OK | StatusWord::END_OF_FILE => Ok(answer.data),
        status => Err(refused(part, status)),
    }
}

/// Tries left of a credential of the selected application. Spends none.
pub(super) fn tries(channel: &mut impl CardChannel, kind: PinKind) -> Result<Tries, CardError> {
    match select_file(channel, kind.file())? {
        StatusWord::OK => {}
        StatusWord::ABSENT => return Ok(Tries::Absent),
        status => return Ok(Tries::Unknown(status)),
    }
    // Without Lc: with a length, however short, it would be a try.
    let asked = exchange(channel, &Command::header([0x00, 0x20, 0x00, 0x80]))?;
    Ok(Tries::of(asked.status))
}

/// Tells the card the PIN, once. The credential's application is the selected one.
pub(super) fn verify(
    channel: &mut impl CardChannel,
    pin: &Pin,
    last_try: LastTry,
) -> Result<Verification, CardError> {
    let kind = pin.kind();
    match tries(channel, kind)? {
        Tries::Left(1) if last_try == LastTry::Refuse => return Err(CardError::LastTry { kind }),
        Tries::Left(_) => {}
        Tries::Blocked => return Ok(Verification::Blocked),
        Tries::Absent => return Err(CardError::Absent { part: Part::Pin }),
        // How many tries are left is not known, so none is spent.
        Tries::Unknown(status) => return Err(CardError::Status { part: Part::Pin, status }),
    }
    let command = Command::with_data([0x00, 0x20, 0x00, 0x80], pin.as_bytes());
    // Not `ask`, which repeats: whatever happens here, it happens once.
    let answer = exchange(channel, &command).map_err(|cause| CardError::PinOutcomeUnknown { kind, cause })?;
    match (answer.status, answer.status.tries()) {
        (StatusWord::OK, _) => Ok(Verification::Verified),
        (_, Some(0)) => Ok(Verification::Blocked),
        (_, Some(left)) => Ok(Verification::Wrong { left }),
        (status, None) if status.is_blocked() => Ok(Verification::Blocked),
        (status, None) => Err(CardError::Status { part: Part::Pin, status }),
    }
}
