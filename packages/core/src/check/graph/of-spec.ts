import { check } from '../checks/run.js';
import type { OnClouds } from '../../do/kinds/cloud/clouds.js';
import type { Finding, Report } from '../../do/findings/finding.js';
import { gatewayId } from '../../do/kinds/gateway/gateway-spec.js';
import type { Snapshot } from '../../do/snapshot/snapshot.js';
import type { LinkKind } from '../../do/model/link.js';
import type { LookUp, Spec, TargetSpec } from '../../do/spec.js';
import { sortSnapshot } from '../../do/snapshot/arrange.js';
import { namedBy } from '../../do/kinds/id-kinds.js';
import { targetLabel } from '../../do/words/target-label.js';
import { prepare } from '../../do/world/prepare.js';
import { snapshotTime } from '../../do/world/derived.js';
import type { IntegrationView, LinkView } from '../../do/world/views.js';
import { GraphBuilder } from './builder.js';
import { addDomains, addGroup, addSubnet, addTarget, gatewayText, gatewayTitle } from './of-snapshot.js';
import type { Graph, Mark } from './model.js';

/** What a spec declares, without any account. Pure. */
export function graphOfSpec({ project, links, integrations }: Spec, { clouds }: OnClouds): Graph {
  const builder = new GraphBuilder();
  for (const [name, { provider, region, account, kind, subnets = [], loadBalancer }] of Object.entries(links)) {
    const id = builder.node({
      id: `link ${name}`,
      kind: 'link',
      label: name,
      detail: placeText(provider, region, kind),
    });
    for (const subnet of subnets) {
      const label = lookUpText(subnet);
      // Look-ups of two accounts or regions may have the same name.
      const to = builder.node({ id: `subnet ${provider} ${region} ${account ?? ''} ${label}`, kind: 'subnet', label });
      builder.edge({ from: id, to, isAside: true });
    }
    if (loadBalancer !== undefined) {
      const to = builder.node({
        id: `balancer ${provider} ${region} ${account ?? ''} ${loadBalancer}`,
        kind: 'balancer',
        label: loadBalancer,
      });
      builder.edge({ from: id, to, isAside: true });
    }
  }
  for (const [name, { link, gateway, routes, targets }] of Object.entries(integrations)) {
    const api = gatewayId(gateway);
    const detail = gatewayTitle(clouds, clouds.gatewayKind(gateway));
    const from = builder.node({ id: `gateway ${api}`, kind: 'gateway', label: api, detail });
    for (const [target, spec] of Object.entries(targets)) {
      const to = builder.node({ id: `target ${name} ${target}`, kind: 'target', label: target, detail: refText(spec) });
      builder.edge({ from: `link ${link}`, to });
    }
    for (const [key, target] of Object.entries(routes)) {
      const id = builder.node({
        id: `route ${api} ${key}`,
        kind: 'route',
        label: key,
        target: `target ${name} ${target}`,
      });
      builder.edge({ from, to: id });
      builder.edge({ from: id, to: `link ${link}` });
    }
  }
  return builder.graph(`Project ${project}`);
}

/**
 * What a spec declares in a snapshot, with what its findings block: errors, and checks of severity error that could not
 * be decided. `report`: what `check` returned for them. Pure.
 * @throws {InvalidInputError} as `check`.
 */
export function graphOf(
  snapshot: Snapshot,
  spec: Spec,
  { clouds, report = check(snapshot, spec, { clouds }) }: OnClouds & { readonly report?: Report | undefined },
): Graph {
  const sorted = sortSnapshot(snapshot);
  const { input } = prepare(sorted, spec, { clouds, now: snapshotTime(snapshot), passes: false });
  const builder = new GraphBuilder();
  for (const view of input.links) addLinkView(builder, view);
  for (const view of input.integrations) addIntegration(builder, view);
  for (const finding of report.findings) markFinding(builder, finding, spec);
  return builder.graph(`Project ${spec.project} at ${snapshot.takenAt}`);
}

function addLinkView(builder: GraphBuilder, view: LinkView): void {
  const { name, link, subnetIds, securityGroupIds, region } = view;
  const id = builder.node({
    id: `link ${name}`,
    kind: 'link',
    label: name,
    detail: link === undefined ? 'to be created' : `${link.id}, ${link.nativeState}`,
    ...(link === undefined ? { mark: 'added' as const } : {}),
  });
  for (const one of subnetIds) addSubnet(builder, region.region, id, one);
  for (const one of securityGroupIds) addGroup(builder, region.region, id, one);
}

function addIntegration(builder: GraphBuilder, view: IntegrationView): void {
  const { name, spec, gateway, targets, link } = view;
  const api = gatewayId(spec.gateway);
  const from = builder.node({
    id: `gateway ${api}`,
    kind: 'gateway',
    label: gateway?.name || api,
    detail: gatewayText(link.region.clouds, { kind: link.region.clouds.gatewayKind(spec.gateway), id: api }),
  });
  addDomains(builder, link.region.region, api);
  for (const { name: target, target: found, spec: declared } of targets) {
    const id = builder.node({
      id: `target ${name} ${target}`,
      kind: 'target',
      label: target,
      detail: refText(declared),
    });
    builder.edge({ from: `link ${link.name}`, to: id });
    if (found !== undefined) builder.edge({ from: id, to: addTarget(builder, link.region.region, found.id) });
  }
  for (const [key, target] of Object.entries(spec.routes)) {
    const exists = gateway === undefined || gateway.routes.some((one) => one.key === key);
    const id = builder.node({
      id: `route ${api} ${key}`,
      kind: 'route',
      label: key,
      target: `target ${name} ${target}`,
      ...(exists ? {} : { mark: 'added' as const }),
    });
    builder.edge({ from, to: id });
    builder.edge({ from: id, to: `link ${link.name}` });
  }
}

/** Marks what a finding is about; of a path, the edge from the link to the target, and the routes of that target. */
function markFinding(builder: GraphBuilder, finding: Finding, spec: Spec): void {
  const { verdict, severity, about, integration, message, suppressed } = finding;
  if (verdict === 'pass' || severity !== 'error' || suppressed !== undefined) return;

  const mark: Mark = verdict;
  const declared = integration === null ? undefined : spec.integrations[integration];
  const api = declared === undefined ? undefined : gatewayId(declared.gateway);
  const isPath = about.some(({ kind }) => kind === 'target');
  for (const { kind, id } of about) {
    if (kind === 'link' && isPath) continue;

    if (kind === 'target' && declared !== undefined) {
      const node = `target ${integration} ${id}`;
      builder.mark(node, mark, message);
      builder.markEdge(`link ${declared.link}`, node, mark);
      for (const [key, target] of Object.entries(declared.routes))
        if (target === id) builder.mark(`route ${api} ${key}`, mark);
    } else if (kind === 'route') builder.mark(`route ${api} ${id}`, mark, message);
    else builder.mark(`${kind} ${id}`, mark, message);
  }
}

function placeText(provider: string, region: string, kind: LinkKind | undefined): string {
  return kind === undefined ? `${provider} ${region}` : `${kind}, ${provider} ${region}`;
}

function lookUpText(lookUp: LookUp): string {
  if (typeof lookUp === 'string') return lookUp;
  if ('name' in lookUp) return lookUp.name;

  return Object.entries(lookUp.tag)
    .map(([key, value]) => `${key}=${value}`)
    .join(', ');
}

function refText({ ref }: TargetSpec): string {
  const named = namedBy(ref);
  return 'port' in ref ? `${named}:${ref.port}` : targetLabel({ id: named });
}
