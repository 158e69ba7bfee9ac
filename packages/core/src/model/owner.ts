/**
 * Whose a resource is, as written on the cloud itself: tags `postern:project`, `postern:integration` and `postern:spec`,
 * or, where a resource has no tags, the mark `postern:<project>/<integration>/<name>` in its description.
 */
export interface Owner {
  readonly project: string;
  /** The integration's name in the spec; for a shared link, the link's name. */
  readonly integration: string;
  /** The name of the part, such as a target's. */
  readonly name?: string | undefined;
  /** A hash of the part of the spec that the resource was made from. */
  readonly specHash?: string | undefined;
}
