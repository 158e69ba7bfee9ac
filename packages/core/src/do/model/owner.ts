import { ignoredForPaths, none, optional, strict, value, type Form, type Infer } from '../forms/form.js';
import { optionalFlag, optionalText } from '../forms/resource-values.js';
import { isName, isSpecId } from '../forms/text-rules.js';

const name: Form<string> = value('a name of 1 to 63 ASCII letters, digits, ".", "_" and "-"', isName, {
  type: 'string',
});

const specId: Form<string> = value('an identity of 1 to 32 lower-case letters, digits and hyphens', isSpecId, {
  type: 'string',
});

const ownerShape = {
  project: name,
  /** The identity of the spec: `orders-7f3k2q`. Undefined where the resource lost its tag. */
  spec: optional(specId),
  /** The integration's name in the spec; for a shared link, the link's name. */
  integration: name,
  /** The name of the part, such as a target's. */
  name: none(name),
  /**
   * The mark is on something that routes share and does not name the route: another project may have created
   * the route. Where the resource is declared, the next apply completes the mark. What is not declared is kept
   * unless `prune`.
   */
  unbound: optionalFlag,
  /** A hash of the part of the spec that the resource was created from. */
  specHash: optionalText,
};

/**
 * The owner of a resource, as written to the cloud itself: tags `postern:project`, `postern:owner`,
 * `postern:integration` and `postern:spec`, or, where a resource has no tags, the mark
 * `postern:<project>@<spec>/<integration>/<name>` in its description.
 */
export interface Owner extends Infer<typeof ownerShape> {}

/** The member of a resource that names its owner. */
export const owner = ignoredForPaths(none(strict<Owner>()(ownerShape)));

/**
 * The owner of a write: what carries the mark of one of the integration's former names is the integration's, too,
 * and gets the new mark.
 */
export interface Claim extends Owner {
  /** The names that the integration had in the spec before. */
  readonly formerly?: readonly string[] | undefined;
}
