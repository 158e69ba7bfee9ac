import type { Instance } from './instance.js';
import type { AttributePath } from './values.js';

/** What an attribute is wanted for. */
export interface Wanted {
  /** The attribute of a resource that is named as a whole: `aws_subnet.a[*].id` is recorded as `aws_subnet.a`. */
  readonly attribute: string;
  /** The form of its values. What cannot be one is not a candidate: the text in a condition, a subnet among groups. */
  readonly form: RegExp;
  /**
   * What more values of a list mean: `paths` that must all work, as subnets do; or that more is allowed (`allows`), as
   * groups do.
   */
  readonly more?: 'paths' | 'allows' | undefined;
  /** The types of managed resources that can have such a value, where other values stand beside it: in a map of variables. */
  readonly types?: RegExp | undefined;
}

/** What an unknown value may be. */
export interface Candidates {
  /** Each once, in the order in which they are named. */
  readonly values: readonly string[];
  /** Why it may be something else. Empty: it is one of `values`, or some of them. */
  readonly reasons: readonly string[];
  /** They are in a map or an object, and the document does not say under which key. */
  readonly isMap?: true | undefined;
}

/** The ID of an instance that does not exist yet, for an attribute that names it. */
export type SymbolOf = (instance: Instance, attribute: string) => string | undefined;

/**
 * What a document says about values that are not known yet. Each tool has its own, for its own instances: so these are
 * methods, whose parameters TypeScript does not compare strictly.
 */
export interface References {
  /** What an attribute that is not known may be. */
  candidates(instance: Instance, path: AttributePath, wanted: Wanted): Candidates;
  /** Whether the configuration sets an attribute. Undefined: the document does not have the configuration. */
  isSet(instance: Instance, attribute: string): boolean | undefined;
  /** The text of an attribute that is not known yet, where the document has its form, and not only what it names. */
  exact?(instance: Instance, path: AttributePath): string | undefined;
  /** The ID of what does not exist yet. */
  symbolOf(instance: Instance, attribute: string): string | undefined;
  /** An attribute as the tool's users write it. */
  nameOf(instance: Instance, path: AttributePath): string;
}
