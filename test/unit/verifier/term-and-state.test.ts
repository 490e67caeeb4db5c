import { isInForce, stateAt, termOf, type LicenseContent } from '@counterfoil/verifier';
import { describe, expect, it } from 'vitest';
import { requireConsistent } from '../../../verifier/src/core/license/read-license.js';
import { DAY, licenseOf, NOW, type Loose } from '../../support/signing.js';

const content = (change: Loose = {}, grant: Loose = {}): LicenseContent =>
  licenseOf(change, grant) as LicenseContent;
const noExp = { exp: undefined };
const UNTIL = NOW + 100 * DAY;
const END = NOW + 114 * DAY;
const NBF = NOW - 9 * DAY;
const activation = { type: 'activation', by: NOW + 50 * DAY, duration: 'P12M', grace: 'P14D' };
const utc = (text: string): number => Date.parse(text) / 1000;

describe('stateAt (LF-9.2, B06, B15)', () => {
  it.each([
    [NBF - 1, 'pending', 'license-pending', NBF],
    [NBF, 'active', undefined, UNTIL],
    [UNTIL - 1, 'active', undefined, UNTIL],
    [UNTIL, 'grace', 'license-grace', END],
    [END - 1, 'grace', 'license-grace', END],
    [END, 'expired', 'license-expired', undefined],
  ])('at %d a commercial license is %s', (now, state, code, nextChange) => {
    expect(stateAt(content(), now, 'valid')).toEqual({
      state,
      ...(code === undefined ? {} : { code }),
      ...(nextChange === undefined ? {} : { nextChange }),
    });
  });

  it('has states of its own for trials', () => {
    const trial = content({ exp: UNTIL }, { kind: 'trial' });
    expect(stateAt(trial, NOW, undefined).state).toBe('trial');
    expect(stateAt(trial, UNTIL, undefined)).toEqual({ state: 'trial-expired', code: 'trial-expired' });
  });

  it('never ends a perpetual license (M08)', () => {
    const perpetual = content(noExp, { term: { type: 'perpetual' } });
    expect(stateAt(perpetual, 253_402_300_799, undefined)).toEqual({ state: 'active' });
    expect(stateAt(content(noExp, { term: { type: 'perpetual' }, kind: 'trial' }), NOW, undefined)).toEqual({
      state: 'trial',
    });
  });

  it('puts the vendor’s word first', () => {
    expect(stateAt(content(), NOW, 'revoked')).toEqual({ state: 'revoked', code: 'license-revoked' });
    expect(stateAt(content(), END, 'suspended')).toEqual({ state: 'suspended', code: 'license-suspended' });
  });

  it('waits for the activation, and runs from it in UTC (B05)', () => {
    const license = content({ exp: NOW + 900 * DAY }, { term: activation });
    expect(stateAt(license, NOW, undefined)).toEqual({
      state: 'pending',
      code: 'license-not-activated',
      nextChange: activation.by,
    });
    expect(stateAt(license, activation.by, undefined)).toEqual({ state: 'expired', code: 'license-expired' });
    const activated = utc('2026-06-10T15:00:00Z');
    expect(termOf(license, activated)).toEqual({
      from: NBF,
      until: utc('2027-06-11T00:00:00Z'),
      end: utc('2027-06-25T00:00:00Z'),
    });
    expect(stateAt(license, utc('2027-06-10T23:59:59Z'), undefined, activated).state).toBe('active');
    expect(stateAt(license, utc('2027-06-11T00:00:00Z'), undefined, activated).state).toBe('grace');
    expect(stateAt(license, utc('2027-06-25T00:00:00Z'), undefined, activated).state).toBe('expired');
  });

  it('never runs longer than was signed, whatever a host says of its activation', () => {
    const license = content({ exp: NOW + 400 * DAY }, { term: { ...activation, grace: undefined } });
    const late = content({ exp: NOW + 300 * DAY }, { term: { ...activation, grace: undefined } });
    expect(termOf(late, NOW)).toMatchObject({ until: NOW + 300 * DAY, end: NOW + 300 * DAY });
    expect(termOf(license, activation.by)).toEqual({ from: NBF, activateBy: activation.by });
    const open = content(noExp, { term: { ...activation, grace: undefined } });
    expect(termOf(open, utc('2026-06-10T15:00:00Z')).end).toBe(utc('2027-06-11T00:00:00Z'));
  });

  it('reads a license without exp as one without grace', () => {
    expect(termOf(content(noExp))).toEqual({ from: NBF, until: UNTIL, end: UNTIL });
  });

  it('is in force in three states', () => {
    const states = [
      'none',
      'pending',
      'trial',
      'active',
      'grace',
      'expired',
      'trial-expired',
      'suspended',
      'revoked',
    ] as const;
    expect(states.filter(isInForce)).toEqual(['trial', 'active', 'grace']);
  });
});

describe('requireConsistent (LF-6.3, LF-6.4)', () => {
  const check =
    (change: Loose, grant: Loose = {}) =>
    () => {
      requireConsistent(content(change, grant));
    };

  it('lets sound licenses pass', () => {
    expect(check({})).not.toThrow();
    expect(check(noExp, { term: { type: 'perpetual' } })).not.toThrow();
    expect(check({ exp: NOW + 450 * DAY }, { term: activation })).not.toThrow();
    expect(check({ cnf: { jkt: 'x' } }, { binding: { type: 'host-key' } })).not.toThrow();
    expect(check({ status: undefined }, { needs: { root: 1 } })).not.toThrow();
    expect(check({}, { pools: undefined })).not.toThrow();
    const lots = [
      { id: 'a', quantity: 1, from: 5, until: 6 },
      { id: 'b', quantity: 1, from: 5 },
    ];
    expect(check({}, { pools: { p: { lots } } })).not.toThrow();
  });

  it('allows exactly five years, with both leap days and a zone', () => {
    const issued = utc('2027-03-01T00:00:00Z');
    const until = utc('2032-03-01T11:00:00Z');
    const dates = { iat: issued, nbf: issued, exp: until };
    expect(check(dates, { term: { type: 'fixed', until } })).not.toThrow();
    expect(
      check({ ...dates, exp: until + DAY }, { term: { type: 'fixed', until: until + DAY } }),
    ).toThrowCode('term-too-long');
  });

  it('counts the term from its start when that is later than the signature', () => {
    const nbf = NOW + 300 * DAY;
    const until = nbf + 1800 * DAY;
    expect(check({ iat: NOW, nbf, exp: until }, { term: { type: 'fixed', until } })).not.toThrow();
  });

  it.each([
    [
      'claims-inconsistent',
      'starts too late',
      { nbf: NOW + 400 * DAY, exp: NOW + 500 * DAY },
      { term: { type: 'fixed', until: NOW + 500 * DAY } },
    ],
    ['claims-inconsistent', 'perpetual with an end', {}, { term: { type: 'perpetual' } }],
    ['claims-inconsistent', 'ends before it starts', { exp: NOW }, { term: { type: 'fixed', until: NBF } }],
    ['claims-inconsistent', 'a term without exp', noExp, {}],
    ['claims-inconsistent', 'exp before the end of the term', { exp: UNTIL - 1 }, {}],
    [
      'claims-inconsistent',
      'exp before the latest end after activation',
      { exp: NOW + 400 * DAY },
      { term: activation },
    ],
    ['term-too-long', 'too much grace', { exp: UNTIL + 367 * DAY }, {}],
    [
      'term-too-long',
      'too long a term after activation',
      { exp: NOW + 4000 * DAY },
      { term: { ...activation, duration: 'P6Y' } },
    ],
    [
      'term-too-long',
      'too long a time to activate',
      { exp: NOW + 900 * DAY },
      { term: { ...activation, by: NOW + 450 * DAY } },
    ],
    ['claims-inconsistent', 'a host key that nothing asks for', { cnf: { jkt: 'x' } }, {}],
    ['claims-inconsistent', 'a binding without its key', {}, { binding: { type: 'host-key' } }],
    ['claims-inconsistent', 'a status that needs no list', {}, { needs: { root: 1 } }],
    ['claims-inconsistent', 'a list without a status', { status: undefined }, {}],
    [
      'claims-inconsistent',
      'a lot twice',
      {},
      {
        pools: {
          p: {
            lots: [
              { id: 'a', quantity: 1 },
              { id: 'a', quantity: 2 },
            ],
          },
        },
      },
    ],
    [
      'claims-inconsistent',
      'a lot that ends first',
      {},
      { pools: { p: { lots: [{ id: 'a', quantity: 1, from: 6, until: 6 }] } } },
    ],
  ])('refuses with %s: %s', (code, _, change, grant) => {
    expect(check(change, grant)).toThrowCode(code);
  });
});
