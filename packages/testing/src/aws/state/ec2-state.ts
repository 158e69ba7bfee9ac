/** State of this service in one region. */
export interface Ec2State {
  readonly tables: Map<string, never>;
}
