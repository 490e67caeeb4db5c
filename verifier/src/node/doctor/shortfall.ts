import {
  CounterfoilError,
  decodeBase64url,
  decodeBody,
  decodeUtf8,
  documents,
  parseCompactJws,
  parseGeneralJws,
  parseJsonObject,
  type DocumentName,
} from '@counterfoil/schemas';

/** Characters of a signature of 64 bytes in base64url. */
const SIGNATURE = 86;

/** The fault of one document's own form, or undefined where it is whole. */
export function faultOfBody(document: DocumentName, body: string): CounterfoilError | undefined {
  try {
    if (documents[document].form === 'compact') {
      parseCompactJws(body, document);
    } else {
      const bytes = decodeBody({ document, body });
      if (documents[document].form === 'general') {
        const { payload } = parseGeneralJws(decodeUtf8(bytes, document), document);
        parseJsonObject(decodeBase64url(payload, document), document);
      }
    }
    return undefined;
  } catch (error) {
    if (error instanceof CounterfoilError) return error;
    throw error;
  }
}

export const isComplete = (document: DocumentName, body: string): boolean =>
  body !== '' && faultOfBody(document, body) === undefined;

/** By how much a body is too short, as far as that can be known. */
export function shortfallOf(document: DocumentName, body: string): string {
  const count = String(body.length);
  if (body === '') return 'an empty block';
  if (documents[document].form !== 'compact') {
    const bytes = String(Math.floor((body.length * 3) / 4));
    return `${count} characters of base64 (${bytes} bytes), which are not the whole document`;
  }
  const parts = body.split('.');
  const names = ['header', 'payload', 'signature'];
  if (parts.length < 3) {
    return `${count} characters, which end in the ${String(names[parts.length - 1])}: none of the ${String(SIGNATURE)} characters of the signature`;
  }
  const length = parts[2]?.length ?? 0;
  const missing = SIGNATURE - length;
  const all = `${String(length)} of the ${String(SIGNATURE)} characters of the signature`;
  return missing > 0 ? `${all}: ${String(missing)} are missing` : all;
}

/** What is said of a body that has its END line and is not whole all the same, where its length tells. */
export function lengthFault(document: DocumentName, body: string): string | undefined {
  if (documents[document].form === 'compact') {
    const parts = body.split('.');
    const odd = parts.findIndex((part) => part.length % 4 === 1);
    if (parts.length !== 3 || (parts[2]?.length ?? 0) < SIGNATURE) return shortfallOf(document, body);
    const name = ['header', 'payload', 'signature'][odd];
    return name === undefined
      ? undefined
      : `a ${name} from which at least one character is missing, or to which some were added`;
  }
  const over = body.length % 4;
  return over === 0
    ? undefined
    : `${String(body.length)} characters of base64, where a multiple of 4 has to be`;
}
