import { describe, expect, it } from 'vitest';
import { issuerCodes } from '@counterfoil/issuer';
import { orderRows } from '../../../issuer/src/domain/orders/order-codes.js';
import { dayOf, instantText, lastDayText } from '../../../issuer/src/portal/texts/date-texts.js';
import { stateTexts } from '../../../issuer/src/portal/texts/license-texts.js';
import { findingHelp, orderStates } from '../../../issuer/src/portal/texts/order-texts.js';
import { asLine, asSentence, durationText, readable } from '../../../issuer/src/portal/texts/readable.js';
import { NOW } from '../../support/vendor.js';

describe('the words of the pages', () => {
  it('write days as people read them, with their zone', () => {
    expect(dayOf(NOW, 'Europe/Vienna')).toEqual({ date: '2026-06-01', text: '1 June 2026 (Europe/Vienna)' });
    // 22:00 UTC is midnight in Vienna: the day before is the last one
    expect(lastDayText(NOW - 7200, 'Europe/Vienna').text).toBe('31 May 2026 (Europe/Vienna)');
    expect(lastDayText(NOW - 7199, 'Europe/Vienna').text).toBe('1 June 2026 (Europe/Vienna)');
    expect(instantText(NOW + 3660)).toBe('1 June 2026, 01:01 (UTC)');
  });

  it.each([
    ['term after:  from 2026-06-01 to 2027-05-31', 'Term after: from 1 June 2026 to 31 May 2027'],
    ['P12M from activation', '12 months from activation'],
    ['on 2026-13-45, which is none', 'On 2026-13-45, which is none'],
    ['CF-2026-0601-X stays', 'CF-2026-0601-X stays'],
  ])('turn a line of the domain into one of a page: %s', (line, shown) => {
    expect(asLine(line)).toBe(shown);
  });

  it('say durations and sentences', () => {
    expect(['P1Y', 'P12M', 'P30D', 'P1W', 'nonsense', 'P1Y2M'].map(durationText)).toEqual([
      '1 year',
      '12 months',
      '30 days',
      '1 week',
      'nonsense',
      'P1Y2M',
    ]);
    expect([asSentence('the file is empty'), asSentence('Done!'), asSentence('')]).toEqual([
      'The file is empty.',
      'Done!',
      '',
    ]);
    expect(readable('nothing to change')).toBe('nothing to change');
  });

  it('say for each state of a license and an order what to do next', () => {
    for (const { badge, means } of Object.values(stateTexts)) expect([badge, means]).not.toContain('');
    for (const { badge, next } of Object.values(orderStates)) expect([badge, next]).not.toContain('');
  });

  it('explain to customers every code that stands against a change, and no code that is none', () => {
    const webhook = /^(webhook|payment)-|^order-(unknown|paid|reason)$/;
    const codes = Object.keys(orderRows).filter((code) => !webhook.test(code));
    expect(codes.filter((code) => !findingHelp.has(code))).toEqual([]);
    const known = new Set([...Object.keys(issuerCodes), 'duration-invalid']);
    expect([...findingHelp.keys()].filter((code) => !known.has(code))).toEqual([]);
    for (const text of findingHelp.values()) expect(text).not.toContain('counterfoil ');
  });
});
