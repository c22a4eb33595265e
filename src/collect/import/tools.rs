//! Names that survey tools give to columns and choices of their own.

use super::wording::fold;

/// True for a column that a survey tool, not the survey, put there.
pub(super) fn is_of_tool(name: &str) -> bool {
    let name = fold(name);
    name.starts_with('_') || TOOL_COLUMNS.split(", ").any(|one| one == name)
}

/// True for what survey tools call the choice that has room for words of one's own.
pub(super) fn is_other(name: &str) -> bool {
    OTHER_CHOICES.contains(&fold(name).trim_end_matches([':', '.', '*']))
}

/// The likelihood that a column of this name identifies respondents; `None` where it does not.
pub(super) fn tells_apart(name: &str) -> Option<usize> {
    let name = fold(name);
    RESPONDENT_COLUMNS.split(", ").position(|one| one == name)
}

/// True for a column whose name says that it may hold roles.
pub(super) fn may_be_role(name: &str) -> bool {
    let name = fold(name);
    let name = name.strip_prefix("your ").unwrap_or(&name);
    ROLE_COLUMNS.split(", ").any(|one| one == name)
}

/// Names of the choice that has room for words of one's own, [folded](fold).
const OTHER_CHOICES: [&str; 9] = [
    "other",
    "-oth-",
    "others",
    "other (please specify)",
    "other, please specify",
    "other - please specify",
    "other please specify",
    "please specify",
    "something else",
];

/// Names of columns that may identify respondents, likeliest last.
const RESPONDENT_COLUMNS: &str = "name, email, email address, key, instanceid, meta/instanceid, _id, _uuid, person, id, \
    token, responseid, response id, respondent id";

/// Names of columns that may hold roles.
const ROLE_COLUMNS: &str =
    "role, function, job, job title, position, team, group, department, level, area of work";

/// Names of columns that common survey tools and form servers add.
const TOOL_COLUMNS: &str = "access code, attachmentsexpected, attachmentspresent, audit, collector id, \
    completion time, custom data 1, date created, date last action, date modified, \
    date started, date submitted, datestamp, deviceid, distribution channel, \
    distributionchannel, duration (in seconds), edits, email, email address, end, end date, \
    enddate, externalreference, finished, first name, formversion, id, instanceid, \
    instancename, ip address, ipaddr, ipaddress, key, language, last modified time, \
    last name, last page, lastpage, locationlatitude, locationlongitude, meta-instanceid, \
    meta-instancename, meta/deprecatedid, meta/instanceid, meta/instancename, meta/rootuuid, \
    name, phonenumber, progress, recipientemail, recipientfirstname, recipientlastname, \
    recorded date, recordeddate, referrer url, refurl, respondent id, response id, \
    responseid, reviewstate, score, seed, simserial, start, start date, start language, \
    start time, startdate, startlanguage, status, submissiondate, submit-date, submitdate, \
    submitterid, submittername, subscriberid, timestamp, today, token, total time, \
    user language, userlanguage, username";
