import type { CallContext, Owner, Target, TargetRef } from '@postern/core';
import { hashText, parseMark, readUntil, unlessGone } from '@postern/core/adapter';
import { endpointsOf, parseServiceRef } from '../cloud/apig-gateway/targets.js';
import type { ServiceRow } from '../apis/apig.js';
import { plain, sent } from '../client/plain.js';
import type { Session } from '../client/session.js';
import { STALENESS_MS } from '../limits.js';
import { listAll } from './gateway.js';

/** A service: where routes of a gateway lead to. */
export interface Service {
  readonly id: string;
  readonly gatewayId: string;
  readonly name: string;
  /** `10.0.1.7:8080`; of a name the name and the port. Empty where the cloud itself finds the endpoints. */
  readonly endpoints: readonly string[];
  /** The ports that it lists, or those of its endpoints. */
  readonly ports: readonly number[];
  readonly owner: Owner | undefined;
  readonly row: ServiceRow;
}

/** The services of a gateway. */
export async function listServices(session: Session, gatewayId: string, ctx: CallContext): Promise<readonly Service[]> {
  const rows = await listAll(session, ctx, 'ListServices', `services of ${gatewayId}`, idOf, { query: { gatewayId } });
  // The filter is checked again.
  return rows
    .filter((row) => row.gatewayId === undefined || row.gatewayId === gatewayId)
    .map((row) => toService(row, gatewayId));
}

function idOf({ serviceId = '' }: ServiceRow): string {
  return serviceId;
}

function toService(row: ServiceRow, gatewayId: string): Service {
  const isListed = row.sourceType === 'VIP' || row.sourceType === 'DNS';
  const endpoints = isListed ? (row.addresses ?? []).toSorted() : [];
  const listed = (row.ports ?? []).flatMap(({ port }) => port ?? []);
  const own = endpoints.flatMap((text) => Number(/:(\d+)$/.exec(text)?.[1] ?? []));
  const ports = [...new Set(listed.length > 0 ? listed : own)];
  const { serviceId = '', name = '' } = row;
  return { id: serviceId, gatewayId, name, endpoints, ports, owner: ownerOf(name, endpoints), row };
}

/** The ID of the target that a service and a port are. */
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
  const { id, name, gatewayId, endpoints, owner, row } = service;
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
    endpoints,
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

/**
 * Creates a service for endpoints, and reads it until lists show it. The token makes a repeated call safe for a day [I];
 * a service of the same name is found.
 */
export async function createService(
  session: Session,
  {
    gatewayId,
    endpoints,
    isName,
    owner,
  }: {
    readonly gatewayId: string;
    readonly endpoints: readonly string[];
    readonly isName: boolean;
    readonly owner: Owner;
  },
  ctx: CallContext,
): Promise<Service> {
  const name = serviceName(owner, endpoints);
  const body = {
    gatewayId,
    sourceType: isName ? 'DNS' : 'VIP',
    serviceConfigs: [{ name, addresses: endpoints }],
  };
  const clientToken = hashText(JSON.stringify([gatewayId, name, endpoints])).slice(0, 64);
  const { serviceIds } = await session.apig(ctx, 'CreateService', { query: { clientToken }, body });
  const [id] = sent(serviceIds, 'serviceIds', 'CreateService', true);
  const row = await readUntil(
    () => unlessGone(session.apig(ctx, 'GetService', { path: { serviceId: id ?? '' } })),
    (one) => one !== undefined,
    STALENESS_MS,
    ctx,
  );
  return toService({ serviceId: id, name, sourceType: body.sourceType, addresses: endpoints, ...row }, gatewayId);
}

/** Deletes a service. One that does not exist is not an error. */
export async function deleteService(session: Session, serviceId: string, ctx: CallContext): Promise<void> {
  await unlessGone(session.apig(ctx, 'DeleteService', { path: { serviceId } }));
}
