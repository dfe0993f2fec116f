//! The words by which the parts of a letter are known, in lower case.

use std::sync::LazyLock;

use super::fold::Phrases;

/// Words that open a greeting.
pub(super) static GREETING: LazyLock<Phrases> = LazyLock::new(|| Phrases::of(GREETINGS));
/// Words that close a letter; a name may follow on the same line.
pub(super) static CLOSING: LazyLock<Phrases> = LazyLock::new(|| Phrases::of(CLOSINGS));
/// How a line begins that a telephone or a mail program adds.
pub(super) static DEVICE: LazyLock<Phrases> = LazyLock::new(|| Phrases::of(DEVICES));
/// How a paragraph begins that a lawyer or a gateway added.
pub(super) static DISCLAIMER: LazyLock<Phrases> = LazyLock::new(|| Phrases::of(DISCLAIMERS));
/// How a paragraph begins that is a disclaimer if it also speaks of [`CONFIDENTIAL`].
pub(super) static PERHAPS_DISCLAIMER: LazyLock<Phrases> = LazyLock::new(|| Phrases::of(PERHAPS_DISCLAIMERS));
/// How the line begins that a list or a free mail service adds below a message.
pub(super) static FOOTER: LazyLock<Phrases> = LazyLock::new(|| Phrases::of(FOOTERS));

/// Words that open a greeting.
#[rustfmt::skip]
const GREETINGS: &[&str] = &[
    "hi", "hello", "hey", "hiya", "dear", "good morning", "good afternoon", "good evening", "good day", "greetings",
    "howdy", "to all", "morning", "afternoon", "evening", "to whom it may concern", "hallo", "guten tag", "guten morgen",
    "guten abend", "sehr geehrte", "sehr geehrter", "sehr geehrtes", "liebe", "lieber", "liebes", "moin", "servus",
    "grüezi", "grüß gott", "bonjour", "bonsoir", "cher", "chère", "chers", "chères", "madame", "monsieur", "salut",
    "coucou", "hola", "estimado", "estimada", "estimados", "estimadas", "buenos días", "buenas tardes", "querido",
    "querida", "muy señor", "olá", "oi", "prezado", "prezada", "prezados", "caro", "cara", "bom dia", "boa tarde",
    "boa noite", "ciao", "buongiorno", "buonasera", "salve", "gentile", "gentili", "egregio", "spettabile", "beste",
    "geachte", "dag", "goedemorgen", "goedemiddag", "hoi", "hej", "hei", "kära", "bästa", "god morgen", "god dag",
    "kære", "kjære", "cześć", "dzień dobry", "szanowny", "szanowna", "szanowni", "witam", "drogi", "здравствуйте",
    "привет", "добрый день", "доброе утро", "уважаемый", "уважаемая", "уважаемые", "dobrý den", "ahoj", "vážený",
    "vážená", "moi", "hyvä", "merhaba", "sayın", "bună ziua", "kedves", "tisztelt", "namaste", "aloha",
];

/// Words to everybody that stand alone as a greeting.
#[rustfmt::skip]
pub(super) const ADDRESSED: &[&str] = &[
    "all", "folks", "team", "everyone", "everybody", "guys", "gents", "ladies", "gentlemen", "sir", "madam", "sirs",
    "friends", "colleagues", "y'all", "both",
];

/// Words that close a letter; a name may follow on the same line.
#[rustfmt::skip]
const CLOSINGS: &[&str] = &[
    "best regards", "kind regards", "warm regards", "kindest regards", "warmest regards", "with best regards",
    "with kind regards", "many regards", "best personal regards", "regards", "best wishes", "all the best", "best",
    "cheers", "sincerely", "sincerely yours", "yours sincerely", "yours faithfully", "yours truly",
    "very truly yours", "yours", "respectfully", "respectfully yours", "cordially", "warmly", "take care",
    "talk soon", "see you", "love", "rgds", "brgds", "br", "kr", "thanks", "thanks again", "thanks a lot",
    "thanks so much", "many thanks", "thank you", "thank you very much", "thank you again", "thanks and regards",
    "thanks & regards", "thank you and best regards", "thanks in advance", "thank you in advance", "much appreciated",
    "thx", "tia", "ty", "thanks very much", "thank you so much", "with thanks", "thanks everyone", "thanks all",
    "have a great day", "have a nice day", "have a good day", "have a great weekend", "have a good weekend",
    "have a nice weekend", "hope this helps", "later", "hth", "mit freundlichen grüßen", "mit freundlichen grüssen",
    "mit freundlichem gruß", "freundliche grüße", "freundliche grüsse", "viele grüße", "viele grüsse", "liebe grüße",
    "liebe grüsse", "beste grüße", "beste grüsse", "schöne grüße", "herzliche grüße", "herzliche grüsse", "grüße",
    "gruß", "gruss", "mfg", "vg", "lg", "vielen dank", "danke", "besten dank", "cordialement", "bien cordialement",
    "bien à vous", "salutations", "sincères salutations", "meilleures salutations", "amicalement", "merci",
    "merci d'avance", "merci beaucoup", "bonne journée", "bien à toi", "à bientôt", "saludos", "un saludo",
    "saludos cordiales", "un cordial saludo", "cordialmente", "atentamente", "gracias", "muchas gracias", "un abrazo",
    "atenciosamente", "abraços", "abraço", "obrigado", "obrigada", "att", "cumprimentos",
    "com os melhores cumprimentos", "cordiali saluti", "distinti saluti", "saluti", "un saluto", "grazie",
    "grazie mille", "a presto", "met vriendelijke groet", "met vriendelijke groeten", "vriendelijke groet",
    "vriendelijke groeten", "groeten", "groet", "mvg", "bedankt", "alvast bedankt", "dank je", "dank u",
    "hartelijke groet", "med vänliga hälsningar", "vänliga hälsningar", "mvh", "hälsningar", "tack",
    "med vänlig hälsning", "vänligen", "venlig hilsen", "med venlig hilsen", "vennlig hilsen", "med vennlig hilsen",
    "hilsen", "mange tak", "takk", "tak", "ystävällisin terveisin", "terveisin", "kiitos", "yt", "pozdrawiam",
    "z poważaniem", "dziękuję", "z wyrazami szacunku", "с уважением", "спасибо", "всего доброго", "s pozdravem",
    "děkuji", "díky", "üdvözlettel", "köszönöm", "saygılarımla", "teşekkürler", "mulțumesc",
    "enjoy", "good luck", "best of luck", "sorry for the noise", "happy hacking", "have fun", "hope that helps",
    "hope it helps", "my best", "warm wishes", "bye", "bye for now", "greetings", "greets", "have a good one",
    "enjoy your weekend", "enjoy the weekend", "have a good evening", "have a great evening", "until then",
    "talk to you soon", "speak soon", "looking forward", "bis bald", "bis dann", "tschüss", "ciao", "dank", "schönen gruß",
    "schöne grüsse", "freundlicher gruss", "freundlichen gruß", "herzlichen gruß", "schönes wochenende",
    "schönen tag noch", "groetjes", "beste groeten", "hartelijke groeten", "met hartelijke groet", "fijn weekend",
    "à plus", "bises", "bonne soirée", "bonne fin de journée", "bon week-end", "bonne continuation", "belle journée",
    "bien amicalement", "avec mes remerciements", "um abraço", "buona giornata", "buona serata", "buon lavoro",
    "cordialità", "un caro saluto", "mis saludos", "atte", "quedo atento", "quedo atenta", "reciba un cordial saludo",
];

/// How a line begins that a telephone or a mail program adds.
#[rustfmt::skip]
const DEVICES: &[&str] = &[
    "sent from my ", "sent from mail for ", "sent from mailbox", "sent from yahoo", "sent from outlook",
    "sent from samsung", "sent from proton", "sent from typeapp", "sent from bluemail", "sent from the ",
    "sent from iphone", "sent from android", "sent from nine", "sent from spark", "sent from gmail",
    "sent from blackberry", "sent from acompli", "sent via ", "sent with ", "sent using ", "sent wirelessly",
    "sent by ", "get outlook for ", "via mobile", "sent on the go", "from my iphone", "from my android", "typed on ",
    "written on my ", "von meinem ", "gesendet von ", "gesendet mit ", "gesendet aus ",
    "diese nachricht wurde von meinem", "envoyé de mon ", "envoyé depuis ", "envoyé à partir ", "envoyé avec ",
    "envoyé sans fil", "enviado desde ", "enviado do meu", "enviado a partir", "enviado pelo ", "enviado via ",
    "enviado com ", "inviato da ", "inviato dal ", "inviato con ", "verzonden vanaf ", "verzonden met ",
    "verstuurd vanaf ", "verzonden via ", "skickat från ", "sendt fra ", "lähetetty ", "wysłane z ", "wysłano z ",
    "отправлено с ", "odesláno z ", "odoslané z ", "gönderildi", "iphone'umdan", "téléchargez outlook",
    "obtener outlook", "outlook für ", "hol dir outlook", "trimis de pe", "elküldve", "enviat des de",
    "sent automatically from", "sent from a mobile", "sent from mobile",
];

/// How a paragraph begins that a lawyer or a gateway added.
#[rustfmt::skip]
const DISCLAIMERS: &[&str] = &[
    "confidentiality notice", "this e-mail and any", "this email and any", "this message and any", "this e-mail contains",
    "this email contains confidential", "this e-mail message is", "diese e-mail enthält", "diese nachricht enthält", "ce message et toutes",
    "ce message et ses", "este mensaje y sus", "esta mensagem e", "questo messaggio e i suoi", "dit bericht en",
    "confidentiality note", "notice of confidentiality", "confidential notice",
    "privileged and confidential", "privileged/confidential", "disclaimer", "legal notice", "important notice:",
    "this transmission", "please consider the environment", "please consider our environment",
    "think before you print", "before printing", "save a tree", "p please consider",
    "the information contained in this", "the information in this e", "the information transmitted",
    "the information in this communication", "the contents of this e", "the contents of this message",
    "any views or opinions", "the views expressed", "irs circular 230", "pursuant to treasury",
    "nothing in this message", "caution: this email", "caution: external", "external email", "[external]",
    "warning: this email originated", "you don't often get email from", "esta mensaje", "le informazioni contenute",
    "ai sensi del", "rispetta l'ambiente", "die in dieser e", "der inhalt dieser e", "bitte denken sie an die umwelt",
    "les informations contenues", "pensez à l'environnement", "avant d'imprimer", "n'imprimez", "antes de imprimir",
    "aviso legal", "aviso de confidencial", "la información contenida", "as informações contidas",
    "de informatie in d", "de inhoud van d", "denk aan het milieu", "if you are not the intended",
    "if you have received this", "unauthorized use", "virus-free", "no virus found",
    "this email has been checked for viruses", "this message has been scanned", "this email has been scanned",
    "this footnote", "***disclaimer", "unless otherwise stated, this e",
];

/// How a paragraph begins that is a disclaimer if it also speaks of [`CONFIDENTIAL`].
#[rustfmt::skip]
const PERHAPS_DISCLAIMERS: &[&str] = &[
    "this e-mail", "this email", "this message", "this communication", "this electronic", "diese e-mail",
    "diese email", "diese nachricht", "ce message", "ce courriel", "cet e-mail", "ce mail", "este mensaje",
    "este correo", "esta mensagem", "este e-mail", "este email", "questo messaggio", "questa e-mail", "questa mail",
    "dit bericht", "deze e-mail", "dit e-mailbericht", "detta meddelande", "denne e-mail", "denne e-post",
    "the message", "this note", "the preceding", "this document", "notice:", "note:", "attention:", "warning:",
    "e-mail ", "email ", "ta wiadomość", "niniejsza wiadomość", "данное сообщение", "это сообщение", "tento e-mail",
    "tato zpráva", "important:", "the above", "emails ", "all e-mail", "all email",
];

/// What a disclaimer speaks of.
#[rustfmt::skip]
pub(super) const CONFIDENTIAL: &[&str] = &[
    "confidential", "privileged", "intended recipient", "intended only", "solely for", "intended for the",
    "addressee", "sole property", "unauthorized", "unauthorised", "vertraulich", "confidentiel", "confidencial",
    "riservat", "vertrouwelijk", "konfidentiell", "fortrolig", "adressat", "poufn", "конфиденциальн", "důvěrn", "destinataire",
    "destinatario", "destinatário", "geadresseerde", "virus", "legally", "not be construed", "without warranty",
    "binding",
];

/// How the line begins that a list or a free mail service adds below a message.
#[rustfmt::skip]
const FOOTERS: &[&str] = &[
    "do you yahoo", "get your free", "get free", "join the world", "msn photos", "chat with friends",
    "send and receive hotmail", "get more from the web", "to unsubscribe", "unsubscribe", "for additional commands",
    "subscription options", "mailing list", "you received this message because", "you are receiving this",
    "to post to this group", "visit this group", "to view this discussion", "reply to this email directly",
    "click here to unsubscribe", "discover the best of shopping", "your favorite stores", "the new busy", "hotmail:",
    "express yourself instantly", "protect your", "find local", "yahoo! ", "make your", "juno ", "get private, free",
    "it's easy to follow", "list archives", "view it on github", "you can reply to this", "abmelden", "se désabonner",
];
