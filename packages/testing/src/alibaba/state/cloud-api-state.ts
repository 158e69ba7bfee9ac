/** State of API Gateway in one region. */
export interface CloudApiState {
  readonly tables: Map<string, never>;
}
