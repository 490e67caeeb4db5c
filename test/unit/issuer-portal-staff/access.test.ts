import { describe, expect, it } from 'vitest';
import { JSON_WANTED, openStaffDesk, RENEWAL, type StaffDesk } from './staff-desk.js';

interface Place {
  readonly name: string;
  readonly path: (open: StaffDesk) => Promise<string> | string;
}

const PAGES: readonly Place[] = [
  '/staff',
  '/staff/licenses',
  '/staff/licenses?format=csv',
  '/staff/orders',
  '/staff/asks',
  '/staff/customers',
  '/staff/issue',
  '/staff/trust',
  '/staff/audit',
].map((name) => ({ name, path: () => name }));
const OBJECTS: readonly Place[] = [
  { name: 'a license', path: async (open) => `/staff/licenses/${await open.sell()}` },
  {
    name: 'an order',
    path: async (open) => `/staff/orders/${(await open.order(await open.sell(), RENEWAL)).id}`,
  },
  { name: 'a customer', path: async (open) => (await open.sell(), '/staff/customers/C-1') },
];
const FORMS: readonly Place[] = [
  { name: 'an ask', path: () => `/staff/asks/${'A'.repeat(22)}` },
  { name: 'issuing', path: () => '/staff/issue' },
  ...OBJECTS.slice(1),
];

const codeOf = (answer: { status: number; json: () => any }): [number, string] => [
  answer.status,
  answer.json().type,
];

describe('pages of staff', () => {
  it.each([...PAGES, ...OBJECTS])(
    '$name: open for staff, not there for customers and strangers',
    async ({ path }) => {
      const open = await openStaffDesk();
      const address = await path(open);
      expect((await open.staff.get(address)).status).toBe(200);
      expect((await open.staff.get(address, JSON_WANTED)).status).toBe(200);
      const stranger = open.browser();
      const away = await stranger.get(address);
      expect([away.status, away.headers.get('location')]).toEqual([
        303,
        `/sign-in?to=${encodeURIComponent(address)}`,
      ]);
      expect(codeOf(await stranger.get(address, JSON_WANTED))).toEqual([401, 'session-missing']);
      for (const role of ['owner', 'viewer'] as const) {
        const contact = await open.signedIn(role, 'C-1');
        expect(codeOf(await contact.get(address, JSON_WANTED))).toEqual([404, 'page-unknown']);
      }
      expect(open.faults).toEqual([]);
    },
  );

  it.each(FORMS)('takes no form from customers and strangers: $name', async ({ path }) => {
    const open = await openStaffDesk();
    const address = await path(open);
    const before = (await open.store.register.listAudit()).length;
    const stranger = open.browser();
    const refused = await stranger.post(
      address,
      { action: 'approve' },
      { page: '/sign-in', headers: JSON_WANTED },
    );
    expect(codeOf(refused)).toEqual([401, 'session-missing']);
    const owner = await open.signedIn('owner', 'C-1');
    const sent = await owner.post(address, { action: 'approve' }, { page: '/account', headers: JSON_WANTED });
    expect(codeOf(sent)).toEqual([404, 'page-unknown']);
    const ofPeople = ['account-added', 'account-changed', 'license-issued'];
    const after = await open.store.register.listAudit();
    expect(after.slice(before).filter(({ action }) => !ofPeople.includes(action))).toEqual([]);
  });

  it.each(FORMS)('takes no form without its token: $name', async ({ path }) => {
    const open = await openStaffDesk();
    const address = await path(open);
    const sent = await open.staff.post(
      address,
      { action: 'close' },
      { csrf: 'forged', headers: JSON_WANTED },
    );
    expect(codeOf(sent)).toEqual([403, 'csrf-missing']);
  });

  it.each([
    '/staff/licenses/CF-0000-0000-0',
    '/staff/orders/nothing',
    '/staff/customers/C-9',
    '/staff/customers/%00',
  ])('has no page where nothing is: %s', async (address) => {
    const open = await openStaffDesk();
    expect(codeOf(await open.staff.get(address, JSON_WANTED))).toEqual([404, 'page-unknown']);
    expect(open.faults).toEqual([]);
  });

  it('leads staff from a customer’s page of a license or an order to their own', async () => {
    const open = await openStaffDesk();
    const license = await open.sell();
    const { id } = await open.order(license, RENEWAL);
    for (const path of [`/licenses/${license}`, `/orders/${id}`]) {
      const answer = await open.staff.get(path);
      expect([answer.status, answer.headers.get('location')]).toEqual([303, `/staff${path}`]);
      expect((await open.staff.get(path, JSON_WANTED)).status).toBe(200);
      const owner = await open.signedIn('owner', 'C-1');
      expect((await owner.get(path)).status).toBe(200);
    }
    expect((await open.staff.get(`/licenses/${license}/revisions/1`)).status).toBe(200);
    expect((await open.staff.get(`/licenses/${license}/change/renew`)).status).toBe(200);
  });
});
