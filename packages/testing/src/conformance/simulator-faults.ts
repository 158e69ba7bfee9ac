import type { FaultRule, Simulation } from '@postern/simulator';
import type { Fault, FaultPoint, Faults } from './setup.js';

/** The calls behind a point, as the simulator's journal names them. */
export type FaultCalls = Readonly<
  Partial<Record<FaultPoint, readonly { readonly service: string; readonly operation: string }[]>>
>;

/** Faults for a driver that talks to a simulated cloud: each point is a list of its operations. */
export function simulatorFaults(simulation: Pick<Simulation, 'faults'>, calls: FaultCalls): Faults {
  return {
    add: (point: FaultPoint, fault: Fault) => {
      const rows = calls[point];
      if (!rows) throw new Error(`The setup names no call for "${point}".`);
      for (const row of rows) simulation.faults.add({ ...row, ...fault } satisfies FaultRule);
    },
    clear: () => simulation.faults.clear(),
  };
}

/** The operations of a simulated cloud that changed something so far. */
export const simulatorWrites = (simulation: Pick<Simulation, 'journal'>) => (): readonly string[] =>
  simulation
    .journal()
    .map(({ operation }) => operation)
    .filter((operation) => !/^(?:Get|Describe|List|Export)/.test(operation));
