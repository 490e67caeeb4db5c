// generated from json/rules.schema.json by npm run types; do not edit

/**
 * An id within a product, for life.
 *
 * This interface was referenced by `Rules`'s JSON-Schema
 * via the `definition` "id".
 */
export type Id = string;
/**
 * The vendor's id: lower case, as a host name is written.
 *
 * This interface was referenced by `Rules`'s JSON-Schema
 * via the `definition` "vendorId".
 */
export type VendorId = string;
/**
 * The vendor's own number or name of a licensee.
 *
 * This interface was referenced by `Rules`'s JSON-Schema
 * via the `definition` "customerId".
 */
export type CustomerId = string;
/**
 * A short text for people, without control characters and marks that turn the direction of writing.
 *
 * This interface was referenced by `Rules`'s JSON-Schema
 * via the `definition` "text".
 */
export type Text = string;
/**
 * UTC seconds since 1970-01-01, up to 9999-12-31.
 *
 * This interface was referenced by `Rules`'s JSON-Schema
 * via the `definition` "instant".
 */
export type Instant = number;
/**
 * This interface was referenced by `Rules`'s JSON-Schema
 * via the `definition` "count".
 */
export type Count = number;
/**
 * This interface was referenced by `Rules`'s JSON-Schema
 * via the `definition` "positive".
 */
export type Positive = number;
/**
 * Days of 86,400 s.
 *
 * This interface was referenced by `Rules`'s JSON-Schema
 * via the `definition` "days".
 */
export type Days = number;
/**
 * A calendar duration of ISO 8601 without a time part: P12M, P1Y, P14D.
 *
 * This interface was referenced by `Rules`'s JSON-Schema
 * via the `definition` "duration".
 */
export type Duration = string;
/**
 * A zone name of the IANA time zone database.
 *
 * This interface was referenced by `Rules`'s JSON-Schema
 * via the `definition` "zone".
 */
export type Zone = string;
/**
 * 32 bytes, base64url.
 *
 * This interface was referenced by `Rules`'s JSON-Schema
 * via the `definition` "digest".
 */
export type Digest = string;
/**
 * 16 bytes, base64url.
 *
 * This interface was referenced by `Rules`'s JSON-Schema
 * via the `definition` "salt".
 */
export type Salt = string;
/**
 * This interface was referenced by `Rules`'s JSON-Schema
 * via the `definition` "link".
 */
export type Link = string;
/**
 * This interface was referenced by `Rules`'s JSON-Schema
 * via the `definition` "licenseKind".
 */
export type LicenseKind = 'trial' | 'commercial' | 'evaluation' | 'not-for-production';
/**
 * This interface was referenced by `Rules`'s JSON-Schema
 * via the `definition` "state".
 */
export type State =
  'none' | 'pending' | 'trial' | 'active' | 'grace' | 'expired' | 'trial-expired' | 'suspended' | 'revoked';
/**
 * An operation, for everyone or for one role: backup, sign-in@administrator.
 *
 * This interface was referenced by `Rules`'s JSON-Schema
 * via the `definition` "rowEntry".
 */
export type RowEntry = string;
/**
 * What a state allows.
 *
 * @maxItems 256
 *
 * This interface was referenced by `Rules`'s JSON-Schema
 * via the `definition` "row".
 */
export type Row = RowEntry[];
/**
 * Ids that this one stands for from now on: what was counted or allowed under them is carried over.
 *
 * @minItems 1
 * @maxItems 16
 *
 * This interface was referenced by `Rules`'s JSON-Schema
 * via the `definition` "replaces".
 */
export type Replaces = Id[];
/**
 * How a seat is given back.
 *
 * This interface was referenced by `Rules`'s JSON-Schema
 * via the `definition` "release".
 */
export type Release =
  | {
      type: 'never';
    }
  | {
      type: 'hold';
      days: Days;
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
       */
      reasons: Id[];
    };
/**
 * How many units one identity takes.
 *
 * This interface was referenced by `Rules`'s JSON-Schema
 * via the `definition` "cost".
 */
export type Cost =
  | {
      type: 'fixed';
      units: Positive;
    }
  | {
      type: 'size';
      bytes: Positive;
      per: 'identity' | 'meter';
      ratchet?: boolean;
    }
  | {
      type: 'beyond';
      included: Count;
      per: 'identity' | 'meter';
    };
/**
 * When a meter takes.
 *
 * This interface was referenced by `Rules`'s JSON-Schema
 * via the `definition` "takes".
 */
export type Takes =
  | {
      type: 'first-use';
    }
  | {
      type: 'condition';
      condition: Id;
    }
  | {
      type: 'evaluation';
      days: Days;
      when: 'always' | 'when-no-seat-free';
      condition?: Id;
    };
/**
 * What happens at the pool's limit.
 *
 * This interface was referenced by `Rules`'s JSON-Schema
 * via the `definition` "limit".
 */
export type Limit =
  | {
      type: 'hard';
    }
  | {
      type: 'slack';
      percent: number;
      atLeast: Count;
      days: Days;
    }
  | {
      type: 'postpaid';
    };
/**
 * This interface was referenced by `Rules`'s JSON-Schema
 * via the `definition` "overflow".
 */
export type Overflow = 'alphabetical' | 'oldest-first' | 'choose';

/**
 * One row a state; a state without a row allows what the row of none allows.
 *
 * This interface was referenced by `Rules`'s JSON-Schema
 * via the `definition` "states".
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
/**
 * A kind of identity and its canonical form (clause 11.1).
 *
 * This interface was referenced by `Rules`'s JSON-Schema
 * via the `definition` "kind".
 */
export interface Kind {
  form: 'guid' | 'mail' | 'domain' | 'host' | 'text';
  label?: Text;
  byteOrder?: 'rfc4122' | 'microsoft';
  /**
   * Ids enter the ledger only as digests under the licensee's merge key.
   */
  keyed?: boolean;
  replaces?: Replaces;
}
/**
 * This interface was referenced by `Rules`'s JSON-Schema
 * via the `definition` "kinds".
 */
export interface Kinds {
  [k: string]: Kind;
}
/**
 * This interface was referenced by `Rules`'s JSON-Schema
 * via the `definition` "operation".
 */
export interface Operation {
  label?: Text;
  /**
   * @maxItems 64
   */
  meters?: Id[];
  feature?: Id;
  /**
   * True where the operation reads the customer's own data.
   */
  reads?: boolean;
  replaces?: Replaces;
}
/**
 * This interface was referenced by `Rules`'s JSON-Schema
 * via the `definition` "operations".
 */
export interface Operations {
  [k: string]: Operation;
}
/**
 * This interface was referenced by `Rules`'s JSON-Schema
 * via the `definition` "named".
 */
export interface Named {
  label?: Text;
  replaces?: Replaces;
}
/**
 * This interface was referenced by `Rules`'s JSON-Schema
 * via the `definition` "roles".
 */
export interface Roles {
  [k: string]: Named;
}
/**
 * This interface was referenced by `Rules`'s JSON-Schema
 * via the `definition` "links".
 */
export interface Links {
  [k: string]: Link;
}
/**
 * One seat covers up to size sub-identities.
 *
 * This interface was referenced by `Rules`'s JSON-Schema
 * via the `definition` "group".
 */
export interface Group {
  kind: Id;
  size: Positive;
  release?: Release;
}
/**
 * A rule by which something draws from pools, the first with room.
 *
 * This interface was referenced by `Rules`'s JSON-Schema
 * via the `definition` "meter".
 */
export interface Meter {
  label?: Text;
  /**
   * @minItems 1
   * @maxItems 16
   */
  pools: Id[];
  kind: Id;
  /**
   * @minItems 1
   * @maxItems 32
   */
  platforms?: Id[];
  cost?: Cost;
  takes?: Takes;
  group?: Group;
  /**
   * @maxItems 32
   */
  exempt?: Id[];
  release?: Release;
  limit?: Limit;
  overflow?: Overflow;
  replaces?: Replaces;
}
/**
 * This interface was referenced by `Rules`'s JSON-Schema
 * via the `definition` "meters".
 */
export interface Meters {
  [k: string]: Meter;
}
/**
 * What the host does beyond the states' rows.
 *
 * This interface was referenced by `Rules`'s JSON-Schema
 * via the `definition` "policies".
 */
export interface Policies {
  mode?: 'enforce' | 'advisory';
  /**
   * After the clock has been suspect for days of running time.
   */
  clock?: {
    days: Days;
    then: 'warn' | 'expire';
  };
  /**
   * How old the status shard may become.
   */
  status?: {
    days: Days;
    then: 'warn' | 'expire';
  };
  /**
   * How long new claims only warn while the ledger waits for a catch-up.
   */
  ledger?: {
    days: Days;
  };
  undo?: Days;
}
