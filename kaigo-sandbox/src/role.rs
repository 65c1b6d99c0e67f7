//! The roles beside the offices, and the tokens by which their calls are known.

use std::path::Path;

use base64::Engine as _;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use zeroize::Zeroizing;

use crate::account::{random, sha256, write_private};
use crate::error::{Error, Result};

/// Who, beside the offices, has calls of their own. They make them over the loopback interface with a token that
/// lies in the data directory (`roles/<name>.token`): whoever may read that directory may play them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Role {
    /// The portal (介護情報基盤ポータル).
    Portal,
    /// The electronic claims system (電子請求受付システム).
    Claims,
    /// A municipality (市区町村).
    Municipality,
    /// A medical institution (医療機関).
    Medical,
    /// The insured person (本人).
    Person,
}

impl Role {
    /// Every role.
    pub const ALL: [Self; 5] = [Self::Portal, Self::Claims, Self::Municipality, Self::Medical, Self::Person];

    /// The name in the audit log, of the token's file and of the program's command.
    pub fn name(self) -> &'static str {
        match self {
            Self::Portal => "portal",
            Self::Claims => "claims",
            Self::Municipality => "municipality",
            Self::Medical => "medical",
            Self::Person => "person",
        }
    }
}

/// The tokens of every role.
pub(crate) struct Tokens(Vec<(Role, Zeroizing<String>)>);

impl Tokens {
    /// Reads the tokens in the data directory, and makes those that are not there.
    pub(crate) fn furnish(data: &Path) -> Result<Self> {
        let dir = data.join("roles");
        std::fs::create_dir_all(&dir).map_err(Error::at(&dir))?;
        let tokens = Role::ALL.into_iter().map(|role| {
            let path = dir.join(format!("{}.token", role.name()));
            let token = match std::fs::read_to_string(&path) {
                Ok(token) => Zeroizing::new(token),
                Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                    let token =
                        Zeroizing::new(BASE64_URL_SAFE_NO_PAD.encode(Zeroizing::new(random::<32>()?)));
                    write_private(&path, token.as_bytes())?;
                    token
                }
                Err(error) => return Err(Error::at(&path)(error)),
            };
            Ok((role, token))
        });
        Ok(Self(tokens.collect::<Result<_>>()?))
    }

    pub(crate) fn get(&self, role: Role) -> Option<&str> {
        self.0.iter().find(|(known, _)| *known == role).map(|(_, token)| token.trim_end())
    }

    /// Whether the token is the role's. Digests are compared, so that the time taken tells nothing of it.
    pub(crate) fn opens(&self, role: Role, token: &str) -> bool {
        self.get(role).is_some_and(|right| sha256(right.as_bytes()) == sha256(token.as_bytes()))
    }
}
