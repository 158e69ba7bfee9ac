import type { Link, Target, Gateway, PrivateDomain, GatewayUse } from '@postern/core/internal/library';
import {
  awaitedLater,
  type Json,
  type Scope,
  PROJECT_TAG,
  type Allowlist,
  type Gaps,
  type CallContext,
} from '@postern/core/internal/adapter';
import { plain, eachOf } from '../../client/plain.js';
import type {
  Observing,
  WingEgress,
  WingObservation,
  WingRead,
  WingSettled,
  WingBackends,
} from '../../observe/wing-observation.js';
import { INSTANCE_RETIREMENT } from '../cloud/retirement.js';
import { customDomainsOf } from '../groups/custom-domains.js';
import { definitionsOf } from '../groups/gateway.js';
import { ownerOf, sourceAddressRows, toEgress } from '../instances/egress.js';
import {
  isDedicated,
  isIntegration,
  toLink,
  type InstanceOutput,
  getInstance,
  listInstances,
} from '../instances/instance.js';
import { listVpcAccesses, type VpcAccess, accessTarget } from '../instances/vpc-access.js';
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
import { closingNote } from './note.js';
import { toAllowlist } from '../instances/connect-blocks.js';
import type { Session } from '../../client/session.js';
import { backendsOf } from '../../balancers/observe-backends.js';
import { addressTarget, isPlainId } from '../../cloud/target-ref.js';

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

/** Gateway instances, and whether the list is complete. */
export interface ObservedInstances {
  readonly instances: readonly InstanceOutput[];
  readonly complete: boolean;
}

/** Where none were asked for. */
const NO_INSTANCES: ObservedInstances = { instances: [], complete: true };

/** The list has no second page. Missing instances are looked up by the project's tag and by the ids of the scope. */
async function readInstances(session: Session, scope: Scope, gaps: Gaps, ctx: CallContext): Promise<ObservedInstances> {
  const { instances, complete } = await listInstances(session, ctx);
  if (complete) return { instances, complete };

  const found = new Map(instances.map((one) => [one.InstanceId ?? '', one] as const));
  const own =
    scope.project === undefined ? undefined : await listInstances(session, ctx, { [PROJECT_TAG]: scope.project });
  for (const one of own?.instances ?? []) found.set(one.InstanceId ?? '', one);
  const ids = (scope.links ?? []).flatMap((by) => (typeof by === 'string' && !found.has(by) ? [by] : []));
  for (const one of await eachOf(ids, (id) => getInstance(session, id, ctx))) {
    if (one !== undefined) found.set(one.InstanceId ?? '', one);
  }
  const byLook = (scope.links ?? []).some((by) => typeof by !== 'string');
  if (scope.all || byLook || own?.complete === false) {
    const what = 'API Gateway instances beyond the tenth: the service lists at most ten';
    gaps.list.push({ what, operation: 'DescribeInstances', code: 'INCOMPLETE_LIST', of: 'links' });
  }
  return { instances: [...found.values()], complete: false };
}

/** What an instance may reach; a text that cannot be read is a gap. */
function allowlistOf(instance: InstanceOutput, gaps: Gaps): readonly Allowlist[] {
  try {
    return [toAllowlist(instance)];
  } catch {
    const what = `accessible blocks of ${instance.InstanceId}`;
    gaps.list.push({ what, operation: 'DescribeInstances', code: 'BAD_RESPONSE', of: 'allowlists' });
    return [];
  }
}

/** The authorizations and plain addresses of a scope, and what uses of backends call. */
function groupBackends(
  scope: Scope,
  accesses: readonly VpcAccess[],
  gateways: readonly Gateway[],
  domains: readonly PrivateDomain[],
): WingBackends {
  return {
    targets: targetsOf(scope, accesses, gateways),
    named: accesses.map(({ instanceId }) => instanceId),
    called: gateways.flatMap(({ uses = [] }) => uses.flatMap((use) => calledBy(use, domains))),
  };
}

function targetsOf(scope: Scope, accesses: readonly VpcAccess[], gateways: readonly Gateway[]): readonly Target[] {
  const refs = backendsOf(scope);
  const isMeant = ({ instanceId, port }: VpcAccess): boolean =>
    refs.some((ref) => ref.port === port && instanceId === (ref.kind === 'address' ? ref.address : ref.instanceId));
  const used = new Set(
    gateways.flatMap(({ routes, uses = [] }) => [...routes, ...uses].flatMap(({ targetId }) => targetId ?? [])),
  );
  // A stage variable may refer to any of them. Its value is known to the user only.
  const any = scope.all === true || [...used].some((id) => id.includes('#'));
  const chosen = accesses.filter(
    (access) =>
      any ||
      (scope.project !== undefined && access.owner?.project === scope.project) ||
      used.has(access.name) ||
      isMeant(access),
  );
  const authorized = new Set(chosen.map(({ instanceId, port }) => `${instanceId}:${port}`));
  const called = [...used].filter(isPlainId).map((id) => {
    const [address = '', port = ''] = id.split(':');
    return { kind: 'address', address, port: Number(port) } as const;
  });
  const addresses = new Map(called.map((ref) => [`${ref.address}:${ref.port}`, ref] as const));
  return [
    ...chosen.map(accessTarget),
    ...[...addresses].filter(([id]) => !authorized.has(id)).map(([, ref]) => addressTarget(ref, undefined)),
  ];
}

/** RFC 1918, and RFC 6598, which the cloud itself uses. An address outside of them is not a private backend. */
const PRIVATE = /^(?:10|192\.168|172\.(?:1[6-9]|2\d|3[01])|100\.(?:6[4-9]|[7-9]\d|1[01]\d|12[0-7]))\./;

/** The private addresses that a use calls without an authorization. */
function calledBy({ host }: GatewayUse, domains: readonly PrivateDomain[]): readonly string[] {
  if (host === undefined) return [];

  const addresses = domains.find(({ name }) => name === host)?.addresses ?? [host];
  return addresses.filter((address) => PRIVATE.test(address));
}
