import type { MoveCommand } from '../../../src/internal/harness.js';

export const RUN: MoveCommand = { does: 'run' };
export const FINISH: MoveCommand = { does: 'finish' };
export const ROLLBACK: MoveCommand = { does: 'rollback' };
export const ABORT: MoveCommand = { does: 'abort' };
/** The operator ends the run after the first unit that was switched. */
export const STOPPED: MoveCommand = {
  does: 'run',
  stopAfter: (event) => event.type === 'step.done' && event.step.startsWith('switch '),
};
/** The operator ends the run before anything was switched. */
export const STOPPED_EARLY: MoveCommand = {
  does: 'run',
  stopAfter: (event) => event.type === 'move.phase' && event.phase === 'probe',
};
