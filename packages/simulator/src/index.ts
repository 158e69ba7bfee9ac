export { planTwins } from './plan-twin.js';
export { simulate, type Simulation, type SimulationServer } from './simulate.js';
export type { SimulateOptions } from './simulate-options.js';
