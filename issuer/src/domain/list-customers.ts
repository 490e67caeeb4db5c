import { isInForce, type Instant } from '@counterfoil/verifier';
import type { Customer, Register } from '../register/register.js';
import { listLicenses } from './list-licenses.js';

/** A customer with what it has. */
export interface CustomerRow extends Customer {
  readonly licenses: number;
  /** How many of them are in force now. */
  readonly inForce: number;
}

/** Every customer, by name: who has a license is one. Read in memory, as `searchLicenses` does. */
export async function listCustomers(register: Register, now: Instant): Promise<readonly CustomerRow[]> {
  const customers = new Map<string, CustomerRow>();
  for (const { customer, state } of await listLicenses(register, {}, now)) {
    const { licenses, inForce } = customers.get(customer.id) ?? { licenses: 0, inForce: 0 };
    const more = isInForce(state) ? 1 : 0;
    customers.set(customer.id, { ...customer, licenses: licenses + 1, inForce: inForce + more });
  }
  return [...customers.values()].sort((a, b) => a.name.localeCompare(b.name, 'en'));
}
