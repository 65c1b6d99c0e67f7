//! The sandbox over real TLS 1.3 connections.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod careplan;
mod client;
mod faults;
mod identity;
mod library;
mod login;
mod openapi;
mod program;
mod roles;
mod tls;
mod web_service;
