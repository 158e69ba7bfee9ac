import type { AttributeUse } from '../../declared/open.js';
import type { Value } from '../../declared/values.js';
import type { Expression } from '../document.js';

const ANY: AttributeUse = { attribute: 'id', form: /^/ };

/** What an expression was found to name. */
export class Followed {
  constructor(readonly wanted: AttributeUse = ANY) {}

  readonly values = new Set<string>();
  /** Why it may name something else. */
  readonly reasons = new Set<string>();
  /** What the plan does not describe on the way: it can name what its module has. */
  readonly undescribed = new Set<string>();
  /** The modules of which everything was followed. */
  readonly modules = new Set<string>();
  /** What was followed to its end: each expression by where it stands, and by what is wanted of it. */
  followed = new Map<Expression, Set<string>>();
  /** The same inside a `for_each`, whose flags do not count. */
  readonly inForEach = new Map<Expression, Set<string>>();
  /** A key of a map was passed, of which a plan does not say what stands under it. */
  isMap = false;
  /** Something that is named is not known yet. */
  isOpen = false;
  /** A flag was passed: it may choose nothing, and the provider decides. */
  hasFlag = false;
  /** Everything in a module is followed, also what cannot have such a value. */
  isBroad = false;
  /** What the plan does not describe is not followed: the sources do. */
  isNarrow = false;

  /** What another one was found to name, this one names, too. */
  include(other: Followed): void {
    for (const name of ['values', 'reasons', 'undescribed', 'modules'] as const)
      for (const one of other[name]) this[name].add(one);
    this.isMap ||= other.isMap;
    this.isOpen ||= other.isOpen;
    this.hasFlag ||= other.hasFlag;
  }

  /** The texts in a known value: itself, or those of a list or a map. */
  add(value: Value): void {
    if (typeof value === 'boolean' && !this.isBroad) this.hasFlag = true;
    if (typeof value === 'string' || typeof value === 'number') this.values.add(String(value));
    else if (typeof value === 'object' && value !== null) for (const one of Object.values(value)) this.add(one);
  }
}
