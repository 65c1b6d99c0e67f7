//! Open the client certificate of an office: whom it names, and when it must be renewed.
//!
//! ```
//! use kaigo_core::credential::Credential;
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! # let sandbox = kaigo_sandbox::Sandbox::builder().start()?;
//! # let account = &sandbox.accounts()[0];
//! # let (file, password) = (account.p12(), account.p12_password());
//! let credential = Credential::from_pkcs12(file, password)?; // 介護保険証明書 or 介護DX証明書
//! let certificate = credential.certificate();
//! println!("{} until {}", certificate.subject(), certificate.not_after());
//!
//! // A wrong password is told apart from a damaged file.
//! let refused = Credential::from_pkcs12(file, "wrong");
//! assert!(refused.is_err_and(|error| error.code() == "credential.wrong-password"));
//! # Ok(())
//! # }
//! ```
