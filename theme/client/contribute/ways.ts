// What is to be sent flows in; it leaves by mail, share sheet, forge, file or clipboard, whichever of them this browser and this
// commons have. Each way has another behind it, and each says what it did.

import { say } from "../base/say";
import { editAddress, letter, mailAddress, newAddress, type Sending } from "./sending";

export interface Parcel {
  /** Where the file lies in the repository. */
  readonly file: string;
  readonly subject: string;
  readonly text: string;
  readonly isEdit: boolean;
  /** The checksum of the text that an edit began with. */
  readonly began?: string;
  /** What a mail says where the text would be too long for one. */
  readonly short?: string;
}

export type Way = "send" | "propose" | "save" | "copy";

const nameOf = (file: string): string => file.slice(file.lastIndexOf("/") + 1);

/** Sends by one way; gives what happened, in the reader's words. */
export async function leave(way: Way, parcel: Parcel, sending: Sending): Promise<string> {
  switch (way) {
    case "send":
      return send(parcel, sending);
    case "propose":
      return propose(parcel, sending);
    case "save":
      return save(parcel);
    case "copy":
      return (await copied(parcel.text)) ? say("It is copied: paste it wherever you like.") : save(parcel);
  }
}

async function send(parcel: Parcel, { mail }: Sending): Promise<string> {
  const body = letter(parcel.file, parcel.text, parcel.began);
  const whole = mail ? mailAddress(mail, parcel.subject, body) : null;
  const address = whole && !whole.whole && parcel.short ? mailAddress(mail, parcel.subject, parcel.short) : whole;
  if (address?.whole) {
    open(address.url);
    return say("Your mail program opens with the text in it. Nothing is sent before you send it there.");
  }
  if (await shared(parcel)) return say("It is handed over.");
  if (!address) return `${save(parcel)} ${say("Hand it to the people of this commons.")}`;
  if (await copied(body)) {
    open(address.url);
    return say("The text is too long for an address and is copied: paste it into the mail.");
  }
  const saved = save(parcel);
  open(address.url);
  return `${saved} ${say("Attach it to the mail.")}`;
}

async function propose(parcel: Parcel, sending: Sending): Promise<string> {
  const address = parcel.isEdit ? editAddress(sending, parcel.file) : newAddress(sending, parcel.file, parcel.text);
  if (!address) return save(parcel);
  // The clipboard answers only to the page that is in front: it comes before the new tab.
  const [whole, copy] = [address.whole, address.whole ? false : await copied(parcel.text)];
  open(address.url);
  const fork = sending.forge === "forgejo" ? ` ${say("You may have to make a copy of the repository (a fork) first.")}` : "";
  if (whole) return say("The editor opens in a new tab with the text in it. Your draft stays here.") + fork;
  const how = parcel.isEdit ? say("put it in place of all that is there.") : say("paste it there.");
  if (copy) return `${say("The text is copied, and the editor opens in a new tab:")} ${how}${fork}`;
  return `${save(parcel)} ${say("The editor opens in a new tab: open the saved file and copy its text there.")}${fork}`;
}

function save(parcel: Parcel): string {
  const url = URL.createObjectURL(new Blob([parcel.text], { type: "text/yaml" }));
  const link = document.createElement("a");
  link.href = url;
  link.download = nameOf(parcel.file);
  document.body.append(link);
  link.click();
  link.remove();
  window.setTimeout(() => URL.revokeObjectURL(url), 60_000);
  return say("It is saved as {name}.", { name: nameOf(parcel.file) });
}

function open(url: string): void {
  const link = document.createElement("a");
  link.href = url;
  if (!url.startsWith("mailto:")) {
    link.target = "_blank";
    link.rel = "noopener";
  }
  document.body.append(link);
  link.click();
  link.remove();
}

async function shared(parcel: Parcel): Promise<boolean> {
  if (!navigator.share) return false;
  try {
    const file = new File([parcel.text], nameOf(parcel.file).replace(/\.yaml$/, ".txt"), { type: "text/plain" });
    const whole = { title: parcel.subject, files: [file] };
    const plain = { title: parcel.subject, text: letter(parcel.file, parcel.text, parcel.began) };
    await navigator.share(navigator.canShare?.(whole) ? whole : plain);
    return true;
  } catch (reason) {
    return false;
  }
}

/** Over plain http browsers have no clipboard to write to; the old way still works there. */
export async function copied(text: string): Promise<boolean> {
  try {
    if (navigator.clipboard) {
      await navigator.clipboard.writeText(text);
      return true;
    }
  } catch (reason) {
    // Then the old way.
  }
  const field = document.createElement("textarea");
  field.value = text;
  field.className = "vh";
  field.style.whiteSpace = "pre"; // what a class of the theme lets collapse is lost in the copy
  field.readOnly = true;
  document.body.append(field);
  field.select();
  let done = false;
  try {
    done = document.execCommand("copy");
  } catch (reason) {
    done = false;
  }
  field.remove();
  return done;
}
