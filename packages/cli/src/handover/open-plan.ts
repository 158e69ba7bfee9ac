import { handoverDriver, readHandoverPlan, type HandoverPlan, type ResolveName } from '@postern/alibaba/handover';
import type { CommonOptions } from '../invocation.js';
import type { Io } from '../process/io.js';
import { readFile } from '../process/read-file.js';

/** Reads the plan that is named, and opens the cloud, or the simulator, in its region. @throws {InvalidInputError} `INVALID_INPUT` */
export async function openPlan(io: Io, [file = '']: readonly string[], { debug }: CommonOptions) {
  const plan: HandoverPlan = readHandoverPlan(await readFile(io, file), { file });
  const { openSession } = await import('../session/open-session.js');
  const { context, simulated, simulator } = await openSession(io, { debug });
  const driver = handoverDriver({
    region: plan.region,
    ...(simulated === undefined ? {} : { simulator: simulated }),
  });
  return { plan, driver, context, simulator };
}

/** The name of the journal of a hand-over: its run, switch and rollback share it. */
export const journalName = ({ handover }: HandoverPlan): string => `handover-${handover.slice(0, 8)}`;

/** What asks resolvers for names. None in a simulator: its names are not in the DNS of this machine. */
export async function resolverOf(
  { resolver }: { readonly resolver?: readonly string[] | undefined },
  simulator: string | undefined,
): Promise<ResolveName | undefined> {
  if (simulator !== undefined) return undefined;
  const { createResolveName } = await import('./resolve-names.js');
  return createResolveName(resolver);
}
