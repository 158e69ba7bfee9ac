import type { TargetGroup, GroupTarget, LoadBalancer } from '../../../do/model/load-balancer.js';
import type { Way } from '../model/step.js';
import type { TracedStep } from '../model/trace.js';

/** A target that may get calls, with its group. */
export interface Candidate {
  readonly group: TargetGroup;
  readonly target: GroupTarget;
}

/** What a load balancer behind a load balancer does with a call. */
export type Nested = (balancer: LoadBalancer, way: Way) => Iterable<TracedStep>;
