/** An account at first sight, its course over time, its facts and messages. */
import { ACCOUNT, expect, expectUsable, test } from "./support";

const HOME = `/accounts/${ACCOUNT}`;

test("the overview tells what is owed, by whom, and what it rests on", async ({ reader }) => {
  await reader.goto(HOME);
  await expect(reader.getByRole("heading", { level: 1, name: "Vantenberg" })).toBeVisible();
  for (const part of ["We owe", "They owe", "People", "Risks", "Objectives", "Open issues", "What changed", "What this rests on"]) {
    await expect(reader.getByRole("region", { name: part, exact: true })).toBeVisible();
  }
  await expect(reader.getByRole("region", { name: "People", exact: true })).toContainText("Helena Brandauer");
  await expect(reader.locator("#timeline canvas")).toHaveCount(2);
  await expectUsable(reader);
});

test("a week of the chart opens what was said in it", async ({ reader }) => {
  await reader.goto(HOME);
  await expect(reader.locator("#timeline canvas")).toHaveCount(2);
  const plot = reader.locator("#timeline .u-over").first();
  const box = (await plot.boundingBox())!;
  await plot.click({ position: { x: box.width * 0.95, y: box.height / 2 } });
  await expect(reader).toHaveURL(/messages\?from=2026-0\d-\d\d&until=/);
  await expect(reader.getByText(/^\d+ messages?$/)).toBeVisible();
  await expectUsable(reader);
});

test("the account can be seen as it stood on a day", async ({ reader }) => {
  await reader.goto(HOME);
  await reader.getByLabel("As of").fill("2025-10-01");
  await reader.getByRole("button", { name: "Show" }).click();
  await expect(reader.getByText("This is how the account stood on 1 Oct 2025")).toBeVisible();
  await reader.getByRole("navigation", { name: "Account" }).getByRole("link", { name: "Sources" }).click();
  await expect(reader).toHaveURL(/as_of=2025/);
  await expect(reader.getByRole("region", { name: "Coverage" })).not.toContainText("2026");
  await reader.getByRole("link", { name: "Back to today" }).click();
  await expect(reader.getByRole("region", { name: "Coverage" })).toContainText("2026");
});

test("facts are listed by kind and by how they stand", async ({ reader }) => {
  await reader.goto(`${HOME}/facts?kind=commitment`);
  await reader.getByLabel("How it stands").selectOption("fulfilled");
  await reader.getByRole("main").getByRole("button", { name: "Show" }).last().click();
  await expect(reader.getByRole("listitem").first()).toContainText("fulfilled");
  await expectUsable(reader);
});

test("an account that is not there is told of as a page", async ({ reader }) => {
  const answer = await reader.request.get("/accounts/nowhere");
  expect(answer.status()).toBe(404);
  expect(answer.headers()["content-type"]).toContain("text/html");
  expect(await answer.text()).toContain("There is nothing here");
});

test("the overview can be read without scripts", async ({ browser, service }) => {
  const context = await browser.newContext({ javaScriptEnabled: false, baseURL: service.url });
  const page = await context.newPage();
  await page.goto(`/signin?next=${encodeURIComponent(HOME)}`);
  await page.getByLabel("Your token").fill(service.token);
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.getByText("As a table").click();
  await page.getByRole("region", { name: "Weeks" }).getByRole("link").first().click();
  await expect(page.getByText(/^\d+ messages?$/)).toBeVisible();
  await context.close();
});
