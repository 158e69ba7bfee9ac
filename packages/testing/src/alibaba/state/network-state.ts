/** State of VPC and ECS in one region. */
export interface AlibabaNetworkState {
  readonly tables: Map<string, never>;
}
