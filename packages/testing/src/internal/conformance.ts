export * from '../conformance/index.js';
export { simulatorFaults, type FaultCalls } from '../conformance/setup.js';
