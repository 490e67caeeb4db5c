import { CounterfoilError, type JsonValue } from '@counterfoil/schemas';
import type { Instant } from '@counterfoil/verifier';
import type { Vendor } from '../vendor.js';
import { requireSignable, type SigningRules } from './check-request.js';
import {
  announcedKey,
  buildAnnouncement,
  parseRequest,
  SPOOL_ROLES,
  SPOOLED,
  type SigningAnswer,
  type SpoolRole,
} from './signing-request.js';
import { listSpool, openSpool, readSpool, removeSpool, sweepDrafts, writeSpool } from './spool-folder.js';

/** A machine with keys that answers through a spool folder. */
export interface SignWorker extends Omit<SigningRules, 'now'> {
  readonly folder: string;
  readonly now: () => Instant;
  readonly signer: Vendor['signer'];
}

/** What a worker did with a request. */
export interface AnsweredRequest {
  readonly id: string;
  /** Why it was not signed. */
  readonly refused?: CounterfoilError;
}

/** How long an answer waits for whoever asked, in seconds: the one who asked has given up long before. */
const ANSWER_AGE = 3600;

/**
 * Answers every request that lies in the spool, each once, and clears away what killed processes left.
 *
 * A request that is refused gets an answer with the code. Throws `spool-unusable`, and what opening the keys throws.
 */
export async function answerRequests(worker: SignWorker): Promise<readonly AnsweredRequest[]> {
  const { folder } = worker;
  await openSpool(folder);
  await sweepDrafts(folder, worker.now());
  await announceKeys(worker);
  const answered = await sweepAnswers(worker);
  const done: AnsweredRequest[] = [];
  for (const id of await listSpool(folder, 'requests')) {
    if (!answered.has(id)) done.push(await answerRequest(worker, id));
    // Only now: a worker that is killed before finds either the request or both.
    await removeSpool(folder, 'requests', id);
  }
  return done;
}

/** Which keys answer: of several in the trust root, a portal cannot know which one its worker holds. */
async function announceKeys({ folder, now, signer }: SignWorker): Promise<void> {
  for (const role of SPOOL_ROLES) {
    const { kid } = await signer(role);
    if (announcedKey(await readAnnounced(folder, role)) === kid) continue;
    await writeSpool(folder, 'keys', { id: role, value: buildAnnouncement(kid), now: now() });
  }
}

async function readAnnounced(folder: string, role: SpoolRole): Promise<JsonValue | undefined> {
  try {
    return await readSpool(folder, 'keys', role);
  } catch (error) {
    if (error instanceof CounterfoilError) return undefined;
    throw error;
  }
}

async function answerRequest(worker: SignWorker, id: string): Promise<AnsweredRequest> {
  const { folder } = worker;
  const now = worker.now();
  const head = { counterfoil: 'signing-answer', version: 1, id, at: now } as const;
  const reply = (value: SigningAnswer): Promise<void> =>
    writeSpool(folder, 'answers', { id, value, now: worker.now() });
  let signature: string;
  try {
    signature = await signRequest(worker, id, now);
  } catch (error) {
    if (!(error instanceof CounterfoilError)) throw error;
    await reply({ ...head, code: error.code });
    return { id, refused: error };
  }
  await reply({ ...head, signature });
  return { id };
}

async function signRequest(worker: SignWorker, id: string, now: Instant): Promise<string> {
  const request = parseRequest(id, await readSpool(worker.folder, 'requests', id));
  const signer = await worker.signer(request.role);
  const bytes = requireSignable(request, signer.kid, { ...worker, now });
  return (await signer.signJws(SPOOLED[request.role], bytes)).signature;
}

/** Removes answers that nobody came for, and gives the ids of the others. */
async function sweepAnswers({ folder, now }: SignWorker): Promise<ReadonlySet<string>> {
  const kept = new Set<string>();
  for (const id of await listSpool(folder, 'answers')) {
    if ((await ageOf(folder, id, now())) <= ANSWER_AGE) kept.add(id);
    else await removeSpool(folder, 'answers', id);
  }
  return kept;
}

async function ageOf(folder: string, id: string, now: Instant): Promise<number> {
  try {
    const value = await readSpool(folder, 'answers', id);
    const at = (value as { readonly at?: unknown } | undefined)?.at;
    return typeof at === 'number' ? now - at : Infinity;
  } catch (error) {
    if (error instanceof CounterfoilError) return Infinity;
    throw error;
  }
}
