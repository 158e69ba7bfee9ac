export { insightsTimers as timers } from './analysis.js';
export { insightsOperations as operations } from './operations.js';
