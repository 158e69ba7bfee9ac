export interface CallerListRow {
  /** `acl-…` */
  readonly AclId: string;
  readonly AclName: string;
  readonly AddressIPVersion: 'ipv4' | 'ipv6';
  /** Blocks: `192.168.1.0/24`. */
  readonly entries: { readonly AclEntryIp: string; readonly AclEntryComment: string }[];
}

/** How an instance uses a list: `white`: only its callers are served, `black`: all others are. */
export interface InstanceListRow {
  readonly id: string;
  readonly type: 'white' | 'black';
}
