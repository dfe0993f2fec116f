//! A short list of given names, for text without capitals and for sentence starts.

use super::{Class, Words};

/// Given names that are rarely anything else, in lower case.
pub(super) const GIVEN: &str = "aaron adam adrian ahmed aisha alan albert alex alexander alexandra alexis ali alice alicia \
    alison allen alison amanda amy ana anders andrea andreas andrew andy angela anil anita anna anne annie antonio anthony \
    anya arjun arthur ashley barbara barry beatrice ben benjamin bernard beth betty bob brad brandon brenda brian bruce bryan \
    camille carl carla carlos carmen carol caroline catherine cathy cecilia charles charlotte chen chloe chris christian \
    christina christine christopher cindy claire clara colin connor craig cynthia dan dana daniel daniela danny darren \
    dave david deborah debra deepak denise dennis derek diana diane diego dominic don donald donna doug douglas dylan \
    ed eddie edward elaine eleanor elena elizabeth ellen emily emma eric erica erik erin ethan eva evan evelyn fatima \
    felix fernando fiona frances francesca francis frank fred gabriel gary gemma george gerald gina giulia gordon graham greg \
    gregory hannah harold harry hassan heather helen helena henrik henry holly howard hugo ian ibrahim ingrid irene isabel \
    isabella ivan jack jackie jacob jake james jamie jan jane janet janice jason javier jay jeff jeffrey jen jennifer jenny jeremy \
    jerry jess jesse jessica jill jim jimmy joan joanna joe joel johan john johnny jon jonas jonathan jordan jorge jose joseph \
    joshua josh joyce juan judith judy julia julian julie justin karen karl kate katherine kathleen kathy katie keith kelly \
    ken kenneth kevin kim kumar kyle lars laura lauren leah lee leo leon leslie lena liam linda lisa liz lorenzo louis louise lucas \
    lucia lucy luis luke lynn manuel marco marcus margaret maria marie marina mario marta martha martin mary matt \
    matthew maya mei melissa michael michelle miguel mike mohamed mohammed monica morgan nadia nancy natalie natasha nathan neha neil \
    nicholas nick nicola nicole nikhil nina noah nora olga oliver olivia omar oscar pablo pamela patricia patrick paul paula \
    pedro peter phil philip pierre pooja prakash priya rachel rafael raj rajesh ralph ramesh ravi ray raymond rebecca renee ricardo \
    richard rick rita rob robert roberto robin roger ron ronald rosa ross russell ruth ryan sally sam samantha samir samuel \
    sandra sandy sanjay sara sarah scott sean sebastian sergio shannon sharon sheila simon sofia sonia sophia sophie stacy \
    stefan stella stephanie stephen steve steven stuart sue sunil suresh susan suzanne sven sylvia tanya tara ted teresa \
    terry theresa thomas tim timothy tina todd tom tomas tommy tony tracy troy valerie vanessa vera veronica vicky victor \
    victoria vijay vikram vincent virginia walter wayne wei wendy will william xavier yan yasmin yuki yusuf zach zoe zhang";

/// Parts of a company that are written like names.
const DEPARTMENTS: &[&str] = &[
    "legal",
    "finance",
    "sales",
    "support",
    "engineering",
    "product",
    "security",
    "procurement",
    "it",
    "hr",
    "marketing",
    "ops",
    "operations",
    "accounting",
    "compliance",
    "billing",
    "management",
    "leadership",
    "infosec",
    "devops",
    "qa",
    "customer",
    "success",
    "team",
    "everyone",
    "someone",
    "anyone",
    "nobody",
    "nothing",
    "everything",
    "something",
    "attached",
    "meeting",
    "call",
    "project",
    "phase",
    "budget",
    "contract",
    "pricing",
    "status",
    "action",
    "next",
];

/// Says whether the word at `index` is a given name in common use, capital or not. `will`, `may`, `mark` and the
/// like count only as [`looks_like_name`] tells.
pub fn is_common_given_name(words: &Words<'_>, index: usize) -> bool {
    words.has(index, Class::NAME) && !words.has(index, Class::CLOSED)
}

/// Says whether the word at `index` looks like a person's name where a subject stands: a known given name, or a
/// capitalised word of no other class that does not open the sentence.
pub fn looks_like_name(words: &Words<'_>, index: usize) -> bool {
    if is_common_given_name(words, index) {
        return true;
    }
    words.is_capital(index)
        && !DEPARTMENTS.contains(&words.norm(index))
        && words.raw(index).chars().skip(1).any(char::is_lowercase)
        && words.raw(index).chars().all(|c| c.is_alphabetic() || c == '-' || c == '\'')
        && !words.has(index, Class::CLOSED.or(Class::TIME).or(Class::ACTION).or(Class::STATE))
}
