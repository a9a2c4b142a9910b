// Served by `auzolan serve` only, never written into a site: reloads the open page after a build and shows findings in it.
(function () {
  "use strict";
  var box = null;
  function show(state) {
    if (box) box.remove();
    box = null;
    if (!state) return;
    box = document.createElement("details");
    box.setAttribute("role", "status");
    box.className = "auzolan-findings";
    // What stops the build is in the way; what does not waits to be asked for.
    box.open = state.failed;
    var title = document.createElement("summary");
    title.textContent = state.heading;
    var list = document.createElement("pre");
    list.textContent = state.findings;
    box.appendChild(title);
    box.appendChild(list);
    document.body.insertBefore(box, document.body.firstChild);
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
