//! What people write about shows their part: who asks about single sign-on and sub-processors evaluates, who types orders
//! all day uses. One finding for each person and part of an interaction, the surer the more sentences show it.

use std::ops::Range;

use super::Told;
use crate::model::{BuyingRole, Party, PersonFinding, PersonSource, Span};

/// The part that a word shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Shown {
    /// Checks technology, security, data.
    Technical,
    /// Deals with prices, orders and payment.
    Money,
    /// Deals with contracts, law and staff councils.
    Legal,
    /// Works with the product.
    Use,
    /// Decides.
    Decides,
    /// Wants us in.
    Pushes,
    /// Works against us.
    Opposes,
}

impl Shown {
    const ALL: [Self; 7] =
        [Self::Technical, Self::Money, Self::Legal, Self::Use, Self::Decides, Self::Pushes, Self::Opposes];

    fn role(self) -> BuyingRole {
        match self {
            Self::Technical => BuyingRole::TechnicalEvaluator,
            Self::Money => BuyingRole::EconomicBuyer,
            Self::Legal => BuyingRole::Influencer,
            Self::Use => BuyingRole::EndUser,
            Self::Decides => BuyingRole::DecisionMaker,
            Self::Pushes => BuyingRole::Champion,
            Self::Opposes => BuyingRole::Blocker,
        }
    }
}

/// A set of parts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Parts(u8);

impl Parts {
    pub(super) fn add(&mut self, shown: Shown) {
        self.0 |= 1 << shown as u8;
    }

    pub(super) fn join(&mut self, other: Self) {
        self.0 |= other.0;
    }

    fn has(self, shown: Shown) -> bool {
        self.0 & 1 << shown as u8 != 0
    }
}

/// What one person showed in one interaction: for each part in how many sentences, and where the first one stands.
#[derive(Clone, Debug, Default)]
pub(super) struct Conduct([(i32, Range<usize>); Shown::ALL.len()]);

impl Conduct {
    /// Notes what the words of a sentence show of whoever says them.
    pub(super) fn note(&mut self, sentence: &Range<usize>, shown: Parts) {
        for (part, (sentences, first)) in Shown::ALL.into_iter().zip(&mut self.0) {
            if shown.has(part) {
                *sentences += 1;
                if *sentences == 1 {
                    *first = sentence.clone();
                }
            }
        }
    }

    /// The findings about `speaker`.
    pub(super) fn told<'c>(&'c self, speaker: &'c Party) -> impl Iterator<Item = Told> + 'c {
        let shown = Shown::ALL.into_iter().zip(&self.0).filter(|(_, (sentences, _))| *sentences > 0);
        shown.map(|(part, (sentences, first))| {
            let confidence = 1.0 - (1.0 - PersonFinding::SHOWN).powi(*sentences);
            let mut person =
                PersonFinding::at(PersonSource::Conduct, Span { start: 0, end: 0 }, String::new(), confidence);
            (person.name, person.address) = (speaker.name.clone(), speaker.address.clone());
            person.buying_role = Some(part.role());
            Told { range: first.clone(), person }
        })
    }
}

/// Words, with bars between them, and what they show. A low line closes a word that must end there.
pub(super) const WORDS: &[(Shown, &str)] = &[
    (
        Shown::Technical,
        "api_|apis_|sso_|saml|scim|oauth|oidc|webhook|firewall|vpn|endpoint|sandbox|pen test|pentest|pen-test|penetration|\
        encrypt|iso 27001|soc 2|soc2|sub-processor|subprocessor|hosting|hosted|data cent|architecture|integration|interface|\
        schnittstelle|odata|ldap|active directory|entra|azure|okta|mfa_|2fa_|load test|loadtest|stress test|staging|uat_|test tenant|\
        test environment|test system|test instance|testsystem|latency|throughput|json|csv_|schema|database|snowflake|sql|\
        backup|tls_|certificate|ip range|ip address|whitelist|allowlist|token|server|script|logs_|log file|node|cluster|sftp|\
        xml|edi_|hl7|fhir|middleware|dns_|payload|timeout|time-out|rate limit|questionnaire|vulnerabilit|cve|audit log|\
        gateway|idempoten|rollback|bandwidth|wifi|wi-fi|sync job|batch job|nightly job|connector|mapping|field mapping|\
        parser|query|queries|terraform|kubernetes|docker|cloud|on-prem|on prem|tenant|proxy|exe_|msi_|client secret|\
        permission model|role model|single sign|zugriff|verschlüssel|datenbank|serveur|hébergement|servidor|koppeling|\
        migration|regression|release notes|version|patch|data model|data lake|warehouse schema|acceptance test|parallel run|\
        reproduce|stack trace|error code|benchmark|monitoring|uptime|failover|disaster recovery|retention|data export|test data",
    ),
    (
        Shown::Money,
        "budget|invoice|pricing|price|discount|purchase order|po_|payment terms|net 30|net 60|net 45|days net|quote_|quotation|\
        uplift|contract value|finance|order form|docusign|procurement|tender|cheaper|fee_|fees_|cost_|costs_|cost cent|capex|\
        opex|vat_|per seat|per user|per month|per year|three years|three-year|spend|savings|payback|roi_|treasur|p&l|credit note|billing|\
        rechnung|rabatt|preis|bestellung|angebot|kosten|facture|devis|remise|tarif|coût|commande|factura|presupuesto|precio|\
        descuento|factuur|offerte|korting|kosten|begroting|supplier|framework agreement|rate card|minimum term|auto-renew|\
        renewal|price list|thousand|cheque|business case|envelope|overspend",
    ),
    (
        Shown::Legal,
        "dpa_|gdpr|dsgvo|avg_|clause|liabilit|works council|works agreement|data protection|privacy|impact assessment|dpia|\
        redline|red line|article |jurisdiction|governing law|indemni|betriebsrat|betriebsvereinbarung|datenschutz|compliance|\
        regulator|union|steward|legal|lawyer|counsel|annex|appendix|wording|paragraph|section |processor agreement|\
        data processing|auftragsverarbeitung|avv_|rgpd|ondernemingsraad|comité|consent|supervisory|staff council|employees|\
        performance data|monitored|surveillance|agreement with the staff|ethics|audit|auditor|policy|committee",
    ),
    (
        Shown::Use,
        "click|screen|button|type in|by hand|every morning|every evening|every day|per day|each day|all day|shift|scanner|scanned|\
        tablet|freez|log in|logged in|login|password|keyboard|printer|print|label|typing|excel|spreadsheet|queue|at the desk|\
        loading|crash|error message|list_|lists_|customers call|phone|drop-down|dropdown|tab_|tabs_|pop-up|popup|save_|\
        saved_|search|filter|calendar|colleague|colleagues|my desk|night shift|late shift|early shift|double entr|\
        copy and paste|copy-paste|shortcut|screenshot|field_|fields_|drawer|drivers|patients|guests|tour|tours|orders|\
        bildschirm|drucker|maske|eingeben|tippen|schicht|écran|bouton|saisir|pantalla|botón|scherm|knop|button",
    ),
    (
        Shown::Decides,
        "we go with|we'll go with|we will go with|we are going with|going ahead|go ahead|approved|approve_|decided|we decide|\
        i decide|decision|we stay|we'll take|we will take|we take_|we're taking|we start|we'll start|agreed|signed|\
        we do it|let's do it|lets do it|not this year|this year|next year|board|priorit|the deal is|that's that|final_|i want_|\
        i need_|my people|my managers|strategy|strategic|commit_|freigegeben|entschieden|genehmigt|entscheid|wir machen|\
        on décide|décidé|validé|aprobado|decidido|besloten|akkoord|we doen|we're not|we are not|i expect|the plan",
    ),
    (
        Shown::Pushes,
        "i told them|i told the|i told my|i showed|i have shown|i've shown|i'll push|internally|my boss|my director|love it|\
        loves it|the team love|introduce you|introduce us|put you in touch|help me|the numbers for|i'll defend|happy to be|\
        reference|case study|i presented|present it|present to|present your|presentation|convince|persuade|win them|win over|\
        get them on board|on board|roll it out|rollout|roll-out|pilot|workshop|training|kick-off|kickoff|momentum|excited|great_|\
        fantastic|brilliant|super_|well done|thank you so much|good news|steering|other sites|other teams|next step|\
        between us|between you and me|heads up|heads-up|you should know|don't tell|careful with",
    ),
    (
        Shown::Opposes,
        "not convinced|no reason to|i don't see|i do not see|waste of|against it|competitor|instead of you|we don't need|\
        we do not need|nobody needs|too expensive|not going to use|i will not|i won't|refuse|rather stay|works fine|worked fine|\
        fine without|better off|prefer the old|old system|veto|over my dead body|unacceptable|pointless|no interest|object_|objection",
    ),
];
