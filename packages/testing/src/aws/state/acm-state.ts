/** State of this service in one region. */
export interface AcmState {
  readonly tables: Map<string, never>;
}
