import { setTimeout } from 'node:timers/promises';
import { realClock, type Clock } from '@postern/core';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';

export interface Tunnel {
  readonly id: string;
  readonly segments: readonly string[];
  readonly groups: readonly string[];
  name: string;
  tags: Record<string, string>;
  /** When it is up, and when it is gone, in milliseconds since the epoch. */
  readonly openedAt: number;
  upAt: number;
  goneAt?: number;
}
export interface Lead {
  readonly tunnel: string;
  readonly address: string;
  readonly port: number;
  readonly tls?: { readonly serverName?: string | undefined } | undefined;
  readonly path: 'overwrite' | 'keep';
}
export interface RouterRoute extends Lead {
  readonly id: string;
  readonly router: string;
  readonly key: string;
  readonly tags: Record<string, string>;
}
interface State {
  next: number;
  tunnels: Tunnel[];
  routes: RouterRoute[];
}
export interface Answer {
  readonly status: number;
  readonly text: string;
}
export type Send = (operation: string, input: object) => Promise<Answer>;

export const NETWORK = { id: 'net-1', cidrBlock: '10.9.0.0/16' };
export const SEGMENTS = [
  { id: 'seg-1', block: '10.9.1.0/24', zone: 'a' },
  { id: 'seg-2', block: '10.9.2.0/24', zone: 'b' },
];
export const MACHINES = [
  { id: 'mac-1', segment: 'seg-1', address: '10.9.1.5', port: 8080 },
  { id: 'mac-2', segment: 'seg-2', address: '10.9.2.5', port: 8080 },
];
const ROUTERS = ['router1', 'router2'];
const PAGE = 10;

class Refusal extends Error {
  constructor(
    readonly code: string,
    message: string,
    readonly status = 400,
  ) {
    super(message);
  }
}
const REFUSALS: Readonly<Record<string, Refusal>> = {
  throttle: new Refusal('Throttled', 'too many calls', 429),
  error: new Refusal('Failed', 'the service failed', 500),
  deny: new Refusal('Denied', 'the credentials do not allow the call', 403),
  expired: new Refusal('Expired', 'the credentials have expired', 401),
};
/** A call that fails, of the operations that it names. */
export interface FaultRule {
  readonly operations: readonly string[];
  readonly kind: string;
  readonly ms?: number | undefined;
  after: number;
  times: number;
}

/** The service of one account, in memory, or in a file. */
export class Account {
  faults: FaultRule[] = [];
  #state: State = { next: 1, tunnels: [], routes: [] };
  readonly #earlier: { readonly at: number; readonly state: string }[] = [];

  constructor(
    private readonly clock: Pick<Clock, 'now' | 'sleep'> = realClock(),
    private readonly file?: string,
  ) {
    if (file !== undefined && existsSync(file)) this.#state = JSON.parse(readFileSync(file, 'utf8')) as State;
  }

  /** The routes of all routers, for tests. */
  get routes(): RouterRoute[] {
    return this.#state.routes;
  }

  readonly send: Send = async (operation, input) => {
    const rule = this.faults.find(({ operations, times }) => operations.includes(operation) && times > 0);
    const kind = rule && rule.after-- <= 0 && rule.times-- > 0 ? rule.kind : undefined;
    if (kind === 'reset') throw broken();
    if (kind === 'html') return { status: 502, text: '<html>Bad gateway</html>' };
    if (kind === 'slow') await setTimeout(rule?.ms ?? 0);
    const current = this.#state;
    const seenAt = this.clock.now() - (rule?.ms ?? 0);
    if (kind === 'stale' && /^(?:List|Who)/.test(operation)) {
      const seen = this.#earlier.findLast(({ at }) => at <= seenAt)?.state;
      this.#state = seen === undefined ? { next: 1, tunnels: [], routes: [] } : (JSON.parse(seen) as State);
    }
    const answer = this.#answer(operation, input, kind);
    if (kind === 'stale') this.#state = current;
    this.#keep();
    if (kind === 'lost') throw broken();
    return Promise.resolve(
      kind === 'truncate' ? { ...answer, text: answer.text.slice(0, answer.text.length / 2) } : answer,
    );
  };

  #keep(): void {
    const text = JSON.stringify(this.#state);
    if (this.file !== undefined) writeFileSync(this.file, text);
    if (this.#earlier.at(-1)?.state !== text) this.#earlier.push({ at: this.clock.now(), state: text });
  }

  #answer(operation: string, input: object, kind = ''): Answer {
    try {
      const refusal = REFUSALS[kind];
      if (refusal) throw refusal;
      const text = JSON.stringify(this.#operations[operation]?.(input as never) ?? {});
      return { status: 200, text };
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      return { status: error.status, text: JSON.stringify({ code: error.code, message: error.message }) };
    }
  }

  #tunnel(id: string): Tunnel {
    const tunnel = this.#tunnels().find((each) => each.id === id);
    if (!tunnel) throw new Refusal('NotFound', `no tunnel ${id}`, 404);
    return tunnel;
  }

  #tunnels(): Tunnel[] {
    return this.#state.tunnels.filter(({ goneAt }) => goneAt === undefined || goneAt > this.clock.now());
  }

  #ofRouter(router: string): RouterRoute[] {
    if (!ROUTERS.includes(router)) throw new Refusal('NotFound', `no router ${router}`, 404);
    return this.#state.routes.filter((route) => route.router === router);
  }

  readonly #operations: Readonly<Record<string, (input: never) => object>> = {
    WhoAmI: () => ({ account: 'acc-1234' }),
    ListSegments: () => ({ items: SEGMENTS }),
    ListMachines: () => ({ items: MACHINES }),
    ListRouters: () => ({ items: ROUTERS }),
    ListTunnels: ({ page }: Paged) =>
      pageOf(
        this.#tunnels().map((tunnel) => ({ ...tunnel, state: this.#stateOf(tunnel) })),
        page,
      ),
    OpenTunnel: (given: Pick<Tunnel, 'name' | 'segments' | 'groups' | 'tags'>) => {
      if (this.#tunnels().length >= 5) throw new Refusal('QuotaExceeded', 'five tunnels exist');
      const now = this.clock.now();
      const tunnel = { ...given, id: `tun-${this.#state.next++}`, openedAt: now, upAt: now + 30_000 };
      this.#state.tunnels.push(tunnel);
      return { id: tunnel.id };
    },
    ChangeTunnel: ({
      id,
      name,
      tags,
      untag,
    }: { id: string; untag?: string[] } & Partial<Pick<Tunnel, 'name' | 'tags'>>) => {
      const tunnel = this.#tunnel(id);
      tunnel.name = name ?? tunnel.name;
      tunnel.tags = without({ ...tunnel.tags, ...tags }, untag);
      return {};
    },
    CloseTunnel: ({ id }: { id: string }) => {
      const tunnel = this.#tunnel(id);
      const user = this.#state.routes.find((route) => route.tunnel === id);
      if (user) throw new Refusal('InUse', `${user.key} of ${user.router} uses ${id}`, 409);
      tunnel.goneAt ??= this.clock.now() + 10_000;
      return {};
    },
    ListRoutes: ({ router, page }: Paged & { router: string }) => pageOf(this.#ofRouter(router), page),
    CreateRoute: (route: Omit<RouterRoute, 'id'>) => {
      if (this.#ofRouter(route.router).some(({ key }) => key === route.key))
        throw new Refusal('Exists', route.key, 409);
      this.#tunnel(route.tunnel);
      const created = { ...route, id: `route-${this.#state.next++}` };
      this.#state.routes.push(created);
      return created;
    },
    ChangeRoute: ({ id, untag, tags, ...lead }: { id: string; untag?: string[] } & Partial<RouterRoute>) => {
      const index = this.#state.routes.findIndex((route) => route.id === id);
      const route = this.#state.routes[index];
      if (!route) throw new Refusal('NotFound', `no route ${id}`, 404);
      const changed = { ...route, ...lead, tags: without({ ...route.tags, ...tags }, untag) };
      this.#state.routes[index] = changed;
      return changed;
    },
    DeleteRoute: ({ id }: { id: string }) => {
      this.#state.routes = this.#state.routes.filter((route) => route.id !== id);
      return {};
    },
  };

  #stateOf({ upAt, goneAt }: Tunnel): 'Opening' | 'Up' | 'Closing' {
    if (goneAt !== undefined) return 'Closing';
    return upAt > this.clock.now() ? 'Opening' : 'Up';
  }
}

interface Paged {
  readonly page?: string | undefined;
}

function pageOf<T>(items: readonly T[], page = '0'): { items: readonly T[]; next?: string } {
  const end = Number(page) + PAGE;
  return { items: items.slice(Number(page), end), ...(end < items.length ? { next: String(end) } : {}) };
}

function without(tags: Record<string, string>, keys: readonly string[] = []): Record<string, string> {
  return Object.fromEntries(Object.entries(tags).filter(([key]) => !keys.includes(key)));
}

function broken(): Error {
  return Object.assign(new Error('the connection broke'), { code: 'ECONNRESET' });
}
