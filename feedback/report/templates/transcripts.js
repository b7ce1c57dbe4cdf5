(function () {
  "use strict";
  var box = document.getElementById("filter");
  var topic = document.getElementById("filter-topic"), words = document.getElementById("filter-words");
  var talks = null;
  /* Hundreds of interviews have a hundred thousand turns: nothing is gone through before somebody asks. */
  function listed() {
    talks = talks || [].map.call(document.querySelectorAll(".talk"), function (talk) {
      return { talk: talk, turns: [].map.call(talk.querySelectorAll(".turn"), function (turn) {
        return { turn: turn, asks: turn.classList.contains("asks"), text: "",
          marks: [].slice.call(turn.querySelectorAll("mark")) };
      }) };
    });
    return talks;
  }
  function has(turn, asked) {
    if (!asked.length) { return true; }
    turn.text = turn.text || plain(turn.turn.textContent);
    return asked.every(function (word) { return turn.text.indexOf(word) >= 0; });
  }
  function on(mark) {
    return !topic.value || (" " + mark.dataset.on + " ").indexOf(" " + topic.value + " ") >= 0;
  }
  /* A question stays beside the answer that fits. */
  function filter() {
    var asked = plain(words.value).split(/\s+/).filter(Boolean), left = 0, people = 0;
    var active = Boolean(asked.length || topic.value);
    listed().forEach(function (one) {
      var before = null, any = false;
      one.turns.forEach(function (turn) {
        var hits = turn.marks.filter(on);
        var fits = (!topic.value || hits.length > 0) && (!active || !turn.asks) && has(turn, asked);
        turn.turn.hidden = !fits;
        turn.marks.forEach(function (mark) { mark.classList.toggle("other", !on(mark)); });
        if (fits && before && before.asks) { before.turn.hidden = false; }
        if (fits && !turn.asks) { left += 1; any = true; }
        before = turn;
      });
      one.talk.hidden = !any;
      people += any ? 1 : 0;
      one.talk.querySelectorAll(".withheld").forEach(function (note) { note.hidden = active; });
    });
    document.getElementById("filter-clear").disabled = !active;
    box.querySelector("output").textContent = left === 0 ? "Nothing fits. Clear the filters or ask for less." :
      left + (left === 1 ? " turn in " : " turns in ") + people + (people === 1 ? " transcript" : " transcripts");
  }
  function clear() { topic.value = words.value = ""; filter(); }
  var wait = 0;
  topic.addEventListener("input", filter);
  words.addEventListener("input", function () { clearTimeout(wait); wait = setTimeout(filter, 150); });
  document.getElementById("filter-clear").addEventListener("click", function () { clear(); topic.focus(); });
  window.addEventListener("hashchange", function () { reveal(clear); });
  box.hidden = false;
  topic.value = words.value = "";
  reveal(null);
})();
