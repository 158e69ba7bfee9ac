import type { Gaps, Scope, CallContext, Link, RegionSnapshot, Gateway, Stage } from '@postern/core/internal/adapter';
import { listenersByPort } from '../gateways/integration-target.js';
import type { Session } from '../client/session.js';
import type { GatewayReader, StageFacts } from '../gateways/gateway-reader.js';
import { observeGateways } from './gateways.js';
import { balancersOfLinks } from './links.js';
import { observeTargets, type ObservedTargets } from '../load-balancing/observe/targets.js';
import { listAll } from '../client/list-all.js';

/** Gateways, and the targets in scope. */
export interface ObservedRoutes {
  readonly gateways: readonly Gateway[];
  /** Those that were found beyond what is read. */
  readonly others: RegionSnapshot['otherGateways'];
  readonly found: ObservedTargets;
}

/**
 * The gateways in scope with the targets of their routes. Targets that only gateways name are read with `all`
 * and `uses`.
 */
export async function observeRoutes(
  session: Session,
  readers: readonly GatewayReader[],
  scope: Scope,
  linking: Promise<readonly Link[]>,
  account: string,
  gaps: Gaps,
  ctx: CallContext,
): Promise<ObservedRoutes> {
  const observing = observeGateways(session, readers, scope, gaps, ctx);
  const reading = observing.then((one) => one.read);
  const connecting = Promise.all([reading, linking]).then(([read, links]) =>
    balancersOfLinks(session, scope, links, read, gaps, ctx),
  );
  const seeking = linking.then(async (links) => {
    const loadBalancers = [...(scope.loadBalancers ?? []), ...links.flatMap((link) => link.loadBalancerIds ?? [])];
    if (scope.all !== true && scope.uses !== true) {
      return observeTargets(session, scope, { loadBalancers }, account, gaps, ctx);
    }

    const [read, balancersOf] = await Promise.all([reading, connecting]);
    const ids = read.flatMap(({ targetIds }) => targetIds);
    const ports = read.flatMap(({ backends }) => backends({ balancersOf }));
    return observeTargets(session, scope, { ids, ports, loadBalancers }, account, gaps, ctx);
  });
  const [read, balancersOf, found] = await Promise.all([reading, connecting, seeking]);
  const known = { balancersOf, listenerOf: listenersByPort(found.listeners) };
  const gateways = read.map(({ complete }) => complete(known));
  return {
    gateways: scope.checks === true ? await withStageFacts(session, readers, gateways, gaps, ctx) : gateways,
    others: (await observing).others,
    found,
  };
}

/** Gateways with what only checks ask of their stages, and other lists hold. */
async function withStageFacts(
  session: Session,
  readers: readonly GatewayReader[],
  gateways: readonly Gateway[],
  gaps: Gaps,
  ctx: CallContext,
): Promise<readonly Gateway[]> {
  const facts = await Promise.all([
    certificateEnds(session, gateways, gaps, ctx),
    ...readers.flatMap(({ stageFacts }) => stageFacts?.(session, gateways, gaps, ctx) ?? []),
  ]);
  return gateways.map((gateway) => ({
    ...gateway,
    stages: gateway.stages.map((stage) =>
      facts.reduce<Stage>((known, of) => ({ ...known, ...of(gateway, stage) }), stage),
    ),
  }));
}

/**
 * The ends of the client certificates that stages present: one list call, where a stage has one that API Gateway generated. The end of
 * one of Certificate Manager, which a stage names by its ARN [I], is not read.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/rest-api-acm-client-certificates.html
 */
async function certificateEnds(
  session: Session,
  gateways: readonly Gateway[],
  gaps: Gaps,
  ctx: CallContext,
): Promise<StageFacts> {
  const all = gateways.flatMap(({ stages }) => stages.flatMap((stage) => stage.clientCertificate?.id ?? []));
  const ids = new Set(all.filter((id) => !id.startsWith('arn:')));
  if (ids.size === 0) return () => ({});

  // Gaps of these certificates alone: those of listeners are read by other calls.
  const read = listAll(session, ctx, 'client certificates', 'apigateway', 'GetClientCertificates');
  let listed: Awaited<typeof read> | undefined;
  for (const id of ids) {
    const gap = { what: `when client certificate ${id} ends`, of: 'certificates', id } as const;
    listed = await gaps.attempt(gap, () => read);
  }
  const ends = new Map(listed?.map((one) => [one.clientCertificateId, one.expirationDate] as const));
  return (_, { clientCertificate: { id } = {} }) => {
    const end = id === undefined ? undefined : ends.get(id);
    return end === undefined ? {} : { clientCertificate: { id, notAfter: new Date(end).toISOString() } };
  };
}
