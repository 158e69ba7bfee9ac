import type { CallContext } from '@postern/core/internal/library';
import {
  CloudError,
  createQueue,
  GONE,
  PosternError,
  unlessGone,
  UnsupportedError,
  type MoveMethods,
  type MovePosition,
  type MoveState,
  type MoveUnit,
  type ShiftCaptured,
} from '@postern/core/internal/adapter';
import type { RouteRow } from '../../client/apis/apig.js';
import { gatewayOf } from '../http-api.js';
import { publishRoute, writtenRoute } from '../routes.js';
import { listServices, onlyPort } from '../services.js';
import type { Session } from '../../client/session.js';

/** A backend of a route, as it is written. */
type Share = {
  readonly serviceId: string;
  readonly port: number | null;
  readonly protocol: string;
  readonly weight: number;
};

/** What was there before a shift: the backends of the route. */
type Captured = ShiftCaptured & { readonly services: readonly Share[]; readonly added: Share };

/** Null would mean that nothing is to be returned: the draft may be published by anyone. */
const PREPARED = { exists: true } as const;

/**
 * Shifts the calls of a route of an HTTP API from its services to another one, by their ratio. Each share is written and then published,
 * because a route serves what was published last. No answer shows that a draft was not published since [U], so a share whose record is
 * missing is published again.
 * @see https://www.alibabacloud.com/help/en/api-gateway/cloud-native-api-gateway/developer-reference/api-apig-2024-03-27-updatehttpapiroute
 */
export function routeServices(session: Session): MoveMethods {
  const queue = createQueue();
  const readRow = (unit: MoveUnit, ctx: CallContext): Promise<RouteRow> => {
    const path = { httpApiId: unit.gateway.id, routeId: unit.shift?.part ?? '' };
    return session.apig(ctx, 'GetHttpApiRoute', { path });
  };
  /** `always`: a record shows that a share was given, so an answer that shows none may be an older one. */
  const give = (
    unit: MoveUnit,
    { captured }: MoveState,
    percent: number,
    { ctx, always = false }: { readonly ctx: CallContext; readonly always?: boolean },
  ): Promise<void> =>
    queue(
      unit.gateway.id,
      async () => {
        const was = captured as Captured;
        const row = await readRow(unit, ctx);
        const { at, found } = positionOf(unit, was, row);
        if (at === 'elsewhere') throw changed(`${unit.id}: ${found ?? ''}`);

        const services = sharesAt(was, percent);
        const path = { httpApiId: unit.gateway.id, routeId: unit.shift?.part ?? '' };
        if (always || textOf(sharesOf(row)) !== textOf(services)) {
          const scene = services.length > 1 ? 'MultiServiceByRatio' : 'SingleService';
          const written = services.map(({ port, ...one }) => (port === null ? one : { ...one, port }));
          const body = writtenRoute(row, { backendConfig: { scene, services: written } });
          await session.apig(ctx, 'UpdateHttpApiRoute', { path, body });
        }
        await publishRoute(session, path, ctx);
      },
      ctx.signal,
    );
  return {
    capture: async (unit, ctx) => capture(session, unit, await readRow(unit, ctx), ctx),
    prepare: () => Promise.resolve(PREPARED),
    findPrepared: () => Promise.resolve(PREPARED),
    ready: (_unit, { captured }, ctx) => notReady(session, captured as Captured, ctx),
    wayBack: {
      prepare: () => Promise.resolve(),
      ready: (_unit, { captured }, ctx) => notReadyForReturn(session, captured as Captured, ctx),
    },
    shift: (unit, state, percent, ctx) => give(unit, state, percent, { ctx }),
    where: async (unit, { captured }, ctx) => {
      const row = await unlessGone(readRow(unit, ctx));
      return row === undefined ? GONE : positionOf(unit, captured as Captured, row);
    },
    settle: () => Promise.resolve([]),
    verify: () => Promise.resolve([]),
    back: (unit, state, ctx) => give(unit, state, (state.captured as Captured).percent, { ctx, always: true }),
    release: () => Promise.resolve([]),
  };
}

/** @throws {CloudError} `NOT_FOUND` for a service that the gateway does not have. {UnsupportedError} for another kind of backend */
async function capture(session: Session, unit: MoveUnit, row: RouteRow, ctx: CallContext): Promise<Captured> {
  const { scene = '' } = row.backend ?? {};
  const services = sharesOf(row);
  const gatewayId = gatewayOf(row);
  const [main] = services.toSorted((a, b) => b.weight - a.weight);
  if (!/^(?:SingleService|MultiServiceByRatio)$/.test(scene) || main === undefined || gatewayId === undefined) {
    throw new UnsupportedError(
      `${unit.id} has no services that share its calls by ratio: its backend is ${scene || 'none'}`,
      { remedy: 'Lead the route to a service first.' },
    );
  }

  const named = unit.shift?.to ?? '';
  const known = await listServices(session, gatewayId, ctx);
  const service = known.find(({ id, name }) => id === named || name === named);
  if (service === undefined) {
    throw new CloudError('NOT_FOUND', `gateway ${gatewayId} has no service ${named}`, {
      operation: 'ListServices',
      remedy: `It has ${
        known
          .slice(0, 10)
          .map(({ name }) => name)
          .join(', ') || 'none'
      }.`,
    });
  }

  const nameOf = (wanted: string): string => known.find(({ id }) => id === wanted)?.name ?? wanted;
  const own = services.find(({ serviceId }) => serviceId === service.id);
  // Each instance of a registry has a port of its own: a route names none.
  const port = service.registered === undefined ? (onlyPort(service) ?? main.port) : null;
  const sum = services.reduce((total, { weight }) => total + weight, 0);
  return {
    kind: 'service',
    from: services.flatMap(({ serviceId: id }) => (id === service.id ? [] : [{ id, name: nameOf(id) }])),
    to: { id: service.id, name: service.name },
    percent: own === undefined || sum === 0 ? 0 : (100 * own.weight) / sum,
    notes: [],
    services,
    added: own ?? { serviceId: service.id, port, protocol: main.protocol, weight: 0 },
  };
}

function sharesOf({ backend }: RouteRow): readonly Share[] {
  return (backend?.services ?? []).map(({ serviceId = '', port = null, protocol = 'HTTP', weight = 100 }) => ({
    serviceId,
    port,
    protocol,
    weight,
  }));
}

/** The services where the new one has a share in percent. All weights are percents: their sum is 100 [I]. None is 0. */
function sharesAt({ services, added, percent: before }: Captured, percent: number): readonly Share[] {
  if (percent === before) return services;
  if (percent >= 100) return [{ ...added, weight: 100 }];

  const others = services.filter(({ serviceId }) => serviceId !== added.serviceId);
  const sum = others.reduce((total, { weight }) => total + weight, 0);
  const scaled = others.map((one) => ({ ...one, weight: Math.floor((one.weight * (100 - percent)) / sum) }));
  const rest = 100 - percent - scaled.reduce((total, { weight }) => total + weight, 0);
  const all = scaled.map((one, at) => (at === 0 ? { ...one, weight: one.weight + rest } : one));
  return [...all.filter(({ weight }) => weight > 0), { ...added, weight: percent }];
}

function textOf(services: readonly Share[]): string {
  return services
    .map(({ serviceId, port, weight }) => `${serviceId}:${port ?? ''} ${weight}`)
    .toSorted()
    .join('\n');
}

function positionOf(unit: MoveUnit, captured: Captured, row: RouteRow): MovePosition {
  const services = sharesOf(row);
  const now = textOf(services);
  if (now === textOf(captured.services)) return { at: 'old' };

  const percent = unit.shift?.steps.find((step) => textOf(sharesAt(captured, step)) === now);
  if (percent !== undefined) return percent === 100 ? { at: 'new' } : { at: 'canary', percent };

  const found = services.map(({ serviceId, weight }) => `${serviceId} ${weight}`);
  return { at: 'elsewhere', found: `its services are ${found.join(', ') || 'none'}` };
}

/** Why the new service does not take calls: the gateway checks it also where no route leads to it [I]. */
async function notReady(session: Session, { to }: Captured, ctx: CallContext): Promise<string | undefined> {
  const row = await session.apig(ctx, 'GetService', { path: { serviceId: to.id } });
  const { healthCheck, healthStatus = '', unhealthyEndpoints = [], runtimeDetailErrorCode: code = '' } = row;
  const isUnhealthy = healthCheck?.enable === true && (healthStatus === 'Unhealthy' || unhealthyEndpoints.length > 0);
  if (code === '' && !isUnhealthy) return undefined;

  const found = [unhealthyEndpoints.join(', ') || healthStatus, code].filter((text) => text !== '');
  return `service ${to.name} is not ${isUnhealthy ? 'healthy' : 'available'}: ${found.join(', ')}`;
}

/**
 * Why the services that had the calls do not take them. One healthy endpoint is enough: the others got no calls before either.
 * @throws {PosternError} `WORLD_MOVED` for a service that does not exist any more
 */
async function notReadyForReturn(session: Session, { from }: Captured, ctx: CallContext): Promise<string | undefined> {
  for (const { id, name } of from) {
    const row = await unlessGone(session.apig(ctx, 'GetService', { path: { serviceId: id } }));
    if (row === undefined) throw changed(`service ${name} does not exist any more`);

    const { healthCheck, healthStatus = '', unhealthyEndpoints = [], runtimeDetailErrorCode: code = '' } = row;
    if (code !== '') return `service ${name} is not available: ${code}`;
    if (healthCheck?.enable === true && healthStatus === 'Unhealthy')
      return `service ${name} is not healthy: ${unhealthyEndpoints.join(', ') || healthStatus}`;
  }
  return undefined;
}

function changed(what: string): PosternError {
  return new PosternError('WORLD_MOVED', what, { remedy: 'Find out what else changes this route, then shift again.' });
}
