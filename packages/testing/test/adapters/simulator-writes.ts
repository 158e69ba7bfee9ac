import type { Simulation } from '@postern/simulator';

/** The operations of a simulated cloud that changed something so far. */
export const simulatorWrites = (simulation: Pick<Simulation, 'journal'>) => (): readonly string[] =>
  simulation
    .journal()
    .map(({ operation }) => operation)
    .filter((operation) => !/^(?:Get|Describe|List|Export)/.test(operation));
