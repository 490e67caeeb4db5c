import { describe, expect, it } from 'vitest';
import { JSON_WANTED, openStaffDesk } from './staff-desk.js';

const CONTACT = { email: 'ann@example.com', name: 'Ann', role: 'owner' };

describe('customers', () => {
  it('are listed by name with what they have, and searched', async () => {
    const open = await openStaffDesk();
    expect((await open.staff.get('/staff/customers')).text).toContain('No customers yet');
    await open.sell({ customer: { id: 'C-2', name: 'Zeta' } });
    await open.sell({ customer: { id: 'C.1_a', name: 'Alpha' } });
    await open.sell({ customer: { id: 'C-2', name: 'Zeta' } });
    expect((await open.ask('/staff/customers')).customers).toEqual([
      { id: 'C.1_a', name: 'Alpha', licenses: 1, inForce: 1 },
      { id: 'C-2', name: 'Zeta', licenses: 2, inForce: 2 },
    ]);
    expect((await open.ask('/staff/customers?text=ZET')).found).toBe(1);
    expect((await open.staff.get('/staff/customers?text=nobody')).text).toContain('Nothing found');
    const { text } = await open.staff.get('/staff/customers');
    expect(text).toContain('href="/staff/customers/C.1_a"');
    expect((await open.staff.get('/staff/customers/C.1_a')).text).toContain('Alpha');
  });

  it('have their licenses, contacts and orders on their page', async () => {
    const open = await openStaffDesk();
    const license = await open.sell();
    const other = await open.sell({ customer: { id: 'C-2', name: 'Two' } });
    const viewer = await open.account('viewer', 'C-1');
    const data = await open.ask('/staff/customers/C-1');
    expect(data.licenses).toMatchObject([{ id: license }]);
    expect(data.contacts).toMatchObject([{ email: viewer.email, state: 'active' }]);
    expect(JSON.stringify(data)).not.toContain(other);
    expect((await open.staff.get('/staff/customers/C-1')).text).toContain('viewer: may look and download');
  });
});

describe('inviting a contact', () => {
  it('is for administrators: the link is shown once and opens', async () => {
    const open = await openStaffDesk();
    await open.sell();
    const page = '/staff/customers/C-1';
    const admin = await open.signedIn('admin');
    expect((await admin.get(page)).text).toContain('Invite a contact');
    const answer = await admin.post(page, CONTACT);
    const [, link] = /(\/link\/[\w-]{43})/.exec(answer.text)!;
    expect([answer.status, (await open.browser().get(link!)).status]).toEqual([200, 200]);
    const again = await admin.get(page);
    expect(again.text).not.toContain('/link/');
    expect(again.text).toContain('ann@example.com');
    expect(await open.store.accounts.findAccount({ email: 'ann@example.com' })).toMatchObject({
      customer: 'C-1',
      role: 'owner',
      kind: 'contact',
      state: 'invited',
    });
  });

  it('is refused to other staff', async () => {
    const open = await openStaffDesk();
    await open.sell();
    expect((await open.staff.get('/staff/customers/C-1')).text).not.toContain('name="role"');
    expect(await open.tell('/staff/customers/C-1', CONTACT)).toMatchObject({
      status: 403,
      data: { type: 'access-denied' },
    });
    expect(await open.store.accounts.listAccounts({ customer: 'C-1' })).toEqual([]);
  });

  it.each([
    ['an address that is none', { email: 'ann' }, 'account-invalid'],
    ['no name', { name: ' ' }, 'account-invalid'],
    ['a role of staff', { role: 'admin' }, 'account-invalid'],
    ['an address that has an account', { email: 'admin-2@example.com' }, 'account-taken'],
  ])('is refused with %s', async (_, change, code) => {
    const open = await openStaffDesk();
    await open.sell();
    const admin = await open.signedIn('admin');
    const page = '/staff/customers/C-1';
    const fields = { ...CONTACT, ...change };
    const answer = await admin.post(page, fields, { headers: JSON_WANTED, page: '/account' });
    expect(answer.json().type).toBe(code);
    const shown = await admin.post(page, fields);
    expect(shown.text).toContain('role="alert"');
    expect(shown.text).not.toContain('/link/');
    expect(await open.store.accounts.listAccounts({ customer: 'C-1' })).toEqual([]);
  });

  it('is refused for a customer that there is not', async () => {
    const open = await openStaffDesk();
    const admin = await open.signedIn('admin');
    const answer = await admin.post('/staff/customers/C-9', CONTACT, {
      headers: JSON_WANTED,
      page: '/account',
    });
    expect(answer.json().type).toBe('page-unknown');
  });
});
