/**
 * Measures how soon the map of an account can be used: from asking for the page until people and ties are drawn, and
 * until a filter and a choice of a person are. Run by `scripts/measure-map`.
 *
 * Usage: node measure.js URL TOKEN ACCOUNT
 */
import { chromium } from "@playwright/test";

const [url = "", token = "", account = ""] = process.argv.slice(2);
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
