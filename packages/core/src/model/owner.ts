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
  /** A hash of the part of the spec that the resource was made from. */
  readonly specHash?: string | undefined;
}
