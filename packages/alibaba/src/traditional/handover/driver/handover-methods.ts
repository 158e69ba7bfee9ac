// What readers and drivers of hand-overs load with their first call.
export { createSession } from '../../../client/session.js';
export { classicSide } from './classic.js';
export { vSwitchesById } from '../../../network/network.js';
export { dnsOf } from './dns.js';
export { figuresOf } from './classic.js';
export { readSource } from './source/reader.js';
export { addressOf, healthOf, signedHeaders } from './target/evidence.js';
export { methodsOf } from './target/kinds.js';
export { readTarget, readTargetState } from './target/target-state.js';
