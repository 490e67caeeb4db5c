import { codeTable, documentRow as row, faultsOf, type CounterfoilError, type Detail } from './error.js';

const CARRY =
  'copy the file again as an attachment or archive, without opening and saving it in between, or let counterfoil-host doctor repair it';
const REISSUE =
  'ask the vendor for a file issued by its current tools; this one was changed or made by another program';

/** What can be wrong with the form of a file, whatever it says (license-file.md, clauses 2 to 5). */
export const formatCodes = codeTable({
  'file-too-large': row(
    'the file is larger than any license',
    'check that this is the file that the vendor sent',
    'administrator',
    1,
    413,
  ),
  'file-empty': row('the file is empty', CARRY, 'administrator'),
  utf8: row('the text is not UTF-8', CARRY, 'administrator'),
  'file-line-ends': row('the line ends were changed on the way', CARRY, 'administrator'),
  'file-text': row(
    'the text before the first block has something that no license writes',
    CARRY,
    'administrator',
  ),
  'file-blocks': row('the blocks of the file are not those of this kind of file', CARRY, 'administrator'),
  'armor-boundary': row('a BEGIN or END line is missing or changed', CARRY, 'administrator'),
  'armor-label': row(
    'a block has an unknown label',
    'check that this is the file that the vendor sent, and that the program is new enough',
    'administrator',
  ),
  'armor-truncated': row('the file ends in the middle of a block', CARRY, 'administrator'),
  'armor-body': row('the lines of a block were broken or joined on the way', CARRY, 'administrator'),
  'document-too-large': row('a document is larger than its kind may be', REISSUE, 'vendor', 1, 413),
  base64url: row('a part is not canonical base64url', CARRY, 'administrator'),
  base64: row('a block is not canonical base64', CARRY, 'administrator'),
  'json-syntax': row('the JSON text has an error', REISSUE),
  'json-object': row('the JSON text is not an object', REISSUE),
  'json-duplicate-key': row('a JSON object names a member twice', REISSUE),
  'json-forbidden-key': row('a JSON object has a forbidden member', REISSUE),
  'json-depth': row('the JSON text is nested too deep', REISSUE),
  'json-number': row('a JSON number is not a safe integer', REISSUE),
  'jws-parts': row('the document is not a compact JWS', CARRY, 'administrator'),
  'jws-general': row('the document is not a general JSON JWS', REISSUE),
  'jws-signature': row('the signature has the wrong length', CARRY, 'administrator'),
  'header-crit': row('the header demands extensions', REISSUE),
  'header-key': row('the header brings its own key', REISSUE),
  'header-member': row('the header has an unknown member', REISSUE),
  'header-value': row('a member of the header is missing or no text', REISSUE),
  'typ-mismatch': row(
    'this is another kind of document',
    'use the file for what it was made for',
    'administrator',
  ),
  'alg-not-allowed': row('the signature algorithm is not allowed', REISSUE),
  'license-id': row(
    'the license id is mistyped',
    'compare it with the file or the list; the last character is a check digit',
    'administrator',
    2,
    400,
  ),
});

export type FormatCode = keyof typeof formatCodes;

/** The error of a format code. */
export const formatFault: (code: FormatCode, detail?: Detail) => CounterfoilError = faultsOf(formatCodes);
