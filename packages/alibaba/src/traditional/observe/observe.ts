import type { Link, Target, Gateway, PrivateDomain } from '@postern/core/internal/library';
import { awaitedLater, type Json, type Scope } from '@postern/core/internal/adapter';
import { plain } from '../../client/plain.js';
import type { Observing, WingEgress, WingObservation, WingRead, WingSettled } from '../../observe/wing-observation.js';
import { INSTANCE_RETIREMENT } from '../cloud/retirement.js';
import { customDomainsOf } from '../groups/custom-domains.js';
import { definitionsOf } from '../groups/definitions.js';
import { ownerOf, sourceAddressRows, toEgress } from '../instances/egress.js';
import { isDedicated, isIntegration, toLink, type InstanceOutput } from '../instances/instance.js';
import { listVpcAccesses, type VpcAccess } from '../instances/vpc-access.js';
import { groupBackends } from './backends.js';
import {
  mayMove,
  observeGroups,
  observeAuthorizationPlugins,
  observeParts,
  observeUseParts,
  otherGateways,
  withUses,
  type Parts,
} from './gateways.js';
import { allowlistOf, NO_INSTANCES, readInstances } from './links.js';
import { closingNote } from './note.js';

/** Whether a scope asks for links or gateways of this product: a spec of another one makes no call to it. */
function isAsked({ all, linkKinds, gateways = [], allGateways }: Scope): boolean {
  if (all === true || allGateways === true || linkKinds === undefined) return true;

  return linkKinds.some((kind) => kind !== 'apig-gateway') || gateways.some((ref) => 'apiGroup' in ref);
}

/** How instances, API groups and authorizations are observed. */
export const traditionalObservation: WingObservation = { gatewayKey: 'apiGroup', begin };

function begin(at: Observing): () => Promise<WingRead> {
  const { session, scope, gaps, ctx, caller } = at;
  const checks = scope.checks === true;
  const asked = isAsked(scope);
  const needsTargets =
    asked && (scope.all === true || (scope.gateways ?? []).length > 0 || (scope.targets ?? []).length > 0);
  // Routes get the name that a certificate must match from them, and egress what each target sees.
  const accessLists = checks ? (['targets', 'gateways', 'egress'] as const) : (['targets'] as const);
  const reading =
    needsTargets || (asked && scope.project !== undefined)
      ? gaps.attempt({ what: 'VPC access authorizations', of: accessLists }, () => listVpcAccesses(session, ctx))
      : Promise.resolve<readonly VpcAccess[]>([]);
  const accessesByName = reading.then((rows) => new Map((rows ?? []).map((access) => [access.name, access] as const)));
  const parting =
    asked && (scope.all || checks || scope.uses) ? observeParts(session, scope, gaps, ctx) : Promise.resolve<Parts>({});
  const guards =
    asked && (scope.all || checks)
      ? observeAuthorizationPlugins(session, scope, parting, gaps, ctx)
      : Promise.resolve(undefined);
  // An error elsewhere may end the observation before these are awaited.
  for (const one of [accessesByName, parting, guards]) void awaitedLater<unknown>(one);
  return async () => {
    const [found, accesses, gateways, parts] = await Promise.all([
      asked
        ? gaps.attempt(
            { what: 'API Gateway instances', of: checks ? ['links', 'allowlists', 'egress'] : ['links'] },
            () => readInstances(session, scope, gaps, caller),
          )
        : NO_INSTANCES,
      reading,
      observeGroups(session, scope, { accesses: accessesByName, guards }, gaps, ctx),
      parting,
    ]);
    const instances = (found?.instances ?? []).filter(isDedicated);
    const read = { accesses: accesses ?? [], gateways, parts };
    return {
      links: instances.map(toLink),
      allowlists: instances.filter(isIntegration).flatMap((instance) => allowlistOf(instance, gaps)),
      complete: found?.complete === true,
      services: NO_SERVICES,
      settle: (links) => settle(at, read, links),
      egress: () => Promise.resolve(egressOf(instances, read.accesses)),
    };
  };
}

const NO_SERVICES: readonly Target[] = [];

interface ReadGroups {
  readonly accesses: readonly VpcAccess[];
  readonly gateways: readonly Gateway[];
  readonly parts: Parts;
}

async function settle(
  { session, scope, gaps, ctx }: Observing,
  { accesses, gateways, parts }: ReadGroups,
  links: readonly Link[],
): Promise<WingSettled> {
  const checks = scope.checks === true;
  // Before a group moves to the instance of the spec, the service checks all of its backends.
  const moves = checks && gateways.some((gateway) => mayMove(gateway, scope, links));
  const wantsUses = scope.uses === true || (scope.all === true && checks) || moves;
  // The backends of plug-ins and named backends are observed as those of routes are.
  const readParts = scope.all === true || scope.uses === true || !moves;
  const useParts = readParts ? parts : await observeUseParts(session, gaps, ctx);
  const withAllUses = wantsUses ? await withUses(session, gateways, useParts, gaps, ctx) : gateways;
  const domains = privateDomainsOf(parts);
  return {
    gateways: withAllUses,
    backends: groupBackends(scope, accesses, withAllUses, wantsUses ? (domains ?? []) : []),
    note: (counts) => ({ text: closingNote(session.region, gateways, parts, counts), found: gateways.length > 0 }),
    native: (targetIds) => ({
      ...(scope.all ? (plain(parts) as { readonly [name: string]: Json }) : {}),
      ...(checks
        ? definitionsOf(
            gateways,
            accesses.filter(({ name }) => targetIds.has(name)),
          )
        : {}),
    }),
    more: async () => ({
      ...((scope.all || checks) && domains !== undefined ? { privateDomains: domains } : {}),
      ...(scope.all || checks || scope.domains === true ? { customDomains: gateways.flatMap(customDomainsOf) } : {}),
      retirement: INSTANCE_RETIREMENT,
      ...(await otherGateways(session, scope, gateways, gaps, ctx)),
    }),
  };
}

/** Domains with addresses; the record of a conventional instance is an authorization instead. */
function privateDomainsOf({ privateDns }: Parts): readonly PrivateDomain[] | undefined {
  return privateDns
    ?.filter(({ type }) => type === 'A')
    .map(({ domain, records, instanceIds }) => ({ name: domain, addresses: records, linkIds: instanceIds }));
}

function egressOf(instances: readonly InstanceOutput[], accesses: readonly VpcAccess[]): WingEgress {
  return {
    isEmpty: instances.length === 0,
    vpcIds: instances.flatMap(({ ConnectVpcId }) => ConnectVpcId || []),
    of: (rows) =>
      instances.map((instance) => ({
        ...toEgress(instance, instances, rows),
        seenBy: sourceAddressRows(
          accesses.filter(({ vpcId }) => !isIntegration(instance) || vpcId === instance.ConnectVpcId),
        ),
      })),
    ownerOf: (row) => ownerOf(row, instances)?.id,
  };
}
