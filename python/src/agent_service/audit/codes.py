# Made from src/candid/audit-codes.ts by `npm run generate`.
"""The codes by which the digests of the audit log name agent types and kinds of entries: positions in these lists."""

AGENT_TYPES = ("GitHub", "Asana", "Gmail", "Calendar", "InFoundr")
ACTIVITY_TYPES = (
    "SessionCreated",
    "SessionUpdated",
    "SessionEnded",
    "SessionExpired",
    "TokenStored",
    "TokenRefreshed",
    "TokenRevoked",
    "TokenExpired",
    "InteractionCompleted",
    "ErrorOccurred",
    "ConnectionEstablished",
    "TaskCreated",
    "TaskUpdated",
    "EmailSent",
    "EmailRead",
    "MeetingScheduled",
    "IssueCreated",
    "PullRequestCreated",
    "AgentGranted",
    "AgentWithdrawn",
    "TokenLeased",
    "TokenRefreshFailed",
    "LinkCodeIssued",
    "UserLinked",
    "UserUnlinked",
    "TokenRefreshRecovered",
    "AgentBlocked",
    "AgentUnblocked",
    "OpeningKeyDerived",
    "TokenSealed",
    "AccountPrivacyChanged",
)
SERVICE_EVENTS = (
    "AdminAdded",
    "AdminRemoved",
    "AgentAdded",
    "AgentUpdated",
    "AgentRemoved",
    "SettingsChanged",
    "UserErased",
    "ActivitiesRetired",
)
NO_AGENT_TYPE = 255
