export { failureText, fuzz, type FuzzReport, replay, prepare } from './fuzz.js';
export { hitsText } from './hits-text.js';
