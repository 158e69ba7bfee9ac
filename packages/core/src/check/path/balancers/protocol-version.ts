import type { Evidence } from '../../../do/findings/finding.js';
import { part, type About } from '../../../do/findings/subject.js';
import type { Listener, TargetGroup } from '../../../do/model/load-balancer.js';
import type { CheckInput } from '../../../do/world/views.js';
import type { targetHealthReasons } from '../reasons/target-health.js';
import { groupsAnswering, whatAnswers } from './what-answers.js';
import { aboutTarget } from '../../../do/findings/about.js';
import type { BalancedTarget } from './balanced-target.js';
import { nameOfGroup } from './group-health.js';

/**
 * Whether an application load balancer refuses HTTP/1.1 calls for a target group, with status 464: its
 * targets use HTTP/2 or gRPC only. Gateways use HTTP/1.1.
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-troubleshooting.html (HTTP 464)
 */
export function refusesHttp1({ protocolVersion }: TargetGroup): boolean {
  return protocolVersion === 'HTTP2' || protocolVersion === 'GRPC';
}

/** A target group that does not accept calls of a gateway. */
export interface WrongVersion {
  readonly about: About;
  readonly facts: Parameters<typeof targetHealthReasons.HTTP1_REFUSED>[0];
  readonly evidence: readonly Evidence[];
}

/** The target groups behind a target that do not accept calls of a gateway; each once. */
export function wrongVersions(input: CheckInput, one: BalancedTarget, listener: Listener): readonly WrongVersion[] {
  if (listener.actions === undefined) return NONE;
  const answered = whatAnswers(input, one, listener);
  if (!('length' in answered)) return NONE;
  const { groups } = groupsAnswering(one, listener, answered);
  if (!groups.some(({ found }) => found.is === 'found' && refusesHttp1(found.value))) return NONE;
  return groups.flatMap(({ id, found }) => {
    if (found.is !== 'found' || !refusesHttp1(found.value)) return [];
    const { name = nameOfGroup(id), protocolVersion } = found.value;
    return [
      {
        about: aboutTarget(one.integration, one.target, part('target group', name)),
        facts: { group: name, version: protocolVersion },
        evidence: [{ kind: 'target group', id, text: `${name}: ${protocolVersion}` }],
      },
    ];
  });
}

const NONE: readonly WrongVersion[] = [];
