/**
 * Whose a resource is, as written on the cloud itself: tags `postern:project`, `postern:owner`, `postern:integration` and
 * `postern:spec`, or, where a resource has no tags, the mark `postern:<project>@<spec>/<integration>/<name>` in its description.
 */
export interface Owner {
  readonly project: string;
  /** The identity of the spec, where it has one: `orders-7f3k2q`. Marks of older versions have none. */
  readonly spec?: string | undefined;
  /** The integration's name in the spec; for a shared link, the link's name. */
  readonly integration: string;
  /** The name of the part, such as a target's. */
  readonly name?: string | undefined;
  /**
   * The mark stands in a description and has no hash of the resource that carries it, as older versions wrote it: it may be
   * a copy. Where the resource is declared the next apply completes the mark; what is not declared is kept unless `prune`.
   */
  readonly unbound?: boolean | undefined;
  /** A hash of the part of the spec that the resource was made from. */
  readonly specHash?: string | undefined;
}
