import type { Express } from 'express';
import type { ObjectKind, VisitorName, Whose, World } from './world.js';

/** What each kind of visitor is answered, as a program, where the object is theirs to see. */
interface Answers {
  readonly nobody: number;
  readonly viewer: number;
  readonly owner: number;
  readonly staff: number;
  readonly admin: number;
}

const answers = (nobody: number, viewer: number, owner: number, staff: number, admin: number): Answers => ({
  nobody,
  viewer,
  owner,
  staff,
  admin,
});
const all = (status: number): Answers => answers(status, status, status, status, status);
const MEMBERS = answers(401, 200, 200, 200, 200);
const STAFF = answers(401, 404, 404, 200, 200);
const ADMIN = answers(401, 404, 404, 403, 200);

/** One route: who is answered what, which object its address names, and a form that is good there. */
export interface Row {
  readonly answers: Answers;
  readonly of?: ObjectKind;
  /** `WHOSE` in a value is replaced. */
  readonly fields?: Readonly<Record<string, string>>;
}

const INVITATION = { email: 'new-of-WHOSE@example.com', name: 'New', role: 'viewer' };

/** Every route of the portal by method and path. What is not here must not be there. */
export const TABLE: ReadonlyMap<string, Row> = new Map<string, Row>([
  // for programs
  ['GET /assets', { answers: all(200) }],
  ['GET /healthz', { answers: all(200) }],
  ['POST /payments/webhook', { answers: all(415) }],
  // for everybody
  ['GET /', { answers: all(200) }],
  ['POST /', { answers: all(200), fields: { text: 'no license' } }],
  ['GET /asks', { answers: all(200) }],
  [
    'POST /asks',
    { answers: all(201), fields: { email: 'a@example.com', text: 'Hello', license: '', revision: '' } },
  ],
  ['GET /sign-in', { answers: answers(200, 303, 303, 303, 303) }],
  ['POST /sign-in', { answers: all(401), fields: { email: 'x@example.com', password: 'wrong', to: '' } }],
  ['GET /sign-in/code', { answers: all(303) }],
  ['POST /sign-in/code', { answers: all(303), fields: { code: '000000', to: '' } }],
  ['POST /sign-out', { answers: all(303) }],
  ['GET /link/:token', { answers: all(404) }],
  ['POST /link/:token', { answers: all(404), fields: { password: 'x', code: '0' } }],
  // one's own account
  ['GET /account', { answers: MEMBERS }],
  [
    'POST /account/password',
    { answers: answers(401, 403, 403, 403, 403), fields: { present: 'x', password: 'y' } },
  ],
  ['POST /account/sign-out-everywhere', { answers: answers(401, 303, 303, 303, 303) }],
  // customers
  ['GET /licenses', { answers: answers(401, 200, 200, 303, 303) }],
  ['GET /licenses/:id', { answers: MEMBERS, of: 'license' }],
  ['GET /licenses/:id/revisions/:revision', { answers: MEMBERS, of: 'license' }],
  ['GET /licenses/:id/change/:type', { answers: answers(401, 403, 200, 200, 200), of: 'license' }],
  [
    'POST /licenses/:id/change/:type',
    {
      answers: answers(401, 403, 201, 201, 201),
      of: 'sold',
      fields: { duration: 'P12M', seen: '1', reference: 'PO 1', 'pool.mailboxes': '' },
    },
  ],
  ['GET /orders', { answers: answers(401, 200, 200, 303, 303) }],
  ['GET /orders/:id', { answers: MEMBERS, of: 'order' }],
  [
    'POST /orders/:id',
    { answers: answers(401, 403, 200, 200, 200), of: 'order', fields: { action: 'cancel' } },
  ],
  // staff
  ['GET /staff', { answers: STAFF }],
  ['GET /staff/licenses', { answers: STAFF }],
  ['GET /staff/licenses/:id', { answers: STAFF, of: 'license' }],
  ['GET /staff/orders', { answers: STAFF }],
  ['GET /staff/orders/:id', { answers: STAFF, of: 'staff-order' }],
  [
    'POST /staff/orders/:id',
    { answers: STAFF, of: 'staff-order', fields: { action: 'refuse', reason: 'No', number: '' } },
  ],
  ['GET /staff/asks', { answers: STAFF }],
  ['POST /staff/asks/:id', { answers: STAFF, of: 'ask', fields: { action: 'close' } }],
  ['GET /staff/customers', { answers: STAFF }],
  ['GET /staff/customers/:id', { answers: STAFF, of: 'customer' }],
  ['POST /staff/customers/:id', { answers: ADMIN, of: 'customer', fields: INVITATION }],
  ['GET /staff/issue', { answers: STAFF }],
  [
    'POST /staff/issue',
    {
      answers: answers(401, 404, 404, 201, 201),
      fields: {
        offer: 'mailbox-backup/annual',
        customer: 'C-3',
        name: 'Three',
        quantity: '5',
        from: '',
        zone: '',
        note: '',
        once: 'o'.repeat(22),
      },
    },
  ],
  ['GET /staff/trust', { answers: STAFF }],
  ['GET /staff/audit', { answers: STAFF }],
  // administrators
  ['GET /staff/accounts', { answers: ADMIN }],
  [
    'POST /staff/accounts',
    { answers: ADMIN, fields: { ...INVITATION, email: 'new@example.com', customer: 'C-1' } },
  ],
  ['POST /staff/accounts/:id/link', { answers: ADMIN, of: 'account' }],
  ['POST /staff/accounts/:id/disable', { answers: answers(401, 404, 404, 403, 303), of: 'account' }],
]);

interface Layer {
  readonly slash: boolean;
  readonly route?: {
    readonly path: string | readonly string[];
    readonly methods: Readonly<Record<string, boolean>>;
  };
  readonly handle: { readonly stack?: readonly Layer[] };
}

function routesIn(stack: readonly Layer[]): string[] {
  return stack.flatMap(({ slash, route, handle }) => {
    if (route !== undefined) {
      return [route.path]
        .flat()
        .flatMap((path) => Object.keys(route.methods).map((method) => `${method.toUpperCase()} ${path}`));
    }
    if (handle.stack === undefined) return [];
    // A router under a path of its own would hide its addresses here.
    if (!slash) throw new Error('expected every router at the root');
    return routesIn(handle.stack);
  });
}

/** The routes that the application itself has; all its assets count as one. */
export function routesOf(app: Express): ReadonlySet<string> {
  const found = routesIn((app.router as unknown as { stack: readonly Layer[] }).stack);
  return new Set(found.map((route) => (route.startsWith('GET /assets/') ? 'GET /assets' : route)));
}

/** A link that nobody was given. */
const NO_LINK = 'A'.repeat(43);

/** The good form of a route. */
export const fieldsOf = (route: string, whose: Whose): Record<string, string> =>
  Object.fromEntries(
    Object.entries(TABLE.get(route)?.fields ?? {}).map(([name, value]) => [
      name,
      value.replace('WHOSE', whose.toLowerCase()),
    ]),
  );

/** The address of a route with the ids of somebody's objects. */
export function addressOf(world: World, route: string, whose: Whose): string {
  const { of } = TABLE.get(route)!;
  const path = route.slice(route.indexOf(' ') + 1);
  if (path === '/assets') return /href="(\/assets\/[^"]+)"/.exec(world.home)![1]!;
  const id = of === undefined ? '' : world.idOf(of, whose);
  return path
    .replace(':id', id)
    .replace(':token', NO_LINK)
    .replace(':revision', '1')
    .replace(':type', 'renew');
}

const kindOf = (visitor: VisitorName): keyof Answers =>
  visitor.startsWith('owner')
    ? 'owner'
    : visitor.startsWith('viewer')
      ? 'viewer'
      : (visitor as keyof Answers);

/** Whether an object is one that a visitor may know of: staff know all, contacts their own customer's. */
const mayKnow = (visitor: VisitorName, whose: Whose): boolean =>
  whose !== 'nobody' && (visitor === 'staff' || visitor === 'admin' || visitor.endsWith(whose));

/** What a visitor is answered; what is somebody else’s is not there, unless the role is refused anyway. */
export function expectedStatus(route: string, visitor: VisitorName, whose: Whose): number {
  const { answers: table, of } = TABLE.get(route)!;
  const status = table[kindOf(visitor)];
  if (of === undefined || visitor === 'nobody' || mayKnow(visitor, whose)) return status;
  return (visitor === 'staff' || visitor === 'admin') && status >= 400 ? status : 404;
}
