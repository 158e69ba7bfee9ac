export { runConformanceCheck } from './checks.js';
export { describeConformance } from './describe-conformance.js';
export type { ConformanceSetup, ConformanceWorld, Fault, FaultPoint, Faults } from './setup.js';
export { simulatorFaults, type FaultCalls } from './simulator-faults.js';
