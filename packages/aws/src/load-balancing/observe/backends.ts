import type { CallContext, RegionSnapshot } from '@postern/core/internal/library';
import { awaitedLater, type Gaps, type Scope } from '@postern/core/internal/adapter';
import type {
  Certificate,
  CustomDomain,
  DiscoveryService,
  GroupTarget,
  Listener,
  LoadBalancer,
  Registrar,
  TargetGroup,
} from '@postern/core/internal/snapshot';
import {
  flagOf,
  loadBalancerAttributes,
  secondsOf,
  listenersOf,
  documentedBalancers,
  toListener,
  toLoadBalancer,
} from '../load-balancer.js';
import type { ListenerOutput, LoadBalancerOutput, TargetGroupOutput } from '../../sdk-types.js';
import { observeCertificates, withRulesAndCertificates } from './listeners.js';
import { observeRegistrars } from './registrars.js';
import { withInstances } from './services.js';
import { withAttributesAndHealth, withZones } from './target-groups.js';
import type { ObservedTargets } from './targets.js';
import type { Session } from '../../client/session.js';
import { listTargetGroups } from '../target.js';
import type { ZoneFinder } from '../../networks/subnet.js';

/** The resources behind the targets, as far as they were read. `undefined` lists are gaps. Zones are still names. */
export interface ObservedBackends {
  readonly balancers: readonly LoadBalancerOutput[];
  /** What their attributes say, by ARN. */
  readonly attributes: ReadonlyMap<string, BalancerAttributes>;
  readonly listeners: readonly Listener[];
  readonly targetGroups: readonly TargetGroup[] | undefined;
  readonly certificates: readonly Certificate[] | undefined;
  readonly services: readonly DiscoveryService[] | undefined;
  readonly registrars: readonly Registrar[] | undefined;
}

/**
 * The resources that calls to the targets pass: listeners with certificates and rules, target groups with
 * health, an application load balancer behind a network one, and Cloud Map services with instances, and what registers the targets of a
 * group without a healthy one. Only for the targets in scope; for all targets with `scope.all`. Certificates of custom domains are
 * among the certificates.
 */
export async function observeBackends(
  session: Session,
  scope: Scope,
  found: ObservedTargets,
  domains: Promise<readonly CustomDomain[] | undefined>,
  gaps: Gaps,
  ctx: CallContext,
): Promise<ObservedBackends> {
  const [balanced, services] = await Promise.all([
    observeBalanced(session, scope, found, domains, gaps, ctx),
    found.services && withInstances(session, found.services, { health: true }, gaps, ctx),
  ]);
  const registered = { targetGroups: balanced.targetGroups, services, listeners: balanced.listeners };
  return {
    ...balanced,
    services,
    registrars: await observeRegistrars(session, registered, scope.all === true, gaps, ctx),
  };
}

async function observeBalanced(
  session: Session,
  scope: Scope,
  found: ObservedTargets,
  domains: Promise<readonly CustomDomain[] | undefined>,
  gaps: Gaps,
  ctx: CallContext,
): Promise<Omit<ObservedBackends, 'services' | 'registrars'>> {
  const all = scope.all === true;
  const named = new Set(found.loadBalancers.map(({ id }) => id));
  const first = (found.allBalancers ?? []).filter(({ LoadBalancerArn }) => named.has(LoadBalancerArn));
  const attributes = awaitedLater(attributesOf(session, first, gaps, ctx));
  if (found.listenerOutputs === undefined) {
    const ids = regional(session, certificatesOf(await domains));
    const certificates = all || ids.length > 0 ? await observeCertificates(session, ids, all, gaps, ctx) : undefined;
    return {
      balancers: first,
      attributes: await attributes,
      listeners: [],
      targetGroups: undefined,
      certificates,
    };
  }

  const groupOutputs =
    found.listenerOutputs.length > 0 || all
      ? awaitedLater(gaps.attempt({ what: 'target groups', of: 'targetGroups' }, () => listTargetGroups(session, ctx)))
      : Promise.resolve([]);
  const targetIds = new Set(found.targets.map(({ id }) => id));
  const isTarget = ({ ListenerArn }: ListenerOutput) => targetIds.has(ListenerArn);
  const ruled = dualStackNetworks(found.allBalancers ?? []);
  const front = await readFront(session, found.listenerOutputs.filter(isTarget), ruled, groupOutputs, all, gaps, ctx);
  // A network load balancer may forward calls to an application load balancer. The calls then pass its
  // listeners.
  const hidden = hiddenBalancers(front.groups ?? [], found);
  const hiddenIds = [...new Set(hidden.map(({ id }) => id))];
  const behind =
    hidden.length === 0
      ? { listeners: [], groups: [] }
      : await readFront(
          session,
          (
            (await gaps.attempt({ what: 'listeners', of: ['listeners', 'targetGroups', 'certificates'] }, () =>
              listenersOf(session, hiddenIds, [], ctx),
            )) ?? []
          ).filter((one) => hidden.some(({ id, port }) => one.LoadBalancerArn === id && one.Port === port)),
          ruled,
          groupOutputs,
          false,
          gaps,
          ctx,
        );
  const others = found.listenerOutputs.filter((one) => !isTarget(one)).map(toListener);
  const listeners = distinct([...front.listeners, ...behind.listeners, ...others]);
  const ids = [...certificatesOf(listeners), ...regional(session, certificatesOf(await domains))];
  const extra = (found.allBalancers ?? []).filter(({ LoadBalancerArn }) => hiddenIds.includes(LoadBalancerArn));
  return {
    balancers: [...first, ...extra.filter((one) => !first.includes(one))],
    attributes: await attributes,
    listeners,
    targetGroups: front.groups && behind.groups && distinct([...front.groups, ...behind.groups]),
    certificates: await observeCertificates(session, ids, all, gaps, ctx),
  };
}

function certificatesOf(
  users: readonly { readonly certificateIds?: readonly string[] | undefined }[] = [],
): readonly string[] {
  return users.flatMap(({ certificateIds }) => certificateIds ?? []);
}

/** Certificates of edge-optimized domains are in another region, where this one is not us-east-1. */
function regional({ region }: Session, ids: readonly string[]): readonly string[] {
  return ids.filter((id) => id.split(':')[3] === region);
}

/** The ARNs of network load balancers whose listeners can have rules. */
function dualStackNetworks(balancers: readonly LoadBalancerOutput[]): ReadonlySet<string> {
  const own = balancers.map(toLoadBalancer).filter(({ kind, dualStack }) => kind === 'network' && dualStack === true);
  return new Set(own.map(({ id }) => id));
}

interface Front {
  readonly listeners: readonly Listener[];
  readonly groups: readonly TargetGroup[] | undefined;
}

async function readFront(
  session: Session,
  outputs: readonly ListenerOutput[],
  ruled: ReadonlySet<string>,
  groupOutputs: Promise<readonly TargetGroupOutput[] | undefined>,
  all: boolean,
  gaps: Gaps,
  ctx: CallContext,
): Promise<Front> {
  const [listeners, known] = await Promise.all([
    withRulesAndCertificates(session, outputs, ruled, gaps, ctx),
    groupOutputs,
  ]);
  const used = new Set(listeners.flatMap(groupsUsedBy));
  const wanted = known?.filter(({ TargetGroupArn }) => all || used.has(TargetGroupArn));
  return { listeners, groups: wanted && (await withAttributesAndHealth(session, wanted, gaps, ctx)) };
}

function groupsUsedBy({ actions = [], rules = [] }: Listener): readonly string[] {
  return [...actions, ...rules.flatMap((rule) => rule.actions)].flatMap(({ targetGroupIds }) => targetGroupIds ?? []);
}

/** The listeners behind load balancers that are targets themselves, by balancer and port, that were not read yet. */
function hiddenBalancers(
  groups: readonly TargetGroup[],
  { targets }: ObservedTargets,
): readonly Pick<GroupTarget, 'id' | 'port'>[] {
  return groups
    .filter(({ kind }) => kind === 'load-balancer')
    .flatMap((group) => group.targets ?? [])
    .filter(({ id, port }) => !targets.some((one) => one.resourceId === id && one.port === port));
}

/** What the attributes of a load balancer say; undefined where they were not read. */
type BalancerAttributes = Pick<LoadBalancer, 'crossZone' | 'deletionProtected' | 'idleTimeoutMs'>;

/** One call for each. The idle timeout of a network load balancer is its listeners', and is not read. */
async function attributesOf(
  session: Session,
  balancers: readonly LoadBalancerOutput[],
  gaps: Gaps,
  ctx: CallContext,
): Promise<ReadonlyMap<string, BalancerAttributes>> {
  const entries = await Promise.all(
    balancers.map(async ({ LoadBalancerArn: id }) => {
      const attributes = await gaps.attempt({ what: `attributes of ${id}`, of: 'loadBalancers', id }, () =>
        loadBalancerAttributes(session, id, ctx),
      );
      const seconds = secondsOf(attributes, 'idle_timeout.timeout_seconds');
      return [
        id,
        {
          crossZone: flagOf(attributes, 'load_balancing.cross_zone.enabled'),
          deletionProtected: flagOf(attributes, 'deletion_protection.enabled'),
          ...(seconds === undefined ? {} : { idleTimeoutMs: seconds * 1000 }),
        },
      ] as const;
    }),
  );
  return new Map(entries);
}

/** The first of each. */
function distinct<T extends { readonly id: string }>(items: readonly T[]): readonly T[] {
  const known = new Map<string, T>();
  for (const item of items) if (!known.has(item.id)) known.set(item.id, item);
  return [...known.values()];
}

/** The backends as a snapshot has them. */
export function toBackendLists(read: ObservedBackends, zones: ZoneFinder, gaps: Gaps): BackendLists {
  const balancers = read.balancers.map((output) => ({
    ...toLoadBalancer(output),
    zones: zonesOf(output, zones),
    ...read.attributes.get(output.LoadBalancerArn),
    // Application load balancers always send to all zones. Only their target groups may override this.
    ...(output.Type === 'application' ? { crossZone: true } : {}),
  }));
  const loadBalancers = documentedBalancers(balancers, gaps);
  return {
    loadBalancers,
    listeners: read.listeners,
    targetGroups: read.targetGroups?.map((group) => withZones(group, zones, loadBalancers)),
    certificates: read.certificates,
    services: read.services,
    registrars: read.registrars,
  };
}

type BackendLists = Pick<
  RegionSnapshot,
  'loadBalancers' | 'listeners' | 'targetGroups' | 'certificates' | 'services' | 'registrars'
>;

/** All of them, or nothing: some would look like all. */
function zonesOf({ AvailabilityZones = [] }: LoadBalancerOutput, zones: ZoneFinder): readonly string[] | undefined {
  const found = AvailabilityZones.map(
    ({ SubnetId = '', ZoneName = '' }) => zones.ofSubnet(SubnetId) ?? zones.idOf(ZoneName),
  );
  const known = found.filter((zone) => zone !== undefined);
  return known.length === found.length ? known : undefined;
}
