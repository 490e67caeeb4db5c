// generated from json/trust-root.schema.json by npm run types; do not edit

/**
 * The payload of a trust root (typ trust-root+jws), trust-root.md clause 2.
 */
export interface TrustRoot {
  schema: 1;
  /**
   * The vendor's id: lower case, as a host name is written.
   */
  iss: string;
  environment: 'production' | 'test';
  version: number;
  /**
   * UTC seconds since 1970-01-01, up to 9999-12-31.
   */
  iat: number;
  /**
   * UTC seconds since 1970-01-01, up to 9999-12-31.
   */
  exp: number;
  root: {
    threshold: number;
    /**
     * @minItems 1
     * @maxItems 16
     */
    keys: Key[];
  };
  /**
   * @maxItems 64
   */
  issuing: IssuingKey[];
  /**
   * @maxItems 64
   */
  status: WindowedKey[];
  /**
   * @minItems 1
   * @maxItems 64
   */
  critical?: string[];
}
export interface Key {
  /**
   * 32 bytes, base64url.
   */
  kid: string;
  /**
   * 32 bytes, base64url.
   */
  x: string;
}
export interface IssuingKey {
  /**
   * 32 bytes, base64url.
   */
  kid: string;
  /**
   * 32 bytes, base64url.
   */
  x: string;
  /**
   * UTC seconds since 1970-01-01, up to 9999-12-31.
   */
  from: number;
  /**
   * UTC seconds since 1970-01-01, up to 9999-12-31.
   */
  until?: number;
  /**
   * UTC seconds since 1970-01-01, up to 9999-12-31.
   */
  retired?: number;
  /**
   * UTC seconds since 1970-01-01, up to 9999-12-31.
   */
  revoked?: number;
  limits?: {
    /**
     * @minItems 1
     * @maxItems 64
     *
     * Items: An id within a product, for life.
     */
    products?: string[];
    /**
     * @minItems 1
     * @maxItems 4
     */
    kinds?: ('trial' | 'commercial' | 'evaluation' | 'not-for-production')[];
    /**
     * The longest term, in days; no perpetual license.
     */
    longest?: number;
  };
}
export interface WindowedKey {
  /**
   * 32 bytes, base64url.
   */
  kid: string;
  /**
   * 32 bytes, base64url.
   */
  x: string;
  /**
   * UTC seconds since 1970-01-01, up to 9999-12-31.
   */
  from: number;
  /**
   * UTC seconds since 1970-01-01, up to 9999-12-31.
   */
  until?: number;
  /**
   * UTC seconds since 1970-01-01, up to 9999-12-31.
   */
  retired?: number;
  /**
   * UTC seconds since 1970-01-01, up to 9999-12-31.
   */
  revoked?: number;
}
