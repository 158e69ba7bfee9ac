/** What a test plans, checks, applies and probes with, as one module: a mistake can be planted in a bundle of it. */
export * from '../src/internal/library.js';
export * from '../src/internal/check.js';
export * from '../src/internal/plan.js';
export * from '../src/internal/probe.js';
