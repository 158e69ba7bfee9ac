import type { Clouds } from '../../do/kinds/cloud/clouds.js';
import type { GatewayKind } from '../../do/model/gateway-kind.js';
import type { Link } from '../../do/model/link.js';
import type { Listener } from '../../do/model/load-balancer.js';
import type { GatewayRef } from '../../do/model/reference.js';
import type { Target } from '../../do/model/target.js';
import type { RegionSnapshot, Snapshot } from '../../do/snapshot/snapshot.js';
import { targetLabel } from '../../do/words/target-label.js';
import { mappingsTo } from '../../do/world/routes/custom-domains.js';
import { weightsWriter, writerText } from '../path/balancers/call-shares.js';
import { GraphBuilder } from './builder.js';
import type { Graph } from './model.js';

/** What exists: gateways, their routes, links with subnets and groups, load balancers and backends. Pure. */
export function graphOfSnapshot(snapshot: Snapshot, clouds: Clouds): Graph {
  const builder = new GraphBuilder();
  for (const region of snapshot.regions) addRegion(builder, region, clouds);
  const places = snapshot.regions.map(({ provider, region }) => `${provider} ${region}`).join(', ');
  return builder.graph(`${places} at ${snapshot.takenAt}`);
}

/** All of a region: its links, and its gateways with their routes and targets. */
export function addRegion(builder: GraphBuilder, region: RegionSnapshot, clouds: Clouds): void {
  for (const link of region.links) addLink(builder, region, link);
  for (const gateway of region.gateways) {
    const from = builder.node({
      id: `gateway ${gateway.id}`,
      kind: 'gateway',
      label: gateway.name || gateway.id,
      detail: gatewayText(clouds, gateway),
    });
    addDomains(builder, region, gateway.id);
    for (const route of gateway.routes) {
      const target = route.targetId === undefined ? undefined : addTarget(builder, region, route.targetId);
      const id = builder.node({ id: `route ${gateway.id} ${route.key}`, kind: 'route', label: route.key, target });
      builder.edge({ from, to: id });
      if (route.linkId === undefined) {
        if (target !== undefined) builder.edge({ from: id, to: target });
        continue;
      }

      const link = `link ${route.linkId}`;
      builder.node({ id: link, kind: 'link', label: route.linkId, detail: 'not in the snapshot', mark: 'unknown' });
      builder.edge({ from: id, to: link });
      if (target !== undefined) builder.edge({ from: link, to: target });
    }
  }
}

/** The custom domains that lead to a gateway, each with its base paths and the stages that they lead to. */
export function addDomains(
  builder: GraphBuilder,
  { customDomains = [] }: Pick<RegionSnapshot, 'customDomains'>,
  gatewayId: string,
): void {
  const labels = new Map<string, string[]>();
  for (const { domain, mapping } of mappingsTo(customDomains, gatewayId)) {
    const from = builder.node({
      id: `domain ${domain.id}`,
      kind: 'domain',
      label: domain.id,
      detail: domain.usable === false ? domain.nativeState : undefined,
    });
    const label = `/${mapping.path}${mapping.stage === undefined ? '' : ` to ${mapping.stage}`}`;
    labels.set(from, [...(labels.get(from) ?? []), label]);
  }
  for (const [from, mappings] of labels) {
    builder.edge({ from, to: `gateway ${gatewayId}`, label: mappings.join(', ') });
  }
}

/** `HTTP API a1b2c3`. */
export function gatewayText(clouds: Clouds, { kind, id }: GatewayRef): string {
  return `${gatewayTitle(clouds, kind)} ${id}`;
}

/** `HTTP API`: the title of a kind without its article. */
export function gatewayTitle(clouds: Clouds, kind: GatewayKind): string {
  return clouds.gateway(kind).title.replace(/^an? /, '');
}

/** A link, where it is located, and what guards it. @returns its ID */
function addLink(
  builder: GraphBuilder,
  region: Pick<RegionSnapshot, 'subnets' | 'securityGroups'>,
  link: Link,
): string {
  const id = builder.node({
    id: `link ${link.id}`,
    kind: 'link',
    label: link.name || link.id,
    detail: `${link.id}, ${link.nativeState}`,
  });
  for (const subnetId of link.subnetIds) addSubnet(builder, region, id, subnetId);
  for (const groupId of link.securityGroupIds) addGroup(builder, region, id, groupId);
  return id;
}

/** A subnet of a link, at its side. */
export function addSubnet(
  builder: GraphBuilder,
  { subnets }: Pick<RegionSnapshot, 'subnets'>,
  link: string,
  id: string,
): void {
  const found = subnets.find((one) => one.id === id);
  const detail = found === undefined ? undefined : `${found.cidrBlock}, ${found.zone}`;
  builder.node({ id: `subnet ${id}`, kind: 'subnet', label: found?.name || id, detail });
  builder.edge({ from: link, to: `subnet ${id}`, isAside: true });
}

/** A security group of a link, at its side. */
export function addGroup(
  builder: GraphBuilder,
  { securityGroups }: Pick<RegionSnapshot, 'securityGroups'>,
  link: string,
  id: string,
): void {
  const found = securityGroups.find((one) => one.id === id);
  builder.node({
    id: `group ${id}`,
    kind: 'group',
    label: found?.name || id,
    detail: found?.name ? id : undefined,
  });
  builder.edge({ from: link, to: `group ${id}`, isAside: true });
}

/** `i-0a1b2c3d:8080`, where the name of an authorization does not show it. */
function behind({ kind, resourceId, port }: Partial<Target> = {}): string | undefined {
  return kind !== 'instance' || resourceId === undefined ? undefined : `${resourceId}:${port ?? ''}`;
}

/** The services whose deployments write weights of a listener: `weights by service orders (BLUE_GREEN)`. */
function writersOf(region: RegionSnapshot, listener: Listener): readonly string[] {
  const found = [undefined, ...(listener.rules ?? [])].flatMap(
    (rule) => weightsWriter({ region }, listener, rule) ?? [],
  );
  return [...new Set(found.map(({ writer }) => `weights by ${writerText(writer)}`))];
}

/** A target with what is behind it: the load balancer's targets. @returns its ID */
export function addTarget(builder: GraphBuilder, region: RegionSnapshot, targetId: string): string {
  const target = region.targets.find(({ id }) => id === targetId);
  const listener = region.listeners.find(({ id }) => id === targetId);
  const balancer = region.loadBalancers.find(({ id }) => id === (listener?.loadBalancerId ?? target?.resourceId));
  const id = builder.node({
    id: `target ${targetId}`,
    kind: balancer === undefined ? 'target' : 'balancer',
    label: targetLabel(target ?? { id: targetId }),
    detail: [
      [balancer === undefined ? target?.resourceType : balancer.kind, behind(target)].join(' ').trim(),
      ...(listener === undefined ? [] : writersOf(region, listener)),
    ].join(', '),
  });
  if (balancer === undefined) return id;

  const groups = new Set((listener?.actions ?? []).flatMap(({ targetGroupIds = [] }) => targetGroupIds));
  for (const group of region.targetGroups ?? []) {
    if (!groups.has(group.id)) continue;

    for (const { id: backend, port, health } of group.targets ?? []) {
      const other = region.loadBalancers.find((one) => one.id === backend);
      const to = builder.node({
        id: `backend ${backend}:${port ?? ''}`,
        kind: other === undefined ? 'backend' : 'balancer',
        label: other?.name ?? (port === undefined ? backend : `${backend}:${port}`),
        detail: health,
        ...(health === 'unhealthy' ? { mark: 'fail' as const, note: 'unhealthy' } : {}),
      });
      builder.edge({ from: id, to });
    }
  }
  return id;
}
