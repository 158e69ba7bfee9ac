import type { LoadJob, Simulation } from '@postern/simulator';
import type { Edit } from '../scenario.js';

/** After this time lists show a change, and the call after them has been made, in simulated milliseconds. */
const UNSEEN_MS = 31_000;

/** Calls of others through links of the project: they begin with an edit. */
export class OutsideCalls {
  readonly #jobs: { readonly job: LoadJob; readonly cameMs: number }[] = [];

  /** Begins those of an edit that was made. */
  begin({ calls }: Edit, simulation: Simulation): void {
    if (calls !== undefined) this.#jobs.push({ job: calls(simulation), cameMs: simulation.clock.now() });
  }

  /**
   * How many were lost; undefined: none. A call for which the gateway knows no route yet is not lost. A caller that came when
   * the last look before a deletion could not show it has raced the deletion, which no client can make conditional.
   */
  lost(): string | undefined {
    const found = this.#jobs
      .filter(({ job, cameMs }) => Date.parse(job.status().firstLost?.at ?? '') - cameMs > UNSEEN_MS)
      .map(({ job }) => job.status())
      .find(({ lost }) => lost > 0);
    return found && `${found.lost} of ${found.calls} calls of others were lost`;
  }
}
