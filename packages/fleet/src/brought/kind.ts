/** What a kind of work is called. */
export interface BroughtNames {
  /** The goal of a run, and its service at the engine: `postern-<goal>`. */
  readonly goal: string;
  /** The key of a file and of specs. What is open in an account and region is kept in the service `postern-<key>`. */
  readonly key: string;
  /** One of the entries, in sentences. */
  readonly entry: string;
  /** The goal, as the first word of a heading. */
  readonly heading: string;
}
