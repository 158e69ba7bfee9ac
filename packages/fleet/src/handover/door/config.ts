export { handoverEntries } from '../entries.js';
