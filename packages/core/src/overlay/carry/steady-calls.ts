import type { PlannedChange } from './change-order.js';
import type { RouteCalls } from './route-calls.js';
import type { SimulatedTwin, TwinLoad } from './simulated-twin.js';

/** The calls of a route that were lost while a plan was carried out. */
export interface LostCalls {
  readonly gatewayId: string;
  readonly key: string;
  readonly seconds: number;
  /** The addresses of what was deleted or changed when the first of them was lost. */
  readonly during: readonly string[];
}

/** Two calls a second tell a loss to half a second. */
const PER_SECOND = 2;
/** Until targets have passed the health checks of their groups. */
const CHECKED_MS = 120_000;
/** Calls before the first step and after the last one, in simulated milliseconds. */
const BESIDE_MS = 10_000;

/** Calls of routes that work before a plan, while it is carried out. */
export class SteadyCalls {
  /** What was carried out last: a call that gets no answer counts as lost later. */
  #last: readonly PlannedChange[] = [];
  readonly #loads: { readonly of: RouteCalls; readonly load: TwinLoad; lost: number; during: Set<string> }[] = [];

  private constructor(readonly twin: SimulatedTwin) {}

  /** Begins to call each route by the first of its calls that is delivered. */
  static async begin(twin: SimulatedTwin, routes: readonly RouteCalls[]): Promise<SteadyCalls> {
    const steady = new SteadyCalls(twin);
    await twin.wait(CHECKED_MS);
    for (const of of routes)
      for (const call of of.calls)
        if ((await twin.callGateway(call)).outcome === 'delivered') {
          steady.#loads.push({ of, load: twin.load(call, PER_SECOND), lost: 0, during: new Set() });
          break;
        }
    await twin.wait(BESIDE_MS);
    return steady;
  }

  get isEmpty(): boolean {
    return this.#loads.length === 0;
  }

  /** What was carried out since the last look: losses that began since then come from it, or else from what was carried out before. */
  look(steps: readonly PlannedChange[]): void {
    if (steps.length > 0) this.#last = steps;
    for (const one of this.#loads) {
      const lost = one.load.lost();
      if (lost > one.lost && one.during.size === 0) for (const address of causesOf(this.#last)) one.during.add(address);
      one.lost = lost;
    }
  }

  async end(): Promise<readonly LostCalls[]> {
    await this.twin.wait(BESIDE_MS);
    this.look([]);
    for (const { load } of this.#loads) load.end();
    return this.#loads.flatMap(({ of: { gatewayId, key }, lost, during }) =>
      lost === 0 ? [] : [{ gatewayId, key, seconds: lost / PER_SECOND, during: [...during] }],
    );
  }
}

/** What takes something away: deletions, else what was changed. */
function causesOf(steps: readonly PlannedChange[]): readonly string[] {
  const deleted = steps.filter(({ kind }) => kind === 'delete');
  const causes = deleted.length > 0 ? deleted : steps.filter(({ kind }) => kind === 'update');
  return causes.map(({ instance }) => instance.address);
}
