import { neededText } from '../vpc/request/text-rules.js';
import type { backendServersView } from './load-balancer.js';

/** The parameters of the actions on backend servers. SLB has no package on npm: our own types. */
export interface BackendServersInput {
  readonly LoadBalancerId: string;
  /** A JSON list in one text. */
  readonly BackendServers: string;
}
export interface BackendServersOutput {
  readonly LoadBalancerId: string;
  readonly BackendServers: ReturnType<typeof backendServersView>;
}

export const BACKEND_SERVERS = { LoadBalancerId: neededText, BackendServers: neededText };
