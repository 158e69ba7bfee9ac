import type { Driver } from '@postern/core/internal/library';
import type { MoveRequest, PlanMoveOptions } from '@postern/core/internal/moves';
import type { CallGateway } from '@postern/core/internal/probe';
import type { Simulation } from '../../src/index.js';
import type { Machine } from '../runs/machine.js';

/** A world in which something moves, and what of it others may delete. What the cloud refuses to delete stays. */
export interface ExitWorld {
  readonly simulation: Simulation;
  readonly driverOf: (by: Machine) => Driver;
  readonly request: MoveRequest;
  readonly how: Omit<PlanMoveOptions, 'clouds'>;
  readonly callGateway?: CallGateway | undefined;
  readonly gone: Readonly<Record<string, () => unknown>>;
}
