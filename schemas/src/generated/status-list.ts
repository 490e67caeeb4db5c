// generated from json/status-list.schema.json by npm run types; do not edit

/**
 * The payload of one shard of the status list (typ statuslist+jwt), license-file.md clause 12.
 */
export interface StatusList {
  /**
   * The vendor's id: lower case, as a host name is written.
   */
  iss: string;
  sub: string;
  /**
   * UTC seconds since 1970-01-01, up to 9999-12-31.
   */
  iat: number;
  /**
   * UTC seconds since 1970-01-01, up to 9999-12-31.
   */
  exp?: number;
  version: number;
  status_list: {
    bits: 2;
    lst: string;
  };
}
