export { newState } from './state.js';

export { operations } from './operations.js';
