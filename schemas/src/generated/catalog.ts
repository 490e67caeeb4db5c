// generated from json/catalog.schema.json by npm run types; do not edit

/**
 * What the vendor writes of a product (YAML): the rules that are signed into kit and licenses, and offers and prices, which stay with the vendor.
 */
export type Catalog = ProductRules & {
  currency?: Currency;
  offers?: Offers;
  selfService?: SelfService;
};
/**
 * Ids that this one stands for from now on: what was counted or allowed under them is carried over.
 *
 * @minItems 1
 * @maxItems 16
 *
 * Items: An id within a product, for life.
 */
export type Replaces = string[];
/**
 * What a state allows.
 *
 * @maxItems 256
 *
 * Items: An operation, for everyone or for one role: backup, sign-in@administrator.
 */
export type Row = string[];
/**
 * A currency of ISO 4217: three capital letters.
 */
export type Currency = string;
/**
 * One thing that is sold. An order for a quantity of it gets each of its pools that many times.
 */
export type Offer =
  | {
      type: 'trial';
      /**
       * A short text for people, without control characters and marks that turn the direction of writing.
       */
      label?: string;
      /**
       * A calendar duration of ISO 8601 without a time part: P12M, P1Y, P14D.
       */
      term: string;
      pools?: Quantities;
      features?: Ids;
      price?: Price;
      replaces?: Replaces;
    }
  | {
      type: 'subscription';
      /**
       * A short text for people, without control characters and marks that turn the direction of writing.
       */
      label?: string;
      /**
       * A calendar duration of ISO 8601 without a time part: P12M, P1Y, P14D.
       */
      term: string;
      /**
       * A calendar duration of ISO 8601 without a time part: P12M, P1Y, P14D.
       */
      grace?: string;
      renewal?: 'from-expiry' | 'from-now' | 'from-now-if-expired';
      pools?: Quantities;
      features?: Ids;
      price?: Price;
      replaces?: Replaces;
    }
  | {
      type: 'perpetual';
      /**
       * A short text for people, without control characters and marks that turn the direction of writing.
       */
      label?: string;
      pools?: Quantities;
      features?: Ids;
      price?: Price;
      replaces?: Replaces;
    }
  | {
      type: 'pack';
      /**
       * A short text for people, without control characters and marks that turn the direction of writing.
       */
      label?: string;
      for?: Ids;
      pools?: Quantities;
      features?: Ids;
      price?: Price;
      replaces?: Replaces;
    };
/**
 * @minItems 1
 * @maxItems 256
 *
 * Items: An id within a product, for life.
 */
export type Ids = string[];
/**
 * at-once: reissued when it is paid, or when there is nothing to pay; ask: staff approve it first; no: not offered.
 */
export type SelfServicePolicy = 'at-once' | 'ask' | 'no';

export interface ProductRules {
  schema: 1;
  /**
   * An id within a product, for life.
   */
  id: string;
  /**
   * A short text for people, without control characters and marks that turn the direction of writing.
   */
  name: string;
  /**
   * The catalog's version, rising.
   */
  catalog: number;
  kinds?: Kinds;
  operations: Operations;
  states: States;
  roles?: Roles;
  pools?: {
    [k: string]: Named;
  };
  meters?: Meters;
  features?: {
    [k: string]: Named;
  };
  policies?: Policies;
  links?: Links;
  trial?: Trial;
  /**
   * @minItems 1
   * @maxItems 64
   */
  critical?: string[];
}
export interface Kinds {
  [k: string]: Kind;
}
/**
 * A kind of identity and its canonical form (clause 11.1).
 */
export interface Kind {
  form: 'guid' | 'mail' | 'domain' | 'host' | 'text';
  /**
   * A short text for people, without control characters and marks that turn the direction of writing.
   */
  label?: string;
  byteOrder?: 'rfc4122' | 'microsoft';
  /**
   * Ids enter the ledger only as digests under the licensee's merge key.
   */
  keyed?: boolean;
  replaces?: Replaces;
}
export interface Operations {
  [k: string]: Operation;
}
export interface Operation {
  /**
   * A short text for people, without control characters and marks that turn the direction of writing.
   */
  label?: string;
  /**
   * @maxItems 64
   *
   * Items: An id within a product, for life.
   */
  meters?: string[];
  /**
   * An id within a product, for life.
   */
  feature?: string;
  /**
   * True where the operation reads the customer's own data.
   */
  reads?: boolean;
  replaces?: Replaces;
}
/**
 * One row a state; a state without a row allows what the row of none allows.
 */
export interface States {
  none?: Row;
  pending?: Row;
  trial?: Row;
  active?: Row;
  grace?: Row;
  expired?: Row;
  'trial-expired'?: Row;
  suspended?: Row;
  revoked?: Row;
}
export interface Roles {
  [k: string]: Named;
}
export interface Named {
  /**
   * A short text for people, without control characters and marks that turn the direction of writing.
   */
  label?: string;
  replaces?: Replaces;
}
export interface Meters {
  [k: string]: Meter;
}
/**
 * A rule by which something draws from pools, the first with room.
 */
export interface Meter {
  /**
   * A short text for people, without control characters and marks that turn the direction of writing.
   */
  label?: string;
  /**
   * @minItems 1
   * @maxItems 16
   *
   * Items: An id within a product, for life.
   */
  pools: string[];
  /**
   * An id within a product, for life.
   */
  kind: string;
  /**
   * @minItems 1
   * @maxItems 32
   *
   * Items: An id within a product, for life.
   */
  platforms?: string[];
  /**
   * How many units one identity takes.
   */
  cost?:
    | {
        type: 'fixed';
        units: number;
      }
    | {
        type: 'size';
        bytes: number;
        per: 'identity' | 'meter';
        ratchet?: boolean;
      }
    | {
        type: 'beyond';
        included: number;
        per: 'identity' | 'meter';
      };
  /**
   * When a meter takes.
   */
  takes?:
    | {
        type: 'first-use';
      }
    | {
        type: 'condition';
        /**
         * An id within a product, for life.
         */
        condition: string;
      }
    | {
        type: 'evaluation';
        /**
         * Days of 86,400 s.
         */
        days: number;
        when: 'always' | 'when-no-seat-free';
        /**
         * An id within a product, for life.
         */
        condition?: string;
      };
  group?: Group;
  /**
   * @maxItems 32
   *
   * Items: An id within a product, for life.
   */
  exempt?: string[];
  /**
   * How a seat is given back.
   */
  release?:
    | {
        type: 'never';
      }
    | {
        type: 'hold';
        /**
         * Days of 86,400 s.
         */
        days: number;
        mode?: 'each' | 'all-eligible';
        /**
         * A claim given back on the day it was made is free.
         */
        sameDay?: boolean;
      }
    | {
        type: 'reasons';
        /**
         * @minItems 1
         * @maxItems 32
         *
         * Items: An id within a product, for life.
         */
        reasons: string[];
      };
  /**
   * What happens at the pool's limit.
   */
  limit?:
    | {
        type: 'hard';
      }
    | {
        type: 'slack';
        percent: number;
        atLeast: number;
        /**
         * Days of 86,400 s.
         */
        days: number;
      }
    | {
        type: 'postpaid';
      };
  overflow?: 'alphabetical' | 'oldest-first' | 'choose';
  replaces?: Replaces;
}
/**
 * One seat covers up to size sub-identities.
 */
export interface Group {
  /**
   * An id within a product, for life.
   */
  kind: string;
  size: number;
  /**
   * How a seat is given back.
   */
  release?:
    | {
        type: 'never';
      }
    | {
        type: 'hold';
        /**
         * Days of 86,400 s.
         */
        days: number;
        mode?: 'each' | 'all-eligible';
        /**
         * A claim given back on the day it was made is free.
         */
        sameDay?: boolean;
      }
    | {
        type: 'reasons';
        /**
         * @minItems 1
         * @maxItems 32
         *
         * Items: An id within a product, for life.
         */
        reasons: string[];
      };
}
/**
 * What the host does beyond the states' rows.
 */
export interface Policies {
  mode?: 'enforce' | 'advisory';
  /**
   * After the clock has been suspect for days of running time.
   */
  clock?: {
    /**
     * Days of 86,400 s.
     */
    days: number;
    then: 'warn' | 'expire';
  };
  /**
   * How old the status shard may become.
   */
  status?: {
    /**
     * Days of 86,400 s.
     */
    days: number;
    then: 'warn' | 'expire';
  };
  /**
   * How long new claims only warn while the ledger waits for a catch-up.
   */
  ledger?: {
    /**
     * Days of 86,400 s.
     */
    days: number;
  };
  /**
   * Days of 86,400 s.
   */
  undo?: number;
}
export interface Links {
  [k: string]: string;
}
/**
 * The trial that a host may start by itself.
 */
export interface Trial {
  /**
   * Days of 86,400 s.
   */
  days: number;
  pools?: {
    [k: string]: number;
  };
}
/**
 * What is sold, by id.
 */
export interface Offers {
  [k: string]: Offer;
}
/**
 * What one unit of an offer has of each pool.
 */
export interface Quantities {
  [k: string]: number;
}
/**
 * Without tax.
 */
export interface Price {
  /**
   * Minor units of the currency, such as cents.
   */
  amount: number;
  /**
   * For the offer whatever the quantity, or for each unit of the quantity.
   */
  per: 'offer' | 'unit';
}
/**
 * What customers may do in the portal, each change by itself; what is not said is asked of staff.
 */
export interface SelfService {
  renew?: SelfServicePolicy;
  extend?: SelfServicePolicy;
  reduce?: SelfServicePolicy;
  convert?: SelfServicePolicy;
}
