import type { SpecInput } from '../schema/spec-schema.js';

/** Members of a spec as they are written. */
export type WrittenLink = NonNullable<SpecInput['links']>[string];
export type WrittenIntegration = NonNullable<SpecInput['integrations']>[string];
export type WrittenTarget = WrittenIntegration['targets'][string];
export type WrittenRoute = WrittenIntegration['routes'][string];
