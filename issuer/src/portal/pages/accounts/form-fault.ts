import { CounterfoilError, describe } from '@counterfoil/schemas';
import type { Request } from 'express';
import { errorTexts } from '../../texts/error-texts.js';
import { prefersJson } from '../send-page.js';
import type { FormError } from '../components/error-summary.js';

/** A fault that a form says again, beside what was typed. */
export interface FormFault {
  readonly status: number;
  readonly errors: readonly FormError[];
  readonly code: string;
}

/** What a form is to say of a fault; throws it again where a page with the form is no answer to it. */
export function formFaultOf(request: Request, error: unknown, fields: readonly string[]): FormFault {
  if (!(error instanceof CounterfoilError) || error.entry.http >= 500 || prefersJson(request)) throw error;
  const { entry, detail, code } = error;
  const text = `${errorTexts.sentence(describe(entry, detail))} ${errorTexts.sentence(entry.hint)}`;
  const field = fields.find((name) => name === detail.where);
  return { status: entry.http, code, errors: [field === undefined ? { text } : { field, text }] };
}
