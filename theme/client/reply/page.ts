// The script of a page that can be answered: what is written into its small form leaves by mail, to the forge, or as a file.
// Nobody else hears of it, and nothing is sent by itself.

import { addWords, say } from "../base/say";
import type { Sending } from "../contribute/sending";
import { leave, type Way } from "../contribute/ways";
import { commentText, nameOf } from "./comment";

interface Told {
  readonly folder: string;
  readonly subject: string;
  readonly language: string;
  readonly sending: Sending;
  readonly words: Readonly<Record<string, string>>;
}

const form = document.querySelector<HTMLFormElement>("#reply-form");
const told = form?.dataset["of"];
if (form && told) begin(form, JSON.parse(told) as Told);

function begin(form: HTMLFormElement, told: Told): void {
  addWords(told.words);
  const text = form.querySelector<HTMLTextAreaElement>("#reply-text")!;
  const name = form.querySelector<HTMLInputElement>("#reply-name")!;
  const said = form.querySelector<HTMLElement>("#reply-said")!;
  const to = form.querySelector<HTMLElement>("#reply-to")!;
  let answers = "";

  const answer = (id: string, words: string): void => {
    answers = id;
    to.hidden = !id;
    to.querySelector("span")!.textContent = words;
    if (id) text.focus();
  };
  for (const link of document.querySelectorAll<HTMLElement>("[data-answer]")) {
    link.addEventListener("click", () => {
      const head = link.closest("li")?.querySelector("p")?.textContent ?? "";
      answer(link.dataset["answer"] ?? "", say("You answer: {who}", { who: head.split("·")[0]!.trim() }));
    });
  }
  to.querySelector("button")!.addEventListener("click", (event) => {
    event.preventDefault();
    answer("", "");
  });
  form.addEventListener("submit", (event) => event.preventDefault());
  for (const button of form.querySelectorAll<HTMLButtonElement>("[data-way]")) {
    button.addEventListener("click", (event) => {
      event.preventDefault();
      if (!text.value.trim()) {
        said.textContent = say("Write something first.");
        text.focus();
        return;
      }
      const day = new Date().toISOString().slice(0, 10);
      const file = `${told.folder}${nameOf(day)}.md`;
      const written = commentText({ text: text.value, name: name.value, language: told.language, day, answers });
      const parcel = { file, subject: told.subject, text: written, isEdit: false };
      void leave(button.dataset["way"] as Way, parcel, told.sending).then((words) => (said.textContent = words));
    });
  }
  for (const one of document.querySelectorAll<HTMLElement>("#reply .without")) one.hidden = true;
  form.hidden = false;
}
