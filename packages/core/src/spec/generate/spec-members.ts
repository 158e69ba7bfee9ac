import type { SpecInput } from '../schema/spec-schema.js';

/** Members of a spec as they are written. */
export type LinkInput = NonNullable<SpecInput['links']>[string];
export type IntegrationInput = NonNullable<SpecInput['integrations']>[string];
export type TargetInput = IntegrationInput['targets'][string];
export type RouteInput = IntegrationInput['routes'][string];
