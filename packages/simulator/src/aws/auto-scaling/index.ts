import type { AutoScalingState } from './state.js';

export { operations } from './operations.js';
export { timers } from './instances.js';

/** Auto Scaling of a new account: nothing. */
export const newState = (): AutoScalingState => ({ groups: new Map() });
