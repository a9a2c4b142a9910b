// A field and a function that finds flow in; a list below the field flows out, to be chosen from by key, finger or mouse. What is
// typed may always stand as it is.

export interface Choice {
  readonly text: string;
  readonly note?: string;
  readonly pick: () => void;
}

const PAUSE = 200;
let count = 0;

export function suggest(input: HTMLInputElement, find: (text: string) => Promise<readonly Choice[]>): void {
  const list = document.createElement("ul");
  list.className = "choices";
  list.id = `choices-${++count}`;
  list.setAttribute("role", "listbox");
  list.hidden = true;
  input.setAttribute("role", "combobox");
  input.setAttribute("aria-autocomplete", "list");
  input.setAttribute("aria-expanded", "false");
  input.setAttribute("aria-controls", list.id);
  input.autocomplete = "off";
  input.after(list);
  const label = input.labels?.[0]?.textContent ?? input.getAttribute("aria-label") ?? "";
  list.setAttribute("aria-label", label.trim());
  let choices: readonly Choice[] = [];
  let [at, turn, timer] = [-1, 0, 0];

  function close(): void {
    turn++;
    window.clearTimeout(timer);
    list.hidden = true;
    at = -1;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  }

  function pick(choice: Choice | undefined): void {
    close();
    if (!choice) return;
    choice.pick();
    input.dispatchEvent(new CustomEvent("chosen", { bubbles: true }));
  }

  function show(found: readonly Choice[]): void {
    choices = found;
    list.textContent = "";
    found.forEach((choice, place) => {
      const row = document.createElement("li");
      row.id = `${list.id}-${place}`;
      row.setAttribute("role", "option");
      row.setAttribute("aria-selected", "false");
      const name = document.createElement("bdi");
      name.textContent = choice.text;
      row.append(name);
      if (choice.note) {
        const note = document.createElement("span");
        note.textContent = choice.note;
        row.append(" ", note);
      }
      row.addEventListener("pointerdown", (event) => event.preventDefault());
      row.addEventListener("click", () => pick(choice));
      list.append(row);
    });
    list.hidden = !found.length;
    input.setAttribute("aria-expanded", String(!!found.length));
    at = -1;
  }

  function move(step: number): void {
    at = (at + step + choices.length + (at < 0 && step < 0 ? 1 : 0)) % choices.length;
    [...list.children].forEach((row, place) => row.setAttribute("aria-selected", String(place === at)));
    input.setAttribute("aria-activedescendant", `${list.id}-${at}`);
    list.children[at]?.scrollIntoView({ block: "nearest" });
  }

  input.addEventListener("input", () => {
    const mine = ++turn;
    window.clearTimeout(timer);
    timer = window.setTimeout(async () => {
      const text = input.value.trim();
      const found = text ? await find(text) : [];
      // A form that fills itself in is typed into by nobody.
      if (mine === turn && document.activeElement === input) show(found);
    }, PAUSE);
  });
  input.addEventListener("keydown", (event) => {
    if (list.hidden || event.isComposing) return;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") move(event.key === "ArrowDown" ? 1 : -1);
    else if (event.key === "Enter" && at >= 0) pick(choices[at]);
    else if (event.key === "Escape") close();
    else return;
    event.preventDefault();
  });
  input.addEventListener("blur", close);
}
