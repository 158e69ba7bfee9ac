import type { Parameter } from '../operation/operation.js';
import { neededText, oneOf, whole } from '../vpc/request/parameters.js';
import type { ListenerTarget } from './listener-actions.js';

/** Which listener an action means. SLB has no package on npm: our own type. */
export interface AnyListenerTarget extends ListenerTarget {
  /** Needed only where two protocols listen on the port. */
  readonly ListenerProtocol?: string;
}

export const LISTENER_TARGET: Readonly<Record<string, Parameter>> = {
  LoadBalancerId: neededText,
  ListenerPort: { ...whole, required: true },
  ListenerProtocol: oneOf('tcp', 'udp', 'http', 'https'),
};
