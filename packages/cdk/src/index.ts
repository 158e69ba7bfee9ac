/** Private integrations of a CDK app are judged at each synth: see {@link PosternValidation}. */
export { PosternValidation, type PosternValidationOptions } from './postern-validation.js';
export type { ValidationReport } from './report.js';
