import { describe, expect, it } from 'vitest';
import { NOW } from '../../support/vendor.js';
import { openStaffDesk, RENEWAL, type StaffDesk } from './staff-desk.js';

const DAY = 86_400;
const HOSTILE = '=HYPERLINK("http://evil.example") <script>alert(1)</script> \' OR 1=1 --';

const idsOf = async (open: StaffDesk, query: string): Promise<string[]> => {
  const { licenses } = await open.ask(`/staff/licenses?${query}`);
  return licenses.map(({ id }: { id: string }) => id);
};

describe('the list of licenses', () => {
  it('says what to do while there is none', async () => {
    const open = await openStaffDesk();
    const { text } = await open.staff.get('/staff/licenses');
    expect(text).toContain('No licenses yet');
    expect(text).not.toContain('<table');
  });

  it('is searched by words of key, customer and product, and filtered', async () => {
    const open = await openStaffDesk();
    const trial = await open.sell({
      customer: { id: 'C-2', name: 'Müller & Söhne' },
      offer: 'trial',
      quantity: 1,
    });
    const over = await open.sell({ customer: { id: 'C-3', name: 'Three' } }, NOW - 700 * DAY);
    const annual = await open.sell({ zone: 'Europe/Vienna' });
    const forever = await open.sell({
      customer: { id: 'C-4', name: 'Four' },
      offer: undefined as never,
      quantity: undefined as never,
      term: { perpetual: true },
      pools: { mailboxes: 1 },
    });
    expect(await idsOf(open, '')).toEqual([over, trial, annual, forever]);
    expect(await idsOf(open, `text=${encodeURIComponent('söhne MÜLLER')}`)).toEqual([trial]);
    expect(await idsOf(open, `text=${annual.replaceAll('-', '').toLowerCase()}`)).toEqual([annual]);
    expect(await idsOf(open, 'text=nobody')).toEqual([]);
    expect(await idsOf(open, 'kind=trial')).toEqual([trial]);
    expect(await idsOf(open, 'state=expired')).toEqual([over]);
    expect(await idsOf(open, 'state=no-state')).toHaveLength(4);
    expect(await idsOf(open, 'product=mailbox-backup&customer=C-1')).toEqual([annual]);
    expect(await idsOf(open, 'product=other')).toEqual([]);
    // the trial runs for 30 days: its end is near
    expect(await idsOf(open, 'ends=soon')).toEqual([trial]);
    expect(await idsOf(open, 'customer=%00')).toEqual([]);
    const page = await open.staff.get('/staff/licenses?kind=trial');
    expect(page.text).toContain('1 of 4 licenses');
    expect(page.text).toContain('Müller &amp; Söhne');
    expect(page.text).toContain('format=csv');
    expect((await open.staff.get('/staff/licenses?text=nobody')).text).toContain('Nothing found');
  });

  it('has pages, and the nearest one where an address names none', async () => {
    const open = await openStaffDesk();
    for (let count = 0; count < 51; count++) await open.sell();
    const first = await open.ask('/staff/licenses');
    const last = await open.ask('/staff/licenses?page=2');
    expect([first.licenses.length, first.page, first.pages, first.found]).toEqual([50, 1, 2, 51]);
    expect(last.licenses).toHaveLength(1);
    expect((await open.ask('/staff/licenses?page=99999999')).page).toBe(1);
    expect((await open.ask('/staff/licenses?page=9')).page).toBe(2);
    expect((await open.staff.get('/staff/licenses?kind=commercial')).text).toContain(
      '/staff/licenses?kind=commercial&amp;page=2',
    );
    const csv = await open.staff.get('/staff/licenses?format=csv');
    expect(csv.text.trim().split('\r\n')).toHaveLength(52);
  });

  it('escapes what customers and searches say, in pages', async () => {
    const open = await openStaffDesk();
    const license = await open.sell({ customer: { id: 'C-1', name: HOSTILE } });
    for (const path of [
      '/staff/licenses',
      `/staff/licenses?text=${encodeURIComponent(HOSTILE)}`,
      `/staff/licenses?customer=${encodeURIComponent('"><script>alert(1)</script>')}`,
      `/staff/licenses/${license}`,
      '/staff/customers',
      '/staff/customers/C-1',
      `/staff/customers?text=${encodeURIComponent(HOSTILE)}`,
      `/staff/audit?object=${encodeURIComponent(HOSTILE)}`,
      `/staff/issue?customer=C-1&name=${encodeURIComponent(`"${HOSTILE}`)}`,
    ]) {
      const { status, text } = await open.staff.get(path);
      expect([path, status]).toEqual([path, 200]);
      expect(text).not.toContain('<script>alert');
    }
    expect(open.faults).toEqual([]);
  });

  it('gives a spreadsheet no formula', async () => {
    const open = await openStaffDesk();
    const license = await open.sell({ customer: { id: 'C-1', name: HOSTILE } });
    const { text, headers } = await open.staff.get('/staff/licenses?format=csv');
    expect(headers.get('content-type')).toBe('text/csv; charset=utf-8');
    expect(headers.get('content-disposition')).toBe('attachment; filename=licenses.csv');
    expect(headers.get('cache-control')).toBe('no-store');
    const [head, row] = text.split('\r\n');
    expect(head).toBe('license,revision,customer,name,product,type,state,last day,zone,issued');
    expect(row).toBe(
      `${license},1,C-1,"'${HOSTILE.replaceAll('"', '""')}",mailbox-backup,commercial,active,2027-05-31,UTC,2026-06-01T00:00:00.000Z`,
    );
  });
});

describe('the page of a license', () => {
  it('has its window, history, orders, files and the ways to change it', async () => {
    const open = await openStaffDesk();
    const license = await open.sell();
    const { id } = await open.order(license, { type: 'reduce', pools: { mailboxes: 30 } });
    await open.tell(`/staff/orders/${id}`, { action: 'continue' });
    const { text } = await open.staff.get(`/staff/licenses/${license}`);
    for (const part of [
      'Mailbox licenses',
      `/licenses/${license}/revisions/1`,
      `/licenses/${license}/revisions/2`,
      `/licenses/${license}/change/renew`,
      `/staff/orders/${id}`,
      '/staff/customers/C-1',
      `/staff/audit?object=${license}`,
    ]) {
      expect(text).toContain(part);
    }
    const data = await open.ask(`/staff/licenses/${license}`);
    expect(data.file.revision).toBe(2);
    expect(data.file.text).toBeUndefined();
    expect(data.history[0].changes.join()).toContain('30');
    expect(data.changes).toEqual(['renew', 'extend', 'reduce']);
    expect(data.orders).toHaveLength(1);
  });

  it('is changed by staff as by the customer', async () => {
    const open = await openStaffDesk();
    const license = await open.sell();
    const path = `/licenses/${license}/change/reduce`;
    const answer = await open.staff.post(path, { 'pool.mailboxes': '20', seen: '1' }, { page: '/account' });
    expect(answer.status).toBe(303);
    const order = answer.headers.get('location')!;
    expect((await open.staff.get(order)).headers.get('location')).toBe(`/staff${order}`);
    expect((await open.ask(`/staff${order}`)).order.state).toBe('done');
    expect((await open.ask(`/staff/licenses/${license}`)).file.revision).toBe(2);
  });

  it('shows the renewal that lies ready', async () => {
    const open = await openStaffDesk();
    const license = await open.sell({}, NOW - 360 * DAY);
    expect(await idsOf(open, 'ends=soon')).toEqual([license]);
    const { id } = await open.order(license, RENEWAL);
    await open.tell(`/staff/orders/${id}`, { action: 'payment' });
    expect(await idsOf(open, 'ends=soon')).toEqual([]);
  });
});
