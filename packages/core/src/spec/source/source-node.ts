/** A value where it stands in a text: enough to find the place of whatever it holds. */
export interface SourceNode {
  /** Where it begins; undefined where nothing is written. */
  readonly offset: number | undefined;
  readonly isScalar: boolean;
  /** What stands under a key or at an index, and where its key begins. */
  readonly child: (step: string | number) => SourceChild | undefined;
  /** The keys of a map, in order. */
  readonly keys: () => Iterable<string>;
}

export interface SourceChild {
  readonly keyOffset?: number | undefined;
  readonly node: SourceNode;
}
