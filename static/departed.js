// Leads a citation of a text that moved on to the very paragraph; without scripts the page leads to the text.
"use strict";
{
  const cited = document.getElementById(decodeURIComponent(location.hash.slice(1)))?.querySelector("a");
  const whole = document.querySelector("#departed-to a");
  const link = cited ?? whole;
  if (link instanceof HTMLAnchorElement) location.replace(link.href);
}
