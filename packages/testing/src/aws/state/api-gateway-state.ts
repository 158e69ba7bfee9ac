/** State of this service in one region. */
export interface ApiGatewayState {
  readonly tables: Map<string, never>;
}
