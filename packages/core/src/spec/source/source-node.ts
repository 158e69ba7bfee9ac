/** A value with its position in a text, from which the position of all nested values can be found. */
export interface SourceNode {
  /** Where it begins; undefined where nothing is written. */
  readonly offset: number | undefined;
  readonly isScalar: boolean;
  /** The value under a key or at an index, and the position of its key. */
  readonly child: (step: string | number) => SourceChild | undefined;
  /** The keys of a map, in order. */
  readonly keys: () => Iterable<string>;
}

export interface SourceChild {
  readonly keyOffset?: number | undefined;
  readonly node: SourceNode;
}
