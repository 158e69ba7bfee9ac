export { handoversHtml } from '../section.js';
