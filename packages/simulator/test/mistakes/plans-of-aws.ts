// What judges plans, and what types of AWS become: one bundle, so that a mistake can be in either.
export * from '@postern/core/internal/overlay';
export { plans } from '@postern/aws/plans';
