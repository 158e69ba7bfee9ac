export { failureText, fuzz, type FuzzReport } from './fuzz.js';
export { hitsText } from './hits-text.js';
export { prepare } from './prepare.js';
export { replay } from './shrink.js';
