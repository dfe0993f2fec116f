/** The relationship map. */
import { ACCOUNT, expect, expectUsable, signIn, test } from "./support";

const MAP = `/accounts/${ACCOUNT}/map`;

test("the map is drawn, and filters and months change what is drawn", async ({ reader }) => {
  await reader.goto(MAP);
  const map = reader.locator("#map");
  await expect(map).toHaveAttribute("data-ready", "yes");
  const count = async (name: string) => Number(await map.getAttribute(`data-${name}`));
  const [people, ties] = [await count("people"), await count("ties")];
  expect(people).toBeGreaterThan(4);
  expect(ties).toBeGreaterThan(3);
  await reader.locator("select[name=side]").selectOption("customer");
  await expect.poll(() => count("people")).toBeLessThan(people);
  await expect(reader.locator("#tables").getByText("us", { exact: true })).toHaveCount(0);
  await reader.locator("select[name=side]").selectOption("");
  await expect.poll(() => count("people")).toBe(people);
  await reader.getByLabel("belongs to an organisation").check();
  await expect.poll(() => count("ties")).toBeGreaterThan(ties);
  await reader.getByLabel("belongs to an organisation").uncheck();
  await reader.getByLabel("How it grew").fill("0");
  await expect.poll(() => count("people")).toBeLessThan(people);
  await expect(map).not.toHaveAttribute("data-day", /2026-02/);
  await expectUsable(reader);
});

test("a way to somebody is told in words and drawn", async ({ reader }) => {
  await reader.goto(MAP);
  await expect(reader.locator("#map")).toHaveAttribute("data-ready", "yes");
  const name = await reader.locator("#map-names option").evaluateAll((all) => all.map((one) => (one as HTMLOptionElement).value));
  const customers = await reader.locator("tr", { has: reader.locator(".chip.customer") }).locator("th a").allTextContents();
  const wanted = name.find((one) => customers.includes(one))!;
  await reader.getByLabel("Name or address").fill(wanted);
  await reader.getByRole("button", { name: "Show the way" }).click();
  const way = reader.locator("#way");
  await expect(way.getByRole("listitem").first()).toContainText("contact");
  await expect(way).toContainText(wanted);
  const steps = await way.getByRole("listitem").count();
  await expect(reader.locator("#map")).toHaveAttribute("data-way", String(steps));
  await reader.getByLabel("Name or address").fill("Nobody Atall");
  await reader.getByRole("button", { name: "Show the way" }).click();
  await expect(way).toContainText("Nobody is known");
});

test("a person opens beside the map, by table and by keys", async ({ reader }) => {
  await reader.goto(MAP);
  const map = reader.locator("#map");
  await expect(map).toHaveAttribute("data-ready", "yes");
  const first = reader.locator("#tables tbody th a").first();
  const name = (await first.textContent())!;
  await first.click();
  const panel = reader.locator("#person-panel");
  await expect(panel.getByRole("heading", { name })).toBeFocused();
  await expect(panel.getByRole("heading", { name: /Influence/ })).toBeVisible();
  await expectUsable(reader);
  await panel.getByRole("button", { name: "Close" }).click();
  await expect(panel).toBeHidden();
  await map.focus();
  await reader.keyboard.press("ArrowRight");
  await reader.keyboard.press("Enter");
  await expect(panel.getByRole("heading", { level: 2 })).toBeVisible();
  await panel.getByRole("link", { name: "Open the page" }).click();
  await expect(reader).toHaveURL(/\/people\//);
});

test("the map can be read, filtered and asked without scripts", async ({ browser, service }) => {
  const context = await browser.newContext({ javaScriptEnabled: false, baseURL: service.url });
  const page = await context.newPage();
  await signIn(page, service);
  await page.goto(MAP);
  const rows = page.locator("#tables .people tbody tr");
  const all = await rows.count();
  await page.locator("select[name=side]").selectOption("vendor");
  await page.getByRole("button", { name: "Show", exact: true }).last().click();
  expect(await rows.count()).toBeLessThan(all);
  await page.getByLabel("Name or address").fill("vantenberg");
  await page.getByRole("button", { name: "Show the way" }).click();
  await expect(page.locator("#way")).not.toBeEmpty();
  await context.close();
});
