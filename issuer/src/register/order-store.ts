import type { Instant } from '@counterfoil/verifier';
import type { ActorAudit } from './register.js';

/** What a customer wants of a license; quantities are totals or additions as `extend` and `reduce` take them. */
export type WantedChange =
  | { readonly type: 'renew'; readonly duration: string; readonly pools?: Readonly<Record<string, number>> }
  | {
      readonly type: 'extend';
      readonly pack?: { readonly offer: string; readonly quantity: number };
      readonly add?: Readonly<Record<string, number>>;
    }
  | { readonly type: 'reduce'; readonly pools: Readonly<Record<string, number>> }
  | { readonly type: 'convert'; readonly offer: string; readonly quantity: number };

/** Money in minor units of a currency of ISO 4217. */
export interface Money {
  readonly amount: number;
  readonly currency: string;
}

/** Where an order stands. `ready` is approved and paid, or needs neither; `done` has its license file. */
export type OrderState = 'awaiting-staff' | 'awaiting-payment' | 'ready' | 'done' | 'refused' | 'cancelled';

/** One order of a change, from wish to file. */
export interface PlacedChange {
  /** 16 random bytes, base64url: it stands in addresses. */
  readonly id: string;
  readonly license: string;
  readonly customer: string;
  /** The revision that the customer saw when ordering; another one in between makes the order stale. */
  readonly seenRevision: number;
  readonly wanted: WantedChange;
  readonly price?: Money;
  readonly state: OrderState;
  /** Why it was refused, for the customer. */
  readonly reason?: string;
  /** The customer's own number of the purchase. */
  readonly reference?: string;
  readonly paidAt?: Instant;
  readonly createdAt: Instant;
  /** The account that ordered. */
  readonly createdBy: string;
  /** What came of it, when done: a conversion has another license id. */
  readonly result?: { readonly license: string; readonly revision: number };
}

/** An ask without an account, or beside any order: a text for staff. */
export interface Ask {
  readonly id: string;
  readonly at: Instant;
  readonly email: string;
  readonly text: string;
  /** What the uploaded file says, where there was one; never more than the sender had in hand. */
  readonly license?: string;
  readonly revision?: number;
  readonly state: 'open' | 'closed';
}

/** A payment that a shop told of. */
export interface PaymentEvent {
  /** The shop's own id: the same one twice is one payment. */
  readonly id: string;
  readonly order: string;
  readonly money: Money;
  readonly at: Instant;
}

/** The orders and asks of a register; every write is one transaction with its audit entry. */
export interface OrderStore {
  /** Throws `order-open` where the license has an order that is neither done, refused nor cancelled: atomic. */
  readonly addOrder: (order: PlacedChange, audit: ActorAudit) => Promise<void>;
  readonly findOrder: (id: string) => Promise<PlacedChange | undefined>;
  readonly listOrders: (filter: {
    readonly customer?: string;
    readonly license?: string;
    readonly states?: readonly OrderState[];
  }) => Promise<readonly PlacedChange[]>;
  /**
   * Moves an order from one of these states to another; false where it stands elsewhere: atomic. `done` is reached by
   * filing its license alone.
   */
  readonly moveOrder: (
    id: string,
    from: readonly OrderState[],
    to: Exclude<OrderState, 'done'>,
    change: { readonly reason?: string; readonly paidAt?: Instant },
    audit: ActorAudit,
  ) => Promise<boolean>;
  /** Remembers a payment; false where its id is known. */
  readonly addPayment: (payment: PaymentEvent, audit: ActorAudit) => Promise<boolean>;
  readonly findPayment: (id: string) => Promise<PaymentEvent | undefined>;
  readonly addAsk: (ask: Ask, audit: ActorAudit) => Promise<void>;
  readonly listAsks: (filter: { readonly state?: Ask['state'] }) => Promise<readonly Ask[]>;
  readonly closeAsk: (id: string, audit: ActorAudit) => Promise<boolean>;
}
