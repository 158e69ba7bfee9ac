import {
  createContext,
  PrivateIntegrations,
  type Driver,
  type Journal,
  type JournalRecord,
} from '@postern/core/internal/library';
import { Moves, type MoveRequest, type PlanMoveOptions } from '@postern/core/internal/moves';
import type { CallGateway } from '@postern/core/internal/probe';
import type { Simulation } from '../../src/index.js';
import { machine, type Machine } from '../runs/machine.js';

/** A world in which something moves, and what of it others may delete. What the cloud refuses to delete stays. */
export interface ExitWorld {
  readonly simulation: Simulation;
  readonly driverOf: (by: Machine) => Driver;
  readonly request: MoveRequest;
  readonly how: Omit<PlanMoveOptions, 'clouds'>;
  readonly callGateway?: CallGateway | undefined;
  readonly gone: Readonly<Record<string, () => unknown>>;
}

/** A process; `dies` says before which record it is killed. */
export function processOf(
  world: Pick<ExitWorld, 'simulation' | 'driverOf'>,
  journal: Journal,
  dies: (record: JournalRecord) => boolean = () => false,
) {
  const dying: Journal = {
    ...journal,
    append: async (record) => {
      if (!dies(record)) return journal.append(record);
      by.kill();
      return new Promise<never>(() => undefined);
    },
  };
  const by = machine(world.simulation, { random: () => 0.5, journal: dying });
  const context = createContext({ clock: by.clock, random: by.random });
  const gate = new PrivateIntegrations(world.driverOf(by), { ...context, project: 'none', journal: by.journal });
  return { by, moves: new Moves(gate) };
}
