/**
 * All that the methods of `PrivateIntegrations` call, as one module, which is loaded with the first call.
 * @packageDocumentation
 */
export { apply as applyPlan } from '../apply/apply.js';
export { beginReading, cloudNow } from '../../ground/clocks/cloud-time.js';
export { givenSpec } from '../input/given-spec.js';
export { withLoadedChecks } from '../kinds/cloud/clouds.js';
export { recordedReach } from '../apply/reach.js';
export { observePlan, observeSpec } from '../observe/observe-spec.js';
export { planDestroy } from '../plan/destroy.js';
export { withMembers } from '../plan/finish-plan.js';
export { planForget } from '../plan/forget.js';
export { givenJudge } from '../plan/judge.js';
export { withOpenMoves } from '../plan/notes/moved-notes.js';
export { partOf } from '../plan/only/part-of.js';
export { simulatedCalls } from '../probe/call-gateway.js';
export { checkProbeOptions } from '../probe/probe-options.js';
export { probeRoutes } from '../probe/probe-routes.js';
export { runProbe } from '../probe/run-probe.js';
export { SNAPSHOT_VERSION } from '../snapshot/snapshot.js';
export * from './calls.js';
export { regionOf } from './imperative-allowlist.js';
export { checkCall } from './method-forms.js';
export { ensure, release } from './spec-calls.js';
