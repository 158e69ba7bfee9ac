/** A fact that no API gives and that the spec supplied, where a verdict rests on it. */
export interface Assumption {
  /** Where it stands in the spec: `assume.returnPaths[0]`. */
  readonly path: string;
  readonly text: string;
}
