/** What must not leave a host in a support bundle. */
export interface Secrets {
  /** The data folder, which is shown as `<data>`. */
  readonly folder?: string;
  /** Names and identities, by what is shown in their place: `<licensee>`. */
  readonly words: readonly (readonly [shown: string, secret: string])[];
}

/** An absolute path: on Windows from a drive or a share on; a link's `//` is none. */
const PATH = /(?<![\w:/<>.])\/[^\s/,;)]+(?:\/[^\s,;)]*)*|\b[A-Za-z]:\\[^\s,;)]+|\\\\[^\s,;)]+/g;
/** Shorter ones would be found in other words. */
const SHORTEST = 2;

/** A function that takes secrets and the paths outside the data folder out of a text. */
export function redactor({ folder, words }: Secrets): (text: string) => string {
  const known = [...(folder === undefined ? [] : [['<data>', folder] as const]), ...words]
    .filter(([, secret]) => secret.length >= SHORTEST)
    // The longest first: a name may be part of a path, and a short name of a longer one.
    .sort(([, a], [, b]) => b.length - a.length);
  return (text) =>
    known
      .reduce((clean, [shown, secret]) => clean.replaceAll(secret, () => shown), text)
      .replace(PATH, '<path>');
}
