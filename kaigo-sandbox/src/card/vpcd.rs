//! A virtual card in the virtual reader of `vsmartcard-vpcd`.

use std::io::{ErrorKind as Io, Read as _, Write as _};
use std::net::{Shutdown, SocketAddr, TcpStream};
use std::thread::JoinHandle;

use super::VirtualCard;
use crate::error::{Error, ErrorKind, Result};

/// Where vpcd listens for the card in its first reader; the second is on the next port.
pub const DEFAULT_VPCD: SocketAddr =
    SocketAddr::new(std::net::IpAddr::V4(std::net::Ipv4Addr::LOCALHOST), 35963);

/// Answer to reset: contactless, both protocols, nothing more. No card is known by it.
const ATR: [u8; 5] = [0x3B, 0x80, 0x80, 0x01, 0x01];

// Messages of a single byte are not commands but say what the reader does.
const OFF: u8 = 0;
const ON: u8 = 1;
const RESET: u8 = 2;
const GET_ATR: u8 = 4;

/// A card in a virtual reader. Dropping it pulls the card.
#[derive(Debug)]
pub struct Inserted {
    stream: TcpStream,
    thread: Option<JoinHandle<std::io::Result<()>>>,
}

impl VirtualCard {
    /// Puts the card into the reader whose vpcd listens there.
    ///
    /// # Errors
    /// When nothing listens.
    pub fn insert(&self, reader: SocketAddr) -> Result<Inserted> {
        let at = |source| Error::from(ErrorKind::Io { what: reader.to_string(), source });
        let stream = TcpStream::connect(reader).map_err(at)?;
        stream.set_nodelay(true).map_err(at)?;
        let ours = stream.try_clone().map_err(at)?;
        let card = self.clone();
        card.put_back();
        let thread = std::thread::Builder::new()
            .name("virtual-card".into())
            .spawn(move || {
                let end = serve(&card, &ours);
                let _ = ours.shutdown(Shutdown::Both);
                card.reset();
                end
            })
            .map_err(at)?;
        Ok(Inserted { stream, thread: Some(thread) })
    }
}

impl Inserted {
    /// Waits until the card is out: pulled by a fault, or the reader gone.
    ///
    /// # Errors
    /// When the connection to the reader broke.
    pub fn wait(mut self) -> Result<()> {
        let end = self.thread.take().map_or(Ok(Ok(())), JoinHandle::join);
        match end {
            Ok(Err(source)) => Err(ErrorKind::Io { what: "virtual reader".into(), source }.into()),
            // The thread does not panic.
            Ok(Ok(())) | Err(_) => Ok(()),
        }
    }
}

impl Drop for Inserted {
    fn drop(&mut self) {
        let _ = self.stream.shutdown(Shutdown::Both);
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

/// Answers until the card is pulled, or the reader goes.
fn serve(card: &VirtualCard, mut stream: &TcpStream) -> std::io::Result<()> {
    loop {
        acknowledge_at_once(stream);
        let mut length = [0; 2];
        match stream.read_exact(&mut length) {
            Err(error) if matches!(error.kind(), Io::UnexpectedEof | Io::ConnectionReset) => return Ok(()),
            other => other?,
        }
        let mut message = vec![0; u16::from_be_bytes(length).into()];
        acknowledge_at_once(stream);
        stream.read_exact(&mut message)?;
        let answer = match *message {
            [OFF | ON] => {
                card.reset();
                continue;
            }
            // The power stays, and with it what was verified: cards are known to keep it.
            [RESET] => continue,
            [GET_ATR] => ATR.to_vec(),
            // Other controls are not known to need an answer.
            [] | [_] => continue,
            _ => match card.answer(&message) {
                Some(answer) => answer,
                None => return Ok(()),
            },
        };
        // An answer is at most 258 bytes.
        let mut framed = (answer.len() as u16).to_be_bytes().to_vec();
        framed.extend(answer);
        stream.write_all(&framed)?;
    }
}

/// vpcd sends length and body apart: an acknowledgement that is held back costs 40 ms a command.
#[cfg(target_os = "linux")]
fn acknowledge_at_once(stream: &TcpStream) {
    let _ = std::os::linux::net::TcpStreamExt::set_quickack(stream, true);
}

#[cfg(not(target_os = "linux"))]
fn acknowledge_at_once(_: &TcpStream) {}
