import type { CallContext, Link } from '@postern/core';
import type { Gaps, Scope } from '@postern/core/adapter';
import type { Gateway } from '@postern/core/snapshot';
import { listenersByPort } from '../rest-api/integration-target.js';
import type { Session } from '../client/session.js';
import { observeGateways } from './gateways.js';
import { balancersOfLinks } from './links.js';
import { observeTargets, type ObservedTargets } from './targets.js';
import { listAll } from '../client/list-all.js';

/** Gateways, and the targets in scope. */
export interface ObservedRoutes {
  readonly gateways: readonly Gateway[];
  readonly found: ObservedTargets;
}

/**
 * The gateways in scope with the targets of their routes. Targets that only gateways name are read with `all`
 * and `uses`.
 */
export async function observeRoutes(
  session: Session,
  scope: Scope,
  linking: Promise<readonly Link[]>,
  account: string,
  gaps: Gaps,
  ctx: CallContext,
): Promise<ObservedRoutes> {
  const reading = observeGateways(session, scope, gaps, ctx);
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
    gateways: scope.checks === true ? await withCertificateEnds(session, gateways, gaps, ctx) : gateways,
    found,
  };
}

/**
 * Gateways with the ends of the client certificates that their stages present: one list call, where a stage has one that API Gateway
 * generated. The end of one of Certificate Manager, which a stage names by its ARN [I], is not read.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/rest-api-acm-client-certificates.html
 */
async function withCertificateEnds(
  session: Session,
  gateways: readonly Gateway[],
  gaps: Gaps,
  ctx: CallContext,
): Promise<readonly Gateway[]> {
  const ids = gateways.flatMap(({ stages }) => stages.flatMap((stage) => stage.clientCertificate?.id ?? []));
  if (ids.every((id) => id.startsWith('arn:'))) return gateways;
  // A gap of these certificates alone: those of listeners are read by other calls.
  const gap = { what: 'client certificates of stages', of: 'certificates', id: ids.join(', ') } as const;
  const listed = await gaps.attempt(gap, () =>
    listAll(session, ctx, 'client certificates', 'apigateway', 'GetClientCertificates'),
  );
  const ends = new Map(listed?.map((one) => [one.clientCertificateId, one.expirationDate] as const));
  const stageOf = (stage: Gateway['stages'][number]): Gateway['stages'][number] => {
    const { id } = stage.clientCertificate ?? {};
    const end = id === undefined ? undefined : ends.get(id);
    return end === undefined ? stage : { ...stage, clientCertificate: { id, notAfter: new Date(end).toISOString() } };
  };
  return gateways.map((gateway) => ({ ...gateway, stages: gateway.stages.map(stageOf) }));
}
