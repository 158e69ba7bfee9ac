import type { CallContext } from '../ground/calls/call-context.js';

/** A rule of a security group that allows TCP from or to one CIDR block or one other group. */
export type GroupRule = {
  readonly groupId: string;
  readonly direction: 'ingress' | 'egress';
  readonly fromPort: number;
  readonly toPort: number;
  /** Exactly one of `cidr` and `peerGroupId` is given. */
  readonly cidr?: string | undefined;
  readonly peerGroupId?: string | undefined;
  /** Where rules have priorities: the number with which it precedes rules that drop the traffic. */
  readonly priority?: number | undefined;
};

/** Single rules of security groups that exist. Used only for groups that the user named. */
export interface GroupRuleDriver {
  /** Whether exactly this rule is in the group; with `description`, written on it so. */
  readonly has: (rule: GroupRule, ctx: CallContext, description?: string) => Promise<boolean>;
  /** Adds the rule. A rule that is in the group does not cause an error. `description` is written on it. */
  readonly allow: (rule: GroupRule, description: string, ctx: CallContext) => Promise<void>;
  /** Removes the rule. A rule that is not in the group does not cause an error. */
  readonly revoke: (rule: GroupRule, ctx: CallContext) => Promise<void>;
}
