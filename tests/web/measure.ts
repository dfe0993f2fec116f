/**
 * Measures how soon each page of an account is painted first, and how soon its map can be used: from asking for the page
 * until people and ties are drawn, and until a filter is. Run by `scripts/measure-pages`.
 *
 * Usage: node measure.js URL TOKEN ACCOUNT DOCUMENT
 */
import { chromium } from "@playwright/test";

const [url = "", token = "", account = "", handoff = ""] = process.argv.slice(2);
const RUNS = 5;

const browser = await chromium.launch({
  executablePath: process.env.BATON_CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu", "--no-proxy-server"],
});
const page = await browser.newPage({ baseURL: url, viewport: { width: 1280, height: 800 } });
await page.goto("/signin");
await page.getByLabel("Your token").fill(token);
await page.getByRole("button", { name: "Sign in" }).click();
await page.waitForURL(/\/$/);

/** Milliseconds since the page was asked for, after what was changed is on the screen. */
const painted = () => page.evaluate(() => new Promise<number>((resolve) => requestAnimationFrame(() => requestAnimationFrame(() => resolve(performance.now())))));

/** The middle of some numbers. */
const median = (numbers: number[]) => [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)];

const home = `/accounts/${account}`;
const pages = [
  "/", home, `${home}/people`, `${home}/map`, `${home}/handoffs`, `/handoffs/${handoff}`,
  `/handoffs/${handoff}?line=identified_risks/1`, `${home}/messages`, `${home}/facts`, `${home}/search?q=budget`,
  `${home}/sources`, "/handoffs", "/search?q=budget", "/queries", "/sources", "/administration",
];
for (const path of pages) {
  // The first look reads the account; what is measured is the pages.
  await page.goto(path);
  const times: number[] = [];
  for (let run = 0; run < RUNS; run += 1) {
    await page.goto(path);
    const paint = () => performance.getEntriesByName("first-contentful-paint")[0]?.startTime;
    await page.waitForFunction(() => performance.getEntriesByName("first-contentful-paint").length > 0);
    times.push((await page.evaluate(paint)) ?? -1);
  }
  console.log(JSON.stringify({ page: path.replace(handoff, "…"), first_paint_ms: Math.round(median(times) ?? -1) }));
}

const map = page.locator("#map");
for (let run = 1; run <= RUNS; run += 1) {
  await page.goto(`/accounts/${account}/map`, { waitUntil: "commit" });
  await page.waitForSelector("#map[data-ready=yes]");
  const drawn = await painted();
  const [people, ties] = [await map.getAttribute("data-people"), await map.getAttribute("data-ties")];
  const server = await page.evaluate(() => {
    const of = (entry: PerformanceResourceTiming | undefined) => (entry ? Math.round(entry.responseEnd - entry.requestStart) : -1);
    const all = performance.getEntriesByType("resource") as PerformanceResourceTiming[];
    return { page: of(performance.getEntriesByType("navigation")[0] as PerformanceNavigationTiming), data: of(all.find(({ name }) => name.includes("/map/data"))) };
  });
  const before = await painted();
  await page.locator("select[name=side]").selectOption("customer");
  await page.waitForFunction((count) => (document.getElementById("map")?.dataset.people ?? count) !== count, people);
  const filtered = (await painted()) - before;
  console.log(JSON.stringify({ run, people, ties, drawn_ms: Math.round(drawn), filter_ms: Math.round(filtered), server_ms: server }));
}
await browser.close();
