import { show } from '@counterfoil/schemas';
import { issuerFault } from '../codes.js';

/** A vendor's id as typed (rules.schema.json, vendorId); throws `option-invalid`. */
export function vendorIdOf(typed: string): string {
  if (!/^[a-z0-9]+([.-][a-z0-9]+)*$/.test(typed) || typed.length > 64) {
    throw issuerFault('option-invalid', {
      where: '--vendor',
      expected: 'lower case letters, digits, dots and dashes, such as acme.example',
      actual: show(typed),
    });
  }
  return typed;
}
