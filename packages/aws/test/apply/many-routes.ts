import { runs } from '../../../core/test/runs.js';

/** A simulated cloud with quotas for many routes. */
export const OPTIONS = { throttle: false, quotas: { 'routes-per-api': 5_000, 'resources-per-rest-api': 5_000 } };

/** An apply of many routes, and a change of one. */
export const MANY_ROUTES = {
  routes: runs(30, 2_000),
  change: () => ({ settings: { 'GET /i0/r0': { timeoutMs: 5_000 } } }),
};
