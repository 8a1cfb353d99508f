// Reloads the page when the preview has something new. Served by `duikan serve` only; no published page has it.
"use strict";
{
  /** @type {string | undefined} */
  let shown;
  const events = new EventSource("/-/events");
  events.addEventListener("message", (event) => {
    if (shown !== undefined && shown !== event.data) location.reload();
    shown = event.data;
  });
}
