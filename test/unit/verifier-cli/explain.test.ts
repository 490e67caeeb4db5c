import { afterAll, describe, expect, it } from 'vitest';
import { goodFile, kitFile, makeVendor, NOW, DAY } from '../../support/signing.js';
import { makeFolder, run } from './host.js';

const folder = makeFolder();
afterAll(folder.remove);
const vendor = makeVendor();
const kit = folder.put('acme.kit', kitFile([vendor.root]));
const good = folder.put('good.lic', goodFile(vendor));
const explain = (...argv: readonly string[]): ReturnType<typeof run> =>
  run(['explain', '--kit', kit, '--product', 'backup', ...argv]);
const ROW = /^(ok|FAIL|warn|–) +([a-z-]+) +((?:LF|TR)-[\d.]+) +(.+)$/gm;
const rows = (out: string): RegExpMatchArray[] => [...out.matchAll(ROW)];

describe('explain', () => {
  it('lists every rule with its clause and fact', async () => {
    const { exit, out, err } = await explain(good);
    expect([exit, err]).toEqual([0, '']);
    const found = rows(out);
    expect(found.length).toBeGreaterThan(20);
    expect(new Set(found.map((row) => row[2])).size).toBe(found.length);
    expect(new Set(found.map((row) => row[1]))).toEqual(new Set(['ok', '–']));
    expect(out).toMatch(/^ok +vendor +LF-8.12 it is of the vendor whose product this is: acme.example$/m);
    expect(out).toMatch(/^– +host +LF-8.17 .*: not evaluated, because it was not asked$/m);
    expect(out).toMatch(/\nTrust: root 1 of acme.example .*\nvalid: in force, state active\n$/);
  });

  it('says of a bad rule what, who and how, and evaluates the others', async () => {
    const file = folder.put(
      'two.lic',
      goodFile(vendor, { aud: 'archive', exp: NOW - DAY }, { term: { type: 'fixed', until: NOW - DAY } }),
    );
    const { exit, out } = await explain(file);
    expect(exit).toBe(1);
    const bad = rows(out).filter((row) => row[1] === 'FAIL');
    expect(bad.map((row) => row[2])).toEqual(['product', 'term']);
    expect(out).toMatch(
      /^FAIL product .*\n +product-mismatch: .*\n +expected: backup\n +got: archive\n +who can help: the administrator\n +how: /m,
    );
    expect(out).toMatch(/\nnot valid: refused, product-mismatch: /);
  });

  it('marks what a rejected file left open', async () => {
    const file = folder.put('cut.lic', goodFile(vendor).slice(0, 300));
    const { exit, out } = await explain(file);
    expect(exit).toBe(1);
    expect(rows(out)[0]?.[1]).toBe('FAIL');
    expect(
      new Set(
        rows(out)
          .slice(1)
          .map((row) => row[1]),
      ),
    ).toEqual(new Set(['–']));
    expect(out).toContain('not evaluated, because of armor-truncated');
  });

  it('is a what-if under --at', async () => {
    const { exit, out } = await explain('--at', '2026-09-20', good);
    expect(exit).toBe(0);
    expect(out).toMatch(/^what-if: as of 2026-09-20T00:00:00Z/);
    expect(rows(out).find((row) => row[2] === 'term')?.[1]).toBe('warn');
  });

  it('gives the explanation as data', async () => {
    const { exit, out } = await explain('--json', good);
    expect(exit).toBe(0);
    const data = JSON.parse(out);
    expect(data).toMatchObject({ outcome: 'valid', verdict: { arm: 'usable', state: 'active' } });
    expect(data.checks.find(({ rule }: { rule: string }) => rule === 'signature')).toMatchObject({
      clause: 'LF-4.7',
      outcome: 'good',
    });
  });

  it('lists the rules of form where there is no kit', async () => {
    const { exit, out } = await run(['explain', good]);
    expect(exit).toBe(2);
    const found = rows(out);
    expect(found.filter((row) => row[1] === 'ok').map((row) => row[2])).toEqual(['file', 'blocks', 'header']);
    expect(out).toMatch(/^– +signature .*: not evaluated, because no kit was given$/m);
    expect(out).toMatch(/\nundecided: no kit was given.*\n {2}how: pass --kit FILE .*\n$/);
    const cut = await run(['explain', folder.put('c.lic', goodFile(vendor).slice(0, 300))]);
    expect(cut.exit).toBe(1);
    expect(cut.out).toMatch(/\nnot valid: armor-truncated: /);
    expect(JSON.parse((await run(['explain', '--json', good])).out)).toMatchObject({
      outcome: 'undecided',
      kit: null,
      fault: { code: 'kit-missing' },
    });
  });
});
