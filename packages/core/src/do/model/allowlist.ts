import { none, oneOf, optional, strict, value, type Infer } from '../forms/form.js';
import { set, sorted } from '../forms/lists.js';
import { flag, optionalFlag, optionalText, port, text } from '../forms/resource-values.js';

const wholePort = value<number>('a port', (given) => Number.isInteger(given), { type: 'integer' });

export const portRangeShape = { fromPort: wholePort, toPort: wholePort };

/** A range of ports, both ends included. */
export interface PortRange extends Infer<typeof portRangeShape> {}

const allowEntryShape = {
  /** Canonical CIDR block. */
  cidrBlock: text,
  protocol: oneOf('tcp', 'udp', 'all'),
  fromPort: port,
  toPort: port,
  /** Only what has this security group, in any block (`cidrBlock` is then `0.0.0.0/0`): the group of backends that admits the link. */
  securityGroupId: none(text),
  /** The cloud's id of the rule. */
  ruleId: optionalText,
  /** It was created with the link and exists as long as the link does: a block of the link's own subnets. */
  fixed: optionalFlag,
};

/** One entry: a block, and the ports that it opens. */
export interface AllowEntry extends Infer<typeof allowEntryShape> {}

/** The resources inside one block of an allowlist. */
export interface BlockResources {
  readonly cidrBlock: string;
  readonly resources: readonly {
    readonly kind: 'instance' | 'load-balancer' | 'interface';
    readonly id: string;
    readonly name?: string | undefined;
    readonly address: string;
    readonly subnetId?: string | undefined;
  }[];
}

export const allowlistShape = {
  linkId: text,
  /** Whether the resource that contains the entries is managed, so that the spec's list is exact. */
  owned: flag,
  /** The security group that holds the entries, where it is one. */
  securityGroupId: none(text),
  entries: sorted(strict<AllowEntry>()(allowEntryShape), ['cidrBlock', 'protocol', 'fromPort', 'toPort', 'ruleId']),
  /** Rules of other groups of the link that allow more than the list, as text. */
  wider: set(text),
  /**
   * Other rules in the resource that contains the entries, as text: Postern does not manage rules of their
   * kind. Absent: none.
   */
  unmanaged: none(set(text)),
  /**
   * What a list is that does not say what the link may reach: `inbound` is the sources that the groups of the link's
   * load balancer admit; with `none` nothing filters its calls, and no entry can be added or removed.
   */
  filter: optional(oneOf('inbound', 'none')),
};

/** What a link may reach. */
export interface Allowlist extends Infer<typeof allowlistShape> {}
