/** A fact that no API provides and that the spec supplied, where a verdict depends on it. */
export interface Assumption {
  /** Its path in the spec: `assume.returnPaths[0]`. */
  readonly path: string;
  readonly text: string;
}
