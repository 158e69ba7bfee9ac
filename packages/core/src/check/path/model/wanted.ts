import type { SecurityGroupRule } from '../../../do/model/network.js';
import type { NetworkAcl } from '../../../do/model/routing.js';
import type { Ports } from '../reasons/source-ports.js';

/** A change to a list of the cloud after which it allows a call or its answer. */
export type Wanted =
  | {
      readonly list: 'security-group';
      /** The group to change. */
      readonly id: string;
      readonly direction: 'in' | 'out';
      readonly port: number;
      /** A block, or a security group. */
      readonly peer: string;
      /** The number with which it precedes what drops the call; undefined where rules have no order, or no rule drops it. */
      readonly priority?: number | undefined;
      /** Drops that no rule can precede: they have to move to priority 2. */
      readonly yields?: readonly { readonly groupId: string; readonly rule: SecurityGroupRule }[] | undefined;
    }
  | {
      readonly list: 'network-acl';
      readonly acl: NetworkAcl;
      readonly direction: 'in' | 'out';
      readonly ports: Ports;
      readonly peer: string;
      /** The number of the entry that it has to go before; undefined where only what comes after all entries denies. */
      readonly before?: number | undefined;
    }
  | {
      readonly list: 'access-control-list';
      readonly id: string;
      /** The entry to add. */
      readonly add?: string | undefined;
      /** The entries to remove. */
      readonly remove?: readonly string[] | undefined;
    };
