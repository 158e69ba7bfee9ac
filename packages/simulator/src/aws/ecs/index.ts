import type { EcsState } from './state.js';
import type { TimerHandlers } from '../operation/call.js';
import { lookAgain } from './service/schedule.js';
import { taskTimers } from './task/task-life.js';

export { watchServices } from './service/schedule.js';
export { operations } from './operations/index.js';

/** Elastic Container Service of a new account: nothing. */
export function newState(): EcsState {
  return {
    clusters: new Map(),
    taskDefinitions: new Map(),
    services: new Map(),
    capacityProviders: new Map(),
    tasks: new Map(),
  };
}

/** What falls due in this service. */
export const timers: TimerHandlers = { ...taskTimers, 'ecs.service': lookAgain };
