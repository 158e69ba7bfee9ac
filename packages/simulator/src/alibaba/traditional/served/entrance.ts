import { callerStops, type CalledDomain } from '../../callers/answered.js';
import type { Finding } from '../../connects/connection.js';
import { callerListStops } from '../control/access-control/caller-lists.js';
import type { GatewayInstanceRow } from '../control/state.js';
import type { Outcome } from '../../../simulation/traffic/outcomes.js';
import type { Failure, Ground } from './received.js';

/** What a call is known by, beside its domain. */
export interface Caller {
  /** Where it is; by default where the domain is called from. */
  readonly from: string | undefined;
  /** The instance whose address it has; undefined: it asks DNS. */
  readonly addressOf: string | undefined;
  /** Its own address. */
  readonly sourceIp: string;
}

/** How long the old instance serves a group after a move, and for how long nearly all callers still resolve its name to it. */
const DNS_MS = 600_000;
const FIRST_DNS_MS = 60_000;

/** An instance that a call arrives at, or why none answers for the group. */
export type Entrance =
  | { readonly kind: 'open'; readonly instance: GatewayInstanceRow }
  /** The gateway answers with an error. */
  | { readonly kind: 'refused'; readonly instanceId: string; readonly failure: Failure }
  /** The call reaches no gateway. */
  | {
      readonly kind: 'not-received';
      readonly instanceId: string;
      readonly outcome: Outcome;
      readonly because: string;
    };

/**
 * The instance that a call arrives at. After a move the group's names change in DNS over 1 to 10 minutes: the share of calls that still
 * go to the old instance is 1 for a minute, then falls evenly [I]. A name with an A record stays with the instance that it leads to, and so
 * does a caller that keeps an address.
 */
export function entranceOf(
  called: CalledDomain,
  { from, addressOf, sourceIp }: Caller,
  ground: Pick<Ground, 'now' | 'choose' | 'decisions'>,
): Entrance {
  const now = ground.now();
  const { previous } = called.group;
  if (previous && now < previous.until) ground.decisions.changeAt(previous.until);
  const instanceId = addressOf ?? instanceOf(called, ground);
  const { cloudApi } = called.state;
  const instance = cloudApi.instances.get(instanceId);
  const place = from ?? usualCaller(called, instance);
  const stop = callerStops(called, instanceId, place, now);
  if (stop || !instance) return closed(stop ?? { by: 'link', because: '' }, instanceId, instance);

  // Addresses in VPCs are not known here. That a refused caller gets no answer is [I]: the list is that of the load balancer in front.
  const barred = place === 'internet' ? callerListStops(called.state, instance, sourceIp) : undefined;
  if (barred !== undefined) return { kind: 'not-received', instanceId, outcome: 'unauthorized', because: barred };

  return { kind: 'open', instance };
}

function instanceOf({ group, domain }: CalledDomain, { now, choose }: Pick<Ground, 'now' | 'choose'>): string {
  if (domain.leadsTo !== undefined) return domain.leadsTo;

  const { previous, instanceId } = group;
  if (!previous || now() >= previous.until) return instanceId;

  const shares = (): readonly number[] => {
    const sinceMs = now() - (previous.until - DNS_MS);
    const newShare = Math.max(0, (sinceMs - FIRST_DNS_MS) / (DNS_MS - FIRST_DNS_MS));
    return [1 - newShare, newShare];
  };
  return choose(shares) === 0 ? previous.instanceId : instanceId;
}

/**
 * Calls to the simulator have no network position. One to a VPC domain counts as coming from the client VPC, one to a self-call domain
 * from the gateway itself, all others from the internet.
 */
function usualCaller({ state, domain }: CalledDomain, instance: GatewayInstanceRow | undefined): string {
  if (domain.kind === 'intranet') return instance?.id ?? '';
  if (domain.kind !== 'network' && domain.isIntranet !== true) return 'internet';

  const [anyVpc = ''] = state.network.vpcs.keys();
  return instance?.clientVpcId ?? anyVpc;
}

const STATES: Readonly<Record<string, Outcome>> = { CREATING: 'link-pending', DELETING: 'link-missing' };

/** What refuses the callers of a domain. It is not documented which errors they get [U]. */
function closed(
  { by, because }: Finding,
  instanceId: string,
  instance: GatewayInstanceRow | undefined,
): Exclude<Entrance, { kind: 'open' }> {
  const refused = (code: Failure['code'], outcome: Outcome) =>
    ({ kind: 'refused', instanceId, failure: { code, outcome, because } }) as const;
  switch (by) {
    case 'group':
      return refused('I410GG', 'gone');
    case 'domain':
      return refused('A403IN', 'unauthorized');
    case 'client-vpc':
      return refused('A403VN', 'unreachable');
    case 'link': {
      const outcome = instance ? (STATES[instance.status] ?? 'link-failed') : 'link-missing';
      return { kind: 'not-received', instanceId, outcome, because };
    }
    default:
      return { kind: 'not-received', instanceId, outcome: 'unreachable', because };
  }
}
