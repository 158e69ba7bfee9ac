import type { ReasonFacts } from '../../../path/model/reasons.js';

/** The message and remedy for a target group that refuses HTTP/1.1. */
export function http1Refused({ group, version = '' }: ReasonFacts['HTTP1_REFUSED']): {
  readonly because: string;
  readonly remedy: string;
} {
  return {
    because: `the gateway uses HTTP/1.1, and target group ${group} accepts ${version} only: the load balancer answers 464`,
    remedy: `Forward to a target group whose protocol version is HTTP1: the protocol version of ${group} cannot be changed.`,
  };
}
