import { STATUS_CODES } from 'node:http';
import type { ErrorRequestHandler, Request, RequestHandler, Response } from 'express';
import { CounterfoilError, describe } from '@counterfoil/schemas';
import { issuerFault } from '../../codes.js';
import { prefersJson, sendPage } from '../pages/send-page.js';
import type { Portal } from '../portal.js';
import { errorTexts as texts } from '../texts/error-texts.js';
import { answerCutOff } from './read-body.js';

/** An answer of RFC 9457; the type is the code. */
interface Problem {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail?: string;
  readonly hint: string;
}

/** Ends in nothing: what no route has answered. */
export const answerUnknown: RequestHandler = (request) => {
  throw issuerFault('page-unknown', { where: request.path });
};

/** What express itself throws, such as for an address that cannot be decoded, has a status; all else is ours. */
function asFault(error: unknown): CounterfoilError {
  if (error instanceof CounterfoilError) return error;
  const status = error instanceof Error && 'status' in error ? Number(error.status) : 500;
  if (status >= 400 && status < 500) return issuerFault('request-invalid', { cause: error });
  return issuerFault('internal', { cause: error });
}

/** What a visitor is told: of faults inside no more than that there is one. */
function problemOf({ code, entry, detail }: CounterfoilError): Problem {
  const { message: title, http: status, hint } = entry;
  if (status >= 500) return { type: code, title, status, hint: texts.inside };
  return { type: code, title, status, detail: describe(entry, detail), hint };
}

const wantsSignIn = (request: Request, { type }: Problem): boolean =>
  type === 'session-missing' && !prefersJson(request);

/** Where to come back to after signing in: a page, never a form. */
function signInPath({ method, originalUrl }: Request): string {
  const isPage = method === 'GET' || method === 'HEAD';
  return isPage ? `/sign-in?to=${encodeURIComponent(originalUrl)}` : '/sign-in';
}

function sendProblem(request: Request, response: Response, problem: Problem): void {
  const { status, title, detail, hint, type } = problem;
  response.vary('Accept');
  if (prefersJson(request)) {
    response.status(status).type('application/problem+json').send(JSON.stringify(problem));
    return;
  }
  const heading = texts.headings[status] ?? STATUS_CODES[status] ?? texts.heading;
  const body = (
    <>
      <h1>{heading}</h1>
      <p role="alert">{texts.sentence(detail ?? title)}</p>
      <p>{texts.sentence(hint)}</p>
      <p>
        <small>
          {texts.code} <code>{type}</code>
        </small>
      </p>
    </>
  );
  sendPage(request, response, { title: heading, status, body, data: problem });
}

/** The one place where a fault becomes an answer: a redirect, a page, or problem+json. */
export function answerFault({ report }: Portal): ErrorRequestHandler {
  // Express knows an error handler by its four parameters.
  return (error: unknown, request, response, next) => {
    const fault = asFault(error);
    const problem = problemOf(fault);
    if (problem.status >= 500) report(error);
    if (response.headersSent) {
      // What express does with it is to hang up.
      next(error);
      return;
    }
    answerCutOff(request, response);
    if (wantsSignIn(request, problem)) {
      response.redirect(303, signInPath(request));
      return;
    }
    try {
      sendProblem(request, response, problem);
    } catch (second) {
      // The page itself is what fails: say it without one.
      report(second);
      response.status(problem.status).type('text').send(`${problem.title}\n`);
    }
  };
}
