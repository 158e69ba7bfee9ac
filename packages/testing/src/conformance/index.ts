export { runConformanceCheck } from './checks.js';
export { describeConformance, type DescribeOptions } from './describe-conformance.js';
export type {
  ConformanceSetup,
  ConformanceWorld,
  Fault,
  FaultPoint,
  Faults,
  RequiredSetup,
  RequiredWorld,
} from './setup.js';
export { simulatorFaults, type FaultCalls } from './setup.js';
export type { Need } from './need.js';
export { serviceSetup, waitingClock, type SimulatedService } from './service-setup.js';
