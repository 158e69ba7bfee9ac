/**
 * The planner: which gateway, link and load balancers fit services, and how much of its quotas an account uses.
 * @packageDocumentation
 */
export { advise } from '../planner/advise.js';
export { adviceText } from '../planner/advice-document.js';
export type { Advice } from '../planner/advice.js';
export type { Needs } from '../planner/needs/needs.js';
