/** What the mistakes are planted in. */
export { nextTurns } from '../../src/services/pacer.js';
export { heldBy } from '../../src/services/run.js';
export { questionsOf } from '../../src/services/spec.js';
export { recordedStep } from '../../src/worker/recorded-step.js';
export { sharedPace } from '../../src/worker/shared-pace.js';
export { stepPace } from '../../src/worker/step-pace.js';
