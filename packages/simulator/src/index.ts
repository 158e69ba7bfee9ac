export { planTwins } from './plan-twin.js';
export { simulate, type Simulation, type SimulationServer } from './simulate.js';
export type { SimulateOptions } from './simulate-options.js';
export {
  FAULT_KINDS,
  type ClientOptions,
  type FacedCall,
  type FaultKind,
  type FaultRule,
} from './simulation/world/faults.js';
export type { Interception } from './simulation/http/intercept.js';
export type { AnswerHeaders, Backend, BackendSpec, Behavior } from './simulation/traffic/backends/backend.js';
export type { CountedCalls, TrafficCounters } from './simulation/traffic/counters.js';
export type { Trace } from './simulation/traffic/gateway-call.js';
export type { LoadSpec, LoadStatus } from './simulation/traffic/load.js';
export { OUTCOMES, type Outcome } from './simulation/traffic/outcomes.js';
export type { DataPathDelay } from './simulation/traffic/published.js';
export type { SocketPeer } from './simulation/traffic/sockets.js';
export type { LoadJob, OpenConnection, TrafficAnswer, TrafficCall } from './simulation/traffic/traffic-door.js';
export type { JournalEntry } from './simulation/world/journal.js';
export type { SavedWorld } from './simulation/world/saved-world.js';
export type { ClockMode } from './simulation/time/time.js';
export type { Timer } from './simulation/time/time.js';
export { SeededRandom } from './simulation/time/seeded-random.js';
export type { AlibabaCallTarget } from './alibaba/dispatch.js';
export type { Destination, HttpCall, Reach, SourceReach } from './simulation/world/cloud.js';
export type { AlibabaCallParams, AlibabaResponse, SimulatedAlibaba } from './alibaba/in-process.js';
export type { PlantedAlibaba } from './alibaba/plant.js';
export { ALIBABA_QUOTAS, type AlibabaQuotaDefinition } from './alibaba/operation/quotas.js';
export { AlibabaError } from './alibaba/operation/operation.js';
export type { CallTarget } from './aws/dispatch.js';
export type { SimulatedClients } from './aws/simulated-clients.js';
export type { Planted } from './aws/plant.js';
export type { PlantedLine } from './aws/direct-connect/plant.js';
export { QUOTAS, type QuotaDefinition } from './aws/operation/quotas.js';
export { ServiceError } from './aws/operation/operation.js';
export type { ServiceName } from './aws/operation/operation.js';
