"""
The audit log: downloaded, verified without the network, and held against what witnesses keep. docs/explanation/audit-log.md of the project has the formats.

`python -m agent_service.audit` verifies a file.
"""

from ..extra import require_ic

# Before what it needs is imported, so that a missing extra is told by the command that brings it.
require_ic(__name__)

# ruff: noqa: E402
from .._async.audit import download_audit_log as download_audit_log_async
from .._sync.audit import download_audit_log
from .digests import Content
from .errors import AuditLogError, Reason
from .log_file import AuditLog, ChainedEntry, decode_audit_log, encode_audit_log
from .tips import SignedTip, VerifiedTip, decode_tip, encode_tip, is_tip, tip_of, verify_tip
from .verify import (
    AuditReport,
    Doubt,
    VerifiedLog,
    doubt_text,
    verify_audit_log,
    verify_audit_log_file,
    verify_audit_log_lines,
)
from .witness import Finding, WitnessReport, append_tip, check_witness, read_tips

__all__ = [
    "AuditLog",
    "AuditLogError",
    "AuditReport",
    "ChainedEntry",
    "Content",
    "Doubt",
    "Finding",
    "Reason",
    "SignedTip",
    "VerifiedLog",
    "VerifiedTip",
    "WitnessReport",
    "append_tip",
    "check_witness",
    "decode_audit_log",
    "decode_tip",
    "doubt_text",
    "download_audit_log",
    "download_audit_log_async",
    "encode_audit_log",
    "encode_tip",
    "is_tip",
    "read_tips",
    "tip_of",
    "verify_audit_log",
    "verify_audit_log_file",
    "verify_audit_log_lines",
    "verify_tip",
]
