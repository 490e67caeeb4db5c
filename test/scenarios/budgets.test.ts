import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { catalogPath, openDesk } from '../support/vendor.js';

describe('the budgets of a carried file (LF-13)', () => {
  it('are kept by an ordinary license of the mailbox product', async () => {
    const desk = await openDesk();
    const order = catalogPath('orders/mailbox-backup.yaml');
    const product = ['--product-file', catalogPath('mailbox-backup.yaml')];
    const issued = await desk.run(['issue', order, ...product, '--out', desk.path('a.lic')]);
    expect(issued).toMatchObject({ exit: 0 });
    const text = await readFile(desk.path('a.lic'), 'utf8');
    const armored = new Map(
      [...text.matchAll(/-----BEGIN COUNTERFOIL ([A-Z ]+)-----[^]*?-----END COUNTERFOIL \1-----\n/g)].map(
        ([block, label]) => [label, Buffer.byteLength(block)],
      ),
    );
    expect([...armored.keys()]).toEqual(['LICENSE', 'TRUST ROOT', 'STATUS LIST']);
    expect(armored.get('LICENSE')).toBeLessThanOrEqual(3 * 1024 + 200);
    expect(armored.get('TRUST ROOT')).toBeLessThanOrEqual(3.5 * 1024);
    expect(armored.get('STATUS LIST')).toBeLessThanOrEqual(1024);
  });
});
