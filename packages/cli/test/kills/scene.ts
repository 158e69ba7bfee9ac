import type { SimulationServer } from '@postern/simulator';

/** The current resources of a cloud that matter here, by kind: as the cloud describes them. */
export type Inventory = Readonly<Record<string, readonly unknown[]>>;

/** A simulated cloud with a network, a backend and a gateway, resources of others, and two versions of a spec. */
export interface Scene {
  readonly server: SimulationServer;
  /** What every apply of this cloud needs beside `--yes`. */
  readonly flags: readonly string[];
  readonly destroyFlags: readonly string[];
  /** A link and the route of `/orders`. */
  readonly first: string;
  /** The link in other subnets, which replaces it, with a larger allowlist; and one more route. */
  readonly second: string;
  /** The gateway's host name. */
  readonly host: string;
  readonly inventory: () => Inventory;
}
