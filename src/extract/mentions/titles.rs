//! Job titles: chief officers, presidents, heads and directors of something, and the trades of an office.

use super::ByteMention;
use super::words::Word;
use crate::model::MentionKind;

#[rustfmt::skip]
const OFFICERS: &[&str] =
    &[
    "ceo", "cto", "cfo", "coo", "cio", "ciso", "cmo", "cro", "cpo", "chro", "svp", "evp", "vp", "cdo",
];

#[rustfmt::skip]
const RANKS: &[&str] = &[
    "senior", "junior", "lead", "principal", "chief", "deputy", "associate", "assistant", "executive", "managing",
    "vice", "general", "global", "regional", "interim", "acting", "staff", "group", "technical", "global",
];

#[rustfmt::skip]
const NOUNS: &[&str] = &[
    "president", "director", "manager", "engineer", "analyst", "consultant", "architect", "coordinator",
    "administrator", "specialist", "officer", "controller", "counsel", "developer", "supervisor", "executive",
    "strategist", "designer", "scientist", "representative", "head", "leader", "accountant", "secretary", "chairman",
    "founder", "co-founder", "geschäftsführer", "geschäftsführerin", "leiter", "leiterin", "directeur", "directrice",
    "responsable", "director", "gerente", "direttore", "vorstand", "recruiter", "buyer", "planner", "partner",
];

/// Trades that a line of a signature names in other languages.
#[rustfmt::skip]
const SIGNED: &[&str] = &[
    "assistenz", "assistentin", "assistent", "assistante", "sachbearbeiter", "sachbearbeiterin", "projektleiter",
    "projektleiterin", "vertriebsleiter", "vertriebsleiterin", "teamleiter", "teamleiterin", "berater", "beraterin",
    "referent", "referentin", "prokurist", "prokuristin", "einkäufer", "einkäuferin", "geschäftsleitung",
    "bereichsleiter", "abteilungsleiter", "chef", "cheffe", "chargé", "chargée", "ingénieur", "ingénieure",
    "conseiller", "conseillère", "commercial", "commerciale", "gestionnaire", "directora", "jefe", "jefa",
    "coordinador", "coordinadora", "consultor", "consultora", "ingeniero", "ingeniera", "diretor", "diretora",
    "coordenador", "coordenadora", "analista", "engenheiro", "engenheira", "direttrice", "responsabile",
    "amministratore", "consulente", "ingegnere", "addetto", "addetta", "impiegata", "projectleider", "projectmanager",
    "adviseur", "medewerker", "teamleider", "inkoper", "bestuurder", "säljare", "projektledare", "konsult", "konsulent",
    "lead", "attorney", "paralegal", "professor", "researcher", "lecturer", "technician", "programmer", "trader", "broker",
    "scheduler", "chair", "dean", "treasurer", "owner", "presidente", "présidente", "président", "leitung", "encargado", "encargada",
    "administrativa", "administrativo", "secretaría", "secretaria", "disponent", "disponentin", "dispatcher", "clerk", "nurse",
    "steward", "trustee", "foreman", "bookkeeper", "storekeeper", "buchhalter", "buchhalterin", "innendienst", "außendienst",
    "inkoopster", "boekhouder", "beheerder", "comptable", "acheteur", "acheteuse", "gérant", "gérante", "contable", "comprador",
    "sister", "matron", "forewoman", "operator", "inspector", "auditor", "surveyor", "estimator", "adjuster", "underwriter",
    "actuary", "receptionist", "pharmacist", "physician", "surgeon", "dentist", "hygienist", "therapist", "teacher", "librarian",
    "registrar", "solicitor", "lawyer", "superintendent", "keeper", "driver", "mechanic", "electrician", "grower", "agronomist",
    "advisor", "adviser", "liaison", "rep", "deputy", "subdirector", "subdirectora", "vicepresidente", "vicepresidenta",
    "auxiliar", "asistente", "compradora", "contador", "contadora", "tesorero", "tesorera", "supervisora", "almacenista",
    "abogado", "abogada", "gestor", "gestora", "técnico", "técnica", "socio", "socia", "hoofd", "kweker", "eigenaar",
    "verkoper", "bedrijfsleider", "kierownik", "kierowniczka", "dyrektor", "dyrektorka", "specjalista", "specjalistka",
    "księgowa", "księgowy", "prezes", "handlowiec", "asystentka", "konstrukteur", "konstrukteurin", "betriebsrat", "inhaber",
    "inhaberin", "gesellschafter", "techniker", "technikerin", "monteur",
];

/// German and Dutch compounds: "Werkstattleiter", "inkoopmanager".
#[rustfmt::skip]
const ENDINGS: &[&str] = &[
    "leiter", "leiterin", "leitung", "beauftragter", "beauftragte", "meister", "meisterin", "verwalter", "verwalterin",
    "führer", "führerin", "vorsitzender", "vorsitzende", "manager", "managerin", "ingenieur", "ingenieurin", "leider",
];

/// Finds the titles of one sentence: capitalised, or an abbreviation in capitals.
pub(super) fn find(words: &[Word<'_>], found: &mut Vec<ByteMention>) {
    let mut at = 0;
    while at < words.len() {
        let Some((start, end)) = title_at(words, at) else {
            at += 1;
            continue;
        };
        found.push(ByteMention { kind: MentionKind::Title, range: words[start].range.start..words[end - 1].range.end });
        at = end;
    }
}

/// Says whether a line of a signature speaks of a job.
pub(crate) fn is_title_line(line: &str) -> bool {
    line.split(|c: char| !c.is_alphanumeric() && c != '-').any(|word| {
        let lower = word.to_lowercase();
        NOUNS.contains(&lower.as_str())
            || SIGNED.contains(&lower.as_str())
            || ENDINGS.iter().any(|ending| lower.len() > ending.len() && lower.ends_with(ending))
            || OFFICERS.contains(&lower.as_str()) && !word.contains(char::is_lowercase)
    })
}

/// Says whether a title begins at a word: "Administrative Assistant".
pub(super) fn is_title(words: &[Word<'_>], at: usize) -> bool {
    words
        .iter()
        .skip(at)
        .take(3)
        .take_while(|word| word.is_capital())
        .any(|word| NOUNS.contains(&word.lower.as_str()) || RANKS.contains(&word.lower.as_str()))
}

fn title_at(words: &[Word<'_>], at: usize) -> Option<(usize, usize)> {
    let word = &words[at];
    if OFFICERS.contains(&word.lower.as_str()) && word.text.chars().all(char::is_uppercase) {
        return Some((at, with_field(words, at + 1)));
    }
    if !word.is_capital() {
        return lower_title(words, at);
    }
    // Up to three capitalised words lead to the noun: "Senior Account Manager".
    let noun = (at..words.len().min(at + 4))
        .take_while(|&i| i == at || words[i].is_capital() && words[i - 1].after == " ")
        .find(|&i| NOUNS.contains(&words[i].lower.as_str()))?;
    let ranked = RANKS.contains(&word.lower.as_str()) || noun > at && !word.first;
    let field = with_field(words, noun + 1);
    (ranked || field > noun + 1 || noun == at && !word.first).then_some((at, field))
}

/// "head of procurement", "vice president of sales", in lower case.
fn lower_title(words: &[Word<'_>], at: usize) -> Option<(usize, usize)> {
    let noun = match words[at].lower.as_str() {
        "head" | "director" | "vp" => at,
        "vice" if words.get(at + 1).is_some_and(|next| next.lower == "president") => at + 1,
        _ => return None,
    };
    let end = with_field(words, noun + 1);
    (end > noun + 1).then_some((at, end))
}

/// One past "of Sales and Marketing" after the noun of a title.
fn with_field(words: &[Word<'_>], end: usize) -> usize {
    let joined = |i: usize| i > 0 && words[i - 1].after == " ";
    let of = words.get(end).is_some_and(|word| joined(end) && matches!(word.lower.as_str(), "of" | "for"));
    let first = if of { end + 1 } else { end };
    let mut stop = first;
    while stop < words.len().min(first + 3)
        && joined(stop)
        && (words[stop].is_capital()
            || of && stop == first && words[stop].text.len() > 3 && !super::gazetteer::is_ordinary(&words[stop].lower))
    {
        if super::gazetteer::first_name(&words[stop].lower).is_some() {
            break;
        }
        stop += 1;
    }
    if stop > first { stop } else { end }
}
