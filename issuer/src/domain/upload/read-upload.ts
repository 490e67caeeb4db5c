import { parseFile } from '@counterfoil/schemas';
import {
  notAsked,
  openShard,
  stateAt,
  verifyLicense,
  type Instant,
  type LicenseContent,
  type Rejected,
  type Trust,
  type Verdict,
  type VerifyContext,
} from '@counterfoil/verifier';
import { checkGenuine, kindOfFile, nodeEngine, repairFile } from '@counterfoil/verifier/node';
import type { IssuedFile, Register } from '../../register/register.js';
import type { Standing, Upload, UploadFinding } from './upload.js';

/**
 * Says what uploaded bytes are: mended like a host's doctor does, verified by what products trust, and looked for in the register.
 *
 * What is wrong with the bytes is a value. Throws what the register throws.
 */
export async function readUpload(
  register: Register,
  trust: Trust,
  bytes: Uint8Array,
  now: Instant,
): Promise<Upload> {
  const { repairs, text, problem } = repairFile(bytes, (mended) => checkGenuine(trust, mended));
  const looksLike = kindOfFile(bytes);
  const seen = { repairs, ...(looksLike === undefined ? {} : { looksLike }) };
  if (problem !== undefined || text === undefined) {
    if (problem === undefined) throw new TypeError('expected a text or a problem, got neither');
    return { ...seen, finding: { type: 'problem', problem } };
  }
  if (parseFile(text).blocks[0]?.document !== 'license')
    return { ...seen, finding: { type: 'other-document' } };
  return { ...seen, finding: await judge(register, trust, text, now) };
}

async function judge(register: Register, trust: Trust, text: string, now: Instant): Promise<UploadFinding> {
  const context: VerifyContext = { engine: nodeEngine, trust, product: notAsked, host: notAsked, now };
  const { claims } = requireGenuine(verifyLicense(text, context)).license;
  const filed = await findFiled(register, claims);
  const shard = filed === undefined ? undefined : await register.findShard(filed.shard);
  const shards = shard === undefined ? [] : [openShard(nodeEngine, trust, shard.token)];
  const verdict = requireGenuine(verifyLicense(text, { ...context, shards }));
  const standing = await standingOf(register, filed);
  return verdict.arm === 'usable'
    ? { type: 'license', claims, state: verdict.state, standing }
    : {
        type: 'license',
        claims,
        state: stateAt(claims, now, undefined).state,
        missing: verdict.finding,
        standing,
      };
}

/** The doctor has found it genuine by the same rules. */
function requireGenuine(verdict: Verdict): Exclude<Verdict, Rejected> {
  if (verdict.arm !== 'rejected') return verdict;
  throw new TypeError(`expected a genuine license, got ${verdict.finding.code}`);
}

/** The counterfoil of a license: ids and revisions repeat when a register was lost, the file's own id does not. */
async function findFiled(
  register: Register,
  { jti, license: { id, revision } }: LicenseContent,
): Promise<IssuedFile | undefined> {
  const filed = await register.findFile(id, revision);
  return filed?.jti === jti ? filed : undefined;
}

async function standingOf(register: Register, filed: IssuedFile | undefined): Promise<Standing> {
  if (filed === undefined) return { type: 'unknown' };
  const newest = (await register.findFile(filed.license))?.revision ?? filed.revision;
  const customer = filed.customer.id;
  return newest === filed.revision ? { type: 'current', customer } : { type: 'older', customer, newest };
}
