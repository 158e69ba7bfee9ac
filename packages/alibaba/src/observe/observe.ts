import type { CallContext, RegionSnapshot } from '@postern/core';
import { awaitedLater, observing, type Gaps, type Json, type Scope } from '@postern/core/adapter';
import type { PrivateDomain, SnapshotList } from '@postern/core/snapshot';
import { INSTANCE_RETIREMENT } from '../traditional/cloud/retirement.js';
import type { GatewayRow } from '../client/apis/apig.js';
import { isOf, toGatewayEgress, type EgressParts } from '../cloud-native/egress.js';
import { NO_APIG, observeApig, wantsApig, wantsTraditional } from '../cloud-native/observe.js';
import { counting } from '../client/counting.js';
import { customDomainsOf } from '../traditional/groups/custom-domains.js';
import { definitionsOf } from '../traditional/groups/definitions.js';
import { ownerOf, seenByRows, toEgress } from '../traditional/instances/egress.js';
import { isDedicated, isIntegration, toLink, type InstanceOutput } from '../traditional/instances/instance.js';
import { listSnatEntries, listInterfaces, toInterface, type InterfaceOutput } from '../network/nat.js';
import { listVSwitches } from '../network/network.js';
import { SNAPSHOT_QUOTAS } from '../limits.js';
import { observeBackends } from '../balancers/observe-backends.js';
import {
  mayMove,
  observeGroups,
  observeGuards,
  observeParts,
  observeUseParts,
  otherGateways,
  withUses,
  type Parts,
} from '../traditional/observe/gateways.js';
import { allowlistOf, NO_INSTANCES, readInstances } from '../traditional/observe/links.js';
import { observeRegion, observeNetworks } from '../network/observe.js';
import { apigNote, closingNote } from './note.js';
import { plain } from '../client/plain.js';
import type { Session } from '../client/session.js';
import { listVpcAccesses, type VpcAccess } from '../traditional/instances/vpc-access.js';

/**
 * Reads what `scope` requests. Nothing is read twice: authorizations, plug-in bodies and named backends once
 * for all groups. A part that the credentials do not allow, that is cut short or that stayed throttled is a
 * gap, except for the list of instances.
 * @throws {UnsupportedError} for gateways of another cloud. {CloudError} what prevents a whole observation.
 */
export async function observe(to: Session, scope: Scope, caller: CallContext): Promise<RegionSnapshot> {
  const account = await to.account(caller);
  const { session, counts } = counting(to);
  const { gaps, ctx } = observing(caller);
  const checks = scope.checks === true;
  const traditional = wantsTraditional(scope);
  const needsTargets =
    traditional && (scope.all === true || (scope.gateways ?? []).length > 0 || (scope.targets ?? []).length > 0);
  // Routes get the name that a certificate must match from them, and egress what each target sees.
  const accessLists = checks ? (['targets', 'gateways', 'egress'] as const) : (['targets'] as const);
  const reading =
    needsTargets || (traditional && scope.project !== undefined)
      ? gaps.attempt({ what: 'VPC access authorizations', of: accessLists }, () => listVpcAccesses(session, ctx))
      : Promise.resolve<readonly VpcAccess[]>([]);
  const accessesByName = reading.then((rows) => new Map((rows ?? []).map((access) => [access.name, access] as const)));
  const parting =
    traditional && (scope.all || checks || scope.uses)
      ? observeParts(session, scope, gaps, ctx)
      : Promise.resolve<Parts>({});
  const guards =
    traditional && (scope.all || checks)
      ? observeGuards(session, scope, parting, gaps, ctx)
      : Promise.resolve(undefined);
  const interfacing = checks ? regionInterfaces(session, gaps, ctx) : Promise.resolve(undefined);
  const region = checks ? observeRegion(session, gaps, { ...ctx, forChecksOnly: true }) : undefined;
  // An error elsewhere may end this function before these are awaited.
  const cloudNative = wantsApig(scope, session.region)
    ? observeApig(session, scope, gaps, ctx)
    : Promise.resolve(NO_APIG);
  for (const one of [accessesByName, parting, guards, interfacing, region, cloudNative])
    if (one !== undefined) void awaitedLater<unknown>(one);
  const [found, accesses, gateways, parts, apig] = await Promise.all([
    traditional
      ? gaps.attempt(
          { what: 'API Gateway instances', of: checks ? ['links', 'allowlists', 'egress'] : ['links'] },
          () => readInstances(session, scope, gaps, caller),
        )
      : NO_INSTANCES,
    reading,
    observeGroups(session, scope, { accesses: accessesByName, guards }, gaps, ctx),
    parting,
    cloudNative,
  ]);
  const dedicated = (found?.instances ?? []).filter(isDedicated);
  const links = [...dedicated.map(toLink), ...apig.links];
  // Before a group moves to the instance of the spec, the service checks all of its backends.
  const moves = checks && gateways.some((gateway) => mayMove(gateway, scope, links));
  const wantsUses = scope.uses === true || (scope.all === true && checks) || moves;
  // The backends of plug-ins and named backends are observed as those of routes are.
  const readParts = scope.all === true || scope.uses === true || !moves;
  const useParts = readParts ? parts : await observeUseParts(session, gaps, ctx);
  const withAllUses = wantsUses ? await withUses(session, gateways, useParts, gaps, ctx) : gateways;
  const known = {
    accesses: accesses ?? [],
    gateways: withAllUses,
    services: apig.targets,
    domains: wantsUses ? (privateDomainsOf(parts) ?? []) : [],
    interfaces: interfacing,
  };
  const [backends, networks, egress] = await Promise.all([
    observeBackends(session, scope, known, gaps, ctx),
    region ?? observeNetworks(session, scope, links, gaps, ctx),
    observeEgress(
      session,
      scope,
      { instances: dedicated, rows: apig.rows, accesses: known.accesses, interfaces: interfacing },
      gaps,
      ctx,
    ),
  ]);
  const { missing, whole: wholeBackends, ...rest } = backends;
  const { whole: wholeNetworks, ...networkLists } = networks;
  const named = new Set(rest.targets.map(({ id }) => id));
  if (scope.all && (gateways.length > 0 || apig.links.length === 0))
    ctx.log?.(closingNote(session.region, gateways, parts, counts));
  if (scope.all && apig.links.length > 0) ctx.log?.(apigNote(session.region, apig));
  const domains = scope.all || checks ? privateDomainsOf(parts) : undefined;
  const whole: SnapshotList[] = [
    ...(found?.complete && apig.complete ? (['links', 'allowlists', 'egress'] as const) : []),
    ...(scope.all ? (['gateways'] as const) : []),
    ...wholeNetworks,
    ...wholeBackends,
    ...(checks && (await interfacing) !== undefined ? (['interfaces'] as const) : []),
    ...(domains === undefined ? [] : (['privateDomains'] as const)),
  ];
  return {
    provider: 'alibaba',
    region: session.region,
    account,
    links,
    gateways: [...withAllUses, ...apig.gateways],
    ...rest,
    targets: [...rest.targets, ...apig.targets],
    allowlists: [
      ...dedicated.filter(isIntegration).flatMap((instance) => allowlistOf(instance, gaps)),
      ...apig.allowlists,
    ],
    ...egress,
    ...networkLists,
    ...(domains === undefined ? {} : { privateDomains: domains }),
    ...(scope.all || checks || scope.domains === true ? { customDomains: gateways.flatMap(customDomainsOf) } : {}),
    retirement: INSTANCE_RETIREMENT,
    ...(scope.all || checks ? { quotas: SNAPSHOT_QUOTAS, whole } : {}),
    ...(await otherGateways(session, scope, gateways, gaps, ctx)),
    gaps: gaps.list,
    native: {
      ...(missing.length === 0 ? {} : { missing: missing.toSorted() }),
      ...(scope.all ? (plain(parts) as { readonly [name: string]: Json }) : {}),
      ...(checks
        ? definitionsOf(
            gateways,
            known.accesses.filter(({ name }) => named.has(name)),
          )
        : {}),
    },
  };
}

/** All interfaces of the region. Without them the addresses of links are not known either. */
function regionInterfaces(
  session: Session,
  gaps: Gaps,
  ctx: CallContext,
): Promise<readonly InterfaceOutput[] | undefined> {
  return gaps.attempt({ what: 'network interfaces', of: ['interfaces', 'egress'] }, () =>
    listInterfaces(session, 'all', ctx),
  );
}

/** Domains with addresses; the record of a conventional instance is an authorization instead. */
function privateDomainsOf({ privateDns }: Parts): readonly PrivateDomain[] | undefined {
  return privateDns
    ?.filter(({ type }) => type === 'A')
    .map(({ domain, records, instanceIds }) => ({ name: domain, addresses: records, linkIds: instanceIds }));
}

interface EgressReading {
  readonly instances: readonly InstanceOutput[];
  /** Gateways of Cloud-native API Gateway. */
  readonly rows: readonly GatewayRow[];
  readonly accesses: readonly VpcAccess[];
  /** All of the region, for checks. */
  readonly interfaces: Promise<readonly InterfaceOutput[] | undefined>;
}

async function observeEgress(
  session: Session,
  scope: Scope,
  { instances, rows: gateways, accesses, interfaces: interfacing }: EgressReading,
  gaps: Gaps,
  ctx: CallContext,
): Promise<Pick<RegionSnapshot, 'egress' | 'interfaces'>> {
  const egressOf = (rows: readonly InterfaceOutput[]) =>
    instances.map((instance) => ({
      ...toEgress(instance, instances, rows),
      seenBy: seenByRows(accesses.filter(({ vpcId }) => !isIntegration(instance) || vpcId === instance.ConnectVpcId)),
    }));
  const parts = await gatewayParts(session, gateways, scope, gaps, ctx);
  const all = (rows: readonly InterfaceOutput[]) => [
    ...egressOf(rows),
    ...gateways.map((gateway) => toGatewayEgress(gateway, { ...parts, interfaces: rows })),
  ];
  const ownerId = (row: InterfaceOutput) =>
    gateways.find((gateway) => isOf(row, gateway))?.gatewayId ?? ownerOf(row, instances)?.id;
  const portable = (rows: readonly InterfaceOutput[]) => rows.map((row) => toInterface(row, ownerId(row)));
  if (scope.checks) {
    const rows = (await interfacing) ?? [];
    // The blocks hold without the interfaces. A gap reports that single addresses are missing.
    return { interfaces: portable(rows), egress: all(rows) };
  }
  if ((scope.egress ?? scope.all) !== true || instances.length + gateways.length === 0)
    return { egress: [], interfaces: [] };
  const vpcIds = [
    ...new Set([
      ...instances.flatMap(({ ConnectVpcId }) => ConnectVpcId || []),
      ...gateways.flatMap(({ vpc }) => vpc?.vpcId || []),
    ]),
  ];
  const wanted = { what: 'network interfaces of instances', of: 'interfaces' } as const;
  const rows = await gaps.attempt(wanted, () => listInterfaces(session, vpcIds, ctx));
  return rows === undefined ? { egress: [], interfaces: [] } : { interfaces: portable(rows), egress: all(rows) };
}

/** The vSwitches of gateways, whose blocks their answers do not have, and what public backends see of them. */
async function gatewayParts(
  session: Session,
  gateways: readonly GatewayRow[],
  { checks, all, egress = all }: Scope,
  gaps: Gaps,
  ctx: CallContext,
): Promise<Omit<EgressParts, 'interfaces'>> {
  if (gateways.length === 0 || (checks !== true && egress !== true)) return { subnets: [], entries: undefined };
  const vpcIds = [...new Set(gateways.flatMap(({ vpc }) => vpc?.vpcId || []))];
  const [subnets, entries] = await Promise.all([
    gaps.attempt({ what: 'vSwitches of gateways', of: 'egress' }, () => listVSwitches(session, ctx)),
    gaps.attempt({ what: 'SNAT entries of NAT gateways', of: 'egress' }, () => listSnatEntries(session, ctx, vpcIds)),
  ]);
  return { subnets: subnets ?? [], entries };
}
