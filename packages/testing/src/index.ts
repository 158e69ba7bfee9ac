export { simulate, type SimulateOptions, type Simulation } from './simulation/simulate.js';
