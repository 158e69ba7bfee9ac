export { runConformanceCheck } from './checks.js';
export { describeConformance } from './describe-conformance.js';
export type { ConformanceSetup, ConformanceWorld } from './setup.js';
export { serviceSetup, waitingClock } from './service-setup.js';
