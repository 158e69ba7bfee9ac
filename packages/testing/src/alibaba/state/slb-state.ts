/** State of CLB in one region. */
export interface SlbState {
  readonly tables: Map<string, never>;
}
