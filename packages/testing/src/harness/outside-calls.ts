import type { Simulation } from '../simulation/simulate.js';
import type { LoadJob } from '../simulation/traffic/traffic-door.js';
import type { Edit } from './scenario.js';

/** Calls of others through links of the project: they begin with an edit. */
export class OutsideCalls {
  readonly #jobs: LoadJob[] = [];

  /** Begins those of an edit that was made. */
  begin({ calls }: Edit, simulation: Simulation): void {
    if (calls !== undefined) this.#jobs.push(calls(simulation));
  }

  /** How many were lost; undefined: none. A call for which the gateway knows no route yet is not lost. */
  lost(): string | undefined {
    const found = this.#jobs.map((job) => job.status()).find(({ lost }) => lost > 0);
    return found && `${found.lost} of ${found.calls} calls of others were lost`;
  }
}
