// The simulated account of the cloud: a file beside the spec. Its service creates tunnels at once, and routes of one router.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';

/** A tunnel as the service returns it. */
export interface Tunnel {
  readonly id: string;
  readonly name: string;
  readonly subnetIds: readonly string[];
  readonly securityGroupIds: readonly string[];
  readonly tags: Record<string, string>;
}

/** A route of the router as the service returns it. */
export interface RouterRoute {
  readonly id: string;
  readonly key: string;
  readonly tunnel: string;
  /** `10.0.11.20:8080`. */
  readonly target: string;
  /** The mark, as the router's text for notes. */
  readonly note: string;
}

interface State {
  ids: number;
  tunnels: Tunnel[];
  routes: RouterRoute[];
}

/** The service: each call reads the file, and a change writes it. */
export class Account {
  constructor(readonly file: string) {}

  #read(): State {
    if (!existsSync(this.file)) return { ids: 0, tunnels: [], routes: [] };
    return JSON.parse(readFileSync(this.file, 'utf8')) as State;
  }

  #change<T>(change: (state: State) => T): T {
    const state = this.#read();
    const result = change(state);
    writeFileSync(this.file, `${JSON.stringify(state, null, 2)}\n`);
    return result;
  }

  get tunnels(): readonly Tunnel[] {
    return this.#read().tunnels;
  }

  get routes(): readonly RouterRoute[] {
    return this.#read().routes;
  }

  createTunnel(tunnel: Omit<Tunnel, 'id'>): Tunnel {
    return this.#change((state) => {
      const created = { id: `tun-${(state.ids += 1)}`, ...tunnel };
      state.tunnels.push(created);
      return created;
    });
  }

  tagTunnel(id: string, tags: Readonly<Record<string, string>>): void {
    this.#change(({ tunnels }) => Object.assign(tunnels.find((one) => one.id === id)?.tags ?? {}, tags));
  }

  deleteTunnel(id: string): void {
    this.#change((state) => {
      state.tunnels = state.tunnels.filter((one) => one.id !== id);
    });
  }

  putRoute(route: Omit<RouterRoute, 'id'>): RouterRoute {
    return this.#change((state) => {
      const id = state.routes.find(({ key }) => key === route.key)?.id ?? `route-${(state.ids += 1)}`;
      state.routes = [...state.routes.filter(({ key }) => key !== route.key), { id, ...route }];
      return { id, ...route };
    });
  }

  deleteRoute(key: string): void {
    this.#change((state) => {
      state.routes = state.routes.filter((one) => one.key !== key);
    });
  }
}
