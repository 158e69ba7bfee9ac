import type { Gateway } from '../../do/model/gateway.js';
import { defined } from '../../ground/defined.js';
import { sentMethod, type Route } from '../../do/model/route.js';
import type { AttributeUse } from '../declared/open.js';

/**
 * Where an integration leads, in the members of a route; empty: not into a network. `method` is the one that the integration
 * has, whatever the route's.
 */
export type Lead = Pick<
  Partial<Route>,
  | 'linkId'
  | 'targetId'
  | 'tls'
  | 'path'
  | 'keepsPath'
  | 'writtenPath'
  | 'method'
  | 'settings'
  | 'anyAuthority'
  | 'variables'
  | 'unfilled'
>;

/** The variables of a stage, by which integrations name links, load balancers and hosts. */
export interface StageValues {
  readonly has: (name: string) => boolean;
  /** Undefined: the text is not known. */
  readonly text: (name: string) => string | undefined;
  /** What a variable names. @throws {UnknownAttribute} */
  readonly ref: (name: string, wanted: AttributeUse) => string | undefined;
}

/** A route that cannot be followed after the plan. Without a key: any route of the gateway. */
export interface LostRoute {
  readonly gatewayId: string;
  readonly routeId: string;
  readonly key: string;
  readonly what: string;
}

/** The last part of a path, below the path of another resource. */
export interface PathBelow {
  readonly parent: string;
  readonly part: string;
}

/** A path has fewer parts than this: more are a circle. */
const DEEPEST = 100;

const NO_LEAD: Required<{ readonly [M in keyof Lead]: undefined }> = {
  linkId: undefined,
  targetId: undefined,
  tls: undefined,
  path: undefined,
  keepsPath: undefined,
  writtenPath: undefined,
  method: undefined,
  settings: undefined,
  anyAuthority: undefined,
  variables: undefined,
  unfilled: undefined,
};

/** The gateways of a region that is changed. */
export interface DraftGateways {
  readonly get: (id: string) => Gateway | undefined;
  readonly patch: (id: string, change: (gateway: Gateway) => Partial<Gateway>) => void;
  /** The command that reads the region. */
  readonly readBy: () => string;
}

/** The routes of a region that is changed: where their integrations lead, their paths, and the variables of stages. */
export class DraftRoutes {
  readonly #lostLeads = new Map<string, string>();
  readonly #leads = new Map<string, Lead>();
  /** Where integrations led whose route was dropped: a change of the route alone leaves them as they are. */
  readonly #left = new Map<string, Lead>();
  readonly #paths = new Map<string, string | PathBelow>();
  /** Routes that cannot be followed. */
  readonly lost: LostRoute[] = [];
  /** Gateways whose routes a document replaces. */
  readonly imported = new Set<string>();
  /** The variables of stages that the plan has, by gateway and name. */
  readonly stageValues = new Map<string, Map<string, StageValues>>();
  /** By gateway the one stage that is judged, of several whose variables differ. */
  readonly onlyStages = new Map<string, string>();
  /** Why integrations answer no call, by gateway and ID. */
  readonly broken = new Map<string, string>();
  /** Lays again where an integration leads that variables name, by gateway and ID. */
  readonly named = new Map<string, () => void>();
  /** The deployments that the plan makes: each has the routes as they are after it. */
  readonly deployments = new Set<string>();
  /** The routes of gateways as they are before the plan. */
  readonly former = new Map<string, readonly Route[]>();
  /** The addresses of routes, by gateway and ID. */
  readonly addresses = new Map<string, string>();

  constructor(readonly gateways: DraftGateways) {}

  /** An integration of a gateway leads there, and so do the routes that use it. */
  lead(gatewayId: string, id: string, lead: Lead): void {
    this.gateways.patch(gatewayId, ({ routes, integrations = [] }) => ({
      integrations: [
        ...integrations.filter((one) => one.id !== id),
        { id, linkId: lead.linkId, targetId: lead.targetId },
      ],
      routes: routes.map((one) => (one.integrationId === id ? led(one, lead) : one)),
    }));
    this.#leads.set(`${gatewayId} ${id}`, lead);
  }

  /** Stages serve an integration where it leads now, without a deployment: the values of variables count at once. */
  serveLead(gatewayId: string, id: string): void {
    const lead = this.#leads.get(`${gatewayId} ${id}`) ?? {};
    this.gateways.patch(gatewayId, ({ stages, routes }) => {
      const ids = new Set(routes.flatMap((one) => (one.integrationId === id ? one.id : [])));
      return {
        stages: stages.map((stage) => {
          if (stage.served === undefined) return stage;

          const served = stage.served.routes.map((one) => (ids.has(one.id) ? led(one, lead) : one));
          return { ...stage, served: { ...stage.served, routes: served } };
        }),
      };
    });
  }

  /** Whether the plan says where an integration leads. */
  isLed(gatewayId: string, id: string): boolean {
    return this.#leads.has(`${gatewayId} ${id}`);
  }

  dropLead(gatewayId: string, id: string): void {
    this.gateways.patch(gatewayId, ({ integrations = [] }) => ({
      integrations: integrations.filter((one) => one.id !== id),
    }));
    this.#leads.delete(`${gatewayId} ${id}`);
  }

  /** It is not known where an integration leads, and so with the routes that use it. */
  loseLead(gatewayId: string, id: string, what: string): void {
    this.#lostLeads.set(`${gatewayId} ${id}`, what);
    this.gateways.patch(gatewayId, ({ routes }) => {
      for (const one of routes)
        if (one.integrationId === id) this.lost.push({ gatewayId, routeId: one.id, key: one.key, what });
      return { routes: routes.filter((one) => one.integrationId !== id) };
    });
  }

  /** Why it is not known where an integration leads. */
  lostLead(gatewayId: string, id: string): string | undefined {
    return this.#lostLeads.get(`${gatewayId} ${id}`);
  }

  /** It is not known which routes a gateway will have. */
  loseAll(gatewayId: string, what: string): void {
    const routes = this.gateways.get(gatewayId)?.routes ?? [];
    for (const one of routes) this.lost.push({ gatewayId, routeId: one.id, key: one.key, what });
    if (routes.length === 0) this.lost.push({ gatewayId, routeId: '', key: '', what });
    this.gateways.patch(gatewayId, () => ({ routes: [] }));
    this.imported.add(gatewayId);
  }

  /** A route, with where its integration leads: as the plan says, or as a route of the snapshot with the same integration. */
  put(gatewayId: string, route: Route): void {
    const { id, key: routeKey, integrationId = '' } = route;
    if (this.gateways.get(gatewayId) === undefined) {
      const what = `${gatewayId} is not in the snapshot: take one that has it, with ${this.gateways.readBy()}`;
      this.lost.push({ gatewayId, routeId: id, key: routeKey, what });
    }
    this.gateways.patch(gatewayId, ({ routes, integrations = [] }) => {
      const same = routes.find((one) => one.integrationId === integrationId);
      const listed = integrations.find(({ id }) => id === integrationId);
      const key = `${gatewayId} ${integrationId}`;
      const known = this.#leads.get(key) ?? leadOf(same) ?? this.#left.get(key);
      const lead = known ?? { linkId: listed?.linkId, targetId: listed?.targetId };
      return { routes: [...routes.filter((one) => one.id !== route.id), led(route, lead)] };
    });
  }

  drop(gatewayId: string, id: string): void {
    this.gateways.patch(gatewayId, ({ routes }) => {
      const dropped = routes.find((one) => one.id === id);
      const lead = leadOf(dropped);
      if (lead !== undefined) this.#left.set(`${gatewayId} ${dropped?.integrationId}`, lead);
      return { routes: routes.filter((one) => one.id !== id) };
    });
  }

  /** The path of a resource of a REST API. One below another is known once that one is: the order does not matter. */
  path(gatewayId: string, resource: string, path: string | PathBelow): void {
    this.#paths.set(`${gatewayId} ${resource}`, path);
  }

  pathOf(gatewayId: string, resource: string, depth = 0): string | undefined {
    const known = this.#paths.get(`${gatewayId} ${resource}`);
    if (typeof known === 'object' && depth < DEEPEST) {
      const parent = this.pathOf(gatewayId, known.parent, depth + 1);
      if (parent !== undefined) return parent === '/' ? `/${known.part}` : `${parent}/${known.part}`;
    } else if (typeof known === 'string') return known;
    const routes = [...(this.gateways.get(gatewayId)?.routes ?? []), ...(this.former.get(gatewayId) ?? [])];
    return routes.find(({ id }) => id.startsWith(`${resource}/`))?.key.split(' ')[1];
  }

  /** The address of a route in the plan. */
  address(gatewayId: string, route: string, address: string): void {
    this.addresses.set(`${gatewayId} ${route}`, address);
  }

  /** The variables of a stage. */
  stage(gatewayId: string, name: string, values: StageValues): void {
    const known = this.stageValues.get(gatewayId) ?? new Map<string, StageValues>();
    this.stageValues.set(gatewayId, known.set(name, values));
  }
}

/** A route where an integration leads. */
function led(route: Route, lead: Lead): Route {
  const method = sentMethod(route.key, lead.method);
  const { method: _method, ...rest } = { ...route, ...NO_LEAD, ...lead };
  return Object.fromEntries(
    Object.entries({ ...rest, method }).filter(([, value]) => value !== undefined),
  ) as unknown as Route;
}

function leadOf(route: Route | undefined): Lead | undefined {
  if (route?.linkId === undefined) return undefined;

  const { linkId, targetId, tls, path, keepsPath, writtenPath, anyAuthority, method, variables } = route;
  const { host, timeoutMs, parameters, stream } = route.settings ?? {};
  const settings = defined({ host, timeoutMs, parameters, stream });
  return { linkId, targetId, tls, path, keepsPath, writtenPath, settings, anyAuthority, method, variables };
}
