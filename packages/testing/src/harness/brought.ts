import type { HandoverScenario, HandoverWorld } from './handover/handover-scenario.js';

// What clouds bring to the harness: scenarios of a kind of their own, as hand-overs are. Nothing else of the harness names one.

/** The scenarios of all kinds. */
export type BroughtScenarios = [HandoverScenario];

/** The worlds of all kinds: scenarios whose world was made. */
export type BroughtWorlds = [HandoverWorld];

export type BroughtScenario = BroughtScenarios[number];
export type BroughtWorld = BroughtWorlds[number];
