/**
 * What an adapter is written with: the methods of a driver, calls, errors, marks and clocks. None of it loads checks or plans.
 */
export type * from './library.js';
export * from '../ground/errors.js';
export { defined } from '../ground/defined.js';
export { alwaysSentBy, type Sent } from '../do/adapter/always-sent.js';
export * from '../ground/json.js';
export * from '../ground/ports.js';
export type * from '../ground/calls/pacer.js';
export * from '../ground/calls/answers.js';
export { toItsEnd } from '../ground/calls/step-context.js';
export * from '../ground/calls/call.js';
export {
  checkCredentialFiles,
  checkCredentials,
  sessionSecrets,
  withoutSessionSecrets,
  type SessionSecrets,
} from '../ground/calls/session-secrets.js';
export { onAbort } from '../ground/clocks/abort.js';
export { cloudNow, beginReading } from '../ground/clocks/cloud-time.js';
export { byUse } from '../do/adapter/listed-links.js';
export type * from '../do/adapter/json-service.js';
export { NETWORK_LISTS, wholeLists } from '../do/adapter/whole-lists.js';
export { inNetwork } from '../do/adapter/abilities-of.js';
export { pinIdentity } from '../do/adapter/pinned-identity.js';
export * from '../ground/calls/pages.js';
export * from '../do/kinds/gateway/request-parameters.js';
export * from '../do/allowlist/group-allowlist.js';
export * from '../do/model/bound-marks.js';
export { isTemporaryRoute } from '../do/kinds/gateway/gateway-spec.js';
export { isMarkOfLink, linkHash } from '../do/world/resolve/link-identity.js';
export { readUntil } from '../do/apply/repeat.js';
export { waitFor } from '../do/apply/wait-for.js';
export { createOnce } from '../do/apply/create-once.js';
export type * from '../do/abilities.js';
export type * from '../do/driver.js';
export type * from '../do/group-rules.js';
export * from '../do/move-driver.js';
export type * from '../do/adapter/driver-of.js';
export type * from '../do/adapter/methods-of-kinds.js';
export { unnamedIn } from '../do/world/unnamed-gateways.js';
export type * from '../do/model/traits.js';
export type * from '../do/model/owner.js';
export * from '../do/model/marks.js';
export { isName, isSpecId } from '../do/forms/text-rules.js';
export { canonicalJson, hashJson, hashText } from '../ground/hash.js';
export type * from '../do/model/link.js';
export type * from '../do/model/target.js';
export * from '../do/model/route.js';
export * from '../do/model/reference.js';
export type * from '../do/model/allowlist.js';
export { referencesTo } from '../do/plan/references.js';
export * from '../do/snapshot/gaps.js';
export { createQueue } from '../ground/calls/pacer.js';
export * from '../ground/calls/network-failure.js';
export { simulatedClock } from '../ground/clocks/simulated-clock.js';
export { remoteClock, type RemoteTime } from '../ground/clocks/remote-clock.js';
export { loopbackOrigin } from '../ground/clocks/simulator-address.js';
export * from '../ground/calls/retry.js';
