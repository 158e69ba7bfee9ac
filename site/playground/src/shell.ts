// What the build runs: the text of the page, with the report of its first sample.
export { answer } from './answer.js';
export { shellHtml } from './html.js';
