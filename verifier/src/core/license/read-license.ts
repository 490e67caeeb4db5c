import { isJsonObject, parseJsonObject, decodeBase64url, type CompactJws } from '@counterfoil/schemas';
import { verifierFault } from '../codes.js';
import { licenseClaims } from '../claims/license-claims.js';
import { checkSchema } from '../claims/schema.js';
import { parseShape } from '../claims/shape.js';
import type { LicenseContent } from './license.js';
import { requireSoundTerm } from './term.js';

/** Reads the payload of a license whose signature holds. Throws format codes, `schema-newer`, `critical-unknown`, `claims-invalid`. */
export function parseLicensePayload(jws: CompactJws): LicenseContent {
  const json = parseJsonObject(decodeBase64url(jws.payload, 'license payload'), 'license');
  const { license } = json;
  if (isJsonObject(license)) checkSchema(license, 'license');
  return parseShape(licenseClaims, json, 'license');
}

/** Throws `claims-inconsistent` or `term-too-long` where claims contradict each other (license-file.md, clause 6.4). */
export function requireConsistent(content: LicenseContent): void {
  const { license, cnf } = content;
  requireSoundTerm(content);
  const bound = license.binding?.type === 'host-key';
  if (bound !== (cnf !== undefined)) {
    throw verifierFault('claims-inconsistent', {
      where: 'cnf',
      expected: 'together with a binding to a host key',
      actual: bound ? 'none' : 'a binding without one',
    });
  }
  if ((content.status === undefined) !== (license.needs.status === undefined)) {
    throw verifierFault('claims-inconsistent', {
      where: 'license.needs.status',
      expected: 'together with status',
      actual: 'one without the other',
    });
  }
  for (const [pool, { lots }] of Object.entries(license.pools ?? {})) {
    const ids = new Set(lots.map(({ id }) => id));
    if (ids.size !== lots.length)
      throw verifierFault('claims-inconsistent', {
        where: `license.pools.${pool}`,
        expected: 'each lot once',
        actual: 'a lot twice',
      });
    for (const { id, from, until } of lots) {
      if (from !== undefined && until !== undefined && until <= from) {
        throw verifierFault('claims-inconsistent', {
          where: `license.pools.${pool}.${id}`,
          expected: 'an end later than its start',
          actual: String(until),
        });
      }
    }
  }
}
