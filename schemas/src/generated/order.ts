// generated from json/order.schema.json by npm run types; do not edit

/**
 * A calendar date.
 */
export type Date = string;

/**
 * What a customer ordered, as vendor staff write it (YAML or options); never signed, never leaves the vendor.
 */
export interface Order {
  /**
   * An id within a product, for life.
   */
  product: string;
  customer: {
    /**
     * The vendor's own number or name of a licensee.
     */
    id: string;
    /**
     * A short text for people, without control characters and marks that turn the direction of writing.
     */
    name: string;
  };
  kind?: 'trial' | 'commercial' | 'evaluation' | 'not-for-production';
  /**
   * An id within a product, for life.
   */
  offer?: string;
  /**
   * Units of the offer; one unless given.
   */
  quantity?: number;
  /**
   * A zone name of the IANA time zone database.
   */
  zone?: string;
  term?:
    | {
        from?: Date;
        /**
         * A calendar duration of ISO 8601 without a time part: P12M, P1Y, P14D.
         */
        duration: string;
      }
    | {
        from?: Date;
        lastDay: Date;
      }
    | {
        from?: Date;
        perpetual: true;
      }
    | {
        from?: Date;
        activateBy: Date;
        /**
         * A calendar duration of ISO 8601 without a time part: P12M, P1Y, P14D.
         */
        activated: string;
      }
    | {
        from: Date;
      };
  /**
   * A calendar duration of ISO 8601 without a time part: P12M, P1Y, P14D.
   */
  grace?: string;
  pools?: {
    [k: string]: number | Lot[];
  };
  features?: {
    [k: string]: {
      lastDay?: Date;
    };
  };
  allowed?: {
    [k: string]: {
      /**
       * @minItems 1
       * @maxItems 2000000
       */
      list?: string[];
      /**
       * A text file of identities, one a line, beside the order.
       */
      file?: string;
      /**
       * @minItems 1
       * @maxItems 2000
       */
      domains?: string[];
    };
  };
  /**
   * Bind to a host: its key's thumbprint, or an identity of a named source.
   */
  host?:
    | {
        /**
         * 32 bytes, base64url.
         */
        key: string;
      }
    | {
        /**
         * An id within a product, for life.
         */
        source: string;
        id: string;
      };
  policies?: Policies;
  /**
   * @minItems 1
   * @maxItems 64
   */
  critical?: string[];
}
export interface Lot {
  /**
   * An id within a product, for life.
   */
  id: string;
  quantity: number;
  from?: Date;
  lastDay?: Date;
  /**
   * An id within a product, for life.
   */
  kind?: string;
  autoRenew?: boolean;
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
