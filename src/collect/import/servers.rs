//! What survey tools put into a table beside the answers.

use super::fold;

/// Whether a survey tool, not the survey, put a column there.
pub(super) fn is_of_server(name: &str) -> bool {
    let name = fold(name);
    name.starts_with('_') || SERVERS.contains(&name.as_str())
}

/// Whether a column of this name may tell respondents apart, likeliest last.
pub(super) fn tells_apart(name: &str) -> Option<usize> {
    let name = fold(name);
    PEOPLE.iter().position(|one| *one == name)
}

/// Whether a column of this name may hold roles.
pub(super) fn may_be_role(name: &str) -> bool {
    let name = fold(name);
    ROLES.contains(&name.strip_prefix("your ").unwrap_or(&name))
}

const PEOPLE: [&str; 14] = [
    "name",
    "email",
    "email address",
    "key",
    "instanceid",
    "meta/instanceid",
    "_id",
    "_uuid",
    "person",
    "id",
    "token",
    "responseid",
    "response id",
    "respondent id",
];

const ROLES: [&str; 10] = [
    "role",
    "function",
    "job",
    "job title",
    "position",
    "team",
    "group",
    "department",
    "level",
    "area of work",
];

/// Columns that common survey tools and form servers add.
const SERVERS: &[&str] = &[
    "access code",
    "attachmentsexpected",
    "attachmentspresent",
    "audit",
    "collector id",
    "completion time",
    "custom data 1",
    "date created",
    "date last action",
    "date modified",
    "date started",
    "date submitted",
    "datestamp",
    "deviceid",
    "distribution channel",
    "distributionchannel",
    "duration (in seconds)",
    "edits",
    "email",
    "email address",
    "end",
    "end date",
    "enddate",
    "externalreference",
    "finished",
    "first name",
    "formversion",
    "id",
    "instanceid",
    "instancename",
    "ip address",
    "ipaddr",
    "ipaddress",
    "key",
    "language",
    "last modified time",
    "last name",
    "last page",
    "lastpage",
    "locationlatitude",
    "locationlongitude",
    "meta-instanceid",
    "meta-instancename",
    "meta/deprecatedid",
    "meta/instanceid",
    "meta/instancename",
    "meta/rootuuid",
    "name",
    "phonenumber",
    "progress",
    "recipientemail",
    "recipientfirstname",
    "recipientlastname",
    "recorded date",
    "recordeddate",
    "referrer url",
    "refurl",
    "respondent id",
    "response id",
    "responseid",
    "reviewstate",
    "score",
    "seed",
    "simserial",
    "start",
    "start date",
    "start language",
    "start time",
    "startdate",
    "startlanguage",
    "status",
    "submissiondate",
    "submit-date",
    "submitdate",
    "submitterid",
    "submittername",
    "subscriberid",
    "timestamp",
    "today",
    "token",
    "total time",
    "user language",
    "userlanguage",
    "username",
];
