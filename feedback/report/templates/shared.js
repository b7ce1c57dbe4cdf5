/* Small letters, plain quotation marks, no accents: what is typed finds what is printed. */
function plain(text) {
  return text.toLowerCase().normalize("NFKD").replace(/[\u0300-\u036f]/g, "")
    .replace(/[\u2018\u2019]/g, "'").replace(/[\u201c\u201d]/g, "\"");
}
/* Opens what is folded over the target of a link, and clears the filters that hide it. */
function reveal(clear) {
  var target = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
  var fold = target && target.closest("details"), hidden = target && target.closest("[hidden]");
  if (fold && !fold.open) { fold.open = true; target.scrollIntoView(); }
  if (hidden && clear) { clear(); target.scrollIntoView(); }
}
