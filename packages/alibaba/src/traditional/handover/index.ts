/**
 * The hand-over of API groups of API Gateway (Traditional) to Cloud-native API Gateway of Alibaba Cloud. Readers and drivers load their
 * code and the SDK with the first call; all else loads none.
 * @packageDocumentation
 */
export type { HandoverSource } from './source/source.js';
export { assess } from './assess/assess.js';
export type { Assessment } from './assess/assessment.js';
export { planHandover } from './plan/plan-handover.js';
export type { HandoverPlan } from './plan/fingerprint.js';
export { runHandover } from './run/run-handover.js';
export type { HandoverResult } from './run/journaled.js';
export type { HandoverDriver } from './run/driver.js';
export { createCallPinned } from './prove/call-pinned.js';
export { proveHandover } from './prove/prove-handover.js';
export type { CallPinned, HandoverProof } from './prove/proof.js';
export { switchHandover } from './switch/switch-handover.js';
export { rollbackHandover } from './switch/rollback-handover.js';
export type { SwitchResult } from './switch/switch-events.js';
export { finishHandover } from './finish/finish-handover.js';
export type { FinishResult } from './finish/finish-events.js';
export { handoverReader, type HandoverReader } from './driver/handover-reader.js';
export { handoverDriver } from './driver/handover-driver.js';
