//! The names that CRMs give to their fields, and the one name that we give them.

use super::record::Object;

/// Alias keys (see `key_of`) of each attribute of a company, most telling first.
const COMPANY: &[(&str, &[&str])] = &[
    ("name", &["companyname", "accountname", "name", "company"]),
    ("domain", &["companydomainname", "domain", "website", "websiteurl", "websitedomain"]),
    ("industry", &["industry", "vertical"]),
    ("employees", &["numberofemployees", "employees", "employeecount", "companysize", "numberofemployeesrange"]),
    ("owner", &["companyowner", "accountowner", "ownername", "owner", "csm", "customersuccessmanager"]),
    ("owner_email", &["owneremail", "accountowneremail", "companyowneremail"]),
    ("lifecycle", &["lifecyclestage", "lifecycle", "type", "accounttype", "customerstatus"]),
    ("arr", &["arr", "arrc", "annualrecurringrevenue", "mrrarr", "contractvalue", "hsarr", "acv"]),
    (
        "renewal_date",
        &["renewaldate", "renewaldatec", "contractenddate", "contractend", "subscriptionenddate", "nextrenewaldate"],
    ),
    ("description", &["description", "aboutus", "companydescription", "accountdescription"]),
];

/// Of a contact.
const CONTACT: &[(&str, &[&str])] = &[
    ("name", &["fullname", "contactname", "name"]),
    ("first_name", &["firstname", "givenname"]),
    ("last_name", &["lastname", "surname", "familyname"]),
    ("email", &["email", "emailaddress", "workemail"]),
    ("title", &["jobtitle", "title", "position"]),
    ("phone", &["phonenumber", "phone", "mobilephonenumber", "mobilephone", "mobile", "businessphone"]),
    ("company", &["associatedcompany", "companyname", "accountname", "company", "account"]),
    (
        "company_id",
        &["associatedcompanyids", "associatedcompanyid", "primaryassociatedcompanyid", "accountid", "companyid"],
    ),
    ("buying_role", &["buyingrole", "hsbuyingrole", "role", "contactrole", "buyingrolec", "rolec"]),
    ("owner", &["contactowner", "ownername", "owner"]),
    ("owner_email", &["owneremail", "contactowneremail"]),
];

/// Of a deal.
const DEAL: &[(&str, &[&str])] = &[
    ("name", &["dealname", "opportunityname", "name"]),
    ("amount", &["amount", "dealamount", "amountincompanycurrency", "value"]),
    ("currency", &["currency", "dealcurrencycode", "currencyisocode", "opportunitycurrency", "amountcurrency"]),
    ("stage", &["dealstage", "stagename", "stage"]),
    ("close_date", &["closedate", "expectedclosedate"]),
    ("owner", &["dealowner", "opportunityowner", "ownername", "owner"]),
    ("owner_email", &["owneremail", "dealowneremail", "opportunityowneremail"]),
    ("company", &["associatedcompany", "accountname", "companyname", "company", "account"]),
    (
        "company_id",
        &["associatedcompanyids", "associatedcompanyid", "primaryassociatedcompanyid", "accountid", "companyid"],
    ),
    ("contact_ids", &["associatedcontactids", "associatedcontactid", "contactid", "primarycontactid"]),
    (
        "competitor",
        &[
            "competitor",
            "competitors",
            "maincompetitor",
            "maincompetitors",
            "maincompetitorsc",
            "competitorc",
            "primarycompetitor",
        ],
    ),
    ("loss_reason", &["closedlostreason", "lossreason", "lossreasonc", "lostreason"]),
    ("win_reason", &["closedwonreason", "winreason", "winreasonc"]),
    ("next_step", &["nextstep", "nextsteps", "hsnextstep"]),
    ("description", &["dealdescription", "description"]),
];

/// When a record was last changed, and when it was made.
pub(super) const MODIFIED: &[&str] = &[
    "lastmodifieddate",
    "hslastmodifieddate",
    "lastmodified",
    "updatedat",
    "modifieddate",
    "modifiedon",
    "updated",
    "lastupdated",
    "systemmodstamp",
];
pub(super) const CREATED: &[&str] =
    &["createdate", "createddate", "createdat", "created", "hscreatedate", "createdon", "datecreated"];
/// The record's own identity.
pub(super) fn id_keys(object: Object) -> &'static [&'static str] {
    match object {
        Object::Company => &["recordid", "companyid", "accountid", "hsobjectid", "id"],
        Object::Contact => &["recordid", "contactid", "hsobjectid", "id"],
        Object::Deal => &["recordid", "dealid", "opportunityid", "hsobjectid", "id"],
    }
}

fn table(object: Object) -> &'static [(&'static str, &'static [&'static str])] {
    match object {
        Object::Company => COMPANY,
        Object::Contact => CONTACT,
        Object::Deal => DEAL,
    }
}

/// The attributes of a record, from its fields as `(key, value)`; of several aliases the most telling one counts.
pub(super) fn attributes<'a>(object: Object, fields: &[(String, &'a str)]) -> Vec<(&'static str, &'a str)> {
    let of_key = |key: &str| fields.iter().find(|(own, _)| own == key).map(|(_, value)| *value);
    table(object).iter().filter_map(|(name, keys)| Some((*name, keys.iter().find_map(|key| of_key(key))?))).collect()
}
