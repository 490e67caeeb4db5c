import { describe, expect, it } from 'vitest';
import { openStaffDesk, type StaffDesk } from './staff-desk.js';

const FIELDS = { offer: 'mailbox-backup/annual', quantity: '3', customer: 'C-7', name: 'Seven' };
const ONCE = 'o'.repeat(22);

const preview = (fields: Record<string, string>): string =>
  `/staff/issue?${new URLSearchParams({ step: 'preview', ...fields }).toString()}`;
const countOf = async (open: StaffDesk): Promise<number> => (await open.store.register.listFiles({})).length;

describe('issuing by a form', () => {
  it('goes from form over preview to the license', async () => {
    const open = await openStaffDesk();
    const form = await open.staff.get('/staff/issue?customer=C-7');
    expect(form.text).toContain('mailbox-backup/annual');
    expect(form.text).not.toContain('mailbox-backup/extension');
    expect(form.text).toContain('value="C-7"');
    const fields = { ...FIELDS, from: '2026-07-01', zone: 'Europe/Vienna', note: 'Sold by <Ann>' };
    const shown = await open.staff.get(preview(fields));
    expect(shown.status).toBe(200);
    for (const part of [
      'Seven (C-7), new in the register',
      'Mailbox licenses: 30',
      '30 June 2027',
      'Sold by &lt;Ann',
    ]) {
      expect(shown.text).toContain(part);
    }
    expect(await countOf(open)).toBe(0);
    const once = /name="once" value="([^"]+)"/.exec(shown.text)![1]!;
    const answer = await open.staff.post('/staff/issue', { ...fields, once }, { page: preview(fields) });
    expect(answer.status).toBe(303);
    const page = answer.headers.get('location')!;
    expect(page).toMatch(/^\/staff\/licenses\/CF-/);
    const { license, file } = await open.ask(page);
    expect(license).toMatchObject({ state: 'pending', zone: 'Europe/Vienna', pools: [{ limit: 30 }] });
    expect(file.claims.license.offer).toBe('annual');
    const { entries } = await open.ask(`/staff/audit?object=${license.id}`);
    expect(entries[0]).toMatchObject({ action: 'license-issued', detail: { note: 'Sold by <Ann>' } });
    expect(entries[0].actor).toMatch(/^portal:/);
  });

  it('issues once when the form is sent twice, and anew from another preview', async () => {
    const open = await openStaffDesk();
    const csrf = await open.staff.csrf('/account');
    const send = (once: string) => open.staff.post('/staff/issue', { ...FIELDS, once }, { csrf });
    const answers = await Promise.all([send(ONCE), send(ONCE)]);
    const places = answers.map(({ headers }) => headers.get('location'));
    expect(places[0]).toMatch(/^\/staff\/licenses\//);
    expect(places[1]).toBe(places[0]);
    expect(await countOf(open)).toBe(1);
    await send('p'.repeat(22));
    expect(await countOf(open)).toBe(2);
  });

  it('takes the name of a customer whom the register knows', async () => {
    const open = await openStaffDesk();
    await open.sell({ customer: { id: 'C-7', name: 'Seven' } });
    const shown = await open.staff.get(preview({ ...FIELDS, name: '' }));
    expect(shown.text).toContain('Seven (C-7), known in the register');
    const { data } = await open.tell('/staff/issue', { ...FIELDS, name: '', once: ONCE });
    expect((await open.store.register.findFile(data.license))?.customer).toEqual({
      id: 'C-7',
      name: 'Seven',
    });
  });

  it.each([
    ['an offer that is not sold', { offer: 'mailbox-backup/nothing' }, 'field-missing'],
    ['an offer of nothing', { offer: '__proto__/constructor' }, 'field-missing'],
    ['a name of every object', { offer: 'mailbox-backup/constructor' }, 'field-missing'],
    ['no customer', { customer: ' ' }, 'field-missing'],
    ['a new customer without a name', { name: '' }, 'field-missing'],
    ['no whole number', { quantity: '1.5' }, 'field-missing'],
    ['none at all', { quantity: '0' }, 'field-missing'],
    ['no day', { from: 'tomorrow' }, 'field-missing'],
    ['a long note', { note: 'x'.repeat(401) }, 'field-missing'],
    ['a note of two lines', { note: 'a\nb' }, 'field-missing'],
    ['a pack', { offer: 'mailbox-backup/extension' }, 'order-offer'],
    ['a day that no calendar has', { from: '2026-02-30' }, 'date-invalid'],
    ['a term that is over', { from: '2020-01-01' }, 'order-term'],
    ['a zone that there is not', { zone: 'Mars/Olympus' }, 'zone-unknown'],
    ['a customer id with a line end', { customer: 'C\n1' }, 'document-invalid'],
    ['a name that turns the direction of writing', { name: 'a\u202eb' }, 'document-invalid'],
  ])('refuses %s, in preview and confirmation', async (_, change, code) => {
    const open = await openStaffDesk();
    const fields = { ...FIELDS, ...change };
    const shown = await open.staff.get(preview(fields));
    expect(shown.status).toBeGreaterThanOrEqual(400);
    expect(shown.status).toBeLessThan(500);
    expect(shown.text).toContain('role="alert"');
    const asked = await open.ask(preview(fields));
    expect(asked.type).toBe(code);
    expect((await open.tell('/staff/issue', { ...fields, once: ONCE })).data.type).toBe(code);
    const sent = await open.staff.post('/staff/issue', { ...fields, once: ONCE }, { page: '/account' });
    expect(sent.text).toContain('role="alert"');
    expect(await countOf(open)).toBe(0);
    expect(open.faults).toEqual([]);
  });

  it('refuses another name for a customer who is known, in words for people', async () => {
    const open = await openStaffDesk();
    await open.sell({ customer: { id: 'C-7', name: 'Seven' } });
    const fields = { ...FIELDS, name: 'Other' };
    expect((await open.ask(preview(fields))).type).toBe('customer-differs');
    const shown = await open.staff.get(preview(fields));
    expect(shown.status).toBe(409);
    expect(shown.text).toContain('under another name');
    expect(shown.text).not.toContain('--rename');
  });

  it('refuses a confirmation that no preview made', async () => {
    const open = await openStaffDesk();
    expect((await open.tell('/staff/issue', FIELDS)).data.type).toBe('field-missing');
  });

  it('says what to do where nothing is sold, and which catalog cannot be read', async () => {
    const { openTestPortal } = await import('../../support/portal.js');
    const open = await openTestPortal();
    const staff = await open.signedIn('staff');
    expect((await staff.get('/staff/issue')).text).toContain('catalog publish');
    await open.store.register.saveCatalog(
      { id: 'old', version: 1, text: 'schema: 99', at: open.clock.now },
      { at: open.clock.now, actor: 'tester' },
    );
    expect((await staff.get('/staff/issue')).text).toContain('The catalog of old');
  });
});
