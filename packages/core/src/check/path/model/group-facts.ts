import type { Missing } from '../../../do/world/views.js';

type Direction = 'in' | 'out';

/** The facts of reasons at security groups. */
export interface GroupFacts {
  readonly NO_RULE: { readonly groups: readonly string[]; readonly other: string } & RuleToAdd;
  /** `last`: no rule can precede it. */
  readonly RULE_DROPS: {
    readonly rule: string;
    readonly group: string;
    readonly direction: Direction;
    readonly other: string;
    readonly port: number;
    readonly peer: string;
    readonly priority?: number | undefined;
    readonly last: boolean;
  };
  readonly RULES_DROP_FEW_PORTS: {
    readonly rules: readonly string[];
    readonly direction: Direction;
    readonly other: string;
    readonly ports: number;
  };
  readonly RULE_LEAVES: {
    readonly group: string;
    readonly rule: string;
    readonly port: number;
    readonly from: string;
    readonly to: string;
    readonly declaredAt?: string | undefined;
    readonly add: RuleToAdd;
  };
  readonly RULES_UNDECIDED: {
    readonly groups: readonly string[];
    readonly direction: Direction;
    readonly other: string;
    readonly port: number;
    readonly missing?: Missing | undefined;
  };
  readonly RULES_ALLOW_PART: {
    readonly groups: readonly string[];
    readonly other: string;
    readonly parts: string;
  } & RuleToAdd;
}

/** The rule after which groups allow a call, and who adds it. */
export interface RuleToAdd {
  readonly port: number;
  readonly direction: 'in' | 'out';
  readonly group: string;
  /** A block, or a security group. */
  readonly peer: string;
  readonly priority?: number | undefined;
  /** The group that a plan creates: the spec declares its rules. */
  readonly planned?: string | undefined;
  /** Where the spec declares the rules of the group that Postern manages: `links.eu.allowlist`. */
  readonly declaredAt?: string | undefined;
  /** The addresses of the other end as a block. */
  readonly block: string;
  /** Set where the group is the one that Postern manages. */
  readonly managed?: ManagedGroup | undefined;
}

/** The spec decides the rules of a group that Postern manages: the next `apply` removes a rule that is added by hand. */
export interface ManagedGroup {
  readonly id: string;
  /** The entry of the spec that contains the addresses. */
  readonly entry?: string | undefined;
  /** Whether an entry contains the port, too: then the rules have to be restored. */
  readonly allowsPort: boolean;
  /** The project whose spec declares the rules, where that spec is not known. */
  readonly project?: string | undefined;
}
