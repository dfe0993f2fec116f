// @ts-check
/** What every page does. Pages work without it. */

/** Takes the token of a sign-in link out of the address, where no server and no log sees it. */
function takeTokenFromAddress() {
  const form = document.querySelector("form[data-token-from-address]");
  const token = new URLSearchParams(location.hash.slice(1)).get("token");
  if (!(form instanceof HTMLFormElement) || !token) return;
  const field = form.elements.namedItem("token");
  if (!(field instanceof HTMLInputElement)) return;
  history.replaceState(null, "", location.pathname + location.search);
  field.value = token;
  form.submit();
}

takeTokenFromAddress();
