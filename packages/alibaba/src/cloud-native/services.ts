import type { CallContext, Owner, Target, TargetRef } from '@postern/core/internal/library';
import {
  canonicalJson,
  CloudError,
  hashText,
  isMarkOf,
  parseMark,
  readUntil,
  unlessGone,
} from '@postern/core/internal/adapter';
import { endpointsOf, parseServiceRef } from './cloud/targets.js';
import { NACOS, type Source } from './cloud/sources.js';
import type { CreationTokens } from '../client/creation-tokens.js';
import type { ServiceRow } from '../client/apis/apig.js';
import { plain, sent } from '../client/plain.js';
import type { Session } from '../client/session.js';
import { STALENESS_MS } from '../limits.js';
import { listApig } from '../client/lists.js';

/** A service: where routes of a gateway lead to. */
export interface Service {
  readonly id: string;
  readonly gatewayId: string;
  readonly name: string;
  /** `10.0.1.7:8080`; of a name the name and the port. Empty where the cloud itself finds the endpoints. */
  readonly endpoints: readonly string[];
  /** Of a service of Nacos. */
  readonly registered: Target['registered'];
  /** The ports that it lists, or those of its endpoints. */
  readonly ports: readonly number[];
  readonly owner: Owner | undefined;
  readonly row: ServiceRow;
}

export async function listServices(session: Session, gatewayId: string, ctx: CallContext): Promise<readonly Service[]> {
  const rows = await listApig(session, ctx, `services of ${gatewayId}`, 'ListServices', { query: { gatewayId } });
  // The filter is checked again.
  return rows
    .filter((row) => row.gatewayId === undefined || row.gatewayId === gatewayId)
    .map((row) => toService(row, gatewayId));
}

export async function listSources(session: Session, gatewayId: string, ctx: CallContext): Promise<readonly Source[]> {
  const rows = await listApig(session, ctx, `sources of ${gatewayId}`, 'ListSources', { query: { gatewayId } });
  return rows
    .filter((row) => row.gatewayId === undefined || row.gatewayId === gatewayId)
    .map((row) => {
      const { sourceId, name = '', associationStatus = '', associationReason = '', nacosSourceInfo: nacos } = row;
      const type = row.type ?? (nacos !== undefined ? NACOS : row.k8sSourceInfo === undefined ? 'unknown' : 'K8S');
      const { instanceId = row.k8sSourceInfo?.clusterId ?? '', address = '' } = nacos ?? {};
      return { id: sourceId, name, type, instanceId, address, status: associationStatus, reason: associationReason };
    });
}

/** Services that say of which source they are, where their gateway has only one of Nacos. */
export function withSource(services: readonly Service[], sources: readonly Source[]): readonly Service[] {
  const [only, ...others] = sources.filter(({ type }) => type === NACOS);
  if (only === undefined || others.length > 0) return services;

  return services.map((one) =>
    one.registered === undefined
      ? one
      : { ...one, registered: { ...one.registered, source: one.registered.source ?? only.id } },
  );
}

function toService(row: ServiceRow, gatewayId: string): Service {
  const isListed = row.sourceType === 'VIP' || row.sourceType === 'DNS';
  const endpoints = isListed ? (row.addresses ?? []).toSorted() : [];
  const listed = (row.ports ?? []).flatMap(({ port }) => port ?? []);
  const own = endpoints.flatMap((text) => Number(/:(\d+)$/.exec(text)?.[1] ?? []));
  const { serviceId = '', name = '', groupName, namespace, sourceId } = row;
  const registered =
    row.sourceType === NACOS
      ? {
          service: name,
          group: groupName || undefined,
          namespace: namespace || undefined,
          source: sourceId || undefined,
        }
      : undefined;
  // Each instance of a registry has a port of its own: a route names none.
  const ports = registered === undefined ? [...new Set(listed.length > 0 ? listed : own)] : [];
  return { id: serviceId, gatewayId, name, endpoints, registered, ports, owner: ownerOf(name, endpoints), row };
}

export function targetId(serviceId: string, port: number | undefined): string {
  return port === undefined ? serviceId : `${serviceId}:${port}`;
}

/** The service of a target's ID. */
export function serviceIdOf(id: string): string {
  return id.split(':')[0] ?? id;
}

/** The port that a route calls where it names none: the service's only one. */
export function onlyPort({ ports }: Service): number | undefined {
  return ports.length === 1 ? ports[0] : undefined;
}

/** A service on a port as a target. `resourceId` is the machine or load balancer that a reference names for it. */
export function toTarget(
  service: Service,
  port: number | undefined,
  networkId: string | undefined,
  resourceId?: string,
): Target {
  const { id, name, gatewayId, endpoints, registered, owner, row } = service;
  const [first, ...others] = endpoints;
  const host = others.length === 0 ? first?.replace(/:\d+$/, '') : undefined;
  return {
    kind: 'apig-service',
    id: targetId(id, port),
    name,
    networkId,
    resourceId: resourceId ?? host,
    resourceType: row.sourceType,
    port,
    linkId: gatewayId,
    // Where the cloud itself finds them, the service does not list them.
    endpoints: endpoints.length === 0 ? undefined : endpoints,
    registered,
    health: {
      checked: row.healthCheck?.enable === true,
      nativeState: row.healthStatus || undefined,
      unhealthy: row.unhealthyEndpoints ?? [],
      reason: row.runtimeDetailErrorCode || undefined,
    },
    protocol: row.protocol,
    owner,
    raw: plain(row),
  };
}

/** What a name of a service begins with that Postern created. */
const PREFIX = 'postern';
const SEPARATOR = '__';
/** The longest name [U]: that of a gateway. */
const LONGEST = 64;

/**
 * The name of a service with its mark, because services have neither tags nor a description:
 * `postern__shop__shop-1a2b__orders__main__1a2b3c4d`. Its end binds it to its endpoints. Where that is too long, or a part
 * cannot be told from the others, the name is only a hash: such a service has no owner, and is never deleted with a route.
 */
function serviceName(owner: Owner, endpoints: readonly string[]): string {
  const { project, spec = '', integration, name = '' } = owner;
  const parts = [project, spec, integration, name];
  const full = [PREFIX, ...parts, hashOf(endpoints)].join(SEPARATOR);
  const isReadable = parts.every((part) => !part.includes(SEPARATOR) && !/^_|_$/.test(part));
  if (isReadable && full.length <= LONGEST) return full;

  return `${PREFIX}-${hashText(JSON.stringify([parts, endpoints])).slice(0, 24)}`;
}

function hashOf(endpoints: readonly string[]): string {
  return hashText(endpoints.toSorted().join(' ')).slice(0, 8);
}

/** The owner in the name of a service. It may be a copy where the end of the name is not that of its endpoints. */
function ownerOf(name: string, endpoints: readonly string[]): Owner | undefined {
  const [prefix, project, spec, integration, part, hash, ...more] = name.split(SEPARATOR);
  if (prefix !== PREFIX || hash === undefined || more.length > 0) return undefined;

  const owner = parseMark(
    `postern:${project}${spec === '' ? '' : `@${spec}`}/${integration}${part === '' ? '' : `/${part}`}`,
  );
  return owner === undefined || hash === hashOf(endpoints) ? owner : { ...owner, unbound: true };
}

/** What a reference means, with the address of a machine or load balancer. */
export function endpointsFor(ref: TargetRef, address: string | undefined): readonly string[] {
  return endpointsOf(parseServiceRef(ref), address);
}

/** The service of a gateway that has exactly these endpoints: the owner's first. */
export function serviceWith(
  services: readonly Service[],
  endpoints: readonly string[],
  owner?: Owner,
): Service | undefined {
  const wanted = endpoints.toSorted().join(' ');
  const same = services.filter((one) => one.endpoints.toSorted().join(' ') === wanted);
  const isOwn = (one: Service): boolean =>
    one.owner?.project === owner?.project && one.owner?.integration === owner?.integration;
  return (owner === undefined ? undefined : same.find(isOwn)) ?? same[0];
}

/** A service that does not exist yet: addresses or a name with the mark of its owner, or one that has its name in a registry. */
export type NewService = Readonly<Pick<ServiceRow, 'addresses' | 'namespace' | 'groupName' | 'sourceId'>> & {
  readonly sourceType: 'VIP' | 'DNS' | typeof NACOS;
  readonly name: string;
};

/** What a service for endpoints is created with. */
export function addressed(owner: Owner, endpoints: readonly string[], isName: boolean): NewService {
  return { sourceType: isName ? 'DNS' : 'VIP', name: serviceName(owner, endpoints), addresses: endpoints };
}

/** The services that one for this part of a spec takes the place of: a token that follows from them is not of an earlier creation. */
export function replacedBy(services: readonly Service[], of: Owner): readonly string[] {
  return services.flatMap(({ id, owner }) => (owner?.name === of.name && isMarkOf(owner, of) ? [id] : [])).toSorted();
}

/**
 * Creates a service, and reads it until a read shows it. `once`: with a token, which follows from the service and those that it takes the
 * place of ({@link replacedBy}).
 * @throws {CloudError} `OUTCOME_UNKNOWN` where none does: the token may have been answered with a service that was deleted since. The
 * caller looks for it, and calls again, which sends another token.
 */
export async function createService(
  session: Session,
  gatewayId: string,
  { sourceType, ...config }: NewService,
  ctx: CallContext,
  once?: { readonly tokens: CreationTokens; readonly replaces: readonly string[] },
): Promise<Service> {
  const body = { gatewayId, sourceType, serviceConfigs: [config] };
  const request = canonicalJson({ body, replaces: once?.replaces });
  const { serviceIds } = await session.apig(ctx, 'CreateService', {
    query: { clientToken: once?.tokens.of(request, ctx) },
    body,
  });
  const id = sent(serviceIds?.[0], 'serviceIds', 'CreateService', true);
  once?.tokens.spend(request, ctx);
  const row = await readUntil(
    () => unlessGone(session.apig(ctx, 'GetService', { path: { serviceId: id } })),
    (one) => one !== undefined,
    STALENESS_MS,
    ctx,
  );
  if (row !== undefined) return toService({ serviceId: id, sourceType, ...config, ...row }, gatewayId);

  throw new CloudError('OUTCOME_UNKNOWN', `no read shows service ${id}, with which the creation was answered`, {
    operation: 'CreateService',
    outcomeUnknown: true,
    remedy: 'Run again in a few minutes; the next run looks for it before it creates anything.',
  });
}

/** Deletes a service. One that does not exist is not an error. */
export async function deleteService(session: Session, serviceId: string, ctx: CallContext): Promise<void> {
  await unlessGone(session.apig(ctx, 'DeleteService', { path: { serviceId } }));
}
