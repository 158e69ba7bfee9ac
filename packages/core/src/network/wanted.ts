import type { SecurityGroupRule } from '../model/network.js';
import type { NetworkAcl } from '../model/routing.js';
import type { Ports } from './acls/acl-entries.js';

/** A change to a list of the cloud's own after which it lets a call or its answer through. */
export type Wanted =
  | {
      readonly list: 'security-group';
      /** The group that it goes into. */
      readonly id: string;
      readonly direction: 'in' | 'out';
      readonly port: number;
      /** A block, or a security group. */
      readonly peer: string;
      /** The number with which it goes before what drops the call; undefined where rules have no order, or nothing drops it. */
      readonly priority?: number | undefined;
      /** Drops that nothing can go before: they have to give way, to priority 2. */
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
      /** What it has to hold. */
      readonly add?: string | undefined;
      /** What it must not hold any more. */
      readonly remove?: readonly string[] | undefined;
    };
