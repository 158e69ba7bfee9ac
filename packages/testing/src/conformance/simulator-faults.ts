import type { FaultRule, Simulation } from '@postern/simulator';
import type { Fault, FaultPoint, Faults } from './setup.js';

/** The calls behind a point, as the simulator's journal names them. */
export type FaultCalls = Readonly<
  Partial<Record<FaultPoint, readonly { readonly service: string; readonly operation: string }[]>>
>;

/** Faults for a driver that talks to a simulated cloud: each point is a list of its operations. */
export function simulatorFaults(simulation: Pick<Simulation, 'faults' | 'journal'>, calls: FaultCalls): Faults {
  const rowsOf = (point: FaultPoint) => {
    const rows = calls[point];
    if (!rows) throw new Error(`The setup names no call for "${point}".`);
    return rows;
  };
  return {
    add: (point: FaultPoint, fault: Fault) => {
      for (const row of rowsOf(point)) simulation.faults.add({ ...row, ...fault } satisfies FaultRule);
    },
    clear: () => simulation.faults.clear(),
    sent: (point: FaultPoint) => {
      const operations = rowsOf(point).map(({ operation }) => operation);
      const sent = simulation.journal().filter(({ operation }) => operations.includes(operation));
      return sent.map(({ time }) => Date.parse(time));
    },
  };
}

/** The operations of a simulated cloud that changed something so far. */
export const simulatorWrites = (simulation: Pick<Simulation, 'journal'>) => (): readonly string[] =>
  simulation
    .journal()
    .map(({ operation }) => operation)
    .filter((operation) => !/^(?:Get|Describe|List|Export)/.test(operation));
