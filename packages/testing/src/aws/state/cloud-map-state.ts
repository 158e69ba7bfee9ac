/** State of this service in one region. */
export interface CloudMapState {
  readonly tables: Map<string, never>;
}
