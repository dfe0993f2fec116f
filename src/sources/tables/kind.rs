//! Which export a table is, by its header alone. All sniffers of tables ask here, so no two claim the same file.

use super::reader::{Header, header_of};

/// A kind of table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::sources) enum TableKind {
    /// Issues exported from Jira.
    Jira,
    /// Tickets exported from Zendesk.
    Zendesk,
    /// Stage history of deals.
    CrmStages,
    /// Deals or opportunities.
    CrmDeals,
    /// Contacts.
    CrmContacts,
    /// Companies or accounts.
    CrmCompanies,
    /// Answers to a survey.
    Survey,
    /// Usage figures.
    Usage,
}

/// Columns that hold the day of a usage figure, most telling first.
pub(super) const USAGE_DATE: &[&str] = &[
    "date",
    "day",
    "usagedate",
    "reportdate",
    "activitydate",
    "week",
    "weekstart",
    "weekof",
    "weekstarting",
    "month",
    "period",
    "timestamp",
    "datum",
];
/// Columns that name the figure in the long form.
pub(super) const METRIC: &[&str] = &["metric", "metricname", "kpi", "measure", "eventname", "indicator"];
/// Columns that hold the figure in the long form.
pub(super) const VALUE: &[&str] = &["value", "metricvalue", "count", "total", "amount", "quantity"];
/// Columns that hold the score of a survey answer.
pub(super) const SCORE: &[&str] = &[
    "score",
    "npsscore",
    "nps",
    "csat",
    "csatscore",
    "rating",
    "satisfaction",
    "satisfactionscore",
    "surveyscore",
    "npsrating",
    "csatrating",
    "response score",
    "howlikelyareyoutorecommendus",
    "likelihoodtorecommend",
];
/// Columns that only a survey has beside its score.
const SURVEY_PEOPLE: &[&str] = &[
    "respondent",
    "respondentemail",
    "respondentname",
    "email",
    "emailaddress",
    "useremail",
    "comment",
    "comments",
    "feedback",
    "verbatim",
    "surveytype",
    "customer",
    "name",
];

/// The kind of table whose beginning is `head`; `None` when it is no table that is known.
pub(in crate::sources) fn kind_of_head(head: &str) -> Option<TableKind> {
    let start = head.trim_start_matches('\u{feff}').trim_start();
    if start.starts_with(['{', '[', '#', '<', '-']) {
        return None;
    }
    kind_of(&header_of(head)?)
}

/// The kind of table with this header.
pub(in crate::sources) fn kind_of(header: &Header) -> Option<TableKind> {
    let has = |keys: &[&str]| header.has(keys);
    let any_starts = |stem: &str| header.keys().iter().any(|key| key.starts_with(stem));
    if has(&["issuekey"]) && has(&["summary"]) {
        return Some(TableKind::Jira);
    }
    if has(&["id", "ticketid", "ticketnumber"])
        && has(&["subject", "ticketsubject"])
        && has(&["status", "ticketstatus"])
        && any_starts("requester")
    {
        return Some(TableKind::Zendesk);
    }
    if has(SCORE) && has(SURVEY_PEOPLE) && !has(&["dealstage", "stagename", "lifecyclestage", "recordid"]) {
        return Some(TableKind::Survey);
    }
    if has(USAGE_DATE) && has(METRIC) && has(VALUE) {
        return Some(TableKind::Usage);
    }
    crm_kind(header).or_else(|| has(USAGE_DATE).then_some(TableKind::Usage))
}

fn crm_kind(header: &Header) -> Option<TableKind> {
    let has = |keys: &[&str]| header.has(keys);
    let field_history = has(&["field"]) && has(&["newvalue"]);
    let history =
        has(&["opportunityid"]) && (has(&["stagename"]) || field_history) && !has(&["name", "opportunityname"]);
    if history || has(&["fromstage"]) && has(&["tostage"]) {
        return Some(TableKind::CrmStages);
    }
    let staged = has(&["stage"]) && has(&["amount", "closedate"]);
    if has(&["dealname", "dealstage", "opportunityname", "stagename"]) || staged {
        return Some(TableKind::CrmDeals);
    }
    let named = has(&["firstname", "lastname", "fullname", "name", "contactname", "jobtitle", "contactid"]);
    if has(&["email", "emailaddress"]) && named || has(&["firstname"]) && has(&["lastname"]) {
        return Some(TableKind::CrmContacts);
    }
    let firm = has(&[
        "domain",
        "companydomainname",
        "website",
        "industry",
        "numberofemployees",
        "employees",
        "annualrevenue",
        "accountowner",
        "companyowner",
        "ownerid",
        "lifecyclestage",
        "billingcountry",
        "accountid",
        "recordid",
        "billingstateprovince",
    ]);
    (firm && has(&["companyname", "accountname", "name", "company"])).then_some(TableKind::CrmCompanies)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tells_tables_apart() {
        let check = |head: &str, expected: Option<TableKind>| assert_eq!(kind_of_head(head), expected, "{head}");
        check("Summary,Issue key,Issue id,Status\n", Some(TableKind::Jira));
        check("Id,Requester,Requester email,Subject,Status\n", Some(TableKind::Zendesk));
        check("Record ID,Deal Name,Deal Stage,Close Date\n", Some(TableKind::CrmDeals));
        check("Id,OpportunityId,StageName,CreatedDate\n", Some(TableKind::CrmStages));
        check("Id,Name,StageName,Amount,AccountId\n", Some(TableKind::CrmDeals));
        check("First Name,Last Name,Email\n", Some(TableKind::CrmContacts));
        check("Record ID;Company name;Industry\n", Some(TableKind::CrmCompanies));
        check("respondent_email,score,comment,date\n", Some(TableKind::Survey));
        check("date,metric,value\n", Some(TableKind::Usage));
        check("account name,date,logins\n", Some(TableKind::Usage));
        check("\u{feff}Week\tactive users\tAPI calls\n", Some(TableKind::Usage));
        check("just one line of text, with a comma\n", None);
        check("{\"date\": 1, \"x\": 2}", None);
        check("", None);
    }
}
