import { checkProductDocument, placeOf } from '@counterfoil/issuer';
import { describe, expect, it } from 'vitest';

const PRODUCT = `schema: 1
id: mail-box
name: Mail Box
catalog: 3
operations:
  backup: {}
  restore: { reads: true }
states:
  none: &read [restore]
  active: [backup, restore]
`;

const warningsOf = (text: string): readonly string[] => {
  const { errors, warnings } = checkProductDocument({ text, file: 'p.yaml' });
  expect(errors).toEqual([]);
  return warnings.map((warning) => `${warning.code} ${placeOf(warning)}: ${warning.message}`);
};

const READ = 'customers cannot get at their own data';

describe('what is allowed and perhaps not meant', () => {
  it('is nothing in a product that reads in every state and counts nothing', () => {
    expect(warningsOf(PRODUCT)).toEqual([]);
  });

  it('a state that forbids a read which active allows', () => {
    const rows = [
      'pending: [restore]',
      'grace: *read',
      'expired: [backup]',
      'trial-expired: []',
      'suspended: []',
    ];
    const text = `${PRODUCT.replace('none: &read [restore]', 'trial: &read [restore]')}  ${rows.join('\n  ')}\n`;
    expect(warningsOf(text)).toEqual([
      `read-forbidden p.yaml:8:1 states: ${READ}: revoked forbids restore, active allows it`,
      `read-forbidden p.yaml:13:3 states.expired: ${READ}: expired forbids restore, active allows it`,
      `read-forbidden p.yaml:14:3 states.trial-expired: ${READ}: trial-expired forbids restore, active allows it`,
      `read-forbidden p.yaml:15:3 states.suspended: ${READ}: suspended forbids restore, active allows it`,
    ]);
  });

  it('a read for fewer roles than before, but not one for more', () => {
    const text = PRODUCT.replace('operations:', 'roles: { owner: {}, clerk: {} }\noperations:')
      .replace('[restore]', '[restore@owner]')
      .replace('backup, restore', 'backup, restore@owner, restore@clerk');
    const rows = ['pending', 'grace', 'expired', 'trial-expired', 'suspended']
      .map((state) => `  ${state}: [restore]\n`)
      .join('');
    expect(warningsOf(`${text}${rows}`)).toEqual([
      `read-forbidden p.yaml:9:1 states: ${READ}: revoked forbids restore@clerk, active allows it`,
    ]);
  });

  it('an operation that no state allows', () => {
    expect(warningsOf(PRODUCT.replace('  backup: {}', '  backup: {}\n  purge: {}'))).toEqual([
      'never-allowed p.yaml:7:3 operations.purge: no state allows the operation: purge',
    ]);
  });

  it('pools, meters, kinds, roles and features that nothing uses', () => {
    const text = `${PRODUCT}pools: { a: {}, b: {} }
kinds: { host: { form: host }, user: { form: mail }, device: { form: text } }
meters: { m: { pools: [a], kind: host, group: { kind: device, size: 2 } } }
roles: { owner: {} }
features: { hold: {} }
`;
    expect(warningsOf(text)).toEqual([
      'unused p.yaml:11:17 pools.b: nothing uses it: no meter draws from a pool b',
      'unused p.yaml:12:32 kinds.user: nothing uses it: no meter counts a kind user',
      'not-counted p.yaml:13:1 meters: counting is compiled and signed, not yet enforced: m',
      'unused p.yaml:13:11 meters.m: nothing uses it: no operation draws from a meter m',
      'unused p.yaml:14:10 roles.owner: nothing uses it: no state names a role owner',
      'unused p.yaml:15:13 features.hold: nothing uses it: no operation needs a feature hold',
    ]);
  });

  it('is told beside errors, except what a misspelt name leaves unused', () => {
    const text = `${PRODUCT.replace('{}', '{ meters: [mm] }')}pools: { a: {} }
kinds: { host: { form: host } }
meters: { m: { pools: [a], kind: host } }
`;
    const { errors, warnings } = checkProductDocument({ text, file: 'p.yaml' });
    expect(errors).toHaveLength(1);
    expect(warnings.map(({ code }) => code)).toEqual(['not-counted']);
  });
});
