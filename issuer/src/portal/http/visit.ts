import type { Request, RequestHandler, Response } from 'express';
import { actorOf, type AccountDesk } from '../../domain/accounts/account-desk.js';
import { findSession, type OpenedSession } from '../../domain/accounts/session.js';
import type { Tries } from '../../domain/accounts/tries.js';
import type { Account, Session } from '../../register/account-store.js';
import type { Portal } from '../portal.js';
import { readCookie, setCookie } from './cookies.js';
import { setVisitor, visitorOf } from './visitor.js';

/** Somebody between the two steps of a sign-in. */
export interface HalfSignedIn {
  readonly account: Account;
  readonly session: Session;
}

const halves = new WeakMap<Request, HalfSignedIn>();
const sessions = new WeakMap<Request, Session>();

/** Finds out who asks, by the session cookie. */
export function findVisitor(portal: Portal): RequestHandler {
  return async (request, response, next) => {
    const token = readCookie(portal, request, 'session');
    if (token !== undefined) {
      const desk = { accounts: portal.store.accounts, now: portal.now() };
      const found = await findSession(desk, token);
      if (found === undefined) setCookie(portal, response, 'session', undefined);
      else {
        sessions.set(request, found.session);
        if (found.session.stage === 'full') setVisitor(request, { kind: found.account.kind, ...found });
        else halves.set(request, found);
      }
    }
    next();
  };
}

/** Who has given a password and no code yet. */
export const halfSignedIn = (request: Request): HalfSignedIn | undefined => halves.get(request);

/** The session that a request belongs to, whatever its stage. */
export const sessionOf = (request: Request): Session | undefined => sessions.get(request);

/** The desk of the use cases of accounts, at the instant of this request. */
export function accountDesk(portal: Portal, tries: Tries, request: Request): AccountDesk {
  const visitor = visitorOf(request);
  const account = visitor.kind === 'nobody' ? halfSignedIn(request)?.account : visitor.account;
  return {
    accounts: portal.store.accounts,
    now: portal.now(),
    random: portal.random,
    secret: portal.secret,
    tries,
    actor: account === undefined ? 'portal' : actorOf(account),
  };
}

/** Hands a new session to the browser. */
export function keepSession(portal: Portal, response: Response, { token }: OpenedSession): void {
  setCookie(portal, response, 'session', token);
}
