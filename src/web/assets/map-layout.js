// @ts-check
/**
 * Where people stand on the map: ours in half rings on the left, the customer's on the right, whoever is neither between
 * them. The more influence, the nearer to the middle; along a ring people lie level with those whom they are in touch
 * with. It is computed at once and always the same.
 */

/** A person as the server sends them: id, name, side, influence, mood, role, marks, community, title, organisation.
 * @typedef {[string, string, number, number, number, number, number, number, string, string]} Person */
/** A tie: both ends, kind, strength, count, days since the last contact.
 * @typedef {[number, number, number, number, number, number]} Tie */
/** @typedef {{x: number, y: number}} Spot */

/** Half the angle that the rings of a side span. */
const SPAN = 1.25;
const SWEEPS = 8;

/** How far apart people stand along a ring, and rings from each other.
 * @param {number} count */
export function gaps(count) {
  if (count <= 60) return { along: 86, between: 175 };
  if (count <= 300) return { along: 64, between: 92 };
  return { along: 44, between: 46 };
}

/** The spot of each person, in their order.
 * @param {Person[]} people @param {Tie[]} ties @returns {Spot[]} */
export function place(people, ties) {
  const { along, between } = gaps(people.length);
  const middle = people.flatMap((person, at) => (person[2] === 2 ? [at] : []));
  const inner = Math.max(along * 1.9, Math.sqrt(middle.length) * along * 0.75 + between * 0.8);
  /** @type {Spot[]} */
  const spots = people.map(() => ({ x: 0, y: 0 }));
  const rings = [0, 1].flatMap((side) => ringsOf(people, side, { along, between, inner }));
  const near = neighbours(people.length, ties);
  for (const ring of rings) stand(ring, ring.people.slice().sort((a, b) => byCommunity(people, a, b)), spots, along);
  for (let sweep = 0; sweep < SWEEPS; sweep += 1) {
    const centres = communities(people, spots);
    for (const ring of rings) {
      const pull = new Map(ring.people.map((at) => [at, level(at, near, spots, centres.get(people[at]?.[7] ?? -1))]));
      stand(ring, ring.people.slice().sort((a, b) => (pull.get(a) ?? 0) - (pull.get(b) ?? 0) || a - b), spots, along);
    }
  }
  // Between the sides: in a spiral, as the seeds of a sunflower lie.
  middle.sort((a, b) => (people[b]?.[3] ?? 0) - (people[a]?.[3] ?? 0));
  middle.forEach((at, rank) => {
    const radius = along * 0.75 * Math.sqrt(rank + (middle.length > 1 ? 0.5 : 0));
    spots[at] = { x: radius * Math.cos(rank * 2.399963), y: radius * Math.sin(rank * 2.399963) };
  });
  return spots;
}

/** @typedef {{side: number, radius: number, people: number[]}} Ring */

/** @param {Person[]} people @param {number} side @param {{along: number, between: number, inner: number}} sizes */
function ringsOf(people, side, { along, between, inner }) {
  const own = people.flatMap((person, at) => (person[2] === side ? [at] : []));
  own.sort((a, b) => (people[b]?.[3] ?? 0) - (people[a]?.[3] ?? 0) || a - b);
  /** @type {Ring[]} */
  const rings = [];
  for (let start = 0, radius = inner; start < own.length; radius += between) {
    const room = Math.max(1, Math.floor((2 * SPAN * radius) / along) + 1);
    rings.push({ side, radius, people: own.slice(start, start + room) });
    start += room;
  }
  return rings;
}

/** @param {Person[]} people @param {number} a @param {number} b */
function byCommunity(people, a, b) {
  return (people[a]?.[7] ?? 0) - (people[b]?.[7] ?? 0) || a - b;
}

/** Puts people on a ring in an order.
 * @param {Ring} ring @param {number[]} order @param {Spot[]} spots @param {number} along */
function stand(ring, order, spots, along) {
  const step = Math.min((along * 1.35) / ring.radius, order.length > 1 ? (2 * SPAN) / (order.length - 1) : 0);
  order.forEach((at, rank) => {
    const angle = (rank - (order.length - 1) / 2) * step;
    const x = ring.radius * Math.cos(angle);
    spots[at] = { x: ring.side === 0 ? -x : x, y: ring.radius * Math.sin(angle) };
  });
}

/** @param {number} count @param {Tie[]} ties */
function neighbours(count, ties) {
  /** @type {[number, number][][]} */
  const near = Array.from({ length: count }, () => []);
  for (const [source, target, , strength] of ties) {
    if (source >= count || target >= count) continue;
    const weight = Math.log1p(strength);
    near[source]?.push([target, weight]);
    near[target]?.push([source, weight]);
  }
  return near;
}

/** The mean height of every community.
 * @param {Person[]} people @param {Spot[]} spots */
function communities(people, spots) {
  /** @type {Map<number, [number, number]>} */
  const sums = new Map();
  people.forEach((person, at) => {
    const [sum, count] = sums.get(person[7]) ?? [0, 0];
    sums.set(person[7], [sum + (spots[at]?.y ?? 0), count + 1]);
  });
  return new Map([...sums].map(([community, [sum, count]]) => [community, sum / count]));
}

/** The height that somebody is drawn to: that of those they are in touch with, and of their community.
 * @param {number} at @param {[number, number][][]} near @param {Spot[]} spots @param {number | undefined} centre */
function level(at, near, spots, centre) {
  let sum = (centre ?? 0) * 2;
  let weights = 2;
  for (const [other, weight] of near[at] ?? []) {
    sum += (spots[other]?.y ?? 0) * weight;
    weights += weight;
  }
  return sum / weights;
}
