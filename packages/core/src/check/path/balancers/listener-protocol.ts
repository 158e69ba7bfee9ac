import type { Missing, CheckInput } from '../../../do/world/views.js';
import type { Evidence } from '../../../do/findings/finding.js';
import { part, type About, aboutTarget, ofRoutes } from '../../../do/findings/subject.js';
import type { Listener, TargetGroup } from '../../../do/model/load-balancer.js';
import type { targetHealthReasons } from '../reasons/target-health.js';
import { callsTo, groupsAnswering, whatAnswers } from './target-zones.js';
import type { BalancedTarget } from './balancers.js';
import { nameOfGroup } from './group-health.js';

/** Protocols that pass on what they receive, TLS included: what is behind the listener terminates it. */
export const PASSES_TLS_ON: ReadonlySet<string> = new Set(['TCP', 'TCP_UDP', 'TCP_QUIC']);

/** Protocols that terminate TLS. */
export const ENDS_TLS: ReadonlySet<string> = new Set(['HTTPS', 'TLS']);

/** Protocols of listeners that carry no HTTP over TCP. */
const WITHOUT_TCP: ReadonlySet<string> = new Set(['UDP', 'QUIC', 'GENEVE']);

/**
 * Whether a listener or target group of a protocol carries HTTP over TCP. `unknown` for a protocol that no table has: load balancers
 * get new ones.
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateListener.html (Protocol)
 * @see https://www.alibabacloud.com/help/en/slb/classic-load-balancer/user-guide/listener-overview
 */
export function carriesHttp(protocol: string): 'yes' | 'no' | 'unknown' {
  if (protocol === 'HTTP' || PASSES_TLS_ON.has(protocol) || ENDS_TLS.has(protocol)) return 'yes';

  return WITHOUT_TCP.has(protocol) ? 'no' : 'unknown';
}

/** What is missing where a protocol is in no table. */
export function protocolMissing(protocol: string, whose: string): Missing {
  return {
    what: `what ${protocol} carries, the protocol of ${whose}, which is not known to this version,`,
    remedy: `Look up ${protocol} in the documentation of the load balancer, or use a listener for HTTP, HTTPS, TCP or TLS.`,
  };
}

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
        about: ofRoutes(
          aboutTarget(one.integration, one.target, part('target group', name)),
          one.target,
          callsTo(answered, id),
        ),
        facts: { group: name, version: protocolVersion },
        evidence: [{ kind: 'target group', id, text: `${name}: ${protocolVersion}` }],
      },
    ];
  });
}

const NONE: readonly WrongVersion[] = [];
