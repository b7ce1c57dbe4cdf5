(function () {
  "use strict";
  var section = document.getElementById("quotes");
  var box = document.getElementById("filter");

  /* A button under every quote that copies it with the line that says who spoke. */
  function said(figure) {
    var words = figure.querySelector("blockquote").textContent.trim();
    return "\u201c" + words + "\u201d \u2014 " + figure.querySelector(".by").textContent.trim();
  }
  function select(text) {
    var area = document.createElement("textarea"), done = false;
    area.value = text;
    area.className = "sr";
    document.body.appendChild(area);
    area.select();
    try { done = document.execCommand("copy"); } catch (refused) { done = false; }
    area.remove();
    return done;
  }
  function copied(button, done) {
    button.textContent = done ? "Copied" : "Not copied: select it by hand";
    document.getElementById("told").textContent = done ? "Quote copied" : "The quote could not be copied";
    setTimeout(function () { button.textContent = "Copy"; }, 2000);
  }
  function copy(button, figure) {
    var text = said(figure);
    function other() { copied(button, select(text)); button.focus(); }
    if (!navigator.clipboard) { other(); return; }
    navigator.clipboard.writeText(text).then(function () { copied(button, true); }, other);
  }
  document.querySelectorAll("figure.quote").forEach(function (figure) {
    var button = document.createElement("button");
    button.type = "button";
    button.className = "copy";
    button.textContent = "Copy";
    button.setAttribute("aria-label", "Copy this quote with its attribution");
    button.addEventListener("click", function () { copy(button, figure); });
    figure.querySelector("figcaption").appendChild(button);
  });

  if (!box) {
    window.addEventListener("hashchange", function () { reveal(null); });
    reveal(null);
    return;
  }
  var fields = {}, quotes = [].slice.call(section.querySelectorAll("figure.quote"));
  ["topic", "stance", "speaker", "words"].forEach(function (name) {
    fields[name] = document.getElementById("filter-" + name);
  });
  var texts = quotes.map(function (quote) { return plain(quote.dataset.labels + " " + said(quote)); });
  function has(quote, name) {
    var wanted = fields[name].value;
    return !wanted || (" " + quote.dataset[name] + " ").indexOf(" " + wanted + " ") >= 0;
  }
  function filter() {
    var words = plain(fields.words.value).split(/\s+/).filter(Boolean), left = 0;
    var active = words.length || fields.topic.value || fields.stance.value || fields.speaker.value;
    quotes.forEach(function (quote, place) {
      var fits = has(quote, "topic") && has(quote, "stance") && has(quote, "speaker") &&
        words.every(function (word) { return texts[place].indexOf(word) >= 0; });
      quote.hidden = !fits;
      left += fits ? 1 : 0;
    });
    section.querySelectorAll(".by-theme").forEach(function (theme) {
      theme.hidden = !theme.querySelector("figure:not([hidden])");
    });
    section.classList.toggle("filtered", Boolean(active));
    document.getElementById("filter-clear").disabled = !active;
    box.querySelector("output").textContent = left === 0 ? "No quote fits. Clear the filters or ask for less." :
      (active ? left + " of " + quotes.length : left) + (quotes.length === 1 ? " quote" : " quotes");
  }
  function clear() {
    Object.keys(fields).forEach(function (name) { fields[name].value = ""; });
    filter();
  }
  Object.keys(fields).forEach(function (name) { fields[name].addEventListener("input", filter); });
  document.getElementById("filter-clear").addEventListener("click", function () { clear(); fields.topic.focus(); });
  window.addEventListener("hashchange", function () { reveal(clear); });
  box.hidden = false;
  clear();
  reveal(null);
})();
