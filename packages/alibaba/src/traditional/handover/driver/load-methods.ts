import type * as Methods from './handover-methods.js';

/** Kept here, because each `import()` asks Node's loader again. */
let loaded: Promise<typeof Methods> | undefined;

/** The code of readers and drivers of hand-overs. */
export const loadMethods = (): Promise<typeof Methods> => (loaded ??= import('./handover-methods.js'));
