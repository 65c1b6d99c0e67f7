"""The office's key in a PKCS#11 token (SoftHSM2), as the client certificate of a real session."""

import os
import pathlib
import shutil
import subprocess

import pytest
from conftest import CARE
from test_transfer import credential_of

import kaigo

MODULE = pathlib.Path("/usr/lib/softhsm/libsofthsm2.so")
PIN, WRONG = "shared-4821", "shared-1284"


@pytest.fixture
def token(sandbox, tmp_path):
    """A token with the key and certificate of an office, put there by the tools of SoftHSM and OpenSC."""
    if not (MODULE.exists() and shutil.which("softhsm2-util") and shutil.which("pkcs11-tool")):
        pytest.skip("*** NOT TESTED: PKCS#11 tokens; `tools/setup card` installs SoftHSM2 and OpenSC ***")
    (tmp_path / "tokens").mkdir()
    configuration = tmp_path / "softhsm2.conf"
    configuration.write_text(f"directories.tokendir = {tmp_path / 'tokens'}\n")
    # The module is loaded into this process, and reads it from the environment.
    os.environ["SOFTHSM2_CONF"] = str(configuration)
    _, data = sandbox
    credential, account = credential_of(data, CARE)
    (tmp_path / "certificate.der").write_bytes(credential.certificate.der)

    def run(*command, **others):
        subprocess.run(command, check=True, capture_output=True, **others)

    run("openssl", "pkcs12", "-in", data / "offices" / CARE / "client.p12", "-nocerts", "-nodes", "-passin", "stdin",
        "-out", tmp_path / "key.pem", input=account["p12_password"].encode())
    run("openssl", "pkcs8", "-topk8", "-nocrypt", "-in", tmp_path / "key.pem", "-out", tmp_path / "key8.pem")
    run("softhsm2-util", "--init-token", "--free", "--label", "office", "--so-pin", "so-pin-77", "--pin", PIN)
    run("softhsm2-util", "--import", tmp_path / "key8.pem", "--token", "office", "--label", "k", "--id", "01", "--pin", PIN)
    run("pkcs11-tool", "--module", MODULE, "--token-label", "office", "--login", "--pin", PIN,
        "--write-object", tmp_path / "certificate.der", "--type", "cert", "--id", "01")
    return credential, account


def test_the_key_in_a_token_logs_in(sandbox, token):
    url, data = sandbox
    from_file, account = token
    with pytest.raises(kaigo.CertificateError) as caught:
        kaigo.Credential.from_pkcs11(MODULE, "no such token", PIN)
    assert caught.value.code == "credential.no-token"
    with pytest.raises(kaigo.CertificateError) as caught:
        kaigo.Credential.from_pkcs11(MODULE, "office", WRONG)
    assert caught.value.code == "credential.wrong-pin" and WRONG not in str(caught.value)
    with pytest.raises(kaigo.CertificateError) as caught:
        kaigo.Credential.from_pkcs11(MODULE, "office", PIN)
    assert caught.value.code == "credential.pin-tries-low"
    thumbprint = from_file.certificate.thumbprint
    credential = kaigo.Credential.from_pkcs11(
        MODULE, "office", PIN, certificate=thumbprint.upper(), spend_last_try=True
    )
    assert credential.certificate == from_file.certificate
    roots = kaigo.Certificate.from_pem(data / "ca.pem")
    with kaigo.Session(url, credential, account["user_id"], account["password"], roots=roots) as session:
        assert session.office == CARE
        list(session.received())


def test_what_is_no_module_and_no_windows_is_told(tmp_path):
    with pytest.raises(kaigo.CertificateError) as caught:
        kaigo.Credential.from_pkcs11(tmp_path / "no.so", "office", PIN)
    assert caught.value.code == "credential.module-unusable"
    if os.name != "nt":
        with pytest.raises(kaigo.CertificateError) as caught:
            kaigo.Credential.from_windows_store("office")
        assert caught.value.code == "credential.unsupported"
