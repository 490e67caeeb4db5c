import { describe, expect, it } from 'vitest';
import { openStaffDesk, RENEWAL, type StaffDesk } from './staff-desk.js';

/** Sold without an offer, so that no price fits and staff decide. */
const bespoke = (open: StaffDesk): Promise<string> =>
  open.sell({
    offer: undefined as never,
    quantity: undefined as never,
    term: { duration: 'P1Y' },
    pools: { mailboxes: 7 },
  });

const stateOf = async (open: StaffDesk, id: string): Promise<string> =>
  (await open.ask(`/staff/orders/${id}`)).order.state;

describe('orders in the hands of staff', () => {
  it('are listed while they wait, and all on demand', async () => {
    const open = await openStaffDesk();
    expect((await open.staff.get('/staff/orders')).text).toContain('No order is open');
    const waiting = await open.order(await bespoke(open), RENEWAL);
    const done = await open.order(await open.sell(), { type: 'reduce', pools: { mailboxes: 3 } });
    await open.tell(`/staff/orders/${done.id}`, { action: 'continue' });
    const idsAt = async (path: string): Promise<string[]> =>
      (await open.ask(path)).orders.map(({ id }: { id: string }) => id);
    expect(await idsAt('/staff/orders')).toEqual([waiting.id]);
    expect((await idsAt('/staff/orders?which=all')).sort()).toEqual([waiting.id, done.id].sort());
    expect((await open.staff.get('/staff/orders')).text).toContain(`/staff/orders/${waiting.id}`);
  });

  it('are approved, and the file is made', async () => {
    const open = await openStaffDesk();
    const license = await bespoke(open);
    const { id } = await open.order(license, RENEWAL);
    const page = `/staff/orders/${id}`;
    expect((await open.staff.get(page)).text).toContain('Approve it, or refuse it');
    const answer = await open.staff.post(page, { action: 'approve' });
    expect([answer.status, answer.headers.get('location')]).toEqual([303, page]);
    const shown = await open.staff.get(page);
    expect(shown.text).toContain(`/licenses/${license}/revisions/2`);
    expect(shown.text).not.toContain('name="action" value="refuse"');
    const audit = await open.store.register.listAudit();
    const account = (await open.store.accounts.listAccounts({ kind: 'staff' }))[0]!;
    expect(audit.filter(({ actor }) => actor === `portal:${account.id}`).map(({ action }) => action)).toEqual(
      ['order-moved', 'license-renewed', 'order-done'],
    );
    // once more, such as by the button of an old page
    expect(await open.tell(page, { action: 'approve' })).toMatchObject({
      status: 409,
      data: { type: 'order-state' },
    });
  });

  it('are refused with a reason that the customer reads, and not without', async () => {
    const open = await openStaffDesk();
    const { id } = await open.order(await bespoke(open), RENEWAL);
    const page = `/staff/orders/${id}`;
    expect((await open.tell(page, { action: 'refuse', reason: ' ' })).data.type).toBe('order-reason');
    const odd = await open.tell(page, { action: 'refuse', reason: 'a\u0007b' });
    expect(odd.data.type).toBe('field-missing');
    const long = 'x'.repeat(401);
    const answer = await open.staff.post(page, { action: 'refuse', reason: long });
    expect(answer.status).toBe(400);
    expect(answer.text).toContain('role="alert"');
    expect(answer.text).toContain(long);
    expect(await stateOf(open, id)).toBe('awaiting-staff');
    const reason = 'No <b>budget</b>';
    expect((await open.tell(page, { action: 'refuse', reason })).data).toEqual({ id, state: 'refused' });
    const owner = await open.signedIn('owner', 'C-1');
    expect((await owner.get(`/orders/${id}`)).text).toContain('No &lt;b>budget&lt;/b>');
  });

  it('are paid by hand, with the number in the audit trail, and then made; twice is once', async () => {
    const open = await openStaffDesk();
    const license = await open.sell();
    const { id, state } = await open.order(license, RENEWAL);
    expect(state).toBe('awaiting-payment');
    const page = `/staff/orders/${id}`;
    expect((await open.tell(page, { action: 'payment', number: 'a\u0007b' })).data.type).toBe(
      'field-missing',
    );
    expect((await open.tell(page, { action: 'approve' })).data.type).toBe('order-state');
    const answer = await open.staff.post(page, { action: 'payment', number: 'PO 4711' });
    expect([answer.status, answer.headers.get('location')]).toEqual([303, page]);
    expect(await stateOf(open, id)).toBe('done');
    const { entries } = await open.ask(`/staff/audit?object=${id}`);
    expect(entries.map(({ detail }: { detail: object }) => detail)).toContainEqual({ number: 'PO 4711' });
    expect((await open.tell(page, { action: 'payment', number: 'PO 4711' })).data).toEqual({
      id,
      state: 'done',
    });
    expect((await open.store.register.findFile(license))?.revision).toBe(2);
  });

  it('say why a paid one could not be made, and stay', async () => {
    const open = await openStaffDesk();
    const license = await open.sell();
    const { id } = await open.order(license, RENEWAL);
    // the vendor changes the license at the desk meanwhile
    const { reduceLicense } = await import('@counterfoil/issuer');
    await reduceLicense(open.portal.desk('desk'), { license }, new Map([['mailboxes', 40]]));
    const answer = await open.staff.post(`/staff/orders/${id}`, { action: 'payment' });
    expect(answer.status).toBe(409);
    expect(answer.text).toContain('role="alert"');
    expect(await stateOf(open, id)).toBe('ready');
    expect((await open.tell(`/staff/orders/${id}`, { action: 'continue' })).data.type).toBe(
      'license-superseded',
    );
    const refused = await open.tell(`/staff/orders/${id}`, {
      action: 'refuse',
      reason: 'Order again, please',
    });
    expect(refused.data.state).toBe('refused');
    expect((await open.staff.get(`/staff/orders/${id}`)).text).toContain('pay the money back');
  });

  it('are not approved when the license was changed since', async () => {
    const open = await openStaffDesk();
    const license = await bespoke(open);
    const { id } = await open.order(license, RENEWAL);
    const { reduceLicense } = await import('@counterfoil/issuer');
    await reduceLicense(open.portal.desk('desk'), { license }, new Map([['mailboxes', 4]]));
    expect(await open.tell(`/staff/orders/${id}`, { action: 'approve' })).toMatchObject({
      status: 409,
      data: { type: 'license-superseded' },
    });
    expect(await stateOf(open, id)).toBe('awaiting-staff');
  });

  it.each([
    ['an action that there is not', { action: 'bless' }, 'field-missing'],
    ['no action', {}, 'field-missing'],
    ['a payment of what waits for a decision', { action: 'payment' }, 'order-state'],
  ])('take no form with %s', async (_, fields, code) => {
    const open = await openStaffDesk();
    const { id } = await open.order(await bespoke(open), RENEWAL);
    expect((await open.tell(`/staff/orders/${id}`, fields)).data.type).toBe(code);
  });

  it('take no form for an order that there is not', async () => {
    const open = await openStaffDesk();
    const { data } = await open.tell(`/staff/orders/${'A'.repeat(22)}`, { action: 'approve' });
    expect(data.type).toBe('page-unknown');
  });
});

describe('asks', () => {
  const write = async (open: StaffDesk, text: string): Promise<string> => {
    const id = text
      .padEnd(22, '-')
      .slice(0, 22)
      .replaceAll(/[^\w-]/g, '_');
    await open.store.orders.addAsk(
      { id, at: open.clock.now, email: 'ann@example.com', text, state: 'open' },
      { at: open.clock.now, actor: 'visitor' },
    );
    return id;
  };

  it('are read and closed, and closed again without harm', async () => {
    const open = await openStaffDesk();
    expect((await open.staff.get('/staff/asks')).text).toContain('No open asks');
    const id = await write(open, 'May I <img src=x onerror=alert(1)> ask?');
    const { text } = await open.staff.get('/staff/asks');
    expect(text).toContain('ann@example.com');
    expect(text).not.toContain('<img');
    const answer = await open.staff.post(`/staff/asks/${id}`, { action: 'close' }, { page: '/staff/asks' });
    expect([answer.status, answer.headers.get('location')]).toEqual([303, '/staff/asks']);
    expect((await open.ask('/staff/asks')).asks).toEqual([]);
    expect((await open.ask('/staff/asks?which=all')).asks).toMatchObject([{ id, state: 'closed' }]);
    expect(await open.tell(`/staff/asks/${id}`, { action: 'close' })).toEqual({
      status: 200,
      data: { id, state: 'closed' },
    });
    const closed = (await open.store.register.listAudit()).filter(({ action }) => action === 'ask-closed');
    expect(closed).toHaveLength(1);
  });

  it('are not closed where there is none, or where that is not what is said', async () => {
    const open = await openStaffDesk();
    const id = await write(open, 'hello');
    expect((await open.tell('/staff/asks/nothing', { action: 'close' })).data.type).toBe('page-unknown');
    expect((await open.tell(`/staff/asks/${id}`, {})).data.type).toBe('field-missing');
  });
});
