/** Requests that one address may make; `any` in a minute, the others in a quarter of an hour. */
export interface Rates {
  readonly any: number;
  /** Passwords, codes and links that are tried. */
  readonly signIn: number;
  /** Uploads and asks. */
  readonly upload: number;
}

export const RATES: Rates = Object.freeze({ any: 600, signIn: 30, upload: 60 });
