type Direction = 'in' | 'out';

/** The facts of reasons at network ACLs, and at access control lists of listeners. */
export interface AclFacts {
  readonly ACL_ABSENT: { readonly acl: string; readonly subnet: string; readonly region: string };
  /** `answer`: the entry that answers need besides, once calls are allowed. */
  readonly ACL_DENIES: {
    readonly acl: string;
    readonly entry?: number | undefined;
    readonly traffic: string;
    readonly direction: Direction;
    readonly other: string;
    readonly add: EntryToAdd;
    readonly answer?: EntryToAdd | undefined;
  };
  readonly ACL_DENIES_FEW_PORTS: {
    readonly acl: string;
    readonly ports: number;
    readonly direction: Direction;
    readonly other: string;
    readonly entries: readonly number[];
  };
  readonly ACL_DENIES_PART: {
    readonly acl: string;
    readonly traffic: string;
    readonly direction: Direction;
    readonly other: string;
    readonly parts: string;
    readonly add: EntryToAdd;
  };
  readonly ACCESS_LIST_REFUSES: {
    readonly lists: readonly string[];
    readonly listKind: 'allow' | 'deny';
    readonly port: number;
    readonly partly: boolean;
    readonly from: string;
    readonly block: string;
  };
}

/** The entry after which a network ACL allows a call or its answer, and its position. */
export interface EntryToAdd {
  readonly acl: string;
  /** The number of the entry that it has to go before. */
  readonly before?: number | undefined;
  readonly peer: string;
  readonly fromPort: number;
  readonly toPort: number;
  readonly direction: 'in' | 'out';
  /** Where no number is below that entry's: whether it alone, or every entry, gets a higher number first. */
  readonly renumber?: 'one' | 'all' | undefined;
}
