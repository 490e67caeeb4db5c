import type { Request, RequestHandler } from 'express';
import { issuerFault } from '../../codes.js';
import { parseMultipart, type Form, type UploadedFile } from './multipart.js';
import { readBody, type BodyLimit } from './read-body.js';

/** What a form may weigh, and what one with a file. */
const FORM_LIMIT: BodyLimit = { bytes: 64 * 1024, code: 'body-too-large' };
const UPLOAD_LIMIT: BodyLimit = { bytes: 2 * 1024 * 1024, code: 'upload-too-large' };
const MOST_FIELDS = 200;

const EMPTY: Form = { fields: new Map(), files: new Map() };
const forms = new WeakMap<Request, Form>();

/** The form that was sent; empty where none was. */
export const formOf = (request: Request): Form => forms.get(request) ?? EMPTY;

/** What was typed into a field; the empty text where nothing was. */
export const fieldOf = (request: Request, name: string): string => formOf(request).fields.get(name) ?? '';

/** The file of a field; undefined where none was chosen, which browsers send as an empty file without a name. */
export function uploadOf(request: Request, name: string): UploadedFile | undefined {
  const file = formOf(request).files.get(name);
  return file === undefined || (file.name === '' && file.bytes.length === 0) ? undefined : file;
}

function parseUrlencoded(text: string): Form {
  if (text !== '' && text.split('&').length > MOST_FIELDS) {
    throw issuerFault('request-invalid', { expected: `at most ${MOST_FIELDS} fields` });
  }
  const fields = new Map<string, string>();
  for (const [name, value] of new URLSearchParams(text)) {
    // Whoever reads the first and whoever reads the last would see two forms.
    if (fields.has(name)) throw issuerFault('request-invalid', { expected: 'each field once', where: name });
    fields.set(name, value);
  }
  return { fields, files: new Map() };
}

/** Throws `request-invalid` for a field with a NUL, which no keyboard types and PostgreSQL cannot keep. */
function requireTexts(form: Form): Form {
  for (const [name, value] of form.fields) {
    if (!value.includes('\0')) continue;
    throw issuerFault('request-invalid', { where: name, expected: 'text', actual: 'a NUL' });
  }
  return form;
}

/**
 * Reads the form of a POST: urlencoded, or with files where the path takes them.
 *
 * Throws `body-type`, `body-too-large`, `upload-too-large`, `multipart-broken`, `request-invalid`.
 */
export function readForm(uploadPaths: ReadonlySet<string>): RequestHandler {
  return async (request, _response, next) => {
    if (request.method === 'POST') {
      const type = request.get('content-type') ?? '';
      const [kind = ''] = type.toLowerCase().split(';');
      if (kind.trim() === 'application/x-www-form-urlencoded') {
        const body = await readBody(request, FORM_LIMIT);
        forms.set(request, requireTexts(parseUrlencoded(body.toString('utf8'))));
      } else if (kind.trim() === 'multipart/form-data' && uploadPaths.has(request.path)) {
        forms.set(request, requireTexts(parseMultipart(type, await readBody(request, UPLOAD_LIMIT))));
      } else {
        throw issuerFault('body-type', { expected: 'a form', actual: type === '' ? 'no type' : type });
      }
    }
    next();
  };
}
