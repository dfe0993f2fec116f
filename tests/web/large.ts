/**
 * Writes a made-up account of many people as JSON Lines, to measure the map with: 200 of ours, the rest of the customer,
 * in teams that mostly write to each other. Everything is invented and always the same.
 *
 * Usage: node large.ts [people] > large.jsonl
 */
const PEOPLE = Number(process.argv[2] ?? 2000);
const OURS = Math.round(PEOPLE / 10);
const MAILS = PEOPLE * 3;
const FIRST = ["Adra", "Bero", "Calis", "Dovan", "Edrin", "Falka", "Goran", "Hesta", "Ilvo", "Jorun", "Kessa", "Lorin", "Mavik", "Nelda", "Orsin", "Pella", "Quorin", "Rasmel", "Sivra", "Tolvan"];
const LAST = ["Abelund", "Brinkhal", "Corvesk", "Dalmoor", "Eskerel", "Farnholt", "Grevan", "Hollmark", "Ivarene", "Jaskel", "Korvand", "Lindreth", "Morvane", "Nordahl", "Ostrel", "Perrash", "Quillan", "Ravensk", "Solmere", "Tarvond"];
const TITLES = ["VP Operations", "Head of IT", "Project manager", "Analyst", "Engineer", "Controller", "Team lead", "Consultant", "Director of Finance", "Specialist"];
const WORDS = ["The roll-out goes on as planned.", "We will send the figures by Friday.", "Can you check the interface?", "Thanks, this helps us a lot.", "We are worried about the budget.", "The workshop is on Tuesday."];

/** A random number from 0 on that is always the same in a run. */
let seed = 42;
function random(below: number): number {
  seed = (seed * 1_664_525 + 1_013_904_223) % 4_294_967_296;
  return Math.floor((seed / 4_294_967_296) * below);
}

function person(at: number) {
  const first = FIRST[at % FIRST.length]!;
  const last = `${LAST[Math.floor(at / FIRST.length) % LAST.length]}${["", "sen", "ova", "berg", "ska"][Math.floor(at / 400)] ?? at}`;
  const domain = at < OURS ? "v.example" : "big.example";
  return { name: `${first} ${last}`, address: `${first}.${last}@${domain}`.toLowerCase(), title: TITLES[at % TITLES.length]! };
}

/** Somebody whom `at` is in touch with: mostly of the own team of twenty, sometimes anybody. */
function other(at: number): number {
  const team = Math.floor(at / 20) * 20;
  const chosen = random(10) < 7 ? team + random(20) : random(10) < 5 ? random(OURS) : random(PEOPLE);
  return Math.min(chosen, PEOPLE - 1);
}

const start = Date.parse("2025-01-06T08:00:00Z");
for (let mail = 0; mail < MAILS; mail += 1) {
  // Everybody writes once before chance decides.
  const from = mail < PEOPLE ? mail : random(PEOPLE);
  const to = [other(from)].filter((at) => at !== from);
  if (random(3) === 0) to.push(other(from));
  const author = person(from);
  const line = {
    id: `mail:<${mail}@big.example>`,
    account: "big",
    kind: "email",
    thread: `mail:<${mail - (mail % 3)}@big.example>`,
    sent_at: new Date(start + (mail / MAILS) * 400 * 86_400_000).toISOString(),
    subject: `Project ${from % 40}`,
    text: `Hello,\n\n${WORDS[random(WORDS.length)]}\n\nBest regards\n${author.name}\n${author.title}\n`,
    participants: [
      { role: "from", ...author, title: undefined },
      ...[...new Set(to)].filter((at) => at !== from).map((at, place) => ({ role: place ? "cc" : "to", ...person(at), title: undefined })),
    ],
  };
  process.stdout.write(`${JSON.stringify(line)}\n`);
}
