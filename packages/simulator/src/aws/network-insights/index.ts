export { insightsOperations as operations, insightsTimers as timers } from './operations.js';
