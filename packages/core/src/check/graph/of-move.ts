import type { Clouds } from '../../do/kinds/cloud/clouds.js';
import type { Finding } from '../../do/findings/finding.js';
import type { Gateway } from '../../do/model/gateway.js';
import type { Route } from '../../do/model/route.js';
import type { RegionSnapshot, Snapshot } from '../../do/snapshot/snapshot.js';
import { targetLabel } from '../../do/words/target-label.js';
import { GraphBuilder } from './builder.js';
import { addRegion } from './of-snapshot.js';
import type { Graph } from './model.js';

/** What moves from one link to another. */
export interface PicturedMove {
  /** Needed where the snapshot has several regions. */
  readonly region?: string | undefined;
  /** The IDs of gateways; of an API whose routes move one by one, with the keys of those that move. */
  readonly gateways: readonly { readonly id: string; readonly routes?: readonly string[] | undefined }[];
  /** The IDs of the links. Undefined: the gateway is on a shared instance. */
  readonly from: string | undefined;
  readonly to: string;
  /** The ID of the load balancer behind the new link, where the move changes it. */
  readonly targetBalancer?: string | undefined;
  /** What blocks the move, or may block it, is marked in the picture of the state after it. */
  readonly findings?: readonly Finding[] | undefined;
  /** What is added before the move: `allow ingress tcp 80 from 10.0.1.0/24 in sg-1`. */
  readonly added?: readonly string[] | undefined;
}

/** The same gateways before and after a move. */
export interface MovePictures {
  readonly before: Graph;
  readonly after: Graph;
}

/**
 * Gateways before and after a move, whichever of the two the snapshot shows. Routes that move are marked as changed, what
 * is added as added, and what stops the move as blocked. Pure.
 */
export function graphsOfMove(snapshot: Snapshot, move: PicturedMove, clouds: Clouds): MovePictures {
  const regions = snapshot.regions.filter(({ region }) => (move.region ?? region) === region);
  const ids = new Set(move.gateways.map(({ id }) => id));
  const region = regions.find(({ gateways }) => gateways.some(({ id }) => ids.has(id))) ?? regions[0];
  if (region === undefined) return { before: emptyGraph('Before'), after: emptyGraph('After') };

  const before = new GraphBuilder();
  addRegion(before, onLink(region, move, move.from), clouds);
  const after = new GraphBuilder();
  const moved = onLink(region, move, move.to);
  addRegion(after, moved, clouds);
  for (const { id, routes } of moved.gateways)
    for (const { key } of routes) after.mark(`route ${id} ${key}`, 'changed');
  for (const entry of move.added ?? []) {
    after.node({
      id: `added ${entry}`,
      kind: 'step',
      label: 'to be added',
      does: 'to be added',
      mark: 'added',
      note: entry,
    });
    after.edge({ from: `link ${move.to}`, to: `added ${entry}`, isAside: true });
  }
  for (const finding of move.findings ?? []) markFinding(after, finding, moved);
  return { before: before.graph(`Before: ${move.from ?? 'shared instance'}`), after: after.graph(`After: ${move.to}`) };
}

/** The part of a region that moves, with its routes on one link. */
function onLink(region: RegionSnapshot, move: PicturedMove, end: string | undefined): RegionSnapshot {
  const wanted = new Map(move.gateways.map(({ id, routes }) => [id, routes]));
  const gateways = region.gateways.flatMap((gateway): Gateway[] => {
    if (!wanted.has(gateway.id)) return [];

    const keys = wanted.get(gateway.id);
    const isMoved = ({ key, linkId }: Route): boolean =>
      keys?.includes(key) ?? (linkId !== undefined && (linkId === move.from || linkId === move.to));
    const routes = gateway.routes
      .filter(isMoved)
      .map((route) => withTarget({ ...route, linkId: end }, region, move, end));
    return [{ ...gateway, routes }];
  });
  return { ...region, gateways, links: region.links.filter(({ id }) => id === end) };
}

/** A route with the target that it has on a link: a move between links of different kinds changes the load balancer. */
function withTarget(route: Route, { listeners }: RegionSnapshot, move: PicturedMove, end: string | undefined): Route {
  const { targetBalancer } = move;
  if (targetBalancer === undefined) return route;

  const own = listeners.filter(({ loadBalancerId }) => loadBalancerId === targetBalancer);
  const isBehind = own.some(({ id }) => id === route.targetId) || route.targetId === targetBalancer;
  if (end !== move.to) return isBehind ? { ...route, targetId: undefined } : route;

  return isBehind ? route : { ...route, targetId: own.length === 1 ? own[0]?.id : targetBalancer };
}

/** Marks what a finding of validation is about; a backend by its name, and what has no node at its gateway. */
function markFinding(builder: GraphBuilder, finding: Finding, { targets, gateways }: RegionSnapshot): void {
  const { verdict, severity, about, message, suppressed } = finding;
  if (verdict === 'pass' || severity !== 'error' || suppressed !== undefined) return;

  const named = about.findLast(({ kind }) => kind === 'backend' || kind === 'target');
  const target =
    named === undefined
      ? undefined
      : targets.find((one) => [one.id, one.name, targetLabel(one)].includes(named.id) || one.resourceId === named.id);
  if (target !== undefined) {
    builder.mark(`target ${target.id}`, verdict, message);
    for (const { id, routes } of gateways)
      for (const { key, targetId } of routes) if (targetId === target.id) builder.mark(`route ${id} ${key}`, verdict);
    return;
  }

  const ids = about.toReversed().map(({ kind, id }) => `${kind} ${id}`);
  const [only] = gateways;
  for (const id of [...ids, ...(only === undefined ? [] : [`gateway ${only.id}`])])
    if (builder.has(id)) return builder.mark(id, verdict, message);
}

function emptyGraph(title: string): Graph {
  return { title, nodes: [], edges: [] };
}
