import type { FleetGoal } from './model.js';

/** Whether runs of a goal change something in a cloud. */
export function changesClouds(goal: FleetGoal): boolean {
  return goal !== 'check' && goal !== 'watch';
}
