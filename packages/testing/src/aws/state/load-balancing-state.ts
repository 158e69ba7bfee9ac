/** State of this service in one region. */
export interface LoadBalancingState {
  readonly tables: Map<string, never>;
}
