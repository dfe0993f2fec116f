/** Search, and queries. */
import { readFile } from "node:fs/promises";
import { ACCOUNT, expect, expectUsable, signIn, test } from "./support";

/** The first search of a service loads its model. */
const SLOW = { timeout: 40_000 };

test("facts and messages are found, with their words marked", async ({ reader }) => {
  await reader.goto(`/accounts/${ACCOUNT}/search`);
  await expectUsable(reader);
  await reader.getByLabel("Find", { exact: true }).fill("report");
  await reader.getByRole("button", { name: "Find" }).click();
  await expect(reader.locator("section", { has: reader.locator("#known") }).locator("mark").first()).toHaveText(/report/i, SLOW);
  const said = reader.locator("section", { has: reader.locator("#said") });
  await expect(said.locator("mark").first()).toHaveText(/report/i);
  await expect(said.getByRole("link").first()).toHaveAttribute("href", new RegExp(`/accounts/${ACCOUNT}/messages/`));
  await reader.locator("select[name=message]").selectOption("none");
  await expect(said).toHaveCount(0);
  await expectUsable(reader);
});

test("all accounts are searched at once", async ({ reader }) => {
  await reader.goto("/search?q=report");
  await expect(reader.locator("mark").first()).toHaveText(/report/i, SLOW);
  await expect(reader.getByRole("link", { name: ACCOUNT }).first()).toBeVisible();
  await expectUsable(reader);
});

test("a hostile question stays text", async ({ reader }) => {
  const question = `"><img src=x onerror=alert(1)><script>alert(2)</script>`;
  for (const where of ["/search", `/accounts/${ACCOUNT}/search`]) {
    await reader.goto(`${where}?q=${encodeURIComponent(question)}`);
    await expect(reader.getByLabel("Find", { exact: true })).toHaveValue(question);
    await expect(reader.locator("main img, main script")).toHaveCount(0);
  }
  await reader.goto(`/queries?query=${encodeURIComponent(`</textarea>${question}`)}`);
  await expect(reader.locator("#query")).toHaveValue(`</textarea>${question}`);
  await expect(reader.locator("main img, main script")).toHaveCount(0);
});

test("a named query is run", async ({ reader }) => {
  await reader.goto("/queries");
  await expectUsable(reader);
  await reader.getByText("open commitments", { exact: true }).click();
  const form = reader.locator("details[open] form");
  await form.getByLabel("Account").selectOption(ACCOUNT);
  await form.getByRole("button", { name: "Run" }).click();
  await expect(reader.getByRole("columnheader", { name: "statement" })).toBeVisible();
  await expectUsable(reader);
});

test("a free query is run and saved, and a faulty one is shown with its line", async ({ reader }) => {
  await reader.goto("/queries");
  const form = reader.locator("#free");
  await form.getByLabel("Account").selectOption(ACCOUNT);
  await form.getByRole("button", { name: "Run" }).click();
  const person = reader.locator(".results tbody a").first();
  await expect(person).toHaveAttribute("href", new RegExp(`/accounts/${ACCOUNT}/people/`));
  const [download] = await Promise.all([reader.waitForEvent("download"), reader.getByRole("link", { name: "CSV" }).click()]);
  expect(await readFile(await download.path(), "utf8")).toContain("person,name");
  await reader.locator("#query").fill("SELECT ?name WHERE {\n  ?person foaf:name\n}");
  await form.getByRole("button", { name: "Run" }).click();
  await expect(reader.getByRole("alert")).toContainText("not answered");
  await expect(reader.locator(".faulty .here")).toHaveCount(1);
  await expectUsable(reader);
});

test("a known prefix declares itself, and its terms are offered", async ({ reader }) => {
  await reader.goto("/queries");
  const field = reader.locator("#query");
  await field.fill("");
  await field.pressSequentially("SELECT * { ?person foaf:na");
  await expect(field).toHaveValue(/^PREFIX foaf: <http:\/\/xmlns\.com\/foaf\/0\.1\/>\n/);
  await reader.getByRole("button", { name: "foaf:name" }).click();
  await expect(field).toHaveValue(/foaf:name$/);
});

test("search and queries work without scripts", async ({ browser, service }) => {
  const context = await browser.newContext({ javaScriptEnabled: false, baseURL: service.url });
  const page = await context.newPage();
  await signIn(page, service);
  await page.goto("/search");
  await page.getByLabel("Find", { exact: true }).fill("report");
  await page.getByRole("button", { name: "Find" }).click();
  await expect(page.locator("mark").first()).toBeVisible(SLOW);
  await page.goto("/queries");
  await page.locator("#free").getByRole("button", { name: "Run" }).click();
  await expect(page.locator(".results tbody tr").first()).toBeVisible();
  await context.close();
});
