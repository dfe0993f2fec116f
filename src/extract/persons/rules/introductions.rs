//! Titles and organisations told in running text. Where a title begins is told by the rule, where it ends by
//! `titles`; what is no title there says nothing.

use super::Allow::Negation;
use super::{Rule, Says};

const fn title(confidence: f32, triggers: &'static str, pattern: &'static str) -> Rule {
    Rule::new(Says::Title, confidence, triggers, pattern)
}
const fn before(confidence: f32, triggers: &'static str, pattern: &'static str) -> Rule {
    Rule::new(Says::TitleBefore, confidence, triggers, pattern)
}
const fn department(confidence: f32, triggers: &'static str, pattern: &'static str) -> Rule {
    Rule::new(Says::Department, confidence, triggers, pattern)
}
const fn organization(confidence: f32, triggers: &'static str, pattern: &'static str) -> Rule {
    Rule::new(Says::Organization, confidence, triggers, pattern)
}

/// Words that are in every title, in the languages that are read.
const NOUNS: &str = "manager|director|chief|officer|president|head|lead|vp_|svp_|evp_|ceo_|cfo_|coo_|cto_|cio_|ciso_|cmo_|cpo_|cro_|chro_|cdo_|dpo_|md_|engineer|architect|analyst|\
consultant|coordinator|admin|specialist|controller|counsel|developer|supervisor|owner|founder|partner|secretary|treasurer|chair|steward|dispatcher|\
clerk|nurse|agent|planner|buyer|accountant|bookkeeper|foreman|technician|operator|driver|librarian|pharmacist|doctor|teacher|trustee|\
assistant|adviser|advisor|scientist|designer|programmer|recruiter|trainer|inspector|auditor|lawyer|attorney|solicitor|paralegal|keeper|boss_|receptionist|\
geschäftsführ|leiter|chef|vorstand|prokurist|einkäufer|sachbearbeit|disponent|assistent|berater|betriebsr|referent|meister|beauftragte|buchhalter|\
directeur|directrice|responsable|gérant|acheteu|comptable|gestionnaire|président|secrétaire|assistante|informatique|\
gerente|jefe|jefa|encargad|responsabil|contable|comprador|socio|\
hoofd|leidinggevende|inkoper|bestuurder|medewerker|boekhouder|beheerder|eigenaar|adviseur|projectleider";

#[rustfmt::skip]
pub(super) const RULES: &[Rule] = &[
    // "Tom, our CFO", "Tom (CFO)", "Tom - head of IT", "Tom is our CFO".
    title(0.85, NOUNS, r"#(?P<p>\d),? ?(?:, |\(|- |who is |who's )(?:she is |he is )?(?:now |currently |still |also )?(?:the |our |my |their |your |a |an |its |der |die |unser |unsere |mein |meine |le |la |notre |mon |ma |nuestro |nuestra |el |onze |de |mijn |het |new |neuer |neue |nouveau |nouvelle )*(?P<t>[\w&])"),
    title(0.8, NOUNS, r"#(?P<p>\d)(?: is|'s| was| became| has become| will be| ist| wird| wurde| est| devient| es| is sinds \w+| has been (?:made|promoted to|appointed|named)| is being made| got promoted to| was (?:made|promoted to|appointed|named)| joins(?: us| the team)? as| joined(?: us| the team)? as| started as| starts as| steps up as| takes over as| took over as| acts as| works as| is acting as| is working as| sits as)(?: as)? (?:now |currently |still |also |jetzt |nun |maintenant |ahora |nu |officially )*(?:the |our |my |their |your |a |an |its |der |die |unser |unsere |mein |meine |le |la |notre |mon |ma |nuestro |nuestra |el |onze |de |mijn |new |neuer |neue |nouveau |nouvelle |acting |interim )*(?P<t>[\w&])"),
    // "our new head of IT, Ruth Adler", "our CFO Ruth".
    before(0.85, NOUNS, r"\b(?:our|my|their|your|the|new|unser|unsere|unserem|unserer|mein|meine|der|die|notre|mon|ma|le|la|nuestro|nuestra|onze|mijn|de|his|her|#\d's) (?P<t>[\w&][^#.;:!?()\x22]{1,60}?),? ?(?:is |- )?#(?P<p>\d)"),
    // "I'm the plant manager here", "I've been made COO", "as of Monday I'm running operations".
    title(0.85, NOUNS, r"\b(?:i|ich|je|yo|ik)(?: am|'m| was|'ve been| have been|'ll be| will be| became|'ve become| bin| suis| soy| ben| work as| act as| started as| start as| took over as| take over as| joined as| got promoted to| have been made|'ve been made| have been promoted to|'ve been promoted to| was made| was promoted to| was appointed|'ve been appointed| have been appointed| habe als| arbeite als| travaille comme| trabajo como| werk als)(?: the| an?| now| currently| also| here| your| our| as| made| promoted to| appointed| der| die| eine?| jetzt| hier| le| la| une?| el| de| een| het| new| neue| neuer| acting| interim| only| just)* (?P<t>[\w&])").near("i am |i'm |i was |i've been |i'll be |i will be |i became |i've become |ich bin |je suis |yo soy |ik ben |i have been |i work as |i act as |i start |i started |i took |i take |i joined |i got |arbeite als |travaille comme |trabajo como |werk als |habe als "),
    title(0.85, NOUNS, r"\b(?:in my (?:role|capacity|job|position|new role) as|as (?:the|your|our|their|a|an)|in meiner (?:rolle|funktion) als|en tant que) (?:the |a |an |your |our |new |neue |neuer )*(?P<t>[\w&][^#.;:!?]{1,40}?)(?:,? (?:i|my|ich|je)\b|$|[.,;!?])").near("in my role|in my capacity|in my job|in my position|in my new role|as the |as your |as our |as their |as a |as an |in meiner |en tant que "),
    department(0.65, "i head|i lead|i run|i manage|i look after|im running|im heading|im leading|ill be running|ill be heading|ill be leading|i am running|i am heading|i am leading|im in charge|i am in charge|im responsible|i am responsible|ich leite", r"\bi(?:'m| am|'ll be| will be)? (?:head(?:ing)?(?: up)?|lead(?:ing)?|run(?:ning)?|manag(?:e|ing)|in charge of|responsible for) (?:the |our |all |all of )?(?P<t>(?:it|operations|procurement|purchasing|finance|logistics|customer (?:service|care|support|success)|support|sales|marketing|hr|human resources|legal|compliance|security|engineering|production|quality|warehousing|the warehouse|transport|facilities|maintenance|infrastructure|accounting|accounts|data|analytics|product|training|the plant|the fleet|supply chain|dispatch|the branch|the clinic|the ward|the shop|the office|people operations|digital|innovation)\b)"),
    // "Kim from legal", "Henrik in legal", "Kim from Northwind's legal team".
    department(0.65, "legal|procurement|purchasing|finance|accounting|accounts_|security|infosec|hr_|human resources|marketing|sales_|logistics|operations|ops_|compliance|quality|controlling|warehouse|production|customer|support|engineering|sourcing|maintenance|it_|dispatch|data protection|einkauf|buchhaltung|vertrieb|recht|personal|juridi|achats|compras|inkoop|payroll|billing|facilities|transport|planning|analytics", r"#(?P<p>\d),? ?\(?(?:from|in|of|at|aus dem|aus der|vom|von der|im|du|de la|des|de|van|uit|works in|is in|sits in|runs|is from)(?: the| our| their| your| my| %\d's| %\d)* (?P<t>(?:group |strategic |central |corporate |global |local )?(?:legal|procurement|purchasing|finance|accounting|accounts(?: payable| receivable)?|security|it security|information security|infosec|hr|human resources|marketing|sales|logistics|operations|ops|compliance|quality(?: assurance)?|controlling|warehouse|production|customer (?:service|care|support|success)|support|engineering|sourcing|maintenance|it|dispatch|data protection|einkauf|buchhaltung|vertrieb|rechtsabteilung|personalabteilung|juridique|achats|compras|inkoop|payroll|billing|facilities|transport|planning|analytics))(?: team| department| dept| side| office| group|abteilung)?(?:$|[ .,;:!?)'])"),
    department(0.65, "legal|procurement|purchasing|finance|accounting|security|infosec|hr_|marketing|sales_|logistics|operations|compliance|quality|controlling|sourcing|it_|einkauf", r"#(?P<p>\d) ?(?:\(|, )(?P<t>(?:group |strategic |our )?(?:legal|procurement|purchasing|finance|accounting|security|it security|infosec|hr|marketing|sales|logistics|operations|compliance|quality|controlling|sourcing|it|einkauf|data protection))(?:\)|,| -|\.|$)"),
    organization(0.8, "from_|at_|joined|works for|bei_|chez", r"#(?P<p>\d)(?:,? (?:who works|our \w+|the \w+|your \w+))? ?(?:\(|, )?(?:from|at|of|with|joined|joins|works for|works at|is with|is from|is at|von|bei|de|van|chez) %(?P<o>\d)\b").near("%"),
    organization(0.75, "partner|consultant|adviser|integrator|from_|at_", r"\b(?:i'm|i am|this is #\d|#\d here|my name is #\d)(?:,? \w+)? (?:from|at|with|of) %(?P<o>\d)\b").despite(&[Negation]).near("%"),
];
