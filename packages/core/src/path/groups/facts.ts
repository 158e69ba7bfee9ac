import type { Missing } from '../../world/views.js';
import type { RuleToAdd } from './rule-to-add.js';

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
