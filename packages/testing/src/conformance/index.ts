export { runConformanceCheck } from './checks.js';
export { describeConformance } from './describe-conformance.js';
export type {
  ConformanceSetup,
  ConformanceWorld,
  Fault,
  FaultPoint,
  Faults,
  Occasion,
  Throttled,
  Writes,
} from './setup.js';
export { simulatorFaults, simulatorWrites, type FaultCalls } from './setup.js';
