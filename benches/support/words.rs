//! Words of business mail. With their inflections and the invented names they make a vocabulary of over 2,000.

/// Verbs that take an object and follow the regular pattern.
pub(crate) const VERBS: &str = "review prepare approve share configure migrate update confirm schedule document test deploy extend renew adjust \
compare monitor validate import export restore archive assign balance benchmark calibrate clarify collect \
complete connect correct deliver design detail develop discuss draft enable encrypt estimate evaluate examine \
expand explain explore finish fix format forward handle highlight implement improve include index inspect \
install integrate label launch list load localize manage map measure merge mirror model modernize move negotiate \
normalize note number open optimize order organize outline package partition patch plan post present price print \
process produce profile propose protect provision publish purchase qualify question queue rank record recover \
reduce refine refresh register release remove rename repair repeat replace report request reserve resolve retain \
retire return revise rotate sample scale scan score secure select separate simplify solve sort split stage \
standardize start store structure submit summarize supply support synchronize tag track train transfer translate \
transport trim tune unblock unify unlock upgrade upload verify visit warehouse watch";

/// Nouns that follow the regular pattern.
pub(crate) const NOUNS: &str = "connector dashboard report invoice contract workflow account integration deployment environment pipeline rollout \
schedule template webhook endpoint importer exporter permission role license renewal ticket agenda agreement \
alert algorithm amendment analyst answer appendix application approach approval architect archive article \
assessment asset assignment assistant attachment audit auditor backlog backup badge baseline batch benefit board \
booking branch brief broker browser bundle calendar campaign candidate carrier catalog certificate change \
channel chapter chart checklist checkpoint client cluster column comment committee component concept condition \
conference consultant container contact controller copy counter course credential crew customer cutover cycle \
database dataset default demo department dependency deputy depot design desk detail developer device diagram \
director discussion district document domain draft driver edition editor element engine engineer entry estimate \
event exercise expert extension factor feature feed field figure file filter finding firewall folder forecast \
form format framework function gateway grant graph group guide handbook header highlight hub identifier index \
initiative inspection instance instruction interface interval interview inventory item job journal kiosk label \
laptop launch layer layout ledger lesson letter level limit link list location lock logger machine mailbox \
manager mapping margin market matrix measure meeting member menu message method minute mirror mobile model \
module monitor network node note notebook notice notification number office operator option order outline outlet \
owner package packet page panel parameter partner password patch pattern payment permit phase pilot plan planner \
platform player plugin point policy pool portal position post preference presentation price printer procedure \
process product profile program project prompt proposal protocol prototype provider purchase quarter query \
question queue quota quote range rate reader reason receipt record refund region register regulation reminder \
replica request reseller resource response restriction result retailer return review revision reward route \
router rule sample sandbox scanner scenario scope screen script section sector segment sensor sequence server \
service session setting shift shipment shop signal site snapshot solution source specialist sponsor spreadsheet \
stage standard statement station step stock store story strategy stream subscription suite summary supplier \
survey switch symbol system table task team tenant term test theme threshold timeline token tool topic tracker \
trainer transaction transfer trend trial tunnel tutorial unit update upgrade user validator value vendor version \
view visitor volume voucher walkthrough warehouse website widget window wizard worker workshop zone";

/// Adjectives.
pub(crate) const ADJECTIVES: &str = "quarterly internal regional annual technical final initial automatic weekly monthly daily central local global \
public private secure stable flexible modern custom standard complete partial separate common minor major simple \
complex detailed short long early late recent previous current upcoming temporary permanent commercial legal \
financial operational strategic practical typical unusual useful relevant reliable compatible consistent correct \
accurate visible hidden empty full narrow broad deep shallow light heavy fast slow quiet busy ready pending \
active inactive optional formal informal joint shared dedicated virtual physical remote mobile digital \
analytical historical seasonal northern southern eastern western European national corporate independent \
redundant parallel serial sequential random ordinary special specific general abstract concrete robust sensitive \
generic native foreign official tentative preliminary subsequent adequate ample scarce steady transparent opaque \
granular coarse nested linear circular vertical horizontal primary secondary outer inner upper lower exact rough \
clean tidy fresh stale";

/// Adverbs of manner.
pub(crate) const ADVERBS: &str = "carefully quickly quietly smoothly roughly exactly mostly partly usually rarely often \
frequently occasionally recently finally initially currently previously simply clearly directly closely broadly \
gradually steadily reliably manually automatically separately jointly formally briefly largely";

/// First names of invented people.
pub(crate) const FIRST_NAMES: &str = "Dana Priya Kofi Marta Tomas Ingrid Yusuf Elena Oskar Leila Ravi Noor Hugo Sofia Emeka Anouk \
Mateo Freya Idris Clara Jonas Amara Felix Mina Viktor Zoe Pavel Nadia Bruno Tessa";

/// Last names of invented people.
pub(crate) const LAST_NAMES: &str = "Whitfield Nair Mensah Kowalska Lindqvist Haddad Moreau Okafor Petrov Ferrari Tanaka Brandt \
Silva Novak Larsen Aydin Fischer Rossi Dubois Keller Santos Varga Nilsen Costa Berger Marin Olsen Weber Horvat Jansen";

/// Titles that stand in signatures.
pub(crate) const TITLES: &[&str] = &[
    "Head of Operations",
    "IT Manager",
    "Data Engineer",
    "Procurement Lead",
    "VP Finance",
    "Product Owner",
    "Security Architect",
    "Support Engineer",
    "Program Manager",
    "Director of Sales",
];

/// Syllables of invented names of projects and sites.
pub(crate) const SYLLABLES: &[&str] = &[
    "ar", "bel", "cor", "dun", "el", "fen", "gal", "hol", "is", "jor", "kel", "lum", "mor", "nor", "or", "pel", "quil",
    "ros", "sel", "tor", "ul", "ver", "wen", "yar", "zan",
];
