/** The planner: which gateway, link and load balancers fit services, and how much of its quotas an account uses. */
export * from '../entries/planner.js';
export * from '../planner/needs/needs.js';
export * from '../planner/needs/from-snapshot.js';
export * from '../planner/advise.js';
export * from '../planner/advice.js';
export * from '../planner/cost/cost.js';
export * from '../planner/cloud/cloud-planner.js';
export * from '../planner/cloud/option.js';
export * from '../planner/cloud/instances.js';
export * from '../planner/advice-document.js';
export * from '../planner/advice-report.js';
export * from '../planner/usage/usage.js';
