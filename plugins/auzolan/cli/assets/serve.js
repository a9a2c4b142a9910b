// Served by `auzolan serve` only, never written into a site: reloads the open page after a build and shows findings in it.
(function () {
  "use strict";
  var box = null;
  function show(text) {
    if (!text) {
      if (box) box.remove();
      box = null;
      return;
    }
    if (!box) {
      box = document.createElement("aside");
      box.setAttribute("role", "status");
      box.className = "auzolan-findings";
      document.body.insertBefore(box, document.body.firstChild);
    }
    box.textContent = "";
    var title = document.createElement("strong");
    title.textContent = text.heading;
    var list = document.createElement("pre");
    list.textContent = text.findings;
    box.appendChild(title);
    box.appendChild(list);
  }
  var seen = null;
  var events = new EventSource("/_auzolan/events");
  events.onmessage = function (event) {
    var state = JSON.parse(event.data);
    if (seen !== null && state.built !== seen) {
      location.reload();
      return;
    }
    seen = state.built;
    show(state.findings ? state : null);
  };
})();
