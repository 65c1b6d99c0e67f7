//! Transcripts: what went to a card and came back, written down and played again.
//!
//! One JSON object a line: `{"command":"00A4…","response":"9000"}`, or `"fault"` in place of `"response"` where
//! no answer came. Bytes of PINs are written `XX`. Everything else is as it was: **a transcript of a real card
//! holds personal data.**

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use super::channel::{CardChannel, ChannelError};
use crate::report::Lang;

/// Exchanges with a card, in their order. `Display` writes the lines, `FromStr` reads them.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Transcript(Vec<Exchange>);

#[derive(Clone, PartialEq, Eq)]
struct Exchange {
    /// `None`: a byte of a PIN.
    command: Vec<Option<u8>>,
    outcome: Result<Vec<u8>, ChannelError>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Line {
    command: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    response: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    fault: Option<String>,
}

impl Transcript {
    /// How many exchanges there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// Written without what stands on the card.
impl fmt::Debug for Transcript {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Transcript({} exchanges)", self.0.len())
    }
}

/// The instructions whose data are reference data: VERIFY, CHANGE REFERENCE DATA, RESET RETRY COUNTER, in plain
/// and in BER-TLV form.
const SECRET_INSTRUCTIONS: [u8; 5] = [0x20, 0x21, 0x24, 0x2C, 0x2D];

/// The command with the bytes of a PIN left out. Header and length stay.
fn blanked(command: &[u8]) -> Vec<Option<u8>> {
    let secret = command.get(1).is_some_and(|instruction| SECRET_INSTRUCTIONS.contains(instruction));
    command.iter().enumerate().map(|(at, byte)| (!secret || at < 5).then_some(*byte)).collect()
}

fn fault_name(error: &ChannelError) -> &'static str {
    match error {
        ChannelError::Removed => "removed",
        ChannelError::InUse => "in_use",
        ChannelError::NoService => "no_service",
        ChannelError::Mismatch { .. } | ChannelError::Failed(_) => "failed",
    }
}

fn fault_of(name: &str) -> Option<ChannelError> {
    Some(match name {
        "removed" => ChannelError::Removed,
        "in_use" => ChannelError::InUse,
        "no_service" => ChannelError::NoService,
        "failed" => ChannelError::Failed("as in the transcript".into()),
        _ => return None,
    })
}

fn hex(bytes: &[Option<u8>]) -> String {
    let mut text = String::with_capacity(bytes.len() * 2);
    for byte in bytes {
        // Writing to a string does not fail.
        let _ = match byte {
            Some(byte) => fmt::Write::write_fmt(&mut text, format_args!("{byte:02X}")),
            None => fmt::Write::write_str(&mut text, "XX"),
        };
    }
    text
}

fn unhex(text: &str) -> Option<Vec<Option<u8>>> {
    if !text.len().is_multiple_of(2) {
        return None;
    }
    text.as_bytes()
        .chunks(2)
        .map(|pair| match pair {
            b"XX" => Some(None),
            [b'0'..=b'9' | b'A'..=b'F' | b'a'..=b'f', b'0'..=b'9' | b'A'..=b'F' | b'a'..=b'f'] => {
                Some(Some(u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok()?))
            }
            _ => None,
        })
        .collect()
}

impl fmt::Display for Transcript {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for exchange in &self.0 {
            let (response, fault) = match &exchange.outcome {
                Ok(bytes) => (Some(hex(&bytes.iter().copied().map(Some).collect::<Vec<_>>())), None),
                Err(error) => (None, Some(fault_name(error).to_owned())),
            };
            let line = Line { command: hex(&exchange.command), response, fault };
            writeln!(f, "{}", serde_json::to_string(&line).map_err(|_| fmt::Error)?)?;
        }
        Ok(())
    }
}

/// A line that is not in the form of a transcript.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TranscriptError {
    /// Which line, from 1.
    pub line: usize,
}

impl TranscriptError {
    /// What is wrong, in the language asked for.
    pub fn message(&self, lang: Lang) -> String {
        match lang {
            Lang::Japanese => format!("記録の{}行目を読めません", self.line),
            Lang::English => format!("line {} of the transcript cannot be read", self.line),
        }
    }
}

impl fmt::Display for TranscriptError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message(Lang::English))
    }
}

impl std::error::Error for TranscriptError {}

impl FromStr for Transcript {
    type Err = TranscriptError;

    fn from_str(text: &str) -> Result<Self, TranscriptError> {
        let exchange = |line: &str| {
            let line: Line = serde_json::from_str(line).ok()?;
            let outcome = match (line.response, line.fault) {
                (Some(response), None) => Ok(unhex(&response)?.into_iter().collect::<Option<Vec<_>>>()?),
                (None, Some(fault)) => Err(fault_of(&fault)?),
                _ => return None,
            };
            Some(Exchange { command: unhex(&line.command)?, outcome })
        };
        text.lines()
            .enumerate()
            .filter(|(_, line)| !line.trim().is_empty())
            .map(|(at, line)| exchange(line).ok_or(TranscriptError { line: at + 1 }))
            .collect::<Result<_, _>>()
            .map(Self)
    }
}

/// A channel that writes down what passes through it, PINs left out.
pub struct Recorder<C> {
    channel: C,
    transcript: Transcript,
}

impl<C: CardChannel> Recorder<C> {
    /// A recorder around a channel.
    pub fn new(channel: C) -> Self {
        Self { channel, transcript: Transcript::default() }
    }

    /// What was written down.
    pub fn transcript(&self) -> &Transcript {
        &self.transcript
    }

    /// What was written down, and the channel.
    pub fn into_parts(self) -> (Transcript, C) {
        (self.transcript, self.channel)
    }
}

impl<C: CardChannel> CardChannel for Recorder<C> {
    fn transmit(&mut self, command: &[u8]) -> Result<Vec<u8>, ChannelError> {
        let outcome = self.channel.transmit(command);
        self.transcript.0.push(Exchange { command: blanked(command), outcome: outcome.clone() });
        outcome
    }

    fn power_down(&mut self) {
        self.channel.power_down();
    }
}

/// A channel that plays a transcript: every command must be, byte for byte, the one that was written down. Of
/// PINs only the length is known.
pub struct Replayer {
    transcript: Transcript,
    next: usize,
}

impl Replayer {
    /// A channel that plays the transcript from its beginning.
    pub fn new(transcript: Transcript) -> Self {
        Self { transcript, next: 0 }
    }

    /// Exchanges that were not asked for yet.
    pub fn left(&self) -> usize {
        self.transcript.len() - self.next
    }
}

impl CardChannel for Replayer {
    fn transmit(&mut self, command: &[u8]) -> Result<Vec<u8>, ChannelError> {
        let mismatch = ChannelError::Mismatch { exchange: self.next + 1 };
        let exchange = self.transcript.0.get(self.next).ok_or(mismatch.clone())?;
        let same = exchange.command.len() == command.len()
            && exchange
                .command
                .iter()
                .zip(command)
                .all(|(known, sent)| known.is_none_or(|known| known == *sent));
        if !same {
            return Err(mismatch);
        }
        self.next += 1;
        exchange.outcome.clone()
    }
}

impl<C> fmt::Debug for Recorder<C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Recorder").field("transcript", &self.transcript).finish_non_exhaustive()
    }
}

impl fmt::Debug for Replayer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Replayer").field("transcript", &self.transcript).field("next", &self.next).finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Echo;

    impl CardChannel for Echo {
        fn transmit(&mut self, command: &[u8]) -> Result<Vec<u8>, ChannelError> {
            if command == [0xFF] { Err(ChannelError::Removed) } else { Ok(vec![0x90, 0x00]) }
        }
    }

    #[test]
    fn a_transcript_reads_as_it_was_written_and_holds_no_pin() {
        let mut recorder = Recorder::new(Echo);
        let commands: [&[u8]; 4] = [b"\0\xB0\0\0\x07", b"\0\x20\0\x80", b"\0\x20\0\x80\x041234", b"\xFF"];
        for command in commands {
            let _ = recorder.transmit(command);
        }
        let text = recorder.transcript().to_string();
        assert_eq!(
            text,
            "{\"command\":\"00B0000007\",\"response\":\"9000\"}\n\
             {\"command\":\"00200080\",\"response\":\"9000\"}\n\
             {\"command\":\"0020008004XXXXXXXX\",\"response\":\"9000\"}\n\
             {\"command\":\"FF\",\"fault\":\"removed\"}\n"
        );
        let read: Transcript = text.parse().unwrap_or_else(|e| panic!("{e}"));
        assert_eq!(&read, recorder.transcript());

        let mut replayer = Replayer::new(read);
        assert_eq!(replayer.transmit(commands[0]), Ok(vec![0x90, 0x00]));
        assert_eq!(replayer.transmit(b"\0\x20\0\x81"), Err(ChannelError::Mismatch { exchange: 2 }));
        assert_eq!(replayer.transmit(commands[1]), Ok(vec![0x90, 0x00]));
        // Of a PIN only its length is known.
        assert_eq!(replayer.transmit(b"\0\x20\0\x80\x04123"), Err(ChannelError::Mismatch { exchange: 3 }));
        assert_eq!(replayer.transmit(b"\0\x20\0\x80\x049999"), Ok(vec![0x90, 0x00]));
        assert_eq!(replayer.left(), 1);
        assert_eq!(replayer.transmit(commands[3]), Err(ChannelError::Removed));
        assert_eq!(replayer.transmit(commands[3]), Err(ChannelError::Mismatch { exchange: 5 }));
    }

    #[test]
    fn a_line_of_another_form_is_named() {
        for bad in [
            "{}",
            "x",
            "{\"command\":\"0\",\"response\":\"9000\"}",
            "{\"command\":\"00\",\"response\":\"XX\"}",
            "{\"command\":\"+1\",\"response\":\"\"}",
            "{\"command\":\"00\",\"fault\":\"no\"}",
        ] {
            let text = format!("\n{bad}\n");
            assert_eq!(text.parse::<Transcript>(), Err(TranscriptError { line: 2 }), "{bad}");
        }
    }
}
