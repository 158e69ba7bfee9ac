import type { Attributes, Marks } from './values.js';

/**
 * One instance of a resource, before and after, in the types and attributes of the Terraform providers, whichever tool
 * declares it. Sensitive values are in none of its members.
 */
export interface Instance {
  /** What the tool's users call it: a Terraform address, a logical ID, a URN. */
  readonly address: string;
  readonly mode: 'managed' | 'data';
  /** `aws_security_group`. */
  readonly type: string;
  readonly actions: readonly string[];
  readonly deposed: boolean;
  readonly before: Attributes | undefined;
  readonly after: Attributes | undefined;
  /** What of `after` is not known. */
  readonly unknown: Marks;
  /** What of `after` is sensitive, and was left out. */
  readonly sensitive: Marks;
  /** Why it is not known what becomes of it. */
  readonly lost?: string | undefined;
  /** What is decided during the execution alone: `is updated in place, or replaced`. */
  readonly undecided?: string | undefined;
}

/** Instances as they are before a plan, which changes none of them. */
export function withoutChanges(all: readonly Instance[]): readonly Instance[] {
  return all
    .filter(({ deposed, before }) => !deposed && before !== undefined)
    .map((one) => (one.actions[0] === 'no-op' ? one : unchanged(one)));
}

function unchanged(one: Instance): Instance {
  return { ...one, actions: ['no-op'], after: one.before, unknown: false, sensitive: false, lost: undefined };
}
