import type { ConformanceWorld } from '../../src/conformance/setup.js';

/** A world with all that the suite can use. */
export type WholeWorld = ConformanceWorld & {
  readonly [Name in 'securityGroupIds' | 'elsewhere' | 'missingTarget' | 'fullSubnetId']-?: NonNullable<
    ConformanceWorld[Name]
  >;
};
