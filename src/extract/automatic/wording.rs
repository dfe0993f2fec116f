//! The words and names that automatic mail is known by, in lower case.

use std::sync::LazyLock;

use aho_corasick::AhoCorasick;

/// Lists of phrases that are sought in a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Wording {
    Bounce,
    Meeting,
    Reply,
    Away,
    Companion,
    NewsCertain,
    NewsStrong,
    NewsWeak,
    Notification,
    Receipt,
}

/// Number of lists.
pub(super) const LISTS: usize = 10;

const ALL: [(Wording, &[&str]); LISTS] = [
    (Wording::Bounce, BOUNCE_WORDS),
    (Wording::Meeting, MEETING_WORDS),
    (Wording::Reply, REPLY_WORDS),
    (Wording::Away, AWAY_WORDS),
    (Wording::Companion, AWAY_COMPANIONS),
    (Wording::NewsCertain, NEWS_CERTAIN),
    (Wording::NewsStrong, NEWS_STRONG),
    (Wording::NewsWeak, NEWS_WEAK),
    (Wording::Notification, NOTIFICATION_WORDS),
    (Wording::Receipt, RECEIPT_WORDS),
];

/// All phrases in one automaton, and the list of each.
static PHRASES: LazyLock<(Option<AhoCorasick>, Vec<Wording>)> = LazyLock::new(|| {
    let owners = ALL.iter().flat_map(|&(list, phrases)| phrases.iter().map(move |_| list)).collect();
    (AhoCorasick::new(ALL.iter().flat_map(|(_, phrases)| phrases.iter())).ok(), owners)
});

/// How many phrases of each list occur in a lower-case text.
pub(super) fn count(text: &str) -> [usize; LISTS] {
    let (automaton, owners) = &*PHRASES;
    let mut counts = [0; LISTS];
    let Some(automaton) = automaton else { return counts };
    let mut seen = vec![false; owners.len()];
    for hit in automaton.find_overlapping_iter(text) {
        let phrase = hit.pattern().as_usize();
        let news = matches!(owners[phrase], Wording::NewsCertain | Wording::NewsStrong);
        if news && is_spoken_of(&text[..hit.start()]) {
            continue;
        }
        if !std::mem::replace(&mut seen[phrase], true) {
            counts[owners[phrase] as usize] += 1;
        }
    }
    counts
}

/// Says whether what stands before a phrase makes it a thing that is spoken of: "the unsubscribe rate".
fn is_spoken_of(before: &str) -> bool {
    ["the ", "an ", "a ", "our ", "their ", "my ", "\"", "“", "„", "«", "der ", "den ", "die ", "unser "]
        .iter()
        .any(|word| before.ends_with(word))
}

pub(super) const DAEMONS: &[&str] = &["mailerdaemon", "postmaster", "mailsystem", "mdaemon"];

/// Mailboxes nobody reads; dots, dashes and underscores are left out before comparing.
#[rustfmt::skip]
pub(super) const ROBOTS: &[&str] = &[
    "noreply", "donotreply", "nepasrepondre", "noresponder", "naoresponda", "nonrispondere", "nichtantworten",
    "keineantwort", "autoreply", "autoresponder", "automailer", "automated", "alerts", "notification", "notify",
    "cron", "jenkins", "nagios", "bounce", "daemon", "buildbot", "unattended",
];

#[rustfmt::skip]
pub(super) const SENDERS_OF_NEWS: &[&str] = &[
    "newsletter", "news", "marketing", "promo", "offers", "deals", "digest", "mailing", "campaign", "updates",
    "hello-news", "weekly",
];

#[rustfmt::skip]
pub(super) const BOUNCE_SUBJECTS: &[&str] = &[
    "undeliverable", "undelivered", "delivery status notification", "delivery failure", "mail delivery",
    "returned mail", "failure notice", "message not delivered", "non-delivery", "unzustellbar", "non remis",
    "échec de la remise", "no se puede entregar", "não é possível entregar", "impossibile recapitare", "onbestelbaar",
    "mail delivery failed", "delivery has failed", "nicht zustellbar", "não entregue", "no entregado",
    "non recapitabile", "avis de non-remise", "kan inte levereras", "kunne ikke leveres", "niedostarczone",
    "delivery delayed", "warning: could not send", "message blocked", "mail blocked", "message rejected",
    "mail rejected", "message quarantined", "mail system error", "delivery notification", "kan ikke leveres",
];

#[rustfmt::skip]
const BOUNCE_WORDS: &[&str] = &[
    "this is the mail system at host", "delivery has failed to these recipients", "could not be delivered",
    "couldn't be delivered", "wasn't delivered to", "was not delivered to", "address not found", "user unknown",
    "mailbox unavailable", "mailbox is full", "delivery to the following recipient", "permanent fatal errors",
    "permanent error", "undeliverable mail", "the following addresses had", "message could not be delivered",
    "recipient's email server", "550 5.", "554 5.", "diagnostic-code:", "konnte nicht zugestellt werden",
    "n'a pas pu être remis", "no se pudo entregar", "não pôde ser entregue", "non è stato possibile recapitare",
    "kon niet worden bezorgd", "delivery status notification", "final-recipient:",
];

#[rustfmt::skip]
pub(super) const ANSWER_SUBJECTS: &[&str] = &[
    "accepted:", "declined:", "tentative:", "tentatively accepted:", "zugesagt:", "abgelehnt:", "mit vorbehalt:",
    "accepté", "refusé", "provisoire", "aceptado:", "aceptada:", "rechazado:", "provisional:", "aceite:", "aceito:",
    "recusado:", "accettato:", "rifiutato:", "provvisorio:", "geaccepteerd:", "geweigerd:", "voorlopig:", "godkänt:",
    "accepteret:", "godtatt:", "zaakceptowano:", "new time proposed:", "принято:", "canceled:", "cancelled:",
    "abgesagt:", "annulé", "cancelado:", "annullato:", "geannuleerd:",
];

#[rustfmt::skip]
pub(super) const INVITATION_SUBJECTS: &[&str] = &[
    "invitation:", "updated invitation", "canceled event", "cancelled event", "einladung:", "terminabsage:",
    "invitación:", "convite:", "invito:", "uitnodiging:", "kutsu:", "inbjudan:", "meeting invitation",
    "event invitation", "reminder:",
];

#[rustfmt::skip]
const MEETING_WORDS: &[&str] = &[
    "has accepted this invitation", "has declined this invitation", "has tentatively accepted", "has invited you to",
    "you have been invited to the following event", "join microsoft teams meeting", "microsoft teams meeting",
    "join zoom meeting", "join with google meet", "meeting id:", "invite.ics", "view all guest info", "reply for ",
    "going (", "more options", "add to calendar", "invitation from google calendar", "this event has been", "when: ",
    "hat diese einladung", "a accepté", "ha aceptado", "ha accettato", "heeft geaccepteerd", "find a local number",
    "passcode:", "dial by your location", "one tap mobile", "join on your computer", "besprechungs-id",
    "an der besprechung teilnehmen",
];

#[rustfmt::skip]
pub(super) const REPLY_SUBJECTS: &[&str] = &[
    "automatic reply", "auto reply", "auto-reply", "autoreply", "auto response", "auto-response", "autoresponse",
    "automated reply", "automated response", "abwesenheitsnotiz", "automatische antwort", "abwesenheitsnachricht",
    "automatische abwesenheit", "réponse automatique", "message d'absence", "respuesta automática",
    "respuesta automatica", "resposta automática", "resposta automatica", "risposta automatica",
    "automatisch antwoord", "afwezigheid", "autosvar", "automatisk svar", "automaattinen vastaus",
    "automatyczna odpowiedź", "автоответ", "автоматический ответ", "automatická odpověď", "out of office autoreply",
    "out of office:", "out of the office:", "out-of-office:", "ooo:", "otomatik yanıt", "automatikus válasz",
];

#[rustfmt::skip]
pub(super) const AWAY_SUBJECTS: &[&str] = &[
    "out of office", "out of the office", "on vacation", "on leave", "away from", "ooo ", "abwesend", "abwesenheit",
    "nicht im büro", "fuera de la oficina", "fora do escritório", "fuori ufficio", "absence", "urlaub",
];

#[rustfmt::skip]
const REPLY_WORDS: &[&str] = &[
    "this is an automated reply", "this is an automated response", "this is an automatic reply",
    "this is an automatic response", "this is an auto-reply", "this is an autoreply",
    "dies ist eine automatische antwort", "ceci est une réponse automatique", "esta es una respuesta automática",
    "esta é uma resposta automática", "questa è una risposta automatica", "dit is een automatisch antwoord",
    "diese nachricht wurde automatisch als antwort", "this mailbox is no longer monitored",
    "this mailbox is not monitored", "this email account is no longer monitored", "this inbox is no longer monitored",
];

#[rustfmt::skip]
const AWAY_WORDS: &[&str] = &[
    "i am out of the office", "i'm out of the office", "i am currently out of", "i'm currently out of",
    "i will be out of the office", "i'll be out of the office", "i am out of office", "i am on vacation",
    "i am on annual leave", "i'm on annual leave", "i am currently on", "i am on leave", "i am on maternity leave",
    "i am on parental leave", "i am away", "i'm away", "i am currently away", "i will be away",
    "out of the office until", "out of office until", "out of the office from", "currently out of the office",
    "ich bin derzeit nicht im büro", "ich bin nicht im büro", "ich bin bis", "ich bin vom", "ich bin ab",
    "ich bin im urlaub", "ich bin derzeit im urlaub", "je suis absent", "je suis actuellement absent",
    "je suis en congé", "je suis actuellement en congé", "je serai absent", "estoy fuera de la oficina",
    "me encuentro fuera", "estaré fuera", "estoy de vacaciones", "estou fora do escritório", "estou de férias",
    "encontro-me ausente", "estarei ausente", "sono fuori ufficio", "sono assente", "sarò assente", "ik ben afwezig",
    "ik ben niet aanwezig", "ik ben momenteel", "ik ben op vakantie", "jag är på semester", "jag är inte på kontoret",
    "jeg er på ferie", "jestem na urlopie", "przebywam na urlopie", "я в отпуске", "нахожусь в отпуске",
    "no longer with", "no longer employed", "no longer working",
];

#[rustfmt::skip]
const AWAY_COMPANIONS: &[&str] = &[
    "limited access", "no access to", "without access to", "intermittent access", "i will return", "i'll return",
    "returning on", "return to the office", "upon my return", "when i return", "when i get back", "i will be back",
    "i'll be back", "back in the office", "respond to your", "reply to your", "get back to you",
    "as soon as possible", "for urgent matters", "if urgent", "if this is urgent", "if your matter is urgent",
    "for immediate assistance", "for urgent", "in case of emergency", "in urgent cases", "please contact",
    "please reach out to", "please email", "please direct", "thank you for your email", "thank you for your message",
    "thanks for your email", "thanks for your message", "thank you for contacting",
    "your message will not be forwarded", "not be checking", "will not be reading", "until", "in dringenden fällen",
    "wenden sie sich", "kontaktieren sie", "wieder erreichbar", "ihre e-mail wird nicht weitergeleitet",
    "nach meiner rückkehr", "vielen dank für ihre nachricht", "vielen dank für ihre e-mail", "bis zum",
    "en cas d'urgence", "veuillez contacter", "vous pouvez contacter", "à mon retour", "jusqu'au",
    "en caso de urgencia", "póngase en contacto", "puede contactar", "a mi regreso", "hasta el", "acceso limitado",
    "em caso de urgência", "entre em contato", "contactar", "no meu regresso", "até", "per urgenze",
    "per questioni urgenti", "potete contattare", "al mio rientro", "fino al", "voor dringende", "neem contact op",
    "bij terugkomst", "tot en met", "vid brådskande", "w pilnych sprawach", "по срочным вопросам",
];

#[rustfmt::skip]
const NEWS_CERTAIN: &[&str] = &[
    "view in browser", "view this email in your browser", "view in your browser", "view online version",
    "view it in your browser", "view this email online", "having trouble viewing this", "trouble viewing this email",
    "email not displaying correctly", "see this email in your browser", "web version", "im browser anzeigen",
    "im browser ansehen", "online-version", "version en ligne", "voir dans le navigateur", "dans votre navigateur",
    "ver en el navegador", "en tu navegador", "en su navegador", "ver no navegador", "no seu navegador",
    "visualizza nel browser", "nel tuo browser", "bekijk in browser", "bekijk de webversie", "bekijk online",
    "visa i webbläsare", "unsubscribe from this list", "unsubscribe from this newsletter",
    "unsubscribe from these emails", "unsubscribe instantly", "to unsubscribe click", "click here to unsubscribe",
    "newsletter abbestellen", "newsletter abmelden", "vom newsletter abmelden", "désabonner", "désinscrire",
    "darse de baja", "cancelar suscripción", "cancelar a subscrição", "cancelar inscrição", "descadastr",
    "annulla l'iscrizione", "disiscriv", "cancellati dalla", "uitschrijven", "afmelden voor", "avregistrera",
    "afmeld nyhedsbrev", "wypisz się", "отписаться", "odhlásit", "peruuta tilaus",
];

#[rustfmt::skip]
const NEWS_STRONG: &[&str] = &[
    "stop these emails", "stop receiving", "no longer wish to receive", "prefer not to receive", "hear from us",
    "don't want to receive", "do not want to receive", "keine weiteren e-mails", "ne plus recevoir", "dejar de recibir",
    "unsubscribe", "opt out", "opt-out", "manage preferences", "manage your preferences", "manage your subscription",
    "update your preferences", "email preferences", "subscription preferences", "communication preferences",
    "you are receiving this email", "you're receiving this email", "you received this email because",
    "you are receiving this because you", "you are receiving this message because", "this email was sent to",
    "this message was sent to", "add us to your address book", "safe senders", "forward to a friend",
    "forward this email", "you subscribed", "subscribed to", "sie erhalten diese e-mail",
    "sie erhalten diesen newsletter", "abmelden", "abbestellen", "vous recevez cet e-mail", "vous recevez ce message",
    "recibes este correo", "ha recibido este correo", "recebeu este e-mail", "hai ricevuto questa",
    "ricevi questa email", "u ontvangt deze", "je ontvangt deze", "in this issue", 
    "newsletter #", "special offer",
    "limited time offer", "register now", "register today", "save your seat", "save your spot", "shop now", "buy now",
    "order now", "act now", "free shipping", "jetzt anmelden", "jetzt registrieren", "inscrivez-vous", "regístrate",
];

#[rustfmt::skip]
const NEWS_WEAK: &[&str] = &[
    "our newsletter", "weekly digest", "this month's newsletter", "this week's newsletter", "product update", "top stories",
    "©", "(c) 20", "all rights reserved", "alle rechte vorbehalten", "tous droits réservés", "privacy policy",
    "terms of service", "follow us", "read more", "learn more", "read the full", "webinar", "download now",
    "download the", "sign up", " subscribe", "% off", "discount", "don't miss", "join us", "exclusive", "new features",
    "what's new", "case study", "whitepaper", "ebook", "e-book", "dear customer", "dear subscriber", "dear reader",
    "dear valued", "hi there", "click here", "impressum", "datenschutz", "mehr erfahren", "weiterlesen",
    "en savoir plus", "lire la suite", "leer más", "saiba mais", "scopri di più", "lees meer", "linkedin", "twitter",
    "facebook", "instagram", "book a demo", "start your free trial", "free trial", "early bird", "speakers",
    "sponsored",
];

#[rustfmt::skip]
const NOTIFICATION_WORDS: &[&str] = &[
    "this is an automated message", "this is an automated email", "this is an automated e-mail",
    "this is an automatic message", "this is an automated notification", "this is a system generated",
    "this is a system-generated", "this is an auto-generated", "this is an automatically generated",
    "this message was automatically generated", "this message was generated automatically",
    "this email was automatically generated", "this email was generated automatically",
    "this e-mail was automatically generated", "please do not reply to this", "please don't reply to this",
    "do not reply to this email", "do not reply to this message", "replies to this email are not monitored",
    "replies to this message are", "this email address is not monitored", "automatisch generiert",
    "automatisch erstellt", "bitte antworten sie nicht", "nicht auf diese e-mail", "message automatique",
    "ne pas répondre", "merci de ne pas répondre", "mensaje automático", "no responda a este",
    "por favor no responda", "mensagem automática", "não responda a", "messaggio automatico",
    "non rispondere a questa", "non rispondere a questo", "automatisch gegenereerd", "niet op deze e-mail",
    "automatiskt meddelande", "svara inte på", "automatisk generert", "wiadomość wygenerowana automatycznie",
    "nie odpowiadaj na", "автоматическое сообщение", "не отвечайте на", "this receipt was generated",
    "this invoice was generated", "this notice was generated", "this message was sent automatically",
    "this email was sent automatically", "this is a computer generated", "this is a computer-generated",
    "sent from a notification-only address", "from an unmonitored", "automatisch erzeugt", "automatisch versendet",
    "généré automatiquement", "envoyé automatiquement", "generado automáticamente", "enviado automáticamente",
    "gerado automaticamente", "gerada automaticamente", "enviada automaticamente", "generato automaticamente",
    "generata automaticamente", "automatisch verzonden", "automatiskt genererat",
];

#[rustfmt::skip]
const RECEIPT_WORDS: &[&str] = &[
    "thank you for your purchase", "thank you for your order", "thanks for your order", "thank you for your payment",
    "thank you for your business", "order number", "order total", "receipt number", "amount paid", "amount due:",
    "payment method", "date paid", "billed to", "bill to:", "subtotal", "total charged", "tracking number",
    "shipping address", "estimated delivery", "transaction id", "your next payment", "invoice number", "visa ****",
    "bestellnummer", "zahlungsart", "rechnungsbetrag", "lieferadresse", "numéro de commande", "moyen de paiement",
    "número de pedido", "forma de pago", "numero ordine", "bestelnummer", "número do pedido",
];
