import { ruleLine } from '../network/listener-rules/words.js';
import { entryText, routeText, ruleText } from '../text/rule-words.js';
import type { AllowEntry } from '../model/allowlist.js';
import type { GatewayIntegration, Stage } from '../model/gateway.js';
import type { GroupTarget, ListenerAction, ListenerRule, ServiceInstance } from '../model/load-balancer.js';
import type { SecurityGroupRule } from '../model/network.js';
import type { Route } from '../model/route.js';
import type {
  NetworkAclEntry,
  RemoteConnection,
  RouteEntry,
  TransitAttachment,
  TransitRoute,
} from '../model/routing.js';
import type { RegionSnapshot, SnapshotList } from '../snapshot/snapshot.js';

/** A resource, or a part of one, as plain members. */
export type Members = Readonly<Record<string, unknown>>;

/** The parts of a resource that are reported one by one: rules, routes, entries. */
export interface PartKind {
  readonly noun: string;
  /** The key that distinguishes a part from the others. */
  readonly key: (part: Members) => string;
  /** Its readable form; by default its key. */
  readonly text?: ((part: Members) => string) | undefined;
  readonly parts?: Parts | undefined;
}

/** The parts of a resource by the member that holds them. */
export type Parts = Readonly<Record<string, PartKind | undefined>>;

/** A list of a region, and how its items are described. */
export interface Kind {
  readonly list: Exclude<SnapshotList, 'quotas'>;
  readonly noun: string;
  readonly nouns: string;
  /** The member that distinguishes an item from the others. */
  readonly key: string;
  /** Whether what changes in it can change whether calls arrive. */
  readonly paths: boolean;
  readonly parts: Parts;
}

/** Members that never change the path of a call, in any resource. */
export const CALM: ReadonlySet<string> = new Set([
  'name',
  'tags',
  'createdAt',
  'description',
  'reason',
  'freeAddresses',
  'maxEntries',
  'nativeState',
  'owner',
  'because',
  'notAfter',
  'deployed',
  'deploymentId',
  'createdBy',
]);

/** Parts that are distinguished by their IDs, where they have them, and that are described in text. */
function part<T>(noun: string, text: (part: T) => string, id?: (part: T) => string | undefined): PartKind {
  const words = (one: Members): string => text(one as T);
  return { noun, key: (one) => id?.(one as T) ?? words(one), text: words };
}

const actions = part<ListenerAction>('action', ({ kind, targetGroupIds = [], weights = [], statusCode }) =>
  [
    kind,
    ...(targetGroupIds.length === 0 ? [] : [`to ${targetGroupIds.map((id) => groupText(id, weights)).join(', ')}`]),
    ...(statusCode === undefined ? [] : [statusCode]),
  ].join(' '),
);

function groupText(id: string, weights: NonNullable<ListenerAction['weights']>): string {
  const own = weights.find(({ targetGroupId }) => targetGroupId === id);
  return own === undefined ? id : `${id} (weight ${own.weight})`;
}

const transitRoute = part<TransitRoute>(
  'route',
  ({ cidrBlock, attachmentIds, state, origin }) =>
    `${cidrBlock} → ${attachmentIds.join(', ') || state} (${origin}${state === 'active' ? '' : `, ${state}`})`,
);

const allowEntry = part<AllowEntry>('entry', ({ cidrBlock, protocol, fromPort, toPort }) =>
  protocol === 'all'
    ? cidrBlock
    : `${cidrBlock} ${protocol} ${fromPort === toPort ? fromPort : `${fromPort}-${toPort}`}`,
);

/** A kind of resource; the plural of its noun gets an s by default. */
function kind(list: Kind['list'], noun: string, rest: Partial<Omit<Kind, 'list' | 'noun'>> = {}): Kind {
  return { list, noun, nouns: `${noun}s`, key: 'id', paths: true, parts: {}, ...rest };
}

/** Every list of a region, those that decide about paths first. */
export const KINDS: readonly Kind[] = [
  kind('links', 'link'),
  kind('networks', 'network'),
  kind('subnets', 'subnet'),
  kind('securityGroups', 'security group', {
    parts: { rules: part<SecurityGroupRule>('rule', ruleText, ({ id }) => id) },
  }),
  kind('networkAcls', 'network ACL', {
    parts: { entries: part<NetworkAclEntry>('entry', entryText, ({ direction, order }) => `${direction} ${order}`) },
  }),
  kind('routeTables', 'route table', {
    parts: {
      routes: part<RouteEntry>(
        'route',
        routeText,
        ({ cidrBlock, prefixListId, origin }) => `${cidrBlock ?? prefixListId ?? ''} (${origin})`,
      ),
    },
  }),
  kind('prefixLists', 'prefix list'),
  kind('peerings', 'peering', {
    parts: { sides: { noun: 'side', key: ({ networkId }) => String(networkId) } },
  }),
  kind('transitGateways', 'transit gateway', {
    parts: {
      attachments: part<TransitAttachment>('attachment', ({ id }) => id),
      routeTables: { noun: 'route table', key: ({ id }) => String(id), parts: { routes: transitRoute } },
    },
  }),
  kind('virtualGateways', 'virtual gateway', {
    parts: { connections: part<RemoteConnection>('connection', ({ id }) => id) },
  }),
  kind('loadBalancers', 'load balancer'),
  kind('listeners', 'listener', {
    parts: {
      actions,
      rules: part<ListenerRule>('rule', ruleLine, ({ id }) => id),
      ruleActions: { ...actions, noun: 'action of a rule' },
    },
  }),
  kind('targetGroups', 'target group', {
    parts: {
      targets: part<GroupTarget>(
        'target',
        ({ id, port, health, reason }) =>
          `${id}${port === undefined ? '' : `:${port}`} ${health}${reason === undefined ? '' : ` (${reason})`}`,
        ({ id, port, zone }) =>
          `${id}${port === undefined ? '' : `:${port}`}${zone === undefined ? '' : ` in ${zone}`}`,
      ),
    },
  }),
  kind('instances', 'instance'),
  kind('interfaces', 'network interface'),
  kind('targets', 'target'),
  kind('services', 'discovery service', {
    parts: { instances: part<ServiceInstance>('instance', ({ id }) => id) },
  }),
  kind('privateDomains', 'private domain', { key: 'name' }),
  kind('certificates', 'certificate'),
  kind('gateways', 'gateway', {
    parts: {
      routes: part<Route>('route', ({ key }) => key),
      stages: part<Stage>('stage', ({ name }) => name),
      integrations: part<GatewayIntegration>('integration', ({ id }) => id),
    },
  }),
  kind('allowlists', 'allowlist of link', { nouns: 'allowlists', key: 'linkId', parts: { entries: allowEntry } }),
  kind('egress', 'egress of link', { nouns: 'egress of links', key: 'linkId' }),
  kind('zones', 'zone', { paths: false }),
  kind('serviceRoles', 'service role', { key: 'name', paths: false }),
];

/** The items of a list; undefined where it was not read. */
export function itemsOf(region: RegionSnapshot, { list }: Kind): readonly Members[] | undefined {
  return region[list] as readonly Members[] | undefined;
}
