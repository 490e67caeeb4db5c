import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Vendor } from '@counterfoil/issuer';
import {
  answerRequests,
  type AnsweredRequest,
  type SignWorker,
} from '../../issuer/src/domain/signing/sign-worker.js';
import { spoolSigners, type Spool } from '../../issuer/src/domain/signing/spool-signer.js';
import { makeScratch } from './vendor.js';

/** A portal without keys and the machine that has them, with one folder between them. */
export interface TestSpool {
  readonly folder: string;
  /** The portal's vendor: signs through the spool. */
  readonly portal: Vendor;
  readonly worker: SignWorker;
  /** One look of the worker into the folder. */
  readonly work: () => Promise<readonly AnsweredRequest[]>;
  /** Everything that the worker did while the portal waited. */
  readonly done: AnsweredRequest[];
  readonly names: (part: 'requests' | 'answers' | 'keys') => Promise<readonly string[]>;
  readonly read: (part: 'requests' | 'answers', id: string) => Promise<any>;
  /** Lays a request into the folder by hand. */
  readonly lay: (id: string, value: unknown) => Promise<void>;
}

/** The worker looks into the folder whenever the portal waits, unless `isDown`. */
export async function openSpoolPair(
  vendor: Vendor,
  {
    change = {},
    spool = {},
    isDown = false,
  }: { change?: Partial<SignWorker>; spool?: Partial<Spool>; isDown?: boolean } = {},
): Promise<TestSpool> {
  const folder = join(await makeScratch(), 'spool');
  const worker: SignWorker = {
    vendor: vendor.id,
    trust: vendor.trust,
    limits: {},
    folder,
    now: () => vendor.now,
    signer: vendor.signer,
    ...change,
  };
  const done: AnsweredRequest[] = [];
  const work: TestSpool['work'] = async () => {
    const answered = await answerRequests(worker);
    done.push(...answered);
    return answered;
  };
  const pause: Spool['pause'] = async () => {
    if (!isDown) await work();
  };
  const signer = spoolSigners(
    { folder, now: () => vendor.now, random: vendor.random, pause, ...spool },
    vendor.trust,
  );
  const path = (part: string, id: string): string => join(folder, part, `${id}.json`);
  return {
    folder,
    portal: { ...vendor, signer },
    worker,
    work,
    done,
    names: (part) => readdir(join(folder, part)),
    read: async (part, id) => JSON.parse(await readFile(path(part, id), 'utf8')),
    lay: async (id, value) => {
      await mkdir(join(folder, 'requests'), { recursive: true });
      await writeFile(path('requests', id), typeof value === 'string' ? value : JSON.stringify(value));
    },
  };
}
