/**
 * All that the methods of `PrivateIntegrations` call, as one module, which is loaded with the first call.
 * @packageDocumentation
 */
export { apply as applyPlan } from '../apply/apply.js';
export { ensure, planEnsure } from '../apply/ensure.js';
export { localWatches } from '../apply/local-run.js';
export { beginReading, cloudNow } from '../../ground/clocks/cloud-time.js';
export { givenSpec } from '../input/given-spec.js';
export { withLoadedChecks } from '../kinds/cloud/clouds.js';
export { isMarkOf } from '../model/marks.js';
export { observePlan, observeSpec } from '../observe/observe-spec.js';
export { planDestroy } from '../plan/destroy.js';
export { planForget } from '../plan/forget.js';
export { givenJudge } from '../plan/judge.js';
export { withOpenMoves } from '../plan/notes/moved-notes.js';
export { partOf } from '../plan/only/part-of.js';
export { simulatedCalls } from '../probe/call-gateway.js';
export { checkProbeOptions } from '../probe/probe-options.js';
export { probeRoutes } from '../probe/probe-routes.js';
export { runProbe } from '../probe/run-probe.js';
export { SNAPSHOT_VERSION } from '../snapshot/snapshot.js';
export { requireComplete } from '../world/resolve/problems.js';
export { ensureTarget } from './ensure-target.js';
export { allowBlocks, regionOf, revokeBlocks } from './imperative-allowlist.js';
export { usesOfNamedLink } from './link-uses.js';
export { checkCall } from './method-forms.js';
export { linkPart, routePart } from './parts.js';
export { forgetLink, linkRemoval, remove, routeRemoval, withLinksOfOthers } from './removal.js';
export { changesOf, gatewaysOf, isReference, joined, refuseAllPorts, wholeParts } from './whole.js';
