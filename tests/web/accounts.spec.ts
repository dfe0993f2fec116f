/** The accounts at a glance. */
import { expect, expectUsable, test } from "./support";

test("the table tells how an account stands, and can be searched and sorted", async ({ reader }) => {
  const row = reader.getByRole("row", { name: /Vantenberg/ });
  await expect(row).toContainText("Calla Renwick");
  await expect(row.getByRole("img", { name: /mood/ })).toBeVisible();
  await reader.getByRole("link", { name: "Overdue" }).click();
  await expect(reader.getByRole("columnheader", { name: "Overdue" })).toHaveAttribute("aria-sort", "descending");
  await reader.getByLabel("Find").fill("nobody");
  await expect(reader.getByText("No account is like that")).toBeVisible();
  await reader.getByLabel("Find").fill("calla");
  await expect(row).toBeVisible();
  await expectUsable(reader);
});

test("the table can be read without scripts", async ({ browser, service }) => {
  const context = await browser.newContext({ javaScriptEnabled: false, baseURL: service.url });
  const page = await context.newPage();
  await page.goto("/signin");
  await page.getByLabel("Your token").fill(service.token);
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.locator("select[name=concern]").selectOption("Something overdue");
  await page.getByRole("button", { name: "Show" }).click();
  await expect(page.getByRole("row", { name: /Vantenberg/ })).toBeVisible();
  await context.close();
});
