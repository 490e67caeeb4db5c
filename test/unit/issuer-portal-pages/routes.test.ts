import { describe, expect, it } from 'vitest';
import { openTestPortal } from '../../support/portal.js';

const JSON_TYPE = { accept: 'application/json' };
/** The token is on every page with a form; the upload page has one for everybody. */
const FORM = { page: '/', headers: JSON_TYPE };

describe('the addresses of customers, for programs', () => {
  it('tell what an upload is, and no more than the file says to whom it does not belong', async () => {
    const open = await openTestPortal();
    const { file } = await open.issue('C-1');
    const stranger = await (await open.signedIn('owner', 'C-2')).post('/', { text: file.text }, FORM);
    const nobody = await open.browser().post('/', { text: file.text }, FORM);
    expect(nobody.json()).toMatchObject({ kind: 'current', license: { id: file.license, revision: 1 } });
    expect(stranger.json()).toEqual(nobody.json());
    const owner = await (await open.signedIn('owner', 'C-1')).post('/', { text: file.text }, FORM);
    expect(owner.json()).toEqual({ ...nobody.json(), page: `/licenses/${file.license}` });
    const staff = await (await open.signedIn('staff')).post('/', { text: file.text }, FORM);
    expect(staff.json()).toMatchObject({ page: `/staff/licenses/${file.license}` });
  });

  it('lead a browser from an own file to its license', async () => {
    const open = await openTestPortal();
    const { file } = await open.issue('C-1');
    const browser = await open.signedIn('viewer', 'C-1');
    const answer = await browser.post('/', { text: file.text.replaceAll('\n', '\n> ') });
    expect([answer.status, answer.headers.get('location')]).toEqual([
      303,
      `/licenses/${file.license}?uploaded=1&damaged=1`,
    ]);
    const { text } = await browser.get(answer.headers.get('location')!);
    expect(text).toContain('Your copy was damaged on the way');
  });

  it('refuse an upload of nothing, and one that is too large', async () => {
    const open = await openTestPortal();
    const browser = open.browser();
    const nothing = await browser.post('/', { text: ' \n' }, FORM);
    expect([nothing.status, nothing.json().type]).toEqual([400, 'field-missing']);
    const large = new FormData();
    large.set('file', new File([Buffer.alloc(3_000_000, 'A')], 'a.lic'));
    const refused = await browser.post('/', large, FORM);
    expect([refused.status, refused.json().type]).toEqual([413, 'upload-too-large']);
  });

  it('list, show and hand out what is one’s own, and say of the rest that it is not there', async () => {
    const open = await openTestPortal();
    const { file } = await open.issue('C-1');
    const other = (await open.issue('C-2')).file;
    const owner = await open.signedIn('owner', 'C-1');
    const { licenses } = (await owner.get('/licenses', JSON_TYPE)).json();
    expect(licenses).toMatchObject([{ id: file.license, state: 'active', newest: 1 }]);
    const shown = (await owner.get(`/licenses/${file.license}`, JSON_TYPE)).json();
    expect(shown).toMatchObject({ changes: ['renew', 'extend', 'reduce'], history: [{ revision: 1 }] });
    const given = await owner.get(`/licenses/${file.license}/revisions/1`);
    expect([given.text, given.headers.get('content-disposition')]).toEqual([
      file.text,
      `attachment; filename=${file.license}-1.lic`,
    ]);
    for (const path of [
      `/licenses/${other.license}`,
      `/licenses/${other.license}/revisions/1`,
      `/licenses/${other.license}/change/renew`,
      `/licenses/${file.license}/revisions/2`,
      `/licenses/${file.license}/revisions/01`,
      `/licenses/${file.license}/change/steal`,
      '/licenses/CF-7K2M-94QX-3',
      '/licenses/%3Cscript%3E',
      '/orders/AAAAAAAAAAAAAAAAAAAAAA',
    ]) {
      const answer = await owner.get(path, JSON_TYPE);
      expect([path, answer.status, answer.json().type]).toEqual([path, 404, 'page-unknown']);
    }
    expect((await open.browser().get('/licenses', JSON_TYPE)).status).toBe(401);
    expect(open.faults).toEqual([]);
  });

  it('take an order only for the revision that was previewed, and only from an owner', async () => {
    const open = await openTestPortal();
    const { file } = await open.issue('C-1');
    const owner = await open.signedIn('owner', 'C-1');
    const path = `/licenses/${file.license}/change/reduce`;
    const preview = (await owner.get(`${path}?step=preview&pool.mailboxes=40`, JSON_TYPE)).json();
    expect(preview).toMatchObject({ wanted: { pools: { mailboxes: 40 } }, how: 'staff', seen: 1 });
    const wrong = await owner.get(`${path}?step=preview&pool.mailboxes=many`, JSON_TYPE);
    expect([wrong.status, wrong.json().problem.code]).toEqual([422, 'quantity-invalid']);
    const stale = await owner.post(path, { 'pool.mailboxes': '40', seen: '7' }, FORM);
    expect([stale.status, stale.json().type]).toEqual([409, 'license-superseded']);
    const viewer = await open.signedIn('viewer', 'C-1');
    expect((await viewer.post(path, { 'pool.mailboxes': '40', seen: '1' }, FORM)).status).toBe(403);
    const placed = await owner.post(path, { 'pool.mailboxes': '40', seen: '1', reference: 'PO 1' }, FORM);
    expect([placed.status, placed.json().state]).toEqual([201, 'awaiting-staff']);
    const { id } = placed.json();
    expect((await viewer.get(`/orders/${id}`, JSON_TYPE)).json().order).toMatchObject({ reference: 'PO 1' });
    expect((await viewer.post(`/orders/${id}`, { action: 'cancel' }, FORM)).status).toBe(403);
    expect((await owner.post(`/orders/${id}`, { action: 'explode' }, FORM)).json().type).toBe(
      'field-missing',
    );
    expect((await owner.post(`/orders/${id}`, { action: 'cancel' }, FORM)).json().state).toBe('cancelled');
  });

  it('take an ask with an address and a text, and keep what was typed otherwise', async () => {
    const open = await openTestPortal();
    const browser = open.browser();
    const bad = await browser.post('/asks', { email: 'nobody', text: 'need <b>more</b>' });
    expect(bad.status).toBe(400);
    expect(bad.text).toContain('need &lt;b>more&lt;/b>');
    expect((await browser.post('/asks', { email: 'nobody', text: 'x' }, FORM)).json().type).toBe(
      'field-missing',
    );
    const good = await browser.post('/asks', {
      email: 'Ann@Example.com',
      text: 'ten more',
      license: 'CF-NOT-AN-ID',
      revision: '1',
    });
    expect([good.status, good.headers.get('location')]).toEqual([303, '/asks?sent=1']);
    const asks = await open.store.orders.listAsks({ state: 'open' });
    expect(asks).toMatchObject([{ email: 'ann@example.com', text: 'ten more' }]);
    expect(asks[0]).not.toHaveProperty('license');
  });

  it('send assets to be kept, packed where that is understood', async () => {
    const open = await openTestPortal();
    const { text } = await open.browser().get('/');
    const paths = [...text.matchAll(/(?:href|src)="(\/assets\/[^"]+)"/g)].map(([, path]) => path!);
    expect(paths).toHaveLength(4);
    for (const path of paths) {
      const answer = await fetch(`${open.url}${path}`);
      expect([answer.status, answer.headers.get('cache-control')]).toEqual([
        200,
        'public, max-age=31536000, immutable',
      ]);
      const plain = await fetch(`${open.url}${path}`, { headers: { 'accept-encoding': 'identity' } });
      expect(plain.headers.get('content-encoding')).toBeNull();
      expect(await plain.text()).toBe(await answer.text());
    }
    expect((await fetch(`${open.url}/assets/pico-0.css`)).status).toBe(404);
  });
});
