/** What a test plans, checks, applies and probes with, as one module: a mistake can be planted in a bundle of it. */
export * from '../src/index.js';
export * from '../src/entries/check.js';
export * from '../src/entries/plan.js';
export * from '../src/entries/probe.js';
