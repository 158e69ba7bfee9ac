import type * as Methods from './methods.js';

/** The code of the methods. Kept here, because each `import()` asks Node's loader again. */
let loaded: Promise<typeof Methods> | undefined;

/**
 * What the methods of a session call: observing, planning and carrying out. Loaded with the first call, because a
 * program that imports the library may never make one.
 */
export const methods = (): Promise<typeof Methods> => (loaded ??= import('./methods.js'));
