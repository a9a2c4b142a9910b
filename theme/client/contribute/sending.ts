// What is to be sent flows in; addresses flow out: of a mail, and of the forge's editor. The limits are those of browsers, mail
// programs and forges; an address that would be longer leaves the text out, and says so. tests/vectors/sending.json holds
// the forges' addresses to render/shared/forge.py.

export const LONGEST = 6_000;
export const LONGEST_MAIL = 1_800;

export interface Sending {
  readonly forge: "github" | "gitlab" | "gitea" | "forgejo" | "";
  readonly repository: string;
  readonly branch: string;
  readonly mail: string;
}

export interface Address {
  readonly url: string;
  /** Whether the text is in it; else it has to be pasted. */
  readonly whole: boolean;
}

const signs = (text: string): string => encodeURIComponent(text).replace(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);
const path = (text: string): string => text.split("/").map(signs).join("/");

export function newAddress({ forge, repository, branch }: Sending, file: string, text: string): Address | null {
  const slash = file.lastIndexOf("/");
  const inGitea = `_new/${path(branch)}/${path(file.slice(0, slash))}?filename=${path(file.slice(slash + 1))}`;
  const starts = {
    github: `new/${path(branch)}?filename=${path(file)}`,
    gitlab: `-/new/${path(branch)}?file_name=${signs(file)}`,
    gitea: inGitea,
    forgejo: inGitea,
  };
  if (!forge || !repository) return null;
  const short = `${repository}/${starts[forge]}`;
  const full = `${short}&value=${signs(text)}`;
  return forge !== "gitlab" && full.length <= LONGEST ? { url: full, whole: true } : { url: short, whole: false };
}

export function editAddress({ forge, repository, branch }: Sending, file: string): Address | null {
  const starts = { github: "edit/", gitlab: "-/edit/", gitea: "_edit/", forgejo: "_edit/" };
  if (!forge || !repository) return null;
  return { url: `${repository}/${starts[forge]}${path(branch)}/${path(file)}`, whole: false };
}

/** The text that a mail carries: what `inbox import` finds its way in, between two lines that say which file it is, and with which
 * text an edit of it began. */
export function letter(file: string, text: string, began = ""): string {
  return `----- ${file}${began && ` #${began}`} -----\n${text}----- end -----\n`;
}

export function mailAddress(mail: string, subject: string, body: string): Address {
  const short = `mailto:${signs(mail).replace(/%40/g, "@")}?subject=${signs(subject)}`;
  const full = `${short}&body=${signs(body.replace(/\n/g, "\r\n"))}`;
  return full.length <= LONGEST_MAIL ? { url: full, whole: true } : { url: short, whole: false };
}
