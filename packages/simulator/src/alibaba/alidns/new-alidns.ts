import type { AlidnsState } from './state.js';

/** The public DNS of a new account: no domain. */
export const newAlidns = (): AlidnsState => ({ domains: new Map(), records: new Map(), weighted: new Map() });
