/** A list of callers. */
export interface CallerListRow {
  /** `acl-…` */
  readonly id: string;
  readonly name: string;
  readonly version: 'ipv4' | 'ipv6';
  /** Blocks: `192.168.1.0/24`. */
  readonly entries: readonly { readonly block: string; readonly comment: string }[];
}

/** How an instance uses a list: `white`: only its callers are served, `black`: all others are. */
export interface InstanceListRow {
  readonly id: string;
  readonly type: 'white' | 'black';
}
